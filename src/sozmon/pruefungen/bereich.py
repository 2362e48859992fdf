"""Values outside of what can be: times after the data's own state, rates beyond their bounds, parts above the whole."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date, timedelta
from math import sqrt
from typing import TYPE_CHECKING

import numpy as np

from sozmon.model import Indikator, Indikatorwert, Meldung, Status, Stufe
from sozmon.pruefungen.befund import Befund, stelle, zeitname
from sozmon.pruefungen.tafel import Tafel, Umfeld, spalte
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


def check_stand(stand: str, heute: str) -> Iterator[Meldung]:
    """A Datenstand of a year to come: it would beat every later delivery. ``heute``: ISO date in UTC.

    Within the year nothing is said: „Ausgabe 2026“ is kept as 31.12.2026.
    """
    morgen = (date.fromisoformat(heute) + timedelta(days=1)).isoformat()
    if stand[:4] > morgen[:4]:
        text = f"Der Stand der Daten ({zeitname(stand)}) liegt in der Zukunft; er gälte vor jeder späteren Lieferung."
        hilfe = "--stand und das Datum im Dateinamen prüfen; das falsche Datum nimmt sozmon import --zurueck zurück."
        yield Meldung("stand_zukunft", Stufe.WARNUNG, text, abhilfe=hilfe)


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


def check_anteile(tafeln: Sequence[Tafel], umfeld: Umfeld) -> Iterator[Befund]:
    """The same for values just read, where one table holds Zähler and Nenner of an Indikator: swapped columns show
    at the first delivery already."""
    bloecke: dict[tuple[str, ...], dict[str, Tafel]] = defaultdict(dict)
    for t in tafeln:
        bloecke[t.quelle, t.zeit, t.zeitart, t.variante, t.basis, t.gebietsstand][t.merkmal.kennung] = t
    einfache = [i for i in umfeld.katalog.indikatoren.values() if i.art == "berechnet" and _ist_einfach(i)]
    for block in bloecke.values():
        for i in einfache:
            oben, unten = (block.get(teile[0].merkmal) for teile in (i.zaehler, i.nenner))
            if oben is not None and unten is not None:
                yield from check_indikatorwerte(_werte(i, oben, unten, umfeld), umfeld.katalog)


def _ist_einfach(i: Indikator) -> bool:
    """One Teil over one other of the same time."""
    teile = (*i.zaehler, *i.nenner)
    return (
        len(i.zaehler) == len(i.nenner) == 1
        and not any(t.vorzeichen != 1 or t.jahr_versatz for t in teile)
        and i.zaehler[0].zeitart == i.nenner[0].zeitart
    )


def _werte(i: Indikator, oben: Tafel, unten: Tafel, umfeld: Umfeld) -> Iterator[Indikatorwert]:
    z, n = (t.auspraegungen.get(teil.auspraegung) for t, teil in ((oben, i.zaehler[0]), (unten, i.nenner[0])))
    if z is None or n is None or oben.zeitart != i.zaehler[0].zeitart:
        return
    for raum_id in oben.raeume:
        if raum_id not in unten.raeume or umfeld.ist_fern(raum_id):
            continue
        zaehler, nenner = float(oben.wert[z, oben.raeume[raum_id]]), float(unten.wert[n, unten.raeume[raum_id]])
        if np.isnan(zaehler) or not nenner > 0:
            continue
        wert = i.faktor * zaehler / nenner
        yield Indikatorwert(
            raum_id,
            umfeld.name(raum_id),
            "",
            oben.zeit,
            i.kennung,
            "",
            zaehler,
            nenner,
            wert,
            wert,
            wert,
            i.einheit,
            Status.WERT,
            quelle=oben.quelle,
            datenstand=oben.stand(z, oben.raeume[raum_id]),
        )


def gefragte(katalog: Katalog, merkmale: Iterable[str]) -> Mapping[str, Indikator]:
    """Indikatoren whose values can be judged; with ``merkmale`` only those that are made of one of them."""
    gewollt = set(merkmale)
    return {
        k: i
        for k, i in katalog.indikatoren.items()
        if (i.plausibel_min is not None or i.plausibel_max is not None or i.verfahren == "anteil")
        and (not gewollt or gewollt & {t.merkmal for t in (*i.zaehler, *i.nenner)})
    }
