"""The rows of the store that the checks look at, as one pyarrow table."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from typing import TYPE_CHECKING, Any

from sozmon.model import MERKMALSWERTE, OHNE_ZUORDNUNG
from sozmon.pruefungen.tafel import BUND, GEMEINDELAENGE, spalte

if TYPE_CHECKING:
    import pyarrow as pa

    from sozmon.bestand import Bestand
    from sozmon.raeume import Raeume


def read_vorrat(bestand: Bestand, raeume: Raeume, kreis: str, *, merkmale: Collection[str] = ()) -> pa.Table:
    """Values of the own Kreis and of what it belongs to (columns of MERKMALSWERTE); empty without a Kreis.

    merkmale: only these (none = all).
    """
    from sozmon.umsetzen import SCHEMA

    if not kreis:
        return SCHEMA.empty_table()
    wo = _wo(raeume, kreis)
    if merkmale:
        wo += f" AND merkmal IN {_liste(merkmale)}"
    return als_tabelle(bestand.sql(f"SELECT * FROM merkmalswerte WHERE {wo}"))


def read_vergleich(bestand: Bestand, tabelle: pa.Table, kreis: str, lieferung: str) -> pa.Table:
    """What the Quelle of a table that is just read delivered before for Gemeinden of the own Kreis and for Kreise."""
    from sozmon.umsetzen import SCHEMA

    hier = tabelle.filter(_im_kreis(tabelle, kreis)) if kreis else tabelle.slice(0, 0)
    if not hier.num_rows:
        return SCHEMA.empty_table()
    merkmale, quellen = (hier[s].unique().to_pylist() for s in ("merkmal", "quelle"))
    wo = (
        f"(raum_id LIKE {_text(f'{kreis}___')} OR (raum_id LIKE {_text(f'{kreis[:2]}%')} AND length(raum_id) = "
        f"{len(kreis)})) AND merkmal IN {_liste(merkmale)} AND quelle IN {_liste(quellen)} "
        f"AND lieferung <> {_text(lieferung)}"
    )
    return als_tabelle(bestand.sql(f"SELECT * FROM merkmalswerte WHERE {wo}"))


def _im_kreis(tabelle: pa.Table, kreis: str) -> Any:
    """Mask of the Kreis and its Gemeinden."""
    import numpy as np
    import pyarrow as pa

    raum = spalte(tabelle, "raum_id")
    hier = np.array([len(w) in (len(kreis), GEMEINDELAENGE) and w.startswith(kreis) for w in raum.worte], bool)
    return pa.array(hier[raum.stellen])


def als_tabelle(zeilen: Iterable[Mapping[str, Any]]) -> pa.Table:
    """Rows as dictionaries → pyarrow table of the contract."""
    import pyarrow as pa

    from sozmon.umsetzen import SCHEMA

    alle = list(zeilen)
    return pa.table({n: pa.array([z[n] for z in alle], SCHEMA.field(n).type) for n, _ in MERKMALSWERTE}, schema=SCHEMA)


def _wo(raeume: Raeume, kreis: str) -> str:
    land = _text(f"{kreis[:2]}%")
    amtlich = f"raum_id LIKE {land} AND length(raum_id) IN (3, 5)"
    einzelne = _liste([BUND, OHNE_ZUORDNUNG, *raeume.regionen])
    return f"(raum_id LIKE {_text(f'{kreis}%')} OR ({amtlich}) OR length(raum_id) = 2 OR raum_id IN {einzelne})"


def _text(wort: str) -> str:
    return "'" + wort.replace("'", "''") + "'"


def _liste(worte: Iterable[str]) -> str:
    return "(" + ", ".join(_text(w) for w in sorted(set(worte))) + ")"
