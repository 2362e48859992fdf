"""Raumgliederungen: dated tables that put every Gemeinde into a region (``raeume/<name>.csv`` or ``.xlsx``).

Columns ``raum_id;raum;gemeinde;gueltig_ab;gueltig_bis`` (the two dates may be missing or empty). Gemeinden that are
left out on purpose stand under the raum_id ``ohne_zuordnung``. Files saved by
Excel are read too: ``,`` or tab for ``;``, a byte order mark, Windows-1252, keys and dates that became numbers.
Other tables in the folder (namen.csv) have another header and are left alone.
"""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from functools import cached_property
from pathlib import Path

from sozmon.errors import KonfigError
from sozmon.model import EBENEN, OHNE_ZUORDNUNG, Fundstelle, Meldung, Stufe
from sozmon.zahlen import parse_datum

PFLICHT = ("raum_id", "gemeinde")
SPALTEN = ("raum_id", "raum", "gemeinde", "gueltig_ab", "gueltig_bis")

_NAME = re.compile(r"[a-z][a-z0-9_]*")
_MAX_BYTES = 20_000_000


@dataclass(frozen=True, slots=True)
class Zeile:
    """One row: ``gemeinde`` belongs to ``raum_id`` from ``ab`` to ``bis`` (ISO, both included; '' = open)."""

    raum_id: str
    raum: str
    gemeinde: str
    ab: str
    bis: str
    stelle: Fundstelle
    repariert: bool = False
    """The table had seven digits; the leading zero was put back."""

    def gilt(self, datum: str) -> bool:
        """Is the row in force on that day?"""
        return self.ab <= datum and (not self.bis or datum <= self.bis)


@dataclass(frozen=True)
class Raumgliederung:
    """All rows of one zoning; ``meldungen`` are rows that could not be read."""

    name: str
    zeilen: tuple[Zeile, ...]
    meldungen: tuple[Meldung, ...] = ()

    @cached_property
    def raeume(self) -> dict[str, str]:
        """raum_id → name (the one of its latest row), without ohne_zuordnung."""
        namen: dict[str, str] = {}
        for z in sorted(self.zeilen, key=lambda z: z.ab):
            if z.raum_id != OHNE_ZUORDNUNG:
                namen[z.raum_id] = z.raum or namen.get(z.raum_id, "") or z.raum_id
        return namen

    @cached_property
    def je_raum(self) -> dict[str, tuple[Zeile, ...]]:
        """raum_id → its rows."""
        gruppen: dict[str, list[Zeile]] = {}
        for z in self.zeilen:
            gruppen.setdefault(z.raum_id, []).append(z)
        return {k: tuple(v) for k, v in gruppen.items()}

    def gemeinden(self, raum_id: str, datum: str) -> frozenset[str]:
        """Gemeinden that belong to the region on that day."""
        return frozenset(z.gemeinde for z in self.je_raum.get(raum_id, ()) if z.gilt(datum))

    def zeitraum(self, raum_id: str) -> tuple[str, str]:
        """First and last day on which the region has a Gemeinde ('' = open)."""
        zeilen = self.je_raum[raum_id]
        bis = "" if any(not z.bis for z in zeilen) else max(z.bis for z in zeilen)
        return min(z.ab for z in zeilen), bis

    @property
    def kreise(self) -> frozenset[str]:
        """Kreise that the zoning divides."""
        return frozenset(z.gemeinde[:5] for z in self.zeilen)


def load_gliederungen(ordner: Path) -> list[Raumgliederung]:
    """All Raumgliederungen of the folder by name; KonfigError (78) for a file that cannot be read at all."""
    gliederungen: dict[str, Raumgliederung] = {}
    if not ordner.is_dir():
        return []
    for pfad in sorted(ordner.iterdir()):
        if pfad.suffix.lower() not in {".csv", ".xlsx"} or pfad.name.startswith((".", "~$")):
            continue
        tabelle = _read_csv(pfad) if pfad.suffix.lower() == ".csv" else _read_xlsx(pfad)
        if _spalten(tabelle) is None:
            _check_fremd(tabelle, pfad)
            continue
        name = pfad.stem.lower()
        check_name(name, pfad)
        if name in gliederungen:
            raise KonfigError(
                f"Die Raumgliederung „{name}“ liegt zweimal vor (CSV und XLSX).",
                ort=str(pfad),
                abhilfe="Eine der beiden Dateien entfernen.",
            )
        gliederungen[name] = parse_gliederung(name, tabelle, pfad.name)
    return list(gliederungen.values())


def _check_fremd(tabelle: Sequence[Sequence[object]], pfad: Path) -> None:
    """Another table may lie here; one that is almost a Raumgliederung must not be passed over in silence."""
    kopf = [_text(z).lower() for z in tabelle[0]] if tabelle else []
    if len(set(SPALTEN) & set(kopf)) < 2 or pfad.name.lower() == "namen.csv":
        return
    raise KonfigError(
        "Die Kopfzeile der Raumgliederung stimmt nicht.",
        ort=str(pfad),
        grund=f"Es fehlt: {', '.join(s for s in PFLICHT if s not in kopf)}.",
        abhilfe=f"Erwartet: {';'.join(SPALTEN)}",
    )


def check_name(name: str, pfad: Path) -> None:
    """KonfigError (78) for a name that no Raumgliederung may have."""
    if name in (*EBENEN, "region", OHNE_ZUORDNUNG):
        raise KonfigError(
            f"Eine Raumgliederung darf nicht „{name}“ heißen.",
            ort=str(pfad),
            grund="So heißt schon eine amtliche Ebene.",
            abhilfe="Die Datei umbenennen, zum Beispiel in sozialregionen.csv.",
        )
    if not _NAME.fullmatch(name):
        raise KonfigError(
            f"Der Dateiname „{pfad.name}“ taugt nicht als Name einer Raumgliederung.",
            ort=str(pfad),
            grund="Erlaubt sind Kleinbuchstaben ohne Umlaute, Ziffern und _.",
            abhilfe="Die Datei umbenennen, zum Beispiel in planungsraeume.csv.",
        )


def parse_gliederung(name: str, tabelle: Sequence[Sequence[object]], datei: str) -> Raumgliederung:
    """Rows of cells (header first) → Raumgliederung; unreadable rows become ``fehler`` with their line."""
    spalten = _spalten(tabelle)
    if spalten is None:
        raise KonfigError("Kopfzeile fehlt.", ort=datei, grund=f"Erwartet: {';'.join(SPALTEN)}")
    zeilen: list[Zeile] = []
    meldungen: list[Meldung] = []
    leer: list[Fundstelle] = []
    for nummer, roh in enumerate(tabelle[1:], start=2):
        if not any(_text(z) for z in roh):
            continue
        stelle = Fundstelle(datei=datei, zelle=f"Zeile {nummer}")
        if not any(_text(roh[s]) for n, s in spalten.items() if n != "gemeinde" and s < len(roh)):
            leer.append(stelle)
            continue
        try:
            zeilen.append(_zeile(roh, spalten, stelle))
        except ValueError as fehler:
            meldungen.append(Meldung("raumgliederung_zeile", Stufe.FEHLER, str(fehler), stelle))
    if leer:
        meldungen.append(_unausgefuellt(leer))
    return Raumgliederung(name, tuple(zeilen), tuple(meldungen))


def _unausgefuellt(stellen: Sequence[Fundstelle]) -> Meldung:
    """One finding for all rows of a table in which only the Gemeinde stands yet (``sozmon raeume vorlage``)."""
    wort = "1 Zeile ist" if len(stellen) == 1 else f"{len(stellen)} Zeilen sind"
    return Meldung(
        "raumgliederung_leer",
        Stufe.FEHLER,
        f"{wort} noch nicht ausgefüllt: raum_id fehlt.",
        stellen[0],
        f"Der Gemeinde ihren Raum eintragen; bleibt sie absichtlich außen vor: {OHNE_ZUORDNUNG}",
        len(stellen),
    )


def _spalten(tabelle: Sequence[Sequence[object]]) -> Mapping[str, int] | None:
    if not tabelle:
        return None
    kopf = [_text(z).lower() for z in tabelle[0]]
    if any(k not in kopf for k in PFLICHT):
        return None
    return {name: kopf.index(name) for name in SPALTEN if name in kopf}


def _zeile(roh: Sequence[object], spalten: Mapping[str, int], stelle: Fundstelle) -> Zeile:
    zelle = {name: roh[i] if i < len(roh) else "" for name, i in spalten.items()}
    raum_id, gemeinde = _text(zelle["raum_id"]), _text(zelle["gemeinde"])
    if not raum_id or not gemeinde:
        raise ValueError("raum_id oder gemeinde fehlt.")
    if re.search(r"[\s:/,;|=]", raum_id):
        raise ValueError(f"raum_id „{raum_id}“: Leerzeichen und : / , ; | = sind nicht erlaubt.")
    if not (gemeinde.isascii() and gemeinde.isdecimal() and len(gemeinde) in (7, 8)):
        raise ValueError(f"„{gemeinde}“ ist kein Gemeindeschlüssel (AGS, acht Ziffern).")
    ab, bis = _datum(zelle.get("gueltig_ab", "")), _datum(zelle.get("gueltig_bis", ""))
    if bis and ab > bis:
        raise ValueError("gueltig_ab liegt nach gueltig_bis.")
    name, kurz = _text(zelle.get("raum", "")), len(gemeinde) == 7
    return Zeile(raum_id, name, gemeinde.zfill(8), ab, bis, stelle, kurz)


def _text(zelle: object) -> str:
    if isinstance(zelle, float) and zelle.is_integer():
        return str(int(zelle))
    return " ".join(str(zelle).split())


def _datum(zelle: object) -> str:
    if isinstance(zelle, datetime):
        return zelle.date().isoformat()
    if isinstance(zelle, date):
        return zelle.isoformat()
    text = _text(zelle)
    if not text:
        return ""
    if isinstance(zelle, int | float) and 20_000 < zelle < 80_000:
        return (date(1899, 12, 30) + timedelta(days=int(zelle))).isoformat()
    return parse_datum(text)


def _read_csv(pfad: Path) -> list[list[str]]:
    daten = _bytes(pfad)
    if b"\x00" in daten:
        raise _unlesbar(pfad, "Die Datei enthält Nullzeichen, sie ist keine CSV-Datei (oder UTF-16).")
    try:
        text = daten.decode("utf-8-sig")
    except UnicodeDecodeError:
        try:
            text = daten.decode("cp1252")
        except UnicodeDecodeError as fehler:
            raise _unlesbar(pfad, "Der Zeichensatz ist weder UTF-8 noch Windows-1252.") from fehler
    kopf = text.partition("\n")[0]
    trenner = max(";,\t", key=kopf.count)
    try:
        return list(csv.reader(io.StringIO(text, newline=""), delimiter=trenner, strict=True))
    except csv.Error as fehler:
        raise _unlesbar(pfad, "Ein Anführungszeichen ist nicht geschlossen oder steht an falscher Stelle.") from fehler


def _read_xlsx(pfad: Path) -> list[list[object]]:
    from python_calamine import CalamineError, CalamineWorkbook

    daten = _bytes(pfad)
    try:
        mappe = CalamineWorkbook.from_filelike(io.BytesIO(daten))
        erstes = next((b for b in mappe.sheet_names), None)
        if erstes is None:
            return []
        return [list(zeile) for zeile in mappe.get_sheet_by_name(erstes).to_python(skip_empty_area=False)]
    except (CalamineError, OSError, ValueError) as fehler:
        raise _unlesbar(pfad, "Die Datei ist keine lesbare XLSX-Mappe (beschädigt oder mit Kennwort).") from fehler


def _bytes(pfad: Path) -> bytes:
    try:
        if pfad.stat().st_size > _MAX_BYTES:
            raise _unlesbar(pfad, "Die Datei ist für eine Raumgliederung zu groß.")
        return pfad.read_bytes()
    except OSError as fehler:
        raise _unlesbar(pfad, fehler.strerror or "nicht lesbar") from fehler


def _unlesbar(pfad: Path, grund: str) -> KonfigError:
    return KonfigError(
        "Die Tabelle im Ordner raeume/ ist nicht lesbar.",
        ort=str(pfad),
        grund=grund,
        abhilfe=f"Als CSV (UTF-8) mit den Spalten {';'.join(SPALTEN)} speichern.",
    )


def vereine(gliederungen: Iterable[Raumgliederung]) -> dict[str, list[str]]:
    """raum_id → names of the Raumgliederungen that use it."""
    namen: dict[str, list[str]] = {}
    for g in gliederungen:
        for raum_id in g.raeume:
            namen.setdefault(raum_id, []).append(g.name)
    return namen
