"""The Datenpool on the command line: ids from a pipe, breakdowns, the Quelle that holds, the Tab key."""

from __future__ import annotations

import csv
import io
import json
import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

Sozmon = Callable[..., Any]
KREIS = "17521"


class Eingabe(io.StringIO):
    """A standard input that is no terminal."""

    def isatty(self) -> bool:
        return False


@pytest.fixture
def mit_eingabe(sozmon_p: Sozmon, monkeypatch: pytest.MonkeyPatch) -> Sozmon:
    def call(text: str, *worte: str) -> Any:
        monkeypatch.setattr(sys, "stdin", Eingabe(text))
        return sozmon_p(*worte)

    return call


def zeilen(text: str) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(text, newline="")))


# -- ids from a pipe --------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "text",
    [
        "SR1\nSR2\n",
        "\ufeffSR1\r\n\r\nSR2\r\nSR1\r\n",
        'raum_id,raum,ebene\nSR1,Auenfurt,sozialregionen\nSR2,"Nord, Mühlbergen",sozialregionen\n',
        "ebene;raum_id\nsozialregionen;SR1\nsozialregionen;SR2\n",
        '{"raum_id": "SR1"}\n{"raum_id": "SR2"}\n',
        '[{"raum_id": "SR1"}, {"raum_id": "SR2"}]',
        '["SR1", "SR2"]',
    ],
)
def test_raeume_from_a_pipe(mit_eingabe: Sozmon, text: str) -> None:
    lauf = mit_eingabe(text, "werte", "-i", "arbeitslosenanteil", "-r", "-", "-z", "2021", "--format", "csv")
    assert lauf.code == 0, lauf.err
    assert [z["raum_id"] for z in zeilen(lauf.out)] == ["SR1", "SR2"]


def test_a_name_with_a_comma_stays_one_name(mit_eingabe: Sozmon) -> None:
    lauf = mit_eingabe("Lindenfurt, Stadt\n", "daten", "-m", "bevoelkerung", "-r", "-", "-z", "2023", "--format", "csv")
    assert {z["raum_id"] for z in zeilen(lauf.out)} == {"17521120"}


@pytest.mark.parametrize(
    ("text", "worte", "enthaelt"),
    [
        ("", ("-i", "arbeitslosenanteil", "-r", "-"), "Die Standardeingabe ist leer"),
        ("raum_id\n", ("-i", "arbeitslosenanteil", "-r", "-"), "hat keine Zeile"),
        ('{"x": 1}\n', ("-i", "arbeitslosenanteil", "-r", "-"), "ohne das Feld „raum_id“"),
        ("SR99\n", ("-i", "arbeitslosenanteil", "-r", "-"), "SR99"),
        ("a\n", ("-i", "-", "-r", "-"), "schon für --indikator gelesen"),
    ],
)
def test_a_pipe_that_holds_no_ids_is_2(mit_eingabe: Sozmon, text: str, worte: tuple[str, ...], enthaelt: str) -> None:
    lauf = mit_eingabe(text, "werte", *worte)
    assert (lauf.code, lauf.out) == (2, "") and enthaelt in lauf.err


# -- breakdowns and Quellen -------------------------------------------------------------------------


def test_daten_puts_age_groups_together(sozmon_p: Sozmon) -> None:
    frage = ("daten", "-m", "bevoelkerung", "-r", KREIS, "-z", "2023", "--format", "csv")
    m, w, alle = (zeilen(sozmon_p(*frage, "-a", a).out) for a in ("geschlecht=m", "geschlecht=w", "insgesamt"))
    quelle = m[0]["quelle"]
    (ganz,) = [z for z in alle if z["quelle"] == quelle and z["stand"] == m[0]["stand"]]
    assert float(m[0]["wert"]) + float(w[0]["wert"]) == float(ganz["wert"])
    assert {z["auspraegung"] for z in alle} == {""}


@pytest.mark.parametrize(
    ("wort", "enthaelt"),
    [("altr", "Meinten Sie „alter“"), ("alter=0-16", "-a alter="), ("geschlecht=weiblich", "m, w")],
)
def test_an_unknown_auspraegung_is_2(sozmon_p: Sozmon, wort: str, enthaelt: str) -> None:
    lauf = sozmon_p("daten", "-m", "bevoelkerung", "-r", KREIS, "-a", wort)
    assert lauf.code == 2 and enthaelt in lauf.err


def test_an_empty_answer_says_where_the_merkmal_is(sozmon_p: Sozmon) -> None:
    lauf = sozmon_p("daten", "-m", "leistungsberechtigte_sgb2", "-r", "17", "-z", "2021")
    assert lauf.code == 0 and "nur für die Ebenen gemeinde und kreis." in lauf.err
    ohne = sozmon_p("daten", "-m", "leistungsberechtigte_sgb2", "-r", KREIS, "-z", "1990")
    assert ohne.code == 0 and "Info andere_zeit" in ohne.err and "sonst für" in ohne.err
    assert "andere_ebene" not in sozmon_p("daten", "-m", "leistungsberechtigte_sgb2", "-r", "SR1", "-z", "2021").err


def test_werte_by_sex(sozmon_p: Sozmon) -> None:
    lauf = sozmon_p("werte", "-i", "bevoelkerung", "-r", KREIS, "-z", "2023", "-a", "geschlecht", "--format", "csv")
    assert [z["auspraegung"] for z in zeilen(lauf.out)] == ["geschlecht=m", "geschlecht=w"]
    ganz = zeilen(sozmon_p("werte", "-i", "bevoelkerung", "-r", KREIS, "-z", "2023", "--format", "csv").out)
    assert sum(float(z["wert"]) for z in zeilen(lauf.out)) == float(ganz[0]["wert"])


# -- the Tab key ------------------------------------------------------------------------------------


def tab(projekt: Path, worte: str) -> list[str]:
    umgebung = {
        "PATH": os.environ["PATH"],
        "SOZMON_PROJEKT": str(projekt),
        "_SOZMON_COMPLETE": "complete_bash",
        "COMP_WORDS": worte,
        "COMP_CWORD": str(worte.count(" ")),
    }
    lauf = subprocess.run([sys.executable, "-m", "sozmon"], env=umgebung, capture_output=True, check=False)
    assert lauf.stderr == b""
    return lauf.stdout.decode().split()


def test_tab_knows_the_raeume_from_a_small_cache(projekt: Path) -> None:
    assert "SR2" in tab(projekt, "sozmon werte -r SR")
    assert "SR1,17521/gemeinde" in tab(projekt, "sozmon werte -r SR1,17521/g")
    speicher = projekt / "bestand" / "zwischenspeicher"
    (eintrag,) = [p for p in speicher.glob("*/*") if b'"raum"' in p.read_bytes()]
    vorrat = json.loads(eintrag.read_bytes()[32:])
    assert ["SR2", "Nord (Mühlbergen)"] in vorrat["raum"] and eintrag.stat().st_size < 100_000


def test_tab_notices_a_new_definition(projekt: Path) -> None:
    assert tab(projekt, "sozmon daten -m jugendt") == []
    ordner = projekt / "indikatoren" / "merkmale"
    ordner.mkdir(parents=True, exist_ok=True)
    (ordner / "jugendtreffs.toml").write_text(
        '[jugendtreffs]\ntitel = "Jugendtreffs"\neinheit = "Besuche"\nzeitart = ["jahr"]\nquellen = ["jobcenter"]\n',
        "utf-8",
    )
    assert tab(projekt, "sozmon daten -m jugendt") == ["jugendtreffs"]


def test_an_ending_that_promises_something_else_is_refused(sozmon_p: Sozmon, tmp_path: Path) -> None:
    lauf = sozmon_p("werte", "-i", "bevoelkerung", "-r", KREIS, "-z", "2023", "-o", tmp_path / "y.docx")
    assert lauf.code == 2 and "„.docx“" in lauf.err and not (tmp_path / "y.docx").exists()
