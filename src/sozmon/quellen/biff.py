"""What must be known of an old workbook (BIFF, ``.xls``): error cells, hidden rows and columns, encryption.

The value reader gives an error cell as empty text and knows nothing of hidden rows, so the records are walked once.
"""

from __future__ import annotations

import struct

from sozmon.dateien import AblehnungError, Rohdatei, unvollstaendig
from sozmon.quellen.gitter import FEHLERWERT
from sozmon.quellen.mappe import Befund

_SCHLUSS = 0xFFFFFFFE


def pruefe_xls(datei: Rohdatei) -> dict[str, Befund]:
    """Walk the records of an old workbook: error cells, hidden rows and columns, encryption; name → Befund."""
    daten = datei.pfad.read_bytes()
    try:
        return _Biff(datei.name, _arbeitsmappe(daten)).befunde()
    except (struct.error, LookupError, ValueError, OverflowError) as fehler:
        raise unvollstaendig(datei.name, datei.groesse) from fehler


def _arbeitsmappe(daten: bytes) -> bytes:
    """The stream 'Workbook' or 'Book' of an OLE2 container."""
    sektor = 1 << struct.unpack_from("<H", daten, 30)[0]
    if sektor not in (512, 4096):
        raise ValueError("Sektorgröße")

    def lies(nummer: int) -> bytes:
        return daten[(nummer + 1) * sektor : (nummer + 2) * sektor]

    fat_sektoren = [s for s in struct.unpack_from("<109I", daten, 76) if s < _SCHLUSS - 2]
    naechster, anzahl = struct.unpack_from("<2I", daten, 68)
    for _ in range(min(anzahl, 10_000)):
        difat = struct.unpack(f"<{sektor // 4}I", lies(naechster))
        fat_sektoren.extend(s for s in difat[:-1] if s < _SCHLUSS - 2)
        naechster = difat[-1]
    fat: list[int] = []
    for s in fat_sektoren:
        fat.extend(struct.unpack(f"<{sektor // 4}I", lies(s)))

    def kette(start: int) -> bytes:
        stuecke: list[bytes] = []
        while start < _SCHLUSS - 2:
            stuecke.append(lies(start))
            if len(stuecke) > len(fat):
                raise ValueError("Kreis in der Sektorkette")
            start = fat[start]
        return b"".join(stuecke)

    verzeichnis = kette(struct.unpack_from("<I", daten, 48)[0])
    eintraege = {}
    for i in range(0, len(verzeichnis) - 127, 128):
        laenge = struct.unpack_from("<H", verzeichnis, i + 64)[0]
        name = verzeichnis[i : i + max(0, min(laenge, 64) - 2)].decode("utf-16-le", "replace")
        start, groesse = struct.unpack_from("<2I", verzeichnis, i + 116)
        eintraege[name] = (start, groesse)
    start, groesse = eintraege.get("Workbook") or eintraege["Book"] if {"Workbook", "Book"} & set(eintraege) else (0, 0)
    if groesse < struct.unpack_from("<I", daten, 56)[0]:
        wurzel = eintraege["Root Entry"]
        return _mini(kette(wurzel[0]), kette(struct.unpack_from("<I", daten, 60)[0]), start, groesse)
    return kette(start)[:groesse]


def _mini(behaelter: bytes, minifat: bytes, start: int, groesse: int) -> bytes:
    """Streams under 4 kB lie in 64-byte sectors of their own chain."""
    stuecke: list[bytes] = []
    while start < _SCHLUSS - 2 and len(stuecke) * 64 < groesse:
        stuecke.append(behaelter[start * 64 : start * 64 + 64])
        start = struct.unpack_from("<I", minifat, start * 4)[0]
    return b"".join(stuecke)[:groesse]


_BOF, _EOF, _BOUNDSHEET, _FILEPASS = 0x0809, 0x000A, 0x0085, 0x002F
_ROW, _COLINFO, _BOOLERR, _FORMULA = 0x0208, 0x007D, 0x0205, 0x0006


class _Biff:
    """Records of a BIFF5/8 stream, sheet by sheet."""

    def __init__(self, datei: str, strom: bytes) -> None:
        self._datei, self._strom = datei, strom

    def befunde(self) -> dict[str, Befund]:
        namen: dict[int, str] = {}
        befunde: dict[str, Befund] = {}
        stelle, blatt, tiefe = 0, "", 0
        marken: dict[tuple[int, int], str] = {}
        zeilen: set[int] = set()
        spalten: set[int] = set()
        strom, lies = self._strom, struct.unpack_from
        while stelle + 4 <= len(strom):
            art, laenge = lies("<2H", strom, stelle)
            inhalt = stelle + 4
            if art == _BOF:
                tiefe += 1
                if tiefe == 1:
                    blatt, marken, zeilen, spalten = namen.get(stelle, ""), {}, set(), set()
            elif art == _EOF:
                tiefe -= 1
                if tiefe == 0 and blatt:
                    befunde[blatt] = Befund(marken, frozenset(zeilen), frozenset(spalten))
            elif art == _BOUNDSHEET:
                namen[lies("<I", strom, inhalt)[0]] = self._name(inhalt)
            elif art == _FILEPASS:
                raise AblehnungError(
                    "verschluesselt",
                    f"„{self._datei}“ ist mit einem Kennwort verschlüsselt.",
                    abhilfe="In Excel öffnen und ohne Kennwort speichern.",
                )
            elif art == _ROW and lies("<H", strom, inhalt + 12)[0] & 0x20:
                zeilen.add(lies("<H", strom, inhalt)[0])
            elif art == _COLINFO and strom[inhalt + 8] & 1:
                von, bis = lies("<2H", strom, inhalt)
                spalten.update(range(von, min(bis, 255) + 1))
            elif self._ist_fehlerwert(art, inhalt):
                marken[lies("<2H", strom, inhalt)] = FEHLERWERT
            stelle = inhalt + laenge
        return befunde

    def _ist_fehlerwert(self, art: int, inhalt: int) -> bool:
        """An error typed in, or the error that a formula came to."""
        strom = self._strom
        if art == _BOOLERR:
            return bool(strom[inhalt + 7])
        return art == _FORMULA and strom[inhalt + 6] == 2 and strom[inhalt + 12 : inhalt + 14] == b"\xff\xff"

    def _name(self, inhalt: int) -> str:
        laenge = self._strom[inhalt + 6]
        if self._strom[inhalt + 7] & 1:
            return self._strom[inhalt + 8 : inhalt + 8 + 2 * laenge].decode("utf-16-le", "replace")
        return self._strom[inhalt + 8 : inhalt + 8 + laenge].decode("latin-1")
