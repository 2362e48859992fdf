"""Declared tables: any CSV, workbook or HTML table whose sheets, heads, keys and columns a Quelle file describes.

Every row below the head is read, filtered by declared rule, or reported: none is skipped silently.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Container, Sequence
from dataclasses import replace

import numpy as np

from sozmon.dateien import AblehnungError
from sozmon.model import Fundstelle, Meldung, Quelle, Stufe, Tabellenblatt
from sozmon.quellen import roh
from sozmon.quellen.gitter import (
    DATUM,
    FORMATMARKEN,
    PROZENT,
    Blatt,
    Zelle,
    als_text,
    check_marken,
    check_verborgen,
    fundstelle,
    gedreht,
)
from sozmon.quellen.kopf import Kopf, finde_kopfzeile, glatt, kopftexte
from sozmon.quellen.postleitzahl import ist_plz, plz_fehler
from sozmon.quellen.spaltenwahl import spaltencode, waehle_spalten
from sozmon.quellen.zeilenwahl import Zeile, Zeilenwahl

__all__ = ["kopftexte", "read_tabelle"]

NAMEN_GENANNT, FUSSNOTE_GENANNT = 5, 200
"""How many names with a footnote a Meldung tells, and how many characters of its text."""


def read_tabelle(blaetter: list[Blatt], quelle: Quelle, name: str) -> tuple[roh.Roh, list[Meldung]]:
    """Rohwerte of all declared sheets; ``statistik`` is the number of the declaration that a value belongs to.

    Marks of date cells that were read as dates (heads, column of times) are taken off the sheets.
    """
    leser = []
    for nummer, erklaert in enumerate(quelle.blaetter):
        blatt = _waehle_blatt(blaetter, erklaert, name)
        leser.append(_Leser(blatt, erklaert, name, str(nummer), _seitentexte(blaetter)))
    tabellen, meldungen = [], []
    for einer in leser:
        tabelle, gefunden = einer.lies()
        tabellen.append(tabelle)
        meldungen.extend(gefunden)
    meldungen = _uebergangen(leser) + meldungen
    for einer in leser:
        einer.loese_datumsmarken()
    return roh.Roh(roh.verbinde(tabellen)), list(dict.fromkeys(meldungen))


def _waehle_blatt(blaetter: list[Blatt], erklaert: Tabellenblatt, name: str) -> Blatt:
    passende = [b for b in blaetter if b.art == "csv" or re.search(erklaert.blatt, b.name)]
    if len(passende) != 1 and erklaert.kopfsuche:
        passende = [b for b in passende if finde_kopfzeile(_ausgerichtet(b, erklaert), erklaert) is not None]
    if len(passende) != 1:
        raise _blatt_fehlt(name, erklaert, passende, blaetter)
    return passende[0]


def _ausgerichtet(blatt: Blatt, erklaert: Tabellenblatt) -> Blatt:
    return gedreht(blatt) if erklaert.gedreht else blatt


def _seitentexte(blaetter: list[Blatt]) -> list[str]:
    """Texts of an HTML page outside of its tables."""
    return [als_text(z) for b in blaetter if b.art == "html" and b.name == "Seite" for zeile in b.zeilen for z in zeile]


def _blatt_fehlt(name: str, erklaert: Tabellenblatt, passende: list[Blatt], alle: list[Blatt]) -> AblehnungError:
    was = "passen mehrere Blätter zu" if passende else "fehlt das Blatt"
    suche = f" mit der Kopfzeile „{erklaert.kopfsuche}“" if erklaert.kopfsuche else ""
    return AblehnungError(
        "blatt_fehlt",
        f"In „{name}“ {was} „{erklaert.blatt or '(jedes)'}“{suche}.",
        grund=f"Vorhanden sind: {', '.join(b.name or 'ein Blatt' for b in alle)}.",
        abhilfe="Prüfen, ob es die richtige Datei ist, oder die Quelle anpassen.",
    )


def _uebergangen(leser: Sequence[_Leser]) -> list[Meldung]:
    """One info per sheet for the rows that no declaration of it took."""
    je_blatt: dict[tuple[str, bool], set[int]] = {}
    for einer in leser:
        stelle = (einer.blatt.name, einer.blatt.gedreht)
        je_blatt[stelle] = je_blatt.get(stelle, einer.wahl.uebergangen) & einer.wahl.uebergangen
    meldungen = []
    for (blatt, quer), zeilen in je_blatt.items():
        if zeilen:
            wort = ("Eine Spalte" if quer else "Eine Zeile") if len(zeilen) == 1 else _anzahl(len(zeilen), quer)
            text = f"Nicht gelesen: {wort} ohne Werte oder außerhalb des Filters der Quelle."
            meldungen.append(
                Meldung("zeilen_uebergangen", Stufe.INFO, text, Fundstelle(blatt=blatt), anzahl=len(zeilen))
            )
    return meldungen


def _anzahl(anzahl: int, quer: bool) -> str:
    return f"{anzahl} {'Spalten' if quer else 'Zeilen'}"


class _Leser:
    """One sheet by one declaration."""

    def __init__(self, blatt: Blatt, erklaert: Tabellenblatt, name: str, nummer: str, leittexte: Sequence[str]) -> None:
        self.original, self.blatt = blatt, _ausgerichtet(blatt, erklaert)
        self.erklaert, self.nummer = erklaert, nummer
        self.kopf = Kopf(self.blatt, erklaert, name)
        self.spalten, self.kopfmeldungen = waehle_spalten(self.kopf, erklaert)
        self.wahl = Zeilenwahl(self.kopf, erklaert, [s.spalte for s in self.spalten], leittexte)
        if ist_plz(self.kopf.texte[self.wahl.schluessel]):
            raise plz_fehler(name, self.kopf.adresse(self.wahl.schluessel))

    def lies(self) -> tuple[object, list[Meldung]]:
        """Rohwerte of the sheet and what was noticed."""
        zeilen = self.wahl.waehle()
        meldungen = self.kopfmeldungen + self.wahl.meldungen
        gelesen = {self.wahl.schluessel, *(s.spalte for s in self.spalten), *self._zeitspalte()}
        meldungen += self._marken(self.wahl.betrachtet, gelesen | self.wahl.textspalten)
        if self.erklaert.verborgen == "auslassen":
            zeilen = [z for z in zeilen if z.nummer not in self.blatt.verborgene_zeilen]
        elif self.erklaert.verborgen != "lesen":
            breite = gelesen | {s for s, _ in self.wahl.gliederungen}
            meldungen += check_verborgen(self.blatt, [z.nummer for z in zeilen], breite)
        meldungen += self._zu_breit(zeilen) + self._zu_schmal(zeilen)
        meldungen += self._verbundene(zeilen)
        tabelle, wertfussnoten = self._tabelle(zeilen)
        return tabelle, meldungen + self._fussnoten(zeilen) + wertfussnoten

    def _zu_breit(self, zeilen: Sequence[Zeile]) -> list[Meldung]:
        """Rows of a CSV with more fields than the head: a separator inside a number has shifted all that follows."""
        if self.blatt.art != "csv" or self.blatt.gedreht:
            return []
        breite = max((i + 1 for i, k in enumerate(self.kopf.texte) if k), default=0)
        lang = [z.nummer for z in zeilen if any(t != "" for t in self.blatt.zeilen[z.nummer][breite:])]
        if not lang or len(lang) == len(zeilen):  # in every row: a column without a head
            return []
        text = f"Zeile {lang[0] + 1} hat mehr Felder als der Kopf Spalten; ihre Werte stehen in falschen Spalten."
        hilfe = "Ein Trennzeichen in einer Zahl oder einem Namen entfernen, oder die Zelle in Anführungszeichen setzen."
        return [
            Meldung("felder_verschoben", Stufe.FEHLER, text, fundstelle(self.blatt, lang[0], breite), hilfe, len(lang))
        ]

    def _zu_schmal(self, zeilen: Sequence[Zeile]) -> list[Meldung]:
        """Rows of a CSV with fewer fields than most: one may be missing in the middle. Programs write them all."""
        if not self.blatt.felder or self.blatt.gedreht or not zeilen:
            return []
        anzahl = [self.blatt.felder[z.nummer] for z in zeilen]
        ueblich = Counter(anzahl).most_common(1)[0][0]
        kurz = [z.nummer for z, n in zip(zeilen, anzahl, strict=True) if n < ueblich]
        if not kurz:
            return []
        text = f"Zeile {kurz[0] + 1} hat weniger Felder als die anderen; welches fehlt, ist nicht zu erkennen."
        hilfe = "Die Zeile mit allen Trennzeichen schreiben, auch hinter leeren Zellen."
        ort = fundstelle(self.blatt, kurz[0], self.blatt.felder[kurz[0]] - 1)
        return [Meldung("felder_verschoben", Stufe.FEHLER, text, ort, hilfe, len(kurz))]

    def _verbundene(self, zeilen: Sequence[Zeile]) -> list[Meldung]:
        """A value in a merged cell belongs to several rows or columns; nobody can say how much of it to which."""
        if self.blatt.gedreht or not self.blatt.verbunden:
            return []
        gelesen, werte = {z.nummer for z in zeilen}, {s.spalte for s in self.spalten}
        meldungen = []
        for oben, links, unten, rechts in self.blatt.verbunden:
            betroffen = (
                len(gelesen.intersection(range(oben, unten + 1))),
                len(werte.intersection(range(links, rechts + 1))),
            )
            if min(betroffen) and max(betroffen) > 1 and self.blatt.zelle(oben, links) != "":
                text = "Ein Wert steht in einer verbundenen Zelle und gilt für mehrere Zeilen oder Spalten."
                hilfe = "In Excel die Verbindung aufheben und jede Zelle für sich ausfüllen."
                ort = fundstelle(self.blatt, oben, links)
                meldungen.append(Meldung("wert_verbunden", Stufe.FEHLER, text, ort, hilfe))
        return meldungen

    def _zeitspalte(self) -> set[int]:
        return {self.wahl.zeit} - {-1}

    def _marken(self, zeilen: set[int], spalten: set[int]) -> list[Meldung]:
        """Cells that must not be read as they stand; a date in the column of times may."""
        zeit = self.wahl.zeit
        hundertfach = {spaltencode(s) for s in self.erklaert.spalten if s.faktor == 100}
        codes = {w.spalte: w.code for w in self.spalten}

        def stoert(spalte: int, marke: str) -> bool:
            if marke in FORMATMARKEN and spalte not in codes:
                return False
            return not (marke == DATUM and spalte == zeit) and not (marke == PROZENT and codes[spalte] in hundertfach)

        marken = {o: m for o, m in self.blatt.marken.items() if stoert(o[1], m)}
        return check_marken(replace(self.blatt, marken=marken), zeilen, spalten)

    def loese_datumsmarken(self) -> None:
        """Take the marks off the date cells that were read as what they are."""
        gelesen = self.kopf.datumszellen()
        gelesen |= {o for o, m in self.blatt.marken.items() if m == DATUM and o[1] == self.wahl.zeit}
        for zeile, spalte in gelesen:
            self.original.marken.pop((spalte, zeile) if self.blatt.gedreht else (zeile, spalte), None)

    # ---------------------------------------------------------------------------------- footnotes

    def _name(self, zeile: int) -> str:
        spalte = self.wahl.schluessel if self.erklaert.schluesselart == "name" else self.wahl.name
        return self.wahl.text(zeile, spalte)

    def _fussnoten(self, zeilen: Sequence[Zeile]) -> list[Meldung]:
        """One info for the footnotes of the office at names of the sheet: no value carries them further."""
        if not self.erklaert.fussnote:
            return []
        treffer = {z.nummer: m for z in zeilen if (m := re.search(self.erklaert.fussnote, self._name(z.nummer)))}
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
        ort = fundstelle(
            self.blatt, next(iter(treffer)), self.wahl.name if self.wahl.name >= 0 else self.wahl.schluessel
        )
        return [Meldung("fussnote_am_namen", Stufe.INFO, text, ort, hilfe, len(treffer))]

    def _fussnotentext(self, marke: str, zeilen: Container[int]) -> str:
        """What the sheet says to a mark in a row that is not read; '' when it says nothing."""
        for nummer, zeile in enumerate(self.blatt.zeilen):
            erste = next((t for z in zeile if (t := als_text(z))), "")
            if nummer not in zeilen and erste.startswith(marke) and erste != marke:
                return glatt(erste.removeprefix(marke))[:FUSSNOTE_GENANNT]
        return ""

    def _ohne_wertfussnoten(self, zellen: list[Zelle], zeilen: Sequence[Zeile]) -> tuple[list[Zelle], list[Meldung]]:
        """Cells without the declared marks; a sign that stands alone is a sign, not a footnote."""
        muster = re.compile(self.erklaert.wertfussnote)
        neu, stellen, marken = list(zellen), [], dict[str, None]()
        for i, zelle in enumerate(zellen):
            if isinstance(zelle, str) and (treffer := muster.search(zelle)) and (rest := muster.sub("", zelle).strip()):
                neu[i] = rest
                stellen.append(i)
                marken[treffer.group().strip()] = None
        if not stellen:
            return neu, []
        spalte, zeile = divmod(stellen[0], len(zeilen))
        texte = [f"{m} {t}" for m in marken if (t := self._fussnotentext(m, {z.nummer for z in zeilen}))]
        text = f"Werte mit Fußnote des Amtes: {', '.join(marken)}."
        text += f" Unter der Tabelle steht: {'; '.join(texte)}" if texte else ""
        ort = fundstelle(self.blatt, zeilen[zeile].nummer, self.spalten[spalte].spalte)
        hilfe = "Was sie sagt, gehört in anmerkungen.csv: raum_id;kennung;von;bis;text."
        return neu, [Meldung("fussnote_am_wert", Stufe.INFO, text, ort, hilfe, len(stellen))]

    # ---------------------------------------------------------------------------------- table

    def _tabelle(self, zeilen: Sequence[Zeile]) -> tuple[object, list[Meldung]]:
        zellen: list[Zelle] = [
            z.strip() if isinstance(z, str) else z
            for s in self.spalten
            for z in (self.blatt.zelle(zeile.nummer, s.spalte) for zeile in zeilen)
        ]
        meldungen: list[Meldung] = []
        if self.erklaert.wertfussnote:
            zellen, meldungen = self._ohne_wertfussnoten(zellen, zeilen)
        mal, anzahl = len(self.spalten), len(zeilen)
        nummern = np.tile(np.asarray([z.nummer for z in zeilen], np.int32), mal)
        orte = np.repeat(np.asarray([s.spalte for s in self.spalten], np.int32), anzahl)
        tabelle = roh.tabelle(
            anzahl * mal,
            schluessel=roh.wiederholt(roh.texte([z.schluessel for z in zeilen]), mal),
            name=roh.wiederholt(roh.texte([z.name for z in zeilen]), mal),
            raumart=roh.wiederholt(roh.texte([z.raumart for z in zeilen]), mal),
            statistik=self.nummer,
            code=roh.je([s.code for s in self.spalten], anzahl),
            zeit=_verschraenkt([s.zeit for s in self.spalten], [z.zeit for z in zeilen], _spalte_vor_zeile),
            merkmale=_verschraenkt([s.merkmale for s in self.spalten], [z.merkmale for z in zeilen], _zusammen),
            wert=[z if isinstance(z, str) else "" for z in zellen],
            zahl=[None if isinstance(z, str) else z for z in zellen],
            blatt=self.blatt.name,
            zeile=orte if self.blatt.gedreht else nummern,
            spalte=nummern if self.blatt.gedreht else orte,
        )
        return tabelle, meldungen


def _spalte_vor_zeile(spalte: str, zeile: str) -> str:
    return spalte or zeile


def _zusammen(spalte: str, zeile: str) -> str:
    return f"{spalte}|{zeile}" if spalte and zeile else spalte or zeile


def _verschraenkt(spalten: Sequence[str], zeilen: Sequence[str], verbinde: Callable[[str, str], str]) -> object:
    """A text per value, column after column, out of what column and row say."""
    if not any(zeilen):
        return roh.je(spalten, len(zeilen))
    if not any(spalten):
        return roh.wiederholt(roh.texte(zeilen), len(spalten))
    return roh.texte([verbinde(s, z) for s in spalten for z in zeilen])
