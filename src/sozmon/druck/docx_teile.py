"""The parts of a DOCX around its body: styles, numbering, header and footer, embedded fonts, properties, types."""

from __future__ import annotations

import hashlib
import re
import string
from datetime import UTC, datetime

from sozmon.druck import wordml as w
from sozmon.druck.escape import xml as h
from sozmon.druck.modell import Dokument, Stil
from sozmon.druck.ressource import schriftdateien, vorlage

RAHMEN = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/"
TYP = "application/vnd.openxmlformats-officedocument.wordprocessingml."
FONTS = {"Regular": "embedRegular", "Bold": "embedBold", "It": "embedItalic", "BoldIt": "embedBoldItalic"}


def zusammensetzen(teile: dict[str, bytes], dok: Dokument) -> dict[str, bytes]:
    """All parts of the file: pandoc's body in our styles, settings, header, footer and fonts."""
    for weg in ("docProps/custom.xml", "word/comments.xml", "word/webSettings.xml", "word/fontTable.xml"):
        teile.pop(weg, None)
    dokument = re.sub(rb'descr="data:[^"]*"', b'descr=""', teile["word/document.xml"])  # pandoc repeats the address
    teile["word/document.xml"] = _letzter_abschnitt(dokument, dok)
    teile["word/numbering.xml"] = _nummern(teile["word/numbering.xml"])
    werte = _werte(dok)
    for name in ("styles", "settings"):
        teile[f"word/{name}.xml"] = _teil(f"{name}.xml", werte)
    for nr, breite in ((1, 21.0), (2, 29.7)):
        position = {"position": str(w.twip(breite - 2 * dok.stil.rand_cm))}
        teile[f"word/header{nr}.xml"] = _teil("header1.xml", werte | position)
        teile[f"word/footer{nr}.xml"] = _teil("footer1.xml", werte | position)
    schrift, bezuege = _schriften(dok.stil)
    teile |= schrift
    teile["docProps/core.xml"], teile["docProps/app.xml"] = _eigenschaften(dok)
    teile["word/_rels/document.xml.rels"] = _bezuege(teile["word/_rels/document.xml.rels"])
    teile["word/_rels/fontTable.xml.rels"] = bezuege
    teile["_rels/.rels"] = _wurzel()
    teile["[Content_Types].xml"] = _inhaltstypen(teile)
    return teile


def _teil(name: str, werte: dict[str, str]) -> bytes:
    return string.Template(vorlage("docx", name).read_text(encoding="utf-8")).substitute(werte).encode("utf-8")


def _werte(dok: Dokument) -> dict[str, str]:
    stil = dok.stil
    return {
        "schrift": h(stil.schrift),
        "farbe": stil.farbe.lstrip("#"),
        "farbe_hell": stil.farbe_hell.lstrip("#"),
        "text": stil.text.lstrip("#"),
        "grau": stil.grau.lstrip("#"),
        "groesse": str(round(stil.groesse_pt * 2)),
        "tabelle": str(round(stil.tabelle_pt * 2)),
        "stempel": h(dok.stempel),
        "kurztitel": h(dok.kurztitel or dok.titel),
        "herausgeber": h(" · ".join(t for t in (dok.herausgeber, dok.stand) if t)),
    }


def _letzter_abschnitt(dokument: bytes, dok: Dokument) -> bytes:
    text = dokument.decode("utf-8")
    ende = text.rindex("<w:sectPr")
    return (
        text[:ende]
        + w.abschnitt(quer=False, rand_cm=dok.stil.rand_cm, kopf="rIdKopf1", fuss="rIdFuss1")
        + "</w:body></w:document>"
    ).encode("utf-8")


def _nummern(teil: bytes) -> bytes:
    """pandoc's lists plus the numbering of headings (abstract definitions must come first)."""
    text = teil.decode("utf-8")
    eigene = vorlage("docx", "nummern.xml").read_text(encoding="utf-8").strip()
    stelle = text.index("<w:abstractNum ")
    text = text[:stelle] + eigene + text[stelle:]
    return text.replace(
        "</w:numbering>", '<w:num w:numId="700"><w:abstractNumId w:val="700"/></w:num></w:numbering>'
    ).encode("utf-8")


def _schriften(stil: Stil) -> tuple[dict[str, bytes], bytes]:
    """The embedded fonts (obfuscated as the standard asks), their table and its relationships."""
    teile: dict[str, bytes] = {}
    eintraege, bezuege = [], []
    dateien = schriftdateien(stil.schrift, stil.schriftordner)
    for schnitt, element in FONTS.items():
        if (datei := dateien.get(schnitt)) is None:
            continue
        daten = datei.read_bytes()
        schluessel = hashlib.sha256(daten).digest()[:16]
        text = schluessel.hex().upper()
        guid = f"{{{text[:8]}-{text[8:12]}-{text[12:16]}-{text[16:20]}-{text[20:]}}}"
        maske = schluessel[::-1] * 2
        teile[f"word/fonts/{schnitt}.odttf"] = bytes(a ^ b for a, b in zip(daten[:32], maske, strict=True)) + daten[32:]
        eintraege.append(f'<w:{element} r:id="rId{schnitt}" w:fontKey="{guid}"/>')
        bezuege.append(f'<Relationship Id="rId{schnitt}" Type="{RAHMEN}font" Target="fonts/{schnitt}.odttf"/>')
    tabelle = (
        '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
        '<w:fonts xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main" '
        f'xmlns:r="{RAHMEN[:-1]}"><w:font w:name="{h(stil.schrift)}"><w:altName w:val="Calibri"/>'
        '<w:charset w:val="00"/><w:family w:val="swiss"/><w:pitch w:val="variable"/>'
        f"{''.join(eintraege)}</w:font></w:fonts>"
    )
    teile["word/fontTable.xml"] = tabelle.encode("utf-8")
    return teile, _rels(bezuege)


def _rels(bezuege: list[str]) -> bytes:
    return (
        '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
        f'<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">{"".join(bezuege)}</Relationships>'
    ).encode()


def _bezuege(teil: bytes) -> bytes:
    vorhandene = re.findall(r"<Relationship [^>]*?/>", teil.decode("utf-8"))
    behalten = [b for b in vorhandene if not re.search(r"comments\.xml|webSettings\.xml|example\.com", b)]
    for nr in (1, 2):
        behalten.append(f'<Relationship Id="rIdKopf{nr}" Type="{RAHMEN}header" Target="header{nr}.xml"/>')
        behalten.append(f'<Relationship Id="rIdFuss{nr}" Type="{RAHMEN}footer" Target="footer{nr}.xml"/>')
    return _rels(behalten)


def _wurzel() -> bytes:
    paket = "http://schemas.openxmlformats.org/package/2006/relationships/metadata/core-properties"
    return _rels(
        [
            f'<Relationship Id="rId1" Type="{RAHMEN}officeDocument" Target="word/document.xml"/>',
            f'<Relationship Id="rId2" Type="{paket}" Target="docProps/core.xml"/>',
            f'<Relationship Id="rId3" Type="{RAHMEN}extended-properties" Target="docProps/app.xml"/>',
        ]
    )


def _eigenschaften(dok: Dokument) -> tuple[bytes, bytes]:
    zeit = datetime.fromtimestamp(dok.zeitstempel, UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
    kern = (
        '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
        '<cp:coreProperties xmlns:cp="http://schemas.openxmlformats.org/package/2006/metadata/core-properties" '
        'xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:dcterms="http://purl.org/dc/terms/" '
        'xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance">'
        f"<dc:title>{h(dok.titel)}</dc:title><dc:subject>{h(dok.untertitel)}</dc:subject>"
        f"<dc:creator>{h(dok.herausgeber)}</dc:creator><dc:language>de-DE</dc:language>"
        f'<dcterms:created xsi:type="dcterms:W3CDTF">{zeit}</dcterms:created>'
        f'<dcterms:modified xsi:type="dcterms:W3CDTF">{zeit}</dcterms:modified></cp:coreProperties>'
    )
    app = (
        '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
        '<Properties xmlns="http://schemas.openxmlformats.org/officeDocument/2006/extended-properties">'
        "<Application>sozmon</Application></Properties>"
    )
    return kern.encode("utf-8"), app.encode("utf-8")


def _inhaltstypen(teile: dict[str, bytes]) -> bytes:
    vorgaben = {
        "rels": "application/vnd.openxmlformats-package.relationships+xml",
        "xml": "application/xml",
        "png": "image/png",
        "odttf": "application/vnd.openxmlformats-officedocument.obfuscatedFont",
    }
    genaue = {
        "word/document.xml": TYP + "document.main+xml",
        "word/theme/theme1.xml": "application/vnd.openxmlformats-officedocument.theme+xml",
        "docProps/core.xml": "application/vnd.openxmlformats-package.core-properties+xml",
        "docProps/app.xml": "application/vnd.openxmlformats-officedocument.extended-properties+xml",
    }
    for name in ("styles", "settings", "numbering", "fontTable", "footnotes"):
        genaue[f"word/{name}.xml"] = f"{TYP}{name}+xml"
    for nr in (1, 2):
        genaue[f"word/header{nr}.xml"] = TYP + "header+xml"
        genaue[f"word/footer{nr}.xml"] = TYP + "footer+xml"
    eintraege = [f'<Default Extension="{e}" ContentType="{t}"/>' for e, t in vorgaben.items()]
    eintraege += [f'<Override PartName="/{n}" ContentType="{t}"/>' for n, t in genaue.items() if n in teile]
    return (
        '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
        f'<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">{"".join(eintraege)}</Types>'
    ).encode()
