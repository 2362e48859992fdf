"""Every refusal and every Meldung of the reading side, on the smallest input that causes it.

A folder ``<kennung>[-variant]`` holds the input (or ``erzeuge.py`` that makes a binary one), ``erwartet.toml`` and,
where needed, files that are laid over the project. All Räume are invented.
"""

from __future__ import annotations

import hashlib
import importlib.util
import shutil
import tomllib
from collections.abc import Iterator
from pathlib import Path

import pytest

from sozmon import importieren
from sozmon.dateien import AblehnungError
from sozmon.errors import EingabeError
from sozmon.projekt import create_projekt, load_projekt
from sozmon.quellen.leser import Leser
from sozmon.raeume import Register, RegisterRaum, write_register

HIER = Path(__file__).parent
FAELLE = sorted(p.parent.name for p in HIER.glob("*/erwartet.toml"))


def raum(raum_id: str, name: str, ebene: str, ars: str = "") -> RegisterRaum:
    return RegisterRaum(raum_id, name, ebene, ars or raum_id, "", 10.0, 100.0)


RAEUME = (
    raum("99", "Probeland", "land"),
    raum("99001", "Probekreis", "kreis"),
    raum("990010010", "Aubach", "verband"),
    raum("99001010", "Aubach", "gemeinde", "990010010010"),
    raum("990010020", "Bergdorf", "verband"),
    raum("99001020", "Bergdorf", "gemeinde", "990010020020"),
    raum("990010030", "Celltal", "verband"),
    raum("99001030", "Celltal", "gemeinde", "990010030030"),
    raum("01", "Nordland", "land"),
    raum("01901", "Nordkreis", "kreis"),
    raum("019010010", "Elmau", "verband"),
    raum("01901010", "Elmau", "gemeinde", "019010010010"),
)


@pytest.fixture(scope="module")
def vorlage(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A project with a register of 31.12.2023."""
    ordner = tmp_path_factory.mktemp("broken") / "projekt"
    projekt = create_projekt(ordner, kreis="99001", beispiel=False)
    write_register(projekt.raeume, Register("2023-12-31", RAEUME))
    return ordner


@pytest.fixture(scope="module")
def leser() -> Iterator[Leser]:
    """One child for all cases: starting it is the dear part."""
    with Leser() as kind:
        yield kind


class Geliehen:
    """Stands in for ``Leser`` and leaves the shared child running."""

    def __init__(self, kind: Leser) -> None:
        self.kind = kind

    def __enter__(self) -> Leser:
        return self.kind

    def __exit__(self, *_: object) -> None: ...


def spuren(ordner: Path) -> dict[str, str]:
    return {
        str(p.relative_to(ordner)): hashlib.sha256(p.read_bytes()).hexdigest()
        for p in sorted(ordner.rglob("*"))
        if p.is_file()
    }


@pytest.mark.parametrize("name", FAELLE)
def test_broken(name: str, vorlage: Path, leser: Leser, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(importieren, "Leser", lambda *_: Geliehen(leser))
    ordner = tmp_path / "projekt"
    shutil.copytree(vorlage, ordner)
    if (HIER / name / "projekt").is_dir():
        shutil.copytree(HIER / name / "projekt", ordner, dirs_exist_ok=True)
    erwartet = tomllib.loads((HIER / name / "erwartet.toml").read_text("utf-8"))
    vorher = spuren(ordner)

    optionen = erwartet.get("optionen", {})
    [ergebnis] = importieren.run_import(
        load_projekt(ordner), [str(eingabe(name, erwartet["datei"], tmp_path))], **optionen
    )

    kennung = name.partition("-")[0]
    if erwartet["exit"] == 0:
        assert ergebnis.fehler is None, ergebnis.fehler
        pruefe_meldung(ergebnis, kennung, erwartet)
        assert spuren(ordner) != vorher
        return
    assert ergebnis.fehler is not None
    assert ergebnis.fehler.exit_code == erwartet["exit"]
    assert spuren(ordner) == vorher, "nothing of a refused file may be written"
    assert ergebnis.fehler.abhilfe, "a refusal says what to do"
    if isinstance(ergebnis.fehler, AblehnungError):
        assert ergebnis.fehler.art == kennung
        assert erwartet["text"] in ergebnis.fehler.text
        assert erwartet.get("ort", "") in ergebnis.fehler.ort
    else:
        assert isinstance(ergebnis.fehler, EingabeError)
        pruefe_meldung(ergebnis, kennung, erwartet)


def pruefe_meldung(ergebnis: importieren.ImportErgebnis, kennung: str, erwartet: dict[str, str]) -> None:
    passende = [m for m in ergebnis.meldungen if m.kennung == kennung]
    assert passende, [m.kennung for m in ergebnis.meldungen]
    assert {str(m.stufe) for m in passende} == {erwartet.get("stufe", "fehler")}
    assert any(erwartet["text"] in m.text for m in passende), passende
    assert any(erwartet.get("ort", "") in str(m.fundstelle) for m in passende), passende


def eingabe(name: str, datei: str, tmp_path: Path) -> Path:
    """The input of the case: as it lies there, or made by its generator."""
    skript = HIER / name / "erzeuge.py"
    if not skript.exists():
        return HIER / name / datei
    spec = importlib.util.spec_from_file_location(f"erzeuge_{name.replace('-', '_')}", skript)
    assert spec is not None and spec.loader is not None
    modul = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(modul)
    ziel = tmp_path / datei
    modul.erzeuge(ziel)
    return ziel
