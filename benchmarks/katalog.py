"""Loading and checking every definition against only parsing the same TOML files: ratio of medians (aim: at most 3)."""

from __future__ import annotations

import statistics
import time
import tomllib
from collections.abc import Callable

from sozmon import katalog
from sozmon.projekt import mitgeliefert

LAEUFE = 15
GRENZE = 3.0


def dauer(tue: Callable[[], object]) -> float:
    """Median seconds of several runs in this process."""
    zeiten = []
    for _ in range(LAEUFE):
        beginn = time.perf_counter()
        tue()
        zeiten.append(time.perf_counter() - beginn)
    return statistics.median(zeiten)


def lade() -> None:
    """The whole catalogue, nothing remembered from the run before."""
    katalog._mitgelieferter.cache_clear()
    katalog.load_katalog(None)


def main() -> int:
    """Print the ratio; 1 when it misses the aim."""
    dateien = sorted(mitgeliefert("indikatoren").rglob("*.toml"))
    roh = dauer(lambda: [tomllib.loads(p.read_text("utf-8")) for p in dateien])
    ganz = dauer(lade)
    print(f"{len(dateien)} Dateien: Katalog laden {ganz * 1000:.0f} ms, nur TOML lesen {roh * 1000:.0f} ms")
    print(f"Verhältnis {ganz / roh:.2f} (Ziel höchstens {GRENZE})")
    return int(ganz / roh > GRENZE)


if __name__ == "__main__":
    raise SystemExit(main())
