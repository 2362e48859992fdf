"""The one door to the disk: all or nothing, private, never through a link, errors in German."""

from __future__ import annotations

import errno
import multiprocessing
import os
import stat
import subprocess
import sys
from pathlib import Path

import pytest

from sozmon import plattform
from sozmon.errors import AusgabeError, EinAusgabeError, GesperrtError, RechteError

POSIX = pytest.mark.skipif(os.name == "nt", reason="Rechte und Signale wie unter POSIX")


def namen(ordner: Path) -> list[str]:
    return sorted(p.name for p in ordner.iterdir())


def rechte(pfad: Path) -> int:
    return stat.S_IMODE(pfad.stat().st_mode)


# ---------------------------------------------------------------------------------------------- writing


@POSIX
def test_schreiben_ersetzt_und_ist_auf_wunsch_privat(tmp_path: Path) -> None:
    ziel = tmp_path / "a.txt"
    assert plattform.write_text(ziel, "Größe\r\n") == ziel
    assert ziel.read_bytes() == "Größe\r\n".encode()
    assert rechte(ziel) == 0o666 & ~_umask()
    plattform.write_bytes(ziel, b"neu", privat=True)
    assert (ziel.read_bytes(), rechte(ziel)) == (b"neu", 0o600)
    assert namen(tmp_path) == ["a.txt"]


def _umask() -> int:
    maske = os.umask(0)
    os.umask(maske)
    return maske


@POSIX
def test_ein_link_wird_ersetzt_nie_verfolgt(tmp_path: Path) -> None:
    opfer, ziel = tmp_path / "opfer", tmp_path / "bericht.pdf"
    opfer.write_text("wichtig")
    ziel.symlink_to(opfer)
    plattform.write_text(ziel, "bericht")
    assert opfer.read_text() == "wichtig"
    assert not ziel.is_symlink()


def test_nach_einem_fehler_bleibt_nichts_liegen(tmp_path: Path) -> None:
    ziel = tmp_path / "a.txt"
    ziel.write_text("alt")
    with pytest.raises(RuntimeError), plattform.write_strom(ziel) as teil:
        teil.write_text("halb")
        raise RuntimeError
    assert ziel.read_text() == "alt"
    assert namen(tmp_path) == ["a.txt"]


@pytest.mark.parametrize(
    ("nummer", "art", "wort"),
    [
        (errno.ENOSPC, EinAusgabeError, "voll"),
        (errno.EIO, EinAusgabeError, "Schreibfehler"),
        (errno.EACCES, RechteError, "Schreibrechte"),
        (errno.EROFS, RechteError, "Schreibrechte"),
        (errno.EXDEV, AusgabeError, "angelegt"),
    ],
)
def test_fehler_des_systems_werden_deutsch(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, nummer: int, art: type[Exception], wort: str
) -> None:
    def scheitere(*_: object) -> None:
        raise OSError(nummer, os.strerror(nummer))

    monkeypatch.setattr(os, "replace", scheitere)
    with pytest.raises(art, match=wort):
        plattform.write_text(tmp_path / "a.txt", "x")
    assert namen(tmp_path) == []


def test_fehlender_ordner_und_ordner_als_ziel(tmp_path: Path) -> None:
    with pytest.raises(AusgabeError) as fehler:
        plattform.write_text(tmp_path / "fehlt" / "a.txt", "x")
    assert "fehlt" in fehler.value.grund
    with pytest.raises(AusgabeError):
        plattform.write_text(tmp_path, "x")


@POSIX
@pytest.mark.skipif(not hasattr(os, "geteuid") or os.geteuid() != 0, reason="braucht root, um Rechte abzugeben")
def test_ohne_schreibrechte(tmp_path: Path) -> None:
    """Root ignores mode bits, so the child gives up its rights first."""
    tmp_path.chmod(0o755)
    code = (
        "import os, sys; from pathlib import Path; from sozmon import plattform; os.setuid(65534)\n"
        "try: plattform.write_text(Path(sys.argv[1]) / 'a', 'x')\n"
        "except plattform.RechteError as e: print(e.exit_code)"
    )
    lauf = subprocess.run([sys.executable, "-c", code, str(tmp_path)], capture_output=True, text=True)
    assert lauf.stdout == "77\n", lauf.stderr


def test_create_bytes_nur_wenn_der_name_frei_ist(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    ziel = tmp_path / "1.json"
    assert plattform.create_bytes(ziel, b"eins")
    assert not plattform.create_bytes(ziel, b"zwei")
    assert not plattform.create_bytes(ziel, b"zwei", hardlink=False)
    assert plattform.create_bytes(tmp_path / "2.json", b"zwei", hardlink=False)
    assert ziel.read_bytes() == b"eins"

    def kein_link(*_: object) -> None:
        raise OSError(errno.EOPNOTSUPP, "Operation not supported")

    monkeypatch.setattr(os, "link", kein_link)
    with pytest.raises(AusgabeError, match="Hardlinks"):
        plattform.create_bytes(tmp_path / "3.json", b"drei")
    assert namen(tmp_path) == ["1.json", "2.json"]


@POSIX
def test_ordner(tmp_path: Path) -> None:
    privat = plattform.create_ordner(tmp_path / "a" / "b", privat=True)
    assert (rechte(privat), rechte(privat.parent)) == (0o700, 0o700)
    plattform.create_ordner(privat)
    (tmp_path / "datei").write_text("x")
    with pytest.raises(AusgabeError):
        plattform.create_ordner(tmp_path / "datei")
    plattform.remove(tmp_path / "a")
    plattform.remove(tmp_path / "datei")
    plattform.remove(tmp_path / "nichts")
    assert namen(tmp_path) == []


@POSIX
def test_temp_ordner_ist_privat_und_verschwindet() -> None:
    with pytest.raises(RuntimeError), plattform.temp_ordner() as ordner:
        assert rechte(ordner) == 0o700
        (ordner / "x").write_text("x")
        raise RuntimeError
    assert not ordner.exists()


@POSIX
def test_nur_regulaere_dateien(tmp_path: Path) -> None:
    (tmp_path / "a").write_text("x")
    (tmp_path / "l").symlink_to(tmp_path / "a")
    os.mkfifo(tmp_path / "f")
    assert [plattform.ist_regulaer(tmp_path / n) for n in ("a", "l", "f", "fehlt")] == [True, False, False, False]


# ---------------------------------------------------------------------------------------------- lock


@pytest.mark.parametrize("weich", [False, True])
def test_sperre_nennt_den_halter(tmp_path: Path, weich: bool) -> None:
    pfad = tmp_path / ".sperre"
    with plattform.sperre(pfad, warten=0, befehl="sozmon import a.csv", weich=weich):
        with (
            pytest.raises(GesperrtError) as fehler,
            plattform.sperre(pfad, warten=0.05, befehl="zweiter", weich=weich),
        ):
            pass
        for wort in ("sozmon import a.csv", str(os.getpid()), plattform.rechner()):
            assert wort in fehler.value.ort
    with plattform.sperre(pfad, warten=0, befehl="danach", weich=weich):
        pass


@POSIX
def test_eine_sperre_stirbt_mit_ihrem_prozess(tmp_path: Path) -> None:
    pfad = tmp_path / ".sperre"
    kontext = multiprocessing.get_context("spawn")
    bereit = kontext.Event()
    halter = kontext.Process(target=_halte, args=(str(pfad), bereit))
    halter.start()
    assert bereit.wait(30)
    with pytest.raises(GesperrtError), plattform.sperre(pfad, warten=0, befehl="zu früh"):
        pass
    halter.kill()
    halter.join()
    with plattform.sperre(pfad, warten=1, befehl="danach"):
        pass


def _halte(pfad: str, bereit: object) -> None:
    with plattform.sperre(Path(pfad), warten=0, befehl="halter"):
        bereit.set()  # type: ignore[attr-defined]
        import time

        time.sleep(60)


def test_laufwerk_ohne_sperren_wird_abgelehnt(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    fcntl = pytest.importorskip("fcntl")

    def kann_nicht(*_: object) -> None:
        raise OSError(errno.ENOLCK, os.strerror(errno.ENOLCK))

    monkeypatch.setattr(fcntl, "flock", kann_nicht)
    with (
        pytest.raises(GesperrtError, match="Dateisperren") as fehler,
        plattform.sperre(tmp_path / ".sperre", warten=0, befehl="x"),
    ):
        pass
    assert "--ohne-hardlinks" in fehler.value.abhilfe


# ---------------------------------------------------------------------------------------------- processes


@POSIX
def test_grenzen_eines_kindes() -> None:
    code = "from sozmon.plattform import begrenze_kind; begrenze_kind(300, 5); x = bytearray(10**9)"
    lauf = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True)
    assert "MemoryError" in lauf.stderr


@pytest.mark.parametrize("n", [1, 2])
def test_arbeiter(n: int) -> None:
    with plattform.arbeiter(n) as ex:
        assert list(ex.map(abs, [-1, 2, -3])) == [1, 2, 3]
        with pytest.raises(ZeroDivisionError):
            ex.submit(divmod, 1, 0).result()


def test_der_import_bleibt_leicht() -> None:
    code = "import sys, sozmon.plattform; print(sorted({'tempfile', 'shutil', 'json', 'filelock'} & set(sys.modules)))"
    lauf = subprocess.run([sys.executable, "-S", "-c", code], capture_output=True, text=True, env=_umgebung())
    assert lauf.stdout == "[]\n", lauf.stderr


def _umgebung() -> dict[str, str]:
    return os.environ | {"PYTHONPATH": str(Path(plattform.__file__).parent.parent)}
