"""The parent's side of the limited child: start it early, hand it a file, survive whatever happens to it."""

from __future__ import annotations

import contextlib
import errno
import json
import signal
import subprocess
import sys
import threading
from collections.abc import Callable, Iterable, Iterator
from dataclasses import asdict, dataclass
from pathlib import Path
from types import TracebackType
from typing import TYPE_CHECKING, Any

from sozmon.dateien import AblehnungError, Rohdatei
from sozmon.model import Fundstelle, Meldung, Quelle, Stufe
from sozmon.plattform import schreibfehler, try_remove

if TYPE_CHECKING:
    from sozmon.quellen.auszug import Auszug
    from sozmon.quellen.roh import Roh

KIND = [sys.executable, "-P", "-m", "sozmon.quellen.kind"]
"""How the child is started."""
WARTEN = 180.0
"""Seconds until a silent child is stopped (its own limit of processor time is lower)."""
JE_SEKUNDE = 2 << 20
"""Bytes of a large file for which it gets another second."""


@dataclass(slots=True)
class Antwort:
    """What the child read; see ``lesen.Gelesen``. Register and change list still as plain dictionaries."""

    form: str
    quelle: str
    titel: str
    texte: list[str]
    roh: Roh | None
    meldungen: list[Meldung]
    register: dict[str, Any] | None
    aenderungen: dict[str, Any] | None
    korrekturen: list[list[str]] | None = None
    stuecke: Stuecke | None = None
    """Rohwerte of a large file, in place of ``roh``."""


@dataclass(frozen=True, slots=True)
class Stuecke:
    """Rohwerte of a large file in several tables on disk; ``zeiten``: all times in it, as delivered."""

    pfade: tuple[Path, ...]
    beschriftung: dict[str, str]
    sprache: str
    zeiten: tuple[str, ...]

    def __iter__(self) -> Iterator[Roh]:
        """One after the other, each removed when the next is asked for."""
        from sozmon.quellen.roh import Roh

        for pfad in self.pfade:
            yield Roh(_tabelle(pfad), self.beschriftung, self.sprache)
            try_remove(pfad)


class Leser:
    """A child process that reads files; context manager. Start it before the heavy imports: they run side by side."""

    def __init__(self, nebenher: Callable[[], None] | None = None) -> None:
        """nebenher: what this process may do while it waits for the child, such as loading libraries."""
        self._nebenher = nebenher
        self._prozess: subprocess.Popen[str] | None = None
        self._gesandt: tuple[list[Quelle], str] = ([], "[]")

    def __enter__(self) -> Leser:
        self.start()
        return self

    def __exit__(
        self, _art: type[BaseException] | None, _fehler: BaseException | None, _spur: TracebackType | None
    ) -> None:
        self.stop()

    def start(self) -> None:
        """Start the child if it does not run."""
        if self._prozess is None or self._prozess.poll() is not None:
            self.stop()
            self._prozess = subprocess.Popen(
                KIND,
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                stderr=subprocess.DEVNULL,
                text=True,
                encoding="utf-8",
            )

    def stop(self) -> None:
        """End the child at once: it holds nothing that needs to be kept."""
        if self._prozess is None:
            return
        self._prozess.kill()
        self._prozess.wait()
        for strom in (self._prozess.stdin, self._prozess.stdout):
            with contextlib.suppress(OSError):
                if strom is not None:
                    strom.close()
        self._prozess = None

    def lies(self, datei: Rohdatei, quellen: Iterable[Quelle], wunsch: str) -> Antwort:
        """Recognise and read in the child. AblehnungError when the file is refused or the child does not survive it."""
        return _antwort(self._erledige(datei, quellen, wunsch), datei.pfad.parent)

    def auszug(self, datei: Rohdatei, quellen: Iterable[Quelle]) -> Auszug:
        """A bounded extract of every sheet, for drafting and checking a Quelle. AblehnungError as in ``lies``."""
        from sozmon.quellen.auszug import aus_daten

        return aus_daten(self._erledige(datei, quellen, "", auszug=True)["auszug"])

    def _erledige(
        self, datei: Rohdatei, quellen: Iterable[Quelle], wunsch: str, *, auszug: bool = False
    ) -> dict[str, Any]:
        """One job: its result as the child wrote it."""
        self.start()
        ordner = datei.pfad.parent
        auftrag = {
            "name": datei.name,
            "pfad": str(datei.pfad),
            "art": datei.art,
            "groesse": datei.groesse,
            "ordner": str(ordner),
            "wunsch": wunsch,
            "quellen": self._quellentext(list(quellen)),
            "auszug": auszug,
        }
        ende = self._frage(json.dumps(auftrag, ensure_ascii=False), WARTEN + datei.groesse / JE_SEKUNDE)
        if ende:
            raise _gescheitert(datei.name, ende)
        ergebnis: dict[str, Any] = json.loads((ordner / "ergebnis.json").read_text("utf-8"))
        if fehler := ergebnis.get("fehler"):
            if fehler["art"] == "platte_voll":
                raise schreibfehler(OSError(errno.ENOSPC, ""), ordner)
            if fehler["art"] in _ENDE:
                raise _gescheitert(datei.name, fehler["art"], fehler.get("ort", ""))
            raise AblehnungError(fehler.pop("art"), fehler.pop("text"), **fehler)
        return ergebnis

    def _quellentext(self, quellen: list[Quelle]) -> str:
        """The Quellen as JSON, made once for all files of a call."""
        vorher, text = self._gesandt
        if len(vorher) != len(quellen) or any(a is not b for a, b in zip(vorher, quellen, strict=True)):
            text = json.dumps([_knapp(q) for q in quellen], ensure_ascii=False)
            self._gesandt = (quellen, text)
        return text

    def _frage(self, zeile: str, sekunden: float) -> str:
        """Send a job and wait so long; '' when answered, else how the child ended: zeit, speicher, absturz."""
        prozess = self._prozess
        assert prozess is not None and prozess.stdin is not None and prozess.stdout is not None
        abgelaufen = threading.Event()

        def beende() -> None:
            abgelaufen.set()
            prozess.kill()

        wecker = threading.Timer(sekunden, beende)
        wecker.start()
        try:
            with contextlib.suppress(OSError):
                prozess.stdin.write(zeile + "\n")
                prozess.stdin.flush()
            if self._nebenher is not None:
                self._nebenher()
            antwort = prozess.stdout.readline()
        finally:
            wecker.cancel()
        if antwort == "fertig\n":
            return ""
        kode = prozess.wait()
        self.stop()
        zeit = abgelaufen.is_set() or kode in (-getattr(signal, "SIGXCPU", 24), -getattr(signal, "SIGKILL", 9))
        return "zeit" if zeit else "speicher" if kode == -signal.SIGABRT else "absturz"


def _knapp(quelle: Quelle) -> dict[str, Any]:
    """What the child needs of a Quelle to recognise and read."""
    return {
        "kennung": quelle.kennung,
        "titel": quelle.titel,
        "herausgeber": "",
        "form": quelle.form,
        "kodierung": quelle.kodierung,
        "statistiken": quelle.statistiken,
        "tabellen": quelle.tabellen,
        "raumvariablen": quelle.raumvariablen,
        "kodierungen": [asdict(k) for k in quelle.kodierungen] if quelle.tabellen else [],
        "erkennung": [asdict(p) for p in quelle.erkennung],
        "blaetter": [asdict(b) for b in quelle.blaetter],
    }


_ENDE = {
    "zeit": ("zu_lange", "braucht zu lange", "Nach der erlaubten Rechenzeit war die Datei nicht gelesen."),
    "speicher": (
        "zu_viel_speicher",
        "braucht mehr Speicher, als erlaubt ist",
        "Die Datei verlangt beim Lesen übermäßig Speicher.",
    ),
    "absturz": (
        "absturz",
        "lässt sich nicht lesen",
        "Das Leseprogramm ist an der Datei gescheitert; sozmon selbst ist unversehrt.",
    ),
}


def _gescheitert(name: str, ende: str, ort: str = "") -> AblehnungError:
    art, was, grund = _ENDE[ende]
    return AblehnungError(
        art,
        f"„{name}“ {was}.",
        ort=ort,
        grund=grund,
        abhilfe="Die Datei in Excel öffnen, nur die Tabelle in eine neue Mappe kopieren und diese importieren.",
    )


def _antwort(e: dict[str, Any], ordner: Path) -> Antwort:
    gelesen = stuecke = None
    if e["werte"]:
        from sozmon.quellen.roh import Roh

        gelesen = Roh(_tabelle(ordner / "roh.arrow"), e["beschriftung"], e["sprache"])
    if e["stuecke"]:
        pfade = tuple(ordner / f"roh-{i:05}.arrow" for i in range(e["stuecke"]))
        stuecke = Stuecke(pfade, e["beschriftung"], e["sprache"], tuple(e["zeiten"]))
    meldungen = [
        Meldung(m["kennung"], Stufe(m["stufe"]), m["text"], Fundstelle(**m["fundstelle"]), m["abhilfe"], m["anzahl"])
        for m in e["meldungen"]
    ]
    return Antwort(
        e["form"],
        e["quelle"],
        e["titel"],
        e["texte"],
        gelesen,
        meldungen,
        e["register"],
        e["aenderungen"],
        e["korrekturen"],
        stuecke,
    )


def _tabelle(pfad: Path) -> Any:
    import pyarrow as pa

    from sozmon.quellen.roh import ROH_SCHEMA

    with pa.ipc.open_file(pfad) as strom:
        tabelle = strom.read_all()
    if not tabelle.schema.equals(ROH_SCHEMA):
        raise RuntimeError("unexpected table from the child")
    return tabelle
