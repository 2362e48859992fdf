"""Names beside keys that are not those of the Raum."""

from __future__ import annotations

from collections.abc import Callable, Iterable

from sozmon.model import Fundstelle, Meldung, Stufe
from sozmon.pruefungen.namen import Namenspaar, find_anderen, find_widersprueche, sind_viele
from sozmon.umsetzen.modell import Rahmen
from sozmon.umsetzen.texte import EINZELN, HILFE_NAME, HILFE_NAMEN, sichtbar


def namensmeldungen(paare: Iterable[Namenspaar], rahmen: Rahmen, stelle: Callable[[int], Fundstelle]) -> list[Meldung]:
    """What the names of a whole file say; ``stelle``: address of a pair by its ``zeile``."""
    falsch, verglichen = find_widersprueche(paare, rahmen.raeume, rahmen.kreis)
    if sind_viele(falsch, verglichen):
        text = f"Bei {len(falsch)} von {verglichen} Gemeinden passt der Name nicht zum Schlüssel."
        text = f"{text} {_namenssatz(falsch[0], rahmen)}"
        wo = stelle(falsch[0].zeile)
        return [Meldung("name_widerspricht", Stufe.FEHLER, text, wo, HILFE_NAMEN, len(falsch))]
    meldungen = []
    for paar in falsch[:EINZELN]:
        anderer = find_anderen(paar.name, rahmen.raeume, rahmen.kreis)
        zusatz = f" So heißt {anderer}." if anderer else ""
        stufe, hilfe = (Stufe.FEHLER, HILFE_NAMEN) if anderer else (Stufe.WARNUNG, HILFE_NAME)
        text = _namenssatz(paar, rahmen) + zusatz
        meldungen.append(Meldung("name_widerspricht", stufe, text, stelle(paar.zeile), hilfe))
    return meldungen


def _namenssatz(paar: Namenspaar, rahmen: Rahmen) -> str:
    raum = rahmen.raeume.raum(paar.raum_id)
    heisst = raum.name_amtlich if raum is not None else ""
    return f"{paar.raum_id} heißt im Gemeindeverzeichnis „{heisst}“, in der Datei „{sichtbar(paar.name)}“."
