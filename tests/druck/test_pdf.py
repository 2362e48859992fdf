"""PDF: valid as PDF/UA-1 and PDF/A-2a, tagged as promised, stamped on every page."""

from __future__ import annotations

import io
import shutil
import subprocess
from collections import Counter
from collections.abc import Iterator
from dataclasses import replace
from typing import Any

import page
import pikepdf
import pytest
from muster import dokument, grafik

from pdfpruefung import PROFILE, maengel
from sozmon.druck.modell import Dokument
from sozmon.druck.pdf import render_pdf
from sozmon.errors import KonfigError


@pytest.fixture(scope="module")
def pdf(produkte: dict[str, bytes]) -> Iterator[pikepdf.Pdf]:
    with pikepdf.open(io.BytesIO(produkte["pdf"])) as datei:
        yield datei


def _elemente(teil: Any, eltern: str = "") -> Iterator[tuple[str, str, Any]]:
    """(role of the parent, role, element) of the structure tree."""
    if isinstance(teil, pikepdf.Array):
        for kind in teil:
            yield from _elemente(kind, eltern)
    elif isinstance(teil, pikepdf.Dictionary) and "/S" in teil:
        rolle = str(teil.S)[1:]
        yield eltern, rolle, teil
        yield from _elemente(teil.get("/K"), rolle)


def test_gueltig(produkte: dict[str, bytes]) -> None:
    assert maengel(produkte["pdf"]) == []


def test_pruefer_sieht_fehler(produkte: dict[str, bytes]) -> None:
    """The validator is alive: without the language of the document it objects."""
    ziel = io.BytesIO()
    with pikepdf.open(io.BytesIO(produkte["pdf"])) as datei:
        del datei.Root.MarkInfo
        datei.save(ziel)
    assert not page.validate_pdf_bytes(ziel.getvalue(), profile=PROFILE[0]).is_compliant


def test_angaben(pdf: pikepdf.Pdf) -> None:
    assert str(pdf.Root.Lang) == "de-DE"
    assert str(pdf.docinfo["/Title"]) == "Sozialbericht 2025"
    assert str(pdf.docinfo["/Author"]) == "Landkreis Saaletal, Sozialplanung"
    assert pdf.Root.ViewerPreferences.DisplayDocTitle
    with pdf.open_outline() as gliederung:
        assert [e.title for e in gliederung.root][-3:] == ["1 Demografie", "2 Soziale Teilhabe", "3 Methodik"]


def test_tabellen(pdf: pikepdf.Pdf) -> None:
    """Each row begins with a row header; heads are column headers; nothing else is a header."""
    rollen = Counter()
    for eltern, rolle, teil in _elemente(pdf.Root.StructTreeRoot.K):
        rollen[rolle] += 1
        if rolle == "TR" and eltern == "TBody":
            erste = teil.K[0]
            assert str(erste.S) == "/TH"
            attribute = erste.A if isinstance(erste.A, pikepdf.Array) else [erste.A]
            assert any(a.get("/Scope") == pikepdf.Name.Row for a in attribute)
    assert rollen["Table"] == 3
    assert rollen["TR"] == 1 + 5 + 24 + 6 + 1 + 60 + 1 + 4
    assert rollen["Figure"] == 3
    assert rollen["Note"] == 2


def test_alternativtexte(pdf: pikepdf.Pdf) -> None:
    texte = [str(t.Alt) for _, rolle, t in _elemente(pdf.Root.StructTreeRoot.K) if rolle == "Figure"]
    assert len(texte) == 3
    assert all(t.startswith("Diagramm: ") for t in texte)


def test_ohne_alternativtext_kein_pdf() -> None:
    bild = replace(grafik("abb", "Titel"), alt="")
    with pytest.raises(KonfigError, match="Alternativtext"):
        render_pdf(Dokument("T", "", "H", "S", "# A\n\n::: {.platz #abb}\n:::\n", {"abb": bild}))


@pytest.mark.parametrize(("text", "wort"), [("Ort 日本", "日"), ("Lage 😀", "😀")])
def test_fehlendes_zeichen_ist_ein_fehler_und_kein_kaestchen(text: str, wort: str) -> None:
    with pytest.raises(KonfigError, match=wort):
        render_pdf(Dokument("T", "", "H", "S", f"# A\n\n{text}\n"))


def test_deutsche_zeichen_sind_da() -> None:
    zeichen = "„“‚‘–−…≥≤≠±×·•§€† ‑ ẞßäöüÄÖÜ⁰¹²³⁴₂½Łłčšžńěřąę"
    assert render_pdf(Dokument(zeichen, zeichen, "H", "S", f"# {zeichen}\n\n{zeichen} *{zeichen}* **{zeichen}**\n"))


def test_ohne_titel() -> None:
    with pytest.raises(KonfigError, match="Titel"):
        render_pdf(Dokument("", "", "H", "S", "Text"))


def test_schriften_nur_aus_dem_paket(pdf: pikepdf.Pdf) -> None:
    namen = {
        str(o.BaseFont).split("+")[-1] for o in pdf.objects if isinstance(o, pikepdf.Dictionary) and "/BaseFont" in o
    }
    assert namen
    assert all(n.startswith("SourceSansPro") for n in namen), namen


def test_querformat(pdf: pikepdf.Pdf) -> None:
    quer = [s for s in pdf.pages if s.mediabox[2] > s.mediabox[3]]
    assert 1 <= len(quer) <= 3
    assert all(round(float(min(s.mediabox[2:]))) == 595 and round(float(max(s.mediabox[2:]))) == 842 for s in pdf.pages)


@pytest.mark.skipif(shutil.which("pdftotext") is None, reason="pdftotext (poppler-utils) fehlt")
def test_text_der_seiten(produkte: dict[str, bytes]) -> None:
    lauf = subprocess.run(["pdftotext", "-layout", "-", "-"], input=produkte["pdf"], capture_output=True, check=True)
    seiten = lauf.stdout.decode("utf-8").split("\f")[:-1]
    assert all("ENTWURF – Geheimhaltung nicht geprüft" in s for s in seiten)
    for nr, text in enumerate(seiten[1:], 2):
        assert text.rstrip().endswith(str(nr)), nr
    inhalt = seiten[1]
    hinten = seiten[-1]  # what is looked up, not read, stands at the end
    assert "Tabellenverzeichnis" in hinten and "Abbildungsverzeichnis" in hinten
    seite = {
        k: nr
        for k in ("1 Demografie", "2 Soziale Teilhabe")
        for nr, s in enumerate(seiten, 1)
        if nr > 2 and k[2:] in s[:400]
    }
    for zeile in inhalt.splitlines():
        if zeile.strip().startswith("2 ") and "Soziale Teilhabe" in zeile:
            assert zeile.split()[-1] == str(seite["2 Soziale Teilhabe"])
    ganz = "\n".join(seiten)
    assert "„Sozialberichterstattung“" in ganz
    assert "siehe Abschnitt 1.1" in " ".join(ganz.split())
    assert ganz.count("Quelle: Statistisches Landesamt") == 5


def test_kopf_der_tabelle_wiederholt_sich(produkte: dict[str, bytes]) -> None:
    if shutil.which("pdftotext") is None:
        pytest.skip("pdftotext (poppler-utils) fehlt")
    lauf = subprocess.run(["pdftotext", "-layout", "-", "-"], input=produkte["pdf"], capture_output=True, check=True)
    mit_kopf = [
        s for s in lauf.stdout.decode("utf-8").split("\f") if "Gemeindeteil " in s and "2024" in s and "2016" in s
    ]
    assert len(mit_kopf) >= 2


def test_ohne_stempel() -> None:
    assert maengel(render_pdf(replace(dokument(""), verzeichnisse=False))) == []
