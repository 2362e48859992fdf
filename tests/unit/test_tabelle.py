"""Declared tables: several head rows, ends, filters, footnote marks; INKAR's fixed shape."""

from __future__ import annotations

import pytest

from sozmon.dateien import AblehnungError
from sozmon.model import Quelle, Spalte, Stufe, Tabellenblatt
from sozmon.quellen.gitter import Blatt, Zelle
from sozmon.quellen.inkar import ist_inkar, read_inkar
from sozmon.quellen.tabelle import kopftexte, read_tabelle

ZEILEN: list[list[Zelle]] = [
    ["Wahl 2024"],
    ["Schlüssel", "Name", "Wähler", "", "Ungültig"],
    ["", "", "Anzahl", "Prozent", "Anzahl"],
    [99001, "Probekreis, Landkreis", 300, 60.5, 4],
    ["99001010", "Aubach 2)", 100, 61, "x"],
    [],
    ["______"],
    ["Stand 2024", "", 1, 2, 3],
]


def quelle(**angaben: object) -> Quelle:
    blatt = Tabellenblatt(
        schluessel="Schlüssel",
        name="Name",
        kopfzeile=2,
        kopfzeilen=2,
        ende="^_+$",
        fussnote=r"\s\d\)$",
        spalten=(
            Spalte("Wähler / Anzahl", "waehler"),
            Spalte("Ungültig / Anzahl", "ungueltige", "wahl=rat", faktor=2.0),
        ),
        **angaben,  # type: ignore[arg-type]
    )
    return Quelle("probe", "Probe", "Amt", "tabelle", blaetter=(blatt,))


def test_heads_are_joined_and_filled_to_the_right() -> None:
    assert kopftexte(Blatt("A", ZEILEN, "xlsx"), 1, 2) == [
        "Schlüssel",
        "Name",
        "Wähler / Anzahl",
        "Wähler / Prozent",
        "Ungültig / Anzahl",
    ]


def test_read_tabelle() -> None:
    gelesen, meldungen = read_tabelle([Blatt("A", ZEILEN, "xlsx")], quelle(), "t.xlsx")
    zeilen = gelesen.tabelle.to_pylist()
    assert [(z["schluessel"], z["code"], z["zahl"], z["wert"]) for z in zeilen] == [
        ("99001", "Wähler / Anzahl", 300.0, ""),
        ("99001010", "Wähler / Anzahl", 100.0, ""),
        ("99001", "Ungültig / Anzahl", 4.0, ""),
        ("99001010", "Ungültig / Anzahl", None, "x"),
    ]
    assert {z["name"] for z in zeilen} == {"Probekreis, Landkreis", "Aubach"}
    assert (zeilen[3]["zeile"], zeilen[3]["spalte"]) == (4, 4)
    assert [m.kennung for m in meldungen] == ["fussnote_am_namen"]


def test_footnote_of_the_office_is_told_with_its_text() -> None:
    """The mark is cut off the name: without a word the footnote would be lost."""
    _, [stumm] = read_tabelle([Blatt("A", ZEILEN, "xlsx")], quelle(), "t.xlsx")
    assert "Aubach 2)." in stumm.text and "Unter der Tabelle" not in stumm.text
    assert (stumm.stufe, stumm.fundstelle.zelle, stumm.anzahl) == (Stufe.INFO, "B5", 1)
    unten: list[list[Zelle]] = [*ZEILEN, ["1) Etwas anderes."], ["", "2)  Mit   Nachwahl."]]
    _, [mit_text] = read_tabelle([Blatt("A", unten, "xlsx")], quelle(), "t.xlsx")
    assert mit_text.text.endswith("Unter der Tabelle steht: 2) Mit Nachwahl.")
    assert "anmerkungen.csv" in mit_text.abhilfe
    ohne = [[*z[:1], "Aubach", *z[2:]] if z[:1] == ["99001010"] else z for z in ZEILEN]
    assert read_tabelle([Blatt("A", ohne, "xlsx")], quelle(), "t.xlsx")[1] == []


def test_filter_counts_what_it_leaves_out() -> None:
    gelesen, [meldung, _] = read_tabelle(
        [Blatt("A", ZEILEN, "xlsx")], quelle(filter={"Schlüssel": r"^\d{8}$"}), "t.xlsx"
    )
    assert {z["schluessel"] for z in gelesen.tabelle.to_pylist()} == {"99001010"}
    assert (meldung.kennung, meldung.anzahl) == ("zeilen_uebergangen", 1)


def test_second_column_of_the_same_head() -> None:
    zeilen: list[list[Zelle]] = [["Ebene", "Schlüssel", "Ebene"], ["WK", "99001010", "GE"], ["WK", "99001020", "TG"]]
    erklaert = Tabellenblatt(
        schluessel="Schlüssel", spalten=(Spalte("Ebene#1", "x"),), filter={"Ebene#2": "^GE$"}, verborgen="lesen"
    )
    gelesen, _ = read_tabelle([Blatt("A", zeilen, "csv")], Quelle("p", "P", "A", "tabelle", blaetter=(erklaert,)), "t")
    assert gelesen.tabelle["schluessel"].to_pylist() == ["99001010"]
    with pytest.raises(AblehnungError) as fehler:
        falsch = Tabellenblatt(schluessel="Ebene", spalten=())
        read_tabelle([Blatt("A", zeilen, "csv")], Quelle("p", "P", "A", "tabelle", blaetter=(falsch,)), "t")
    assert fehler.value.art == "kopf_doppelt"


INKAR: list[list[Zelle]] = [
    ["Kennziffer", "Raumeinheit", "Aggregat", "Arbeitslose", "Arbeitslose", "Quote"],
    ["", "", "", "2022", "2023", "2023"],
    ["99001010", "Aubach", "Gemeinden", 12, 11, 2.5],
    ["99001020", "Bergdorf", "Gemeinden", "", 8],
]


def test_read_inkar() -> None:
    gelesen, meldungen = read_inkar([Blatt("Daten", INKAR, "xls")], "t.xls")
    zeilen = [(z["schluessel"], z["code"], z["zeit"], z["zahl"]) for z in gelesen.tabelle.to_pylist()]
    assert zeilen == [
        ("99001010", "Arbeitslose", "2022", 12.0),
        ("99001020", "Arbeitslose", "2022", None),
        ("99001010", "Arbeitslose", "2023", 11.0),
        ("99001020", "Arbeitslose", "2023", 8.0),
        ("99001010", "Quote", "2023", 2.5),
        ("99001020", "Quote", "2023", None),
    ]
    assert meldungen == []
    assert ist_inkar([Blatt("Daten", [["Kennziffer", "Name"]], "xls")]) is None


def test_inkar_without_year_is_refused() -> None:
    ohne = [INKAR[0], ["", "", "", "2022", "", "2023"], *INKAR[2:]]
    with pytest.raises(AblehnungError) as fehler:
        read_inkar([Blatt("Daten", ohne, "xls")], "t.xls")
    assert fehler.value.art == "kopf_unvollstaendig"


def test_a_column_without_a_head_is_named_by_its_letter() -> None:
    zeilen: list[list[Zelle]] = [["", "Wähler", ""], ["99001010", 5, 7], ["99001020", 6, 8]]
    erklaert = Tabellenblatt(schluessel="Spalte A", spalten=(Spalte("Spalte C", "x"),))
    gelesen, _ = read_tabelle([Blatt("A", zeilen, "xlsx")], Quelle("p", "P", "A", "tabelle", blaetter=(erklaert,)), "t")
    assert gelesen.tabelle["schluessel"].to_pylist() == ["99001010", "99001020"]
    assert gelesen.tabelle["zahl"].to_pylist() == [7.0, 8.0]
    for kopf in ("Spalte B", "Spalte D"):  # it has a head; it is beyond the table
        with pytest.raises(AblehnungError) as fehler:
            falsch = Tabellenblatt(schluessel="Spalte A", spalten=(Spalte(kopf, "x"),))
            read_tabelle([Blatt("A", zeilen, "xlsx")], Quelle("p", "P", "A", "tabelle", blaetter=(falsch,)), "t")
        assert fehler.value.art == "kopf_fehlt"
