"""Rohwerte: what a reader hands over, one row a delivered value, still in the office's own codes and signs.

A columnar table, its text columns dictionary-encoded: half a million values share a few thousand texts, and every
later step (key → Raum, text → number, code → Merkmal) works once per text, not once per value.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any

import numpy as np
import pyarrow as pa

from sozmon.arrow import als_numpy

TEXTSPALTEN = (
    "schluessel",  # key of the Raum as delivered
    "name",  # its name as delivered
    "raumart",  # what the key is said to be: ags, ars, verband, kreis or ''
    "statistik",  # code of the statistic or table
    "code",  # official code or head of the measure
    "zeitcode",  # official kind of time (STAG, JAHR …) or ''
    "zeit",  # time as delivered
    "merkmale",  # 'GES=GESM|ALT=U3': classifying variables in official codes, totals left out
    "einheit",  # unit as delivered
    "wert",  # text of the cell; '' where ``zahl`` holds the number
    "zusatz",  # separate quality mark (value_q)
    "blatt",  # sheet, '' for CSV
)
ZAHLSPALTEN = (("zahl", pa.float64()), ("zeile", pa.int32()), ("spalte", pa.int32()))
"""zahl: number that a spreadsheet stored, else null; zeile and spalte: 0-based address."""

_TEXT = pa.dictionary(pa.int32(), pa.string())
ROH_SCHEMA = pa.schema([(s, _TEXT) for s in TEXTSPALTEN] + list(ZAHLSPALTEN))


@dataclass(slots=True)
class Roh:
    """Rohwerte of a file; ``beschriftung``: official code or 'VAR=CODE' → label; ``sprache`` of its numbers."""

    tabelle: pa.Table
    beschriftung: dict[str, str] = field(default_factory=dict)
    sprache: str = ""


def texte(werte: Iterable[str]) -> pa.DictionaryArray:
    """Texts, dictionary-encoded."""
    return pa.array(werte, pa.string()).dictionary_encode()


def gleich(wert: str, anzahl: int) -> pa.DictionaryArray:
    """The same text ``anzahl`` times."""
    return pa.DictionaryArray.from_arrays(pa.array(np.zeros(anzahl, np.int32)), pa.array([wert], pa.string()))


def wiederholt(spalte: pa.DictionaryArray, mal: int) -> pa.DictionaryArray:
    """The whole column ``mal`` times, one after the other."""
    return pa.DictionaryArray.from_arrays(pa.array(np.tile(als_numpy(spalte.indices), mal)), spalte.dictionary)


def je(werte: Sequence[str], anzahl: int) -> pa.DictionaryArray:
    """Each text ``anzahl`` times."""
    return pa.DictionaryArray.from_arrays(
        pa.array(np.repeat(np.arange(len(werte), dtype=np.int32), anzahl)), pa.array(werte, pa.string())
    )


def tabelle(anzahl: int, **spalten: Any) -> pa.Table:
    """The table with what is given; text columns left out are empty, number columns null."""
    felder = []
    for feld in ROH_SCHEMA:
        wert = spalten.pop(feld.name, None)
        if feld.type == _TEXT:
            felder.append(_als_text(wert, anzahl))
        else:
            felder.append(pa.nulls(anzahl, feld.type) if wert is None else pa.array(wert, feld.type))
    assert not spalten, spalten
    return pa.Table.from_arrays(felder, schema=ROH_SCHEMA)


def _als_text(wert: object, anzahl: int) -> pa.DictionaryArray:
    if wert is None or isinstance(wert, str):
        return gleich(wert or "", anzahl)
    if isinstance(wert, pa.DictionaryArray):
        return wert
    return texte(wert)  # type: ignore[arg-type]


def verbinde(tabellen: Sequence[pa.Table]) -> pa.Table:
    """Several tables one below the other, in one chunk with common dictionaries."""
    if len(tabellen) == 1:
        return tabellen[0]
    return pa.concat_tables(tabellen).unify_dictionaries().combine_chunks()
