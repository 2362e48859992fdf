"""Charts that stand for everything a report can ask: used by the layout tests and the golden files."""

from __future__ import annotations

import random
from collections.abc import Callable
from typing import TYPE_CHECKING

from sozmon.diagramm import (
    Altersgruppe,
    Angaben,
    Balken,
    Block,
    Paar,
    Punkt,
    Reihe,
    Vergleich,
    draw_gestapelt,
    draw_gruppiert,
    draw_linie,
    draw_punkte,
    draw_pyramide,
    draw_rangfolge,
)
from sozmon.diagramm.modell import Rolle

if TYPE_CHECKING:
    from matplotlib.figure import Figure

PROZENT = Angaben(titel="Arbeitslosenanteil", einheit="%")
PERSONEN = Angaben(einheit="Personen", nachkommastellen=0)
# fmt: off
NAMEN = (
    "Freiberg", "Bobritzsch-Hilbersdorf", "Brand-Erbisdorf", "Dorfchemnitz", "Eppendorf", "Frauenstein",
    "Großhartmannsdorf", "Lichtenberg/Erzgeb.", "Mulda/Sa.", "Neuhausen/Erzgeb.", "Rechenberg-Bienenmühle",
    "Sayda", "Weißenborn/Erzgeb.", "Augustusburg", "Flöha", "Frankenberg/Sa.", "Leubsdorf", "Niederwiesa",
    "Oederan", "Burgstädt", "Claußnitz", "Hartmannsdorf", "Lichtenau", "Lunzenau", "Mühlau", "Penig", "Taura",
    "Altmittweida", "Erlau", "Geringswalde", "Königsfeld", "Königshain-Wiederau", "Kriebstein", "Mittweida",
    "Rochlitz", "Rossau", "Seelitz", "Wechselburg", "Zettlitz", "Döbeln", "Großweitzschen", "Hartha", "Leisnig",
    "Ostrau", "Roßwein", "Waldheim", "Zschaitz-Ottewig", "Großschirma", "Hainichen", "Halsbrücke", "Oberschöna",
    "Reinsberg", "Striegistal",
)
# fmt: on
REGIONEN = (
    ("Freiberg", 65.87),
    ("Südost (Sayda)", 70.68),
    ("Süd (Flöha)", 69.64),
    ("Südwest (Burgstädt)", 70.29),
    ("West (Mittweida)", 69.78),
    ("Nord (Döbeln)", 65.49),
    ("Nordost (Hainichen)", 72.33),
)


def reihe(name: str, werte: list[float | str], von: int = 2011, rolle: Rolle = "raum") -> Reihe:
    """'g' hidden, 'f' missing, '' no row at all, 'u4.0' uncertain."""
    punkte = []
    for i, w in enumerate(werte):
        if w == "g":
            punkte.append(Punkt(von + i, None, "geheim"))
        elif w == "f":
            punkte.append(Punkt(von + i, None, "fehlt"))
        elif isinstance(w, str) and w.startswith("u"):
            punkte.append(Punkt(von + i, float(w[1:]), "unsicher"))
        elif not isinstance(w, str):
            punkte.append(Punkt(von + i, w))
    return Reihe(name, tuple(punkte), rolle)


def gang(start: float, n: int, saat: int, trend: float = -0.3) -> list[float | str]:
    """A plausible series, the same at every run."""
    zufall, wert, ergebnis = random.Random(saat), start, list[float | str]()
    for _ in range(n):
        ergebnis.append(round(wert, 3))
        wert = max(0.2, wert + trend + zufall.uniform(-0.5, 0.5))
    return ergebnis


def _linien(n: int, jahre: int, breite: float = 16.0) -> Figure:
    namen = ["Sozialregion Nord (Döbeln)", "Landkreis Mittelsachsen", "Sachsen", "Deutschland"]
    reihen = [
        reihe(namen[i], gang(14 - i * 0.2, jahre, i, -0.4), 2024 - jahre, "vergleich" if i else "raum")
        for i in range(n)
    ]
    return draw_linie(reihen, Angaben(titel="Arbeitslosenanteil", einheit="%", breite_cm=breite))


def _luecken() -> Figure:
    angaben = Angaben(
        titel="Arbeitslosenanteil in Zettlitz",
        einheit="%",
        brueche=((2014, "Zensus 2011"), (2015, "Neue Abgrenzung der Arbeitslosen")),
    )
    zettlitz = reihe("Zettlitz", [5.1, 5.3, "g", "g", 4.9, "f", 4.2, 4.1, "g", 4.4, "u4.0"])
    return draw_linie([zettlitz, reihe("Landkreis Mittelsachsen", gang(6.1, 11, 5, -0.1), 2011, "vergleich")], angaben)


def _bruch() -> Figure:
    werte: list[float | str] = [322078 - i * 2100 for i in range(11)]
    angaben = Angaben(einheit="Personen", nachkommastellen=0, brueche=((2022, "Zensus 2022"),))
    return draw_linie([reihe("Landkreis Mittelsachsen", [*werte, 297766, 296431, 295100])], angaben)


def _wahlen() -> Figure:
    paare = ((2009, 52.1), (2014, 44.3), (2019, 56.5), (2024, 62.5))
    doebeln = Reihe("Döbeln", tuple(Punkt(j, w) for j, w in paare))
    kreis = Reihe("Landkreis Mittelsachsen", tuple(Punkt(j, w + 5) for j, w in paare), "vergleich")
    return draw_linie([doebeln, kreis], Angaben(titel="Wahlbeteiligung", einheit="%"))


def _alle_gemeinden() -> Figure:
    zufall = random.Random(7)
    balken = [Balken(n, round(zufall.uniform(1.5, 6.9), 2), hervorgehoben=n == "Döbeln") for n in NAMEN]
    balken[5], balken[38] = Balken("Frauenstein", None, "geheim"), Balken("Zettlitz", None, "geheim")
    balken[43], balken[20] = Balken("Ostrau", None, "fehlt", zeichen="n. b."), Balken("Claußnitz", None, "fehlt")
    return draw_rangfolge(balken, PROZENT, Vergleich("Landkreis Mittelsachsen", 4.52))


def _negativ() -> Figure:
    balken = [
        Balken("Görlitz", -6.2),
        Balken("Bad Muskau", -11.5, hervorgehoben=True),
        Balken("Niesky", 2.4),
        Balken("Löbau", -8.4),
        Balken("Groß Düben", None, "geheim"),
        Balken("Boxberg/O.L.", -4.0, "unsicher"),
    ]
    return draw_rangfolge(balken, Angaben(einheit="je 1.000"), Vergleich("Landkreis Görlitz", -7.3))


def _indikatoren() -> Figure:
    paare = [
        Paar("Arbeitslosenanteil", 5.2, 4.5),
        Paar("Anteil der 65-Jährigen und Älteren an der Bevölkerung", 28.1, 27.9),
        Paar("Wahlbeteiligung (Gemeinderatswahl)", 65.9, 68.5, hervorgehoben=True),
        Paar("SGB-II-Quote", None, 6.0, "geheim"),
        Paar("Grundsicherung im Alter", None, None, "fehlt", "geheim"),
        Paar("Jugendarbeitslosigkeit", 4.51, 4.53),
    ]
    return draw_punkte(paare, Angaben(einheit="%"), ("Freiberg", "Landkreis Mittelsachsen"))


ALTER = (
    (0, 3, 7475), (3, 6, 7650), (6, 10, 9730), (10, 15, 12456), (15, 18, 6742), (18, 20, 3545), (20, 25, 13028),
    (25, 30, 17568), (30, 35, 17575), (35, 40, 16348), (40, 45, 19318), (45, 50, 24509), (50, 55, 26858),
    (55, 60, 25200), (60, 65, 25347), (65, 75, 39272), (75, None, 41970),
)  # fmt: skip
"""Landkreis Mittelsachsen at 31.12.2013 (Kreisstatistik 2014): 314 591 people in 17 groups."""


def _pyramide(*, umriss: bool) -> Figure:
    gruppen = [
        Altersgruppe(von, bis, n * 0.49, n * 0.51, (n * 0.55, n * 0.5) if umriss else (None, None))
        for von, bis, n in ALTER
    ]
    gruppen[5] = Altersgruppe(18, 20, None, 1808.0)
    zeiten = ("31.12.2023", "31.12.2013" if umriss else "")
    return draw_pyramide(gruppen, zeiten, PERSONEN)


TEILE = ("unter 18 Jahre", "18 bis unter 65 Jahre", "65 Jahre und älter")


def _gestapelt() -> Figure:
    bloecke = [Block(n, (14.0 + i, 58.0 - i, 28.0)) for i, (n, _) in enumerate(REGIONEN)]
    bloecke[2] = Block("Süd (Flöha)", (None, None, 28.0), ("geheim", "geheim", "wert"))
    return draw_gestapelt([*bloecke, Block("Landkreis Mittelsachsen", (15.2, 57.0, 27.8), (), True)], TEILE, PROZENT)


def _gruppiert(vorzeichen: int) -> Figure:
    bloecke = [Block(n, (vorzeichen * w, w - 60)) for n, w in REGIONEN]
    bloecke[2] = Block("Süd (Flöha)", (None, 4.2), ("geheim", "wert"))
    return draw_gruppiert(bloecke, ("Frauen", "Männer"), Angaben(einheit="%"))


def _vorausberechnung() -> Figure:
    punkte = tuple(Punkt(2014 + i, 310000.0 - 1500 * i) for i in range(27))
    verlauf = Reihe("Landkreis Mittelsachsen", punkte, vorausberechnet_ab=2024)
    return draw_linie([verlauf], Angaben(einheit="Personen", nachkommastellen=0))


FAELLE: dict[str, Callable[[], Figure]] = {
    "pyramide": lambda: _pyramide(umriss=False),
    "pyramide_umriss": lambda: _pyramide(umriss=True),
    "gestapelt": _gestapelt,
    "gruppiert": lambda: _gruppiert(1),
    "gruppiert_negativ": lambda: _gruppiert(-1),
    "linie_vorausberechnung": _vorausberechnung,
    "linie_1x5": lambda: _linien(1, 5),
    "linie_2x11": lambda: _linien(2, 11),
    "linie_4x24": lambda: _linien(4, 24),
    "linie_4x17_schmal": lambda: _linien(4, 17, 9.0),
    "linie_3x17_breit": lambda: _linien(3, 17, 25.0),
    "linie_luecken": _luecken,
    "linie_bruch": _bruch,
    "linie_wahlen": _wahlen,
    "linie_negativ": lambda: draw_linie([reihe("Döbeln", [-344, -322, -100, 50, 210, -20, -400])], PERSONEN),
    "linie_gleich": lambda: draw_linie([reihe(n, [4.5] * 6) for n in ("Freiberg", "Döbeln", "Flöha")], PROZENT),
    "linie_sieben": lambda: draw_linie(
        [reihe(n, gang(8, 24, i, -0.2), 2001) for i, (n, _) in enumerate(REGIONEN)], PROZENT
    ),
    "linie_alle_geheim": lambda: draw_linie([reihe("Zettlitz", ["g"] * 10)], PROZENT),
    "linie_alle_fehlen": lambda: draw_linie([reihe("Zettlitz", ["f"] * 10)], PROZENT),
    "linie_ein_punkt": lambda: draw_linie([reihe("Zettlitz", [4.2])], PROZENT),
    "linie_ein_jahr": lambda: draw_linie([reihe(n, [4.2 + i / 10]) for i, (n, _) in enumerate(REGIONEN)], PROZENT),
    "linie_ohne_reihen": lambda: draw_linie([], PROZENT),
    "linie_winzig": lambda: draw_linie(
        [reihe("Freiberg", [65.91, 65.92, 65.9])], Angaben(einheit="%", nachkommastellen=2)
    ),
    "linie_riesig": lambda: draw_linie([reihe("Deutschland", [83237124, 84358845, 83445000])], PERSONEN),
    "rangfolge_53": _alle_gemeinden,
    "rangfolge_7": lambda: draw_rangfolge([Balken(n, w) for n, w in REGIONEN], PROZENT, Vergleich("Kreis", 68.49)),
    "rangfolge_1": lambda: draw_rangfolge([Balken("Freiberg", 297766)], PERSONEN),
    "rangfolge_0": lambda: draw_rangfolge([], PERSONEN),
    "rangfolge_negativ": _negativ,
    "rangfolge_alle_geheim": lambda: draw_rangfolge([Balken(n, None, "geheim") for n in NAMEN[:5]], PROZENT),
    "rangfolge_gruppen": lambda: draw_rangfolge(
        [Balken(n, i % 7 + 0.5, gruppe="Südost (Sayda)" if i % 2 else "Freiberg") for i, n in enumerate(NAMEN[:12])],
        PROZENT,
        Vergleich("Landkreis Mittelsachsen", 6.4),
    ),
    "rangfolge_ungleich": lambda: draw_rangfolge(
        [Balken("Freiberg", 40485), Balken("Zettlitz", 656), Balken("Kreis", 297766)], PERSONEN
    ),
    "punkte_7": lambda: draw_punkte([Paar(n, w, 68.49) for n, w in REGIONEN], PROZENT, ("Region", "Landkreis")),
    "punkte_indikatoren": _indikatoren,
    "punkte_1": lambda: draw_punkte([Paar("Freiberg", 5.2, 4.5)], PROZENT),
    "punkte_0": lambda: draw_punkte([], PROZENT),
}


# --------------------------------------------------------------------------------------------------
# anything a catalogue and a Kreis can throw at a chart

EINHEITEN = ("%", "Personen", "je 1.000 Einwohnerinnen und Einwohner")
LANGE_NAMEN = (*NAMEN, "Landkreis Mittelsachsen", "Sozialregion Nordost (Hainichen)", "Bundesrepublik Deutschland")
BRUCHGRUENDE = ("Zensus 2011", "Neue Abgrenzung", "Zensus 2022: neue Grundlage der Fortschreibung")


def zufaellig(saat: int) -> Figure:
    """A random chart, the same for the same seed."""
    zufall = random.Random(saat)
    return (_zufallslinie, _zufallslinie, _zufallsrangfolge, _zufallspunkte)[saat % 4](zufall)


def _wert(zufall: random.Random, niveau: float) -> float:
    return round(niveau * zufall.uniform(0.7, 1.3), 3)


def _zufallslinie(zufall: random.Random) -> Figure:
    von, jahre = zufall.randint(1995, 2015), zufall.randint(1, 24)
    niveau = zufall.choice([4.5, 66, 300000, 0.3, -5, 1200, 83e6])
    reihen = []
    for _ in range(zufall.randint(1, 8)):
        werte = [zufall.choice(["g", "f", "", "z", "z", "z", "z", "z", "z", "z"]) for _ in range(jahre)]
        zahlen = [_wert(zufall, niveau) if w == "z" else w for w in werte]
        reihen.append(reihe(zufall.choice(LANGE_NAMEN), zahlen, von, zufall.choice(("raum", "vergleich"))))
    angaben = Angaben(
        titel=zufall.choice(["", "Titel"]),
        einheit=zufall.choice(EINHEITEN),
        nachkommastellen=0 if abs(niveau) > 1000 else 1,
        brueche=tuple(
            (von + zufall.randint(0, jahre), zufall.choice(BRUCHGRUENDE)) for _ in range(zufall.randint(0, 3))
        ),
        breite_cm=zufall.choice([12.0, 16.0, 24.0]),
    )
    return draw_linie(reihen, angaben)


def _zufallsrangfolge(zufall: random.Random) -> Figure:
    niveau, anzahl = zufall.choice([4.5, 66, 300000, -5]), zufall.randint(0, 60)
    balken = []
    for _ in range(anzahl):
        name, gruppe = zufall.choice(NAMEN), zufall.choice(["", "A"]) if anzahl > 40 else ""
        if zufall.random() < 0.15:
            balken.append(Balken(name, None, zufall.choice(("geheim", "fehlt", "unsicher")), gruppe=gruppe))
        else:
            wert = niveau * zufall.uniform(-0.2, 1.5)
            balken.append(Balken(name, wert, hervorgehoben=zufall.random() > 0.9, gruppe=gruppe))
    vergleich = Vergleich("Landkreis Mittelsachsen", niveau * zufall.uniform(0, 2)) if zufall.random() > 0.3 else None
    return draw_rangfolge(balken, Angaben(einheit="%", nachkommastellen=zufall.choice([0, 1])), vergleich)


def _zufallspunkte(zufall: random.Random) -> Figure:
    niveau = zufall.choice([4.5, 66, 300000, -5])
    paare = []
    for _ in range(zufall.randint(0, 12)):
        a, b = (zufall.choice(("wert", "wert", "wert", "wert", "geheim", "fehlt")) for _ in range(2))
        zahlen = [_wert(zufall, niveau) if art == "wert" else None for art in (a, b)]
        name = zufall.choice((*NAMEN, "Anteil der 65-Jährigen und Älteren an der Bevölkerung insgesamt"))
        paare.append(Paar(name, zahlen[0], zahlen[1], a, b, zufall.random() > 0.8))
    angaben = Angaben(einheit=zufall.choice(EINHEITEN), nachkommastellen=0 if abs(niveau) > 1000 else 1)
    return draw_punkte(paare, angaben, ("Sozialregion", "Landkreis Mittelsachsen"))
