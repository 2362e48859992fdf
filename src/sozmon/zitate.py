"""Which values each text cites, and which texts must be read again because these values have changed.

The register ``texte/zitate.csv`` holds the values as they were when a person last wrote or confirmed a text. A text
that was edited since counts as read by its author; one that was not, while its values moved, is to be checked.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from sozmon.errors import KonfigError
from sozmon.model import Fundstelle, Meldung, Stufe
from sozmon.plattform import write_bytes

SPALTEN = ("bericht", "block", "pruefsumme", "aufruf", "indikator", "raum_id", "zeit", "gedruckt")


@dataclass(frozen=True, slots=True)
class Zitat:
    """A value that a text cites. ``block``: file below texte/; ``aufruf``: the call with its roles of time."""

    block: str
    aufruf: str
    indikator: str
    raum_id: str
    zeit: str
    gedruckt: str
    pruefsumme: str = ""
    bericht: str = ""
    """The report it was printed in: another one may cite other years."""


def load_zitate(pfad: Path) -> tuple[Zitat, ...]:
    """The register; () when there is none. KonfigError (78) for a file that is none."""
    if not pfad.is_file():
        return ()
    zeilen = csv.DictReader(io.StringIO(pfad.read_bytes().decode("utf-8-sig")), delimiter=";")
    if tuple(zeilen.fieldnames or ()) != SPALTEN:
        raise KonfigError(
            "Das Verzeichnis der zitierten Werte ist nicht lesbar.",
            ort=pfad.name,
            abhilfe="Die Datei löschen; sie entsteht beim nächsten Bericht neu.",
        )
    return tuple(Zitat(**{s: z[s] for s in SPALTEN}) for z in zeilen)


def write_zitate(pfad: Path, zitate: Sequence[Zitat]) -> None:
    """Write the register where it differs from what is there."""
    puffer = io.StringIO()
    schreiber = csv.writer(puffer, delimiter=";", lineterminator="\r\n")
    schreiber.writerow(SPALTEN)
    schreiber.writerows([getattr(z, s) for s in SPALTEN] for z in zitate)
    inhalt = ("\ufeff" + puffer.getvalue()).encode("utf-8")
    if not pfad.is_file() or pfad.read_bytes() != inhalt:
        write_bytes(pfad, inhalt)


@dataclass(frozen=True, slots=True)
class Pruefbedarf:
    """A text whose cited values have changed since it was read: (call, before, now)."""

    block: str
    aenderungen: tuple[tuple[str, str, str], ...]

    def meldung(self, liste: str, bericht: str) -> Meldung:
        """For people; liste: where before and now of every call stands."""
        text = "Der Text ist unverändert, aber Werte, die er nennt, haben sich geändert."
        hilfe = (
            f"Lesen, was sich geändert hat: {liste}. Stimmen die Texte noch, mit "
            f"„sozmon bericht {bericht} --texte-geprueft“ bestätigen, sonst ändern."
        )
        return Meldung("text_zu_pruefen", Stufe.WARNUNG, text, Fundstelle(self.block), hilfe)

    def zeilen(self) -> list[tuple[str, str, str, str]]:
        """(block, call, before, now) of every change."""
        return [(self.block, *aenderung) for aenderung in self.aenderungen]


def compare_zitate(alt: Sequence[Zitat], neu: Sequence[Zitat]) -> tuple[list[Pruefbedarf], tuple[Zitat, ...]]:
    """(texts to be checked, the register from now on): pure.

    A block that is new, or whose text was edited, is recorded as it is now; a block whose text is the same keeps its
    old values as long as they differ; blocks that were not rendered this time stay.
    """
    vorher, nachher = _je_block(alt), _je_block(neu)
    bedarf, register = [], []
    for stelle in sorted({*vorher, *nachher}):
        eigene, frueher = nachher.get(stelle), vorher.get(stelle)
        if eigene is None:
            register += frueher or []
            continue
        gleich = frueher is not None and {z.pruefsumme for z in frueher} == {z.pruefsumme for z in eigene}
        aenderungen = _aenderungen(frueher or [], eigene) if gleich else ()
        register += (frueher or []) if aenderungen else eigene
        if aenderungen:
            bedarf.append(Pruefbedarf(stelle[1], aenderungen))
    return bedarf, tuple(register)


def confirm_zitate(alt: Sequence[Zitat], neu: Sequence[Zitat], bloecke: Collection[str] = ()) -> tuple[Zitat, ...]:
    """The register after a person has read the texts (() = all that were rendered)."""
    vorher, nachher = _je_block(alt), _je_block(neu)
    gelesen = {s for s in nachher if not bloecke or s[1] in bloecke}
    return tuple(z for s in sorted({*vorher, *nachher}) for z in (nachher[s] if s in gelesen else vorher.get(s, [])))


def _je_block(zitate: Sequence[Zitat]) -> dict[tuple[str, str], list[Zitat]]:
    """By report and block."""
    bloecke: dict[tuple[str, str], list[Zitat]] = {}
    for zitat in zitate:
        bloecke.setdefault((zitat.bericht, zitat.block), []).append(zitat)
    return bloecke


def _aenderungen(alt: Sequence[Zitat], neu: Sequence[Zitat]) -> tuple[tuple[str, str, str], ...]:
    frueher: Mapping[str, str] = {z.aufruf: z.gedruckt for z in alt}
    return tuple(
        (z.aufruf, frueher[z.aufruf], z.gedruckt)
        for z in {z.aufruf: z for z in neu}.values()
        if z.aufruf in frueher and frueher[z.aufruf] != z.gedruckt
    )
