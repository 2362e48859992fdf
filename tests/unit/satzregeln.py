"""What must hold for every German sentence that comes out of ``sozmon.sprache``, whatever numbers went in."""

from __future__ import annotations

import re
from functools import cache

NUMMER = r"(?:zwei|drei|vier|fünf|sechs|sieben|acht|neun|zehn|elf|zwölf|7,5)"
EINZAHL = r"(?:Gemeinde|Sozialregion|Planungsraum|Landkreis|Land|Person|Gemeindeverband)"
DOPPELT = re.compile(r"\b(\w+) \1\b", re.IGNORECASE)
"""A word twice: 'um um', 'bei bei'."""
_UNMOEGLICH: tuple[str, ...] = (
    # two prepositions or a preposition and a second article
    r"\b(im|am|beim|vom|zum) (in|im|am|bei|beim|um|der|die|das|dem|den|des|von)\b",
    r"\b(in|an|auf|bei|mit|seit|gegenüber|zwischen|für|von) (im|am|beim|in|bei|für)\b",
    r"\bum (in|im|bei|am)\b",
    # the wrong case behind a preposition
    r"\bbei (die|das|den|des) (?!den)",
    r"\bfür (der|dem|des)\b",
    r"\bmit (die|das|des)\b",
    r"\b(seit|gegenüber) (die|das|des|den)\b",
    r"\bals (dem|den) \d",
    r"\bzwischen (der|die|das) \d",
    r"\bbeim \w*[Qq]uotient\b",
    r"\bbeim (natürliche|verfügbare|mittlere) ",
    # the wrong case of a noun
    r"\b(dem|der|den|im) \w*(kreises|raumes|landes|verbands|bezirks)\b",
    r"\bdes (\w*kreis|\w*raum|Land|Gemeindeverband|Freistaat|Regierungsbezirk)\b",
    r"\bdem Wert (dem|den|das|die|im|in)\b",
    r"\bdes (Gemeinde|Sozialregion|Stadt)\b",
    # number and noun do not agree
    rf"\b{NUMMER} {EINZAHL}\b",
    r"\b(eine|einer|einen|einem|ein) (Gemeinden|Sozialregionen|Planungsräumen?|Kreisen?|Ländern?|Gemeindeverbänden?)\b",
    r"\b(allen|beiden|in den|unter den) (\w+ )?(Kreise|Länder|Planungsräume|Gemeindeverbände)\b",
    r"\ballen (ein|eine|einer|1|zwei)\b",
    r"\bbei (?!1\u00a0)[\d.,]+\u00a0(Jahre|Quadratmeter|Haushalte|Einwohner)\b",
    r"(?<![\d.,])1\u00a0(Personen|Prozentpunkte|Haushalte|Jahre)\b",
    # verb and subject do not agree
    r"\b(Der|Die|Das) \w+ (sind|liegen|können|werden|lassen)\b",
    r"\bWerte für [^.]*? (kann|liegt|lässt|wird|ist) ",
)
UNMOEGLICH = re.compile("|".join(_UNMOEGLICH), re.IGNORECASE)
ENGLISCH = re.compile(r"\b(the|of|and|or|not|value|is|with|from|to|increase|decrease|by|at|for|per)\b")
WERTUNG = re.compile(
    r"besser|schlechter|verbesser|verschlechter|erfreulich|leider|bedenklich|positiv|negativ|kritisch|\bgut\b|günstig"
    r"|schlecht|belast|problem|Spitzenreiter|Schlusslicht|vorn\b|führend|alarmier|auffällig(?!keit)",
    re.IGNORECASE,
)
TECHNIK = re.compile(r"\bnan\b|none|\binf\b|[{}*_]|status|\b0x|<|>|\bTrue\b|\bFalse\b", re.IGNORECASE)


ZAHL = re.compile(r"\d[\d.,]*\d")


def check(satz: str, einheit: str = "", verborgen: tuple[str, ...] = ()) -> None:
    """AssertionError with the sentence when a rule is broken; ``verborgen``: numbers that must not be printed."""
    check_zahlen(satz, einheit)
    for zahl in verborgen:
        assert zahl not in satz, f"hidden number: {satz}"
    check_sprache(ZAHL.sub("7,5", satz))


@cache
def check_sprache(satz: str) -> None:
    """Everything but the digits: sentences that differ in these only are read once."""
    assert satz, "no sentence"
    assert satz[0] == satz[0].upper(), satz
    assert satz.endswith(".") and not satz.endswith(".."), satz
    for teil in re.split(r"(?<=[a-zäöüß)%€²])(?<!/Sa)\. ", satz):
        assert teil[0] == teil[0].upper(), f"small letter behind a full stop: {satz}"
    for muster in ("  ", " .", " ,", " ;", "..", "( ", " )", "()", ",,", ", ,", ";;", ": :", ",;", ") ("):
        assert muster not in satz, f"{muster!r}: {satz}"
    assert satz.count("(") == satz.count(")"), satz
    for verboten in (DOPPELT, UNMOEGLICH, ENGLISCH, WERTUNG, TECHNIK):
        treffer = verboten.search(satz)
        assert not treffer, f"{treffer[0]!r}: {satz}"  # type: ignore[index]


def check_zahlen(satz: str, einheit: str) -> None:
    """Signs, blanks, the word for a difference, a number directly behind another one."""
    satz = re.sub(r"(unter|ab|bis) \d+ Jahren", "", satz)  # in titles
    assert not re.search(r"\d\.\d(?!\d\d)", satz), f"decimal point: {satz}"
    assert not re.search(r"(?<![\w/])-\d", satz), f"hyphen as minus: {satz}"
    assert not re.search(r"−0(,0+)?(?![,\d])", satz), f"minus zero: {satz}"
    assert not re.search(r"\d (%|‰|€|je 1|Person|Prozentpunkt|Jahr|Einwohner|Quadratmeter)", satz), f"blank: {satz}"
    assert not re.search(r"\d(%|€)", satz), f"no blank before the sign: {satz}"
    assert not re.search(r"\d \d", satz), f"two numbers in a row: {satz}"
    if einheit == "%":
        assert not re.search(r"\bum (weniger als )?[\d.,]+\s%", satz), f"per cent instead of points: {satz}"
        assert not re.search(r"[\d.,]+\s% (höher|niedriger|mehr|weniger|über dem|unter dem)", satz), satz
    elif einheit:
        assert "Prozentpunkt" not in satz, f"points for something that is no share: {satz}"
