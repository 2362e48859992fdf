"""An encrypted workbook is an OLE container with a stream of this name."""

from pathlib import Path


def erzeuge(ziel: Path) -> None:
    ziel.write_bytes(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(504) + "EncryptedPackage".encode("utf-16-le"))
