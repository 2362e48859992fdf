"""Rows → bytes of a table: for people (text, md), for programs (csv, jsonl, json, parquet), for both (xlsx).

Machine formats: ``,`` between, a header row, point decimals, ISO dates, UTF-8, unrounded values. For people: German
numbers with the decimals of the catalogue, and a sign with its meaning where there is no number. No row: header only.
Only parquet and xlsx import a library.
"""

from __future__ import annotations

import csv
import io
import json
import unicodedata
from collections.abc import Callable, Mapping, Sequence
from decimal import Decimal
from typing import Any

from sozmon.zahlen import format_datum, format_zahl

Zeile = Mapping[str, object]
Stellen = Callable[[Zeile, str], "int | None"]

FORMATE: tuple[str, ...] = ("text", "csv", "jsonl", "json", "md", "parquet", "xlsx")
ZAHLSPALTEN: frozenset[str] = frozenset(
    {"zaehler", "nenner", "wert", "wert_min", "wert_max", "unten", "oben", "niveau", "gewicht", "flaeche_km2"}
)
"""Columns that are numbers even when no row shows one."""

_WER_WAS_WANN = (
    "raum_id",
    "raum",
    "ebene",
    "zeit",
    "zeitart",
    "jahr",
    "indikator",
    "merkmal",
    "auspraegung",
    "variante",
)
"""Columns that say what a value is; only these (and its Einheit) stay in the wide form."""
_STEUERZEICHEN = dict.fromkeys((*range(32), *range(127, 160)), "�")


def render_tabelle(
    zeilen: Sequence[Zeile],
    spalten: Sequence[str],
    format: str,
    *,
    breit: str = "",
    excel: bool = False,
    text_spalten: Sequence[str] = (),
    stellen: Stellen | None = None,
    blatt: str = "Tabelle",
) -> bytes:
    """Return the table in one of FORMATE.

    ``spalten`` names the columns and their order; ``text_spalten`` is the shorter choice for people. ``breit`` ('zeit'
    or 'indikator') gives one column a time or indicator. ``stellen(zeile, spalte)`` says how many decimals people see;
    None = all. ``blatt`` names the sheet of a workbook.
    """
    if format in ("text", "md"):
        spalten = [s for s in (text_spalten or spalten) if s in spalten]
    if breit:
        zeilen, spalten = _breit(zeilen, spalten, breit, mit_status=format not in ("text", "md", "xlsx"))
    if format == "text":
        return _text(zeilen, spalten, stellen).encode()
    if format == "md":
        return _md(zeilen, spalten, stellen).encode()
    if format == "csv":
        return _csv_excel(zeilen, spalten) if excel else _csv(zeilen, spalten)
    if format == "xlsx":
        return _xlsx(zeilen, spalten, blatt)
    if format == "parquet":
        return _parquet(zeilen, spalten)
    return _json(zeilen, spalten, je_zeile=format == "jsonl")


# --------------------------------------------------------------------------------------------------
# for programs


def _maschinentext(wert: object) -> str:
    """A value as machine formats write it: point decimals, never an exponent, whole numbers without a point."""
    if wert is None:
        return ""
    if isinstance(wert, bool):
        return "true" if wert else "false"
    if isinstance(wert, float):
        text = repr(wert)
        text = format(Decimal(text), "f") if "e" in text else text
        return text.removesuffix(".0")
    if isinstance(wert, (tuple, list)):
        return " ".join(map(_maschinentext, wert))
    return str(wert)


def _csv(zeilen: Sequence[Zeile], spalten: Sequence[str]) -> bytes:
    zellen = ([_maschinentext(z.get(s)) for s in spalten] for z in zeilen)
    return "".join(_csv_zeile(t, ",") + "\n" for t in (list(spalten), *zellen)).encode("utf-8", "backslashreplace")


def _csv_zeile(texte: list[str], trenner: str) -> str:
    """Join by RFC 4180; the csv module leaves a lone carriage return unquoted before Python 3.13."""
    if not any(z in text for text in texte for z in (trenner, '"', "\n", "\r")):
        return trenner.join(texte) if texte != [""] else '""'
    puffer = io.StringIO()
    csv.writer(puffer, delimiter=trenner, lineterminator="\r\n").writerow(texte)
    return puffer.getvalue().removesuffix("\r\n")


def _json(zeilen: Sequence[Zeile], spalten: Sequence[str], *, je_zeile: bool) -> bytes:
    """One object a row and line; ``json`` puts brackets and commas around."""
    objekte = [json.dumps({s: z.get(s) for s in spalten}, ensure_ascii=False, allow_nan=False) for z in zeilen]
    if je_zeile:
        return "".join(o + "\n" for o in objekte).encode("utf-8", "backslashreplace")
    return ("[\n" + ",\n".join(objekte) + "\n]\n" if objekte else "[]\n").encode("utf-8", "backslashreplace")


def _parquet(zeilen: Sequence[Zeile], spalten: Sequence[str]) -> bytes:
    import pyarrow as pa
    import pyarrow.parquet as pq

    typen = {float: pa.float64(), int: pa.int64(), bool: pa.bool_(), str: pa.string()}
    felder = [pa.field(s, typen[_spaltentyp(zeilen, s)]) for s in spalten]
    spaltenwerte = [[_als(z.get(f.name), _spaltentyp(zeilen, f.name)) for z in zeilen] for f in felder]
    puffer = io.BytesIO()
    pq.write_table(pa.table(spaltenwerte, schema=pa.schema(felder)), puffer)
    return puffer.getvalue()


def _spaltentyp(zeilen: Sequence[Zeile], spalte: str) -> type:
    """One type a column, whatever the first rows hold; text when in doubt."""
    if spalte in ZAHLSPALTEN:
        return float
    typen = {type(z.get(spalte)) for z in zeilen if z.get(spalte) is not None}
    if typen and typen <= {int, float}:
        return float if float in typen else int
    return bool if typen == {bool} else str


def _als(wert: object, typ: type) -> object:
    if wert is None:
        return None
    return _maschinentext(wert) if typ is str else typ(wert)


# --------------------------------------------------------------------------------------------------
# for Excel

_FORMELZEICHEN = ("=", "+", "-", "@", "\t", "\r", "\n", "\uff1d", "\uff0b", "\uff0d", "\uff20")
"""A text cell that begins so would be calculated by a spreadsheet; the last four are full-width."""


def _csv_excel(zeilen: Sequence[Zeile], spalten: Sequence[str]) -> bytes:
    """``;``, decimal comma, BOM, CRLF; text that a spreadsheet would calculate gets an apostrophe."""
    texte = [list(spalten), *([_exceltext(z.get(s)) for s in spalten] for z in zeilen)]
    return "".join(_csv_zeile(t, ";") + "\r\n" for t in texte).encode("utf-8-sig", "backslashreplace")


def _exceltext(wert: object) -> str:
    text = _maschinentext(wert)
    if isinstance(wert, float):
        return text.replace(".", ",")
    return f"'{text}" if not isinstance(wert, int) and text.startswith(_FORMELZEICHEN) else text


_XLSX_ZEILEN, _XLSX_TEXT = 1_048_575, 32_767


def _xlsx(zeilen: Sequence[Zeile], spalten: Sequence[str], blatt: str) -> bytes:
    """A workbook whose text cells stay text: no formula, no link, no lost leading zero; the same bytes every time."""
    from datetime import datetime

    import xlsxwriter

    from sozmon.errors import AufrufError

    if len(zeilen) > _XLSX_ZEILEN:
        raise AufrufError("Zu viele Zeilen für eine Arbeitsmappe.", abhilfe="--format parquet oder csv wählen.")
    puffer = io.BytesIO()
    sicher = {"strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
    mappe = xlsxwriter.Workbook(puffer, {"in_memory": True, **sicher})
    mappe.set_properties({"created": datetime(2000, 1, 1)})
    kopf, text = mappe.add_format({"bold": True, "bottom": 1}), mappe.add_format({"num_format": "@"})
    seite = mappe.add_worksheet(blatt)
    seite.freeze_panes(1, 0)
    for j, spalte in enumerate(spalten):
        seite.write_string(0, j, spalte, kopf)
        seite.set_column(j, j, min(40, max(10, len(spalte) + 2)))
        for i, zeile in enumerate(zeilen, start=1):
            wert = zeile.get(spalte)
            if isinstance(wert, (int, float)) and not isinstance(wert, bool):
                seite.write_number(i, j, wert)
            elif wert is not None:
                seite.write_string(i, j, _gekuerzt(_maschinentext(wert)), text)
    mappe.close()
    return puffer.getvalue()


def _gekuerzt(text: str) -> str:
    """Cut visibly what a cell cannot hold; the library would leave the cell empty without a word."""
    return text if len(text) <= _XLSX_TEXT else text[: _XLSX_TEXT - 1] + "…"


# --------------------------------------------------------------------------------------------------
# for people

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
    if isinstance(spalte, _Eigenname):
        return format_datum(spalte)
    return KOEPFE.get(spalte) or spalte.replace("_", " ").capitalize()


class _Eigenname(str):
    """Column of the wide form: a time or an indicator, printed as it is."""

    __slots__ = ()


def _text(zeilen: Sequence[Zeile], spalten: Sequence[str], stellen: Stellen | None) -> str:
    """Aligned columns, two blanks apart, never folded; below it the meaning of the signs that occur."""
    spalten = _gefuellte(zeilen, spalten)
    zellen = [[_menschentext(z, s, stellen) for s in spalten] for z in zeilen]
    rechts = [_ist_zahlspalte(zeilen, s) for s in spalten]
    breiten = [max(_breite(t) for t in spalte) for spalte in zip(map(_kopf, spalten), *zellen, strict=True)]
    reihen = [[_kopf(s) for s in spalten], ["─" * b for b in breiten], *zellen]
    text = "".join("  ".join(map(_ausgerichtet, reihe, breiten, rechts)).rstrip() + "\n" for reihe in reihen)
    return text + "".join(f"\n{z}" for z in _zeichenerklaerung(zellen)) + ("\n" if _zeichenerklaerung(zellen) else "")


def _md(zeilen: Sequence[Zeile], spalten: Sequence[str], stellen: Stellen | None) -> str:
    spalten = _gefuellte(zeilen, spalten)
    zellen = [[_menschentext(z, s, stellen) for s in spalten] for z in zeilen]
    strich = ["---:" if _ist_zahlspalte(zeilen, s) else "---" for s in spalten]
    schutz = str.maketrans({"|": "\\|", "\\": "\\\\", "<": "&lt;", "*": "\\*", "_": "\\_", "`": "\\`"})
    reihen = [[_kopf(s) for s in spalten], strich, *([t.translate(schutz) for t in reihe] for reihe in zellen)]
    text = "".join(f"| {' | '.join(reihe)} |\n" for reihe in reihen)
    erklaerung = _zeichenerklaerung(zellen)
    return text + ("\n" + "  \n".join(erklaerung) + "\n" if erklaerung else "")


def _gefuellte(zeilen: Sequence[Zeile], spalten: Sequence[str]) -> list[str]:
    """Columns that say something; all of them when there is no row."""
    return [s for s in spalten if not zeilen or s == "wert" or any(z.get(s) not in (None, "") for z in zeilen)]


def _ist_zahlspalte(zeilen: Sequence[Zeile], spalte: str) -> bool:
    werte = [z.get(spalte) for z in zeilen if z.get(spalte) is not None]
    return spalte in ZAHLSPALTEN or any(isinstance(w, (int, float, _Wert)) and not isinstance(w, bool) for w in werte)


_WORTE = {"geaendert": "geändert", "unveraendert": "unverändert"}
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
    if isinstance(wert, _Wert):
        zeile, spalte, wert = wert.zeile, "wert", wert.zeile.get("wert")
    if spalte == "wert" and (zeichen := _zeichen(zeile)):
        return zeichen
    if wert is None:
        return ""
    if isinstance(wert, bool):
        return "ja" if wert else "nein"
    if isinstance(wert, int) and spalte == "jahr":
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


def _zeichen(zeile: Zeile) -> str:
    """The sign that stands in place of the number; '' where the number itself is shown."""
    from sozmon.model import ZEICHEN

    return {str(status): zeichen for status, zeichen in ZEICHEN.items()}.get(str(zeile.get("status") or ""), "")


def _zeichenerklaerung(zellen: list[list[str]]) -> list[str]:
    from sozmon.model import ZEICHEN_BEDEUTUNG

    gesehen = {t for reihe in zellen for t in reihe} - {"0"}  # a printed 0 is mostly a plain number
    return [f"{z} = {bedeutung}" for z, bedeutung in ZEICHEN_BEDEUTUNG.items() if z in gesehen]


# --------------------------------------------------------------------------------------------------
# wide form


class _Wert:
    """A whole row standing in one cell of the wide form, so that people see its sign and decimals."""

    __slots__ = ("zeile",)

    def __init__(self, zeile: Zeile) -> None:
        self.zeile = zeile

    def __str__(self) -> str:
        wert = self.zeile.get("wert")
        return _zeichen(self.zeile) if wert is None else _maschinentext(wert)


def _breit(
    zeilen: Sequence[Zeile], spalten: Sequence[str], nach: str, *, mit_status: bool
) -> tuple[list[dict[str, Any]], list[str]]:
    """One column for each time or indicator, in the order of appearance.

    Plain dictionaries: a pandas pivot would turn a missing number into NaN and sort the columns. For programs the
    columns ``<x>_status`` follow, so that a gap keeps its reason.
    """
    bleibt = [s for s in spalten if s in _WER_WAS_WANN and s != nach]
    bleibt += ["einheit"] if nach == "zeit" and "einheit" in spalten else []
    neue = [_Eigenname(name) for name in dict.fromkeys(str(z.get(nach)) for z in zeilen)]
    gruppen: dict[tuple[object, ...], dict[str, Any]] = {}
    for z in zeilen:
        gruppe = gruppen.setdefault(tuple(z.get(s) for s in bleibt), {s: z.get(s) for s in bleibt})
        spalte = str(z.get(nach))
        gruppe[spalte] = z.get("wert") if mit_status else _Wert(z)
        gruppe[f"{spalte}_status"] = str(z.get("status") or "")
    return list(gruppen.values()), [*bleibt, *neue, *(f"{s}_status" for s in neue if mit_status)]
