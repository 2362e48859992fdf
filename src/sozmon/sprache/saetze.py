"""Sentences from Indikatorwerte: plain German text, no markup, no judgement, nothing that the printed numbers deny.

Each sentence has two or three wordings; which one is decided by Indikator and Raum, so a report is varied and yet the
same at every run. Differences are computed from the unrounded values, as tables do; where a reader would get another
difference from the printed numbers, the sentence says so.
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence

from sozmon.model import Bruch, Indikator, Indikatorwert, Status, jahr_von
from sozmon.sprache.luecken import GEHEIM, praedikat, zaehle
from sozmon.sprache.raumname import Raumwort, ebenenwort, kurz_wert_von, raumwort, stufe
from sozmon.sprache.titel import titelwort
from sozmon.sprache.worte import (
    anzahl,
    aufzaehlung,
    auswahl,
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
    zeit_nackt,
    zeit_wann,
    zwischen,
)
from sozmon.zahlen import runde, sortierschluessel

Gliederungen = Mapping[str, str] | None
"""Printed names of the Raumgliederungen (Ebene → 'Sozialregionen')."""
UNGERUNDET = "aus ungerundeten Werten"
NAMEN_HOECHSTENS = 3
"""More Räume than this that share an extreme value are counted, not named."""
ZUSAETZE = {"p": "vorläufig", "r": "berichtigt", "s": "geschätzt"}


def satz_stand(wert: Indikatorwert, indikator: Indikator, *, gliederungen: Gliederungen = None) -> str:
    """'Der Arbeitslosenanteil lag im Jahr 2021 im Landkreis … bei 4,5 %.' or why there is no number."""
    ort, titel, wann = _ort(wert, gliederungen), titelwort(indikator), zeit_wann(wert.zeit)
    if not wert.ist_zahl:
        return _satz_ohne_wert(wert, indikator, ort)
    zahl = bei_wert(wert, indikator) + _zusatz(wert)
    formen = (
        f"{titel.wer} lag {wann} {ort.wo} bei {zahl}",
        f"{wann} lag {titel.wer} {ort.wo} bei {zahl}",
        f"{ort.wo} lag {titel.wer} {wann} bei {zahl}",
    )
    return satz(formen[_variante(3, "stand", wert)])


def satz_entwicklung(
    alt: Indikatorwert,
    neu: Indikatorwert,
    indikator: Indikator,
    brueche: Sequence[Bruch] = (),
    *,
    gliederungen: Gliederungen = None,
) -> str:
    """How the value changed between two times, or why that cannot be told. Across a Bruch nothing is compared."""
    ort, titel = _ort(neu, gliederungen), titelwort(indikator)
    if not (alt.ist_zahl and neu.ist_zahl) or alt.wert is None or neu.wert is None:
        return _ohne_entwicklung(alt, neu, indikator, ort)
    gruende = bruchgruende(alt, neu, [*indikator.brueche, *brueche])
    if gruende:
        a, b = bei_wert(alt, indikator), bei_wert(neu, indikator)
        erster = f"{titel.wer} lag {ort.wo} {zeit_wann(alt.zeit)} bei {a} und {zeit_wann(neu.zeit)} bei {b}"
        zweiter = f"beide Werte sind nicht vergleichbar, weil die Reihe dazwischen einen Bruch hat ({gruende})"
        return f"{satz(erster)} {satz(zweiter)}"
    if rundet_gleich(alt.wert, neu.wert, indikator.nachkommastellen):
        nahezu = "" if math.isclose(alt.wert, neu.wert) else "nahezu "
        return satz(
            f"{titel.wer} lag {ort.wo} sowohl {zeit_wann(alt.zeit)} als auch {zeit_wann(neu.zeit)} "
            f"bei {bei_wert(neu, indikator)} und blieb damit {nahezu}unverändert"
        )
    return _satz_veraenderung(alt, neu, indikator, ort)


def _satz_veraenderung(alt: Indikatorwert, neu: Indikatorwert, indikator: Indikator, ort: Raumwort) -> str:
    assert alt.wert is not None and neu.wert is not None  # the caller has looked
    titel, stellen, differenz = titelwort(indikator), indikator.nachkommastellen, neu.wert - alt.wert
    a, b = ohne_einheit(alt, indikator), wert_mit_einheit(neu, indikator) + _zusatz(neu)
    spanne, mehr = zwischen(alt.zeit, neu.zeit), differenz > 0
    if runde(differenz, stellen) == 0:
        kleinste = unterschied(10.0**-stellen, indikator)
        return satz(
            f"{titel.wer} ist {ort.wo} {spanne} von {a} auf {b} geringfügig {'gestiegen' if mehr else 'gesunken'} "
            f"(um weniger als {kleinste}, {UNGERUNDET})"
        )
    um = _um(alt.wert, neu.wert, indikator)
    steigt, aendert = ("gestiegen", "erhöht") if mehr else ("gesunken", "verringert")
    formen = (
        f"{titel.wer} ist {ort.wo} {spanne} von {a} auf {b} {steigt}, ein {'Anstieg' if mehr else 'Rückgang'} um {um}",
        f"{spanne} ist {titel.wer} {ort.wo} um {um} {steigt}, und zwar von {a} auf {b}",
        f"{ort.wo} hat sich {titel.wer} {spanne} um {um} {aendert}, und zwar von {a} auf {b}",
    )
    return satz(formen[_variante(3, "entwicklung", neu)])


def _um(alt: float, neu: float, indikator: Indikator) -> str:
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
    gruende, frueher = bruchgruende(alt, neu, [*indikator.brueche, *brueche]), wert_mit_einheit(alt, indikator)
    if gruende:
        kern = f"mit dem Wert für {zeit_fuer(alt.zeit)} ({frueher}) ist {er} nicht vergleichbar"
        return satz(f"{kern}, weil die Reihe dazwischen einen Bruch hat ({gruende})")
    if rundet_gleich(alt.wert, neu.wert, indikator.nachkommastellen):
        return satz(f"gegenüber {seit} blieb {er} {'' if math.isclose(alt.wert, neu.wert) else 'nahezu '}unverändert")
    steigt = "gestiegen" if neu.wert > alt.wert else "gesunken"
    if runde(neu.wert - alt.wert, indikator.nachkommastellen) == 0:
        return satz(f"gegenüber {seit} ({frueher}) ist {er} geringfügig {steigt}")
    damals = f"damals lag {er} bei {bei_wert(alt, indikator)}"
    wort = ("gegenüber", "seit")[_variante(2, "anschluss", neu)]
    return satz(f"{wort} {seit} ist {er} um {_um(alt.wert, neu.wert, indikator)} {steigt}; {damals}")


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


def bruchgruende(alt: Indikatorwert, neu: Indikatorwert, brueche: Sequence[Bruch]) -> str:
    """'ab 2022: Zensus 2022' for every Bruch between two times, in either order; '' = comparable."""
    von, bis = sorted((alt.jahr, neu.jahr))
    dazwischen = {(jahr_von(b.ab), b.grund) for b in brueche if von < jahr_von(b.ab) <= bis}
    return "; ".join(f"ab {jahr}: {grund}" for jahr, grund in sorted(dazwischen))


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
    ort, titel, wann = _ort(wert, gliederungen), titelwort(indikator), zeit_wann(wert.zeit)
    alle_brueche = [*indikator.brueche, *brueche]
    mit = [a for a in andere if a.ist_zahl and not bruchgruende(a, wert, alle_brueche)]
    ohne = [_satz_ohne_vergleich(a, wert, alle_brueche, _ort(a, gliederungen)) for a in andere if a not in mit]
    if not mit:
        return " ".join([satz_stand(wert, indikator, gliederungen=gliederungen), *ohne])
    zahl = bei_wert(wert, indikator) + _zusatz(wert)
    lage = aufzaehlung([_lage(wert, a, indikator, _ort(a, gliederungen)) for a in mit])
    if indikator.verfahren == "anzahl":
        das = "das entspricht" if " des Wertes " in lage else "das sind"
        kern = f"{titel.wer} lag {wann} {ort.wo} bei {zahl}; {das} {lage}"
    else:
        formen = (
            f"{titel.wer} lag {wann} {ort.wo} bei {zahl} und damit {lage}",
            f"mit {zahl} lag {titel.wer} {wann} {ort.wo} {lage}",
            f"{ort.wo} lag {titel.wer} {wann} bei {zahl} und damit {lage}",
        )
        kern = formen[_variante(3, "vergleich", wert)]
    return " ".join([satz(kern), *ohne])


def _lage(wert: Indikatorwert, anderer: Indikatorwert, indikator: Indikator, ort: Raumwort) -> str:
    """'0,7 Prozentpunkte über dem Wert des Landkreises (4,5 %)'."""
    assert wert.wert is not None and anderer.wert is not None  # only numbers are compared
    zahl = wert_mit_einheit(anderer, indikator)
    if anderer.zeit != wert.zeit:
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
        return _satz_ohne_wert(werte[0], indikator, _ort(werte[0], gliederungen))
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
    if " bei " in titel.bei or _variante(2, "spannweite", mit[0]):
        in_den = f"in den {anzahl(alle)} {wort.dativ_mehrzahl} " if len(mit) == alle else ""
        return satz(f"{wann} reichte {titel.wer} {in_den}{spanne}")
    return satz(f"{titel.bei} reichte die Spannweite {wann} {spanne}")


def _wo_alle(werte: Sequence[Indikatorwert], gliederungen: Gliederungen) -> str:
    """'in Dorfchemnitz', 'in Mulda/Sa. und Sayda', 'in fünf Gemeinden'."""
    wort = ebenenwort(werte[0].ebene, gliederungen)
    if len(werte) == 1:
        return _ort(werte[0], gliederungen).wo
    if len(werte) > NAMEN_HOECHSTENS:
        return f"in {anzahl(len(werte))} {wort.dativ_mehrzahl}"
    orte = [_ort(w, gliederungen) for w in werte]
    if all(o.name.startswith(f"{wort.einzahl} ") for o in orte):
        namen = [o.name.removeprefix(f"{wort.einzahl} ") for o in orte]
        return f"in den {wort.dativ_mehrzahl} {aufzaehlung(namen)}"
    if all(o.wo == f"in {o.name}" for o in orte):
        return f"in {aufzaehlung([o.name for o in orte])}"
    return aufzaehlung([o.wo for o in orte])


def _satz_ausgelassen(werte: Sequence[Indikatorwert], gliederungen: Gliederungen) -> str:
    """How many Räume are not in the comparison, and why."""
    verborgen, ohne = zaehle(werte)
    wort = ebenenwort(werte[0].ebene, gliederungen)

    def so_viele(n: int) -> str:
        return f"für {anzahl(n, wort.genus, 'akk')} {wort.einzahl if n == 1 else wort.mehrzahl}"

    teile = []
    if verborgen:
        teile.append(f"{so_viele(verborgen)} kann der Wert aus Gründen der Geheimhaltung nicht ausgewiesen werden")
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
    stellen, ort, wort = indikator.nachkommastellen, _ort(wert, gliederungen), ebenenwort(wert.ebene, gliederungen)
    eigener = runde(wert.wert, stellen)
    rang = 1 + sum(runde(w.wert or 0.0, stellen) > eigener for w in mit)
    gleichauf = [w for w in mit if runde(w.wert or 0.0, stellen) == eigener and w.raum_id != wert.raum_id]
    kern = (
        f"mit {bei_wert(wert, indikator)} liegt {ort.wer} {titelwort(indikator).bei} {zeit_wann(wert.zeit)} "
        f"auf Rang {rang} von {len(mit)} {wort.dativ_mehrzahl} (Rang 1 = höchster Wert)"
    )
    if gleichauf:
        namen = sorted((_ort(w, gliederungen).wem for w in gleichauf), key=sortierschluessel)
        viele = f"{anzahl(len(gleichauf), wort.genus, 'dat')} weiteren {wort.dativ_mehrzahl}"
        kern += f", gleichauf mit {aufzaehlung(namen) if len(namen) <= NAMEN_HOECHSTENS else viele}"
    return " ".join(filter(None, (satz(kern), _satz_ausgelassen(gruppe, gliederungen))))


# --------------------------------------------------------------------------------------------------
# parts


def _ort(wert: Indikatorwert, gliederungen: Gliederungen) -> Raumwort:
    return raumwort(wert.raum, wert.ebene, gliederungen)


def _variante(n: int, art: str, wert: Indikatorwert) -> int:
    return auswahl(n, art, wert.indikator, wert.raum_id)


def _zusatz(wert: Indikatorwert) -> str:
    """' (vorläufig)' and the like."""
    worte = [wort for zeichen, wort in ZUSAETZE.items() if zeichen in wert.kennzeichen]
    if wert.umrechnung == "geschaetzt":
        worte.append("auf den heutigen Gebietsstand geschätzt")
    return f" ({', '.join(worte)})" if worte else ""


def _satz_ohne_wert(wert: Indikatorwert, indikator: Indikator, ort: Raumwort) -> str:
    titel, wann = titelwort(indikator), zeit_wann(wert.zeit)
    if wert.status is Status.RAUM_BESTAND_NICHT:
        return satz(f"{ort.wer} bestand {wann} nicht; einen Wert gibt es deshalb nicht")
    verb, rest = praedikat(wert.status, pronomen=titel.pronomen)
    return satz(f"{titel.wer} {verb} für {ort.wen} {wann} {rest}")


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
    zweiter = satz(f"{zeit_wann(da.zeit)} lag {titel.wer} bei {bei_wert(da, indikator)}")
    return f"{erster} {zweiter}"


def zeitliste(werte: Sequence[Indikatorwert]) -> str:
    """'2012, 2013 und 2019' for brackets."""
    return aufzaehlung([zeit_nackt(w.zeit) for w in werte])
