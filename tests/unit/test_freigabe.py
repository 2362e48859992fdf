"""The simple rule of the door, worked out by hand; and that there is no other way to make a Freigabe."""

from __future__ import annotations

import ast
from dataclasses import replace
from pathlib import Path

import pytest
from rechenhilfe import LEUTE, QUOTE, katalog

from sozmon.errors import GeheimhaltungError
from sozmon.freigabe import Freigabe, erteile_freigabe
from sozmon.model import Beziehung, Indikatorwert, Status, Teil

SRC = Path(__file__).parents[2] / "src" / "sozmon"


def wert(
    zaehler: float | None, nenner: float | None = 1000, indikator: str = "quote", **anders: object
) -> Indikatorwert:
    anteil = None if zaehler is None or not nenner else zaehler / nenner * 100
    roh = Indikatorwert(
        "99001010", "Adorf", "gemeinde", "2021", indikator, "", zaehler, nenner, anteil, anteil, anteil, "%",
        Status.WERT, quelle="amt",
    )  # fmt: skip
    return replace(roh, **anders)  # type: ignore[arg-type]


def frei(*werte: Indikatorwert, **schwellen: int) -> tuple[Indikatorwert, ...]:
    return erteile_freigabe(werte, katalog(), schwellen).werte


@pytest.mark.parametrize(
    ("zaehler", "nenner", "geheim"),
    [(0, 1000, False), (1, 1000, True), (2, 1000, True), (3, 1000, False), (997, 1000, False), (998, 1000, True),
     (999, 1000, True), (1000, 1000, False), (1, 2, True)],
)  # fmt: skip
def test_counts_and_complements_below_three(zaehler: float, nenner: float, geheim: bool) -> None:
    heraus = frei(wert(zaehler, nenner))[0]
    assert (heraus.status is Status.GEHEIM) is geheim
    if geheim:
        assert (heraus.zaehler, heraus.nenner, heraus.wert, heraus.wert_min, heraus.wert_max) == (None,) * 5


def test_strictest_threshold_wins() -> None:
    assert frei(wert(9), allgemein=10)[0].status is Status.GEHEIM
    assert frei(wert(2), allgemein=1)[0].status is Status.GEHEIM
    assert frei(wert(9), amt=10)[0].status is Status.GEHEIM
    assert frei(wert(9), anderes=10)[0].status is Status.WERT


def test_bounds_of_a_hidden_source_value_do_not_get_out() -> None:
    roh = wert(None, status=Status.GEHEIM_QUELLE, wert=None, wert_min=0.1, wert_max=0.2)
    heraus = frei(roh)[0]
    assert (heraus.wert_min, heraus.wert_max, heraus.nenner) == (None, None, None)


def test_masking_twice_is_masking_once() -> None:
    werte = [wert(z, n) for z in (0, 1, 2, 3, 500, 998) for n in (2, 1000) if z <= n]
    einmal = frei(*werte)
    assert frei(*einmal) == einmal


def test_quelle_that_must_not_be_published() -> None:
    kat = katalog()
    kat.quellen["amt"] = replace(kat.quellen["amt"], veroeffentlichung="ab_ebene:kreis")
    gemeinde, kreis = wert(500), wert(500, ebene="kreis", raum_id="99001")
    heraus = erteile_freigabe([gemeinde, kreis], kat).werte
    assert [w.status for w in heraus] == [Status.NICHT_FREIGEGEBEN, Status.WERT]
    kat.quellen["amt"] = replace(kat.quellen["amt"], veroeffentlichung="nein")
    assert erteile_freigabe([kreis], kat).werte[0].status is Status.NICHT_FREIGEGEBEN


def test_declared_complement_is_hidden_with_it() -> None:
    rest = replace(QUOTE, kennung="rest", beziehungen=(Beziehung("komplement", ("quote",)),))
    kat = katalog(QUOTE, rest, LEUTE)
    heraus = erteile_freigabe([wert(2), wert(500, indikator="rest")], kat).werte
    assert [w.status for w in heraus] == [Status.GEHEIM, Status.GEHEIM]


def test_count_indicator_without_denominator() -> None:
    zahl = replace(wert(2, None, indikator="leute_zahl"), wert=2)
    assert frei(zahl)[0].status is Status.GEHEIM


def test_balance_is_hidden_when_one_of_its_summands_is_small() -> None:
    """8 deaths and a balance of −6 would give 2 births away."""
    saldo = replace(
        QUOTE, kennung="saldo", verfahren="rate", zaehler=(Teil("geborene"), Teil("gestorbene", vorzeichen=-1))
    )
    kat = katalog(saldo)
    heraus = erteile_freigabe([wert(-6, 368, indikator="saldo", summanden=(2.0, 8.0, 368.0))], kat).werte[0]
    assert (heraus.status, heraus.zaehler, heraus.nenner, heraus.summanden) == (Status.GEHEIM, None, None, ())
    offen = erteile_freigabe([wert(-6, 368, indikator="saldo", summanden=(12.0, 18.0, 368.0))], kat).werte[0]
    assert (offen.status, offen.zaehler, offen.summanden) == (Status.WERT, -6, ())


def test_no_released_value_carries_its_summands() -> None:
    assert all(w.summanden == () for w in frei(wert(500, summanden=(500.0, 1000.0)), wert(1, summanden=(1.0,))))


def test_hidden_values_are_counted_not_named() -> None:
    assert erteile_freigabe([wert(1), wert(2), wert(50)], katalog()).verborgen == 2


def test_nobody_else_can_make_a_freigabe() -> None:
    with pytest.raises(GeheimhaltungError):
        Freigabe((), "", True, 0)
    baut = [
        pfad.name
        for pfad in SRC.rglob("*.py")
        for knoten in ast.walk(ast.parse(pfad.read_text(encoding="utf-8")))
        if isinstance(knoten, ast.Call) and getattr(knoten.func, "id", "") == "Freigabe"
    ]
    assert baut == ["freigabe.py"]


DRAUSSEN = ("berichtstabellen", "bausteine", "kapitel", "vorlage", "sprache", "diagramm", "druck")


def test_nothing_beyond_the_door_can_reach_the_store() -> None:
    """Modules that make products import neither the store nor what computes from it."""
    gesehen = 0
    for name in DRAUSSEN:
        pfade = [SRC / f"{name}.py"] if (SRC / f"{name}.py").is_file() else sorted((SRC / name).rglob("*.py"))
        for pfad in pfade:
            gesehen += 1
            text = pfad.read_text(encoding="utf-8")
            for verboten in ("sozmon.bestand", "compute_indikatoren", "Merkmalsrechner"):
                assert verboten not in text, f"{pfad.name} reaches behind the door: {verboten}"
    assert gesehen >= len(DRAUSSEN)
