"""Times after the data's own state, rates beyond their bounds, parts above their whole."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

import pytest
from pruefhilfe import GEMEINDEN, merkmal, tabelle, umfeld, zeile

from sozmon.katalog import Katalog
from sozmon.model import Indikator, Indikatorwert, Status, Teil
from sozmon.pruefungen import check_indikatoren, check_werte
from sozmon.pruefungen.bereich import check_stand, gefragte


@pytest.mark.parametrize(
    ("zeit", "stand", "spaeter"),
    [
        ("2023-12-31", "2023-12-31", False),
        ("2023-12-31", "2023-12-30", True),
        ("2024", "2024-03-01", False),
        ("2025", "2024-03-01", True),
        ("2024-05", "2024-05-01", False),
        ("2024-06", "2024-05-31", True),
        ("2024-Q4", "2024-05-01", False),
        ("2025-Q1", "2024-05-01", True),
        ("2024/25", "2024-12-01", False),
        ("2025/26", "2024-12-01", True),
        ("2025", "", False),
    ],
)
def test_time_after_the_state(zeit: str, stand: str, spaeter: bool) -> None:
    def kennungen(variante: str) -> list[str]:
        zeilen = [zeile(g, 5, zeit=zeit, stand=stand, variante=variante) for g in GEMEINDEN]
        return [m.kennung for m in check_werte(tabelle(zeilen), umfeld())]

    assert kennungen("") == (["zeit_zukunft"] if spaeter else [])
    assert kennungen("V1") == []


def test_a_state_that_has_not_come_yet() -> None:
    assert not list(check_stand("2026-12-31", "2026-01-26")), "the edition of a year"
    assert not list(check_stand("2027-01-01", "2026-12-31")), "in Germany it is tomorrow already"
    [m] = check_stand("2027-01-01", "2026-12-30")
    assert m.kennung == "stand_zukunft" and "01.01.2027" in m.text
    assert not list(check_stand("", "2026-11-26"))


QUOTE = Indikator(
    "quote",
    "Quote",
    "Quote",
    "",
    "teilhabe",
    "Thema",
    "%",
    (Teil("arme"),),
    (Teil("leute"),),
    plausibel_min=2.0,
    plausibel_max=60.0,
)
KATALOG = Katalog({"quote": QUOTE}, {"leute": merkmal()}, {}, {})


def wert(zaehler: float, nenner: float, **mehr: Any) -> Indikatorwert:
    fest: dict[str, Any] = {"quelle": "amt", "datenstand": "2024-06-01"} | mehr
    rate = 100 * zaehler / nenner
    return Indikatorwert(
        "99001010",
        "Aubach",
        "gemeinde",
        "2023-12-31",
        "quote",
        "",
        zaehler,
        nenner,
        rate,
        rate,
        rate,
        "%",
        fest.pop("status", Status.WERT),
        **fest,
    )


@pytest.mark.parametrize(
    ("zaehler", "nenner", "grund"),
    [
        (30, 100, ""),
        (20, 1000, ""),
        (700, 1000, ""),  # allowed 600; four standard deviations (98) and 4 more
        (703, 1000, "über"),
        (5, 8, ""),  # 62.5 % of eight people are chance
        (0, 100, ""),
        (0, 5000, "unter"),  # allowed 100
        (101, 100, "größer als der Nenner"),
    ],
)
def test_bounds_of_an_indikator(zaehler: float, nenner: float, grund: str) -> None:
    meldungen = check_indikatoren([wert(zaehler, nenner)], KATALOG)
    assert [m.kennung for m in meldungen] == (["wert_unplausibel"] if grund else [])
    for m in meldungen:
        assert m.text.startswith("Quote, Aubach, 31.12.2023: ") and grund in m.text
        assert str(zaehler) not in m.text.replace("31.12.2023", "")


def test_parts_of_two_quellen_may_differ_a_little() -> None:
    zwei = {"quelle": "amt,anderes_amt", "datenstand": "2024-06-01,2024-06-01"}
    ohne_grenzen = Katalog(
        {"quote": Indikator("quote", "Quote", "Q", "", "teilhabe", "T", "%", (Teil("a"),))}, {}, {}, {}
    )
    assert check_indikatoren([wert(101, 100, **zwei)], ohne_grenzen) == []
    [m] = check_indikatoren([wert(150, 100, **zwei)], ohne_grenzen)
    assert "größer als der Nenner" in m.text


def test_what_is_no_number_is_not_judged() -> None:
    assert check_indikatoren([wert(101, 100, status=Status.UNVOLLSTAENDIG)], KATALOG) == []


def test_only_the_asked_raeume() -> None:
    assert check_indikatoren([wert(101, 100)], KATALOG, raum_ids=["99001020"]) == []


def test_which_indikatoren_are_computed() -> None:
    assert set(gefragte(KATALOG, ())) == {"quote"}
    assert set(gefragte(KATALOG, ["leute"])) == {"quote"} and not gefragte(KATALOG, ["anderes"])


# -- a table that holds both parts ------------------------------------------------------------------

WAHL = Indikator(
    "beteiligung",
    "Beteiligung",
    "B",
    "",
    "teilhabe",
    "T",
    "%",
    (Teil("waehler", "wahl=rat"),),
    (Teil("berechtigte", "wahl=rat"),),
    plausibel_min=20.0,
)


def wahl(waehler: Iterable[float | None], berechtigte: Iterable[float]) -> list[str]:
    m, n = merkmal("waehler"), merkmal("berechtigte")
    spalten = (("waehler", waehler), ("berechtigte", berechtigte))
    zeilen = [
        zeile(g, w, "wahl=rat", merkmal=name) for name, werte in spalten for g, w in zip(GEMEINDEN, werte, strict=True)
    ]
    umwelt = umfeld(m, n)
    umwelt.katalog.indikatoren["beteiligung"] = WAHL
    return [x.text for x in check_werte(tabelle(zeilen), umwelt, anteile=True)]


def test_swapped_parts_show_at_the_first_delivery() -> None:
    wenige, viele = [500, 600, 700, 800, 900], [1000, 1100, 1200, 1300, 1400]
    assert wahl(wenige, viele) == []
    [text] = wahl(viele, wenige)
    assert "Beteiligung, Aubach, 31.12.2023: der Zähler ist größer als der Nenner" in text
    assert "Ähnlich in 4 weiteren Fällen" in text


def test_a_gemeinde_without_a_number_is_left_out() -> None:
    texte = wahl([None, 600, 700, 800, 10], [1000, 1100, 1200, 1300, 1400])
    assert [t for t in texte if "Beteiligung" in t and "Erlach" in t and "unter dem" in t]
    assert not [t for t in texte if "Beteiligung" in t and "Aubach" in t]
