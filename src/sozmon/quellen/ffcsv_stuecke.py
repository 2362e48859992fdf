"""Large flat files in pieces: bounded memory, every check of the small ones, the same rows.

A piece is a run of whole lines below the header, read by ``ffcsv`` as if it were a file of its own. What holds for
the whole file (encoding, style, roles of the columns, language, Quelle) must hold in every piece; a file that
changes its mind half-way is refused.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import IO

import numpy as np
import pyarrow as pa

from sozmon.arrow import als_numpy
from sozmon.dateien import GROSS, AblehnungError, Rohdatei
from sozmon.model import Meldung, Quelle
from sozmon.quellen import ffcsv, roh
from sozmon.quellen.csvtext import Mischung, dekodiere
from sozmon.quellen.erkennung import waehle_quelle

STUECK = 12 << 20
"""Bytes of a piece."""
MAX_ZEILE = 1 << 20
"""Longest line: without a line end in so many bytes it is no table."""
_RAND = 20  # lines at the foot in which a Stand may be written


def ist_grosse_ffcsv(datei: Rohdatei) -> bool:
    """A flat file that is read in pieces: large, and not UTF-16, whose line ends cannot be seen byte by byte."""
    if datei.art != "csv" or datei.groesse <= GROSS:
        return False
    with datei.pfad.open("rb") as strom:
        anfang = strom.read(40_000)
    kopf = anfang.decode("utf-8-sig", "replace").replace("\r\n", "\n").replace("\r", "\n")
    return anfang[:2] not in (b"\xff\xfe", b"\xfe\xff") and bool(ffcsv.kopfzeile(kopf.lstrip("\ufeff"))[0])


@dataclass(slots=True)
class Gesamt:
    """What the pieces have in common, and what was gathered over them."""

    quelle: str = ""
    stil: str = ""
    kopf: str = ""
    kopflaenge: int = 0
    codes: list[str] = field(default_factory=list)
    sprache: str | None = None
    beschriftung: dict[str, str] = field(default_factory=dict)
    zeiten: dict[str, None] = field(default_factory=dict)
    rand: list[str] = field(default_factory=list)
    meldungen: list[Meldung] = field(default_factory=list)
    anzahl: int = 0
    """Pieces with rows."""
    rollen: ffcsv.Rollen | None = None
    zu_ende: bool = False


def read_stuecke(
    datei: Rohdatei, quellen: Mapping[str, Quelle], wunsch: str, nimm: Callable[[int, pa.Table], None]
) -> Gesamt:
    """Read a large flat file; ``nimm`` gets the number of each piece and its Rohwerte (addresses of the file).

    AblehnungError (exit 4) as for a small file. Once the rows show that another Quelle is meant, or that the file is
    not UTF-8 after all, it begins again: pieces of the same number replace those before.
    """
    rueckfall, quelle = "", ""
    for _ in range(4):
        try:
            return _Leser(datei, quellen, wunsch, rueckfall, quelle).run(nimm)
        except _KeinUtf8Error:
            rueckfall = quellen[wunsch].kodierung if wunsch else "cp1252"
            _check_mischung(datei)
        except _AndereQuelleError as fehler:
            quelle = fehler.quelle
    raise AssertionError("the Quelle of a flat file does not settle")


class _KeinUtf8Error(Exception):
    """A piece is not UTF-8."""


class _AndereQuelleError(Exception):
    def __init__(self, quelle: str) -> None:
        super().__init__(quelle)
        self.quelle = quelle


class _Leser:
    def __init__(
        self, datei: Rohdatei, quellen: Mapping[str, Quelle], wunsch: str, rueckfall: str, quelle: str
    ) -> None:
        self.datei, self.quellen, self.wunsch, self.rueckfall = datei, quellen, wunsch, rueckfall
        self.g = Gesamt(quelle)

    def run(self, nimm: Callable[[int, pa.Table], None]) -> Gesamt:
        zeile = 0
        with self.datei.pfad.open("rb") as strom:
            for daten in stuecke(strom, self.datei.name):
                text = self._text(daten, zeile)
                with _verschoben(zeile - self.g.kopflaenge, self.g.kopflaenge):
                    tabelle = self._lies(text, zeile)
                if tabelle is not None:
                    nimm(self.g.anzahl, tabelle)
                    self.g.anzahl += 1
                zeile += text.count("\n") + 1
        if self.g.codes and self._quelle() != self.g.quelle:
            raise _AndereQuelleError(self._quelle())
        return self.g

    def _text(self, daten: bytes, zeile: int) -> str:
        if not self.rueckfall:
            try:
                daten.decode("utf-8")
            except UnicodeDecodeError as fehler:
                raise _KeinUtf8Error from fehler
        with _verschoben(zeile):
            text, meldungen = dekodiere(daten, self.datei.name, self.rueckfall or "utf-8")
        if not self.g.meldungen:
            self.g.meldungen = meldungen
        self.g.rand = (self.g.rand + text[-20_000:].split("\n"))[-_RAND:]
        return text

    def _lies(self, text: str, zeile: int) -> pa.Table | None:
        """Rohwerte of a piece; None below the line of underscores."""
        if self.g.zu_ende:
            return None
        self.g.zu_ende = ffcsv.find_ende(text) >= 0
        erstes = not self.g.kopf
        if erstes:
            self.g.stil, nummer = ffcsv.kopfzeile(text)
            self.g.kopf = "".join(z + "\n" for z in text.split("\n", nummer + 1)[: nummer + 1])
            self.g.kopflaenge = nummer + 1
        flach = ffcsv.open_ffcsv(text if erstes else self.g.kopf + text, self.datei.name)
        if not flach.zeilen:
            return None
        return self._werte(flach, 0 if erstes else zeile - self.g.kopflaenge)

    def _werte(self, flach: ffcsv.Flachdatei, versatz: int) -> pa.Table:
        self.g.codes = list(dict.fromkeys([*self.g.codes, *flach.statistiken]))
        self.g.quelle = self.g.quelle or self._quelle()
        variablen = self.quellen[self.g.quelle].raumvariablen
        rollen = ffcsv.find_rollen(flach, variablen, self.g.rollen)
        gelesen = ffcsv.read_ffcsv(flach, variablen, rollen)
        if self.g.sprache is None:
            self.g.rollen, self.g.sprache = rollen, gelesen.sprache
        if (rollen, gelesen.sprache) != (self.g.rollen, self.g.sprache):
            raise _wechsel(self.datei.name, flach.kopf.zeile + 2)
        self.g.beschriftung.update(gelesen.beschriftung)
        self.g.zeiten.update(dict.fromkeys(gelesen.tabelle.column("zeit").combine_chunks().dictionary.to_pylist()))
        return _mit_versatz(gelesen.tabelle, versatz)

    def _quelle(self) -> str:
        return waehle_quelle("ffcsv", self.quellen, self.wunsch, self.datei.name, self.g.codes).quelle


def _wechsel(name: str, zeile: int) -> AblehnungError:
    return AblehnungError(
        "raumvariable",
        f"„{name}“ wechselt mittendrin die Bedeutung ihrer Spalten.",
        ort=f"Zeile {zeile}",
        grund="Ab hier nennt eine andere Spalte den Raum oder den Monat, oder die Sprache ist eine andere.",
        abhilfe="Die Tabellen einzeln importieren, so wie sie heruntergeladen wurden.",
    )


def _mit_versatz(tabelle: pa.Table, versatz: int) -> pa.Table:
    """With the addresses of the whole file."""
    if not versatz:
        return tabelle
    zeilen = pa.array(als_numpy(tabelle.column("zeile")) + np.int32(versatz), pa.int32())
    return tabelle.set_column(tabelle.schema.get_field_index("zeile"), roh.ROH_SCHEMA.field("zeile"), zeilen)


class _verschoben:
    """Turn the line that an error names within a piece into the line of the file; lines up to ``kopf`` stay."""

    def __init__(self, zeilen: int, kopf: int = 0) -> None:
        self.zeilen, self.kopf = zeilen, kopf

    def __enter__(self) -> None:
        pass

    def __exit__(self, _art: object, fehler: BaseException | None, _spur: object) -> None:
        if isinstance(fehler, AblehnungError) and (treffer := re.match(r"Zeile (\d+)", fehler.ort)):
            zeile = int(treffer[1])
            fehler.ort = f"Zeile {zeile + (self.zeilen if zeile > self.kopf else 0)}{fehler.ort[treffer.end() :]}"


def stuecke(strom: IO[bytes], name: str, groesse: int = STUECK) -> Iterator[bytes]:
    """Runs of whole lines without the last line end; what follows a blank line at the end begins the next run."""
    rest = b""
    while gelesen := strom.read(groesse):
        daten = rest + gelesen
        ende = _schnitt(daten)
        if ende < 0:
            if len(daten) > max(MAX_ZEILE, groesse):
                raise _endlos(name)
            rest = daten
            continue
        weiter = ende + (2 if daten[ende : ende + 2] == b"\r\n" else 1)
        yield daten[:ende]
        rest = daten[weiter:]
    if rest.strip(b"\r\n"):
        yield rest.rstrip(b"\r\n")


def _schnitt(daten: bytes) -> int:
    """Where a run may end: at the end of the last line with text that is surely whole; -1 when there is none."""
    letzter = daten.rfind(b"\n") if b"\n" in daten else daten.rfind(b"\r", 0, len(daten) - 1)
    return len(daten[: letzter + 1].rstrip(b"\r\n")) or -1


def _endlos(name: str) -> AblehnungError:
    return AblehnungError(
        "feld_zu_lang",
        f"„{name}“ hat eine Zeile von mehr als {MAX_ZEILE >> 20} MB.",
        grund="So entstehen Dateien, die keine Tabellen sind.",
        abhilfe="Die Tabelle im Portal noch einmal als „Flat-File-CSV“ abrufen und unverändert importieren.",
    )


def _check_mischung(datei: Rohdatei) -> None:
    """Lines of two encodings anywhere in the file are refused as in a small one."""
    mischung = Mischung(datei.name)
    with datei.pfad.open("rb") as strom:
        zeile = 0
        for daten in stuecke(strom, datei.name):
            mischung.nimm(daten, zeile)
            zeile += daten.count(b"\n") + 1
