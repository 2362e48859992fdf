"""A project with a register, made once; one child process reads for all tests."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
from lieferdateien import GEMEINDEN, KREIS, LAND

from sozmon import importieren
from sozmon.projekt import create_projekt
from sozmon.quellen import leser as lesermodul
from sozmon.quellen.leser import Leser
from sozmon.raeume import Register, RegisterRaum, write_register


def _raum(raum_id: str, name: str, ebene: str) -> RegisterRaum:
    return RegisterRaum(raum_id, name, ebene, raum_id, "", 10.0, 100.0)


@pytest.fixture(scope="session")
def vorlage(tmp_path_factory: pytest.TempPathFactory) -> Path:
    ordner = tmp_path_factory.mktemp("entwurf") / "projekt"
    raeume = (
        _raum(*LAND, "land"),
        _raum(*KREIS, "kreis"),
        *(_raum(schluessel, name, "gemeinde") for schluessel, name in GEMEINDEN.items()),
    )
    projekt = create_projekt(ordner, kreis=KREIS[0], beispiel=False)
    for datum in ("2021-12-31", "2025-12-31"):
        write_register(projekt.raeume, Register(datum, raeume))
    return ordner


@pytest.fixture(scope="session")
def kind() -> Iterator[Leser]:
    """Starting the child is the dear part."""
    with Leser() as leser:
        yield leser


class Geliehen:
    """Stands in for ``Leser`` and leaves the shared child running."""

    def __init__(self, leser: Leser) -> None:
        self.leser = leser

    def __enter__(self) -> Leser:
        return self.leser

    def __exit__(self, *_: object) -> None: ...


@dataclass(frozen=True)
class Lauf:
    code: int
    out: str
    err: str


@pytest.fixture
def projekt(vorlage: Path, tmp_path: Path) -> Path:
    return Path(shutil.copytree(vorlage, tmp_path / "projekt"))


@pytest.fixture
def sozmon(
    kind: Leser, capsysbinary: pytest.CaptureFixture[bytes], monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> Callable[..., Lauf]:
    """Call sozmon in this process, in a folder of its own."""
    from sozmon.cli.app import run

    monkeypatch.setattr(importieren, "Leser", lambda *_: Geliehen(kind))
    monkeypatch.setattr(lesermodul, "Leser", lambda *_: Geliehen(kind))
    monkeypatch.delenv("SOZMON_PROJEKT", raising=False)
    monkeypatch.setenv("HOME", str(tmp_path))
    monkeypatch.chdir(tmp_path)

    def call(*worte: object) -> Lauf:
        code = run([str(w) for w in worte])
        out, err = capsysbinary.readouterr()
        return Lauf(code, out.decode(), err.decode())

    return call
