"""Axes and labels as arithmetic."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sozmon.diagramm.achse import abstand_halten, compute_jahresstriche, compute_werteachse, stapeln, takt
from sozmon.diagramm.modell import Balken, Paar, Punkt, Reihe, art_von, lies_jahr
from sozmon.diagramm.rangfolge import ordne_balken
from sozmon.diagramm.reihen import abschnitte, bruchstellen, rhythmus
from sozmon.model import Status

zahlen = st.floats(-1e7, 1e7, allow_nan=False).map(lambda x: round(x, 3))


@given(st.lists(zahlen, min_size=1, max_size=30), st.integers(0, 3), st.booleans())
def test_axis_holds_all_values_between_few_round_ticks(werte: list[float], stellen: int, ab_null: bool) -> None:
    achse = compute_werteachse(werte, stellen, ab_null=ab_null)
    assert achse.unten <= min(werte) and max(werte) <= achse.oben
    assert 2 <= len(achse.striche) <= 8
    assert [achse.unten, achse.oben] == [achse.striche[0], achse.striche[-1]]
    assert not (ab_null and achse.abgeschnitten)
    assert len({achse.text(s) for s in achse.striche}) == len(achse.striche), "two ticks with one label"


@pytest.mark.parametrize(
    ("werte", "stellen", "unten"),
    [
        ([14.2, 4.5], 1, 0),  # a share that fell to a third: from zero
        ([52.1, 62.5, 44.3], 1, 0),
        ([322078, 297766], 0, 290000),  # a change of 8 per cent far from zero: cut, and said
        ([56.6, 63.6], 1, 56),
        ([2.2, 2.3], 1, 0),  # two numbers of one decimal: nothing to enlarge
        ([65.91, 65.93], 2, 0),
        ([4.5, 4.5], 1, 0),
        ([0, 0], 1, 0),
        ([-1050, -1000], 0, -1100),
        ([-344, 210], 0, -400),
    ],
)
def test_when_the_axis_is_cut(werte: list[float], stellen: int, unten: float) -> None:
    assert compute_werteachse(werte, stellen).unten == unten


@given(st.lists(st.tuples(st.floats(0, 100), st.floats(4, 12)), min_size=1, max_size=8))
def test_labels_never_overlap_and_keep_their_order(schilder: list[tuple[float, float]]) -> None:
    orte, hoehen = [o for o, _ in schilder], [h for _, h in schilder]
    lagen = abstand_halten(orte, hoehen, 0, 100)
    folge = sorted(range(len(orte)), key=lambda i: (orte[i], i))
    for a, b in pairwise(folge):
        assert lagen[b] - lagen[a] >= (hoehen[a] + hoehen[b]) / 2 - 1e-6
    assert min(lag - h / 2 for lag, h in zip(lagen, hoehen, strict=True)) >= -1e-6
    assert max(lag + h / 2 for lag, h in zip(lagen, hoehen, strict=True)) <= 100 + 1e-6


def test_labels_that_fit_stay_where_they_are() -> None:
    assert abstand_halten([10, 50, 90], [9, 9, 9], 0, 100) == [10, 50, 90]


@given(st.lists(st.tuples(st.integers(0, 300), st.integers(20, 120)), min_size=1, max_size=4, unique_by=lambda t: t[0]))
def test_break_labels_stay_on_the_sheet(texte: list[tuple[int, int]]) -> None:
    orte, breiten = zip(*sorted(texte), strict=True)
    for (von, _), breite in zip(stapeln(orte, breiten, 300), breiten, strict=True):
        assert von >= 0 and von + breite <= 300


def test_break_labels_are_stacked_only_when_they_must() -> None:
    assert stapeln([100, 200], [60, 60], 300) == [(70, 0), (170, 0)]
    (links, unten), (rechts, oben) = stapeln([100, 120], [60, 60], 300)
    assert (links, rechts) == (38, 58)  # each ends at its own line …
    assert oben > unten  # … and the right one passes over the left line, which ends below it


@given(st.integers(1990, 2020), st.integers(1, 40), st.floats(60, 600))
def test_years_are_whole_and_keep_apart(von: int, anzahl: int, breite: float) -> None:
    jahre = [float(von + i) for i in range(anzahl)]
    striche = compute_jahresstriche(jahre, breite, lambda t: 16.0)
    assert all(isinstance(j, int) for j in striche)
    assert striche[-1] == jahre[-1]
    assert all((b - a) * breite / anzahl >= 24 for a, b in pairwise(striche))


def test_sparse_years_are_the_ticks_themselves() -> None:
    assert compute_jahresstriche([2009, 2014, 2019, 2024], 400, lambda t: 16.0) == (2009, 2014, 2019, 2024)
    assert takt([2009, 2014, 2019]) == 5


def reihe(*punkte: tuple[float, float | None, str]) -> Reihe:
    return Reihe("X", tuple(Punkt(j, w, a) for j, w, a in punkte))  # type: ignore[arg-type]


def jahre_der_abschnitte(r: Reihe, brueche: tuple[tuple[float, str], ...] = ()) -> list[list[float]]:
    return [[p.jahr for p in a] for a in abschnitte(r, brueche, rhythmus([r]))]


def test_hidden_missing_absent_years_and_breaks_interrupt_the_line() -> None:
    r = reihe((2011, 1, "wert"), (2012, None, "geheim"), (2013, 1, "wert"), (2014, 1, "wert"))
    assert jahre_der_abschnitte(r) == [[2011], [2013, 2014]]
    r = reihe((2011, 1, "wert"), (2012, None, "fehlt"), (2013, 1, "wert"), (2014, 1, "wert"))
    assert jahre_der_abschnitte(r) == [[2011], [2013, 2014]]
    r = reihe((2011, 1, "wert"), (2012, 1, "wert"), (2014, 1, "wert"))
    assert jahre_der_abschnitte(r) == [[2011, 2012], [2014]]
    r = reihe((2011, 1, "wert"), (2012, 1, "wert"), (2013, 1, "wert"))
    assert jahre_der_abschnitte(r, ((2012, "Zensus"),)) == [[2011], [2012, 2013]]


def test_elections_are_no_series_with_gaps() -> None:
    punkte = [(j, 50.0, "wert") if j % 5 == 4 else (j, None, "fehlt") for j in range(2009, 2025)]
    assert jahre_der_abschnitte(reihe(*punkte)) == [[2009, 2014, 2019, 2024]]
    nur_wahljahre = reihe((2009, 1, "wert"), (2014, 1, "wert"), (2019, None, "geheim"), (2024, 1, "wert"))
    assert jahre_der_abschnitte(nur_wahljahre) == [[2009, 2014], [2024]]


def test_a_break_stands_between_the_two_times() -> None:
    r = reihe((2021, 1, "wert"), (2022, 1, "wert"))
    assert bruchstellen([r], ((2022, "Zensus 2022"), (2030, "später"))) == [(2021.5, "Zensus 2022")]
    r = reihe((2021, 1, "wert"), (2023, 1, "wert"))  # no value for the first year of the new series
    assert bruchstellen([r], ((2022, "Zensus 2022"),)) == [(2021.5, "Zensus 2022")]
    r = reihe((2019, 1, "wert"), (2024, 1, "wert"))
    assert bruchstellen([r], ((2022, "Neu"),)) == [(2021.5, "Neu")]


def test_order_of_the_ranking_follows_the_printed_number_then_the_german_name() -> None:
    balken = [
        Balken("Öderan", 4.52),
        Balken("Zug", None, "geheim"),
        Balken("Oederan", 4.48),
        Balken("Aue", None, "fehlt"),
        Balken("Ahorn", None, "geheim"),
        Balken("Ulm", 6.0),
        Balken("Zwickau", 4.54),
    ]
    folge = [b.name for b in ordne_balken(balken, 1)]
    assert folge == ["Ulm", "Öderan", "Oederan", "Zwickau", "Ahorn", "Zug", "Aue"]


@pytest.mark.parametrize("art", ["geheim", "fehlt"])
def test_a_hidden_or_missing_value_must_not_carry_a_number(art: str) -> None:
    for baue in (
        lambda: Punkt(2021, 4.5, art),  # type: ignore[arg-type]
        lambda: Balken("A", 4.5, art),  # type: ignore[arg-type]
        lambda: Paar("A", 4.5, 4.5, art),  # type: ignore[arg-type]
        lambda: Paar("A", 4.5, 4.5, "wert", art),  # type: ignore[arg-type]
    ):
        with pytest.raises(ValueError, match="keine Zahl"):
            baue()
    with pytest.raises(ValueError, match="keine endliche Zahl"):
        Punkt(2021, float("nan"))


def test_every_status_is_drawn_somehow() -> None:
    assert {s: art_von(s) for s in Status} == {
        Status.WERT: "wert",
        Status.NULL_GENAU: "wert",
        Status.NULL_GERUNDET: "wert",
        Status.GEHEIM_QUELLE: "geheim",
        Status.GEHEIM: "geheim",
        Status.NICHT_FREIGEGEBEN: "geheim",
        Status.UNVOLLSTAENDIG: "geheim",
        Status.UNSICHER: "unsicher",
        Status.FOLGT: "fehlt",
        Status.NICHT_SINNVOLL: "fehlt",
        Status.RAUM_BESTAND_NICHT: "fehlt",
        Status.NICHT_GELIEFERT: "fehlt",
        Status.NICHT_AUF_EBENE: "fehlt",
    }


@pytest.mark.parametrize(
    ("zeit", "jahr"),
    [("2021", 2021), ("2021-12-31", 2021), ("2021/22", 2021), ("2021-07", 2021.5), ("2021-Q3", 2021.5)],
)
def test_place_on_the_time_axis(zeit: str, jahr: float) -> None:
    assert lies_jahr(zeit) == jahr
