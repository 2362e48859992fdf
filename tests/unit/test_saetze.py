"""Sentences: every kind × status × unit × Ebene × direction × wording by rules, the reviewed ones word for word."""

from __future__ import annotations

import itertools
import os
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
import satzfaelle
from satzfaelle import FAELLE, GLIEDERUNGEN, OHNE_ZAHL, Fall
from satzregeln import check

from sozmon import sprache
from sozmon.katalog import load_katalog
from sozmon.model import Bruch, Indikator, Indikatorwert, Status, Teil
from sozmon.sprache.kernsaetze import WORTE_HOECHSTENS, zaehle_worte

GOLDEN = Path(__file__).parents[1] / "golden" / "sprache" / "saetze.txt"
KOPF = """\
# Geprüfte Sätze

Jeder Satz dieser Datei wurde laut gelesen und geprüft: Stimmen Fall, Zahl und Komma, würde man ihn so in einen
Sozialbericht schreiben, sagt er nichts, was die Zahlen nicht sagen? Raumnamen und Zahlen sind erfunden.
Neu erzeugen: SOZMON_GOLDEN=neu pytest tests/unit/test_saetze.py; danach jeden geänderten Satz wieder lesen.
"""


def test_reviewed_sentences() -> None:
    text = KOPF + "\n".join(satzfaelle.saetze()) + "\n"
    if os.environ.get("SOZMON_GOLDEN") == "neu":
        GOLDEN.parent.mkdir(parents=True, exist_ok=True)
        GOLDEN.write_text(text, encoding="utf-8")
    assert text.splitlines() == GOLDEN.read_text(encoding="utf-8").splitlines()


def test_reviewed_sentences_keep_the_rules() -> None:
    gelesen = 0
    for fall in FAELLE:
        for satz in satzfaelle.regelsaetze(fall):
            check(satz, fall.einheit)
            gelesen += 1
    assert gelesen > 150


# --------------------------------------------------------------------------------------------------
# every combination

ARTEN = (
    ("Arbeitslosenanteil", "%", "anteil", 1),
    ("Altenquotient", "je 100", "verhaeltnis", 1),
    ("Natürlicher Saldo", "je 1.000", "veraenderung", 1),
    ("Bevölkerung", "Personen", "anzahl", 0),
    ("Bevölkerungsdichte", "Einwohner je km²", "verhaeltnis", 0),
    ("Verfügbares Haushaltseinkommen je Einwohner", "€ im Monat", "uebernommen", 0),
    ("Lebenserwartung bei Geburt", "Jahre", "uebernommen", 1),
    ("Xyzzy 42", "%", "anteil", 1),
)
EBENEN = (
    ("Frankenberg/Sa., Stadt", "gemeinde", ("Süd", "Land Hadeln")),
    ("Verwaltungsverband Wildenstein", "verband", ("Eilenburg-West", "Ostrau")),
    ("Nord (Döbeln)", "sozialregionen", ("Süd", "West")),
    ("Planungsraum 3", "planungsraeume", ("Planungsraum 4", "Planungsraum 5")),
    ("Auental", "kreis", ("Erzgebirgskreis", "Chemnitz, Stadt")),
    ("Birkenland", "land", ("Saarland", "Freistaat Thüringen")),
    ("Deutschland", "bund", ("Österreich", "Polen")),
)
MONATE, QUARTALE = ("2020-05", "2021-05"), ("2020-Q1", "2021-Q4")
ZEITEN = (
    ("2011", "2021"),
    ("2011-12-31", "2023-12-31"),
    ("2014-05-25", "2024-06-09"),
    ("2018/19", "2022/23"),
    MONATE,
    QUARTALE,
)
ZAHLEN = (
    (4.0, 9.26),
    (9.26, 4.0),
    (7.0, 7.0),
    (7.01, 7.04),
    (7.49, 7.51),
    (0.0, 3.0),
    (-8.3, -6.2),
    (-0.04, 0.04),
    (1.0, 0.0),
    (2.0, 1.0),
    (300308.0, 297766.0),
)
WORTLAUTE = (110, 120, 130)
"""``reihenfolge`` of three neighbours: all wordings of a sentence (there are two or three)."""
VERBORGEN = 98765.4
"""Stands behind every hidden number and must never be printed."""


def indikator(art: tuple[str, str, str, int], richtung: str = "neutral", reihenfolge: int = 1000) -> Indikator:
    titel, einheit, verfahren, stellen = art
    return Indikator(
        "probe", titel, titel[:28], "", "teilhabe", "", einheit, (Teil("x"),), verfahren=verfahren,
        nachkommastellen=stellen, richtung=richtung, reihenfolge=reihenfolge,
    )  # fmt: skip


def wert(zahl: float | None, raum: str, ebene: str, zeit: str, **anders: object) -> Indikatorwert:
    werte = Indikatorwert(raum, raum, ebene, zeit, "probe", "", None, None, zahl, None, None, "%", Status.WERT)
    return replace(werte, **anders)  # type: ignore[arg-type]


def alle_saetze(
    i: Indikator, ort: tuple[str, str, tuple[str, ...]], paar: tuple[Indikatorwert, Indikatorwert]
) -> Iterator[str]:
    """Every sentence function on an earlier and a later value of one Raum, with its peers and what lies above."""
    (_, ebene, andere), (alt, neu), g = ort, paar, GLIEDERUNGEN
    land = wert(5.0, "Birkenland", "land", neu.zeit)
    bund = replace(neu, raum_id="DG", raum="Deutschland", ebene="bund")
    bruch = (Bruch(neu.zeit[:4], "Zensus 2022"),)
    gruppe = [neu, wert(7.0, andere[0], ebene, neu.zeit), replace(neu, raum_id="z", raum=andere[1])]
    frueher = [alt, wert(7.3, andere[0], ebene, alt.zeit), replace(alt, raum_id="z", raum=andere[1])]
    paare = list(zip(frueher, gruppe, strict=True))
    yield sprache.satz_stand(neu, i, gliederungen=g)
    yield sprache.satz_entwicklung(alt, neu, i, gliederungen=g)
    yield sprache.satz_entwicklung(neu, alt, i, bruch, gliederungen=g)
    yield sprache.satz_entwicklung(replace(alt, quelle="register"), neu, i, gliederungen=g)
    yield sprache.satz_vergleich(neu, land, i, gliederungen=g)
    yield sprache.satz_vergleich(land, [neu, bund], i, gliederungen=g)
    yield sprache.satz_vergleich(neu, [land, replace(bund, quelle="register")], i, bruch, gliederungen=g)
    yield sprache.absatz_befund(neu, i, alt, [land], gliederungen=g)
    yield sprache.absatz_befund(neu, i, alt, (), bruch, gliederungen=g)
    yield sprache.satz_kernaussage(neu, i, alt, [land, bund], gliederungen=g)
    yield sprache.satz_kernaussage(neu, i, alt, land, bruch, gliederungen=g)
    for richtung in ("neutral", "hoch_belastet"):
        yield sprache.satz_rang(neu, gruppe, replace(i, richtung=richtung), gliederungen=g)
    yield sprache.satz_rang(gruppe[1], gruppe, i, gliederungen=g)
    spannweite = sprache.satz_spannweite(gruppe, i, gliederungen=g)
    yield from [spannweite] if spannweite else []
    for auswahl in (paare, paare[:2], [*paare, (frueher[1], replace(gruppe[1], raum_id="q", quelle="register"))]):
        yield sprache.satz_gruppe(auswahl, i, gliederungen=g)
    yield sprache.satz_gruppe(paare, i, bruch, gliederungen=g)


@pytest.mark.parametrize("art", ARTEN, ids=lambda a: a[0])
def test_every_status_wording_and_place(art: tuple[str, str, str, int]) -> None:
    """Function × status (then, now, both) × Ebene × richtung × wording: the hidden number never, the rules always."""
    gelesen: set[str] = set()
    for ort, reihenfolge in itertools.product(EBENEN, WORTLAUTE):
        i, (von, bis) = (
            indikator(art, "neutral", reihenfolge),
            ZEITEN[(reihenfolge // 10 + EBENEN.index(ort)) % len(ZEITEN)],
        )
        alt, neu = (wert(zahl, ort[0], ort[1], zeit) for zahl, zeit in ((6.4, von), (5.1, bis)))
        for status in OHNE_ZAHL:
            ohne_alt, ohne_neu = (replace(w, wert=VERBORGEN, wert_min=1.0, status=status) for w in (alt, neu))
            for paar in ((ohne_alt, neu), (alt, ohne_neu), (ohne_alt, ohne_neu)):
                gelesen.update(alle_saetze(i, ort, paar))
    for satz in gelesen:
        check(satz, art[1], ("98.765", "98765", "98,7"))
    assert len(gelesen) > 1000


@pytest.mark.parametrize("art", ARTEN, ids=lambda a: a[0])
def test_every_number_time_and_mark(art: tuple[str, str, str, int]) -> None:
    """Function × numbers (rising, falling, equal, nearly, zero, negative) × Ebene × wording; times, marks in turn."""
    marken = ({}, {"kennzeichen": "p"}, {"kennzeichen": "rs"}, {"umrechnung": "geschaetzt"}, {})
    gelesen: set[str] = set()
    for n, ((a, b), ort, nr) in enumerate(itertools.product(ZAHLEN, EBENEN, WORTLAUTE)):
        (von, bis), marke = ZEITEN[n % len(ZEITEN)], marken[n % len(marken)]
        alt, neu = wert(a, ort[0], ort[1], von, **marke), wert(b, ort[0], ort[1], bis, **marke)
        null = {"status": Status.NULL_GERUNDET} if b == 0 else {}
        gelesen.update(alle_saetze(indikator(art, "hoch_guenstig", nr), ort, (alt, replace(neu, **null))))
    for satz in gelesen:
        check(satz, art[1])
    assert len(gelesen) > 1000


@pytest.mark.parametrize("einheit", ["%", "je 1.000", "Personen", "€"])
def test_every_title_reads_well_in_every_sentence(einheit: str) -> None:
    """All titles of the shipped catalogue and of other reports, in every sentence and wording."""
    titel = {i.titel for i in load_katalog(None).indikatoren.values()} | {f.titel for f in FAELLE}
    assert len(titel) > 35
    for name, reihenfolge in itertools.product(sorted(titel), WORTLAUTE):
        verfahren = {"%": "anteil", "je 1.000": "rate", "Personen": "anzahl"}.get(einheit, "uebernommen")
        i = indikator((name, einheit, verfahren, 1), "neutral", reihenfolge)
        assert sprache.titelwort(i).bekannt, name
        alt, neu = wert(6.4, "Auental", "kreis", "2017"), wert(5.1, "Auental", "kreis", "2021")
        for satz in alle_saetze(i, EBENEN[4], (alt, neu)):
            check(satz, einheit)


# --------------------------------------------------------------------------------------------------
# titles, by hand


@pytest.mark.parametrize(
    ("titel", "einheit", "verfahren", "wer"),
    [
        ("Hilfen zur Erziehung", "je 1.000", "rate", "die Zahl der Hilfen zur Erziehung"),
        ("Kinder mit Sprachauffälligkeiten", "%", "anteil", "der Anteil der Kinder mit Sprachauffälligkeiten"),
        ("Übergewicht bei der Einschulung", "%", "anteil", "die Häufigkeit von Übergewicht bei der Einschulung"),
        ("Pflegebedürftige in Heimen", "%", "anteil", "der Anteil der Pflegebedürftigen in Heimen"),
        ("Pflege zu Hause", "%", "anteil", "der Anteil der Pflege zu Hause"),
        ("Grundsicherung im Alter", "%", "anteil", "die Inanspruchnahme der Grundsicherung im Alter"),
        ("Wohngeld", "je 1.000", "rate", "die Inanspruchnahme von Wohngeld"),
        ("Geringfügig Beschäftigte", "Personen", "anzahl", "die Zahl der geringfügig Beschäftigten"),
        (
            "Untergebrachte wohnungslose Menschen",
            "%",
            "anteil",
            "der Anteil der untergebrachten wohnungslosen Menschen",
        ),
        ("Schülerinnen und Schüler", "Personen", "anzahl", "die Zahl der Schülerinnen und Schüler"),
        ("Arbeitslose und Arbeitsuchende", "%", "anteil", "der Anteil der Arbeitslosen und Arbeitsuchenden"),
        ("Mittleres verfügbares Einkommen", "€", "uebernommen", "das mittlere verfügbare Einkommen"),
        ("Kosten der Unterkunft", "€", "verhaeltnis", "die Höhe der Kosten der Unterkunft"),
        ("Bevölkerung", "Personen", "anzahl", "die Bevölkerungszahl"),
        ("Ausländische Bevölkerung", "Personen", "anzahl", "die ausländische Bevölkerung"),
        ("Wohngeldhaushalte", "Haushalte", "anzahl", "die Zahl der Wohngeldhaushalte"),
        ("Teilzeitquote der Männer", "%", "anteil", "die Teilzeitquote der Männer"),
        ("Straftaten (Häufigkeitszahl)", "je 100.000", "rate", "die Zahl der Straftaten (Häufigkeitszahl)"),
    ],
)
def test_titles_as_people_would_say_them(titel: str, einheit: str, verfahren: str, wer: str) -> None:
    wort = sprache.titelwort(indikator((titel, einheit, verfahren, 1)))
    assert (wort.wer, wort.bekannt) == (wer, True)


def test_titles_in_the_dative() -> None:
    def bei(titel: str) -> str:
        return sprache.titelwort(indikator((titel, "%", "anteil", 1))).bei

    assert bei("Jugendquotient (unter 18)") == "beim Jugendquotienten (unter 18)"
    assert bei("Mittleres verfügbares Einkommen") == "beim mittleren verfügbaren Einkommen"
    assert bei("Durchschnittliche Haushaltsgröße") == "bei der durchschnittlichen Haushaltsgröße"


# --------------------------------------------------------------------------------------------------
# the rules can be broken


@pytest.mark.parametrize(
    "satz",
    [
        "der Anteil lag bei 4,5\u202f%.",
        "Der Anteil lag bei 4,5\u202f%",
        "Der Anteil lag bei  4,5\u202f%.",
        "Der Anteil lag im in Freiberg.",
        "Der Anteil ist um um 4 gestiegen.",
        "Der Anteil lag bei bei 4.",
        "Der Wert dem Landkreises Auental.",
        "Er liegt unter dem Wert des Landkreis Auental.",
        "Für eine Gemeinden liegt kein Wert vor.",
        "In allen drei Planungsräume lag er bei 4.",
        "Im Planungsraum 3 0,5 Prozentpunkte darüber.",
        "In vier Gemeinde lag er bei 4.",
        "Der Anteil ist um 2,9\u202f% gesunken.",
        "Der Anteil lag bei 4,5 %.",
        "Der Saldo lag bei -6,2 je 100.",
        "Der Anteil lag bei 4.5\u202f%.",
        "Der Anteil hat sich verschlechtert.",
        "Der Anteil lag in Süd (Flöha) (um 3).",
        "The value is 4.",
        "Beim Jugendquotient lag er bei 4.",
        "Die Spannweite ist gesunken. der Rest blieb.",
        "Gegenüber das Jahr 2017 ist er gesunken.",
        "Die Größe lag bei 45,2\u00a0Quadratmeter.",
    ],
)
def test_a_wrong_sentence_is_noticed(satz: str) -> None:
    if satz.startswith("Beim"):
        satz = satz.replace("Beim", "Hier lag er beim")
    with pytest.raises(AssertionError):
        check(satz, "%")


# --------------------------------------------------------------------------------------------------
# what is said, by hand

ANTEIL, ANZAHL = ("Arbeitslosenanteil", "%", "anteil", 1), ("Bevölkerung", "Personen", "anzahl", 0)


def gruppe(*zahlen: tuple[float | None, float | None]) -> list[tuple[Indikatorwert, Indikatorwert]]:
    def einer(zahl: float | None, raum: str, zeit: str) -> Indikatorwert:
        return wert(zahl, raum, "gemeinde", zeit, status=Status.GEHEIM if zahl is None else Status.WERT)

    return [(einer(a, n, "2017"), einer(b, n, "2021")) for n, (a, b) in zip("ABCDEFGH", zahlen, strict=False)]


def test_group_counts_both_ways_and_names_the_strongest() -> None:
    # differences by hand: A −1,1, B −0,5, C −2,9, D −0,3, E +0,2
    satz = sprache.satz_gruppe(gruppe((5.2, 4.1), (6, 5.5), (7.0, 4.1), (3, 2.7), (4, 4.2)), indikator(ANTEIL))
    assert "n vier der fünf Gemeinden" in satz and "gesunken, am stärksten in C (um 2,9\u00a0Prozentpunkte)" in satz
    assert satz.endswith("; gestiegen ist er nur in E (um 0,2\u00a0Prozentpunkte).")


def test_group_of_counts_is_measured_in_per_cent() -> None:
    # A loses 100 of 10.000 (1 %), B 50 of 500 (10 %): B is named although A lost more
    satz = sprache.satz_gruppe(gruppe((10000, 9900), (500, 450), (300, 297)), indikator(ANZAHL))
    assert "am stärksten in B (um 10,0\u202f%), am wenigsten in A und C (jeweils um 1,0\u202f%)" in satz


def test_group_puts_equal_changes_together_and_names_at_most_three() -> None:
    paare = gruppe((5, 4), (6, 5.6), (7, 6.5), (8, 7.4), (3, 3.1), (4, 4.1), (5, 5.5))
    satz = sprache.satz_gruppe(paare, indikator(ANTEIL))
    assert satz.endswith(
        "gestiegen ist er in G (um 0,5\u00a0Prozentpunkte) und in E und F (jeweils um 0,1\u00a0Prozentpunkte)."
    )
    paare = gruppe((5, 4), (6, 5), (7, 6), (8, 7), (3, 2.9))
    assert "gesunken, höchstens um 1,0\u00a0Prozentpunkte." in sprache.satz_gruppe(paare, indikator(ANTEIL))


def test_spread_says_once_what_holds_for_both_ends() -> None:
    werte = [wert(z, o, "gemeinde", "2021", kennzeichen="p") for z, o in ((4.0, "A"), (5.0, "B"))]
    satz = sprache.satz_spannweite(werte, indikator(ANTEIL))
    assert satz.count("vorläufig") == 1 and satz.endswith("in B; beide Werte sind vorläufig.")
    einer = [werte[0], replace(werte[1], kennzeichen="")]
    assert "4,0\u202f% (vorläufig) in A bis 5,0\u202f% in B." in sprache.satz_spannweite(einer, indikator(ANTEIL))


def test_group_tells_equal_hidden_new_and_foreign_ones() -> None:
    paare = gruppe((5.0, 5.0), (4.01, 4.04), (3.0, None), (None, 3.0), (3.0, 2.0))
    neu = (replace(paare[0][0], raum_id="N", status=Status.RAUM_BESTAND_NICHT), replace(paare[0][1], raum_id="N"))
    satz = sprache.satz_gruppe([*paare, neu], indikator(ANTEIL))
    assert "n zwei der drei Gemeinden mit vergleichbaren Werten" in satz
    assert "nahezu unverändert; gesunken ist er nur in E (um 1,0\u00a0Prozentpunkte)." in satz
    assert (
        "Für drei Gemeinden lässt sich keine Veränderung angeben: bei zwei, weil jeweils mindestens ein Wert geheim"
        in satz
    )
    assert satz.endswith(", und bei einer, weil sie im Jahr 2017 noch nicht bestand.")
    aufgeloest = (paare[0][0], replace(paare[0][1], raum_id="X", status=Status.RAUM_BESTAND_NICHT))
    assert sprache.satz_gruppe([*paare, neu, aufgeloest], indikator(ANTEIL)) == satz


def test_group_tells_nothing_across_a_break_and_says_why() -> None:
    satz = sprache.satz_gruppe(gruppe((5, 4), (6, 5), (7, 8)), indikator(ANTEIL), (Bruch("2020", "Neue Abgrenzung"),))
    assert satz == (
        "Für keine der drei Gemeinden lässt sich eine Veränderung zwischen 2017 und 2021 angeben, weil die Reihe "
        "dazwischen einen Bruch hat (ab 2020: Neue Abgrenzung)."
    )
    assert sprache.satz_gruppe([], indikator(ANTEIL)) == ""


def test_rank_in_words_and_without_contest_for_neutral_ones() -> None:
    werte = [wert(z, f"Ort {n}", "gemeinde", "2021") for n, z in enumerate((9, 8, 7, 6, 5, 4, 3, 2), 1)]
    erwartet = {0: "höchste", 1: "zweithöchste", 2: "dritthöchste", 6: "zweitniedrigste", 7: "niedrigste"}
    for n, w in enumerate(werte):
        neutral = sprache.satz_rang(w, werte, indikator(ANTEIL))
        gerichtet = sprache.satz_rang(w, werte, indikator(ANTEIL, "hoch_belastet"))
        if n in erwartet:
            assert f" {erwartet[n]}" in neutral and "acht Gemeinden" in neutral and "Rang" not in gerichtet
        else:
            assert f"{n + 1}.\u00a0Stelle unter den acht Gemeinden" in neutral and "Rang" not in neutral
            assert f"Rang\u00a0{n + 1} von 8 Gemeinden (Rang\u00a01 = höchster Wert)" in gerichtet


def test_rank_behind_a_tie_has_no_ordinal_word() -> None:
    # two share the first place: the next is third, and 'zweithöchster Wert' would contradict the rank of the table
    werte = [wert(z, f"Ort {n}", "gemeinde", "2021") for n, z in enumerate((9, 9, 7, 6, 5, 4), 1)]
    assert "Rang\u00a03 von 6" in sprache.satz_rang(werte[2], werte, indikator(ANTEIL, "hoch_belastet"))
    gleich = [wert(7.0, o, "gemeinde", "2021") for o in "ABC"]
    assert "in allen drei Gemeinden" in sprache.satz_rang(gleich[0], gleich, indikator(ANTEIL)) or (
        "gleichauf mit allen anderen Gemeinden" in sprache.satz_rang(gleich[0], gleich, indikator(ANTEIL))
    )


def test_direction_is_told_as_a_fact_of_the_definition() -> None:
    assert sprache.satz_richtung(indikator(ANTEIL)) == ""
    assert "stärkere Belastung" in sprache.satz_richtung(indikator(ANTEIL, "hoch_belastet"))
    assert "günstiger" in sprache.satz_richtung(indikator(ANTEIL, "hoch_guenstig"))


def test_core_statement_has_at_most_thirty_words() -> None:
    lang = ("Anteil der Schulabgängerinnen und Schulabgänger ohne Hauptschulabschluss", "%", "anteil", 1)
    for art, ort, zeiten in itertools.product((*ARTEN, lang), EBENEN, ZEITEN):
        for nr, marke in itertools.product(WORTLAUTE, ("", "p")):
            alt, neu = (wert(z, ort[0], ort[1], t, kennzeichen=marke) for z, t in zip((6.4, 5.1), zeiten, strict=True))
            land, bund = wert(5.0, "Birkenland", "land", neu.zeit), wert(4.0, "Deutschland", "bund", neu.zeit)
            satz = sprache.satz_kernaussage(neu, indikator(art, reihenfolge=nr), alt, [land, bund])
            assert zaehle_worte(satz) <= WORTE_HOECHSTENS, satz
            check(satz, art[1])


def test_core_statement_drops_from_the_end_and_never_compares_across_sources() -> None:
    alt, neu = wert(5.2, "Auental", "kreis", "2017"), wert(4.5, "Auental", "kreis", "2021")
    land = wert(5.0, "Birkenland", "land", "2021")
    satz = sprache.satz_kernaussage(neu, indikator(ANTEIL), alt, land)
    assert "0,7\u00a0Prozentpunkte niedriger als 2017" in satz and "0,5\u00a0Prozentpunkte unter dem Landeswert" in satz
    assert "2017" not in sprache.satz_kernaussage(neu, indikator(ANTEIL), replace(alt, quelle="register"), land)
    bruch = sprache.satz_kernaussage(neu, indikator(ANTEIL), alt, None, (Bruch("2020", "Neue Abgrenzung"),))
    assert (
        bruch.endswith("; nicht vergleichbar mit 2017 (Bruch ab 2020: Neue Abgrenzung).") and "niedriger" not in bruch
    )


def test_marks_of_both_numbers_are_told() -> None:
    alt = wert(5.2, "Auental", "kreis", "2017", umrechnung="geschaetzt")
    neu = wert(4.5, "Auental", "kreis", "2021", kennzeichen="p")
    for satz in (
        sprache.satz_entwicklung(alt, neu, indikator(ANTEIL)),
        sprache.absatz_befund(neu, indikator(ANTEIL), alt),
    ):
        assert "geschätzt" in satz and "vorläufig" in satz
    null = wert(0.0, "Auental", "kreis", "2021", status=Status.NULL_GERUNDET)
    assert "0,0\u202f% (gerundet, nicht genau null)" in sprache.satz_stand(null, indikator(ANTEIL))
    satz = sprache.satz_vergleich(neu, replace(alt, raum="Birkenland", ebene="land", quelle="inkar"), indikator(ANTEIL))
    assert "geschätzt; andere Quelle)" in satz


def test_neighbours_in_a_chapter_differ_and_the_run_does_not_matter() -> None:
    w = wert(4.5, "Auental", "kreis", "2021")
    formen = [sprache.satz_stand(w, indikator(ANTEIL, reihenfolge=n)) for n in range(110, 200, 10)]
    assert all(a != b for a, b in itertools.pairwise(formen)) and len(set(formen)) == 3
    # pinned: a changed choice would silently change printed reports
    assert formen[0] == "Im Jahr 2021 lag der Arbeitslosenanteil im Landkreis Auental bei 4,5\u202f%."


# --------------------------------------------------------------------------------------------------
# which facts stand out


def lage(name: str, kreis: tuple[float, float], land: float, regionen: tuple[float, ...]) -> sprache.Befundlage:
    fall = Fall(name, "%", "anteil", 1, "neutral", ("2017", "2021"), kreis, land, None, 1.0)
    orte = [fall.wert(z, f"R{n}", "sozialregionen") for n, z in enumerate(regionen)]
    return sprache.Befundlage(fall.indikator, [fall.im_kreis(0), fall.im_kreis(1)], fall.darueber[0], orte)


def test_each_rule_finds_its_strongest_fact() -> None:
    # standard deviations of the regions by hand: 1, 1 and 4 (three values: mean ± d, pstdev = d·√(2/3))
    lagen = [
        lage("Altersquote", (10, 14), 14.5, (13, 14, 15)),  # change 4, distance 0,5, spread 2/14
        lage("Bettenquote", (20, 20.5), 25, (19.5, 20.5, 21.5)),  # change 0,5, distance 4,5, spread 2/20,5
        lage("Chorquote", (10, 10.5), 10, (6, 10, 14)),  # change 0,5, distance 0,5, spread 8/10,5
    ]
    erster, zweiter, dritter = sprache.satz_auswahl(lagen, 3)
    assert "Altersquote" in erster and "4,0\u00a0Prozentpunkte" in erster
    assert "Bettenquote" in zweiter and "4,5\u00a0Prozentpunkte unter dem Wert des Landes" in zweiter
    assert "Chorquote" in dritter and "6,0\u202f%" in dritter and "14,0\u202f%" in dritter
    assert sprache.satz_auswahl(lagen, 1) == (erster,)
    assert len(sprache.satz_auswahl(lagen, 9)) == 3  # at most one an Indikator


def test_what_cannot_be_compared_does_not_stand_out() -> None:
    gut = lage("Altersquote", (10, 14), 14, (14, 14, 14))
    assert sprache.find_auffaelligkeiten(gut) == []  # no spread among the regions, too few times
    mit = lage("Altersquote", (10, 14), 20, (13, 14, 15))
    assert {a.regel for a in sprache.find_auffaelligkeiten(mit)} == {"entwicklung", "vergleich", "spannweite"}
    bruch = replace(mit, brueche=(Bruch("2020", "Neu"),))
    assert {a.regel for a in sprache.find_auffaelligkeiten(bruch)} == {"vergleich", "spannweite"}
    fremd = replace(mit, vergleich=replace(mit.vergleich, quelle="inkar"))
    assert {a.regel for a in sprache.find_auffaelligkeiten(fremd)} == {"entwicklung", "spannweite"}
    knapp = lage("Altersquote", (10.0, 10.1), 10.2, (10.0, 10.1, 10.2))  # one in the last place, and once two
    assert {a.regel for a in sprache.find_auffaelligkeiten(knapp)} == {"spannweite"}
    geheim = replace(mit, reihe=[*mit.reihe[:1], replace(mit.reihe[1], status=Status.GEHEIM)])
    assert sprache.find_auffaelligkeiten(geheim) == []


def test_a_hidden_region_neither_measures_nor_shows() -> None:
    offen = lage("Altersquote", (10, 14), 20, (13, 14, 15))
    verborgen = replace(offen.regionen[0], raum_id="H", wert=VERBORGEN, status=Status.GEHEIM)
    mit = replace(offen, regionen=[*offen.regionen, verborgen])
    staerken = [[a.staerke for a in sprache.find_auffaelligkeiten(x)] for x in (offen, mit)]
    assert staerken[0] == staerken[1]
    for a in sprache.find_auffaelligkeiten(mit):
        check(a.text, "%", ("98.765", "98765"))


def test_choice_is_the_same_whatever_comes_first_among_unequal_facts() -> None:
    saetze = satzfaelle.auswahl()
    assert len(saetze) == 9 == len(set(saetze))
    for satz in saetze:
        check(satz)
