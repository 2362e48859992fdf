"""A store of original files: damage is refused through the command line, and the kept files bring everything back."""

from __future__ import annotations

import random
from pathlib import Path

import pytest

from sozmon.bestand import Bestand, siegel
from sozmon.cli.app import run
from sozmon.importieren import run_import
from sozmon.model import Stufe
from sozmon.projekt import Projekt, create_projekt, load_projekt

pytestmark = [pytest.mark.realdaten, pytest.mark.xdist_group("bestand_real")]

DATEIEN = (
    "genesis/12411-01-01-4_flat_abruf20241203.csv",
    "gebiete/31122023_Auszug_GV.xlsx",
    "genesis/12411-01-01-4_de_flat_abruf20250410.csv",
    "genesis/AI-N-01-2-5_de_flat_abruf20260310.csv",
)
ALLES = {
    "merkmalswerte": "SELECT * FROM merkmalswerte ORDER BY quelle, raum_id, merkmal, auspraegung, zeit, gebietsstand",
    "fruehere": "SELECT * FROM fruehere ORDER BY quelle, raum_id, merkmal, auspraegung, zeit, gebietsstand, stand",
    "lieferungen": "SELECT * EXCLUDE (version) FROM lieferungen ORDER BY folge",
}


def inhalt(projekt: Projekt) -> dict[str, list[dict[str, object]]]:
    bestand = Bestand(projekt.bestand)
    return {name: bestand.sql(frage, tabellen=(name,)) for name, frage in ALLES.items()}


@pytest.fixture(scope="module")
def projekt(realdaten: Path, tmp_path_factory: pytest.TempPathFactory) -> Projekt:
    projekt = create_projekt(tmp_path_factory.mktemp("bestand") / "monitoring", kreis="14522")
    for ergebnis in run_import(projekt, [str(realdaten / d) for d in DATEIEN]):
        assert ergebnis.fehler is None, ergebnis.fehler
    return load_projekt(projekt.ordner)


def test_damage_is_refused_and_repaired(projekt: Projekt, capsys: pytest.CaptureFixture[str]) -> None:
    vorher = inhalt(projekt)
    assert len(vorher["merkmalswerte"]) > 50_000
    assert vorher["fruehere"]
    tabelle = Bestand(projekt.bestand).stand.tabellen["merkmalswerte"]
    opfer = max(projekt.bestand / tabelle.ordner / p for p in tabelle.teile)
    daten = bytearray(opfer.read_bytes())
    stelle = random.Random(14522).randrange(len(daten))
    daten[stelle] ^= 1
    opfer.write_bytes(daten)
    siegel._geprueft.clear()
    ruf = ["--projekt", str(projekt.ordner)]
    assert run([*ruf, "daten", "-m", "bevoelkerung", "-r", "14522", "--intern"]) == 76
    assert "neu-aufbauen" in capsys.readouterr().err
    assert run([*ruf, "bestand", "neu-aufbauen"]) == 0
    assert inhalt(projekt) == vorher
    assert run([*ruf, "bestand", "kompaktieren"]) == 0
    assert inhalt(projekt) == vorher
    assert [m for m in Bestand(projekt.bestand).pruefen(ganz=True) if m.stufe is not Stufe.INFO] == []
