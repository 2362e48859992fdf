"""None"""

from pathlib import Path

from mappenbau import schreibe_inkar


def erzeuge(ziel: Path) -> None:
    schreibe_inkar(ziel, b'<c r="B4" t="s"><v>9</v>', b'<c r="B4" t="s"><v>x</v>')
