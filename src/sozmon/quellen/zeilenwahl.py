"""Rows of a declared table: which are read, and which Raum, time and breakdown each of them has.

Every row below the head is taken by a rule, left out by a declared filter, or reported; none is dropped in silence.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Sequence
from typing import NamedTuple

from sozmon.dateien import AblehnungError
from sozmon.model import OHNE_ZUORDNUNG, Gliederung, Meldung, Stufe, Tabellenblatt
from sozmon.quellen.gitter import DATUM, Blatt, adresse, als_text, fundstelle
from sozmon.quellen.kopf import Kopf, glatt
from sozmon.quellen.spaltenwahl import erklaere, unerklaert

KREISZEILE = "kreiszeile"
"""``raumart`` of a row that is the total of the own Kreis, and of one that counts what no Gemeinde can be given."""

_HILFE_REGEL = (
    "In der Quelle sagen, was die Zeile ist: kreiszeile (Summe des Kreises), ohne_zuordnung, filter (bleibt weg) oder "
    "ende (ab hier nichts mehr lesen)."
)
_KREIS_IM_SCHLUESSEL = re.compile(r"[0-9]{5}(?=[0-9]*([^0-9]|$))")
_LEITZEILEN = 20
"""Rows above or beside a turned table in which ``raum_muster`` looks."""


class Zeile(NamedTuple):
    """A row to read; ``merkmale`` like 'geschlecht=m' is what its cells say."""

    nummer: int
    schluessel: str
    name: str
    raumart: str
    zeit: str
    merkmale: str


class Zeilenwahl:
    """Decides about every row below the head of one sheet."""

    def __init__(
        self, kopf: Kopf, erklaert: Tabellenblatt, wertspalten: Sequence[int], leittexte: Sequence[str]
    ) -> None:
        """wertspalten: columns that are read; leittexte: texts around the table."""
        self.kopf, self.blatt, self.erklaert, self.wertspalten = kopf, kopf.blatt, erklaert, wertspalten
        self.schluessel = kopf.spalte(erklaert.schluessel, "den Raumschlüssel")
        self.name = kopf.spalte(erklaert.name) if erklaert.name else -1
        self.zeit = kopf.spalte(erklaert.zeitspalte) if erklaert.zeitspalte else -1
        self.gliederungen = [(kopf.spalte(g.kopf), g) for g in erklaert.gliederungen]
        self.filter = [(kopf.spalte(k), re.compile(muster)) for k, muster in erklaert.filter.items()]
        self.muster = {
            art: re.compile(text)
            for art, text in (
                ("ende", erklaert.ende),
                (OHNE_ZUORDNUNG, erklaert.ohne_zuordnung),
                (KREISZEILE, erklaert.kreiszeile),
                ("schluessel", erklaert.schluesselmuster),
                ("fussnote", erklaert.fussnote),
            )
            if text
        }
        self.fest = self._fester_raum(leittexte) if erklaert.raum_muster else ""
        self.gefuellt = {s: self._fuelle(s) for s in map(kopf.spalte, erklaert.fuellen)}
        self.meldungen: list[Meldung] = []
        self.uebergangen: set[int] = set()
        self.betrachtet: set[int] = set()
        self._gruppenname = ""

    @property
    def textspalten(self) -> set[int]:
        """Columns whose texts decide about a row; a date is at home in the one with the time."""
        spalten = {self.schluessel, self.name, *(s for s, _ in self.gliederungen)}
        return (spalten | set(self.gefuellt)) - {self.zeit, -1}

    def waehle(self) -> list[Zeile]:
        """Rows to read; ``meldungen`` and ``uebergangen`` tell of the others."""
        zeilen = [z for nummer in self._bis_ende() if (z := self._zeile(nummer)) is not None]
        self.betrachtet = {z.nummer for z in zeilen}
        return self._gliedere(self._datiere(zeilen))

    def text(self, zeile: int, spalte: int) -> str:
        """Text of a cell; in a filled column that of the cell above where it is empty."""
        if spalte in self.gefuellt:
            return self.gefuellt[spalte].get(zeile, "")
        return als_text(self.blatt.zelle(zeile, spalte)) if spalte >= 0 else ""

    # ---------------------------------------------------------------------------------- one row

    def _bis_ende(self) -> list[int]:
        ende = self.muster.get("ende")
        nummern = []
        for nummer in range(self.kopf.unter, len(self.blatt.zeilen)):
            zeile = self.blatt.zeilen[nummer]
            if not zeile:
                continue
            if ende and ende.search(als_text(zeile[0])):
                self._melde_danach(nummer)
                break
            nummern.append(nummer)
        return nummern

    def _melde_danach(self, ende: int) -> None:
        """Rows below the end that look like those above it: the end may have come too early."""
        muster = self.muster.get("schluessel", re.compile(r"^\d{2,12}$"))
        unten = range(ende, len(self.blatt.zeilen))
        danach = [n for n in unten if muster.search(self.text(n, self.schluessel)) and self._hat_werte(n)]
        if danach and self.erklaert.schluesselart != "name":
            text = f"Unter dem Ende, das die Quelle nennt (ab {adresse(self.blatt, ende, 0)}), stehen noch Zeilen mit "
            text += "Schlüssel und Werten; sie wurden nicht gelesen."
            ort = fundstelle(self.blatt, danach[0], self.schluessel)
            hilfe = "Prüfen, ob „ende“ in der Quelle zu früh passt."
            self.meldungen.append(Meldung("zeilen_nach_ende", Stufe.WARNUNG, text, ort, hilfe, len(danach)))

    def _zeile(self, nummer: int) -> Zeile | None:
        if not all(muster.search(self.text(nummer, s)) for s, muster in self.filter):
            self.uebergangen.add(nummer)
            return None
        schluessel, name = self.text(nummer, self.schluessel), self.text(nummer, self.name)
        besondere = self._besondere(schluessel, name)
        if besondere or self.fest or not schluessel or "schluessel" in self.muster:
            if not self._hat_werte(nummer):
                self.uebergangen.add(nummer)
                return None
            if besondere:
                return self._besondere_zeile(nummer, besondere, schluessel, name)
            if self.fest:
                return Zeile(nummer, self.fest, "", "ags", "", "")
            if not schluessel:
                self._melde_ohne_schluessel(nummer)
                return None
        return self._mit_schluessel(nummer, schluessel, name)

    def _besondere(self, schluessel: str, name: str) -> str:
        """'ohne_zuordnung', 'kreiszeile' or '': what key or name cell say the row is."""
        for art in (OHNE_ZUORDNUNG, KREISZEILE):
            muster = self.muster.get(art)
            if muster and (muster.search(schluessel) or (name and muster.search(name))):
                return art
        return ""

    def _besondere_zeile(self, nummer: int, art: str, schluessel: str, name: str) -> Zeile:
        if art == KREISZEILE and self.fest:
            return Zeile(nummer, self.fest[:5], "", "kreis", "", "")
        if eigener := _KREIS_IM_SCHLUESSEL.match(schluessel):  # „14522999 nicht zuordenbar“ says which Kreis it means
            return Zeile(nummer, eigener[0], "", "kreis" if art == KREISZEILE else art, "", "")
        return Zeile(nummer, schluessel or name or art, "", art, "", "")

    def _gehoert_zur_gruppe(self, nummer: int, name: str) -> bool:
        """In a filled column of keys a row with another name („Summe“) is not one more row of the Raum above."""
        if self.schluessel not in self.gefuellt or self.name < 0 or self.name in self.gefuellt:
            return True
        if als_text(self.blatt.zelle(nummer, self.schluessel)):
            self._gruppenname = name
        return name in ("", self._gruppenname)

    def _mit_schluessel(self, nummer: int, schluessel: str, name: str) -> Zeile | None:
        if not self._gehoert_zur_gruppe(nummer, name):
            self._melde_ohne_regel(
                nummer, self.name, "sie hat keinen eigenen Schlüssel und heißt anders als ihre Gruppe"
            )
            return None
        muster = self.muster.get("schluessel")
        if muster:
            treffer = muster.search(schluessel)
            if not treffer:
                self._melde_ohne_regel(nummer, self.schluessel, "ihre Schlüsselzelle hat eine andere Form")
                return None
            gruppen = treffer.groupdict()
            schluessel, name = (gruppen.get("schluessel") or "").strip(), (gruppen.get("name") or name).strip()
        if self.erklaert.schluesselart == "name":
            schluessel = self.ohne_fussnote(schluessel)
        art = self.erklaert.schluesselart
        return Zeile(nummer, schluessel, self.ohne_fussnote(name), art, "", "")

    def ohne_fussnote(self, name: str) -> str:
        """A name without the footnote marks of the office."""
        return self.muster["fussnote"].sub("", name).strip() if "fussnote" in self.muster else name

    def _hat_werte(self, zeile: int) -> bool:
        return any(als_text(self.blatt.zelle(zeile, s)) for s in self.wertspalten)

    def _melde_ohne_regel(self, zeile: int, spalte: int, grund: str) -> None:
        wort = self.text(zeile, spalte)[:60]
        text = f"Die Zeile „{wort}“ passt zu keiner Regel der Quelle: {grund}."
        ort = fundstelle(self.blatt, zeile, spalte)
        self.meldungen.append(Meldung("zeile_ohne_regel", Stufe.FEHLER, text, ort, _HILFE_REGEL))

    def _melde_ohne_schluessel(self, zeile: int) -> None:
        self.meldungen.append(
            Meldung(
                "schluessel_leer",
                Stufe.FEHLER,
                "Eine Zeile mit Werten hat keinen Raumschlüssel.",
                fundstelle(self.blatt, zeile, self.schluessel),
                "Den Schlüssel ergänzen, oder in der Quelle ein Ende oder einen Filter angeben; meint eine leere Zelle "
                "den Schlüssel darüber, die Spalte unter fuellen nennen.",
            )
        )

    # ---------------------------------------------------------------------------------- columns of texts

    def _fuelle(self, spalte: int) -> dict[int, str]:
        """Row → text of a column whose empty cells mean the text above; a marked cell is not empty."""
        texte, letzter = {}, ""
        for nummer in range(self.kopf.unter, len(self.blatt.zeilen)):
            eigener = als_text(self.blatt.zelle(nummer, spalte))
            marke = self.blatt.marken.get((nummer, spalte), "")
            gestoert = bool(marke) and not (marke == DATUM and spalte == self.zeit)
            letzter = "" if gestoert else eigener or letzter
            texte[nummer] = letzter
        return texte

    def _datiere(self, zeilen: list[Zeile]) -> list[Zeile]:
        if self.zeit < 0:
            return zeilen
        datiert = [z._replace(zeit=glatt(self.text(z.nummer, self.zeit))) for z in zeilen]
        if ohne := [z for z in datiert if not z.zeit]:
            text = f"In der Spalte „{self.erklaert.zeitspalte}“ ist die Zelle einer Zeile mit Werten leer."
            ort = fundstelle(self.blatt, ohne[0].nummer, self.zeit)
            hilfe = (
                "Den Zeitpunkt ergänzen; meint eine leere Zelle den Zeitpunkt darüber, die Spalte unter fuellen nennen."
            )
            self.meldungen.append(Meldung("zeit_leer", Stufe.FEHLER, text, ort, hilfe, len(ohne)))
        return [z for z in datiert if z.zeit]

    def _gliedere(self, zeilen: list[Zeile]) -> list[Zeile]:
        """Rows with the Ausprägung that their breakdown columns say; a text that nobody explains is a fehler."""
        if not self.gliederungen:
            return zeilen
        fremd: dict[tuple[int, str], list[int]] = defaultdict(list)
        gegliedert = []
        for z in zeilen:
            teile = []
            for spalte, g in self.gliederungen:
                text = glatt(self.text(z.nummer, spalte))
                teil = erklaere(text, g.werte, g.dimension)
                if teil is None:
                    fremd[spalte, text].append(z.nummer)
                teile.append(teil)
            if None not in teile:
                gegliedert.append(z._replace(merkmale="|".join(filter(None, teile))))
        erklaerungen = dict(self.gliederungen)
        for (spalte, text), nummern in fremd.items():
            self._melde_fremd(spalte, text, nummern, erklaerungen[spalte])
        return gegliedert

    def _melde_fremd(self, spalte: int, text: str, zeilen: list[int], g: Gliederung) -> None:
        satz, hilfe = unerklaert(text, f"In der Spalte „{g.kopf}“", g.dimension, g.werte)
        ort = fundstelle(self.blatt, zeilen[0], spalte)
        self.meldungen.append(Meldung("gliederung_unbekannt", Stufe.FEHLER, satz, ort, hilfe, len(zeilen)))

    # ---------------------------------------------------------------------------------- one Raum for the whole sheet

    def _fester_raum(self, leittexte: Sequence[str]) -> str:
        for text in (*leittexte, *leitzeilen(self.blatt, self.kopf.erste)):
            if treffer := re.search(self.erklaert.raum_muster, text):
                return treffer[1]
        raise AblehnungError(
            "raum_fehlt",
            f"In „{self.kopf.datei}“ steht nicht, welchen Raum die Tabelle betrifft.",
            ort=self.blatt.name,
            grund=f"Gesucht wird über der Tabelle nach „{self.erklaert.raum_muster}“.",
            abhilfe="Prüfen, ob es die richtige Datei ist, oder raum_muster in der Quelle anpassen.",
        )


def leitzeilen(blatt: Blatt, kopfzeile: int) -> list[str]:
    """Texts above the head; of a turned sheet those of its first rows."""
    if blatt.gedreht:
        return [als_text(z) for zeile in blatt.zeilen for z in zeile[:_LEITZEILEN] if isinstance(z, str) and z]
    return [als_text(z) for zeile in blatt.zeilen[:kopfzeile] for z in zeile if z != ""]
