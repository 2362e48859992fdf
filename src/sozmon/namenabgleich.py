"""``sozmon raeume namen``: spellings of files that nobody has confirmed, with proposals; stores no value."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from sozmon.dateien import open_datei
from sozmon.quellen.leser import Leser
from sozmon.raeume.namensvorschlag import DATEI, Namensregister, Vorschlag, render_vorschlaege

if TYPE_CHECKING:
    from sozmon.katalog import Katalog
    from sozmon.projekt import Projekt
    from sozmon.raeume import Raeume

_EGAL = "1900-01-01"
"""Nothing is stored, so the Stand does not matter."""


def collect_namen(
    dateien: Sequence[str], katalog: Katalog, raeume: Raeume, kreis: str, quelle: str | None = None
) -> list[Vorschlag]:
    """A proposal for every open spelling of the files, each once per Quelle. AblehnungError for an unreadable file."""
    from sozmon.einlesen import read_lieferung

    register = Namensregister(raeume)
    gefunden: dict[tuple[str, str], Vorschlag] = {}
    with Leser() as leser:
        for datei in dateien:
            with open_datei(datei) as rohdatei:
                lesung = read_lieferung(rohdatei, katalog, raeume, quelle=quelle, stand=_EGAL, kreis=kreis, leser=leser)
            for name in lesung.namen_offen:
                gefunden.setdefault((lesung.quelle, name), register.schlage_vor(name, lesung.quelle))
    return list(gefunden.values())


def write_vorschlaege(projekt: Projekt, vorschlaege: Sequence[Vorschlag]) -> Path:
    """Write ``raeume/namen_vorschlag.csv``, which a person completes and confirms."""
    from sozmon.plattform import write_text

    return write_text(projekt.raeume / DATEI, render_vorschlaege(vorschlaege))
