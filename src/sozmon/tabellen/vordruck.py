"""A form as a workbook: the table to fill in, with all that its reading needs, and a sheet that explains it.

Only the yellow cells are open; keys are text; no cell holds a formula. No line break stands in any cell of the first
sheet, so that each row stays one line when a program saves it as CSV.
"""

from __future__ import annotations

import io
import math
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from sozmon.abfrage import Abfrage
from sozmon.model import vordruck as form
from sozmon.tabellen.anhangblatt import SCHRIFT, SCHRIFT_PT
from sozmon.tabellen.excel import SICHER, gekuerzt

BLATT, ERLAEUTERUNG = "Vordruck", "Erläuterung"
_KOPFZEILE = 6
"""Row of the heads (0-based); above it stand title, who, when, and until when."""
_SCHLUESSEL, _NAME, _WERT = 19.0, 34.0, 17.0
_FORMEL = 180
"""A validation formula holds 255 characters; this many for the signs."""
_HOCH_BIS = 3
"""A form with so few columns is printed upright."""
_GELB, _GRAU, _HELL = "#fff6d6", "#6b6b6b", "#e9eff5"


@dataclass(frozen=True, slots=True)
class Begleitung:
    """What a person says beside the question: who fills in, until when, where it goes back to."""

    an: str = ""
    frist: str = ""
    zurueck: str = ""
    farbe: str = "#1f4e79"


def render_vordruck(abfrage: Abfrage, begleitung: Begleitung) -> bytes:
    """XLSX; the same question gives the same bytes."""
    from datetime import datetime

    import xlsxwriter

    puffer = io.BytesIO()
    schrift = {"font_name": SCHRIFT, "font_size": SCHRIFT_PT}
    mappe = xlsxwriter.Workbook(puffer, {"in_memory": True, "default_format_properties": schrift, **SICHER})
    mappe.set_properties({"title": f"Vordruck: {abfrage.titel}", "created": datetime(2000, 1, 1)})
    f = _Formate(mappe, begleitung.farbe)
    blatt = mappe.add_worksheet(BLATT)
    _Seite(blatt, abfrage, begleitung, f).write()
    _write_erlaeuterung(mappe.add_worksheet(ERLAEUTERUNG), abfrage, begleitung, f)
    mappe.close()
    return puffer.getvalue()


class _Formate:
    def __init__(self, mappe: Any, farbe: str) -> None:
        rand = {"border": 1, "border_color": "#b8c2cc"}
        oben = {"valign": "top", "text_wrap": True}
        self.marke = mappe.add_format({"font_size": 7, "font_color": _GRAU, "valign": "vcenter", "text_wrap": True})
        self.titel = mappe.add_format({"bold": True, "font_size": 14, "font_color": farbe, "valign": "vcenter"})
        self.wort = mappe.add_format({"bold": True, "valign": "vcenter"})
        self.text = mappe.add_format({"valign": "vcenter", "indent": 1})
        self.hinweis = mappe.add_format({"font_color": _GRAU, **oben})
        self.eingabe = mappe.add_format({"locked": False, "bg_color": _GELB, "align": "right", **rand})
        self.eingabetext = mappe.add_format(
            {"locked": False, "bg_color": _GELB, "align": "left", "num_format": "@", **rand}
        )
        self.datum = mappe.add_format(
            {"locked": False, "bg_color": _GELB, "align": "left", "num_format": "dd.mm.yyyy", **rand}
        )
        kopf = {"bold": True, "bg_color": _HELL, "text_wrap": True, "valign": "bottom", **rand}
        self.kopf = mappe.add_format({**kopf, "align": "right"})
        self.kopf_links = mappe.add_format({**kopf, "align": "left"})
        self.zeit = mappe.add_format({"bg_color": _HELL, "align": "right", "text_wrap": True, **rand})
        self.zeit_links = mappe.add_format({"bg_color": _HELL, "align": "left", **rand})
        klein = {"font_size": 7, "font_color": _GRAU, "text_wrap": True, "valign": "top", "bg_color": _HELL, **rand}
        self.kennung = mappe.add_format({**klein, "align": "right"})
        self.kennung_links = mappe.add_format({**klein, "align": "left"})
        self.zelle = mappe.add_format({"num_format": "@", "indent": 1, **rand})
        self.ganz = mappe.add_format({"num_format": "@", "bold": True, "indent": 1, **rand})
        self.ueberschrift = mappe.add_format({"bold": True, "font_size": 11, "font_color": farbe, "valign": "vcenter"})
        self.absatz = mappe.add_format(oben)


class _Seite:
    """The sheet that is filled in."""

    def __init__(self, blatt: Any, abfrage: Abfrage, begleitung: Begleitung, f: _Formate) -> None:
        self.blatt, self.abfrage, self.begleitung, self.f = blatt, abfrage, begleitung, f
        self.felder = abfrage.vordruck.spalten
        self.letzte = max(1 + len(self.felder), 4)

    def write(self) -> None:
        """All of it."""
        blatt = self.blatt
        blatt.set_column(0, 0, _SCHLUESSEL)
        blatt.set_column(1, 1, _NAME)
        blatt.set_column(2, max(self.letzte, 1 + len(self.felder)), _WERT)
        self._oben()
        self._koepfe()
        erste = _KOPFZEILE + 3
        for nummer, (schluessel, name) in enumerate(self.abfrage.zeilen):
            self._zeile(erste + nummer, schluessel, name)
        letzte = erste + len(self.abfrage.zeilen) - 1
        self._pruefe_eingaben(erste, letzte)
        self._unten(letzte + 2)
        blatt.freeze_panes(erste, 2)
        blatt.protect("", {"format_columns": True, "format_rows": True})
        if len(self.felder) > _HOCH_BIS:
            blatt.set_landscape()
        blatt.set_paper(9)
        blatt.fit_to_pages(1, 0)
        blatt.repeat_rows(_KOPFZEILE, _KOPFZEILE + 1)
        blatt.set_footer("&L&8&A&R&8Seite &P von &N")
        blatt.set_selection(erste, 2, erste, 2)

    def _oben(self) -> None:
        f, blatt, b = self.f, self.blatt, self.begleitung
        blatt.set_row(0, 30)
        blatt.write_string(0, 0, self.abfrage.vordruck.kopf, f.marke)
        blatt.write_string(0, 1, gekuerzt(self.abfrage.titel), f.titel)
        blatt.write_string(1, 0, f"{form.STELLE}:", f.wort)
        blatt.write_string(1, 1, b.an, f.eingabetext)
        blatt.write_string(2, 0, f"{form.STAND}:", f.wort)
        blatt.write_blank(2, 1, None, f.datum)
        blatt.write_string(2, 2, "Tag der Auszählung, zum Beispiel 15.03.2025 (nötig)", f.text)
        blatt.write_string(3, 0, "Bitte zurück:", f.wort)
        blatt.write_string(3, 1, _rueckgabe(b), f.text)
        text = (
            "Bitte nur die gelben Felder ausfüllen: die Anzahl als ganze Zahl; 0 heißt kein Fall, leer heißt keine "
            "Angabe. Zeichen und Zählweise erklärt das Blatt „Erläuterung“."
        )
        self._verbunden(4, text, f.hinweis, SCHRIFT_PT)

    def _koepfe(self) -> None:
        f, blatt = self.f, self.blatt
        hoehe = max(math.ceil((len(k) + 2) / (_WERT * 0.85)) for k in self.abfrage.koepfe)
        blatt.set_row(_KOPFZEILE, 14 * max(hoehe, 1) + 4)
        blatt.write_string(_KOPFZEILE, 0, "Schlüssel", f.kopf_links)
        blatt.write_string(_KOPFZEILE, 1, self.abfrage.ebene, f.kopf_links)
        blatt.write_string(_KOPFZEILE + 1, 0, f"{form.ZEIT}:", f.zeit_links)
        blatt.write_blank(_KOPFZEILE + 1, 1, None, f.zeit_links)
        blatt.write_string(_KOPFZEILE + 2, 0, f"{form.KENNUNG}:", f.kennung_links)
        blatt.write_string(_KOPFZEILE + 2, 1, "bitte stehen lassen", f.kennung_links)
        laengste = max(len(x.kennung) for x in self.felder)
        blatt.set_row(_KOPFZEILE + 1, 14.0 * max(math.ceil((len(x.zeittext) + 1) / _WERT) for x in self.felder) + 2)
        blatt.set_row(_KOPFZEILE + 2, 9.5 * math.ceil(laengste / (_WERT * 1.25)) + 3)
        for spalte, (kopf, feld) in enumerate(zip(self.abfrage.koepfe, self.felder, strict=True), 2):
            blatt.write_string(_KOPFZEILE, spalte, gekuerzt(kopf), f.kopf)
            blatt.write_string(_KOPFZEILE + 1, spalte, feld.zeittext, f.zeit)
            blatt.write_string(_KOPFZEILE + 2, spalte, feld.kennung, f.kennung)

    def _zeile(self, reihe: int, schluessel: str, name: str) -> None:
        format = self.f.ganz if schluessel == self.abfrage.vordruck.kreis else self.f.zelle
        self.blatt.write_string(reihe, 0, schluessel, format)
        self.blatt.write_string(reihe, 1, name, format)
        for spalte in range(2, 2 + len(self.felder)):
            self.blatt.write_blank(reihe, spalte, None, self.f.eingabe)

    def _pruefe_eingaben(self, erste: int, letzte: int) -> None:
        """A whole number from 0, or a sign that the Quelle explains."""
        zelle = f"C{erste + 1}"
        zeichen = ",".join('{}="{}"'.format(zelle, z.replace('"', '""')) for z, _ in self.abfrage.zeichen)
        if len(zeichen) > _FORMEL:
            zeichen = f"ISTEXT({zelle})"
        self.blatt.data_validation(erste, 2, letzte, 1 + len(self.felder), {
            "validate": "custom",
            "value": f"=OR(AND(ISNUMBER({zelle}),{zelle}>=0,{zelle}=INT({zelle})),{zeichen or 'FALSE'})",
            "error_title": "Keine Anzahl",
            "error_message": "Bitte eine ganze Zahl ab 0 eintragen oder ein Zeichen vom Blatt „Erläuterung“.",
        })  # fmt: skip
        self.blatt.data_validation(2, 1, 2, 1, {
            "validate": "custom",
            "value": "=AND(ISNUMBER(B3),B3>=36526,B3<73051)",
            "error_type": "warning",
            "error_title": "Kein Datum",
            "error_message": "Bitte den Tag der Auszählung eintragen, zum Beispiel 15.03.2025.",
        })  # fmt: skip

    def _unten(self, reihe: int) -> None:
        f = self.f
        self.blatt.write_string(reihe, 0, f"{form.ENDE}:", f.marke)
        text = "Die folgenden Zeilen braucht das Programm beim Einlesen; bitte stehen lassen."
        self._verbunden(reihe, text, f.marke, 7, 1)
        for nummer, (wort, text) in enumerate(self.abfrage.vordruck.angaben, reihe + 1):
            self.blatt.write_string(nummer, 0, f"{wort}:", f.marke)
            self._verbunden(nummer, text, f.marke, 7, 1)

    def _verbunden(self, reihe: int, text: str, format: Any, punkt: float, ab: int = 0) -> None:
        """A text over the width of the table, in a row that is high enough for it."""
        breite = (_SCHLUESSEL if ab == 0 else 0) + _NAME + _WERT * (self.letzte - 1)
        zeilen = math.ceil(len(text) * punkt / SCHRIFT_PT / (breite * 0.95))
        self.blatt.merge_range(reihe, ab, reihe, self.letzte, "", format)
        self.blatt.write_string(reihe, ab, gekuerzt(text), format)
        self.blatt.set_row(reihe, punkt * 1.4 * max(1, zeilen) + 3)


def _rueckgabe(b: Begleitung) -> str:
    from sozmon.zahlen import format_datum

    teile = [f"bis {format_datum(b.frist)}" if b.frist else "", f"an {b.zurueck}" if b.zurueck else ""]
    return " ".join(t for t in teile if t) or "an die Stelle, die diesen Vordruck geschickt hat"


def _write_erlaeuterung(blatt: Any, abfrage: Abfrage, begleitung: Begleitung, f: _Formate) -> None:
    breite = 100.0
    blatt.hide_gridlines(2)
    blatt.set_column(0, 0, 14)
    blatt.set_column(1, 1, breite)
    blatt.set_row(0, 26)
    blatt.write_string(0, 0, f"Erläuterung zum Vordruck „{gekuerzt(abfrage.titel)}“", f.titel)
    reihe = 2
    for titel, zeilen in _abschnitte(abfrage, begleitung):
        blatt.write_string(reihe, 0, titel, f.ueberschrift)
        blatt.set_row(reihe, 18)
        reihe += 1
        for links, text in zeilen:
            if links:
                blatt.write_string(reihe, 0, links, f.absatz)
                blatt.write_string(reihe, 1, text, f.absatz)
            else:
                blatt.merge_range(reihe, 0, reihe, 1, "", f.absatz)
                blatt.write_string(reihe, 0, text, f.absatz)
            blatt.set_row(reihe, 14.0 * math.ceil(len(text) / (breite + (0 if links else 10))) + 2)
            reihe += 1
        reihe += 1
    blatt.protect("", {"format_columns": True})
    blatt.set_paper(9)
    blatt.fit_to_pages(1, 0)


def _abschnitte(abfrage: Abfrage, b: Begleitung) -> Sequence[tuple[str, Sequence[tuple[str, str]]]]:
    """Heading → lines (left cell or '', text)."""
    from sozmon.zahlen import format_datum

    stand = format_datum(abfrage.vordruck.gebietsstand)
    gefragt = [(e.titel, [("", s) for s in e.saetze]) for e in abfrage.erklaerungen]
    return [
        *gefragt,
        ("Zeilen", [("", t) for t in _zeilentexte(abfrage, stand)]),
        ("Eintragen", [
            ("Zahl", "die Anzahl als ganze Zahl; keine Anteile, keine Durchschnitte, keine gerundeten Angaben"),
            ("0", "kein Fall"),
            *abfrage.zeichen,
            ("leer", "keine Angabe; bleibt eine ganze Spalte leer, gilt sie als nicht beantwortet"),
        ]),
        ("Datenschutz", [
            ("", "Gefragt sind nur Anzahlen: keine Namen, Anschriften, Aktenzeichen, nichts zu einzelnen Personen."),
            ("", "Auch kleine Anzahlen (1, 2) dürfen eingetragen werden: Sie bleiben in der Sozialplanung und werden "
                 "vor jeder Veröffentlichung verborgen. Wo Vorschriften die Weitergabe verbieten, steht das Zeichen "
                 "für eine nicht mitgeteilte Anzahl."),
        ]),
        ("Rückgabe", [
            ("", f"Bitte zurück {_rueckgabe(b)}. Den Vordruck als Excel-Mappe (.xlsx) speichern. "
                 "Zeilen und Spalten dürfen nicht gelöscht werden. Auch eine daraus gespeicherte CSV-Datei lässt sich "
                 "lesen."),
        ]),
    ]  # fmt: skip


def _zeilentexte(abfrage: Abfrage, stand: str) -> list[str]:
    texte = [f"Eine Zeile je Raum, Gebietsstand {stand}. Gezählt wird nach dem Zuschnitt der Räume an diesem Tag."]
    if abfrage.vordruck.raeume:
        texte.append(
            "ohne Zuordnung: Fälle, die zum Kreis gehören, aber zu keiner Zeile (unbekannter oder auswärtiger "
            "Wohnort). Bleibt die Zeile leer, gilt: Es gibt keine solchen Fälle."
        )
        leer = (
            "Sie darf leer bleiben"
            if abfrage.vordruck.ebene == "gemeinde"
            else "Bitte ausfüllen: Aus Regionen wird kein Wert des Kreises gebildet"
        )
        texte.append(
            "Letzte Zeile: alle Fälle des Kreises, also die Summe der Zeilen mit „ohne Zuordnung“. "
            f"{leer}; steht dort eine Zahl, wird sie mit der Summe verglichen."
        )
    return texte
