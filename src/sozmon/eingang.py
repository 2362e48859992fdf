"""The folder ``eingang/``: which files wait there, which of them are finished, and taking away what the store keeps.

Nothing is ever lost: a file goes only when the very bytes that lie there are in the store, proved by their hash.
"""

from __future__ import annotations

import hashlib
import time
import zipfile
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Literal

from sozmon import plattform
from sozmon.dateien import eintraege_von, open_datei
from sozmon.errors import EingabeFehltError, RechteError, SozmonError

if TYPE_CHECKING:
    from sozmon.bestand import Bestand

RUHE = 2.0
"""Seconds between the two looks at a file; one that changed meanwhile is still being copied."""
_FREMD = frozenset({"thumbs.db", "desktop.ini"})
_UNFERTIG = (".part", ".crdownload")

Verbleib = Literal["entfernt", "veraendert", "beiwerk"]


@dataclass(frozen=True, slots=True)
class Eingang:
    """What lies in the folder, each list in the order of names.

    bereit: may be read; wartend: still being copied; uebergangen: folders, links, debris of other programs.
    """

    bereit: tuple[Path, ...] = ()
    wartend: tuple[Path, ...] = ()
    uebergangen: tuple[Path, ...] = ()


def find_wartende(ordner: Path) -> Eingang:
    """Look twice into the folder, ``RUHE`` seconds apart (not at all if it is empty).

    Raises EingabeFehltError (66) when the folder is missing, RechteError (77) when it may not be read.
    """
    alle = _inhalt(ordner)
    dateien = [p for p in alle if _ist_lieferung(p)]
    vorher = {p: _spur(p) for p in dateien}
    if dateien:
        time.sleep(RUHE)
    nachher = {p: _spur(p) for p in dateien}
    da = [p for p in dateien if nachher[p] is not None]
    return Eingang(
        tuple(p for p in da if nachher[p] == vorher[p]),
        tuple(p for p in da if nachher[p] != vorher[p]),
        tuple(p for p in alle if p not in vorher and not p.name.startswith(".")),
    )


def _inhalt(ordner: Path) -> list[Path]:
    try:
        return sorted(ordner.iterdir())
    except PermissionError as fehler:
        raise RechteError(
            f"Der Ordner „{ordner.name}“ darf nicht gelesen werden.", ort=str(ordner), abhilfe="Rechte prüfen."
        ) from fehler
    except OSError as fehler:
        raise EingabeFehltError(
            f"Der Ordner „{ordner.name}“ fehlt.",
            ort=str(ordner),
            grund=plattform.systemgrund(fehler),
            abhilfe="Den Ordner wieder anlegen; ist er eine Verknüpfung: prüfen, ob ihr Ziel erreichbar ist.",
        ) from fehler


def _ist_lieferung(pfad: Path) -> bool:
    name = pfad.name.lower()
    fremd = name.startswith((".", "~$")) or name.endswith(_UNFERTIG) or name in _FREMD
    return not fremd and plattform.ist_regulaer(pfad)


def _spur(pfad: Path) -> tuple[int, ...] | None:
    """What changes when somebody writes; None when the file is gone."""
    try:
        stat = pfad.lstat()
    except OSError:
        return None
    return stat.st_size, stat.st_mtime_ns, stat.st_ctime_ns, stat.st_ino


def remove_aufbewahrte(pfad: Path, sha256: str, bestand: Bestand) -> Verbleib:
    """Take a file away whose bytes the store keeps as this Lieferung; say what became of it.

    veraendert: it (or the store) no longer is what it was, the next run reads it; beiwerk: a ZIP that holds more
    than the table.
    The kept copy is read and compared first: BestandError (76) when it is damaged. RechteError (77) or
    AusgabeError (73) when the folder does not let it go.
    """
    if not bestand.ist_bekannt(sha256):
        return "veraendert"
    kopie = bestand.original(sha256)
    plattform.fsync(kopie, kopie.parent, kopie.parent.parent)
    vorher = _spur(pfad)
    if vorher is None:
        return "entfernt"
    if (anders := _abweichung(pfad, sha256)) is not None:
        return anders
    if _spur(pfad) != vorher:
        return "veraendert"
    plattform.remove(pfad)
    return "entfernt"


def _abweichung(pfad: Path, sha256: str) -> Verbleib | None:
    """None when nothing but the kept bytes lies there: as they are, or alone in a ZIP."""
    try:
        with pfad.open("rb") as strom:
            if hashlib.file_digest(strom, "sha256").hexdigest() == sha256:
                return None
        with open_datei(str(pfad)) as datei:
            if datei.sha256 != sha256:
                return "veraendert"
        with zipfile.ZipFile(pfad) as archiv:
            teile = eintraege_von(archiv)
    except (OSError, SozmonError, zipfile.BadZipFile):
        return "veraendert"
    return None if len(teile) == 1 else "beiwerk"
