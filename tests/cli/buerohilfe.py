"""Let LibreOffice itself open a workbook, type into its cells as a person does, and save it as XLSX or CSV."""

from __future__ import annotations

import html
import subprocess
from collections.abc import Mapping
from pathlib import Path

CSV_UTF8, CSV_KOMMA_ANSI, CSV_TAB = "59,34,76,1", "44,34,ANSI,1", "9,34,76,1"
"""Filter options: separator, quote, character set, first row. ANSI is Windows-1252."""
_DTD = '<!DOCTYPE {0} PUBLIC "-//OpenOffice.org//DTD OfficeDocument 1.0//EN" "{1}.dtd">'
_KOPF = '<?xml version="1.0" encoding="UTF-8"?>\n'
_MODUL = (
    f"{_KOPF}{_DTD.format('script:module', 'module')}\n"
    '<script:module xmlns:script="http://openoffice.org/2000/script" script:name="Modul" '
    'script:language="StarBasic">{}</script:module>'
)
_BIBLIOTHEK = (
    f"{_KOPF}{_DTD.format('library:library', 'library')}\n"
    '<library:library xmlns:library="http://openoffice.org/2000/library" library:name="Standard" '
    'library:readonly="false" library:passwordprotected="false"><library:element library:name="Modul"/>'
    "</library:library>"
)


def fuelle(mappe: Path, zellen: Mapping[str, str], ziele: Mapping[Path, str], profil: Path) -> None:
    """Type ``zellen`` (address → keys) into the first sheet, save under each target: '' = XLSX, else CSV options."""
    zeilen = [f'blatt.getCellRangeByName("{ort}").FormulaLocal = "{text}"' for ort, text in zellen.items()]
    for ziel, optionen in ziele.items():
        filter_ = "Text - txt - csv (StarCalc)" if optionen else "Calc MS Excel 2007 XML"
        zeilen += [f'p(0).Value = "{filter_}"', f'p(1).Value = "{optionen}"', f'dok.storeToURL("{ziel.as_uri()}", p())']
    basic = "\n".join((
        "Sub Fuelle",
        "On Error GoTo Ende",  # an error would wait for ever behind a dialog that nobody sees
        "Dim q(0) As New com.sun.star.beans.PropertyValue",
        "Dim p(1) As New com.sun.star.beans.PropertyValue",
        'q(0).Name = "Hidden" : q(0).Value = True',
        'p(0).Name = "FilterName" : p(1).Name = "FilterOptions"',
        f'dok = StarDesktop.loadComponentFromURL("{mappe.as_uri()}", "_blank", 0, q())',
        "blatt = dok.Sheets.getByIndex(0)",
        *zeilen,
        "dok.close(True)",
        "Ende:",
        "StarDesktop.terminate()",
        "End Sub",
    ))  # fmt: skip
    _soffice(profil, "--terminate_after_init")  # makes the profile; a macro put there before would be lost
    ordner = profil / "user" / "basic" / "Standard"
    ordner.mkdir(parents=True, exist_ok=True)
    (ordner / "Modul.xba").write_text(_MODUL.format(html.escape(basic)), "utf-8")
    (ordner / "script.xlb").write_text(_BIBLIOTHEK, "utf-8")
    _soffice(profil, "macro:///Standard.Modul.Fuelle")
    fehlend = [ziel.name for ziel in ziele if not ziel.exists()]
    assert not fehlend, f"LibreOffice wrote no {fehlend}"


def _soffice(profil: Path, wort: str) -> None:
    befehl = ["soffice", f"-env:UserInstallation={profil.as_uri()}", "--headless", "--norestore", wort]
    subprocess.run(befehl, capture_output=True, check=True, timeout=180)
