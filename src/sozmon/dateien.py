"""Open a delivered file safely: regular files only, a private copy, its hash, its real type by magic bytes.

Nothing here looks into cells. What is not a table file is refused with its real name and what to do, before
any parser has seen a byte of it (wissen: an office's maintenance page arrives under the name of the table).
"""

from __future__ import annotations

import hashlib
import os
import re
import stat
import sys
import zipfile
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path, PurePosixPath
from typing import IO

from sozmon import plattform
from sozmon.errors import EingabeError, EingabeFehltError, RechteError

MAX_BYTES = 300 * 1024 * 1024
"""Largest container (workbook, archive) that is read; the offices' largest tables have about 20 MB."""
MAX_TEXT = 8 * 1024 * 1024 * 1024
"""Largest text file: flat files of all Gemeinden over decades, read in pieces."""
GROSS = 64 * 1024 * 1024
"""Above so many bytes a flat file is read in pieces, with bounded memory."""
MAX_DICHTE = 100
"""So many times its own size an archive with one table may unpack to, above MAX_BYTES; tables reach about 40."""
MAX_TEILE = 2000
"""Most parts that a container (XLSX, ZIP) may hold."""

_LESBAR = frozenset({".csv", ".htm", ".html", ".tsv", ".txt", ".xls", ".xlsm", ".xlsx", ".zip"})
"""Endings that a readable file has; only such names are suggested."""

_ALS_XLSX = "In Excel oder LibreOffice öffnen und mit „Speichern unter“ als „Excel-Arbeitsmappe (.xlsx)“ sichern."


class AblehnungError(EingabeError):
    """An input that is refused for a named reason; ``art`` is the short name of the reason (stable, for tests)."""

    def __init__(self, art: str, text: str, *, ort: str = "", grund: str = "", abhilfe: str = "") -> None:
        super().__init__(text, ort=ort, grund=grund, abhilfe=abhilfe)
        self.art = art


@dataclass(frozen=True, slots=True)
class Rohdatei:
    """A private copy of a delivered file: ``name`` as delivered, ``art`` = csv, xlsx, xls or html, size in bytes."""

    name: str
    pfad: Path
    sha256: str
    art: str
    groesse: int


@contextmanager
def open_datei(pfad: str, rohpfad: Path | None = None) -> Iterator[Rohdatei]:
    """Copy ``pfad`` ('-' = standard input) into a private folder, hash it, name its type; removed afterwards.

    ``rohpfad`` reads that file in place of ``pfad`` (a kept original under its delivered name).
    Raises EingabeFehltError (66), RechteError (77) or AblehnungError (4).
    """
    name = "Standardeingabe" if pfad == "-" else lesbarer_name(Path(pfad))
    with plattform.temp_ordner() as ordner:
        kopie = ordner / "original"
        with _quelle(str(rohpfad or pfad)) as strom:
            sha256, groesse = _kopiere(strom, kopie, name)
        datei = Rohdatei(name, kopie, sha256, "", groesse)
        art = _art(datei)
        if art == "zip":
            datei = _einzige_tabelle(datei)
            art = _art(datei)
        yield Rohdatei(datei.name, datei.pfad, datei.sha256, art, datei.groesse)


def lesbarer_name(pfad: Path) -> str:
    """Name of a file as text that can be stored: one out of another encoding shows a sign for what is not readable."""
    return os.fsencode(pfad.name).decode("utf-8", "replace")


@contextmanager
def _quelle(pfad: str) -> Iterator[IO[bytes]]:
    """Open for reading; only regular files, so a pipe or device cannot hang the run."""
    if pfad == "-":
        yield sys.stdin.buffer
        return
    flags = os.O_RDONLY | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_BINARY", 0) | getattr(os, "O_CLOEXEC", 0)
    try:
        griff = os.open(pfad, flags)
    except ValueError as fehler:  # a NUL or what no name can hold
        raise EingabeFehltError("Eine Datei dieses Namens kann es nicht geben.", ort=repr(pfad)) from fehler
    except OSError as fehler:
        raise _oeffnungsfehler(fehler, pfad) from fehler
    if not stat.S_ISREG(os.fstat(griff).st_mode):
        os.close(griff)
        raise _keine_datei(pfad)
    with os.fdopen(griff, "rb") as strom:
        yield strom


def _keine_datei(pfad: str) -> AblehnungError:
    ordner = Path(pfad).is_dir()
    return AblehnungError(
        "keine_datei",
        f"„{Path(pfad).name}“ ist {'ein Ordner' if ordner else 'keine gewöhnliche Datei'}.",
        ort=pfad,
        abhilfe="Die Dateien einzeln nennen, z. B. mit *.csv." if ordner else "Eine Datei angeben, oder - für stdin.",
    )


def _oeffnungsfehler(fehler: OSError, pfad: str) -> Exception:
    if isinstance(fehler, FileNotFoundError | NotADirectoryError):
        return EingabeFehltError(f"Die Datei „{pfad}“ gibt es nicht.", ort=pfad, abhilfe=_aehnlich(Path(pfad)))
    if isinstance(fehler, IsADirectoryError) or _ist_ordner(pfad):
        return _keine_datei(pfad)
    if isinstance(fehler, PermissionError):
        return RechteError(f"Die Datei „{pfad}“ darf nicht gelesen werden.", ort=pfad, abhilfe="Rechte prüfen.")
    return EingabeFehltError(f"Die Datei „{pfad}“ lässt sich nicht öffnen.", ort=pfad, grund=str(fehler.strerror))


def _ist_ordner(pfad: str) -> bool:
    """True for a folder; a name too long to ask for is none."""
    try:
        return Path(pfad).is_dir()
    except OSError:
        return False


def _aehnlich(pfad: Path) -> str:
    """Name the nearest file of the folder that could be meant, as one mistypes long names of downloads."""
    import difflib

    ordner = pfad.parent
    if not ordner.is_dir():
        return f"Den Ordner „{ordner}“ gibt es nicht."
    try:
        namen = [p.name for p in ordner.iterdir() if p.suffix.lower() in _LESBAR]
        nah = difflib.get_close_matches(pfad.name, namen, n=1, cutoff=0.85)
    except OSError:
        nah = []
    return f"Meinten Sie „{nah[0]}“?" if nah else "Schreibweise und Ordner prüfen."


def _kopiere(strom: IO[bytes], ziel: Path, name: str) -> tuple[str, int]:
    """Copy with a limit; the hash is of the copy, so a file that still grows cannot give a mixed state."""
    kopie = _kopie(_gelesen(strom, name), ziel, name)
    return kopie.sha256, kopie.groesse


def _kopie(teile: Iterable[bytes], ziel: Path, name: str) -> Rohdatei:
    """Write to disk and hash, without holding the whole."""
    pruefsumme, groesse = hashlib.sha256(), 0
    with plattform.write_strom(ziel, privat=True) as halb, halb.open("wb") as kopie:
        for teil in teile:
            groesse += len(teil)
            pruefsumme.update(teil)
            kopie.write(teil)
    return Rohdatei(name, ziel, pruefsumme.hexdigest(), "", groesse)


def _gelesen(strom: IO[bytes], name: str) -> Iterator[bytes]:
    groesse = 0
    try:
        while teil := strom.read(1 << 20):
            groesse += len(teil)
            if groesse > MAX_TEXT:
                raise zu_gross(name, MAX_TEXT)
            yield teil
    except OSError as fehler:
        grund = plattform.systemgrund(fehler)
        raise EingabeFehltError(f"„{name}“ lässt sich nicht lesen.", ort=name, grund=grund) from fehler


def zu_gross(name: str, grenze: int) -> AblehnungError:
    """The refusal of a file above a limit in bytes."""
    return AblehnungError(
        "zu_gross", f"„{name}“ ist größer als {grenze >> 20} MB.", abhilfe="Die Tabelle in Teilen abrufen."
    )


# --------------------------------------------------------------------------------------------------
# What it really is

_MAGISCH: tuple[tuple[bytes, str, str], ...] = (
    (
        b"%PDF",
        "ein PDF",
        "Aus einem PDF lassen sich Zahlen nicht sicher lesen: beim Amt die Tabelle (XLSX, CSV) holen.",
    ),
    (b"\x1f\x8b", "ein gzip-Archiv", "Das Archiv entpacken und die Datei darin importieren."),
    (b"7z\xbc\xaf", "ein 7z-Archiv", "Das Archiv entpacken und die Datei darin importieren."),
    (b"Rar!", "ein RAR-Archiv", "Das Archiv entpacken und die Datei darin importieren."),
    (b"BZh91AY&SY", "ein bzip2-Archiv", "Das Archiv entpacken und die Datei darin importieren."),
    (b"\xfd7zXZ\x00", "ein xz-Archiv", "Das Archiv entpacken und die Datei darin importieren."),
    (b"\x28\xb5\x2f\xfd", "ein zstd-Archiv", "Das Archiv entpacken und die Datei darin importieren."),
    (b"PAR1", "eine Parquet-Datei", "Parquet ist kein Importformat: die Tabelle als CSV oder XLSX liefern lassen."),
    (b"SQLite format 3", "eine SQLite-Datenbank", "Die Tabelle als CSV oder XLSX ausgeben."),
    (b"{\\rtf", "ein RTF-Dokument", "Die Tabelle als CSV oder XLSX holen."),
    (b"\x89PNG", "ein Bild (PNG)", "Die Tabelle selbst als CSV oder XLSX holen."),
    (b"\xff\xd8\xff", "ein Bild (JPEG)", "Die Tabelle selbst als CSV oder XLSX holen."),
    (b"\x09\x00\x04\x00", "eine Excel-2-Datei", _ALS_XLSX),
    (b"\x09\x02\x06\x00", "eine Excel-3-Datei", _ALS_XLSX),
    (b"\x09\x04\x06\x00", "eine Excel-4-Datei", _ALS_XLSX),
    (b"\x09\x08\x08\x00", "eine Excel-5-Datei ohne Hülle", _ALS_XLSX),
)


def _art(datei: Rohdatei) -> str:
    """'csv', 'xlsx', 'xls', 'html' or 'zip'; anything else is refused by its real name."""
    with datei.pfad.open("rb") as strom:
        anfang = strom.read(4096)
    if not anfang.strip():
        raise AblehnungError("leer", f"„{datei.name}“ ist leer.", abhilfe="Die Datei noch einmal herunterladen.")
    for magie, was, abhilfe in _MAGISCH:
        if anfang.startswith(magie):
            raise _falsche_art(datei.name, was, abhilfe)
    if datei.groesse > MAX_BYTES and (_ist_behaelter(anfang) or _art_text(datei.name, anfang) != "csv"):
        raise zu_gross(datei.name, MAX_BYTES)
    if anfang.startswith(b"PK"):
        return _art_zip(datei)
    if anfang.startswith(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"):
        return _art_ole(datei)
    return _art_text(datei.name, anfang)


def _ist_behaelter(anfang: bytes) -> bool:
    """True for what a library must unpack whole: ZIP and OLE."""
    return anfang.startswith((b"PK", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"))


def _falsche_art(name: str, was: str, abhilfe: str, grund: str = "", art: str = "falsche_art") -> AblehnungError:
    return AblehnungError(
        art, f"„{name}“ ist {was}, keine Tabelle, die gelesen werden kann.", grund=grund, abhilfe=abhilfe
    )


def _art_text(name: str, anfang: bytes) -> str:
    """Text files: HTML, XML and JSON carry table names too often to trust the name."""
    kopf = anfang.lstrip(b"\xef\xbb\xbf \t\r\n").lower()
    if kopf.startswith(b"<?xml") and b"urn:schemas-microsoft-com:office:spreadsheet" in kopf:
        raise _falsche_art(name, "eine Excel-2003-XML-Datei", _ALS_XLSX)
    if _ist_html(kopf):
        return "html"
    if kopf.startswith((b"<?xml", b"<")) and b">" in kopf:
        raise _falsche_art(name, "eine XML-Datei", "Die Tabelle als CSV oder XLSX holen.")
    if kopf.startswith((b'{"', b"[{", b"{\n", b"{\r")):
        raise _falsche_art(name, "eine JSON-Datei", "Die Tabelle als CSV oder XLSX holen.")
    if anfang[:2] not in (b"\xff\xfe", b"\xfe\xff") and anfang.count(0) * 20 > len(anfang):
        raise _falsche_art(name, "eine Datei aus Binärdaten", "Die Tabelle als CSV oder XLSX holen.")
    return "csv"


def _ist_html(kopf: bytes) -> bool:
    """A page, or the bare table that portals send under the name of a workbook."""
    if not kopf.startswith(b"<"):
        return False
    return kopf.startswith(b"<!doctype html") or b"<html" in kopf or (b"<table" in kopf and kopf[:5] != b"<?xml")


def html_seite(name: str) -> AblehnungError:
    """The refusal of an HTML page that no Quelle takes for a table."""
    return _falsche_art(
        name,
        "eine HTML-Seite",
        "Den Abruf beim Amt wiederholen. Enthält die Seite wirklich die Tabelle: " + _ALS_XLSX,
        "Portale antworten bei Wartung oder Störung mit einer Internetseite unter dem Namen der Tabelle.",
        "html_seite",
    )


def _art_ole(datei: Rohdatei) -> str:
    """OLE container: old Excel, encrypted new Excel, or another Office document."""
    daten = datei.pfad.read_bytes()

    def hat(name: str) -> bool:
        return name.encode("utf-16-le") in daten

    if hat("EncryptedPackage"):
        raise _falsche_art(
            datei.name,
            "mit einem Kennwort verschlüsselt",
            "In Excel öffnen und ohne Kennwort speichern (Datei › Informationen › Arbeitsmappe schützen).",
            art="verschluesselt",
        )
    if hat("Workbook") or hat("Book"):
        return "xls"
    was = "ein Word-Dokument (.doc)" if hat("WordDocument") else "ein Office-Dokument ohne Arbeitsmappe"
    raise _falsche_art(datei.name, was, "Die Tabelle als CSV oder XLSX holen.")


# --------------------------------------------------------------------------------------------------
# Containers


def unvollstaendig(name: str, groesse: int) -> AblehnungError:
    """The refusal of a cut-off container."""
    return AblehnungError(
        "unvollstaendig",
        f"„{name}“ ist unvollständig oder beschädigt.",
        grund=f"Die Datei hat {groesse} Bytes, aber das Inhaltsverzeichnis an ihrem Ende fehlt oder ist unlesbar.",
        abhilfe="Die Datei noch einmal herunterladen oder kopieren.",
    )


def _art_zip(datei: Rohdatei) -> str:
    try:
        with zipfile.ZipFile(datei.pfad) as archiv:
            namen = archiv.namelist()
            teil = archiv.getinfo("mimetype") if "mimetype" in namen else None
            mimetype = b"".join(entpackt(archiv, teil, MAX_BYTES, datei.name))[:100] if teil else b""
    except (zipfile.BadZipFile, OSError, ValueError, NotImplementedError, RuntimeError, EOFError) as fehler:
        raise unvollstaendig(datei.name, datei.groesse) from fehler
    if b"opendocument.spreadsheet" in mimetype:
        raise _falsche_art(datei.name, "eine OpenDocument-Tabelle (.ods)", _ALS_XLSX)
    if b"opendocument" in mimetype:
        raise _falsche_art(datei.name, "ein OpenDocument-Dokument", "Die Tabelle als CSV oder XLSX holen.")
    if "xl/workbook.bin" in namen:
        raise _falsche_art(datei.name, "eine binäre Excel-Arbeitsmappe (.xlsb)", _ALS_XLSX)
    if "xl/workbook.xml" in namen:
        return "xlsx"
    if "word/document.xml" in namen:
        raise _falsche_art(datei.name, "ein Word-Dokument (.docx)", "Die Tabelle als CSV oder XLSX holen.")
    if "[Content_Types].xml" in namen:
        raise _falsche_art(datei.name, "ein Office-Dokument ohne Arbeitsmappe", "Die Tabelle als CSV oder XLSX holen.")
    return "zip"


def eintraege_von(archiv: zipfile.ZipFile) -> list[zipfile.ZipInfo]:
    """Entries that are files of the sender: no folders, nothing that macOS adds. A damaged entry may have no name."""
    return [i for i in archiv.infolist() if not i.filename.endswith("/") and not i.filename.startswith("__MACOSX/")]


def _einzige_tabelle(datei: Rohdatei) -> Rohdatei:
    """A ZIP with exactly one table inside (as GENESIS sends it) stands for that table."""
    with zipfile.ZipFile(datei.pfad) as archiv:
        eintraege = eintraege_von(archiv)
        tabellen = _mit_endung(eintraege, "csv|txt|xlsx|xls") or _mit_endung(eintraege, "html?")
        if len(tabellen) != 1 or len(eintraege) > MAX_TEILE:
            raise _falsche_art(datei.name, *_was_im_zip([i.filename for i in eintraege], len(tabellen)))
        name = PurePosixPath(tabellen[0].filename).name
        grenze = min(MAX_TEXT, max(MAX_BYTES, MAX_DICHTE * datei.groesse))
        innen = _kopie(entpackt(archiv, tabellen[0], grenze, datei.name), datei.pfad.with_name("inhalt"), name)
    with innen.pfad.open("rb") as strom:
        anfang = strom.read(4)
    if anfang == b"PK\x03\x04" and _art_zip(innen) == "zip":
        raise _falsche_art(datei.name, "ein ZIP-Archiv im ZIP-Archiv", "Das Archiv von Hand entpacken.")
    return innen


def _mit_endung(eintraege: list[zipfile.ZipInfo], endungen: str) -> list[zipfile.ZipInfo]:
    return [i for i in eintraege if re.search(rf"\.({endungen})$", i.filename, re.IGNORECASE)]


def _was_im_zip(namen: list[str], tabellen: int) -> tuple[str, str, str]:
    """What the archive is, what to do, and why it is not read."""
    if any(n.lower().endswith(".shp") for n in namen):
        hilfe = "Karten werden noch nicht gezeichnet. Flächen und Einwohner stehen im Gemeindeverzeichnis (GV-ISys)."
        return "ein ZIP-Archiv mit einer Geometrie (Shapefile)", hilfe, "Es enthält Grenzen, keine Werte."
    was = f"ein ZIP-Archiv mit {len(namen)} Dateien" if len(namen) != 1 else "ein ZIP-Archiv ohne Tabelle"
    if tabellen > 1:
        hilfe = "Das Archiv entpacken und die Tabellen einzeln importieren."
        return was, hilfe, f"Es enthält {tabellen} Tabellen."
    hilfe = "Das Archiv entpacken und nachsehen, was darin ist."
    return was, hilfe, "Es enthält keine CSV-, Excel- oder HTML-Datei."


def lies_teil(archiv: zipfile.ZipFile, teil: zipfile.ZipInfo, grenze: int, name: str) -> bytes:
    """One part of an archive, whole."""
    return b"".join(entpackt(archiv, teil, grenze, name))


def entpackt(archiv: zipfile.ZipFile, teil: zipfile.ZipInfo, grenze: int, name: str) -> Iterator[bytes]:
    """Read one part with a counting reader: what the directory says about sizes may be a lie."""
    gelesen = 0
    try:
        with archiv.open(teil) as strom:
            while stueck := strom.read(1 << 20):
                gelesen += len(stueck)
                if gelesen > grenze:
                    raise bombe(name)
                yield stueck
    except (zipfile.BadZipFile, OSError, EOFError, NotImplementedError, RuntimeError, ValueError) as fehler:
        raise _unlesbar(fehler, teil, name) from fehler
    except Exception as fehler:  # zlib.error has no public base class
        if isinstance(fehler, AblehnungError):
            raise
        raise _unlesbar(fehler, teil, name) from fehler


def _unlesbar(fehler: Exception, teil: zipfile.ZipInfo, name: str) -> AblehnungError:
    if teil.flag_bits & 1:
        return _falsche_art(
            name, "ein Archiv mit Kennwort", "Das Archiv mit dem Kennwort entpacken.", art="verschluesselt"
        )
    return AblehnungError(
        "unvollstaendig",
        f"„{name}“ ist unvollständig oder beschädigt.",
        ort=teil.filename,
        grund="Ein Teil der Datei lässt sich nicht entpacken.",
        abhilfe="Die Datei noch einmal herunterladen oder kopieren.",
    )


def bombe(name: str) -> AblehnungError:
    """The refusal of a container that unpacks to far more than a table needs."""
    return AblehnungError(
        "zip_bombe",
        f"„{name}“ würde beim Entpacken übermäßig groß.",
        grund=f"Zulässig sind {MAX_BYTES >> 20} MB und {MAX_TEILE} Teile; so große Tabellen liefert kein Amt.",
        abhilfe="Prüfen, woher die Datei kommt; in Excel öffnen und nur die Tabelle neu speichern.",
    )
