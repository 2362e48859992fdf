"""``sozmon diff``: what a later Lieferung or data state changed."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer

from sozmon.cli import ausgabe, optionen
from sozmon.cli.kontext import Kontext, kontext_von
from sozmon.cli.werte import indikatorwerte, stellen_nach
from sozmon.errors import AufrufError

if TYPE_CHECKING:
    from sozmon.tabellen import Vorspann

TEXT_SPALTEN = ("raum_id", "raum", "zeit", "indikator", "art", "wert_alt", "wert_neu", "differenz", "einheit")


Lieferungen = Annotated[
    list[str] | None,
    typer.Argument(
        metavar="LIEFERUNG…",
        help="Zwei Lieferungen: Kennung (oder ihr Anfang) oder Dateiname; eine allein wird mit dem verglichen, was "
        "jetzt von ihrer Quelle gilt.",
        show_default=False,
    ),
]
Von = Annotated[str | None, typer.Option("--von", metavar="DATUM", help="Früherer Datenstand (mit -i und -r).")]
Bis = Annotated[
    str | None, typer.Option("--bis", metavar="DATUM", help="Späterer Datenstand; sonst alles, was vorliegt.")
]


def befehl(
    ctx: typer.Context,
    lieferungen: Lieferungen = None,
    indikator: optionen.IndikatorenWahlfrei = None,
    raum: optionen.RaeumeWahlfrei = None,
    von: Von = None,
    bis: Bis = None,
    zeit: optionen.Zeit = None,
    exit_code: Annotated[bool, typer.Option("--exit-code", help="Bei Unterschieden mit 6 enden.")] = False,
    format: Annotated[
        str | None,
        typer.Option(
            "--format",
            metavar="FORMAT",
            help="text, csv, jsonl, json, md, parquet, xlsx oder html; sonst nach der Endung von -o, sonst text.",
            autocompletion=lambda: [*optionen.FORMATE, optionen.SEITE],
        ),
    ] = None,
    excel: optionen.Excel = False,
    ausgabedatei: optionen.Ausgabe = None,
) -> None:
    """Zwei Lieferungen vergleichen, oder dieselben Werte zu zwei Datenständen.

    Zeigt nur, was sich unterscheidet: neu, entfallen oder geändert, bei Lieferungen Wert für Wert mit dem Grund. -r und
    -z grenzen ein. Mit -i, -r und --von werden berechnete Werte verglichen. Alles ist intern und nicht freigegeben.

    Beispiele:
    sozmon diff dcb86c387349 d2e893dfc10b -r 14522/gemeinde
    sozmon diff -i arbeitslosenanteil -r 14522/gemeinde --von 2024-06-30 --bis 2025-06-30 --exit-code
    """
    from sozmon.errors import VerschiedenError

    wahl = optionen.tabellenwahl(format, None, excel, ausgabedatei, formate=(*optionen.FORMATE, optionen.SEITE))
    _pruefe_angaben(lieferungen, indikator, raum, von, bis)
    kontext = kontext_von(ctx)
    if lieferungen:
        from sozmon.cli.lieferungsdiff import zeige_lieferungen

        anzahl = zeige_lieferungen(kontext, lieferungen, raum, zeit, wahl)
    else:
        staende = (optionen.datum("--von", von), optionen.datum("--bis", bis))
        anzahl = _zeige_staende(kontext, (indikator or [], raum or [], zeit), staende, wahl)
    if exit_code and anzahl:
        was = "Lieferungen" if lieferungen else "Datenstände"
        raise VerschiedenError(
            f"Die {was} unterscheiden sich in {'einem Wert' if anzahl == 1 else f'{anzahl} Werten'}."
        )


def _pruefe_angaben(
    lieferungen: list[str] | None, indikator: list[str] | None, raum: list[str] | None, von: str | None, bis: str | None
) -> None:
    """Either Lieferungen, or Indikatoren, Räume and a first data state."""
    werte = {"-i": indikator, "--von": von, "--bis": bis}
    beispiel = "sozmon diff LIEFERUNG1 LIEFERUNG2   oder   sozmon diff -i INDIKATOR -r RAUM --von DATUM"
    if lieferungen and (zuviel := [name for name, angabe in werte.items() if angabe]):
        raise AufrufError(
            f"Lieferungen und {', '.join(zuviel)} gehen nicht zusammen.",
            grund="Verglichen werden entweder Lieferungen oder berechnete Werte zu zwei Datenständen.",
            abhilfe=beispiel,
        )
    fehlend = [name for name, angabe in {"-i": indikator, "-r": raum, "--von": von}.items() if not angabe]
    if not lieferungen and fehlend:
        nichts = len(fehlend) == 3
        text = "Es fehlt die Angabe, was verglichen werden soll." if nichts else f"Es fehlt: {', '.join(fehlend)}."
        raise AufrufError(text, abhilfe=beispiel)


def _zeige_staende(
    kontext: Kontext,
    auswahl: tuple[list[str], list[str], list[str] | None],
    staende: tuple[str, str],
    wahl: optionen.Tabellenwahl,
) -> int:
    """Print how the Indikatorwerte of the second data state differ; the number of differences."""
    from sozmon.unterschied import SPALTEN, compare_staende

    if staende[1] and staende[1] < staende[0]:
        raise AufrufError("--bis liegt vor --von.", abhilfe="Den früheren Datenstand mit --von angeben.")
    alt, neu = (indikatorwerte(kontext, *auswahl, stand or None, intern=True) for stand in staende)
    unterschiede = compare_staende(alt, neu)
    ausgabe.hinweis_intern()
    ausgabe.ausgabe_tabelle(
        [u.zeile() for u in unterschiede],
        SPALTEN,
        wahl,
        text_spalten=TEXT_SPALTEN,
        stellen=stellen_nach(kontext.katalog, absolut=("wert_alt", "wert_neu", "differenz")),
        intern=kontext,
        vorspann=_vorspann(staende, len(unterschiede)) if wahl.format == optionen.SEITE else None,
    )
    return len(unterschiede)


def _vorspann(staende: tuple[str, str], anzahl: int) -> Vorspann:
    from sozmon.cli.lieferungsdiff import INTERN
    from sozmon.tabellen import Vorspann
    from sozmon.zahlen import format_datum

    bis = format_datum(staende[1]) or "allem, was vorliegt"
    text = f"Datenstand {format_datum(staende[0])} verglichen mit {bis}: {anzahl} Unterschiede."
    return Vorspann("Vergleich zweier Datenstände", (text,), "Unterschiede je Wert", INTERN)
