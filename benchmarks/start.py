"""``sozmon --help`` against a bare Typer program with as many commands: ratio of paired runs (aim: at most 1.5).

Both are whole processes, started in turn, so that a busy PC slows both alike; the median of the ratios counts.
"""

from __future__ import annotations

import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

LAEUFE = 21
OPTIONEN = 6


def blankes_programm(befehle: int) -> str:
    """Source of a Typer program with the same settings, empty commands, and options like ours."""
    parameter = ", ".join(
        f'o{i}: Annotated[str | None, typer.Option("--o{i}", help="Eine Option.")] = None' for i in range(OPTIONEN)
    )
    kopf = "from typing import Annotated\nimport typer\n"
    kopf += "app = typer.Typer(rich_markup_mode=None, pretty_exceptions_enable=False)\n"
    rumpf = "".join(
        f'@app.command("b{i}")\ndef b{i}({parameter}) -> None:\n    "Ein Befehl."\n' for i in range(befehle)
    )
    return f"{kopf}{rumpf}app()\n"


def dauer(*befehl: str) -> float:
    """Seconds of one whole process."""
    beginn = time.perf_counter()
    subprocess.run(befehl, stdout=subprocess.DEVNULL, check=True)
    return time.perf_counter() - beginn


def main() -> int:
    """Print the ratios; 1 when ``--help`` misses the aim."""
    from sozmon.cli.app import hilfebaum

    befehle = len(list(hilfebaum()))
    with tempfile.TemporaryDirectory() as ordner:
        blank = Path(ordner) / "blank.py"
        blank.write_text(blankes_programm(befehle), encoding="utf-8")
        faelle = {
            "--help": ([sys.executable, "-m", "sozmon", "--help"], [sys.executable, str(blank), "--help"]),
            "werte --help": (
                [sys.executable, "-m", "sozmon", "werte", "--help"],
                [sys.executable, str(blank), "b1", "--help"],
            ),
            "--version": ([sys.executable, "-m", "sozmon", "--version"], [sys.executable, "-c", "pass"]),
        }
        ergebnis = {}
        for name, (unser, fremd) in faelle.items():
            dauer(*unser), dauer(*fremd)
            paare = [(dauer(*unser), dauer(*fremd)) for _ in range(LAEUFE)]
            ergebnis[name] = statistics.median(a / b for a, b in paare)
            zeiten = [statistics.median(spalte) * 1000 for spalte in zip(*paare, strict=True)]
            gegen = "leeres Python" if name == "--version" else f"blankes Typer mit {befehle} Befehlen"
            print(f"sozmon {name:13} {ergebnis[name]:.2f} × {gegen} ({zeiten[0]:.0f} ms zu {zeiten[1]:.0f} ms)")
    return int(ergebnis["--help"] > 1.5)


if __name__ == "__main__":
    sys.exit(main())
