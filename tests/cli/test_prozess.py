"""What a shell, a pipe and cron see: exit codes, streams, signals."""

from __future__ import annotations

import os
import pty
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from sozmon import __version__

Prozess = Callable[..., "subprocess.CompletedProcess[bytes]"]
pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="POSIX streams and signals")


def test_version(prozess: Prozess) -> None:
    lauf = prozess("--version")
    assert (lauf.returncode, lauf.stdout, lauf.stderr) == (0, f"sozmon {__version__}\n".encode(), b"")
    assert prozess("-q", "--version").stdout == lauf.stdout


def test_version_answers_without_typer(prozess: Prozess) -> None:
    lauf = subprocess.run(
        [sys.executable, "-X", "importtime", "-m", "sozmon", "--version"], capture_output=True, text=True, check=True
    )
    assert "typer" not in lauf.stderr


@pytest.mark.parametrize("worte", [["--help"], ["--version"], ["werte", "--help"]])
def test_full_disk_behind_stdout_is_74(prozess: Prozess, worte: list[str]) -> None:
    with Path("/dev/full").open("wb") as voll:
        lauf = prozess(*worte, stdout=voll)
    assert lauf.returncode == 74
    assert "Der Datenträger ist voll" in lauf.stderr.decode() and b"Traceback" not in lauf.stderr


@pytest.mark.parametrize("worte", [["--help"], ["--version"], ["werte", "--help"], ["status"]])
def test_closed_stdout_is_74(worte: list[str], tmp_path: Path) -> None:
    befehl = f'exec "{sys.executable}" -m sozmon {" ".join(worte)} >&-'
    lauf = subprocess.run(["/bin/sh", "-c", befehl], stderr=subprocess.PIPE, cwd=tmp_path, check=False)
    assert lauf.returncode == 74 and "Standardausgabe ist geschlossen" in lauf.stderr.decode()


def test_closed_stdin_and_stderr_do_no_harm(tmp_path: Path) -> None:
    befehl = f'exec "{sys.executable}" -m sozmon --help <&- 2>&-'
    lauf = subprocess.run(["/bin/sh", "-c", befehl], stdout=subprocess.PIPE, cwd=tmp_path, check=False)
    assert lauf.returncode == 0 and lauf.stdout.startswith(b"Aufruf: sozmon")
    befehl = f'exec "{sys.executable}" -m sozmon gibtesnicht 2>&-'
    assert subprocess.run(["/bin/sh", "-c", befehl], cwd=tmp_path, check=False).returncode == 2


@pytest.mark.parametrize("worte", [["--help"], ["--version"]])
def test_reader_that_went_away_is_141_and_silent(worte: list[str], tmp_path: Path) -> None:
    lesen, schreiben = os.pipe()
    os.close(lesen)
    lauf = subprocess.run(
        [sys.executable, "-m", "sozmon", *worte], stdout=schreiben, stderr=subprocess.PIPE, cwd=tmp_path, check=False
    )
    os.close(schreiben)
    assert (lauf.returncode, lauf.stderr) == (141, b"")


def test_pipe_to_head_in_a_shell(tmp_path: Path) -> None:
    befehl = f'set -o pipefail; "{sys.executable}" -m sozmon selbsttest --format csv | head -1'
    lauf = subprocess.run(["bash", "-c", befehl], capture_output=True, cwd=tmp_path, check=False)
    assert lauf.stdout == b"pruefung,in_ordnung,einzelheit\n" and lauf.stderr == b""
    assert lauf.returncode in (0, 141)  # a short table may be written before head leaves


WARTER = """
import sys, time
import sozmon.cli.werte as werte
from sozmon.cli import ausgabe
def warte(*a, **k):
    try:
        ausgabe.ergebnis("bereit")
        time.sleep(30)
    finally:
        ausgabe.ergebnis("aufgeräumt")
werte.indikatorwerte = warte
from sozmon.cli.start import main
sys.exit(main(["werte", "-i", "x", "-r", "y"]))
"""


@pytest.mark.parametrize(
    ("nummer", "code"), [(signal.SIGTERM, 143), (signal.SIGINT, 130), (signal.SIGHUP, 129)], ids=["TERM", "INT", "HUP"]
)
def test_signals_clean_up_and_say_their_number(nummer: signal.Signals, code: int, tmp_path: Path) -> None:
    with subprocess.Popen(
        [sys.executable, "-c", WARTER], stdout=subprocess.PIPE, stderr=subprocess.PIPE, cwd=tmp_path
    ) as lauf:
        assert lauf.stdout is not None and lauf.stdout.readline() == b"bereit\n"
        lauf.send_signal(nummer)
        out, err = lauf.communicate(timeout=20)
    assert lauf.returncode == code
    assert out.decode() == "aufgeräumt\n" and b"Traceback" not in err


def test_empty_environment_in_the_root_folder(prozess: Prozess) -> None:
    lauf = prozess("status", cwd="/", env={"PYTHONCOERCECLOCALE": "0", "PYTHONUTF8": "0", "LC_ALL": "C"})
    assert lauf.returncode == 66
    assert "Abhilfe" in lauf.stderr.decode("utf-8")
    hilfe = prozess("--help", cwd="/", env={"PYTHONCOERCECLOCALE": "0", "PYTHONUTF8": "0", "LC_ALL": "C"})
    assert "Sozialmonitoring für Landkreise" in hilfe.stdout.decode("utf-8")


def test_no_colour_and_no_escape_in_a_pipe(prozess: Prozess) -> None:
    for env in ({}, {"FORCE_COLOR": "1", "GITHUB_ACTIONS": "true", "TERM": "xterm-256color"}):
        lauf = prozess("gibtesnicht", env=env)
        assert b"\x1b" not in lauf.stderr + lauf.stdout and lauf.stderr.decode().startswith("Fehler: ")


def _im_terminal(worte: list[str], env: dict[str, str], tmp_path: Path) -> bytes:
    """Stderr of a call whose stderr is a terminal."""
    haupt, neben = pty.openpty()
    umgebung = {"PATH": "/usr/bin:/bin", "TERM": "xterm", **env}
    subprocess.run([sys.executable, "-m", "sozmon", *worte], stderr=neben, env=umgebung, cwd=tmp_path, check=False)
    os.close(neben)
    daten = b""
    ende = time.monotonic() + 5
    while time.monotonic() < ende:
        try:
            stueck = os.read(haupt, 65536)
        except OSError:
            break
        if not stueck:
            break
        daten += stueck
    os.close(haupt)
    return daten


def test_colour_only_on_a_terminal_and_not_with_no_color(tmp_path: Path) -> None:
    assert b"\x1b[31mFehler\x1b[0m: " in _im_terminal(["gibtesnicht"], {}, tmp_path)
    assert b"\x1b" not in _im_terminal(["gibtesnicht"], {"NO_COLOR": "1"}, tmp_path)
    assert b"\x1b" not in _im_terminal(["gibtesnicht"], {"TERM": "dumb"}, tmp_path)


@pytest.mark.parametrize(
    ("worte", "vorschlag"),
    [
        ("sozmon we", "werte"),
        ("sozmon bestand s", "sichern"),
        ("sozmon werte --form", "--format"),
        ("sozmon werte --format x", "xlsx"),
        ("sozmon werte -i altenq", "altenquotient"),
        ("sozmon werte -i bevoelkerung,altenq", "bevoelkerung,altenquotient"),
    ],
)
def test_completion(prozess: Prozess, worte: str, vorschlag: str) -> None:
    env = {"_SOZMON_COMPLETE": "complete_bash", "COMP_WORDS": worte, "COMP_CWORD": str(worte.count(" "))}
    lauf = prozess(env=env)
    assert vorschlag in lauf.stdout.decode().split() and lauf.stderr == b""


def test_completion_is_set_up_in_german(prozess: Prozess, tmp_path: Path) -> None:
    befehl = f'HOME="{tmp_path}" "{sys.executable}" -m sozmon --install-completion'
    lauf = subprocess.run(["bash", "-c", f"{befehl}; true"], capture_output=True, cwd=tmp_path, check=False)
    text = (lauf.stdout + lauf.stderr).decode()
    assert "ervollständigung" in text and "installed" not in text and "supported" not in text
