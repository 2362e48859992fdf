"""What every check says and asks: a finding, a reference, a date, an Ausprägung, a cycle."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping

from sozmon.definition import vorschlag
from sozmon.errors import KonfigError
from sozmon.katalog import Katalog, kanonisch, zerlege
from sozmon.model import Stufe

_DATUM = re.compile(r"\d{4}(-\d{2}-\d{2})?")
Fund = tuple[str, Stufe, str, str]
"""Kennung (without 'katalog-'), Stufe, sentence without its subject, what to do."""


def mangel(kennung: str, text: str, abhilfe: str = "") -> Fund:
    """A finding that has to be mended (Stufe FEHLER)."""
    return kennung, Stufe.FEHLER, text, abhilfe


def verweis(name: str, verzeichnis: Mapping[str, object], was: str) -> Iterator[Fund]:
    """Does ``verzeichnis`` define ``name``? ``was``: with its article, as the sentence says it."""
    if name not in verzeichnis:
        yield mangel("verweis", f"{was} „{name}“ ist nicht definiert.", vorschlag(name, verzeichnis))


def check_datum(wert: str, feld: str) -> Iterator[Fund]:
    """Is it a year or an ISO date ('' is allowed)?"""
    if wert and not _DATUM.fullmatch(wert):
        yield mangel("datum", f"„{wert}“ ({feld}) ist weder Jahr noch Datum.", "Zum Beispiel 2022 oder 2022-05-15.")


def check_auspraegung(k: Katalog, auspraegung: str, dimensionen: Iterable[str]) -> Iterator[Fund]:
    """Well-formed, canonical, of allowed dimensions and known values?"""
    try:
        teile = zerlege(auspraegung)
    except KonfigError as fehler:
        yield mangel("auspraegung", fehler.text, fehler.abhilfe)
        return
    if kanonisch(auspraegung) != auspraegung:
        yield mangel(
            "auspraegung", f"die Ausprägung „{auspraegung}“ ist anders geschrieben als üblich.",
            f"So schreiben: {kanonisch(auspraegung)}",
        )  # fmt: skip
    for name, wert in teile.items():
        if name not in k.dimensionen or name not in tuple(dimensionen):
            yield mangel("auspraegung", f"die Dimension „{name}“ gibt es hier nicht.", vorschlag(name, dimensionen))
        elif wert not in k.dimensionen[name].werte:
            werte = k.dimensionen[name].werte
            yield mangel("auspraegung", f"„{name}“ hat keinen Wert „{wert}“.", vorschlag(wert, werte))


def check_kreis(folger: Mapping[str, Iterable[str]]) -> Iterator[Fund]:
    """Report a value that is, over some steps, a part of itself."""
    for start in folger:
        if start in erreichbar(folger, start):
            yield mangel("zyklus", f"„{start or 'insgesamt'}“ enthält sich über seine Teilungen selbst.")
            return


def erreichbar(folger: Mapping[str, Iterable[str]], start: str) -> set[str]:
    """All nodes that can be reached from ``start`` in at least one step."""
    offen, gesehen = list(folger.get(start, ())), set[str]()
    while offen:
        knoten = offen.pop()
        if knoten not in gesehen:
            gesehen.add(knoten)
            offen.extend(folger.get(knoten, ()))
    return gesehen
