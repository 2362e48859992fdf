"""Pictures for formats that take only one kind: the publisher's logo, photos and drawings of people."""

from __future__ import annotations

import re
import struct

HOEHE_CM = 1.8
_PNG = b"\x89PNG\r\n\x1a\n"


def ist_png(bild: bytes) -> bool:
    """True for a PNG file, by its first bytes."""
    return bild.startswith(_PNG)


def bildart(bild: bytes) -> str:
    """'png', 'jpeg' or 'svg', by its first bytes."""
    return "png" if ist_png(bild) else "jpeg" if bild.startswith(b"\xff\xd8") else "svg"


def als_png(bild: bytes, hoehe_cm: float = HOEHE_CM) -> bytes:
    """The picture as PNG (an SVG at 300 dpi; without scripts, without access to any file)."""
    if ist_png(bild):
        return bild
    import typst

    seite = (
        f"#set page(width: auto, height: {hoehe_cm}cm, margin: 0pt, fill: none)\n"
        f'#image(bytes(sys.inputs.bild), format: "svg", height: {hoehe_cm}cm)'
    )
    daten = typst.compile(seite.encode(), format="png", ppi=300, sys_inputs={"bild": bild.decode("utf-8")})
    assert isinstance(daten, bytes)
    return daten


def seitenverhaeltnis(bild: bytes) -> float:
    """Height / width from the PNG header, or the viewBox (or width and height) of an SVG."""
    if ist_png(bild):
        breite, hoehe = struct.unpack(">II", bild[16:24])
        return float(hoehe / breite)
    if bildart(bild) == "jpeg":
        breite, hoehe = _jpegmasse(bild)
        return hoehe / breite
    kopf = bild[:4000].decode("utf-8", "replace")
    if treffer := re.search(r'viewBox="[\d.eE+-]+[ ,]+[\d.eE+-]+[ ,]+([\d.]+)[ ,]+([\d.]+)"', kopf):
        return float(treffer[2]) / float(treffer[1])
    masse = re.search(r'\bwidth="([\d.]+)', kopf), re.search(r'\bheight="([\d.]+)', kopf)
    return float(masse[1][1]) / float(masse[0][1]) if masse[0] and masse[1] else 0.6


def _jpegmasse(bild: bytes) -> tuple[int, int]:
    """(width, height) from the frame header of a JPEG (ITU-T T.81, B.2.2)."""
    stelle = 2
    while stelle + 9 < len(bild):
        marke, laenge = bild[stelle + 1], struct.unpack(">H", bild[stelle + 2 : stelle + 4])[0]
        if 0xC0 <= marke <= 0xCF and marke not in (0xC4, 0xC8, 0xCC):
            hoehe, breite = struct.unpack(">HH", bild[stelle + 5 : stelle + 9])
            return breite, hoehe
        stelle += 2 + laenge
    return 1, 1
