"""``sozmon werte``: Indikatorwerte for Räume and times. The example for every command that yields a table."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import asdict
from typing import TYPE_CHECKING

import typer

from sozmon.cli import ausgabe, optionen
from sozmon.cli.kontext import Kontext, kontext_von

if TYPE_CHECKING:
    from sozmon.katalog import Katalog
    from sozmon.model import Indikatorwert

TEXT_SPALTEN = ("raum_id", "raum", "zeit", "indikator", "wert", "einheit", "kennzeichen", "umrechnung", "anmerkung")


def befehl(
    ctx: typer.Context,
    indikator: optionen.Indikatoren,
    raum: optionen.Raeume,
    zeit: optionen.Zeit = None,
    datenstand: optionen.Datenstand = None,
    intern: optionen.Intern = False,
    format: optionen.Format = None,
    breit: optionen.Breit = None,
    excel: optionen.Excel = False,
    ausgabedatei: optionen.Ausgabe = None,
) -> None:
    """Indikatorwerte berechnen und zeigen.

    Eine Zeile je Raum, Zeit und Indikator, auch wo es keinen Wert gibt: der Status sagt, warum. Ohne --intern steht
    da nur, was die Freigabe zulässt.

    Beispiele:
    sozmon werte -i arbeitslosenanteil -r 14522,SR1 -z 2017..2021
    sozmon werte -i altenquotient -r 14522/gemeinde -z 2023 --format csv -o altenquotient.csv
    """
    wahl = optionen.tabellenwahl(format, breit, excel, ausgabedatei)
    kontext = kontext_von(ctx)
    werte = indikatorwerte(kontext, indikator, raum, zeit, datenstand, intern=intern)
    zeige(kontext, werte, wahl, intern=intern)


def indikatorwerte(
    kontext: Kontext,
    indikator: list[str],
    raum: list[str],
    zeit: list[str] | None,
    datenstand: str | None,
    *,
    intern: bool,
) -> tuple[Indikatorwert, ...]:
    """Compute what the options ask for; without ``intern`` it has passed the Freigabe."""
    from sozmon.freigabe import erteile_freigabe
    from sozmon.indikator import Auftrag, compute_indikatoren

    zeiten = optionen.zeiten(zeit)
    auftrag = Auftrag(
        indikatoren=tuple(kontext.katalog.indikator(k) for k in optionen.liste(indikator)),
        raeume=optionen.raeume(kontext, raum),
        zeiten=zeiten if zeiten.angaben else None,
        datenstand=optionen.datum("--datenstand", datenstand),
    )
    rechnung = compute_indikatoren(kontext.bestand, kontext.katalog, kontext.raeume, auftrag)
    ausgabe.meldungen(rechnung.meldungen)
    if intern:
        return rechnung.werte
    return erteile_freigabe(rechnung.werte, kontext.katalog, kontext.projekt.schwellen).werte


def zeige(kontext: Kontext, werte: tuple[Indikatorwert, ...], wahl: optionen.Tabellenwahl, *, intern: bool) -> None:
    """Print Indikatorwerte as a table in the order of the contract."""
    from sozmon.model import INDIKATORWERTE

    if intern:
        ausgabe.hinweis_intern()
    ausgabe.ausgabe_tabelle(
        [asdict(w) for w in werte],
        INDIKATORWERTE,
        wahl,
        text_spalten=TEXT_SPALTEN,
        stellen=stellen_nach(kontext.katalog),
        intern=kontext if intern else None,
    )


def stellen_nach(
    katalog: Katalog, *, absolut: Sequence[str] = (), fest: Mapping[str, int] | None = None
) -> Callable[[Mapping[str, object], str], int | None]:
    """Decimals for people: those of the Indikator for its value and the columns ``absolut`` in the same unit.

    ``fest``: columns with decimals of their own. Anything else (Zähler, Nenner) shows all that it has.
    """
    eigene = {"wert", "wert_min", "wert_max", "unten", "oben", *absolut}

    def stellen(zeile: Mapping[str, object], spalte: str) -> int | None:
        if spalte in eigene:
            return katalog.indikator(str(zeile["indikator"])).nachkommastellen
        return (fest or {}).get(spalte)

    return stellen
