"""``sozmon diagramm``: one chart as files of its own."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from sozmon.cli import ausgabe, optionen
from sozmon.cli.kontext import kontext_von
from sozmon.errors import AufrufError

ARTEN = (
    "linie", "rangfolge", "punkte", "vielfache", "steigung", "gestapelt", "gruppiert", "pyramide", "waerme",
    "verlaeufe",
)  # fmt: skip
FORMATE = ("svg", "png", "pdf")


def befehl(
    ctx: typer.Context,
    art: Annotated[str, typer.Argument(metavar="ART", help=f"{', '.join(ARTEN)}.", autocompletion=lambda: list(ARTEN))],
    indikator: optionen.Indikatoren,
    raum: Annotated[
        str, typer.Option("-r", "--raum", metavar="RAUM", help="Raum der Linie oder Pyramide: Schlüssel oder Name.")
    ] = "kreis",
    ebene: Annotated[
        str,
        typer.Option(
            "--ebene",
            metavar="EBENE",
            help="Für rangfolge und waerme: gemeinden oder regionen.",
        ),
    ] = "",
    zeit: optionen.Zeit = None,
    bericht: Annotated[str, typer.Option("--bericht", metavar="NAME", help="Einstellungen dieses Berichts.")] = "",
    datenstand: optionen.Datenstand = None,
    format: Annotated[str, typer.Option("--format", metavar="FORMATE", help="svg, png, pdf; Liste mit Kommas.")] = "",
    ziel: Annotated[
        str, typer.Option("-o", "--ausgabe", metavar="DATEI", help="Name der Dateien; sonst in ausgabe/diagramme/.")
    ] = "",
) -> None:
    """Ein Diagramm zeichnen: als SVG, PNG oder PDF, dazu seine Werte als CSV und sein Alternativtext.

    Gezeichnet wird nur, was freigegeben ist. „waerme“ und „verlaeufe“ zeigen mehrere Indikatoren.

    Beispiele:
    sozmon diagramm vielfache -i arbeitslosenanteil
    sozmon diagramm waerme -i sgb2_quote,kinderarmut,arbeitslosenanteil --format pdf -o regionen.pdf
    """
    from sozmon.einzeldiagramm import Wunsch, run_diagramm

    optionen.waehle("ART", art, ARTEN)
    if ebene:
        optionen.waehle("--ebene", ebene, ("gemeinden", "regionen"))
    kontext = kontext_von(ctx)
    kennungen = optionen.liste(indikator)
    indikatoren = tuple(kontext.katalog.indikator(k) for k in kennungen)
    if len(indikatoren) != 1 and art not in ("waerme", "verlaeufe"):
        raise AufrufError(f"Das Diagramm „{art}“ zeigt genau einen Indikator.", ort="-i")
    pfad = Path(ziel) if ziel else kontext.projekt.ausgabe / "diagramme" / f"{art}_{'_'.join(kennungen)[:60]}"
    formate = optionen.waehle_liste("--format", [format], FORMATE) or _aus_endung(pfad)
    jahre = optionen.zeiten(zeit).jahre
    zeitraum = (min(jahre), max(jahre)) if jahre else (0, 0)
    wunsch = Wunsch(art, indikatoren, raum, ebene, zeitraum, bericht, optionen.datum("--datenstand", datenstand))
    stamm = pfad.with_suffix("") if pfad.suffix[1:] in FORMATE else pfad
    for datei in run_diagramm(kontext.projekt, wunsch, stamm, formate):
        ausgabe.pfad(datei)


def _aus_endung(pfad: Path) -> tuple[str, ...]:
    return (pfad.suffix[1:],) if pfad.suffix[1:] in FORMATE else ("svg",)
