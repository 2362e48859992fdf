"""The declared tables of the catalogue against the original workbooks, read here with a reader of its own."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from sozmon.katalog import load_katalog
from sozmon.model import Quelle, Tabellenblatt

pytestmark = pytest.mark.realdaten

GEMEINDERAT = "wahlen/Gemeinderatswahl_Sachsen_2024.xlsx"
LANDTAG = "wahlen/Landtagswahl_Sachsen_2019.xlsx"
MAPPEN = {
    "wahl_sn_gemeinderat": GEMEINDERAT,
    "wahl_sn_landtag": LANDTAG,
    "inkar": "inkar/A_Arbeitslosigkeit.xls",
    "gv_isys": "gebiete/31122023_Auszug_GV.xlsx",
    "gebietsaenderungen": "gebiete/Gebietsaenderungen_2023.xlsx",
    "bbsr_umsteiger": "gebiete/ref-gemeinden-ab-2020.xlsx",
}
Mappe = dict[str, list[list[object]]]


def lies(pfad: Path) -> Mappe:
    import python_calamine

    mappe = python_calamine.CalamineWorkbook.from_path(pfad)
    blaetter = {n: mappe.get_sheet_by_name(n).to_python(skip_empty_area=False) for n in mappe.sheet_names}
    return {n: [list(map(schlicht, z)) for z in zeilen] for n, zeilen in blaetter.items()}


def schlicht(wert: object) -> object:
    return int(wert) if isinstance(wert, float) and wert.is_integer() else wert


@pytest.fixture(scope="module")
def mappen(realdaten: Path) -> dict[str, Mappe]:
    return {kennung: lies(realdaten / datei) for kennung, datei in MAPPEN.items()}


def passt(quelle: Quelle, mappe: Mappe) -> bool:
    """Do all pins of a Quelle hold in the workbook (a pinned cell, or anywhere in the first 12 rows)?"""
    for pin in quelle.erkennung:
        zellen = []
        for name, zeilen in mappe.items():
            if pin.blatt and not re.search(pin.blatt, name):
                continue
            if pin.zelle:
                spalte, zeile = ord(pin.zelle[0]) - 65, int(pin.zelle[1:]) - 1
                zellen.append(str(zeilen[zeile][spalte]) if zeile < len(zeilen) and spalte < len(zeilen[zeile]) else "")
            else:
                zellen += [str(z) for zeile in zeilen[:12] for z in zeile]
        if not any(re.search(pin.muster, z) for z in zellen):
            return False
    return bool(quelle.erkennung)


def test_each_workbook_is_recognised_by_exactly_its_own_quelle(mappen: dict[str, Mappe]) -> None:
    quellen = load_katalog(None).quellen.values()
    for kennung, mappe in mappen.items():
        assert [q.kennung for q in quellen if passt(q, mappe)] == [kennung]


def werte(quelle: Quelle, blatt: Tabellenblatt, mappe: Mappe) -> list[tuple[str, str, str, object]]:
    """(raumschlüssel, merkmal, auspraegung, wert) of one declared sheet."""
    namen = [n for n in mappe if re.search(blatt.blatt, n)]
    assert len(namen) == 1, (blatt.blatt, namen)
    zeilen = mappe[namen[0]]
    kopf = [str(z).strip() for z in zeilen[blatt.kopfzeile - 1]]
    for name in (blatt.schluessel, blatt.name, *blatt.filter, *(s.kopf for s in blatt.spalten)):
        assert kopf.count(name) == 1, f"{name} steht {kopf.count(name)}-mal im Kopf"
    return [
        (str(z[kopf.index(blatt.schluessel)]), s.merkmal, s.auspraegung, z[kopf.index(s.kopf)])
        for z in zeilen[blatt.kopfzeile :]
        if all(re.search(muster, str(z[kopf.index(f)])) for f, muster in blatt.filter.items())
        for s in blatt.spalten
    ]


@pytest.mark.parametrize(
    ("kennung", "wahl", "anzahl", "berechtigte", "waehler"),
    [
        # published Kreis rows: StLA Sachsen; 52 and 53 Gemeinden; 3 Kreisfreie Städte apart
        ("wahl_sn_gemeinderat", "gemeinderat", 52, 242888, 167138),
        ("wahl_sn_landtag", "landtag", 53, 251303, 168180),
    ],
)
def test_elections_give_the_published_figures_without_duplicate_keys(
    mappen: dict[str, Mappe], kennung: str, wahl: str, anzahl: int, berechtigte: int, waehler: int
) -> None:
    quelle = load_katalog(None).quellen[kennung]
    alle = [w for b in quelle.blaetter for w in werte(quelle, b, mappen[kennung])]
    schluessel = [w[:3] for w in alle]
    assert len(schluessel) > 800
    assert len(set(schluessel)) == len(schluessel)
    assert {len(w[0]) for w in alle} == {2, 5, 8}
    zahlen = {(w[0], w[1]): w[3] for w in alle}
    assert (zahlen["14522", "wahlberechtigte"], zahlen["14522", "waehler"]) == (berechtigte, waehler)
    gemeinden = [k for k, m in zahlen if m == "waehler" and len(k) == 8 and k.startswith("14522")]
    assert len(gemeinden) == anzahl
    assert sum(int(str(zahlen[k, "wahlberechtigte"])) for k in gemeinden) == berechtigte
    assert sum(int(str(zahlen[k, "waehler"])) for k in gemeinden) == waehler
    assert {w[2] for w in alle} == {f"wahl={wahl}"}


@pytest.mark.parametrize(
    ("kennung", "stand"),
    [
        ("wahl_sn_gemeinderat", "01.03.2025"),
        ("wahl_sn_landtag", "27. September 2019"),
        ("inkar", "2024"),
        ("gv_isys", "Oktober 2024"),
        ("gebietsaenderungen", "Januar 2024"),
    ],
)
def test_the_state_is_found_in_the_workbook(mappen: dict[str, Mappe], kennung: str, stand: str) -> None:
    muster = load_katalog(None).quellen[kennung].stand_muster
    zellen = (str(z) for zeilen in mappen[kennung].values() for zeile in zeilen[:60] for z in zeile)
    assert next(t[1] for z in zellen if (t := re.search(muster, z))) == stand


def test_the_state_is_found_in_file_names(realdaten: Path) -> None:
    quellen = load_katalog(None).quellen
    for name, kennung, stand in (
        ("12411-01-01-4_flat_abruf20241203.csv", "regionaldatenbank", "20241203"),
        ("AI-N-01-2-5_de_flat_abruf20260310.csv", "regionaldatenbank", "20260310"),
        ("73111-01-01-4_1773175092845_de_flat.csv", "regionaldatenbank", "1773175092845"),
        ("12211-Z-11_1773175349407_de_flat.csv", "mikrozensus", "1773175349407"),
        ("1000A-0000_1773175153999_de_flat.csv", "zensus2022", "1773175153999"),
    ):
        assert (realdaten / "genesis" / name).is_file()
        treffer = re.search(quellen[kennung].stand_muster, name)
        assert treffer is not None
        assert treffer[1] == stand


def test_every_flat_file_belongs_to_exactly_one_quelle(realdaten: Path) -> None:
    quellen = [q for q in load_katalog(None).quellen.values() if q.form == "ffcsv"]
    gesehen = {}
    for pfad in sorted((realdaten / "genesis").glob("*flat*.csv")):
        zeile = pfad.read_text("utf-8-sig").splitlines()[1]
        statistik = zeile.split(";")[0]
        gesehen[pfad.name] = [q.kennung for q in quellen if any(re.search(s, statistik) for s in q.statistiken)]
    assert len(gesehen) > 6
    assert {n: q for n, q in gesehen.items() if len(q) != 1} == {}
