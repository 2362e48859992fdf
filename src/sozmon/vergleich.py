"""Compare Räume at one time: with Kreis and Land, with each other (rank, spread), with the year before.

Pure, on Indikatorwerte of either kind. Hidden and missing Räume get no rank; how many were left out is told.
"""

from __future__ import annotations

import statistics
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from sozmon.model import Bruch, Indikatorwert
from sozmon.zeitreihe import PROZENTEINHEITEN, segment


@dataclass(frozen=True, slots=True)
class Vergleichswert:
    """One Raum among its peers. Differences in the unit of the value (Prozentpunkte for shares).

    rang: 1 = highest value, ties share the best rank; rang_von: how many Räume were ranked.
    """

    wert: Indikatorwert
    bezug: str
    bezugswert: float | None
    differenz: float | None
    differenz_einheit: str
    rang: int | None
    rang_von: int
    gleichauf: int
    vorjahr: float | None
    differenz_vorjahr: float | None
    hinweis: str = ""


@dataclass(frozen=True, slots=True)
class Spannweite:
    """Spread of the numbers of a set of Räume; ``ohne_wert`` = left out (hidden or missing)."""

    anzahl: int
    ohne_wert: int
    kleinster: float | None
    kleinste_raeume: tuple[str, ...]
    groesster: float | None
    groesste_raeume: tuple[str, ...]
    median: float | None

    @property
    def weite(self) -> float | None:
        """Largest minus smallest."""
        return None if self.kleinster is None or self.groesster is None else self.groesster - self.kleinster


def compare_raeume(
    werte: Sequence[Indikatorwert],
    bezug: Indikatorwert | None,
    *,
    vorjahre: Mapping[str, Indikatorwert] | None = None,
    brueche: Sequence[Bruch] = (),
    ist_anzahl: bool = False,
) -> tuple[Vergleichswert, ...]:
    """Compare Räume of one Indikator and time.

    bezug: the value of Kreis or Land; vorjahre: raum_id → value one year before (ignored across a Bruch). Plain
    counts (``ist_anzahl``) have no difference to a larger Raum; a single Raum has no rank.
    """
    raenge = compute_raenge(werte)
    raenge = raenge if len(raenge) > 1 else {}
    gezaehlt = len(raenge)
    return tuple(
        Vergleichswert(
            wert=w,
            bezug=bezug.raum if bezug else "",
            bezugswert=bezug.wert if bezug and bezug.ist_zahl else None,
            differenz=None if ist_anzahl else _minus(w, bezug),
            differenz_einheit="Prozentpunkte" if w.einheit in PROZENTEINHEITEN else w.einheit,
            rang=raenge.get(w.raum_id),
            rang_von=gezaehlt,
            gleichauf=list(raenge.values()).count(raenge[w.raum_id]) if w.raum_id in raenge else 0,
            vorjahr=_zahl((vorjahre or {}).get(w.raum_id)),
            differenz_vorjahr=_seit_vorjahr(w, (vorjahre or {}).get(w.raum_id), brueche),
            hinweis=_hinweis(w, bezug),
        )
        for w in werte
    )


def compute_raenge(werte: Iterable[Indikatorwert]) -> dict[str, int]:
    """raum_id → rank by value, 1 = highest; ties share the best rank; Räume without a number have none."""
    zahlen = [(w.raum_id, w.wert) for w in werte if w.ist_zahl and w.wert is not None]
    return {raum: 1 + sum(anderer > wert for _, anderer in zahlen) for raum, wert in zahlen}


def compute_spannweite(werte: Sequence[Indikatorwert]) -> Spannweite:
    """Smallest, largest and median number of the Räume, with all that share them."""
    zahlen = [(w.wert, w.raum) for w in werte if w.ist_zahl and w.wert is not None]
    if not zahlen:
        return Spannweite(0, len(werte), None, (), None, (), None)
    kleinster, groesster = min(z for z, _ in zahlen), max(z for z, _ in zahlen)
    return Spannweite(
        anzahl=len(zahlen),
        ohne_wert=len(werte) - len(zahlen),
        kleinster=kleinster,
        kleinste_raeume=tuple(r for z, r in zahlen if z == kleinster),
        groesster=groesster,
        groesste_raeume=tuple(r for z, r in zahlen if z == groesster),
        median=statistics.median(z for z, _ in zahlen),
    )


def _minus(wert: Indikatorwert, bezug: Indikatorwert | None) -> float | None:
    a, b = _zahl(wert), _zahl(bezug)
    return None if a is None or b is None else a - b


def _zahl(wert: Indikatorwert | None) -> float | None:
    return wert.wert if wert is not None and wert.ist_zahl else None


def _hinweis(wert: Indikatorwert, bezug: Indikatorwert | None) -> str:
    """Two sources may stand on two bases (two censuses): the difference is then partly theirs."""
    if bezug is None or not (wert.ist_zahl and bezug.ist_zahl) or wert.quelle == bezug.quelle:
        return ""
    return "andere Quelle als der Bezugswert"


def _seit_vorjahr(wert: Indikatorwert, vorjahr: Indikatorwert | None, brueche: Sequence[Bruch]) -> float | None:
    if vorjahr is None or segment(wert.jahr, brueche) != segment(vorjahr.jahr, brueche):
        return None
    return _minus(wert, vorjahr)
