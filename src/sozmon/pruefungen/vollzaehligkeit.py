"""Are all Gemeinden of the own Kreis there, 53 of 53? A Raum that did not exist on that day is not missing."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence

from sozmon.model import Stufe
from sozmon.pruefungen.befund import Befund, aufzaehlung, zeitname
from sozmon.pruefungen.tafel import Tafel, Umfeld

AB_ANTEIL = 0.5
"""A table that holds less than half of the Gemeinden is one for some Gemeinden by nature: an info, no warning."""


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
    da = noetig & geliefert
    if _neue(t, umfeld, alle, geliefert):
        return  # younger than the newest register: nobody knows yet which Gemeinden there are
    fehlend = sorted(noetig - da)
    if not da or not fehlend:
        return
    kopf = f"{t.merkmal.titel}, {zeitname(t.zeit)}"
    if len(da) < AB_ANTEIL * len(noetig):
        text = f"{kopf}: Werte für {len(da)} von {len(noetig)} Gemeinden."
        yield Befund("teilweise_geliefert", Stufe.INFO, t.merkmal.kennung, t.quelle, t.zeit, text, raum_id=umfeld.kreis)
        return
    namen = aufzaehlung([f"{umfeld.name(g)} ({g})" for g in fehlend])
    fehlt = "es fehlt" if len(fehlend) == 1 else "es fehlen"
    wonach = _wonach(t, umfeld)
    text = f"{kopf}: {len(da)} von {len(noetig)} Gemeinden geliefert{wonach}, {fehlt} {namen}."
    yield Befund(
        "unvollzaehlig",
        Stufe.WARNUNG,
        t.merkmal.kennung,
        f"{t.quelle}:{','.join(fehlend)}",
        t.zeit,
        text,
        raum_id=umfeld.kreis,
        abhilfe="Beim Amt nach den fehlenden Gemeinden fragen; Summen mit ihnen gelten als unvollständig.",
    )


def _neue(t: Tafel, umfeld: Umfeld, alle: frozenset[str], geliefert: set[str]) -> bool:
    """Does the table hold Gemeinden that no register knows yet?"""
    nach = umfeld.raeume.strahl.lage(t.gebietsstand).art == "nach"
    return nach and any(len(r) == 8 and r.startswith(umfeld.kreis) and r not in alle for r in geliefert)


def _wonach(t: Tafel, umfeld: Umfeld) -> str:
    """Which register the count relies on, when it is older than the values."""
    lage = umfeld.raeume.strahl.lage(t.gebietsstand)
    return f" (nach dem Gemeindeverzeichnis vom {zeitname(lage.von)})" if lage.art == "nach" else ""
