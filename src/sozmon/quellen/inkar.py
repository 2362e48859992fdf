"""INKAR workbooks of the BBSR: sheet ``Daten`` with two head rows (indicator, year), keys as text in column A.

Column C names the level (Gemeinden, Kreise …). An empty cell is a value that was not delivered, never zero.
"""

from __future__ import annotations

import numpy as np
import pyarrow as pa

from sozmon.dateien import AblehnungError
from sozmon.model import Meldung
from sozmon.quellen import roh
from sozmon.quellen.gitter import Blatt, Zelle, adresse, als_text, check_marken, check_verborgen

KOPF = ("Kennziffer", "Raumeinheit", "Aggregat")
_RAUMART = {"gemeinden": "ags", "kreise": "kreis", "gemeindeverbände": "verband", "stadt- und landkreise": "kreis"}


def ist_inkar(blaetter: list[Blatt]) -> Blatt | None:
    """The data sheet when the workbook is INKAR's: its first three heads are fixed."""
    for blatt in blaetter:
        if blatt.zeilen and tuple(als_text(z) for z in blatt.zeilen[0][:3]) == KOPF and len(blatt.zeilen) > 2:
            return blatt
    return None


def read_inkar(blaetter: list[Blatt], name: str) -> tuple[roh.Roh, list[Meldung]]:
    """Rohwerte of all indicators and years. AblehnungError when the two head rows do not fit together."""
    blatt = ist_inkar(blaetter)
    assert blatt is not None
    koepfe, jahre = _koepfe(blatt, name)
    breite = 3 + len(koepfe)
    zeilen = range(2, len(blatt.zeilen))
    meldungen = check_marken(blatt, zeilen, range(breite)) + check_verborgen(blatt, zeilen, range(breite))
    rumpf = [z + [""] * (breite - len(z)) for z in blatt.zeilen[2:]]
    _check_breite(blatt, breite)
    spalten = list(zip(*rumpf, strict=True))
    return roh.Roh(_tabelle(blatt, koepfe, jahre, spalten)), meldungen


def _koepfe(blatt: Blatt, name: str) -> tuple[list[str], list[str]]:
    koepfe = [als_text(z) for z in blatt.zeilen[0][3:]]
    jahre = [als_text(z) for z in blatt.zeilen[1][3:]]
    if not koepfe or len(koepfe) != len(jahre) or not all(koepfe) or not all(jahre):
        raise AblehnungError(
            "kopf_unvollstaendig",
            f"Der Kopf von „{name}“ ist unvollständig.",
            ort=adresse(blatt, 0, 3),
            grund="Über jeder Wertspalte müssen der Indikator (Zeile 1) und das Jahr (Zeile 2) stehen.",
            abhilfe="Die Tabelle noch einmal aus INKAR ausgeben und unverändert importieren.",
        )
    doppelt = [
        i for i, k in enumerate(zip(koepfe, jahre, strict=True)) if k in list(zip(koepfe, jahre, strict=True))[:i]
    ]
    if doppelt:
        raise AblehnungError(
            "kopf_doppelt",
            f"In „{name}“ stehen Indikator und Jahr zweimal über einer Spalte.",
            ort=adresse(blatt, 0, 3 + doppelt[0]),
            abhilfe="Die Tabelle noch einmal aus INKAR ausgeben.",
        )
    return koepfe, jahre


def _check_breite(blatt: Blatt, breite: int) -> None:
    for nummer, zeile in enumerate(blatt.zeilen[2:], 2):
        if len(zeile) > breite:
            raise AblehnungError(
                "zeile_ungleich",
                "Neben der letzten Wertspalte steht noch ein Wert ohne Kopf.",
                ort=adresse(blatt, nummer, breite),
                abhilfe="Die Zelle leeren oder die Tabelle noch einmal aus INKAR ausgeben.",
            )


def _tabelle(blatt: Blatt, koepfe: list[str], jahre: list[str], spalten: list[tuple[Zelle, ...]]) -> pa.Table:
    zeilen, werte = len(spalten[0]), len(koepfe)
    aggregat = roh.texte([_RAUMART.get(als_text(z).casefold(), "") for z in spalten[2]])
    zahlen: list[float | None] = []
    texte: list[str] = []
    for spalte in spalten[3:]:
        zahlen.extend(z if not isinstance(z, str) else None for z in spalte)
        texte.extend(z.strip() if isinstance(z, str) else "" for z in spalte)
    return roh.tabelle(
        zeilen * werte,
        schluessel=roh.wiederholt(roh.texte([als_text(z) for z in spalten[0]]), werte),
        name=roh.wiederholt(roh.texte([als_text(z) for z in spalten[1]]), werte),
        raumart=roh.wiederholt(aggregat, werte),
        code=roh.je(koepfe, zeilen),
        zeitcode="JAHR",
        zeit=roh.je(jahre, zeilen),
        wert=texte,
        zahl=zahlen,
        blatt=blatt.name,
        zeile=np.tile(np.arange(2, 2 + zeilen, dtype=np.int32), werte),
        spalte=np.repeat(np.arange(3, 3 + werte, dtype=np.int32), zeilen),
    )
