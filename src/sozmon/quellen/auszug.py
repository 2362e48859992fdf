"""A bounded extract of every sheet of a file: what drafting and checking a Quelle look at.

Made inside the limited child (``bilde_auszug``), handed to the parent as plain data (``als_daten``, ``aus_daten``).
It holds cells, so it lives in memory and in the private folder of the job only; no log ever sees it.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from typing import Any

from sozmon.dateien import AblehnungError, Rohdatei
from sozmon.model import Quelle
from sozmon.quellen.erkennung import check_personen, form_der_mappe, waehle_quelle
from sozmon.quellen.gitter import Blatt, Zelle, als_text, read_gitter, spaltenname

BLAETTER, ZEILEN, SPALTEN, FUSSZEILEN, ZEICHEN_JE_ZELLE = 40, 2000, 100, 60, 500
"""Sheets, rows from the top, columns, rows from the bottom and characters of a cell that are shown."""
ZEICHENLAENGE = 5
"""Longest text that may be a sign in place of a number: without digits, or like '<3'."""

_WISSENSWERT = ("kodierung_rueckfall", "blatt_verborgen", "zeilen_verborgen", "spalten_verborgen")


@dataclass(frozen=True, slots=True)
class Zeichenfund:
    """A sign in place of a number: how often in the sheet, and where first (column 0-based, address for people)."""

    text: str
    anzahl: int
    spalte: int
    zelle: str


@dataclass(frozen=True, slots=True)
class Auszug:
    """``form``: official shape ('' = a table without one); ``quellen``: declared tables that recognise the file.

    ``blaetter`` keep their row numbers: rows that are left out of a long sheet are empty. ``zeilen``: sheet → number
    of its rows; ``zeichen``: sheet → signs of all its rows; ``hinweise``: what was noticed on opening.
    """

    form: str
    quellen: tuple[str, ...]
    blaetter: tuple[Blatt, ...]
    zeilen: dict[str, int]
    zeichen: dict[str, tuple[Zeichenfund, ...]]
    hinweise: tuple[str, ...] = ()


def bilde_auszug(datei: Rohdatei, quellen: Mapping[str, Quelle]) -> Auszug:
    """Open, recognise, cut. AblehnungError when the file is refused, also for input about single persons."""
    blaetter, meldungen = read_gitter(datei)
    form = "ffcsv" if _ist_ffcsv(datei) else form_der_mappe(blaetter)
    if not form:
        check_personen(blaetter, datei.name)
    gefuellt = [b for b in blaetter if b.zeilen][:BLAETTER]
    return Auszug(
        form,
        tuple(q.kennung for q in quellen.values() if q.form == "tabelle" and _erkennt(q, datei.name, blaetter)),
        tuple(_gekuerzt(b) for b in gefuellt),
        {b.name: len(b.zeilen) for b in gefuellt},
        {b.name: _zeichen(b) for b in gefuellt},
        tuple(dict.fromkeys(m.text for m in meldungen if m.kennung in _WISSENSWERT)),
    )


def _ist_ffcsv(datei: Rohdatei) -> bool:
    if datei.art != "csv":
        return False
    from sozmon.quellen.csvtext import dekodiere
    from sozmon.quellen.ffcsv import kopfzeile

    return bool(kopfzeile(dekodiere(datei.pfad.read_bytes(), datei.name)[0])[0])


def _erkennt(quelle: Quelle, name: str, blaetter: list[Blatt]) -> bool:
    try:
        return waehle_quelle("", {quelle.kennung: quelle}, "", name, (), blaetter).quelle == quelle.kennung
    except AblehnungError:
        return False


def _gekuerzt(blatt: Blatt) -> Blatt:
    anzahl = len(blatt.zeilen)
    zeilen: list[list[Zelle]] = [
        [z[:ZEICHEN_JE_ZELLE] if isinstance(z, str) else z for z in zeile[:SPALTEN]]
        if nummer < ZEILEN or nummer >= anzahl - FUSSZEILEN
        else []
        for nummer, zeile in enumerate(blatt.zeilen)
    ]
    marken = {ort: m for ort, m in blatt.marken.items() if ort[1] < SPALTEN and zeilen[ort[0]]}
    return Blatt(
        blatt.name, zeilen, blatt.art, blatt.sichtbar, marken, blatt.verborgene_zeilen, blatt.verborgene_spalten
    )


def _zeichen(blatt: Blatt) -> tuple[Zeichenfund, ...]:
    """Short texts that are no numbers, per column: the signs of the office are among them."""
    anzahl: Counter[tuple[str, int]] = Counter()
    erste: dict[tuple[str, int], int] = {}
    for nummer, zeile in enumerate(blatt.zeilen):
        for spalte, zelle in enumerate(zeile[:SPALTEN]):
            text = zelle.strip() if isinstance(zelle, str) else ""
            if 0 < len(text) <= ZEICHENLAENGE and (text[0] in "<≤" or not any(z.isdigit() for z in text)):
                anzahl[text, spalte] += 1
                erste.setdefault((text, spalte), nummer)
    csv = blatt.art == "csv"
    return tuple(
        Zeichenfund(t, n, s, f"Zeile {erste[t, s] + 1}" if csv else f"{spaltenname(s)}{erste[t, s] + 1}")
        for (t, s), n in anzahl.items()
    )


def fusszeilen(blatt: Blatt) -> list[str]:
    """First text of each of the last rows."""
    return [t for zeile in blatt.zeilen[-FUSSZEILEN:] if (t := next((als_text(z) for z in zeile if z != ""), ""))]


# --------------------------------------------------------------------------------------------------
# from the child to the parent


def als_daten(auszug: Auszug) -> dict[str, Any]:
    """Plain data for JSON."""
    return {
        "form": auszug.form,
        "quellen": auszug.quellen,
        "blaetter": [
            {
                "name": b.name,
                "zeilen": b.zeilen,
                "art": b.art,
                "sichtbar": b.sichtbar,
                "marken": [[*ort, art] for ort, art in b.marken.items()],
                "verborgene_zeilen": sorted(b.verborgene_zeilen),
                "verborgene_spalten": sorted(b.verborgene_spalten),
            }
            for b in auszug.blaetter
        ],
        "zeilen": auszug.zeilen,
        "zeichen": {name: [asdict(z) for z in funde] for name, funde in auszug.zeichen.items()},
        "hinweise": auszug.hinweise,
    }


def aus_daten(daten: Mapping[str, Any]) -> Auszug:
    """The extract again."""
    blaetter = tuple(
        Blatt(
            b["name"],
            b["zeilen"],
            b["art"],
            b["sichtbar"],
            {(z, s): art for z, s, art in b["marken"]},
            frozenset(b["verborgene_zeilen"]),
            frozenset(b["verborgene_spalten"]),
        )
        for b in daten["blaetter"]
    )
    zeichen = {name: tuple(Zeichenfund(**z) for z in funde) for name, funde in daten["zeichen"].items()}
    return Auszug(daten["form"], tuple(daten["quellen"]), blaetter, daten["zeilen"], zeichen, tuple(daten["hinweise"]))
