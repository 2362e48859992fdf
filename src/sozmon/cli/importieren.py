"""``sozmon import``: delivered files into the store."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from sozmon.cli import ausgabe, optionen
from sozmon.cli.kontext import kontext_von
from sozmon.errors import AufrufError, EingabeError

if TYPE_CHECKING:
    from sozmon.errors import SozmonError
    from sozmon.importieren import ImportErgebnis
    from sozmon.model import Meldung
    from sozmon.projekt import Projekt

Dateien = Annotated[
    list[str] | None,
    typer.Argument(metavar="DATEI…", help="Dateien der Ämter; - = Standardeingabe.", show_default=False),
]
Quelle = Annotated[
    str | None, typer.Option("--quelle", metavar="QUELLE", help="Diese Quelle nehmen, wenn mehrere passen.")
]
Stand = Annotated[
    str | None,
    typer.Option("--stand", metavar="DATUM", help="Stand der Daten, wenn Datei und Name ihn nicht verraten."),
]
Probe = Annotated[bool, typer.Option("--probe", help="Nur zeigen, was geschähe; nichts schreiben.")]
Streng = Annotated[
    bool, typer.Option("--streng", help="Jede Warnung ist ein Fehler: Die Datei wird abgelehnt, nichts geschrieben.")
]
Zurueck = Annotated[
    str | None,
    typer.Option("--zurueck", metavar="LIEFERUNG", help="Eine Lieferung zurücknehmen: Es gilt, was vorher galt."),
]


def befehl(
    ctx: typer.Context,
    dateien: Dateien = None,
    quelle: Quelle = None,
    stand: Stand = None,
    probe: Probe = False,
    streng: Streng = False,
    zurueck: Zurueck = None,
    warten: optionen.Warten = 60,
    fehler_ab: optionen.FehlerAb = "fehler",
) -> None:
    """Dateien der Ämter einlesen: Tabellen, Gemeindeverzeichnisse, Gebietsänderungen.

    Die Form wird am Inhalt erkannt. Jede Datei steht für sich: Enthält sie einen Fehler, wird nichts von ihr
    gespeichert, die anderen werden trotzdem eingelesen. Die Reihenfolge ist gleichgültig.

    Beispiele:
    sozmon import Downloads/12411-01-01-4_1733216400000_de_flat.csv
    sozmon import --probe --stand 2025-01-31 Jobcenter_2024.xlsx
    """
    optionen.waehle("--fehler-ab", fehler_ab, optionen.STUFEN)
    if bool(dateien) == (zurueck is not None):
        raise AufrufError(
            "Es fehlt die Angabe, welche Dateien eingelesen werden sollen."
            if not dateien
            else "--zurueck nimmt eine Lieferung zurück; zugleich Dateien einzulesen geht nicht.",
            abhilfe="Zum Beispiel: sozmon import Downloads/*.csv",
        )
    projekt = kontext_von(ctx).projekt
    if zurueck is not None:
        _verlange_allein({"--probe": probe, "--streng": streng, "--quelle": quelle, "--stand": stand})
        _nimm_zurueck(ctx, zurueck, warten)
        return
    from sozmon.importieren import run_import

    ergebnisse = run_import(
        projekt,
        dateien or [],
        quelle=quelle,
        stand=optionen.datum("--stand", stand) or None,
        probe=probe,
        streng=streng,
        einzeln=kontext_von(ctx).ausfuehrlich,
        warten=warten,
        melde=lambda e: zeige(e, probe=probe),
    )
    if not probe and _aus_eingang(dateien or [], projekt):
        ausgabe.hinweis("Die Dateien bleiben in eingang/ liegen; sozmon aktualisieren räumt weg, was eingelesen ist.")
    codes = [e.fehler.exit_code for e in ergebnisse if e.fehler is not None]
    if codes:
        raise typer.Exit(codes[0])
    ausgabe.pruefe_fehler_ab([m for e in ergebnisse for m in e.meldungen], fehler_ab)


def _aus_eingang(dateien: Sequence[str], projekt: Projekt) -> bool:
    """True if a file lies where ``sozmon aktualisieren`` looks."""
    eingang = projekt.eingang.resolve()
    return any(datei != "-" and Path(datei).resolve().parent == eingang for datei in dateien)


def _verlange_allein(andere: Mapping[str, object]) -> None:
    """Options of reading mean nothing for taking back; ``--probe`` least of all may be ignored."""
    if gesetzt := [name for name, wert in andere.items() if wert]:
        raise AufrufError(
            f"--zurueck und {gesetzt[0]} gehen nicht zusammen.",
            grund="--zurueck nimmt eine ganze Lieferung zurück; was dann gilt, zeigt vorher: sozmon diff",
            abhilfe="sozmon import --zurueck LIEFERUNG",
        )


def _nimm_zurueck(ctx: typer.Context, lieferung: str, warten: int) -> None:
    from sozmon.importieren import run_zurueck

    erste, *weitere = run_zurueck(kontext_von(ctx).projekt, lieferung, warten=warten)
    ausgabe.ergebnis(f"Zurückgenommen: {erste.datei} (Lieferung {erste.lieferung[:12]}). Die Datei bleibt aufbewahrt.")
    for e in weitere:
        zeige(e)


def zeige(e: ImportErgebnis, *, probe: bool = False) -> None:
    """Print what became of one file: the summary on stdout, Meldungen and errors on stderr."""
    if e.fehler is not None:
        if e.titel:
            ausgabe.ergebnis(f"{e.datei}: {e.titel} – nicht eingelesen")
        ausgabe.meldungen(e.meldungen, kopf=f"{e.datei}:")
        ausgabe.fehler(knapp(e.fehler, e.meldungen))
        return
    if not e.nachtrag:
        ausgabe.ergebnis("\n".join(zeilen(e, probe=probe)))
    ausgabe.meldungen(e.meldungen, kopf=f"{e.datei}:")


def knapp(fehler: SozmonError, meldungen: Sequence[Meldung]) -> SozmonError:
    """Without what the Meldungen just said: place and reason, and the cure if they named one."""
    gesagt = [m for m in meldungen if m.stufe == "fehler"]
    if not gesagt:
        return fehler
    abhilfe = "" if any(m.abhilfe for m in gesagt) else fehler.abhilfe
    return EingabeError(fehler.text, abhilfe=abhilfe).with_traceback(fehler.__traceback__)


def zeilen(e: ImportErgebnis, *, probe: bool = False) -> list[str]:
    """The summary of one file: name and shape, Quelle and Stand, counts of values."""
    from sozmon.zahlen import format_datum, format_zahl

    vorne = "Nachgelesen: " if e.nachgelesen else "Probe: " if probe else ""
    stand = f"Stand {format_datum(e.stand)} · " if e.stand else ""
    zahlen = {
        "neu": e.neu,
        "geändert": e.geaendert,
        "unverändert": e.unveraendert,
        "abgelehnt": e.abgelehnt,
        "geheim": e.geheim,
    }
    if e.zurueckgestellt:
        zahlen["von neuerem Stand überholt"] = e.zurueckgestellt
    return [
        f"{vorne}{e.datei}: {e.titel}",
        f"  Quelle {e.quelle} · {stand}Lieferung {e.lieferung[:12]}",
        "  Werte: " + " · ".join(f"{name} {format_zahl(zahl, 0)}" for name, zahl in zahlen.items()),
    ]
