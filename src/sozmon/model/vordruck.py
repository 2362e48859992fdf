"""What a form asks: columns, Räume, borders; and how the form itself says it, so that it is read without a Quelle file.

Everything that reading needs stands in the data sheet as plain text: it survives a spreadsheet program that saves
CSV. The Prüfzeichen covers all of it, so a form that asks something else than it did is noticed.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Mapping
from dataclasses import dataclass

from sozmon.model.werte import OHNE_ZUORDNUNG, ZEITARTEN

MARKE = "sozmon-Vordruck"
FASSUNG = 1
"""Version of the layout; another one is refused, not guessed."""

STELLE, STAND, ZEIT, KENNUNG = "Amt oder Träger", "Stand der Daten", "Zeit", "Kennung"
ENDE, GEFRAGT, SPALTEN, RAEUME = "Ende der Tabelle", "Gefragt", "Spalten", "Räume"
"""Labels of the first column."""

ZEITWORTE: Mapping[str, str] = {
    "stichtag": "Stichtag",
    "jahr": "Jahr",
    "jahresmittel": "Jahresdurchschnitt",
    "schuljahr": "Schuljahr",
    "monat": "Monat",
    "quartal": "Quartal",
    "wahltag": "Wahltag",
}
_FELD = re.compile(r"(?P<merkmal>[^\s:|]+):(?P<zeitart>[a-z]+):(?P<zeit>[^\s:|]+)(?:\|(?P<auspraegung>\S+))?")
_KOPF = re.compile(rf"{MARKE} (?P<fassung>\d+) (?P<pruefzeichen>P-[0-9a-f]{{10}})")
_GEFRAGT = re.compile(
    r"Quelle (?P<quelle>[a-z0-9_]+), Kreis (?P<kreis>\d{5}), Ebene (?P<ebene>[a-z0-9_]+), "
    r"Gebietsstand (?P<stand>\d{4}-\d{2}-\d{2})"
)


@dataclass(frozen=True, slots=True)
class Feld:
    """One column that is asked: a count of a Merkmal, of one time, in one Ausprägung ('' = total)."""

    merkmal: str
    zeitart: str
    zeit: str
    auspraegung: str = ""

    @property
    def kennung(self) -> str:
        """The column's name in the file: 'inobhutnahmen:jahr:2024|geschlecht=w'."""
        hinten = f"|{self.auspraegung}" if self.auspraegung else ""
        return f"{self.merkmal}:{self.zeitart}:{self.zeit}{hinten}"

    @property
    def zeittext(self) -> str:
        """The time as people read it: 'Stichtag 31.12.2024', 'Schuljahr 2024/25'."""
        tag = re.fullmatch(r"(\d{4})-(\d{2})-(\d{2})", self.zeit)
        return f"{ZEITWORTE[self.zeitart]} {'.'.join(reversed(tag.groups())) if tag else self.zeit}"


@dataclass(frozen=True, slots=True)
class Vordruck:
    """What is asked. ``raeume``: keys of the rows without 'ohne Zuordnung' and the Kreis (none: only the Kreis)."""

    quelle: str
    kreis: str
    ebene: str
    gebietsstand: str
    spalten: tuple[Feld, ...]
    raeume: tuple[str, ...] = ()

    @property
    def schluessel(self) -> tuple[str, ...]:
        """Keys of all rows in their order."""
        return (*self.raeume, *((OHNE_ZUORDNUNG,) if self.raeume else ()), self.kreis)

    @property
    def gefragt(self) -> str:
        """Quelle, Kreis, Ebene and Gebietsstand as one text."""
        return f"Quelle {self.quelle}, Kreis {self.kreis}, Ebene {self.ebene}, Gebietsstand {self.gebietsstand}"

    @property
    def angaben(self) -> tuple[tuple[str, str], ...]:
        """(label, text) of the lines below the table."""
        return (
            (GEFRAGT, self.gefragt),
            (SPALTEN, " ".join(f.kennung for f in self.spalten)),
            (RAEUME, " ".join(self.schluessel)),
        )

    @property
    def pruefzeichen(self) -> str:
        """Short hash of all that is asked; begins with a letter and a dash, so no program takes it for a number."""
        text = "\n".join((str(FASSUNG), *(text for _, text in self.angaben)))
        return f"P-{hashlib.sha256(text.encode()).hexdigest()[:10]}"

    @property
    def kopf(self) -> str:
        """The text by which the file is recognised."""
        return f"{MARKE} {FASSUNG} {self.pruefzeichen}"


def parse_kopf(text: str) -> tuple[int, str] | None:
    """(version, Prüfzeichen) of a first cell; None when it is not that of a form."""
    treffer = _KOPF.fullmatch(" ".join(text.split()))
    return (int(treffer["fassung"]), treffer["pruefzeichen"]) if treffer else None


def parse_feld(text: str) -> Feld:
    """Column by its kennung; ValueError when it is none."""
    treffer = _FELD.fullmatch(text)
    if treffer is None or treffer["zeitart"] not in ZEITARTEN:
        raise ValueError(text)
    return Feld(treffer["merkmal"], treffer["zeitart"], treffer["zeit"], treffer["auspraegung"] or "")


def parse_vordruck(angaben: Mapping[str, str]) -> Vordruck:
    """The lines below the table (label → text) → what is asked; ValueError when one is missing or damaged."""
    gefragt = _GEFRAGT.fullmatch(" ".join(angaben.get(GEFRAGT, "").split()))
    spalten = tuple(parse_feld(k) for k in angaben.get(SPALTEN, "").split())
    schluessel = angaben.get(RAEUME, "").split()
    if gefragt is None or not spalten or not schluessel:
        raise ValueError("unvollständig")
    raeume = tuple(k for k in schluessel if k not in (OHNE_ZUORDNUNG, gefragt["kreis"]))
    return Vordruck(gefragt["quelle"], gefragt["kreis"], gefragt["ebene"], gefragt["stand"], spalten, raeume)
