"""Which Merkmale of the catalogue a head may mean: by likeness of the words. A proposal, never an answer."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable
from difflib import SequenceMatcher
from typing import NamedTuple

from sozmon.model import Merkmal

AEHNLICH = 0.42
_LEER = frozenset(
    re.findall(
        r"\w+",
        "anzahl personen insgesamt gesamt zusammen darunter davon und der die das den des dem im in am an mit von je "
        "nach absolut zahl werte gesamtzahl darin zum gültig gültige gültigen ungültige ungültigen",
    )
)
_ANTEIL = re.compile(r"%|prozent|\banteil|quote\b|quote$|\bje 1?\.?0|je hundert|je einwohner|durchschnittsalter", re.I)


_EINHEITEN = (
    (
        re.compile(
            r"\bin (?:1[ .\u00a0]?000|Tausend|Tsd\b)|\bTsd\.|\bTausend (?:Personen|Einw|Euro)|\bT(?:€|EUR\b)", re.I
        ),
        1000,
    ),
    (re.compile(r"\bin (?:Mio\b|Millionen)|\bMio\.|\bMill\.", re.I), 1_000_000),
)
"""Words that say that a number stands for more, and for how much."""


class Kandidat(NamedTuple):
    """``guete`` 0..1; 1 = the head is the title."""

    merkmal: Merkmal
    guete: float


def faktor(texte: Iterable[str]) -> tuple[int, str]:
    """(1000, 'in Tausend') when one of the texts says so; (1, '') else."""
    for text in texte:
        for muster, mal in _EINHEITEN:
            if treffer := muster.search(text):
                return mal, treffer[0]
    return 1, ""


def ist_anteil(kopf: str) -> bool:
    """A column of shares or rates: sozmon computes them itself from Zähler and Nenner."""
    return _ANTEIL.search(kopf) is not None


def kandidaten(
    text: str, merkmale: Iterable[Merkmal], dimensionen: Collection[str] = (), umgebung: str = ""
) -> list[Kandidat]:
    """Up to three Merkmale, the likeliest first; those without the needed dimensions count half.

    ``umgebung``: title of the table; used alone when the head says nothing, else to tell equals apart.
    """
    gefunden = []
    for merkmal in merkmale:
        guete = aehnlichkeit(text if _worte(text) else umgebung, merkmal)
        if _worte(text) and umgebung:
            guete = max(guete, 0.9 * guete + 0.1 * aehnlichkeit(umgebung, merkmal))
        if not set(dimensionen) <= set(merkmal.dimensionen):
            guete *= 0.6
        if guete >= AEHNLICH:
            gefunden.append(Kandidat(merkmal, min(guete, 1.0)))
    return sorted(gefunden, key=lambda k: (-k.guete, k.merkmal.kennung))[:3]


def unverkennbar(text: str, liste: list[Kandidat], dimensionen: Collection[str] = ()) -> str:
    """The kennung when the head is exactly the title of one Merkmal that allows the dimensions; else ''."""
    genau = [k.merkmal for k in liste if _worte(text) and _worte(text) == _worte(k.merkmal.titel)]
    return genau[0].kennung if len(genau) == 1 and set(dimensionen) <= set(genau[0].dimensionen) else ""


def aehnlichkeit(text: str, merkmal: Merkmal) -> float:
    """Share of common words (by their beginnings), or likeness of the letters."""
    a, b = _worte(text), _worte(merkmal.titel)
    if not a or not b:
        return 0.0
    gemeinsam = sum(any(_verwandt(x, y) for y in b) for x in a) + sum(any(_verwandt(x, y) for x in a) for y in b)
    buchstaben = SequenceMatcher(None, " ".join(a), " ".join(b)).ratio()
    return max(gemeinsam / (len(a) + len(b)), 0.9 * buchstaben if buchstaben > 0.6 else 0.0)


def _worte(text: str) -> list[str]:
    return [w for w in re.findall(r"[^\W\d]+|\d+", text.casefold()) if w not in _LEER]


def _verwandt(a: str, b: str) -> bool:
    """Same beginning: 'Arbeitslose' and 'Arbeitslosen', 'Wohngeld' and 'Wohngeldhaushalte'."""
    gleich = next((i for i, (x, y) in enumerate(zip(a, b, strict=False)) if x != y), min(len(a), len(b)))
    return a == b or (gleich >= 5 and gleich >= 0.75 * min(len(a), len(b), 12))
