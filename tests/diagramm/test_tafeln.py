"""Charts of many values: nothing cut or overlapping, hidden values leave no trace, one tone for equal numbers."""

from __future__ import annotations

import hashlib
import io
import itertools
import os
import subprocess
import sys
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from diagrammfaelle import NAMEN, PROZENT, reihe
from hypothesis import given
from hypothesis import strategies as st
from tafelfaelle import (
    EINZELN,
    KREIS,
    MEHRERE,
    SPALTEN,
    vielfache_luecken,
    waermezeilen,
    zufaellig,
)
from test_zeichnung import beschreibung, check_texte, texte

from sozmon.diagramm import (
    Angaben,
    Punkt,
    Reihe,
    Steigung,
    Verlauf,
    Waermespalte,
    Waermezeile,
    Waermezelle,
    daten_steigung,
    daten_verlaeufe,
    daten_vielfache,
    daten_waerme,
    draw_steigung,
    draw_verlaeufe,
    draw_vielfache,
    draw_waerme,
    save_pdf,
    save_png,
    save_svg,
    stil,
)
from sozmon.diagramm.steigung import compute_spanne
from sozmon.diagramm.tafeln import innere_brueche, zeichenerklaerung, zeit_text
from sozmon.diagramm.vielfache import spalten_fuer
from sozmon.diagramm.waermewerte import TOENE, compute_stufen, textfarbe

if TYPE_CHECKING:
    from matplotlib.figure import Figure

GOLDEN = Path(__file__).parents[1] / "golden" / "diagramm"
SPALTE = Waermespalte("Arbeitslosenanteil", "%")


def alle_figuren(fall: str) -> tuple[Figure, ...]:
    return (EINZELN[fall](),) if fall in EINZELN else MEHRERE[fall]()


def inhalte(fig: Figure) -> list[str]:
    return [t.get_text() for t in texte(fig)]


def schraffuren(fig: Figure) -> list[tuple[float, float, float, float]]:
    """Left, lower edge, width and height of every hatched box."""
    kaesten = [p.get_bbox().bounds for p in fig.axes[0].patches if p.get_hatch()]  # type: ignore[attr-defined]
    return [tuple(round(z, 6) for z in k) for k in kaesten]  # type: ignore[misc]


def linien(fig: Figure, farbe: str) -> list[list[list[float]]]:
    """Drawn lines of a colour with their points; markers and single points left out."""
    return [
        li.get_xydata().tolist() for li in fig.axes[0].lines if li.get_color() == farbe and len(li.get_xydata()) > 1
    ]


# --------------------------------------------------------------------------------------------------
# whatever comes


@pytest.mark.parametrize("saat", range(32))
def test_whatever_comes_nothing_is_cut_or_overlaps(saat: int) -> None:
    for fig in zufaellig(saat):
        check_texte(fig)
        check_formen(fig)


@pytest.mark.parametrize("fall", [*EINZELN, *MEHRERE])
def test_nothing_is_cut_and_no_text_overlaps_another(fall: str) -> None:
    for fig in alle_figuren(fall):
        check_texte(fig)
        check_formen(fig)


def check_formen(fig: Figure) -> None:
    """No line and no area leaves the sheet."""
    breite, hoehe = (float(z) * 72 for z in fig.get_size_inches())
    rand = stil.RAND_PT
    orte = [tuple(p) for li in fig.axes[0].lines for p in li.get_xydata()]
    for flaeche in fig.axes[0].patches:
        x, y, b, h = flaeche.get_bbox().bounds  # type: ignore[attr-defined]
        orte += [(x, y), (x + b, y + h)]
    for x, y in orte:
        assert -rand <= x <= breite - rand + 0.01 and 0 <= y <= hoehe + 0.01, (x, y)


@pytest.mark.parametrize("fall", [*EINZELN, *MEHRERE])
def test_german_numbers_readable_type_and_no_ellipsis(fall: str) -> None:
    for fig in alle_figuren(fall):
        for text in texte(fig):
            assert text.get_fontsize() >= 7
            assert "…" not in text.get_text() and text.get_text() not in ("nan", "None")
            assert not any(a.isdigit() and p == "-" for p, a in itertools.pairwise(text.get_text())), text.get_text()


@pytest.mark.parametrize(
    "fall",
    [
        "vielfache_5_luecken",
        "vielfache_wahlen",
        "steigung_regionen",
        "steigung_verborgen",
        "waerme_5x12",
        "verlaeufe_15",
    ],
)
def test_golden_description(fall: str) -> None:
    """After an intended change: GOLDEN_NEU=1 pytest tests/diagramm, then look at the difference."""
    ist, datei = "".join(beschreibung(f) for f in alle_figuren(fall)), GOLDEN / f"{fall}.txt"
    if os.environ.get("GOLDEN_NEU"):
        datei.write_text(ist, encoding="utf-8")
    assert ist == datei.read_text(encoding="utf-8")


def test_geometry_says_no_more_than_the_printed_number() -> None:
    for a, b in ((4.52, 4.48), (4.549, 4.451)):
        punkte = [(Punkt(2011, w), Punkt(2012, 9.0)) for w in (a, b)]
        assert len({save_svg(draw_vielfache([Reihe("A", p)], PROZENT)[0]) for p in punkte}) == 1
        assert len({save_svg(draw_verlaeufe([Verlauf("A", "%", p)], PROZENT)) for p in punkte}) == 1
        linie = [Steigung("A", w, 9.0) for w in (a, b)]
        assert len({save_svg(draw_steigung([s], PROZENT, ("2011", "2012"))) for s in linie}) == 1
        tafeln = [[Waermezeile(n, (Waermezelle(v),)) for n, v in (("A", w), ("B", 4.5), ("C", 3.0))] for w in (a, b)]
        assert len({save_svg(draw_waerme(t, [SPALTE], PROZENT)[0]) for t in tafeln}) == 1


def test_richtung_changes_no_tone() -> None:
    """A dark neutral number must not look like a burden; only the words below differ."""
    zeilen = [Waermezeile(n, (Waermezelle(float(i)),)) for i, n in enumerate("ABC")]
    bilder = []
    for richtung in ("neutral", "hoch_belastet", "hoch_guenstig"):
        fig = draw_waerme(zeilen, [replace(SPALTE, richtung=richtung)], PROZENT)[0]
        bilder.append([p.get_facecolor() for p in fig.axes[0].patches])
    assert bilder[0] == bilder[1] == bilder[2] and len(bilder[0]) == 8  # three cells, five boxes of the legend


@pytest.mark.parametrize("art", ["geheim", "fehlt"])
def test_a_hidden_or_missing_value_must_not_carry_a_number(art: str) -> None:
    for baue in (
        lambda: Steigung("A", 4.5, 4.5, art),  # type: ignore[arg-type]
        lambda: Steigung("A", 4.5, 4.5, "wert", art),  # type: ignore[arg-type]
        lambda: Waermezelle(4.5, art),  # type: ignore[arg-type]
    ):
        with pytest.raises(ValueError, match="keine Zahl"):
            baue()


# --------------------------------------------------------------------------------------------------
# small multiples


def test_columns_by_count() -> None:
    assert [spalten_fuer(n) for n in range(1, 13)] == [2, 2, 3, 2, 3, 3, 4, 4, 3, 4, 4, 4]


def test_all_panels_have_one_scale_and_the_kreis_in_each() -> None:
    felder = [
        Reihe(n, (Punkt(2011, w), Punkt(2012, w + 1))) for n, w in (("A", 2.0), ("B", 9.0), ("C", 5.0), ("D", 2.0))
    ]
    kreis = Reihe(KREIS, (Punkt(2011, 5.0), Punkt(2012, 5.0)), "vergleich")
    fig = draw_vielfache(felder, PROZENT, kreis)[0]
    blau, grau = linien(fig, stil.BLAU)[1:], linien(fig, stil.GRAU[0])[1:]  # the first of each is the legend's sample
    assert len(blau) == len(grau) == 4
    steigungen = {round(li[1][1] - li[0][1], 6) for li in blau}
    assert len(steigungen) == 1, "one unit has one height in every panel"
    # A and D have equal values: at one height above the Kreis of their panel
    abstand = [g[0][1] - b[0][1] for b, g in zip(blau, grau, strict=True)]
    assert abstand[0] == pytest.approx(abstand[3]) and abstand[2] == pytest.approx(0)
    assert abstand[1] == pytest.approx(-4 / 3 * abstand[0])  # 9 lies 4 above 5, 2 lies 3 below it


def test_no_line_over_break_gap_or_hidden_year_and_breaks_in_every_panel() -> None:
    fig = vielfache_luecken()[0]
    laengen = [len(li) for li in linien(fig, stil.BLAU) if len(li) != 3 or li[0][1] != li[1][1]][1:]
    # Freiberg 2011–13, 2016–21, 2022–23; Südost 2011–13, 2017–20; Süd 2011–13, 2014–21, 2022–23;
    # Nordost 2015–21, 2022–23
    assert laengen == [3, 6, 2, 3, 4, 3, 8, 2, 7, 2]
    senkrechte = [li for li in linien(fig, stil.NEBENTEXT) if li[0][0] == li[1][0]]
    assert len(senkrechte) == 2 * 5


def test_hidden_years_are_equal_boxes_at_one_height_of_the_panel() -> None:
    kaesten = schraffuren(vielfache_luecken()[0])
    assert len(kaesten) == 2 + 3 + 0 + 13 + 2
    assert len({(b, h) for _, _, b, h in kaesten}) == 1
    assert len({y for _, y, _, _ in kaesten}) == 2, "two rows of panels"


def test_more_than_twelve_panels_make_sheets_of_one_layout() -> None:
    figuren = MEHRERE["vielfache_53"]()
    assert len(figuren) == 5
    assert [f"Blatt {i} von 5" in inhalte(f) for i, f in enumerate(figuren, 1)] == [True] * 5
    assert [n for f in figuren for n in inhalte(f) if n in NAMEN] == list(NAMEN)
    achsen = [{t for t in inhalte(f) if t in ("0", "5", "10", "15", "20")} for f in figuren]
    assert len({frozenset(a) for a in achsen}) == 1, "the scale is that of all sheets"


def test_last_value_names_its_year_when_later_ones_are_hidden() -> None:
    assert "4,0\n(2020)" in inhalte(vielfache_luecken()[0])
    assert "kein\nWert" in inhalte(vielfache_luecken()[0])


# --------------------------------------------------------------------------------------------------
# slope


@pytest.mark.parametrize(
    ("werte", "spanne"),
    [
        ([4.0, 12.0], (4, 12)),  # wide enough as it is
        ([64.0, 60.0], (54, 70)),  # a quarter of 64 is 16, six too many on each side
        ([4.0, 4.0], (3.5, 4.5)),
        ([0.0, 0.1], (0, 0.1)),
        ([0.0, 0.0], (0, 0.125)),  # no zero below zero
        ([-4.0, -4.0], (-4.5, -3.5)),
        ([-2.0, 3.0], (-2, 3)),
    ],
)
def test_axis_of_the_slope_never_makes_much_of_little(werte: list[float], spanne: tuple[float, float]) -> None:
    assert compute_spanne(werte) == pytest.approx(spanne)


def test_cut_axis_is_said_and_zero_is_not() -> None:
    assert "in Prozent (Achse zeigt den Ausschnitt von 4,1 bis 14,4)" in inhalte(EINZELN["steigung_verborgen"]())
    assert "in Prozent" in inhalte(draw_steigung([Steigung("A", 0.0, 4.0)], PROZENT, ("2005", "2021")))


def test_slope_over_a_break_is_refused() -> None:
    linien = [Steigung("Freiberg", 12.3, 5.2)]
    bruch = replace(PROZENT, brueche=((2015, "Zensus 2011"),))
    with pytest.raises(ValueError, match=r"zwischen 2005 und 2021 liegt ein Bruch der Reihe \(Zensus 2011\)"):
        draw_steigung(linien, bruch, ("2005", "2021"))
    with pytest.raises(ValueError, match="zwischen 2014 und 2015"):
        draw_steigung(linien, bruch, ("2014", "2015"))  # 2015 is the first time after it
    assert draw_steigung(linien, bruch, ("2015", "2021")) and draw_steigung(linien, bruch, ("2005", "2014"))
    with pytest.raises(ValueError, match="liegt nicht vor"):
        draw_steigung(linien, PROZENT, ("2021", "2005"))


def test_hidden_end_has_no_line_but_is_named() -> None:
    fig = EINZELN["steigung_verborgen"]()
    lang = [
        li for farbe in (stil.BLAU, stil.GRAU[0], "#5f87b0") for li in linien(fig, farbe) if li[1][0] - li[0][0] > 100
    ]
    assert len(lang) == 4  # Freiberg, Nord, Nordost and the Kreis
    assert any("Ohne Linie: Südost (Sayda) (2021: •), Süd (Flöha) (2005: •, 2021: •)" in t for t in inhalte(fig))


# --------------------------------------------------------------------------------------------------
# heat table


def test_fifths_by_hand() -> None:
    assert compute_stufen([1.0, 2.0, 3.0, 4.0, 5.0], 1) == [0, 1, 2, 3, 4]
    # seven regions: the middle of the first lies at 1/14, of the second at 3/14 … times five, rounded down
    assert compute_stufen([10.0 * i for i in range(7)], 0) == [0, 1, 1, 2, 3, 3, 4]
    assert compute_stufen([4.52, 4.48, 9.0], 1) == [1, 1, 4]  # printed 4,5 both: their middle is 1/3
    assert compute_stufen([4.5] * 6, 1) == [2] * 6
    assert compute_stufen([1.0, None, 2.0], 1) == [None, None, None]  # two numbers have no fifths


@given(st.lists(st.none() | st.floats(-1000, 1000), max_size=60), st.integers(0, 2))
def test_tones_follow_printed_values_and_nothing_else(werte: list[float | None], stellen: int) -> None:
    stufen = compute_stufen(werte, stellen)
    paare = [(round(w, 9), s) for w, s in zip(werte, stufen, strict=True) if w is not None and s is not None]
    assert all((w is None) <= (s is None) for w, s in zip(werte, stufen, strict=True))
    assert all(s in range(5) for _, s in paare)
    assert all(s <= t for (v, s), (w, t) in itertools.permutations(paare, 2) if v < w)
    ohne = compute_stufen([w for w in werte if w is not None], stellen)
    assert ohne == [s for w, s in zip(werte, stufen, strict=True) if w is not None], "hidden ones change no tone"


def _leuchtdichte(farbe: str) -> float:
    from matplotlib.colors import to_rgb

    linear = [a / 12.92 if a <= 0.04045 else ((a + 0.055) / 1.055) ** 2.4 for a in to_rgb(farbe)]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def test_numbers_are_readable_on_every_tone_and_tones_differ_in_grey() -> None:
    hell = [_leuchtdichte(t) for t in TOENE]
    for ton in TOENE:
        a, b = sorted((_leuchtdichte(ton), _leuchtdichte(textfarbe(ton))))
        assert (b + 0.05) / (a + 0.05) >= 4.5, ton  # WCAG 1.4.3
    assert all((a + 0.05) / (b + 0.05) >= 1.3 for a, b in itertools.pairwise(hell))


def test_tone_lies_behind_its_number() -> None:
    from matplotlib.colors import to_hex

    zeilen = [
        Waermezeile(n, (Waermezelle(w),)) for n, w in (("A", 1.0), ("B", 3.0), ("C", 2.0), ("D", 5.0), ("E", 4.0))
    ]
    kreis = Waermezeile(KREIS, (Waermezelle(9.0),), "summe")
    fig = draw_waerme([*zeilen, kreis], [SPALTE], PROZENT)[0]
    toene = {}
    for text in texte(fig):
        x, y = text.get_position()
        for p in fig.axes[0].patches:
            if p.get_bbox().contains(x, y):  # type: ignore[attr-defined]
                toene[text.get_text()] = to_hex(p.get_facecolor())
    assert toene == dict(zip(("1,0", "2,0", "3,0", "4,0", "5,0"), TOENE, strict=True)), "the sum has no tone"


def test_hidden_cell_is_hatched_with_its_sign_whatever_lies_around() -> None:
    fig = MEHRERE["waerme_5x12"]()[0]
    assert len(schraffuren(fig)) == 2 == inhalte(fig).count("•")
    assert "n. E." in inhalte(fig) and "(6,3)" in inhalte(fig)


@pytest.mark.parametrize("hoehe", [0.0, 9.0, 12.0, 15.0])
def test_sheets_hold_every_row_once_and_repeat_what_must_be_known(hoehe: float) -> None:
    zeilen = waermezeilen()
    figuren = draw_waerme(zeilen, SPALTEN[:8], Angaben(hoehe_cm=hoehe))
    assert len(figuren) == 2 if not hoehe else len(figuren) > 2  # 60 rows of 11.5 pt are 24 cm
    hoehen = [f.get_size_inches()[1] * 2.54 for f in figuren]
    assert max(hoehen) - min(hoehen) < 4, "filled evenly"
    assert [n for f in figuren for n in inhalte(f) if n in NAMEN] == list(NAMEN)
    for fig in figuren:
        namen = [t for t in inhalte(fig) if t in NAMEN or t.startswith("Sozialregion")]
        assert namen[0].startswith("Sozialregion"), "a divided group has its heading again"
        assert not namen[-1].startswith("Sozialregion"), "no heading alone at the foot"
        assert inhalte(fig).count(KREIS) == 1
        assert not hoehe or fig.get_size_inches()[1] * 2.54 <= hoehe + 1e-6


def test_a_group_is_divided_only_when_the_number_of_sheets_forces_it() -> None:
    def geteilt(hoehe: float) -> list[str]:
        figuren = draw_waerme(waermezeilen(), SPALTEN[:8], Angaben(hoehe_cm=hoehe))
        return [t for f in figuren for t in inhalte(f) if t.endswith("(Fortsetzung)")]

    assert geteilt(0.0) == []
    assert geteilt(9.0)  # twelve Gemeinden of a region need more than a sheet


def test_columns_that_do_not_fit_and_rows_that_do_not_match_are_refused() -> None:
    breit = [Waermezeile("Deutschland", tuple(Waermezelle(83_237_124.0) for _ in range(14)))]
    with pytest.raises(ValueError, match="14 Spalten sind zu viele für 16 cm"):
        draw_waerme(breit, [Waermespalte("Bevölkerung", "Personen", 0)] * 14, Angaben())
    with pytest.raises(ValueError, match="Zeile A: 1 Zellen für 2 Spalten"):
        draw_waerme([Waermezeile("A", (Waermezelle(1.0),))], [SPALTE] * 2, Angaben())


def test_legend_says_in_words_what_dark_means() -> None:
    worte = " ".join(inhalte(MEHRERE["waerme_5x12"]()[0])).replace("\n", " ")
    assert "Je dunkler, desto höher der Wert unter den Räumen der Spalte" in worte
    assert "Ein hoher Wert gilt als günstig: Beschäftigungsquote, Wahlbeteiligung (Gemeinderatswahl)" in worte
    assert "n. E.\u00a0auf dieser Ebene nicht verfügbar" in worte


def test_two_numbers_have_neither_tone_nor_legend() -> None:
    fig = draw_waerme([Waermezeile(n, (Waermezelle(4.0),)) for n in "AB"], [SPALTE], PROZENT)[0]
    assert not fig.axes[0].patches and "höchste Werte der Spalte" not in inhalte(fig)


# --------------------------------------------------------------------------------------------------
# sparkline table


def test_a_page_holds_fifteen_rows() -> None:
    fig = EINZELN["verlaeufe_15"]()
    breite, hoehe = fig.get_size_inches() * 2.54
    assert breite == pytest.approx(16) and hoehe < 18


def test_course_is_broken_where_it_must_and_each_has_its_scale() -> None:
    werte = (Punkt(2011, 1.0), Punkt(2012, 2.0), Punkt(2013, None, "geheim"), Punkt(2014, 2.0), Punkt(2015, 1.0))
    zeilen = [
        Verlauf("A", "%", werte),
        Verlauf("B", "%", tuple(replace(p, wert=p.wert and p.wert * 10) for p in werte)),
        Verlauf("C", "%", tuple(Punkt(2011 + i, 5.0) for i in range(5)), brueche=((2013, "Zensus"),)),
    ]
    fig = draw_verlaeufe(zeilen, Angaben())
    gezeichnet = linien(fig, stil.BLAU)
    assert [len(li) for li in gezeichnet] == [2, 2, 2, 2, 2, 3]
    hoehen = [li[1][1] - li[0][1] for li in gezeichnet[:4]]
    assert hoehen[0] == pytest.approx(hoehen[2]) and hoehen[1] == pytest.approx(hoehen[3])
    assert len({k[2:] for k in schraffuren(fig)}) == 1 and len(schraffuren(fig)) == 2
    assert any("ab 2013: Zensus" in t for t in inhalte(fig))


def test_ends_are_told_with_their_years() -> None:
    zeile = Verlauf("A", "%", reihe("A", ["f", 14.25, 3.0, 4.5, "g"]).punkte)
    assert zeile.endtexte() == ("2012: 14,3", "2014: 4,5")
    assert replace(zeile, punkte=reihe("A", ["g", "f"]).punkte).endtexte() == ("•", "•")
    assert replace(zeile, punkte=reihe("A", ["f"]).punkte).endtexte() == ("k. A.", "k. A.")
    assert replace(zeile, punkte=reihe("A", [4.0]).punkte).endtexte() == ("", "2011: 4,0")


# --------------------------------------------------------------------------------------------------
# the same values as rows


def test_data_are_what_is_drawn() -> None:
    felder = [reihe("A", [4.25, "g", "f"]), reihe("B", ["u4.0", 5.0], 2012)]
    kreis = Reihe(KREIS, (Punkt(2011, 6.0),), "vergleich")
    assert daten_vielfache(felder, PROZENT, kreis) == (
        ("Zeit", "A", "B", KREIS),
        ("2011", "4,3", "", "6,0"),
        ("2012", "•", "(4,0)", ""),
        ("2013", "k. A.", "5,0", ""),
    )
    linien = [Steigung("A", 4.25, None, ende_art="geheim")]
    assert daten_steigung(linien, PROZENT, ("2005-12-31", "2021"), Steigung(KREIS, 6.0, 1000.0)) == (
        ("Raum", "31.12.2005", "2021"),
        ("A", "4,3", "•"),
        (KREIS, "6,0", "1.000,0"),
    )
    zeilen = [
        Waermezeile("Süd", (), "gruppe"),
        Waermezeile("A", (Waermezelle(None, "geheim"),)),
        Waermezeile("B", (Waermezelle(None, "fehlt", "…"),)),
    ]
    assert daten_waerme(zeilen, [SPALTE]) == (("Raum", "Arbeitslosenanteil (%)"), ("Süd", ""), ("A", "•"), ("B", "…"))
    verlauf = Verlauf("A", "%", (Punkt(2011, 4.25), Punkt(2012, None, "geheim")), 1, "−0,1", "5,4")
    kopf = ("Indikator", "Einheit", "2011", "2012", "Veränderung")
    assert daten_verlaeufe([verlauf], "Sachsen") == ((*kopf, "Sachsen"), ("A", "%", "4,3", "•", "−0,1", "5,4"))
    assert daten_verlaeufe([verlauf]) == (kopf, ("A", "%", "4,3", "•", "−0,1"))


def test_shared_words() -> None:
    assert [zeit_text(j) for j in (2021, 2021.5, 2020 + 11 / 12)] == ["2021", "07/2021", "12/2020"]
    brueche = ((2015, "b"), (2011, "a"), (2015, "b"), (2030, "c"))
    assert innere_brueche([2011, 2014, 2015], brueche) == [(2015, "b")]  # one at the first time has nothing before it
    assert innere_brueche([], brueche) == []
    assert zeichenerklaerung(["4,5", "x", "(4,0)", "x"]) == [
        "x\u00a0Aussage nicht sinnvoll",
        "(Zahl) nicht sicher genug",
    ]


# --------------------------------------------------------------------------------------------------
# files

PROGRAMM = """
import hashlib, sys
sys.path.insert(0, {tests!r})
from test_tafeln import bytes_aller
print(hashlib.sha256(bytes_aller()).hexdigest())
"""


def bytes_aller(
    faelle: Sequence[str] = ("vielfache_5_luecken", "steigung_verborgen", "waerme_5x12", "verlaeufe_15"),
) -> bytes:
    figuren = [fig for fall in faelle for fig in alle_figuren(fall)]
    return b"".join(save_svg(f) + save_png(f) + save_pdf(f) for f in figuren)


def test_same_bytes_in_another_world(tmp_path: Path) -> None:
    """No HOME, other locale, time zone and hash seed; a matplotlibrc and SOURCE_DATE_EPOCH that change nothing."""
    (tmp_path / "matplotlibrc").write_text("font.size: 20\npdf.fonttype: 3\npdf.compression: 0\n")
    umgebung = {
        "PATH": os.environ["PATH"],
        "HOME": "/nonexistent",
        "LC_ALL": "C",
        "TZ": "Asia/Tokyo",
        "PYTHONHASHSEED": "7",
        "SOURCE_DATE_EPOCH": "1000000000",
        "PYTHONPATH": os.pathsep.join(sys.path),
    }
    programm = PROGRAMM.format(tests=str(Path(__file__).parent))
    lauf = subprocess.run(
        [sys.executable, "-c", programm], env=umgebung, cwd=tmp_path, capture_output=True, text=True, check=False
    )
    assert (lauf.stderr, lauf.returncode) == ("", 0)
    assert lauf.stdout.strip() == hashlib.sha256(bytes_aller()).hexdigest()


def test_pdf_embeds_the_shipped_type_and_tells_no_date() -> None:
    import pikepdf

    daten = save_pdf(EINZELN["verlaeufe_15"]())
    with pikepdf.open(io.BytesIO(daten)) as pdf:
        assert len(pdf.pages) == 1 and not dict(pdf.docinfo)
        breite, hoehe = (float(z) for z in list(pdf.pages[0].MediaBox)[2:])  # type: ignore[arg-type]
        assert (breite, hoehe) == pytest.approx(tuple(EINZELN["verlaeufe_15"]().get_size_inches() * 72))
        schriften = [f for s in pdf.pages[0].Resources.Font.values() for f in s.get("/DescendantFonts", [s])]
        assert schriften and all("SourceSansPro" in str(f.BaseFont) for f in schriften)
        assert all("/FontFile2" in f.FontDescriptor for f in schriften), "Type 42: the outlines of the shipped files"
    assert len(daten) < 120_000


def test_sheets_are_small_files() -> None:
    for fall in ("vielfache_7", "steigung_regionen", "waerme_53x8", "verlaeufe_15"):
        for fig in alle_figuren(fall):
            assert len(save_svg(fig, text_als_pfad=False)) < 160_000 and len(save_png(fig)) < 200_000


def test_names_are_drawn_literally() -> None:
    name = "A_b$x^2$ <b>&"
    punkte = (Punkt(2011, 1.0), Punkt(2012, 2.0))
    for fig in (
        draw_vielfache([Reihe(name, punkte)], PROZENT)[0],
        draw_steigung([Steigung(name, 1.0, 2.0)], PROZENT, ("2011", "2012")),
        draw_waerme([Waermezeile(name, (Waermezelle(1.0),))], [SPALTE], PROZENT)[0],
        draw_verlaeufe([Verlauf(name, "%", punkte)], PROZENT),
    ):
        assert b"A_b$x^2$ &lt;b&gt;&amp;" in save_svg(fig, text_als_pfad=False)
