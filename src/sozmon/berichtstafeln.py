"""Charts that show many Indikatoren at once: heat table of the regions, courses of the Kreis at a glance."""

from __future__ import annotations

from collections.abc import Sequence

from sozmon import sprache
from sozmon.berichtsdiagramme import Abbildung, grafik_von, name_von, punkt_von, von_bis_zahl
from sozmon.berichtswerte import Auskunft, Ort, als_id
from sozmon.diagramm import (
    Angaben,
    Feld,
    Reihe,
    Spalte,
    Verlauf,
    Zeichnung,
    art_von,
    daten_verlaeufe,
    daten_waerme,
)
from sozmon.indikator import bruchjahr, ist_gleiche_quelle
from sozmon.model import Indikator, Indikatorwert
from sozmon.sprache.worte import ist_menge, mit_vorzeichen, unterschied, wert_mit_einheit

HOECHSTENS_SPALTEN, HOECHSTENS_ZEILEN = 8, 16


def build_waerme(auskunft: Auskunft, was: str, indikatoren: Sequence[Indikator]) -> tuple[Abbildung, ...]:
    """Regions × rates at their newest year, the Kreis below; several sheets for many Indikatoren."""
    mit = [
        (i, jahr)
        for i in indikatoren
        if i.verfahren != "anzahl" and (jahr := auskunft.neuestes_jahr(i, auskunft.orte.regionen))
    ]
    if len(mit) < 2 or len(auskunft.orte.regionen) < 2:
        return ()
    anzahl = -(-len(mit) // HOECHSTENS_SPALTEN)
    je_blatt = -(-len(mit) // anzahl)
    blaetter = [mit[i : i + je_blatt] for i in range(0, len(mit), je_blatt)]
    return tuple(
        _waerme(auskunft, f"{als_id(was)}{f'-{nr}' if anzahl > 1 else ''}", blatt, nr if anzahl > 1 else 0)
        for nr, blatt in enumerate(blaetter, 1)
    )


def _waerme(auskunft: Auskunft, kennung: str, blatt: Sequence[tuple[Indikator, int]], nr: int) -> Abbildung:
    orte = [*auskunft.orte.regionen, auskunft.orte.kreis]
    zeilen = tuple(name_von(auskunft, o) if o is auskunft.orte.kreis else o.name for o in orte)
    spalten = tuple(
        Spalte(
            f"{i.kurz} {jahr}" + (" (%)" if i.einheit == "%" else ""),
            i.nachkommastellen,
            tuple(_feld(auskunft.wert(i, o, jahr)) for o in orte),
        )
        for i, jahr in blatt
    )
    titel = f"{auskunft.orte.regionsname}en im Überblick" + (f", Blatt {nr}" if nr else "")
    return grafik_von(
        auskunft,
        [i for i, _ in blatt],
        f"abb-waerme-{kennung}",
        titel,
        sprache.alt_waerme(titel, zeilen, spalten, summe=True),
        Zeichnung("draw_waerme", (zeilen, spalten, Angaben(), True)),
        daten_waerme(zeilen, spalten),
    )


def _feld(wert: Indikatorwert | None) -> Feld:
    if wert is None:
        return Feld(None, "fehlt")
    return Feld(wert.wert if wert.ist_zahl else None, art_von(wert.status))


def build_verlaeufe(auskunft: Auskunft, was: str, indikatoren: Sequence[Indikator], ort: Ort) -> Abbildung | None:
    """Course, first and last comparable value, change and the Land for each Indikator with numbers."""
    mit = [i for i in indikatoren if any(w.ist_zahl for w in auskunft.reihe(i, ort))][:HOECHSTENS_ZEILEN]
    if not mit:
        return None
    verlaeufe = tuple(_verlauf(auskunft, i, ort) for i in mit)
    land = name_von(auskunft, auskunft.orte.land) if auskunft.orte.land else ""
    koepfe = ("erster\nvergleichbarer Wert", "neuester Wert", "Veränderung", land)
    name = name_von(auskunft, ort)
    titel = f"{name} auf einen Blick"
    return grafik_von(
        auskunft,
        mit,
        f"abb-verlaeufe-{als_id(was)}-{als_id(ort.raum_id)}",
        titel,
        sprache.alt_verlaeufe(titel, verlaeufe, koepfe),
        Zeichnung("draw_verlaeufe", (verlaeufe, koepfe, Angaben())),
        daten_verlaeufe(verlaeufe, koepfe),
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
    vergleich = "" if land is None or not land.ist_zahl or indikator.verfahren == "anzahl" else _text(land, indikator)
    return Verlauf(
        indikator.kurz,
        Reihe(indikator.titel, tuple(map(punkt_von, werte))),
        tuple((float(bruchjahr(b)), b.grund) for b in brueche),
        f"{_text(erster, indikator)} ({erster.jahr})" if erster is not letzter else "–",
        f"{_text(letzter, indikator)} ({letzter.jahr})",
        _veraenderung(erster, letzter, indikator) if erster is not letzter else "·",
        vergleich,
    )


def _text(wert: Indikatorwert, indikator: Indikator) -> str:
    return wert_mit_einheit(wert, indikator)


def _veraenderung(a: Indikatorwert, b: Indikatorwert, indikator: Indikator) -> str:
    """'−0,7 Prozentpunkte', '−2,3 %' for counts and money."""
    assert a.wert is not None and b.wert is not None
    differenz = b.wert - a.wert
    if ist_menge(indikator) and a.wert > 0:
        return f"{mit_vorzeichen(differenz / a.wert * 100, 1)}\u202f%"
    betrag = unterschied(differenz, indikator)
    zeichen = mit_vorzeichen(differenz, indikator.nachkommastellen)[:1]
    return f"{zeichen}{betrag}" if zeichen in "+−" else betrag
