"""Names of Räume: what is proposed, what a person confirms, what is never guessed. All places are invented."""

from __future__ import annotations

from pathlib import Path

import pytest

from sozmon.errors import EingabeError
from sozmon.quellen.gitter import text_blatt
from sozmon.quellen.postleitzahl import check_plz, ist_plz
from sozmon.raeume import Raeume, Register, RegisterRaum, check_raeume
from sozmon.raeume.gliederung import parse_gliederung
from sozmon.raeume.namen import load_namen
from sozmon.raeume.namensvorschlag import (
    Namensregister,
    load_bestaetigung,
    namensform,
    render_vorschlaege,
    write_namen,
)


def raum(raum_id: str, name: str, ebene: str = "gemeinde") -> RegisterRaum:
    return RegisterRaum(raum_id, name, ebene, raum_id, "", 10.0)


ORTE = (
    raum("98", "Probeland", "land"),
    raum("98001", "Ahorn", "kreis"),
    raum("98001010", "Ahorn, Stadt"),
    raum("98001020", "Mühlbergen, Große Kreisstadt"),
    raum("98001030", "Klausnitz/Sa."),
    raum("98001040", "Neudorf (Ahorn)"),
    raum("98001050", "Neudorf bei Birken"),
    raum("98002", "Birken", "kreis"),
    raum("98002010", "Birken"),
)
REGIONEN = [["raum_id", "raum", "gemeinde"], ["R1", "Oberes Tal", "98001010"], ["R2", "Unteres Tal", "98001020"]]


@pytest.fixture
def raeume() -> Raeume:
    frueher = Register("2012-12-31", (*ORTE[:3], raum("98001090", "Altenau")))
    gliederung = parse_gliederung("regionen", REGIONEN, "regionen.csv")
    return Raeume.aus_werten([frueher, Register("2023-12-31", ORTE)], [], [gliederung], kreis="98001")


@pytest.mark.parametrize(
    ("schreibweise", "raum_id"),
    [
        ("Mühlbergen", "98001020"),
        ("MUEHLBERGEN", "98001020"),
        ("Stadt Mühlbergen", "98001020"),
        ("Große Kreisstadt Mühlbergen", "98001020"),
        ("Mu\u0308hlbergen, GKSt", "98001020"),
        ("Klausnitz", "98001030"),
        ("Klausnitz i. Sa.", "98001030"),
        ("Altenau", "98001090"),
        ("Landkreis Ahorn", "98001"),
        ("Ahorn (Landkreis)", "98001"),
        ("Stadt Ahorn", "98001010"),
        ("Oberes Tal", "R1"),
        ("R2", "R2"),
        ("Ohne Zuordnung", "98001_ohne_zuordnung"),
    ],
)
def test_a_name_of_one_raum_is_proposed(raeume: Raeume, schreibweise: str, raum_id: str) -> None:
    vorschlag = Namensregister(raeume).schlage_vor(schreibweise, "amt")
    assert vorschlag.raum is not None and vorschlag.raum.raum_id == raum_id
    assert raum_id in vorschlag.text


@pytest.mark.parametrize(
    ("schreibweise", "kandidaten"),
    [
        ("Ahorn", {"98001", "98001010"}),
        ("Mühlbergn", {"98001020"}),
        ("Neud.", {"98001040", "98001050"}),
        ("Birken", set()),
        ("Beratungsstelle Nord", set()),
    ],
)
def test_what_is_not_clear_is_never_decided(raeume: Raeume, schreibweise: str, kandidaten: set[str]) -> None:
    """Kreis and Gemeinde of one name, a misspelling, an abbreviation, a name of another Kreis, no place at all."""
    vorschlag = Namensregister(raeume).schlage_vor(schreibweise, "amt")
    assert vorschlag.raum is None
    assert {r.raum_id for r in vorschlag.kandidaten} >= kandidaten
    assert "98002010" not in {r.raum_id for r in vorschlag.kandidaten}


def test_one_form_for_all_spellings() -> None:
    assert len({namensform(n) for n in ("Groß-Ahorn, Stadt", "Gross Ahorn", "Stadt Groß\u2013Ahorn (Kr. Birken)")}) == 1
    assert namensform("Stadtroda") == "stadtroda" and namensform("Kreischa") == "kreischa"


def test_confirmed_in_one_go(raeume: Raeume, tmp_path: Path) -> None:
    """What has a key is taken over beside what stands there; what has none stays open."""
    register = Namensregister(raeume)
    (tmp_path / "namen.csv").write_text("schreibweise;raum_id;quelle\nKlausn.;98001030;amt\n", "utf-8")
    vorschlaege = [register.schlage_vor(n, "amt") for n in ("Mühlbergen", "Ahorn", "Oberes Tal")]
    datei = tmp_path / "namen_vorschlag.csv"
    datei.write_text(render_vorschlaege(vorschlaege), "utf-8")
    assert datei.read_text("utf-8").splitlines()[1] == "Mühlbergen;98001020;amt;Mühlbergen, Große Kreisstadt;"
    bestaetigung = load_bestaetigung(datei, raeume)
    assert bestaetigung.offen == ("Ahorn",)
    write_namen(tmp_path, bestaetigung.neu)
    assert load_namen(tmp_path) == {
        ("amt", "klausn."): "98001030",
        ("amt", "mühlbergen"): "98001020",
        ("amt", "oberes tal"): "R1",
    }
    raeume.namen = load_namen(tmp_path)
    assert load_bestaetigung(datei, raeume).bekannt == 2


@pytest.mark.parametrize(
    ("zeile", "grund"),
    [
        ("Ahorn;98001777;amt", "Einen Raum „98001777“ gibt es nicht"),
        ("Ahorn;98001010;amt\nAhorn;98001;amt", "schon 98001010 zugeordnet"),
        ("Klausn.;98001010;amt", "schon 98001030 zugeordnet"),
    ],
)
def test_a_wrong_key_is_refused_with_its_line(raeume: Raeume, tmp_path: Path, zeile: str, grund: str) -> None:
    raeume.namen = {("amt", "klausn."): "98001030"}
    datei = tmp_path / "namen_vorschlag.csv"
    datei.write_text(f"schreibweise;raum_id;quelle\n{zeile}\n", "utf-8")
    with pytest.raises(EingabeError) as fehler:
        load_bestaetigung(datei, raeume)
    assert grund in fehler.value.grund and f"Zeile {2 + zeile.count(chr(10))}" in fehler.value.ort


def test_lines_that_never_hold_are_told(raeume: Raeume) -> None:
    raeume.namen = {("", "ahorn"): "98001", ("Liste vom Mai", "klausn."): "98001030", ("amt", "nirgends"): "98009999"}
    funde = [m for m in check_raeume(raeume) if m.kennung.startswith("namen_")]
    assert [(m.kennung, str(m.stufe)) for m in funde] == [("namen_quelle", "warnung"), ("namen_raum", "fehler")]


def test_postcodes_are_told_by_their_head_only() -> None:
    """A Kreis has five digits, too; and a table that names Gemeinden beside the postcode can be read by them."""
    from sozmon.dateien import AblehnungError

    assert all(map(ist_plz, ("PLZ", "plz*", "Postleitzahl", "Postleitzahlen", "PLZ/Ort", "PLZ-Gebiet")))
    assert not any(map(ist_plz, ("Schlüssel", "Kreis", "Platz", "PLZahl", "Plätze", "")))
    check_plz([text_blatt([["Kreis", "Anzahl"], ["98001", "5"]])], "a.csv")
    check_plz([text_blatt([["PLZ", "Gemeinde", "Anzahl"], ["98501", "Ahorn", "5"]])], "a.csv")
    with pytest.raises(AblehnungError) as fehler:
        check_plz([text_blatt([["Beratungen"], ["PLZ", "Anzahl"], ["98501", "5"]])], "a.csv")
    assert fehler.value.art == "plz" and "je Gemeinde" in fehler.value.abhilfe
