"""``sozmon bericht``: the printed report."""

from __future__ import annotations

from typing import Annotated

import typer

from sozmon.cli import ausgabe, optionen
from sozmon.cli.kontext import kontext_von
from sozmon.errors import AufrufError

FORMATE = ("pdf", "html", "docx", "odt")


def befehl(
    ctx: typer.Context,
    name: Annotated[str, typer.Argument(metavar="NAME", help="Bericht aus sozmon.toml; sonst der erste.")] = "",
    format: Annotated[
        str, typer.Option("--format", metavar="FORMATE", help="pdf, html, docx, odt; Liste mit Kommas.")
    ] = "pdf,html,docx",
    kapitel: Annotated[str, typer.Option("--kapitel", metavar="KAPITEL", help="Nur dieses Kapitel.")] = "",
    fehler_ab: optionen.FehlerAb = "fehler",
) -> None:
    """Den Bericht drucken: PDF, HTML und Word in den Ordner ausgabe/.

    Gibt die Pfade der Produkte aus. Fehlende Texte stehen im Entwurf als „(Text folgt)“ und werden aufgezählt.

    Beispiele:
    sozmon bericht
    sozmon bericht sozialbericht --format docx --kapitel demografie
    """
    from sozmon.bericht import run_bericht

    formate = optionen.waehle_liste("--format", [format], FORMATE)
    optionen.waehle("--fehler-ab", fehler_ab, optionen.STUFEN)
    if not formate:
        raise AufrufError("Kein Format angegeben.", ort="--format", abhilfe="Zum Beispiel: --format pdf,docx")
    with ausgabe.fortschritt("Bericht", ab_sekunden=0) as melde:
        melde("wird gerechnet und gesetzt …")
        lauf = run_bericht(kontext_von(ctx).projekt, name, formate=formate, kapitel=kapitel)
    for pfad in lauf.pfade:
        ausgabe.pfad(pfad)
    if lauf.fehlende_texte:
        ausgabe.hinweis(f"Es fehlen {len(lauf.fehlende_texte)} Texte: {', '.join(lauf.fehlende_texte)}")
    if lauf.ohne_daten:
        ausgabe.hinweis(f"Ohne Daten: {', '.join(lauf.ohne_daten)}")
    if lauf.verborgen:
        ausgabe.hinweis(f"{lauf.verborgen} Werte sind verborgen (Geheimhaltung).")
    ausgabe.meldungen(lauf.meldungen)
    ausgabe.pruefe_fehler_ab(lauf.meldungen, fehler_ab)
