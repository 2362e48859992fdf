"""What the publishing pipeline takes: tables, charts, a document and its style as plain frozen values.

Nothing in here knows a format. Texts are plain text (never markup) except ``Dokument.markdown``.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal

from sozmon.errors import KonfigError

Zeilenart = Literal["wert", "gruppe", "summe"]

FUSSNOTENZEICHEN = "¹²³⁴⁵⁶⁷⁸⁹⁰"
"""A cell may end in these; ``Tabelle.fussnoten`` explains them in order (first = '¹')."""


@dataclass(frozen=True, slots=True)
class Zelle:
    """A cell with its footnote mark apart; ``str()`` gives the text that ``Zeile`` holds."""

    text: str
    fussnote: str = ""

    def __str__(self) -> str:
        return self.text + self.fussnote


@dataclass(frozen=True, slots=True)
class Zeile:
    """A row. 'gruppe' is a heading inside the table (only its first cell is printed), 'summe' a total."""

    zellen: tuple[str, ...]
    art: Zeilenart = "wert"


@dataclass(frozen=True, slots=True)
class Tabelle:
    """A table: the first column names the row, every other column holds values.

    ``quelle`` is the text after "Quelle: ". ``fussnoten`` are printed below the table as they are, each beginning
    with its mark ('¹ Ohne …'). ``ausrichtung`` has one letter a column (l, r, c); the last one is repeated.
    ``quer`` asks for a landscape page (given where it is needed; a table too wide for a page gets one anyway).
    ``breiten``: relative widths; () = made from the contents.
    """

    id: str
    titel: str
    kopf: tuple[str, ...]
    zeilen: tuple[Zeile, ...]
    quelle: str
    fussnoten: tuple[str, ...] = ()
    ausrichtung: str = "lr"
    quer: bool = False
    breiten: tuple[float, ...] = ()

    def __post_init__(self) -> None:
        spalten = len(self.kopf)
        for zeile in self.zeilen:
            if len(zeile.zellen) != spalten and not (zeile.art == "gruppe" and zeile.zellen):
                raise ValueError(f"{self.id}: {len(zeile.zellen)} Zellen unter {spalten} Köpfen: {zeile.zellen[:1]}")

    def richtung(self, spalte: int) -> str:
        """l, r or c of a column (0 = first)."""
        return self.ausrichtung[min(spalte, len(self.ausrichtung) - 1)]


@dataclass(frozen=True, slots=True)
class Grafik:
    """A chart or a picture. ``svg`` for HTML, PDF, ODT (of people's pictures: SVG, PNG or JPEG), ``png`` (200 dpi; or a
    JPEG) for DOCX; ``alt`` says what is to be seen.

    ``daten`` (first row = head) are the drawn values: HTML offers them as a table below the chart.
    """

    id: str
    titel: str
    alt: str
    svg: bytes
    png: bytes
    quelle: str
    breite_cm: float = 16.0
    daten: tuple[tuple[str, ...], ...] = ()
    fussnoten: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Stil:
    """House style. Colours are '#rrggbb', lengths cm, sizes pt. ``logo`` is SVG or PNG with its alt text."""

    schrift: str = "Source Sans Pro"
    schriftordner: str = ""
    """Folder of a family of the project's own; '' = the shipped one."""
    farbe: str = "#1f4e79"
    farbe_hell: str = "#e9eff5"
    text: str = "#1a1a1a"
    grau: str = "#595959"
    groesse_pt: float = 10.5
    tabelle_pt: float = 9.0
    rand_cm: float = 2.5
    logo: bytes = b""
    logo_alt: str = ""

    def __post_init__(self) -> None:
        for farbe in (self.farbe, self.farbe_hell, self.text, self.grau):
            if not re.fullmatch(r"#[0-9a-fA-F]{6}", farbe):
                raise KonfigError(f"„{farbe}“ ist keine Farbe.", abhilfe='Farben stehen als "#1f4e79".')
        if not re.fullmatch(r"[A-Za-z][A-Za-z0-9 -]*", self.schrift):
            raise KonfigError(f"„{self.schrift}“ ist kein Name einer Schrift.")


@dataclass(frozen=True, slots=True)
class Dokument:
    """Everything a product is made from; the same Dokument gives the same bytes.

    ``stand`` is the printed date line ('Datenstand 31.12.2024'); ``zeitstempel`` seconds since 1970 (UTC) for the
    files' own dates. ``objekte``: id → what ``::: {.platz #id}`` places. ``verzeichnisse``: print lists of tables
    and figures. ``stempel`` '' = none.
    """

    titel: str
    untertitel: str
    herausgeber: str
    stand: str
    markdown: str
    objekte: Mapping[str, Tabelle | Grafik] = field(default_factory=dict)
    stempel: str = ""
    stil: Stil = Stil()
    zeitstempel: int = 0
    datum: str = ""
    kurztitel: str = ""
    verzeichnisse: bool = True

    @property
    def logo_alt(self) -> str:
        """What the logo shows, for those who do not see it."""
        return self.stil.logo_alt or f"Logo: {self.herausgeber}"


_ID = re.compile(r"[A-Za-z][A-Za-z0-9_-]*\Z")


def ist_id(text: str) -> bool:
    """True when ``text`` may be an id (letters, digits, '-', '_'; begins with a letter)."""
    return bool(_ID.match(text))
