"""Every file of the shipped catalogue: it loads, says what it must say, and says it in good German."""

from __future__ import annotations

import re
import tomllib
from pathlib import Path

import pytest

from sozmon import doku
from sozmon.definition import felder
from sozmon.katalog import ORDNER, Katalog, check_katalog, load_katalog
from sozmon.katalogpruefung import VERBOTENE_WORTE
from sozmon.katalogpruefung.dimensionen import spanne
from sozmon.model import DIMENSIONEN
from sozmon.projekt import BerichtKonfig, Projekt, StilKonfig

WURZEL = Path(__file__).resolve().parents[2] / "indikatoren"
DATEIEN = sorted(WURZEL.glob("*/*.toml"))
FEST = (
    "bevoelkerung", "bevoelkerungsentwicklung", "arbeitslosenanteil", "wahlbeteiligung_gemeinderat",
    "siedlungsflaeche", "jugendquotient", "altenquotient",
)  # fmt: skip
UMSCHRIFT = re.compile(r"\b\w*(?:fuer|ueber|koenn|muess|Gebaeud|Bevoelk|Flaech|zaehl|Raeum|naechst)\w*", re.IGNORECASE)


@pytest.fixture(scope="module")
def katalog() -> Katalog:
    return load_katalog(None)


def texte(wert: object) -> list[str]:
    """Every text for people in a TOML file: values with a blank in them."""
    if isinstance(wert, str):
        return [wert] if " " in wert else []
    kinder = wert.values() if isinstance(wert, dict) else wert if isinstance(wert, list) else ()
    return [t for kind in kinder for t in texte(kind)]


def test_there_is_something_to_look_at() -> None:
    assert len(DATEIEN) > 20
    assert {d.parent.name for d in DATEIEN} == {*ORDNER, *DIMENSIONEN}


def test_every_file_became_a_definition(katalog: Katalog) -> None:
    assert {p.resolve() for p in katalog.dateien.values()} == {d.resolve() for d in DATEIEN}


def test_the_kennungen_that_others_rely_on(katalog: Katalog) -> None:
    assert [k for k in FEST if k not in katalog.indikatoren] == []


def test_nothing_is_wrong_with_the_whole(katalog: Katalog) -> None:
    assert [m.text for m in check_katalog(katalog) if m.stufe != "info"] == []


def test_codes_of_the_regionaldatenbank(katalog: Katalog) -> None:
    """Measures and their Statistik by the descriptions that the database publishes (as datenguidepy keeps them)."""
    beschrieben = {
        ("BEV001", "12612"): "lebendgeborene",  # Lebend Geborene
        ("BEV002", "12613"): "gestorbene",  # Gestorbene
        ("BEV519", "12411"): "durchschnittsalter",  # Durchschnittsalter der Bevölkerung
        ("ERWP06", "13211"): "arbeitslose",  # Arbeitslose
        ("ERWP10", "13211"): "arbeitslosenquote",  # Arbeitslosenquote bez. auf alle zivile Erwerbsp.
        ("ERW032", "13111"): "svb_arbeitsort",  # svp. Beschäftigte am Arbeitsort
        ("ERW033", "13111"): "svb_wohnort",  # svp. Beschäftigte am Wohnort
        ("SOZ001", "22121"): "hlu_empfaenger",  # Empfänger lfd. Hilfe zum Lebensunterhalt
        ("RLE001", "22221"): "asylblg_empfaenger",  # Regelleistungsempfänger
        ("ESML01", "22811"): "mindestsicherung_empfaenger",  # Empfänger von sozialen Mindestsicherungsleistungen
        ("LSNW01", "73111"): "steuerpflichtige",
        ("EKF002", "73111"): "gesamtbetrag_einkuenfte",
    }
    zugeordnet = {(z.code, z.statistik): z.merkmal for z in katalog.quellen["regionaldatenbank"].zuordnungen}
    assert beschrieben.items() <= zugeordnet.items()
    assert "ERWP09" not in {code for code, _ in zugeordnet}, "the rate of the dependent labour force"


@pytest.mark.parametrize("datei", DATEIEN, ids=lambda d: f"{d.parent.name}/{d.name}")
def test_texts_are_german(datei: Path) -> None:
    alle = texte(tomllib.loads(datei.read_text("utf-8")))
    assert [t for t in alle if UMSCHRIFT.search(t) and not re.fullmatch(r"[\w,| ]+", t)] == []
    assert [t for t in alle if '"' in t or "  " in t or " ." in t or " ," in t] == []
    assert [(w, t) for t in alle for w in VERBOTENE_WORTE if w in t] == []


@pytest.mark.parametrize("datei", DATEIEN, ids=lambda d: f"{d.parent.name}/{d.name}")
def test_files_are_tidy(datei: Path) -> None:
    text = datei.read_text("utf-8")
    assert text.endswith("\n")
    assert not text.endswith("\n\n")
    assert [z for z in text.splitlines() if z != z.rstrip() or "\t" in z] == []


def test_every_indikator_says_what_later_products_need(katalog: Katalog) -> None:
    stumm = []
    for datei in DATEIEN:
        if datei.parent.name in DIMENSIONEN:
            gesagt = set(tomllib.loads(datei.read_text("utf-8")))
            noetig = {"verfahren", "faktor", "einheit", "nachkommastellen", "richtung", "reihenfolge", "stand"}
            stumm += [(datei.name, feld) for feld in sorted(noetig - gesagt)]
    assert stumm == []
    assert all(i.plausibel_min is not None for i in katalog.indikatoren.values())


def test_names_are_unique(katalog: Katalog) -> None:
    for name in ("titel", "kurz"):
        namen = [getattr(i, name) for i in katalog.indikatoren.values()]
        assert sorted(n for n in set(namen) if namen.count(n) > 1) == []
    stellen = [(i.dimension, i.reihenfolge) for i in katalog.indikatoren.values()]
    assert len(set(stellen)) == len(stellen)


def test_what_the_profession_does_not_judge_is_neutral(katalog: Katalog) -> None:
    """Polarity as in the table of the core set: age shares, births, deaths and migration of a place are no fault."""
    neutral = ("bevoelkerung", "bevoelkerungsentwicklung", "bevoelkerungsdichte", "anteil_unter_3", "anteil_3_bis_5",
               "anteil_minderjaehrige", "anteil_65_plus", "jugendquotient", "geburtenrate", "sterberate",
               "natuerlicher_saldo")  # fmt: skip
    assert {katalog.indikator(k).richtung for k in neutral} == {"neutral"}
    assert katalog.indikator("wahlbeteiligung_gemeinderat").richtung == "hoch_guenstig"
    assert katalog.indikator("arbeitslosenanteil").richtung == "hoch_belastet"


def test_elections_and_rates_are_not_confused(katalog: Katalog) -> None:
    """Zähler ⊂ Nenner for shares; a rate of events is not a share, a quotient of two groups neither."""
    for i in katalog.indikatoren.values():
        if i.verfahren == "anteil":
            assert i.intervall in ("wilson", "keins")
            assert i.plausibel_max is None or i.plausibel_max <= 100
        if i.verfahren == "rate":
            assert i.intervall == "byar"
        if i.verfahren in ("verhaeltnis", "veraenderung", "uebernommen", "anzahl"):
            assert i.intervall == "keins"


def test_every_quelle_says_who_and_on_what_ground(katalog: Katalog) -> None:
    assert [q.kennung for q in katalog.quellen.values() if not (q.rechtsgrundlage and q.herausgeber)] == []
    zahlen = [q for q in katalog.quellen.values() if q.zuordnungen or q.blaetter]
    assert [q.kennung for q in zahlen if not q.zeichen or "" in q.zeichen.values()] == []


def test_a_fallen_threshold_has_its_reason_in_the_file(katalog: Katalog) -> None:
    gelockert = {q.kennung for q in katalog.quellen.values() if q.mindestfallzahl < 3}
    assert all(katalog.quellen[k].begruendung.endswith(("Personen", ".")) for k in gelockert)
    assert "regionaldatenbank" not in gelockert


def test_every_merkmal_serves_something(katalog: Katalog) -> None:
    benutzt = {t.merkmal for i in katalog.indikatoren.values() for t in (*i.zaehler, *i.nenner)}
    geliefert = {z.merkmal for q in katalog.quellen.values() for z in q.zuordnungen}
    geliefert |= {s.merkmal for q in katalog.quellen.values() for b in q.blaetter for s in b.spalten}
    assert sorted(set(katalog.merkmale) - benutzt - geliefert) == []


def test_the_european_standard_population() -> None:
    """Published total 100 000; under 15: 16 000, 65 and over: 19 500 (Eurostat 2013)."""
    gewichte = load_katalog(None).standards["esp2013"].gewichte
    assert sum(gewichte.values()) == 100_000
    assert sum(g for k, g in gewichte.items() if spanne(k)[0] < 15) == 16_000
    assert sum(g for k, g in gewichte.items() if spanne(k)[0] >= 65) == 19_500


def test_every_field_has_a_doc_a_good_example_that_is_toml_and_a_bad_one() -> None:
    klassen = [klasse for klasse, _, _ in doku.KLASSEN] + [Projekt, StilKonfig, BerichtKonfig]
    alle = [(k, n, f) for k in klassen for n, (f, _) in felder(k).items()]
    assert len(alle) > 120
    for klasse, name, feld in alle:
        assert feld.metadata["doc"].strip(), (klasse, name)
        assert feld.metadata["schlecht"].strip(), (klasse, name)
        assert name in tomllib.loads(f"{name} = {feld.metadata['gut']}"), (klasse, name)


def test_the_generated_pages_are_current() -> None:
    assert doku.veraltete_seiten() == [], "Abhilfe: make doku"


def test_a_stale_page_is_found_and_renewed(tmp_path: Path) -> None:
    for name in doku.SEITEN:
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
    assert doku.veraltete_seiten(tmp_path) == list(doku.SEITEN)
    assert len(doku.write_seiten(tmp_path)) == len(doku.SEITEN)
    assert doku.veraltete_seiten(tmp_path) == []
    (tmp_path / "indikatoren" / "README.md").write_text("alt", encoding="utf-8")
    assert doku.veraltete_seiten(tmp_path) == ["indikatoren/README.md"]
    assert doku.main(["--falsch"])
