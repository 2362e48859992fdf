"""Words of a table that name a value of a Dimension: 'männlich', 'unter 3 Jahre', '65 und älter', 'Insgesamt'."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from typing import NamedTuple

from sozmon.model import Dimension

_ALTERSWERT = re.compile(r"\d+(-\d+|\+)")
_JAHRE = r"(?: ?(?:Jahren?|J\.))?"
_ALTER: tuple[tuple[re.Pattern[str], int], ...] = (
    (re.compile(rf"\b(\d{{1,3}}) ?(?:J\.|Jahren?)? ?bis (?:unter|u\.) ?(\d{{1,3}})\b{_JAHRE}", re.I), -1),
    (re.compile(rf"\b(\d{{1,2}}) ?(?:bis|-|–) ?(\d{{1,2}})\b{_JAHRE}", re.I), 0),
)
_AB = re.compile(
    rf"\b(?:ab )?(\d{{1,3}})(?:\+|{_JAHRE} (?:und|u\.) ?(?:älter|mehr|darüber)){_JAHRE}|\bab (\d{{1,3}})\b{_JAHRE}",
    re.I,
)
_UNTER = re.compile(rf"\b(?:unter|u\.) ?(\d{{1,3}})\b{_JAHRE}", re.I)
_INSGESAMT = re.compile(
    r"(insgesamt|gesamt(ergebnis|summe)?|endsumme|zusammen|alle|summe|total|ges\.|insg\.|i\. ?g\.)", re.I
)
_ANDERE_WORTE: Mapping[str, tuple[str, ...]] = {
    "männlich": ("männer", "männlich", "männl.", "jungen"),
    "weiblich": ("frauen", "weiblich", "weibl.", "mädchen"),
    "Deutsche": ("deutsche", "deutsch"),
    "Ausländerinnen und Ausländer": ("ausländer", "ausländische", "nichtdeutsche", "ausländerinnen und ausländer"),
}
"""Label of a Dimension's value → other words for it."""
_KURZ: Mapping[str, tuple[str, ...]] = {"männlich": ("m",), "weiblich": ("w",)}
"""Abbreviations that mean a value only when they are all there is in a cell."""


_BEUGBAR = 8
"""Words longer than this may have an ending of two letters ('Wahlen')."""


class Wortfund(NamedTuple):
    """``wert`` of ``dimension`` stands at ``von``..``bis`` of a text; ``bekannt``: the Dimension has this value."""

    dimension: str
    wert: str
    von: int
    bis: int
    bekannt: bool = True


def ist_insgesamt(text: str) -> bool:
    """True for a word that means the total of a breakdown."""
    return _INSGESAMT.fullmatch(text.strip()) is not None


def finde_wert(text: str, dimensionen: Iterable[Dimension]) -> Wortfund | None:
    """The first value of a Dimension that the text names; None when it names none."""
    funde = [f for d in dimensionen if (f := _finde(text, d)) is not None]
    return min(funde, key=lambda f: (f.von, -f.bis), default=None)


def _finde(text: str, dimension: Dimension) -> Wortfund | None:
    if dimension.werte and all(_ALTERSWERT.fullmatch(w) for w in dimension.werte):
        return _finde_alter(text, dimension)
    for wert, label in dimension.werte.items():
        for wort in dict.fromkeys((label.casefold(), *_ANDERE_WORTE.get(label, ()))):
            rand = r"(?<!\w)" if wort[0].isalnum() else ""
            endung = r"\w{0,2}" if len(wort) > _BEUGBAR else ""
            hinten = rf"{endung}(?!\w)" if wort[-1].isalnum() else ""
            if treffer := re.search(rand + re.escape(wort) + hinten, text, re.I):
                return Wortfund(dimension.kennung, wert, *treffer.span())
        if text.strip().casefold() in _KURZ.get(label, ()):
            return Wortfund(dimension.kennung, wert, 0, len(text))
    return None


def _finde_alter(text: str, dimension: Dimension) -> Wortfund | None:
    """Age groups as offices write them → first and last completed year of life."""
    wert, treffer = "", None
    for muster, abzug in _ALTER:
        if treffer := muster.search(text):
            wert = f"{int(treffer[1])}-{int(treffer[2]) + abzug}"
            break
    else:
        if treffer := _AB.search(text):
            wert = f"{int(treffer[1] or treffer[2])}+"
        elif treffer := _UNTER.search(text):
            wert = f"0-{int(treffer[1]) - 1}"
    if treffer is None:
        return None
    return Wortfund(dimension.kennung, wert, *treffer.span(), wert in dimension.werte)
