"""How long does one Kreis over all years take in a store of all Germany, against importing the libraries alone?

Both are whole processes, started in turn; printed is the median of the ratios of the pairs (aim: at most 1.5).
"The libraries" are all modules that the question loads, except sozmon's own.
The store has INKAR's shape: 11 000 Gemeinden, 24 years, two Merkmale (about 530 000 rows), made up here.

    python benchmarks/abfrage_kreis.py [PAARE]
"""

from __future__ import annotations

import hashlib
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import Any

import numpy as np
import pyarrow as pa

from sozmon.bestand import Bestand, Lieferung
from sozmon.bestand.teile import arrow_schema

JAHRE, GEMEINDEN, MERKMALE = range(1998, 2022), 11_000, ("arbeitslose", "bevoelkerung")

ABFRAGE = """
import sys, typer
from pathlib import Path
from sozmon.bestand import Bestand
zeilen = Bestand(Path(sys.argv[1])).werte(
    merkmale=["arbeitslose", "bevoelkerung"], raum_ids=["14522000"], jahre=None)
assert len(zeilen) == 48, len(zeilen)
if len(sys.argv) > 2:
    print(*(m for m in sys.modules if m.partition(".")[0] not in {"sozmon", "__main__", "__mp_main__"}))
"""


def build_tabelle(sha256: str) -> Any:
    """About 530 000 rows of all-Germany shape."""
    zufall = np.random.default_rng(1)
    raeume = [f"{14_522_000 + i - GEMEINDEN // 2:08d}" for i in range(GEMEINDEN)]
    je_jahr = GEMEINDEN * len(MERKMALE)
    n = je_jahr * len(JAHRE)
    wert = zufall.lognormal(6, 1.5, n).round(1)
    fest = {"zeitart": "stichtag", "ebene": "gemeinde", "gebietsstand": "2021-12-31", "quelle": "inkar",
            "status": "wert", "genauigkeit": "exakt", "stand": "2024-01-01", "lieferung": sha256}  # fmt: skip
    spalten = {
        "raum_id": raeume * (len(MERKMALE) * len(JAHRE)),
        "merkmal": [m for m in MERKMALE for _ in range(GEMEINDEN)] * len(JAHRE),
        "zeit": [f"{j}-12-31" for j in JAHRE for _ in range(je_jahr)],
        "jahr": [j for j in JAHRE for _ in range(je_jahr)],
        "fundstelle": [f"Daten!K{i % 11_000 + 3}" for i in range(n)],
        "wert": wert,
        "wert_min": wert,
        "wert_max": wert,
    }
    schema = arrow_schema("merkmalswerte")
    texte = {f.name: pa.repeat(fest.get(f.name, ""), n) for f in schema if f.name not in spalten}
    return pa.table({f.name: pa.array(spalten[f.name], f.type) if f.name in spalten else texte[f.name] for f in schema})


def build_bestand(ordner: Path) -> Path:
    """Import the made-up delivery."""
    datei = ordner / "deutschland.csv"
    datei.write_bytes(b"erfunden")
    sha256 = hashlib.sha256(b"erfunden").hexdigest()
    tabelle, beginn = build_tabelle(sha256), time.perf_counter()
    bestand = Bestand(ordner / "bestand")
    bestand.uebernehmen(Lieferung(sha256, datei.name, "inkar"), tabelle, datei)
    teile = bestand.stand.tabellen["merkmalswerte"].teile.values()
    print(f"Übernahme von {tabelle.num_rows} Werten: {time.perf_counter() - beginn:.2f} s, "
          f"{sum(t.groesse for t in teile) / 1e6:.1f} MB in {len(teile)} Dateien")  # fmt: skip
    return bestand.ordner


def bibliotheken(bestand: str) -> str:
    """Code that imports what the question imports, and nothing of sozmon."""
    lauf = subprocess.run(
        [sys.executable, "-c", ABFRAGE, bestand, "nennen"], check=True, capture_output=True, text=True
    )
    return "import importlib\nfor m in " + repr(lauf.stdout.split()) + ":\n    importlib.import_module(m)"


def dauer(code: str, *argumente: str) -> float:
    """Wall-clock seconds of a whole Python process."""
    beginn = time.perf_counter()
    subprocess.run([sys.executable, "-c", code, *argumente], check=True)
    return time.perf_counter() - beginn


def main() -> None:
    """Build the store once, then measure pairs in turn."""
    paare = int(sys.argv[1]) if len(sys.argv) > 1 else 9
    with tempfile.TemporaryDirectory() as ordner:
        bestand = str(build_bestand(Path(ordner)))
        nur_laden = bibliotheken(bestand)
        gemessen = [(dauer(nur_laden), dauer(ABFRAGE, bestand)) for _ in range(paare)]
    grund, abfrage = (statistics.median(spalte) for spalte in zip(*gemessen, strict=True))
    verhaeltnis = statistics.median(b / a for a, b in gemessen)
    print(f"Bibliotheken {grund * 1000:.0f} ms · Abfrage {abfrage * 1000:.0f} ms · Verhältnis {verhaeltnis:.2f}")


if __name__ == "__main__":
    main()
