"""Heat table: Räume × Indikatoren, every number printed, the tone says in which fifth of its column it lies."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from sozmon.diagramm import stil
from sozmon.diagramm.modell import Angaben
from sozmon.diagramm.tafeln import NOTIZ_PT, zeichenerklaerung
from sozmon.diagramm.waermewerte import TOENE, Waermespalte, Waermezeile, compute_stufen, textfarbe, zelltexte

if TYPE_CHECKING:
    from matplotlib.figure import Figure

HOECHSTENS_CM, ENG_AB = 22.0, 30
ZEILE_PT, ZEILE_ENG_PT, EINZUG, NAMENANTEIL, ZAHLENLUFT, SPALTE_HOECHSTENS = 14.0, 11.5, 7.0, 0.34, 3.0, 80.0
KOPF_LAENGEN = (50.0, 65.0, 80.0, 100.0, 130.0, 180.0)
"""Lengths tried for upright heads, in points."""


def draw_waerme(zeilen: Sequence[Waermezeile], spalten: Sequence[Waermespalte], angaben: Angaben) -> tuple[Figure, ...]:
    """Rows in the given order; as many sheets as their height needs (``angaben.hoehe_cm``: most of one, 0 = 22 cm).

    Every sheet repeats the heads, the heading of a divided group, the sum rows and the legend.
    ValueError when the numbers do not fit side by side, or a row has another number of cells than there are columns.
    """
    for z in zeilen:
        if len(z.zellen) != len(spalten) and (z.zellen or z.rolle != "gruppe"):
            raise ValueError(f"Wärmetabelle, Zeile {z.name}: {len(z.zellen)} Zellen für {len(spalten)} Spalten")
    with stil.rc():
        return _Waerme(zeilen, spalten, angaben).zeichne()


def zaehle_blaetter(zeilen: Sequence[Waermezeile], spalten: Sequence[Waermespalte], angaben: Angaben) -> int:
    """How many sheets ``draw_waerme`` makes of these, without drawing them."""
    with stil.rc():
        return _Waerme(zeilen, spalten, angaben).zaehle()


class _Waerme:
    def __init__(self, zeilen: Sequence[Waermezeile], spalten: Sequence[Waermespalte], angaben: Angaben) -> None:
        self.spalten, self.angaben = list(spalten), angaben
        self.zeilen = [z for z in zeilen if z.rolle != "summe"]
        self.summen = [z for z in zeilen if z.rolle == "summe"]
        self.stufen = self._stufen()
        self.mit_toenen = any(s is not None for stufen in self.stufen.values() for s in stufen)
        eng = len(zeilen) > ENG_AB
        self.pt, self.zeile = (stil.PT_KLEIN, ZEILE_ENG_PT) if eng else (stil.PT, ZEILE_PT)
        self.fortsetzungen: list[Waermezeile] = []  # kept: rows are told apart by their id
        self.texte = {id(z): zelltexte(z, spalten) for z in zeilen}

    def _stufen(self) -> dict[int, list[int | None]]:
        """Tones of the rows of Räume; an uncertain number is printed, but not ranked."""
        raeume = [z for z in self.zeilen if z.rolle == "raum"]
        je_spalte = []
        for i, s in enumerate(self.spalten):
            werte = [z.zellen[i].wert if z.zellen[i].art == "wert" else None for z in raeume]
            je_spalte.append(compute_stufen(werte, s.nachkommastellen))
        return {id(z): [spalte[nr] for spalte in je_spalte] for nr, z in enumerate(raeume)}

    def zaehle(self) -> int:
        self._teile_breite_auf()
        self._teile_hoehe_auf()
        return len(self._blaetter())

    def zeichne(self) -> tuple[Figure, ...]:
        self._teile_breite_auf()
        self._teile_hoehe_auf()
        blaetter = self._blaetter()
        return tuple(self._blatt(zeilen, nr, len(blaetter)) for nr, zeilen in enumerate(blaetter, 1))

    # --- layout

    def _teile_breite_auf(self) -> None:
        """Names as wide as they are; every column as wide as its numbers, and an even share of what is left."""
        self.breite = stil.nutzbreite(self.angaben.breite_cm)
        if self._rest() < 0:
            self.pt, self.zeile = stil.PT_KLEIN, ZEILE_ENG_PT
        rest = self._rest()
        if rest < 0:
            raise ValueError(
                f"Wärmetabelle: {len(self.spalten)} Spalten sind zu viele für {self.angaben.breite_cm:g} cm"
            )
        n = max(1, len(self.spalten))
        schnitt = min((self.breite - self.links) / n, SPALTE_HOECHSTENS)
        if max(self.zahlen, default=0.0) <= schnitt:
            self.breiten = [schnitt] * len(self.spalten)
        else:
            self.breiten = [z + rest / n for z in self.zahlen]
        self.kanten = [self.links + sum(self.breiten[:i]) for i in range(len(self.spalten))]
        self.rechts = self.links + sum(self.breiten)

    def _rest(self) -> float:
        """Width that names and numbers leave in the present type size."""
        zeilen = [*self.zeilen, *self.summen]
        platz = self.breite * NAMENANTEIL
        self.namen = {id(z): stil.umbrechen(z.name, platz - self._einzug(z), self.pt, 2, _fett(z)) for z in zeilen}
        # a heading without numbers may run over the columns
        breiten = [stil.textbreite(self.namen[id(z)], self.pt, _fett(z)) + self._einzug(z) for z in zeilen if z.zellen]
        self.links = max(breiten, default=40.0) + 6
        texte = [self.texte[id(z)] for z in zeilen if z.zellen]
        self.zahlen = [
            max((stil.textbreite(t[i], self.pt, True) for t in texte), default=0.0) + ZAHLENLUFT
            for i in range(len(self.spalten))
        ]
        return self.breite - self.links - sum(self.zahlen)

    def _einzug(self, zeile: Waermezeile) -> float:
        return EINZUG if zeile.rolle == "raum" and any(z.rolle == "gruppe" for z in self.zeilen) else 0.0

    def _teile_hoehe_auf(self) -> None:
        self.koepfe, self.stehend = self._koepfe()
        zeilenhoehe = stil.PT_KLEIN * stil.ZEILE
        if self.stehend:
            band = max((stil.textbreite(k, stil.PT_KLEIN) for k in self.koepfe), default=0.0)
        else:
            band = max((k.count("\n") + 1 for k in self.koepfe), default=1) * zeilenhoehe
        self.kopf = (15.0 if self.angaben.titel else 0.0) + band + 8
        self.notizen = stil.umbrechen(" ".join(self._notiztexte()), self.breite, NOTIZ_PT, 12)
        self.fuss = NOTIZ_PT * stil.ZEILE * (self.notizen.count("\n") + 1) + 5 + (16 if self.mit_toenen else 0)

    def _koepfe(self) -> tuple[list[str], bool]:
        """Heads lying when every word fits its column, else upright, as short as the room for lines allows."""
        namen = [s.kopf for s in self.spalten]
        liegend = [stil.umbrechen(n, b - 4, stil.PT_KLEIN, 5) for n, b in zip(namen, self.breiten, strict=True)]
        if not any("…" in k for k in liegend):
            return liegend, False
        zeilen = [max(1, int((b - 2) // (stil.PT_KLEIN * stil.ZEILE))) for b in self.breiten]
        for laenge in KOPF_LAENGEN:
            stehend = [stil.umbrechen(n, laenge, stil.PT_KLEIN, z) for n, z in zip(namen, zeilen, strict=True)]
            if not any("…" in k for k in stehend):
                break
        return stehend, True

    def _hoehe(self, zeile: Waermezeile) -> float:
        return self.zeile + self.pt * stil.ZEILE * self.namen[id(zeile)].count("\n")

    def _blaetter(self) -> list[list[Waermezeile]]:
        """Rows of each sheet: as few sheets as possible, then as few divided groups, then filled evenly."""
        voll = (self.angaben.hoehe_cm or HOECHSTENS_CM) * stil.PT_JE_CM - self.kopf - self.fuss
        voll = max(voll - sum(self._hoehe(z) for z in self.summen) - 3, 4 * self.zeile)
        wahl = [self._verteile(voll)]
        grenze = sum(self._hoehe(z) for z in self.zeilen) / len(wahl[0])
        while grenze < voll:
            wahl.append(self._verteile(grenze))
            grenze += self.zeile / 2
        return min((b for b in (*wahl[1:], wahl[0]) if len(b) == len(wahl[0])), key=self._geteilte)

    def _geteilte(self, blaetter: Sequence[Sequence[Waermezeile]]) -> int:
        return sum(any(b[0] is f for f in self.fortsetzungen) for b in blaetter if b)

    def _verteile(self, grenze: float) -> list[list[Waermezeile]]:
        blaetter, hoehe, gruppe = [list[Waermezeile]()], 0.0, None
        for i, zeile in enumerate(self.zeilen):
            gruppe = zeile if zeile.rolle == "gruppe" else gruppe
            folgt = self.zeilen[i + 1 : i + 2] if zeile.rolle == "gruppe" else []  # a heading never stands alone
            noetig = self._hoehe(zeile) + sum(self._hoehe(z) for z in folgt)
            if blaetter[-1] and hoehe + noetig > grenze + 1e-6:
                blaetter.append([] if gruppe in (None, zeile) else [self._fortsetzung(gruppe)])
                hoehe = sum(self._hoehe(z) for z in blaetter[-1])
            blaetter[-1].append(zeile)
            hoehe += self._hoehe(zeile)
        return blaetter

    def _fortsetzung(self, gruppe: Waermezeile) -> Waermezeile:
        kopf = replace(gruppe, name=f"{gruppe.name} (Fortsetzung)", zellen=())
        self.fortsetzungen.append(kopf)
        self.namen[id(kopf)] = kopf.name
        self.texte[id(kopf)] = []
        return kopf

    # --- sheet

    def _blatt(self, zeilen: Sequence[Waermezeile], nr: int, von: int) -> Figure:
        alle = [*zeilen, *self.summen]
        hoehe = self.kopf + sum(self._hoehe(z) for z in alle) + 3 + self.fuss
        self.blatt = stil.Blatt(self.angaben.breite_cm, hoehe)
        self._kopf(f"Blatt {nr} von {von}" if von > 1 else "")
        y = hoehe - self.kopf
        for zeile in alle:
            if self.summen and zeile is self.summen[0]:
                y -= 3
                self.blatt.strich((0, self.rechts), (y + 1.5, y + 1.5), color=stil.ACHSE, linewidth=0.9)
            y -= self._hoehe(zeile)
            self._zeile(zeile, y)
        self._legende()
        return self.blatt.fig

    def _kopf(self, blattzahl: str) -> None:
        oben = self.blatt.hoehe
        if self.angaben.titel:
            self.blatt.text(0, oben - 11, self.angaben.titel, pt=stil.PT_TITEL, fett=True)
        unten = oben - self.kopf + 4
        self.blatt.text(0, unten, blattzahl, pt=stil.PT_KLEIN, farbe=stil.NEBENTEXT, va="bottom")
        art: dict[str, Any] = {"pt": stil.PT_KLEIN, "ha": "center", "va": "bottom", "multialignment": "center"}
        if self.stehend:
            art |= {"rotation": 90, "multialignment": "left"}
        for i, kopf in enumerate(self.koepfe):
            self.blatt.text(self._mitte(i), unten, kopf, **art)
        self.blatt.strich((0, self.rechts), (unten - 3, unten - 3), color=stil.ACHSE, linewidth=0.9)

    def _mitte(self, i: int) -> float:
        return self.kanten[i] + self.breiten[i] / 2

    def _zeile(self, zeile: Waermezeile, y: float) -> None:
        hoehe, fett = self._hoehe(zeile), _fett(zeile)
        name = self.namen[id(zeile)]
        va = "center" if "\n" in name else "center_baseline"
        self.blatt.text(self._einzug(zeile), y + hoehe / 2, name, va=va, fett=fett, pt=self.pt)
        toene = self.stufen.get(id(zeile), [None] * len(self.spalten))
        for i, (text, stufe) in enumerate(zip(self.texte[id(zeile)], toene, strict=False)):
            kasten = (self.kanten[i] + 0.5, y + 0.5, self.breiten[i] - 1, hoehe - 1)
            art: dict[str, Any] = {"ha": "center", "va": "center_baseline", "fett": fett, "pt": self.pt, "zorder": 6}
            if stufe is not None:
                self.blatt.flaeche(*kasten, facecolor=TOENE[stufe], zorder=2)
                art["farbe"] = textfarbe(TOENE[stufe])
            if zeile.zellen[i].art == "geheim":
                self.blatt.schraffur(*kasten)
                art["bbox"] = {"boxstyle": "square,pad=0.15", "facecolor": "white", "edgecolor": "none"}
            self.blatt.text(self._mitte(i), y + hoehe / 2, text, **art)

    def _legende(self) -> None:
        """Five boxes between words, then the notes."""
        y, x = self.fuss - 13, 0.0
        art: dict[str, Any] = {"pt": stil.PT_KLEIN, "va": "center_baseline"}
        if self.mit_toenen:
            for text, toene in (("niedrigste Werte der Spalte", ()), ("", TOENE), ("höchste Werte der Spalte", ())):
                for ton in toene:
                    self.blatt.flaeche(x, y, 16, 9, facecolor=ton, edgecolor=stil.ACHSE, linewidth=0.4)
                    x += 17
                self.blatt.text(x, y + 4.5, text, **art)
                x += stil.textbreite(text, stil.PT_KLEIN) + 6 if text else 5
        self.blatt.text(0, 2, self.notizen, pt=NOTIZ_PT, farbe=stil.NEBENTEXT, va="bottom")

    def _notiztexte(self) -> list[str]:
        texte = ["Für Töne sind es zu wenige Werte."]
        if self.mit_toenen:
            texte = ["Je dunkler, desto höher der Wert unter den Räumen der Spalte (Fünftel, nach gedruckten Werten)."]
        for richtung, wort in (("hoch_belastet", "belastend"), ("hoch_guenstig", "günstig")):
            namen = ", ".join(s.name for s in self.spalten if s.richtung == richtung)
            texte += [f"Ein hoher Wert gilt als {wort}: {namen}."] if namen else []
        if self.mit_toenen and any(s.richtung == "neutral" for s in self.spalten):
            alle = all(s.richtung == "neutral" for s in self.spalten)
            texte.append("Kein Ton bedeutet gut oder schlecht." if alle else "Die übrigen Spalten sind ohne Wertung.")
        if self.mit_toenen and (self.summen or any(z.rolle == "gruppe" and z.zellen for z in self.zeilen)):
            texte.append("Fett gedruckte Zeilen haben keinen Ton.")
        zeichen = zeichenerklaerung(t for texte in self.texte.values() for t in texte)
        return [*texte, f"{'; '.join(zeichen)}."] if zeichen else texte


def _fett(zeile: Waermezeile) -> bool:
    return zeile.rolle != "raum"
