"""Names of Räume with article and case: 'im Landkreis …', 'in der Sozialregion …', 'von Freiberg', 'des Landes …'."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache

ARTIKEL: dict[str, dict[str, str]] = {
    "m": {"nom": "der", "gen": "des", "dat": "dem", "akk": "den", "in": "im"},
    "f": {"nom": "die", "gen": "der", "dat": "der", "akk": "die", "in": "in der"},
    "n": {"nom": "das", "gen": "des", "dat": "dem", "akk": "das", "in": "im"},
}

# last part of a zoning's name: plural, singular, genus, genitive singular, dative plural
_GLIEDERUNGEN: tuple[tuple[str, str, str, str, str], ...] = (
    ("regionen", "region", "f", "region", "regionen"),
    ("räume", "raum", "m", "raumes", "räumen"),
    ("raeume", "raum", "m", "raumes", "räumen"),
    ("bezirke", "bezirk", "m", "bezirks", "bezirken"),
    ("gebiete", "gebiet", "n", "gebiets", "gebieten"),
    ("gemeinden", "gemeinde", "f", "gemeinde", "gemeinden"),
    ("gemeinschaften", "gemeinschaft", "f", "gemeinschaft", "gemeinschaften"),
    ("verbände", "verband", "m", "verbands", "verbänden"),
    ("verbaende", "verband", "m", "verbands", "verbänden"),
    ("kreise", "kreis", "m", "kreises", "kreisen"),
    ("teile", "teil", "m", "teils", "teilen"),
    ("bereiche", "bereich", "m", "bereichs", "bereichen"),
    ("quartiere", "quartier", "n", "quartiers", "quartieren"),
    ("viertel", "viertel", "n", "viertels", "vierteln"),
    ("zonen", "zone", "f", "zone", "zonen"),
    ("einheiten", "einheit", "f", "einheit", "einheiten"),
    ("ämter", "amt", "n", "amtes", "ämtern"),
    ("aemter", "amt", "n", "amtes", "ämtern"),
    ("städte", "stadt", "f", "stadt", "städten"),
    ("staedte", "stadt", "f", "stadt", "städten"),
    ("länder", "land", "n", "landes", "ländern"),
    ("typen", "typ", "m", "typs", "typen"),
)
_PLURAL_UMLAUT = {"raeume": "räume", "verbaende": "verbände", "aemter": "ämter", "staedte": "städte"}


@dataclass(frozen=True, slots=True)
class Ebenenwort:
    """What the Räume of an Ebene are called."""

    einzahl: str
    mehrzahl: str
    genus: str
    wessen: str
    dativ_mehrzahl: str


_AMTLICH: dict[str, Ebenenwort] = {
    "gemeinde": Ebenenwort("Gemeinde", "Gemeinden", "f", "Gemeinde", "Gemeinden"),
    "verband": Ebenenwort("Gemeindeverband", "Gemeindeverbände", "m", "Gemeindeverbands", "Gemeindeverbänden"),
    "kreis": Ebenenwort("Landkreis", "Kreise", "m", "Landkreises", "Kreisen"),
    "regierungsbezirk": Ebenenwort(
        "Regierungsbezirk", "Regierungsbezirke", "m", "Regierungsbezirks", "Regierungsbezirken"
    ),
    "land": Ebenenwort("Land", "Länder", "n", "Landes", "Ländern"),
    "bund": Ebenenwort("Bund", "Staaten", "m", "Bundes", "Staaten"),
}
_STUFE = {"gemeinde": 0, "verband": 1, "kreis": 3, "regierungsbezirk": 4, "land": 5, "bund": 6}

# first word of a name that is itself a noun: genus, genitive
_VORWORT: dict[str, tuple[str, str]] = {
    "landkreis": ("m", "Landkreises"),
    "kreis": ("m", "Kreises"),
    "stadt": ("f", "Stadt"),
    "stadtkreis": ("m", "Stadtkreises"),
    "landeshauptstadt": ("f", "Landeshauptstadt"),
    "hansestadt": ("f", "Hansestadt"),
    "lutherstadt": ("f", "Lutherstadt"),
    "universitätsstadt": ("f", "Universitätsstadt"),
    "ostseebad": ("n", "Ostseebads"),
    "region": ("f", "Region"),
    "städteregion": ("f", "Städteregion"),
    "regionalverband": ("m", "Regionalverbands"),
    "regierungsbezirk": ("m", "Regierungsbezirks"),
    "verwaltungsgemeinschaft": ("f", "Verwaltungsgemeinschaft"),
    "verwaltungsverband": ("m", "Verwaltungsverbands"),
    "verbandsgemeinde": ("f", "Verbandsgemeinde"),
    "samtgemeinde": ("f", "Samtgemeinde"),
    "amt": ("n", "Amtes"),
    "gemeinde": ("f", "Gemeinde"),
    "freistaat": ("m", "Freistaates"),
    "land": ("n", "Landes"),
    "bundesrepublik": ("f", "Bundesrepublik"),
}
_MIT_ARTIKEL = {"Saarland": ("n", "Saarlandes")}
_NAME_STATT_ART = ("land", "kreis", "amt", "region")
"""In the name of a Gemeinde these words belong to the name itself."""


@dataclass(frozen=True, slots=True)
class Raumwort:
    """A Raum in every form that a sentence needs."""

    name: str
    wer: str
    wessen: str
    wem: str
    wen: str
    wo: str
    wert_von: str
    """What follows 'dem Wert': 'des Landkreises', 'von Freiberg', 'für Deutschland'."""


def ebenenwort(ebene: str, gliederungen: Mapping[str, str] | None = None) -> Ebenenwort:
    """Words for an Ebene; for a Raumgliederung from its printed (plural) name or else its id."""
    return _AMTLICH.get(ebene) or _ebenenwort((gliederungen or {}).get(ebene) or ebene)


@lru_cache(maxsize=256)
def _ebenenwort(gedruckt: str) -> Ebenenwort:
    klein = gedruckt.lower()
    for mehrzahl, einzahl, genus, wessen, dativ in _GLIEDERUNGEN:
        for endung, passt in ((mehrzahl, klein.endswith(mehrzahl)), (einzahl, klein.endswith(einzahl))):
            if passt:
                stamm = gedruckt[: len(gedruckt) - len(endung)]
                stamm = stamm[:1].upper() + stamm[1:]

                def wort(teil: str, stamm: str = stamm) -> str:
                    return stamm + teil if stamm else teil[:1].upper() + teil[1:]

                plural = _PLURAL_UMLAUT.get(mehrzahl, mehrzahl)
                return Ebenenwort(wort(einzahl), wort(plural), genus, wort(wessen), wort(dativ))
    return Ebenenwort("Raum", "Räume", "m", "Raumes", "Räumen")


def stufe(ebene: str) -> int:
    """Order of Ebenen, lowest first; own Raumgliederungen lie between Gemeinde and Kreis."""
    return _STUFE.get(ebene, 2)


def raumwort(name: str, ebene: str, gliederungen: Mapping[str, str] | None = None) -> Raumwort:
    """Article and case for a Raum; suffixes of official lists (', Stadt') are put in front or left out."""
    name, zusatz = _ohne_zusatz(name)
    if ebene == "bund":
        return Raumwort(name, name, f"{name}s", name, name, f"in {name}", f"für {name}")
    erstes, _, rest = name.partition(" ")
    if rest and erstes.lower() in _VORWORT and not (ebene == "gemeinde" and erstes.lower() in _NAME_STATT_ART):
        genus, wessen = _VORWORT[erstes.lower()]
        return _mit_artikel(erstes, wessen, genus, rest)
    if name in _MIT_ARTIKEL:
        return _mit_artikel(name, _MIT_ARTIKEL[name][1], _MIT_ARTIKEL[name][0], "")
    if ebene == "gemeinde":
        return _ohne_artikel(name, f"von {name}")
    if ebene == "land":
        return _ohne_artikel(name, f"des Landes {name}")
    if ebene == "kreis":
        return _kreis(name, zusatz)
    return _region(name, ebenenwort(ebene, gliederungen))


def _ohne_zusatz(name: str) -> tuple[str, str]:
    """'Chemnitz, Stadt' → ('Chemnitz', 'Stadt'): what stands behind the comma is a kind, not the name."""
    kern, _, zusatz = " ".join(name.split()).partition(", ")
    return kern, zusatz


def _mit_artikel(wort: str, wessen: str, genus: str, rest: str) -> Raumwort:
    a, hinten = ARTIKEL[genus], f" {rest}" if rest else ""
    gen = f"{a['gen']} {wessen}{hinten}"
    voll = wort + hinten
    return Raumwort(
        voll, f"{a['nom']} {voll}", gen, f"{a['dat']} {voll}", f"{a['akk']} {voll}", f"{a['in']} {voll}", gen
    )


def _ohne_artikel(name: str, wert_von: str) -> Raumwort:
    return Raumwort(name, name, f"von {name}", name, name, f"in {name}", wert_von)


def _kreis(name: str, zusatz: str) -> Raumwort:
    if "stadt" in zusatz.lower():
        return _ohne_artikel(name, f"der Stadt {name}")
    erstes, _, rest = name.partition(" ")
    if erstes.lower().endswith("kreis"):  # Erzgebirgskreis, Altmarkkreis Salzwedel
        return _mit_artikel(erstes, f"{erstes}es", "m", rest)
    art = "Kreis" if zusatz == "Kreis" else "Landkreis"
    return _mit_artikel(art, f"{art}es", "m", name)


def _region(name: str, wort: Ebenenwort) -> Raumwort:
    erstes, _, rest = name.partition(" ")
    eigenes = ebenenwort(erstes)
    if eigenes.einzahl.lower() == erstes.lower():  # the name brings its own noun: 'Planungsraum 3'
        return _mit_artikel(erstes, eigenes.wessen if rest else erstes, eigenes.genus, rest)
    return _mit_artikel(wort.einzahl, wort.wessen, wort.genus, name)


def kurz_wert_von(ebene: str, eigene_ebene: str, wort: Raumwort) -> str:
    """'des Landkreises' where only one can be meant (the Raum lies below it), else the full name."""
    if (
        ebene == "kreis"
        and stufe(eigene_ebene) < stufe("kreis")
        and wort.name.lower().startswith(("landkreis", "kreis"))
    ):
        return f"des {wort.name.split(' ')[0]}es"
    return wort.wert_von
