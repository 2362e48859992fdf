"""None"""

from pathlib import Path

from mappenbau import blatt_aus, schreibe_roh


def erzeuge(ziel: Path) -> None:
    lachen = '<!DOCTYPE x [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;&a;">]>'
    schreibe_roh(ziel, lachen + blatt_aus(""))
