"""Generator of the invented Landkreis: territory, population model, and writers in the offices' file shapes."""

from __future__ import annotations

from pathlib import Path

from . import fakten, genesis, mappen, merkmale, modell, projekt, text, vordrucke


def alle_dateien(beispieldaten: Path) -> dict[Path, bytes]:
    """Path → bytes of every generated file: deliveries, regions of the project, fact table of the tests."""
    m = modell.berechne()
    k = merkmale.berechne(m)
    dateien = {beispieldaten / "lieferungen" / name: inhalt for name, inhalt in sorted(
        (genesis.dateien(m, k) | mappen.dateien(m, k)).items()
    )}  # fmt: skip
    for name, inhalt in projekt.dateien().items():
        dateien[beispieldaten / "projekt" / name] = inhalt
    tabelle = text.csv(fakten.KOPF, fakten.tabelle(m, k)).decode().replace(";", ",").encode()
    dateien[beispieldaten.parent / "tests" / "beispiel" / "fakten.csv"] = tabelle
    z = vordrucke.berechne(m, k)
    for ordner, vorrat in (("lieferungen", vordrucke.dateien(z)), ("fortschreibung", vordrucke.folgedateien(z))):
        for name, inhalt in vorrat.items():
            dateien[beispieldaten / ordner / name] = inhalt
    weitere = text.csv(fakten.KOPF, vordrucke.fakten(m, k, z, fakten.raeume())).decode().replace(";", ",").encode()
    dateien[beispieldaten.parent / "tests" / "beispiel" / "fakten_vordrucke.csv"] = weitere
    return dateien
