"""Slope chart: two times, a line for each Raum, names and values at both ends."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Literal

from sozmon.diagramm import stil
from sozmon.diagramm.achse import abstand_halten
from sozmon.diagramm.modell import Angaben, Art, check_wert, gedruckt, lies_jahr
from sozmon.diagramm.tafeln import NOTIZ_PT, Tabelle, innere_brueche, wert_text
from sozmon.zahlen import format_datum, format_zahl

if TYPE_CHECKING:
    from matplotlib.figure import Figure

Seite = Literal["anfang", "ende"]
HOEHE_CM, SCHILDLUFT, MARKENLUFT = 8.5, 3.0, 16.0
SPREIZUNG_MIN = 0.25
"""The axis shows at least this share of the level, so no slope is more than four times as steep as from zero."""
ZURUECK = "#5f87b0"
"""Blue of the other lines where one Raum is emphasised."""
KEIN_WERT = "Für diese Zeitpunkte liegt kein Wert vor, der gezeigt werden kann."


@dataclass(frozen=True, slots=True)
class Steigung:
    """A Raum at two times; ``hervorgehoben``: the one that the chapter talks about."""

    name: str
    anfang: float | None
    ende: float | None
    anfang_art: Art = "wert"
    ende_art: Art = "wert"
    hervorgehoben: bool = False

    def __post_init__(self) -> None:
        check_wert(self.anfang, self.anfang_art, f"{self.name}, Anfang")
        check_wert(self.ende, self.ende_art, f"{self.name}, Ende")

    def an(self, seite: Seite) -> tuple[float | None, Art]:
        """Value and kind at one of the two times."""
        return (self.anfang, self.anfang_art) if seite == "anfang" else (self.ende, self.ende_art)


def draw_steigung(
    linien: Sequence[Steigung], angaben: Angaben, zeiten: tuple[str, str], vergleich: Steigung | None = None
) -> Figure:
    """Lines from ``zeiten[0]`` to ``zeiten[1]`` (time texts); ``vergleich`` (the Kreis) grey and bold.

    ValueError when a Bruch of ``angaben`` lies between the two times: a slope over it would be a claim that nobody
    can make; the caller leaves the chart out or takes later times. Where an end has no number there is no line.
    """
    check_ohne_bruch(angaben, zeiten)
    with stil.rc():
        return _Steigung(linien, angaben, zeiten, vergleich).zeichne()


def check_ohne_bruch(angaben: Angaben, zeiten: tuple[str, str]) -> None:
    """ValueError with the reason when the two times stand on two sides of a declared Bruch, or in the wrong order."""
    von, bis = (lies_jahr(z) for z in zeiten)
    if von >= bis:
        raise ValueError(f"Steigungsdiagramm: {zeiten[0]} liegt nicht vor {zeiten[1]}")
    for _, grund in innere_brueche((von, bis), angaben.brueche):
        raise ValueError(f"Steigungsdiagramm: zwischen {zeiten[0]} und {zeiten[1]} liegt ein Bruch der Reihe ({grund})")


def daten_steigung(
    linien: Sequence[Steigung], angaben: Angaben, zeiten: tuple[str, str], vergleich: Steigung | None = None
) -> Tabelle:
    """What is drawn: Räume in rows, the two times in columns."""
    stellen = angaben.nachkommastellen
    alle = [*linien, *([vergleich] if vergleich else [])]
    zeilen = (
        (s.name, wert_text(s.anfang, s.anfang_art, stellen), wert_text(s.ende, s.ende_art, stellen)) for s in alle
    )
    return (("Raum", *(format_datum(z) for z in zeiten)), *zeilen)


def compute_spanne(werte: Sequence[float]) -> tuple[float, float]:
    """Lowest and highest place of the axis: the values, widened to a quarter of their level, never across zero."""
    tief, hoch = min(werte, default=0.0), max(werte, default=1.0)
    niveau = max(abs(tief), abs(hoch)) or 1.0
    luft = max(0.0, SPREIZUNG_MIN * niveau - (hoch - tief)) / 2
    unten, oben = tief - luft, hoch + luft
    if tief >= 0:
        return max(unten, 0.0), oben
    return unten, min(oben, 0.0) if hoch <= 0 else oben


class _Steigung:
    def __init__(
        self, linien: Sequence[Steigung], angaben: Angaben, zeiten: tuple[str, str], vergleich: Steigung | None
    ) -> None:
        self.angaben, self.vergleich = angaben, vergleich
        self.zeiten = [format_datum(z) for z in zeiten]
        self.alle = [*linien, *([vergleich] if vergleich else [])]
        self.betont = any(s.hervorgehoben for s in linien)
        werte = [self._wert(w) for s in self.alle for w in (s.anfang, s.ende) if w is not None]
        self.leer = not werte
        self.tief, self.hoch = compute_spanne(werte)

    def zeichne(self) -> Figure:
        self._teile_auf()
        self._kopf()
        for s in self.alle:
            self._linie(s)
        self._beschrifte("anfang")
        self._beschrifte("ende")
        if self.leer:
            text = stil.umbrechen(KEIN_WERT, self.rechts - self.links - 8)
            mitte = (self.links + self.rechts) / 2, (self.unten + self.oben) / 2
            self.blatt.text(*mitte, text, ha="center", va="center", multialignment="center")
        if self.notizen:
            self.blatt.text(0, 2, self.notizen, pt=NOTIZ_PT, farbe=stil.NEBENTEXT, va="bottom")
        return self.blatt.fig

    def _wert(self, wert: float) -> float:
        return gedruckt(wert, self.angaben.nachkommastellen)

    # --- layout

    def _teile_auf(self) -> None:
        self.breite = stil.nutzbreite(self.angaben.breite_cm)
        self.schilder: dict[Seite, list[tuple[Steigung, str]]] = {"anfang": [], "ende": []}
        for seite, liste in self.schilder.items():
            liste += [(s, self._schild(s, seite)) for s in self.alle if s.an(seite)[0] is not None]
        breiten = {
            seite: max((stil.textbreite(t, stil.PT, self._fett(s)) for s, t in liste), default=0.0)
            for seite, liste in self.schilder.items()
        }
        self.links = breiten["anfang"] + MARKENLUFT
        self.rechts = self.breite - breiten["ende"] - MARKENLUFT
        self.notizen = stil.umbrechen(" ".join(self._notiztexte()), self.breite, NOTIZ_PT, 8)
        zeilen = self.notizen.count("\n") + 1 if self.notizen else 0
        self.unten = zeilen * NOTIZ_PT * stil.ZEILE + (6 if zeilen else 4)
        kopf = (15.0 if self.angaben.titel else 0.0) + 12.0 + 18.0
        schilder = max(sum(self._hoehe(t) for _, t in liste) for liste in self.schilder.values()) + 6
        noetig = self.unten + schilder + kopf
        hoehe = max(self.angaben.hoehe_cm * stil.PT_JE_CM or HOEHE_CM * stil.PT_JE_CM, noetig)
        self.oben = hoehe - kopf
        self.blatt = stil.Blatt(self.angaben.breite_cm, hoehe)

    def _fett(self, s: Steigung) -> bool:
        return s is self.vergleich or s.hervorgehoben

    def _farben(self, s: Steigung) -> tuple[str, str]:
        """Colour of the line and of its texts."""
        if s is self.vergleich:
            return stil.GRAU[0], stil.GRAU[0]
        zurueck = self.betont and not s.hervorgehoben
        return (ZURUECK, stil.TEXT) if zurueck else (stil.BLAU, stil.BLAU)

    @staticmethod
    def _hoehe(text: str) -> float:
        return stil.PT * stil.ZEILE * (text.count("\n") + 1) + 0.5

    def _schild(self, s: Steigung, seite: Seite) -> str:
        """'Freiberg  5,2' on the left, '4,5  Freiberg' on the right: the number stands at the line."""
        wert, art = s.an(seite)
        zahl = wert_text(wert, art, self.angaben.nachkommastellen)
        platz = self.breite * 0.31 - stil.textbreite(f"{zahl}  ", stil.PT, True)
        name = stil.umbrechen(s.name, platz, stil.PT, 3, self._fett(s))
        if seite == "ende":
            return f"{zahl}  {name}"
        return f"{name}  {zahl}"

    def _y(self, wert: float) -> float:
        anteil = (self._wert(wert) - self.tief) / (self.hoch - self.tief)
        return self.unten + 4 + anteil * (self.oben - self.unten - 8)

    def _ort(self, seite: Seite) -> float:
        return self.links if seite == "anfang" else self.rechts

    # --- parts

    def _kopf(self) -> None:
        oben = self.blatt.hoehe
        if self.angaben.titel:
            self.blatt.text(0, oben - 11, self.angaben.titel, pt=stil.PT_TITEL, fett=True)
            oben -= 15
        text = stil.einheit_text(self.angaben.einheit)
        if self.tief > 0 or self.hoch < 0:
            von, bis = (format_zahl(w, self.angaben.nachkommastellen) for w in (self.tief, self.hoch))
            text = f"{text} (Achse zeigt den Ausschnitt von {von} bis {bis})".strip()
        self.blatt.text(0, oben - 8, text, pt=stil.PT_KLEIN, farbe=stil.NEBENTEXT)
        for seite, zeit in zip(self.schilder, self.zeiten, strict=True):
            x = self._ort(seite)
            self.blatt.strich((x, x), (self.unten, self.oben + 3), color=stil.ACHSE, linewidth=0.8, zorder=1)
            halb = stil.textbreite(zeit, stil.PT, True) / 2
            self.blatt.text(min(max(x, halb), self.breite - halb), self.oben + 7, zeit, ha="center", fett=True)

    def _linie(self, s: Steigung) -> None:
        farbe, _ = self._farben(s)
        ebene = 6 if s.hervorgehoben else 5 if s is self.vergleich else 4
        breite = 2.2 if self._fett(s) else 1.2
        if s.anfang is not None and s.ende is not None:
            y = (self._y(s.anfang), self._y(s.ende))
            strich: Any = (0, (5, 2)) if s is self.vergleich else "-"
            self.blatt.strich(
                (self.links, self.rechts), y, color=farbe, linewidth=breite, linestyle=strich, zorder=ebene
            )
        for seite in self.schilder:
            wert, art = s.an(seite)
            if wert is not None:
                innen = "white" if art == "unsicher" else farbe
                rand = {"markerfacecolor": innen, "markeredgecolor": farbe, "markeredgewidth": 1.0}
                groesse = 4.8 if self._fett(s) else 3.8
                x = self._ort(seite)
                self.blatt.strich((x,), (self._y(wert),), marker="o", markersize=groesse, zorder=ebene + 2, **rand)

    def _beschrifte(self, seite: Seite) -> None:
        """Names and values beside the ends; moved apart where they would touch, then joined by a thin leader."""
        liste, richtung = self.schilder[seite], -1 if seite == "anfang" else 1
        folge = sorted(liste, key=lambda e: e[0].an("ende" if seite == "anfang" else "anfang")[0] or 0.0)
        orte = [self._y(s.an(seite)[0] or 0.0) for s, _ in folge]
        lagen = abstand_halten(orte, [self._hoehe(t) for _, t in folge], self.unten - 3, self.oben + 3)
        for (s, text), ort, lage in zip(folge, orte, lagen, strict=True):
            farbe, textfarbe = self._farben(s)
            kante = self._ort(seite) + richtung * MARKENLUFT * 0.85
            lagetext: dict[str, Any] = {"ha": "right" if richtung < 0 else "left", "va": "center"}
            lagetext["multialignment"] = lagetext["ha"]
            self.blatt.text(kante, lage, text, farbe=textfarbe, fett=self._fett(s), **lagetext)
            if abs(lage - ort) > 1.5:
                x = (self._ort(seite) + richtung * 3.5, kante - richtung * 2)
                self.blatt.strich(x, (ort, lage), color=farbe, linewidth=0.5, zorder=3)

    def _notiztexte(self) -> list[str]:
        stellen, fehlend, texte = self.angaben.nachkommastellen, list[str](), list[str]()
        for s in self.alle:
            ohne = [(z, s.an(seite)) for z, seite in zip(self.zeiten, self.schilder, strict=True)]
            teile = [f"{z}: {wert_text(w, art, stellen)}" for z, (w, art) in ohne if w is None]
            fehlend += [f"{s.name} ({', '.join(teile)})"] if teile else []
        if fehlend:
            texte.append(f"Ohne Linie: {', '.join(fehlend)}.")
        arten = {art for s in self.alle for w, art in (s.an("anfang"), s.an("ende")) if w is None}
        if "geheim" in arten:
            texte.append("• Wert unbekannt, geheim zu halten oder nicht freigegeben.")
        if "fehlt" in arten:
            texte.append("k. A.: keine Angabe.")
        if any("unsicher" in (s.anfang_art, s.ende_art) for s in self.alle):
            texte.append("Offene Marke, / oder (Zahl): Wert nicht sicher genug.")
        return texte
