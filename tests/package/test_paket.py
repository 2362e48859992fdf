"""The wheel alone, in an empty environment: everything shipped is there, and the example is printed from it."""

from __future__ import annotations

import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

import sozmon

WURZEL = Path(sozmon.__file__).resolve().parents[2]


@pytest.fixture(scope="session")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The wheel of this checkout, built with the build tool that is installed here."""
    ziel = tmp_path_factory.mktemp("wheel")
    pip = [
        sys.executable,
        "-m",
        "pip",
        "wheel",
        "-q",
        "--no-deps",
        "--no-build-isolation",
        "-w",
        str(ziel),
        str(WURZEL),
    ]
    subprocess.run(pip, check=True)
    (gebaut,) = ziel.glob("sozmon-*.whl")
    return gebaut


def _im_checkout(ordner: str) -> set[str]:
    basis = WURZEL / ordner
    return {p.relative_to(WURZEL).as_posix() for p in basis.rglob("*") if p.is_file() and "__pycache__" not in p.parts}


def test_paket_wheel_carries_all_data(wheel: Path) -> None:
    with zipfile.ZipFile(wheel) as z:
        namen = {n.removeprefix("sozmon/mitgeliefert/") for n in z.namelist() if n.startswith("sozmon/mitgeliefert/")}
        alle = z.namelist()
    for ordner in ("indikatoren", "vorlagen", "beispieldaten/projekt", "beispieldaten/lieferungen"):
        soll = _im_checkout(ordner)
        assert soll and soll <= namen, sorted(soll - namen)[:5]
    assert "sozmon/py.typed" in alle and any(n.endswith("licenses/LICENSE") for n in alle)
    assert not [n for n in alle if n.startswith(("tests/", "benchmarks/")) or "__pycache__" in n]


@pytest.mark.langsam
def test_paket_in_empty_environment(wheel: Path, tmp_path: Path) -> None:
    """pip install of the wheel, then: new project from the example, import, report – without the checkout."""
    umgebung = tmp_path / "umgebung"
    subprocess.run([sys.executable, "-m", "venv", str(umgebung)], check=True)
    python = umgebung / "bin" / "python"
    subprocess.run([python, "-m", "pip", "install", "-q", str(wheel)], check=True)

    def lauf(*worte: str) -> str:
        fertig = subprocess.run(
            [str(umgebung / "bin" / "sozmon"), *worte],
            cwd=tmp_path,
            env={"PATH": "/usr/bin:/bin"},
            capture_output=True,
            text=True,
            check=False,
        )
        assert fertig.returncode == 0, fertig.stderr
        return fertig.stdout

    assert lauf("--version") == f"sozmon {sozmon.__version__}\n"
    lauf("selbsttest")
    lauf("neu", "probe", "--beispiel")
    dateien = sorted(str(p) for p in (tmp_path / "probe" / "eingang").iterdir())
    assert dateien
    lauf("--projekt", "probe", "import", *dateien)
    pfade = [Path(z) for z in lauf("--projekt", "probe", "bericht").splitlines()]
    assert {p.suffix for p in pfade} >= {".pdf", ".html", ".docx"}
    assert all((tmp_path / p).stat().st_size > 10_000 for p in pfade if p.suffix in {".pdf", ".html", ".docx"})
