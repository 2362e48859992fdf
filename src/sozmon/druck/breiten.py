"""How wide a table's columns are, from their contents: the same proportions in every format."""

from __future__ import annotations

import re

from sozmon.druck.modell import Tabelle

ZEICHEN_CM_JE_PT = 0.0178
"""Mean width of a character of the shipped family in cm per pt of size (figures and capitals weigh more)."""

_TRENNBAR = re.compile(r"[\s/\-–\u00ad]+")


def spaltenbreiten(tabelle: Tabelle, groesse_pt: float) -> tuple[tuple[float, ...], float]:
    """Shares of the columns (sum 1) and the natural width of the table in cm."""
    spalten = len(tabelle.kopf)
    if tabelle.breiten:
        anteile = tabelle.breiten
        zeichen = [max(_bedarf(tabelle, s), 1.0) for s in range(spalten)]
    else:
        zeichen = [_bedarf(tabelle, s) for s in range(spalten)]
        anteile = tuple(zeichen)
    summe = sum(anteile)
    return tuple(a / summe for a in anteile), sum(zeichen) * groesse_pt * ZEICHEN_CM_JE_PT


def _bedarf(tabelle: Tabelle, spalte: int) -> float:
    """Characters that a column needs: its longest value, and a head that may take three lines and be hyphenated."""
    werte = [z.zellen[spalte] for z in tabelle.zeilen if z.art != "gruppe" and spalte < len(z.zellen)]
    laengste = max((len(w) for w in werte), default=1)
    if spalte == 0:
        laengste = min(laengste, 34)
    kopf = tabelle.kopf[spalte]
    wort = max((len(w) for w in _TRENNBAR.split(kopf)), default=1)
    return max(laengste, min(wort, 13), len(kopf) / 3, 4) + 3.0
