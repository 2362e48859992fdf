"""Sentences that compare Räume at one time: with Kreis and Land, spread."""

from __future__ import annotations

import math
from collections.abc import Sequence

from sozmon.indikator import ist_gleiche_quelle
from sozmon.model import Bruch, Indikator, Indikatorwert, Status
from sozmon.sprache.grundlage import (
    NAMEN_HOECHSTENS,
    UNGERUNDET,
    Gliederungen,
    bruchgruende,
    kennworte,
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

KURZER_BEZUG = {"land": "dem Landeswert", "bund": "dem Bundeswert"}
"""Of Land and Bund there is one each."""


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
    lage = aufzaehlung([lage_zu(wert, a, indikator, ort_von(a, gliederungen)) for a in mit])
    if indikator.verfahren == "anzahl":
        das = "das entspricht" if " des Wertes " in lage else "das sind"
        kern = f"{titel.wer} lag {wann} {ort.wo} bei {zahl}; {das} {lage}"
    else:
        formen = (
            f"{titel.wer} lag {wann} {ort.wo} bei {zahl} und damit {lage}",
            f"mit {zahl} lag {titel.wer} {wann} {ort.wo} {lage}",
            f"{ort.wo} lag {titel.wer} {wann} bei {zahl} und damit {lage}",
        )
        form = variante(3, "vergleich", wert, indikator)
        # not 'im Planungsraum 3 0,5 Prozentpunkte über …'
        kern = formen[0 if form == 1 and ort.wo[-1].isdigit() else form]
    return " ".join([satz(kern), *ohne])


def lage_zu(
    wert: Indikatorwert, anderer: Indikatorwert, indikator: Indikator, ort: Raumwort, *, kurz: bool = False
) -> str:
    """'0,7 Prozentpunkte über dem Wert des Landkreises (4,5 %)'; ``kurz``: 'über dem Landeswert (4,5 %)'."""
    assert wert.wert is not None and anderer.wert is not None  # only numbers are compared
    if indikator.verfahren == "anzahl":
        return _lage_anzahl(wert, anderer, indikator, ort)
    langer = f"dem Wert {kurz_wert_von(anderer.ebene, wert.ebene, ort)}"
    bezug = KURZER_BEZUG.get(anderer.ebene, langer) if kurz else langer
    differenz, stellen = wert.wert - anderer.wert, indikator.nachkommastellen
    if rundet_gleich(wert.wert, anderer.wert, stellen):
        nahezu = "" if math.isclose(wert.wert, anderer.wert) else "nahezu "
        return f"{nahezu}auf gleicher Höhe mit {bezug}{_anderer_wert(wert, anderer, indikator, bezug)}"
    richtung = "über" if differenz > 0 else "unter"
    if runde(differenz, stellen) == 0:
        return f"geringfügig {richtung} {bezug}{_anderer_wert(wert, anderer, indikator, bezug)}"
    um = "um " if indikator.einheit.startswith("je ") else ""
    return f"{um}{unterschied(differenz, indikator)} {richtung} {bezug}{_anderer_wert(wert, anderer, indikator, bezug)}"


def _anderer_wert(
    wert: Indikatorwert, anderer: Indikatorwert, indikator: Indikator, davor: str, wort: str = "von"
) -> str:
    """' (4,5 % Ende 2019; andere Quelle)'; behind a name with brackets ' von 4,5 % (andere Quelle)'."""
    zeit, anmerkungen = "", kennworte(anderer)
    if anderer.jahr != wert.jahr or (len(anderer.zeit) == len(wert.zeit) and anderer.zeit != wert.zeit):
        zeit = f" {zeit_wann(anderer.zeit)}"
    if not ist_gleiche_quelle(wert, anderer):
        anmerkungen.append("andere Quelle")
    if not (indikator.verfahren == "anzahl" or _ist_ablesbar(wert, anderer, indikator)):
        anmerkungen.append(f"Unterschied {UNGERUNDET}")
    if not davor.endswith(")"):
        kurz = davor in KURZER_BEZUG.values()  # the unit stands in the same sentence
        zahl = ohne_einheit(anderer, indikator) if kurz else wert_mit_einheit(anderer, indikator)
        return f" ({'; '.join((zahl + zeit, *anmerkungen))})"
    return f" {wort} {bei_wert(anderer, indikator)}{zeit}" + (f" ({'; '.join(anmerkungen)})" if anmerkungen else "")


def _ist_ablesbar(wert: Indikatorwert, anderer: Indikatorwert, indikator: Indikator) -> bool:
    """True when a reader gets the printed difference from the two printed numbers, or none is printed."""
    a, b, stellen = anderer.wert or 0.0, wert.wert or 0.0, indikator.nachkommastellen
    return rundet_gleich(a, b, stellen) or runde(b - a, stellen) == 0 or passt_zum_gedruckten(a, b, stellen)


def _lage_anzahl(wert: Indikatorwert, anderer: Indikatorwert, indikator: Indikator, ort: Raumwort) -> str:
    """Counts of a part and its whole: the share; of two equals: the difference."""
    assert wert.wert is not None and anderer.wert is not None
    if stufe(anderer.ebene) > stufe(wert.ebene) and anderer.wert > 0 and wert.wert >= 0:
        zahl = _anderer_wert(wert, anderer, indikator, ort.wen)
        return f"{prozent(wert.wert / anderer.wert * 100)} des Wertes für {ort.wen}{zahl}"
    differenz, zahl = wert.wert - anderer.wert, _anderer_wert(wert, anderer, indikator, ort.wo, "mit")
    if rundet_gleich(wert.wert, anderer.wert, indikator.nachkommastellen):
        return f"ebenso viele wie {ort.wo}{zahl}"
    return f"{unterschied(differenz, indikator)} {'mehr' if differenz > 0 else 'weniger'} als {ort.wo}{zahl}"


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
    rest = satz_ausgelassen(da, gliederungen)
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
    unten = wo_alle([w for w in mit if rundet_gleich(w.wert or 0.0, klein, stellen)], gliederungen)
    oben = wo_alle([w for w in mit if rundet_gleich(w.wert or 0.0, gross, stellen)], gliederungen)
    beide = kennworte(mit[0]) if kennworte(mit[0]) == kennworte(mit[-1]) else []
    zusaetze = ("", "") if beide else (zusatz(mit[0]), zusatz(mit[-1]))
    von, bis = ohne_einheit(mit[0], indikator) + zusaetze[0], wert_mit_einheit(mit[-1], indikator) + zusaetze[1]
    spanne = f"von {von} {unten} bis {bis} {oben}" + (f"; beide Werte sind {aufzaehlung(beide)}" if beide else "")
    if " bei " in titel.bei or variante(2, "spannweite", mit[0], indikator):
        in_den = f"in den {anzahl(alle)} {wort.dativ_mehrzahl} " if len(mit) == alle else ""
        return satz(f"{wann} reichte {titel.wer} {in_den}{spanne}")
    return satz(f"{titel.bei} reichte die Spannweite {wann} {spanne}")


def wo_alle(werte: Sequence[Indikatorwert], gliederungen: Gliederungen) -> str:
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


def satz_ausgelassen(werte: Sequence[Indikatorwert], gliederungen: Gliederungen) -> str:
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
