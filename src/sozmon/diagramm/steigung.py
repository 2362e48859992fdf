"""Slope chart: two times, one line per Raum, names and values at both ends."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from sozmon.diagramm import stil
from sozmon.diagramm.achse import abstand_halten
from sozmon.diagramm.modell import Angaben, Art, check_wert, gedruckt
from sozmon.zahlen import Zahl, format_zahl

if TYPE_CHECKING:
    from matplotlib.figure import Figure

PLOT_PT, ZEILE_PT = 190.0, 10.8


@dataclass(frozen=True, slots=True)
class Strecke:
    """One Raum at two times; ``vergleich`` is drawn grey (the Kreis)."""

    name: str
    anfang: float | None
    ende: float | None
    anfang_art: Art = "wert"
    ende_art: Art = "wert"
    vergleich: bool = False

    def __post_init__(self) -> None:
        check_wert(self.anfang, self.anfang_art, f"{self.name}, Anfang")
        check_wert(self.ende, self.ende_art, f"{self.name}, Ende")

    @property
    def ist_ganz(self) -> bool:
        """True when both ends are numbers."""
        return self.anfang is not None and self.ende is not None


def draw_steigung(strecken: Sequence[Strecke], zeiten: tuple[str, str], angaben: Angaben) -> Figure:
    """Lines between ``zeiten``; the scale is common, without zero: only the two ends are compared, and printed.

    A Raum without both numbers is named below. ValueError when a break lies between (nothing may be connected over it).
    """
    if angaben.brueche:
        raise ValueError("über einen Bruch wird keine Strecke gezeichnet")
    with stil.rc():
        return _Steigung(strecken, zeiten, angaben).zeichne()


class _Steigung:
    def __init__(self, strecken: Sequence[Strecke], zeiten: tuple[str, str], angaben: Angaben) -> None:
        self.angaben, self.zeiten = angaben, zeiten
        self.ganze = [s for s in strecken if s.ist_ganz]
        self.rest = [s for s in strecken if not s.ist_ganz]
        self.enden = [[self._wert(s.anfang) for s in self.ganze], [self._wert(s.ende) for s in self.ganze]]

    def _wert(self, wert: float | None) -> float:
        return gedruckt(wert or 0.0, self.angaben.nachkommastellen)

    def zeichne(self) -> Figure:
        breite = stil.nutzbreite(self.angaben.breite_cm)
        self.notiz = stil.umbrechen(self._notiz(), breite, 7.0, 4)
        self.fuss = 6.0 + (7.0 * stil.ZEILE * (self.notiz.count("\n") + 1) if self.notiz else 0.0)
        kopf = (15.0 if self.angaben.titel else 0.0) + 30.0
        self.plot = max(PLOT_PT, ZEILE_PT * len(self.ganze) + 12)
        self.blatt = stil.Blatt(self.angaben.breite_cm, kopf + self.plot + self.fuss)
        self.namen = [stil.umbrechen(s.name, breite * 0.27, stil.PT, 1, True) for s in self.ganze]
        self.zahlen = [[format_zahl(w, self.angaben.nachkommastellen) for w in e] for e in self.enden]
        rand = max((stil.textbreite(f"{n}  {z}", stil.PT, True) for n, z in self._paare()), default=40) + 10
        self.kanten = (rand, breite - rand)
        self._kopf()
        lagen = [self._lagen(e) for e in self.enden]
        for nr, strecke in enumerate(self.ganze):
            self._strecke(nr, strecke, (lagen[0][nr], lagen[1][nr]))
        if not self.ganze:
            text = "Für diese beiden Zeiten liegt kein Wertepaar vor."
            self.blatt.text(breite / 2, self.fuss + self.plot / 2, text, ha="center")
        if self.notiz:
            self.blatt.text(0, 2, self.notiz, pt=7.0, farbe=stil.NEBENTEXT, va="bottom")
        return self.blatt.fig

    def _paare(self) -> list[tuple[str, str]]:
        return [(n, z) for seite in self.zahlen for n, z in zip(self.namen, seite, strict=True)]

    def _kopf(self) -> None:
        oben = self.blatt.hoehe
        if self.angaben.titel:
            self.blatt.text(0, oben - 11, self.angaben.titel, pt=stil.PT_TITEL, fett=True)
            oben -= 15
        self.blatt.text(0, oben - 8, stil.einheit_text(self.angaben.einheit), pt=stil.PT_KLEIN, farbe=stil.NEBENTEXT)
        for x, zeit, ha in zip(self.kanten, self.zeiten, ("right", "left"), strict=True):
            self.blatt.text(x, oben - 22, zeit, fett=True, ha=ha)
            self.blatt.strich((x, x), (self.fuss, oben - 28), color=stil.ACHSE, linewidth=0.8, zorder=1)

    def _y(self, wert: float) -> float:
        alle = [w for e in self.enden for w in e]
        klein, gross = min(alle), max(alle)
        anteil = (wert - klein) / (gross - klein) if gross > klein else 0.5
        return self.fuss + 8 + anteil * (self.plot - 18)

    def _lagen(self, werte: Sequence[float]) -> list[float]:
        hoehen = [ZEILE_PT] * len(werte)
        return abstand_halten([self._y(w) for w in werte], hoehen, self.fuss, self.fuss + self.plot)

    def _strecke(self, nr: int, s: Strecke, lagen: tuple[float, float]) -> None:
        farbe = stil.GRAU[0] if s.vergleich else stil.BLAU
        y = tuple(self._y(e[nr]) for e in self.enden)
        art = {"linestyle": stil.GRAUSTRICHE[0]} if s.vergleich else {}
        self.blatt.strich(self.kanten, y, color=farbe, linewidth=1.4, marker="o", markersize=4, zorder=4, **art)
        for seite, (x, ha, weg) in enumerate(((self.kanten[0], "right", -1), (self.kanten[1], "left", 1))):
            name, zahl = self.namen[nr], self.zahlen[seite][nr]
            text = f"{name}  {zahl}" if seite == 0 else f"{zahl}  {name}"
            self.blatt.text(x + weg * 9, lagen[seite], text, ha=ha, va="center_baseline", farbe=farbe, fett=s.vergleich)
            if abs(lagen[seite] - y[seite]) > 2.5:
                self.blatt.strich((x + weg * 3, x + weg * 8), (y[seite], lagen[seite]), color=farbe, linewidth=0.5)

    def _notiz(self) -> str:
        if not self.rest:
            return ""
        return f"Ohne Wertepaar (fehlend oder nicht freigegeben): {', '.join(s.name for s in self.rest)}."


def daten_steigung(
    strecken: Sequence[Strecke], zeiten: tuple[str, str], angaben: Angaben
) -> tuple[tuple[str, ...], ...]:
    """The drawn values as a table."""
    zeichen = {"geheim": "•", "fehlt": "k. A.", "unsicher": "/", "wert": ""}

    def text(wert: float | None, art: Art) -> str:
        return Zahl(format_zahl(wert, angaben.nachkommastellen), wert) if wert is not None else zeichen[art]

    rumpf = ((s.name, text(s.anfang, s.anfang_art), text(s.ende, s.ende_art)) for s in strecken)
    return (("Raum", *zeiten), *rumpf)
