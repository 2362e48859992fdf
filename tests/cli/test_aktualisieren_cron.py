"""``sozmon aktualisieren`` as cron starts it: the README's line, an empty environment, two at once, ``kill -9``."""

from __future__ import annotations

import hashlib
import os
import random
import re
import shutil
import signal
import subprocess
import sys
import time
from pathlib import Path
from typing import Any

import pytest

import sozmon
from sozmon import aktualisieren
from sozmon.bestand import Bestand
from sozmon.model import Stufe
from sozmon.projekt import load_projekt

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="cron und POSIX-Signale")

QUELLTEXT = Path(sozmon.__file__).parents[1]
README = QUELLTEXT.parent / "README.md"
PROGRAMM, ORDNER = "/opt/sozmon/bin/sozmon", "/srv/monitoring"
TABELLE, ANDERE = "12613-91-01-5_de_flat_abruf20250410.csv", "12612-91-01-5_de_flat_abruf20250410.csv"
Lauf = subprocess.CompletedProcess[bytes]


@pytest.fixture
def programm(tmp_path: Path) -> Path:
    """The command as an installation puts it down, for the sozmon that is tested here."""
    pfad = tmp_path / "bin" / "sozmon"
    pfad.parent.mkdir()
    pfad.write_text(f'#!/bin/sh\nPYTHONPATH="{QUELLTEXT}" exec "{sys.executable}" -m sozmon "$@"\n')
    pfad.chmod(0o755)
    return pfad


@pytest.fixture
def ordner(vorlage_projekt: Path, tmp_path: Path) -> Path:
    """A project with data, a short report and an empty ``eingang/``."""
    ziel = Path(shutil.copytree(vorlage_projekt, tmp_path / "Überwachung Süd"))
    for datei in (ziel / "eingang").iterdir():
        datei.unlink()
    text = (ziel / "sozmon.toml").read_text("utf-8")
    vorspann, _, _ = text.partition("[berichte.sozialbericht]")
    assert vorspann != text
    kurz = '[berichte.sozialbericht]\ntitel = "Teilhabe"\nkapitel = ["teilhabe", "impressum"]\n'
    (ziel / "sozmon.toml").write_text(vorspann + kurz, "utf-8")
    shutil.rmtree(ziel / "texte" / "teilhabe")  # the texts cite deliveries that this small store does not have
    return ziel


def lege(ordner: Path, vorlage_projekt: Path, name: str, als: str = "") -> bytes:
    """Put a delivery that the store does not know yet into ``eingang/``."""
    daten = (vorlage_projekt / "eingang" / name).read_bytes()
    (ordner / "eingang" / (als or name)).write_bytes(daten)
    return daten


def bestand(ordner: Path) -> Bestand:
    return Bestand(load_projekt(ordner).bestand)


def liegt(ordner: Path) -> list[str]:
    return sorted(p.name for p in (ordner / "eingang").iterdir())


def ist_aufbewahrt(ordner: Path, daten: bytes) -> bool:
    kennung = hashlib.sha256(daten).hexdigest()
    b = bestand(ordner)
    return b.ist_bekannt(kennung) and b.original(kennung).read_bytes() == daten


# -- the line of the README ----------------------------------------------------------------------------


def _block(marke: str) -> str:
    abschnitt = README.read_text("utf-8").partition("## Jede Nacht von selbst\n")[2].partition("\n## ")[0]
    bloecke = re.findall(rf"^```{marke}\n(.*?)^```", abschnitt, re.DOTALL | re.MULTILINE)
    assert len(bloecke) == 1, f"README.md: genau ein Block {marke}"
    return str(bloecke[0])


def crontab_befehl(programm: Path, ordner: Path) -> str:
    """What cron hands to the shell: the line as written, but for the two paths."""
    zeilen = [z for z in _block("crontab").splitlines() if z and not z.startswith("#")]
    auftraege = [z for z in zeilen if not re.match(r"[A-Z_]+=", z)]
    assert [z for z in zeilen if z.startswith("MAILTO=")] and len(auftraege) == 1
    *zeit, befehl = auftraege[0].split(None, 5)
    assert len(zeit) == 5 and all(re.fullmatch(r"[0-9*/,-]+", feld) for feld in zeit)
    assert befehl.count(PROGRAMM) == 1 and befehl.count(ORDNER) == 1
    assert "%" not in befehl, "cron takes it for the end of the line"
    return befehl.replace(PROGRAMM, str(programm)).replace(ORDNER, f"'{ordner}'")


def wie_cron(befehl: str, zuhause: Path, **mehr: Any) -> Lauf:
    """``/bin/sh -c`` with exactly the environment of cron, in the home folder."""
    umgebung = [f"HOME={zuhause}", "LOGNAME=sozial", "SHELL=/bin/sh", "PATH=/usr/bin:/bin"]
    einstellung: dict[str, Any] = {"capture_output": True, "stdin": subprocess.DEVNULL, "timeout": 120, "cwd": zuhause}
    return subprocess.run(
        ["/usr/bin/env", "-i", *umgebung, "/bin/sh", "-c", befehl], **(einstellung | mehr), check=False
    )


def test_the_crontab_line_of_the_readme(programm: Path, ordner: Path, vorlage_projekt: Path, tmp_path: Path) -> None:
    """Reads, clears, prints the report, says nothing; the second night refuses, and the mail is the one shown."""
    daten = lege(ordner, vorlage_projekt, TABELLE, "Geburten & Sterbefälle ändern_abruf20250410.csv")
    befehl = crontab_befehl(programm, ordner)
    lauf = wie_cron(befehl, tmp_path)
    assert (lauf.returncode, lauf.stdout, lauf.stderr.decode()) == (0, b"", "")
    assert liegt(ordner) == [] and ist_aufbewahrt(ordner, daten)
    produkte = ordner / "ausgabe" / "sozialbericht"
    assert (produkte / "sozialbericht.pdf").read_bytes().startswith(b"%PDF")
    assert {"sozialbericht.html", "sozialbericht.docx"} <= {p.name for p in produkte.iterdir()}

    kaputt = ordner / "eingang" / "Gemeindeverzeichnis für Ämter.xlsx"
    kaputt.write_bytes((vorlage_projekt / "eingang" / "31122021_Auszug_GV.xlsx").read_bytes()[:3000])
    lauf = wie_cron(f"{befehl} --ohne-bericht", tmp_path)
    assert (lauf.returncode, lauf.stdout) == (4, b"")
    assert lauf.stderr.decode("utf-8").replace(str(ordner), ORDNER) == _block("text")


def test_nothing_around_it(programm: Path, ordner: Path, vorlage_projekt: Path, tmp_path: Path) -> None:
    """No HOME, no TERM, C locale, closed stdin, umask 077, working directory /."""
    daten = lege(ordner, vorlage_projekt, TABELLE, "Größe, Maß und Übermaß_abruf20250410.csv")
    befehl = f"umask 077; exec '{programm}' --projekt '{ordner}' aktualisieren <&-"
    lauf = subprocess.run(
        ["/usr/bin/env", "-i", "PATH=/usr/bin:/bin", "LC_ALL=C", "/bin/sh", "-c", befehl],
        cwd="/", capture_output=True, check=False, timeout=120,
    )  # fmt: skip
    assert (lauf.returncode, lauf.stdout, lauf.stderr.decode()) == (0, b"", "")
    assert liegt(ordner) == [] and ist_aufbewahrt(ordner, daten)
    pdf = ordner / "ausgabe" / "sozialbericht" / "sozialbericht.pdf"
    assert pdf.stat().st_mode & 0o777 == 0o600


def _mit_rechten() -> list[str]:
    """In front of a command: mode bits hold for root, too."""
    if os.geteuid() != 0:
        return []
    if shutil.which("setpriv") is None:
        pytest.skip("root ohne setpriv darf alles")
    return ["setpriv", "--bounding-set=-dac_override,-dac_read_search,-fowner"]


def test_a_home_that_is_read_only(programm: Path, ordner: Path, vorlage_projekt: Path, tmp_path: Path) -> None:
    lege(ordner, vorlage_projekt, TABELLE)
    zuhause = tmp_path / "zuhause"
    zuhause.mkdir(mode=0o555)
    befehl = [*_mit_rechten(), str(programm), "--projekt", str(ordner), "aktualisieren"]
    env = {"HOME": str(zuhause), "PATH": "/usr/bin:/bin"}
    lauf = subprocess.run(befehl, env=env, cwd=zuhause, capture_output=True, check=False, timeout=120)
    assert (lauf.returncode, lauf.stdout, lauf.stderr.decode()) == (0, b"", "")
    assert liegt(ordner) == [] and list(zuhause.iterdir()) == []


def test_an_eingang_that_is_read_only(programm: Path, ordner: Path, vorlage_projekt: Path) -> None:
    """The numbers are read, the file stays, and a person hears of it."""
    daten = lege(ordner, vorlage_projekt, TABELLE)
    (ordner / "eingang").chmod(0o555)
    befehl = [*_mit_rechten(), str(programm), "--projekt", str(ordner), "aktualisieren", "--ohne-bericht"]
    try:
        lauf = subprocess.run(befehl, env={"PATH": "/usr/bin:/bin"}, capture_output=True, check=False, timeout=60)
    finally:
        (ordner / "eingang").chmod(0o755)
    assert lauf.returncode == 77 and "nicht aus eingang/ entfernen" in lauf.stderr.decode()
    assert liegt(ordner) == [TABELLE] and ist_aufbewahrt(ordner, daten)


# -- two at once, and the dead -------------------------------------------------------------------------


def starte(programm: Path, ordner: Path, **mehr: Any) -> subprocess.Popen[bytes]:
    befehl = [str(programm), "--projekt", str(ordner), "aktualisieren", "--ohne-bericht"]
    env = {"PATH": "/usr/bin:/bin"} | mehr.pop("env", {})
    return subprocess.Popen(befehl, env=env, stdout=subprocess.PIPE, stderr=subprocess.PIPE, **mehr)


def test_three_runs_at_once(programm: Path, ordner: Path, vorlage_projekt: Path) -> None:
    """Whoever comes while another works ends with 75 and names it; the outcome is that of one run."""
    daten = [lege(ordner, vorlage_projekt, name) for name in (TABELLE, ANDERE)]
    laeufe = [starte(programm, ordner) for _ in range(3)]
    ausgaenge = [(*lauf.communicate(timeout=120), lauf.returncode) for lauf in laeufe]
    codes = sorted(code for _, _, code in ausgaenge)
    assert codes[0] == 0 and codes[-1] == 75 and set(codes) == {0, 75}
    for out, err, code in ausgaenge:
        assert out == b"" and (b"sozmon aktualisieren" in err if code else err == b""), err.decode()
    assert liegt(ordner) == [] and all(ist_aufbewahrt(ordner, d) for d in daten)
    einmal = [x.datei for x in bestand(ordner).lieferungen()]
    assert einmal.count(TABELLE) == einmal.count(ANDERE) == 1


HALTER = """
import sys, time
from pathlib import Path
from sozmon import plattform
with plattform.sperre(Path(sys.argv[1]), warten=0, befehl="sozmon aktualisieren"):
    print("bereit", flush=True)
    time.sleep(60)
"""


def test_the_lock_of_a_dead_run_is_free(programm: Path, ordner: Path, vorlage_projekt: Path) -> None:
    lege(ordner, vorlage_projekt, TABELLE)
    sperre = load_projekt(ordner).bestand / aktualisieren.SPERRE
    with subprocess.Popen(
        [sys.executable, "-c", HALTER, str(sperre)], stdout=subprocess.PIPE, env={"PYTHONPATH": str(QUELLTEXT)}
    ) as halter:
        assert halter.stdout is not None and halter.stdout.readline() == b"bereit\n"
        with starte(programm, ordner) as lauf:
            assert f"Prozess {halter.pid}" in lauf.communicate(timeout=60)[1].decode()
        assert lauf.returncode == 75
        halter.kill()
    with starte(programm, ordner) as lauf:
        assert lauf.communicate(timeout=60) == (b"", b"")
    assert lauf.returncode == 0 and liegt(ordner) == []


def test_sigterm_leaves_nothing_behind(programm: Path, ordner: Path, vorlage_projekt: Path, tmp_path: Path) -> None:
    """The number of the signal, no temporary copies, and a next run that just works."""
    daten = lege(ordner, vorlage_projekt, TABELLE)
    ablage = tmp_path / "ablage"
    ablage.mkdir()
    with starte(programm, ordner, env={"TMPDIR": str(ablage)}) as lauf:
        wer = load_projekt(ordner).bestand / f"{aktualisieren.SPERRE}.wer"
        for _ in range(400):  # it holds the lock: now it waits for files that may still be growing
            if wer.exists():
                break
            time.sleep(0.05)
        lauf.send_signal(signal.SIGTERM)
        out, err = lauf.communicate(timeout=60)
    assert (lauf.returncode, out) == (143, b"") and b"Traceback" not in err
    assert list(ablage.iterdir()) == [] and not wer.exists() and liegt(ordner) == [TABELLE]
    with starte(programm, ordner) as lauf:
        assert lauf.communicate(timeout=60) == (b"", b"")
    assert liegt(ordner) == [] and ist_aufbewahrt(ordner, daten)


@pytest.mark.langsam
def test_kill_9_at_any_moment(programm: Path, ordner: Path, vorlage_projekt: Path, tmp_path: Path) -> None:
    """Each file is whole in ``eingang/`` or in the store at every moment; the next run ends as if nothing had been."""
    dateien = {n: lege(ordner, vorlage_projekt, n) for n in (TABELLE, ANDERE, "Vordruck_SGB_II_Auental_2022.xlsx")}
    frage = (
        "SELECT * FROM merkmalswerte ORDER BY raum_id, zeit, merkmal, auspraegung, quelle, gebietsstand, zeitart, basis"
    )
    soll, dauer = _ungestoert(programm, ordner, tmp_path, frage)
    zufall, gesehen = random.Random(3), set()
    for runde in range(16):
        ziel = Path(shutil.copytree(ordner, tmp_path / f"runde{runde}"))
        (tmp_path / f"ablage{runde}").mkdir()
        with starte(programm, ziel, env={"TMPDIR": str(tmp_path / f"ablage{runde}")}, start_new_session=True) as lauf:
            time.sleep(dauer * zufall.uniform(0.5, 1.1))
            os.killpg(lauf.pid, signal.SIGKILL)
        da = liegt(ziel)
        for name, daten in dateien.items():
            if name in da:
                assert (ziel / "eingang" / name).read_bytes() == daten
            else:
                assert ist_aufbewahrt(ziel, daten), f"round {runde}: {name} is lost"
        gesehen.add((len(da), len(bestand(ziel).lieferungen())))
        assert all(m.stufe is Stufe.INFO for m in bestand(ziel).pruefen(ganz=True))
        with starte(programm, ziel) as lauf:
            assert lauf.communicate(timeout=60) == (b"", b"")
        assert lauf.returncode == 0 and liegt(ziel) == []
        assert bestand(ziel).sql(frage) == soll
        shutil.rmtree(ziel)
    assert len(gesehen) > 2, f"the moments were all alike: {gesehen}"


def _ungestoert(programm: Path, ordner: Path, tmp_path: Path, frage: str) -> tuple[object, float]:
    """What the store says after a run in peace, and how many seconds it takes here and now."""
    probe = Path(shutil.copytree(ordner, tmp_path / "in-ruhe"))
    beginn = time.monotonic()
    with starte(programm, probe) as lauf:
        assert lauf.communicate(timeout=120) == (b"", b"")
    dauer = time.monotonic() - beginn
    assert lauf.returncode == 0 and liegt(probe) == []
    return bestand(probe).sql(frage), dauer
