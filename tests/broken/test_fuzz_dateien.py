"""Damaged copies of good files: every one ends in values or in a refusal with a reason (``make fuzz``)."""

from __future__ import annotations

import importlib.util
import random
from pathlib import Path

import pytest

from sozmon.dateien import open_datei
from sozmon.errors import EingabeError
from sozmon.katalog import load_katalog
from sozmon.quellen.lesen import lies_datei

pytestmark = pytest.mark.langsam

HIER = Path(__file__).parent
ERZEUGT = {"zelle_fehlerwert": "a.xlsx", "zeilen_verborgen": "b.xlsx", "zelle_fehlerwert-xls": "c.xls"}
TEXTE = ("doppelt_gleich", "ohne_kodierung", "kodierung_rueckfall")
RUNDEN, JE_RUNDE = 8, 250


def vorlagen(ordner: Path) -> list[tuple[str, bytes]]:
    gut = []
    for fall, name in ERZEUGT.items():
        spec = importlib.util.spec_from_file_location("erzeuge", HIER / fall / "erzeuge.py")
        assert spec is not None and spec.loader is not None
        modul = importlib.util.module_from_spec(spec)
        spec.loader.exec_module(modul)
        modul.erzeuge(ordner / name)
        gut.append((name, (ordner / name).read_bytes()))
    for fall in TEXTE:
        datei = next(p for p in (HIER / fall).iterdir() if p.suffix == ".csv")
        gut.append((datei.name, datei.read_bytes()))
    return gut


def beschaedige(daten: bytes, zufall: random.Random) -> bytes:
    b = bytearray(daten)
    for _ in range(zufall.choice([1, 1, 2, 5])):
        stelle = zufall.randrange(len(b) + 1)
        art = zufall.randrange(4)
        if art == 0 and stelle < len(b):
            b[stelle] = zufall.randrange(256)
        elif art == 1:
            del b[stelle : stelle + zufall.randrange(1, 30)]
        elif art == 2:
            b[stelle:stelle] = bytes(zufall.choice(b';"\n,-.x0\xff\x00') for _ in range(zufall.randrange(1, 6)))
        else:
            del b[stelle:]
    return bytes(b)


@pytest.mark.parametrize("runde", range(RUNDEN))
def test_fuzz_damaged_files(runde: int, tmp_path: Path) -> None:
    zufall, katalog, gute = random.Random(runde), load_katalog(), vorlagen(tmp_path)
    for _ in range(JE_RUNDE):
        name, daten = zufall.choice(gute)
        (tmp_path / name).write_bytes(beschaedige(daten, zufall))
        try:
            with open_datei(str(tmp_path / name)) as datei:
                lies_datei(datei, katalog.quellen, "")
        except EingabeError as fehler:
            assert fehler.text
