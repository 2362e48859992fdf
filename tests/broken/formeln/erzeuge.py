"""A value that a formula computed, with its stored result."""

from pathlib import Path

import xlsxwriter


def erzeuge(ziel: Path) -> None:
    with xlsxwriter.Workbook(ziel) as mappe:
        blatt = mappe.add_worksheet("Daten")
        blatt.write_row("A1", ["Kennziffer", "Raumeinheit", "Aggregat", "Arbeitslose"])
        blatt.write_row("A2", ["", "", "", "2023"])
        blatt.write_row("A3", ["99001010", "Aubach", "Gemeinden", 12])
        blatt.write_row("A4", ["99001020", "Bergdorf", "Gemeinden"])
        blatt.write_formula("D4", "=D3-5", value=7)
        blatt.write_row("A5", ["99001030", "Celltal", "Gemeinden", 3])
        mappe.add_worksheet("Quellangabe").write("A1", "INKAR. Ausgabe 2024.")
