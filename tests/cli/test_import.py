"""``sozmon import`` as a person types it: summary, exit codes, several files, --probe, --zurueck, --fehler-ab."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from sozmon import importieren
from sozmon.bestand import Bestand
from sozmon.cli.app import run
from sozmon.projekt import create_projekt, load_projekt
from sozmon.quellen.leser import Leser
from sozmon.raeume import Register, RegisterRaum, write_register

KOPF = (
    "statistics_code;statistics_label;time_code;time_label;time;1_variable_code;1_variable_label;"
    "1_variable_attribute_code;1_variable_attribute_label;value;value_unit;value_variable_code;value_variable_label\n"
)


def zeile(schluessel: str, name: str, wert: str, zeit: str = "2023-12-31") -> str:
    raum = f"GEMEIN;Gemeinden;{schluessel};{name}"
    return f"12411;Fortschreibung;STAG;Stichtag;{zeit};{raum};{wert};Anzahl;BEVSTD;Bevölkerung\n"


@pytest.fixture(scope="module")
def leser() -> Iterator[Leser]:
    with Leser() as kind:
        yield kind


@pytest.fixture
def projekt(tmp_path: Path, leser: Leser, monkeypatch: pytest.MonkeyPatch) -> Path:
    class Geliehen:
        def __enter__(self) -> Leser:
            return leser

        def __exit__(self, *_: object) -> None: ...

    monkeypatch.setattr(importieren, "Leser", lambda *_: Geliehen())
    ordner = create_projekt(tmp_path / "projekt", kreis="99001").ordner
    raeume = (
        RegisterRaum("99", "Probeland", "land", "99"),
        RegisterRaum("99001", "Probekreis", "kreis", "99001"),
        RegisterRaum("990010010", "Aubach", "verband", "990010010"),
        RegisterRaum("99001010", "Aubach", "gemeinde", "990010010010"),
    )
    write_register(ordner / "raeume", Register("2023-12-31", raeume))
    return ordner


@pytest.fixture
def schreibe(tmp_path: Path) -> Callable[..., str]:
    def _schreibe(name: str, *zeilen: str) -> str:
        pfad = tmp_path / name
        pfad.write_text(KOPF + "".join(zeilen), encoding="utf-8")
        return str(pfad)

    return _schreibe


Schreibe = Callable[..., str]


def einlesen(projekt: Path, *worte: str) -> int:
    return run(["--projekt", str(projekt), "import", *worte])


def anzahl(projekt: Path) -> int:
    return len(Bestand(load_projekt(projekt).bestand).sql("SELECT raum_id FROM merkmalswerte"))


def test_summary(projekt: Path, schreibe: Schreibe, capsys: pytest.CaptureFixture[str]) -> None:
    assert einlesen(projekt, schreibe("a_abruf20250131.csv", zeile("99001010", "Aubach", "100"))) == 0
    aus = capsys.readouterr()
    assert "GENESIS-Flat-File (ffcsv), neue Form, Statistik 12411" in aus.out
    assert "Quelle regionaldatenbank · Stand 31.01.2025" in aus.out
    assert "neu 1 · geändert 0 · unverändert 0 · abgelehnt 0 · geheim 0" in aus.out
    assert aus.err == ""


def test_same_file_again(projekt: Path, schreibe: Schreibe, capsys: pytest.CaptureFixture[str]) -> None:
    datei = schreibe("a_abruf20250131.csv", zeile("99001010", "Aubach", "100"))
    assert einlesen(projekt, datei) == einlesen(projekt, datei) == 0
    aus = capsys.readouterr()
    assert "neu 0 · geändert 0 · unverändert 1" in aus.out
    assert "schon_eingelesen" in aus.err


def test_later_state_replaces_whatever_the_order(projekt: Path, schreibe: Schreibe) -> None:
    neu = schreibe("a_abruf20250131.csv", zeile("99001010", "Aubach", "101"))
    alt = schreibe("b_abruf20240131.csv", zeile("99001010", "Aubach", "100"))
    assert einlesen(projekt, neu, alt) == 0
    [wert] = Bestand(load_projekt(projekt).bestand).sql("SELECT wert FROM merkmalswerte")
    assert wert["wert"] == 101


def test_probe_writes_nothing(projekt: Path, schreibe: Schreibe, capsys: pytest.CaptureFixture[str]) -> None:
    vorher = sorted(projekt.rglob("*"))
    assert einlesen(projekt, "--probe", schreibe("a_abruf20250131.csv", zeile("99001010", "Aubach", "100"))) == 0
    assert "Probe: a_abruf20250131.csv" in capsys.readouterr().out
    assert sorted(projekt.rglob("*")) == vorher


def test_each_file_stands_alone(projekt: Path, schreibe: Schreibe, capsys: pytest.CaptureFixture[str]) -> None:
    gut = schreibe("a_abruf20250131.csv", zeile("99001010", "Aubach", "100"))
    schlecht = schreibe("b_abruf20250131.csv", zeile("99001010", "Aubach", "?", "2022-12-31"))
    assert einlesen(projekt, schlecht, "gibt-es-nicht.csv", gut) == 4
    aus = capsys.readouterr()
    assert anzahl(projekt) == 1
    assert "b_abruf20250131.csv: GENESIS-Flat-File" in aus.out
    assert "„?“" in aus.err and "Zeile 2, Spalte 10" in aus.err
    assert "gibt-es-nicht.csv" in aus.err


def test_missing_file(projekt: Path) -> None:
    assert einlesen(projekt, "gibt-es-nicht.csv") == 66


def test_stand_by_option(projekt: Path, schreibe: Schreibe) -> None:
    datei = schreibe("ohne-datum.csv", zeile("99001010", "Aubach", "100"))
    assert einlesen(projekt, datei) == 4
    assert einlesen(projekt, "--stand", "31.01.2025", datei) == 0
    [lieferung] = Bestand(load_projekt(projekt).bestand).lieferungen()
    assert lieferung.stand == "2025-01-31"
    assert einlesen(projekt, "--stand", "gestern", datei) == 2


def test_unknown_quelle(projekt: Path, schreibe: Schreibe, capsys: pytest.CaptureFixture[str]) -> None:
    assert einlesen(projekt, "--quelle", "ingkar", schreibe("a.csv")) == 2
    assert "inkar" in capsys.readouterr().err


def test_fehler_ab(projekt: Path, schreibe: Schreibe) -> None:
    doppelt = schreibe("a_abruf20250131.csv", *[zeile("99001010", "Aubach", "100")] * 2)
    assert einlesen(projekt, doppelt, "--fehler-ab", "warnung") == 3
    assert anzahl(projekt) == 1


def test_zurueck(projekt: Path, schreibe: Schreibe, capsys: pytest.CaptureFixture[str]) -> None:
    datei = schreibe("a_abruf20250131.csv", zeile("99001010", "Aubach", "100"))
    assert einlesen(projekt, datei) == 0
    assert einlesen(projekt, "--zurueck", "a_abruf20250131.csv") == 0
    assert anzahl(projekt) == 0
    assert "Zurückgenommen: a_abruf20250131.csv" in capsys.readouterr().out
    assert einlesen(projekt, "--zurueck", "a_abruf20250131.csv") == 2
    assert einlesen(projekt, datei) == 0
    assert anzahl(projekt) == 1


def test_call_without_file(projekt: Path) -> None:
    assert einlesen(projekt) == 2
    assert einlesen(projekt, "--zurueck", "x", "y.csv") == 2


def test_register_takes_back_what_it_refutes(
    projekt: Path, schreibe: Schreibe, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A file read before its register came must end as if it had come after: here refused."""
    frueh = schreibe("frueh_abruf20250131.csv", zeile("99001777", "Phantasia", "5", "2010-12-31"))
    assert einlesen(projekt, frueh) == 0
    assert anzahl(projekt) == 1
    raeume = (
        RegisterRaum("99", "Probeland", "land", "99"),
        RegisterRaum("99001", "Probekreis", "kreis", "99001"),
        RegisterRaum("990010010", "Aubach", "verband", "990010010"),
        RegisterRaum("99001010", "Aubach", "gemeinde", "990010010010"),
    )
    write_register(projekt / "raeume", Register("2010-12-31", raeume))
    ablauf = importieren._Ablauf(load_projekt(projekt), importieren.Leser().__enter__(), importieren.Wunsch(), 5)
    [ergebnis] = ablauf.lies_offene()
    assert [m.kennung for m in ergebnis.meldungen] == ["zurueckgenommen"]
    assert "frueh_abruf20250131.csv" in ergebnis.meldungen[0].text
    assert anzahl(projekt) == 0
