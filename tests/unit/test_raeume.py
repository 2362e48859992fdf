"""Territory: registers, keys, selection, zonings, checks. Expectations are worked out by hand from raumhilfe.py."""

from __future__ import annotations

from pathlib import Path
from types import SimpleNamespace

import pytest
from raumhilfe import (
    FLAECHEN,
    FUSION,
    REGIONEN,
    aenderung,
    blatt,
    gliederung,
    land,
    liste,
    register,
    register_2020,
    register_2023,
    schreibe,
)

from sozmon.errors import AufrufError, EingabeError, KonfigError
from sozmon.model import Stufe
from sozmon.quellen.gebietsaenderungen import ist_aenderungsliste, read_aenderungen
from sozmon.quellen.gv_isys import ist_register, read_register
from sozmon.raeume import Raeume, check_raeume, load_raeume, write_aenderungen, write_register
from sozmon.raeume.gliederung import load_gliederungen

# --------------------------------------------------------------------------------------------------
# Registers: reading, keeping

KOPF = [
    ["Gemeinden in Musterland nach Fläche am 31.12.2023 (Jahr)"],
    [],
    ["Satz-art", "Text-kenn-zeichen", "Amtlicher Regionalschlüssel (ARS)", "", "", "", "", "Gemeindename",
     "Fläche km2 1)", "Bevölkerung2)"],
    ["", "", "Land", "RB", "Kreis", "VB", "Gem", "", "", "insgesamt", "männlich", "weiblich", "je km2"],
    ["", "", "Gebietsstand am 31.12.2023 (Jahr)"],
    [],
]  # fmt: skip
DATEN = [
    ["10", "", "98", "", "", "", "", "Musterland"],
    ["20", "", "98", "1", "", "", "", "Bezirk Nord"],
    ["30", "", "98", "1", "2", "", "", "Region Mitte"],
    ["40", "44", "98", "1", "01", "", "", "Waldkreis"],
    ["50", "50", "98", "1", "01", "0010", "", "Ahorn, Stadt"],
    ["60", "63", "98", "1", "01", "0010", "010", "Ahorn,  Stadt", 80.11, 8000, 3900, 4100, 100],
]
FUSS = [[], ["Quelle: Verzeichnis"], ["60", "", "nicht mehr lesen"]]


def test_register_is_read_by_header_text_and_ends_at_the_footer() -> None:
    gelesen, meldungen = read_register([blatt([["Inhalt"]], "Inhalt"), blatt(KOPF + DATEN + FUSS, "Gemeinden")])
    assert (gelesen.datum, gelesen.blatt, meldungen) == ("2023-12-31", "Gemeinden", [])
    assert [(r.raum_id, r.ebene) for r in gelesen.raeume] == [
        ("98", "land"),
        ("981", "regierungsbezirk"),
        ("9812", "region"),
        ("98101", "kreis"),
        ("981010010", "verband"),
        ("98101010", "gemeinde"),
    ]
    ahorn = gelesen.raeume[-1]
    assert (ahorn.ars, ahorn.verband, ahorn.name, ahorn.zeile) == ("981010010010", "981010010", "Ahorn, Stadt", 12)
    assert (ahorn.flaeche, ahorn.einwohner, ahorn.maennlich, ahorn.weiblich) == (80.11, 8000, 3900, 4100)


def test_register_gets_back_zeros_of_number_cells_and_reads_german_text_numbers() -> None:
    zeilen = [
        [10, "", 1, "", "", "", "", "Land"],
        [40, 44, 1, 0, 1, "", "", "Kreis"],
        [50, 50, 1, 0, 1, 10, "", "Verband"],
        [60, 63, 1, 0, 1, 10, 10, "Gemeinde", "1.080,11", "8.000", "3900", "4100"],
    ]
    gelesen, meldungen = read_register([blatt(KOPF + zeilen)])
    assert [r.raum_id for r in gelesen.raeume] == ["01", "01001", "010010010", "01001010"]
    assert (gelesen.raeume[-1].flaeche, gelesen.raeume[-1].einwohner, meldungen) == (1080.11, 8000, [])


def test_register_reports_by_cell_what_is_wrong() -> None:
    falsch = [
        ["60", "63", "98", "1", "01", "0010", "010", "Ahorn, Stadt", 80.11, 8000, 3900, 4100],
        ["60", "63", "98", "1", "07", "0020", "020", "Fremd", "x", 10, 5, 6],
        ["60", "63", "98", "1", "01", "0030", "", "Ohne Schlüssel", 1, 1, 1, 0],
    ]
    _, meldungen = read_register([blatt(KOPF + DATEN + falsch, "G")])
    assert [(m.kennung, str(m.fundstelle)) for m in meldungen] == [
        ("register_wert", "G · I14"),
        ("register_schluessel", "G · C15"),
        ("register_doppelt", "G · C13"),
        ("register_luecke", "G · C14"),
        ("register_summe", "G · C14"),
    ]
    assert all("5" not in m.text or "15" in m.text for m in meldungen if m.kennung == "register_summe")


@pytest.mark.parametrize("zeilen", [[["a"]], KOPF[2:] + DATEN, [*KOPF, ["10", "", "98", "", "", "", "", "Land"]]])
def test_no_register_no_date_no_gemeinde_is_refused(zeilen: list[list[str | int | float]]) -> None:
    ohne_datum = [z if z[:3] != ["", "", "Gebietsstand am 31.12.2023 (Jahr)"] else [] for z in zeilen]
    with pytest.raises(EingabeError):
        read_register([blatt(ohne_datum)])


def test_recognition_looks_at_the_header() -> None:
    assert ist_register([blatt(KOPF)]) and not ist_aenderungsliste([blatt(KOPF)])
    assert ist_aenderungsliste([blatt(LISTE)]) and not ist_register([blatt(LISTE)])


def _ordner(tmp_path: Path, **mehr: str) -> SimpleNamespace:
    angaben = {"gebietsstand": "", "kreis": "98001"} | mehr
    return SimpleNamespace(raeume=tmp_path, **angaben)


def test_kept_registers_give_the_same_answers_as_values_in_memory(tmp_path: Path) -> None:
    write_register(tmp_path, register_2023())
    pfad = write_register(tmp_path, register_2020())
    write_aenderungen(tmp_path, liste(2021))
    assert pfad == tmp_path / "verzeichnisse" / "2020-12-31.csv"
    geladen, werte = load_raeume(_ordner(tmp_path)), land(mit_liste=False, regionen="")
    assert geladen.gebietsstand == "2023-12-31"
    assert geladen.kinder("98", "gemeinde") == werte.kinder("98", "gemeinde")
    assert geladen.strahl.listen[0].von == "2021-01-01"


def test_a_name_with_separators_survives_being_kept(tmp_path: Path) -> None:
    seltsam = 'Dorf; "Zum\n Krug", Markt'
    write_register(tmp_path, register("2023-12-31", {"98001010": 1.5}, {"98001010": seltsam}))
    raum = load_raeume(_ordner(tmp_path)).raum("98001010")
    assert raum is not None and raum.name_amtlich == 'Dorf; "Zum Krug", Markt'


@pytest.mark.parametrize("inhalt", ["", "raum_id;ars\n", "raum_id;ars;art;name;flaeche_km2\n98;98;;Land;", "\xff"])
def test_a_damaged_kept_register_is_refused(tmp_path: Path, inhalt: str) -> None:
    (tmp_path / "verzeichnisse").mkdir()
    schreibe(tmp_path / "verzeichnisse", "2023-12-31.csv", inhalt, "latin-1")
    with pytest.raises(KonfigError, match="nicht lesbar"):
        load_raeume(_ordner(tmp_path)).raum("98")


def test_a_damaged_kept_change_list_is_refused(tmp_path: Path) -> None:
    pfad = write_aenderungen(tmp_path, liste(2022, [aenderung("98001020", FUSION, "2022-01-01")]))
    pfad.write_text(pfad.read_text("utf-8").replace(";1;", ";?;"), "utf-8")
    with pytest.raises(KonfigError, match="Änderungsliste") as fehler:
        load_raeume(_ordner(tmp_path))
    assert "Zeile 2" in fehler.value.ort


# --------------------------------------------------------------------------------------------------
# Change lists

LISTE = [
    ["Gebietsänderungen vom 01.01. - 31.12.2023"],
    ["Kennziffer", "Regionaleinheit", "Abgebende Gemeinde", "", "", "", "", "", "Aufnehmende Gemeinde", "", "",
     "Wirksamkeitsdatum", ""],
    ["", "", "Amtlicher Regionalschlüssel (ARS)", "Amtlicher Gemeinde-schlüssel (AGS)", "Name", "Änderungs-art 1)",
     "Fläche qm", "Einwohner", "Amtlicher Regionalschlüssel (ARS)", "Amtlicher Gemeinde-schlüssel (AGS)", "Name",
     "juristisch", "statistisch"],
    [],
    ["98/2023/0001-R", "Gemeindeverband", "980010020", "", "Buche", 1, "", "", "980010060", "", "Buchenhain",
     "01.01.2023", "01.01.2023"],
    ["98/2023/0001-R", "Gemeinde", "980010020020", "98001020", "Buche", 1.0, 20220000.0, 300, "980010060060",
     "98001060", "Buchenhain", "01.01.2023", "01.02.2023"],
    ["98/2023/0002-R", "Gemeinde", 10010020020, 1001020, "Alt", "3, 4", "", "", "010010030030", "01001030", "Neu",
     "01.03.2022", "01.06.2023"],
    ["98/2023/0003-R", "Gemeinde", "980010020020", "98001020", "Buche", "2", "17.000", "0", "980010060060",
     "98001060", "Buchenhain", "2023-10-01", "01.11.2023"],
    [],
    ["1) Änderungsart:"],
    ["98/2023/0009-R", "Gemeinde", "hinter dem Ende"],
]  # fmt: skip


def test_change_list_reads_kinds_dates_and_numbers_in_either_form() -> None:
    gelesen, meldungen = read_aenderungen([blatt(LISTE)])
    assert (gelesen.von, gelesen.bis, meldungen) == ("2023-01-01", "2023-12-31", [])
    assert [a.arten for a in gelesen.aenderungen] == [(1,), (1,), (3, 4), (2,)]
    assert [a.einheit for a in gelesen.aenderungen] == ["Gemeindeverband", "Gemeinde", "Gemeinde", "Gemeinde"]
    _, zweite, dritte, vierte = gelesen.aenderungen
    assert (zweite.flaeche, zweite.einwohner, zweite.juristisch, zweite.statistisch) == (
        20220000.0,
        300.0,
        "2023-01-01",
        "2023-02-01",
    )
    assert (dritte.ars_alt, dritte.ags_alt, dritte.flaeche) == ("010010020020", "01001020", None)
    assert (vierte.flaeche, vierte.zieht_um, zweite.zieht_um) == (17000.0, False, True)


def test_change_list_reports_rows_it_cannot_read() -> None:
    zeilen = [list(z) for z in LISTE[:5]]
    zeilen += [
        [*LISTE[5][:5], "7", *LISTE[5][6:]],
        [*LISTE[5][:12], "irgendwann"],
        [*LISTE[5][:3], "9800102", *LISTE[5][4:]],
    ]
    zeilen += [[*LISTE[5][:12], "01.02.2024"]]
    gelesen, meldungen = read_aenderungen([blatt(zeilen, "L")])
    assert [(m.kennung, m.fundstelle.zelle) for m in meldungen] == [
        ("gebietsaenderung", "F6"),
        ("gebietsaenderung", "M7"),
        ("gebietsaenderung", "D8"),
        ("gebietsaenderung_zeitraum", "M9"),
    ]
    assert len(gelesen.aenderungen) == 2


@pytest.mark.parametrize("zeilen", [[["a"]], [["Liste"], *LISTE[1:]]])
def test_no_change_list_or_no_period_is_refused(zeilen: list[list[str | int | float]]) -> None:
    with pytest.raises(EingabeError):
        read_aenderungen([blatt(zeilen)])


# --------------------------------------------------------------------------------------------------
# Räume and their hierarchy


def _ids(raeume: object) -> list[str]:
    return [r.raum_id for r in raeume]  # type: ignore[attr-defined]


def test_children_are_sorted_as_germans_sort_and_forests_are_no_gemeinden() -> None:
    r = land()
    assert [k.name for k in r.kinder("98001", "gemeinde")] == ["Ahorn", "Ährenfeld", "Buchenhain", "Erle"]
    assert "98001900" in _ids(r.kinder("98001", "gemeinde", unbewohnt=True))
    assert [k.name for k in r.kinder("98001", "gemeinde", "2020-12-31")] == [
        "Ahorn",
        "Ährenfeld",
        "Buche",
        "Eiche",
        "Erle",
    ]
    assert _ids(r.kinder("98001", "regionen")) == ["R1", "R2", "R10"]
    assert _ids(r.kinder("R2", "gemeinde")) == [FUSION, "98001040"]
    assert _ids(r.kinder("R2", "gemeinde", "2021-12-31")) == ["98001020", "98001030", "98001040"]
    assert _ids(r.kinder("DG", "land")) == ["98"] and _ids(r.kinder("98", "kreis")) == ["98002", "98001"]
    assert _ids(r.kinder("98", "regionen")) == ["R1", "R2", "R10"] and r.kinder("98002", "regionen") == ()
    assert _ids(r.kinder("980015001", "gemeinde")) == ["98001050", "98001040"]
    assert "980015001" in _ids(r.kinder("98001", "verband"))
    assert r.kinder("98001010", "kreis") == () and _ids(r.kinder("98001", "kreis")) == ["98001"]


def test_a_raum_knows_its_parents_area_and_validity() -> None:
    r = land()
    neu, alt, region = r.raum(FUSION), r.raum("98001020"), r.raum("R2")
    assert neu and alt and region
    assert (neu.gueltig_ab, neu.gueltig_bis) == ("2022-01-01", "")
    assert (alt.gueltig_ab, alt.gueltig_bis) == ("", "2021-12-31")
    assert (alt.kreis, alt.land, alt.verband, alt.ars) == ("98001", "98", "980010020", "980010020020")
    assert (region.ebene, region.kreis, region.flaeche_km2) == ("regionen", "98001", round(20.22 + 30.33 + 7.44, 2))
    assert r.raum("12345678") is None


def test_without_change_lists_validity_is_what_registers_prove() -> None:
    r = land(mit_liste=False)
    neu, alt = r.raum(FUSION), r.raum("98001020")
    assert neu and alt
    assert (neu.gueltig_ab, alt.gueltig_bis) == ("2023-12-31", "2020-12-31")


def test_verbaende_follow_their_gemeinden_through_time() -> None:
    r = land()
    assert r.existiert("980010020", "2021-12-31") is True
    assert r.existiert("980010020", "2022-01-01") is False
    assert r.existiert(f"98001{'0060'}", "2021-12-31") is False
    assert "980010030" in _ids(r.kinder("98001", "verband", "2021-06-30"))


@pytest.mark.parametrize(
    ("raum_id", "datum", "mit_liste", "ohne_liste"),
    [
        (FUSION, "2020-12-31", False, False),
        (FUSION, "2021-12-31", False, None),
        (FUSION, "2022-01-01", True, None),
        (FUSION, "2023-12-31", True, True),
        (FUSION, "2025-01-01", True, True),
        (FUSION, "2015-01-01", False, False),
        ("98001020", "2015-01-01", None, None),
        ("98001020", "2021-12-31", True, None),
        ("98001020", "2022-06-30", False, None),
        ("98001020", "2024-06-30", False, False),
        ("98001010", "2022-06-30", True, True),
        ("98001010", "2015-01-01", None, None),
        ("98001", "2022-06-30", True, True),
        ("98001999", "2020-12-31", False, False),
        ("98001999", "2022-05-05", False, None),
        ("DG", "1999-01-01", True, True),
        ("R1", "2014-12-31", False, False),
        ("R1", "2020-12-31", True, True),
    ],
)
def test_existence(raum_id: str, datum: str, mit_liste: bool | None, ohne_liste: bool | None) -> None:
    assert land().existiert(raum_id, datum) is mit_liste
    assert land(mit_liste=False).existiert(raum_id, datum) is ohne_liste


def test_without_a_register_little_is_known_but_nothing_breaks() -> None:
    r = Raeume(kreis="98001")
    assert r.gebietsstand == "" and r.existiert("98001010", "2020-12-31") is None
    raum = r.raum("98001")
    assert raum is not None and raum.ebene == "kreis" and r.raum("98001010") is None
    assert r.erwartet("98001", "2020-12-31") is None and "kein Gemeindeverzeichnis" in r.hindernis(
        "98001", "2020-12-31"
    )
    assert r.zuordnung(["98001"], ["2020-12-31"]) == () and r.kinder("98001", "gemeinde") == ()
    with pytest.raises(AufrufError, match="98001010") as fehler:
        r.auswahl("98001010")
    assert "noch kein Gemeindeverzeichnis" in fehler.value.grund
    assert [m.kennung for m in check_raeume(r)] == ["raeume_kein_register"]


# --------------------------------------------------------------------------------------------------
# -r


@pytest.mark.parametrize(
    ("wort", "ids"),
    [
        ("98001", ["98001"]),
        ("DG", ["DG"]),
        ("R2", ["R2"]),
        ("regionen:R2", ["R2"]),
        ("98001/gemeinde", ["98001010", "98001050", FUSION, "98001040"]),
        ("98001/regionen", ["R1", "R2", "R10"]),
        ("R2/gemeinde", [FUSION, "98001040"]),
        ("Ahorn", ["98001010"]),
        ("ahorn, stadt", ["98001010"]),
        ("Heide/Berg", ["98002020"]),
        ("Heide/Berg/gemeinde", ["98002020"]),
        ("Eiche", ["98001030"]),
        ("Waldkreis", ["98001"]),
        ("Wald", ["R2"]),
    ],
)
def test_selection(wort: str, ids: list[str]) -> None:
    assert _ids(land().auswahl(wort)) == ids


def test_selection_with_a_default_ebene() -> None:
    assert _ids(land().auswahl("98001", "regionen")) == ["R1", "R2", "R10"]


@pytest.mark.parametrize(
    ("wort", "hinweis"),
    [
        ("R22", "R2 (Wald, regionen)"),
        ("Ahron", "98001010 (Ahorn, gemeinde)"),
        ("98001011", "98001010"),
        ("98001/gemeinden", "gemeinde"),
        ("98001/region-en", "regionen"),
        ("", "sozmon raeume"),
    ],
)
def test_wrong_selection_suggests(wort: str, hinweis: str) -> None:
    with pytest.raises(AufrufError) as fehler:
        land().auswahl(wort)
    assert hinweis in fehler.value.abhilfe


def test_ambiguous_ids_and_names_list_their_candidates() -> None:
    zweite = gliederung("raum_id;raum;gemeinde\nR2;Süd;98001010\n98002;Quer;98001050", "bezirke")
    r = Raeume.aus_werten([register_2023()], [], [gliederung(REGIONEN), zweite], kreis="98001")
    with pytest.raises(AufrufError, match="nicht eindeutig") as fehler:
        r.auswahl("R2")
    assert "bezirke:R2 (Süd, bezirke), regionen:R2 (Wald, regionen)" in fehler.value.grund
    assert _ids(r.auswahl("bezirke:R2")) == ["bezirke:R2"] and _ids(r.kinder("98001", "bezirke")) == [
        "bezirke:98002",
        "bezirke:R2",
    ]
    assert _ids(r.auswahl("98002")) == ["98002"] and r.auswahl("98002")[0].ebene == "kreis"
    assert r.erwartet("bezirke:R2", "2023-12-31") == {"98001010"}
    assert r.aufloesen("bezirke:R2", "", "2023-12-31").raum_id == "bezirke:R2"
    fremd = Raeume.aus_werten([register_2020()])
    with pytest.raises(AufrufError, match="nicht eindeutig"):
        fremd.auswahl("Buche")
    assert "raeume_kennung_mehrfach" in [m.kennung for m in check_raeume(r)]


# --------------------------------------------------------------------------------------------------
# Keys


@pytest.mark.parametrize(
    ("schluessel", "art", "raum_id", "ebene", "wie"),
    [
        ("98001010", "ags", "98001010", "gemeinde", "sicher"),
        ("980010010010", "ars", "98001010", "gemeinde", "sicher"),
        ("980010010010", "", "98001010", "gemeinde", "sicher"),
        ("980010010", "verband", "980010010", "verband", "sicher"),
        ("980015001", "", "980015001", "verband", "sicher"),
        ("98001001", "verband", "980015001", "verband", "sicher"),
        ("98001001", "", "980015001", "verband", "sicher"),
        ("98001", "kreis", "98001", "kreis", "sicher"),
        ("98001000", "", "98001", "kreis", "sicher"),
        ("980010000000", "ars", "98001", "kreis", "sicher"),
        ("980015001000", "ars", "980015001", "verband", "sicher"),
        ("98000000", "", "98", "land", "sicher"),
        ("98", "", "98", "land", "sicher"),
        ("DG", "", "DG", "bund", "sicher"),
        (" R2 ", "", "R2", "regionen", "sicher"),
        ("ohne_zuordnung", "", "98001_ohne_zuordnung", "ohne_zuordnung", "sicher"),
        ("98002_ohne_zuordnung", "", "98002_ohne_zuordnung", "ohne_zuordnung", "sicher"),
        ("98_ohne_zuordnung", "", "", "", "unbekannt"),
        ("98001777", "ags", "", "", "unbekannt"),
        ("980017777777", "ars", "", "", "unbekannt"),
        ("9800101", "ags", "", "", "unbekannt"),
        ("Ahorn", "", "", "", "unbekannt"),
        ("9800101٠", "ags", "", "", "unbekannt"),
        ("", "", "", "", "unbekannt"),
    ],
)
def test_keys_are_told_apart_by_the_register(schluessel: str, art: str, raum_id: str, ebene: str, wie: str) -> None:
    antwort = land().aufloesen(schluessel, art, "2023-12-31")
    assert antwort[:3] == (raum_id, ebene, wie)


def test_a_region_with_the_name_of_another_is_doubted() -> None:
    """A column of names that was sorted on its own."""
    r = Raeume.aus_werten([register_2023()], [], [gliederung(REGIONEN)], kreis="98001")
    namen = {k: r.raum(k).name for k in ("R1", "R2")}
    assert r.aufloesen("R1", "region", "2023-12-31", namen["R1"]).art == "sicher"
    assert r.aufloesen("R1", "region", "2023-12-31", "Region eins").art == "sicher"
    assert r.aufloesen("R1", "region", "2023-12-31", namen["R2"])[:3] == ("", "", "mehrdeutig")


def test_lost_zero_is_put_back_only_by_the_register() -> None:
    r = Raeume.aus_werten([_nullen("2023-12-31")])
    assert r.aufloesen("1001010", "ags", "2023-12-31")[:3] == ("01001010", "gemeinde", "repariert")
    assert "Führende Null ergänzt" in r.aufloesen("1001010", "ags", "2023-12-31").text
    assert r.aufloesen("1001", "kreis", "2023-12-31")[:3] == ("01001", "kreis", "repariert")
    assert r.aufloesen("10010010010", "ars", "2023-12-31")[:3] == ("01001010", "gemeinde", "repariert")
    assert r.aufloesen("1001011", "ags", "2023-12-31").art == "unbekannt"
    assert r.aufloesen("1001010", "ags", "2020-12-31")[:3] == ("01001010", "gemeinde", "vorlaeufig")


def _nullen(datum: str) -> object:
    from sozmon.raeume import Register, RegisterRaum

    return Register(
        datum,
        (
            RegisterRaum("01", "Land", "land", "01"),
            RegisterRaum("01001", "Kreis", "kreis", "01001"),
            RegisterRaum("010010010", "Ort", "verband", "010010010"),
            RegisterRaum("01001010", "Ort", "gemeinde", "010010010010", "63", 5.0),
        ),
    )


def test_keys_of_other_dates_are_named_as_such() -> None:
    r = land()
    frueh = r.aufloesen("98001020", "ags", "2023-12-31")
    assert frueh[:3] == ("98001020", "gemeinde", "sicher")
    assert frueh.text == f"Bestand am 31.12.2023 nicht; gültig bis 31.12.2021; Nachfolger {FUSION}."
    spaet = r.aufloesen(FUSION, "ags", "2020-12-31")
    assert spaet[:3] == (FUSION, "gemeinde", "sicher") and "gültig ab 01.01.2022" in spaet.text


def test_keys_without_a_register_of_the_date_are_provisional() -> None:
    r = land(mit_liste=False)
    assert r.aufloesen("98001010", "ags", "2015-12-31").art == "vorlaeufig"
    assert r.aufloesen("98001010", "ags", "2022-05-15").art == "sicher"
    assert r.aufloesen("98001020", "ags", "2022-05-15")[:3] == ("98001020", "gemeinde", "vorlaeufig")
    assert r.aufloesen("98001010", "ags", "2024-12-31").art == "sicher"
    assert r.aufloesen("98001070", "ags", "2024-12-31")[:3] == ("98001070", "gemeinde", "vorlaeufig")
    assert r.aufloesen("98001070", "ags", "2022-05-15").art == "unbekannt"
    assert r.aufloesen("980010070070", "ars", "2022-05-15")[:3] == ("98001070", "gemeinde", "vorlaeufig")
    leer = Raeume()
    assert leer.aufloesen("98001010", "ags", "2015-12-31")[:3] == ("98001010", "gemeinde", "vorlaeufig")
    assert leer.aufloesen("980010010", "verband", "2015-12-31")[:3] == ("980010010", "verband", "vorlaeufig")
    assert leer.aufloesen("98001", "", "2015-12-31")[:3] == ("98001", "kreis", "vorlaeufig")
    assert leer.aufloesen("123456", "ags", "2015-12-31").art == "unbekannt"


def test_a_name_that_belongs_to_another_key_makes_the_key_doubtful() -> None:
    r = land()
    assert r.aufloesen("98001010", "ags", "2023-12-31", "  Ahorn, Stadt 2)").art == "sicher"
    assert r.aufloesen("98001010", "ags", "2023-12-31", "Ahorn/Mus.").art == "sicher"
    assert r.aufloesen("98001010", "ags", "2023-12-31", "Ganz anders").art == "sicher"
    assert r.aufloesen("98001010", "ags", "2023-12-31", "AHORN").art == "sicher"
    vertauscht = r.aufloesen("98001010", "ags", "2023-12-31", "Erle")
    assert vertauscht[:3] == ("", "", "mehrdeutig") and "98001040" in vertauscht.text


def test_eight_digits_that_are_both_follow_the_hint() -> None:
    flaechen = {"98001040": 7.44, "98001001": 3.0}
    r = Raeume.aus_werten([register("2023-12-31", flaechen, {"98001001": "Ort"})])
    assert r.aufloesen("98001001", "", "2023-12-31").raum_id == "98001001"
    assert r.aufloesen("98001001", "verband", "2023-12-31").raum_id == "980015001"


# --------------------------------------------------------------------------------------------------
# Raumgliederungen

ZEILEN = (
    "raum_id;raum;gemeinde;gueltig_ab;gueltig_bis\nR1;Süd;98001010;2015-01-01;\nR2;Öst;98001020;01.02.2015;31.12.2021\n"
)


@pytest.mark.parametrize(
    ("text", "kodierung"),
    [
        (ZEILEN, "utf-8"),
        (ZEILEN, "utf-8-sig"),
        (ZEILEN, "cp1252"),
        (ZEILEN.replace("\n", "\r\n"), "cp1252"),
        (ZEILEN.replace(";", ","), "utf-8"),
        (ZEILEN.replace(";", "\t"), "utf-8"),
        (ZEILEN.replace("raum_id", "RAUM_ID ").replace("Süd", '"Süd"'), "utf-8"),
    ],
)
def test_zoning_files_as_people_save_them(tmp_path: Path, text: str, kodierung: str) -> None:
    schreibe(tmp_path, "Regionen.csv", text, kodierung)
    schreibe(tmp_path, "namen.csv", "schreibweise;raum_id;quelle\nA;98001010;x\n")
    (gelesen,) = load_gliederungen(tmp_path)
    assert gelesen.name == "regionen" and not gelesen.meldungen
    assert [(z.raum_id, z.raum, z.gemeinde, z.ab, z.bis) for z in gelesen.zeilen] == [
        ("R1", "Süd", "98001010", "2015-01-01", ""),
        ("R2", "Öst", "98001020", "2015-02-01", "2021-12-31"),
    ]


def test_zoning_from_excel_with_numbers_and_dates(tmp_path: Path) -> None:
    import datetime

    import openpyxl

    mappe = openpyxl.Workbook()
    mappe.active.append(["raum_id", "raum", "gemeinde", "gueltig_ab", "gueltig_bis"])
    mappe.active.append([1, "Süd", 98001010, datetime.date(2015, 1, 1), None])
    mappe.active.append([2, "Nord", 1001010, "2015-01-01", 44561])
    mappe.save(tmp_path / "bezirke.xlsx")
    (gelesen,) = load_gliederungen(tmp_path)
    assert [(z.raum_id, z.gemeinde, z.ab, z.bis, z.repariert) for z in gelesen.zeilen] == [
        ("1", "98001010", "2015-01-01", "", False),
        ("2", "01001010", "2015-01-01", "2021-12-31", True),
    ]
    r = Raeume.aus_werten([_nullen("2023-12-31")], [], [gelesen])
    assert "schluessel_repariert" in [m.kennung for m in check_raeume(r)]
    schreibe(tmp_path, "bezirke.csv", ZEILEN)
    with pytest.raises(KonfigError, match="zweimal"):
        load_gliederungen(tmp_path)


@pytest.mark.parametrize(
    ("name", "daten", "text"),
    [
        ("regionen.csv", b'raum_id;gemeinde\n"R1;98001010\n', "Anführungszeichen"),
        ("regionen.csv", b"raum_id;gemeinde\n\x00", "Nullzeichen"),
        ("regionen.csv", b"raum_id;gemeinde\nS\x81d;98001010\n", "Zeichensatz"),
        ("regionen.xlsx", b"PK\x03\x04kaputt", "XLSX"),
        ("gemeinde.csv", b"raum_id;gemeinde\n", "amtliche Ebene"),
        ("süd.csv", b"raum_id;gemeinde\n", "Kleinbuchstaben"),
    ],
)
def test_unreadable_zoning_files_are_refused(tmp_path: Path, name: str, daten: bytes, text: str) -> None:
    (tmp_path / name).write_bytes(daten)
    with pytest.raises(KonfigError) as fehler:
        load_gliederungen(tmp_path)
    assert text in fehler.value.grund


def test_unreadable_rows_are_reported_and_block_the_zoning() -> None:
    text = REGIONEN.splitlines()[0] + "\nR1;A;98001010;;\n;A;98001020;;\nR1;A;9800;;\nR1;A;98001030;gestern;\n"
    r = land(regionen=text + "R 1;A;98001040;;\nR1;A;98001050;2022-01-01;2021-01-01\n")
    zeilen = [m for m in check_raeume(r) if m.kennung == "raumgliederung_zeile"]
    assert [m.fundstelle.zelle for m in zeilen] == ["Zeile 3", "Zeile 4", "Zeile 5", "Zeile 6", "Zeile 7"]
    assert "unlesbare Zeilen" in r.hindernis("R1", "2023-12-31") and r.zuordnung(["R1"], ["2023-12-31"]) == ()


def _funde(regionen: str, **mehr: bool) -> list[tuple[str, str]]:
    return [(m.kennung, m.text) for m in check_raeume(land(regionen=regionen, **mehr)) if m.stufe is not Stufe.INFO]


def test_a_clean_zoning_has_no_findings() -> None:
    assert _funde(REGIONEN) == [] and _funde(REGIONEN, mit_liste=False) == []


def test_an_undated_zoning_of_today_is_complete_when_predecessors_lie_in_one_region() -> None:
    text = f"raum_id;gemeinde\nR1;98001010\nR2;{FUSION}\nR2;98001040\nR10;98001050"
    assert _funde(text) == [] and _funde(text, mit_liste=False) == []


def test_gaps_name_the_row_to_add() -> None:
    ohne = REGIONEN.replace(f"R2;Wald;{FUSION};2022-01-01;\n", "")
    r = land(regionen=ohne)
    luecke = next(m for m in check_raeume(r) if m.kennung == "raumgliederung_luecke")
    assert luecke.stufe is Stufe.FEHLER and "Buchenhain (98001060) liegt in keinem Raum" in luecke.text
    assert luecke.abhilfe == "Zeile ergänzen: R2;Wald;98001060;2022-01-01;"
    assert "Nachfolger von Buche" in r.hindernis("R2", "2020-12-31") and r.hindernis("R1", "2020-12-31") == ""


def test_overlaps_are_errors_and_block_both_regions() -> None:
    r = land(regionen=REGIONEN + "R1;Stadt;98001040;2020-01-01;\n")
    fund = next(m for m in check_raeume(r) if m.kennung == "raumgliederung_ueberschneidung")
    assert fund.stufe is Stufe.FEHLER and "Erle (98001040) liegt zugleich in R1 und R2" in fund.text
    assert r.hindernis("R1", "2023-12-31") and r.hindernis("R2", "2023-12-31") and not r.hindernis("R10", "2023-12-31")


def test_left_out_on_purpose_is_no_gap() -> None:
    text = REGIONEN.replace("R10;Felder;98001050", "ohne_zuordnung;;98001050")
    assert _funde(text) == []
    r = land(regionen=text)
    assert _ids(r.kinder("98001", "regionen")) == ["R1", "R2"] and len(r.erwartet("98001", "2023-12-31") or ()) == 4


def test_unknown_and_outlived_rows_are_reported() -> None:
    text = REGIONEN.replace("R1;Stadt;98001010", "R1;Stadt;98001011").replace(
        "98001020;2015-01-01;2021-12-31", "98001020;2015-01-01;"
    )
    kennungen = {k for k, _ in _funde(text)}
    assert {"raumgliederung_gemeinde_unbekannt", "raumgliederung_abgelaufen", "raumgliederung_luecke"} == kennungen
    assert land(regionen=text).kinder("R2", "gemeinde") == land().kinder("R2", "gemeinde")


def test_a_repeated_row_is_reported() -> None:
    assert ("raumgliederung_doppelt", "Die Zeile R1;98001010 steht doppelt.") in _funde(
        REGIONEN + "R1;Stadt;98001010;2015-01-01;\n"
    )


def test_an_area_that_changed_without_a_listed_change_is_told() -> None:
    anders = register("2023-12-31", {g: f + (3 if g == "98001010" else 0) for g, f in FLAECHEN.items()})
    r = Raeume.aus_werten([register_2020(), anders], [], [], kreis="98001")
    (fund,) = [m for m in check_raeume(r) if m.kennung == "raeume_flaeche_geaendert"]
    assert "Ahorn" in fund.text and "80,11 km²" in fund.text and "83,11 km²" in fund.text


def test_many_missing_gemeinden_are_one_finding() -> None:
    flaechen = {f"98001{n:03}": 1.0 for n in range(100, 130)}
    namen = {g: f"Ort {g}" for g in flaechen}
    teil = gliederung("raum_id;gemeinde\nR1;98001100")
    r = Raeume.aus_werten([register("2023-12-31", flaechen, namen)], [], [teil])
    (fund,) = [m for m in check_raeume(r) if m.kennung == "raumgliederung_luecke"]
    assert fund.anzahl == 29 and fund.text.startswith("29 Gemeinden")


def test_project_settings_that_no_register_supports() -> None:
    r = Raeume.aus_werten([register_2023()], gebietsstand="2024-12-31", kreis="97001")
    assert {m.kennung for m in check_raeume(r)} == {"raeume_kreis_unbekannt", "raeume_gebietsstand"}
    assert r.existiert("98001010", "2024-12-31") is True


def test_ohne_zuordnung_counts_in_its_kreis_only() -> None:
    r = land()
    zeilen = r.zuordnung(["98001", "98002", "R1"], ["2023-12-31"], auch=("ohne_zuordnung",))
    paare = [(z.raum_alt, z.raum_neu) for z in zeilen if "ohne_zuordnung" in z.raum_alt]
    assert paare == [("98001_ohne_zuordnung", "98001"), ("98002_ohne_zuordnung", "98002")]
    assert not [z for z in r.zuordnung(["98001"], ["2023-12-31"]) if "ohne_zuordnung" in z.raum_alt]
    assert r.raum("98001_ohne_zuordnung").name == "ohne Zuordnung"
    assert [x.raum_id for x in r.auswahl("98001/ohne_zuordnung")] == ["98001_ohne_zuordnung"]
    assert [x.raum_id for x in r.auswahl("ohne_zuordnung")] == ["98001_ohne_zuordnung"]
    assert r.kinder("R1", "ohne_zuordnung") == ()


def test_uninhabited_areas_count_for_areas_only() -> None:
    r = land()
    assert "98001900" not in (r.erwartet("98001", "2023-12-31") or ())
    mit = {z.raum_alt for z in r.zuordnung(["98001"], ["2023-12-31"], auch=("unbewohnt",))}
    assert "98001900" in mit and r.erwartet("98001900", "2023-12-31") == {"98001900"}
