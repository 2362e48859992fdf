"""None"""

from pathlib import Path

from mappenbau import schreibe_roh


def erzeuge(ziel: Path) -> None:
    schreibe_roh(ziel, weitere={"../../fremd.xml": "<x/>"})
