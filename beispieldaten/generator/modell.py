"""The model behind the example: people by Gemeinde, sex and single year of age, moved forward year by year.

Births, deaths and moves are whole people taken from and added to the cells, so that the accounts close:
population(t) = population(t-1) + births - deaths + in - out, men + women = all, ages = all, Gemeinden = Kreis.
Only + - * / on floats and integers are used: the result is the same on every machine.
"""

from __future__ import annotations

import random
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from .gebiet import FOLGEJAHR, GEMEINDEN, JAHRE, Gemeinde

STARTWERT = 20231231
"""Seed: everything invented follows from this number."""
HOECHSTALTER = 100
GRUPPEN: tuple[tuple[int, int], ...] = (
    (0, 3), (3, 6), (6, 10), (10, 15), (15, 18), (18, 20), (20, 25), (25, 30), (30, 35), (35, 40),
    (40, 45), (45, 50), (50, 55), (55, 60), (60, 65), (65, 75), (75, 101),
)  # fmt: skip
"""The 17 age groups of table 12411-02-03-5: first age, first age after."""

# per 1 000 inhabitants, five-year groups 0-4 … 95-99 at the start; shaped like an ageing rural district
_ALTERSAUFBAU = (42, 43, 40, 36, 43, 58, 57, 53, 61, 77, 85, 81, 80, 55, 72, 60, 36, 17, 4, 0)
_FRAUENANTEIL = (486, 487, 486, 480, 462, 468, 474, 478, 482, 486, 492, 497, 505, 518, 535, 560, 605, 680, 760, 800)
_STERBEN_M = (0.7, 0.1, 0.1, 0.4, 0.6, 0.7, 0.9, 1.3, 2.1, 3.7, 6.2, 10, 15.5, 22, 33, 52, 87, 150, 240, 380)
_STERBEN_W = (0.6, 0.1, 0.1, 0.2, 0.2, 0.3, 0.5, 0.8, 1.2, 2.0, 3.2, 5, 7.6, 11, 17, 30, 57, 112, 200, 340)
_GEBURTEN = {15: 7, 20: 42, 25: 88, 30: 96, 35: 48, 40: 10, 45: 0.5}
"""Births per 1 000 women and year, by first age of the five-year group."""
_JAHRESFAKTOR_GEBURTEN = dict(zip(JAHRE, (102, 104, 106, 105, 103, 99, 96, 98, 84, 77), strict=True)) | {FOLGEJAHR: 74}
_JAHRESFAKTOR_STERBEN = dict(zip(JAHRE, (97, 102, 99, 100, 101, 98, 106, 112, 107, 101), strict=True)) | {
    FOLGEJAHR: 102
}
_ZUZUGSPLUS = dict(zip(JAHRE, (2, 9, 3, 1, 0, 0, -2, 1, 11, 3), strict=True)) | {FOLGEJAHR: 2}
"""More moves in than usual, per 1 000 inhabitants: years with many people seeking protection."""
_WANDERUNGSALTER_ZU = (62, 42, 34, 48, 108, 150, 128, 96, 70, 56, 50, 48, 40, 24, 15, 12, 10, 5, 2, 0)
_WANDERUNGSALTER_FORT = (50, 36, 31, 66, 178, 168, 116, 84, 60, 48, 42, 38, 30, 18, 12, 10, 8, 4, 1, 0)


@dataclass(frozen=True)
class Profil:
    """Character of a Gemeinde: moves per 1 000 inhabitants and a tilt of the age structure."""

    zuzuege: int
    saldo: int
    jung: int
    """Weight of ages below 15 and 30 to 44 in per cent; above 65 the complement."""


PROFILE = {
    "grossstadt": Profil(52, 6, 112),
    "stadt": Profil(44, 2, 100),
    "kleinstadt": Profil(42, 1, 94),
    "land": Profil(38, -1, 98),
    "umland": Profil(46, 3, 108),
    "pendler": Profil(66, 19, 122),
}

Zellen = list[list[int]]
"""``zellen[sex][age]`` with sex 0 = men, 1 = women."""


@dataclass
class Jahr:
    """What happened in one Gemeinde in one year, and the population at its end."""

    stand: Zellen
    geburten: int = 0
    gestorbene: int = 0
    zuzuege: int = 0
    fortzuege: int = 0
    zensus: Zellen | None = None
    """Population at the year's end on the basis of the Zensus 2022 (from 2022)."""


@dataclass
class Modell:
    """Every number of the example before it is written into a file's shape."""

    jahre: dict[str, dict[int, Jahr]] = field(default_factory=dict)
    zensustag: dict[str, int] = field(default_factory=dict)

    def bevoelkerung(self, ags: Iterable[str], jahr: int, basis: str = "") -> Zellen:
        """Sum of the cells of several Gemeinden; ``basis`` '2011', '2022' or '' (as published: 2022 from 2022)."""
        summe = [[0] * (HOECHSTALTER + 1) for _ in range(2)]
        for a in ags:
            j = self.jahre[a][jahr]
            zellen = j.zensus if j.zensus is not None and basis != "2011" else j.stand
            for s in range(2):
                for alter, n in enumerate(zellen[s]):
                    summe[s][alter] += n
        return summe

    def summe(self, ags: Iterable[str], jahr: int, feld: str) -> int:
        """Sum of births, deaths or moves of several Gemeinden."""
        return sum(getattr(self.jahre[a][jahr], feld) for a in ags)

    def binnen(self, ags: Iterable[str], jahr: int) -> int:
        """Moves between the Gemeinden of an area: they count for each Gemeinde, not for the area as a whole."""
        gemeinden = list(ags)
        wenige = min(self.summe(gemeinden, jahr, "fortzuege"), self.summe(gemeinden, jahr, "zuzuege"))
        return wenige * (36 if len({a[:5] for a in gemeinden}) == 1 else 47) // 100 if len(gemeinden) > 2 else 0


def zwischen(zellen: Zellen, von: int, bis: int, geschlecht: int | None = None) -> int:
    """People from age ``von`` up to, not including, ``bis``."""
    reihen = zellen if geschlecht is None else [zellen[geschlecht]]
    return sum(sum(reihe[von:bis]) for reihe in reihen)


def verteile(menge: int, gewichte: Sequence[float], hoechstens: Sequence[int] | None = None) -> list[int]:
    """Share ``menge`` whole people by weight (largest remainder), never more than ``hoechstens`` in a cell."""
    gesamt = sum(gewichte) or 1
    genau = [menge * w / gesamt for w in gewichte]
    anteil = [int(g) for g in genau]
    if hoechstens is not None:
        anteil = [min(a, h) for a, h in zip(anteil, hoechstens, strict=True)]
    reihenfolge = sorted(range(len(gewichte)), key=lambda i: (int(genau[i]) - genau[i], i))
    rest = menge - sum(anteil)
    while rest > 0:
        vorher = rest
        for i in reihenfolge:
            if rest and gewichte[i] > 0 and (hoechstens is None or anteil[i] < hoechstens[i]):
                anteil[i] += 1
                rest -= 1
        if rest == vorher:
            break
    return anteil


def _fuenfer(werte: Sequence[float], alter: int) -> float:
    return werte[min(alter // 5, len(werte) - 1)]


def _start(g: Gemeinde, wuerfel: random.Random) -> Zellen:
    jung = PROFILE[g.profil].jung / 100
    gewichte = []
    for alter in range(HOECHSTALTER + 1):
        basis = _fuenfer(_ALTERSAUFBAU, alter) / 5
        neigung = jung if alter < 15 or 30 <= alter < 45 else (2 - jung if alter >= 65 else 1)
        gewichte.append(basis * neigung * (0.85 + 0.3 * wuerfel.random()))
    je_alter = verteile(g.einwohner, gewichte)
    frauen = [int(n * _fuenfer(_FRAUENANTEIL, a) / 1000 + wuerfel.random()) for a, n in enumerate(je_alter)]
    return [[n - f for n, f in zip(je_alter, frauen, strict=True)], frauen]


def _altern(zellen: Zellen) -> Zellen:
    return [[0, *reihe[: HOECHSTALTER - 1], reihe[HOECHSTALTER - 1] + reihe[HOECHSTALTER]] for reihe in zellen]


def _ganz(erwartet: float, wuerfel: random.Random) -> int:
    """Whole number with this expectation."""
    return int(erwartet + wuerfel.random())


def _geburten(zellen: Zellen, jahr: int, wuerfel: random.Random) -> tuple[int, int]:
    erwartet = 0.0
    for anfang, rate in _GEBURTEN.items():
        erwartet += sum(zellen[1][anfang : anfang + 5]) * rate / 1000
    anzahl = _ganz(erwartet * _JAHRESFAKTOR_GEBURTEN[jahr] / 100 * (0.9 + 0.2 * wuerfel.random()), wuerfel)
    jungen = sum(wuerfel.random() < 0.513 for _ in range(anzahl))
    return jungen, anzahl - jungen


def _sterben(zellen: Zellen, jahr: int, wuerfel: random.Random) -> int:
    gestorben = 0
    for s, raten in enumerate((_STERBEN_M, _STERBEN_W)):
        for alter, n in enumerate(zellen[s]):
            erwartet = n * _fuenfer(raten, alter) / 1000 * _JAHRESFAKTOR_STERBEN[jahr] / 100
            tot = min(n, _ganz(erwartet, wuerfel))
            zellen[s][alter] -= tot
            gestorben += tot
    return gestorben


def _wandern(g: Gemeinde, zellen: Zellen, jahr: int, wuerfel: random.Random) -> tuple[int, int]:
    profil, einwohner = PROFILE[g.profil], zwischen(zellen, 0, HOECHSTALTER + 1)
    zuwachs = _ZUZUGSPLUS[jahr] * (1.6 if g.profil in ("stadt", "grossstadt", "kleinstadt") else 0.6)
    zuzuege = _ganz(einwohner * (profil.zuzuege + zuwachs) / 1000 * (0.9 + 0.2 * wuerfel.random()), wuerfel)
    fortzuege = _ganz(einwohner * (profil.zuzuege - profil.saldo) / 1000 * (0.94 + 0.12 * wuerfel.random()), wuerfel)
    flach = [n for reihe in zellen for n in reihe]
    fort = [n * _fuenfer(_WANDERUNGSALTER_FORT, i % (HOECHSTALTER + 1)) for i, n in enumerate(flach)]
    weg = verteile(fortzuege, fort, flach)
    kinder = 1.5 if g.profil in ("umland", "pendler") else 1.0
    zu = []
    for i in range(len(flach)):
        alter = i % (HOECHSTALTER + 1)
        familie = kinder if alter < 10 or 30 <= alter < 45 else 1.0
        zu.append(_fuenfer(_WANDERUNGSALTER_ZU, alter) * familie * (0.7 + 0.6 * wuerfel.random()))
    da = verteile(zuzuege, zu)
    for i, n in enumerate(da):
        zellen[i // (HOECHSTALTER + 1)][i % (HOECHSTALTER + 1)] += n - weg[i]
    return zuzuege, sum(weg)


def _jahr(g: Gemeinde, vorher: Zellen, jahr: int, wuerfel: random.Random) -> Jahr:
    zellen = _altern(vorher)
    gestorben = _sterben(zellen, jahr, wuerfel)
    zu, fort = _wandern(g, zellen, jahr, wuerfel)
    jungen, maedchen = _geburten(zellen, jahr, wuerfel)
    zellen[0][0] += jungen
    zellen[1][0] += maedchen
    return Jahr(zellen, jungen + maedchen, gestorben, zu, fort)


def _zensus(g: Gemeinde, jahre: dict[int, Jahr], wuerfel: random.Random) -> int:
    """Set the population on the basis of the Zensus 2022 for 2022 and 2023; return that of 15.05.2022.

    Whoever the count did not find (or found in addition) is the same group in both years, a year older.
    """
    zellen = jahre[2022].stand
    einwohner = zwischen(zellen, 0, HOECHSTALTER + 1)
    menge = abs(int(einwohner * g.zensus / 1000 - 0.5)) if g.zensus < 0 else int(einwohner * g.zensus / 1000 + 0.5)
    vorzeichen = -1 if g.zensus < 0 else 1
    flach = [n for reihe in zellen for n in reihe]
    spaeter = [n for reihe in jahre[2023].stand for n in reihe]
    breite = HOECHSTALTER + 1
    gewichte = [
        n * (2.2 if 20 <= i % breite < 45 and i < breite else 1.0) * (0.6 + 0.8 * wuerfel.random())
        if i % breite < 99
        else 0
        for i, n in enumerate(flach)
    ]
    grenze = [min(n, spaeter[i + 1]) if i % breite < 99 else 0 for i, n in enumerate(flach)]
    abweichung = verteile(menge, gewichte, grenze)
    for jahr, verschiebung in ((2022, 0), (2023, 1)):
        neu = [list(reihe) for reihe in jahre[jahr].stand]
        for i, n in enumerate(abweichung):
            if n:
                neu[i // breite][i % breite + verschiebung] += vorzeichen * n
        jahre[jahr].zensus = neu
    vorjahr = zwischen(jahre[2021].stand, 0, breite)
    return vorjahr + int((einwohner - vorjahr) * 0.37) + vorzeichen * sum(abweichung)


def berechne() -> Modell:
    """Run the model for every Gemeinde; each has its own dice, so that one more Gemeinde moves no other."""
    modell = Modell()
    for g in GEMEINDEN:
        wuerfel = random.Random(f"{STARTWERT}/{g.ags}")
        zellen = _start(g, wuerfel)
        verlauf: dict[int, Jahr] = {2013: Jahr(zellen)}
        for jahr in JAHRE:
            verlauf[jahr] = _jahr(g, verlauf[jahr - 1].stand, jahr, wuerfel)
        modell.zensustag[g.ags] = _zensus(g, verlauf, wuerfel)
        grundlage = verlauf[max(JAHRE)].zensus or verlauf[max(JAHRE)].stand
        verlauf[FOLGEJAHR] = _jahr(g, grundlage, FOLGEJAHR, random.Random(f"{STARTWERT}/{g.ags}/{FOLGEJAHR}"))
        modell.jahre[g.ags] = verlauf
    return modell
