"""The table of a filled form: its cells as Rohwerte, and every difference from what was asked with its address.

The sheet may have been saved by any spreadsheet program, also as CSV: the second sheet gone, keys without leading
zeros, other separators. Columns are found by their kennung, rows by their key.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence

from sozmon.dateien import AblehnungError
from sozmon.model import OHNE_ZUORDNUNG, Meldung, Stufe, rest_von
from sozmon.model import vordruck as form
from sozmon.model.vordruck import Feld
from sozmon.quellen import roh
from sozmon.quellen.gitter import Zelle, adresse, als_text, check_marken, check_verborgen, fundstelle
from sozmon.quellen.vordruck import NEU, Kopf, angaben, veraendert
from sozmon.zahlen import parse_datum, parse_zahl

_GENANNT = 6
_DATUM = re.compile(
    r"\d{1,2}\.\s?(\d{1,2}\.(\d{2,4})?|[A-Za-zä]{3,9}\.?(\s?\d{2,4})?)|\d{4}-\d{1,2}-\d{1,2}|\d{1,2}[/-]\d{1,2}[/-]\d{2,4}"
    r"|\d{1,2}[ -][A-Za-zä]{3,9}|[A-Za-zä]{3,9}[ -]\d{2,4}"
)
"""What a spreadsheet program writes into a CSV where it took an entry for a date."""


def read_vordruck(kopf: Kopf, name: str) -> tuple[roh.Roh, list[str], list[Meldung]]:
    """Rohwerte, texts (Stand, Gebietsstand) and what differs from the question. AblehnungError when it is empty.

    An empty cell is a value that was not delivered: it takes the place of what the office said before. A column
    without any entry is left out.
    """
    leser = _Leser(kopf, name)
    tabelle = leser.lies()
    return roh.Roh(tabelle), _texte(kopf, name), leser.meldungen


def _texte(kopf: Kopf, name: str) -> list[str]:
    ort = next((z for wort, _, z in angaben(kopf.blatt, kopf.spalte) if wort == form.STAND), kopf.zeile)
    stand = ""
    if kopf.stand:
        try:
            stand = parse_datum(kopf.stand)
        except ValueError as fehler:
            raise AblehnungError(
                "stand_fehlt",
                f"Der Stand der Daten von „{name}“ ist kein Datum.",
                ort=adresse(kopf.blatt, ort, kopf.spalte + 1),
                grund=f"{fehler}.",
                abhilfe="Den Tag eintragen, an dem gezählt wurde, zum Beispiel 15.03.2025.",
            ) from fehler
    return [f"{form.STAND}: {stand}", f"Gebietsstand: {kopf.vordruck.gebietsstand}"]


class _Leser:
    """One filled form."""

    def __init__(self, kopf: Kopf, name: str) -> None:
        self.kopf, self.blatt, self.name, self.vordruck = kopf, kopf.blatt, name, kopf.vordruck
        self.meldungen: list[Meldung] = []
        zeilen = {wort: nummer for wort, _, nummer in angaben(self.blatt, kopf.spalte)}
        if form.KENNUNG not in zeilen:
            ort = adresse(self.blatt, kopf.zeile, kopf.spalte)
            raise veraendert(
                name, ort, "Die Zeile „Kennung“ über der Tabelle fehlt; sie sagt, was die Spalten bedeuten."
            )
        self.kennungen, self.zeit = zeilen[form.KENNUNG], zeilen.get(form.ZEIT, -1)
        self.ende = min(zeilen[w] for w in (form.ENDE, form.GEFRAGT, form.SPALTEN, form.RAEUME) if w in zeilen)

    def lies(self) -> object:
        """Rohwerte of all cells that count."""
        spalten, zeilen = self._spalten(), self._zeilen()
        self._check_zeiten(spalten)
        fremd = self._check_fremde_spalten(spalten, zeilen)
        gefuellt = {f: s for f, s in spalten.items() if any(self._text(z, s) for z in zeilen)}
        if fremd and not gefuellt:
            grund = "Die Kennungen der ausgefüllten Spalten sind nicht die gefragten."
            raise veraendert(self.name, adresse(self.blatt, self.kennungen, fremd[0]), grund)
        if not gefuellt:
            raise AblehnungError(
                "ohne_werte", f"Der Vordruck „{self.name}“ ist nicht ausgefüllt.", abhilfe="Beim Amt nachfragen."
            )
        self._melde_leere(spalten, gefuellt, zeilen)
        self.meldungen += check_marken(self.blatt, set(zeilen), {self.kopf.spalte, *gefuellt.values()})
        self.meldungen += check_verborgen(self.blatt, list(zeilen), [self.kopf.spalte, *gefuellt.values()])
        self._check_anzahlen(gefuellt, zeilen)
        return self._tabelle(gefuellt, zeilen)

    def _text(self, zeile: int, spalte: int) -> str:
        return als_text(self.blatt.zelle(zeile, spalte))

    def _melde(self, kennung: str, stufe: Stufe, text: str, ort: tuple[int, int], hilfe: str = "", n: int = 1) -> None:
        self.meldungen.append(Meldung(kennung, stufe, text, fundstelle(self.blatt, *ort), hilfe, n))

    # -- columns -----------------------------------------------------------------------------------

    def _spalten(self) -> dict[Feld, int]:
        """Asked column → where it stands now; the order does not matter."""
        gefragt = {f.kennung: f for f in self.vordruck.spalten}
        gefunden: dict[Feld, int] = {}
        for spalte in range(self.kopf.spalte + 1, len(self.blatt.zeilen[self.kennungen])):
            feld = gefragt.get("".join(self._text(self.kennungen, spalte).split()))
            if feld is None:
                continue
            if feld in gefunden:
                text = f"Die Spalte „{feld.kennung}“ steht zweimal im Vordruck."
                self._melde("vordruck_spalte_doppelt", Stufe.FEHLER, text, (self.kennungen, spalte), _HILFE_SPALTE)
            gefunden.setdefault(feld, spalte)
        return gefunden

    def _check_zeiten(self, spalten: Mapping[Feld, int]) -> None:
        """The office must not have counted on another day than was asked."""
        if self.zeit < 0:
            text = "Die Zeile „Zeit“ über der Tabelle fehlt: Niemand sieht mehr, für welchen Zeitpunkt gezählt wurde."
            self._melde("vordruck_zeit", Stufe.FEHLER, text, (self.kennungen, self.kopf.spalte), NEU)
            return
        for feld, spalte in spalten.items():
            steht = " ".join(self._text(self.zeit, spalte).split())
            if steht != feld.zeittext:
                text = f"Gefragt war: {feld.zeittext}. Im Vordruck steht: {steht[:60] or 'nichts'}."
                self._melde("vordruck_zeit", Stufe.FEHLER, text, (self.zeit, spalte), _HILFE_ZEIT)

    def _check_fremde_spalten(self, spalten: Mapping[Feld, int], zeilen: Mapping[int, str]) -> list[int]:
        """Tell of columns that were taken away, renamed or added; those that nobody asked for."""
        fehlend = [f.kennung for f in self.vordruck.spalten if f not in spalten]
        breite = max((len(self.blatt.zeilen[z]) for z in zeilen), default=0)
        fremd = [
            s
            for s in range(self.kopf.spalte + 2, breite)
            if s not in spalten.values() and any(self._text(z, s) for z in zeilen)
        ]
        if fehlend:
            text = f"Gefragte Spalten fehlen: {_liste(fehlend)}."
            stufe = Stufe.FEHLER if fremd else Stufe.WARNUNG
            ort = (self.kennungen, self.kopf.spalte)
            self._melde("vordruck_spalte_fehlt", stufe, text, ort, _HILFE_SPALTE, len(fehlend))
        for spalte in fremd:
            text = "Eine Spalte mit Einträgen ist nicht gefragt worden und wird nicht gelesen."
            self._melde("vordruck_spalte_fremd", Stufe.WARNUNG, text, (self.kennungen, spalte), _HILFE_SPALTE)
        return fremd

    def _melde_leere(
        self, spalten: Mapping[Feld, int], gefuellt: Mapping[Feld, int], zeilen: Mapping[int, str]
    ) -> None:
        leer = [f for f in spalten if f not in gefuellt]
        if leer:
            text = f"Spalten ohne einen Eintrag, nicht gelesen: {_liste([f.kennung for f in leer])}."
            self._melde("vordruck_spalte_leer", Stufe.INFO, text, (self.kennungen, spalten[leer[0]]), n=len(leer))
        offen = [
            (z, s)
            for s in gefuellt.values()
            for z, k in zeilen.items()
            if self._zaehlt_leer(k) and not self._text(z, s)
        ]
        if offen:
            wort = "1 Zelle ist" if len(offen) == 1 else f"{len(offen)} Zellen sind"
            text = f"{wort} leer: gespeichert als „nicht geliefert“ (eine Null ist eine 0)."
            self._melde("vordruck_leer", Stufe.INFO, text, offen[0], _HILFE_LEER, len(offen))

    def _zaehlt_leer(self, schluessel: str) -> bool:
        """Only a Raum of the form's own Ebene must be answered; 'ohne Zuordnung' and the Kreis may stay empty."""
        return schluessel in self.vordruck.raeume or not self.vordruck.raeume

    # -- rows --------------------------------------------------------------------------------------

    def _zeilen(self) -> dict[int, str]:
        """Row → asked key; repaired where a program took the zero away."""
        gefragt = self.vordruck.schluessel
        gefunden: dict[int, str] = {}
        fremd: list[int] = []
        gekuerzt: list[int] = []
        for nummer in range(self.kennungen + 1, self.ende):
            zelle = self._text(nummer, self.kopf.spalte)
            if not any(als_text(z) for z in self.blatt.zeilen[nummer]):
                continue
            schluessel = _deute(zelle, gefragt)
            if not schluessel:
                fremd.append(nummer)
            elif schluessel in gefunden.values():
                text = f"Die Zeile „{schluessel}“ steht zweimal im Vordruck."
                self._melde("vordruck_zeile_doppelt", Stufe.FEHLER, text, (nummer, self.kopf.spalte), _HILFE_ZEILE)
            else:
                gefunden[nummer] = schluessel
                gekuerzt += [nummer] if zelle != schluessel else []
        if gekuerzt:
            text = f"{len(gekuerzt)} Schlüssel, als Zahl gespeichert, nach dem Vordruck berichtigt (führende Null)."
            self._melde("vordruck_schluessel", Stufe.INFO, text, (gekuerzt[0], self.kopf.spalte), n=len(gekuerzt))
        self._melde_zeilen([k for k in gefragt if k not in gefunden.values()], fremd)
        return gefunden

    def _melde_zeilen(self, fehlend: Sequence[str], fremd: Sequence[int]) -> None:
        if fehlend:
            text = f"Gefragte Zeilen fehlen: {_liste(fehlend)}."
            ort = (self.kennungen, self.kopf.spalte)
            self._melde("vordruck_zeile_fehlt", Stufe.WARNUNG, text, ort, _HILFE_ZEILE, len(fehlend))
        for nummer in fremd:
            werte = any(self._text(nummer, s) for s in range(self.kopf.spalte + 2, len(self.blatt.zeilen[nummer])))
            zelle = self._text(nummer, self.kopf.spalte)
            was = f"mit dem Schlüssel „{zelle[:30]}“" if zelle else "ohne Schlüssel"
            if werte:
                text = f"Eine Zeile {was} ist nicht gefragt worden."
                self._melde("vordruck_zeile_fremd", Stufe.FEHLER, text, (nummer, self.kopf.spalte), _HILFE_FREMD)
            else:
                text = f"Eine Zeile {was} und ohne Werte wird nicht gelesen."
                self._melde("vordruck_zeile_fremd", Stufe.INFO, text, (nummer, self.kopf.spalte))

    # -- cells -------------------------------------------------------------------------------------

    def _check_anzahlen(self, spalten: Mapping[Feld, int], zeilen: Iterable[int]) -> None:
        """Counts only: whole and not negative. A sign or an unreadable text is judged with the Quelle."""
        orte = [(z, s) for s in spalten.values() for z in zeilen]
        for ort in [o for o in orte if o not in self.blatt.marken and _DATUM.fullmatch(self._text(*o))][:_GENANNT]:
            text = "Hier steht ein Datum, keine Anzahl: Aus „1-2“ oder „3.5“ macht die Tabellenkalkulation einen Tag."
            self._melde("zelle_datum", Stufe.FEHLER, text, ort, "Beim Amt nachfragen, welche Anzahl gemeint war.")
        falsch = [o for o in orte if _keine_anzahl(self.blatt.zelle(*o))]
        for ort in falsch[:_GENANNT]:
            text = "Hier steht keine Anzahl: Erwartet wird eine ganze Zahl ab 0."
            self._melde("vordruck_keine_anzahl", Stufe.FEHLER, text, ort, _HILFE_ANZAHL)
        if len(falsch) > _GENANNT:
            rest = len(falsch) - _GENANNT
            text = f"{rest} weitere Zellen enthalten keine Anzahl."
            self._melde("vordruck_keine_anzahl", Stufe.FEHLER, text, falsch[_GENANNT], _HILFE_ANZAHL, rest)

    def _tabelle(self, spalten: Mapping[Feld, int], zeilen: Mapping[int, str]) -> object:
        orte = [(f, z, s) for f, s in spalten.items() for z in zeilen]
        zellen: list[Zelle] = [self.blatt.zelle(z, s) for _, z, s in orte]
        return roh.tabelle(
            len(orte),
            schluessel=roh.texte([self._oeffentlich(zeilen[z]) for _, z, _ in orte]),
            name=roh.texte([self._raumname(z, zeilen[z]) for _, z, _ in orte]),
            code=roh.texte([f.kennung for f, _, _ in orte]),
            zeit=roh.texte([f.zeit for f, _, _ in orte]),
            wert=[z.strip() if isinstance(z, str) else "" for z in zellen],
            zahl=[None if isinstance(z, str) else z for z in zellen],
            blatt=self.blatt.name,
            zeile=[z for _, z, _ in orte],
            spalte=[s for _, _, s in orte],
        )

    def _oeffentlich(self, schluessel: str) -> str:
        return rest_von(self.vordruck.kreis) if schluessel == OHNE_ZUORDNUNG else schluessel

    def _raumname(self, zeile: int, schluessel: str) -> str:
        """The printed name, to cross-check the key: only where the row bears the Raum's own name."""
        return self._text(zeile, self.kopf.spalte + 1) if schluessel in self.vordruck.raeume else ""


def _deute(zelle: str, gefragt: Sequence[str]) -> str:
    """The asked key that a cell means: itself, or itself read as a number; '' when it is none."""
    if zelle in gefragt:
        return zelle
    ziffern = re.sub(r"[,.]0+$", "", zelle)
    ziffern = ziffern if ziffern.isdecimal() else re.sub(r"(?<=\d)[.,\u00a0\u202f ](?=\d{3})", "", ziffern)
    if not ziffern.isdecimal() or not ziffern.isascii():
        return ""
    treffer = [k for k in gefragt if k.isdecimal() and k.lstrip("0") == ziffern.lstrip("0")]
    return treffer[0] if len(treffer) == 1 else ""


def _keine_anzahl(zelle: Zelle) -> bool:
    if isinstance(zelle, str):
        try:
            zahl = parse_zahl(zelle, "de")
        except ValueError:
            return False
    else:
        zahl = zelle
    return zahl is not None and (zahl < 0 or not float(zahl).is_integer())


def _liste(worte: Sequence[str]) -> str:
    rest = len(worte) - _GENANNT
    return ", ".join(worte[:_GENANNT]) + (f" und {rest} weitere" if rest > 0 else "")


_HILFE_SPALTE = "Die Zeile „Kennung“ sagt, was eine Spalte bedeutet: Sie darf verschoben, aber nicht geändert werden."
_HILFE_ZEILE = "Beim Amt nachfragen und die Zeile aus dem ausgegebenen Vordruck wiederherstellen."
_HILFE_FREMD = (
    "Den Schlüssel aus dem ausgegebenen Vordruck wiederherstellen; was zu keiner Zeile gehört, kommt in die Zeile "
    "„ohne Zuordnung“, eine Summe in die Zeile des Kreises."
)
_HILFE_ZEIT = "Beim Amt nachfragen; für einen anderen Zeitpunkt einen eigenen Vordruck anlegen."
_HILFE_LEER = "Beim Amt nachfragen, ob es dort keine Fälle gibt."
_HILFE_ANZAHL = "Das Amt um die Anzahl bitten; Anteile und Durchschnitte rechnet sozmon selbst."
