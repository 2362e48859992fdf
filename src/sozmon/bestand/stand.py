"""The state of the store: one sealed, numbered file names everything that counts.

A write makes new immutable files (Parquet, Delta commits) and then publishes ``staende/<n+1>.json`` in one
atomic step. Whatever is not named there does not exist: a reader sees three tables of one moment, a crash at
any point leaves the state before or after, and of two writers exactly one gets the number n+1. The state
holds the SHA-256 of every Delta log file, the names of the data files are their SHA-256, and the state itself
is sealed: so no bit of the store can change unnoticed.
"""

from __future__ import annotations

import contextlib
import hashlib
import os
from collections.abc import Mapping
from pathlib import Path
from types import MappingProxyType
from typing import Any, NamedTuple

from sozmon import __version__, plattform
from sozmon.bestand import modell, siegel
from sozmon.errors import AusgabeError, BestandError

BEHALTEN = 12
"""How many earlier states stay listed: for the reader that is just opening one, and for a look back."""

LANG, KLEIN = 300, 3_000_000
"""A store with more log files and fewer rows than this is compacted by the way."""


class Teil(NamedTuple):
    """One data file: its year (-1 = table without years), size in bytes, rows, first and last Merkmal, CRC-32."""

    jahr: int
    groesse: int
    zeilen: int
    von: str
    bis: str
    crc: int


class Tabellenstand(NamedTuple):
    """One Delta table at one version: its folder, data files by path, SHA-256 of each log file."""

    ordner: str
    version: int
    teile: Mapping[str, Teil]
    protokoll: Mapping[str, str]


class Stand(NamedTuple):
    """The whole store at one moment."""

    nummer: int
    vorgang: str = ""
    zeit: str = ""
    vorher: str = ""
    generation: int = 1
    programm: str = __version__
    tabellen: Mapping[str, Tabellenstand] = MappingProxyType({})

    def als_json(self) -> dict[str, Any]:
        """Plain values for the sealed file."""
        return {
            "nummer": self.nummer,
            "vorgang": self.vorgang,
            "zeit": self.zeit,
            "vorher": self.vorher,
            "generation": self.generation,
            "programm": self.programm,
            "tabellen": {
                name: {
                    "ordner": t.ordner,
                    "version": t.version,
                    "teile": {p: list(d) for p, d in t.teile.items()},
                    "protokoll": dict(t.protokoll),
                }
                for name, t in self.tabellen.items()
            },
        }

    @property
    def ist_lang(self) -> bool:
        """True when hundreds of commits lie behind it and compacting takes no more than seconds."""
        zeilen = sum(d.zeilen for t in self.tabellen.values() for d in t.teile.values())
        return max((len(t.protokoll) for t in self.tabellen.values()), default=0) > LANG and zeilen < KLEIN

    @property
    def siegel(self) -> str:
        """SHA-256 of this state's file: the next state names it."""
        return hashlib.sha256(siegel.versiegle(self.als_json())).hexdigest() if self.nummer else ""

    @classmethod
    def aus_json(cls, j: Mapping[str, Any]) -> Stand:
        """Inverse of ``als_json``."""
        tabellen = {
            name: Tabellenstand(t["ordner"], t["version"], {p: Teil(*d) for p, d in t["teile"].items()}, t["protokoll"])
            for name, t in j["tabellen"].items()
        }
        return cls(j["nummer"], j["vorgang"], j["zeit"], j["vorher"], j["generation"], j["programm"], tabellen)


class Einstellung(NamedTuple):
    """What belongs to the folder, not to a state: layout version, kind of drive, who may look."""

    format: int = modell.FORMAT
    ohne_hardlinks: bool = False
    zugriff: str = "person"

    @property
    def privat(self) -> bool:
        """Files 0600 (``person``) or by the umask (``gruppe``)."""
        return self.zugriff == "person"

    @property
    def optionen(self) -> dict[str, str] | None:
        """Storage options for Delta."""
        return {"allow_unsafe_rename": "true"} if self.ohne_hardlinks else None


class KonfliktError(Exception):
    """Another writer was faster; load the newest state and try again. Never reaches the user."""


def stand_ordner(ordner: Path) -> Path:
    """Folder of the numbered states."""
    return ordner / "staende"


def _nummern(ordner: Path) -> list[int]:
    try:
        namen = [p.stem for p in stand_ordner(ordner).iterdir() if p.suffix == ".json"]
    except FileNotFoundError:
        return []
    except OSError as fehler:
        raise siegel.unlesbar(stand_ordner(ordner), fehler) from fehler
    return sorted(int(n) for n in namen if n.isdigit())


def pfad_stand(ordner: Path, nummer: int) -> Path:
    """File of one state."""
    return stand_ordner(ordner) / f"{nummer:010d}.json"


def read_einstellung(ordner: Path) -> Einstellung | None:
    """Settings of the folder, None if there is no store; BestandError (76) if it is newer than this program."""
    try:
        inhalt = siegel.read_siegel(ordner / "format.json")
    except FileNotFoundError:
        if any(_nummern(ordner)):
            raise siegel.beschaedigt(ordner / "format.json", "Die Datei fehlt.") from None
        return None
    if inhalt.get("format", 0) > modell.FORMAT:
        raise BestandError(
            f"Dieser Bestand wurde von einer neueren Version geschrieben (Format {inhalt['format']}, "
            f"dieses Programm kennt {modell.FORMAT}).",
            ort=str(ordner),
            abhilfe="sozmon aktualisieren (pip install --upgrade sozmon); am Bestand wurde nichts verändert.",
        )
    return Einstellung(**{f: inhalt[f] for f in ("format", "ohne_hardlinks", "zugriff")})


def write_einstellung(ordner: Path, einstellung: Einstellung) -> None:
    """Write the settings, all or nothing."""
    inhalt = {
        "format": einstellung.format,
        "ohne_hardlinks": einstellung.ohne_hardlinks,
        "zugriff": einstellung.zugriff,
    }
    plattform.write_bytes(ordner / "format.json", siegel.versiegle(inhalt), privat=einstellung.privat)


def load_stand(ordner: Path, nummer: int | None = None) -> Stand:
    """The newest state (or a certain one); a folder without a store is an empty one with number 0."""
    if read_einstellung(ordner) is None:
        return Stand(0)
    for _ in range(5):
        nummern = _nummern(ordner)
        if not nummern:
            raise siegel.beschaedigt(stand_ordner(ordner), "Kein Stand des Bestands ist mehr vorhanden.")
        pfad = pfad_stand(ordner, nummern[-1] if nummer is None else nummer)
        try:
            return Stand.aus_json(siegel.read_siegel(pfad))
        except FileNotFoundError:
            if nummer is not None:
                break
    raise siegel.beschaedigt(stand_ordner(ordner), "Dieser Stand des Bestands ist nicht mehr vorhanden.")


def newest_nummer(ordner: Path) -> int:
    """Number of the newest state by its file name alone (also when its content is damaged)."""
    return max(_nummern(ordner), default=0)


def publish_stand(ordner: Path, stand: Stand, einstellung: Einstellung) -> None:
    """Make ``stand`` the one that holds: the atomic step of every write. KonfliktError if the number is taken."""
    pfad = pfad_stand(ordner, stand.nummer)
    if not plattform.create_bytes(
        pfad, siegel.versiegle(stand.als_json()), privat=einstellung.privat, hardlink=not einstellung.ohne_hardlinks
    ):
        raise KonfliktError(pfad.name)
    plattform.fsync(pfad.parent)
    for nummer in _nummern(ordner)[: -BEHALTEN - 1]:
        plattform.try_remove(pfad_stand(ordner, nummer))


def create_bestand(ordner: Path, einstellung: Einstellung | None = None) -> Einstellung:
    """Make an empty store (state 0) if there is none; safe when several do it at once (under the lock)."""
    vorhanden = read_einstellung(ordner)
    if vorhanden is not None:
        return vorhanden
    _check_ordnername(ordner)
    einstellung = einstellung or Einstellung()
    plattform.create_ordner(stand_ordner(ordner), privat=True)
    plattform.remove(pfad_stand(ordner, 0))
    with contextlib.suppress(KonfliktError):
        publish_stand(ordner, Stand(0, "angelegt", plattform.jetzt()), einstellung)
    plattform.write_text(ordner / "LIESMICH.md", LIESMICH, privat=True)
    write_einstellung(ordner, einstellung)
    return einstellung


def _check_ordnername(ordner: Path) -> None:
    """Refuse the names that the Delta library takes for an encoded address: it would find nothing there."""
    kodiert = any(set(rest[:2]) <= set("0123456789abcdefABCDEF") for rest in str(ordner).split("%")[1:] if rest[1:])
    if kodiert or (os.name != "nt" and "\\" in str(ordner)):
        raise AusgabeError(
            "In diesem Ordner kann kein Bestand liegen: Sein Name enthält ein Prozentzeichen mit zwei Ziffern "
            "oder einen umgekehrten Schrägstrich.",
            ort=str(ordner),
            abhilfe="Den Ordner umbenennen oder das Projekt woanders anlegen.",
        )


LIESMICH = """# Bestand von sozmon

Dieser Ordner gehört dem Programm; bitte nichts darin ändern, umbenennen oder löschen.

- Sichern: `sozmon bestand sichern ZIEL`, oder den ganzen Ordner kopieren, während kein Import läuft.
- `originale/` enthält die eingelesenen Dateien unverändert, benannt nach ihrer Prüfsumme (SHA-256).
- `merkmalswerte/`, `fruehere/`, `lieferungen/` sind Delta-Tabellen (Delta Lake); andere Programme lesen sie
  als Delta-Tabelle, nie als einfache Parquet-Dateien: ersetzte Fassungen liegen noch darin.
- `verlauf/` hält fest, wer wann was eingelesen, zurückgenommen oder gelöscht hat (`sozmon status --verlauf`).
- `staende/` nennt für jeden Stand, welche Dateien gelten. Ist etwas beschädigt, meldet sozmon das und
  nennt den Weg: `sozmon bestand neu-aufbauen`.
- Der Ordner enthält auch Werte, die nicht veröffentlicht werden dürfen.
"""
