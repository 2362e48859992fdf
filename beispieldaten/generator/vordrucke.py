"""More forms: register and households, work by age, care places, Sozialhilfe of the Kreis, Kreistag elections.

Every Gemeinde has dice of its own. Where a form has rows of Gemeinden, they sum to its row of the Kreis; counts of
1 and 2 are '*' except for places, which are no persons.
"""

from __future__ import annotations

import random
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field

from .gebiet import (
    FOLGEJAHR,
    FUSIONSGEMEINDE,
    GEMEINDEN,
    KREIS,
    KREISNAMEN,
    TEILE_DER_FUSION,
    Gemeinde,
    gemeinden_am,
)
from .mappen import Zelle, xlsx
from .merkmale import WAHLEN, WAHLTAGE, Merkmale, im_kreis
from .modell import STARTWERT, Modell, zwischen
from .text import HINWEIS

JAHRE_JAEHRLICH = (2020, 2021, 2022, 2023)
JAHRE_BESTAND = (2019, 2021, 2023)
ALLE_JAHRE = (2019, *JAHRE_JAEHRLICH, FOLGEJAHR)
NENNER_MINDESTENS = 100
"""Facts with a smaller denominator are left out: the catalogue forms no value below its mindestnenner."""
KREISWEIT = ("mindestsicherung", "erwerbsminderung", "eingliederung")

_AUSLAENDER = {"stadt": 78, "kleinstadt": 42, "pendler": 45, "umland": 24, "land": 18}
"""Foreigners per 1 000 inhabitants in 2019."""
_ZUZUG = {2019: 1.0, 2020: 1.02, 2021: 1.06, 2022: 1.44, 2023: 1.49, 2024: 1.51}
"""2019 = 1: in 2022 many people seeking protection came."""
_PERSONEN_JE_HAUSHALT = {"stadt": 1.84, "kleinstadt": 1.93, "pendler": 2.36, "umland": 2.22, "land": 2.14}
_ALLEIN_WOHNEND = {"stadt": 465, "kleinstadt": 418, "pendler": 272, "umland": 306, "land": 331}
"""Households of one person per 1 000 households in 2019; four more every year."""
_ALLEIN_ERZIEHEND = {"stadt": 262, "kleinstadt": 224, "pendler": 128, "umland": 146, "land": 168}
_LANGZEIT = {2019: 340, 2020: 352, 2021: 421, 2022: 402, 2023: 378, 2024: 371}
"""Long-term unemployed per 1 000 unemployed: up after the pandemic, down again, high in Sozialregion 3."""
_OHNE_JUNGE, _WENIGE_JUNGE = ("200",), ("060", "250")
"""Gemeinden (last three digits) without, and with one or two, young unemployed: the rest of the form is complete."""
_PFLEGEHEIM = {"010": 428, "120": 176, "130": 158, "170": 112, "230": 104, "080": 58, "180": 46, "100": 36}
_PFLEGEHEIM_NEU = {2021: {"120": 24}, 2023: {"120": 24, "140": 40}}
_TAGESPFLEGE = {2019: {"010": 36, "120": 16, "130": 14}, 2021: {"010": 44, "120": 24, "130": 14, "230": 12}}
_TAGESPFLEGE[2023] = _TAGESPFLEGE[2021] | {"010": 56, "140": 14, "080": 10}
_HAUSARZT = {"010": 23, "120": 10, "130": 9, "170": 5, "230": 6, "140": 3, "080": 3, "180": 3, "020": 2, "030": 2,
             "110": 2, "090": 1, "100": 1, "210": 2, "150": 1, "050": 1}  # fmt: skip
_HAUSARZT_WENIGER = {2021: {"170": 1, "010": 1}, 2023: {"170": 2, "010": 1, "080": 1, "230": 1, "110": 1}}


@dataclass
class Zahlen:
    """Counts by value, Gemeinde (borders of 2021) and year; those of the Kreis alone by value and year."""

    werte: dict[str, dict[str, dict[int, int]]] = field(default_factory=dict)
    kreis: dict[str, dict[int, int]] = field(default_factory=dict)
    wahlen: dict[str, dict[int, tuple[int, int]]] = field(default_factory=dict)
    """Kreistagswahl by Gemeinde and year: entitled, voted."""

    def summe(self, name: str, teile: Iterable[str], jahr: int) -> int:
        """Count of several Gemeinden."""
        return sum(self.werte[name][a][jahr] for a in teile)

    def setze(self, ags: str, jahr: int, **werte: int) -> None:
        """Enter counts of a Gemeinde."""
        for name, wert in werte.items():
            self.werte.setdefault(name, {}).setdefault(ags, {})[jahr] = wert


def _ganz(erwartet: float, wuerfel: random.Random) -> int:
    """Whole number with this expectation."""
    return int(erwartet + wuerfel.random())


def _register(modell: Modell, ags: str, jahr: int) -> int:
    """Inhabitants of the register: it knows no Zensus, so it goes on from the older basis."""
    letztes = min(jahr, FOLGEJAHR - 1)
    ew = zwischen(modell.bevoelkerung([ags], letztes, "2011"), 0, 101)
    if jahr > letztes:
        ew += sum(v * zwischen(modell.bevoelkerung([ags], j), 0, 101) for j, v in ((jahr, 1), (letztes, -1)))
    return ew + ew // 250


def _haushalte(g: Gemeinde, jahr: int, modell: Modell, neigung: float, wuerfel: random.Random, z: Zahlen) -> None:
    einwohner, seit = _register(modell, g.ags, jahr), jahr - 2019
    auslaender = max(3, _ganz(einwohner * _AUSLAENDER[g.profil] * neigung * _ZUZUG[jahr] / 1000, wuerfel))
    alle = int(einwohner / (_PERSONEN_JE_HAUSHALT[g.profil] * (2 - neigung) ** 0.25 - 0.008 * seit))
    eine = _ganz(alle * (_ALLEIN_WOHNEND[g.profil] + 4 * seit) / 1000, wuerfel)
    kinder = zwischen(modell.bevoelkerung([g.ags], jahr), 0, 18)
    familien = min(alle - eine, _ganz(kinder / 1.62, wuerfel))
    ost = 1.12 if g.region == "SR3" else 1.0
    allein = max(3, _ganz(familien * _ALLEIN_ERZIEHEND[g.profil] * ost * neigung / 1000, wuerfel))
    z.setze(
        g.ags, jahr, register=einwohner, auslaender=auslaender, haushalte=alle, einpersonen=eine,
        mit_kindern=familien, alleinerziehend=allein,
    )  # fmt: skip


def _arbeitslose(g: Gemeinde, jahr: int, modell: Modell, m: Merkmale, wuerfel: random.Random, z: Zahlen) -> None:
    alle, zellen = m.arbeitslose[g.ags][jahr], modell.bevoelkerung([g.ags], jahr)
    jung = max(3, _ganz(alle * (0.104 + 0.02 * wuerfel.random()), wuerfel))
    jung = 0 if g.ags[5:] in _OHNE_JUNGE else 1 + jahr % 2 if g.ags[5:] in _WENIGE_JUNGE else jung
    aeltere = max(3, _ganz(alle * (0.23 + 0.03 * wuerfel.random()), wuerfel))
    lange = max(3, _ganz(alle * _LANGZEIT[jahr] * (1.18 if g.region == "SR3" else 0.97) / 1000, wuerfel))
    z.setze(
        g.ags, jahr, jung=min(jung, zwischen(zellen, 15, 25)), aeltere=min(aeltere, zwischen(zellen, 55, 65)),
        langzeit=min(lange, alle),
    )  # fmt: skip


def _bestand(g: Gemeinde, jahr: int, z: Zahlen) -> None:
    nr = g.ags[5:]
    z.setze(
        g.ags, jahr,
        pflegeheim=_PFLEGEHEIM.get(nr, 0) + _PFLEGEHEIM_NEU.get(jahr, {}).get(nr, 0),
        tagespflege=_TAGESPFLEGE[jahr].get(nr, 0),
        hausarzt=_HAUSARZT.get(nr, 0) - _HAUSARZT_WENIGER.get(jahr, {}).get(nr, 0),
    )  # fmt: skip


def _kreiswerte(modell: Modell, m: Merkmale, jahr: int, z: Zahlen) -> None:
    """Sozialhilfe of the Kreis; Mindestsicherung = SGB II + Grundsicherung (age, incapacity) + the small rest."""
    zellen, seit = modell.bevoelkerung(im_kreis(), jahr), jahr - 2019
    erwerbsminderung = zwischen(zellen, 18, 65) * (128 + 2 * seit) // 10000
    alter = zwischen(zellen, 65, 101) * (165 + 11 * seit) // 10000
    asyl = {2020: 402, 2021: 388, 2022: 486, 2023: 541}.get(jahr, 520)
    sgb2 = sum(m.leistungen[a][jahr][0] for a in im_kreis())
    werte = (sgb2 + erwerbsminderung + alter + asyl + 96, erwerbsminderung, zwischen(zellen, 0, 101) * (92 + 2 * seit))
    for name, wert in zip(KREISWEIT, (*werte[:2], werte[2] // 10000), strict=True):
        z.kreis.setdefault(name, {})[jahr] = wert


def berechne(modell: Modell, m: Merkmale) -> Zahlen:
    """Counts of all years; the dice of a Gemeinde and year do not depend on any other."""
    z = Zahlen()
    for g in (g for g in GEMEINDEN if g.kreis == KREIS):
        neigung = 0.9 + 0.2 * random.Random(f"{STARTWERT}/vordrucke/{g.ags}").random()
        for jahr in ALLE_JAHRE:
            wuerfel = random.Random(f"{STARTWERT}/vordrucke/{g.ags}/{jahr}")
            _haushalte(g, jahr, modell, neigung, wuerfel, z)
            _arbeitslose(g, jahr, modell, m, wuerfel, z)
            if jahr in JAHRE_BESTAND:
                _bestand(g, jahr, z)
        wuerfel = random.Random(f"{STARTWERT}/kreistag/{g.ags}")
        z.wahlen[g.ags] = {}
        for jahr in WAHLEN:
            w = m.wahlen[g.ags][jahr]
            waehler = w.waehler - _ganz(w.waehler * 0.012 * wuerfel.random(), wuerfel)
            z.wahlen[g.ags][jahr] = w.berechtigte, waehler
    for jahr in (*JAHRE_JAEHRLICH, FOLGEJAHR):
        _kreiswerte(modell, m, jahr, z)
    return z


# --------------------------------------------------------------------------------------------------
# Forms


def _vordruck(titel: str, wann: str, stand: str, koepfe: Sequence[str], zeilen: Iterable[Sequence[Zelle]]) -> bytes:
    oben: list[Sequence[Zelle]] = [[titel, "", "", HINWEIS], [wann], [f"Datenstand: {stand}"]]
    return xlsx([(titel.removeprefix("Vordruck ")[:31], [*oben, ["Gemeindeschlüssel", "Gemeinde", *koepfe], *zeilen])])


def _teile(g: Gemeinde) -> tuple[str, ...]:
    return TEILE_DER_FUSION if g.ags == FUSIONSGEMEINDE.ags else (g.ags,)


def _zeilen(z: Zahlen, namen: Sequence[str], jahr: int, *, personen: bool = True) -> list[Sequence[Zelle]]:
    """The Kreis, complete, and the Gemeinden of the year."""

    def zelle(anzahl: int) -> Zelle:
        return "-" if anzahl == 0 else "*" if personen and anzahl < 3 else anzahl

    kreis = [KREIS, f"{KREISNAMEN[KREIS]}, Landkreis", *(z.summe(n, im_kreis(), jahr) for n in namen)]
    gemeinden = [g for g in gemeinden_am(jahr) if g.kreis == KREIS]
    return [kreis, *([g.ags, g.name_am(jahr), *(zelle(z.summe(n, _teile(g), jahr)) for n in namen)] for g in gemeinden)]


def melderegister(z: Zahlen, jahr: int) -> bytes:
    """Inhabitants, foreigners and households of the register."""
    koepfe = ("Einwohner", "darunter Ausländer", "Haushalte", "Einpersonenhaushalte", "Haushalte mit Kindern unter 18",
              "davon alleinerziehend")  # fmt: skip
    namen = ("register", "auslaender", "haushalte", "einpersonen", "mit_kindern", "alleinerziehend")
    wann, stand = f"Stichtag: 31.12.{jahr}", f"15.02.{jahr + 1}"
    return _vordruck("Vordruck Melderegister", wann, stand, koepfe, _zeilen(z, namen, jahr))


def arbeitsmarkt(z: Zahlen, jahr: int) -> bytes:
    """Unemployed by age and duration, annual mean."""
    koepfe = ("Arbeitslose 15 bis unter 25 Jahre", "Arbeitslose 55 bis unter 65 Jahre", "Langzeitarbeitslose")
    zeilen = _zeilen(z, ("jung", "aeltere", "langzeit"), jahr)
    return _vordruck("Vordruck Arbeitsmarkt", f"Jahresdurchschnitt: {jahr}", f"31.01.{jahr + 1}", koepfe, zeilen)


def sozialhilfe(z: Zahlen, jahr: int) -> bytes:
    """Benefits that are known for the Kreis only."""
    koepfe = ("Soziale Mindestsicherung insgesamt", "Grundsicherung bei Erwerbsminderung", "Eingliederungshilfe")
    zeilen = [[KREIS, f"{KREISNAMEN[KREIS]}, Landkreis", *(z.kreis[n][jahr] for n in KREISWEIT)]]
    titel = "Vordruck Sozialhilfe und Eingliederungshilfe"
    return _vordruck(titel, f"Stichtag: 31.12.{jahr}", f"30.04.{jahr + 1}", koepfe, zeilen)


def versorgung(z: Zahlen, jahr: int) -> bytes:
    """Places and practices, every second year; a small number is no secret here."""
    koepfe = ("Plätze in Pflegeheimen", "Plätze in der Tagespflege", "Hausarztsitze")
    zeilen = _zeilen(z, ("pflegeheim", "tagespflege", "hausarzt"), jahr, personen=False)
    return _vordruck("Vordruck Versorgung", f"Stichtag: 31.12.{jahr}", f"31.03.{jahr + 1}", koepfe, zeilen)


def kreistagswahl(z: Zahlen) -> bytes:
    """All elections in one sheet, two columns each; 'x' where a Gemeinde did not exist."""
    kopf: list[list[Zelle]] = [["Schlüssel", "Name"], ["", ""]]
    for tag in WAHLEN.values():
        kopf[0] += [tag, ""]
        kopf[1] += ["Wahlberechtigte", "Wähler"]
    zeilen: list[list[Zelle]] = [[KREIS, f"{KREISNAMEN[KREIS]}, Landkreis"]]
    for jahr in WAHLEN:
        zeilen[0] += [sum(z.wahlen[a][jahr][i] for a in im_kreis()) for i in (0, 1)]
    damals, heute = ([g for g in gemeinden_am(j) if g.kreis == KREIS] for j in (min(WAHLEN), max(WAHLEN)))
    for g in sorted({*damals, *heute}, key=lambda g: g.ags):
        zeile: list[Zelle] = [g.ags, g.name_am(max(WAHLEN))]
        for jahr in WAHLEN:
            da = g in gemeinden_am(jahr)
            zeile += [sum(z.wahlen[a][jahr][i] for a in _teile(g)) if da else "x" for i in (0, 1)]
        zeilen.append(zeile)
    titel = "Kreistagswahlen im Landkreis Auental, endgültige Ergebnisse"
    oben: list[Sequence[Zelle]] = [[titel], ["Stand 01.08.2024"], [HINWEIS]]
    bereiche = [f"{chr(67 + 2 * i)}4:{chr(68 + 2 * i)}4" for i in range(len(WAHLEN))]
    return xlsx([("Kreistagswahlen", [*oben, *kopf, *zeilen])], {"Kreistagswahlen": ["A4:A5", "B4:B5", *bereiche]})


_JAEHRLICH: dict[str, Callable[[Zahlen, int], bytes]] = {
    "Melderegister": melderegister,
    "Arbeitsmarkt": arbeitsmarkt,
    "Sozialhilfe": sozialhilfe,
}


def _dateien(z: Zahlen, jahre: Iterable[int]) -> dict[str, bytes]:
    return {f"Vordruck_{form}_Auental_{j}.xlsx": mache(z, j) for form, mache in _JAEHRLICH.items() for j in jahre}


def dateien(z: Zahlen) -> dict[str, bytes]:
    """File name → bytes of every form of this edition."""
    bestand = {f"Vordruck_Versorgung_Auental_{j}.xlsx": versorgung(z, j) for j in JAHRE_BESTAND}
    return _dateien(z, JAHRE_JAEHRLICH) | bestand | {"Kreistagswahl_Auental.xlsx": kreistagswahl(z)}


def folgedateien(z: Zahlen) -> dict[str, bytes]:
    """The yearly forms of the year after."""
    return _dateien(z, (FOLGEJAHR,))


# --------------------------------------------------------------------------------------------------
# Facts


def fakten(modell: Modell, m: Merkmale, z: Zahlen, raeume: dict[str, tuple[str, ...]]) -> list[list[str]]:
    """Rows as those of the fact table; a Raum with a hidden part or few people is left out."""

    def alter(von: int, bis: int) -> Callable[[Iterable[str], int], int]:
        return lambda teile, jahr: zwischen(modell.bevoelkerung(teile, jahr), von, bis)

    def zahl(name: str) -> Callable[[Iterable[str], int], int]:
        return lambda teile, jahr: z.summe(name, teile, jahr)

    def arbeitslose(teile: Iterable[str], jahr: int) -> int:
        return sum(m.arbeitslose[a][jahr] for a in teile)

    # fmt: off
    indikatoren: dict[str, tuple[str, Callable[[Iterable[str], int], int], int, tuple[int, ...], str]] = {
        "auslaenderanteil": ("auslaender", zahl("register"), 100, (2020, 2023), "-12-31"),
        "einpersonenhaushalte": ("einpersonen", zahl("haushalte"), 100, (2020, 2023), "-12-31"),
        "alleinerziehendenhaushalte": ("alleinerziehend", zahl("mit_kindern"), 100, (2020, 2023), "-12-31"),
        "haushaltsgroesse": ("register", zahl("haushalte"), 1, (2020, 2023), "-12-31"),
        "jugendarbeitslosigkeit": ("jung", alter(15, 25), 100, (2020, 2023), ""),
        "arbeitslosigkeit_ab_55": ("aeltere", alter(55, 65), 100, (2020, 2023), ""),
        "langzeitarbeitslose": ("langzeit", arbeitslose, 100, (2020, 2023), ""),
        "pflegeheimplaetze": ("pflegeheim", alter(65, 101), 1000, JAHRE_BESTAND, "-12-31"),
        "tagespflegeplaetze": ("tagespflege", alter(65, 101), 1000, JAHRE_BESTAND, "-12-31"),
        "hausarztdichte": ("hausarzt", alter(0, 101), 10000, JAHRE_BESTAND, "-12-31"),
    }
    kreisweit = {
        "mindestsicherungsquote": ("mindestsicherung", alter(0, 101), 100),
        "grundsicherung_erwerbsminderung": ("erwerbsminderung", alter(18, 65), 100),
        "eingliederungshilfe": ("eingliederung", alter(0, 101), 1000),
    }
    # fmt: on
    zeilen = []

    def schreibe(indikator: str, raum: str, zeit: str, paar: tuple[int, int], faktor: int) -> None:
        if paar[1] >= NENNER_MINDESTENS:
            zeilen.append([indikator, raum, zeit, *map(str, paar), f"{paar[0] * faktor / paar[1]:.6f}"])

    for indikator, (name, bezug, faktor, jahre, tag) in indikatoren.items():
        for raum, teile in raeume.items():
            for jahr in jahre:
                verdeckt = name == "jung" and raum != KREIS and any(0 < z.werte[name][a][jahr] < 3 for a in teile)
                if not verdeckt:
                    schreibe(indikator, raum, f"{jahr}{tag}", (z.summe(name, teile, jahr), bezug(teile, jahr)), faktor)
    for indikator, (name, bezug, faktor) in kreisweit.items():
        for jahr in (2020, 2023):
            paar = z.kreis[name][jahr], bezug(im_kreis(), jahr)
            schreibe(indikator, KREIS, f"{jahr}-12-31", paar, faktor)
    for raum, teile in raeume.items():
        for jahr in WAHLEN:
            berechtigte, waehler = (sum(z.wahlen[a][jahr][i] for a in teile) for i in (0, 1))
            schreibe("wahlbeteiligung_kreistag", raum, WAHLTAGE[jahr], (waehler, berechtigte), 100)
    return zeilen
