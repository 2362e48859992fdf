"""Population pyramid from age groups of unequal width: the area of a bar is its number of people."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from sozmon.diagramm import stil
from sozmon.diagramm.achse import compute_werteachse
from sozmon.diagramm.modell import Angaben
from sozmon.zahlen import Zahl, format_zahl

if TYPE_CHECKING:
    from matplotlib.figure import Figure

JAHR_PT, MITTE_PT = 2.5, 40.0
OFFEN_BIS = 95
"""An open last group is drawn up to this age: wide enough for nearly all of its people; the chart says so."""


@dataclass(frozen=True, slots=True)
class Altersgruppe:
    """People from ``von`` to below ``bis`` (None = open); None = hidden. ``frueher``: (men, women) at another time."""

    von: int
    bis: int | None
    maenner: float | None
    frauen: float | None
    frueher: tuple[float | None, float | None] = (None, None)

    @property
    def ende(self) -> int:
        """Upper age as drawn."""
        return self.bis if self.bis is not None else max(OFFEN_BIS, self.von + 5)

    @property
    def name(self) -> str:
        """'3 bis unter 6', '75 und älter', 'unter 3'."""
        if self.bis is None:
            return f"{self.von} und älter"
        return f"unter {self.bis}" if self.von == 0 else f"{self.von} bis unter {self.bis}"

    def dichte(self, personen: float) -> float:
        """People per year of age."""
        return personen / (self.ende - self.von)


def draw_pyramide(gruppen: Sequence[Altersgruppe], zeiten: tuple[str, str], angaben: Angaben) -> Figure:
    """Men left, women right, per year of age; ``zeiten`` = (time of the bars, time of the outline or '')."""
    with stil.rc():
        return _Pyramide(gruppen, zeiten, angaben).zeichne()


class _Pyramide:
    def __init__(self, gruppen: Sequence[Altersgruppe], zeiten: tuple[str, str], angaben: Angaben) -> None:
        self.gruppen, self.zeiten, self.angaben = sorted(gruppen, key=lambda g: g.von), zeiten, angaben
        alle = [
            g.dichte(w)
            for g in gruppen
            for w in (g.maenner, g.frauen, *(g.frueher if zeiten[1] else ()))
            if w is not None
        ]
        self.achse = compute_werteachse([round(w, 6) for w in alle], 0, ab_null=True, anzahl=4)
        self.verborgen = any(w is None for g in gruppen for w in (g.maenner, g.frauen))

    def zeichne(self) -> Figure:
        breite = stil.nutzbreite(self.angaben.breite_cm)
        self.notiz = stil.umbrechen(self._notiz(), breite, 7.0, 4)
        self.fuss = 26.0 + 7.0 * stil.ZEILE * (self.notiz.count("\n") + 1)
        kopf = (15.0 if self.angaben.titel else 0.0) + 30.0
        self.alter = max((g.ende for g in self.gruppen), default=OFFEN_BIS)
        self.blatt = stil.Blatt(self.angaben.breite_cm, kopf + self.fuss + self.alter * JAHR_PT)
        self.mitten = (breite / 2 - MITTE_PT / 2, breite / 2 + MITTE_PT / 2)
        self.halb = breite / 2 - MITTE_PT / 2 - 14
        self._kopf()
        self._gitter()
        for seite in (0, 1):
            for g in self.gruppen:
                self._balken(g, seite)
            if self.zeiten[1]:
                self._umriss(seite)
        self.blatt.text(0, 2, self.notiz, pt=7.0, farbe=stil.NEBENTEXT, va="bottom")
        return self.blatt.fig

    def _x(self, seite: int, dichte: float) -> float:
        laenge = dichte / self.achse.oben * self.halb
        return self.mitten[0] - laenge if seite == 0 else self.mitten[1] + laenge

    def _y(self, alter: float) -> float:
        return self.fuss + alter * JAHR_PT

    def _kopf(self) -> None:
        oben = self.blatt.hoehe
        if self.angaben.titel:
            self.blatt.text(0, oben - 11, self.angaben.titel, pt=stil.PT_TITEL, fett=True)
            oben -= 15
        self.blatt.text(self.mitten[0], oben - 24, "Männer", fett=True, ha="right")
        self.blatt.text(self.mitten[1], oben - 24, "Frauen", fett=True)
        self.blatt.text(sum(self.mitten) / 2, oben - 24, "Alter", pt=stil.PT_KLEIN, ha="center", farbe=stil.NEBENTEXT)
        self.blatt.flaeche(0, oben - 10, 9, 7, facecolor=stil.BALKEN)
        self.blatt.text(13, oben - 9.5, self.zeiten[0], pt=stil.PT_KLEIN)
        if self.zeiten[1]:
            x = 13 + stil.textbreite(self.zeiten[0], stil.PT_KLEIN) + 14
            self.blatt.strich((x, x + 12), (oben - 6.5, oben - 6.5), color=stil.TEXT, linewidth=1.1)
            self.blatt.text(x + 16, oben - 9.5, f"{self.zeiten[1]} (Umriss)", pt=stil.PT_KLEIN)

    def _gitter(self) -> None:
        oben = self._y(self.alter)
        for seite in (0, 1):
            for wert in self.achse.striche:
                x = self._x(seite, wert)
                self.blatt.strich((x, x), (self.fuss, oben), color=stil.GITTER, linewidth=0.7, zorder=1)
                if wert or seite == 0:
                    text = self.achse.text(wert) if wert else "0"
                    self.blatt.text(x, self.fuss - 10, text, pt=stil.PT_KLEIN, ha="center", farbe=stil.NEBENTEXT)
        for alter in range(0, self.alter + 1, 10):
            art = {"pt": stil.PT_KLEIN, "ha": "center", "va": "center_baseline", "farbe": stil.NEBENTEXT}
            self.blatt.text(sum(self.mitten) / 2, self._y(alter), str(alter), **art)
        text = "Personen je Altersjahr"
        self.blatt.text(
            self.blatt.breite / 2, self.fuss - 21, text, pt=stil.PT_KLEIN, ha="center", farbe=stil.NEBENTEXT
        )

    def _balken(self, g: Altersgruppe, seite: int) -> None:
        wert = (g.maenner, g.frauen)[seite]
        y, hoehe = self._y(g.von), (g.ende - g.von) * JAHR_PT
        if wert is None:
            x = self.mitten[seite] - (14 if seite == 0 else 0)
            self.blatt.schraffur(x, y, 14, hoehe)
            return
        x = self._x(seite, g.dichte(wert))
        links = min(x, self.mitten[seite])
        rand = {"facecolor": stil.BALKEN, "edgecolor": "white", "linewidth": 0.7}
        self.blatt.flaeche(links, y, abs(x - self.mitten[seite]), hoehe, **rand)

    def _umriss(self, seite: int) -> None:
        """The other time as an outline, interrupted where it is hidden."""
        x: list[float] = []
        y: list[float] = []
        for g in [*self.gruppen, None]:
            wert = g.frueher[seite] if g is not None else None
            if g is None or wert is None:
                if x:
                    self.blatt.strich(x, y, color=stil.TEXT, linewidth=1.1, zorder=5)
                x, y = [], []
                continue
            rand = self._x(seite, g.dichte(wert))
            x += [rand, rand]
            y += [self._y(g.von), self._y(g.ende)]

    def _notiz(self) -> str:
        teile = ["Die Fläche eines Balkens entspricht der Zahl der Personen."]
        offen = next((g for g in self.gruppen if g.bis is None), None)
        if offen is not None:
            teile.append(f"Die Gruppe „{offen.name}“ ist bis {offen.ende} Jahre gezeichnet.")
        if self.verborgen:
            teile.append("Schraffiert: Wert unbekannt, geheim zu halten oder nicht freigegeben.")
        return " ".join(teile)


def daten_pyramide(gruppen: Sequence[Altersgruppe], zeiten: tuple[str, str]) -> tuple[tuple[str, ...], ...]:
    """The people behind the bars as a table."""

    def text(wert: float | None) -> str:
        return Zahl(format_zahl(wert, 0), wert) if wert is not None else "•"

    zweite = (f"Männer {zeiten[1]}", f"Frauen {zeiten[1]}") if zeiten[1] else ()
    kopf = ("Alter in Jahren", f"Männer {zeiten[0]}", f"Frauen {zeiten[0]}", *zweite)
    rumpf = (
        (g.name, text(g.maenner), text(g.frauen), *(map(text, g.frueher) if zeiten[1] else ()))
        for g in sorted(gruppen, key=lambda g: g.von)
    )
    return (kopf, *rumpf)
