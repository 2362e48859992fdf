"""Footnotes that people write: ``anmerkungen.csv`` of a project, and which cells each of them reaches."""

from __future__ import annotations

import csv
import io
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from pathlib import Path

from sozmon.definition import vorschlag
from sozmon.errors import KonfigError
from sozmon.model import Fundstelle, Meldung, Stufe
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
    zeilen = csv.DictReader(io.StringIO(text), delimiter=";", strict=True)
    if tuple(zeilen.fieldnames or ()) != ANMERKUNGEN_SPALTEN:
        raise KonfigError(
            "Die Kopfzeile der Anmerkungen stimmt nicht.",
            ort=pfad.name,
            abhilfe=f"Erwartet: {';'.join(ANMERKUNGEN_SPALTEN)}",
        )
    try:
        return tuple(_parse(z, f"{pfad.name}, Zeile {nr}") for nr, z in enumerate(zeilen, 2) if any(z.values()))
    except csv.Error as fehler:
        raise KonfigError(
            "Ein Anführungszeichen ist nicht geschlossen.", ort=f"{pfad.name}, ab Zeile {zeilen.line_num}"
        ) from fehler


def check_anmerkungen(
    anmerkungen: Iterable[Anmerkung], indikatoren: Collection[str], raum_ids: Collection[str]
) -> list[Meldung]:
    """Footnotes that reach no cell: of an unknown Raum or an unknown Indikator."""
    meldungen = []
    for a in anmerkungen:
        if a.raum_id not in raum_ids:
            meldungen.append(_unerreicht(a, f"den Raum „{a.raum_id}“", vorschlag(a.raum_id, raum_ids)))
        if a.kennung and a.kennung not in indikatoren:
            meldungen.append(_unerreicht(a, f"den Indikator „{a.kennung}“", vorschlag(a.kennung, indikatoren)))
    return meldungen


def _unerreicht(anmerkung: Anmerkung, was: str, abhilfe: str) -> Meldung:
    text = f"Die Anmerkung „{anmerkung.text[:40]}“ erreicht keine Zelle: {was} gibt es hier nicht."
    return Meldung("anmerkung_ohne_ziel", Stufe.WARNUNG, text, Fundstelle("anmerkungen.csv"), abhilfe)


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
