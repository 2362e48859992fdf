"""Which former Gemeinden add up to a Raum, and the rows that an official table prints for them."""

from __future__ import annotations

from dataclasses import dataclass

from .gebiet import (
    FUSIONSGEMEINDE,
    GEMEINDEN,
    KREIS,
    KREISNAMEN,
    LAND,
    NACHBAR,
    REGIERUNGSBEZIRK,
    STADT,
    TEILE_DER_FUSION,
    VORJAHRE,
)
from .merkmale import im_kreis


@dataclass(frozen=True)
class Zeile:
    """One Raum of an official table: key, name, depth of indentation, the Gemeinden (2021) that it holds."""

    schluessel: str
    name: str
    tiefe: int
    teile: tuple[str, ...]

    def besteht(self, jahr: int) -> bool:
        """Whether the Raum exists on 31.12. of ``jahr``."""
        if self.schluessel == FUSIONSGEMEINDE.ags:
            return jahr not in VORJAHRE
        return jahr in VORJAHRE or self.schluessel not in TEILE_DER_FUSION


def kreiszeilen() -> list[Zeile]:
    """Land, kreisfreie Stadt and Landkreise, as tables of the Kreis level print them."""
    land = Zeile(*LAND, 1, tuple(g.ags for g in GEMEINDEN))
    stadt = Zeile(STADT, KREISNAMEN[STADT] + ", kreisfreie Stadt", 3, tuple(im_kreis(STADT)))
    kreise = [Zeile(k, KREISNAMEN[k] + ", Landkreis", 3, tuple(im_kreis(k))) for k in (KREIS, NACHBAR)]
    return [land, stadt, *kreise]


def gemeindezeilen(kreis: str) -> list[Zeile]:
    """All Gemeinden of a Kreis that ever existed in the ten years, in the order of their keys."""
    zeilen = [Zeile(g.ags, g.voller_name, 4, (g.ags,)) for g in GEMEINDEN if g.kreis == kreis]
    if kreis == KREIS:
        zeilen.append(Zeile(FUSIONSGEMEINDE.ags, FUSIONSGEMEINDE.voller_name, 4, TEILE_DER_FUSION))
    return sorted(zeilen, key=lambda z: z.schluessel)


def gemeindetabelle(nur_eigene: bool) -> list[Zeile]:
    """Rows of a table of the Gemeinde level: Land, Regierungsbezirk, Kreise, Gemeinden under one variable."""
    land, stadt, kreis, nachbar = kreiszeilen()
    bezirk = Zeile(REGIERUNGSBEZIRK[0], REGIERUNGSBEZIRK[1] + ", Statistische Region", 2, land.teile)
    zeilen = [land, bezirk, stadt, kreis, *gemeindezeilen(KREIS), nachbar]
    return zeilen if nur_eigene else [*zeilen, *gemeindezeilen(NACHBAR)]
