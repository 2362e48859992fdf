"""One summand and how summands add up: a sum with a hidden or missing part is an interval, never ``known + 0``."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from sozmon.model import OHNE_WERT, Status

RANGFOLGE: tuple[Status, ...] = (
    Status.RAUM_BESTAND_NICHT,
    Status.NICHT_AUF_EBENE,
    Status.GEHEIM_QUELLE,
    Status.UNVOLLSTAENDIG,
    Status.UNSICHER,
    Status.FOLGT,
    Status.NICHT_SINNVOLL,
    Status.NICHT_GELIEFERT,
)
"""Which reason is told when several parts have no value: the one that says most."""


@dataclass(frozen=True, slots=True)
class Teilwert:
    """One summand: ``wert`` is None unless known; ``wert_max`` None means open upward."""

    wert: float | None
    wert_min: float | None
    wert_max: float | None
    status: Status
    zeit: str = ""
    herkunft: frozenset[tuple[str, str]] = frozenset()
    """(Quelle, Stand) of everything that entered."""
    kennzeichen: frozenset[str] = frozenset()
    umrechnung: str = ""
    anmerkungen: tuple[str, ...] = ()
    genauigkeit: frozenset[str] = frozenset()

    @property
    def quellen(self) -> frozenset[str]:
        """The Quellen of everything that entered."""
        return frozenset(q for q, _ in self.herkunft)

    @property
    def stand(self) -> str:
        """The newest data state of everything that entered ('' = nothing did)."""
        return max((s for _, s in self.herkunft), default="")

    @property
    def ist_zahl(self) -> bool:
        """True when the value is known."""
        return self.wert is not None and self.status not in OHNE_WERT


def kein_wert(status: Status, **angaben: Any) -> Teilwert:
    """Return a Teilwert without a number, for one reason."""
    return Teilwert(None, None, None, status, **angaben)


def compute_summe(teile: Sequence[tuple[int, Teilwert]]) -> Teilwert:
    """Add signed Teilwerte: numbers when all are known, else an interval with the most telling status.

    teile: pairs (vorzeichen, Teilwert). A minus sign swaps the bounds.
    """
    if len(teile) == 1 and teile[0][0] > 0:
        return teile[0][1]
    unten = _addiere(t.wert_min if v > 0 else _minus(t.wert_max) for v, t in teile)
    oben = _addiere(t.wert_max if v > 0 else _minus(t.wert_min) for v, t in teile)
    bekannt = all(t.ist_zahl for _, t in teile)
    wert = _addiere(v * t.wert if t.wert is not None else None for v, t in teile) if bekannt else None
    zeiten = {t.zeit for _, t in teile}
    return Teilwert(
        wert,
        unten,
        oben,
        _summenstatus([t.status for _, t in teile], bekannt),
        zeit=zeiten.pop() if len(zeiten) == 1 else "",
        herkunft=frozenset().union(*(t.herkunft for _, t in teile)),
        kennzeichen=frozenset().union(*(t.kennzeichen for _, t in teile)),
        umrechnung=max((t.umrechnung for _, t in teile), key=("", "exakt", "geschaetzt").index, default=""),
        anmerkungen=tuple(dict.fromkeys(a for _, t in teile for a in t.anmerkungen)),
        genauigkeit=frozenset().union(*(t.genauigkeit for _, t in teile)),
    )


def _addiere(werte: Iterable[float | None]) -> float | None:
    summe = 0.0
    for wert in werte:
        if wert is None:
            return None
        summe += wert
    return summe


def _minus(wert: float | None) -> float | None:
    return None if wert is None else -wert


def _summenstatus(status: Sequence[Status], bekannt: bool) -> Status:
    """Status of a sum: a single part passes its own through; several hidden parts make it incomplete."""
    if bekannt:
        if set(status) == {Status.NULL_GENAU}:
            return Status.NULL_GENAU
        nur_null = set(status) <= {Status.NULL_GENAU, Status.NULL_GERUNDET}
        return Status.NULL_GERUNDET if nur_null else Status.WERT
    offen = [s for s in status if s in OHNE_WERT]
    if len(status) == 1:
        return offen[0]
    if len(set(offen)) == 1 and len(offen) == len(status) and offen[0] is not Status.GEHEIM_QUELLE:
        return offen[0]
    return Status.UNVOLLSTAENDIG
