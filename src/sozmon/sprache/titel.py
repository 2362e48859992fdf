"""The title of an Indikator inside a sentence: article, case, pronoun. What grammar cannot know is quoted."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache

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
    ("überschuss", "m"),
    ("verlust", "m"),
    ("gewinn", "m"),
    ("median", "m"),
    ("bezug", "m"),
    ("bedarf", "m"),
    ("zuzug", "m"),
    ("fortzug", "m"),
    ("preis", "m"),
    ("lohn", "m"),
    ("alter", "n"),
    ("einkommen", "n"),
    ("aufkommen", "n"),
    ("entgelt", "n"),
    ("geld", "n"),
    ("gewicht", "n"),
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
    ("zeit", "f"),
    ("bilanz", "f"),
    ("miete", "f"),
    ("rente", "f"),
    ("kraft", "f"),
    ("pflege", "f"),
    ("hilfe", "f"),
)
_MEHRZAHL = re.compile(
    r"(lose|te|ige|ende|ene|rige|liche|linge|innen|gänge|kinder|personen|fälle|familien|menschen|ungen|geburten|taten"
    r"|enzen|anzen|hilfen|keiten|nahmen|gaben|kosten|schulden|schlüsse|zeiten|betriebe|unternehmen|stellen|betten|formen"
    r"|stimmen|frauen|männer|einwohner|schüler|pendler|bewerber|bezieher|rentner|mitglieder|nehmer|plätze|züge"
    r"|schaften|gänger|empfänger|ausländer|einkünfte|haushalte|jugendliche|verfahren)$",
    re.IGNORECASE,
)
_ADJEKTIVISCH = re.compile(r"(lose|te|ige|ende|ene|liche)$", re.IGNORECASE)
_HAUPTWORT = re.compile(
    r"(haushalt|wert|ort|gebiet|städt|gerät|kräft|künft|dienst|konflikt|recht|schnitt)e$", re.IGNORECASE
)
"""Plural nouns on -te, which are no adjectives."""
_LEISTUNG = re.compile(r"(sicherung|hilfe|förderung|geld|rente)$", re.IGNORECASE)
"""Benefits: a rate of theirs is how many people make use of them."""
_ERSCHEINUNG = re.compile(r"(auffälligkeit|gewicht|störung|erkrankung|krankheit)$", re.IGNORECASE)
"""What people have: a rate of theirs is how often it occurs."""
_KOPF = re.compile(
    r"^(.*?)(?= (?:der|des|an|am|im|in|je|bei|beim|zum|zur|zu|von|vom|ab|ohne|unter|mit|nach|pro|für|aus|auf|über|durch"
    r"|gegen|seit|zwischen)\b| ?[(,0-9]|$)"
)


@dataclass(frozen=True, slots=True)
class Titelwort:
    """An Indikator as subject ('der Anteil'), after 'bei' ('beim Anteil'), as pronoun ('er'); False = only quoted."""

    wer: str
    bei: str
    pronomen: str
    bekannt: bool = True


def titelwort(indikator: Indikator) -> Titelwort:
    """Subject for this Indikator. Plural titles become 'der Anteil der …', 'die Zahl der …' or 'die Höhe der …'."""
    return _titelwort(" ".join(indikator.titel.split()), indikator.einheit, indikator.verfahren == "anzahl")


@lru_cache(maxsize=1024)
def _titelwort(titel: str, einheit: str, ist_anzahl: bool) -> Titelwort:
    treffer = _KOPF.match(titel)
    kopf = treffer[1] if treffer and treffer[1] else titel
    rest, nomen = titel[len(kopf) :], kopf.split(" ")[-1]
    genus = next((g for endung, g in _ENDUNGEN if nomen.lower().endswith(endung)), "")
    if genus and "innen und " not in kopf:
        return _umschrieben(kopf, rest, genus, einheit, ist_anzahl) or _mit(_klein(kopf, genus) + rest, genus)
    if _MEHRZAHL.search(nomen) or "innen und " in kopf:
        return _mehrzahl(kopf, rest, einheit, ist_anzahl)
    return Titelwort(f"der Wert des Indikators „{titel}“", f"beim Indikator „{titel}“", "er", False)


def _mit(text: str, genus: str) -> Titelwort:
    bei = "bei der" if genus == "f" else "beim"
    return Titelwort(
        f"{ARTIKEL[genus]['nom']} {text}", f"{bei} {_dativ(text)}", {"m": "er", "f": "sie", "n": "es"}[genus]
    )


def _umschrieben(kopf: str, rest: str, genus: str, einheit: str, ist_anzahl: bool) -> Titelwort | None:
    """What names a thing and not its measure gets the measure: nobody writes 'die Grundsicherung lag bei 2 %'."""
    nomen, titel = kopf.split(" ")[-1], kopf + rest
    if kopf == "Bevölkerung" and ist_anzahl:
        return _mit(f"{kopf}szahl{rest}", genus)
    if einheit != "%" and not einheit.startswith("je "):
        return None
    if _ERSCHEINUNG.search(nomen):
        return _mit(f"Häufigkeit von {titel}", "f")
    if _LEISTUNG.search(nomen):
        return _mit(f"Inanspruchnahme {'der' if genus == 'f' else 'von'} {titel}", "f")
    if nomen.lower().endswith(("fläche", "pflege")) and einheit == "%":
        return _mit(f"Anteil der {titel}", "m")
    return None


def _klein(kopf: str, genus: str) -> str:
    """'Natürlicher Saldo' → 'natürliche Saldo' (behind an article); other titles stay."""
    *vorn, nomen = kopf.split(" ")
    endung = {"m": "er", "f": "e", "n": "es"}[genus]
    if not vorn or "und" in vorn or not all(w.endswith((endung, "ig", "lich", "isch")) for w in vorn):
        return kopf
    schwach = [f"{w[: len(w) - len(endung)]}e" if w.endswith(endung) else w for w in vorn]
    return " ".join([*(w[0].lower() + w[1:] for w in schwach), nomen])


def _dativ(text: str) -> str:
    """Adjectives that ``_klein`` put behind the article, and weak nouns: 'beim natürlichen Saldo', '… Quotienten'."""
    worte = text.split(" ")
    vorn = next((i for i, w in enumerate(worte) if not w[0].islower()), 0)
    if worte[vorn].endswith("quotient"):
        worte[vorn] += "en"
    return " ".join(f"{w}n" if i < vorn and w.endswith("e") else w for i, w in enumerate(worte))


def _mehrzahl(kopf: str, rest: str, einheit: str, ist_anzahl: bool) -> Titelwort:
    genitiv = _genitiv(kopf)
    if einheit == "%":
        return _mit(f"Anteil der {genitiv}{rest}", "m")
    if einheit.startswith("€"):
        return _mit(f"Höhe der {genitiv}{rest}", "f")
    if ist_anzahl or einheit.startswith("je "):
        return _mit(f"Zahl der {genitiv}{rest}", "f")
    return _mit(f"Wert der {genitiv}{rest}", "m")


def _genitiv(kopf: str) -> str:
    """'Ausschließlich geringfügig Beschäftigte' → 'ausschließlich geringfügig Beschäftigten' (behind 'der')."""
    *vorn, nomen = kopf.split(" ")
    if "und" in vorn:
        return " ".join(_schwach(w) if w[0].isupper() else w for w in (*vorn, nomen))
    klein = (w[0].lower() + w[1:] if w[1:].islower() else w for w in vorn)
    return " ".join([*(f"{w}n" if w.endswith("e") else w for w in klein), _schwach(nomen)])


def _schwach(nomen: str) -> str:
    """A noun that is declined like an adjective gets -n: 'Beschäftigte' → 'Beschäftigten', 'Haushalte' stays."""
    return f"{nomen}n" if _ADJEKTIVISCH.search(nomen) and not _HAUPTWORT.search(nomen) else nomen
