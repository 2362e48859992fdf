"""Draft → answers → import, for four suppliers: what arrives is exactly what the generator wrote into the file."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Callable
from pathlib import Path
from typing import Any

import lieferdateien
import pytest
from lieferdateien import Fakt, Wert
from planer import JA, beantworte

from sozmon.bestand import Bestand
from sozmon.katalogfragen import load_fragen
from sozmon.projekt import load_projekt

FAELLE: dict[str, tuple[Callable[[Path], dict[Fakt, Wert]], str, dict[str, str | None], int]] = {
    "arbeitsagentur": (
        lieferdateien.arbeitsagentur,
        "Beschaeftigte.xlsx",
        {"geheime Zahlen": JA, "bedeutet „*“": JA, "bedeutet „-“": JA},
        3,
    ),
    "landesamt": (
        lieferdateien.landesamt,
        "Bevoelkerung.xlsx",
        {"geheime Zahlen": JA, "bedeutet „.“": "nicht_geliefert"},
        2,
    ),
    "wahlleiter": (
        lieferdateien.wahlleiter,
        "Kreistagswahl.csv",
        {"Zeitpunkt": JA, "Spalte „Wahlberechtigte“": JA, "Spalte „Wähler“": "waehler"},
        3,
    ),
    "grundsicherung_pivot": (
        lieferdateien.sozialamt,
        "Pivot.xlsx",
        {
            "Welche Stelle": "Sozialamt",
            "geheime Zahlen": JA,
            "bedeutet „*“": JA,
            "Summe des eigenen Kreises": JA,
            "in keiner Gemeinde": JA,
            "Welches Merkmal": "grundsicherung_alter_empfaenger",
        },
        6,
    ),
}


def gespeichert(projekt: Path) -> dict[Fakt, Wert]:
    """What the store holds: number, or status where a sign stands for it."""
    zeilen = Bestand(load_projekt(projekt).bestand).sql(
        "SELECT raum_id, zeit, merkmal, auspraegung, wert, status FROM merkmalswerte"
    )
    return {
        (z["raum_id"], z["zeit"], z["merkmal"], z["auspraegung"]): z["wert"] if z["status"] == "wert" else z["status"]
        for z in zeilen
    }


def bestaetige_namen(entwurf: str, projekt: Path) -> None:
    """The planner checks the lines that the draft proposes for namen.csv and copies them."""
    zeilen = re.findall(r"^#   ([^;\n]+;\d+;)$", entwurf, re.M)
    if zeilen:
        (projekt / "raeume" / "namen.csv").write_text("\n".join(["schreibweise;raum_id;quelle", *zeilen, ""]), "utf-8")


@pytest.mark.parametrize("name", FAELLE)
def test_a_planner_only_answers_questions(name: str, projekt: Path, tmp_path: Path, sozmon: Callable[..., Any]) -> None:
    erzeuge, dateiname, antworten, anzahl = FAELLE[name]
    datei, quelle = tmp_path / dateiname, projekt / "indikatoren" / "quellen" / f"{name}.toml"
    fakten = erzeuge(datei)
    entwurf = sozmon("--projekt", projekt, "quelle", "entwerfen", datei, "-o", quelle)
    assert entwurf.code == 0, entwurf.err
    assert f"{anzahl} FRAGEN sind zu beantworten." in entwurf.err
    bekannt = re.search(r"(\d) von (\d) (Schlüsseln|Namen) im Projekt bekannt", entwurf.err)
    assert bekannt and bekannt[1] == bekannt[2], entwurf.err
    text = quelle.read_text("utf-8")
    assert tomllib.loads(text)["form"] == "tabelle", "loads at once"

    offen = sozmon("--projekt", projekt, "quelle", "pruefen", name, datei)
    assert offen.code == 3 and f"Noch {anzahl} Fragen offen" in offen.out, offen.out + offen.err
    assert "???" not in offen.err, "what is undecided is no finding about data"
    abgelehnt = sozmon("--projekt", projekt, "import", datei)
    assert abgelehnt.code == 4 and f"noch {anzahl} Fragen offen: Zeile" in abgelehnt.err
    assert not gespeichert(projekt)

    assert beantworte(quelle, antworten) == anzahl
    assert load_fragen(quelle) == []
    bestaetige_namen(text, projekt)
    geprueft = sozmon("--projekt", projekt, "quelle", "pruefen", datei)
    assert geprueft.code == 0, geprueft.out + geprueft.err
    assert f"Werte: {len(fakten)}" in geprueft.out and not gespeichert(projekt)
    eingelesen = sozmon("--projekt", projekt, "import", datei)
    assert eingelesen.code == 0, eingelesen.err
    assert gespeichert(projekt) == fakten


def test_the_next_delivery_needs_no_new_draft(projekt: Path, tmp_path: Path, sozmon: Callable[..., Any]) -> None:
    """Another year in the heads, one lead row more: recognised and read by the same Quelle."""
    erzeuge, _, antworten, _ = FAELLE["arbeitsagentur"]
    quelle = projekt / "indikatoren" / "quellen" / "beschaeftigte.toml"
    erzeuge(tmp_path / "alt.xlsx")
    sozmon("--projekt", projekt, "quelle", "entwerfen", tmp_path / "alt.xlsx", "-o", quelle)
    beantworte(quelle, antworten)
    fakten = lieferdateien.arbeitsagentur(tmp_path / "neu.xlsx", jahr=2024, vorzeilen=13)
    lauf = sozmon("--projekt", projekt, "import", tmp_path / "neu.xlsx")
    assert lauf.code == 0, lauf.err
    assert gespeichert(projekt) == fakten and {zeit for _, zeit, _, _ in fakten} == {"2023-06-30", "2024-06-30"}


def test_an_undecided_sign_stays_undecided(projekt: Path, tmp_path: Path, sozmon: Callable[..., Any]) -> None:
    """Deleting the proposal is an answer too: then the sign is unknown, said so, and nothing is read."""
    erzeuge, _, antworten, _ = FAELLE["landesamt"]
    datei, quelle = tmp_path / "Bevoelkerung.xlsx", projekt / "indikatoren" / "quellen" / "landesamt.toml"
    erzeuge(datei)
    sozmon("--projekt", projekt, "quelle", "entwerfen", datei, "-o", quelle)
    zeilen = quelle.read_text("utf-8").splitlines()
    quelle.write_text("\n".join(z for z in zeilen if not z.startswith('#? "."')), "utf-8")
    assert beantworte(quelle, antworten) == 1
    lauf = sozmon("--projekt", projekt, "quelle", "pruefen", "landesamt", datei)
    assert lauf.code == 3 and re.search(r"„\.“ +1 +offen", lauf.out), lauf.out
    assert "das Zeichen „.“ ist in der Quelle nicht erklärt" in lauf.err
    assert sozmon("--projekt", projekt, "import", datei).code == 4 and not gespeichert(projekt)
