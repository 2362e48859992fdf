"""Compact, back up, rebuild."""

from __future__ import annotations

import json
import os
import random
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from hilfe import Paket, abbild, lieferung, zeile
from test_unversehrt import kippe_bit

from sozmon.bestand import Bestand, Lieferung, pflege, siegel
from sozmon.errors import AufrufError, AusgabeError, BestandError, GesperrtError
from sozmon.model import Stufe


@pytest.fixture
def pakete(tmp_path: Path) -> list[Paket]:
    return [
        lieferung(
            f"l{i}", [zeile(str(r), float(i + r), zeit=f"{2020 + r % 2}-12-31") for r in range(6)], tmp_path, stand
        )
        for i, stand in enumerate(["2023-01-01", "2025-01-01", "2024-01-01"])
    ]


@pytest.fixture
def bestand(pakete: list[Paket], tmp_path: Path) -> Bestand:
    bestand = Bestand(tmp_path / "bestand")
    for paket in pakete:
        paket.import_in(bestand)
    bestand.zuruecknehmen(pakete[2].kopf.sha256)
    return bestand


def leser(pakete: list[Paket]) -> Any:
    tabellen = {p.kopf.sha256: p.tabelle for p in pakete}

    def lies(pfad: Path, kopf: Lieferung) -> Any:
        assert siegel.sha256_datei(pfad) == kopf.sha256
        return tabellen[kopf.sha256]

    return lies


def test_kompaktieren_aendert_keinen_wert(bestand: Bestand, pakete: list[Paket]) -> None:
    vorher = abbild(bestand, folge=True)
    leser = Bestand(bestand.ordner)
    assert leser.sql("SELECT count(*) AS n FROM merkmalswerte") == [{"n": 6}]
    (bestand.ordner / "originale" / "ff").mkdir(exist_ok=True)
    (bestand.ordner / "originale" / "ff" / ("f" * 64)).write_bytes(b"rest eines abgebrochenen laufs")
    bestand.kompaktieren()
    assert abbild(bestand, folge=True) == vorher
    assert bestand.pruefen(ganz=True) == []
    assert not (bestand.ordner / "originale" / "ff" / ("f" * 64)).exists()
    assert leser.sql("SELECT count(*) AS n FROM merkmalswerte") == [{"n": 6}]  # still pinned
    pflege.sweep_alte(bestand.ordner, bestand.stand, frist=0)
    assert not (bestand.ordner / "merkmalswerte").exists()
    assert abbild(bestand, folge=True) == vorher
    leser = Bestand(bestand.ordner)
    pakete[2].import_in(bestand)
    assert leser.sql("SELECT count(*) AS n FROM merkmalswerte") == [{"n": 6}]


def test_leser_der_zu_lange_wartete_soll_wiederholen(bestand: Bestand) -> None:
    leser = Bestand(bestand.ordner)
    assert leser.version
    bestand.kompaktieren()
    pflege.sweep_alte(bestand.ordner, bestand.stand, frist=0)
    with pytest.raises(GesperrtError):
        leser.sql("SELECT * FROM merkmalswerte")


def test_sicherung_ist_ein_bestand(bestand: Bestand, tmp_path: Path, pakete: list[Paket]) -> None:
    with pytest.raises(AusgabeError) as fehler:  # a drive that is not plugged in
        bestand.sichern(tmp_path / "sicherung" / "heute")
    assert fehler.value.exit_code == 73 and not (tmp_path / "sicherung").exists()
    (tmp_path / "sicherung").mkdir()
    ziel = bestand.sichern(tmp_path / "sicherung" / "heute")
    assert abbild(Bestand(ziel), folge=True) == abbild(bestand, folge=True)
    assert Bestand(ziel).pruefen(ganz=True) == []
    assert Bestand(ziel).original(pakete[0].kopf.sha256).is_file()
    with pytest.raises(AusgabeError, match="nicht leer"):
        bestand.sichern(ziel)
    pakete[2].import_in(Bestand(ziel))


def test_sicherung_eines_beschaedigten_bestands_wird_verweigert(bestand: Bestand, tmp_path: Path) -> None:
    teil = next(iter(bestand.stand.tabellen["merkmalswerte"].teile))
    kippe_bit(bestand.ordner / "merkmalswerte" / teil, random.Random(3))
    with pytest.raises(BestandError):
        bestand.sichern(tmp_path / "sicherung")
    assert not (tmp_path / "sicherung").exists()
    assert not list(tmp_path.glob(".sicherung*"))


@pytest.mark.parametrize("was", ["teil", "protokoll", "stand", "format", "alle_staende", "alles"])
def test_neu_aufbauen(bestand: Bestand, pakete: list[Paket], was: str) -> None:
    vorher, ordner = abbild(bestand, folge=True), bestand.ordner
    tabelle = bestand.stand.tabellen["merkmalswerte"]
    if was in {"teil", "protokoll"}:
        opfer = next(iter(tabelle.teile)) if was == "teil" else f"_delta_log/{tabelle.version:020d}.json"
        kippe_bit(ordner / "merkmalswerte" / opfer, random.Random(5))
    if was == "stand":
        kippe_bit(ordner / "staende" / f"{bestand.version:010d}.json", random.Random(5))
    if was == "format":
        kippe_bit(ordner / "format.json", random.Random(5))
    if was == "alle_staende":
        shutil.rmtree(ordner / "staende")
    if was == "alles":
        for pfad in ordner.iterdir():
            if pfad.is_dir() and pfad.name != "originale":
                shutil.rmtree(pfad)
            elif pfad.is_file():
                pfad.unlink()
    siegel._geprueft.clear()
    if was != "alles":
        with pytest.raises(BestandError):
            abbild(Bestand(ordner))
    bestand.neu_aufbauen(leser(pakete))
    assert abbild(bestand, folge=True) == vorher
    pflege.sweep_alte(ordner, bestand.stand, frist=0)
    assert abbild(bestand, folge=True) == vorher
    assert [m for m in bestand.pruefen(ganz=True) if m.stufe is not Stufe.INFO] == []
    pakete[2].import_in(bestand)


def test_neu_aufbauen_nennt_beschaedigte_originale(bestand: Bestand, pakete: list[Paket]) -> None:
    vorher = abbild(bestand, folge=True)
    sha = pakete[0].kopf.sha256
    kippe_bit(bestand.original(sha), random.Random(7))
    with pytest.raises(BestandError, match=r"l0\.csv") as fehler:
        bestand.neu_aufbauen(leser(pakete))
    assert "--ohne" in fehler.value.abhilfe
    assert abbild(bestand, folge=True) == vorher
    bestand.heile_original(sha, pakete[0].datei)  # the same file once more heals the kept copy
    assert bestand.original(sha).read_bytes() == pakete[0].datei.read_bytes()
    kippe_bit(bestand.original(sha), random.Random(7))
    bestand.neu_aufbauen(leser(pakete), ohne={sha})
    assert [x.zustand for x in bestand.lieferungen()] == ["zurueckgenommen", "aktiv", "zurueckgenommen"]


def test_ohne_hardlinks(tmp_path: Path, pakete: list[Paket], monkeypatch: pytest.MonkeyPatch) -> None:
    import errno
    import os

    def kein_link(*_: object, **__: object) -> None:
        raise OSError(errno.EOPNOTSUPP, "Operation not supported")

    monkeypatch.setattr(os, "link", kein_link)
    bestand = Bestand(tmp_path / "freigabe")
    with pytest.raises(AusgabeError, match="Hardlinks") as fehler:
        pakete[0].import_in(bestand)
    assert "bestand einstellen --ohne-hardlinks" in fehler.value.abhilfe
    bestand.einstellen(ohne_hardlinks=True)
    pakete[0].import_in(bestand)
    pakete[1].import_in(bestand)
    assert len(bestand.lieferungen()) == 2
    assert json.loads((bestand.ordner / "format.json").read_text().splitlines()[0])["ohne_hardlinks"] is True
    assert not (bestand.ordner / ".sperre-datei").exists()


def test_rechte_einer_person(bestand: Bestand) -> None:
    assert bestand.ordner.stat().st_mode & 0o777 == 0o700
    for pfad in bestand.ordner.rglob("*"):
        if pfad.is_file() and "_delta_log" not in pfad.parts:
            assert pfad.stat().st_mode & 0o077 == 0, pfad


def test_rechte_einer_gruppe(bestand: Bestand, pakete: list[Paket]) -> None:
    bestand.einstellen(zugriff="gruppe")
    pakete[2].import_in(bestand)
    bestand.kompaktieren()
    for pfad in (bestand.ordner, *bestand.ordner.rglob("*")):
        rechte = pfad.stat().st_mode & 0o777
        assert rechte == (0o770 if pfad.is_dir() else 0o660), (pfad, oct(rechte))
    bestand.einstellen(zugriff="person")
    assert {p.stat().st_mode & 0o077 for p in bestand.ordner.rglob("*")} == {0}


@pytest.mark.skipif(not hasattr(os, "geteuid") or os.geteuid() != 0, reason="braucht root, um Rechte abzugeben")
def test_nur_lesbarer_bestand(bestand: Bestand, tmp_path: Path) -> None:
    """Who may only read, reads; a write is refused with 77 (the child loads all modules while it still may)."""
    tmp_path.chmod(0o755)
    shutil.copytree(bestand.ordner, tmp_path / "kopie")
    eigene = [p for p in tmp_path.parents if p.name.startswith(("pytest-", "popen-"))]  # never /tmp itself
    for pfad in (*eigene, bestand.ordner, *bestand.ordner.rglob("*")):
        pfad.chmod(0o755 if pfad.is_dir() else 0o644)
    code = (
        "import os, sys; from pathlib import Path; from sozmon.bestand import Bestand\n"
        "Bestand(Path(sys.argv[2])).kompaktieren(); Bestand(Path(sys.argv[2])).pruefen(ganz=True)\n"
        "os.setuid(65534); b = Bestand(Path(sys.argv[1]))\n"
        "print(len(b.sql('SELECT * FROM merkmalswerte')), len(b.pruefen(ganz=True)))\n"
        "try: b.kompaktieren()\n"
        "except Exception as e: print(e.exit_code)"
    )
    befehl = [sys.executable, "-c", code, str(bestand.ordner), str(tmp_path / "kopie")]
    lauf = subprocess.run(befehl, capture_output=True, text=True)
    assert lauf.stdout.split() == ["6", "1", "77"], lauf.stdout + lauf.stderr


def test_loeschen_laesst_keinen_wert_zurueck(bestand: Bestand, tmp_path: Path) -> None:
    geheim = lieferung("jobcenter", [zeile("1", 987654321.0), zeile("neu", 987654322.0)], tmp_path, "2030-01-01")
    vorher = abbild(bestand)
    geheim.import_in(bestand)
    sha = geheim.kopf.sha256
    bestand.loeschen(sha, "Frist abgelaufen")
    assert abbild(bestand) == vorher
    for pfad in bestand.ordner.rglob("*"):
        if pfad.is_file() and "loeschungen" not in pfad.parts:
            assert sha not in str(pfad)
            assert sha.encode() not in pfad.read_bytes(), pfad
            assert b"jobcenter" not in pfad.read_bytes(), pfad
    protokoll = siegel.read_siegel(bestand.ordner / "loeschungen" / f"{sha}.json")
    assert (protokoll["zustand"], protokoll["grund"], protokoll["zeilen"]) == ("erledigt", "Frist abgelaufen", 2)
    assert "98765" not in json.dumps(protokoll)
    assert bestand.pruefen(ganz=True) == []
    with pytest.raises(AufrufError):
        bestand.loeschen(sha, "noch einmal")
    with pytest.raises(AufrufError, match="Grund"):
        bestand.loeschen(bestand.lieferungen()[0].sha256, " ")


def test_ein_abgebrochenes_loeschen_beendet_der_naechste_lauf(
    bestand: Bestand, pakete: list[Paket], monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    sha = pakete[1].kopf.sha256
    with monkeypatch.context() as m:
        m.setattr(pflege, "run_kompaktieren", lambda *_: (_ for _ in ()).throw(KeyboardInterrupt))
        with pytest.raises(KeyboardInterrupt):
            bestand.loeschen(sha, "Test")
    assert bestand.ordner.joinpath("originale", sha[:2], sha).exists()
    lieferung("egal", [zeile("7", 7.0)], tmp_path).import_in(Bestand(bestand.ordner))
    assert not bestand.ordner.joinpath("originale", sha[:2], sha).exists()
    assert sha not in {x.sha256 for x in Bestand(bestand.ordner).lieferungen()}


def test_finde_original(bestand: Bestand, pakete: list[Paket]) -> None:
    sha = pakete[0].kopf.sha256
    assert bestand.finde_original(sha[:8].upper()) == bestand.finde_original("l0.csv") == sha
    for falsch in ("", "zzz"):
        with pytest.raises(AufrufError):
            bestand.finde_original(falsch)


def test_lange_geschichte_wird_nebenbei_kompaktiert(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    from sozmon.bestand import stand

    monkeypatch.setattr(stand, "LANG", 5)
    bestand = Bestand(tmp_path / "b")
    for i in range(9):
        lieferung(f"l{i}", [zeile("1", float(i))], tmp_path, f"20{10 + i}-01-01").import_in(bestand)
    assert bestand.stand.generation > 1
    assert bestand.sql("SELECT wert FROM merkmalswerte") == [{"wert": 8.0}]
    assert len(bestand.sql("SELECT * FROM fruehere", tabellen=("fruehere",))) == 8
