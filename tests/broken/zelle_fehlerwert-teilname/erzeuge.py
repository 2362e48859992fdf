"""None"""

from pathlib import Path

from mappenbau import schreibe_inkar


def erzeuge(ziel: Path) -> None:
    schreibe_inkar(ziel, b'<c r="D4"><v>14</v>', b'<c r="D4" t="e"><v>#N/A</v>', blatt="xl/worksheets/SHEET1.XML")
