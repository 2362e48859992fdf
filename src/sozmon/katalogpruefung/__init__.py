"""Does the catalogue fit together? Everything that a single file cannot know: references, Teilungen, cycles.

``check_`` never raises; each finding names the definition, its file and what to do.
"""

from __future__ import annotations

import dataclasses
import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from pathlib import Path

from sozmon.katalog import NAMEN, Definition, Katalog
from sozmon.katalogfragen import PLATZHALTER, load_fragen, offen_in_worten
from sozmon.katalogpruefung.dimensionen import check_dimension, check_standard
from sozmon.katalogpruefung.funde import Fund, mangel
from sozmon.katalogpruefung.ganzes import check_ganzes
from sozmon.katalogpruefung.indikatoren import check_angaben, check_beziehungen, check_formel
from sozmon.katalogpruefung.quellen import check_bezuege, check_blaetter, check_merkmal, check_muster, check_quelle
from sozmon.model import Dimension, Fundstelle, Indikator, Meldung, Merkmal, Quelle, Standard, Stufe

VERBOTENE_WORTE: Mapping[str, str] = {
    "Kennzahl": "Indikator",
    "Kennwert": "Indikator",
    "Messgröße": "Merkmal",
    "Datenlieferung": "Lieferung",
    "Datenquelle": "Quelle",
    "Sozialraum": "Raum oder Region",
    "Gebietseinheit": "Raum",
    "Raumeinheit": "Raum",
    "Ausländerquote": "Ausländeranteil",
}
"""A second word for the same thing: word → the one that sozmon uses."""


def check(katalog: Katalog) -> list[Meldung]:
    """All findings, in the order of the catalogue."""
    arten: tuple[Iterable[Definition], ...] = (
        katalog.dimensionen.values(),
        katalog.quellen.values(),
        katalog.merkmale.values(),
        katalog.standards.values(),
        katalog.indikatoren.values(),
    )
    funde = [m for definitionen in arten for definition in definitionen for m in check_einzeln(katalog, definition)]
    entwuerfe = (_entwurf(kennung, datei) for kennung, datei in katalog.entwuerfe.items())
    return [*funde, *entwuerfe, *check_ganzes(katalog)]


def _entwurf(kennung: str, datei: Path) -> Meldung:
    """A drafted Indikator is not wrong, only not there yet."""
    return Meldung(
        kennung="katalog-frage",
        stufe=Stufe.WARNUNG,
        text=f"Indikator „{kennung}“ ist noch ein Entwurf: {offen_in_worten(load_fragen(datei))}.",
        fundstelle=Fundstelle(datei=f"{datei.parent.name}/{datei.name}"),
        abhilfe="Die Antworten dort eintragen (??? ersetzen).",
    )


def check_einzeln(katalog: Katalog, definition: Definition) -> list[Meldung]:
    """Findings of one definition against the others."""
    pruefungen: Mapping[type[Definition], tuple[Callable[..., Iterator[Fund]], ...]] = {
        Dimension: (check_dimension,),
        Quelle: (check_quelle, check_muster, check_blaetter, check_bezuege),
        Merkmal: (check_merkmal,),
        Standard: (check_standard,),
        Indikator: (check_formel, check_angaben, check_beziehungen),
    }
    alle = (_check_kennung, _check_platzhalter, _check_worte, *pruefungen[type(definition)])
    return [_meldung(katalog, definition, fund) for fund in _funde(katalog, definition, alle)]


def _funde(
    katalog: Katalog, definition: Definition, pruefungen: Iterable[Callable[..., Iterator[Fund]]]
) -> Iterator[Fund]:
    """Findings of one definition; of a draft only that its questions are open: the rest follows from that."""
    if isinstance(definition, Quelle) and (offen := list(_check_fragen(katalog, definition))):
        yield from offen
        return
    for pruefung in pruefungen:
        yield from pruefung(katalog, definition)


def _check_fragen(k: Katalog, q: Quelle) -> Iterator[Fund]:
    datei = k.dateien.get(("Quelle", q.kennung))
    if datei is not None and (fragen := load_fragen(datei)):
        hilfe = "Die Antwort in die Zeile schreiben (??? ersetzen) oder den Vorschlag gelten lassen (#? löschen)."
        yield mangel("frage", f"{offen_in_worten(fragen)}.", hilfe)


def _meldung(katalog: Katalog, definition: Definition, fund: Fund) -> Meldung:
    kennung, stufe, text, abhilfe = fund
    datei = katalog.dateien.get((type(definition).__name__, definition.kennung), Path(definition.kennung))
    return Meldung(
        kennung=f"katalog-{kennung}",
        stufe=stufe,
        text=f"{NAMEN[type(definition)]} „{definition.kennung}“: {text}",
        fundstelle=Fundstelle(datei=f"{datei.parent.name}/{datei.name}" if datei.suffix else datei.name),
        abhilfe=abhilfe,
    )


def _check_kennung(_: Katalog, d: Definition) -> Iterator[Fund]:
    if not re.fullmatch(r"[a-z][a-z0-9_]*", d.kennung):
        yield mangel("kennung", "die Kennung enthält unzulässige Zeichen.", "Erlaubt sind a–z, 0–9 und _.")


def _check_platzhalter(_: Katalog, d: Definition) -> Iterator[Fund]:
    felder = [f.name for f in dataclasses.fields(d) if PLATZHALTER in _texte(getattr(d, f.name))]
    if felder:
        yield mangel("frage", f"noch nicht ausgefüllt: {', '.join(felder)}.", f"{PLATZHALTER} ersetzen.")


def _texte(wert: object) -> tuple[object, ...]:
    return (*wert.values(),) if isinstance(wert, dict) else wert if isinstance(wert, tuple) else (wert,)


def _check_worte(_: Katalog, d: Definition) -> Iterator[Fund]:
    texte = (d.titel, *getattr(d, "hinweise", ()), getattr(d, "beschreibung", ""), getattr(d, "kurz", ""))
    for wort, besser in VERBOTENE_WORTE.items():
        if any(wort in text for text in texte):
            yield "wortwahl", Stufe.WARNUNG, f"das Wort „{wort}“ hat hier einen anderen Namen.", f"Besser: {besser}."
