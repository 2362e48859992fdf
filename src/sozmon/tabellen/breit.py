"""The wide form of a table: one column for each time or indicator."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from sozmon.tabellen.maschine import Zeile

_WER_WAS_WANN = (
    "raum_id",
    "raum",
    "ebene",
    "zeit",
    "zeitart",
    "jahr",
    "indikator",
    "merkmal",
    "auspraegung",
    "variante",
)
"""Columns that say what a value is; only these (and its Einheit) stay in the wide form."""


class Eigenname(str):
    """Column of the wide form: a time or an indicator, printed as it is."""

    __slots__ = ()


class Wert:
    """A whole row standing in one cell of the wide form, so that people see its sign and decimals."""

    __slots__ = ("zeile",)

    def __init__(self, zeile: Zeile) -> None:
        self.zeile = zeile


def to_breit(
    zeilen: Sequence[Zeile], spalten: Sequence[str], nach: str, *, mit_status: bool
) -> tuple[list[dict[str, Any]], list[str]]:
    """One column for each time or indicator, in the order of appearance.

    Plain dictionaries: a pandas pivot would turn a missing number into NaN and sort the columns. For programs the
    columns ``<x>_status`` follow, so that a gap keeps its reason.
    """
    bleibt = [s for s in spalten if s in _WER_WAS_WANN and s != nach]
    bleibt += ["einheit"] if nach == "zeit" and "einheit" in spalten else []
    neue = [Eigenname(name) for name in dict.fromkeys(str(z.get(nach)) for z in zeilen)]
    gruppen: dict[tuple[object, ...], dict[str, Any]] = {}
    for z in zeilen:
        gruppe = gruppen.setdefault(tuple(z.get(s) for s in bleibt), {s: z.get(s) for s in bleibt})
        spalte = str(z.get(nach))
        gruppe[spalte] = z.get("wert") if mit_status else Wert(z)
        gruppe[f"{spalte}_status"] = str(z.get("status") or "")
    return list(gruppen.values()), [*bleibt, *neue, *(f"{s}_status" for s in neue if mit_status)]
