"""What is said about parts that do not add up: the numbers, the smallest explanation, the Datenstand."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from sozmon.katalog import zerlege
from sozmon.model import Stufe
from sozmon.pruefungen.befund import KLEINE_ZAHL, Befund, aufzaehlung, mit_vorzeichen, zahl, zeitname
from sozmon.pruefungen.gleichung import Urteil, suche_ursache
from sozmon.pruefungen.tafel import Feld, Tafel, Umfeld

_ABHILFE = (
    "Beim Amt nachfragen, welche Zahl gilt. Verwendet wird der Wert, der für den Raum geliefert ist; "
    "nichts wird verändert."
)


def kopf(tafel: Tafel, auspraegung: str, umfeld: Umfeld) -> str:
    """'Bevölkerung (weiblich), 31.12.2021'."""
    naeher = name_der_auspraegung(auspraegung, umfeld)
    zusatz = f", {tafel.variante}" if tafel.variante else ""
    return f"{tafel.merkmal.titel}{f' ({naeher})' if naeher else ''}, {zeitname(tafel.zeit)}{zusatz}"


def name_der_auspraegung(auspraegung: str, umfeld: Umfeld, ohne: str = "") -> str:
    """'männlich, 65 Jahre und älter'; without what ``ohne`` says too."""
    bekannt = zerlege(ohne).items()
    worte = [
        umfeld.katalog.dimensionen[n].werte.get(w, w) if n in umfeld.katalog.dimensionen else w
        for n, w in zerlege(auspraegung).items()
        if (n, w) not in bekannt
    ]
    return ", ".join(worte)


@dataclass(frozen=True, slots=True)
class Gleichungslage:
    """One equation that does not hold exactly, ready to be told."""

    tafel: Tafel
    kopf: str
    art: str
    wer: str
    namen: Sequence[str]
    fremde: Sequence[tuple[str, float]] = ()
    fern: bool = False
    fehlend: Sequence[str] = ()

    def befund(self, urteil: Urteil, ganz: tuple[int, int], teile: Sequence[tuple[int, int]]) -> Befund:
        """The finding; ``ganz`` and ``teile``: cells (Ausprägung, Raum)."""
        if urteil is Urteil.UNMOEGLICH:
            return self._baue("summe_unmoeglich", Stufe.WARNUNG, self._unmoeglich(teile), 1.0, ganz)
        werte = np.array([self.tafel.wert[z] for z in teile])
        soll = float(self.tafel.wert[ganz])
        abstand = float(werte.sum() - soll)
        if urteil is Urteil.GERUNDET:
            grund = "überlagert" if np.isinf(max(self.tafel.spiel[z] for z in (*teile, ganz))) else "gerundet"
            text = f"{self._zahlen(werte, soll)} Die Werte sind {grund} und addieren sich darum nicht genau."
            return self._baue("summe_gerundet", Stufe.INFO, text, abs(abstand), ganz, "")
        text = f"{self._zahlen(werte, soll)}{self._ursache(werte, soll)}{self._staende(ganz, teile)}"
        return self._baue("summe_abweichend", Stufe.WARNUNG, text, abs(abstand), ganz)

    def _baue(
        self, kennung: str, stufe: Stufe, text: str, gewicht: float, ganz: tuple[int, int], abhilfe: str = _ABHILFE
    ) -> Befund:
        t = self.tafel
        art = f"{t.quelle}:{self.art}"
        satz, raum_id = f"{self.kopf}: {text}", list(t.raeume)[ganz[1]]
        return Befund(
            kennung, stufe, t.merkmal.kennung, art, t.zeit, satz, gewicht, t.stelle(*ganz), abhilfe, raum_id, self.fern
        )

    def _zahlen(self, werte: Feld, soll: float) -> str:
        summe = float(werte.sum())
        if min(abs(summe), abs(soll)) < KLEINE_ZAHL:
            return f"{self.wer} {self._verb('ergibt', 'ergeben')} nicht den Wert, der als Ganzes geliefert ist."
        ist = f"{self.wer} {self._verb('ergibt', 'ergeben')} {zahl(summe)}"
        return f"{ist}, als Ganzes geliefert sind {zahl(soll)} ({mit_vorzeichen(summe - soll)})."

    def _verb(self, einzahl: str, mehrzahl: str) -> str:
        return einzahl if len(self.namen) == 1 else mehrzahl

    def _ursache(self, werte: Feld, soll: float) -> str:
        fehlt = soll - float(werte.sum())
        for name, wert in self.fremde:
            if wert == fehlt:
                return f" Der Unterschied entspricht genau {name}; dieser Raum gehörte damals nicht dazu."
        treffer = suche_ursache(werte, soll)
        if treffer is None:
            return ""
        art, i = treffer
        if art == "doppelt":
            wo = f"Der Unterschied entspricht genau dem Wert „{self.namen[i]}“"
            return f" {wo}: fehlt er im Ganzen oder steht er doppelt?"
        return f" Er verschwände, wenn das Komma bei „{self.namen[i]}“ anders stünde (Faktor 10, 100 oder 1.000)."

    def _staende(self, ganz: tuple[int, int], teile: Sequence[tuple[int, int]]) -> str:
        eigener = self.tafel.stand(*ganz)
        andere = sorted({self.tafel.stand(*z) for z in teile} - {eigener})
        if not andere:
            return ""
        tage = aufzaehlung([zeitname(s) for s in andere])
        return f" Das Ganze hat den Stand {zeitname(eigener)}, Teile haben den Stand {tage}."

    def _unmoeglich(self, teile: Sequence[tuple[int, int]]) -> str:
        geheim = [n for n, z in zip(self.namen, teile, strict=True) if np.isnan(self.tafel.wert[z])]
        geheim += self.fehlend
        hinten = f" (geheim oder nicht geliefert: {aufzaehlung(geheim)})" if geheim else ""
        return (
            f"{self.wer} {self._verb('kann', 'können')} nicht den Wert ergeben, der als Ganzes geliefert ist, gleich "
            f"was hinter den fehlenden Zahlen steht{hinten}."
        )
