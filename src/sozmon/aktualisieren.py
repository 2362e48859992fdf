"""``sozmon aktualisieren``, the cron command: read what lies in ``eingang/``, clear it, make the reports again.

Whatever interrupts a run, the next one finishes it: a file leaves ``eingang/`` last of all, when the store has
published its state, so a run that died in between finds a known file and takes it away. Making the reports does not
ask what this run has read, so what a dead run owed is made good, too.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import TYPE_CHECKING

from sozmon import plattform
from sozmon.dateien import lesbarer_name, open_datei
from sozmon.eingang import Eingang, find_wartende, remove_aufbewahrte
from sozmon.errors import AusgabeError, EingabeError, EingabeFehltError, RechteError, SozmonError
from sozmon.importieren import KORREKTUREN, ImportErgebnis, Wunsch, run_import
from sozmon.model import Meldung, Stufe
from sozmon.projekt import KORREKTUREN_DATEI

if TYPE_CHECKING:
    from sozmon.bericht import Berichtslauf
    from sozmon.bestand import Bestand, Lieferung
    from sozmon.projekt import Projekt

BEFEHL = "sozmon aktualisieren"
SPERRE = ".aktualisieren"
"""Lock in the folder of the store; not the store's own, so that a person may import meanwhile."""
ZURUECKGENOMMEN = "zurueckgenommen"


@dataclass(frozen=True, slots=True)
class Berichtsergebnis:
    """What became of one report: a run, or the error that stopped it."""

    name: str
    lauf: Berichtslauf | None = None
    fehler: Exception | None = None


@dataclass(slots=True)
class Aktualisierung:
    """What a run did.

    ergebnisse: one per file that was read or refused, then earlier Lieferungen that were read again; entfernt,
    wartend, uebergangen: names in ``eingang/``; fehler: what concerns no single file or report; abbruch: why
    reading ended early (then nothing was cleared and no report made), abbruch_bei: the file it happened at.
    """

    ergebnisse: list[ImportErgebnis] = field(default_factory=list)
    entfernt: list[str] = field(default_factory=list)
    wartend: list[str] = field(default_factory=list)
    uebergangen: list[str] = field(default_factory=list)
    berichte: list[Berichtsergebnis] = field(default_factory=list)
    fehler: list[SozmonError] = field(default_factory=list)
    abbruch: Exception | None = None
    abbruch_bei: str = ""

    @property
    def abgelehnt(self) -> list[ImportErgebnis]:
        """Files that stay in ``eingang/`` because nothing of them was stored."""
        return [e for e in self.ergebnisse if e.fehler is not None]

    @property
    def meldungen(self) -> list[Meldung]:
        """Findings about what was accepted, and those of the reports."""
        von_dateien = [m for e in self.ergebnisse if e.fehler is None for m in e.meldungen]
        return von_dateien + [m for b in self.berichte if b.lauf is not None for m in b.lauf.meldungen]


def run_aktualisieren(
    projekt: Projekt, *, mit_berichten: bool = True, warten: float = 0.0, probe: bool = False
) -> Aktualisierung:
    """Read ``eingang/``, clear what was accepted, make the reports.

    warten: seconds to wait for another run or for the store; probe: only say what would be read, write nothing.
    Raises GesperrtError (75) when another run of this command holds the project; every other error is part of the
    result, so that one file or report does not stop the next.
    """
    lauf = Aktualisierung()
    if probe:
        _lies_eingang(projekt, lauf, warten, probe=True)
        return lauf
    with _gesperrt(projekt, warten):
        plattform.sweep_reste(projekt.ausgabe, projekt.raeume)
        gelesen = _lies_eingang(projekt, lauf, warten)
        _lies_korrekturen(projekt, lauf, warten)
        if lauf.abbruch is None:
            _raeume_weg(projekt, lauf, gelesen)
            if mit_berichten:
                _mache_berichte(projekt, lauf)
    return lauf


@contextmanager
def _gesperrt(projekt: Projekt, warten: float) -> Iterator[None]:
    """Hold the lock of this command; a second run ends at once, the lock of a dead one is free."""
    from sozmon.bestand import Bestand

    plattform.create_ordner(projekt.bestand, privat=True)
    einstellung = Bestand(projekt.bestand).einstellung
    weich, gruppe = einstellung.ohne_hardlinks, not einstellung.privat
    with plattform.sperre(projekt.bestand / SPERRE, warten=warten, befehl=BEFEHL, weich=weich, gruppe=gruppe):
        yield


# -- reading ---------------------------------------------------------------------------------------


def _lies_eingang(
    projekt: Projekt, lauf: Aktualisierung, warten: float, *, probe: bool = False
) -> dict[Path, ImportErgebnis]:
    """Read every finished file in one call, so that their order does not matter; result per file."""
    try:
        eingang = find_wartende(projekt.eingang)
    except SozmonError as fehler:
        lauf.fehler.append(fehler)
        eingang = Eingang()
    lauf.wartend = [lesbarer_name(p) for p in eingang.wartend]
    lauf.uebergangen = [lesbarer_name(p) for p in eingang.uebergangen]
    if not eingang.bereit:
        return {}
    gelesen: dict[Path, ImportErgebnis] = {}
    try:
        gelesen = _entschiedene(projekt, eingang.bereit, probe=probe)
        nachgelesen = _importiere(projekt, eingang.bereit, gelesen, warten=warten, probe=probe)
        lauf.ergebnisse = _ordne(gelesen, nachgelesen)
    except Exception as fehler:  # shown, and raised again, by the command when the rest is told
        lauf.abbruch = fehler
        lauf.abbruch_bei = next((lesbarer_name(p) for p in eingang.bereit if p not in gelesen), "")
        lauf.ergebnisse = list(gelesen.values())
    return gelesen


def _lies_korrekturen(projekt: Projekt, lauf: Aktualisierung, warten: float) -> None:
    """Take over korrekturen.csv when somebody changed it."""
    from sozmon.bestand import Bestand

    pfad = projekt.ordner / KORREKTUREN_DATEI
    if lauf.abbruch is not None or not pfad.is_file():
        return
    inhalt = pfad.read_bytes()
    aktive = {x.sha256 for x in Bestand(projekt.bestand).lieferungen() if x.form == KORREKTUREN and x.ist_aktiv}
    leer = len(inhalt.splitlines()) < 2
    if hashlib.sha256(inhalt).hexdigest() in aktive or (leer and not aktive):
        return
    for ergebnis in run_import(projekt, [str(pfad)], warten=warten, befehl=BEFEHL):
        if ergebnis.fehler is not None:
            lauf.fehler.append(ergebnis.fehler)
        else:
            lauf.ergebnisse.append(ergebnis)


def _importiere(
    projekt: Projekt, dateien: Sequence[Path], gelesen: dict[Path, ImportErgebnis], *, warten: float, probe: bool
) -> list[ImportErgebnis]:
    """Import what is not decided yet; ``gelesen`` is filled file by file. Returns what was read again."""
    offene = [p for p in dateien if p not in gelesen]
    reihe = iter(offene)

    def merke(e: ImportErgebnis) -> None:
        if not e.nachgelesen and not e.nachtrag:
            gelesen[next(reihe)] = e

    if not offene:
        return []
    ergebnisse = run_import(projekt, [str(p) for p in offene], probe=probe, warten=warten, befehl=BEFEHL, melde=merke)
    gelesen.update(zip(offene, ergebnisse, strict=False))  # as they stand now that all files are read
    return ergebnisse[len(offene) :]


def _ordne(gelesen: dict[Path, ImportErgebnis], nachgelesen: Sequence[ImportErgebnis]) -> list[ImportErgebnis]:
    """Results by name of file; one that a register of the same run refuted is refused like any other.

    An earlier Lieferung that was taken back is worth an error here: nobody sat by to see the warning.
    """
    for pfad, e in list(gelesen.items()):
        if isinstance(e.fehler, EingabeFehltError) and not pfad.exists():
            del gelesen[pfad]  # somebody took it away meanwhile
    widerlegt = {n.lieferung: m for n in nachgelesen for m in n.meldungen if m.kennung == ZURUECKGENOMMEN}
    for pfad, e in sorted(gelesen.items()):
        if e.fehler is not None:
            gelesen[pfad] = replace(e, datei=lesbarer_name(pfad))
        elif e.lieferung in widerlegt:
            grund = widerlegt[e.lieferung]
            name = lesbarer_name(pfad)
            fehler = EingabeError(f"„{name}“ wurde nicht eingelesen.", grund=grund.text, abhilfe=grund.abhilfe)
            gelesen[pfad] = replace(e, datei=name, meldungen=(), fehler=fehler)
    abgelehnte = {e.lieferung for e in gelesen.values() if e.fehler is not None and e.lieferung}
    weitere = [_verschaerft(n) for n in nachgelesen if n.lieferung not in abgelehnte]
    return [e for _, e in sorted(gelesen.items())] + weitere


def _verschaerft(e: ImportErgebnis) -> ImportErgebnis:
    return replace(
        e, meldungen=tuple(replace(m, stufe=Stufe.FEHLER) if m.kennung == ZURUECKGENOMMEN else m for m in e.meldungen)
    )


def _entschiedene(projekt: Projekt, dateien: Sequence[Path], *, probe: bool) -> dict[Path, ImportErgebnis]:
    """What a person decided about a file holds: taken back, deleted, or read with ``--quelle`` or ``--stand``."""
    from sozmon.bestand import Bestand

    bestand = Bestand(projekt.bestand)
    besondere = {x.sha256: x for x in bestand.lieferungen() if not x.ist_aktiv or x.optionen != Wunsch().optionen}
    if not besondere and not (bestand.ordner / "loeschungen").is_dir():
        return {}
    ergebnisse = ((p, _entschieden(p, besondere, bestand, probe=probe)) for p in dateien)
    return {p: e for p, e in ergebnisse if e is not None}


def _entschieden(
    pfad: Path, besondere: dict[str, Lieferung], bestand: Bestand, *, probe: bool
) -> ImportErgebnis | None:
    from sozmon.bestand.loeschen import pfad_protokoll

    name = lesbarer_name(pfad)
    try:
        with open_datei(str(pfad)) as datei:
            x = besondere.get(datei.sha256)
            if x is not None and x.ist_aktiv:
                if not probe:
                    bestand.heile_original(x.sha256, datei.pfad)
                return ImportErgebnis(name, x.titel, x.quelle, x.sha256, x.stand, unveraendert=x.zeilen)
            geloescht = pfad_protokoll(bestand.ordner, datei.sha256).exists()
    except (EingabeError, EingabeFehltError, RechteError):
        return None  # the import says why
    if x is None and (not geloescht or bestand.ist_bekannt(datei.sha256)):
        return None
    return ImportErgebnis(name, fehler=_nicht_noch_einmal(name, "zurückgenommen" if x else "gelöscht"))


def _nicht_noch_einmal(name: str, was: str) -> EingabeError:
    return EingabeError(
        f"„{name}“ war schon eingelesen und wurde {was}.",
        grund="Von selbst wird so eine Datei nicht noch einmal eingelesen.",
        abhilfe="Die Datei aus eingang/ entfernen oder, wenn sie doch gelten soll, von Hand einlesen: "
        "sozmon import DATEI",
    )


# -- clearing --------------------------------------------------------------------------------------


def _raeume_weg(projekt: Projekt, lauf: Aktualisierung, gelesen: dict[Path, ImportErgebnis]) -> None:
    """Take away what the store has published and keeps; one error for all that the folder does not let go."""
    from sozmon.bestand import Bestand

    bestand, geblieben = Bestand(projekt.bestand), list[SozmonError]()
    for pfad, e in gelesen.items():
        if e.fehler is not None:
            continue
        try:
            verbleib = remove_aufbewahrte(pfad, e.lieferung, bestand)
        except (RechteError, AusgabeError) as fehler:
            geblieben.append(fehler)
            continue
        except SozmonError as fehler:
            lauf.fehler.append(fehler)
            continue
        if verbleib == "beiwerk":
            i = lauf.ergebnisse.index(e)
            lauf.ergebnisse[i] = replace(e, meldungen=(*e.meldungen, _beiwerk(lesbarer_name(pfad))))
        else:
            (lauf.entfernt if verbleib == "entfernt" else lauf.wartend).append(lesbarer_name(pfad))
    if geblieben:
        lauf.fehler.append(_nicht_entfernt(projekt.eingang, geblieben))


def _beiwerk(name: str) -> Meldung:
    return Meldung(
        "zip_mit_beiwerk",
        Stufe.WARNUNG,
        f"„{name}“ bleibt in eingang/ liegen: Außer der eingelesenen Tabelle enthält das Archiv weitere Dateien.",
        abhilfe="Das Archiv von Hand wegräumen.",
    )


def _nicht_entfernt(ordner: Path, geblieben: Sequence[SozmonError]) -> SozmonError:
    erster, anzahl = geblieben[0], len(geblieben)
    was = "Eine eingelesene Datei ließ" if anzahl == 1 else f"{anzahl} eingelesene Dateien ließen"
    art = RechteError if isinstance(erster, RechteError) else AusgabeError
    return art(
        f"{was} sich nicht aus {ordner.name}/ entfernen.",
        ort=erster.ort if anzahl == 1 else str(ordner),
        grund=erster.grund,
        abhilfe="Schreibrechte des Ordners prüfen, geöffnete Dateien schließen. Eingelesen ist alles; "
        "der nächste Lauf räumt weg, was liegen geblieben ist.",
    )


# -- reports ---------------------------------------------------------------------------------------


def _mache_berichte(projekt: Projekt, lauf: Aktualisierung) -> None:
    """Make every report of the project; one that fails does not stop the others. An empty store has nothing to say."""
    from sozmon.bericht import run_bericht
    from sozmon.bestand import Bestand

    try:
        if not any(x.ist_aktiv for x in Bestand(projekt.bestand).lieferungen()):
            return
    except SozmonError as fehler:
        lauf.fehler.append(fehler)
        return
    for name in projekt.berichte or [projekt.bericht().kennung]:
        try:
            lauf.berichte.append(Berichtsergebnis(name, run_bericht(projekt, name)))
        except Exception as fehler:  # shown, and raised again, by the command when the rest is told
            lauf.berichte.append(Berichtsergebnis(name, fehler=fehler))
