"""``kill -9`` at any moment: the store is always the state before or after, and the next run just works."""

from __future__ import annotations

import os
import random
import shutil
import subprocess
import sys
import time
from pathlib import Path

import pytest
from hilfe import abbild
from schreiber import paket, starte

from sozmon.bestand import Bestand, pflege
from sozmon.model import Stufe

SCHREIBER = Path(__file__).with_name("schreiber.py")


def unter_strace(bestand: Path, ordner: Path, einspritzung: str) -> subprocess.CompletedProcess[str]:
    """Import delivery 3 with this fault injected."""
    aufruf = einspritzung.split(":")[0]
    fang = ["strace", "-f", "-qq", "-o", os.devnull, "-e", f"trace={aufruf}", "-e", f"inject={einspritzung}"]
    befehl = [*fang, sys.executable, str(SCHREIBER), str(bestand), str(ordner), "import", "3"]
    return subprocess.run(befehl, capture_output=True, text=True)


def ist_heil(bestand: Bestand) -> bool:
    return all(m.stufe is Stufe.INFO for m in bestand.pruefen(ganz=True))


def vorbereitet(tmp_path: Path) -> tuple[Path, dict[str, object], dict[str, object], dict[str, object]]:
    """A store with deliveries 1 and 2, and what it says before, after import of 3, after taking back 2."""
    ordner = tmp_path / "davor"
    for nummer in (1, 2):
        paket(nummer, tmp_path).import_in(Bestand(ordner))
    danach, zurueck = tmp_path / "danach", tmp_path / "zurueck"
    shutil.copytree(ordner, danach)
    shutil.copytree(ordner, zurueck)
    paket(3, tmp_path).import_in(Bestand(danach))
    Bestand(zurueck).zuruecknehmen(paket(2, tmp_path).kopf.sha256)
    return ordner, abbild(Bestand(ordner)), abbild(Bestand(danach)), abbild(Bestand(zurueck))


def schleife(tmp_path: Path, runden: int, saat: int) -> dict[str, int]:
    """Kill writers at random moments; count what the store looked like afterwards."""
    ordner, davor, danach, zurueck = vorbereitet(tmp_path)
    zufall, gezaehlt = random.Random(saat), {"davor": 0, "danach": 0}
    dauer = _dauer(ordner, tmp_path)
    for runde in range(runden):
        ziel = tmp_path / f"runde{runde}"
        shutil.copytree(ordner, ziel)
        was, soll = [("import", danach), ("zurueck", zurueck), ("kompaktieren", davor)][runde % 3]
        prozess = starte(ziel, tmp_path, was, "3" if was == "import" else "2")
        # beyond the usual length too: on a quiet machine the commit comes late in it
        time.sleep(dauer * zufall.uniform(0.0, 1.4))
        prozess.kill()
        prozess.join()
        nun = abbild(Bestand(ziel))
        assert nun in (davor, soll), f"round {runde} ({was}): neither before nor after"
        gezaehlt["davor" if nun == davor else "danach"] += 1
        assert ist_heil(Bestand(ziel))
        if was == "import":  # the next run finishes the job, and care removes the debris
            paket(3, tmp_path).import_in(Bestand(ziel, warten=1))
            assert abbild(Bestand(ziel)) == danach
        Bestand(ziel).kompaktieren()
        pflege.sweep_alte(ziel, Bestand(ziel).stand, frist=0)
        assert Bestand(ziel).pruefen(ganz=True) == []
        shutil.rmtree(ziel)
    return gezaehlt


def _dauer(ordner: Path, tmp_path: Path) -> float:
    """Seconds that an undisturbed writer takes here and now."""
    for runde in range(2):  # the first one also starts the server
        probe = tmp_path / f"probe{runde}"
        shutil.copytree(ordner, probe)
        beginn = time.monotonic()
        prozess = starte(probe, tmp_path, "import", "3")
        prozess.join()
        assert prozess.exitcode == 0
    return time.monotonic() - beginn


@pytest.mark.skipif(os.name == "nt", reason="kein SIGKILL unter Windows")
def test_kill_9_kurz(tmp_path: Path) -> None:
    schleife(tmp_path, 10, 1)


@pytest.mark.skipif(os.name == "nt", reason="keine Größengrenzen unter Windows")
@pytest.mark.parametrize("grenze", [10, 300, 900, 1300, 2000, 4000])
def test_volle_platte(tmp_path: Path, grenze: int) -> None:
    """No file may grow beyond ``grenze`` bytes, in our writes and in Delta's: exit 74, nothing changed."""
    ziel = tmp_path / "bestand"
    for nummer in (1, 2):
        paket(nummer, tmp_path).import_in(Bestand(ziel))
    davor = abbild(Bestand(ziel))
    paket(3, tmp_path)
    code = (
        "import resource, sys; sys.path.insert(0, sys.argv[4]); from pathlib import Path; import schreiber\n"
        "from sozmon.bestand import Bestand\n"
        "p = schreiber.paket(3, Path(sys.argv[2]))\n"
        "resource.setrlimit(resource.RLIMIT_FSIZE, (int(sys.argv[3]), resource.RLIM_INFINITY))\n"
        "try: p.import_in(Bestand(Path(sys.argv[1])))\n"
        "except Exception as e: print(type(e).__name__, getattr(e, 'exit_code', ''))"
    )
    befehl = [sys.executable, "-c", code, str(ziel), str(tmp_path), str(grenze), str(SCHREIBER.parent)]
    lauf = subprocess.run(befehl, capture_output=True, text=True)
    assert lauf.stdout == "EinAusgabeError 74\n", lauf.stdout + lauf.stderr
    assert abbild(Bestand(ziel)) == davor
    assert ist_heil(Bestand(ziel))


@pytest.mark.langsam
@pytest.mark.skipif(os.name == "nt", reason="kein SIGKILL unter Windows")
def test_kill_9_lang(tmp_path: Path) -> None:
    gezaehlt = schleife(tmp_path, 200, 2)
    assert min(gezaehlt.values()) > 10, gezaehlt


@pytest.mark.langsam
@pytest.mark.skipif(shutil.which("strace") is None, reason="strace fehlt")
@pytest.mark.parametrize("aufruf", ["rename", "link,linkat", "fsync", "unlink", "mkdir"])
def test_kill_9_bei_jedem_systemaufruf(tmp_path: Path, aufruf: str) -> None:
    """Kill at the n-th call that changes a folder or flushes a file, n = 1, 2, 3 … until the run survives."""
    ordner, davor, danach, _ = vorbereitet(tmp_path)
    for n in range(1, 200):
        ziel = tmp_path / f"n{n}"
        shutil.copytree(ordner, ziel)
        ende = unter_strace(ziel, tmp_path, f"{aufruf}:signal=KILL:when={n}").returncode
        nun = abbild(Bestand(ziel))
        assert nun in (davor, danach), f"{aufruf} no. {n}"
        assert ist_heil(Bestand(ziel))
        paket(3, tmp_path).import_in(Bestand(ziel, warten=1))
        assert abbild(Bestand(ziel)) == danach
        shutil.rmtree(ziel)
        if ende == 0:
            assert n > 1
            return
    raise AssertionError("the run never survived")


@pytest.mark.langsam
@pytest.mark.skipif(shutil.which("strace") is None, reason="strace fehlt")
@pytest.mark.parametrize("fehler", ["fsync:error=EIO", "rename:error=ENOSPC"])
def test_schreibfehler_an_jeder_stelle(tmp_path: Path, fehler: str) -> None:
    """The n-th call fails: a German error, nothing changed, no debris that counts."""
    ordner, davor, danach, _ = vorbereitet(tmp_path)
    for n in range(1, 60):
        ziel = tmp_path / f"n{n}"
        shutil.copytree(ordner, ziel)
        lauf = unter_strace(ziel, tmp_path, f"{fehler}:when={n}")
        if lauf.returncode:
            letzte = lauf.stderr.strip().splitlines()[-1]
            assert letzte.startswith("sozmon.errors."), lauf.stderr
            assert "BestandError" not in letzte, "a full disk is no damage"
        assert abbild(Bestand(ziel)) in (davor, danach), f"{fehler} no. {n}"
        assert ist_heil(Bestand(ziel))
        shutil.rmtree(ziel)
        if lauf.returncode == 0 and n > 40:
            return
