"""What must be known of a workbook before its values may be read: a streaming look at the parts of an XLSX.

The value reader (calamine) aborts the process on a far cell, fills the memory on a bomb, and turns error cells and
formulas without a result into empty text. This look costs no memory, trusts neither the ZIP directory nor the
``<dimension>`` tag, refuses any DTD, and marks the cells that must not be read as they stand.
"""

from __future__ import annotations

import re
import zipfile
from dataclasses import dataclass, field
from xml.parsers import expat

from sozmon.dateien import MAX_BYTES, MAX_TEILE, AblehnungError, Rohdatei, bombe, lies_teil, unvollstaendig
from sozmon.quellen.gitter import FEHLERWERT, MAX_ZELLEN, OHNE_ERGEBNIS, spaltenname, spaltennummer

MAX_VERHAELTNIS = 200
"""Largest ratio of unpacked to packed size of a part above 1 MB; real sheets have 4 to 15."""
MAX_ZEILEN, MAX_SPALTEN = 300_000, 2_000
"""Farthest cell with content; the offices' largest sheets have 16 000 rows and 120 columns."""


@dataclass(frozen=True, slots=True)
class Befund:
    """Findings of one sheet, 0-based."""

    marken: dict[tuple[int, int], str] = field(default_factory=dict)
    verborgene_zeilen: frozenset[int] = frozenset()
    verborgene_spalten: frozenset[int] = frozenset()
    formeln: Formeln | None = None


@dataclass(frozen=True, slots=True)
class Formeln:
    """How many cells of a sheet are formulas with a stored result, where the first stands, and its text."""

    anzahl: int
    zelle: tuple[int, int]
    text: str


# --------------------------------------------------------------------------------------------------
# XLSX

BEIWERK = (
    (re.compile(r"vbaProject\.bin$"), "Makros"),
    (re.compile(r"/externalLinks/[^/]+\.xml$"), "Verknüpfungen zu anderen Dateien"),
    (re.compile(r"/connections\.xml$"), "Datenverbindungen"),
    (re.compile(r"/embeddings/"), "eingebettete Dateien"),
)
"""Parts of a workbook that are never run, followed or opened."""


def find_beiwerk(datei: Rohdatei) -> list[str]:
    """What the workbook carries besides values, in words; only names of parts are looked at."""
    with zipfile.ZipFile(datei.pfad) as archiv:
        namen = archiv.namelist()
    return [wort for muster, wort in BEIWERK if any(muster.search(n) for n in namen)]


def pruefe_xlsx(datei: Rohdatei) -> dict[str, Befund]:
    """Check container and every sheet part; sheet name → Befund. Raises AblehnungError."""
    try:
        with zipfile.ZipFile(datei.pfad) as archiv:
            teile = _pruefe_container(archiv, datei.name)
            gesamt = 0
            befunde: dict[str, Befund] = {}
            namen = _blattnamen(archiv, teile, datei.name)
            for teil in teile.values():
                if not teil.filename.endswith((".xml", ".rels", ".vml")):
                    continue
                daten = lies_teil(archiv, teil, MAX_BYTES - gesamt, datei.name)
                gesamt += len(daten)
                ist_blatt = teil.filename in namen
                if _ist_harmlos(daten, ist_blatt):
                    continue
                leser = _Blattleser(datei.name, namen.get(teil.filename, teil.filename))
                leser.lies(daten, ist_blatt)
                if ist_blatt:
                    befunde[namen[teil.filename]] = leser.befund()
    except zipfile.BadZipFile as fehler:
        raise unvollstaendig(datei.name, datei.groesse) from fehler
    return befunde


_AUFFAELLIG = (
    *(b"<!", b"='", b"hidden=", b' t="e"', b"<f>", b"<f ", b"<f/"),
    *(b":c ", b":c>", b":row ", b":row>", b":v>", b":f>", b":f ", b":col "),
)
"""Declarations, other quotes, hidden parts, errors, formulas, prefixed tags: with one of these a sheet is walked."""


def _ist_harmlos(daten: bytes, ist_blatt: bool) -> bool:
    """True for a part in the plain spelling of Excel that holds nothing to mark: no need to walk its tags one by one.

    Anything unusual (declarations, other quotes, prefixes, formulas, errors, hidden parts, far cells) is walked.
    """
    if not daten.startswith(b"<") or daten[:200].lower().count(b"utf-16"):
        return False
    if not ist_blatt:
        return b"<!" not in daten
    if any(zeichen in daten for zeichen in _AUFFAELLIG) or daten.count(b"<c ") != daten.count(b'<c r="'):
        return False
    spalten = [spaltennummer(n.decode()) for n in set(re.findall(rb'<c r="([A-Z]{1,3})[0-9]', daten))]
    zeilen = [int(n) for n in re.findall(rb'<row r="([0-9]{1,7})"', daten)]
    if daten.count(b"<row") != len(zeilen):
        return False
    zeile, spalte = max(zeilen, default=0), max(spalten, default=0)
    return zeile < MAX_ZEILEN and spalte < MAX_SPALTEN and (zeile + 1) * (spalte + 1) <= MAX_ZELLEN


def _pruefe_container(archiv: zipfile.ZipFile, name: str) -> dict[str, zipfile.ZipInfo]:
    teile: dict[str, zipfile.ZipInfo] = {}
    liste = archiv.infolist()
    if len(liste) > MAX_TEILE or sum(t.file_size for t in liste) > MAX_BYTES:
        raise bombe(name)
    for teil in liste:
        if teil.file_size > 1 << 20 and teil.file_size > MAX_VERHAELTNIS * max(1, teil.compress_size):
            raise bombe(name)
        stuecke = teil.filename.replace("\\", "/").split("/")
        if ".." in stuecke or teil.filename.startswith(("/", "\\")) or ":" in stuecke[0]:
            raise _verdaechtig(name, "Ein Teil der Mappe trägt einen Pfad, der aus ihr hinausführt.")
        if teil.filename.lower() in teile:
            raise _verdaechtig(name, "Ein Teil der Mappe ist doppelt vorhanden; welcher gilt, ist nicht zu erkennen.")
        teile[teil.filename.lower()] = teil
    return {t.filename: t for t in teile.values()}


def _verdaechtig(name: str, grund: str) -> AblehnungError:
    return AblehnungError(
        "mappe_verdaechtig",
        f"„{name}“ ist keine ordentliche Excel-Arbeitsmappe.",
        grund=grund,
        abhilfe="Die Datei in Excel öffnen, neu speichern und diese Fassung importieren.",
    )


def _blattnamen(archiv: zipfile.ZipFile, teile: dict[str, zipfile.ZipInfo], name: str) -> dict[str, str]:
    """Part of a sheet → its name, by workbook.xml and its relations."""
    ziele: dict[str, str] = {}
    blaetter: dict[str, str] = {}

    def beziehung(tag: str, attribute: dict[str, str]) -> None:
        if tag.rpartition(":")[2] == "Relationship":
            ziel = attribute.get("Target", "")
            ziele[attribute.get("Id", "")] = ziel.lstrip("/") if ziel.startswith("/") else f"xl/{ziel}"

    def blatt(tag: str, attribute: dict[str, str]) -> None:
        if tag.rpartition(":")[2] == "sheet":
            kennung = next((v for k, v in attribute.items() if k.rpartition(":")[2] == "id"), "")
            blaetter[kennung] = attribute.get("name", "")

    for pfad, griff in (("xl/_rels/workbook.xml.rels", beziehung), ("xl/workbook.xml", blatt)):
        if pfad in teile:
            leser = xml_leser(name)
            leser.StartElementHandler = griff
            parse_xml(leser, lies_teil(archiv, teile[pfad], MAX_BYTES, name), name, pfad)
    return {ziele[k]: b for k, b in blaetter.items() if k in ziele}


def xml_leser(name: str) -> expat.XMLParserType:
    """An expat parser that refuses every DTD, and with it entities of any kind."""
    leser = expat.ParserCreate()

    def dtd(*_: object) -> None:
        raise AblehnungError(
            "dtd",
            f"„{name}“ enthält eine Dokumenttyp-Definition (DTD).",
            grund="Excel schreibt so etwas nie; damit lassen sich Rechner lahmlegen und Dateien ausspähen.",
            abhilfe="Die Datei nicht verwenden und beim Absender nachfragen.",
        )

    def erklaerung(_version: str, kodierung: str | None, _standalone: int) -> None:
        """expat looks up whatever codec the file names; a workbook is UTF-8 or UTF-16 (Open Packaging Conventions)."""
        if kodierung and kodierung.upper() not in ("UTF-8", "UTF-16"):
            raise AblehnungError(
                "unvollstaendig",
                f"„{name}“ ist unvollständig oder beschädigt.",
                grund=f"Ein Teil der Mappe nennt die Kodierung „{kodierung[:40]}“; erlaubt sind UTF-8 und UTF-16.",
                abhilfe="Die Datei in Excel öffnen, neu speichern und diese Fassung importieren.",
            )

    leser.StartDoctypeDeclHandler = dtd
    leser.EntityDeclHandler = dtd
    leser.XmlDeclHandler = erklaerung
    return leser


def parse_xml(leser: expat.XMLParserType, daten: bytes, name: str, teil: str) -> None:
    """Run the parser over one part; broken XML is an AblehnungError that names the part."""
    try:
        leser.Parse(daten, True)
    except expat.ExpatError as fehler:
        raise AblehnungError(
            "unvollstaendig",
            f"„{name}“ ist unvollständig oder beschädigt.",
            ort=f"{teil}, Zeile {fehler.lineno}",
            grund="Ein Teil der Mappe ist kein gültiges XML.",
            abhilfe="Die Datei in Excel öffnen, neu speichern und diese Fassung importieren.",
        ) from fehler


_ZELLE = re.compile(r"([A-Z]{1,3})([1-9][0-9]{0,6})")


class _Blattleser:
    """Walks one sheet part: farthest cell with content, marks, hidden rows and columns."""

    def __init__(self, datei: str, blatt: str) -> None:
        self._datei, self._blatt = datei, blatt
        self._marken: dict[tuple[int, int], str] = {}
        self._zeilen: set[int] = set()
        self._spalten: set[int] = set()
        self._zeile = self._max_zeile = self._max_spalte = -1
        self._spalte = -1
        self._formel = self._wert = False
        self._namen: dict[str, int] = {}
        self._anzahl_formeln, self._erste_formel, self._formeltext = 0, (0, 0), ""

    def befund(self) -> Befund:
        formeln = Formeln(self._anzahl_formeln, self._erste_formel, self._formeltext) if self._anzahl_formeln else None
        return Befund(self._marken, frozenset(self._zeilen), frozenset(self._spalten), formeln)

    def lies(self, daten: bytes, ist_blatt: bool) -> None:
        self._leser = leser = xml_leser(self._datei)
        if ist_blatt:
            leser.StartElementHandler = self._start
            leser.EndElementHandler = self._ende
        parse_xml(leser, daten, self._datei, self._blatt)

    def _start(self, tag: str, attribute: dict[str, str]) -> None:
        if tag == "v":
            self._leser.CharacterDataHandler = self._text
        elif tag == "is":
            self._wert = True
        elif tag == "c":
            self._beginne_zelle(attribute)
        elif tag == "row":
            self._beginne_zeile(attribute)
        elif tag == "f":
            self._formel = True
            if not self._anzahl_formeln:
                self._leser.CharacterDataHandler = self._merke_formel
        elif tag == "col" and attribute.get("hidden") in ("1", "true"):
            von, bis = int(attribute.get("min", "1")), int(attribute.get("max", "1"))
            self._spalten.update(range(von - 1, min(bis, MAX_SPALTEN)))
        elif ":" in tag:
            self._start(tag.rpartition(":")[2], attribute)

    def _beginne_zeile(self, attribute: dict[str, str]) -> None:
        self._zeile = int(attribute["r"]) - 1 if attribute.get("r", "").isdigit() else self._zeile + 1
        self._spalte = -1
        if attribute.get("hidden") in ("1", "true"):
            self._zeilen.add(self._zeile)

    def _beginne_zelle(self, attribute: dict[str, str]) -> None:
        self._formel = False
        self._wert = attribute.get("t") == "str"  # a formula's text may be empty
        ort = attribute.get("r")
        if ort is None:
            self._spalte += 1
        else:
            treffer = _ZELLE.fullmatch(ort)
            if treffer is None:
                raise _verdaechtig(self._datei, "Eine Zelle trägt eine Adresse, die es nicht gibt.")
            name = treffer[1]
            if name not in self._namen:
                self._namen[name] = spaltennummer(name)
            self._spalte, self._zeile = self._namen[name], int(treffer[2]) - 1
        if attribute.get("t") == "e":
            self._marken[self._zeile, self._spalte] = FEHLERWERT

    def _text(self, _text: str) -> None:
        self._wert = True

    def _merke_formel(self, text: str) -> None:
        self._formeltext = (self._formeltext + text)[:200]

    def _ende(self, tag: str) -> None:
        if tag in ("v", "f"):
            self._leser.CharacterDataHandler = None
            return
        if tag != "c" and tag.rpartition(":")[2] != "c":
            return
        if self._formel and not self._wert:
            self._marken[self._zeile, self._spalte] = OHNE_ERGEBNIS
        elif not self._wert:
            return
        elif self._formel:
            self._erste_formel = self._erste_formel if self._anzahl_formeln else (self._zeile, self._spalte)
            self._anzahl_formeln += 1
        if self._zeile > self._max_zeile or self._spalte > self._max_spalte:
            self._max_zeile = max(self._max_zeile, self._zeile)
            self._max_spalte = max(self._max_spalte, self._spalte)
            check_ausdehnung(self._datei, self._blatt, self._max_zeile, self._max_spalte, (self._zeile, self._spalte))


def check_ausdehnung(datei: str, blatt: str, zeile: int, spalte: int, zelle: tuple[int, int]) -> None:
    """Refuse a cell so far out that reading the sheet would allocate a desert around it (0-based)."""
    if zeile < MAX_ZEILEN and spalte < MAX_SPALTEN and (zeile + 1) * (spalte + 1) <= MAX_ZELLEN:
        return
    raise AblehnungError(
        "zelle_zu_weit",
        f"In „{datei}“ steht eine Zelle weit außerhalb jeder Tabelle.",
        ort=f"{blatt}!{spaltenname(zelle[1])}{zelle[0] + 1}",
        grund=f"Gelesen werden höchstens {MAX_ZEILEN} Zeilen und {MAX_SPALTEN} Spalten.",
        abhilfe="In Excel Strg+Ende drücken, die leeren Zeilen und Spalten bis dorthin löschen und speichern.",
    )
