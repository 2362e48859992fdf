"""The wide form of a table: one column for each time, indicator, Merkmal, Ausprägung or Raum, or for pairs of them."""

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


_NEBEN = ("variante", "zeitart", "quelle", "basis", "gebietsstand")
"""Columns that say more about a value; in the wide form they must not tear a row apart without need."""


def _nebenspalten(
    zeilen: Sequence[Zeile], spalten: Sequence[str], schluessel: Sequence[str], neu: Sequence[str]
) -> set[str]:
    """Those of ``_NEBEN`` that stay: alike in every row of the wide form, or needed to tell two values apart.

    ``schluessel``: columns that stay anyway; ``neu``: the new column of each row.
    """
    moeglich = [s for s in _NEBEN if s in spalten and ("merkmal" in spalten or s in ("zeitart", "variante"))]
    bleibt = [s for s in moeglich if s != "gebietsstand" and _einheitlich(zeilen, schluessel, s)]
    for spalte in (s for s in moeglich if s not in bleibt):
        faecher = {(*(z.get(s) for s in (*schluessel, *bleibt)), n) for z, n in zip(zeilen, neu, strict=True)}
        if len(faecher) < len(zeilen):
            bleibt.append(spalte)
    return set(bleibt)


def _einheitlich(zeilen: Sequence[Zeile], schluessel: Sequence[str], spalte: str) -> bool:
    """True when every row of the wide form would hold one content of this column."""
    gruppen = {tuple(z.get(s) for s in schluessel) for z in zeilen}
    return len({tuple(z.get(s) for s in (*schluessel, spalte)) for z in zeilen}) == len(gruppen)


def to_breit(
    zeilen: Sequence[Zeile], spalten: Sequence[str], nach: str, *, mit_status: bool
) -> tuple[list[dict[str, Any]], list[str]]:
    """One column for each value of ``nach``, times in their order; 'indikator,zeit' one for each pair.

    Plain dictionaries: a pandas pivot would turn a missing number into NaN and sort the columns. For programs the
    columns ``<x>_status`` follow, so that a gap keeps its reason, and Räume are named by their id.
    """
    achsen = nach.split(",")
    namen = _namen(zeilen, achsen, mit_id=mit_status)
    bleibt = [s for s in spalten if s in _WER_WAS_WANN and s not in _verteilt(achsen)]
    neben = _nebenspalten(zeilen, spalten, [s for s in bleibt if s not in _NEBEN], namen)
    bleibt = [s for s in bleibt if s not in _NEBEN or s in neben]
    bleibt += [s for s in ("quelle", "basis", "gebietsstand") if s in neben]
    # the unit belongs to the indicator: a row of several has none
    bleibt += ["einheit"] if "einheit" in spalten and "indikator" not in achsen else []
    gruppen: dict[tuple[object, ...], dict[str, Any]] = {}
    for z, spalte in zip(zeilen, namen, strict=True):
        gruppe = gruppen.setdefault(tuple(z.get(s) for s in bleibt), {s: z.get(s) for s in bleibt})
        assert spalte not in gruppe, "two values for one cell: one would be lost"
        gruppe[spalte] = z.get("wert") if mit_status else Wert(z)
        gruppe[f"{spalte}_status"] = str(z.get("status") or "")
    neue = [Eigenname(name) for name in _reihenfolge(zeilen, namen, achsen)]
    return list(gruppen.values()), [*bleibt, *neue, *(f"{s}_status" for s in neue if mit_status)]


def _reihenfolge(zeilen: Sequence[Zeile], namen: Sequence[str], achsen: Sequence[str]) -> list[str]:
    """The names each once: times from early to late, all else in the order of appearance."""
    stellen: dict[str, dict[object, int]] = {a: {} for a in achsen}
    rang: dict[str, tuple[object, ...]] = {}
    for z, name in zip(zeilen, namen, strict=True):
        stelle = (str(z.get(a)) if a == "zeit" else stellen[a].setdefault(z.get(a), len(stellen[a])) for a in achsen)
        rang.setdefault(name, tuple(stelle))
    return sorted(rang, key=lambda n: rang[n])


def _verteilt(achsen: Sequence[str]) -> set[str]:
    """Columns whose content moves into the heads."""
    mit = {"zeit": ("jahr",), "raum": ("raum_id", "ebene")}
    return {*achsen, *(s for a in achsen for s in mit.get(a, ()))}


def _namen(zeilen: Sequence[Zeile], achsen: Sequence[str], *, mit_id: bool) -> list[str]:
    """Name of the column of each row: 'bevoelkerung 2023-12-31'; the empty Ausprägung is 'insgesamt'."""
    raeume = {str(z.get("raum_id")): str(z.get("raum") or "") for z in zeilen} if "raum" in achsen else {}
    doppelt = {n for n in raeume.values() if list(raeume.values()).count(n) > 1}

    def teil(z: Zeile, achse: str) -> str:
        if achse == "raum":
            raum_id = str(z.get("raum_id"))
            name = raeume[raum_id]
            return raum_id if mit_id else f"{name} ({raum_id})" if name in doppelt else name
        return str(z.get(achse) or ("insgesamt" if achse == "auspraegung" else ""))

    return [" ".join(filter(None, (teil(z, a) for a in achsen))) for z in zeilen]
