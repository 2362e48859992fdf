"""``sozmon import`` of a Gemeinde flat file against ``pandas.read_csv`` of it: ratio of paired runs (aim: at most 3).

Both are whole processes, started in turn. The file is invented: 13 566 Gemeinden, two measures, about 4 MB, in the
new style of the Regionaldatenbank. The import ends in a committed, kept and hashed Lieferung.
"""

from __future__ import annotations

import random
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

LAEUFE = 7
GEMEINDEN = 13_566
KOPF = (
    "statistics_code;statistics_label;time_code;time_label;time;1_variable_code;1_variable_label;"
    "1_variable_attribute_code;1_variable_attribute_label;value;value_unit;value_variable_code;value_variable_label\n"
)
MASSE = (
    ("AI0112", "Veränderung der Siedlungs- und Verkehrsfläche"),
    ("AI0111", "Anteil Siedlungs- und Verkehrsfläche an Gesamtfläche"),
)


def write_tabelle(ziel: Path) -> None:
    """An invented flat file as the portal would send it: unsorted, decimal commas, a fifth of the cells '-'."""
    zufall = random.Random(1)
    zeilen = [
        "99910;Regionalatlas Deutschland;JAHR;Jahr;2023;GEMEIN;Gemeinden;"
        f"{1 + i // 900:02}{i % 900 // 30:03}{i % 30:03};"
        f"Gemeinde Nummer {i};{'-' if zufall.random() < 0.2 else f'{zufall.uniform(0, 60):.1f}'.replace('.', ',')};"
        f"Prozent;{code};{label}\n"
        for i in range(GEMEINDEN)
        for code, label in MASSE
    ]
    zufall.shuffle(zeilen)
    ziel.write_text("\ufeff" + KOPF + "".join(zeilen), encoding="utf-8")


def dauer(*befehl: str) -> float:
    """Seconds of one whole process."""
    beginn = time.perf_counter()
    subprocess.run(befehl, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, check=True)
    return time.perf_counter() - beginn


def main() -> int:
    """Print the ratio; 1 when it misses the aim."""
    with tempfile.TemporaryDirectory() as ordner:
        datei = Path(ordner) / "AI-N-01-2-5_1773175153999_de_flat.csv"
        write_tabelle(datei)
        pandas = f"import pandas; pandas.read_csv({str(datei)!r}, sep=';')"
        paare = []
        for lauf in range(LAEUFE + 1):
            projekt = Path(ordner) / f"projekt{lauf}"
            dauer(sys.executable, "-m", "sozmon", "neu", str(projekt), "--kreis", "14522")
            unser = dauer(sys.executable, "-m", "sozmon", "--projekt", str(projekt), "import", str(datei))
            paare.append((unser, dauer(sys.executable, "-c", pandas)))
        paare = paare[1:]
        verhaeltnis = statistics.median(a / b for a, b in paare)
        zeiten = [statistics.median(spalte) * 1000 for spalte in zip(*paare, strict=True)]
        groesse = datei.stat().st_size / 1e6
        text = f"sozmon import ({groesse:.1f} MB ffcsv) {verhaeltnis:.2f} × pandas.read_csv"
        print(f"{text} ({zeiten[0]:.0f} ms zu {zeiten[1]:.0f} ms)")
    return int(verhaeltnis > 3)


if __name__ == "__main__":
    sys.exit(main())
