"""The number grammar refuses everything that it does not read with certainty; writing and reading are inverse."""

from __future__ import annotations

from decimal import ROUND_HALF_UP, Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sozmon.zahlen import (
    SCHREIBWEISEN,
    Zeitauswahl,
    format_datum,
    format_zahl,
    parse_datum,
    parse_zahl,
    parse_zeiten,
    runde,
    sortierschluessel,
)

NBSP, NNBSP = "\u00a0", "\u202f"


@pytest.mark.parametrize(
    ("text", "art", "zahl"),
    [
        ("0", "de", 0),
        ("12345", "de", 12345),
        ("1.234", "de", 1234),
        ("1.234,5", "de", 1234.5),
        ("12.345.678,90", "de", 12345678.9),
        ("1234,5", "de", 1234.5),
        (f"1{NBSP}234{NBSP}567", "de", 1234567),
        (f"1{NNBSP}234,5", "de", 1234.5),
        ("-5,2", "de", -5.2),
        ("\N{MINUS SIGN}5,2", "de", -5.2),
        ("+5,2", "de", 5.2),
        ("  7 ", "de", 7),
        (f"7{NBSP}", "de", 7),
        ("0,000", "de", 0),
        ("-0", "de", 0),
        ("1,234.5", "en", 1234.5),
        ("1234.5", "en", 1234.5),
        ("1,234", "en", 1234),
        (",5", "de_kurz", 0.5),
        ("-,14", "de_kurz", -0.14),
        ("1.234,5", "de_kurz", 1234.5),
        ("1234.5", "punkt", 1234.5),
        ("-0.25", "punkt", -0.25),
    ],
)
def test_numbers_that_are_read(text: str, art: str, zahl: float) -> None:
    gelesen = parse_zahl(text, art)
    assert gelesen == zahl
    assert str(gelesen)[0] != "-" or zahl < 0, "minus zero must not appear"


@pytest.mark.parametrize("text", ["", " ", "\t", NBSP])
def test_empty_is_none(text: str) -> None:
    assert parse_zahl(text, "de") is None


@pytest.mark.parametrize(
    ("text", "art"),
    [
        ("1.5", "de"),
        ("1.50", "de"),
        ("1.2345", "de"),
        ("1234.567", "de"),
        ("0.123", "de"),
        ("1,234.5", "de"),
        ("1.234.56", "de"),
        (f"1.234{NBSP}567", "de"),
        ("1 234", "de"),
        ("1,5", "en"),
        ("1.234,5", "en"),
        ("1,5", "punkt"),
        ("1,234", "punkt"),
        ("1.234.567", "punkt"),
        (",5", "de"),
        ("-,14", "de"),
        (",", "de_kurz"),
        ("-", "de_kurz"),
        (".5", "de_kurz"),
        ("1.,5", "de_kurz"),
        ("5,", "de"),
        ("--5", "de"),
        ("- 5", "de"),
        ("–5", "de"),
        ("5-", "de"),
        ("(5)", "de"),
        ("5 %", "de"),
        ("5*", "de"),
        ("1e5", "de"),
        ("1E5", "punkt"),
        ("0x1F", "punkt"),
        ("1_000", "de"),
        ("nan", "de"),
        ("NaN", "punkt"),
        ("inf", "de"),
        ("-Infinity", "punkt"),
        ("١٢٣", "de"),
        ("１２", "de"),
        ("²", "de"),
        ("½", "de"),
        ("Ⅻ", "de"),
        ("01001000", "de"),
        ("007", "de"),
        ("-", "de"),
        (".", "de"),
        ("x", "de"),
        ("1\n2", "de"),
        ("1\n", "de"),
        ("9" * 16, "de"),
        ("9" * 400, "punkt"),
        ("#DIV/0!", "de"),
        ("01.02.2024", "de"),
    ],
)
def test_numbers_that_are_refused(text: str, art: str) -> None:
    with pytest.raises(ValueError) as fehler:
        parse_zahl(text, art)
    grund = str(fehler.value).replace(SCHREIBWEISEN[art], "")
    ziffern = "".join(z for z in text if z in "123456789")
    assert not ziffern or ziffern not in grund, "the reason must not repeat the number"


def test_a_dash_is_no_minus() -> None:
    with pytest.raises(ValueError, match="ein Gedankenstrich vor der Zahl"):
        parse_zahl("–5", "de")


@given(st.floats(allow_nan=False, allow_infinity=False, min_value=-1e14, max_value=1e14), st.integers(0, 6))
def test_format_then_parse_is_rounding(zahl: float, stellen: int) -> None:
    assert parse_zahl(format_zahl(zahl, stellen), "de") == float(runde(zahl, stellen)) + 0.0


@given(st.floats(allow_nan=False, allow_infinity=False, min_value=-1e14, max_value=1e14))
def test_format_without_rounding_loses_nothing(zahl: float) -> None:
    assert parse_zahl(format_zahl(zahl, None), "de") == zahl


@given(st.integers(-(10**15) + 1, 10**15 - 1))
def test_whole_numbers_come_back(zahl: int) -> None:
    assert parse_zahl(format_zahl(zahl, 0), "de") == zahl
    assert parse_zahl(f"{zahl:,}", "en") == zahl


@given(st.text(max_size=12), st.sampled_from(["de", "en", "punkt"]))
def test_any_text_is_a_number_or_a_reason(text: str, art: str) -> None:
    try:
        zahl = parse_zahl(text, art)
    except ValueError as e:
        assert str(e)
    else:
        assert zahl is None or abs(zahl) < 1e15


@given(st.decimals(allow_nan=False, allow_infinity=False, min_value=-(10**9), max_value=10**9, places=4))
def test_rounding_is_commercial_on_the_printed_number(zahl: Decimal) -> None:
    # expected: decimal rounding of the exact decimal text, away from zero at a half
    assert runde(float(zahl), 2) == Decimal(repr(float(zahl))).quantize(Decimal("0.01"), ROUND_HALF_UP)


@pytest.mark.parametrize(
    ("wert", "stellen", "text"),
    [
        (1234.5, 1, "1.234,5"),
        (2.675, 2, "2,68"),
        (0.125, 2, "0,13"),
        (2.5, 0, "3"),
        (-2.5, 0, "\N{MINUS SIGN}3"),
        (-0.04, 1, "0,0"),
        (999999.95, 1, "1.000.000,0"),
        (-1234567, 0, "\N{MINUS SIGN}1.234.567"),
        (0.1 + 0.2, 1, "0,3"),
        (14.205827, 1, "14,2"),
        (1e22, 0, "10.000.000.000.000.000.000.000"),
        (1e-7, None, "0,0000001"),
        (5.0, None, "5"),
        (100.0, None, "100"),
        (0, 0, "0"),
    ],
)
def test_numbers_for_people(wert: float, stellen: int | None, text: str) -> None:
    assert format_zahl(wert, stellen) == text


@pytest.mark.parametrize("wert", [float("nan"), float("inf"), float("-inf")])
@pytest.mark.parametrize("stellen", [None, 0, 1])
def test_no_number_is_never_printed(wert: float, stellen: int | None) -> None:
    with pytest.raises(ValueError):
        format_zahl(wert, stellen)


@pytest.mark.parametrize(
    ("text", "iso"),
    [
        ("2021-12-31", "2021-12-31"),
        ("31.12.2021", "2021-12-31"),
        ("1.2.2021", "2021-02-01"),
        ("31. Dezember 2021", "2021-12-31"),
        ("1. März 2020", "2020-03-01"),
        ("29.02.2024", "2024-02-29"),
    ],
)
def test_dates(text: str, iso: str) -> None:
    assert parse_datum(text) == iso


@pytest.mark.parametrize(
    "text", ["", "2021", "31.12.21", "30.02.2021", "2021-13-01", "20211231", "12/31/2021", "1.1.0001"]
)
def test_no_dates(text: str) -> None:
    with pytest.raises(ValueError, match="„"):
        parse_datum(text)


def test_date_for_people() -> None:
    assert format_datum("2021-12-31") == "31.12.2021"
    assert format_datum("2021") == "2021"
    assert format_datum("2026-11-21T22:42:07Z") == "21.11.2026, 22:42 Uhr (UTC)"
    assert format_datum("") == ""


@pytest.mark.parametrize(
    ("angabe", "angaben"),
    [
        ("2021", ("2021",)),
        ("2005,2011", ("2005", "2011")),
        ("2011, 2005,2011", ("2011", "2005")),
        ("2001..2004", ("2001", "2002", "2003", "2004")),
        ("2003..2001", ("2003", "2002", "2001")),
        ("2020..2021,2023-12-31,31.12.2019", ("2020", "2021", "2023-12-31", "2019-12-31")),
        ("2021/22,2021-05,2021-Q1", ("2021/22", "2021-05", "2021-Q1")),
    ],
)
def test_times(angabe: str, angaben: tuple[str, ...]) -> None:
    assert parse_zeiten(angabe).angaben == angaben


@pytest.mark.parametrize(
    "angabe",
    [
        "",
        ",",
        "2021..",
        "..2021",
        "21",
        "2021-13",
        "2021-Q5",
        "2021/23",
        "gestern",
        "2021-02-30",
        "9999",
        "2001..20211",
        "٢٠٢١",
    ],
)
def test_no_times(angabe: str) -> None:
    with pytest.raises(ValueError):
        parse_zeiten(angabe)


def test_year_takes_every_kind_of_time() -> None:
    jahr = parse_zeiten("2021")
    for zeit in ("2021", "2021-12-31", "2021-05", "2021-Q1", "2021/22"):
        assert jahr.passt(zeit, 2021)
    assert not jahr.passt("2020/21", 2020)
    assert parse_zeiten("2021-12-31").passt("2021-12-31", 2021)
    assert not parse_zeiten("2021-12-31").passt("2021", 2021)
    assert parse_zeiten("2021-05").passt("2021-05-31", 2021)


def test_empty_choice_is_every_time() -> None:
    alles = Zeitauswahl()
    assert alles.passt("1999", 1999) and alles.jahre == () and alles.min is None and alles.max is None


def test_years_keep_the_asked_order() -> None:
    auswahl = parse_zeiten("2017,2005,2017-12-31")
    assert auswahl.jahre == (2017, 2005) and (auswahl.min, auswahl.max) == (2005, 2017)


def test_german_dictionary_order() -> None:
    # DIN 5007-1: umlauts as their base letter, ß as ss, case does not count; numbers by value
    namen = ["Zug", "Ähren", "Ahorn", "Strasse", "Straße", "Öd", "Oder", "ober", "SR10", "SR2", "Neu Ulm", "Neubau"]
    erwartet = ["Ahorn", "Ähren", "Neu Ulm", "Neubau", "ober", "Öd", "Oder", "SR2", "SR10", "Strasse", "Straße", "Zug"]
    assert sorted(namen, key=sortierschluessel) == erwartet


@given(st.lists(st.text(max_size=8), max_size=8))
def test_any_names_sort_the_same_way_whatever_their_order(namen: list[str]) -> None:
    andersherum = namen[::-1]
    assert sorted(namen, key=sortierschluessel) == sorted(andersherum, key=sortierschluessel)
