"""P9: no protected value leaves. Every hidden count is an improbable number; every product is unpacked and searched."""

from __future__ import annotations

import io
import re
import zipfile
import zlib
from dataclasses import replace

import pytest
from berichtshilfe import LEUTE, ORTE, QUOTE, bausteine, katalog, zelle
from openpyxl import load_workbook

from sozmon import druck
from sozmon.druck.modell import Dokument, Grafik
from sozmon.druck.number import parse_dokument
from sozmon.model import Indikatorwert, Status
from sozmon.tabellen.anhang import render_anhang
from sozmon.zwischenspeicher import Zwischenspeicher

SCHWELLE = 10_000_000
VERRATEN = (7_654_321, 8_765_433, 9_876_511)  # below the threshold of the test's Quelle: hidden


def _werte() -> list[Indikatorwert]:
    geheim = [zelle(o, LEUTE, 2023, float(zahl), None) for o, zahl in zip(ORTE.gemeinden, VERRATEN, strict=True)]
    offen = [zelle(o, LEUTE, 2023, 3e7 + n, None) for n, o in enumerate((*ORTE.regionen, ORTE.kreis))]
    grenzen = replace(geheim[0], zeit="2022-12-31", status=Status.GEHEIM_QUELLE, wert=None, zaehler=None)
    anteile = [zelle(o, QUOTE, 2023, 1.5e7 + n, 4e7) for n, o in enumerate((*ORTE.gemeinden[1:], *ORTE.regionen))]
    offen += [*anteile, zelle(ORTE.gemeinden[0], QUOTE, 2023, float(VERRATEN[0]), 4e7)]
    return [*geheim, *offen, replace(grenzen, wert_min=float(VERRATEN[1]), wert_max=float(VERRATEN[2]))]


@pytest.fixture(scope="module")
def dokument() -> Dokument:
    b = bausteine(_werte(), katalog(mindestfallzahl=SCHWELLE))
    stellen = [*b.tabelle("gemeinden", "leute"), *b.tabelle("zeitreihe", "leute")]
    stellen += [*b.tabelle("raeume", "quote"), *b.tabelle("vergleich", "leute, quote")]
    stellen += b.diagramm("rangfolge", "leute", ebene="regionen")
    b.setze(stellen)
    b.zeichne(Zwischenspeicher(None), png=True)
    saetze = [
        b.satz_spannweite("leute"),
        b.satz_befund("leute", raum="99001010"),
        b.wert("leute", "99001010", 2023),
    ]
    text = "# Test {#test}\n\n" + "\n\n".join(s.replace(".", "\\.") for s in saetze if s)
    text += "".join(f"\n\n::: {{.platz #{s}}}\n:::\n" for s in stellen)
    return Dokument("Titel", "Unter", "Amt", "Stand", text, b.objekte, stempel="ENTWURF")


def _schreibweisen(zahl: int) -> list[str]:
    gruppen = f"{zahl:,}"
    return [
        str(zahl),
        gruppen,
        gruppen.replace(",", "."),
        gruppen.replace(",", "\u202f"),
        f"{zahl / 1e6:.4f}",
        f"{zahl:.5e}",
    ]


def _entpackt(daten: bytes) -> str:
    """All text of a file: ZIP members and compressed PDF streams opened."""
    teile = [daten]
    if daten[:2] == b"PK":
        with zipfile.ZipFile(io.BytesIO(daten)) as archiv:
            teile += [archiv.read(n) for n in archiv.namelist()]
    for strom in re.finditer(rb"stream\r?\n(.*?)\r?\nendstream", daten, re.DOTALL):
        try:
            teile.append(zlib.decompress(strom.group(1)))
        except zlib.error:
            continue
    return "\n".join(t.decode("latin-1") for t in teile)


@pytest.mark.parametrize("format", ["html", "docx", "odt", "pdf"])
def test_no_hidden_number_in_any_product(dokument: Dokument, format: str) -> None:
    text = _entpackt(druck.render_alle(dokument, [format])[format])
    assert len(text) > 2000
    for zahl in VERRATEN:
        for schreibweise in _schreibweisen(zahl):
            assert schreibweise not in text, f"{schreibweise} stands in the {format}"


def test_no_hidden_number_among_the_native_numbers_of_the_annex(dokument: Dokument) -> None:
    """Numbers of a workbook are unrounded: searched in the file, and compared as numbers with the hidden ones."""
    eintraege = parse_dokument(dokument).eintraege.values()
    assert len(eintraege) >= 4
    mappe = render_anhang(dokument, [(e.name, e.objekt) for e in eintraege])
    text = _entpackt(mappe)
    assert not any(s in text for zahl in VERRATEN for s in _schreibweisen(zahl))
    zahlen = {z for blatt in load_workbook(io.BytesIO(mappe)) for zeile in blatt.values for z in zeile}
    assert not zahlen & {*VERRATEN, VERRATEN[0] / 4e7 * 100}
    assert {30_000_002, 15_000_001} <= zahlen  # released: a total and a Zähler are found, so the search can fail


def test_the_search_would_find_a_number_that_is_there(dokument: Dokument) -> None:
    """The scan itself must be able to fail: a released total is found where its format keeps text."""
    text = _entpackt(druck.render_alle(dokument, ["html"])["html"])
    assert any(s in text for s in _schreibweisen(30_000_002))


def test_no_hidden_number_in_chart_files(dokument: Dokument) -> None:
    bilder = [o for o in dokument.objekte.values() if isinstance(o, Grafik)]
    assert bilder
    for bild in bilder:
        for zahl in VERRATEN:
            assert not any(s in bild.svg.decode() + bild.alt for s in _schreibweisen(zahl))
