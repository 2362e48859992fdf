"""Grids of cells out of CSV and workbooks, strictly: no guessed encoding, no swallowed row, no silent error cell.

A cell is text, or a number where Excel stored one; CSV cells are always text. What Excel shows as an error, a
date, a hidden row or a formula without a result is kept as a mark at its address: whoever reads that cell must ask.
"""

from __future__ import annotations

import csv
import datetime
import re
import unicodedata
from collections.abc import Container, Iterable, Sequence
from dataclasses import dataclass, field
from itertools import islice

from sozmon.dateien import AblehnungError, Rohdatei, bombe, unvollstaendig
from sozmon.model import Fundstelle, Meldung, Stufe

Zelle = str | int | float

MAX_FELD = 32 * 1024
"""Longest text of one cell, in characters."""
MAX_ZELLEN = 20_000_000
"""Most cells of a sheet's bounding box; a dense reader allocates all of them."""

FEHLERWERT, OHNE_ERGEBNIS, DATUM = "fehlerwert", "ohne_ergebnis", "datum"
"""Marks of a cell whose value must not be read as it stands."""

MARKEN_TEXT = {
    FEHLERWERT: "enthält einen Excel-Fehlerwert (wie #DIV/0! oder #NV)",
    OHNE_ERGEBNIS: "enthält eine Formel ohne gespeichertes Ergebnis",
    DATUM: "ist in Excel ein Datum, keine Zahl und kein Text",
}
MARKEN_HILFE = {
    FEHLERWERT: "Den Fehler in Excel beheben oder die Zelle mit dem Zeichen des Amts füllen.",
    OHNE_ERGEBNIS: "Die Mappe in Excel öffnen, neu berechnen lassen und speichern.",
    DATUM: "In Excel die Spalte als Text formatieren und den Wert neu eingeben (aus „6-10“ macht Excel „06. Okt“).",
}


@dataclass(frozen=True, slots=True)
class Blatt:
    """A sheet (a CSV file is one sheet): rows of cells, 0-based; trailing empty cells and rows are cut."""

    name: str
    zeilen: list[list[Zelle]]
    art: str
    sichtbar: bool = True
    marken: dict[tuple[int, int], str] = field(default_factory=dict)
    verborgene_zeilen: frozenset[int] = frozenset()
    verborgene_spalten: frozenset[int] = frozenset()

    def zelle(self, zeile: int, spalte: int) -> Zelle:
        """The cell, '' outside of what the sheet holds."""
        if zeile < len(self.zeilen) and spalte < len(self.zeilen[zeile]):
            return self.zeilen[zeile][spalte]
        return ""


def spaltenname(spalte: int) -> str:
    """0 → 'A', 26 → 'AA'."""
    name = ""
    spalte += 1
    while spalte:
        spalte, rest = divmod(spalte - 1, 26)
        name = chr(65 + rest) + name
    return name


def spaltennummer(name: str) -> int:
    """'A' → 0, 'AA' → 26."""
    nummer = 0
    for zeichen in name:
        nummer = nummer * 26 + ord(zeichen) - 64
    return nummer - 1


def adresse(blatt: Blatt, zeile: int, spalte: int) -> str:
    """Address of a 0-based cell as people find it: 'Daten!K57', 'Zeile 12, Spalte 3'."""
    if blatt.art == "csv":
        return f"Zeile {zeile + 1}, Spalte {spalte + 1}"
    return f"{blatt.name}!{spaltenname(spalte)}{zeile + 1}"


def fundstelle(blatt: Blatt, zeile: int, spalte: int) -> Fundstelle:
    """The same address for a Meldung."""
    if blatt.art == "csv":
        return Fundstelle(zelle=adresse(blatt, zeile, spalte))
    return Fundstelle(blatt=blatt.name, zelle=f"{spaltenname(spalte)}{zeile + 1}")


def als_text(zelle: Zelle) -> str:
    """A cell as text: integral numbers without '.0', surrounding space cut."""
    if isinstance(zelle, float) and zelle.is_integer() and abs(zelle) < 1e15:
        return str(int(zelle))
    return str(zelle).strip()


def read_gitter(datei: Rohdatei, rueckfall: str = "cp1252") -> tuple[list[Blatt], list[Meldung]]:
    """All sheets of the file and what was noticed; ``rueckfall`` is the Quelle's encoding for text that is not UTF-8.

    Raises AblehnungError (exit 4) where the file cannot be read with certainty.
    """
    if datei.art == "csv":
        text, meldungen = dekodiere(datei.pfad.read_bytes(), datei.name, rueckfall)
        return [text_blatt(zerlege(text, datei.name))], meldungen
    return _read_mappe(datei)


def check_marken(blatt: Blatt, zeilen: Container[int], spalten: Container[int]) -> list[Meldung]:
    """A fehler for every marked cell inside the rows and columns that are read (0-based)."""
    return [
        Meldung(
            f"zelle_{art}", Stufe.FEHLER, f"Eine Zelle {MARKEN_TEXT[art]}.", fundstelle(blatt, *ort), MARKEN_HILFE[art]
        )
        for ort, art in sorted(blatt.marken.items())
        if ort[0] in zeilen and ort[1] in spalten
    ]


def check_verborgen(blatt: Blatt, zeilen: Sequence[int], spalten: Iterable[int]) -> list[Meldung]:
    """A fehler when rows or columns that are read are hidden: nobody has seen them when the file was sent."""
    hilfe = "In Excel alles einblenden und prüfen, oder in der Quelle „verborgen“ auf lesen oder auslassen setzen."
    gefunden = []
    if treffer := sorted(blatt.verborgene_zeilen.intersection(zeilen)):
        text = f"{len(treffer)} Zeilen mit Werten sind ausgeblendet."
        gefunden.append(Meldung("zeilen_verborgen", Stufe.FEHLER, text, fundstelle(blatt, treffer[0], 0), hilfe))
    if treffer := sorted(blatt.verborgene_spalten.intersection(spalten)):
        text = f"{len(treffer)} Spalten mit Werten sind ausgeblendet."
        gefunden.append(Meldung("spalten_verborgen", Stufe.FEHLER, text, fundstelle(blatt, 0, treffer[0]), hilfe))
    if not blatt.sichtbar:
        text = f"Das Blatt „{blatt.name}“, aus dem gelesen wird, ist ausgeblendet."
        gefunden.append(Meldung("blatt_verborgen", Stufe.FEHLER, text, Fundstelle(blatt=blatt.name), hilfe))
    return gefunden


# --------------------------------------------------------------------------------------------------
# CSV: bytes → text → rows


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
            _check_gemischt(daten, name)
            text = _decode(daten, rueckfall, name, fehler)
            meldungen.append(_meldung_kodierung(text, rueckfall))
    if "\0" in text:
        _check_nul(text.encode(), name)
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    _check_mojibake(text, name)
    return text if text.isascii() else unicodedata.normalize("NFC", text), meldungen


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


def _check_gemischt(daten: bytes, name: str) -> None:
    """Lines that are UTF-8 with umlauts beside lines that are not: two files were glued together."""
    utf8 = andere = 0
    for nummer, zeile in enumerate(daten.split(b"\n"), 1):
        if zeile.isascii():
            continue
        try:
            zeile.decode("utf-8")
            utf8 = utf8 or nummer
        except UnicodeDecodeError:
            andere = andere or nummer
        if utf8 and andere:
            raise AblehnungError(
                "kodierung_gemischt",
                f"„{name}“ mischt zwei Zeichenkodierungen.",
                ort=f"Zeile {utf8} ist UTF-8, Zeile {andere} nicht",
                grund="Vermutlich wurden zwei Dateien aneinandergehängt.",
                abhilfe="Die Teile einzeln importieren oder die Datei neu vom Amt holen.",
            )


_MOJIBAKE = re.compile("Ã[¤¶¼Ÿ„–œ\x84\x96\x9c\x9f]")


def _check_mojibake(text: str, name: str) -> None:
    if treffer := _MOJIBAKE.search(text):
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
    """The separator of a CSV text: the one of ; tab , | that stands most evenly in its first 20 lines."""
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


def text_blatt(zeilen: list[list[str]]) -> Blatt:
    """Rows of a CSV text as a sheet."""
    return Blatt("", [_ohne_ende(list(z)) for z in zeilen], "csv")


def _ohne_ende(zeile: list[Zelle]) -> list[Zelle]:
    while zeile and zeile[-1] == "":
        zeile.pop()
    return zeile


def _offen(name: str, zeile: int) -> AblehnungError:
    return AblehnungError(
        "anfuehrungszeichen",
        f"In „{name}“ ist ein Anführungszeichen nicht geschlossen.",
        ort=f"Zeile {zeile}",
        grund="Alle folgenden Zeilen würden in dieser einen Zelle verschwinden.",
        abhilfe="Das Anführungszeichen in der Zeile ergänzen oder entfernen.",
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


# --------------------------------------------------------------------------------------------------
# Workbooks


def _read_mappe(datei: Rohdatei) -> tuple[list[Blatt], list[Meldung]]:
    """Values by calamine, after a streaming look at what calamine does not tell (xlsx) or cannot survive."""
    from sozmon.quellen.mappe import Befund, pruefe_xls, pruefe_xlsx

    befunde: dict[str, Befund] = (pruefe_xlsx if datei.art == "xlsx" else pruefe_xls)(datei)
    import python_calamine as calamine

    try:
        mappe = calamine.CalamineWorkbook.from_path(str(datei.pfad))
        sichtbar = {m.name: m.visible == calamine.SheetVisibleEnum.Visible for m in mappe.sheets_metadata}
        blaetter = []
        for meta in mappe.sheets_metadata:
            if meta.typ != calamine.SheetTypeEnum.WorkSheet:
                continue
            seite = mappe.get_sheet_by_name(meta.name)
            if seite.end and (seite.end[0] + 1) * (seite.end[1] + 1) > MAX_ZELLEN:
                raise bombe(datei.name)
            befund = befunde.get(meta.name, Befund())
            blaetter.append(_blatt(meta.name, seite, datei.art, sichtbar[meta.name], befund))
    except calamine.PasswordError as fehler:
        raise _kennwort(datei.name) from fehler
    except calamine.CalamineError as fehler:
        raise (
            _kennwort(datei.name) if "assword" in str(fehler) else unvollstaendig(datei.name, datei.groesse)
        ) from fehler
    except BaseException as fehler:
        if type(fehler).__name__ == "PanicException":  # the Rust reader gave up; its class has no public name
            raise unvollstaendig(datei.name, datei.groesse) from fehler
        raise
    return blaetter, _meldungen(blaetter)


def _kennwort(name: str) -> AblehnungError:
    return AblehnungError(
        "verschluesselt",
        f"„{name}“ ist mit einem Kennwort verschlüsselt.",
        abhilfe="In Excel öffnen und ohne Kennwort speichern.",
    )


def _blatt(name: str, seite: object, art: str, sichtbar: bool, befund: object) -> Blatt:
    from sozmon.quellen.mappe import Befund

    assert isinstance(befund, Befund)
    marken = dict(befund.marken)
    zeilen: list[list[Zelle]] = []
    for nummer, roh in enumerate(seite.to_python(skip_empty_area=False)):  # type: ignore[attr-defined]
        zeile: list[Zelle] = []
        for spalte, wert in enumerate(roh):
            if isinstance(wert, str):
                zeile.append(wert)
            elif isinstance(wert, bool):
                zeile.append("WAHR" if wert else "FALSCH")
            elif isinstance(wert, float):
                zeile.append(int(wert) if wert.is_integer() and abs(wert) < 1e15 else wert)
            elif isinstance(wert, int):
                zeile.append(wert)
            else:
                marken[nummer, spalte] = DATUM
                zeile.append(_datum(wert))
        zeilen.append(_ohne_ende(zeile))
    while zeilen and not zeilen[-1]:
        zeilen.pop()
    return Blatt(name, zeilen, art, sichtbar, marken, befund.verborgene_zeilen, befund.verborgene_spalten)


def _datum(wert: object) -> str:
    if isinstance(wert, datetime.datetime) and wert.time() == datetime.time():
        return wert.date().isoformat()
    return str(wert)


def _meldungen(blaetter: list[Blatt]) -> list[Meldung]:
    """What a careful person would like to know of the workbook even where no value is read from it."""
    meldungen = []
    for b in blaetter:
        if not b.sichtbar:
            meldungen.append(
                Meldung(
                    "blatt_verborgen", Stufe.INFO, f"Das Blatt „{b.name}“ ist ausgeblendet.", Fundstelle(blatt=b.name)
                )
            )
        for art, text in MARKEN_TEXT.items():
            if stellen := sorted(s for s, marke in b.marken.items() if marke == art):
                zelle = f"{spaltenname(stellen[0][1])}{stellen[0][0] + 1}"
                meldungen.append(
                    Meldung(
                        f"zelle_{art}",
                        Stufe.INFO,
                        f"Eine Zelle {text}.",
                        Fundstelle(blatt=b.name, zelle=zelle),
                        MARKEN_HILFE[art],
                        len(stellen),
                    )
                )
        meldungen.extend(_meldungen_verborgen(b))
    return meldungen


def _meldungen_verborgen(b: Blatt) -> Iterable[Meldung]:
    zeilen = sorted(z for z in b.verborgene_zeilen if z < len(b.zeilen) and b.zeilen[z])
    breite = max(map(len, b.zeilen), default=0)
    spalten = sorted(s for s in b.verborgene_spalten if s < breite)
    if zeilen:
        text = f"Ausgeblendete Zeilen: {', '.join(str(z + 1) for z in zeilen[:5])}{' …' if len(zeilen) > 5 else ''}."
        yield Meldung("zeilen_verborgen", Stufe.INFO, text, Fundstelle(blatt=b.name), anzahl=len(zeilen))
    if spalten:
        namen = ", ".join(spaltenname(s) for s in spalten[:5])
        text = f"Ausgeblendete Spalten: {namen}{' …' if len(spalten) > 5 else ''}."
        yield Meldung("spalten_verborgen", Stufe.INFO, text, Fundstelle(blatt=b.name), anzahl=len(spalten))
