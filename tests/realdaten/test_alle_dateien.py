"""Every original file: taken for what it is or refused for the right reason, in any order, twice.

The figures come from the README of the files, which computed them without sozmon.
"""

from __future__ import annotations

import random
from pathlib import Path

import pytest

from sozmon.bestand import Bestand
from sozmon.dateien import AblehnungError
from sozmon.importieren import ImportErgebnis, run_import
from sozmon.projekt import Projekt, create_projekt, load_projekt

pytestmark = [pytest.mark.realdaten, pytest.mark.langsam]

KREIS = "14522"
GELESEN = {
    "genesis/12411-01-01-4_flat_abruf20241203.csv": "regionaldatenbank",
    "genesis/12411-01-01-4_de_flat_abruf20250410.csv": "regionaldatenbank",
    "genesis/12411-01-01-4_de_flat_abruf20260310.csv": "regionaldatenbank",
    "genesis/AI-N-01-2-5_flat_abruf20241203.csv": "regionaldatenbank",
    "genesis/AI-N-01-2-5_de_flat_abruf20260310.csv": "regionaldatenbank",
    "genesis/1000A-0000_1773175153999_de_flat.csv": "zensus2022",
    "genesis/12411-0015.csv": "genesis_online",
    "genesis/12411-0015.xlsx": "genesis_online",
    "genesis/73111-01-01-4_1773175092845_de_flat.csv": "regionaldatenbank",
    "genesis/11111-02-01-4_1773174974558_de_flat.csv": "regionaldatenbank",
    "genesis/12211-Z-11_1773175349407_de_flat.csv": "mikrozensus",
    "inkar/A_Arbeitslosigkeit.xls": "inkar",
    "inkar/A_ErwerbsfaehigeBevoelkerung.xls": "inkar",
    "inkar/B_SchulabgaengerohneAbschluss.xls": "inkar",
    "inkar/E_Haushaltseinkommen.xls": "inkar",
    "inkar/IRIS_Einkommenssteuer_Gemeindeverbaende_2022.csv": "inkar_iris",
    "gebiete/31122021_Auszug_GV.xlsx": "gv_isys",
    "gebiete/31122023_Auszug_GV.xlsx": "gv_isys",
    "gebiete/Gebietsaenderungen_2023.xlsx": "gebietsaenderungen",
    "gebiete/ref-gemeinden-ab-2020.xlsx": "bbsr_umsteiger",
    "wahlen/Gemeinderatswahl_Sachsen_2024.xlsx": "wahl_sn_gemeinderat",
    "wahlen/Landtagswahl_Sachsen_2019.xlsx": "wahl_sn_landtag",
}
ABGELEHNT = {
    "genesis/52411-02-01-4_wartungsseite.csv": "html_seite",
    "geometrie/VG250_GEM_simplified.zip": "falsche_art",
    "gisd/GISD_Bund_Kreis.csv": "stand_fehlt",
    "gisd/GISD_Sachsen_Gemeinde.csv": "stand_fehlt",
    "mss_berlin/mss_2021_tabelle_1.csv": "form_unbekannt",
    "mss_berlin/mss_2021_tabelle_2-1.csv": "form_unbekannt",
    "mss_berlin/mss_2021_tabelle_3.csv": "form_unbekannt",
}
INHALT = (
    "SELECT * FROM merkmalswerte ORDER BY raum_id, merkmal, auspraegung, zeit, zeitart, gebietsstand, quelle, basis"
)


def importiere(ordner: Path, dateien: list[str], realdaten: Path) -> dict[str, ImportErgebnis]:
    ergebnisse = run_import(load_projekt(ordner), [str(realdaten / d) for d in dateien])
    namen = {Path(d).name: d for d in dateien}
    return {namen[Path(e.datei).name]: e for e in ergebnisse if not e.nachgelesen}


@pytest.fixture(scope="module")
def projekte(
    realdaten: Path, tmp_path_factory: pytest.TempPathFactory
) -> list[tuple[Projekt, dict[str, ImportErgebnis]]]:
    """All files in two random orders (fixed seeds), each in one call."""
    fertig = []
    for saat in (1, 2):
        ordner = create_projekt(tmp_path_factory.mktemp("alle") / str(saat), kreis=KREIS).ordner
        dateien = sorted(GELESEN | ABGELEHNT)
        random.Random(saat).shuffle(dateien)
        fertig.append((load_projekt(ordner), importiere(ordner, dateien, realdaten)))
    return fertig


def test_no_file_is_forgotten(realdaten: Path) -> None:
    da = {str(p.relative_to(realdaten)) for p in realdaten.rglob("*.*") if p.is_file() and p.name != "README.md"}
    assert da == GELESEN.keys() | ABGELEHNT.keys()


def test_each_is_taken_for_what_it_is_or_refused_with_its_reason(
    projekte: list[tuple[Projekt, dict[str, ImportErgebnis]]],
) -> None:
    for _, ergebnisse in projekte:
        assert {d: e.quelle for d, e in ergebnisse.items() if e.fehler is None} == GELESEN
        gruende = {d: e.fehler for d, e in ergebnisse.items() if e.fehler is not None}
        assert {d: f.art for d, f in gruende.items() if isinstance(f, AblehnungError)} == ABGELEHNT
        assert all(f.exit_code == 4 and f.abhilfe for f in gruende.values())


def test_any_order_gives_the_same_store(projekte: list[tuple[Projekt, dict[str, ImportErgebnis]]]) -> None:
    inhalte = [Bestand(p.bestand).sql(INHALT) for p, _ in projekte]
    assert len(inhalte[0]) > 700_000
    assert inhalte[0] == inhalte[1]


def test_a_second_time_changes_nothing(
    projekte: list[tuple[Projekt, dict[str, ImportErgebnis]]], realdaten: Path
) -> None:
    projekt, _ = projekte[0]
    vorher = Bestand(projekt.bestand).sql(INHALT)
    noch_einmal = importiere(projekt.ordner, sorted(GELESEN), realdaten)
    assert {(e.neu, e.geaendert) for e in noch_einmal.values()} == {(0, 0)}
    assert Bestand(projekt.bestand).sql(INHALT) == vorher


def test_an_index_without_a_date_is_read_with_one(realdaten: Path, tmp_path: Path) -> None:
    projekt = load_projekt(create_projekt(tmp_path / "gisd", kreis=KREIS).ordner)
    dateien = [str(realdaten / d) for d in ABGELEHNT if d.startswith("gisd/")]
    assert [(e.neu, e.fehler) for e in run_import(projekt, dateien, stand="2024-05-01")] == [
        (19_200, None),
        (9_218, None),
    ]
    (z,) = Bestand(projekt.bestand).sql(
        f"SELECT wert FROM merkmalswerte WHERE merkmal = 'gisd' AND raum_id = '{KREIS}' AND jahr = 2021"
    )
    assert z["wert"] == 0.65079, "line 14522,Mittelsachsen,2021 of the file"


@pytest.mark.parametrize(
    ("merkmal", "zeit", "wie", "soll"),
    [
        (
            "bevoelkerung",
            "2023-12-31",
            f"raum_id = '{KREIS}' AND quelle = 'regionaldatenbank' AND auspraegung = ''",
            297_766,
        ),
        (
            "bevoelkerung",
            "2024-12-31",
            f"raum_id = '{KREIS}' AND quelle = 'regionaldatenbank' AND auspraegung = ''",
            296_431,
        ),
        ("bevoelkerung", "2024-12-31", f"raum_id = '{KREIS}' AND auspraegung = 'geschlecht=m'", 147_002),
        ("bevoelkerung_zensus", "2022-05-15", f"raum_id LIKE '{KREIS}___' AND quelle = 'zensus2022'", 297_712),
        ("wahlberechtigte", "2024-06-09", f"raum_id LIKE '{KREIS}___'", 242_888),
        ("waehler", "2024-06-09", f"raum_id LIKE '{KREIS}___'", 167_138),
    ],
)
def test_figures_of_the_readme(
    projekte: list[tuple[Projekt, dict[str, ImportErgebnis]]], merkmal: str, zeit: str, wie: str, soll: int
) -> None:
    frage = f"SELECT SUM(wert) AS s FROM merkmalswerte WHERE merkmal = '{merkmal}' AND zeit = '{zeit}' AND {wie}"
    assert [z["s"] for z in Bestand(projekte[0][0].bestand).sql(frage)] == [soll]
