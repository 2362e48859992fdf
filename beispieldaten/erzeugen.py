"""Make the example's deliveries again: ``python beispieldaten/erzeugen.py [--pruefen]``.

Everything follows from one seed; two runs write the same bytes. ``--pruefen`` writes nothing and tells
which committed file differs from what the generator makes.
"""

from __future__ import annotations

import io
import sys
import zipfile
from pathlib import Path

HIER = Path(__file__).resolve().parent
sys.path.insert(0, str(HIER))

from generator import alle_dateien  # noqa: E402


def gleich(alt: bytes, neu: bytes) -> bool:
    """Same bytes, or (another zlib or xlsxwriter packs differently) the same files or cells inside a ZIP."""
    if alt == neu or not neu.startswith(b"PK"):
        return alt == neu
    with zipfile.ZipFile(io.BytesIO(alt)) as a, zipfile.ZipFile(io.BytesIO(neu)) as b:
        namen = [n for n in b.namelist() if n.endswith((".csv", "sharedStrings.xml")) or n.startswith("xl/worksheets/")]
        return bool(namen) and all(n in a.namelist() and a.read(n) == b.read(n) for n in namen)


def main() -> int:
    """Write (or check) every generated file; 1 when ``--pruefen`` finds a difference."""
    pruefen = "--pruefen" in sys.argv[1:]
    verschieden = []
    for pfad, inhalt in alle_dateien(HIER).items():
        if pruefen:
            if not pfad.exists() or not gleich(pfad.read_bytes(), inhalt):
                verschieden.append(pfad)
            continue
        pfad.parent.mkdir(parents=True, exist_ok=True)
        pfad.write_bytes(inhalt)
    for pfad in verschieden:
        sys.stderr.write(f"verschieden: {pfad.relative_to(HIER.parent)}\n")
    return 1 if verschieden else 0


if __name__ == "__main__":
    sys.exit(main())
