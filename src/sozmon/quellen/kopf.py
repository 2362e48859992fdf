"""Heads of a declared table: where they begin, what they are called, and which column one of them names.

A head is the text of its head rows joined by ' / '. Cells that Excel merged hold their text once, at the left; a
date-typed head cell is its ISO date (2023-12-31), whatever Excel shows.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from sozmon.dateien import AblehnungError
from sozmon.definition import vorschlag
from sozmon.model import Tabellenblatt
from sozmon.quellen.gitter import DATUM, Blatt, adresse, als_text, spaltennummer

_HILFE = "Prüfen, ob es die richtige Datei ist, oder die Quelle anpassen."
_GENANNT = 300
"""Characters of the heads that a refusal lists."""


def glatt(text: str) -> str:
    """Text with every run of space as one blank, none at its ends."""
    return " ".join(text.split())


def kopftexte(blatt: Blatt, erste: int, anzahl: int, fussnote: str = "") -> list[str]:
    """Head of every column: head rows joined by ' / ', merged heads filled to the right in all but the last row.

    Cells that are merged for certain are filled in every row. A head is filled only as far as the heads above it
    reach; ``fussnote`` is cut off every head cell.
    """
    unter = erste + anzahl
    breite = max((len(z) for z in blatt.zeilen[erste:unter]), default=0)
    verbunden = [v for v in blatt.verbunden if erste <= v[0] < unter]
    breite = max([breite, *(s + 1 for _, _, _, s in verbunden)])
    zellen = [[blatt.zelle(z, s) for s in range(breite)] for z in range(erste, unter)]
    for z, s, z_ende, s_ende in verbunden:
        for nummer in range(z - erste, min(z_ende + 1, unter) - erste):
            zellen[nummer][s : s_ende + 1] = [blatt.zelle(z, s)] * (s_ende + 1 - s)
    stufen: list[list[str]] = []
    grenze = [False] * breite
    for nummer in range(anzahl):
        zeile = [_kopfzelle(als_text(zellen[nummer][s]), fussnote) for s in range(breite)]
        eigene = [bool(t) for t in zeile]
        if nummer < anzahl - 1:
            for s in range(1, breite):
                zeile[s] = zeile[s] or ("" if grenze[s] else zeile[s - 1])
        grenze = [a or b for a, b in zip(grenze, eigene, strict=True)]
        stufen.append(zeile)
    return [" / ".join(dict.fromkeys(t for t in teile if t)) for teile in zip(*stufen, strict=True)]


def _kopfzelle(text: str, fussnote: str) -> str:
    text = glatt(text)
    return re.sub(fussnote, "", text).strip() or text if fussnote else text


def finde_kopfzeile(blatt: Blatt, erklaert: Tabellenblatt) -> int | None:
    """Row of the first head, 0-based; None when ``kopfsuche`` matches nowhere."""
    if not erklaert.kopfsuche:
        return erklaert.kopfzeile - 1
    muster = re.compile(erklaert.kopfsuche)
    for nummer, zeile in enumerate(blatt.zeilen):
        if any(z != "" and muster.search(glatt(als_text(z))) for z in zeile):
            return nummer
    return None


class Kopf:
    """The heads of one sheet by one declaration."""

    def __init__(self, blatt: Blatt, erklaert: Tabellenblatt, datei: str) -> None:
        """AblehnungError (kopf_fehlt) when the head row is not found."""
        self.blatt, self.erklaert, self.datei = blatt, erklaert, datei
        erste = finde_kopfzeile(blatt, erklaert)
        if erste is None:
            raise self._ohne_kopfzeile()
        self.erste, self.unter = erste, erste + erklaert.kopfzeilen
        self.texte = kopftexte(blatt, erste, erklaert.kopfzeilen, erklaert.fussnote)
        self._roh = kopftexte(blatt, erste, erklaert.kopfzeilen) if erklaert.fussnote else self.texte

    def datumszellen(self) -> set[tuple[int, int]]:
        """Head cells that are dates in Excel: in a head they are read."""
        marken = self.blatt.marken.items()
        return {ort for ort, art in marken if art == DATUM and self.erste <= ort[0] < self.unter}

    def spalte(self, kopf: str, wofuer: str = "eine Spalte") -> int:
        """Column of a head; 'Ebene#2' is the second column of that head, 'Spalte A' one without a head.

        AblehnungError when it is not one column.
        """
        if not kopf:
            raise AblehnungError(
                "kopf_fehlt",
                f"Die Quelle nennt für „{self.datei}“ keinen Spaltenkopf für {wofuer}.",
                grund=f"Gefunden: {self._liste()}.",
                abhilfe="Den Kopf in der Quelle eintragen; jedes Feld erklärt indikatoren/README.md.",
            )
        treffer = self._gleiche(kopf)
        if not treffer and (teile := re.fullmatch(r"(.+)#([1-9])", kopf)):
            treffer = self._gleiche(teile[1])[int(teile[2]) - 1 : int(teile[2])]
        if not treffer and (ort := re.fullmatch(r"(?:Spalte|Zeile) ([A-Z]{1,3}|[1-9][0-9]{0,3})", kopf)):
            treffer = self._ohne_kopf(ort[1])
        if len(treffer) == 1:
            return treffer[0]
        raise self._mehrmals(kopf, treffer) if treffer else self.fehlt(kopf)

    def kennt(self, kopf: str, muster: str) -> bool:
        """Does any column have this head, or one that matches?"""
        return any(k and re.search(muster, k) for k in self.texte) if muster else bool(self._gleiche(kopf))

    def _ohne_kopf(self, name: str) -> list[int]:
        """The column of that letter or number, when it has no head: 'Spalte A' (of a turned sheet 'Zeile 3')."""
        spalte = int(name) - 1 if name.isdecimal() else spaltennummer(name)
        breite = max((len(z) for z in self.blatt.zeilen[self.erste :]), default=0)
        return [spalte] if spalte < breite and not (self.texte[spalte : spalte + 1] or [""])[0] else []

    def passende(self, muster: str) -> list[tuple[int, re.Match[str]]]:
        """Columns whose head matches, with the match; AblehnungError when there is none."""
        treffer = [(s, m) for s, k in enumerate(self.texte) if k and (m := re.search(muster, k))]
        if not treffer:
            raise self.fehlt(muster, muster=True)
        return treffer

    def adresse(self, spalte: int) -> str:
        """Address of the lowest head cell of a column."""
        return adresse(self.blatt, self.unter - 1, spalte)

    def _gleiche(self, kopf: str) -> list[int]:
        gesucht = glatt(kopf)
        return [i for i, k in enumerate(self.texte) if gesucht in (k, self._roh[i])]

    def _liste(self) -> str:
        liste = ", ".join(dict.fromkeys(k for k in self.texte if k))
        return f"{liste[:_GENANNT]} …" if len(liste) > _GENANNT else liste or "eine leere Zeile"

    def fehlt(self, kopf: str, muster: bool = False) -> AblehnungError:
        """The refusal: no column has this head; it names the nearest one and where the text stands instead."""
        was = "passt kein Spaltenkopf zum Muster" if muster else "steht der Spaltenkopf"
        return AblehnungError(
            "kopf_fehlt",
            f"In „{self.datei}“ {was} „{kopf}“{'' if muster else ' nirgends'}.",
            ort=adresse(self.blatt, self.erste, 0),
            grund=f"Gefunden: {self._liste()}.{'' if muster else self._anderswo(kopf)}",
            abhilfe=" ".join(t for t in ("" if muster else vorschlag(kopf, filter(None, self.texte)), _HILFE) if t),
        )

    def _anderswo(self, kopf: str) -> str:
        """Where the text stands when the declared head row is the wrong one."""
        letzter = glatt(kopf.rpartition(" / ")[2]).casefold()
        for nummer, zeile in enumerate(self.blatt.zeilen):
            innen = self.erste <= nummer < self.unter
            if not innen and any(isinstance(z, str) and glatt(z).casefold() == letzter for z in zeile):
                was = "Spalte" if self.blatt.gedreht else "Zeile"
                return f" Der Text steht in {was} {nummer + 1}, gesucht wird der Kopf ab {was} {self.erste + 1}."
        return ""

    def _mehrmals(self, kopf: str, treffer: Sequence[int]) -> AblehnungError:
        return AblehnungError(
            "kopf_doppelt",
            f"In „{self.datei}“ steht der Spaltenkopf „{kopf}“ mehrmals.",
            ort=adresse(self.blatt, self.erste, treffer[1]),
            grund=f"Gefunden: {self._liste()}.",
            abhilfe=f"Prüfen, ob es die richtige Datei ist, oder in der Quelle „{kopf}#1“ oder „{kopf}#2“ schreiben.",
        )

    def _ohne_kopfzeile(self) -> AblehnungError:
        texte = [glatt(t) for zeile in self.blatt.zeilen[:40] for z in zeile if isinstance(z, str) and (t := z.strip())]
        wort = re.sub(r"[\\^$.*+?()\[\]|]+", " ", self.erklaert.kopfsuche)
        return AblehnungError(
            "kopf_fehlt",
            f"In „{self.datei}“ passt keine Zeile zur Kopfsuche „{self.erklaert.kopfsuche}“ der Quelle.",
            ort=self.blatt.name,
            grund=f"Am Anfang steht: {'; '.join(texte[:6])[:_GENANNT] or 'nichts'}.",
            abhilfe=" ".join(t for t in (vorschlag(glatt(wort), texte), _HILFE) if t),
        )
