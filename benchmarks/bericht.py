"""A report of 12 chapters, 48 charts and 36 tables as PDF, HTML and Word, against its tools alone (aim: at most 1.3).

Alone are: drawing the same charts, the same pandoc calls, the same Typst input, each in a process of its own that gets
its input ready and counts from its first import to its result. The report counts from the start of the command, with
nothing kept from an earlier run: reading the store, computing, releasing, templates, sentences, tables, page layout,
writing. Beside the twelve chapters it has the Methodik with its own tables.

Then: what one changed Indikator makes anew; and, where WeasyPrint is installed, its PDF of the same HTML page against
our PDF (both from the finished report to the file).

    python benchmarks/bericht.py
"""

from __future__ import annotations

import importlib.util
import pickle
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import Any

LAEUFE = 3
GRENZE = 1.3
KAPITEL = 12
TEILE = ("zeichnen", "pandoc", "typst")
FORMATE = "pdf,html,docx"


def main() -> int:
    """Print the ratios; 1 when the first misses its aim."""
    with tempfile.TemporaryDirectory() as ordner:
        projekt, vorrat = Path(ordner) / "beispiel", Path(ordner) / "vorrat"
        _beispiel(projekt)
        _nimm_auf(projekt, vorrat)
        paare = []
        for _ in range(LAEUFE):
            _vergiss(projekt)
            paare.append((_dauer(*_befehl(projekt)), [_teil(name, vorrat) for name in TEILE]))
        ganz = statistics.median(g for g, _ in paare)
        verhaeltnis = statistics.median(g / sum(teile) for g, teile in paare)
        worte = ", ".join(f"{n} {statistics.median(t[i] for _, t in paare):.1f} s" for i, n in enumerate(TEILE))
        print(f"Bericht {verhaeltnis:.2f} × Summe seiner Werkzeuge ({ganz:.1f} s; {worte}; Grenze {GRENZE})")
        _unveraendert(projekt)
        _ein_indikator(projekt)
        _weasyprint(projekt, vorrat)
        return int(verhaeltnis > GRENZE)


# --- the report


def _beispiel(ordner: Path) -> None:
    """The example with a report of twelve chapters: in each 2 Indikatoren with two charts and 3 with a table."""
    from sozmon.bericht import build_bausteine
    from sozmon.berichtsgrundlage import compute_freigabe, load_grundlage
    from sozmon.importieren import run_import
    from sozmon.projekt import create_projekt, load_projekt

    projekt = create_projekt(ordner, beispiel=True)
    run_import(projekt, [str(p) for p in sorted(projekt.eingang.iterdir())])
    grundlage = load_grundlage(projekt, "sozialbericht")
    bausteine = build_bausteine(grundlage, compute_freigabe(grundlage)[0])
    mit_tabelle = [i.kennung for i in grundlage.indikatoren if bausteine.tabelle("zeitreihe", i.kennung)]
    mit_diagrammen = [k for k in mit_tabelle if all(bausteine.diagramm(a, k) for a in ("linie", "rangfolge"))]
    gezeichnet = mit_diagrammen[: 2 * KAPITEL]
    dazu = [k for k in mit_tabelle if k not in gezeichnet][:KAPITEL]
    assert (len(gezeichnet), len(dazu)) == (2 * KAPITEL, KAPITEL), "das Beispiel hat zu wenige Indikatoren"
    namen = [f"exkurs-{nr:02}" for nr in range(1, KAPITEL + 1)]
    for nr, name in enumerate(namen):
        ziel = projekt.texte / name / "text.md"
        ziel.parent.mkdir()
        ziel.write_text(_kapiteltext(gezeichnet[2 * nr : 2 * nr + 2], dazu[nr]), "utf-8")
    datei = ordner / "sozmon.toml"
    vorspann = datei.read_text("utf-8").partition("[berichte.")[0]
    liste = ", ".join(f'"{n}"' for n in namen)
    datei.write_text(f'{vorspann}[berichte.messung]\ntitel = "Messung"\nkapitel = [{liste}]\n', "utf-8")
    load_projekt(ordner)


def _kapiteltext(mit_diagrammen: list[str], mit_tabelle: str) -> str:
    teile = [
        f'## Abschnitt {k}\n\n{{{{ satz.befund("{k}") }}}} {{{{ satz.spannweite("{k}") }}}}\n\n'
        f'{{{{ diagramm("linie", "{k}") }}}}\n\n{{{{ diagramm("rangfolge", "{k}") }}}}\n\n'
        f'{{{{ tabelle("zeitreihe", "{k}") }}}}\n'
        for k in mit_diagrammen
    ]
    letzter = f'## Abschnitt {mit_tabelle}\n\n{{{{ satz.befund("{mit_tabelle}") }}}}\n\n'
    return "\n".join([*teile, letzter + f'{{{{ tabelle("zeitreihe", "{mit_tabelle}") }}}}\n'])


def _befehl(projekt: Path, formate: str = FORMATE) -> list[str]:
    return [sys.executable, "-m", "sozmon", "-q", "--projekt", str(projekt), "bericht", "--format", formate]


def _vergiss(projekt: Path) -> None:
    """Nothing is left of an earlier run."""
    for pfad in (projekt / "ausgabe", projekt / "bestand" / "zwischenspeicher"):
        shutil.rmtree(pfad, ignore_errors=True)


def _dauer(*befehl: str) -> float:
    beginn = time.perf_counter()
    subprocess.run(befehl, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, check=True)
    return time.perf_counter() - beginn


# --- its tools alone


def _nimm_auf(projekt: Path, vorrat: Path) -> None:
    """Make the report once and keep what was drawn, what pandoc was asked and what Typst got."""
    import typst

    from sozmon import bausteine, bericht, druck
    from sozmon.druck import pandoc
    from sozmon.projekt import load_projekt

    zeichnungen: dict[str, Any] = {}
    aufrufe: list[Any] = []
    satz: list[Any] = []
    dokumente: list[Any] = []
    zeichne, lauf, setze, drucke = bausteine.render_alle, pandoc._lauf, typst.compile_with_warnings, druck.render_alle

    def mit_zeichnungen(auftrag: Any, speicher: Any, **rest: Any) -> Any:
        zeichnungen.update(auftrag)
        return zeichne(auftrag, speicher, **rest)

    def mit_aufruf(*args: Any) -> Any:
        aufrufe.append(args)
        return lauf(*args)

    def mit_satz(text: bytes, **rest: Any) -> Any:
        satz.append((text, {k: v for k, v in rest.items() if k != "font_paths"}))
        return setze(text, **rest)

    def mit_dokument(dok: Any, *rest: Any) -> Any:
        dokumente.append(dok)
        return drucke(dok, *rest)

    bausteine.render_alle, pandoc._lauf, typst.compile_with_warnings = mit_zeichnungen, mit_aufruf, mit_satz
    druck.render_alle = mit_dokument
    _vergiss(projekt)
    bericht.run_bericht(load_projekt(projekt), "messung", formate=FORMATE.split(","))
    bausteine.render_alle, pandoc._lauf, typst.compile_with_warnings = zeichne, lauf, setze
    druck.render_alle = drucke
    tabellen = dokumente[0].markdown.count("{.platz #tab-")
    print(f"{KAPITEL} Kapitel, {len(zeichnungen)} Diagramme, {tabellen} Tabellen, {len(aufrufe)} Aufrufe von pandoc")
    assert len(zeichnungen) == 4 * KAPITEL and tabellen >= 3 * KAPITEL
    vorrat.mkdir()
    for name, inhalt in zip((*TEILE, "pdf"), (zeichnungen, aufrufe, satz, dokumente[0]), strict=True):
        (vorrat / name).write_bytes(pickle.dumps(inhalt))


def _teil(name: str, vorrat: Path) -> float:
    befehl = [sys.executable, __file__, "--teil", name, str(vorrat)]
    return float(subprocess.run(befehl, capture_output=True, text=True, check=True).stdout)


def run_teil(name: str, vorrat: Path) -> float:
    """Seconds of one part; its imports and the reading of its input (some milliseconds) are included."""
    beginn = time.perf_counter()
    inhalt = pickle.loads((vorrat / name).read_bytes())
    if name == "zeichnen":
        from sozmon.diagramm import render_alle
        from sozmon.zwischenspeicher import Zwischenspeicher

        render_alle(inhalt, Zwischenspeicher(None), png=True)
    elif name == "pandoc":
        from sozmon.druck import pandoc

        for args in inhalt:
            pandoc._lauf(*args)
    elif name == "typst":
        import typst

        from sozmon.druck.ressource import schriften

        for text, rest in inhalt:
            schrift = typst.Fonts(include_system_fonts=False, font_paths=[str(schriften())])
            typst.compile_with_warnings(text, font_paths=schrift, **rest)
    else:
        from sozmon import druck

        druck.render_alle(inhalt, ("pdf",))
    return time.perf_counter() - beginn


# --- what is made anew


def _unveraendert(projekt: Path) -> None:
    print(f"Nichts geändert: {_dauer(*_befehl(projekt)):.1f} s")


def _ein_indikator(projekt: Path) -> None:
    """Change one Indikator (one more decimal) and count what is drawn and read again."""
    from sozmon import bericht
    from sozmon.druck import kapitelweise
    from sozmon.projekt import load_projekt, mitgeliefert

    (quelle,) = mitgeliefert("indikatoren").rglob("altenquotient.toml")
    eigener = projekt / "indikatoren" / quelle.parent.name / quelle.name
    eigener.parent.mkdir(parents=True, exist_ok=True)
    text = quelle.read_text("utf-8")
    eigener.write_text(text.replace("nachkommastellen = 1", "nachkommastellen = 2"), "utf-8")
    gelesen = 0
    lies = kapitelweise.parse_markdown

    def mit(text: str) -> Any:
        nonlocal gelesen
        gelesen += 1 + text.count(".kapitelgrenze")
        return lies(text)

    kapitelweise.parse_markdown = mit
    beginn = time.perf_counter()
    lauf = bericht.run_bericht(load_projekt(projekt), "messung", formate=FORMATE.split(","))
    dauer = time.perf_counter() - beginn
    kapitelweise.parse_markdown = lies
    neu, alle = lauf.gezeichnet
    print(
        f"Ein Indikator geändert: {neu} von {alle} Bildern (SVG und PNG) gezeichnet, "
        f"{gelesen} von {KAPITEL + 1} Kapiteln gelesen, {dauer:.1f} s"
    )


def _weasyprint(projekt: Path, vorrat: Path) -> None:
    if importlib.util.find_spec("weasyprint") is None:
        print("WeasyPrint ist nicht installiert (pip install weasyprint): nicht verglichen")
        return
    (seite,) = (projekt / "ausgabe" / "messung").glob("messung.html")
    programm = (
        "import sys, time; t = time.perf_counter(); from weasyprint import HTML; "
        "HTML(filename=sys.argv[1]).write_pdf(sys.argv[2], pdf_variant='pdf/ua-1'); print(time.perf_counter() - t)"
    )
    paare = []
    for _ in range(LAEUFE):
        befehl = [sys.executable, "-c", programm, str(seite), str(projekt / "weasyprint.pdf")]
        fremd = float(subprocess.run(befehl, capture_output=True, text=True, check=True).stdout)
        paare.append((_teil("pdf", vorrat), fremd))
    unser, fremd = (statistics.median(p[i] for p in paare) for i in (0, 1))
    print(f"PDF {unser / fremd:.2f} × WeasyPrint auf derselben HTML-Seite ({unser:.1f} s gegen {fremd:.1f} s)")


if __name__ == "__main__":
    if sys.argv[1:2] == ["--teil"]:
        print(run_teil(sys.argv[2], Path(sys.argv[3])))
    else:
        sys.exit(main())
