"""What is counted besides people: work, benefits, land use, elections; per Gemeinde on the borders of 2021.

Values after the merger are the sums of the two former Gemeinden, so that both Gebietsstände fit together.
"""

from __future__ import annotations

import random
from collections.abc import Iterable
from dataclasses import dataclass, field

from .gebiet import FOLGEJAHR, GEMEINDEN, JAHRE, KREIS, Gemeinde
from .modell import STARTWERT, Modell, zwischen

_VERLAUF = dict(zip(JAHRE, (100, 94, 87, 80, 73, 68, 74, 70, 65, 67), strict=True))
_VERLAUF_OST = dict(zip(JAHRE, (100, 98, 95, 92, 88, 85, 92, 91, 88, 90), strict=True))
"""Arbeitslose, 2014 = 100: falling everywhere, hardly so in Sozialregion 3."""
_BESCHAEFTIGUNG = dict(zip(JAHRE, (573, 580, 587, 596, 606, 612, 612, 618, 628, 632), strict=True))
"""Sozialversicherungspflichtig Beschäftigte per 1 000 inhabitants from 15 to under 65."""
_NEIGUNG_BESCHAEFTIGUNG = {"grossstadt": -18, "stadt": -12, "kleinstadt": -8, "land": 10, "umland": 22, "pendler": 38}
WAHLEN = {2014: "25. Mai 2014", 2019: "26. Mai 2019", 2024: "9. Juni 2024"}
WAHLTAGE = {2014: "2014-05-25", 2019: "2019-05-26", 2024: "2024-06-09"}
_BETEILIGUNG = {2014: 492, 2019: 581, 2024: 655}
JAHRE_SGB2 = range(2019, 2024)
LISTEN = tuple(f"Liste {n}" for n in range(1, 7))


@dataclass(frozen=True)
class Wahl:
    """One Gemeinderatswahl in one Gemeinde."""

    berechtigte_ohne: int
    berechtigte_mit: int
    waehler: int
    wahlschein: int
    brief: int
    ungueltig: int
    stimmen: tuple[int | None, ...]
    """Votes for the six lists, Wählervereinigungen, Einzelvorschläge; None = did not stand."""

    @property
    def berechtigte(self) -> int:
        """Everybody entitled to vote."""
        return self.berechtigte_ohne + self.berechtigte_mit


@dataclass
class Merkmale:
    """Counts by Gemeinde (borders of 2021) and year."""

    arbeitslose: dict[str, dict[int, int]] = field(default_factory=dict)
    beschaeftigte: dict[str, dict[int, tuple[int, int]]] = field(default_factory=dict)
    siedlung: dict[str, dict[int, int]] = field(default_factory=dict)
    """Siedlungs- und Verkehrsfläche in hectares."""
    leistungen: dict[str, dict[int, tuple[int, int]]] = field(default_factory=dict)
    """SGB II on 31.12.: all Leistungsberechtigte, those not fit for work under 15 years of age."""
    wahlen: dict[str, dict[int, Wahl]] = field(default_factory=dict)


def anteil(zaehler: int, nenner: int, stellen: int = 1) -> int:
    """Per cent in units of the last decimal, rounded half up, by whole numbers only."""
    faktor: int = 100 * 10**stellen
    betrag = (2 * faktor * abs(zaehler) + nenner) // (2 * nenner)
    return betrag if zaehler >= 0 else -betrag


def _ganz(erwartet: float, wuerfel: random.Random) -> int:
    """Whole number with this expectation."""
    ganz: int = int(erwartet + wuerfel.random())
    return ganz


def _arbeit(g: Gemeinde, modell: Modell, wuerfel: random.Random, m: Merkmale) -> None:
    verlauf = _VERLAUF_OST if g.region == "SR3" else _VERLAUF
    eigenart = wuerfel.random() * 24 - 12
    m.arbeitslose[g.ags], m.beschaeftigte[g.ags] = {}, {}
    for jahr in JAHRE:
        zellen = modell.bevoelkerung([g.ags], jahr, "2011")
        rate = g.alos * verlauf[jahr] / 100 * (0.95 + 0.1 * wuerfel.random())
        m.arbeitslose[g.ags][jahr] = _ganz(zwischen(zellen, 15, 65) * rate / 1000, wuerfel)
        quote = _BESCHAEFTIGUNG[jahr] + _NEIGUNG_BESCHAEFTIGUNG[g.profil] + eigenart - (g.alos - 80) * 0.9
        paar = tuple(_ganz(zwischen(zellen, 15, 65, s) * (quote + (9, -7)[s]) / 1000, wuerfel) for s in (0, 1))
        m.beschaeftigte[g.ags][jahr] = (paar[0], paar[1])


def _flaeche(g: Gemeinde, wuerfel: random.Random, m: Merkmale) -> None:
    dichte = g.einwohner * 100 // g.flaeche
    hektar = g.flaeche * (620 + min(dichte * 4, 3000)) // 10000 + int(wuerfel.random() * 40)
    m.siedlung[g.ags] = {}
    for jahr in range(2019, 2024):
        m.siedlung[g.ags][jahr] = hektar
        hektar += _ganz(hektar * (0.012 if g.profil == "pendler" else 0.0035) * wuerfel.random(), wuerfel)


def _leistungen(g: Gemeinde, modell: Modell, wuerfel: random.Random, m: Merkmale) -> None:
    m.leistungen[g.ags] = {}
    klein = 0.25 if g.einwohner < 800 else 0.6 if g.einwohner < 1300 else 1.0
    for jahr in JAHRE_SGB2:
        zellen = modell.bevoelkerung([g.ags], jahr)
        arbeitslose = m.arbeitslose[g.ags][jahr]
        rate = arbeitslose / zwischen(modell.bevoelkerung([g.ags], jahr, "2011"), 15, 65) * klein
        kinder = _ganz(zwischen(zellen, 0, 15) * rate * (1.35 + 0.5 * wuerfel.random()), wuerfel)
        erwachsene = _ganz(arbeitslose * klein * (1.2 + 0.3 * wuerfel.random()), wuerfel)
        m.leistungen[g.ags][jahr] = (erwachsene + kinder + kinder // 12, kinder)


def _wahl(g: Gemeinde, jahr: int, modell: Modell, wuerfel: random.Random) -> Wahl:
    berechtigt = _ganz(zwischen(modell.jahre[g.ags][jahr - 1].stand, 18, 101) * 0.974, wuerfel)
    klein = max(0, 90 - g.einwohner // 80)
    rate = _BETEILIGUNG[jahr] + klein - (g.alos - 80) * 0.8 + wuerfel.random() * 40 - 20
    waehler = min(berechtigt, _ganz(berechtigt * rate / 1000, wuerfel))
    wahlschein = _ganz(waehler * (0.13 + 0.06 * wuerfel.random()), wuerfel)
    ungueltig = _ganz(waehler * (0.014 + 0.014 * wuerfel.random()), wuerfel)
    angetreten = [wuerfel.random() < (0.95 if g.einwohner > 8000 else 0.4) for _ in range(6)]
    gewichte = [(0.4 + wuerfel.random()) if da else 0.0 for da in angetreten] + [1.2, 0.0]
    stimmen = 3 * (waehler - ungueltig) - int((waehler - ungueltig) * 0.08)
    gesamt, je_liste = sum(gewichte), []
    for gewicht in gewichte:
        je_liste.append(int(stimmen * gewicht / gesamt) if gewicht else None)
    je_liste[6] = (je_liste[6] or 0) + stimmen - sum(n or 0 for n in je_liste)
    mit_vermerk = wahlschein + _ganz(wahlschein * 0.06, wuerfel)
    brief = wahlschein - _ganz(wahlschein * 0.01, wuerfel)
    return Wahl(berechtigt - mit_vermerk, mit_vermerk, waehler, wahlschein, brief, ungueltig, tuple(je_liste))


def _folgejahr(g: Gemeinde, modell: Modell, m: Merkmale) -> None:
    """The year after: everything moves a little, with dice of its own."""
    wuerfel, jahr = random.Random(f"{STARTWERT}/folgejahr/{g.ags}"), FOLGEJAHR
    m.arbeitslose[g.ags][jahr] = _ganz(m.arbeitslose[g.ags][jahr - 1] * (0.98 + 0.1 * wuerfel.random()), wuerfel)
    zellen = modell.bevoelkerung([g.ags], jahr)
    paare = m.beschaeftigte[g.ags][jahr - 1]
    hoechstens = [zwischen(zellen, 15, 65, s) for s in (0, 1)]
    paar = [
        min(h, _ganz(n * (0.985 + 0.02 * wuerfel.random()), wuerfel)) for n, h in zip(paare, hoechstens, strict=True)
    ]
    m.beschaeftigte[g.ags][jahr] = (paar[0], paar[1])
    alle, kinder = m.leistungen[g.ags][jahr - 1]
    neue = min(zwischen(zellen, 0, 15), _ganz(kinder * (0.95 + 0.12 * wuerfel.random()), wuerfel))
    m.leistungen[g.ags][jahr] = (max(neue, _ganz(alle * (0.97 + 0.08 * wuerfel.random()), wuerfel)), neue)


def berechne(modell: Modell) -> Merkmale:
    """Counts of every Gemeinde, each with its own dice."""
    m = Merkmale()
    for g in GEMEINDEN:
        wuerfel = random.Random(f"{STARTWERT}/merkmale/{g.ags}")
        _arbeit(g, modell, wuerfel, m)
        _flaeche(g, wuerfel, m)
        _leistungen(g, modell, wuerfel, m)
        _folgejahr(g, modell, m)
        m.wahlen[g.ags] = {jahr: _wahl(g, jahr, modell, wuerfel) for jahr in WAHLEN}
    return m


def summe_wahl(wahlen: Iterable[Wahl]) -> Wahl:
    """Add elections; a list that stood nowhere stays None."""
    alle = list(wahlen)
    stimmen: list[int | None] = []
    for i in range(len(LISTEN) + 2):
        da = [w.stimmen[i] for w in alle if w.stimmen[i] is not None]
        stimmen.append(sum(n for n in da if n is not None) if da else None)
    return Wahl(
        sum(w.berechtigte_ohne for w in alle),
        sum(w.berechtigte_mit for w in alle),
        sum(w.waehler for w in alle),
        sum(w.wahlschein for w in alle),
        sum(w.brief for w in alle),
        sum(w.ungueltig for w in alle),
        tuple(stimmen),
    )


def im_kreis(kreis: str = KREIS) -> list[str]:
    """Keys of the Gemeinden (borders of 2021) of a Kreis; '17' for the Land."""
    return [g.ags for g in GEMEINDEN if g.ags.startswith(kreis)]
