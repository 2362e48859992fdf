"""Charts: plain values in, a matplotlib ``Figure`` out; ``save_svg`` and ``save_png`` always give it the same bytes.

Three charts only, each honest: hidden values have a sign but no geometry, breaks and gaps are never bridged, a cut
axis says so, direct labels instead of legends, no traffic lights. matplotlib is imported inside the functions.
"""

from sozmon.diagramm.ausgabe import save_png, save_svg
from sozmon.diagramm.linie import draw_linie
from sozmon.diagramm.modell import Angaben, Balken, Paar, Punkt, Reihe, Vergleich, art_von, lies_jahr
from sozmon.diagramm.punkte import draw_punkte
from sozmon.diagramm.rangfolge import draw_rangfolge

__all__ = [
    "Angaben",
    "Balken",
    "Paar",
    "Punkt",
    "Reihe",
    "Vergleich",
    "art_von",
    "draw_linie",
    "draw_punkte",
    "draw_rangfolge",
    "lies_jahr",
    "save_png",
    "save_svg",
]
