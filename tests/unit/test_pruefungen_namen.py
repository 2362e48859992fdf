"""Spellings of one name, and names that betray a column in another order."""

from __future__ import annotations

import pytest
from pruefhilfe import GEMEINDEN, KREIS, umfeld

from sozmon.pruefungen.namen import Namenspaar, find_anderen, find_widersprueche, ist_derselbe, sind_viele


@pytest.mark.parametrize(
    ("datei", "register"),
    [
        ("Frankenberg/Sa., Stadt, Garnisonsstadt", "Frankenberg/Sa., Stadt"),
        ("Mittweida, Hochschulstadt", "Mittweida, Hochschulstadt"),
        ("Hartmannsdorf (Landkreis Mittelsachsen)", "Hartmannsdorf"),
        ("    Altmittweida", "Altmittweida"),
        ("Mulda", "Mulda/Sa."),
        ("Bautzen", "Bautzen/Budyšin, Stadt"),
        ("Budyšin", "Bautzen/Budyšin, Stadt"),
        ("GROSSSCHIRMA", "Großschirma, Stadt"),
        ("Koenigsfeld", "Königsfeld"),
        ("Taura 2)", "Taura"),
        ("Penig¹", "Penig, Stadt"),
        ("Bockenheim a.d.W.", "Bockenheim an der Weinstraße"),
        ("Bobritzsch-Hilbersd.", "Bobritzsch-Hilbersdorf"),
        ("Königshain Wiederau", "Königshain-Wiederau"),
        ("Liechtenau", "Lichtenau"),
    ],
)
def test_spellings_of_one_name(datei: str, register: str) -> None:
    assert ist_derselbe(datei, register) and ist_derselbe(register, datei)


@pytest.mark.parametrize(
    ("datei", "register"), [("Erlau", "Rossau"), ("Flöha", "Sayda"), ("Döbeln", "Hainichen"), ("Ostrau", "Jahnatal")]
)
def test_names_of_two_gemeinden(datei: str, register: str) -> None:
    assert not ist_derselbe(datei, register)


def widersprueche(*namen: str) -> tuple[list[str], bool]:
    paare = [Namenspaar(g, n, i) for i, (g, n) in enumerate(zip(GEMEINDEN, namen, strict=False))]
    falsch, verglichen = find_widersprueche(paare, umfeld().raeume, KREIS)
    return [p.name for p in falsch], sind_viele(falsch, verglichen)


def test_one_contradiction_may_be_a_renaming_three_of_five_are_a_slipped_column() -> None:
    assert widersprueche("Aubach", "Bergdorf", "Celltal", "Dornau", "Erlach") == ([], False)
    assert widersprueche("Aubach", "Sonnenhain", "Celltal", "Dornau", "Erlach") == (["Sonnenhain"], False)
    assert widersprueche("Aubach", "Sonnenhain", "Dornau", "Erlach", "Erlach")[1]


def test_other_kreise_and_unknown_raeume_are_not_judged() -> None:
    paare = [Namenspaar("99002010", "Irgendwo", 0), Namenspaar("99001777", "Nirgendwo", 1), Namenspaar(KREIS, "X", 2)]
    assert find_widersprueche(paare, umfeld().raeume, KREIS) == ([], 0)
    assert find_widersprueche(paare, umfeld().raeume, "") == ([], 0)


def test_the_name_of_another_gemeinde_of_the_kreis() -> None:
    raeume = umfeld().raeume
    assert find_anderen("  AUBACH ", raeume, KREIS) == "99001010"
    assert find_anderen("Sonnenhain", raeume, KREIS) == "" and find_anderen("Aub", raeume, KREIS) == ""
