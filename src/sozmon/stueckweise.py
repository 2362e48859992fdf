"""Large files: Rohwerte → Merkmalswerte piece by piece, checked year by year, with the Meldungen of one file."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from sozmon.jahresablage import Jahresablage
from sozmon.model import SCHLUESSEL, Meldung, Stufe
from sozmon.pruefung import check_doppelte, check_negative
from sozmon.pruefungen.befund import build_meldungen
from sozmon.pruefungen.bereich import check_zeiten
from sozmon.pruefungen.namen import Namenspaar
from sozmon.quellen.kombination import Spalte, sind_verschieden
from sozmon.quellen.zeiten import parse_zeit
from sozmon.umsetzen import Rahmen, Sammelmeldung, Umgesetzt, beurteile_nullen, namensmeldungen, setze_stueck_um

if TYPE_CHECKING:
    import pyarrow as pa

    from sozmon.katalog import Katalog
    from sozmon.quellen.leser import Stuecke

_MERKEN = 500_000
"""Keys and cells whose meaning is remembered from one piece to the next."""
_EINZELN = 20
"""Findings of one kind that are named one by one."""


def setze_stuecke_um(stuecke: Stuecke, rahmen: Rahmen) -> Umgesetzt:
    """As ``setze_um``, but ``tabelle`` is a Jahresablage; duplicates and impossible values are looked for."""
    rahmen = replace(rahmen, kodiert=True, letztes_jahr=_letztes_jahr(stuecke.zeiten))
    ablage, gesamt, sammlung = Jahresablage(), Umgesetzt(None), Sammlung()
    for roh in stuecke:
        if len(rahmen.gemerkt) > _MERKEN:
            rahmen.gemerkt.clear()
        neu, meldungen = setze_stueck_um(roh, rahmen)
        ablage.nimm(neu.tabelle)
        sammlung.nimm(meldungen)
        gesamt.abgelehnt += neu.abgelehnt
        gesamt.geheim += neu.geheim
        gesamt.ausserhalb += neu.ausserhalb
        gesamt.offen |= neu.offen
        gesamt.namen_offen = tuple(dict.fromkeys(gesamt.namen_offen + neu.namen_offen))
        gesamt.gebietsstand = max(gesamt.gebietsstand, neu.gebietsstand)
    orte = list(rahmen.namen.values())
    paare = [Namenspaar(raum, name, i) for i, (raum, name) in enumerate(rahmen.namen)]
    sammlung.nimm(namensmeldungen(paare, rahmen, orte.__getitem__))
    sammlung.nimm(_check_jahre(ablage, rahmen.katalog))
    gesamt.tabelle, gesamt.meldungen = ablage, beurteile_nullen(sammlung.meldungen(), rahmen)
    return gesamt


def _letztes_jahr(zeiten: Iterable[str]) -> int:
    """Last year of the file; times that are none are reported where they stand."""
    jahre = [0]
    for zeit in zeiten:
        try:
            jahre.append(int(parse_zeit(zeit).zeit[:4]))
        except ValueError:
            continue
    return max(jahre)


def _check_jahre(ablage: Jahresablage, katalog: Katalog) -> list[Meldung]:
    """Rows of one key have one year, so duplicates are found within it; equal ones are left out."""
    alle: list[Meldung] = []
    for jahr in ablage.jahre():
        tabelle = ablage.lies(jahr)
        if _hat_doppelte(tabelle):
            meldungen, tabelle = check_doppelte(tabelle)
            alle += meldungen
            ablage.ersetze(jahr, tabelle)
        alle += check_negative(tabelle, katalog)
        alle += build_meldungen(check_zeiten(tabelle, katalog), alle=False)
    return alle


def _hat_doppelte(tabelle: pa.Table) -> bool:
    return not sind_verschieden(*(Spalte.aus(tabelle.column(s)).stellen for s in SCHLUESSEL))


class Sammlung:
    """Meldungen of the pieces of a file as those of one file: equal ones are counted, of many the first are named."""

    def __init__(self) -> None:
        self._gesammelt: dict[str, Sammelmeldung] = {}
        self._einzeln: dict[tuple[str, Stufe, str], Meldung] = {}

    def nimm(self, meldungen: Sequence[Meldung | Sammelmeldung]) -> None:
        """Add those of one piece."""
        for m in meldungen:
            if isinstance(m, Sammelmeldung):
                bisher = self._gesammelt.get(m.meldung.kennung)
                self._gesammelt[m.meldung.kennung] = bisher + m if bisher else m
            else:
                wer = (m.kennung, m.stufe, m.text)
                vorher = self._einzeln.get(wer)
                self._einzeln[wer] = replace(vorher, anzahl=vorher.anzahl + m.anzahl) if vorher else m

    def meldungen(self) -> list[Meldung]:
        """All of them."""
        alle = [m.fertig() for m in self._gesammelt.values()]
        for kennung in dict.fromkeys(k for k, _, _ in self._einzeln):
            gleiche = [m for m in self._einzeln.values() if m.kennung == kennung]
            alle += gleiche[:_EINZELN]
            if weitere := gleiche[_EINZELN:]:
                anzahl = sum(m.anzahl for m in weitere)
                alle.append(replace(weitere[0], text=f"{anzahl} weitere Stellen dieser Art.", anzahl=anzahl))
        return alle
