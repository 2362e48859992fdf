"""Files that the publishing pipeline ships: page templates and fonts."""

from __future__ import annotations

from pathlib import Path

from sozmon.projekt import mitgeliefert


def vorlage(*teile: str) -> Path:
    """A file under vorlagen/druck/."""
    return mitgeliefert("vorlagen", "druck", *teile)


def schriften() -> Path:
    """The folder with the shipped fonts (static TrueType; matplotlib uses the same)."""
    return mitgeliefert("vorlagen", "schriften")
