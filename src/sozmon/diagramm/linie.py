"""Time series: one or a few Räume in colour, comparison Räume in grey, names and last values at the line ends."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from sozmon.diagramm import stil
from sozmon.diagramm.achse import abstand_halten, compute_jahresstriche, compute_werteachse, stapeln
from sozmon.diagramm.modell import Angaben, Punkt, Reihe, gedruckt
from sozmon.diagramm.reihen import abschnitte, bruchstellen, hat_luecke, rhythmus, zeitspanne
from sozmon.zahlen import format_zahl

if TYPE_CHECKING:
    from matplotlib.figure import Figure

HOEHE_CM = 5.0
SPUR_PT = 10.0
"""Height of the lane below the axis that shows which years of a series are hidden."""
MARKEN_BIS = 15
PLOT_MIN_PT, BRUCH_PT = 110.0, 10.0
NOTIZ_PT = 7.0
VORAUSBERECHNUNG = "Vorausberechnung"
KEIN_WERT = "Für diesen Zeitraum liegt kein Wert vor, der gezeigt werden kann."


@dataclass(frozen=True, slots=True)
class Gewand:
    """How one series looks."""

    farbe: str
    textfarbe: str
    breite: float
    strich: Any
    marke: str
    fett: bool


def gewaender(reihen: Sequence[Reihe]) -> list[Gewand]:
    """Colour, dash and marker of each series: told apart in grey print too."""
    ergebnis, raum, vergleich = [], 0, 0
    for reihe in reihen:
        if reihe.rolle == "raum":
            n = len(stil.RAUMFARBEN)
            strich = "-" if raum < n else (0, (6, 2))
            farbe = stil.RAUMFARBEN[raum % n]
            ergebnis.append(Gewand(farbe, farbe, 2.0, strich, stil.RAUMMARKEN[raum % n], True))
            raum += 1
        else:
            n = len(stil.GRAU)
            farbe, text = stil.GRAU[vergleich % n], stil.GRAU[min(vergleich % n, 1)]
            ergebnis.append(Gewand(farbe, text, 1.3, stil.GRAUSTRICHE[vergleich % n], "o", False))
            vergleich += 1
    return ergebnis


def draw_linie(reihen: Sequence[Reihe], angaben: Angaben) -> Figure:
    """Line chart. Connected is only what is comparable and delivered: hidden and missing values and declared breaks
    interrupt the line. The value axis starts at zero unless all values lie close together far from it; then it says so.
    """
    with stil.rc():
        return _Linie(reihen, angaben).zeichne()


class _Linie:
    def __init__(self, reihen: Sequence[Reihe], angaben: Angaben) -> None:
        self.reihen, self.angaben = list(reihen), angaben
        self.gewaender = gewaender(self.reihen)
        self.abstand = rhythmus(self.reihen)
        self.teile = [abschnitte(r, angaben.brueche, self.abstand) for r in self.reihen]
        self.werte = [self._wert(p) for t in self.teile for a in t for p in a if p.wert is not None]
        self.achse = compute_werteachse(self.werte, angaben.nachkommastellen)
        self.brueche = bruchstellen(self.reihen, angaben.brueche)
        self.spuren = [i for i, r in enumerate(self.reihen) if any(p.art == "geheim" for p in r.punkte)]
        self.von, self.bis = zeitspanne(self.reihen)

    def zeichne(self) -> Figure:
        self.blatt = stil.Blatt(self.angaben.breite_cm, self._teile_auf())
        self._kopf()
        self._grund()
        self._gitter()
        self._zeichne_brueche()
        for i in sorted(range(len(self.reihen)), key=lambda i: self.reihen[i].rolle == "raum"):
            self._reihe(i)
        self._beschrifte()
        self._spuren()
        self._notizen()
        return self.blatt.fig

    def _wert(self, p: Punkt) -> float:
        return gedruckt(p.wert or 0.0, self.angaben.nachkommastellen)

    # --- layout

    def _teile_auf(self) -> float:
        """Margins, measured; height of the sheet: the asked one, or as high as plot and names need."""
        self.breite = stil.nutzbreite(self.angaben.breite_cm)
        self.schilder = [self._schild(i, self.breite * 0.27) for i in range(len(self.reihen))]
        texte = [(t, g.fett, stil.PT) for t, g in zip(self.schilder, self.gewaender, strict=True)]
        texte += [(self._spurname(i), False, NOTIZ_PT) for i in self.spuren]
        rechts = max((stil.textbreite(t, pt, fett) for t, fett, pt in texte if t), default=0.0)
        striche = max((stil.textbreite(self.achse.text(s), stil.PT_KLEIN) for s in self.achse.striche), default=0.0)
        self.links, self.rechts = (striche + 8 if self.werte else 8.0), self.breite - rechts - 12
        self.notizen = stil.umbrechen(" ".join(self._notiztexte()), self.breite, NOTIZ_PT, 6)
        zeilen = self.notizen.count("\n") + 1 if self.notizen else 0
        # from the foot upward: notes, year labels, lanes of hidden values, plot, break labels, unit and title
        self.grund = zeilen * NOTIZ_PT * stil.ZEILE + (4 if zeilen else 0) + 13
        self.unten = self.grund + SPUR_PT * len(self.spuren) + (4 if self.spuren else 0)
        self.bruchtexte = self._bruchtexte()
        bruchzeilen = max((z for _, z in self.bruchtexte), default=-1) + 1
        kopf = (15.0 if self.angaben.titel else 0.0) + 15.0 + BRUCH_PT * bruchzeilen
        namen = sum(self._schildhoehe(t) for t in self.schilder if t) + 4
        noetig = self.unten + max(PLOT_MIN_PT, namen) + kopf
        hoehe = self.angaben.hoehe_cm * stil.PT_JE_CM or max(HOEHE_CM * stil.PT_JE_CM, noetig)
        self.oben = hoehe - kopf
        return hoehe

    @staticmethod
    def _schildhoehe(text: str) -> float:
        return stil.PT * stil.ZEILE * (text.count("\n") + 1) + 1

    def _schild(self, i: int, breite: float) -> str:
        letzte = [p for a in self.teile[i] for p in a]
        if not letzte or letzte[-1].wert is None:
            return ""
        zahl = format_zahl(letzte[-1].wert, self.angaben.nachkommastellen)
        name = stil.umbrechen(self.reihen[i].name, breite, stil.PT, 3, self.gewaender[i].fett)
        letzte_zeile = f"{name.rpartition(chr(10))[2]} {zahl}"
        return f"{name} {zahl}" if stil.textbreite(letzte_zeile, stil.PT, True) <= breite else f"{name}\n{zahl}"

    def _x(self, jahr: float) -> float:
        rand = 7.0
        if self.bis - self.von < 1e-6:
            return (self.links + self.rechts) / 2
        return self.links + rand + (jahr - self.von) / (self.bis - self.von) * (self.rechts - self.links - 2 * rand)

    def _y(self, wert: float) -> float:
        return self.unten + (wert - self.achse.unten) / (self.achse.oben - self.achse.unten) * (self.oben - self.unten)

    # --- frame

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

    def _grund(self) -> None:
        """A light ground behind what is projected, and its name."""
        ab = min((r.vorausberechnet_ab for r in self.reihen), default=math.inf)
        if ab > self.bis:
            return
        x = (self._x(ab) + self._x(max(self.von, ab - self.abstand))) / 2
        self.blatt.flaeche(x, self.grund, self.rechts - x, self.oben - self.grund, facecolor="#f1f1ee", zorder=0)
        art = {"pt": NOTIZ_PT, "farbe": stil.NEBENTEXT}
        self.blatt.text(x + 3, self.oben - 8, VORAUSBERECHNUNG, **art)

    def _gitter(self) -> None:
        bereich = (self.links, self.rechts)
        for wert in self.achse.striche if self.werte else ():
            y = self._y(wert)
            farbe = stil.ACHSE if wert == 0 else stil.GITTER
            self.blatt.strich(bereich, (y, y), color=farbe, linewidth=0.7, zorder=1)
            text = self.achse.text(wert)
            self.blatt.text(
                self.links - 4, y, text, pt=stil.PT_KLEIN, ha="right", va="center_baseline", farbe=stil.NEBENTEXT
            )
        self.blatt.strich(bereich, (self.grund, self.grund), zorder=1)
        jahre = [p.jahr for r in self.reihen for p in r.punkte]
        breite = self.rechts - self.links
        for jahr in compute_jahresstriche(jahre, breite, lambda t: stil.textbreite(t, stil.PT_KLEIN)):
            x = self._x(jahr)
            self.blatt.strich((x, x), (self.grund, self.grund - 2.5), zorder=1)
            self.blatt.text(x, self.grund - 10.5, str(jahr), pt=stil.PT_KLEIN, ha="center", farbe=stil.NEBENTEXT)
        if not self.werte:
            mitte = (self.links + self.rechts) / 2, (self.unten + self.oben) / 2
            self.blatt.text(*mitte, stil.umbrechen(KEIN_WERT, breite - 8), ha="center", va="center")

    def _bruchtexte(self) -> list[tuple[float, int]]:
        """Left edge and row of each break label above the plot."""
        breiten = [stil.textbreite(grund, NOTIZ_PT) for _, grund in self.brueche]
        platz = self.rechts + 7 if all(b <= self.rechts for b in breiten) else self.breite
        return stapeln([self._x(jahr) for jahr, _ in self.brueche], breiten, platz)

    def _zeichne_brueche(self) -> None:
        for (jahr, grund), (von, zeile) in zip(self.brueche, self.bruchtexte, strict=True):
            x, oben = self._x(jahr), self.oben + 4 + BRUCH_PT * zeile
            self.blatt.strich((x, x), (self.grund, oben), color=stil.NEBENTEXT, linewidth=0.8, linestyle=(0, (3, 2)))
            self.blatt.text(von, oben + 1.5, grund, pt=NOTIZ_PT, farbe=stil.NEBENTEXT)

    # --- series

    def _reihe(self, i: int) -> None:
        g, ebene = self.gewaender[i], 5 if self.reihen[i].rolle == "raum" else 4
        anzahl = sum(len(a) for a in self.teile[i])
        for abschnitt in self.teile[i]:
            x, y = [self._x(p.jahr) for p in abschnitt], [self._y(self._wert(p)) for p in abschnitt]
            art = {"dash_capstyle": "butt", "solid_capstyle": "round", "solid_joinstyle": "round"}
            n = sum(p.jahr < self.reihen[i].vorausberechnet_ab for p in abschnitt)
            if n > 1:
                self.blatt.strich(
                    x[:n], y[:n], color=g.farbe, linewidth=g.breite, linestyle=g.strich, zorder=ebene, **art
                )
            if len(abschnitt) - n > 0:
                weiter = max(0, n - 1)
                strich = {"linestyle": (0, (2.2, 1.6)), "linewidth": g.breite * 0.8}
                self.blatt.strich(x[weiter:], y[weiter:], color=g.farbe, zorder=ebene, **strich, **art)
            alle_marken = self.reihen[i].rolle == "raum" and anzahl <= MARKEN_BIS
            for p, px, py in zip(abschnitt, x, y, strict=True):
                if alle_marken or len(abschnitt) == 1 or p is self.teile[i][-1][-1] or p.art == "unsicher":
                    self._marke(p, px, py, g, ebene)

    def _marke(self, p: Punkt, x: float, y: float, g: Gewand, ebene: int) -> None:
        innen = "white" if p.art == "unsicher" else g.farbe
        rand = {"markerfacecolor": innen, "markeredgecolor": g.farbe, "markeredgewidth": 1.0}
        self.blatt.strich((x,), (y,), marker=g.marke, markersize=4.6 if g.fett else 3.6, zorder=ebene + 1, **rand)

    def _beschrifte(self) -> None:
        """Names at the line ends; moved apart where they would touch, then joined to their line by a thin leader."""
        mit = [i for i, text in enumerate(self.schilder) if text]
        enden = [self.teile[i][-1][-1] for i in mit]
        orte = [self._y(self._wert(p)) for p in enden]
        hoehen = [self._schildhoehe(self.schilder[i]) for i in mit]
        unten = self.unten if self.spuren else self.grund - 4
        lagen = abstand_halten(orte, hoehen, unten, self.oben + (3 if self.brueche else 8))
        einzeln = self.bis - self.von < 1e-6  # one time only: the name stands beside the point
        for i, ende, ort, lage in zip(mit, enden, orte, lagen, strict=True):
            g, x = self.gewaender[i], self._x(ende.jahr)
            rechts = x + 14 if einzeln else self.rechts + 9
            self.blatt.text(rechts, lage, self.schilder[i], va="center", farbe=g.textfarbe, fett=g.fett)
            if einzeln:
                self.blatt.strich((x + 4, rechts - 2), (ort, lage), color=g.farbe, linewidth=0.5, zorder=3)
            elif abs(lage - ort) > 3 or x < self.rechts - 12:
                knick = (x + 4, max(x + 4, self.rechts - 3), rechts - 2)
                self.blatt.strich(knick, (ort, ort, lage), color=g.farbe, linewidth=0.5, zorder=3)

    def _spurname(self, i: int) -> str:
        return stil.umbrechen(f"• {self.reihen[i].name}", self.breite * 0.27, NOTIZ_PT, 1)

    def _spuren(self) -> None:
        """Which years are hidden: equal hatched boxes below the plot, never at a height that could betray a value."""
        je_takt = (self.rechts - self.links - 14) / max(1.0, (self.bis - self.von) / self.abstand)
        kasten = min(9.0, je_takt * 0.7)
        for zeile, i in enumerate(self.spuren):
            y = self.grund + SPUR_PT * (len(self.spuren) - 1 - zeile) + 2.5
            for p in self.reihen[i].punkte:
                if p.art == "geheim":
                    self.blatt.schraffur(self._x(p.jahr) - kasten / 2, y, kasten, 6.0, self.gewaender[i].farbe)
            art = {"pt": NOTIZ_PT, "farbe": self.gewaender[i].textfarbe, "va": "center_baseline"}
            self.blatt.text(self.rechts + 9, y + 3, self._spurname(i), **art)

    # --- notes

    def _notiztexte(self) -> list[str]:
        texte = []
        if self.spuren:
            texte.append("• (schraffiert): Wert unbekannt, geheim zu halten oder nicht freigegeben.")
        if any(hat_luecke(r, self.angaben.brueche, self.abstand) for r in self.reihen):
            texte.append("Unterbrochene Linie: kein Wert.")
        if any(p.art == "unsicher" and p.wert is not None for r in self.reihen for p in r.punkte):
            texte.append("Offene Marke: Wert nicht sicher genug.")
        if self.brueche:
            texte.append("Gestrichelte Senkrechte: Bruch der Reihe; Werte davor und danach sind nicht vergleichbar.")
        leer = [r.name for i, r in enumerate(self.reihen) if not self.teile[i] and i not in self.spuren]
        if leer and self.werte:
            texte.append(f"Ohne Wert: {', '.join(leer)}.")
        return texte

    def _notizen(self) -> None:
        if self.notizen:
            self.blatt.text(0, 2, self.notizen, pt=NOTIZ_PT, farbe=stil.NEBENTEXT, va="bottom")
