"""``sozmon selbsttest``: is this installation complete and does this PC allow what sozmon needs?"""

from __future__ import annotations

import importlib
import sys
from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING

import typer

from sozmon.cli import ausgabe, optionen
from sozmon.errors import MeldungenError, SozmonError

if TYPE_CHECKING:
    from pathlib import Path

SPALTEN = ("pruefung", "in_ordnung", "einzelheit")
BIBLIOTHEKEN: dict[str, str] = {
    **{name: name for name in ("typer", "pandas", "pyarrow", "deltalake", "numpy", "scipy", "jinja2", "matplotlib")},
    **{
        name: name for name in ("openpyxl", "defusedxml", "xlsxwriter", "pikepdf", "filelock", "babel", "lxml", "tomli")
    },
    "python_calamine": "python-calamine",
    "docx": "python-docx",
}
"""Import name → name of the package, as pyproject.toml asks for it."""


def befehl(
    ctx: typer.Context,
    format: optionen.Format = None,
    excel: optionen.Excel = False,
    ausgabedatei: optionen.Ausgabe = None,
) -> None:
    """Prüfen, ob die Installation vollständig ist.

    Lädt jede Bibliothek, setzt ein PDF, schreibt, sperrt und löscht eine Probedatei. Braucht kein Projekt.

    Beispiele:
    sozmon selbsttest
    sozmon selbsttest --format json -o selbsttest.json
    """
    wahl = optionen.tabellenwahl(format, None, excel, ausgabedatei)
    with ausgabe.fortschritt("Prüfe") as melde:
        zeilen = list(_pruefungen(melde))
    ausgabe.ausgabe_tabelle(zeilen, SPALTEN, wahl)
    fehlend = [str(z["pruefung"]) for z in zeilen if not z["in_ordnung"]]
    if fehlend:
        raise MeldungenError(
            f"Nicht in Ordnung: {', '.join(fehlend)}.",
            abhilfe="sozmon neu installieren: python -m pip install --force-reinstall sozmon",
        )


def _pruefungen(melde: Callable[[str], None]) -> Iterator[dict[str, object]]:
    proben: list[tuple[str, Callable[[], str]]] = [
        ("Python", _python),
        ("Katalog und Vorlagen", _mitgeliefertes),
        *((f"Bibliothek {name}", lambda name=name: _bibliothek(name)) for name in BIBLIOTHEKEN),
        ("pandoc", _pandoc),
        ("Typst (PDF)", _typst),
        ("Schreiben und Sperren", _schreiben),
    ]
    for name, probe in proben:
        melde(name)
        try:
            yield {"pruefung": name, "in_ordnung": True, "einzelheit": probe()}
        except Exception as e:  # whatever breaks is the finding
            text = e.text if isinstance(e, SozmonError) else f"{type(e).__name__}: {e}"
            yield {"pruefung": name, "in_ordnung": False, "einzelheit": text}


def _python() -> str:
    assert sys.version_info >= (3, 11), "Python 3.11 oder neuer wird gebraucht"
    return sys.version.split()[0]


def _mitgeliefertes() -> str:
    from sozmon.katalog import load_katalog
    from sozmon.projekt import mitgeliefert

    katalog = load_katalog(None)
    assert katalog.indikatoren and any(mitgeliefert("vorlagen").rglob("*")), "Indikatoren oder Vorlagen fehlen"
    return f"{len(katalog.indikatoren)} Indikatoren, {len(katalog.quellen)} Quellen"


def _bibliothek(name: str) -> str:
    from importlib.metadata import version

    importlib.import_module(name)
    return version(BIBLIOTHEKEN.get(name, name))


def _pandoc() -> str:
    import pypandoc

    return str(pypandoc.get_pandoc_version())


def _typst() -> str:
    import typst

    assert typst.compile(b"Probe").startswith(b"%PDF"), "Typst hat kein PDF erzeugt"
    return _bibliothek("typst")


def _schreiben() -> str:
    from sozmon.plattform import sperre, temp_ordner, write_bytes

    with temp_ordner() as ordner, sperre(ordner / "probe.sperre", warten=1, befehl="selbsttest"):
        ziel: Path = write_bytes(ordner / "probe", b"Probe", privat=True)
        assert ziel.read_bytes() == b"Probe", "Gelesenes weicht vom Geschriebenen ab"
        return str(ordner.parent)
