"""Every title of the shipped catalogue makes a sentence that can be read aloud."""

from __future__ import annotations

import dataclasses
import re

from test_sprache import wert

from sozmon import sprache
from sozmon.katalog import load_katalog

FALSCH = [
    r"  ", r"\bim im\b", r"\bum um\b", r"\bbei bei\b", r"\bin in\b", r"\.\.", r" ,", r",,", r"\bNone\b", r"\bnan\b",
    r"dem Landkreises", r"des Landkreis ", r"\(\)", r"\d-\d", r"\b-\d", r"\d\.\d{1,2}\b",
    r"% ?-?Punkt", r"\b(?:gut|schlecht|besser|schlimm|erfreulich|leider|bedenklich|positiv|negativ)\w*\b", r"\bthe\b",
]  # fmt: skip


def check_satz(text: str) -> None:
    """Rules that every German sentence here obeys."""
    ohne_zahlen = re.sub(r"\d\.\d{3}", "0", text)
    assert text[0].isupper() and text.endswith(".") and not text.endswith(".."), text
    for muster in FALSCH:
        assert not re.search(muster, ohne_zahlen), f"{muster}: {text}"


def test_every_title_of_the_catalogue_makes_a_sentence() -> None:
    for i in load_katalog(None).indikatoren.values():
        neu = dataclasses.replace(wert(4.5, "Auental", "kreis"), einheit=i.einheit)
        alt = dataclasses.replace(wert(5.2, "Auental", "kreis", "2017"), einheit=i.einheit)
        for text in (
            sprache.satz_kernaussage(neu, i, alt),
            sprache.satz_stand(neu, i),
            sprache.absatz_befund(neu, i, alt),
        ):
            check_satz(text)
            assert "„" not in text, f"der Titel „{i.titel}“ hat kein bekanntes Geschlecht: {text}"
