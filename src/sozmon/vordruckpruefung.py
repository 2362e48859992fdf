"""A filled form: its parts against the total column, its rows against the row of the Kreis, and who filled it in.

Sums are compared as intervals, so that a hidden count contradicts nothing it does not contradict. Never a value in a
text: it may be a small one.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING, NamedTuple

from sozmon.model import OHNE_ZUORDNUNG, Fundstelle, Meldung, Status, Stufe

if TYPE_CHECKING:
    import pyarrow as pa

    from sozmon.bestand import Bestand
    from sozmon.katalog import Katalog

_GENANNT = 5
_SCHLUESSEL = ("raum_id", "merkmal", "auspraegung", "zeit", "zeitart", "quelle")
_HILFE = "Beim Amt nachfragen, welche der Zahlen stimmt; gespeichert ist, was im Vordruck steht."


class _Zelle(NamedTuple):
    raum_id: str
    ebene: str
    merkmal: str
    auspraegung: str
    zeit: str
    unten: float
    oben: float
    ort: str


def check_summen(tabelle: pa.Table, katalog: Katalog) -> list[Meldung]:
    """Warnings where a total and the sum of its parts exclude each other; table of Merkmalswerte of one form."""
    zellen = list(_zellen(tabelle))
    faelle = [*_gegen_teile(zellen, katalog), *_gegen_kreis(zellen)]
    meldungen = [_melde(text, ganz) for text, ganz in faelle[:_GENANNT]]
    if len(faelle) > _GENANNT:
        rest = len(faelle) - _GENANNT
        text = f"An {rest} weiteren Stellen passen Ganzes und Teile nicht zusammen."
        meldungen.append(_melde(text, faelle[_GENANNT][1], rest))
    return meldungen


def check_absender(tabelle: pa.Table, titel: str, bestand: Bestand) -> Iterator[Meldung]:
    """Warn when a form takes the place of what somebody else filled in: two Träger do not add up by themselves.

    tabelle: Merkmalswerte of the form; titel: what it was taken for; bestand: what holds until now.
    """
    from sozmon.quellen.vordruck import amt_aus

    amt = amt_aus(titel).casefold()
    andere = {x.sha256: x for x in bestand.lieferungen() if amt_aus(x.titel).casefold() not in ("", amt)}
    if not amt or not andere:
        return
    neu = set(zip(*(tabelle[s].to_pylist() for s in _SCHLUESSEL), strict=True))
    liste = ", ".join(f"'{sha}'" for sha in andere)
    leer = Status.NICHT_GELIEFERT.value
    zeilen = bestand.sql(f"SELECT * FROM merkmalswerte WHERE lieferung IN ({liste}) AND status <> '{leer}'")
    for sha, anzahl in Counter(str(z["lieferung"]) for z in zeilen if tuple(z[s] for s in _SCHLUESSEL) in neu).items():
        wieviele = "Ein Wert stand" if anzahl == 1 else f"{anzahl} Werte standen"
        yield Meldung(
            "vordruck_absender",
            Stufe.WARNUNG,
            f"{wieviele} schon im Vordruck von „{amt_aus(andere[sha].titel)}“ ({andere[sha].datei}). Es gilt der "
            "spätere Stand, auch wo er leer ist; zusammengezählt wird nicht.",
            Fundstelle(),
            "Gehören beide zusammen: in einem Vordruck vereinen, oder je Stelle ein eigenes Merkmal anlegen, die der "
            "Indikator in seinem Zähler addiert. Diese Lieferung zurücknehmen: sozmon import --zurueck",
            anzahl,
        )


def _melde(text: str, ganz: _Zelle, anzahl: int = 1) -> Meldung:
    blatt, trenner, zelle = ganz.ort.rpartition("!")
    return Meldung(
        "vordruck_summe", Stufe.WARNUNG, text, Fundstelle(blatt=blatt if trenner else "", zelle=zelle), _HILFE, anzahl
    )


def _zellen(tabelle: pa.Table) -> Iterator[_Zelle]:
    spalten = ("raum_id", "ebene", "merkmal", "auspraegung", "zeit", "wert_min", "wert_max", "status", "fundstelle")
    for z in tabelle.select(spalten).to_pylist():
        offen = z["status"] == Status.NICHT_GELIEFERT or z["wert_min"] is None
        unten = 0.0 if offen else z["wert_min"]
        oben = float("inf") if offen or z["wert_max"] is None else z["wert_max"]
        if offen and z["ebene"] == OHNE_ZUORDNUNG and z["status"] == Status.NICHT_GELIEFERT:
            oben = 0.0  # the form says: left empty, there are no such cases
        raum_id, ebene, merkmal, auspraegung, zeit = (z[s] for s in spalten[:5])
        yield _Zelle(raum_id, ebene, merkmal, auspraegung, zeit, unten, oben, z["fundstelle"])


def _gegen_teile(zellen: Iterable[_Zelle], katalog: Katalog) -> Iterator[tuple[str, _Zelle]]:
    """Total and breakdown of one Raum: only complete declared Teilungen."""
    faecher: dict[tuple[str, str, str], dict[str, _Zelle]] = defaultdict(dict)
    for z in zellen:
        faecher[z.raum_id, z.merkmal, z.zeit][z.auspraegung] = z
    for (raum_id, merkmal, _), fach in faecher.items():
        for auspraegung, ganz in fach.items():
            for teilung in katalog.teilungen(auspraegung, merkmal):
                teile = [fach[a] for a in teilung if a in fach]
                if len(teile) == len(teilung) and _schliesst_aus(ganz, teile):
                    orte = " + ".join(_zelle(t) for t in teile)
                    titel = katalog.merkmale[merkmal].titel
                    yield f"{titel}, {raum_id}: {_zelle(ganz)} ist nicht die Summe aus {orte}.", ganz


def _gegen_kreis(zellen: Iterable[_Zelle]) -> Iterator[tuple[str, _Zelle]]:
    """The row of the Kreis against all others, 'ohne Zuordnung' among them."""
    spalten: dict[tuple[str, str, str], list[_Zelle]] = defaultdict(list)
    for z in zellen:
        spalten[z.merkmal, z.auspraegung, z.zeit].append(z)
    for spalte in spalten.values():
        teile = [z for z in spalte if z.ebene != "kreis"]
        for ganz in (z for z in spalte if z.ebene == "kreis" and teile):
            if _schliesst_aus(ganz, teile):
                was = "der Zeilen darüber (mit „ohne Zuordnung“)"
                yield f"Die Zeile des Kreises ({_zelle(ganz)}) ist nicht die Summe {was}.", ganz


def _schliesst_aus(ganz: _Zelle, teile: Iterable[_Zelle]) -> bool:
    liste = list(teile)
    unten, oben = sum(t.unten for t in liste), sum(t.oben for t in liste)
    return ganz.oben < unten or ganz.unten > oben


def _zelle(z: _Zelle) -> str:
    return z.ort.rpartition("!")[2]
