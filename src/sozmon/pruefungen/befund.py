"""One finding of a check, and how many of them become one Meldung."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from sozmon.model import Fundstelle, Meldung, Stufe
from sozmon.zahlen import format_datum, format_zahl

KLEINE_ZAHL = 10
"""Below this a Meldung does not print a value: no message carries the value of a small cell."""


@dataclass(frozen=True, slots=True)
class Befund:
    """One finding about ``raum_id`` ('' = the whole table). Of a group (merkmal, art) the one with the greatest
    ``gewicht`` is told, of another Kreis (``fern``) only when there is no other; the rest are counted."""

    kennung: str
    stufe: Stufe
    merkmal: str
    art: str
    zeit: str
    text: str
    gewicht: float = 0.0
    fundstelle: Fundstelle = field(default_factory=Fundstelle)
    abhilfe: str = ""
    raum_id: str = ""
    fern: bool = False


def build_meldungen(befunde: Iterable[Befund], *, alle: bool = False) -> list[Meldung]:
    """One Meldung per kind of finding and Merkmal, with the heaviest as its example; ``alle``: one per finding."""
    if alle:
        return [Meldung(b.kennung, b.stufe, b.text, b.fundstelle, b.abhilfe) for b in befunde]
    gruppen: dict[tuple[str, Stufe, str, str], list[Befund]] = defaultdict(list)
    for b in befunde:
        gruppen[b.kennung, b.stufe, b.merkmal, b.art].append(b)
    return [_melde(gruppe) for gruppe in gruppen.values()]


def _melde(gruppe: Sequence[Befund]) -> Meldung:
    b = max(gruppe, key=lambda b: (not b.fern, b.gewicht))
    return Meldung(b.kennung, b.stufe, b.text + _weitere(gruppe), b.fundstelle, b.abhilfe, len(gruppe))


def _weitere(gruppe: Sequence[Befund]) -> str:
    """' Dasselbe in 12 weiteren Fällen (2011 bis 2024).'"""
    if len(gruppe) == 1:
        return ""
    jahre = sorted({b.zeit[:4] for b in gruppe})
    spanne = f" ({jahre[0]} bis {jahre[-1]})" if len(jahre) > 1 else ""
    wie = "einem weiteren Fall" if len(gruppe) == 2 else f"{len(gruppe) - 1} weiteren Fällen"
    return f" Ähnlich in {wie}{spanne}; alle zeigt sozmon -v pruefen."


def zahl(wert: float) -> str:
    """A number of a Meldung: whole where it is whole."""
    return format_zahl(wert, 0 if float(wert).is_integer() else 2)


def mit_vorzeichen(wert: float) -> str:
    """'+36' or '−36'."""
    return f"{'+' if wert > 0 else '−'}{zahl(abs(wert))}"


def zeitname(zeit: str) -> str:
    """'31.12.2021' for a day, else the time as it is stored."""
    return format_datum(zeit) if len(zeit) == 10 else zeit


def aufzaehlung(worte: Sequence[str], hoechstens: int = 5) -> str:
    """'a, b und 4 weitere'."""
    if len(worte) <= hoechstens:
        return ", ".join(worte[:-1]) + (" und " if len(worte) > 1 else "") + worte[-1]
    return f"{', '.join(worte[:hoechstens])} und {len(worte) - hoechstens} weitere"


def stelle(text: str, datei: str = "") -> Fundstelle:
    """Stored address ('Daten!K57') as Fundstelle."""
    blatt, trenner, zelle = text.rpartition("!")
    return Fundstelle(datei, blatt if trenner else "", zelle)
