"""Sums and completeness on tables whose result was worked out by hand, and on any consistent table."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pruefhilfe import FORST, GEMEINDEN, KREIS, REGIONEN, geheim, merkmal, tabelle, umfeld, zeile

from sozmon.model import Meldung, Merkmal, Stufe
from sozmon.pruefungen import check_werte

A, B, C, D, E = GEMEINDEN
Zeile = dict[str, Any]


def pruefe(zeilen: Iterable[Zeile], *merkmale: Merkmal, alle: bool = True, **mehr: Any) -> list[Meldung]:
    return check_werte(tabelle(zeilen), umfeld(*merkmale, **mehr), alle=alle)


def kennungen(zeilen: Iterable[Zeile], *merkmale: Merkmal, **mehr: Any) -> list[str]:
    return [m.kennung for m in pruefe(zeilen, *merkmale, **mehr)]


def kreis(*werte: float, ganz: float, **mehr: Any) -> list[Zeile]:
    return [*(zeile(g, w, **mehr) for g, w in zip(GEMEINDEN, werte, strict=True)), zeile(KREIS, ganz, **mehr)]


# -- Räume ------------------------------------------------------------------------------------------


def test_a_right_sum_says_nothing() -> None:
    assert pruefe(kreis(100, 200, 300, 400, 500, ganz=1500)) == []


def test_a_wrong_sum_names_both_numbers() -> None:
    [m] = pruefe(kreis(100, 200, 300, 400, 500, ganz=1531))
    assert (m.kennung, m.stufe) == ("summe_abweichend", Stufe.WARNUNG)
    assert "Leute, 31.12.2023, Probekreis: die 5 Gemeinden ergeben 1.500" in m.text
    assert "als Ganzes geliefert sind 1.531 (−31)." in m.text
    assert str(m.fundstelle) == "Daten · B2" and "nichts wird verändert" in m.abhilfe


def test_the_smallest_explanation_is_told() -> None:
    [doppelt] = pruefe(kreis(100, 200, 300, 400, 500, ganz=1300))
    assert "entspricht genau dem Wert „Bergdorf“" in doppelt.text
    [faktor] = pruefe(kreis(100, 2000, 300, 400, 500, ganz=1500))
    assert "das Komma bei „Bergdorf“" in faktor.text
    [keine] = pruefe(kreis(100, 200, 300, 400, 500, ganz=1501))
    assert "entspricht" not in keine.text and "Komma" not in keine.text


def test_a_raum_that_did_not_belong_then_may_be_the_reason() -> None:
    fremd = zeile("99001777", 31)
    [m] = pruefe([*kreis(100, 200, 300, 400, 500, ganz=1531), fremd])
    assert "entspricht genau 99001777; dieser Raum gehörte damals nicht dazu" in m.text


def test_values_of_small_cells_are_not_printed() -> None:
    [m] = pruefe(kreis(1, 2, 1, 0, 0, ganz=3))
    assert m.kennung == "summe_abweichend" and not any(
        z.isdigit() for z in m.text.partition(": ")[2].replace("5 Gem", "")
    )


@pytest.mark.parametrize("kennung", [f"{KREIS}_ohne_zuordnung", "ohne_zuordnung"])
def test_ohne_zuordnung_counts_in_the_kreis_only(kennung: str) -> None:
    rest = zeile(kennung, 17)
    region = [zeile("R1", 300), zeile("R2", 1200)]
    assert pruefe([*kreis(100, 200, 300, 400, 500, ganz=1517), rest, *region]) == []
    assert len(pruefe([*kreis(100, 200, 300, 400, 500, ganz=1500), rest])) == 1


def test_regions_against_gemeinden_and_kreis() -> None:
    richtig = [zeile("R1", 300), zeile("R2", 1200)]
    assert pruefe([*kreis(100, 200, 300, 400, 500, ganz=1500), *richtig]) == []
    falsch = [zeile("R1", 336), zeile("R2", 1200)]
    texte = [m.text for m in pruefe([*kreis(100, 200, 300, 400, 500, ganz=1500), *falsch])]
    assert len(texte) == 2
    assert any("R1: die 2 Gemeinden ergeben 300, als Ganzes geliefert sind 336 (−36)" in t for t in texte)
    assert any("Probekreis: die 2 Regionen ergeben 1.536" in t for t in texte)


def test_the_kreise_of_the_land_only_when_all_are_there() -> None:
    assert kennungen([zeile(KREIS, 90), zeile("99", 80)]) == ["summe_abweichend"]
    assert kennungen([zeile("99", 80)]) == []


def test_a_missing_gemeinde_makes_the_sum_open_but_not_too_great() -> None:
    ohne = [zeile(g, 100) for g in (A, B, C, D)]
    assert kennungen([*ohne, zeile(KREIS, 450)]) == ["unvollzaehlig"]
    zu_wenig = pruefe([*ohne, zeile(KREIS, 390)])
    assert [m.kennung for m in zu_wenig] == ["summe_unmoeglich", "unvollzaehlig"]
    assert "(geheim oder nicht geliefert: Erlach)" in zu_wenig[0].text
    auch_negativ = merkmal(personen=False)
    assert kennungen([*ohne, zeile(KREIS, 390)], auch_negativ) == ["unvollzaehlig"]


def test_what_does_not_add_up_is_left_alone() -> None:
    werte = kreis(1, 2, 3, 4, 5, ganz=3)
    assert kennungen(werte, merkmal(additiv=False)) == []
    assert kennungen(werte, merkmal(toleranz=12)) == []
    assert kennungen(werte, merkmal(toleranz=11)) == ["summe_abweichend"]


def test_without_a_register_of_the_date_nothing_is_said() -> None:
    werte = kreis(1, 2, 3, 4, 5, ganz=3, gebietsstand="2001-12-31", zeit="2001-12-31")
    assert pruefe(werte) == []


def test_different_data_states_are_told() -> None:
    werte = kreis(100, 200, 300, 400, 500, ganz=1531)
    werte[-1]["stand"] = "2025-04-10"
    [m] = pruefe(werte)
    assert "Das Ganze hat den Stand 10.04.2025, Teile haben den Stand 01.06.2024." in m.text


def test_two_quellen_are_not_mixed() -> None:
    werte = kreis(100, 200, 300, 400, 500, ganz=1531)
    werte[-1]["quelle"] = "anderes_amt"
    assert pruefe(werte) == []


def test_an_uninhabited_forest_has_no_people_but_an_area() -> None:
    werte = kreis(100, 200, 300, 400, 500, ganz=1500)
    assert pruefe(werte, wald=True) == []
    flaeche = merkmal(personen=False)
    assert kennungen([*werte, zeile(FORST, 7)], flaeche, wald=True) == ["summe_abweichend"]


# -- rounding, hidden cells -------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("genauigkeit", "spiel"), [("gerundet_5", 2 * 6), ("gerundet_10", 5 * 6), ("tausend", 500 * 6)]
)
def test_rounding_explains_a_difference_up_to_its_bound(genauigkeit: str, spiel: int) -> None:
    def art(abstand: int) -> list[tuple[str, Stufe]]:
        werte = kreis(10000, 20000, 30000, 40000, 50000, ganz=150000 + abstand, genauigkeit=genauigkeit)
        return [(m.kennung, m.stufe) for m in pruefe(werte)]

    assert art(0) == []
    assert art(spiel) == art(-spiel) == [("summe_gerundet", Stufe.INFO)]
    assert art(spiel + 1) == [("summe_abweichend", Stufe.WARNUNG)]


def test_noise_without_a_declared_bound_is_an_info_with_one_a_warning() -> None:
    werte = kreis(100, 200, 300, 400, 500, ganz=1700, genauigkeit="ueberlagert")
    [m] = pruefe(werte)
    assert (m.kennung, m.stufe) == ("summe_gerundet", Stufe.INFO) and "überlagert" in m.text
    assert kennungen(werte, merkmal(toleranz=100)) == ["summe_abweichend"]


@pytest.mark.parametrize(
    ("ganz", "unmoeglich"), [(1001, True), (1002, False), (1003, False), (1004, False), (1005, True)]
)
def test_hidden_parts_make_an_inequality(ganz: float, unmoeglich: bool) -> None:
    """Two cells of 1 or 2 beside 1000: the whole is 1002 to 1004."""
    werte = [zeile(A, 500), zeile(B, 300), zeile(C, 200), geheim(D, 1, 2), geheim(E, 1, 2), zeile(KREIS, ganz)]
    meldungen = pruefe(werte)
    assert [m.kennung for m in meldungen] == (["summe_unmoeglich"] if unmoeglich else [])
    for m in meldungen:
        assert "Dornau und Erlach" in m.text and "1.00" not in m.text


def test_an_open_part_bounds_only_from_below() -> None:
    offen = [zeile(A, 500), zeile(B, 300), zeile(C, 200), zeile(D, 10), geheim(E, 0, None)]
    assert kennungen([*offen, zeile(KREIS, 99999)]) == []
    assert kennungen([*offen, zeile(KREIS, 1009)]) == ["summe_unmoeglich"]


def test_a_hidden_whole_can_be_impossible_too() -> None:
    werte = [zeile(g, 1) for g in GEMEINDEN]
    assert kennungen([*werte, geheim(KREIS, 1, 2)]) == ["summe_unmoeglich"]
    assert kennungen([*werte, geheim(KREIS, 1, 5)]) == []


# -- dimensions -------------------------------------------------------------------------------------


def test_parts_of_a_dimension_per_raum() -> None:
    werte = [zeile(A, 100), zeile(A, 48, "geschlecht=m"), zeile(A, 51, "geschlecht=w")]
    [m] = [m for m in pruefe(werte) if m.kennung == "summe_abweichend"]
    assert "Aubach: die Teile nach Geschlecht ergeben 99, als Ganzes geliefert sind 100 (−1)" in m.text


def test_nested_and_crossed_breakdowns() -> None:
    def zellen(falsch: str) -> list[Zeile]:
        richtig = {
            "": 1000,
            "geschlecht=m": 480,
            "geschlecht=w": 520,
            "alter=0-17|geschlecht=m": 100,
            "alter=18-64|geschlecht=m": 300,
            "alter=65+|geschlecht=m": 80,
            "alter=0-5|geschlecht=m": 40,
            "alter=6-17|geschlecht=m": 60,
        }
        return [zeile(KREIS, w + (a == falsch), a) for a, w in richtig.items()]

    assert pruefe(zellen("-")) == []
    [m] = pruefe(zellen("alter=6-17|geschlecht=m"))
    assert "Leute (unter 18, männlich), 31.12.2023, Probekreis: die Teile nach Alter" in m.text
    assert len(pruefe(zellen("alter=0-17|geschlecht=m"))) == 2  # as a whole of two and as a part of the men


def test_a_partition_with_a_part_that_never_came_is_not_checked() -> None:
    assert pruefe([zeile(KREIS, 100), zeile(KREIS, 20, "alter=0-17"), zeile(KREIS, 30, "alter=65+")]) == []


# -- completeness -----------------------------------------------------------------------------------


def test_four_of_five() -> None:
    [m] = pruefe([zeile(g, 10) for g in (A, B, C, D)])
    assert (m.kennung, m.stufe) == ("unvollzaehlig", Stufe.WARNUNG)
    assert "4 von 5 Gemeinden geliefert, es fehlt Erlach (99001050)" in m.text


def test_an_empty_cell_is_a_missing_gemeinde_and_a_sign_is_not() -> None:
    vier = [zeile(g, 10) for g in (A, B, C, D)]
    assert kennungen([*vier, zeile(E, None)]) == ["unvollzaehlig"]
    assert kennungen([*vier, geheim(E, 1, 2)]) == []


def test_few_gemeinden_are_an_info_and_the_kreis_alone_nothing() -> None:
    [m] = pruefe([zeile(g, 10) for g in (A, B)])
    assert (m.kennung, m.stufe) == ("teilweise_geliefert", Stufe.INFO) and "2 von 5 Gemeinden" in m.text
    assert pruefe([zeile(KREIS, 10)]) == []


def test_one_region_of_two() -> None:
    [m] = pruefe([zeile("R1", 10)])
    assert m.kennung == "unvollzaehlig" and "1 von 2 Regionen (regionen) geliefert, es fehlt R2 (R2)" in m.text
    assert pruefe([zeile("R1", 10), geheim("R2", 1, 2)]) == []


def test_several_years_become_one_meldung() -> None:
    jahre = [zeile(g, 10, zeit=f"{j}-12-31") for g in (A, B, C, D) for j in (2021, 2022, 2023)]
    [m] = pruefe(jahre, alle=False)
    assert m.anzahl == 3 and "Ähnlich in 2 weiteren Fällen (2021 bis 2023)" in m.text


def test_gemeinden_younger_than_the_register_leave_the_count_open() -> None:
    """Dornau and Erlach became 99001060 after the newest register: nobody is missing."""
    spaeter = {"zeit": "2025-12-31", "gebietsstand": "2025-12-31", "stand": "2026-06-01"}
    assert pruefe([zeile(g, 10, **spaeter) for g in (A, B, C, "99001060")]) == []
    [m] = pruefe([zeile(g, 10, **spaeter) for g in (A, B, C, D)])
    assert "nach dem Gemeindeverzeichnis vom 31.12.2023" in m.text


def test_without_an_own_kreis_nothing_is_looked_at() -> None:
    from dataclasses import replace

    ohne = replace(umfeld(), kreis="")
    assert check_werte(tabelle([zeile(A, 1)]), ohne) == []


# -- any table --------------------------------------------------------------------------------------

zahlen = st.lists(st.integers(0, 5000), min_size=5, max_size=5)


def stimmig(maenner: list[int], frauen: list[int]) -> list[Zeile]:
    """All levels and both parts of a consistent count."""
    zeilen = []
    for teil, werte in (("geschlecht=m", maenner), ("geschlecht=w", frauen), ("", None)):
        je = dict(zip(GEMEINDEN, werte or [m + w for m, w in zip(maenner, frauen, strict=True)], strict=True))
        zeilen += [zeile(g, w, teil) for g, w in je.items()]
        zeilen += [zeile(r, sum(je[g] for g in teile), teil) for r, teile in REGIONEN.items()]
        zeilen.append(zeile(KREIS, sum(je.values()), teil))
    return zeilen


@settings(max_examples=60, deadline=None)
@given(zahlen, zahlen, st.sampled_from(["exakt", "gerundet_5", "gerundet_10"]))
def test_a_consistent_table_never_warns(maenner: list[int], frauen: list[int], genauigkeit: str) -> None:
    breite = {"exakt": 1, "gerundet_5": 5, "gerundet_10": 10}[genauigkeit]
    zeilen = [
        z
        | dict.fromkeys(("wert", "wert_min", "wert_max"), breite * ((z["wert"] + breite // 2) // breite))
        | {"genauigkeit": genauigkeit}
        for z in stimmig(maenner, frauen)
    ]
    assert not [m for m in pruefe(zeilen) if m.stufe is not Stufe.INFO]


@settings(max_examples=60, deadline=None)
@given(zahlen, zahlen, st.integers(0, 23), st.integers(1, 400), st.booleans())
def test_one_wrong_cell_is_always_found(maenner: list[int], frauen: list[int], i: int, um: int, mehr: bool) -> None:
    zeilen = stimmig(maenner, frauen)
    falsch = zeilen[i]["wert"] + (um if mehr else -um)
    zeilen[i] |= dict.fromkeys(("wert", "wert_min", "wert_max"), float(falsch))
    assert "summe_abweichend" in {m.kennung for m in pruefe(zeilen)}


@settings(max_examples=60, deadline=None)
@given(zahlen, zahlen, st.sets(st.integers(0, 23)))
def test_hiding_cells_of_a_consistent_table_never_warns(
    maenner: list[int], frauen: list[int], verdeckt: set[int]
) -> None:
    zeilen = [
        geheim(z["raum_id"], max(0, z["wert"] - 1), z["wert"] + 1 if i % 2 else None, z["auspraegung"])
        if i in verdeckt
        else z
        for i, z in enumerate(stimmig(maenner, frauen))
    ]
    assert pruefe(zeilen) == []
