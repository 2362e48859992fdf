"""A cell whose stored number is beyond every number: a reader makes it infinite."""

import zipfile
from pathlib import Path

import xlsxwriter


def erzeuge(ziel: Path) -> None:
    heil = ziel.with_name("heil.xlsx")
    with xlsxwriter.Workbook(heil) as mappe:
        blatt = mappe.add_worksheet("Daten")
        blatt.write_row("A1", ["Kennziffer", "Raumeinheit", "Aggregat", "Arbeitslose", "Arbeitslose"])
        blatt.write_row("A2", ["", "", "", "2022", "2023"])
        blatt.write_row("A3", ["99001010", "Aubach", "Gemeinden", 12345, 11])
        mappe.add_worksheet("Quellangabe").write("A1", "INKAR. Ausgabe 2024.")
    with zipfile.ZipFile(heil) as archiv, zipfile.ZipFile(ziel, "w", zipfile.ZIP_DEFLATED) as neu:
        for teil in archiv.namelist():
            neu.writestr(teil, archiv.read(teil).replace(b"<v>12345</v>", b"<v>1e999</v>"))
    heil.unlink()
