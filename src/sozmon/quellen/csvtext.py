"""CSV: bytes → text → rows, strictly: no guessed encoding, no swallowed row, every refusal with its line."""

from __future__ import annotations

import csv
import re
import unicodedata
from itertools import islice

from sozmon.dateien import AblehnungError
from sozmon.model import Meldung, Stufe

MAX_FELD = 32 * 1024
"""Longest text of one cell, in characters."""


def dekodiere(daten: bytes, name: str, rueckfall: str = "cp1252") -> tuple[str, list[Meldung]]:
    """Text of the file (NFC, LF) by byte order mark, strict UTF-8, then the declared encoding; never a guess."""
    meldungen: list[Meldung] = []
    if daten[:2] in (b"\xff\xfe", b"\xfe\xff"):
        text = _decode(daten, "utf-16", name)
    else:
        _check_nul(daten, name)
        try:
            text = daten.decode("utf-8-sig")
        except UnicodeDecodeError as fehler:
            Mischung(name).nimm(daten)
            text = _decode(daten, rueckfall, name, fehler)
            meldungen.append(_meldung_kodierung(text, rueckfall))
    if "\0" in text:
        _check_nul(text.encode(), name)
    text = text.lstrip("\ufeff")  # a second mark remains where a file with a mark was converted again
    if "\r" in text:
        text = text.replace("\r\n", "\n").replace("\r", "\n")
    _check_mojibake(text, name)
    return text if _ist_westlich(text) else unicodedata.normalize("NFC", text), meldungen


def _ist_westlich(text: str) -> bool:
    """Only signs of Latin 1, as nearly every delivery: they are NFC already, and this is known in no time."""
    try:
        text.encode("latin-1")
    except UnicodeEncodeError:
        return False
    return True


def _decode(daten: bytes, kodierung: str, name: str, vorher: UnicodeDecodeError | None = None) -> str:
    try:
        return daten.decode(kodierung)
    except (UnicodeDecodeError, LookupError) as fehler:
        stelle = getattr(vorher or fehler, "start", 0)
        raise AblehnungError(
            "kodierung",
            f"Die Zeichenkodierung von „{name}“ ist unbekannt.",
            ort=_zeile_von(daten, stelle),
            grund=f"Die Datei ist weder UTF-8 noch {kodierung}.",
            abhilfe="Die Datei in Excel als „CSV UTF-8“ speichern.",
        ) from fehler


def _zeile_von(daten: bytes, stelle: int) -> str:
    zeile = daten.count(10, 0, stelle) + 1
    return f"Zeile {zeile}"


def _check_nul(daten: bytes, name: str) -> None:
    if (stelle := daten.find(b"\0")) >= 0:
        raise AblehnungError(
            "nul_byte",
            f"„{name}“ enthält ein NUL-Byte.",
            ort=_zeile_von(daten, stelle),
            grund="So entstehen Dateien, die beim Kopieren abgebrochen sind oder keine Texte sind.",
            abhilfe="Die Datei noch einmal herunterladen.",
        )


class Mischung:
    """Lines that are UTF-8 with umlauts beside lines that are not: two files were glued together."""

    def __init__(self, name: str) -> None:
        self.name, self.utf8, self.andere = name, 0, 0

    def nimm(self, daten: bytes, vorher: int = 0) -> None:
        """Look at more lines, after ``vorher`` others; AblehnungError once both kinds were seen."""
        for nummer, zeile in enumerate(daten.split(b"\n"), vorher + 1):
            if zeile.isascii():
                continue
            try:
                zeile.decode("utf-8")
                self.utf8 = self.utf8 or nummer
            except UnicodeDecodeError:
                self.andere = self.andere or nummer
            if self.utf8 and self.andere:
                raise AblehnungError(
                    "kodierung_gemischt",
                    f"„{self.name}“ mischt zwei Zeichenkodierungen.",
                    ort=f"Zeile {self.utf8} ist UTF-8, Zeile {self.andere} nicht",
                    grund="Vermutlich wurden zwei Dateien aneinandergehängt.",
                    abhilfe="Die Teile einzeln importieren oder die Datei neu vom Amt holen.",
                )


_MOJIBAKE = re.compile("Ã[¤¶¼Ÿ„–œ\x84\x96\x9c\x9f]")


def _check_mojibake(text: str, name: str) -> None:
    if "Ã" in text and (treffer := _MOJIBAKE.search(text)):
        raise AblehnungError(
            "umlaute_zerstoert",
            f"In „{name}“ sind die Umlaute zerstört.",
            ort=f"Zeile {text.count(chr(10), 0, treffer.start()) + 1}",
            grund="UTF-8 wurde irgendwo als Windows-1252 gelesen und so gespeichert („DÃ¶beln“ statt „Döbeln“).",
            abhilfe="Die ursprüngliche Datei importieren, nicht die in Excel gespeicherte.",
        )


def _meldung_kodierung(text: str, kodierung: str) -> Meldung:
    namen = list(islice(dict.fromkeys(re.findall(r"\b[A-ZÄÖÜ]\w*[äöüßÄÖÜ]\w*", text)), 3))
    muster = f" Zur Probe: {', '.join(namen)}." if namen else ""
    return Meldung(
        "kodierung_rueckfall", Stufe.INFO, f"Die Datei ist kein UTF-8 und wurde als {kodierung} gelesen.{muster}"
    )


def trennzeichen(text: str) -> str:
    """The separator of a CSV text: what its line 'sep=;' says, else the one of ; tab , | in most of its first lines."""
    if gesagt := re.match(r"\ufeff?\"?sep=([;,|\t])\"?\r?\n", text, re.I):
        return gesagt[1]
    zeilen = [z for z in text[:20_000].split("\n")[:20] if z.strip()]
    treffer = {t: sum(t in z for z in zeilen) for t in ";\t,|"}
    bestes = max(treffer, key=lambda t: (treffer[t], -";\t,|".index(t)))
    return bestes if treffer[bestes] else ";"


def zerlege(text: str, name: str, trenner: str = "") -> list[list[str]]:
    """Rows of a CSV text, uncut; one line is one row. Strict quoting; AblehnungError names the line."""
    trenner = trenner or trennzeichen(text)
    zeilen = text.rstrip("\n").split("\n")
    if '"' not in text and max(map(len, zeilen)) <= MAX_FELD:
        return [z.split(trenner) for z in zeilen]
    csv.field_size_limit(MAX_FELD)
    leser = csv.reader(zeilen, delimiter=trenner, strict=True)
    ergebnis: list[list[str]] = []
    try:
        for nummer, zeile in enumerate(leser, 1):
            if leser.line_num != nummer:
                raise _offen(name, nummer)
            ergebnis.append(zeile)
    except csv.Error as fehler:
        raise _csv_fehler(str(fehler), name, len(ergebnis) + 1) from fehler
    return ergebnis


def _offen(name: str, zeile: int) -> AblehnungError:
    return AblehnungError(
        "anfuehrungszeichen",
        f"In „{name}“ ist ein Anführungszeichen nicht geschlossen.",
        ort=f"Zeile {zeile}",
        grund="Eine Zelle reicht über mehrere Zeilen: Entweder fehlt ihr das schließende Anführungszeichen, oder sie "
        "enthält einen Zeilenumbruch.",
        abhilfe="Das Anführungszeichen ergänzen oder, in Excel, den Zeilenumbruch in der Zelle löschen.",
    )


def _csv_fehler(text: str, name: str, zeile: int) -> AblehnungError:
    if "field larger" in text:
        return AblehnungError(
            "feld_zu_lang",
            f"In „{name}“ ist eine Zelle länger als {MAX_FELD // 1024} kB.",
            ort=f"Zeile {zeile}",
            abhilfe="Prüfen, ob das Trennzeichen stimmt und kein Anführungszeichen fehlt.",
        )
    if "unexpected end" in text:
        return _offen(name, zeile)
    return AblehnungError(
        "anfuehrungszeichen",
        f"In „{name}“ steht ein Anführungszeichen mitten im Text.",
        ort=f"Zeile {zeile}",
        grund="Nach dem schließenden Anführungszeichen muss das Trennzeichen folgen.",
        abhilfe="Anführungszeichen im Text verdoppeln oder entfernen.",
    )
