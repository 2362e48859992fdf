"""Expected values are worked out by hand on the invented Kreis of ``rechenhilfe``."""

from __future__ import annotations

from typing import Any

import pytest
from rechenhilfe import ALT, LEUTE, NEU, ORTE, QUOTE, Bestand, Raeume, katalog, stelle

from sozmon.indikator import Auftrag, compute_indikatoren
from sozmon.model import Bruch, Indikator, Merkmal, Status, Teil
from sozmon.zahlen import Zeitauswahl


def rechne(zeilen: list[dict[str, Any]], indikator: Indikator, raum: str, zeit: str, kat: Any = None) -> Any:
    auftrag = Auftrag((indikator,), (ORTE[raum],), Zeitauswahl((zeit,)))
    return compute_indikatoren(Bestand(zeilen), kat or katalog(indikator), Raeume(), auftrag)


def eins(zeilen: list[dict[str, Any]], indikator: Indikator, raum: str, zeit: str, kat: Any = None) -> Any:
    werte = rechne(zeilen, indikator, raum, zeit, kat).werte
    assert len(werte) == 1
    return werte[0]


ARBEITSLOSE = {"99001010": 10, "99001020": 300, "99001030": 40, "99001040": 6, "99001050": 14}
LEUTE_1564 = {"99001010": 500, "99001020": 4000, "99001030": 1000, "99001040": 100, "99001050": 400}


@pytest.fixture
def zeilen() -> list[dict[str, Any]]:
    return [stelle(r, 2021, w) for r, w in ARBEITSLOSE.items()] + [
        stelle(r, 2021, w, merkmal="leute", auspraegung="alter=15-64", zeitart="stichtag")
        for r, w in LEUTE_1564.items()
    ]


def test_kreis_is_ratio_of_sums_not_mean_of_rates(zeilen: Any) -> None:
    wert = eins(zeilen, QUOTE, "99001", "2021")
    assert (wert.zaehler, wert.nenner) == (370, 6000)
    assert wert.wert == pytest.approx(6.1666667)  # the mean of the five rates would be 4.8
    assert (wert.zeit, wert.status, wert.umrechnung) == ("2021", Status.WERT, "exakt")


def test_merged_gemeinde_is_carried_over_exactly(zeilen: Any) -> None:
    wert = eins(zeilen, QUOTE, "99001045", "2021")
    assert (wert.zaehler, wert.nenner, wert.wert, wert.umrechnung) == (20, 500, 4.0, "exakt")


def test_unchanged_gemeinde_needs_no_conversion(zeilen: Any) -> None:
    assert eins(zeilen, QUOTE, "99001020", "2021").umrechnung == ""


def test_hidden_part_makes_the_sum_an_interval(zeilen: Any) -> None:
    zeilen[0] = stelle("99001010", 2021, None, status="geheim_quelle", grenzen=(1, 2))
    wert = eins(zeilen, QUOTE, "R1", "2021")
    assert (wert.wert, wert.zaehler, wert.status) == (None, None, Status.UNVOLLSTAENDIG)
    # 301..302 of 4500
    assert wert.wert_min == pytest.approx(301 / 4500 * 100)
    assert wert.wert_max == pytest.approx(302 / 4500 * 100)


def test_hidden_gemeinde_stays_hidden(zeilen: Any) -> None:
    zeilen[0] = stelle("99001010", 2021, None, status="geheim_quelle", grenzen=(1, 2))
    wert = eins(zeilen, QUOTE, "99001010", "2021")
    assert (wert.wert, wert.status) == (None, Status.GEHEIM_QUELLE)


def test_missing_gemeinde_makes_the_sum_incomplete_and_open(zeilen: Any) -> None:
    wert = eins(zeilen[1:], QUOTE, "99001", "2021")
    assert (wert.wert, wert.status) == (None, Status.UNVOLLSTAENDIG)
    assert wert.wert_min == pytest.approx(360 / 6000 * 100)
    assert wert.wert_max == 100  # open upward, but a share never exceeds the whole
    assert "1 Gemeinde fehlt" in wert.anmerkung


def test_exact_zero_counts_as_zero_in_a_sum(zeilen: Any) -> None:
    zeilen[0] = stelle("99001010", 2021, 0, status="null_genau")
    assert eins(zeilen, QUOTE, "R1", "2021").zaehler == 300
    klein = eins(zeilen, QUOTE, "99001010", "2021")
    assert (klein.wert, klein.status) == (0, Status.NULL_GENAU)


@pytest.mark.parametrize(
    ("status", "erwartet"),
    [("unsicher", Status.UNSICHER), ("folgt", Status.FOLGT), ("nicht_sinnvoll", Status.NICHT_SINNVOLL)],
)
def test_a_sign_is_no_number(zeilen: Any, status: str, erwartet: Status) -> None:
    zeilen[0] = stelle("99001010", 2021, None, status=status, grenzen=(None, None))
    gemeinde, region = eins(zeilen, QUOTE, "99001010", "2021"), eins(zeilen, QUOTE, "R1", "2021")
    assert (gemeinde.wert, gemeinde.status) == (None, erwartet)
    assert (region.wert, region.status) == (None, Status.UNVOLLSTAENDIG)


def test_delivered_kreis_value_beats_the_sum_and_the_difference_is_told(zeilen: Any) -> None:
    ergebnis = rechne([*zeilen, stelle("99001", 2021, 372)], QUOTE, "99001", "2021")
    assert ergebnis.werte[0].zaehler == 372
    assert [m.kennung for m in ergebnis.meldungen] == ["summe_weicht_ab"]
    assert "372" in ergebnis.meldungen[0].text and "370" in ergebnis.meldungen[0].text


def test_order_of_quellen_decides_and_the_disagreement_is_told() -> None:
    zeilen = [
        stelle("99001", 2023, 900, merkmal="leute", zeitart="stichtag", quelle="register", stand="2025-01-01"),
        stelle("99001", 2023, 950, merkmal="leute", zeitart="stichtag", quelle="amt", stand="2024-01-01"),
    ]
    ergebnis = rechne(zeilen, LEUTE, "99001", "2023-12-31")
    assert (ergebnis.werte[0].wert, ergebnis.werte[0].quelle) == (950, "amt")
    assert [m.kennung for m in ergebnis.meldungen] == ["quellen_widersprechen_sich"]


def test_small_numbers_are_not_printed_in_a_meldung() -> None:
    zeilen = [
        stelle("99001", 2023, 2, merkmal="leute", zeitart="stichtag", quelle="register"),
        stelle("99001", 2023, 1, merkmal="leute", zeitart="stichtag", quelle="amt"),
    ]
    text = rechne(zeilen, LEUTE, "99001", "2023-12-31").meldungen[0].text
    assert "sagt 1" not in text and "sagt 2" not in text and "Unterschied" not in text


def test_total_is_pieced_together_from_a_declared_partition() -> None:
    teile = {"alter=0-14": 100, "alter=15-39": 200, "alter=40-64": 300, "alter=65+": 400}
    zeilen = [
        stelle("99001010", 2023, w, merkmal="leute", auspraegung=a, zeitart="stichtag", gebietsstand=NEU)
        for a, w in teile.items()
    ]
    assert eins(zeilen, LEUTE, "99001010", "2023").wert == 1000


def test_incomplete_partition_gives_no_total() -> None:
    zeilen = [
        stelle("99001010", 2023, 100, merkmal="leute", auspraegung="alter=0-14", zeitart="stichtag", gebietsstand=NEU)
    ]
    wert = eins(zeilen, LEUTE, "99001010", "2023")
    assert (wert.wert, wert.status) == (None, Status.NICHT_GELIEFERT)


def test_hidden_part_of_a_partition_gives_an_interval() -> None:
    teile = {"alter=0-14": 100, "alter=15-64": 500}
    zeilen = [
        stelle("99001010", 2023, w, merkmal="leute", auspraegung=a, zeitart="stichtag", gebietsstand=NEU)
        for a, w in teile.items()
    ] + [
        stelle(
            "99001010", 2023, None, merkmal="leute", auspraegung="alter=65+", zeitart="stichtag", gebietsstand=NEU,
            status="geheim_quelle", grenzen=(1, 2),
        )
    ]  # fmt: skip
    wert = eins(zeilen, LEUTE, "99001010", "2023")
    assert (wert.wert, wert.wert_min, wert.wert_max, wert.status) == (None, 601, 602, Status.UNVOLLSTAENDIG)


def test_dash_of_a_gemeinde_that_did_not_exist() -> None:
    rate = Indikator(
        "fl", "Fläche", "Fläche", "x", "demografie", "F", "%", (Teil("rate", zeitart="jahr"),),
        art="fertigwert", verfahren="uebernommen", aggregation="keine", personen=False,
    )  # fmt: skip
    zeilen = [
        stelle("99001045", 2022, 0, merkmal="rate", status="null_genau", zeitart="jahr", gebietsstand="2022-12-31")
    ]
    wert = eins(zeilen, rate, "99001045", "2022")
    assert (wert.wert, wert.status) == (None, Status.RAUM_BESTAND_NICHT)


def test_delivered_rate_is_never_aggregated() -> None:
    rate = Indikator(
        "fl", "Fläche", "Fläche", "x", "demografie", "F", "%", (Teil("rate", zeitart="jahr"),),
        art="fertigwert", verfahren="uebernommen", aggregation="keine", personen=False,
    )  # fmt: skip
    zeilen = [stelle(r, 2023, 10, merkmal="rate", zeitart="jahr", gebietsstand=NEU) for r in ("99001010", "99001020")]
    assert eins(zeilen, rate, "99001010", "2023").wert == 10
    assert eins(zeilen, rate, "R1", "2023").status is Status.NICHT_AUF_EBENE


def test_change_across_a_break_is_not_computed() -> None:
    wandel = Indikator(
        "wandel", "Wandel", "Wandel", "x", "demografie", "B", "%",
        (Teil("leute"), Teil("leute", vorzeichen=-1, jahr_versatz=-1)), (Teil("leute", jahr_versatz=-1),),
        verfahren="veraenderung",
    )  # fmt: skip
    zeilen = [
        stelle("99001", j, w, merkmal="leute", zeitart="stichtag") for j, w in ((2020, 1000), (2021, 990), (2022, 970))
    ]
    kat = katalog(wandel)
    assert eins(zeilen, wandel, "99001", "2021", kat).wert == pytest.approx(-1.0)
    kat.merkmale["leute"] = Merkmal(
        "leute", "Bevölkerung", "Personen", ("stichtag",), ("amt",), brueche=(Bruch("2022", "Zensus 2022"),)
    )
    gebrochen = eins(zeilen, wandel, "99001", "2022", kat)
    assert (gebrochen.wert, gebrochen.status) == (None, Status.NICHT_SINNVOLL)
    assert "Zensus 2022" in gebrochen.anmerkung


def test_change_between_two_sources_is_not_computed() -> None:
    wandel = Indikator(
        "wandel", "Wandel", "Wandel", "x", "demografie", "B", "%",
        (Teil("leute"), Teil("leute", vorzeichen=-1, jahr_versatz=-1)), (Teil("leute", jahr_versatz=-1),),
        verfahren="veraenderung",
    )  # fmt: skip
    zeilen = [
        stelle("99001", j, w, merkmal="leute", zeitart="stichtag", quelle=q)
        for j, w, q in ((2020, 1000, "amt"), (2021, 990, "amt"), (2022, 980, "register"))
    ]
    assert eins(zeilen, wandel, "99001", "2021").wert == pytest.approx(-1.0)
    wechsel = eins(zeilen, wandel, "99001", "2022")
    assert (wechsel.wert, wechsel.status) == (None, Status.NICHT_SINNVOLL)
    assert "verschiedenen Quellen" in wechsel.anmerkung


def test_nothing_delivered_gives_a_row_with_its_reason() -> None:
    wert = eins([], QUOTE, "99001", "2021")
    assert (wert.wert, wert.status) == (None, Status.NICHT_GELIEFERT)


def test_value_that_exists_only_for_the_kreis() -> None:
    zeilen = [stelle("99001", 2023, 950, merkmal="leute", zeitart="stichtag", gebietsstand=NEU)]
    assert eins(zeilen, LEUTE, "99001010", "2023").status is Status.NICHT_AUF_EBENE


def test_denominator_zero_is_not_meaningful(zeilen: Any) -> None:
    zeilen[5] = stelle("99001010", 2021, 0, merkmal="leute", auspraegung="alter=15-64", zeitart="stichtag")
    wert = eins(zeilen, QUOTE, "99001010", "2021")
    assert (wert.wert, wert.status) == (None, Status.NICHT_SINNVOLL)


def test_order_of_rows_changes_nothing(zeilen: Any) -> None:
    assert eins(zeilen, QUOTE, "99001", "2021") == eins(zeilen[::-1], QUOTE, "99001", "2021")


def test_every_asked_year_has_a_row(zeilen: Any) -> None:
    auftrag = Auftrag((QUOTE,), (ORTE["99001"],), Zeitauswahl(("2019", "2020", "2021")))
    werte = compute_indikatoren(Bestand(zeilen), katalog(QUOTE), Raeume(), auftrag).werte
    assert [(w.zeit, w.ist_zahl) for w in werte] == [("2019", False), ("2020", False), ("2021", True)]


def test_helper_sees_both_borders() -> None:
    assert len(Raeume().erwartet("99001", ALT)) == 5 and len(Raeume().erwartet("99001", NEU)) == 4
