"""Charts: plain values in, a matplotlib ``Figure`` out; ``save_svg`` and ``save_png`` always give it the same bytes.

Each chart is honest: hidden values have a sign but no geometry, breaks and gaps are never bridged, a cut
axis says so, direct labels instead of legends, no traffic lights. matplotlib is imported inside the functions.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from sozmon.diagramm.auftrag import Bild, Zeichnung, render_alle
from sozmon.diagramm.ausgabe import save_pdf, save_png, save_svg
from sozmon.diagramm.linie import draw_linie
from sozmon.diagramm.mehrteilig import Block, daten_mehrteilig, draw_gestapelt, draw_gruppiert
from sozmon.diagramm.modell import Angaben, Balken, Paar, Punkt, Reihe, Vergleich, art_von, lies_jahr
from sozmon.diagramm.punkte import draw_punkte
from sozmon.diagramm.pyramide import Altersgruppe, daten_pyramide, draw_pyramide
from sozmon.diagramm.rangfolge import draw_rangfolge
from sozmon.diagramm.steigung import Steigung, check_ohne_bruch, daten_steigung, draw_steigung
from sozmon.diagramm.verlaeufe import Verlauf, daten_verlaeufe, draw_verlaeufe
from sozmon.diagramm.vielfache import FELDER_JE_BLATT, daten_vielfache, draw_vielfache
from sozmon.diagramm.waerme import draw_waerme, zaehle_blaetter
from sozmon.diagramm.waermewerte import Waermespalte, Waermezeile, Waermezelle, daten_waerme

if TYPE_CHECKING:
    from matplotlib.figure import Figure


def draw(art: str, inhalt: Sequence[Any], angaben: Angaben, bezug: Any = None) -> Figure:
    """One call for every kind: 'linie' (Reihen), 'rangfolge' (Balken; bezug: Vergleich or None), 'punkte' (Paare;
    bezug: name of the reference, or names of dot and reference).
    """
    if art == "linie":
        return draw_linie(inhalt, angaben)
    if art == "rangfolge":
        return draw_rangfolge(inhalt, angaben, bezug)
    if art == "punkte":
        namen = ("Region", bezug or "Kreis") if isinstance(bezug, str | None) else tuple(bezug)
        return draw_punkte(inhalt, angaben, namen)
    raise ValueError(f"unbekannte Diagrammart: {art}")


__all__ = [
    "FELDER_JE_BLATT",
    "Altersgruppe",
    "Angaben",
    "Balken",
    "Bild",
    "Block",
    "Paar",
    "Punkt",
    "Reihe",
    "Steigung",
    "Vergleich",
    "Verlauf",
    "Waermespalte",
    "Waermezeile",
    "Waermezelle",
    "Zeichnung",
    "art_von",
    "check_ohne_bruch",
    "daten_mehrteilig",
    "daten_pyramide",
    "daten_steigung",
    "daten_verlaeufe",
    "daten_vielfache",
    "daten_waerme",
    "draw",
    "draw_gestapelt",
    "draw_gruppiert",
    "draw_linie",
    "draw_punkte",
    "draw_pyramide",
    "draw_rangfolge",
    "draw_steigung",
    "draw_verlaeufe",
    "draw_vielfache",
    "draw_waerme",
    "lies_jahr",
    "render_alle",
    "save_pdf",
    "save_png",
    "save_svg",
    "zaehle_blaetter",
]
