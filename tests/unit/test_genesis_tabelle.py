"""Classic GENESIS tables: invented ones in every layout that the portals give, CSV and XLSX."""

from __future__ import annotations

import io
from pathlib import Path

import openpyxl
import pytest

from sozmon.dateien import AblehnungError
from sozmon.katalog import load_katalog
from sozmon.quellen.csvtext import zerlege
from sozmon.quellen.genesis_tabelle import read_genesis_tabelle, tabellencode
from sozmon.quellen.gitter import Blatt, text_blatt

QUELLE = load_katalog(None).quelle("regionaldatenbank")
FUSS = "__________\nStand: 05.02.2024 / 10:00:00\n"
Wert = tuple[str, str, str, str, str]


def lies(text: str) -> list[Wert]:
    """(key, time, measure, breakdown, value) of every cell."""
    return aus_blatt(text_blatt(zerlege(text, "probe.csv")))


def aus_blatt(blatt: Blatt) -> list[Wert]:
    gelesen, _ = read_genesis_tabelle([blatt], QUELLE, "probe")
    return [
        (z["schluessel"], z["zeit"], z["code"], z["merkmale"], z["wert"] or f"{z['zahl']:g}")
        for z in gelesen.tabelle.to_pylist()
    ]


TITEL = "GENESIS-Tabelle: 12411-0099\nBevölkerung: Kreise;;;\nProbestatistik;;;\n"


def test_time_in_the_head_measure_in_the_title() -> None:
    text = TITEL + "Bevölkerungsstand (Anzahl);;;\n;;Stichtag;Stichtag\n;;31.12.2021;31.12.2022\n"
    assert lies(text + "99001;  Probekreis, Landkreis;300;-\n" + FUSS) == [
        ("99001", "31.12.2021", "Bevölkerungsstand (Anzahl)", "", "300"),
        ("99001", "31.12.2022", "Bevölkerungsstand (Anzahl)", "", "-"),
    ]


def test_time_before_the_key_breakdown_measure_and_unit_in_the_head() -> None:
    text = (
        "Tabelle: 12411-01-01-4\nBevölkerung nach Geschlecht\n"
        ";;;Bevölkerungsstand;Bevölkerungsstand;Bevölkerungsstand\n;;;Insgesamt;männlich;weiblich\n;;;Anzahl;Anzahl;Anzahl\n"
        "31.12.2022;99;Probeland;30;10;20\n;99001;  Probekreis;3;1;2\n31.12.2023;99;Probeland;33;11;22\n"
    )
    gelesen = lies(text + FUSS)
    assert {(z[0], z[1], z[3], z[4]) for z in gelesen} == {
        ("99", "31.12.2022", "", "30"),
        ("99", "31.12.2022", "Geschlecht=männlich", "10"),
        ("99", "31.12.2022", "Geschlecht=weiblich", "20"),
        ("99001", "31.12.2022", "", "3"),
        ("99001", "31.12.2022", "Geschlecht=männlich", "1"),
        ("99001", "31.12.2022", "Geschlecht=weiblich", "2"),
        ("99", "31.12.2023", "", "33"),
        ("99", "31.12.2023", "Geschlecht=männlich", "11"),
        ("99", "31.12.2023", "Geschlecht=weiblich", "22"),
    }
    assert {z[2] for z in gelesen} == {"Bevölkerungsstand (Anzahl)"}


def test_merged_heads_and_two_measures() -> None:
    text = (
        "Tabelle: 99911-01-01-4\nProbe\n;;Stichtag;;;\n;;31.12.2022;;31.12.2023;\n;;Betriebe;Plätze;Betriebe;Plätze\n"
        ";;Anzahl;Anzahl;Anzahl;1000\n99001;Probekreis;1;2;3;4\n"
    )
    assert [(z[1], z[2], z[4]) for z in lies(text + FUSS)] == [
        ("31.12.2022", "Betriebe (Anzahl)", "1"),
        ("31.12.2022", "Plätze (Anzahl)", "2"),
        ("31.12.2023", "Betriebe (Anzahl)", "3"),
        ("31.12.2023", "Plätze (1000)", "4"),
    ]


def test_time_in_a_row_of_its_own_and_breakdown_column() -> None:
    text = (
        TITEL + "Bevölkerungsstand (Anzahl);;;\n;;;Nationalität\n;;;Deutsche;Insgesamt\n2022;;;\n"
        "99001;Probekreis;männlich;5;6\n99001;Probekreis;Insgesamt;9;10\n"
    )
    assert [(z[1], z[3], z[4]) for z in lies(text + FUSS)] == [
        ("2022", "Nationalität=Deutsche|Geschlecht=männlich", "5"),
        ("2022", "Nationalität=Deutsche", "9"),
        ("2022", "Geschlecht=männlich", "6"),
        ("2022", "", "10"),
    ]


def test_time_in_the_title() -> None:
    text = (
        TITEL + "Stichtag: 31.12.2022;;\nBevölkerungsstand (Anzahl);;;\n;;Geschlecht;Geschlecht\n;;männlich;weiblich\n"
    )
    assert {z[1] for z in lies(text + "99001;Probekreis;1;2\n" + FUSS)} == {"31.12.2022"}


@pytest.mark.parametrize(
    ("rumpf", "ort"),
    [
        (";;31.12.2022;31.12.2023\n99001;Probekreis;1;2;3\n", "Zeile 6, Spalte 5"),
        (";;31.12.2022\nvorläufig;99001;Probekreis;1\n", ""),
        (";;ledig;geschieden\n99001;Probekreis;1;2\n", "Zeile 5, Spalte 3"),
        (";;31.12.2022\nProbekreis;Nord;1\n", "Zeile 1"),
    ],
)
def test_a_doubt_refuses_the_table_with_its_place(rumpf: str, ort: str) -> None:
    with pytest.raises(AblehnungError) as fehler:
        lies(TITEL + "Bevölkerungsstand (Anzahl);;;\n" + rumpf + FUSS)
    assert fehler.value.art == "genesis_unklar" and ort in fehler.value.ort
    assert "ffcsv" in fehler.value.abhilfe


def test_workbook_with_merged_cells(tmp_path: Path) -> None:
    """As the portal writes it: the sheet is named like the table, no line with the code."""
    mappe = openpyxl.Workbook()
    seite = mappe.active
    assert seite is not None
    seite.title = "12411-0099"
    for zeile in (
        ["Bevölkerung: Kreise, Stichtag"],
        ["Probestatistik"],
        ["Bevölkerungsstand (Anzahl)"],
        ["Kreise", None, "Stichtag", None],
        [None, None, "31.12.2021", "31.12.2022"],
        ["99001", "Probekreis", 300.0, "-"],
        ["______________"],
        ["© Amt | Stand: 05.02.2024 / 10:00:00"],
    ):
        seite.append(zeile)
    seite.merge_cells("C4:D4")
    seite.merge_cells("A4:B5")
    puffer = io.BytesIO()
    mappe.save(puffer)
    pfad = tmp_path / "probe.xlsx"
    pfad.write_bytes(puffer.getvalue())

    from sozmon.dateien import open_datei
    from sozmon.quellen.gitter import read_gitter

    with open_datei(str(pfad)) as rohdatei:
        blaetter, _ = read_gitter(rohdatei)
    assert tabellencode(blaetter) == "12411-0099"
    assert [(z[0], z[1], z[4]) for z in aus_blatt(blaetter[0])] == [
        ("99001", "31.12.2021", "300"),
        ("99001", "31.12.2022", "-"),
    ]
