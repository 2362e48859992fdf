"""Numbers that people typed into their texts by hand: nobody updates them, so they are listed."""

from __future__ import annotations

import re
from dataclasses import dataclass

from sozmon.model import Fundstelle, Meldung, Stufe

_AUFRUF = re.compile(r"\{\{.*?\}\}", re.DOTALL)
_UNBETEILIGT = re.compile(
    r"""
      https?://\S+ | \S+@\S+ | \[\^[^\]]*\] | \]\([^)]*\)            # addresses, footnote marks, link targets
    | (?:§§?|Art\.|Artikel|Absatz|Abs\.|Satz|Nr\.|Nummer|Kapitel|Abschnitt|Tabelle|Abbildung|Seite|S\.|Anlage|Punkt)
      \s*\d[\d.–-]*(?:\s*(?:,|und|bis|–)\s*\d+)*[a-z]?              # paragraphs, references
    | \bSGB\s*[IVX\d]+ | \b[A-ZÄÖÜ]\w*-\d+\b                         # law books, names with numbers
    | \b\d{1,2}\.\s?\d{1,2}\.(?:\s?\d{2,4})?                         # 31.12.2024
    | \b\d{1,2}\.\s(?:Januar|Februar|März|April|Mai|Juni|Juli|August|September|Oktober|November|Dezember)(?:\s\d{4})?
    | \b(?:19|20)\d{2}/\d{2,4}\b                                     # school years
    | \b(?:\+49|0)[\d\s/–-]{6,}\d                                    # telephone
    | \b\d{5}\s+[A-ZÄÖÜ]\w+                                          # postcode and place
    | \b\d{1,2}:\d{2}\b(?:\sUhr)? | \b\d{1,2}\sUhr\b                 # times of day
    | ^\s*\d{1,3}[.)]\s                                              # list numbers
    | \b\d{1,3}\.(?=\s[A-ZÄÖÜ]?\w)                                   # ordinals: 2. Bericht
    """,
    re.VERBOSE | re.MULTILINE,
)
_ZAHL = re.compile(
    r"(?<![\w.,])[+−-]?(?:\d{1,3}(?:[.\u202f\u00a0]\d{3})+|\d+)(?:,\d+)?"
    r"(?P<einheit>[\s\u00a0\u202f]?(?:%|‰|Prozentpunkten?|Prozent\b|Promille|€|Euro\b|Tsd\.|Tausend\b|Mio\.|Millionen?\b|je\b|von\b))?"
)
_JAHR = re.compile(r"(?:19|20)\d{2}\Z")
_ALTER = re.compile(
    r"\b(?:unter|ab|über|bis|zwischen|und|bis unter|von)\s\Z"
    r"|\A[\s\u00a0]?(?:-[Jj]ährig|Jahren?\b|Monaten?\b|Stunden?\b|Tagen?\b)"
)
KLEIN_BIS = 12
"""Counts up to twelve are ordinary words in a sentence."""


@dataclass(frozen=True, slots=True)
class Fund:
    """A number typed by hand: line (from 1), the number with its unit, the words around it."""

    zeile: int
    zahl: str
    umgebung: str


def find_zahlen(text: str) -> list[Fund]:
    """Numbers outside calls that look like statistics: with a unit, decimals or thousands, or counts above twelve.

    Not years, dates, ages and durations, paragraphs of law, references, ordinals, telephone numbers, addresses.
    """

    def leer(treffer: re.Match[str]) -> str:
        return re.sub(r"[^\n]", "·", treffer[0])

    offen = _UNBETEILIGT.sub(leer, _AUFRUF.sub(leer, text))
    funde = []
    for treffer in _ZAHL.finditer(offen):
        if not _ist_statistik(treffer, offen):
            continue
        zeile = text.count("\n", 0, treffer.start()) + 1
        ganze = text.split("\n")[zeile - 1]
        stelle = treffer.start() - (text.rfind("\n", 0, treffer.start()) + 1)
        umgebung = ganze[max(0, stelle - 30) : stelle + len(treffer[0]) + 30].strip()
        funde.append(Fund(zeile, treffer[0].strip(), umgebung))
    return funde


def _ist_statistik(treffer: re.Match[str], text: str) -> bool:
    zahl = treffer[0].removesuffix(treffer["einheit"] or "").strip()
    if treffer["einheit"] or "," in zahl or re.search(r"\d[.\u202f\u00a0]\d{3}", zahl):
        return True
    if _JAHR.match(zahl):
        return False
    vorn, hinten = text[max(0, treffer.start() - 12) : treffer.start()], text[treffer.end() : treffer.end() + 14]
    if _ALTER.search(vorn) or _ALTER.match(hinten):
        return False
    return int(re.sub(r"\D", "", zahl)) > KLEIN_BIS


def check_zahlen(ort: str, text: str) -> list[Meldung]:
    """One Meldung per number typed by hand."""
    hilfe = 'Als Aufruf schreiben, dann stimmt die Zahl auch im nächsten Jahr: {{ wert("…") }}'
    return [
        Meldung(
            "zahl_von_hand",
            Stufe.INFO,
            f"Von Hand getippte Zahl „{f.zahl}“: … {f.umgebung} …",
            Fundstelle(ort, "", f"Zeile {f.zeile}"),
            hilfe,
        )
        for f in find_zahlen(text)
    ]
