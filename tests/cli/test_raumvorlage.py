"""``sozmon raeume vorlage``: a workbook for a new Raumgliederung, filled in and accepted as it is."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from buerohilfe import CSV_KOMMA_ANSI, fuelle

GEMEINDEN = 24


def test_written_filled_and_accepted(sozmon: Callable[..., Any], projekt: Path) -> None:
    lauf = sozmon("--projekt", projekt, "raeume", "vorlage", "bezirke")
    ziel = projekt / "raeume" / "bezirke.xlsx"
    assert lauf.code == 0 and Path(lauf.out.strip()) == ziel
    mappe = openpyxl.load_workbook(ziel)
    blatt = mappe.worksheets[0]
    assert [z.value for z in blatt[1]] == [
        "gemeinde", "name", "einwohner", "raum_id", "raum", "gueltig_ab", "gueltig_bis"
    ]  # fmt: skip
    assert blatt.max_row == GEMEINDEN + 1
    assert [z.value for z in blatt[2]][:3] == ["17521010", "Auenfurt, Stadt", 29171]
    assert blatt["A2"].number_format == "@"

    lauf = sozmon("--projekt", projekt, "raeume", "pruefen")
    assert lauf.code == 3 and lauf.err.count("raumgliederung_leer") == 1 and "24-mal" in lauf.err
    for reihe in range(2, GEMEINDEN + 2):
        blatt[f"D{reihe}"] = "B1" if reihe < 10 else "B2"
    blatt["E2"], blatt["E10"] = "Bezirk Nord", "Bezirk Süd"
    mappe.save(ziel)
    lauf = sozmon("--projekt", projekt, "raeume", "pruefen")
    assert lauf.code == 0 and "Raumgliederungen: 3. Keine Mängel" in lauf.out
    lauf = sozmon("--projekt", projekt, "raeume", "--ebene", "bezirke", "--format", "csv")
    assert [z.split(",")[:2] for z in lauf.out.splitlines()[1:]] == [["B1", "Bezirk Nord"], ["B2", "Bezirk Süd"]]
    assert len(sozmon("--projekt", projekt, "raeume", "-r", "B1/gemeinde", "--format", "csv").out.splitlines()) == 1 + 8


def test_never_over_what_is_there(sozmon: Callable[..., Any], projekt: Path, tmp_path: Path) -> None:
    for name, code in (("sozialregionen", 73), ("gemeinde", 78), ("Bezirk 1", 78)):
        assert sozmon("--projekt", projekt, "raeume", "vorlage", name).code == code
    (tmp_path / "x.xlsx").write_bytes(b"ausgefuellt")
    assert sozmon("--projekt", projekt, "raeume", "vorlage", "bezirke", "-o", tmp_path / "x.xlsx").code == 73
    assert (tmp_path / "x.xlsx").read_bytes() == b"ausgefuellt"
    assert not (projekt / "raeume" / "bezirke.xlsx").exists()


def test_without_a_register_there_is_nothing_to_divide(sozmon: Callable[..., Any], tmp_path: Path) -> None:
    sozmon("neu", tmp_path / "leer", "--kreis", "99001")
    lauf = sozmon("--projekt", tmp_path / "leer", "raeume", "vorlage", "bezirke")
    assert lauf.code == 2 and "Gemeindeverzeichnis" in lauf.err


@pytest.mark.skipif(shutil.which("soffice") is None, reason="LibreOffice (soffice) fehlt")
def test_filled_in_libreoffice(sozmon: Callable[..., Any], projekt: Path, tmp_path: Path) -> None:
    """A Gemeinde that changes its region has a second row; dates typed as dates; XLSX and Windows CSV alike."""
    leer = tmp_path / "leer.xlsx"
    assert sozmon("--projekt", projekt, "raeume", "vorlage", "bezirke", "-o", leer).code == 0
    zellen = {f"D{r}": "B1" if r < 10 else "B2" for r in range(2, GEMEINDEN + 2)}
    zellen |= {"E2": "Bezirk Nord", "E10": "Bezirk Süd", "G2": "31.12.2021"}
    zellen |= {"A26": "17521010", "D26": "B2", "F26": "01.01.2022"}
    ziele = {tmp_path / "lo.xlsx": "", tmp_path / "lo.csv": CSV_KOMMA_ANSI}
    fuelle(leer, zellen, ziele, tmp_path / "profil")
    for datei in ziele:
        ziel = shutil.copy(datei, projekt / "raeume" / f"bezirke{datei.suffix}")
        lauf = sozmon("--projekt", projekt, "raeume", "pruefen")
        assert lauf.code == 0 and "Keine Mängel" in lauf.out, lauf.err
        for tag, anzahl in (("2021-12-31", 8), ("2023-12-31", 7)):
            worte = ("-r", "B1", "--ebene", "gemeinde", "--stand", tag, "--format", "csv")
            assert len(sozmon("--projekt", projekt, "raeume", *worte).out.splitlines()) == 1 + anzahl
        Path(ziel).unlink()
