"""An invented Landkreis as a finished Dokument: what the tests of publishing and the look at the pages use."""

from __future__ import annotations

import functools
import io
import math
from pathlib import Path

from sozmon.druck.modell import Dokument, Grafik, Tabelle, Zeile
from sozmon.druck.ressource import schriften

ORTE = (
    (
        "Ahrensfurt Bad Lindenau Birkenrode Dornhain Eichwalde-Süd Falkenrück Grünbach Heiligenstein Immental "
        "Jägersruh Kaltenbronn Langenweiler Mühlbach Neukirchen/Saaletal Oberfeld Pfaffendorf Quellgrund "
        "Rabenau Schönberg Tannrode Unterfeld Vogelsang Weißenborn Zollbrück"
    )
    .replace("Bad Lindenau", "Bad\u00a0Lindenau")
    .split(" ")
)
REGIONEN = ("Nordkreis", "Saaletal", "Waldland", "Mitte", "Südkreis")
QUELLE = "Statistisches Landesamt, Regionaldatenbank; Datenstand 31.12.2024; eigene Berechnung"


def de(zahl: float, stellen: int = 1) -> str:
    return f"{zahl:,.{stellen}f}".translate(str.maketrans(",.", ".,")).replace("-", "−")


def tabelle_gemeinden() -> Tabelle:
    """24 Gemeinden in 5 groups with sums; one hidden cell, one footnote."""
    zeilen: list[Zeile] = []
    for nr, region in enumerate(REGIONEN):
        zeilen.append(Zeile((region,), "gruppe"))
        for i, ort in enumerate(ORTE[nr * 5 : nr * 5 + 5]):
            z = nr * 5 + i
            ew = 1800 + (z * 7919) % 14000
            wert = "•" if z == 7 else de(3.1 + (z * 37 % 41) / 10)
            name = ort + ("¹" if z == 13 else "")
            zeilen.append(Zeile((name, de(ew, 0), de(2.9 + (z * 31 % 37) / 10), wert, de((z % 9 - 4) / 5))))
        zeilen.append(
            Zeile((f"{region} zusammen", de(31000 + nr * 977, 0), de(4.6), de(5.2 + nr / 10), de(0.4)), "summe")
        )
    zeilen.append(Zeile(("Landkreis Saaletal", de(162345, 0), de(4.8), de(5.4), de(0.6)), "summe"))
    return Tabelle(
        "tab-arbeitslose",
        "Arbeitslose je 100 Einwohnerinnen und Einwohner von 15 bis unter 65 Jahren nach Gemeinden",
        (
            "Gemeinde",
            "Bevölkerung 31.12.2024",
            "Arbeitslosenanteil 2014 in %",
            "Arbeitslosenanteil 2024 in %",
            "Veränderung in Prozentpunkten",
        ),
        tuple(zeilen),
        QUELLE,
        (
            "¹ Neukirchen/Saaletal: 2019 aus Neukirchen und Altsaal gebildet; Werte davor umgerechnet.",
            "• Zahlenwert geheim zu halten.",
        ),
        "lrrrr",
    )


def tabelle_breit() -> Tabelle:
    """60 rows, 11 columns: a landscape table over pages."""
    jahre = tuple(str(j) for j in range(2015, 2025))
    zeilen = [
        Zeile(
            (
                f"{ORTE[i % 24]} {'Stadt' if i % 3 else 'Land'}",
                *(de(900 + (i * 613 + int(j) * 71) % 9000, 0) for j in jahre),
            )
        )
        for i in range(60)
    ]
    return Tabelle(
        "tab-reihe",
        "Bevölkerung am 31. Dezember nach Gemeindeteilen",
        ("Gemeindeteil", *jahre),
        tuple(zeilen),
        QUELLE,
        quer=True,
    )


def tabelle_klein() -> Tabelle:
    zeilen = tuple(
        Zeile((z, b))
        for z, b in (
            ("–", "nichts vorhanden (genau null)"),
            ("•", "Zahlenwert geheim zu halten"),
            ("…", "Angabe fällt später an"),
            ("x", "Aussage nicht sinnvoll"),
        )
    )
    return Tabelle("tab-zeichen", "Zeichenerklärung", ("Zeichen", "Bedeutung"), zeilen, "", ausrichtung="ll")


@functools.cache
def _bilder(art: str) -> tuple[bytes, bytes]:
    import matplotlib
    from matplotlib import font_manager
    from matplotlib.figure import Figure

    for datei in sorted(Path(schriften()).glob("*.ttf")):
        font_manager.fontManager.addfont(str(datei))
    einstellung = {"svg.fonttype": "path", "svg.hashsalt": "muster", "font.family": "Source Sans Pro", "font.size": 9}
    with matplotlib.rc_context(einstellung):
        fig = Figure(figsize=(6.3, 2.9 if art == "linie" else 4.4))
        ax = fig.add_axes((0.08 if art == "linie" else 0.2, 0.1, 0.78, 0.86))
        if art == "linie":
            jahre = list(range(2014, 2025))
            for name, start, farbe in (("Landkreis", 6.4, "#1f4e79"), ("Land", 5.6, "#8a8a8a")):
                werte = [start + math.sin(j) / 3 - (j - 2014) * 0.11 for j in jahre]
                ax.plot(jahre, werte, color=farbe, lw=2)
                ax.annotate(name, (2024.1, werte[-1]), color=farbe, va="center")
            ax.set_ylim(0, 8)
            ax.yaxis.set_major_formatter(lambda v, _: de(v))
        else:
            werte = sorted(3.1 + (z * 37 % 41) / 10 for z in range(24))
            ax.barh(list(ORTE), werte, color=["#1f4e79" if i % 5 == 0 else "#9db7d1" for i in range(24)])
            ax.xaxis.set_major_formatter(lambda v, _: de(v))
            ax.tick_params(labelsize=7)
        ax.spines[["top", "right"]].set_visible(False)
        svg, png = io.BytesIO(), io.BytesIO()
        fig.savefig(svg, format="svg", metadata={"Date": None})
        fig.savefig(png, format="png", dpi=200, metadata={"Software": None})
    return svg.getvalue(), png.getvalue()


def grafik(kennung: str, titel: str, art: str = "linie") -> Grafik:
    svg, png = _bilder(art)
    daten = (
        ("Jahr", "Landkreis", "Land"),
        *((str(j), de(6.4 - (j - 2014) / 9), de(5.6 - (j - 2014) / 9)) for j in range(2014, 2025)),
    )
    return Grafik(
        kennung,
        titel,
        f"Diagramm: {titel}. Der Anteil sinkt von 6,4 auf 5,3 Prozent.",
        svg,
        png,
        QUELLE,
        16.0,
        daten if art == "linie" else (),
    )


TEXT = (Path(__file__).parent / "muster.md").read_text(encoding="utf-8")


def dokument(stempel: str = "ENTWURF – Geheimhaltung nicht geprüft") -> Dokument:
    objekte = {
        o.id: o
        for o in (
            tabelle_gemeinden(),
            tabelle_breit(),
            tabelle_klein(),
            grafik("abb-entwicklung", "Arbeitslosenanteil im Landkreis und im Land, 2014 bis 2024"),
            grafik("abb-rang", "Arbeitslosenanteil 2024 nach Gemeinden", "rang"),
            grafik("abb-vergleich", "Region gegen Kreis"),
        )
    }
    return Dokument(
        titel="Sozialbericht 2025",
        untertitel="Lebenslagen im Landkreis Saaletal",
        herausgeber="Landkreis Saaletal, Sozialplanung",
        stand="Datenstand 31. Dezember 2024",
        markdown=TEXT,
        objekte=objekte,
        stempel=stempel,
        zeitstempel=1_750_000_000,
        datum="Juni 2025",
    )
