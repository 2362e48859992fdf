"""Every Kennung is in the register, is used, and has a test."""

from __future__ import annotations

import ast
import re
from functools import cache
from pathlib import Path

import pytest

from sozmon.model.meldungskatalog import GRUPPEN, KENNUNGEN

WURZEL = Path(__file__).resolve().parents[2]
RUFE = {"Meldung": 0, "AblehnungError": 0, "_melde": 0, "meldung": 0, "Befund": 0}
"""Calls whose first argument is a Kennung."""
NUR_UEBERLAST = {"zu_lange", "zu_viel_speicher", "absturz", "zu_gross"}
"""Need a file of hundreds of megabytes or a child that dies: their tests name what kills it, not the Kennung."""

ZUSAMMENGESETZT = {
    "zelle_fehlerwert",
    "zelle_ohne_ergebnis",
    "zelle_prozent",
    "zelle_verdeckt",
    "zelle_datum",
    "zeilen_verborgen",
    "spalten_verborgen",
}
"""Made of two parts in ``quellen/gitter.py``."""
WORT = re.compile(r"[a-z][a-z_]+")


@cache
def baeume() -> tuple[ast.Module, ...]:
    katalog = WURZEL / "src/sozmon/model/meldungskatalog.py"
    return tuple(ast.parse(p.read_text("utf-8")) for p in (WURZEL / "src").rglob("*.py") if p != katalog)


def gemeldete() -> set[str]:
    """First arguments of the calls that make a Meldung or a refusal."""
    gefunden = set()
    for baum in baeume():
        for ruf in ast.walk(baum):
            if not isinstance(ruf, ast.Call) or not ruf.args:
                continue
            name = ruf.func.id if isinstance(ruf.func, ast.Name) else getattr(ruf.func, "attr", "")
            if name in RUFE:
                werte = (
                    [ruf.args[0]] if not isinstance(ruf.args[0], ast.IfExp) else [ruf.args[0].body, ruf.args[0].orelse]
                )
                gefunden |= {w.value for w in werte if isinstance(w, ast.Constant) and isinstance(w.value, str)}
    return {k for k in gefunden if k.isidentifier() and k.islower()}


@cache
def konstanten() -> frozenset[str]:
    return frozenset(
        k.value for b in baeume() for k in ast.walk(b) if isinstance(k, ast.Constant) and isinstance(k.value, str)
    )


@cache
def getestete() -> frozenset[str]:
    """Folders of tests/broken, and every Kennung that stands as a word in a test file."""
    tests = WURZEL / "tests"
    ordner = {p.name.partition("-")[0] for p in (tests / "broken").iterdir() if p.is_dir()}
    worte = {
        w for p in tests.rglob("*.py") if p.name != Path(__file__).name for w in WORT.findall(p.read_text("utf-8"))
    }
    return frozenset(ordner | (KENNUNGEN.keys() & worte))


def test_every_kennung_that_the_code_uses_is_in_the_register() -> None:
    fehlend = sorted(gemeldete() - KENNUNGEN.keys())
    assert not fehlend, f"in src/sozmon/model/meldungskatalog.py mit Stufe und einem deutschen Satz ergänzen: {fehlend}"


@pytest.mark.parametrize("kennung", KENNUNGEN)
def test_every_kennung_is_used_and_has_a_test(kennung: str) -> None:
    assert kennung in konstanten() | ZUSAMMENGESETZT, "wird nirgends gemeldet: aus dem Verzeichnis nehmen"
    assert kennung in getestete() or kennung in NUR_UEBERLAST, (
        f"ohne Test: tests/broken/{kennung}/ mit der kleinsten Datei anlegen, oder ein Test, der „{kennung}“ nennt"
    )


def test_the_register_is_well_formed() -> None:
    assert len(KENNUNGEN) == sum(len(eintraege) for _, eintraege in GRUPPEN), "no Kennung twice"
    for kennung, stufen, satz in KENNUNGEN.values():
        assert kennung.isidentifier() and satz.endswith(".") and len(satz) < 120
        assert {s.strip() for s in stufen.split(",")} <= {"fehler", "warnung", "info", "ablehnung"}
