"""What the rows around a table tell: time of the values, Stand, title, publisher, and texts to recognise it by."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from sozmon.entwurf.toml import muster_aus
from sozmon.quellen.zeiten import parse_stand, parse_zeit

_MONATE = "(?:Januar|Februar|März|April|Mai|Juni|Juli|August|September|Oktober|November|Dezember)"
_DATUM = rf"\d{{1,2}}\.\s?\d{{1,2}}\.\s?\d{{4}}|\d{{4}}-\d{{2}}-\d{{2}}|\d{{1,2}}\.\s?{_MONATE}\s\d{{4}}"
_MONAT = rf"{_MONATE}\s\d{{4}}"
_SCHULJAHR = r"\d{4}/\d{4}|\d{4}/\d{2}"
_JAHR = r"(?:19|20)\d{2}"
ZEITEN: tuple[tuple[str, str, str], ...] = (
    (_DATUM, "stichtag", r"\d{1,2}\.\s?\d{1,2}\.\s?\d{4}"),
    (_SCHULJAHR, "schuljahr", r"\d{4}/\d{2,4}"),
    (rf"[1-4]\. Quartal {_JAHR}", "quartal", r"[1-4]\. Quartal \d{4}"),
    (_MONAT, "monat", r"[A-Za-zä]+ \d{4}"),
    (_JAHR, "jahr", r"\d{4}"),
)
"""Time in a text: what to look for, its zeitart, what finds the same next year."""
_STAND = re.compile(rf"\b(?:Daten|Berichts|Bearbeitungs)?[Ss]tand(?: der Daten)?(?: vom)?:? ?({_DATUM}|{_MONAT})")
_ERSTELLT = re.compile(
    r"\b(?:[Ee]rstell(?:ungsdatum|t am|t)|[Aa]bruf(?:datum| am)?|[Aa]bgerufen(?: am)?|[Aa]uswertung vom|"
    rf"[Ss]tand der [^\W\d]+):? ?({_DATUM})"
)
_WORTE: tuple[tuple[str, str], ...] = (
    (r"jahres(durchschnitt|mittel)|durchschnitt", "jahresmittel"),
    (r"schuljahr", "schuljahr"),
    (r"stichtag|\bzum\b|\bam\b", "stichtag"),
    (r"wahl", "wahltag"),
    (r"jahr", "jahr"),
    (r"monat", "monat"),
    (r"quartal", "quartal"),
)
_HERAUSGEBER = re.compile(r"^(?:©|\(c\)|\(C\)|Quelle:|Herausgeber:|Datenquelle:)\s*(.{3,120})$")

_HAENGT = re.compile(r"[\s,:;(–-]+(am|im|zum|vom|der|den|dem|des|und|in|von|für|stand|jahr|jeweils)?$", re.I)


@dataclass(frozen=True, slots=True)
class Zeitfund:
    """A time in a text: ``muster`` finds the same text next year; ``sicher``: a word names the zeitart."""

    zeit: str
    zeitart: str
    muster: str
    sicher: bool
    text: str


def nennt_stand(text: str) -> bool:
    """Does the text say when the data were drawn up?"""
    return any(muster.search(text) for muster in (_STAND, _ERSTELLT))


def finde_stand(texte: Sequence[str]) -> tuple[str, str]:
    """(date as ISO, pattern) of the Stand that the file itself names; ('', '') when it names none."""
    for muster in (_STAND, _ERSTELLT):
        for text in texte:
            if not (treffer := muster.search(text)):
                continue
            try:
                stand = parse_stand(treffer[1])
            except ValueError:
                continue
            vorn = treffer[0][: treffer.start(1) - treffer.start()].rstrip()
            return stand, rf"{muster_aus(vorn)}\s*({_wie(treffer[1])})"
    return "", ""


def _wie(text: str) -> str:
    """The pattern for another time written like this one."""
    if re.fullmatch(r"\d{4}-\d{2}-\d{2}", text):
        return r"\d{4}-\d{2}-\d{2}"
    if re.fullmatch(r"\d{1,2}\..*[a-zä]{3}.*", text):
        return r"\d{1,2}\.\s?[A-Za-zä]+\s\d{4}"
    return next((muster for suche, _, muster in ZEITEN if re.fullmatch(suche, text)), r"\d{4}")


def finde_zeiten(texte: Sequence[str]) -> list[Zeitfund]:
    """Times in the rows above the table, those that a word explains first; the Stand is none of them."""
    funde = [f for text in texte for f in _zeiten(_STAND.sub("", _ERSTELLT.sub("", text)), text)]
    passende = [f for f in funde if _zuerst(f, texte)]
    return sorted(dict.fromkeys(passende), key=lambda f: not f.sicher)


def _zeiten(rest: str, text: str) -> Iterable[Zeitfund]:
    for suche, form, _ in ZEITEN:  # noqa: B007 (used below)
        if treffer := re.search(rf"(?<![\d.])(?:{suche})(?![\d/])", rest):
            break
    else:
        return
    try:
        zeit = parse_zeit(" ".join(treffer[0].split()))
    except ValueError:
        return
    davor = rest[: treffer.start()]
    # the word next to the time explains it; a word of the title only when no nearer one does
    nah = [(m.start(), a) for wort, a in _WORTE for m in re.finditer(wort, davor, re.I) if _vertraegt(form, a)]
    zeitart = max(nah)[1] if nah else form
    worte = re.search(r"(?:[^\W\d][\w\-]*[ :,]*){0,3}$", davor)
    vorn = worte[0] if worte else ""
    muster = rf"{muster_aus(vorn.rstrip())}{chr(92) + 's*' if vorn else ''}({_wie(treffer[0])})"
    sicher = bool(nah) or form in ("schuljahr", "monat", "quartal")
    yield Zeitfund(zeit.zeit, zeitart, muster, sicher, text)


def _vertraegt(gefunden: str, wort: str) -> bool:
    """May a time of this shape be what the word says?"""
    return {
        "stichtag": wort in ("stichtag", "wahltag"),
        "jahr": wort in ("jahr", "jahresmittel", "schuljahr"),
    }.get(gefunden, wort == gefunden)


def _zuerst(fund: Zeitfund, texte: Sequence[str]) -> bool:
    """Does the pattern find this time first when the import looks through all texts?"""
    for text in texte:
        if re.search(fund.muster, text):
            return text == fund.text
    return False


def finde_herausgeber(texte: Iterable[str]) -> str:
    """Who publishes, from a line like '© Statistisches Landesamt …'."""
    for text in texte:
        if treffer := _HERAUSGEBER.match(text.strip()):
            kern = re.split(r",? ?(?:Stand|\d{4}|Erstell)", treffer[1])[0].strip(" ,;.|")
            if re.search(r"[^\W\d]{3}", kern):
                return kern
    return ""


def ohne_zeit(text: str) -> str:
    """The text up to its first digit or date, without words that dangle: what stays the same next year."""
    vorn = re.split(rf"\d|\b{_MONATE}\b", text)[0].rstrip()
    while treffer := re.search(
        r"[\s,:;(–-]+(am|im|zum|vom|der|den|dem|des|und|in|von|für|stand|jahr|jeweils)?$", vorn, re.I
    ):
        vorn = vorn[: treffer.start()]
    return vorn
