"""ZIP-based office files with fixed dates and order: the same parts give the same bytes."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Mapping

_DATUM = (1980, 1, 1, 0, 0, 0)


def read_teile(datei: bytes) -> dict[str, bytes]:
    """Part name → contents, in the order of the file."""
    with zipfile.ZipFile(io.BytesIO(datei)) as archiv:
        return {eintrag.filename: archiv.read(eintrag) for eintrag in archiv.infolist() if not eintrag.is_dir()}


def render_zip(teile: Mapping[str, bytes], *, zuerst: str) -> bytes:
    """A ZIP with ``zuerst`` as its first entry (uncompressed if it is an ODF mimetype), the rest sorted."""
    ziel = io.BytesIO()
    namen = [zuerst, *sorted(n for n in teile if n != zuerst)]
    with zipfile.ZipFile(ziel, "w", zipfile.ZIP_DEFLATED) as archiv:
        for name in namen:
            eintrag = zipfile.ZipInfo(name, _DATUM)
            eintrag.create_system = 3
            eintrag.external_attr = 0o644 << 16
            fertig = name == "mimetype" or name.endswith(".png")
            eintrag.compress_type = zipfile.ZIP_STORED if fertig else zipfile.ZIP_DEFLATED
            archiv.writestr(eintrag, teile[name])
    return ziel.getvalue()
