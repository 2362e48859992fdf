"""What a write shall do: checks of the delivered rows, and the Auftrag for taking over or taking back."""

from __future__ import annotations

import dataclasses
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from sozmon.bestand import modell, originale, teile, vorrang
from sozmon.bestand.modell import Eintrag, Jahreszeilen, Lieferung
from sozmon.bestand.schreiben import Auftrag, Schreiber
from sozmon.errors import AufrufError, EingabeError
from sozmon.model import SCHLUESSEL


def check_tabelle(lieferung: Lieferung, tabelle: Any) -> Any:
    """The rows in the exact types of the contract; EingabeError (4) if a key repeats, ValueError: broken caller.

    Of Jahreszeilen each year is checked when it is read, before anything of the Lieferung counts.
    """
    if isinstance(tabelle, modell.Jahreszeilen):
        return GepruefteJahre(lieferung, tabelle)
    neue = tabelle.select([n for n, _ in modell.spalten("merkmalswerte")]).cast(teile.arrow_schema("merkmalswerte"))
    for name, art in modell.spalten("merkmalswerte"):
        _check_spalte(neue[name], name, art)
    _check_lieferung(neue, lieferung)
    if doppelt := vorrang.doppelte(neue):
        raise _doppelt(doppelt, lieferung)
    return neue


@dataclass(frozen=True)
class GepruefteJahre:
    """Jahreszeilen that keep the contract: types, no null where none may be, one Lieferung, no key twice."""

    lieferung: Lieferung
    zeilen: Jahreszeilen

    @property
    def num_rows(self) -> int:
        """Rows of all years."""
        return self.zeilen.num_rows

    def jahre(self) -> Mapping[int, set[str]]:
        """Year → Merkmale in it."""
        return self.zeilen.jahre()

    def lies(self, jahr: int) -> Any:
        """The checked rows of the year; EingabeError (4) if a key repeats, ValueError: broken caller."""
        import pyarrow.compute as pc

        neue = self.zeilen.lies(jahr).select([n for n, _ in modell.spalten("merkmalswerte")])
        schema = teile.entkodiere(neue.slice(0, 0)).schema
        if not schema.equals(teile.arrow_schema("merkmalswerte")):
            raise ValueError(f"columns of the year {jahr} are not those of merkmalswerte")
        for name, art in modell.spalten("merkmalswerte"):
            _check_spalte(neue[name], name, art)
        _check_lieferung(neue, self.lieferung)
        if not pc.all(pc.equal(neue["jahr"], jahr)).as_py():
            raise ValueError(f"rows of another year among those of {jahr}")
        if doppelt := vorrang.reihenfolge(neue, SCHLUESSEL)[1]:
            raise _doppelt(doppelt, self.lieferung)
        return neue


def _check_lieferung(neue: Any, lieferung: Lieferung) -> None:
    if neue.num_rows and set(neue["lieferung"].unique().to_pylist()) != {lieferung.sha256}:
        raise ValueError("column lieferung must hold the SHA-256 of the Lieferung")


def _doppelt(anzahl: int, lieferung: Lieferung) -> EingabeError:
    return EingabeError(
        f"{anzahl} Werte sind in „{lieferung.datei}“ doppelt: gleicher Raum, gleiche Zeit, gleiches Merkmal.",
        ort=lieferung.datei,
        abhilfe="Die Datei oder die Beschreibung ihrer Quelle prüfen (sozmon import --probe).",
    )


def _check_spalte(spalte: Any, name: str, art: str) -> None:
    import pyarrow.compute as pc

    if art == "double":
        if pc.any(pc.is_nan(spalte)).as_py():
            raise ValueError(f"column {name}: NaN is not a value, use null")
    elif spalte.null_count:
        raise ValueError(f"column {name}: null is not allowed, use empty text")


def build_auftrag(schreiber: Schreiber, bisher: Sequence[Eintrag], lieferung: Lieferung, neue: Any) -> Auftrag:
    """Take over ``neue``; rows of the same Lieferung that already count go first."""
    alt = next((e for e in bisher if e.lieferung.sha256 == lieferung.sha256), None)
    weiter = alt is not None and alt.lieferung.ist_aktiv
    if alt is not None and weiter:
        zuerst = alt.lieferung  # who brought it, when and under which name stays as it was the first time
        eintrag = Eintrag(
            dataclasses.replace(lieferung, importiert=zuerst.importiert, von=zuerst.von, datei=zuerst.datei), alt.folge
        )
    else:
        eintrag = Eintrag(lieferung, max((e.folge for e in bisher), default=0) + 1)
    andere = tuple(e for e in bisher if e.lieferung.sha256 != lieferung.sha256)
    entferne = frozenset({lieferung.sha256} if weiter else ())
    return Auftrag(f"import {lieferung.datei}", neue, entferne, (*andere, eintrag))


def ist_ohne_folgen(schreiber: Schreiber, auftrag: Auftrag, bisher: Sequence[Eintrag]) -> bool:
    """True if exactly these rows of exactly this Lieferung already count: the same file twice."""
    if not auftrag.entferne or _ohne_version(auftrag.eintraege) != _ohne_version(bisher):
        return False
    if isinstance(auftrag.neue, modell.Jahreszeilen):
        return False  # weighed year by year instead
    return bool(schreiber.zeilen_von(auftrag.entferne).equals(_sortiert(auftrag.neue)))


def _ohne_version(eintraege: Sequence[Eintrag]) -> set[Eintrag]:
    return {Eintrag(dataclasses.replace(e.lieferung, version=""), e.folge) for e in eintraege}


def _sortiert(tabelle: Any) -> Any:
    return tabelle.sort_by([(s, "ascending") for s in ("jahr", *modell.sortierung())]).combine_chunks()


def build_ruecknahme(bisher: Sequence[Eintrag], sha256: str) -> Auftrag:
    """Take a Lieferung back; AufrufError (2) if there is none that counts."""
    eintrag = next((e for e in bisher if e.lieferung.sha256 == sha256 and e.lieferung.ist_aktiv), None)
    if eintrag is None:
        raise AufrufError(
            f"Eine Lieferung „{sha256[:12]}“, die gilt, gibt es nicht.",
            abhilfe="sozmon status --lieferungen zeigt alle Lieferungen.",
        )
    neu = tuple(originale.mit_zustand(e, "zurueckgenommen") if e is eintrag else e for e in bisher)
    return Auftrag(f"zurueck {eintrag.lieferung.datei}", None, frozenset({sha256}), neu)
