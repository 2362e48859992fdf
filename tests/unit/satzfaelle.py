"""Indicators as they stand in German Sozialberichte, with invented numbers, and every kind of sentence.

One list for the tests that read sentences by rules and for the golden file that was read by eye. The titles are those
of the shipped catalogue and of other reports; the numbers are no real district's.
"""

# ruff: noqa: E501 (one Indikator a line)

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace

from sozmon import sprache
from sozmon.model import Bruch, Indikator, Indikatorwert, Status, Teil

ZENSUS = Bruch("2022", "Zensus 2022")
GLIEDERUNGEN = {"sozialregionen": "Sozialregionen"}
KREIS, LAND = "Auental", "Birkenland"
REGIONEN = ("Auenfurt", "West (Neuwehr)", "Süd (Lindenau)", "Mitte (Altmoor)", "Ost (Röderfurt)")
GEMEINDEN = (
    "Auenfurt", "Neuwehr", "Lindenau", "Altmoor", "Röderfurt", "Torfhagen", "Moorbach", "Hohental", "Seeberg", "Wiesa",
)  # fmt: skip
LAGE_ALT, LAGE_NEU = (-0.9, 0.4, 1.0, -0.2, 0.7), (-1.0, 0.1, 0.5, -0.4, 1.6)
"""Where the regions lie around the Kreis, in units of ``streuung``."""


@dataclass(frozen=True)
class Fall:
    """An Indikator, two times, Kreis then and now, Land and Bund now (None = no number), spread of the regions."""

    titel: str
    einheit: str
    verfahren: str
    stellen: int
    richtung: str
    zeiten: tuple[str, str]
    kreis: tuple[float, float]
    land: float | None
    bund: float | None
    streuung: float
    reihenfolge: int = 1000

    @property
    def indikator(self) -> Indikator:
        return Indikator(
            kennung=f"fall_{self.titel}_{self.einheit}",
            titel=self.titel,
            kurz=self.titel[:28],
            beschreibung="",
            dimension="teilhabe",
            thema="",
            einheit=self.einheit,
            zaehler=(Teil("x"),),
            verfahren=self.verfahren,
            nachkommastellen=self.stellen,
            richtung=self.richtung,
            reihenfolge=self.reihenfolge,
        )

    def wert(self, zahl: float | None, raum: str, ebene: str, zeit: str = "", **anders: object) -> Indikatorwert:
        status = anders.pop("status", Status.WERT if zahl is not None else Status.GEHEIM)
        return Indikatorwert(
            f"{ebene}:{raum}", raum, ebene, zeit or self.zeiten[1], self.indikator.kennung, "",
            None, None, zahl, None, None, self.einheit, status, **anders,  # type: ignore[arg-type]
        )  # fmt: skip

    def im_kreis(self, nr: int) -> Indikatorwert:
        return self.wert(self.kreis[nr], KREIS, "kreis", self.zeiten[nr])

    @property
    def darueber(self) -> list[Indikatorwert]:
        oben = (self.wert(self.land, LAND, "land"), self.wert(self.bund, "Deutschland", "bund"))
        return [w for w in oben if w.ist_zahl]

    def in_regionen(self, nr: int) -> list[Indikatorwert]:
        lage = (LAGE_ALT, LAGE_NEU)[nr]
        anteil = 0.2 if self.verfahren == "anzahl" else 1.0
        return [
            self.wert(self.kreis[nr] * anteil + lage[i] * self.streuung, name, "sozialregionen", self.zeiten[nr])
            for i, name in enumerate(REGIONEN)
        ]


M, P, T = ("2018-03-01", "2022-03-01"), ("2017-12-15", "2021-12-15"), ("2017-06-30", "2021-06-30")
L, U = ("2014-08-31", "2019-09-01"), ("2022-01-31", "2023-01-31")
J, E, W, S = ("2017", "2021"), ("2017-12-31", "2021-12-31"), ("2019-05-26", "2024-06-09"), ("2018/19", "2022/23")
N, B, G = "neutral", "hoch_belastet", "hoch_guenstig"
FAELLE = (
    Fall("Bevölkerung", "Personen", "anzahl", 0, N, E, (308153, 299329), 4043002, 83237124, 9000, 110),
    Fall("Bevölkerungsentwicklung zum Vorjahr", "%", "veraenderung", 1, N, E, (-0.6, -0.8), -0.3, 0.1, 0.3, 120),
    Fall("Bevölkerungsdichte", "Einwohner je km²", "verhaeltnis", 0, N, E, (146, 141), 219, 233, 60, 130),
    Fall("Siedlungs- und Verkehrsfläche", "%", "uebernommen", 1, N, E, (12.0, 12.3), 15.0, 14.5, 2.6, 140),
    Fall("Anteil der Kinder unter 3 Jahren", "%", "anteil", 1, N, E, (2.5, 2.3), 2.6, 2.8, 0.1, 210),
    Fall("Anteil der Kinder von 3 bis unter 6 Jahren", "%", "anteil", 1, N, E, (2.6, 2.6), 2.8, 2.9, 0.1, 220),
    Fall("Anteil der Minderjährigen", "%", "anteil", 1, N, E, (15.1, 15.6), 16.3, 16.7, 0.6, 230),
    Fall("Anteil der Menschen ab 65 Jahren", "%", "anteil", 1, N, E, (26.6, 28.5), 26.9, 22.1, 1.4, 240),
    Fall("Anteil der Menschen ab 75 Jahren", "%", "anteil", 1, N, E, (13.9, 14.9), 14.0, 11.4, 0.9, 250),
    Fall("Jugendquotient", "je 100", "verhaeltnis", 1, N, E, (30.1, 32.0), 32.6, 31.5, 1.1, 260),
    Fall("Jugendquotient (unter 18)", "je 100", "verhaeltnis", 1, N, E, (26.2, 28.0), 28.5, 27.3, 1.0, 261),
    Fall("Altenquotient", "je 100", "verhaeltnis", 1, B, E, (48.0, 53.2), 48.3, 37.6, 3.2, 270),
    Fall("Gesamtquotient", "je 100", "verhaeltnis", 1, B, E, (78.1, 85.2), 80.9, 69.1, 3.7, 280),
    Fall("Alterungsindex", "je 100", "verhaeltnis", 1, B, E, (176.2, 182.7), 165.0, 132.3, 14, 290),
    Fall("Geburtenrate", "je 1.000", "rate", 1, N, J, (8.1, 7.2), 8.0, 9.6, 0.5, 310),
    Fall("Sterberate", "je 1.000", "rate", 1, N, J, (14.2, 17.1), 15.3, 12.3, 0.9, 320),
    Fall("Natürlicher Saldo", "je 1.000", "veraenderung", 1, N, J, (-6.2, -9.9), -7.3, -2.7, 1.2, 330),
    Fall("Wanderungssaldo", "je 1.000", "veraenderung", 1, G, J, (0.4, 2.1), 4.5, 4.0, 1.9, 340),
    Fall("Anteil der Alleinstehenden an den Lebensformen", "%", "anteil", 0, N, J, (41, 42), 46, 44, 0, 410),
    Fall("Gesamtbetrag der Einkünfte je Steuerpflichtigen", "€", "verhaeltnis", 0, G, J, (31240, 35418), 36021, 41210, 900, 110),
    Fall("Verfügbares Haushaltseinkommen je Einwohner", "€ im Monat", "uebernommen", 0, G, J, (1652, 1790), 1801, 1990, 0, 120),
    Fall("Mindestsicherungsquote", "%", "anteil", 1, B, E, (6.0, 5.4), 7.4, 8.3, 1.2, 210),
    Fall("SGB-II-Quote", "%", "anteil", 1, B, J, (8.8, 6.2), 7.6, 8.2, 1.6, 220),
    Fall("Kinderarmut (SGB II, unter 15 Jahren)", "%", "anteil", 1, B, J, (12.4, 9.1), 11.8, 13.2, 2.4, 230),
    Fall("Grundsicherung im Alter", "%", "anteil", 1, B, E, (1.0, 1.1), 1.6, 3.2, 0.3, 240),
    Fall("Haushalte mit Wohngeld", "je 1.000", "rate", 1, N, E, (16.4, 17.9), 18.2, 14.1, 2.1, 250),
    Fall("Abgänge ohne Hauptschulabschluss", "%", "uebernommen", 1, B, S, (8.0, 8.6), 8.3, 6.6, 0, 110),
    Fall("Schulabgänge ohne Abschluss", "%", "anteil", 1, B, S, (8.2, 8.2), 8.3, None, 2.1, 120),
    Fall("Abschlüsse mit allgemeiner Hochschulreife", "%", "anteil", 1, G, S, (27.6, 29.4), 33.2, 33.9, 4.5, 130),
    Fall("Betreuungsquote der Kinder unter 3 Jahren", "%", "anteil", 1, N, M, (53.2, 55.8), 53.1, 35.5, 3.0, 210),
    Fall("Hilfen zur Erziehung", "je 1.000", "rate", 1, B, E, (24.8, 26.1), 27.0, None, 5.2, 220),
    Fall("Inobhutnahmen", "je 10.000", "rate", 1, B, J, (41.2, 37.5), 44.0, 31.8, 8.1, 230),
    Fall("Kinder mit Sprachauffälligkeiten", "%", "anteil", 1, B, S, (26.0, 33.5), 31.0, None, 4.4, 310),
    Fall("Übergewicht bei der Einschulung", "%", "anteil", 1, B, S, (7.9, 8.4), 8.1, None, 1.3, 320),
    Fall("Pflegebedürftige in häuslicher Pflege", "%", "anteil", 1, N, P, (72.4, 80.1), 79.2, 84.0, 3.3, 330),
    Fall("Anteil der schwerbehinderten Menschen", "%", "anteil", 1, N, E, (9.6, 9.9), 9.7, 9.4, 0.4, 340),
    Fall("Untergebrachte wohnungslose Menschen", "je 10.000", "rate", 1, B, U, (2.4, 3.1), 5.2, 44.1, 1.3, 410),
    Fall("Wohnfläche je Einwohner", "Quadratmeter", "verhaeltnis", 1, N, E, (43.1, 45.2), 43.9, 47.7, 2.2, 420),
    Fall("Wahlbeteiligung bei der Gemeinderatswahl", "%", "anteil", 1, G, W, (61.2, 68.5), 66.0, None, 2.7, 110),
    Fall("Wahlbeteiligung bei der Landtagswahl", "%", "anteil", 1, G, L, (47.9, 65.8), 66.5, None, 2.2, 120),
    Fall("Beschäftigungsquote", "%", "anteil", 1, G, T, (65.7, 67.9), 64.8, 62.2, 1.7, 210),
    Fall("Medianentgelt in Vollzeit", "€", "uebernommen", 0, G, E, (2330, 2716), 2870, 3516, 95, 220),
    Fall("Teilzeitquote der Männer", "%", "anteil", 1, N, T, (9.0, 10.7), 11.9, 12.2, 0.9, 230),
    Fall("Ausschließlich geringfügig Beschäftigte", "Personen", "anzahl", 0, N, T, (10214, 9020), 141030, 4103500, 140, 240),
    Fall("Arbeitslosenanteil", "%", "anteil", 1, B, J, (5.2, 4.5), 5.0, 4.8, 0.6, 310),
    Fall("Arbeitslose im Rechtskreis SGB II", "%", "anteil", 1, B, J, (63.1, 58.9), 64.0, 62.8, 3.5, 320),
    Fall("Einpersonenhaushalte", "%", "anteil", 1, N, E, (39.8, 41.0), 45.8, 41.7, 2.1, 410),
    Fall("Verbraucherinsolvenzen", "je 10.000", "rate", 1, B, J, (6.4, 5.8), 8.9, 9.5, 1.1, 420),
    Fall("Straftaten (Häufigkeitszahl)", "je 100.000", "rate", 0, B, J, (4120, 3950), 5912, 6070, 690, 430),
    Fall("Alleinerziehende", "Personen", "anzahl", 0, N, E, (8120, 8120), None, None, 130, 440),
    Fall("Lebenserwartung bei Geburt", "Jahre", "uebernommen", 1, G, J, (80.4, 80.9), 80.6, 80.8, 0, 450),
)  # fmt: skip
OHNE_ZAHL = sorted(s for s in Status if s not in (Status.WERT, Status.NULL_GENAU, Status.NULL_GERUNDET))


def regelsaetze(fall: Fall) -> Iterator[str]:
    """What a chapter says of an Indikator: Befund, group, rank, spread, core statement."""
    i, alt, neu, g = fall.indikator, fall.im_kreis(0), fall.im_kreis(1), GLIEDERUNGEN
    regionen = [fall.in_regionen(0), fall.in_regionen(1)]
    vorher = None if fall.verfahren == "veraenderung" else alt
    andere = [] if fall.verfahren == "anzahl" else fall.darueber
    yield sprache.absatz_befund(neu, i, vorher, andere, gliederungen=g)
    if vorher:
        yield sprache.satz_entwicklung(alt, neu, i, gliederungen=g)
    yield sprache.satz_kernaussage(neu, i, vorher, andere, gliederungen=g)
    if fall.streuung:
        if vorher:
            yield sprache.satz_gruppe(list(zip(*regionen, strict=True)), i, gliederungen=g)
        yield sprache.satz_rang(regionen[1][len(fall.titel) % 5], regionen[1], i, gliederungen=g)
        yield sprache.satz_spannweite(regionen[1], i, gliederungen=g)
        orte = [fall.wert(fall.kreis[1] * (1 + n / 20), ort, "gemeinde") for n, ort in enumerate(GEMEINDEN[:9], -4)]
        yield sprache.satz_rang(orte[3], orte, i)


def luecken(fall: Fall, status: Status) -> Iterator[str]:
    """The same Indikator where a number is missing."""
    i, alt, neu, g = fall.indikator, fall.im_kreis(0), fall.im_kreis(1), GLIEDERUNGEN
    ohne = fall.wert(None, "Torfhagen", "gemeinde", status=status)
    regionen = fall.in_regionen(1)
    verborgen = [*regionen[:3], *(fall.wert(None, n, "sozialregionen", status=status) for n in REGIONEN[3:])]
    yield sprache.satz_stand(ohne, i, gliederungen=g)
    yield sprache.satz_entwicklung(fall.wert(4.2, "Torfhagen", "gemeinde", fall.zeiten[0]), ohne, i, gliederungen=g)
    land = fall.wert(None, LAND, "land", status=status)
    yield sprache.satz_vergleich(neu, [land, *fall.darueber[1:]], i, gliederungen=g)
    yield sprache.satz_gruppe(list(zip(fall.in_regionen(0), verborgen, strict=True)), i, gliederungen=g)
    yield sprache.satz_rang(regionen[1], verborgen, i, gliederungen=g)
    yield sprache.absatz_befund(neu, i, fall.wert(None, KREIS, "kreis", alt.zeit, status=status), ())


def brueche(fall: Fall) -> Iterator[str]:
    """Across a Bruch, across two Quellen, with marks."""
    i, alt, neu, g = fall.indikator, fall.im_kreis(0), fall.im_kreis(1), GLIEDERUNGEN
    b = (Bruch(fall.zeiten[1][:4], "Zensus 2022"),)
    yield sprache.satz_entwicklung(alt, neu, i, b)
    yield sprache.absatz_befund(neu, i, alt, fall.darueber, b)
    yield sprache.satz_kernaussage(neu, i, alt, fall.darueber, b)
    paare = list(zip(fall.in_regionen(0), fall.in_regionen(1), strict=True))
    yield sprache.satz_gruppe(paare, i, b, gliederungen=g)
    register = fall.wert(fall.kreis[0], KREIS, "kreis", fall.zeiten[0], quelle="register")
    yield sprache.satz_entwicklung(register, neu, i)
    vorlaeufig = fall.wert(fall.kreis[1], KREIS, "kreis", kennzeichen="p")
    geschaetzt = fall.wert(fall.kreis[0], KREIS, "kreis", fall.zeiten[0], umrechnung="geschaetzt")
    yield sprache.satz_entwicklung(geschaetzt, vorlaeufig, i)
    yield sprache.satz_kernaussage(vorlaeufig, i, geschaetzt, fall.darueber)


GRUPPEN: dict[str, tuple[tuple[float | None, float | None], ...]] = {
    "alle gesunken": ((5.2, 4.1), (6.0, 5.5), (4.4, 4.0)),
    "alle gleich stark": ((5.0, 4.0), (6.0, 5.0), (4.5, 3.5)),
    "beide gestiegen": ((5.0, 6.2), (4.0, 4.3)),
    "gegenläufig": ((5.0, 6.2), (4.0, 3.3)),
    "alle unverändert": ((5.0, 5.0), (4.0, 4.0), (3.0, 3.0)),
    "alle nahezu unverändert": ((5.01, 5.04), (4.0, 4.0), (3.0, 3.0)),
    "mehrheitlich unverändert": ((5.0, 5.0), (4.0, 4.0), (3.0, 3.0), (2.0, 2.3)),
    "Gleichstand an der Spitze": ((5.0, 4.0), (6.0, 5.0), (4.0, 3.6), (3.0, 3.2)),
    "zwei andere": ((5.0, 4.0), (6.0, 5.6), (4.0, 3.6), (3.0, 3.2), (3.0, 3.5)),
    "viele andere": tuple((5.0, 4.0 - n / 10) for n in range(6)) + tuple((3.0, 3.2 + n / 10) for n in range(4)),
    "zwei geheim": ((5.0, 4.0), (6.0, 5.6), (4.0, None), (None, 3.2)),
    "nur einer mit Werten": ((5.0, 4.0), (6.0, None), (4.0, None)),
    "alle geheim": ((5.0, None), (6.0, None)),
}
"""Pairs of a share in several Gemeinden: every way in which a group can develop."""


def gruppen(fall: Fall) -> Iterator[str]:
    """A group of Gemeinden in every way, and every reason to leave one out in one sentence."""

    def paar(ort: str, a: float | None, b: float | None, **anders: object) -> tuple[Indikatorwert, Indikatorwert]:
        alt = fall.wert(a, ort, "gemeinde", fall.zeiten[0])
        return alt, fall.wert(b, ort, "gemeinde", **anders)

    for zahlen in GRUPPEN.values():
        paare = [paar(ort, a, b) for ort, (a, b) in zip(GEMEINDEN, zahlen, strict=False)]
        yield sprache.satz_gruppe(paare, fall.indikator)
    da = [
        paar("Auenfurt", 5.0, 4.0),
        paar("Neuwehr", 6.0, 5.7),
        paar("Lindenau", 4.0, None),
        paar("Seeberg", 4.0, None),
    ]
    fehlt = paar("Altmoor", 4.0, None, status=Status.NICHT_GELIEFERT)
    neu = paar("Röderfurt", None, 4.0)
    neu = (replace(neu[0], status=Status.RAUM_BESTAND_NICHT), neu[1])
    quelle = paar("Torfhagen", 4.0, 5.0, quelle="register")
    yield sprache.satz_gruppe([*da, fehlt, neu, quelle], fall.indikator)
    yield sprache.satz_gruppe([*da[:2], neu], fall.indikator)
    yield sprache.satz_gruppe([*da[:2], quelle, fehlt], fall.indikator)


def auswahl() -> tuple[str, ...]:
    """What stands out among all of them."""
    lagen = [
        sprache.Befundlage(f.indikator, [f.im_kreis(0), f.im_kreis(1)], (f.darueber or [None])[0], f.in_regionen(1))
        for f in FAELLE
        if f.streuung
    ]
    return sprache.satz_auswahl(lagen, 9, gliederungen=GLIEDERUNGEN)


def saetze() -> list[str]:
    """Every sentence of the golden file, with a heading for each Indikator."""
    zeilen = []
    for fall in FAELLE:
        zeilen += ["", f"## {fall.titel} ({fall.einheit})", "", *regelsaetze(fall)]
    arbeit = next(f for f in FAELLE if f.titel == "Arbeitslosenanteil")
    gleiche = (Status.GEHEIM_QUELLE, Status.NICHT_FREIGEGEBEN)  # say the same as geheim
    for status in (s for s in OHNE_ZAHL if s not in gleiche):
        zeilen += ["", f"## Ohne Zahl: {status}", "", *luecken(arbeit, status)]
    zeilen += ["", "## Gruppen von Gemeinden: Arbeitslosenanteil", "", *gruppen(arbeit)]
    zeilen += ["", "## Die auffälligsten Befunde", "", *auswahl()]
    for titel in ("Bevölkerung", "Mindestsicherungsquote"):
        fall = next(f for f in FAELLE if f.titel == titel)
        zeilen += ["", f"## Bruch, andere Quelle, Kennzeichen: {titel}", "", *brueche(fall)]
    return zeilen
