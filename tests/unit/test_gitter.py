"""Grids: text decoding, addresses, workbooks with what their values hide."""

from __future__ import annotations

import datetime
from pathlib import Path

import pytest
import xlsxwriter
import xlwt
from hypothesis import given
from hypothesis import strategies as st

from sozmon.dateien import AblehnungError, open_datei
from sozmon.quellen import mappe
from sozmon.quellen.csvtext import dekodiere, trennzeichen, zerlege
from sozmon.quellen.gitter import (
    DATUM,
    FEHLERWERT,
    Blatt,
    adresse,
    als_text,
    read_gitter,
    spaltenname,
    spaltennummer,
)


@pytest.mark.parametrize(
    "daten",
    [
        "Döbeln".encode(),
        "Döbeln".encode("utf-8-sig"),
        "Döbeln".encode("cp1252"),
        "Döbeln".encode("utf-16"),
        "Do\u0308beln".encode(),
    ],
)
def test_dekodiere_gives_one_text(daten: bytes) -> None:
    assert dekodiere(daten, "x")[0] == "Döbeln"


def test_dekodiere_shows_names_to_look_at() -> None:
    text, [meldung] = dekodiere("Döbeln;Lübben;Mühlau;Gröditz".encode("cp1252"), "x")
    assert text.startswith("Döbeln")
    assert "Döbeln, Lübben, Mühlau." in meldung.text


@given(st.integers(0, 16_383))
def test_spaltenname_and_back(spalte: int) -> None:
    assert spaltennummer(spaltenname(spalte)) == spalte


def test_adresse() -> None:
    assert adresse(Blatt("Daten", [], "xlsx"), 56, 10) == "Daten!K57"
    assert adresse(Blatt("", [], "csv"), 11, 2) == "Zeile 12, Spalte 3"
    assert [spaltenname(i) for i in (0, 25, 26, 16_383)] == ["A", "Z", "AA", "XFD"]


@pytest.mark.parametrize(("zelle", "text"), [(14522010.0, "14522010"), (1.5, "1.5"), (" x ", "x"), (7, "7")])
def test_als_text(zelle: str | int | float, text: str) -> None:
    assert als_text(zelle) == text


@pytest.mark.parametrize(
    ("text", "trenner"), [("a;b\n1,5;2", ";"), ("a\tb\n1\t2", "\t"), ("a,b\n1,2", ","), ("a", ";")]
)
def test_trennzeichen(text: str, trenner: str) -> None:
    assert trennzeichen(text) == trenner


FELDER = st.text(st.characters(blacklist_characters='\n\r\0"', blacklist_categories=("Cs",)), max_size=8)


@given(st.lists(st.lists(FELDER, min_size=2, max_size=4), min_size=1, max_size=6))
def test_quoted_and_plain_rows_agree(zeilen: list[list[str]]) -> None:
    """What is quoted throughout reads as what was written."""
    text = "\n".join(";".join(f'"{f}"' for f in z) for z in zeilen)
    assert zerlege(text, "x", ";") == zeilen


def schreibe(ziel: Path) -> Path:
    with xlsxwriter.Workbook(ziel) as buch:
        blatt = buch.add_worksheet("Daten")
        blatt.write("B2", "x")
        blatt.write("B3", 1051001)
        blatt.write("B4", "0105")
        blatt.write("B5", 0.123)
        blatt.write("B6", True)
        blatt.write_datetime("B7", datetime.date(2023, 10, 6), buch.add_format({"num_format": "dd. mmm"}))
        blatt.write_formula("B8", "=1/0", None, "#DIV/0!")
        blatt.set_row(4, None, None, {"hidden": True})
        blatt.set_column("D:E", None, None, {"hidden": True})
        buch.add_worksheet("Verborgen").hide()
    return ziel


def test_workbook_keeps_addresses_numbers_and_marks(tmp_path: Path) -> None:
    with open_datei(str(schreibe(tmp_path / "a.xlsx"))) as datei:
        [daten, _], meldungen = read_gitter(datei)
    assert [daten.zelle(z, 1) for z in range(7)] == ["", "x", 1051001, "0105", 0.123, "WAHR", "2023-10-06"]
    assert daten.marken == {(6, 1): DATUM, (7, 1): FEHLERWERT}
    assert daten.verborgene_zeilen == {4}
    assert daten.verborgene_spalten == {3, 4}
    assert {m.kennung for m in meldungen} == {
        "zelle_datum",
        "zelle_fehlerwert",
        "zeilen_verborgen",
        "blatt_verborgen",
        "formeln",
    }


def test_dimension_tag_is_not_trusted(tmp_path: Path) -> None:
    """A stale <dimension> made another reader see 3 of 999 999 rows."""
    import zipfile

    with xlsxwriter.Workbook(tmp_path / "a.xlsx") as buch:
        blatt = buch.add_worksheet("Daten")
        for zeile in range(500):
            blatt.write(zeile, 0, zeile)
    with zipfile.ZipFile(tmp_path / "a.xlsx") as alt, zipfile.ZipFile(tmp_path / "b.xlsx", "w") as neu:
        for teil in alt.namelist():
            neu.writestr(teil, alt.read(teil).replace(b'ref="A1:A500"', b'ref="A1:A3"'))
    with open_datei(str(tmp_path / "b.xlsx")) as datei:
        [daten], _ = read_gitter(datei)
    assert len(daten.zeilen) == 500


def test_old_workbook(tmp_path: Path) -> None:
    buch = xlwt.Workbook()
    blatt = buch.add_sheet("Däten")
    blatt.write(1, 1, "x")
    blatt.row(2).set_cell_error(1, "#DIV/0!")
    blatt.write(4, 1, 7)
    blatt.row(4).hidden = True
    buch.save(str(tmp_path / "a.xls"))
    with open_datei(str(tmp_path / "a.xls")) as datei:
        [daten], _ = read_gitter(datei)
    assert daten.zelle(1, 1) == "x"
    assert daten.marken == {(2, 1): FEHLERWERT}
    assert daten.verborgene_zeilen == {4}


def test_both_ways_to_look_at_a_sheet_agree(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The fast look may only skip parts in which the long one finds nothing."""
    with xlsxwriter.Workbook(tmp_path / "a.xlsx") as buch:
        buch.add_worksheet("Daten").write_row("A1", ["a", 1, 2.5])
    with open_datei(str(tmp_path / "a.xlsx")) as datei:
        schnell, _ = read_gitter(datei)
        monkeypatch.setattr(mappe, "_ist_harmlos", lambda *_: False)
        lang, _ = read_gitter(datei)
    assert schnell == lang


@given(st.binary(max_size=300))
def test_any_bytes_end_in_text_or_refusal(daten: bytes) -> None:
    try:
        text, _ = dekodiere(daten, "x")
        zerlege(text, "x")
    except AblehnungError as fehler:
        assert fehler.art and fehler.text
