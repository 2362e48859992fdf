"""The tables of the Regionaldatenbank, the Regionalatlas and the Zensus in their ffcsv shapes."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence

from .gebiet import FOLGEJAHR, FUSIONSGEMEINDE, GEMEINDEN, JAHRE, KREIS, TEILE_DER_FUSION, VORJAHRE, gemeinden_am
from .merkmale import Merkmale, anteil
from .modell import GRUPPEN, Modell, zwischen
from .raeume import Zeile, gemeindetabelle, kreiszeilen
from .text import Messung, Tabelle, als_zip, ffcsv_alt, ffcsv_neu

GEMEIN, KREISE = ("GEMEIN", "Gemeinden"), ("KREISE", "Kreise und kreisfreie Städte")
STAG, JAHR = ("STAG", "Stichtag"), ("JAHR", "Jahr")
FORTSCHREIBUNG = ("12411", "Fortschreibung des Bevölkerungsstandes")
GESCHLECHT = (("", "Insgesamt", None), ("GESM", "männlich", 0), ("GESW", "weiblich", 1))
FEHLT = ("040", 2018)
"""No Beschäftigte were delivered for this Gemeinde (last three digits) in this year."""


def altersgruppe(von: int, bis: int) -> tuple[str, str]:
    """Code and label of one of the 17 age groups."""
    if bis > 100:
        return f"ALT{von:03d}UM", f"{von} Jahre und mehr"
    if von == 0:
        return f"ALT{von:03d}B{bis:02d}", f"unter {bis} Jahre"
    return f"ALT{von:03d}B{bis:02d}", f"{von} bis unter {bis} Jahre"


def _geschlecht(code: str, name: str) -> tuple[str, str, str, str]:
    return ("GES", "Geschlecht", code, name)


def _alter(code: str, name: str) -> tuple[str, str, str, str]:
    return ("ALTX20", "Altersgruppen (unter 3 bis 75 u. m.)", code, name)


def bevoelkerung_alter(modell: Modell, jahre: Iterable[int] = JAHRE) -> Tabelle:
    """12411-02-03-5: 17 age groups by sex, every Gemeinde of the Kreis, ten years; from 2022 basis Zensus 2022."""
    t = Tabelle(FORTSCHREIBUNG, STAG, GEMEIN, {"BEVSTD": ("Bevölkerungsstand", "Anzahl")})
    gruppen = [(0, 101, "", "Insgesamt"), *((v, b, *altersgruppe(v, b)) for v, b in GRUPPEN)]
    for jahr in jahre:
        for zeile in gemeindetabelle(nur_eigene=True):
            zellen = modell.bevoelkerung(zeile.teile, jahr)
            for ges, ges_name, s in GESCHLECHT:
                for von, bis, code, name in gruppen:
                    wert = str(zwischen(zellen, von, bis, s)) if zeile.besteht(jahr) else "-"
                    schluessel = (_geschlecht(ges, ges_name), _alter(code, name))
                    t.messungen.append(Messung(zeile, f"{jahr}-12-31", schluessel, "BEVSTD", wert))
    return t


def bevoelkerung_kreise(modell: Modell, jahre: tuple[int, ...], basis: str) -> Tabelle:
    """12411-01-01-4: Kreise and Land by sex."""
    t = Tabelle(FORTSCHREIBUNG, STAG, KREISE, {"BEVSTD": ("Bevölkerungsstand", "Anzahl")})
    for jahr in jahre:
        for zeile in kreiszeilen():
            zellen = modell.bevoelkerung(zeile.teile, jahr, basis)
            for code, name, s in GESCHLECHT:
                wert = str(zwischen(zellen, 0, 101, s))
                t.messungen.append(Messung(zeile, f"{jahr}-12-31", (_geschlecht(code, name),), "BEVSTD", wert))
    return t


def _jahrestabelle(
    statistik: tuple[str, str],
    masse: dict[str, tuple[str, str]],
    wert: Callable[[Zeile, int, str], int],
    jahre: Sequence[int],
) -> Tabelle:
    """A yearly table of the Gemeinde level without further variables; the newest year is provisional."""
    t = Tabelle(statistik, JAHR, GEMEIN, masse, guete=True)
    for jahr in jahre:
        for zeile in gemeindetabelle(nur_eigene=True):
            for mass in masse:
                text = str(wert(zeile, jahr, mass)) if zeile.besteht(jahr) else "-"
                guete = ("p" if jahr == max(jahre) else "e") if text != "-" else ""
                t.messungen.append(Messung(zeile, str(jahr), (), mass, text, guete))
    return t


def bewegungen(modell: Modell, jahre: Sequence[int] = JAHRE) -> dict[str, Tabelle]:
    """12612, 12613, 12711: births, deaths, moves across Gemeinde borders."""
    felder = {"BEV901": "geburten", "BEV902": "gestorbene", "BEV981": "zuzuege", "BEV982": "fortzuege"}

    def wert(zeile: Zeile, jahr: int, mass: str) -> int:
        innen = modell.binnen(zeile.teile, jahr) if mass in wanderung else 0
        return modell.summe(zeile.teile, jahr, felder[mass]) - innen

    wanderung = {
        "BEV981": ("Zuzüge über Gemeindegrenzen", "Anzahl"),
        "BEV982": ("Fortzüge über Gemeindegrenzen", "Anzahl"),
    }
    return {
        "12612-91-01-5": _jahrestabelle(
            ("12612", "Statistik der Geburten"), {"BEV901": ("Lebendgeborene", "Anzahl")}, wert, jahre
        ),
        "12613-91-01-5": _jahrestabelle(
            ("12613", "Statistik der Sterbefälle"), {"BEV902": ("Gestorbene", "Anzahl")}, wert, jahre
        ),
        "12711-91-01-5": _jahrestabelle(("12711", "Wanderungsstatistik"), wanderung, wert, jahre),
    }


def arbeitslose(m: Merkmale, jahre: Iterable[int] = (2022, 2023)) -> Tabelle:
    """13211-01-03-5: Arbeitslose, annual mean, for the years after the INKAR workbook."""
    t = Tabelle(
        ("13211", "Arbeitsmarktstatistik der Bundesagentur für Arbeit"),
        JAHR,
        GEMEIN,
        {"ERWP06": ("Arbeitslose", "Anzahl")},
    )
    for jahr in jahre:
        for zeile in gemeindetabelle(nur_eigene=True):
            wert = str(sum(m.arbeitslose[a][jahr] for a in zeile.teile)) if zeile.besteht(jahr) else "-"
            t.messungen.append(Messung(zeile, str(jahr), (), "ERWP06", wert))
    return t


def beschaeftigte(m: Merkmale, jahre: Iterable[int] = JAHRE) -> Tabelle:
    """13111-02-02-5: Beschäftigte am Wohnort on 30.06. by sex; one Gemeinde lacks one year."""
    t = Tabelle(
        ("13111", "Beschäftigungsstatistik der Bundesagentur für Arbeit"), STAG, GEMEIN,
        {"ERW033": ("Sozialversicherungspflichtig Beschäftigte (Wohnort)", "Anzahl")},
    )  # fmt: skip
    for jahr in jahre:
        for zeile in gemeindetabelle(nur_eigene=True):
            if (zeile.schluessel, jahr) == (KREIS + FEHLT[0], FEHLT[1]):
                continue
            for code, name, s in GESCHLECHT:
                paare = [m.beschaeftigte[a][jahr] for a in zeile.teile]
                wert = str(sum(sum(p) if s is None else p[s] for p in paare)) if zeile.besteht(jahr) else "-"
                t.messungen.append(Messung(zeile, f"{jahr}-06-30", (_geschlecht(code, name),), "ERW033", wert))
    return t


def _komma(zehntel: int) -> str:
    vorzeichen = "-" if zehntel < 0 else ""
    return f"{vorzeichen}{abs(zehntel) // 10},{abs(zehntel) % 10}"


def siedlungsflaeche(m: Merkmale, jahre: tuple[int, ...]) -> Tabelle:
    """AI-N-01-2-5: share of settlement area and its change; '-' and 'x' where a Gemeinde did not exist."""
    t = Tabelle(
        ("99910", "Regionalatlas Deutschland"), JAHR, GEMEIN,
        {
            "AI0111": ("Anteil Siedlungs- und Verkehrsfläche an Gesamtfläche", "Prozent"),
            "AI0112": ("Veränderung der Siedlungs- und Verkehrsfläche", "Prozent"),
        },
    )  # fmt: skip
    flaeche = {g.ags: g.flaeche for g in GEMEINDEN}
    for jahr in jahre:
        for zeile in gemeindetabelle(nur_eigene=False):
            jetzt, vorher = (sum(m.siedlung[a][j] for a in zeile.teile) for j in (jahr, jahr - 1))
            werte = [_komma(anteil(jetzt, sum(flaeche[a] for a in zeile.teile)))]
            werte.append(_komma(anteil(jetzt - vorher, vorher)) if zeile.besteht(jahr - 1) else "x")
            if not zeile.besteht(jahr):
                werte = ["-", "-" if jahr in VORJAHRE else "x"]
            for mass, wert in zip(t.masse, werte, strict=True):
                t.messungen.append(Messung(zeile, str(jahr), (), mass, wert))
    return t


def zensus(modell: Modell) -> Tabelle:
    """1000A-0000: population of 15.05.2022 by Gemeinde, keyed by the twelve-digit Regionalschlüssel."""
    t = Tabelle(
        ("1000A", "Bevölkerung kompakt (Gebietsstand 15.05.2022)"), STAG,
        ("GEOGM4", "Gemeinden (Gebietsstand 15.05.2022)"), {"PRS018": ("Personen", "Anzahl")},
    )  # fmt: skip
    for g in gemeinden_am(2022):
        teile = TEILE_DER_FUSION if g.ags == FUSIONSGEMEINDE.ags else (g.ags,)
        wert = str(sum(modell.zensustag[a] for a in teile))
        t.messungen.append(Messung(Zeile(g.ars, g.voller_name, 0, teile), "2022-05-15", (), "PRS018", wert))
    return t


def dateien(modell: Modell, m: Merkmale) -> dict[str, bytes]:
    """File name → bytes of every ffcsv table."""
    alter = "12411-02-03-5_de_flat_abruf20250410"
    ergebnis = {
        f"{alter}.zip": als_zip(f"{alter}.csv", ffcsv_neu(bevoelkerung_alter(modell))),
        "12411-01-01-4_flat_abruf20241203.csv": ffcsv_alt(bevoelkerung_kreise(modell, (2023,), "2011")),
        "12411-01-01-4_de_flat_abruf20250410.csv": ffcsv_neu(bevoelkerung_kreise(modell, (2022, 2023), "2022")),
        "13211-01-03-5_de_flat_abruf20250410.csv": ffcsv_neu(arbeitslose(m)),
        "13111-02-02-5_de_flat_abruf20250410.csv": ffcsv_neu(beschaeftigte(m)),
        "AI-N-01-2-5_flat_abruf20230302.csv": ffcsv_alt(siedlungsflaeche(m, (2020, 2021))),
        "AI-N-01-2-5_de_flat_abruf20250410.csv": ffcsv_neu(siedlungsflaeche(m, (2022, 2023))),
        "1000A-0000_1744275153999_de_flat.csv": ffcsv_neu(zensus(modell)),
    }
    for name, tabelle in bewegungen(modell).items():
        ergebnis[f"{name}_de_flat_abruf20250410.csv"] = ffcsv_neu(tabelle)
    return ergebnis


def folgedateien(modell: Modell, m: Merkmale) -> dict[str, bytes]:
    """The tables of the year after, as they are downloaded for the next edition."""
    abruf, alter = "abruf20260410", "12411-02-03-5_de_flat_abruf20260410"
    ergebnis = {
        f"{alter}.zip": als_zip(f"{alter}.csv", ffcsv_neu(bevoelkerung_alter(modell, (FOLGEJAHR,)))),
        f"12411-01-01-4_de_flat_{abruf}.csv": ffcsv_neu(bevoelkerung_kreise(modell, (FOLGEJAHR,), "2022")),
        f"13211-01-03-5_de_flat_{abruf}.csv": ffcsv_neu(arbeitslose(m, (FOLGEJAHR,))),
        f"13111-02-02-5_de_flat_{abruf}.csv": ffcsv_neu(beschaeftigte(m, (FOLGEJAHR,))),
    }
    for name, tabelle in bewegungen(modell, (max(JAHRE), FOLGEJAHR)).items():
        ergebnis[f"{name}_de_flat_{abruf}.csv"] = ffcsv_neu(tabelle)
    return ergebnis
