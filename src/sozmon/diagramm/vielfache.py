"""Small multiples: one small line chart per Raum on the same axes, the reference in grey in every one."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from sozmon.diagramm import stil
from sozmon.diagramm.achse import compute_werteachse
from sozmon.diagramm.modell import Angaben, Punkt, Reihe, gedruckt
from sozmon.diagramm.reihen import abschnitte, bruchstellen, rhythmus, zeitspanne
from sozmon.zahlen import Zahl, format_zahl

if TYPE_CHECKING:
    from matplotlib.figure import Figure

HOECHSTENS = 12
"""Panels of one sheet; the caller makes another sheet for more."""
PLOT_PT, TITEL_PT, JAHRE_PT, SPALT_PT = 56.0, 14.0, 13.0, 12.0
NOTIZ_PT = 7.0


def draw_vielfache(reihen: Sequence[Reihe], vergleich: Reihe, angaben: Angaben) -> Figure:
    """One panel per series in the given order. ValueError for more than ``HOECHSTENS``."""
    if not 0 < len(reihen) <= HOECHSTENS:
        raise ValueError(f"{len(reihen)} Felder passen nicht auf ein Blatt")
    with stil.rc():
        return _Vielfache(reihen, vergleich, angaben).zeichne()


class _Vielfache:
    def __init__(self, reihen: Sequence[Reihe], vergleich: Reihe, angaben: Angaben) -> None:
        self.reihen, self.vergleich, self.angaben = list(reihen), vergleich, angaben
        alle = [*self.reihen, vergleich]
        self.abstand = rhythmus(alle)
        self.teile = [abschnitte(r, angaben.brueche, self.abstand) for r in alle]
        stellen = angaben.nachkommastellen
        self.werte = [gedruckt(p.wert or 0.0, stellen) for t in self.teile for a in t for p in a]
        self.achse = compute_werteachse(self.werte, stellen, anzahl=3)
        self.brueche = bruchstellen(alle, angaben.brueche)
        self.von, self.bis = zeitspanne(alle)
        self.spalten = min(len(self.reihen), 2 if angaben.breite_cm < 13 else 3 if len(self.reihen) <= 9 else 4)

    def zeichne(self) -> Figure:
        breite = stil.nutzbreite(self.angaben.breite_cm)
        self.zeilen = -(-len(self.reihen) // self.spalten)
        self.notiz = stil.umbrechen(" ".join(self._notizen()), breite, NOTIZ_PT, 4)
        fuss = NOTIZ_PT * stil.ZEILE * (self.notiz.count("\n") + 1) + 4 if self.notiz else 0.0
        kopf = (15.0 if self.angaben.titel else 0.0) + 28.0
        self.namen = [stil.umbrechen(r.name, self._feldbreite(breite) - 2, stil.PT, 2, True) for r in self.reihen]
        self.titelhoehe = TITEL_PT + (stil.PT * stil.ZEILE if any("\n" in n for n in self.namen) else 0.0)
        feld = self.titelhoehe + PLOT_PT + JAHRE_PT
        hoehe = kopf + self.zeilen * feld + (self.zeilen - 1) * 6 + fuss
        self.blatt = stil.Blatt(self.angaben.breite_cm, hoehe)
        self._kopf()
        for nr in range(len(self.reihen)):
            spalte, zeile = nr % self.spalten, nr // self.spalten
            self.links = self._rand() + spalte * (self._feldbreite(breite) + SPALT_PT)
            self.rechts = self.links + self._feldbreite(breite)
            self.unten = hoehe - kopf - zeile * (feld + 6) - feld + JAHRE_PT
            self._feld(nr, beschriftet=spalte == 0)
        if self.notiz:
            self.blatt.text(0, 2, self.notiz, pt=NOTIZ_PT, farbe=stil.NEBENTEXT, va="bottom")
        return self.blatt.fig

    def _rand(self) -> float:
        """Room for the tick labels left of the first column."""
        return max((stil.textbreite(self.achse.text(s), stil.PT_KLEIN) for s in self.achse.striche), default=0) + 6

    def _feldbreite(self, breite: float) -> float:
        return (breite - self._rand() - SPALT_PT * (self.spalten - 1)) / self.spalten

    def _kopf(self) -> None:
        oben = self.blatt.hoehe
        if self.angaben.titel:
            self.blatt.text(0, oben - 11, self.angaben.titel, pt=stil.PT_TITEL, fett=True)
            oben -= 15
        einheit = stil.einheit_text(self.angaben.einheit)
        if self.werte and self.achse.abgeschnitten:
            hinweis = f"Achse beginnt bei {self.achse.text(self.achse.unten)}"
            einheit = f"{einheit} ({hinweis})" if einheit else hinweis
        self.blatt.text(0, oben - 8, einheit, pt=stil.PT_KLEIN, farbe=stil.NEBENTEXT)
        text = f"zum Vergleich: {self.vergleich.name}"
        x = self.blatt.breite - stil.textbreite(text, stil.PT_KLEIN) - 26
        self.blatt.strich((x, x + 20), (oben - 5.5, oben - 5.5), **self._grau())
        self.blatt.text(x + 25, oben - 8, text, pt=stil.PT_KLEIN, farbe=stil.GRAU[0])

    @staticmethod
    def _grau() -> dict[str, object]:
        return {"color": stil.GRAU[1], "linewidth": 1.2, "linestyle": stil.GRAUSTRICHE[0], "dash_capstyle": "butt"}

    def _x(self, jahr: float) -> float:
        if self.bis - self.von < 1e-6:
            return (self.links + self.rechts) / 2
        return self.links + 4 + (jahr - self.von) / (self.bis - self.von) * (self.rechts - self.links - 8)

    def _y(self, wert: float) -> float:
        wert = gedruckt(wert, self.angaben.nachkommastellen)
        return self.unten + (wert - self.achse.unten) / (self.achse.oben - self.achse.unten) * PLOT_PT

    def _feld(self, nr: int, *, beschriftet: bool) -> None:
        oben = self.unten + PLOT_PT
        self.blatt.text(self.links, oben + 6, self.namen[nr], fett=True, va="bottom")
        for wert in self.achse.striche if self.werte else ():
            y = self._y(wert)
            farbe = stil.ACHSE if wert == 0 else stil.GITTER
            self.blatt.strich((self.links, self.rechts), (y, y), color=farbe, linewidth=0.6, zorder=1)
            if beschriftet:
                art = {"pt": stil.PT_KLEIN, "ha": "right", "va": "center_baseline", "farbe": stil.NEBENTEXT}
                self.blatt.text(self.links - 3, y, self.achse.text(wert), **art)
        for jahr, _ in self.brueche:
            x = self._x(jahr)
            self.blatt.strich((x, x), (self.unten, oben), color=stil.NEBENTEXT, linewidth=0.7, linestyle=(0, (3, 2)))
        self._jahre()
        self._linie(self.teile[-1], self._grau())
        self._linie(self.teile[nr], {"color": stil.BLAU, "linewidth": 1.9, "solid_capstyle": "round"})
        self._endwert(nr)
        self._verborgenes(nr)

    def _jahre(self) -> None:
        for jahr, ha in ((self.von, "left"), (self.bis, "right")):
            x = self._x(jahr) + (-4 if ha == "left" else 4)
            self.blatt.text(x, self.unten - 10, f"{jahr:.0f}", pt=NOTIZ_PT, ha=ha, farbe=stil.NEBENTEXT)

    def _linie(self, teile: Sequence[Sequence[Punkt]], art: dict[str, object]) -> None:
        for abschnitt in teile:
            x = [self._x(p.jahr) for p in abschnitt]
            y = [self._y(p.wert or 0.0) for p in abschnitt]
            if len(x) > 1:
                self.blatt.strich(x, y, zorder=4, **art)
            else:
                self.blatt.strich(x, y, marker="o", markersize=3.4, color=art["color"], zorder=4)

    def _endwert(self, nr: int) -> None:
        """The last value in words: on a white ground, above the line or below it, wherever there is room."""
        punkte = [p for a in self.teile[nr] for p in a]
        if not punkte or punkte[-1].wert is None:
            self.blatt.text((self.links + self.rechts) / 2, self.unten + PLOT_PT / 2, "kein Wert", ha="center")
            return
        letzter, wert = punkte[-1], punkte[-1].wert
        x, y = self._x(letzter.jahr), self._y(wert)
        self.blatt.strich((x,), (y,), marker="o", markersize=4.2, color=stil.BLAU, zorder=6)
        text = format_zahl(wert, self.angaben.nachkommastellen)
        hoch = y + 13 <= self.unten + PLOT_PT + 4
        kasten = {"boxstyle": "square,pad=0.12", "facecolor": "white", "edgecolor": "none", "alpha": 0.85}
        rand = min(self.rechts, x + stil.textbreite(text, stil.PT, True) / 2)
        art = {"ha": "right", "va": "bottom" if hoch else "top", "fett": True, "farbe": stil.BLAU, "zorder": 7}
        self.blatt.text(rand, y + (4 if hoch else -4), text, bbox=kasten, **art)

    def _verborgenes(self, nr: int) -> None:
        """Equal hatched boxes at the foot of the panel: which years are hidden, never at a height."""
        for p in self.reihen[nr].punkte:
            if p.art == "geheim":
                self.blatt.schraffur(self._x(p.jahr) - 2.5, self.unten + 1, 5.0, 5.0)

    def _notizen(self) -> list[str]:
        texte = []
        if any(p.art == "geheim" for r in self.reihen for p in r.punkte):
            texte.append("Schraffiert: Wert unbekannt, geheim zu halten oder nicht freigegeben.")
        if self.brueche:
            gruende = "; ".join(f"{grund}" for _, grund in self.brueche)
            texte.append(f"Gestrichelte Senkrechte: Bruch der Reihe ({gruende}).")
        return texte


def daten_vielfache(reihen: Sequence[Reihe], vergleich: Reihe, angaben: Angaben) -> tuple[tuple[str, ...], ...]:
    """The drawn values as a table: years in rows, signs for hidden and missing values."""
    alle = [*reihen, vergleich]
    jahre = sorted({p.jahr for r in alle for p in r.punkte})
    zeichen = {"geheim": "•", "fehlt": "k. A.", "unsicher": "/", "wert": ""}
    zellen = [
        {
            p.jahr: Zahl(format_zahl(p.wert, angaben.nachkommastellen), p.wert)
            if p.wert is not None
            else zeichen[p.art]
            for p in r.punkte
        }
        for r in alle
    ]
    kopf = ("Jahr", *(r.name for r in alle))
    return (kopf, *((f"{jahr:.0f}", *(spalte.get(jahr, "") for spalte in zellen)) for jahr in jahre))
