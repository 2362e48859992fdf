"""The line that explains the signs below a table: exactly those that occur in it, in short words."""

from __future__ import annotations

from collections.abc import Iterable

from sozmon.druck.modell import FUSSNOTENZEICHEN
from sozmon.model import ZEICHEN_KURZ
from sozmon.zahlen import Zahl

AN_ZAHLEN = frozenset("prs")
"""Signs that stand behind a number, never alone."""


def zeichenzeile(zellen: Iterable[str]) -> str:
    """'Zeichen: – = nichts vorhanden; p = vorläufig.' for the printed cells; '' when none of them holds a sign."""
    da = {zeichen for zelle in zellen for zeichen in _zeichen(zelle)}
    worte = "; ".join(f"{zeichen} = {text}" for zeichen, text in ZEICHEN_KURZ.items() if zeichen in da)
    return f"Zeichen: {worte}." if worte else ""


def _zeichen(zelle: str) -> Iterable[str]:
    if isinstance(zelle, Zahl):  # a plain 0 is a number; the sign 0 is a text
        return AN_ZAHLEN.intersection(zelle)
    text = zelle.rstrip(FUSSNOTENZEICHEN + "\u202f")
    return () if text in AN_ZAHLEN else (text,)
