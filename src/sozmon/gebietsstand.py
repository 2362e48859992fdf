"""Conversion between Gebietsstände as plain mappings: what became of which Gemeinde, and how that is proved.

A ``Wechsel`` maps a Gemeinde of the older date to the Gemeinden of the newer date that hold a part of it. Gemeinden
that simply go on are not listed. A value may be carried over exactly when everything a Gemeinde became lies inside
the Raum asked for; nothing here splits a Gemeinde by weights.

Ids that begin with ``?`` stand for an unknown place inside a Kreis or Land (``?99001``): the whereabouts of a
Gemeinde that vanished between two registers are then known no better than that.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass

Wechsel = Mapping[str, frozenset[str]]

RUNDUNG = 0.005
"""Largest rounding error of one published area (two decimals of a km²)."""
RUHE = 0.1
"""Area proof with a growing Gemeinde: unexplained changes must stay below this part of the smallest vanished area,
or re-measurement of the cadastre could look like a merger."""
HOECHSTENS = 12
"""More vanished Gemeinden in one Kreis are not searched through (2 ** n subsets)."""


def verkette(erst: Wechsel, dann: Wechsel) -> dict[str, frozenset[str]]:
    """What becomes of everything when ``dann`` follows ``erst``."""
    kette = {alt: frozenset().union(*(dann.get(m, {m}) for m in mitten)) for alt, mitten in erst.items()}
    kette.update({alt: neue for alt, neue in dann.items() if alt not in erst})
    return {alt: neue for alt, neue in kette.items() if neue != {alt}}


def kehre_um(wechsel: Wechsel) -> dict[str, frozenset[str]]:
    """Newer Gemeinde → the older ones that gave it something (itself only when a Wechsel says so)."""
    herkunft: dict[str, set[str]] = {}
    for alt, neue in wechsel.items():
        for neu in neue:
            herkunft.setdefault(neu, set()).add(alt)
    return {neu: frozenset(alte) for neu, alte in herkunft.items()}


@dataclass(frozen=True, slots=True)
class Flaechenlage:
    """Areas (km²) of one Kreis between two registers, as far as no change list explains them."""

    verschwunden: Mapping[str, float]
    neu: Mapping[str, float]
    zuwachs: Mapping[str, float]
    """Gemeinden of both registers → how much they grew (negative: shrank), if at all."""
    ohne_flaeche: frozenset[str] = frozenset()
    """Gemeinden whose area is not known at both ends: they may have received anything."""


def finde_fusionen(lage: Flaechenlage) -> dict[str, str] | None:
    """Vanished Gemeinde → the one that took it in, proved by areas; None when there is no or no single answer.

    Every vanished Gemeinde must go as a whole into one new or growing Gemeinde, every new one must be filled,
    and all areas must agree within the rounding of the published figures.
    """
    alte = sorted(lage.verschwunden)
    if not alte or len(alte) > HOECHSTENS:
        return None
    if lage.ohne_flaeche or any(f <= 0 for f in lage.verschwunden.values()):
        return None
    wachsende = {k: z for k, z in lage.zuwachs.items() if z > 0}
    passend = {ziel: _passende(alte, lage.verschwunden, f, 1) for ziel, f in lage.neu.items()}
    passend |= {ziel: _passende(alte, lage.verschwunden, z, 2) for ziel, z in wachsende.items()}
    loesungen = _deckungen((1 << len(alte)) - 1, passend, frozenset(lage.neu))
    if len(loesungen) != 1 or not _ruhig(loesungen[0], lage):
        return None
    return {alte[i]: ziel for ziel, maske in loesungen[0].items() for i in range(len(alte)) if maske >> i & 1}


def _passende(alte: Sequence[str], flaechen: Mapping[str, float], ziel: float, weitere: int) -> list[int]:
    """Bit masks of the subsets of ``alte`` that add up to ``ziel``; ``weitere``: other rounded figures in the sum."""
    summen = [0.0]
    for kennung in alte:
        summen += [s + flaechen[kennung] for s in summen]
    return [
        maske
        for maske, summe in enumerate(summen)
        if maske and abs(summe - ziel) <= RUNDUNG * (maske.bit_count() + weitere) + 1e-9
    ]


def _deckungen(offen: int, passend: Mapping[str, Iterable[int]], pflicht: frozenset[str]) -> list[dict[str, int]]:
    """Up to two ways to give every open source to exactly one target, filling every target of ``pflicht``."""
    if not offen:
        return [] if pflicht else [{}]
    unterste = offen & -offen
    gefunden: list[dict[str, int]] = []
    for ziel, masken in passend.items():
        for maske in masken:
            if maske & unterste and maske & offen == maske:
                rest = {z: m for z, m in passend.items() if z != ziel}
                gefunden += [{ziel: maske} | d for d in _deckungen(offen & ~maske, rest, pflicht - {ziel})]
                if len(gefunden) > 1:
                    return gefunden
    return gefunden


def _ruhig(loesung: Mapping[str, int], lage: Flaechenlage) -> bool:
    """No area change beside the found ones is large enough to cast doubt on a match with a growing Gemeinde."""
    if not set(loesung) & set(lage.zuwachs):
        return True
    rest = [abs(z) for k, z in lage.zuwachs.items() if k not in loesung]
    return max(rest, default=0.0) <= RUHE * min(lage.verschwunden.values())


def ist_ausgeglichen(lage: Flaechenlage) -> bool:
    """True when what vanished or shrank equals what is new or grew: no area crossed the border of the Kreis."""
    if lage.ohne_flaeche or not all([*lage.verschwunden.values(), *lage.neu.values()]):
        return False
    beteiligt = len(lage.verschwunden) + len(lage.neu) + 2 * len(lage.zuwachs)
    bilanz = sum(lage.neu.values()) + sum(lage.zuwachs.values()) - sum(lage.verschwunden.values())
    return abs(bilanz) <= RUNDUNG * beteiligt + 1e-9


def unklare_ziele(lage: Flaechenlage) -> frozenset[str]:
    """Gemeinden that may hold a part of what vanished."""
    return frozenset(lage.neu) | {k for k, z in lage.zuwachs.items() if z > 0} | lage.ohne_flaeche


def liegt_in(ziele: Collection[str], mitglieder: Collection[str], amtlich: str) -> bool:
    """Do all ``ziele`` lie inside the Raum? ``amtlich``: its key if it is official ('' = DG), None-like '-' if not."""
    return all(ziel in mitglieder or (ziel[:1] == "?" and ziel[1:].startswith(amtlich)) for ziel in ziele)
