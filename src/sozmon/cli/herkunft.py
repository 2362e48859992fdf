"""``sozmon herkunft``: trace a number to its cells."""

from __future__ import annotations

from dataclasses import asdict
from typing import Annotated

import typer

from sozmon.cli import ausgabe, optionen
from sozmon.cli.kontext import kontext_von
from sozmon.cli.werte import stellen_nach
from sozmon.errors import AufrufError

TEXT_SPALTEN = ("teil", "merkmal", "auspraegung", "raum_id", "raum", "zeit", "wert", "stand", "datei", "fundstelle")


def befehl(
    ctx: typer.Context,
    raum: Annotated[str, typer.Argument(metavar="RAUM", help="Schlüssel, Region oder eindeutiger Name.")],
    indikator: Annotated[str, typer.Argument(metavar="INDIKATOR", help="Kennung des Indikators.")],
    zeit: Annotated[str, typer.Argument(metavar="ZEIT", help="Jahr oder Datum.")],
    datenstand: optionen.Datenstand = None,
    format: optionen.Format = None,
    excel: optionen.Excel = False,
    ausgabedatei: optionen.Ausgabe = None,
) -> None:
    """Eine Zahl bis zu ihren Zellen zurückverfolgen.

    Zeigt die Formel in Worten und jede gelieferte Zelle, die eingeht: Datei, Blatt, Zelle, Stand. Die Werte sind
    intern und nicht freigegeben.

    Beispiele:
    sozmon herkunft 14522275 arbeitslosenanteil 2021
    sozmon herkunft SR1 altenquotient 2023 --format csv
    """
    from sozmon.herkunft import SPALTEN, compute_herkunft

    wahl = optionen.tabellenwahl(format, None, excel, ausgabedatei)
    kontext = kontext_von(ctx)
    zeiten = optionen.zeiten([zeit])
    if len(zeiten.angaben) != 1:
        raise AufrufError("herkunft erklärt einen Wert: genau eine Zeit angeben.", ort="ZEIT")
    herkunft = compute_herkunft(
        kontext.bestand,
        kontext.katalog,
        kontext.raeume,
        kontext.katalog.indikator(indikator),
        optionen.ein_raum(kontext, raum),
        zeiten.angaben[0],
        optionen.datum("--datenstand", datenstand),
    )
    ausgabe.hinweis_intern()
    if wahl.format == "text" and wahl.datei is None:
        from sozmon.tabellen import menschenwert
        from sozmon.zahlen import format_datum

        w = herkunft.wert
        zahl = menschenwert(asdict(w), stellen_nach(kontext.katalog))
        titel = kontext.katalog.indikator(indikator).titel
        zusatz = f" ({w.anmerkung})" if w.anmerkung else ""
        ausgabe.ergebnis(
            f"{titel}, {w.raum}, {format_datum(w.zeit)}: {zahl} {w.einheit}{zusatz}\nFormel: {herkunft.formel}\n"
        )
    ausgabe.ausgabe_tabelle(herkunft.zellen, SPALTEN, wahl, text_spalten=TEXT_SPALTEN, intern=kontext)
