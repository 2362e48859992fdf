"""Official list of territorial changes ("Gebietsänderungen vom … bis …"): grid of cells → Aenderungsliste.

One row says what one Gemeinde (or Gemeindeverband) gave to another: kind 1 dissolution, 2 part of an area, 3 change
of key, 4 change of name, several as ``3, 4``. A Gemeinde split in three has three rows; a cut of an area has a row
for what stays. Numbers and kinds stand there as numbers or as text, even within one column.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from sozmon.errors import EingabeError
from sozmon.model import Meldung, Stufe
from sozmon.quellen.gitter import Blatt, Zelle, als_text, fundstelle
from sozmon.raeume.register import Aenderung, Aenderungsliste
from sozmon.zahlen import parse_datum, parse_zahl

_TITEL = re.compile(
    r"Gebiets(?:stands)?änderungen\s+vom\s+(\d{1,2})\.(\d{1,2})\.(\d{4})?\s*(?:-|–|bis(?:\s+zum)?)\s*(\d{1,2})\.(\d{1,2})\.(\d{4})"
)
_FOLGE = (
    ("kennziffer", "kennziffer"),
    ("einheit", "regionaleinheit"),
    ("ars_alt", "amtlicherregionalschlüsselars"),
    ("ags_alt", "amtlichergemeindeschlüsselags"),
    ("name_alt", "name"),
    ("arten", "änderungsart"),
    ("flaeche", "flächeqm"),
    ("einwohner", "einwohner"),
    ("ars_neu", "amtlicherregionalschlüsselars"),
    ("ags_neu", "amtlichergemeindeschlüsselags"),
    ("name_neu", "name"),
    ("juristisch", "juristisch"),
    ("statistisch", "statistisch"),
)
"""Columns from left to right; the right half repeats the words of the left."""
_KOPFZEILEN = 12
_KENNZIFFER = re.compile(r"\d{2}/\d{4}/\S+")


@dataclass(frozen=True, slots=True)
class _Kopf:
    blatt: Blatt
    spalten: dict[str, int]
    erste: int


def ist_aenderungsliste(blaetter: Iterable[Blatt]) -> bool:
    """True when one of the sheets has the header of a change list."""
    return any(_kopf(b) is not None for b in blaetter)


def read_aenderungen(blaetter: Iterable[Blatt]) -> tuple[Aenderungsliste, list[Meldung]]:
    """Sheets → change list, with findings by cell; EingabeError when it is none or names no period."""
    alle = list(blaetter)
    kopf = next((k for k in map(_kopf, alle) if k is not None), None)
    if kopf is None:
        raise EingabeError(
            "Das ist keine Liste der Gebietsänderungen.",
            grund="Kein Blatt hat die Kopfzeile mit Kennziffer, Regionaleinheit, Änderungsart und Wirksamkeitsdatum.",
            abhilfe="Gebraucht wird „Gebietsänderungen“ aus dem Gemeindeverzeichnis GV-ISys (Statistisches Bundesamt).",
        )
    von, bis = _zeitraum([kopf.blatt, *alle])
    meldungen: list[Meldung] = []
    aenderungen: list[Aenderung] = []
    for nummer in range(kopf.erste, len(kopf.blatt.zeilen)):
        zeile = kopf.blatt.zeilen[nummer]
        if not _KENNZIFFER.match(_text(kopf, zeile, "kennziffer")):
            if any(als_text(z) for z in zeile) and aenderungen:
                break
            continue
        aenderung = _read_aenderung(kopf, nummer, meldungen)
        if aenderung is not None:
            aenderungen.append(aenderung)
            meldungen += _check_zeitraum(kopf, nummer, aenderung, von, bis)
    return Aenderungsliste(von, bis, tuple(aenderungen), kopf.blatt.name), meldungen


def _kopf(blatt: Blatt) -> _Kopf | None:
    for nummer, zeile in enumerate(blatt.zeilen[:_KOPFZEILEN]):
        if [_wort(z) for z in zeile[:2]] != ["kennziffer", "regionaleinheit"]:
            continue
        unten = blatt.zeilen[nummer + 1] if nummer + 1 < len(blatt.zeilen) else []
        worte = [{_wort(_zelle(zeile, i)), _wort(_zelle(unten, i))} for i in range(max(len(zeile), len(unten)))]
        spalten, ab = {}, 0
        for name, wort in _FOLGE:
            stelle = next((i for i in range(ab, len(worte)) if wort in worte[i]), None)
            if stelle is None:
                return None
            spalten[name], ab = stelle, stelle + 1
        return _Kopf(blatt, spalten, nummer + 2)
    return None


def _wort(zelle: Zelle) -> str:
    return re.sub(r"[^a-zäöüß]", "", als_text(zelle).lower())


def _zelle(zeile: Sequence[Zelle], spalte: int) -> Zelle:
    return zeile[spalte] if spalte < len(zeile) else ""


def _text(kopf: _Kopf, zeile: Sequence[Zelle], spalte: str) -> str:
    return " ".join(als_text(_zelle(zeile, kopf.spalten[spalte])).split())


def _zeitraum(blaetter: Sequence[Blatt]) -> tuple[str, str]:
    for blatt in blaetter:
        for zeile in blatt.zeilen[:_KOPFZEILEN]:
            for zelle in zeile:
                if treffer := _TITEL.search(als_text(zelle)):
                    t1, m1, j1, t2, m2, j2 = treffer.groups()
                    return parse_datum(f"{t1}.{m1}.{j1 or j2}"), parse_datum(f"{t2}.{m2}.{j2}")
    raise EingabeError(
        "Der Zeitraum der Gebietsänderungen ist nicht zu erkennen.",
        ort=blaetter[0].name,
        grund="In der Titelzeile steht kein Zeitraum wie „vom 01.01. - 31.12.2023“.",
        abhilfe="Die Datei unverändert vom Statistischen Bundesamt laden.",
    )


def _read_aenderung(kopf: _Kopf, nummer: int, meldungen: list[Meldung]) -> Aenderung | None:
    zeile = kopf.blatt.zeilen[nummer]
    text = {name: _text(kopf, zeile, name) for name, _ in _FOLGE}
    ist_gemeinde = text["einheit"] == "Gemeinde"
    for name, laenge in (("ags_alt", 8), ("ags_neu", 8), ("ars_alt", 12), ("ars_neu", 12)):
        if ist_gemeinde:
            text[name] = _ziffern(_zelle(zeile, kopf.spalten[name]), laenge)
            if not (text[name].isdecimal() and len(text[name]) == laenge):
                meldungen.append(_abgelehnt(kopf, nummer, name, f"Der Schlüssel hat nicht {laenge} Ziffern."))
                return None
    try:
        daten = {n: parse_datum(text[n]) for n in ("juristisch", "statistisch")}
    except ValueError as fehler:
        meldungen.append(_abgelehnt(kopf, nummer, "statistisch", str(fehler)))
        return None
    arten = tuple(sorted({int(z) for z in re.findall(r"[0-9]", text["arten"])}))
    if not arten or not set(arten) <= {1, 2, 3, 4}:
        meldungen.append(_abgelehnt(kopf, nummer, "arten", "Die Änderungsart ist nicht 1, 2, 3 oder 4."))
        return None
    try:
        flaeche, einwohner = (_zahl(_zelle(zeile, kopf.spalten[n])) for n in ("flaeche", "einwohner"))
    except ValueError as fehler:
        meldungen.append(_abgelehnt(kopf, nummer, "flaeche", str(fehler)))
        return None
    return Aenderung(
        text["kennziffer"],
        text["einheit"],
        arten,
        text["ars_alt"],
        text["ags_alt"],
        text["name_alt"],
        text["ars_neu"],
        text["ags_neu"],
        text["name_neu"],
        daten["juristisch"],
        daten["statistisch"],
        flaeche,
        einwohner,
        nummer + 1,
    )


def _ziffern(zelle: Zelle, laenge: int) -> str:
    """A key of known length; a number cell gets back the zeros Excel dropped."""
    text = als_text(zelle)
    return text.zfill(laenge) if isinstance(zelle, int | float) else text


def _zahl(zelle: Zelle) -> float | None:
    if isinstance(zelle, int | float):
        return float(zelle)
    return parse_zahl(zelle, "de") if zelle.strip() else None


def _abgelehnt(kopf: _Kopf, nummer: int, spalte: str, text: str) -> Meldung:
    stelle = fundstelle(kopf.blatt, nummer, kopf.spalten[spalte])
    return Meldung("gebietsaenderung", Stufe.FEHLER, text, stelle)


def _check_zeitraum(kopf: _Kopf, nummer: int, a: Aenderung, von: str, bis: str) -> list[Meldung]:
    if von <= a.statistisch <= bis:
        return []
    text = f"{a.name_alt}: Das statistische Wirksamkeitsdatum liegt außerhalb des Zeitraums der Liste."
    stelle = fundstelle(kopf.blatt, nummer, kopf.spalten["statistisch"])
    return [Meldung("gebietsaenderung_zeitraum", Stufe.WARNUNG, text, stelle)]
