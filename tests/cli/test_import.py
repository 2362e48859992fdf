"""``sozmon import`` as a person types it: summary, exit codes, several files, --probe, --zurueck, --fehler-ab."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from sozmon import importieren
from sozmon.bestand import Bestand
from sozmon.cli.app import run
from sozmon.einlesen import Lesung
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


def test_meldungen_name_their_file(projekt: Path, schreibe: Schreibe, capsys: pytest.CaptureFixture[str]) -> None:
    doppelt = schreibe("a_abruf20250131.csv", *[zeile("99001010", "Aubach", "100")] * 2)
    assert einlesen(projekt, doppelt) == 0
    assert capsys.readouterr().err.startswith("a_abruf20250131.csv:\n  Warnung doppelt")


def test_refusal_says_everything_once(projekt: Path, schreibe: Schreibe, capsys: pytest.CaptureFixture[str]) -> None:
    assert einlesen(projekt, schreibe("b_abruf20250131.csv", zeile("99001010", "Aubach", "?"))) == 4
    err = capsys.readouterr().err
    assert err.count("„?“") == 1 and err.count("Zeile 2, Spalte 10") == 1 and err.count("Abhilfe") == 1
    assert "wurde wegen eines Fehlers nicht eingelesen" in err and "Ausgang 4" in err


def test_streng_makes_every_warning_an_error(projekt: Path, schreibe: Schreibe) -> None:
    doppelt = schreibe("a_abruf20250131.csv", *[zeile("99001010", "Aubach", "100")] * 2)
    assert einlesen(projekt, "--streng", doppelt) == 4
    assert anzahl(projekt) == 0
    assert einlesen(projekt, "--streng", schreibe("b_abruf20250131.csv", zeile("99001010", "Aubach", "100"))) == 0


def test_provisional_is_told_at_the_end(projekt: Path, schreibe: Schreibe, capsys: pytest.CaptureFixture[str]) -> None:
    a = schreibe("a_abruf20250131.csv", zeile("99001010", "Aubach", "100", "2010-12-31"))
    b = schreibe("b_abruf20250131.csv", zeile("99001010", "Aubach", "100"))
    assert einlesen(projekt, a, b) == 0
    aus = capsys.readouterr()
    assert aus.out.count("a_abruf20250131.csv") == 1
    assert aus.err.count("raum_vorlaeufig") == 1 and aus.err.startswith("a_abruf20250131.csv:\n")


@pytest.mark.parametrize("zuerst", [True, False])
def test_settled_by_a_register_of_the_same_call(
    zuerst: bool, projekt: Path, schreibe: Schreibe, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """The register comes before or after the values: nothing provisional is told, the store is the same."""
    daten = schreibe("a_abruf20250131.csv", zeile("99001010", "Aubach", "100", "2010-12-31"))
    weitere = schreibe("register_abruf20250131.csv", zeile("99001010", "Aubach", "100"))
    echt = importieren._Ablauf._behalte_gebiet

    def behalte(ablauf: importieren._Ablauf, lesung: Lesung) -> None:
        if lesung.datei.startswith("register"):  # stands for a delivered Gemeindeverzeichnis
            neu = replace(ablauf.raeume_register, datum="2010-12-31")  # type: ignore[attr-defined]
            lesung = replace(lesung, register=neu)
        echt(ablauf, lesung)

    register = Register(
        "2010-12-31",
        (
            RegisterRaum("99", "Probeland", "land", "99"),
            RegisterRaum("99001", "Probekreis", "kreis", "99001"),
            RegisterRaum("990010010", "Aubach", "verband", "990010010"),
            RegisterRaum("99001010", "Aubach", "gemeinde", "990010010010"),
        ),
    )
    monkeypatch.setattr(importieren._Ablauf, "raeume_register", register, raising=False)
    monkeypatch.setattr(importieren._Ablauf, "_behalte_gebiet", behalte)
    assert einlesen(projekt, *((weitere, daten) if zuerst else (daten, weitere))) == 0
    assert "raum_vorlaeufig" not in capsys.readouterr().err
    assert anzahl(projekt) == 2
    assert not any(x.offen for x in Bestand(load_projekt(projekt).bestand).lieferungen())


def test_the_same_stand_with_other_numbers_is_told(
    projekt: Path, schreibe: Schreibe, capsys: pytest.CaptureFixture[str]
) -> None:
    """No date says which of the two holds; what vanishes in a newer one is told too."""
    erste = schreibe("a_abruf20250131.csv", zeile("99001010", "Aubach", "100"))
    andere = schreibe("b_abruf20250131.csv", zeile("99001010", "Aubach", "500"))
    leer = schreibe(
        "c_abruf20250228.csv", zeile("99001010", "Aubach", "..."), zeile("99001010", "Aubach", "7", "2022-12-31")
    )
    assert einlesen(projekt, erste) == 0 and "stand_gleich" not in capsys.readouterr().err
    assert einlesen(projekt, andere) == 0
    gesagt = capsys.readouterr().err
    assert (
        "Warnung stand_gleich" in gesagt
        and "zum selben Stand (31.01.2025) schon anders geliefert (a_abruf20250131.csv)" in gesagt
    )
    assert einlesen(projekt, leer) == 0
    assert "stand_gleich" not in (gesagt := capsys.readouterr().err) and "werte_entfallen" not in gesagt, (
        "folgt: a sign"
    )


def test_numbers_that_vanish_are_told(projekt: Path, capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    (projekt / "indikatoren" / "quellen").mkdir(parents=True, exist_ok=True)
    (projekt / "indikatoren" / "quellen" / "probe.toml").write_text(
        'kennung = "probe"\ntitel = "Probe"\nherausgeber = "Amt"\nform = "tabelle"\nrechtsgrundlage = "Probe"\n'
        'zeit = "2023-12-31"\nstand = "inhalt"\nstand_muster = "Stand: (.+)"\nerkennung = [{ muster = "^Probe$" }]\n'
        '[[blaetter]]\nkopfzeile = 3\nschluessel = "AGS"\n[[blaetter.spalten]]\nkopf = "Personen"\n'
        'merkmal = "bevoelkerung"\n[[blaetter.spalten]]\nkopf = "Frauen"\nmerkmal = "bevoelkerung"\n'
        'auspraegung = "geschlecht=w"\n',
        "utf-8",
    )
    for name, stand, wert in (("a", "31.01.2025", "100"), ("b", "28.02.2025", "")):
        (tmp_path / f"{name}.csv").write_text(
            f"Probe;;\nStand: {stand};;\nAGS;Personen;Frauen\n99001010;{wert};50\n", "utf-8"
        )
        assert einlesen(projekt, str(tmp_path / f"{name}.csv")) == 0
        gesagt = capsys.readouterr().err
        assert ("Ein Wert, der früher geliefert war, ist hier leer und ist damit entfallen." in gesagt) is (name == "b")
        assert ("Warnung werte_entfallen" in gesagt) is (name == "b")


def test_probe_never_withdraws(projekt: Path, schreibe: Schreibe, capsys: pytest.CaptureFixture[str]) -> None:
    datei = schreibe("a_abruf20250131.csv", zeile("99001010", "Aubach", "100"))
    assert einlesen(projekt, datei) == 0
    assert einlesen(projekt, "--probe", "--zurueck", "a_abruf20250131.csv") == 2
    assert "--zurueck und --probe gehen nicht zusammen" in capsys.readouterr().err and anzahl(projekt) == 1
