"""Entry point of the command ``sozmon``: what must hold before anything is imported, and after everything is done.

Streams are UTF-8 whatever the locale says (cron has none), closed descriptors are filled so that no data file is
opened as number 1, and SIGTERM unwinds like Ctrl+C, so that temporary files and locks go. Typer is imported last:
``sozmon --version`` answers without it.
"""

from __future__ import annotations

import contextlib
import io
import os
import signal
import sys
from collections.abc import Sequence
from types import FrameType


def main(argv: Sequence[str] | None = None) -> int:
    """Run one call; the number returned is the exit code of the process."""
    worte = list(sys.argv[1:] if argv is None else argv)
    _prepare_streams()
    _prepare_signals()
    try:
        if worte == ["--version"]:
            return _version()
        from sozmon.cli.app import run

        return run(_expand(worte) if os.name == "nt" else worte)
    except KeyboardInterrupt:
        return 130
    except SystemExit as e:
        return e.code if isinstance(e.code, int) else 1


def _version() -> int:
    from sozmon import __version__
    from sozmon.cli.ausgabe import ergebnis_oder_code

    return ergebnis_oder_code(f"sozmon {__version__}\n")


def _expand(worte: Sequence[str]) -> list[str]:
    """``*.csv`` as file names, in order: the command prompt of Windows leaves that to the program."""
    from glob import glob

    return [treffer for wort in worte for treffer in (sorted(glob(wort)) if "*" in wort else []) or [wort]]  # noqa: PTH207


def _prepare_streams() -> None:
    """UTF-8 on all three streams; a closed descriptor 0, 1 or 2 becomes the null device."""
    for nummer in (0, 1, 2):
        try:
            os.fstat(nummer)
        except OSError:
            os.open(os.devnull, os.O_RDWR)  # takes the lowest free number, which is this one
    for strom in (sys.stdin, sys.stdout, sys.stderr):
        if isinstance(strom, io.TextIOWrapper):
            with contextlib.suppress(OSError, ValueError):
                strom.reconfigure(encoding="utf-8", errors="backslashreplace" if strom.writable() else "strict")


def _prepare_signals() -> None:
    """SIGTERM and SIGHUP end the run by an exception, so that ``finally`` and ``with`` clean up."""

    def beende(nummer: int, _: FrameType | None) -> None:
        signal.signal(nummer, signal.SIG_IGN)  # a second one must not break the cleaning
        raise SystemExit(128 + nummer)

    for name in ("SIGTERM", "SIGHUP"):
        nummer = getattr(signal, name, None)  # Windows has no SIGHUP
        # not in a thread, and "nohup sozmon …" stays deaf to SIGHUP
        if nummer is not None and signal.getsignal(nummer) is signal.SIG_DFL:
            with contextlib.suppress(ValueError):
                signal.signal(nummer, beende)


if __name__ == "__main__":
    sys.exit(main())
