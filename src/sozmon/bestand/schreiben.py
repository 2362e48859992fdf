"""One write to the store: from the state before to the state after, all or nothing.

Order: kept file, ``fruehere``, ``merkmalswerte``, ``lieferungen``, then the published state, which alone makes
the rest count. Only the years that change are written again, and of a large year only the files whose
Merkmale are touched.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from sozmon import plattform
from sozmon.bestand import delta, modell, teile, vorrang
from sozmon.bestand.modell import Eintrag, Zusammenfassung
from sozmon.bestand.stand import Einstellung, Stand, Tabellenstand, Teil, publish_stand

KLEINES_JAHR = 200_000
"""Up to so many rows a year stays one file; above, only files with touched Merkmale are written again."""


@dataclass(frozen=True, slots=True)
class Auftrag:
    """What changes: rows that come (table or Jahreszeilen, None = none), Lieferungen whose rows go, and the list of
    Lieferungen after."""

    vorgang: str
    neue: Any
    entferne: frozenset[str]
    eintraege: tuple[Eintrag, ...]

    @property
    def folge(self) -> dict[str, int]:
        """Place of each Lieferung in the order of import; corrections come after all that they correct."""
        letzte = max((e.folge for e in self.eintraege), default=0)
        return {
            e.lieferung.sha256: e.folge + (letzte if e.lieferung.form == modell.KORREKTUREN else 0)
            for e in self.eintraege
        }

    def eintrag(self, sha256: str) -> Eintrag:
        """The entry of one Lieferung after the write."""
        return next(e for e in self.eintraege if e.lieferung.sha256 == sha256)


@dataclass(slots=True)
class _Tausch:
    """Files that go and files that come, per table."""

    weg: dict[str, set[str]]
    dazu: dict[str, dict[str, Teil]]


class Schreiber:
    """Computes and writes the next state; knows nothing of locks and retries."""

    def __init__(self, wurzel: Path, stand: Stand, einstellung: Einstellung) -> None:
        self.wurzel, self.stand, self.einstellung = wurzel, stand, einstellung

    def run(self, auftrag: Auftrag) -> tuple[Stand, Zusammenfassung]:
        """Write everything and publish; KonfliktError if another writer was faster (nothing counts then)."""
        tausch = _Tausch({t: set() for t in modell.TABELLEN}, {t: {} for t in modell.TABELLEN})
        summe = Zusammenfassung()
        for jahr, merkmale in sorted(self._betroffene(auftrag).items()):
            summe += self._run_jahr(jahr, merkmale, auftrag, tausch)
        self._run_lieferungen(auftrag, tausch)
        return self._publish(auftrag, tausch), summe

    def vorschau(self, auftrag: Auftrag) -> Zusammenfassung:
        """What ``run`` would report; writes nothing."""
        summe = Zusammenfassung()
        for jahr, merkmale in sorted(self._betroffene(auftrag).items()):
            summe += self._compute_jahr(jahr, merkmale, auftrag)[-1]
        return summe

    def zeilen_von(self, lieferungen: frozenset[str]) -> Any:
        """All rows of these Lieferungen, current and former, sorted (pyarrow)."""
        import pyarrow as pa
        import pyarrow.compute as pc

        treffer = [teile.arrow_schema("merkmalswerte").empty_table()]
        gesucht = pa.array(sorted(lieferungen), pa.string())
        for name in sorted(modell.PARTITIONIERT):
            jahre = {z["jahr"] for z in self._vorkommen(name, lieferungen)}
            for pfad, teil in self.tabelle(name).teile.items():
                if teil.jahr in jahre:
                    gelesen = teile.read_teil(self._ordner(name), name, pfad, teil)
                    treffer.append(gelesen.filter(pc.is_in(gelesen["lieferung"], gesucht)))
        alle = pa.concat_tables(treffer)
        return alle.sort_by([(s, "ascending") for s in ("jahr", *modell.sortierung())]).combine_chunks()

    def tabelle(self, name: str) -> Tabellenstand:
        """State of a table now; an empty one if it was never written."""
        return self.stand.tabellen.get(name) or Tabellenstand(name, -1, {}, {})

    def _betroffene(self, auftrag: Auftrag) -> dict[int, set[str]]:
        """Year → Merkmale that come or go."""
        jahre: dict[int, set[str]] = {}
        if auftrag.neue is not None:
            for jahr, merkmale in vorrang.jahre_von(auftrag.neue).items():
                jahre.setdefault(jahr, set()).update(merkmale)
        if auftrag.entferne:
            for name in sorted(modell.PARTITIONIERT):
                for zeile in self._vorkommen(name, auftrag.entferne):
                    jahre.setdefault(zeile["jahr"], set()).add(zeile["merkmal"])
        return jahre

    def _vorkommen(self, name: str, lieferungen: Iterable[str]) -> list[dict[str, Any]]:
        stand = self.tabelle(name)
        if not stand.teile:
            return []
        teile.check_teile(self.wurzel, stand, None)
        liste = ", ".join(f"'{s}'" for s in sorted(lieferungen))
        return delta.run_sql(
            f"SELECT DISTINCT jahr, merkmal FROM t WHERE lieferung IN ({liste})",
            {"t": delta.open_tabelle(self.wurzel, stand)},
        )

    def _auswahl(self, name: str, jahr: int, merkmale: set[str]) -> dict[str, Teil]:
        """Files that may hold rows of these Merkmale in this year (all files of a small year)."""
        alle = {p: t for p, t in self.tabelle(name).teile.items() if t.jahr == jahr}
        if sum(t.zeilen for t in alle.values()) <= KLEINES_JAHR:
            return alle
        return {p: t for p, t in alle.items() if any(t.von <= m <= t.bis for m in merkmale)}

    def _compute_jahr(self, jahr: int, merkmale: set[str], auftrag: Auftrag) -> tuple[Any, ...]:
        """(files read, rows that hold, rows that do not, did the holding ones change, report) of one year."""
        import numpy as np
        import pyarrow as pa
        import pyarrow.compute as pc

        kommt = None if auftrag.neue is None else vorrang.zeilen_im(auftrag.neue, jahr)
        kodiert = kommt is not None and teile.ist_kodiert(kommt)
        gelesen = {"merkmalswerte": self._auswahl("merkmalswerte", jahr, merkmale)}
        vorher = teile.read_alle(self._ordner("merkmalswerte"), "merkmalswerte", gelesen["merkmalswerte"], kodiert)
        bleibt, rueck = vorher, []
        if auftrag.entferne:
            gelesen["fruehere"] = self._auswahl("fruehere", jahr, merkmale)
            frueher = teile.read_alle(self._ordner("fruehere"), "fruehere", gelesen["fruehere"], kodiert)
            weg = pa.array(sorted(auftrag.entferne), pa.string())
            bleibt, frueher = (t.filter(pc.invert(pc.is_in(t["lieferung"], weg))) for t in (vorher, frueher))
            rueck = [frueher]
        if kommt is None:
            kommt = vorher.slice(0, 0)
        if not vorher.num_rows and not any(t.num_rows for t in rueck):  # a new year: nothing to weigh against
            return gelesen, kommt, kommt.slice(0, 0), kommt.num_rows > 0, Zusammenfassung(neu=kommt.num_rows)
        alle = teile.verbinde([bleibt, *rueck, kommt])
        gilt = vorrang.compute_geltende(alle, auftrag.folge)
        bericht = vorrang.compare_vorher(vorher, kommt, gilt[alle.num_rows - kommt.num_rows :])
        unveraendert = bleibt.num_rows == vorher.num_rows and bool(np.all(gilt[: vorher.num_rows]))
        gleich = unveraendert and int(gilt.sum()) == vorher.num_rows
        return gelesen, alle.filter(pa.array(gilt)), alle.filter(pa.array(~gilt)), not gleich, bericht

    def _run_jahr(self, jahr: int, merkmale: set[str], auftrag: Auftrag, tausch: _Tausch) -> Zusammenfassung:
        gelesen, geltende, uebrige, anders, bericht = self._compute_jahr(jahr, merkmale, auftrag)
        self._ersetze("fruehere", gelesen.get("fruehere", {}), uebrige, jahr, tausch)
        if anders:
            self._ersetze("merkmalswerte", gelesen["merkmalswerte"], geltende, jahr, tausch)
        summe: Zusammenfassung = bericht
        return summe

    def _ersetze(self, name: str, alte: Mapping[str, Teil], daten: Any, jahr: int, tausch: _Tausch) -> None:
        neue = teile.write_teile(self._ordner(name), name, daten, jahr, privat=self.einstellung.privat)
        tausch.weg[name] |= alte.keys() - neue.keys()
        tausch.dazu[name] |= neue

    def _run_lieferungen(self, auftrag: Auftrag, tausch: _Tausch) -> None:
        import pyarrow as pa

        zeilen = [e.als_zeile() for e in sorted(auftrag.eintraege, key=lambda e: e.folge)]
        daten = pa.Table.from_pylist(zeilen, schema=teile.arrow_schema("lieferungen"))
        self._ersetze("lieferungen", self.tabelle("lieferungen").teile, daten, -1, tausch)

    def _publish(self, auftrag: Auftrag, tausch: _Tausch) -> Stand:
        tabellen = dict(self.stand.tabellen)
        plattform.fsync(*{(self._ordner(n) / p).parent for n, neu in tausch.dazu.items() for p in neu})
        for name in ("fruehere", "merkmalswerte", "lieferungen"):
            alt = self.tabelle(name)
            neu = {p: t for p, t in alt.teile.items() if p not in tausch.weg[name]} | tausch.dazu[name]
            if neu.keys() != alt.teile.keys() or alt.version < 0:
                tabellen[name] = delta.commit_teile(self.wurzel, name, alt, neu, self.einstellung)
        nummer, vorher, generation = self.stand.nummer + 1, self.stand.siegel, self.stand.generation
        stand = Stand(nummer, auftrag.vorgang, plattform.jetzt(), vorher, generation, tabellen=tabellen)
        publish_stand(self.wurzel, stand, self.einstellung)
        return stand

    def _ordner(self, name: str) -> Path:
        return self.wurzel / self.tabelle(name).ordner
