"""Tables of Räume: German order, regions with their sums, counts beside their quotient, signs explained."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest
from berichtshilfe import LEUTE, ORTE, QUOTE, bausteine, katalog, werte, zelle

from sozmon.berichtstabellen import build_gemeinden, build_zeitreihe, mit_zeichenerklaerung
from sozmon.berichtswerte import Ort, Orte
from sozmon.druck.breiten import masse
from sozmon.druck.modell import FUSSNOTENZEICHEN, Stil, Tabelle, Zeile
from sozmon.druck.zeichen import AN_ZAHLEN, zeichenzeile
from sozmon.model import ZEICHEN, ZEICHEN_BEDEUTUNG, ZEICHEN_KURZ, Indikatorwert, Status
from sozmon.raeume import Raeume, Register, RegisterRaum
from sozmon.raeume.gliederung import parse_gliederung
from sozmon.zahlen import Zahl, format_zahl

# -- German order ----------------------------------------------------------------------------------

NAMEN = ("Zwota", "Öderan", "Straßberg", "Strasdorf", "Ähren", "Aue", "St. Egidien", "Stadtroda", "Überau", "Ulm")
NACH_DIN_5007 = (
    "Ähren",
    "Aue",
    "Öderan",
    "St. Egidien",
    "Stadtroda",
    "Strasdorf",
    "Straßberg",
    "Überau",
    "Ulm",
    "Zwota",
)
"""By hand: ä = a, ö = o, ü = u, ß = ss; word by word, so that 'St.' stands before 'Stadt…'."""


def _raeume() -> Raeume:
    """One Kreis, ten Gemeinden, each in a region of its own: SR1 … SR10."""
    gemeinden = [(f"980010{nr}0", name) for nr, name in enumerate(NAMEN)]
    register = [RegisterRaum("98", "Musterland", "land", "98"), RegisterRaum("98001", "Musterkreis", "kreis", "98001")]
    register += [RegisterRaum(g, n, "gemeinde", f"{g[:5]}0{g[5:]}{g[5:]}", "64", 1.0, 10.0) for g, n in gemeinden]
    zeilen = [["raum_id", "raum", "gemeinde", "gueltig_ab", "gueltig_bis"]]
    zeilen += [[f"SR{10 - nr}", name, g, "2015-01-01", ""] for nr, (g, name) in enumerate(gemeinden)]
    gliederung = parse_gliederung("regionen", zeilen, "regionen.csv")
    return Raeume.aus_werten([Register("2023-12-31", tuple(register))], [], [gliederung], kreis="98001")


def test_gemeinden_stand_in_the_order_of_a_german_dictionary() -> None:
    assert tuple(r.name for r in _raeume().kinder("98001", "gemeinde")) == NACH_DIN_5007


def test_regions_stand_in_the_order_of_their_numbers() -> None:
    assert [r.raum_id for r in _raeume().kinder("98001", "regionen")] == [f"SR{nr}" for nr in range(1, 11)]


# -- rows of regions, Kreis and Land ---------------------------------------------------------------


def _zeilen(t: Tabelle) -> dict[str, tuple[str, ...]]:
    return {z.zellen[0]: z.zellen[1:] for z in t.zeilen if z.art != "gruppe"}


def test_land_stands_below_the_kreis_only_where_it_can_be_compared() -> None:
    (t,) = build_gemeinden(bausteine().auskunft, "alle", (QUOTE, LEUTE))
    assert [z.zellen[0] for z in t.zeilen][-2:] == ["Testkreis", "Testland"]
    (nur_anzahl,) = build_gemeinden(bausteine().auskunft, "alle", (LEUTE,))
    assert nur_anzahl.zeilen[-1].zellen[0] == "Testkreis"


def test_land_from_another_source_is_not_said_to_be_the_sum_of_the_parts() -> None:
    liste = [replace(w, quelle="register") if w.ebene in ("land", "kreis") else w for w in werte()]
    (t,) = build_gemeinden(bausteine(liste).auskunft, "alle", (QUOTE,))
    assert t.fussnoten[:2] == (
        "¹ Quelle: Register; die anderen Werte der Spalte: Amt. Die Teile ergeben deshalb nicht genau das Ganze.",
        "² Quelle: Register; die anderen Werte der Spalte: Amt.",
    )


def _breit(anzahl: int, gemeinden: int = 3) -> list[Tabelle]:
    """A table of so many Indikatoren and Gemeinden."""
    indikatoren = [replace(QUOTE, kennung=f"quote{nr}") for nr in range(anzahl)]
    orte = [Ort(f"990010{nr:02}0"[:8], f"Ort {nr}", "gemeinde", "R1") for nr in range(gemeinden)]
    alle = replace(ORTE, gemeinden=tuple(orte))
    liste = [zelle(o, i, 2023, 50, 500) for o in (*orte, *ORTE.regionen, ORTE.kreis) for i in indikatoren]
    kat = replace(katalog(), indikatoren={i.kennung: i for i in indikatoren})
    return list(build_gemeinden(bausteine(liste, kat, orte=alle).auskunft, "alle", indikatoren))


@pytest.mark.parametrize(
    ("spalten", "gemeinden", "teile", "quer"),
    [(6, 3, [6], False), (7, 3, [7], True), (10, 3, [10], True), (11, 3, [6, 5], False), (7, 30, [4, 3], False)],
)
def test_wide_tables_are_turned_when_short_and_continued_when_long(
    spalten: int, gemeinden: int, teile: list[int], quer: bool
) -> None:
    tabellen = _breit(spalten, gemeinden)
    assert [len(t.kopf) - 1 for t in tabellen] == teile
    assert {t.quer for t in tabellen} == {quer}
    assert len({t.id for t in tabellen}) == len(teile)
    assert all(t.zeilen[1].zellen[0] == "Ort 0" for t in tabellen)  # every part names its rows


# -- one Indikator with its counts -----------------------------------------------------------------


def test_counts_stand_beside_the_value_that_was_computed_from_them() -> None:
    b = bausteine()
    (id,) = b.tabelle("raeume", "quote")
    t = b.objekte[id]
    assert isinstance(t, Tabelle)
    assert (t.id, t.titel) == ("tab-raeume-quote", "Quote nach Gemeinden, 2023 (%)")
    assert t.kopf == ("Raum", "arme", "leute", "Wert (%)")
    # by hand: Adorf is the first Raum (1000 Leute, 9 %), Testkreis the sixth (6000, 14 %), Testland the seventh
    assert _zeilen(t)["Adorf"] == ("90", "1.000", "9,0")
    assert _zeilen(t)["Testkreis"] == ("840", "6.000", "14,0")
    assert _zeilen(t)["Testland"] == ("1.050", "7.000", "15,0")
    assert t.fussnoten == ("Wert = arme am Stichtag, geteilt durch leute am Stichtag, mal 100.",)
    (frueher,) = b.tabelle("raeume", "quote", zeit=2021)
    assert frueher == "tab-raeume-quote-2021" and "2021" in b.objekte[frueher].titel


def test_count_without_a_whole_has_one_column() -> None:
    b = bausteine()
    (id,) = b.tabelle("raeume", "leute")
    t = b.objekte[id]
    assert isinstance(t, Tabelle) and t.kopf == ("Raum", "Wert (Personen)") and t.fussnoten == ()


def test_hidden_value_hides_its_counts_too() -> None:
    geheim = zelle(ORTE.gemeinden[0], QUOTE, 2023, 2, 1000)
    null = zelle(ORTE.gemeinden[1], QUOTE, 2023, 0, 2000, status=Status.NULL_GENAU)
    neu = {(w.raum_id, w.jahr, w.indikator): w for w in (geheim, null)}
    b = bausteine([neu.get((w.raum_id, w.jahr, w.indikator), w) for w in werte()])
    (id,) = b.tabelle("raeume", "quote")
    t = b.objekte[id]
    assert isinstance(t, Tabelle)
    assert _zeilen(t)["Adorf"] == ("•", "•", "•")
    assert _zeilen(t)["Bestadt"] == ("–", "2.000", "–")
    assert t.fussnoten[-1] == ("Zeichen: – = nichts vorhanden; • = unbekannt, geheim zu halten oder nicht freigegeben.")


def test_nothing_is_placed_without_a_number() -> None:
    b = bausteine([replace(w, status=Status.FOLGT, wert=None, zaehler=None) for w in werte()])
    assert b.tabelle("raeume", "quote") == () and b.tabelle("vergleich", "quote,leute") == ()


def test_regions_stand_beside_each_other() -> None:
    b = bausteine()
    (id,) = b.tabelle("vergleich", "quote, leute")
    t = b.objekte[id]
    assert isinstance(t, Tabelle)
    assert t.titel == "Sozialregionen im Vergleich"
    assert [(z.zellen[0], z.art) for z in t.zeilen] == [
        ("Nord", "wert"), ("Süd", "wert"), ("Testkreis", "summe"), ("Testland", "wert"),
    ]  # fmt: skip
    # Nord is the fourth Raum of the list: 9 + 3 per cent, 4000 Leute less 10 a year since 2020
    assert _zeilen(t)["Nord"] == ("12,0", "3.970")


def test_a_head_is_broken_before_its_unit_not_inside() -> None:
    je = replace(QUOTE, einheit="je 1.000")
    t = build_zeitreihe(bausteine(brueche={}).auskunft, je)
    assert t is not None and t.kopf[-1] == "Veränderung 2020–2023 (je\u00a01.000)"
    # "Wert" and the unit stand below each other: the column is as wide as the longer of the two
    schmal = Tabelle("t", "T", ("Raum", "Wert (je\u00a01.000)"), (Zeile(("A", "1")),), "")
    weit = Tabelle("t", "T", ("Raum", "(je\u00a01.000)"), (Zeile(("A", "1")),), "")
    assert masse(schmal, Stil()).anteile == masse(weit, Stil()).anteile


# -- signs -----------------------------------------------------------------------------------------


def test_every_sign_has_a_short_meaning() -> None:
    assert set(ZEICHEN_KURZ) == set(ZEICHEN_BEDEUTUNG) - {"e"}
    assert set(ZEICHEN.values()) <= set(ZEICHEN_KURZ)


def test_signs_are_explained_once_and_only_those_that_occur() -> None:
    zellen = ["k. A.¹", "k. A.", "…", Zahl("0", 0.0), Zahl("1,0p¹\u202f²", 1.0), ""]
    assert zeichenzeile(zellen) == "Zeichen: … = fällt später an; k. A. = keine Angabe; p = vorläufig."
    assert zeichenzeile([Zahl("0", 0.0), Zahl("12,5¹", 12.5)]) == ""
    assert zeichenzeile(["0"]).startswith("Zeichen: 0 = ")  # the sign of an office, not a plain number


def test_the_line_of_signs_is_the_last_footnote() -> None:
    t = Tabelle("t", "T", ("Raum", "A"), (Zeile(("p", "•")),), "", ("¹ Eins.",))
    assert mit_zeichenerklaerung(t).fussnoten[0] == "¹ Eins."
    assert mit_zeichenerklaerung(t).fussnoten[1:] == (zeichenzeile(["•"]),)  # the name of a row is no sign


# -- native numbers --------------------------------------------------------------------------------


def _tabellen(liste: list[Indikatorwert], orte: Orte = ORTE, **anders: Any) -> list[Tabelle]:
    b = bausteine(liste, orte=orte, **anders)
    zeitreihen = [build_zeitreihe(b.auskunft, i) for i in (QUOTE, LEUTE)]
    for art, was in (("raeume", "quote"), ("raeume", "leute"), ("vergleich", "quote,leute")):
        b.tabelle(art, was)
    eigene = [o for o in b.objekte.values() if isinstance(o, Tabelle)]
    return [*(t for t in zeitreihen if t), *build_gemeinden(b.auskunft, "alle", (QUOTE, LEUTE)), *eigene]


def test_printed_numbers_remember_the_released_value_and_signs_have_none() -> None:
    geheim = zelle(ORTE.gemeinden[0], QUOTE, 2023, 2, 1000)
    liste = [geheim if (w.raum_id, w.jahr, w.indikator) == ("99001010", 2023, "quote") else w for w in werte()]
    gesehen = 0
    for t in _tabellen([replace(w, kennzeichen="p") for w in liste], brueche={}):
        for text in (z for zeile in t.zeilen if zeile.art != "gruppe" for z in zeile.zellen[1:]):
            if not isinstance(text, Zahl):
                assert text.rstrip(FUSSNOTENZEICHEN) in ZEICHEN_KURZ
                continue
            gesehen += 1
            gedruckt = text.rstrip("".join(AN_ZAHLEN) + FUSSNOTENZEICHEN).lstrip("+")
            stellen = len(gedruckt.partition(",")[2])
            assert format_zahl(text.wert, stellen) == gedruckt
    assert gesehen > 60
