"""What the charts of many values share: signs in place of numbers, times as text, breaks inside the shown time."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from sozmon.diagramm.modell import Art, Punkt
from sozmon.model import ZEICHEN_BEDEUTUNG
from sozmon.zahlen import Zahl, format_zahl

Tabelle = tuple[tuple[str, ...], ...]
"""The drawn values as rows of texts; the first row is the head."""
NOTIZ_PT = 7.0
GEHEIM, UNSICHER, FEHLT = "•", "/", "k. A."
VERBORGEN_TEXT = "• (schraffiert): Wert unbekannt, geheim zu halten oder nicht freigegeben."


def wert_text(wert: float | None, art: Art, stellen: int, zeichen: str = "") -> str:
    """The number in German, in brackets when uncertain, or the sign in its place (``zeichen``: for a missing one)."""
    if wert is None:
        return {"geheim": GEHEIM, "unsicher": UNSICHER}.get(art, zeichen or FEHLT)
    zahl = format_zahl(wert, stellen)
    return f"({zahl})" if art == "unsicher" else Zahl(zahl, wert)


def zeichenerklaerung(texte: Iterable[str]) -> list[str]:
    """What the signs among these cell texts mean, each once, in the order of the list of signs."""
    gesehen = set(texte)
    teile = [f"{z}\u00a0{b}" for z, b in ZEICHEN_BEDEUTUNG.items() if z in gesehen]
    return [*teile, "(Zahl) nicht sicher genug"] if any(t.startswith("(") for t in gesehen) else teile


def zeit_text(jahr: float) -> str:
    """2021 → '2021', 2021.5 → '07/2021': a place on the time axis as a reader knows it."""
    monat = round((jahr - int(jahr)) * 12)
    return f"{monat + 1:02d}/{int(jahr)}" if monat else str(int(jahr))


def innere_brueche(zeiten: Sequence[float], brueche: Sequence[tuple[float, str]]) -> list[tuple[float, str]]:
    """Declared breaks that have a shown time before and after them, in order, each once."""
    if not zeiten:
        return []
    return [(ab, grund) for ab, grund in sorted(set(brueche)) if min(zeiten) < ab <= max(zeiten)]


def bruchnotiz(zeiten: Sequence[float], brueche: Sequence[tuple[float, str]]) -> list[str]:
    """One sentence about the breaks inside the shown time; none without a break."""
    liste = "; ".join(f"ab {zeit_text(ab)}: {grund}" for ab, grund in innere_brueche(zeiten, brueche))
    satz = f"Gestrichelte Senkrechte: Bruch der Reihe ({liste}); Werte davor und danach sind nicht vergleichbar."
    return [satz] if liste else []


def letzter_wert(punkte: Sequence[Punkt]) -> Punkt | None:
    """The latest point that has a number."""
    return max((p for p in punkte if p.wert is not None), key=lambda p: p.jahr, default=None)
