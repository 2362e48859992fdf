"""BBSR Umsteigeschlüssel: recognised and kept; converting by weights comes with a later version."""

from __future__ import annotations

import re

from sozmon.model import Fundstelle, Meldung, Stufe
from sozmon.quellen.gitter import Blatt, als_text

_KOPF = re.compile(r"Gemeinden\s+(\d{2}\.\d{2}\.(\d{4}))")


def ist_umsteiger(blaetter: list[Blatt]) -> bool:
    """True when every sheet begins with 'Gemeinden <date>' and carries an Umsteigeschlüssel column."""
    return bool(blaetter) and all(
        b.zeilen and _KOPF.match(als_text(b.zelle(0, 0))) and any("Umsteige" in als_text(z) for z in b.zeilen[0])
        for b in blaetter
    )


def read_umsteiger(blaetter: list[Blatt]) -> tuple[str, list[Meldung]]:
    """Years that the workbook spans ('2020–2023') and the note that it waits."""
    jahre = sorted({m[2] for b in blaetter for z in b.zeilen[0] if (m := _KOPF.match(als_text(z)))})
    meldung = Meldung(
        "umsteiger_aufbewahrt",
        Stufe.INFO,
        "Der Umsteigeschlüssel wurde aufbewahrt. Umgerechnet wird bisher nur, was ganze Gemeinden betrifft "
        "(Zusammenschlüsse); anteilige Umrechnung kommt mit einer späteren Fassung.",
        Fundstelle(blatt=blaetter[0].name),
    )
    return f"{jahre[0]}–{jahre[-1]}", [meldung]
