"""A form on its way: written, filled in, sent back, read. Expected values are those that the tests type in."""

from __future__ import annotations

import contextlib
import csv
import io
import shutil
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from buerohilfe import CSV_KOMMA_ANSI, CSV_TAB, CSV_UTF8, fuelle

from sozmon import importieren
from sozmon.quellen.leser import Leser

FRAGE = ("hilfen_zur_erziehung", "--zeit", "2023", "--an", "Jugendamt", "--frist", "2024-04-30")
GEMEINDEN = 24
"""Gemeinden of the invented Kreis on 31.12.2023; a column has two rows more."""
ERSTE = 10
"""Spreadsheet row of the first Gemeinde."""
REST, KREIS = ERSTE + GEMEINDEN, ERSTE + GEMEINDEN + 1


@pytest.fixture(scope="module")
def leerer_vordruck(vorlage_projekt: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    from sozmon.cli.app import run

    ziel = tmp_path_factory.mktemp("vordruck") / "hze.xlsx"
    assert run(["-q", "--projekt", str(vorlage_projekt), "abfrage", *FRAGE, "-o", str(ziel)]) == 0
    return ziel


def zellen() -> dict[str, str]:
    """A filled form: 11, 12, 13 … for the Gemeinden, two signs, four cases without Zuordnung."""
    werte = {f"C{ERSTE + n}": str(11 + n) for n in range(GEMEINDEN)}
    return werte | {"B3": "15.03.2024", "C12": "*", "C13": "-", f"C{REST}": "4"}


def fuelle_mappe(quelle: Path, ziel: Path, eintraege: Mapping[str, str]) -> Path:
    mappe = openpyxl.load_workbook(quelle)
    blatt = mappe.worksheets[0]
    for ort, text in eintraege.items():
        blatt[ort] = int(text) if text.isdigit() else text
    mappe.save(ziel)
    return ziel


@pytest.fixture(scope="module")
def leser() -> Iterator[Leser]:
    """One child for all imports: starting it is the dear part."""
    with Leser() as kind:
        yield kind


@pytest.fixture(autouse=True)
def ein_leser(leser: Leser, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(importieren, "Leser", lambda *_: contextlib.nullcontext(leser))


@pytest.fixture
def importiere(projekt: Path, sozmon: Callable[..., Any]) -> Iterator[Callable[..., Any]]:
    yield lambda *worte: sozmon("--projekt", projekt, "import", *worte)


def daten(sozmon: Callable[..., Any], projekt: Path, raum: str) -> dict[str, dict[str, str]]:
    """raum_id → stored row of 2023."""
    worte = ("--intern", "-m", "hilfen_zur_erziehung", "-r", raum, "-z", "2023", "--format", "csv")
    out = sozmon("--projekt", projekt, "daten", *worte).out
    return {z["raum_id"]: z for z in csv.DictReader(io.StringIO(out))}


def test_the_workbook_is_a_form(leerer_vordruck: Path) -> None:
    """Keys are text, only the inputs are open, nothing is hidden, nothing is calculated, no cell has two lines."""
    mappe = openpyxl.load_workbook(leerer_vordruck)
    assert mappe.sheetnames == ["Vordruck", "Erläuterung"]
    blatt = mappe["Vordruck"]
    assert blatt["A10"].value == "17521010" and blatt["A10"].number_format == "@"
    offen = {z.coordinate for reihe in blatt for z in reihe if not z.protection.locked}
    assert offen == {"B2", "B3", *(f"C{n}" for n in range(ERSTE, KREIS + 1))}
    assert blatt["B2"].value == "Jugendamt" and "bis 30.04.2024" in blatt["B4"].value
    assert [blatt[f"A{n}"].value for n in (REST, KREIS)] == ["ohne_zuordnung", "17521"]
    for seite in mappe:
        assert seite.protection.sheet and seite.sheet_state == "visible"
        werte = [z.value for reihe in seite for z in reihe if isinstance(z.value, str)]
        assert not [w for w in werte if w.startswith("=") or "\n" in w]
    assert {str(p.sqref) for p in blatt.data_validations.dataValidation} == {f"C{ERSTE}:C{KREIS}", "B3"}
    texte = " ".join(z.value for reihe in mappe["Erläuterung"] for z in reihe if isinstance(z.value, str))
    for wort in ("Jahr 2023", "Datenschutz", "§§ 27 bis 35 SGB VIII", "Landratsamt Auental", "31.12.2023"):
        assert wort in texte


def test_same_question_same_bytes(leerer_vordruck: Path, sozmon_p: Callable[..., Any], tmp_path: Path) -> None:
    assert sozmon_p("abfrage", *FRAGE, "-o", tmp_path / "b.xlsx").code == 0
    assert (tmp_path / "b.xlsx").read_bytes() == leerer_vordruck.read_bytes()


def test_filled_and_read_back(
    leerer_vordruck: Path, importiere: Callable[..., Any], sozmon: Callable[..., Any], projekt: Path, tmp_path: Path
) -> None:
    lauf = importiere(fuelle_mappe(leerer_vordruck, tmp_path / "zurueck.xlsx", zellen()))
    assert lauf.code == 0 and "Stand 15.03.2024" in lauf.out and "(Jugendamt)" in lauf.out
    assert f"neu {GEMEINDEN + 2}" in lauf.out
    gelesen = daten(sozmon, projekt, "17521/gemeinde")
    assert gelesen["17521010"]["wert"] == "11" and gelesen["17521010"]["quelle"] == "jugend_und_schule"
    assert gelesen["17521010"]["fundstelle"] == "Vordruck!C10" and gelesen["17521010"]["gebietsstand"] == "2023-12-31"
    assert (gelesen["17521030"]["status"], gelesen["17521030"]["wert_max"]) == ("geheim_quelle", "2")
    assert gelesen["17521040"]["status"] == "null_genau"


def test_ohne_zuordnung_counts_in_the_kreis_only(
    leerer_vordruck: Path, importiere: Callable[..., Any], sozmon: Callable[..., Any], projekt: Path, tmp_path: Path
) -> None:
    eintraege = zellen() | {"C12": "13", "C13": "14"}
    importiere(fuelle_mappe(leerer_vordruck, tmp_path / "zurueck.xlsx", eintraege))
    gemeinden = sum(range(11, 11 + GEMEINDEN))
    kreis = daten(sozmon, projekt, "17521")["17521"]
    assert kreis["wert"] == str(gemeinden + 4) and "ohne Zuordnung" in kreis["fundstelle"]
    regionen = daten(sozmon, projekt, "17521/sozialregionen")
    assert sum(int(z["wert"]) for z in regionen.values()) == gemeinden
    assert daten(sozmon, projekt, "17521/ohne_zuordnung")["17521_ohne_zuordnung"]["wert"] == "4"
    worte = ("--intern", "-i", "hilfen_zur_erziehung", "-r", "17521", "-z", "2023", "--format", "csv")
    [wert] = csv.DictReader(io.StringIO(sozmon("--projekt", projekt, "werte", *worte).out))
    assert wert["zaehler"] == str(gemeinden + 4) and "ohne Zuordnung" in wert["anmerkung"]


def test_a_newer_form_takes_the_place_of_an_older_one(
    leerer_vordruck: Path, importiere: Callable[..., Any], sozmon: Callable[..., Any], projekt: Path, tmp_path: Path
) -> None:
    """Also where it leaves 'ohne Zuordnung' and the Kreis empty: what stood there before is not added or preferred."""
    summe = sum(range(11, 11 + GEMEINDEN))
    alle = {f"C{ERSTE + n}": str(11 + n) for n in range(GEMEINDEN)}
    alt = alle | {"B3": "15.03.2024", f"C{REST}": "4", f"C{KREIS}": str(summe + 4)}
    assert importiere(fuelle_mappe(leerer_vordruck, tmp_path / "alt.xlsx", alt)).code == 0
    assert daten(sozmon, projekt, "17521")["17521"]["wert"] == str(summe + 4)
    lauf = importiere(fuelle_mappe(leerer_vordruck, tmp_path / "neu.xlsx", alle | {"B3": "15.06.2024"}))
    assert lauf.code == 0 and "vordruck_leer" not in lauf.err
    kreis = daten(sozmon, projekt, "17521")["17521"]
    assert (kreis["wert"], kreis["status"]) == (str(summe), "wert") and "ohne Zuordnung" not in kreis["fundstelle"]
    assert daten(sozmon, projekt, "17521/ohne_zuordnung")["17521_ohne_zuordnung"]["status"] == "nicht_geliefert"
    versteckt = alle | {"B3": "15.09.2024", f"C{REST}": "*"}
    assert importiere(fuelle_mappe(leerer_vordruck, tmp_path / "neu2.xlsx", versteckt)).code == 0
    kreis = daten(sozmon, projekt, "17521")["17521"]
    assert (kreis["status"], kreis["wert"]) == ("unvollstaendig", "")
    assert (kreis["wert_min"], kreis["wert_max"]) == (str(summe + 1), str(summe + 2))


def test_two_who_fill_in_the_same_fields_are_not_added(
    leerer_vordruck: Path, importiere: Callable[..., Any], sozmon: Callable[..., Any], projekt: Path, tmp_path: Path
) -> None:
    """The later one holds, with a warning that counts what it replaces: not the field that the first left empty."""
    erste = {"B2": "Träger Nord", "B3": "15.03.2024", "C10": "5", "C11": "6"}
    zweite = {"B2": "Träger Süd", "B3": "16.03.2024", "C11": "7", "C12": "8"}
    lauf = importiere(fuelle_mappe(leerer_vordruck, tmp_path / "nord.xlsx", erste))
    assert lauf.code == 0 and "vordruck_absender" not in lauf.err
    mappe = fuelle_mappe(leerer_vordruck, tmp_path / "sued.xlsx", zweite)
    assert importiere("--streng", mappe).code == 4
    lauf = importiere(mappe)
    assert lauf.code == 0 and "Warnung vordruck_absender (2-mal)" in lauf.err
    assert "2 Werte standen schon im Vordruck von „Träger Nord“ (nord.xlsx)" in lauf.err
    assert daten(sozmon, projekt, "17521020")["17521020"]["wert"] == "7"
    neuer = fuelle_mappe(leerer_vordruck, tmp_path / "sued2.xlsx", zweite | {"B2": "TRÄGER SÜD", "B3": "17.03.2024"})
    lauf = importiere(neuer)
    assert lauf.code == 0 and "Träger Süd" not in lauf.err, "their own newer form"


def test_two_forms_in_one_workbook_are_refused(
    leerer_vordruck: Path, importiere: Callable[..., Any], tmp_path: Path
) -> None:
    """Which of them counts, nobody can say; one alone would be read and the other lost."""
    mappe = openpyxl.load_workbook(fuelle_mappe(leerer_vordruck, tmp_path / "a.xlsx", zellen()))
    mappe.copy_worksheet(mappe.worksheets[0]).title = "Stadt"
    mappe.save(tmp_path / "zwei.xlsx")
    lauf = importiere(tmp_path / "zwei.xlsx")
    assert lauf.code == 4 and "zwei Vordrucke, auf den Blättern „Vordruck“ und „Stadt“" in lauf.err


def test_a_form_whose_columns_were_renamed_is_not_called_empty(
    leerer_vordruck: Path, importiere: Callable[..., Any], tmp_path: Path
) -> None:
    mappe = openpyxl.load_workbook(fuelle_mappe(leerer_vordruck, tmp_path / "a.xlsx", zellen()))
    blatt = mappe.worksheets[0]
    zelle = next(z for reihe in blatt for z in reihe if z.value == "hilfen_zur_erziehung:jahr:2023")
    zelle.value = "hilfen_zur_erziehung:jahr:2022"
    mappe.save(tmp_path / "b.xlsx")
    lauf = importiere(tmp_path / "b.xlsx")
    assert lauf.code == 4 and "verändert" in lauf.err and zelle.coordinate in lauf.err


def test_a_total_that_is_no_sum_is_told_with_its_cell(
    leerer_vordruck: Path, importiere: Callable[..., Any], tmp_path: Path
) -> None:
    summe = sum(range(11, 11 + GEMEINDEN)) - 13 - 14 + 4  # two cells hold signs: 1 or 2, and 0
    for n, meldung in enumerate((True, False, False, True)):
        kreis = summe + n
        mappe = fuelle_mappe(leerer_vordruck, tmp_path / f"v{n}.xlsx", zellen() | {f"C{KREIS}": str(kreis)})
        lauf = importiere("--probe", mappe)
        assert ("vordruck_summe" in lauf.err) is meldung and lauf.code == 0
        assert (f"C{KREIS}" in lauf.err) is meldung and str(kreis) not in lauf.err


def test_parts_that_are_no_total(sozmon: Callable[..., Any], projekt: Path, tmp_path: Path) -> None:
    worte = ("arbeitslose", "--zeit", "2024", "--nach", "geschlecht", "--ebene", "sozialregionen")
    assert sozmon("--projekt", projekt, "abfrage", *worte, "-o", tmp_path / "a.xlsx").code == 0
    mappe = openpyxl.load_workbook(tmp_path / "a.xlsx")
    blatt = mappe.worksheets[0]
    blatt["B3"], blatt["C10"], blatt["D10"], blatt["E10"] = "15.03.2025", 30, 10, 21
    blatt["C11"], blatt["D11"], blatt["E11"] = 30, "*", 29
    mappe.save(tmp_path / "b.xlsx")
    lauf = sozmon("--projekt", projekt, "import", "--probe", tmp_path / "b.xlsx")
    assert "C10 ist nicht die Summe aus D10 + E10" in lauf.err and "C11" not in lauf.err


def test_without_a_stand_it_must_be_told(leerer_vordruck: Path, importiere: Callable[..., Any], tmp_path: Path) -> None:
    mappe = fuelle_mappe(leerer_vordruck, tmp_path / "ohne.xlsx", {"C10": "5"})
    lauf = importiere(mappe)
    assert lauf.code == 4 and "Stand der Daten" in lauf.err
    assert importiere("--stand", "2024-03-15", mappe).code == 0


def test_what_was_filled_in_is_not_overwritten(sozmon_p: Callable[..., Any], tmp_path: Path) -> None:
    (tmp_path / "hze.xlsx").write_bytes(b"ausgefuellt")
    lauf = sozmon_p("abfrage", *FRAGE, "-o", tmp_path / "hze.xlsx")
    assert lauf.code == 73 and (tmp_path / "hze.xlsx").read_bytes() == b"ausgefuellt"
    assert sozmon_p("abfrage", *FRAGE).code == 2 and sozmon_p("abfrage", *FRAGE, "-o", "hze.ods").code == 2
    assert sozmon_p("abfrage", "hilfen_zur_erziehung", "-o", "x.xlsx").code == 2


def test_the_commands_of_the_readme_run(sozmon: Callable[..., Any], projekt: Path, monkeypatch: Any) -> None:
    readme = Path(__file__).parents[2] / "README.md"
    abschnitt = readme.read_text("utf-8").partition("## Bei einem Amt abfragen\n")[2].partition("\n## ")[0]
    [anlegen, einlesen] = [z for z in abschnitt.splitlines() if z.startswith(("sozmon abfrage", "sozmon import"))]
    monkeypatch.chdir(projekt)
    assert sozmon(*anlegen.split()[1:]).code == 0
    datei = einlesen.split()[-1]
    fuelle_mappe(Path(datei), Path(datei), zellen())
    lauf = sozmon(*einlesen.split()[1:])
    assert lauf.code == 0 and f"neu {GEMEINDEN + 2} " in lauf.out


@pytest.mark.skipif(shutil.which("soffice") is None, reason="LibreOffice (soffice) fehlt")
def test_filled_in_libreoffice_and_saved_as_csv(
    leerer_vordruck: Path, importiere: Callable[..., Any], sozmon: Callable[..., Any], projekt: Path, tmp_path: Path
) -> None:
    """Whatever LibreOffice saves, the same values come out of it: XLSX, CSV with ; , or tab, UTF-8 or Windows-1252."""
    ziele = {"lo.xlsx": "", "lo.csv": CSV_UTF8, "ansi.csv": CSV_KOMMA_ANSI, "tab.csv": CSV_TAB}
    fuelle(leerer_vordruck, zellen(), {tmp_path / z: o for z, o in ziele.items()}, tmp_path / "profil")
    lauf = importiere(*(tmp_path / z for z in ziele))
    assert lauf.code == 0 and lauf.out.count(f"neu {GEMEINDEN + 2} ") == 1, lauf.err
    assert lauf.out.count(f"unverändert {GEMEINDEN + 2} ") == 3, lauf.out + lauf.err
    gelesen = daten(sozmon, projekt, "17521/gemeinde")
    assert (gelesen["17521010"]["wert"], gelesen["17521030"]["status"]) == ("11", "geheim_quelle")
    assert daten(sozmon, projekt, "17521/ohne_zuordnung")["17521_ohne_zuordnung"]["wert"] == "4"
