"""Files that the publishing pipeline ships: page templates and fonts."""

from __future__ import annotations

from pathlib import Path


def _mitgeliefert() -> Path:
    paket = Path(__file__).resolve().parent.parent
    im_wheel = paket / "mitgeliefert" / "vorlagen"
    return im_wheel if im_wheel.is_dir() else paket.parent.parent / "vorlagen"


def vorlage(*teile: str) -> Path:
    """A file under vorlagen/druck/."""
    return _mitgeliefert().joinpath("druck", *teile)


def schriften() -> Path:
    """The folder with the shipped fonts (static TrueType; matplotlib uses the same)."""
    return _mitgeliefert() / "schriften"
