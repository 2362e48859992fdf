"""Every supplier of chapter 5.1: its file in its real shape, read by its shipped Quelle, value for value."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator
from pathlib import Path

import lieferantenmappen as mappen
import lieferantentexte as texte
import pytest
from lieferantenhilfe import GEMEINDEN, KREIS, OHNE, Fakt
from openpyxl import load_workbook

from sozmon.dateien import open_datei
from sozmon.einlesen import Lesung, read_lieferung
from sozmon.katalog import Katalog, load_katalog
from sozmon.projekt import create_projekt, load_projekt
from sozmon.quellen.erkennung import passt_pin
from sozmon.quellen.gitter import read_gitter
from sozmon.quellen.leser import Leser
from sozmon.raeume import Raeume, Register, RegisterRaum, load_raeume, write_register

FAELLE: dict[str, tuple[str, Callable[[Path], list[Fakt]], str, set[str]]] = {
    "ba_arbeitslose": ("Arbeitslose_301234.xlsx", mappen.ba_arbeitslose, "2024-01-12", {"spalte_fehlt"}),
    "ba_arbeitslose-jd": ("Arbeitslose_JD.xlsx", mappen.ba_jahresdurchschnitt, "2024-01-12", {"spalte_fehlt"}),
    "ba_sgb2": ("Eckwerte.xlsx", mappen.ba_sgb2, "2024-04-12", set()),
    "landesamt_wanderung": ("12711-089M.xlsx", mappen.landesamt, "2024-06-07",
                            {"fussnote_am_namen", "fussnote_am_wert"}),
    "sozialamt_pivot": ("Grundsicherung.xlsx", mappen.sozialamt_pivot, "2024-02-15", set()),
    "jugendamt": ("HzE_2023.xlsx", mappen.jugendamt, "2024-01-20", set()),
    "wohngeldstelle": ("Wohngeld.xlsx", mappen.wohngeldstelle, "2024-03-01", set()),
    "schulaufnahme": ("SAU.xlsx", mappen.schulaufnahme, "2024-08-31", set()),
    "ksv_schwerbehinderte": ("KSV.xlsx", mappen.ksv, "2024-04-30", {"fussnote_am_namen", "fussnote_am_wert"}),
    "traegerbericht_schuldnerberatung": ("Anlage 2.xlsx", mappen.traegerbericht, "2024-02-28", {"fussnote_am_namen"}),
    "wahlleiter_bundestag": ("btw25.csv", texte.wahlleiter, "2025-03-05", {"kodierung_rueckfall"}),
    "melderegister_auszaehlung": ("ew2023.txt", texte.melderegister, "2024-01-09",
                                  {"kodierung_rueckfall", "zeilen_uebergangen"}),
    "kreisstatistik": ("Bergdorf.xls", texte.kreisstatistik, "2024-06-15", {"kodierung_rueckfall"}),
}  # fmt: skip
"""Quelle (-variant) → name of the file, its generator, Stand in it, Meldungen that it must cause (and no others)."""

RECHENPROBEN = {"summe_abweichend", "summe_unmoeglich", "unvollzaehlig", "teilweise_geliefert", "wert_unplausibel"}
"""The invented numbers do not add up; these checks have tests of their own."""


@pytest.fixture(scope="module")
def ordner(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A project of the invented Kreis with two registers and the spellings that a person has confirmed."""
    ziel = tmp_path_factory.mktemp("lieferanten") / "projekt"
    projekt = create_projekt(ziel, kreis=KREIS, beispiel=False)
    raeume = [RegisterRaum("99", "Probeland", "land", "99", "", 10.0, 100.0),
              RegisterRaum(KREIS, "Probekreis", "kreis", KREIS, "", 10.0, 100.0)]  # fmt: skip
    for raum_id, name in GEMEINDEN.items():
        verband = f"{raum_id[:5]}0{raum_id[5:]}"
        raeume += [RegisterRaum(verband, name, "verband", verband, "", 1.0, 10.0),
                   RegisterRaum(raum_id, name, "gemeinde", f"{verband}{raum_id[5:]}", "", 1.0, 10.0)]  # fmt: skip
    for tag in ("2010-12-31", "2024-12-31", "2025-12-31"):
        write_register(projekt.raeume, Register(tag, tuple(raeume)))
    namen = "".join(f"{n};{k};\n" for k, n in GEMEINDEN.items())
    (projekt.raeume / "namen.csv").write_text(f"schreibweise;raum_id;quelle\n{namen}", encoding="utf-8")
    return ziel


@pytest.fixture(scope="module")
def umfeld(ordner: Path) -> Iterator[tuple[Katalog, Raeume, Leser]]:
    projekt = load_projekt(ordner)
    with Leser() as kind:
        yield load_katalog(projekt), load_raeume(projekt), kind


def lies(pfad: Path, umfeld: tuple[Katalog, Raeume, Leser], kreis: str = KREIS) -> Lesung:
    katalog, raeume, kind = umfeld
    with open_datei(str(pfad)) as rohdatei:
        return read_lieferung(rohdatei, katalog, raeume, kreis=kreis, leser=kind)


@pytest.mark.parametrize("quelle", FAELLE)
def test_supplier(quelle: str, umfeld: tuple[Katalog, Raeume, Leser], tmp_path: Path) -> None:
    name, erzeuge, stand, kennungen = FAELLE[quelle]
    fakten = erzeuge(tmp_path / name)
    lesung = lies(tmp_path / name, umfeld)
    assert [(m.kennung, m.text, str(m.fundstelle)) for m in lesung.fehler] == []
    assert (lesung.quelle, lesung.stand) == (quelle.partition("-")[0], stand)
    gelesen = [m for m in lesung.meldungen if m.kennung not in RECHENPROBEN]
    assert {m.kennung for m in gelesen} == kennungen
    assert {m.stufe for m in gelesen} <= {"info"}

    zeilen = lesung.tabelle.to_pylist()
    gelesen = {
        (z["raum_id"], z["zeit"], z["merkmal"], z["auspraegung"]): (z["wert"], z["status"], z["kennzeichen"])
        for z in zeilen
    }
    assert len(gelesen) == len(zeilen), "each key once: totals and parts are not mixed"
    assert gelesen == {f.schluessel: f.inhalt for f in fakten}
    assert len(fakten) == len(zeilen)


@pytest.mark.parametrize("quelle", [q for q, (name, *_) in FAELLE.items() if name.endswith("xlsx")])
def test_one_bad_cell_refuses_the_file_at_its_address(
    quelle: str, umfeld: tuple[Katalog, Raeume, Leser], tmp_path: Path
) -> None:
    """A sign that the Quelle does not explain, in the cell that a value says it came from."""
    name, erzeuge, *_ = FAELLE[quelle]
    erzeuge(tmp_path / name)
    zeilen = lies(tmp_path / name, umfeld).tabelle.to_pylist()
    blatt, _, zelle = zeilen[len(zeilen) // 2]["fundstelle"].rpartition("!")
    mappe = load_workbook(tmp_path / name)
    mappe[blatt][zelle] = "?"
    mappe.save(tmp_path / name)
    [fehler] = lies(tmp_path / name, umfeld).fehler
    assert (fehler.kennung, fehler.fundstelle.blatt, fehler.fundstelle.zelle) == ("wert", blatt, zelle)


def test_no_supplier_file_fits_two_quellen(umfeld: tuple[Katalog, Raeume, Leser], tmp_path: Path) -> None:
    """Each declared Quelle of the catalogue takes, of all these files, its own and no other."""
    katalog, _, _ = umfeld
    passt = {}
    for quelle, (name, erzeuge, *_) in FAELLE.items():
        erzeuge(tmp_path / name)
        with open_datei(str(tmp_path / name)) as datei:
            blaetter, _ = read_gitter(datei)
        passt[quelle] = [
            q.kennung
            for q in katalog.quellen.values()
            if q.form == "tabelle" and all(passt_pin(p, blaetter) for p in q.erkennung)
        ]
    assert passt == {quelle: [quelle.partition("-")[0]] for quelle in FAELLE}


def test_the_files_show_what_they_must(tmp_path: Path) -> None:
    """The generators really contain the traps of the shapes: signs, totals, „ohne Zuordnung“, corrected values."""
    fakten = [f for name, erzeuge, *_ in FAELLE.values() for f in erzeuge(tmp_path / name)]
    status = Counter(f.status for f in fakten)
    assert set(status) == {"wert", "geheim_quelle", "null_genau", "nicht_sinnvoll", "nicht_geliefert", "folgt"}
    assert min(status.values()) >= 5
    assert sum(f.raum_id == OHNE for f in fakten) >= 20 and sum(f.raum_id == KREIS for f in fakten) >= 30
    assert [f.kennzeichen for f in fakten].count("r") == 2


def test_levels_and_hidden_range(umfeld: tuple[Katalog, Raeume, Leser], tmp_path: Path) -> None:
    """„ohne Zuordnung“ has its own Ebene; „*“ means 1 or 2; a value knows its cell."""
    mappen.ba_sgb2(tmp_path / "a.xlsx")
    zeilen = lies(tmp_path / "a.xlsx", umfeld).tabelle.to_pylist()
    assert {z["ebene"] for z in zeilen if z["raum_id"] == OHNE} == {"ohne_zuordnung"}
    assert {z["ebene"] for z in zeilen if z["raum_id"] == KREIS} == {"kreis"}
    geheim = [z for z in zeilen if z["status"] == "geheim_quelle"]
    assert geheim and {(z["wert"], z["wert_min"], z["wert_max"]) for z in geheim} == {(None, 1.0, 2.0)}
    assert {z["zeitart"] for z in zeilen} == {"stichtag"}
    erste = next(z for z in zeilen if (z["raum_id"], z["merkmal"], z["zeit"]) == ("99001010", "nef_u15", "2022-12-31"))
    assert erste["fundstelle"] == "Eckwerte!G8"


def test_annual_averages_are_what_indicators_ask_for(umfeld: tuple[Katalog, Raeume, Leser], tmp_path: Path) -> None:
    katalog, _, _ = umfeld
    mappen.ba_jahresdurchschnitt(tmp_path / "a.xlsx")
    zeilen = lies(tmp_path / "a.xlsx", umfeld).tabelle.to_pylist()
    assert {(z["zeitart"], z["zeit"]) for z in zeilen} == {("jahresmittel", "2022"), ("jahresmittel", "2023")}
    assert {t.zeitart for t in katalog.indikator("arbeitslosenanteil").zaehler} == {"jahresmittel"}
    mappen.ba_arbeitslose(tmp_path / "b.xlsx")
    assert {z["zeitart"] for z in lies(tmp_path / "b.xlsx", umfeld).tabelle.to_pylist()} == {"monat"}


def test_cells_of_a_turned_page_are_those_of_the_page(umfeld: tuple[Katalog, Raeume, Leser], tmp_path: Path) -> None:
    texte.kreisstatistik(tmp_path / "a.html")
    zeilen = lies(tmp_path / "a.html", umfeld).tabelle.to_pylist()
    flaeche = {z["raum_id"]: z["fundstelle"] for z in zeilen if z["merkmal"] == "flaeche"}
    assert flaeche == {"99001020": "Tabelle 1!B3", KREIS: "Tabelle 1!C3"}


def test_what_no_gemeinde_can_be_given_stays_in_the_kreis_of_its_key(
    umfeld: tuple[Katalog, Raeume, Leser], tmp_path: Path
) -> None:
    mappen.ba_arbeitslose(tmp_path / "a.xlsx")
    lesung = lies(tmp_path / "a.xlsx", umfeld, kreis="99002")
    assert lesung.fehler == []
    assert OHNE in {z["raum_id"] for z in lesung.tabelle.to_pylist()}
    assert "99002_ohne_zuordnung" not in {z["raum_id"] for z in lesung.tabelle.to_pylist()}


def test_the_total_of_another_kreis_is_not_ours(umfeld: tuple[Katalog, Raeume, Leser], tmp_path: Path) -> None:
    """A table of the neighbour, read in our project: its total must not become ours."""
    mappen.wohngeldstelle(tmp_path / "a.xlsx")
    lesung = lies(tmp_path / "a.xlsx", umfeld, kreis="99002")
    assert [m.kennung for m in lesung.fehler] == ["kreis_fremd", "kreis_fremd"]
    assert "99001" in lesung.fehler[0].text and "99002" in lesung.fehler[0].text
