"""``sozmon bestand``: compact, back up, rebuild, delete, set."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from sozmon.cli import ausgabe, optionen
from sozmon.cli.deutsch import Gruppe
from sozmon.cli.kontext import kontext_von

if TYPE_CHECKING:
    from sozmon.bestand import Bestand

befehl = Gruppe(
    """Den Bestand pflegen: sichern, aufräumen, neu aufbauen, löschen.

    Der Bestand ist der Ordner bestand/ des Projekts: alle Werte, alle aufbewahrten Dateien. Geprüft wird er mit
    „sozmon pruefen --bestand“.

    Beispiele:
    sozmon bestand sichern /media/stick/monitoring-2025-01
    sozmon bestand kompaktieren
    """
)

Lieferungen = Annotated[
    list[str] | None,
    typer.Option("--ohne", metavar="LIEFERUNG", help="Diese Lieferung auslassen (Kennung oder Dateiname)."),
]


def _bestand(ctx: typer.Context, unterbefehl: str, warten: int = 60) -> Bestand:
    from sozmon.bestand import Bestand

    projekt = kontext_von(ctx).projekt
    return Bestand(projekt.bestand, warten=warten, befehl=f"sozmon bestand {unterbefehl}", verlauf=projekt.verlauf)


@befehl.befehl("sichern")
def sichern(
    ctx: typer.Context,
    ziel: Annotated[str, typer.Argument(metavar="ZIEL", help="Neuer Ordner für die Sicherung.", show_default=False)],
) -> None:
    """Einen geprüften Stand des Bestands in einen neuen Ordner kopieren.

    Andere dürfen dabei weiterarbeiten. Zurückspielen heißt: den Ordner bestand/ durch die Sicherung ersetzen.

    Beispiele:
    sozmon bestand sichern /media/stick/monitoring-2025-01
    sozmon --projekt monitoring bestand sichern ../sicherung
    """
    ausgabe.pfad(_bestand(ctx, "sichern").sichern(Path(ziel)))


@befehl.befehl("kompaktieren")
def kompaktieren(ctx: typer.Context, warten: optionen.Warten = 60) -> None:
    """Ersetzte Fassungen und Reste entfernen; kein Wert ändert sich.

    Die alten Dateien bleiben noch eine Stunde liegen, für Läufe, die sie gerade lesen; der nächste Import oder
    Aufruf danach entfernt sie.

    Beispiele:
    sozmon bestand kompaktieren
    sozmon bestand kompaktieren --warten 600
    """
    bestand = _bestand(ctx, "kompaktieren", warten)
    bestand.kompaktieren()
    ausgabe.ergebnis(_satz(bestand))


@befehl.befehl("neu-aufbauen")
def neu_aufbauen(ctx: typer.Context, ohne: Lieferungen = None, warten: optionen.Warten = 60) -> None:
    """Alle Werte aus den aufbewahrten Dateien neu einlesen: der Weg aus einem beschädigten Bestand.

    Gelesen wird mit dem heutigen Katalog und den heutigen Räumen. Gelingt es nicht, bleibt alles, wie es war.

    Beispiele:
    sozmon bestand neu-aufbauen
    sozmon bestand neu-aufbauen --ohne 3f2a9c41d0b7
    """
    from sozmon.aufbau import run_neu_aufbauen

    bestand = _bestand(ctx, "neu-aufbauen", warten)
    weg = [bestand.finde_original(wort) for wort in optionen.liste(ohne)]
    ausgabe.ergebnis(_satz(run_neu_aufbauen(kontext_von(ctx).projekt, ohne=weg, warten=warten)))


@befehl.befehl("loeschen")
def loeschen(
    ctx: typer.Context,
    lieferung: Annotated[
        str, typer.Argument(metavar="LIEFERUNG", help="Kennung (oder ihr Anfang) oder Dateiname.", show_default=False)
    ],
    grund: Annotated[str, typer.Option("--grund", metavar="TEXT", help="Warum; steht im Löschprotokoll.")],
    warten: optionen.Warten = 60,
) -> None:
    """Eine Lieferung endgültig löschen: die Datei und ihre Werte in jeder Fassung.

    Was vorher galt, gilt wieder. Es bleibt ein Protokoll ohne Werte. Zum bloßen Zurücknehmen dient
    „sozmon import --zurueck“. Sicherungen und veröffentlichte Berichte erreicht dieser Befehl nicht.

    Beispiele:
    sozmon bestand loeschen 3f2a9c41d0b7 --grund "Aufbewahrungsfrist abgelaufen"
    sozmon bestand loeschen Jobcenter_2019.xlsx --grund "auf Verlangen des Jobcenters"
    """
    bestand = _bestand(ctx, "loeschen", warten)
    sha256 = bestand.finde_original(lieferung)
    bestand.loeschen(sha256, grund)
    from sozmon.importieren import run_berichtigen

    run_berichtigen(kontext_von(ctx).projekt, warten=warten)  # what was corrected may be gone
    ausgabe.ergebnis(f"Gelöscht: Lieferung {sha256[:12]}, mit allen Fassungen ihrer Werte.")
    ausgabe.hinweis("Sicherungen auf anderen Datenträgern enthalten sie noch; bitte dort selbst löschen.")


@befehl.befehl("einstellen")
def einstellen(
    ctx: typer.Context,
    hardlinks: Annotated[
        bool | None,
        typer.Option(
            "--mit-hardlinks/--ohne-hardlinks",
            help="Laufwerke ohne Hardlinks: ein Schreiber zur Zeit, mit Sperrdatei.",
            show_default=False,
        ),
    ] = None,
    zugriff: Annotated[
        str | None,
        typer.Option("--zugriff", metavar="WER", help="person (nur Sie) oder gruppe (nach den Rechten des Ordners)."),
    ] = None,
) -> None:
    """Laufwerk und Zugriff des Bestands einstellen.

    Beispiele:
    sozmon bestand einstellen --ohne-hardlinks
    sozmon bestand einstellen --zugriff gruppe
    """
    if zugriff is not None:
        optionen.waehle("--zugriff", zugriff, ("person", "gruppe"))
    bestand = _bestand(ctx, "einstellen")
    bestand.einstellen(ohne_hardlinks=None if hardlinks is None else not hardlinks, zugriff=zugriff)
    neu = bestand.einstellung
    ausgabe.ergebnis(f"Hardlinks: {'nein' if neu.ohne_hardlinks else 'ja'} · Zugriff: {neu.zugriff}")


def _satz(bestand: Bestand) -> str:
    """One line about what lies in the store now."""
    from sozmon.zahlen import format_zahl

    zahl = sum(t.zeilen for t in teile.teile.values()) if (teile := bestand.stand.tabellen.get("merkmalswerte")) else 0
    aktive = sum(x.ist_aktiv for x in bestand.lieferungen())
    return f"Bestand: {format_zahl(zahl, 0)} Werte aus {aktive} Lieferungen (Stand Nr. {bestand.version})."
