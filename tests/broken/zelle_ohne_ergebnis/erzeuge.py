"""A formula that was never calculated, as some programs write it."""

import io
import zipfile
from pathlib import Path

import xlsxwriter


def erzeuge(ziel: Path) -> None:
    puffer = io.BytesIO()
    with xlsxwriter.Workbook(puffer) as mappe:
        blatt = mappe.add_worksheet("Daten")
        blatt.write_row("A1", ["Kennziffer", "Raumeinheit", "Aggregat", "Arbeitslose", "Arbeitslose"])
        blatt.write_row("A2", ["", "", "", "2022", "2023"])
        blatt.write_row("A3", ["99001010", "Aubach", "Gemeinden", 12, 11])
        blatt.write_row("A4", ["99001020", "Bergdorf", "Gemeinden", 7, 8])
        blatt.write_formula("D3", "=SUM(E3:E4)")
        mappe.add_worksheet("Quellangabe").write("A1", "INKAR. Ausgabe 2024.")
    with zipfile.ZipFile(puffer) as alt, zipfile.ZipFile(ziel, "w") as neu:
        for teil in alt.namelist():
            neu.writestr(teil, alt.read(teil).replace(b"</f><v>0</v>", b"</f>"))
