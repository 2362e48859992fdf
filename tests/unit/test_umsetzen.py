"""Rohwerte → Merkmalswerte: codes, keys, times, signs, and what an unproved Raum may say (invented Räume)."""

from __future__ import annotations

import dataclasses
from typing import Any

import pytest

from sozmon.katalog import Katalog
from sozmon.model import MERKMALSWERTE, Kodierung, Merkmal, Quelle, Spalte, Tabellenblatt, Zuordnung
from sozmon.pruefung import check_doppelte
from sozmon.quellen import roh
from sozmon.raeume import Raeume, Register, RegisterRaum
from sozmon.umsetzen import Rahmen, Umgesetzt, setze_um

QUELLE = Quelle(
    "probe",
    "Probe",
    "Amt",
    "ffcsv",
    zeichen={"-": "null_genau", ".": "geheim_quelle", "/": "unsicher", "x": "nicht_sinnvoll"},
    geheim_min=1,
    geheim_max=2,
    zuordnungen=(
        Zuordnung("BEV", "bevoelkerung"),
        Zuordnung("BEV", "bevoelkerung_zensus", statistik="1000A", basis="Zensus 2022"),
        Zuordnung("TSD", "einkommen", faktor=1000, genauigkeit="tausend"),
        Zuordnung("AL", "arbeitslose", zeitart="jahresmittel"),
        Zuordnung("B1564", "bevoelkerung", auspraegung="alter=15-64", zeitart="stichtag"),
    ),
    kodierungen=(Kodierung("GES", "geschlecht", {"GESM": "m", "GESW": "w"}),),
)
REGISTER = Register(
    "2023-12-31",
    (
        RegisterRaum("99", "Probeland", "land", "99"),
        RegisterRaum("99001", "Probekreis", "kreis", "99001"),
        RegisterRaum("990010010", "Aubach", "verband", "990010010"),
        RegisterRaum("99001010", "Aubach", "gemeinde", "990010010010"),
        RegisterRaum("990010020", "Bergdorf", "verband", "990010020"),
        RegisterRaum("99001020", "Bergdorf", "gemeinde", "990010020020"),
    ),
)
FRUEHER = dataclasses.replace(
    REGISTER,
    datum="2021-12-31",
    raeume=(
        *REGISTER.raeume,
        RegisterRaum("990010030", "Celltal", "verband", "990010030"),
        RegisterRaum("99001030", "Celltal", "gemeinde", "990010030030"),
    ),
)


def um(
    quelle: Quelle = QUELLE,
    register: tuple[Register, ...] = (REGISTER,),
    katalog: Katalog = Katalog({}, {}, {}, {}),  # noqa: B008
    **spalten: Any,
) -> Umgesetzt:
    """Convert rows given as columns; what is not given is plain."""
    anzahl = max(len(s) for s in spalten.values() if isinstance(s, list))
    vorgabe: dict[str, Any] = {
        "schluessel": "99001010",
        "raumart": "ags",
        "code": "BEV",
        "zeitcode": "STAG",
        "zeit": "2023-12-31",
        "zeile": list(range(anzahl)),
        "spalte": [3] * anzahl,
    }
    tabelle = roh.tabelle(anzahl, **(vorgabe | spalten))
    rahmen = Rahmen(quelle, katalog, Raeume.aus_werten(register, kreis="99001"), "99001", "2025-01-31", "f" * 64)
    return setze_um(roh.Roh(tabelle), rahmen)


def zeilen(ergebnis: Umgesetzt, *spalten: str) -> list[tuple[Any, ...]]:
    return [tuple(z[s] for s in spalten) for z in ergebnis.tabelle.to_pylist()]


def test_columns_are_the_contract() -> None:
    ergebnis = um(wert=["1"])
    assert [(f.name, str(f.type)) for f in ergebnis.tabelle.schema] == list(MERKMALSWERTE)
    [zeile] = ergebnis.tabelle.to_pylist()
    assert zeile == {
        "raum_id": "99001010",
        "ebene": "gemeinde",
        "zeit": "2023-12-31",
        "zeitart": "stichtag",
        "jahr": 2023,
        "merkmal": "bevoelkerung",
        "auspraegung": "",
        "wert": 1.0,
        "wert_min": 1.0,
        "wert_max": 1.0,
        "status": "wert",
        "kennzeichen": "",
        "genauigkeit": "exakt",
        "variante": "",
        "basis": "",
        "gebietsstand": "2023-12-31",
        "quelle": "probe",
        "lieferung": "f" * 64,
        "stand": "2025-01-31",
        "fundstelle": "Zeile 1, Spalte 4",
    }


def test_signs_and_numbers() -> None:
    ergebnis = um(wert=["1.234,5", "-", ".", "/", "x", ""])
    assert zeilen(ergebnis, "wert", "wert_min", "wert_max", "status") == [
        (1234.5, 1234.5, 1234.5, "wert"),
        (0.0, 0.0, 0.0, "null_genau"),
        (None, 1.0, 2.0, "geheim_quelle"),
        (None, None, None, "unsicher"),
        (None, None, None, "nicht_sinnvoll"),
        (None, None, None, "nicht_geliefert"),
    ]
    assert (ergebnis.geheim, ergebnis.abgelehnt) == (1, 0)


def test_factor_reaches_the_bounds() -> None:
    ergebnis = um(code="TSD", wert=["5", "."])
    assert zeilen(ergebnis, "merkmal", "wert", "wert_min", "wert_max", "genauigkeit") == [
        ("einkommen", 5000.0, 5000.0, 5000.0, "tausend"),
        ("einkommen", None, 1000.0, 2000.0, "tausend"),
    ]


def test_mapping_of_one_statistic_goes_before_the_general() -> None:
    ergebnis = um(statistik=["1000A", "12411"], wert=["1", "2"])
    assert zeilen(ergebnis, "merkmal", "basis") == [("bevoelkerung_zensus", "Zensus 2022"), ("bevoelkerung", "")]


def test_breakdowns_are_canonical() -> None:
    ergebnis = um(merkmale=["", "GES=GESM", "FAM=LED|GES=GESW"], wert=["1", "2", "3"])
    assert zeilen(ergebnis, "auspraegung") == [("",), ("geschlecht=m",), ("FAM=LED|geschlecht=w",)]
    assert [m.kennung for m in ergebnis.meldungen] == ["ohne_kodierung"]


@pytest.mark.parametrize(
    ("code", "einheit", "gut"),
    [
        ("BEV", "Anzahl", True),
        ("BEV", "", True),
        ("BEV", "Tsd. Personen", False),
        ("BEV", "1000", False),
        ("BEV", "Prozent", False),
        ("TSD", "Tsd. EUR", True),
        ("TSD", "EUR 1000", True),
        ("TSD", "EUR", False),
        ("TSD", "Mill. EUR", False),
        ("QUO", "Prozent", True),
        ("QUO", "Anzahl", False),
        ("JE", "je 1000 Einwohner", True),
    ],
)
def test_unit_and_factor_say_the_same(code: str, einheit: str, gut: bool) -> None:
    """A table in thousands read as ones would be wrong a thousandfold, and nobody would see it in a small Gemeinde."""
    merkmale = {
        k: Merkmal(k, k, e, ("stichtag",), ("probe",))
        for k, e in (("bevoelkerung", "Personen"), ("einkommen", "Euro"), ("quote", "%"), ("je", "je 1.000 Einwohner"))
    }
    quelle = dataclasses.replace(
        QUELLE, zuordnungen=(*QUELLE.zuordnungen, Zuordnung("QUO", "quote"), Zuordnung("JE", "je"))
    )
    ergebnis = um(quelle, katalog=Katalog({}, merkmale, {}, {}), code=code, einheit=einheit, wert=["5"])
    assert [m.kennung for m in ergebnis.meldungen] == ([] if gut else ["einheit_fremd"])
    assert ergebnis.abgelehnt == (0 if gut else 1)


def test_times_and_borders() -> None:
    ergebnis = um(code=["AL", "B1564", "BEV"], zeit=["2021", "2021", "2022/23"], wert=["1", "2", "3"])
    assert zeilen(ergebnis, "zeit", "zeitart", "jahr", "auspraegung", "gebietsstand") == [
        ("2021", "jahresmittel", 2021, "", "2021-12-31"),
        ("2021-12-31", "stichtag", 2021, "alter=15-64", "2021-12-31"),
        ("2022/23", "schuljahr", 2022, "", "2022-12-31"),
    ]
    letztes = dataclasses.replace(QUELLE, gebietsstand="letztes_jahr")
    assert set(zeilen(um(letztes, zeit=["1998", "2021"], wert=["1", "2"]), "gebietsstand")) == {("2021-12-31",)}


def test_fixed_time_of_a_quelle_and_of_a_column() -> None:
    spalten = (Spalte("A", "a"), Spalte("B", "b", zeit="2020"))
    quelle = dataclasses.replace(
        QUELLE,
        zeit="2024-06-09",
        zeitart="wahltag",
        zuordnungen=(),
        blaetter=(Tabellenblatt(schluessel="k", spalten=spalten),),
    )
    ergebnis = um(quelle, statistik="0", code=["A", "B"], zeitcode="", zeit=["", "2020-05-01"], wert=["1", "2"])
    assert zeilen(ergebnis, "merkmal", "zeit", "zeitart") == [
        ("a", "2024-06-09", "wahltag"),
        ("b", "2020-05-01", "wahltag"),
    ]


def test_keys_of_all_kinds() -> None:
    ergebnis = um(
        schluessel=["DG", "99", "99001", "990010010010", "99001010"],
        raumart=["", "", "kreis", "ars", "ags"],
        wert=["5", "4", "3", "2", "1"],
    )
    assert zeilen(ergebnis, "raum_id", "ebene") == [
        ("DG", "bund"),
        ("99", "land"),
        ("99001", "kreis"),
        ("99001010", "gemeinde"),
        ("99001010", "gemeinde"),
    ]
    assert not ergebnis.offen


def test_dash_of_a_dissolved_raum_is_no_zero() -> None:
    ergebnis = um(register=(FRUEHER, REGISTER), schluessel=["99001030", "99001010"], wert=["-", "-"])
    assert zeilen(ergebnis, "raum_id", "status", "wert") == [
        ("99001030", "raum_bestand_nicht", None),
        ("99001010", "null_genau", 0.0),
    ]


def test_dash_without_a_register_is_no_zero_yet() -> None:
    ergebnis = um(register=(), schluessel=["99001030", "99001010"], wert=["-", "7"])
    assert zeilen(ergebnis, "status", "wert") == [("nicht_geliefert", None), ("wert", 7.0)]
    assert ergebnis.offen
    assert [m.kennung for m in ergebnis.meldungen] == ["raum_vorlaeufig"]


def test_borders_that_no_register_settles_stay_open() -> None:
    assert um(zeit=["2023-12-31"], wert=["1"]).offen is False
    assert um(zeit=["2024-12-31"], wert=["1"]).offen is True


def test_value_of_a_raum_that_did_not_exist_is_an_error() -> None:
    ergebnis = um(register=(FRUEHER, REGISTER), schluessel=["99001030"], wert=["5"])
    assert [(m.kennung, str(m.stufe)) for m in ergebnis.meldungen] == [("schluessel_unbekannt", "fehler")]
    assert "gültig bis" in ergebnis.meldungen[0].text
    assert (ergebnis.abgelehnt, ergebnis.tabelle.num_rows) == (1, 0)


def test_many_faults_are_folded() -> None:
    ergebnis = um(wert=[f"1.{i}" for i in range(10, 60)])
    [meldung] = ergebnis.meldungen
    assert (meldung.kennung, meldung.anzahl) == ("wert", 50)
    assert str(meldung.fundstelle) == "Zeile 1, Spalte 4"
    assert "1.1" not in meldung.text


def test_workbook_addresses() -> None:
    ergebnis = um(wert=["1", "2"], blatt="Daten", zeile=[56, 57], spalte=[10, 26])
    assert zeilen(ergebnis, "fundstelle") == [("Daten!K57",), ("Daten!AA58",)]


@pytest.mark.parametrize(
    ("werte", "kennung", "bleibt"), [(["1", "1"], "doppelt_gleich", 1), (["1", "2"], "doppelt_verschieden", 1)]
)
def test_duplicates(werte: list[str], kennung: str, bleibt: int) -> None:
    meldungen, tabelle = check_doppelte(um(wert=werte).tabelle)
    assert [m.kennung for m in meldungen] == [kennung]
    assert tabelle.num_rows == bleibt


@pytest.mark.parametrize(
    ("schluessel", "hinweis"),
    [
        (["98501", "98502", "98503"], True),
        (["98501", "98502", "99001"], False),
        (["98501", "98502", "98001010"], False),
        (["98501", "98501", "98502"], False),
    ],
)
def test_unknown_keys_of_five_digits_may_be_postcodes(schluessel: list[str], hinweis: bool) -> None:
    """Only a hint, and only where nothing else in the file is a Raum: the Kreise are in every register."""
    ergebnis = um(schluessel=schluessel, wert=["1", "2", "3"])
    [meldung] = [m for m in ergebnis.meldungen if m.kennung == "raum_ausserhalb"]
    assert ("Postleitzahlen" in meldung.abhilfe) is hinweis


def test_a_confirmed_name_of_the_own_kreis_is_not_outside() -> None:
    """A Gemeinde that was dissolved before the date: an error as for its key, not a warning about places elsewhere."""
    raeume = Raeume.aus_werten((FRUEHER, REGISTER), kreis="99001")
    raeume.namen = {("", "celltal"): "99001030"}
    tabelle = roh.tabelle(
        1, schluessel="Celltal", raumart="name", code="BEV", zeitcode="STAG", zeit="2023-12-31", wert=["3"],
        zeile=[0], spalte=[3],
    )  # fmt: skip
    quelle = dataclasses.replace(QUELLE, form="tabelle")
    ergebnis = setze_um(
        roh.Roh(tabelle), Rahmen(quelle, Katalog({}, {}, {}, {}), raeume, "99001", "2025-01-31", "f" * 64)
    )
    assert [(m.kennung, m.stufe.value) for m in ergebnis.meldungen] == [("schluessel_unbekannt", "fehler")]
