"""Sentences that compare Räume at one time: with Kreis and Land, spread, rank."""

from __future__ import annotations

import math
from collections.abc import Sequence

from sozmon.model import Bruch, Indikator, Indikatorwert, Status
from sozmon.sprache.grundlage import (
    NAMEN_HOECHSTENS,
    UNGERUNDET,
    Gliederungen,
    bruchgruende,
    ort_von,
    satz_ohne_wert,
    satz_stand,
    variante,
    zusatz,
)
from sozmon.sprache.luecken import praedikat, zaehle
from sozmon.sprache.raumname import Raumwort, ebenenwort, kurz_wert_von, stufe
from sozmon.sprache.titel import titelwort
from sozmon.sprache.worte import (
    anzahl,
    aufzaehlung,
    bei_wert,
    ohne_einheit,
    passt_zum_gedruckten,
    prozent,
    rundet_gleich,
    satz,
    unterschied,
    wert_mit_einheit,
    zeit_fuer,
    zeit_wann,
)
from sozmon.zahlen import runde, sortierschluessel


def satz_vergleich(
    wert: Indikatorwert,
    vergleich: Indikatorwert | Sequence[Indikatorwert],
    indikator: Indikator,
    brueche: Sequence[Bruch] = (),
    *,
    gliederungen: Gliederungen = None,
) -> str:
    """The value beside that of Kreis, Land or another Raum: '… und damit 0,7 Prozentpunkte über dem Wert des …'."""
    andere = [vergleich] if isinstance(vergleich, Indikatorwert) else list(vergleich)
    if not wert.ist_zahl or not andere:
        teile = [
            satz_stand(w, indikator, gliederungen=gliederungen) for w in (wert, *(a for a in andere if a.ist_zahl))
        ]
        return " ".join(teile)
    ort, titel, wann = ort_von(wert, gliederungen), titelwort(indikator), zeit_wann(wert.zeit)
    alle_brueche = [*indikator.brueche, *brueche]
    mit = [a for a in andere if a.ist_zahl and not bruchgruende(a, wert, alle_brueche)]
    ohne = [_satz_ohne_vergleich(a, wert, alle_brueche, ort_von(a, gliederungen)) for a in andere if a not in mit]
    if not mit:
        return " ".join([satz_stand(wert, indikator, gliederungen=gliederungen), *ohne])
    zahl = bei_wert(wert, indikator) + zusatz(wert)
    lage = aufzaehlung([_lage(wert, a, indikator, ort_von(a, gliederungen)) for a in mit])
    if indikator.verfahren == "anzahl":
        das = "das entspricht" if " des Wertes " in lage else "das sind"
        kern = f"{titel.wer} lag {wann} {ort.wo} bei {zahl}; {das} {lage}"
    else:
        formen = (
            f"{titel.wer} lag {wann} {ort.wo} bei {zahl} und damit {lage}",
            f"mit {zahl} lag {titel.wer} {wann} {ort.wo} {lage}",
            f"{ort.wo} lag {titel.wer} {wann} bei {zahl} und damit {lage}",
        )
        kern = formen[variante(3, "vergleich", wert)]
    return " ".join([satz(kern), *ohne])


def _lage(wert: Indikatorwert, anderer: Indikatorwert, indikator: Indikator, ort: Raumwort) -> str:
    """'0,7 Prozentpunkte über dem Wert des Landkreises (4,5 %)'."""
    assert wert.wert is not None and anderer.wert is not None  # only numbers are compared
    zahl = wert_mit_einheit(anderer, indikator)
    if anderer.jahr != wert.jahr or (len(anderer.zeit) == len(wert.zeit) and anderer.zeit != wert.zeit):
        zahl += f" {zeit_wann(anderer.zeit)}"
    wert_von = kurz_wert_von(anderer.ebene, wert.ebene, ort)
    differenz, stellen = wert.wert - anderer.wert, indikator.nachkommastellen
    if indikator.verfahren == "anzahl":
        return _lage_anzahl(wert, anderer, indikator, (ort, zahl))
    if rundet_gleich(wert.wert, anderer.wert, stellen):
        nahezu = "" if math.isclose(wert.wert, anderer.wert) else "nahezu "
        return f"{nahezu}auf gleicher Höhe mit dem Wert {wert_von} ({zahl})"
    richtung = "über" if differenz > 0 else "unter"
    if runde(differenz, stellen) == 0:
        return f"geringfügig {richtung} dem Wert {wert_von} ({zahl})"
    if not passt_zum_gedruckten(anderer.wert, wert.wert, stellen):
        zahl += f"; Unterschied {UNGERUNDET}"
    um = "um " if indikator.einheit.startswith("je ") else ""
    return f"{um}{unterschied(differenz, indikator)} {richtung} dem Wert {wert_von} ({zahl})"


def _lage_anzahl(wert: Indikatorwert, anderer: Indikatorwert, indikator: Indikator, worte: tuple[Raumwort, str]) -> str:
    """Counts of a part and its whole: the share; of two equals: the difference."""
    assert wert.wert is not None and anderer.wert is not None
    ort, zahl = worte
    if stufe(anderer.ebene) > stufe(wert.ebene) and anderer.wert > 0 and wert.wert >= 0:
        return f"{prozent(wert.wert / anderer.wert * 100)} des Wertes für {ort.wen} ({zahl})"
    differenz = wert.wert - anderer.wert
    if rundet_gleich(wert.wert, anderer.wert, indikator.nachkommastellen):
        return f"ebenso viele wie {ort.wo} ({zahl})"
    return f"{unterschied(differenz, indikator)} {'mehr' if differenz > 0 else 'weniger'} als {ort.wo} ({zahl})"


def _satz_ohne_vergleich(anderer: Indikatorwert, wert: Indikatorwert, brueche: Sequence[Bruch], ort: Raumwort) -> str:
    if anderer.ist_zahl:
        grund = bruchgruende(anderer, wert, brueche)
        kern = f"der Wert für {ort.wen} liegt nur für {zeit_fuer(anderer.zeit)} vor und ist nicht vergleichbar"
        return satz(f"{kern}, weil die Reihe dazwischen einen Bruch hat ({grund})")
    verb, rest = praedikat(anderer.status)
    return satz(f"der Vergleichswert für {ort.wen} {verb} {rest}")


def satz_spannweite(werte: Sequence[Indikatorwert], indikator: Indikator, *, gliederungen: Gliederungen = None) -> str:
    """Smallest and largest printed value among Räume of one Ebene and time, and how many are left out."""
    da = [w for w in werte if w.status is not Status.RAUM_BESTAND_NICHT]
    mit = sorted((w for w in da if w.ist_zahl), key=lambda w: (w.wert or 0.0, sortierschluessel(w.raum)))
    if not da:
        return ""
    rest = _satz_ausgelassen(da, gliederungen)
    if len(mit) == 1:
        return " ".join(filter(None, (satz_stand(mit[0], indikator, gliederungen=gliederungen), rest)))
    if not mit:
        return _satz_keiner(da, indikator, gliederungen)
    return " ".join(filter(None, (_satz_von_bis(mit, len(da), indikator, gliederungen), rest)))


def _satz_keiner(werte: Sequence[Indikatorwert], indikator: Indikator, gliederungen: Gliederungen) -> str:
    if len(werte) == 1:
        return satz_ohne_wert(werte[0], indikator, ort_von(werte[0], gliederungen))
    wort = ebenenwort(werte[0].ebene, gliederungen)
    keine = {"f": "keine", "m": "keinen", "n": "kein"}[wort.genus]
    wann = zeit_wann(werte[0].zeit)
    viele = f"{keine} der {anzahl(len(werte))} {wort.mehrzahl}"
    return satz(f"{titelwort(indikator).wer} kann {wann} für {viele} ausgewiesen werden")


def _satz_von_bis(mit: Sequence[Indikatorwert], alle: int, indikator: Indikator, gliederungen: Gliederungen) -> str:
    """The spread of at least two numbers, sorted ascending."""
    wort, titel, wann = ebenenwort(mit[0].ebene, gliederungen), titelwort(indikator), zeit_wann(mit[0].zeit)
    stellen, klein, gross = indikator.nachkommastellen, mit[0].wert or 0.0, mit[-1].wert or 0.0
    if rundet_gleich(klein, gross, stellen):
        gerundet = "" if math.isclose(klein, gross) else "gerundet "
        in_allen = f"in allen {anzahl(len(mit))} {wort.dativ_mehrzahl}{'' if len(mit) == alle else ' mit Angabe'}"
        return satz(f"{in_allen} lag {titel.wer} {wann} {gerundet}bei {bei_wert(mit[0], indikator)}")
    unten = _wo_alle([w for w in mit if rundet_gleich(w.wert or 0.0, klein, stellen)], gliederungen)
    oben = _wo_alle([w for w in mit if rundet_gleich(w.wert or 0.0, gross, stellen)], gliederungen)
    spanne = f"von {ohne_einheit(mit[0], indikator)} {unten} bis {wert_mit_einheit(mit[-1], indikator)} {oben}"
    if " bei " in titel.bei or variante(2, "spannweite", mit[0]):
        in_den = f"in den {anzahl(alle)} {wort.dativ_mehrzahl} " if len(mit) == alle else ""
        return satz(f"{wann} reichte {titel.wer} {in_den}{spanne}")
    return satz(f"{titel.bei} reichte die Spannweite {wann} {spanne}")


def _wo_alle(werte: Sequence[Indikatorwert], gliederungen: Gliederungen) -> str:
    """'in Dorfchemnitz', 'in Mulda/Sa. und Sayda', 'in fünf Gemeinden'."""
    wort = ebenenwort(werte[0].ebene, gliederungen)
    if len(werte) == 1:
        return ort_von(werte[0], gliederungen).wo
    if len(werte) > NAMEN_HOECHSTENS:
        return f"in {anzahl(len(werte))} {wort.dativ_mehrzahl}"
    orte = sorted((ort_von(w, gliederungen) for w in werte), key=lambda o: sortierschluessel(o.name))
    if all(o.name.startswith(f"{wort.einzahl} ") for o in orte):
        namen = [o.name.removeprefix(f"{wort.einzahl} ") for o in orte]
        return f"in den {wort.dativ_mehrzahl} {aufzaehlung(namen)}"
    if all(o.wo == f"in {o.name}" for o in orte):
        return f"in {aufzaehlung([o.name for o in orte])}"
    return aufzaehlung([o.wo for o in orte])


def _satz_ausgelassen(werte: Sequence[Indikatorwert], gliederungen: Gliederungen) -> str:
    """How many Räume are not in the comparison, and why."""
    verborgen, unvollstaendig, ohne = zaehle(werte)
    wort = ebenenwort(werte[0].ebene, gliederungen)

    def so_viele(n: int) -> str:
        return f"für {anzahl(n, wort.genus, 'akk')} {wort.einzahl if n == 1 else wort.mehrzahl}"

    teile = []
    if verborgen:
        teile.append(f"{so_viele(verborgen)} kann der Wert aus Gründen der Geheimhaltung nicht ausgewiesen werden")
    if unvollstaendig:
        teile.append(f"{so_viele(unvollstaendig)} liegt kein vollständiger Wert vor")
    if ohne:
        teile.append(f"{so_viele(ohne)} liegt kein Wert vor")
    return satz("; ".join(teile)) if teile else ""


def satz_rang(
    wert: Indikatorwert, gruppe: Sequence[Indikatorwert], indikator: Indikator, *, gliederungen: Gliederungen = None
) -> str:
    """Place among the Räume of the group, highest value first; ties by printed value are told."""
    mit = [w for w in gruppe if w.ist_zahl and w.wert is not None]
    if not wert.ist_zahl or wert.wert is None or len(mit) < 2:
        return satz_stand(wert, indikator, gliederungen=gliederungen)
    stellen, ort, wort = indikator.nachkommastellen, ort_von(wert, gliederungen), ebenenwort(wert.ebene, gliederungen)
    eigener = runde(wert.wert, stellen)
    rang = 1 + sum(runde(w.wert or 0.0, stellen) > eigener for w in mit)
    gleichauf = [w for w in mit if runde(w.wert or 0.0, stellen) == eigener and w.raum_id != wert.raum_id]
    kern = (
        f"mit {bei_wert(wert, indikator)} liegt {ort.wer} {titelwort(indikator).bei} {zeit_wann(wert.zeit)} "
        f"auf Rang {rang} von {len(mit)} {wort.dativ_mehrzahl} (Rang 1 = höchster Wert)"
    )
    if gleichauf:
        namen = sorted((ort_von(w, gliederungen).wem for w in gleichauf), key=sortierschluessel)
        viele = f"{anzahl(len(gleichauf), wort.genus, 'dat')} weiteren {wort.dativ_mehrzahl}"
        kern += f", gleichauf mit {aufzaehlung(namen) if len(namen) <= NAMEN_HOECHSTENS else viele}"
    return " ".join(filter(None, (satz(kern), _satz_ausgelassen(gruppe, gliederungen))))
