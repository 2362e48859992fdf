"""Grids that nobody would send: a draft either says why there is none, or loads as a Quelle with valid patterns."""

from __future__ import annotations

import random
import re
import tomllib

import pytest

from sozmon.definition import load_definition
from sozmon.entwurf import Raumkenner, entwirf
from sozmon.errors import SozmonError
from sozmon.katalog import load_katalog
from sozmon.katalogfragen import find_fragen
from sozmon.model import Quelle
from sozmon.quellen.auszug import Auszug, Zeichenfund, aus_daten
from sozmon.quellen.gitter import Blatt, Zelle
from sozmon.raeume import Raeume

TEXTE: tuple[Zelle, ...] = (
    "", "", "Insgesamt", "männlich", "unter 3 Jahre", "Arbeitslose", "31.12.2023", "2022/23", "Stand: 01.02.2024", "*",
    "-", "x", "<3", "12 r", "1.234", "1,5", "1.5", "12¹", "Aubach", "Aubach Ergebnis", "Summe", "ohne Zuordnung",
    "a\nb", "Kopf (mit [Zeichen] + $ ^ ?)", "???", "#? x", "\x07", "© Amt", "____", "Geschlecht", "Stichtag", "Jahr",
    "'\"\\", "(?P<x>", "| # =", "99001010", "99", "2023-06-30", 17, 3.5, 99001010, 2023,
)  # fmt: skip
ORTE: tuple[tuple[Zelle, ...], ...] = (
    ("99001010", "99001020", "99001030"),
    (99001010, 99001020, 99001),
    ("99001010 Au'bach", "99001020 Berg\ndorf", "99001 Kreis"),
    ("Aubach (99001010)", "Bergdorf (99001020)"),
    ("Aubach", "Bergdorf", "Aubach Ergebnis", "Bergdorf Ergebnis", "Cell\x07tal", "Dor\nnau"),
)


def gitter(zufall: random.Random) -> Blatt:
    """A few lead rows, heads, and rows that mostly begin with a key or name."""
    breite, orte = zufall.randint(2, 6), zufall.choice(ORTE)
    zeilen: list[list[Zelle]] = [[zufall.choice(TEXTE) for _ in range(breite)] for _ in range(zufall.randint(0, 5))]
    for _ in range(zufall.randint(4, 9)):
        anfang = zufall.choice((*orte, *orte, *orte, zufall.choice(TEXTE)))
        rest = [zufall.choice((zufall.randint(0, 9999), zufall.choice(TEXTE))) for _ in range(breite - 1)]
        zeilen.append([anfang, *rest])
    zeilen += [[zufall.choice(TEXTE)] for _ in range(zufall.randint(0, 3))]
    return Blatt(zufall.choice(("", "Tabelle 'x'", "2023")), zeilen, zufall.choice(("csv", "xlsx")))


@pytest.mark.parametrize("same", range(6))
def test_a_draft_always_loads(same: int) -> None:
    zufall, katalog = random.Random(same), load_katalog(None)
    entworfen = 0
    for _ in range(60):
        blatt = gitter(zufall)
        zeichen = tuple(Zeichenfund(z, 1, s, "A1") for s in range(6) for z in ("*", "-", "x", "<3"))
        auszug = Auszug("", (), (blatt,), {blatt.name: len(blatt.zeilen)}, {blatt.name: zeichen})
        try:
            entwurf = entwirf(auszug, "Probe 'x'.xlsx", katalog, Raumkenner(Raeume()))
        except SozmonError as fehler:
            assert fehler.text and fehler.abhilfe
            continue
        entworfen += 1
        assert len(find_fragen(entwurf.text)) >= entwurf.fragen
        quelle = load_definition(Quelle, tomllib.loads(entwurf.text), "entwurf", kennung=entwurf.kennung)
        muster = [quelle.zeit_muster, quelle.stand_muster, *(p.muster for p in quelle.erkennung)]
        for b in quelle.blaetter:
            muster += [
                b.kopfsuche,
                b.schluesselmuster,
                b.ende,
                b.fussnote,
                b.wertfussnote,
                *(s.muster for s in b.spalten),
            ]
        for text in muster:
            re.compile(text)
    assert entworfen >= 5, "the grids are not so wild that nothing is drafted"


def test_an_extract_survives_the_way_out_of_the_child() -> None:
    import json

    from sozmon.quellen.auszug import als_daten

    blatt = Blatt("A", [["x", 1, 2.5], []], "xlsx", False, {(0, 1): "datum"}, frozenset({1}), frozenset({2}))
    auszug = Auszug("", ("q",), (blatt,), {"A": 2}, {"A": (Zeichenfund("*", 2, 1, "B1"),)}, ("Hinweis",))
    assert aus_daten(json.loads(json.dumps(als_daten(auszug)))) == auszug
