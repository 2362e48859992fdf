"""An archive with two tables."""

import zipfile
from pathlib import Path


def erzeuge(ziel: Path) -> None:
    with zipfile.ZipFile(ziel, "w", zipfile.ZIP_DEFLATED) as archiv:
        archiv.writestr("a.csv", "a;b")
        archiv.writestr("b.csv", "a;b")
