"""An error in an old workbook; its value reader sees an empty cell."""

from pathlib import Path

import xlwt


def erzeuge(ziel: Path) -> None:
    mappe = xlwt.Workbook()
    blatt = mappe.add_sheet("Daten")
    for spalte, kopf in enumerate(("Kennziffer", "Raumeinheit", "Aggregat", "Arbeitslose")):
        blatt.write(0, spalte, kopf)
    blatt.write(1, 3, "2023")
    for spalte, wert in enumerate(("99001010", "Aubach", "Gemeinden")):
        blatt.write(2, spalte, wert)
    blatt.row(2).set_cell_error(3, "#DIV/0!")
    mappe.add_sheet("Quellangabe").write(0, 0, "INKAR. Ausgabe 2024.")
    mappe.save(str(ziel))
