"""What can be computed from what was imported: Indikator × Ebene × years, from one question to the store.

Says that at least one Raum of the Ebene has every part, not that each has; gaps in single Räume show in the values.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

from sozmon.model import EBENEN, Indikator, Status, Teil

if TYPE_CHECKING:
    from sozmon.bestand import Bestand
    from sozmon.katalog import Katalog
    from sozmon.projekt import Projekt

_ZAHLEN = (Status.WERT, Status.NULL_GENAU, Status.NULL_GERUNDET)
_TIEFE = 2
"""How many steps of Teilungen are followed: total → age groups → age groups by sex."""

Fach = tuple[str, str, str, str]
"""(merkmal, auspraegung, zeitart, ebene)"""


@dataclass(frozen=True, slots=True)
class Verfuegbar:
    """One Indikator on one Ebene: the years it can be computed for, and from which Quellen."""

    indikator: str
    ebene: str
    jahre: frozenset[int]
    quellen: frozenset[str]


@dataclass(frozen=True)
class Vorrat:
    """What the store holds for the project's own Räume: Fach → years, and Fach → Quellen."""

    jahre: Mapping[Fach, frozenset[int]]
    quellen: Mapping[Fach, frozenset[str]]
    ebenen: tuple[str, ...]

    def jahre_von(self, katalog: Katalog, teil: Teil, ebene: str, *, summierbar: bool) -> frozenset[int]:
        """Years in which a part is there on an Ebene: delivered, pieced together, or as the sum of Gemeinden."""
        jahre = self._jahre(katalog, teil.merkmal, teil.auspraegung, teil.zeitart, ebene)
        merkmal = katalog.merkmale.get(teil.merkmal)
        if summierbar and ebene not in ("gemeinde", "land", "bund") and merkmal is not None and merkmal.additiv:
            jahre |= self._jahre(katalog, teil.merkmal, teil.auspraegung, teil.zeitart, "gemeinde")
        return frozenset(j - teil.jahr_versatz for j in jahre)

    def _jahre(
        self, katalog: Katalog, merkmal: str, auspraegung: str, zeitart: str, ebene: str, tiefe: int = _TIEFE
    ) -> frozenset[int]:
        if (merkmal, zeitart, ebene) not in self._belegt:
            return frozenset()
        jahre = self.jahre.get((merkmal, auspraegung, zeitart, ebene), frozenset())
        for teile in katalog.teilungen(auspraegung, merkmal) if tiefe else ():
            gemeinsam: frozenset[int] | None = None
            for teil in teile:
                hier = self._jahre(katalog, merkmal, teil, zeitart, ebene, tiefe - 1)
                gemeinsam = hier if gemeinsam is None else gemeinsam & hier
                if not gemeinsam:
                    break
            jahre |= gemeinsam or frozenset()
        return jahre

    @cached_property
    def _belegt(self) -> frozenset[tuple[str, str, str]]:
        return frozenset((m, z, e) for m, _, z, e in self.jahre)


def read_vorrat(bestand: Bestand, projekt: Projekt, gliederungen: Iterable[str] = ()) -> Vorrat:
    """Ask the store once; only Räume of the project's Kreis and those that contain it count."""
    oben = ", ".join(f"'{k}'" for k in (projekt.land, projekt.kreis[:3], "DG"))
    status = ", ".join(f"'{s}'" for s in _ZAHLEN)
    zeilen = bestand.sql(
        "SELECT merkmal, auspraegung, zeitart, ebene, jahr, quelle FROM merkmalswerte "
        f"WHERE (raum_id LIKE '{projekt.kreis}%' OR raum_id IN ({oben})) AND status IN ({status}) "
        "GROUP BY merkmal, auspraegung, zeitart, ebene, jahr, quelle"
    )
    jahre: dict[Fach, set[int]] = defaultdict(set)
    quellen: dict[Fach, set[str]] = defaultdict(set)
    for z in zeilen:
        fach = (str(z["merkmal"]), str(z["auspraegung"]), str(z["zeitart"]), str(z["ebene"]))
        jahre[fach].add(int(str(z["jahr"])))
        quellen[fach].add(str(z["quelle"]))
    ebenen = ("gemeinde", *(e for e in EBENEN[1:2]), *sorted(gliederungen), *EBENEN[2:])
    return Vorrat(
        {f: frozenset(j) for f, j in jahre.items()}, {f: frozenset(q) for f, q in quellen.items()}, ebenen
    )  # fmt: skip


def compute_verfuegbar(katalog: Katalog, vorrat: Vorrat, indikatoren: Sequence[Indikator]) -> list[Verfuegbar]:
    """One entry per Indikator and Ebene with years; an Indikator without any gets one with Ebene ''."""
    ergebnis: list[Verfuegbar] = []
    for indikator in indikatoren:
        zeilen = [
            Verfuegbar(indikator.kennung, ebene, jahre, _quellen(vorrat, indikator))
            for ebene in _ebenen(vorrat.ebenen, indikator.ebene_min)
            if (jahre := _jahre(katalog, vorrat, indikator, ebene))
        ]
        ergebnis += zeilen or [Verfuegbar(indikator.kennung, "", frozenset(), frozenset())]
    return ergebnis


def _ebenen(ebenen: Sequence[str], ab: str) -> Sequence[str]:
    return ebenen[ebenen.index(ab) :] if ab in ebenen else ebenen


def _jahre(katalog: Katalog, vorrat: Vorrat, indikator: Indikator, ebene: str) -> frozenset[int]:
    summierbar = indikator.aggregation != "keine"
    teile = (*indikator.zaehler, *indikator.nenner)
    return frozenset.intersection(
        *(vorrat.jahre_von(katalog, t, ebene, summierbar=summierbar) for t in teile)
    )  # fmt: skip


def _quellen(vorrat: Vorrat, indikator: Indikator) -> frozenset[str]:
    merkmale = {t.merkmal for t in (*indikator.zaehler, *indikator.nenner)}
    return frozenset(q for fach, quellen in vorrat.quellen.items() if fach[0] in merkmale for q in quellen)


def fehlende_teile(katalog: Katalog, vorrat: Vorrat, indikator: Indikator) -> list[Teil]:
    """Parts of an Indikator that no imported file delivers on any Ebene (jahr_versatz aside), each once."""
    gesehen: dict[tuple[str, str], Teil] = {}
    for teil in (*indikator.zaehler, *indikator.nenner):
        if not any(vorrat.jahre_von(katalog, teil, e, summierbar=True) for e in vorrat.ebenen):
            gesehen.setdefault((teil.merkmal, teil.auspraegung), teil)
    return list(gesehen.values())
