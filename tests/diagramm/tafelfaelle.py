"""Charts of many values as a report asks for them: used by the layout tests and the golden files."""

from __future__ import annotations

import random
from collections.abc import Callable, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from diagrammfaelle import EINHEITEN, LANGE_NAMEN, NAMEN, PROZENT, REGIONEN, gang, reihe

from sozmon.diagramm import (
    Angaben,
    Punkt,
    Reihe,
    Steigung,
    Verlauf,
    Waermespalte,
    Waermezeile,
    Waermezelle,
    draw_steigung,
    draw_verlaeufe,
    draw_vielfache,
    draw_waerme,
)

if TYPE_CHECKING:
    from matplotlib.figure import Figure

KREIS = "Landkreis Mittelsachsen"
REGIONSNAMEN = tuple(n for n, _ in REGIONEN)
BRUECHE = ((2014, "Zensus 2011"), (2022, "Zensus 2022"))


# --------------------------------------------------------------------------------------------------
# small multiples


def _kreis(jahre: int, von: int) -> Reihe:
    return reihe(KREIS, gang(12.4, jahre, 99, -0.35), von, "vergleich")


def _felder(namen: Sequence[str], jahre: int = 17, von: int = 2005) -> list[Reihe]:
    return [reihe(n, gang(12 + i % 3, jahre, i, -0.3 - i % 4 / 20), von) for i, n in enumerate(namen)]


def vielfache_luecken() -> tuple[Figure, ...]:
    """Hidden, missing and uncertain years, a hidden end, a Raum without any number, two breaks."""
    felder = [
        reihe("Sozialregion Freiberg", [9.1, 8.8, 8.2, "g", "g", 7.0, 6.4, 6.1, 5.8, 5.9, 5.5, 5.2, 5.1]),
        reihe("Sozialregion Südost (Sayda)", [7.1, 6.8, 6.9, 6.2, "f", "f", 5.0, 4.6, 4.1, 4.0, "g", "g", "g"]),
        reihe("Sozialregion Süd (Flöha)", [8.0, "u7.4", 7.0, 6.9, 6.8, 6.6, 6.0, 5.2, 5.1, 4.9, 4.8, 4.7, 4.4]),
        reihe("Sozialregion Nord (Döbeln)", ["g"] * 13),
        reihe("Sozialregion Nordost (Hainichen)", [8.4, "g", 8.0, "g", 7.1, 6.9, 6.3, 6.0, 5.2, 5.0, 4.9, 4.4, 4.2]),
    ]
    angaben = Angaben(titel="Arbeitslosenanteil", einheit="%", brueche=BRUECHE)
    return draw_vielfache(felder, angaben, _kreis(13, 2011))


def _vielfache_wahlen() -> tuple[Figure, ...]:
    jahre = (2009, 2014, 2019, 2024)
    felder = [Reihe(n, tuple(Punkt(j, w - 8 + i * 3) for i, j in enumerate(jahre))) for n, w in REGIONEN]
    kreis = Reihe(KREIS, tuple(zip_punkte(jahre, (57.13, 51.7, 62.9, 68.49))), "vergleich")
    return draw_vielfache(felder, Angaben(titel="Wahlbeteiligung (Gemeinderatswahl)", einheit="%"), kreis)


def zip_punkte(jahre: Sequence[int], werte: Sequence[float]) -> list[Punkt]:
    return [Punkt(j, w) for j, w in zip(jahre, werte, strict=True)]


# --------------------------------------------------------------------------------------------------
# slope


def _steigungen() -> list[Steigung]:
    anfang = (65.2, 66.0, 60.9, 59.8, 61.0, 54.0, 66.5)
    return [Steigung(n, a, w) for (n, w), a in zip(REGIONEN, anfang, strict=True)]


def _steigung_verborgen() -> Figure:
    linien = [
        Steigung("Freiberg", 12.3, 5.2),
        Steigung("Südost (Sayda)", 10.1, None, ende_art="geheim"),
        Steigung("Süd (Flöha)", None, None, "geheim", "geheim"),
        Steigung("Südwest (Burgstädt)", None, 4.1, "fehlt"),
        Steigung("Nord (Döbeln)", 14.4, 6.1, hervorgehoben=True),
        Steigung("Nordost (Hainichen)", 10.2, 4.4, "unsicher"),
    ]
    return draw_steigung(linien, PROZENT, ("2005", "2021"), Steigung(KREIS, 12.1, 4.5))


def _steigung_53() -> Figure:
    zufall = random.Random(11)
    linien = [Steigung(n, a := round(zufall.uniform(4, 14), 2), round(a * 0.5, 2)) for n in NAMEN]
    return draw_steigung(linien, PROZENT, ("2005-12-31", "2021-12-31"), Steigung(KREIS, 12.1, 4.5))


# --------------------------------------------------------------------------------------------------
# heat table

SPALTEN = (
    Waermespalte("Bevölkerung", "Personen", 0),
    Waermespalte("Minderjährige", "%"),
    Waermespalte("65-Jährige und Ältere", "%"),
    Waermespalte("Ausländeranteil", "%"),
    Waermespalte("Jugendquotient", ""),
    Waermespalte("Arbeitslosenanteil", "%", 1, "hoch_belastet"),
    Waermespalte("Jugendarbeitslosigkeit", "%", 1, "hoch_belastet"),
    Waermespalte("SGB-II-Quote", "%", 1, "hoch_belastet"),
    Waermespalte("Grundsicherung im Alter", "%", 1, "hoch_belastet"),
    Waermespalte("Beschäftigungsquote", "%", 1, "hoch_guenstig"),
    Waermespalte("Wahlbeteiligung (Gemeinderatswahl)", "%", 1, "hoch_guenstig"),
    Waermespalte("Plätze in Kindertageseinrichtungen", "je 1.000 Kinder", 0, "hoch_guenstig"),
)
NIVEAU = (40000, 15.1, 28.1, 3.5, 22.4, 5.1, 4.4, 6.0, 1.4, 66.1, 68.5, 640)


def _zellen(zufall: random.Random, anzahl: int, streuung: float = 0.25) -> tuple[Waermezelle, ...]:
    return tuple(Waermezelle(n * zufall.uniform(1 - streuung, 1 + streuung)) for n in NIVEAU[:anzahl])


def _mit(zeile: Waermezeile, stelle: int, zelle: Waermezelle) -> Waermezeile:
    return replace(zeile, zellen=(*zeile.zellen[:stelle], zelle, *zeile.zellen[stelle + 1 :]))


def waerme_regionen(breite: float = 16.0) -> tuple[Figure, ...]:
    """Five regions by twelve indicators and the Kreis."""
    zufall = random.Random(3)
    zeilen = [Waermezeile(n, _zellen(zufall, 12)) for n in REGIONSNAMEN[:5]]
    zeilen[1] = _mit(zeilen[1], 8, Waermezelle(None, "geheim"))
    zeilen[3] = _mit(_mit(zeilen[3], 6, Waermezelle(None, "geheim")), 11, Waermezelle(None, "fehlt", "n. E."))
    zeilen[4] = _mit(zeilen[4], 7, Waermezelle(6.3, "unsicher"))
    kreis = Waermezeile(KREIS, tuple(Waermezelle(w) for w in (299329, *NIVEAU[1:])), "summe")
    return draw_waerme([*zeilen, kreis], SPALTEN, Angaben(titel="Lebenslagen im Überblick, 2021", breite_cm=breite))


def waermezeilen() -> list[Waermezeile]:
    """All Gemeinden in their regions, with values of the regions, by eight indicators."""
    zufall, zeilen, gemeinden = random.Random(5), list[Waermezeile](), iter(NAMEN)
    for region, anzahl in zip(REGIONSNAMEN, (1, 12, 6, 8, 12, 8, 6), strict=True):
        zeilen.append(Waermezeile(f"Sozialregion {region}", _zellen(zufall, 8, 0.1), "gruppe"))
        for _ in range(anzahl):
            zeile = Waermezeile(next(gemeinden), _zellen(zufall, 8, 0.5))
            for stelle in range(1, 8):
                if zufall.random() < 0.08:
                    zeile = _mit(zeile, stelle, Waermezelle(None, "geheim"))
            zeilen.append(zeile)
    zeilen[20] = _mit(zeilen[20], 4, Waermezelle(None, "fehlt"))
    zeilen.append(Waermezeile(KREIS, tuple(Waermezelle(w) for w in (299329, *NIVEAU[1:8])), "summe"))
    return zeilen


# --------------------------------------------------------------------------------------------------
# sparkline table

THEMEN = (
    ("Bevölkerung", "Personen", 0, 345000.0, -2600.0, "−13,2 %"),
    ("Minderjährige", "%", 1, 14.4, 0.05, "+0,7 Prozentpunkte"),
    ("65-Jährige und Ältere", "%", 1, 21.7, 0.4, "+6,4 Prozentpunkte"),
    ("Ausländeranteil", "%", 1, 1.5, 0.12, "+2,0 Prozentpunkte"),
    ("Lebendgeborene", "je 1.000 Einwohnerinnen und Einwohner", 1, 7.8, -0.1, "−1,6"),
    ("Arbeitslosenanteil", "%", 1, 14.2, -0.6, "−9,7 Prozentpunkte"),
    ("Jugendarbeitslosigkeit", "%", 1, 9.8, -0.35, "−5,4 Prozentpunkte"),
    ("SGB-II-Quote", "%", 1, 12.0, -0.4, "−6,0 Prozentpunkte"),
    ("Mindestsicherungsquote", "%", 1, 10.9, -0.3, "−4,9 Prozentpunkte"),
    ("Grundsicherung im Alter", "%", 1, 0.9, 0.03, "+0,5 Prozentpunkte"),
    ("Beschäftigungsquote", "%", 1, 53.0, 0.9, "+15,1 Prozentpunkte"),
    ("Wahlbeteiligung (Gemeinderatswahl)", "%", 1, 57.1, 0.8, "+11,4 Prozentpunkte"),
    ("Plätze in Kindertageseinrichtungen", "je 1.000 Kinder unter sechs Jahren", 0, 610.0, 4.0, "+64"),
    ("Wohnfläche", "m² je Einwohnerin und Einwohner", 1, 38.0, 0.5, "+8,2"),
    ("Insolvenzen", "je 10.000 Unternehmen", 1, 71.0, -2.0, "nicht vergleichbar wegen eines Bruchs der Reihe"),
)


def verlaufszeilen() -> list[Verlauf]:
    """Fifteen indicators: with breaks, elections, hidden and missing years, one without a number."""
    zeilen = []
    for i, (name, einheit, stellen, start, trend, wort) in enumerate(THEMEN):
        werte = [w if isinstance(w, str) else start + (w - start) * (start / 20) for w in gang(start, 17, i, 0)]
        punkte = reihe(name, [w if isinstance(w, str) else w + trend * j for j, w in enumerate(werte)], 2005).punkte
        zeilen.append(Verlauf(name, einheit, punkte, stellen, wort, "5,4" if stellen else "4.043.002"))
    zeilen[5] = replace(zeilen[5], brueche=((2009, "Neue Abgrenzung"),))
    zeilen[0] = replace(zeilen[0], brueche=((2011, "Zensus 2011"),))
    wahl = zip_punkte((2009, 2014, 2019), (57.13, 51.7, 62.9))
    zeilen[11] = replace(zeilen[11], punkte=tuple(wahl))
    punkte = [Punkt(p.jahr, None, "geheim") if p.jahr in (2012, 2013, 2021) else p for p in zeilen[9].punkte]
    zeilen[9] = replace(zeilen[9], punkte=tuple(punkte))
    zeilen[6] = replace(zeilen[6], punkte=tuple(p for p in zeilen[6].punkte if p.jahr not in (2010, 2011)))
    zeilen[14] = replace(zeilen[14], punkte=tuple(Punkt(p.jahr, None, "geheim") for p in zeilen[14].punkte))
    return zeilen


EINZELN: dict[str, Callable[[], Figure]] = {
    "steigung_regionen": lambda: draw_steigung(
        _steigungen(),
        Angaben(titel="Wahlbeteiligung (Gemeinderatswahl)", einheit="%"),
        ("2009", "2024"),
        Steigung(KREIS, 57.13, 68.49),
    ),
    "steigung_verborgen": _steigung_verborgen,
    "steigung_53": _steigung_53,
    "steigung_leer": lambda: draw_steigung(
        [Steigung("Zettlitz", None, None, "geheim", "fehlt")], PROZENT, ("2005", "2021")
    ),
    "steigung_ohne": lambda: draw_steigung([], PROZENT, ("2005", "2021")),
    "steigung_gleich": lambda: draw_steigung([Steigung(n, 4.5, 4.5) for n in REGIONSNAMEN], PROZENT, ("2005", "2021")),
    "steigung_schmal": lambda: draw_steigung(
        [Steigung(f"Sozialregion {s.name}", s.anfang, s.ende) for s in _steigungen()],
        Angaben(einheit="%", breite_cm=10.0),
        ("2009-06-07", "2024-06-09"),
        Steigung(KREIS, 57.13, 68.49),
    ),
    "verlaeufe_15": lambda: draw_verlaeufe(verlaufszeilen(), Angaben(), "Sachsen"),
    "verlaeufe_1": lambda: draw_verlaeufe(verlaufszeilen()[:1], Angaben(titel="Bevölkerung")),
    "verlaeufe_0": lambda: draw_verlaeufe([], Angaben(), "Sachsen"),
    "verlaeufe_ein_jahr": lambda: draw_verlaeufe([Verlauf("Wohnfläche", "m²", (Punkt(2021, 41.0),))], Angaben()),
}
MEHRERE: dict[str, Callable[[], tuple[Figure, ...]]] = {
    "vielfache_7": lambda: draw_vielfache(_felder(REGIONSNAMEN), PROZENT, _kreis(17, 2005)),
    "vielfache_5_luecken": vielfache_luecken,
    "vielfache_wahlen": _vielfache_wahlen,
    "vielfache_53": lambda: draw_vielfache(_felder(NAMEN), PROZENT, _kreis(17, 2005)),
    "vielfache_12": lambda: draw_vielfache(_felder(NAMEN[:12]), Angaben(einheit="%", hoehe_cm=20.0), _kreis(17, 2005)),
    "vielfache_1": lambda: draw_vielfache(_felder(["Freiberg"]), PROZENT),
    "vielfache_2_schmal": lambda: draw_vielfache(_felder(NAMEN[:2]), replace(PROZENT, breite_cm=9.0), _kreis(17, 2005)),
    "vielfache_ein_jahr": lambda: draw_vielfache([reihe(n, [w], 2024) for n, w in REGIONEN], PROZENT),
    "vielfache_gross": lambda: draw_vielfache(
        [reihe(n, [41000.0 - 300 * i - 2000 * k for i in range(24)], 2001) for k, n in enumerate(REGIONSNAMEN)],
        Angaben(einheit="Personen", nachkommastellen=0, brueche=BRUECHE),
    ),
    "vielfache_0": lambda: draw_vielfache([], PROZENT),
    "waerme_5x12": waerme_regionen,
    "waerme_5x12_quer": lambda: waerme_regionen(25.0),
    "waerme_53x8": lambda: draw_waerme(waermezeilen(), SPALTEN[:8], Angaben(titel="Gemeinden im Überblick, 2021")),
    "waerme_kopflos": lambda: draw_waerme(
        [Waermezeile("Süd", (), "gruppe"), Waermezeile("Flöha", (Waermezelle(4.0),))], SPALTEN[1:2], Angaben()
    ),
    "waerme_0": lambda: draw_waerme([], SPALTEN[:3], Angaben()),
}


# --------------------------------------------------------------------------------------------------
# anything a catalogue and a Kreis can throw at a chart


def zufaellig(saat: int) -> tuple[Figure, ...]:
    """A random chart, the same for the same seed."""
    return (_zufallsvielfache, _zufallssteigung, _zufallswaerme, _zufallsverlaeufe)[saat % 4](random.Random(saat))


def _zufallsreihe(zufall: random.Random, von: int, jahre: int, niveau: float) -> Reihe:
    arten = [zufall.choice(["g", "f", "", *"zzzzzzz"]) for _ in range(jahre)]
    werte = [round(niveau * zufall.uniform(0.7, 1.3), 3) if a == "z" else a for a in arten]
    return reihe(zufall.choice(LANGE_NAMEN), werte, von)


def _zufallsangaben(zufall: random.Random, niveau: float, von: int) -> Angaben:
    return Angaben(
        titel=zufall.choice(["", "Titel"]),
        einheit=zufall.choice(EINHEITEN),
        nachkommastellen=0 if abs(niveau) > 1000 else 1,
        brueche=tuple((von + zufall.randint(0, 20), "Zensus 2022") for _ in range(zufall.randint(0, 2))),
        breite_cm=zufall.choice([14.0, 16.0, 24.0]),
    )


def _niveau(zufall: random.Random) -> float:
    return zufall.choice([4.5, 66, 300000, 0.3, -5, 1200])


def _zufallsvielfache(zufall: random.Random) -> tuple[Figure, ...]:
    von, jahre, niveau = zufall.randint(1995, 2015), zufall.randint(1, 24), _niveau(zufall)
    felder = [_zufallsreihe(zufall, von, jahre, niveau) for _ in range(zufall.randint(1, 14))]
    kreis = replace(_zufallsreihe(zufall, von, jahre, niveau), rolle="vergleich")
    return draw_vielfache(felder, _zufallsangaben(zufall, niveau, von), kreis if zufall.random() > 0.2 else None)


def _zufallssteigung(zufall: random.Random) -> tuple[Figure, ...]:
    niveau, linien = _niveau(zufall), []
    for _ in range(zufall.randint(0, 20)):
        a, b = (zufall.choice(("wert", "wert", "wert", "wert", "geheim", "fehlt", "unsicher")) for _ in range(2))
        zahlen = [niveau * zufall.uniform(0.7, 1.3) if art == "wert" else None for art in (a, b)]
        linien.append(Steigung(zufall.choice(LANGE_NAMEN), zahlen[0], zahlen[1], a, b, zufall.random() > 0.9))
    angaben = replace(_zufallsangaben(zufall, niveau, 2005), brueche=())
    return (draw_steigung(linien, angaben, ("2005", "2021-12-31"), Steigung(KREIS, niveau, niveau * 0.9)),)


def _zufallswaerme(zufall: random.Random) -> tuple[Figure, ...]:
    n, zeilen = zufall.randint(1, 8), [Waermezeile("Sozialregion Nordost (Hainichen)", (), "gruppe")]
    for _ in range(zufall.randint(1, 70)):
        zeile = Waermezeile(zufall.choice(NAMEN), _zellen(zufall, n, 0.6))
        if zufall.random() < 0.3:
            zeile = _mit(zeile, zufall.randrange(n), Waermezelle(None, zufall.choice(("geheim", "fehlt", "unsicher"))))
        zeilen.append(zeile)
    return draw_waerme(zeilen, SPALTEN[:n], Angaben(titel=zufall.choice(["", "Titel"])))


def _zufallsverlaeufe(zufall: random.Random) -> tuple[Figure, ...]:
    zeilen = []
    for _ in range(zufall.randint(1, 15)):
        name, einheit, _, _, _, wort = zufall.choice(THEMEN)
        niveau, von = _niveau(zufall), zufall.randint(1995, 2015)
        punkte = _zufallsreihe(zufall, von, zufall.randint(1, 15), niveau).punkte
        brueche = ((von + 3, "Zensus 2022"),) if zufall.random() > 0.7 else ()
        zeilen.append(Verlauf(name, einheit, punkte, 0 if abs(niveau) > 1000 else 1, wort, "5,4", brueche))
    return (draw_verlaeufe(zeilen, Angaben(titel=zufall.choice(["", "Titel"])), zufall.choice(["", "Sachsen"])),)
