"""Dot plot: a row for each Raum or indicator, its value a dot, the reference an upright bar, the gap a line."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from sozmon.diagramm import stil
from sozmon.diagramm.achse import compute_werteachse
from sozmon.diagramm.modell import Angaben, Paar, gedruckt
from sozmon.zahlen import format_zahl, runde

if TYPE_CHECKING:
    from matplotlib.figure import Figure

ZEILE_PT = 15.0
SPALTE_LUFT, MARKE_PT = 12.0, 10.0


def draw_punkte(paare: Sequence[Paar], angaben: Angaben, namen: tuple[str, str] = ("Region", "Kreis")) -> Figure:
    """Rows in the given order on one common axis; ``namen`` label the dot and the reference, and the value columns."""
    with stil.rc():
        return _Punkte(paare, angaben, namen).zeichne()


class _Punkte:
    def __init__(self, paare: Sequence[Paar], angaben: Angaben, namen: tuple[str, str]) -> None:
        self.paare, self.angaben, self.namen = paare, angaben, namen
        breite = stil.nutzbreite(angaben.breite_cm)
        self.zeilennamen = [stil.umbrechen(p.name, breite * 0.34, stil.PT, 2) for p in paare]
        stellen = angaben.nachkommastellen
        self.werte = [gedruckt(w, stellen) for p in paare for w in (p.wert, p.vergleich) if w is not None]
        self.achse = compute_werteachse(self.werte, stellen)
        self.hoehen = [ZEILE_PT + 10.0 * n.count("\n") for n in self.zeilennamen]

    def zeichne(self) -> Figure:
        a = self.angaben
        self.kopf = (15.0 if a.titel else 0.0) + 27.0
        self.breite = stil.nutzbreite(a.breite_cm)
        self._teile_breite_auf()
        self.notiz = stil.umbrechen(self._fusszeile(), self.breite, 7.0, 3)
        self.fuss = 17.0 + (4.0 + 7.0 * stil.ZEILE * (self.notiz.count("\n") + 1) if self.notiz else 0.0)
        inhalt = sum(self.hoehen) or ZEILE_PT
        hoehe = max(a.hoehe_cm * stil.PT_JE_CM, self.kopf + self.fuss + inhalt)
        streckung = (hoehe - self.kopf - self.fuss) / inhalt
        self.blatt = stil.Blatt(a.breite_cm, hoehe)
        self._kopf()
        self._gitter()
        y = hoehe - self.kopf
        for paar, name, h in zip(self.paare, self.zeilennamen, self.hoehen, strict=True):
            y -= h * streckung
            self._zeile(paar, name, y + h * streckung / 2)
        if self.notiz:
            self.blatt.text(0, 2, self.notiz, pt=7.0, farbe=stil.NEBENTEXT, va="bottom")
        return self.blatt.fig

    def _teile_breite_auf(self) -> None:
        unterschied = "Unterschied (Prozentpunkte)" if self.angaben.einheit == "%" else "Unterschied"
        spalten = [[self.namen[0]], [self.namen[1]], [unterschied]]
        for p in self.paare:
            for spalte, text in zip(spalten, self._texte(p), strict=True):
                spalte.append(text)
        self.koepfe = [stil.umbrechen(s[0], 74, stil.PT_KLEIN, 2) for s in spalten]
        breiten = [  # the heads of the first two columns also carry the mark that stands for them in the chart
            max(
                stil.textbreite(k, stil.PT_KLEIN, True) + MARKE_PT * (i < 2),
                *(stil.textbreite(t, stil.PT, True) for t in s[1:]),
                0,
            )
            for i, (k, s) in enumerate(zip(self.koepfe, spalten, strict=True))
        ]
        self.spalten: list[float] = []
        rechts = self.breite
        for b in reversed(breiten):
            self.spalten.insert(0, rechts)
            rechts -= b + SPALTE_LUFT
        namen = max(
            (stil.textbreite(n, stil.PT, p.hervorgehoben) for n, p in zip(self.zeilennamen, self.paare, strict=True)),
            default=0,
        )
        self.links, self.rechts = namen + 14, rechts - 8
        self.namenkante = namen

    def _x(self, wert: float) -> float:
        anteil = (gedruckt(wert, self.angaben.nachkommastellen) - self.achse.unten) / (
            self.achse.oben - self.achse.unten
        )
        return self.links + anteil * (self.rechts - self.links)

    def _texte(self, p: Paar) -> tuple[str, str, str]:
        stellen = self.angaben.nachkommastellen
        zeichen = {"geheim": "•", "unsicher": "/", "fehlt": "k. A.", "wert": ""}
        wert = format_zahl(p.wert, stellen) if p.wert is not None else zeichen[p.art]
        vergleich = format_zahl(p.vergleich, stellen) if p.vergleich is not None else zeichen[p.vergleich_art]
        if p.wert is None or p.vergleich is None:
            return wert, vergleich, ""
        abstand = format_zahl(p.wert - p.vergleich, stellen)
        ungleich_null = any(z in "123456789" for z in abstand)
        return wert, vergleich, f"+{abstand}" if p.wert > p.vergleich and ungleich_null else abstand

    def _kopf(self) -> None:
        a, oben = self.angaben, self.blatt.hoehe
        if a.titel:
            self.blatt.text(0, oben - 11, a.titel, pt=stil.PT_TITEL, fett=True)
            oben -= 15
        unten = oben - self.kopf + (15 if a.titel else 0) + 6
        for x, kopf in zip(self.spalten, self.koepfe, strict=True):
            self.blatt.text(
                x, unten, kopf, pt=stil.PT_KLEIN, ha="right", va="bottom", fett=True, multialignment="right"
            )
        for marke, x, kopf in (
            (self._punkt, self.spalten[0], self.koepfe[0]),
            (self._bezug, self.spalten[1], self.koepfe[1]),
        ):
            mitte = unten + 4.2 + kopf.count("\n") * stil.PT_KLEIN * stil.ZEILE / 2
            marke(x - stil.textbreite(kopf, stil.PT_KLEIN, True) - 6, mitte)

    def _gitter(self) -> None:
        unten, oben = self.fuss, self.blatt.hoehe - self.kopf
        texte = [self.achse.text(w) for w in self.achse.striche]
        platz = max(stil.textbreite(t, stil.PT_KLEIN) for t in texte) + 5
        jeder = 1 + int(platz * (len(texte) - 1) / (self.rechts - self.links))
        for i, (wert, text) in enumerate(zip(self.achse.striche, texte, strict=True) if self.werte else ()):
            x, farbe = self._x(wert), stil.ACHSE if wert == 0 else stil.GITTER
            self.blatt.strich((x, x), (unten, oben), color=farbe, linewidth=0.7, zorder=1)
            if i % jeder == 0:
                self.blatt.text(x, unten - 9, text, pt=stil.PT_KLEIN, ha="center", farbe=stil.NEBENTEXT)
        if self._einheit_passt():
            self.blatt.text(0, unten - 9, self._einheit(), pt=stil.PT_KLEIN, farbe=stil.NEBENTEXT)

    def _einheit(self) -> str:
        return stil.einheit_text(self.angaben.einheit)

    def _einheit_passt(self) -> bool:
        """Left of the tick labels, below the names; else it goes into the note."""
        erster = (
            self._x(self.achse.striche[0]) - stil.textbreite(self.achse.text(self.achse.striche[0]), stil.PT_KLEIN) / 2
        )
        return stil.textbreite(self._einheit(), stil.PT_KLEIN) + 6 <= erster

    def _zeile(self, p: Paar, name: str, mitte: float) -> None:
        va = "center" if "\n" in name else "center_baseline"
        self.blatt.text(self.namenkante, mitte, name, ha="right", va=va, fett=p.hervorgehoben, multialignment="right")
        if p.wert is not None and p.vergleich is not None:
            self.blatt.strich(
                (self._x(p.wert), self._x(p.vergleich)), (mitte, mitte), color=stil.BLAU, linewidth=1.2, zorder=3
            )
        if p.vergleich is not None:
            self._bezug(self._x(p.vergleich), mitte)
        if p.wert is not None:
            self._punkt(self._x(p.wert), mitte)
        for x, text, fett in zip(self.spalten, self._texte(p), (p.wert is not None, False, False), strict=True):
            self.blatt.text(x, mitte, text, ha="right", va="center_baseline", fett=fett)

    def _punkt(self, x: float, y: float) -> None:
        self.blatt.strich((x,), (y,), marker="o", markersize=6.5, color=stil.BLAU, markeredgecolor="white", zorder=5)

    def _bezug(self, x: float, y: float) -> None:
        """The reference as an upright bar: it stays visible behind a dot at the same place."""
        self.blatt.strich(
            (x, x), (y - 5.2, y + 5.2), color=stil.GRAU[0], linewidth=2.4, zorder=4, solid_capstyle="butt"
        )

    def _fusszeile(self) -> str:
        arten = {p.art for p in self.paare} | {p.vergleich_art for p in self.paare}
        teile = [] if self._einheit_passt() else [f"Angaben {self._einheit()}"]
        teile += ["• Wert unbekannt, geheim zu halten oder nicht freigegeben"] if "geheim" in arten else []
        teile += ["k. A. keine Angabe"] if "fehlt" in arten else []
        teile += ["/ Wert nicht sicher genug"] if "unsicher" in arten else []
        if self.werte and self.achse.abgeschnitten:
            teile.append(f"die Achse beginnt bei {self.achse.text(self.achse.unten)}, nicht bei null")
        if any(self._rundungsrest(p) for p in self.paare):
            teile.append("Unterschiede aus ungerundeten Werten")
        text = "; ".join(teile)
        return f"{text[0].upper()}{text[1:]}." if text else ""

    def _rundungsrest(self, p: Paar) -> bool:
        """True when the printed difference is not that of the printed numbers."""
        if p.wert is None or p.vergleich is None:
            return False
        stellen = self.angaben.nachkommastellen
        return runde(p.wert, stellen) - runde(p.vergleich, stellen) != runde(p.wert - p.vergleich, stellen)
