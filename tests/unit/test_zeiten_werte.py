"""Times and cells as offices write them."""

from __future__ import annotations

import dataclasses

import pytest

from sozmon.model import Quelle
from sozmon.quellen.werte import Wert, parse_wert
from sozmon.quellen.zeiten import Zeit, als_zeitart, parse_stand, parse_zeit, stichtag_von


@pytest.mark.parametrize(
    ("text", "zeit", "zeitart"),
    [
        ("2023", "2023", "jahr"),
        ("2023-12-31", "2023-12-31", "stichtag"),
        ("31.12.2023", "2023-12-31", "stichtag"),
        ("2023-05", "2023-05", "monat"),
        ("2023-05P1M", "2023-05", "monat"),
        ("Mai 2023", "2023-05", "monat"),
        ("2023 MONAT07", "2023-07", "monat"),
        ("2023-Q2", "2023-Q2", "quartal"),
        ("2023-04P3M", "2023-Q2", "quartal"),
        ("1. Quartal 2023", "2023-Q1", "quartal"),
        ("2023 QUART3", "2023-Q3", "quartal"),
        ("2022/23", "2022/23", "schuljahr"),
        ("2022/2023", "2022/23", "schuljahr"),
        ("1999/00", "1999/00", "schuljahr"),
        ("2023-08P1Y", "2023/24", "schuljahr"),
    ],
)
def test_parse_zeit(text: str, zeit: str, zeitart: str) -> None:
    assert parse_zeit(text) == Zeit(zeit, zeitart)


def test_semesters_share_the_academic_year() -> None:
    assert parse_zeit("2023-10P6M") == parse_zeit("WS 2023/24") == Zeit("2023/24", "schuljahr", "semester=winter")
    assert parse_zeit("2024-04P6M") == Zeit("2023/24", "schuljahr", "semester=sommer")


@pytest.mark.parametrize("text", ["", "23", "2022/24", "2023-13", "2023-05P9M", "31.02.2023", "Dezemer 2023", "3023"])
def test_parse_zeit_refuses(text: str) -> None:
    with pytest.raises(ValueError):
        parse_zeit(text)


@pytest.mark.parametrize(
    ("zeit", "zeitart", "erwartet"),
    [
        (Zeit("2021", "jahr"), "stichtag", "2021-12-31"),
        (Zeit("2021", "jahr"), "jahresmittel", "2021"),
        (Zeit("2021-12-31", "stichtag"), "jahr", "2021"),
        (Zeit("2021", "jahr"), "schuljahr", "2021/22"),
        (Zeit("2021-05", "monat"), "", "2021-05"),
    ],
)
def test_als_zeitart(zeit: Zeit, zeitart: str, erwartet: str) -> None:
    assert als_zeitart(zeit, zeitart).zeit == erwartet


def test_als_zeitart_refuses_what_does_not_fit() -> None:
    with pytest.raises(ValueError, match="monat"):
        als_zeitart(Zeit("2021-05", "monat"), "stichtag")


@pytest.mark.parametrize(
    ("zeit", "tag"),
    [
        (Zeit("2022-05-15", "stichtag"), "2022-05-15"),
        (Zeit("2021", "jahresmittel"), "2021-12-31"),
        (Zeit("2024-02", "monat"), "2024-02-29"),
        (Zeit("2023-Q3", "quartal"), "2023-09-30"),
        (Zeit("2022/23", "schuljahr"), "2022-12-31"),
    ],
)
def test_stichtag_von(zeit: Zeit, tag: str) -> None:
    assert stichtag_von(zeit) == tag


@pytest.mark.parametrize(
    ("text", "tag"),
    [
        ("20241203", "2024-12-03"),
        ("1733216400000", "2024-12-03"),  # the service's milliseconds: 2024-12-03 09:00 UTC
        ("2024", "2024-12-31"),
        ("Januar 2024", "2024-01-31"),
        ("27. September 2019", "2019-09-27"),
        ("01.03.2025", "2025-03-01"),
    ],
)
def test_parse_stand(text: str, tag: str) -> None:
    assert parse_stand(text) == tag


QUELLE = Quelle(
    "probe",
    "Probe",
    "Amt",
    "tabelle",
    zeichen={"-": "null_genau", ".": "geheim_quelle", "*": "geheim_quelle", "/": "unsicher", "x": "nicht_sinnvoll"},
    kennzeichen={"p": "p", "r": "r"},
    geheim_min=1,
    geheim_max=2,
)


@pytest.mark.parametrize(
    ("text", "zusatz", "erwartet"),
    [
        ("1.234,5", "", Wert(1234.5, 1234.5, 1234.5, "wert")),
        ("0", "", Wert(0.0, 0.0, 0.0, "wert")),
        ("12 r", "", Wert(12.0, 12.0, 12.0, "wert", "r")),
        ("12p", "", Wert(12.0, 12.0, 12.0, "wert", "p")),
        ("12", "p", Wert(12.0, 12.0, 12.0, "wert", "p")),
        ("-", "", Wert(0.0, 0.0, 0.0, "null_genau")),
        (".", "", Wert(None, 1.0, 2.0, "geheim_quelle")),
        ("/", "", Wert(None, None, None, "unsicher")),
        ("(12)", "", Wert(12.0, None, None, "unsicher")),
        ("12", "()", Wert(12.0, None, None, "unsicher")),
        ("x", "", Wert(None, None, None, "nicht_sinnvoll")),
        ("", "", Wert(None, None, None, "nicht_geliefert")),
    ],
)
def test_parse_wert(text: str, zusatz: str, erwartet: Wert) -> None:
    assert parse_wert(text, zusatz, QUELLE, "de") == erwartet


@pytest.mark.parametrize("text", ["nan", "inf", "1_000", "1.5", "..", "k. A.", "12 q", "<3", "0012"])
def test_parse_wert_refuses(text: str) -> None:
    with pytest.raises(ValueError) as fehler:
        parse_wert(text, "", QUELLE, "de")
    assert text not in str(fehler.value), "the text may be the value of a small cell"


def test_rounded_zero_is_below_half_a_unit() -> None:
    quelle = dataclasses.replace(QUELLE, zeichen={"0": "null_gerundet"})
    assert parse_wert("0", "", quelle, "de") == Wert(0.0, 0.0, 0.5, "null_gerundet")
