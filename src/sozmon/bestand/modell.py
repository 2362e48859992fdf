"""Vocabulary of the store: what a Lieferung is, which tables there are, what an import reports.

Reading must start fast: ``sozmon.model`` with its many definitions is imported only where it is needed, and
small values are NamedTuples, which cost a tenth of a dataclass to create.
"""

from __future__ import annotations

import dataclasses
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, NamedTuple, Protocol, runtime_checkable

FORMAT = 1
"""Version of the folder layout; a store with a higher one is refused (exit 76)."""

KORREKTUREN = "korrekturen"
"""Form of a Lieferung that puts values of others right: at equal stand it holds."""

TABELLEN: tuple[str, ...] = ("merkmalswerte", "fruehere", "lieferungen")
PARTITIONIERT: frozenset[str] = frozenset({"merkmalswerte", "fruehere"})
"""Tables with one folder a year (``jahr=2021``); the column lives in the path, not in the file."""

INHALT: tuple[str, ...] = ("ebene", "wert", "wert_min", "wert_max", "status", "kennzeichen", "genauigkeit")
"""What a value says; two rows of one key that agree here are the same value."""


@dataclass(frozen=True, slots=True)
class Lieferung:
    """One accepted file, immutable, identified by its SHA-256.

    stand, gebietsstand: ISO dates; importiert: UTC, ISO; von: user name; version: of sozmon;
    optionen: JSON text of what the call stated; offen: read with provisional keys, to be read again.
    """

    sha256: str
    datei: str
    quelle: str
    form: str = ""
    titel: str = ""
    stand: str = ""
    gebietsstand: str = ""
    importiert: str = ""
    von: str = ""
    version: str = ""
    zeilen: int = 0
    abgelehnt: int = 0
    geheim: int = 0
    offen: bool = False
    optionen: str = "{}"
    zustand: str = "aktiv"

    @property
    def ist_aktiv(self) -> bool:
        """False once it was taken back."""
        return self.zustand == "aktiv"


LIEFERUNGSFELDER: tuple[str, ...] = tuple(f.name for f in dataclasses.fields(Lieferung))


class Eintrag(NamedTuple):
    """A Lieferung and its place in the order of import (``folge``, 1, 2, …), which breaks ties of ``stand``."""

    lieferung: Lieferung
    folge: int

    def als_zeile(self) -> dict[str, Any]:
        """Row of the table lieferungen."""
        return {f: getattr(self.lieferung, f) for f in LIEFERUNGSFELDER} | {"folge": self.folge}

    @classmethod
    def aus_zeile(cls, zeile: dict[str, Any]) -> Eintrag:
        """Inverse of ``als_zeile``."""
        return cls(Lieferung(**{f: zeile[f] for f in LIEFERUNGSFELDER}), int(zeile["folge"]))


@dataclass(frozen=True, slots=True)
class Zusammenfassung:
    """What an import did to the current values; ``zurueckgestellt`` = delivered, but a newer stand holds."""

    neu: int = 0
    geaendert: int = 0
    unveraendert: int = 0
    zurueckgestellt: int = 0

    def __add__(self, andere: Zusammenfassung) -> Zusammenfassung:
        return Zusammenfassung(
            self.neu + andere.neu,
            self.geaendert + andere.geaendert,
            self.unveraendert + andere.unveraendert,
            self.zurueckgestellt + andere.zurueckgestellt,
        )


@runtime_checkable
class Jahreszeilen(Protocol):
    """Rows of a Lieferung too large for the memory, a year at a time; labels may be dictionary-encoded."""

    @property
    def num_rows(self) -> int: ...  # noqa: D102
    def jahre(self) -> Mapping[int, set[str]]:
        """Year → Merkmale in it."""

    def lies(self, jahr: int) -> Any:
        """All rows of the year (pyarrow, columns of MERKMALSWERTE)."""


class ZuordnungZeile(Protocol):
    """One row of the conversion: the value of ``raum_alt`` on ``gebietsstand`` counts ``gewicht`` in ``raum_neu``."""

    @property
    def raum_alt(self) -> str: ...  # noqa: D102
    @property
    def gebietsstand(self) -> str: ...  # noqa: D102
    @property
    def raum_neu(self) -> str: ...  # noqa: D102
    @property
    def gewicht(self) -> float: ...  # noqa: D102
    @property
    def umrechnung(self) -> str: ...  # noqa: D102


def spalten(tabelle: str) -> tuple[tuple[str, str], ...]:
    """Columns of a table: (name, Arrow type)."""
    if tabelle in PARTITIONIERT:
        from sozmon.model import MERKMALSWERTE

        return MERKMALSWERTE
    arten = {"zeilen": "int64", "abgelehnt": "int64", "geheim": "int64", "offen": "bool"}
    return (*((f, arten.get(f, "string")) for f in LIEFERUNGSFELDER), ("folge", "int64"))


def sortierung() -> tuple[str, ...]:
    """Row order inside a file: by merkmal and raum_id for pruning, then total, so equal rows make equal files."""
    from sozmon.model import SCHLUESSEL

    vorne = ("merkmal", "raum_id")
    return (*vorne, *(s for s in SCHLUESSEL if s not in vorne), "stand", "lieferung")
