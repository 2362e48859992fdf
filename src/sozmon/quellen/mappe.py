"""What must be known of a workbook before its values may be read: a streaming look at the parts of an XLSX.

The value reader (calamine) aborts the process on a far cell, fills the memory on a bomb, and turns error cells and
formulas without a result into empty text. This look costs no memory, trusts neither the ZIP directory nor the
``<dimension>`` tag, refuses any DTD, and marks the cells that must not be read as they stand.
"""

from __future__ import annotations

import posixpath
import re
import zipfile
from dataclasses import dataclass, field, replace
from xml.parsers import expat

from sozmon.dateien import MAX_BYTES, MAX_TEILE, AblehnungError, Rohdatei, bombe, lies_teil, unvollstaendig
from sozmon.quellen.gitter import (
    FEHLERWERT,
    MAX_ZELLEN,
    OHNE_ERGEBNIS,
    PROZENT,
    VERDECKT,
    spaltenname,
    spaltennummer,
)

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
            formate = _formate(archiv, teile, datei.name)
            neu_rechnen = _soll_neu_rechnen(archiv, teile, datei.name)
            for teil in teile.values():
                pfad = teil.filename.lower()  # the value reader does not tell case apart either
                if not pfad.endswith((".xml", ".rels", ".vml")):
                    continue
                daten = lies_teil(archiv, teil, MAX_BYTES - gesamt, datei.name)
                gesamt += len(daten)
                ist_blatt = pfad in namen
                if ist_blatt:
                    befunde[namen[pfad]] = Befund()
                if (ist_blatt or pfad.endswith("sharedstrings.xml")) and _TEXT_UNGEWOEHNLICH.search(daten):
                    raise verdaechtig(datei.name, "In einem Text der Mappe steht etwas, das kein Text ist.")
                if (ist_blatt or pfad.endswith("sharedstrings.xml")) and b"superscript" in daten:
                    _verlange_keine_hochgestellte(daten, datei.name)
                if ist_blatt and formate:
                    befunde[namen[pfad]].marken.update(_formatmarken(daten, formate))
                if _ist_harmlos(daten, ist_blatt):
                    parse_xml(xml_leser(datei.name), daten, datei.name, teil.filename)  # the value reader is lenient
                    continue
                leser = _Blattleser(datei.name, namen.get(pfad, teil.filename), neu_rechnen=neu_rechnen)
                leser.lies(daten, ist_blatt)
                if ist_blatt:
                    befund = leser.befund()
                    formatiert = befunde[namen[pfad]].marken
                    befunde[namen[pfad]] = replace(befund, marken={**formatiert, **befund.marken})
    except zipfile.BadZipFile as fehler:
        raise unvollstaendig(datei.name, datei.groesse) from fehler
    return befunde


_AUFFAELLIG = (
    *(b"<!", b"&#", b"='", b"hidden=", b' t="e"', b"<f>", b"<f ", b"<f/"),
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
    if any(zeichen in daten for zeichen in _AUFFAELLIG) or _WERT_UNGEWOEHNLICH.search(daten):
        return False
    if _STELLE_UNGEWOEHNLICH.search(daten) or daten.count(b"<?") > 1:
        return False
    if daten.count(b't="inlineStr"') != daten.count(b"<is>") or not _ist_eine_tabelle(daten):
        return False
    ecke = _letzte_zelle(daten)
    if ecke is None:
        return False
    zeile, spalte = ecke
    return zeile < MAX_ZEILEN and spalte < MAX_SPALTEN and (zeile + 1) * (spalte + 1) <= MAX_ZELLEN


def _ist_eine_tabelle(daten: bytes) -> bool:
    """One table, and no row before or behind it: a reader takes the first table, or the last, or every row."""
    anfang, ende = daten.find(b"<sheetData"), daten.find(b"</sheetData>")
    erste, letzte = daten.find(b"<row"), daten.rfind(b"<row")
    return daten.count(b"<sheetData") <= 1 and (erste < 0 or 0 <= anfang < erste <= letzte < ende)


_WERT_UNGEWOEHNLICH = re.compile(rb"<v>[^<]*<(?!/v></c>)")
"""A value with something inside, or not the last in its cell."""
_STELLE_UNGEWOEHNLICH = re.compile(rb't="s"[^>]*><v>(?![0-9]+</v>)')
"""A reference to a common text that is not a plain number: the value reader would take the first text for it."""
_TEXT_UNGEWOEHNLICH = re.compile(rb"<(?:\w+:)?t(?: [^>]*[^>/])?>[^<]*<(?!/|!\[CDATA)")
"""A text with an element or comment inside: readers differ in what they make of it."""
_ZEILE_SCHLICHT = re.compile(rb'<row r="([1-9][0-9]{0,6})"')
_ZELLE_SCHLICHT = re.compile(rb'<c r="([A-Z]{1,3})([1-9][0-9]{0,6})"')


def _letzte_zelle(daten: bytes) -> tuple[int, int] | None:
    """Farthest row (1-based) and column (0-based); None unless rows ascend and each cell of a row is there once."""
    letzte, namen = 0, set()
    stelle = daten.find(b"<row")
    if daten.count(b"<c ", 0, stelle if stelle >= 0 else len(daten)) or b"<c>" in daten:
        return None
    while stelle >= 0:
        naechste = daten.find(b"<row", stelle + 4)
        ende = naechste if naechste >= 0 else len(daten)
        kopf = _ZEILE_SCHLICHT.match(daten, stelle)
        if kopf is None or int(kopf[1]) <= letzte:
            return None
        spalten = [name for name, zeile in _ZELLE_SCHLICHT.findall(daten, stelle, ende) if zeile == kopf[1]]
        eindeutig = set(spalten)
        if not len(spalten) == len(eindeutig) == daten.count(b"<c ", stelle, ende):
            return None
        letzte, stelle = int(kopf[1]), naechste
        namen |= eindeutig
    return letzte, max((spaltennummer(n.decode()) for n in namen), default=0)


_TEXT = re.compile(rb"<(?:\w+:)?(si|is)>.*?</(?:\w+:)?\1>", re.S)
_LAUF = re.compile(rb"<(?:\w+:)?r>.*?</(?:\w+:)?r>", re.S)
_INHALT = re.compile(rb"<(?:\w+:)?t(?: [^>]*)?>([^<]*)<")


def _verlange_keine_hochgestellte(daten: bytes, name: str) -> None:
    """Refuse 345 with a raised 1: the value reader would make it 3451. A raised digit at a word does no harm."""
    for text in _TEXT.finditer(daten):
        if b"superscript" not in text[0]:
            continue
        laeufe = [(b"superscript" in lauf, b"".join(_INHALT.findall(lauf))) for lauf in _LAUF.findall(text[0])]
        hoch = b"".join(t for oben, t in laeufe if oben)
        rest = b"".join(t for oben, t in laeufe if not oben)
        if re.search(rb"[0-9]", hoch) and re.fullmatch(rb"[\s0-9.,+-]*[0-9][\s0-9.,]*", rest):
            raise AblehnungError(
                "zahl_hochgestellt",
                f"In „{name}“ steht an einer Zahl eine hochgestellte Ziffer.",
                grund="Als Text gelesen würde sie zu einer Ziffer der Zahl.",
                abhilfe="Die Fußnotenziffer in Excel aus der Zelle nehmen, zum Beispiel in eine Spalte daneben.",
            )


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
            raise verdaechtig(name, "Ein Teil der Mappe trägt einen Pfad, der aus ihr hinausführt.")
        if teil.filename.lower() in teile:
            raise verdaechtig(name, "Ein Teil der Mappe ist doppelt vorhanden; welcher gilt, ist nicht zu erkennen.")
        teile[teil.filename.lower()] = teil
    return {t.filename: t for t in teile.values()}


def verdaechtig(name: str, grund: str) -> AblehnungError:
    """The refusal of a workbook that no office program writes."""
    return AblehnungError(
        "mappe_verdaechtig",
        f"„{name}“ ist keine ordentliche Excel-Arbeitsmappe.",
        grund=grund,
        abhilfe="Die Datei in Excel öffnen, neu speichern und diese Fassung importieren.",
    )


_PROZENTFORMATE = {9, 10}
"""Built-in number formats 0 % and 0,00 % (ECMA-376 part 1, 18.8.30)."""
_PLATZ = re.compile(r"[0#?]|General|Standard", re.I)
_FORMATIERT = re.compile(
    rb'<(?:\w+:)?c (?=[^>]*\br="([A-Z]{1,3})([1-9][0-9]{0,6})")(?=[^>]*\bs="([0-9]+)")([^>]*)><(?:\w+:)?(?:v|f)\b'
)


def _formate(archiv: zipfile.ZipFile, teile: dict[str, zipfile.ZipInfo], name: str) -> dict[int, str]:
    """Style of a cell → mark, for formats that show another number than is stored, or none."""
    teil = teile.get("xl/styles.xml")
    if teil is None:
        return {}
    codes: dict[int, str] = {}
    formate: list[int] = []
    in_xfs = False

    def start(tag: str, attribute: dict[str, str]) -> None:
        nonlocal in_xfs
        kern = tag.rpartition(":")[2]
        in_xfs = kern == "cellXfs" or (in_xfs and kern != "cellStyles")
        nummer = attribute.get("numFmtId", "")
        if kern == "numFmt" and nummer.isdigit():
            codes[int(nummer)] = attribute.get("formatCode", "")
        elif kern == "xf" and in_xfs:
            formate.append(int(nummer) if nummer.isdigit() else 0)

    leser = xml_leser(name)
    leser.StartElementHandler = start
    parse_xml(leser, lies_teil(archiv, teil, MAX_BYTES, name), name, "xl/styles.xml")
    arten = ((i, _formatart(nummer, codes.get(nummer, ""))) for i, nummer in enumerate(formate))
    return {i: art for i, art in arten if art}


def _formatart(nummer: int, code: str) -> str:
    """PROZENT, VERDECKT or ''; in quotes and behind a backslash stands text."""
    nackt = re.sub(r'"[^"]*"|\\.', "", code)
    if nummer in _PROZENTFORMATE or "%" in nackt:
        return PROZENT
    abschnitte = nackt.split(";")
    verdeckt = any(
        not _PLATZ.search(re.sub(r"\[[^\]]*\]", "", a)) and "@" not in a and (i == 0 or re.search(r"\[[<>=]", a))
        for i, a in enumerate(abschnitte)
    )
    ist_datum = re.search(r"[dmyhsDMYHS]", re.sub(r"\[[^\]]*\]", "", nackt))
    return VERDECKT if code and verdeckt and not ist_datum else ""


def _formatmarken(daten: bytes, formate: dict[int, str]) -> dict[tuple[int, int], str]:
    """Number cells with one of these styles."""
    marken = {}
    for spalte, zeile, stil, rest in _FORMATIERT.findall(daten):
        if (art := formate.get(int(stil))) and not re.search(rb't="(?!n")', rest):
            marken[int(zeile) - 1, spaltennummer(spalte.decode())] = art
    return marken


def _soll_neu_rechnen(archiv: zipfile.ZipFile, teile: dict[str, zipfile.ZipInfo], name: str) -> bool:
    """Does the workbook ask to be calculated when opened? A program wrote it; its formulas may hold a dummy 0."""
    teil = teile.get("xl/workbook.xml")
    daten = lies_teil(archiv, teil, MAX_BYTES, name) if teil is not None else b""
    return re.search(rb"fullCalcOnLoad=[\"'](1|true)[\"']", daten) is not None


def _blattnamen(archiv: zipfile.ZipFile, teile: dict[str, zipfile.ZipInfo], name: str) -> dict[str, str]:
    """Part of a sheet in small letters → name of the sheet, by workbook.xml and its relations."""
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
    return {posixpath.normpath(ziele[k]).lower(): b for k, b in blaetter.items() if k in ziele}


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
    except (expat.ExpatError, LookupError, ValueError) as fehler:  # the last two: an encoding that does not exist
        raise AblehnungError(
            "unvollstaendig",
            f"„{name}“ ist unvollständig oder beschädigt.",
            ort=f"{teil}, Zeile {leser.CurrentLineNumber}",
            grund="Ein Teil der Mappe ist kein gültiges XML.",
            abhilfe="Die Datei in Excel öffnen, neu speichern und diese Fassung importieren.",
        ) from fehler


_ZELLE = re.compile(r"([A-Z]{1,3})([1-9][0-9]{0,6})")


class _Blattleser:
    """Walks one sheet part: farthest cell with content, marks, hidden rows and columns."""

    def __init__(self, datei: str, blatt: str, *, neu_rechnen: bool = False) -> None:
        self._datei, self._blatt, self._neu_rechnen = datei, blatt, neu_rechnen
        self._inhalt = ""
        self._marken: dict[tuple[int, int], str] = {}
        self._zeilen: set[int] = set()
        self._spalten: set[int] = set()
        self._zeile = self._max_zeile = self._max_spalte = -1
        self._spalte = -1
        self._formel = self._wert = self._fest = self._offen = self._eingebettet = False
        self._stuecke, self._typ = 0, "n"
        self._tabellen, self._in_tabelle = 0, False
        self._in_zeile: set[int] = set()
        self._gesehen: set[int] = set()
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
            leser.CommentHandler = leser.ProcessingInstructionHandler = self._einschub
            leser.StartCdataSectionHandler = self._einschub
        parse_xml(leser, daten, self._datei, self._blatt)

    def _start(self, tag: str, attribute: dict[str, str]) -> None:
        if tag == "v":
            self._leser.CharacterDataHandler = self._text
        elif tag == "is":
            if self._stuecke or self._typ != "inlineStr":
                raise self._zweideutig()
            self._stuecke = 1
            self._wert = self._eingebettet = True
        elif tag == "c":
            self._beginne_zelle(attribute)
        elif tag == "row":
            self._beginne_zeile(attribute)
        elif tag == "sheetData":
            self._tabellen, self._in_tabelle = self._tabellen + 1, True
        elif tag == "f":
            if self._stuecke:
                raise self._zweideutig()
            self._formel = True
            if not self._anzahl_formeln:
                self._leser.CharacterDataHandler = self._merke_formel
        elif tag == "col" and attribute.get("hidden") in ("1", "true"):
            von, bis = int(attribute.get("min", "1")), int(attribute.get("max", "1"))
            self._spalten.update(range(von - 1, min(bis, MAX_SPALTEN)))
        elif ":" in tag:
            self._start(tag.rpartition(":")[2], attribute)

    def _beginne_zeile(self, attribute: dict[str, str]) -> None:
        if self._tabellen != 1 or not self._in_tabelle:
            grund = f"Im Blatt „{self._blatt}“ stehen Zeilen außerhalb der Tabelle oder in einer zweiten."
            raise verdaechtig(self._datei, grund)
        self._fest = attribute.get("r", "").isdigit()
        self._zeile = int(attribute["r"]) - 1 if self._fest else self._zeile + 1
        self._spalte = -1
        self._in_zeile = set()
        if attribute.get("hidden") in ("1", "true"):
            self._zeilen.add(self._zeile)

    def _beginne_zelle(self, attribute: dict[str, str]) -> None:
        self._formel = self._eingebettet = False
        self._stuecke, self._typ, self._inhalt = 0, attribute.get("t", "n"), ""
        self._wert = self._typ == "str"  # a formula's text may be empty
        ort = attribute.get("r")
        if ort is None:
            self._spalte += 1
        else:
            treffer = _ZELLE.fullmatch(ort)
            if treffer is None:
                raise verdaechtig(self._datei, "Eine Zelle trägt eine Adresse, die es nicht gibt.")
            name = treffer[1]
            if name not in self._namen:
                self._namen[name] = spaltennummer(name)
            if self._fest and self._zeile != int(treffer[2]) - 1:
                raise verdaechtig(self._datei, f"Die Zelle {ort} steht in einer anderen Zeile, als ihre Adresse sagt.")
            self._spalte, self._zeile = self._namen[name], int(treffer[2]) - 1
        self._verlange_einmal()
        self._offen = True
        if attribute.get("t") == "e":
            self._marken[self._zeile, self._spalte] = FEHLERWERT

    def _verlange_einmal(self) -> None:
        """Of two cells at one address a reader takes either; nobody has seen the other."""
        doppelt = self._spalte in self._in_zeile or (not self._in_zeile and self._zeile in self._gesehen)
        if doppelt:
            ort = f"{spaltenname(self._spalte)}{self._zeile + 1}"
            raise verdaechtig(self._datei, f"Im Blatt „{self._blatt}“ ist die Zelle {ort} oder ihre Zeile doppelt.")
        self._in_zeile.add(self._spalte)
        self._gesehen.add(self._zeile)

    def _text(self, text: str) -> None:
        """A piece of a value. The value reader takes the first or the last of several: 1<!-- -->4 is 14, not 1."""
        self._wert, self._inhalt = True, text
        self._stuecke += bool(text.strip())
        if self._stuecke > 1 and self._typ != "str":
            raise self._zweideutig()
        if self._typ == "s" and not (text.isascii() and text.isdigit()):  # would be taken for the first text
            raise self._zweideutig()

    def _einschub(self, *_: object) -> None:
        if self._spalte >= 0 and self._offen:
            raise self._zweideutig()

    def _zweideutig(self) -> AblehnungError:
        ort = f"{spaltenname(self._spalte)}{self._zeile + 1}"
        return verdaechtig(self._datei, f"Der Wert der Zelle {ort} im Blatt „{self._blatt}“ ist nicht eindeutig.")

    def _merke_formel(self, text: str) -> None:
        self._formeltext = (self._formeltext + text)[:200]

    def _ende(self, tag: str) -> None:
        if tag in ("v", "f"):
            self._leser.CharacterDataHandler = None
            return
        if tag != "c" and tag.rpartition(":")[2] != "c":
            self._in_tabelle = self._in_tabelle and tag.rpartition(":")[2] != "sheetData"
            return
        self._offen = False
        if self._typ == "inlineStr" and self._wert and not self._eingebettet:
            raise self._zweideutig()
        if self._formel and (not self._wert or (self._neu_rechnen and self._inhalt.strip() == "0")):
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
