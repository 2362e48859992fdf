"""A form for a Kreis of Schleswig-Holstein on the original register: there a key that is a number loses its zero."""

from __future__ import annotations

from pathlib import Path

import pytest

from sozmon.abfrage import Frage, build_abfrage
from sozmon.dateien import open_datei
from sozmon.katalog import load_katalog
from sozmon.quellen.gitter import read_gitter, text_blatt
from sozmon.quellen.gv_isys import read_register
from sozmon.quellen.vordruck import open_vordruck
from sozmon.quellen.vordrucktabelle import read_vordruck
from sozmon.raeume import Raeume

pytestmark = pytest.mark.realdaten

DITHMARSCHEN, GEMEINDEN = "01051", 116
"""Number of Gemeinden: Statistisches Amt für Hamburg und Schleswig-Holstein."""


def test_keys_without_their_zero_are_those_that_were_asked(realdaten: Path) -> None:
    with open_datei(str(realdaten / "gebiete" / "31122023_Auszug_GV.xlsx")) as datei:
        register, _ = read_register(read_gitter(datei)[0])
    raeume = Raeume.aus_werten([register], kreis=DITHMARSCHEN)
    abfrage = build_abfrage(load_katalog(None), raeume, Frage(("wohngeldhaushalte",), ("2023",)))
    assert len(abfrage.vordruck.raeume) == GEMEINDEN
    [feld] = abfrage.vordruck.spalten
    zeilen = [
        [abfrage.vordruck.kopf],
        ["Stand der Daten:", "31.01.2025"],
        ["Zeit:", "", feld.zeittext],
        ["Kennung:", "", feld.kennung],
        *([k.lstrip("0"), name, str(n)] for n, (k, name) in enumerate(abfrage.zeilen)),
        *([f"{wort}:", text] for wort, text in abfrage.vordruck.angaben),
    ]
    werte, _, meldungen = read_vordruck(open_vordruck([text_blatt(zeilen)], "v.csv"), "v.csv")
    gelesen = werte.tabelle.to_pylist()
    assert [z["schluessel"] for z in gelesen[:GEMEINDEN]] == list(abfrage.vordruck.raeume)
    assert [z["wert"] for z in gelesen] == [str(n) for n in range(GEMEINDEN + 2)]
    assert [(m.kennung, m.anzahl) for m in meldungen] == [("vordruck_schluessel", GEMEINDEN + 1)]
    for z in gelesen[:GEMEINDEN]:
        assert raeume.aufloesen(z["schluessel"], "", "2023-12-31", z["name"])[:3] == (
            z["schluessel"],
            "gemeinde",
            "sicher",
        )
