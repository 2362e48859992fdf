"""What a heat table shows: rows, columns, cells, and the rule of its tones.

One rule for all columns: dark is the higher value. Whether high is good is said in words below the table, never by
colour: a dark neutral number must not look like a burden. Numbers with one tone may differ; equal printed numbers
never get two tones.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from sozmon.diagramm import stil
from sozmon.diagramm.modell import Art, check_wert, gedruckt
from sozmon.diagramm.tafeln import Tabelle, wert_text

TOENE = ("#edf2f8", "#c5d7e9", "#95b5d5", "#6594c3", "#1f4e79")
"""Light to dark in even steps of lightness, so that five fifths stay five greys."""
TON_AB = 3
"""Fewer numbers in a column have no fifths: they get no tone."""


@dataclass(frozen=True, slots=True)
class Waermespalte:
    """An Indikator; ``richtung`` as in the catalogue: it changes the legend's words, no tone."""

    name: str
    einheit: str
    nachkommastellen: int = 1
    richtung: str = "neutral"

    @property
    def kopf(self) -> str:
        """'Arbeitslosenanteil (%)'."""
        return f"{self.name} ({self.einheit})" if self.einheit else self.name


@dataclass(frozen=True, slots=True)
class Waermezelle:
    """One value; ``zeichen``: printed for a missing one."""

    wert: float | None
    art: Art = "wert"
    zeichen: str = ""

    def __post_init__(self) -> None:
        check_wert(self.wert, self.art, "Zelle")


@dataclass(frozen=True, slots=True)
class Waermezeile:
    """A Raum, the heading of a group (its cells may be empty) or a sum; only Räume have tones and are counted."""

    name: str
    zellen: tuple[Waermezelle, ...] = ()
    rolle: Literal["raum", "gruppe", "summe"] = "raum"


def compute_stufen(werte: Sequence[float | None], stellen: int) -> list[int | None]:
    """Fifth of each number among these (0 lowest to 4 highest), None without a number or with fewer than three.

    By printed values: the share of numbers below plus half of the equal ones, times five, rounded down; so equal
    numbers share one fifth, and a column of one number only is all middle.
    """
    rund = [None if w is None else gedruckt(w, stellen) for w in werte]
    zahlen = [w for w in rund if w is not None]
    if len(zahlen) < TON_AB:
        return [None] * len(rund)
    return [
        None if w is None else (2 * sum(z < w for z in zahlen) + zahlen.count(w)) * 5 // (2 * len(zahlen)) for w in rund
    ]


def textfarbe(ton: str) -> str:
    """Dark or white, whichever keeps more contrast on this tone (WCAG 2, at least 4.5:1 on all of ours)."""
    licht = _leuchtdichte(ton) + 0.05
    return stil.TEXT if licht / (_leuchtdichte(stil.TEXT) + 0.05) >= 1.05 / licht else "#ffffff"


def _leuchtdichte(farbe: str) -> float:
    """Relative luminance (WCAG 2.2)."""
    anteile = [int(farbe[i : i + 2], 16) / 255 for i in (1, 3, 5)]
    linear = [a / 12.92 if a <= 0.04045 else ((a + 0.055) / 1.055) ** 2.4 for a in anteile]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def daten_waerme(zeilen: Sequence[Waermezeile], spalten: Sequence[Waermespalte]) -> Tabelle:
    """What is drawn: all rows with their printed numbers or signs; headings without numbers have empty cells."""
    texte = ((z.name, *(zelltexte(z, spalten) or [""] * len(spalten))) for z in zeilen)
    return (("Raum", *(s.kopf for s in spalten)), *texte)


def zelltexte(zeile: Waermezeile, spalten: Sequence[Waermespalte]) -> list[str]:
    """The printed number or sign of every cell; [] for a heading without numbers."""
    paare = zip(zeile.zellen, spalten, strict=True) if zeile.zellen else ()
    return [wert_text(z.wert, z.art, s.nachkommastellen, z.zeichen) for z, s in paare]
