"""The products of a report in ``ausgabe/<name>/``: made only where what they depend on has changed.

Beside them lies ``.druck.json`` with the key and the SHA-256 of every product. A product that somebody has edited
since (a colleague in Word) is kept under another name before a new one takes its place.
"""

from __future__ import annotations

import csv
import hashlib
import io
import json
from collections.abc import Mapping, Sequence
from dataclasses import fields, replace
from pathlib import Path
from typing import TYPE_CHECKING

from sozmon import druck
from sozmon.druck.logo import bildart
from sozmon.druck.modell import Dokument, Grafik, Tabelle
from sozmon.druck.opc import render_zip
from sozmon.druck.ressource import vorlage
from sozmon.freigabe import Freigabe
from sozmon.model import INDIKATORWERTE
from sozmon.plattform import create_ordner, move, write_bytes
from sozmon.zwischenspeicher import Zwischenspeicher, pruefsumme, schluessel

if TYPE_CHECKING:
    from sozmon.berichtsgrundlage import Grundlage

FORMATE = ("pdf", "html", "docx", "xlsx", "odt", "zip")
"""``xlsx``: the tables as a workbook; ``zip``: every chart as a file of its own."""
VORGABE = FORMATE[:4]
BEINAMEN = {"xlsx": "_tabellen", "zip": "_diagramme"}
VERZEICHNIS = ".druck.json"


def write_produkte(
    grundlage: Grundlage, dokument: Dokument, freigabe: Freigabe, formate: Sequence[str], zusatz: str = ""
) -> tuple[tuple[Path, ...], tuple[Path, ...]]:
    """(all products, those that are new). Everything is rendered before anything is written: a failure leaves the
    last report as it was. zusatz: part of the names, for a single chapter.
    """
    ordner = grundlage.projekt.ausgabe / grundlage.konfig.kennung
    name = f"{grundlage.konfig.kennung}{zusatz}"
    ziele = {w: ordner / f"{name}{BEINAMEN.get(w, '')}.{w}" for w in dict.fromkeys(formate)}
    bekannt = _lies(ordner / VERZEICHNIS)
    keys = {wort: _schluessel(dokument, wort) for wort in ziele}
    offen = [w for w, ziel in ziele.items() if not _ist_aktuell(ziel, keys[w], bekannt)]
    if offen:
        inhalte = _render(dokument, offen, grundlage.speicher)
        create_ordner(ordner)
        for wort, inhalt in inhalte.items():
            _bewahre_bearbeitetes(ziele[wort], bekannt)
            write_bytes(ziele[wort], inhalt)
            bekannt[ziele[wort].name] = [keys[wort], hashlib.sha256(inhalt).hexdigest()]
        write_bytes(ordner / VERZEICHNIS, json.dumps(bekannt, indent=1, sort_keys=True).encode())
    if not zusatz and (offen or not (ordner / "freigabe.csv").is_file()):
        write_bytes(ordner / "freigabe.csv", _freigabe_csv(freigabe))
    return tuple(ziele.values()), tuple(ziele[w] for w in offen)


def _render(dokument: Dokument, formate: Sequence[str], speicher: Zwischenspeicher) -> dict[str, bytes]:
    inhalte = druck.render_alle(dokument, [w for w in formate if w not in BEINAMEN], speicher)
    if any(w in BEINAMEN for w in formate):
        from sozmon.druck.number import parse_dokument

        objekte = [(e.name, e.objekt) for e in parse_dokument(dokument, speicher).eintraege.values()]
        if "xlsx" in formate:
            from sozmon.tabellen.anhang import render_anhang

            inhalte["xlsx"] = render_anhang(dokument, objekte)
        if "zip" in formate:
            inhalte["zip"] = _diagramme(objekte)
    return {w: inhalte[w] for w in formate}


def _diagramme(objekte: Sequence[tuple[str, Tabelle | Grafik]]) -> bytes:
    """Each chart as SVG, with its data as CSV and its alt text, named after its printed number."""
    dateien: dict[str, bytes] = {}
    for name, objekt in objekte:
        if isinstance(objekt, Grafik):
            stamm = name.replace("\u00a0", "_").replace(".", "_")
            dateien[f"{stamm}.{bildart(objekt.svg)}"] = objekt.svg
            dateien[f"{stamm}.txt"] = f"{objekt.titel}\n\n{objekt.alt}\n\nQuelle: {objekt.quelle}\n".encode()
            if objekt.daten:
                dateien[f"{stamm}.csv"] = excel_csv(objekt.daten)
    return render_zip(dateien, zuerst=next(iter(dateien), ""))


def excel_csv(zeilen: Sequence[Sequence[str]]) -> bytes:
    """Printed cells as CSV that Excel opens by a double click."""
    puffer = io.StringIO()
    csv.writer(puffer, delimiter=";", lineterminator="\r\n").writerows(zeilen)
    return ("\ufeff" + puffer.getvalue()).encode("utf-8")


def _schluessel(dokument: Dokument, wort: str) -> str:
    """Everything a product is made from: the document, and the page templates and fonts that are not in it."""
    felder = [getattr(dokument, f.name) for f in fields(dokument) if f.name != "objekte"]
    gesetzt = [o for k, o in sorted(dokument.objekte.items()) if f"#{k}}}" in dokument.markdown]
    if wort not in ("docx", "zip"):
        gesetzt = [replace(o, png=b"") if isinstance(o, Grafik) and o.svg else o for o in gesetzt]
    return schluessel("produkt", wort, felder, gesetzt, pruefsumme(vorlage()))


def _lies(pfad: Path) -> dict[str, list[str]]:
    """Name → [key, SHA-256]; an unreadable list means that everything is made again."""
    try:
        gelesen = json.loads(pfad.read_bytes())
    except (OSError, ValueError):
        return {}
    return gelesen if isinstance(gelesen, dict) else {}


def _ist_aktuell(ziel: Path, key: str, bekannt: Mapping[str, list[str]]) -> bool:
    """True when the file is there and was made from just this."""
    return ziel.is_file() and bekannt.get(ziel.name, [""])[0] == key


def _bewahre_bearbeitetes(ziel: Path, bekannt: Mapping[str, list[str]]) -> None:
    """A product that was edited by hand is work of people: it gets a free name instead of being overwritten."""
    if not ziel.is_file() or ziel.name not in bekannt:
        return
    if hashlib.sha256(ziel.read_bytes()).hexdigest() == bekannt[ziel.name][1]:
        return
    nr = 1
    while (frei := ziel.with_name(f"{ziel.stem}_bearbeitet_{nr}{ziel.suffix}")).exists():
        nr += 1
    move(ziel, frei)


def _freigabe_csv(freigabe: Freigabe) -> bytes:
    """The released values of the report, kept with it from the first day."""
    puffer = io.StringIO()
    schreiber = csv.writer(puffer, lineterminator="\n")
    schreiber.writerow(INDIKATORWERTE)
    for wert in freigabe.werte:
        schreiber.writerow(["" if (v := getattr(wert, s)) is None else v for s in INDIKATORWERTE])
    return puffer.getvalue().encode("utf-8")
