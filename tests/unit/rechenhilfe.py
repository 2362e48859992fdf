"""A small invented Kreis in memory: five Gemeinden, two regions, one merger, so that every sum is checked by hand.

The store is replaced by lists; its SQL sum is done here in plain Python, independent of the store's own.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field
from typing import Any

from sozmon.katalog import Katalog
from sozmon.model import Dimension, Indikator, Merkmal, Quelle, Teil, Teilung

ALT, NEU = "2021-12-31", "2023-12-31"


@dataclass(frozen=True)
class Ort:
    raum_id: str
    name: str
    ebene: str


ORTE = {
    o.raum_id: o
    for o in (
        Ort("99001010", "Adorf", "gemeinde"),
        Ort("99001020", "Bestadt", "gemeinde"),
        Ort("99001030", "Cedorf", "gemeinde"),
        Ort("99001045", "Neudorf", "gemeinde"),
        Ort("R1", "Nord", "sozialregionen"),
        Ort("R2", "Süd", "sozialregionen"),
        Ort("99001", "Testkreis", "kreis"),
        Ort("99", "Testland", "land"),
    )
}
MITGLIEDER = {
    "R1": ["99001010", "99001020"],
    "R2": ["99001030", "99001045"],
    "99001": ["99001010", "99001020", "99001030", "99001045"],
}
VORGAENGER = {"99001045": ["99001040", "99001050"]}  # merged on 2023-01-01


@dataclass(frozen=True)
class Zeile:
    raum_alt: str
    gebietsstand: str
    raum_neu: str
    gewicht: float = 1.0
    umrechnung: str = ""


class Raeume:
    """Territory of the invented Kreis: four Gemeinden now, five at the end of 2021."""

    gebietsstand = NEU

    def _alte(self, raum_id: str, stand: str) -> dict[str, str]:
        ids = MITGLIEDER.get(raum_id, [raum_id] if len(raum_id) == 8 else [])
        if stand >= "2023-01-01":
            return dict.fromkeys(ids, "")
        return {a: "exakt" if i in VORGAENGER else "" for i in ids for a in VORGAENGER.get(i, [i])}

    def zuordnung(self, raum_ids: Any, gebietsstaende: Any, *, auch: Any = ()) -> tuple[Zeile, ...]:
        return tuple(
            Zeile(alt, stand, raum_id, 1.0, art)
            for raum_id in raum_ids
            for stand in gebietsstaende
            for alt, art in self._alte(raum_id, stand).items()
        )

    def erwartet(self, raum_id: str, stand: str) -> frozenset[str]:
        return frozenset(self._alte(raum_id, stand))

    def hindernis(self, raum_id: str, stand: str) -> str:
        return ""

    def existiert(self, raum_id: str, tag: str) -> bool | None:
        if raum_id == "99001045":
            return tag >= "2023-01-01"
        if raum_id in VORGAENGER["99001045"]:
            return tag < "2023-01-01"
        return True

    def unveraendert(self, raum_id: str, stand: str) -> bool:
        return stand >= "2023-01-01" or raum_id not in VORGAENGER

    def raum(self, raum_id: str) -> Ort | None:
        return ORTE.get(raum_id)


def stelle(
    raum_id: str,
    jahr: int,
    wert: float | None,
    *,
    merkmal: str = "arbeitslose",
    auspraegung: str = "",
    status: str = "wert",
    grenzen: tuple[float | None, float | None] | None = None,
    quelle: str = "amt",
    zeitart: str = "jahresmittel",
    gebietsstand: str = ALT,
    stand: str = "2024-01-01",
) -> dict[str, Any]:
    unten, oben = grenzen if grenzen is not None else (wert, wert)
    ebene = {8: "gemeinde", 5: "kreis", 2: "land"}.get(len(raum_id), "sozialregionen")
    zeit = f"{jahr}-12-31" if zeitart == "stichtag" else str(jahr)
    return {
        "raum_id": raum_id, "ebene": ebene, "zeit": zeit, "zeitart": zeitart, "jahr": jahr, "merkmal": merkmal,
        "auspraegung": auspraegung, "wert": wert, "wert_min": unten, "wert_max": oben, "status": status,
        "kennzeichen": "", "genauigkeit": "exakt", "variante": "", "basis": "", "gebietsstand": gebietsstand,
        "quelle": quelle, "lieferung": "f" * 64, "stand": stand, "fundstelle": "Zeile 1",
    }  # fmt: skip


@dataclass
class Bestand:
    """The store's four questions over a list of rows."""

    zeilen: list[dict[str, Any]] = field(default_factory=list)

    def sql(self, frage: str, *, datenstand: str = "", **_: Any) -> list[dict[str, Any]]:
        return [{k: z[k] for k in ("merkmal", "jahr", "ebene", "gebietsstand")} for z in self.zeilen]

    def werte(self, *, raum_ids: Any, merkmale: Any, **_: Any) -> list[dict[str, Any]]:
        return [z for z in self.zeilen if z["raum_id"] in raum_ids and z["merkmal"] in merkmale]

    def lieferungen(self) -> list[Any]:
        return []

    def summen(self, *, zuordnung: Any, merkmale: Any, **_: Any) -> list[dict[str, Any]]:
        fach = ("merkmal", "auspraegung", "zeit", "zeitart", "jahr", "quelle", "variante", "basis", "gebietsstand")
        gruppen: dict[tuple[Any, ...], list[dict[str, Any]]] = defaultdict(list)
        for z in self.zeilen:
            for ordnung in zuordnung:
                gleich = (z["raum_id"], z["gebietsstand"]) == (ordnung.raum_alt, ordnung.gebietsstand)
                if gleich and z["merkmal"] in merkmale:
                    gruppen[(ordnung.raum_neu, ordnung.umrechnung, *(z[f] for f in fach))].append(z)
        zusammen: dict[tuple[Any, ...], list[dict[str, Any]]] = defaultdict(list)
        umrechnung: dict[tuple[Any, ...], str] = {}
        for (raum, art, *rest), zeilen in gruppen.items():
            zusammen[(raum, *rest)] += zeilen
            umrechnung[(raum, *rest)] = max(umrechnung.get((raum, *rest), ""), art)
        return [self._summe(k, z, umrechnung[k], fach) for k, z in zusammen.items()]

    @staticmethod
    def _summe(schluessel: Any, zeilen: Any, umrechnung: str, fach: Any) -> dict[str, Any]:
        def addiere(spalte: str) -> float | None:
            werte = [z[spalte] for z in zeilen]
            return None if any(w is None for w in werte) else float(sum(werte))

        arten = ("wert", "null_genau", "null_gerundet", "geheim_quelle", "unsicher", "folgt", "nicht_sinnvoll")
        return {
            "raum_neu": schluessel[0],
            **dict(zip(fach, schluessel[1:], strict=True)),
            "wert": addiere("wert"),
            "wert_min": addiere("wert_min"),
            "wert_max": addiere("wert_max"),
            "wert_bekannt": float(sum(z["wert_min"] or 0 for z in zeilen)),
            "anzahl": len({z["raum_id"] for z in zeilen}),
            **{f"n_{a}": sum(z["status"] == a for z in zeilen) for a in arten},
            "umrechnung": umrechnung,
            "stand": max(z["stand"] for z in zeilen),
            "kennzeichen": "",
            "genauigkeit": "exakt",
        }


QUOTE = Indikator(
    "quote", "Quote", "Quote", "Anteil der Arbeitslosen.", "teilhabe", "Arbeit", "%",
    (Teil("arbeitslose", zeitart="jahresmittel"),), (Teil("leute", "alter=15-64"),),
    richtung="hoch_belastet",
)  # fmt: skip
LEUTE = Indikator(
    "leute_zahl", "Bevölkerung", "Bevölkerung", "Personen.", "demografie", "Bestand", "Personen",
    (Teil("leute"),), verfahren="anzahl", nachkommastellen=0,
)  # fmt: skip


def katalog(*indikatoren: Indikator, mindestfallzahl: int = 3) -> Katalog:
    return Katalog(
        indikatoren={i.kennung: i for i in indikatoren or (QUOTE, LEUTE)},
        merkmale={
            "arbeitslose": Merkmal("arbeitslose", "Arbeitslose", "Personen", ("jahresmittel",), ("amt",)),
            "leute": Merkmal("leute", "Bevölkerung", "Personen", ("stichtag",), ("amt", "register"), ("alter",)),
            "rate": Merkmal("rate", "Gelieferte Rate", "%", ("jahr",), ("amt",), additiv=False, personen=False),
        },
        dimensionen={
            "alter": Dimension(
                "alter",
                "Alter",
                {"0-14": "unter 15", "15-64": "15 bis 64", "65+": "ab 65", "15-39": "15 bis 39", "40-64": "40 bis 64"},
                (Teilung("", ("0-14", "15-64", "65+")), Teilung("15-64", ("15-39", "40-64"))),
            )
        },
        quellen={
            "amt": Quelle("amt", "Amt", "Amt für Statistik", "ffcsv", mindestfallzahl=mindestfallzahl),
            "register": Quelle("register", "Register", "Melderegister", "tabelle"),
        },
    )
