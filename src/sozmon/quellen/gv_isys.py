"""Gemeindeverzeichnis (GV-ISys extract, "Auszug GV"): grid of cells → Register.

One row a Raum. The Satzart tells the level (10 Land, 20 Regierungsbezirk, 30 Region, 40 Kreis, 50 Gemeindeverband,
60 Gemeinde); the key stands in five columns of fixed width. The table is found by its header words, never by its
place, and ends at the first row that has no Satzart.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from sozmon.errors import EingabeError
from sozmon.model import Fundstelle, Meldung, Stufe
from sozmon.quellen.gitter import Blatt, Zelle, als_text, fundstelle
from sozmon.raeume.register import Register, RegisterRaum
from sozmon.zahlen import parse_datum, parse_zahl

EBENEN = {
    "10": "land",
    "20": "regierungsbezirk",
    "30": "region",
    "40": "kreis",
    "50": "verband",
    "60": "gemeinde",
}
_TEILE = {"10": 1, "20": 2, "30": 3, "40": 3, "50": 4, "60": 5}
"""How many of the five key columns a Satzart fills."""
_SCHLUESSEL = ("land", "rb", "kreis", "vb", "gem")
_BREITEN = (2, 1, 2, 4, 3)
_WERTE = ("flaeche", "einwohner", "maennlich", "weiblich")
_KOPF = {
    "satzart": "satzart",
    "textkennzeichen": "art",
    "land": "land",
    "rb": "rb",
    "kreis": "kreis",
    "vb": "vb",
    "gem": "gem",
    "gemeindename": "name",
    "flächekm": "flaeche",
    "insgesamt": "einwohner",
    "männlich": "maennlich",
    "weiblich": "weiblich",
}
_NOETIG = ("satzart", *_SCHLUESSEL, "name", "flaeche", "einwohner", "maennlich", "weiblich")
_TITEL = re.compile(r"\bam\s+(\d{1,2}\.\d{1,2}\.\d{4})")
_KOPFZEILEN = 12


@dataclass(frozen=True, slots=True)
class _Kopf:
    """Where the columns stand and where the data begin (0-based)."""

    blatt: Blatt
    spalten: dict[str, int]
    erste: int
    datum: str


def ist_register(blaetter: Iterable[Blatt]) -> bool:
    """True when one of the sheets has the header of a Gemeindeverzeichnis."""
    return any(_spalten(b) is not None for b in blaetter)


def read_register(blaetter: Iterable[Blatt]) -> tuple[Register, list[Meldung]]:
    """Sheets → register of one day, with findings by cell; EingabeError when it is none or has no date."""
    kopf = _finde_kopf(list(blaetter))
    meldungen: list[Meldung] = []
    raeume: list[RegisterRaum] = []
    for nummer, zeile in enumerate(kopf.blatt.zeilen[kopf.erste :], start=kopf.erste):
        satzart = _ziffern(_zelle(zeile, kopf.spalten["satzart"]), 2)
        if satzart not in EBENEN:
            if any(als_text(z) for z in zeile) and raeume:
                break
            continue
        raum = _read_raum(kopf, nummer, zeile, satzart, meldungen)
        if raum is not None:
            raeume.append(raum)
    if not any(r.ebene == "gemeinde" for r in raeume):
        raise EingabeError("Im Gemeindeverzeichnis steht keine Gemeinde.", ort=kopf.blatt.name)
    meldungen += _check_baum(kopf, raeume)
    return Register(kopf.datum, tuple(raeume), kopf.blatt.name), meldungen


def _finde_kopf(blaetter: Sequence[Blatt]) -> _Kopf:
    for blatt in blaetter:
        gefunden = _spalten(blatt)
        if gefunden is not None:
            spalten, erste = gefunden
            return _Kopf(blatt, spalten, erste, _datum(blatt, erste))
    raise EingabeError(
        "Das ist kein Gemeindeverzeichnis.",
        grund="Kein Blatt hat die Kopfzeile mit Satzart, Land, RB, Kreis, VB, Gem und Gemeindename.",
        abhilfe="Gebraucht wird der „Auszug GV“ des Gemeindeverzeichnisses GV-ISys (Statistisches Bundesamt).",
    )


def _spalten(blatt: Blatt) -> tuple[dict[str, int], int] | None:
    """Columns by header word (two header rows), and the first row below them."""
    for nummer, zeile in enumerate(blatt.zeilen[:_KOPFZEILEN]):
        if not any(_wort(z) == "satzart" for z in zeile):
            continue
        spalten: dict[str, int] = {}
        for kopfzeile in blatt.zeilen[nummer : nummer + 2]:
            for i, zelle in enumerate(kopfzeile):
                name = _KOPF.get(_wort(zelle))
                if name:
                    spalten.setdefault(name, i)
        if all(n in spalten for n in _NOETIG):
            return spalten, nummer + 2
    return None


def _wort(zelle: Zelle) -> str:
    """Header text without hyphenation, blanks and footnote marks: 'Fläche km2 1)' → 'flächekm'."""
    return re.sub(r"[^a-zäöüß]", "", als_text(zelle).lower())


def _datum(blatt: Blatt, erste: int) -> str:
    daten: set[str] = set()
    for zeile in blatt.zeilen[:erste]:
        for zelle in zeile:
            daten.update(parse_datum(t) for t in _TITEL.findall(als_text(zelle)))
        if daten:
            break
    if len(daten) != 1:
        raise EingabeError(
            "Der Gebietsstand des Gemeindeverzeichnisses ist nicht zu erkennen.",
            ort=blatt.name,
            grund="In der Titelzeile steht kein (eindeutiges) Datum wie „am 31.12.2023“.",
            abhilfe="Die Datei unverändert vom Statistischen Bundesamt laden.",
        )
    return daten.pop()


def _zelle(zeile: Sequence[Zelle], spalte: int) -> Zelle:
    return zeile[spalte] if spalte < len(zeile) else ""


def _ziffern(zelle: Zelle, breite: int) -> str:
    """Digits of a key column; a number cell gets back the zeros Excel dropped (the width of the column is fixed)."""
    text = als_text(zelle)
    return text.zfill(breite) if isinstance(zelle, int | float) else text


def _read_raum(
    kopf: _Kopf, nummer: int, zeile: Sequence[Zelle], satzart: str, meldungen: list[Meldung]
) -> RegisterRaum | None:
    anzahl = _TEILE[satzart]
    breiten = (*_BREITEN[:2], 1, *_BREITEN[3:]) if satzart == "30" else _BREITEN
    teile = [_ziffern(_zelle(zeile, kopf.spalten[s]), b) for s, b in zip(_SCHLUESSEL, breiten, strict=True)][:anzahl]
    name = " ".join(als_text(_zelle(zeile, kopf.spalten["name"])).split())
    stelle = fundstelle(kopf.blatt, nummer, kopf.spalten["land"])
    if not name or any(not t.isdecimal() or len(t) != b for t, b in zip(teile, breiten, strict=False)):
        text = f"Zeile {nummer + 1}: Schlüssel oder Name fehlt oder ist unvollständig."
        meldungen.append(Meldung("register_schluessel", Stufe.FEHLER, text, stelle))
        return None
    ebene = EBENEN[satzart]
    ars = "".join(teile)
    raum_id = ars[:5] + ars[9:] if ebene == "gemeinde" else ars
    art = als_text(_zelle(zeile, kopf.spalten["art"])) if "art" in kopf.spalten else ""
    if ebene != "gemeinde":
        return RegisterRaum(raum_id, name, ebene, ars, art, zeile=nummer + 1)
    flaeche, einwohner, m, w = (_wert(kopf, nummer, zeile, s, meldungen) for s in _WERTE)
    return RegisterRaum(raum_id, name, ebene, ars, art, flaeche, einwohner, m, w, nummer + 1)


def _wert(kopf: _Kopf, nummer: int, zeile: Sequence[Zelle], spalte: str, meldungen: list[Meldung]) -> float | None:
    """A number of the row; text that is none becomes a Meldung, an empty cell None."""
    zelle = _zelle(zeile, kopf.spalten[spalte])
    if isinstance(zelle, int | float):
        wert: float | None = float(zelle)
    else:
        try:
            wert = parse_zahl(zelle, "de") if zelle.strip() else None
        except ValueError as fehler:
            stelle = fundstelle(kopf.blatt, nummer, kopf.spalten[spalte])
            meldungen.append(Meldung("register_wert", Stufe.FEHLER, f"Keine Zahl: {fehler}", stelle))
            return None
    if wert is None or wert < 0:
        stelle = fundstelle(kopf.blatt, nummer, kopf.spalten[spalte])
        meldungen.append(Meldung("register_wert", Stufe.WARNUNG, f"{spalte}: kein Wert.", stelle))
        return None
    return wert


def _check_baum(kopf: _Kopf, raeume: Sequence[RegisterRaum]) -> list[Meldung]:
    """Duplicates, Gemeinden without Kreis or Verband, sexes that do not add up."""
    meldungen: list[Meldung] = []
    gesehen: dict[str, int] = {}
    for r in raeume:
        stelle = fundstelle(kopf.blatt, r.zeile - 1, kopf.spalten["land"])
        if r.raum_id in gesehen:
            text = f"Der Schlüssel {r.raum_id} ({r.name}) steht schon in Zeile {gesehen[r.raum_id]}."
            meldungen.append(Meldung("register_doppelt", Stufe.FEHLER, text, stelle))
        gesehen.setdefault(r.raum_id, r.zeile)
    for r in raeume:
        meldungen += _check_gemeinde(r, gesehen, fundstelle(kopf.blatt, r.zeile - 1, kopf.spalten["land"]))
    return meldungen


def _check_gemeinde(r: RegisterRaum, bekannt: dict[str, int], stelle: Fundstelle) -> list[Meldung]:
    meldungen: list[Meldung] = []
    kreislos = r.raum_id[2:5] == "000"  # sea areas and the like belong to a Land only
    if r.ebene == "gemeinde" and not kreislos and (r.raum_id[:5] not in bekannt or r.verband not in bekannt):
        text = f"Zu {r.name} ({r.raum_id}) fehlt die Zeile des Kreises oder des Gemeindeverbands."
        meldungen.append(Meldung("register_luecke", Stufe.FEHLER, text, stelle))
    if None not in (r.einwohner, r.maennlich, r.weiblich) and r.einwohner != r.maennlich + r.weiblich:  # type: ignore[operator]
        text = f"{r.name} ({r.raum_id}): männlich und weiblich ergeben nicht die Bevölkerung insgesamt."
        meldungen.append(Meldung("register_summe", Stufe.WARNUNG, text, stelle))
    return meldungen
