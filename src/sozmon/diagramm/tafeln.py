"""Tables as pictures: heat table (Räume × Indikatoren) and courses at a glance (sparklines)."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from sozmon.diagramm import stil
from sozmon.diagramm.modell import Angaben, Art, Punkt, Reihe, check_wert, gedruckt
from sozmon.diagramm.reihen import abschnitte, rhythmus, zeitspanne
from sozmon.zahlen import Zahl, format_zahl

if TYPE_CHECKING:
    from matplotlib.figure import Figure

STUFEN = ("#ffffff", "#dbe7f2", "#b3cde3", "#7fa8cc", "#2f6b9c")
"""From the lowest fifth of a column to the highest."""
HELLE_SCHRIFT_AB = 4
ZELLE_PT, KOPF_PT = 15.0, 7.5
ZEICHEN = {"geheim": "•", "fehlt": "k. A.", "unsicher": "/", "wert": ""}


@dataclass(frozen=True, slots=True)
class Feld:
    """One cell of the heat table."""

    wert: float | None
    art: Art = "wert"

    def __post_init__(self) -> None:
        check_wert(self.wert, self.art, "Feld")


@dataclass(frozen=True, slots=True)
class Spalte:
    """One Indikator: head, decimals, a cell per row."""

    kopf: str
    nachkommastellen: int
    felder: tuple[Feld, ...]


def compute_stufen(werte: Sequence[float | None]) -> list[int | None]:
    """Fifth (0–4) of each printed value among those of its column; equal values share one, below 5 values None.

    The fifth of a value is the share of smaller values, so ties never straddle a border.
    """
    da = sorted(w for w in werte if w is not None)
    if len(da) < len(STUFEN) or da[0] == da[-1]:
        return [None] * len(werte)
    return [None if w is None else min(4, math.floor(5 * sum(x < w for x in da) / len(da))) for w in werte]


def draw_waerme(zeilen: Sequence[str], spalten: Sequence[Spalte], angaben: Angaben, summe: bool = False) -> Figure:
    """Rows × columns with the printed number in every cell; darker = higher within the column, never good or bad.

    summe: the last row is the whole (the Kreis): printed, not ranked.
    """
    with stil.rc():
        return _Waerme(zeilen, spalten, angaben, summe).zeichne()


class _Waerme:
    def __init__(self, zeilen: Sequence[str], spalten: Sequence[Spalte], angaben: Angaben, summe: bool) -> None:
        self.spalten, self.angaben, self.summe = list(spalten), angaben, summe
        self.breite = stil.nutzbreite(angaben.breite_cm)
        self.namen = [stil.umbrechen(z, self.breite * 0.26, stil.PT_KLEIN, 1) for z in zeilen]
        self.links = max((stil.textbreite(n, stil.PT_KLEIN, True) for n in self.namen), default=0.0) + 6
        self.weite = (self.breite - self.links) / max(1, len(self.spalten))
        self.koepfe = [stil.umbrechen(_trennbar(s.kopf, self.weite - 4), self.weite - 4, 7.0, 5) for s in self.spalten]

    def zeichne(self) -> Figure:
        kopf = max((k.count("\n") for k in self.koepfe), default=0) * 7.0 * stil.ZEILE + 14
        kopf += 15.0 if self.angaben.titel else 0.0
        self.notiz = stil.umbrechen(self._notiz(), self.breite, 7.0, 3)
        fuss = 22.0 + 7.0 * stil.ZEILE * (self.notiz.count("\n") + 1)
        self.blatt = stil.Blatt(self.angaben.breite_cm, kopf + ZELLE_PT * len(self.namen) + fuss)
        oben = self.blatt.hoehe
        if self.angaben.titel:
            self.blatt.text(0, oben - 11, self.angaben.titel, pt=stil.PT_TITEL, fett=True)
        self.oben = oben - kopf
        for nr, kopf_text in enumerate(self.koepfe):
            x = self.links + (nr + 0.5) * self.weite
            self.blatt.text(x, self.oben + 4, kopf_text, pt=7.0, ha="center", va="bottom", multialignment="center")
        for zeile, name in enumerate(self.namen):
            fett = self.summe and zeile == len(self.namen) - 1
            y = self._y(zeile)
            self.blatt.text(0, y, name, pt=stil.PT_KLEIN, va="center_baseline", fett=fett)
        for nr, spalte in enumerate(self.spalten):
            self._spalte(nr, spalte)
        self._legende(self._y(len(self.namen) - 1) - ZELLE_PT / 2 - 14)
        self.blatt.text(0, 2, self.notiz, pt=7.0, farbe=stil.NEBENTEXT, va="bottom")
        return self.blatt.fig

    def _y(self, zeile: int) -> float:
        return self.oben - (zeile + 0.5) * ZELLE_PT

    def _spalte(self, nr: int, spalte: Spalte) -> None:
        grenze = len(spalte.felder) - 1 if self.summe else len(spalte.felder)
        werte = [None if f.wert is None else gedruckt(f.wert, spalte.nachkommastellen) for f in spalte.felder[:grenze]]
        stufen = [*compute_stufen(werte), *([None] if self.summe else [])]
        for zeile, (feld, stufe) in enumerate(zip(spalte.felder, stufen, strict=True)):
            x, y = self.links + nr * self.weite, self._y(zeile)
            rand: dict[str, Any] = {"edgecolor": stil.GITTER, "linewidth": 0.6}
            self.blatt.flaeche(x, y - ZELLE_PT / 2, self.weite, ZELLE_PT, facecolor=STUFEN[stufe or 0], **rand)
            if feld.art == "geheim":
                self.blatt.schraffur(x + 2, y - ZELLE_PT / 2 + 2, self.weite - 4, ZELLE_PT - 4)
            self._zahl(feld, spalte, (x + self.weite / 2, y), stufe, zeile)

    def _zahl(self, feld: Feld, spalte: Spalte, ort: tuple[float, float], stufe: int | None, zeile: int) -> None:
        text = format_zahl(feld.wert, spalte.nachkommastellen) if feld.wert is not None else ZEICHEN[feld.art]
        hell = stufe is not None and stufe >= HELLE_SCHRIFT_AB
        fett = self.summe and zeile == len(self.namen) - 1
        art: dict[str, Any] = {"pt": stil.PT_KLEIN, "ha": "center", "va": "center_baseline", "zorder": 6, "fett": fett}
        if feld.art == "geheim":
            art["bbox"] = {"boxstyle": "square,pad=0.15", "facecolor": "white", "edgecolor": "none"}
        self.blatt.text(*ort, text, farbe="white" if hell else stil.TEXT, **art)

    def _legende(self, y: float) -> None:
        x = self.links
        self.blatt.text(x - 6, y + 1, "niedrig", pt=7.0, ha="right")
        for farbe in STUFEN:
            self.blatt.flaeche(x, y, 16, 7, facecolor=farbe, edgecolor=stil.ACHSE, linewidth=0.4)
            x += 16
        self.blatt.text(x + 6, y + 1, "hoch", pt=7.0)

    def _notiz(self) -> str:
        teile = ["Je dunkler ein Feld, desto höher der Wert in seiner Spalte (Fünftel der Räume)."]
        teile.append("Die Farbe bewertet nicht.")
        if any(f.art == "geheim" for s in self.spalten for f in s.felder):
            teile.append("• (schraffiert): Wert unbekannt, geheim zu halten oder nicht freigegeben.")
        return " ".join(teile)


_VOKALE = "aeiouäöü"
_FUGEN = ("quote", "quotient", "anteil", "saldo", "beteiligung", "leistung", "dichte", "rate", "armut", "haushalte")


def _trennbar(text: str, breite: float) -> str:
    """A hyphen before the last part of a word that is wider than its column ('Beschäftigungs-quote')."""
    worte = []
    for wort in text.split(" "):
        if stil.textbreite(wort, 7.0) > breite:
            fuge = next((f for f in _FUGEN if wort.lower().endswith(f) and len(wort) > len(f)), "")
            vorn = _silben(wort[: len(wort) - len(fuge)], breite)
            wort = f"{vorn}-{fuge}" if fuge else vorn
        worte.append(wort)
    return " ".join(worte)


def _silben(wort: str, breite: float) -> str:
    """A hyphen before the last syllable (a consonant and its vowel) that leaves the part before it narrow enough."""
    if stil.textbreite(f"{wort}-", 7.0) <= breite:
        return wort
    stellen = [i for i in range(3, len(wort) - 2) if wort[i] not in _VOKALE and wort[i + 1] in _VOKALE]
    passend = [i for i in stellen if stil.textbreite(f"{wort[:i]}-", 7.0) <= breite]
    return f"{wort[: passend[-1]]}-{_silben(wort[passend[-1] :], breite)}" if passend else wort


def daten_waerme(zeilen: Sequence[str], spalten: Sequence[Spalte]) -> tuple[tuple[str, ...], ...]:
    """The cells as a table."""

    def text(feld: Feld, stellen: int) -> str:
        return Zahl(format_zahl(feld.wert, stellen), feld.wert) if feld.wert is not None else ZEICHEN[feld.art]

    rumpf = ((z, *(text(s.felder[nr], s.nachkommastellen) for s in spalten)) for nr, z in enumerate(zeilen))
    return (("Raum", *(s.kopf for s in spalten)), *rumpf)


@dataclass(frozen=True, slots=True)
class Verlauf:
    """One row of the courses: the series, and its numbers in words as they are printed."""

    name: str
    reihe: Reihe
    brueche: tuple[tuple[float, str], ...]
    anfang: str
    ende: str
    veraenderung: str
    vergleich: str = ""


def draw_verlaeufe(verlaeufe: Sequence[Verlauf], koepfe: tuple[str, str, str, str], angaben: Angaben) -> Figure:
    """Name, course, first and last value, change, comparison; ``koepfe`` name the four columns behind the course.

    Each course has a scale of its own: it shows the shape, the numbers stand beside it. A row without comparison
    leaves that cell empty.
    """
    with stil.rc():
        return _Verlaeufe(verlaeufe, koepfe, angaben).zeichne()


class _Verlaeufe:
    HOEHE, LINIE = 20.0, 13.0

    def __init__(self, verlaeufe: Sequence[Verlauf], koepfe: tuple[str, str, str, str], angaben: Angaben) -> None:
        self.verlaeufe, self.angaben = list(verlaeufe), angaben
        self.breite = stil.nutzbreite(angaben.breite_cm)
        zeilen = [(v.anfang, v.ende, v.veraenderung, v.vergleich) for v in self.verlaeufe]
        self.hat_vergleich = any(z[3] for z in zeilen)
        self.zeilen = [z if self.hat_vergleich else z[:3] for z in zeilen]
        self.koepfe = koepfe if self.hat_vergleich else koepfe[:3]
        rechts = self.breite
        self.kanten: list[float] = []
        for nr in reversed(range(len(self.koepfe))):
            kopf = max(stil.textbreite(t, stil.PT_KLEIN, True) for t in self.koepfe[nr].split("\n"))
            weite = max([kopf, *(stil.textbreite(z[nr], stil.PT_KLEIN, nr == 1) for z in self.zeilen)])
            self.kanten.insert(0, rechts)
            rechts -= weite + 10
        self.linie = (rechts - 78, rechts - 8)
        self.namen = [stil.umbrechen(v.name, self.linie[0] - 8, stil.PT_KLEIN, 2) for v in self.verlaeufe]

    def zeichne(self) -> Figure:
        kopf = 12.0 + max(k.count("\n") for k in self.koepfe) * stil.PT_KLEIN * stil.ZEILE + 5
        self.notiz = stil.umbrechen(self._notiz(), self.breite, 7.0, 3)
        fuss = 4 + 7.0 * stil.ZEILE * (self.notiz.count("\n") + 1)
        self.blatt = stil.Blatt(self.angaben.breite_cm, kopf + self.HOEHE * max(1, len(self.verlaeufe)) + fuss)
        oben = self.blatt.hoehe - kopf
        for x, text in zip(self.kanten, self.koepfe, strict=True):
            art: dict[str, Any] = {"ha": "right", "va": "bottom", "fett": True, "multialignment": "right"}
            self.blatt.text(x, oben + 4, text, pt=stil.PT_KLEIN, **art)
        self.blatt.strich((0, self.breite), (oben, oben), color=stil.ACHSE, linewidth=0.8)
        for nr, v in enumerate(self.verlaeufe):
            self._zeile(nr, v, oben - (nr + 0.5) * self.HOEHE)
        self.blatt.text(0, 2, self.notiz, pt=7.0, farbe=stil.NEBENTEXT, va="bottom")
        return self.blatt.fig

    def _zeile(self, nr: int, v: Verlauf, mitte: float) -> None:
        va = "center" if "\n" in self.namen[nr] else "center_baseline"
        self.blatt.text(0, mitte, self.namen[nr], pt=stil.PT_KLEIN, va=va)
        self._kurve(v, mitte)
        for spalte, (x, text) in enumerate(zip(self.kanten, self.zeilen[nr], strict=True)):
            art: dict[str, Any] = {"ha": "right", "va": "center_baseline", "fett": spalte == 1}
            self.blatt.text(x, mitte, text, pt=stil.PT_KLEIN, **art)
        unten = mitte - self.HOEHE / 2
        self.blatt.strich((0, self.breite), (unten, unten), color=stil.GITTER, linewidth=0.5, zorder=1)

    def _kurve(self, v: Verlauf, mitte: float) -> None:
        teile = abschnitte(v.reihe, v.brueche, rhythmus([v.reihe]))
        werte = [p.wert for t in teile for p in t if p.wert is not None]
        von, bis = zeitspanne([v.reihe])
        if not werte:
            return
        klein, gross = min(werte), max(werte)
        links, rechts = self.linie

        def ort(p: Punkt) -> tuple[float, float]:
            hoehe = ((p.wert or 0.0) - klein) / (gross - klein) - 0.5 if gross > klein else 0.0
            return links + (p.jahr - von) / (bis - von) * (rechts - links), mitte + hoehe * self.LINIE

        for teil in teile:
            orte = [ort(p) for p in teil]
            marke: dict[str, Any] = {"marker": "o", "markersize": 2.4} if len(orte) == 1 else {}
            x, y = [o[0] for o in orte], [o[1] for o in orte]
            self.blatt.strich(x, y, color=stil.BLAU, linewidth=1.3, zorder=3, **marke)
        x0, y0 = ort([p for t in teile for p in t][-1])
        self.blatt.strich((x0,), (y0,), marker="o", markersize=3.6, color=stil.BLAU)

    def _notiz(self) -> str:
        teile = ["Jeder Verlauf hat seinen eigenen Maßstab."]
        if any(v.brueche for v in self.verlaeufe):
            teile.append("Unterbrochene Linie: Bruch der Reihe oder kein Wert.")
        return " ".join(teile)


def daten_verlaeufe(verlaeufe: Sequence[Verlauf], koepfe: tuple[str, str, str, str]) -> tuple[tuple[str, ...], ...]:
    """The printed columns as a table."""
    kopf = ("Indikator", *(k.replace("\n", " ") for k in koepfe))
    return (kopf, *((v.name, v.anfang, v.ende, v.veraenderung, v.vergleich) for v in verlaeufe))
