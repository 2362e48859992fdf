"""``sozmon bestand neu-aufbauen``: read every kept file again, as it was read the first time, into a fresh store."""

from __future__ import annotations

import json
from collections.abc import Collection
from pathlib import Path
from typing import TYPE_CHECKING, Any

from sozmon.dateien import open_datei
from sozmon.errors import EingabeError
from sozmon.quellen.leser import Leser

if TYPE_CHECKING:
    from sozmon.bestand import Bestand, Lieferung
    from sozmon.projekt import Projekt


def run_neu_aufbauen(
    projekt: Projekt, *, ohne: Collection[str] = (), warten: float = 60.0, befehl: str = "sozmon bestand neu-aufbauen"
) -> Bestand:
    """Rebuild the store of ``projekt`` from its kept files; ``ohne``: SHA-256 of Lieferungen to leave out.

    Raises BestandError (76) for damaged kept files, EingabeError (4) for one that today's catalogue refuses;
    the store is then as it was.
    """
    from sozmon.bestand import Bestand
    from sozmon.importieren import run_berichtigen
    from sozmon.katalog import load_katalog
    from sozmon.raeume import load_raeume

    katalog, raeume = load_katalog(projekt), load_raeume(projekt)
    bestand = Bestand(projekt.bestand, warten=warten, befehl=befehl, verlauf=projekt.verlauf)
    with Leser() as kind:

        def lies(pfad: Path, lieferung: Lieferung) -> Any:
            return _read(pfad, lieferung, projekt, (katalog, raeume, kind))

        bestand.neu_aufbauen(lies, ohne=ohne)
    run_berichtigen(projekt, warten=warten)  # a list of corrections has no values of its own
    bestand.aktualisiere()
    return bestand


def read_zeilen(projekt: Projekt, bestand: Bestand, lieferung: Lieferung) -> list[dict[str, Any]]:
    """All rows of one Lieferung: from the store while it counts, else read again from its kept file.

    AufrufError (2) for a list of corrections that was taken back: it has no values of its own.
    """
    from sozmon.errors import AufrufError
    from sozmon.importieren import KORREKTUREN
    from sozmon.katalog import load_katalog
    from sozmon.raeume import load_raeume

    if lieferung.ist_aktiv:
        return bestand.zeilen_von(lieferung.sha256)
    if lieferung.form == KORREKTUREN:
        raise AufrufError(
            f"„{lieferung.datei}“ ist zurückgenommen und lässt sich nicht mehr vergleichen.",
            grund="Eine Liste von Berichtigungen hat keine eigenen Werte: Sie gelten nur mit dem, was geliefert ist.",
        )
    with Leser() as kind:
        umfeld = (load_katalog(projekt), load_raeume(projekt), kind)
        tabelle = _read(bestand.original(lieferung.sha256), lieferung, projekt, umfeld)
    zeilen: list[dict[str, Any]] = tabelle.to_pylist()
    return zeilen


def _read(pfad: Path, lieferung: Lieferung, projekt: Projekt, umfeld: tuple[Any, Any, Leser]) -> Any:
    """Rows of one kept file, with the options of its import."""
    from sozmon.einlesen import read_lieferung

    katalog, raeume, kind = umfeld
    optionen = json.loads(lieferung.optionen)
    with open_datei(lieferung.datei, pfad) as rohdatei:
        lesung = read_lieferung(
            rohdatei,
            katalog,
            raeume,
            quelle=optionen.get("quelle"),
            stand=optionen.get("stand"),
            kreis=projekt.kreis,
            streng=bool(optionen.get("streng")),
            leser=kind,
        )
    if lesung.fehler:
        erster = lesung.fehler[0]
        raise EingabeError(
            f"Die aufbewahrte Datei „{lieferung.datei}“ lässt sich heute nicht mehr einlesen.",
            ort=str(erster.fundstelle),
            grund=erster.text,
            abhilfe=f"Ohne sie neu aufbauen: sozmon bestand neu-aufbauen --ohne {lieferung.sha256[:12]}",
        )
    return lesung.tabelle
