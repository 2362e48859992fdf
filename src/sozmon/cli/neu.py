"""``sozmon neu``: make a project folder."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from sozmon.cli import ausgabe
from sozmon.errors import AufrufError


def befehl(
    ctx: typer.Context,
    ordner: Annotated[str, typer.Argument(metavar="ORDNER", help="Neuer oder leerer Ordner.")],
    kreis: Annotated[
        str, typer.Option("--kreis", metavar="SCHLÜSSEL", help="Kreisschlüssel, fünf Ziffern mit führender Null.")
    ] = "",
    beispiel: Annotated[
        bool, typer.Option("--beispiel", help="Das mitgelieferte Beispiel: ein erfundener Landkreis mit Daten.")
    ] = False,
) -> None:
    """Ein Projekt anlegen.

    Schreibt die Einstellungen (sozmon.toml, jede Zeile erklärt) und die Ordner. Vorhandenes wird nie überschrieben:
    der Ordner muss neu oder leer sein. Gefragt wird nichts.

    Beispiele:
    sozmon neu monitoring --kreis 14522
    sozmon neu probe --beispiel
    """
    from sozmon.projekt import create_projekt

    if bool(kreis) == beispiel:
        raise AufrufError(
            "Zu einem Projekt gehört entweder --kreis oder --beispiel.",
            abhilfe=f"sozmon neu {ordner} --kreis SCHLÜSSEL (fünf Ziffern) oder sozmon neu {ordner} --beispiel",
        )
    projekt = create_projekt(Path(ordner), kreis=kreis, beispiel=beispiel)
    ausgabe.pfad(projekt.ordner)
    wort = f'"{ordner}"' if " " in ordner else ordner
    if beispiel:
        ausgabe.hinweis(f"Weiter: sozmon --projekt {wort} import {wort}/eingang/*")
    else:
        ausgabe.hinweis(f"Weiter: ein Gemeindeverzeichnis einlesen mit sozmon --projekt {wort} import DATEI")
        ausgabe.hinweis("Was wohin gehört, steht in LIESMICH.md; was sich einstellen lässt, in sozmon.toml.")
