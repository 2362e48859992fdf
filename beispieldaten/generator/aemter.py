"""What the departments of the Landratsamt count: child care, youth welfare, school health, social affairs, care.

Every Gemeinde has dice of its own; values after the merger are the sums of the two former Gemeinden. Each form has a
row for the Kreis (complete) and one per Gemeinde, where counts of 1 and 2 are '*'.
"""

from __future__ import annotations

import random
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field

from .gebiet import FUSIONSGEMEINDE, GEMEINDEN, KREIS, KREISNAMEN, TEILE_DER_FUSION, gemeinden_am
from .mappen import Zelle, xlsx
from .merkmale import im_kreis
from .modell import STARTWERT, Modell, zwischen
from .text import HINWEIS

ANFANG = 2019
"""First year of every form."""

# per 100 or 1 000 of the reference group: value of the first year and change per year
_VERLAUF: dict[str, tuple[float, float]] = {
    "kita_u3": (474, 14), "kita_3": (941, 4), "hilfen": (29, 1.1), "obhut": (4.1, 0.25), "sprache": (232, 17),
    "gewicht": (96, 5), "grundsicherung": (14.5, 1.2), "wohngeld": (8.4, 0.5), "schwerbehindert": (108, 1.6),
    "pflege": (58, 5.2), "zu_hause": (742, 9), "wohnungslos": (0.75, 0.06),
}  # fmt: skip
_REGION: dict[str, dict[str, float]] = {
    "kita_u3": {"SR1": 1.05, "SR3": 0.86, "SR5": 1.06},
    "hilfen": {"SR1": 1.35, "SR3": 1.3, "SR5": 0.75},
    "sprache": {"SR1": 1.25, "SR3": 1.15, "SR5": 0.85},
    "gewicht": {"SR3": 1.3, "SR5": 0.8},
    "grundsicherung": {"SR1": 1.45, "SR3": 1.2, "SR4": 0.8},
    "wohngeld": {"SR1": 1.3, "SR5": 0.8},
    "pflege": {"SR2": 0.95, "SR3": 1.12, "SR5": 0.9},
}
"""How a region differs from the Kreis; everything else is 1."""


@dataclass
class Aemter:
    """Counts by form value, Gemeinde (borders of 2021) and year; schools count for the Kreis only."""

    werte: dict[str, dict[str, dict[int, int]]] = field(default_factory=dict)
    schule: dict[int, tuple[int, int, int]] = field(default_factory=dict)
    """Year → (all who left school, without Abschluss, with Hochschulreife)."""

    def summe(self, name: str, teile: Iterable[str], jahr: int) -> int:
        """Count of several Gemeinden."""
        return sum(self.werte[name][a][jahr] for a in teile)


def _bezug(modell: Modell, name: str, ags: str, jahr: int, untersuchte: int, pflege: int) -> int:
    """People that a rate refers to."""
    stand, vorjahr = modell.bevoelkerung([ags], jahr), modell.bevoelkerung([ags], jahr - 1)
    return {
        "kita_u3": zwischen(vorjahr, 0, 3),
        "kita_3": zwischen(vorjahr, 3, 6),
        "hilfen": zwischen(stand, 0, 20),
        "obhut": zwischen(stand, 0, 18),
        "sprache": untersuchte,
        "gewicht": untersuchte,
        "grundsicherung": zwischen(stand, 65, 101),
        "zu_hause": pflege,
    }.get(name, zwischen(stand, 0, 101))


def berechne(modell: Modell, jahre: Sequence[int]) -> Aemter:
    """Counts of every Gemeinde; the same dice per Gemeinde and year whatever other years are asked for."""
    a = Aemter({name: {g.ags: {} for g in GEMEINDEN} for name in (*_VERLAUF, "untersucht")})
    for g in GEMEINDEN:
        eigenart = random.Random(f"{STARTWERT}/aemter/{g.ags}")
        neigung = {name: 0.93 + 0.14 * eigenart.random() for name in _VERLAUF}
        for jahr in jahre:
            wuerfel = random.Random(f"{STARTWERT}/aemter/{g.ags}/{jahr}")
            untersucht = int(zwischen(modell.bevoelkerung([g.ags], jahr), 5, 6) * 0.97 + wuerfel.random())
            a.werte["untersucht"][g.ags][jahr] = untersucht
            pflege = 0
            for name, (anfang, schritt) in _VERLAUF.items():
                bezug = _bezug(modell, name, g.ags, jahr, untersucht, pflege)
                rate = (anfang + schritt * (jahr - ANFANG)) * neigung[name] * _REGION.get(name, {}).get(g.region, 1.0)
                wert = min(bezug, int(bezug * rate / 1000 + wuerfel.random()))
                a.werte[name][g.ags][jahr] = wert
                pflege = wert if name == "pflege" else pflege
    for jahr in jahre:
        wuerfel = random.Random(f"{STARTWERT}/schule/{jahr}")
        alle = int(zwischen(modell.bevoelkerung(im_kreis(KREIS), jahr), 16, 17) * 0.96)
        ohne = int(alle * (0.082 + 0.003 * (jahr - ANFANG) + 0.01 * wuerfel.random()))
        a.schule[jahr] = alle, ohne, int(alle * (0.288 + 0.012 * wuerfel.random()))
    return a


def _vordruck(titel: str, wann: str, stand: str, koepfe: Sequence[str], zeilen: Iterable[Sequence[Zelle]]) -> bytes:
    kopf: list[Sequence[Zelle]] = [
        [titel, "", "", HINWEIS],
        [wann],
        [f"Datenstand: {stand}"],
        ["Gemeindeschlüssel", "Gemeinde", *koepfe],
    ]
    return xlsx([(titel.removeprefix("Vordruck ")[:31], [*kopf, *zeilen])])


def _zelle(anzahl: int) -> Zelle:
    return "-" if anzahl == 0 else "*" if anzahl < 3 else anzahl


def _zeilen(a: Aemter, namen: Sequence[str], jahr: int) -> list[Sequence[Zelle]]:
    """The Kreis, complete, and the Gemeinden of the year."""
    kreis: list[Zelle] = [KREIS, f"{KREISNAMEN[KREIS]}, Landkreis", *(a.summe(n, im_kreis(KREIS), jahr) for n in namen)]
    zeilen: list[Sequence[Zelle]] = [kreis]
    for g in gemeinden_am(jahr):
        if g.kreis == KREIS:
            teile = TEILE_DER_FUSION if g.ags == FUSIONSGEMEINDE.ags else (g.ags,)
            zeilen.append([g.ags, g.name_am(jahr), *(_zelle(a.summe(n, teile, jahr)) for n in namen)])
    return zeilen


def kita(a: Aemter, jahr: int) -> bytes:
    """Children in care on 1 March."""
    koepfe = ("Betreute Kinder unter 3 Jahren", "Betreute Kinder von 3 bis unter 6 Jahren")
    zeilen = _zeilen(a, ("kita_u3", "kita_3"), jahr)
    return _vordruck("Vordruck Kindertagesbetreuung", f"Stichtag: 01.03.{jahr}", f"15.09.{jahr}", koepfe, zeilen)


def jugend(a: Aemter, jahr: int) -> bytes:
    """Youth welfare by Gemeinde; schools for the Kreis only ('x' in the Gemeinden)."""
    koepfe = (
        "Hilfen zur Erziehung", "Inobhutnahmen", "Schulabgänge insgesamt", "Schulabgänge ohne Abschluss",
        "Schulabgänge mit Hochschulreife",
    )  # fmt: skip
    kreis, *gemeinden = _zeilen(a, ("hilfen", "obhut"), jahr)
    zeilen = [[*kreis, *a.schule[jahr]], *([*z, "x", "x", "x"] for z in gemeinden)]
    return _vordruck("Vordruck Jugend und Schule", f"Jahr: {jahr}", f"15.05.{jahr + 1}", koepfe, zeilen)


def soziales(a: Aemter, jahr: int) -> bytes:
    """Benefits, disability and homelessness on 31.12."""
    koepfe = (
        "Grundsicherung im Alter", "Haushalte mit Wohngeld", "Schwerbehinderte Menschen",
        "Untergebrachte wohnungslose Menschen",
    )  # fmt: skip
    zeilen = _zeilen(a, ("grundsicherung", "wohngeld", "schwerbehindert", "wohnungslos"), jahr)
    return _vordruck("Vordruck Soziales", f"Stichtag: 31.12.{jahr}", f"15.04.{jahr + 1}", koepfe, zeilen)


def gesundheit(a: Aemter, jahr: int) -> bytes:
    """School entry examination; the school year begins in ``jahr``."""
    koepfe = ("Untersuchte Kinder", "Sprachauffälligkeit", "Übergewicht")
    zeilen = _zeilen(a, ("untersucht", "sprache", "gewicht"), jahr)
    wann = f"Schuljahr: {jahr}/{(jahr + 1) % 100:02d}"
    return _vordruck("Vordruck Schulaufnahmeuntersuchung", wann, f"31.08.{jahr + 1}", koepfe, zeilen)


def pflege(a: Aemter, jahr: int) -> bytes:
    """Care statistics, every second year."""
    koepfe = ("Pflegebedürftige insgesamt", "davon zu Hause versorgt")
    zeilen = _zeilen(a, ("pflege", "zu_hause"), jahr)
    return _vordruck("Vordruck Pflegestatistik", f"Stichtag: 15.12.{jahr}", f"15.12.{jahr + 1}", koepfe, zeilen)


FORMEN: dict[str, Callable[[Aemter, int], bytes]] = {
    "Kindertagesbetreuung": kita,
    "Jugend_und_Schule": jugend,
    "Soziales": soziales,
    "Schulaufnahmeuntersuchung": gesundheit,
}


def dateien(a: Aemter, jahre: Sequence[int]) -> dict[str, bytes]:
    """File name → bytes of every form of these years."""
    ergebnis = {
        f"Vordruck_{form}_Auental_{jahr}.xlsx": mache(a, jahr) for form, mache in FORMEN.items() for jahr in jahre
    }
    return ergebnis | {f"Vordruck_Pflegestatistik_Auental_{j}.xlsx": pflege(a, j) for j in jahre if j % 2}
