"""Numbers, units and times as German words. Per cent and percentage points are two words and never mixed up here."""

from __future__ import annotations

import zlib
from collections.abc import Sequence

from sozmon.model import ZEICHEN, Indikator, Indikatorwert
from sozmon.zahlen import format_datum, format_zahl, runde

NBSP, SCHMAL = "\u00a0", "\u202f"
MONATE = (
    "Januar",
    "Februar",
    "März",
    "April",
    "Mai",
    "Juni",
    "Juli",
    "August",
    "September",
    "Oktober",
    "November",
    "Dezember",
)
EINZAHL: dict[str, str] = {
    "Personen": "Person",
    "Menschen": "Mensch",
    "Einwohner": "Einwohner",
    "Einwohnerinnen und Einwohner": "Einwohnerin oder Einwohner",
    "Haushalte": "Haushalt",
    "Bedarfsgemeinschaften": "Bedarfsgemeinschaft",
    "Kinder": "Kind",
    "Jugendliche": "Jugendlicher",
    "Frauen": "Frau",
    "Männer": "Mann",
    "Fälle": "Fall",
    "Geburten": "Geburt",
    "Wohnungen": "Wohnung",
    "Plätze": "Platz",
    "Stimmen": "Stimme",
    "Jahre": "Jahr",
    "Monate": "Monat",
    "Tage": "Tag",
    "Prozentpunkte": "Prozentpunkt",
    "Gemeinden": "Gemeinde",
}
ZAHLWORT = ("null", "ein", "zwei", "drei", "vier", "fünf", "sechs", "sieben", "acht", "neun", "zehn", "elf", "zwölf")


def zahl(wert: float, stellen: int = 0) -> str:
    """1234.5, 1 → '1.234,5'."""
    return format_zahl(wert, stellen)


def prozent(wert: float, stellen: int = 1) -> str:
    """4.52 → '4,5 %' with a narrow no-break space."""
    return f"{format_zahl(wert, stellen)}{SCHMAL}%"


def prozentpunkte(wert: float, stellen: int = 1) -> str:
    """A difference of two shares, without sign: −2.9 → '2,9 Prozentpunkte'."""
    return menge(abs(wert), "Prozentpunkte", stellen)


def menge(wert: float, einheit: str, stellen: int = 0, *, dativ: bool = False) -> str:
    """Number and unit: '4,5 %', '1 Person', '297.766 Personen', '8,9 je 1.000'; no unit for '' and 'Anzahl'.

    ``dativ`` for behind 'bei' and 'mit': '28 Einwohnern je km²'.
    """
    text = format_zahl(wert, stellen)
    if einheit in ("", "Anzahl", "1"):
        return text
    if einheit in ("%", "‰"):
        return f"{text}{SCHMAL}{einheit}"
    nomen, je, rest = einheit.partition(" je ")
    if text.lstrip("−") == "1":
        nomen = EINZAHL.get(nomen, nomen)
    elif dativ and nomen in EINZAHL and nomen.endswith(("e", "er")):
        nomen += "n"
    return f"{text}{NBSP}{nomen}{je}{rest}"


def wert_mit_einheit(wert: Indikatorwert, indikator: Indikator) -> str:
    """The number with its unit as it is printed, or the sign of its status."""
    if not wert.ist_zahl or wert.wert is None:
        return ZEICHEN[wert.status]
    return menge(wert.wert, indikator.einheit, indikator.nachkommastellen)


def bei_wert(wert: Indikatorwert, indikator: Indikator) -> str:
    """A number behind 'bei' or 'mit'."""
    return menge(wert.wert or 0.0, indikator.einheit, indikator.nachkommastellen, dativ=True)


def ohne_einheit(wert: Indikatorwert, indikator: Indikator) -> str:
    """The number alone where the unit follows soon; % and € stay."""
    if indikator.einheit in ("%", "‰", "€"):
        return wert_mit_einheit(wert, indikator)
    return format_zahl(wert.wert or 0.0, indikator.nachkommastellen) if wert.ist_zahl else ZEICHEN[wert.status]


def mit_vorzeichen(wert: float, stellen: int) -> str:
    """'+2,3', '−0,7', '0,0': a change, never '+0,0'."""
    text = format_zahl(wert, stellen)
    return text if text.startswith("−") or not any(z in text for z in "123456789") else f"+{text}"


def ist_anteil(indikator: Indikator) -> bool:
    """True when a difference of two values is told in percentage points."""
    return indikator.einheit in ("%", "Prozent")


def ist_menge(indikator: Indikator) -> bool:
    """True when a relative change makes sense: counts and amounts of money, not rates and quotients."""
    return indikator.verfahren == "anzahl" or indikator.einheit.startswith("€")


def unterschied(differenz: float, indikator: Indikator) -> str:
    """Size of a difference, without sign, in the right word: Prozentpunkte for shares, the unit for counts."""
    stellen = indikator.nachkommastellen
    if ist_anteil(indikator):
        return prozentpunkte(differenz, stellen)
    einheit = "" if indikator.einheit.startswith("je ") else indikator.einheit
    return menge(abs(differenz), einheit, stellen)


def anzahl(n: int, genus: str = "f", fall: str = "nom") -> str:
    """Counts up to twelve as words; 'eine'/'einen' by genus (f, m, n) and case (nom, akk, dat)."""
    if n == 1:
        formen = {"f": {"dat": "einer"}, "m": {"akk": "einen", "dat": "einem"}, "n": {"dat": "einem"}}
        return formen[genus].get(fall, "eine" if genus == "f" else "ein")
    return ZAHLWORT[n] if 0 < n < len(ZAHLWORT) else format_zahl(n, 0)


def aufzaehlung(teile: Sequence[str], und: str = "und") -> str:
    """'A', 'A und B', 'A, B und C'."""
    return teile[0] if len(teile) == 1 else f"{', '.join(teile[:-1])} {und} {teile[-1]}" if teile else ""


# --------------------------------------------------------------------------------------------------
# times


def datum(iso: str) -> str:
    """'2024-12-31' → '31.12.2024'; any other text stays."""
    return format_datum(iso)


def _tag(zeit: str) -> str:
    jahr, monat, tag = zeit.split("-")
    return f"{int(tag)}.{NBSP}{MONATE[int(monat) - 1]}{NBSP}{jahr}"


def zeit_kurz(zeit: str) -> str:
    """For brackets and after 'zwischen': '2021', 'Ende 2021', 'dem 9. Juni 2024', 'Mai 2021' (dative)."""
    if len(zeit) == 10:
        return f"Ende {zeit[:4]}" if zeit.endswith("-12-31") else f"dem {_tag(zeit)}"
    if "-Q" in zeit:
        return f"dem {zeit[6]}.{NBSP}Quartal {zeit[:4]}"
    if "/" in zeit:
        return f"dem Schuljahr {zeit}"
    if len(zeit) == 7:
        return f"{MONATE[int(zeit[5:]) - 1]} {zeit[:4]}"
    return zeit


def zeit_wann(zeit: str) -> str:
    """Inside a sentence: 'im Jahr 2021', 'Ende 2021', 'am 9. Juni 2024', 'im Mai 2021', 'im Schuljahr 2021/22'."""
    kurz = zeit_kurz(zeit)
    if len(zeit) == 10:
        return f"am {_tag(zeit)}" if kurz.startswith("dem ") else kurz
    if kurz.startswith("dem "):
        return f"im {kurz[4:]}"
    return f"im Jahr {zeit}" if len(zeit) == 4 else f"im {kurz}"


def zeit_fuer(zeit: str) -> str:
    """After 'für': 'das Jahr 2021', 'Ende 2021', 'den 9. Juni 2024', 'Mai 2021', 'das Schuljahr 2021/22'."""
    kurz = zeit_kurz(zeit)
    if kurz.startswith("dem "):
        return ("den " if len(zeit) == 10 else "das ") + kurz[4:]
    return f"das Jahr {zeit}" if len(zeit) == 4 else kurz


def zeit_nackt(zeit: str) -> str:
    """For lists in brackets: '2021', 'Ende 2021', '9. Juni 2024'."""
    return zeit_kurz(zeit).removeprefix("dem ")


def zwischen(von: str, bis: str) -> str:
    """'zwischen 2005 und 2021', 'zwischen Ende 2013 und Ende 2023'."""
    return f"zwischen {zeit_kurz(von)} und {zeit_kurz(bis)}"


# --------------------------------------------------------------------------------------------------
# sentences


def satz(text: str) -> str:
    """Finish a sentence: capital letter, one full stop, no doubled blanks."""
    text = " ".join(teil for teil in text.split(" ") if teil)
    text = text[:1].upper() + text[1:]
    return text if text.endswith((".", "!", "?")) else f"{text}."


def auswahl(anzahl_varianten: int, *schluessel: str) -> int:
    """Which wording: always the same for the same Indikator and Raum, whatever the run, the machine, the Python."""
    return zlib.crc32("|".join(schluessel).encode()) % anzahl_varianten


def rundet_gleich(a: float, b: float, stellen: int) -> bool:
    """True when both are printed as the same number."""
    return runde(a, stellen) == runde(b, stellen)


def passt_zum_gedruckten(a: float, b: float, stellen: int) -> bool:
    """True when the printed difference b − a is what a reader gets from the two printed numbers."""
    return runde(b, stellen) - runde(a, stellen) == runde(b - a, stellen)
