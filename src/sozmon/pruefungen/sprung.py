"""Values against what the same Quelle delivered before: earlier times, and the same time in an earlier Lieferung.

Looked at are the Gemeinden of the own Kreis; where a table has none, the Kreise of the Land; else the Kreis alone.
Nothing is compared across a declared Bruch, and no Raum whose borders changed in between.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np

from sozmon.katalog import zerlege
from sozmon.model import Stufe
from sozmon.pruefungen import statistik
from sozmon.pruefungen.befund import Befund, aufzaehlung, zeitname
from sozmon.pruefungen.satz import kopf, name_der_auspraegung
from sozmon.pruefungen.tafel import GEMEINDELAENGE, Feld, Maske, Tafel, Umfeld

HOECHSTENS_JAHRE = 2
"""A single Gemeinde is compared with a value at most so many years old."""
_BEI = {"Gemeinden": "Gemeinden", "Kreise": "Kreisen"}
_FAKTORWORT = {
    10.0: "das Zehnfache",
    100.0: "das Hundertfache",
    1000.0: "das Tausendfache",
    0.1: "ein Zehntel",
    0.01: "ein Hundertstel",
    0.001: "ein Tausendstel",
}


@dataclass(frozen=True, slots=True)
class Paar:
    """A Tafel and the one it is compared with, cut to the same Ausprägungen and Räume (arrays of both)."""

    neu: Tafel
    alt: Tafel
    auspraegungen: tuple[str, ...]
    orte: tuple[str, ...]
    x: Feld
    y: Feld

    @property
    def wer(self) -> str:
        """'Gemeinden', 'Kreise'."""
        return "Gemeinden" if len(self.orte[0]) == GEMEINDELAENGE else "Kreise"

    @property
    def vorher(self) -> str:
        """'am 31.12.2022', 'in der früheren Lieferung'."""
        if self.neu.zeit == self.alt.zeit:
            return "in der früheren Lieferung"
        return f"am {zeitname(self.alt.zeit)}" if len(self.alt.zeit) == 10 else f"für {self.alt.zeit}"

    @property
    def jahre(self) -> int:
        """Years between the two."""
        return abs(int(self.neu.zeit[:4]) - int(self.alt.zeit[:4]))

    @property
    def ueber_bruch(self) -> bool:
        """Does a declared Bruch of the Merkmal lie between the two?"""
        von, bis = sorted((self.alt.zeit, self.neu.zeit))
        return any(von < b.ab <= bis for b in self.neu.merkmal.brueche)


def check_spruenge(neue: Sequence[Tafel], alte: Sequence[Tafel], umfeld: Umfeld) -> Iterator[Befund]:
    """Compare every Tafel with its nearest earlier one (later, if none), and with the same time among ``alte``."""
    nachbarn: dict[tuple[str, ...], list[Paar]] = defaultdict(list)
    for t, bezug in _bezuege(neue, alte):
        paar = _paar(t, bezug, umfeld)
        if paar is not None:
            yield from _spaltenweise(paar, umfeld)
            if t.merkmal.personen and t.merkmal.additiv and not paar.ueber_bruch:
                nachbarn[t.quelle, t.zeit, t.variante, t.basis, bezug.zeit].append(paar)
    for paare in nachbarn.values():
        yield from _tausch(paare, umfeld)
    yield from _wiederholungen(neue, [*alte, *neue], umfeld)


# --------------------------------------------------------------------------------------------------
# What is compared with what


def _reihe(t: Tafel) -> tuple[str, ...]:
    return t.quelle, t.merkmal.kennung, t.zeitart, t.variante, t.basis


def _bezuege(neue: Sequence[Tafel], alte: Sequence[Tafel]) -> Iterator[tuple[Tafel, Tafel]]:
    reihen: dict[tuple[str, ...], list[Tafel]] = defaultdict(list)
    for t in (*neue, *(a for a in alte if all(a is not n for n in neue))):
        reihen[_reihe(t)].append(t)
    bekannt = {id(t) for t in neue}
    for t in neue:
        reihe = reihen[_reihe(t)]
        yield from ((t, x) for x in reihe if x.zeit == t.zeit and id(x) not in bekannt)
        frueher = [x for x in reihe if x.zeit < t.zeit]
        spaeter = [x for x in reihe if x.zeit > t.zeit and id(x) not in bekannt]
        if frueher:
            yield t, max(frueher, key=lambda x: x.zeit)
        elif spaeter:
            yield t, min(spaeter, key=lambda x: x.zeit)


def _paar(neu: Tafel, alt: Tafel, umfeld: Umfeld) -> Paar | None:
    auspraegungen = tuple(a for a in neu.auspraegungen if a in alt.auspraegungen)
    orte = _orte([r for r in sorted(neu.raeume) if r in alt.raeume], umfeld)
    orte = tuple(r for r in orte if _gleich_geblieben(r, neu, alt, umfeld))
    if not auspraegungen or not orte:
        return None
    x, y = (
        t.wert[np.ix_([t.auspraegungen[a] for a in auspraegungen], [t.raeume[r] for r in orte])] for t in (alt, neu)
    )
    return Paar(neu, alt, auspraegungen, orte, x, y)


def _orte(raeume: Sequence[str], umfeld: Umfeld) -> tuple[str, ...]:
    """The Räume that tell most: Gemeinden of the Kreis, else the Kreise of the Land, else the Kreis."""
    amtlich = [r for r in raeume if umfeld.ist_amtlich(r)]
    gemeinden = tuple(r for r in amtlich if len(r) == GEMEINDELAENGE)
    kreise = tuple(r for r in amtlich if len(r) == len(umfeld.kreis))
    genug = (g for g in (gemeinden, kreise) if len(g) >= statistik.MINDESTENS)
    return next(genug, tuple(k for k in kreise if k == umfeld.kreis))


def _gleich_geblieben(raum_id: str, neu: Tafel, alt: Tafel, umfeld: Umfeld) -> bool:
    """Same borders on both Gebietsstände, as far as anybody knows?"""
    if neu.gebietsstand == alt.gebietsstand:
        return True
    return not any(_geaendert(raum_id, t.gebietsstand, umfeld) for t in (neu, alt))


def _geaendert(raum_id: str, gebietsstand: str, umfeld: Umfeld) -> bool:
    """Were its borders others then than now, or did they change between two registers, nobody knows when?"""
    gleich = umfeld.raeume.unveraendert(raum_id, gebietsstand)
    if gleich is None:
        return umfeld.raeume.strahl.lage(gebietsstand).art == "luecke"
    return not gleich


# --------------------------------------------------------------------------------------------------
# The checks


def _spaltenweise(paar: Paar, umfeld: Umfeld) -> Iterator[Befund]:
    m = paar.neu.merkmal
    for i, auspraegung in enumerate(paar.auspraegungen):
        x, y = paar.x[i], paar.y[i]
        faktor = statistik.find_faktor(x, y)
        if faktor is not None:
            yield _faktor(paar, auspraegung, faktor, umfeld)
        elif m.personen and m.additiv and not paar.ueber_bruch:
            if statistik.ist_versetzt(x, y):
                yield _versetzt(paar, auspraegung, umfeld)
            elif not auspraegung and paar.jahre <= HOECHSTENS_JAHRE:
                yield from _einzelne(paar, i, umfeld)


def _befund(paar: Paar, kennung: str, text: str, abhilfe: str, raum_id: str, gewicht: float = 0.0) -> Befund:
    t = paar.neu
    a = t.auspraegungen[paar.auspraegungen[0]]
    stelle = t.stelle(a, t.raeume[raum_id if raum_id in t.raeume else paar.orte[0]])
    return Befund(kennung, Stufe.WARNUNG, t.merkmal.kennung, t.quelle, t.zeit, text, gewicht, stelle, abhilfe, raum_id)


def _faktor(paar: Paar, auspraegung: str, faktor: float, umfeld: Umfeld) -> Befund:
    text = (
        f"{kopf(paar.neu, auspraegung, umfeld)}: die Werte der {paar.wer} sind rund {_FAKTORWORT[faktor]} "
        f"der Werte {paar.vorher}."
    )
    hilfe = "Einheit und Komma prüfen (Tausend, Prozent, Cent); der Faktor gehört in die Zuordnung der Quelle."
    return _befund(paar, "faktor", text, hilfe, umfeld.kreis, abs(np.log10(faktor)))


def _versetzt(paar: Paar, auspraegung: str, umfeld: Umfeld) -> Befund:
    vorne = f"{kopf(paar.neu, auspraegung, umfeld)}: fast dieselben Zahlen wie {paar.vorher}"
    text = f"{vorne}, aber bei anderen {_BEI[paar.wer]}."
    hilfe = "Vermutlich wurde eine Spalte allein sortiert oder verschoben: die Datei noch einmal anfordern."
    return _befund(paar, "zeilen_verschoben", text, hilfe, umfeld.kreis)


def _einzelne(paar: Paar, i: int, umfeld: Umfeld) -> Iterator[Befund]:
    x, y = paar.x[i], paar.y[i]
    for r in statistik.find_spruenge(x, y):
        g = paar.orte[int(r)]
        if umfeld.ist_fern(g):
            continue
        wie = "gestiegen" if y[r] > x[r] else "gesunken"
        faktor = (max(x[r], y[r]) + 1.0) / (min(x[r], y[r]) + 1.0)
        text = (
            f"{kopf(paar.neu, paar.auspraegungen[i], umfeld)}, {umfeld.name(g)}: gegenüber dem Wert {paar.vorher} "
            f"auffällig {wie}, anders als in den übrigen {_BEI[paar.wer]}."
        )
        yield _befund(paar, "sprung", text, "Den Wert beim Amt bestätigen lassen.", g, float(faktor))


def _tausch(paare: Sequence[Paar], umfeld: Umfeld) -> Iterator[Befund]:
    """Columns of one delivery and time: breakdowns of a Merkmal, and Merkmale side by side."""
    spalten = [(p, i) for p in paare for i in range(len(p.auspraegungen))]
    if len(spalten) < 2:
        return
    orte = sorted({r for p in paare for r in p.orte})
    x, y = (np.full((len(spalten), len(orte)), np.nan) for _ in range(2))
    for nr, (p, i) in enumerate(spalten):
        stellen = [orte.index(r) for r in p.orte]
        x[nr, stellen], y[nr, stellen] = p.x[i], p.y[i]
    for a, b in statistik.find_tausch(x, y, _schwestern(spalten)):
        (p, i), (q, j) = spalten[a], spalten[b]
        namen = [_spaltenname(p, i, q.neu.merkmal.kennung, umfeld), _spaltenname(q, j, p.neu.merkmal.kennung, umfeld)]
        text = (
            f"{p.neu.merkmal.titel}, {zeitname(p.neu.zeit)}: {aufzaehlung([f'„{n}“' for n in namen])} passen jeweils "
            f"besser zu den Werten des anderen {p.vorher} als zu den eigenen."
        )
        hilfe = "Vermutlich sind zwei Spalten vertauscht: die Kopfzeile mit der früheren Lieferung vergleichen."
        yield _befund(p, "spalten_vertauscht", text, hilfe, umfeld.kreis)


def _spaltenname(p: Paar, i: int, anderes: str, umfeld: Umfeld) -> str:
    naeher = name_der_auspraegung(p.auspraegungen[i], umfeld)
    if p.neu.merkmal.kennung == anderes:
        return naeher or "insgesamt"
    return f"{p.neu.merkmal.titel}{f' ({naeher})' if naeher else ''}"


def _schwestern(spalten: Sequence[tuple[Paar, int]]) -> Maske:
    """Columns that may be mistaken for each other: one dimension differs, or the Merkmal does."""
    teile = [(p.neu.merkmal.kennung, zerlege(p.auspraegungen[i])) for p, i in spalten]
    maske = np.zeros((len(spalten), len(spalten)), bool)
    for a, (m, d) in enumerate(teile):
        for b in range(a + 1, len(teile)):
            n, e = teile[b]
            anders = sum(d[k] != e[k] for k in d) if d.keys() == e.keys() else 99
            maske[a, b] = anders + (m != n) == 1
    return maske


def _wiederholungen(neue: Sequence[Tafel], alle: Sequence[Tafel], umfeld: Umfeld) -> Iterator[Befund]:
    """The numbers of another time under this one."""
    reihen: dict[tuple[str, ...], list[Tafel]] = defaultdict(list)
    for t in alle:
        reihen[_reihe(t)].append(t)
    for t in neue:
        if not (t.merkmal.personen and t.merkmal.additiv) or (t.spiel > 0).any():
            continue
        for x in reihen[_reihe(t)]:
            paar = _paar(t, x, umfeld) if x.zeit < t.zeit else None
            if paar is not None and _dieselben(paar):
                text = f"{kopf(t, '', umfeld)}: dieselben Zahlen wie {paar.vorher}."
                yield _befund(
                    paar, "jahr_wiederholt", text, "Prüfen, ob die Datei das richtige Jahr enthält.", umfeld.kreis
                )
                break


def _dieselben(paar: Paar) -> bool:
    return statistik.ist_gleich(paar.x.reshape(-1), paar.y.reshape(-1))
