"""The parts of drafting: words, times, numbers, heads, keys, questions."""

from __future__ import annotations

from pathlib import Path

import pytest

from sozmon.dateien import Rohdatei
from sozmon.entwurf import Raumkenner
from sozmon.entwurf.aufbau import finde_aufbau
from sozmon.entwurf.merkmale import faktor, ist_anteil, kandidaten, unverkennbar
from sozmon.entwurf.rand import finde_herausgeber, finde_stand, finde_zeiten, ohne_zeit
from sozmon.entwurf.spalten import gruppiere
from sozmon.entwurf.toml import als_toml, muster_aus
from sozmon.entwurf.worte import finde_wert
from sozmon.entwurf.zeichenfragen import erklaerung
from sozmon.entwurf.zellen import zahlenart
from sozmon.katalog import load_katalog
from sozmon.katalogfragen import find_fragen, offen_in_worten
from sozmon.model import Fundstelle
from sozmon.quellen.auszug import bilde_auszug
from sozmon.quellen.gitter import Blatt, Zelle
from sozmon.raeume import Raeume, Register, RegisterRaum
from sozmon.raeume.gliederung import Raumgliederung, Zeile

KATALOG = load_katalog(None)
DIMENSIONEN = list(KATALOG.dimensionen.values())


@pytest.mark.parametrize(
    ("text", "wert"),
    [
        ("männlich", "geschlecht=m"),
        ("Frauen", "geschlecht=w"),
        ("w", "geschlecht=w"),
        ("unter 3", "alter=0-2"),
        ("3 bis unter 6 Jahre", "alter=3-5"),
        ("15-24", "alter=15-24"),
        ("65 und älter", "alter=65+"),
        ("65 Jahre und mehr", "alter=65+"),
        ("ab 75", "alter=75+"),
        ("darunter Ausländer", "staatsangehoerigkeit=auslaendisch"),
        ("Arbeitslose 15 bis unter 25 Jahre", "alter=15-24"),
        ("15 bis unter 27 Jahre", "alter=15-26 (unbekannt)"),
        ("Wohngeld", ""),
        ("Frauenhaus", ""),
        ("Wahlkreis", ""),
    ],
)
def test_words_of_dimensions(text: str, wert: str) -> None:
    fund = finde_wert(text, DIMENSIONEN)
    gefunden = f"{fund.dimension}={fund.wert}{'' if fund.bekannt else ' (unbekannt)'}" if fund else ""
    assert gefunden == wert


@pytest.mark.parametrize(
    ("text", "zeit", "zeitart", "sicher"),
    [
        ("Stichtag: 31.12.2023", "2023-12-31", "stichtag", True),
        ("Jahresdurchschnitt 2023", "2023", "jahresmittel", True),
        ("Besuche im Jahr 2023", "2023", "jahr", True),
        ("Schuljahr 2023/24", "2023/24", "schuljahr", True),
        ("Kreistagswahl am 9. Juni 2024", "2024-06-09", "stichtag", True),
        ("Zuzüge 2023 nach Gemeinden", "2023", "jahr", False),
        ("Berichtsmonat Juni 2024", "2024-06", "monat", True),
    ],
)
def test_times_in_lead_lines(text: str, zeit: str, zeitart: str, sicher: bool) -> None:
    [fund] = finde_zeiten(["Auswertung", text])
    assert (fund.zeit, fund.zeitart, fund.sicher) == (zeit, zeitart, sicher)


def test_the_stand_is_not_the_time() -> None:
    assert finde_zeiten(["Stand: 15.03.2024", "erstellt am 16.03.2024"]) == []
    assert finde_stand(["Besuche 2023", "Stand: 15.03.2024"]) == (
        "2024-03-15",
        r"Stand:\s*(\d{1,2}\.\s?\d{1,2}\.\s?\d{4})",
    )
    assert finde_stand(["Besuche am 15.03.2024"]) == ("", "")
    assert finde_herausgeber(["x", "© Landesamt Probeland, Stand: 07.06.2024"]) == "Landesamt Probeland"


def test_a_time_is_only_taken_where_the_import_finds_it_first() -> None:
    """The pattern would meet another year before: then it is no proposal."""
    assert finde_zeiten(["im Jahr 2022 im Jahr 2023"])[0].zeit == "2022"
    assert [f.zeit for f in finde_zeiten(["Ausgabe 2021", "Ausgabe 2023"])] == ["2021"]


@pytest.mark.parametrize(
    ("text", "fest"),
    [
        ("Besuche in den Jugendtreffs im Jahr 2023", "Besuche in den Jugendtreffs"),
        ("Arbeitslose nach Gemeinden (Stand 2023)", "Arbeitslose nach Gemeinden"),
        ("Haushalte mit Wohngeld am 31.12.2023", "Haushalte mit Wohngeld"),
        ("Probekreis, Januar 2024", "Probekreis"),
    ],
)
def test_what_stays_next_year(text: str, fest: str) -> None:
    assert ohne_zeit(text) == fest


@pytest.mark.parametrize(
    ("texte", "art", "sicher"),
    [
        (["1.234,5", "12"], "de", True),
        (["12,5", "1.234"], "de", True),
        (["1,234.5"], "en", True),
        (["0.75", "1.5"], "punkt", True),
        (["1.234", "17"], "de", False),
        (["17", "*"], "de", True),
        (["1.5", "2,5"], "de", True),
    ],
)
def test_grammar_of_numbers(texte: list[str], art: str, sicher: bool) -> None:
    assert zahlenart(texte) == (art, sicher)


def test_heads_that_differ_by_time_and_breakdown_become_one() -> None:
    koepfe = ["x", *(f"Bestand / {g} / {z}" for g in ("Insgesamt", "Männer") for z in ("2022-06-30", "2023-06-30"))]
    [spalte] = gruppiere(koepfe, range(1, 5), DIMENSIONEN)
    assert spalte.muster == r"^Bestand / (?P<geschlecht>Insgesamt|Männer) / (?P<zeit>\d{4}-\d{2}-\d{2})$"
    assert spalte.werte == {"geschlecht": {"Insgesamt": "", "Männer": "m"}} and spalte.rest == "Bestand"


def test_a_total_without_breakdown_beside_it_is_a_word() -> None:
    [eine] = gruppiere(["x", "Hilfen / gesamt"], [1], DIMENSIONEN)
    assert (eine.kopf, eine.muster, eine.werte, eine.rest) == ("Hilfen / gesamt", "", {}, "Hilfen gesamt")
    doppelt = gruppiere(["x", "Anzahl", "Anzahl"], [1, 2], DIMENSIONEN)
    assert [w.kopf for w in doppelt] == ["Anzahl#1", "Anzahl#2"]


def test_merkmale_are_proposed_and_only_a_title_is_taken() -> None:
    merkmale = KATALOG.merkmale.values()
    genau = kandidaten("Haushalte mit Wohngeld", merkmale)
    assert unverkennbar("Haushalte mit Wohngeld", genau) == "wohngeldhaushalte"
    assert unverkennbar("Haushalte mit Wohngeld", genau, ["geschlecht"]) == "", "it has no such dimension"
    aehnlich = kandidaten("Wähler", merkmale)
    assert [k.merkmal.kennung for k in aehnlich][:1] == ["waehler"] and unverkennbar("Wähler", aehnlich) == ""
    assert kandidaten("Rasenmäher", merkmale) == []
    assert ist_anteil("Wahlbeteiligung in %") and ist_anteil("SGB-II-Quote") and not ist_anteil("Quotient der Zahlen")


def test_a_unit_is_seen() -> None:
    assert faktor(["Beschäftigte", "Angaben in 1 000"]) == (1000, "in 1 000")
    assert faktor(["Einkünfte (Mio. Euro)"])[0] == 1_000_000 and faktor(["Schulden in T€"])[0] == 1000
    assert faktor(["je 1.000 Einwohner", "in 100 Gemeinden", "Tausendfüßler"]) == (1, "")


# --------------------------------------------------------------------------------------------------
# grids


@pytest.fixture(scope="module")
def kenner() -> Raumkenner:
    namen = {"99001010": "Aubach", "99001020": "Bergdorf", "99002010": "Celltal"}
    raeume = [RegisterRaum("99", "Probeland", "land", "99", "", 1.0, 1.0)]
    raeume += [RegisterRaum(k, f"Kreis {k}", "kreis", k, "", 1.0, 1.0) for k in ("99001", "99002")]
    raeume += [RegisterRaum(k, n, "gemeinde", k, "", 1.0, 1.0) for k, n in namen.items()]
    return Raumkenner(Raeume.aus_werten([Register("2023-12-31", tuple(raeume))], kreis="99001"), "99001")


def blatt(*zeilen: list[Zelle]) -> Blatt:
    return Blatt("A", list(zeilen), "xlsx")


def test_the_finer_key_wins(kenner: Raumkenner) -> None:
    a = finde_aufbau(
        blatt(
            ["Kreis", "Ort", "Name", "Zahl"],
            ["99001", "99001010", "Aubach", 5],
            ["99001", "99001020", "Bergdorf", 6],
            ["99002", "99002010", "Celltal", 7],
        ),
        kenner,
    )
    assert a is not None and (a.schluessel.spalte, a.name, a.wertspalten) == (1, 2, (3,))


def test_a_count_is_no_key(kenner: Raumkenner) -> None:
    """99 is a Land, and more often a number."""
    a = finde_aufbau(blatt(["Ort", "Fälle"], ["Aubach", 99], ["Bergdorf", 99]), kenner)
    assert a is not None and (a.schluessel.spalte, a.schluessel.art, a.wertspalten) == (0, "name", (1,))


def test_a_subtotal_does_not_take_the_text_above(kenner: Raumkenner) -> None:
    """The merged name goes on below; the empty breakdown beside a subtotal does not."""
    a = finde_aufbau(
        blatt(
            ["Ort", "Geschlecht", "Fälle"],
            ["Aubach", "m", 3],
            ["", "w", 4],
            ["Aubach Ergebnis", "", 7],
            ["Bergdorf", "m", 1],
            ["", "w", 2],
            ["Bergdorf Ergebnis", "", 3],
            ["Gesamtergebnis", "", 10],
        ),
        kenner,
    )
    assert a is not None and a.fuellen == (0,) and a.gliederungen == (1,)
    assert a.schluessel.muster == "^(?P<schluessel>.+?)(?: Ergebnis)?$" and a.kreiszeilen == (7,)


def test_lead_lines_are_no_heads(kenner: Raumkenner) -> None:
    a = finde_aufbau(
        blatt(
            ["Auswertung", "", "erstellt am 09.01.2024"],
            ["Stichtag:", "31.12.2023"],
            ["AGS", "Personen", ""],
            ["", "m", "w"],
            ["99001010", 1, 2],
            ["99001020", 3, 4],
            ["______"],
        ),
        kenner,
    )
    assert a is not None and (a.kopf, a.kopfzeilen, a.ende) == (2, 2, 6)
    assert a.koepfe == ("AGS", "Personen / m", "Personen / w")


def test_a_bracket_is_no_footnote(kenner: Raumkenner) -> None:
    kopf: list[Zelle] = ["AGS", "Name", "Zahl"]
    mit = finde_aufbau(blatt(kopf, ["99001010", "Aubach 1)", 1], ["99001020", "Bergdorf", 2]), kenner)
    ohne = finde_aufbau(blatt(kopf, ["99001010", "Aubach (bis 2016)", 1], ["99001020", "Bergdorf (Teil 2)", 2]), kenner)
    assert mit is not None and mit.fussnote and ohne is not None and not ohne.fussnote


def test_names_are_proposed_only_where_one_raum_bears_them(kenner: Raumkenner) -> None:
    assert kenner.vorschlag("Stadt Aubach 2)") == "99001010"
    assert kenner.vorschlag("Celltal") == "", "of another Kreis"
    assert kenner.vorschlag("Aubacher Land") == ""


# --------------------------------------------------------------------------------------------------
# questions and TOML


def test_questions_end_with_their_lines() -> None:
    text = """# FRAGE 1: Welche Stelle? Ein Wort
# geht weiter.
#   · Antwort
herausgeber = "???"

# FRAGE 2: Von wo bis wo?
#? geheim_min = 1
#? geheim_max = 2

titel = "Was ist ???"
kopf = "???"
zeitart = "jahr"  # kein #? in der Zeile
"""
    fragen = find_fragen(text)
    assert [(f.nummer, f.zeile, f.text) for f in fragen] == [
        (1, 4, "Welche Stelle?"),
        (2, 7, "Von wo bis wo?"),
    ]
    assert offen_in_worten(fragen[:2]) == "noch 2 Fragen offen: Zeile 4 (Welche Stelle?), Zeile 7 (Von wo bis wo?)"
    assert (
        find_fragen(text.replace('stelle = "???"', "").replace('geber = "???"', "geber = 'Amt'").replace("#? ", ""))
        == []
    )


def test_the_line_that_explains_a_sign_is_quoted() -> None:
    texte = ["Stand - 2023", "* = Anzahl unter 3", "- nichts vorhanden", "Werte unter 3 sind mit x gekennzeichnet."]
    assert [erklaerung(z, texte) for z in ("*", "-", "x", ".")] == [*texte[1:], ""]


def test_toml_is_quoted_as_needed() -> None:
    import tomllib

    werte = {"a b": 'x"y', "muster": r"^\d{2}'s$", "leer": {"": ""}, "liste": ["–", 1, True, 2.5], "z": "Zeile\n"}
    assert tomllib.loads(f"w = {als_toml(werte)}") == {"w": werte}
    assert muster_aus("Wähler (gültig) / a.b") == r"Wähler \(gültig\) / a\.b"


def test_keys_of_regions_and_long_official_keys() -> None:
    raeume = [RegisterRaum("99", "Probeland", "land", "99", "", 1.0, 1.0)]
    raeume += [RegisterRaum("99001", "Probekreis", "kreis", "99001", "", 1.0, 1.0)]
    raeume += [RegisterRaum(f"990010{n}0", n, "gemeinde", f"990010{n}00{n}0"[:12], "", 1.0, 1.0) for n in "12"]
    zeilen = [Zeile(f"SR{n}", f"Region {n}", f"990010{n}0", "", "", Fundstelle()) for n in "12"]
    gebiet = Raeume.aus_werten(
        [Register("2023-12-31", tuple(raeume))], gliederungen=[Raumgliederung("regionen", tuple(zeilen))], kreis="99001"
    )
    regional = finde_aufbau(
        blatt(["Region", "Zahl"], ["SR1", 1], ["SR2", 2], ["Summe", 3]), Raumkenner(gebiet, "99001")
    )
    assert regional is not None and (regional.schluessel.art, regional.schluessel.geprueft) == ("region", True)
    assert regional.kreiszeilen == (3,)
    lang = finde_aufbau(blatt(["ARS", "Zahl"], ["990010010010", 1], ["990010020020", 2]), Raumkenner(Raeume()))
    assert lang is not None and (lang.schluessel.art, lang.schluessel.geprueft) == ("ars", False)


def test_an_extract_is_bounded(tmp_path: Path) -> None:
    """A long sheet: beginning and end with their row numbers, the middle empty; signs are counted everywhere."""
    zeilen = ["AGS;Zahl", *(f"9900{n:04};{'*' if n == 2500 else n}" for n in range(3000)), "© Amt"]
    (tmp_path / "lang.csv").write_text("\n".join(zeilen), "utf-8")
    auszug = bilde_auszug(Rohdatei("lang.csv", tmp_path / "lang.csv", "", "csv", 1), {})
    [lang] = auszug.blaetter
    assert auszug.zeilen == {"": 3002} and len(lang.zeilen) == 3002
    assert lang.zeilen[1999] and not lang.zeilen[2001] and lang.zeilen[3001] == ["© Amt"]
    assert ("*", 1, "Zeile 2502") in [(z.text, z.anzahl, z.zelle) for z in auszug.zeichen[""]]
