"""The shipped example: made by its generator, invented, and its accounts close (read here without sozmon)."""

from __future__ import annotations

import csv
import io
import subprocess
import sys
import zipfile
from collections import defaultdict
from functools import cache
from pathlib import Path
from typing import Any

import pytest

BEISPIEL = Path(__file__).resolve().parents[2] / "beispieldaten"
LIEFERUNGEN, FORTSCHREIBUNG = BEISPIEL / "lieferungen", BEISPIEL / "fortschreibung"
KREIS, LAND = "17521", "17"
TEILE, NEU = {"17521090", "17521240"}, "17521195"


def _text(name: str) -> str:
    pfad = LIEFERUNGEN / name
    if pfad.suffix == ".zip":
        with zipfile.ZipFile(pfad) as z:
            (inhalt,) = z.namelist()
            return z.read(inhalt).decode("utf-8-sig")
    return pfad.read_bytes().decode("latin-1" if "_de_" not in name else "utf-8-sig")


@cache
def _flach(name: str) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(_text(name)), delimiter=";"))


@cache
def _mappe(name: str, ordner: Path = LIEFERUNGEN) -> dict[str, list[list[Any]]]:
    from python_calamine import CalamineWorkbook

    mappe = CalamineWorkbook.from_path(str(ordner / name))
    return {b: mappe.get_sheet_by_name(b).to_python(skip_empty_area=False) for b in mappe.sheet_names}


@cache
def _erzeugt() -> dict[Path, bytes]:
    """What the generator makes, in this process."""
    sys.path.insert(0, str(BEISPIEL))
    try:
        from generator import alle_dateien
    finally:
        sys.path.remove(str(BEISPIEL))
    return alle_dateien(BEISPIEL)


@cache
def _fakten() -> dict[tuple[str, str, str], tuple[float, float, float]]:
    fakten = {}
    for pfad in sorted(Path(__file__).parent.glob("fakten*.csv")):
        with pfad.open(encoding="utf-8", newline="") as f:
            for z in csv.DictReader(f):
                zahlen = float(z["zaehler"]), float(z["nenner"] or 0), float(z["wert"])
                fakten[z["indikator"], z["raum_id"], z["zeit"]] = zahlen
    return fakten


def _alter() -> dict[tuple[str, str, str, str], int | None]:
    """(raum, date, sex code, age code) → people; None where a Gemeinde did not exist."""
    return {
        (z["1_variable_attribute_code"], z["time"], z["2_variable_attribute_code"], z["3_variable_attribute_code"]): (
            None if z["value"] == "-" else int(z["value"])
        )
        for z in _flach("12411-02-03-5_de_flat_abruf20250410.zip")
    }


def _gemeinden(schluessel: set[str], jahr: int) -> set[str]:
    eigene = {s for s in schluessel if s.startswith(KREIS) and len(s) == 8}
    return eigene - TEILE if jahr >= 2022 else eigene - {NEU}


def test_generator_reproduces_every_committed_file() -> None:
    """Same seed, same files (cells and rows; the bytes too unless another zlib packs differently)."""
    lauf = subprocess.run(
        [sys.executable, str(BEISPIEL / "erzeugen.py"), "--pruefen"], capture_output=True, text=True, check=False
    )
    assert lauf.returncode == 0, lauf.stderr


def test_generator_writes_the_same_bytes_twice() -> None:
    befehl = "import sys, hashlib; from pathlib import Path; sys.path.insert(0, sys.argv[1])\n"
    befehl += "from generator import alle_dateien\n"
    befehl += "print({p.name: hashlib.sha256(b).hexdigest() for p, b in alle_dateien(Path('x')).items()})"
    laeufe = [
        subprocess.run([sys.executable, "-c", befehl, str(BEISPIEL)], capture_output=True, text=True, check=True).stdout
        for _ in range(2)
    ]
    assert laeufe[0] == laeufe[1] != "{}\n"


def test_nothing_else_lies_among_the_deliveries_and_all_is_small() -> None:
    dateien = [p for p in BEISPIEL.rglob("*") if p.is_file() and "__pycache__" not in p.parts]
    assert {p for p in dateien if p.parent in (LIEFERUNGEN, FORTSCHREIBUNG)} == {
        p for p in _erzeugt() if p.parent in (LIEFERUNGEN, FORTSCHREIBUNG)
    }
    assert len([p for p in dateien if p.parent == LIEFERUNGEN]) < 80
    assert sum(p.stat().st_size for p in dateien) < 3_000_000


def test_ages_and_sexes_add_up() -> None:
    werte = _alter()
    for (raum, tag, ges, alter), wert in werte.items():
        if alter or wert is None:
            continue
        teile = [n for (r, t, g, a), n in werte.items() if (r, t, g) == (raum, tag, ges) and a] if raum == KREIS else []
        assert not teile or (len(teile) == 17 and sum(n or 0 for n in teile) == wert)
        if not ges:
            m, w = werte[raum, tag, "GESM", ""], werte[raum, tag, "GESW", ""]
            assert m is not None and w is not None and m + w == wert


def test_age_groups_add_up_in_every_gemeinde() -> None:
    summe: dict[tuple[str, str, str], int] = defaultdict(int)
    werte = _alter()
    for (raum, tag, ges, alter), wert in werte.items():
        summe[raum, tag, ges] += (wert or 0) if alter else -(wert or 0)
    assert len(summe) == 31 * 10 * 3
    assert not any(summe.values())


@pytest.mark.parametrize("jahr", range(2014, 2024))
def test_gemeinden_add_up_to_the_kreis(jahr: int) -> None:
    werte = _alter()
    gemeinden = _gemeinden({r for r, *_ in werte}, jahr)
    assert len(gemeinden) == (24 if jahr >= 2022 else 25)
    for ges in ("", "GESM", "GESW"):
        for alter in {a for *_, a in werte}:
            summe = sum(werte[g, f"{jahr}-12-31", ges, alter] or 0 for g in gemeinden)
            assert summe == werte[KREIS, f"{jahr}-12-31", ges, alter]


def test_population_account_closes_on_the_basis_of_the_zensus_2011() -> None:
    """Until 2021: year before + births - deaths + in - out; the balance of moves is that of the Kreis itself."""
    werte = _alter()
    bewegung: dict[tuple[str, str, str], str] = {}
    for name in ("12612-91-01-5", "12613-91-01-5", "12711-91-01-5"):
        for z in _flach(f"{name}_de_flat_abruf20250410.csv"):
            bewegung[z["1_variable_attribute_code"], z["time"], z["value_variable_code"]] = z["value"]
    raeume = {r for r, _, _ in bewegung if r not in TEILE | {NEU}}
    assert len(raeume) == 28
    for raum in raeume:
        for jahr in range(2015, 2022):
            geburten, tote, zu, fort = (
                int(bewegung[raum, str(jahr), c]) for c in ("BEV901", "BEV902", "BEV981", "BEV982")
            )
            vorher, jetzt = (werte[raum, f"{j}-12-31", "", ""] for j in (jahr - 1, jahr))
            assert vorher is not None and vorher + geburten - tote + zu - fort == jetzt, (raum, jahr)


def test_zensus_break_is_about_minus_1_3_per_cent() -> None:
    alt = {
        (z["1_Auspraegung_Code"], z["2_Auspraegung_Code"]): int(z["BEVSTD__Bevoelkerungsstand__Anzahl"])
        for z in _flach("12411-01-01-4_flat_abruf20241203.csv")
    }
    neu = {
        (z["1_variable_attribute_code"], z["2_variable_attribute_code"]): int(z["value"])
        for z in _flach("12411-01-01-4_de_flat_abruf20250410.csv")
        if z["time"] == "2023-12-31"
    }
    assert set(alt) == set(neu)
    assert -0.014 < neu[KREIS, ""] / alt[KREIS, ""] - 1 < -0.012
    assert neu[KREIS, ""] == _alter()[KREIS, "2023-12-31", "", ""]
    for werte in (alt, neu):
        assert werte[LAND, ""] == sum(werte[k, ""] for k in ("17511", "17521", "17522"))
        assert all(werte[k, ""] == werte[k, "GESM"] + werte[k, "GESW"] for k, _ in werte)


def _register(jahr: int) -> dict[str, tuple[str, int, int, int]]:
    zeilen = list(_mappe(f"3112{jahr}_Auszug_GV.xlsx").values())[1]
    gemeinden = {}
    for z in zeilen:
        if z[0] == "60":
            gemeinden["".join(z[2:5]) + z[6]] = (z[7], int(z[9]), int(z[10]), int(z[11]))
    return gemeinden


def test_registers_differ_by_the_merger_only() -> None:
    vorher, nachher = _register(2021), _register(2023)
    assert set(vorher) - set(nachher) == TEILE
    assert set(nachher) - set(vorher) == {NEU}
    assert all(e == m + w for register in (vorher, nachher) for _, e, m, w in register.values())
    werte = _alter()
    eigene = {g: e for g, (_, e, _, _) in vorher.items() if g.startswith(KREIS)}
    assert eigene == {g: werte[g, "2021-12-31", "", ""] for g in eigene}


def test_every_satzart_and_no_real_key() -> None:
    for jahr in (2021, 2023):
        zeilen = [z for z in list(_mappe(f"3112{jahr}_Auszug_GV.xlsx").values())[1] if str(z[0]).isdigit()]
        assert {z[0] for z in zeilen} == {"10", "20", "40", "50", "60"}
        assert {z[2] for z in zeilen} == {LAND}


def test_inkar_equals_the_ages_of_the_fortschreibung() -> None:
    werte = _alter()
    blatt = _mappe("A_ErwerbsfaehigeBevoelkerung.xls")["Daten"]
    jahre = blatt[1][3:]
    assert jahre == [str(j) for j in range(2014, 2022)] and len(blatt) == 40
    erwerb = ("ALT015B18", "ALT018B20", *(f"ALT{a:03d}B{a + 5:02d}" for a in range(20, 65, 5)))
    for zeile in blatt[2:]:
        if zeile[0].startswith(KREIS):
            summen = [sum(werte[zeile[0], f"{j}-12-31", "", a] or 0 for a in erwerb) for j in jahre]
            assert [int(n) for n in zeile[3:]] == summen


@pytest.mark.parametrize("jahr", [2014, 2019, 2024])
def test_elections_add_up(jahr: int) -> None:
    blaetter = _mappe(f"Gemeinderatswahl_Birkenland_{jahr}.xlsx")
    oben, unten = (blaetter[f"GR{jahr % 100}_EE_{b}"] for b in ("BL_LK", "KS_GE"))
    o, u = ({k: i for i, k in enumerate(b[0])} for b in (oben, unten))
    kreis = next(z for z in oben if z[o["Schlüssel"]] == KREIS)
    eigene = [z for z in unten if z[u["Schlüssel"]] == KREIS]
    assert len(eigene) == (24 if jahr > 2021 else 25)
    for spalte in ("Wahlberechtigte", "Wähler", "gültige Stimmen", "Wählervereinigungen"):
        assert sum(z[u[spalte]] for z in eigene) == kreis[o[spalte]]
    listen = [i for k, i in u.items() if k.startswith("Liste ") and not k.endswith("%")]
    for z in eigene:
        assert z[u["WB_OSVM"]] + z[u["WB_MSVM"]] == z[u["Wahlberechtigte"]] > z[u["Wähler"]]
        stimmen = [z[i] for i in listen] + [z[u["Wählervereinigungen"]]]
        assert sum(n for n in stimmen if n != "x") == z[u["gültige Stimmen"]]


def test_small_counts_are_hidden_and_the_kreis_is_not() -> None:
    for jahr in range(2019, 2024):
        zeilen = _mappe(f"Vordruck_SGB_II_Auental_{jahr}.xlsx")["SGB II"][4:]
        kreis, gemeinden = zeilen[0], zeilen[1:]
        assert kreis[0] == KREIS and len(gemeinden) == (24 if jahr > 2021 else 25)
        for spalte in (2, 3):
            werte = [z[spalte] for z in gemeinden]
            zahlen = [n for n in werte if not isinstance(n, str)]
            assert all(n >= 3 for n in zahlen) and {n for n in werte if isinstance(n, str)} <= {"*", "-"}
            rest, verdeckt = kreis[spalte] - sum(zahlen), werte.count("*")
            assert verdeckt <= rest <= 2 * verdeckt, "the Kreis total is complete and a * stands for 1 or 2"
        assert werte.count("*") >= 2, "a lone hidden cell could be computed from the Kreis total"


FORMEN = {
    "Melderegister": (2020, 2021, 2022, 2023, 2024),
    "Arbeitsmarkt": (2020, 2021, 2022, 2023, 2024),
    "Versorgung": (2019, 2021, 2023),
}


def _form(form: str, jahr: int) -> tuple[list[Any], list[Any], list[list[Any]]]:
    """Head, row of the Kreis, rows of the Gemeinden."""
    ordner = FORTSCHREIBUNG if jahr == 2024 else LIEFERUNGEN
    (zeilen,) = _mappe(f"Vordruck_{form}_Auental_{jahr}.xlsx", ordner).values()
    return zeilen[3], zeilen[4], zeilen[5:]


@pytest.mark.parametrize(("form", "jahr"), [(f, j) for f, jahre in FORMEN.items() for j in jahre])
def test_forms_add_up_and_a_hidden_cell_is_never_alone(form: str, jahr: int) -> None:
    kopf, kreis, gemeinden = _form(form, jahr)
    assert kreis[0] == KREIS and len(gemeinden) == (24 if jahr > 2021 else 25)
    for spalte in range(2, len(kopf)):
        werte = [z[spalte] for z in gemeinden]
        zahlen, verdeckt = [n for n in werte if not isinstance(n, str)], werte.count("*")
        rest = kreis[spalte] - sum(zahlen)
        assert verdeckt <= rest <= 2 * verdeckt and verdeckt != 1, kopf[spalte]
        assert form == "Versorgung" or min(zahlen) >= 3


@pytest.mark.parametrize("jahr", FORMEN["Melderegister"])
def test_households_are_parts_of_wholes(jahr: int) -> None:
    kopf, kreis, gemeinden = _form("Melderegister", jahr)
    i = {k: n for n, k in enumerate(kopf)}
    for z in (kreis, *gemeinden):
        einwohner, alle, eine = (z[i[k]] for k in ("Einwohner", "Haushalte", "Einpersonenhaushalte"))
        familien, allein = z[i["Haushalte mit Kindern unter 18"]], z[i["davon alleinerziehend"]]
        assert allein < familien and eine + familien <= alle < einwohner, z[1]
        assert eine + 2 * (alle - eine) <= einwohner, f"{z[1]}: more people are needed to fill the larger households"


def test_parts_of_the_unemployed_are_not_more_than_all() -> None:
    alle = {
        (z["1_variable_attribute_code"], z["time"]): z["value"]
        for z in _flach("13211-01-03-5_de_flat_abruf20250410.csv")
    }
    for jahr in (2022, 2023):
        _, kreis, gemeinden = _form("Arbeitsmarkt", jahr)
        for schluessel, _, jung, aeltere, lange in (kreis, *gemeinden):
            gesamt = int(alle[schluessel, str(jahr)])
            assert lange <= gesamt
            assert sum(n for n in (jung, aeltere) if not isinstance(n, str)) <= gesamt


def test_election_of_the_kreistag_adds_up() -> None:
    (zeilen,) = _mappe("Kreistagswahl_Auental.xlsx").values()
    kreis, gemeinden = zeilen[5], zeilen[6:]
    assert zeilen[3][2::2] == ["25. Mai 2014", "26. Mai 2019", "9. Juni 2024"] and len(gemeinden) == 26
    for spalte in range(2, 8):
        werte = [z[spalte] for z in gemeinden]
        assert sum(n for n in werte if n != "x") == kreis[spalte]
        assert werte.count("x") == (2 if spalte > 5 else 1)
    assert all(z[s] == "x" or z[s] > z[s + 1] for z in (kreis, *gemeinden) for s in (2, 4, 6))


def test_land_use_marks_gemeinden_that_did_not_exist() -> None:
    alt = {
        (z["1_Auspraegung_Code"], z["Zeit"]): list(z.values())[-2:]
        for z in _flach("AI-N-01-2-5_flat_abruf20230302.csv")
    }
    assert alt[NEU, "2021"] == ["-", "-"] and "-" not in alt["17521090", "2021"]
    neu = {
        (z["1_variable_attribute_code"], z["time"], z["value_variable_code"]): z["value"]
        for z in _flach("AI-N-01-2-5_de_flat_abruf20250410.csv")
    }
    assert [neu["17521090", "2023", c] for c in ("AI0111", "AI0112")] == ["-", "x"]
    assert [neu[NEU, "2022", c] for c in ("AI0111", "AI0112")][1] == "x"


def test_regions_partition_the_kreis_at_any_date() -> None:
    for name, anzahl in (("sozialregionen", 5), ("planungsraeume", 4)):
        text = (BEISPIEL / "projekt" / "raeume" / f"{name}.csv").read_text(encoding="utf-8")
        zeilen = list(csv.DictReader(io.StringIO(text), delimiter=";"))
        assert len({z["raum_id"] for z in zeilen}) == anzahl
        for jahr in (2014, 2021, 2022, 2023):
            tag = f"{jahr}-12-31"
            gilt = [z["gemeinde"] for z in zeilen if z["gueltig_ab"] <= tag <= (z["gueltig_bis"] or "9999")]
            assert sorted(gilt) == sorted(_gemeinden(set(_register(2021)) | {NEU}, jahr))


def test_facts_agree_with_the_delivered_files() -> None:
    """The fact table comes from the model; here it is computed again from the cells of the files."""
    werte, fakten = _alter(), _fakten()
    for raum in (KREIS, "17521010", NEU):
        tag = "2023-12-31"
        assert fakten["bevoelkerung", raum, tag][0] == werte[raum, tag, "", ""]
        alte = sum(werte[raum, tag, "", a] or 0 for a in ("ALT065B75", "ALT075UM"))
        assert fakten["anteil_65_plus", raum, tag][0] == alte
    blatt = _mappe("A_Arbeitslosigkeit.xls")["Daten"]
    arbeitslos = sum(int(z[-1]) for z in blatt[2:] if z[0].startswith(KREIS))
    assert fakten["arbeitslosenanteil", KREIS, "2021"][0] == arbeitslos


def test_the_stories_are_there() -> None:
    """What the texts of the example tell must be in its numbers."""
    fakten = _fakten()

    def wert(indikator: str, raum: str, zeit: str) -> float:
        return fakten[indikator, raum, zeit][2]

    assert wert("bevoelkerung", KREIS, "2021-12-31") < wert("bevoelkerung", KREIS, "2014-12-31")
    assert wert("anteil_65_plus", KREIS, "2023-12-31") > wert("anteil_65_plus", KREIS, "2014-12-31") + 2
    assert wert("bevoelkerung", "17521140", "2021-12-31") > 1.08 * wert("bevoelkerung", "17521140", "2014-12-31")
    rueckgang = {
        sr: wert("arbeitslosenanteil", sr, "2023") / wert("arbeitslosenanteil", sr, "2014")
        for sr in ("SR1", "SR2", "SR3", "SR4", "SR5")
    }
    assert max(rueckgang, key=lambda sr: rueckgang[sr]) == "SR3" and rueckgang["SR3"] > 0.88
    assert max(v for sr, v in rueckgang.items() if sr != "SR3") < 0.78
    turnout = [wert("wahlbeteiligung_gemeinderat", KREIS, t) for t in ("2014-05-25", "2019-05-26", "2024-06-09")]
    assert turnout == sorted(turnout)


def test_the_stories_of_the_forms_are_there() -> None:
    fakten = _fakten()

    def wert(indikator: str, raum: str, zeit: str) -> float:
        return fakten[indikator, raum, zeit][2]

    regionen = ("SR1", "SR2", "SR3", "SR4", "SR5")
    ende, anfang = "2023-12-31", "2020-12-31"
    assert wert("auslaenderanteil", KREIS, ende) > 1.3 * wert("auslaenderanteil", KREIS, anfang)
    assert wert("einpersonenhaushalte", KREIS, ende) > wert("einpersonenhaushalte", KREIS, anfang) + 0.5
    assert max(regionen, key=lambda r: wert("langzeitarbeitslose", r, "2023")) == "SR3"
    assert wert("tagespflegeplaetze", "SR3", "2021-12-31") == 0 < wert("tagespflegeplaetze", "SR3", ende)
    assert min(regionen, key=lambda r: wert("hausarztdichte", r, ende)) == "SR3"
    assert wert("hausarztdichte", KREIS, ende) < wert("hausarztdichte", KREIS, "2019-12-31")
    kreistag, gemeinderat = (wert(f"wahlbeteiligung_{w}", KREIS, "2019-05-26") for w in ("kreistag", "gemeinderat"))
    assert 0 < gemeinderat - kreistag < 2


@pytest.mark.realdaten
def test_no_name_is_that_of_a_real_gemeinde(realdaten: Path) -> None:
    """Against the original registers."""
    from python_calamine import CalamineWorkbook

    echte: set[str] = set()
    for jahr in (2021, 2023):
        mappe = CalamineWorkbook.from_path(str(realdaten / "gebiete" / f"3112{jahr}_Auszug_GV.xlsx"))
        zeilen = mappe.get_sheet_by_name(mappe.sheet_names[1]).to_python(skip_empty_area=False)
        echte |= {str(z[7]).split(",")[0] for z in zeilen if z[0] in ("10", "40", "50", "60")}
        assert not any(z[2] == LAND for z in zeilen)
    eigene = {n.split(",")[0] for jahr in (2021, 2023) for n, *_ in _register(jahr).values()} | {
        "Auental",
        "Birkenland",
    }
    assert len(eigene) == 41 and not eigene & echte
