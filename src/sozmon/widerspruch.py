"""Two numbers for one thing: what differs is told once per Merkmal and pair of Quellen, never repaired."""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from sozmon.model import Meldung, Merkmal, Stufe
from sozmon.teilwert import Teilwert
from sozmon.zahlen import format_zahl

if TYPE_CHECKING:
    from sozmon.katalog import Katalog

KLEINE_ZAHL = 10
"""Below this a Meldung does not print a value: no message carries the value of a small cell."""


@dataclass(frozen=True, slots=True)
class Widerspruch:
    """Two numbers of one Merkmal, Raum and year: ``a`` is used, ``b`` says something else."""

    merkmal: Merkmal
    auspraegung: str
    raum: str
    jahr: int
    a: Teilwert
    b: Teilwert

    @property
    def abstand(self) -> float:
        """Absolute difference."""
        return abs((self.b.wert or 0.0) - (self.a.wert or 0.0))


def compare_teile(
    merkmal: Merkmal, auspraegung: str, raum: str, jahr: int, teile: Sequence[Teilwert]
) -> list[Widerspruch]:
    """The numbers that differ from the first one by more than the Merkmal's tolerance."""
    zahlen = [t for t in teile if t.ist_zahl]
    paare = (Widerspruch(merkmal, auspraegung, raum, jahr, zahlen[0], t) for t in zahlen[1:])
    return [
        w
        for w in paare
        if w.abstand > merkmal.toleranz and not math.isclose(w.a.wert or 0.0, w.b.wert or 0.0, rel_tol=1e-9)
    ]


def build_meldungen(widersprueche: Iterable[Widerspruch], katalog: Katalog) -> list[Meldung]:
    """One Meldung per Merkmal and pair of Quellen, with the greatest difference as its example."""
    gruppen: dict[tuple[str, frozenset[str], frozenset[str]], list[Widerspruch]] = defaultdict(list)
    for w in widersprueche:
        gruppen[w.merkmal.kennung, w.a.quellen, w.b.quellen].append(w)
    return [_melde(gruppe, katalog) for gruppe in gruppen.values()]


def _melde(gruppe: Sequence[Widerspruch], katalog: Katalog) -> Meldung:
    groesster = max(gruppe, key=lambda w: w.abstand)
    namen = [", ".join(_titel(katalog, q) for q in sorted(t.quellen)) for t in (groesster.a, groesster.b)]
    gleich = groesster.a.quellen == groesster.b.quellen
    naeher = f" ({groesster.auspraegung})" if groesster.auspraegung else ""
    weitere = len(gruppe) - 1
    rest = f" Dasselbe in {weitere} weiteren Fällen." if weitere > 1 else " Dasselbe in einem weiteren Fall." * weitere
    return Meldung(
        "summe_weicht_ab" if gleich else "quellen_widersprechen_sich",
        Stufe.WARNUNG,
        f"{groesster.merkmal.titel}{naeher}, {groesster.raum}, {groesster.jahr}: "
        f"{_gegensatz(groesster, namen, gleich)}{rest}",
        abhilfe=f"Verwendet wird {namen[0]}; die Reihenfolge der Quellen steht im Katalog beim Merkmal.",
        anzahl=len(gruppe),
    )


def _titel(katalog: Katalog, kennung: str) -> str:
    quelle = katalog.quellen.get(kennung)
    return quelle.titel if quelle else kennung


def _gegensatz(w: Widerspruch, namen: Sequence[str], gleiche_quelle: bool) -> str:
    a, b = w.a.wert or 0.0, w.b.wert or 0.0
    if min(abs(a), abs(b)) < KLEINE_ZAHL:
        return f"{namen[0]} und {'die Summe der Gemeinden' if gleiche_quelle else namen[1]} weichen voneinander ab."
    rest = f" (Unterschied {_z(b - a)})."
    if gleiche_quelle:
        return f"{namen[0]} liefert {_z(a)}, die Summe der Gemeinden ist {_z(b)}{rest}"
    return f"{namen[0]} sagt {_z(a)}, {namen[1]} sagt {_z(b)}{rest}"


def _z(wert: float) -> str:
    return format_zahl(wert, 0 if float(wert).is_integer() else 2)
