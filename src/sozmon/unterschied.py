"""Difference of two states of one set of Indikatorwerte (pure; ``sozmon diff``)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from sozmon.model import Indikatorwert

SPALTEN: tuple[str, ...] = (
    "raum_id",
    "raum",
    "ebene",
    "zeit",
    "indikator",
    "art",
    "wert_alt",
    "wert_neu",
    "differenz",
    "einheit",
    "status_alt",
    "status_neu",
    "quelle_alt",
    "quelle_neu",
    "datenstand_alt",
    "datenstand_neu",
)


@dataclass(frozen=True, slots=True)
class Unterschied:
    """One value that is not the same in both states; ``art``: neu, entfallen or geaendert."""

    art: str
    alt: Indikatorwert | None
    neu: Indikatorwert | None

    def zeile(self) -> dict[str, object]:
        """The row of the table, columns ``SPALTEN``."""
        da = self.neu or self.alt
        assert da is not None, "one of both exists"
        alt, neu = (w.wert if w is not None and w.ist_zahl else None for w in (self.alt, self.neu))
        felder = {
            "raum_id": da.raum_id,
            "raum": da.raum,
            "ebene": da.ebene,
            "zeit": da.zeit,
            "indikator": da.indikator,
            "art": self.art,
            "wert_alt": alt,
            "wert_neu": neu,
            "differenz": neu - alt if alt is not None and neu is not None else None,
            "einheit": da.einheit,
            **{f"{feld}_alt": str(getattr(self.alt, feld, "")) for feld in ("status", "quelle", "datenstand")},
            **{f"{feld}_neu": str(getattr(self.neu, feld, "")) for feld in ("status", "quelle", "datenstand")},
        }
        return {spalte: felder[spalte] for spalte in SPALTEN}


def compare_staende(alt: Sequence[Indikatorwert], neu: Sequence[Indikatorwert]) -> list[Unterschied]:
    """Values that differ in number or status, in the order of ``neu``; dropped ones last.

    A later data state alone, with the same number, is no difference.
    """
    vorher = {_schluessel(w): w for w in alt}
    nachher = {_schluessel(w): w for w in neu}
    assert len(vorher) == len(alt) and len(nachher) == len(neu), "a duplicate key would hide a difference"
    unterschiede = []
    for schluessel, wert in nachher.items():
        frueher = vorher.get(schluessel)
        if frueher is None or not frueher.ist_zahl:
            if wert.ist_zahl:
                unterschiede.append(Unterschied("neu", frueher, wert))
            elif frueher is not None and frueher.status != wert.status:
                unterschiede.append(Unterschied("geaendert", frueher, wert))
        elif not wert.ist_zahl:
            unterschiede.append(Unterschied("entfallen", frueher, wert))
        elif (frueher.wert, frueher.status) != (wert.wert, wert.status):
            unterschiede.append(Unterschied("geaendert", frueher, wert))
    entfallen = (w for schluessel, w in vorher.items() if schluessel not in nachher and w.ist_zahl)
    return [*unterschiede, *(Unterschied("entfallen", w, None) for w in entfallen)]


def _schluessel(wert: Indikatorwert) -> tuple[str, str, str, str]:
    return wert.indikator, wert.raum_id, wert.zeit, wert.auspraegung
