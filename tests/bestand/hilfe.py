"""Small invented deliveries for the tests of the store."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pyarrow as pa

from sozmon.bestand import Bestand, Lieferung
from sozmon.bestand.teile import arrow_schema
from sozmon.model import jahr_von


@dataclass(frozen=True)
class Zu:
    raum_alt: str
    gebietsstand: str
    raum_neu: str
    gewicht: float = 1.0
    umrechnung: str = ""


def zeile(raum_id: str, wert: float | None, **weitere: Any) -> dict[str, Any]:
    """One row of MERKMALSWERTE with sensible defaults."""
    felder: dict[str, Any] = {
        "raum_id": raum_id,
        "ebene": "gemeinde",
        "zeit": "2021-12-31",
        "zeitart": "stichtag",
        "merkmal": "bevoelkerung",
        "auspraegung": "",
        "wert": wert,
        "wert_min": wert,
        "wert_max": wert,
        "status": "wert",
        "kennzeichen": "",
        "genauigkeit": "exakt",
        "variante": "",
        "basis": "",
        "gebietsstand": "2021-12-31",
        "quelle": "amt",
        "fundstelle": "Zeile 2, Spalte 3",
    } | weitere
    return felder | {"jahr": jahr_von(felder["zeit"])}


def lieferung(name: str, zeilen: Iterable[dict[str, Any]], ordner: Path, stand: str = "2022-01-01") -> Paket:
    """A delivered file with its rows; equal names and rows give the same file."""
    zeilen = list(zeilen)
    inhalt = f"{name} {stand} {zeilen!r}".encode()
    sha = hashlib.sha256(inhalt).hexdigest()
    datei = ordner / f"{name}.csv"
    if not datei.exists() or datei.read_bytes() != inhalt:
        datei.write_bytes(inhalt)
    felder = [z | {"lieferung": sha, "stand": z.get("stand", stand)} for z in zeilen]
    kopf = Lieferung(sha256=sha, datei=f"{name}.csv", quelle="amt", stand=stand, zeilen=len(felder))
    return Paket(kopf, pa.Table.from_pylist(felder, schema=arrow_schema("merkmalswerte")), datei)


@dataclass(frozen=True)
class Paket:
    kopf: Lieferung
    tabelle: Any
    datei: Path

    def import_in(self, bestand: Bestand) -> Any:
        return bestand.uebernehmen(self.kopf, self.tabelle, self.datei)


def abbild(bestand: Bestand, *, folge: bool = False) -> dict[str, Sequence[Any]]:
    """Everything that the store says, independent of files, versions and clocks."""
    bestand.aktualisiere()
    alle = {}
    for name in ("merkmalswerte", "fruehere", "lieferungen"):
        zeilen = bestand.sql(f"SELECT * FROM {name}", tabellen=(name,))
        for z in zeilen:
            z.pop("importiert", None)
            if not folge:
                z.pop("folge", None)
        alle[name] = sorted(zeilen, key=repr)
    return alle
