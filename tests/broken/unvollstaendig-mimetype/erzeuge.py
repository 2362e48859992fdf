"""An OpenDocument table whose first part does not unpack: the compressed bytes are damaged."""

import zipfile
from pathlib import Path


def erzeuge(ziel: Path) -> None:
    with zipfile.ZipFile(ziel, "w", zipfile.ZIP_DEFLATED) as archiv:
        archiv.writestr("mimetype", "application/vnd.oasis.opendocument.spreadsheet")
    daten = bytearray(ziel.read_bytes())
    beginn = 30 + len("mimetype")
    daten[beginn : beginn + 8] = b"\xff" * 8
    ziel.write_bytes(bytes(daten))
