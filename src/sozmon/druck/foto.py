"""Pictures of people for the report: checked, turned upright, without hidden data, no larger than a page needs."""

from __future__ import annotations

import io

from sozmon.druck.logo import als_png, bildart
from sozmon.errors import KonfigError

HOECHSTENS_MB, HOECHSTENS_PIXEL = 20, 60_000_000
BREIT_PX = 1600
"""16 cm at 250 dpi: more is not seen in print."""


def prepare_foto(inhalt: bytes, name: str) -> tuple[bytes, bytes]:
    """(picture for HTML, PDF, ODT; picture for Word): SVG and PNG, or PNG or JPEG twice. KonfigError (78)."""
    if len(inhalt) > HOECHSTENS_MB * 1_000_000:
        raise KonfigError(f"Das Bild „{name}“ ist zu groß.", grund=f"Grenze: {HOECHSTENS_MB} MB.")
    if inhalt.lstrip()[:5] in (b"<?xml", b"<svg ") or b"<svg" in inhalt[:500]:
        return inhalt, _svg_als_png(inhalt, name)
    foto = _rastere(inhalt, name)
    return foto, foto


def _svg_als_png(inhalt: bytes, name: str) -> bytes:
    try:
        return als_png(inhalt, hoehe_cm=10.0)
    except Exception as fehler:
        raise KonfigError(f"Das Bild „{name}“ ist keine lesbare SVG-Datei.", abhilfe="Als PNG speichern.") from fehler


def _rastere(inhalt: bytes, name: str) -> bytes:
    from PIL import Image, ImageOps

    try:
        with Image.open(io.BytesIO(inhalt)) as bild:
            if bild.format not in ("PNG", "JPEG") or bild.width * bild.height > HOECHSTENS_PIXEL:
                raise ValueError(bild.format)
            gerade = ImageOps.exif_transpose(bild)
            gerade.load()
    except Exception as fehler:
        raise KonfigError(
            f"Das Bild „{name}“ lässt sich nicht lesen.",
            grund="Erlaubt sind PNG, JPEG und SVG bis 60 Megapixel.",
            abhilfe="In einem Bildprogramm als JPEG oder PNG speichern.",
        ) from fehler
    if gerade.width > BREIT_PX:
        gerade = gerade.resize((BREIT_PX, round(gerade.height * BREIT_PX / gerade.width)), Image.Resampling.LANCZOS)
    ziel = io.BytesIO()
    if bildart(inhalt) == "jpeg":
        gerade.convert("RGB").save(ziel, "JPEG", quality=85, optimize=True)
    else:
        gerade.convert("RGBA" if "A" in gerade.getbands() or "transparency" in gerade.info else "RGB").save(ziel, "PNG")
    return ziel.getvalue()
