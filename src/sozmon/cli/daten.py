"""``sozmon daten``: stored counts, the common Datenpool."""

from __future__ import annotations

from typing import Annotated

import typer

from sozmon.cli import ausgabe, optionen
from sozmon.cli.erlaeuterung import erlaeutere
from sozmon.cli.kontext import kontext_von

TEXT_SPALTEN = ("raum_id", "raum", "zeit", "merkmal", "auspraegung", "wert", "kennzeichen", "quelle", "stand")


def befehl(
    ctx: typer.Context,
    merkmal: optionen.Merkmale,
    raum: optionen.Raeume,
    zeit: optionen.Zeit = None,
    auspraegung: optionen.Auspraegung = None,
    geltend: Annotated[
        bool, typer.Option("--geltend", help="Von mehreren Quellen nur die, die nach dem Katalog Vorrang hat.")
    ] = False,
    datenstand: optionen.Datenstand = None,
    intern: optionen.Intern = False,
    format: optionen.Format = None,
    breit: optionen.BreitDaten = None,
    excel: optionen.Excel = False,
    ausgabedatei: optionen.Ausgabe = None,
) -> None:
    """Gelieferte Zählwerte zeigen: der gemeinsame Datenpool.

    Eine Zeile je gelieferter Zelle, mit Quelle, Stand und Fundstelle. Wofür kein Amt einen Wert liefert (eigene
    Regionen, zusammengelegte Gemeinden), steht die Summe der Gemeinden; -a fasst auch Altersgruppen zusammen. Ohne
    --intern bleiben kleine Anzahlen von Personen verborgen.

    Beispiele:
    sozmon daten -m bevoelkerung -r 14522 -z 2015..2023
    sozmon daten -m bevoelkerung -r 14522/gemeinde -z 2015..2023 -a insgesamt --geltend --breit zeit -o daten.xlsx
    sozmon daten --intern -m arbeitslose -r 14522/gemeinde -z 2021 --format csv
    """
    from sozmon.datenpool import Datenauftrag, check_merkmale, compute_daten, mask_daten
    from sozmon.model import MERKMALSWERTE

    wahl = optionen.tabellenwahl(format, breit, excel, ausgabedatei, achsen=optionen.ACHSEN_DATEN)
    kontext = kontext_von(ctx)
    auftrag = Datenauftrag(
        merkmale=optionen.liste(merkmal),
        raeume=optionen.raeume(kontext, raum),
        zeiten=optionen.zeiten(zeit),
        datenstand=optionen.datum("--datenstand", datenstand),
        auspraegungen=optionen.auspraegungen(kontext, auspraegung),
        nur_geltende=geltend,
    )
    check_merkmale(kontext.bestand, kontext.katalog, auftrag.merkmale)
    zeilen, meldungen = compute_daten(kontext.bestand, kontext.katalog, kontext.raeume, auftrag)
    ausgabe.meldungen(meldungen)
    if intern:
        ausgabe.hinweis_intern()
    else:
        zeilen = mask_daten(zeilen, kontext.katalog, kontext.projekt.schwellen)
    namen = {r.raum_id: r.name for r in auftrag.raeume}
    spalten = [spalte for spalte, _ in MERKMALSWERTE]
    zeilen = [z | {"raum": namen[z["raum_id"]]} for z in zeilen]
    ausgabe.ausgabe_tabelle(
        zeilen,
        [*spalten, *(["raum"] if wahl.format in ("text", "md") or wahl.breit else [])],
        wahl,
        text_spalten=TEXT_SPALTEN,
        intern=kontext if intern else None,
        erlaeutere=lambda: erlaeutere(kontext.katalog, zeilen, intern=intern),
    )
