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
        ("Klausnitz", schluessel("Klausnitz/Sa."), ""),
        ("Oehringsau", schluessel("Öhringsau"), ""),
        ("Stadt Röderfurt", schluessel("Röderfurt"), ""),
    ]
    return csv(("schreibweise", "raum_id", "quelle"), zeilen)


def dateien() -> dict[str, bytes]:
    """Path inside the project folder → bytes."""
    return {
        "raeume/sozialregionen.csv": _gliederung(SOZIALREGIONEN, "region"),
        "raeume/planungsraeume.csv": _gliederung(PLANUNGSRAEUME, "planungsraum"),
        "raeume/namen.csv": _namen(),
        "texte/einleitung/regionen.svg": regionenkarte(),
    }


_FELDER = {"SR1": (150, 100), "SR2": (150, 30), "SR3": (250, 100), "SR4": (150, 170), "SR5": (50, 100)}


def regionenkarte() -> bytes:
    """A schematic drawing of the five Sozialregionen: no map, for there is no such land."""
    teile = [
        '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 300 200" width="300" height="200">',
        '<rect width="300" height="200" fill="#ffffff"/>',
    ]
    for nr, (raum, (x, y)) in enumerate(_FELDER.items()):
        farbe = "#1f4e79" if nr == 0 else "#dbe7f2"
        schrift = "#ffffff" if nr == 0 else "#1a1a1a"
        name = SOZIALREGIONEN[raum].partition(" (")[0]
        teile.append(f'<rect x="{x - 46}" y="{y - 27}" width="92" height="54" rx="8" fill="{farbe}" stroke="#8c8c8c"/>')
        teile.append(
            f'<text x="{x}" y="{y + 5}" font-family="Source Sans Pro, sans-serif" font-size="14" '
            f'text-anchor="middle" fill="{schrift}">{name}</text>'
        )
    return "\n".join([*teile, "</svg>\n"]).encode()
