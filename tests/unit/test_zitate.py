"""The register of cited values: who must read what again."""

from __future__ import annotations

from pathlib import Path

import pytest

from sozmon.errors import KonfigError
from sozmon.zitate import Zitat, compare_zitate, confirm_zitate, load_zitate, write_zitate


def zitat(block: str = "a", gedruckt: str = "4,5 %", summe: str = "s1", bericht: str = "b") -> Zitat:
    return Zitat(f"texte/k/{block}.md", "wert", "quote", "99", "2021", gedruckt, summe, bericht)


def test_a_new_text_is_recorded_and_not_to_be_checked() -> None:
    assert compare_zitate((), (zitat(),)) == ([], (zitat(),))


def test_an_unchanged_text_whose_value_moved_is_to_be_checked_until_somebody_did() -> None:
    alt, neu = (zitat(),), (zitat(gedruckt="5,1 %"),)
    bedarf, register = compare_zitate(alt, neu)
    assert [b.block for b in bedarf] == ["texte/k/a.md"] and bedarf[0].aenderungen == (("wert", "4,5 %", "5,1 %"),)
    assert register == alt, "the old value stays until a person has read the text"
    assert compare_zitate(register, neu)[0] == bedarf, "a second run says it again"
    assert bedarf[0].zeilen() == [("texte/k/a.md", "wert", "4,5 %", "5,1 %")]
    meldung = bedarf[0].meldung("ausgabe/b/texte_zu_pruefen.csv", "b")
    assert "sozmon bericht b --texte-geprueft" in meldung.abhilfe
    assert meldung.kennung == "text_zu_pruefen" and "ausgabe/b/texte_zu_pruefen.csv" in (meldung.abhilfe or "")
    assert compare_zitate(confirm_zitate(register, neu), neu) == ([], neu)


def test_an_edited_text_counts_as_read() -> None:
    neu = (zitat(gedruckt="5,1 %", summe="s2"),)
    assert compare_zitate((zitat(),), neu) == ([], neu)


def test_blocks_of_other_chapters_stay_and_only_named_ones_are_confirmed() -> None:
    alt = (zitat(), zitat("b"))
    neu = (zitat(gedruckt="5,1 %"),)
    assert zitat("b") in compare_zitate(alt, neu)[1]
    neu2 = (*neu, zitat("b", "9,9 %"))
    assert confirm_zitate(alt, neu2, ["texte/k/b.md"]) == (zitat(), zitat("b", "9,9 %"))


def test_a_value_that_comes_back_needs_no_check() -> None:
    assert compare_zitate((zitat(),), (zitat(),)) == ([], (zitat(),))


def test_register_round_trip_and_what_is_none(tmp_path: Path) -> None:
    pfad = tmp_path / "zitate.csv"
    assert load_zitate(pfad) == ()
    eines = zitat(gedruckt='1.234; „x“ "y"')
    write_zitate(pfad, (eines,))
    assert load_zitate(pfad) == (eines,)
    marke = pfad.stat().st_mtime_ns
    write_zitate(pfad, (eines,))
    assert pfad.stat().st_mtime_ns == marke, "nothing is written that is there already"
    pfad.write_text("unsinn", encoding="utf-8")
    with pytest.raises(KonfigError, match="zitierten"):
        load_zitate(pfad)


def test_the_same_text_in_two_reports_is_compared_with_its_own_values() -> None:
    alt = (zitat(), zitat(gedruckt="7,7 %", bericht="c"))
    assert compare_zitate(alt, (zitat(gedruckt="7,7 %", bericht="c"),)) == ([], alt)
    bedarf, register = compare_zitate(alt, (zitat(gedruckt="8,0 %", bericht="c"),))
    assert [b.aenderungen for b in bedarf] == [(("wert", "7,7 %", "8,0 %"),)] and register == alt
    assert confirm_zitate(alt, (zitat(gedruckt="8,0 %", bericht="c"),)) == (
        zitat(),
        zitat(gedruckt="8,0 %", bericht="c"),
    )
