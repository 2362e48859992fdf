"""A workbook for a new Raumgliederung: every Gemeinde of the Kreis, the region still to be filled in.

The first sheet has the columns that ``raeume/<name>.xlsx`` is read by; name and population stand beside them to help.
"""

from __future__ import annotations

import io
import math
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from sozmon.tabellen.anhangblatt import SCHRIFT, SCHRIFT_PT
from sozmon.tabellen.excel import SICHER

SPALTEN = (
    ("gemeinde", 14.0),
    ("name", 34.0),
    ("einwohner", 12.0),
    ("raum_id", 14.0),
    ("raum", 30.0),
    ("gueltig_ab", 13.0),
    ("gueltig_bis", 13.0),
)
_EINGABE = ("raum_id", "raum", "gueltig_ab", "gueltig_bis")
_MEHR = 60
"""Open rows below, for Gemeinden that belonged to two regions one after the other."""
_GELB, _HELL, _GRAU = "#fff6d6", "#e9eff5", "#6b6b6b"


@dataclass(frozen=True, slots=True)
class Gemeindezeile:
    """One Gemeinde; ``einwohner`` None where no register tells."""

    schluessel: str
    name: str
    einwohner: float | None = None


def render_raumvorlage(name: str, stand: str, gemeinden: Sequence[Gemeindezeile], farbe: str) -> bytes:
    """XLSX; ``stand``: the day of the register, as people write it. The same Gemeinden give the same bytes."""
    from datetime import datetime

    import xlsxwriter

    puffer = io.BytesIO()
    schrift = {"font_name": SCHRIFT, "font_size": SCHRIFT_PT}
    mappe = xlsxwriter.Workbook(puffer, {"in_memory": True, "default_format_properties": schrift, **SICHER})
    mappe.set_properties({"title": f"Raumgliederung {name}", "created": datetime(2000, 1, 1)})
    _write_tabelle(mappe, mappe.add_worksheet("Raumgliederung"), gemeinden)
    _write_erlaeuterung(mappe, mappe.add_worksheet("Erläuterung"), name, stand, farbe)
    mappe.close()
    return puffer.getvalue()


def _write_tabelle(mappe: Any, blatt: Any, gemeinden: Sequence[Gemeindezeile]) -> None:
    rand = {"border": 1, "border_color": "#b8c2cc"}
    kopf = mappe.add_format({"bold": True, "bg_color": _HELL, **rand})
    fest = mappe.add_format({"num_format": "@", "font_color": _GRAU, **rand})
    zahl = mappe.add_format({"num_format": "#,##0", "font_color": _GRAU, **rand})
    text = mappe.add_format({"num_format": "@", "bg_color": _GELB, **rand})
    datum = mappe.add_format({"num_format": "dd.mm.yyyy", "bg_color": _GELB, **rand})
    offen = mappe.add_format({"num_format": "@"})
    for spalte, (wort, breite) in enumerate(SPALTEN):
        blatt.set_column(spalte, spalte, breite, offen if wort in ("gemeinde", "raum_id", "raum") else None)
        blatt.write_string(0, spalte, wort, kopf)
    for reihe, g in enumerate(gemeinden, 1):
        blatt.write_string(reihe, 0, g.schluessel, fest)
        blatt.write_string(reihe, 1, g.name, fest)
        if g.einwohner is None:
            blatt.write_blank(reihe, 2, None, zahl)
        else:
            blatt.write_number(reihe, 2, g.einwohner, zahl)
        for spalte, (wort, _) in enumerate(SPALTEN):
            if wort in _EINGABE:
                blatt.write_blank(reihe, spalte, None, datum if wort.startswith("gueltig") else text)
    _pruefe_eingaben(blatt, len(gemeinden) + _MEHR)
    blatt.freeze_panes(1, 2)
    blatt.autofilter(0, 0, len(gemeinden), len(SPALTEN) - 1)
    blatt.set_landscape()
    blatt.set_paper(9)
    blatt.fit_to_pages(1, 0)
    blatt.repeat_rows(0)


def _pruefe_eingaben(blatt: Any, letzte: int) -> None:
    """What ``sozmon raeume pruefen`` would refuse is refused while it is typed."""
    spalte = {wort: nr for nr, (wort, _) in enumerate(SPALTEN)}
    zelle = f"{'ABCDEFG'[spalte['raum_id']]}2"
    verboten = ",".join(f'ISERROR(FIND("{z}",{zelle}))' for z in " :/,;|=")
    blatt.data_validation(1, spalte["raum_id"], letzte, spalte["raum_id"], {
        "validate": "custom",
        "value": f"=AND(LEN({zelle})<=20,{verboten})",
        "error_title": "raum_id",
        "error_message": "Kurze Kennung ohne Leerzeichen und ohne : / , ; | = (zum Beispiel SR1).",
    })  # fmt: skip
    for wort in ("gueltig_ab", "gueltig_bis"):
        zelle = f"{'ABCDEFG'[spalte[wort]]}2"
        blatt.data_validation(1, spalte[wort], letzte, spalte[wort], {
            "validate": "custom",
            "value": f"=AND(ISNUMBER({zelle}),{zelle}>=1,{zelle}<73051)",
            "error_type": "warning",
            "error_title": wort,
            "error_message": "Bitte ein Datum eintragen, zum Beispiel 01.01.2024, oder leer lassen.",
        })  # fmt: skip


def _write_erlaeuterung(mappe: Any, blatt: Any, name: str, stand: str, farbe: str) -> None:
    titel = mappe.add_format({"bold": True, "font_size": 14, "font_color": farbe})
    wort = mappe.add_format({"bold": True, "valign": "top"})
    absatz = mappe.add_format({"text_wrap": True, "valign": "top"})
    breite = 95.0
    blatt.hide_gridlines(2)
    blatt.set_column(0, 0, 20)
    blatt.set_column(1, 1, breite)
    blatt.set_row(0, 26)
    blatt.write_string(0, 0, f"Raumgliederung „{name}“", titel)
    for reihe, (links, text) in enumerate(_texte(name, stand), 2):
        blatt.write_string(reihe, 0, links, wort)
        blatt.write_string(reihe, 1, text, absatz)
        blatt.set_row(reihe, 13.5 * math.ceil(len(text) / breite) + 4)
    blatt.set_paper(9)
    blatt.fit_to_pages(1, 0)


def _texte(name: str, stand: str) -> tuple[tuple[str, str], ...]:
    return (
        ("Was zu tun ist", "Auf dem ersten Blatt die gelben Felder ausfüllen: jeder Gemeinde ihren Raum."),
        ("gemeinde", f"Gemeindeschlüssel (AGS) aus dem Gemeindeverzeichnis zum {stand}; bitte als Text stehen lassen."),
        ("name, einwohner", "Nur zur Orientierung; sozmon liest sie nicht."),
        ("raum_id", "Kurze Kennung des Raums, zum Beispiel SR1: ohne Leerzeichen und ohne : / , ; | =. Gemeinden mit "
                    "derselben raum_id bilden einen Raum. Wer eine Gemeinde absichtlich auslässt, schreibt "
                    "ohne_zuordnung."),
        ("raum", "Name des Raums, wie er gedruckt wird; es genügt, ihn in einer Zeile je Raum zu nennen."),
        ("gueltig_ab", "Erster Tag, an dem die Zuordnung gilt; leer heißt: von Anfang an."),
        ("gueltig_bis", "Letzter Tag; leer heißt: bis heute. Wechselt eine Gemeinde den Raum, endet ihre Zeile, und "
                        "eine zweite mit demselben Schlüssel beginnt am Tag danach."),
        ("Frühere Gemeinden", "Aufgelöste Gemeinden brauchen keine Zeile, solange alles, was aus ihnen wurde, in einem "
                              "Raum liegt."),
        ("Danach", f"Die Mappe als raeume/{name}.xlsx speichern, prüfen mit: sozmon raeume pruefen. Auch eine daraus "
                   f"gespeicherte raeume/{name}.csv wird gelesen; nur eine von beiden darf im Ordner liegen."),
    )  # fmt: skip
