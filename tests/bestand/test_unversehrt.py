"""A flipped bit anywhere in the store is noticed; damage is refused with exit 76 and the way to repair it."""

from __future__ import annotations

import random
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest
from hilfe import Paket, abbild, lieferung, zeile

from sozmon.bestand import Bestand, siegel
from sozmon.errors import BestandError
from sozmon.model import Stufe

OHNE_DATEN = {"LIESMICH.md", ".sperre"}


@pytest.fixture(scope="module")
def vorlage(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, list[Paket]]:
    """A store with everything in it: former values, replaced files, a checkpoint, several states."""
    ordner = tmp_path_factory.mktemp("vorlage")
    pakete = []
    bestand = Bestand(ordner / "bestand")
    for i in range(11):
        zeilen = [zeile(f"{r:08d}", float(i * r), zeit=f"{2019 + i % 2}-12-31") for r in range(1, 40)]
        pakete.append(lieferung(f"lieferung{i}", zeilen, ordner, f"20{10 + i}-01-01"))
        pakete[-1].import_in(bestand)
    assert (ordner / "bestand/merkmalswerte/_delta_log/00000000000000000010.checkpoint.parquet").is_file()
    return ordner / "bestand", pakete


def dateien(ordner: Path) -> list[Path]:
    return sorted(p for p in ordner.rglob("*") if p.is_file() and p.name not in OHNE_DATEN)


def kippe_bit(pfad: Path, zufall: random.Random) -> None:
    daten = bytearray(pfad.read_bytes())
    stelle = zufall.randrange(len(daten) * 8)
    daten[stelle // 8] ^= 1 << stelle % 8
    pfad.write_bytes(daten)


def lies_alles(ordner: Path, pakete: list[Paket]) -> None:
    siegel._geprueft.clear()
    bestand = Bestand(ordner)
    abbild(bestand)
    for paket in pakete:
        bestand.original(paket.kopf.sha256)


def massgeblich(ordner: Path) -> set[Path]:
    """Files that the current state consists of: none may be read once it is damaged."""
    bestand = Bestand(ordner)
    stand = ordner / "staende" / f"{bestand.version:010d}.json"
    alle = {ordner / "format.json", stand, *(bestand.original(x.sha256) for x in bestand.lieferungen())}
    for tabelle in bestand.stand.tabellen.values():
        alle |= {ordner / tabelle.ordner / p for p in tabelle.teile}
        alle |= {ordner / tabelle.ordner / "_delta_log" / n for n in tabelle.protokoll}
    return alle


def test_ein_gekipptes_bit_in_jeder_datei_faellt_auf(vorlage: tuple[Path, list[Paket]]) -> None:
    ordner, pakete = vorlage
    zufall = random.Random(14522)
    lies_alles(ordner, pakete)
    assert {m.kennung for m in Bestand(ordner).pruefen(ganz=True)} == {"bestand_reste"}, "replaced files, nothing worse"
    wichtig, arten = massgeblich(ordner), set()
    for pfad in dateien(ordner):
        heil = pfad.read_bytes()
        kippe_bit(pfad, zufall)
        siegel._geprueft.clear()
        if pfad in wichtig:
            with pytest.raises(BestandError) as fehler:
                lies_alles(ordner, pakete)
            assert fehler.value.exit_code == 76
            assert "sozmon" in fehler.value.abhilfe
            assert pfad.name in fehler.value.ort
        befund = [m for m in Bestand(ordner).pruefen(ganz=True) if m.stufe is not Stufe.INFO]
        assert befund and befund[0].kennung == "bestand_beschaedigt", pfad
        assert pfad.name in str(befund[0].fundstelle)
        pfad.write_bytes(heil)
        arten.add(pfad.suffix + pfad.parent.name[:4])
    assert {".jsonstae", ".json_del", ".parquet_del", ".parquetjahr", ".parquetlief"} <= arten
    lies_alles(ordner, pakete)


@pytest.mark.parametrize(
    "beschaedige",
    [
        lambda p: p.write_bytes(p.read_bytes()[:-10]),
        lambda p: p.write_bytes(b""),
        lambda p: p.unlink(),
        lambda p: (p.unlink(), p.mkdir()),
    ],
    ids=["gekuerzt", "leer", "fehlt", "ordner"],
)
def test_fehlende_und_gekuerzte_dateien(
    vorlage: tuple[Path, list[Paket]], tmp_path: Path, beschaedige: Callable[[Path], object]
) -> None:
    for nummer in range(3):
        ordner = tmp_path / str(nummer)
        shutil.copytree(vorlage[0], ordner)
        bestand = Bestand(ordner)
        tabelle = bestand.stand.tabellen["merkmalswerte"]
        opfer = [
            ordner / "staende" / f"{bestand.version:010d}.json",
            ordner / tabelle.ordner / next(iter(tabelle.teile)),
            ordner / tabelle.ordner / "_delta_log" / f"{tabelle.version:020d}.json",
        ][nummer]
        beschaedige(opfer)
        if nummer == 0 and not opfer.exists():
            continue  # the newest state never was: the one before holds, as after a crash
        with pytest.raises(BestandError):
            lies_alles(ordner, [])
        assert Bestand(ordner).pruefen(ganz=False)


def test_zwei_vertauschte_dateien(vorlage: tuple[Path, list[Paket]], tmp_path: Path) -> None:
    ordner = tmp_path / "b"
    shutil.copytree(vorlage[0], ordner)
    a, b = (ordner / "merkmalswerte" / p for p in Bestand(ordner).stand.tabellen["merkmalswerte"].teile)
    inhalt = a.read_bytes()
    a.write_bytes(b.read_bytes())
    b.write_bytes(inhalt)
    with pytest.raises(BestandError):
        lies_alles(ordner, [])


def test_verlorener_zeiger_und_neueres_format(vorlage: tuple[Path, list[Paket]], tmp_path: Path) -> None:
    ordner = tmp_path / "b"
    shutil.copytree(vorlage[0], ordner)
    (ordner / "format.json").unlink()
    with pytest.raises(BestandError, match="beschädigt"):
        Bestand(ordner).lieferungen()
    neu = siegel.versiegle({"format": 2, "ohne_hardlinks": False, "zugriff": "person"})
    (ordner / "format.json").write_bytes(neu)
    with pytest.raises(BestandError, match="neueren Version"):
        Bestand(ordner).lieferungen()
    with pytest.raises(BestandError, match="neueren Version"):
        Bestand(ordner).neu_aufbauen(lambda *_: None)
    assert (ordner / "format.json").read_bytes() == neu


def test_kein_schreiben_auf_beschaedigtem_bestand(vorlage: tuple[Path, list[Paket]], tmp_path: Path) -> None:
    ordner = tmp_path / "b"
    shutil.copytree(vorlage[0], ordner)
    bestand = Bestand(ordner)
    teil = ordner / "merkmalswerte" / next(p for p in bestand.stand.tabellen["merkmalswerte"].teile if "2020" in p)
    kippe_bit(teil, random.Random(1))
    paket = lieferung("neu", [zeile("1", 1.0, zeit="2020-12-31")], tmp_path, "2030-01-01")
    with pytest.raises(BestandError):
        paket.import_in(bestand)
    assert Bestand(ordner).version == bestand.version
