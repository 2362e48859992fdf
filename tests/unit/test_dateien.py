"""Opening: regular files only, a private copy that disappears, the real type by content."""

from __future__ import annotations

import errno
import hashlib
import io
import os
import sys
import zipfile
from pathlib import Path

import pytest

from sozmon import dateien
from sozmon.dateien import AblehnungError, open_datei
from sozmon.errors import EinAusgabeError, EingabeFehltError
from sozmon.quellen import kind as kind_modul
from sozmon.quellen import leser
from sozmon.quellen.leser import Leser

INHALT = b"statistics_code;value\n12411;1\n"


def test_private_copy_and_hash(tmp_path: Path) -> None:
    datei = tmp_path / "tabelle.csv"
    datei.write_bytes(INHALT)
    with open_datei(str(datei)) as roh:
        assert (roh.name, roh.art, roh.groesse) == ("tabelle.csv", "csv", len(INHALT))
        assert roh.sha256 == hashlib.sha256(INHALT).hexdigest()
        assert roh.pfad != datei
        assert roh.pfad.read_bytes() == INHALT
        if os.name == "posix":
            assert roh.pfad.stat().st_mode & 0o077 == 0
        ordner = roh.pfad.parent
    assert not ordner.exists()


def test_copy_disappears_after_an_error(tmp_path: Path) -> None:
    (tmp_path / "x.csv").write_bytes(INHALT)
    with pytest.raises(RuntimeError), open_datei(str(tmp_path / "x.csv")) as roh:
        ordner = roh.pfad.parent
        raise RuntimeError
    assert not ordner.exists()


def test_missing_file_names_the_nearest(tmp_path: Path) -> None:
    (tmp_path / "12411-01-01-4_flat.csv").write_bytes(INHALT)
    with pytest.raises(EingabeFehltError) as fehler, open_datei(str(tmp_path / "12411-01-01-4_falt.csv")):
        pass
    assert fehler.value.exit_code == 66
    assert "12411-01-01-4_flat.csv" in fehler.value.abhilfe


def test_folder(tmp_path: Path) -> None:
    with pytest.raises(AblehnungError) as fehler, open_datei(str(tmp_path)):
        pass
    assert fehler.value.art == "keine_datei"
    assert "Ordner" in fehler.value.text


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="no named pipes here")
def test_named_pipe_does_not_hang(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "rohr.csv")
    with pytest.raises(AblehnungError) as fehler, open_datei(str(tmp_path / "rohr.csv")):
        pass
    assert fehler.value.art == "keine_datei"


def test_standard_input(monkeypatch: pytest.MonkeyPatch) -> None:
    class Eingabe:
        buffer = io.BytesIO(INHALT)

    monkeypatch.setattr(sys, "stdin", Eingabe)
    with open_datei("-") as roh:
        assert (roh.name, roh.pfad.read_bytes()) == ("Standardeingabe", INHALT)


def test_zip_with_one_table_stands_for_the_table(tmp_path: Path) -> None:
    with zipfile.ZipFile(tmp_path / "abruf.zip", "w") as archiv:
        archiv.writestr("12411_1733216400000_de_flat.csv", INHALT)
    with open_datei(str(tmp_path / "abruf.zip")) as roh:
        assert (roh.name, roh.art) == ("12411_1733216400000_de_flat.csv", "csv")
        assert roh.sha256 == hashlib.sha256(INHALT).hexdigest()


@pytest.mark.parametrize(
    ("programm", "art"),
    [
        ("import os; os.abort()", "zu_viel_speicher"),
        ("import os, signal; os.kill(os.getpid(), signal.SIGSEGV)", "absturz"),
        ("raise SystemExit(1)", "absturz"),
        ("import time; time.sleep(60)", "zu_lange"),
    ],
)
def test_parent_survives_the_child(programm: str, art: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(leser, "KIND", [sys.executable, "-c", programm])
    monkeypatch.setattr(leser, "WARTEN", 0.5)
    (tmp_path / "x.csv").write_bytes(INHALT)
    with open_datei(str(tmp_path / "x.csv")) as roh, Leser() as kind, pytest.raises(AblehnungError) as fehler:
        kind.lies(roh, (), "")
    assert fehler.value.art == art
    assert fehler.value.exit_code == 4
    assert "x.csv" in fehler.value.text


def test_child_reads_on_after_a_crash(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "x.csv").write_bytes(b"a;b\n1;2\n")
    with open_datei(str(tmp_path / "x.csv")) as roh, Leser() as kind:
        assert kind._prozess is not None
        kind._prozess.kill()
        kind._prozess.wait()
        with pytest.raises(AblehnungError) as fehler:
            kind.lies(roh, (), "")
    assert fehler.value.art == "form_unbekannt"


def test_missing_file_suggests_only_what_could_be_meant(tmp_path: Path) -> None:
    def abhilfe(name: str) -> str:
        with pytest.raises(EingabeFehltError) as fehler, open_datei(str(tmp_path / name)):
            pass
        return fehler.value.abhilfe

    (tmp_path / "gibtsnicht.csv.out").touch()
    (tmp_path / "Arbeitslose_2021.csv").touch()
    assert "Meinten" not in abhilfe("gibtsnicht.csv")
    assert "Meinten" not in abhilfe("Wahlen_2021.csv")
    assert abhilfe("Arbeitslose_2012.csv") == "Meinten Sie „Arbeitslose_2021.csv“?"


def test_a_page_beside_a_table_in_an_archive_is_not_the_table(tmp_path: Path) -> None:
    with zipfile.ZipFile(tmp_path / "a.zip", "w") as archiv:
        archiv.writestr("liesmich.html", "<html></html>")
        archiv.writestr("tabelle.csv", INHALT)
    with open_datei(str(tmp_path / "a.zip")) as roh:
        assert (roh.name, roh.art) == ("tabelle.csv", "csv")
    with zipfile.ZipFile(tmp_path / "b.zip", "w") as archiv:
        archiv.writestr("tabelle.html", "<html><table></table></html>")
    with open_datei(str(tmp_path / "b.zip")) as roh:
        assert (roh.name, roh.art) == ("tabelle.html", "html")


def test_a_text_may_be_larger_than_a_container(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Texts are read in pieces; what must be unpacked whole has the lower limit. Nothing stays behind."""
    monkeypatch.setattr(dateien, "MAX_BYTES", 100)
    monkeypatch.setattr(dateien, "MAX_TEXT", 1000)
    for name, inhalt, gelesen in (
        ("a.csv", INHALT * 10, True),
        ("b.csv", INHALT * 100, False),
        ("c.zip", b"PK\x03\x04" + bytes(200), False),
        ("d.htm", b"<!doctype html>" + b"x" * 200, False),
    ):
        (tmp_path / name).write_bytes(inhalt)
        if gelesen:
            with open_datei(str(tmp_path / name)) as roh:
                assert roh.groesse == len(inhalt) and roh.sha256 == hashlib.sha256(inhalt).hexdigest()
        else:
            with pytest.raises(AblehnungError) as fehler, open_datei(str(tmp_path / name)):
                pass
            assert fehler.value.art == "zu_gross"


def test_a_file_that_cannot_be_read_to_its_end_is_named(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    class Kaputt(io.BytesIO):
        def read(self, _size: int | None = -1) -> bytes:
            raise OSError(5, "Input/output error")

    monkeypatch.setattr(sys, "stdin", type("Stdin", (), {"buffer": Kaputt()}))
    with pytest.raises(EingabeFehltError) as fehler, open_datei("-"):
        pass
    assert "lässt sich nicht lesen" in fehler.value.text and fehler.value.grund


def test_a_full_disk_in_the_child_is_the_disk_not_the_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Pieces of large files lie in the folder for temporary files; when that is full the file is not to blame."""

    def voll(*_: object) -> dict[str, object]:
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr(kind_modul, "lies", voll)
    assert kind_modul.erledige({}, tmp_path) == {"fehler": {"art": "platte_voll"}}
    antwort = '{"fehler": {"art": "platte_voll"}}'
    programm = (
        "import json, pathlib, sys; "
        "o = pathlib.Path(json.loads(sys.stdin.readline())['ordner']); "
        f"(o / 'ergebnis.json').write_text({antwort!r}); print('fertig', flush=True); sys.stdin.read()"
    )
    monkeypatch.setattr(leser, "KIND", [sys.executable, "-c", programm])
    (tmp_path / "x.csv").write_bytes(INHALT)
    with open_datei(str(tmp_path / "x.csv")) as roh, Leser() as kind, pytest.raises(EinAusgabeError) as fehler:
        kind.lies(roh, (), "")
    assert "voll" in fehler.value.text and fehler.value.exit_code == 74


def test_the_content_decides_not_the_ending(tmp_path: Path) -> None:
    (tmp_path / "tabelle.xlsx").write_text("a;b\n1;2\n", "utf-8")
    with open_datei(str(tmp_path / "tabelle.xlsx")) as datei:
        assert datei.art == "csv"


def test_parquet_is_no_import_format(tmp_path: Path) -> None:
    (tmp_path / "tabelle.csv").write_bytes(b"PAR1" + bytes(20))
    with pytest.raises(AblehnungError) as fehler, open_datei(str(tmp_path / "tabelle.csv")):
        pass
    assert fehler.value.art == "falsche_art" and "Parquet" in fehler.value.text


@pytest.mark.parametrize("name", ["a" * 5000, "a\0b", ""])
def test_names_that_no_file_can_have(name: str) -> None:
    with pytest.raises(EingabeFehltError), open_datei(name):
        pass
