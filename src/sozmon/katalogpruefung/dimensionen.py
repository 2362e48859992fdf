"""Dimensionen and standard populations: Teilungen without gap, weights of a Teilung."""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterator

from sozmon.definition import vorschlag
from sozmon.katalog import Katalog
from sozmon.katalogpruefung.funde import Fund, check_kreis, mangel, verweis
from sozmon.model import Dimension, Standard, Teilung

_ALTER = re.compile(r"(\d+)(?:-(\d+)|\+)")


def check_dimension(k: Katalog, d: Dimension) -> Iterator[Fund]:
    """Teilungen: known values, without gap, none a part of itself."""
    for teilung in d.teilungen:
        yield from _check_teilung(d, teilung)
    yield from check_kreis({w: [t for ts in d.teilungen if ts.ganz == w for t in ts.teile] for w in ("", *d.werte)})


def _check_teilung(d: Dimension, teilung: Teilung) -> Iterator[Fund]:
    name = f"die Teilung von „{teilung.ganz or 'insgesamt'}“"
    for wert in (teilung.ganz, *teilung.teile):
        if wert not in d.werte and wert != "":
            yield mangel("teilung", f"{name} nennt den unbekannten Wert „{wert}“.", vorschlag(wert, d.werte))
    if len(teilung.teile) < 2 or len(set(teilung.teile)) < len(teilung.teile) or "" in teilung.teile:
        yield mangel("teilung", f"{name} braucht mindestens zwei verschiedene Teile.")
    elif all(_ALTER.fullmatch(w) for w in d.werte):
        yield from _check_altersteilung(teilung, name)


def _check_altersteilung(teilung: Teilung, name: str) -> Iterator[Fund]:
    """Age groups partition when they follow one another without gap or overlap from first to last year of life."""
    grenzen = sorted(spanne(t) for t in teilung.teile if _ALTER.fullmatch(t))
    ganz = spanne(teilung.ganz) if teilung.ganz else (0, None)
    for (_, bis), (von, _) in itertools.pairwise(grenzen):
        if bis is None or von != bis + 1:
            yield mangel("teilung", f"{name} hat bei {von} Jahren eine Lücke oder Überschneidung.")
    if grenzen and (grenzen[0][0], grenzen[-1][1]) != ganz:
        yield mangel("teilung", f"{name} reicht nicht genau vom ersten bis zum letzten Lebensjahr des Ganzen.")


def spanne(alter: str) -> tuple[int, int | None]:
    """'3-5' → (3, 5), '65+' → (65, None): first and last completed year of life."""
    treffer = _ALTER.fullmatch(alter)
    assert treffer is not None, "callers match first"
    return int(treffer[1]), int(treffer[2]) if treffer[2] else None


def check_standard(k: Katalog, s: Standard) -> Iterator[Fund]:
    """Weights of known values that make up a Teilung."""
    yield from verweis(s.dimension, k.dimensionen, "die Dimension")
    if s.dimension not in k.dimensionen:
        return
    dimension = k.dimensionen[s.dimension]
    for wert in s.gewichte:
        yield from verweis(wert, dimension.werte, "der Wert")
    if not any(t.ganz == "" and set(t.teile) == set(s.gewichte) for t in dimension.teilungen):
        yield mangel("teilung", "die Gewichte bilden keine Teilung der Dimension.")
