"""How the Räume of a group developed between two times: in how many the value rose, and where most."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from sozmon.indikator import ist_gleiche_quelle
from sozmon.model import Bruch, Indikator, Indikatorwert, Status
from sozmon.sprache.grundlage import NAMEN_HOECHSTENS, Gliederungen, bruchgruende, ort_von, variante
from sozmon.sprache.luecken import GEHEIM
from sozmon.sprache.raumname import Ebenenwort, ebenenwort
from sozmon.sprache.saetze import satz_entwicklung
from sozmon.sprache.titel import titelwort
from sozmon.sprache.vergleichssaetze import wo_alle
from sozmon.sprache.worte import (
    anzahl,
    aufzaehlung,
    prozent,
    rundet_gleich,
    satz,
    unterschied,
    zeit_wann,
    zwischen,
)
from sozmon.zahlen import runde

Paar = tuple[Indikatorwert, Indikatorwert]
"""(earlier, later) value of one Raum."""


def satz_gruppe(
    paare: Sequence[Paar],
    indikator: Indikator,
    brueche: Sequence[Bruch] = (),
    *,
    gliederungen: Gliederungen = None,
) -> str:
    """In how many Räume the value rose or fell between two times, where most, and for how many that cannot be told.

    A change that is not seen in the printed numbers counts as none. Räume that no longer exist at the later time are
    not counted. '' when there is no Raum at all.
    """
    da = [p for p in paare if p[1].status is not Status.RAUM_BESTAND_NICHT]
    if len(da) < 2:  # nothing to count
        return satz_entwicklung(*da[0], indikator, brueche, gliederungen=gliederungen) if da else ""
    zeiten = Counter((a.zeit, b.zeit) for a, b in da).most_common(1)[0][0]
    gruende = [_grund(p, zeiten, [*indikator.brueche, *brueche]) for p in da]
    mit = [p for p, grund in zip(da, gruende, strict=True) if not grund]
    ohne = _satz_ohne(zeiten, gruende, ebenenwort(da[0][1].ebene, gliederungen))
    if len(mit) == 1:
        kern = satz_entwicklung(*mit[0], indikator, brueche, gliederungen=gliederungen)
    else:
        kern = _Gruppe(mit, len(da), indikator, gliederungen).satz() if mit else ""
    return " ".join(filter(None, (kern, ohne)))


# --------------------------------------------------------------------------------------------------
# who is left out

_GRUENDE: dict[str, tuple[str, str]] = {
    # why nothing can be told, for one Raum and for several; {er}: pronoun, {wann}: the earlier time
    "geheim": (
        "ein Wert geheim zu halten oder nicht freigegeben ist",
        "jeweils mindestens ein Wert geheim zu halten oder nicht freigegeben ist",
    ),
    "unvollstaendig": ("ein Wert nicht vollständig vorliegt", "jeweils mindestens ein Wert nicht vollständig vorliegt"),
    "bestand": ("{er} {wann} noch nicht bestand", "sie {wann} noch nicht bestanden"),
    "fehlt": ("ein Wert fehlt", "jeweils mindestens ein Wert fehlt"),
    "quelle": ("die Werte aus verschiedenen Quellen stammen",) * 2,
    "zeit": ("der Wert für einen anderen Zeitpunkt gilt", "die Werte für andere Zeitpunkte gelten"),
}


def _grund(paar: Paar, zeiten: tuple[str, str], brueche: Sequence[Bruch]) -> str:
    """Why no change can be told for this Raum; '' when it can."""
    status = {w.status for w in paar}
    if status & GEHEIM:
        return "geheim"
    if paar[0].status is Status.RAUM_BESTAND_NICHT:
        return "bestand"
    if Status.UNVOLLSTAENDIG in status:
        return "unvollstaendig"
    if not all(w.ist_zahl for w in paar):
        return "fehlt"
    bruch = bruchgruende(*paar, brueche)
    if bruch:
        return f"die Reihe dazwischen einen Bruch hat ({bruch})"
    if not ist_gleiche_quelle(*paar):
        return "quelle"
    return "" if (paar[0].zeit, paar[1].zeit) == zeiten else "zeit"


def _satz_ohne(zeiten: tuple[str, str], gruende: Sequence[str], wort: Ebenenwort) -> str:
    """'Für drei Gemeinden lässt sich keine Veränderung angeben: bei zwei, weil …, bei einer, weil ….'"""
    gezaehlt = Counter(g for g in gruende if g)
    n, alle, er = sum(gezaehlt.values()), len(gruende), {"m": "er", "f": "sie", "n": "es"}[wort.genus]
    worte = {"er": er, "wann": zeit_wann(zeiten[0])}
    # in the order of _GRUENDE, then Brüche by their text
    geordnet = sorted(gezaehlt.items(), key=lambda g: (g[0] not in _GRUENDE, [*_GRUENDE, g[0]].index(g[0]), g[0]))
    weil = [(k, _GRUENDE.get(g, (g, g))[k > 1].format(**worte)) for g, k in geordnet]
    if not weil:
        return ""
    if n == alle:
        keine = {"m": "keinen", "f": "keine", "n": "kein"}[wort.genus]
        viele = "beiden" if alle == 2 else anzahl(alle)
        kern = f"für {keine} der {viele} {wort.mehrzahl} lässt sich eine Veränderung {zwischen(*zeiten)} angeben"
    else:
        wer = f"{anzahl(n, wort.genus, 'akk')} {wort.einzahl if n == 1 else wort.mehrzahl}"
        kern = f"für {wer} lässt sich keine Veränderung angeben"
    if len(weil) == 1:
        return satz(f"{kern}, weil {weil[0][1]}")
    *vorn, letzter = (f"bei {anzahl(k, wort.genus, 'dat')}, weil {grund}" for k, grund in weil)
    return satz(f"{kern}: {', '.join(vorn)}, und {letzter}")


# --------------------------------------------------------------------------------------------------
# who is told


@dataclass(frozen=True, slots=True)
class _Gruppe:
    """At least two comparable pairs of the same two times; ``alle``: how many Räume there are."""

    mit: Sequence[Paar]
    alle: int
    indikator: Indikator
    gliederungen: Gliederungen

    def satz(self) -> str:
        """The largest part first; then who moved the other way or not at all."""
        teile = {"gestiegen": self._nach(1), "gesunken": self._nach(-1), "": self._nach(0)}
        (verb, erste), *andere = sorted(((v, p) for v, p in teile.items() if p), key=lambda t: -len(t[1]))
        wer, (a, b) = titelwort(self.indikator).wer, self.mit[0]
        wo, wann = self._in_wie_vielen(erste), zwischen(a.zeit, b.zeit)
        ist = "ist" if verb else "blieb"
        vorn = variante(2, "gruppe", b, self.indikator)
        kopf = f"{wann} {ist} {wer} {wo}" if vorn else f"{wo} {ist} {wer} {wann}"
        if len(erste) == 1 and verb:
            kern = f"{kopf} um {self._um(erste[0])} {verb}"
        else:
            kern = f"{kopf} {verb or self._unveraendert(erste)}{self._staerkste(erste) if verb else ''}"
        nur = "nur " if len(andere) == 1 and len(andere[0][1]) == 1 and len(self.mit) > 2 else ""
        return satz("; ".join([kern, *(self._weitere(v, p, nur) for v, p in andere)]))

    def _nach(self, richtung: int) -> list[Paar]:
        """Pairs that rose (1), fell (−1) or stayed as printed (0), strongest first."""
        stellen = self.indikator.nachkommastellen
        gefunden = [
            (a, b)
            for a, b in self.mit
            if (not rundet_gleich(_zahl(a), _zahl(b), stellen)) * (1 if _zahl(b) > _zahl(a) else -1) == richtung
        ]
        return sorted(gefunden, key=lambda p: -self._staerke(p))

    @property
    def _relativ(self) -> bool:
        """Counts change in per cent: in numbers the largest Raum would always come first."""
        return self.indikator.verfahren == "anzahl" and all(_zahl(a) > 0 for a, _ in self.mit)

    def _staerke(self, paar: Paar) -> float:
        a, b = map(_zahl, paar)
        return abs(b - a) / a * 100 if self._relativ else abs(b - a)

    def _um(self, paar: Paar) -> str:
        """'2,9 Prozentpunkte', for counts '3,4 %'."""
        staerke, stellen = self._staerke(paar), 1 if self._relativ else self.indikator.nachkommastellen
        weniger = runde(staerke, stellen) == 0
        groesse = 10.0**-stellen if weniger else staerke
        um = prozent(groesse) if self._relativ else unterschied(groesse, self.indikator)
        return f"weniger als {um}" if weniger else um

    def _gleich_stark(self, paare: Sequence[Paar], wie: Paar) -> list[Paar]:
        return [p for p in paare if self._um(p) == self._um(wie)]

    def _in_wie_vielen(self, paare: Sequence[Paar]) -> str:
        """'in vier der fünf Sozialregionen'; a single one is named."""
        wort, n = ebenenwort(self.mit[0][1].ebene, self.gliederungen), len(self.mit)
        if len(paare) == 1:
            return ort_von(paare[0][1], self.gliederungen).wo
        vergleichbar = "" if n == self.alle else " mit vergleichbaren Werten"
        if len(paare) == n:
            alle = "beiden" if n == 2 else f"allen {anzahl(n)}"
            return f"in {alle} {wort.dativ_mehrzahl}{vergleichbar}"
        return f"in {anzahl(len(paare), wort.genus, 'dat')} der {anzahl(n)} {wort.mehrzahl}{vergleichbar}"

    def _staerkste(self, paare: Sequence[Paar]) -> str:
        """', am stärksten in Flöha (um 2,9 Prozentpunkte)'; for all of a group also the smallest change."""
        oben = self._gleich_stark(paare, paare[0])
        if len(oben) == len(paare):
            return f", jeweils um {self._um(paare[0])}"
        if len(paare) == len(self.mit) == 2:
            return f", {aufzaehlung([f'{ort_von(p[1], self.gliederungen).wo} um {self._um(p)}' for p in paare])}"
        if len(oben) > NAMEN_HOECHSTENS:
            return f", höchstens um {self._um(paare[0])}"
        text = f", am stärksten {self._wo(oben)}"
        unten = self._gleich_stark(paare, paare[-1])
        if len(paare) == len(self.mit) > 2 and len(unten) <= NAMEN_HOECHSTENS:
            text += f", am wenigsten {self._wo(unten)}"
        return text

    def _wo(self, paare: Sequence[Paar]) -> str:
        """'in Flöha und Waldheim (jeweils um 2,9 Prozentpunkte)'."""
        jeweils = "jeweils " if len(paare) > 1 else ""
        wo = wo_alle([b for _, b in paare], self.gliederungen)
        return f"{wo} {self._geklammert(f'{jeweils}um {self._um(paare[0])}')}"

    def _geklammert(self, text: str) -> str:
        """In brackets, unless a name of the group has some: 'in der Sozialregion Süd (Flöha) um 2,9 Prozentpunkte'."""
        return text if any(b.raum.endswith(")") for _, b in self.mit) else f"({text})"

    def _weitere(self, verb: str, paare: Sequence[Paar], nur: str) -> str:
        """'gestiegen ist er nur in Flöha (um 0,2 Prozentpunkte)', 'unverändert blieb er in vier Gemeinden'."""
        kopf = f"{verb or self._unveraendert(paare)} {'ist' if verb else 'blieb'} {titelwort(self.indikator).pronomen}"
        if not verb or len(self._gleich_stark(paare, paare[0])) == len(paare):
            wo = wo_alle([b for _, b in paare], self.gliederungen) if not verb else self._wo(paare)
            return f"{kopf} {nur}{wo}"
        if len(paare) > NAMEN_HOECHSTENS:
            wort = ebenenwort(self.mit[0][1].ebene, self.gliederungen)
            wo = f"in {anzahl(len(paare), wort.genus, 'dat')} {wort.dativ_mehrzahl}"
            return f"{kopf} {wo}{self._staerkste(paare)}"
        stufen = {self._um(p): self._gleich_stark(paare, p) for p in paare}
        return f"{kopf} {aufzaehlung([self._wo(stufe) for stufe in stufen.values()])}"

    def _unveraendert(self, paare: Sequence[Paar]) -> str:
        return "unverändert" if all(_zahl(a) == _zahl(b) for a, b in paare) else "nahezu unverändert"


def _zahl(wert: Indikatorwert) -> float:
    return wert.wert or 0.0
