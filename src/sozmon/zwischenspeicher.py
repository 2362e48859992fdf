"""What was computed or drawn before and need not be again: results by the key of everything they depend on.

The folder lies inside the private store (``bestand/zwischenspeicher``). Nothing depends on it: a missing, damaged or
unwritable entry is only made again. Entries carry the SHA-256 of their content, so a flipped bit is a miss.
"""

from __future__ import annotations

import contextlib
import hashlib
import os
from functools import cache
from pathlib import Path

from sozmon import __version__, plattform
from sozmon.errors import SozmonError

HOECHSTENS_BYTES = 300_000_000
_SIEGEL = 32


def schluessel(*teile: object) -> str:
    """Key of everything a result depends on: plain frozen values, by their ``repr``; the program itself counts too."""
    return hashlib.sha256("\0".join([fassung(), *map(repr, teile)]).encode("utf-8", "backslashreplace")).hexdigest()


@cache
def fassung() -> str:
    """Identifies the running program: its version and the sizes and times of its files."""
    wurzel = Path(__file__).parent
    dateien = [(p.relative_to(wurzel), p.stat()) for p in sorted(wurzel.rglob("*.py"))]
    marken = [f"{name}:{marke.st_size}:{marke.st_mtime_ns}" for name, marke in dateien]
    return hashlib.sha256("\n".join([__version__, *marken]).encode()).hexdigest()


def pruefsumme(*ordner: Path) -> str:
    """SHA-256 over names and contents of all files below these folders (or of these files)."""
    summe = hashlib.sha256()
    for wurzel in ordner:
        pfade = [wurzel] if wurzel.is_file() else sorted(p for p in wurzel.rglob("*") if p.is_file())
        for pfad in pfade:
            summe.update(f"{pfad.name}\0{len(inhalt := pfad.read_bytes())}\0".encode() + inhalt)
    return summe.hexdigest()


class Zwischenspeicher:
    """Entries by key; ``treffer`` and ``neu`` count what was found and what was made in this run."""

    def __init__(self, ordner: Path | None) -> None:
        self.ordner = ordner
        self.treffer = self.neu = 0

    def hole(self, schluessel: str) -> bytes | None:
        """The entry, or None."""
        if self.ordner is None:
            return None
        try:
            roh = self._pfad(schluessel).read_bytes()
        except OSError:
            return None
        inhalt = roh[_SIEGEL:]
        if hashlib.sha256(inhalt).digest() != roh[:_SIEGEL]:
            return None
        self.treffer += 1
        return inhalt

    def lege(self, schluessel: str, inhalt: bytes) -> None:
        """Keep an entry if that is possible; a read-only or full disk is no reason to stop."""
        self.neu += 1
        if self.ordner is None:
            return
        pfad = self._pfad(schluessel)
        with contextlib.suppress(SozmonError, OSError):
            plattform.create_ordner(pfad.parent, privat=True)
            plattform.write_fluechtig(pfad, hashlib.sha256(inhalt).digest() + inhalt)

    def _pfad(self, schluessel: str) -> Path:
        assert self.ordner is not None
        return self.ordner / schluessel[:2] / schluessel

    def raeume_auf(self, hoechstens: int = HOECHSTENS_BYTES) -> None:
        """Remove the oldest entries above so many bytes."""
        if self.ordner is None or not self.ordner.is_dir():
            return
        with contextlib.suppress(OSError):
            marken = sorted((s.st_mtime_ns, s.st_size, p) for p in self.ordner.glob("*/*") if (s := p.stat()))
            zu_viel = sum(groesse for _, groesse, _ in marken) - hoechstens
            for _, groesse, pfad in marken:
                if zu_viel <= 0:
                    break
                os.unlink(pfad)  # noqa: PTH108 - an entry that another run removed meanwhile is no error
                zu_viel -= groesse
