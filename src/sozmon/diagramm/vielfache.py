"""Small multiples: a panel for each Raum, the same axes everywhere, one comparison Raum in grey in every panel."""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from sozmon.diagramm import stil
from sozmon.diagramm.achse import compute_jahresstriche, compute_werteachse
from sozmon.diagramm.linie import Gewand, gewaender
from sozmon.diagramm.modell import Angaben, Punkt, Reihe, gedruckt
from sozmon.diagramm.reihen import abschnitte, bruchstellen, hat_luecke, rhythmus, zeitspanne
from sozmon.diagramm.tafeln import NOTIZ_PT, VERBORGEN_TEXT, Tabelle, bruchnotiz, letzter_wert, wert_text, zeit_text

if TYPE_CHECKING:
    from matplotlib.figure import Figure

FELDER_JE_BLATT = 12
PLOT_PT, PLOT_VERHAELTNIS = (52.0, 110.0), 0.62
"""Bounds of the height of a panel, and its usual height as a share of its width."""
SPALTENLUFT, INNEN, SPUR_PT, JAHRE_PT, LEGENDE_PT = 8.0, 4.0, 7.0, 13.0, 12.0
MARKEN_BIS = 6
LEER = "kein\nWert"


def spalten_fuer(anzahl: int) -> int:
    """Columns of a sheet: two up to 4 panels (three for 3), three up to 6 and for 9, else four."""
    if anzahl <= 4:
        return 3 if anzahl == 3 else 2
    return 3 if anzahl in (5, 6, 9) else 4


def draw_vielfache(felder: Sequence[Reihe], angaben: Angaben, vergleich: Reihe | None = None) -> tuple[Figure, ...]:
    """One panel for each of ``felder`` (its name is the title), ``vergleich`` grey in all of them.

    A sheet holds up to 12 panels; more make several sheets of one layout, with the same axes, each saying which it
    is. ``angaben.hoehe_cm`` is the height of a full sheet. Connected is only what the line chart would connect.
    """
    with stil.rc():
        return _Vielfache(felder, angaben, vergleich).zeichne()


def daten_vielfache(felder: Sequence[Reihe], angaben: Angaben, vergleich: Reihe | None = None) -> Tabelle:
    """What is drawn: times in rows, Räume in columns; a sign where there is no number, '' where nothing was asked."""
    reihen = [*felder, *([vergleich] if vergleich else [])]
    jahre = sorted({p.jahr for r in reihen for p in r.punkte})
    spalten = [{p.jahr: wert_text(p.wert, p.art, angaben.nachkommastellen) for p in r.punkte} for r in reihen]
    zeilen = ((zeit_text(j), *(spalte.get(j, "") for spalte in spalten)) for j in jahre)
    return (("Zeit", *(r.name for r in reihen)), *zeilen)


class _Vielfache:
    def __init__(self, felder: Sequence[Reihe], angaben: Angaben, vergleich: Reihe | None) -> None:
        self.felder, self.angaben, self.vergleich = list(felder), angaben, vergleich
        self.reihen = [*self.felder, *([vergleich] if vergleich else [])]
        self.abstand = rhythmus(self.reihen)
        self.brueche = bruchstellen(self.reihen, angaben.brueche)
        self.jahre = [p.jahr for r in self.reihen for p in r.punkte]
        self.von, self.bis = zeitspanne(self.reihen)
        werte = [self._wert(p) for r in self.reihen for p in r.punkte if p.wert is not None]
        self.achse = compute_werteachse(werte, angaben.nachkommastellen, anzahl=4)
        muster = (Reihe("", ()), Reihe("", (), "vergleich"))
        self.gewand, self.grau = gewaender(muster)
        self.spuren = [  # lanes for hidden years: of the Räume, of the comparison; in every panel at the same place
            g for g, gruppe in ((self.gewand, self.felder), (self.grau, self.reihen[len(self.felder) :])) if gruppe
            and any(p.art == "geheim" for r in gruppe for p in r.punkte)
        ]  # fmt: skip

    def zeichne(self) -> tuple[Figure, ...]:
        self._teile_auf()
        je = FELDER_JE_BLATT
        blaetter = [self.felder[i : i + je] for i in range(0, len(self.felder), je)] or [[]]
        return tuple(self._blatt(felder, nr, len(blaetter)) for nr, felder in enumerate(blaetter, 1))

    def _wert(self, p: Punkt) -> float:
        return gedruckt(p.wert or 0.0, self.angaben.nachkommastellen)

    # --- layout

    def _teile_auf(self) -> None:
        """Widths and heights, measured once for all sheets."""
        self.breite = stil.nutzbreite(self.angaben.breite_cm)
        self.spalten = spalten_fuer(min(len(self.felder), FELDER_JE_BLATT))
        self.links = max(stil.textbreite(self.achse.text(s), stil.PT_KLEIN) for s in self.achse.striche) + 5
        self.schilder = [self._schild(r) for r in self.felder]
        zahlen = [stil.textbreite(t, stil.PT_KLEIN, True) for t in self.schilder]
        self.rechts = max(zahlen, default=0.0) + 5
        luft = (self.spalten - 1) * SPALTENLUFT
        self.feld = (self.breite - self.links - luft - self.spalten * self.rechts) / self.spalten
        self.namen = [stil.umbrechen(r.name, self.feld + self.rechts, stil.PT, 3, True) for r in self.felder]
        self.titelhoehe = stil.PT * stil.ZEILE * max((n.count("\n") + 1 for n in self.namen), default=1) + 3
        self.spurhoehe = SPUR_PT * len(self.spuren) + (2 if self.spuren else 0)
        self.notizen = stil.umbrechen(" ".join(self._notiztexte()), self.breite, NOTIZ_PT, 8)
        notizzeilen = self.notizen.count("\n") + 1 if self.notizen else 0
        self.fuss = notizzeilen * NOTIZ_PT * stil.ZEILE + (5 if notizzeilen else 1)
        self.legende = self._legende()
        self.kopf = (15.0 if self.angaben.titel else 0.0) + 12.0 + LEGENDE_PT * len(self.legende) + 4
        self.plot = self._plothoehe()

    def _plothoehe(self) -> float:
        zeilen = math.ceil(min(len(self.felder), FELDER_JE_BLATT) / self.spalten) or 1
        if not self.angaben.hoehe_cm:
            return min(max(self.feld * PLOT_VERHAELTNIS, PLOT_PT[0]), PLOT_PT[1])
        frei = self.angaben.hoehe_cm * stil.PT_JE_CM - self.kopf - self.fuss - JAHRE_PT - (zeilen - 1) * SPALTENLUFT
        return max(frei / zeilen - self.titelhoehe - self.spurhoehe, PLOT_PT[0])

    def _schild(self, reihe: Reihe) -> str:
        """The last value, with its time where that is not the last one shown."""
        ende = letzter_wert(reihe.punkte)
        if ende is None:
            return LEER
        zahl = wert_text(ende.wert, ende.art, self.angaben.nachkommastellen)
        return zahl if ende.jahr == max(self.jahre) else f"{zahl}\n({zeit_text(ende.jahr)})"

    def _legende(self) -> list[list[tuple[Gewand, str]]]:
        """Rows of line samples with their meaning: one row where both fit."""
        teile = [(self.gewand, "Raum, dessen Name über dem Feld steht")]
        if self.vergleich:
            ende = letzter_wert(self.vergleich.punkte)
            zahl = wert_text(ende.wert, ende.art, self.angaben.nachkommastellen) if ende else ""
            wann = f" ({zeit_text(ende.jahr)}: {zahl})" if ende else " (kein Wert)"
            teile.append((self.grau, f"{self.vergleich.name}{wann}"))
        teile = [(g, stil.umbrechen(t, self.breite - 24, stil.PT_KLEIN, 1)) for g, t in teile]
        eine = sum(stil.textbreite(t, stil.PT_KLEIN) + 24 for _, t in teile) + 16 <= self.breite
        return [teile] if eine else [[t] for t in teile]

    def _x(self, jahr: float) -> float:
        """Place inside a panel, from its left edge."""
        if self.bis - self.von < 1e-6:
            return self.feld / 2
        return INNEN + (jahr - self.von) / (self.bis - self.von) * (self.feld - 2 * INNEN)

    def _y(self, wert: float) -> float:
        """Height above the foot of the plot."""
        return (wert - self.achse.unten) / (self.achse.oben - self.achse.unten) * self.plot

    # --- sheet

    def _blatt(self, felder: Sequence[Reihe], nr: int, von: int) -> Figure:
        zeilen = math.ceil(len(felder) / self.spalten) or 1
        je_zeile = self.titelhoehe + self.plot + self.spurhoehe
        hoehe = self.kopf + zeilen * je_zeile + (zeilen - 1) * SPALTENLUFT + JAHRE_PT + self.fuss
        self.blatt = stil.Blatt(self.angaben.breite_cm, hoehe)
        self._kopf(f"Blatt {nr} von {von}" if von > 1 else "")
        for i in range(len(felder)):
            zeile, spalte = divmod(i, self.spalten)
            x = self.links + spalte * (self.feld + self.rechts + SPALTENLUFT)
            unten = hoehe - self.kopf - zeile * (je_zeile + SPALTENLUFT) - je_zeile
            self._feld((nr - 1) * FELDER_JE_BLATT + i, x, unten)
            if spalte == 0:
                self._werteachse(unten + self.spurhoehe)
            if i + self.spalten >= len(felder):
                self._jahre(x, unten)
        if not felder:
            self.blatt.text(0, hoehe - self.kopf - 20, "Es liegt kein Wert vor.", va="center")
        if self.notizen:
            self.blatt.text(0, 2, self.notizen, pt=NOTIZ_PT, farbe=stil.NEBENTEXT, va="bottom")
        return self.blatt.fig

    def _kopf(self, blattzahl: str) -> None:
        oben, klein = self.blatt.hoehe, {"pt": stil.PT_KLEIN, "farbe": stil.NEBENTEXT}
        if self.angaben.titel:
            self.blatt.text(0, oben - 11, self.angaben.titel, pt=stil.PT_TITEL, fett=True)
            oben -= 15
        einheit = stil.einheit_text(self.angaben.einheit)
        if self.achse.abgeschnitten:
            hinweis = f"Achsen beginnen bei {self.achse.text(self.achse.unten)}"
            einheit = f"{einheit} ({hinweis})" if einheit else hinweis
        self.blatt.text(0, oben - 8, einheit, **klein)
        self.blatt.text(self.breite, oben - 8, blattzahl, ha="right", **klein)
        for reihe in self.legende:
            oben, x = oben - LEGENDE_PT, 0.0
            for g, text in reihe:
                self.blatt.strich(
                    (x, x + 18), (oben - 6, oben - 6), color=g.farbe, linewidth=g.breite, linestyle=g.strich
                )
                self.blatt.text(x + 22, oben - 8.5, text, pt=stil.PT_KLEIN, farbe=g.textfarbe)
                x += 22 + stil.textbreite(text, stil.PT_KLEIN) + 16

    def _werteachse(self, grund: float) -> None:
        for wert in self.achse.striche:
            art: dict[str, Any] = {"pt": stil.PT_KLEIN, "ha": "right", "va": "center_baseline"}
            text = self.achse.text(wert)
            self.blatt.text(self.links - 4, grund + self._y(wert), text, farbe=stil.NEBENTEXT, **art)

    def _jahre(self, x0: float, unten: float) -> None:
        """Labelled years below the lowest panel of a column: few, none collides."""
        for jahr in compute_jahresstriche(self.jahre, self.feld * 0.85, lambda t: stil.textbreite(t, stil.PT_KLEIN)):
            x = x0 + self._x(jahr)
            self.blatt.strich((x, x), (unten, unten - 2.5), zorder=1)
            self.blatt.text(x, unten - 10.5, str(jahr), pt=stil.PT_KLEIN, ha="center", farbe=stil.NEBENTEXT)

    # --- panel

    def _feld(self, i: int, x0: float, unten: float) -> None:
        grund, rand = unten + self.spurhoehe, (x0, x0 + self.feld)
        for wert in self.achse.striche:
            y, farbe = grund + self._y(wert), stil.ACHSE if wert == 0 else stil.GITTER
            self.blatt.strich(rand, (y, y), color=farbe, linewidth=0.6, zorder=1)
        self.blatt.strich(rand, (unten, unten), zorder=1)
        self.blatt.text(x0, grund + self.plot + 4, self.namen[i], fett=True, va="bottom")
        for jahr, _ in self.brueche:
            x = x0 + self._x(jahr)
            art = {"color": stil.NEBENTEXT, "linewidth": 0.7, "linestyle": (0, (3, 2))}
            self.blatt.strich((x, x), (unten, grund + self.plot), zorder=2, **art)
        if self.vergleich:
            self._linie(self.vergleich, self.grau, (x0, grund), 4)
        self._linie(self.felder[i], self.gewand, (x0, grund), 5)
        self._zahl(i, x0, grund)
        self._spuren(i, x0, unten)

    def _linie(self, reihe: Reihe, g: Gewand, ort: tuple[float, float], ebene: int) -> None:
        teile = abschnitte(reihe, self.angaben.brueche, self.abstand)
        anzahl, raum = sum(len(t) for t in teile), g is self.gewand
        for abschnitt in teile:
            x = [ort[0] + self._x(p.jahr) for p in abschnitt]
            y = [ort[1] + self._y(self._wert(p)) for p in abschnitt]
            if len(abschnitt) > 1:
                art = {"linestyle": g.strich, "solid_capstyle": "round", "solid_joinstyle": "round"}
                self.blatt.strich(x, y, color=g.farbe, linewidth=g.breite * 0.8, zorder=ebene, **art)
            for p, px, py in zip(abschnitt, x, y, strict=True):
                ende = raum and (anzahl <= MARKEN_BIS or p is teile[-1][-1])
                if ende or len(abschnitt) == 1 or p.art == "unsicher":
                    innen = "white" if p.art == "unsicher" else g.farbe
                    art = {"markerfacecolor": innen, "markeredgecolor": g.farbe, "markersize": 3.6 if raum else 2.8}
                    self.blatt.strich((px,), (py,), marker="o", markeredgewidth=0.9, zorder=ebene + 1, **art)

    def _zahl(self, i: int, x0: float, grund: float) -> None:
        """The last value right of its panel, at its height; at the foot the words that there is none."""
        ende, text = letzter_wert(self.felder[i].punkte), self.schilder[i]
        ort, halb = grund, stil.PT_KLEIN * stil.ZEILE * (text.count("\n") + 1) / 2
        ort += self._y(self._wert(ende)) if ende else 0.0
        lage = min(max(ort, grund + halb), grund + self.plot - halb + 3)
        rechts, x = x0 + self.feld + 3, x0 + self._x(ende.jahr if ende else self.bis)
        farbe = self.gewand.textfarbe if ende else stil.NEBENTEXT
        self.blatt.text(rechts, lage, text, pt=stil.PT_KLEIN, fett=ende is not None, farbe=farbe, va="center")
        if ende and ende.jahr < max(self.jahre):
            knick = (x + 3, max(x + 3, rechts - 5), rechts - 1)
            self.blatt.strich(knick, (ort, ort, lage), color=self.gewand.farbe, linewidth=0.5, zorder=3)

    def _spuren(self, i: int, x0: float, unten: float) -> None:
        """Hidden years as equal boxes below the plot, never at a height that could betray a value."""
        je_takt = (self.feld - 2 * INNEN) / max(1.0, (self.bis - self.von) / self.abstand)
        kasten = min(6.0, max(je_takt * 0.7, 1.5))
        for zeile, g in enumerate(reversed(self.spuren)):
            reihe = self.felder[i] if g is self.gewand else self.vergleich
            for p in reihe.punkte if reihe else ():
                if p.art == "geheim":
                    x = x0 + self._x(p.jahr) - kasten / 2
                    self.blatt.schraffur(x, unten + SPUR_PT * zeile + 1.5, kasten, SPUR_PT - 2, g.farbe)

    # --- notes

    def _notiztexte(self) -> list[str]:
        texte = [VERBORGEN_TEXT] if self.spuren else []
        if any(hat_luecke(r, self.angaben.brueche, self.abstand) for r in self.reihen):
            texte.append("Unterbrochene Linie: kein Wert.")
        if any(p.art == "unsicher" and p.wert is not None for r in self.reihen for p in r.punkte):
            texte.append("Offene Marke: Wert nicht sicher genug.")
        return texte + bruchnotiz(self.jahre, self.angaben.brueche)
