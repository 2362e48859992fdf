"""``sozmon aktualisieren`` in this process: what goes, what stays, what is said, and which number the run ends with."""

from __future__ import annotations

import hashlib
import os
import shutil
import tempfile
import zipfile
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from sozmon import aktualisieren, bericht, eingang, importieren, plattform
from sozmon.bericht import Berichtslauf
from sozmon.bestand import Bestand
from sozmon.cli.app import run
from sozmon.errors import KonfigError, RechteError
from sozmon.importieren import ImportErgebnis, run_zurueck
from sozmon.model import Meldung, Stufe
from sozmon.projekt import create_projekt, load_projekt
from sozmon.quellen.leser import Leser
from sozmon.raeume import Register, RegisterRaum, write_register

KOPF = (
    "statistics_code;statistics_label;time_code;time_label;time;1_variable_code;1_variable_label;"
    "1_variable_attribute_code;1_variable_attribute_label;value;value_unit;value_variable_code;value_variable_label\n"
)
GUT, SCHLECHT = "Größe der Gemeinden_abruf20250131.csv", "b_abruf20250131.csv"
Lege = Callable[..., Path]


def zeile(wert: str, zeit: str = "2023-12-31") -> str:
    raum = "GEMEIN;Gemeinden;99001010;Aubach"
    return f"12411;Fortschreibung;STAG;Stichtag;{zeit};{raum};{wert};Anzahl;BEVSTD;Bevölkerung\n"


@pytest.fixture(scope="module")
def leser() -> Iterator[Leser]:
    with Leser() as kind:
        yield kind


@pytest.fixture
def projekt(tmp_path: Path, leser: Leser, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A project with a register; no time is spent on starting children and on looking twice."""

    class Geliehen:
        def __enter__(self) -> Leser:
            return leser

        def __exit__(self, *_: object) -> None: ...

    monkeypatch.setattr(importieren, "Leser", lambda *_: Geliehen())
    monkeypatch.setattr(eingang, "RUHE", 0.0)
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
def lege(projekt: Path) -> Lege:
    def _lege(name: str, *zeilen: str) -> Path:
        pfad = projekt / "eingang" / name
        pfad.write_text(KOPF + "".join(zeilen), encoding="utf-8")
        return pfad

    return _lege


@pytest.fixture
def laeuft(projekt: Path, capsys: pytest.CaptureFixture[str]) -> Callable[..., tuple[int, str, str]]:
    """Run the command without reports: exit code, stdout, stderr."""

    def _laeuft(*worte: str, vorn: tuple[str, ...] = ()) -> tuple[int, str, str]:
        capsys.readouterr()
        code = run([*vorn, "--projekt", str(projekt), "aktualisieren", "--ohne-bericht", *worte])
        aus = capsys.readouterr()
        return code, aus.out, aus.err

    return _laeuft


Laeuft = Callable[..., tuple[int, str, str]]
STILL = (0, "", "")


def bestand(projekt: Path) -> Bestand:
    return Bestand(load_projekt(projekt).bestand)


def liegt(projekt: Path) -> list[str]:
    return sorted(p.name for p in (projekt / "eingang").iterdir())


def sha(pfad: Path) -> str:
    return hashlib.sha256(pfad.read_bytes()).hexdigest()


# -- what goes and what stays --------------------------------------------------------------------------


def test_accepted_files_go_silently_and_are_kept_byte_for_byte(projekt: Path, lege: Lege, laeuft: Laeuft) -> None:
    daten = lege(GUT, zeile("100")).read_bytes()
    lege("zweite_abruf20240131.csv", zeile("90", "2022-12-31"))
    assert laeuft() == STILL
    assert liegt(projekt) == []
    nach_name = {x.datei: x for x in bestand(projekt).lieferungen()}
    assert set(nach_name) == {GUT, "zweite_abruf20240131.csv"}
    assert bestand(projekt).original(nach_name[GUT].sha256).read_bytes() == daten
    werte = bestand(projekt).sql("SELECT wert FROM merkmalswerte ORDER BY wert")
    assert [w["wert"] for w in werte] == [90, 100]


def test_a_file_is_in_the_published_store_before_it_goes(
    projekt: Path, lege: Lege, laeuft: Laeuft, monkeypatch: pytest.MonkeyPatch
) -> None:
    """At the moment of removal somebody who opens the store anew finds Lieferung and kept file."""
    erwartet, gesehen = (
        {sha(lege(GUT, zeile("100"))), sha(lege("x_abruf20250131.csv", zeile("7", "2021-12-31")))},
        set(),
    )
    echt = plattform.remove

    def entferne(pfad: Path) -> None:
        if pfad.parent.name == "eingang":
            kennung = sha(pfad)
            assert bestand(projekt).ist_bekannt(kennung)
            assert sha(bestand(projekt).original(kennung)) == kennung
            gesehen.add(kennung)
        echt(pfad)

    monkeypatch.setattr(plattform, "remove", entferne)
    assert laeuft() == STILL
    assert gesehen == erwartet


def test_a_refused_file_stays_as_it_is_and_is_told_every_time(projekt: Path, lege: Lege, laeuft: Laeuft) -> None:
    schlecht = lege(SCHLECHT, zeile("?"))
    os.utime(schlecht, (1_700_000_000, 1_700_000_000))
    vorher, zeit = schlecht.read_bytes(), schlecht.stat().st_mtime_ns
    lege(GUT, zeile("100"))
    for _ in range(2):
        code, out, err = laeuft()
        assert (code, out) == (4, "")
        assert "1 Datei wurde abgelehnt und bleibt in eingang/ liegen." in err.splitlines()[0]
        assert "„?“" in err and "Zeile 2, Spalte 10" in err and err.count(SCHLECHT) == 2
        assert err.splitlines()[-1].startswith("(Ausgang 4: ") and err.count("Ausgang") == 1
        assert liegt(projekt) == [SCHLECHT]
        assert (schlecht.read_bytes(), schlecht.stat().st_mtime_ns) == (vorher, zeit)
    assert [x.datei for x in bestand(projekt).lieferungen()] == [GUT]


def test_several_refused_files_are_one_block(projekt: Path, lege: Lege, laeuft: Laeuft) -> None:
    lege(SCHLECHT, zeile("?"))
    (projekt / "eingang" / "kaputt.xlsx").write_bytes(b"PK\x03\x04 und dann nichts mehr")
    code, _, err = laeuft()
    assert code == 4 and err.count("Achtung: ") == 1 and "2 Dateien wurden abgelehnt" in err
    assert err.count("Fehler: ") == 2 and err.count("(Ausgang ") == 1


def test_an_empty_folder_changes_nothing(projekt: Path, lege: Lege, laeuft: Laeuft) -> None:
    lege(GUT, zeile("100"))
    assert laeuft() == STILL
    produkt = projekt / "ausgabe" / "von-hand.txt"
    produkt.write_text("unberührt")
    vorher = {p: p.stat().st_mtime_ns for p in projekt.rglob("*") if "bestand" not in p.parts}
    stand = bestand(projekt).version
    assert laeuft() == STILL
    assert {p: p.stat().st_mtime_ns for p in projekt.rglob("*") if "bestand" not in p.parts} == vorher
    assert bestand(projekt).version == stand


def test_a_new_project_is_silent_even_with_reports(projekt: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["--projekt", str(projekt), "aktualisieren"]) == 0
    assert capsys.readouterr() == ("", "")


@pytest.mark.parametrize("art", [SystemExit(143), KeyboardInterrupt()], ids=["TERM", "INT"])
def test_a_run_that_died_before_clearing_is_finished_by_the_next(
    art: BaseException, projekt: Path, lege: Lege, laeuft: Laeuft, monkeypatch: pytest.MonkeyPatch
) -> None:
    lege(GUT, zeile("100"))
    with monkeypatch.context() as m:

        def stirb(*_: object) -> str:
            raise art

        m.setattr(aktualisieren, "remove_aufbewahrte", stirb)
        with pytest.raises(type(art)):
            aktualisieren.run_aktualisieren(load_projekt(projekt))
    assert liegt(projekt) == [GUT] and len(bestand(projekt).lieferungen()) == 1
    stand = bestand(projekt).version
    assert laeuft() == STILL
    assert liegt(projekt) == [] and bestand(projekt).version == stand


def test_a_file_that_is_still_copied_waits(
    projekt: Path, lege: Lege, laeuft: Laeuft, monkeypatch: pytest.MonkeyPatch
) -> None:
    halb = lege(GUT, zeile("100"))

    def waechst(_: float) -> None:
        with halb.open("a", encoding="utf-8") as strom:
            strom.write(zeile("90", "2022-12-31"))

    with monkeypatch.context() as m:
        m.setattr(eingang.time, "sleep", waechst)
        code, out, err = laeuft(vorn=("-v",))
    assert (code, out) == (0, "") and "wartet auf den nächsten Lauf" in err
    assert liegt(projekt) == [GUT] and bestand(projekt).lieferungen() == []
    assert laeuft() == STILL
    assert liegt(projekt) == [] and bestand(projekt).lieferungen()[0].zeilen == 2


def test_a_file_that_was_replaced_while_it_was_read_stays(
    projekt: Path, lege: Lege, laeuft: Laeuft, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The new content must not go with the old one: it is read by the next run."""
    lege(GUT, zeile("100"))
    echt = aktualisieren.run_import

    def importiere(*worte: object, **optionen: object) -> list[ImportErgebnis]:
        ergebnisse = echt(*worte, **optionen)  # type: ignore[arg-type]
        lege(GUT, zeile("101"))
        return ergebnisse

    with monkeypatch.context() as m:
        m.setattr(aktualisieren, "run_import", importiere)
        assert laeuft() == STILL
    assert liegt(projekt) == [GUT]
    assert laeuft() == STILL
    assert liegt(projekt) == [] and len(bestand(projekt).lieferungen()) == 2


def test_debris_of_others_is_left_alone(projekt: Path, lege: Lege, laeuft: Laeuft, tmp_path: Path) -> None:
    ordner = projekt / "eingang"
    fremde = [".versteckt.csv", "~$Tabelle.xlsx", "a.csv.part", "b.csv.CRDOWNLOAD", "Thumbs.db", "desktop.ini"]
    for name in fremde:
        (ordner / name).write_text("halb")
    (ordner / "Unterordner").mkdir()
    (ordner / "Unterordner" / "c.csv").write_text("bleibt")
    (ordner / "Verknüpfung.csv").symlink_to(lege("ziel.csv").rename(tmp_path / "ziel.csv"))
    alle = liegt(projekt)
    assert laeuft() == STILL
    assert liegt(projekt) == alle and (tmp_path / "ziel.csv").exists()
    _, _, err = laeuft(vorn=("-v",))
    assert "Übergangen: " in err and "Unterordner" in err and "Verknüpfung.csv" in err and ".versteckt" not in err


def test_a_missing_folder_is_told(projekt: Path, laeuft: Laeuft) -> None:
    (projekt / "eingang").rmdir()
    code, _, err = laeuft()
    assert code == 66 and "Der Ordner „eingang“ fehlt." in err


def test_a_name_in_another_encoding_stops_nothing(projekt: Path, lege: Lege, laeuft: Laeuft) -> None:
    alt = lege("alt_abruf20250131.csv", zeile("100"))
    try:
        alt.rename(alt.with_name(os.fsdecode(b"\xfcbersicht_abruf20250131.csv")))
    except OSError:
        pytest.skip("dieses Dateisystem nimmt nur UTF-8")
    assert laeuft() == STILL
    assert liegt(projekt) == [] and bestand(projekt).lieferungen()[0].datei == "\ufffdbersicht_abruf20250131.csv"


# -- archives ------------------------------------------------------------------------------------------


def test_a_zip_goes_when_nothing_but_the_table_is_in_it(projekt: Path, lege: Lege, laeuft: Laeuft) -> None:
    tabelle = lege(GUT, zeile("100"))
    with zipfile.ZipFile(projekt / "eingang" / "tabelle.zip", "w") as archiv:
        archiv.write(tabelle, GUT)
    tabelle.unlink()
    assert laeuft() == STILL
    assert liegt(projekt) == [] and bestand(projekt).lieferungen()[0].datei == GUT


def test_a_zip_with_more_in_it_stays(projekt: Path, lege: Lege, laeuft: Laeuft) -> None:
    """Only the table is kept in the store: the other file would be lost."""
    tabelle = lege(GUT, zeile("100"))
    with zipfile.ZipFile(projekt / "eingang" / "tabelle.zip", "w") as archiv:
        archiv.write(tabelle, GUT)
        archiv.writestr("Erläuterungen.pdf", b"%PDF")
    tabelle.unlink()
    assert laeuft() == STILL
    assert liegt(projekt) == ["tabelle.zip"]
    code, _, err = laeuft("--fehler-ab", "warnung")
    assert code == 3 and "zip_mit_beiwerk" in err and err.splitlines()[-1].startswith("(Ausgang 3: ")


# -- what a person decided -----------------------------------------------------------------------------


def test_a_file_that_was_read_by_hand_with_a_stand_is_only_cleared(projekt: Path, lege: Lege, laeuft: Laeuft) -> None:
    datei = lege("ohne-datum.csv", zeile("100"))
    assert run(["-q", "--projekt", str(projekt), "import", "--stand", "2025-01-31", str(datei)]) == 0
    stand = bestand(projekt).version
    assert laeuft() == STILL
    assert liegt(projekt) == [] and bestand(projekt).version == stand


def test_what_was_taken_back_is_not_read_again(projekt: Path, lege: Lege, laeuft: Laeuft) -> None:
    datei = lege(GUT, zeile("100"))
    assert run(["-q", "--projekt", str(projekt), "import", str(datei)]) == 0
    run_zurueck(load_projekt(projekt), GUT)
    code, _, err = laeuft()
    assert code == 4 and "wurde zurückgenommen" in err and liegt(projekt) == [GUT]
    assert not bestand(projekt).ist_bekannt(sha(datei))


def test_what_was_deleted_is_not_read_again(projekt: Path, lege: Lege, laeuft: Laeuft) -> None:
    datei = lege(GUT, zeile("100"))
    assert run(["-q", "--projekt", str(projekt), "import", str(datei)]) == 0
    bestand(projekt).loeschen(sha(datei), "Löschpflicht")
    code, _, err = laeuft()
    assert code == 4 and "wurde gelöscht" in err and liegt(projekt) == [GUT]
    assert bestand(projekt).lieferungen() == []


def test_an_earlier_lieferung_that_a_register_refutes_is_an_error_here(
    projekt: Path, lege: Lege, laeuft: Laeuft, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The same finding about an earlier Lieferung is told with 3, about a file of this run it is a refusal with 4."""
    datei = lege(GUT, zeile("100"))
    fund = Meldung("zurueckgenommen", Stufe.WARNUNG, "Nach dem neuen Gemeindeverzeichnis enthält es Fehler.")

    def importiere(lieferung: str) -> Callable[..., list[ImportErgebnis]]:
        return lambda *_, **__: [
            ImportErgebnis(GUT, lieferung=sha(datei)),
            ImportErgebnis("x.csv", lieferung=lieferung, meldungen=(fund,), nachgelesen=True),
        ]

    monkeypatch.setattr(aktualisieren, "run_import", importiere("f" * 64))
    code, _, err = laeuft()
    assert code == 3 and fund.text in err
    monkeypatch.setattr(aktualisieren, "run_import", importiere(sha(datei)))
    code, _, err = laeuft()
    assert code == 4 and fund.text in err and liegt(projekt) == [GUT]


# -- what is said --------------------------------------------------------------------------------------


def test_v_says_what_was_done_on_stderr(lege: Lege, laeuft: Laeuft) -> None:
    lege(GUT, zeile("100"))
    code, out, err = laeuft(vorn=("-v",))
    assert (code, out) == (0, "")
    assert f"{GUT}: GENESIS-Flat-File" in err and f"Aus eingang/ entfernt: {GUT}" in err


def test_warnings_are_a_success_unless_asked_for(projekt: Path, lege: Lege, laeuft: Laeuft) -> None:
    lege(GUT, zeile("100"), zeile("100"))
    assert laeuft() == STILL
    lege("noch_abruf20250131.csv", zeile("90", "2022-12-31"), zeile("90", "2022-12-31"))
    code, _, err = laeuft("--fehler-ab", "warnung")
    assert code == 3 and "noch_abruf20250131.csv:\n  Warnung doppelt" in err and liegt(projekt) == []


def test_probe_says_what_would_happen_and_writes_nothing(projekt: Path, lege: Lege, laeuft: Laeuft) -> None:
    lege(GUT, zeile("100"))
    lege(SCHLECHT, zeile("?"))
    vorher = {p: p.stat().st_mtime_ns for p in projekt.rglob("*")}
    code, out, err = laeuft("--probe")
    assert code == 4 and out.startswith(f"Probe: {GUT}: ") and SCHLECHT in err
    assert {p: p.stat().st_mtime_ns for p in projekt.rglob("*")} == vorher


def test_import_by_hand_points_to_the_command(
    projekt: Path, lege: Lege, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    datei = lege(GUT, zeile("100"))
    anderswo = tmp_path / "woanders_abruf20250131.csv"
    anderswo.write_text(KOPF + zeile("90", "2022-12-31"), encoding="utf-8")
    assert run(["--projekt", str(projekt), "import", str(anderswo)]) == 0
    assert "sozmon aktualisieren" not in capsys.readouterr().err
    assert run(["--projekt", str(projekt), "import", str(datei), str(anderswo)]) == 0
    assert capsys.readouterr().err.count("sozmon aktualisieren") == 1
    assert datei.exists() and anderswo.exists()


# -- what goes wrong -----------------------------------------------------------------------------------


def test_a_folder_that_lets_nothing_go_is_told_once(
    projekt: Path, lege: Lege, laeuft: Laeuft, monkeypatch: pytest.MonkeyPatch
) -> None:
    lege(GUT, zeile("100"))
    lege("zweite_abruf20250131.csv", zeile("90", "2022-12-31"))
    echt = plattform.remove

    def weigere(pfad: Path) -> None:
        if pfad.parent.name == "eingang":
            raise RechteError("Keine Schreibrechte.", ort=str(pfad), grund="Die Berechtigung fehlt.")
        echt(pfad)

    with monkeypatch.context() as m:
        m.setattr(plattform, "remove", weigere)
        code, _, err = laeuft()
    assert code == 77 and err.count("Fehler: ") == 1 and "2 eingelesene Dateien" in err
    assert len(bestand(projekt).lieferungen()) == 2
    assert laeuft() == STILL
    assert liegt(projekt) == []


def test_a_bug_in_one_file_names_it_and_clears_nothing(
    projekt: Path, lege: Lege, laeuft: Laeuft, monkeypatch: pytest.MonkeyPatch
) -> None:
    lege("a_abruf20250131.csv", zeile("100"))
    lege("m_abruf20250131.csv", zeile("90", "2022-12-31"))
    echt = importieren._Ablauf.datei

    def lies(ablauf: importieren._Ablauf, pfad: str) -> ImportErgebnis:
        if Path(pfad).name.startswith("m_"):
            raise ZeroDivisionError
        return echt(ablauf, pfad)

    monkeypatch.setattr(importieren._Ablauf, "datei", lies)
    code, _, err = laeuft()
    assert code == 1 and "„m_abruf20250131.csv“" in err and "a_abruf" not in err
    assert liegt(projekt) == ["a_abruf20250131.csv", "m_abruf20250131.csv"]


def test_a_held_store_lets_the_run_end_at_once_and_clears_nothing(projekt: Path, lege: Lege, laeuft: Laeuft) -> None:
    lege("erste_abruf20250131.csv", zeile("1", "2020-12-31"))
    assert laeuft() == STILL
    lege(GUT, zeile("100"))
    with Bestand(load_projekt(projekt).bestand, befehl="sozmon import x.csv").gesperrt():
        code, _, err = laeuft()
    assert code == 75 and "sozmon import x.csv" in err and liegt(projekt) == [GUT]
    assert laeuft() == STILL


def test_a_second_run_ends_at_once_and_names_the_first(projekt: Path, lege: Lege, laeuft: Laeuft) -> None:
    lege(GUT, zeile("100"))
    ordner = plattform.create_ordner(load_projekt(projekt).bestand)
    with plattform.sperre(ordner / aktualisieren.SPERRE, warten=0, befehl="sozmon aktualisieren"):
        code, out, err = laeuft()
        assert (code, out) == (75, "")
        halter = f"{plattform.nutzer()} auf {plattform.rechner()} (Prozess {os.getpid()}), seit 20"
        assert halter in err and "sozmon aktualisieren" in err and "(Ausgang 75: " in err
        assert "Sekunden war die Sperre" not in err, "it did not wait"
        assert laeuft("--probe")[0] == 0, "a look needs no lock"
    assert liegt(projekt) == [GUT]
    assert laeuft() == STILL


def test_debris_of_a_killed_run_goes_when_it_is_old(
    projekt: Path, laeuft: Laeuft, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Copies of deliveries must not lie about for ever; what is young may belong to a run at work."""
    ablage, produkte = tmp_path / "ablage", projekt / "ausgabe" / "sozialbericht"
    for ordner in (ablage, produkte, ablage / "sozmon-alt", ablage / "sozmon-jung", ablage / "fremd-alt"):
        ordner.mkdir()
    (ablage / "sozmon-alt" / "original").write_text("Kopie")
    (produkte / ".bericht.pdf.0123456789ab.teil").write_text("halb")
    (produkte / ".meins.teil").write_text("fremd")
    for pfad in (ablage / "sozmon-alt", ablage / "fremd-alt", *produkte.iterdir()):
        os.utime(pfad, (1_700_000_000, 1_700_000_000))
    (produkte / ".bericht.docx.0123456789ab.teil").write_text("im Entstehen")
    monkeypatch.setattr(tempfile, "tempdir", str(ablage))
    assert laeuft() == STILL
    assert sorted(p.name for p in ablage.iterdir()) == ["fremd-alt", "sozmon-jung"]
    assert sorted(p.name for p in produkte.iterdir()) == [".bericht.docx.0123456789ab.teil", ".meins.teil"]


# -- reports -------------------------------------------------------------------------------------------


@pytest.fixture
def mit_berichten(projekt: Path, lege: Lege, laeuft: Laeuft) -> Path:
    lege(GUT, zeile("100"))
    assert laeuft() == STILL
    text = (projekt / "sozmon.toml").read_text("utf-8").replace("[berichte.sozialbericht]", "[berichte.erster]")
    (projekt / "sozmon.toml").write_text(text + '\n[berichte.zweiter]\ntitel = "Zweiter"\n', "utf-8")
    return projekt


def fertig(*meldungen: Meldung) -> Berichtslauf:
    pfade = (Path("x.pdf"),)
    return Berichtslauf(pfade, pfade, meldungen, fehlende_texte=(), ohne_daten=(), verborgen=0)


def test_one_report_that_fails_does_not_stop_the_others(
    mit_berichten: Path, lege: Lege, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """78 of a text and 4 of a file: both are told, the greater number counts."""
    gemacht = []

    def drucke(_: object, name: str, **__: object) -> Berichtslauf:
        if name == "erster":
            raise KonfigError("Der Text „einleitung“ ist fehlerhaft.", ort="texte/demografie/einleitung.md, Zeile 3")
        gemacht.append(name)
        return fertig()

    monkeypatch.setattr(bericht, "run_bericht", drucke)
    lege(SCHLECHT, zeile("?"))
    assert run(["--projekt", str(mit_berichten), "aktualisieren"]) == 78
    err = capsys.readouterr().err
    assert gemacht == ["zweiter"]
    assert "Fehler: Bericht erster: Der Text „einleitung“ ist fehlerhaft." in err and SCHLECHT in err
    assert err.splitlines()[-1].startswith("(Ausgang 78: ")


def test_what_stops_every_report_is_said_once(
    mit_berichten: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def drucke(*_: object, **__: object) -> Berichtslauf:
        raise KonfigError("Der Katalog ist fehlerhaft.")

    monkeypatch.setattr(bericht, "run_bericht", drucke)
    assert run(["--projekt", str(mit_berichten), "aktualisieren"]) == 78
    assert capsys.readouterr().err.count("Der Katalog ist fehlerhaft.") == 1


def test_a_bug_in_a_report_is_1_and_the_others_are_made(
    mit_berichten: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    gemacht = []

    def drucke(_: object, name: str, **__: object) -> Berichtslauf:
        if name == "erster":
            raise ZeroDivisionError
        gemacht.append(name)
        return fertig()

    monkeypatch.setattr(bericht, "run_bericht", drucke)
    assert run(["--projekt", str(mit_berichten), "aktualisieren"]) == 1
    err = capsys.readouterr().err
    assert gemacht == ["zweiter"] and "Gescheitert ist der Bericht erster." in err and "bitte melden" in err


def test_reports_are_made_without_new_files_and_their_warnings_are_quiet(
    mit_berichten: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """A run that died between reading and printing owes the reports: the next one makes them though nothing is new."""
    warnung = Meldung("quellen_widersprechen_sich", Stufe.WARNUNG, "Zwei Quellen sagen Verschiedenes.")
    gemacht = []

    def drucke(_: object, name: str, **__: object) -> Berichtslauf:
        gemacht.append(name)
        return fertig(warnung)

    monkeypatch.setattr(bericht, "run_bericht", drucke)
    assert run(["--projekt", str(mit_berichten), "aktualisieren"]) == 0
    assert capsys.readouterr() == ("", "") and gemacht == ["erster", "zweiter"]
    assert run(["--projekt", str(mit_berichten), "aktualisieren", "--fehler-ab", "warnung"]) == 3
    assert run(["-v", "--projekt", str(mit_berichten), "aktualisieren"]) == 0
    assert "Bericht erster: neu geschrieben\n  x.pdf" in capsys.readouterr().err


def test_products_are_not_touched_when_nothing_changed(
    vorlage_projekt: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    ordner = Path(shutil.copytree(vorlage_projekt, tmp_path / "auental", ignore=lambda o, _: _eingang(o)))
    text = (ordner / "sozmon.toml").read_text("utf-8")
    andere = text.index("[berichte.sozialbericht]"), text.index("[berichte.altenhilfe]")
    (ordner / "sozmon.toml").write_text(text[: andere[0]] + text[andere[1] :], "utf-8")
    assert run(["--projekt", str(ordner), "aktualisieren"]) == 0
    vorher = {p: (p.stat().st_mtime_ns, p.stat().st_ino) for p in (ordner / "ausgabe").rglob("*")}
    assert len(vorher) > 3
    assert run(["--projekt", str(ordner), "aktualisieren"]) == 0
    assert {p: (p.stat().st_mtime_ns, p.stat().st_ino) for p in (ordner / "ausgabe").rglob("*")} == vorher
    assert capsys.readouterr() == ("", "")


def _eingang(ordner: str) -> list[str]:
    return [p.name for p in Path(ordner).iterdir()] if Path(ordner).name == "eingang" else []
