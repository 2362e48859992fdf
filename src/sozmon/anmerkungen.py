"""Footnotes that people write: ``anmerkungen.csv`` of a project, and which cells each of them reaches."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from sozmon.errors import KonfigError
from sozmon.projekt import ANMERKUNGEN_SPALTEN


@dataclass(frozen=True, slots=True)
class Anmerkung:
    """A footnote on one Raum; ``kennung`` '' = every Indikator, years 0 = open."""

    raum_id: str
    kennung: str
    von: int
    bis: int
    text: str

    def gilt(self, kennung: str, raum_id: str, jahr: int) -> bool:
        """True when it belongs to this cell."""
        if raum_id != self.raum_id or self.kennung not in ("", kennung):
            return False
        return (not self.von or jahr >= self.von) and (not self.bis or jahr <= self.bis)


def select_texte(anmerkungen: Iterable[Anmerkung], kennung: str, raum_id: str, jahr: int) -> tuple[str, ...]:
    """Texts of the footnotes of one cell, in the order of the file."""
    return tuple(a.text for a in anmerkungen if a.gilt(kennung, raum_id, jahr))


def load_anmerkungen(pfad: Path) -> tuple[Anmerkung, ...]:
    """Read ``anmerkungen.csv``; () when there is none. KonfigError (78) names line and column of a mistake."""
    if not pfad.is_file():
        return ()
    try:
        text = pfad.read_bytes().decode("utf-8-sig")
    except UnicodeDecodeError:
        text = pfad.read_bytes().decode("cp1252")  # saved by Excel as plain CSV
    zeilen = csv.DictReader(io.StringIO(text), delimiter=";")
    if tuple(zeilen.fieldnames or ()) != ANMERKUNGEN_SPALTEN:
        raise KonfigError(
            "Die Kopfzeile der Anmerkungen stimmt nicht.",
            ort=pfad.name,
            abhilfe=f"Erwartet: {';'.join(ANMERKUNGEN_SPALTEN)}",
        )
    return tuple(_parse(zeile, f"{pfad.name}, Zeile {nr}") for nr, zeile in enumerate(zeilen, 2) if any(zeile.values()))


def _parse(zeile: dict[str, str], ort: str) -> Anmerkung:
    felder = {spalte: (zeile.get(spalte) or "").strip() for spalte in ANMERKUNGEN_SPALTEN}
    if not felder["raum_id"] or not felder["text"]:
        raise KonfigError("Zu einer Anmerkung gehören raum_id und text.", ort=ort)
    jahre = []
    for spalte in ("von", "bis"):
        if felder[spalte] and not (felder[spalte].isdigit() and len(felder[spalte]) == 4):
            raise KonfigError(f"„{felder[spalte]}“ ist kein Jahr.", ort=f"{ort}, Spalte {spalte}")
        jahre.append(int(felder[spalte] or 0))
    return Anmerkung(felder["raum_id"], felder["kennung"], jahre[0], jahre[1], felder["text"])
