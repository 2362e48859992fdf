"""``raeume/namen.csv``: spellings of Raum names that a person has confirmed. Names are never guessed."""

from __future__ import annotations

import unicodedata
from collections.abc import Mapping
from pathlib import Path

from sozmon.errors import KonfigError
from sozmon.raeume.gliederung import _read_csv

SPALTEN = ("schreibweise", "raum_id", "quelle")


def load_namen(ordner: Path) -> dict[tuple[str, str], str]:
    """(quelle or '', folded spelling) → raum_id; a missing file is empty, a contradiction a KonfigError (78)."""
    pfad = ordner / "namen.csv"
    if not pfad.is_file():
        return {}
    namen: dict[tuple[str, str], str] = {}
    for nummer, zeile in enumerate(_read_csv(pfad)[1:], 2):
        schreibweise, raum_id, quelle = (*(z.strip() for z in zeile[:3]), "", "", "")[:3]
        if not schreibweise and not raum_id:
            continue
        schluessel = (quelle, gefaltet(schreibweise))
        if not raum_id or namen.setdefault(schluessel, raum_id) != raum_id:
            raise KonfigError(
                f"Die Schreibweise „{schreibweise}“ ist nicht eindeutig zugeordnet.",
                ort=f"raeume/namen.csv, Zeile {nummer}",
                abhilfe="Je Schreibweise (und Quelle) genau eine Zeile mit einem Raumschlüssel.",
            )
    return namen


def gefaltet(name: str) -> str:
    """Spelling without case and doubled blanks; an ö of two characters is an ö."""
    return " ".join(unicodedata.normalize("NFC", name).casefold().split())


def suche_name(namen: Mapping[tuple[str, str], str], name: str, quelle: str) -> str:
    """Confirmed raum_id of a spelling: for this Quelle, else for all; '' when nobody confirmed it."""
    form = gefaltet(name)
    return namen.get((quelle, form)) or namen.get(("", form), "")
