"""The only door outward: whatever is published derives from ``Freigabe.werte``.

Until the full audit exists a simple rule holds: counts below the threshold of their Quelle, counts whose
complement is below it, and every rate, bound or mark made from them are hidden, all with one sign.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from sozmon.errors import GeheimhaltungError
from sozmon.model import EBENEN, INDIKATORWERTE, Indikator, Indikatorwert, Status

if TYPE_CHECKING:
    from sozmon.katalog import Katalog

STEMPEL = "ENTWURF – Geheimhaltung nicht geprüft"
"""Printed on every product until the audit exists."""

REGEL = (
    "Einfache Regel: Anzahlen von 1 bis unter der Mindestfallzahl der Quelle, Anzahlen, deren Gegenstück unter ihr "
    "liegt, und alles daraus Berechnete werden nicht veröffentlicht."
)

_SCHLUESSEL = object()


@dataclass(frozen=True, slots=True)
class Freigabe:
    """Values cleared for publication. Only ``erteile_freigabe`` makes one; every product takes one."""

    werte: tuple[Indikatorwert, ...]
    regel: str
    geprueft: bool
    verborgen: int
    """How many values the rule hid (a count, never which)."""
    _nachweis: object = field(repr=False, compare=False, default=None)
    _index: dict[tuple[str, str, int, str], Indikatorwert] = field(repr=False, compare=False, default_factory=dict)
    _reihen: dict[tuple[str, str], list[Indikatorwert]] = field(repr=False, compare=False, default_factory=dict)
    _jahre: dict[tuple[str, str], set[int]] = field(repr=False, compare=False, default_factory=dict)

    def __post_init__(self) -> None:
        if self._nachweis is not _SCHLUESSEL:
            raise GeheimhaltungError("Eine Freigabe entsteht nur durch die Prüfung in sozmon.freigabe.")
        for w in self.werte:
            self._index[w.indikator, w.raum_id, w.jahr, w.auspraegung] = w
            if w.auspraegung:
                continue
            self._reihen.setdefault((w.indikator, w.raum_id), []).append(w)
            if w.ist_zahl:
                for raum_id in ("", w.raum_id):
                    self._jahre.setdefault((w.indikator, raum_id), set()).add(w.jahr)
        for reihe in self._reihen.values():
            reihe.sort(key=_nach_zeit)

    def wert(self, indikator: str, raum_id: str, jahr: int, auspraegung: str = "") -> Indikatorwert | None:
        """The value of one Indikator, Raum and year (of a part of it), or None when it was not computed."""
        return self._index.get((indikator, raum_id, jahr, auspraegung))

    def reihe(self, indikator: str, raum_id: str) -> tuple[Indikatorwert, ...]:
        """All times of one Indikator and Raum, ascending; no parts."""
        return tuple(self._reihen.get((indikator, raum_id), ()))

    def jahre(self, indikator: str, raum_id: str = "") -> tuple[int, ...]:
        """Years with a number, ascending (of one Raum, or of any)."""
        return tuple(sorted(self._jahre.get((indikator, raum_id), ())))


def _nach_zeit(wert: Indikatorwert) -> str:
    return wert.zeit


def erteile_freigabe(
    werte: Sequence[Indikatorwert], katalog: Katalog, schwellen: Mapping[str, int] | None = None
) -> Freigabe:
    """Hide what the rule forbids and return the rest as the one source of every product.

    schwellen: thresholds of the project per Quelle or ``allgemein``; the strictest wins.
    """
    grenzen = schwellen or {}
    offen = [mask_wert(w, katalog, grenzen) for w in werte]
    offen = _mask_einzelne(_mask_beziehungen(offen, katalog))
    verborgen = sum(w.status is Status.GEHEIM for w in offen)
    return _gib(offen, verborgen)


def mask_wert(wert: Indikatorwert, katalog: Katalog, schwellen: Mapping[str, int]) -> Indikatorwert:
    """Apply the rule to one value; masking twice equals masking once."""
    indikator = katalog.indikatoren.get(wert.indikator)
    if indikator is None or not _ebene_erlaubt(wert, indikator, katalog):
        return _verborgen(wert, Status.NICHT_FREIGEGEBEN)
    if not wert.ist_zahl:
        # bounds of a hidden value are for internal use only: they narrow down what is hidden
        return replace(wert, zaehler=None, nenner=None, wert=None, wert_min=None, wert_max=None, summanden=())
    if indikator.personen and _ist_klein(wert, indikator, schwelle(wert.quelle, katalog, schwellen)):
        return _verborgen(wert, Status.GEHEIM)
    return replace(wert, summanden=())


def schwelle(quellen: str, katalog: Katalog, schwellen: Mapping[str, int]) -> int:
    """The strictest Mindestfallzahl of the Quellen of a value and of the project."""
    namen = [q for q in quellen.split(",") if q]
    eigene = [katalog.quellen[q].mindestfallzahl for q in namen if q in katalog.quellen]
    projekt = [schwellen[q] for q in (*namen, "allgemein") if q in schwellen]
    return max([*eigene, *projekt], default=3)


def _ist_klein(wert: Indikatorwert, indikator: Indikator, grenze: int) -> bool:
    """True when any count behind the value is small: a summand, Zähler, Nenner, or the rest of the whole.

    A balance gives a small summand away as soon as the other one is printed, whatever the net number is.
    """
    if indikator.verfahren == "veraenderung" or len(indikator.zaehler) > 1:
        zahlen = [*wert.summanden, wert.nenner]
    elif not indikator.nenner:
        zahlen = [wert.wert]
    else:
        zahlen = [wert.zaehler, wert.nenner]
    if indikator.verfahren == "anteil" and wert.zaehler is not None and wert.nenner is not None:
        zahlen.append(wert.nenner - wert.zaehler)
    return any(z is not None and 0 < abs(z) < grenze for z in zahlen)


def _ebene_erlaubt(wert: Indikatorwert, indikator: Indikator, katalog: Katalog) -> bool:
    quellen = (katalog.quellen.get(kennung) for kennung in wert.quelle.split(","))
    erlaubt = all(darf_hinaus(q.veroeffentlichung, wert.ebene) for q in quellen if q is not None)
    return erlaubt and _hoehe(wert.ebene) >= _hoehe(indikator.ebene_min)


def darf_hinaus(veroeffentlichung: str, ebene: str) -> bool:
    """May a Quelle's value of this Ebene be published? ``ja``, ``nein`` or ``ab_ebene:<ebene>``."""
    if veroeffentlichung == "nein":
        return False
    unterste = veroeffentlichung.removeprefix("ab_ebene:")
    return unterste == veroeffentlichung or _hoehe(ebene) >= _hoehe(unterste)


def _hoehe(ebene: str) -> float:
    """Height of an Ebene; a Raumgliederung lies between Gemeinde and Kreis."""
    return EBENEN.index(ebene) if ebene in EBENEN else 0.5


def _mask_beziehungen(werte: list[Indikatorwert], katalog: Katalog) -> list[Indikatorwert]:
    """Hide declared complements of what is hidden: the one would give the other away."""
    geheim = {(w.indikator, w.raum_id, w.zeit) for w in werte if w.status is Status.GEHEIM}
    partner: dict[str, set[str]] = {}
    for indikator in katalog.indikatoren.values():
        for beziehung in indikator.beziehungen:
            if beziehung.art == "komplement":
                for anderer in beziehung.mit:
                    partner.setdefault(anderer, set()).add(indikator.kennung)
                    partner.setdefault(indikator.kennung, set()).add(anderer)
    betroffen = {(p, raum, zeit) for (i, raum, zeit) in geheim for p in partner.get(i, ())}
    return [
        _verborgen(w, Status.GEHEIM) if (w.indikator, w.raum_id, w.zeit) in betroffen and w.ist_zahl else w
        for w in werte
    ]


def _mask_einzelne(werte: list[Indikatorwert]) -> list[Indikatorwert]:
    """Among the parts of a whole (a breakdown) never hide a single one: the whole minus the others would tell it.

    The smallest part beside it is hidden too; equal ones by the order of their Ausprägung.
    """
    gruppen: dict[tuple[str, str, str], list[int]] = {}
    for nr, w in enumerate(werte):
        if w.auspraegung:
            gruppen.setdefault((w.indikator, w.raum_id, w.zeit), []).append(nr)
    for stellen in gruppen.values():
        geheim = [nr for nr in stellen if werte[nr].status in (Status.GEHEIM, Status.GEHEIM_QUELLE)]
        andere = [nr for nr in stellen if werte[nr].ist_zahl and werte[nr].wert]
        if len(geheim) == 1 and andere:
            nr = min(andere, key=lambda nr: (werte[nr].zaehler or werte[nr].wert or 0.0, werte[nr].auspraegung))
            werte[nr] = _verborgen(werte[nr], Status.GEHEIM)
    return werte


def _gib(werte: Iterable[Indikatorwert], verborgen: int) -> Freigabe:
    return Freigabe(tuple(werte), REGEL, False, verborgen, _SCHLUESSEL)


def pack_freigabe(freigabe: Freigabe) -> bytes:
    """A Freigabe to be kept privately and unpacked later by this very module (UTF-8 JSON: a row a value)."""
    zeilen = [[getattr(w, feld) for feld in INDIKATORWERTE] for w in freigabe.werte]
    return json.dumps([freigabe.verborgen, INDIKATORWERTE, zeilen], ensure_ascii=False).encode()


def unpack_freigabe(inhalt: bytes) -> Freigabe | None:
    """What ``pack_freigabe`` packed; None when it has other columns (another version of the contract)."""
    verborgen, spalten, zeilen = json.loads(inhalt)
    if tuple(spalten) != INDIKATORWERTE:
        return None
    status, stelle = {s.value: s for s in Status}, INDIKATORWERTE.index("status")
    for zeile in zeilen:
        zeile[stelle] = status[zeile[stelle]]
    return _gib((Indikatorwert(*zeile) for zeile in zeilen), verborgen)


def _verborgen(wert: Indikatorwert, status: Status) -> Indikatorwert:
    """The cell without any number, and without remarks that could tell one."""
    return replace(
        wert,
        zaehler=None,
        nenner=None,
        wert=None,
        wert_min=None,
        wert_max=None,
        status=status,
        kennzeichen="",
        umrechnung="",
        anmerkung="",
        summanden=(),
    )
