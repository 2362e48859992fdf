"""Templates from folders: regular files below the folder, reached without a symbolic link."""

from __future__ import annotations

import os
import re
import stat
from collections.abc import Callable, Sequence
from pathlib import Path

import jinja2

from sozmon.errors import KonfigError

MAX_VORLAGE_BYTES = 1_000_000


class Lader(jinja2.BaseLoader):
    """Folders in the order of precedence; regular files inside them, reached without a symbolic link."""

    def __init__(self, ordner: Sequence[Path]) -> None:
        self.ordner = tuple(ordner)

    def get_source(self, environment: jinja2.Environment, name: str) -> tuple[str, str, Callable[[], bool]]:
        """Source of a template; TemplateNotFound when no folder has it."""
        teile = name.split("/")
        if any(t in ("", ".", "..") or re.search(r"[\\:\x00-\x1f]", t) for t in teile):
            raise KonfigError(
                f"Der Name „{name}“ ist nicht erlaubt.", grund="Vorlagen liegen im Ordner vorlagen/ des Projekts."
            )
        for ordner in self.ordner:
            if (text := _lies(ordner, teile)) is not None:
                return text, f"vorlagen/{name}", lambda: True
        raise jinja2.TemplateNotFound(name)

    def quelltext(self, ort: str) -> str:
        """Source by the name that errors show ('vorlagen/…'); '' when there is none."""
        teile = ort.removeprefix("vorlagen/").split("/")
        return next((text for o in self.ordner if (text := _lies(o, teile)) is not None), "")

    def list_templates(self) -> list[str]:
        """Names for suggestions."""
        return sorted({p.relative_to(o).as_posix() for o in self.ordner if o.is_dir() for p in o.rglob("*.j2")})


def _lies(ordner: Path, teile: Sequence[str]) -> str | None:
    pfad = Path(os.path.realpath(ordner))
    for nr, teil in enumerate(teile):
        pfad = pfad / teil
        try:
            art = pfad.lstat().st_mode
        except (FileNotFoundError, NotADirectoryError):
            return None
        if not (stat.S_ISREG(art) if nr == len(teile) - 1 else stat.S_ISDIR(art)):
            raise KonfigError(
                f"„{'/'.join(teile)}“ ist keine gewöhnliche Datei.",
                ort=str(pfad),
                grund="Verknüpfungen und Geräte werden in Vorlagen nicht verfolgt.",
                abhilfe="Die Datei selbst in den Ordner legen.",
            )
    return _inhalt(pfad)


def _inhalt(pfad: Path) -> str:
    griff = os.open(pfad, os.O_RDONLY | getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_BINARY", 0))
    with os.fdopen(griff, "rb") as datei:
        daten = datei.read(MAX_VORLAGE_BYTES + 1)
    if len(daten) > MAX_VORLAGE_BYTES:
        raise KonfigError("Die Vorlage ist zu groß.", ort=str(pfad), grund=f"Grenze: {MAX_VORLAGE_BYTES} Byte.")
    try:
        return daten.decode("utf-8-sig").replace("\r\n", "\n")
    except UnicodeDecodeError as fehler:
        raise KonfigError(
            "Die Vorlage ist nicht in UTF-8 gespeichert.", ort=str(pfad), abhilfe="Im Editor als UTF-8 speichern."
        ) from fehler
