"""The checks on original files: the roundings that are really there, and no false alarm.

What is expected was computed by hand from the files: Lebensformen of 14522 in 2019 are printed as 65, 56 and 37
thousand, together 157 thousand.
"""

from __future__ import annotations

from pathlib import Path

import pytest

from sozmon.bestand import Bestand
from sozmon.importieren import ImportErgebnis, run_import
from sozmon.katalog import load_katalog
from sozmon.model import Stufe
from sozmon.projekt import Projekt, create_projekt, load_projekt
from sozmon.pruefungen import Umfeld, check_reihen, check_werte
from sozmon.pruefungen.vorrat import read_vorrat
from sozmon.raeume import load_raeume

pytestmark = [pytest.mark.realdaten, pytest.mark.xdist_group("pruefungen")]

DATEIEN = (
    "gebiete/31122021_Auszug_GV.xlsx",
    "gebiete/31122023_Auszug_GV.xlsx",
    "gebiete/Gebietsaenderungen_2023.xlsx",
    "genesis/1000A-0000_1773175153999_de_flat.csv",
    "genesis/11111-02-01-4_1773174974558_de_flat.csv",
    "genesis/12211-Z-11_1773175349407_de_flat.csv",
    "genesis/12411-01-01-4_flat_abruf20241203.csv",
    "genesis/12411-01-01-4_de_flat_abruf20250410.csv",
    "genesis/12411-01-01-4_de_flat_abruf20260310.csv",
    "genesis/73111-01-01-4_1773175092845_de_flat.csv",
    "genesis/AI-N-01-2-5_flat_abruf20241203.csv",
    "genesis/AI-N-01-2-5_de_flat_abruf20260310.csv",
    "inkar/A_Arbeitslosigkeit.xls",
    "inkar/A_ErwerbsfaehigeBevoelkerung.xls",
    "wahlen/Gemeinderatswahl_Sachsen_2024.xlsx",
    "wahlen/Landtagswahl_Sachsen_2019.xlsx",
)
VON_ANDEREN = {"raum_ausserhalb"}  # Räume of other Kreise that one of the registers does not know


@pytest.fixture(scope="module")
def pool(realdaten: Path, tmp_path_factory: pytest.TempPathFactory) -> tuple[Projekt, list[ImportErgebnis]]:
    ordner = tmp_path_factory.mktemp("pruefungen") / "projekt"
    create_projekt(ordner, kreis="14522")
    projekt = load_projekt(ordner)
    return projekt, run_import(projekt, [str(realdaten / d) for d in DATEIEN])


def test_no_original_file_raises_a_false_warning(pool: tuple[Projekt, list[ImportErgebnis]]) -> None:
    ergebnisse = pool[1]
    assert len(ergebnisse) >= len(DATEIEN) and not [e.datei for e in ergebnisse if e.fehler]
    warnungen = {(e.datei, m.kennung, m.text) for e in ergebnisse for m in e.meldungen if m.stufe is not Stufe.INFO}
    assert not {w for w in warnungen if w[1] not in VON_ANDEREN}


def test_rounding_of_the_mikrozensus_is_an_info(pool: tuple[Projekt, list[ImportErgebnis]]) -> None:
    meldungen = [m for e in pool[1] if e.datei.startswith("12211-Z-11") for m in e.meldungen]
    [m] = [m for m in meldungen if m.kennung == "summe_gerundet"]
    assert m.stufe is Stufe.INFO
    assert "Lebensformen, 2019, Mittelsachsen" in m.text and "ergeben 158.000" in m.text
    assert "als Ganzes geliefert sind 157.000 (+1.000)" in m.text


def test_the_store_of_all_files_is_clean(pool: tuple[Projekt, list[ImportErgebnis]]) -> None:
    """Two dozen years of 53 Gemeinden, registers, an election: everything adds up, nothing jumps."""
    projekt = pool[0]
    raeume, bestand = load_raeume(projekt), Bestand(projekt.bestand)
    tabelle = read_vorrat(bestand, raeume, "14522")
    assert tabelle.num_rows > 3500
    umfeld = Umfeld(load_katalog(projekt), raeume, "14522")
    gefunden = [*check_werte(tabelle, umfeld), *check_reihen(tabelle, tabelle.slice(0, 0), umfeld)]
    assert {m.kennung for m in gefunden} == {"summe_gerundet"}


def test_one_gemeinde_off_by_a_hundred_is_found(pool: tuple[Projekt, list[ImportErgebnis]]) -> None:
    """Counter-proof on the same store, in the table of the Gemeinderatswahl."""
    import pyarrow as pa
    import pyarrow.compute as pc

    projekt = pool[0]
    raeume = load_raeume(projekt)
    tabelle = read_vorrat(Bestand(projekt.bestand), raeume, "14522", merkmale=["waehler"])
    orte = list(zip(tabelle["raum_id"].to_pylist(), tabelle["auspraegung"].to_pylist(), strict=True))
    stelle = orte.index(("14522010", "wahl=gemeinderat"))
    plus = pa.array([100.0 if i == stelle else 0.0 for i in range(tabelle.num_rows)])
    falsch = tabelle.set_column(tabelle.schema.get_field_index("wert"), "wert", pc.add(tabelle["wert"], plus))
    umfeld = Umfeld(load_katalog(projekt), raeume, "14522")
    assert "summe_abweichend" in {m.kennung for m in check_werte(falsch, umfeld)}
