"""Alt texts: what a chart shows, complete enough for somebody who cannot see it.

Kind, axes, every series with first, last, highest and lowest value, breaks, and how many values are hidden — from the
same values that are drawn, so no alt text tells what a picture hides.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence

from sozmon.diagramm.achse import compute_werteachse
from sozmon.diagramm.modell import gedruckt
from sozmon.model import Bruch, Indikator, Indikatorwert, Status, jahr_von
from sozmon.sprache.grundlage import Gliederungen, zeitliste
from sozmon.sprache.luecken import GEHEIM
from sozmon.sprache.raumname import ebenenwort, raumwort
from sozmon.sprache.worte import anzahl, aufzaehlung, satz, unterschied, wert_mit_einheit, zeit_nackt
from sozmon.zahlen import format_zahl, runde, sortierschluessel

WORT_FUER_ZEICHEN = {"%": "Prozent", "‰": "Promille", "€": "Euro"}
ALLE_BIS = 10
"""Up to so many Räume every value is told, above only the three highest and lowest."""


def alt_linie(
    reihen: Sequence[Sequence[Indikatorwert]],
    indikator: Indikator,
    brueche: Sequence[Bruch] = (),
    *,
    gliederungen: Gliederungen = None,
) -> str:
    """Alt text of the line chart; ``reihen``: one sequence of values a line, in drawn order."""
    reihen = [sorted(r, key=lambda w: w.zeit) for r in reihen if r]
    alle = [w for r in reihen for w in r]
    if not alle:
        return satz(f"Liniendiagramm {_was(indikator)} ohne Werte")
    von, bis = min(w.jahr for w in alle), max(w.jahr for w in alle)
    linien = "eine Linie" if len(reihen) == 1 else f"{anzahl(len(reihen))} Linien"
    zeitraum = f"{von} bis {bis}" if bis > von else str(von)
    teile = [f"Liniendiagramm: {_was(indikator)}, {zeitraum}, {linien}"]
    teile.append(f"Waagerechte Achse: Jahre; senkrechte Achse: {_einheit(indikator)}, {_achsenbeginn(alle, indikator)}")
    gesehen = {(jahr_von(b.ab), b.grund) for b in [*indikator.brueche, *brueche] if von < jahr_von(b.ab) <= bis}
    teile += [_linie(r, indikator, [jahr for jahr, _ in gesehen], gliederungen) for r in reihen]
    for jahr, grund in sorted(gesehen):
        teile.append(f"Ab {jahr} Bruch der Reihe ({grund}): Die Linien sind dort unterbrochen")
    return " ".join(satz(t) for t in teile)


def _linie(
    reihe: Sequence[Indikatorwert], indikator: Indikator, brueche: Sequence[int], gliederungen: Gliederungen
) -> str:
    """One line: its runs between the breaks (never compared with each other), then what is hidden or missing."""
    name = raumwort(reihe[0].raum, reihe[0].ebene, gliederungen).name
    laeufe: dict[int, list[Indikatorwert]] = {}
    for w in reihe:
        if w.ist_zahl:
            laeufe.setdefault(sum(b <= w.jahr for b in brueche), []).append(w)
    teile = [_lauf(lauf, indikator) for lauf in laeufe.values()]
    teile += _ohne(reihe, lambda werte: f" ({zeitliste(werte)})")
    return f"{name}: {'; '.join(teile) or 'kein Wert'}"


def _lauf(mit: Sequence[Indikatorwert], indikator: Indikator) -> str:
    """First and last value, and the extremes where they are others."""
    erster, letzter = mit[0], mit[-1]
    if len(mit) == 1:
        return f"einzelner Wert {_wert_zeit(erster, indikator)}"
    teile = [f"von {_wert_zeit(erster, indikator)} bis {_wert_zeit(letzter, indikator)}"]
    for wort, wert in (("höchster Wert", max(mit, key=_zahl)), ("niedrigster Wert", min(mit, key=_zahl))):
        if _gedruckt(wert, indikator) not in (_gedruckt(erster, indikator), _gedruckt(letzter, indikator)):
            teile.append(f"{wort} {_wert_zeit(wert, indikator)}")
    return ", ".join(teile)


def _ohne(werte: Sequence[Indikatorwert], liste: Callable[[Sequence[Indikatorwert]], str]) -> list[str]:
    """How many values are hidden or missing, and which."""
    nie = [w for w in werte if w.status is Status.RAUM_BESTAND_NICHT]
    verborgen = [w for w in werte if w.status in GEHEIM or w.status is Status.UNVOLLSTAENDIG]
    fehlend = [w for w in werte if not w.ist_zahl and w not in verborgen and w not in nie]
    teile = []
    if verborgen:
        teile.append(
            f"{_viele(verborgen, 'ist', 'sind')} unbekannt, geheim zu halten oder nicht freigegeben{liste(verborgen)}"
        )
    if fehlend:
        teile.append(f"{_viele(fehlend, 'fehlt', 'fehlen')}{liste(fehlend)}")
    if nie:
        teile.append(f"der Raum bestand nicht{liste(nie)}")
    return teile


def _viele(werte: Sequence[Indikatorwert], einzahl: str, mehrzahl: str) -> str:
    n = len(werte)
    return f"{anzahl(n, 'm')} Wert {einzahl}" if n == 1 else f"{anzahl(n)} Werte {mehrzahl}"


def alt_rangfolge(
    werte: Sequence[Indikatorwert],
    indikator: Indikator,
    vergleich: Indikatorwert | None = None,
    *,
    gliederungen: Gliederungen = None,
) -> str:
    """Alt text of the ranking: extremes (or every value when they are few), the comparison value, who is left out."""
    if not werte:
        return satz(f"Balkendiagramm {_was(indikator)} ohne Werte")
    mit = sorted((w for w in werte if w.ist_zahl), key=lambda w: (-_gedruckt(w, indikator), sortierschluessel(w.raum)))
    wort = ebenenwort(werte[0].ebene, gliederungen)
    wer = f"{anzahl(len(werte), wort.genus)} {wort.einzahl if len(werte) == 1 else wort.mehrzahl}"
    teile = [f"Balkendiagramm, nach der Höhe der Werte geordnet: {_was(indikator)}, {zeit_nackt(werte[0].zeit)}, {wer}"]
    teile.append(f"Waagerechte Achse: {_einheit(indikator)}, beginnt bei null")
    if len(mit) <= ALLE_BIS:
        teile += [_liste(mit, indikator)] if mit else []
    else:
        teile.append(f"Höchste Werte: {_liste(mit[:3], indikator)}")
        teile.append(f"Niedrigste Werte: {_liste(mit[-3:], indikator)}")
    if vergleich is not None and vergleich.ist_zahl:
        teile.append(_vergleichslinie(mit, vergleich, indikator, gliederungen))
    teile += _ohne(werte, _namensliste)
    return " ".join(satz(t) for t in teile)


def _vergleichslinie(
    mit: Sequence[Indikatorwert], vergleich: Indikatorwert, indikator: Indikator, gliederungen: Gliederungen
) -> str:
    grenze = _gedruckt(vergleich, indikator)
    drueber = sum(_gedruckt(w, indikator) > grenze for w in mit)
    drunter = sum(_gedruckt(w, indikator) < grenze for w in mit)
    gleich = len(mit) - drueber - drunter
    lage = f"{drueber} Werte liegen darüber, {drunter} darunter" + (f", {gleich} gleichauf" if gleich else "")
    name = raumwort(vergleich.raum, vergleich.ebene, gliederungen).name
    return f"Senkrechte Linie: {name} {_kurz(vergleich, indikator)}; {lage}"


def alt_punkte(
    werte: Sequence[Indikatorwert], vergleich: Indikatorwert, indikator: Indikator, *, gliederungen: Gliederungen = None
) -> str:
    """Alt text of the dot plot: every Raum with its value and its distance from the reference."""
    bezugsort = raumwort(vergleich.raum, vergleich.ebene, gliederungen)
    name = bezugsort.name
    bezug = f"{name}: {_kurz(vergleich, indikator)}" if vergleich.ist_zahl else f"{name}: kein Wert"
    teile = [f"Punktdiagramm: {_was(indikator)}, {zeit_nackt(vergleich.zeit)}, verglichen mit {bezugsort.wem}"]
    alle = [*werte, vergleich]
    teile.append(f"Waagerechte Achse: {_einheit(indikator)}, {_achsenbeginn(alle, indikator)}")
    teile.append(bezug)
    zeilen = [f"{w.raum}: {_kurz(w, indikator)}{_abstand(w, vergleich, indikator)}" for w in werte if w.ist_zahl]
    teile += ["; ".join(zeilen)] if zeilen else []
    teile += _ohne(werte, _namensliste)
    return " ".join(satz(t) for t in teile)


def _abstand(wert: Indikatorwert, vergleich: Indikatorwert, indikator: Indikator) -> str:
    if not vergleich.ist_zahl or wert.wert is None or vergleich.wert is None:
        return ""
    differenz = wert.wert - vergleich.wert
    if runde(differenz, indikator.nachkommastellen) == 0:
        return " (kein Unterschied)"
    einheit = indikator.einheit in WORT_FUER_ZEICHEN
    um = unterschied(differenz, indikator) if einheit else format_zahl(abs(differenz), indikator.nachkommastellen)
    return f" ({um} {'mehr' if differenz > 0 else 'weniger'})"


# --------------------------------------------------------------------------------------------------
# parts


def _zahl(wert: Indikatorwert) -> float:
    return wert.wert or 0.0


def _gedruckt(wert: Indikatorwert, indikator: Indikator) -> float:
    return gedruckt(_zahl(wert), indikator.nachkommastellen)


def _einheit(indikator: Indikator) -> str:
    return WORT_FUER_ZEICHEN.get(indikator.einheit, indikator.einheit) or "Anzahl"


def _was(indikator: Indikator) -> str:
    in_der = "in " if indikator.einheit in WORT_FUER_ZEICHEN else ""
    return f"{indikator.titel}, {in_der}{_einheit(indikator)}"


def _kurz(wert: Indikatorwert, indikator: Indikator) -> str:
    """A value without the unit that the first sentence names; signs stay."""
    if indikator.einheit in WORT_FUER_ZEICHEN:
        return wert_mit_einheit(wert, indikator)
    return format_zahl(_zahl(wert), indikator.nachkommastellen)


def _achsenbeginn(werte: Sequence[Indikatorwert], indikator: Indikator) -> str:
    """What ``draw_linie`` and ``draw_punkte`` do with these values."""
    zahlen = [_gedruckt(w, indikator) for w in werte if w.ist_zahl]
    achse = compute_werteachse(zahlen, indikator.nachkommastellen)
    beginn = "null" if achse.unten == 0 else format_zahl(achse.unten, achse.stellen)
    return f"beginnt bei {beginn}"


def _wert_zeit(wert: Indikatorwert, indikator: Indikator) -> str:
    return f"{_kurz(wert, indikator)} ({zeit_nackt(wert.zeit)})"


def _liste(werte: Sequence[Indikatorwert], indikator: Indikator) -> str:
    return "; ".join(f"{w.raum} {_kurz(w, indikator)}" for w in werte)


def _namensliste(werte: Sequence[Indikatorwert]) -> str:
    namen = sorted((w.raum for w in werte), key=sortierschluessel)
    return f": {aufzaehlung(namen)}"
