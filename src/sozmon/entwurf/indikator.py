"""The draft of an Indikator (``sozmon katalog neu``): every field with its explanation, questions where one is needed.

The explanations are those of the reference page, so page and draft cannot drift apart.
"""

from __future__ import annotations

import dataclasses

from sozmon.definition import felder, ist_pflicht
from sozmon.entwurf.schreiber import Schreiber
from sozmon.entwurf.toml import als_toml
from sozmon.katalogfragen import PLATZHALTER
from sozmon.model import Indikator

_VOM_ORDNER = ("kennung", "dimension")
_EIGENE_WORTE = ("titel", "kurz", "beschreibung")
"""Asked even when another Indikator is the model: two of one name would be taken for one."""
_NICHT_VOM_VORBILD = ("leitindikator", "beziehungen", "variante_von", "stand")
_OFFEN = {"zaehler": f'[{{ merkmal = "{PLATZHALTER}" }}]'}


def entwirf_indikator(kennung: str, vorbild: Indikator | None = None) -> str:
    """TOML text with German comments. ``vorbild``: take its values over; of the same kennung, all of them.

    A field that has a question holds ``???``; until all are answered the Indikator is not part of the catalogue.
    """
    s = Schreiber()
    _kopf(s, kennung, vorbild)
    for name, (feld, _) in felder(Indikator).items():
        if name not in _VOM_ORDNER:
            _feld(s, feld, kennung, vorbild)
    return s.text


def _kopf(s: Schreiber, kennung: str, vorbild: Indikator | None) -> None:
    eigene_fassung = vorbild is not None and vorbild.kennung == kennung
    if vorbild is None:
        s.sage(f"Entwurf des Indikators „{kennung}“.")
    elif eigene_fassung:
        s.sage(f"Eigene Fassung des Indikators „{kennung}“; im Projekt ersetzt sie die mitgelieferte ganz.")
    else:
        s.sage(f"Entwurf des Indikators „{kennung}“ nach dem Vorbild von „{vorbild.kennung}“.")
    s.sage(
        "Die Datei gehört in den Ordner ihrer Dimension, zum Beispiel "
        f"indikatoren/{vorbild.dimension if vorbild else 'teilhabe'}/{kennung}.toml."
    )
    if not eigene_fassung:
        s.sage(
            f"Der Indikator gilt, sobald kein {PLATZHALTER} mehr darin steht. Zeilen mit # zeigen, was ohne sie gilt; "
            "wer etwas anderes braucht, löscht das # und ändert den Wert. Ob alles passt, sagt: sozmon katalog pruefen"
        )
    s.absatz()
    s.setze("kennung", als_toml(kennung))


def _feld(s: Schreiber, feld: dataclasses.Field[object], kennung: str, vorbild: Indikator | None) -> None:
    name, doc, gut = feld.name, str(feld.metadata["doc"]), str(feld.metadata["gut"])
    wert, uebernommen = _wert(feld, kennung, vorbild)
    if uebernommen:
        s.absatz()
        s.setze(name, als_toml(wert), doc)
    elif ist_pflicht(feld):
        bisher = [f"bei „{vorbild.kennung}“: {getattr(vorbild, name)}"] if vorbild else [f"zum Beispiel: {gut}"]
        s.frage(doc, bisher, [f"{name} = {_OFFEN.get(name, als_toml(PLATZHALTER))}"])
    else:
        s.absatz()
        leer = feld.default in (None, "", ())
        s.sage(f"{doc} Ohne Angabe leer; zum Beispiel:" if leer else doc)
        s.zeilen.append(f"# {name} = {gut if leer else als_toml(_einfach(feld.default))}")


def _wert(feld: dataclasses.Field[object], kennung: str, vorbild: Indikator | None) -> tuple[object, bool]:
    """The value to write and whether there is one."""
    if vorbild is None:
        return None, False
    if vorbild.kennung != kennung:
        if feld.name == "variante_von":
            return vorbild.variante_von or vorbild.kennung, True
        if feld.name in _EIGENE_WORTE or feld.name in _NICHT_VOM_VORBILD:
            return None, False
    wert = getattr(vorbild, feld.name)
    return _einfach(wert), wert != feld.default


def _einfach(wert: object) -> object:
    """Parts of a formula as tables with the fields that differ from their defaults; whole numbers without '.0'."""
    if dataclasses.is_dataclass(wert):
        return {
            f.name: _einfach(getattr(wert, f.name))
            for f in dataclasses.fields(wert)
            if getattr(wert, f.name) != f.default
        }
    if isinstance(wert, tuple):
        return [_einfach(w) for w in wert]
    return int(wert) if isinstance(wert, float) and wert.is_integer() else wert
