"""Delete a Lieferung for good (``bestand loeschen``): its file, its values in every version, but for a protocol.

Three steps, each of which a killed run may miss: the protocol says ``offen``, a write takes the values out of the
current state, then everything that still knows them is removed and the protocol says ``erledigt``. Every later
write finishes what is ``offen``.
"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import NamedTuple

from sozmon import plattform
from sozmon.bestand import originale, siegel, verlauf
from sozmon.bestand.modell import Eintrag
from sozmon.bestand.schreiben import Auftrag
from sozmon.bestand.stand import Einstellung, Stand, stand_ordner
from sozmon.errors import AufrufError

ZWISCHENSPEICHER = "zwischenspeicher"
"""Folder of results that were computed from the values: goes with every deletion."""


def pfad_protokoll(wurzel: Path, sha256: str) -> Path:
    """Protocol of one deletion."""
    return wurzel / "loeschungen" / f"{sha256}.json"


class Protokoll(NamedTuple):
    """What is deleted, why, by whom ('' = names are not kept)."""

    sha256: str
    grund: str
    von: str


def write_protokoll(wurzel: Path, eintraege: Sequence[Eintrag], protokoll: Protokoll, einstellung: Einstellung) -> None:
    """Note what is deleted and why, without a single value; AufrufError (2) if there is no such Lieferung or reason."""
    sha256, grund, von = protokoll
    eintrag = next((e for e in eintraege if e.lieferung.sha256 == sha256), None)
    if eintrag is None:
        raise AufrufError(f"Eine Lieferung „{sha256[:12]}“ gibt es nicht.")
    if not grund.strip():
        raise AufrufError("Ohne Grund wird nichts gelöscht.", abhilfe='--grund "…" angeben.')
    alt = eintrag.lieferung
    inhalt = {
        "zustand": "offen",
        "sha256": sha256,
        "quelle": alt.quelle,
        "stand": alt.stand,
        "importiert": alt.importiert,
        "zeilen": alt.zeilen,
        "grund": grund.strip(),
        "geloescht": plattform.jetzt(),
        "von": von,
    }
    pfad = pfad_protokoll(wurzel, sha256)
    plattform.create_ordner(pfad.parent, privat=einstellung.privat)
    plattform.write_bytes(pfad, siegel.versiegle(inhalt), privat=einstellung.privat)


def build_loeschung(eintraege: Sequence[Eintrag], sha256: str) -> Auftrag:
    """Rows and entry of the Lieferung go."""
    bleibende = tuple(e for e in eintraege if e.lieferung.sha256 != sha256)
    return Auftrag(f"geloescht {sha256[:12]}", None, frozenset({sha256}), bleibende)


def offene(wurzel: Path) -> list[str]:
    """SHA-256 of the deletions that are not finished."""
    pfade = sorted((wurzel / "loeschungen").glob("*.json"))
    return [p.stem for p in pfade if siegel.read_siegel(p)["zustand"] == "offen"]


def schliesse_ab(wurzel: Path, stand: Stand, sha256: str, einstellung: Einstellung) -> None:
    """Remove the kept file and all former states, then mark the protocol; the tables are new already."""
    pfad = originale.pfad_original(wurzel, sha256)
    plattform.remove(pfad)
    plattform.remove(pfad.with_suffix(".json"))
    plattform.remove(wurzel / ZWISCHENSPEICHER)
    verlauf.remove_ereignisse(wurzel, sha256)
    for alt in stand_ordner(wurzel).glob("*.json"):
        if int(alt.stem) < stand.nummer:
            plattform.remove(alt)
    protokoll = pfad_protokoll(wurzel, sha256)
    inhalt = siegel.read_siegel(protokoll) | {"zustand": "erledigt"}
    plattform.write_bytes(protokoll, siegel.versiegle(inhalt), privat=einstellung.privat)
