"""``sozmon neu`` and ``sozmon katalog`` as the user meets them."""

from __future__ import annotations

import csv
import io
import tomllib
from pathlib import Path

import pytest

from sozmon.cli.app import run


@pytest.fixture(autouse=True)
def ohne_projekt(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("SOZMON_PROJEKT", raising=False)
    monkeypatch.setenv("HOME", str(tmp_path))
    monkeypatch.chdir(tmp_path)


def aufruf(capfdbinary: pytest.CaptureFixture[bytes], *worte: str) -> tuple[int, str, str]:
    code = run(worte)
    out, err = capfdbinary.readouterr()
    return code, out.decode(), err.decode()


def test_neu_prints_the_folder_and_the_next_step(tmp_path: Path, capfdbinary: pytest.CaptureFixture[bytes]) -> None:
    code, out, err = aufruf(capfdbinary, "neu", "monitoring", "--kreis", "14522")
    assert (code, out.strip()) == (0, str(tmp_path / "monitoring"))
    assert "import" in err
    assert tomllib.loads((tmp_path / "monitoring" / "sozmon.toml").read_text("utf-8"))["kreis"] == "14522"
    assert aufruf(capfdbinary, "neu", "monitoring", "--kreis", "14522")[0] == 73


@pytest.mark.parametrize("worte", [("x",), ("x", "--kreis", "14522", "--beispiel"), ("x", "--kreis", "Sachsen")])
def test_neu_needs_one_clear_wish(
    tmp_path: Path, capfdbinary: pytest.CaptureFixture[bytes], worte: tuple[str, ...]
) -> None:
    code, out, err = aufruf(capfdbinary, "neu", *worte)
    assert (code, out) == (2, "")
    assert "Abhilfe" in err
    assert list(tmp_path.iterdir()) == []


def test_the_list_needs_no_project(capfdbinary: pytest.CaptureFixture[bytes]) -> None:
    code, out, _ = aufruf(capfdbinary, "katalog", "--format", "csv")
    zeilen = list(csv.DictReader(io.StringIO(out)))
    assert code == 0
    assert len(zeilen) > 25
    assert zeilen[0]["indikator"] == "bevoelkerung"
    assert list(dict.fromkeys(z["dimension"] for z in zeilen)) == ["demografie", "finanzen", "immateriell", "teilhabe"]


def test_zeige_and_its_suggestion(capfdbinary: pytest.CaptureFixture[bytes]) -> None:
    code, out, _ = aufruf(capfdbinary, "katalog", "zeige", "arbeitslosenanteil")
    assert code == 0
    assert "geteilt durch" in out
    assert "31.\n" not in out
    assert all(len(zeile) <= 100 for zeile in out.splitlines() if not zeile.startswith("Datei"))
    code, out, err = aufruf(capfdbinary, "katalog", "zeige", "arbeitslosenanteill")
    assert (code, out) == (2, "")
    assert "„arbeitslosenanteil“" in err


def test_zeige_and_verfuegbar_in_an_empty_project(capfdbinary: pytest.CaptureFixture[bytes]) -> None:
    aufruf(capfdbinary, "neu", "leer", "--kreis", "14522")
    code, out, _ = aufruf(capfdbinary, "--projekt", "leer", "katalog", "zeige", "wahlbeteiligung_gemeinderat")
    assert code == 0
    assert "In diesem Projekt noch nicht." in out
    code, out, _ = aufruf(capfdbinary, "--projekt", "leer", "katalog", "verfuegbar", "--format", "csv")
    zeilen = list(csv.DictReader(io.StringIO(out)))
    assert code == 0
    assert {z["ebene"] for z in zeilen} == {""}
    assert all(z["fehlt"] for z in zeilen)


def test_verfuegbar_needs_a_project(capfdbinary: pytest.CaptureFixture[bytes]) -> None:
    assert aufruf(capfdbinary, "katalog", "verfuegbar")[0] == 66


def test_pruefen_finds_what_a_project_got_wrong(tmp_path: Path, capfdbinary: pytest.CaptureFixture[bytes]) -> None:
    code, out, _ = aufruf(capfdbinary, "katalog", "pruefen")
    assert code == 0
    assert out.endswith("Keine Mängel.\n")
    aufruf(capfdbinary, "neu", "p", "--kreis", "14522")
    datei = tmp_path / "p" / "indikatoren" / "merkmale" / "eigene.toml"
    datei.parent.mkdir()
    datei.write_text('[hunde]\ntitel = "Hunde"\neinheit = "Tiere"\nzeitart = ["jahr"]\nquellen = ["inka"]\n', "utf-8")
    code, out, err = aufruf(capfdbinary, "--projekt", "p", "katalog", "pruefen")
    assert code == 3
    assert "Ein Mangel." in out
    assert "„inka“" in err
    assert "„inkar“" in err
    datei.write_text("[hunde]\ntitl = 'x'\n", "utf-8")
    code, out, err = aufruf(capfdbinary, "--projekt", "p", "katalog")
    assert (code, out) == (78, "")
    assert "titel" in err


@pytest.mark.parametrize(
    ("art", "spalte", "kennung"), [("merkmale", "merkmal", "arbeitslose"), ("quellen", "quelle", "inkar")]
)
def test_merkmale_and_quellen_are_listed(
    capfdbinary: pytest.CaptureFixture[bytes], art: str, spalte: str, kennung: str
) -> None:
    code, out, _ = aufruf(capfdbinary, "katalog", art, "--format", "csv")
    assert code == 0
    assert kennung in {z[spalte] for z in csv.DictReader(io.StringIO(out))}
    assert aufruf(capfdbinary, "katalog", "zeige", kennung)[0] == 0
