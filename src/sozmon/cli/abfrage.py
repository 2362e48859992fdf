"""``sozmon abfrage``: a form for a department or Träger, to be filled in and read back."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Annotated

import typer

from sozmon.cli import ausgabe, optionen
from sozmon.cli.kontext import kontext_von
from sozmon.errors import AufrufError, AusgabeError


def befehl(
    ctx: typer.Context,
    kennungen: Annotated[
        list[str], typer.Argument(metavar="KENNUNG…", help="Merkmal oder Indikator; von diesem, was gezählt wird.")
    ],
    zeit: Annotated[
        list[str] | None,
        typer.Option(
            "-z", "--zeit", metavar="ZEIT", help="Jahr oder Stichtag, nach dem gefragt wird; Liste mit Kommas."
        ),
    ] = None,
    ebene: Annotated[
        str, typer.Option("--ebene", metavar="EBENE", help="gemeinde, kreis oder der Name einer Raumgliederung.")
    ] = "gemeinde",
    nach: Annotated[
        list[str] | None,
        typer.Option(
            "--nach",
            metavar="DIMENSION",
            help="Eine Spalte je Wert: geschlecht; „alter|geschlecht“ kreuzt beide. Liste mit Kommas.",
        ),
    ] = None,
    auspraegung: Annotated[
        list[str] | None,
        typer.Option("--auspraegung", metavar="AUSPRÄGUNG", help="Eine weitere Spalte, z. B. alter=0-17."),
    ] = None,
    quelle: Annotated[
        str | None,
        typer.Option("--quelle", metavar="QUELLE", help="Unter dieser Quelle werden die Werte gespeichert."),
    ] = None,
    an: Annotated[str, typer.Option("--an", metavar="AMT", help="Wer den Vordruck ausfüllt.", show_default=False)] = "",
    frist: Annotated[
        str | None, typer.Option("--frist", metavar="DATUM", help="Bis wann er zurückkommen soll.")
    ] = None,
    zurueck_an: Annotated[
        str | None,
        typer.Option("--zurueck-an", metavar="TEXT", help="Wohin er zurückgeht; sonst der Herausgeber des Projekts."),
    ] = None,
    ausgabedatei: optionen.Ausgabe = None,
) -> None:
    """Einen Vordruck für ein Amt oder einen Träger anlegen, den sozmon ausgefüllt wieder einliest.

    Die Mappe hat eine Zeile je Gemeinde (oder Region), eine Zeile „ohne Zuordnung“ und eine für den Kreis, eine Spalte
    je Anzahl und ein Blatt, das alles erklärt. Gefragt wird nur nach Anzahlen. Zurück kommt sie mit sozmon import,
    auch als CSV gespeichert; was fehlt oder verändert ist, wird mit der Zelle genannt.

    Beispiele:
    sozmon abfrage hilfen_zur_erziehung --zeit 2024 --an Jugendamt -o hze_2024.xlsx
    sozmon abfrage wohngeldhaushalte schwerbehinderte --zeit 2024 --ebene sozialregionen -o sozialamt.xlsx
    """
    from sozmon.abfrage import Frage, build_abfrage
    from sozmon.plattform import write_bytes
    from sozmon.tabellen.vordruck import Begleitung, render_vordruck

    zeiten = optionen.zeiten(zeit).angaben
    if not zeiten:
        raise AufrufError(
            "Es fehlt, für welche Zeit gezählt werden soll.", ort="--zeit", abhilfe="Zum Beispiel: --zeit 2024"
        )
    ziel = neue_mappe(ausgabedatei, "hze_2024.xlsx")
    kontext = kontext_von(ctx)
    frage = Frage(
        optionen.liste(kennungen),
        zeiten,
        ebene,
        optionen.liste(nach),
        tuple(auspraegung or ()),
        quelle or "",
    )
    abfrage = build_abfrage(kontext.katalog, kontext.raeume, frage)
    zurueck = kontext.projekt.herausgeber if zurueck_an is None else zurueck_an
    begleitung = Begleitung(an, optionen.datum("--frist", frist), zurueck, kontext.projekt.stil.farbe)
    ausgabe.pfad(write_bytes(ziel, render_vordruck(abfrage, begleitung)))
    ausgabe.hinweis(
        f"{_anzahl(abfrage.zeilen, 'Zeile')}, {_anzahl(abfrage.koepfe, 'Spalte')}; die Werte gehören zur Quelle "
        f"„{kontext.katalog.quellen[abfrage.vordruck.quelle].titel}“. Ausgefüllt zurück: sozmon import {ziel.name}"
    )


def _anzahl(dinge: Sequence[object], wort: str) -> str:
    return f"1 {wort}" if len(dinge) == 1 else f"{len(dinge)} {wort}n"


def neue_mappe(ausgabedatei: str | None, beispiel: str) -> Path:
    """The file of ``-o``: a workbook that does not exist yet, for it may be one that somebody filled in."""
    if ausgabedatei in (None, "-"):
        raise AufrufError(
            "Es fehlt die Datei, in die geschrieben wird.", ort="-o", abhilfe=f"Zum Beispiel: -o {beispiel}"
        )
    ziel = Path(str(ausgabedatei))
    if ziel.suffix.lower() != ".xlsx":
        raise AufrufError(
            f"„{ziel.name}“ ist keine Excel-Mappe.",
            ort="-o",
            abhilfe=f"Die Endung .xlsx wählen, zum Beispiel {beispiel}",
        )
    if ziel.exists():
        raise AusgabeError(
            f"„{ziel.name}“ gibt es schon.",
            ort=str(ziel),
            grund="Vielleicht ist die Mappe schon ausgefüllt; sie wird nicht überschrieben.",
            abhilfe="Einen anderen Namen wählen, oder die Datei vorher löschen.",
        )
    return ziel
