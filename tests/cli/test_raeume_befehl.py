"""``sozmon raeume``: what people see of the territory."""

from __future__ import annotations

import csv
import io
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from sozmon.projekt import create_projekt
from sozmon.raeume import Aenderung, Aenderungsliste, Register, RegisterRaum, write_aenderungen, write_register

NEU, ALT_A, ALT_B, BLEIBT = "98001060", "98001020", "98001030", "98001010"


def _register(datum: str, gemeinden: dict[str, tuple[str, float]]) -> Register:
    raeume = [RegisterRaum("98", "Musterland", "land", "98"), RegisterRaum("98001", "Waldkreis", "kreis", "98001")]
    for g, (name, flaeche) in gemeinden.items():
        verband = f"{g[:5]}0{g[5:]}"
        raeume += [
            RegisterRaum(verband, name, "verband", verband),
            RegisterRaum(g, name, "gemeinde", verband + g[5:], "64", flaeche),
        ]
    return Register(datum, tuple(raeume))


@pytest.fixture
def projekt(tmp_path: Path) -> Path:
    ordner = tmp_path / "p"
    projekt = create_projekt(ordner, kreis="98001")
    vorher = {BLEIBT: ("Ahorn, Stadt", 80.11), ALT_A: ("Buche", 20.22), ALT_B: ("Eiche", 30.33)}
    write_register(projekt.raeume, _register("2021-12-31", vorher))
    nachher = {BLEIBT: ("Ahorn, Stadt", 80.11), NEU: ("Buchenhain", 50.55)}
    write_register(projekt.raeume, _register("2023-12-31", nachher))
    zeilen = [
        f"R1;Stadt;{BLEIBT};;",
        f"R2;Wald;{ALT_A};;2021-12-31",
        f"R2;Wald;{ALT_B};;2021-12-31",
        f"R2;Wald;{NEU};2022-01-01;",
    ]
    kopf = "raum_id;raum;gemeinde;gueltig_ab;gueltig_bis"
    (projekt.raeume / "regionen.csv").write_text("\n".join([kopf, *zeilen, ""]), "utf-8")
    return ordner


def _liste(ordner: Path) -> None:
    aenderungen = [
        Aenderung(
            "98/2022/1", "Gemeinde", (1,), f"980010{g[5:]}{g[5:]}", g, n, "980010060060", NEU, "Buchenhain",
            "2022-01-01", "2022-01-01", f,
        )
        for g, n, f in ((ALT_A, "Buche", 20.22e6), (ALT_B, "Eiche", 30.33e6))
    ]  # fmt: skip
    write_aenderungen(ordner / "raeume", Aenderungsliste("2022-01-01", "2023-12-31", tuple(aenderungen)))


def _zeilen(text: str) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(text)))


def test_list_shows_kreis_regions_and_gemeinden(sozmon: Callable[..., Any], projekt: Path) -> None:
    lauf = sozmon("--projekt", projekt, "raeume", "--format", "csv")
    assert [z["raum_id"] for z in _zeilen(lauf.out)] == ["98001", "R1", "R2", BLEIBT, NEU] and lauf.code == 0
    lauf = sozmon("--projekt", projekt, "raeume", "--ebene", "gemeinde", "--stand", "31.12.2021", "--format", "csv")
    assert [z["raum"] for z in _zeilen(lauf.out)] == ["Ahorn", "Buche", "Eiche"]
    lauf = sozmon("--projekt", projekt, "raeume", "-r", "R2,Ahorn", "--format", "csv")
    assert [z["raum_id"] for z in _zeilen(lauf.out)] == ["R2", BLEIBT]


def test_show_tells_where_a_gemeinde_came_from(sozmon: Callable[..., Any], projekt: Path) -> None:
    lauf = sozmon("--projekt", projekt, "raeume", "zeige", "Buchenhain")
    assert lauf.code == 0 and "31.12.2021: Buche (98001020), Eiche (98001030) (exakt)" in lauf.out
    _liste(projekt)
    lauf = sozmon("--projekt", projekt, "raeume", "zeige", ALT_A)
    assert "bis 31.12.2021" in lauf.out and "Buchenhain (98001060)" in lauf.out and "Wald (R2)" in lauf.out
    lauf = sozmon("--projekt", projekt, "raeume", "zeige", "Ahron")
    assert lauf.code == 2 and "98001010" in lauf.err


def test_check_reports_what_was_inferred_and_gaps(sozmon: Callable[..., Any], projekt: Path) -> None:
    lauf = sozmon("--projekt", projekt, "raeume", "pruefen")
    assert lauf.code == 0 and "aus zwei Gemeindeverzeichnissen erschlossen" in lauf.err
    assert "Gemeindeverzeichnisse: 2, Änderungslisten: 0, Raumgliederungen: 1. Keine Mängel." in lauf.out
    tabelle = projekt / "raeume" / "regionen.csv"
    tabelle.write_text(tabelle.read_text("utf-8").replace(f"R1;Stadt;{BLEIBT};;\n", ""), "utf-8")
    lauf = sozmon("--projekt", projekt, "raeume", "pruefen")
    assert lauf.code == 3 and "Ahorn (98001010) liegt in keinem Raum" in lauf.err


def test_unknown_ebene_and_date_are_wrong_calls(sozmon: Callable[..., Any], projekt: Path) -> None:
    assert sozmon("--projekt", projekt, "raeume", "--ebene", "gemeinden").code == 2
    assert sozmon("--projekt", projekt, "raeume", "--stand", "gestern").code == 2
