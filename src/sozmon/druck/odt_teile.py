"""The parts of an ODT around its body: styles and page layouts, charts, embedded fonts, properties, manifest."""

from __future__ import annotations

import re
import string
from collections.abc import Sequence
from datetime import UTC, datetime

from sozmon.druck.escape import xml as h
from sozmon.druck.logo import bildart, ist_png
from sozmon.druck.modell import Dokument, Grafik, Stil
from sozmon.druck.number import WORT, Satz
from sozmon.druck.ressource import schriftdateien, vorlage

LOEXT = "urn:org:documentfoundation:names:experimental:office:xmlns:loext:1.0"
MIME = "application/vnd.oasis.opendocument.text"


def zusammensetzen(teile: dict[str, bytes], satz: Satz, spaltenstile: Sequence[str]) -> dict[str, bytes]:
    """All parts of the file: pandoc's body in our styles, with charts, fonts and properties."""
    dok = satz.dok
    schrift, deklaration = _schriften(dok.stil)
    werte = _werte(dok) | {"schriften": deklaration}
    inhalt = string.Template(vorlage("odt", "inhalt.xml").read_text(encoding="utf-8")).substitute(werte)
    text = teile["content.xml"].decode("utf-8")
    text = re.sub(
        r"<office:font-face-decls>.*?</office:font-face-decls>",
        f"<office:font-face-decls>{deklaration}</office:font-face-decls>",
        text,
        flags=re.S,
    )
    text = text.replace("</office:automatic-styles>", inhalt + "".join(spaltenstile) + "</office:automatic-styles>", 1)
    text = re.sub(
        r"<office:text>\s*(<text:sequence-decls>.*?</text:sequence-decls>)?",
        "<office:text>" + _FOLGEN,
        text,
        count=1,
        flags=re.S,
    )
    neu = {"mimetype": MIME.encode(), "content.xml": text.encode("utf-8")} | schrift
    styles = string.Template(vorlage("odt", "styles.xml").read_text(encoding="utf-8")).substitute(werte)
    neu["styles.xml"], neu["meta.xml"] = styles.encode("utf-8"), _meta(dok)
    for eintrag in satz.liste(Grafik):
        bild = eintrag.objekt
        assert isinstance(bild, Grafik)
        neu[f"Pictures/{bild.id}.{bildart(bild.svg)}"] = bild.svg
    if dok.stil.logo:
        neu[f"Pictures/{logoname(dok.stil.logo)}"] = dok.stil.logo
    neu["META-INF/manifest.xml"] = _manifest(neu)
    return neu


def logoname(logo: bytes) -> str:
    """File name of the logo inside the file."""
    return "logo.png" if ist_png(logo) else "logo.svg"


_FOLGEN = (
    "<text:sequence-decls>"
    + "".join(
        f'<text:sequence-decl text:display-outline-level="1" text:separation-character="." text:name="{w}"/>'
        for w in WORT.values()
    )
    + "</text:sequence-decls>"
)


def _werte(dok: Dokument) -> dict[str, str]:
    stil = dok.stil
    breite = 21.0 - 2 * stil.rand_cm
    return {
        "schrift": h(stil.schrift),
        "farbe": stil.farbe,
        "farbe_hell": stil.farbe_hell,
        "text": stil.text,
        "grau": stil.grau,
        "groesse": f"{stil.groesse_pt:g}",
        "tabelle": f"{stil.tabelle_pt:g}",
        "rand": f"{stil.rand_cm:g}",
        "satzbreite": f"{breite:.2f}",
        "verzeichnisbreite": f"{breite - 1:.2f}",
        "listenbreite": f"{breite - 2.9:.2f}",
        "querbreite": f"{29.7 - 2 * stil.rand_cm:.2f}",
        "stempel": h(dok.stempel),
        "kurztitel": h(dok.kurztitel or dok.titel),
        "herausgeber": h(" · ".join(t for t in (dok.herausgeber, dok.stand) if t)),
    }


def _schriften(eigen: Stil) -> tuple[dict[str, bytes], str]:
    """The embedded fonts and their declaration."""
    teile: dict[str, bytes] = {}
    quellen, dateien = [], schriftdateien(eigen.schrift, eigen.schriftordner)
    for schnitt, stil, gewicht in (
        ("Regular", "normal", "normal"),
        ("Bold", "normal", "bold"),
        ("It", "italic", "normal"),
        ("BoldIt", "italic", "bold"),
    ):
        datei = dateien.get(schnitt)
        if datei is not None:
            teile[f"Fonts/{datei.name}"] = datei.read_bytes()
            quellen.append(
                f'<svg:font-face-uri xlink:href="Fonts/{datei.name}" xlink:type="simple" loext:font-style="{stil}" '
                f'loext:font-weight="{gewicht}" xmlns:loext="{LOEXT}">'
                '<svg:font-face-format svg:string="truetype"/></svg:font-face-uri>'
            )
    inhalt = f"<svg:font-face-src>{''.join(quellen)}</svg:font-face-src>" if quellen else ""
    name = h(eigen.schrift)
    return teile, (
        f'<style:font-face style:name="{name}" svg:font-family="\'{name}\'" style:font-family-generic="swiss" '
        f'style:font-pitch="variable">{inhalt}</style:font-face>'
    )


def _meta(dok: Dokument) -> bytes:
    zeit = datetime.fromtimestamp(dok.zeitstempel, UTC).strftime("%Y-%m-%dT%H:%M:%S")
    return (
        '<?xml version="1.0" encoding="utf-8"?>\n'
        '<office:document-meta xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0" '
        'xmlns:meta="urn:oasis:names:tc:opendocument:xmlns:meta:1.0" xmlns:dc="http://purl.org/dc/elements/1.1/" '
        f'office:version="1.3"><office:meta><meta:generator>sozmon</meta:generator><dc:title>{h(dok.titel)}</dc:title>'
        f"<dc:subject>{h(dok.untertitel)}</dc:subject><meta:initial-creator>{h(dok.herausgeber)}</meta:initial-creator>"
        f"<dc:creator>{h(dok.herausgeber)}</dc:creator><meta:creation-date>{zeit}</meta:creation-date>"
        f"<dc:date>{zeit}</dc:date><dc:language>de-DE</dc:language></office:meta></office:document-meta>"
    ).encode()


def _manifest(teile: dict[str, bytes]) -> bytes:
    arten = {
        "xml": "text/xml",
        "svg": "image/svg+xml",
        "png": "image/png",
        "jpeg": "image/jpeg",
        "ttf": "application/x-font-ttf",
    }
    eintraege = "".join(
        f'<manifest:file-entry manifest:full-path="{n}" manifest:media-type="{arten[n.rsplit(".", 1)[1]]}"/>'
        for n in sorted(teile)
        if n != "mimetype"
    )
    return (
        '<?xml version="1.0" encoding="utf-8"?>\n'
        '<manifest:manifest xmlns:manifest="urn:oasis:names:tc:opendocument:xmlns:manifest:1.0" manifest:version="1.3">'
        f'<manifest:file-entry manifest:full-path="/" manifest:version="1.3" manifest:media-type="{MIME}"/>'
        f"{eintraege}</manifest:manifest>"
    ).encode()
