"""Damaged flat files: in pieces they are read, or refused, exactly when they are as a whole."""

from __future__ import annotations

import random
from collections.abc import Callable
from typing import Any

import pytest
from test_stueckweise import KOPF_NEU, alt, lies, neu, zeilen

from sozmon.dateien import AblehnungError
from sozmon.einlesen import Lesung

assert callable(lies)  # the fixture

STUECKE = (
    *(b'"', b"\n", b"\r", b"\r\n", b"\n\n", b";", b";;", b"\0", b"\xff", b"\xe4", b"\xc3\xa4", b"______"),
    *(
        b"\n__________\n",
        b"\xef\xbb\xbf",
        b"-",
        b"1,5",
        b"1.5",
        b"x",
        b"MONAT",
        b"KREISE",
        b"Year",
        b" ",
        b"2023-13-31",
    ),
    *(t.encode() for t in ("Ã¤", "\u0308", KOPF_NEU, f"\n{KOPF_NEU}\n")),
)
"""What damaged or glued files hold where it does not belong."""
GRUNDLAGEN = (
    neu(range(2022, 2024)).encode(),
    neu(range(2022, 2024)).encode("cp1252"),
    alt().encode(),
)


def beschaedigt(zufall: random.Random) -> bytes:
    """One to three places of a good file inserted, overwritten or cut out."""
    daten = bytearray(zufall.choice(GRUNDLAGEN))
    for _ in range(zufall.randint(1, 3)):
        ort, teil = zufall.randrange(len(daten)), zufall.choice(STUECKE)
        if zufall.random() < 0.3:
            ort = daten.find(b"\n", ort) + 1
        art = zufall.choice(("dazu", "dazu", "statt", "weg"))
        ende = {"dazu": ort, "statt": ort + len(teil), "weg": ort + zufall.randint(1, 200)}[art]
        daten[ort:ende] = b"" if art == "weg" else teil
    return bytes(daten)


def ergebnis(lies: Callable[..., Lesung], daten: bytes, stueck: int) -> tuple[Any, ...]:
    """What becomes of the file; of a refused one only that, for which of several faults is met first may differ."""
    try:
        lesung = lies(daten, stueck)
    except AblehnungError:
        return ("abgelehnt",)
    if lesung.fehler:
        return ("fehler", sorted({m.kennung for m in lesung.fehler}))
    werte = [tuple(map(str, z.values())) for z in zeilen(lesung)]
    return ("gelesen", werte, sorted({(m.kennung, m.stufe, m.anzahl) for m in lesung.meldungen}))


def vergleiche(lies: Callable[..., Lesung], samen: int) -> str:
    zufall = random.Random(samen)
    daten = beschaedigt(zufall)
    ganz = ergebnis(lies, daten, 0)
    assert ergebnis(lies, daten, zufall.choice((900, 4_000, 20_000))) == ganz, f"Samen {samen}"
    return str(ganz[0])


def test_fuzz_damaged_files(lies: Callable[..., Lesung]) -> None:
    assert {vergleiche(lies, samen) for samen in range(12)} >= {"abgelehnt", "gelesen"}


@pytest.mark.langsam
def test_fuzz_damaged_files_long(lies: Callable[..., Lesung]) -> None:
    for samen in range(100, 3_100):
        vergleiche(lies, samen)
