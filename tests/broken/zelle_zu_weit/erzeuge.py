"""None"""

from pathlib import Path

from mappenbau import blatt_aus, schreibe_roh


def erzeuge(ziel: Path) -> None:
    schreibe_roh(ziel, blatt_aus('<row r="1048576"><c r="XFD1048576"><v>1</v></c></row>'))
