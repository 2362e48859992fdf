"""What can be computed from what was imported: Indikator × Ebene × years, from one question to the store.

Says that at least one Raum of the Ebene has every part, not that each has; gaps in single Räume show in the values.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

from sozmon.indikator import bruchjahr, brueche
from sozmon.model import EBENEN, Indikator, Status, Teil

if TYPE_CHECKING:
    from sozmon.bestand import Bestand
    from sozmon.katalog import Katalog
    from sozmon.projekt import Projekt

_ZAHLEN = (Status.WERT, Status.NULL_GENAU, Status.NULL_GERUNDET)
_TIEFE = 2
"""How many steps of Teilungen are followed: total → age groups → age groups by sex."""
_AUSSEN = {"regierungsbezirk": ("gemeinde@rb",), "land": ("gemeinde@rb", "gemeinde@land"), "bund": ("gemeinde@bund",)}
"""Ebenen above the Kreis are sums only when Gemeinden outside the own Kreis were imported too."""

Fach = tuple[str, str, str, str]
"""(merkmal, auspraegung, zeitart, ebene); Gemeinden of other Kreise count as 'gemeinde@rb', '@land', '@bund'."""


@dataclass(frozen=True, slots=True)
class Verfuegbar:
    """One Indikator on one Ebene: the years it can be computed for, and the Quellen of its parts."""

    indikator: str
    ebene: str
    jahre: frozenset[int]
    quellen: frozenset[str]


@dataclass(frozen=True)
class Vorrat:
    """What the store holds for the project: Fach → years, merkmal → Quellen, Ebenen from low to high."""

    jahre: Mapping[Fach, frozenset[int]]
    quellen: Mapping[str, frozenset[str]]
    ebenen: tuple[str, ...]

    def jahre_von(self, katalog: Katalog, teil: Teil, ebene: str, *, summierbar: bool) -> frozenset[int]:
        """Years in which a part is there on an Ebene: delivered, pieced together, or as the sum of Gemeinden."""
        jahre = self._jahre(katalog, teil, teil.auspraegung, ebene)
        merkmal = katalog.merkmale.get(teil.merkmal)
        if summierbar and ebene != "gemeinde" and merkmal is not None and merkmal.additiv:
            jahre |= self._summe(katalog, teil, ebene)
        return frozenset(j - teil.jahr_versatz for j in jahre)

    def _summe(self, katalog: Katalog, teil: Teil, ebene: str) -> frozenset[int]:
        innen = self._jahre(katalog, teil, teil.auspraegung, "gemeinde")
        if ebene not in _AUSSEN:
            return innen
        return innen & frozenset().union(*(self._jahre(katalog, teil, teil.auspraegung, e) for e in _AUSSEN[ebene]))

    def _jahre(self, katalog: Katalog, teil: Teil, auspraegung: str, ebene: str, tiefe: int = _TIEFE) -> frozenset[int]:
        if (teil.merkmal, teil.zeitart, ebene) not in self._belegt:
            return frozenset()
        jahre = self.jahre.get((teil.merkmal, auspraegung, teil.zeitart, ebene), frozenset())
        for teile in katalog.teilungen(auspraegung, teil.merkmal) if tiefe else ():
            gemeinsam: frozenset[int] | None = None
            for stueck in teile:
                hier = self._jahre(katalog, teil, stueck, ebene, tiefe - 1)
                gemeinsam = hier if gemeinsam is None else gemeinsam & hier
                if not gemeinsam:
                    break
            jahre |= gemeinsam or frozenset()
        return jahre

    @cached_property
    def _belegt(self) -> frozenset[tuple[str, str, str]]:
        return frozenset((m, z, e) for m, _, z, e in self.jahre)


def read_vorrat(bestand: Bestand, projekt: Projekt, gliederungen: Iterable[str] = (), datenstand: str = "") -> Vorrat:
    """Ask the store once: the own Kreis, what contains it, and Gemeinden outside (for sums of Land and Bund).

    datenstand: ISO date; what held on that day.
    """
    gliederungen = sorted(gliederungen)
    zeilen = bestand.sql(_frage(projekt, gliederungen), datenstand=datenstand)
    jahre: dict[Fach, set[int]] = defaultdict(set)
    quellen: dict[str, set[str]] = defaultdict(set)
    for z in zeilen:
        merkmal = str(z["merkmal"])
        jahre[merkmal, str(z["auspraegung"]), str(z["zeitart"]), str(z["wo"])].add(int(str(z["jahr"])))
        quellen[merkmal].add(str(z["quelle"]))
    return Vorrat(
        {f: frozenset(j) for f, j in jahre.items()},
        {m: frozenset(q) for m, q in quellen.items()},
        ("gemeinde", "verband", *gliederungen, *EBENEN[2:]),
    )


def _frage(projekt: Projekt, gliederungen: Sequence[str]) -> str:
    """One SELECT; every part of it is a key that was checked when it was loaded."""
    bezirk, land = projekt.kreis[:3], projekt.land
    status = ", ".join(f"'{s}'" for s in _ZAHLEN)
    ebenen = ", ".join(f"'{e}'" for e in ("gemeinde", *gliederungen))
    wo = (
        f"CASE WHEN raum_id LIKE '{projekt.kreis}%' OR ebene <> 'gemeinde' THEN ebene "
        f"WHEN raum_id LIKE '{bezirk}%' THEN 'gemeinde@rb' "
        f"WHEN raum_id LIKE '{land}%' THEN 'gemeinde@land' ELSE 'gemeinde@bund' END"
    )
    return (
        f"SELECT merkmal, auspraegung, zeitart, {wo} AS wo, jahr, quelle FROM merkmalswerte "
        f"WHERE status IN ({status}) AND (raum_id LIKE '{projekt.kreis}%' OR ebene IN ({ebenen}) "
        f"OR raum_id IN ('{bezirk}', '{land}', 'DG')) "
        f"GROUP BY merkmal, auspraegung, zeitart, {wo}, jahr, quelle"
    )


def compute_verfuegbar(katalog: Katalog, vorrat: Vorrat, indikatoren: Sequence[Indikator]) -> list[Verfuegbar]:
    """One entry per Indikator and Ebene with years; an Indikator without any gets one with Ebene ''."""
    ergebnis: list[Verfuegbar] = []
    for indikator in indikatoren:
        quellen = frozenset(
            q for t in (*indikator.zaehler, *indikator.nenner) for q in vorrat.quellen.get(t.merkmal, ())
        )
        zeilen = [
            Verfuegbar(indikator.kennung, ebene, jahre, quellen)
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
    jahre = frozenset.intersection(*(vorrat.jahre_von(katalog, t, ebene, summierbar=summierbar) for t in teile))
    return frozenset(j for j in jahre if not _ueber_bruch(katalog, indikator, j))


def _ueber_bruch(katalog: Katalog, indikator: Indikator, jahr: int) -> bool:
    """A change is not computed across a declared Bruch."""
    versatz = [t.jahr_versatz for t in indikator.zaehler]
    von, bis = jahr + min(versatz), jahr + max(versatz)
    return any(von < bruchjahr(b) <= bis for b in brueche(katalog, indikator))


def fehlende_teile(katalog: Katalog, vorrat: Vorrat, indikator: Indikator) -> list[Teil]:
    """Parts of an Indikator that no imported file delivers on any Ebene, each Merkmal and Ausprägung once."""
    gesehen: dict[tuple[str, str], Teil] = {}
    for teil in (*indikator.zaehler, *indikator.nenner):
        if not any(vorrat.jahre_von(katalog, teil, e, summierbar=True) for e in vorrat.ebenen):
            gesehen.setdefault((teil.merkmal, teil.auspraegung), teil)
    return list(gesehen.values())


def ebenen_in_worten(ebenen: Sequence[str], alle: Sequence[str]) -> str:
    """'gemeinde bis kreis' for neighbours, else a list."""
    stellen = [alle.index(e) for e in ebenen]
    if len(stellen) > 2 and stellen == list(range(stellen[0], stellen[-1] + 1)):
        return f"{ebenen[0]} bis {ebenen[-1]}"
    return ", ".join(ebenen)
