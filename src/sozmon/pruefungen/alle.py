"""All checks on one table, in their order."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator
from typing import TYPE_CHECKING

from sozmon.pruefungen.befund import Befund, build_meldungen
from sozmon.pruefungen.bereich import check_anteile, check_indikatorwerte, check_zeiten
from sozmon.pruefungen.sprung import check_spruenge
from sozmon.pruefungen.summen import check_summen
from sozmon.pruefungen.tafel import Tafel, Umfeld, schneide
from sozmon.pruefungen.vollzaehligkeit import check_vollzaehligkeit

if TYPE_CHECKING:
    import pyarrow as pa

    from sozmon.katalog import Katalog
    from sozmon.model import Indikatorwert, Meldung


def check_reihen(
    tabelle: pa.Table,
    frueher: pa.Table,
    umfeld: Umfeld,
    *,
    alle: bool = False,
    raum_ids: Collection[str] = (),
) -> list[Meldung]:
    """The values against earlier times of the same table and against what was ``frueher`` delivered (may be empty)."""
    befunde = check_spruenge(list(schneide(tabelle, umfeld)), list(schneide(frueher, umfeld)), umfeld)
    return build_meldungen((b for b in befunde if not raum_ids or b.raum_id in raum_ids), alle=alle)


def check_werte(
    tabelle: pa.Table, umfeld: Umfeld, *, alle: bool = False, raum_ids: Collection[str] = (), anteile: bool = False
) -> list[Meldung]:
    """Sums, completeness and times of the values (columns of MERKMALSWERTE).

    alle: nothing is folded; raum_ids: only what concerns these Räume (none = all); anteile: also Indikatoren that
    the table holds Zähler and Nenner of (the store is asked for all of them, see ``check_indikatoren``).
    """
    tafeln = list(schneide(tabelle, umfeld))
    befunde = [*_befunde(tafeln, umfeld), *check_zeiten(tabelle, umfeld.katalog)]
    if anteile:
        befunde += check_anteile(tafeln, umfeld)
    return build_meldungen((b for b in befunde if not raum_ids or b.raum_id in raum_ids), alle=alle)


def _befunde(tafeln: list[Tafel], umfeld: Umfeld) -> Iterator[Befund]:
    for tafel in tafeln:
        yield from check_summen(tafel, umfeld)
    yield from check_vollzaehligkeit(tafeln, umfeld)


def check_indikatoren(
    werte: Iterable[Indikatorwert], katalog: Katalog, *, alle: bool = False, raum_ids: Collection[str] = ()
) -> list[Meldung]:
    """Computed values against the bounds of their Indikatoren."""
    befunde = check_indikatorwerte(werte, katalog)
    return build_meldungen((b for b in befunde if not raum_ids or b.raum_id in raum_ids), alle=alle)
