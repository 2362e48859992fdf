"""Values outside of what can be: times after the data's own state, rates beyond their bounds, parts above the whole."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from math import sqrt
from typing import TYPE_CHECKING

import numpy as np

from sozmon.model import Indikator, Indikatorwert, Stufe
from sozmon.pruefungen.befund import Befund, stelle, zeitname
from sozmon.pruefungen.tafel import spalte
from sozmon.quellen.kombination import gruppen

if TYPE_CHECKING:
    import pyarrow as pa

    from sozmon.katalog import Katalog

SIGMA = 4.0
"""A count may exceed what a bound allows by so many standard deviations (Poisson) before it is called implausible."""


def check_zeiten(tabelle: pa.Table, katalog: Katalog) -> Iterator[Befund]:
    """Counts of a time that lies after their Datenstand; projections (``variante``) may."""
    if not tabelle.num_rows:
        return
    namen = ("merkmal", "zeit", "stand", "variante")
    spalten = {n: spalte(tabelle, n) for n in namen}
    erste, gruppe = gruppen(*(spalten[n].stellen for n in namen))
    anzahl = np.bincount(gruppe)
    for nummer, i in enumerate(erste):
        merkmal, zeit, stand, variante = (spalten[n][int(i)] for n in namen)
        if variante or not stand or not _ist_spaeter(zeit, stand):
            continue
        titel = katalog.merkmale[merkmal].titel if merkmal in katalog.merkmale else merkmal
        text = f"{titel}, {zeitname(zeit)}: dieser Zeitpunkt liegt nach dem Stand der Daten ({zeitname(stand)})."
        hilfe = "Jahreszahl der Datei und --stand prüfen; Vorausrechnungen brauchen in der Quelle eine Variante."
        wo = stelle(tabelle["fundstelle"][int(i)].as_py())
        yield Befund("zeit_zukunft", Stufe.WARNUNG, merkmal, "", zeit, text, float(anzahl[nummer]), wo, hilfe)


def _ist_spaeter(zeit: str, stand: str) -> bool:
    """A day after the state; a month or year that only begins after it."""
    if len(zeit) == 10 or (len(zeit) == 7 and zeit[5:].isdigit() and zeit[4] == "-"):
        return zeit > stand[: len(zeit)]
    return zeit[:4] > stand[:4]


def check_indikatorwerte(werte: Iterable[Indikatorwert], katalog: Katalog) -> Iterator[Befund]:
    """Rates beyond their declared bounds, and Anteile whose Zähler is more than its Nenner."""
    for w in werte:
        i = katalog.indikatoren.get(w.indikator)
        if i is None or not w.ist_zahl:
            continue
        grund = _grund(i, w)
        if grund:
            kopf = f"{i.titel}, {w.raum}, {zeitname(w.zeit)}"
            hilfe = "Zähler und Nenner mit sozmon herkunft ansehen: Einheit, Spalte, Jahr."
            yield Befund(
                "wert_unplausibel",
                Stufe.WARNUNG,
                i.kennung,
                grund,
                w.zeit,
                f"{kopf}: {grund}.",
                _abstand(i, w),
                abhilfe=hilfe,
                raum_id=w.raum_id,
            )


def _grund(i: Indikator, w: Indikatorwert) -> str:
    """Why the value cannot be, '' when it can."""
    if i.verfahren == "anteil" and w.zaehler is not None and w.nenner is not None:
        spiel = 0.0 if "," not in w.quelle else SIGMA * sqrt(max(w.nenner, 0.0)) + SIGMA
        if w.zaehler > w.nenner + spiel + 1e-6:
            return "der Zähler ist größer als der Nenner, zu dem er gehört"
    if i.plausibel_max is not None and _jenseits(i, w, i.plausibel_max, 1):
        return "der Wert liegt über dem, was plausibel ist"
    if i.plausibel_min is not None and _jenseits(i, w, i.plausibel_min, -1):
        return "der Wert liegt unter dem, was plausibel ist"
    return ""


def _jenseits(i: Indikator, w: Indikatorwert, grenze: float, seite: int) -> bool:
    """Beyond the bound, and by more than chance: a village of sixty may have no child at all."""
    assert w.wert is not None
    if (w.wert - grenze) * seite <= 0:
        return False
    if w.zaehler is None or w.nenner is None or not i.faktor or not i.personen:
        return True
    erlaubt = grenze / i.faktor * w.nenner
    return (w.zaehler - erlaubt) * seite > SIGMA * sqrt(abs(erlaubt)) + SIGMA


def _abstand(i: Indikator, w: Indikatorwert) -> float:
    """How far beyond the nearer bound, to tell the worst first."""
    grenzen = [g for g in (i.plausibel_min, i.plausibel_max) if g is not None]
    return min((abs((w.wert or 0.0) - g) for g in grenzen), default=0.0)


def gefragte(katalog: Katalog, merkmale: Iterable[str]) -> Mapping[str, Indikator]:
    """Indikatoren whose values can be judged; with ``merkmale`` only those that are made of one of them."""
    gewollt = set(merkmale)
    return {
        k: i
        for k, i in katalog.indikatoren.items()
        if (i.plausibel_min is not None or i.plausibel_max is not None or i.verfahren == "anteil")
        and (not gewollt or gewollt & {t.merkmal for t in (*i.zaehler, *i.nenner)})
    }
