"""An archive with an entry that has no name at all."""

import zipfile
from pathlib import Path


def erzeuge(ziel: Path) -> None:
    with zipfile.ZipFile(ziel, "w", zipfile.ZIP_DEFLATED) as archiv:
        archiv.writestr(zipfile.ZipInfo(""), "a;b")
