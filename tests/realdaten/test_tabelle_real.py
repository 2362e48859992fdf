"""Declared tables on real workbooks: merged heads, times in heads, keys as numbers and texts, against openpyxl."""

from __future__ import annotations

import warnings
from pathlib import Path

import openpyxl
import pytest

from sozmon.dateien import open_datei
from sozmon.model import Quelle, Spalte, Tabellenblatt
from sozmon.quellen.gitter import read_gitter
from sozmon.quellen.tabelle import read_tabelle

pytestmark = pytest.mark.realdaten


def lies(datei: Path, blatt: Tabellenblatt) -> tuple[list[dict[str, object]], list[str]]:
    with open_datei(str(datei)) as rohdatei:
        blaetter, _ = read_gitter(rohdatei)
    gelesen, meldungen = read_tabelle(blaetter, Quelle("p", "P", "A", "tabelle", blaetter=(blatt,)), datei.name)
    return gelesen.tabelle.to_pylist(), [m.kennung for m in meldungen]


def zellen(datei: Path, blatt: str) -> list[tuple[object, ...]]:
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        return list(openpyxl.load_workbook(datei)[blatt].iter_rows(values_only=True))


def test_classic_table_with_merged_heads_and_times_in_them(realdaten: Path) -> None:
    """The head „Kreise“ covers keys and names in two rows; the second row holds the Stichtage."""
    datei = realdaten / "genesis/12411-0015.xlsx"
    zeit = Spalte(muster=r"^Stichtag / (?P<zeit>\d\d\.\d\d\.\d{4})$", merkmal="bevoelkerung")
    gelesen, meldungen = lies(
        datei,
        Tabellenblatt(kopfsuche="^Kreise$", kopfzeilen=2, schluessel="Kreise#1", name="Kreise#2", spalten=(zeit,),
                      ende="^_+$"),
    )  # fmt: skip
    assert meldungen == []
    rohe = zellen(datei, "12411-0015")
    ende = next(i for i, z in enumerate(rohe) if str(z[0]).startswith("____"))
    soll = {
        (schluessel, tag): wert if isinstance(wert, str) else float(wert)  # type: ignore[arg-type]
        for schluessel, _, *werte in rohe[5:ende]
        for tag, wert in zip(rohe[4][2:], werte, strict=True)
    }
    ist = {(z["schluessel"], z["zeit"]): z["wert"] or z["zahl"] for z in gelesen}
    assert len(ist) == len(gelesen) == len(soll) == 476 * 5
    assert ist == soll


def test_election_workbook_with_numbers_and_texts_as_keys(realdaten: Path) -> None:
    """Key 14 is a number, 14522 a text; the published result of Mittelsachsen: 242888 entitled, 167138 voted."""
    datei = realdaten / "wahlen/Gemeinderatswahl_Sachsen_2024.xlsx"
    spalten = (Spalte(muster="^(Wahlberechtigte|Wähler)$", merkmal="w"),)
    gelesen, meldungen = lies(
        datei,
        Tabellenblatt(blatt="SN_LK$", kopfsuche="^Ebene$", schluessel="Schlüssel", name="Bezeichnung", spalten=spalten,
                      filter={"Ebene": "^(SN|LK)$"}, fussnote=r"\s*\d+\)$"),
    )  # fmt: skip
    assert set(meldungen) <= {"zeilen_uebergangen", "fussnote_am_namen"}
    werte: dict[object, list[object]] = {}
    for z in gelesen:
        werte.setdefault(z["schluessel"], []).append(z["zahl"])
    assert werte["14522"] == [242888.0, 167138.0]
    assert len(werte) == 11
    assert werte["14"][0] > werte["14522"][0]  # type: ignore[operator]
