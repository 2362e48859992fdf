"""Figure → bytes, the same for the same figure: no date, no version, no random ids, no doctype that asks a server."""

from __future__ import annotations

import io
import re
from typing import TYPE_CHECKING

from sozmon.diagramm.stil import rc

if TYPE_CHECKING:
    from matplotlib.figure import Figure

_WEG = re.compile(r"<!DOCTYPE.*?>\s*|<!--.*?-->\s*|<metadata>.*?</metadata>\s*", re.DOTALL)
_LEER = re.compile(r"\s*\n\s*")
_PNG_FARBEN, _WEISS_AB = 64, 252


def save_svg(fig: Figure, *, text_als_pfad: bool = True) -> bytes:
    """SVG, UTF-8. ``text_als_pfad`` draws letters as outlines (right in every browser and program); False keeps them
    as text in the shipped family, for writers that embed it.
    """
    import matplotlib as mpl

    puffer = io.StringIO()
    with rc(), mpl.rc_context({"svg.fonttype": "path" if text_als_pfad else "none"}):
        fig.savefig(puffer, format="svg", metadata={"Date": None, "Creator": None})
    return _LEER.sub("\n", _WEG.sub("", puffer.getvalue())).encode()


def save_pdf(fig: Figure) -> bytes:
    """PDF of one page, as large as the chart, with the shipped type embedded as TrueType (Type 42) and no date.

    For a chart as a file of its own: neither tagged nor PDF/A, which only a whole document can be.
    """
    import matplotlib as mpl

    puffer = io.BytesIO()
    angaben = {"Creator": None, "Producer": None, "CreationDate": None}
    with rc(), mpl.rc_context({"pdf.fonttype": 42, "pdf.compression": 9}):
        fig.savefig(puffer, format="pdf", metadata=angaben)
    return puffer.getvalue()


def save_png(fig: Figure, dpi: int = 200) -> bytes:
    """PNG in a palette of 64 colours (flat areas and edges need no more; a third of the size)."""
    from PIL import Image

    puffer = io.BytesIO()
    with rc():
        fig.savefig(puffer, format="png", dpi=dpi, metadata={"Software": None})
    bild = Image.open(puffer).convert("RGB").quantize(_PNG_FARBEN, method=Image.Quantize.FASTOCTREE)
    bild.putpalette([255 if stufe >= _WEISS_AB else stufe for stufe in bild.getpalette() or []])  # paper stays white
    ergebnis = io.BytesIO()
    bild.save(ergebnis, "PNG", dpi=(dpi, dpi))
    return ergebnis.getvalue()
