"""Which facts of a chapter stand out: three plain rules, no test of significance, the same choice at every run."""

from __future__ import annotations

import statistics
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from sozmon.indikator import ist_gleiche_quelle
from sozmon.model import Bruch, Indikator, Indikatorwert
from sozmon.sprache.grundlage import Gliederungen, bruchgruende
from sozmon.sprache.saetze import satz_entwicklung
from sozmon.sprache.vergleichssaetze import satz_spannweite, satz_vergleich
from sozmon.zahlen import runde

REGELN = ("entwicklung", "vergleich", "spannweite")
RAEUME_MINDESTENS = 3
"""Fewer Räume have no spread worth the name."""
ZEITEN_MINDESTENS = 4


@dataclass(frozen=True, slots=True)
class Auffaelligkeit:
    """How far a fact stands out by its ``regel`` (comparable between Indikatoren, not between rules), its sentence."""

    staerke: float
    indikator: str
    text: str
    regel: str = ""


@dataclass(frozen=True, slots=True)
class Befundlage:
    """What is known of one Indikator: Kreis over time (ascending), Land and regions at the newest time."""

    indikator: Indikator
    reihe: Sequence[Indikatorwert]
    vergleich: Indikatorwert | None = None
    regionen: Sequence[Indikatorwert] = ()
    brueche: Sequence[Bruch] = ()


def satz_auswahl(
    lagen: Sequence[Befundlage], hoechstens: int = 4, *, gliederungen: Gliederungen = None
) -> tuple[str, ...]:
    """The most notable facts of a chapter as sentences, by three rules taken in turn, at most one an Indikator.

    1 ``entwicklung``: largest change of the Kreis between its first comparable and its last time, in standard
      deviations of the regions (fewer than three: of the Kreis's own comparable values, at least four).
    2 ``vergleich``: largest distance of the Kreis from the Land, in the same standard deviations.
    3 ``spannweite``: largest minus smallest region, divided by the value of the Kreis (where no value is negative).

    Plain counts take part in the first rule only and there against their own course: a large region is no finding. A
    change that is a change already (``veraenderung``) does not take part in the first. What is not seen in the printed
    numbers or only as one in their last place (which rounding makes), lies across a Bruch or comes from another Quelle
    is no fact. Of equal strength the first of ``lagen`` wins.
    """
    kandidaten = [a for lage in lagen for a in find_auffaelligkeiten(lage, gliederungen=gliederungen)]
    return waehle_auffaellige(kandidaten, hoechstens)


def waehle_auffaellige(kandidaten: Sequence[Auffaelligkeit], hoechstens: int = 4) -> tuple[str, ...]:
    """The strongest fact of each rule in turn, then the second strongest …; at most one an Indikator."""
    regeln = list(dict.fromkeys(k.regel for k in kandidaten))
    regeln.sort(key=lambda r: REGELN.index(r) if r in REGELN else len(REGELN))
    listen = {r: sorted((k for k in kandidaten if k.regel == r), key=lambda k: -runde(k.staerke, 6)) for r in regeln}
    gewaehlt: list[Auffaelligkeit] = []
    while any(listen.values()) and len(gewaehlt) < hoechstens:
        for liste in listen.values():
            vergeben = {g.indikator for g in gewaehlt}
            liste[:] = [k for k in liste if k.text and k.indikator not in vergeben]
            if liste and len(gewaehlt) < hoechstens:
                gewaehlt.append(liste.pop(0))
    return tuple(g.text for g in gewaehlt)


def find_auffaelligkeiten(lage: Befundlage, *, gliederungen: Gliederungen = None) -> list[Auffaelligkeit]:
    """What each of the three rules finds for one Indikator; [] without a number of the Kreis at the newest time."""
    if not lage.reihe or not lage.reihe[-1].ist_zahl:
        return []
    masse = {"entwicklung": _entwicklung(lage), "vergleich": _vergleich(lage), "spannweite": _spannweite(lage)}
    neu, i = lage.reihe[-1], lage.indikator
    saetze = {
        "entwicklung": lambda: satz_entwicklung(
            _vergleichbare(lage)[0], neu, i, lage.brueche, gliederungen=gliederungen
        ),
        "vergleich": lambda: satz_vergleich(neu, lage.vergleich or (), i, lage.brueche, gliederungen=gliederungen),
        "spannweite": lambda: satz_spannweite(lage.regionen, i, gliederungen=gliederungen),
    }
    return [Auffaelligkeit(mass, i.kennung, saetze[regel](), regel) for regel, mass in masse.items() if mass > 0]


def _vergleichbare(lage: Befundlage) -> list[Indikatorwert]:
    """The Kreis's numbers that may be compared with its last one, ascending."""
    neu, brueche = lage.reihe[-1], [*lage.indikator.brueche, *lage.brueche]
    return [w for w in lage.reihe if w.ist_zahl and ist_gleiche_quelle(w, neu) and not bruchgruende(w, neu, brueche)]


def _zahlen(werte: Sequence[Indikatorwert]) -> list[float]:
    return [w.wert for w in werte if w.ist_zahl and w.wert is not None]


def _massstab(lage: Befundlage) -> float:
    """Standard deviation among the regions, else of the Kreis over time; 0 = none."""
    regionen, zeiten = _zahlen(lage.regionen), _zahlen(_vergleichbare(lage))
    if len(regionen) >= RAEUME_MINDESTENS and lage.indikator.verfahren != "anzahl":
        return statistics.pstdev(regionen)
    return statistics.pstdev(zeiten) if len(zeiten) >= ZEITEN_MINDESTENS else 0.0


def _abstand(a: Indikatorwert, b: Indikatorwert, lage: Befundlage) -> float:
    massstab, x, y = _massstab(lage), a.wert or 0.0, b.wert or 0.0
    if massstab <= 0 or not _ist_deutlich(x, y, lage.indikator):
        return 0.0
    return abs(x - y) / massstab


def _ist_deutlich(a: float, b: float, indikator: Indikator) -> bool:
    """More than one in the last printed place apart."""
    stellen = indikator.nachkommastellen
    return abs(runde(a, stellen) - runde(b, stellen)) > Decimal(1).scaleb(-stellen)


def _entwicklung(lage: Befundlage) -> float:
    if lage.indikator.verfahren == "veraenderung":
        return 0.0
    return _abstand(_vergleichbare(lage)[0], lage.reihe[-1], lage)


def _vergleich(lage: Befundlage) -> float:
    neu, land = lage.reihe[-1], lage.vergleich
    if land is None or not land.ist_zahl or lage.indikator.verfahren == "anzahl" or not ist_gleiche_quelle(neu, land):
        return 0.0
    return 0.0 if bruchgruende(neu, land, [*lage.indikator.brueche, *lage.brueche]) else _abstand(neu, land, lage)


def _spannweite(lage: Befundlage) -> float:
    regionen, kreis = _zahlen(lage.regionen), lage.reihe[-1].wert or 0.0
    if len(regionen) < RAEUME_MINDESTENS or lage.indikator.verfahren in ("anzahl", "veraenderung"):
        return 0.0
    klein, gross = min(regionen), max(regionen)
    if klein < 0 or kreis <= 0 or not _ist_deutlich(klein, gross, lage.indikator):
        return 0.0
    return (gross - klein) / kreis
