"""Small readings that once went wrong: what a person would say of the same cell, column or name."""

from __future__ import annotations

import pytest

from sozmon.quellen.ffcsv import ist_insgesamt
from sozmon.quellen.lesen import _deutsch
from sozmon.raeume import Raeume, Register, RegisterRaum
from sozmon.tabellen.breit import to_breit


@pytest.mark.parametrize(
    ("code", "label", "ganz"),
    [("", "", True), ("", "Insgesamt", True), ("", "männlich", False), ("GESM", "männlich", False)],
)
def test_only_an_empty_code_without_a_label_is_a_total(code: str, label: str, ganz: bool) -> None:
    assert ist_insgesamt(code, label) is ganz


def test_a_stored_fraction_is_no_thousand() -> None:
    """A correction in a workbook: Excel shows 1,234."""
    assert [_deutsch(z) for z in (1.234, 112.5, 7, "x")] == ["1,234", "112,5", "7", "x"]


def test_columns_of_times_stand_in_their_order() -> None:
    zeilen = [
        {"raum_id": r, "zeit": z, "wert": 1, "status": "wert"} for r, z in (("a", "2021"), ("a", "2019"), ("b", "2020"))
    ]
    _, spalten = to_breit(zeilen, ("raum_id", "zeit", "wert"), "zeit", mit_status=False)
    assert spalten == ["raum_id", "2019", "2020", "2021"]


def test_a_kreis_with_its_kind_behind_the_name() -> None:
    """'Rostock, Landkreis' beside the key of the Landkreis, though a city is called Rostock."""
    raeume = (
        RegisterRaum("13", "Mecklenburg", "land", "13"),
        RegisterRaum("13003", "Rostock, Hansestadt", "kreis", "13003"),
        RegisterRaum("13072", "Landkreis Rostock", "kreis", "13072"),
    )
    alle = Raeume.aus_werten((Register("2023-12-31", raeume),), kreis="13072")
    assert alle.aufloesen("13072", "kreis", "2023-12-31", "Rostock, Landkreis").art == "sicher"
    assert alle.aufloesen("13072", "kreis", "2023-12-31", "Rostock, Hansestadt").art == "mehrdeutig"
