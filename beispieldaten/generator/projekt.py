"""Tables of the project folder that follow from the territory: both Raumgliederungen and the spellings."""

from __future__ import annotations

from .gebiet import (
    FUSION,
    FUSIONSGEMEINDE,
    GEMEINDEN,
    KREIS,
    PLANUNGSRAEUME,
    SOZIALREGIONEN,
    TEILE_DER_FUSION,
    Gemeinde,
)
from .text import csv

SEIT = "2014-01-01"


def _gliederung(namen: dict[str, str], feld: str) -> bytes:
    zeilen = []
    for g in [g for g in GEMEINDEN if g.kreis == KREIS] + [FUSIONSGEMEINDE]:
        ab = FUSION if g is FUSIONSGEMEINDE else SEIT
        bis = "2021-12-31" if g.ags in TEILE_DER_FUSION else ""
        raum = getattr(g, feld)
        zeilen.append((raum, namen[raum], g.ags, ab, bis))
    return csv(("raum_id", "raum", "gemeinde", "gueltig_ab", "gueltig_bis"), sorted(zeilen))


def _namen() -> bytes:
    def schluessel(name: str) -> str:
        treffer: list[Gemeinde] = [g for g in GEMEINDEN if g.name == name and g.kreis == KREIS]
        return treffer[0].ags

    zeilen = [
        ("Klausnitz", schluessel("Klausnitz/Sa."), "Sozialamt, Liste 2023"),
        ("Oehringsau", schluessel("Öhringsau"), "Sozialamt, Liste 2023"),
        ("Stadt Röderfurt", schluessel("Röderfurt"), "Sozialamt, Liste 2023"),
    ]
    return csv(("schreibweise", "raum_id", "quelle"), zeilen)


def dateien() -> dict[str, bytes]:
    """Path inside the project folder → bytes."""
    return {
        "raeume/sozialregionen.csv": _gliederung(SOZIALREGIONEN, "region"),
        "raeume/planungsraeume.csv": _gliederung(PLANUNGSRAEUME, "planungsraum"),
        "raeume/namen.csv": _namen(),
    }
