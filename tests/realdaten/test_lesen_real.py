"""Reading the offices' original files: what each was taken for, how many values, and published figures from them.

Figures: README of the original files (published tables; sums computed independently from the files' own columns).
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from sozmon.bestand import Bestand
from sozmon.dateien import AblehnungError, open_datei
from sozmon.einlesen import Lesung, read_lieferung
from sozmon.importieren import run_import, run_zurueck
from sozmon.katalog import Katalog, load_katalog
from sozmon.projekt import create_projekt, load_projekt
from sozmon.quellen.leser import Leser
from sozmon.raeume import Aenderungsliste, Raeume, Register

pytestmark = [pytest.mark.realdaten, pytest.mark.xdist_group("lesen_real")]

KREIS = "14522"
GEBIETE = ("31122021_Auszug_GV.xlsx", "31122023_Auszug_GV.xlsx", "Gebietsaenderungen_2023.xlsx")


class Amt:
    """Reads original files with the territory of both registers and the change list."""

    def __init__(self, realdaten: Path, leser: Leser) -> None:
        self.realdaten, self.leser = realdaten, leser
        self.katalog: Katalog = load_katalog()
        self.raeume = Raeume()
        self.register: list[Register] = []
        self.listen: list[Aenderungsliste] = []
        self.gelesen: dict[str, Lesung] = {}
        for name in GEBIETE:
            lesung = self.lies(f"gebiete/{name}")
            self.register += [lesung.register] if lesung.register else []
            self.listen += [lesung.aenderungen] if lesung.aenderungen else []
        self.raeume = Raeume.aus_werten(self.register, self.listen, kreis=KREIS)

    def lies(self, name: str) -> Lesung:
        if name not in self.gelesen:
            with open_datei(str(self.realdaten / name)) as datei:
                self.gelesen[name] = read_lieferung(datei, self.katalog, self.raeume, kreis=KREIS, leser=self.leser)
        return self.gelesen[name]


@pytest.fixture(scope="module")
def amt(realdaten: Path) -> Iterator[Amt]:
    with Leser() as leser:
        yield Amt(realdaten, leser)


def werte(lesung: Lesung, **gesucht: str) -> list[dict[str, object]]:
    zeilen: list[dict[str, object]] = lesung.tabelle.to_pylist()
    return [z for z in zeilen if all(z[k] == v for k, v in gesucht.items())]


@pytest.mark.parametrize(
    ("name", "quelle", "stand", "gebietsstand", "anzahl"),
    [
        ("gebiete/31122021_Auszug_GV.xlsx", "gv_isys", "2022-09-30", "2021-12-31", 43_988),
        ("gebiete/Gebietsaenderungen_2023.xlsx", "gebietsaenderungen", "2024-01-31", "", 0),
        ("gebiete/ref-gemeinden-ab-2020.xlsx", "bbsr_umsteiger", "", "", 0),
        ("inkar/A_Arbeitslosigkeit.xls", "inkar", "2024-12-31", "2021-12-31", 10_990 * 24),
        ("inkar/A_ErwerbsfaehigeBevoelkerung.xls", "inkar", "2024-12-31", "2021-12-31", 10_990 * 21),
        ("inkar/E_Haushaltseinkommen.xls", "inkar", "2024-12-31", "2021-12-31", 400 * 22),
        ("inkar/IRIS_Einkommenssteuer_Gemeindeverbaende_2022.csv", "inkar_iris", "2022-12-31", "2022-12-31", 4600 * 25),
        ("inkar/B_SchulabgaengerohneAbschluss.xls", "inkar", "2024-12-31", "2021-12-31", 400 * 27),
        ("genesis/1000A-0000_1773175153999_de_flat.csv", "zensus2022", "2026-03-10", "2022-05-15", 10_787),
        ("genesis/12211-Z-11_1773175349407_de_flat.csv", "mikrozensus", "2026-03-10", "2019-12-31", None),
        ("genesis/73111-01-01-4_1773175092845_de_flat.csv", "regionaldatenbank", "2026-03-10", "2021-12-31", None),
        ("genesis/11111-02-01-4_1773174974558_de_flat.csv", "regionaldatenbank", "2026-03-10", "2024-12-31", None),
        ("wahlen/Gemeinderatswahl_Sachsen_2024.xlsx", "wahl_sn_gemeinderat", "2025-03-01", "2024-06-09", None),
        ("wahlen/Landtagswahl_Sachsen_2019.xlsx", "wahl_sn_landtag", "2019-09-27", "2019-09-01", None),
    ],
)
def test_taken_for(amt: Amt, name: str, quelle: str, stand: str, gebietsstand: str, anzahl: int | None) -> None:
    lesung = amt.lies(name)
    assert lesung.fehler == []
    assert (lesung.quelle, lesung.stand, lesung.gebietsstand) == (quelle, stand, gebietsstand)
    assert anzahl is None or lesung.tabelle.num_rows == anzahl
    if lesung.tabelle.num_rows:
        assert set(lesung.tabelle["lieferung"].unique().to_pylist()) == {lesung.sha256}


@pytest.mark.parametrize(
    ("name", "zeit", "summe"),
    [
        ("genesis/12411-01-01-4_flat_abruf20241203.csv", "2023-12-31", 300_308),
        ("genesis/12411-01-01-4_de_flat_abruf20250410.csv", "2023-12-31", 297_766),
        ("genesis/12411-01-01-4_de_flat_abruf20260310.csv", "2024-12-31", 296_431),
    ],
)
def test_population_of_the_kreis(amt: Amt, name: str, zeit: str, summe: int) -> None:
    kreis = werte(amt.lies(name), raum_id=KREIS, zeit=zeit, merkmal="bevoelkerung")
    je = {z["auspraegung"]: z["wert"] for z in kreis}
    assert je[""] == summe == je["geschlecht=m"] + je["geschlecht=w"]  # type: ignore[operator]


def test_zensus_sums_over_53_gemeinden(amt: Amt) -> None:
    gemeinden = [
        z for z in werte(amt.lies("genesis/1000A-0000_1773175153999_de_flat.csv")) if str(z["raum_id"])[:5] == KREIS
    ]
    assert (len(gemeinden), sum(z["wert"] for z in gemeinden)) == (53, 297_712)  # type: ignore[misc]
    assert {z["ebene"] for z in gemeinden} == {"gemeinde"}
    assert {z["basis"] for z in gemeinden} == {"Zensus 2022"}


def test_register_brings_population_and_area(amt: Amt) -> None:
    lesung = amt.lies("gebiete/31122023_Auszug_GV.xlsx")
    gemeinden = [z for z in werte(lesung, merkmal="bevoelkerung", auspraegung="") if str(z["raum_id"])[:5] == KREIS]
    assert (len(gemeinden), sum(z["wert"] for z in gemeinden)) == (52, 300_308)  # type: ignore[misc]
    flaechen = [z for z in werte(lesung, merkmal="flaeche") if str(z["raum_id"])[:5] == KREIS]
    assert sum(z["wert"] for z in flaechen) == pytest.approx(2116.85, abs=1)  # type: ignore[misc]


def test_dash_of_a_raum_that_did_not_exist(amt: Amt) -> None:
    """Jahnatal was formed on 1.1.2023 from Ostrau and Zschaitz-Ottewig (official change list)."""
    alt = amt.lies("genesis/AI-N-01-2-5_flat_abruf20241203.csv")
    neu = amt.lies("genesis/AI-N-01-2-5_de_flat_abruf20260310.csv")
    anteil = {"merkmal": "siedlungsflaeche_anteil"}
    assert [z["status"] for z in werte(alt, raum_id="14522275", **anteil)] == ["raum_bestand_nicht"]
    assert [z["status"] for z in werte(neu, raum_id="14522450", **anteil)] == ["raum_bestand_nicht"]
    assert [z["status"] for z in werte(neu, raum_id="14522620", **anteil)] == ["raum_bestand_nicht"]
    assert [z["wert"] for z in werte(neu, raum_id="14522275", **anteil)] == [9.2]
    [veraenderung] = werte(neu, raum_id="14522275", merkmal="siedlungsflaeche_veraenderung")
    assert (veraenderung["status"], veraenderung["wert"]) == ("nicht_sinnvoll", None)


def test_election_of_2024(amt: Amt) -> None:
    lesung = amt.lies("wahlen/Gemeinderatswahl_Sachsen_2024.xlsx")
    for merkmal, summe in (("wahlberechtigte", 242_888), ("waehler", 167_138)):
        [kreis] = werte(lesung, raum_id=KREIS, merkmal=merkmal)
        gemeinden = [z for z in werte(lesung, merkmal=merkmal, ebene="gemeinde") if str(z["raum_id"])[:5] == KREIS]
        assert (len(gemeinden), sum(z["wert"] for z in gemeinden), kreis["wert"]) == (52, summe, summe)  # type: ignore[misc]


@pytest.mark.parametrize("name", ["genesis/12411-0015.csv", "genesis/12411-0015.xlsx"])
def test_classic_genesis_table(amt: Amt, name: str) -> None:
    lesung = amt.lies(name)
    assert (lesung.quelle, lesung.stand, lesung.fehler) == ("genesis_online", "2020-03-27", [])
    # 308.153 is also the published sum of the age groups of 31.12.2017; the others stand in the line of 14522
    erwartet = {"2014": 312_711, "2015": 312_450, "2016": 310_505, "2017": 308_153, "2018": 306_185}
    gelesen = {z["zeit"][:4]: z["wert"] for z in werte(lesung, raum_id=KREIS)}
    assert gelesen == erwartet
    ohne = werte(lesung, raum_id="03159", zeit="2018-12-31")  # Göttingen was not delivered for 2018
    assert [(z["wert"], z["status"]) for z in ohne] == [(None, "nicht_geliefert")], "a dash is no zero"


def test_verbaende_are_never_taken_for_gemeinden(amt: Amt) -> None:
    lesung = amt.lies("inkar/IRIS_Einkommenssteuer_Gemeindeverbaende_2022.csv")
    assert set(lesung.tabelle["ebene"].unique().to_pylist()) == {"verband"}
    # 374,83 stands in the last cell of the line of Augustusburg
    assert [z["wert"] for z in werte(lesung, raum_id="145220020", zeit="2022")] == [374.83]
    assert {len(z["raum_id"]) for z in werte(lesung, zeit="2022") if z["raum_id"].startswith(KREIS)} == {9}


def test_every_value_knows_its_cell(amt: Amt) -> None:
    """Döbeln 2021 and 1998, looked up by hand in the workbook and in the text file."""
    doebeln = werte(amt.lies("inkar/A_Arbeitslosigkeit.xls"), raum_id="14522080")
    je = {z["jahr"]: z["fundstelle"] for z in doebeln}
    assert str(je[1998]).startswith("Daten!D") and str(je[2021]).startswith("Daten!AA")
    [gesamt] = werte(
        amt.lies("genesis/12411-01-01-4_flat_abruf20241203.csv"), raum_id="14", merkmal="bevoelkerung", auspraegung=""
    )
    text = (amt.realdaten / "genesis/12411-01-01-4_flat_abruf20241203.csv").read_text("utf-8-sig").split("\n")
    zeile, spalte = (int(t.split()[1]) for t in str(gesamt["fundstelle"]).split(", "))
    assert float(text[zeile - 1].split(";")[spalte - 1]) == gesamt["wert"]


def test_empty_cells_are_not_delivered(amt: Amt) -> None:
    """408 empty cells in the workbook (counted in the spreadsheet)."""
    leere = werte(amt.lies("inkar/A_Arbeitslosigkeit.xls"), status="nicht_geliefert")
    assert len(leere) == 408
    assert {z["wert"] for z in leere} == {None}


def test_rounded_table_keeps_marks(amt: Amt) -> None:
    lesung = amt.lies("genesis/12211-Z-11_1773175349407_de_flat.csv")
    assert {z["genauigkeit"] for z in werte(lesung)} == {"tausend"}
    assert {z["auspraegung"] for z in werte(lesung, raum_id=KREIS)} >= {"", "lebensform=familie"}
    assert len(werte(lesung, status="unsicher")) == 29 + 14  # 29 times '/', 14 times '()' beside the number


@pytest.mark.parametrize(
    ("name", "art"),
    [
        ("genesis/52411-02-01-4_wartungsseite.csv", "html_seite"),
        ("geometrie/VG250_GEM_simplified.zip", "falsche_art"),
        ("gisd/GISD_Sachsen_Gemeinde.csv", "stand_fehlt"),
        ("gisd/GISD_Bund_Kreis.csv", "stand_fehlt"),
        ("mss_berlin/mss_2021_tabelle_1.csv", "form_unbekannt"),
        ("mss_berlin/mss_2021_tabelle_2-1.csv", "form_unbekannt"),
        ("mss_berlin/mss_2021_tabelle_3.csv", "form_unbekannt"),
    ],
)
def test_refused(amt: Amt, name: str, art: str) -> None:
    with pytest.raises(AblehnungError) as fehler:
        amt.lies(name)
    assert fehler.value.art == art
    assert fehler.value.abhilfe


# --------------------------------------------------------------------------------------------------
# Any order of imports ends in the same store

ORDNUNGEN = (
    ("gv21", "gv23", "aend", "ain22", "ain23", "zensus", "alt"),
    ("ain23", "alt", "zensus", "ain22", "aend", "gv23", "gv21"),
)
DATEIEN = {
    "gv21": "gebiete/31122021_Auszug_GV.xlsx",
    "gv23": "gebiete/31122023_Auszug_GV.xlsx",
    "aend": "gebiete/Gebietsaenderungen_2023.xlsx",
    "ain22": "genesis/AI-N-01-2-5_flat_abruf20241203.csv",
    "ain23": "genesis/AI-N-01-2-5_de_flat_abruf20260310.csv",
    "zensus": "genesis/1000A-0000_1773175153999_de_flat.csv",
    "alt": "genesis/12411-01-01-4_flat_abruf20241203.csv",
}
INHALT = "SELECT * FROM merkmalswerte ORDER BY raum_id, merkmal, auspraegung, zeit, zeitart, gebietsstand, quelle"


@pytest.fixture(scope="module")
def bestaende(realdaten: Path, tmp_path_factory: pytest.TempPathFactory) -> list[Path]:
    ordner = []
    for nummer, reihe in enumerate(ORDNUNGEN):
        ordner.append(create_projekt(tmp_path_factory.mktemp("ordnung") / str(nummer), kreis=KREIS).ordner)
        for name in reihe:
            [ergebnis, *_] = run_import(load_projekt(ordner[-1]), [str(realdaten / DATEIEN[name])])
            assert ergebnis.fehler is None, (name, ergebnis.fehler)
    return ordner


@pytest.mark.langsam
def test_order_of_imports_does_not_matter(bestaende: list[Path]) -> None:
    inhalte = [Bestand(load_projekt(o).bestand).sql(INHALT) for o in bestaende]
    assert len(inhalte[0]) > 100_000
    assert inhalte[0] == inhalte[1]


@pytest.mark.langsam
def test_register_taken_back_and_brought_again(bestaende: list[Path], realdaten: Path) -> None:
    projekt = load_projekt(bestaende[0])
    vorher = Bestand(projekt.bestand).sql(INHALT)
    run_zurueck(projekt, "31122023_Auszug_GV.xlsx")
    assert not (projekt.raeume / "verzeichnisse/2023-12-31.csv").exists()
    assert Bestand(projekt.bestand).sql(INHALT) != vorher
    run_import(projekt, [str(realdaten / DATEIEN["gv23"])])
    assert Bestand(projekt.bestand).sql(INHALT) == vorher
