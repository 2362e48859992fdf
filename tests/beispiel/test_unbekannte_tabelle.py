"""The README's way for a table that sozmon does not know: draft, answer, look, import – done exactly as written."""

from __future__ import annotations

import csv
import io
import re
import shutil
from pathlib import Path

import pytest
from beispielhilfe import sozmon
from test_neuling import WURZEL, bloecke

ABSCHNITT = "## Eine Tabelle, die sozmon noch nicht kennt"


@pytest.fixture(scope="module")
def abschnitt() -> str:
    return (WURZEL / "README.md").read_text("utf-8").split(ABSCHNITT)[1].split("\n## ")[0]


def test_a_planner_follows_the_readme(
    abschnitt: str, beispiel: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    projekt = Path(shutil.copytree(beispiel, tmp_path / "auental", ignore=shutil.ignore_patterns("ausgabe")))
    monkeypatch.chdir(projekt)
    [tabelle] = bloecke(abschnitt, "csv")
    Path("Unterkuenfte.csv").write_text(tabelle, "utf-8")
    entwerfen, pruefen, importieren, daten = [b for block in bloecke(abschnitt, "sh") for b in block.splitlines()]

    lauf = sozmon(*entwerfen.split()[1:])
    assert lauf.returncode == 0, lauf.stderr
    assert "4 FRAGEN sind zu beantworten." in lauf.stderr and "sozmon meldet vier Fragen" in abschnitt.replace("`", "")
    quelle = Path(entwerfen.split()[-1])
    assert sozmon(*pruefen.split()[1:]).returncode == 3, "questions are open"
    assert sozmon(*importieren.split()[1:]).returncode == 4, "a draft reads nothing"

    zeilen = quelle.read_text("utf-8").splitlines()
    antworten = re.findall(r"^   \|[^|]*\| `(.+?)` \| `(.+?)` \|$", abschnitt, re.M)
    assert len(antworten) == 5
    for vorher, nachher in antworten:
        assert zeilen.count(vorher) == 1, vorher
        zeilen[zeilen.index(vorher)] = nachher
    quelle.write_text("\n".join(zeilen) + "\n", "utf-8")

    gezeigt = sozmon(*pruefen.split()[1:])
    assert gezeigt.returncode == 0, gezeigt.stderr
    assert "Werte: 5, davon 1 geheim" in gezeigt.stdout and "Spalte 4  darunter Frauen" in gezeigt.stdout
    eingelesen = sozmon(*importieren.split()[1:])
    assert eingelesen.returncode == 0 and "neu 5" in eingelesen.stdout, eingelesen.stdout + eingelesen.stderr
    lauf = sozmon(*daten.split()[1:], "--format", "csv")
    werte = {z["raum_id"]: (z["wert"], z["status"]) for z in csv.DictReader(io.StringIO(lauf.stdout))}
    gelesen = {z[0]: z[2] for z in csv.reader(io.StringIO(tabelle), delimiter=";") if re.fullmatch(r"\d{8}", z[0])}
    erwartet = {"*": ("", "geheim_quelle"), "-": ("0", "null_genau")}
    assert {r: werte[r] for r in gelesen} == {r: erwartet.get(t, (t, "wert")) for r, t in gelesen.items()}
