"""What a single cell looks like: number, sign, time, number with a mark."""

from __future__ import annotations

import re

from sozmon.quellen.gitter import Zelle, als_text
from sozmon.zahlen import parse_zahl

ZEICHEN: dict[str, str] = {
    "-": "null_genau",
    "–": "null_genau",
    "—": "null_genau",
    ".": "geheim_quelle",
    "*": "geheim_quelle",
    "**": "geheim_quelle",
    "x": "nicht_sinnvoll",
    "X": "nicht_sinnvoll",
    "...": "folgt",
    "…": "folgt",
    "/": "unsicher",
    "k. A.": "nicht_geliefert",
    "k.A.": "nicht_geliefert",
    "n. v.": "nicht_geliefert",
    "n.v.": "nicht_geliefert",
}
"""Signs and what most offices mean by them: proposals, never more (offices use the same sign differently)."""

_KLEINER = re.compile(r"[<≤] ?\d{1,2}")
_MARKE = re.compile(r"(?P<zahl>[+\-−]?[\d., \u00a0\u202f]*\d)(?P<marke> ?(?:\d{1,2}\)|[¹²³⁴⁵⁶⁷⁸⁹⁰]+|\*+)| ?[a-z])")
_DE = re.compile(r"[+\-−]?\d{1,3}(\.\d{3})*,\d+|[+\-−]?\d+,\d+|[+\-−]?\d{1,3}(\.\d{3}){2,}")
_EN = re.compile(r"[+\-−]?\d{1,3}(,\d{3})*\.\d+|[+\-−]?\d+\.\d+|[+\-−]?\d{1,3}(,\d{3}){2,}")
# what both grammars can read, differently: one separator before exactly three digits
_UNKLAR = re.compile(r"[+\-−]?\d{1,3}[.,]\d{3}")


def ist_zahl(zelle: Zelle) -> bool:
    """A number by any of the grammars (a date and a key with a leading zero are none)."""
    if not isinstance(zelle, str):
        return True
    text = zelle.strip()
    return bool(text) and any(_liest(text, art) for art in ("de", "en"))


def _liest(text: str, art: str) -> bool:
    try:
        return parse_zahl(text, art) is not None
    except ValueError:
        return False


def marke(zelle: Zelle) -> str:
    """Footnote mark or quality letter glued to a number ('12 1)', '12r'); '' when there is none."""
    if not isinstance(zelle, str):
        return ""
    treffer = _MARKE.fullmatch(zelle.strip())
    return treffer["marke"].strip() if treffer and ist_zahl(treffer["zahl"]) else ""


def ist_zeichen(zelle: Zelle) -> bool:
    """A text that many offices put in place of a number."""
    return isinstance(zelle, str) and (zelle.strip() in ZEICHEN or _KLEINER.fullmatch(zelle.strip()) is not None)


def ist_wert(zelle: Zelle) -> bool:
    """Number, sign, or number with a mark."""
    return ist_zahl(zelle) or ist_zeichen(zelle) or bool(marke(zelle))


def ist_jahr(zelle: Zelle) -> bool:
    """A number that can be the year of a head."""
    text = als_text(zelle)
    return len(text) == 4 and text.isdigit() and 1950 <= int(text) <= 2100


def zahlenart(texte: list[str]) -> tuple[str, bool]:
    """Grammar of the numbers that are text: (de, en or punkt, is it certain). Only a text like 1.234 leaves a doubt."""
    klare = [t.strip() for t in texte if not _UNKLAR.fullmatch(t.strip())]
    de, en = (sum(m.fullmatch(t) is not None for t in klare) for m in (_DE, _EN))
    unklar = any(_UNKLAR.fullmatch(t.strip()) for t in texte)
    if en > de:
        return ("en" if any("," in t for t in texte) else "punkt"), de == 0
    return "de", not (de == 0 and unklar)
