"""Two registers side by side, where no change list explains the difference: proofs by areas and names."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass

from sozmon.gebietsstand import RUNDUNG, Flaechenlage, finde_fusionen, ist_ausgeglichen, unklare_ziele
from sozmon.raeume.stand import Stand

NENNENSWERT = 0.05
"""km² by which a Gemeinde must have changed to be suspected of more than re-measurement."""


@dataclass(frozen=True, slots=True)
class Nachweis:
    """How a step between two registers was proved: by 'flaeche' (areas add up) or 'name' (same name, same area)."""

    art: str
    alte: tuple[str, ...]
    neu: str
    von: str
    bis: str


class Registervergleich:
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
        zuwachs, ohne = self._zuwachs(kreis, 3 * RUNDUNG)
        verschwunden, neu = _flaechen(self.alt, kreis, weg), _flaechen(self.neu, kreis, dazu)
        return Flaechenlage(verschwunden, neu, zuwachs, frozenset(ohne))

    def _zuwachs(self, praefix: str, ab: float) -> tuple[dict[str, float], set[str]]:
        """Gemeinden of both registers that changed by more than ``ab`` km² unexplained, and those without an area."""
        zuwachs: dict[str, float] = {}
        ohne: set[str] = set()
        for kennung in self.alt.mit_praefix(praefix, 8):
            a, b = self.alt.eintrag(kennung), self.neu.eintrag(kennung)
            if a is None or b is None:
                continue
            if a.flaeche is None or b.flaeche is None:
                ohne.add(kennung)
                continue
            mehr = b.flaeche - a.flaeche - self.bewegt.get(kennung, 0.0)
            if abs(mehr) > ab + 1e-9:
                zuwachs[kennung] = mehr
        return zuwachs, ohne

    def _unklare(self, offen: dict[str, Flaechenlage]) -> None:
        """What could not be proved may have gone to every growing Gemeinde of its Kreis, or of its Land."""
        laender: dict[str, list[str]] = defaultdict(list)
        for kreis, lage in offen.items():
            if ist_ausgeglichen(lage):
                self._verteile(lage, unklare_ziele(lage) | {f"?{kreis}"})
            else:
                laender[kreis[:2]].append(kreis)
        for land, kreise in laender.items():
            zuwachs, ohne = self._zuwachs(land, NENNENSWERT)  # also beyond the borders of these Kreise
            ziele = unklare_ziele(Flaechenlage({}, {}, zuwachs, frozenset(ohne))) | {f"?{land}"}
            ziele = ziele.union(*(unklare_ziele(offen[k]) for k in kreise))
            for kreis in kreise:
                self._verteile(offen[kreis], ziele)

    def _verteile(self, lage: Flaechenlage, ziele: frozenset[str]) -> None:
        for kennung in lage.verschwunden:
            self.wechsel[kennung] = ziele
        for kennung, mehr in lage.zuwachs.items():
            if -mehr > NENNENSWERT:
                self.wechsel[kennung] = ziele | {kennung}

    def _belege(self, art: str, alte: list[str], neu: str) -> None:
        for kennung in alte:
            self.wechsel[kennung] = frozenset({neu})
        self.nachweise.append(Nachweis(art, tuple(alte), neu, self.alt.datum, self.neu.datum))


def _flaechen(stand: Stand, kreis: str, ids: set[str]) -> dict[str, float]:
    eintraege = (stand.eintrag(k) for k in sorted(ids) if k[:5] == kreis)
    return {e.raum_id: e.flaeche or 0.0 for e in eintraege if e is not None}
