"""Registers and change lists as values, and the two small text files in which a project keeps them.

A register (Gemeindeverzeichnis) says which Räume existed on one day; a change list (Gebietsänderungen) says what
changed from day to day. Both are kept parsed under ``raeume/verzeichnisse/<datum>.csv`` and
``raeume/aenderungen/<von>_<bis>.csv``: one line a Raum, sorted by its id, so that loading all of Germany is one
split and one dict a Land, and a line is only taken apart when somebody asks for it.
"""

from __future__ import annotations

import csv
import io
from bisect import bisect_left
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import NamedTuple

from sozmon.errors import KonfigError
from sozmon.plattform import create_ordner, write_text

REGISTER_SPALTEN = ("raum_id", "ars", "art", "name", "flaeche_km2")
AENDERUNG_SPALTEN = (
    "kennziffer",
    "einheit",
    "arten",
    "ars_alt",
    "ags_alt",
    "name_alt",
    "flaeche_qm",
    "einwohner",
    "ars_neu",
    "ags_neu",
    "name_neu",
    "juristisch",
    "statistisch",
)
EBENE_JE_LAENGE = {
    2: "land",
    3: "regierungsbezirk",
    4: "region",
    5: "kreis",
    8: "gemeinde",
    9: "verband",
}
"""The Ebene of an id *of a register*: there the number of digits is unique. Never apply it to a foreign key."""

UNBEWOHNT = "66"
"""Textkennzeichen of an uninhabited gemeindefreies Gebiet."""

AUFLOESUNG, TEILAUSGLIEDERUNG, SCHLUESSEL, NAME = 1, 2, 3, 4
"""Kinds of change as the change list numbers them."""


@dataclass(frozen=True, slots=True)
class RegisterRaum:
    """One row of a register; ``zeile`` counts from 1 as the spreadsheet does, ``art`` is the Textkennzeichen."""

    raum_id: str
    name: str
    ebene: str
    ars: str
    art: str = ""
    flaeche: float | None = None
    einwohner: float | None = None
    maennlich: float | None = None
    weiblich: float | None = None
    zeile: int = 0

    @property
    def verband(self) -> str:
        """Key of the Gemeindeverband: the first nine digits of the ARS; empty above the Verband."""
        return self.ars[:9] if len(self.ars) >= 9 else ""


@dataclass(frozen=True)
class Register:
    """All Räume that existed on ``datum`` (ISO); ``blatt`` is the sheet it was read from."""

    datum: str
    raeume: tuple[RegisterRaum, ...]
    blatt: str = ""


@dataclass(frozen=True, slots=True)
class Aenderung:
    """One row of a change list: what ``alt`` gave to ``neu``; areas in m², dates ISO."""

    kennziffer: str
    einheit: str
    arten: tuple[int, ...]
    ars_alt: str
    ags_alt: str
    name_alt: str
    ars_neu: str
    ags_neu: str
    name_neu: str
    juristisch: str
    statistisch: str
    flaeche: float | None = None
    einwohner: float | None = None
    zeile: int = 0

    @property
    def zieht_um(self) -> bool:
        """True when the whole of ``alt`` becomes part of another Gemeinde or gets another AGS."""
        return self.ags_alt != self.ags_neu and TEILAUSGLIEDERUNG not in self.arten


@dataclass(frozen=True)
class Aenderungsliste:
    """All changes whose statistical date lies from ``von`` to ``bis`` (both included, ISO).

    The statistical date is the one that registers and tables follow; the legal one may be years earlier.
    """

    von: str
    bis: str
    aenderungen: tuple[Aenderung, ...]
    blatt: str = ""

    @property
    def gemeinden(self) -> tuple[Aenderung, ...]:
        """The rows that speak of Gemeinden."""
        return tuple(a for a in self.aenderungen if a.ags_alt and a.ags_neu)


class Eintrag(NamedTuple):
    """What is kept of a Raum: its official name, ARS, Textkennzeichen and area in km²."""

    raum_id: str
    ars: str
    art: str
    name: str
    flaeche: float | None


class Verzeichnis:
    """A kept register, read and taken apart only as far as somebody asks: Land by Land, line by line."""

    def __init__(self, datum: str, quelle: Path | str) -> None:
        """quelle: the kept file, or its whole text."""
        self.datum, self._quelle = datum, quelle
        self._bloecke: dict[str, dict[str, str]] = {}
        self._ids: dict[str, list[str]] = {}
        self._unbewohnt: dict[str, frozenset[str]] = {}

    @property
    def ort(self) -> str:
        """Where it is kept, for messages."""
        return str(self._quelle) if isinstance(self._quelle, Path) else ""

    @cached_property
    def text(self) -> str:
        """The whole file, checked for its header and its end."""
        try:
            text = self._quelle.read_text("utf-8") if isinstance(self._quelle, Path) else self._quelle
        except (OSError, UnicodeDecodeError) as fehler:
            raise _beschaedigt(self.ort) from fehler
        if not text.startswith(";".join(REGISTER_SPALTEN) + "\n") or not text.endswith("\n"):
            raise _beschaedigt(self.ort)
        return text

    def block(self, land: str) -> dict[str, str]:
        """Line by id, ascending, of one Land (two digits). The file is sorted, so its lines stand together."""
        if land not in self._bloecke:
            von = self.text.find("\n" + land) + 1
            bis = self.text.find("\n", self.text.rfind("\n" + land) + 1)
            zeilen = self.text[von:bis].split("\n") if von else []
            self._bloecke[land] = {zeile.partition(";")[0]: zeile for zeile in zeilen}
        return self._bloecke[land]

    @cached_property
    def laender(self) -> list[str]:
        """Keys of all Länder in the file, ascending."""
        laender: list[str] = []
        stelle = self.text.find("\n") + 1
        while stelle < len(self.text):
            laender.append(self.text[stelle : stelle + 2])
            stelle = self.text.find("\n", self.text.rfind("\n" + laender[-1]) + 1) + 1
        return laender

    def __contains__(self, raum_id: str) -> bool:
        return raum_id in self.block(raum_id[:2]) if len(raum_id) > 1 else False

    def ids(self, land: str = "") -> list[str]:
        """All ids of one Land or ('') of all, ascending; parents stand before their children."""
        if land not in self._ids:
            self._ids[land] = [i for x in ([land] if land else self.laender) for i in self.block(x)]
        return self._ids[land]

    def unbewohnt(self, land: str) -> frozenset[str]:
        """Uninhabited gemeindefreie Gebiete of a Land."""
        if land not in self._unbewohnt:
            verdacht = (i for i, zeile in self.block(land).items() if f";{UNBEWOHNT};" in zeile)
            self._unbewohnt[land] = frozenset(i for i in verdacht if self.eintrag(i).art == UNBEWOHNT)
        return self._unbewohnt[land]

    def eintrag(self, raum_id: str) -> Eintrag:
        """The Raum of that id; KeyError when unknown."""
        zeile = self.block(raum_id[:2])[raum_id]
        teile = next(csv.reader((zeile,), delimiter=";")) if '"' in zeile else zeile.split(";")
        if len(teile) != len(REGISTER_SPALTEN):
            raise _beschaedigt(self.ort)
        raum, ars, art, name, flaeche = teile
        return Eintrag(raum, ars, art, name, float(flaeche) if flaeche else None)

    def mit_praefix(self, praefix: str, laenge: int) -> list[str]:
        """Ids of ``laenge`` digits that begin with ``praefix`` ('' or at least the Land), ascending."""
        ids = self.ids(praefix[:2])
        if len(praefix) > 2:
            ids = ids[bisect_left(ids, praefix) : bisect_left(ids, praefix + ":")]  # ":" follows "9"
        return [i for i in ids if len(i) == laenge]


def _beschaedigt(ort: str) -> KonfigError:
    return KonfigError(
        "Das abgelegte Gemeindeverzeichnis ist nicht lesbar.",
        ort=ort,
        grund="Die Datei wurde verändert oder ist unvollständig.",
        abhilfe="Datei löschen und das Gemeindeverzeichnis neu einlesen: sozmon import DATEI",
    )


# --------------------------------------------------------------------------------------------------
# Writing


def _csv(kopf: Iterable[str], zeilen: Iterable[Iterable[object]]) -> str:
    puffer = io.StringIO()
    schreiber = csv.writer(puffer, delimiter=";", lineterminator="\n")
    schreiber.writerow(kopf)
    schreiber.writerows(zeilen)
    return puffer.getvalue()


def _zahl(wert: float | None) -> str:
    return "" if wert is None else repr(int(wert)) if float(wert).is_integer() else repr(float(wert))


def _eine_zeile(text: str) -> str:
    return " ".join(text.split())


def render_register(register: Register) -> str:
    """The kept form of a register: CSV text, sorted by raum_id."""
    zeilen = (
        (r.raum_id, r.ars, r.art, _eine_zeile(r.name), _zahl(r.flaeche))
        for r in sorted(register.raeume, key=lambda r: r.raum_id)
    )
    return _csv(REGISTER_SPALTEN, zeilen)


def write_register(ordner: Path, register: Register) -> Path:
    """Keep ``register`` under ``ordner``/verzeichnisse/ (ordner = the project's ``raeume``); replaces that date."""
    ziel = create_ordner(ordner / "verzeichnisse") / f"{register.datum}.csv"
    return write_text(ziel, render_register(register))


def write_aenderungen(ordner: Path, liste: Aenderungsliste) -> Path:
    """Keep a change list under ``ordner``/aenderungen/ (ordner = the project's ``raeume``)."""
    ziel = create_ordner(ordner / "aenderungen") / f"{liste.von}_{liste.bis}.csv"
    zeilen = (
        (
            a.kennziffer,
            a.einheit,
            ",".join(str(art) for art in a.arten),
            a.ars_alt,
            a.ags_alt,
            _eine_zeile(a.name_alt),
            _zahl(a.flaeche),
            _zahl(a.einwohner),
            a.ars_neu,
            a.ags_neu,
            _eine_zeile(a.name_neu),
            a.juristisch,
            a.statistisch,
        )
        for a in liste.aenderungen
    )
    return write_text(ziel, _csv(AENDERUNG_SPALTEN, zeilen))


# --------------------------------------------------------------------------------------------------
# Loading


def load_verzeichnisse(ordner: Path) -> list[Verzeichnis]:
    """All kept registers, oldest first; a damaged one raises KonfigError when it is first asked."""
    return [Verzeichnis(pfad.stem, pfad) for pfad in _dateien(ordner / "verzeichnisse")]


def load_aenderungslisten(ordner: Path) -> list[Aenderungsliste]:
    """All kept change lists, oldest first."""
    return [_load_aenderungen(pfad) for pfad in _dateien(ordner / "aenderungen")]


def _dateien(ordner: Path) -> Iterator[Path]:
    if ordner.is_dir():
        yield from sorted(p for p in ordner.iterdir() if p.suffix == ".csv" and not p.name.startswith("."))


def _load_aenderungen(pfad: Path) -> Aenderungsliste:
    von, _, bis = pfad.stem.partition("_")
    with pfad.open(encoding="utf-8", newline="") as datei:
        leser = csv.DictReader(datei, delimiter=";")
        try:
            zeilen = tuple(_parse_aenderung(z) for z in leser)
        except (KeyError, ValueError, TypeError) as fehler:
            raise KonfigError(
                "Die abgelegte Änderungsliste ist nicht lesbar.",
                ort=f"{pfad}, Zeile {leser.line_num}",
                abhilfe="Datei löschen und die Liste neu einlesen: sozmon import DATEI",
            ) from fehler
    return Aenderungsliste(von, bis, zeilen)


def _parse_aenderung(z: dict[str, str]) -> Aenderung:
    return Aenderung(
        kennziffer=z["kennziffer"],
        einheit=z["einheit"],
        arten=tuple(int(a) for a in z["arten"].split(",")),
        ars_alt=z["ars_alt"],
        ags_alt=z["ags_alt"],
        name_alt=z["name_alt"],
        ars_neu=z["ars_neu"],
        ags_neu=z["ags_neu"],
        name_neu=z["name_neu"],
        juristisch=z["juristisch"],
        statistisch=z["statistisch"],
        flaeche=float(z["flaeche_qm"]) if z["flaeche_qm"] else None,
        einwohner=float(z["einwohner"]) if z["einwohner"] else None,
    )
