"""The half of ``sozmon status`` that tells who did what when."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sozmon.cli import ausgabe, optionen
from sozmon.cli.kontext import Kontext

if TYPE_CHECKING:
    from sozmon.bestand import Lieferung
    from sozmon.bestand.verlauf import Ereignis

SPALTEN = (
    "zeit", "von", "vorgang", "kennung", "sha256", "datei", "quelle", "stand", "neu", "ersetzt", "grund", "befehl",
)  # fmt: skip
TEXT_SPALTEN = tuple(s for s in SPALTEN if s not in ("sha256", "befehl"))


def zeige_verlauf(kontext: Kontext, seit: str, wahl: optionen.Tabellenwahl) -> None:
    """Print every write since ``seit`` (ISO date, '' = ever), newest last; a damaged entry is told, never fatal."""
    ereignisse, kaputt = kontext.bestand.verlauf()
    bekannte = {x.sha256: x for x in kontext.bestand.lieferungen()}
    zeilen = [_zeile(e, bekannte.get(e.lieferung)) for e in ereignisse if e.zeit >= seit]
    for pfad in kaputt:
        ausgabe.warnung(f"Ein Eintrag des Verlaufs ist beschädigt und fehlt hier: {pfad.parent.name}/{pfad.name}")
    if not kontext.projekt.verlauf:
        ausgabe.hinweis("Der Verlauf wird nicht aufgezeichnet (verlauf = false in sozmon.toml).")
    ausgabe.ausgabe_tabelle(zeilen, SPALTEN, wahl, text_spalten=TEXT_SPALTEN)


def _zeile(e: Ereignis, x: Lieferung | None) -> dict[str, object]:
    """One event; of a deleted Lieferung neither name nor Quelle is known any more."""
    werte = e.vorgang in ("eingelesen", "nachgelesen", "berichtigt") and bool(e.befehl)
    return {
        "zeit": e.zeit,
        "von": e.von,
        "vorgang": e.vorgang,
        "kennung": e.lieferung[:12],
        "sha256": e.lieferung,
        "datei": x.datei if x is not None else "",
        "quelle": x.quelle if x is not None else "",
        "stand": x.stand if x is not None else "",
        "neu": e.neu if werte else None,
        "ersetzt": e.ersetzt if werte else None,
        "grund": e.grund,
        "befehl": e.befehl,
    }
