"""Sentences from Indikatorwerte: plain German text, no markup, no judgement, nothing that the printed numbers deny.

Each sentence has two or three wordings; which one is decided by Indikator and Raum, so a report is varied and yet the
same at every run. Differences are computed from the unrounded values, as tables do; where a reader would get another
difference from the printed numbers, the sentence says so.
"""

from __future__ import annotations

import math
from collections.abc import Sequence

from sozmon.indikator import ist_gleiche_quelle
from sozmon.model import Bruch, Indikator, Indikatorwert, Status
from sozmon.sprache.grundlage import (
    UNGERUNDET,
    Gliederungen,
    bruchgruende,
    kennworte,
    ort_von,
    variante,
    zusatz,
)
from sozmon.sprache.luecken import GEHEIM, praedikat
from sozmon.sprache.raumname import Raumwort
from sozmon.sprache.titel import titelwort
from sozmon.sprache.vergleichssaetze import satz_vergleich
from sozmon.sprache.worte import (
    bei_wert,
    ist_menge,
    ohne_einheit,
    passt_zum_gedruckten,
    prozent,
    rundet_gleich,
    satz,
    unterschied,
    wert_mit_einheit,
    zeit_fuer,
    zeit_kurz,
    zeit_wann,
    zwischen,
)
from sozmon.zahlen import runde

VERSCHIEDENE_QUELLEN = "aus verschiedenen Quellen stammen"


def satz_entwicklung(
    alt: Indikatorwert,
    neu: Indikatorwert,
    indikator: Indikator,
    brueche: Sequence[Bruch] = (),
    *,
    gliederungen: Gliederungen = None,
) -> str:
    """How the value changed between two times, or why that cannot be told. Across a Bruch nothing is compared."""
    ort, titel = ort_von(neu, gliederungen), titelwort(indikator)
    if not (alt.ist_zahl and neu.ist_zahl) or alt.wert is None or neu.wert is None:
        return _ohne_entwicklung(alt, neu, indikator, ort)
    gruende = bruchgruende(alt, neu, [*indikator.brueche, *brueche])
    if gruende or not ist_gleiche_quelle(alt, neu):
        a, b = (bei_wert(w, indikator) + zusatz(w) for w in (alt, neu))
        erster = f"{titel.wer} lag {ort.wo} {zeit_wann(alt.zeit)} bei {a} und {zeit_wann(neu.zeit)} bei {b}"
        bruch = f"die Reihe dazwischen einen Bruch hat ({gruende})" if gruende else f"sie {VERSCHIEDENE_QUELLEN}"
        zweiter = f"beide Werte sind nicht vergleichbar, weil {bruch}"
        return f"{satz(erster)} {satz(zweiter)}"
    if rundet_gleich(alt.wert, neu.wert, indikator.nachkommastellen):
        nahezu = "" if math.isclose(alt.wert, neu.wert) else "nahezu "
        return satz(
            f"{titel.wer} lag {ort.wo} sowohl {zeit_wann(alt.zeit)} als auch {zeit_wann(neu.zeit)} "
            f"bei {bei_wert(neu, indikator)}{zusatz(neu)} und blieb damit {nahezu}unverändert"
        )
    return _satz_veraenderung(alt, neu, indikator, ort)


def _satz_veraenderung(alt: Indikatorwert, neu: Indikatorwert, indikator: Indikator, ort: Raumwort) -> str:
    assert alt.wert is not None and neu.wert is not None  # the caller has looked
    titel, stellen, differenz = titelwort(indikator), indikator.nachkommastellen, neu.wert - alt.wert
    a, b = ohne_einheit(alt, indikator) + zusatz(alt), wert_mit_einheit(neu, indikator) + zusatz(neu)
    spanne, mehr = zwischen(alt.zeit, neu.zeit), differenz > 0
    if runde(differenz, stellen) == 0:
        kleinste = unterschied(10.0**-stellen, indikator)
        return satz(
            f"{titel.wer} ist {ort.wo} {spanne} von {a} auf {b} geringfügig {'gestiegen' if mehr else 'gesunken'} "
            f"(um weniger als {kleinste}, {UNGERUNDET})"
        )
    um = veraenderung(alt.wert, neu.wert, indikator)
    steigt, aendert = ("gestiegen", "erhöht") if mehr else ("gesunken", "verringert")
    formen = (
        f"{titel.wer} ist {ort.wo} {spanne} von {a} auf {b} {steigt}, ein {'Anstieg' if mehr else 'Rückgang'} um {um}",
        f"{spanne} ist {titel.wer} {ort.wo} um {um} {steigt}, und zwar von {a} auf {b}",
        f"{ort.wo} hat sich {titel.wer} {spanne} um {um} {aendert}, und zwar von {a} auf {b}",
    )
    return satz(formen[variante(3, "entwicklung", neu, indikator)])


def veraenderung(alt: float, neu: float, indikator: Indikator) -> str:
    """'0,7 Prozentpunkte', '651 Personen (1,6 %)'; says when it is not the difference of the printed numbers."""
    klammer = [_relativ(alt, neu - alt)] if ist_menge(indikator) and alt > 0 else []
    klammer += [] if passt_zum_gedruckten(alt, neu, indikator.nachkommastellen) else [UNGERUNDET]
    return unterschied(neu - alt, indikator) + (f" ({', '.join(klammer)})" if klammer else "")


def _relativ(basis: float, differenz: float) -> str:
    anteil = abs(differenz) / basis * 100
    return prozent(anteil) if runde(anteil, 1) else f"weniger als {prozent(0.1)}"


def satz_anschluss(alt: Indikatorwert, neu: Indikatorwert, indikator: Indikator, brueche: Sequence[Bruch] = ()) -> str:
    """The change as a second sentence behind ``satz_stand`` or ``satz_vergleich`` of the new value: 'Gegenüber 2017
    ist er um 0,7 Prozentpunkte gesunken; damals lag er bei 5,2 %.' '' when the new value is no number.
    """
    if not neu.ist_zahl or neu.wert is None:
        return ""
    er, seit = titelwort(indikator).pronomen, zeit_kurz(alt.zeit)
    if not alt.ist_zahl or alt.wert is None:
        if alt.status is Status.RAUM_BESTAND_NICHT:
            return ""
        grund = f"der Wert für {zeit_fuer(alt.zeit)} {' '.join(praedikat(alt.status))}"
        return satz(f"eine Entwicklung lässt sich nicht angeben: {grund[:1].upper()}{grund[1:]}")
    gruende = bruchgruende(alt, neu, [*indikator.brueche, *brueche])
    frueher = ", ".join((wert_mit_einheit(alt, indikator), *kennworte(alt)))
    if gruende or not ist_gleiche_quelle(alt, neu):
        bruch = f"die Reihe dazwischen einen Bruch hat ({gruende})" if gruende else f"beide {VERSCHIEDENE_QUELLEN}"
        kern = f"mit dem Wert für {zeit_fuer(alt.zeit)} ({frueher}) ist {er} nicht vergleichbar"
        return satz(f"{kern}, weil {bruch}")
    if rundet_gleich(alt.wert, neu.wert, indikator.nachkommastellen):
        return satz(f"gegenüber {seit} blieb {er} {'' if math.isclose(alt.wert, neu.wert) else 'nahezu '}unverändert")
    steigt = "gestiegen" if neu.wert > alt.wert else "gesunken"
    if runde(neu.wert - alt.wert, indikator.nachkommastellen) == 0:
        return satz(f"gegenüber {seit} ({frueher}) ist {er} geringfügig {steigt}")
    damals = f"damals lag {er} bei {bei_wert(alt, indikator)}{zusatz(alt)}"
    wort = ("gegenüber", "seit")[variante(2, "anschluss", neu, indikator)]
    return satz(f"{wort} {seit} ist {er} um {veraenderung(alt.wert, neu.wert, indikator)} {steigt}; {damals}")


def _ohne_entwicklung(alt: Indikatorwert, neu: Indikatorwert, indikator: Indikator, ort: Raumwort) -> str:
    """Why no change can be told; a number that is there is told."""
    fehlend = [w for w in (alt, neu) if not w.ist_zahl]
    weg = next((w for w in fehlend if w.status is Status.RAUM_BESTAND_NICHT), None)
    if weg is not None:
        grund = f"{ort.wer} bestand {zeit_wann(weg.zeit)} nicht"
    elif len(fehlend) == 2 and (alt.status == neu.status or {alt.status, neu.status} <= GEHEIM):
        verb, rest = praedikat(alt.status, mehrzahl=True)
        grund = f"die Werte für {zeit_fuer(alt.zeit)} und {zeit_fuer(neu.zeit)} {verb} {rest}"
    else:
        grund = "; ".join(f"der Wert für {zeit_fuer(w.zeit)} {' '.join(praedikat(w.status))}" for w in fehlend)
    erster = satz(f"für {ort.wen} lässt sich keine Entwicklung angeben: {grund[:1].upper()}{grund[1:]}")
    da = next((w for w in (neu, alt) if w.ist_zahl), None)
    if da is None:
        return erster
    titel = titelwort(indikator)
    zweiter = satz(f"{zeit_wann(da.zeit)} lag {titel.wer} bei {bei_wert(da, indikator)}{zusatz(da)}")
    return f"{erster} {zweiter}"


def absatz_befund(
    wert: Indikatorwert,
    indikator: Indikator,
    alt: Indikatorwert | None = None,
    vergleich: Indikatorwert | Sequence[Indikatorwert] = (),
    brueche: Sequence[Bruch] = (),
    *,
    gliederungen: Gliederungen = None,
) -> str:
    """Value, comparison and change as one paragraph without repetitions."""
    teile = [satz_vergleich(wert, vergleich, indikator, brueche, gliederungen=gliederungen)]
    teile += [satz_anschluss(alt, wert, indikator, brueche)] if alt is not None else []
    return " ".join(filter(None, teile))
