"""An archive whose first part, which says what it is, cannot be unpacked."""

import zipfile
from pathlib import Path


def erzeuge(ziel: Path) -> None:
    with zipfile.ZipFile(ziel, "w", zipfile.ZIP_DEFLATED) as archiv:
        archiv.writestr("mimetype", "application/vnd.oasis.opendocument.spreadsheet")
    daten = bytearray(ziel.read_bytes())
    anfang = 30 + len("mimetype")
    daten[anfang : anfang + 4] = b"\xff\xff\xff\xff"  # no kind of compressed block
    ziel.write_bytes(daten)
