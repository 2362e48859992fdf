"""The kept files: every Lieferung as it came, by SHA-256, written once, readable for its owner only."""

from __future__ import annotations

import dataclasses
import shutil
from collections.abc import Collection, Iterator
from pathlib import Path

from sozmon import plattform
from sozmon.bestand import siegel
from sozmon.bestand.modell import Eintrag
from sozmon.errors import EingabeError, EingabeFehltError

ABHILFE = "Dieselbe Datei noch einmal einlesen (sozmon import DATEI): sie ersetzt die beschädigte Kopie."


def pfad_original(wurzel: Path, sha256: str) -> Path:
    """Where the file with this hash lies."""
    return wurzel / "originale" / sha256[:2] / sha256


def keep_original(wurzel: Path, quelle: Path, sha256: str, *, privat: bool) -> Path:
    """Copy the file into the store, once; a damaged copy is replaced. EingabeError if it is not what was read."""
    ziel = pfad_original(wurzel, sha256)
    if _ist_heil(ziel, sha256):
        return ziel
    if not quelle.is_file():
        raise EingabeFehltError(f"„{quelle.name}“ fehlt.", ort=str(quelle))
    plattform.create_ordner(ziel.parent, privat=privat)
    with plattform.write_strom(ziel, privat=privat) as teil:
        shutil.copyfile(quelle, teil)
        if siegel.sha256_datei(teil) != sha256:
            raise EingabeError(
                f"„{quelle.name}“ hat sich während des Einlesens verändert.",
                abhilfe="Warten, bis die Datei fertig gespeichert ist, und noch einmal einlesen.",
            )
    return ziel


def _ist_heil(ziel: Path, sha256: str) -> bool:
    try:
        return siegel.sha256_datei(ziel) == sha256
    except OSError:
        return False


def read_original(wurzel: Path, sha256: str) -> Path:
    """Path of a kept file after its content was compared with its name; BestandError (76) if it differs."""
    pfad = pfad_original(wurzel, sha256)
    siegel.check_datei(pfad, sha256, abhilfe=ABHILFE)
    return pfad


def sweep_originale(wurzel: Path, bekannte: Collection[str]) -> None:
    """Remove files that no Lieferung names: left by runs that died before they published (under the lock)."""
    for pfad in (wurzel / "originale").glob("??/*"):
        if pfad.stem not in bekannte:
            plattform.try_remove(pfad)


def write_beleg(wurzel: Path, eintrag: Eintrag, *, privat: bool) -> None:
    """Note beside the file what it was taken for, so that the store can be rebuilt from the files alone."""
    pfad = pfad_original(wurzel, eintrag.lieferung.sha256).with_suffix(".json")
    plattform.write_bytes(pfad, siegel.versiegle(eintrag.als_zeile()), privat=privat)


def read_belege(wurzel: Path) -> Iterator[Eintrag]:
    """All notes, in no order; BestandError (76) for a damaged one."""
    for pfad in sorted((wurzel / "originale").glob("??/*.json")):
        yield Eintrag.aus_zeile(siegel.read_siegel(pfad))


def mit_zustand(eintrag: Eintrag, zustand: str) -> Eintrag:
    """The same entry in another state."""
    return Eintrag(dataclasses.replace(eintrag.lieferung, zustand=zustand), eintrag.folge)
