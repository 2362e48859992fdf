"""Which Räume existed on which day, and what became of them: registers and change lists on one time line.

A register pins down one day. A change list that touches this day makes every day it covers known as well, because
it can be applied forwards or taken back. Days in between stay open: what holds on both sides holds there too.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cached_property
from itertools import pairwise

from sozmon.gebietsstand import Wechsel, verkette
from sozmon.raeume.register import NAME, TEILAUSGLIEDERUNG, Aenderung, Aenderungsliste, Eintrag, Verzeichnis
from sozmon.raeume.registervergleich import Nachweis, Registervergleich
from sozmon.raeume.stand import Stand, rolle_vor, rolle_zurueck


@dataclass(frozen=True, slots=True)
class Lage:
    """Where a date lies: 'exakt', 'luecke' (between von and bis), 'vor' or 'nach' all that is known, 'leer'."""

    art: str
    von: str = ""
    bis: str = ""


class Zeitstrahl:
    """Known days, their Räume, and the steps between them."""

    def __init__(self, verzeichnisse: Iterable[Verzeichnis], listen: Iterable[Aenderungsliste]) -> None:
        """Order does not matter; changes that several lists repeat count once."""
        self.verzeichnisse = sorted(verzeichnisse, key=lambda v: v.datum)
        self.listen = sorted(listen, key=lambda x: (x.von, x.bis))
        self._staende: dict[str, Stand] = {}
        self._schritte: dict[tuple[str, str, str], dict[str, frozenset[str]]] = {}
        self.nachweise: dict[tuple[str, str, str], tuple[Nachweis, ...]] = {}

    @cached_property
    def tage(self) -> dict[str, list[Aenderung]]:
        """Changes of Gemeinden by the day they take effect in statistics, ascending."""
        tage: dict[str, dict[tuple[object, ...], Aenderung]] = defaultdict(dict)
        for liste in self.listen:
            for a in liste.gemeinden:
                tage[a.statistisch].setdefault((a.ags_alt, a.ags_neu, a.ars_alt, a.ars_neu, a.arten), a)
        return {tag: list(tage[tag].values()) for tag in sorted(tage)}

    @cached_property
    def verbandsnamen(self) -> dict[str, str]:
        """Verband → the name that a change list gives it."""
        namen: dict[str, str] = {}
        for a in (a for liste in self.listen for a in liste.aenderungen if len(a.ars_alt) == len(a.ars_neu) == 9):
            namen |= {a.ars_alt: a.name_alt, a.ars_neu: a.name_neu}
        return namen

    @cached_property
    def spannen(self) -> list[tuple[str, str]]:
        """Stretches of days that are known completely, ascending and apart."""
        strecken: list[list[str]] = []
        for liste in self.listen:
            von = _tag_davor(liste.von)
            if strecken and von <= strecken[-1][1]:
                strecken[-1][1] = max(strecken[-1][1], liste.bis)
            else:
                strecken.append([von, liste.bis])
        verankert = {(v, b) for v, b in strecken if any(v <= r.datum <= b for r in self.verzeichnisse)}
        einzeln = {(r.datum, r.datum) for r in self.verzeichnisse if not any(v <= r.datum <= b for v, b in verankert)}
        return sorted(verankert | einzeln)

    def lage(self, datum: str) -> Lage:
        """Where ``datum`` lies in what is known."""
        if not self.spannen:
            return Lage("leer")
        davor = [s for s in self.spannen if s[0] <= datum]
        if not davor:
            return Lage("vor", "", self.spannen[0][0])
        if datum <= davor[-1][1]:
            return Lage("exakt", datum, datum)
        danach = [s for s in self.spannen if s[0] > datum]
        return Lage("luecke", davor[-1][1], danach[0][0]) if danach else Lage("nach", davor[-1][1], "")

    def naechster(self, datum: str) -> str:
        """The known day that stands in for ``datum``: itself, else the one before, else the first; '' if none."""
        lage = self.lage(datum)
        return lage.von or lage.bis

    def stand(self, datum: str) -> Stand | None:
        """The Räume of that day when they are known completely."""
        if datum not in self._staende:
            spanne = next(((v, b) for v, b in self.spannen if v <= datum <= b), None)
            if spanne is None:
                return None
            anker = [r for r in self.verzeichnisse if spanne[0] <= r.datum <= spanne[1]]
            vorher = [r for r in anker if r.datum <= datum]
            self._staende[datum] = self._vorwaerts(vorher[-1], datum) if vorher else self._rueckwaerts(anker[0], datum)
        return self._staende[datum]

    def fortgeschrieben(self, anker: Verzeichnis, datum: str) -> Stand:
        """A register brought to a later day by the change lists alone, whatever later registers say."""
        return self._vorwaerts(anker, datum)

    def _vorwaerts(self, anker: Verzeichnis, datum: str) -> Stand:
        stand = Stand(anker.datum, anker)
        for tag, aenderungen in self.tage.items():
            if anker.datum < tag <= datum:
                stand = rolle_vor(stand, tag, aenderungen)
        return Stand(datum, stand.basis, stand.ueber, self.verbandsnamen)

    def _rueckwaerts(self, anker: Verzeichnis, datum: str) -> Stand:
        stand = Stand(anker.datum, anker)
        for tag in reversed(self.tage):
            if datum < tag <= anker.datum:
                stand = rolle_zurueck(stand, _tag_davor(tag), self.tage[tag], self.verzeichnisse)
        return Stand(datum, stand.basis, stand.ueber, self.verbandsnamen)

    # -- single Räume ------------------------------------------------------------------------------

    def existiert(self, raum_id: str, datum: str) -> bool | None:
        """Did an official Raum exist on that day? None = not known."""
        lage = self.lage(datum)
        staende = [s for s in (self.stand(t) for t in (lage.von, lage.bis) if t) if s is not None]
        if not staende:
            return None
        dabei = [raum_id in s for s in staende]
        if lage.art == "exakt":
            return dabei[0]
        if not any(dabei):
            return False if self.kennt(raum_id) and not self._genannt_in(raum_id, lage) else None
        if lage.art == "luecke":
            return True if all(dabei) else None
        return True if lage.art == "nach" else None

    def beruehrt(self, raum_id: str, von: str, bis: str) -> bool:
        """Is it known that an official Raum came, went or changed its borders between the two days (either order)?"""
        von, bis = sorted((von, bis))
        if not von or von == bis:
            return False
        if {self.existiert(raum_id, von), self.existiert(raum_id, bis)} == {True, False}:
            return True
        tage = (tag for tag in self.tage if von < tag <= bis)
        return any(_beruehrt(a, raum_id) for tag in tage for a in self.tage[tag])

    def _genannt_in(self, raum_id: str, lage: Lage) -> bool:
        """Does a change within the unknown stretch make or end the Raum? Its list is not joined to a register yet."""
        spaet = lage.bis or "9999"
        return any(raum_id in (a.ags_alt, a.ags_neu) for t in self.tage if lage.von < t <= spaet for a in self.tage[t])

    def kennt(self, raum_id: str) -> bool:
        """Is the id in any register or change list?"""
        return any(raum_id in v for v in self.verzeichnisse) or raum_id in self.genannte

    @cached_property
    def genannte(self) -> dict[str, Eintrag]:
        """Gemeinden that change lists name, as they were named last."""
        genannt: dict[str, Eintrag] = {}
        for aenderungen in self.tage.values():
            for a in aenderungen:
                genannt[a.ags_alt] = Eintrag(a.ags_alt, a.ars_alt, "", a.name_alt, None)
                genannt[a.ags_neu] = Eintrag(a.ags_neu, a.ars_neu, "", a.name_neu, None)
        return genannt

    def namen(self, raum_id: str) -> set[str]:
        """All official names that an id ever had, as far as known."""
        namen = {v.eintrag(raum_id).name for v in self.verzeichnisse if raum_id in v}
        if raum_id in self.genannte:
            namen |= {a.name_alt for t in self.tage.values() for a in t if a.ags_alt == raum_id}
            namen |= {a.name_neu for t in self.tage.values() for a in t if a.ags_neu == raum_id}
        return namen

    def belegt(self, raum_id: str) -> tuple[str, str]:
        """First and last day on which the Raum is proved to exist; '' where it reaches beyond all that is known."""
        dabei = [raum_id in (self.stand(p) or ()) for p in self.punkte]
        if all(dabei) or not any(dabei):
            return "", ""
        erster = dabei.index(True)
        letzter = len(dabei) - 1 - dabei[::-1].index(True)
        ab = "" if erster == 0 else self._erster_tag(raum_id, erster)
        bis = "" if letzter == len(dabei) - 1 else self._letzter_tag(raum_id, letzter)
        return ab, bis

    def _erster_tag(self, raum_id: str, i: int) -> str:
        """Between two known points of one stretch the day is that of the change; in a gap the point itself."""
        tage = [t for t in self.tage if self.punkte[i - 1] < t <= self.punkte[i]]
        verbunden = self.stand(_tag_davor(self.punkte[i])) is not None
        return next((t for t in tage if verbunden and raum_id in (self.stand(t) or ())), self.punkte[i])

    def _letzter_tag(self, raum_id: str, i: int) -> str:
        tage = [_tag_davor(t) for t in self.tage if self.punkte[i] < t <= self.punkte[i + 1]]
        return next((t for t in reversed(tage) if raum_id in (self.stand(t) or ())), self.punkte[i])

    def nachfolger(self, raum_id: str, tag: str = "") -> list[str]:
        """Gemeinden that hold what the vanished Gemeinde was, on the known day ``tag`` ('' = the newest)."""
        bis, ziel = self.belegt(raum_id)[1], tag or self.punkte[-1]
        if not bis or len(raum_id) != 8 or ziel <= bis:
            return []
        return sorted(z for z in self.wechsel(bis, ziel, raum_id[:2]).get(raum_id, ()) if z[:1] != "?")

    # -- steps -------------------------------------------------------------------------------------

    @cached_property
    def punkte(self) -> list[str]:
        """The known days at which steps are compared: registers and both ends of every stretch."""
        return sorted({r.datum for r in self.verzeichnisse} | {tag for spanne in self.spannen for tag in spanne})

    def wechsel(self, von: str, bis: str, land: str = "") -> Wechsel:
        """What became of the Gemeinden of the known day ``von`` until the known day ``bis`` (von ≤ bis).

        ``land``: compare the registers of this Land only (what lists say holds for all).
        """
        wegmarken = [von, *(p for p in self.punkte if von < p < bis), bis]
        kette: Wechsel = {}
        for a, b in pairwise(wegmarken):
            kette = verkette(kette, self.schritt(a, b, land))
        return kette

    def schritt(self, von: str, bis: str, land: str) -> dict[str, frozenset[str]]:
        """One step: the changes listed, then the proof by areas for what they leave open."""
        if von >= bis:
            return {}
        if (von, bis, land) not in self._schritte:
            self._schritte[von, bis, land] = self._schritt(von, bis, land)
        return self._schritte[von, bis, land]

    def _schritt(self, von: str, bis: str, land: str) -> dict[str, frozenset[str]]:
        alt, neu = self.stand(von), self.stand(bis)
        assert alt is not None and neu is not None, "schritt() takes known days only"
        ereignisse: Wechsel = {}
        for tag, aenderungen in self.tage.items():
            if von < tag <= bis:
                ereignisse = verkette(ereignisse, _tageswechsel(aenderungen))
        wechsel = {k: z for k, z in ereignisse.items() if k in alt and all(x in neu for x in z)}
        erklaert = {z for ziele in wechsel.values() for z in ziele}
        weg = {k for k in alt.fehlt_in(neu, land) if k not in wechsel}
        dazu = {k for k in neu.fehlt_in(alt, land) if k not in erklaert}
        if weg or dazu:
            vergleich = Registervergleich(alt, neu, weg, dazu, self._bewegt(von, bis))
            wechsel.update(vergleich.wechsel)
            self.nachweise[von, bis, land] = tuple(vergleich.nachweise)
        return wechsel

    def _bewegt(self, von: str, bis: str) -> dict[str, float]:
        """Net area (km²) that each Gemeinde gained by listed changes in between."""
        bewegt: dict[str, float] = defaultdict(float)
        for tag, aenderungen in self.tage.items():
            if von < tag <= bis:
                for a in aenderungen:
                    if a.ags_alt != a.ags_neu and a.flaeche is not None:
                        bewegt[a.ags_neu] += a.flaeche / 1e6
                        bewegt[a.ags_alt] -= a.flaeche / 1e6
        return bewegt


def _beruehrt(a: Aenderung, raum_id: str) -> bool:
    """A Gemeinde that is named, or a Kreis or Land that a Gemeinde left or joined; a mere renaming moves nobody."""
    if set(a.arten) <= {NAME}:
        return False
    laenge = len(raum_id)
    vorher, nachher = a.ags_alt[:laenge], a.ags_neu[:laenge]
    if laenge == 8:
        return raum_id in (vorher, nachher)
    return vorher != nachher and raum_id in (vorher, nachher)


def _tag_davor(tag: str) -> str:
    return (date.fromisoformat(tag) - timedelta(days=1)).isoformat()


def _tageswechsel(aenderungen: Sequence[Aenderung]) -> dict[str, frozenset[str]]:
    ziele: dict[str, set[str]] = defaultdict(set)
    for a in aenderungen:
        if a.ags_alt != a.ags_neu:
            ziele[a.ags_alt].add(a.ags_neu)
            if TEILAUSGLIEDERUNG in a.arten:
                ziele[a.ags_alt].add(a.ags_alt)
    return {alt: frozenset(neue) for alt, neue in ziele.items()}
