"""``sozmon import`` of a large flat file against pyarrow reading the CSV and writing one Parquet file.

``python benchmarks/import_gross.py [ROWS]``: 1 million rows by default. Both are whole processes. The file is
invented: 5 000 Gemeinden, breakdowns by sex and age, one year after the other, in the new style of the
Regionaldatenbank, about 200 bytes a row. Printed: ratio of the times, rows a second, and the largest memory that the
import and its reading child held together (aim: at most 1 GB, whatever the number of rows).
"""

from __future__ import annotations

import contextlib
import os
import random
import subprocess
import sys
import tempfile
import threading
import time
from pathlib import Path

GEMEINDEN = 5_000
GESCHLECHT = (("", "Insgesamt"), ("GESM", "männlich"), ("GESW", "weiblich"))
JAHRE = 30
GRENZE_MB = 1024
ROH = """
from pyarrow import csv, parquet
lesen = csv.open_csv({0!r}, csv.ReadOptions(block_size=12 << 20), csv.ParseOptions(delimiter=";"))
with parquet.ParquetWriter({1!r}, lesen.schema) as ziel:
    for satz in lesen:
        ziel.write_batch(satz)
"""
"""The peer: block by block too, so that its memory is bounded like ours."""
KOPF = (
    "statistics_code;statistics_label;time_code;time_label;time;1_variable_code;1_variable_label;"
    "1_variable_attribute_code;1_variable_attribute_label;2_variable_code;2_variable_label;"
    "2_variable_attribute_code;2_variable_attribute_label;3_variable_code;3_variable_label;"
    "3_variable_attribute_code;3_variable_attribute_label;value;value_unit;value_variable_code;value_variable_label\n"
)


def write_tabelle(ziel: Path, zeilen: int) -> None:
    """An invented flat file of so many rows; the rows of a year in random order, a tenth of the cells '-'."""
    zufall = random.Random(1)
    orte = [f"{1 + i // 900:02}{i % 900 // 30:03}{i % 30:03};Gemeinde Nummer {i}" for i in range(GEMEINDEN)]
    alter = max(1, zeilen // (JAHRE * GEMEINDEN * len(GESCHLECHT)))
    hinten = [
        f";GES;Geschlecht;{g};{gl};ALT;Altersgruppen;ALT{a:03};{a} Jahre;" for g, gl in GESCHLECHT for a in range(alter)
    ]
    zellen = [o + h for o in orte for h in hinten]
    with ziel.open("w", encoding="utf-8") as datei:
        datei.write("\ufeff" + KOPF)
        jahr, offen = 2024, zeilen
        while offen > 0:
            zufall.shuffle(zellen)
            vorn = f"12411;Fortschreibung des Bevölkerungsstandes;STAG;Stichtag;{jahr}-12-31;GEMEIN;Gemeinden;"
            werte = [("-" if x < 0.1 else str(int(x * 9000))) for x in (zufall.random() for _ in zellen[:offen])]
            datei.writelines(
                f"{vorn}{z}{w};Anzahl;BEVSTD;Bevölkerungsstand\n" for z, w in zip(zellen[:offen], werte, strict=True)
            )
            jahr, offen = jahr - 1, offen - len(zellen)


def prozesse(nummer: int) -> list[int]:
    """A process and its children."""
    alle = [nummer]
    for nr in alle:
        for pfad in Path(f"/proc/{nr}/task").glob("*/children"):
            alle += [int(n) for n in pfad.read_text().split()]
    return alle


def speicher(nummer: int) -> int:
    """Memory of one process in kB, without the pages of files that are only mapped."""
    text = Path(f"/proc/{nummer}/status").read_text()
    return sum(int(z.split()[1]) for z in text.splitlines() if z.startswith(("RssAnon:", "RssShmem:")))


def messe(*befehl: str) -> tuple[float, float]:
    """(seconds, largest memory in MB) of one whole process with its children; memory 0 where /proc is missing."""
    beginn = time.perf_counter()
    prozess = subprocess.Popen(befehl, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    hoechst = [0]

    def schaue() -> None:
        while prozess.poll() is None:
            with contextlib.suppress(OSError):  # a process ended meanwhile
                hoechst[0] = max(hoechst[0], sum(speicher(n) for n in prozesse(prozess.pid)))
            time.sleep(0.02)

    waechter = threading.Thread(target=schaue)
    waechter.start()
    kode = prozess.wait()
    waechter.join()
    if kode:
        raise SystemExit(f"{befehl[:4]} endet mit {kode}")
    return time.perf_counter() - beginn, hoechst[0] / 1024


def main() -> int:
    """Print the figures; 1 when the memory misses the aim."""
    zeilen = int(sys.argv[1]) if len(sys.argv) > 1 else 1_000_000
    with tempfile.TemporaryDirectory() as ordner:
        datei, parquet = Path(ordner) / "12411-01-01-5_1773175153999_de_flat.csv", Path(ordner) / "t.parquet"
        write_tabelle(datei, zeilen)
        projekt = str(Path(ordner) / "projekt")
        messe(sys.executable, "-m", "sozmon", "neu", projekt, "--kreis", "14522")
        unser, hoechst = messe(sys.executable, "-m", "sozmon", "--projekt", projekt, "import", str(datei))
        roh = ROH.format(str(datei), str(parquet))
        peer, peer_hoechst = messe(sys.executable, "-c", roh)
        groesse = datei.stat().st_size / 1e6
        bestand = sum(p.stat().st_size for p in Path(projekt).rglob("*.parquet")) / 1e6
    print(f"sozmon import ({zeilen:,} Zeilen, {groesse:.0f} MB ffcsv) {unser / peer:.1f} × pyarrow CSV → Parquet")
    print(f"  {unser:.1f} s zu {peer:.1f} s, {zeilen / unser:,.0f} Zeilen/s, Bestand {bestand:.0f} MB")
    print(f"  Speicher höchstens {hoechst:.0f} MB (pyarrow {peer_hoechst:.0f} MB; Ziel {GRENZE_MB})")
    return int(hoechst > GRENZE_MB)


if __name__ == "__main__":
    os.environ.setdefault("PYTHONDONTWRITEBYTECODE", "1")
    sys.exit(main())
