"""The name beside a key against the names that registers give the Raum. Names are labels: keys decide, names warn."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from difflib import SequenceMatcher
from typing import TYPE_CHECKING, NamedTuple

from sozmon.pruefungen.tafel import GEMEINDELAENGE

if TYPE_CHECKING:
    from sozmon.raeume import Raeume

AEHNLICH = 0.8
"""Two spellings that agree in four of five letters are one name with a slip of the pen."""
VIELE_ANTEIL, VIELE_AB = 1 / 3, 3
"""From so many contradictions on it is no renaming but a column in another order."""
_ERSATZ = str.maketrans({"ä": "ae", "ö": "oe", "ü": "ue", "ß": "ss"})
_HINTEN = re.compile(r"[,(].*|\s*\d+\)?$|[*¹²³⁴⁵⁶⁷⁸⁹]+$")
_KEIN_BUCHSTABE = re.compile(r"[^\w/]+")

_WORT = re.compile(r"\w+")


class Namenspaar(NamedTuple):
    """A key that was resolved, and the name beside it in row ``zeile`` of the file."""

    raum_id: str
    name: str
    zeile: int


def find_widersprueche(paare: Iterable[Namenspaar], raeume: Raeume, kreis: str) -> tuple[list[Namenspaar], int]:
    """Gemeinden of the own Kreis whose name in the file is not theirs, and how many Gemeinden were compared."""
    gesehen: set[str] = set()
    falsch: dict[str, Namenspaar] = {}
    for paar in paare:
        if not kreis or len(paar.raum_id) != GEMEINDELAENGE or not paar.raum_id.startswith(kreis):
            continue
        namen = raeume.strahl.namen(paar.raum_id)
        if not namen or not _formen(paar.name):
            continue
        gesehen.add(paar.raum_id)
        if not any(ist_derselbe(paar.name, n) for n in namen):
            falsch.setdefault(paar.raum_id, paar)
    return list(falsch.values()), len(gesehen)


def find_anderen(name: str, raeume: Raeume, kreis: str) -> str:
    """The one Gemeinde of the Kreis that is called exactly so; '' for none or several."""
    formen = set(_formen(name)[:1])
    gleiche = [g for g in raeume.gemeinden(kreis) if any(formen & set(_formen(n)[:1]) for n in raeume.strahl.namen(g))]
    return gleiche[0] if len(gleiche) == 1 else ""


def sind_viele(widersprueche: Sequence[Namenspaar], verglichen: int) -> bool:
    """Too many for renamings."""
    return len(widersprueche) >= VIELE_AB and len(widersprueche) >= VIELE_ANTEIL * verglichen


def ist_derselbe(a: str, b: str) -> bool:
    """Do two spellings mean one name? ', Stadt', '/Sa.', '(Landkreis …)', footnote marks, a second language, an
    abbreviation and small slips do not count."""
    return _ist_abgekuerzt(a, b) or any(
        x.startswith(y) or y.startswith(x) or SequenceMatcher(None, x, y).ratio() >= AEHNLICH
        for x in _formen(a)
        for y in _formen(b)
    )


def _ist_abgekuerzt(a: str, b: str) -> bool:
    """Word for word the beginning of the other ('Aubach a.d.W.' and 'Aubach an der Wiese')."""
    links, rechts = (_WORT.findall(_gefaltet(n)) for n in (a, b))
    paare = zip(links, rechts, strict=False)
    return len(links) == len(rechts) and all(x.startswith(y) or y.startswith(x) for x, y in paare)


def _gefaltet(name: str) -> str:
    return _HINTEN.sub("", name.strip()).casefold().translate(_ERSATZ)


def _formen(name: str) -> list[str]:
    """Folded spellings: the whole, and each of two languages ('Bautzen/Budyšin')."""
    ganz = _KEIN_BUCHSTABE.sub("", _gefaltet(name))
    teile = [t for t in ganz.split("/") if len(t) > 3]
    return list(dict.fromkeys(t for t in (ganz.replace("/", ""), *teile) if t))
