"""Markdown → tree chapter by chapter: a chapter that was parsed before is not parsed again."""

from __future__ import annotations

import json
import re
from typing import Any

from sozmon.druck.pandoc import parse_markdown
from sozmon.druck.tree import Node
from sozmon.zwischenspeicher import Zwischenspeicher, schluessel

_KAPITEL = re.compile(r"^(?=# )", re.MULTILINE)
_GRENZE = "\n\n::: {.kapitelgrenze}\n:::\n\n"


def parse_kapitelweise(text: str, speicher: Zwischenspeicher) -> tuple[list[Node], list[int]]:
    """Blocks of the whole text and pandoc's API version; all new chapters are parsed in one run of pandoc."""
    teile = [t for t in _KAPITEL.split(text) if t.strip()]
    keys = [schluessel("kapitel", t) for t in teile]
    gelesen = {k: json.loads(inhalt) for k in keys if (inhalt := speicher.hole(k)) is not None}
    offen = {k: t for k, t in zip(keys, teile, strict=True) if k not in gelesen}
    if offen or not teile:
        baum = parse_markdown(_GRENZE.join(offen.values()))
        api = baum["pandoc-api-version"]
        for key, bloecke in zip(offen, _trenne(baum["blocks"]), strict=True):
            gelesen[key] = [api, bloecke]
            speicher.lege(key, json.dumps(gelesen[key], ensure_ascii=False).encode())
    alle = [gelesen[k] for k in keys]
    return [b for _, bloecke in alle for b in bloecke], alle[0][0] if alle else api


def _trenne(bloecke: list[Any]) -> list[list[Any]]:
    teile: list[list[Any]] = [[]]
    for block in bloecke:
        if block["t"] == "Div" and "kapitelgrenze" in block["c"][0][1]:
            teile.append([])
        else:
            teile[-1].append(block)
    return teile
