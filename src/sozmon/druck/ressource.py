"""Files that the publishing pipeline ships: page templates and fonts."""

from __future__ import annotations

from pathlib import Path

from sozmon.projekt import mitgeliefert


def vorlage(*teile: str) -> Path:
    """A file under vorlagen/druck/."""
    return mitgeliefert("vorlagen", "druck", *teile)


SCHNITTE = ("Regular", "Bold", "It", "BoldIt")


def schriftdateien(familie: str, ordner: str = "") -> dict[str, Path]:
    """Schnitt → TrueType file of a family, from the project's folder or the shipped one; only those that exist."""
    wurzel = Path(ordner) if ordner else schriften()
    dateien = {s: wurzel / f"{familie.replace(' ', '')}-{s}.ttf" for s in SCHNITTE}
    return {s: p for s, p in dateien.items() if p.is_file()}


def schriften() -> Path:
    """The folder with the shipped fonts (static TrueType; matplotlib uses the same)."""
    return mitgeliefert("vorlagen", "schriften")
