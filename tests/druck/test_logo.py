"""The logo, SVG or PNG, stands on the title page of every format; house style is checked."""

from __future__ import annotations

import io
import zipfile

import pytest

from pdfpruefung import maengel
from sozmon.druck import render_alle
from sozmon.druck.logo import als_png, ist_png, seitenverhaeltnis
from sozmon.druck.modell import Dokument, Stil
from sozmon.errors import KonfigError

SVG = (
    b'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 40 20"><rect width="40" height="20" fill="#1f4e79"/>'
    b'<circle cx="20" cy="10" r="6" fill="#fff"/></svg>'
)


@pytest.mark.parametrize("logo", [SVG, als_png(SVG)], ids=["svg", "png"])
def test_logo_in_jedem_format(logo: bytes) -> None:
    dok = Dokument("Titel", "Untertitel", "Amt & Co", "Stand", "# A\n\nText\n", stil=Stil(logo=logo))
    produkte = render_alle(dok)
    assert maengel(produkte["pdf"]) == []
    assert 'alt="Logo: Amt &amp; Co"' in produkte["html"].decode("utf-8")
    with zipfile.ZipFile(io.BytesIO(produkte["docx"])) as archiv:
        bilder = [n for n in archiv.namelist() if n.startswith("word/media/")]
        assert len(bilder) == 1 and ist_png(archiv.read(bilder[0]))
        assert b'descr="Logo: Amt &amp; Co"' in archiv.read("word/document.xml")
    with zipfile.ZipFile(io.BytesIO(produkte["odt"])) as archiv:
        assert archiv.read("Pictures/logo.png" if ist_png(logo) else "Pictures/logo.svg") == logo
    assert render_alle(dok) == produkte


def test_seitenverhaeltnis() -> None:
    assert seitenverhaeltnis(SVG) == 0.5
    assert seitenverhaeltnis(als_png(SVG)) == pytest.approx(0.5, abs=0.01)
    assert seitenverhaeltnis(b'<svg width="30pt" height="10pt">') == pytest.approx(1 / 3)


@pytest.mark.parametrize("farbe", ["blau", "#12345", "#1f4e79; } body { display:none", "1f4e79"])
def test_farben_werden_geprueft(farbe: str) -> None:
    with pytest.raises(KonfigError, match="Farbe"):
        Stil(farbe=farbe)


def test_schrift_wird_geprueft() -> None:
    with pytest.raises(KonfigError):
        Stil(schrift='x"; } </style>')
    with pytest.raises(KonfigError, match="nicht mitgeliefert"):
        render_alle(Dokument("T", "", "H", "S", "Text", stil=Stil(schrift="Comic Neue")), ["pdf"])
