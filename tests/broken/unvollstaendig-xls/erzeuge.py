"""An old workbook that was cut off while it was copied."""

import io
from pathlib import Path

import xlwt


def erzeuge(ziel: Path) -> None:
    mappe, puffer = xlwt.Workbook(), io.BytesIO()
    mappe.add_sheet("Daten").write(0, 0, "Kennziffer")
    mappe.save(puffer)
    ziel.write_bytes(puffer.getvalue()[:900] + "Workbook".encode("utf-16-le"))
