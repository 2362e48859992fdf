"""Tables by postcode: refused with the reason, told by their heads.

Five digits alone prove nothing: a Kreis has five, too.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from sozmon.dateien import AblehnungError
from sozmon.quellen.gitter import Blatt, adresse, als_text

_PLZ = re.compile(r"\W*(plz|postleitzahl(en)?)(\W+\w+)?\W*", re.I)
_RAUM = re.compile(
    r"(amtl\w*\.?\s*)?(ags|ars|gemeindeschl\w*|regionalschl\w*|kreisschl\w*|schlüssel|gemeinde(name)?)", re.I
)
_KOPFZEILEN = 12


def ist_plz(kopf: str) -> bool:
    """True for the head of a column of postcodes: 'PLZ', 'Postleitzahl', 'PLZ/Ort'."""
    return _PLZ.fullmatch(kopf) is not None


def check_plz(blaetter: Sequence[Blatt], name: str) -> None:
    """Refuse a table whose only hint at Räume is a column of postcodes."""
    for blatt in blaetter:
        for nummer, zeile in enumerate(blatt.zeilen[:_KOPFZEILEN]):
            koepfe = [als_text(z) for z in zeile]
            spalte = next((i for i, k in enumerate(koepfe) if ist_plz(k)), None)
            if spalte is not None and not any(_RAUM.fullmatch(k.strip(" *:")) for k in koepfe):
                raise plz_fehler(name, adresse(blatt, nummer, spalte))


def plz_fehler(name: str, ort: str) -> AblehnungError:
    """The refusal, with the reason."""
    return AblehnungError(
        "plz",
        f"„{name}“ ist nach Postleitzahlen gegliedert; daraus lassen sich keine Gemeinden bilden.",
        ort=ort,
        grund="Postleitzahlen folgen der Zustellung, nicht den Gemeindegrenzen: Viele gelten für mehrere Gemeinden, "
        "und große Gemeinden haben mehrere. Jede Aufteilung wäre geraten.",
        abhilfe="Das Amt um eine Auszählung je Gemeinde bitten; den Vordruck dafür legt sozmon abfrage an.",
    )
