"""A workbook that was cut off while it was copied."""

import io
from pathlib import Path

import xlsxwriter


def erzeuge(ziel: Path) -> None:
    puffer = io.BytesIO()
    with xlsxwriter.Workbook(puffer) as mappe:
        mappe.add_worksheet("Daten").write("A1", "Kennziffer")
    ziel.write_bytes(puffer.getvalue()[:-200])
