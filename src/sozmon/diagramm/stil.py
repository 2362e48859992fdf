"""The look of all charts: colours, type, and a drawing sheet measured in points.

Colours: one dark blue for what is talked about, ochre and further dark tones for a second and third Raum, greys for
comparison values. They keep apart in lightness, so they survive grey print and colour blindness; none means good or
bad. Type: the family shipped in ``vorlagen/schriften``; a character that it lacks is an error, never a box.
"""

from __future__ import annotations

import logging
import re
import sys
import unicodedata
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

from sozmon.errors import KonfigError

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

BLAU, OCKER, GRUEN, VIOLETT = "#1f4e79", "#9a5f00", "#2a7572", "#6d4a86"
RAUMFARBEN = (BLAU, OCKER, VIOLETT, GRUEN)
RAUMMARKEN = ("o", "s", "D", "^")
GRAU = ("#3d3d3d", "#6b6b6b", "#8c8c8c")
"""Comparison lines; the darker the closer (Kreis, Land, Bund)."""
GRAUSTRICHE: tuple[Any, ...] = ((0, (5, 2)), (0, (1.2, 1.6)), (0, (6, 2, 1.2, 2)))
BALKEN, TEXT, NEBENTEXT, GITTER, ACHSE = "#a9bfd4", "#1a1a1a", "#595959", "#dcdcdc", "#8c8c8c"
PT_JE_CM = 72 / 2.54
RAND_PT = 3.0
ZEILE = 1.15  # line spacing

PT, PT_KLEIN, PT_TITEL = 8.5, 7.5, 10.0
"""Type sizes; nothing is printed below 7 pt."""

DATEIEN = ("SourceSansPro-Regular.ttf", "SourceSansPro-Semibold.ttf", "SourceSansPro-Bold.ttf")
FAMILIE = "Source Sans Pro"
_STUECKE = re.compile(r"[^ /-]*(?:[ /-]+|$)")


@lru_cache(maxsize=1)
def _schriftordner() -> Path:
    from sozmon.projekt import mitgeliefert

    return mitgeliefert("vorlagen", "schriften")


def _import_matplotlib() -> Any:
    """Import matplotlib without its advice on stderr: with a read-only HOME it keeps its cache in a private
    temporary folder and removes that at exit, which is just what we want.
    """
    if "matplotlib" not in sys.modules:
        logging.getLogger("matplotlib").setLevel(logging.ERROR)
    import matplotlib

    return matplotlib


@lru_cache(maxsize=1)
def familie() -> str:
    """Register the shipped faces with matplotlib once; name of the family."""
    _import_matplotlib()
    from matplotlib.font_manager import fontManager

    ordner = _schriftordner()
    for datei in DATEIEN:
        if not (ordner / datei).is_file():
            raise KonfigError(
                f"Die Schriftdatei {datei} fehlt.",
                ort=str(ordner),
                abhilfe="sozmon neu installieren: Die Schriften gehören zum Paket.",
            )
        fontManager.addfont(str(ordner / datei))
    return FAMILIE


def _schnitt(fett: bool) -> Path:
    return _schriftordner() / DATEIEN[1 if fett else 0]


@lru_cache(maxsize=4)
def _zeichenvorrat(fett: bool) -> frozenset[int]:
    from matplotlib.ft2font import FT2Font

    return frozenset(FT2Font(str(_schnitt(fett))).get_charmap())


def check_zeichen(text: str, *, fett: bool = False) -> None:
    """KonfigError when the shipped type lacks a character: a box in a printed report is worse than a stop."""
    for zeichen in text:
        if zeichen != "\n" and ord(zeichen) not in _zeichenvorrat(fett):
            raise KonfigError(
                f"Die Schrift {FAMILIE} kann das Zeichen „{zeichen}“ (U+{ord(zeichen):04X}) nicht darstellen.",
                ort=f"„{text}“",
                abhilfe="Das Zeichen im Namen oder Text ersetzen.",
            )


@lru_cache(maxsize=4)
def _messschrift(fett: bool) -> Any:
    from matplotlib.ft2font import FT2Font

    schrift = FT2Font(str(_schnitt(fett)))
    schrift.set_size(100, 72)  # measured large and scaled: independent of hinting
    return schrift


@lru_cache(maxsize=4096)
def textbreite(text: str, pt: float = PT, fett: bool = False) -> float:
    """Width of the longest line in points."""
    from matplotlib.ft2font import LoadFlags

    text = unicodedata.normalize("NFC", text)  # a decomposed ö has no glyph of its own
    check_zeichen(text, fett=fett)
    schrift = _messschrift(fett)
    breiten = []
    for zeile in text.split("\n"):
        schrift.set_text(zeile, 0.0, flags=LoadFlags.NO_HINTING)
        breiten.append(schrift.get_width_height()[0] / 64)
    return float(max(breiten)) * pt / 100


def nutzbreite(breite_cm: float) -> float:
    """Points between the left and right margin of a chart."""
    return breite_cm * PT_JE_CM - 2 * RAND_PT


def umbrechen(text: str, breite: float, pt: float = PT, zeilen: int = 3, fett: bool = False) -> str:
    """Break at blanks and hyphens so that no line is wider than ``breite`` points; what does not fit ends in '…'."""
    ergebnis = [""]
    for wort in _STUECKE.findall(text):  # a piece keeps the blank or hyphen that ends it
        if ergebnis[-1] and textbreite(ergebnis[-1] + wort.rstrip(" "), pt, fett) > breite and len(ergebnis) < zeilen:
            ergebnis.append("")
        ergebnis[-1] += wort
    return "\n".join(_kuerzen(z.rstrip(" "), breite, pt, fett) for z in ergebnis)


def _kuerzen(text: str, breite: float, pt: float, fett: bool) -> str:
    if textbreite(text, pt, fett) <= breite:
        return text
    while len(text) > 1 and textbreite(text + "…", pt, fett) > breite:
        text = text[:-1].rstrip()
    return text + "…"


@contextmanager
def rc() -> Iterator[None]:
    """Our settings and nobody else's: a matplotlibrc of the user must not change a product."""
    mpl = _import_matplotlib()
    with mpl.rc_context():
        mpl.rcParams.update({k: v for k, v in mpl.rcParamsDefault.items() if k not in ("backend", "backend_fallback")})
        mpl.rcParams.update(
            {
                "font.family": [familie()],
                "font.size": PT,
                "svg.hashsalt": "sozmon",
                "svg.fonttype": "path",
                "axes.formatter.use_locale": False,
                "axes.unicode_minus": True,
                "text.usetex": False,
                "text.parse_math": False,
                "text.hinting": "none",  # widths as measured, at every resolution
                "hatch.linewidth": 0.6,
                "path.simplify": False,
            }
        )
        yield


class Blatt:
    """A sheet of fixed size whose coordinates are points from the lower left corner (inside a small margin).

    One axes covers the figure, without ticks and frame: scales, labels and margins are ours, measured with the
    shipped type, so nothing is cut and nothing depends on a layout engine.
    """

    def __init__(self, breite_cm: float, hoehe_pt: float) -> None:
        from matplotlib.figure import Figure

        self.breite, self.hoehe = nutzbreite(breite_cm), hoehe_pt
        ganz = self.breite + 2 * RAND_PT
        self.fig: Figure = Figure(figsize=(ganz / 72, self.hoehe / 72), facecolor="white")
        self.ax: Axes = self.fig.add_axes((0, 0, 1, 1))
        self.ax.set_axis_off()
        self.ax.set_xlim(-RAND_PT, self.breite + RAND_PT)
        self.ax.set_ylim(0, self.hoehe)

    def text(self, x: float, y: float, text: str, **art: Any) -> None:
        """Text at a place; ``pt``, ``fett``, ``farbe``, ``ha``, ``va``; every glyph must exist."""
        fett = bool(art.pop("fett", False))
        text = unicodedata.normalize("NFC", text)
        check_zeichen(text, fett=fett)
        self.ax.text(
            x,
            y,
            text,
            fontsize=art.pop("pt", PT),
            fontweight=600 if fett else 400,
            color=art.pop("farbe", TEXT),
            ha=art.pop("ha", "left"),
            va=art.pop("va", "baseline"),
            linespacing=ZEILE,
            **art,
        )

    def strich(self, x: Sequence[float], y: Sequence[float], **art: Any) -> None:
        """A line through these places; unbroken, no marker unless asked."""
        from matplotlib.lines import Line2D

        vorgabe: dict[str, Any] = {"color": ACHSE, "linewidth": 0.8, "clip_on": False}
        self.ax.add_artist(Line2D(list(x), list(y), **(vorgabe | art)))

    def flaeche(self, x: float, y: float, breite: float, hoehe: float, **art: Any) -> None:
        """A rectangle."""
        from matplotlib.patches import Rectangle

        vorgabe: dict[str, Any] = {"clip_on": False, "linewidth": 0}
        self.ax.add_artist(Rectangle((x, y), breite, hoehe, **(vorgabe | art)))

    def schraffur(self, x: float, y: float, breite: float, hoehe: float, farbe: str = NEBENTEXT) -> None:
        """The mark of a hidden value: the same for all."""
        self.flaeche(x, y, breite, hoehe, facecolor="white", edgecolor=farbe, hatch="//////", linewidth=0.6)


def einheit_text(einheit: str) -> str:
    """Unit as a horizontal axis title."""
    return {"%": "in Prozent", "‰": "in Promille", "€": "in Euro"}.get(einheit, einheit)
