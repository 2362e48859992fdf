"""Child process of the crash and concurrency tests: imports one invented delivery into a store."""

from __future__ import annotations

import multiprocessing
import sys
from multiprocessing.process import BaseProcess
from pathlib import Path

VORAB = ["pyarrow.parquet", "pyarrow.compute", "numpy", "filelock", "hilfe", "sozmon.model", "sozmon.arrow"]
VORAB += [f"sozmon.bestand.{m}" for m in ("bestand", "annahme", "schreiben", "pflege", "loeschen")]  # not deltalake


def paket(nummer: int, ordner: Path, raeume: int = 30):
    """Delivery ``nummer``: its own Räume, and one Raum that all of them deliver with their own stand."""
    from hilfe import lieferung, zeile

    zeilen = [zeile(f"{nummer:02d}{r:06d}", float(r), zeit=f"{2018 + r % 4}-12-31") for r in range(raeume)]
    gemeinsam = [zeile("14522", float(nummer), zeit=f"{2018 + j}-12-31", ebene="kreis") for j in range(4)]
    return lieferung(f"lieferung{nummer}", zeilen + gemeinsam, ordner, f"20{10 + nummer}-01-01")


def starte(bestand: Path, ordner: Path, was: str, nummern: str) -> BaseProcess:
    """A real process of its own, from a server that has pyarrow loaded already: starts in a moment."""
    kontext = multiprocessing.get_context("forkserver")
    kontext.set_forkserver_preload(VORAB)
    prozess = kontext.Process(target=arbeite, args=(str(bestand), str(ordner), was, nummern))
    prozess.start()
    return prozess


def arbeite(bestand: str, ordner: str, was: str, nummern: str) -> None:
    """One after another: import, take back, compact."""
    from sozmon.bestand import Bestand

    for nummer in nummern.split(","):
        ziel = Bestand(Path(bestand), warten=120, befehl=f"test {nummer}")
        if was == "import":
            paket(int(nummer), Path(ordner)).import_in(ziel)
        elif was == "zurueck":
            ziel.zuruecknehmen(paket(int(nummer), Path(ordner)).kopf.sha256)
        elif was == "kompaktieren":
            ziel.kompaktieren()


if __name__ == "__main__":
    sys.path.insert(0, str(Path(__file__).parent))
    arbeite(*sys.argv[1:])
