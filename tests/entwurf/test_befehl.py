"""Manners of ``sozmon quelle``: what is refused, what is written, what is shown."""

from __future__ import annotations

import csv
import io
import json
import re
import tomllib
from collections.abc import Callable
from pathlib import Path
from typing import Any

import lieferdateien
import pytest
from planer import JA, beantworte

Ruf = Callable[..., Any]
TABELLE = """Besuche in den Treffs im Jahr 2023;;
Stand: 15.03.2024;;
Schlüssel;Gemeinde;Besuche
99001010;Aubach;12480
99001020;Bergdorf;310
99001030;Celltal;1275
"""


def test_the_total_of_the_kreis_is_asked_for(projekt: Path, tmp_path: Path, sozmon: Ruf) -> None:
    """'Landkreis gesamt' ends as a subtotal does; it is none, and without a key the import would refuse it."""
    (tmp_path / "t.csv").write_text(TABELLE + ";Landkreis gesamt;14065\n", "utf-8")
    lauf = sozmon("--projekt", projekt, "quelle", "entwerfen", tmp_path / "t.csv")
    assert "#? kreiszeile = '^Landkreis gesamt$'" in lauf.out and "Ohne Schlüssel" not in lauf.out


@pytest.fixture
def treffs(tmp_path: Path) -> Path:
    (tmp_path / "Treffs.csv").write_text(TABELLE, "utf-8")
    return tmp_path / "Treffs.csv"


def test_without_project_to_stdout(treffs: Path, sozmon: Ruf) -> None:
    lauf = sozmon("quelle", "entwerfen", treffs)
    entwurf = tomllib.loads(lauf.out)
    assert lauf.code == 0 and entwurf["kennung"] == "besuche_treffs"
    assert entwurf["zeit_muster"] == r"Treffs im Jahr\s*(\d{4})" and entwurf["zeitart"] == "jahr"
    assert entwurf["blaetter"][0]["spalten"] == [{"kopf": "Besuche", "merkmal": "???"}], "new to the catalogue: asked"
    assert "der Form nach, ohne Gemeindeverzeichnis" in lauf.err
    assert "-o indikatoren/quellen/besuche_treffs.toml" in lauf.err, "the next command"


def test_a_draft_holds_no_value(projekt: Path, tmp_path: Path, sozmon: Ruf) -> None:
    fakten = lieferdateien.arbeitsagentur(tmp_path / "a.xlsx")
    lauf = sozmon("--projekt", projekt, "quelle", "entwerfen", tmp_path / "a.xlsx")
    zahlen = {str(int(w)) for w in fakten.values() if isinstance(w, float)}
    assert lauf.code == 0 and len(zahlen) > 30
    assert not zahlen & set(re.findall(r"\d+", lauf.out + lauf.err))


def test_no_column_goes_unmentioned(projekt: Path, tmp_path: Path, sozmon: Ruf) -> None:
    """A breakdown that the draft overlooked would make doubles, or worse: the last one wins."""
    zeilen = ["AGS;Gemeinde;Stichtag;Geschlecht;Altersgruppe;Träger;Bemerkung;Anzahl"]
    for ags, name in (("99001010", "Aubach"), ("99001020", "Bergdorf")):
        for n, alter in enumerate(("0-17", "18-64", "65+", "zusammen")):
            zeilen.append(f"{ags};{name};31.12.2022;{'mw'[n % 2]};{alter};{'AB'[n // 2]};Satz {ags} {n};{n}")
    (tmp_path / "lang.csv").write_text("\n".join(zeilen), "utf-8")
    lauf = sozmon("--projekt", projekt, "quelle", "entwerfen", tmp_path / "lang.csv")
    [blatt] = tomllib.loads(lauf.out)["blaetter"]
    assert (blatt["schluessel"], blatt["name"], blatt["zeitspalte"]) == ("AGS", "Gemeinde", "Stichtag")
    assert {g["kopf"]: g["werte"] for g in blatt["gliederungen"]} == {
        "Geschlecht": {"m": "m", "w": "w"},
        "Altersgruppe": {"0-17": "0-17", "18-64": "18-64", "65+": "65+", "zusammen": ""},
    }
    assert "stehen in mehreren Zeilen" not in lauf.out, "every row has its own breakdown"
    assert "Nicht gelesen: Spalte „Träger“ (A, B)" in lauf.out and "Nicht gelesen: Spalte „Bemerkung“" in lauf.out


QUER = """Sozialdaten der Gemeinden am 31.12.2023;;;
Stand: 05.03.2024;;;
;Aubach;Bergdorf;Celltal
Schlüssel;99001010;99001020;99001030
Bevölkerung;1234;234;.
Haushalte mit Wohngeld;12;-;4
"""
KOPFLOS = """Wohngeld am 31.12.2023;;
Stand: 05.03.2024;;
;Haushalte mit Wohngeld;
99001010;12;7
99001020;-;8
99001030;4;9
"""


@pytest.mark.parametrize(("tabelle", "schluessel", "anzahl"), [(QUER, "Schlüssel", 6), (KOPFLOS, "Spalte 1", 3)])
def test_turned_and_headless_tables(
    tabelle: str, schluessel: str, anzahl: int, projekt: Path, tmp_path: Path, sozmon: Ruf
) -> None:
    """Räume side by side; a key column without a head."""
    (tmp_path / "t.csv").write_text(tabelle, "utf-8")
    quelle = projekt / "indikatoren" / "quellen" / "t.toml"
    assert sozmon("--projekt", projekt, "quelle", "entwerfen", tmp_path / "t.csv", "-o", quelle).code == 0
    text = quelle.read_text("utf-8")
    [blatt] = tomllib.loads(text)["blaetter"]
    assert blatt["schluessel"] == schluessel and blatt.get("gedreht", False) == (tabelle is QUER)
    assert tabelle is QUER or "Nicht gelesen, weil ohne Kopf: Spalte 3." in text
    beantworte(quelle, {"Welche Stelle": "Amt", "geheime Zahlen": JA, "bedeutet": JA})
    lauf = sozmon("--projekt", projekt, "quelle", "pruefen", "t", tmp_path / "t.csv")
    assert lauf.code == 0 and f"Werte: {anzahl}" in lauf.out, lauf.out + lauf.err
    assert re.search(r"99001010 +Aubach +31.12.2023 +wohngeldhaushalte +12 +wert", lauf.out)
    assert re.search(r"99001020 +Bergdorf +31.12.2023 +wohngeldhaushalte +– +null_genau", lauf.out)
    assert " schlüssel" in lauf.out


def test_rows_that_only_an_unknown_column_tells_apart(projekt: Path, tmp_path: Path, sozmon: Ruf) -> None:
    """Two rows of one Gemeinde with the same number would pass for a double."""
    zeilen = ["AGS;Geschlecht;Träger;Anzahl"]
    zeilen += [f"990010{o}0;{g};{t};5" for o in "12" for g in "mw" for t in ("frei", "öffentlich")]
    (tmp_path / "t.csv").write_text("\n".join(zeilen), "utf-8")
    lauf = sozmon("--projekt", projekt, "quelle", "entwerfen", tmp_path / "t.csv")
    assert "stehen in mehreren Zeilen; welche gelten (Träger: frei, öffentlich)?" in " ".join(lauf.out.split("\n# "))
    assert '#? filter = { "Träger" = "^???$" }' in lauf.out
    ohne = "\n".join(z.replace(";m;", ";").replace(";w;", ";").replace(";Geschlecht", "") for z in zeilen)
    (tmp_path / "o.csv").write_text(ohne, "utf-8")
    lauf = sozmon("--projekt", projekt, "quelle", "entwerfen", tmp_path / "o.csv")
    assert '#?   { kopf = "Träger", dimension = "???", werte = { frei = "???", "öffentlich" = "???" } },' in lauf.out


def test_thousands_are_asked_about(projekt: Path, tmp_path: Path, sozmon: Ruf) -> None:
    """A head that is the title of a Merkmal is taken without a question, but not when its numbers stand for more."""
    text = TABELLE.replace("Besuche in den Treffs im Jahr 2023", "Bevölkerung am 31.12.2023 in Tausend")
    (tmp_path / "t.csv").write_text(text.replace("Besuche", "Bevölkerung"), "utf-8")
    lauf = sozmon("--projekt", projekt, "quelle", "entwerfen", tmp_path / "t.csv")
    assert 'merkmal = "bevoelkerung"\n#? faktor = 1000' in lauf.out and "Die Tabelle nennt „in Tausend“" in lauf.out


@pytest.mark.parametrize("vorzeilen", [0, 6])
def test_persons_are_refused(vorzeilen: int, tmp_path: Path, sozmon: Ruf) -> None:
    kopf = "Bericht;\n" * vorzeilen + "AGS;Gemeinde;Vorname;Geburtsdatum;Betrag\n"
    zeilen = "".join(f"9900101{n};Aubach;Erna;01.01.194{n};10{n}\n" for n in range(4))
    (tmp_path / "faelle.csv").write_text(kopf + zeilen, "utf-8")
    lauf = sozmon("quelle", "entwerfen", tmp_path / "faelle.csv", "-o", tmp_path / "x.toml")
    assert lauf.code == 4 and "Angaben zu einzelnen Personen" in lauf.err
    assert "Erna" not in lauf.err and not (tmp_path / "x.toml").exists()


def test_official_shapes_need_no_quelle(tmp_path: Path, sozmon: Ruf) -> None:
    kopf = "statistics_code;statistics_label;time_code;time_label;time;1_variable_code;1_variable_label;"
    kopf += (
        "1_variable_attribute_code;1_variable_attribute_label;value;value_unit;value_variable_code;value_variable_label"
    )
    zeile = "12411;x;STAG;Stichtag;2023-12-31;GEMEIN;Gemeinden;99001010;Aubach;1;Anzahl;BEVSTD;Bevölkerung"
    (tmp_path / "flach.csv").write_text(f"{kopf}\n{zeile}\n", "utf-8")
    for wort in ("entwerfen", "pruefen"):
        lauf = sozmon("quelle", wort, tmp_path / "flach.csv")
        assert lauf.code == 2 and "Diese Form liest sozmon von selbst." in lauf.err


def test_answers_are_not_overwritten(treffs: Path, tmp_path: Path, sozmon: Ruf) -> None:
    ziel = tmp_path / "treffs.toml"
    ziel.write_text("meine Antworten", "utf-8")
    lauf = sozmon("quelle", "entwerfen", treffs, "-o", ziel)
    assert lauf.code == 73 and "--ersetzen" in lauf.err and ziel.read_text("utf-8") == "meine Antworten"
    assert sozmon("quelle", "entwerfen", treffs, "-o", ziel, "--ersetzen").code == 0
    assert tomllib.loads(ziel.read_text("utf-8"))["kennung"] == "treffs"


@pytest.mark.parametrize(
    ("worte", "satz"),
    [
        (["-o", "a.toml", "--kennung", "b"], "Die Datei heißt „a“, die Quelle „b“"),
        (["-o", "Treffs 2023.toml"], "kann keine Quelle heißen"),
        (["--blatt", "Gemeinde"], "Ein Blatt „Gemeinde“ gibt es"),
    ],
)
def test_wrong_calls(worte: list[str], satz: str, treffs: Path, sozmon: Ruf) -> None:
    lauf = sozmon("quelle", "entwerfen", treffs, *worte)
    assert lauf.code == 2 and satz in lauf.err


def test_no_table(tmp_path: Path, sozmon: Ruf) -> None:
    (tmp_path / "brief.csv").write_text("Sehr geehrte Damen und Herren;\nanbei die Zahlen;\n", "utf-8")
    lauf = sozmon("quelle", "entwerfen", tmp_path / "brief.csv")
    assert lauf.code == 4 and "keine Tabelle mit einer Zeile je Raum" in lauf.err and "Abhilfe" in lauf.err
    assert "keine_tabelle" not in lauf.err, "a refusal is told in words"


def test_a_draft_in_the_project_stops_nothing_else(projekt: Path, treffs: Path, sozmon: Ruf) -> None:
    """Only its own files wait; katalog pruefen names the questions with their lines."""
    quelle = projekt / "indikatoren" / "quellen" / "treffs.toml"
    assert sozmon("--projekt", projekt, "quelle", "entwerfen", treffs, "-o", quelle).code == 0, "the folder was new"
    lauf = sozmon("--projekt", projekt, "katalog", "pruefen")
    zeilen = [n for n, z in enumerate(quelle.read_text("utf-8").splitlines(), 1) if "???" in z and z[0] != "#"]
    assert lauf.code == 3 and len(zeilen) == 2
    assert f"noch 2 Fragen offen: Zeile {zeilen[0]} (Welche Stelle" in lauf.err and f"Zeile {zeilen[1]} (" in lauf.err
    assert sozmon("--projekt", projekt, "katalog").code == 0
    gezeigt = sozmon("--projekt", projekt, "quelle", "zeige", "treffs")
    assert gezeigt.code == 0 and "Erkannt an:" in gezeigt.out and "Offen:" in gezeigt.out


def test_pruefen_writes_nothing_and_machines_get_no_values(projekt: Path, tmp_path: Path, sozmon: Ruf) -> None:
    lieferdateien.landesamt(tmp_path / "a.xlsx")
    quelle = tmp_path / "entwurf.toml"
    sozmon("--projekt", projekt, "quelle", "entwerfen", tmp_path / "a.xlsx", "-o", quelle)
    vorher = sorted(projekt.rglob("*"))
    lauf = sozmon("--projekt", projekt, "quelle", "pruefen", quelle, tmp_path / "a.xlsx", "--format", "csv")
    zeilen = list(csv.DictReader(io.StringIO(lauf.out)))
    assert lauf.code == 3 and sorted(projekt.rglob("*")) == vorher
    assert "ab der Stufe „fehler“" in lauf.err, "a frage_offen is an error of its own"
    assert [z["stelle"] for z in zeilen if z["art"] == "spalte" and z["rolle"] == "wert"] == ["C", "D", "E", "F"]
    assert {z["rolle"]: z["stelle"] for z in zeilen if z["art"] == "zeilen"} == {
        "vor der Tabelle": "1–2", "Kopf": "4–6", "gelesen": "7–15", "nach dem Ende": "16–18",
    }  # fmt: skip
    assert [(z["text"], z["rolle"]) for z in zeilen if z["art"] == "zeichen"] == [(".", "offen")]
    assert not {"4200", "4900"} & set(re.findall(r"\d+", lauf.out))
    erste = sozmon("--projekt", projekt, "quelle", "pruefen", quelle, tmp_path / "a.xlsx", "--format", "jsonl")
    assert {json.loads(z)["art"] for z in erste.out.splitlines()} == {"spalte", "zeilen", "zeichen", "frage"}


def test_a_zeitart_that_the_merkmal_does_not_have_is_told(projekt: Path, tmp_path: Path, sozmon: Ruf) -> None:
    quelle = projekt / "indikatoren" / "quellen" / "probe.toml"
    quelle.parent.mkdir(parents=True, exist_ok=True)
    quelle.write_text(
        'kennung = "probe"\ntitel = "Probe"\nherausgeber = "Amt"\nform = "tabelle"\nrechtsgrundlage = "Probe"\n'
        'zeit = "2023"\nzeitart = "schuljahr"\nstand = "2024-01-31"\n'
        'erkennung = [{ muster = \'^Probe$\', zelle = "A1" }]\n[[blaetter]]\nkopfzeile = 2\nschluessel = "AGS"\n'
        'spalten = [{ kopf = "Personen", merkmal = "bevoelkerung" }]\n',
        "utf-8",
    )
    (tmp_path / "probe.csv").write_text("Probe;\nAGS;Personen\n99001010;10\n", "utf-8")
    lauf = sozmon("--projekt", projekt, "quelle", "pruefen", tmp_path / "probe.csv")
    assert "zeitart_fremd" in lauf.err and "„Bevölkerung“ gibt es nur am Stichtag" in lauf.err


def test_pruefen_of_the_wrong_file(projekt: Path, treffs: Path, tmp_path: Path, sozmon: Ruf) -> None:
    quelle = tmp_path / "treffs.toml"
    sozmon("quelle", "entwerfen", treffs, "-o", quelle)
    (tmp_path / "anders.csv").write_text(TABELLE.replace("Treffs", "Bädern"), "utf-8")
    lauf = sozmon("--projekt", projekt, "quelle", "pruefen", quelle, tmp_path / "anders.csv")
    assert lauf.code == 4 and "passt nicht zu „anders.csv“" in lauf.err
    ohne = sozmon("--projekt", projekt, "quelle", "pruefen", tmp_path / "anders.csv")
    assert ohne.code == 2 and "sozmon quelle entwerfen" in ohne.err


def test_unknown_keys_and_names_come_with_what_they_may_mean(projekt: Path, tmp_path: Path, sozmon: Ruf) -> None:
    quelle = tmp_path / "q.toml"
    (tmp_path / "k.csv").write_text(TABELLE.replace("99001020", "99001029"), "utf-8")
    assert sozmon("--projekt", projekt, "quelle", "entwerfen", tmp_path / "k.csv", "-o", quelle).code == 0
    lauf = sozmon("--projekt", projekt, "quelle", "pruefen", quelle, tmp_path / "k.csv")
    assert lauf.code == 3 and re.search(r"99001029 Bergdorf +1 +99001020", lauf.out), lauf.out
    namen = "\n".join(z.partition(";")[2] if z[0] in "9S" else z for z in TABELLE.splitlines())
    (tmp_path / "n.csv").write_text(namen.replace("Celltal", "Celltal-Land") + "\n", "utf-8")
    sozmon("--projekt", projekt, "quelle", "entwerfen", tmp_path / "n.csv", "-o", quelle, "--ersetzen")
    lauf = sozmon("--projekt", projekt, "quelle", "pruefen", quelle, tmp_path / "n.csv")
    assert "Aubach;99001010;q\nBergdorf;99001020;q\nCelltal-Land;;q" in lauf.out, lauf.out


def test_zeitart_that_the_merkmal_does_not_have(projekt: Path, tmp_path: Path, sozmon: Ruf) -> None:
    """No Indikator would find such a value."""
    text = TABELLE.replace("Besuche in den Treffs im Jahr 2023", "Bevölkerung im Jahr 2023")
    (tmp_path / "b.csv").write_text(text.replace("Besuche", "Bevölkerung"), "utf-8")
    quelle = tmp_path / "b.toml"
    sozmon("--projekt", projekt, "quelle", "entwerfen", tmp_path / "b.csv", "-o", quelle)
    lauf = sozmon("--projekt", projekt, "quelle", "pruefen", quelle, tmp_path / "b.csv", "--fehler-ab", "warnung")
    assert lauf.code == 3 and "„2023“ gilt im Jahr, „Bevölkerung“ gibt es nur am Stichtag" in lauf.err


def test_quelle_lists_like_katalog_quellen(sozmon: Ruf) -> None:
    assert sozmon("quelle", "--format", "csv").out == sozmon("katalog", "quellen", "--format", "csv").out != ""
