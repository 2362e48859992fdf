"""DOCX for Word and LibreOffice: prose by pandoc's writer; title page, lists, tables, captions and sections by us.

pandoc's reference document is not used: after the run our own styles, settings, header, footer and fonts take
the place of its parts. Headings carry Word's own numbering, captions are SEQ fields, so a colleague can go on
writing; every field has its result filled in, so nothing asks to be updated on opening.
"""

from __future__ import annotations

import hashlib
import re
import string
from datetime import UTC, datetime
from pathlib import Path

from sozmon.druck import wordml as w
from sozmon.druck.breiten import masse
from sozmon.druck.escape import xml as h
from sozmon.druck.modell import Dokument, Grafik, Tabelle
from sozmon.druck.number import VERZEICHNIS, WORT, Eintrag, Satz, parse_dokument
from sozmon.druck.opc import read_teile, render_zip
from sozmon.druck.pandoc import render_baum
from sozmon.druck.ressource import schriften, vorlage
from sozmon.druck.tree import Node, attr, inlines, node, raw_block, rewrite
from sozmon.plattform import temp_ordner

RAHMEN = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/"
TYP = "application/vnd.openxmlformats-officedocument.wordprocessingml."
DIVSTILE = {"hinweis": "Hinweis", "fehlt": "Fehlt"}
FONTS = {"Regular": "embedRegular", "Bold": "embedBold", "It": "embedItalic", "BoldIt": "embedBoldItalic"}


def render_docx(dok: Dokument) -> bytes:
    """The document as DOCX."""
    return docx_aus(parse_dokument(dok))


def docx_aus(satz: Satz) -> bytes:
    """DOCX of a parsed document."""
    return render_zip(_zusammensetzen(_pandoc_teile(satz), satz), zuerst="[Content_Types].xml")


# --- body --------------------------------------------------------------------------------------------------


class _Schreiber:
    """Turns a Satz into blocks for pandoc; bookmarks are short because Word cuts names at 40 characters."""

    def __init__(self, satz: Satz) -> None:
        self.satz, self.dok = satz, satz.dok
        ids = [k.id for k in satz.ueberschriften] + list(satz.eintraege)
        self.marken = {kennung: f"ziel{nr}" for nr, kennung in enumerate(ids, 1)}
        self.breite_cm = 21.0 - 2 * self.dok.stil.rand_cm

    def bloecke(self) -> list[Node]:
        """The whole body."""
        koerper = [b for block in self.satz.bloecke for b in self._block(block)]
        return [raw_block("openxml", self._titelblatt() + self._verzeichnisse()), *rewrite(koerper, self._innen)]

    def _block(self, block: Node) -> list[Node]:
        if block["t"] == "Platz":
            eintrag = self.satz.eintraege[block["c"]]
            return (
                [raw_block("openxml", self._tabelle(eintrag))]
                if isinstance(eintrag.objekt, Tabelle)
                else self._grafik(eintrag)
            )
        if block["t"] == "Header":
            return [self._ueberschrift(block)]
        return [block]

    def _innen(self, knoten: Node) -> list[Node] | None:
        if knoten["t"] == "Link" and knoten["c"][2][0].startswith("#"):
            knoten["c"][2][0] = "#" + self.marken[knoten["c"][2][0][1:]]
        elif knoten["t"] == "Div" and not dict(knoten["c"][0][2]).get("custom-style"):
            stil = next((DIVSTILE[k] for k in knoten["c"][0][1] if k in DIVSTILE), "")
            return [node("Div", attr(custom_style=stil), knoten["c"][1])] if stil else list(knoten["c"][1])
        return None

    def _ueberschrift(self, block: Node) -> Node:
        ebene, (kennung, _, paare), text = block["c"]
        marke = self.marken[kennung]
        if dict(paare)["nummer"]:
            return node("Header", ebene, attr(marke), text)
        stil = "Kapitel ohne Nummer" if ebene == 1 else "Abschnitt ohne Nummer"
        return node("Div", attr(custom_style=stil), [node("Para", [node("Span", attr(marke), text)])])

    def _titelblatt(self) -> str:
        dok = self.dok
        stand = w.lauf(dok.stand) + w.TAB + w.lauf(dok.datum)
        ende = w.abschnitt(quer=False, rand_cm=dok.stil.rand_cm)
        return "".join(
            [
                w.absatz("Herausgeber", w.lauf(dok.herausgeber)),
                w.absatz("Title", w.lauf(dok.titel)),
                w.absatz("Subtitle", w.lauf(dok.untertitel)),
                w.absatz("Stempel", w.lauf(dok.stempel)) if dok.stempel else "",
                w.absatz("Stand", stand),
                w.absatz("Abschnittswechsel", "", ende),
            ]
        )

    def _verzeichnisse(self) -> str:
        koepfe = [k for k in self.satz.ueberschriften if k.ebene <= 2]
        zeilen = [w.verzeichniszeile(self.marken[k.id], k.nummer, k.text) for k in koepfe]
        teile = [
            self._verzeichnis("Inhaltsverzeichnis", [f"TOC{k.ebene}" for k in koepfe], r'TOC \o "1-2" \h \z \u', zeilen)
        ]
        if self.dok.verzeichnisse:
            for art in (Tabelle, Grafik):
                eintraege = self.satz.liste(art)
                zeilen = [w.verzeichniszeile(self.marken[e.objekt.id], e.name, e.objekt.titel) for e in eintraege]
                anweisung = f'TOC \\h \\z \\c "{WORT[art]}"'
                teile.append(
                    self._verzeichnis(
                        VERZEICHNIS[art],
                        ["TableofFigures"] * len(zeilen),
                        anweisung,
                        zeilen,
                    )
                )
        return "".join(teile)

    def _verzeichnis(self, titel: str, stile: list[str], anweisung: str, zeilen: list[str]) -> str:
        if not zeilen:
            return ""
        return w.absatz("TOCHeading", w.lauf(titel)) + w.verzeichnis(stile, anweisung, zeilen)

    # --- tables and figures

    def _titel(self, eintrag: Eintrag) -> str:
        wort, (kapitel, _, laufend) = WORT[type(eintrag.objekt)], eintrag.nummer.partition(".")
        stil = w.zeichenstil("Nummer")
        nummer = (
            w.lauf(wort + "\u00a0", stil)
            + (w.feld(r"STYLEREF 1 \s", kapitel, stil) if kapitel != "0" else w.lauf(kapitel, stil))
            + w.lauf(".", stil)
            + w.feld(f"SEQ {wort} \\* ARABIC \\s 1", laufend, stil)
        )
        marke = self.marken[eintrag.objekt.id]
        text = w.textmarke(marke, 9000 + int(marke[4:]), nummer) + w.ABSTAND + w.lauf(eintrag.objekt.titel)
        return w.absatz("Caption", text)

    def _unter(self, objekt: Tabelle | Grafik, abschluss: str = "") -> str:
        zeilen = [*objekt.fussnoten, *([f"Quelle: {objekt.quelle}"] if objekt.quelle else [])] or [""]
        letzte = len(zeilen) - 1
        return "".join(
            w.absatz(
                "QuelleEnde" if nr == letzte else "Quelle", w.lauf(z), abschluss if nr == letzte else "<w:keepNext/>"
            )
            for nr, z in enumerate(zeilen)
        )

    def _tabelle(self, eintrag: Eintrag) -> str:
        tab, stil = eintrag.objekt, self.dok.stil
        assert isinstance(tab, Tabelle)
        groesse = masse(tab, stil)
        inhalt = w.tabelle(tab, groesse.anteile, groesse.breite_cm, stil.farbe_hell.lstrip("#"))
        if not groesse.quer:
            return self._titel(eintrag) + inhalt + self._unter(tab)
        hoch = w.abschnitt(quer=False, rand_cm=stil.rand_cm, kopf="rIdKopf1", fuss="rIdFuss1")
        quer = w.abschnitt(quer=True, rand_cm=stil.rand_cm, kopf="rIdKopf2", fuss="rIdFuss2")
        return w.absatz("Abschnittswechsel", "", hoch) + self._titel(eintrag) + inhalt + self._unter(tab, quer)

    def _grafik(self, eintrag: Eintrag) -> list[Node]:
        bild = eintrag.objekt
        assert isinstance(bild, Grafik)
        breite = f"{min(bild.breite_cm, self.breite_cm):.2f}cm"
        inhalt = node("Image", attr(width=breite), inlines(bild.alt), [f"{bild.id}.png", ""])
        return [
            raw_block("openxml", self._titel(eintrag)),
            node("Div", attr(custom_style="Abbildung"), [node("Para", [inhalt])]),
            raw_block("openxml", self._unter(bild)),
        ]


def _pandoc_teile(satz: Satz) -> dict[str, bytes]:
    with temp_ordner() as ordner:
        for eintrag in satz.liste(Grafik):
            bild = eintrag.objekt
            assert isinstance(bild, Grafik)
            (Path(ordner) / f"{bild.id}.png").write_bytes(bild.png)
        argumente = ["-t", "docx", "-o", "-", f"--resource-path={ordner}"]
        datei = render_baum(_Schreiber(satz).bloecke(), satz.api, argumente, zeitstempel=satz.dok.zeitstempel)
    return read_teile(datei)


# --- the parts around it -----------------------------------------------------------------------------------


def _zusammensetzen(teile: dict[str, bytes], satz: Satz) -> dict[str, bytes]:
    dok = satz.dok
    for weg in ("docProps/custom.xml", "word/comments.xml", "word/webSettings.xml", "word/fontTable.xml"):
        teile.pop(weg, None)
    teile["word/document.xml"] = _letzter_abschnitt(teile["word/document.xml"], dok)
    teile["word/numbering.xml"] = _nummern(teile["word/numbering.xml"])
    werte = _werte(dok)
    for name in ("styles", "settings"):
        teile[f"word/{name}.xml"] = _teil(f"{name}.xml", werte)
    for nr, breite in ((1, 21.0), (2, 29.7)):
        position = {"position": str(w.twip(breite - 2 * dok.stil.rand_cm))}
        teile[f"word/header{nr}.xml"] = _teil("header1.xml", werte | position)
        teile[f"word/footer{nr}.xml"] = _teil("footer1.xml", werte | position)
    schrift, bezuege = _schriften(dok.stil.schrift)
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


def _schriften(familie: str) -> tuple[dict[str, bytes], bytes]:
    """The embedded fonts (obfuscated as the standard asks), their table and its relationships."""
    teile: dict[str, bytes] = {}
    eintraege, bezuege = [], []
    for schnitt, element in FONTS.items():
        datei = schriften() / f"{familie.replace(' ', '')}-{schnitt}.ttf"
        if not datei.is_file():
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
        f'xmlns:r="{RAHMEN[:-1]}"><w:font w:name="{h(familie)}"><w:altName w:val="Calibri"/><w:charset w:val="00"/>'
        f'<w:family w:val="swiss"/><w:pitch w:val="variable"/>{"".join(eintraege)}</w:font></w:fonts>'
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
