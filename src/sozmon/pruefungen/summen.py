"""Sums of parts against their totals: within every declared Teilung, and from Gemeinden up to the Bund.

What differs is reported, never repaired: even a Kreis's own pages print regions whose Gemeinden do not add up.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np

from sozmon.katalog import zerlege
from sozmon.pruefungen.befund import Befund
from sozmon.pruefungen.gleichung import Ergebnis, Urteil, Zellen, check_gleichung
from sozmon.pruefungen.satz import Gleichungslage, kopf, name_der_auspraegung
from sozmon.pruefungen.tafel import BUND, LAENDERZAHL, Tafel, Umfeld

_MELDEN = (Urteil.GERUNDET.value, Urteil.WEICHT_AB.value, Urteil.UNMOEGLICH.value)
_WORT = {"gemeinden": "Gemeinden", "regionen": "Regionen", "kreise": "Kreise", "laender": "Länder"}
_EINZAHL = {
    "gemeinden": "die einzige Gemeinde",
    "regionen": "die einzige Region",
    "kreise": "der einzige Kreis",
    "laender": "",
}


@dataclass(frozen=True, slots=True)
class Familie:
    """A whole and its parts among the Räume of a Tafel; ``fehlend``: parts that exist but were not delivered at all,
    ``fremd``: delivered Räume that look like parts and are none on that day."""

    ganz: str
    teile: tuple[str, ...]
    art: str
    fehlend: tuple[str, ...] = ()
    fremd: tuple[str, ...] = ()


def check_summen(tafel: Tafel, umfeld: Umfeld) -> Iterator[Befund]:
    """Every equation of one Tafel; nothing for Merkmale that do not add up."""
    if not tafel.merkmal.additiv:
        return
    yield from _nach_dimensionen(tafel, umfeld)
    for familie in familien(tafel, umfeld):
        yield from _nach_raeumen(tafel, umfeld, familie)


# --------------------------------------------------------------------------------------------------
# Dimensions


def _nach_dimensionen(tafel: Tafel, umfeld: Umfeld) -> Iterator[Befund]:
    alle = slice(None)
    for auspraegung, a in tafel.auspraegungen.items():
        for teilung in umfeld.teilungen(auspraegung, tafel.merkmal.kennung):
            if not all(t in tafel.auspraegungen for t in teilung):
                continue
            nummern = [tafel.auspraegungen[t] for t in teilung]
            ergebnis = _urteile(tafel, Zellen.aus(tafel, nummern, alle), Zellen.aus(tafel, a, alle))
            for r in np.flatnonzero(np.isin(ergebnis.urteil, _MELDEN)):
                raum_id = list(tafel.raeume)[int(r)]
                vorne = f"{kopf(tafel, auspraegung, umfeld)}, {umfeld.name(raum_id)}"
                worte = [name_der_auspraegung(t, umfeld, auspraegung) for t in teilung]
                dimension = _dimension(teilung, auspraegung, umfeld)
                lage = Gleichungslage(
                    tafel,
                    vorne,
                    dimension,
                    f"die Teile nach {dimension}",
                    worte,
                    fern=umfeld.ist_fern(raum_id),
                )
                zellen = [(n, int(r)) for n in nummern]
                yield lage.befund(Urteil(int(ergebnis.urteil[r])), (a, int(r)), zellen)


def _urteile(tafel: Tafel, teile: Zellen, ganz: Zellen) -> Ergebnis:
    m = tafel.merkmal
    return check_gleichung(teile, ganz, toleranz=m.toleranz, nichtnegativ=m.personen)


def _dimension(teilung: Sequence[str], ganz: str, umfeld: Umfeld) -> str:
    davor, danach = zerlege(ganz), zerlege(teilung[0])
    name = next(n for n in danach if danach[n] != davor.get(n))
    return umfeld.katalog.dimensionen[name].titel


# --------------------------------------------------------------------------------------------------
# Räume


def familien(tafel: Tafel, umfeld: Umfeld) -> Iterator[Familie]:
    """Wholes of the Tafel with their parts: Gemeinden of region and Kreis, regions of the Kreis, Kreise, Länder."""
    yield from _aus_gemeinden(tafel, umfeld)
    yield from _aus_regionen(tafel, umfeld)
    yield from _aus_aemtern(tafel, umfeld)


def _aus_gemeinden(tafel: Tafel, umfeld: Umfeld) -> Iterator[Familie]:
    kreis = umfeld.kreis
    gemeinden = {r for r in tafel.raeume if r.startswith(kreis) and len(r) == 8 and umfeld.ist_amtlich(r)}
    ohne = tuple(r for r in umfeld.ohne_zuordnung if r in tafel.raeume)
    for ganz in tafel.raeume:
        region = umfeld.raeume.region(ganz)
        if (ganz != kreis and region is None) or not gemeinden:
            continue
        mitglieder = umfeld.gemeinden(ganz, tafel.gebietsstand)
        if not mitglieder or not mitglieder & gemeinden:
            continue
        fremd = tuple(sorted(gemeinden - mitglieder)) if ganz == kreis else ()
        teile = (*sorted(mitglieder & gemeinden), *(ohne if ganz == kreis else ()))
        yield Familie(ganz, teile, "gemeinden", _fehlende(tafel, umfeld, mitglieder - gemeinden), fremd)


def _fehlende(tafel: Tafel, umfeld: Umfeld, raeume: frozenset[str] | set[str]) -> tuple[str, ...]:
    """Those that a complete delivery holds: a count of persons needs no uninhabited forest."""
    personen = tafel.merkmal.personen
    return tuple(sorted(g for g in raeume if not (personen and umfeld.unbewohnt(g, tafel.gebietsstand))))


def _aus_regionen(tafel: Tafel, umfeld: Umfeld) -> Iterator[Familie]:
    """The regions of one Raumgliederung against the Kreis, when they cover all its Gemeinden."""
    kreis, tag = umfeld.kreis, tafel.gebietsstand
    alle = umfeld.gemeinden(kreis, tag) if kreis in tafel.raeume else None
    if not alle:
        return
    ohne = tuple(r for r in umfeld.ohne_zuordnung if r in tafel.raeume)
    for gliederung in umfeld.raeume.gliederungen.values():
        regionen = {
            k: umfeld.gemeinden(k, tag) or frozenset()
            for k, (g, _) in umfeld.raeume.regionen.items()
            if g is gliederung
        }
        if not any(r in tafel.raeume for r in regionen) or frozenset().union(*regionen.values()) != alle:
            continue
        teile = tuple(r for r in regionen if r in tafel.raeume and regionen[r])
        fehlend = tuple(r for r in regionen if r not in tafel.raeume and regionen[r])
        yield Familie(kreis, (*teile, *ohne), "regionen", fehlend)


def _aus_aemtern(tafel: Tafel, umfeld: Umfeld) -> Iterator[Familie]:
    """Kreise against the own Land, Länder against the Bund; only where all are there, else nothing can be said."""
    land = umfeld.kreis[:2]
    stand = umfeld.raeume.strahl.stand(umfeld.raeume.strahl.naechster(tafel.gebietsstand))
    kreise = set(stand.mit_praefix(land, 5)) if stand is not None else set()
    if land in tafel.raeume and kreise and kreise <= tafel.raeume.keys():
        yield Familie(land, tuple(sorted(kreise)), "kreise")
    laender = tuple(sorted(r for r in tafel.raeume if len(r) == 2 and r != BUND and umfeld.ist_amtlich(r)))
    if BUND in tafel.raeume and len(laender) == LAENDERZAHL:
        yield Familie(BUND, laender, "laender")


def _nach_raeumen(tafel: Tafel, umfeld: Umfeld, f: Familie) -> Iterator[Befund]:
    raeume = [tafel.raeume[t] for t in f.teile]
    ganz = tafel.raeume[f.ganz]
    teile = Zellen.aus(tafel, slice(None), raeume).quer()
    if f.fehlend:  # a Raum that is not in the file at all is a part of which nothing is known
        teile = teile.mit_luecke()
    ergebnis = _urteile(tafel, teile, Zellen.aus(tafel, slice(None), ganz))
    auspraegungen = list(tafel.auspraegungen)
    for a in np.flatnonzero(np.isin(ergebnis.urteil, _MELDEN)):
        vorne = f"{kopf(tafel, auspraegungen[int(a)], umfeld)}, {umfeld.name(f.ganz)}"
        wer = _wer(f, umfeld)
        lage = Gleichungslage(
            tafel,
            vorne,
            f.art,
            wer,
            [umfeld.name(t) for t in f.teile],
            _fremde(tafel, umfeld, f, int(a)),
            umfeld.ist_fern(f.ganz),
            [umfeld.name(t) for t in f.fehlend],
        )
        zellen = [(int(a), r) for r in raeume]
        yield lage.befund(Urteil(int(ergebnis.urteil[a])), (int(a), ganz), zellen)


def _wer(f: Familie, umfeld: Umfeld) -> str:
    """'die 12 Gemeinden', 'die 12 Gemeinden und was ohne Zuordnung ist'."""
    anzahl = sum(t not in umfeld.ohne_zuordnung for t in f.teile)
    rest = " und was ohne Zuordnung ist" if anzahl < len(f.teile) else ""
    return f"{f'die {anzahl} {_WORT[f.art]}' if anzahl > 1 else _EINZAHL[f.art]}{rest}"


def _fremde(tafel: Tafel, umfeld: Umfeld, f: Familie, a: int) -> list[tuple[str, float]]:
    """Delivered Räume beside the list with their numbers: one of them may be what is missing."""
    return [(umfeld.name(r), float(tafel.wert[a, tafel.raeume[r]])) for r in f.fremd]
