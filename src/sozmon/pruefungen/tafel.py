"""Stored rows as small dense tables: one per Quelle, Merkmal and time, Ausprägung × Raum.

What is needed of a cell: whether it was delivered, its number, the bounds of what it may be, and by how much its
rounding may move it.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import TYPE_CHECKING, Any

import numpy as np
import numpy.typing as npt

from sozmon.arrow import als_numpy
from sozmon.model import OHNE_ZUORDNUNG, Merkmal, Status
from sozmon.pruefungen.befund import stelle
from sozmon.quellen.kombination import Spalte, gruppen

if TYPE_CHECKING:
    import pyarrow as pa

    from sozmon.katalog import Katalog
    from sozmon.model import Fundstelle
    from sozmon.raeume import Raeume

Feld = npt.NDArray[np.float64]
Maske = npt.NDArray[np.bool_]
SPIELRAUM = {"exakt": 0.0, "gerundet_5": 2.0, "gerundet_10": 5.0, "tausend": 500.0, "ueberlagert": np.inf}
"""How far a delivered number may lie from the true one. Rounding to 5 moves a whole number by at most 2."""
NICHT_DA = frozenset({Status.NICHT_GELIEFERT.value, Status.RAUM_BESTAND_NICHT.value, Status.NICHT_AUF_EBENE.value})
BUND, LAENDERZAHL, GEMEINDELAENGE = "DG", 16, 8


@dataclass
class Umfeld:
    """What a check must know besides the values; ``kreis``: the own one ('' = nothing is looked at); ``dateien``:
    Lieferung → name of its file, where the values come from several."""

    katalog: Katalog
    raeume: Raeume
    kreis: str
    dateien: Mapping[str, str] = field(default_factory=dict)
    _teilungen: dict[tuple[str, str], tuple[tuple[str, ...], ...]] = field(default_factory=dict, repr=False)
    _mitglieder: dict[tuple[str, str], frozenset[str] | None] = field(default_factory=dict, repr=False)

    def teilungen(self, auspraegung: str, merkmal: str) -> tuple[tuple[str, ...], ...]:
        """``Katalog.teilungen``, remembered."""
        if (auspraegung, merkmal) not in self._teilungen:
            self._teilungen[auspraegung, merkmal] = self.katalog.teilungen(auspraegung, merkmal)
        return self._teilungen[auspraegung, merkmal]

    def name(self, raum_id: str) -> str:
        """Name of a Raum for people, its id where it has none."""
        raum = self.raeume.raum(raum_id)
        return raum.name if raum is not None else raum_id

    def gehoert(self, raum_id: str) -> bool:
        """Is the Raum one that the checks look at: own Kreis and all in it, regions, Kreise of the Land, Länder?"""
        if raum_id.startswith(self.kreis) or raum_id in self.raeume.regionen:
            return True
        if raum_id.isdecimal():
            return len(raum_id) == 2 or (len(raum_id) in (3, 5) and raum_id.startswith(self.kreis[:2]))
        return raum_id in (BUND, *self.ohne_zuordnung)

    @property
    def ohne_zuordnung(self) -> tuple[str, ...]:
        """Ids of what counts in the own Kreis and in no Gemeinde."""
        return f"{self.kreis}_{OHNE_ZUORDNUNG}", OHNE_ZUORDNUNG

    def ist_fern(self, raum_id: str) -> bool:
        """Is it another Kreis, a Land or the Bund?"""
        return self.ist_amtlich(raum_id) and not raum_id.startswith(self.kreis)

    def ist_amtlich(self, raum_id: str) -> bool:
        """An official key, or the Bund; planners number their regions too."""
        return (raum_id.isdecimal() or raum_id == BUND) and raum_id not in self.raeume.regionen

    def gemeinden(self, raum_id: str, gebietsstand: str) -> frozenset[str] | None:
        """Gemeinden of the Raum on that day, gemeindefreie Gebiete among them; None when nobody knows which."""
        schluessel = (raum_id, gebietsstand)
        if schluessel not in self._mitglieder:
            self._mitglieder[schluessel] = self._gemeinden(raum_id, gebietsstand)
        return self._mitglieder[schluessel]

    def _gemeinden(self, raum_id: str, tag: str) -> frozenset[str] | None:
        lage = self.raeume.strahl.lage(tag)
        tage = [t for t in (lage.von, lage.bis) if t]
        if lage.art in ("vor", "leer") or not tage:
            return None
        alle = {self.raeume.gemeinden_am(raum_id, tag, self.raeume.strahl.stand(t)) for t in tage}
        return alle.pop() if len(alle) == 1 else None  # between two known days: only what holds on both

    def unbewohnt(self, gemeinde: str, gebietsstand: str) -> bool:
        """Is it an uninhabited gemeindefreies Gebiet?"""
        stand = self.raeume.strahl.stand(self.raeume.strahl.naechster(gebietsstand))
        return stand is not None and stand.unbewohnt(gemeinde)


@dataclass(frozen=True)
class Tafel:
    """One Merkmal at one time from one Quelle; arrays are Ausprägung × Raum. ``quelle`` is its kennung."""

    merkmal: Merkmal
    quelle: str
    zeit: str
    zeitart: str
    variante: str
    basis: str
    gebietsstand: str
    auspraegungen: dict[str, int]
    raeume: dict[str, int]
    zeile: npt.NDArray[np.int64]
    quelltext: _Zeilen

    @cached_property
    def da(self) -> Maske:
        """Was the cell delivered (a number, or a sign that stands for one)?"""
        ergebnis: Maske = (self.zeile >= 0) & self.quelltext.da[self.zeile]
        return ergebnis

    def _hole(self, spalte: Feld) -> Feld:
        ergebnis: Feld = np.where(self.da, spalte[self.zeile], np.nan)
        return ergebnis

    @cached_property
    def wert(self) -> Feld:
        """The number, NaN where there is none."""
        return self._hole(self.quelltext.wert)

    @cached_property
    def unten(self) -> Feld:
        """Least that the cell may be: 0 for hidden counts without a bound."""
        return self._grenze(self.quelltext.unten, 0.0 if self.merkmal.personen else -np.inf)

    @cached_property
    def oben(self) -> Feld:
        """Most that the cell may be."""
        return self._grenze(self.quelltext.oben, np.inf)

    def _grenze(self, spalte: Feld, offen: float) -> Feld:
        grenze = np.where(np.isnan(self.wert), self._hole(spalte), self.wert)
        ergebnis: Feld = np.where(self.da & np.isnan(grenze), offen, grenze)
        return ergebnis

    @cached_property
    def spiel(self) -> Feld:
        """By how much rounding or noise may have moved the number."""
        spiel = self._hole(self.quelltext.spiel)
        if self.merkmal.toleranz:  # noise with a declared bound
            spiel = np.where(np.isinf(spiel), 0.0, spiel)
        spanne = self._hole(self.quelltext.oben) - self.wert  # a rounded zero may be as much as half a unit
        ergebnis: Feld = np.fmax(spiel, spanne)
        return ergebnis

    def stand(self, a: int, r: int) -> str:
        """Datenstand of a cell."""
        return self.quelltext.stand[int(self.zeile[a, r])]

    def stelle(self, a: int, r: int) -> Fundstelle:
        """Where the cell stands in its file."""
        i = int(self.zeile[a, r])
        return self.quelltext.stelle(i) if i >= 0 else stelle("")


class _Zeilen:
    """The columns of the rows that matter, as arrays."""

    def __init__(self, tabelle: pa.Table, dateien: Mapping[str, str]) -> None:
        self.tabelle, self.dateien = tabelle, dateien
        self.wert, self.unten, self.oben = (als_numpy(tabelle.column(s)) for s in ("wert", "wert_min", "wert_max"))
        self.stand = spalte(tabelle, "stand")
        status, genau = spalte(tabelle, "status"), spalte(tabelle, "genauigkeit")
        da = np.array([w not in NICHT_DA for w in status.worte] or [False])
        spiel = np.array([SPIELRAUM.get(w, 0.0) for w in genau.worte] or [0.0])
        self.da, self.spiel = da[status.stellen], spiel[genau.stellen]

    def stelle(self, zeile: int) -> Fundstelle:
        """File and address of a row."""
        lieferung = self.tabelle["lieferung"][zeile].as_py()
        return stelle(self.tabelle["fundstelle"][zeile].as_py(), self.dateien.get(lieferung, ""))


def spalte(tabelle: pa.Table, name: str) -> Spalte:
    """A text column as numbers and words."""
    return Spalte.aus(tabelle.column(name).combine_chunks().dictionary_encode())


_TAFEL = ("quelle", "merkmal", "zeit", "zeitart", "variante", "basis", "gebietsstand")


def schneide(tabelle: pa.Table, umfeld: Umfeld) -> Iterator[Tafel]:
    """Every Tafel of the Merkmale that the catalogue knows; in the order of first rows."""
    if not tabelle.num_rows or not umfeld.kreis:
        return
    tabelle = waehle(tabelle, umfeld)
    if not tabelle.num_rows:
        return
    zeilen = _Zeilen(tabelle, umfeld.dateien)
    spalten = {s: spalte(tabelle, s) for s in (*_TAFEL, "auspraegung", "raum_id")}
    erste, gruppe = gruppen(*(spalten[s].stellen for s in _TAFEL))
    ordnung = np.argsort(gruppe, kind="stable")
    grenzen = np.searchsorted(gruppe[ordnung], np.arange(len(erste) + 1))
    for nummer in np.argsort(erste, kind="stable"):
        i = int(erste[nummer])
        worte = {s: spalten[s][i] for s in _TAFEL}
        eigene = ordnung[grenzen[nummer] : grenzen[nummer + 1]]
        yield _tafel(worte, eigene, spalten, zeilen, umfeld.katalog.merkmale[worte["merkmal"]])


def waehle(tabelle: pa.Table, umfeld: Umfeld) -> Any:
    """The rows of Räume and Merkmale that the checks look at."""
    import pyarrow as pa

    raum, merkmal = spalte(tabelle, "raum_id"), spalte(tabelle, "merkmal")
    hier = np.array([umfeld.gehoert(w) for w in raum.worte], bool)[raum.stellen]
    bekannt = np.array([w in umfeld.katalog.merkmale for w in merkmal.worte], bool)[merkmal.stellen]
    return tabelle.filter(pa.array(hier & bekannt))


def _tafel(worte: dict[str, str], eigene: Any, spalten: dict[str, Spalte], zeilen: _Zeilen, merkmal: Merkmal) -> Tafel:
    a, a_nr = np.unique(spalten["auspraegung"].stellen[eigene], return_inverse=True)
    r, r_nr = np.unique(spalten["raum_id"].stellen[eigene], return_inverse=True)
    zeile = np.full((len(a), len(r)), -1, np.int64)
    zeile[a_nr.reshape(-1), r_nr.reshape(-1)] = eigene
    return Tafel(
        merkmal=merkmal,
        quelle=worte["quelle"],
        zeit=worte["zeit"],
        zeitart=worte["zeitart"],
        variante=worte["variante"],
        basis=worte["basis"],
        gebietsstand=worte["gebietsstand"],
        auspraegungen=_nummern(spalten["auspraegung"].worte, a),
        raeume=_nummern(spalten["raum_id"].worte, r),
        zeile=zeile,
        quelltext=zeilen,
    )


def _nummern(worte: Sequence[str], stellen: Any) -> dict[str, int]:
    return {worte[int(s)]: nummer for nummer, s in enumerate(stellen)}
