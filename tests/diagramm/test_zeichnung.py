"""What is drawn: nothing cut, nothing overlapping, nothing that betrays a hidden value, the same bytes always."""

from __future__ import annotations

import hashlib
import itertools
import os
import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from diagrammfaelle import FAELLE, zufaellig

from sozmon.diagramm import Angaben, Balken, Punkt, Reihe, draw, draw_linie, draw_rangfolge, save_png, save_svg, stil
from sozmon.errors import KonfigError

if TYPE_CHECKING:
    from matplotlib.figure import Figure
    from matplotlib.text import Text
    from matplotlib.transforms import Bbox

GOLDEN = Path(__file__).parents[1] / "golden" / "diagramm"


def texte(fig: Figure) -> list[Text]:
    return [t for ax in fig.axes for t in ax.texts if t.get_text()]


def kaesten(fig: Figure) -> Iterator[tuple[str, Bbox]]:
    """Every text with the rectangle of its ink, in pixels at 200 dpi."""
    from matplotlib.backends.backend_agg import FigureCanvasAgg
    from matplotlib.text import Text

    fig.set_dpi(200)
    zeichner = FigureCanvasAgg(fig).get_renderer()
    for text in texte(fig):
        yield text.get_text(), Text.get_window_extent(text, zeichner)


@pytest.mark.parametrize("saat", range(32))
def test_whatever_comes_nothing_is_cut_or_overlaps(saat: int) -> None:
    check_texte(zufaellig(saat))


@pytest.mark.parametrize("fall", FAELLE)
def test_no_text_is_cut_or_overlaps_another(fall: str) -> None:
    check_texte(FAELLE[fall]())


def check_texte(fig: Figure) -> None:
    """No text leaves the sheet, none lies over another."""
    alle = list(kaesten(fig))
    breite, hoehe = fig.get_size_inches() * 200
    for text, k in alle:
        assert k.x0 >= 0 and k.y0 >= -1 and k.x1 <= breite and k.y1 <= hoehe + 1, f"cut: {text}"
    for (a, ka), (b, kb) in itertools.combinations(alle, 2):
        waagerecht = min(ka.x1, kb.x1) - max(ka.x0, kb.x0)
        senkrecht = min(ka.y1, kb.y1) - max(ka.y0, kb.y0)
        assert waagerecht <= 1 or senkrecht <= 3.5, f"overlap: {a!r} and {b!r}"


@pytest.mark.parametrize("fall", FAELLE)
def test_german_numbers_readable_type_and_no_ellipsis(fall: str) -> None:
    for text in texte(FAELLE[fall]()):
        inhalt = re.sub(r"\d{2}\.\d{2}\.\d{4}", "", text.get_text())
        assert text.get_fontsize() >= 7
        assert "…" not in inhalt and inhalt not in ("nan", "None")
        assert not any(a.isdigit() and p == "-" for p, a in itertools.pairwise(inhalt)), "hyphen as minus"
        assert not any(
            a.isdigit() and p == "." and b.isdigit() and not inhalt[i + 2 : i + 5].isdigit()
            for i, (a, p, b) in enumerate(zip(inhalt, inhalt[1:], inhalt[2:], strict=False))
        ), f"decimal point: {inhalt}"


def beschreibung(fig: Figure) -> str:
    """What is on the sheet, independent of the version of matplotlib: texts, lines and areas with their places."""
    zeilen = []
    for text in texte(fig):
        zeilen.append(f"text {text.get_position()[0]:.0f} {text.get_position()[1]:.0f} {text.get_text()!r}")
    for linie in fig.axes[0].lines:
        punkte = " ".join(f"{x:.0f},{y:.0f}" for x, y in linie.get_xydata())
        zeilen.append(f"linie {linie.get_color()} {linie.get_marker()} {punkte}")
    for flaeche in fig.axes[0].patches:
        x, y, b, h = flaeche.get_bbox().bounds  # type: ignore[attr-defined]
        zeilen.append(f"flaeche {flaeche.get_hatch() or '-'} {x:.0f} {y:.0f} {b:.0f} {h:.0f}")
    return "\n".join(zeilen) + "\n"


@pytest.mark.parametrize(
    "fall",
    [
        "linie_luecken",
        "linie_bruch",
        "linie_4x24",
        "linie_wahlen",
        "rangfolge_53",
        "rangfolge_negativ",
        "punkte_indikatoren",
    ],
)
def test_golden_description(fall: str) -> None:
    """After an intended change: GOLDEN_NEU=1 pytest tests/diagramm, then look at the difference."""
    ist, datei = beschreibung(FAELLE[fall]()), GOLDEN / f"{fall}.txt"
    if os.environ.get("GOLDEN_NEU"):
        datei.write_text(ist, encoding="utf-8")
    assert ist == datei.read_text(encoding="utf-8")


def test_hidden_bars_have_one_length_and_no_hidden_line_has_a_place() -> None:
    balken = [Balken("A", 90.0), Balken("B", None, "geheim"), Balken("C", None, "geheim")]
    flaechen = [p.get_bbox() for p in draw_rangfolge(balken, Angaben(einheit="%")).axes[0].patches if p.get_hatch()]  # type: ignore[attr-defined]
    assert len(flaechen) == 2 and len({(round(f.x0, 6), round(f.width, 6)) for f in flaechen}) == 1
    verborgen = Reihe(
        "A", (Punkt(2011, 4.0), Punkt(2012, None, "geheim"), Punkt(2013, None, "geheim"), Punkt(2014, 9.0))
    )
    kaestchen = [p.get_bbox() for p in draw_linie([verborgen], Angaben()).axes[0].patches if p.get_hatch()]  # type: ignore[attr-defined]
    assert len(kaestchen) == 2 and len({(round(k.y0, 6), round(k.height, 6)) for k in kaestchen}) == 1


def test_geometry_says_no_more_than_the_printed_number() -> None:
    for a, b in ((4.52, 4.48), (4.549, 4.451)):
        bilder = {save_svg(draw_rangfolge([Balken("A", w), Balken("B", 9.0)], Angaben(einheit="%"))) for w in (a, b)}
        assert len(bilder) == 1
        bilder = {save_svg(draw_linie([Reihe("A", (Punkt(2011, w), Punkt(2012, 9.0)))], Angaben())) for w in (a, b)}
        assert len(bilder) == 1


def test_line_does_not_bridge_a_break() -> None:
    reihe = Reihe("A", tuple(Punkt(2019 + i, 5.0 + i) for i in range(6)))
    fig = draw_linie([reihe], Angaben(einheit="%", brueche=((2022, "Zensus 2022"),)))
    linien = [li for li in fig.axes[0].lines if li.get_color() == stil.BLAU and len(li.get_xydata()) > 1]
    assert [len(li.get_xydata()) for li in linien] == [3, 3]
    assert "Zensus 2022" in [t.get_text() for t in texte(fig)]


def test_years_are_never_printed_as_fractions() -> None:
    monate = Reihe("A", tuple(Punkt(2020 + i / 12, 5.0 + i % 3) for i in range(30)))
    jahre = [t.get_text() for t in texte(draw_linie([monate], Angaben(einheit="%")))]
    assert "2021" in jahre and not any(t.startswith("202") and "," in t for t in jahre)


def test_a_character_without_a_glyph_is_an_error() -> None:
    with pytest.raises(KonfigError, match=r"U\+6F22"):
        draw_rangfolge([Balken("漢", 1.0)], Angaben())


def test_names_are_drawn_literally() -> None:
    fig = draw_rangfolge([Balken("A_b$x^2$ <b>&", 1.0)], Angaben())
    assert b"A_b$x^2$ &lt;b&gt;&amp;" in save_svg(fig, text_als_pfad=False)


def _leuchtdichte(farbe: str) -> float:
    anteile = [int(farbe[i : i + 2], 16) / 255 for i in (1, 3, 5)]
    linear = [a / 12.92 if a <= 0.03928 else ((a + 0.055) / 1.055) ** 2.4 for a in anteile]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def _kontrast(farbe: str) -> float:
    return 1.05 / (_leuchtdichte(farbe) + 0.05)


def test_contrast_on_white_paper() -> None:
    for farbe in (*stil.RAUMFARBEN, *stil.GRAU[:2], stil.TEXT, stil.NEBENTEXT):
        assert _kontrast(farbe) >= 4.5, farbe  # WCAG 1.4.3: small text
    for farbe in (stil.GRAU[2], stil.ACHSE):
        assert _kontrast(farbe) >= 3, farbe  # WCAG 1.4.11: graphics
    assert _kontrast(stil.BALKEN) / _kontrast(stil.BLAU) < 0.4, "highlight must be seen in grey print"


def test_richtung_changes_nothing() -> None:
    bilder = {
        save_svg(draw_rangfolge([Balken("A", 1.0), Balken("B", 2.0)], Angaben(richtung=r)))
        for r in ("neutral", "hoch_belastet", "hoch_guenstig")
    }
    assert len(bilder) == 1


def test_one_call_for_every_kind() -> None:
    from sozmon.diagramm import Paar

    assert draw("linie", [Reihe("A", (Punkt(2021, 1.0),))], Angaben())
    assert draw("rangfolge", [Balken("A", 1.0)], Angaben(), None)
    fig = draw("punkte", [Paar("A", 1.0, 2.0)], Angaben(), "Landkreis Mittelsachsen")
    assert "Landkreis\nMittelsachsen" in [t.get_text() for t in texte(fig)]
    with pytest.raises(ValueError, match="torte"):
        draw("torte", [], Angaben())


@pytest.mark.parametrize("fall", ["linie_luecken", "rangfolge_negativ", "punkte_indikatoren"])
def test_files_are_small_clean_and_the_same_again(fall: str) -> None:
    fig = FAELLE[fall]()
    svg, text, png = save_svg(fig), save_svg(fig, text_als_pfad=False), save_png(fig)
    assert (svg, text, png) == tuple(
        f(FAELLE[fall]()) for f in (save_svg, lambda f: save_svg(f, text_als_pfad=False), save_png)
    )
    for daten in (svg, text):
        assert (
            b"<!DOCTYPE" not in daten and b"<metadata" not in daten and b"<!--" not in daten and b"<image" not in daten
        )
    assert b"<text" not in svg and b"<text" in text and b"Source Sans Pro" in text
    assert len(svg) < 150_000 and len(text) < 40_000 and len(png) < 90_000


PROGRAMM = """
import hashlib, sys
sys.path.insert(0, {tests!r})
from diagrammfaelle import FAELLE
from sozmon.diagramm import save_png, save_svg
h = hashlib.sha256()
for fall in ("linie_luecken", "rangfolge_negativ", "punkte_7"):
    fig = FAELLE[fall]()
    h.update(save_svg(fig) + save_png(fig))
print(h.hexdigest())
"""


def test_same_bytes_in_another_world_without_a_home(tmp_path: Path) -> None:
    """Cron: no writable HOME, other locale, time zone and hash seed; also a matplotlibrc that would change the look."""
    hier = hashlib.sha256()
    for fall in ("linie_luecken", "rangfolge_negativ", "punkte_7"):
        fig = FAELLE[fall]()
        hier.update(save_svg(fig) + save_png(fig))
    (tmp_path / "matplotlibrc").write_text("font.size: 20\naxes.facecolor: red\nfigure.dpi: 30\nsavefig.bbox: tight\n")
    umgebung = {
        "PATH": os.environ["PATH"],
        "HOME": "/nonexistent",
        "LC_ALL": "C",
        "TZ": "Asia/Tokyo",
        "PYTHONHASHSEED": "7",
        "PYTHONPATH": os.pathsep.join(sys.path),
    }
    programm = PROGRAMM.format(tests=str(Path(__file__).parent))
    lauf = subprocess.run(
        [sys.executable, "-c", programm], env=umgebung, cwd=tmp_path, capture_output=True, text=True, check=False
    )
    assert (lauf.stderr, lauf.returncode) == ("", 0)
    assert lauf.stdout.strip() == hier.hexdigest()


def test_import_is_light() -> None:
    programm = (
        "import sys, sozmon.diagramm, sozmon.sprache; print([m for m in ('matplotlib', 'numpy') if m in sys.modules])"
    )
    lauf = subprocess.run([sys.executable, "-c", programm], capture_output=True, text=True, check=True)
    assert lauf.stdout.strip() == "[]"
