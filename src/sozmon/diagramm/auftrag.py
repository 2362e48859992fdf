"""Charts that are still to be drawn: what a report collects, draws at the end, in parallel, and only what is new."""

from __future__ import annotations

import os
from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from sozmon.plattform import arbeiter
from sozmon.zwischenspeicher import Zwischenspeicher, schluessel

if TYPE_CHECKING:
    from matplotlib.figure import Figure

PARALLEL_AB = 12
"""Below so many new charts a second process costs more than it saves."""


@dataclass(frozen=True, slots=True)
class Zeichnung:
    """The name of a ``draw_`` function of this package, and its arguments: plain frozen values.

    blatt: which sheet of those that the function makes.
    """

    funktion: str
    argumente: tuple[Any, ...]
    blatt: int = 0

    def draw(self) -> Figure:
        """The figure."""
        from sozmon import diagramm

        figur: Figure | tuple[Figure, ...] = getattr(diagramm, self.funktion)(*self.argumente)
        return figur[self.blatt] if isinstance(figur, tuple) else figur


@dataclass(frozen=True, slots=True)
class Bild:
    """A drawn chart; ``png`` b'' when nobody needs it."""

    svg: bytes
    png: bytes


def render_alle(
    zeichnungen: Mapping[str, Zeichnung], speicher: Zwischenspeicher, *, png: bool, kerne: int = 0
) -> dict[str, Bild]:
    """Name → chart. What ``speicher`` holds is not drawn again; kerne: processes, 0 = as many as there are."""
    arten = ("svg", "png") if png else ("svg",)
    stellen = [(name, art, schluessel("diagramm", z, art)) for name, z in zeichnungen.items() for art in arten]
    bilder = {(name, art): speicher.hole(key) for name, art, key in stellen}
    offen = [
        (z, tuple(art for art in arten if bilder[name, art] is None), name)
        for name, z in zeichnungen.items()
        if any(bilder[name, art] is None for art in arten)
    ]
    zahl = kerne or os.cpu_count() or 1
    with arbeiter(min(zahl, 4) if len(offen) >= PARALLEL_AB else 1) as pool:
        ergebnisse = list(pool.map(_render, [z for z, _, _ in offen], [a for _, a, _ in offen], chunksize=4))
    keys = {(name, art): key for name, art, key in stellen}
    for (_, neue, name), inhalte in zip(offen, ergebnisse, strict=True):
        for art, inhalt in zip(neue, inhalte, strict=True):
            bilder[name, art] = inhalt
            speicher.lege(keys[name, art], inhalt)
    return {name: Bild(bilder[name, "svg"] or b"", bilder.get((name, "png")) or b"") for name in zeichnungen}


def _render(zeichnung: Zeichnung, arten: tuple[str, ...]) -> tuple[bytes, ...]:
    """Runs in a worker."""
    from sozmon.diagramm.ausgabe import save_png, save_svg

    figur = zeichnung.draw()
    return tuple(save_png(figur) if art == "png" else save_svg(figur, text_als_pfad=True) for art in arten)
