"""46 hostile strings come out verbatim in prose, bold, headings, footnotes, cells and captions, in every format."""

from __future__ import annotations

import html
import io
import re
import shutil
import subprocess
import zipfile
from html.parser import HTMLParser

import pytest
from feindlich import FEINDLICH
from muster import _bilder

from sozmon import druck, vorlage
from sozmon.druck.escape import sauber
from sozmon.druck.modell import Dokument, Grafik, Tabelle, Zeile

ORTE = ("A", "B", "C", "D", "E", "F", "G", "H")
"""Prose, bold, heading, footnote, row name, cell, table caption, figure caption."""


def marke(nr: int, ort: str, text: str) -> str:
    return f"Q{ort}{nr}Z {text} Z{ort}{nr}Q"


@pytest.fixture(scope="module")
def dokument(tmp_path_factory: pytest.TempPathFactory) -> Dokument:
    ordner = tmp_path_factory.mktemp("vorlagen")
    (ordner / "probe.md.j2").write_text(
        "# Probe\n\n{% for p in proben %}\n"
        "QA{{ p.nr }}Z {{ p.text }} ZA{{ p.nr }}Q\n\n**QB{{ p.nr }}Z {{ p.text }} ZB{{ p.nr }}Q**\n\n"
        "## QC{{ p.nr }}Z {{ p.text }} ZC{{ p.nr }}Q\n\nNote^[QD{{ p.nr }}Z {{ p.text }} ZD{{ p.nr }}Q]\n\n"
        "{{ platz(p.tab) }}{{ platz(p.abb) }}\n{% endfor %}\n",
        encoding="utf-8",
    )
    svg, png = _bilder("linie")
    objekte: dict[str, Tabelle | Grafik] = {}
    for nr, text in enumerate(FEINDLICH):
        zeile = Zeile((marke(nr, "E", text), marke(nr, "F", text)))
        objekte[f"t{nr}"] = Tabelle(f"t{nr}", marke(nr, "G", text), ("Name", "Wert"), (zeile,), "Q", ausrichtung="ll")
        objekte[f"g{nr}"] = Grafik(f"g{nr}", marke(nr, "H", text), text, svg, png, "Q", 2.0)
    proben = [{"nr": nr, "text": t, "tab": f"t{nr}", "abb": f"g{nr}"} for nr, t in enumerate(FEINDLICH)]
    markdown = vorlage.Vorlagen((ordner,)).render_vorlage("probe.md.j2", {"proben": proben}, {"platz": vorlage.platz})
    return Dokument("Titel", "", "H", "S", markdown, objekte, verzeichnisse=False, zeitstempel=1)


@pytest.fixture(scope="module")
def dateien(dokument: Dokument) -> dict[str, bytes]:
    return druck.render_alle(dokument)


def pruefe(text: str, orte: tuple[str, ...] = ORTE) -> None:
    """Every string stands between its marks; line breaks of a page count as blanks, hyphenation as nothing."""
    text = re.sub(r"\s+", " ", text.replace("\u00a0", " ").replace("\u00ad\n", ""))
    fehler = []
    for nr, roh in enumerate(FEINDLICH):
        soll = re.sub(r"\s+", " ", sauber(roh))
        for ort in orte:
            treffer = re.search(rf"Q{ort}{nr}Z ?(.*?) ?Z{ort}{nr}Q", text)
            ist = treffer[1] if treffer else None
            if ist != soll:
                fehler.append((ort, nr, soll, ist))
    assert not fehler, f"{len(fehler)}: {fehler[:8]}"


def test_zahl() -> None:
    assert len(set(FEINDLICH)) == 46


class _Leser(HTMLParser):
    """Tags, attribute names and the text of <main>, as a browser would see them."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.tags: set[str] = set()
        self.attribute: set[str] = set()
        self.alt: list[str] = []
        self.ziele: list[str] = []
        self.text: list[str] = []
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.add(tag)
        self.attribute |= {name for name, _ in attrs}
        self.alt += [w or "" for n, w in attrs if n == "alt"]
        self.ziele += [w or "" for n, w in attrs if n in ("href", "src")]

    def handle_data(self, data: str) -> None:
        self.text.append(data)


def test_html(dateien: dict[str, bytes]) -> None:
    text = dateien["html"].decode("utf-8")
    leser = _Leser(text[text.index("<main") :])
    pruefe("".join(leser.text))
    assert not leser.tags & {"script", "iframe", "object", "embed", "link", "style", "form", "svg"}
    assert not {a for a in leser.attribute if a.startswith("on") or a == "klasse"}
    assert leser.alt == [sauber(t) for t in FEINDLICH]
    assert all(z.startswith(("#", "data:image/svg+xml;base64,")) for z in leser.ziele)


def _xml_text(datei: bytes, teile: tuple[str, ...]) -> str:
    with zipfile.ZipFile(io.BytesIO(datei)) as archiv:
        roh = " ".join(archiv.read(t).decode("utf-8") for t in teile)
    roh = re.sub(r"<text:s( [^>]*)?/>", " ", roh)
    return html.unescape(re.sub(r"<[^>]*>", "", re.sub(r"</(w|text):p>", " ", roh)))


def test_docx(dateien: dict[str, bytes]) -> None:
    pruefe(_xml_text(dateien["docx"], ("word/document.xml", "word/footnotes.xml")))


def test_docx_hat_nur_unsere_felder(dateien: dict[str, bytes]) -> None:
    with zipfile.ZipFile(io.BytesIO(dateien["docx"])) as archiv:
        xml = archiv.read("word/document.xml").decode("utf-8")
        bezuege = archiv.read("word/_rels/document.xml.rels").decode("utf-8")
    felder = {f.split()[0] for f in re.findall(r"<w:instrText[^>]*>([^<]*)<", xml)}
    assert felder <= {"TOC", "SEQ", "STYLEREF", "PAGEREF"}
    assert "External" not in bezuege


def test_odt(dateien: dict[str, bytes]) -> None:
    pruefe(_xml_text(dateien["odt"], ("content.xml",)))


@pytest.mark.skipif(shutil.which("pdftotext") is None, reason="pdftotext (poppler-utils) fehlt")
def test_pdf(dateien: dict[str, bytes]) -> None:
    lauf = subprocess.run(["pdftotext", "-", "-"], input=dateien["pdf"], capture_output=True, check=True)
    pruefe(lauf.stdout.decode("utf-8"))
