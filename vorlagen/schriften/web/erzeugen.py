"""Make the web fonts of the HTML reports from the shipped TrueType files (needs fonttools and brotli).

A subset for German and neighbouring languages, about 20 kB a cut. The Open Font License reserves the name of the
original for unchanged files, so the subset has a name of its own.

    python vorlagen/schriften/web/erzeugen.py
"""

from __future__ import annotations

from pathlib import Path

from fontTools.subset import Options, Subsetter
from fontTools.ttLib import TTFont

HIER = Path(__file__).parent
NAME = "Sozmon Sans"
SCHNITTE = {"Regular": "normal", "Semibold": "halbfett", "It": "kursiv"}
ZEICHEN = [*range(0x20, 0x180), *range(0x2010, 0x2028), 0x202F, 0x2030, 0x2032, 0x2033, 0x2039, 0x203A, 0x2044]
ZEICHEN += [*range(0x2070, 0x208F), 0x20AC, 0x2190, 0x2191, 0x2192, 0x2193, 0x21A9, 0x2212, 0x2215, 0x2219, 0x2248]
ZEICHEN += [0x2260, 0x2264, 0x2265, 0x25A0, 0x25B2, 0x25BC, 0x1E9E, 0x2022, 0x00B7]


def erzeuge(quelle: Path, ziel: Path) -> None:
    """One subset as WOFF2 under the new name."""
    schrift = TTFont(quelle, recalcTimestamp=False)
    optionen = Options(flavor="woff2", layout_features=["kern", "liga", "mark", "mkmk", "ccmp", "locl", "sups"])
    optionen.name_IDs = [0, 1, 2, 3, 4, 5, 6, 13, 14]
    optionen.hinting = False
    schneider = Subsetter(optionen)
    schneider.populate(unicodes=ZEICHEN)
    schneider.subset(schrift)
    for eintrag in schrift["name"].names:
        if eintrag.nameID in (1, 3, 4, 16):
            eintrag.string = NAME
        elif eintrag.nameID == 6:
            eintrag.string = NAME.replace(" ", "") + "-" + ziel.stem
    schrift.flavor = "woff2"
    schrift.save(ziel)


if __name__ == "__main__":
    for schnitt, name in SCHNITTE.items():
        erzeuge(HIER.parent / f"SourceSansPro-{schnitt}.ttf", HIER / f"{name}.woff2")
