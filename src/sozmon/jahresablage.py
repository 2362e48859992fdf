"""Merkmalswerte of a large Lieferung on disk, year by year: what is worked on at a time is one year.

The rows arrive in pieces. Each piece is sorted by year and written as one file with a record batch a year, so that
a year is read back from all pieces without touching the others.
"""

from __future__ import annotations

import weakref
from collections import defaultdict
from collections.abc import Callable
from contextlib import ExitStack
from pathlib import Path
from typing import Any

import numpy as np
import pyarrow as pa

from sozmon import plattform
from sozmon.arrow import als_numpy
from sozmon.umsetzen import SCHEMA_KODIERT


class Jahresablage:
    """Rows in the columns of MERKMALSWERTE, labels dictionary-encoded; what it wrote goes when it is let go."""

    def __init__(self) -> None:
        with ExitStack() as aufbau:
            self._ordner = aufbau.enter_context(plattform.temp_ordner())
            self._aufraeumen = weakref.finalize(self, aufbau.pop_all().close)
        self._orte: dict[int, list[tuple[Path, int]]] = defaultdict(list)
        self._merkmale: dict[int, set[str]] = defaultdict(set)
        self._zeilen: dict[int, int] = defaultdict(int)
        self._nummer = 0

    @property
    def num_rows(self) -> int:
        """Rows of all years."""
        return sum(self._zeilen.values())

    def jahre(self) -> dict[int, set[str]]:
        """Year → Merkmale in it, in order."""
        return {jahr: self._merkmale[jahr] for jahr in sorted(self._zeilen) if self._zeilen[jahr]}

    def nimm(self, tabelle: pa.Table) -> None:
        """Add rows (schema SCHEMA_KODIERT)."""
        if not tabelle.num_rows:
            return
        tabelle = tabelle.combine_chunks()
        jahr = als_numpy(tabelle.column("jahr"))
        reihe = np.argsort(jahr, kind="stable")
        if not np.array_equal(reihe, np.arange(len(reihe))):
            tabelle, jahr = tabelle.take(pa.array(reihe)).combine_chunks(), jahr[reihe]
        jahre, anfaenge = np.unique(jahr, return_index=True)
        enden = [*anfaenge[1:], len(jahr)]
        self._schreibe(tabelle, [(int(j), int(a), int(e - a)) for j, a, e in zip(jahre, anfaenge, enden, strict=True)])

    def _schreibe(self, tabelle: pa.Table, schnitte: list[tuple[int, int, int]]) -> None:
        self._nummer += 1
        pfad = self._ordner / f"{self._nummer:06}.arrow"
        satz = tabelle.to_batches()[0]
        merkmal = satz.column("merkmal")
        try:
            with pa.ipc.new_file(str(pfad), satz.schema) as schreiber:
                for nummer, (jahr, anfang, anzahl) in enumerate(schnitte):
                    schreiber.write_batch(satz.slice(anfang, anzahl))
                    self._orte[jahr].append((pfad, nummer))
                    self._zeilen[jahr] += anzahl
                    stellen = np.unique(als_numpy(merkmal.indices)[anfang : anfang + anzahl])
                    self._merkmale[jahr].update(merkmal.dictionary[int(i)].as_py() for i in stellen)
        except OSError as fehler:
            raise plattform.schreibfehler(fehler, pfad) from fehler

    def lies(self, jahr: int) -> pa.Table:
        """All rows of a year, in one chunk with common dictionaries (schema SCHEMA_KODIERT)."""
        saetze = []
        for pfad, nummer in self._orte[jahr]:
            with pa.memory_map(str(pfad)) as datei:
                saetze.append(pa.ipc.open_file(datei).get_batch(nummer))
        tabelle = pa.Table.from_batches(saetze, SCHEMA_KODIERT) if saetze else SCHEMA_KODIERT.empty_table()
        return tabelle.unify_dictionaries().combine_chunks()

    def ersetze(self, jahr: int, tabelle: pa.Table) -> None:
        """Put other rows in the place of those of a year."""
        self._orte[jahr], self._merkmale[jahr], self._zeilen[jahr] = [], set(), 0
        self.nimm(tabelle)

    def auswahl(self, gehoert: Callable[[str], bool]) -> Any:
        """The rows whose raum_id passes, of all years, with plain texts (pyarrow table)."""
        import pyarrow.compute as pc

        teile = [SCHEMA_KODIERT.empty_table()]
        for jahr in self.jahre():
            tabelle = self.lies(jahr)
            raum = tabelle.column("raum_id").chunk(0)
            passende = [i for i, wort in enumerate(raum.dictionary.to_pylist()) if gehoert(wort)]
            teile.append(tabelle.filter(pc.is_in(raum.indices, pa.array(passende, pa.int32()))))
        return entkodiert(pa.concat_tables(teile))


def entkodiert(tabelle: pa.Table) -> pa.Table:
    """The same with plain texts (schema SCHEMA)."""
    from sozmon.umsetzen import SCHEMA

    return tabelle.cast(SCHEMA)
