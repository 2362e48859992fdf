"""Every way out of a command: one text, one number, never a traceback, never a value."""

from __future__ import annotations

import errno
from collections.abc import Callable
from typing import Any

import pytest

from sozmon import errors
from sozmon.cli import ausgabe
from sozmon.cli import werte as befehl_werte
from sozmon.model import Fundstelle, Meldung, Stufe

Sozmon = Callable[..., Any]


@pytest.fixture
def wirf(monkeypatch: pytest.MonkeyPatch) -> Callable[[BaseException], None]:
    """Let ``sozmon werte`` end with this exception."""

    def setze(e: BaseException) -> None:
        def kern(*_: object, **__: object) -> None:
            kleiner_wert = 4711  # a local that no traceback may show
            raise e from (ValueError("davor") if kleiner_wert else None)

        monkeypatch.setattr(befehl_werte, "indikatorwerte", kern)

    return setze


AUFRUF = ("werte", "-i", "x", "-r", "y")


def test_the_list_of_errors_is_complete() -> None:
    def alle(klasse: type) -> list[type]:
        return [klasse, *(k for unter in klasse.__subclasses__() for k in alle(unter))]

    eigene = [k for k in alle(errors.SozmonError) if k.__module__ == "sozmon.errors"]
    assert len(eigene) == 13 and set(eigene) == set(errors.FEHLERKLASSEN)
    codes = [k.exit_code for k in errors.FEHLERKLASSEN]
    assert codes == sorted(codes) and len(set(codes)) == len(codes)
    assert codes == [1, 2, 3, 4, 5, 6, 66, 73, 74, 75, 76, 77, 78]


@pytest.mark.parametrize("klasse", errors.FEHLERKLASSEN)
def test_each_error_says_what_where_why_and_what_to_do(
    sozmon: Sozmon, wirf: Any, klasse: type[errors.SozmonError]
) -> None:
    wirf(
        klasse("Was geschah.", ort="Datei.xlsx, Blatt Daten, Zelle K57", grund="Darum.", abhilfe="Eins tun.\nZwei tun.")
    )
    lauf = sozmon(*AUFRUF)
    assert lauf.code == klasse.exit_code and lauf.out == ""
    kopf = "Ergebnis" if klasse.exit_code in (3, 6) else "Fehler"
    assert lauf.err == (
        f"{kopf}: Was geschah.\n"
        "  Wo:      Datei.xlsx, Blatt Daten, Zelle K57\n"
        "  Warum:   Darum.\n"
        "  Abhilfe: Eins tun.\n"
        "           Zwei tun.\n"
        f"(Ausgang {klasse.exit_code}: {klasse.bedeutung})\n"
    )


def test_debug_shows_the_traceback_without_locals(sozmon: Sozmon, wirf: Any) -> None:
    wirf(errors.EingabeError("Was geschah."))
    lauf = sozmon("--debug", *AUFRUF)
    assert lauf.code == 4 and "Traceback" in lauf.err and "4711" not in lauf.err.replace("kleiner_wert = 4711", "")


def test_a_bug_is_1_and_never_prints_its_message(sozmon: Sozmon, wirf: Any) -> None:
    wirf(RuntimeError("Wert 2 in Zelle K57"))
    lauf = sozmon(*AUFRUF)
    assert lauf.code == 1 and "bitte melden" in lauf.err
    assert "K57" not in lauf.err and "Traceback" not in lauf.err and "RuntimeError" in lauf.err
    lauf = sozmon("--debug", *AUFRUF)
    assert lauf.code == 1 and "Traceback" in lauf.err


@pytest.mark.parametrize(
    ("fehler", "code"),
    [
        (FileNotFoundError(errno.ENOENT, "No such file", "x.csv"), 66),
        (PermissionError(errno.EACCES, "Permission denied", "x.csv"), 77),
        (IsADirectoryError(errno.EISDIR, "Is a directory", "x"), 73),
        (FileExistsError(errno.EEXIST, "File exists", "x"), 73),
        (OSError(errno.ENOSPC, "No space left on device", "x"), 74),
        (OSError(errno.EIO, "Input/output error"), 74),
        (OSError(4242, "Strange"), 74),
        (BrokenPipeError(errno.EPIPE, "Broken pipe"), 74),  # of a child process, not of our stdout
        (MemoryError(), 74),
        (KeyboardInterrupt(), 130),
    ],
)
def test_errors_of_the_machine(sozmon: Sozmon, wirf: Any, fehler: BaseException, code: int) -> None:
    wirf(fehler)
    lauf = sozmon(*AUFRUF)
    assert lauf.code == code and "Traceback" not in lauf.err
    for wort in ("No such", "denied", "directory", "exists", "space", "error", "Strange", "Broken"):
        assert wort not in lauf.err, "the system's English sentence must not reach the user"


@pytest.mark.parametrize(
    ("worte", "enthaelt"),
    [
        (["wert"], ["„wert“ gibt es nicht", "Meinten Sie „werte“?"]),
        (["gibtesnicht"], ["„gibtesnicht“ gibt es nicht", "sozmon --help"]),
        (["werte"], ["Die Option --indikator fehlt"]),
        (["werte", "-i"], ["Hinter -i fehlt der Wert"]),
        (["werte", "--indikatr", "x"], ["--indikatr gibt es hier nicht", "Meinten Sie --indikator?"]),
        (["werte", "-X"], ["-X gibt es hier nicht"]),
        (["werte", "-i", "x", "-r", "y", "--intern=1"], ["--intern nimmt keinen Wert"]),
        (["werte", "-i", "x", "-r", "y", "zuviel"], ["Überzählige Angabe: zuviel"]),
        (["werte", "--projekt", "x"], ["--projekt steht vor dem Befehl", "sozmon --projekt … werte …"]),
        (["werte", "-q"], ["-q steht vor dem Befehl"]),
        (["herkunft", "14522"], ["Die Angabe INDIKATOR fehlt"]),
        (["werte", "-i", "x", "-r", "y", "--format", "xsl"], ["„xsl“ gibt es bei --format nicht", "„xlsx“"]),
        (["werte", "-i", "x", "-r", "y", "--breit", "ort"], ["Möglich sind: zeit, indikator"]),
        (["werte", "-i", "x", "-r", "y", "--excel", "--format", "json"], ["--excel gehört zu --format csv"]),
        (["reihe", "-i", "x", "-r", "y", "--basis", "zwei"], ["„zwei“ ist keine ganze Zahl", "--basis"]),
        (["reihe", "-i", "x", "-r", "y", "--basis", "²"], ["„²“ ist keine ganze Zahl"]),
        (["bericht", "--format", "pdf,doc"], ["„doc“ gibt es bei --format nicht", "„docx“"]),
        (["pruefen", "--fehler-ab", "hinweis"], ["Möglich sind: info, warnung, fehler"]),
        (["werte", "-i", "gibtesnicht", "-r", "y"], ["„gibtesnicht“ gibt es nicht"]),
        (["--gibtesnicht"], ["--gibtesnicht gibt es hier nicht"]),
    ],
    ids=lambda w: " ".join(w) if isinstance(w, list) else "",
)
def test_a_wrong_call_is_2_and_german(sozmon: Sozmon, worte: list[str], enthaelt: list[str]) -> None:
    lauf = sozmon(*worte)
    assert lauf.code == 2 and lauf.out == ""
    for text in enthaelt:
        assert text in lauf.err
    assert lauf.err.endswith("(Ausgang 2: falscher Aufruf)\n")
    for wort in ("Error", "Usage", "Try", "Invalid", "Missing", "No such", "Got", "requires", "Did you"):
        assert wort not in lauf.err


def test_no_command_shows_the_help_and_is_2(sozmon: Sozmon) -> None:
    lauf = sozmon()
    assert lauf.code == 2 and lauf.out == "" and lauf.err.startswith("Aufruf: sozmon [OPTIONEN] BEFEHL")
    assert "Der Befehl fehlt" in sozmon("-q").err


@pytest.mark.parametrize("worte", [["status"], ["werte", "-i", "altenquotient", "-r", "y"], ["bericht"], ["pruefen"]])
def test_without_a_project_is_66(sozmon: Sozmon, worte: list[str]) -> None:
    lauf = sozmon(*worte)
    assert lauf.code == 66 and "sozmon neu" in lauf.err
    lauf = sozmon("--projekt", "/gibt/es/nicht", *worte)
    assert lauf.code == 66 and "/gibt/es/nicht" in lauf.err


# -- Meldungen --------------------------------------------------------------------------------------


def _meldungen() -> list[Meldung]:
    viele = [
        Meldung("zeichen", Stufe.INFO, "Zeichen „-“ gelesen.", Fundstelle("a.csv", "", f"Zeile {i}")) for i in range(53)
    ]
    schlimm = Meldung(
        "ags", Stufe.FEHLER, "Schlüssel \x1b[31m unbekannt.", Fundstelle("a.csv"), "Verzeichnis einlesen."
    )
    return [*viele, schlimm]


def test_equal_findings_are_folded_worst_first(capsys: pytest.CaptureFixture[str]) -> None:
    ausgabe.einstellen()
    ausgabe.meldungen(_meldungen(), kopf="a.csv")
    err = capsys.readouterr().err
    zeilen = err.splitlines()
    assert zeilen[0] == "a.csv" and zeilen[1].startswith("  Fehler ags: ") and "\x1b" not in err
    assert "    Abhilfe: Verzeichnis einlesen." in zeilen
    assert "  Info zeichen (53-mal): Zeichen „-“ gelesen." in zeilen
    assert sum("Zeile" in z for z in zeilen) == 3 and "und 50 weitere" in err


def test_verbose_shows_every_place_and_quiet_only_what_is_wrong(capsys: pytest.CaptureFixture[str]) -> None:
    ausgabe.einstellen(ausfuehrlich=True)
    ausgabe.meldungen(_meldungen())
    assert capsys.readouterr().err.count("Zeile") == 53
    ausgabe.einstellen(leise=True)
    ausgabe.meldungen(_meldungen()[:53])
    ausgabe.hinweis("nur nebenbei")
    assert capsys.readouterr().err == ""
    ausgabe.meldungen(_meldungen())
    assert "ags" in capsys.readouterr().err
    ausgabe.einstellen()


@pytest.mark.parametrize(("stufe", "code"), [("fehler", None), ("warnung", None), ("info", 3)])
def test_fehler_ab(stufe: str, code: int | None) -> None:
    liste = _meldungen()[:53]
    if code is None:
        ausgabe.pruefe_fehler_ab(liste, stufe)
        return
    with pytest.raises(errors.MeldungenError, match="53 Meldungen") as e:
        ausgabe.pruefe_fehler_ab(liste, stufe)
    assert e.value.exit_code == code


def test_progress_is_silent_without_a_terminal(capsys: pytest.CaptureFixture[str]) -> None:
    with ausgabe.fortschritt("Lese", ab_sekunden=0) as melde:
        melde("Datei 1 von 3")
    assert capsys.readouterr().err == ""


def test_windows_prompt_leaves_patterns_to_us(tmp_path: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    from sozmon.cli.start import _expand

    monkeypatch.chdir(tmp_path)
    for name in ("b.csv", "a.csv", "c.txt"):
        (tmp_path / name).write_text("")
    assert _expand(["import", "*.csv", "*.xls", "c.txt"]) == ["import", "a.csv", "b.csv", "*.xls", "c.txt"]
