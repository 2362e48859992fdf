"""Facts computed from the model itself, without sozmon: what the tests hold sozmon's results against."""

from __future__ import annotations

from collections.abc import Callable, Iterable

from .aemter import Aemter
from .gebiet import FUSIONSGEMEINDE, GEMEINDEN, KREIS, LAND, SOZIALREGIONEN, TEILE_DER_FUSION, gemeinden_am
from .merkmale import WAHLEN, WAHLTAGE, Merkmale, im_kreis
from .modell import Modell, zwischen

Paar = tuple[int, int]
KOPF = ("indikator", "raum_id", "zeit", "zaehler", "nenner", "wert")


def raeume() -> dict[str, tuple[str, ...]]:
    """Räume of the fact table → Gemeinden on the borders of 2021."""
    gewaehlt = {KREIS: tuple(im_kreis(KREIS))}
    for sr in SOZIALREGIONEN:
        gewaehlt[sr] = tuple(g.ags for g in GEMEINDEN if g.region == sr)
    for ags in ("010", "140", "200"):
        gewaehlt[KREIS + ags] = (KREIS + ags,)
    gewaehlt[FUSIONSGEMEINDE.ags] = TEILE_DER_FUSION
    return gewaehlt


def _wert(paar: Paar, faktor: int) -> str:
    zaehler, nenner = paar
    return f"{zaehler * faktor / nenner:.6f}" if nenner else str(zaehler)


def tabelle(modell: Modell, m: Merkmale, a: Aemter) -> list[list[str]]:
    """Rows indikator, raum_id, zeit, zaehler, nenner, wert; nenner 0 = a count."""

    def alter(von: int, bis: int) -> Callable[[Iterable[str], int], int]:
        return lambda teile, jahr: zwischen(modell.bevoelkerung(teile, jahr), von, bis)

    alle, erwerb = alter(0, 101), alter(15, 65)
    mitte = alter(20, 65)

    def arbeitslos(teile: Iterable[str], jahr: int) -> Paar:
        return sum(m.arbeitslose[a][jahr] for a in teile), erwerb(teile, jahr)

    def beschaeftigt(teile: Iterable[str], jahr: int) -> Paar:
        return sum(sum(m.beschaeftigte[a][jahr]) for a in teile), erwerb(teile, jahr)

    def je_einwohner(plus: str, minus: str = "") -> Callable[[Iterable[str], int], Paar]:
        def paar(teile: Iterable[str], jahr: int) -> Paar:
            abzug = modell.summe(teile, jahr, minus) if minus else 0
            return modell.summe(teile, jahr, plus) - abzug, alle(teile, jahr)

        return paar

    # fmt: off
    indikatoren: dict[str, tuple[Callable[[tuple[str, ...], int], Paar], int, tuple[int, ...], str]] = {
        "bevoelkerung": (lambda t, j: (alle(t, j), 0), 1, (2014, 2021, 2022, 2023), "-12-31"),
        "anteil_unter_3": (lambda t, j: (alter(0, 3)(t, j), alle(t, j)), 100, (2014, 2021, 2023), "-12-31"),
        "anteil_minderjaehrige": (lambda t, j: (alter(0, 18)(t, j), alle(t, j)), 100, (2014, 2021, 2023), "-12-31"),
        "anteil_65_plus": (lambda t, j: (alter(65, 101)(t, j), alle(t, j)), 100, (2014, 2021, 2023), "-12-31"),
        "jugendquotient": (lambda t, j: (alter(0, 20)(t, j), mitte(t, j)), 100, (2014, 2021, 2023), "-12-31"),
        "altenquotient": (lambda t, j: (alter(65, 101)(t, j), mitte(t, j)), 100, (2014, 2021, 2023), "-12-31"),
        "geburtenrate": (je_einwohner("geburten"), 1000, (2014, 2021, 2023), ""),
        "sterberate": (je_einwohner("gestorbene"), 1000, (2014, 2021, 2023), ""),
        "natuerlicher_saldo": (je_einwohner("geburten", "gestorbene"), 1000, (2014, 2021, 2023), ""),
        "wanderungssaldo": (je_einwohner("zuzuege", "fortzuege"), 1000, (2014, 2021, 2023), ""),
        "beschaeftigungsquote": (beschaeftigt, 100, (2014, 2021, 2023), "-06-30"),
        "arbeitslosenanteil": (arbeitslos, 100, (2014, 2018, 2021, 2022, 2023), ""),
    }
    # fmt: on
    zeilen = []
    for indikator, (paar, faktor, jahre, tag) in indikatoren.items():
        for raum, teile in raeume().items():
            for jahr in jahre:
                z, n = paar(teile, jahr)
                zeilen.append([indikator, raum, f"{jahr}{tag}", str(z), str(n or ""), _wert((z, n), faktor)])
    for raum, teile in raeume().items():
        for jahr in (2019, 2021, 2023):
            kinder = [m.leistungen[a][jahr][1] for a in teile]
            if raum == KREIS or all(n >= 3 for n in kinder):
                paar_u15 = sum(kinder), alter(0, 15)(teile, jahr)
                zeilen.append(["kinderarmut", raum, f"{jahr}-12-31", *map(str, paar_u15), _wert(paar_u15, 100)])
    for raum, teile in raeume().items():
        for jahr in WAHLEN:
            z = sum(m.wahlen[a][jahr].waehler for a in teile)
            n = sum(m.wahlen[a][jahr].berechtigte for a in teile)
            zeilen.append(["wahlbeteiligung_gemeinderat", raum, WAHLTAGE[jahr], str(z), str(n), _wert((z, n), 100)])
    return [*zeilen, *_aemterfakten(modell, a)]


def _aemterfakten(modell: Modell, a: Aemter) -> list[list[str]]:
    """Figures of the departments' forms, where no part of a sum is hidden."""

    def alter(von: int, bis: int) -> Callable[[Iterable[str], int], int]:
        return lambda teile, jahr: zwischen(modell.bevoelkerung(teile, jahr), von, bis)

    def zahl(name: str) -> Callable[[Iterable[str], int], int]:
        return lambda teile, jahr: a.summe(name, teile, jahr)

    # indicator: form value, reference, factor, years, how the time is written
    indikatoren: dict[str, tuple[str, Callable[[Iterable[str], int], int], int, tuple[int, ...], str]] = {
        "betreuungsquote_unter_3": ("kita_u3", lambda t, j: alter(0, 3)(t, j - 1), 100, (2019, 2023), "{j}-12-31"),
        "hilfen_zur_erziehung": ("hilfen", alter(0, 20), 1000, (2019, 2023), "{j}"),
        "sprachauffaelligkeit": ("sprache", zahl("untersucht"), 100, (2019, 2023), "{j}/{k}"),
        "grundsicherung_im_alter": ("grundsicherung", alter(65, 101), 100, (2019, 2023), "{j}-12-31"),
        "schwerbehindertenquote": ("schwerbehindert", alter(0, 101), 100, (2019, 2023), "{j}-12-31"),
        "pflegequote": ("pflege", alter(0, 101), 100, (2019, 2023), "{j}-12-31"),
        "pflege_zu_hause": ("zu_hause", zahl("pflege"), 100, (2019, 2023), "{j}-12-15"),
    }
    zeilen = []
    for indikator, (name, bezug, faktor, jahre, muster) in indikatoren.items():
        for raum, teile in raeume().items():
            for jahr in jahre:
                if raum != KREIS and any(a.werte[name][g][jahr] < 3 for g in teile):
                    continue
                zeit = muster.format(j=jahr, k=f"{(jahr + 1) % 100:02d}")
                paar = a.summe(name, teile, jahr), bezug(teile, jahr)
                if raum in (KREIS, *SOZIALREGIONEN):
                    zeilen.append([indikator, raum, zeit, *map(str, paar), _wert(paar, faktor)])
    return zeilen


def eckwerte(modell: Modell) -> dict[str, str]:
    """Figures that the README of the example names."""
    kreis = im_kreis(KREIS)

    def ew(jahr: int, basis: str = "") -> int:
        return zwischen(modell.bevoelkerung(kreis, jahr, basis), 0, 101)

    return {
        "einwohner_2014": str(ew(2014)),
        "einwohner_2023": str(ew(2023)),
        "einwohner_2023_zensus_2011": str(ew(2023, "2011")),
        "zensus_2022": str(sum(modell.zensustag[a] for a in kreis)),
        "gemeinden_2023": str(len([g for g in gemeinden_am(2023) if g.kreis == KREIS])),
        "land": LAND[1],
    }
