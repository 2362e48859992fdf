"""Every format of a table, read back by an independent reader."""

from __future__ import annotations

import csv
import io
import json
import subprocess
import sys
import zipfile
from typing import Any

import openpyxl
import pyarrow.parquet as pq
import pytest
from hypothesis import given
from hypothesis import strategies as st

from sozmon.model import INDIKATORWERTE
from sozmon.tabellen import FORMATE, menschenwert, render_tabelle

SPALTEN = ("raum_id", "raum", "zeit", "indikator", "wert", "wert_min", "einheit", "status", "kennzeichen")


def zeile(**felder: Any) -> dict[str, Any]:
    vorgabe = {
        "raum_id": "01001000",
        "raum": "Aue",
        "zeit": "2021",
        "indikator": "alq",
        "wert": 4.521346467,
        "wert_min": None,
        "einheit": "%",
        "status": "wert",
        "kennzeichen": "",
    }
    return vorgabe | felder


ZEILEN = [
    zeile(),
    zeile(zeit="2022", wert=None, status="geheim"),
    zeile(raum_id="02", raum="Berg, Stadt", wert=0.0, status="null_genau"),
    zeile(raum_id="02", raum="Berg, Stadt", zeit="2022", wert=-1234.5, kennzeichen="p"),
]


def als_csv(daten: bytes, trenner: str = ",") -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(daten.decode("utf-8-sig"), newline=""), delimiter=trenner))


def test_csv_is_exact_and_ordered() -> None:
    daten = render_tabelle(ZEILEN, SPALTEN, "csv")
    assert daten.startswith(b"raum_id,raum,zeit,") and b"\r" not in daten
    gelesen = als_csv(daten)
    assert list(gelesen[0]) == list(SPALTEN)
    assert [z["raum_id"] for z in gelesen] == ["01001000", "01001000", "02", "02"]
    assert [z["wert"] for z in gelesen] == ["4.521346467", "", "0", "-1234.5"]
    assert float(gelesen[0]["wert"]) == 4.521346467
    assert gelesen[2]["raum"] == "Berg, Stadt"


@pytest.mark.parametrize("format", ["csv", "jsonl", "json", "md", "text"])
def test_the_five_text_formats_need_no_heavy_library(format: str) -> None:
    programm = (
        "import sys; from sozmon.tabellen import render_tabelle; "
        "zeilen = [{'raum_id': '1', 'wert': 1.5, 'zeit': '2021'}]; "
        f"render_tabelle(zeilen, ['raum_id', 'zeit', 'wert'], {format!r}, breit='zeit'); "
        "print([m for m in ('pandas', 'pyarrow', 'numpy', 'xlsxwriter') if m in sys.modules])"
    )
    lauf = subprocess.run([sys.executable, "-c", programm], capture_output=True, text=True, check=True)
    assert lauf.stdout.strip() == "[]"


def test_json_formats_are_the_same_rows() -> None:
    zeilen = [json.loads(z) for z in render_tabelle(ZEILEN, SPALTEN, "jsonl").decode().splitlines()]
    assert zeilen == json.loads(render_tabelle(ZEILEN, SPALTEN, "json"))
    assert zeilen[0]["wert"] == 4.521346467 and zeilen[1]["wert"] is None and list(zeilen[0]) == list(SPALTEN)


def test_parquet_has_stable_types() -> None:
    leer = pq.read_table(io.BytesIO(render_tabelle([], INDIKATORWERTE, "parquet")))
    voll = pq.read_table(io.BytesIO(render_tabelle(ZEILEN, SPALTEN, "parquet")))
    assert voll.column("raum_id").to_pylist() == ["01001000", "01001000", "02", "02"]
    assert voll.column("wert").to_pylist() == [4.521346467, None, 0.0, -1234.5]
    assert str(voll.schema.field("wert").type) == "double"
    assert leer.num_rows == 0 and leer.column_names == list(INDIKATORWERTE)
    assert str(leer.schema.field("wert").type) == "double" and str(leer.schema.field("raum_id").type) == "string"


GEFAEHRLICH = [
    "=1+1",
    "+1",
    "-1",
    "@SUM(A1)",
    "\t=1",
    "\r=1",
    "http://x.example",
    "mailto:a@b.example",
    "{=1}",
    "01001000",
    "1E5",
    "=" * 300,
]


@pytest.mark.parametrize("text", GEFAEHRLICH)
def test_xlsx_cells_stay_text(text: str) -> None:
    daten = render_tabelle([zeile(raum=text, raum_id=text)], SPALTEN, "xlsx")
    blatt = openpyxl.load_workbook(io.BytesIO(daten)).active
    assert blatt is not None
    wie_gelesen = text.replace("\r", "_x000D_")  # how a workbook spells it
    assert blatt["B2"].value == wie_gelesen and blatt["B2"].data_type == "s"
    assert blatt["A2"].data_type == "s" and blatt["A2"].number_format == "@"
    with zipfile.ZipFile(io.BytesIO(daten)) as z:
        xml = "".join(z.read(n).decode() for n in z.namelist() if n.startswith("xl/worksheets/"))
        assert "<f>" not in xml and "hyperlink" not in xml.lower()


def test_xlsx_numbers_are_numbers_and_bytes_repeat() -> None:
    daten = render_tabelle(ZEILEN, SPALTEN, "xlsx", blatt="INTERN")
    mappe = openpyxl.load_workbook(io.BytesIO(daten))
    assert mappe.sheetnames == ["INTERN"]
    assert [z[4].value for z in mappe["INTERN"].iter_rows(min_row=2)] == [4.521346467, None, 0, -1234.5]
    assert daten == render_tabelle(ZEILEN, SPALTEN, "xlsx", blatt="INTERN")


def test_xlsx_cuts_visibly_what_a_cell_cannot_hold() -> None:
    daten = render_tabelle([zeile(raum="x" * 40_000)], SPALTEN, "xlsx")
    blatt = openpyxl.load_workbook(io.BytesIO(daten)).active
    assert blatt is not None and str(blatt["B2"].value).endswith("x…") and len(str(blatt["B2"].value)) == 32_767


def test_excel_csv() -> None:
    daten = render_tabelle([*ZEILEN, zeile(raum="=cmd|' /C calc'!A0")], SPALTEN, "csv", excel=True)
    assert daten.startswith(b"\xef\xbb\xbf") and daten.count(b"\r\n") == 6
    gelesen = als_csv(daten, ";")
    assert [z["wert"] for z in gelesen] == ["4,521346467", "", "0", "-1234,5", "4,521346467"]
    assert gelesen[4]["raum"] == "'=cmd|' /C calc'!A0"


@given(st.lists(st.tuples(st.text(), st.text()), max_size=5))
def test_any_text_survives_csv(texte: list[tuple[str, str]]) -> None:
    ohne = [(a, b) for a, b in texte if not any("\ud800" <= z <= "\udfff" for z in a + b) and "\0" not in a + b]
    daten = render_tabelle([{"a": a, "b": b} for a, b in ohne], ["a", "b"], "csv").decode()
    gelesen = list(csv.reader(io.StringIO(daten, newline="")))
    assert gelesen == [["a", "b"], *map(list, ohne)]


@given(st.floats(allow_nan=False, allow_infinity=False))
def test_any_number_survives_csv_and_json(zahl: float) -> None:
    daten = render_tabelle([{"wert": zahl, "a": "x"}], ["wert", "a"], "csv").decode()
    text = daten.splitlines()[1].split(",")[0]
    assert float(text) == zahl and "e" not in text
    assert json.loads(render_tabelle([{"wert": zahl}], ["wert"], "jsonl"))["wert"] == zahl


@pytest.mark.parametrize("format", FORMATE)
@pytest.mark.parametrize("breit", ["", "zeit", "indikator"])
def test_no_row_is_a_header(format: str, breit: str) -> None:
    daten = render_tabelle([], SPALTEN, format, breit=breit)
    if format == "jsonl":
        assert daten == b""
    elif format == "json":
        assert json.loads(daten) == []
    elif format == "csv":
        assert daten.count(b"\n") == 1 and daten.startswith(b"raum_id,raum,")
    else:
        assert daten


def test_text_is_for_people() -> None:
    text = render_tabelle(
        ZEILEN, SPALTEN, "text", text_spalten=("raum", "zeit", "wert"), stellen=lambda z, s: 1
    ).decode()
    zeilen = text.splitlines()
    assert zeilen[0].split() == ["Raum", "Zeit", "Wert"]
    assert zeilen[2].endswith("4,5") and zeilen[5].endswith("\N{MINUS SIGN}1.234,5")
    assert zeilen[3].endswith("•") and zeilen[4].endswith("–"), "a sign stands in place of the number"
    assert len({len(z) for z in zeilen[2:6]}) == 1, "numbers are aligned on the right"
    assert any(z.startswith("• = ") for z in zeilen) and any(z.startswith("– = ") for z in zeilen)


def test_text_is_never_folded_and_shows_no_control_characters() -> None:
    text = render_tabelle([zeile(raum="\x1b[31mrot\x07" + "x" * 300)], SPALTEN, "text").decode()
    assert "\x1b" not in text and "\x07" not in text
    assert len(text.splitlines()) == 3


def test_empty_columns_are_left_out_for_people_only() -> None:
    assert "mindestens" not in render_tabelle(ZEILEN, SPALTEN, "text").decode()
    assert "wert_min" in render_tabelle(ZEILEN, SPALTEN, "csv").decode()


def test_markdown_escapes() -> None:
    text = render_tabelle([zeile(raum="a|b*c_d<e>")], ("raum", "wert"), "md").decode()
    assert "a\\|b\\*c\\_d&lt;e>" in text and text.splitlines()[1] == "| --- | ---: |"


def test_wide_by_time_keeps_the_reason_of_a_gap() -> None:
    gelesen = als_csv(render_tabelle(ZEILEN, SPALTEN, "csv", breit="zeit"))
    assert list(gelesen[0]) == ["raum_id", "raum", "indikator", "einheit", "2021", "2022", "2021_status", "2022_status"]
    assert gelesen[0]["2022"] == "" and gelesen[0]["2022_status"] == "geheim"
    assert gelesen[1]["2021"] == "0" and gelesen[1]["2022"] == "-1234.5"


def test_wide_keeps_one_row_whatever_else_changes_with_time() -> None:
    zeilen = [zeile(zeit=str(j), absolut=float(j), segment=j - 2000, quelle=str(j)) for j in (2020, 2021)]
    gelesen = als_csv(render_tabelle(zeilen, (*SPALTEN, "absolut", "segment", "quelle"), "csv", breit="zeit"))
    assert len(gelesen) == 1 and "absolut" not in gelesen[0]


def test_wide_workbook_has_numbers_and_signs() -> None:
    blatt = openpyxl.load_workbook(io.BytesIO(render_tabelle(ZEILEN, SPALTEN, "xlsx", breit="zeit"))).active
    assert blatt is not None
    kopf, erste, zweite = ([z.value for z in reihe] for reihe in blatt.iter_rows())
    assert kopf[-2:] == ["2021", "2022"] and erste[-2:] == [4.521346467, "•"] and zweite[-2:] == [0, -1234.5]


def test_years_have_no_dots() -> None:
    text = render_tabelle([{"von": 2015, "bis": 2021, "anzahl": 1234}], ["von", "bis", "anzahl"], "text").decode()
    assert text.splitlines()[2].split() == ["2015", "2021", "1.234"]


def test_wide_by_indicator() -> None:
    zeilen = [zeile(indikator="b", wert=2.0), zeile(indikator="a", wert=1.0)]
    gelesen = als_csv(render_tabelle(zeilen, SPALTEN, "csv", breit="indikator"))
    assert list(gelesen[0])[:5] == ["raum_id", "raum", "zeit", "b", "a"] and len(gelesen) == 1
    text = render_tabelle(ZEILEN, SPALTEN, "text", breit="zeit", stellen=lambda z, s: 1).decode()
    assert "•" in text.splitlines()[2]


@pytest.mark.parametrize(
    ("status", "zeichen"), [("raum_bestand_nicht", "n. b."), ("geheim_quelle", "•"), ("wert", "4,5")]
)
def test_one_cell_for_people(status: str, zeichen: str) -> None:
    assert menschenwert(zeile(status=status), lambda z, s: 1) == zeichen


@pytest.mark.parametrize("format", ["json", "jsonl"])
def test_whole_numbers_have_no_point_in_json(format: str) -> None:
    text = render_tabelle([{"wert": 7868.0, "unten": 0.1, "ja": True}], ("wert", "unten", "ja"), format).decode()
    assert '"wert": 7868,' in text and '"unten": 0.1' in text and '"ja": true' in text


def test_wide_datenpool_keeps_apart_what_two_quellen_say() -> None:
    spalten = ("raum_id", "zeit", "jahr", "merkmal", "wert", "status", "gebietsstand", "quelle")
    werte = [("2021", "a", 1.0), ("2022", "a", 2.0), ("2021", "b", 9.0)]
    zeilen = [
        dict(zip(spalten, ("1", jahr, int(jahr), "m", wert, "wert", f"{jahr}-12-31", quelle), strict=True))
        for jahr, quelle, wert in werte
    ]
    gelesen = als_csv(render_tabelle(zeilen, spalten, "csv", breit="zeit"))
    assert [(z["quelle"], z["2021"], z["2022"]) for z in gelesen] == [("a", "1", "2"), ("b", "9", "")]
    assert "jahr" not in gelesen[0] and "gebietsstand" not in gelesen[0]
    doppelt = [*zeilen, zeilen[0] | {"gebietsstand": "2020-01-01", "wert": 7.0}]
    gelesen = als_csv(render_tabelle(doppelt, spalten, "csv", breit="merkmal"))
    assert sorted(z["m"] for z in gelesen) == ["1", "2", "7", "9"]


def test_wide_by_pairs_is_one_row_a_raum() -> None:
    zeilen = [
        zeile(indikator=i, zeit=z, wert=w) for i, z, w in (("a", "2021", 1.0), ("a", "2022", 2.0), ("b", "2021", 3.0))
    ]
    (einzige,) = als_csv(render_tabelle(zeilen, SPALTEN, "csv", breit="indikator,zeit"))
    assert [einzige[s] for s in ("a 2021", "a 2022", "b 2021")] == ["1", "2", "3"]
    text = render_tabelle([zeile(zeit="2022-12-31")], SPALTEN, "text", breit="indikator,zeit").decode()
    assert "31.12.2022" in text.splitlines()[0], "people see German dates in the heads"


def test_wide_by_raum_never_mixes_two_of_one_name() -> None:
    zeilen = [zeile(raum_id="1", raum="Aubach", wert=1.0), zeile(raum_id="2", raum="Aubach", wert=2.0)]
    (einzige,) = als_csv(render_tabelle(zeilen, SPALTEN, "csv", breit="raum"))
    assert (einzige["1"], einzige["2"]) == ("1", "2")
    assert "Aubach (1)" in render_tabelle(zeilen, SPALTEN, "text", breit="raum").decode()


def test_wide_is_not_torn_apart_by_what_only_differs_between_columns() -> None:
    spalten = ("raum_id", "zeit", "zeitart", "merkmal", "wert", "status", "quelle")
    zeilen = [
        dict(zip(spalten, ("1", "2021", art, m, w, "wert", q), strict=True))
        for art, m, w, q in (("jahr", "a", 1.0, "x"), ("stichtag", "b", 2.0, "y"))
    ]
    (einzige,) = als_csv(render_tabelle(zeilen, spalten, "csv", breit="merkmal"))
    assert (einzige["a"], einzige["b"]) == ("1", "2") and "quelle" not in einzige


def test_two_values_for_one_cell_are_never_overwritten() -> None:
    with pytest.raises(AssertionError, match="one would be lost"):
        render_tabelle([zeile(wert=1.0), zeile(wert=2.0)], SPALTEN, "csv", breit="zeit")


def test_workbook_explains_its_ids_and_shows_catalogue_decimals() -> None:
    daten = render_tabelle(
        [zeile(wert=1234.567)], SPALTEN, "xlsx", stellen=lambda z, s: 1, erlaeuterung=[("Indikator", "x", "=Bedeutung")]
    )
    mappe = openpyxl.load_workbook(io.BytesIO(daten))
    zelle = mappe.worksheets[0].cell(2, SPALTEN.index("wert") + 1)
    assert (zelle.value, zelle.number_format) == (1234.567, "#,##0.0")
    assert [z.value for z in mappe["Erläuterung"][2]] == ["Indikator", "x", "=Bedeutung"]
    assert mappe["Erläuterung"]["C2"].data_type == "s"
