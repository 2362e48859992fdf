"""The sheet that is read is hidden."""

from pathlib import Path

import xlsxwriter


def erzeuge(ziel: Path) -> None:
    with xlsxwriter.Workbook(ziel) as mappe:
        blatt = mappe.add_worksheet("Daten")
        blatt.write_row("A1", ["Kennziffer", "Raumeinheit", "Aggregat", "Arbeitslose", "Arbeitslose"])
        blatt.write_row("A2", ["", "", "", "2022", "2023"])
        blatt.write_row("A3", ["99001010", "Aubach", "Gemeinden", 12, 11])
        blatt.write_row("A4", ["99001020", "Bergdorf", "Gemeinden", 7, 8])
        quelle = mappe.add_worksheet("Quellangabe")
        quelle.write("A1", "INKAR. Ausgabe 2024.")
        quelle.activate()
        blatt.hide()
