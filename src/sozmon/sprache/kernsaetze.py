"""The one compact sentence of a value for the Kurzfassung: value, change, comparison – as far as thirty words reach."""

from __future__ import annotations

import math
import re
from collections.abc import Sequence

from sozmon.indikator import ist_gleiche_quelle
from sozmon.model import Bruch, Indikator, Indikatorwert
from sozmon.sprache.grundlage import (
    Gliederungen,
    bruchgruende,
    ort_von,
    satz_ohne_wert,
    variante,
    zusatz,
)
from sozmon.sprache.saetze import veraenderung
from sozmon.sprache.titel import titelwort
from sozmon.sprache.vergleichssaetze import lage_zu
from sozmon.sprache.worte import aufzaehlung, bei_wert, ist_anteil, rundet_gleich, satz, zeit_als, zeit_kurz, zeit_wann
from sozmon.zahlen import runde

WORTE_HOECHSTENS = 30
_NUR_ZAHL = re.compile(r" \([−\d.,]+(\s[%‰€])?\)$")
HOCH_STATT_VIEL = ("‰", "Jahre", "Monate", "Tage")
"""Units whose values are 'höher' and not 'mehr', besides shares and rates."""


def satz_kernaussage(
    wert: Indikatorwert,
    indikator: Indikator,
    alt: Indikatorwert | None = None,
    vergleich: Indikatorwert | Sequence[Indikatorwert] | None = None,
    brueche: Sequence[Bruch] = (),
    *,
    gliederungen: Gliederungen = None,
) -> str:
    """Value, change since ``alt``, position towards ``vergleich`` (Land, then Bund) in at most thirty words.

    What does not fit is left out from the end, the number of the Land before its comparison; what cannot be told (no
    number, another Quelle) is left out too. Only a Bruch between the two times is said, because a reader would compare
    with the edition before.
    """
    ort = ort_von(wert, gliederungen)
    if not wert.ist_zahl or wert.wert is None:
        return satz_ohne_wert(wert, indikator, ort)
    alle_brueche = [*indikator.brueche, *brueche]
    seither, bruch = _seither(alt, wert, indikator, alle_brueche)
    andere = [vergleich] if isinstance(vergleich, Indikatorwert) else list(vergleich or ())
    lagen = [
        lage_zu(wert, a, indikator, ort_von(a, gliederungen), kurz=True)
        for a in andere
        if a.ist_zahl and indikator.verfahren != "anzahl" and not bruchgruende(a, wert, alle_brueche)
    ]
    auswahl = [lagen[:n] for n in range(len(lagen), 0, -1)] + [[_NUR_ZAHL.sub("", lage)] for lage in lagen[:1]] + [[]]
    for ende in (bruch, "") if bruch else ("",):
        for teile in auswahl:
            text = satz(_kern(wert, indikator, ort.wo, [*filter(None, [seither]), *teile]) + ende)
            if zaehle_worte(text) <= WORTE_HOECHSTENS:
                return text
    return satz(_kern(wert, indikator, ort.wo, []))


def zaehle_worte(text: str) -> int:
    """Words as a reader counts them: a number is one, a sign as '%' none."""
    return sum(any(z.isalnum() for z in wort) for wort in text.split())


def _kern(wert: Indikatorwert, indikator: Indikator, wo: str, teile: Sequence[str]) -> str:
    titel, wann = titelwort(indikator), zeit_wann(wert.zeit)
    zahl = bei_wert(wert, indikator) + zusatz(wert)
    form = variante(3, "kern", wert, indikator)
    hoeher = bool(teile) and not any(w in teile[0] for w in ("unverändert", " mehr als ", " weniger als "))
    if form == 1 and hoeher and not wo[-1].isdigit():  # not 'im Planungsraum 3 0,5 Prozentpunkte höher als …'
        return f"mit {zahl} lag {titel.wer} {wann} {wo} {aufzaehlung(teile)}"
    kopf = f"{wo} lag {titel.wer} {wann} bei {zahl}" if form == 2 else f"{titel.wer} lag {wann} {wo} bei {zahl}"
    return f"{kopf}{' und damit ' if hoeher else ', '}{aufzaehlung(teile)}" if teile else kopf


def _seither(
    alt: Indikatorwert | None, neu: Indikatorwert, indikator: Indikator, brueche: Sequence[Bruch]
) -> tuple[str, str]:
    """('0,7 Prozentpunkte niedriger als 2017', '') or ('', '; nicht vergleichbar mit 2011 (ab 2022: …)')."""
    if alt is None or not alt.ist_zahl or alt.wert is None or neu.wert is None or alt.zeit == neu.zeit:
        return "", ""
    gruende = bruchgruende(alt, neu, brueche)
    if gruende:
        return "", f"; nicht vergleichbar mit {zeit_kurz(alt.zeit)} (Bruch {gruende})"
    if not ist_gleiche_quelle(alt, neu):
        return "", ""
    stellen, als, mehr = indikator.nachkommastellen, zeit_als(alt.zeit) + zusatz(alt), neu.wert > alt.wert
    if rundet_gleich(alt.wert, neu.wert, stellen):
        nahezu = "" if math.isclose(alt.wert, neu.wert) else "nahezu "
        return f"{nahezu}unverändert gegenüber {zeit_kurz(alt.zeit)}", ""
    hoeher = "höher" if mehr else "niedriger"
    if runde(neu.wert - alt.wert, stellen) == 0:
        return f"geringfügig {hoeher} als {als}", ""
    um = veraenderung(alt.wert, neu.wert, indikator)
    if not (ist_anteil(indikator) or indikator.einheit.startswith("je ") or indikator.einheit in HOCH_STATT_VIEL):
        return f"{um} {'mehr' if mehr else 'weniger'} als {als}", ""
    return f"{'um ' if indikator.einheit.startswith('je ') else ''}{um} {hoeher} als {als}", ""
