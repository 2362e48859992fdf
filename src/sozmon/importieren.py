"""``sozmon import``: read files, store what is certain, keep the file, say what happened to every one of them.

Each file stands alone. The state of the store does not depend on the order of imports: what could only be resolved
provisionally is read again from the kept file as soon as a register or a change list arrives.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from sozmon.dateien import Rohdatei, open_datei
from sozmon.errors import AufrufError, EingabeError, EingabeFehltError, RechteError, SozmonError
from sozmon.model import Meldung, Stufe
from sozmon.quellen.leser import Leser

if TYPE_CHECKING:
    from sozmon.bestand import Bestand, Lieferung, Zusammenfassung
    from sozmon.einlesen import Lesung
    from sozmon.katalog import Katalog
    from sozmon.projekt import Projekt
    from sozmon.raeume import Raeume

_BEFEHL = "sozmon import"
VORLAEUFIG = "raum_vorlaeufig"
"""Kennung of the Meldung that keys were resolved without a register of their date."""
_GEBIETSFORMEN = ("gv_isys", "gebietsaenderungen")
KORREKTUREN = "korrekturen"
"""Form of a korrekturen.csv."""


@dataclass(frozen=True, slots=True)
class ImportErgebnis:
    """What became of one file; ``fehler`` says why nothing of it was stored. Counts are values."""

    datei: str
    titel: str = ""
    quelle: str = ""
    lieferung: str = ""
    stand: str = ""
    neu: int = 0
    geaendert: int = 0
    unveraendert: int = 0
    zurueckgestellt: int = 0
    abgelehnt: int = 0
    geheim: int = 0
    meldungen: tuple[Meldung, ...] = ()
    fehler: SozmonError | None = None
    nachgelesen: bool = False
    """An earlier file that was read again because a register or a change list came or went."""
    nachtrag: bool = False
    """Only further Meldungen about a file of this call that was reported before."""


@dataclass(frozen=True, slots=True)
class Wunsch:
    """What the call states about the files."""

    quelle: str | None = None
    stand: str | None = None
    probe: bool = False
    streng: bool = False
    einzeln: bool = False
    nochmal: bool = False

    @property
    def optionen(self) -> str:
        """What a later reading of the kept file must know, as JSON."""
        angaben = {"quelle": self.quelle, "stand": self.stand, "streng": self.streng or None}
        return json.dumps({k: v for k, v in angaben.items() if v is not None}, sort_keys=True)


def run_import(
    projekt: Projekt,
    dateien: Sequence[str],
    *,
    quelle: str | None = None,
    stand: str | None = None,
    probe: bool = False,
    streng: bool = False,
    einzeln: bool = False,
    nochmal: bool = False,
    warten: float = 60.0,
    befehl: str = _BEFEHL,
    melde: Callable[[ImportErgebnis], None] | None = None,
) -> list[ImportErgebnis]:
    """Import every file; a refused one does not stop the others.

    quelle: kennung that is forced; stand: ISO date; probe: write nothing; streng: every warning is an error;
    einzeln: findings of the checks one by one; nochmal: read also what is already imported; warten: seconds to wait
    for another run; befehl: what another run reads about us; melde: called with each result, and with a ``nachtrag``
    for what can only be said when every file of the call is read. Earlier files that were read again because a
    register arrived have results of their own (``nachgelesen``). Raises only what is wrong for all files.
    """
    melde = melde or (lambda _: None)
    with Leser(_lade) as leser:  # starts now, while the libraries of this process are still loading
        ablauf = _Ablauf(projekt, leser, Wunsch(quelle, stand, probe, streng, einzeln, nochmal), warten, befehl)
        ergebnisse = []
        for datei in dateien:
            ergebnisse.append(ablauf.datei(datei))
            melde(_ohne_vorlaeufige(ergebnisse[-1]) if len(dateien) > 1 else ergebnisse[-1])
        nachgelesen = []
        # also what an older stand defers may be what a correction stands on
        bewegt = [e for e in ergebnisse if e.fehler is None and (e.neu or e.geaendert or e.zurueckgestellt)]
        for ergebnis in ablauf.lies_nach(bewegt):
            nachgelesen.append(ergebnis)
            melde(ergebnis)
        if len(dateien) > 1:
            ergebnisse = [ablauf.abschliesse(e, nachgelesen, melde) for e in ergebnisse]
    return ergebnisse + nachgelesen


def _ohne_vorlaeufige(e: ImportErgebnis) -> ImportErgebnis:
    """Without what a register later in the same call may settle."""
    return replace(e, meldungen=tuple(m for m in e.meldungen if m.kennung != VORLAEUFIG))


def _lade() -> None:
    """Load what the values need as soon as the child has them."""
    from sozmon.arrow import ohne_pandas

    ohne_pandas()
    import sozmon.pruefung
    import sozmon.pruefungen
    import sozmon.umsetzen  # noqa: F401


def run_zurueck(projekt: Projekt, lieferung: str, *, warten: float = 60.0) -> list[ImportErgebnis]:
    """Take a Lieferung back (its hash, the beginning of it, or the file's name): what held before holds again.

    With a register or change list its parsed form goes too, and everything is read again without it.
    """
    with Leser(_lade) as leser:
        ablauf = _Ablauf(projekt, leser, Wunsch(), warten)
        eine = _suche(ablauf.bestand.lieferungen(), lieferung)
        ablauf.bestand.zuruecknehmen(eine.sha256)
        ergebnisse = [ImportErgebnis(eine.datei, eine.titel, eine.quelle, eine.sha256, eine.stand)]
        if eine.form in _GEBIETSFORMEN:
            ergebnisse += ablauf.ohne_gebiet(eine)
        ergebnisse += ablauf.berichtige_neu()
    return ergebnisse


def run_berichtigen(projekt: Projekt, *, warten: float = 60.0) -> list[ImportErgebnis]:
    """Apply the corrections anew to what is delivered now: after Lieferungen were deleted or read anew."""
    with Leser(_lade) as leser:
        return list(_Ablauf(projekt, leser, Wunsch(), warten).berichtige_neu())


def _suche(alle: Sequence[Lieferung], wort: str) -> Lieferung:
    passende = [x for x in alle if x.sha256.startswith(wort.lower()) or x.datei == wort]
    aktive = [x for x in passende if x.ist_aktiv]
    if wort and len(aktive) == 1:
        return aktive[0]
    raise AufrufError(
        f"Zu „{wort}“ gibt es {len(aktive)} Lieferungen." if aktive else f"Eine Lieferung „{wort}“ gibt es nicht.",
        grund="Sie wurde schon zurückgenommen." if passende and not aktive else "",
        abhilfe="sozmon status --lieferungen zeigt alle Lieferungen mit ihrer Kennung.",
    )


class _Ablauf:
    """One call: catalogue and store once, territory anew whenever a file changes it."""

    def __init__(self, projekt: Projekt, leser: Leser, wunsch: Wunsch, warten: float, befehl: str = _BEFEHL) -> None:
        from sozmon.bestand import Bestand
        from sozmon.katalog import load_katalog
        from sozmon.raeume import load_raeume

        self.projekt, self.leser, self.wunsch = projekt, leser, wunsch
        self.katalog: Katalog = load_katalog(projekt)
        if wunsch.quelle:
            self.katalog.quelle(wunsch.quelle)
        self.raeume: Raeume = load_raeume(projekt)
        self.bestand: Bestand = Bestand(projekt.bestand, warten=warten, befehl=befehl, verlauf=projekt.verlauf)
        self.gebiet_neu = False

    def datei(self, pfad: str) -> ImportErgebnis:
        """Import one file; what is wrong with the file becomes part of the result."""
        try:
            with open_datei(pfad) as rohdatei:
                return self._bekannt(rohdatei) or self._importiere(rohdatei)
        except (EingabeError, EingabeFehltError, RechteError) as fehler:
            return ImportErgebnis(pfad, fehler=fehler)

    def _bekannt(self, rohdatei: Rohdatei) -> ImportErgebnis | None:
        """The same file with the same options again: nothing to do."""
        x = next((x for x in self._aktive() if x.sha256 == rohdatei.sha256), None)
        if x is None or self.wunsch.nochmal or x.optionen != self.wunsch.optionen or x.form in _GEBIETSFORMEN:
            return None
        if not self.wunsch.probe:
            self.bestand.heile_original(x.sha256, rohdatei.pfad)
        from sozmon.zahlen import format_datum

        meldung = Meldung(
            "schon_eingelesen",
            Stufe.INFO,
            f"Diese Datei ist schon eingelesen (als „{x.datei}“, am {format_datum(x.importiert[:10])}).",
        )
        return ImportErgebnis(
            rohdatei.name, x.titel, x.quelle, x.sha256, x.stand, unveraendert=x.zeilen, meldungen=(meldung,)
        )

    def _importiere(self, rohdatei: Rohdatei) -> ImportErgebnis:
        lesung = self._lies(rohdatei, self.wunsch)
        if lesung.form != KORREKTUREN:
            lesung = self._vergleiche(lesung)
        elif not lesung.fehler:
            lesung = self._mit_berichtigten(lesung)
        if lesung.fehler:
            return _ergebnis(lesung, fehler=_abgelehnt(lesung))
        lieferung = _lieferung(lesung, self.wunsch.optionen)
        if self.wunsch.probe:
            return _ergebnis(lesung, self.bestand.vorschau(lieferung, lesung.tabelle))
        self._behalte_gebiet(lesung)
        summe = self.bestand.uebernehmen(lieferung, lesung.tabelle, rohdatei.pfad)
        if lesung.form == KORREKTUREN:  # there is one list of corrections: the new one takes the place of the last
            for x in self._listen():
                if x.sha256 != lesung.sha256:
                    self.bestand.zuruecknehmen(x.sha256, vorgang="ersetzt")
        return _ergebnis(lesung, summe)

    def _lies(self, rohdatei: Rohdatei, wunsch: Wunsch) -> Lesung:
        from sozmon.einlesen import read_lieferung

        return read_lieferung(
            rohdatei,
            self.katalog,
            self.raeume,
            quelle=wunsch.quelle,
            stand=wunsch.stand,
            kreis=self.projekt.kreis,
            streng=wunsch.streng,
            einzeln=wunsch.einzeln,
            leser=self.leser,
        )

    def _vergleiche(self, lesung: Lesung) -> Lesung:
        """With what the values look like beside those that the same Quelle delivered before, and beside today."""
        from sozmon.einlesen import mit_meldungen, pruefbar
        from sozmon.plattform import jetzt
        from sozmon.pruefungen import Umfeld, check_reihen
        from sozmon.pruefungen.bereich import check_stand
        from sozmon.pruefungen.fruehere import check_fruehere
        from sozmon.pruefungen.vorrat import read_vergleich
        from sozmon.vordruckpruefung import check_absender

        lesung = mit_meldungen(lesung, check_stand(lesung.stand, jetzt()[:10]), streng=self.wunsch.streng)
        if lesung.register is not None or not lesung.tabelle.num_rows:
            return lesung
        umfeld = Umfeld(self.katalog, self.raeume, self.projekt.kreis)
        tabelle = pruefbar(lesung.tabelle, umfeld)
        frueher = read_vergleich(self.bestand, tabelle, self.projekt.kreis, lesung.sha256)
        neu = [*check_reihen(tabelle, frueher, umfeld, alle=self.wunsch.einzeln)]
        dateien = {x.sha256: x.datei for x in self.bestand.lieferungen()}
        neu += check_fruehere(tabelle, frueher, lesung.stand, dateien)
        if lesung.form == "vordruck":
            neu += check_absender(lesung.tabelle, lesung.titel, self.bestand)
        return mit_meldungen(lesung, neu, streng=self.wunsch.streng)

    def _aktive(self) -> list[Lieferung]:
        return [x for x in self.bestand.lieferungen() if x.ist_aktiv]

    # ---------------------------------------------------------------------------------- corrections

    def _listen(self) -> list[Lieferung]:
        return [x for x in self._aktive() if x.form == KORREKTUREN]

    def _mit_berichtigten(self, lesung: Lesung) -> Lesung:
        """The rows that a korrekturen.csv makes of what is delivered now."""
        from sozmon.berichtigung import compute_berichtigte, inhalte, parse_korrekturen

        bekannte: frozenset[tuple[object, ...]] = frozenset()
        for x in self._listen():
            with open_datei(x.datei, self.bestand.original(x.sha256)) as rohdatei:
                zeilen = self._lies(rohdatei, Wunsch()).korrekturen
            bekannte |= inhalte(parse_korrekturen(zeilen, self.katalog)[0])
        korrekturen, meldungen = parse_korrekturen(lesung.korrekturen, self.katalog)
        tabelle, weitere = compute_berichtigte(self.bestand, korrekturen, lesung.sha256, bekannte)
        stand = max((k.datum for k in korrekturen), default="")
        return replace(lesung, tabelle=tabelle, stand=stand, meldungen=(*lesung.meldungen, *meldungen, *weitere))

    def berichtige_neu(self) -> Iterator[ImportErgebnis]:
        """Apply the active corrections to what is delivered now; a result only where something changed."""
        for x in self._listen():
            if (ergebnis := self._lies_nach(x)) is not None:
                yield ergebnis

    # ---------------------------------------------------------------------------------- territory

    def _behalte_gebiet(self, lesung: Lesung) -> None:
        """Keep a register or change list parsed in ``raeume/``; from now on keys are resolved with it."""
        from sozmon.raeume import load_raeume, write_aenderungen, write_register

        if lesung.register is not None:
            write_register(self.projekt.raeume, lesung.register)
        elif lesung.aenderungen is not None:
            write_aenderungen(self.projekt.raeume, lesung.aenderungen)
        else:
            return
        self.raeume = load_raeume(self.projekt)
        self.gebiet_neu = True

    def abschliesse(
        self, e: ImportErgebnis, nachgelesen: Sequence[ImportErgebnis], melde: Callable[[ImportErgebnis], None]
    ) -> ImportErgebnis:
        """The result as it is when all files of the call are read: report what stayed provisional, drop the rest."""
        offen = tuple(m for m in e.meldungen if m.kennung == VORLAEUFIG)
        if not offen:
            return e
        erledigt = self.gebiet_neu and not any(x.offen and x.sha256 == e.lieferung for x in self._aktive())
        if erledigt or any(n.lieferung == e.lieferung for n in nachgelesen):
            return _ohne_vorlaeufige(e)
        melde(replace(e, meldungen=offen, fehler=None, nachtrag=True))
        return e

    def lies_nach(self, geaenderte: Sequence[ImportErgebnis]) -> Iterator[ImportErgebnis]:
        """What the accepted files of this call change in earlier ones: provisional keys, corrections."""
        if self.gebiet_neu:
            yield from self.lies_offene()
        if not self.wunsch.probe and any(e.quelle != KORREKTUREN for e in geaenderte):
            yield from self.berichtige_neu()

    def lies_offene(self) -> Iterator[ImportErgebnis]:
        """Read again every kept file that could not be resolved for certain; results only of what changed."""
        for x in self._aktive():
            if x.offen and (ergebnis := self._lies_nach(x)) is not None:
                yield ergebnis

    def ohne_gebiet(self, register: Lieferung) -> Iterator[ImportErgebnis]:
        """Forget a register or change list and read everything again without it."""
        from sozmon.plattform import remove
        from sozmon.raeume import load_raeume

        ordner = "verzeichnisse" if register.form == "gv_isys" else "aenderungen"
        for pfad in (self.projekt.raeume / ordner).glob(f"*{register.gebietsstand}.csv"):
            remove(pfad)
        self.raeume = load_raeume(self.projekt)
        gleiche = [x for x in self._aktive() if x.form == register.form and x.gebietsstand == register.gebietsstand]
        for x in gleiche:
            self._lies_nach(x)
        for x in self._aktive():
            if x.form not in _GEBIETSFORMEN and (ergebnis := self._lies_nach(x)) is not None:
                yield ergebnis

    def _lies_nach(self, x: Lieferung) -> ImportErgebnis | None:
        """Read a kept file again, as if it came only now; None when nothing changed.

        What would be refused now is taken back.
        """
        optionen = json.loads(x.optionen)
        wunsch = Wunsch(optionen.get("quelle"), optionen.get("stand"), False, bool(optionen.get("streng")))
        try:
            with open_datei(x.datei, self.bestand.original(x.sha256)) as rohdatei:
                lesung = self._lies(rohdatei, wunsch)
                if x.form == KORREKTUREN:
                    lesung = self._mit_berichtigten(lesung)
                if lesung.fehler:
                    raise _abgelehnt(lesung)
                self._behalte_gebiet(lesung)
                neu = _lieferung(lesung, x.optionen)
                summe = self.bestand.uebernehmen(neu, lesung.tabelle, rohdatei.pfad)
        except EingabeError as fehler:
            self.bestand.zuruecknehmen(x.sha256)
            text = f"Nach dem neuen Gemeindeverzeichnis enthält „{x.datei}“ Fehler; die Lieferung wurde zurückgenommen."
            meldung = Meldung("zurueckgenommen", Stufe.WARNUNG, f"{text} {fehler.text} {fehler.grund}".strip())
            return ImportErgebnis(x.datei, x.titel, x.quelle, x.sha256, x.stand, meldungen=(meldung,), nachgelesen=True)
        ueberholt = any(m.kennung == "korrektur_ueberholt" for m in lesung.meldungen)
        if not (summe.neu or summe.geaendert or lesung.tabelle.num_rows != x.zeilen or ueberholt):
            return None
        return replace(_ergebnis(lesung, summe), nachgelesen=True)


def _ergebnis(
    lesung: Lesung, summe: Zusammenfassung | None = None, fehler: SozmonError | None = None
) -> ImportErgebnis:
    return ImportErgebnis(
        lesung.datei,
        lesung.titel,
        lesung.quelle,
        lesung.sha256,
        lesung.stand,
        summe.neu if summe else 0,
        summe.geaendert if summe else 0,
        summe.unveraendert if summe else 0,
        summe.zurueckgestellt if summe else 0,
        lesung.abgelehnt + lesung.ausserhalb,
        lesung.geheim,
        lesung.meldungen,
        fehler,
    )


def _lieferung(lesung: Lesung, optionen: str) -> Lieferung:
    from sozmon.bestand import Lieferung

    gebiet = lesung.aenderungen.bis if lesung.aenderungen else lesung.gebietsstand
    return Lieferung(
        sha256=lesung.sha256,
        datei=lesung.datei,
        quelle=lesung.quelle,
        form=lesung.form,
        titel=lesung.titel,
        stand=lesung.stand,
        gebietsstand=gebiet,
        zeilen=lesung.tabelle.num_rows,
        abgelehnt=lesung.abgelehnt + lesung.ausserhalb,
        geheim=lesung.geheim,
        offen=lesung.offen,
        optionen=optionen,
    )


def _abgelehnt(lesung: Lesung) -> EingabeError:
    anzahl = sum(m.anzahl for m in lesung.fehler)
    wort = "eines Fehlers" if anzahl == 1 else f"{anzahl} Fehlern"
    erster = lesung.fehler[0]
    return EingabeError(
        f"„{lesung.datei}“ wurde wegen {wort} nicht eingelesen.",
        ort=str(erster.fundstelle),
        grund=erster.text,
        abhilfe=erster.abhilfe or "Die genannten Stellen berichtigen lassen und die Datei noch einmal importieren.",
    )
