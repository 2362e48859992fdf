"""For spreadsheets: text stays text, whatever it looks like."""

from __future__ import annotations

import io
from collections.abc import Sequence
from typing import Any

from sozmon.tabellen.breit import Eigenname, Wert
from sozmon.tabellen.maschine import Zeile, csv_zeile, maschinentext
from sozmon.tabellen.mensch import Stellen, zeichen
from sozmon.zahlen import format_datum

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


ERLAEUTERUNG = "Erläuterung"
"""Second sheet: what the ids in the first one mean."""
_BREITEN = (14, 34, 100)


def render_xlsx(
    zeilen: Sequence[Zeile],
    spalten: Sequence[str],
    blatt: str,
    *,
    stellen: Stellen | None = None,
    erlaeuterung: Sequence[tuple[str, str, str]] = (),
) -> bytes:
    """A workbook whose text cells stay text: no formula, no link, no lost leading zero; the same bytes every time.

    Numbers are whole; what people see of them are the decimals of ``stellen``. ``erlaeuterung`` becomes a second sheet.
    """
    from datetime import datetime

    import xlsxwriter

    from sozmon.errors import AufrufError

    if len(zeilen) > _XLSX_ZEILEN:
        raise AufrufError("Zu viele Zeilen für eine Arbeitsmappe.", abhilfe="--format parquet oder csv wählen.")
    puffer = io.BytesIO()
    mappe = xlsxwriter.Workbook(puffer, {"in_memory": True, **SICHER})
    mappe.set_properties({"created": datetime(2000, 1, 1)})
    _Datenblatt(mappe, mappe.add_worksheet(blatt), stellen).schreibe(zeilen, spalten)
    if erlaeuterung:
        _schreibe_erlaeuterung(mappe, mappe.add_worksheet(ERLAEUTERUNG), erlaeuterung)
    mappe.close()
    return puffer.getvalue()


class _Datenblatt:
    """The sheet of the values: head, filter, columns as wide as their content."""

    def __init__(self, mappe: Any, seite: Any, stellen: Stellen | None) -> None:
        self.mappe, self.seite, self.stellen = mappe, seite, stellen
        kopf = {"bold": True, "bottom": 1, "text_wrap": True, "valign": "top"}
        self.kopf, self.kopf_rechts = mappe.add_format(kopf), mappe.add_format({**kopf, "align": "right"})
        self.text = mappe.add_format({"num_format": "@"})
        self.zeichen = mappe.add_format({"num_format": "@", "align": "right"})
        self._zahlen: dict[int | None, Any] = {}

    def schreibe(self, zeilen: Sequence[Zeile], spalten: Sequence[str]) -> None:
        self.seite.freeze_panes(1, 0)
        for j, spalte in enumerate(spalten):
            kopf = self.kopf_rechts if isinstance(spalte, Eigenname) else self.kopf
            self.seite.write_string(0, j, " ".join(map(format_datum, spalte.split(" "))), kopf)
            breite = max((self._schreibe_zelle(i, j, z, spalte) for i, z in enumerate(zeilen, 1)), default=0)
            self.seite.set_column(j, j, min(48, max(9, breite + 2, min(len(spalte) + 2, 18))))
        if any(" " in s for s in spalten):
            self.seite.set_row(0, 32)  # two lines: the library does not measure wrapped text
        if zeilen and spalten:
            self.seite.autofilter(0, 0, len(zeilen), len(spalten) - 1)
        self._drucke_quer()

    def _drucke_quer(self) -> None:
        self.seite.set_landscape()
        self.seite.set_paper(9)
        self.seite.fit_to_pages(1, 0)
        self.seite.repeat_rows(0)

    def _schreibe_zelle(self, i: int, j: int, zeile: Zeile, spalte: str) -> int:
        """Write one cell; the number of characters that it shows."""
        wert = zeile.get(spalte)
        if isinstance(wert, Wert):  # in the wide form a sign stands where there is no number
            zeile, spalte, wert = wert.zeile, "wert", wert.zeile["wert"]
            if wert is None:
                self.seite.write_string(i, j, zeichen(zeile), self.zeichen)
                return 4
        if isinstance(wert, (int, float)) and not isinstance(wert, bool):
            stellen = self.stellen(zeile, spalte) if self.stellen else None
            self.seite.write_number(i, j, wert, self._zahl(spalte, stellen))
            return len(f"{wert:.{stellen or 0}f}") + 2
        if wert is None:
            return 0
        text = gekuerzt(maschinentext(wert))
        self.seite.write_string(i, j, text, self.text)
        return len(text)

    def _zahl(self, spalte: str, stellen: int | None) -> Any:
        """Format with the decimals that people see; a year has no dot between the thousands."""
        if spalte == "jahr" or stellen is None:
            return None
        if stellen not in self._zahlen:
            muster = "#,##0" + ("." + "0" * stellen if stellen else "")
            self._zahlen[stellen] = self.mappe.add_format({"num_format": muster})
        return self._zahlen[stellen]


def _schreibe_erlaeuterung(mappe: Any, seite: Any, zeilen: Sequence[tuple[str, str, str]]) -> None:
    kopf = mappe.add_format({"bold": True, "bottom": 1})
    text = mappe.add_format({"num_format": "@", "text_wrap": True, "valign": "top"})
    for j, (titel, breite) in enumerate(zip(("Was", "Kennung", "Bedeutung"), _BREITEN, strict=True)):
        seite.write_string(0, j, titel, kopf)
        seite.set_column(j, j, breite)
    for i, zeile in enumerate(zeilen, 1):
        for j, zelle in enumerate(zeile):
            seite.write_string(i, j, gekuerzt(zelle), text)
    seite.freeze_panes(1, 0)
    seite.fit_to_pages(1, 0)
    seite.set_landscape()
    seite.set_paper(9)


def gekuerzt(text: str) -> str:
    """Cut visibly what a cell cannot hold; the library would leave the cell empty without a word."""
    return text if len(text) <= _XLSX_TEXT else text[: _XLSX_TEXT - 1] + "…"
