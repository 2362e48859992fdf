"""Generator of the invented Landkreis: territory, population model, and writers in the offices' file shapes."""

from __future__ import annotations

from pathlib import Path

from . import aemter, fakten, gebiet, genesis, mappen, merkmale, modell, projekt, text, vordrucke


def alle_dateien(beispieldaten: Path) -> dict[Path, bytes]:
    """Path → bytes of every generated file: deliveries, regions of the project, fact table of the tests."""
    m = modell.berechne()
    k = merkmale.berechne(m)
    dateien = {beispieldaten / "lieferungen" / name: inhalt for name, inhalt in sorted(
        (genesis.dateien(m, k) | mappen.dateien(m, k)).items()
    )}  # fmt: skip
    aemterzahlen = aemter.berechne(m, range(aemter.ANFANG, gebiet.FOLGEJAHR + 1))
    for name, inhalt in sorted(aemter.dateien(aemterzahlen, range(aemter.ANFANG, gebiet.FOLGEJAHR)).items()):
        dateien[beispieldaten / "lieferungen" / name] = inhalt
    folge = genesis.folgedateien(m, k) | aemter.dateien(aemterzahlen, (gebiet.FOLGEJAHR,))
    folge[f"Vordruck_SGB_II_Auental_{gebiet.FOLGEJAHR}.xlsx"] = mappen.vordruck_sgb2(k, gebiet.FOLGEJAHR)
    for name, inhalt in sorted(folge.items()):
        dateien[beispieldaten / "fortschreibung" / name] = inhalt
    for name, inhalt in projekt.dateien().items():
        dateien[beispieldaten / "projekt" / name] = inhalt
    tabelle = text.csv(fakten.KOPF, fakten.tabelle(m, k, aemterzahlen)).decode().replace(";", ",").encode()
    dateien[beispieldaten.parent / "tests" / "beispiel" / "fakten.csv"] = tabelle
    z = vordrucke.berechne(m, k)
    for ordner, vorrat in (("lieferungen", vordrucke.dateien(z)), ("fortschreibung", vordrucke.folgedateien(z))):
        for name, inhalt in vorrat.items():
            dateien[beispieldaten / ordner / name] = inhalt
    weitere = text.csv(fakten.KOPF, vordrucke.fakten(m, k, z, fakten.raeume())).decode().replace(";", ",").encode()
    dateien[beispieldaten.parent / "tests" / "beispiel" / "fakten_vordrucke.csv"] = weitere
    return dateien
