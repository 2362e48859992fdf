"""A draft of a real workbook reads what the Quelle reads that a person has written for it."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

from sozmon.dateien import open_datei
from sozmon.definition import load_toml
from sozmon.einlesen import Lesung
from sozmon.entwurf import Raumkenner, entwirf
from sozmon.katalog import load_katalog
from sozmon.katalogfragen import load_fragen
from sozmon.quellen.gitter import read_gitter
from sozmon.quellen.gv_isys import read_register
from sozmon.quellen.leser import Leser
from sozmon.quellenpruefung import load_quelle, run_quellenpruefung
from sozmon.raeume import Raeume

sys.path.insert(0, str(Path(__file__).parents[1] / "entwurf"))
from planer import JA, beantworte

pytestmark = pytest.mark.realdaten
MAPPE, BLATT, KREIS = "wahlen/Gemeinderatswahl_Sachsen_2024.xlsx", "GR24_EE_KS_GE", "14522"


def werte(lesung: Lesung) -> dict[tuple[str, ...], float]:
    """Values of the Gemeinden by Raum, time, Merkmal and Ausprägung."""
    return {
        (z["raum_id"], z["zeit"], z["merkmal"], z["auspraegung"]): z["wert"]
        for z in lesung.tabelle.to_pylist()
        if z["fundstelle"].startswith(BLATT)
    }


def test_a_drafted_quelle_reads_the_real_workbook(realdaten: Path, tmp_path: Path) -> None:
    katalog = load_katalog(None)
    with Leser() as leser, open_datei(str(realdaten / "gebiete/31122023_Auszug_GV.xlsx")) as verzeichnis:
        register, _ = read_register(read_gitter(verzeichnis)[0])
        kenner = Raumkenner(Raeume.aus_werten([register], kreis=KREIS), KREIS)
        with open_datei(str(realdaten / MAPPE)) as datei:
            entwurf = entwirf(leser.auszug(datei, []), datei.name, katalog, kenner, kennung="entwurf", blatt=BLATT)
            ort = tmp_path / "entwurf.toml"
            ort.write_text(entwurf.text, "utf-8")
            antworten: dict[str, str | None] = {
                "Welche Stelle": "Statistisches Landesamt",
                "Zeitpunkt der Werte": JA,
                "bedeutet „x“": JA,
                "„Wahlberechtigte“": JA,
                "„Wähler“": "waehler",
                "„Wähler_MWS“": "",
                "„Wählervereinigungen“": "",
            }
            beantworte(ort, antworten)
            assert load_fragen(ort) == []
            neu = run_quellenpruefung(leser, datei, load_quelle(ort), ort, katalog, kenner)
            von_hand = katalog.quellen["wahl_sn_gemeinderat"]
            alt = run_quellenpruefung(leser, datei, von_hand, None, katalog, kenner)
    angaben = load_toml(ort)["blaetter"][0]
    assert (angaben["schluessel"], angaben["name"]) == ("Ortnummer", "Ortname"), "not the key of the Kreis beside it"
    assert len(werte(alt.lesung)) == 836 and werte(neu.lesung) == werte(alt.lesung)
    assert neu.lesung.stand == alt.lesung.stand
