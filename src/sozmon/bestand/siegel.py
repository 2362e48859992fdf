"""Proof against a flipped bit: hashes of files, sealed JSON, and one memory of what was already checked.

A sealed file is JSON, a newline, and the SHA-256 of everything before it. It is small, readable with any
editor, and a change of one bit anywhere in it is noticed.
"""

from __future__ import annotations

import hashlib
import json
import zlib
from pathlib import Path
from typing import Any

from sozmon.errors import BestandError, RechteError

ABHILFE = "Den Bestand aus den aufbewahrten Lieferungen neu aufbauen: sozmon bestand neu-aufbauen"
_geprueft: dict[Path, tuple[str, int, int]] = {}


def sha256_datei(pfad: Path) -> str:
    """SHA-256 of a file as hex."""
    with pfad.open("rb") as f:
        return hashlib.file_digest(f, "sha256").hexdigest()


def beschaedigt(pfad: Path, grund: str, abhilfe: str = ABHILFE) -> BestandError:
    """The error (exit 76) for a damaged file of the store."""
    return BestandError(f"Der Bestand ist beschädigt: „{pfad.name}“.", ort=str(pfad), grund=grund, abhilfe=abhilfe)


def check_datei(pfad: Path, sha256: str, *, crc: int | None = None, abhilfe: str = ABHILFE) -> None:
    """Compare a file with its hash before its first read in this process; BestandError (76) if it differs.

    crc: compare the CRC-32 instead, a fifth of the work: it finds every single flipped bit and every damage of
    up to four bytes for certain, other damage with a chance of 1 to 4 billion of missing it.
    """
    try:
        stat = pfad.stat()
        merkmal = (sha256, stat.st_size, stat.st_mtime_ns)
        if _geprueft.get(pfad) == merkmal:
            return
        heil = sha256_datei(pfad) == sha256 if crc is None else zlib.crc32(pfad.read_bytes()) == crc
        if not heil:
            raise beschaedigt(pfad, "Der Inhalt passt nicht mehr zu seiner Prüfsumme.", abhilfe)
    except OSError as fehler:
        raise unlesbar(pfad, fehler, abhilfe) from fehler
    _geprueft[pfad] = merkmal


def read_geprueft(pfad: Path, sha256: str) -> bytes:
    """Bytes of a file, proved by its hash; what is parsed is exactly what was checked."""
    try:
        daten = pfad.read_bytes()
    except OSError as fehler:
        raise unlesbar(pfad, fehler) from fehler
    if hashlib.sha256(daten).hexdigest() != sha256:
        raise beschaedigt(pfad, "Der Inhalt passt nicht mehr zu seiner Prüfsumme.")
    return daten


def unlesbar(pfad: Path, fehler: OSError, abhilfe: str = ABHILFE) -> BestandError | RechteError:
    """The error for a file of the store that cannot be read: missing, a folder, or forbidden."""
    if isinstance(fehler, PermissionError):
        return RechteError(
            f"Keine Leserechte für „{pfad.name}“.", ort=str(pfad), abhilfe="Rechte des Ordners bestand/ prüfen."
        )
    grund = "Die Datei fehlt." if isinstance(fehler, FileNotFoundError) else f"Nicht lesbar: {fehler.strerror}."
    return beschaedigt(pfad, grund, abhilfe)


def versiegle(inhalt: dict[str, Any]) -> bytes:
    """Sealed JSON."""
    text = json.dumps(inhalt, ensure_ascii=False, sort_keys=True, separators=(",", ":")).encode() + b"\n"
    return text + hashlib.sha256(text).hexdigest().encode() + b"\n"


def read_siegel(pfad: Path) -> dict[str, Any]:
    """Content of a sealed file; FileNotFoundError if it is missing, BestandError (76) if its seal is broken."""
    try:
        daten = pfad.read_bytes()
    except FileNotFoundError:
        raise
    except OSError as fehler:
        raise unlesbar(pfad, fehler) from fehler
    text, siegel = daten[:-65], daten[-65:]
    if hashlib.sha256(text).hexdigest().encode() + b"\n" != siegel:
        raise beschaedigt(pfad, "Das Siegel der Datei ist gebrochen.")
    inhalt = json.loads(text)
    if not isinstance(inhalt, dict):
        raise beschaedigt(pfad, "Die Datei hat nicht die erwartete Form.")
    return inhalt
