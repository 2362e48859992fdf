"""Rohwerte → Merkmalswerte: official codes to Merkmale, keys to Räume, cells to numbers or reasons.

Everything works on the distinct texts of a column and is spread over the rows at the end. Nothing is dropped in
silence: whatever is not stored is counted and named in a Meldung.
"""

from sozmon.umsetzen.modell import SCHEMA, SCHEMA_KODIERT, Rahmen, Sammelmeldung, Umgesetzt
from sozmon.umsetzen.namen import namensmeldungen
from sozmon.umsetzen.umsetzer import beurteile_nullen, setze_stueck_um, setze_um, zuordnungen_von

__all__ = [
    "SCHEMA",
    "SCHEMA_KODIERT",
    "Rahmen",
    "Sammelmeldung",
    "Umgesetzt",
    "beurteile_nullen",
    "namensmeldungen",
    "setze_stueck_um",
    "setze_um",
    "zuordnungen_von",
]
