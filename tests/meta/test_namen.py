"""One word for one thing, ASCII names, nothing about one district in the program."""

from __future__ import annotations

import ast
import re
from pathlib import Path

import pytest

import sozmon

WURZEL = Path(sozmon.__file__).parent
DATEIEN = sorted(WURZEL.rglob("*.py"))

SYNONYME = {
    "kommune": "gemeinde",
    "gebietseinheit": "raum",
    "kennzahl": "indikator",
    "indicator": "indikator",
    "chapter": "kapitel",
    "template": "vorlage",
    "datensatz": "zeile",
    "gebietskoerperschaft": "raum",
    "stichdatum": "stichtag",
    "region_id": "raum_id",
    "raum_code": "raum_id",
    "ags_id": "raum_id",
}
"""Banned word → the one that is used."""
FREMDE: set[tuple[str, str]] = set()
"""Names that a library gives."""


def bezeichner(baum: ast.AST) -> set[str]:
    namen = set()
    for knoten in ast.walk(baum):
        if isinstance(knoten, ast.Name):
            namen.add(knoten.id)
        elif isinstance(knoten, ast.arg):
            namen.add(knoten.arg)
        elif isinstance(knoten, ast.FunctionDef | ast.ClassDef):
            namen.add(knoten.name)
    return namen


def test_files_were_seen() -> None:
    assert len(DATEIEN) > 30


@pytest.mark.parametrize("pfad", DATEIEN, ids=lambda p: str(p.relative_to(WURZEL)))
def test_names_are_ascii_and_use_the_one_word(pfad: Path) -> None:
    assert pfad.stem.isascii()
    for name in bezeichner(ast.parse(pfad.read_text(encoding="utf-8"))):
        assert name.isascii(), name
        worte = name.lower().split("_")
        for verboten, richtig in SYNONYME.items():
            assert verboten not in worte or (pfad.name, verboten) in FREMDE, f"{name}: {richtig} sagen"


@pytest.mark.parametrize("pfad", DATEIEN, ids=lambda p: str(p.relative_to(WURZEL)))
def test_verbs_tell_the_layer(pfad: Path) -> None:
    """Pure layers write nothing, only diagramm/ draws."""
    ort = pfad.relative_to(WURZEL).parts[0]
    for knoten in ast.walk(ast.parse(pfad.read_text(encoding="utf-8"))):
        if not isinstance(knoten, ast.FunctionDef) or knoten.name.startswith("_"):
            continue
        if knoten.name.startswith("write_"):
            assert ort not in {"indikator.py", "vergleich.py", "zeitreihe.py", "freigabe.py"}, f"{knoten.name} schreibt"
        if knoten.name.startswith("draw_"):
            assert ort == "diagramm", knoten.name


SCHLUESSEL = re.compile(r"(0[1-9]|1[0-6])[0-9]{6}|14[5-7][0-9]{2}")  # any AGS; the Kreise of the real files


@pytest.mark.parametrize("pfad", DATEIEN, ids=lambda p: str(p.relative_to(WURZEL)))
def test_no_key_of_a_real_place_in_the_program(pfad: Path) -> None:
    """Keys may stand in help texts and docstrings as examples, never as a value."""
    baum = ast.parse(pfad.read_text(encoding="utf-8"))
    for knoten in ast.walk(baum):
        if isinstance(knoten, ast.Constant) and isinstance(knoten.value, str):
            assert not SCHLUESSEL.fullmatch(knoten.value), f"Zeile {knoten.lineno}: {knoten.value}"


def test_no_indicator_is_named_in_the_program() -> None:
    """Definitions are data: no kennung of the catalogue is a value under src/ (examples in help texts are prose)."""
    from sozmon.katalog import load_katalog

    kennungen = set(load_katalog(None).indikatoren)
    assert len(kennungen) > 10
    for pfad in DATEIEN:
        for knoten in ast.walk(ast.parse(pfad.read_text(encoding="utf-8"))):
            if isinstance(knoten, ast.Constant) and knoten.value in kennungen:
                pytest.fail(f"{pfad.relative_to(WURZEL)}, Zeile {knoten.lineno}: {knoten.value}")
