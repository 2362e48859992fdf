"""Territory on the original registers 2021 and 2023 and the change list of 2023 (Statistisches Bundesamt, GV-ISys).

Expected figures: number of Gemeinden and keys from the offices' own tables (53 and 52 in Mittelsachsen, 30 in
Nordsachsen), the merger and its areas from the change list, population totals as published by Destatis.
"""

from __future__ import annotations

from pathlib import Path

import pytest

from sozmon.dateien import open_datei
from sozmon.model import Stufe
from sozmon.quellen.gebietsaenderungen import ist_aenderungsliste, read_aenderungen
from sozmon.quellen.gitter import Blatt, read_gitter
from sozmon.quellen.gv_isys import ist_register, read_register
from sozmon.raeume import Aenderungsliste, Raeume, Register, check_raeume
from sozmon.raeume.gliederung import Raumgliederung, parse_gliederung

pytestmark = pytest.mark.realdaten

OSTRAU, ZSCHAITZ, JAHNATAL = "14522450", "14522620", "14522275"
NORD_2016 = ("14522080", "14522220", "14522250", "14522310", OSTRAU, "14522510", "14522570", ZSCHAITZ)


def _blaetter(realdaten: Path, name: str) -> list[Blatt]:
    with open_datei(str(realdaten / "gebiete" / name)) as datei:
        return read_gitter(datei)[0]


@pytest.fixture(scope="module")
def register_2021(realdaten: Path) -> Register:
    blaetter = _blaetter(realdaten, "31122021_Auszug_GV.xlsx")
    assert ist_register(blaetter) and not ist_aenderungsliste(blaetter)
    register, meldungen = read_register(blaetter)
    assert meldungen == []
    return register


@pytest.fixture(scope="module")
def register_2023(realdaten: Path) -> Register:
    register, meldungen = read_register(_blaetter(realdaten, "31122023_Auszug_GV.xlsx"))
    assert meldungen == []
    return register


@pytest.fixture(scope="module")
def liste_2023(realdaten: Path) -> Aenderungsliste:
    blaetter = _blaetter(realdaten, "Gebietsaenderungen_2023.xlsx")
    assert ist_aenderungsliste(blaetter) and not ist_register(blaetter)
    liste, meldungen = read_aenderungen(blaetter)
    assert meldungen == []
    return liste


def _regionen() -> Raumgliederung:
    zeilen = [["raum_id", "raum", "gemeinde", "gueltig_ab", "gueltig_bis"]]
    for g in NORD_2016:
        zeilen.append(["SR6", "Nord", g, "2016-01-01", "2022-12-31" if g in (OSTRAU, ZSCHAITZ) else ""])
    zeilen.append(["SR6", "Nord", JAHNATAL, "2023-01-01", ""])
    return parse_gliederung("sozialregionen", zeilen, "sozialregionen.csv")


@pytest.fixture(scope="module")
def mit_liste(register_2021: Register, register_2023: Register, liste_2023: Aenderungsliste) -> Raeume:
    return Raeume.aus_werten([register_2023, register_2021], [liste_2023], [_regionen()], kreis="14522")


@pytest.fixture(scope="module")
def ohne_liste(register_2021: Register, register_2023: Register) -> Raeume:
    return Raeume.aus_werten([register_2021, register_2023], kreis="14522")


def test_registers_are_complete(register_2021: Register, register_2023: Register) -> None:
    assert (register_2021.datum, register_2023.datum) == ("2021-12-31", "2023-12-31")
    for register, einwohner in ((register_2021, 83_237_124), (register_2023, 84_669_326)):
        gemeinden = [r for r in register.raeume if r.ebene == "gemeinde"]
        assert sum(r.einwohner or 0 for r in gemeinden) == einwohner
        assert sum(r.ebene == "land" for r in register.raeume) == 16
        assert sum(r.ebene == "kreis" for r in register.raeume) == 400
    ostrau = next(r for r in register_2021.raeume if r.raum_id == OSTRAU)
    assert (ostrau.ars, ostrau.verband, ostrau.flaeche) == ("145225123450", "145225123", 52.70)


def test_every_gemeinde_lies_in_one_kreis(mit_liste: Raeume, register_2023: Register) -> None:
    """Sea areas (Kreis digits 000) belong to a Land only."""
    verteilt = [g.raum_id for k in mit_liste.kinder("DG", "kreis") for g in mit_liste.kinder(k.raum_id, "gemeinde")]
    alle = {r.raum_id for r in register_2023.raeume if r.ebene == "gemeinde" and r.art != "66"}
    assert len(verteilt) == len(set(verteilt)) and set(verteilt) == {
        g for g in alle if g[2:5] != "000" or g[:2] in ("02", "11")
    }


def test_numbers_of_gemeinden(mit_liste: Raeume) -> None:
    assert mit_liste.gebietsstand == "2023-12-31"
    assert len(mit_liste.kinder("14522", "gemeinde")) == 52
    assert len(mit_liste.kinder("14522", "gemeinde", "2021-12-31")) == 53
    assert len(mit_liste.kinder("14522", "gemeinde", "2022-12-31")) == 53
    assert len(mit_liste.kinder("14730", "gemeinde")) == len(mit_liste.kinder("14730", "gemeinde", "2021-12-31")) == 30
    assert len(mit_liste.kinder("14", "kreis")) == 13 and len(mit_liste.kinder("DG", "land")) == 16


@pytest.mark.parametrize("welche", ["mit_liste", "ohne_liste"])
def test_jahnatal_is_ostrau_and_zschaitz_ottewig(welche: str, request: pytest.FixtureRequest) -> None:
    r: Raeume = request.getfixturevalue(welche)
    assert [tuple(z) for z in r.zuordnung([JAHNATAL], ["2021-12-31"])] == [
        (OSTRAU, "2021-12-31", JAHNATAL, 1.0, "exakt"),
        (ZSCHAITZ, "2021-12-31", JAHNATAL, 1.0, "exakt"),
    ]
    assert len(r.erwartet("14522", "2021-12-31") or ()) == 53 and len(r.erwartet("14522", "2023-12-31") or ()) == 52
    assert r.erwartet(JAHNATAL, "2024-06-09") == {JAHNATAL} and r.unveraendert("14522", "2021-12-31") is True


def test_existence_around_the_merger(mit_liste: Raeume, ohne_liste: Raeume) -> None:
    assert mit_liste.existiert(JAHNATAL, "2022-12-31") is False and mit_liste.existiert(JAHNATAL, "2023-01-01") is True
    assert mit_liste.existiert(OSTRAU, "2022-12-31") is True and mit_liste.existiert(OSTRAU, "2023-12-31") is False
    assert mit_liste.existiert(OSTRAU, "2022-05-15") is True and mit_liste.existiert(OSTRAU, "2024-12-31") is False
    assert ohne_liste.existiert(JAHNATAL, "2022-12-31") is None and ohne_liste.existiert(OSTRAU, "2023-12-31") is False
    jahnatal, ostrau = mit_liste.raum(JAHNATAL), mit_liste.raum(OSTRAU)
    assert jahnatal and ostrau and (jahnatal.gueltig_ab, ostrau.gueltig_bis) == ("2023-01-01", "2022-12-31")


def test_every_gebietsstand_of_the_files_is_answered(mit_liste: Raeume) -> None:
    for stand, anzahl in {
        "2021-12-31": 53,
        "2022-05-15": 53,
        "2022-12-31": 53,
        "2023-12-31": 52,
        "2024-06-09": 52,
        "2024-12-31": 52,
    }.items():
        assert len(mit_liste.erwartet("14522", stand) or ()) == anzahl
        assert len(mit_liste.erwartet("SR6", stand) or ()) == (8 if anzahl == 53 else 7)
        assert {z.umrechnung for z in mit_liste.zuordnung(["14522", "SR6"], [stand])} == {""}


def test_part_of_an_area_is_refused_below_the_land(mit_liste: Raeume) -> None:
    """17 000 m² each way between Lengenfeld (Vogtlandkreis) and Hirschfeld (Zwickau), 2023-10-01."""
    for raum_id in ("14523170", "14524110"):
        assert "01.10.2023 einen Teil des Gebiets" in mit_liste.hindernis(raum_id, "2021-12-31")
        assert mit_liste.zuordnung([raum_id], ["2021-12-31"]) == ()
        assert mit_liste.erwartet(raum_id, "2023-12-31") == {raum_id}
    assert len(mit_liste.erwartet("14", "2021-12-31") or ()) == 419
    assert len(mit_liste.erwartet("14", "2023-12-31") or ()) == 418
    assert mit_liste.zuordnung(["14"], ["2021-12-31"])[0].umrechnung == ""


def test_splits_across_kreise_are_refused_and_exact_for_the_land(mit_liste: Raeume, ohne_liste: Raeume) -> None:
    """Dünwald and Anrode (Unstrut-Hainich) went partly to Dingelstädt (Eichsfeld)."""
    for r in (mit_liste, ohne_liste):
        for raum_id in ("16061118", "16064071", "16064"):
            assert r.erwartet(raum_id, "2021-12-31") is None and r.hindernis(raum_id, "2021-12-31")
        assert r.erwartet("16", "2021-12-31") is not None
    assert "aufgeteilt auf" in mit_liste.hindernis("16061118", "2021-12-31")


def test_mergers_found_by_area_are_those_of_the_list(mit_liste: Raeume, ohne_liste: Raeume) -> None:
    """Every proof by two registers agrees with the official list, and Schwedt (2022, no list here) is found."""
    erschlossen = ohne_liste.strahl.wechsel("2021-12-31", "2023-12-31")
    amtlich = mit_liste.strahl.wechsel("2022-12-31", "2023-12-31")
    for nachweise in ohne_liste.strahl.nachweise.values():
        for n in nachweise:
            for alt in n.alte:
                assert amtlich.get(alt, frozenset({n.neu})) == {n.neu}
    assert {erschlossen[g] for g in ("12073032", "12073386", "12073603")} == {frozenset({"12073532"})}
    reine = {alt for alt, neu in amtlich.items() if len(neu) == 1}
    assert reine - erschlossen.keys() == set() and {a for a in reine if erschlossen[a] != amtlich[a]} <= {"16064072"}


def test_all_sums_of_the_register_are_conserved(mit_liste: Raeume, register_2021: Register) -> None:
    """People of 2021 carried to the borders of 2023: no one lost, no one twice, except where refused."""
    einwohner = {r.raum_id: r.einwohner or 0 for r in register_2021.raeume if r.ebene == "gemeinde"}
    gemeinden = [g.raum_id for g in mit_liste.kinder("DG", "gemeinde", unbewohnt=True)]
    alte = [z.raum_alt for z in mit_liste.zuordnung(gemeinden, ["2021-12-31"], auch=("unbewohnt",))]
    assert len(alte) == len(set(alte))
    verweigert = set(einwohner) - set(alte)
    assert sum(einwohner[a] for a in alte) + sum(einwohner[a] for a in verweigert) == 83_237_124
    assert 5 < len(verweigert) < 30
    assert len(mit_liste.erwartet("DG", "2021-12-31") or ()) > 10_000
    assert sum(einwohner[a] for a in mit_liste.erwartet("DG", "2021-12-31") or ()) == 83_237_124


def test_keys_of_real_tables(mit_liste: Raeume, register_2021: Register) -> None:
    assert mit_liste.aufloesen("145225123450", "ars", "2022-05-15")[:3] == (OSTRAU, "gemeinde", "sicher")
    assert mit_liste.aufloesen("145220080", "", "2022-12-31")[:3] == ("145220080", "verband", "sicher")
    assert mit_liste.aufloesen("03353406", "", "2023-12-31")[:3] == ("033535406", "verband", "sicher")
    assert mit_liste.aufloesen("1051001", "ags", "2023-12-31")[:3] == ("01051001", "gemeinde", "repariert")
    assert mit_liste.aufloesen("14511000", "ags", "2023-12-31")[:3] == ("14511000", "gemeinde", "sicher")
    assert mit_liste.aufloesen("14511000", "kreis", "2023-12-31")[:3] == ("14511", "kreis", "sicher")
    assert mit_liste.aufloesen("14522000", "", "2023-12-31")[:3] == ("14522", "kreis", "sicher")
    assert mit_liste.aufloesen("14522080", "ags", "2023-12-31", "Hainichen, Stadt").art == "mehrdeutig"
    arten = {
        mit_liste.aufloesen(s, "ags" if len(s) == 8 else "ars", "2021-12-31", r.name).art
        for r in register_2021.raeume
        if r.ebene == "gemeinde"
        for s in (r.raum_id, r.ars)
    }
    assert arten == {"sicher"}


def test_the_zoning_is_complete_for_its_kreis_only_when_all_regions_are_there(mit_liste: Raeume) -> None:
    (fund,) = [m for m in check_raeume(mit_liste) if m.stufe is Stufe.FEHLER]
    assert fund.kennung == "raumgliederung_luecke" and fund.anzahl == 45
    zeile = mit_liste.auswahl("sozialregionen:SR6/gemeinde")
    assert [r.name for r in zeile] == [
        "Döbeln",
        "Großweitzschen",
        "Hartha",
        "Jahnatal",
        "Leisnig",
        "Roßwein",
        "Waldheim",
    ]
