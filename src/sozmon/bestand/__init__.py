"""The store (layer 2): Delta tables and kept files under ``<projekt>/bestand/``."""

from sozmon.bestand.bestand import Bestand
from sozmon.bestand.modell import Lieferung, ZuordnungZeile, Zusammenfassung

__all__ = ["Bestand", "Lieferung", "ZuordnungZeile", "Zusammenfassung"]
