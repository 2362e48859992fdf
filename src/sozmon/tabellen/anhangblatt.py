"""One sheet of the annex: cells, formats, widths and the printed page."""

from __future__ import annotations

import math
import re
import textwrap
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from sozmon.druck.modell import Stil, Zeile
from sozmon.tabellen.excel import FORMELZEICHEN, gekuerzt
from sozmon.zahlen import Zahl

KOPFZEILE = 4
"""Row of the head (0-based): title, document and stamp stand above it on every sheet."""
SCHRIFT, SCHRIFT_PT = "Arial", 10.0
"""A family that every office PC has; widths and heights are reckoned with it."""
MITTEL = 0.92
"""Mean width of a letter in a text, as a share of that of a figure (the unit of a column's width)."""
BREITE_MINDESTENS = 90.0
"""Notes below a narrow table run over more columns than it has, up to this width in characters."""
QUER_BIS_ZEILEN = 22
SCHMAL, BREIT, RAUM, NORMAL = 10.0, 60.0, 45.0, 8.43
_GEDRUCKT = re.compile(r"([+\N{MINUS SIGN}]?)[0-9.]+(?:,([0-9]+))?(.*)", re.DOTALL)


@dataclass(frozen=True, slots=True)
class Blatt:
    """A table as a sheet. ``links``: which columns hold texts; ``unten``: notes; ``quelle``: after 'Quelle: '."""

    titel: str
    kopf: tuple[str, ...]
    zeilen: tuple[Zeile, ...]
    links: tuple[bool, ...]
    unten: tuple[str, ...] = ()
    quelle: str = ""


class Formate:
    """Cell formats of a workbook, each made once."""

    def __init__(self, mappe: Any, stil: Stil) -> None:
        self._mappe, self._stil, self._vorrat = mappe, stil, dict[tuple[object, ...], Any]()
        umbruch = {"text_wrap": True, "valign": "top"}
        self.haupttitel = mappe.add_format({"bold": True, "font_size": 16, "font_color": stil.farbe, **umbruch})
        self.titel = mappe.add_format({"bold": True, "font_size": 12, "font_color": stil.farbe, **umbruch})
        self.absatz = mappe.add_format(umbruch)
        self.klein = mappe.add_format({"font_size": 9, "font_color": stil.grau, **umbruch})
        self.stempel = mappe.add_format({"bold": True, "font_color": "#a11d1d", **umbruch})
        self.verweis = mappe.add_format({"underline": 1, "font_color": stil.farbe, "valign": "top"})

    def kopf(self, links: bool) -> Any:
        """The head row: as the column below it stands."""
        angaben = {"bold": True, "bottom": 1, "text_wrap": True, "valign": "bottom", "bg_color": self._stil.farbe_hell}
        return self._hole({**angaben, "align": "left" if links else "right"})

    def zelle(self, muster: str, *, links: bool, art: str = "wert", formel: bool = False) -> Any:
        """muster: number format, '@' = text; formel: a text that looks like one and must never become one."""
        angaben: dict[str, Any] = {"num_format": muster, "align": "left" if links else "right", "valign": "top"}
        angaben |= {"text_wrap": True} if links else {}
        angaben |= {"quote_prefix": True} if formel else {}
        angaben |= {"bold": True, "top": 1} if art == "summe" else {}
        angaben |= {"bold": True, "bg_color": self._stil.farbe_hell, "text_wrap": False} if art == "gruppe" else {}
        return self._hole(angaben)

    def _hole(self, angaben: dict[str, Any]) -> Any:
        schluessel = tuple(sorted(angaben.items()))
        if schluessel not in self._vorrat:
            self._vorrat[schluessel] = self._mappe.add_format(angaben)
        return self._vorrat[schluessel]


def write_blatt(seite: Any, blatt: Blatt, f: Formate, dokument: tuple[str, str]) -> None:
    """Fill a sheet. dokument: (what report and Datenstand it belongs to, stamp or '')."""
    breiten = _breiten(blatt)
    for spalte, breite in enumerate(breiten):
        seite.set_column(spalte, spalte, breite)
    platz = blattbreite(breiten)
    write_absatz(seite, 0, blatt.titel, f.titel, platz)
    write_absatz(seite, 1, dokument[0], f.klein, platz)
    if dokument[1]:
        write_absatz(seite, 2, dokument[1], f.stempel, platz)
    seite.set_row(KOPFZEILE, _hoehe(blatt.kopf, breiten))
    for spalte, text in enumerate(blatt.kopf):
        seite.write_string(KOPFZEILE, spalte, gekuerzt(text), f.kopf(blatt.links[spalte]))
    for reihe, zeile in enumerate(blatt.zeilen, KOPFZEILE + 1):
        _write_zeile(seite, reihe, zeile, blatt, f)
        seite.set_row(reihe, _hoehe(zeile.zellen if zeile.art != "gruppe" else (), [b / MITTEL for b in breiten]))
    reihe = KOPFZEILE + len(blatt.zeilen) + 2
    for text in (*blatt.unten, *([f"Quelle: {blatt.quelle}"] if blatt.quelle else [])):
        reihe = write_absatz(seite, reihe, text, f.klein, platz)
    seite.print_area(0, 0, reihe - 1, platz[0])
    seite.write_url(reihe + 1, 0, "internal:'Inhalt'!A1", f.verweis, "Zum Inhalt")
    seite.freeze_panes(KOPFZEILE + 1, 1)
    seite.repeat_rows(KOPFZEILE)


def _write_zeile(seite: Any, reihe: int, zeile: Zeile, blatt: Blatt, f: Formate) -> None:
    for spalte in range(len(blatt.kopf)):
        text = zeile.zellen[spalte] if spalte < len(zeile.zellen) else ""
        links = blatt.links[spalte]
        if zeile.art == "gruppe" and spalte:
            seite.write_blank(reihe, spalte, None, f.zelle("@", links=links, art="gruppe"))
        elif isinstance(text, Zahl):
            seite.write_number(reihe, spalte, text.wert, f.zelle(zahlformat(text), links=False, art=zeile.art))
        else:
            formel = text.startswith(FORMELZEICHEN)
            seite.write_string(reihe, spalte, gekuerzt(text), f.zelle("@", links=links, art=zeile.art, formel=formel))


def zahlformat(zahl: Zahl) -> str:
    """Number format that shows a number as it is printed: its decimals, a plus, and the marks behind it.

    '1.234,5p¹' → '#,##0.0"p¹"'; what was rounded to zero has no sign in print and gets none here.
    """
    treffer = _GEDRUCKT.fullmatch(zahl)
    if treffer is None:
        return "General"
    vorzeichen, stellen, marken = treffer.groups()
    muster = "#,##0" + (f".{'0' * len(stellen)}" if stellen else "")
    if marken:
        muster += '"' + marken.replace('"', "") + '"'
    if vorzeichen == "+":
        return f"+{muster};-{muster}"
    return f"{muster};{muster}" if zahl.wert < 0 and not vorzeichen else muster


def _hoehe(texte: Sequence[str], breiten: Sequence[float]) -> float:
    """Height of a row in points: of its cell with most lines (LibreOffice does not measure them)."""
    zeilen = (textwrap.wrap(text, max(4, int(breite - 1))) for text, breite in zip(texte, breiten, strict=False))
    return max([1, *map(len, zeilen)]) * SCHRIFT_PT * 1.3 + 1


def _breiten(blatt: Blatt) -> list[float]:
    """Width of every column in characters, from its longest value and a head of up to three lines."""
    breiten = []
    for spalte, kopf in enumerate(blatt.kopf):
        texte = [z.zellen[spalte] for z in blatt.zeilen if z.art != "gruppe" and spalte < len(z.zellen)]
        laengste = max((len(t) for t in texte), default=0)
        hoechstens = RAUM if spalte == 0 and not all(blatt.links) else BREIT
        wort = max((len(w) for w in kopf.split(" ")), default=0)
        breiten.append(min(max(laengste, wort, math.ceil(len(kopf) / 3), SCHMAL - 2), hoechstens) + 3.0)
    return breiten


def blattbreite(breiten: Sequence[float]) -> tuple[int, float]:
    """(last column, width in characters) that titles and notes run over: the table, and more where it is narrow."""
    mehr = max(0, math.ceil((BREITE_MINDESTENS - sum(breiten)) / NORMAL))
    return len(breiten) - 1 + mehr, sum(breiten) + mehr * NORMAL


def write_absatz(seite: Any, reihe: int, text: str, format: Any, platz: tuple[int, float]) -> int:
    """A text over the width of the sheet, high enough for all its lines (a spreadsheet does not measure merged cells);
    returns the next row.
    """
    letzte, breite = platz
    punkte = float(format.font_size)
    zeilen = sum(max(1, math.ceil(len(absatz) * punkte / SCHRIFT_PT * MITTEL / breite)) for absatz in text.split("\n"))
    seite.merge_range(reihe, 0, reihe, letzte, "", format)
    seite.write_string(reihe, 0, gekuerzt(text), format)
    seite.set_row(reihe, zeilen * punkte * 1.35 + 2)
    return reihe + 1


def ist_hoch(blatt: Blatt) -> bool:
    """True for a long and narrow table: upright it stands on one page instead of two."""
    return sum(_breiten(blatt)) <= BREITE_MINDESTENS and len(blatt.zeilen) > QUER_BIS_ZEILEN


def write_seite(seite: Any, kopf: str, stempel: str, *, hoch: bool = False) -> None:
    """A4 landscape (hoch: upright), as wide as the page, with title, stamp, sheet and page number on each."""
    if not hoch:
        seite.set_landscape()
    seite.set_paper(9)
    seite.fit_to_pages(1, 0)
    seite.set_margins(left=0.6, right=0.6, top=0.8, bottom=0.7)
    links, rechts = (t[:110].replace("&", "&&") for t in (kopf, stempel))
    seite.set_header(f"&L{links}&R{rechts}")
    seite.set_footer("&L&A&RSeite &P von &N")
    seite.ignore_errors({"number_stored_as_text": "A1:XFD1048576"})
