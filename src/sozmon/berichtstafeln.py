"""Charts that show many Indikatoren at once: heat table of Räume, courses of one Raum at a glance."""

from __future__ import annotations

from collections.abc import Sequence

from sozmon import sprache
from sozmon.berichtsdiagramme import Abbildung, grafik_von, name_von, punkt_von, von_bis_zahl
from sozmon.berichtswerte import Auskunft, Ort, als_id
from sozmon.diagramm import (
    Angaben,
    Verlauf,
    Waermespalte,
    Waermezeile,
    Waermezelle,
    Zeichnung,
    art_von,
    daten_verlaeufe,
    daten_waerme,
    zaehle_blaetter,
)
from sozmon.indikator import bruchjahr, ist_gleiche_quelle
from sozmon.model import ZEICHEN, Indikator, Indikatorwert
from sozmon.sprache.worte import ist_menge, mit_vorzeichen, unterschied, wert_mit_einheit

HOECHSTENS_SPALTEN, HOECHSTENS_ZEILEN = 8, 16
Wahl = Sequence[tuple[Indikator, int]]
"""Indikatoren, each with the year that is shown."""


def build_waerme(
    auskunft: Auskunft, was: str, indikatoren: Sequence[Indikator], ebene: str = "regionen"
) -> tuple[Abbildung, ...]:
    """Regions (or Gemeinden under their regions) × rates at their newest year, the Kreis below.

    was: part of the id. Many Indikatoren and many Gemeinden make several sheets.
    """
    orte = auskunft.orte.gemeinden if ebene == "gemeinden" else auskunft.orte.regionen
    mit = [(i, jahr) for i in indikatoren if i.verfahren != "anzahl" and (jahr := auskunft.neuestes_jahr(i, orte))]
    if len(mit) < 2 or len(orte) < 2:
        return ()
    anzahl = -(-len(mit) // HOECHSTENS_SPALTEN)
    je_blatt = -(-len(mit) // anzahl)
    zahl = len(orte) if ebene == "gemeinden" else 0
    teile = [mit[i : i + je_blatt] for i in range(0, len(mit), je_blatt)]
    tafeln = [(_gemeindezeilen(auskunft, t) if zahl else _regionszeilen(auskunft, t), _spalten(t), t) for t in teile]
    blaetter = [(*t, nr) for t in tafeln for nr in range(zaehle_blaetter(t[0], t[1], Angaben()))]
    kennung = f"abb-waerme-{als_id(was)}" + ("-gemeinden" if zahl else "")
    titel = "Gemeinden im Überblick" if zahl else f"{auskunft.orte.regionsname}en im Überblick"
    return tuple(
        grafik_von(
            auskunft,
            [i for i, _ in wahl],
            kennung + (f"-{nr}" if len(blaetter) > 1 else ""),
            titel + (f" (Blatt {nr} von {len(blaetter)})" if len(blaetter) > 1 else ""),
            sprache.alt_waerme(titel, zeilen, spalten),
            Zeichnung("draw_waerme", (zeilen, spalten, Angaben()), blatt),
            daten_waerme(zeilen, spalten),
        )
        for nr, (zeilen, spalten, wahl, blatt) in enumerate(blaetter, 1)
    )


def _spalten(wahl: Wahl) -> tuple[Waermespalte, ...]:
    return tuple(Waermespalte(f"{i.kurz} {jahr}", i.einheit, i.nachkommastellen, i.richtung) for i, jahr in wahl)


def _regionszeilen(auskunft: Auskunft, wahl: Wahl) -> tuple[Waermezeile, ...]:
    raeume = [Waermezeile(o.name, _zellen(auskunft, o, wahl)) for o in auskunft.orte.regionen]
    return (*raeume, _kreiszeile(auskunft, wahl))


def _gemeindezeilen(auskunft: Auskunft, wahl: Wahl) -> tuple[Waermezeile, ...]:
    """Gemeinden under their region; a region of several has its own numbers in its heading."""
    orte, zeilen = auskunft.orte, list[Waermezeile]()
    for region in orte.regionen:
        eigene = [g for g in orte.gemeinden if g.region == region.raum_id]
        zellen = _zellen(auskunft, region, wahl) if len(eigene) > 1 else ()
        zeilen += [Waermezeile(region.name, zellen, "gruppe")] if eigene else []
        zeilen += [Waermezeile(g.name, _zellen(auskunft, g, wahl)) for g in eigene]
    zeilen += [Waermezeile(g.name, _zellen(auskunft, g, wahl)) for g in orte.gemeinden if not g.region]
    return (*zeilen, _kreiszeile(auskunft, wahl))


def _kreiszeile(auskunft: Auskunft, wahl: Wahl) -> Waermezeile:
    kreis = auskunft.orte.kreis
    return Waermezeile(name_von(auskunft, kreis), _zellen(auskunft, kreis, wahl), "summe")


def _zellen(auskunft: Auskunft, ort: Ort, wahl: Wahl) -> tuple[Waermezelle, ...]:
    return tuple(_zelle(auskunft.wert(i, ort, jahr)) for i, jahr in wahl)


def _zelle(wert: Indikatorwert | None) -> Waermezelle:
    if wert is None:
        return Waermezelle(None, "fehlt")
    return Waermezelle(wert.wert, art_von(wert.status)) if wert.ist_zahl else _zeichenzelle(wert)


def _zeichenzelle(wert: Indikatorwert) -> Waermezelle:
    art = art_von(wert.status)
    return Waermezelle(None, art, ZEICHEN[wert.status] if art == "fehlt" else "")


def build_verlaeufe(auskunft: Auskunft, was: str, indikatoren: Sequence[Indikator], ort: Ort) -> Abbildung | None:
    """Course, first and last value, comparable change and the Land for each Indikator with numbers."""
    mit = [i for i in indikatoren if any(w.ist_zahl for w in auskunft.reihe(i, ort))][:HOECHSTENS_ZEILEN]
    if not mit:
        return None
    verlaeufe = tuple(_verlauf(auskunft, i, ort) for i in mit)
    oben = auskunft.orte.land
    land = name_von(auskunft, oben) if oben and oben.raum_id != ort.raum_id else ""
    titel = f"{name_von(auskunft, ort)} auf einen Blick"
    return grafik_von(
        auskunft,
        mit,
        f"abb-verlaeufe-{als_id(was)}-{als_id(ort.raum_id)}",
        titel,
        sprache.alt_verlaeufe(titel, verlaeufe, land),
        Zeichnung("draw_verlaeufe", (verlaeufe, Angaben(), land)),
        daten_verlaeufe(verlaeufe, land),
        ("Veränderungen sind aus ungerundeten Werten berechnet und nie über einen Bruch hinweg angegeben.",),
    )


def _verlauf(auskunft: Auskunft, indikator: Indikator, ort: Ort) -> Verlauf:
    werte = von_bis_zahl(auskunft.reihe(indikator, ort))
    zahlen = [w for w in werte if w.ist_zahl]
    letzter = zahlen[-1]
    brueche = auskunft.brueche.get(indikator.kennung, ())
    grenze = max((bruchjahr(b) for b in brueche if bruchjahr(b) <= letzter.jahr), default=0)
    erster = next(w for w in zahlen if w.jahr >= grenze and ist_gleiche_quelle(w, letzter))
    land = auskunft.wert(indikator, auskunft.orte.land, letzter.jahr) if auskunft.orte.land else None
    vergleich = land is not None and land.ist_zahl and indikator.verfahren != "anzahl"
    seit = f" seit {erster.jahr}" if erster is not zahlen[0] else ""
    return Verlauf(
        indikator.kurz,
        indikator.einheit,
        tuple(map(punkt_von, werte)),
        indikator.nachkommastellen,
        _veraenderung(erster, letzter, indikator) + seit if erster is not letzter else "·",
        wert_mit_einheit(land, indikator) if vergleich and land is not None else "",
        tuple((float(bruchjahr(b)), b.grund) for b in brueche),
    )


def _veraenderung(a: Indikatorwert, b: Indikatorwert, indikator: Indikator) -> str:
    """'−0,7 Prozentpunkte', '−2,3 %' for counts and money."""
    assert a.wert is not None and b.wert is not None
    differenz = b.wert - a.wert
    if ist_menge(indikator) and a.wert > 0:
        return f"{mit_vorzeichen(differenz / a.wert * 100, 1)}\u202f%"
    betrag = unterschied(differenz, indikator)
    zeichen = mit_vorzeichen(differenz, indikator.nachkommastellen)[:1]
    return f"{zeichen}{betrag}" if zeichen in "+−" else betrag
