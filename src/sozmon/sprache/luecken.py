"""Why there is no number, in words. One wording for every kind of secrecy (they share one sign for the same reason)."""

from __future__ import annotations

from collections.abc import Sequence

from sozmon.model import Indikatorwert, Status

GEHEIM = frozenset({Status.GEHEIM_QUELLE, Status.GEHEIM, Status.NICHT_FREIGEGEBEN})

_VERBEN: dict[Status, tuple[str, str, str]] = {
    # verb singular, verb plural, rest
    Status.UNSICHER: ("wird", "werden", "nicht ausgewiesen, weil {es} statistisch nicht sicher genug {ist}"),
    Status.FOLGT: ("liegt", "liegen", "noch nicht vor"),
    Status.NICHT_SINNVOLL: ("lässt sich", "lassen sich", "nicht sinnvoll angeben"),
    Status.NICHT_GELIEFERT: ("liegt", "liegen", "nicht vor"),
    Status.NICHT_AUF_EBENE: ("ist", "sind", "auf dieser Ebene nicht verfügbar"),
    Status.RAUM_BESTAND_NICHT: ("liegt", "liegen", "nicht vor, weil der Raum zu diesem Zeitpunkt nicht bestand"),
    Status.UNVOLLSTAENDIG: (
        "lässt sich",
        "lassen sich",
        "nicht vollständig angeben, weil einzelne Teile fehlen oder geheim zu halten sind",
    ),
}
_GEHEIM = ("kann", "können", "aus Gründen der Geheimhaltung nicht ausgewiesen werden")


def praedikat(status: Status, *, mehrzahl: bool = False, pronomen: str = "er") -> tuple[str, str]:
    """Finite verb and the rest of the sentence: ('kann', 'aus Gründen der Geheimhaltung nicht ausgewiesen werden')."""
    einzahl, viele, rest = _GEHEIM if status in GEHEIM else _VERBEN.get(status, _VERBEN[Status.NICHT_GELIEFERT])
    rest = rest.format(es="sie" if mehrzahl else pronomen, ist="sind" if mehrzahl else "ist")
    return (viele if mehrzahl else einzahl), rest


def zaehle(werte: Sequence[Indikatorwert]) -> tuple[int, int, int]:
    """How many are hidden, how many incomplete (parts missing or hidden), how many missing for another reason.

    A Raum that did not exist is none of these.
    """
    geheim = sum(w.status in GEHEIM for w in werte)
    unvollstaendig = sum(w.status is Status.UNVOLLSTAENDIG for w in werte)
    ohne = sum(not w.ist_zahl and w.status is not Status.RAUM_BESTAND_NICHT for w in werte)
    return geheim, unvollstaendig, ohne - geheim - unvollstaendig
