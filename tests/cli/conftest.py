"""Run sozmon in this process (fast) or as a real process (streams, signals, exit codes as a shell sees them)."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

DATEIEN = (
    "31122013_Auszug_GV.xlsx",
    "31122021_Auszug_GV.xlsx",
    "31122023_Auszug_GV.xlsx",
    "Gebietsaenderungen_2022.xlsx",
    "A_Arbeitslosigkeit.xls",
    "A_ErwerbsfaehigeBevoelkerung.xls",
    "12411-01-01-4_flat_abruf20241203.csv",
    "12411-01-01-4_de_flat_abruf20250410.csv",
    "Vordruck_SGB_II_Auental_2021.xlsx",
)


@dataclass(frozen=True)
class Lauf:
    """What one call left behind."""

    code: int
    out: str
    err: str


@pytest.fixture
def sozmon(
    capsysbinary: pytest.CaptureFixture[bytes], monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> Callable[..., Lauf]:
    """Call sozmon in this process, in an empty folder without a project."""
    from sozmon.cli.app import run

    monkeypatch.delenv("SOZMON_PROJEKT", raising=False)
    monkeypatch.setenv("HOME", str(tmp_path))
    monkeypatch.chdir(tmp_path)

    def call(*worte: object) -> Lauf:
        code = run([str(w) for w in worte])
        out, err = capsysbinary.readouterr()
        return Lauf(code, out.decode(), err.decode())

    return call


@pytest.fixture
def prozess(tmp_path: Path) -> Callable[..., subprocess.CompletedProcess[bytes]]:
    """Run ``python -m sozmon`` with an almost empty environment (as cron does)."""

    def call(*worte: object, **kwargs: Any) -> subprocess.CompletedProcess[bytes]:
        umgebung = {"PATH": "/usr/bin:/bin", **kwargs.pop("env", {})}
        einstellung: dict[str, Any] = {
            "stdout": subprocess.PIPE,
            "stderr": subprocess.PIPE,
            "cwd": tmp_path,
            "timeout": 60,
        }
        return subprocess.run(
            [sys.executable, "-m", "sozmon", *map(str, worte)], env=umgebung, **(einstellung | kwargs), check=False
        )

    return call


@pytest.fixture
def ohne_rechte(tmp_path: Path) -> Callable[..., subprocess.CompletedProcess[bytes]]:
    """Run sozmon so that the mode bits of files hold, also for root (who has the right to pass them by taken away)."""
    vorn: list[str] = []
    if not hasattr(os, "geteuid"):
        pytest.skip("POSIX-Rechte")
    if os.geteuid() == 0:
        if shutil.which("setpriv") is None:
            pytest.skip("root ohne setpriv darf alles")
        vorn = ["setpriv", "--bounding-set=-dac_override,-dac_read_search,-fowner"]

    def call(*worte: object) -> subprocess.CompletedProcess[bytes]:
        befehl = [*vorn, sys.executable, "-m", "sozmon", *map(str, worte)]
        return subprocess.run(befehl, cwd=tmp_path, env={"PATH": "/usr/bin:/bin"}, capture_output=True, check=False)

    return call


@pytest.fixture(scope="session")
def vorlage_projekt(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A project with data, made once; tests that change it take a copy (``projekt``)."""
    from sozmon.cli.app import run

    ordner = tmp_path_factory.mktemp("projekte") / "auental"
    assert run(["-q", "neu", str(ordner), "--beispiel"]) == 0
    dateien = [str(ordner / "eingang" / name) for name in DATEIEN]
    assert run(["-q", "--projekt", str(ordner), "import", *dateien]) == 0
    return ordner


@pytest.fixture
def sozmon_p(sozmon: Callable[..., Lauf], vorlage_projekt: Path) -> Callable[..., Lauf]:
    """Call sozmon on the project; for commands that only read."""
    return lambda *worte: sozmon("--projekt", vorlage_projekt, *worte)


@pytest.fixture
def projekt(vorlage_projekt: Path, tmp_path: Path) -> Path:
    """A copy that may be changed or broken."""
    return Path(shutil.copytree(vorlage_projekt, tmp_path / "projekt"))
