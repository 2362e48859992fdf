"""Sentences on groups of Räume, and the short statement: over every kind of indicator, status and change."""

from __future__ import annotations

import dataclasses
import itertools
import re

import pytest
from test_sprache import ANTEIL, ANZAHL, EURO, FREMD, QUOTIENT, RATE, SALDO, ZENSUS, indikator, wert

from sozmon import sprache
from sozmon.katalog import load_katalog
from sozmon.model import Indikatorwert, Status

ARTEN = (ANTEIL, QUOTIENT, ANZAHL, RATE, EURO, SALDO, FREMD)
RICHTUNGEN = ("neutral", "hoch_belastet", "hoch_guenstig")
REGIONEN = ("Nord", "Süd", "Ost (Röderfurt)", "West")


def paar(raum: str, alt: float | None, neu: float | None, **rest: object) -> tuple[Indikatorwert, Indikatorwert]:
    angaben: dict[str, object] = {"ebene": "sozialregionen"} | rest
    return wert(alt, raum, zeit="2019", **angaben), wert(neu, raum, zeit="2021", **angaben)  # type: ignore[arg-type]


def test_group_says_in_how_many_where_most_and_who_went_the_other_way() -> None:
    paare = [paar("Nord", 14.0, 12.0), paar("Süd", 10.0, 7.1), paar("Ost", 8.0, 7.5), paar("West", 5.0, 5.3)]
    assert sprache.satz_gruppe(paare, indikator()) == (
        "In drei der vier Sozialregionen ist der Arbeitslosenanteil zwischen 2019 und 2021 gesunken, am stärksten in "
        "der Sozialregion Süd, um 2,9\u00a0Prozentpunkte; gestiegen ist er nur in der Sozialregion West, um "
        "0,3\u00a0Prozentpunkte."
    )


def test_group_of_counts_is_told_in_per_cent() -> None:
    paare = [paar("Nord", 1000.0, 900.0), paar("Süd", 100.0, 80.0)]
    assert "am stärksten in der Sozialregion Süd, um 20,0\u202f%" in sprache.satz_gruppe(paare, indikator(ANZAHL))


def test_change_that_is_not_printed_is_none_and_hidden_ones_are_counted() -> None:
    paare = [paar("Nord", 4.51, 4.54), paar("Süd", 4.0, 4.01), paar("Ost", None, 4.0)]
    assert sprache.satz_gruppe(paare, indikator()) == (
        "In allen zwei Sozialregionen blieb der Arbeitslosenanteil zwischen 2019 und 2021 nahezu unverändert. Für eine "
        "Sozialregion lässt sich keine Entwicklung angeben."
    )


def test_nothing_is_told_across_a_break_another_source_or_for_a_single_raum() -> None:
    alt, neu = paar("Nord", 4.0, 5.0)
    fremd = (dataclasses.replace(alt, quelle="a"), dataclasses.replace(neu, quelle="b"))
    assert sprache.satz_gruppe([(alt, neu)], indikator()) == ""
    assert sprache.satz_gruppe([fremd, fremd], indikator()) == ""
    spaet = [(a, dataclasses.replace(n, zeit="2022")) for a, n in (paar("Nord", 4.0, 5.0), paar("Süd", 4.0, 5.0))]
    assert sprache.satz_gruppe(spaet, indikator(), [ZENSUS]) == ""


def test_statement_has_value_change_and_comparison() -> None:
    text = sprache.satz_kernaussage(
        wert(4.5, "Mittelsachsen", "kreis"), indikator(), wert(5.2, "Mittelsachsen", "kreis", "2017"),
        wert(4.9, "Sachsen", "land"),
    )  # fmt: skip
    assert text == (
        "Der Arbeitslosenanteil lag im Jahr 2021 im Landkreis Mittelsachsen bei 4,5\u202f%, 0,7\u00a0Prozentpunkte "
        "weniger als im Jahr 2017 (Wert des Landes Sachsen: 4,9\u202f%)."
    )


FALSCH = [
    r"  ", r"\bim im\b", r"\bum um\b", r"\bbei bei\b", r"\bin in\b", r"\.\.", r" ,", r",,", r"\bNone\b", r"\bnan\b",
    r"dem Landkreises", r"des Landkreis ", r"\(\)", r"\d-\d", r"\b-\d", r"\d\.\d{1,2}\b",
    r"% ?-?Punkt", r"\b(?:gut|schlecht|besser|schlimm|erfreulich|leider|bedenklich|positiv|negativ)\w*\b", r"\bthe\b",
]  # fmt: skip


def check_satz(text: str) -> None:
    """Rules that every German sentence here obeys."""
    ohne_zahlen = re.sub(r"\d\.\d{3}", "0", text)
    assert text[0].isupper() and text.endswith(".") and not text.endswith(".."), text
    for muster in FALSCH:
        assert not re.search(muster, ohne_zahlen), f"{muster}: {text}"


ZUSTAENDE = [None, *Status]


@pytest.mark.parametrize(("art", "richtung"), list(itertools.product(ARTEN, RICHTUNGEN)))
def test_every_sentence_over_every_status_and_change(art: tuple[str, str, str, int], richtung: str) -> None:
    i = indikator(art, richtung)
    gesehen = 0
    zahlen = (-6.2, 0.0, 1.0, 4.51, 4.54, 1234.5)
    for status, ebene in itertools.product(ZUSTAENDE, ("gemeinde", "sozialregionen", "kreis", "land")):
        for a, b in itertools.product(zahlen, zahlen):
            zahl = None if status not in (None, Status.WERT, Status.NULL_GENAU, Status.NULL_GERUNDET) else a
            erster = wert(zahl, "Nord", ebene, "2019", status)
            zweiter = wert(b, "Nord", ebene, "2021")
            gruppe = [(erster, zweiter), *(paar(r, b, a, ebene=ebene) for r in REGIONEN[1:])]
            texte = [
                sprache.satz_gruppe(gruppe, i),
                sprache.satz_kernaussage(zweiter, i, erster, wert(a, "Sachsen", "land")),
                sprache.satz_kernaussage(erster, i, zweiter),
                sprache.satz_rang(zweiter, [w for p in gruppe for w in p], i),
            ]
            for text in filter(None, texte):
                check_satz(text)
                gesehen += 1
            if zahl is None:
                assert "4.5" not in texte[2] and not re.search(r"bei \d", texte[2]), "a hidden value has no number"
    assert gesehen > 5000


def test_every_title_of_the_catalogue_makes_a_sentence() -> None:
    for i in load_katalog(None).indikatoren.values():
        neu = dataclasses.replace(wert(4.5, "Auental", "kreis"), einheit=i.einheit)
        alt = dataclasses.replace(wert(5.2, "Auental", "kreis", "2017"), einheit=i.einheit)
        for text in (
            sprache.satz_kernaussage(neu, i, alt),
            sprache.satz_stand(neu, i),
            sprache.absatz_befund(neu, i, alt),
        ):
            check_satz(text)
            assert "„" not in text, f"der Titel „{i.titel}“ hat kein bekanntes Geschlecht: {text}"


def test_facts_that_stand_out_are_chosen_by_strength_once_an_indicator() -> None:
    alle = [
        sprache.Auffaelligkeit(0.2, "a", "A."), sprache.Auffaelligkeit(0.9, "a", "A stark."),
        sprache.Auffaelligkeit(0.5, "b", "B."), sprache.Auffaelligkeit(0.5, "c", "C."), 
        sprache.Auffaelligkeit(9, "d", ""),
    ]  # fmt: skip
    assert sprache.waehle_auffaellige(alle, 3) == ("A stark.", "B.", "C.")
