"""Back up the store: one state, whole and checked, into a new folder."""

from __future__ import annotations

import shutil
from collections.abc import Iterable
from pathlib import Path

from sozmon import plattform
from sozmon.bestand import originale, siegel
from sozmon.bestand.modell import Eintrag
from sozmon.bestand.pruefen import gelistete
from sozmon.bestand.stand import Stand, pfad_stand
from sozmon.errors import AusgabeError


def write_sicherung(wurzel: Path, stand: Stand, eintraege: Iterable[Eintrag], ziel: Path) -> Path:
    """Copy one state of the store, whole and checked, to the new folder ``ziel``; others may write meanwhile.

    The folder above must exist: AusgabeError (73).
    """
    if ziel.exists() and (not ziel.is_dir() or any(ziel.iterdir())):
        raise AusgabeError(
            f"„{ziel.name}“ ist schon vorhanden und nicht leer.", ort=str(ziel), abhilfe="Einen neuen Ordner angeben."
        )
    if not ziel.absolute().parent.is_dir():
        raise AusgabeError(
            f"Den Ordner „{ziel.parent}“ gibt es nicht.",
            ort=str(ziel),
            grund="Angelegt wird nur der Ordner der Sicherung selbst: sonst läge sie, wenn ein Datenträger nicht "
            "angeschlossen ist, unbemerkt auf der eigenen Festplatte.",
            abhilfe="Den Datenträger anschließen oder den Ordner vorher anlegen.",
        )
    with plattform.temp_ordner_in(ziel.parent, f".{ziel.name}.") as kopie:
        for pfad, sha256 in _sicherungsdateien(wurzel, stand, eintraege):
            _kopiere(pfad, sha256, kopie / pfad.relative_to(wurzel))
        if ziel.exists():
            ziel.rmdir()
        plattform.move(kopie, ziel)
    return ziel


def _sicherungsdateien(wurzel: Path, stand: Stand, eintraege: Iterable[Eintrag]) -> Iterable[tuple[Path, str]]:
    yield wurzel / "format.json", ""
    yield wurzel / "LIESMICH.md", ""
    yield pfad_stand(wurzel, stand.nummer), stand.siegel
    for pfad, sha256, _ in gelistete(wurzel, stand):
        yield pfad, sha256
    for eintrag in eintraege:
        pfad = originale.pfad_original(wurzel, eintrag.lieferung.sha256)
        yield pfad, eintrag.lieferung.sha256
        yield pfad.with_suffix(".json"), ""
    for pfad in sorted((wurzel / "verlauf").glob("*.json")):
        yield pfad, ""


def _kopiere(pfad: Path, sha256: str, ziel: Path) -> None:
    plattform.create_ordner(ziel.parent, privat=True)
    try:
        shutil.copyfile(pfad, ziel)
    except FileNotFoundError as fehler:
        raise siegel.unlesbar(pfad, fehler) from fehler
    except OSError as fehler:
        raise plattform.schreibfehler(fehler, ziel) from fehler
    if sha256 and siegel.sha256_datei(ziel) != sha256:
        raise siegel.beschaedigt(pfad, "Der Inhalt passt nicht mehr zu seiner Prüfsumme.")
