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
