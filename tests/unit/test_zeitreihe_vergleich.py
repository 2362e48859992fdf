"""Changes, index, segments, ranks and spread; expected values by hand."""

from __future__ import annotations

from dataclasses import replace

import pytest

from sozmon.errors import AufrufError
from sozmon.model import Bruch, Indikatorwert, Status
from sozmon.vergleich import compare_raeume, compute_raenge, compute_spannweite
from sozmon.zeitreihe import compute_reihe, compute_reihen

ZENSUS = (Bruch("2022", "Zensus 2022"),)


def wert(jahr: int, zahl: float | None, raum: str = "K", einheit: str = "%") -> Indikatorwert:
    status = Status.WERT if zahl is not None else Status.GEHEIM
    return Indikatorwert(
        raum, f"Raum {raum}", "kreis", str(jahr), "q", "", None, None, zahl, zahl, zahl, einheit, status
    )


def test_percent_and_percentage_points_are_two_words() -> None:
    _, zweiter = compute_reihe([wert(2020, 5.0), wert(2021, 6.0)], ())
    assert zweiter.prozentpunkte == pytest.approx(1.0)
    assert zweiter.prozent == pytest.approx(20.0)
    anzahl = compute_reihe([wert(2020, 50, einheit="Personen"), wert(2021, 60, einheit="Personen")], ())[1]
    assert anzahl.prozentpunkte is None and anzahl.prozent == pytest.approx(20.0) and anzahl.absolut == 10


def test_no_change_across_a_break() -> None:
    punkte = compute_reihe([wert(j, z) for j, z in ((2020, 5.0), (2021, 4.0), (2022, 9.0), (2023, 8.0))], ZENSUS)
    assert [p.segment for p in punkte] == [1, 1, 2, 2]
    assert [p.absolut for p in punkte] == [None, -1.0, None, -1.0]
    assert punkte[2].bruch == "Zensus 2022"
    assert [p.index for p in punkte] == [100, 80, 100, pytest.approx(88.888889)]


def test_no_change_between_two_sources() -> None:
    """A register on the old census base and a table on the new one: the step between them is no development."""
    alt, neu = replace(wert(2023, 199_688.0), quelle="register"), replace(wert(2024, 199_422.0), quelle="amt")
    _, punkt = compute_reihe([alt, neu], ())
    assert (punkt.absolut, punkt.prozent, punkt.index, punkt.bruch) == (None, None, None, "andere Quelle")


def test_hidden_point_is_skipped_and_told() -> None:
    punkte = compute_reihe([wert(2020, 5.0), wert(2021, None), wert(2022, 6.0)], ())
    assert (punkte[1].absolut, punkte[1].index) == (None, None)
    assert (punkte[2].absolut, punkte[2].vor) == (1.0, "2020")


def test_index_refuses_a_base_without_value() -> None:
    with pytest.raises(AufrufError, match="Basisjahr 2019"):
        compute_reihe([wert(2020, 5.0)], (), basis=2019)


def test_index_does_not_cross_a_break() -> None:
    punkte = compute_reihe([wert(2021, 50.0), wert(2022, 60.0)], ZENSUS, basis=2021)
    assert [p.index for p in punkte] == [100, None]


def test_several_series_are_kept_apart() -> None:
    punkte = compute_reihen(
        [wert(2021, 2.0, "B"), wert(2020, 1.0, "A"), wert(2021, 3.0, "A"), wert(2020, 9.0, "B")], ()
    )
    assert [(p.wert.raum_id, p.wert.zeit, p.absolut) for p in punkte] == [
        ("B", "2020", None), ("B", "2021", -7.0), ("A", "2020", None), ("A", "2021", 2.0),
    ]  # fmt: skip


def test_ranks_with_ties_and_without_hidden_ones() -> None:
    werte = [wert(2021, z, r) for r, z in (("A", 5.0), ("B", 7.0), ("C", 7.0), ("D", None), ("E", 1.0))]
    assert compute_raenge(werte) == {"B": 1, "C": 1, "A": 3, "E": 4}


def test_spread_names_all_extremes_and_counts_what_is_left_out() -> None:
    werte = [wert(2021, z, r) for r, z in (("A", 5.0), ("B", 7.0), ("C", 7.0), ("D", None), ("E", 1.0))]
    weite = compute_spannweite(werte)
    assert (weite.kleinster, weite.groesster, weite.weite, weite.median) == (1.0, 7.0, 6.0, 6.0)
    assert weite.groesste_raeume == ("Raum B", "Raum C")
    assert (weite.anzahl, weite.ohne_wert) == (4, 1)
    assert compute_spannweite([wert(2021, None)]).weite is None


def test_comparison_with_kreis_and_year_before() -> None:
    vergleich = compare_raeume(
        [wert(2022, 5.0, "A"), wert(2022, None, "B")],
        wert(2022, 4.5),
        vorjahre={"A": wert(2021, 5.5, "A")},
    )
    a, b = vergleich
    assert (a.differenz, a.differenz_einheit) == (0.5, "Prozentpunkte")
    assert (a.rang, a.rang_von) == (None, 0)  # one Raum alone has no rank
    assert a.differenz_vorjahr == pytest.approx(-0.5)
    assert (b.differenz, b.rang) == (None, None)
    (zahl,) = compare_raeume([wert(2022, 50, "A", "Personen")], wert(2022, 900), ist_anzahl=True)
    assert zahl.differenz is None  # a part minus the whole says nothing
    ueber_bruch = compare_raeume([wert(2022, 5.0, "A")], None, vorjahre={"A": wert(2021, 5.5, "A")}, brueche=ZENSUS)
    assert ueber_bruch[0].differenz_vorjahr is None
