"""Checks of a delivery's Merkmalswerte among themselves: duplicates, impossible values. Each gives Meldungen."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np
import pyarrow as pa

from sozmon.model import SCHLUESSEL, Fundstelle, Meldung, Status, Stufe
from sozmon.quellen.kombination import Spalte, gruppen

if TYPE_CHECKING:
    from sozmon.katalog import Katalog

_GEZEIGT = 10
"""Duplicate keys that are named one by one."""


def check_doppelte(tabelle: pa.Table) -> tuple[list[Meldung], pa.Table]:
    """Keys that stand twice: a fehler with both addresses when they differ; else a warnung, and one row is left out."""
    if tabelle.num_rows < 2:
        return [], tabelle
    spalten = [Spalte.aus(tabelle.column(s).combine_chunks().dictionary_encode()) for s in SCHLUESSEL]
    erste, gruppe = gruppen(*(s.stellen for s in spalten))
    if len(erste) == tabelle.num_rows:
        return [], tabelle
    doppelt = np.flatnonzero(erste[gruppe] != np.arange(tabelle.num_rows))
    verschieden = [int(i) for i in doppelt if not _gleich(tabelle, int(i), int(erste[gruppe[i]]))]
    meldungen = [_verschieden(tabelle, i, int(erste[gruppe[i]])) for i in verschieden[:_GEZEIGT]]
    if len(verschieden) > _GEZEIGT:
        text = f"{len(verschieden) - _GEZEIGT} weitere Werte stehen mit verschiedenem Inhalt doppelt in der Datei."
        meldungen.append(Meldung("doppelt_verschieden", Stufe.FEHLER, text, _stelle(tabelle, verschieden[_GEZEIGT])))
    if not verschieden:
        wer = "Ein Wert steht" if len(doppelt) == 1 else f"{len(doppelt)} Werte stehen"
        text = f"{wer} zweimal gleich in der Datei, gespeichert ist nur einer davon."
        meldungen.append(
            Meldung("doppelt_gleich", Stufe.WARNUNG, text, _stelle(tabelle, int(doppelt[0])), anzahl=len(doppelt))
        )
    behalten = np.ones(tabelle.num_rows, bool)
    behalten[doppelt] = False
    return meldungen, tabelle.filter(pa.array(behalten))


def _gleich(tabelle: pa.Table, a: int, b: int) -> bool:
    return all(tabelle[s][a].as_py() == tabelle[s][b].as_py() for s in ("wert", "status", "kennzeichen"))


def _verschieden(tabelle: pa.Table, a: int, b: int) -> Meldung:
    raum, zeit, merkmal = (tabelle[s][a].as_py() for s in ("raum_id", "zeit", "merkmal"))
    return Meldung(
        "doppelt_verschieden",
        Stufe.FEHLER,
        f"{merkmal} für {raum}, {zeit} steht zweimal mit verschiedenem Inhalt in der Datei: "
        f"{tabelle['fundstelle'][b].as_py()} und {tabelle['fundstelle'][a].as_py()}.",
        _stelle(tabelle, a),
        "Eine der beiden Zeilen entfernen oder beim Amt nachfragen, welche gilt.",
    )


def _stelle(tabelle: pa.Table, zeile: int) -> Fundstelle:
    blatt, trenner, zelle = tabelle["fundstelle"][zeile].as_py().rpartition("!")
    return Fundstelle(blatt=blatt if trenner else "", zelle=zelle)


def check_negative(tabelle: pa.Table, katalog: Katalog) -> list[Meldung]:
    """A count of persons below zero is a slipped column or sign."""
    import pyarrow.compute as pc

    zaehlbar = [k for k, m in katalog.merkmale.items() if m.personen and m.additiv]
    if not tabelle.num_rows or not zaehlbar:
        return []
    maske: Any = pc.and_(
        pc.less(tabelle["wert"], pa.scalar(0.0, pa.float64())),
        pc.is_in(tabelle["merkmal"], pa.array(zaehlbar, pa.string())),
    )
    maske = pc.and_(
        pc.fill_null(maske, pa.scalar(False, pa.bool_())),
        pc.equal(tabelle["status"], pa.scalar(Status.WERT.value, pa.string())),
    )
    stellen = pc.indices_nonzero(maske)
    if not len(stellen):
        return []
    text = f"{tabelle['merkmal'][stellen[0].as_py()].as_py()}: eine Anzahl kann nicht negativ sein."
    return [Meldung("negativ", Stufe.FEHLER, text, _stelle(tabelle, stellen[0].as_py()), anzahl=len(stellen))]
