"""None"""

from pathlib import Path

from mappenbau import blatt_aus, schreibe_roh


def erzeuge(ziel: Path) -> None:
    zeilen = ('<row r="1"><c r="A1"><v>1</v></c></row>', '<row r="2"><c r="A2"><v>2</v></c></row>')
    schreibe_roh(ziel, blatt_aus("</sheetData><sheetData>".join(zeilen)))
