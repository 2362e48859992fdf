"""A Word document."""

import zipfile
from pathlib import Path


def erzeuge(ziel: Path) -> None:
    with zipfile.ZipFile(ziel, "w", zipfile.ZIP_DEFLATED) as archiv:
        archiv.writestr("[Content_Types].xml", "")
        archiv.writestr("word/document.xml", "")
