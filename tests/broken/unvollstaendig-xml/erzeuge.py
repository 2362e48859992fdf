"""None"""

from pathlib import Path

from mappenbau import schreibe_inkar


def erzeuge(ziel: Path) -> None:
    schreibe_inkar(ziel, b"<v>14</v></c></row>", b"<v>14</v></row>")
