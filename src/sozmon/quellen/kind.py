"""The limited child: reads one delivered file after the other under limits of memory and time.

``python -m sozmon.quellen.kind``: each line on stdin is a job (JSON), each answer one line on stdout: the number of
the job. The result lies in the job's private folder as ``ergebnis.json`` and, for values, ``roh.arrow``. Whatever
happens here, the parent survives it and says so in German.
"""

from __future__ import annotations

import errno
import json
import re
import sys
import time
from dataclasses import asdict, fields, is_dataclass
from functools import lru_cache
from operator import attrgetter
from pathlib import Path
from typing import TYPE_CHECKING, Any, cast, get_args, get_origin

from sozmon.raeume.register import Register, RegisterRaum

if TYPE_CHECKING:
    from sozmon.dateien import Rohdatei

SPEICHER_MB = 2048
SEKUNDEN = 120
"""Limits of the child: address space, and processor time for one file."""
JE_SEKUNDE = 4 << 20
"""Bytes of a large file for which it gets another second."""


def main() -> int:
    """Work off jobs until stdin closes."""
    from sozmon.plattform import begrenze_kind

    begrenze_kind(SPEICHER_MB, SEKUNDEN)
    from sozmon.arrow import ohne_pandas

    ohne_pandas()  # loaded while the parent still prepares the job
    from sozmon.quellen import lesen  # noqa: F401

    for zeile in sys.stdin:
        auftrag = json.loads(zeile)
        begrenze_kind(SPEICHER_MB, int(time.process_time()) + SEKUNDEN + auftrag["groesse"] // JE_SEKUNDE)
        ordner = Path(auftrag["ordner"])
        text = json.dumps(erledige(auftrag, ordner), ensure_ascii=False)
        (ordner / "ergebnis.json").write_text(text, encoding="utf-8")
        sys.stdout.write("fertig\n")
        sys.stdout.flush()
    return 0


def erledige(auftrag: dict[str, Any], ordner: Path) -> dict[str, Any]:
    """What ``lies`` gives, or how it failed."""
    try:
        return lies(auftrag, ordner)
    except MemoryError:
        return {"fehler": {"art": "speicher"}}
    except Exception as fehler:
        if isinstance(fehler, OSError) and fehler.errno in (errno.ENOSPC, getattr(errno, "EDQUOT", errno.ENOSPC)):
            return {"fehler": {"art": "platte_voll"}}
        return {"fehler": {"art": "absturz", "ort": _stelle(fehler)}}


def _stelle(fehler: Exception) -> str:
    """Kind and place of a bug; never its message, which may hold a cell."""
    import traceback

    stelle = traceback.extract_tb(fehler.__traceback__)[-1]
    return f"{type(fehler).__name__} in {Path(stelle.filename).name}, Zeile {stelle.lineno}"


def lies(auftrag: dict[str, Any], ordner: Path) -> dict[str, Any]:
    """Read one file; the dictionary that becomes ``ergebnis.json`` ('fehler' when it was refused)."""
    import pyarrow as pa

    from sozmon.dateien import MAX_BYTES, AblehnungError, Rohdatei, zu_gross
    from sozmon.errors import EingabeError
    from sozmon.quellen.lesen import lies_datei, lies_stuecke

    def nimm(nummer: int, tabelle: Any) -> None:
        with pa.ipc.new_file(ordner / f"roh-{nummer:05}.arrow", tabelle.schema) as schreiber:
            schreiber.write_table(tabelle)

    gesamt = None
    datei = Rohdatei(auftrag["name"], Path(auftrag["pfad"]), "", auftrag["art"], auftrag["groesse"])
    try:
        if auftrag.get("auszug"):
            if datei.groesse > MAX_BYTES:
                raise zu_gross(datei.name, MAX_BYTES)
            return _auszug(datei, _quellen(auftrag["quellen"]))
        if _ist_gross(datei):
            gelesen, gesamt = lies_stuecke(datei, _quellen(auftrag["quellen"]), auftrag["wunsch"], nimm)
        else:
            gelesen = lies_datei(datei, _quellen(auftrag["quellen"]), auftrag["wunsch"])
    except EingabeError as f:
        art = f.art if isinstance(f, AblehnungError) else "eingabe"
        return {"fehler": {"art": art, "text": f.text, "ort": f.ort, "grund": f.grund, "abhilfe": f.abhilfe}}
    except re.error as f:
        return {"fehler": _muster(f)}
    if gelesen.roh is not None:
        with pa.ipc.new_file(ordner / "roh.arrow", gelesen.roh.tabelle.schema) as schreiber:
            schreiber.write_table(gelesen.roh.tabelle)
    return {
        "form": gelesen.form,
        "quelle": gelesen.quelle,
        "titel": gelesen.titel,
        "texte": gelesen.texte,
        "beschriftung": gesamt.beschriftung if gesamt else gelesen.roh.beschriftung if gelesen.roh else {},
        "sprache": (gesamt.sprache if gesamt else gelesen.roh.sprache if gelesen.roh else "") or "",
        "werte": gelesen.roh is not None,
        "stuecke": gesamt.anzahl if gesamt else 0,
        "zeiten": list(gesamt.zeiten) if gesamt else [],
        "meldungen": [asdict(m) for m in gelesen.meldungen],
        "register": _register(gelesen.register) if gelesen.register else None,
        "korrekturen": gelesen.korrekturen,
        "aenderungen": asdict(gelesen.aenderungen) if gelesen.aenderungen else None,
    }


def _ist_gross(datei: Rohdatei) -> bool:
    """Read in pieces; asked of every file, so the module for it is loaded only for large ones."""
    from sozmon.dateien import GROSS

    if datei.groesse <= GROSS:
        return False
    from sozmon.quellen.ffcsv_stuecke import ist_grosse_ffcsv

    return ist_grosse_ffcsv(datei)


def _auszug(datei: Any, quellen: dict[str, Any]) -> dict[str, Any]:
    """The other kind of job: no values, but a bounded extract of every sheet, for drafting and checking a Quelle."""
    from sozmon.quellen.auszug import als_daten, bilde_auszug

    return {"auszug": als_daten(bilde_auszug(datei, quellen))}


def _muster(fehler: re.error) -> dict[str, str]:
    """A pattern of a Quelle that is none: the file is not to blame."""
    return {
        "art": "quelle_muster",
        "text": f"„{str(fehler.pattern)[:200]}“ ist kein gültiger regulärer Ausdruck.",
        "grund": "Er steht in einer Quelle des Katalogs; ohne ihn ist nicht zu sagen, wie die Datei zu lesen ist.",
        "abhilfe": "sozmon katalog pruefen nennt die Quelle und die Stelle.",
    }


def _register(register: Register) -> dict[str, Any]:
    """A register as plain lists: ``asdict`` would copy every one of its thousands of rows deeply."""
    felder = [f.name for f in fields(RegisterRaum)]
    hole = attrgetter(*felder)
    return {"datum": register.datum, "blatt": register.blatt, "raeume": [hole(r) for r in register.raeume]}


@lru_cache(maxsize=2)
def _quellen(text: str) -> dict[str, Any]:
    """The Quellen of a job; every file of a call brings the same ones."""
    from sozmon.model import Quelle

    return {q["kennung"]: _definition(Quelle, q) for q in json.loads(text)}


def _definition(art: Any, wert: Any) -> Any:
    """A definition back from JSON: nested definitions and tuples as its class declares them."""
    from sozmon.definition import felder

    if is_dataclass(art):
        bekannt = felder(cast(type, art))
        return cast(type, art)(**{name: _definition(bekannt[name][1], w) for name, w in wert.items()})
    if get_origin(art) is tuple:
        return tuple(_definition(get_args(art)[0], w) for w in wert)
    return wert


if __name__ == "__main__":
    sys.exit(main())
