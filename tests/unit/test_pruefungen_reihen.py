"""Values against earlier ones: every planted accident is found, and what chance does to counts alarms nobody."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pruefhilfe import VIELE, merkmal, register, tabelle, umfeld_viele, zeile

from sozmon.model import Bruch, Meldung, Merkmal, Stufe
from sozmon.pruefungen import check_reihen

ORTE = list(VIELE)
Zahlen = Sequence[float]
START = [round(400 * 1.22**n) for n in range(20)]
"""400 to 17,500 inhabitants."""
HALB = [round(0.485 * w) + (7 * n) % 11 for n, w in enumerate(START)]
ANDERE = [w - h for w, h in zip(START, HALB, strict=True)]


def jahr(werte: Iterable[float], zeit: int, auspraegung: str = "", **mehr: Any) -> list[dict[str, Any]]:
    fest = {"zeit": f"{zeit}-12-31", "gebietsstand": f"{zeit}-12-31"} | mehr
    return [zeile(ort, float(w), auspraegung, **fest) for ort, w in zip(ORTE, werte, strict=False)]


def pruefe(
    *bloecke: Sequence[Mapping[str, Any]],
    frueher: Sequence[Mapping[str, Any]] = (),
    merkmale: Sequence[Merkmal] = (),
    alle: bool = True,
    **mehr: Any,
) -> list[Meldung]:
    neu = tabelle(z for block in bloecke for z in block)
    return check_reihen(neu, tabelle(frueher), umfeld_viele(*merkmale, **mehr), alle=alle)


def kennungen(*bloecke: Sequence[Mapping[str, Any]], **mehr: Any) -> list[str]:
    return [m.kennung for m in pruefe(*bloecke, **mehr)]


def weiter(werte: Zahlen, um: float = 0.985) -> list[float]:
    """One ordinary year later: each Gemeinde a little different."""
    return [round(w * um * (1 + 0.012 * np.sin(3 * n))) for n, w in enumerate(werte)]


def test_an_ordinary_year_says_nothing() -> None:
    assert pruefe(jahr(START, 2022), jahr(weiter(START), 2023), jahr(weiter(weiter(START)), 2024)) == []


@pytest.mark.parametrize(
    ("faktor", "wort"),
    [
        (10, "das Zehnfache"),
        (100, "das Hundertfache"),
        (1000, "das Tausendfache"),
        (0.1, "ein Zehntel"),
        (0.01, "ein Hundertstel"),
        (0.001, "ein Tausendstel"),
    ],
)
def test_factor(faktor: float, wort: str) -> None:
    [m] = pruefe(jahr(START, 2022), jahr([faktor * w for w in weiter(START)], 2023))
    assert (m.kennung, m.stufe) == ("faktor", Stufe.WARNUNG)
    assert f"rund {wort} der Werte am 31.12.2022" in m.text


def test_doubling_is_no_factor() -> None:
    assert kennungen(jahr(START, 2022), jahr([2 * w for w in START], 2023)) == []


def test_swapped_breakdown() -> None:
    vorher = [*jahr(HALB, 2022, "geschlecht=m"), *jahr(ANDERE, 2022, "geschlecht=w")]
    m, w = weiter(HALB), weiter(ANDERE)
    assert pruefe(vorher, jahr(m, 2023, "geschlecht=m"), jahr(w, 2023, "geschlecht=w")) == []
    [meldung] = pruefe(vorher, jahr(w, 2023, "geschlecht=m"), jahr(m, 2023, "geschlecht=w"))
    assert meldung.kennung == "spalten_vertauscht"
    assert "„männlich“ und „weiblich“ passen jeweils besser zu den Werten des anderen am 31.12.2022" in meldung.text


def test_swapped_merkmale() -> None:
    beide = [merkmal(), merkmal("kinder", titel="Kinder")]
    kinder = [round(0.7 * w) for w in START]
    vorher = [*jahr(START, 2022), *jahr(kinder, 2022, merkmal="kinder")]
    richtig = [*jahr(weiter(START), 2023), *jahr(weiter(kinder), 2023, merkmal="kinder")]
    falsch = [*jahr(weiter(kinder), 2023), *jahr(weiter(START), 2023, merkmal="kinder")]
    assert pruefe(vorher, richtig, merkmale=beide) == []
    [m] = pruefe(vorher, falsch, merkmale=beide)
    assert m.kennung == "spalten_vertauscht" and "„Leute“ und „Kinder“" in m.text


def test_a_column_shifted_or_sorted_on_its_own() -> None:
    gemischt = [START[(7 * n) % 20] for n in range(20)]
    heute = weiter(gemischt)
    verschoben = heute[1:] + heute[:1]
    for falsch in (verschoben, sorted(heute)):
        [m] = pruefe(jahr(gemischt, 2022), jahr(falsch, 2023))
        assert m.kennung == "zeilen_verschoben" and "bei anderen Gemeinden" in m.text


def test_the_same_year_again() -> None:
    [m] = pruefe(jahr(START, 2021), jahr(weiter(START), 2022), jahr(START, 2023))
    assert m.kennung == "jahr_wiederholt" and "dieselben Zahlen wie am 31.12.2021" in m.text
    gerundet = {"genauigkeit": "gerundet_10"}
    assert kennungen(jahr(START, 2022, **gerundet), jahr(START, 2023, **gerundet)) == []
    plaetze = [merkmal(personen=False)]
    assert kennungen(jahr(START, 2022), jahr(START, 2023), merkmale=plaetze) == []


def test_one_gemeinde_jumps() -> None:
    neu = weiter(START)
    neu[7] *= 3
    [m] = pruefe(jahr(START, 2022), jahr(neu, 2023))
    assert m.kennung == "sprung" and "31.12.2023, Ort 8: gegenüber dem Wert am 31.12.2022" in m.text
    assert "gestiegen" in m.text and not any(str(int(w)) in m.text for w in (neu[7], START[7]))


def test_small_counts_do_not_jump() -> None:
    klein = [n % 4 for n in range(20)]
    gross = [9 - n % 3 for n in range(20)]
    assert kennungen(jahr(klein, 2022), jahr(gross, 2023)) == []


def test_a_declared_break_is_no_jump() -> None:
    neu = [w * 0.5 for w in START]
    neu[7] *= 4
    assert "sprung" in kennungen(jahr(START, 2022), jahr(neu, 2023))
    bruch = [merkmal(brueche=(Bruch("2023", "neue Grundlage"),))]
    assert kennungen(jahr(START, 2022), jahr(neu, 2023), merkmale=bruch) == []


def test_a_gemeinde_that_took_in_another_does_not_jump() -> None:
    """Ort 2 joined Ort 1 in 2023."""
    neu = weiter(START)
    neu[0] += neu[1]
    geblieben = {k: n for k, n in VIELE.items() if k != ORTE[1]}
    nachher = [z for z in jahr(neu, 2023) if z["raum_id"] != ORTE[1]]
    assert kennungen(jahr(START, 2022), nachher) == ["sprung"]  # nobody told of the merger
    from dataclasses import replace

    spaeter = register("99001", geblieben, "2023-12-31")
    raeume = tuple(replace(r, flaeche=20.0) if r.raum_id == ORTE[0] else r for r in spaeter.raeume)
    assert kennungen(jahr(START, 2022), nachher, weitere=[replace(spaeter, raeume=raeume)]) == []


def test_other_quellen_and_few_gemeinden_are_not_compared() -> None:
    mal_zehn = [10 * w for w in START]
    assert kennungen(jahr(START, 2022, quelle="anderes_amt"), jahr(mal_zehn, 2023)) == []
    assert kennungen(jahr(START[:7], 2022), jahr(mal_zehn[:7], 2023)) == []


def test_against_the_store() -> None:
    mal_zehn = [10 * w for w in weiter(START)]
    assert kennungen(jahr(mal_zehn, 2023), frueher=jahr(START, 2022)) == ["faktor"]
    [m] = pruefe(jahr([10 * w for w in START], 2023), frueher=jahr(START, 2023, stand="2024-01-01"))
    assert m.kennung == "faktor" and "in der früheren Lieferung" in m.text
    [m] = pruefe(jahr(mal_zehn, 2021), frueher=jahr(START, 2022))  # an older year delivered later
    assert m.kennung == "faktor"


def test_what_stood_in_the_store_is_not_judged() -> None:
    alt = [*jahr(START, 2021), *jahr([100 * w for w in START], 2022)]
    assert kennungen(jahr([100 * w for w in weiter(START)], 2023), frueher=alt) == []


KREISE = ["99001", *(f"99{n:03}" for n in range(2, 12))]


def kreise(werte: Iterable[float], zeit: int, **mehr: Any) -> list[dict[str, Any]]:
    fest = {"zeit": f"{zeit}-12-31", "gebietsstand": f"{zeit}-12-31", "ebene": "kreis"} | mehr
    return [zeile(k, float(w), **fest) for k, w in zip(KREISE, werte, strict=False)]


def test_where_there_are_no_gemeinden_the_kreise_of_the_land_tell() -> None:
    gross = [20 * w for w in START[:11]]
    gleich = {"gebietsstand": "2023-12-31"}
    assert kennungen(kreise(gross, 2022, **gleich), kreise(weiter(gross), 2023, **gleich)) == []
    [m] = pruefe(kreise(gross, 2022, **gleich), kreise([w / 1000 for w in weiter(gross)], 2023, **gleich))
    assert m.kennung == "faktor" and "die Werte der Kreise sind rund ein Tausendstel" in m.text
    anderer, eigener = weiter(gross), weiter(gross)
    anderer[3] *= 3
    eigener[0] *= 3
    assert kennungen(kreise(gross, 2022, **gleich), kreise(anderer, 2023, **gleich)) == []
    assert kennungen(kreise(gross, 2022, **gleich), kreise(eigener, 2023, **gleich)) == ["sprung"]


def test_the_kreis_alone_shows_a_factor_and_nothing_else() -> None:
    assert kennungen(kreise([4000], 2022), kreise([410_000], 2023)) == ["faktor"]
    assert kennungen(kreise([4000], 2022), kreise([12_000], 2023)) == []
    assert kennungen(kreise([4000], 2022), kreise([4000], 2023)) == []


# -- chance alone -----------------------------------------------------------------------------------


@settings(max_examples=40, deadline=None)
@given(st.integers(0, 10_000), st.sampled_from([0.002, 0.01, 0.05, 0.3]))
def test_chance_alarms_nobody(saat: int, anteil: float) -> None:
    """Poisson counts of a constant rate, women and men, four years: births, unemployed, children."""
    zufall = np.random.default_rng(saat)
    zeilen = []
    for zeit in range(2020, 2024):
        m, w = (zufall.poisson([anteil * v * teil for v in START]) for teil in (0.51, 0.49))
        zeilen += jahr(m, zeit, "geschlecht=m") + jahr(w, zeit, "geschlecht=w") + jahr(m + w, zeit)
    assert pruefe(zeilen) == []


@settings(max_examples=40, deadline=None)
@given(st.integers(0, 10_000), st.integers(0, 19), st.booleans())
def test_a_planted_jump_is_always_found(saat: int, ort: int, hoch: bool) -> None:
    zufall = np.random.default_rng(saat)
    neu = [w * zufall.normal(0.99, 0.01) for w in START]
    neu[ort] *= 4 if hoch else 0.25
    assert kennungen(jahr(START, 2022), jahr(np.round(neu), 2023)) == ["sprung"]


@settings(max_examples=40, deadline=None)
@given(st.integers(0, 10_000))
def test_a_column_in_another_order_is_always_found(saat: int) -> None:
    zufall = np.random.default_rng(saat)
    ordnung = np.roll(np.arange(20), int(zufall.integers(1, 20)))
    neu = np.round([w * zufall.normal(0.99, 0.01) for w in START])[ordnung]
    assert kennungen(jahr(START, 2022), jahr(neu, 2023)) == ["zeilen_verschoben"]
