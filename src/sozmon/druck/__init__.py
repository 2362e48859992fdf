"""Publishing: a Dokument becomes HTML, DOCX, ODT and PDF. Nothing heavy is imported before it is needed."""

from __future__ import annotations

from collections.abc import Sequence

from sozmon.druck.modell import Dokument
from sozmon.zwischenspeicher import Zwischenspeicher

FORMATE = ("pdf", "html", "docx", "odt")


def render_alle(
    dok: Dokument, formate: Sequence[str] = FORMATE, speicher: Zwischenspeicher | None = None
) -> dict[str, bytes]:
    """Format → file; the text is parsed once, the formats are made side by side. speicher: parsed chapters."""
    from sozmon.druck.alle import render_alle as render

    return render(dok, formate, speicher)
