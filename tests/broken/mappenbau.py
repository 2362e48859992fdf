"""Workbooks with one thing wrong, for the ``erzeuge.py`` of the cases: a small good one, and one of bare XML."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Mapping
from pathlib import Path

import xlsxwriter

BLATT = "xl/worksheets/sheet1.xml"
_MAPPE = (
    '<workbook xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main" '
    'xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships">'
    '<sheets><sheet name="Daten" sheetId="1" r:id="rId1"/></sheets></workbook>'
)
_BEZUEGE = (
    '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
    '<Relationship Id="rId1" Type="worksheet" Target="worksheets/sheet1.xml"/></Relationships>'
)


def schreibe_inkar(ziel: Path, alt: bytes, neu: bytes, *, blatt: str = BLATT) -> None:
    """An INKAR table of Arbeitslose (Aubach 12, Bergdorf 14) in whose sheet ``alt``, once there, becomes ``neu``."""
    puffer = io.BytesIO()
    with xlsxwriter.Workbook(puffer) as mappe:
        daten = mappe.add_worksheet("Daten")
        daten.write_row("A1", ["Kennziffer", "Raumeinheit", "Aggregat", "Arbeitslose"])
        daten.write_row("A2", ["", "", "", "2023"])
        daten.write_row("A3", ["99001010", "Aubach", "Gemeinden", 12])
        daten.write_row("A4", ["99001020", "Bergdorf", "Gemeinden", 14])
        mappe.add_worksheet("Quellangabe").write("A1", "INKAR. Ausgabe 2024.")
    with zipfile.ZipFile(puffer) as heil, zipfile.ZipFile(ziel, "w") as archiv:
        for teil in heil.namelist():
            inhalt = heil.read(teil)
            if teil == BLATT:
                assert inhalt.count(alt) == 1
                inhalt = inhalt.replace(alt, neu)
            archiv.writestr(blatt if teil == BLATT else teil, inhalt)


def blatt_aus(zeilen: str) -> str:
    """XML of a sheet with these rows."""
    kopf = '<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main">'
    return f"{kopf}<sheetData>{zeilen}</sheetData></worksheet>"


def schreibe_roh(ziel: Path, blatt: str = "", weitere: Mapping[str, str] | None = None) -> None:
    """A workbook of the fewest parts: the XML of its sheet, and ``weitere`` parts by name."""
    with zipfile.ZipFile(ziel, "w", zipfile.ZIP_DEFLATED) as archiv:
        archiv.writestr("[Content_Types].xml", "<Types/>")
        archiv.writestr("xl/workbook.xml", _MAPPE)
        archiv.writestr("xl/_rels/workbook.xml.rels", _BEZUEGE)
        archiv.writestr(BLATT, blatt or blatt_aus(""))
        for name, inhalt in (weitere or {}).items():
            archiv.writestr(name, inhalt)
