"""Every command × outcome on a small project made from the shipped example (exit codes)."""

from __future__ import annotations

import csv
import io
import json
import stat
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from sozmon.model import INDIKATORWERTE, MERKMALSWERTE

Sozmon = Callable[..., Any]
KREIS, STADT = "17521", "17521010"


def zeilen(text: str) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(text, newline="")))


# -- tables -----------------------------------------------------------------------------------------

WERTE = ("werte", "-i", "arbeitslosenanteil", "-r", f"{KREIS}/gemeinde", "-z", "2019..2021")


def test_werte_one_row_per_raum_and_year(sozmon_p: Sozmon) -> None:
    lauf = sozmon_p(*WERTE, "--format", "csv")
    assert lauf.code == 0
    gelesen = zeilen(lauf.out)
    assert tuple(gelesen[0]) == INDIKATORWERTE
    assert len(gelesen) == 24 * 3 and {z["zeit"] for z in gelesen} == {"2019", "2020", "2021"}
    assert all("," not in z["wert"] and z["raum_id"].startswith(KREIS) for z in gelesen)


@pytest.mark.parametrize(
    ("worte", "namen"),
    [
        (["17521,SR2"], ["Auental", "SR2"]),
        (["Lindenfurt, Stadt"], ["Lindenfurt"]),
        (["Lindenfurt, Auenfurt"], ["Lindenfurt", "Auenfurt"]),
        (["sozialregionen:SR2", "17521, 17521"], ["SR2", "Auental"]),
    ],
)
def test_words_for_raeume(sozmon_p: Sozmon, worte: list[str], namen: list[str]) -> None:
    optionen = [teil for wort in worte for teil in ("-r", wort)]
    lauf = sozmon_p("werte", "-i", "arbeitslosenanteil", *optionen, "-z", "2021", "--format", "csv")
    assert lauf.code == 0, lauf.err
    for zeile, name in zip(zeilen(lauf.out), namen, strict=True):
        assert name in (zeile["raum"], zeile["raum_id"])


def test_formats_carry_the_same_numbers(sozmon_p: Sozmon) -> None:
    aus_csv = [z["wert"] for z in zeilen(sozmon_p(*WERTE, "--format", "csv").out)]
    aus_json = [z["wert"] for z in json.loads(sozmon_p(*WERTE, "--format", "json").out)]
    assert [float(w) if w else None for w in aus_csv] == aus_json
    assert len(sozmon_p(*WERTE, "--format", "jsonl").out.splitlines()) == 72
    assert sozmon_p(*WERTE).out.splitlines()[0].split()[:3] == ["Schlüssel", "Raum", "Zeit"]


def test_intern_says_so_and_shows_more(sozmon_p: Sozmon) -> None:
    offen, intern = sozmon_p(*WERTE, "--format", "csv"), sozmon_p(*WERTE, "--intern", "--format", "csv")
    assert offen.err == "" and "nicht freigegeben" in intern.err and intern.code == 0
    sichtbar = [sum(bool(z["wert"]) for z in zeilen(lauf.out)) for lauf in (offen, intern)]
    assert sichtbar[0] <= sichtbar[1]


def test_no_row_is_a_header_and_0(sozmon_p: Sozmon) -> None:
    lauf = sozmon_p("daten", "-m", "bevoelkerung", "-r", KREIS, "-z", "1990", "--format", "csv")
    assert (lauf.code, lauf.out) == (0, ",".join(n for n, _ in MERKMALSWERTE) + "\n")


@pytest.mark.parametrize(
    ("worte", "enthaelt"),
    [
        (["werte", "-i", "arbeitslosenantei", "-r", KREIS], "arbeitslosenanteil"),
        (["werte", "-i", "arbeitslosenanteil", "-r", "99999"], "99999"),
        (["werte", "-i", "arbeitslosenanteil", "-r", f"{KREIS}/gemeinden"], "gemeinde"),
        (["daten", "-m", "bevoelkerun", "-r", KREIS], "bevoelkerung"),
        (["werte", "-i", "arbeitslosenanteil", "-r", KREIS, "-z", "gestern"], "gestern"),
        (["werte", "-i", "arbeitslosenanteil", "-r", KREIS, "--datenstand", "morgen"], "morgen"),
        (["reihe", "-i", "arbeitslosenanteil", "-r", KREIS, "--basis", "1950"], "1950"),
        (["herkunft", KREIS, "arbeitslosenanteil", "2019..2021"], "genau eine Zeit"),
        (["herkunft", f"{KREIS}/gemeinde", "arbeitslosenanteil", "2021"], "24 Räume"),
        (["diff", "-i", "bevoelkerung", "-r", KREIS, "--von", "2025-01-01", "--bis", "2024-01-01"], "--bis"),
        (["bericht", "gibtesnicht"], "gibtesnicht"),
    ],
    ids=lambda w: " ".join(w[:3]) if isinstance(w, list) else "",
)
def test_what_does_not_exist_is_2(sozmon_p: Sozmon, worte: list[str], enthaelt: str) -> None:
    lauf = sozmon_p(*worte)
    assert lauf.code == 2 and lauf.out == "" and enthaelt in lauf.err and "Ausgang 2" in lauf.err


def test_datenstand_answers_as_it_was(sozmon_p: Sozmon) -> None:
    frage = ("werte", "--intern", "-i", "bevoelkerung", "-r", KREIS, "-z", "2023-12-31", "--format", "csv")
    (heute,), (frueher,) = zeilen(sozmon_p(*frage).out), zeilen(sozmon_p(*frage, "--datenstand", "2024-12-31").out)
    assert heute["wert"] != frueher["wert"] and frueher["datenstand"] <= "2024-12-31" < heute["datenstand"]


def test_diff_and_its_exit_code(sozmon_p: Sozmon) -> None:
    frage = ("diff", "-i", "bevoelkerung", "-r", KREIS, "-z", "2023")
    lauf = sozmon_p(*frage, "--von", "2024-12-31", "--format", "csv")
    assert lauf.code == 0 and [z["art"] for z in zeilen(lauf.out)] == ["geaendert"]
    assert sozmon_p(*frage, "--von", "2024-12-31", "--exit-code").code == 6
    gleich = sozmon_p(*frage, "--von", "2025-12-31", "--exit-code", "--format", "csv")
    assert gleich.code == 0 and gleich.out.count("\n") == 1


def test_reihe(sozmon_p: Sozmon) -> None:
    lauf = sozmon_p(
        "reihe", "-i", "arbeitslosenanteil", "-r", KREIS, "-z", "2015..2021", "--basis", "2015", "--format", "csv"
    )
    gelesen = zeilen(lauf.out)
    assert lauf.code == 0 and tuple(gelesen[0])[: len(INDIKATORWERTE)] == INDIKATORWERTE
    assert gelesen[0]["index"] == "100" and gelesen[0]["absolut"] == ""
    erster, zweiter = (float(gelesen[i]["wert"]) for i in (0, 1))
    assert float(gelesen[1]["absolut"]) == pytest.approx(zweiter - erster)
    assert float(gelesen[1]["index"]) == pytest.approx(zweiter / erster * 100)


def test_vergleich(sozmon_p: Sozmon) -> None:
    gelesen = zeilen(sozmon_p("vergleich", "-i", "arbeitslosenanteil", "-z", "2021", "--format", "csv").out)
    assert len(gelesen) == 24
    raenge = sorted((float(z["wert"]), -int(z["rang"])) for z in gelesen if z["rang"])
    assert [r for _, r in raenge] == sorted(r for _, r in raenge) and raenge[-1][1] == -1
    (weite,) = zeilen(
        sozmon_p("vergleich", "-i", "arbeitslosenanteil", "-z", "2021", "--spannweite", "--format", "csv").out
    )
    assert float(weite["groesster"]) == raenge[-1][0] and int(weite["anzahl"]) == len(raenge)


def test_herkunft_names_file_and_cell(sozmon_p: Sozmon) -> None:
    lauf = sozmon_p("herkunft", STADT, "arbeitslosenanteil", "2021")
    assert lauf.code == 0 and "Formel: " in lauf.out and "A_Arbeitslosigkeit.xls" in lauf.out and "Daten!" in lauf.out


def test_daten_of_a_region_is_the_sum_of_its_gemeinden(sozmon_p: Sozmon) -> None:
    frage = ("daten", "--intern", "-m", "arbeitslose", "-z", "2021", "--format", "csv", "-r")
    (region,) = zeilen(sozmon_p(*frage, "SR2").out)
    teile = zeilen(sozmon_p(*frage, "SR2/gemeinde").out)
    assert len(teile) > 1 and float(region["wert"]) == sum(float(z["wert"]) for z in teile)
    assert region["fundstelle"].startswith("Summe der Gemeinden")


def test_daten_hides_small_counts(sozmon_p: Sozmon) -> None:
    frage = ("daten", "-m", "arbeitslose", "-r", f"{KREIS}/gemeinde", "-z", "2021", "--format", "csv")
    offen, intern = zeilen(sozmon_p(*frage).out), zeilen(sozmon_p(*frage, "--intern").out)
    assert len(offen) == len(intern) > 20
    for a, b in zip(offen, intern, strict=True):
        if b["wert"] and 0 < float(b["wert"]) < 3:
            assert a["status"] == "geheim" and a["wert"] == a["wert_min"] == a["wert_max"] == ""
        else:
            assert a["wert"] == b["wert"]


def test_status(sozmon_p: Sozmon) -> None:
    lauf = sozmon_p("status", "--format", "csv")
    quellen = {z["quelle"]: z for z in zeilen(lauf.out)}
    assert lauf.code == 0 and quellen["inkar"]["lieferungen"] == "2" and "17521" in lauf.err


def test_pruefen_and_fehler_ab(sozmon_p: Sozmon) -> None:
    lauf = sozmon_p("pruefen", "--format", "csv")
    assert lauf.code == 0, lauf.out
    stufen = {z["stufe"] for z in zeilen(lauf.out)}
    erwartet = 3 if stufen else 0
    assert sozmon_p("pruefen", "--fehler-ab", "info").code == erwartet


def test_selbsttest_needs_no_project(sozmon: Sozmon) -> None:
    lauf = sozmon("selbsttest", "--format", "json")
    assert lauf.code == 0 and all(z["in_ordnung"] for z in json.loads(lauf.out))


# -- where tables go --------------------------------------------------------------------------------


@pytest.mark.parametrize("endung", ["csv", "xlsx", "parquet", "json", "jsonl", "md", "txt"])
def test_file_by_its_ending(sozmon_p: Sozmon, tmp_path: Path, endung: str) -> None:
    lauf = sozmon_p(*WERTE, "-o", f"tabelle.{endung}")
    assert (lauf.code, lauf.out) == (0, f"tabelle.{endung}\n")
    anfang = (tmp_path / f"tabelle.{endung}").read_bytes()[:8]
    assert anfang.startswith({"xlsx": b"PK", "parquet": b"PAR1", "csv": b"raum_id,"}.get(endung, anfang))


def test_dash_is_stdout_and_excel(sozmon_p: Sozmon) -> None:
    lauf = sozmon_p(*WERTE, "--excel", "-o", "-")
    assert lauf.code == 0 and lauf.out.startswith("\ufeffraum_id;") and "\r\n" in lauf.out


def test_internal_file_is_private_and_marked(sozmon_p: Sozmon, tmp_path: Path) -> None:
    lauf = sozmon_p(*WERTE, "--intern", "-o", "tabelle.csv")
    assert (lauf.code, lauf.out) == (0, "tabelle_INTERN.csv\n")
    assert not (tmp_path / "tabelle.csv").exists()
    if sys.platform != "win32":
        assert stat.S_IMODE((tmp_path / "tabelle_INTERN.csv").stat().st_mode) == 0o600


@pytest.mark.parametrize("befehl", [(*WERTE, "--intern"), ("herkunft", STADT, "arbeitslosenanteil", "2021")])
def test_internal_values_never_reach_the_products(sozmon: Sozmon, projekt: Path, befehl: tuple[str, ...]) -> None:
    vorher = sorted((projekt / "ausgabe").rglob("*"))
    for ziel in (projekt / "ausgabe" / "x.csv", projekt / "ausgabe" / ".." / "ausgabe" / "x.csv"):
        lauf = sozmon("--projekt", projekt, *befehl, "-o", ziel)
        assert lauf.code == 5 and lauf.out == ""
    (projekt / "umweg").symlink_to(projekt / "ausgabe")
    assert sozmon("--projekt", projekt, *befehl, "-o", projekt / "umweg" / "x.csv").code == 5
    assert sorted((projekt / "ausgabe").rglob("*")) == vorher


def test_output_that_cannot_be_made_is_73(sozmon_p: Sozmon, tmp_path: Path) -> None:
    assert sozmon_p(*WERTE, "-o", tmp_path / "fehlt" / "x.csv").code == 73
    (tmp_path / "ordner.csv").mkdir()
    assert sozmon_p(*WERTE, "-o", tmp_path / "ordner.csv").code == 73


def test_no_permission_is_77(ohne_rechte: Any, tmp_path: Path) -> None:
    zu = tmp_path / "zu"
    zu.mkdir(mode=0o555)
    lauf = ohne_rechte("selbsttest", "-o", zu / "x.csv")
    assert lauf.returncode == 77 and "Schreibrechte" in lauf.stderr.decode() and not list(zu.iterdir())


def test_read_only_project_can_be_read_but_not_changed(ohne_rechte: Any, projekt: Path) -> None:
    for pfad in [projekt, *projekt.rglob("*")]:
        pfad.chmod(0o555 if pfad.is_dir() else 0o444)
    try:
        lauf = ohne_rechte("--projekt", projekt, *WERTE, "--format", "csv")
        assert lauf.returncode == 0 and lauf.stdout.count(b"\n") == 73, lauf.stderr.decode()
        datei = projekt / "eingang" / "Vordruck_SGB_II_Auental_2022.xlsx"
        lauf = ohne_rechte("--projekt", projekt, "import", datei)
        assert lauf.returncode == 77 and b"Traceback" not in lauf.stderr, lauf.stderr.decode()
    finally:
        for pfad in [projekt, *projekt.rglob("*")]:
            pfad.chmod(0o755 if pfad.is_dir() else 0o644)


# -- import and what may be wrong with a project ----------------------------------------------------


def test_import_missing_refused_and_again(sozmon: Sozmon, projekt: Path, tmp_path: Path) -> None:
    lauf = sozmon("--projekt", projekt, "import", "gibt-es-nicht.csv")
    assert lauf.code == 66 and "gibt-es-nicht.csv" in lauf.err
    (tmp_path / "seite.csv").write_text("<!DOCTYPE html><html><body>Wartung</body></html>")
    lauf = sozmon("--projekt", projekt, "import", "seite.csv")
    assert lauf.code == 4 and "HTML" in lauf.err and "Traceback" not in lauf.err
    lauf = sozmon("--projekt", projekt, "import", projekt / "eingang" / "12411-01-01-4_flat_abruf20241203.csv")
    assert lauf.code == 0 and "neu 0" in lauf.out
    assert sozmon("--projekt", projekt, "import").code == 2


def test_probe_writes_nothing(sozmon: Sozmon, projekt: Path) -> None:
    vorher = {p: p.stat().st_mtime_ns for p in (projekt / "bestand").rglob("*") if p.is_file()}
    lauf = sozmon("--projekt", projekt, "import", "--probe", projekt / "eingang" / "Vordruck_SGB_II_Auental_2022.xlsx")
    assert lauf.code == 0 and "Probe" in lauf.out
    nachher = {p: p.stat().st_mtime_ns for p in (projekt / "bestand").rglob("*") if p.is_file()}
    assert {p for p in nachher if "sperre" not in p.name} <= set(vorher)


def test_broken_configuration_is_78(sozmon: Sozmon, projekt: Path) -> None:
    datei = projekt / "sozmon.toml"
    datei.write_text(datei.read_text() + "\nkries = 'x'\n", encoding="utf-8")
    lauf = sozmon("--projekt", projekt, "status")
    assert lauf.code == 78 and "sozmon.toml" in lauf.err
    datei.write_text("kreis = ", encoding="utf-8")
    assert sozmon("--projekt", projekt, "status").code == 78


def test_damaged_store_is_76(sozmon: Sozmon, projekt: Path) -> None:
    dateien = sorted((projekt / "bestand").rglob("*.parquet"))
    assert dateien
    for datei in dateien:
        daten = bytearray(datei.read_bytes())
        daten[len(daten) // 2] ^= 1
        datei.write_bytes(bytes(daten))
    lauf = sozmon("--projekt", projekt, *WERTE)
    assert lauf.code == 76 and lauf.out == "" and "bestand" in lauf.err


def test_locked_store_is_75(sozmon: Sozmon, projekt: Path) -> None:
    from sozmon.plattform import sperre

    sperren = [p for p in (projekt / "bestand").rglob("*sperre*") if p.is_file()]
    if not sperren:
        pytest.skip("der Bestand hält seine Sperre nicht als Datei")
    with sperre(sperren[0], warten=0, befehl="import"):
        datei = projekt / "eingang" / "Vordruck_SGB_II_Auental_2022.xlsx"
        lauf = sozmon("--projekt", projekt, "import", "--warten", "0", datei)
    assert lauf.code == 75 and "import" in lauf.err


def test_project_by_environment_from_anywhere(
    sozmon: Sozmon, vorlage_projekt: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("SOZMON_PROJEKT", str(vorlage_projekt))
    monkeypatch.chdir("/")
    assert sozmon("status").code == 0
    monkeypatch.delenv("SOZMON_PROJEKT")
    monkeypatch.chdir(vorlage_projekt / "eingang")
    assert sozmon("-q", "status").code == 0


def test_new_project_never_overwrites(sozmon: Sozmon, projekt: Path) -> None:
    assert sozmon("neu", projekt, "--kreis", "12345").code == 73
    assert sozmon("neu", "x", "--kreis", "1234").code == 2
    assert sozmon("neu", "x").code == 2


def test_daten_wide(sozmon_p: Sozmon) -> None:
    worte = ("daten", "-m", "bevoelkerung", "-r", "17521", "--format", "csv")
    lang = zeilen(sozmon_p(*worte).out)
    breit = zeilen(sozmon_p(*worte, "--breit", "zeit").out)
    assert {z["zeit"] for z in lang} <= set(breit[0]) and breit[0]["raum"]
    zahlen = [w for z in breit for s, w in z.items() if s in {x["zeit"] for x in lang} and w]
    assert sorted(zahlen) == sorted(z["wert"] for z in lang if z["wert"])
    assert "bevoelkerung" in sozmon_p(*worte, "--breit", "merkmal").out.splitlines()[0]
    assert sozmon_p(*worte, "--breit", "indikator").code == 2


def test_status_lists_every_lieferung_with_a_kennung_that_works(sozmon: Sozmon, projekt: Path) -> None:
    def status(*worte: str) -> list[dict[str, str]]:
        return zeilen(sozmon("--projekt", projekt, "status", "--lieferungen", *worte, "--format", "csv").out)

    alle = status()
    assert len(alle) == 9 and all(z["sha256"].startswith(z["kennung"]) and len(z["kennung"]) == 12 for z in alle)
    text = sozmon("--projekt", projekt, "status", "--lieferungen").out
    assert alle[0]["kennung"] in text and alle[0]["sha256"] not in text and "Uhr (UTC)" in text
    weg, bleibt = (z for z in alle if z["datei"].endswith(".xls"))
    assert sozmon("--projekt", projekt, "import", "--zurueck", weg["kennung"]).code == 0
    assert {z["kennung"]: z["zustand"] for z in status()}[weg["kennung"]] == "zurueckgenommen"
    assert sozmon("--projekt", projekt, "bestand", "loeschen", bleibt["kennung"], "--grund", "Probe").code == 0
    assert bleibt["kennung"] not in {z["kennung"] for z in status()}
    for befehl in (("import", "--zurueck", "ffff"), ("bestand", "loeschen", "ffff", "--grund", "x")):
        assert "sozmon status --lieferungen" in sozmon("--projekt", projekt, *befehl).err
