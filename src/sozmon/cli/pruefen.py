"""``sozmon pruefen``: definitions, territory and store, all findings together."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer

from sozmon.cli import ausgabe, optionen
from sozmon.cli.kontext import Kontext, kontext_von

if TYPE_CHECKING:
    from sozmon.model import Meldung

SPALTEN = ("stufe", "kennung", "text", "fundstelle", "abhilfe", "anzahl")


def befehl(
    ctx: typer.Context,
    bestand: Annotated[
        bool, typer.Option("--bestand", help="Jede Datei des Bestands gegen ihre Prüfsumme lesen (dauert).")
    ] = False,
    fehler_ab: optionen.FehlerAb = "fehler",
    format: optionen.Format = None,
    excel: optionen.Excel = False,
    ausgabedatei: optionen.Ausgabe = None,
) -> None:
    """Katalog, Räume und Bestand prüfen.

    Alle Meldungen zusammen, schlimmste zuerst. Endet mit 3, wenn eine die Stufe von --fehler-ab erreicht.

    Beispiele:
    sozmon pruefen
    sozmon pruefen --bestand --fehler-ab warnung --format csv -o meldungen.csv
    """
    wahl = optionen.tabellenwahl(format, None, excel, ausgabedatei)
    optionen.waehle("--fehler-ab", fehler_ab, optionen.STUFEN)
    gefunden = sorted(_meldungen(kontext_von(ctx), ganz=bestand), key=lambda m: -m.stufe.rang)
    zeilen = [
        {
            "stufe": str(m.stufe),
            "kennung": m.kennung,
            "text": m.text,
            "fundstelle": str(m.fundstelle),
            "abhilfe": m.abhilfe,
            "anzahl": m.anzahl,
        }
        for m in gefunden
    ]
    ausgabe.ausgabe_tabelle(zeilen, SPALTEN, wahl)
    if not zeilen:
        ausgabe.hinweis("Keine Meldungen.")
    ausgabe.pruefe_fehler_ab(gefunden, fehler_ab)


def _meldungen(kontext: Kontext, *, ganz: bool) -> list[Meldung]:
    from sozmon.katalog import check_katalog
    from sozmon.raeume import check_raeume

    return [
        *check_katalog(kontext.katalog),
        *check_raeume(kontext.raeume),
        *(kontext.bestand.pruefen(ganz=ganz) or ()),
    ]
