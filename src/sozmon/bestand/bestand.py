"""``Bestand``: the store as the rest of sozmon sees it.

Reading pins the newest state at the first question and answers everything from it, whatever others write
meanwhile; writing takes the lock, starts from the newest state, and leaves it whole. Reading imports neither
pandas nor pyarrow.
"""

from __future__ import annotations

import os
import time
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from contextlib import AbstractContextManager, contextmanager, suppress
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

from sozmon import __version__, plattform
from sozmon.bestand import abfrage, delta, teile
from sozmon.bestand.modell import Eintrag, Lieferung, ZuordnungZeile, Zusammenfassung
from sozmon.bestand.stand import (
    Einstellung,
    KonfliktError,
    Stand,
    Tabellenstand,
    create_bestand,
    load_stand,
    read_einstellung,
    write_einstellung,
)
from sozmon.errors import AufrufError, BestandError, GesperrtError

if TYPE_CHECKING:
    from concurrent.futures import Executor

    from sozmon.bestand.schreiben import Auftrag, Schreiber
    from sozmon.model import Meldung

T = TypeVar("T")
VERSUCHE = 8
LANGE_LISTE = 2000
GROSS = 20_000_000
"""Above so many rows a sum is computed year by year, in several processes."""


class Bestand:
    """The store in ``ordner``; a missing folder reads as an empty store and is made by the first write.

    warten: seconds that a write waits for another run's lock; befehl: what the other run reads about us;
    nummer: read this state (a child process reads what its parent pinned).
    ``arbeiter(n)`` opens the pool for very large sums; a Dask cluster's executor fits there too.
    """

    arbeiter: Callable[[int], AbstractContextManager[Executor]] = staticmethod(plattform.arbeiter)

    def __init__(
        self, ordner: Path, *, warten: float = 60.0, befehl: str = "sozmon", nummer: int | None = None
    ) -> None:
        self.ordner = Path(ordner).absolute()
        self.warten, self.befehl = warten, befehl
        self._stand: Stand | None = load_stand(self.ordner, nummer) if nummer else None
        self._offen: dict[str, Any] = {}
        self._eintraege: tuple[Eintrag, ...] | None = None

    # ---------------------------------------------------------------------------------------------- reading

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

    def ist_bekannt(self, sha256: str) -> bool:
        """True if this file counts now (a Lieferung taken back does not)."""
        return any(x.sha256 == sha256 and x.ist_aktiv for x in self.lieferungen())

    def original(self, sha256: str) -> Path:
        """Path of the kept file, checked; BestandError (76) if it is damaged, AufrufError (2) if unknown."""
        from sozmon.bestand import originale

        if not any(x.sha256 == sha256 for x in self.lieferungen()):
            raise AufrufError(
                f"Eine Lieferung „{sha256}“ gibt es nicht.", abhilfe="sozmon status zeigt alle Lieferungen."
            )
        return originale.read_original(self.ordner, sha256)

    def finde_original(self, wort: str) -> str:
        """SHA-256 of a Lieferung by its beginning or by file name, also in a damaged store; AufrufError (2)."""
        from sozmon.bestand import pflege

        return pflege.find_lieferung(self.ordner, wort).lieferung.sha256

    @property
    def einstellung(self) -> Einstellung:
        """Layout version, kind of drive, who may look."""
        return read_einstellung(self.ordner) or Einstellung()

    def heile_original(self, sha256: str, datei: Path) -> None:
        """Put the same file in the place of a kept copy that was damaged; nothing happens to an intact one."""
        from sozmon.bestand import originale

        if any(x.sha256 == sha256 for x in self.lieferungen()):
            originale.keep_original(self.ordner, datei, sha256, privat=self.einstellung.privat)

    def sql(
        self, frage: str, *, tabellen: Sequence[str] = ("merkmalswerte",), datenstand: str = ""
    ) -> list[dict[str, object]]:
        """Rows of a SELECT over ``merkmalswerte``, ``fruehere``, ``lieferungen``; an empty store yields no rows.

        datenstand: ISO date; ``merkmalswerte`` then means what held on that day.
        """
        if datenstand:
            return self._frage_datenstand(abfrage.wrap_datenstand(frage, datenstand), tabellen, None)
        return self._frage(frage, tabellen)

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

    # ---------------------------------------------------------------------------------------------- writing

    def uebernehmen(self, lieferung: Lieferung, tabelle: Any, original: Path) -> Zusammenfassung:
        """Take over one Lieferung: its rows (pyarrow, columns of MERKMALSWERTE) and the file it came from.

        All or nothing. A Lieferung that is known is replaced by what it now reads as (the same rows change
        nothing); one that was taken back counts again. Raises EingabeError (4) for rows that break the contract.
        """
        from sozmon.bestand import annahme, originale

        neue = annahme.check_tabelle(lieferung, tabelle)

        def tue(schreiber: Schreiber) -> Zusammenfassung:
            auftrag = annahme.build_auftrag(schreiber, self.eintraege(), self._ergaenzt(lieferung), neue)
            privat = schreiber.einstellung.privat
            originale.keep_original(self.ordner, original, lieferung.sha256, privat=privat)
            if annahme.ist_ohne_folgen(schreiber, auftrag, self.eintraege()):
                return Zusammenfassung(unveraendert=neue.num_rows)
            originale.write_beleg(self.ordner, auftrag.eintrag(lieferung.sha256), privat=privat)
            return self._run(schreiber, auftrag)

        return self._schreibe(tue)

    def vorschau(self, lieferung: Lieferung, tabelle: Any) -> Zusammenfassung:
        """What ``uebernehmen`` would report; writes nothing (``import --probe``)."""
        from sozmon.bestand import annahme
        from sozmon.bestand.schreiben import Schreiber

        neue = annahme.check_tabelle(lieferung, tabelle)
        schreiber = Schreiber(self.ordner, self.stand, read_einstellung(self.ordner) or Einstellung())
        return schreiber.vorschau(annahme.build_auftrag(schreiber, self.eintraege(), lieferung, neue))

    def zuruecknehmen(self, sha256: str) -> None:
        """Let a Lieferung no longer count; what held before holds again. The file stays kept."""
        from sozmon.bestand import annahme, originale

        def tue(schreiber: Schreiber) -> None:
            auftrag = annahme.build_ruecknahme(self.eintraege(), sha256)
            self._run(schreiber, auftrag)
            originale.write_beleg(self.ordner, auftrag.eintrag(sha256), privat=schreiber.einstellung.privat)

        self._schreibe(tue)

    # ---------------------------------------------------------------------------------------------- care

    def pruefen(self, *, ganz: bool) -> list[Meldung]:
        """Damaged or missing files as Meldungen; ``ganz`` hashes every file, also kept ones and former states."""
        from sozmon.bestand import pflege
        from sozmon.model import Fundstelle, Meldung, Stufe

        try:
            return pflege.check_bestand(self.ordner, self.stand, self.eintraege(), ganz=ganz)
        except BestandError as fehler:
            text = " ".join(t for t in (fehler.text, fehler.grund) if t)
            return [Meldung("bestand_beschaedigt", Stufe.FEHLER, text, Fundstelle(fehler.ort), fehler.abhilfe)]

    def kompaktieren(self) -> None:
        """Write all tables anew, without fragments; what the last generation held is removed an hour later."""
        from sozmon.bestand import pflege

        def tue(schreiber: Schreiber) -> None:
            if self.stand.tabellen:
                self._stand = pflege.run_kompaktieren(self.ordner, self.stand, schreiber.einstellung, self.eintraege())

        self._schreibe(tue)
        self.aktualisiere()

    def sichern(self, ziel: Path) -> Path:
        """Copy the pinned state with all kept files to the new folder ``ziel``; never blocks and is never blocked."""
        from sozmon.bestand import pflege

        return pflege.write_sicherung(self.ordner, self.stand, self.eintraege(), Path(ziel).absolute())

    def neu_aufbauen(self, leser: Callable[[Path, Lieferung], Any], *, ohne: Collection[str] = ()) -> None:
        """Build all tables again from the kept files; ``leser(pfad, lieferung)`` reads one (pyarrow table)."""
        from sozmon.bestand import pflege

        try:
            einstellung = self.einstellung
        except BestandError:
            einstellung = Einstellung()
        with plattform.fuer_gruppe(not einstellung.privat), self._sperre(einstellung):
            pflege.run_neu_aufbauen(self.ordner, leser, ohne=ohne)
        self.aktualisiere()

    def loeschen(self, sha256: str, grund: str) -> None:
        """Delete a Lieferung for good: kept file, its values in every version, former states.

        What held before holds again; a protocol without values stays in ``loeschungen/``. Backups elsewhere
        are not reached. What a killed run left undone, the next write finishes.
        """
        from sozmon.bestand import loeschen

        self._schreibe(lambda s: loeschen.write_protokoll(self.ordner, self.eintraege(), sha256, grund, s.einstellung))
        self.aktualisiere()

    def einstellen(self, *, ohne_hardlinks: bool | None = None, zugriff: str | None = None) -> None:
        """Change what belongs to the folder: drive without hard links; ``person`` or ``gruppe`` may look."""
        bisher = self.einstellung
        neu = bisher._replace(
            ohne_hardlinks=bisher.ohne_hardlinks if ohne_hardlinks is None else ohne_hardlinks,
            zugriff=zugriff or bisher.zugriff,
        )
        with self._sperre(neu):  # of the new kind: the old one may not work on this drive at all
            create_bestand(self.ordner, neu)
            write_einstellung(self.ordner, neu)
            plattform.set_zugriff(self.ordner, gruppe=not neu.privat)
        self.aktualisiere()

    def _ergaenzt(self, lieferung: Lieferung) -> Lieferung:
        """Fill in when, who, and which program, where the caller left it open."""
        from dataclasses import replace

        return replace(
            lieferung,
            importiert=lieferung.importiert or plattform.jetzt(),
            von=lieferung.von or plattform.nutzer(),
            version=lieferung.version or __version__,
        )

    def _run(self, schreiber: Schreiber, auftrag: Auftrag) -> Zusammenfassung:
        stand, summe = schreiber.run(auftrag)
        self.aktualisiere()
        self._stand = stand
        return summe

    def _schreibe(self, tue: Callable[[Schreiber], T]) -> T:
        """Run ``tue`` from the newest state under the lock; again if another writer was faster all the same."""
        from sozmon.bestand.schreiben import Schreiber

        with self.gesperrt() as einstellung:
            for versuch in range(VERSUCHE):
                self.aktualisiere()
                try:
                    ergebnis = tue(Schreiber(self.ordner, self.stand, einstellung))
                except KonfliktError:
                    time.sleep(os.urandom(1)[0] / 255 * 0.05 * 2**versuch)
                else:
                    with suppress(KonfliktError):
                        self._raeume_auf(einstellung)
                    return ergebnis
        raise GesperrtError(
            "Andere Läufe schreiben gerade ständig in diesen Bestand.", abhilfe="Später noch einmal versuchen."
        )

    def _raeume_auf(self, einstellung: Einstellung) -> None:
        """Finish open deletions, compact a store with a long history, remove what nobody reads any more."""
        from sozmon.bestand import loeschen, pflege
        from sozmon.bestand.schreiben import Schreiber

        offen = loeschen.offene(self.ordner)
        for sha256 in offen:
            if any(e.lieferung.sha256 == sha256 for e in self.eintraege()):
                schreiber = Schreiber(self.ordner, self.stand, einstellung)
                self._run(schreiber, loeschen.build_loeschung(self.eintraege(), sha256))
        if offen or self.stand.ist_lang:
            neu = pflege.run_kompaktieren(self.ordner, self.stand, einstellung, self.eintraege())
            self.aktualisiere()
            self._stand = neu
        pflege.sweep_alte(self.ordner, self.stand, frist=0 if offen else pflege.SCHONFRIST)
        for sha256 in offen:
            loeschen.schliesse_ab(self.ordner, self.stand, sha256, einstellung)

    @contextmanager
    def gesperrt(self) -> Iterator[Einstellung]:
        """Hold the writer's lock (and make the store if there is none); GesperrtError (75) names the holder."""
        bisher = read_einstellung(self.ordner) or Einstellung()
        with plattform.fuer_gruppe(not bisher.privat), self._sperre(bisher):
            yield create_bestand(self.ordner)

    def _sperre(self, einstellung: Einstellung) -> AbstractContextManager[None]:
        plattform.create_ordner(self.ordner, privat=True)
        weich, gruppe = einstellung.ohne_hardlinks, not einstellung.privat
        pfad = self.ordner / ".sperre"
        return plattform.sperre(pfad, warten=self.warten, befehl=self.befehl, weich=weich, gruppe=gruppe)


def _summen_eines_jahres(jahr: int, ordner: str, nummer: int, auswahl: Mapping[str, Any]) -> list[dict[str, Any]]:
    return Bestand(Path(ordner), nummer=nummer).summen(jahre=(jahr, jahr), **auswahl)
