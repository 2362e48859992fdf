"""Which of several rows of one key holds: pure functions on pyarrow tables, no disk.

The rule: the highest ``stand`` holds, whatever the order of import; at equal stand the Lieferung
imported later; if both then say the same, the one with the smaller SHA-256, so that the order does not show.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from sozmon.bestand import modell
from sozmon.bestand.modell import Zusammenfassung
from sozmon.model import SCHLUESSEL


def codes(tabelle: Any, spalten: Sequence[str]) -> Any:
    """int64 array: equal rows of ``spalten`` get equal numbers (null equals null)."""
    import numpy as np

    gesamt = np.zeros(tabelle.num_rows, dtype=np.int64)
    for spalte in spalten:
        einzeln = _spaltencodes(tabelle[spalte])
        breite = int(einzeln.max(initial=0)) + 1
        if breite == 1:
            continue
        if int(gesamt.max(initial=0)) > 2**62 // breite:
            gesamt = np.unique(gesamt, return_inverse=True)[1].astype(np.int64)
        gesamt = gesamt * breite + einzeln
    return np.unique(gesamt, return_inverse=True)[1].astype(np.int64)


def _spaltencodes(spalte: Any) -> Any:
    import numpy as np
    import pyarrow as pa

    from sozmon.arrow import als_numpy

    spalte = spalte.combine_chunks()
    kodiert = spalte if pa.types.is_dictionary(spalte.type) else spalte.dictionary_encode(null_encoding="encode")
    return als_numpy(kodiert.indices).astype(np.int64)


def paare(tabelle: Any, eine: str, andere: str) -> list[tuple[Any, Any]]:
    """Distinct pairs of two columns (pyarrow's group_by would import pandas)."""
    import numpy as np
    import pyarrow as pa

    _, erste = np.unique(codes(tabelle, (eine, andere)), return_index=True)
    stellen = pa.array(erste, pa.int64())
    return list(zip(tabelle[eine].take(stellen).to_pylist(), tabelle[andere].take(stellen).to_pylist(), strict=True))


def jahre_von(neue: Any) -> dict[int, set[str]]:
    """Year → Merkmale of the delivered rows (table or Jahreszeilen)."""
    if isinstance(neue, modell.Jahreszeilen):
        return dict(neue.jahre())
    jahre: dict[int, set[str]] = {}
    for jahr, merkmal in paare(neue, "jahr", "merkmal"):
        jahre.setdefault(jahr, set()).add(merkmal)
    return jahre


def zeilen_im(neue: Any, jahr: int) -> Any:
    """The delivered rows of one year."""
    import pyarrow as pa
    import pyarrow.compute as pc

    if isinstance(neue, modell.Jahreszeilen):
        return neue.lies(jahr)
    return neue.filter(pc.equal(neue["jahr"], pa.scalar(jahr, pa.int32())))


def reihenfolge(tabelle: Any, spalten: Sequence[str]) -> tuple[Any, int]:
    """(order of the rows by ``spalten``, texts by their bytes, as int64 array; rows that repeat another in them)."""
    import numpy as np

    gesamt = np.zeros(tabelle.num_rows, dtype=np.int64)
    for spalte in spalten:
        einzeln = raenge(tabelle, spalte)
        breite = int(einzeln.max(initial=0)) + 1
        if int(gesamt.max(initial=0)) > 2**62 // breite:
            gesamt = np.unique(gesamt, return_inverse=True)[1].astype(np.int64)
        gesamt = gesamt * breite + einzeln
    reihe = np.argsort(gesamt, kind="stable")
    return reihe, int((np.diff(gesamt[reihe]) == 0).sum())


def raenge(tabelle: Any, spalte: str, rang: Mapping[str, int] | None = None) -> Any:
    """int64 array: rank of each text among those present (alphabetical, or as ``rang`` says)."""
    import numpy as np

    from sozmon.arrow import als_numpy

    kodiert = tabelle[spalte].combine_chunks().dictionary_encode()
    texte = kodiert.dictionary.to_pylist()
    if rang is None:
        rang = {t: i for i, t in enumerate(sorted(set(texte)))}
    tafel = np.array([rang[t] for t in texte] or [0], dtype=np.int64)
    return tafel[als_numpy(kodiert.indices)] if len(texte) else np.zeros(0, dtype=np.int64)


def compute_geltende(tabelle: Any, folge: Mapping[str, int]) -> Any:
    """Boolean array: True for the one row of each key that holds; ``folge``: Lieferung → place in order of import."""
    import numpy as np

    gilt = np.zeros(tabelle.num_rows, dtype=bool)
    if tabelle.num_rows == 0:
        return gilt
    schluessel, stand = codes(tabelle, SCHLUESSEL), raenge(tabelle, "stand")
    reihe = np.lexsort((raenge(tabelle, "lieferung", folge), stand, schluessel))
    letzte = np.append(schluessel[reihe][1:] != schluessel[reihe][:-1], True)
    sieger = np.empty(int(schluessel.max()) + 1, dtype=np.int64)
    sieger[schluessel[reihe[letzte]]] = reihe[letzte]
    if len(sieger) < tabelle.num_rows:
        sieger = _gleiche_aussage(tabelle, schluessel, stand, sieger)
    gilt[sieger] = True
    return gilt


def _gleiche_aussage(tabelle: Any, schluessel: Any, stand: Any, sieger: Any) -> Any:
    """Among the rows that say the same as the winner at the same stand, take the smallest SHA-256."""
    import numpy as np

    inhalt, sha = codes(tabelle, modell.INHALT), raenge(tabelle, "lieferung")
    je_zeile = sieger[schluessel]
    gleich = (stand == stand[je_zeile]) & (inhalt == inhalt[je_zeile])
    reihe = np.lexsort((sha, ~gleich, schluessel))
    erste = np.append(True, schluessel[reihe][1:] != schluessel[reihe][:-1])
    neu = np.empty_like(sieger)
    neu[schluessel[reihe[erste]]] = reihe[erste]
    return neu


def doppelte(tabelle: Any) -> int:
    """How many rows repeat the key of another row."""
    import numpy as np

    return int(tabelle.num_rows - len(np.unique(codes(tabelle, SCHLUESSEL))))


def compare_vorher(vorher: Any, neu: Any, gilt: Any) -> Zusammenfassung:
    """Compare delivered rows with the values current before; ``gilt``: mask over ``neu``."""
    import numpy as np
    import pyarrow as pa

    alle = pa.concat_tables([vorher, neu]).unify_dictionaries()
    n = vorher.num_rows
    schluessel, inhalt = codes(alle, SCHLUESSEL), codes(alle, modell.INHALT)
    bisher = np.full(int(schluessel.max(initial=0)) + 1, -1, dtype=np.int64)
    bisher[schluessel[:n]] = np.arange(n)
    alt = bisher[schluessel[n:]]
    bekannt = alt >= 0
    gleich = bekannt & (inhalt[n:] == inhalt[alt])
    return Zusammenfassung(
        neu=int((~bekannt).sum()),
        geaendert=int((bekannt & ~gleich & gilt).sum()),
        unveraendert=int(gleich.sum()),
        zurueckgestellt=int((bekannt & ~gleich & ~gilt).sum()),
    )
