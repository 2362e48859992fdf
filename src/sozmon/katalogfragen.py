"""Open questions of a drafted Quelle: where they stand in its TOML file, and what they ask.

A draft (``sozmon quelle entwerfen``) says ``# FRAGE n: …`` wherever only a person can decide. The lines below it
that are to be completed hold the placeholder ``???`` or begin with ``#?`` (a proposal that does not count yet). A
question is open as long as one of these lines stands there unchanged; nothing is read with such a Quelle.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path

PLATZHALTER = "???"
"""Stands where an answer belongs."""
VORSCHLAG = "#?"
"""Begins a line that counts only when a person takes these two signs away."""

_LUECKE = re.compile(r"^(?!(?:kopf|schluessel|name|zeitspalte|muster) ?=).*[\"'^]\?\?\?[\"'$]")
"""A text that is the placeholder; a head of the table may itself be '???'."""
_FRAGE = re.compile(r"#\s*FRAGE\s+(\d+)\s*:\s*(.*)")


@dataclass(frozen=True, slots=True)
class Frage:
    """``zeile``: 1-based line to complete; ``nummer`` 0 when no FRAGE stands above it."""

    nummer: int
    zeile: int
    text: str


def find_fragen(text: str) -> list[Frage]:
    """Open questions of a TOML text, in the order of its lines; each once, at its first open line."""
    offen: dict[tuple[int, int], Frage] = {}
    nummer, worte, anfang = 0, "", 0
    for zeile, inhalt in enumerate(text.splitlines(), 1):
        kern = inhalt.strip()
        if treffer := _FRAGE.match(kern):
            nummer, worte, anfang = int(treffer[1]), treffer[2], zeile
        elif not kern:
            nummer, worte, anfang = 0, "", zeile
        elif kern.startswith(VORSCHLAG) or (not kern.startswith("#") and _LUECKE.search(kern)):
            offen.setdefault((nummer, anfang), Frage(nummer, zeile, _kern(worte) or kern.lstrip("#? ")))
        elif worte and kern.startswith("# ") and not kern.startswith("#  "):
            worte += kern[1:]
    return list(offen.values())


def _kern(frage: str) -> str:
    """The question itself, without the remarks behind it."""
    treffer = re.match(r".*?\?(?=\s|$)", frage)
    return treffer[0] if treffer else frage


def load_fragen(datei: Path) -> list[Frage]:
    """Open questions of a file; none when it cannot be read (loading it says so)."""
    try:
        return find_fragen(datei.read_bytes().decode("utf-8-sig"))
    except (OSError, UnicodeDecodeError):
        return []


def offen_in_worten(fragen: list[Frage], hoechstens: int = 6) -> str:
    """'noch 2 Fragen offen: Zeile 31 (Welches Merkmal …), Zeile 40 (…)'."""
    wort = "eine Frage" if len(fragen) == 1 else f"{len(fragen)} Fragen"
    liste = [f"Zeile {f.zeile} ({f.text.rstrip('.')})" for f in fragen[:hoechstens]]
    rest = f" und {len(fragen) - hoechstens} weitere" if len(fragen) > hoechstens else ""
    return f"noch {wort} offen: {', '.join(liste)}{rest}"
