"""A scripted planner: answers the questions of a draft and touches nothing else."""

from __future__ import annotations

import re
from pathlib import Path

from sozmon.katalogfragen import find_fragen

JA = None
"""Let the proposal count: take '#? ' away."""


def beantworte(datei: Path, antworten: dict[str, str | None]) -> int:
    """Answer every open question of the file; ``antworten``: part of the question → what replaces ???, or JA.

    Only lines that a question marks are changed. Gives the number of questions.
    """
    text = datei.read_text("utf-8")
    fragen = find_fragen(text)
    zeilen = text.splitlines()
    for frage in fragen:
        passende = [a for teil, a in antworten.items() if teil in frage.text]
        assert len(passende) == 1, f"{len(passende)} answers to: {frage.text}"
        ende = next((n for n in range(frage.zeile, len(zeilen)) if not zeilen[n].strip()), len(zeilen))
        block = range(frage.zeile - 1, ende)
        luecke = any("???" in zeilen[n] for n in block)
        for n in block:
            zeilen[n] = _antwort(zeilen[n], passende[0], luecke)
    datei.write_text("\n".join(zeilen) + "\n", "utf-8")
    return len(fragen)


def _antwort(zeile: str, antwort: str | None, luecke: bool) -> str:
    """The line with the answer: in place of ??? where the block has one, else in place of the proposed value."""
    if zeile.startswith("#? "):
        zeile = zeile.removeprefix("#? ")
        return zeile if antwort is JA or luecke else re.sub(r'= ".*"$', f'= "{antwort}"', zeile)
    return zeile if zeile.startswith("#") or antwort is JA else zeile.replace("???", antwort)
