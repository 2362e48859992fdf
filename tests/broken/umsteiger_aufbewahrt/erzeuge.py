"""The head of a conversion key."""

from pathlib import Path

import xlsxwriter


def erzeuge(ziel: Path) -> None:
    with xlsxwriter.Workbook(ziel) as mappe:
        blatt = mappe.add_worksheet("Daten")
        blatt.write_row(
            "A1",
            ["Gemeinden\n 31.12.2022", "Name", "flächenproportionaler Umsteige-schlüssel", "Gemeinden\n 31.12.2023"],
        )
        blatt.write_row("A2", [99001010, "Aubach", 1, 99001010])
