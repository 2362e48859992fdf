"""Time series of one Indikator in one Raum: change, percentage points, index, segments between Brüche.

Pure, on Indikatorwerte of either kind (internal or released). Values across a declared Bruch are not connected.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import groupby

from sozmon.errors import AufrufError
from sozmon.indikator import bruchjahr, ist_gleiche_quelle
from sozmon.model import Bruch, Indikatorwert

PROZENTEINHEITEN = frozenset({"%", "Prozent"})


@dataclass(frozen=True, slots=True)
class Reihenpunkt:
    """One point: its value and what changed since the point before it in the same segment.

    absolut: in the unit of the value; prozent: relative change in %; prozentpunkte: only for shares in %;
    index: base = 100; segment: 1 … n between Brüche; bruch: reason of the Bruch before this point.
    """

    wert: Indikatorwert
    segment: int
    bruch: str = ""
    vor: str = ""
    absolut: float | None = None
    prozent: float | None = None
    prozentpunkte: float | None = None
    index: float | None = None


def compute_reihen(
    werte: Iterable[Indikatorwert], brueche: Sequence[Bruch], *, basis: int | None = None
) -> tuple[Reihenpunkt, ...]:
    """Series for every Indikator × Raum among ``werte``, each in ascending time."""
    schluessel = dict.fromkeys((w.indikator, w.raum_id) for w in werte)
    sortiert = sorted(werte, key=lambda w: (list(schluessel).index((w.indikator, w.raum_id)), w.zeit))
    punkte: list[Reihenpunkt] = []
    for _, gruppe in groupby(sortiert, key=lambda w: (w.indikator, w.raum_id)):
        punkte.extend(compute_reihe(list(gruppe), brueche, basis=basis))
    return tuple(punkte)


def compute_reihe(
    werte: Sequence[Indikatorwert], brueche: Sequence[Bruch], *, basis: int | None = None
) -> list[Reihenpunkt]:
    """One series (one Indikator, one Raum, ascending). ``basis``: year of index 100; default: first of its segment.

    A base year that has no number, is zero, or lies before a Bruch is refused (no index across a Bruch).
    """
    segmente = [segment(w.jahr, brueche) for w in werte]
    punkte: list[Reihenpunkt] = []
    for i, wert in enumerate(werte):
        vor = _vorgaenger(werte, segmente, i)
        punkte.append(
            Reihenpunkt(
                wert,
                segment=segmente[i] + 1,
                bruch=_bruch_vor(werte, i, brueche),
                vor=vor.zeit if vor else "",
                absolut=_differenz(wert, vor),
                prozent=_prozent(wert, vor),
                prozentpunkte=_differenz(wert, vor) if wert.einheit in PROZENTEINHEITEN else None,
                index=_index(wert, _basiswert(werte, segmente, i, basis)),
            )
        )
    return punkte


def segment(jahr: int, brueche: Sequence[Bruch]) -> int:
    """Number of Brüche up to a year: years with the same number may be compared."""
    return sum(bruchjahr(b) <= jahr for b in brueche)


def _vorgaenger(werte: Sequence[Indikatorwert], segmente: Sequence[int], i: int) -> Indikatorwert | None:
    """The last number before i in the same segment, if it comes from the same Quellen."""
    vor = next((werte[j] for j in range(i - 1, -1, -1) if segmente[j] == segmente[i] and werte[j].ist_zahl), None)
    return vor if vor is None or ist_gleiche_quelle(vor, werte[i]) else None


def _bruch_vor(werte: Sequence[Indikatorwert], i: int, brueche: Sequence[Bruch]) -> str:
    if i == 0:
        return ""
    gruende = [b.grund for b in brueche if werte[i - 1].jahr < bruchjahr(b) <= werte[i].jahr]
    if werte[i].ist_zahl and werte[i - 1].ist_zahl and not ist_gleiche_quelle(werte[i - 1], werte[i]):
        gruende.append("andere Quelle")
    return "; ".join(gruende)


def _differenz(wert: Indikatorwert, vor: Indikatorwert | None) -> float | None:
    if vor is None or not wert.ist_zahl or wert.wert is None or vor.wert is None:
        return None
    return wert.wert - vor.wert


def _prozent(wert: Indikatorwert, vor: Indikatorwert | None) -> float | None:
    differenz = _differenz(wert, vor)
    if differenz is None or vor is None or not vor.wert:
        return None
    return differenz / abs(vor.wert) * 100


def _basiswert(
    werte: Sequence[Indikatorwert], segmente: Sequence[int], i: int, basis: int | None
) -> Indikatorwert | None:
    if basis is None:
        return next((w for w, s in zip(werte, segmente, strict=True) if s == segmente[i] and w.ist_zahl), None)
    treffer = [(w, s) for w, s in zip(werte, segmente, strict=True) if w.jahr == basis]
    if not treffer or not treffer[0][0].ist_zahl or not treffer[0][0].wert:
        raise AufrufError(
            f"Das Basisjahr {basis} hat für {werte[i].raum} keinen Wert, auf den sich ein Index beziehen kann.",
            abhilfe="Ein anderes --basis wählen; sozmon werte zeigt, welche Jahre belegt sind.",
        )
    wert, segment = treffer[0]
    return wert if segment == segmente[i] else None


def _index(wert: Indikatorwert, basis: Indikatorwert | None) -> float | None:
    if basis is None or not basis.wert or not wert.ist_zahl or wert.wert is None:
        return None
    return wert.wert / basis.wert * 100 if ist_gleiche_quelle(basis, wert) else None
