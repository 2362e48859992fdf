"""Reading in the test's own process, as a whole or in pieces: the code of the child without its process."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from typing import Any

import pytest

from sozmon import dateien
from sozmon.dateien import AblehnungError, Rohdatei
from sozmon.jahresablage import Jahresablage, entkodiert
from sozmon.model import Quelle
from sozmon.quellen import ffcsv_stuecke, kind, leser


def lies_im_prozess(
    monkeypatch: pytest.MonkeyPatch, datei: Rohdatei, quellen: Iterable[Quelle], wunsch: str, stueck: int
) -> leser.Antwort:
    """What the child answers; in pieces of ``stueck`` bytes, 0 = as a whole. AblehnungError as the parent raises it."""
    monkeypatch.setattr(dateien, "GROSS", 100 if stueck else 1 << 40)
    monkeypatch.setattr(ffcsv_stuecke, "GROSS", 100 if stueck else 1 << 40)
    monkeypatch.setattr(ffcsv_stuecke.stuecke, "__defaults__", (stueck,))
    ordner = Path(datei.pfad).parent
    auftrag = {"name": datei.name, "pfad": str(datei.pfad), "art": datei.art, "groesse": datei.groesse}
    auftrag |= {"wunsch": wunsch, "quellen": leser.Leser()._quellentext(list(quellen))}
    ergebnis = kind.lies(auftrag, ordner)
    if fehler := ergebnis.get("fehler"):
        raise AblehnungError(fehler.pop("art"), fehler.pop("text"), **fehler)
    assert bool(ergebnis["stuecke"]) == bool(stueck)
    return leser._antwort(ergebnis, ordner)


def alle_zeilen(tabelle: Any) -> list[dict[str, Any]]:
    """All rows of a table or Jahresablage in a fixed order."""
    if isinstance(tabelle, Jahresablage):
        alle = [z for jahr in tabelle.jahre() for z in entkodiert(tabelle.lies(jahr)).to_pylist()]
        assert len(alle) == tabelle.num_rows
    else:
        alle = tabelle.to_pylist()
    return sorted(alle, key=lambda z: (z["raum_id"], z["zeit"], z["merkmal"], z["auspraegung"], z["fundstelle"]))
