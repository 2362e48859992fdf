"""What was made before: found by all it depends on, and never trusted when damaged."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from sozmon import zwischenspeicher
from sozmon.zwischenspeicher import Zwischenspeicher, pruefsumme, schluessel


def test_an_entry_comes_back_and_is_counted(tmp_path: Path) -> None:
    s = Zwischenspeicher(tmp_path / "z")
    key = schluessel("karte", 1, ("a", "b"))
    assert s.hole(key) is None
    s.lege(key, b"inhalt")
    assert s.hole(key) == b"inhalt" and (s.treffer, s.neu) == (1, 1)
    assert Zwischenspeicher(tmp_path / "z").hole(key) == b"inhalt", "the next run finds it"


def test_a_flipped_bit_and_a_cut_file_are_a_miss(tmp_path: Path) -> None:
    s = Zwischenspeicher(tmp_path)
    key = schluessel("x")
    s.lege(key, b"inhalt")
    (pfad,) = (p for p in tmp_path.rglob("*") if p.is_file())
    ganz = pfad.read_bytes()
    for kaputt in (ganz[:-1], ganz[:10], b"", ganz[:-1] + bytes([ganz[-1] ^ 1])):
        pfad.write_bytes(kaputt)
        assert s.hole(key) is None
    s.lege(key, b"inhalt")
    assert s.hole(key) == b"inhalt", "it is made again"


def test_the_key_is_everything_a_result_depends_on(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    assert len({schluessel("a", "bc"), schluessel("ab", "c"), schluessel("a", 1), schluessel("a", "1")}) == 4
    vorher = schluessel("a")
    monkeypatch.setattr(zwischenspeicher, "fassung", lambda: "another program")
    assert schluessel("a") != vorher
    (tmp_path / "v.j2").write_text("eins")
    summe = pruefsumme(tmp_path)
    (tmp_path / "v.j2").write_text("zwei")
    assert pruefsumme(tmp_path) != summe


def test_without_a_folder_nothing_is_kept_and_nothing_fails(tmp_path: Path) -> None:
    s = Zwischenspeicher(None)
    s.lege("k" * 64, b"x")
    assert s.hole("k" * 64) is None
    (tmp_path / "datei").write_text("")
    unmoeglich = Zwischenspeicher(tmp_path / "datei" / "z")
    unmoeglich.lege("k" * 64, b"x")
    assert unmoeglich.hole("k" * 64) is None


def test_the_oldest_entries_go_first(tmp_path: Path) -> None:
    s = Zwischenspeicher(tmp_path)
    keys = [schluessel(n) for n in range(4)]
    for nr, key in enumerate(keys):
        s.lege(key, b"x" * 1000)
        os.utime(tmp_path / key[:2] / key, (nr, nr))
    s.raeume_auf(hoechstens=2500)
    assert [s.hole(k) is not None for k in keys] == [False, False, True, True]
