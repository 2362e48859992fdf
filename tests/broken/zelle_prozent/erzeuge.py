"""A share formatted as such: Excel shows 5,2 %, stored is 0.052."""

from pathlib import Path

import xlsxwriter


def erzeuge(ziel: Path) -> None:
    with xlsxwriter.Workbook(ziel) as mappe:
        blatt = mappe.add_worksheet("Daten")
        blatt.write("A1", "Probetabelle")
        blatt.write_row("A2", ["Schlüssel", "Anzahl"])
        blatt.write_row("A3", ["99001010", 12])
        blatt.write("A4", "99001020")
        blatt.write("B4", 0.052, mappe.add_format({"num_format": "0.0%"}))
