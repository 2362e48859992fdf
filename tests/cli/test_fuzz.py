"""Random calls and damaged files: every one ends with a documented number and a German word, none with a bug.

A failure names its seed; ``SOZMON_FUZZ=2000 make fuzz`` searches longer.
"""

from __future__ import annotations

import os
import random
import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from sozmon.errors import FEHLERKLASSEN

CODES = {0, *(k.exit_code for k in FEHLERKLASSEN)} - {1}
RUNDEN = int(os.environ.get("SOZMON_FUZZ", "300"))
LIEFERUNGEN = Path(__file__).resolve().parents[2] / "beispieldaten" / "lieferungen"

BEFEHLE = "werte daten reihe vergleich herkunft diff status pruefen raeume katalog zeige"
OPTIONEN = (
    "-i -m -r -z --von --bis --mit --basis --datenstand --format --breit --excel --intern --spannweite --fehler-ab"
)
ORTE = "17521 17521/kreis SR1 SR2/gemeinde DG sozialregionen:SR1 Auenfurt arbeitslosenanteil bevoelkerung arbeitslose"
ZEITEN = "2021 2019..2021 2021-12-31 2021/22 2021-Q1 1 -1 csv json jsonl text md zeit indikator fehler info 2019-12-31"
BOESES = "-q -v --exit-code -- - , ,, .. / : = ' \" ; \x00 \x1b[31m \ud800 ä %s {} ../../etc/passwd =1+1"
WORTE = f"{BEFEHLE} {OPTIONEN} {ORTE} {ZEITEN} {BOESES}".split(" ")


@pytest.mark.parametrize("start", range(0, 40, 8))
def test_random_calls(sozmon_p: Callable[..., Any], start: int) -> None:
    for saat in range(start, start + 8):
        zufall = random.Random(saat)
        worte = zufall.choices(WORTE, k=zufall.randint(0, 9))
        if zufall.random() < 0.7:  # mostly calls that get past the parser
            worte = [
                "werte",
                "-i",
                "arbeitslosenanteil",
                "-r",
                zufall.choice(WORTE),
                "-z",
                zufall.choice(WORTE),
                *worte[:3],
            ]
        lauf = sozmon_p(*worte)
        assert lauf.code in CODES and "Traceback" not in lauf.err, (saat, worte, lauf.err)
        assert "\x1b" not in lauf.out + lauf.err, (saat, worte)


def beschaedige(daten: bytes, zufall: random.Random) -> bytes:
    """One to three of the things that happen to files on their way."""
    stueck = bytearray(daten)
    for _ in range(zufall.randint(1, 3)):
        i, j = sorted(zufall.randrange(len(stueck) + 1) for _ in range(2))
        match zufall.randrange(9):
            case 0:
                del stueck[i:]
            case 1:
                del stueck[i : min(j, i + 50)]
            case 2 if stueck:
                stueck[i % len(stueck)] ^= 1 << zufall.randrange(8)
            case 3:
                stueck[i:i] = stueck[i : min(j, i + 500)]
            case 4:
                stueck[i:i] = zufall.choice(
                    [b"\0", b'"', b";", b"\r", b"\n", b"\xff", b"\xef\xbb\xbf", b"-", b".", b"1.5", b"nan"]
                )
            case 5:
                stueck[i : i + 1] = zufall.randbytes(zufall.randint(1, 20))
            case 6:
                zeilen = bytes(stueck).split(b"\n")
                zufall.shuffle(zeilen)
                stueck = bytearray(b"\n".join(zeilen))
            case 7:
                stueck = bytearray(bytes(stueck).replace(b";", b",", zufall.randint(1, 5)))
            case _:
                zeilen = bytes(stueck).split(b"\n")
                zeilen.insert(zufall.randrange(len(zeilen)), zufall.choice(zeilen))
                stueck = bytearray(b"\n".join(zeilen))
        if not stueck:
            break
    return bytes(stueck)


def _pruefe(sozmon: Callable[..., Any], projekt: Path, ordner: Path, saat: int) -> None:
    zufall = random.Random(saat)
    original = zufall.choice(sorted(p for p in LIEFERUNGEN.iterdir() if p.stat().st_size < 60_000))
    datei = ordner / original.name
    datei.write_bytes(beschaedige(original.read_bytes(), zufall))
    vorher = {p.name: p.stat().st_mtime_ns for p in (projekt / "bestand").rglob("*.parquet")}
    lauf = sozmon("--projekt", projekt, "import", "--probe", datei)
    assert lauf.code in {0, 3, 4}, (saat, original.name, lauf.err)
    assert "Traceback" not in lauf.err and "Fehler in sozmon" not in lauf.err, (saat, original.name, lauf.err)
    assert vorher == {p.name: p.stat().st_mtime_ns for p in (projekt / "bestand").rglob("*.parquet")}


def test_some_damaged_files(sozmon: Callable[..., Any], vorlage_projekt: Path, tmp_path: Path) -> None:
    for saat in range(8):
        _pruefe(sozmon, vorlage_projekt, tmp_path, saat)


@pytest.mark.langsam
def test_fuzz_damaged_files(sozmon: Callable[..., Any], vorlage_projekt: Path, tmp_path: Path) -> None:
    projekt = Path(shutil.copytree(vorlage_projekt, tmp_path / "projekt"))
    for saat in range(8, RUNDEN):
        _pruefe(sozmon, projekt, tmp_path, saat)
