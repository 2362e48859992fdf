"""The same numbers in what the Quelle delivered before: contradictions of one date, and numbers that vanish."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING, Any

from sozmon.model import Fundstelle, Meldung, Status, Stufe
from sozmon.zahlen import format_datum

if TYPE_CHECKING:
    import pyarrow as pa

_SCHLUESSEL = ("raum_id", "merkmal", "auspraegung", "zeit", "zeitart", "variante", "basis", "quelle", "gebietsstand")
_INHALT = ("wert", "wert_min", "wert_max", "status", "fundstelle")
_HILFE = "Beim Amt klären, was gilt; eine Lieferung nimmt zurück: sozmon import --zurueck LIEFERUNG"


def check_fruehere(tabelle: pa.Table, frueher: pa.Table, stand: str, dateien: Mapping[str, str]) -> Iterator[Meldung]:
    """Compare Merkmalswerte of a file with those that hold until now (both of one Quelle).

    stand: of the file; dateien: Lieferung → name of its file. Values of a later stand are no concern of this one.
    """
    bisher = {tuple(z[s] for s in _SCHLUESSEL): z for z in frueher.to_pylist() if z["stand"] <= stand}
    if not bisher:
        return
    orte = {schluessel[0] for schluessel in bisher}
    hier = tabelle.filter([r in orte for r in tabelle["raum_id"].to_pylist()]).select([*_SCHLUESSEL, *_INHALT])
    paare = [
        (z, bisher[schluessel]) for z in hier.to_pylist() if (schluessel := tuple(z[s] for s in _SCHLUESSEL)) in bisher
    ]
    leer = [neu for neu, alt in paare if neu["status"] == Status.NICHT_GELIEFERT and alt["wert"] is not None]
    gleich = [(neu, alt) for neu, alt in paare if alt["stand"] == stand and _inhalt(neu) != _inhalt(alt)]
    if gleich:
        namen = sorted({dateien.get(str(alt["lieferung"]), "") for _, alt in gleich} - {""})
        wer = "Ein Wert ist" if len(gleich) == 1 else f"{len(gleich)} Werte sind"
        text = (
            f"{wer} zum selben Stand ({format_datum(stand)}) schon anders geliefert ({', '.join(namen)}). "
            "Es gilt, was zuletzt eingelesen wird."
        )
        yield Meldung("stand_gleich", Stufe.WARNUNG, text, _stelle(gleich[0][0]), _HILFE, len(gleich))
    if leer:
        wer = "Ein Wert, der" if len(leer) == 1 else f"{len(leer)} Werte, die"
        ist = "ist" if len(leer) == 1 else "sind"
        text = f"{wer} früher geliefert war{'' if len(leer) == 1 else 'en'}, {ist} hier leer und {ist} damit entfallen."
        yield Meldung("werte_entfallen", Stufe.WARNUNG, text, _stelle(leer[0]), _HILFE, len(leer))


def _inhalt(zeile: Mapping[str, Any]) -> tuple[object, ...]:
    return tuple(zeile[s] for s in _INHALT[:4])


def _stelle(zeile: Mapping[str, Any]) -> Fundstelle:
    blatt, trenner, zelle = str(zeile["fundstelle"]).rpartition("!")
    return Fundstelle(blatt=blatt if trenner else "", zelle=zelle)
