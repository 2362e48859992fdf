"""For programs: ``,`` between, a header row, point decimals, ISO dates, UTF-8, unrounded values."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Mapping, Sequence
from decimal import Decimal

Zeile = Mapping[str, object]

ZAHLSPALTEN: frozenset[str] = frozenset(
    {"zaehler", "nenner", "wert", "wert_min", "wert_max", "unten", "oben", "niveau", "gewicht", "flaeche_km2"}
)
"""Columns that are numbers even when no row shows one."""


def maschinentext(wert: object) -> str:
    """A value as machine formats write it: point decimals, never an exponent, whole numbers without a point."""
    if wert is None:
        return ""
    if isinstance(wert, bool):
        return "true" if wert else "false"
    if isinstance(wert, float):
        text = repr(wert)
        text = format(Decimal(text), "f") if "e" in text else text
        return text.removesuffix(".0")
    if isinstance(wert, (tuple, list)):
        return " ".join(map(maschinentext, wert))
    return str(wert)


def render_csv(zeilen: Sequence[Zeile], spalten: Sequence[str]) -> bytes:
    """Comma-separated by RFC 4180, one row a line."""
    zellen = ([maschinentext(z.get(s)) for s in spalten] for z in zeilen)
    return "".join(csv_zeile(t, ",") + "\n" for t in (list(spalten), *zellen)).encode("utf-8", "backslashreplace")


def csv_zeile(texte: list[str], trenner: str) -> str:
    """Join by RFC 4180; the csv module leaves a lone carriage return unquoted before Python 3.13."""
    if not any(z in text for text in texte for z in (trenner, '"', "\n", "\r")):
        return trenner.join(texte) if texte != [""] else '""'
    puffer = io.StringIO()
    csv.writer(puffer, delimiter=trenner, lineterminator="\r\n").writerow(texte)
    return puffer.getvalue().removesuffix("\r\n")


def render_json(zeilen: Sequence[Zeile], spalten: Sequence[str], *, je_zeile: bool) -> bytes:
    """One object a row and line; ``json`` puts brackets and commas around."""
    objekte = [json.dumps({s: _ganz(z.get(s)) for s in spalten}, ensure_ascii=False, allow_nan=False) for z in zeilen]
    if je_zeile:
        return "".join(o + "\n" for o in objekte).encode("utf-8", "backslashreplace")
    return ("[\n" + ",\n".join(objekte) + "\n]\n" if objekte else "[]\n").encode("utf-8", "backslashreplace")


def _ganz(wert: object) -> object:
    """Whole numbers without a point, as the other formats write them."""
    return int(wert) if isinstance(wert, float) and wert.is_integer() else wert


def render_parquet(zeilen: Sequence[Zeile], spalten: Sequence[str]) -> bytes:
    """Parquet with one type a column, the same for an empty table."""
    import pyarrow as pa
    import pyarrow.parquet as pq

    typen = {float: pa.float64(), int: pa.int64(), bool: pa.bool_(), str: pa.string()}
    felder = [pa.field(s, typen[_spaltentyp(zeilen, s)]) for s in spalten]
    spaltenwerte = [[_als(z.get(f.name), _spaltentyp(zeilen, f.name)) for z in zeilen] for f in felder]
    puffer = io.BytesIO()
    pq.write_table(pa.table(spaltenwerte, schema=pa.schema(felder)), puffer)
    return puffer.getvalue()


def _spaltentyp(zeilen: Sequence[Zeile], spalte: str) -> type:
    """One type a column, whatever the first rows hold; text when in doubt."""
    if spalte in ZAHLSPALTEN:
        return float
    typen = {type(z.get(spalte)) for z in zeilen if z.get(spalte) is not None}
    if typen and typen <= {int, float}:
        return float if float in typen else int
    return bool if typen == {bool} else str


def _als(wert: object, typ: type) -> object:
    if wert is None:
        return None
    return maschinentext(wert) if typ is str else typ(wert)
