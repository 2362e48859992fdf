"""The annex of a report as a workbook: one sheet per printed table and per chart, native numbers, sources, signs.

Every sheet has the same form, so that a screen reader and a filter find their way: title in A1, one head row, then
one row a row, no merged cell among them; notes and Quelle below. What is here comes from the printed document, so
nothing can be here that is not released.
"""

from __future__ import annotations

import io
import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from sozmon.druck.modell import Dokument, Grafik, Tabelle, Zeile
from sozmon.druck.zeichen import zeichenzeile
from sozmon.model import ZEICHEN_BEDEUTUNG
from sozmon.tabellen.anhangblatt import (
    SCHRIFT,
    SCHRIFT_PT,
    Blatt,
    Formate,
    blattbreite,
    ist_hoch,
    write_absatz,
    write_blatt,
    write_seite,
)
from sozmon.tabellen.excel import SICHER
from sozmon.zahlen import sortierschluessel

Objekt = tuple[str, Tabelle | Grafik]
"""(printed name like 'Tabelle 2.3', what it names)."""
HINWEISE = (
    "In den Zellen stehen die ungerundeten Zahlen; angezeigt werden sie mit so vielen Nachkommastellen wie im Bericht.",
    "Wo keine Zahl steht, steht ein Zeichen; die Zeichenerklärung steht auf dem vorletzten Blatt.",
)


@dataclass(frozen=True, slots=True)
class _Eintrag:
    """A sheet with the name of its tab."""

    name: str
    blatt: Blatt


def render_anhang(dok: Dokument, objekte: Sequence[Objekt]) -> bytes:
    """XLSX; the same document gives the same bytes. Text cells stay text: nothing becomes a formula or a link.

    objekte: what the document prints, in its order; a chart without data (a photo) gets no sheet.
    """
    import xlsxwriter

    puffer = io.BytesIO()
    schrift = {"font_name": SCHRIFT, "font_size": SCHRIFT_PT}
    mappe = xlsxwriter.Workbook(puffer, {"in_memory": True, "default_format_properties": schrift, **SICHER})
    mappe.set_properties(_eigenschaften(dok))
    formate = Formate(mappe, dok.stil)
    eintraege = _eintraege(objekte)
    alle = [*eintraege, _Eintrag("Zeichenerklärung", _zeichenblatt()), _Eintrag("Quellen", _quellenblatt(eintraege))]
    _write_inhalt(mappe.add_worksheet("Inhalt"), dok, alle, formate)
    for eintrag in alle:
        seite = mappe.add_worksheet(eintrag.name)
        write_blatt(seite, eintrag.blatt, formate, (f"{dok.titel} · {dok.stand}", dok.stempel))
        write_seite(seite, dok.kurztitel or dok.titel, dok.stempel, hoch=ist_hoch(eintrag.blatt))
    mappe.close()
    return puffer.getvalue()


def _eigenschaften(dok: Dokument) -> dict[str, Any]:
    """Title and Herausgeber; the date is that of the data, never the clock's (ZIP knows no year before 1980)."""
    from datetime import UTC, datetime

    zeit = datetime.fromtimestamp(dok.zeitstempel, UTC).replace(tzinfo=None)
    return {
        "title": f"{dok.titel} – Tabellenanhang",
        "subject": dok.stand,
        "author": dok.herausgeber,
        "company": dok.herausgeber,
        "comments": dok.stempel,
        "created": max(zeit, datetime(1980, 1, 2)),
    }


def _eintraege(objekte: Sequence[Objekt]) -> list[_Eintrag]:
    eintraege: list[_Eintrag] = []
    for name, objekt in objekte:
        blatt = _blatt(" ".join(name.split()), objekt)
        if blatt is not None:
            eintraege.append(_Eintrag(_freier_name(name, {e.name.lower() for e in eintraege}), blatt))
    return eintraege


def _freier_name(name: str, vergeben: set[str]) -> str:
    """'Tab 1.2' for 'Tabelle 1.2': what a sheet may be called, and never twice."""
    kurz = " ".join(name.split()).replace("Tabelle", "Tab").replace("Abbildung", "Abb")
    kurz = re.sub(r"[\[\]:*?/\\']", "-", kurz)[:25]
    namen = [kurz, *(f"{kurz} ({nr})" for nr in range(2, len(vergeben) + 3))]
    return next(n for n in namen if n.lower() not in vergeben)


def _blatt(name: str, objekt: Tabelle | Grafik) -> Blatt | None:
    unten = objekt.fussnoten
    if isinstance(objekt, Tabelle):
        kopf, zeilen = objekt.kopf, objekt.zeilen
        links = tuple(objekt.richtung(s) == "l" for s in range(len(kopf)))
    elif len(objekt.daten) < 2:
        return None
    else:
        kopf, zeilen = objekt.daten[0], tuple(Zeile(z) for z in objekt.daten[1:])
        links = (True, *(False for _ in kopf[1:]))
        zeichen = zeichenzeile(z for zeile in zeilen for z in zeile.zellen[1:])
        unten = (*unten, zeichen) if zeichen and zeichen not in unten else unten
    return Blatt(f"{name}  {objekt.titel}", kopf, zeilen, links, unten, objekt.quelle)


def _zeichenblatt() -> Blatt:
    zeilen = tuple(Zeile((zeichen, bedeutung)) for zeichen, bedeutung in ZEICHEN_BEDEUTUNG.items())
    return Blatt("Zeichenerklärung", ("Zeichen", "Bedeutung"), zeilen, (True, True))


def _quellenblatt(eintraege: Sequence[_Eintrag]) -> Blatt:
    """Every source with its Datenstand, and the sheets that use it."""
    blaetter: dict[str, list[str]] = {}
    for eintrag in eintraege:
        for quelle in eintrag.blatt.quelle.split("; ") if eintrag.blatt.quelle else ():
            blaetter.setdefault(quelle, []).append(eintrag.name)
    geordnet = sorted(blaetter.items(), key=lambda paar: sortierschluessel(paar[0]))
    zeilen = tuple(Zeile((quelle, ", ".join(namen))) for quelle, namen in geordnet)
    return Blatt("Quellen und ihr Datenstand", ("Quelle", "Blätter"), zeilen, (True, True))


def _write_inhalt(seite: Any, dok: Dokument, eintraege: Sequence[_Eintrag], f: Formate) -> None:
    """Cover and list of sheets, each with a link."""
    breiten = (18.0, 100.0)
    seite.set_column(0, 0, breiten[0])
    seite.set_column(1, 1, breiten[1])
    kopf = [(f"{dok.titel} – Tabellenanhang", f.haupttitel), (dok.untertitel, f.absatz)]
    kopf += [(" · ".join(t for t in (dok.herausgeber, dok.stand, dok.datum) if t), f.klein), (dok.stempel, f.stempel)]
    reihe = 0
    for text, format in kopf:
        if text:
            reihe = write_absatz(seite, reihe, text, format, blattbreite(breiten))
    start = reihe + 1
    seite.write_string(start, 0, "Blatt", f.kopf(True))
    seite.write_string(start, 1, "Inhalt", f.kopf(True))
    for nr, e in enumerate(eintraege, start + 1):
        titel = e.blatt.titel.partition("  ")[2] or e.blatt.titel
        seite.write_url(nr, 0, f"internal:'{e.name}'!A1", f.verweis, e.name, f"Zum Blatt {e.name}")
        seite.write_string(nr, 1, titel, f.zelle("@", links=True))
    reihe = start + len(eintraege) + 2
    for text in HINWEISE:
        reihe = write_absatz(seite, reihe, text, f.klein, blattbreite(breiten))
    seite.repeat_rows(start)
    write_seite(seite, dok.kurztitel or dok.titel, dok.stempel)
