"""None"""

from pathlib import Path

from mappenbau import schreibe_inkar


def erzeuge(ziel: Path) -> None:
    schreibe_inkar(ziel, b'<c r="D4">', b'<c r="D3">')
