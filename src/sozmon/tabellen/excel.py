"""For spreadsheets: text stays text, whatever it looks like."""

from __future__ import annotations

import io
from collections.abc import Sequence

from sozmon.tabellen.breit import Wert
from sozmon.tabellen.maschine import Zeile, csv_zeile, maschinentext
from sozmon.tabellen.mensch import zeichen

FORMELZEICHEN = ("=", "+", "-", "@", "\t", "\r", "\n", "\uff1d", "\uff0b", "\uff0d", "\uff20")
"""A text cell that begins so would be calculated by a spreadsheet; the last four are full-width."""


def render_csv_excel(zeilen: Sequence[Zeile], spalten: Sequence[str]) -> bytes:
    """``;``, decimal comma, BOM, CRLF; text that a spreadsheet would calculate gets an apostrophe."""
    texte = [list(spalten), *([_exceltext(z.get(s)) for s in spalten] for z in zeilen)]
    return "".join(csv_zeile(t, ";") + "\r\n" for t in texte).encode("utf-8-sig", "backslashreplace")


def _exceltext(wert: object) -> str:
    text = maschinentext(wert)
    if isinstance(wert, float):
        return text.replace(".", ",")
    return f"'{text}" if not isinstance(wert, int) and text.startswith(FORMELZEICHEN) else text


SICHER = {"strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
"""Options of a workbook in which a text stays a text."""
_XLSX_ZEILEN, _XLSX_TEXT = 1_048_575, 32_767


def render_xlsx(zeilen: Sequence[Zeile], spalten: Sequence[str], blatt: str) -> bytes:
    """A workbook whose text cells stay text: no formula, no link, no lost leading zero; the same bytes every time."""
    from datetime import datetime

    import xlsxwriter

    from sozmon.errors import AufrufError

    if len(zeilen) > _XLSX_ZEILEN:
        raise AufrufError("Zu viele Zeilen für eine Arbeitsmappe.", abhilfe="--format parquet oder csv wählen.")
    puffer = io.BytesIO()
    mappe = xlsxwriter.Workbook(puffer, {"in_memory": True, **SICHER})
    mappe.set_properties({"created": datetime(2000, 1, 1)})
    kopf, text = mappe.add_format({"bold": True, "bottom": 1}), mappe.add_format({"num_format": "@"})
    seite = mappe.add_worksheet(blatt)
    seite.freeze_panes(1, 0)
    for j, spalte in enumerate(spalten):
        seite.write_string(0, j, spalte, kopf)
        seite.set_column(j, j, min(40, max(10, len(spalte) + 2)))
        for i, zeile in enumerate(zeilen, start=1):
            wert = zeile.get(spalte)
            if isinstance(wert, Wert):  # in the wide form a sign stands where there is no number
                wert = wert.zeile["wert"] if wert.zeile["wert"] is not None else zeichen(wert.zeile)
            if isinstance(wert, (int, float)) and not isinstance(wert, bool):
                seite.write_number(i, j, wert)
            elif wert is not None:
                seite.write_string(i, j, gekuerzt(maschinentext(wert)), text)
    mappe.close()
    return puffer.getvalue()


def gekuerzt(text: str) -> str:
    """Cut visibly what a cell cannot hold; the library would leave the cell empty without a word."""
    return text if len(text) <= _XLSX_TEXT else text[: _XLSX_TEXT - 1] + "…"
