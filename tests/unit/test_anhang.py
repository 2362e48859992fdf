"""The annex: every printed table as a sheet that a spreadsheet can calculate with and a screen reader can read."""

from __future__ import annotations

import io
import re
import zipfile
from dataclasses import replace
from typing import Any

import pytest
from openpyxl import load_workbook

from sozmon.druck.modell import Dokument, Grafik, Tabelle, Zeile
from sozmon.tabellen.anhang import render_anhang
from sozmon.tabellen.anhangblatt import KOPFZEILE, zahlformat
from sozmon.zahlen import Zahl

TABELLE = Tabelle(
    "tab-a",
    "Quote (%)",
    ("Raum", "2022", "2023", "Veränderung 2022–2023 (Prozentpunkte)"),
    (
        Zeile(("Nord", "", "", ""), "gruppe"),
        Zeile(("Ähren", Zahl("1.234,5p¹", 1234.4567), "•", "·")),
        Zeile(("=cmd()", "k. A.", Zahl("−0,5", -0.51), Zahl("+0,4", 0.44))),
        Zeile(("zusammen", Zahl("7", 7.0), "–", Zahl("0,0", -0.04)), "summe"),
    ),
    "Amt A (Datenstand 01.05.2024); Amt B; eigene Berechnungen",
    ("¹ +49 ist keine Formel.", "Zeichen: • = geheim."),
)
GRAFIK = Grafik(
    "abb-a",
    "Linie",
    "alt",
    b"<svg/>",
    b"",
    "Amt B",
    daten=(("Zeit", "Kreis"), ("2023", Zahl("9,0", 9.02)), ("2024", "…")),
)
DOK = Dokument(
    "Sozialbericht", "Musterkreis", "Amt für Soziales", "Datenstand 31.12.2024", "", zeitstempel=1735603200,
    stempel="ENTWURF – Geheimhaltung nicht geprüft",
)  # fmt: skip
OBJEKTE = [("Tabelle\u00a01.2", TABELLE), ("Abbildung\u00a01.3", GRAFIK)]
ERSTE = KOPFZEILE + 2
"""Row of the first value as a spreadsheet counts."""


def mappe(objekte: Any = OBJEKTE, dok: Dokument = DOK) -> Any:
    return load_workbook(io.BytesIO(render_anhang(dok, objekte)))


def xml(daten: bytes) -> str:
    with zipfile.ZipFile(io.BytesIO(daten)) as archiv:
        return "\n".join(archiv.read(n).decode("utf-8") for n in archiv.namelist())


def test_sheets_are_named_after_the_printed_numbers() -> None:
    assert mappe().sheetnames == ["Inhalt", "Tab 1.2", "Abb 1.3", "Zeichenerklärung", "Quellen"]


def test_numbers_are_native_unrounded_and_look_as_printed() -> None:
    blatt = mappe()["Tab 1.2"]
    wert = blatt.cell(ERSTE + 1, 2)
    assert (wert.value, wert.number_format, wert.data_type) == (1234.4567, '#,##0.0"p¹"', "n")
    assert [blatt.cell(ERSTE + 2, s).value for s in (3, 4)] == [-0.51, 0.44]
    assert blatt.cell(ERSTE + 3, 2).number_format == "#,##0"
    assert mappe()["Abb 1.3"].cell(ERSTE, 2).value == 9.02


@pytest.mark.parametrize(
    ("gedruckt", "wert", "muster"),
    [
        ("1.234", 1234.4, "#,##0"),
        ("12,50", 12.5, "#,##0.00"),
        ("−3,1", -3.1, "#,##0.0"),
        ("+3,1", 3.1, "+#,##0.0;-#,##0.0"),
        ("0,0", -0.04, "#,##0.0;#,##0.0"),
        ("5,0s²\u202f³", 5.0, '#,##0.0"s²\u202f³"'),
    ],
)
def test_number_format(gedruckt: str, wert: float, muster: str) -> None:
    assert zahlformat(Zahl(gedruckt, wert)) == muster


def test_signs_and_texts_are_texts() -> None:
    blatt = mappe()["Tab 1.2"]
    zeichen = blatt.cell(ERSTE + 1, 3)
    assert (zeichen.value, zeichen.data_type, zeichen.alignment.horizontal) == ("•", "s", "right")
    name = blatt.cell(ERSTE + 2, 1)
    assert (name.value, name.data_type, name.quotePrefix) == ("=cmd()", "s", True)


def test_no_formula_no_clock_no_user() -> None:
    daten = render_anhang(DOK, OBJEKTE)
    inhalt = xml(daten)
    assert "<f>" not in inhalt and "=cmd()" in inhalt
    assert re.findall(r"20\d\d-\d\d-\d\dT", inhalt) == ["2024-12-31T"] * 2  # created, modified: the Datenstand
    assert re.findall(r"<(?:dc:creator|cp:lastModifiedBy)>([^<]*)<", inhalt) == ["Amt für Soziales"] * 2
    assert daten == render_anhang(DOK, OBJEKTE)
    with zipfile.ZipFile(io.BytesIO(daten)) as archiv:
        assert {i.date_time for i in archiv.infolist()} == {(1980, 1, 1, 0, 0, 0)}


def test_one_head_row_and_no_merged_cell_in_the_table() -> None:
    blatt = mappe()["Tab 1.2"]
    letzte = ERSTE + len(TABELLE.zeilen) - 1
    assert tuple(z.value for z in blatt[KOPFZEILE + 1])[:4] == TABELLE.kopf
    assert blatt.freeze_panes == f"B{ERSTE}" and blatt.print_title_rows == f"${KOPFZEILE + 1}:${KOPFZEILE + 1}"
    assert not [m for m in blatt.merged_cells.ranges if m.max_row > KOPFZEILE and m.min_row <= letzte]
    assert blatt.cell(ERSTE, 1).font.b and blatt.cell(letzte, 2).font.b
    assert blatt.cell(letzte, 2).border.top.style == "thin"


def test_title_stamp_notes_and_source_stand_around_the_table() -> None:
    blatt = mappe()["Tab 1.2"]
    spalte = [z.value for z in blatt["A"] if z.value]
    assert spalte[:3] == ["Tabelle 1.2  Quote (%)", "Sozialbericht · Datenstand 31.12.2024", DOK.stempel]
    assert spalte[-4:] == [*TABELLE.fussnoten, f"Quelle: {TABELLE.quelle}", "Zum Inhalt"]
    assert DOK.stempel in blatt.oddHeader.right.text and blatt.page_setup.orientation == "landscape"
    geprueft = mappe(dok=replace(DOK, stempel=""))
    assert "ENTWURF" not in " ".join(str(z.value) for b in geprueft for zeile in b for z in zeile)


def test_chart_data_explain_their_signs() -> None:
    spalte = [z.value for z in mappe()["Abb 1.3"]["A"] if z.value]
    assert "Zeichen: … = fällt später an." in spalte


def test_contents_link_every_sheet() -> None:
    seite = mappe()["Inhalt"]
    ziele = {z.value: z.hyperlink.location for zeile in seite for z in zeile if z.hyperlink}
    assert ziele == {n: f"'{n}'!A1" for n in ("Tab 1.2", "Abb 1.3", "Zeichenerklärung", "Quellen")}
    assert "Quote (%)" in [z.value for z in seite["B"]]


def test_sources_name_the_sheets_that_use_them() -> None:
    zeilen = [(z[0].value, z[1].value) for z in mappe()["Quellen"].iter_rows(min_row=ERSTE) if z[1].value]
    assert zeilen == [
        ("Amt A (Datenstand 01.05.2024)", "Tab 1.2"),
        ("Amt B", "Tab 1.2, Abb 1.3"),
        ("eigene Berechnungen", "Tab 1.2"),
    ]


def test_photos_get_no_sheet_and_no_name_comes_twice() -> None:
    foto = replace(GRAFIK, daten=())
    objekte = [("Tabelle 1.1", TABELLE), ("Tabelle 1.1", TABELLE), ("Abbildung 1.1", foto), ("Tabelle A/1", TABELLE)]
    assert mappe(objekte).sheetnames[1:4] == ["Tab 1.1", "Tab 1.1 (2)", "Tab A-1"]


def test_long_and_narrow_tables_stand_upright() -> None:
    lang = replace(TABELLE, zeilen=TABELLE.zeilen[1:2] * 40)
    assert mappe([("Tabelle 1.1", lang)])["Tab 1.1"].page_setup.orientation == "portrait"
