"""The pipes of the README, as they stand there, with csvkit, DuckDB and jq: answers checked by other sums."""

from __future__ import annotations

import csv
import io
import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import openpyxl
import pytest
from beispielhilfe import sozmon

WURZEL = Path(__file__).resolve().parents[2]
ABSCHNITT = "## Der Datenpool"


@pytest.fixture(scope="module")
def befehle() -> list[str]:
    text = (WURZEL / "README.md").read_text("utf-8").split(ABSCHNITT)[1].split("\n## ")[0]
    bloecke = re.findall(r"```sh\n(.*?)```", text, re.S)
    return [z for block in bloecke for z in block.splitlines() if z and not z.startswith("#")]


@pytest.fixture(scope="module")
def shell(beispiel: Path, tmp_path_factory: pytest.TempPathFactory):  # type: ignore[no-untyped-def]
    """Run a line in a shell, in an empty folder, with the tools of this environment."""
    ordner = tmp_path_factory.mktemp("pool")
    pfad = f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}"
    umgebung = {**os.environ, "PATH": pfad, "SOZMON_PROJEKT": str(beispiel), "PYTHONWARNINGS": "ignore"}

    def lauf(zeile: str) -> str:
        for werkzeug in re.findall(r"(?:^|\| )(csv\w+|duckdb|jq) ", zeile):
            if shutil.which(werkzeug, path=pfad) is None:
                assert not os.environ.get("SOZMON_ALLE_WERKZEUGE"), f"{werkzeug} fehlt"
                pytest.skip(f"{werkzeug} ist nicht installiert")
        fertig = subprocess.run(
            ["bash", "-o", "pipefail", "-c", zeile],
            cwd=ordner,
            env=umgebung,
            capture_output=True,
            text=True,
            check=False,
        )
        # head closes the pipe early: csvkit then ends with a broken pipe of its own
        assert fertig.returncode == 0 or "head -" in zeile, (zeile, fertig.stderr)
        assert "Traceback" not in fertig.stderr, fertig.stderr
        return fertig.stdout

    lauf.ordner = ordner  # type: ignore[attr-defined]
    return lauf


def als_csv(text: str) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(text)))


def werte(beispiel: Path, *worte: str) -> list[dict[str, str]]:
    return als_csv(sozmon("werte", *worte, "--format", "csv", projekt=beispiel).stdout)


def einer(befehle: list[str], teil: str) -> str:
    (treffer,) = [b for b in befehle if teil in b]
    return treffer


def test_the_readme_shows_all_three_tools(befehle: list[str]) -> None:
    text = "\n".join(befehle)
    assert all(w in text for w in ("csvsort", "duckdb", "jq -r", "-r -", "-i -", "--breit zeit", ".parquet"))


def test_workbooks_for_excel(befehle: list[str], shell, beispiel: Path) -> None:  # type: ignore[no-untyped-def]
    for zeile in befehle[:2]:
        shell(zeile)
    mappe = openpyxl.load_workbook(shell.ordner / "bevoelkerung.xlsx")
    assert mappe.sheetnames == ["Tabelle", "Erläuterung"]
    kopf, *zeilen = mappe["Tabelle"].iter_rows(values_only=True)
    jahre = [f"31.12.{j}" for j in range(2019, 2024)]
    assert list(kopf[-5:]) == jahre and len(zeilen) == 24, "one row a Gemeinde"
    ohne = befehle[0].replace(" --geltend", "").replace("bevoelkerung.xlsx", "alle.xlsx")
    shell(ohne)
    assert openpyxl.load_workbook(shell.ordner / "alle.xlsx")["Tabelle"].max_row > 25, "two Quellen say it"
    assert all(isinstance(z[0], str) and len(z[0]) == 8 for z in zeilen)
    frage = "daten -m bevoelkerung -r 17521 -z 2023 -a insgesamt --geltend --format csv"
    kreis = sozmon(*frage.split(), projekt=beispiel).stdout
    assert sum(z[-1] for z in zeilen) == float(als_csv(kreis)[0]["wert"])
    worte = "\n".join(str(z) for z in mappe["Erläuterung"].iter_rows(values_only=True))
    assert "Bevölkerung (Personen)" in worte and "Regionaldatenbank" in worte and "ENTWURF" in worte
    paare = next(openpyxl.load_workbook(shell.ordner / "werte.xlsx")["Tabelle"].iter_rows(values_only=True))
    assert "altenquotient 31.12.2021" in paare and "geburtenrate 2023" in paare


def test_age_groups_are_put_together(befehle: list[str], shell, beispiel: Path) -> None:  # type: ignore[no-untyped-def]
    text = shell(einer(befehle, "alter=0-17"))
    kopf = text.splitlines()[0].split()
    assert kopf[-2:] == ["alter=0-17", "alter=65+"]
    gruppen = ("alter=0-2", "alter=3-5", "alter=6-9", "alter=10-14", "alter=15-17")
    teile = als_csv(
        sozmon(
            "daten", "-m", "bevoelkerung", "-r", "SR1", "-z", "2023", "-a", ",".join(gruppen), "--format", "csv",
            projekt=beispiel,
        ).stdout
    )  # fmt: skip
    erwartet = f"{int(sum(float(z['wert']) for z in teile)):,}".replace(",", ".")
    (sr1,) = [z for z in text.splitlines() if z.startswith("SR1")]
    assert len(teile) == 5 and sr1.split()[-2] == erwartet


def test_ids_through_a_pipe(befehle: list[str], shell) -> None:  # type: ignore[no-untyped-def]
    zeilen = [z for z in shell(einer(befehle, "raeume -r SR2")).splitlines() if z.startswith("17521")]
    assert len(zeilen) == 6 and all("altenquotient" in z for z in zeilen)


def test_csvkit_sorts_what_we_print(befehle: list[str], shell, beispiel: Path) -> None:  # type: ignore[no-untyped-def]
    gezeigt = als_csv(shell(einer(befehle, "csvsort")))
    alle = werte(beispiel, "-i", "arbeitslosenanteil", "-r", "17521/gemeinde", "-z", "2021")
    erwartet = sorted((z for z in alle if z["wert"]), key=lambda z: -float(z["wert"]))[:5]
    assert [z["raum"] for z in gezeigt] == [z["raum"] for z in erwartet]


def test_duckdb_gives_the_rate_of_the_kreis(befehle: list[str], shell, beispiel: Path) -> None:  # type: ignore[no-untyped-def]
    shell(einer(befehle, "-o werte.parquet"))
    gerechnet = als_csv(shell(einer(befehle, "duckdb")))
    kreis = werte(beispiel, "-i", "arbeitslosenanteil", "-r", "17521", "-z", "2019..2021")
    assert [(z["zeit"], float(z["quote"])) for z in gerechnet] == [
        (z["zeit"], round(float(z["wert"]), 1)) for z in kreis
    ]
    assert {z["ohne_wert"] for z in gerechnet} == {"0"}


def test_jq_asks_for_what_is_there(befehle: list[str], shell) -> None:  # type: ignore[no-untyped-def]
    text = shell(einer(befehle, "jq -r"))
    assert "bevoelkerungsdichte" in text and len(text.splitlines()) > 20
