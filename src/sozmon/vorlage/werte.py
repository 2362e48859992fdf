"""What a template may see: plain frozen values, finished Markdown, and wrapped functions whose errors name the call."""

from __future__ import annotations

import dataclasses
import difflib
import inspect
from collections.abc import Callable, Iterable, Mapping, Sequence
from decimal import Decimal
from types import MappingProxyType

from sozmon.druck.modell import ist_id
from sozmon.errors import KonfigError, SozmonError

Funktionen = Mapping[str, Callable[..., object] | Mapping[str, Callable[..., object]]]


class Markdown:
    """Finished Markdown. No text operation works on it, so nothing can be glued to it unescaped."""

    __slots__ = ("_text",)

    def __init__(self, text: str) -> None:
        self._text = text

    def __str__(self) -> str:
        return self._text

    def __bool__(self) -> bool:
        """False when nothing would be printed: a template asks ``{% if %}`` before it sets a heading."""
        return bool(self._text)


def markdown(text: str) -> Markdown:
    """Mark a text as finished Markdown."""
    return Markdown(text)


def platz(kennungen: str | Iterable[str]) -> Markdown:
    """The places of tables and charts, one after the other; nothing for ()."""
    liste = (kennungen,) if isinstance(kennungen, str) else tuple(kennungen)
    return Markdown("".join(f"\n\n::: {{.platz #{_kennung(k)}}}\n:::\n\n" for k in liste))


def verweis(ziel: str) -> Markdown:
    """A cross-reference; the publishing pass prints 'Tabelle 1.2' and refuses an unknown target."""
    return Markdown(f'[x]{{.verweis ziel="{_kennung(ziel)}"}}')


def anker(kennung: str) -> Markdown:
    """The id of a heading, behind its text: '{#id}'."""
    return Markdown(f"{{#{_kennung(kennung)}}}")


def _kennung(text: str) -> str:
    if not ist_id(str(text)):
        raise KonfigError(
            f"„{text}“ ist keine Kennung.", grund="Erlaubt sind Buchstaben ohne Umlaute, Ziffern, - und _."
        )
    return str(text)


def einfrieren(wert: object, ort: str = "") -> object:
    """A deep read-only copy of plain values (text, numbers, None, tuples, mappings); TypeError for anything else.

    Frozen dataclasses become read-only mappings of their fields; a list becomes a tuple.
    """
    if wert is None or isinstance(wert, bool | int | float | Decimal | Markdown):
        return wert
    if isinstance(wert, str):
        return str(wert)  # of an enum: its text
    if isinstance(wert, tuple | list):
        return tuple(einfrieren(w, f"{ort}[{i}]") for i, w in enumerate(wert))
    if dataclasses.is_dataclass(wert) and not isinstance(wert, type):
        felder = {f.name: getattr(wert, f.name) for f in dataclasses.fields(wert)}
        return MappingProxyType({k: einfrieren(w, f"{ort}.{k}") for k, w in felder.items()})
    if isinstance(wert, Mapping):
        return MappingProxyType({str(k): einfrieren(w, f"{ort}.{k}") for k, w in wert.items()})
    raise TypeError(f"{ort}: {type(wert).__name__} darf nicht in eine Vorlage")


class Funktion:
    """The only kind of object that a template can call."""

    __slots__ = ("_name", "_ziel")

    def __init__(self, name: str, ziel: Callable[..., object]) -> None:
        self._name, self._ziel = name, ziel

    def __call__(self, *args: object, **kwargs: object) -> object:
        """The frozen result; a SozmonError of the function with the call as its place."""
        try:
            self._pruefe(args, kwargs)
            if any(isinstance(w, Funktion | Mapping | Markdown) for w in (*args, *kwargs.values())):
                raise KonfigError("Angaben sind Texte und Zahlen.", abhilfe="Texte in Anführungszeichen setzen.")
            return einfrieren(self._ziel(*args, **kwargs), self._name)
        except SozmonError as fehler:
            raise _mit_ort(fehler, self._aufruf(args, kwargs)) from fehler

    def _aufruf(self, args: Iterable[object], kwargs: Mapping[str, object]) -> str:
        teile = [_wort(a) for a in args] + [f"{k}={_wort(v)}" for k, v in kwargs.items()]
        return f"{{{{ {self._name}({', '.join(teile)}) }}}}"

    def _pruefe(self, args: Sequence[object], kwargs: Mapping[str, object]) -> None:
        signatur = inspect.signature(self._ziel)
        namen = [p.name for p in signatur.parameters.values() if p.kind not in (p.VAR_POSITIONAL, p.VAR_KEYWORD)]
        frei = any(p.kind == p.VAR_KEYWORD for p in signatur.parameters.values())
        for name in kwargs:
            if name not in namen and not frei:
                raise KonfigError(
                    f"Die Angabe „{name}“ gibt es hier nicht.", abhilfe=vorschlag(name, namen, "Möglich sind")
                )
        try:
            signatur.bind(*args, **kwargs)
        except TypeError as fehler:
            raise KonfigError("Die Zahl der Angaben passt nicht.", grund=f"Erwartet: {', '.join(namen)}.") from fehler


def _wort(wert: object) -> str:
    return f'"{wert}"' if isinstance(wert, str) else "…" if isinstance(wert, Funktion | Mapping) else str(wert)


def _mit_ort(fehler: SozmonError, ort: str) -> KonfigError:
    if ort and ort not in fehler.ort:
        ort = f"{fehler.ort}, {ort}" if fehler.ort and not isinstance(fehler, Innen) else ort
    return Innen(fehler.text, ort=ort or fehler.ort, grund=fehler.grund, abhilfe=fehler.abhilfe)


class Innen(KonfigError):
    """An error that knows its call, but not yet its file and line."""


def huelle(funktionen: Funktionen) -> dict[str, object]:
    """The functions as a template sees them."""
    return {
        name: MappingProxyType({n: Funktion(f"{name}.{n}", f) for n, f in ziel.items()})
        if isinstance(ziel, Mapping)
        else Funktion(name, ziel)
        for name, ziel in funktionen.items()
    }


def vorschlag(wort: str, bekannte: Sequence[str], sonst: str = "") -> str:
    """Did-you-mean, or the list of what there is behind ``sonst``."""
    nahe = difflib.get_close_matches(wort, bekannte, n=3, cutoff=0.6)
    if nahe:
        return "Gemeint sein könnte: " + ", ".join(f"„{n}“" for n in nahe)
    return f"{sonst}: {', '.join(bekannte)}." if sonst and bekannte else ""
