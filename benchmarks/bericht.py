"""The example's report against the sum of its parts alone (aim: at most 1.5): ratio of paired runs.

Parts, each in a process of its own with ready input: computing the values, drawing the charts, and the publishing of
the finished document (pandoc, Typst, pikepdf). A part counts from its first import to its result, without reading the
prepared input. What the report pays beyond that is ours: templates, tables, sentences, start, writing.

    python benchmarks/bericht.py [PROJEKTORDNER]      (default: the example, made and imported in a temporary folder)
"""

from __future__ import annotations

import pickle
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import Any

LAEUFE = 3
GRENZE = 1.5
TEILE = ("rechnen", "zeichnen", "drucken")


def main() -> int:
    """Print the ratio; 1 when it misses the aim."""
    with tempfile.TemporaryDirectory() as ordner:
        projekt = Path(sys.argv[1]) if len(sys.argv) > 1 else _beispiel(Path(ordner) / "beispiel")
        vorrat = Path(ordner) / "vorrat.pickle"
        _bereite_vor(projekt, vorrat)
        paare = []
        for _ in range(LAEUFE):
            ganz = _dauer(sys.executable, "-m", "sozmon", "-q", "--projekt", str(projekt), "bericht")
            paare.append((ganz, [_teil(name, projekt, vorrat) for name in TEILE]))
        verhaeltnis = statistics.median(ganz / sum(teile) for ganz, teile in paare)
        ganz = statistics.median(g for g, _ in paare)
        teile = [statistics.median(t[i] for _, t in paare) for i in range(len(TEILE))]
        worte = ", ".join(f"{name} {sekunden:.1f} s" for name, sekunden in zip(TEILE, teile, strict=True))
        print(f"Bericht {verhaeltnis:.2f} × Summe seiner Teile ({ganz:.1f} s; {worte})")
        return int(verhaeltnis > GRENZE)


def _beispiel(ordner: Path) -> Path:
    from sozmon.importieren import run_import
    from sozmon.projekt import create_projekt

    projekt = create_projekt(ordner, beispiel=True)
    run_import(projekt, [str(p) for p in sorted(projekt.eingang.iterdir())])
    return ordner


def _bereite_vor(projekt: Path, vorrat: Path) -> None:
    """Input of the parts: what is drawn, and the finished document."""
    from sozmon import bericht, berichtsdiagramme, druck

    gezeichnet: list[tuple[str, tuple[Any, ...]]] = []
    dokumente: list[Any] = []
    for name in ("draw_linie", "draw_rangfolge", "draw_punkte"):
        original = getattr(berichtsdiagramme.diagramm, name)

        def merke(*args: Any, _name: str = name, _original: Any = original) -> Any:
            gezeichnet.append((_name, args))
            return _original(*args)

        setattr(berichtsdiagramme.diagramm, name, merke)
    drucke = druck.render_alle
    druck.render_alle = lambda dok, formate: (dokumente.append(dok), drucke(dok, formate))[1]
    bericht.run_bericht(bericht_projekt(projekt))
    dokument = dokumente[0]
    vorrat.write_bytes(pickle.dumps((gezeichnet, dokument)))


def bericht_projekt(ordner: Path) -> Any:
    """The loaded project."""
    from sozmon.projekt import load_projekt

    return load_projekt(ordner)


def _dauer(*befehl: str) -> float:
    beginn = time.perf_counter()
    subprocess.run(befehl, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, check=True)
    return time.perf_counter() - beginn


def _teil(name: str, projekt: Path, vorrat: Path) -> float:
    befehl = [sys.executable, __file__, "--teil", name, str(projekt), str(vorrat)]
    return float(subprocess.run(befehl, capture_output=True, text=True, check=True).stdout)


def run_teil(name: str, projekt: Path, vorrat: Path) -> float:
    """Seconds of one part, imports included."""
    beginn = time.perf_counter()
    if name == "rechnen":
        from sozmon import bericht
        from sozmon.freigabe import erteile_freigabe

        grundlage = bericht.load_grundlage(bericht_projekt(projekt))
        rechnung = bericht.compute_indikatoren(
            grundlage.bestand, grundlage.katalog, grundlage.raeume, bericht.auftrag_des_berichts(grundlage)
        )
        erteile_freigabe(rechnung.werte, grundlage.katalog)
        return time.perf_counter() - beginn
    from sozmon import diagramm, druck

    lesen = time.perf_counter()
    gezeichnet, dokument = pickle.loads(vorrat.read_bytes())
    lesen = time.perf_counter() - lesen
    if name == "zeichnen":
        for art, args in gezeichnet:
            figur = getattr(diagramm, art)(*args)
            diagramm.save_svg(figur, text_als_pfad=True)
            diagramm.save_png(figur)
    else:
        druck.render_alle(dokument, ("pdf", "html", "docx"))
    return time.perf_counter() - beginn - lesen


if __name__ == "__main__":
    if sys.argv[1:2] == ["--teil"]:
        print(run_teil(sys.argv[2], Path(sys.argv[3]), Path(sys.argv[4])))
    else:
        sys.exit(main())
