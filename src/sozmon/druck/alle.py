"""Several formats of one document: parsed once, rendered side by side."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from sozmon.druck import FORMATE
from sozmon.druck.modell import Dokument
from sozmon.druck.number import Satz, parse_dokument
from sozmon.zwischenspeicher import Zwischenspeicher


def _schreiber(format_: str) -> Callable[[Satz], bytes]:
    match format_:
        case "pdf":
            from sozmon.druck.pdf import pdf_aus

            return pdf_aus
        case "html":
            from sozmon.druck.html import html_aus

            return html_aus
        case "docx":
            from sozmon.druck.docx import docx_aus

            return docx_aus
        case "odt":
            from sozmon.druck.odt import odt_aus

            return odt_aus
    raise ValueError(format_)


def render_alle(
    dok: Dokument, formate: Sequence[str] = FORMATE, speicher: Zwischenspeicher | None = None
) -> dict[str, bytes]:
    """Format → file. Threads are enough: Typst and pandoc work outside Python's lock."""
    from concurrent.futures import ThreadPoolExecutor

    satz = parse_dokument(dok, speicher)
    schreiber = {f: _schreiber(f) for f in dict.fromkeys(formate)}
    if len(schreiber) == 1:
        return {f: s(satz) for f, s in schreiber.items()}
    with ThreadPoolExecutor(max_workers=len(schreiber)) as arbeiter:
        laeufe = {f: arbeiter.submit(s, satz) for f, s in schreiber.items()}
        return {f: lauf.result() for f, lauf in laeufe.items()}
