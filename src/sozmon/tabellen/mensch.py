"""For people: German numbers with the decimals of the catalogue, and a sign with its meaning where there is none."""

from __future__ import annotations

import unicodedata
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from sozmon.tabellen.breit import Eigenname, Wert
from sozmon.tabellen.maschine import ZAHLSPALTEN, Zeile
from sozmon.zahlen import format_datum, format_zahl

Stellen = Callable[[Zeile, str], "int | None"]
"""Decimals that people see in a cell; None = all that it has."""

_STEUERZEICHEN = dict.fromkeys((*range(32), *range(127, 160)), "\N{REPLACEMENT CHARACTER}")
_JAHRSPALTEN = frozenset({"jahr", "von", "bis"})
"""Whole numbers without dots between the thousands."""

KOEPFE: dict[str, str] = {
    "raum_id": "Schlüssel",
    "auspraegung": "Ausprägung",
    "zaehler": "Zähler",
    "wert_min": "Mindestens",
    "wert_max": "Höchstens",
    "kennzeichen": "Kennz.",
    "veraenderung": "Veränderung",
    "faellig": "Fällig",
    "ueberfaellig": "Überfällig",
    "pruefung": "Prüfung",
    "in_ordnung": "In Ordnung",
    "differenz_einheit": "Einheit der Differenz",
    "differenz_vorjahr": "Differenz zum Vorjahr",
    "ohne_wert": "Ohne Wert",
    "groesster": "Größter",
    "groesste_raeume": "Größte Räume",
    "kleinste_raeume": "kleinste Räume",
    "segment": "Abschnitt",
    "erklaerung": "Warum",
    "geaendert": "Geändert",
    "unveraendert": "Unverändert",
    "raeume": "Räume",
    "gueltig_ab": "Gültig ab",
    "gueltig_bis": "Gültig bis",
    "flaeche_km2": "Fläche (km²)",
    "verfuegbar": "Verfügbar",
}
"""Column heads for people where the name of the column needs more than a capital letter."""


def _kopf(spalte: str) -> str:
    if isinstance(spalte, Eigenname):
        return " ".join(map(format_datum, spalte.split(" ")))
    return KOEPFE.get(spalte) or spalte.replace("_", " ").capitalize()


@dataclass(frozen=True, slots=True)
class Menschentabelle:
    """A table as people read it: heads, texts of the cells, which columns are numbers, meaning of the signs."""

    kopf: list[str]
    zellen: list[list[str]]
    rechts: list[bool]
    zeichen: list[str]


def menschentabelle(zeilen: Sequence[Zeile], spalten: Sequence[str], stellen: Stellen | None) -> Menschentabelle:
    """Only the columns that say something."""
    spalten = gefuellte(zeilen, spalten)
    zellen = [[_menschentext(z, s, stellen) for s in spalten] for z in zeilen]
    rechts = [_ist_zahlspalte(zeilen, s) for s in spalten]
    return Menschentabelle([_kopf(s) for s in spalten], zellen, rechts, _zeichenerklaerung(zellen))


def render_text(zeilen: Sequence[Zeile], spalten: Sequence[str], stellen: Stellen | None) -> str:
    """Aligned columns, two blanks apart, never folded; below it the meaning of the signs that occur."""
    t = menschentabelle(zeilen, spalten, stellen)
    breiten = [max(_breite(text) for text in spalte) for spalte in zip(t.kopf, *t.zellen, strict=True)]
    reihen = [t.kopf, ["─" * b for b in breiten], *t.zellen]
    text = "".join("  ".join(map(_ausgerichtet, reihe, breiten, t.rechts)).rstrip() + "\n" for reihe in reihen)
    return text + "".join(f"\n{z}" for z in t.zeichen) + ("\n" if t.zeichen else "")


def render_md(zeilen: Sequence[Zeile], spalten: Sequence[str], stellen: Stellen | None) -> str:
    """A table of GitHub Markdown."""
    t = menschentabelle(zeilen, spalten, stellen)
    strich = ["---:" if rechts else "---" for rechts in t.rechts]
    schutz = str.maketrans({"|": "\\|", "\\": "\\\\", "<": "&lt;", "*": "\\*", "_": "\\_", "`": "\\`"})
    reihen = [t.kopf, strich, *([text.translate(schutz) for text in reihe] for reihe in t.zellen)]
    text = "".join(f"| {' | '.join(reihe)} |\n" for reihe in reihen)
    return text + ("\n" + "  \n".join(t.zeichen) + "\n" if t.zeichen else "")


def gefuellte(zeilen: Sequence[Zeile], spalten: Sequence[str]) -> list[str]:
    """Columns that say something; all of them when there is no row."""
    return [s for s in spalten if not zeilen or s == "wert" or any(z.get(s) not in (None, "") for z in zeilen)]


def _ist_zahlspalte(zeilen: Sequence[Zeile], spalte: str) -> bool:
    werte = [z.get(spalte) for z in zeilen if z.get(spalte) is not None]
    return spalte in ZAHLSPALTEN or any(isinstance(w, (int, float, Wert)) and not isinstance(w, bool) for w in werte)


_WORTE = {
    "geaendert": "geändert",
    "unveraendert": "unverändert",
    "zurueckgenommen": "zurückgenommen",
    "geloescht": "gelöscht",
    "neu_aufgebaut": "neu aufgebaut",
}
"""Words that machine formats spell in ASCII."""


def _breite(text: str) -> int:
    """Columns that a terminal needs for the text."""
    return sum(0 if unicodedata.combining(z) else 2 if unicodedata.east_asian_width(z) in "WF" else 1 for z in text)


def _ausgerichtet(text: str, breite: int, rechts: bool) -> str:
    luft = " " * (breite - _breite(text))
    return luft + text if rechts else text + luft


def _menschentext(zeile: Zeile, spalte: str, stellen: Stellen | None) -> str:
    """A cell for people: German number, German date, a sign where there is no number."""
    wert = zeile.get(spalte)
    if isinstance(wert, Wert):
        zeile, spalte, wert = wert.zeile, "wert", wert.zeile.get("wert")
    if spalte == "wert" and (statt_zahl := zeichen(zeile)):
        return statt_zahl
    if wert is None:
        return ""
    if isinstance(wert, bool):
        return "ja" if wert else "nein"
    if isinstance(wert, int) and spalte in _JAHRSPALTEN:
        return str(wert)
    if isinstance(wert, (int, float)):
        return format_zahl(wert, stellen(zeile, spalte) if stellen else None)
    if isinstance(wert, (tuple, list)):
        return ", ".join(str(w) for w in wert)
    text = str(wert).translate(_STEUERZEICHEN)
    return _WORTE.get(text) or format_datum(text)


def menschenwert(zeile: Zeile, stellen: Stellen | None = None) -> str:
    """The cell ``wert`` of one row as people see it: German number or sign."""
    return _menschentext(zeile, "wert", stellen)


def zeichen(zeile: Zeile) -> str:
    """The sign that stands in place of the number; '' where the number itself is shown."""
    from sozmon.model import ZEICHEN

    return {str(status): zeichen for status, zeichen in ZEICHEN.items()}.get(str(zeile.get("status") or ""), "")


def _zeichenerklaerung(zellen: list[list[str]]) -> list[str]:
    from sozmon.model import ZEICHEN_BEDEUTUNG

    gesehen = {t for reihe in zellen for t in reihe} - {"0"}  # a printed 0 is mostly a plain number
    return [f"{z} = {bedeutung}" for z, bedeutung in ZEICHEN_BEDEUTUNG.items() if z in gesehen]
