"""The annex of a report as a workbook: one sheet per printed table and per chart, native numbers, sources, signs."""

from __future__ import annotations

import io
import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from sozmon.druck.modell import Dokument, Grafik, Tabelle, Zeile
from sozmon.model import ZEICHEN_BEDEUTUNG
from sozmon.zahlen import Zahl

Objekt = tuple[str, Tabelle | Grafik]
"""(printed name like 'Tabelle 2.3', what it names)."""
SICHER = {"strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}


@dataclass(frozen=True, slots=True)
class _Blatt:
    """One sheet: head, rows, and what stands around them."""

    name: str
    titel: str
    kopf: tuple[str, ...]
    zeilen: tuple[Zeile, ...]
    unten: tuple[str, ...]


def render_anhang(dok: Dokument, objekte: Sequence[Objekt]) -> bytes:
    """XLSX; the same document gives the same bytes. Text cells stay text: nothing becomes a formula or a link."""
    from datetime import UTC, datetime

    import xlsxwriter

    puffer = io.BytesIO()
    mappe = xlsxwriter.Workbook(puffer, {"in_memory": True, **SICHER})
    zeit = datetime.fromtimestamp(dok.zeitstempel, UTC).replace(tzinfo=None)
    mappe.set_properties(
        {
            "title": f"{dok.titel} – Tabellenanhang",
            "author": dok.herausgeber,
            "created": max(zeit, datetime(1980, 1, 2)),
        }
    )
    formate = _Formate(mappe, dok.stil.farbe_hell)
    blaetter = [b for name, objekt in objekte if (b := _blatt(name, objekt)) is not None]
    _write_inhalt(mappe.add_worksheet("Inhalt"), dok, blaetter, formate)
    for blatt in blaetter:
        _write_blatt(mappe.add_worksheet(blatt.name), blatt, formate)
    zeichen = tuple(Zeile((z, text)) for z, text in ZEICHEN_BEDEUTUNG.items())
    _write_blatt(
        mappe.add_worksheet("Zeichen"),
        _Blatt("Zeichen", "Zeichenerklärung", ("Zeichen", "Bedeutung"), zeichen, ()),
        formate,
    )
    mappe.close()
    return puffer.getvalue()


def _blatt(name: str, objekt: Tabelle | Grafik) -> _Blatt | None:
    kurz = name.replace("Tabelle", "Tab").replace("Abbildung", "Abb").replace("\u00a0", " ")
    unten = (*objekt.fussnoten, *([f"Quelle: {objekt.quelle}"] if objekt.quelle else []))
    titel = f"{name}: {objekt.titel}".replace("\u00a0", " ")
    if isinstance(objekt, Tabelle):
        return _Blatt(kurz, titel, objekt.kopf, objekt.zeilen, unten)
    if len(objekt.daten) < 2:
        return None
    return _Blatt(kurz, titel, objekt.daten[0], tuple(Zeile(z) for z in objekt.daten[1:]), unten)


class _Formate:
    """Cell formats of the workbook, each made once."""

    def __init__(self, mappe: Any, farbe_hell: str) -> None:
        self.mappe, self.vorrat = mappe, dict[tuple[Any, ...], Any]()
        self.kopf = mappe.add_format(
            {"bold": True, "bottom": 1, "text_wrap": True, "valign": "bottom", "bg_color": farbe_hell}
        )
        self.titel = mappe.add_format({"bold": True, "font_size": 12})
        self.gruppe = mappe.add_format({"bold": True, "bg_color": farbe_hell})
        self.klein = mappe.add_format({"font_size": 9, "font_color": "#595959"})
        self.rot = mappe.add_format({"bold": True, "font_color": "#a11d1d"})
        self.link = mappe.add_format({"underline": 1, "font_color": "#1f4e79"})

    def zelle(self, muster: str, summe: bool, rechts: bool) -> Any:
        """Number format ('@' = text), bold with a line above for sums."""
        key = (muster, summe, rechts)
        if key not in self.vorrat:
            angaben: dict[str, Any] = {"num_format": muster}
            angaben |= {"bold": True, "top": 1} if summe else {}
            angaben |= {"align": "right"} if rechts else {}
            self.vorrat[key] = self.mappe.add_format(angaben)
        return self.vorrat[key]


def _write_inhalt(seite: Any, dok: Dokument, blaetter: Sequence[_Blatt], f: _Formate) -> None:
    kopf = [(dok.titel, f.titel), (dok.untertitel, None), (f"{dok.herausgeber} · {dok.stand}", f.klein)]
    kopf += [(dok.stempel, f.rot)] if dok.stempel else []
    for nr, (text, form) in enumerate(kopf):
        seite.write_string(nr, 0, text, form)
    start = len(kopf) + 1
    for nr, blatt in enumerate(blaetter):
        seite.write_url(start + nr, 0, f"internal:'{blatt.name}'!A1", f.link, blatt.titel)
    seite.set_column(0, 0, 100)
    _seite(seite)


def _write_blatt(seite: Any, blatt: _Blatt, f: _Formate) -> None:
    seite.write_string(0, 0, blatt.titel, f.titel)
    for spalte, text in enumerate(blatt.kopf):
        seite.write_string(2, spalte, text, f.kopf)
    reihe = 3
    for reihe, zeile in enumerate(blatt.zeilen, start=3):
        if zeile.art == "gruppe":
            for spalte in range(len(blatt.kopf)):
                seite.write_string(reihe, spalte, zeile.zellen[0] if spalte == 0 else "", f.gruppe)
            continue
        for spalte, zelle in enumerate(zeile.zellen):
            _write_zelle(seite, (reihe, spalte), zelle, f, zeile.art == "summe")
    for nr, text in enumerate(blatt.unten):
        seite.write_string(reihe + 2 + nr, 0, text, f.klein)
    breite = max([12, *(len(z.zellen[0]) for z in blatt.zeilen if z.art != "gruppe")])
    seite.set_column(0, 0, min(45, breite + 2))
    if len(blatt.kopf) > 1:
        texte = any(not isinstance(z, Zahl) and len(z) > 20 for zeile in blatt.zeilen for z in zeile.zellen[1:])
        seite.set_column(1, len(blatt.kopf) - 1, 45 if texte else 14)
    seite.freeze_panes(3, 1)
    seite.repeat_rows(2)
    _seite(seite)


def _write_zelle(seite: Any, ort: tuple[int, int], zelle: str, f: _Formate, summe: bool) -> None:
    if isinstance(zelle, Zahl):
        stellen = re.search(r",(\d+)", zelle)
        muster = "#,##0" + (f".{'0' * len(stellen[1])}" if stellen else "")
        seite.write_number(*ort, zelle.wert, f.zelle(muster, summe, True))
    else:
        seite.write_string(*ort, zelle, f.zelle("@", summe, ort[1] > 0 and len(zelle) <= 8))


def _seite(seite: Any) -> None:
    seite.set_landscape()
    seite.set_paper(9)
    seite.fit_to_pages(1, 0)
    seite.set_footer("&L&A&RSeite &P von &N")
