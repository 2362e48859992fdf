"""How a column of counts relates to the one before: factor, exchange, permutation, repetition, single outliers.

All functions are pure and work on arrays of counts per Gemeinde (NaN = no number). Differences are measured in
units of what chance alone moves a count by: the variance of a Poisson count equals its mean, so
d² = (y − x)² / (x + 1) is about 2 between two independent draws, whatever the size of the Gemeinde; small counts
alarm nobody. Robust location and spread are medians (Huber/Ronchetti, Robust Statistics, 2nd ed., 2009, ch. 1 and 5).
"""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

from sozmon.pruefungen.tafel import Feld, Maske

MINDESTENS = 8
"""Gemeinden with a number on both sides below which a column says nothing."""
AB_ZAHL = 20.0
"""A count that is worth comparing on its own: equal or tenfold small ones happen by chance."""
ZEHNER = (1, 2, 3)
_NAHE = 0.12
"""Half width around a power of ten, in decimal logarithms (× 1.3)."""
_NAHE_WENIGE = 0.045
"""The same where less than eight values tell (× 1.1)."""
_TAUSCH_RATE, _TAUSCH_AB, _TAUSCH_ANTEIL = 0.25, 30.0, 0.8
_VERSATZ_RATE, _VERSATZ_AB = 0.04, 25.0
_GLEICH_ANTEIL = 0.9
_SPRUNG_Z, _SPRUNG_FAKTOR = 8.0, 1.8
_MAD = 0.6745


def find_faktor(alt: Feld, neu: Feld) -> float | None:
    """A power of ten by which the whole column grew (10, 0.01 …), None when it did not. Few cells must fit better."""
    gut = (alt > 0) & (neu > 0) & (np.fmax(alt, neu) >= AB_ZAHL)
    if not gut.any():
        return None
    nahe = _NAHE if gut.sum() >= MINDESTENS else _NAHE_WENIGE
    log = np.log10(neu[gut] / alt[gut])
    mitte = float(np.median(log))
    streuung = float(np.median(np.abs(log - mitte)))
    naechste = round(mitte)
    if abs(naechste) in ZEHNER and abs(mitte - naechste) <= nahe and streuung <= nahe:
        return float(10.0**naechste)
    return None


def compute_abstand(alt: Feld, neu: Feld) -> Feld:
    """d² of every cell; NaN where a number is missing."""
    ergebnis: Feld = (neu - alt) ** 2 / (np.abs(alt) + 1.0)
    return ergebnis


def find_tausch(alt: Feld, neu: Feld, schwestern: Maske) -> list[tuple[int, int]]:
    """Pairs of columns (columns × Gemeinden) of which each fits the other's former values better than its own.

    ``schwestern``: columns × columns, which pairs are looked at. The sum of d² must fall to a quarter, and four of
    five cells must come closer.
    """
    d = (neu[:, None, :] - alt[None, :, :]) ** 2 / (np.abs(alt)[None, :, :] + 1.0)
    eigen = np.einsum("aar->ar", d)
    treffer = []
    for a, b in zip(*np.nonzero(np.triu(schwestern, 1)), strict=True):
        vorher, nachher = eigen[a] + eigen[b], d[a, b] + d[b, a]
        gut = ~np.isnan(vorher) & ~np.isnan(nachher)
        if gut.sum() < MINDESTENS:
            continue
        s_eigen, s_kreuz = float(vorher[gut].sum()), float(nachher[gut].sum())
        naeher = float((nachher[gut] < vorher[gut]).mean())
        if s_kreuz < _TAUSCH_RATE * s_eigen and s_eigen - s_kreuz > _TAUSCH_AB and naeher >= _TAUSCH_ANTEIL:
            treffer.append((int(a), int(b)))
    return treffer


def ist_versetzt(alt: Feld, neu: Feld) -> bool:
    """Do the same numbers stand beside other Gemeinden? True for a column that was sorted or shifted on its own.

    The sorted columns fit (d² falls below a twenty-fifth), and most cells are far from their own former value.
    """
    gut = ~np.isnan(alt) & ~np.isnan(neu)
    if gut.sum() < MINDESTENS:
        return False
    eigen = compute_abstand(alt[gut], neu[gut])
    sortiert = compute_abstand(np.sort(alt[gut]), np.sort(neu[gut]))
    return bool(np.median(eigen) > _VERSATZ_AB and sortiert.sum() < _VERSATZ_RATE * eigen.sum())


def ist_gleich(alt: Feld, neu: Feld) -> bool:
    """Are these the same numbers again? Only counts of some size are looked at."""
    gut = (np.fmin(alt, neu) >= AB_ZAHL) & ~np.isnan(alt) & ~np.isnan(neu)
    return bool(gut.sum() >= MINDESTENS and (alt[gut] == neu[gut]).mean() >= _GLEICH_ANTEIL)


def find_spruenge(alt: Feld, neu: Feld) -> npt.NDArray[np.int64]:
    """Gemeinden whose count left the common trend: far outside of chance and of what the others scatter, and by
    nearly a factor of two. The trend is the median ratio of the larger Gemeinden."""
    gut = ~np.isnan(alt) & ~np.isnan(neu)
    gross = gut & (alt >= AB_ZAHL) & (neu > 0)
    if gross.sum() < MINDESTENS:
        return np.zeros(0, np.int64)
    trend = float(np.median(neu[gross] / alt[gross]))
    soll = alt * trend
    z = (neu - soll) / np.sqrt(2.0 * (soll + 1.0))
    streuung = max(1.0, float(np.median(np.abs(z[gross]))) / _MAD)
    weit = np.abs(z) > _SPRUNG_Z * streuung
    verhaeltnis = (np.fmax(neu, soll) + 1.0) / (np.fmin(neu, soll) + 1.0)
    stellen: npt.NDArray[np.int64] = np.flatnonzero(gut & weit & (verhaeltnis > _SPRUNG_FAKTOR)).astype(np.int64)
    return stellen
