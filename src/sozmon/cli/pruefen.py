"""``sozmon pruefen``: definitions, territory, store and values, or files before they are imported."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING, Annotated, Any

import typer

from sozmon.cli import ausgabe, optionen
from sozmon.cli.kontext import Kontext, kontext_von
from sozmon.errors import AufrufError

if TYPE_CHECKING:
    from sozmon.importieren import ImportErgebnis
    from sozmon.model import Meldung

SPALTEN = ("stufe", "kennung", "text", "fundstelle", "abhilfe", "anzahl")
STUFENWORT = {"fehler": "Fehler", "warnung": "Warnung", "info": "Info"}

Dateien = Annotated[
    list[str] | None,
    typer.Argument(
        metavar="DATEI…",
        help="Diese Dateien prüfen, ohne sie zu speichern; ohne Datei den Bestand.",
        show_default=False,
    ),
]
Quelle = Annotated[
    str | None, typer.Option("--quelle", metavar="QUELLE", help="Diese Quelle nehmen, wenn mehrere passen.")
]
Stand = Annotated[
    str | None,
    typer.Option("--stand", metavar="DATUM", help="Stand der Daten, wenn Datei und Name ihn nicht verraten."),
]


def befehl(
    ctx: typer.Context,
    dateien: Dateien = None,
    merkmal: optionen.MerkmaleWahl = None,
    raum: optionen.RaeumeWahl = None,
    quelle: Quelle = None,
    stand: Stand = None,
    bestand: Annotated[
        bool, typer.Option("--bestand", help="Jede Datei des Bestands gegen ihre Prüfsumme lesen (dauert).")
    ] = False,
    fehler_ab: optionen.FehlerAb = "fehler",
    format: optionen.Format = None,
    excel: optionen.Excel = False,
    ausgabedatei: optionen.Ausgabe = None,
) -> None:
    """Katalog, Räume, Bestand und seine Werte prüfen, oder Dateien vor dem Einlesen.

    Summen gegen ihr Ganzes, Vollzähligkeit, Plausibilität. Gemeldet wird, geändert nichts. Alle Meldungen zusammen,
    schlimmste zuerst; mit sozmon -v pruefen jede einzeln. Endet mit 3, wenn eine die Stufe von --fehler-ab erreicht.

    Beispiele:
    sozmon pruefen --fehler-ab warnung --format csv -o meldungen.csv
    sozmon pruefen eingang/12411-02-03-5_de_flat_abruf20250410.csv
    """
    wahl = optionen.tabellenwahl(format, None, excel, ausgabedatei)
    optionen.waehle("--fehler-ab", fehler_ab, optionen.STUFEN)
    kontext = kontext_von(ctx)
    if dateien:
        _nur_bestand(merkmal, raum, bestand)
        gefunden = _aus_dateien(kontext, dateien, quelle, optionen.datum("--stand", stand))
    else:
        _nur_dateien(quelle, stand)
        gefunden = _aus_bestand(kontext, optionen.liste(merkmal), raum or (), ganz=bestand)
    gefunden.sort(key=lambda m: -m.stufe.rang)
    if wahl.format == "text" and wahl.datei is None:
        ausgabe.ergebnis("\n".join(zeile for m in gefunden for zeile in _text(m)))
    else:
        ausgabe.ausgabe_tabelle([_zeile(m) for m in gefunden], SPALTEN, wahl)
    if not gefunden:
        ausgabe.hinweis("Keine Meldungen.")
    ausgabe.pruefe_fehler_ab(gefunden, fehler_ab)


def _text(m: Meldung) -> Iterator[str]:
    """A Meldung for people: a table of whole sentences would be wider than every screen."""
    mal = f" ({m.anzahl}-mal)" if m.anzahl > 1 else ""
    yield f"{STUFENWORT[m.stufe]} {m.kennung}{mal}: {m.text}"
    if str(m.fundstelle):
        yield f"  · {m.fundstelle}"
    if m.abhilfe:
        yield f"  Abhilfe: {m.abhilfe}"


def _zeile(m: Meldung) -> dict[str, object]:
    return {
        "stufe": str(m.stufe),
        "kennung": m.kennung,
        "text": m.text,
        "fundstelle": str(m.fundstelle),
        "abhilfe": m.abhilfe,
        "anzahl": m.anzahl,
    }


def _nur_bestand(merkmal: Sequence[str] | None, raum: Sequence[str] | None, bestand: bool) -> None:
    if merkmal or raum or bestand:
        raise AufrufError(
            "-m, -r und --bestand wählen im Bestand aus; Dateien werden immer ganz geprüft.",
            abhilfe="Die Option weglassen, oder sozmon pruefen ohne Datei aufrufen.",
        )


def _nur_dateien(quelle: str | None, stand: str | None) -> None:
    if quelle is not None or stand is not None:
        raise AufrufError(
            "--quelle und --stand gehören zu einer Datei.", abhilfe="Zum Beispiel: sozmon pruefen DATEI --quelle QUELLE"
        )


def _aus_bestand(kontext: Kontext, merkmale: Sequence[str], raum: Sequence[str], *, ganz: bool) -> list[Meldung]:
    """Everything of the project; with ``-m`` or ``-r`` only what the values say."""
    from sozmon.katalog import check_katalog
    from sozmon.model import Stufe
    from sozmon.raeume import check_raeume

    for kennung in merkmale:
        kontext.katalog.merkmal(kennung)
    raum_ids = [r.raum_id for r in optionen.raeume(kontext, raum)]
    if merkmale or raum_ids:
        return _werte(kontext, merkmale, raum_ids)
    bestand = kontext.bestand.pruefen(ganz=ganz)
    beschaedigt = any(m.stufe is Stufe.FEHLER for m in bestand)
    werte = [] if beschaedigt else _werte(kontext, (), ())
    return [*check_katalog(kontext.katalog), *check_raeume(kontext.raeume), *bestand, *werte]


def _werte(kontext: Kontext, merkmale: Sequence[str], raum_ids: Sequence[str]) -> list[Meldung]:
    from sozmon.pruefungen import Umfeld, check_reihen, check_werte
    from sozmon.pruefungen.vorrat import read_vorrat

    kreis = kontext.projekt.kreis
    tabelle = read_vorrat(kontext.bestand, kontext.raeume, kreis, merkmale=merkmale)
    dateien = {x.sha256: x.datei for x in kontext.bestand.lieferungen()}
    umfeld = Umfeld(kontext.katalog, kontext.raeume, kreis, dateien)
    wie: dict[str, Any] = {"alle": kontext.ausfuehrlich, "raum_ids": raum_ids}
    return [
        *check_werte(tabelle, umfeld, **wie),
        *check_reihen(tabelle, tabelle.slice(0, 0), umfeld, **wie),
        *_indikatoren(kontext, merkmale, wie),
    ]


def _indikatoren(kontext: Kontext, merkmale: Sequence[str], wie: dict[str, Any]) -> list[Meldung]:
    """Rates of the own Kreis and of all in it, and where two Quellen contradict each other."""
    from sozmon.indikator import Auftrag, compute_indikatoren
    from sozmon.pruefungen import check_indikatoren
    from sozmon.pruefungen.bereich import gefragte

    raeume = kontext.raeume
    kreis = raeume.raum(kontext.projekt.kreis) if kontext.projekt.kreis else None
    if kreis is None:
        return []
    orte = (kreis, *(r for e in (*raeume.gliederungen, "gemeinde") for r in raeume.kinder(kreis.raum_id, e)))
    auftrag = Auftrag(tuple(gefragte(kontext.katalog, merkmale).values()), orte)
    rechnung = compute_indikatoren(kontext.bestand, kontext.katalog, raeume, auftrag)
    # sums of one Quelle were compared cell by cell already
    widersprueche = [m for m in rechnung.meldungen if m.kennung != "summe_weicht_ab"]
    return [*check_indikatoren(rechnung.werte, kontext.katalog, **wie), *widersprueche]


def _aus_dateien(kontext: Kontext, dateien: Sequence[str], quelle: str | None, stand: str) -> list[Meldung]:
    """What ``import --probe`` says of the files; every Meldung names its file."""
    from sozmon.importieren import run_import

    ergebnisse = run_import(
        kontext.projekt,
        dateien,
        quelle=quelle,
        stand=stand or None,
        probe=True,
        einzeln=kontext.ausfuehrlich,
        nochmal=True,
    )
    return [m for e in ergebnisse for m in _meldungen(e)]


def _meldungen(e: ImportErgebnis) -> list[Meldung]:
    from sozmon.dateien import AblehnungError
    from sozmon.errors import EingabeError
    from sozmon.model import Fundstelle, Meldung, Stufe

    if e.fehler is not None and not isinstance(e.fehler, EingabeError):
        raise e.fehler
    alle = list(e.meldungen)
    if e.fehler is not None and not any(m.stufe is Stufe.FEHLER for m in alle):
        kennung = e.fehler.art if isinstance(e.fehler, AblehnungError) else "abgelehnt"
        text = f"{e.fehler.text} {e.fehler.grund}".strip()
        alle.append(Meldung(kennung, Stufe.FEHLER, text, Fundstelle(zelle=e.fehler.ort), e.fehler.abhilfe))
    return [replace(m, fundstelle=replace(m.fundstelle, datei=e.datei)) for m in alle]
