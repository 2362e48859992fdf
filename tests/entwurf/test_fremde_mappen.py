"""Drafts of files that another hand has invented: those of the suppliers with shipped Quellen, drafted from nothing."""

from __future__ import annotations

import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from planer import JA, beantworte

sys.path.insert(0, str(Path(__file__).parents[1] / "lieferanten"))
import lieferantenmappen as mappen
import lieferantentexte as texte
from lieferantenhilfe import GEMEINDEN, KREIS, Fakt

from sozmon.bestand import Bestand
from sozmon.projekt import create_projekt, load_projekt
from sozmon.raeume import Register, RegisterRaum, write_register

ZEICHEN: dict[str, str | None] = {
    "geheime Zahlen": JA,
    "bedeutet „*“": JA,
    "bedeutet „-“": JA,
    "bedeutet „–“": JA,
    "bedeutet „x“": JA,
    "bedeutet „...“": JA,
    "bedeutet „.“": "nicht_geliefert",
    "bedeutet „k. A.“": JA,
    "bedeutet der Buchstabe": JA,
    "Summe des eigenen Kreises": JA,
    "in keiner Gemeinde": JA,
    "Welche Stelle": "Ein Amt",
}
"""What holds in all of these files."""
FAELLE: dict[str, tuple[str, Callable[[Path], list[Fakt]], dict[str, str | None]]] = {
    "arbeitslose": (
        "Arbeitslose_301234.xlsx",
        mappen.ba_arbeitslose,
        {"Zeitpunkt ist es": JA, "Rechtskreis SGB II": "arbeitslose_sgb2", "Bestand an Arbeitslosen / I": "arbeitslose",
         "Arbeitslosen / 15": "arbeitslose", "Arbeitslosen / Aus": "arbeitslose"},
    ),
    "wanderung": (
        "12711-089M.xlsx",
        mappen.landesamt,
        {"Zeitpunkt der Werte": JA, "Zeitpunkt ist es": JA, "bedeutet „.“": JA},
    ),
    "pivot": (
        "Grundsicherung.xlsx",
        mappen.sozialamt_pivot,
        {"Zeilen übergangen": JA, "2022-12-31": "grundsicherung_alter_empfaenger",
         "31.12.2022": "grundsicherung_erwerbsminderung_empfaenger"},
    ),
    "wohngeld": ("Wohngeld.xlsx", mappen.wohngeldstelle, {"Spalte „Insgesamt“": "wohngeldhaushalte"}),
    "beratung": ("Anlage 2.xlsx", mappen.traegerbericht, {"„Beratene Haushalte“": "schuldnerberatung_haushalte"}),
    "bundestag": (
        "btw25.csv",
        texte.wahlleiter,
        {"„Wahlbezirke“": "", "„Wahlberechtigte“": JA, "„Wähler“": "waehler"},
    ),
    "untersuchung": (
        "SAU.xlsx",
        mappen.schulaufnahme,
        {"„untersuchte Kinder“": "einschulung_untersuchte", "„Sprache auffällig“": "einschulung_sprache",
         "„Übergewicht“": "einschulung_uebergewicht"},
    ),
}  # fmt: skip


@pytest.fixture(scope="module")
def kreisprojekt(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The Kreis of those files, with the spellings that a person has confirmed."""
    ordner = tmp_path_factory.mktemp("mappen") / "projekt"
    projekt = create_projekt(ordner, kreis=KREIS, beispiel=False)
    raeume = [("99", "Probeland", "land"), (KREIS, "Probekreis", "kreis")]
    raeume += [(k, n, "gemeinde") for k, n in GEMEINDEN.items()]
    for tag in ("2010-12-31", "2025-12-31"):
        eintraege = tuple(RegisterRaum(i, n, e, i, "", 10.0, 100.0) for i, n, e in raeume)
        write_register(projekt.raeume, Register(tag, eintraege))
    namen = "".join(f"{n};{k};\n" for k, n in GEMEINDEN.items())
    (projekt.raeume / "namen.csv").write_text(f"schreibweise;raum_id;quelle\n{namen}", encoding="utf-8")
    return ordner


@pytest.mark.parametrize("name", FAELLE)
def test_drafted_and_answered(name: str, kreisprojekt: Path, tmp_path: Path, sozmon: Callable[..., Any]) -> None:
    datei, erzeuge, antworten = FAELLE[name]
    fakten = erzeuge(tmp_path / datei)
    quelle = kreisprojekt / "indikatoren" / "quellen" / f"{name}.toml"
    entwurf = sozmon("--projekt", kreisprojekt, "quelle", "entwerfen", tmp_path / datei, "-o", quelle)
    assert entwurf.code == 0, entwurf.err
    beantworte(quelle, {**ZEICHEN, **antworten})
    stand = ["--stand", "2025-06-01"] if "--stand" in quelle.read_text("utf-8") else []
    lauf = sozmon("--projekt", kreisprojekt, "import", "--quelle", name, *stand, tmp_path / datei)
    assert lauf.code == 0, lauf.err
    zeilen = Bestand(load_projekt(kreisprojekt).bestand).sql(
        f"SELECT raum_id, zeit, merkmal, auspraegung, wert, status, kennzeichen FROM merkmalswerte "
        f"WHERE quelle = '{name}'"
    )
    gelesen = {
        (z["raum_id"], z["zeit"], z["merkmal"], z["auspraegung"]): (z["wert"], z["status"], z["kennzeichen"])
        for z in zeilen
    }
    assert gelesen == {f.schluessel: f.inhalt for f in fakten}
