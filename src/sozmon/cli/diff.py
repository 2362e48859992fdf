"""``sozmon diff``: what a later data state changed in a set of values."""

from __future__ import annotations

from typing import Annotated

import typer

from sozmon.cli import ausgabe, optionen
from sozmon.cli.kontext import kontext_von
from sozmon.cli.werte import indikatorwerte, stellen_nach
from sozmon.errors import AufrufError

TEXT_SPALTEN = ("raum_id", "raum", "zeit", "indikator", "art", "wert_alt", "wert_neu", "differenz", "einheit")


def befehl(
    ctx: typer.Context,
    indikator: optionen.Indikatoren,
    raum: optionen.Raeume,
    von: Annotated[str, typer.Option("--von", metavar="DATUM", help="Früherer Datenstand.")],
    bis: Annotated[
        str | None, typer.Option("--bis", metavar="DATUM", help="Späterer Datenstand; sonst alles, was vorliegt.")
    ] = None,
    zeit: optionen.Zeit = None,
    exit_code: Annotated[bool, typer.Option("--exit-code", help="Bei Unterschieden mit 6 enden.")] = False,
    format: optionen.Format = None,
    excel: optionen.Excel = False,
    ausgabedatei: optionen.Ausgabe = None,
) -> None:
    """Zwei Datenstände derselben Werte vergleichen.

    Zeigt nur, was sich unterscheidet: neu, entfallen oder geändert. Die Werte sind intern und nicht freigegeben.

    Beispiele:
    sozmon diff -i bevoelkerung -r 14522 --von 2024-12-31
    sozmon diff -i arbeitslosenanteil -r 14522/gemeinde --von 2024-06-30 --bis 2025-06-30 --exit-code
    """
    from sozmon.errors import VerschiedenError
    from sozmon.unterschied import SPALTEN, compare_staende

    wahl = optionen.tabellenwahl(format, None, excel, ausgabedatei)
    kontext = kontext_von(ctx)
    staende = (optionen.datum("--von", von), optionen.datum("--bis", bis))
    if staende[1] and staende[1] < staende[0]:
        raise AufrufError("--bis liegt vor --von.", abhilfe="Den früheren Datenstand mit --von angeben.")
    alt, neu = (indikatorwerte(kontext, indikator, raum, zeit, stand or None, intern=True) for stand in staende)
    unterschiede = compare_staende(alt, neu)
    ausgabe.hinweis_intern()
    ausgabe.ausgabe_tabelle(
        [u.zeile() for u in unterschiede],
        SPALTEN,
        wahl,
        text_spalten=TEXT_SPALTEN,
        stellen=stellen_nach(kontext.katalog, absolut=("wert_alt", "wert_neu", "differenz")),
        intern=kontext,
    )
    if exit_code and unterschiede:
        raise VerschiedenError(f"Die Datenstände unterscheiden sich in {len(unterschiede)} Werten.")
