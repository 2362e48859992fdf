"""The project folder: finding, loading with precise errors, making a new one."""

from __future__ import annotations

import os
import tomllib
from pathlib import Path

import pytest

from sozmon import projekt as modul
from sozmon.definition import felder
from sozmon.errors import AufrufError, AusgabeError, EingabeFehltError, KonfigError
from sozmon.projekt import create_projekt, find_projekt, load_projekt, mitgeliefert, parse_kreis
from sozmon.projektdatei import render_projektdatei


def schreibe(ordner: Path, text: str) -> Path:
    ordner.mkdir(parents=True, exist_ok=True)
    (ordner / "sozmon.toml").write_text(text, encoding="utf-8")
    return ordner


def test_shipped_folders_are_found() -> None:
    assert (mitgeliefert("indikatoren", "quellen") / "inkar.toml").is_file()
    assert (mitgeliefert("vorlagen", "projekt", "LIESMICH.md")).is_file()


# -- loading ---------------------------------------------------------------------------------------


def test_the_smallest_project(tmp_path: Path) -> None:
    p = load_projekt(schreibe(tmp_path, 'kreis = "01051"\n'))
    assert (p.kreis, p.land, p.gebietsstand, p.raumgliederungen) == ("01051", "01", "", {})
    assert p.bestand == tmp_path / "bestand"
    assert p.bericht().kapitel[0] == "kurzfassung"
    assert p.bericht().zeitraum is None


def test_a_full_project(tmp_path: Path) -> None:
    text = """
kreis = "12345"
titel = "Musterland"
gebietsstand = "2024-12-31"
[raumgliederungen]
sozialregionen = "Sozialregion"
[schwellen]
allgemein = 5
[stil]
farbe = "#004422"
[berichte.kurz]
titel = "Kurzbericht"
kapitel = ["teilhabe"]
berichtszeitraum = [2015, 2024]
datenstand = "2026-03-31"
"""
    p = load_projekt(schreibe(tmp_path, text))
    assert p.raumgliederungen == {"sozialregionen": "Sozialregion"}
    assert p.schwellen == {"allgemein": 5}
    assert p.stil.farbe == "#004422"
    assert p.bericht("kurz").kennung == "kurz"
    assert p.bericht("").zeitraum == (2015, 2024)
    with pytest.raises(AufrufError, match="gibt es in diesem Projekt nicht") as gefangen:
        p.bericht("kurtz")
    assert "„kurz“" in gefangen.value.abhilfe


@pytest.mark.parametrize(
    ("text", "ort", "wort"),
    [
        ("titel = 'x'", "sozmon.toml", "„kreis“ fehlt"),
        ("kreis = 14522", "Schlüssel kreis", "Text in Anführungszeichen"),
        ("kreis = '1452'", "Schlüssel kreis", "kein Kreisschlüssel"),
        ("kreis = '12345'\nkreiss = '1'", "Schlüssel kreiss", "kreiss"),
        ("kreis = '12345'\ngebietsstand = '31.12.2024'", "Schlüssel gebietsstand", "kein Datum"),
        ("kreis = '12345'\ngebietsstand = '2024-02-31'", "Schlüssel gebietsstand", "kein Datum"),
        ("kreis = '12345'\n[berichte.a]\nkapitell = []", "Schlüssel berichte.a.kapitell", "kapitell"),
        ("kreis = '12345'\n[berichte.'a b']\n", "berichte.a b", "taugt nicht"),
        ("kreis = '12345'\n[berichte.a]\nberichtszeitraum = [2024]", "berichtszeitraum", "erstes und ein letztes"),
        ("kreis = '12345'\n[berichte.a]\nberichtszeitraum = [2024, 2020]", "berichtszeitraum", "erstes und"),
        ("kreis = '12345'\n[schwellen]\nallgemein = 0", "schwellen.allgemein", "mindestens 1"),
        ("kreis = '12345'\n[schwellen]\nallgemein = '3'", "schwellen.allgemein", "ganze Zahl"),
        ("kreis = '12345'\nkreis = '12345'", "sozmon.toml", "TOML"),
    ],
)
def test_mistakes_name_the_key(tmp_path: Path, text: str, ort: str, wort: str) -> None:
    with pytest.raises(KonfigError) as gefangen:
        load_projekt(schreibe(tmp_path, text))
    assert gefangen.value.exit_code == 78
    assert ort in gefangen.value.ort
    assert wort in gefangen.value.text


def test_kreis_keys() -> None:
    assert parse_kreis("09162") == "09162"
    for falsch, rat in (("09162000", "09162"), ("9162", "es 09162;"), ("Musterland", "Fünf Ziffern"), ("", "Fünf")):
        with pytest.raises(AufrufError) as gefangen:
            parse_kreis(falsch)
        assert rat in gefangen.value.abhilfe


# -- finding ---------------------------------------------------------------------------------------


@pytest.fixture
def hier(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.delenv("SOZMON_PROJEKT", raising=False)
    monkeypatch.setenv("HOME", str(tmp_path / "zuhause"))
    return schreibe(tmp_path / "zuhause" / "projekt", 'kreis = "12345"\n')


def test_upward_from_the_working_directory(hier: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    tief = hier / "texte" / "demografie"
    tief.mkdir(parents=True)
    monkeypatch.chdir(tief)
    assert find_projekt(None) == hier


def test_the_option_beats_the_environment_beats_the_folder(hier: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    andere = schreibe(hier.parent / "andere", 'kreis = "12345"\n')
    dritte = schreibe(hier.parent / "dritte", 'kreis = "12345"\n')
    monkeypatch.chdir(hier)
    monkeypatch.setenv("SOZMON_PROJEKT", str(andere))
    assert find_projekt(None) == andere.resolve()
    assert find_projekt(str(dritte)) == dritte.resolve()
    assert find_projekt(str(dritte / "sozmon.toml")) == dritte.resolve()


def test_the_search_stops_at_home(hier: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    schreibe(hier.parent.parent, 'kreis = "12345"\n')  # above HOME
    arbeit = hier.parent / "arbeit"
    arbeit.mkdir()
    monkeypatch.chdir(arbeit)
    with pytest.raises(EingabeFehltError) as gefangen:
        find_projekt(None)
    assert gefangen.value.exit_code == 66
    assert "sozmon neu" in gefangen.value.abhilfe


def test_the_search_stops_at_another_file_system(hier: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    tief = hier / "a"
    tief.mkdir()
    monkeypatch.chdir(tief)
    echt = Path.stat

    def andere_platte(pfad: Path, **kwargs: bool) -> os.stat_result:
        werte = list(echt(pfad, **kwargs))
        werte[2] = 1 if pfad == tief else 2
        return os.stat_result(werte)

    monkeypatch.setattr(Path, "stat", andere_platte)
    with pytest.raises(EingabeFehltError):
        find_projekt(None)


@pytest.mark.parametrize("name", ["gibt-es-nicht", "."])
def test_a_named_folder_without_project_is_an_error(hier: Path, name: str) -> None:
    with pytest.raises(EingabeFehltError, match="Projekt"):
        find_projekt(str(hier.parent / name))


# -- a new one -------------------------------------------------------------------------------------


@pytest.mark.parametrize("vorher", ["fehlt", "leer", "nur Systemdateien"])
def test_a_new_project_in_a_missing_or_empty_folder(tmp_path: Path, vorher: str) -> None:
    ziel = tmp_path / "Sozialbericht Süd" / "neu"
    if vorher != "fehlt":
        ziel.mkdir(parents=True)
    if vorher == "nur Systemdateien":
        (ziel / ".DS_Store").write_bytes(b"x")
    p = create_projekt(ziel, kreis="01051")
    assert (p.kreis, p.land) == ("01051", "01")
    for ordner in ("texte", "raeume", "eingang", "ausgabe", "auflagen", "indikatoren", "vorlagen"):
        assert (ziel / ordner).is_dir()
    assert list((ziel / "eingang").iterdir()) == []
    assert (ziel / "raeume" / "namen.csv").read_text("utf-8-sig") == "schreibweise;raum_id;quelle\n"
    kopf = (ziel / "korrekturen.csv").read_text("utf-8-sig").strip()
    assert kopf == "raum_id;zeit;merkmal;auspraegung;wert_alt;wert_neu;grund;kuerzel;datum"
    assert (ziel / "anmerkungen.csv").read_text("utf-8-sig").strip() == "raum_id;kennung;von;bis;text"
    assert "sozmon import" in (ziel / "LIESMICH.md").read_text("utf-8")
    assert [q.name for q in ziel.rglob("*") if "teil" in q.name] == []


def test_a_folder_with_content_stays_untouched(tmp_path: Path) -> None:
    (tmp_path / "brief.docx").write_bytes(b"x")
    with pytest.raises(AusgabeError, match="nicht leer") as gefangen:
        create_projekt(tmp_path, kreis="12345")
    assert gefangen.value.exit_code == 73
    assert [p.name for p in tmp_path.iterdir()] == ["brief.docx"]
    datei = tmp_path / "brief.docx"
    with pytest.raises(AusgabeError, match="schon eine Datei"):
        create_projekt(datei, kreis="12345")


def test_a_wrong_kreis_makes_nothing(tmp_path: Path) -> None:
    with pytest.raises(AufrufError):
        create_projekt(tmp_path / "neu", kreis="Musterland")
    assert list(tmp_path.iterdir()) == []


def test_an_interrupted_run_leaves_no_project(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    from sozmon import plattform

    echt, zahl = plattform.write_bytes, iter(range(100))

    def reisst_ab(ziel: Path, daten: bytes, *, privat: bool = False) -> Path:
        if next(zahl) == 3:
            raise KeyboardInterrupt
        return echt(ziel, daten, privat=privat)

    monkeypatch.setattr(plattform, "write_bytes", reisst_ab)
    with pytest.raises(KeyboardInterrupt):
        create_projekt(tmp_path / "neu", kreis="12345")
    assert not (tmp_path / "neu" / "sozmon.toml").exists()


def test_the_written_file_explains_every_key_and_every_default_is_right() -> None:
    text = render_projektdatei(kreis="12345")
    assert tomllib.loads(text)["kreis"] == "12345"
    # with every commented key switched on it must still be valid: each default is written the way it is read
    an = "\n".join(z[2:] if z.startswith("# ") and " = " in z and z[2].islower() else z for z in text.splitlines())
    daten = tomllib.loads(an)
    assert set(daten) == set(felder(modul.Projekt))
    assert set(daten["berichte"]["sozialbericht"]) | {"kennung"} == set(felder(modul.BerichtKonfig))
    assert all(len(zeile) <= 120 for zeile in text.splitlines())


def test_the_example_is_copied_with_its_deliveries(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    quelle = tmp_path / "beispieldaten"
    schreibe(quelle / "projekt", 'kreis = "99001"\n')
    (quelle / "projekt" / "raeume").mkdir()
    (quelle / "projekt" / "raeume" / "regionen.csv").write_text("raum_id;raum\n", encoding="utf-8")
    (quelle / "lieferungen").mkdir()
    (quelle / "lieferungen" / "a.csv").write_text("x", encoding="utf-8")
    monkeypatch.setattr(modul, "mitgeliefert", lambda *teile: tmp_path.joinpath(*teile))
    p = create_projekt(tmp_path / "neu", beispiel=True)
    assert p.kreis == "99001"
    assert (p.eingang / "a.csv").read_text("utf-8") == "x"
    assert (p.raeume / "regionen.csv").is_file()
    assert p.auflagen.is_dir()


def test_a_missing_example_is_said(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(modul, "mitgeliefert", lambda *teile: tmp_path.joinpath(*teile))
    with pytest.raises(EingabeFehltError, match="Beispiel fehlt"):
        create_projekt(tmp_path / "neu", beispiel=True)
    assert not (tmp_path / "neu").exists()
