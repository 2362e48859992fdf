"""A workbook with a macro part and a link to another file: neither is run or followed."""

import io
import zipfile
from pathlib import Path

import xlsxwriter


def erzeuge(ziel: Path) -> None:
    puffer = io.BytesIO()
    with xlsxwriter.Workbook(puffer) as mappe:
        blatt = mappe.add_worksheet("Daten")
        blatt.write_row("A1", ["Kennziffer", "Raumeinheit", "Aggregat", "Arbeitslose"])
        blatt.write_row("A2", ["", "", "", "2023"])
        for zeile, (schluessel, name) in enumerate(
            (("99001010", "Aubach"), ("99001020", "Bergdorf"), ("99001030", "Celltal"))
        ):
            blatt.write_row(2 + zeile, 0, [schluessel, name, "Gemeinden", 12 + zeile])
        mappe.add_worksheet("Quellangabe").write("A1", "INKAR. Ausgabe 2024.")
    with zipfile.ZipFile(puffer) as alt, zipfile.ZipFile(ziel, "w") as neu:
        for teil in alt.namelist():
            neu.writestr(teil, alt.read(teil))
        neu.writestr("xl/vbaProject.bin", b"\xd0\xcf\x11\xe0")
        neu.writestr("xl/externalLinks/externalLink1.xml", "<externalLink/>")
