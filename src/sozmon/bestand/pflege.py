"""Care of the store: write the tables anew, remove what nobody reads any more.

Compacting, rebuilding and deleting all do the same thing: they write the tables into fresh folders (a new
*generation*), publish a state that names them, and remove the old folders once nobody reads them any more.
"""

from __future__ import annotations

import re
import time
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

from sozmon import plattform
from sozmon.bestand import delta, modell, originale, teile
from sozmon.bestand.modell import Eintrag
from sozmon.bestand.stand import Einstellung, Stand, Tabellenstand, load_stand, publish_stand, stand_ordner
from sozmon.errors import BestandError

SCHONFRIST = 3600.0
"""Seconds that the folders of the last generation stay, for readers that still have them open."""

_TABELLENORDNER = re.compile(rf"^({'|'.join(modell.TABELLEN)})(-\d+)?$")


def run_kompaktieren(wurzel: Path, stand: Stand, einstellung: Einstellung, eintraege: Iterable[Eintrag]) -> Stand:
    """Write every table anew without fragments and history, repair the notes beside the kept files; the new state."""
    generation = next_generation(wurzel, stand)
    tabellen = {
        name: _write_kompakt(wurzel, name, alt, f"{name}-{generation}", einstellung)
        for name, alt in stand.tabellen.items()
    }
    neu = publish_generation(wurzel, stand.nummer + 1, generation, tabellen, einstellung, "kompaktiert", stand.siegel)
    eintraege = list(eintraege)
    for eintrag in eintraege:
        originale.write_beleg(wurzel, eintrag, privat=einstellung.privat)
    originale.sweep_originale(wurzel, {e.lieferung.sha256 for e in eintraege})
    return neu


def _write_kompakt(wurzel: Path, name: str, alt: Tabellenstand, ordner: str, einstellung: Einstellung) -> Tabellenstand:
    neue: dict[str, Any] = {}
    for jahr in sorted({t.jahr for t in alt.teile.values()}):
        auswahl = {p: t for p, t in alt.teile.items() if t.jahr == jahr}
        daten = teile.read_alle(wurzel / alt.ordner, name, auswahl)
        neue |= teile.write_teile(wurzel / ordner, name, daten, jahr, privat=einstellung.privat)
    return delta.commit_teile(wurzel, name, Tabellenstand(ordner, -1, {}, {}), neue, einstellung)


def next_generation(wurzel: Path, stand: Stand) -> int:
    """A number that no folder of tables bears yet."""
    vorhandene = [int(p.name.rpartition("-")[2]) for p in wurzel.glob("*-*") if _TABELLENORDNER.match(p.name)]
    return max([stand.generation, *vorhandene]) + 1


def publish_generation(
    wurzel: Path,
    nummer: int,
    generation: int,
    tabellen: Mapping[str, Tabellenstand],
    einstellung: Einstellung,
    vorgang: str,
    vorher: str = "",
) -> Stand:
    """Make these tables the ones that hold; the grace period of the former folders begins now."""
    neu = Stand(nummer, vorgang, plattform.jetzt(), vorher, generation, tabellen=tabellen)
    publish_stand(wurzel, neu, einstellung)
    for ordner in _alte_ordner(wurzel, neu):
        plattform.touch(ordner)
    return neu


def _alte_ordner(wurzel: Path, stand: Stand) -> list[Path]:
    aktuell = {t.ordner for t in stand.tabellen.values()}
    return [p for p in wurzel.iterdir() if _TABELLENORDNER.match(p.name) and p.name not in aktuell]


def sweep_alte(wurzel: Path, stand: Stand, *, frist: float = SCHONFRIST) -> None:
    """Remove folders of former generations and the states that name them; call it under the lock."""
    if not stand.tabellen:
        return
    alte = [p for p in _alte_ordner(wurzel, stand) if time.time() - p.stat().st_mtime >= frist]
    for ordner in alte:
        plattform.remove(ordner)
    for rest in wurzel.glob(".neu-*"):
        plattform.remove(rest)
    if alte:
        for pfad in stand_ordner(wurzel).glob("*.json"):
            nummer = int(pfad.stem)
            if nummer < stand.nummer and _nennt_fehlendes(wurzel, nummer):
                plattform.try_remove(pfad)


def _nennt_fehlendes(wurzel: Path, nummer: int) -> bool:
    try:
        alt = load_stand(wurzel, nummer)
    except BestandError:
        return True
    return not all((wurzel / t.ordner).is_dir() for t in alt.tabellen.values())
