"""The wide form of a table: one column for each time, indicator or Merkmal."""

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
"""Columns that say what a value is; only these (its Einheit, the Quelle of a delivered one) stay in the wide form."""


class Eigenname(str):
    """Column of the wide form: a time or an indicator, printed as it is."""

    __slots__ = ()


class Wert:
    """A whole row standing in one cell of the wide form, so that people see its sign and decimals."""

    __slots__ = ("zeile",)

    def __init__(self, zeile: Zeile) -> None:
        self.zeile = zeile


def _woher(zeilen: Sequence[Zeile], spalten: Sequence[str], schluessel: Sequence[str]) -> list[str]:
    """Delivered values: who says it; and the borders, only where the same is said for two of them."""
    woher = [s for s in ("quelle", "basis") if s in spalten]
    einzeln = {tuple(z.get(s) for s in (*schluessel, *woher)) for z in zeilen}
    return woher if len(einzeln) == len(zeilen) else [*woher, *(s for s in ("gebietsstand",) if s in spalten)]


def to_breit(
    zeilen: Sequence[Zeile], spalten: Sequence[str], nach: str, *, mit_status: bool
) -> tuple[list[dict[str, Any]], list[str]]:
    """One column for each time, indicator or Merkmal, in the order of appearance.

    Plain dictionaries: a pandas pivot would turn a missing number into NaN and sort the columns. For programs the
    columns ``<x>_status`` follow, so that a gap keeps its reason.
    """
    bleibt = [s for s in spalten if s in _WER_WAS_WANN and s not in (nach, "jahr" if nach == "zeit" else nach)]
    if "merkmal" in spalten:
        bleibt += _woher(zeilen, spalten, [*bleibt, nach])
    bleibt += ["einheit"] if nach == "zeit" and "einheit" in spalten else []
    neue = [Eigenname(name) for name in dict.fromkeys(str(z.get(nach)) for z in zeilen)]
    gruppen: dict[tuple[object, ...], dict[str, Any]] = {}
    for z in zeilen:
        gruppe = gruppen.setdefault(tuple(z.get(s) for s in bleibt), {s: z.get(s) for s in bleibt})
        spalte = str(z.get(nach))
        gruppe[spalte] = z.get("wert") if mit_status else Wert(z)
        gruppe[f"{spalte}_status"] = str(z.get("status") or "")
    return list(gruppen.values()), [*bleibt, *neue, *(f"{s}_status" for s in neue if mit_status)]
