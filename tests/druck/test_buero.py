"""DOCX and ODT: real styles, captions, lists, headers, alt texts; right in LibreOffice."""

from __future__ import annotations

import io
import re
import shutil
import subprocess
import zipfile
from pathlib import Path
from xml.etree import ElementTree as ET

import pytest

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
STEMPEL = "ENTWURF – Geheimhaltung nicht geprüft"


def _teile(datei: bytes) -> dict[str, bytes]:
    with zipfile.ZipFile(io.BytesIO(datei)) as archiv:
        assert archiv.testzip() is None
        return {n: archiv.read(n) for n in archiv.namelist()}


@pytest.fixture(scope="module")
def docx(produkte: dict[str, bytes]) -> dict[str, bytes]:
    return _teile(produkte["docx"])


@pytest.fixture(scope="module")
def odt(produkte: dict[str, bytes]) -> dict[str, bytes]:
    return _teile(produkte["odt"])


@pytest.mark.parametrize("format_", ["docx", "odt"])
def test_alle_teile_sind_xml(produkte: dict[str, bytes], format_: str) -> None:
    for name, inhalt in _teile(produkte[format_]).items():
        if name.endswith((".xml", ".rels")):
            ET.fromstring(inhalt)


def test_docx_bezuege_und_typen(docx: dict[str, bytes]) -> None:
    """Every part has a type, every relationship a target, every used id a relationship."""
    bezuege = ET.fromstring(docx["word/_rels/document.xml.rels"])
    ziele = {b.get("Id"): b.get("Target") for b in bezuege if b.get("TargetMode") != "External"}
    assert all(f"word/{z}" in docx for z in ziele.values())
    benutzt = set(re.findall(rb'r:(?:id|embed)="([^"]+)"', docx["word/document.xml"]))
    assert {b.decode() for b in benutzt} <= {b.get("Id") for b in bezuege}
    typen = docx["[Content_Types].xml"].decode()
    for name in docx:
        assert f'PartName="/{name}"' in typen or f'Extension="{name.rsplit(".", 1)[-1]}"' in typen, name


def test_docx_stile_gibt_es(docx: dict[str, bytes]) -> None:
    stile = {s.get(W + "styleId") for s in ET.fromstring(docx["word/styles.xml"]).iter(W + "style")}
    for teil in ("document", "footnotes", "header1", "footer1"):
        wurzel = ET.fromstring(docx[f"word/{teil}.xml"])
        benutzt = {e.get(W + "val") for a in ("pStyle", "rStyle", "tblStyle") for e in wurzel.iter(W + a)}
        assert benutzt <= stile, benutzt - stile


REIHENFOLGE = {
    "pPr": "pStyle keepNext keepLines pageBreakBefore widowControl numPr pBdr shd tabs suppressAutoHyphens spacing ind "
    "contextualSpacing jc outlineLvl rPr sectPr",
    "rPr": "rStyle rFonts b bCs i iCs strike color sz szCs highlight u shd vertAlign lang",
    "tblPr": "tblStyle tblW jc tblInd tblBorders shd tblLayout tblCellMar tblLook tblCaption tblDescription",
    "tcPr": "tcW gridSpan vMerge tcBorders shd noWrap tcMar vAlign",
    "sectPr": "headerReference footerReference footnotePr type pgSz pgMar pgNumType cols titlePg",
    "settings": "zoom embedTrueTypeFonts defaultTabStop autoHyphenation consecutiveHyphenLimit hyphenationZone "
    "characterSpacingControl footnotePr compat themeFontLang decimalSymbol listSeparator",
    "style": "name basedOn next autoRedefine uiPriority semiHidden qFormat pPr rPr tblPr tblStylePr",
    "lvl": "start numFmt lvlRestart pStyle suff lvlText lvlJc pPr rPr",
    "abstractNum": "nsid multiLevelType tmpl lvl",
    "numbering": "abstractNum num",
    "font": "altName panose1 charset family pitch sig embedRegular embedBold embedItalic embedBoldItalic",
}
"""The order that the schema of WordprocessingML (ECMA-376, CT_PPr and others) asks for; Word refuses some others."""


@pytest.mark.parametrize("element", REIHENFOLGE)
def test_docx_reihenfolge_der_elemente(docx: dict[str, bytes], element: str) -> None:
    erlaubt = REIHENFOLGE[element].split()
    gesehen = 0
    for name, inhalt in docx.items():
        if not (name.startswith("word/") and name.endswith(".xml")) or "theme" in name:
            continue
        for knoten in ET.fromstring(inhalt).iter(W + element):
            kinder = [k.tag.removeprefix(W) for k in knoten]
            assert kinder == sorted(kinder, key=erlaubt.index), (name, kinder)
            gesehen += 1
    assert gesehen


def test_docx_tabellen(docx: dict[str, bytes]) -> None:
    wurzel = ET.fromstring(docx["word/document.xml"])
    tabellen = list(wurzel.iter(W + "tbl"))
    assert len(tabellen) == 3
    for tabelle in tabellen:
        zeilen = tabelle.findall(W + "tr")
        assert zeilen[0].find(f"{W}trPr/{W}tblHeader") is not None
        assert all(z.find(f"{W}trPr/{W}cantSplit") is not None for z in zeilen)
    rechts = tabellen[0].findall(f"{W}tr")[1].findall(f"{W}tc")[1].find(f"{W}p/{W}pPr/{W}jc")
    assert rechts is not None and rechts.get(W + "val") == "right"


def test_docx_verzeichnisse_und_felder(docx: dict[str, bytes]) -> None:
    text = docx["word/document.xml"].decode()
    felder = [f.strip() for f in re.findall(r"<w:instrText[^>]*>([^<]*)<", text)]
    assert felder[:3] == [
        r"TOC \o &quot;1-2&quot; \h \z \u",
        r"TOC \h \z \c &quot;Tabelle&quot;",
        r"TOC \h \z \c &quot;Abbildung&quot;",
    ]
    assert felder.count(r"SEQ Tabelle \* ARABIC \s 1") == 3
    assert "w:dirty" not in text
    marken = set(re.findall(r'<w:bookmarkStart [^>]*w:name="([^"]+)"', text))
    assert set(re.findall(r'w:anchor="([^"]+)"', text)) <= marken
    assert all(len(m) <= 40 for m in marken)
    assert text.count('<w:fldChar w:fldCharType="begin"') == text.count('<w:fldChar w:fldCharType="end"')


def test_docx_seiten_kopf_sprache(docx: dict[str, bytes]) -> None:
    text = docx["word/document.xml"].decode()
    assert re.findall(r"<w:pgSz ([^/]*)/>", text)[0] == 'w:w="11906" w:h="16838"'
    assert text.count('w:orient="landscape"') == 1
    assert STEMPEL in docx["word/header1.xml"].decode() and STEMPEL in text
    assert " PAGE " in docx["word/footer1.xml"].decode()
    assert b'<w:lang w:val="de-DE"' in docx["word/styles.xml"]
    assert b"<w:autoHyphenation/>" in docx["word/settings.xml"]
    bilder = re.findall(r'<wp:docPr [^>]*descr="([^"]*)"', text)
    assert len(bilder) == 3 and all(b.startswith("Diagramm: ") for b in bilder)
    assert text.count("<w:footnoteReference ") == 2
    assert "data:" not in text


def test_docx_verraet_keine_pfade(produkte: dict[str, bytes]) -> None:
    for format_ in ("docx", "odt", "pdf"):
        inhalte = _teile(produkte[format_]).values() if format_ != "pdf" else [produkte["pdf"]]
        for inhalt in inhalte:
            assert b"/tmp/" not in inhalt and b"/home/" not in inhalt and b"pandoc" not in inhalt.lower()


def test_docx_laesst_sich_mit_python_docx_oeffnen(produkte: dict[str, bytes]) -> None:
    from docx import Document

    dokument = Document(io.BytesIO(produkte["docx"]))
    assert dokument.core_properties.title == "Sozialbericht 2025"
    koepfe = [p.text for p in dokument.paragraphs if p.style.name == "Heading 1"]
    assert koepfe == ["Demografie", "Soziale Teilhabe", "Methodik"]


def test_odt(odt: dict[str, bytes]) -> None:
    text = odt["content.xml"].decode()
    assert text.count("<svg:desc>Diagramm: ") == 3
    assert text.count("<table:table-header-rows>") == 3
    for verzeichnis in ("table-of-content", "table-index", "illustration-index"):
        assert text.count(f"<text:{verzeichnis} ") == 1
    marken = set(re.findall(r'<text:bookmark-start text:name="([^"]+)"', text))
    assert set(re.findall(r'xlink:href="#([^"]+)"', text)) <= marken
    assert STEMPEL in odt["styles.xml"].decode()
    assert next(iter(odt)) == "mimetype"
    manifest = odt["META-INF/manifest.xml"].decode()
    assert all(f'full-path="{n}"' in manifest for n in odt if n not in ("mimetype", "META-INF/manifest.xml"))


@pytest.mark.skipif(shutil.which("soffice") is None, reason="LibreOffice (soffice) fehlt")
@pytest.mark.skipif(shutil.which("pdftotext") is None, reason="pdftotext (poppler-utils) fehlt")
@pytest.mark.parametrize("format_", ["docx", "odt"])
def test_in_libreoffice(produkte: dict[str, bytes], tmp_path: Path, format_: str) -> None:
    (tmp_path / f"b.{format_}").write_bytes(produkte[format_])
    befehl = ["soffice", f"-env:UserInstallation={(tmp_path / 'profil').as_uri()}", "--headless", "--convert-to", "pdf"]
    subprocess.run([*befehl, f"b.{format_}"], cwd=tmp_path, capture_output=True, check=True, timeout=180)
    lauf = subprocess.run(["pdftotext", "-layout", "b.pdf", "-"], cwd=tmp_path, capture_output=True, check=True)
    seiten = lauf.stdout.decode("utf-8").split("\f")[:-1]
    ganz = "\n".join(seiten)
    assert 9 <= len(seiten) <= 14
    assert all(STEMPEL in s for s in seiten)
    for stueck in (
        "Inhaltsverzeichnis",
        "Tabellenverzeichnis",
        "Abbildungsverzeichnis",
        "Zensus 2022, Stichtag 15. Mai 2022",
    ):
        assert stueck in ganz
    assert re.search(r"1\.1\s+Bevölkerungsentwicklung", ganz)
    assert re.search(r"Tabelle 2\.1\s+Arbeitslose je 100", ganz.replace("\u00a0", " "))
    assert re.search(r"Abbildung 2\.2\s+Region gegen Kreis", ganz.replace("\u00a0", " "))
