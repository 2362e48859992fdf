"""One chart as files of its own: SVG, PNG or PDF, its data as CSV and its alt text. From a Freigabe, like a report."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING

from sozmon.bausteine import Bausteine
from sozmon.bericht import build_bausteine
from sozmon.berichtsgrundlage import compute_freigabe, load_grundlage
from sozmon.diagramm import save_pdf, save_png, save_svg
from sozmon.druck.modell import Grafik
from sozmon.errors import AufrufError, KonfigError
from sozmon.freigabe import STEMPEL
from sozmon.plattform import create_ordner, write_bytes
from sozmon.produkte import excel_csv

if TYPE_CHECKING:
    from sozmon.model import Indikator
    from sozmon.projekt import Projekt

FORMATE = ("svg", "png", "pdf")


@dataclass(frozen=True, slots=True)
class Wunsch:
    """What is to be drawn: kind, Indikatoren, Raum, Ebene, years ((0, 0) = all), report whose settings hold.

    datenstand: ISO date in place of the report's; '' = that one.
    """

    art: str
    indikatoren: tuple[Indikator, ...]
    raum: str = "kreis"
    ebene: str = ""
    zeitraum: tuple[int, int] = (0, 0)
    bericht: str = ""
    datenstand: str = ""


def run_diagramm(projekt: Projekt, wunsch: Wunsch, ziel: Path, formate: Sequence[str]) -> list[Path]:
    """Write ``<ziel>.<format>``, ``<ziel>.csv`` and ``<ziel>.txt``; several sheets get numbers. AufrufError (2)."""
    bausteine = _bausteine(projekt, wunsch)
    was = ",".join(i.kennung for i in wunsch.indikatoren)
    try:
        kennungen = bausteine.diagramm(wunsch.art, was, wunsch.raum, wunsch.ebene)
    except KonfigError as fehler:
        raise AufrufError(fehler.text, grund=fehler.grund, abhilfe=fehler.abhilfe) from fehler
    if not kennungen:
        raise AufrufError(
            "Dieses Diagramm lässt sich nicht zeichnen.",
            grund="Es gibt keine freigegebenen Werte, die sich so vergleichen lassen.",
            abhilfe=f"Was vorliegt, zeigt: sozmon werte -i {was} -r {projekt.kreis}",
        )
    create_ordner(ziel.parent)
    pfade = []
    for nr, kennung in enumerate(kennungen, 1):
        name = ziel.name + (f"_{nr}" if len(kennungen) > 1 else "")
        pfade += _write(bausteine, kennung, ziel.with_name(name), formate)
    return pfade


def _bausteine(projekt: Projekt, wunsch: Wunsch) -> Bausteine:
    grundlage = load_grundlage(projekt, wunsch.bericht)
    konfig = grundlage.konfig
    if any(wunsch.zeitraum):
        konfig = replace(konfig, berichtszeitraum=wunsch.zeitraum)
    if wunsch.datenstand:
        konfig = replace(konfig, datenstand=wunsch.datenstand)
    grundlage = replace(grundlage, konfig=konfig, nur=wunsch.indikatoren)
    freigabe, _ = compute_freigabe(grundlage)
    return build_bausteine(grundlage, freigabe)


def _write(bausteine: Bausteine, kennung: str, ziel: Path, formate: Sequence[str]) -> list[Path]:
    grafik = bausteine.objekte[kennung]
    assert isinstance(grafik, Grafik)
    figur = bausteine.zeichnungen[kennung].draw()
    schreiber = {"svg": save_svg, "png": save_png, "pdf": save_pdf}
    pfade = [write_bytes(ziel.with_name(f"{ziel.name}.{art}"), schreiber[art](figur)) for art in formate]
    stempel = "" if bausteine.auskunft.freigabe.geprueft else f"\n\n{STEMPEL}"
    text = f"{grafik.titel}\n\n{grafik.alt}\n\nQuelle: {grafik.quelle}{stempel}\n"
    pfade.append(write_bytes(ziel.with_name(f"{ziel.name}.txt"), text.encode("utf-8")))
    pfade.append(write_bytes(ziel.with_name(f"{ziel.name}.csv"), excel_csv(grafik.daten)))
    return pfade
