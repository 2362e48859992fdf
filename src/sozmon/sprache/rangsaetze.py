"""The place of a Raum among its peers, and which way an Indikator points. Facts only: what is good is for people."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal

from sozmon.model import Indikator, Indikatorwert, Status
from sozmon.sprache.grundlage import (
    NAMEN_HOECHSTENS,
    Gliederungen,
    ort_von,
    satz_stand,
    variante,
    zusatz,
)
from sozmon.sprache.raumname import Ebenenwort, ebenenwort
from sozmon.sprache.titel import titelwort
from sozmon.sprache.vergleichssaetze import satz_ausgelassen, wo_alle
from sozmon.sprache.worte import NBSP, anzahl, aufzaehlung, bei_wert, satz, zeit_wann
from sozmon.zahlen import runde, sortierschluessel


def satz_rang(
    wert: Indikatorwert, gruppe: Sequence[Indikatorwert], indikator: Indikator, *, gliederungen: Gliederungen = None
) -> str:
    """Place among the Räume of the group, highest value first; ties by printed value are told.

    The first three and the last two are said in words. Between them a neutral Indikator has no 'Rang', which would
    sound like a contest, but a place in the order of the values.
    """
    da = [w for w in gruppe if w.status is not Status.RAUM_BESTAND_NICHT]
    mit = [w for w in da if w.ist_zahl and w.wert is not None]
    if not wert.ist_zahl or wert.wert is None or len(mit) < 2:
        return satz_stand(wert, indikator, gliederungen=gliederungen)
    ort, titel, wann = ort_von(wert, gliederungen), titelwort(indikator), zeit_wann(wert.zeit)
    zahl = bei_wert(wert, indikator) + zusatz(wert)
    hat, ist = _platz(wert, mit, len(da), indikator, gliederungen)
    if " bei " in titel.bei or variante(2, "rang", wert, indikator):
        kern = f"{titel.wer} lag {wann} {ort.wo} bei {zahl}; das war {ist}"
    else:
        kern = f"mit {zahl} {hat[0]} {ort.wer} {titel.bei} {wann} {hat[1]}"
    return " ".join(filter(None, (satz(kern), satz_ausgelassen(da, gliederungen))))


def _platz(
    wert: Indikatorwert, mit: Sequence[Indikatorwert], alle: int, indikator: Indikator, gliederungen: Gliederungen
) -> tuple[tuple[str, str], str]:
    """The place behind 'mit 4,5 % hatte/lag Freiberg …' (verb, rest) and behind 'das war …'."""
    stellen, wort = indikator.nachkommastellen, ebenenwort(wert.ebene, gliederungen)
    eigener = runde(wert.wert or 0.0, stellen)
    hoeher = sum(runde(w.wert or 0.0, stellen) > eigener for w in mit)
    gleiche = [w for w in mit if runde(w.wert or 0.0, stellen) == eigener and w.raum_id != wert.raum_id]
    gleichauf, n = _gleichauf(gleiche, wort, gliederungen), len(mit)
    angabe = "" if n == alle else " mit Angabe"
    if len(gleiche) == n - 1:
        ueberall = f"in allen {anzahl(n)} {wort.dativ_mehrzahl}{angabe}"
        return ("lag", f"gleichauf mit allen anderen {wort.dativ_mehrzahl}{angabe}"), f"derselbe Wert wie {ueberall}"
    stufe = _stufe([runde(w.wert or 0.0, stellen) for w in mit], eigener)
    if stufe:
        von = f"Wert der {anzahl(n)} {wort.mehrzahl}{angabe}"
        zusammen = f"zusammen mit {gleichauf} " if gleichauf else ""
        return ("hatte", f"{zusammen}den {stufe}n {von}"), f"{zusammen}der {stufe} {von}"
    ende = f", gleichauf mit {gleichauf}" if gleichauf else ""
    if indikator.richtung == "neutral":
        unter = f"unter den {anzahl(n)} {wort.dativ_mehrzahl}{angabe}"
        stelle = f"{hoeher + 1}.{NBSP}Stelle {unter} (höchster Wert zuerst){ende}"
        return ("lag", f"an {stelle}"), f"die {stelle}"
    rang = f"Rang{NBSP}{hoeher + 1} von {n} {wort.dativ_mehrzahl}{angabe} (Rang{NBSP}1 = höchster Wert){ende}"
    return ("lag", f"auf {rang}"), rang


def _stufe(werte: Sequence[Decimal], eigener: Decimal) -> str:
    """'höchste', 'zweithöchste', 'dritthöchste', 'zweitniedrigste', 'niedrigste'; '' between, or behind a tie."""
    n = len(werte) // 2
    for davor, worte in (
        ([w for w in werte if w > eigener], ("höchste", "zweithöchste", "dritthöchste")),
        ([w for w in werte if w < eigener], ("niedrigste", "zweitniedrigste")),
    ):
        if len(davor) < len(worte) and len(davor) == len(set(davor)) and len(davor) <= n:
            return worte[len(davor)]
    return ""


def _gleichauf(gleiche: Sequence[Indikatorwert], wort: Ebenenwort, gliederungen: Gliederungen) -> str:
    """'Flöha und Waldheim', 'fünf weiteren Gemeinden', ''."""
    if len(gleiche) > NAMEN_HOECHSTENS:
        return f"{anzahl(len(gleiche), wort.genus, 'dat')} weiteren {wort.dativ_mehrzahl}"
    wo = wo_alle(gleiche, gliederungen) if gleiche else ""
    if wo.startswith("in den "):  # 'in den Sozialregionen Süd und West'
        return wo.removeprefix("in ")
    return aufzaehlung(sorted((ort_von(w, gliederungen).wem for w in gleiche), key=sortierschluessel))


def satz_richtung(indikator: Indikator) -> str:
    """Which way an Indikator points, as its definition says; '' for a neutral one.

    Instead of a judgement about a Raum ('günstiger als im Land'): a low rate of claims can also mean that people do
    not claim, a small distance can be chance. The direction is a fact of the definition, the judgement is for people.
    """
    return {
        "hoch_belastet": "Ein höherer Wert weist bei diesem Indikator auf eine stärkere Belastung hin.",
        "hoch_guenstig": "Ein höherer Wert gilt bei diesem Indikator als günstiger.",
    }.get(indikator.richtung, "")
