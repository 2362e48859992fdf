"""Original files in, published figures out: the expected values stand in the README of the original files and in the
published tables named there; the rates were computed independently (ratio of sums over the workbook's own columns)."""

from __future__ import annotations

import csv
import random
from pathlib import Path
from typing import Any

import pytest

from sozmon.bestand import Bestand
from sozmon.importieren import run_import
from sozmon.indikator import Auftrag, compute_indikatoren
from sozmon.katalog import load_katalog
from sozmon.projekt import create_projekt, load_projekt
from sozmon.raeume import load_raeume
from sozmon.vergleich import compute_raenge, compute_spannweite
from sozmon.zahlen import parse_zeiten

pytestmark = [pytest.mark.realdaten, pytest.mark.xdist_group("hauptweg")]

DATEIEN = (
    "gebiete/31122021_Auszug_GV.xlsx",
    "gebiete/31122023_Auszug_GV.xlsx",
    "gebiete/Gebietsaenderungen_2023.xlsx",
    "inkar/A_Arbeitslosigkeit.xls",
    "inkar/A_ErwerbsfaehigeBevoelkerung.xls",
    "genesis/12411-01-01-4_flat_abruf20241203.csv",
    "genesis/12411-01-01-4_de_flat_abruf20250410.csv",
    "genesis/AI-N-01-2-5_flat_abruf20241203.csv",
    "genesis/AI-N-01-2-5_de_flat_abruf20260310.csv",
    "genesis/1000A-0000_1773175153999_de_flat.csv",
    "wahlen/Gemeinderatswahl_Sachsen_2024.xlsx",
)
REGIONEN = {  # Gemeinden per Sozialregion (seat Gemeinde), as published by the district
    "SR1": ("Freiberg", ["14522180"]),
    "SR7": ("Nordost", ["14522210", "14522230", "14522240", "14522430", "14522480", "14522540"]),
}


class Pool:
    """A project for 14522 with everything imported, in an order that a seed decides."""

    def __init__(self, ordner: Path, realdaten: Path) -> None:
        create_projekt(ordner, kreis="14522")
        with (ordner / "raeume" / "sozialregionen.csv").open("w", encoding="utf-8", newline="") as datei:
            schreiber = csv.writer(datei, delimiter=";")
            schreiber.writerow(["raum_id", "raum", "gemeinde", "gueltig_ab", "gueltig_bis"])
            schreiber.writerows([r, n, g, "2016-01-01", ""] for r, (n, gs) in REGIONEN.items() for g in gs)
        reihenfolge = list(DATEIEN)
        random.Random(2).shuffle(reihenfolge)
        self.projekt = load_projekt(ordner)
        self.ergebnisse = run_import(self.projekt, [str(realdaten / d) for d in reihenfolge])
        self.katalog, self.raeume = load_katalog(self.projekt), load_raeume(self.projekt)
        self.bestand = Bestand(self.projekt.bestand)

    def werte(self, indikator: str, raum: str, zeit: str, datenstand: str = "") -> Any:
        raeume = tuple(r for wort in raum.split(",") for r in self.raeume.auswahl(wort))
        auftrag = Auftrag((self.katalog.indikator(indikator),), raeume, parse_zeiten(zeit), datenstand)
        return compute_indikatoren(self.bestand, self.katalog, self.raeume, auftrag)


@pytest.fixture(scope="module")
def pool(tmp_path_factory: pytest.TempPathFactory, realdaten: Path) -> Pool:
    return Pool(tmp_path_factory.mktemp("real") / "p", realdaten)


def test_every_file_is_taken(pool: Pool) -> None:
    assert sum(not e.nachgelesen for e in pool.ergebnisse) == len(DATEIEN)
    assert [(e.datei, e.fehler) for e in pool.ergebnisse if e.fehler is not None] == []


@pytest.mark.parametrize(("zeit", "soll"), [("2005", 14.2058), ("2011", 7.9639), ("2017", 5.1734), ("2021", 4.5213)])
def test_kreis_rate_as_ratio_of_sums(pool: Pool, zeit: str, soll: float) -> None:
    (wert,) = pool.werte("arbeitslosenanteil", "14522", zeit).werte
    assert round(wert.wert, 4) == soll


def test_extremes_of_2021(pool: Pool) -> None:
    werte = list(pool.werte("arbeitslosenanteil", "14522/gemeinde", "2021").werte)
    weite = compute_spannweite(werte)
    assert (weite.groesste_raeume, weite.kleinste_raeume) == (("Döbeln",), ("Dorfchemnitz",))
    assert (round(weite.groesster or 0, 4), round(weite.kleinster or 0, 4)) == (6.9341, 1.4689)
    assert len(werte) == 52 and compute_raenge(werte)["14522080"] == 1


def test_merged_gemeinde_before_its_time(pool: Pool) -> None:
    (wert,) = pool.werte("arbeitslosenanteil", "14522275", "2021").werte
    assert (wert.zaehler, wert.nenner, wert.umrechnung) == (138, 2918, "exakt")
    assert round(wert.wert, 4) == 4.7293


def test_turnout(pool: Pool) -> None:
    werte = {w.raum_id: w for w in pool.werte("wahlbeteiligung_gemeinderat", "SR1,SR7,14522", "2024").werte}
    assert {r: round(w.wert, 2) for r, w in werte.items()} == {"SR1": 65.87, "SR7": 72.33, "14522": 68.81}
    assert (werte["14522"].zaehler, werte["14522"].nenner) == (167138, 242888)


def test_revised_population_and_its_earlier_state(pool: Pool) -> None:
    rechnung = pool.werte("bevoelkerung", "14522", "2023-12-31")
    assert rechnung.werte[0].wert == 297766
    assert [m.kennung for m in rechnung.meldungen] == ["quellen_widersprechen_sich"]
    assert pool.werte("bevoelkerung", "14522", "2023-12-31", "2024-12-31").werte[0].wert == 300308


@pytest.mark.parametrize(("raum", "zeit"), [("14522275", "2022"), ("14522450", "2023"), ("14522620", "2023")])
def test_dash_of_a_gemeinde_that_was_not_there(pool: Pool, raum: str, zeit: str) -> None:
    (wert,) = pool.werte("siedlungsflaeche", raum, zeit).werte
    assert (wert.status, wert.wert) == ("raum_bestand_nicht", None)


def test_delivered_rate_stands_as_it_is(pool: Pool) -> None:
    werte = {w.raum_id: w.wert for w in pool.werte("siedlungsflaeche", "14522275,14522180", "2023").werte}
    assert werte == {"14522275": 9.2, "14522180": 31.8}  # Regionalatlas AI-N-01-2-5, 2023


def test_zensus_over_its_own_53_gemeinden(pool: Pool) -> None:
    zeilen = pool.bestand.sql(
        "SELECT raum_id, wert FROM merkmalswerte WHERE merkmal = 'bevoelkerung_zensus' AND ebene = 'gemeinde' "
        "AND raum_id LIKE '14522%' AND auspraegung = ''"
    )
    assert (len(zeilen), sum(float(str(z["wert"])) for z in zeilen)) == (53, 297712)
    (kreis,) = pool.raeume.auswahl("14522")
    erwartet = pool.raeume.erwartet(kreis.raum_id, "2022-05-15")
    assert erwartet == {z["raum_id"] for z in zeilen}


def test_second_import_changes_nothing(pool: Pool, realdaten: Path) -> None:
    vorher = Bestand(pool.projekt.bestand).version
    (ergebnis,) = run_import(pool.projekt, [str(realdaten / "inkar/A_Arbeitslosigkeit.xls")])
    assert (ergebnis.neu, ergebnis.geaendert, ergebnis.fehler) == (0, 0, None)
    assert Bestand(pool.projekt.bestand).version == vorher


def test_maintenance_page_is_refused(pool: Pool, realdaten: Path) -> None:
    (ergebnis,) = run_import(pool.projekt, [str(realdaten / "genesis/52411-02-01-4_wartungsseite.csv")])
    assert ergebnis.fehler is not None and ergebnis.fehler.exit_code == 4
    assert "HTML" in ergebnis.fehler.text + ergebnis.fehler.grund
