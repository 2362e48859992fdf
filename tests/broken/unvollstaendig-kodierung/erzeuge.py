"""None"""

from pathlib import Path

from mappenbau import blatt_aus, schreibe_roh


def erzeuge(ziel: Path) -> None:
    schreibe_roh(ziel, '<?xml version="1.0" encoding="rot13"?>' + blatt_aus(""))
