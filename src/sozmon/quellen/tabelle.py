"""Declared tables: any CSV or workbook whose sheets, heads, keys and columns a Quelle file describes.

Every row below the head is read, filtered by declared rule, or reported: none is skipped silently.
"""

from __future__ import annotations

import re
from collections.abc import Container, Sequence

import numpy as np

from sozmon.dateien import AblehnungError
from sozmon.model import Fundstelle, Meldung, Quelle, Stufe, Tabellenblatt
from sozmon.quellen import roh
from sozmon.quellen.gitter import Blatt, Zelle, adresse, als_text, check_marken, check_verborgen, fundstelle
from sozmon.quellen.postleitzahl import ist_plz, plz_fehler

_RAUMART = {"ags": "ags", "ars": "ars", "region": "region", "name": "name", "kreis": "kreis", "verband": "verband"}

NAMEN_GENANNT, FUSSNOTE_GENANNT = 5, 200
"""How many names with a footnote a Meldung tells, and how many characters of its text."""


def read_tabelle(blaetter: list[Blatt], quelle: Quelle, name: str) -> tuple[roh.Roh, list[Meldung]]:
    """Rohwerte of all declared sheets; ``statistik`` is the number of the declaration that a value belongs to."""
    tabellen, meldungen = [], []
    for nummer, erklaert in enumerate(quelle.blaetter):
        passende = [b for b in blaetter if b.art == "csv" or re.search(erklaert.blatt, b.name)]
        if len(passende) != 1:
            raise _blatt_fehlt(name, erklaert, passende, blaetter)
        tabelle, gefunden = _Leser(passende[0], erklaert, name, str(nummer)).lies()
        tabellen.append(tabelle)
        meldungen.extend(gefunden)
    return roh.Roh(roh.verbinde(tabellen)), meldungen


def _blatt_fehlt(name: str, erklaert: Tabellenblatt, passende: list[Blatt], alle: list[Blatt]) -> AblehnungError:
    was = "passen mehrere Blätter" if passende else "fehlt das Blatt"
    return AblehnungError(
        "blatt_fehlt",
        f"In „{name}“ {was} „{erklaert.blatt}“.",
        grund=f"Vorhanden sind: {', '.join(b.name for b in alle)}.",
        abhilfe="Prüfen, ob es die richtige Datei ist, oder die Quelle anpassen.",
    )


class _Leser:
    """One sheet by one declaration."""

    def __init__(self, blatt: Blatt, erklaert: Tabellenblatt, name: str, nummer: str) -> None:
        self.blatt, self.erklaert, self.name, self.nummer = blatt, erklaert, name, nummer
        self.koepfe = kopftexte(blatt, erklaert.kopfzeile - 1, erklaert.kopfzeilen)
        self.schluessel = self._spalte(erklaert.schluessel)
        if ist_plz(self.koepfe[self.schluessel]):
            raise plz_fehler(name, adresse(blatt, erklaert.kopfzeile - 1, self.schluessel))
        self.namen = self._spalte(erklaert.name) if erklaert.name else -1
        self.spalten = [self._spalte(s.kopf) for s in erklaert.spalten]
        self.filter = [(self._spalte(kopf), re.compile(muster)) for kopf, muster in erklaert.filter.items()]

    def lies(self) -> tuple[object, list[Meldung]]:
        """Rohwerte of the sheet and what was noticed."""
        zeilen, meldungen = self._zeilen()
        gelesen = [self.schluessel, *self.spalten]
        meldungen += check_marken(self.blatt, set(zeilen), set(gelesen))
        if self.erklaert.verborgen == "auslassen":
            zeilen = [z for z in zeilen if z not in self.blatt.verborgene_zeilen]
        elif self.erklaert.verborgen != "lesen":
            meldungen += check_verborgen(self.blatt, zeilen, gelesen)
        return self._tabelle(zeilen), meldungen + self._fussnoten(zeilen)

    def _spalte(self, kopf: str) -> int:
        """Column of a head; 'Ebene#2' is the second column of that head."""
        treffer = [i for i, k in enumerate(self.koepfe) if k == _glatt(kopf)]
        if not treffer and (teile := re.fullmatch(r"(.+)#([1-9])", kopf)):
            gleiche = [i for i, k in enumerate(self.koepfe) if k == _glatt(teile[1])]
            treffer = gleiche[int(teile[2]) - 1 : int(teile[2])]
        if len(treffer) == 1:
            return treffer[0]
        raise AblehnungError(
            "kopf_doppelt" if treffer else "kopf_fehlt",
            f"In „{self.name}“ steht der Spaltenkopf „{kopf}“ {'mehrmals' if treffer else 'nirgends'}.",
            ort=adresse(self.blatt, self.erklaert.kopfzeile - 1, treffer[1] if treffer else 0),
            grund=f"Gefunden: {', '.join(k for k in self.koepfe if k)[:300] or 'eine leere Zeile'}.",
            abhilfe="Prüfen, ob es die richtige Datei ist, oder die Quelle anpassen.",
        )

    def _zeilen(self) -> tuple[list[int], list[Meldung]]:
        """Rows to read: below the head, above the end mark, passing the filter, with a key."""
        ende = re.compile(self.erklaert.ende) if self.erklaert.ende else None
        behalten, meldungen, uebergangen = [], [], 0
        for nummer in range(self.erklaert.kopfzeile - 1 + self.erklaert.kopfzeilen, len(self.blatt.zeilen)):
            zeile = self.blatt.zeilen[nummer]
            if not zeile:
                continue
            if ende and ende.search(als_text(zeile[0])):
                break
            if not all(muster.search(als_text(self.blatt.zelle(nummer, s))) for s, muster in self.filter):
                uebergangen += 1
            elif als_text(self.blatt.zelle(nummer, self.schluessel)):
                behalten.append(nummer)
            elif any(als_text(self.blatt.zelle(nummer, s)) for s in self.spalten):
                meldungen.append(self._ohne_schluessel(nummer))
            else:
                uebergangen += 1
        if uebergangen:
            meldungen.append(self._uebergangen(uebergangen))
        return behalten, meldungen

    def _ohne_schluessel(self, zeile: int) -> Meldung:
        return Meldung(
            "schluessel_leer",
            Stufe.FEHLER,
            "Eine Zeile mit Werten hat keinen Raumschlüssel.",
            fundstelle(self.blatt, zeile, self.schluessel),
            "Den Schlüssel ergänzen, oder in der Quelle ein Ende oder einen Filter angeben.",
        )

    def _uebergangen(self, anzahl: int) -> Meldung:
        wort = "Eine Zeile" if anzahl == 1 else f"{anzahl} Zeilen"
        text = f"Nicht gelesen: {wort} ohne Werte oder außerhalb des Filters der Quelle."
        return Meldung("zeilen_uebergangen", Stufe.INFO, text, Fundstelle(blatt=self.blatt.name), anzahl=anzahl)

    def _name(self, zeile: int) -> str:
        return als_text(self.blatt.zelle(zeile, self.namen)) if self.namen >= 0 else ""

    def _fussnoten(self, zeilen: Sequence[int]) -> list[Meldung]:
        """One info for the footnotes of the office at names of the sheet: no value carries them further."""
        if not self.erklaert.fussnote:
            return []
        treffer = {z: m for z in zeilen if (m := re.search(self.erklaert.fussnote, self._name(z)))}
        if not treffer:
            return []
        marken = dict.fromkeys(m.group().strip() for m in treffer.values())
        texte = [f"{marke} {text}" for marke in marken if (text := self._fussnotentext(marke, treffer))]
        namen = [self._name(z) for z in treffer]
        mehr = f" und {len(namen) - NAMEN_GENANNT} weitere" if len(namen) > NAMEN_GENANNT else ""
        text = f"Namen mit Fußnote des Amtes: {'; '.join(namen[:NAMEN_GENANNT])}{mehr}."
        if texte:
            text += f" Unter der Tabelle steht: {'; '.join(texte)}"
        hilfe = "Betrifft die Fußnote die Werte, gehört sie in anmerkungen.csv: raum_id;kennung;von;bis;text."
        ort = fundstelle(self.blatt, next(iter(treffer)), self.namen)
        return [Meldung("fussnote_am_namen", Stufe.INFO, text, ort, hilfe, len(treffer))]

    def _fussnotentext(self, marke: str, zeilen: Container[int]) -> str:
        """What the sheet says to a mark in a row that is not read; '' when it says nothing."""
        for nummer, zeile in enumerate(self.blatt.zeilen):
            erste = next((t for z in zeile if (t := als_text(z))), "")
            if nummer not in zeilen and erste.startswith(marke) and erste != marke:
                return _glatt(erste.removeprefix(marke))[:FUSSNOTE_GENANNT]
        return ""

    def _tabelle(self, zeilen: Sequence[int]) -> object:
        anzahl, e = len(zeilen), self.erklaert
        namen = [self._name(z) for z in zeilen]
        if e.fussnote:
            namen = [re.sub(e.fussnote, "", n).strip() for n in namen]
        zellen: list[Zelle] = [self.blatt.zelle(z, s) for s in self.spalten for z in zeilen]
        return roh.tabelle(
            anzahl * len(self.spalten),
            schluessel=roh.wiederholt(
                roh.texte([als_text(self.blatt.zelle(z, self.schluessel)) for z in zeilen]), len(self.spalten)
            ),
            name=roh.wiederholt(roh.texte(namen), len(self.spalten)),
            raumart=_RAUMART.get(e.schluesselart, ""),
            statistik=self.nummer,
            code=roh.je([s.kopf for s in e.spalten], anzahl),
            zeit=roh.je([s.zeit for s in e.spalten], anzahl),
            wert=[z.strip() if isinstance(z, str) else "" for z in zellen],
            zahl=[None if isinstance(z, str) else z for z in zellen],
            blatt=self.blatt.name,
            zeile=np.tile(np.asarray(zeilen, np.int32), len(self.spalten)),
            spalte=np.repeat(np.asarray(self.spalten, np.int32), anzahl),
        )


def kopftexte(blatt: Blatt, erste: int, anzahl: int) -> list[str]:
    """Head of every column: head rows joined by ' / ', merged heads filled to the right in all but the last row."""
    breite = max((len(z) for z in blatt.zeilen[erste : erste + anzahl]), default=0)
    stufen = []
    for nummer in range(anzahl):
        zeile = [_glatt(als_text(blatt.zelle(erste + nummer, s))) for s in range(breite)]
        if nummer < anzahl - 1:
            for s in range(1, breite):
                zeile[s] = zeile[s] or zeile[s - 1]
        stufen.append(zeile)
    return [" / ".join(dict.fromkeys(t for t in teile if t)) for teile in zip(*stufen, strict=True)]


def _glatt(text: str) -> str:
    return " ".join(text.split())
