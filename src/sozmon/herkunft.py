"""Trace a number to its cells: formula, parts, Lieferungen, file and cell of every summand (internal)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from sozmon.indikator import Auftrag, compute_indikatoren
from sozmon.katalogtext import formel
from sozmon.merkmalssumme import huelle
from sozmon.model import Indikator, Indikatorwert, Teil
from sozmon.zahlen import Zeitauswahl

if TYPE_CHECKING:
    from sozmon.bestand import Bestand
    from sozmon.katalog import Katalog
    from sozmon.raeume import Raeume, Raum

SPALTEN: tuple[str, ...] = (
    "teil",
    "merkmal",
    "auspraegung",
    "raum_id",
    "raum",
    "zeit",
    "wert",
    "status",
    "quelle",
    "stand",
    "datei",
    "fundstelle",
    "lieferung",
)


@dataclass(frozen=True, slots=True)
class Herkunft:
    """One value, its formula in words, and one row per stored cell it was made from (columns ``SPALTEN``)."""

    wert: Indikatorwert
    formel: str
    zellen: tuple[Mapping[str, Any], ...]


def compute_herkunft(
    bestand: Bestand,
    katalog: Katalog,
    raeume: Raeume,
    indikator: Indikator,
    raum: Raum,
    zeit: str,
    datenstand: str = "",
) -> Herkunft:
    """Compute the value again and list every cell that entered it."""
    auftrag = Auftrag((indikator,), (raum,), Zeitauswahl((zeit,)), datenstand)
    wert = compute_indikatoren(bestand, katalog, raeume, auftrag).werte[0]
    dateien = {lieferung.sha256: lieferung.datei for lieferung in bestand.lieferungen()}
    zellen = [
        zelle
        for rolle, teile in (("Zähler", indikator.zaehler), ("Nenner", indikator.nenner))
        for teil in teile
        for zelle in _zellen(bestand, katalog, raeume, raum, wert, teil, rolle, dateien, datenstand)
    ]
    return Herkunft(wert, formel(katalog, indikator), tuple(zellen))


def _zellen(
    bestand: Bestand,
    katalog: Katalog,
    raeume: Raeume,
    raum: Raum,
    wert: Indikatorwert,
    teil: Teil,
    rolle: str,
    dateien: Mapping[str, str],
    datenstand: str,
) -> list[dict[str, Any]]:
    jahr = wert.jahr + teil.jahr_versatz
    gebietsstaende = sorted(
        {
            str(z["gebietsstand"])
            for z in bestand.sql(
                f"SELECT DISTINCT gebietsstand FROM merkmalswerte WHERE merkmal = '{teil.merkmal}' AND jahr = {jahr}",
                datenstand=datenstand,
            )
        }
    )
    teile_des_raums = {(z.raum_alt, z.gebietsstand) for z in raeume.zuordnung([raum.raum_id], gebietsstaende)}
    zeilen = bestand.werte(
        merkmale=[teil.merkmal],
        raum_ids=sorted({raum.raum_id, *(r for r, _ in teile_des_raums)}),
        jahre=(jahr, jahr),
        datenstand=datenstand,
    )
    quellen = set(wert.quelle.split(","))
    gesucht = huelle(katalog, teil.merkmal, [teil.auspraegung])
    eigene = [
        z for z in zeilen if z["zeitart"] == teil.zeitart and z["quelle"] in quellen and z["auspraegung"] in gesucht
    ]
    direkt = [z for z in eigene if z["raum_id"] == raum.raum_id and raum.ebene != "gemeinde"]
    gewaehlt = direkt or [z for z in eigene if (z["raum_id"], z["gebietsstand"]) in teile_des_raums]
    genau = [z for z in gewaehlt if z["auspraegung"] == teil.auspraegung]
    return [_zeile(z, raeume, rolle, dateien) for z in sorted(genau or gewaehlt, key=_ordnung)]


def _ordnung(zeile: Mapping[str, Any]) -> tuple[str, str]:
    return str(zeile["raum_id"]), str(zeile["auspraegung"])


def _zeile(zeile: Mapping[str, Any], raeume: Raeume, rolle: str, dateien: Mapping[str, str]) -> dict[str, Any]:
    raum = raeume.raum(zeile["raum_id"])
    gefuellt = dict(zeile) | {
        "teil": rolle,
        "raum": raum.name if raum else "",
        "datei": dateien.get(zeile["lieferung"], ""),
    }
    return {spalte: gefuellt[spalte] for spalte in SPALTEN}
