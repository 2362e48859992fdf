"""Sparkline table: a row for each Indikator with its course, first and last value, change and comparison as text."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from sozmon.diagramm import stil
from sozmon.diagramm.achse import compute_werteachse
from sozmon.diagramm.modell import Angaben, Punkt, Reihe, gedruckt
from sozmon.diagramm.reihen import abschnitte, bruchstellen, hat_luecke, rhythmus
from sozmon.diagramm.tafeln import (
    FEHLT,
    GEHEIM,
    NOTIZ_PT,
    VERBORGEN_TEXT,
    Tabelle,
    innere_brueche,
    wert_text,
    zeichenerklaerung,
    zeit_text,
)

if TYPE_CHECKING:
    from matplotlib.figure import Figure

SPALTENLUFT, ZEILENLUFT, LINIE_PT, SPUR_PT = 9.0, 7.0, 17.0, 6.0
ANTEILE = (0.27, 0.2, 0.18, 0.14)
"""Shares of the width: name at most, course at least, change and comparison at most."""


@dataclass(frozen=True, slots=True)
class Verlauf:
    """One row. ``veraenderung`` and ``vergleich`` are texts of the caller: it knows the right word and unit."""

    name: str
    einheit: str
    punkte: tuple[Punkt, ...]
    nachkommastellen: int = 1
    veraenderung: str = ""
    vergleich: str = ""
    brueche: tuple[tuple[float, str], ...] = ()

    @property
    def reihe(self) -> Reihe:
        """As a series for the arithmetic of lines."""
        return Reihe(self.name, self.punkte)

    def enden(self) -> tuple[Punkt, Punkt] | None:
        """First and last point with a number."""
        mit = sorted((p for p in self.punkte if p.wert is not None), key=lambda p: p.jahr)
        return (mit[0], mit[-1]) if mit else None

    def endtexte(self) -> tuple[str, str]:
        """'2005: 12,3', '2021: 4,5'; of a single value only the last; the sign when there is no number."""
        enden = self.enden()
        if enden is None:
            zeichen = GEHEIM if any(p.art == "geheim" for p in self.punkte) else FEHLT
            return zeichen, zeichen
        texte = [f"{zeit_text(p.jahr)}: {wert_text(p.wert, p.art, self.nachkommastellen)}" for p in enden]
        return (texte[0] if enden[0] is not enden[1] else "", texte[1])


def draw_verlaeufe(zeilen: Sequence[Verlauf], angaben: Angaben, vergleichsname: str = "") -> Figure:
    """Table of lines, each on its own scale, all on one time axis; ``vergleichsname``: head of the last column,
    '' leaves it out. Of ``angaben`` only title and size are used: units and Brüche belong to the rows.
    """
    with stil.rc():
        return _Verlaeufe(zeilen, angaben, vergleichsname).zeichne()


def daten_verlaeufe(zeilen: Sequence[Verlauf], vergleichsname: str = "") -> Tabelle:
    """What is drawn: an Indikator a row, every time a column, then change and comparison."""
    jahre = sorted({p.jahr for z in zeilen for p in z.punkte})
    kopf = (
        "Indikator",
        "Einheit",
        *(zeit_text(j) for j in jahre),
        "Veränderung",
        *([vergleichsname] * bool(vergleichsname)),
    )
    ergebnis = [kopf]
    for z in zeilen:
        werte = {p.jahr: wert_text(p.wert, p.art, z.nachkommastellen) for p in z.punkte}
        ende = [z.vergleich] if vergleichsname else []
        ergebnis.append((z.name, z.einheit, *(werte.get(j, "") for j in jahre), z.veraenderung, *ende))
    return tuple(ergebnis)


class _Verlaeufe:
    def __init__(self, zeilen: Sequence[Verlauf], angaben: Angaben, vergleichsname: str) -> None:
        self.zeilen, self.angaben, self.vergleichsname = list(zeilen), angaben, vergleichsname
        jahre = [p.jahr for z in self.zeilen for p in z.punkte]
        self.von, self.bis = (min(jahre), max(jahre)) if jahre else (0.0, 1.0)
        self.breite = stil.nutzbreite(angaben.breite_cm)
        self.namen = [stil.umbrechen(z.name, self.breite * ANTEILE[0], stil.PT, 3) for z in self.zeilen]
        self.rechts = [
            (
                *z.endtexte(),
                stil.umbrechen(z.veraenderung, self.breite * ANTEILE[2], stil.PT, 3),
                stil.umbrechen(z.vergleich, self.breite * ANTEILE[3], stil.PT, 3) if vergleichsname else "",
            )
            for z in self.zeilen
        ]

    def zeichne(self) -> Figure:
        self._teile_breite_auf()
        hoehen = [self._hoehe(i) for i in range(len(self.zeilen))]
        self.notizen = stil.umbrechen(" ".join(self._notiztexte()), self.breite, NOTIZ_PT, 8)
        fuss = NOTIZ_PT * stil.ZEILE * (self.notizen.count("\n") + 1) + 6 if self.notizen else 2.0
        kopfzeilen = max(k.count("\n") + 1 for k in self.koepfe)
        kopf = (15.0 if self.angaben.titel else 0.0) + stil.PT_KLEIN * stil.ZEILE * kopfzeilen + 8
        noetig = kopf + (sum(hoehen) or 20.0) + fuss
        hoehe = max(self.angaben.hoehe_cm * stil.PT_JE_CM, noetig)
        streckung = (hoehe - noetig) / max(1, len(hoehen))
        self.blatt = stil.Blatt(self.angaben.breite_cm, hoehe)
        self._kopf(hoehe - kopf)
        y = hoehe - kopf
        for i, h in enumerate(hoehen):
            y -= h + streckung
            self._zeile(i, y, h + streckung)
        if not self.zeilen:
            self.blatt.text(0, y - 14, "Es liegt kein Wert vor.")
        if self.notizen:
            self.blatt.text(0, 2, self.notizen, pt=NOTIZ_PT, farbe=stil.NEBENTEXT, va="bottom")
        return self.blatt.fig

    # --- layout

    def _teile_breite_auf(self) -> None:
        """Text columns as wide as they need, the course takes the rest."""
        zeit = f"{zeit_text(self.von)} bis {zeit_text(self.bis)}" if self.zeilen else ""
        koepfe = ["Erster Wert", "Letzter Wert", "Veränderung", self.vergleichsname]
        breiten, self.koepfe = [], []
        for i, kopf in enumerate(koepfe):
            texte = [stil.textbreite(r[i], stil.PT, i == 1) for r in self.rechts if r[i]]
            platz = max([*texte, 44.0])
            self.koepfe.append(stil.umbrechen(kopf, platz + SPALTENLUFT * 0.6, stil.PT_KLEIN, 3, True))
            breiten.append(max([*texte, stil.textbreite(self.koepfe[-1], stil.PT_KLEIN, True) if kopf else 0.0]))
        self.koepfe.append(f"Verlauf\n{zeit}" if zeit else "Verlauf")
        self.kanten: list[float] = []
        rechts = self.breite
        for b in reversed(breiten):
            self.kanten.insert(0, rechts)
            rechts -= b + SPALTENLUFT if b else 0.0
        einheiten = [stil.textbreite(self._einheit(z), NOTIZ_PT) for z in self.zeilen]
        namen = max([*(stil.textbreite(n, stil.PT) for n in self.namen), *einheiten, 40.0])
        self.links = namen + SPALTENLUFT
        self.linie = max(rechts - self.links, self.breite * ANTEILE[1] * 0.5)

    def _einheit(self, z: Verlauf) -> str:
        return stil.umbrechen(stil.einheit_text(z.einheit), self.breite * ANTEILE[0], NOTIZ_PT, 2)

    def _hoehe(self, i: int) -> float:
        z = self.zeilen[i]
        einheit = (self._einheit(z).count("\n") + 1) * NOTIZ_PT * stil.ZEILE if z.einheit else 0.0
        name = (self.namen[i].count("\n") + 1) * stil.PT * stil.ZEILE + einheit
        texte = max(t.count("\n") + 1 for t in self.rechts[i]) * stil.PT * stil.ZEILE
        return max(name, texte, LINIE_PT + (SPUR_PT if self._verborgen(z) else 0)) + ZEILENLUFT

    @staticmethod
    def _verborgen(z: Verlauf) -> list[Punkt]:
        return [p for p in z.punkte if p.art == "geheim"]

    def _x(self, jahr: float) -> float:
        anteil = (jahr - self.von) / (self.bis - self.von) if self.bis > self.von else 0.5
        return self.links + 5 + anteil * (self.linie - 10)

    # --- parts

    def _kopf(self, unten: float) -> None:
        if self.angaben.titel:
            self.blatt.text(0, self.blatt.hoehe - 11, self.angaben.titel, pt=stil.PT_TITEL, fett=True)
        art: dict[str, Any] = {"pt": stil.PT_KLEIN, "fett": True, "va": "bottom"}
        self.blatt.text(0, unten + 4, "Indikator", **art)
        self.blatt.text(self.links + 5, unten + 4, self.koepfe[-1], **art)
        for x, kopf in zip(self.kanten, self.koepfe[:-1], strict=True):
            self.blatt.text(x, unten + 4, kopf, ha="right", multialignment="right", **art)
        self.blatt.strich((0, self.breite), (unten, unten), color=stil.ACHSE, linewidth=0.9)

    def _zeile(self, i: int, unten: float, hoehe: float) -> None:
        z, mitte, einheit = self.zeilen[i], unten + hoehe / 2, self._einheit(self.zeilen[i])
        namenhoehe = (self.namen[i].count("\n") + 1) * stil.PT * stil.ZEILE
        einheithoehe = (einheit.count("\n") + 1) * NOTIZ_PT * stil.ZEILE if einheit else 0.0
        oben = mitte + (namenhoehe + einheithoehe) / 2
        self.blatt.text(0, oben - namenhoehe / 2, self.namen[i], va="center")
        self.blatt.text(
            0, oben - namenhoehe - einheithoehe / 2, einheit, pt=NOTIZ_PT, farbe=stil.NEBENTEXT, va="center"
        )
        for nr, (x, text) in enumerate(zip(self.kanten, self.rechts[i], strict=True)):
            va = "center" if "\n" in text else "center_baseline"
            self.blatt.text(x, mitte, text, ha="right", va=va, fett=nr == 1, multialignment="right")
        spur = SPUR_PT if self._verborgen(z) else 0.0
        grund = mitte - (LINIE_PT + spur) / 2 + spur
        self._verlauf(z, grund)
        self._spur(z, grund - SPUR_PT)
        self.blatt.strich((0, self.breite), (unten, unten), color=stil.GITTER, linewidth=0.6)

    def _verlauf(self, z: Verlauf, grund: float) -> None:
        """The line on its own scale: from zero unless the values lie close together far from it."""
        teile = abschnitte(z.reihe, z.brueche, rhythmus([z.reihe]))
        werte = [gedruckt(p.wert or 0.0, z.nachkommastellen) for t in teile for p in t]
        tief, hoch = _grenzen(werte, z.nachkommastellen)

        def y(wert: float) -> float:
            return grund + 1 + (gedruckt(wert, z.nachkommastellen) - tief) / (hoch - tief) * (LINIE_PT - 2)

        if tief <= 0 <= hoch and werte:
            rand = (self._x(self.von) - 3, self._x(self.bis) + 3)
            self.blatt.strich(rand, (y(0), y(0)), color=stil.ACHSE, linewidth=0.6, zorder=1)
        for jahr, _ in bruchstellen([z.reihe], z.brueche):
            x = self._x(jahr)
            art: dict[str, Any] = {"linestyle": (0, (2, 1.5)), "linewidth": 0.7, "color": stil.NEBENTEXT}
            self.blatt.strich((x, x), (grund - 1, grund + LINIE_PT + 1), zorder=2, **art)
        for t in teile:
            ort = [self._x(p.jahr) for p in t], [y(p.wert or 0.0) for p in t]
            if len(t) > 1:
                self.blatt.strich(*ort, color=stil.BLAU, linewidth=1.3, solid_joinstyle="round", zorder=4)
        self._marken(z, [p for t in teile if len(t) == 1 for p in t], y)

    def _marken(self, z: Verlauf, einzelne: Sequence[Punkt], y: Any) -> None:
        """Dots at both ends, and where a value stands alone; open where it is uncertain."""
        enden = z.enden()
        for p in dict.fromkeys([*einzelne, *(enden or ())]):
            letzte = enden is not None and p is enden[1]
            innen = "white" if p.art == "unsicher" else stil.BLAU
            art = {"markerfacecolor": innen, "markeredgecolor": stil.BLAU, "markersize": 4.4 if letzte else 3.0}
            self.blatt.strich((self._x(p.jahr),), (y(p.wert or 0.0),), marker="o", markeredgewidth=0.9, zorder=5, **art)

    def _spur(self, z: Verlauf, unten: float) -> None:
        """Hidden times as equal boxes below the line."""
        takt = rhythmus([z.reihe]) if len(z.punkte) > 1 else 1.0
        kasten = min(6.0, max(1.5, 0.7 * takt * (self.linie - 10) / max(1.0, self.bis - self.von)))
        for p in self._verborgen(z):
            self.blatt.schraffur(self._x(p.jahr) - kasten / 2, unten, kasten, SPUR_PT - 2)

    def _notiztexte(self) -> list[str]:
        if not self.zeilen:
            return []
        texte = [
            "Jede Linie hat ihren eigenen Maßstab. Graue Waagerechte: null; wo sie fehlt, ist ein Ausschnitt gezeigt."
        ]
        if any(self._verborgen(z) for z in self.zeilen):
            texte.append(VERBORGEN_TEXT)
        if any(hat_luecke(z.reihe, z.brueche, rhythmus([z.reihe])) for z in self.zeilen):
            texte.append("Unterbrochene Linie: kein Wert.")
        brueche = {b for z in self.zeilen for b in innere_brueche([p.jahr for p in z.punkte], z.brueche)}
        if brueche:
            liste = "; ".join(f"ab {zeit_text(ab)}: {grund}" for ab, grund in sorted(brueche))
            texte.append(f"Gestrichelte Senkrechte: Bruch der Reihe ({liste}).")
        zeichen = zeichenerklaerung(t.rpartition(": ")[2] for z in self.zeilen for t in z.endtexte() if t != GEHEIM)
        return [*texte, f"{'; '.join(zeichen)}."] if zeichen else texte


def _grenzen(werte: Sequence[float], stellen: int) -> tuple[float, float]:
    """Lowest and highest value of the scale: zero belongs to it unless the line chart would cut its axis too."""
    achse = compute_werteachse(werte, stellen)
    if achse.abgeschnitten or not any(werte):
        return achse.unten, achse.oben
    return min(0.0, *werte), max(0.0, *werte)
