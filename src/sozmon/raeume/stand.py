"""All Räume of one day, and how the changes of a day turn one such state into the next or the one before."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence

from sozmon.raeume.register import SCHLUESSEL, UNBEWOHNT, Aenderung, Eintrag, Verzeichnis

SPIELRAUM = 0.05
"""km² within which a Gemeinde counts as wholly made of what it received (rounding and re-measurement)."""


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
