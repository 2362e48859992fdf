"""Difference of two Lieferungen: every reason once, nothing guessed, no false difference."""

from __future__ import annotations

from typing import Any

import pytest

from sozmon.errors import EingabeError
from sozmon.lieferungsvergleich import SPALTEN, compare_lieferungen
from sozmon.model import MERKMALSWERTE
from sozmon.raeume.register import Aenderung, Aenderungsliste
from sozmon.raeume.zeitstrahl import Zeitstrahl

LEER: dict[str, Any] = {name: "" for name, _ in MERKMALSWERTE}


def zeile(wert: float | None = 100.0, **felder: Any) -> dict[str, Any]:
    vorgabe = {
        "raum_id": "99001010", "ebene": "gemeinde", "zeit": "2023-12-31", "zeitart": "stichtag", "jahr": 2023,
        "merkmal": "kinder", "wert": wert, "wert_min": wert, "wert_max": wert, "status": "wert",
        "genauigkeit": "exakt", "gebietsstand": "2023-12-31", "quelle": "amt", "lieferung": "a", "stand": "2024-01-31",
    }  # fmt: skip
    return LEER | vorgabe | felder


def nie(*_: str) -> bool:
    return False


GEHEIM = zeile(None, status="geheim_quelle", wert_min=1.0, wert_max=2.0)


@pytest.mark.parametrize(
    ("alt", "neu", "gruende", "text"),
    [
        (zeile(), zeile(90.0), ("revision",), "das Amt hat die Zahl geändert"),
        (zeile(), zeile(90.0, kennzeichen="r"), ("revision", "kennzeichen"), "berichtigt"),
        (zeile(), GEHEIM, ("zeichen",), "Zahl → • (Zahlenwert geheim)"),
        (GEHEIM, zeile(), ("zeichen",), "• (Zahlenwert geheim) → Zahl"),
        (GEHEIM, zeile(None, status="folgt"), ("zeichen",), "• (Zahlenwert geheim) → … (Angabe fällt später an)"),
        (GEHEIM, GEHEIM | {"wert_max": None}, ("zeichen",), "•"),
        (zeile(0.0, status="null_genau"), zeile(0.0, status="null_gerundet"), ("zeichen",), "genau null"),
        (zeile(basis="z11"), zeile(90.0, basis="z22"), ("basis",), "andere Grundlage: z11 → z22"),
        (zeile(basis="z11"), zeile(basis="z22"), ("basis",), "andere Grundlage"),
        (zeile(102.0), zeile(100.0, genauigkeit="gerundet_5"), ("genauigkeit",), "genau → auf 5 gerundet"),
        (
            zeile(103.0),
            zeile(100.0, genauigkeit="gerundet_5"),
            ("revision", "genauigkeit"),
            "geändert; anders gerundet",
        ),
        (zeile(kennzeichen="p"), zeile(), ("kennzeichen",), "vorläufig → endgültig"),
        (zeile(kennzeichen="p"), zeile(99.0), ("revision", "kennzeichen"), "das Amt hat die Zahl geändert; Kennz"),
        (zeile(), zeile(90.0, quelle="anderes"), ("quelle",), "andere Quelle: amt → anderes"),
    ],
)
def test_each_reason_of_a_changed_value(
    alt: dict[str, Any], neu: dict[str, Any], gruende: tuple[str, ...], text: str
) -> None:
    vergleich = compare_lieferungen([alt], [neu], nie)
    (u,) = vergleich.unterschiede
    assert (u.art, u.gruende, vergleich.gleich) == ("geaendert", gruende, 0)
    assert text in u.erklaerung and tuple(u.zeile("Aubach")) == SPALTEN


@pytest.mark.parametrize(
    "neu",
    [zeile(), zeile(stand="2025-01-31", lieferung="b", fundstelle="Zeile 3"), zeile(gebietsstand="2024-12-31"),
     zeile(quelle="anderes")],
)  # fmt: skip
def test_no_false_difference(neu: dict[str, Any]) -> None:
    vergleich = compare_lieferungen([zeile()], [neu], lambda *_: True)
    assert vergleich.unterschiede == () and vergleich.gleich == 1


def test_change_of_territory_explains_a_number() -> None:
    gefragt = []

    def betroffen(*worte: str) -> bool:
        gefragt.append(worte)
        return True

    (u,) = compare_lieferungen([zeile()], [zeile(120.0, gebietsstand="2024-12-31")], betroffen).unterschiede
    assert u.gruende == ("gebietsstand",) and "31.12.2023 → 31.12.2024" in u.erklaerung
    assert gefragt == [("99001010", "2023-12-31", "2024-12-31")]


def test_new_and_gone_say_what_is_missing() -> None:
    alt = [zeile(), zeile(raum_id="99001020"), zeile(raum_id="99001020", merkmal="alte")]
    neu = [zeile(), zeile(zeit="2024-12-31"), zeile(merkmal="alte")]
    vergleich = compare_lieferungen(alt, neu, nie)
    texte = {(u.art, u.da["merkmal"], u.da["raum_id"], u.da["zeit"]): u.erklaerung for u in vergleich.unterschiede}
    assert texte == {
        ("neu", "kinder", "99001010", "2024-12-31"): "die erste Lieferung enthält diese Zeit nicht",
        ("neu", "alte", "99001010", "2023-12-31"): "die erste Lieferung enthält diesen Wert nicht",
        ("entfallen", "kinder", "99001020", "2023-12-31"): "die zweite Lieferung enthält diesen Raum nicht",
        ("entfallen", "alte", "99001020", "2023-12-31"): "die zweite Lieferung enthält diesen Raum nicht",
    }
    assert (vergleich.gleich, vergleich.anzahl("neu"), vergleich.anzahl("entfallen")) == (1, 2, 2)


def test_dissolved_raum() -> None:
    """Aubach becomes part of Bergdorf on 1 January 2024: gone, new and bigger for one reason."""
    a = Aenderung(
        "1", "gemeinde", (1,), "", "99001010", "Aubach", "", "99001020", "Bergdorf", "2024-01-01", "2024-01-01"
    )
    strahl = Zeitstrahl([], [Aenderungsliste("2024-01-01", "2024-12-31", (a,))])
    assert strahl.beruehrt("99001010", "2023-12-31", "2024-12-31")
    assert strahl.beruehrt("99001020", "2024-12-31", "2023-12-31"), "in either order"
    assert not strahl.beruehrt("99001", "2023-12-31", "2024-12-31"), "it stays in its Kreis"
    assert not strahl.beruehrt("99001030", "2023-12-31", "2024-12-31")
    assert not strahl.beruehrt("99001010", "2023-12-31", "2023-12-31")
    alt = [zeile(), zeile(raum_id="99001020")]
    neu = [zeile(200.0, raum_id="99001020", gebietsstand="2024-12-31")]
    geaendert, entfallen = compare_lieferungen(alt, neu, strahl.beruehrt).unterschiede
    assert geaendert.gruende == entfallen.gruende == ("gebietsstand",) and entfallen.art == "entfallen"


def test_nothing_is_guessed_where_two_partners_fit() -> None:
    alt = [zeile(basis="z11"), zeile(90.0, basis="z22")]
    neu = [zeile(80.0, basis="z24")]
    assert [u.art for u in compare_lieferungen(alt, neu, nie).unterschiede] == ["neu", "entfallen", "entfallen"]


@pytest.mark.parametrize(("alt", "neu"), [([zeile(), zeile(1.0)], [zeile()]), ([zeile()], [zeile(), zeile(1.0)])])
def test_duplicate_key_is_an_error(alt: list[dict[str, Any]], neu: list[dict[str, Any]]) -> None:
    with pytest.raises(EingabeError, match="doppelt"):
        compare_lieferungen(alt, neu, nie)


def test_greatest_changes() -> None:
    alt = [zeile(1000.0, raum_id="a"), zeile(10.0, raum_id="b"), zeile(0.0, raum_id="c", status="null_genau")]
    neu = [zeile(1100.0, raum_id="a"), zeile(5.0, raum_id="b"), zeile(3.0, raum_id="c")]
    vergleich = compare_lieferungen(alt, neu, nie)
    assert [(u.da["raum_id"], u.differenz) for u in vergleich.groesste("differenz")][:2] == [("a", 100.0), ("b", -5.0)]
    assert [(u.da["raum_id"], u.prozent) for u in vergleich.groesste("prozent")] == [("b", -50.0), ("a", 10.0)]
