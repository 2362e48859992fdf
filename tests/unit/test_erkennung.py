"""A table that no Quelle recognises: the refusal stays short and names the one that only just misses."""

from __future__ import annotations

import pytest

from sozmon.dateien import AblehnungError
from sozmon.katalog import load_katalog
from sozmon.quellen.erkennung import waehle_quelle
from sozmon.quellen.gitter import Blatt


def grund(*kopf: str) -> str:
    blatt = Blatt("", [list(kopf), *([f"14522{n:03}", *["1"] * (len(kopf) - 1)] for n in range(10, 20))], "csv")
    with pytest.raises(AblehnungError) as fehler:
        waehle_quelle("", load_katalog().quellen, "", "x.csv", blaetter=[blatt])
    assert fehler.value.art == "form_unbekannt" and "sozmon quelle entwerfen x.csv" in fehler.value.abhilfe
    return fehler.value.grund


def test_one_word_is_missing() -> None:
    assert grund("GKZ", "WST", "ANZAHL").endswith(
        "Am nächsten kommt ihr „melderegister_auszaehlung“; es fehlt der Text „ANZ_EW“."
    )


def test_nothing_comes_near() -> None:
    satz = grund("Gemeinde", "Kinder")
    assert satz.endswith(" Quellen für andere Tabellen erkennt sie.") and len(satz) < 200


def test_two_come_equally_near() -> None:
    assert "nächsten" not in grund("Schlüssel", "Wahlberechtigte")
