"""The declared sheet has another name."""

from pathlib import Path

import xlsxwriter


def erzeuge(ziel: Path) -> None:
    with xlsxwriter.Workbook(ziel) as mappe:
        blatt = mappe.add_worksheet("Daten")
        blatt.name = "Werte"
        blatt.write("A1", "Probetabelle")
