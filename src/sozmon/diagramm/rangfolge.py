"""Ranking bars: names left, values at the bar ends, the comparison value as a labelled line."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from sozmon.diagramm import stil
from sozmon.diagramm.modell import Angaben, Balken, Vergleich, gedruckt
from sozmon.zahlen import format_zahl, runde, sortierschluessel

if TYPE_CHECKING:
    from matplotlib.figure import Figure

ZEILE_PT, ZEILE_ENG_PT, ENG_AB = 13.0, 11.0, 30
STUMMEL_PT = 16.0
"""Length of every hidden bar: the same, whatever lies behind it."""
LUFT = 4.0
GEHEIM_TEXT = "• Wert unbekannt, geheim zu halten oder nicht freigegeben"


@dataclass(frozen=True, slots=True)
class Zeile:
    """One line of the ranking: a bar or a group heading."""

    balken: Balken | None
    gruppe: str = ""


def ordne_balken(balken: Sequence[Balken], stellen: int) -> list[Balken]:
    """Highest printed value first, equal printed values by German name; hidden, then missing ones last, by name.

    The printed value decides: two equal numbers on paper in an unexplained order would betray their decimals.
    """
    rang = {"wert": 0, "unsicher": 1, "geheim": 2, "fehlt": 3}

    def schluessel(b: Balken) -> tuple[object, ...]:
        wert = -runde(b.wert, stellen) if b.wert is not None else 0
        return (0 if b.wert is not None else rang[b.art], wert, sortierschluessel(b.name))

    return sorted(balken, key=schluessel)


def _zeilen(balken: Sequence[Balken], stellen: int) -> list[Zeile]:
    gruppen = list(dict.fromkeys(b.gruppe for b in balken))
    if gruppen in ([""], []):
        return [Zeile(b) for b in ordne_balken(balken, stellen)]
    zeilen: list[Zeile] = []
    for gruppe in gruppen:
        zeilen += [Zeile(None, gruppe)] if gruppe else []
        zeilen += [Zeile(b) for b in ordne_balken([b for b in balken if b.gruppe == gruppe], stellen)]
    return zeilen


def draw_rangfolge(balken: Sequence[Balken], angaben: Angaben, vergleich: Vergleich | None = None) -> Figure:
    """Horizontal bars from zero, sorted; ``vergleich`` is drawn as a line with its value. Height grows with n."""
    with stil.rc():
        return _Rangfolge(balken, angaben, vergleich).zeichne()


class _Rangfolge:
    def __init__(self, balken: Sequence[Balken], angaben: Angaben, vergleich: Vergleich | None) -> None:
        self.angaben, self.vergleich = angaben, vergleich
        self.zeilen = _zeilen(balken, angaben.nachkommastellen)
        self.balken = [z.balken for z in self.zeilen if z.balken]
        eng = len(self.zeilen) > ENG_AB
        self.pt = stil.PT_KLEIN if eng else stil.PT
        self.zeile = ZEILE_ENG_PT if eng else ZEILE_PT
        self.namen = [
            stil.umbrechen(b.name, stil.nutzbreite(angaben.breite_cm) * 0.36, self.pt, 1) for b in self.balken
        ]

    def zeichne(self) -> Figure:
        a = self.angaben
        self.fuss = 12.0 if any(b.art != "wert" for b in self.balken) else 2.0
        self.kopf = (15.0 if a.titel else 0.0) + 12.0 + (13.0 if self.vergleich else 0.0)
        hoehe = max(a.hoehe_cm * stil.PT_JE_CM, self.kopf + self.fuss + self.zeile * max(1, len(self.zeilen)) + 4)
        self.zeile = (hoehe - self.kopf - self.fuss - 4) / max(1, len(self.zeilen)) if a.hoehe_cm else self.zeile
        self.blatt = stil.Blatt(a.breite_cm, hoehe)
        self._teile_breite_auf()
        self._kopf()
        y = hoehe - self.kopf
        namen = iter(self.namen)
        for zeile in self.zeilen:
            y -= self.zeile
            mitte = y + self.zeile / 2
            if zeile.balken is None:
                self.blatt.text(0, mitte, zeile.gruppe, va="center_baseline", fett=True, pt=self.pt)
            else:
                self._balken(zeile.balken, next(namen), mitte)
        if self.balken:
            self._linien(y, hoehe - self.kopf)
        else:
            self.blatt.text(0, y - self.zeile / 2, "Es liegt kein Wert vor.", va="center_baseline", pt=self.pt)
        self._fuss()
        return self.blatt.fig

    def _teile_breite_auf(self) -> None:
        """Left edge of the bars behind the longest name; room for the number behind the longest bar."""
        werte = [b.wert for b in self.balken] + [self.vergleich.wert if self.vergleich else None]
        alle = [self._wert(w) for w in werte if w is not None]
        unten, oben = min([0.0, *alle]), max([0.0, *alle])
        oben = oben if oben > unten else unten + 1.0
        zahl = max((stil.textbreite(self._zahl(b), self.pt, True) for b in self.balken), default=0) + LUFT + 2
        links = max(
            (stil.textbreite(n, self.pt, b.hervorgehoben) for n, b in zip(self.namen, self.balken, strict=True)),
            default=0,
        )
        self.links = links + 6 + (zahl if unten < 0 else 0)
        if oben < 0.2 * (
            oben - unten
        ):  # zero lies at the right edge: the signs of bars without a number need room there
            zeichen = max(
                (stil.textbreite(self._zahl(b), self.pt, True) for b in self.balken if b.wert is None), default=0
            )
            zahl = max(zahl, STUMMEL_PT + LUFT + zeichen + 2 if zeichen else 0)
        rechts = self.blatt.breite - zahl
        self.je_wert = (rechts - self.links) / (oben - unten)
        self.null = self.links - unten * self.je_wert
        self.namenkante = links

    def _wert(self, wert: float) -> float:
        return gedruckt(wert, self.angaben.nachkommastellen)

    def _x(self, wert: float) -> float:
        return self.null + self._wert(wert) * self.je_wert

    def _zahl(self, b: Balken) -> str:
        if b.wert is None:
            return {"geheim": "•", "unsicher": "/", "fehlt": b.zeichen or "k. A."}.get(b.art, "")
        zahl = format_zahl(b.wert, self.angaben.nachkommastellen)
        return f"({zahl})" if b.art == "unsicher" else zahl

    def _balken(self, b: Balken, name: str, mitte: float) -> None:
        dicke = self.zeile * 0.68
        farbe = stil.BLAU if b.hervorgehoben else stil.BALKEN
        schrift = {"pt": self.pt, "va": "center_baseline", "fett": b.hervorgehoben}
        self.blatt.text(self.namenkante, mitte, name, ha="right", **schrift)
        ende = self.null
        if b.art == "geheim":
            self.blatt.schraffur(self.null, mitte - dicke / 2, STUMMEL_PT, dicke)
            ende += STUMMEL_PT
        elif b.wert is not None:
            ende = self._x(b.wert)
            rand = (
                {"facecolor": "white", "edgecolor": farbe, "linewidth": 0.8}
                if b.art == "unsicher"
                else {"facecolor": farbe}
            )
            self.blatt.flaeche(min(self.null, ende), mitte - dicke / 2, abs(ende - self.null), dicke, **rand)
        negativ = b.wert is not None and self._wert(b.wert) < 0
        lage = {"ha": "right" if negativ else "left", "zorder": 6}
        kasten = {"boxstyle": "square,pad=0.2", "facecolor": "white", "edgecolor": "none"}
        self.blatt.text(ende + (-LUFT if negativ else LUFT), mitte, self._zahl(b), bbox=kasten, **lage, **schrift)

    def _kopf(self) -> None:
        a, oben = self.angaben, self.blatt.hoehe
        if a.titel:
            self.blatt.text(0, oben - 11, a.titel, pt=stil.PT_TITEL, fett=True)
            oben -= 15
        if a.einheit:
            self.blatt.text(self.links, oben - 8, stil.einheit_text(a.einheit), pt=stil.PT_KLEIN, farbe=stil.NEBENTEXT)
        if self.vergleich:
            text = f"{self.vergleich.name}: {format_zahl(self.vergleich.wert, a.nachkommastellen)}"
            halb = stil.textbreite(text, stil.PT_KLEIN, True) / 2
            x = min(max(self._x(self.vergleich.wert), halb), self.blatt.breite - halb)
            self.blatt.text(x, oben - 21, text, pt=stil.PT_KLEIN, ha="center", fett=True)

    def _linien(self, unten: float, oben: float) -> None:
        self.blatt.strich((self.null, self.null), (unten, oben), color=stil.ACHSE, linewidth=0.8, zorder=4)
        if self.vergleich:
            x = self._x(self.vergleich.wert)
            self.blatt.strich(
                (x, x), (unten, oben + 2), color=stil.TEXT, linewidth=0.9, linestyle=(0, (4, 2)), zorder=5
            )

    def _fuss(self) -> None:
        arten = {b.art for b in self.balken}
        teile = [GEHEIM_TEXT] if "geheim" in arten else []
        if "fehlt" in arten and any(b.art == "fehlt" and not b.zeichen for b in self.balken):
            teile.append("k. A. keine Angabe")
        if "unsicher" in arten:
            teile.append("/ oder (Zahl): Wert nicht sicher genug")
        if teile:
            self.blatt.text(0, 2.5, "; ".join(teile), pt=7.0, farbe=stil.NEBENTEXT)
