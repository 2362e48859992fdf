"""``Bestand``: the store as the rest of sozmon sees it.

Reading pins the newest state at the first question and answers everything from it, whatever others write
meanwhile; writing takes the lock, starts from the newest state, and leaves it whole.
"""

from __future__ import annotations

import os
import time
from collections.abc import Callable, Collection, Iterator
from contextlib import AbstractContextManager, contextmanager, suppress
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

from sozmon import __version__, plattform
from sozmon.bestand.lesen import Lesebestand
from sozmon.bestand.modell import Lieferung, Zusammenfassung
from sozmon.bestand.stand import Einstellung, KonfliktError, create_bestand, read_einstellung, write_einstellung
from sozmon.errors import BestandError, GesperrtError

if TYPE_CHECKING:
    from sozmon.bestand.schreiben import Auftrag, Schreiber
    from sozmon.bestand.verlauf import Ereignis
    from sozmon.model import Meldung

T = TypeVar("T")
VERSUCHE = 8


class Bestand(Lesebestand):
    """The store in ``ordner``; a missing folder reads as an empty store and is made by the first write.

    warten: seconds that a write waits for another run's lock; befehl: what the other run reads about us.
    verlauf: note who wrote what when; without it no name of a person is kept.
    """

    def __init__(self, ordner: Path, *, warten: float = 60.0, befehl: str = "sozmon", verlauf: bool = True) -> None:
        super().__init__(ordner)
        self.warten, self.befehl, self.mit_verlauf = warten, befehl, verlauf

    # ---------------------------------------------------------------------------------------------- writing

    def uebernehmen(self, lieferung: Lieferung, tabelle: Any, original: Path) -> Zusammenfassung:
        """Take over one Lieferung: its rows (pyarrow, columns of MERKMALSWERTE) and the file it came from.

        All or nothing. A Lieferung that is known is replaced by what it now reads as (the same rows change
        nothing); one that was taken back counts again. Raises EingabeError (4) for rows that break the contract.
        """
        from sozmon.bestand import annahme, originale, verlauf

        neue = annahme.check_tabelle(lieferung, tabelle)

        def tue(schreiber: Schreiber) -> Zusammenfassung:
            auftrag = annahme.build_auftrag(schreiber, self.eintraege(), self._ergaenzt(lieferung), neue)
            privat = schreiber.einstellung.privat
            originale.keep_original(self.ordner, original, lieferung.sha256, privat=privat)
            if annahme.ist_ohne_folgen(schreiber, auftrag, self.eintraege()):
                return Zusammenfassung(unveraendert=neue.num_rows)
            originale.write_beleg(self.ordner, auftrag.eintrag(lieferung.sha256), privat=privat)
            bekannt = next((x for x in self.lieferungen() if x.sha256 == lieferung.sha256), None)
            summe = self._run(schreiber, auftrag)
            self._vermerke(verlauf.build_uebernahme(bekannt, lieferung, summe), schreiber.einstellung)
            return summe

        return self._schreibe(tue)

    def vorschau(self, lieferung: Lieferung, tabelle: Any) -> Zusammenfassung:
        """What ``uebernehmen`` would report; writes nothing (``import --probe``)."""
        from sozmon.bestand import annahme
        from sozmon.bestand.schreiben import Schreiber

        neue = annahme.check_tabelle(lieferung, tabelle)
        schreiber = Schreiber(self.ordner, self.stand, read_einstellung(self.ordner) or Einstellung())
        return schreiber.vorschau(annahme.build_auftrag(schreiber, self.eintraege(), lieferung, neue))

    def zuruecknehmen(self, sha256: str, *, vorgang: str = "zurueckgenommen") -> None:
        """Let a Lieferung no longer count; what held before holds again. The file stays kept.

        vorgang: what the log calls it.
        """
        from sozmon.bestand import annahme, originale
        from sozmon.bestand.verlauf import Ereignis

        def tue(schreiber: Schreiber) -> None:
            auftrag = annahme.build_ruecknahme(self.eintraege(), sha256)
            self._run(schreiber, auftrag)
            originale.write_beleg(self.ordner, auftrag.eintrag(sha256), privat=schreiber.einstellung.privat)
            self._vermerke(Ereignis("", "", vorgang, sha256), schreiber.einstellung)

        self._schreibe(tue)

    # ---------------------------------------------------------------------------------------------- care

    def pruefen(self, *, ganz: bool) -> list[Meldung]:
        """Damaged or missing files as Meldungen; ``ganz`` hashes every file, also kept ones and former states."""
        from sozmon.bestand.pruefen import check_bestand
        from sozmon.model import Fundstelle, Meldung, Stufe

        try:
            return check_bestand(self.ordner, self.stand, self.eintraege(), ganz=ganz)
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
        from sozmon.bestand.sichern import write_sicherung

        return write_sicherung(self.ordner, self.stand, self.eintraege(), Path(ziel).absolute())

    def neu_aufbauen(self, leser: Callable[[Path, Lieferung], Any], *, ohne: Collection[str] = ()) -> None:
        """Build all tables again from the kept files; ``leser(pfad, lieferung)`` reads one (pyarrow table)."""
        from sozmon.bestand.neuaufbau import run_neu_aufbauen
        from sozmon.bestand.verlauf import Ereignis

        try:
            einstellung = self.einstellung
        except BestandError:
            einstellung = Einstellung()
        with plattform.fuer_gruppe(not einstellung.privat), self._sperre(einstellung):
            run_neu_aufbauen(self.ordner, leser, ohne=ohne)
            self.aktualisiere()
            self._vermerke(Ereignis("", "", "neu_aufgebaut"), einstellung)

    def loeschen(self, sha256: str, grund: str) -> None:
        """Delete a Lieferung for good: kept file, its values in every version, former states.

        What held before holds again; a protocol without values stays in ``loeschungen/``. Backups elsewhere
        are not reached. What a killed run left undone, the next write finishes.
        """
        from sozmon.bestand import loeschen

        def tue(schreiber: Schreiber) -> None:
            protokoll = loeschen.Protokoll(sha256, grund, plattform.nutzer() if self.mit_verlauf else "")
            loeschen.write_protokoll(self.ordner, self.eintraege(), protokoll, schreiber.einstellung)

        self._schreibe(tue)
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

    def heile_original(self, sha256: str, datei: Path) -> None:
        """Put the same file in the place of a kept copy that was damaged; nothing happens to an intact one."""
        from sozmon.bestand import originale

        if any(x.sha256 == sha256 for x in self.lieferungen()):
            originale.keep_original(self.ordner, datei, sha256, privat=self.einstellung.privat)

    def _ergaenzt(self, lieferung: Lieferung) -> Lieferung:
        """Fill in when, who, and which program, where the caller left it open."""
        from dataclasses import replace

        return replace(
            lieferung,
            importiert=lieferung.importiert or plattform.jetzt(),
            von=lieferung.von or (plattform.nutzer() if self.mit_verlauf else ""),
            version=lieferung.version or __version__,
        )

    def _vermerke(self, ereignis: Ereignis, einstellung: Einstellung) -> None:
        """Add to the log, if there shall be one."""
        from sozmon.bestand.verlauf import write_ereignis

        if self.mit_verlauf:
            write_ereignis(self.ordner, self.version, ereignis, self.befehl, einstellung)

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
