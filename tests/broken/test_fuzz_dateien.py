"""Damaged copies of good files, read in the limited child: each ends in values or in a refusal with a reason.

The short run belongs to every test run. ``make fuzz`` reads a hundred thousand (SAAT, ANZAHL);
what must not have happened is kept in FUNDE, else in the folder that pytest names.
"""

from __future__ import annotations

import hashlib
import os
import random
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from fuzzdateien import laufe, pruefe, sammle, vergleiche_mappe
from test_broken import RAEUME

from sozmon.importieren import run_import
from sozmon.katalog import load_katalog
from sozmon.projekt import Projekt, create_projekt, load_projekt
from sozmon.quellen.leser import Leser
from sozmon.raeume import Raeume, Register, write_register

REGISTER = Register("2023-12-31", RAEUME)
KURZ = 250
ANZAHL, SAAT = (int(os.environ.get(f"SOZMON_FUZZ_{n}", v)) for n, v in (("ANZAHL", "100000"), ("SAAT", "1")))


@pytest.fixture(scope="module")
def leser() -> Iterator[Leser]:
    with Leser() as kind:
        yield kind


@pytest.fixture(scope="module")
def projekt(tmp_path_factory: pytest.TempPathFactory) -> Projekt:
    """A project with something in its store."""
    ordner = create_projekt(tmp_path_factory.mktemp("fuzz") / "projekt", kreis="99001", beispiel=False).ordner
    projekt = load_projekt(ordner)
    write_register(projekt.raeume, REGISTER)
    quelle = Path(__file__).parent / "doppelt_gleich"
    run_import(projekt, [str(p) for p in quelle.iterdir() if p.suffix == ".csv"])
    return projekt


def siegel(ordner: Path) -> str:
    """One hash over everything in the project."""
    summe = hashlib.sha256()
    for pfad in sorted(p for p in ordner.rglob("*") if p.is_file()):
        summe.update(f"{pfad.relative_to(ordner)}\0".encode() + pfad.read_bytes())
    return summe.hexdigest()


def lauf(anzahl: int, saat: int, projekt: Projekt, leser: Leser, ordner: Path) -> None:
    katalog = load_katalog(projekt)
    raeume = Raeume.aus_werten([REGISTER], [], [], kreis="99001")
    zufall, vorher, nummer = random.Random(saat), siegel(projekt.ordner), 0

    def eine(pfad: Path) -> str:
        nonlocal nummer
        nummer += 1
        beginn = time.monotonic()
        ende = pruefe(pfad, katalog, raeume, leser)
        if nummer % 500 == 0:
            run_import(projekt, [str(pfad)], probe=True)
            assert siegel(projekt.ordner) == vorher, "the project changed"
        assert time.monotonic() - beginn < 60, "too slow"
        return ende

    gut = []
    for name, daten in sammle(ordner):
        (ordner / name).write_bytes(daten)
        # a case with a Quelle of its own is no more than an unknown table here
        if pruefe(ordner / name, katalog, raeume, leser) != "form_unbekannt":
            gut.append((name, daten))
    enden, funde = laufe(gut, zufall, anzahl, ordner, eine)
    print(f"{anzahl} Eingaben, Saat {saat}: {dict(sorted(enden.items(), key=lambda e: -e[1]))}")
    assert siegel(projekt.ordner) == vorher
    assert not funde, "\n".join(funde[:20])
    assert len(enden) > 10 and enden["gelesen"], "the damage reaches the readers"


def test_fuzz_short(projekt: Projekt, leser: Leser, tmp_path: Path) -> None:
    lauf(KURZ, 14522, projekt, leser, tmp_path)


def lauf_mappen(anzahl: int, saat: int, ordner: Path) -> None:
    """Workbooks alone, read twice: what the program takes must say what its XML says."""
    mappen = [(n, d) for n, d in sammle(ordner) if d[:2] == b"PK" and len(d) < 30_000]
    enden, funde = laufe(mappen, random.Random(saat), anzahl, ordner, vergleiche_mappe)
    print(f"{anzahl} Mappen, Saat {saat}: {dict(sorted(enden.items(), key=lambda e: -e[1]))}")
    assert not funde, "\n".join(funde[:20])
    assert enden["gelesen"] > anzahl / 20 and enden["mappe_verdaechtig"], enden


def test_workbooks_say_what_their_xml_says(tmp_path: Path) -> None:
    lauf_mappen(KURZ, 14522, tmp_path)


@pytest.mark.langsam
def test_fuzz_workbooks_long(tmp_path: Path) -> None:
    lauf_mappen(ANZAHL // 5, SAAT, tmp_path)


@pytest.mark.langsam
def test_fuzz_long(projekt: Projekt, leser: Leser, tmp_path: Path) -> None:
    lauf(ANZAHL, SAAT, projekt, leser, tmp_path)
