"""Writes the draft: TOML with German comments, questions numbered, every line to complete marked."""

from __future__ import annotations

import textwrap
from collections.abc import Sequence

from sozmon.katalogfragen import VORSCHLAG

BREITE = 116
_STEUERZEICHEN = dict.fromkeys((*range(9), *range(10, 32), 127), "\N{REPLACEMENT CHARACTER}")
"""Not allowed in a TOML comment; a line break out of a cell would end it."""


class Schreiber:
    """Collects lines; ``fragen`` counts the questions."""

    def __init__(self) -> None:
        self.zeilen: list[str] = []
        self.fragen = 0

    @property
    def text(self) -> str:
        """The whole draft."""
        return "\n".join(z.translate(_STEUERZEICHEN) for z in self.zeilen).rstrip() + "\n"

    def sage(self, text: str, einzug: str = "# ") -> None:
        """A comment, folded."""
        self.zeilen += textwrap.wrap(
            text, BREITE, initial_indent=einzug, subsequent_indent="#" + " " * (len(einzug) - 1),
            break_long_words=False, break_on_hyphens=False,
        )  # fmt: skip

    def setze(self, feld: str, toml: str, bemerkung: str = "") -> None:
        """A field that counts; ``toml`` is its value in TOML."""
        if bemerkung:
            self.sage(bemerkung)
        self.zeilen.append(f"{feld} = {toml}")

    def frage(self, text: str, antworten: Sequence[str], zeilen: Sequence[str], *, kopf: str = "") -> None:
        """A question, its answers, and the lines to complete (with the placeholder, or proposals that do not count
        yet when they begin with the mark). ``kopf``: lines of the block between the answers and them."""
        self.absatz()
        self.fragen += 1
        self.sage(f"FRAGE {self.fragen}: {' '.join(text.split())}")
        for antwort in antworten:
            self.sage(" ".join(antwort.split()), "#   · ")
        if kopf:
            self.zeilen += kopf.splitlines()
        self.zeilen += zeilen

    def absatz(self) -> None:
        """One empty line."""
        if self.zeilen and self.zeilen[-1]:
            self.zeilen.append("")


def vorschlag(zeile: str) -> str:
    """A line that counts only when somebody takes the mark away."""
    return f"{VORSCHLAG} {zeile}"
