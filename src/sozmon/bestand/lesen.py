"""The reading side of the store: everything from one pinned state, without pandas and pyarrow."""

from __future__ import annotations

import os
from collections.abc import Callable, Mapping, Sequence
from contextlib import AbstractContextManager
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

from sozmon import plattform
from sozmon.bestand import abfrage, delta, modell, teile
from sozmon.bestand.modell import Eintrag, Lieferung, ZuordnungZeile
from sozmon.bestand.stand import Einstellung, Stand, Tabellenstand, load_stand, read_einstellung
from sozmon.errors import AufrufError, BestandError, GesperrtError

if TYPE_CHECKING:
    from concurrent.futures import Executor

    from sozmon.bestand.verlauf import Ereignis

LANGE_LISTE = 2000
GROSS = 20_000_000
"""Above so many rows a sum is computed year by year, in several processes."""


class Lesebestand:
    """Answers questions to the store in ``ordner``; nummer: the state to read (None = the newest at first use)."""

    arbeiter: Callable[[int], AbstractContextManager[Executor]] = staticmethod(plattform.arbeiter)
    """Opens the pool for very large sums; a Dask cluster's executor fits there too."""

    def __init__(self, ordner: Path, *, nummer: int | None = None) -> None:
        self.ordner = Path(ordner).absolute()
        self._stand: Stand | None = load_stand(self.ordner, nummer) if nummer else None
        self._offen: dict[str, Any] = {}
        self._eintraege: tuple[Eintrag, ...] | None = None

    @property
    def stand(self) -> Stand:
        """The state that this object reads, pinned at first use."""
        if self._stand is None:
            self._stand = load_stand(self.ordner)
        return self._stand

    @property
    def version(self) -> int:
        """Number of the pinned state; 0 = empty. Printed in reports."""
        return self.stand.nummer

    def aktualisiere(self) -> None:
        """Let go of the pinned state; the next question reads the newest."""
        self._stand = self._eintraege = None
        self._offen = {}

    def lieferungen(self) -> list[Lieferung]:
        """All Lieferungen in the order of import, also those taken back."""
        return [e.lieferung for e in self.eintraege()]

    def eintraege(self) -> list[Eintrag]:
        """Lieferungen with their place in the order of import."""
        if self._eintraege is None:
            zeilen = self._frage("SELECT * FROM lieferungen ORDER BY folge", ("lieferungen",))
            self._eintraege = tuple(Eintrag.aus_zeile(z) for z in zeilen)
        return list(self._eintraege)

    def verlauf(self) -> tuple[list[Ereignis], list[Path]]:
        """Who did what when, newest last, and the files of the log that are damaged."""
        from sozmon.bestand.verlauf import read_verlauf

        return read_verlauf(self.ordner, self.lieferungen())

    def ist_bekannt(self, sha256: str) -> bool:
        """True if this file counts now (a Lieferung taken back does not)."""
        return any(x.sha256 == sha256 and x.ist_aktiv for x in self.lieferungen())

    def original(self, sha256: str) -> Path:
        """Path of the kept file, checked; BestandError (76) if it is damaged, AufrufError (2) if unknown."""
        from sozmon.bestand import originale

        if not any(x.sha256 == sha256 for x in self.lieferungen()):
            raise AufrufError(
                f"Eine Lieferung „{sha256}“ gibt es nicht.",
                abhilfe="sozmon status --lieferungen zeigt alle Lieferungen.",
            )
        return originale.read_original(self.ordner, sha256)

    def finde_original(self, wort: str) -> str:
        """SHA-256 of a Lieferung by its beginning or by file name, also in a damaged store; AufrufError (2)."""
        from sozmon.bestand.neuaufbau import find_lieferung

        return find_lieferung(self.ordner, wort).lieferung.sha256

    @property
    def einstellung(self) -> Einstellung:
        """Layout version, kind of drive, who may look."""
        return read_einstellung(self.ordner) or Einstellung()

    def sql(
        self, frage: str, *, tabellen: Sequence[str] = ("merkmalswerte",), datenstand: str = ""
    ) -> list[dict[str, object]]:
        """Rows of a SELECT over ``merkmalswerte``, ``fruehere``, ``lieferungen``; an empty store yields no rows.

        datenstand: ISO date; ``merkmalswerte`` then means what held on that day.
        """
        if datenstand:
            return self._frage_datenstand(abfrage.wrap_datenstand(frage, datenstand), tabellen, None)
        return self._frage(frage, tabellen)

    def zeilen_von(self, sha256: str) -> list[dict[str, Any]]:
        """All rows of one Lieferung that counts, whether they hold or a newer stand does, in no order."""
        wo = f"WHERE lieferung = {abfrage.text(sha256)}"
        spalten = ", ".join(n for n, _ in modell.spalten("merkmalswerte"))
        frage = f"SELECT {spalten} FROM merkmalswerte {wo} UNION ALL SELECT {spalten} FROM fruehere {wo}"
        return self._frage(frage, ("merkmalswerte", "fruehere"))

    def werte(
        self,
        *,
        merkmale: Sequence[str],
        raum_ids: Sequence[str],
        jahre: tuple[int, int] | None,
        auspraegungen: Sequence[str] | None = None,
        datenstand: str = "",
    ) -> list[dict[str, Any]]:
        """Stored rows of these Merkmale, Räume and years (inclusive; None = all), all columns, in a fixed order."""
        if not merkmale or not raum_ids:
            return []
        wo = abfrage.build_bedingung(merkmale, raum_ids, jahre, auspraegungen)
        return self._frage_werte(lambda quelle: abfrage.build_werte(quelle, wo), wo, jahre, datenstand)

    def summen(
        self,
        *,
        merkmale: Sequence[str],
        zuordnung: Sequence[ZuordnungZeile],
        jahre: tuple[int, int] | None,
        auspraegungen: Sequence[str] | None = None,
        datenstand: str = "",
    ) -> list[dict[str, Any]]:
        """Sums of the parts that ``zuordnung`` names, one row per raum_neu and key (without raum_id).

        ``wert``, ``wert_min``, ``wert_max`` are None as soon as one part has none; ``wert_bekannt`` is the sum of the
        lower bounds that are known. ``anzahl`` = parts found; whether they are all, only ``Raeume.erwartet`` knows.
        """
        if not merkmale or not zuordnung:
            return []
        if len(viele := self._viele_jahre(jahre)) > 1:
            auswahl = {"merkmale": merkmale, "zuordnung": zuordnung, "auspraegungen": auspraegungen}
            return self._summen_verteilt(viele, auswahl | {"datenstand": datenstand})
        teile = {z.raum_alt for z in zuordnung}
        # the join selects anyway; a list of all Gemeinden of Germany costs more than it saves
        wo = abfrage.build_bedingung(merkmale, teile if len(teile) <= LANGE_LISTE else None, jahre, auspraegungen)
        zeilen = self._frage_werte(lambda quelle: abfrage.build_summen(quelle, wo, zuordnung), wo, jahre, datenstand)
        return [abfrage.shape_summe(z) for z in zeilen]

    def _viele_jahre(self, jahre: tuple[int, int] | None) -> list[int]:
        """Years that a sum over a very large store is split into; none for the store of a district or a Land."""
        von, bis = jahre or (0, 9999)
        alle = [t for x in self.stand.tabellen.values() for t in x.teile.values() if von <= t.jahr <= bis]
        return sorted({t.jahr for t in alle}) if sum(t.zeilen for t in alle) > GROSS else []

    def _summen_verteilt(self, jahre: Sequence[int], auswahl: Mapping[str, Any]) -> list[dict[str, Any]]:
        """The same question year by year in several processes: bounded memory, all on the pinned state."""
        frage = partial(_summen_eines_jahres, ordner=str(self.ordner), nummer=self.version, auswahl=dict(auswahl))
        with self.arbeiter(min(os.cpu_count() or 1, len(jahre))) as pool:
            zeilen = [z for teil in pool.map(frage, jahre) for z in teil]
        return sorted(zeilen, key=lambda z: (z["raum_neu"], *(z[s] for s in abfrage.GRUPPE)))

    def _frage_werte(
        self, baue: Callable[[str], str], wo: str, jahre: tuple[int, int] | None, datenstand: str
    ) -> list[dict[str, Any]]:
        if not datenstand:
            return self._frage(baue("merkmalswerte"), ("merkmalswerte",), jahre)
        return self._frage_datenstand(baue(abfrage.build_datenstand(datenstand, wo)), (), jahre)

    def _frage_datenstand(
        self, frage: str, tabellen: Sequence[str], jahre: tuple[int, int] | None
    ) -> list[dict[str, Any]]:
        namen = {"_werte": "merkmalswerte", "_frueher": "fruehere", "lieferungen": "lieferungen"}
        namen |= {n: n for n in tabellen if n != "merkmalswerte"}
        return self._frage(frage, tuple(namen), jahre, namen)

    def _frage(
        self,
        frage: str,
        tabellen: Sequence[str],
        jahre: tuple[int, int] | None = None,
        namen: Mapping[str, str] | None = None,
    ) -> list[dict[str, Any]]:
        """Check the files that the question may read, then ask; [] while nothing was ever written."""
        if not self.stand.tabellen:
            return []
        try:
            offen = {}
            for name in tabellen:
                tabelle = self._tabellenstand((namen or {}).get(name, name))
                offen[name] = self._open(tabelle)
                teile.check_teile(self.ordner, tabelle, jahre)
        except BestandError as fehler:
            self._check_ueberholt(fehler)
            raise
        return delta.run_sql(frage, offen)

    def _check_ueberholt(self, fehler: BestandError) -> None:
        """Files that are gone because others rebuilt the store meanwhile are no damage: say so (75)."""
        if load_stand(self.ordner).generation != self.stand.generation:
            raise GesperrtError(
                "Der Bestand wurde während dieses Laufs neu angelegt.", abhilfe="Den Befehl einfach wiederholen."
            ) from fehler

    def _tabellenstand(self, name: str) -> Tabellenstand:
        try:
            return self.stand.tabellen[name]
        except KeyError:
            raise AufrufError(f"Eine Tabelle „{name}“ hat der Bestand nicht.") from None

    def _open(self, tabelle: Tabellenstand) -> Any:
        if tabelle.ordner not in self._offen:
            self._offen[tabelle.ordner] = delta.open_tabelle(self.ordner, tabelle)
        return self._offen[tabelle.ordner]


def _summen_eines_jahres(jahr: int, ordner: str, nummer: int, auswahl: Mapping[str, Any]) -> list[dict[str, Any]]:
    return Lesebestand(Path(ordner), nummer=nummer).summen(jahre=(jahr, jahr), **auswahl)
