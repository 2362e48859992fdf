"""What the charts take: plain frozen values. A hidden or missing value must not even carry a number."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import Literal

from sozmon.model import OHNE_WERT, Status, jahr_von
from sozmon.zahlen import runde

Art = Literal["wert", "geheim", "fehlt", "unsicher"]
Rolle = Literal["raum", "vergleich"]

GEHEIM = frozenset({Status.GEHEIM_QUELLE, Status.GEHEIM, Status.NICHT_FREIGEGEBEN, Status.UNVOLLSTAENDIG})
"""Drawn alike: telling primary from inherited suppression would help an attacker."""


def art_von(status: Status) -> Art:
    """How a cell of this status is drawn."""
    if status not in OHNE_WERT:
        return "wert"
    if status in GEHEIM:
        return "geheim"
    return "unsicher" if status is Status.UNSICHER else "fehlt"


def lies_jahr(zeit: str) -> float:
    """Place of a zeit text on the time axis: its year; months and quarters as fractions of it."""
    jahr = jahr_von(zeit)
    if len(zeit) == 7 and zeit[4:6] == "-Q":
        return jahr + (int(zeit[6]) - 1) / 4
    if len(zeit) == 7 and zeit[4] == "-":
        return jahr + (int(zeit[5:7]) - 1) / 12
    return float(jahr)


def check_wert(wert: float | None, art: Art, wo: str) -> None:
    """ValueError when a hidden value carries a number, a number is missing or not finite: a bug of the caller."""
    if art in ("geheim", "fehlt") and wert is not None:
        raise ValueError(f"{wo}: ein Wert der Art '{art}' darf keine Zahl tragen")
    if art == "wert" and wert is None:
        raise ValueError(f"{wo}: Zahl fehlt")
    if wert is not None and not math.isfinite(wert):
        raise ValueError(f"{wo}: keine endliche Zahl")


def gedruckt(wert: float, stellen: int) -> float:
    """The number as it is printed: all geometry is made from it, so no picture says more than its labels."""
    return float(runde(wert, stellen))


@dataclass(frozen=True, slots=True)
class Punkt:
    """One value of a series; ``jahr`` may have a fraction (months), never drawn as such on the axis."""

    jahr: float
    wert: float | None
    art: Art = "wert"

    def __post_init__(self) -> None:
        check_wert(self.wert, self.art, f"Punkt {self.jahr:g}")


@dataclass(frozen=True, slots=True)
class Reihe:
    """One line. ``raum`` is emphasised, ``vergleich`` (Kreis, Land, Bund) stays grey.

    vorausberechnet_ab: first projected time; from there on the line is dashed on a tinted ground.
    """

    name: str
    punkte: tuple[Punkt, ...]
    rolle: Rolle = "raum"
    vorausberechnet_ab: float = math.inf


@dataclass(frozen=True, slots=True)
class Balken:
    """One bar. ``gruppe`` puts bars under a heading; '' = no heading. ``zeichen``: printed for a missing value."""

    name: str
    wert: float | None
    art: Art = "wert"
    hervorgehoben: bool = False
    gruppe: str = ""
    zeichen: str = ""

    def __post_init__(self) -> None:
        check_wert(self.wert, self.art, f"Balken {self.name}")


@dataclass(frozen=True, slots=True)
class Paar:
    """One row of the dot plot: a value and its reference; each may be hidden."""

    name: str
    wert: float | None
    vergleich: float | None
    art: Art = "wert"
    vergleich_art: Art = "wert"
    hervorgehoben: bool = False

    def __post_init__(self) -> None:
        check_wert(self.wert, self.art, f"Zeile {self.name}")
        check_wert(self.vergleich, self.vergleich_art, f"Zeile {self.name}, Vergleichswert")


@dataclass(frozen=True, slots=True)
class Vergleich:
    """Reference value of the ranking: a labelled vertical line."""

    name: str
    wert: float


@dataclass(frozen=True, slots=True)
class Angaben:
    """What is said about a chart.

    titel: printed inside the picture; leave empty where a caption says it. einheit: '%' or words ('Personen').
    brueche: (first time after the break, reason). Sizes in cm; hoehe_cm 0 = as high as the content needs.
    richtung is taken for the caller's sake: no chart colours by it.
    """

    titel: str = ""
    einheit: str = ""
    nachkommastellen: int = 1
    brueche: tuple[tuple[float, str], ...] = ()
    richtung: str = "neutral"
    breite_cm: float = 16.0
    hoehe_cm: float = 0.0
