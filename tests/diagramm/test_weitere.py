"""The charts with many parts: honest areas, nothing that betrays what is hidden, words that say what is drawn."""

from __future__ import annotations

import pytest
from diagrammfaelle import ALTER, FAELLE

from sozmon import sprache
from sozmon.diagramm import (
    Altersgruppe,
    Angaben,
    Block,
    Punkt,
    Reihe,
    Zeichnung,
    daten_mehrteilig,
    daten_pyramide,
    daten_vielfache,
    draw_gestapelt,
    draw_pyramide,
    render_alle,
    save_pdf,
    save_svg,
)
from sozmon.zahlen import Zahl
from sozmon.zwischenspeicher import Zwischenspeicher

ANGABEN = Angaben(einheit="%")
TEILE = ("unter 18", "ab 18")


def flaechen(fig: object) -> list[tuple[float, float, float, float, str]]:
    return [(*p.get_bbox().bounds, p.get_hatch() or "") for p in fig.axes[0].patches]  # type: ignore[attr-defined]


def test_area_of_a_pyramid_bar_is_its_number_of_people() -> None:
    """Groups of 2, 5 and 10 years: width × height of every bar must be proportional to its people."""
    gruppen = [Altersgruppe(von, bis, float(n), float(n)) for von, bis, n in ALTER if bis is not None]
    balken = [(b * h) for x, y, b, h, s in flaechen(draw_pyramide(gruppen, ("2013", ""), ANGABEN)) if h > 4 and b != 9]
    verhaeltnis = [f / n for f, (_, _, n) in zip(balken, [g for g in ALTER if g[1]] * 2, strict=True)]
    assert max(verhaeltnis) / min(verhaeltnis) < 1.001


def test_hidden_groups_of_a_pyramid_have_one_width() -> None:
    gruppen = [Altersgruppe(0, 3, None, 50.0), Altersgruppe(3, 6, None, 60.0), Altersgruppe(6, None, 900.0, None)]
    breiten = {
        round(b, 3) for _, _, b, _, schraffur in flaechen(draw_pyramide(gruppen, ("2023", ""), ANGABEN)) if schraffur
    }
    assert len(breiten) == 1


def test_stacked_bar_with_a_hidden_part_tells_nothing_about_it() -> None:
    """Whatever the visible part is, the drawing of the block is the same."""
    bilder = {
        save_svg(draw_gestapelt([Block("A", (None, w), ("geheim", "wert")), Block("B", (30.0, 70.0))], TEILE, ANGABEN))
        for w in (5.0, 80.0)
    }
    assert len(bilder) == 1


def test_tables_of_charts_hold_numbers_for_spreadsheets_and_signs() -> None:
    reihe = Reihe("A", (Punkt(2020, 1.25), Punkt(2021, None, "geheim")))
    daten = daten_vielfache([reihe], ANGABEN, Reihe("Kreis", (Punkt(2020, 2.0),)))
    assert daten == (("Zeit", "A", "Kreis"), ("2020", "1,3", "2,0"), ("2021", "•", ""))
    assert isinstance(daten[1][1], Zahl) and daten[1][1].wert == 1.25
    assert daten_mehrteilig([Block("A", (None, 2.0), ("geheim", "wert"))], TEILE, ANGABEN)[1] == ("A", "•", "2,0")
    assert daten_pyramide([Altersgruppe(75, None, 3.0, None)], ("2023", ""))[1] == ("75 und älter", "3", "•")


def test_alt_texts_say_what_is_drawn_and_nothing_hidden() -> None:
    assert "Nord: nicht ausgewiesen." in sprache.alt_gestapelt(
        "Q", [Block("Nord", (None, 9.0), ("geheim", "wert"))], TEILE, ANGABEN
    )
    alt = sprache.alt_pyramide(
        "Kreis", [Altersgruppe(0, 10, 100.0, 90.0), Altersgruppe(10, 15, 80.0, None)], ("2023", "")
    )
    assert "Männer: am stärksten besetzt ist die Altersgruppe 10 bis unter 15 (16 je Altersjahr)" in alt
    assert "ein Werte" not in alt


@pytest.mark.parametrize("fall", ["pyramide_umriss", "gestapelt", "linie_vorausberechnung"])
def test_pdf_of_a_chart_has_no_date_and_its_own_type(fall: str) -> None:
    eines, anderes = save_pdf(FAELLE[fall]()), save_pdf(FAELLE[fall]())
    assert eines == anderes and b"CreationDate" not in eines and b"SourceSansPro" in eines


def test_a_chart_that_was_drawn_is_not_drawn_again(tmp_path: object) -> None:
    from pathlib import Path

    speicher = Zwischenspeicher(Path(str(tmp_path)))
    auftrag = {"a": Zeichnung("draw_gestapelt", ((Block("B", (30.0, 70.0)),), TEILE, ANGABEN))}
    erste = render_alle(auftrag, speicher, png=True)
    assert (speicher.treffer, speicher.neu) == (0, 2)
    assert render_alle(auftrag, speicher, png=True) == erste and (speicher.treffer, speicher.neu) == (2, 2)
    anders = {"a": Zeichnung("draw_gestapelt", ((Block("B", (30.1, 69.9)),), TEILE, ANGABEN))}
    assert render_alle(anders, speicher, png=False)["a"].svg != erste["a"].svg
    kaputt = next(p for p in Path(str(tmp_path)).glob("*/*"))
    kaputt.write_bytes(kaputt.read_bytes()[:-1] + b"x")
    assert render_alle(auftrag, speicher, png=True) == erste, "a flipped bit is a miss, never a wrong picture"


def test_many_charts_in_two_processes_are_those_of_one() -> None:
    auftraege = {
        str(n): Zeichnung("draw_gestapelt", ((Block("B", (float(n), 70.0)),), TEILE, ANGABEN)) for n in range(13)
    }
    zu_zweit = render_alle(auftraege, Zwischenspeicher(None), png=False, kerne=2)
    assert zu_zweit == render_alle(auftraege, Zwischenspeicher(None), png=False, kerne=1)
