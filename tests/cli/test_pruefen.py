"""``sozmon pruefen`` for the store and for files, and ``--fehler-ab`` of both pruefen and import."""

from __future__ import annotations

import csv
import hashlib
import io
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Any

import pytest

from sozmon.projekt import create_projekt, load_projekt
from sozmon.raeume import Register, RegisterRaum, write_register

Sozmon = Callable[..., Any]
KREIS = "99001"
GEMEINDEN = {f"99001{10 * n:03}": f"Ort {n}" for n in range(1, 11)}
KOPF = (
    "statistics_code;statistics_label;time_code;time_label;time;1_variable_code;1_variable_label;"
    "1_variable_attribute_code;1_variable_attribute_label;value;value_unit;value_variable_code;value_variable_label"
)


def datei(ordner: Path, name: str, jahr: int, werte: Iterable[tuple[str, str, int]]) -> Path:
    """A flat file of population: (key, name, value)."""
    zeilen = [
        f"12411;Fortschreibung;STAG;Stichtag;{jahr}-12-31;{'GEMEIN' if len(k) == 8 else 'KREISE'};Raum;{k};{n};{w};"
        "Anzahl;BEVSTD;Bevölkerungsstand"
        for k, n, w in werte
    ]
    ziel = ordner / name
    ziel.write_text("\n".join([KOPF, *zeilen]) + "\n", encoding="utf-8")
    return ziel


def gemeinden(faktor: float = 1.0) -> list[tuple[str, str, int]]:
    return [(k, n, round(faktor * (1000 + 137 * i))) for i, (k, n) in enumerate(GEMEINDEN.items())]


@pytest.fixture(scope="module")
def vorlage(tmp_path_factory: pytest.TempPathFactory) -> Path:
    ordner = tmp_path_factory.mktemp("pruefen") / "projekt"
    create_projekt(ordner, kreis=KREIS, beispiel=False)
    raeume = [RegisterRaum("99", "Probeland", "land", "99", "", 100.0, 1e5)]
    raeume.append(RegisterRaum(KREIS, "Probekreis", "kreis", KREIS, "", 100.0, 1e5))
    raeume += [RegisterRaum(k, n, "gemeinde", f"{KREIS}0{k[5:]}{k[5:]}", "64", 10.0, 1e3) for k, n in GEMEINDEN.items()]
    write_register(load_projekt(ordner).raeume, Register("2020-12-31", tuple(raeume)))
    return ordner


@pytest.fixture
def p(sozmon: Sozmon, vorlage: Path, tmp_path: Path) -> Sozmon:
    import shutil

    shutil.copytree(vorlage, tmp_path / "p")
    return lambda *worte: sozmon("--projekt", tmp_path / "p", *worte)


def zeilen(text: str) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(text, newline="")))


def spuren(ordner: Path) -> dict[str, str]:
    return {
        str(f.relative_to(ordner)): hashlib.sha256(f.read_bytes()).hexdigest()
        for f in sorted(ordner.rglob("*"))
        if f.is_file()
    }


def test_a_file_before_and_after_its_import(p: Sozmon, tmp_path: Path) -> None:
    ganz = sum(w for _, _, w in gemeinden())
    falsch = datei(tmp_path, "a_abruf20220601.csv", 2021, [*gemeinden(), (KREIS, "Probekreis", ganz + 31)])
    vorher = spuren(tmp_path / "p")
    lauf = p("pruefen", falsch, "--format", "csv")
    assert lauf.code == 0, lauf.err
    [zeile] = zeilen(lauf.out)
    assert (zeile["stufe"], zeile["kennung"]) == ("warnung", "summe_abweichend")
    assert zeile["fundstelle"].startswith("a_abruf20220601.csv · Zeile 12") and "(−31)" in zeile["text"]
    assert p("pruefen", falsch, "--fehler-ab", "warnung").code == 3
    assert spuren(tmp_path / "p") == vorher, "checking writes nothing"

    assert p("import", falsch, "--streng").code == 4
    lauf = p("import", falsch, "--fehler-ab", "warnung")
    assert lauf.code == 3 and "summe_abweichend" in lauf.err and "neu 11" in lauf.out
    assert [z["kennung"] for z in zeilen(p("pruefen", falsch, "--format", "csv").out)] == ["summe_abweichend"]
    im_bestand = {z["kennung"]: z for z in zeilen(p("pruefen", "--format", "csv").out)}
    assert im_bestand["summe_abweichend"]["fundstelle"] == zeile["fundstelle"]


def test_filters_of_the_store(p: Sozmon, tmp_path: Path) -> None:
    ganz = sum(w for _, _, w in gemeinden())
    assert p("import", datei(tmp_path, "a_abruf20220601.csv", 2021, [*gemeinden(), (KREIS, "P", ganz + 31)])).code == 0
    nur = p("pruefen", "-m", "bevoelkerung", "-r", KREIS, "--format", "csv")
    assert [z["kennung"] for z in zeilen(nur.out)] == ["summe_abweichend"]
    assert zeilen(p("pruefen", "-r", "99001010", "--format", "csv").out) == []
    assert zeilen(p("pruefen", "-m", "gestorbene", "--format", "csv").out) == []
    lauf = p("pruefen", "-m", "bevölkerung")
    assert lauf.code == 2 and "bevoelkerung" in lauf.err
    assert "Warnung summe_abweichend: Bevölkerung, 31.12.2021, Probekreis" in p("pruefen", "-m", "bevoelkerung").out


def test_a_file_against_the_earlier_one(p: Sozmon, tmp_path: Path) -> None:
    assert p("import", datei(tmp_path, "a_abruf20220601.csv", 2021, gemeinden())).code == 0
    zehnfach = datei(tmp_path, "b_abruf20230601.csv", 2022, gemeinden(9.9))
    lauf = p("pruefen", zehnfach, "--format", "csv")
    assert [z["kennung"] for z in zeilen(lauf.out)] == ["faktor"]
    lauf = p("import", zehnfach)
    assert lauf.code == 0 and "das Zehnfache der Werte am 31.12.2021" in lauf.err
    gut = datei(tmp_path, "c_abruf20230701.csv", 2022, gemeinden(0.99))
    assert "in der früheren Lieferung" in p("import", gut).err  # a tenth of what the file before said
    assert "faktor" not in p("pruefen", "--format", "csv").out


def test_a_file_that_cannot_be_read_is_a_row_and_a_missing_one_an_error(p: Sozmon, tmp_path: Path) -> None:
    (tmp_path / "seite.csv").write_text("<!DOCTYPE html><html><body>Wartung</body></html>", encoding="utf-8")
    lauf = p("pruefen", tmp_path / "seite.csv", "--format", "csv")
    assert lauf.code == 3 and [z["kennung"] for z in zeilen(lauf.out)] == ["html_seite"]
    assert p("pruefen", tmp_path / "gibtesnicht.csv").code == 66


@pytest.mark.parametrize(
    "worte", [("datei.csv", "-m", "bevoelkerung"), ("--quelle", "inkar"), ("datei.csv", "--bestand")]
)
def test_options_that_do_not_go_together(p: Sozmon, worte: tuple[str, ...]) -> None:
    lauf = p("pruefen", *worte)
    assert (lauf.code == 2 and "Abhilfe" in lauf.err) or "sozmon pruefen" in lauf.err


def test_an_empty_store_has_no_findings_about_values(p: Sozmon) -> None:
    lauf = p("pruefen", "-m", "bevoelkerung")
    assert lauf.code == 0 and "Keine Meldungen." in lauf.err
