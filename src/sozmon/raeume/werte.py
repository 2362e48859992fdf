"""The plain values that territory hands out."""

from __future__ import annotations

from dataclasses import dataclass
from typing import NamedTuple


@dataclass(frozen=True, slots=True)
class Raum:
    """An area. ``gueltig_ab``/``gueltig_bis``: first and last day proved ('' = open); whether it existed on some
    day is answered by ``Raeume.existiert``. ``name`` leaves out what follows a comma, ``name_amtlich`` does not."""

    raum_id: str
    name: str
    ebene: str
    gueltig_ab: str = ""
    gueltig_bis: str = ""
    kreis: str = ""
    land: str = ""
    verband: str = ""
    ars: str = ""
    flaeche_km2: float | None = None
    name_amtlich: str = ""


class ZuordnungZeile(NamedTuple):
    """``raum_alt`` on the borders of ``gebietsstand`` is part of ``raum_neu`` on the borders of the project."""

    raum_alt: str
    gebietsstand: str
    raum_neu: str
    gewicht: float
    umrechnung: str


class Aufloesung(NamedTuple):
    """What a key of a file means. ``art``: sicher, vorlaeufig (no register of that date: read again later),
    repariert (a leading zero was put back), mehrdeutig or unbekannt (both without raum_id)."""

    raum_id: str
    ebene: str
    art: str
    text: str = ""
