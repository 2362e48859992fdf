"""The second edition: next year's files come, the Redaktionsschluss moves, and no text is lost or silently untrue."""

from __future__ import annotations

import csv
import hashlib
import io
import re
import shutil
import zipfile
from pathlib import Path

import pytest
from beispielhilfe import sozmon

FORTSCHREIBUNG = Path(__file__).resolve().parents[2] / "beispieldaten" / "fortschreibung"
KREIS = "17521"
FORMATE = ("--format", "html")


def texte(projekt: Path) -> dict[str, str]:
    return {
        p.relative_to(projekt).as_posix(): hashlib.sha256(p.read_bytes()).hexdigest()
        for p in (projekt / "texte").rglob("*.md")
    }


def geaendert(projekt: Path) -> list[dict[str, str]]:
    pfad = projekt / "ausgabe" / "sozialbericht" / "texte_zu_pruefen.csv"
    return list(csv.DictReader(io.StringIO(pfad.read_text("utf-8-sig")), delimiter=";")) if pfad.is_file() else []


@pytest.fixture
def erste(beispiel: Path, tmp_path: Path) -> Path:
    """The example with one chapter of its first edition printed, before the next year's files."""
    ordner = Path(
        shutil.copytree(beispiel, tmp_path / "auental", ignore=shutil.ignore_patterns("ausgabe", "zitate.csv"))
    )
    datei = ordner / "sozmon.toml"
    eines = 'kapitel = ["demografie"]\n'
    text = re.sub(r"(?s)kapitel = \[.*?\]\nkapiteltitel = [^\n]*\n", eines, datei.read_text("utf-8"), count=1)
    datei.write_text(text, "utf-8")
    lauf = sozmon("bericht", "sozialbericht", *FORMATE, projekt=ordner)
    assert lauf.returncode == 0 and "text_zu_pruefen" not in lauf.stderr, lauf.stderr
    return ordner


def amtlich(code: str) -> int:
    """What the delivery of next year says of the people of a Gemeinde or Kreis: read without sozmon."""
    with zipfile.ZipFile(FORTSCHREIBUNG / "12411-02-03-5_de_flat_abruf20260410.zip") as archiv:
        zeilen = csv.DictReader(io.StringIO(archiv.read(archiv.namelist()[0]).decode("utf-8-sig")), delimiter=";")
        (zahl,) = {
            int(z["value"])
            for z in zeilen
            if z["1_variable_attribute_code"] == code
            and z["2_variable_attribute_label"] == z["3_variable_attribute_label"] == "Insgesamt"
        }
    return zahl


@pytest.mark.langsam
def test_second_edition(erste: Path) -> None:
    projekt = erste
    vorher, html = texte(projekt), (projekt / "ausgabe/sozialbericht/sozialbericht.html").read_bytes()
    lauf = sozmon("import", *sorted(str(p) for p in FORTSCHREIBUNG.iterdir()), projekt=projekt)
    assert lauf.returncode == 0, lauf.stderr

    # the Redaktionsschluss still holds: the printed report does not move
    lauf = sozmon("bericht", "sozialbericht", *FORMATE, projekt=projekt)
    assert lauf.returncode == 0 and "Alles war aktuell" in lauf.stderr and geaendert(projekt) == []
    assert (projekt / "ausgabe/sozialbericht/sozialbericht.html").read_bytes() == html
    lauf = sozmon("status", "--bericht", "sozialbericht", "--bis", "2026-06-30", projekt=projekt)
    assert lauf.returncode == 0 and "12411-02-03-5_de_flat_abruf20260410" in lauf.stderr

    # it moves: every text that names a changed value is listed, none is touched
    datei = projekt / "sozmon.toml"
    text = datei.read_text("utf-8")
    kopf, bericht, rest = text.partition("[berichte.sozialbericht]")
    neu = rest.replace("berichtszeitraum = [2014, 2023]", "berichtszeitraum = [2014, 2024]", 1)
    neu = neu.replace('datenstand = "2025-06-30"', 'datenstand = "2026-06-30"', 1)
    datei.write_text(kopf + bericht + neu, "utf-8")
    lauf = sozmon("bericht", "sozialbericht", *FORMATE, projekt=projekt)
    assert lauf.returncode == 0 and "text_zu_pruefen" in lauf.stderr, lauf.stderr
    assert texte(projekt) == vorher
    liste = geaendert(projekt)
    assert f"{amtlich(KREIS):,} Personen".replace(",", ".") in {
        z["jetzt"].replace("\u00a0", " ").replace("\u202f", " ")
        for z in liste
        if 'wert("bevoelkerung", Auental' in z["Aufruf"]
    }
    seite = (projekt / "ausgabe/sozialbericht/sozialbericht.html").read_text("utf-8")
    assert f"{amtlich(KREIS):,}".replace(",", ".") in seite and "Datenstand 30.06.2026" in seite

    # exactly the texts whose printed calls differ are listed: found again in the two pages, without the register
    verschieden = {z["Text"] for z in liste}
    assert verschieden <= set(vorher)
    fest = [t for t in vorher if "{{" not in (projekt / t).read_text("utf-8")]
    assert fest and not verschieden & set(fest), "a text without calls cannot have become untrue"

    # a person reads one text and rewrites it: it counts as read; the rest is confirmed as a whole
    eine = sorted(verschieden)[0]
    (projekt / eine).write_text((projekt / eine).read_text("utf-8") + "\nGeprüft und ergänzt.\n", "utf-8")
    sozmon("bericht", "sozialbericht", *FORMATE, projekt=projekt)
    assert {z["Text"] for z in geaendert(projekt)} == verschieden - {eine}
    lauf = sozmon("bericht", "sozialbericht", "--texte-geprueft", *FORMATE, projekt=projekt)
    assert lauf.returncode == 0 and "text_zu_pruefen" not in lauf.stderr and geaendert(projekt) == []
    lauf = sozmon("bericht", "sozialbericht", *FORMATE, projekt=projekt)
    assert "text_zu_pruefen" not in lauf.stderr and not re.search("Fehler", lauf.stderr)
