"""Rows and territory for the tests of checks: an invented Kreis of five Gemeinden in two regions."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

import pyarrow as pa

from sozmon.katalog import Katalog
from sozmon.model import Dimension, Merkmal, Teilung
from sozmon.pruefungen import Umfeld
from sozmon.raeume import Raeume, Register, RegisterRaum
from sozmon.raeume.gliederung import Raumgliederung, parse_gliederung
from sozmon.umsetzen import SCHEMA

TAG = "2023-12-31"
KREIS = "99001"
GEMEINDEN = {
    "99001010": "Aubach, Stadt",
    "99001020": "Bergdorf",
    "99001030": "Celltal",
    "99001040": "Dornau",
    "99001050": "Erlach",
}
FORST = "99001900"
REGIONEN = {"R1": ("99001010", "99001020"), "R2": ("99001030", "99001040", "99001050")}

GESCHLECHT = Dimension("geschlecht", "Geschlecht", {"m": "männlich", "w": "weiblich"}, (Teilung("", ("m", "w")),))
ALTER = Dimension(
    "alter",
    "Alter",
    {"0-17": "unter 18", "18-64": "18 bis 64", "65+": "65 und älter", "0-5": "unter 6", "6-17": "6 bis 17"},
    (Teilung("", ("0-17", "18-64", "65+")), Teilung("0-17", ("0-5", "6-17"))),
)


def merkmal(kennung: str = "leute", **mehr: Any) -> Merkmal:
    return Merkmal(kennung, mehr.pop("titel", "Leute"), "Personen", ("stichtag",), (), ("alter", "geschlecht"), **mehr)


def register(kreis: str, gemeinden: Mapping[str, str], tag: str = TAG, unbewohnt: Iterable[str] = ()) -> Register:
    raeume = [
        RegisterRaum(kreis[:2], "Probeland", "land", kreis[:2]),
        RegisterRaum(kreis, "Probekreis", "kreis", kreis),
    ]
    for ags, name in gemeinden.items():
        ars, art = f"{ags[:5]}0{ags[5:]}{ags[5:]}", "66" if ags in unbewohnt else "64"
        raeume.append(RegisterRaum(ags, name, "gemeinde", ars, art, 10.0, 0.0 if ags in unbewohnt else 100.0))
    return Register(tag, tuple(raeume))


def gliederung(
    name: str, regionen: Mapping[str, Iterable[str]], namen: Mapping[str, str] | None = None
) -> Raumgliederung:
    zeilen = [[r, (namen or {}).get(r, r), g] for r, teile in regionen.items() for g in teile]
    return parse_gliederung(name, [["raum_id", "raum", "gemeinde"], *zeilen], f"{name}.csv")


def umfeld(*merkmale: Merkmal, tag: str = TAG, wald: bool = False) -> Umfeld:
    """Merkmale in a Kreis with five Gemeinden and two regions; ``wald``: and an uninhabited forest."""
    gemeinden = GEMEINDEN | ({FORST: "Forst"} if wald else {})
    raeume = Raeume.aus_werten(
        [register(KREIS, gemeinden, tag, (FORST,))], (), [gliederung("regionen", REGIONEN)], kreis=KREIS
    )
    katalog = Katalog(
        {}, {m.kennung: m for m in merkmale or (merkmal(),)}, {"alter": ALTER, "geschlecht": GESCHLECHT}, {}
    )
    return Umfeld(katalog, raeume, KREIS)


VIELE = {f"99001{10 * n:03}": f"Ort {n}" for n in range(1, 21)}
"""Twenty Gemeinden: enough for statistics."""


def umfeld_viele(*merkmale: Merkmal, weitere: Iterable[Register] = ()) -> Umfeld:
    """A Kreis of twenty Gemeinden, the same on every day unless ``weitere`` registers say otherwise."""
    raeume = Raeume.aus_werten([register(KREIS, VIELE, "2019-12-31"), *weitere], kreis=KREIS)
    katalog = Katalog(
        {}, {m.kennung: m for m in merkmale or (merkmal(),)}, {"alter": ALTER, "geschlecht": GESCHLECHT}, {}
    )
    return Umfeld(katalog, raeume, KREIS)


def zeile(raum_id: str, wert: float | None, auspraegung: str = "", **mehr: Any) -> dict[str, Any]:
    """One stored row; ``wert`` None without a status = not delivered."""
    zeit = mehr.get("zeit", TAG)
    status = "wert" if wert is not None else "nicht_geliefert"
    fest: dict[str, Any] = {
        "raum_id": raum_id,
        "ebene": "gemeinde",
        "zeit": zeit,
        "zeitart": "stichtag",
        "jahr": int(zeit[:4]),
        "merkmal": "leute",
        "auspraegung": auspraegung,
        "wert": wert,
        "wert_min": wert,
        "wert_max": wert,
        "status": status,
        "kennzeichen": "",
        "genauigkeit": "exakt",
        "variante": "",
        "basis": "",
        "gebietsstand": TAG,
        "quelle": "amt",
        "lieferung": "l1",
        "stand": "2024-06-01",
        "fundstelle": "Daten!B2",
    }
    return fest | mehr


def geheim(raum_id: str, unten: float | None, oben: float | None, auspraegung: str = "", **mehr: Any) -> dict[str, Any]:
    """A hidden cell with what is known of it."""
    grenzen = {"wert_min": unten, "wert_max": oben, "status": "geheim_quelle"}
    return zeile(raum_id, None, auspraegung, **(grenzen | mehr))


def tabelle(zeilen: Iterable[Mapping[str, Any]]) -> pa.Table:
    alle = list(zeilen)
    return pa.table({n: pa.array([z[n] for z in alle], SCHEMA.field(n).type) for n in SCHEMA.names}, schema=SCHEMA)
