"""Formulas as a program writes them: each with a dummy 0, and a workbook that asks to be calculated when opened."""

from pathlib import Path

import xlsxwriter


def erzeuge(ziel: Path) -> None:
    with xlsxwriter.Workbook(ziel) as mappe:
        blatt = mappe.add_worksheet("Daten")
        blatt.write_row("A1", ["Kennziffer", "Raumeinheit", "Aggregat", "Arbeitslose", "Arbeitslose"])
        blatt.write_row("A2", ["", "", "", "2022", "2023"])
        blatt.write_row("A3", ["99001010", "Aubach", "Gemeinden", 12, 11])
        blatt.write_formula("D3", "=SUM(E3:E4)")
        mappe.add_worksheet("Quellangabe").write("A1", "INKAR. Ausgabe 2024.")
