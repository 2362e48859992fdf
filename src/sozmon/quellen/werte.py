"""One delivered cell → number or reason why there is none: the sign table belongs to the Quelle."""

from __future__ import annotations

import re
from typing import NamedTuple

from sozmon.model import OHNE_WERT, Quelle, Status
from sozmon.zahlen import parse_zahl


class Wert(NamedTuple):
    """What a cell says; ``minimum``/``maximum`` = what is known (None = open), in the delivered unit."""

    wert: float | None
    minimum: float | None
    maximum: float | None
    status: str
    kennzeichen: str = ""


_KLAMMER = re.compile(r"\((.*)\)")
_BUCHSTABE = re.compile(r"(.*?[0-9)])\s*([A-Za-z])")
_UNSICHER = ("()", "( )", "(", "/")


def exakt(zahl: float, kennzeichen: str = "") -> Wert:
    """A plain number."""
    return Wert(zahl, zahl, zahl, Status.WERT.value, kennzeichen)


def parse_wert(text: str, zusatz: str, quelle: Quelle, zahlen: str) -> Wert:
    """Read a cell by the Quelle's signs and the number grammar ``zahlen``.

    ValueError with a German reason that never repeats the value.
    """
    text, zusatz = text.strip(), zusatz.strip()
    if text in quelle.zeichen:
        return _zeichen(Status(quelle.zeichen[text]), quelle)
    if not text:
        return _zeichen(Status.NICHT_GELIEFERT, quelle)
    kennzeichen = ""
    treffer = _BUCHSTABE.fullmatch(text)
    if treffer and treffer[2] in quelle.kennzeichen:
        text, kennzeichen = treffer[1], quelle.kennzeichen[treffer[2]]
    klammer = _KLAMMER.fullmatch(text)
    zahl = parse_zahl(klammer[1] if klammer else text, zahlen)
    if klammer or zusatz in _UNSICHER:
        return Wert(zahl, None, None, Status.UNSICHER.value, kennzeichen)
    if zusatz:
        if zusatz not in quelle.kennzeichen:
            raise ValueError(f"der Zusatz „{zusatz}“ ist in der Quelle nicht erklärt")
        kennzeichen = quelle.kennzeichen[zusatz]
    if zahl is None:
        return _zeichen(Status.NICHT_GELIEFERT, quelle)
    return exakt(zahl, kennzeichen)


def _zeichen(status: Status, quelle: Quelle) -> Wert:
    if status is Status.NULL_GENAU:
        return Wert(0.0, 0.0, 0.0, status.value)
    if status is Status.NULL_GERUNDET:
        return Wert(0.0, 0.0, 0.5, status.value)
    if status is Status.GEHEIM_QUELLE:
        return Wert(None, quelle.geheim_min, quelle.geheim_max, status.value)
    assert status in OHNE_WERT
    return Wert(None, None, None, status.value)
