"""The log of the store: who did what when, one sealed small file an event under ``verlauf/``.

Written after the state is published, so it never tells of something that did not happen; a log that cannot be written
or read never stops the work. A Lieferung is named by its SHA-256 only; its deletion takes its events
along, and what stays is its protocol under ``loeschungen/``.
"""

from __future__ import annotations

import contextlib
from collections.abc import Sequence
from pathlib import Path
from typing import NamedTuple

from sozmon import plattform
from sozmon.bestand import siegel
from sozmon.bestand.modell import KORREKTUREN, Lieferung, Zusammenfassung
from sozmon.bestand.stand import Einstellung
from sozmon.errors import BestandError, SozmonError

OHNE_ZEIT = "Zeitpunkt und Person sind nicht aufgezeichnet."


class Ereignis(NamedTuple):
    """One write: ``zeit`` UTC, ISO ('' = not recorded); ``neu``, ``ersetzt``: counts of values that hold."""

    zeit: str
    von: str
    vorgang: str
    lieferung: str = ""
    neu: int = 0
    ersetzt: int = 0
    grund: str = ""
    befehl: str = ""


def build_uebernahme(bekannt: Lieferung | None, neu: Lieferung, summe: Zusammenfassung) -> Ereignis:
    """Taking over a Lieferung: for the first time or again after it was taken back, read anew, or a correction."""
    vorgang = "berichtigt" if neu.form == KORREKTUREN else "eingelesen"
    if bekannt is not None and bekannt.ist_aktiv:
        vorgang = "nachgelesen"
    return Ereignis("", "", vorgang, neu.sha256, summe.neu, summe.geaendert)


def write_ereignis(wurzel: Path, nummer: int, ereignis: Ereignis, befehl: str, einstellung: Einstellung) -> None:
    """Add an event of the state ``nummer``; what goes wrong here is not worth failing a write that is done."""
    voll = ereignis._replace(zeit=plattform.jetzt(), von=plattform.nutzer(), befehl=befehl)
    pfad = wurzel / "verlauf" / f"{voll.zeit.translate({45: None, 58: None})}-{nummer:010d}-{voll.vorgang}.json"
    with contextlib.suppress(OSError, SozmonError):
        plattform.create_ordner(pfad.parent, privat=einstellung.privat)
        plattform.write_bytes(pfad, siegel.versiegle(voll._asdict()), privat=einstellung.privat)


def remove_ereignisse(wurzel: Path, sha256: str) -> None:
    """Forget what was noted about one Lieferung, also in an entry that is damaged."""
    for pfad in (wurzel / "verlauf").glob("*.json"):
        if sha256.encode() in pfad.read_bytes():
            plattform.remove(pfad)


def read_verlauf(wurzel: Path, lieferungen: Sequence[Lieferung]) -> tuple[list[Ereignis], list[Path]]:
    """All events, newest last, and the files that are damaged.

    What happened before there was a log, or while it was off, is told from the list of Lieferungen and the protocols
    of deletion; a Lieferung that was taken back at an unknown time stands before all others.
    """
    ereignisse, kaputt = _read_dateien(sorted((wurzel / "verlauf").glob("*.json")))
    eingelesen = {e.lieferung for e in ereignisse if e.vorgang in ("eingelesen", "berichtigt")}
    zurueck = {e.lieferung for e in ereignisse if e.vorgang in ("zurueckgenommen", "ersetzt")}
    for x in lieferungen:
        if x.sha256 not in eingelesen:
            vorgang = "berichtigt" if x.form == KORREKTUREN else "eingelesen"
            ereignisse.append(Ereignis(x.importiert, x.von, vorgang, x.sha256))
        if not x.ist_aktiv and x.sha256 not in zurueck:
            ereignisse.append(Ereignis("", "", "zurueckgenommen", x.sha256, grund=OHNE_ZEIT))
    for pfad in sorted((wurzel / "loeschungen").glob("*.json")):
        ereignisse += _read_loeschung(pfad, kaputt)
    return sorted(ereignisse, key=lambda e: e.zeit), kaputt


def _read_dateien(pfade: Sequence[Path]) -> tuple[list[Ereignis], list[Path]]:
    ereignisse: list[Ereignis] = []
    kaputt: list[Path] = []
    for pfad in pfade:
        try:
            inhalt = siegel.read_siegel(pfad)
            ereignisse.append(Ereignis(**{f: inhalt[f] for f in Ereignis._fields}))
        except (BestandError, OSError, KeyError):
            kaputt.append(pfad)
    return ereignisse, kaputt


def _read_loeschung(pfad: Path, kaputt: list[Path]) -> list[Ereignis]:
    try:
        p = siegel.read_siegel(pfad)
        return [Ereignis(p["geloescht"], p["von"], "geloescht", p["sha256"], grund=p["grund"])]
    except (BestandError, OSError, KeyError):
        kaputt.append(pfad)
        return []
