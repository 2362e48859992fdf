"""Forms read back: what an office filled in, what a spreadsheet program did to it, what differs from the question."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest

from sozmon.abfrage import Frage, build_abfrage
from sozmon.dateien import AblehnungError
from sozmon.errors import AufrufError
from sozmon.katalog import Katalog, load_katalog
from sozmon.model import Dimension, Merkmal, Teilung
from sozmon.model.vordruck import Feld, Vordruck, parse_feld, parse_kopf, parse_vordruck
from sozmon.quellen.erkennung import form_der_mappe
from sozmon.quellen.gitter import Blatt, text_blatt
from sozmon.quellen.vordruck import open_vordruck, quelle_des_vordrucks, waehle_vordruck_quelle
from sozmon.quellen.vordrucktabelle import read_vordruck
from sozmon.raeume import Raeume, Register, RegisterRaum

FELDER = (
    Feld("faelle", "jahr", "2024"),
    Feld("faelle", "jahr", "2024", "geschlecht=m"),
    Feld("faelle", "jahr", "2024", "geschlecht=w"),
)
VORDRUCK = Vordruck("vordruck", "09901", "gemeinde", "2023-12-31", FELDER, ("09901010", "09901020"))
Zeilen = list[list[str]]


def gefuellt(vordruck: Vordruck = VORDRUCK) -> Zeilen:
    """The filled sheet as rows of text; the table begins in row 7 with Aubach."""
    return [
        [vordruck.kopf, "Fälle"],
        ["Amt oder Träger:", "Jugendamt"],
        ["Stand der Daten:", "15.03.2025", "Tag der Auszählung"],
        ["Schlüssel", "Gemeinde", "Fälle", "Fälle, männlich", "Fälle, weiblich"],
        ["Zeit:", "", *(f.zeittext for f in vordruck.spalten)],
        ["Kennung:", "bitte stehen lassen", *(f.kennung for f in vordruck.spalten)],
        ["09901010", "Aubach", "10", "4", "6"],
        ["09901020", "Bergdorf", "5", "*", "-"],
        ["ohne_zuordnung", "ohne Zuordnung", "2", "", ""],
        ["09901", "Probekreis insgesamt", "17", "", ""],
        [],
        ["Ende der Tabelle:", "bitte stehen lassen"],
        *([f"{wort}:", text] for wort, text in vordruck.angaben),
    ]


def lies(zeilen: Zeilen, blatt: Callable[[Zeilen], Blatt] = text_blatt) -> tuple[dict[tuple[str, str], Any], list[Any]]:
    """(key, column) → text or number, and the Meldungen."""
    blaetter = [blatt(zeilen)]
    assert form_der_mappe(blaetter) == "vordruck"
    werte, texte, meldungen = read_vordruck(open_vordruck(blaetter, "v.csv"), "v.csv")
    assert texte[1] == "Gebietsstand: 2023-12-31"
    tabelle = werte.tabelle.to_pylist()
    gelesen = {(z["schluessel"], z["code"]): z["wert"] if z["zahl"] is None else z["zahl"] for z in tabelle}
    assert len(gelesen) == len(tabelle)
    return gelesen, meldungen


def kennungen(meldungen: list[Any]) -> dict[str, str]:
    return {m.kennung: str(m.stufe) for m in meldungen}


GANZ, MAENNLICH, WEIBLICH = (f.kennung for f in FELDER)
ERWARTET = {
    ("09901010", GANZ): "10",
    ("09901020", GANZ): "5",
    ("09901_ohne_zuordnung", GANZ): "2",
    ("09901", GANZ): "17",
    ("09901010", MAENNLICH): "4",
    ("09901020", MAENNLICH): "*",
    ("09901010", WEIBLICH): "6",
    ("09901020", WEIBLICH): "-",
} | {(raum, spalte): "" for raum in ("09901", "09901_ohne_zuordnung") for spalte in (MAENNLICH, WEIBLICH)}


def test_read_as_filled() -> None:
    assert lies(gefuellt()) == (ERWARTET, [])


def test_columns_may_be_moved() -> None:
    zeilen = gefuellt()
    for z in zeilen[3:10]:
        z[2], z[4] = z[4], z[2]
    assert lies(zeilen) == (ERWARTET, [])


def test_keys_that_became_numbers() -> None:
    """The zero is gone, or the program wrote the key with decimals or dots: the form knows which key was asked."""
    for form in ("9901010", "9901010,00", "9.901.010"):
        zeilen = gefuellt()
        zeilen[6][0] = form
        gelesen, meldungen = lies(zeilen)
        assert gelesen == ERWARTET
        assert kennungen(meldungen) == {"vordruck_schluessel": "info"}


def test_an_empty_cell_is_no_zero() -> None:
    zeilen = gefuellt()
    zeilen[6][2] = ""
    zeilen[7][2] = "0"
    gelesen, meldungen = lies(zeilen)
    assert gelesen["09901010", GANZ] == "" and gelesen["09901020", GANZ] == "0"
    assert kennungen(meldungen) == {"vordruck_leer": "info"} and meldungen[0].anzahl == 1
    assert str(meldungen[0].fundstelle) == "Zeile 7, Spalte 3"


def test_only_the_totals_are_filled() -> None:
    zeilen = gefuellt()
    for z in zeilen[6:10]:
        z[3:] = ["", ""]
    gelesen, meldungen = lies(zeilen)
    assert {c for _, c in gelesen} == {GANZ}
    assert kennungen(meldungen) == {"vordruck_spalte_leer": "info"}


def test_numbers_of_a_workbook() -> None:
    def mappe(zeilen: Zeilen) -> Blatt:
        zellen: list[list[Any]] = [[int(z) if i > 1 and z.isdigit() else z for i, z in enumerate(r)] for r in zeilen]
        return Blatt("Vordruck", zellen, "xlsx")

    gelesen, meldungen = lies(gefuellt(), mappe)
    assert gelesen["09901010", GANZ] == 10.0 and gelesen["09901020", MAENNLICH] == "*" and meldungen == []


def aendere(zeile: int, spalte: int, text: str) -> Callable[[Zeilen], None]:
    def tu(zeilen: Zeilen) -> None:
        zeilen[zeile] += [""] * (spalte + 1 - len(zeilen[zeile]))
        zeilen[zeile][spalte] = text

    return tu


def loesche(zeile: int) -> Callable[[Zeilen], None]:
    return lambda zeilen: zeilen.pop(zeile) and None


@pytest.mark.parametrize(
    ("tu", "kennung", "stufe", "ort"),
    [
        (loesche(7), "vordruck_zeile_fehlt", "warnung", "Zeile 6, Spalte 1"),
        (loesche(9), "vordruck_zeile_fehlt", "warnung", "Zeile 6, Spalte 1"),
        (aendere(10, 2, "7"), "vordruck_zeile_fremd", "fehler", "Zeile 11, Spalte 1"),
        (aendere(7, 0, "09901030"), "vordruck_zeile_fremd", "fehler", "Zeile 8, Spalte 1"),
        (aendere(7, 0, "09901010"), "vordruck_zeile_doppelt", "fehler", "Zeile 8, Spalte 1"),
        (aendere(4, 2, "Jahr 2023"), "vordruck_zeit", "fehler", "Zeile 5, Spalte 3"),
        (loesche(4), "vordruck_zeit", "fehler", "Zeile 5, Spalte 1"),
        (aendere(5, 4, "weiblich"), "vordruck_spalte_fehlt", "fehler", "Zeile 6, Spalte 1"),
        (aendere(5, 4, MAENNLICH), "vordruck_spalte_doppelt", "fehler", "Zeile 6, Spalte 5"),
        (aendere(6, 5, "telefonisch"), "vordruck_spalte_fremd", "warnung", "Zeile 6, Spalte 6"),
        (aendere(6, 2, "10,5"), "vordruck_keine_anzahl", "fehler", "Zeile 7, Spalte 3"),
        (aendere(6, 2, "01.02.2025"), "zelle_datum", "fehler", "Zeile 7, Spalte 3"),
        (aendere(6, 2, "01. Feb"), "zelle_datum", "fehler", "Zeile 7, Spalte 3"),
        (aendere(6, 2, "Feb 25"), "zelle_datum", "fehler", "Zeile 7, Spalte 3"),
        (aendere(6, 2, "2025-01-02"), "zelle_datum", "fehler", "Zeile 7, Spalte 3"),
        (aendere(6, 2, "-3"), "vordruck_keine_anzahl", "fehler", "Zeile 7, Spalte 3"),
    ],
)
def test_what_differs_from_the_question(tu: Callable[[Zeilen], None], kennung: str, stufe: str, ort: str) -> None:
    zeilen = gefuellt()
    tu(zeilen)
    _, meldungen = lies(zeilen)
    passende = [m for m in meldungen if m.kennung == kennung]
    assert [(str(m.stufe), str(m.fundstelle)) for m in passende] == [(stufe, ort)], meldungen
    assert all(m.abhilfe for m in passende)


def test_a_removed_column_is_missed() -> None:
    zeilen = gefuellt()
    for z in zeilen[3:10]:
        del z[4:]
    _, meldungen = lies(zeilen)
    assert kennungen(meldungen) == {"vordruck_spalte_fehlt": "warnung"} and WEIBLICH in meldungen[0].text


@pytest.mark.parametrize(
    ("tu", "art"),
    [
        (aendere(0, 0, VORDRUCK.kopf.replace(" 1 ", " 2 ")), "vordruck_fassung"),
        (aendere(0, 0, "sozmon-Vordruck 1 P-0000000000"), "vordruck_veraendert"),
        (aendere(12, 1, VORDRUCK.gefragt.replace("2023-12-31", "2022-12-31")), "vordruck_veraendert"),
        (aendere(14, 1, "09901010 ohne_zuordnung 09901"), "vordruck_veraendert"),
        (loesche(13), "vordruck_veraendert"),
        (loesche(5), "vordruck_veraendert"),
        (aendere(2, 1, "März"), "stand_fehlt"),
    ],
)
def test_a_form_that_is_not_the_one_that_was_sent(tu: Callable[[Zeilen], None], art: str) -> None:
    zeilen = gefuellt()
    tu(zeilen)
    with pytest.raises(AblehnungError) as fehler:
        lies(zeilen)
    assert fehler.value.art == art and fehler.value.abhilfe


def test_an_empty_form_is_refused() -> None:
    zeilen = gefuellt()
    for z in zeilen[6:10]:
        z[2:] = []
    with pytest.raises(AblehnungError) as fehler:
        lies(zeilen)
    assert fehler.value.art == "ohne_werte"


def test_the_form_names_its_quelle() -> None:
    kopf = open_vordruck([text_blatt(gefuellt())], "v.csv")
    quellen = load_katalog(None).quellen
    assert waehle_vordruck_quelle(kopf, quellen, "", "v.csv") == "vordruck"
    for wunsch, vorrat, art in (("inkar", quellen, "quelle_passt_nicht"), ("", {}, "quelle_fehlt")):
        with pytest.raises(AblehnungError) as fehler:
            waehle_vordruck_quelle(kopf, vorrat, wunsch, "v.csv")
        assert fehler.value.art == art


def test_values_are_taken_over_as_asked() -> None:
    quelle = quelle_des_vordrucks(
        load_katalog(None).quellen["jugend_und_schule"], [WEIBLICH], ["Stand der Daten: ", "Gebietsstand: 2023-12-31"]
    )
    assert quelle.gebietsstand == "2023-12-31" and quelle.zeit_muster == "" and quelle.blaetter == ()
    assert [(z.code, z.merkmal, z.auspraegung, z.zeitart) for z in quelle.zuordnungen] == [
        (WEIBLICH, "faelle", "geschlecht=w", "jahr")
    ]
    assert quelle.zeichen["*"] == "geheim_quelle"


def test_what_is_asked_survives_its_own_text() -> None:
    assert parse_vordruck(dict(VORDRUCK.angaben)) == VORDRUCK
    kreis = replace(VORDRUCK, raeume=(), ebene="kreis")
    assert kreis.schluessel == ("09901",) and parse_vordruck(dict(kreis.angaben)) == kreis
    assert parse_kopf(VORDRUCK.kopf) == (1, VORDRUCK.pruefzeichen)
    assert replace(VORDRUCK, gebietsstand="2022-12-31").pruefzeichen != VORDRUCK.pruefzeichen
    stichtag = Feld("plaetze", "stichtag", "2024-03-01", "alter=0-2|geschlecht=w")
    assert parse_feld(stichtag.kennung) == stichtag and stichtag.zeittext == "Stichtag 01.03.2024"
    for falsch in ("", "faelle", "faelle:irgendwann:2024", "fälle jahr 2024"):
        with pytest.raises(ValueError, match=falsch or "^$"):
            parse_feld(falsch)


# --------------------------------------------------------------------------------------------------
# What is asked

ORTE = (
    RegisterRaum("09", "Probeland", "land", "09", "", 10.0),
    RegisterRaum("09901", "Probekreis", "kreis", "09901", "", 10.0),
    RegisterRaum("09901010", "Aubach, Stadt", "gemeinde", "099010010010", "", 5.0),
    RegisterRaum("09901020", "Bergdorf", "gemeinde", "099010020020", "", 5.0),
)


@pytest.fixture(scope="module")
def raeume() -> Raeume:
    return Raeume.aus_werten([Register("2023-12-31", ORTE)], kreis="09901")


@pytest.fixture(scope="module")
def katalog() -> Katalog:
    """The shipped catalogue with a Merkmal of two dimensions that only an office delivers."""
    basis = load_katalog(None)
    faelle = Merkmal("faelle", "Fälle", "Personen", ("jahr",), ("jugend_und_schule",), ("geschlecht", "gruppe"))
    gruppe = Dimension("gruppe", "Gruppe", {"a": "Gruppe A", "b": "Gruppe B"}, (Teilung("", ("a", "b")),))
    return replace(
        basis,
        merkmale={**basis.merkmale, "faelle": faelle},
        dimensionen={**basis.dimensionen, "gruppe": gruppe},
    )


def test_rows_are_the_gemeinden_and_the_kreis(katalog: Katalog, raeume: Raeume) -> None:
    abfrage = build_abfrage(katalog, raeume, Frage(("faelle",), ("2024",), nach=("geschlecht",)))
    assert abfrage.zeilen == (
        ("09901010", "Aubach"),
        ("09901020", "Bergdorf"),
        ("ohne_zuordnung", "ohne Zuordnung"),
        ("09901", "Probekreis insgesamt"),
    )
    assert abfrage.koepfe == ("Fälle", "Fälle, männlich", "Fälle, weiblich")
    assert abfrage.vordruck.spalten == FELDER
    assert abfrage.vordruck.quelle == "jugend_und_schule"
    assert dict(abfrage.zeichen)["*"] == "Die Anzahl ist bekannt, wird aber nicht mitgeteilt (1 bis 2)"


def test_dimensions_can_be_crossed_and_years_listed(katalog: Katalog, raeume: Raeume) -> None:
    frage = Frage(("faelle",), ("2023", "2024"), "kreis", nach=("geschlecht|gruppe",))
    spalten = build_abfrage(katalog, raeume, frage).vordruck.spalten
    assert [f.zeit for f in spalten] == ["2023"] * 5 + ["2024"] * 5
    assert spalten[1].auspraegung == "geschlecht=m|gruppe=a" and len({f.kennung for f in spalten}) == 10


def test_an_indikator_asks_for_counts_that_no_statistic_delivers(katalog: Katalog, raeume: Raeume) -> None:
    frage = Frage(("schwerbehindertenquote",), ("2024",))
    [feld] = build_abfrage(katalog, raeume, frage).vordruck.spalten
    assert (feld.merkmal, feld.zeitart, feld.zeit) == ("schwerbehinderte", "stichtag", "2024-12-31")
    with pytest.raises(AufrufError, match="nichts abzufragen") as fehler:
        build_abfrage(katalog, raeume, Frage(("altenquotient",), ("2024",)))
    assert "sozmon abfrage bevoelkerung" in fehler.value.abhilfe
    assert build_abfrage(katalog, raeume, Frage(("bevoelkerung",), ("2024",))).vordruck.quelle == "vordruck"


@pytest.mark.parametrize(
    ("frage", "text"),
    [
        (Frage(("fälle",), ("2024",)), "weder ein Indikator noch ein Merkmal"),
        (Frage(("faelle",), ("2024",), "dorf"), "lässt sich nicht abfragen"),
        (Frage(("faelle",), ("Mai",)), "passt nicht"),
        (Frage(("faelle",), ("2024",), nach=("alter",)), "nach „alter“"),
        (Frage(("faelle",), ("2024",), quelle="inkar"), "füllt keinen Vordruck aus"),
        (Frage(("faelle",), ("2024",), quelle="nirgends"), "gibt es nicht"),
        (Frage(("inobhutnahmen",), ("2024",)), "darf nicht auf der Ebene gemeinde"),
        (Frage(("haushaltseinkommen",), ("2024",), "kreis"), "nichts abzufragen"),
    ],
)
def test_what_cannot_be_asked(katalog: Katalog, raeume: Raeume, frage: Frage, text: str) -> None:
    with pytest.raises(AufrufError) as fehler:
        build_abfrage(katalog, raeume, frage)
    assert text in fehler.value.text and (fehler.value.abhilfe or fehler.value.ort)


def test_without_a_register_nothing_is_asked(katalog: Katalog) -> None:
    with pytest.raises(AufrufError, match="Liste der Gemeinden"):
        build_abfrage(katalog, Raeume(kreis="09901"), Frage(("faelle",), ("2024",)))
