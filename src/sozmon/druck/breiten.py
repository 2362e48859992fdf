"""How wide a table and its columns are, and whether it needs a landscape page: the same answer for every format."""

from __future__ import annotations

import math
import re
import textwrap
from dataclasses import dataclass

from sozmon.druck.modell import Stil, Tabelle

SEITE_HOCH_CM, SEITE_QUER_CM = 21.0, 29.7
ZEICHEN_CM_JE_PT = 0.0178
"""Mean width of a character of the shipped family in cm per pt of size (figures and capitals weigh more)."""
LANGES_WORT, KURZES_WORT = 22, 12
"""Up to how many characters a head is kept from hyphenation when there is room, and when there is not."""
WEITER_TEXT, ENGER_TEXT, RAUMNAME = 60, 18, 34
"""Characters of a column of running text in a roomy and in a tight table; of the first column at most."""

_TRENNBAR = re.compile(r"[ \t\n/\-–\u00ad]+")


@dataclass(frozen=True, slots=True)
class Masse:
    """Shares of the columns (sum 1), width in cm, share of the text width, landscape page or not."""

    anteile: tuple[float, ...]
    breite_cm: float
    anteil: float
    quer: bool


def masse(tabelle: Tabelle, stil: Stil) -> Masse:
    """Widths from the contents. Landscape where the table asks for it and needs it, or cannot do without."""
    hoch = SEITE_HOCH_CM - 2 * stil.rand_cm
    je_zeichen = stil.tabelle_pt * ZEICHEN_CM_JE_PT
    quer = sum(_bedarf(tabelle, KURZES_WORT, ENGER_TEXT)) * je_zeichen > hoch * (0.8 if tabelle.quer else 1.12)
    platz = SEITE_QUER_CM - 2 * stil.rand_cm if quer else hoch
    zeichen = _bedarf(tabelle, LANGES_WORT, WEITER_TEXT)
    natur = sum(zeichen) * je_zeichen
    if natur > platz:
        zeichen = _bedarf(tabelle, KURZES_WORT, WEITER_TEXT)
    anteile = tabelle.breiten or tuple(zeichen)
    anteil = 1.0 if natur > 0.6 * platz else max(natur * 1.15 / platz, 0.4)
    return Masse(tuple(a / sum(anteile) for a in anteile), platz * anteil, anteil, quer)


def _bedarf(tabelle: Tabelle, wortgrenze: int, textgrenze: int) -> list[float]:
    return [_spaltenbedarf(tabelle, spalte, wortgrenze, textgrenze) for spalte in range(len(tabelle.kopf))]


def _spaltenbedarf(tabelle: Tabelle, spalte: int, wortgrenze: int, textgrenze: int) -> float:
    """Characters that a column needs: its longest value (running text wraps), and a head of up to three lines."""
    werte = [z.zellen[spalte] for z in tabelle.zeilen if z.art != "gruppe" and spalte < len(z.zellen)]
    laengste = max((len(w) for w in werte), default=1)
    if spalte == 0:
        laengste = min(laengste, RAUMNAME)
    elif tabelle.richtung(spalte) == "l":
        laengste = min(laengste, textgrenze)
    kopf = tabelle.kopf[spalte]
    worte = kopf.split(" ") if wortgrenze == LANGES_WORT else _TRENNBAR.split(kopf)
    wort = max((len(w) for w in worte), default=1)
    return max(laengste, min(wort, wortgrenze), _dreizeilig(kopf), 4) + 3.0


def _dreizeilig(kopf: str) -> float:
    """Characters that a line needs so that the words of a head stand in three lines."""
    breite = max(1, math.ceil(len(kopf) / 3))
    # textwrap cuts a word that is longer than the line, as hyphenation will
    while len(textwrap.wrap(kopf, breite)) > 3 and breite < KURZES_WORT + LANGES_WORT:
        breite += 1
    return max(len(kopf) / 3, breite if " " in kopf else 0)
