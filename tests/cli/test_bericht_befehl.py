"""``bericht``, ``diagramm`` and ``status --bericht`` as a planner calls them."""

from __future__ import annotations

import csv
import io
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

BERICHT = """
[berichte.kurz]
titel = "Kurzbericht"
kapitel = ["teilhabe"]
berichtszeitraum = [2014, 2023]
datenstand = "2025-01-31"
raumgliederung = "sozialregionen"
"""
Ruf = Callable[..., object]


@pytest.fixture(scope="module")
def gedruckt(vorlage_projekt: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A project whose report stands printed as HTML; tests take copies."""
    from sozmon.cli.app import run

    ordner = Path(shutil.copytree(vorlage_projekt, tmp_path_factory.mktemp("bericht") / "p"))
    kopf = (ordner / "sozmon.toml").read_text("utf-8").partition("[berichte.")[0]
    (ordner / "sozmon.toml").write_text(kopf + BERICHT, "utf-8")
    assert run(["-q", "--projekt", str(ordner), "bericht", "--format", "html"]) == 0
    return ordner


@pytest.fixture
def p(gedruckt: Path, tmp_path: Path) -> Path:
    return Path(shutil.copytree(gedruckt, tmp_path / "p"))


def test_nothing_changed_nothing_is_printed(sozmon: Ruf, p: Path) -> None:
    vorher = {q: q.stat().st_mtime_ns for q in (p / "ausgabe").rglob("*")}
    lauf = sozmon("--projekt", p, "bericht", "--format", "html")
    assert lauf.code == 0 and lauf.out == f"{p / 'ausgabe/kurz/kurz.html'}\n" and "Alles war aktuell" in lauf.err
    assert {q: q.stat().st_mtime_ns for q in (p / "ausgabe").rglob("*")} == vorher


def test_work_of_people_in_a_product_is_kept(sozmon: Ruf, p: Path) -> None:
    produkt = p / "ausgabe/kurz/kurz.html"
    alt = produkt.read_bytes()
    produkt.write_bytes(alt + b"<!-- von Hand -->")
    datei = p / "sozmon.toml"
    datei.write_text(datei.read_text("utf-8").replace('"Kurzbericht"', '"Kurzbericht neu"'), "utf-8")
    assert sozmon("--projekt", p, "bericht", "--format", "html").code == 0
    assert (p / "ausgabe/kurz/kurz_bearbeitet_1.html").read_bytes() == alt + b"<!-- von Hand -->"
    assert "Kurzbericht neu" in produkt.read_text("utf-8")


def test_preview_touches_neither_products_nor_register(sozmon: Ruf, p: Path) -> None:
    (p / "texte/teilhabe/einleitung.md").write_text('Jetzt {{ wert("arbeitslosenanteil") }}.', "utf-8")
    register, produkt = ((p / x).read_bytes() for x in ("texte/zitate.csv", "ausgabe/kurz/kurz.html"))
    lauf = sozmon("--projekt", p, "bericht", "--kapitel", "teilhabe", "--vorschau")
    assert lauf.code == 0 and lauf.out.endswith("kurz_vorschau.html\n")
    seite = Path(lauf.out.strip()).read_text("utf-8")
    assert "Jetzt " in seite and "ENTWURF" in seite
    assert (p / "texte/zitate.csv").read_bytes() == register
    assert (p / "ausgabe/kurz/kurz.html").read_bytes() == produkt


def test_wrong_words_are_2_with_a_suggestion(sozmon: Ruf, p: Path) -> None:
    for worte, rat in (
        (("bericht", "kurtz"), "kurz"),
        (("bericht", "--kapitel", "teilhave"), "teilhabe"),
        (("bericht", "--format", "pfd"), "pdf"),
        (("diagramm", "torte", "-i", "arbeitslosenanteil"), "linie"),
        (("diagramm", "linie", "-i", "arbeitslosenanteil,bevoelkerung"), "genau einen"),
    ):
        lauf = sozmon("--projekt", p, *worte)
        assert lauf.code == 2 and rat in lauf.err and not lauf.out, (worte, lauf)


def test_an_error_in_a_text_leaves_the_last_report_as_it_was(sozmon: Ruf, p: Path) -> None:
    vorher = {q: q.read_bytes() for q in (p / "ausgabe").rglob("*") if q.is_file()}
    (p / "texte/teilhabe/einleitung.md").write_text('Gut.\n\n{{ wert("arbeitslosenanteill") }}', "utf-8")
    lauf = sozmon("--projekt", p, "bericht", "--format", "html")
    assert lauf.code == 78 and "texte/teilhabe/einleitung.md" in lauf.err and "„arbeitslosenanteil“" in lauf.err
    assert {q: q.read_bytes() for q in (p / "ausgabe").rglob("*") if q.is_file()} == vorher


def test_a_chart_with_its_data_and_its_words(sozmon: Ruf, p: Path) -> None:
    lauf = sozmon("--projekt", p, "diagramm", "rangfolge", "-i", "arbeitslosenanteil", "-o", p / "bild.svg")
    assert lauf.code == 0, lauf.err
    assert [Path(z).name for z in lauf.out.splitlines()] == ["bild.svg", "bild.txt", "bild.csv"]
    assert (p / "bild.svg").read_bytes().lstrip().startswith(b"<?xml")
    zeilen = list(csv.reader(io.StringIO((p / "bild.csv").read_text("utf-8-sig")), delimiter=";"))
    worte = (p / "bild.txt").read_text("utf-8")
    assert len(zeilen) > 5 and "Quelle:" in worte and "ENTWURF" in worte
    gemessen = sozmon(
        "--projekt", p, "werte", "-i", "arbeitslosenanteil", "-r", "SR1", "-z", "2021", "--format", "csv",
        "--datenstand", "2025-01-31",
    )  # fmt: skip
    (eine,) = csv.DictReader(io.StringIO(gemessen.out))
    assert any(f"{float(eine['wert']):.1f}".replace(".", ",") in z for zeile in zeilen for z in zeile)


def test_what_a_later_data_state_would_change(sozmon: Ruf, p: Path) -> None:
    lauf = sozmon("--projekt", p, "status")
    assert "Bericht kurz: Redaktionsschluss 31.01.2025" in lauf.err and "status --bericht kurz" in lauf.err
    lauf = sozmon("--projekt", p, "status", "--bericht", "kurz", "--format", "csv")
    assert lauf.code == 0 and "12411-01-01-4_de_flat_abruf20250410.csv" in lauf.err
    anzahl = len(list(csv.DictReader(io.StringIO(lauf.out))))
    assert f"{anzahl} Werte des Berichts würden sich ändern" in lauf.err and anzahl > 1
