"""Differences of two states: every kind of change once, and no false one."""

from __future__ import annotations

from dataclasses import replace

import pytest

from sozmon.model import Indikatorwert, Status
from sozmon.unterschied import SPALTEN, compare_staende

A = Indikatorwert("1", "Aue", "gemeinde", "2021", "alq", "", 1.0, 2.0, 50.0, 50.0, 50.0, "%", Status.WERT)
WEG = replace(A, wert=None, status=Status.GEHEIM_QUELLE)
ANDERS = replace(A, wert=40.0)


@pytest.mark.parametrize(
    ("alt", "neu", "art"),
    [
        ([], [A], "neu"),
        ([WEG], [A], "neu"),
        ([A], [ANDERS], "geaendert"),
        ([A], [replace(A, status=Status.NULL_GERUNDET)], "geaendert"),
        ([WEG], [replace(WEG, status=Status.NICHT_GELIEFERT)], "geaendert"),
        ([A], [WEG], "entfallen"),
        ([A], [], "entfallen"),
    ],
)
def test_each_change_once(alt: list[Indikatorwert], neu: list[Indikatorwert], art: str) -> None:
    (unterschied,) = compare_staende(alt, neu)
    assert unterschied.art == art and tuple(unterschied.zeile()) == SPALTEN


@pytest.mark.parametrize(
    ("alt", "neu"),
    [([], []), ([A], [A]), ([WEG], [WEG]), ([], [WEG]), ([WEG], []), ([A], [replace(A, datenstand="2025-01-01")])],
)
def test_no_false_difference(alt: list[Indikatorwert], neu: list[Indikatorwert]) -> None:
    assert compare_staende(alt, neu) == []


def test_difference_only_between_numbers() -> None:
    (geaendert,) = compare_staende([A], [ANDERS])
    (entfallen,) = compare_staende([A], [WEG])
    assert geaendert.zeile()["differenz"] == -10 and entfallen.zeile()["differenz"] is None


def test_duplicate_keys_never_hide_a_difference() -> None:
    with pytest.raises(AssertionError):
        compare_staende([A, ANDERS], [A])
