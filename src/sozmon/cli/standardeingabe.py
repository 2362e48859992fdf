"""Ids out of a pipe: ``-`` in the place of a list means the words of the standard input.

One id a line, or a table with a header (CSV, TSV or JSON lines, as every command of sozmon prints them): then the
column counts that is named like what is asked for.
"""

from __future__ import annotations

import csv
import json
import sys
from collections.abc import Callable, Sequence
from typing import Any

from sozmon.errors import AufrufError

HOECHSTENS = 5_000_000
"""Most characters that are read: a list of ids is short, a data table was meant for something else."""

_GELESEN = "sozmon.standardeingabe"
"""Where a call keeps which option has read the standard input: that can be done once."""


def aus_standardeingabe(*spalten: str) -> Callable[[Any, Any, Any], Any]:
    """Callback for a list option: ``-`` becomes the words of the standard input, of the first column of ``spalten``."""

    def setze_ein(ctx: Any, param: Any, value: Any) -> Any:
        if ctx.resilient_parsing or not value or "-" not in value:
            return value
        option = max(param.opts, key=len)
        worte = lies_worte(option, spalten, ctx.find_root().meta.setdefault(_GELESEN, option))
        return [w for wort in value for w in (worte if wort == "-" else [wort])]

    return setze_ein


def lies_worte(option: str, spalten: Sequence[str], gelesen_fuer: str) -> list[str]:
    """Words of the standard input, each once, in order. AufrufError when there is none or another option read it."""
    if gelesen_fuer != option:
        raise AufrufError(f"Die Standardeingabe ist schon für {gelesen_fuer} gelesen.", ort=f"{option} -")
    if sys.stdin is None or sys.stdin.isatty():
        raise AufrufError(
            "Auf der Standardeingabe liegt nichts.",
            ort=f"{option} -",
            abhilfe=f"Die Kennungen hineinleiten, zum Beispiel: sozmon raeume --format csv | sozmon werte {option} - …",
        )
    return _worte(_text(option), option, spalten)


def _text(option: str) -> str:
    try:
        text = sys.stdin.read(HOECHSTENS + 1)
    except UnicodeDecodeError as e:
        raise AufrufError("Die Standardeingabe ist kein UTF-8.", ort=f"{option} -") from e
    if len(text) > HOECHSTENS:
        raise AufrufError("Auf der Standardeingabe liegt zu viel für eine Liste.", ort=f"{option} -")
    return text.removeprefix("\ufeff")


def _worte(text: str, option: str, spalten: Sequence[str]) -> list[str]:
    zeilen = [z.strip() for z in text.splitlines() if z.strip()]
    if not zeilen:
        raise AufrufError("Die Standardeingabe ist leer.", ort=f"{option} -")
    worte = _aus_json(zeilen, option, spalten) if zeilen[0].startswith(("{", "[")) else _aus_zeilen(zeilen, spalten)
    worte = list(dict.fromkeys(w for w in worte if w))
    if not worte:
        raise AufrufError("Die Tabelle auf der Standardeingabe hat keine Zeile.", ort=f"{option} -")
    return worte


def _aus_zeilen(zeilen: Sequence[str], spalten: Sequence[str]) -> list[str]:
    """Plain lines, or the named column of a table whose first line is its header."""
    trenner = max(",;\t", key=lambda t: zeilen[0].count(t))
    tabelle = list(csv.reader(zeilen, delimiter=trenner))
    kopf = [k.strip() for k in tabelle[0]]
    stelle = next((kopf.index(s) for s in spalten if s in kopf), None)
    if stelle is None:
        return list(zeilen)
    return [z[stelle].strip() for z in tabelle[1:] if stelle < len(z)]


def _aus_json(zeilen: Sequence[str], option: str, spalten: Sequence[str]) -> list[str]:
    try:
        text = "\n".join(zeilen)
        objekte = json.loads(text) if text.startswith("[") else [json.loads(z) for z in zeilen]
        return [str(o) if isinstance(o, str) else str(o[next(s for s in spalten if s in o)]) for o in objekte]
    except (ValueError, TypeError, StopIteration) as e:
        raise AufrufError(f"Auf der Standardeingabe liegt JSON ohne das Feld „{spalten[0]}“.", ort=f"{option} -") from e
