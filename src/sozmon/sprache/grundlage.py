"""What all sentences share: the Raum with its article, the wording, why a number is missing, breaks between times."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from sozmon.model import Bruch, Indikator, Indikatorwert, Status, jahr_von
from sozmon.sprache.luecken import praedikat
from sozmon.sprache.raumname import Raumwort, raumwort
from sozmon.sprache.titel import titelwort
from sozmon.sprache.worte import aufzaehlung, auswahl, bei_wert, satz, zeit_nackt, zeit_wann

Gliederungen = Mapping[str, str] | None
"""Printed names of the Raumgliederungen (Ebene → 'Sozialregionen')."""
UNGERUNDET = "aus ungerundeten Werten"
NAMEN_HOECHSTENS = 3
"""More Räume than this that share an extreme value are counted, not named."""
ZUSAETZE = {"p": "vorläufig", "r": "berichtigt", "s": "geschätzt"}
REIHENFOLGE_OFFEN = 1000
"""``reihenfolge`` of an Indikator whose definition names none."""


def ort_von(wert: Indikatorwert, gliederungen: Gliederungen) -> Raumwort:
    """The Raum of a value in every form that a sentence needs."""
    return raumwort(wert.raum, wert.ebene, gliederungen)


def variante(n: int, art: str, wert: Indikatorwert, indikator: Indikator) -> int:
    """Which of ``n`` wordings of a kind of sentence this Indikator and Raum get, whatever the run.

    Neighbours in a chapter (``reihenfolge`` in steps of ten, variants in steps of one) get different ones.
    """
    if indikator.reihenfolge == REIHENFOLGE_OFFEN:
        return auswahl(n, art, wert.indikator, wert.raum_id)
    quersumme = sum(int(ziffer) for ziffer in str(abs(indikator.reihenfolge)))
    return (quersumme + auswahl(n, art, wert.raum_id)) % n


def kennworte(wert: Indikatorwert) -> list[str]:
    """What restricts a number: 'vorläufig', 'geschätzt', rounded to zero."""
    worte = [wort for zeichen, wort in ZUSAETZE.items() if zeichen in wert.kennzeichen]
    if wert.umrechnung == "geschaetzt":
        worte.append("auf den heutigen Gebietsstand geschätzt")
    if wert.status is Status.NULL_GERUNDET:
        worte.append("gerundet, nicht genau null")
    return worte


def zusatz(wert: Indikatorwert) -> str:
    """' (vorläufig)' and the like."""
    worte = kennworte(wert)
    return f" ({', '.join(worte)})" if worte else ""


def satz_ohne_wert(wert: Indikatorwert, indikator: Indikator, ort: Raumwort) -> str:
    """Why there is no number for this Raum and time."""
    titel, wann = titelwort(indikator), zeit_wann(wert.zeit)
    if wert.status is Status.RAUM_BESTAND_NICHT:
        return satz(f"{ort.wer} bestand {wann} nicht; einen Wert gibt es deshalb nicht")
    verb, rest = praedikat(wert.status, pronomen=titel.pronomen)
    return satz(f"{titel.wer} {verb} für {ort.wen} {wann} {rest}")


def bruchgruende(alt: Indikatorwert, neu: Indikatorwert, brueche: Sequence[Bruch]) -> str:
    """'ab 2022: Zensus 2022' for every Bruch between two times, in either order; '' = comparable."""
    von, bis = sorted((alt.jahr, neu.jahr))
    dazwischen = {(jahr_von(b.ab), b.grund) for b in brueche if von < jahr_von(b.ab) <= bis}
    return "; ".join(f"ab {jahr}: {grund}" for jahr, grund in sorted(dazwischen))


def zeitliste(werte: Sequence[Indikatorwert]) -> str:
    """'2012, 2013 und 2019' for brackets."""
    return aufzaehlung([zeit_nackt(w.zeit) for w in werte])


def satz_stand(wert: Indikatorwert, indikator: Indikator, *, gliederungen: Gliederungen = None) -> str:
    """'Der Arbeitslosenanteil lag im Jahr 2021 im Landkreis … bei 4,5 %.' or why there is no number."""
    ort, titel, wann = ort_von(wert, gliederungen), titelwort(indikator), zeit_wann(wert.zeit)
    if not wert.ist_zahl:
        return satz_ohne_wert(wert, indikator, ort)
    zahl = bei_wert(wert, indikator) + zusatz(wert)
    formen = (
        f"{titel.wer} lag {wann} {ort.wo} bei {zahl}",
        f"{wann} lag {titel.wer} {ort.wo} bei {zahl}",
        f"{ort.wo} lag {titel.wer} {wann} bei {zahl}",
    )
    return satz(formen[variante(3, "stand", wert, indikator)])
