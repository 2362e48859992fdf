"""Alt texts of the charts of many values: what the picture shows, in sentences, and nothing that it hides."""

from __future__ import annotations

import re

import pytest
from diagrammfaelle import PROZENT, gang, reihe
from tafelfaelle import KREIS, SPALTEN, THEMEN, verlaufszeilen, waermezeilen

from sozmon import sprache
from sozmon.diagramm import Angaben, Punkt, Reihe, Steigung, Verlauf, Waermespalte, Waermezeile, Waermezelle

SCHMAL = "\u202f"
ARBEIT = Waermespalte("Arbeitslosenanteil", "%", 1, "hoch_belastet")
VERBORGEN = "unbekannt, geheim zu halten oder nicht freigegeben"


def prozent(text: str) -> str:
    return text.replace(" %", f"{SCHMAL}%")


def check(text: str) -> None:
    """German prose: one blank, no English number, every sentence begun and ended, no bare sign."""
    assert text.endswith(".") and text[0].isupper()
    for fehler in ("  ", "..", ";;", " ;", " ,", ": ;", ":.", "None", "•", "()"):
        assert fehler not in text, (fehler, text)
    assert not re.search(r"\bnan\b", text), text
    assert not re.search(r"\d\.\d(?!\d\d)", text), text
    assert not re.search(r"(?<![\w(])-\d", text), text


def test_small_multiples_tell_every_panel_and_what_they_share() -> None:
    felder = [reihe("Freiberg", [9.1, 8.25, "g", "g", "g", 5.0, 6.5, 5.5]), reihe("Döbeln", ["f", 7.0])]
    angaben = Angaben(einheit="%", brueche=((2017, "Zensus 2011"),))
    alt = sprache.alt_vielfache("Arbeitslosenanteil", felder, angaben, reihe(KREIS, [6.0], 2011, "vergleich"))
    assert alt == prozent(
        "Zwei kleine Liniendiagramme mit denselben Achsen: Arbeitslosenanteil, in Prozent, 2011 bis 2018. "
        "Senkrechte Achse beginnt bei null. "
        f"In jedem Feld als graue Linie {KREIS}: einzelner Wert 6,0 % (2011). "
        "Freiberg: von 9,1 % (2011) bis 5,0 % (2016); von 6,5 % (2017) bis 5,5 % (2018); "
        f"drei Werte sind {VERBORGEN} (2013 bis 2015). "
        "Döbeln: einzelner Wert 7,0 % (2012); ein Wert fehlt (2011). "
        "Ab 2017 Bruch der Reihe (Zensus 2011): Die Linien sind dort unterbrochen."
    )
    check(alt)


def test_cut_axis_is_told_as_it_is_drawn() -> None:
    werte = [Punkt(2011 + i, 322078.0 - i * 3000) for i in range(8)]
    angaben = Angaben(einheit="Personen", nachkommastellen=0)
    assert "beginnt bei 290.000" in sprache.alt_vielfache("Bevölkerung", [Reihe("Kreis", tuple(werte))], angaben)


def test_extremes_inside_a_run_are_told() -> None:
    alt = sprache.alt_vielfache("X", [reihe("Freiberg", [5.0, 9.0, 1.0, 6.0])], PROZENT)
    assert (
        prozent("von 5,0 % (2011) bis 6,0 % (2014), höchster Wert 9,0 % (2012), niedrigster Wert 1,0 % (2013)") in alt
    )
    assert alt.startswith("Ein Liniendiagramm: X, in Prozent, 2011 bis 2014.")


def test_slope_tells_every_line_and_every_missing_end() -> None:
    linien = [
        Steigung("Freiberg", 12.34, 5.2),
        Steigung("Döbeln", 4.52, 4.48),
        Steigung("Sayda", 10.1, None, ende_art="geheim"),
        Steigung("Flöha", None, None, "fehlt", "geheim"),
    ]
    alt = sprache.alt_steigung(
        "Arbeitslosenanteil", linien, PROZENT, ("2005", "2021-12-31"), Steigung(KREIS, 12.1, 4.5)
    )
    assert alt == prozent(
        "Steigungsdiagramm: Arbeitslosenanteil, in Prozent, 2005 und Ende 2021, vier Räume. "
        f"Zum Vergleich {KREIS} von 12,1 % auf 4,5 %. "
        "Freiberg von 12,3 % auf 5,2 %; Döbeln unverändert 4,5 %. "
        "Sayda: 10,1 % (2005), ohne Linie. "
        f"Zwei Werte sind {VERBORGEN}: Flöha Ende 2021 und Sayda Ende 2021. "
        "Ein Wert fehlt: Flöha 2005."
    )
    check(alt)


def test_slope_of_many_tells_the_largest_changes() -> None:
    # changes: −5,0 for A up to +6,0 for L, in steps of one: five fall, one stays, six rise
    linien = [Steigung(n, 20.0, 15.0 + i) for i, n in enumerate("ABCDEFGHIJKL")]
    alt = sprache.alt_steigung("X", linien, PROZENT, ("2005", "2021"))
    assert "Gestiegen in sechs Räumen, gesunken in fünf und unverändert in einem." in alt
    assert (
        prozent("Stärkster Anstieg: L von 20,0 % auf 26,0 %; K von 20,0 % auf 25,0 %; J von 20,0 % auf 24,0 %.") in alt
    )
    assert (
        prozent("Stärkster Rückgang: A von 20,0 % auf 15,0 %; B von 20,0 % auf 16,0 %; C von 20,0 % auf 17,0 %.") in alt
    )
    check(alt)


def _tafel(*werte: float | None) -> list[Waermezeile]:
    zellen = [Waermezelle(w) if w is not None else Waermezelle(None, "geheim") for w in werte]
    return [Waermezeile(n, (z,)) for n, z in zip("ABCDEFGH", zellen, strict=False)]


@pytest.mark.parametrize(
    ("werte", "text"),
    [
        ((1.0, 5.0, 3.0), "höchster Wert 5,0 % (B), niedrigster 1,0 % (A)"),
        ((1.0, 4.52, 4.48), "höchster Wert 4,5 % (B und C), niedrigster 1,0 % (A)"),
        ((4.0, 4.0, 4.0, 4.0, 1.0), "höchster Wert 4,0 % (vier Räume), niedrigster 1,0 % (E)"),
        ((4.0, 4.0), "alle Werte 4,0 %"),
        ((4.0, None), f"einziger Wert 4,0 % (A); ein Wert ist {VERBORGEN}"),
        ((1.0, 2.0, None), f"höchster gezeigter Wert 2,0 % (B), niedrigster 1,0 % (A); ein Wert ist {VERBORGEN}"),
        ((None, None), f"kein Wert; zwei Werte sind {VERBORGEN}"),
    ],
)
def test_heat_table_tells_the_extremes_of_a_column(werte: tuple[float | None, ...], text: str) -> None:
    alt = sprache.alt_waerme("Lebenslagen", _tafel(*werte), [ARBEIT])
    assert alt.endswith(prozent(f"Arbeitslosenanteil, in Prozent (hoher Wert gilt als belastend): {text}."))
    check(alt)


def test_heat_table_tells_sums_groups_and_uncertain_cells() -> None:
    zeilen = [
        Waermezeile("Süd", (), "gruppe"),
        Waermezeile("A", (Waermezelle(9.0, "unsicher"),)),
        *_tafel(1.0, 2.0, 3.0)[1:],
        Waermezeile(KREIS, (Waermezelle(2.5),), "summe"),
        Waermezeile("Sachsen", (Waermezelle(None, "geheim"),), "summe"),
    ]
    alt = sprache.alt_waerme("Lebenslagen 2021", zeilen, [Waermespalte("Jugendquotient", "")])
    assert alt == (
        "Wärmetabelle: Lebenslagen 2021, drei Räume in einer Gruppe, ein Indikator. "
        "Je dunkler eine Zelle, desto höher der Wert unter den Räumen der Spalte. "
        f"Jugendquotient: höchster gezeigter Wert 3,0 (C), niedrigster 2,0 (B); {KREIS} 2,5; Sachsen ohne Wert; "
        "ein Wert ist nicht sicher genug."
    )


def test_sparkline_table_tells_every_row() -> None:
    zeilen = [
        Verlauf("Arbeitslosenanteil", "%", reihe("", [14.2, 12.9, 12.0, 5.8]).punkte, 1, "−8,4 Prozentpunkte", "5,4 %"),
        Verlauf("Wohnfläche", "m² je Person", reihe("", ["g", 41.0]).punkte, brueche=((2012, "Zensus 2011"),)),
    ]
    alt = sprache.alt_verlaeufe("Kernindikatoren", zeilen, "Sachsen")
    assert alt == (
        "Tabelle mit Verlaufslinien: Kernindikatoren, zwei Indikatoren, 2011 bis 2014. "
        f"Arbeitslosenanteil, in Prozent: von 14,2{SCHMAL}% (2011) bis 5,8{SCHMAL}% (2014); "
        "Veränderung: −8,4 Prozentpunkte; Sachsen: 5,4 %. "
        f"Wohnfläche, m² je Person: einzelner Wert 41,0 (2012); ein Wert ist {VERBORGEN} (2011); "
        "ab 2012 Bruch der Reihe (Zensus 2011)."
    )


def test_long_ones_are_prose_too() -> None:
    lang = [
        sprache.alt_vielfache("X", [reihe(n, gang(8, 9, i)) for i, n in enumerate("ABCDEFGHIJKL")], PROZENT),
        sprache.alt_waerme("Gemeinden im Überblick", waermezeilen(), SPALTEN[:8]),
        sprache.alt_verlaeufe("Kernindikatoren", verlaufszeilen(), "Sachsen"),
        sprache.alt_vielfache("X", [], PROZENT),
        sprache.alt_steigung("X", [], PROZENT, ("2005", "2021")),
        sprache.alt_waerme("X", [], []),
        sprache.alt_verlaeufe("X", []),
    ]
    for text in lang:
        check(text)
    assert len(lang[1]) < 250 * 8 and all(f"{n}, " in lang[2] for n, *_ in THEMEN)


def test_no_alt_text_depends_on_what_is_hidden() -> None:
    """A hidden value carries no number: the text differs from that of a missing one by one word only."""
    texte = []
    for art in ("geheim", "fehlt"):
        felder = [Reihe("A", (Punkt(2011, 4.0), Punkt(2012, None, art), Punkt(2013, 5.0)))]  # type: ignore[arg-type]
        texte.append(sprache.alt_vielfache("X", felder, PROZENT))
    assert texte[0].replace(f"ist {VERBORGEN}", "fehlt") == texte[1]
