"""Regions that a district published beside their Gemeinden: two do not add up, two do, one cannot be checked.

Landkreis Mittelsachsen, Integrierte Sozialplanung, Bevölkerung am 31.12.2021 as printed on the pages of the
Sozialregionen: 38,941 printed for the second region, whose Gemeinden make 38,977; 41,882 for the fourth (41,909).
"""

from __future__ import annotations

import pytest
from pruefhilfe import gliederung, merkmal, register, tabelle, zeile

from sozmon.katalog import Katalog
from sozmon.model import Meldung
from sozmon.pruefungen import Umfeld, check_werte
from sozmon.raeume import Raeume

TAG = "2021-12-31"
GEDRUCKT = {"SR2": 38941, "SR3": 44544, "SR4": 41882, "SR5": 42541, "SR7": 29659}
GEMEINDEN: dict[str, dict[str, int | None]] = {
    "SR2": {
        "14522035": 5650,
        "14522050": 9095,
        "14522090": 1511,
        "14522110": 3979,
        "14522170": 2705,
        "14522200": 2440,
        "14522340": 2677,
        "14522390": 2462,
        "14522400": 2529,
        "14522470": 1791,
        "14522520": 1690,
        "14522590": 2448,
    },
    "SR3": {
        "14522020": 4492,
        "14522140": 10458,
        "14522150": 13724,
        "14522320": 3273,
        "14522420": 4765,
        "14522440": 7832,
    },
    "SR4": {
        "14522060": 10463,
        "14522070": 2973,
        "14522260": 4374,
        "14522330": 7032,
        "14522350": 4072,
        "14522380": 2101,
        "14522460": 8578,
        "14522550": 2316,
    },
    "SR5": {
        "14522010": 1859,
        "14522120": 3133,
        "14522190": 4130,
        "14522280": 1358,
        "14522290": 2587,
        "14522300": 2034,
        "14522360": 14209,
        "14522490": 5622,
        "14522500": 3500,
        "14522530": 1680,
        "14522580": None,  # not printed
        "14522600": 668,
    },
    "SR7": {
        "14522210": 5531,
        "14522230": 8438,
        "14522240": 5040,
        "14522430": 3286,
        "14522480": 2802,
        "14522540": 4562,
    },
}


@pytest.fixture(scope="module")
def meldungen() -> list[Meldung]:
    alle = {g: g for teile in GEMEINDEN.values() for g in teile}
    raeume = Raeume.aus_werten(
        [register("14522", alle, TAG)], (), [gliederung("sozialregionen", GEMEINDEN)], kreis="14522"
    )
    zeit = {"zeit": TAG, "gebietsstand": TAG}
    zeilen = [zeile(r, wert, **zeit) for r, wert in GEDRUCKT.items()]
    zeilen += [zeile(g, w, **zeit) for teile in GEMEINDEN.values() for g, w in teile.items() if w is not None]
    return check_werte(tabelle(zeilen), Umfeld(Katalog({}, {"leute": merkmal()}, {}, {}), raeume, "14522"), alle=True)


def test_the_second_and_the_fourth_region_are_flagged_and_no_other(meldungen: list[Meldung]) -> None:
    sv2, sv4 = (m.text for m in meldungen if m.kennung.startswith("summe"))
    assert "SR2: die 12 Gemeinden ergeben 38.977, als Ganzes geliefert sind 38.941 (+36)" in sv2
    assert "SR4: die 8 Gemeinden ergeben 41.909, als Ganzes geliefert sind 41.882 (+27)" in sv4


def test_the_region_with_a_gemeinde_not_printed_is_incomplete_not_wrong(meldungen: list[Meldung]) -> None:
    [m] = [m for m in meldungen if m.kennung == "unvollzaehlig"]
    assert "43 von 44 Gemeinden geliefert, es fehlt 14522580" in m.text
