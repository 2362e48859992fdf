"""Check the store: damaged, missing and unknown files as Meldungen."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path, PurePosixPath

from sozmon import plattform
from sozmon.bestand import originale, siegel
from sozmon.bestand.modell import Eintrag
from sozmon.bestand.stand import Stand, stand_ordner
from sozmon.errors import BestandError
from sozmon.model import Fundstelle, Meldung, Stufe


def check_bestand(wurzel: Path, stand: Stand, eintraege: Iterable[Eintrag], *, ganz: bool) -> list[Meldung]:
    """Damaged, missing and unknown files as Meldungen; ``ganz`` compares every file with its hash, else sizes only."""
    meldungen: list[Meldung] = []
    for pfad, sha256, groesse in gelistete(wurzel, stand):
        klein = groesse is None  # a log file: always worth a hash
        meldungen += _check(pfad, sha256, groesse, ganz=ganz or klein, abhilfe=siegel.ABHILFE)
    for eintrag in eintraege:
        sha = eintrag.lieferung.sha256
        pfad = originale.pfad_original(wurzel, sha)
        meldungen += _check(pfad, sha, None, ganz=ganz, abhilfe=originale.ABHILFE)
        if ganz:
            meldungen += _check_siegel(pfad.with_suffix(".json"))
    if ganz:
        protokolle = [p for name in ("loeschungen", "verlauf") for p in (wurzel / name).glob("*.json")]
        for pfad in sorted([*stand_ordner(wurzel).glob("*.json"), *protokolle]):
            meldungen += _check_siegel(pfad)
        meldungen += _check_unbekannte(wurzel, stand)
    return meldungen


def gelistete(wurzel: Path, stand: Stand) -> Iterable[tuple[Path, str, int | None]]:
    """Every file that ``stand`` names: path, SHA-256, size (None for log files)."""
    for tabelle in stand.tabellen.values():
        ordner = wurzel / tabelle.ordner
        for name, sha256 in tabelle.protokoll.items():
            yield ordner / "_delta_log" / name, sha256, None
        for pfad, teil in tabelle.teile.items():
            yield ordner / pfad, PurePosixPath(pfad).stem, teil.groesse


def _check(pfad: Path, sha256: str, groesse: int | None, *, ganz: bool, abhilfe: str) -> list[Meldung]:
    try:
        if ganz and siegel.sha256_datei(pfad) != sha256:
            return [_meldung(pfad, "Der Inhalt passt nicht mehr zu seiner Prüfsumme.", abhilfe)]
        if groesse is not None and pfad.stat().st_size != groesse:
            return [_meldung(pfad, "Die Datei hat nicht mehr ihre Größe.", abhilfe)]
        if not plattform.ist_regulaer(pfad):
            return [_meldung(pfad, "Die Datei fehlt.", abhilfe)]
    except OSError as fehler:
        return [_meldung(pfad, siegel.unlesbar(pfad, fehler).grund, abhilfe)]
    return []


def _check_siegel(pfad: Path) -> list[Meldung]:
    try:
        siegel.read_siegel(pfad)
    except BestandError as fehler:
        return [_meldung(pfad, fehler.grund, "sozmon bestand kompaktieren schreibt diese Datei neu.")]
    except FileNotFoundError:
        return [_meldung(pfad, "Die Datei fehlt.", "sozmon bestand kompaktieren schreibt diese Datei neu.")]
    return []


def _check_unbekannte(wurzel: Path, stand: Stand) -> list[Meldung]:
    """Debris of killed runs and replaced versions: harmless, but changed bits in them must not look like data."""
    bekannt = {p for p, _, _ in gelistete(wurzel, stand)}
    fremde = 0
    for pfad in sorted(p for t in stand.tabellen.values() for p in (wurzel / t.ordner).rglob("*") if p.is_file()):
        if pfad in bekannt:
            continue
        fremde += 1
        if pfad.suffix == ".parquet" and len(pfad.stem) == 64 and siegel.sha256_datei(pfad) != pfad.stem:
            grund = "Eine ersetzte Fassung, die nicht mehr gilt, ist beschädigt."
            return [_meldung(pfad, grund, "sozmon bestand kompaktieren entfernt sie.", Stufe.WARNUNG)]
    if not fremde:
        return []
    text = f"{fremde} ersetzte oder übrig gebliebene Dateien im Bestand."
    return [Meldung("bestand_reste", Stufe.INFO, text, abhilfe="sozmon bestand kompaktieren entfernt sie.")]


def _meldung(pfad: Path, grund: str, abhilfe: str, stufe: Stufe = Stufe.FEHLER) -> Meldung:
    return Meldung("bestand_beschaedigt", stufe, f"„{pfad.name}“: {grund}", Fundstelle(str(pfad)), abhilfe)
