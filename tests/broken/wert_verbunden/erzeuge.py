"""A value merged over two Gemeinden: the upper one would get it whole, the other nothing."""

from pathlib import Path

import xlsxwriter


def erzeuge(ziel: Path) -> None:
    with xlsxwriter.Workbook(ziel) as mappe:
        blatt = mappe.add_worksheet("Daten")
        blatt.write("A1", "Probetabelle")
        blatt.write_row("A2", ["Schlüssel", "Anzahl"])
        blatt.write("A3", "99001010")
        blatt.write("A4", "99001020")
        blatt.merge_range("B3:B4", 150)
