"""345 with a raised footnote 1: as a text it reads 3451. The raised 2 at the name of a Gemeinde does no harm."""

from pathlib import Path

import xlsxwriter


def erzeuge(ziel: Path) -> None:
    with xlsxwriter.Workbook(ziel) as mappe:
        hoch = mappe.add_format({"font_script": 1})
        blatt = mappe.add_worksheet("Daten")
        blatt.write_row("A1", ["Kennziffer", "Raumeinheit", "Aggregat", "Arbeitslose"])
        blatt.write_row("A2", ["", "", "", "2023"])
        blatt.write_row("A3", ["99001010", "Aubach", "Gemeinden"])
        blatt.write_rich_string("D3", "345", hoch, "1")
        blatt.write_rich_string("B3", "Aubach", hoch, "2")
        mappe.add_worksheet("Quellangabe").write("A1", "INKAR. Ausgabe 2024.")
