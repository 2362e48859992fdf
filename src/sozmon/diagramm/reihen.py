"""Series as arithmetic, before anything is drawn: where a line may be connected, where it must stop."""

from __future__ import annotations

import math
from collections.abc import Sequence
from itertools import pairwise

from sozmon.diagramm.achse import takt
from sozmon.diagramm.modell import Punkt, Reihe

Brueche = Sequence[tuple[float, str]]


def rhythmus(reihen: Sequence[Reihe]) -> float:
    """Usual distance of neighbouring times. Years that are missing in every series do not count when what is left is
    evenly spaced: an election every five years is no series with gaps.
    """
    alle = sorted({p.jahr for r in reihen for p in r.punkte})
    belegt = sorted({p.jahr for r in reihen for p in r.punkte if p.art != "fehlt"})
    abstaende = {round(b - a, 6) for a, b in pairwise(belegt)}
    return abstaende.pop() if len(belegt) >= 3 and len(abstaende) == 1 else takt(alle)


def abschnitte(reihe: Reihe, brueche: Brueche, abstand: float) -> list[list[Punkt]]:
    """Runs of points that may be connected: no hidden or missing value, no missing year, no break between them."""
    ergebnis: list[list[Punkt]] = []
    vorher: Punkt | None = None
    for punkt in sorted(reihe.punkte, key=lambda p: p.jahr):
        if punkt.wert is None:
            vorher = vorher if punkt.art == "fehlt" and abstand > 1 else None
            continue
        if vorher is None or punkt.jahr - vorher.jahr > abstand * 1.5 or _bruch(vorher, punkt, brueche):
            ergebnis.append([])
        ergebnis[-1].append(punkt)
        vorher = punkt
    return ergebnis


def _bruch(vorher: Punkt, punkt: Punkt, brueche: Brueche) -> bool:
    return any(vorher.jahr < ab <= punkt.jahr for ab, _ in brueche)


def bruchstellen(reihen: Sequence[Reihe], brueche: Brueche) -> list[tuple[float, str]]:
    """Breaks inside the shown time, just before their first new time, with the reason.

    Breaks at the same place share one line.
    """
    jahre = sorted({p.jahr for r in reihen for p in r.punkte})
    halb = min(1.0, takt(jahre)) / 2
    stellen: dict[float, str] = {}
    for ab, grund in sorted(brueche):
        davor, danach = [j for j in jahre if j < ab], [j for j in jahre if j >= ab]
        if davor and danach:
            ort = ab - halb if davor[-1] < ab - halb else (davor[-1] + ab) / 2
            vorhanden = stellen.get(ort, "")
            if grund not in vorhanden.split(", "):
                stellen[ort] = f"{vorhanden}, {grund}" if vorhanden else grund
    return list(stellen.items())


def hat_luecke(reihe: Reihe, brueche: Brueche, abstand: float) -> bool:
    """True when the line is interrupted for another reason than a break or a hidden value."""
    werte = [p for p in sorted(reihe.punkte, key=lambda p: p.jahr) if p.art != "fehlt"]
    if not any(p.wert is not None for p in werte):
        return False
    return any(b.jahr - a.jahr > abstand * 1.5 for a, b in pairwise(werte))


def zeitspanne(reihen: Sequence[Reihe]) -> tuple[float, float]:
    """First and last time of all series (missing ones count: the asked period is shown)."""
    jahre = [p.jahr for r in reihen for p in r.punkte]
    if not jahre:
        return 0.0, 1.0
    von, bis = min(jahre), max(jahre)
    return von, bis if bis > von else math.nextafter(von, math.inf)
