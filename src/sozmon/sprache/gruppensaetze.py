"""Sentences about a group of Räume between two times, the short statement of a value, and which facts stand out."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from sozmon.model import Bruch, Indikator, Indikatorwert
from sozmon.sprache.grundlage import NAMEN_HOECHSTENS, Gliederungen, bruchgruende, ort_von, satz_stand
from sozmon.sprache.raumname import ebenenwort, kurz_wert_von
from sozmon.sprache.titel import titelwort
from sozmon.sprache.worte import (
    anzahl,
    aufzaehlung,
    bei_wert,
    ist_menge,
    prozent,
    rundet_gleich,
    satz,
    unterschied,
    wert_mit_einheit,
    zeit_wann,
    zwischen,
)
from sozmon.zahlen import runde

Paar = tuple[Indikatorwert, Indikatorwert]
"""(earlier, later) value of one Raum."""


def _differenz(paar: Paar) -> float:
    return (paar[1].wert or 0.0) - (paar[0].wert or 0.0)


def _um(paar: Paar, indikator: Indikator) -> str:
    """'um 2,9 Prozentpunkte', for counts in per cent."""
    differenz, basis = _differenz(paar), paar[0].wert or 0.0
    if ist_menge(indikator) and basis > 0:
        return f"um {prozent(abs(differenz) / basis * 100)}"
    return f"um {unterschied(differenz, indikator)}"


def _staerke(paar: Paar, indikator: Indikator) -> float:
    basis = paar[0].wert or 0.0
    return abs(_differenz(paar)) / (basis if ist_menge(indikator) and basis > 0 else 1.0)


def satz_gruppe(
    paare: Sequence[Paar],
    indikator: Indikator,
    brueche: Sequence[Bruch] = (),
    *,
    gliederungen: Gliederungen = None,
) -> str:
    """In how many Räume the value rose or fell between two times, where most, and for how many that cannot be told.

    A change that is not seen in the printed numbers counts as none. '' below two Räume with both numbers.
    """
    vergleichbar = [
        p
        for p in paare
        if all(w.ist_zahl for w in p) and p[0].quelle == p[1].quelle
        and not bruchgruende(*p, [*indikator.brueche, *brueche])
    ]  # fmt: skip
    if len(vergleichbar) < 2:
        return ""
    stellen = indikator.nachkommastellen
    bewegt = [p for p in vergleichbar if not rundet_gleich(p[0].wert or 0.0, p[1].wert or 0.0, stellen)]
    hoch = sorted((p for p in bewegt if _differenz(p) > 0), key=lambda p: -_staerke(p, indikator))
    tief = sorted((p for p in bewegt if _differenz(p) < 0), key=lambda p: -_staerke(p, indikator))
    gleich = [p for p in vergleichbar if p not in bewegt]
    mehr, weniger = sorted((("gestiegen", hoch), ("gesunken", tief)), key=lambda t: -len(t[1]))
    if not mehr[1]:
        kern = _unveraendert(vergleichbar, indikator, gliederungen)
    else:
        kern = _bewegung(mehr, weniger, gleich, len(vergleichbar), indikator, gliederungen)
    rest = len(paare) - len(vergleichbar)
    wort = ebenenwort(paare[0][1].ebene, gliederungen)
    ohne = f"für {anzahl(rest, wort.genus, 'akk')} {wort.einzahl if rest == 1 else wort.mehrzahl}"
    zusatz = satz(f"{ohne} lässt sich keine Entwicklung angeben") if rest else ""
    return " ".join(filter(None, (satz(kern), zusatz)))


def _unveraendert(paare: Sequence[Paar], indikator: Indikator, gliederungen: Gliederungen) -> str:
    wort, (a, b) = ebenenwort(paare[0][1].ebene, gliederungen), paare[0]
    alle = f"in allen {anzahl(len(paare))} {wort.dativ_mehrzahl}"
    return f"{alle} blieb {titelwort(indikator).wer} {zwischen(a.zeit, b.zeit)} nahezu unverändert"


def _bewegung(
    mehr: tuple[str, list[Paar]],
    weniger: tuple[str, list[Paar]],
    gleich: Sequence[Paar],
    alle: int,
    indikator: Indikator,
    gliederungen: Gliederungen,
) -> str:
    verb, paare = mehr
    wort, titel, (a, b) = ebenenwort(paare[0][1].ebene, gliederungen), titelwort(indikator), paare[0]
    if len(paare) == alle:
        wo = f"in allen {anzahl(alle)} {wort.dativ_mehrzahl}"
    else:
        wo = f"in {anzahl(len(paare), wort.genus, 'dat')} der {anzahl(alle)} {wort.mehrzahl}"
    kern = f"{wo} ist {titel.wer} {zwischen(a.zeit, b.zeit)} {verb}"
    if len(paare) > 1 and _staerke(paare[0], indikator) > _staerke(paare[1], indikator):
        kern += f", am stärksten {ort_von(b, gliederungen).wo}, {_um(paare[0], indikator)}"
    elif len(paare) == 1:
        kern += f", und zwar {ort_von(b, gliederungen).wo} {_um(paare[0], indikator)}"
    if weniger[1]:
        nur = "nur " if len(weniger[1]) < len(paare) else ""
        kern += f"; {weniger[0]} ist {titel.pronomen} {nur}{_orte(weniger[1], indikator, gliederungen)}"
    if gleich:
        kern += f"; nahezu unverändert blieb {titel.pronomen} {_orte(gleich, indikator, gliederungen, ohne_zahl=True)}"
    return kern


def _orte(paare: Sequence[Paar], indikator: Indikator, gliederungen: Gliederungen, *, ohne_zahl: bool = False) -> str:
    """'in der Sozialregion Ost, um 0,3 Prozentpunkte', 'in vier Sozialregionen'."""
    wort = ebenenwort(paare[0][1].ebene, gliederungen)
    if len(paare) > NAMEN_HOECHSTENS:
        return f"in {anzahl(len(paare), wort.genus, 'dat')} {wort.dativ_mehrzahl}"
    komma = "," if len(paare) == 1 else ""
    return aufzaehlung(
        [ort_von(p[1], gliederungen).wo + ("" if ohne_zahl else f"{komma} {_um(p, indikator)}") for p in paare]
    )


def satz_kernaussage(
    wert: Indikatorwert,
    indikator: Indikator,
    alt: Indikatorwert | None = None,
    vergleich: Indikatorwert | None = None,
    brueche: Sequence[Bruch] = (),
    *,
    gliederungen: Gliederungen = None,
) -> str:
    """One compact sentence: value, change since ``alt``, comparison; parts that cannot be told are left out."""
    if not wert.ist_zahl or wert.wert is None:
        return satz_stand(wert, indikator, gliederungen=gliederungen)
    ort, titel = ort_von(wert, gliederungen), titelwort(indikator)
    kern = f"{titel.wer} lag {zeit_wann(wert.zeit)} {ort.wo} bei {bei_wert(wert, indikator)}"
    alle = [*indikator.brueche, *brueche]
    if alt is not None and alt.ist_zahl and alt.quelle == wert.quelle and not bruchgruende(alt, wert, alle):
        stellen = indikator.nachkommastellen
        if rundet_gleich(alt.wert or 0.0, wert.wert, stellen):
            kern += f", ebenso wie {zeit_wann(alt.zeit)}"
        else:
            richtung = "mehr" if _differenz((alt, wert)) > 0 else "weniger"
            kern += f", {_um((alt, wert), indikator).removeprefix('um ')} {richtung} als {zeit_wann(alt.zeit)}"
    if vergleich is not None and vergleich.ist_zahl and not bruchgruende(vergleich, wert, alle):
        anderer = ort_von(vergleich, gliederungen)
        kern += (
            f" (Wert {kurz_wert_von(vergleich.ebene, wert.ebene, anderer)}: {wert_mit_einheit(vergleich, indikator)})"
        )
    return satz(kern)


@dataclass(frozen=True, slots=True)
class Auffaelligkeit:
    """How far a fact stands out (comparable between Indikatoren), and its sentence."""

    staerke: float
    indikator: str
    text: str


def waehle_auffaellige(kandidaten: Sequence[Auffaelligkeit], hoechstens: int = 4) -> tuple[str, ...]:
    """The strongest facts, at most one an Indikator; equal ones in the order in which they came.

    ``staerke`` is the change of the Kreis (or its distance from the Land, or the spread of the regions) divided by the
    value itself, so that a change from 5 to 6 per cent counts like one from 50 to 60.
    """
    beste: dict[str, Auffaelligkeit] = {}
    for k in kandidaten:
        if k.text and (k.indikator not in beste or k.staerke > beste[k.indikator].staerke):
            beste[k.indikator] = k
    geordnet = sorted(beste.values(), key=lambda k: -runde(k.staerke, 6))
    return tuple(k.text for k in geordnet[:hoechstens])
