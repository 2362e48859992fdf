"""Rows → bytes of a table: for people (text, md), for programs (csv, jsonl, json, parquet), for both (xlsx).

No row: header only. Only parquet and xlsx import a library.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from sozmon.tabellen.breit import Wert, to_breit
from sozmon.tabellen.maschine import Zeile, render_csv, render_json, render_parquet
from sozmon.tabellen.mensch import Stellen, gefuellte, menschenwert, render_md, render_text

__all__ = ["FORMATE", "Stellen", "Vorspann", "Wert", "Zeile", "menschenwert", "render_tabelle"]

FORMATE: tuple[str, ...] = ("text", "csv", "jsonl", "json", "md", "parquet", "xlsx", "html")


@dataclass(frozen=True, slots=True)
class Vorspann:
    """What stands above a table in ``text``, ``md`` and ``html``: title, paragraphs; ``beschriftung``: caption."""

    titel: str
    absaetze: tuple[str, ...] = ()
    beschriftung: str = ""
    warnung: str = ""


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
    erlaeuterung: Sequence[tuple[str, str, str]] = (),
    vorspann: Vorspann | None = None,
) -> bytes:
    """Return the table in one of FORMATE.

    ``spalten`` names the columns and their order; ``text_spalten`` is the shorter choice for people. ``breit`` ('zeit',
    'indikator', 'merkmal', 'auspraegung', 'raum', or several with commas) gives one column each of it.
    ``stellen(zeile, spalte)`` says how many decimals people see; None = all. ``blatt`` names the sheet of a workbook,
    ``erlaeuterung`` (what, id, meaning) fills its second. ``vorspann``: above the table, where people read it.
    """
    if format in ("text", "md", "html"):
        spalten = [s for s in (text_spalten or spalten) if s in spalten]
    if breit:
        zeilen, spalten = to_breit(zeilen, spalten, breit, mit_status=format not in ("text", "md", "html", "xlsx"))
    if format in ("text", "md"):
        zeile = "\n" if format == "text" else "\n\n"
        oben = zeile.join([*vorspann.absaetze, ""]) + "\n" if vorspann else ""
        return (oben + (render_text if format == "text" else render_md)(zeilen, spalten, stellen)).encode()
    if format == "html":
        from sozmon.tabellen.seite import render_seite

        v = vorspann or Vorspann(blatt)
        seite = render_seite(zeilen, spalten, stellen, **{f: getattr(v, f) for f in v.__slots__})
        return seite.encode("utf-8", "backslashreplace")
    if format == "csv":
        return _csv(zeilen, spalten, excel=excel)
    if format == "xlsx":
        from sozmon.tabellen.excel import render_xlsx

        if breit:  # for people: columns that say something
            spalten = gefuellte(zeilen, spalten)
        return render_xlsx(zeilen, spalten, blatt, stellen=stellen, erlaeuterung=erlaeuterung)
    if format == "parquet":
        return render_parquet(zeilen, spalten)
    return render_json(zeilen, spalten, je_zeile=format == "jsonl")


def _csv(zeilen: Sequence[Zeile], spalten: Sequence[str], *, excel: bool) -> bytes:
    if not excel:
        return render_csv(zeilen, spalten)
    from sozmon.tabellen.excel import render_csv_excel

    return render_csv_excel(zeilen, spalten)
