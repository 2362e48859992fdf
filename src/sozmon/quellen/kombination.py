"""Work once per distinct combination of texts, not once per value."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any, TypeVar

import numpy as np
import numpy.typing as npt
import pyarrow as pa

from sozmon.arrow import als_numpy

Zahlen = npt.NDArray[np.int64]
T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Spalte:
    """A text column as numbers: row i holds ``worte[stellen[i]]``; the words may repeat."""

    stellen: Zahlen
    worte: Sequence[str]

    @classmethod
    def aus(cls, spalte: pa.DictionaryArray | pa.ChunkedArray) -> Spalte:
        """From a dictionary-encoded Arrow column."""
        if isinstance(spalte, pa.ChunkedArray):
            spalte = spalte.combine_chunks()
            if isinstance(spalte, pa.ChunkedArray):  # no chunk at all
                spalte = pa.array([], spalte.type)
        return cls(als_numpy(spalte.indices).astype(np.int64), spalte.dictionary.to_pylist())

    def __getitem__(self, zeile: int) -> str:
        wort: str = self.worte[int(self.stellen[zeile])]
        return wort

    def auswahl(self, zeilen: Zahlen) -> list[str]:
        """The words of these rows."""
        worte = self.worte
        return [worte[i] for i in self.stellen[zeilen].tolist()]

    def je_wort(self, funktion: Callable[[str], str]) -> Spalte:
        """The column with every word replaced."""
        return Spalte(self.stellen, [funktion(w) for w in self.worte])

    def eindeutig(self) -> Spalte:
        """The same column where equal words have equal numbers."""
        nummer: dict[str, int] = {}
        neu = np.array([nummer.setdefault(w, len(nummer)) for w in self.worte], np.int64)
        return Spalte(neu[self.stellen] if len(neu) else self.stellen, list(nummer))

    def arrow(self, zeilen: Zahlen) -> Any:
        """Plain Arrow text of these rows."""
        return self.kodiert(zeilen).dictionary_decode()

    def kodiert(self, zeilen: Zahlen) -> pa.DictionaryArray:
        """These rows, dictionary-encoded."""
        stellen = pa.array(self.stellen[zeilen], pa.int32())
        return pa.DictionaryArray.from_arrays(stellen, pa.array(list(self.worte), pa.string()))


def gruppen(*stellen: Zahlen) -> tuple[Zahlen, Zahlen]:
    """Group rows that agree in all columns: first row of each group, and for every row its group."""
    if not len(stellen[0]):
        return np.zeros(0, np.int64), np.zeros(0, np.int64)
    _, erste, gruppe = np.unique(verbunden(*stellen), return_index=True, return_inverse=True)
    return erste.astype(np.int64), gruppe.reshape(-1).astype(np.int64)


def sind_verschieden(*stellen: Zahlen) -> bool:
    """True when no two rows agree in all columns."""
    if not len(stellen[0]):
        return True
    sortiert = np.sort(verbunden(*stellen))
    return bool((sortiert[1:] != sortiert[:-1]).all())


def verbunden(*stellen: Zahlen) -> Zahlen:
    """One number a row that says the same as the numbers of all columns, and sorts as they do one after the other."""
    schluessel = np.zeros(len(stellen[0]), np.int64)
    for spalte in stellen:
        breite = int(spalte.max()) + 1
        if int(schluessel.max()) > (1 << 62) // max(1, breite):
            schluessel = np.unique(schluessel, return_inverse=True)[1].reshape(-1).astype(np.int64)
        schluessel = schluessel * breite + spalte
    return schluessel


def je_gruppe(funktion: Callable[..., T], *spalten: Spalte) -> tuple[list[T], Zahlen]:
    """``funktion`` of the words of every distinct combination, and for every row the number of its result."""
    erste, gruppe = gruppen(*(s.stellen for s in spalten))
    return [funktion(*(s[int(i)] for s in spalten)) for i in erste], gruppe


def kombiniere(spalten: Sequence[pa.DictionaryArray]) -> tuple[list[tuple[str, ...]], Zahlen]:
    """Distinct rows of dictionary-encoded columns, and for every row the number of its combination."""
    return je_gruppe(lambda *worte: worte, *(Spalte.aus(s) for s in spalten))
