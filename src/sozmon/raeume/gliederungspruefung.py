"""Whether a Raumgliederung divides its Kreise: each Gemeinde in exactly one region on every day that matters."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from itertools import pairwise
from typing import TYPE_CHECKING

from sozmon.errors import KonfigError
from sozmon.model import OHNE_ZUORDNUNG, Fundstelle, Meldung, Stufe
from sozmon.raeume.gliederung import Raumgliederung, Zeile
from sozmon.zahlen import format_datum

if TYPE_CHECKING:
    from sozmon.raeume.auskunft import Raeume
    from sozmon.raeume.stand import Stand

_EINZELN = 6
"""Up to so many missing Gemeinden of a Kreis are named one by one."""


def verlange_gliederung(raeume: Raeume, name: str) -> None:
    """Refuse (KonfigError, 78) a Raumgliederung with gaps or overlaps: sums of its regions would be wrong."""
    gliederung = raeume.gliederungen.get(name)
    fehler = [m for m in check_gliederung(raeume, gliederung) if m.stufe is Stufe.FEHLER] if gliederung else []
    if not fehler:
        return
    weitere = f" ({len(fehler) - 1} weitere Mängel)" if len(fehler) > 1 else ""
    raise KonfigError(
        f"Die Raumgliederung „{name}“ ist fehlerhaft; Werte ihrer Regionen wären falsch.",
        ort=str(fehler[0].fundstelle) or f"raeume/{name}.csv",
        grund=f"{fehler[0].text}{weitere}",
        abhilfe=fehler[0].abhilfe or "Alle Mängel zeigt: sozmon raeume pruefen",
    )


def check_gliederung(raeume: Raeume, gliederung: Raumgliederung) -> Iterator[Meldung]:
    """Unreadable, unknown and outlived rows, overlaps and gaps."""
    yield from gliederung.meldungen
    yield from _check_zeilen(raeume, gliederung)
    yield from _check_aufteilung(raeume, gliederung)


def mangel_der_region(raeume: Raeume, gliederung: Raumgliederung, raum_id: str) -> str:
    """German sentence why sums of a region cannot be trusted; '' = nothing wrong."""
    if gliederung.meldungen:
        return f"Die Raumgliederung „{gliederung.name}“ hat unlesbare Zeilen (sozmon raeume pruefen)."
    stand = raeume.jetzt
    if stand is None:
        return ""
    orte = _orte(gliederung, raeume.gebietsstand)
    for gemeinde in sorted(gliederung.gemeinden(raum_id, raeume.gebietsstand)):
        if len(orte[gemeinde]) > 1:
            return f"{name_von(raeume, gemeinde)} liegt zugleich in {' und '.join(sorted(orte[gemeinde]))}."
    for zeile in gliederung.je_raum[raum_id]:
        if zeile.gemeinde not in stand:
            fehlend = [n for n in raeume.strahl.nachfolger(zeile.gemeinde, raeume.bezug) if n not in orte]
            if fehlend:
                nach = name_von(raeume, fehlend[0])
                return f"{nach}, Nachfolger von {name_von(raeume, zeile.gemeinde)}, ist keinem Raum zugeordnet."
    return ""


def name_von(raeume: Raeume, raum_id: str) -> str:
    """Name and key: 'Musterdorf (99001010)'."""
    raum = raeume.raum(raum_id)
    return f"{raum.name} ({raum_id})" if raum is not None else raum_id


def _orte(gliederung: Raumgliederung, tag: str) -> dict[str, set[str]]:
    """Gemeinde → regions (with ohne_zuordnung) that claim it on that day."""
    orte: dict[str, set[str]] = {}
    for z in gliederung.zeilen:
        if z.gilt(tag):
            orte.setdefault(z.gemeinde, set()).add(z.raum_id)
    return orte


def _check_zeilen(raeume: Raeume, gliederung: Raumgliederung) -> Iterator[Meldung]:
    """Each row by itself: unknown and repaired keys, repetitions, Gemeinden that were gone by then."""
    gesehen: dict[tuple[str, ...], Zeile] = {}
    for z in gliederung.zeilen:
        schluessel = (z.raum_id, z.gemeinde, z.ab, z.bis)
        if schluessel in gesehen:
            text = f"Die Zeile {z.raum_id};{z.gemeinde} steht doppelt."
            yield Meldung("raumgliederung_doppelt", Stufe.WARNUNG, text, z.stelle)
        gesehen[schluessel] = z
        if raeume.jetzt is None:
            continue
        if not raeume.strahl.kennt(z.gemeinde):
            yield _unbekannt(raeume, z)
        elif z.repariert:
            text = f"Führende Null ergänzt: {z.gemeinde[1:]} → {name_von(raeume, z.gemeinde)}."
            hilfe = "Die Spalte gemeinde in Excel als Text formatieren"
            yield Meldung("schluessel_repariert", Stufe.WARNUNG, text, z.stelle, hilfe)
        else:
            yield from _check_dauer(raeume, z)


def _unbekannt(raeume: Raeume, z: Zeile) -> Meldung:
    from sozmon.raeume.suche import vorschlag

    nah = vorschlag(raeume, z.gemeinde)
    return Meldung(
        "raumgliederung_gemeinde_unbekannt",
        Stufe.FEHLER,
        f"Die Gemeinde {z.gemeinde} steht in keinem Gemeindeverzeichnis.",
        z.stelle,
        f"Gemeint ist vielleicht: {', '.join(nah)}" if nah else "Schlüssel berichtigen oder das Verzeichnis einlesen",
    )


def _check_dauer(raeume: Raeume, z: Zeile) -> Iterator[Meldung]:
    """A row that goes on although its Gemeinde is proved to have ended."""
    bis = raeume.strahl.belegt(z.gemeinde)[1]
    if bis and raeume.existiert(z.gemeinde, z.bis or raeume.gebietsstand) is False:
        wann = f"bestand nur bis {format_datum(bis)}"
        text = f"{name_von(raeume, z.gemeinde)} {wann}, die Zeile gilt länger."
        yield Meldung("raumgliederung_abgelaufen", Stufe.WARNUNG, text, z.stelle, f"gueltig_bis = {bis} eintragen")


def _check_aufteilung(raeume: Raeume, gliederung: Raumgliederung) -> Iterator[Meldung]:
    """On every day that matters each Gemeinde lies in exactly one region."""
    if raeume.jetzt is None or not gliederung.zeilen:
        return
    doppelt: dict[tuple[str, tuple[str, ...]], list[str]] = {}
    fehlt: dict[str, list[str]] = {}
    for tag in _tage(raeume, gliederung):
        orte = _orte(gliederung, tag)
        for gemeinde, mehrere in orte.items():
            if len(mehrere) > 1:
                doppelt.setdefault((gemeinde, tuple(sorted(mehrere))), []).append(tag)
        stand = raeume.strahl.stand(raeume.strahl.naechster(tag))
        assert stand is not None
        for gemeinde in _zu_verteilen(gliederung, stand, raeume):
            if gemeinde not in orte and not _geht_ueber(raeume, gemeinde, stand.datum, gliederung):
                fehlt.setdefault(gemeinde, []).append(tag)
    for (gemeinde, raum_ids), tage in sorted(doppelt.items()):
        zeile = next(z for z in reversed(gliederung.zeilen) if z.gemeinde == gemeinde)
        text = f"{name_von(raeume, gemeinde)} liegt zugleich in {' und '.join(raum_ids)}{_wann(tage)}."
        yield Meldung(
            "raumgliederung_ueberschneidung",
            Stufe.FEHLER,
            text,
            zeile.stelle,
            "Eine der Zeilen entfernen oder enden lassen",
        )
    yield from _meldungen_luecken(raeume, gliederung, fehlt)


def _tage(raeume: Raeume, gliederung: Raumgliederung) -> list[str]:
    """Days on which the division can change, from its first day on, as far as the Gemeinden of the day are known."""
    strahl = raeume.strahl
    ab = min(z.ab for z in gliederung.zeilen)
    tage = {*strahl.punkte, raeume.gebietsstand, *(z.ab for z in gliederung.zeilen if z.ab)}
    tage |= {z.bis for z in gliederung.zeilen if z.bis}
    tage |= {
        t for t, aenderungen in strahl.tage.items() if any(a.ags_neu[:5] in gliederung.kreise for a in aenderungen)
    }
    return sorted(t for t in tage if t >= ab and strahl.lage(t).art in ("exakt", "nach"))


def _zu_verteilen(gliederung: Raumgliederung, stand: Stand, raeume: Raeume) -> Iterator[str]:
    """Inhabited Gemeinden of the Kreise that the zoning divides."""
    kreise = {z.gemeinde[:5] for z in gliederung.zeilen if raeume.strahl.kennt(z.gemeinde)}
    for kreis in sorted(kreise):
        yield from (g for g in stand.mit_praefix(kreis, 8) if not stand.unbewohnt(g))


def _geht_ueber(raeume: Raeume, gemeinde: str, tag: str, gliederung: Raumgliederung) -> bool:
    """A former Gemeinde needs no row of its own when all that it became lies in one region."""
    if raeume.jetzt is None or gemeinde in raeume.jetzt or tag > raeume.bezug:
        return False
    orte = _orte(gliederung, raeume.gebietsstand)
    ziele = raeume.strahl.wechsel(tag, raeume.bezug, gemeinde[:2]).get(gemeinde, frozenset())
    return bool(ziele) and len({frozenset(orte.get(z, ())) for z in ziele}) == 1 and all(z in orte for z in ziele)


def _meldungen_luecken(raeume: Raeume, gliederung: Raumgliederung, fehlt: dict[str, list[str]]) -> Iterator[Meldung]:
    datei = gliederung.zeilen[0].stelle.datei
    for kreis in sorted({g[:5] for g in fehlt}):
        gemeinden = [g for g in sorted(fehlt) if g[:5] == kreis]
        if len(gemeinden) > _EINZELN:
            text = f"{len(gemeinden)} Gemeinden des Kreises {name_von(raeume, kreis)} liegen in keinem Raum."
            hilfe = f"Zeilen ergänzen, oder die Gemeinden unter der raum_id {OHNE_ZUORDNUNG} aufführen"
            yield Meldung("raumgliederung_luecke", Stufe.FEHLER, text, Fundstelle(datei), hilfe, len(gemeinden))
            continue
        for g in gemeinden:
            text = f"{name_von(raeume, g)} liegt in keinem Raum{_wann(fehlt[g])}."
            hilfe = _zeilenvorschlag(raeume, gliederung, g, fehlt[g][0])
            yield Meldung("raumgliederung_luecke", Stufe.FEHLER, text, Fundstelle(datei), hilfe)


def _zeilenvorschlag(raeume: Raeume, gliederung: Raumgliederung, gemeinde: str, tag: str) -> str:
    """The row to add, when all predecessors lay in one region."""
    vorgaenger = [a for a, ziele in _vorher(raeume, gemeinde) if gemeinde in ziele]
    raeume_davor = {z.raum_id for z in gliederung.zeilen if z.gemeinde in vorgaenger}
    if len(raeume_davor) != 1:
        return f"Zeile ergänzen: raum_id;raum;{gemeinde};{tag};"
    raum_id = raeume_davor.pop()
    ab = raeume.strahl.belegt(gemeinde)[0] or tag
    return f"Zeile ergänzen: {raum_id};{gliederung.raeume.get(raum_id, '')};{gemeinde};{ab};"


def _vorher(raeume: Raeume, gemeinde: str) -> Iterable[tuple[str, frozenset[str]]]:
    punkte = raeume.strahl.punkte
    for von, bis in pairwise(punkte):
        yield from raeume.strahl.schritt(von, bis, gemeinde[:2]).items()


def _wann(tage: Sequence[str]) -> str:
    if len(tage) == 1:
        return f" (am {format_datum(tage[0])})"
    return f" (vom {format_datum(tage[0])} bis {format_datum(tage[-1])})"
