"""Are all Gemeinden of the own Kreis there, 53 of 53, all regions? What did not exist that day is not missing."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from typing import Any

from sozmon.model import Stufe
from sozmon.pruefungen.befund import Befund, aufzaehlung, zeitname
from sozmon.pruefungen.tafel import Tafel, Umfeld

AB_ANTEIL = 0.5
"""A table that holds less than half of the Gemeinden is one for some Gemeinden by nature: an info, no warning."""


_ABHILFE = "Beim Amt nach den fehlenden Räumen fragen; Summen mit ihnen gelten als unvollständig."


def check_vollzaehligkeit(tafeln: Sequence[Tafel], umfeld: Umfeld) -> Iterator[Befund]:
    """One finding per Quelle, Merkmal, time and set of missing Gemeinden; all Ausprägungen count together."""
    geliefert: dict[tuple[str, str, str, str], set[str]] = defaultdict(set)
    erste: dict[tuple[str, str, str, str], Tafel] = {}
    for t in tafeln:
        schluessel = (t.quelle, t.merkmal.kennung, t.zeit, t.gebietsstand)
        erste.setdefault(schluessel, t)
        geliefert[schluessel] |= {r for r, nr in t.raeume.items() if t.da[:, nr].any()}
    for schluessel, t in erste.items():
        yield from _pruefe(t, umfeld, geliefert[schluessel])


def _pruefe(t: Tafel, umfeld: Umfeld, geliefert: set[str]) -> Iterator[Befund]:
    alle = umfeld.gemeinden(umfeld.kreis, t.gebietsstand)
    if not alle:
        return
    noetig = {g for g in alle if not umfeld.unbewohnt(g, t.gebietsstand)}
    if not _neue(t, umfeld, alle, geliefert):  # else nobody knows yet which Gemeinden there are
        yield from _zaehle(t, umfeld, noetig, geliefert, f"Gemeinden geliefert{_wonach(t, umfeld)}")
    for gliederung in umfeld.raeume.gliederungen.values():
        regionen = {k for k, (g, _) in umfeld.raeume.regionen.items() if g is gliederung}
        bestehend = {k for k in regionen if (umfeld.gemeinden(k, t.gebietsstand) or frozenset()) & alle}
        yield from _zaehle(t, umfeld, bestehend, geliefert, f"Regionen ({gliederung.name}) geliefert")


def _zaehle(t: Tafel, umfeld: Umfeld, noetig: set[str], geliefert: set[str], was: str) -> Iterator[Befund]:
    da = noetig & geliefert
    fehlend = sorted(noetig - da)
    if not da or not fehlend:
        return
    text = f"{t.merkmal.titel}, {zeitname(t.zeit)}: {len(da)} von {len(noetig)} {was}"
    fest: dict[str, Any] = {"merkmal": t.merkmal.kennung, "zeit": t.zeit, "raum_id": umfeld.kreis}
    if len(da) < AB_ANTEIL * len(noetig):
        yield Befund("teilweise_geliefert", Stufe.INFO, art=f"{t.quelle}:{was}", text=f"{text}.", **fest)
        return
    namen = aufzaehlung([f"{umfeld.name(g)} ({g})" for g in fehlend])
    text = f"{text}, es {'fehlt' if len(fehlend) == 1 else 'fehlen'} {namen}."
    art = f"{t.quelle}:{','.join(fehlend)}"
    yield Befund("unvollzaehlig", Stufe.WARNUNG, art=art, text=text, abhilfe=_ABHILFE, **fest)


def _neue(t: Tafel, umfeld: Umfeld, alle: frozenset[str], geliefert: set[str]) -> bool:
    """Does the table hold Gemeinden that no register knows yet?"""
    nach = umfeld.raeume.strahl.lage(t.gebietsstand).art == "nach"
    return nach and any(len(r) == 8 and r.startswith(umfeld.kreis) and r not in alle for r in geliefert)


def _wonach(t: Tafel, umfeld: Umfeld) -> str:
    """Which register the count relies on, when it is older than the values."""
    lage = umfeld.raeume.strahl.lage(t.gebietsstand)
    return f" (nach dem Gemeindeverzeichnis vom {zeitname(lage.von)})" if lage.art == "nach" else ""
