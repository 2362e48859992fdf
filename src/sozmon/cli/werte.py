"""``sozmon werte``: Indikatorwerte for Räume and times. The example for every command that yields a table."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import asdict
from typing import TYPE_CHECKING

import typer

from sozmon.cli import ausgabe, optionen
from sozmon.cli.erlaeuterung import erlaeutere
from sozmon.cli.kontext import Kontext, kontext_von

if TYPE_CHECKING:
    from sozmon.katalog import Katalog
    from sozmon.model import Indikatorwert

TEXT_SPALTEN = (
    "raum_id",
    "raum",
    "zeit",
    "indikator",
    "auspraegung",
    "wert",
    "einheit",
    "kennzeichen",
    "umrechnung",
    "anmerkung",
)


def befehl(
    ctx: typer.Context,
    indikator: optionen.Indikatoren,
    raum: optionen.Raeume,
    zeit: optionen.Zeit = None,
    auspraegung: optionen.Auspraegung = None,
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
    sozmon werte -i altenquotient,geburtenrate -r 14522/gemeinde -z 2019..2023 --breit indikator,zeit -o werte.xlsx
    """
    wahl = optionen.tabellenwahl(format, breit, excel, ausgabedatei)
    kontext = kontext_von(ctx)
    teile = optionen.auspraegungen(kontext, auspraegung)
    werte = indikatorwerte(kontext, indikator, raum, zeit, datenstand, intern=intern, teile=teile)
    zeige(kontext, werte, wahl, intern=intern)


def indikatorwerte(
    kontext: Kontext,
    indikator: list[str],
    raum: list[str],
    zeit: list[str] | None,
    datenstand: str | None,
    *,
    intern: bool,
    teile: tuple[str, ...] | None = None,
) -> tuple[Indikatorwert, ...]:
    """Compute what the options ask for; without ``intern`` it has passed the Freigabe.

    teile: the Ausprägungen that are wanted ('' = the whole); None = the whole alone.
    """
    from sozmon.freigabe import erteile_freigabe
    from sozmon.indikator import Auftrag, compute_indikatoren

    zeiten = optionen.zeiten(zeit)
    kennungen = optionen.liste(indikator)
    gefragt = tuple(a for a in teile or () if a)
    auftrag = Auftrag(
        indikatoren=tuple(kontext.katalog.indikator(k) for k in kennungen),
        raeume=optionen.raeume(kontext, raum),
        zeiten=zeiten if zeiten.angaben else None,
        datenstand=optionen.datum("--datenstand", datenstand),
        teile=dict.fromkeys(kennungen, gefragt) if gefragt else {},
    )
    rechnung = compute_indikatoren(kontext.bestand, kontext.katalog, kontext.raeume, auftrag)
    ausgabe.meldungen(rechnung.meldungen)
    werte = rechnung.werte
    if not intern:
        werte = erteile_freigabe(werte, kontext.katalog, kontext.projekt.schwellen).werte
    return werte if teile is None else tuple(w for w in werte if w.auspraegung in teile)


def zeige(kontext: Kontext, werte: tuple[Indikatorwert, ...], wahl: optionen.Tabellenwahl, *, intern: bool) -> None:
    """Print Indikatorwerte as a table in the order of the contract."""
    from sozmon.model import INDIKATORWERTE

    if intern:
        ausgabe.hinweis_intern()
    zeilen = [asdict(w) for w in werte]
    ausgabe.ausgabe_tabelle(
        zeilen,
        INDIKATORWERTE,
        wahl,
        text_spalten=TEXT_SPALTEN,
        stellen=stellen_nach(kontext.katalog),
        intern=kontext if intern else None,
        erlaeutere=lambda: erlaeutere(kontext.katalog, zeilen, intern=intern),
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
