"""Axes as arithmetic: round ticks, the honest start of the value axis, years that are years, labels that keep apart."""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from itertools import pairwise, product

from sozmon.zahlen import format_zahl

SPREIZUNG_MIN = 0.1
"""A cut axis shows at least this share of the level: otherwise noise would look like a development."""
SCHNITT_BIS, SCHNITT_AB_STUFEN = 0.15, 10
"""The axis may be cut only when all values differ by less than this share of the level (a chart from zero would show
nothing), yet by at least so many printed steps (else there is nothing to show). Otherwise it starts at zero."""
STAPEL_LUFT, STAPEL_HOECHSTENS = 3.0, 5


@dataclass(frozen=True, slots=True)
class Werteachse:
    """Limits and ticks of a value axis; ``abgeschnitten``: it does not start at zero and must say so."""

    unten: float
    oben: float
    striche: tuple[float, ...]
    stellen: int

    @property
    def abgeschnitten(self) -> bool:
        """True when zero is not on the axis."""
        return self.unten > 0 or self.oben < 0

    def text(self, wert: float) -> str:
        """Tick label in German."""
        return format_zahl(wert, self.stellen)


def schritt_fuer(spanne: float, anzahl: int) -> float:
    """Smallest round step (1, 2, 5 times a power of ten) that makes at most ``anzahl`` intervals."""
    grob = spanne / anzahl
    zehner: float = 10.0 ** math.floor(math.log10(grob))
    for faktor in (1, 2, 5, 10):
        if faktor * zehner >= grob * (1 - 1e-9):
            return faktor * zehner
    return 10 * zehner


def compute_werteachse(werte: Sequence[float], stellen: int, *, ab_null: bool = False, anzahl: int = 5) -> Werteachse:
    """Axis for values printed with so many decimals; zero-based unless all lie close together far from zero.

    ``ab_null`` forces zero into the axis (bars: their length is the value). No tick is finer than a printed number.
    """
    stufe = 10.0**-stellen
    klein, gross = (min(werte), max(werte)) if werte else (0.0, 1.0)
    if klein == gross == 0:
        gross = max(1.0, stufe)
    if ab_null or not _darf_schneiden(klein, gross, stufe):
        klein, gross = min(klein, 0.0), max(gross, 0.0)
    else:
        luft = max(0.0, SPREIZUNG_MIN * max(abs(klein), abs(gross)) - (gross - klein)) / 2
        klein, gross = klein - luft, gross + luft
    schritt = max(stufe, schritt_fuer(gross - klein, anzahl))
    erster, letzter = math.floor(klein / schritt + 1e-9), math.ceil(gross / schritt - 1e-9)
    striche = tuple(_glatt(i * schritt) for i in range(erster, letzter + 1))
    return Werteachse(striche[0], striche[-1], striche, max(0, -math.floor(math.log10(schritt) + 1e-9)))


def _darf_schneiden(klein: float, gross: float, stufe: float) -> bool:
    niveau = max(abs(klein), abs(gross))
    return klein * gross > 0 and SCHNITT_AB_STUFEN * stufe <= gross - klein + stufe / 2 < SCHNITT_BIS * niveau


def _glatt(wert: float) -> float:
    """Without the binary dust of i * step."""
    return float(f"{wert:.12g}") + 0.0


def takt(jahre: Sequence[float]) -> float:
    """Usual distance of two neighbouring times (1 for yearly, 5 for elections): the smallest that occurs."""
    geordnet = sorted(set(jahre))
    return min((b - a for a, b in pairwise(geordnet)), default=1.0)


def compute_jahresstriche(jahre: Sequence[float], breite: float, textbreite: Callable[[str], float]) -> tuple[int, ...]:
    """Years to label on an axis ``breite`` points wide; the last year is always among them, none collide."""
    ganz = sorted({math.floor(j) for j in jahre})
    if not ganz:
        return ()
    platz = textbreite("2000") * 1.5
    je_jahr = breite / max(1, ganz[-1] - ganz[0] + 1)
    if takt(ganz) > 1:  # elections and other sparse series: label the years that exist
        kandidaten = ganz
        gewaehlt = [kandidaten[-1]]
        for jahr in reversed(kandidaten[:-1]):
            if (gewaehlt[-1] - jahr) * je_jahr >= platz:
                gewaehlt.append(jahr)
        return tuple(reversed(gewaehlt))
    for schritt in (1, 2, 3, 4, 5, 10, 20, 25, 50):
        if schritt * je_jahr >= platz:
            return tuple(range(ganz[-1], ganz[0] - 1, -schritt))[::-1]
    return (ganz[-1],)


def abstand_halten(orte: Sequence[float], hoehen: Sequence[float], unten: float, oben: float) -> list[float]:
    """Move label centres apart as little as needed: none overlap, all stay within ``unten``..``oben``.

    Order is kept. When there is no room for all, they are spread evenly (the caller's figure is too low).
    """
    folge = sorted(range(len(orte)), key=lambda i: (orte[i], i))
    gruppen: list[list[int]] = []
    lagen: list[float] = []  # lower edge of each group

    def lage(gruppe: list[int]) -> float:
        hoehe = sum(hoehen[i] for i in gruppe)
        summe, vorher = 0.0, 0.0
        for i in gruppe:  # the lower edge that brings every label on average to its own place
            summe += orte[i] - hoehen[i] / 2 - vorher
            vorher += hoehen[i]
        return max(unten, min(summe / len(gruppe), oben - hoehe))

    for i in folge:
        gruppen.append([i])
        lagen.append(lage(gruppen[-1]))
        while len(gruppen) > 1 and lagen[-2] + sum(hoehen[j] for j in gruppen[-2]) > lagen[-1] + 1e-9:
            gruppen[-2:] = [gruppen[-2] + gruppen[-1]]
            lagen[-2:] = [lage(gruppen[-1])]
    ergebnis = [0.0] * len(orte)
    for gruppe, kante in zip(gruppen, lagen, strict=True):
        for i in gruppe:
            ergebnis[i] = kante + hoehen[i] / 2
            kante += hoehen[i]
    return ergebnis


def stapeln(orte: Sequence[float], breiten: Sequence[float], platz: float) -> list[tuple[float, int]]:
    """Left edge and row of texts above upright lines at ``orte`` (ascending), inside 0..``platz``.

    Each line ends below its own text. No text touches another, and none is crossed by the line of a text that stands
    higher; the fewest rows win, then texts centred over their line.
    """
    n = len(orte)
    reihen: list[tuple[int, ...]] = [
        z for hoch in range(n) for z in product(range(hoch + 1), repeat=n) if max(z) == hoch
    ]
    for zeilen in reihen if 0 < n <= STAPEL_HOECHSTENS else []:
        for anteil in (0.5, 0.0, 1.0):  # centred, to the right of the line, to the left of it
            lagen = [_hinein(x, b, anteil, platz) for x, b in zip(orte, breiten, strict=True)]
            if _frei(orte, breiten, lagen, zeilen):
                return list(zip(lagen, zeilen, strict=True))
    return [(_hinein(x, b, 0.0, platz), n - 1 - i) for i, (x, b) in enumerate(zip(orte, breiten, strict=True))]


def _hinein(ort: float, breite: float, anteil: float, platz: float) -> float:
    abstand = {0.0: 2.0, 1.0: -2.0}.get(anteil, 0.0)
    return max(0.0, min(ort - anteil * breite + abstand, platz - breite))


def _frei(orte: Sequence[float], breiten: Sequence[float], lagen: Sequence[float], zeilen: Sequence[int]) -> bool:
    for i in range(len(orte)):
        von, bis = lagen[i] - STAPEL_LUFT, lagen[i] + breiten[i] + STAPEL_LUFT
        for j in range(len(orte)):
            if i == j:
                continue
            if zeilen[i] == zeilen[j] and von < lagen[j] + breiten[j] and lagen[j] < bis:
                return False
            if zeilen[j] > zeilen[i] and von < orte[j] < bis:
                return False
    return True
