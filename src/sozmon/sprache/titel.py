"""The title of an Indikator inside a sentence: article, case, pronoun. What grammar cannot know is quoted."""

from __future__ import annotations

import re
from dataclasses import dataclass

from sozmon.model import Indikator
from sozmon.sprache.raumname import ARTIKEL

_ENDUNGEN: tuple[tuple[str, str], ...] = (
    ("anteil", "m"),
    ("quotient", "m"),
    ("index", "m"),
    ("saldo", "m"),
    ("betrag", "m"),
    ("grad", "m"),
    ("wert", "m"),
    ("stand", "m"),
    ("bestand", "m"),
    ("überschuss", "m"),
    ("verlust", "m"),
    ("gewinn", "m"),
    ("median", "m"),
    ("bezug", "m"),
    ("bedarf", "m"),
    ("zuzug", "m"),
    ("fortzug", "m"),
    ("alter", "n"),
    ("einkommen", "n"),
    ("entgelt", "n"),
    ("verhältnis", "n"),
    ("wachstum", "n"),
    ("potenzial", "n"),
    ("angebot", "n"),
    ("vermögen", "n"),
    ("risiko", "n"),
    ("gewicht", "n"),
    ("quote", "f"),
    ("rate", "f"),
    ("ung", "f"),
    ("dichte", "f"),
    ("zahl", "f"),
    ("fläche", "f"),
    ("größe", "f"),
    ("ziffer", "f"),
    ("schaft", "f"),
    ("heit", "f"),
    ("keit", "f"),
    ("tät", "f"),
    ("ion", "f"),
    ("armut", "f"),
    ("dauer", "f"),
    ("bilanz", "f"),
    ("miete", "f"),
    ("pflege", "f"),
    ("hilfe", "f"),
)
_MEHRZAHL = re.compile(
    r"(lose|tigte|igte|ige|ende|te|rige|linge|innen|gänge|haushalte|kinder|personen|fälle|familien|menschen|ungen|geburten"
    r"|stimmen|frauen|männer|einwohner|schüler|pendler|plätze|züge|gemeinschaften|empfänger|ausländer|einkünfte|jugendliche|abschlüsse|hilfen|nahmen|verfahren)$",
    re.IGNORECASE,
)
_ADJEKTIVISCH = re.compile(r"(lose|igte|derte|ankte|etzte|eilte|reute|ige|ende|liche)$", re.IGNORECASE)
_KOPF = re.compile(
    r"^(.*?)(?= (?:der|des|an|am|im|in|je|bei|zum|zur|von|ab|ohne|unter|mit|nach|pro|für|aus|auf|über)\b| ?[(,0-9]|$)"
)


@dataclass(frozen=True, slots=True)
class Titelwort:
    """An Indikator as subject ('der Anteil'), after 'bei' ('beim Anteil'), as pronoun ('er'); False = only quoted."""

    wer: str
    bei: str
    pronomen: str
    bekannt: bool = True


def titelwort(indikator: Indikator) -> Titelwort:
    """Subject for this Indikator. Plural titles become 'der Anteil der …' or 'die Zahl der …'."""
    titel = " ".join(indikator.titel.split())
    treffer = _KOPF.match(titel)
    kopf = treffer[1] if treffer and treffer[1] else titel
    rest, nomen = titel[len(kopf) :], kopf.split(" ")[-1]
    genus = next((g for endung, g in _ENDUNGEN if nomen.lower().endswith(endung)), "")
    if genus and nomen.lower().endswith("fläche") and indikator.einheit == "%":
        return _mit(f"Anteil der {titel}", "m")
    if genus:
        return _mit(_klein(kopf, genus) + rest, genus)
    if _MEHRZAHL.search(nomen):
        return _mehrzahl(kopf, rest, indikator)
    return Titelwort(f"der Wert des Indikators „{titel}“", f"beim Indikator „{titel}“", "er", False)


def _mit(text: str, genus: str) -> Titelwort:
    bei = "bei der" if genus == "f" else "beim"
    return Titelwort(
        f"{ARTIKEL[genus]['nom']} {text}", f"{bei} {_dativ(text)}", {"m": "er", "f": "sie", "n": "es"}[genus]
    )


def _klein(kopf: str, genus: str) -> str:
    """'Natürlicher Saldo' → 'natürliche Saldo' (behind an article); other titles stay."""
    erstes, _, rest = kopf.partition(" ")
    endung = {"m": "er", "f": "e", "n": "es"}[genus]
    if not rest or not erstes.endswith(endung) or " und " in kopf or erstes.endswith("-"):
        return kopf
    return f"{erstes[0].lower()}{erstes[1 : len(erstes) - len(endung)]}e {rest}"


def _dativ(text: str) -> str:
    """Only the adjective that ``_klein`` put behind the article changes: 'beim natürlichen Saldo'."""
    erstes, _, rest = text.partition(" ")
    return f"{erstes}n {rest}" if rest and erstes[0].islower() else text


def _mehrzahl(kopf: str, rest: str, indikator: Indikator) -> Titelwort:
    genitiv = " ".join(f"{w}n" if _ADJEKTIVISCH.search(w) and w[0].isupper() else w for w in kopf.split(" "))
    if indikator.einheit == "%":
        return _mit(f"Anteil der {genitiv}{rest}", "m")
    if indikator.verfahren == "anzahl":
        return _mit(f"Zahl der {genitiv}{rest}", "f")
    return _mit(f"Wert der {genitiv}{rest}", "m")
