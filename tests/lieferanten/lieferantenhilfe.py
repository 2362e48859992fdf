"""Invented places and invented figures of the suppliers' files, and what each figure means (independent of sozmon)."""

from __future__ import annotations

import random
from dataclasses import dataclass, field

KREIS = "99001"
GEMEINDEN = {
    "99001010": "Aubach",
    "99001020": "Bergdorf",
    "99001030": "Celltal",
    "99001040": "Dornau",
    "99001050": "Eibenstein",
}
OHNE = f"{KREIS}_ohne_zuordnung"


@dataclass(frozen=True)
class Fakt:
    """What a cell of the file means."""

    raum_id: str
    zeit: str
    merkmal: str
    auspraegung: str
    wert: float | None
    status: str = "wert"
    kennzeichen: str = ""

    @property
    def schluessel(self) -> tuple[str, str, str, str]:
        return self.raum_id, self.zeit, self.merkmal, self.auspraegung

    @property
    def inhalt(self) -> tuple[float | None, str, str]:
        return self.wert, self.status, self.kennzeichen


ZEICHEN: dict[str, tuple[float | None, str]] = {
    "*": (None, "geheim_quelle"),
    "-": (0.0, "null_genau"),
    "x": (None, "nicht_sinnvoll"),
    ".": (None, "nicht_geliefert"),
    "...": (None, "folgt"),
}


@dataclass
class Buch:
    """Writes down every figure that goes into a file; every third small one is a sign of the office."""

    same: int
    zeichen: dict[str, tuple[float | None, str]] = field(default_factory=lambda: dict(ZEICHEN))
    fakten: list[Fakt] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.zufall = random.Random(self.same)
        self._folge = 0

    def zelle(self, raum_id: str, zeit: str, merkmal: str, auspraegung: str = "", *, gross: bool = False) -> int | str:
        """The next figure or sign, as it stands in the cell."""
        self._folge += 1
        if self.zeichen and not gross and self._folge % 3 == 0:
            zeichen = list(self.zeichen)[self._folge // 3 % len(self.zeichen)]
            wert, status = self.zeichen[zeichen]
            self.merke(raum_id, zeit, merkmal, auspraegung, wert, status)
            return zeichen
        zahl = self.zufall.randint(1001, 99_999) if gross else self.zufall.randint(3, 999)
        self.merke(raum_id, zeit, merkmal, auspraegung, float(zahl))
        return zahl

    def merke(
        self,
        raum_id: str,
        zeit: str,
        merkmal: str,
        auspraegung: str,
        wert: float | None,
        status: str = "wert",
        kennzeichen: str = "",
    ) -> None:
        """Write down what a cell means that the caller fills himself."""
        self.fakten.append(Fakt(raum_id, zeit, merkmal, auspraegung, wert, status, kennzeichen))


def deutsch(zahl: int | str) -> str:
    """1234 → '1.234', as offices print it."""
    return f"{zahl:,}".replace(",", ".") if isinstance(zahl, int) else zahl
