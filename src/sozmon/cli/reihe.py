"""``sozmon reihe``: time series with change, percentage points, index and segments between Brüche."""

from __future__ import annotations

from dataclasses import asdict
from itertools import groupby
from typing import Annotated

import typer

from sozmon.cli import ausgabe, optionen
from sozmon.cli.kontext import kontext_von
from sozmon.cli.werte import indikatorwerte, stellen_nach

EIGENE = ("segment", "bruch", "vor", "absolut", "prozent", "prozentpunkte", "index")
TEXT_SPALTEN = ("raum", "indikator", "zeit", "wert", "einheit", "kennzeichen", *EIGENE[1:])


def befehl(
    ctx: typer.Context,
    indikator: optionen.Indikatoren,
    raum: optionen.Raeume,
    zeit: optionen.Zeit = None,
    basis: Annotated[
        int | None,
        typer.Option("--basis", metavar="JAHR", help="Jahr, in dem der Index 100 ist; sonst das erste des Abschnitts."),
    ] = None,
    datenstand: optionen.Datenstand = None,
    intern: optionen.Intern = False,
    format: optionen.Format = None,
    breit: optionen.Breit = None,
    excel: optionen.Excel = False,
    ausgabedatei: optionen.Ausgabe = None,
) -> None:
    """Zeitreihe eines Indikators: Werte, Veränderung und Index.

    Veränderungen gelten gegenüber dem letzten Wert davor: absolut, in Prozent und bei Anteilen in Prozentpunkten.
    Über einen Bruch der Reihe hinweg wird nicht gerechnet; die Abschnitte dazwischen sind nummeriert.

    Beispiele:
    sozmon reihe -i arbeitslosenanteil -r 14522
    sozmon reihe -i bevoelkerung -r SR1,SR2 -z 2011..2023 --basis 2011 --format csv
    """
    from sozmon.indikator import brueche
    from sozmon.model import INDIKATORWERTE
    from sozmon.zeitreihe import compute_reihen

    wahl = optionen.tabellenwahl(format, breit, excel, ausgabedatei)
    kontext = kontext_von(ctx)
    werte = indikatorwerte(kontext, indikator, raum, zeit, datenstand, intern=intern)
    zeilen: list[dict[str, object]] = []
    for kennung, eigene in groupby(werte, key=lambda w: w.indikator):
        grenzen = brueche(kontext.katalog, kontext.katalog.indikator(kennung))
        for punkt in compute_reihen(list(eigene), grenzen, basis=basis):
            zeilen.append({**asdict(punkt.wert), **{s: getattr(punkt, s) for s in EIGENE}})
    if intern:
        ausgabe.hinweis_intern()
    ausgabe.ausgabe_tabelle(
        zeilen,
        (*INDIKATORWERTE, *EIGENE),
        wahl,
        text_spalten=TEXT_SPALTEN,
        stellen=stellen_nach(kontext.katalog, absolut=("absolut", "prozentpunkte"), fest={"prozent": 1, "index": 1}),
        intern=kontext if intern else None,
    )
