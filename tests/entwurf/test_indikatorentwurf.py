"""``sozmon katalog neu``: the draft of an Indikator, and what it becomes when its questions are answered."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
import tomli

from sozmon.cli.app import run
from sozmon.definition import load_definition
from sozmon.entwurf.indikator import entwirf_indikator
from sozmon.katalog import load_katalog
from sozmon.katalogfragen import find_fragen
from sozmon.model import Indikator
from sozmon.projekt import create_projekt

KATALOG = load_katalog()
EIGENER = "tafelkunden"


@pytest.mark.parametrize("kennung", KATALOG.indikatoren)
def test_a_version_of_its_own_says_the_same_as_the_shipped_one(kennung: str) -> None:
    vorbild = KATALOG.indikatoren[kennung]
    daten = tomli.loads(entwirf_indikator(kennung, vorbild))
    assert load_definition(Indikator, daten, "entwurf", dimension=vorbild.dimension) == vorbild
    assert not find_fragen(entwirf_indikator(kennung, vorbild))


def test_a_draft_asks_what_every_indikator_needs_and_explains_every_field() -> None:
    text = entwirf_indikator(EIGENER)
    gefragt = [line.partition(" =")[0] for line in text.splitlines() if "???" in line and " = " in line]
    assert gefragt == ["titel", "kurz", "beschreibung", "thema", "einheit", "zaehler"]
    assert len(find_fragen(text)) == 6
    genannt = set(re.findall(r"^#? ?([a-z_]+) = ", text, re.MULTILINE))
    assert genannt == {f for f in Indikator.__dataclass_fields__ if f != "dimension"}


def test_every_commented_line_is_the_default_or_loads_as_an_example() -> None:
    text = entwirf_indikator(EIGENER)
    alle = tomli.loads(re.sub(r"^# ([a-z_]+ = )", r"\1", text, flags=re.MULTILINE))
    load_definition(Indikator, alle, "entwurf", dimension="teilhabe")


def test_the_model_gives_its_formula_but_not_its_name() -> None:
    vorbild = KATALOG.indikatoren["arbeitslosenanteil"]
    daten = tomli.loads(entwirf_indikator("arbeitslosenanteil_frauen", vorbild))
    assert daten["zaehler"] == [{"merkmal": "arbeitslose", "zeitart": "jahresmittel"}]
    assert daten["nenner"] == [{"merkmal": "bevoelkerung", "auspraegung": "alter=15-64"}]
    assert daten["variante_von"] == "arbeitslosenanteil"
    assert (daten["titel"], daten["kurz"], daten["beschreibung"]) == ("???", "???", "???")
    assert "leitindikator" not in daten


@pytest.fixture
def projekt(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    ordner = tmp_path / "monitoring"
    create_projekt(ordner, kreis="14522")
    monkeypatch.chdir(ordner)
    return ordner


def sozmon(capfdbinary: pytest.CaptureFixture[bytes], *worte: str) -> tuple[int, str, str]:
    code = run(worte)
    out, err = capfdbinary.readouterr()
    return code, out.decode(), err.decode()


def test_an_open_draft_is_no_indikator_and_becomes_one_when_it_is_answered(
    projekt: Path, capfdbinary: pytest.CaptureFixture[bytes]
) -> None:
    ziel = Path("indikatoren") / "finanzen" / f"{EIGENER}.toml"
    assert sozmon(capfdbinary, "katalog", "neu", EIGENER, "-o", str(ziel))[0] == 0
    assert EIGENER not in sozmon(capfdbinary, "katalog", "--format", "csv")[1]
    code, _, err = sozmon(capfdbinary, "werte", "-i", EIGENER, "-r", "14522")
    assert code == 2
    assert "noch ein Entwurf" in err and "noch 6 Fragen offen" in err
    code, _, err = sozmon(capfdbinary, "katalog", "pruefen", "--fehler-ab", "warnung")
    assert code != 0
    assert f"„{EIGENER}“ ist noch ein Entwurf" in err

    text = (projekt / ziel).read_text("utf-8").replace('[{ merkmal = "???" }]', '[{ merkmal = "wohngeldhaushalte" }]')
    for feld, antwort in (("titel", "Haushalte mit Wohngeld"), ("kurz", "Wohngeld"), ("thema", "Einkommen")):
        text = text.replace(f'{feld} = "???"', f'{feld} = "{antwort}"')
    text = text.replace('einheit = "???"', 'einheit = "Haushalte"').replace('"???"', '"Haushalte am Jahresende."')
    text = text.replace('# verfahren = "anteil"', 'verfahren = "anzahl"').replace("# faktor = 100", "faktor = 1")
    (projekt / ziel).write_text(text, "utf-8")
    assert sozmon(capfdbinary, "katalog", "pruefen", "--fehler-ab", "warnung")[0] == 0
    assert EIGENER in sozmon(capfdbinary, "katalog", "--format", "csv")[1]


def test_a_draft_over_a_shipped_indikator_leaves_that_in_force(
    projekt: Path, capfdbinary: pytest.CaptureFixture[bytes]
) -> None:
    ziel = projekt / "indikatoren" / "teilhabe" / "arbeitslosenanteil.toml"
    assert sozmon(capfdbinary, "katalog", "neu", ziel.stem, "--wie", "sgb2_quote", "-o", str(ziel))[0] == 0
    assert "Arbeitslosenanteil" in sozmon(capfdbinary, "katalog", "zeige", "arbeitslosenanteil")[1]


@pytest.mark.parametrize(
    ("worte", "code", "text"),
    [
        (("Tafel Kunden",), 2, "kann kein Indikator heißen"),
        (("tafelkunden", "-o", "indikatoren/merkmale/tafelkunden.toml"), 2, "sucht sozmon keine Indikatoren"),
        (("tafelkunden", "-o", "indikatoren/tafelkunden.toml"), 2, "sucht sozmon keine Indikatoren"),
        (("tafelkunden", "-o", "indikatoren/finanzen/kunden.toml"), 2, "heißt wie seine Datei"),
        (("tafelkunden", "--wie", "arbeitslosenanteill"), 2, "Meinten Sie"),
    ],
)
def test_what_cannot_be_drafted_writes_nothing(
    projekt: Path, capfdbinary: pytest.CaptureFixture[bytes], worte: tuple[str, ...], code: int, text: str
) -> None:
    vorher = sorted(projekt.rglob("*"))
    ergebnis = sozmon(capfdbinary, "katalog", "neu", *worte)
    assert ergebnis[0] == code
    assert text in ergebnis[2]
    assert sorted(projekt.rglob("*")) == vorher


def test_an_existing_draft_is_replaced_only_on_demand(projekt: Path, capfdbinary: pytest.CaptureFixture[bytes]) -> None:
    ziel = projekt / "indikatoren" / "finanzen" / f"{EIGENER}.toml"
    neu = ("katalog", "neu", EIGENER, "-o", str(ziel))
    assert sozmon(capfdbinary, *neu)[0] == 0
    ziel.write_text("meine Antworten", "utf-8")
    assert sozmon(capfdbinary, *neu)[0] == 73
    assert ziel.read_text("utf-8") == "meine Antworten"


def test_a_second_file_for_one_indikator_would_lock_the_project(
    projekt: Path, capfdbinary: pytest.CaptureFixture[bytes]
) -> None:
    neu = ("katalog", "neu", EIGENER, "-o")
    assert sozmon(capfdbinary, *neu, f"indikatoren/finanzen/{EIGENER}.toml")[0] == 0
    code, _, err = sozmon(capfdbinary, *neu, f"indikatoren/teilhabe/{EIGENER}.toml")
    assert (code, f"finanzen/{EIGENER}.toml" in err) == (2, True)
    assert sozmon(capfdbinary, "katalog")[0] == 0
