"""GENESIS flat files, new and old style, as the portals write them (invented Räume)."""

from __future__ import annotations

import pytest

from sozmon.dateien import AblehnungError
from sozmon.quellen.csvtext import dekodiere, zerlege
from sozmon.quellen.ffcsv import ist_insgesamt, kopfzeile, open_ffcsv, raumart, read_ffcsv

NEU = (
    "\ufeffstatistics_code;statistics_label;time_code;time_label;time;"
    "1_variable_code;1_variable_label;1_variable_attribute_code;1_variable_attribute_label;"
    "2_variable_code;2_variable_label;2_variable_attribute_code;2_variable_attribute_label;"
    "value;value_unit;value_variable_code;value_variable_label;value_q\n"
    "12411;Fortschreibung;STAG;Stichtag;2023-12-31;KREISE;Kreise;99001;Probekreis;GES;Geschlecht;;Insgesamt;300;Anzahl;BEVSTD;Bevölkerung;e\n"
    "12411;Fortschreibung;STAG;Stichtag;2023-12-31;KREISE;Kreise;99001;Probekreis;GES;Geschlecht;GESM;männlich;148;Anzahl;BEVSTD;Bevölkerung;\n"
    "12411;Fortschreibung;STAG;Stichtag;2023-12-31;KREISE;Kreise;99001;Probekreis;GES;Geschlecht;INSGESAMT;Insgesamt;-;Anzahl;BEV002;Gestorbene;\n"
)
ALT = (
    "Bevölkerung: Probetabelle\n"
    "Statistik_Code;Statistik_Label;Zeit_Code;Zeit_Label;Zeit;1_Merkmal_Code;1_Merkmal_Label;1_Auspraegung_Code;"
    "1_Auspraegung_Label;AI01__Anteil__Prozent;AI02__Zahl_der_Faelle__Anzahl\n"
    "99910;Atlas;JAHR;Jahr;2022;GEMEIN;Gemeinden;99001;  Probekreis;14,1;5\n"
    "99910;Atlas;JAHR;Jahr;2022;GEMEIN;Gemeinden;99001010;    Aubach;-;x\n"
    "__________\n"
    "Fußnote; mit; Semikolon\n"
)


def zeilen(text: str, **kwargs: object) -> list[dict[str, object]]:
    return read_ffcsv(open_ffcsv(text.removeprefix("\ufeff"), "t.csv"), **kwargs).tabelle.to_pylist()  # type: ignore[arg-type]


def test_new_style() -> None:
    erste, zweite, dritte = zeilen(NEU)
    assert (erste["schluessel"], erste["raumart"], erste["wert"], erste["zusatz"]) == ("99001", "kreis", "300", "e")
    assert (erste["merkmale"], zweite["merkmale"], dritte["merkmale"]) == ("", "GES=GESM", "")
    assert [z["code"] for z in (erste, zweite, dritte)] == ["BEVSTD", "BEVSTD", "BEV002"]
    assert (dritte["zeile"], dritte["spalte"]) == (3, 13)


def test_quotes_read_the_same() -> None:
    assert zeilen(NEU.replace("Probekreis", '"Probekreis"')) == zeilen(NEU)


def test_old_style_has_a_column_per_measure_and_a_footer() -> None:
    gelesen = zeilen(ALT)
    assert [(z["schluessel"], z["code"], z["wert"]) for z in gelesen] == [
        ("99001", "AI01", "14,1"),
        ("99001010", "AI01", "-"),
        ("99001", "AI02", "5"),
        ("99001010", "AI02", "x"),
    ]
    assert [z["name"] for z in gelesen[:2]] == ["Probekreis", "Aubach"]
    assert (gelesen[3]["zeile"], gelesen[3]["spalte"], gelesen[3]["einheit"]) == (3, 10, "Anzahl")


def test_months_are_a_variable_beside_the_year() -> None:
    text = NEU.replace("STAG;Stichtag;2023-12-31", "JAHR;Jahr;2023").replace(
        "GES;Geschlecht;GESM;männlich", "MONAT;Monate;MONAT07;Juli"
    )
    text = "\n".join(z for z in text.split("\n") if ";GES;" not in z)
    assert [z["zeit"] for z in zeilen(text)] == ["2023 MONAT07"]


def test_the_quelle_names_the_region_variable() -> None:
    text = NEU.replace("KREISE;Kreise", "SOZRAUM;Sozialräume")
    with pytest.raises(AblehnungError, match="welche Spalte den Raum nennt"):
        zeilen(text)
    assert {z["raumart"] for z in zeilen(text, raumvariablen={"SOZRAUM": ""})} == {""}


def test_english_twin_is_recognised() -> None:
    gelesen = read_ffcsv(open_ffcsv(NEU.removeprefix("\ufeff").replace("Stichtag", "Reference date"), "t.csv"))
    assert gelesen.sprache == "en"


@pytest.mark.parametrize(
    ("code", "label", "erwartet"),
    [
        ("", "Insgesamt", True),
        ("INSGESAMT", "", True),
        ("LB-INS", "Insgesamt", True),
        ("GESM", "männlich", False),
        ("X1", "Insgesamt", True),
    ],
)
def test_ist_insgesamt(code: str, label: str, erwartet: bool) -> None:
    assert ist_insgesamt(code, label) is erwartet


@pytest.mark.parametrize(
    ("variable", "art"),
    [("GEMEIN", "ags"), ("GEOGM4", "ars"), ("KREISE", "kreis"), ("DLAND", ""), ("GEOVB1", "verband")],
)
def test_raumart(variable: str, art: str) -> None:
    assert raumart(variable) == art


def test_kopfzeile_finds_the_header_below_titles() -> None:
    assert kopfzeile(ALT) == ("alt", 1)
    assert kopfzeile(NEU.removeprefix("\ufeff")) == ("neu", 0)
    assert kopfzeile("a;b\n") == ("", 0)


@pytest.mark.parametrize("stil", ["neu", "alt"])
@pytest.mark.parametrize("kodierung", ["utf-16-le", "utf-16-be"])
def test_excel_unicode_text_reads_the_same(stil: str, kodierung: str) -> None:
    """UTF-16 with one byte order mark or two, fields parted by tabs: what Excel calls "Unicode-Text"."""
    text = {"neu": NEU.removeprefix("\ufeff"), "alt": ALT}[stil]
    for marken in (1, 2):
        for trenner in (";", "\t"):
            daten = ("\ufeff" * marken + text.replace(";", trenner)).encode(kodierung)
            gelesen, _ = dekodiere(daten, "t.csv")
            assert zeilen(gelesen) == zeilen(text)


@pytest.mark.parametrize(("text", "spalten"), [(NEU, 20), (ALT, 9)])
def test_any_missing_or_renamed_head_is_refused(text: str, spalten: int) -> None:
    """No header leads anywhere but to values or to a refusal that names the line."""
    text = text.removeprefix("\ufeff")
    nummer = 1 if text is ALT else 0
    alle = text.split("\n")
    koepfe = alle[nummer].split(";")
    for i in range(min(spalten, len(koepfe))):
        for neu in (koepfe[i].upper(), "x"):
            probe = [*alle[:nummer], ";".join([*koepfe[:i], neu, *koepfe[i + 1 :]]), *alle[nummer + 1 :]]
            if not kopfzeile("\n".join(probe))[0]:
                continue
            try:
                flach = open_ffcsv("\n".join(probe), "t.csv")
                assert flach.statistiken
                read_ffcsv(flach)
            except AblehnungError as fehler:
                assert fehler.ort == f"Zeile {nummer + 1}" and fehler.grund


@pytest.mark.parametrize("text", [NEU, ALT])
def test_second_head_names_its_line(text: str) -> None:
    text = text.removeprefix("\ufeff")
    teile = text.split("\n")
    nummer = 1 if text.startswith("Bev") else 0
    doppelt = "\n".join([*teile[: nummer + 2], teile[nummer], *teile[nummer + 2 :]])
    with pytest.raises(AblehnungError) as fehler:
        open_ffcsv(doppelt, "t.csv")
    assert (fehler.value.art, fehler.value.ort) == ("kopf_doppelt", f"Zeile {nummer + 3}")


@pytest.mark.parametrize("kodierung", ["utf-8-sig", "utf-16"])
def test_byte_order_mark_of_a_declared_table(kodierung: str) -> None:
    """A head that a declaration names is found behind every byte order mark."""
    text, meldungen = dekodiere("Schlüssel\tZahl\r\n99001\t5\r\n".encode(kodierung), "t.csv")
    assert zerlege(text, "t.csv") == [["Schlüssel", "Zahl"], ["99001", "5"]] and not meldungen
