"""HTML pages with tables, as old portals export them (also under names like ``.xls``) → grids.

Every table without a table inside becomes a sheet „Tabelle 1“, „Tabelle 2“ …; what stands around them becomes the sheet
„Seite“, because title, year and Raum of such a table are there. Whether the page is read at all decides a Quelle: a
page that none recognises is refused as what it is.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import TYPE_CHECKING, Any

from sozmon.dateien import AblehnungError, Rohdatei, bombe, html_seite, unvollstaendig
from sozmon.model import Meldung
from sozmon.quellen.csvtext import MAX_FELD, dekodiere
from sozmon.quellen.gitter import Blatt, Zelle

if TYPE_CHECKING:
    from lxml.html import HtmlElement

SEITE = "Seite"
"""Name of the sheet that holds the texts around the tables."""
MAX_HTML = 20 * 1024 * 1024
"""Largest page; the offices' largest have about 2 MB."""
MAX_FELDER = 500_000
"""Most cells of a page, spans counted as they are drawn."""

_LEER = re.compile(r"[ \t\r\n\f]+")
"""What HTML folds to one blank; a non-breaking one stays: it may group the digits of a number."""

Spanne = tuple[int, int, int, int]

_STUMM = ("script", "style", "noscript", "template", "select", "option", "svg")
"""Elements whose text nobody sees, or of which only a part is chosen."""
_UMBRUCH = frozenset(
    (
        *("p", "div", "br", "li", "tr", "td", "th", "table", "ul", "ol", "dl", "dt", "dd", "hr", "form", "section"),
        *("article", "caption", "h1", "h2", "h3", "h4", "h5", "h6"),
    )
)
"""Elements at which a browser begins a new line."""


def read_html(datei: Rohdatei, rueckfall: str = "cp1252") -> tuple[list[Blatt], list[Meldung]]:
    """Sheets of the page, „Seite“ first; AblehnungError when it holds no table or is no page that can be read."""
    if datei.groesse > MAX_HTML:
        raise AblehnungError(
            "zu_gross",
            f"Die HTML-Seite „{datei.name}“ ist größer als {MAX_HTML >> 20} MB.",
            abhilfe="Die Tabelle beim Amt als XLSX oder CSV holen.",
        )
    text, meldungen = dekodiere(datei.pfad.read_bytes(), datei.name, rueckfall)
    _check_vollstaendig(text, datei)
    wurzel = _baum(text, datei)
    tabellen = [t for t in wurzel.iter("table") if t.find(".//table") is None] if wurzel is not None else []
    if wurzel is None or not tabellen:
        raise html_seite(datei.name)
    frei = MAX_FELDER
    blaetter = []
    for nummer, tabelle in enumerate(tabellen, 1):
        zeilen, verbunden, frei = _gitter(tabelle, frei, datei.name)
        verborgen = frozenset(z for z, tr in enumerate(tabelle.iter("tr")) if _ist_verborgen(tr))
        blaetter.append(
            Blatt(f"Tabelle {nummer}", zeilen, "html", verborgene_zeilen=verborgen, verbunden=tuple(verbunden))
        )
    return [Blatt(SEITE, [[t] for t in _seitentexte(wurzel, tabellen)], "html"), *blaetter], meldungen


def _check_vollstaendig(text: str, datei: Rohdatei) -> None:
    """A page that breaks off inside of a table would only have fewer rows."""
    sichtbar = re.sub(r"(?is)<!--.*?-->|<script\b.*?</script\s*>", "", text).lower()
    if len(re.findall(r"<table\b", sichtbar)) > len(re.findall(r"</table\b", sichtbar)):
        raise AblehnungError(
            "unvollstaendig",
            f"„{datei.name}“ ist unvollständig.",
            grund="Die HTML-Seite hört mitten in einer Tabelle auf.",
            abhilfe="Die Seite noch einmal speichern; bleibt es so, sie in Excel öffnen und als .xlsx sichern.",
        )


def _baum(text: str, datei: Rohdatei) -> HtmlElement | None:
    """The parsed page: no network, no entities but those of HTML, no huge trees; None when nothing is left."""
    from lxml import etree, html

    leser = html.HTMLParser(no_network=True, huge_tree=False, remove_comments=True, remove_pis=True, encoding="utf-8")
    try:
        wurzel = html.document_fromstring(text.encode(), parser=leser)
    except (etree.ParserError, etree.XMLSyntaxError):
        return None
    if any(f.level == etree.ErrorLevels.FATAL for f in leser.error_log):  # a limit ended the reading
        raise unvollstaendig(datei.name, datei.groesse)
    for element in list(wurzel.iter()):
        if (element.tag in _STUMM or _ist_unsichtbar(element)) and element.getparent() is not None:
            element.drop_tree()
    return wurzel


def _ist_verborgen(element: HtmlElement) -> bool:
    stil = element.get("style") or ""
    return element.get("hidden") is not None or bool(
        re.search(r"display\s*:\s*none|visibility\s*:\s*hidden", stil, re.I)
    )


def _ist_unsichtbar(element: HtmlElement) -> bool:
    """Hidden text inside of a cell (keys for sorting) is not its text; a hidden row stays and is reported."""
    return element.tag != "tr" and _ist_verborgen(element)


def _gitter(tabelle: HtmlElement, frei: int, name: str) -> tuple[list[list[Zelle]], list[Spanne], int]:
    """Rows of cells; a cell over several columns or rows holds its text once, at its upper left, as in Excel."""
    zeilen: list[list[Zelle]] = []
    verbunden: list[Spanne] = []
    belegt: dict[int, int] = {}  # column → rows below that a cell from above still covers
    for tr in tabelle.iter("tr"):
        zeile: list[Zelle] = []
        naechste = {s: n - 1 for s, n in belegt.items() if n > 1}
        spalte = 0
        for zelle in (k for k in tr if k.tag in ("td", "th")):
            while belegt.get(spalte):
                spalte += 1
            breite, hoehe = _spanne(zelle, "colspan", 1000), _spanne(zelle, "rowspan", 65_534)
            frei -= breite
            if frei < 0 or spalte + breite > MAX_FELDER:
                raise bombe(name)
            zeile += [""] * (spalte - len(zeile)) + [_text(zelle, name)] + [""] * (breite - 1)
            if hoehe > 1 or breite > 1:
                verbunden.append((len(zeilen), spalte, len(zeilen) + hoehe - 1, spalte + breite - 1))
            if hoehe > 1:
                naechste.update(dict.fromkeys(range(spalte, spalte + breite), hoehe - 1))
            spalte += breite
        belegt = naechste
        while zeile and zeile[-1] == "":
            zeile.pop()
        zeilen.append(zeile)
        frei -= len(belegt) + 1
        if frei < 0:
            raise bombe(name)
    while zeilen and not zeilen[-1]:
        zeilen.pop()
    return zeilen, verbunden, frei


def _spanne(zelle: HtmlElement, art: str, hoechstens: int) -> int:
    """The span as browsers take it: 1 where it is no number, at most what HTML allows."""
    text = (zelle.get(art) or "").strip()
    return min(max(int(text), 1), hoechstens) if text.isascii() and text.isdecimal() and len(text) < 9 else 1


def _text(element: HtmlElement, name: str) -> str:
    """Visible text with blanks where the browser breaks the line."""
    text = " ".join(_saetze(element)).replace("\xad", "")
    if len(text) > MAX_FELD:
        raise AblehnungError(
            "feld_zu_lang",
            f"In „{name}“ ist eine Zelle länger als {MAX_FELD // 1024} kB.",
            abhilfe="Die Tabelle beim Amt als XLSX oder CSV holen.",
        )
    return text


def _saetze(element: HtmlElement) -> list[str]:
    """Texts of an element, one per drawn line, blanks folded; text beside inline elements stays together."""
    stuecke: list[str] = []
    for ereignis, kind in _lauf(element):
        if kind.tag in _UMBRUCH:
            stuecke.append("\n")
        elif kind.tag in ("sup", "sub"):
            stuecke.append(" ")  # a footnote is no digit of the number before it
        text = kind.text if ereignis == "start" else kind.tail if kind is not element else None
        stuecke.append(_LEER.sub(" ", text or ""))
    return [s for zeile in "".join(stuecke).split("\n") if (s := _LEER.sub(" ", zeile).strip())]


def _lauf(element: HtmlElement) -> Iterable[tuple[str, Any]]:
    from lxml import etree

    lauf: Iterable[tuple[str, Any]] = etree.iterwalk(element, events=("start", "end"))
    return lauf


def _seitentexte(wurzel: HtmlElement, tabellen: list[HtmlElement]) -> list[str]:
    """Title and texts of the page outside of its tables, line by line."""
    titel = _LEER.sub(" ", wurzel.findtext(".//title") or "").strip()
    for tabelle in tabellen:
        ende = tabelle.tail
        tabelle.clear()
        tabelle.tail = ende
    for kopf in list(wurzel.iter("head")):
        kopf.drop_tree()
    return list(dict.fromkeys([*([titel] if titel else []), *_saetze(wurzel)]))
