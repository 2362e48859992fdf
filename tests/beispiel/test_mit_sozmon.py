"""The example through sozmon itself: import everything, in two orders, and hold the results against the facts.

The facts (``fakten.csv``) are computed by the generator's model, which knows nothing of sozmon.
"""

from __future__ import annotations

import csv
import io
import random
import re
import shutil
from pathlib import Path

import pytest
from beispielhilfe import sozmon

from pdfpruefung import maengel

KREIS = "17521"
Zeile = dict[str, str]


def _tabelle(projekt: Path, *worte: str) -> list[Zeile]:
    lauf = sozmon(*worte, "--format", "csv", projekt=projekt)
    assert lauf.returncode == 0, lauf.stderr
    return list(csv.DictReader(io.StringIO(lauf.stdout)))


def _fakten() -> list[Zeile]:
    zeilen: list[Zeile] = []
    for pfad in sorted(Path(__file__).parent.glob("fakten*.csv")):
        with pfad.open(encoding="utf-8", newline="") as f:
            zeilen += csv.DictReader(f)
    return zeilen


def _werte(projekt: Path) -> list[Zeile]:
    """Every fact's indicator and Raum, all years, as one table."""
    fakten = _fakten()
    indikatoren = ",".join(dict.fromkeys(f["indikator"] for f in fakten))
    raeume = ",".join(dict.fromkeys(f["raum_id"] for f in fakten))
    return _tabelle(projekt, "werte", "--intern", "-i", indikatoren, "-r", raeume, "-z", "2014..2024")


def test_sozmon_computes_every_fact(beispiel: Path) -> None:
    werte = {(z["indikator"], z["raum_id"], z["zeit"][:4]): z for z in _werte(beispiel)}
    falsch = []
    for f in _fakten():
        z = werte[f["indikator"], f["raum_id"], f["zeit"][:4]]
        soll = [float(f[k]) for k in ("zaehler", "nenner", "wert") if f[k]]
        ist = [float(z[k] or "nan") for k in ("zaehler", "nenner", "wert") if f[k]]
        if f["indikator"] == "bevoelkerung":
            soll, ist = soll[-1:], [float(z["wert"] or "nan")]
        if any(not abs(a - b) <= 1e-5 for a, b in zip(soll, ist, strict=True)):
            falsch.append((f, z))
    assert not falsch, f"{len(falsch)} of {len(_fakten())} facts differ, first: {falsch[0]}"


def test_gaps_and_hidden_cells_stay_what_they_are(beispiel: Path) -> None:
    indikatoren = "beschaeftigungsquote,kinderarmut,siedlungsflaeche,arbeitslosenanteil"
    raeume = f"{KREIS},SR3,17521040,17521090,17521195,17521200"
    zeilen = _tabelle(beispiel, "werte", "--intern", "-i", indikatoren, "-r", raeume, "-z", "2018,2021,2023")
    werte = {(z["indikator"], z["raum_id"], z["zeit"][:4]): z for z in zeilen}

    def status(indikator: str, raum: str, jahr: str) -> str:
        z = werte[indikator, raum, jahr]
        assert z["status"] == "wert" or not z["wert"]
        return z["status"]

    assert werte["arbeitslosenanteil", "17521195", "2018"]["umrechnung"] == "exakt"
    assert status("siedlungsflaeche", "17521195", "2021") == "raum_bestand_nicht"
    assert status("siedlungsflaeche", "17521090", "2023") == "raum_bestand_nicht"
    assert status("beschaeftigungsquote", "17521040", "2018") == "nicht_geliefert"
    assert status("beschaeftigungsquote", "SR3", "2018") in {"unvollstaendig", "nicht_geliefert"}
    assert status("beschaeftigungsquote", KREIS, "2018") == "wert"
    assert status("kinderarmut", "17521200", "2023") == "geheim_quelle"
    assert status("kinderarmut", "SR3", "2023") == "unvollstaendig"
    assert status("kinderarmut", KREIS, "2023") == "wert"


def test_the_earlier_state_stays_readable(beispiel: Path) -> None:
    text = (beispiel / "eingang" / "12411-01-01-4_flat_abruf20241203.csv").read_bytes().decode("latin-1")
    alt = next(z for z in csv.reader(io.StringIO(text), delimiter=";") if z[7] == KREIS and z[11] == "")
    frage = ("werte", "--intern", "-i", "bevoelkerung", "-r", KREIS, "-z", "2023-12-31", "--datenstand", "2024-12-31")
    (z,) = _tabelle(beispiel, *frage)
    assert float(z["wert"]) == float(alt[-1])


@pytest.mark.langsam
def test_the_order_of_imports_does_not_matter(beispiel: Path, tmp_path: Path) -> None:
    anders = tmp_path / "anders"
    assert sozmon("neu", str(anders), "--beispiel").returncode == 0
    dateien = sorted(str(p) for p in (anders / "eingang").iterdir())
    random.Random(7).shuffle(dateien)
    lauf = sozmon("import", *dateien, projekt=anders)
    assert lauf.returncode == 0, lauf.stderr
    assert _werte(anders) == _werte(beispiel)


def test_the_report_places_every_text_and_cites_the_facts(beispiel: Path) -> None:
    """One chapter as HTML: all blocks of texte/ are there, no call and no gap is left in them."""
    lauf = sozmon("bericht", "--format", "html", "--kapitel", "teilhabe", projekt=beispiel)
    assert lauf.returncode == 0, lauf.stderr
    (pfad,) = (beispiel / "ausgabe").rglob("*.html")
    html = pfad.read_text(encoding="utf-8")
    assert "(Text folgt)" not in html and "{{" not in html
    ohne_auszeichnung = " ".join(re.sub(r"</?strong>", "", html).split())
    for datei in (beispiel / "texte" / "teilhabe").glob("*.md"):
        anfang = re.sub(r"^- |[*\n]", " ", datei.read_text(encoding="utf-8").partition("{{")[0].split(".")[0])
        assert " ".join(anfang.split()[:8]) in ohne_auszeichnung, datei.name
    fakten = {(f["indikator"], f["raum_id"], f["zeit"]): float(f["wert"]) for f in _fakten()}
    for raum in (KREIS, "SR3"):
        assert f"{fakten['arbeitslosenanteil', raum, '2023']:.1f}".replace(".", ",") in html
    assert '<th scope="row">Deutschland' not in html, "one Land does not add up to Deutschland"


def test_the_report_is_valid_and_the_same_twice(beispiel: Path) -> None:
    """One chapter in every format, made twice from nothing: the same bytes; and a PDF/UA-1 and PDF/A-2a."""

    def drucke() -> dict[str, bytes]:
        shutil.rmtree(beispiel / "ausgabe", ignore_errors=True)
        shutil.rmtree(beispiel / "bestand" / "zwischenspeicher", ignore_errors=True)
        lauf = sozmon("bericht", "--format", "pdf,html,docx,odt", "--kapitel", "teilhabe", projekt=beispiel)
        assert lauf.returncode == 0, lauf.stderr
        return {p.suffix: p.read_bytes() for p in (Path(zeile) for zeile in lauf.stdout.splitlines())}

    erster, zweiter = drucke(), drucke()
    assert set(erster) == {".pdf", ".html", ".docx", ".odt"}
    assert [art for art in erster if erster[art] != zweiter[art]] == []
    assert maengel(erster[".pdf"]) == []
