"""What goes into a conversion and what comes out of it."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Any

import pyarrow as pa

from sozmon.model import MERKMALSWERTE, Fundstelle, Meldung, Quelle

if TYPE_CHECKING:
    from sozmon.katalog import Katalog
    from sozmon.raeume import Raeume

SCHEMA = pa.schema([(name, pa.type_for_alias(art)) for name, art in MERKMALSWERTE])
_VIELFAELTIG = ("fundstelle",)  # a text of its own in every row
SCHEMA_KODIERT = pa.schema(
    [
        (
            f.name,
            pa.dictionary(pa.int32(), pa.string()) if f.type == pa.string() and f.name not in _VIELFAELTIG else f.type,
        )
        for f in SCHEMA
    ]
)
"""The same with labels dictionary-encoded."""


@dataclass(frozen=True, slots=True)
class Rahmen:
    """What holds for the whole file."""

    quelle: Quelle
    katalog: Katalog
    raeume: Raeume
    kreis: str
    stand: str
    lieferung: str
    texte: Sequence[str] = ()
    eigenes_register: bool = False  # the keys are those of the register that the file itself is
    letztes_jahr: int = 0  # of the whole file, where only a piece of it is converted
    kodiert: bool = False  # labels stay dictionary-encoded: a tenth of the memory
    gemerkt: dict[tuple[str, ...], Any] = field(default_factory=dict)  # keys and cells read in pieces before
    namen: dict[tuple[str, str], Fundstelle] = field(default_factory=dict)  # (Raum, name beside it) in pieces
    nullen: set[str] = field(default_factory=set)  # keys seen "mit" and "ohne" their leading zero


@dataclass(slots=True)
class Umgesetzt:
    """Merkmalswerte of a file and what was noticed on the way."""

    tabelle: pa.Table
    meldungen: list[Meldung] = field(default_factory=list)
    abgelehnt: int = 0
    geheim: int = 0
    ausserhalb: int = 0
    offen: bool = False
    gebietsstand: str = ""
    namen_offen: tuple[str, ...] = ()
    """Spellings of Räume that nobody has confirmed."""


@dataclass(frozen=True, slots=True)
class Sammelmeldung:
    """A Meldung about several things that is worded when all of them are known; ``woerter``: the things, a text each.

    wortlaut: their texts → text of the Meldung; je_ding: it counts the things, not the values.
    """

    meldung: Meldung
    woerter: Mapping[Any, str]
    wortlaut: Callable[[Sequence[str]], str]
    je_ding: bool = True

    def fertig(self) -> Meldung:
        """The Meldung as it is reported."""
        anzahl = len(self.woerter) if self.je_ding else self.meldung.anzahl
        return replace(self.meldung, text=self.wortlaut(list(self.woerter.values())), anzahl=anzahl)

    def __add__(self, weitere: Sammelmeldung) -> Sammelmeldung:
        meldung = replace(self.meldung, anzahl=self.meldung.anzahl + weitere.meldung.anzahl)
        neue = {k: v for k, v in weitere.woerter.items() if k not in self.woerter}
        return replace(self, meldung=meldung, woerter={**self.woerter, **neue})
