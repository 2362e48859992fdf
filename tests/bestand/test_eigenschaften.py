"""Properties that must hold for every sequence of deliveries (Hypothesis), against an oracle in plain Python."""

from __future__ import annotations

import tempfile
from pathlib import Path
from typing import Any

from hilfe import Paket, Zu, abbild, lieferung, zeile
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from sozmon.bestand import Bestand, pflege
from sozmon.model import SCHLUESSEL

EINSTELLUNG = settings(max_examples=12, deadline=None, suppress_health_check=list(HealthCheck))

SCHLUESSELTEIL = st.tuples(
    st.sampled_from(["14522010", "14522020", "SR1"]),
    st.sampled_from(["2020-12-31", "2021-12-31"]),
    st.sampled_from(["bevoelkerung", "arbeitslose"]),
    st.sampled_from(["", "geschlecht=w"]),
)
WERT = st.one_of(st.none(), st.integers(0, 5).map(float))
LIEFERUNG = st.dictionaries(SCHLUESSELTEIL, WERT, min_size=1, max_size=6)


@st.composite
def lieferungen(draw: Any) -> list[tuple[str, dict[Any, Any]]]:
    """Up to four deliveries, each with its own stand."""
    inhalte = draw(st.lists(LIEFERUNG, min_size=1, max_size=4))
    staende = draw(st.permutations([f"2024-0{i + 1}-01" for i in range(len(inhalte))]))
    return list(zip(staende, inhalte, strict=True))


def pakete(angaben: list[tuple[str, dict[Any, Any]]], ordner: Path) -> list[Paket]:
    return [
        lieferung(
            f"l{i}",
            [
                zeile(raum, wert, zeit=zeit, merkmal=merkmal, auspraegung=a, status="wert" if wert else "geheim_quelle")
                for (raum, zeit, merkmal, a), wert in inhalt.items()
            ],
            ordner,
            stand,
        )
        for i, (stand, inhalt) in enumerate(angaben)
    ]


def orakel(gueltige: list[Paket], datenstand: str = "9999") -> dict[Any, Any]:
    """The rule in four lines: per key the row with the highest stand, later ones first at equal stand."""
    gilt: dict[Any, Any] = {}
    for paket in gueltige:
        for z in paket.tabelle.to_pylist():
            k = tuple(z[s] for s in SCHLUESSEL)
            if z["stand"] <= datenstand and (k not in gilt or z["stand"] >= gilt[k]["stand"]):
                gilt[k] = z
    return gilt


def inhalt(zeilen: list[dict[str, Any]]) -> dict[Any, Any]:
    ergebnis = {tuple(z[s] for s in SCHLUESSEL): z for z in zeilen}
    assert len(ergebnis) == len(zeilen)
    return ergebnis


@EINSTELLUNG
@given(lieferungen(), st.randoms(use_true_random=False))
def test_reihenfolge_ist_gleichgueltig_und_zweimal_ist_einmal(angaben: Any, zufall: Any) -> None:
    with tempfile.TemporaryDirectory() as t:
        alle = pakete(angaben, Path(t))
        erster, zweiter = Bestand(Path(t) / "a"), Bestand(Path(t) / "b")
        for paket in alle:
            paket.import_in(erster)
        gemischt = alle + zufall.sample(alle, len(alle))
        zufall.shuffle(gemischt)
        for paket in gemischt:
            paket.import_in(zweiter)
        assert abbild(erster) == abbild(zweiter)
        assert inhalt(erster.sql("SELECT * FROM merkmalswerte")) == orakel(alle)
        gesamt = sum(p.tabelle.num_rows for p in alle)
        frueher = erster.sql("SELECT count(*) AS n FROM fruehere", tabellen=("fruehere",))[0]["n"]
        assert frueher == gesamt - len(orakel(alle))
        for datenstand in ("2024-01-15", "2024-02-15", "2024-03-15"):
            zeilen = erster.sql("SELECT * FROM merkmalswerte", datenstand=datenstand)
            assert inhalt(zeilen) == orakel(alle, datenstand)


@EINSTELLUNG
@given(
    st.lists(st.tuples(st.sampled_from(["2024-01-01", "2024-02-01"]), LIEFERUNG), min_size=1, max_size=4),
    st.lists(st.tuples(st.integers(0, 3), st.sampled_from(["import", "zurueck", "kompakt"])), max_size=6),
)
def test_jede_folge_von_importen_und_ruecknahmen(angaben: Any, schritte: Any) -> None:
    """Equal stands included: the current set is always the rule applied to what counts, in order of import."""
    with tempfile.TemporaryDirectory() as t:
        alle = pakete(angaben, Path(t))
        bestand, gueltige = Bestand(Path(t) / "bestand"), []
        for nummer, was in schritte:
            paket = alle[nummer % len(alle)]
            if was == "kompakt":
                bestand.kompaktieren()
                pflege.sweep_alte(bestand.ordner, bestand.stand, frist=0)
            elif was == "import":
                paket.import_in(bestand)
                gueltige += [] if paket in gueltige else [paket]
            elif paket in gueltige:
                bestand.zuruecknehmen(paket.kopf.sha256)
                gueltige.remove(paket)
            bestand.aktualisiere()
            jetzt = inhalt(bestand.sql("SELECT * FROM merkmalswerte"))
            soll = orakel(gueltige)
            ohne = {"lieferung", "fundstelle"}
            assert {k: {f: w for f, w in z.items() if f not in ohne} for k, z in jetzt.items()} == {
                k: {f: w for f, w in z.items() if f not in ohne} for k, z in soll.items()
            }


TEIL = st.tuples(st.sampled_from("abcdef"), st.sampled_from(["SR1", "SR2"]), st.sampled_from([1.0, 0.5]))
WERTE = st.dictionaries(st.sampled_from("abcdef"), st.tuples(WERT, st.booleans()), min_size=1)


@EINSTELLUNG
@given(WERTE, st.lists(TEIL, min_size=1, max_size=8, unique_by=lambda t: t[:2]))
def test_summen_gegen_rechnung_von_hand(werte: Any, teile: Any) -> None:
    """A hidden part makes an interval, an open one an open interval; never ``known + 0``."""
    with tempfile.TemporaryDirectory() as t:
        bestand = Bestand(Path(t) / "bestand")
        zeilen = [
            zeile(r, w, wert_max=w if w is not None or offen else 9.0, wert_min=w or 0.0, status="wert" if w else "x")
            for r, (w, offen) in werte.items()
        ]
        lieferung("l", zeilen, Path(t)).import_in(bestand)
        zuordnung = [Zu(raum, "2021-12-31", ziel, g) for raum, ziel, g in teile]
        ist = {
            z["raum_neu"]: (z["wert"], z["wert_min"], z["wert_max"], z["anzahl"])
            for z in bestand.summen(merkmale=["bevoelkerung"], zuordnung=zuordnung, jahre=None)
        }
    soll = {}
    for ziel in ("SR1", "SR2"):
        da = [(next(z for z in zeilen if z["raum_id"] == r), g) for r, s, g in teile if s == ziel and r in werte]
        if da:
            spalten = [[(z[s], g) for z, g in da] for s in ("wert", "wert_min", "wert_max")]
            summen = [None if any(w is None for w, _ in sp) else sum(w * g for w, g in sp) for sp in spalten]
            soll[ziel] = (*summen, len(da))
    assert ist == soll
