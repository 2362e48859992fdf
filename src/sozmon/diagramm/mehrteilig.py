"""Bars with several parts: stacked (parts of a whole) and grouped (values side by side), one block per Raum or time."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from sozmon.diagramm import stil
from sozmon.diagramm.achse import compute_werteachse
from sozmon.diagramm.modell import Angaben, Art, check_wert, gedruckt
from sozmon.zahlen import Zahl, format_zahl

if TYPE_CHECKING:
    from matplotlib.figure import Figure

TOENE = ("#123a5e", "#2f6b9c", "#7fa8cc", "#bcd2e6", "#dfe9f2", "#f2f5f9")
"""Dark to light: apart in grey print and for colour-blind readers; the order of the key is the order of the parts."""
_STREUUNG = {1: (0,), 2: (0, 3), 3: (0, 2, 4), 4: (0, 1, 2, 4), 5: (0, 1, 2, 3, 4)}
HELL_AB = 2
"""From this tone on the label is dark."""
STAPEL_PT, GRUPPE_PT, STUMMEL_PT, LUFT = 19.0, 11.5, 16.0, 4.0
GEHEIM_TEXT = "• Wert unbekannt, geheim zu halten oder nicht freigegeben."


def ton_von(nr: int, anzahl: int) -> int:
    """Place in ``TOENE`` of a part: few parts take tones that lie far apart."""
    return _STREUUNG[anzahl][nr] if anzahl in _STREUUNG else nr % len(TOENE)


@dataclass(frozen=True, slots=True)
class Block:
    """One Raum or time: a value per part; None with its Art = hidden or missing."""

    name: str
    werte: tuple[float | None, ...]
    arten: tuple[Art, ...] = ()
    hervorgehoben: bool = False

    def __post_init__(self) -> None:
        for nr, wert in enumerate(self.werte):
            check_wert(wert, self.art(nr), f"{self.name}, Teil {nr + 1}")

    def art(self, nr: int) -> Art:
        """How a part is drawn."""
        return self.arten[nr] if self.arten else "wert"

    @property
    def ist_ganz(self) -> bool:
        """True when every part is a number."""
        return all(w is not None for w in self.werte)


def draw_gestapelt(bloecke: Sequence[Block], teile: Sequence[str], angaben: Angaben) -> Figure:
    """Shares of the whole, per block 100 per cent. A block with a hidden part is not drawn: the rest would tell it."""
    with stil.rc():
        return _Gestapelt(bloecke, teile, angaben).zeichne()


def draw_gruppiert(bloecke: Sequence[Block], teile: Sequence[str], angaben: Angaben) -> Figure:
    """One bar per part and block, from zero."""
    with stil.rc():
        return _Gruppiert(bloecke, teile, angaben).zeichne()


class _Mehrteilig:
    """Names left, key above; the bars are the subclass's."""

    def __init__(self, bloecke: Sequence[Block], teile: Sequence[str], angaben: Angaben) -> None:
        self.bloecke, self.teile, self.angaben = list(bloecke), list(teile), angaben
        self.breite = stil.nutzbreite(angaben.breite_cm)
        self.namen = [stil.umbrechen(b.name, self.breite * 0.3, stil.PT, 2, b.hervorgehoben) for b in self.bloecke]
        weiten = [stil.textbreite(n, stil.PT, b.hervorgehoben) for n, b in zip(self.namen, self.bloecke, strict=True)]
        self.links = max(weiten, default=0.0) + 8

    def _blockhoehe(self) -> float:
        raise NotImplementedError

    def _block(self, block: Block, mitte: float) -> None:
        raise NotImplementedError

    def _notiz(self) -> str:
        return GEHEIM_TEXT if any(b.art(i) == "geheim" for b in self.bloecke for i in range(len(b.werte))) else ""

    def zeichne(self) -> Figure:
        self.schluessel = self._schluesselzeilen()
        self.notiz = stil.umbrechen(self._notiz(), self.breite, 7.0, 3)
        kopf = (15.0 if self.angaben.titel else 0.0) + 13.0 * len(self.schluessel) + 6
        self.fuss = 15.0 + (7.0 * stil.ZEILE * (self.notiz.count("\n") + 1) + 3 if self.notiz else 0.0)
        inhalt = self._blockhoehe() * max(1, len(self.bloecke))
        self.blatt = stil.Blatt(self.angaben.breite_cm, kopf + inhalt + self.fuss)
        self.oben = self.blatt.hoehe - kopf
        self._kopf()
        self._achse()
        for nr, block in enumerate(self.bloecke):
            mitte = self.oben - (nr + 0.5) * self._blockhoehe()
            va = "center" if "\n" in self.namen[nr] else "center_baseline"
            art: dict[str, Any] = {"ha": "right", "va": va, "fett": block.hervorgehoben, "multialignment": "right"}
            self.blatt.text(self.links - 6, mitte, self.namen[nr], **art)
            self._block(block, mitte)
        if self.notiz:
            self.blatt.text(0, 2, self.notiz, pt=7.0, farbe=stil.NEBENTEXT, va="bottom")
        return self.blatt.fig

    def _schluesselzeilen(self) -> list[list[tuple[int, float]]]:
        """(part, left edge) row by row."""
        zeilen: list[list[tuple[int, float]]] = [[]]
        x = 0.0
        for nr, teil in enumerate(self.teile):
            weite = 13 + stil.textbreite(teil, stil.PT_KLEIN) + 14
            if zeilen[-1] and x + weite - 14 > self.breite:
                zeilen.append([])
                x = 0.0
            zeilen[-1].append((nr, x))
            x += weite
        return zeilen

    def _kopf(self) -> None:
        oben = self.blatt.hoehe
        if self.angaben.titel:
            self.blatt.text(0, oben - 11, self.angaben.titel, pt=stil.PT_TITEL, fett=True)
            oben -= 15
        for zeile in self.schluessel:
            for nr, x in zeile:
                self.blatt.flaeche(x, oben - 9.5, 9, 7.5, facecolor=TOENE[ton_von(nr, len(self.teile))], **_RAND)
                self.blatt.text(x + 13, oben - 9, self.teile[nr], pt=stil.PT_KLEIN)
            oben -= 13.0

    def _achse(self) -> None:
        """Ticks below the bars."""


_RAND = {"edgecolor": "#6b6b6b", "linewidth": 0.4}


class _Gestapelt(_Mehrteilig):
    def _blockhoehe(self) -> float:
        return STAPEL_PT

    def _x(self, anteil: float) -> float:
        return self.links + anteil / 100 * (self.breite - self.links - 12)

    def _achse(self) -> None:
        for strich in (0, 25, 50, 75, 100):
            x = self._x(strich)
            self.blatt.strich((x, x), (self.fuss, self.oben), color=stil.GITTER, linewidth=0.7, zorder=1)
            text = f"{strich}\u202f%" if strich == 100 else str(strich)
            self.blatt.text(x, self.fuss - 10, text, pt=stil.PT_KLEIN, ha="center", farbe=stil.NEBENTEXT)

    def _block(self, block: Block, mitte: float) -> None:
        dicke = STAPEL_PT * 0.72
        summe = sum(w or 0.0 for w in block.werte)
        if not block.ist_ganz or summe <= 0:
            verborgen = any(block.art(i) == "geheim" for i in range(len(block.werte)))
            if verborgen:
                self.blatt.schraffur(self.links, mitte - dicke / 2, STUMMEL_PT, dicke)
            x = self.links + (STUMMEL_PT + LUFT if verborgen else LUFT)
            self.blatt.text(x, mitte, "•" if verborgen else "k. A.", va="center_baseline")
            return
        unten = 0.0
        for nr, wert in enumerate(block.werte):
            anteil = (wert or 0.0) / summe * 100
            x, breite = self._x(unten), self._x(unten + anteil) - self._x(unten)
            ton = ton_von(nr, len(self.teile))
            self.blatt.flaeche(
                x, mitte - dicke / 2, breite, dicke, facecolor=TOENE[ton], edgecolor="white", linewidth=0.8
            )
            text = format_zahl(anteil, self.angaben.nachkommastellen)
            if stil.textbreite(text, stil.PT_KLEIN) + 4 <= breite:
                farbe = "white" if ton < HELL_AB else stil.TEXT
                art: dict[str, Any] = {"pt": stil.PT_KLEIN, "ha": "center", "va": "center_baseline", "farbe": farbe}
                self.blatt.text(x + breite / 2, mitte, text, zorder=6, **art)
            unten += anteil


class _Gruppiert(_Mehrteilig):
    def __init__(self, bloecke: Sequence[Block], teile: Sequence[str], angaben: Angaben) -> None:
        super().__init__(bloecke, teile, angaben)
        werte = [self._wert(w) for b in self.bloecke for w in b.werte if w is not None]
        self.achse = compute_werteachse(werte, angaben.nachkommastellen, ab_null=True)
        self.zahl = max(
            (stil.textbreite(self._zahl(b, i), stil.PT_KLEIN) for b in self.bloecke for i in range(len(b.werte))),
            default=0.0,
        )
        if self.achse.unten < 0:
            self.links += self.zahl + LUFT

    def _wert(self, wert: float) -> float:
        return gedruckt(wert, self.angaben.nachkommastellen)

    def _zahl(self, block: Block, nr: int) -> str:
        wert = block.werte[nr]
        if wert is not None:
            return format_zahl(wert, self.angaben.nachkommastellen)
        return {"geheim": "•", "unsicher": "/", "fehlt": "k. A.", "wert": ""}[block.art(nr)]

    def _blockhoehe(self) -> float:
        return GRUPPE_PT * len(self.teile) + 6

    def _x(self, wert: float) -> float:
        spanne = self.achse.oben - self.achse.unten
        return self.links + (wert - self.achse.unten) / spanne * (self.breite - self.links - self.zahl - LUFT - 2)

    def _achse(self) -> None:
        null = self._x(0.0)
        self.blatt.strich((null, null), (self.fuss, self.oben), color=stil.ACHSE, linewidth=0.8, zorder=4)
        einheit = stil.einheit_text(self.angaben.einheit)
        self.blatt.text(self.links, self.fuss - 10, einheit, pt=stil.PT_KLEIN, farbe=stil.NEBENTEXT)

    def _block(self, block: Block, mitte: float) -> None:
        oben = mitte + GRUPPE_PT * len(self.teile) / 2
        for nr, wert in enumerate(block.werte):
            y, dicke = oben - (nr + 0.5) * GRUPPE_PT, GRUPPE_PT * 0.8
            ende, null = self._x(0.0), self._x(0.0)
            if wert is not None:
                ende = self._x(self._wert(wert))
                farbe = TOENE[ton_von(nr, len(self.teile))]
                self.blatt.flaeche(min(null, ende), y - dicke / 2, abs(ende - null), dicke, facecolor=farbe, **_RAND)
            elif block.art(nr) == "geheim":
                self.blatt.schraffur(null, y - dicke / 2, STUMMEL_PT, dicke)
                ende += STUMMEL_PT
            links = wert is not None and self._wert(wert) < 0
            art: dict[str, Any] = {"pt": stil.PT_KLEIN, "va": "center_baseline", "ha": "right" if links else "left"}
            self.blatt.text(ende + (-LUFT if links else LUFT), y, self._zahl(block, nr), zorder=6, **art)


def daten_mehrteilig(
    bloecke: Sequence[Block], teile: Sequence[str], angaben: Angaben, kopf: str = "Raum"
) -> tuple[tuple[str, ...], ...]:
    """The given values (not their shares) as a table."""
    zeichen = {"geheim": "•", "fehlt": "k. A.", "unsicher": "/", "wert": ""}

    def text(block: Block, nr: int) -> str:
        wert = block.werte[nr]
        return Zahl(format_zahl(wert, angaben.nachkommastellen), wert) if wert is not None else zeichen[block.art(nr)]

    return ((kopf, *teile), *((b.name, *(text(b, i) for i in range(len(b.werte)))) for b in bloecke))
