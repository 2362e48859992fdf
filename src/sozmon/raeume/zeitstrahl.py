"""Which Räume existed on which day, and what became of them: registers and change lists on one time line.

A register pins down one day. A change list that touches this day makes every day it covers known as well, because
it can be applied forwards or taken back. Days in between stay open: what holds on both sides holds there too.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cached_property
from itertools import pairwise

from sozmon.gebietsstand import (
    Flaechenlage,
    Wechsel,
    finde_fusionen,
    ist_ausgeglichen,
    unklare_ziele,
    verkette,
)
from sozmon.raeume.register import (
    SCHLUESSEL,
    TEILAUSGLIEDERUNG,
    UNBEWOHNT,
    Aenderung,
    Aenderungsliste,
    Eintrag,
    Verzeichnis,
)

SPIELRAUM = 0.05
"""km² within which a Gemeinde counts as wholly made of what it received (rounding and re-measurement)."""


@dataclass(frozen=True, slots=True)
class Nachweis:
    """How a step between two registers was proved: by 'flaeche' (areas add up) or 'name' (same name, same area)."""

    art: str
    alte: tuple[str, ...]
    neu: str
    von: str
    bis: str


@dataclass(frozen=True, slots=True)
class Lage:
    """Where a date lies: 'exakt', 'luecke' (between von and bis), 'vor' or 'nach' all that is known, 'leer'."""

    art: str
    von: str = ""
    bis: str = ""


class Stand:
    """All Räume of one day: a register with a few replaced (None: removed) entries."""

    def __init__(
        self,
        datum: str,
        basis: Verzeichnis,
        ueber: Mapping[str, Eintrag | None] | None = None,
        verbandsnamen: Mapping[str, str] | None = None,
    ) -> None:
        """ueber: Gemeinden that differ from the register; verbandsnamen: what change lists call Verbände."""
        self.datum, self.basis, self.ueber = datum, basis, dict(ueber or {})
        self._namen = verbandsnamen or {}
        self._kreise = {k[:5] for k in self.ueber}
        self._verbaende: dict[str, list[str]] = {}

    def __contains__(self, raum_id: str) -> bool:
        if raum_id in self.ueber:
            return self.ueber[raum_id] is not None
        if len(raum_id) == 9 and raum_id[:5] in self._kreise:
            return raum_id in self.verbaende(raum_id[:5])
        return raum_id in self.basis

    def verbaende(self, kreis: str) -> list[str]:
        """Verbände of a Kreis whose Gemeinden changed: those that its Gemeinden then belonged to."""
        if kreis not in self._verbaende:
            eintraege = map(self.eintrag, self.mit_praefix(kreis, 8))
            self._verbaende[kreis] = sorted({e.ars[:9] for e in eintraege if e is not None})
        return self._verbaende[kreis]

    def eintrag(self, raum_id: str) -> Eintrag | None:
        """The entry of that day, or None."""
        if raum_id in self.ueber:
            return self.ueber[raum_id]
        if raum_id in self.basis and raum_id in self:
            return self.basis.eintrag(raum_id)
        if raum_id in self:
            return Eintrag(raum_id, raum_id, "", self._namen.get(raum_id, raum_id), None)
        return None

    def unbewohnt(self, raum_id: str) -> bool:
        """Is it an uninhabited gemeindefreies Gebiet (forest, lake)?"""
        if raum_id in self.ueber:
            eintrag = self.ueber[raum_id]
            return eintrag is not None and eintrag.art == UNBEWOHNT
        return raum_id in self.basis.unbewohnt(raum_id[:2])

    def mit_praefix(self, praefix: str, laenge: int) -> list[str]:
        """Ids of that many digits beginning with ``praefix``, ascending."""
        ids = self.basis.mit_praefix(praefix, laenge)
        if laenge == 9 and self._kreise:
            neu = [v for kreis in self._kreise for v in self.verbaende(kreis) if v.startswith(praefix)]
            return sorted([i for i in ids if i[:5] not in self._kreise] + neu)
        eigene = {k for k in self.ueber if len(k) == laenge and k.startswith(praefix)}
        if not eigene:
            return ids
        return sorted({i for i in ids if i not in eigene} | {k for k in eigene if self.ueber[k] is not None})

    def fehlt_in(self, anderer: Stand, land: str) -> set[str]:
        """Gemeinden of this day in that Land ('' = all) that the other day does not know."""
        nur: set[str] = set()
        for x in [land] if land else self.basis.laender:
            nur |= {k for k in self.basis.block(x).keys() - anderer.basis.block(x).keys() if len(k) == 8}
        strittig = {k for k in (*self.ueber, *anderer.ueber) if len(k) == 8 and k.startswith(land)}
        return {k for k in nur | strittig if k in self and k not in anderer}


def rolle_vor(stand: Stand, tag: str, aenderungen: Sequence[Aenderung]) -> Stand:
    """The state from ``tag`` on, when these changes take effect that day."""
    tagwerk = _Tagwerk(aenderungen)
    ueber: dict[str, Eintrag | None] = dict.fromkeys(tagwerk.aufgeloeste)
    for kennung, a in tagwerk.danach.items():
        bisher = stand.eintrag(kennung) or stand.eintrag(a.ags_alt)
        vorher = stand.eintrag(kennung)
        flaeche = tagwerk.flaeche_danach(kennung, vorher.flaeche if vorher else 0.0)
        if flaeche is None and vorher is None and tagwerk.ist_schluesselwechsel(a):
            flaeche = bisher.flaeche if bisher else None
        gleich = vorher is not None and a.ags_alt != kennung
        name, ars = (vorher.name, vorher.ars) if gleich and vorher else (a.name_neu, a.ars_neu)
        ueber[kennung] = Eintrag(kennung, ars, bisher.art if bisher else "", name, flaeche)
    return Stand(tag, stand.basis, stand.ueber | ueber)


def rolle_zurueck(stand: Stand, tag: str, aenderungen: Sequence[Aenderung], frueher: Iterable[Verzeichnis]) -> Stand:
    """The state before these changes took effect; ``tag`` is the day before.

    Whether a receiving Gemeinde is new is told by its area (nothing is left when the received parts are taken
    away), else by the register before.
    """
    tagwerk = _Tagwerk(aenderungen)
    davor = [v for v in frueher if v.datum <= tag]
    ueber: dict[str, Eintrag | None] = {}
    for kennung, a in tagwerk.danach.items():
        jetzt = stand.eintrag(kennung)
        if jetzt is not None and kennung not in tagwerk.davor:
            rest = tagwerk.rest(kennung, jetzt.flaeche)
            neu = rest <= SPIELRAUM if rest is not None else kennung not in davor[-1] if davor else False
            neu = neu or tagwerk.ist_schluesselwechsel(a)
            ueber[kennung] = None if neu else jetzt._replace(flaeche=rest)
    for kennung, a in tagwerk.davor.items():
        jetzt = stand.eintrag(kennung) or stand.eintrag(a.ags_neu)
        flaeche = tagwerk.flaeche_davor(kennung)
        if flaeche is None and (a.ags_alt == a.ags_neu or tagwerk.ist_schluesselwechsel(a)):
            flaeche = jetzt.flaeche if jetzt else None
        ueber[kennung] = Eintrag(kennung, a.ars_alt, jetzt.art if jetzt else "", a.name_alt, flaeche)
    return Stand(tag, stand.basis, stand.ueber | ueber)


class _Tagwerk:
    """The changes of one day, by Gemeinde; areas in km², None when a part has no area."""

    def __init__(self, aenderungen: Sequence[Aenderung]) -> None:
        self.davor: dict[str, Aenderung] = {}
        self.danach: dict[str, Aenderung] = {}
        self._teile: dict[str, float | None] = {}
        self._erhalten: dict[str, float | None] = {}
        self._abgegeben: dict[str, float | None] = {}
        for a in aenderungen:
            self.davor.setdefault(a.ags_alt, a)
            if a.ags_alt == a.ags_neu:
                self.danach[a.ags_neu] = a
            else:
                self.danach.setdefault(a.ags_neu, a)
                _addiere(self._erhalten, a.ags_neu, a.flaeche)
                _addiere(self._abgegeben, a.ags_alt, a.flaeche)
            _addiere(self._teile, a.ags_alt, a.flaeche)
        bleibt = {a.ags_alt for a in aenderungen if not a.zieht_um} | set(self.danach)
        self.aufgeloeste = {a.ags_alt for a in aenderungen if a.zieht_um} - bleibt
        self._quellen = Counter(a.ags_neu for a in aenderungen)
        self._ziele = Counter(a.ags_alt for a in aenderungen)

    def ist_schluesselwechsel(self, a: Aenderung) -> bool:
        """One old and one new key, and the list says that the key changed."""
        eins = self._quellen[a.ags_neu] == 1 and self._ziele[a.ags_alt] == 1
        return a.ags_alt != a.ags_neu and eins and SCHLUESSEL in a.arten

    def flaeche_danach(self, kennung: str, vorher: float | None) -> float | None:
        """Area after the day from the area before it."""
        erhalten, abgegeben = self._erhalten.get(kennung, 0.0), self._abgegeben.get(kennung, 0.0)
        if vorher is None or erhalten is None or abgegeben is None:
            return None
        return round(vorher + erhalten - abgegeben, 6)

    def rest(self, kennung: str, danach: float | None) -> float | None:
        """What a Gemeinde that only received had before."""
        erhalten = self._erhalten.get(kennung, 0.0)
        return None if danach is None or erhalten is None else round(danach - erhalten, 6)

    def flaeche_davor(self, kennung: str) -> float | None:
        """Area before the day: the sum of the parts listed."""
        return self._teile.get(kennung)


def _addiere(summen: dict[str, float | None], kennung: str, quadratmeter: float | None) -> None:
    bisher = summen.get(kennung, 0.0)
    summen[kennung] = None if bisher is None or quadratmeter is None else round(bisher + quadratmeter / 1e6, 6)


# --------------------------------------------------------------------------------------------------


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
            return False if self.kennt(raum_id) else None
        if lage.art == "luecke":
            return True if all(dabei) else None
        return True if lage.art == "nach" else None

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
            vergleich = _Vergleich(alt, neu, weg, dazu, self._bewegt(von, bis))
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


class _Vergleich:
    """Two registers side by side, Kreis by Kreis: proves mergers and changes of key, or says how little is known."""

    def __init__(self, alt: Stand, neu: Stand, weg: set[str], dazu: set[str], bewegt: dict[str, float]) -> None:
        self.alt, self.neu, self.bewegt = alt, neu, bewegt
        self.wechsel: dict[str, frozenset[str]] = {}
        self.nachweise: list[Nachweis] = []
        weg, dazu = set(weg), set(dazu)
        self._umbenannte(weg, dazu)
        offen = self._nach_flaeche(weg, dazu)
        self._unklare(offen)

    def _umbenannte(self, weg: set[str], dazu: set[str]) -> None:
        """Same name and same area within a Land, once on either side: only the key changed."""
        nach_name: dict[tuple[str, str], tuple[list[str], list[str]]] = defaultdict(lambda: ([], []))
        for i, (stand, ids) in enumerate(((self.alt, weg), (self.neu, dazu))):
            for kennung in sorted(ids):
                eintrag = stand.eintrag(kennung)
                assert eintrag is not None
                nach_name[kennung[:2], eintrag.name][i].append(kennung)
        for alte, neue in nach_name.values():
            if len(alte) == len(neue) == 1:
                a, b = self.alt.eintrag(alte[0]), self.neu.eintrag(neue[0])
                assert a is not None and b is not None
                if a.flaeche and b.flaeche and abs(a.flaeche - b.flaeche) <= 0.01 + 1e-9:
                    self._belege("name", alte, neue[0])
                    weg.discard(alte[0])
                    dazu.discard(neue[0])

    def _nach_flaeche(self, weg: set[str], dazu: set[str]) -> dict[str, Flaechenlage]:
        """Proves Kreis by Kreis; returns the Kreise that stay open."""
        offen: dict[str, Flaechenlage] = {}
        for kreis in sorted({k[:5] for k in weg | dazu}):
            lage = self._lage(kreis, weg, dazu)
            fusionen = finde_fusionen(lage)
            if fusionen is None:
                offen[kreis] = lage
                continue
            for neu in sorted(set(fusionen.values())):
                self._belege("flaeche", sorted(a for a, n in fusionen.items() if n == neu), neu)
        return offen

    def _lage(self, kreis: str, weg: set[str], dazu: set[str]) -> Flaechenlage:
        zuwachs: dict[str, float] = {}
        for kennung in self.alt.mit_praefix(kreis, 8):
            a, b = self.alt.eintrag(kennung), self.neu.eintrag(kennung)
            if a and b and a.flaeche is not None and b.flaeche is not None:
                mehr = b.flaeche - a.flaeche - self.bewegt.get(kennung, 0.0)
                if abs(mehr) > 3 * 0.005 + 1e-9:
                    zuwachs[kennung] = mehr
        return Flaechenlage(_flaechen(self.alt, kreis, weg), _flaechen(self.neu, kreis, dazu), zuwachs)

    def _unklare(self, offen: dict[str, Flaechenlage]) -> None:
        """What could not be proved may have gone to every growing Gemeinde of its Kreis, or of its Land."""
        laender: dict[str, list[str]] = defaultdict(list)
        for kreis, lage in offen.items():
            if ist_ausgeglichen(lage):
                self._verteile(lage, unklare_ziele(lage) | {f"?{kreis}"})
            else:
                laender[kreis[:2]].append(kreis)
        for land, kreise in laender.items():
            ziele = frozenset().union(*(unklare_ziele(offen[k]) for k in kreise)) | {f"?{land}"}
            for kreis in kreise:
                self._verteile(offen[kreis], ziele)

    def _verteile(self, lage: Flaechenlage, ziele: frozenset[str]) -> None:
        for kennung in lage.verschwunden:
            self.wechsel[kennung] = ziele
        for kennung, mehr in lage.zuwachs.items():
            if mehr < 0 and -mehr > 0.05:
                self.wechsel[kennung] = ziele | {kennung}

    def _belege(self, art: str, alte: list[str], neu: str) -> None:
        for kennung in alte:
            self.wechsel[kennung] = frozenset({neu})
        self.nachweise.append(Nachweis(art, tuple(alte), neu, self.alt.datum, self.neu.datum))


def _flaechen(stand: Stand, kreis: str, ids: set[str]) -> dict[str, float]:
    eintraege = (stand.eintrag(k) for k in sorted(ids) if k[:5] == kreis)
    return {e.raum_id: e.flaeche or 0.0 for e in eintraege if e is not None}
