"""Seeded damage to good files of every shape that is read, and what must hold whatever comes of it."""

from __future__ import annotations

import importlib.util
import io
import os
import random
import re
import struct
import sys
import warnings
import zipfile
import zlib
from collections.abc import Callable, Iterator
from pathlib import Path
from xml.etree import ElementTree as ET

from sozmon.dateien import AblehnungError, open_datei
from sozmon.einlesen import Lesung, read_lieferung
from sozmon.errors import SozmonError
from sozmon.katalog import Katalog
from sozmon.model import OHNE_WERT, Status
from sozmon.model.meldungskatalog import KENNUNGEN
from sozmon.quellen.gitter import read_gitter, spaltennummer
from sozmon.quellen.leser import Leser
from sozmon.raeume import Raeume
from sozmon.zahlen import ZU_GROSS

HIER = Path(__file__).parent
FEINDLICH = (
    "", " ", "0", "-", "–", "—", ".", "...", "…", "/", "x", "*", "()", "(5)", "1.234", "1,234", "1.5", "1e9", "1_000", "nan", "inf",
    "-0", "٣", "1 234", "\u22125", "#DIV/0!", "#NV", "=1+1", "=HYPERLINK(\"x\")", "99001010", "9900101", "990010", "99001010.0",
    "9,9001E+07", "01901010", "1901010", "DG", "99", "99001", "990010010010", "a\u0308", "Ä", "Ã¤", "\u202e", "\u200b", "\u00ad",
    "31.12.2023", "31.02.2023", "2023", "23", "2022/23", "2022/24", "2199", "1. Quartal 2023", "Insgesamt", "ohne Zuordnung",
    "\"", "\"\"", ";", "\t", "a" * 40000, "{{ 7 }}", "<b>", "\\", "../..", "unter 3", "6-10", "p", "r", "12 r", "12¹", "5 %",
)  # fmt: skip
"""Texts that cells of offices, Excel and enemies have held."""
AUSSER_DER_REIHE = {"eingabe"}

Saatgut = list[tuple[str, bytes]]


def sammle(ordner: Path) -> Saatgut:
    """Small files of every shape: the cases of tests/broken, the example's offices, one of each supplier."""
    gut: Saatgut = []
    for fall in sorted(p for p in HIER.iterdir() if (p / "erwartet.toml").is_file()):
        if (skript := fall / "erzeuge.py").is_file():
            ziel = ordner / f"{fall.name}{_endung(fall)}"
            _modul(skript).erzeuge(ziel)
            gut.append((ziel.name, ziel.read_bytes()))
        else:
            gut += [
                (p.name, p.read_bytes()) for p in fall.iterdir() if p.is_file() and p.suffix not in (".toml", ".py")
            ]
    amtlich = HIER.parents[1] / "beispieldaten" / "lieferungen"
    gut += [(p.name, p.read_bytes()) for p in sorted(amtlich.iterdir())]
    return [(n, d) for n, d in [*gut, *_lieferanten(ordner)] if 0 < len(d) < 90_000]


def _endung(fall: Path) -> str:
    name = (fall / "erwartet.toml").read_text("utf-8").split('"')[1]
    return Path(name).suffix


def _modul(skript: Path):  # type: ignore[no-untyped-def]
    spec = importlib.util.spec_from_file_location(f"erzeuge_{skript.parent.name}".replace("-", "_"), skript)
    assert spec is not None and spec.loader is not None
    modul = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(modul)
    return modul


def _lieferanten(ordner: Path) -> Iterator[tuple[str, bytes]]:
    sys.path.insert(0, str(HIER.parent / "lieferanten"))
    try:
        import lieferantenmappen as mappen
        import lieferantentexte as texte
    finally:
        sys.path.pop(0)
    arten = (
        (mappen.ba_arbeitslose, "ba.xlsx"), (mappen.ba_sgb2, "sgb2.xlsx"), (mappen.landesamt, "landesamt.xlsx"),
        (mappen.sozialamt_pivot, "pivot.xlsx"), (mappen.schulaufnahme, "sau.xlsx"), (mappen.traegerbericht, "traeger.xlsx"),
        (texte.wahlleiter, "btw25.csv"), (texte.melderegister, "ew.txt"), (texte.kreisstatistik, "kreis.xls"),
    )  # fmt: skip
    for erzeuge, name in arten:
        erzeuge(ordner / name)
        yield name, (ordner / name).read_bytes()


# -- damage -----------------------------------------------------------------------------------------


def beschaedige(daten: bytes, zufall: random.Random, anderes: bytes) -> bytes:
    """One to four changes of one kind: bytes, cells of a text, parts of a workbook, or a piece of another file."""
    if daten[:2] == b"PK" and zufall.random() < 0.75:
        return _mappe(daten, zufall)
    art = (
        zufall.choice((_bytes, _text, _text, _text, _spleiss))
        if _ist_text(daten)
        else zufall.choice((_bytes, _spleiss, _biff, _biff, _biff))
    )
    return art(daten, zufall, anderes)


def _ist_text(daten: bytes) -> bool:
    return b"\0" not in daten[:200] and daten[:2] != b"PK"


def _bytes(daten: bytes, zufall: random.Random, _: bytes) -> bytes:
    b = bytearray(daten)
    for _nr in range(zufall.choice((1, 1, 2, 4))):
        stelle = zufall.randrange(len(b) + 1)
        match zufall.randrange(4):
            case 0 if stelle < len(b):
                b[stelle] ^= 1 << zufall.randrange(8)
            case 1:
                del b[stelle : stelle + zufall.randrange(1, 40)]
            case 2:
                b[stelle:stelle] = bytes(
                    zufall.choice(b';"\n\r,-.x0\xff\x00\xc3') for _i in range(zufall.randrange(1, 6))
                )
            case _:
                del b[stelle:]
    return bytes(b)


BIFF = {0x0203: 14, 0x027E: 10, 0x00FD: 10, 0x0205: 8, 0x0006: 22, 0x0208: 16, 0x0201: 6}
"""Records of cells and rows in an old workbook, and their least length."""


def _biff(daten: bytes, zufall: random.Random, anderes: bytes) -> bytes:
    """Change rows, columns, numbers or lengths of records of an old workbook in their places."""
    b = bytearray(daten)
    orte = [i for i in range(512, len(b) - 4, 2) if BIFF.get(b[i] | b[i + 1] << 8) == b[i + 2] | b[i + 3] << 8]
    if not orte:
        return _bytes(daten, zufall, anderes)
    for _nr in range(zufall.choice((1, 1, 2, 4))):
        i = zufall.choice(orte)
        laenge = b[i + 2]
        match zufall.randrange(5):
            case 0:
                struct.pack_into("<H", b, i + 4, zufall.choice((0, 1, 2, 3, 255, 65535)))
            case 1:
                struct.pack_into("<H", b, i + 6, zufall.choice((0, 1, 2, 3, 255, 256, 65535)))
            case 2 if laenge >= 14 and i + 18 <= len(b):
                struct.pack_into("<d", b, i + 10, zufall.choice((float("nan"), float("inf"), -1.0, 1e300, 0.5)))
            case 3:
                struct.pack_into("<H", b, i + 2, zufall.choice((0, 2, laenge + 2, 8224, 65535)))
            case _:
                k = zufall.choice(orte)
                b[i : i + 4 + laenge] = b[k : k + 4 + laenge]
    return bytes(b)


def _spleiss(daten: bytes, zufall: random.Random, anderes: bytes) -> bytes:
    return daten[: zufall.randrange(len(daten) + 1)] + anderes[zufall.randrange(len(anderes) + 1) :]


def _text(daten: bytes, zufall: random.Random, _: bytes) -> bytes:
    """Cells, rows and columns of a CSV, or its encoding."""
    kodierung = "utf-8" if zufall.random() < 0.8 else zufall.choice(("cp1252", "utf-16", "utf-8-sig", "cp850"))
    zeilen = daten.decode("utf-8", "replace").split("\n")
    trenner = max(";,\t", key=lambda t: sum(z.count(t) for z in zeilen))
    tabelle = [z.split(trenner) for z in zeilen]
    for _nr in range(zufall.choice((1, 1, 2, 4))):
        i = zufall.randrange(len(tabelle))
        j = zufall.randrange(len(tabelle[i])) if tabelle[i] else 0
        match zufall.randrange(8):
            case 0 | 1 | 2:
                tabelle[i][j : j + 1] = [zufall.choice(FEINDLICH)]
            case 3:
                tabelle.insert(i, list(tabelle[zufall.randrange(len(tabelle))]))
            case 4:
                del tabelle[i][j : j + 1]
            case 5:
                k = zufall.randrange(len(tabelle))
                tabelle[i], tabelle[k] = tabelle[k], tabelle[i]
            case 6:
                tabelle = [z[:j] + z[j + 1 :] + z[j : j + 1] for z in tabelle]
            case _:
                trenner = zufall.choice(";,\t|")
    return "\n".join(trenner.join(z) for z in tabelle).encode(kodierung, "replace")


def _mappe(daten: bytes, zufall: random.Random) -> bytes:
    """Change the XML of one part and pack it anew with right sums; or leave out, repeat, rename a part."""
    try:
        with zipfile.ZipFile(io.BytesIO(daten)) as archiv:
            teile = [(i.filename, archiv.read(i)) for i in archiv.infolist()]
    except (zipfile.BadZipFile, zlib.error, NotImplementedError, RuntimeError, EOFError, OSError, ValueError):
        return _bytes(daten, zufall, b"")
    if not teile:
        return daten
    i = zufall.randrange(len(teile))
    name, inhalt = teile[i]
    match zufall.randrange(10):
        case 0:
            del teile[i]
        case 1:
            teile.append((name, inhalt))
        case 2:
            teile[i] = (
                zufall.choice(("../" + name, "/" + name, name.upper(), "x" * 300, name.replace(".xml", ".XML"))),
                inhalt,
            )
        case _:
            teile[i] = (name, _xml(inhalt, zufall))
    puffer = io.BytesIO()
    with warnings.catch_warnings(), zipfile.ZipFile(puffer, "w", zipfile.ZIP_DEFLATED) as neu:
        warnings.simplefilter("ignore")  # two parts of one name are meant
        for n, d in teile:
            neu.writestr(zipfile.ZipInfo(n), d, zipfile.ZIP_DEFLATED)  # takes an empty name too
    return puffer.getvalue()


ZELLEN = (
    (rb"<v>[^<]*</v>", (
        b"<v>NaN</v>", b"<v>inf</v>", b"<v>1e999</v>", b"<v>-1</v>", b"<v></v>", b"<v/>", b"<v>1</v><v>2</v>", b"<v>1<!-- -->2</v>",
        b"<v><![CDATA[7]]></v>", b"<v>&#49;2</v>", b"<v>1<b>2</b></v>", b"<v>12</v><f>1</f>", b"<f>1</f><v>12</v>", b"<f>1</f>",
        b"<is><t>12</t></is>", b"<is><t>12</t></is><v>13</v>", b"<v>0.1</v>", b"<v> 12 </v>", b"<v>1_2</v>", b"<v>12,5</v>", b"<v>1<?p?>2</v>",
        b"<v>123456789012345678</v>", b"<v xml:space=\"preserve\">12</v>",
    )),
    (rb"<c r=\"[A-Z]+[0-9]+\"", (
        b'<c r="B2"', b'<c r="b2"', b'<c r="B02"', b"<c r='B2'", b"<c", b'<c r="B2" hidden="1"', b'<c r="$B$2"', b'<x:c r="B2"',
    )),
    (rb"<row r=\"[0-9]+\"", (b'<row r="2"', b"<row", b'<row r="0"', b'<row hidden="1" r="3"', b"<row r='2'", b'<row r="2" r="3"')),
    (rb' t="[a-z]+"', (b"", b' t="s"', b' t="str"', b' t="inlineStr"', b' t="e"', b' t="b"', b' t="d"', b' t="n"', b" t='e'")),
    (rb' s="[0-9]+"', (b"", b' s="0"', b' s="1"', b' s="99"')),
    (rb"<c [^>]*>.*?</c>", (b"", b"<c/>", b"<c><v>12</v></c>", b"<!-- <c><v>1</v></c> -->")),
    (rb"<row .*?</row>", (b"", b"<row/>")),
    (rb"</sheetData>", (b'<row r="2"><c r="B2"><v>9</v></c></row></sheetData>', b"</sheetData><sheetData/>")),
)  # fmt: skip
"""What one place of a sheet may be turned into."""


def _blatt(inhalt: bytes, zufall: random.Random) -> bytes:
    """One to three cells or rows of a sheet in other spellings, also such as no office program has."""
    for _nr in range(zufall.choice((1, 1, 2, 3))):
        muster, ersatz = zufall.choice(ZELLEN)
        if stellen := list(re.finditer(muster, inhalt, re.DOTALL)):
            s = zufall.choice(stellen)
            inhalt = inhalt[: s.start()] + zufall.choice((*ersatz, s[0] * 2)) + inhalt[s.end() :]
    return inhalt


def _xml(inhalt: bytes, zufall: random.Random) -> bytes:
    if b"<sheetData" in inhalt and zufall.random() < 0.6:
        return _blatt(inhalt, zufall)
    if zufall.random() < 0.3 or not inhalt:
        return _bytes(inhalt or b" ", zufall, b"")
    text = inhalt.decode("utf-8", "replace")
    stellen = [i for i, z in enumerate(text) if z in '<>"0123456789'] or [0]
    stelle = zufall.choice(stellen)
    neu = zufall.choice((
        "", "999999999", "-1", "<", ">", "&amp;", "&x;", "<!DOCTYPE x>", "A1048577", "XFD1", "&#0;", '"', "1e999", "NaN",
        "<c r=\"ZZZ9\"><v>1</v></c>", "<row/>", "</sheetData>", *FEINDLICH[:30],
    ))  # fmt: skip
    return (text[:stelle] + neu + text[stelle + zufall.randrange(3) :]).encode("utf-8", "surrogatepass")


# -- what must hold ---------------------------------------------------------------------------------


def pruefe(pfad: Path, katalog: Katalog, raeume: Raeume, leser: Leser) -> str:
    """Read one file; the Kennung of its refusal, or 'gelesen'. AssertionError: something that must never happen."""
    try:
        with open_datei(str(pfad)) as rohdatei:
            lesung = read_lieferung(rohdatei, katalog, raeume, kreis="99001", leser=leser)
    except AblehnungError as fehler:
        assert fehler.art in KENNUNGEN or fehler.art in AUSSER_DER_REIHE, f"unbekannte Ablehnung {fehler.art}"
        assert fehler.text, fehler.art
        assert fehler.art != "absturz", f"das Kind ist gescheitert: {fehler.ort}"
        return fehler.art
    except SozmonError as fehler:
        assert fehler.exit_code in (4, 66, 77) and fehler.text
        return "abgelehnt"
    fremde = {m.kennung for m in lesung.meldungen} - KENNUNGEN.keys()
    assert not fremde, f"unbekannte Meldungen {fremde}"
    if lesung.fehler:
        return lesung.fehler[0].kennung
    pruefe_werte(lesung)
    return "gelesen"


def pruefe_werte(lesung: Lesung) -> None:
    """Invariants of what may be stored."""
    arten = {s.value for s in Status}
    for z in lesung.tabelle.to_pylist():
        assert z["status"] in arten and z["raum_id"] and z["merkmal"] and z["lieferung"] == lesung.sha256, z
        assert 1800 <= z["jahr"] <= 2200 and z["zeit"].startswith(str(z["jahr"])), z
        zahlen = [z[s] for s in ("wert_min", "wert", "wert_max") if z[s] is not None]
        assert all(abs(x) < 1e16 for x in zahlen), "NaN or infinite"
        assert zahlen == sorted(zahlen), z
        # a number in brackets is kept with its sign; no computation takes it
        if Status(z["status"]) in OHNE_WERT - {Status.UNSICHER}:
            assert z["wert"] is None, z


def laufe(
    gut: Saatgut, zufall: random.Random, anzahl: int, ordner: Path, pruefe_eine: Callable[[Path], str]
) -> tuple[dict[str, int], list[str]]:
    """Damage and read ``anzahl`` files; how each ended, and what must not have happened (the file is kept)."""
    enden: dict[str, int] = {}
    funde: list[str] = []
    for nummer in range(anzahl):
        name, daten = zufall.choice(gut)
        pfad = ordner / name
        pfad.write_bytes(beschaedige(daten, zufall, zufall.choice(gut)[1]))
        try:
            ende = pruefe_eine(pfad)
        except Exception as fehler:
            ende = "FUND"
            behalten = Path(os.environ.get("SOZMON_FUZZ_FUNDE") or ordner) / f"fund_{nummer}_{name}"
            behalten.write_bytes(pfad.read_bytes())
            funde.append(f"{behalten}: {type(fehler).__name__}: {str(fehler)[:300]}")
        enden[ende] = enden.get(ende, 0) + 1
    return enden, funde


# -- a second reading of workbooks ------------------------------------------------------------------


def vergleiche_mappe(pfad: Path) -> str:
    """Read an XLSX by the program and, if it takes it, by the letter of its XML: each plain cell must say the same."""
    try:
        with open_datei(str(pfad)) as rohdatei:
            if rohdatei.art != "xlsx":
                return "keine Mappe"
            blaetter, _ = read_gitter(rohdatei)
            with zipfile.ZipFile(rohdatei.pfad) as archiv:
                zellen = dict(_zellen_der_mappe(archiv))
    except AblehnungError as fehler:
        return fehler.art
    except ET.ParseError as fehler:
        assert "unbound prefix" in str(fehler), fehler  # well-formed without namespaces, which nobody looks at
        return "gelesen"
    for blatt in blaetter:
        for (z, s), (art, text) in zellen[blatt.name].items():
            if (z, s) in blatt.marken:
                continue
            gelesen = blatt.zelle(z, s)
            if art == "n" and isinstance(gelesen, int | float):
                assert float(text) == gelesen, (blatt.name, z, s, text, gelesen)
            elif art == "n" and _ohne_mass(text):
                assert gelesen == f"{float(text):.0f}", (blatt.name, z, s, text, gelesen)  # a text, refused as a value
            elif art in ("s", "inlineStr", "str", "n"):
                assert str(gelesen).strip() == text.strip(), (blatt.name, z, s, text, gelesen)
        dort = {ort for ort, (_, text) in zellen[blatt.name].items() if text != ""}
        hier = {(z, s) for z, zeile in enumerate(blatt.zeilen) for s, zelle in enumerate(zeile) if zelle != ""}
        assert hier <= dort, f"{blatt.name}: aus dem Nichts {sorted(hier - dort)[:3]}"
    return "gelesen"


def _ohne_mass(text: str) -> bool:
    """A number that is none (NaN) or greater than any number of a table."""
    try:
        return not abs(float(text)) < ZU_GROSS
    except ValueError:
        return False


def _zellen_der_mappe(archiv: zipfile.ZipFile) -> Iterator[tuple[str, dict[tuple[int, int], tuple[str, str]]]]:
    """Name of a sheet → (row, column) → kind and text of its cells."""
    namen = {n.lower(): n for n in archiv.namelist()}

    def teil(name: str) -> ET.Element:
        return ET.fromstring(archiv.read(namen[name.lower()]))  # the program has refused DTDs before

    texte = (
        [_text_von(si) for si in _alle(teil("xl/sharedStrings.xml"), "si")] if "xl/sharedstrings.xml" in namen else []
    )
    ziele = {b.get("Id"): b.get("Target", "") for b in teil("xl/_rels/workbook.xml.rels")}
    for blatt in _alle(teil("xl/workbook.xml"), "sheet"):
        ziel = ziele[next(v for k, v in blatt.attrib.items() if k.endswith("}id"))]
        yield (
            blatt.get("name", ""),
            dict(_zellen(teil(ziel.lstrip("/") if ziel.startswith("/") else f"xl/{ziel}"), texte)),
        )


def _zellen(wurzel: ET.Element, texte: list[str]) -> Iterator[tuple[tuple[int, int], tuple[str, str]]]:
    zeile = -1
    for row in _alle(wurzel, "row"):
        zeile = int(row.get("r", zeile + 2)) - 1
        spalte = -1
        for c in _alle(row, "c"):
            spalte += 1
            if ort := re.fullmatch(r"([A-Z]+)([0-9]+)", c.get("r", "")):
                spalte, zeile = spaltennummer(ort[1]), int(ort[2]) - 1
            art = c.get("t", "n")
            text = _text_von(c) if art == "inlineStr" else "".join(c.find("{*}v").itertext()) if c.find("{*}v") is not None else ""  # fmt: skip
            yield (zeile, spalte), (art, texte[int(text)] if art == "s" and text else text)


def _alle(knoten: ET.Element, name: str) -> list[ET.Element]:
    """Elements of that name in any namespace: the value reader does not look at it."""
    return [k for k in knoten.iter() if k.tag.rpartition("}")[2] == name]


def _text_von(knoten: ET.Element) -> str:
    """Text of a cell or shared string, without its phonetic guide."""
    for leitung in knoten.findall("{*}rPh"):
        knoten.remove(leitung)
    return "".join(t.text or "" for t in _alle(knoten, "t"))
