"""``sozmon vergleich``: Räume against Kreis or Land, against each other, against the year before."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import asdict
from typing import TYPE_CHECKING, Annotated

import typer

from sozmon.cli import ausgabe, optionen
from sozmon.cli.kontext import Kontext, kontext_von
from sozmon.cli.werte import indikatorwerte, stellen_nach

if TYPE_CHECKING:
    from sozmon.model import Indikatorwert
    from sozmon.vergleich import Spannweite, Vergleichswert

EIGENE = (
    "bezug",
    "bezugswert",
    "differenz",
    "differenz_einheit",
    "rang",
    "rang_von",
    "gleichauf",
    "vorjahr",
    "differenz_vorjahr",
    "hinweis",
)
TEXT_SPALTEN = ("raum", "indikator", "zeit", "wert", "einheit", "rang", "bezug", "differenz", "differenz_vorjahr")
SPANNWEITE = (
    "indikator",
    "zeit",
    "anzahl",
    "ohne_wert",
    "kleinster",
    "kleinste_raeume",
    "groesster",
    "groesste_raeume",
    "weite",
    "median",
)


def befehl(
    ctx: typer.Context,
    indikator: optionen.Indikatoren,
    zeit: optionen.Zeit,
    raum: Annotated[
        list[str] | None,
        typer.Option("-r", "--raum", metavar="RAUM", help="Verglichene Räume; sonst alle Gemeinden des Kreises."),
    ] = None,
    mit: Annotated[
        str | None, typer.Option("--mit", metavar="RAUM", help="Bezugsraum; sonst der Kreis des Projekts.")
    ] = None,
    spannweite: Annotated[
        bool, typer.Option("--spannweite", help="Statt der Räume: kleinster, größter und mittlerer Wert.")
    ] = False,
    datenstand: optionen.Datenstand = None,
    intern: optionen.Intern = False,
    format: optionen.Format = None,
    excel: optionen.Excel = False,
    ausgabedatei: optionen.Ausgabe = None,
) -> None:
    """Räume vergleichen: mit Kreis oder Land, untereinander, mit dem Vorjahr.

    Rang 1 hat der höchste Wert, gleiche Werte teilen den Rang. Räume ohne Wert haben keinen Rang.

    Beispiele:
    sozmon vergleich -i arbeitslosenanteil -z 2021
    sozmon vergleich -i altenquotient -z 2023 -r 14522/sozialregionen --mit 14 --format csv
    """
    wahl = optionen.tabellenwahl(format, None, excel, ausgabedatei)
    kontext = kontext_von(ctx)
    vergleiche = list(_vergleiche(kontext, indikator, zeit, raum, mit, datenstand, intern=intern))
    if intern:
        ausgabe.hinweis_intern()
    stellen = stellen_nach(
        kontext.katalog,
        absolut=(
            "bezugswert",
            "differenz",
            "vorjahr",
            "differenz_vorjahr",
            "kleinster",
            "groesster",
            "weite",
            "median",
        ),
    )
    if spannweite:
        zeilen = [_spannweitenzeile(werte, weite) for werte, _, weite in vergleiche]
        spalten: tuple[str, ...] = SPANNWEITE
    else:
        from sozmon.model import INDIKATORWERTE

        zeilen = [{**asdict(v.wert), **{s: getattr(v, s) for s in EIGENE}} for _, werte, _ in vergleiche for v in werte]
        spalten = (*INDIKATORWERTE, *EIGENE)
    ausgabe.ausgabe_tabelle(
        zeilen,
        spalten,
        wahl,
        text_spalten=SPANNWEITE if spannweite else TEXT_SPALTEN,
        stellen=stellen,
        intern=kontext if intern else None,
    )


def _vergleiche(
    kontext: Kontext,
    indikator: list[str],
    zeit: list[str] | None,
    raum: list[str] | None,
    mit: str | None,
    datenstand: str | None,
    *,
    intern: bool,
) -> Iterator[tuple[list[Indikatorwert], tuple[Vergleichswert, ...], Spannweite]]:
    """One comparison for each Indikator and time, in the asked order."""
    from sozmon.indikator import brueche
    from sozmon.vergleich import compare_raeume, compute_spannweite

    kreis = kontext.projekt.kreis
    raeume = optionen.raeume(kontext, raum or [f"{kreis}/gemeinde"])
    bezug = optionen.ein_raum(kontext, mit or kreis)
    ids = [r.raum_id for r in raeume]
    for angabe in optionen.zeiten(zeit).angaben:
        vorjahr = str(int(angabe[:4]) - 1) + angabe[4:]
        alle = indikatorwerte(kontext, indikator, [*ids, bezug.raum_id], [angabe, vorjahr], datenstand, intern=intern)
        for kennung in optionen.liste(indikator):
            eigene = [w for w in alle if w.indikator == kennung]
            jetzt = [w for w in eigene if w.jahr == int(angabe[:4])]
            werte = [w for w in jetzt if w.raum_id in ids]
            verglichen = compare_raeume(
                werte,
                next((w for w in jetzt if w.raum_id == bezug.raum_id), None),
                vorjahre={w.raum_id: w for w in eigene if w.jahr == int(vorjahr[:4])},
                brueche=brueche(kontext.katalog, kontext.katalog.indikator(kennung)),
                ist_anzahl=kontext.katalog.indikator(kennung).verfahren == "anzahl",
            )
            yield werte, verglichen, compute_spannweite(werte)


def _spannweitenzeile(werte: list[Indikatorwert], weite: Spannweite) -> dict[str, object]:
    kopf: dict[str, object] = {"indikator": werte[0].indikator, "zeit": werte[0].zeit} if werte else {}
    return {**kopf, **{s: getattr(weite, s) for s in SPANNWEITE[2:]}}
