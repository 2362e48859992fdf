"""German numbers, dates, times and names, both ways: text → value → text.

One grammar for every number that sozmon reads and one formatter for every number that it prints. The grammar is
our own because ``float()`` takes ``nan``, ``inf``, ``1_000`` and Arabic digits, and because a number that is not
written by the declared rules must be refused, never guessed. No locale is asked: it differs from PC to PC.
No error text repeats the number: it may be the value of a small cell.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from decimal import ROUND_HALF_UP, Context, Decimal

MINUS = "\N{MINUS SIGN}"
SCHREIBWEISEN: dict[str, str] = {"de": "1.234,5", "de_kurz": "1.234,5 oder ,5", "en": "1,234.5", "punkt": "1234.5"}
"""How numbers may be written, each with its example."""

_MAX_STELLEN = 15  # a double keeps 15 decimal digits; more would be read as another number
ZU_GROSS = 10.0**_MAX_STELLEN
"""From here on a number cannot be read exactly."""
_LEERRAUM = " \t\u00a0\u202f\u2009"
_GRUPPE = "\u00a0\u202f\u2009"  # no-break, narrow no-break and thin space


def _muster(punkt: str, komma: str, *, ohne_null: bool = False) -> re.Pattern[str]:
    """Number with groups of exactly three behind one and the same separator; ``ohne_null``: also ',5' for 0,5."""
    gruppen = rf"[1-9][0-9]{{0,2}}(?:([{punkt}{_GRUPPE}])[0-9]{{3}}(?:\1[0-9]{{3}})*)"
    kurz = rf"|[+\-{MINUS}]?{komma}[0-9]+" if ohne_null else ""
    return re.compile(rf"[+\-{MINUS}]?(?:{gruppen}|0|[1-9][0-9]*)(?:{komma}[0-9]+)?{kurz}")


_FULLMATCH: dict[str, Callable[[str], re.Match[str] | None]] = {
    "de": _muster(r"\.", ",").fullmatch,
    "de_kurz": _muster(r"\.", ",", ohne_null=True).fullmatch,
    "en": _muster(",", r"\.").fullmatch,
    "punkt": re.compile(rf"[+\-{MINUS}]?(?:0|[1-9][0-9]*)(?:\.[0-9]+)?").fullmatch,
}


def _als_punktzahl(text: str, art: str) -> str:
    """The text that ``float()`` takes; replace, because translate is four times slower."""
    if not text.isascii():
        for zeichen in _GRUPPE:
            text = text.replace(zeichen, "")
        text = text.replace(MINUS, "-")
    if art.startswith("de"):
        return text.replace(".", "").replace(",", ".")
    return text.replace(",", "") if art == "en" else text


def parse_zahl(text: str, art: str) -> float | None:
    """Read one number by the rules ``art`` ('de', 'de_kurz', 'en', 'punkt'); None when the text is empty.

    ValueError with a German reason when the text is not a number by exactly these rules.
    """
    if text.isdigit() and text.isascii() and len(text) <= _MAX_STELLEN and (text[0] != "0" or text == "0"):
        return float(text)  # most cells of most files; the general way costs four times as much
    text = text.strip(_LEERRAUM)
    if not text:
        return None
    if _FULLMATCH[art](text) is None:
        raise ValueError(_grund(text, art))
    zahl = float(_als_punktzahl(text, art)) + 0.0  # minus zero becomes zero
    if abs(zahl) >= ZU_GROSS:  # also what an exponent makes of it: 1e999 is infinite
        raise ValueError(f"mehr als {_MAX_STELLEN} Stellen vor dem Komma")
    return zahl


def _grund(text: str, art: str) -> str:
    """Why the text is not a number, without repeating it."""
    regel = f"erwartet wird die Schreibweise {SCHREIBWEISEN[art]}"
    if not any(z.isdigit() for z in text):
        return f"keine Zahl; {regel}"
    if not text.isascii() and any(z.isdigit() and not z.isascii() for z in text):
        return f"andere als die Ziffern 0 bis 9; {regel}"
    if re.match(r"[\N{EN DASH}\N{EM DASH}] ?[0-9]", text):
        return "ein Gedankenstrich vor der Zahl; ist ein Minus gemeint, muss dort eines stehen"
    if re.fullmatch(r"[+-]?0[0-9]+", text):
        return "führende Null: das ist ein Schlüssel, keine Zahl"
    if re.fullmatch(r"[+-]?[0-9.,]+[eE][+-]?[0-9]+", text):
        return f"Schreibweise mit Exponent; {regel}"
    if art.startswith("de") and re.fullmatch(r"[+-]?[0-9]+\.[0-9]+", text):
        return f"der Punkt trennt keine Dreiergruppe und ist kein Komma; {regel}"
    if not art.startswith("de") and re.fullmatch(r"[+-]?[0-9]+,[0-9]+", text):
        return f"das Komma trennt keine Dreiergruppe und ist kein Dezimalpunkt; {regel}"
    return f"keine eindeutige Zahl; {regel}"


# --------------------------------------------------------------------------------------------------
# value → text

_KONTEXT = Context(prec=400)  # wide enough for every double: quantize must not fail on 1e300


def runde(wert: float, stellen: int) -> Decimal:
    """Round commercially (half away from zero) the number as it is printed: 0.125 → 0.13, 2.675 → 2.68."""
    zahl = Decimal(repr(wert)) if isinstance(wert, float) else Decimal(wert)
    if not zahl.is_finite():
        raise ValueError("nan oder inf ist keine Zahl, die gedruckt werden kann")
    return zahl.quantize(Decimal(1).scaleb(-stellen), rounding=ROUND_HALF_UP, context=_KONTEXT)


class Zahl(str):
    """A printed number that remembers the value it was rounded from (for spreadsheets); a plain text otherwise."""

    wert: float

    def __new__(cls, text: str, wert: float) -> Zahl:
        """text: as printed; wert: unrounded."""
        neu = super().__new__(cls, text)
        neu.wert = wert
        return neu

    def __getnewargs__(self) -> tuple[str, float]:  # type: ignore[override]
        return str(self), self.wert

    def __repr__(self) -> str:
        return f"Zahl({super().__repr__()}, {self.wert!r})"


def format_zahl(wert: float, stellen: int | None) -> str:
    """Write a number in German: ``1.234,5``, minus U+2212, ``stellen`` decimals (None = all that it has).

    What rounds to zero has no sign. ValueError for nan and inf: a missing value has a status, not a number.
    """
    if stellen is None:
        zahl = format(Decimal(repr(wert)) if isinstance(wert, float) else Decimal(wert), "f")
        if "n" in zahl.lower():
            raise ValueError("nan oder inf ist keine Zahl, die gedruckt werden kann")
        zahl = zahl.rstrip("0").rstrip(".") if "." in zahl else zahl
    else:
        zahl = format(runde(wert, stellen), "f")
    vorzeichen = MINUS if zahl.startswith("-") and zahl.strip("-0.") else ""
    ganz, punkt, rest = zahl.lstrip("-").partition(".")
    return f"{vorzeichen}{int(ganz):,}".replace(",", ".") + (f",{rest}" if punkt else "")


# --------------------------------------------------------------------------------------------------
# dates and times

MONATE = (
    "januar",
    "februar",
    "märz",
    "april",
    "mai",
    "juni",
    "juli",
    "august",
    "september",
    "oktober",
    "november",
    "dezember",
)
"""Names of the months in small letters, as they are written in German."""
_ISO = re.compile(r"([0-9]{4})-([0-9]{2})-([0-9]{2})")
_ZEITPUNKT = re.compile(r"([0-9]{4}-[0-9]{2}-[0-9]{2})T([0-9]{2}:[0-9]{2}):[0-9]{2}Z")
_DEUTSCH = re.compile(r"([0-9]{1,2})\.\s?([0-9]{1,2})\.\s?([0-9]{4})")
_IN_WORTEN = re.compile(r"([0-9]{1,2})\.\s?([A-Za-zäÄ]+)\s([0-9]{4})")
JAHR_VON, JAHR_BIS = 1800, 2200
"""Years that a time may name; anything else is a slip of the finger or a shifted column."""


def parse_datum(text: str) -> str:
    """Read '2021-12-31', '31.12.2021' or '31. Dezember 2021' as ISO text; ValueError with a German reason."""
    text = text.strip(_LEERRAUM)
    if treffer := _ISO.fullmatch(text):
        jahr, monat, tag = (int(t) for t in treffer.groups())
    elif treffer := _DEUTSCH.fullmatch(text):
        tag, monat, jahr = (int(t) for t in treffer.groups())
    elif (treffer := _IN_WORTEN.fullmatch(text)) and treffer[2].lower() in MONATE:
        tag, monat, jahr = int(treffer[1]), MONATE.index(treffer[2].lower()) + 1, int(treffer[3])
    else:
        raise ValueError(f"„{text}“ ist kein Datum; erwartet wird 2021-12-31 oder 31.12.2021")
    if not JAHR_VON <= jahr <= JAHR_BIS:
        raise ValueError(f"„{text}“: das Jahr liegt nicht zwischen {JAHR_VON} und {JAHR_BIS}")
    try:
        return date(jahr, monat, tag).isoformat()
    except ValueError:
        raise ValueError(f"„{text}“: diesen Tag gibt es nicht") from None


def format_datum(iso: str) -> str:
    """'2021-12-31' → '31.12.2021', '2026-11-21T22:42:07Z' → '21.11.2026, 22:42 Uhr (UTC)'; other text stays."""
    if zeitpunkt := _ZEITPUNKT.fullmatch(iso):
        return f"{format_datum(zeitpunkt[1])}, {zeitpunkt[2]} Uhr (UTC)"
    treffer = _ISO.fullmatch(iso)
    return f"{treffer[3]}.{treffer[2]}.{treffer[1]}" if treffer else iso


@dataclass(frozen=True, slots=True)
class Zeitauswahl:
    """Times asked for with ``-z``, ranges unfolded, in the asked order and without repeats; empty = every time."""

    angaben: tuple[str, ...] = ()

    @property
    def jahre(self) -> tuple[int, ...]:
        """Years of the asked times, in the asked order, each once."""
        return tuple(dict.fromkeys(int(a[:4]) for a in self.angaben))

    @property
    def min(self) -> int | None:
        """First year asked for; None = no lower bound."""
        return min(self.jahre, default=None)

    @property
    def max(self) -> int | None:
        """Last year asked for; None = no upper bound."""
        return max(self.jahre, default=None)

    def passt(self, zeit: str, jahr: int) -> bool:
        """True when a value of this time was asked for: a year takes every Zeitart, all else is exact."""
        return not self.angaben or any(
            jahr == int(a) if len(a) == 4 else zeit == a or zeit.startswith(f"{a}-") for a in self.angaben
        )


def parse_zeiten(angabe: str) -> Zeitauswahl:
    """Read a list of times: '2021', '2005,2011', '2001..2021', '2023-12-31', '2023-05', '2023-Q1', '2021/22'.

    ValueError with a German reason.
    """
    angaben: list[str] = []
    for wort in (w.strip() for w in angabe.split(",")):
        von, punkte, bis = wort.partition("..")
        angaben.extend(_jahre_von_bis(von, bis, wort) if punkte else (_parse_zeit(wort),))
    return Zeitauswahl(tuple(dict.fromkeys(angaben)))


def _jahre_von_bis(von: str, bis: str, wort: str) -> list[str]:
    von, bis = von.strip(), bis.strip()
    if not (re.fullmatch("[0-9]{4}", von) and re.fullmatch("[0-9]{4}", bis)):
        raise ValueError(f"„{wort}“ ist kein Zeitraum; erwartet werden zwei Jahre wie 2001..2021")
    erstes, letztes = (int(_parse_zeit(j)) for j in (von, bis))
    schritt = 1 if erstes <= letztes else -1
    return [str(j) for j in range(erstes, letztes + schritt, schritt)]


def _parse_zeit(wort: str) -> str:
    """One time in its canonical spelling."""
    monat = re.fullmatch(r"[0-9]{4}-(0[1-9]|1[0-2]|Q[1-4])", wort)
    schuljahr = re.fullmatch(r"([0-9]{4})/([0-9]{2})", wort)
    if schuljahr and (int(schuljahr[1]) + 1) % 100 != int(schuljahr[2]):
        raise ValueError(f"„{wort}“ ist kein Schuljahr; erwartet wird zum Beispiel 2021/22")
    if re.fullmatch("[0-9]{4}", wort) or monat or schuljahr:
        if not JAHR_VON <= int(wort[:4]) <= JAHR_BIS:
            raise ValueError(f"„{wort}“: das Jahr liegt nicht zwischen {JAHR_VON} und {JAHR_BIS}")
        return wort
    try:
        return parse_datum(wort)
    except ValueError as e:
        if re.fullmatch(r"[0-9]{4}-[0-9]{2}-[0-9]{2}|[0-9]{1,2}\.[0-9]{1,2}\.[0-9]{4}", wort):
            raise
        beispiele = "2021, 2001..2021, 2023-12-31, 2023-05, 2023-Q1 oder 2021/22"
        raise ValueError(f"„{wort}“ ist keine Zeitangabe; erwartet wird zum Beispiel {beispiele}") from e


# --------------------------------------------------------------------------------------------------
# names

_FALTUNG = str.maketrans({"ß": "ss", "ẞ": "ss", "æ": "ae", "œ": "oe", "ø": "o", "ł": "l"})
_TEILE = re.compile(r"[0-9]+|[^\W\d_]+")


def sortierschluessel(name: str) -> tuple[tuple[tuple[int, int, str], ...], str]:
    """Key that sorts names as a German dictionary does (DIN 5007-1: ä = a, ß = ss, case and accents do not count).

    Numbers inside count as numbers (SR2 before SR10) and stand before letters; the name itself breaks ties.
    """
    grund = unicodedata.normalize("NFKD", name.casefold().translate(_FALTUNG))
    glatt = "".join(z for z in grund if not unicodedata.combining(z))
    teile = ((0, int(t), "") if t[0] in "0123456789" else (1, 0, t) for t in _TEILE.findall(glatt))
    return tuple(teile), name
