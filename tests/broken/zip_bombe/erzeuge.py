"""None"""

from pathlib import Path

from mappenbau import blatt_aus, schreibe_roh


def erzeuge(ziel: Path) -> None:
    schreibe_roh(ziel, blatt_aus("a" * 30_000_000))
