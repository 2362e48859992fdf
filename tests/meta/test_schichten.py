"""Imports point down only, heavy libraries stay where they belong."""

from __future__ import annotations

import ast
import subprocess
import sys
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest

import sozmon

WURZEL = Path(sozmon.__file__).parent
SCHICHTEN: dict[str, int] = {
    "": 0,
    **dict.fromkeys(("errors", "model", "zahlen", "plattform", "arrow", "zwischenspeicher"), 0),
    **dict.fromkeys(("definition", "projekt", "projektdatei", "raeume", "gebietsstand"), 1),
    **dict.fromkeys(("katalog", "katalogpruefung", "katalogtext", "katalogfragen"), 1),
    **dict.fromkeys(
        (
            "dateien",
            "quellen",
            "einlesen",
            "umsetzen",
            "pruefung",
            "bestand",
            "importieren",
            "aufbau",
            "eingang",
            "berichtigung",
            "jahresablage",
            "stueckweise",
        ),
        2,
    ),
    "pruefungen": 2,
    "vordruckpruefung": 2,
    "namenabgleich": 2,
    "abfrage": 3,
    **dict.fromkeys(
        ("verfahren", "teilwert", "widerspruch", "merkmalssumme", "indikator", "verfuegbarkeit", "katalogbeschreibung"),
        3,
    ),
    **dict.fromkeys(("entwurf", "quellenpruefung"), 2),
    **dict.fromkeys(("geheimhaltung", "freigabe", "datenpool"), 4),
    **dict.fromkeys(
        ("zeitreihe", "vergleich", "unterschied", "herkunft", "diagramm", "sprache", "vorlage", "anmerkungen"), 5
    ),
    **dict.fromkeys(("druck", "tabellen"), 5),
    "lieferungsvergleich": 5,
    **dict.fromkeys(("berichtswerte", "berichtstabellen", "berichtsdiagramme", "bausteine", "kapitel"), 6),
    **dict.fromkeys(
        ("kapitelplan", "berichtsgrundlage", "berichtsmethodik", "produkte", "berichtsvergleiche", "berichtstafeln"), 6
    ),
    **dict.fromkeys(("textbloecke", "textpruefung", "zitate", "berichtsraumtabellen"), 6),
    **dict.fromkeys(("bericht", "profil", "auflage", "aktualisieren", "doku", "fortschreibung", "einzeldiagramm"), 6),
    **dict.fromkeys(("cli", "__main__"), 7),
}
NUR_IN: dict[str, tuple[str, ...]] = {
    "typer": ("cli",),
    "matplotlib": ("diagramm", "cli.selbsttest"),
    "jinja2": ("vorlage",),
    "pypandoc": ("druck", "cli.selbsttest"),
    "typst": ("druck", "cli.selbsttest"),
    "pikepdf": ("druck",),
    "deltalake": ("bestand",),
    "filelock": ("plattform",),
    "xlsxwriter": ("tabellen",),
    "resource": ("plattform",),
    "fcntl": ("plattform",),
    "msvcrt": ("plattform",),
}
SCHWER = frozenset({"pandas", "pyarrow", "matplotlib", "deltalake", "numpy", "scipy", "jinja2", "openpyxl"})


@cache
def module() -> dict[str, ast.Module]:
    """Dotted name below ``sozmon`` → syntax tree."""
    baeume = {}
    for pfad in sorted(WURZEL.rglob("*.py")):
        name = ".".join(pfad.relative_to(WURZEL).with_suffix("").parts).removesuffix("__init__").rstrip(".")
        baeume[name] = ast.parse(pfad.read_text(encoding="utf-8"), str(pfad))
    return baeume


def importe(baum: ast.AST) -> Iterator[tuple[str, ast.stmt]]:
    """Dotted names of every import statement, also inside functions, but not for the type checker only."""
    for knoten in ast.iter_child_nodes(baum):
        if isinstance(knoten, ast.If) and "TYPE_CHECKING" in ast.dump(knoten.test):
            continue
        if isinstance(knoten, ast.Import):
            yield from ((a.name, knoten) for a in knoten.names)
        elif isinstance(knoten, ast.ImportFrom) and knoten.module:
            assert knoten.level == 0, "absolute imports only"
            yield from ((f"{knoten.module}.{a.name}", knoten) for a in knoten.names)
        else:
            yield from importe(knoten)


def schicht(name: str) -> int:
    erstes = name.split(".")[0]
    assert erstes in SCHICHTEN, f"Modul {name}: in SCHICHTEN eintragen, auf welcher Schicht es steht"
    return SCHICHTEN[erstes]


def test_the_modules_were_seen() -> None:
    assert len(module()) > 30 and {"cli.app", "zahlen", "bestand", "model"} <= set(module())


@pytest.mark.parametrize("name", module())
def test_imports_point_down(name: str) -> None:
    for ziel, _ in importe(module()[name]):
        if ziel.startswith("sozmon."):
            anderes = ziel.removeprefix("sozmon.")
            if anderes.split(".")[0] not in SCHICHTEN:
                continue  # a name out of the package itself, like __version__
            assert schicht(anderes) <= schicht(name), f"{name} (Schicht {schicht(name)}) importiert {ziel}"


@pytest.mark.parametrize("name", module())
def test_libraries_stay_in_their_layer(name: str) -> None:
    for ziel, _ in importe(module()[name]):
        paket = ziel.split(".")[0]
        if paket in NUR_IN:
            erlaubt = NUR_IN[paket]
            assert any(name == e or name.startswith(f"{e}.") for e in erlaubt), f"{name} importiert {paket}"


def test_only_one_module_prints() -> None:
    for name, baum in module().items():
        for knoten in ast.walk(baum):
            if name == "cli.ausgabe":
                continue
            druckt = isinstance(knoten, ast.Call) and getattr(knoten.func, "id", "") == "print"
            strom = isinstance(knoten, ast.Attribute) and knoten.attr in {"stdout", "stderr"}
            strom = strom and isinstance(knoten.value, ast.Name) and knoten.value.id == "sys"
            # prepares the streams; asks for the width; a child process whose stdout is our own pipe
            erlaubt = name in {"cli.start", "cli.deutsch", "quellen.kind"}
            assert not druckt and not (strom and not erlaubt), f"{name}, Zeile {knoten.lineno}"


VERBOTEN = {
    "to_pyarrow_table": "bricht am Prozessende ab (wissen: deltalake); QueryBuilder nehmen",
    "to_pyarrow_dataset": "bricht am Prozessende ab; QueryBuilder nehmen",
    "setlocale": "hängt vom Rechner ab; zahlen.format_zahl nehmen",
    "fillna": "macht aus einem Zeichen eine Zahl",
}


def test_forbidden_calls() -> None:
    for name, baum in module().items():
        for knoten in ast.walk(baum):
            if isinstance(knoten, ast.Attribute) and knoten.attr in VERBOTEN:
                pytest.fail(f"{name}, Zeile {knoten.lineno}: {knoten.attr} – {VERBOTEN[knoten.attr]}")


def test_writing_to_disk_has_one_door() -> None:
    tueren = {"write_bytes", "write_text"}
    arbeitsdateien = {"druck.docx", "druck.pdf", "quellen.kind"}  # in a temp_ordner, for another program to read
    for name, baum in module().items():
        if name == "plattform" or name in arbeitsdateien:
            continue
        for knoten in ast.walk(baum):
            if not isinstance(knoten, ast.Call) or not isinstance(knoten.func, ast.Attribute):
                continue
            methode = knoten.func.attr in tueren and not (
                isinstance(knoten.func.value, ast.Name) and knoten.func.value.id == "plattform"
            )
            assert not methode, f"{name}, Zeile {knoten.lineno}: {knoten.func.attr} gehört nach plattform"


def test_cores_know_neither_clock_nor_environment() -> None:
    """Layers 3 to 5: the same input gives the same output, on every PC and every day."""
    gesehen = 0
    for name, baum in module().items():
        if not name or schicht(name) not in (3, 4):
            continue
        gesehen += 1
        for ziel, knoten in importe(baum):
            assert ziel.split(".")[0] not in {"os", "time", "locale", "random", "socket", "pathlib"}, (
                f"{name}, Zeile {knoten.lineno}: {ziel}"
            )
    assert gesehen >= 3


def test_help_loads_no_heavy_library() -> None:
    for worte in (["--help"], ["werte", "--help"], ["gibtesnicht"]):
        lauf = subprocess.run(
            [sys.executable, "-X", "importtime", "-m", "sozmon", *worte], capture_output=True, text=True, check=False
        )
        geladen = {z.rpartition("|")[2].strip().split(".")[0] for z in lauf.stderr.splitlines() if "|" in z}
        assert "typer" in geladen and not geladen & SCHWER, geladen & SCHWER
        assert "pydantic" not in geladen and "rich" not in geladen, "Typer's own help and values are not used"
        assert "sozmon.model" not in lauf.stderr, "its dataclasses cost 20 ms"
