"""``sozmon raeume``: list, show and check the territory of a project."""

from __future__ import annotations

import textwrap
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from sozmon.cli import ausgabe, optionen
from sozmon.cli.abfrage import neue_mappe
from sozmon.cli.deutsch import Gruppe
from sozmon.cli.kontext import Kontext, kontext_von
from sozmon.errors import AufrufError, AusgabeError, EingabeFehltError

if TYPE_CHECKING:
    from sozmon.raeume import Raeume, Raum
    from sozmon.tabellen.raumvorlage import Gemeindezeile

SPALTEN = (
    "raum_id", "raum", "ebene", "gueltig_ab", "gueltig_bis", "kreis", "land", "verband", "ars", "flaeche_km2",
    "name_amtlich",
)  # fmt: skip

befehl = Gruppe()


@befehl.callback(invoke_without_command=True, no_args_is_help=False)
def _liste(
    ctx: typer.Context,
    raum: Annotated[
        list[str] | None,
        typer.Option("-r", "--raum", metavar="RAUM", help="Nur diese Räume, z. B. SR6/gemeinde; Liste mit Kommas."),
    ] = None,
    ebene: Annotated[
        str | None, typer.Option("--ebene", metavar="EBENE", help="Räume dieser Ebene im Kreis des Projekts.")
    ] = None,
    stand: Annotated[
        str | None, typer.Option("--stand", metavar="DATUM", help="Die Räume, wie sie an diesem Tag bestanden.")
    ] = None,
    format: optionen.Format = None,
    excel: optionen.Excel = False,
    ausgabedatei: optionen.Ausgabe = None,
) -> None:
    """Räume auflisten, zeigen und prüfen.

    Ohne Unterbefehl: der Kreis, seine Regionen und Gemeinden auf dem Gebietsstand des Projekts. gueltig_ab und
    gueltig_bis sind der erste und letzte belegte Tag; leer heißt: weiter, als die Verzeichnisse reichen.

    Beispiele:
    sozmon raeume --ebene gemeinde --stand 2021-12-31
    sozmon raeume zeige SR6
    """
    if ctx.invoked_subcommand is not None:
        return
    wahl = optionen.tabellenwahl(format, None, excel, ausgabedatei)
    kontext = kontext_von(ctx)
    tag = optionen.datum("--stand", stand)
    _sage_stand(kontext.raeume, tag)
    gefunden = _auswahl(kontext.raeume, kontext.projekt.kreis, optionen.liste(raum), ebene or "", tag)
    zeilen = [{name: getattr(r, name) for name in SPALTEN if name != "raum"} | {"raum": r.name} for r in gefunden]
    ausgabe.ausgabe_tabelle(
        zeilen, SPALTEN, wahl, text_spalten=("raum_id", "raum", "ebene", "gueltig_ab", "gueltig_bis")
    )


def _sage_stand(raeume: Raeume, tag: str) -> None:
    """Say so when the asked day is not known and another one stands in for it."""
    if tag and raeume.strahl.verzeichnisse and raeume.strahl.lage(tag).art != "exakt":
        from sozmon.zahlen import format_datum

        ersatz = format_datum(raeume.strahl.naechster(tag))
        ausgabe.hinweis(
            f"Zum {format_datum(tag)} ist kein Verzeichnis eingelesen; gezeigt wird der Stand vom {ersatz}."
        )


def _auswahl(raeume: Raeume, kreis: str, worte: tuple[str, ...], ebene: str, tag: str) -> list[Raum]:
    """The asked Räume, each once; without a question the Kreis, its regions and its Gemeinden."""
    gefunden: list[Raum] = []
    if worte:
        for wort in worte:
            for raum in raeume.auswahl(wort):
                gefunden += raeume.kinder(raum.raum_id, ebene, tag) if ebene else [raum]
    else:
        ebenen = (ebene,) if ebene else ("kreis", *raeume.gliederungen, "gemeinde")
        for e in ebenen:
            gefunden += raeume.kinder(kreis, e, tag)
    return list({r.raum_id: r for r in gefunden}.values())


@befehl.befehl("zeige")
def zeige(
    ctx: typer.Context,
    raum: Annotated[str, typer.Argument(metavar="RAUM", help="Schlüssel, Region oder eindeutiger Name.")],
) -> None:
    """Einen Raum zeigen: wozu er gehört, was er enthält, woraus er entstanden ist.

    Beispiele:
    sozmon raeume zeige Musterdorf
    sozmon raeume zeige sozialregionen:SR6
    """
    from sozmon.raeume.beschreibung import describe_raum

    raeume = kontext_von(ctx).raeume
    titel, *absaetze = describe_raum(raeume, raeume.raum_oder_fehler(raum))
    zeilen = [z for wort, text in absaetze for z in _absatz(wort, text)]
    ausgabe.ergebnis("\n".join([titel[1], "", *zeilen]))


def _absatz(wort: str, text: str) -> list[str]:
    return textwrap.wrap(
        text, 100, initial_indent=f"{wort + ':':<16}", subsequent_indent=" " * 16, break_on_hyphens=False
    )


@befehl.befehl("pruefen")
def pruefen(ctx: typer.Context, fehler_ab: optionen.FehlerAb = "fehler") -> None:
    """Prüfen, ob Verzeichnisse, Änderungslisten und Raumgliederungen zusammenpassen.

    Jede Gemeinde muss an jedem Tag in genau einem Raum jeder Raumgliederung liegen. Gezeigt wird auch, welche
    Zusammenschlüsse aus den Flächen zweier Verzeichnisse erschlossen wurden.

    Beispiele:
    sozmon raeume pruefen
    sozmon raeume pruefen --fehler-ab warnung
    """
    from sozmon.raeume import check_raeume

    optionen.waehle("--fehler-ab", fehler_ab, optionen.STUFEN)
    raeume = kontext_von(ctx).raeume
    funde = check_raeume(raeume)
    ausgabe.meldungen(funde)
    schwer = [m for m in funde if m.stufe != "info"]
    maengel = {0: "Keine Mängel.", 1: "Ein Mangel."}.get(len(schwer), f"{len(schwer)} Mängel.")
    verzeichnisse = len(raeume.strahl.verzeichnisse)
    ausgabe.ergebnis(
        f"Geprüft: Gemeindeverzeichnisse: {verzeichnisse}, Änderungslisten: {len(raeume.strahl.listen)}, "
        f"Raumgliederungen: {len(raeume.gliederungen)}. {maengel}"
    )
    ausgabe.pruefe_fehler_ab(funde, fehler_ab)


@befehl.befehl("vorlage")
def vorlage(
    ctx: typer.Context,
    name: Annotated[str, typer.Argument(metavar="NAME", help="Name der neuen Raumgliederung, z. B. planungsraeume.")],
    ausgabedatei: optionen.Ausgabe = None,
) -> None:
    """Eine Mappe für eine neue Raumgliederung anlegen: alle Gemeinden des Kreises, die Räume zum Ausfüllen.

    Die Gemeinden sind die des neuesten Gebietsstands, die Schlüssel stehen als Text da. Ausgefüllt im Ordner raeume/
    gespeichert, ist die Mappe die Raumgliederung NAME. Ohne -o entsteht raeume/NAME.xlsx.

    Beispiele:
    sozmon raeume vorlage planungsraeume
    sozmon raeume vorlage planungsraeume -o raeume/planungsraeume.xlsx
    """
    from sozmon.plattform import write_bytes
    from sozmon.raeume.gliederung import check_name
    from sozmon.tabellen.raumvorlage import render_raumvorlage
    from sozmon.zahlen import format_datum

    kontext = kontext_von(ctx)
    ziel = neue_mappe(ausgabedatei or str(kontext.projekt.raeume / f"{name}.xlsx"), f"raeume/{name}.xlsx")
    check_name(name, ziel)
    if name in kontext.raeume.gliederungen:
        raise AusgabeError(
            f"Die Raumgliederung „{name}“ gibt es schon.",
            ort=str(kontext.projekt.raeume),
            abhilfe="Einen anderen Namen wählen, oder die vorhandene Tabelle bearbeiten.",
        )
    gemeinden = _gemeinden(kontext)
    stand = format_datum(kontext.raeume.gebietsstand)
    ausgabe.pfad(write_bytes(ziel, render_raumvorlage(name, stand, gemeinden, kontext.projekt.stil.farbe)))
    ausgabe.hinweis(
        f"{len(gemeinden)} Gemeinden, Gebietsstand {stand}. Ausgefüllt nach raeume/ speichern und prüfen: "
        "sozmon raeume pruefen"
    )


def _gemeinden(kontext: Kontext) -> list[Gemeindezeile]:
    """The Gemeinden of the Kreis with the population of the newest register, if that is stored."""
    from sozmon.quellen.lesen import REGISTERWERTE
    from sozmon.tabellen.raumvorlage import Gemeindezeile

    raeume = kontext.raeume
    gefunden = raeume.kinder(kontext.projekt.kreis, "gemeinde") if raeume.strahl.verzeichnisse else ()
    if not gefunden:
        raise AufrufError(
            "Es ist noch kein Gemeindeverzeichnis eingelesen, das die Gemeinden des Kreises nennt.",
            abhilfe="Den „Auszug GV“ des Statistischen Bundesamts importieren: sozmon import 31122023_Auszug_GV.xlsx",
        )
    merkmale = [
        z.merkmal
        for q in kontext.katalog.quellen.values()
        if q.form == "gv_isys"
        for z in q.zuordnungen
        if z.code == REGISTERWERTE[0][0] and not z.auspraegung
    ]
    zeilen = kontext.bestand.werte(
        merkmale=merkmale, raum_ids=[r.raum_id for r in gefunden], jahre=None, auspraegungen=[""]
    )
    einwohner = {z["raum_id"]: z["wert"] for z in sorted(zeilen, key=lambda z: z["zeit"]) if z["wert"] is not None}
    return [Gemeindezeile(r.raum_id, r.name_amtlich or r.name, einwohner.get(r.raum_id)) for r in gefunden]


@befehl.befehl("namen")
def namen(
    ctx: typer.Context,
    dateien: Annotated[
        list[str] | None,
        typer.Argument(metavar="DATEI…", help="Dateien mit Namen statt Schlüsseln.", show_default=False),
    ] = None,
    bestaetigen: Annotated[
        str | None,
        typer.Option("--bestaetigen", metavar="VORSCHLAG", help="Die durchgesehenen Vorschläge übernehmen."),
    ] = None,
    quelle: Annotated[
        str | None, typer.Option("--quelle", metavar="QUELLE", help="Diese Quelle nehmen, wenn mehrere passen.")
    ] = None,
) -> None:
    """Namen von Räumen zuordnen: Vorschläge sammeln, ansehen, bestätigen.

    Der erste Aufruf schreibt raeume/namen_vorschlag.csv: Wo ein Name genau der eines Raums im eigenen Kreis ist, steht
    dessen Schlüssel schon da; wo nicht, trägt ihn ein Mensch ein. Der zweite Aufruf übernimmt die Zeilen mit Schlüssel
    nach raeume/namen.csv und zeigt sie. Danach lassen sich die Dateien importieren; geraten wird nichts.

    Beispiele:
    sozmon raeume namen Schuldnerberatung_2024.xlsx
    sozmon raeume namen --bestaetigen raeume/namen_vorschlag.csv
    """
    if bool(dateien) == (bestaetigen is not None):
        raise AufrufError(
            "Gefragt ist entweder eine Datei mit Namen oder --bestaetigen mit den Vorschlägen.",
            abhilfe="Zum Beispiel: sozmon raeume namen Schuldnerberatung_2024.xlsx",
        )
    if bestaetigen is not None:
        _bestaetige(kontext_von(ctx), Path(bestaetigen))
    else:
        _sammle(kontext_von(ctx), dateien or [], quelle)


def _sammle(kontext: Kontext, dateien: Sequence[str], quelle: str | None) -> None:
    from sozmon.namenabgleich import collect_namen, write_vorschlaege

    vorschlaege = collect_namen(dateien, kontext.katalog, kontext.raeume, kontext.projekt.kreis, quelle)
    if not vorschlaege:
        ausgabe.ergebnis("Alle Namen sind schon zugeordnet.")
        return
    for v in vorschlaege:
        ausgabe.ergebnis(f"{v.schreibweise}: {v.text}")
    ziel = write_vorschlaege(kontext.projekt, vorschlaege)
    offen = sum(v.raum is None for v in vorschlaege)
    rest = f" {offen} davon ohne eindeutigen Raum: den Schlüssel in der Spalte raum_id ergänzen." if offen else ""
    wort = "1 Name ist" if len(vorschlaege) == 1 else f"{len(vorschlaege)} Namen sind"
    ausgabe.hinweis(
        f"{wort} noch keinem Raum zugeordnet.{rest} Ansehen und übernehmen: sozmon raeume namen --bestaetigen {ziel}"
    )


def _bestaetige(kontext: Kontext, pfad: Path) -> None:
    from sozmon.plattform import remove
    from sozmon.raeume.namensvorschlag import DATEI, beschreibe, load_bestaetigung, write_namen

    if not pfad.is_file():
        raise EingabeFehltError(f"Die Datei „{pfad}“ gibt es nicht.", abhilfe="sozmon raeume namen DATEI legt sie an.")
    b = load_bestaetigung(pfad, kontext.raeume)
    for schreibweise, raum, _ in b.neu:
        ausgabe.ergebnis(f"{schreibweise} = {beschreibe(raum)}")
    if b.neu:
        write_namen(kontext.projekt.raeume, b.neu)
    if not b.offen and pfad.name == DATEI:
        remove(pfad)
    offen = f" Ohne Schlüssel und darum nicht übernommen: {', '.join(b.offen[:8])}." if b.offen else ""
    ausgabe.ergebnis(f"In raeume/namen.csv übernommen: {len(b.neu)}, schon vorhanden: {b.bekannt}.{offen}")
