"""Do parts add up to their whole? One equation per column, decided by what the cells can be at most and at least.

Interval arithmetic: a number known to ± s lies in [x − s, x + s], a hidden one in its bounds, a missing count in
[0, ∞). Parts and whole fit when the interval of the sum meets that of the whole. Rounding to 5 with totals rounded
on their own is the usual reason why published tables are not additive (Statistisches Bundesamt, 5er-Rundung: a
number moves by at most 2); noise of the Cell-Key method has no published bound per sum.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from enum import Enum

import numpy as np

from sozmon.pruefungen.tafel import Feld, Maske, Tafel

WINZIG = 1e-9
"""Relative; a float sum of exact decimals may be off by this."""
FAKTOREN = (10.0, 100.0, 1000.0, 0.1, 0.01, 0.001)


class Urteil(Enum):
    """What an equation says."""

    STIMMT = 0
    GERUNDET = 1
    WEICHT_AB = 2
    UNMOEGLICH = 3
    UNBEKANNT = 4


@dataclass(frozen=True, slots=True)
class Zellen:
    """Cells side by side: a whole (columns,) or its parts (parts, columns)."""

    wert: Feld
    unten: Feld
    oben: Feld
    spiel: Feld
    da: Maske

    @classmethod
    def aus(cls, tafel: Tafel, a: Sequence[int] | int | slice, r: Sequence[int] | int | slice) -> Zellen:
        """Cells of a Tafel by Ausprägungen and Räume."""
        return cls(tafel.wert[a, r], tafel.unten[a, r], tafel.oben[a, r], tafel.spiel[a, r], tafel.da[a, r])

    def quer(self) -> Zellen:
        """Rows and columns exchanged."""
        return Zellen(self.wert.T, self.unten.T, self.oben.T, self.spiel.T, self.da.T)

    def mit_luecke(self) -> Zellen:
        """With one more part of which nothing is known."""
        leer = np.full((1, self.wert.shape[1]), np.nan)
        wert, unten, oben, spiel = (np.vstack([x, leer]) for x in (self.wert, self.unten, self.oben, self.spiel))
        return Zellen(wert, unten, oben, spiel, np.vstack([self.da, np.zeros_like(leer, bool)]))


@dataclass(frozen=True, slots=True)
class Ergebnis:
    """Per column: ``urteil`` (values of Urteil), ``summe`` of the numbers known, ``abstand`` = sum − whole (NaN when
    a cell is hidden)."""

    urteil: np.ndarray[tuple[int, ...], np.dtype[np.int64]]
    summe: Feld
    abstand: Feld


def check_gleichung(teile: Zellen, ganz: Zellen, *, toleranz: float, nichtnegativ: bool) -> Ergebnis:
    """Judge every column. ``toleranz``: declared, absolute; ``nichtnegativ``: a part not delivered is at least 0."""
    fehlt = ~teile.da
    luecke = fehlt.any(axis=0)
    unten = np.where(fehlt, 0.0 if nichtnegativ else -np.inf, teile.unten - _null(teile.spiel)).sum(axis=0)
    oben = np.where(fehlt, np.inf, teile.oben + _null(teile.spiel)).sum(axis=0)
    bekannt = ~luecke & ~np.isnan(teile.wert).any(axis=0) & ~np.isnan(ganz.wert)
    summe = np.nansum(teile.wert, axis=0)
    abstand = np.where(bekannt, summe - ganz.wert, np.nan)
    rest = WINZIG * (1.0 + np.abs(summe) + np.abs(np.nan_to_num(ganz.wert)))
    spiel = _null(ganz.spiel)
    passt = (unten <= ganz.oben + spiel + toleranz + rest) & (oben >= ganz.unten - spiel - toleranz - rest)
    gleich = bekannt & (np.abs(np.nan_to_num(abstand)) <= rest)
    beweglich = (np.nansum(teile.spiel, axis=0) + spiel) > 0
    urteil = np.select(
        [~ganz.da, gleich, bekannt & passt & beweglich, bekannt & passt, bekannt, ~passt, luecke & ~bekannt],
        [
            Urteil.UNBEKANNT.value,
            Urteil.STIMMT.value,
            Urteil.GERUNDET.value,
            Urteil.STIMMT.value,
            Urteil.WEICHT_AB.value,
            Urteil.UNMOEGLICH.value,
            Urteil.UNBEKANNT.value,
        ],
        Urteil.STIMMT.value,
    )
    return Ergebnis(urteil.astype(np.int64), summe, abstand)


def _null(spiel: Feld) -> Feld:
    """Room for rounding; none where there is no number."""
    ergebnis: Feld = np.where(np.isnan(spiel), 0.0, spiel)
    return ergebnis


def suche_ursache(teile: Feld, ganz: float) -> tuple[str, int] | None:
    """The one part that explains the difference alone: ('doppelt', i), ('faktor', i), or None when none or several do.

    ``teile``: numbers of the parts, all known.
    """
    abstand = float(teile.sum() - ganz)
    rest = WINZIG * (1.0 + abs(ganz))
    doppelt = [("doppelt", int(i)) for i in np.flatnonzero(np.abs(teile - abstand) <= rest) if abstand > 0]
    faktoren = [
        ("faktor", int(i))
        for f in FAKTOREN
        for i in np.flatnonzero((np.abs(teile * (f - 1.0) + abstand) <= rest) & (teile != 0))
    ]
    treffer = doppelt + faktoren
    return treffer[0] if len(treffer) == 1 else None
