"""Each field of a declared table: what it reads, and what it refuses."""

from __future__ import annotations

import datetime
import json
from dataclasses import asdict
from pathlib import Path

import pytest
from openpyxl import Workbook

from sozmon.dateien import AblehnungError, open_datei
from sozmon.model import Gliederung, Pin, Quelle, Spalte, Tabellenblatt
from sozmon.quellen.gitter import DATUM, FEHLERWERT, Blatt, Zelle, read_gitter
from sozmon.quellen.kind import _quellen
from sozmon.quellen.kopf import kopftexte
from sozmon.quellen.lesen import lies_datei
from sozmon.quellen.leser import _knapp
from sozmon.quellen.tabelle import read_tabelle

GESCHLECHT = {"m": "m", "w": "w", "zus.": ""}


def lies(
    zeilen: list[list[Zelle]],
    blatt: Tabellenblatt | None = None,
    *,
    marken: dict[tuple[int, int], str] | None = None,
    **angaben: object,
) -> tuple[list[dict[str, object]], dict[str, list[str]]]:
    """Rohwerte as rows, and kennung → texts of the Meldungen."""
    angaben = {"schluessel": "S", "spalten": (Spalte("Z", "z"),), **angaben}
    erklaert = blatt or Tabellenblatt(**angaben)  # type: ignore[arg-type]
    gitter = Blatt("A", zeilen, "xlsx", marken=marken or {})
    gelesen, meldungen = read_tabelle([gitter], Quelle("p", "P", "A", "tabelle", blaetter=(erklaert,)), "t.xlsx")
    kennungen: dict[str, list[str]] = {}
    for m in meldungen:
        kennungen.setdefault(m.kennung, []).append(f"{m.text} {m.fundstelle} {m.abhilfe}")
    return gelesen.tabelle.to_pylist(), kennungen


def felder(zeilen: list[dict[str, object]], *namen: str) -> list[tuple[object, ...]]:
    return [tuple(z[n] for n in namen) for z in zeilen]


# ------------------------------------------------------------------------------------------ heads


def test_kopfsuche_finds_the_head_below_varying_lines() -> None:
    for vorzeilen in ([], [["Titel"]], [["Titel"], [], ["S ist der Schlüssel"]]):
        gelesen, _ = lies([*vorzeilen, ["S", "Z"], ["1", 5]], kopfsuche="^S$")
        assert felder(gelesen, "schluessel", "zahl") == [("1", 5.0)]
    with pytest.raises(AblehnungError) as fehler:
        lies([["Schlüsel", "Z"], ["1", 5]], kopfsuche="^Schlüssel$")
    assert fehler.value.art == "kopf_fehlt"
    assert "Meinten Sie „Schlüsel“?" in fehler.value.abhilfe


def test_kopfsuche_chooses_among_sheets() -> None:
    blaetter = [Blatt("A", [["Hinweise"]], "xlsx"), Blatt("B", [["S", "Z"], ["1", 5]], "xlsx")]
    erklaert = Tabellenblatt(schluessel="S", spalten=(Spalte("Z", "z"),), kopfsuche="^S$")
    quelle = Quelle("p", "P", "A", "tabelle", blaetter=(erklaert,))
    assert read_tabelle(blaetter, quelle, "t")[0].tabelle["blatt"].to_pylist() == ["B"]
    with pytest.raises(AblehnungError, match="passen mehrere Blätter"):
        read_tabelle([*blaetter, Blatt("C", [["S", "Z"]], "xlsx")], quelle, "t")


def test_a_merged_head_ends_where_the_one_above_ends() -> None:
    zeilen: list[list[Zelle]] = [["Zuzüge", "", "Fortzüge", ""], ["Inland", "", "", "Ausland"], ["m", "w", "m", "w"]]
    assert kopftexte(Blatt("A", zeilen, "xlsx"), 0, 3) == [
        "Zuzüge / Inland / m", "Zuzüge / Inland / w", "Fortzüge / m", "Fortzüge / Ausland / w"
    ]  # fmt: skip


def test_a_head_that_is_nowhere_names_the_nearest_and_where_the_text_stands() -> None:
    with pytest.raises(AblehnungError) as fehler:
        lies([["S", "Anzahl der Fälle"], ["1", 5]], spalten=(Spalte("Anzahl Fälle", "z"),))
    assert "Meinten Sie „Anzahl der Fälle“?" in fehler.value.abhilfe
    with pytest.raises(AblehnungError) as fehler:
        lies([["Titel"], ["S", "Z"], ["1", 5]])
    assert "Der Text steht in Zeile 2, gesucht wird der Kopf ab Zeile 1." in fehler.value.grund


def test_a_declaration_without_a_head_is_refused_not_guessed() -> None:
    """An empty name would fit the one column without a head."""
    for angaben in ({"schluessel": ""}, {"spalten": (Spalte("", "z"),)}):
        with pytest.raises(AblehnungError) as fehler:
            lies([["", "S", "Z"], ["9", "1", 5]], **angaben)
        assert fehler.value.art == "kopf_fehlt"
        assert "keinen Spaltenkopf" in fehler.value.text


def test_dates_in_heads_are_their_iso_date_dates_among_values_a_fehler(tmp_path: Path) -> None:
    mappe = Workbook()
    seite = mappe.worksheets[0]
    for zeile in (["S", None], ["99001010", 7]):
        seite.append(zeile)
    seite["B1"] = datetime.date(2023, 12, 1)
    seite["B1"].number_format = "[$-407]MMM YY;@"
    mappe.save(tmp_path / "a.xlsx")
    spalten = (Spalte(muster=r"^(?P<zeit>\d{4}-\d{2}-\d{2})$", merkmal="z"),)
    blatt = Tabellenblatt(schluessel="S", spalten=spalten)
    quelle = Quelle("p", "P", "A", "tabelle", blaetter=(blatt,), erkennung=(Pin("^S$"),))
    with open_datei(str(tmp_path / "a.xlsx")) as datei:
        gelesen = lies_datei(datei, {"p": quelle}, "")
        assert gelesen.roh is not None
        assert felder(gelesen.roh.tabelle.to_pylist(), "zeit", "zahl") == [("2023-12-01", 7.0)]
        assert gelesen.meldungen == [], "no remark about a date that was read as what it is"
        assert [m.kennung for m in read_gitter(datei)[1]] == ["zelle_datum"]
    seite["B2"] = datetime.date(2023, 10, 6)
    mappe.save(tmp_path / "b.xlsx")
    with open_datei(str(tmp_path / "b.xlsx")) as datei:
        [meldung] = lies_datei(datei, {"p": quelle}, "").meldungen
        assert (meldung.kennung, meldung.stufe, meldung.fundstelle.zelle) == ("zelle_datum", "fehler", "B2")


# ------------------------------------------------------------------------------------------ columns by pattern

KOEPFE: list[list[Zelle]] = [["S", "Männer 2022", "Frauen 2022", "Männer 2023", "Alle 2023", "Quote"],
                             ["1", 1, 2, 3, 4, 5]]  # fmt: skip


def muster(text: str, **werte: dict[str, str]) -> tuple[Spalte, ...]:
    return (Spalte(muster=text, merkmal="z", werte=werte),)


def test_muster_takes_several_columns_with_time_and_dimension() -> None:
    spalten = muster(r"^(?:Alle|(?P<geschlecht>\w+)) (?P<zeit>\d{4})$", geschlecht={"Männer": "m", "Frauen": "w"})
    gelesen, meldungen = lies(KOEPFE, spalten=spalten)
    assert felder(gelesen, "zahl", "zeit", "merkmale") == [
        (1.0, "2022", "geschlecht=m"), (2.0, "2022", "geschlecht=w"), (3.0, "2023", "geschlecht=m"), (4.0, "2023", "")
    ]  # fmt: skip
    assert meldungen == {}


def test_a_head_text_that_nobody_explains_is_a_fehler() -> None:
    _, meldungen = lies(KOEPFE, spalten=muster(r"^(?P<geschlecht>\w+) 2022$", geschlecht={"Männer": "m", "Frau": "w"}))
    assert set(meldungen) == {"gliederung_unbekannt"}, "the column is not read and causes nothing else"
    [text] = meldungen["gliederung_unbekannt"]
    assert "„Frauen“" in text and "C1" in text and "Meinten Sie „Frau“?" in text


def test_muster_that_fits_nothing_or_twice() -> None:
    with pytest.raises(AblehnungError) as fehler:
        lies(KOEPFE, spalten=muster("^Divers"))
    assert fehler.value.art == "kopf_fehlt"
    with pytest.raises(AblehnungError) as fehler:
        lies(KOEPFE, spalten=(*muster("^Alle"), Spalte("Alle 2023", "y")))
    assert fehler.value.art == "kopf_doppelt"
    assert "E1" in fehler.value.ort


def test_a_column_may_be_missing_but_not_all() -> None:
    gelesen, meldungen = lies([["S", "Z"], ["1", 5]], spalten=(Spalte("Z", "z"), Spalte("Y", "y", darf_fehlen=True)))
    assert felder(gelesen, "code") == [("Z",)]
    assert set(meldungen) == {"spalte_fehlt"}
    with pytest.raises(AblehnungError) as fehler:
        lies([["S", "Z"], ["1", 5]], spalten=(Spalte("Y", "y", darf_fehlen=True),))
    assert fehler.value.art == "kopf_fehlt"


# ------------------------------------------------------------------------------------------ rows


def test_schluesselmuster_splits_key_and_name() -> None:
    form = r"^(?P<schluessel>\d+) (?P<name>.+)$"
    gelesen, meldungen = lies([["S", "Z"], ["99 Land", 1], ["99001010 Aubach", 2], ["Stadt", ""], ["Rest", 3]],
                              schluesselmuster=form)  # fmt: skip
    assert felder(gelesen, "schluessel", "name") == [("99", "Land"), ("99001010", "Aubach")]
    assert set(meldungen) == {"zeile_ohne_regel", "zeilen_uebergangen"}
    assert "A5" in meldungen["zeile_ohne_regel"][0] and "kreiszeile" in meldungen["zeile_ohne_regel"][0]


def test_kreiszeile_and_ohne_zuordnung_by_key_or_name() -> None:
    zeilen: list[list[Zelle]] = [
        ["S", "N", "Z"],
        ["1", "A", 1],
        ["", "unbekannt", 2],
        ["Summe", "", 3],
        ["", "Kreis", ""],
    ]
    gelesen, meldungen = lies(zeilen, name="N", kreiszeile="^(Summe|Kreis)$", ohne_zuordnung="^unbekannt$")
    assert felder(gelesen, "schluessel", "raumart") == [
        ("1", "ags"), ("unbekannt", "ohne_zuordnung"), ("Summe", "kreiszeile")
    ]  # fmt: skip
    assert set(meldungen) == {"zeilen_uebergangen"}
    _, ohne = lies(zeilen, name="N", kreiszeile="^Summe$")
    assert set(ohne) == {"schluessel_leer", "zeilen_uebergangen"}


def test_a_special_row_with_a_key_means_the_kreis_of_its_key() -> None:
    """A table of the whole Land has such a row per Kreis: they are not all ours."""
    zeilen: list[list[Zelle]] = [["S", "Z"], ["99001999 unbekannt", 1], [99002999, 2], ["99003 Summe", 3], ["Summe", 4]]
    gelesen, _ = lies(zeilen, ohne_zuordnung="unbekannt|999$", kreiszeile="Summe")
    assert felder(gelesen, "schluessel", "raumart") == [
        ("99001", "ohne_zuordnung"), ("99002", "ohne_zuordnung"), ("99003", "kreis"), ("Summe", "kreiszeile")
    ]  # fmt: skip


def test_fuellen_takes_the_text_above_but_never_over_an_error_cell() -> None:
    zeilen: list[list[Zelle]] = [
        ["G", "S", "Z"],
        ["m", "1", 1],
        ["", "2", 2],
        ["", "3", 3],
        ["w", "1", 4],
        ["", "2", 5],
    ]
    angaben = {"fuellen": ("G",), "gliederungen": (Gliederung("G", "geschlecht", GESCHLECHT),)}
    gelesen, meldungen = lies(zeilen, **angaben)
    assert [z["merkmale"] for z in gelesen] == ["geschlecht=m"] * 3 + ["geschlecht=w"] * 2
    assert meldungen == {}
    _, meldungen = lies(zeilen, marken={(2, 0): FEHLERWERT}, **angaben)
    assert meldungen["gliederung_unbekannt"] and "ist eine Zelle leer" in meldungen["gliederung_unbekannt"][0]


def test_gliederungen_total_parts_and_an_unknown_text() -> None:
    zeilen: list[list[Zelle]] = [["S", "G", "Z"], ["1", "m", 1], ["1", "w", 2], ["1", "zus.", 3], ["1", "divers", 4]]
    gelesen, meldungen = lies(zeilen, gliederungen=(Gliederung("G", "geschlecht", GESCHLECHT),))
    assert felder(gelesen, "merkmale", "zahl") == [("geschlecht=m", 1.0), ("geschlecht=w", 2.0), ("", 3.0)]
    [text] = meldungen["gliederung_unbekannt"]
    assert "In der Spalte „G“ steht „divers“" in text and "B5" in text


def test_an_age_group_that_excel_made_a_date_is_told_as_such() -> None:
    zeilen: list[list[Zelle]] = [["S", "G", "Z"], ["1", "2024-10-06", 1]]
    _, meldungen = lies(zeilen, marken={(1, 1): DATUM}, gliederungen=(Gliederung("G", "alter", {"6-10": "6-9"}),))
    assert set(meldungen) == {"gliederung_unbekannt", "zelle_datum"}


def test_a_dimension_stated_twice_is_refused() -> None:
    zeilen: list[list[Zelle]] = [["S", "G", "Z"], ["1", "m", 1]]
    with pytest.raises(AblehnungError) as fehler:
        lies(zeilen, gliederungen=(Gliederung("G", "geschlecht", GESCHLECHT),),
             spalten=(Spalte("Z", "z", "geschlecht=w"),))  # fmt: skip
    assert fehler.value.art == "gliederung_doppelt"


def test_zeitspalte_takes_dates_and_no_empty_cell() -> None:
    zeilen: list[list[Zelle]] = [["S", "T", "Z"], ["1", "2023-12-31", 1], ["1", 2022, 2], ["1", "", 3]]
    gelesen, meldungen = lies(zeilen, marken={(1, 1): DATUM}, zeitspalte="T")
    assert felder(gelesen, "zeit", "zahl") == [("2023-12-31", 1.0), ("2022", 2.0)]
    assert set(meldungen) == {"zeit_leer"}
    assert "B4" in meldungen["zeit_leer"][0]
    _, meldungen = lies(zeilen[:3], marken={(1, 1): FEHLERWERT}, zeitspalte="T")
    assert set(meldungen) == {"zelle_fehlerwert"}


def test_wertfussnote_is_cut_and_told_a_lone_sign_stays() -> None:
    zeilen: list[list[Zelle]] = [
        ["S", "Z"],
        ["1", "12¹"],
        ["2", "*"],
        ["3", "14"],
        ["4", "15*"],
        [],
        ["¹ Mit Nachwahl"],
    ]
    gelesen, meldungen = lies(zeilen, wertfussnote=r"[¹*]$", ende="^¹")
    assert [z["wert"] for z in gelesen] == ["12", "*", "14", "15"]
    [text] = meldungen["fussnote_am_wert"]
    assert "¹ Mit Nachwahl" in text and "B2" in text


def test_footnotes_at_heads_and_at_names_that_are_keys() -> None:
    gelesen, meldungen = lies([["S", "Z 1)"], ["  Aubach 2)", 5]], schluesselart="name", fussnote=r"\s*\d\)$")
    assert felder(gelesen, "schluessel", "raumart", "zahl") == [("Aubach", "name", 5.0)]
    assert set(meldungen) == {"fussnote_am_namen"}
    assert lies([["S", "Z 1)"], ["1", 5]], fussnote=r"\s*\d\)$", spalten=(Spalte("Z 1)", "z"),))[0]


def test_turned_sheet_and_one_raum_for_all() -> None:
    zeilen: list[list[Zelle]] = [["Schlüssel: 99001010"], ["M", "Gemeinde", "Kreis"], ["Z", 1, 2]]
    angaben = {"gedreht": True, "schluessel": "M", "kopfsuche": "^M$", "kreiszeile": "^Kreis$"}
    gelesen, _ = lies(zeilen, raum_muster=r"Schlüssel: (\d{8})", **angaben)
    assert felder(gelesen, "schluessel", "raumart", "zahl", "zeile", "spalte") == [
        ("99001010", "ags", 1.0, 2, 1), ("99001", "kreis", 2.0, 2, 2)
    ]  # fmt: skip
    with pytest.raises(AblehnungError) as fehler:
        lies(zeilen, raum_muster=r"AGS (\d{8})", **angaben)
    assert fehler.value.art == "raum_fehlt"


def test_hidden_columns_of_a_turned_sheet_are_called_columns() -> None:
    blatt = Blatt("A", [["M", "x", "y"], ["S", "1", "2"], ["Z", 5, 6]], "xlsx", verborgene_spalten=frozenset({2}))
    erklaert = Tabellenblatt(schluessel="S", spalten=(Spalte("Z", "z"),), gedreht=True)
    _, meldungen = read_tabelle([blatt], Quelle("p", "P", "A", "tabelle", blaetter=(erklaert,)), "t")
    [verborgen] = [m for m in meldungen if m.stufe == "fehler"]
    assert (verborgen.kennung, verborgen.fundstelle.zelle) == ("spalten_verborgen", "C1")
    assert verborgen.text == "Ausgeblendet ist eine Spalte mit Werten."


def test_a_row_that_one_declaration_takes_is_not_left_out() -> None:
    zeilen: list[list[Zelle]] = [["S", "L", "Z"], ["1", "a", 1], ["1", "b", 2], ["1", "c", 3]]
    blaetter = tuple(Tabellenblatt(schluessel="S", spalten=(Spalte("Z", m),), filter={"L": f"^{m}$"}) for m in "ab")
    gelesen, [meldung] = read_tabelle(
        [Blatt("A", zeilen, "xlsx")], Quelle("p", "P", "A", "tabelle", blaetter=blaetter), "t"
    )
    assert felder(gelesen.tabelle.to_pylist(), "statistik", "zahl") == [("0", 1.0), ("1", 2.0)]
    assert (meldung.kennung, meldung.anzahl) == ("zeilen_uebergangen", 1)


def test_the_declaration_survives_the_way_into_the_child() -> None:
    """Every nested field as JSON and back: what is lost there would be read without it."""
    blatt = Tabellenblatt(
        schluessel="S", fuellen=("A", "B"), gliederungen=(Gliederung("G", "geschlecht", GESCHLECHT),), gedreht=True,
        spalten=(Spalte("Z", "z"), *muster("(?P<alter>.)", alter={"1": "0-2"})), filter={"A": "."}, raum_muster="(.)",
    )  # fmt: skip
    quelle = Quelle("p", "P", "A", "tabelle", blaetter=(blatt,), erkennung=(Pin("x"),))
    zurueck = _quellen(json.dumps([_knapp(quelle)]))["p"]
    assert zurueck.blaetter == quelle.blaetter
    assert zurueck.erkennung == quelle.erkennung
    assert asdict(zurueck.blaetter[0]) == asdict(blatt)
