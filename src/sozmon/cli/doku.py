"""The parts of README.md that come from the program itself: commands and exit codes.

``python -m sozmon.cli.doku --pruefen`` ends with 1 when they are not current, ``--schreiben`` renews them.
"""

from __future__ import annotations

import sys
from collections.abc import Callable, Sequence
from pathlib import Path

from sozmon.cli import ausgabe

README = Path(__file__).resolve().parents[3] / "README.md"


def render_befehle() -> str:
    """Table of all commands in the order of the help page, then the global options."""
    from sozmon.cli.app import hilfebaum

    zeilen = ["| Befehl | tut |", "|---|---|"]
    for name, seite in hilfebaum():
        tiefe, kurz = name.count(" "), seite.kurz
        if tiefe:
            zeilen.append(f"| `{name}` | {kurz} |")
    return "\n".join(zeilen) + "\n\nJeder Befehl erklärt sich mit `--help`. Vor dem Befehl stehen:\n\n" + _optionen()


def _optionen() -> str:
    from sozmon.cli.app import globale_optionen

    return "\n".join(f"- `{name}`: {hilfe}" for name, hilfe in globale_optionen())


def render_rueckgabewerte() -> str:
    """Table of exit codes, from the exception classes."""
    from sozmon.errors import FEHLERKLASSEN, SIGNAL_CODES

    zeilen = ["| Wert | Bedeutung |", "|---:|---|", "| 0 | fertig, oder es war nichts zu tun |"]
    zeilen += [f"| {k.exit_code} | {k.bedeutung} |" for k in FEHLERKLASSEN]
    zeilen += [f"| {code} | {text} |" for code, text in SIGNAL_CODES.items()]
    return "\n".join(zeilen)


def render_projektdatei() -> str:
    """Table of all settings in sozmon.toml."""
    from sozmon.doku import render_einstellungen

    return render_einstellungen()


BLOECKE: dict[str, Callable[[], str]] = {
    "befehle": render_befehle,
    "rueckgabewerte": render_rueckgabewerte,
    "projektdatei": render_projektdatei,
}


def render_readme(text: str) -> str:
    """README with every block renewed; a missing mark is an error of ours (ValueError)."""
    for name, render in BLOECKE.items():
        anfang, ende = f"<!-- anfang:{name} -->\n", f"<!-- ende:{name} -->"
        if text.count(anfang) != 1 or text.count(ende) != 1:
            raise ValueError(f"README.md: die Marken {name} stehen nicht genau einmal da")
        davor, _, rest = text.partition(anfang)
        text = f"{davor}{anfang}{render()}\n{ende}{rest.partition(ende)[2]}"
    return text


def main(argv: Sequence[str]) -> int:
    """Check (``--pruefen``) or renew (``--schreiben``) the generated blocks."""
    if list(argv) not in (["--pruefen"], ["--schreiben"]):
        ausgabe.warnung("Aufruf: python -m sozmon.cli.doku --pruefen | --schreiben")
        return 2
    alt = README.read_text(encoding="utf-8")
    neu = render_readme(alt)
    if alt == neu:
        return 0
    if argv[0] == "--pruefen":
        ausgabe.warnung("README.md ist nicht aktuell (Befehle, Rückgabewerte). Abhilfe: make doku")
        return 1
    from sozmon.plattform import write_text

    write_text(README, neu)
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
