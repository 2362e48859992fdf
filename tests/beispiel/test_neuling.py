"""The newcomer's way, done exactly as the README says it: an own table, three files, a number in a chapter."""

from __future__ import annotations

import csv
import html
import io
import re
import shutil
import textwrap
from pathlib import Path

import pytest
from beispielhilfe import sozmon

WURZEL = Path(__file__).resolve().parents[2]
ABSCHNITT = "## Ein eigener Indikator aus einer eigenen Tabelle"
BESUCHE = 97  # each Gemeinde that the README does not show


@pytest.fixture(scope="module")
def abschnitt() -> str:
    return (WURZEL / "README.md").read_text("utf-8").split(ABSCHNITT)[1].split("\n## ")[0]


def bloecke(abschnitt: str, sprache: str) -> list[str]:
    return [textwrap.dedent(b) for b in re.findall(rf"^ *```{sprache}\n(.*?)^ *```", abschnitt, re.S | re.M)]


def test_an_own_table_comes_into_a_chapter(abschnitt: str, beispiel: Path, tmp_path: Path) -> None:
    projekt = Path(shutil.copytree(beispiel, tmp_path / "auental", ignore=shutil.ignore_patterns("ausgabe")))
    orte = re.findall(r"`(indikatoren/\w+/\w+\.toml)`", abschnitt)
    dateien = dict(zip(orte, bloecke(abschnitt, "toml"), strict=True))
    (text,) = bloecke(abschnitt, "markdown")
    (wohin,) = re.findall(r"`(texte/\w+/\w+\.md)`", abschnitt)
    for ort, inhalt in {**dateien, wohin: text}.items():
        (projekt / ort).parent.mkdir(parents=True, exist_ok=True)
        (projekt / ort).write_text(inhalt, "utf-8")
    tabelle = ergaenze(bloecke(abschnitt, "csv")[0], projekt)
    (projekt / "Jugendtreffs.csv").write_text(tabelle, "utf-8")

    befehle = [b for block in bloecke(abschnitt, "sh") for b in block.splitlines()]
    assert len(befehle) == 4
    ausgaben = []
    for befehl in befehle:
        worte = [str(projekt / w) if w.endswith(".csv") else w for w in befehl.split()[1:]]
        lauf = sozmon(*worte, projekt=projekt)
        assert lauf.returncode == 0, lauf.stderr
        ausgaben.append(lauf.stdout)

    besuche = sum(int(z.rsplit(";", 1)[1]) for z in tabelle.splitlines()[3:])
    gedruckt = f"{besuche / junge_menschen() * 100:.1f}".replace(".", ",")
    assert gedruckt in ausgaben[2]
    seite = Path(ausgaben[3].strip()).read_text("utf-8")
    worte = " ".join(html.unescape(re.sub(r"<[^>]+>", " ", re.sub(r'src="data:[^"]*"', "", seite))).split())
    assert f"Gezählt sind Besuche, nicht Personen: {gedruckt} je 100 sagt nicht" in worte
    assert "Nutzung der Jugendtreffs" in worte and "Jugendamt" in worte
    assert not list((projekt / "vorlagen").rglob("*.j2")), "no template was touched"


def ergaenze(tabelle: str, projekt: Path) -> str:
    """The table of the README with a row for every other Gemeinde of the example."""
    lauf = sozmon("raeume", "--ebene", "gemeinde", "--format", "csv", projekt=projekt)
    gemeinden = list(csv.DictReader(io.StringIO(lauf.stdout)))
    gezeigt = set(re.findall(r"^\d{8}", tabelle, re.M))
    assert gezeigt < {g["raum_id"] for g in gemeinden}
    rest = [f"{g['raum_id']};{g['raum']};{BESUCHE}" for g in gemeinden if g["raum_id"] not in gezeigt]
    return tabelle + "\n".join(rest) + "\n"


def junge_menschen() -> int:
    """People under 20 of the Kreis at the end of 2023, as the model of the example knows them."""
    with (Path(__file__).parent / "fakten.csv").open(encoding="utf-8", newline="") as f:
        (zahl,) = [
            z["zaehler"]
            for z in csv.DictReader(f)
            if (z["indikator"], z["raum_id"], z["zeit"]) == ("jugendquotient", "17521", "2023-12-31")
        ]
    return int(zahl)
