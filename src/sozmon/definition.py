"""TOML → frozen dataclass by reflection on the fields of ``model``: every definition goes through here.

One rule for all files: a key that no field knows, a missing required field, a value of another type or
outside the declared list is a ``KonfigError`` that names the file, the key path and the nearest good word.
"""

from __future__ import annotations

import dataclasses
import types
import typing
from collections.abc import Iterable, Mapping
from functools import cache
from pathlib import Path
from typing import Any, TypeVar

from sozmon.errors import KonfigError

T = TypeVar("T")

_WORTE: tuple[tuple[str, str], ...] = (
    ("Expected '=' after a key", "nach einem Schlüssel fehlt das Gleichheitszeichen"),
    ("Invalid value", "der Wert ist ungültig; Texte gehören in Anführungszeichen"),
    ("Cannot overwrite a value", "der Schlüssel steht zweimal in der Datei"),
    ("Cannot declare", "die Tabelle steht zweimal in der Datei"),
    ("Duplicate inline table key", "der Schlüssel steht zweimal in der Klammer"),
    ("Unterminated string", "ein Text hat kein schließendes Anführungszeichen"),
    ("Illegal character", "ein Text läuft über das Zeilenende hinaus oder enthält ein Steuerzeichen"),
    ("Unclosed array", "eine eckige Klammer ist nicht geschlossen"),
    ("Unclosed inline table", "eine geschweifte Klammer ist nicht geschlossen"),
    ("Expected newline or end of document", "hinter dem Wert steht noch etwas"),
    ("Unescaped '\\'", "ein Rückstrich steht in doppelten Anführungszeichen; einfache verwenden"),
    ("Invalid initial character for a key part", "der Schlüssel beginnt mit einem unzulässigen Zeichen"),
)


def vorschlag(wort: str, kandidaten: Iterable[str]) -> str:
    """Did-you-mean sentence ('Meinten Sie „…“?') or '' when nothing is near."""
    import difflib

    liste = list(kandidaten)
    klein = {k.casefold(): k for k in liste}
    nah = difflib.get_close_matches(wort.casefold(), list(klein), n=3, cutoff=0.6)
    worte = [f"„{klein[n]}“" for n in nah]
    if not worte:
        return ""
    return f"Meinten Sie {' oder '.join([', '.join(worte[:-1]), worte[-1]] if len(worte) > 1 else worte)}?"


def load_toml(pfad: Path, ort: str = "") -> dict[str, Any]:
    """Read a TOML file; ``ort`` names it in messages. Raises KonfigError with line and column in German."""
    import tomli

    ort = ort or pfad.name
    try:
        text = pfad.read_bytes().decode("utf-8-sig")
    except UnicodeDecodeError as fehler:
        raise KonfigError(
            "Die Datei ist nicht in UTF-8 gespeichert.",
            ort=ort,
            grund=f"Byte {fehler.start + 1} gehört zu keinem UTF-8-Zeichen.",
            abhilfe="Die Datei im Editor mit der Kodierung „UTF-8“ speichern.",
        ) from None
    except OSError as fehler:
        raise KonfigError("Die Datei lässt sich nicht lesen.", ort=ort, grund=str(fehler.strerror)) from None
    try:
        return tomli.loads(text)
    except tomli.TOMLDecodeError as fehler:
        raise KonfigError(
            "Die Datei ist kein gültiges TOML.", ort=ort + _stelle(str(fehler)), grund=_deutsch(str(fehler))
        ) from None


def _stelle(text: str) -> str:
    """', Zeile 3, Spalte 5' from tomli's English '(at line 3, column 5)'."""
    _, trenner, hinten = text.rpartition("(at ")
    return (
        ", "
        + hinten.rstrip(")")
        .replace("line", "Zeile")
        .replace("column", "Spalte")
        .replace("end of document", "am Ende der Datei")
        if trenner
        else ""
    )


def _deutsch(text: str) -> str:
    return next((d + "." for e, d in _WORTE if text.startswith(e)), "Die Schreibweise ist ungültig.")


@cache
def felder(klasse: type) -> Mapping[str, tuple[dataclasses.Field[Any], Any]]:
    """Documented fields of a definition class: name → (field, resolved type); helper fields are left out."""
    arten = typing.get_type_hints(klasse)
    return {f.name: (f, arten[f.name]) for f in dataclasses.fields(klasse) if "doc" in f.metadata}


def ist_pflicht(feld: dataclasses.Field[Any]) -> bool:
    """True when a file must state the field."""
    return bool(feld.metadata.get("pflicht")) or (
        feld.default is dataclasses.MISSING and feld.default_factory is dataclasses.MISSING
    )


def load_definition(klasse: type[T], daten: Mapping[str, Any], ort: str, **fest: Any) -> T:
    """Build ``klasse`` from a TOML table. ``fest`` are values that the file need not repeat (but may, if equal)."""
    return typing.cast(T, _lade(klasse, daten, ort, "", fest))


def _lade(klasse: type, daten: object, ort: str, pfad: str, fest: Mapping[str, Any]) -> object:
    bekannt = felder(klasse)
    if not isinstance(daten, dict):
        raise _falsch(ort, pfad, "eine Tabelle { … }", daten)
    for name in daten:
        if name not in bekannt:
            raise KonfigError(
                f"Den Schlüssel „{name}“ gibt es hier nicht.",
                ort=_ort(ort, _unter(pfad, name)),
                grund=f"Erlaubt sind: {', '.join(bekannt)}.",
                abhilfe=vorschlag(name, bekannt),
            )
    werte = {
        name: _wert(feld, art, daten[name], ort, _unter(pfad, name))
        for name, (feld, art) in bekannt.items()
        if name in daten
    }
    for name, soll in fest.items():
        if name in bekannt and name not in werte:
            _pruefe_werte(bekannt[name][0], soll, ort, _unter(pfad, name))
        if werte.setdefault(name, soll) != soll:
            raise KonfigError(
                f"„{name}“ ist „{werte[name]}“, nach Ort und Namen der Datei muss es „{soll}“ sein.",
                ort=_ort(ort, _unter(pfad, name)),
            )
    for name, (feld, _) in bekannt.items():
        if name not in werte and ist_pflicht(feld):
            raise KonfigError(
                f"Der Schlüssel „{name}“ fehlt.",
                ort=_ort(ort, pfad),
                grund=feld.metadata["doc"],
                abhilfe=f"Zum Beispiel: {name} = {feld.metadata['gut']}",
            )
    return klasse(**werte)


def _wert(feld: dataclasses.Field[Any], art: Any, wert: object, ort: str, pfad: str) -> object:
    ergebnis = _typ(art, wert, ort, pfad)
    _pruefe_werte(feld, ergebnis, ort, pfad)
    return ergebnis


def _pruefe_werte(feld: dataclasses.Field[Any], wert: object, ort: str, pfad: str) -> None:
    erlaubt = feld.metadata.get("werte", ())
    for einzeln in _einzelne(wert) if erlaubt else ():
        if einzeln not in erlaubt:
            raise KonfigError(
                f"„{einzeln}“ ist hier kein zulässiger Wert.",
                ort=_ort(ort, pfad),
                grund=f"Erlaubt sind: {', '.join(w or '(leer)' for w in erlaubt)}.",
                abhilfe=vorschlag(str(einzeln), erlaubt) or f"Zum Beispiel: {feld.name} = {feld.metadata['gut']}",
            )


def _einzelne(wert: object) -> Iterable[object]:
    if isinstance(wert, dict):
        return wert.values()
    return wert if isinstance(wert, tuple) else (wert,)


_EINFACH: Mapping[type, tuple[type | tuple[type, ...], str]] = {
    str: (str, "ein Text in Anführungszeichen"),
    int: (int, "eine ganze Zahl ohne Anführungszeichen"),
    float: ((int, float), "eine Zahl mit Dezimalpunkt, ohne Anführungszeichen"),
    bool: (bool, "true oder false"),
}


def _typ(art: Any, wert: object, ort: str, pfad: str) -> object:
    if art in _EINFACH:
        klassen, name = _EINFACH[art]
        if not isinstance(wert, klassen) or (isinstance(wert, bool) and art is not bool):
            raise _falsch(ort, pfad, name, wert)
        return float(typing.cast(float, wert)) if art is float else wert
    ursprung = typing.get_origin(art)
    if ursprung in (types.UnionType, typing.Union):
        return _typ(next(a for a in typing.get_args(art) if a is not types.NoneType), wert, ort, pfad)
    if ursprung is tuple:
        if not isinstance(wert, list):
            raise _falsch(ort, pfad, "eine Liste [ … ]", wert)
        return tuple(_typ(typing.get_args(art)[0], w, ort, f"{pfad}[{i}]") for i, w in enumerate(wert, start=1))
    if ursprung is dict:
        if not isinstance(wert, dict):
            raise _falsch(ort, pfad, "eine Tabelle { … }", wert)
        inhalt = typing.get_args(art)[1]
        return {k: _eintrag(inhalt, k, w, ort, _unter(pfad, k)) for k, w in wert.items()}
    return _lade(art, wert, ort, pfad, {})


def _eintrag(art: Any, schluessel: str, wert: object, ort: str, pfad: str) -> object:
    """Entry of a table of definitions: its key is the kennung of the nested definition."""
    if dataclasses.is_dataclass(art) and "kennung" in felder(typing.cast(type, art)):
        return _lade(typing.cast(type, art), wert, ort, pfad, {"kennung": schluessel})
    return _typ(art, wert, ort, pfad)


def _unter(pfad: str, name: str) -> str:
    return f"{pfad}.{name}" if pfad else name


def _ort(ort: str, pfad: str) -> str:
    return f"{ort}, Schlüssel {pfad}" if pfad else ort


_ARTEN = {
    str: "ein Text",
    bool: "true/false",
    int: "eine Zahl",
    float: "eine Zahl",
    list: "eine Liste",
    dict: "eine Tabelle",
}


def _falsch(ort: str, pfad: str, soll: str, wert: object) -> KonfigError:
    return KonfigError(
        f"Erwartet wird {soll}.", ort=_ort(ort, pfad), grund=f"Dort steht {_ARTEN.get(type(wert), 'ein Datum')}."
    )
