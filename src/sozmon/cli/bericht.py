"""``sozmon bericht``: the printed report."""

from __future__ import annotations

from typing import Annotated

import typer

from sozmon.cli import ausgabe, optionen
from sozmon.cli.kontext import kontext_von
from sozmon.errors import AufrufError

FORMATE = ("pdf", "html", "docx", "odt", "xlsx", "zip")

Vorschau = Annotated[
    bool, typer.Option("--vorschau", help="Nur eine HTML-Seite zum Ansehen; die Produkte bleiben, wie sie sind.")
]
Geprueft = Annotated[
    bool,
    typer.Option(
        "--texte-geprueft", help="Bestätigen: Alle Texte sind mit den jetzigen Werten gelesen und stimmen noch."
    ),
]


def befehl(
    ctx: typer.Context,
    name: Annotated[str, typer.Argument(metavar="NAME", help="Bericht aus sozmon.toml; sonst der erste.")] = "",
    format: Annotated[
        str,
        typer.Option(
            "--format",
            metavar="FORMATE",
            help="pdf, html, docx, odt, xlsx, zip (Diagramme); Liste mit Kommas.",
        ),
    ] = "pdf,html,docx,xlsx",
    kapitel: Annotated[str, typer.Option("--kapitel", metavar="KAPITEL", help="Nur dieses Kapitel.")] = "",
    vorschau: Vorschau = False,
    texte_geprueft: Geprueft = False,
    fehler_ab: optionen.FehlerAb = "fehler",
) -> None:
    """Den Bericht drucken: PDF, HTML, Word und Tabellenanhang in den Ordner ausgabe/.

    Gibt die Pfade der Produkte aus. Was sich nicht geändert hat, wird nicht neu gemacht. Fehlende Texte stehen im
    Entwurf als „(Text folgt)“ und werden aufgezählt, ebenso Texte, deren Werte sich geändert haben.

    Beispiele:
    sozmon bericht
    sozmon bericht sozialbericht --kapitel demografie --vorschau
    """
    from sozmon.bericht import run_bericht

    formate = ("html",) if vorschau else optionen.waehle_liste("--format", [format], FORMATE)
    optionen.waehle("--fehler-ab", fehler_ab, optionen.STUFEN)
    if not formate:
        raise AufrufError("Kein Format angegeben.", ort="--format", abhilfe="Zum Beispiel: --format pdf,docx")
    with ausgabe.fortschritt("Bericht", ab_sekunden=0) as melde:
        melde("wird gerechnet und gesetzt …")
        lauf = run_bericht(
            kontext_von(ctx).projekt,
            name,
            formate=formate,
            kapitel=kapitel,
            vorschau=vorschau,
            texte_geprueft=texte_geprueft,
        )
    for pfad in lauf.pfade:
        ausgabe.pfad(pfad)
    if lauf.unveraendert:
        ausgabe.hinweis("Alles war aktuell, nichts ist neu gedruckt.")
    if lauf.fehlende_texte:
        viele = len(lauf.fehlende_texte)
        kern = "Es fehlt ein Text" if viele == 1 else f"Es fehlen {viele} Texte"
        ausgabe.hinweis(f"{kern}: {ausgabe.auswahl(lauf.fehlende_texte)}")
    if lauf.ohne_daten:
        ausgabe.hinweis(f"Ohne Daten: {ausgabe.auswahl(lauf.ohne_daten)}")
    if lauf.verborgen == 1:
        ausgabe.hinweis("Ein Wert ist verborgen (Geheimhaltung).")
    elif lauf.verborgen:
        ausgabe.hinweis(f"{lauf.verborgen} Werte sind verborgen (Geheimhaltung).")
    ausgabe.meldungen(lauf.meldungen)
    ausgabe.pruefe_fehler_ab(lauf.meldungen, fehler_ab)
