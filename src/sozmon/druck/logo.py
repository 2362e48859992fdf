"""The publisher's logo (SVG or PNG) for formats that take only one of them."""

from __future__ import annotations

import re
import struct

HOEHE_CM = 1.8
_PNG = b"\x89PNG\r\n\x1a\n"


def ist_png(bild: bytes) -> bool:
    """True for a PNG file, by its first bytes."""
    return bild.startswith(_PNG)


def als_png(bild: bytes) -> bytes:
    """The picture as PNG (an SVG at 300 dpi; without scripts, without access to any file)."""
    if ist_png(bild):
        return bild
    import typst

    seite = (
        f"#set page(width: auto, height: {HOEHE_CM}cm, margin: 0pt, fill: none)\n"
        f'#image(bytes(sys.inputs.bild), format: "svg", height: {HOEHE_CM}cm)'
    )
    daten = typst.compile(seite.encode(), format="png", ppi=300, sys_inputs={"bild": bild.decode("utf-8")})
    assert isinstance(daten, bytes)
    return daten


def seitenverhaeltnis(bild: bytes) -> float:
    """Height / width from the PNG header, or the viewBox (or width and height) of an SVG."""
    if ist_png(bild):
        breite, hoehe = struct.unpack(">II", bild[16:24])
        return float(hoehe / breite)
    kopf = bild[:4000].decode("utf-8", "replace")
    if treffer := re.search(r'viewBox="[\d.eE+-]+[ ,]+[\d.eE+-]+[ ,]+([\d.]+)[ ,]+([\d.]+)"', kopf):
        return float(treffer[2]) / float(treffer[1])
    masse = re.search(r'\bwidth="([\d.]+)', kopf), re.search(r'\bheight="([\d.]+)', kopf)
    return float(masse[1][1]) / float(masse[0][1]) if masse[0] and masse[1] else 0.6
