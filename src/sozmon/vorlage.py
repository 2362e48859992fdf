"""Templates and texts of people → Markdown, in a sandbox that computes nothing and sees plain frozen values only.

Layout templates may choose and repeat (``if``, ``for``, ``set``, ``include``); texts of people may call functions,
nothing else. What a value prints is escaped for Markdown; only the functions' ``Markdown`` goes through as it is.
"""

from __future__ import annotations

import dataclasses
import difflib
import hashlib
import inspect
import os
import re
import stat
import traceback
from collections.abc import Callable, Iterable, Mapping, Sequence
from decimal import Decimal
from pathlib import Path
from types import MappingProxyType
from typing import Any

import jinja2
from jinja2 import nodes
from jinja2.exceptions import SecurityError
from jinja2.sandbox import ImmutableSandboxedEnvironment

from sozmon.druck.escape import md
from sozmon.druck.modell import ist_id
from sozmon.errors import KonfigError, SozmonError

Funktionen = Mapping[str, Callable[..., object] | Mapping[str, Callable[..., object]]]

MAX_ZEICHEN = 20_000_000
MAX_VORLAGE_BYTES = 1_000_000
MAX_SCHLEIFEN = 3
FILTER = ("join", "length", "first", "last")
TESTS = ("defined", "none", "in", "odd", "even", "eq", "ne", "lt", "le", "gt", "ge")

_TEXT_KNOTEN: tuple[type[nodes.Node], ...] = (
    *(nodes.Template, nodes.Output, nodes.TemplateData, nodes.Call, nodes.Name, nodes.Getattr, nodes.Const),
    *(nodes.Keyword, nodes.Neg),
)
_VORLAGEN_KNOTEN: tuple[type[nodes.Node], ...] = (
    *_TEXT_KNOTEN,
    *(nodes.For, nodes.If, nodes.Assign, nodes.Include, nodes.Getitem, nodes.Compare, nodes.Operand, nodes.Not),
    *(nodes.And, nodes.Or, nodes.Test, nodes.Filter, nodes.CondExpr, nodes.Tuple, nodes.List),
)
_NAMEN = {
    "Concat": "das Verketten mit ~",
    "Add": "das Rechnen mit +",
    "Sub": "das Rechnen mit -",
    "Mul": "das Rechnen mit *",
    "Div": "das Rechnen mit /",
    "Mod": "das Rechnen mit %",
    "Pow": "das Rechnen mit **",
    "For": "eine Schleife ({% for %})",
    "If": "eine Bedingung ({% if %})",
    "CondExpr": "eine Bedingung (if … else)",
    "Assign": "eine Zuweisung ({% set %})",
    "Macro": "ein Makro",
    "Include": "{% include %}",
    "Filter": "ein Filter (|)",
}


class Markdown:
    """Finished Markdown. No text operation works on it, so nothing can be glued to it unescaped."""

    __slots__ = ("_text",)

    def __init__(self, text: str) -> None:
        self._text = text

    def __str__(self) -> str:
        return self._text


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


def _kennung(text: str) -> str:
    if not ist_id(str(text)):
        raise KonfigError(
            f"„{text}“ ist keine Kennung.", grund="Erlaubt sind Buchstaben ohne Umlaute, Ziffern, - und _."
        )
    return str(text)


# --- values and functions that a template may see ----------------------------------------------------------


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


class _Funktion:
    """The only kind of object that a template can call."""

    __slots__ = ("_name", "_ziel")

    def __init__(self, name: str, ziel: Callable[..., object]) -> None:
        self._name, self._ziel = name, ziel

    def __call__(self, *args: object, **kwargs: object) -> object:
        try:
            self._pruefe(args, kwargs)
            if any(isinstance(w, _Funktion | Mapping | Markdown) for w in (*args, *kwargs.values())):
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
                    f"Die Angabe „{name}“ gibt es hier nicht.", abhilfe=_vorschlag(name, namen, "Möglich sind")
                )
        try:
            signatur.bind(*args, **kwargs)
        except TypeError as fehler:
            raise KonfigError("Die Zahl der Angaben passt nicht.", grund=f"Erwartet: {', '.join(namen)}.") from fehler


def _wort(wert: object) -> str:
    return f'"{wert}"' if isinstance(wert, str) else "…" if isinstance(wert, _Funktion | Mapping) else str(wert)


def _mit_ort(fehler: SozmonError, ort: str) -> KonfigError:
    if ort and ort not in fehler.ort:
        ort = f"{fehler.ort}, {ort}" if fehler.ort and not isinstance(fehler, _Innen) else ort
    return _Innen(fehler.text, ort=ort or fehler.ort, grund=fehler.grund, abhilfe=fehler.abhilfe)


class _Innen(KonfigError):
    """An error that knows its call, but not yet its file and line."""


def _huelle(funktionen: Funktionen) -> dict[str, object]:
    return {
        name: MappingProxyType({n: _Funktion(f"{name}.{n}", f) for n, f in ziel.items()})
        if isinstance(ziel, Mapping)
        else _Funktion(name, ziel)
        for name, ziel in funktionen.items()
    }


# --- the environment ---------------------------------------------------------------------------------------


class _Undefiniert(jinja2.StrictUndefined):
    """Remembers what was looked for, so that a suggestion can be made."""

    @property
    def gesucht(self) -> tuple[str, Any]:
        """The unknown name, and the object that lacks it (jinja2's marker if it is a plain name)."""
        return str(self._undefined_name), self._undefined_obj

    def _fail_with_undefined_error(self, *args: object, **kwargs: object) -> Any:
        raise _Unbekannt(self)

    __iter__ = __str__ = __len__ = __eq__ = __ne__ = __bool__ = __contains__ = __hash__ = __call__ = (
        _fail_with_undefined_error
    )
    __getitem__ = _fail_with_undefined_error


class _Unbekannt(jinja2.UndefinedError):
    def __init__(self, wert: _Undefiniert) -> None:
        super().__init__("unbekannt")
        self.name, self.objekt = wert.gesucht


class _Umgebung(ImmutableSandboxedEnvironment):
    """Nothing but what this module puts in: no globals, few filters, calls of ``_Funktion`` only."""

    def __init__(self, lader: jinja2.BaseLoader) -> None:
        super().__init__(
            loader=lader,
            undefined=_Undefiniert,
            autoescape=False,
            finalize=_ausgabe,
            comment_start_string="{##",
            comment_end_string="##}",
            trim_blocks=True,
            lstrip_blocks=True,
            keep_trailing_newline=True,
            extensions=[],
            cache_size=100,
        )
        self.globals.clear()
        self.filters = {name: self.filters[name] for name in FILTER}
        self.tests = {name: self.tests[name] for name in TESTS}
        self.knoten: tuple[type[nodes.Node], ...] = _VORLAGEN_KNOTEN

    def _parse(self, source: str, name: str | None, filename: str | None) -> nodes.Template:
        baum = super()._parse(source, name, filename)
        _pruefe_baum(baum, self.knoten, filename or name or "")
        return baum

    def preprocess(self, source: str, name: str | None = None, filename: str | None = None) -> str:
        """A tag that stands alone on its line vanishes with it; behind text the line end stays."""
        return "\n".join(map(_zeilenende, source.split("\n")))

    def is_safe_attribute(self, obj: object, attr: str, value: object) -> bool:
        """Attributes are read from mappings only (the loop variable excepted): no method of any value is reachable."""
        return isinstance(obj, jinja2.runtime.LoopContext) and attr in ("first", "last", "index", "length")

    def getattr(self, obj: Any, attribute: str) -> Any:
        """Fields of frozen mappings."""
        if isinstance(obj, Mapping):
            return obj[attribute] if attribute in obj else self.undefined(obj=obj, name=attribute)
        return super().getattr(obj, attribute)

    def call(self, __context: Any, __obj: Any, *args: Any, **kwargs: Any) -> Any:
        """Only our own functions can be called."""
        if isinstance(__obj, jinja2.Undefined):
            __obj()
        if not isinstance(__obj, _Funktion):
            raise SecurityError("Das kann nicht aufgerufen werden.")
        return __obj(*args, **{k: v for k, v in kwargs.items() if k not in ("_loop_vars", "_block_vars")})


def _zeilenende(zeile: str) -> str:
    vorn = zeile.rstrip()
    if not vorn.endswith("%}") or vorn.endswith(("-%}", "+%}")) or not _TAGS.sub("", zeile).strip():
        return zeile
    return vorn.removesuffix("%}") + "+%}"


def _ausgabe(wert: object) -> str:
    """What a printed value becomes: finished Markdown as it is, text and whole numbers escaped."""
    if isinstance(wert, Markdown):
        return str(wert)
    if isinstance(wert, jinja2.Undefined):
        return str(wert)  # raises
    if isinstance(wert, str) or (isinstance(wert, int) and not isinstance(wert, bool)):
        return md(wert)
    raise KonfigError(
        f"Ein Wert der Art {type(wert).__name__} kann nicht gedruckt werden.",
        grund="Gedruckt werden Texte und ganze Zahlen; alle anderen Zahlen durch {{ wert(…) }}.",
    )


def _pruefe_baum(baum: nodes.Template, erlaubt: tuple[type[nodes.Node], ...], ort: str) -> None:
    for knoten in baum.find_all(nodes.Node):
        if not isinstance(knoten, erlaubt):
            art = type(knoten).__name__
            raise KonfigError(
                f"Hier ist {_NAMEN.get(art, art)} nicht erlaubt.",
                ort=f"{ort}, Zeile {knoten.lineno}",
                grund=_grund(erlaubt),
                abhilfe='Den Wert mit einem Aufruf holen, zum Beispiel {{ wert("bevoelkerung") }}.',
            )
    for filter_ in baum.find_all((nodes.Filter, nodes.Test)):
        bekannte = FILTER if isinstance(filter_, nodes.Filter) else TESTS
        if filter_.name not in bekannte:
            raise KonfigError(
                f"Den Filter „{filter_.name}“ gibt es hier nicht.",
                ort=f"{ort}, Zeile {filter_.lineno}",
                abhilfe=_vorschlag(filter_.name, bekannte, "Möglich sind"),
            )
    _pruefe_schleifen(baum, 0, ort)


def _grund(erlaubt: tuple[type[nodes.Node], ...]) -> str:
    if erlaubt is _TEXT_KNOTEN:
        return "In Texten stehen nur Aufrufe wie {{ wert(…) }} oder {{ tabelle(…) }}."
    return "Vorlagen wählen aus und ordnen an; sie rechnen nicht."


def _pruefe_schleifen(knoten: nodes.Node, tiefe: int, ort: str) -> None:
    for kind in knoten.iter_child_nodes():
        innen = tiefe + isinstance(kind, nodes.For)
        if innen > MAX_SCHLEIFEN or (isinstance(kind, nodes.For) and kind.recursive):
            raise KonfigError(f"Mehr als {MAX_SCHLEIFEN} Schleifen ineinander.", ort=f"{ort}, Zeile {kind.lineno}")
        _pruefe_schleifen(kind, innen, ort)


# --- loading -----------------------------------------------------------------------------------------------


class _Lader(jinja2.BaseLoader):
    """Folders in the order of precedence; regular files inside them, reached without a symbolic link."""

    def __init__(self, ordner: Sequence[Path]) -> None:
        self.ordner = tuple(ordner)

    def get_source(self, environment: jinja2.Environment, template: str) -> tuple[str, str, Callable[[], bool]]:
        """Source of a template; TemplateNotFound when no folder has it."""
        teile = template.split("/")
        if any(t in ("", ".", "..") or re.search(r"[\\:\x00-\x1f]", t) for t in teile):
            raise KonfigError(
                f"Der Name „{template}“ ist nicht erlaubt.", grund="Vorlagen liegen im Ordner vorlagen/ des Projekts."
            )
        for ordner in self.ordner:
            if (text := _lies(ordner, teile)) is not None:
                return text, f"vorlagen/{template}", lambda: True
        raise jinja2.TemplateNotFound(template)

    def quelltext(self, ort: str) -> str:
        """Source by the name that errors show ('vorlagen/…'); '' when there is none."""
        teile = ort.removeprefix("vorlagen/").split("/")
        return next((text for o in self.ordner if (text := _lies(o, teile)) is not None), "")

    def list_templates(self) -> list[str]:
        """Names for suggestions."""
        return sorted({p.relative_to(o).as_posix() for o in self.ordner if o.is_dir() for p in o.rglob("*.j2")})


def _lies(ordner: Path, teile: Sequence[str]) -> str | None:
    pfad = Path(os.path.realpath(ordner))
    for nr, teil in enumerate(teile):
        pfad = pfad / teil
        try:
            art = pfad.lstat().st_mode
        except (FileNotFoundError, NotADirectoryError):
            return None
        if not (stat.S_ISREG(art) if nr == len(teile) - 1 else stat.S_ISDIR(art)):
            raise KonfigError(
                f"„{'/'.join(teile)}“ ist keine gewöhnliche Datei.",
                ort=str(pfad),
                grund="Verknüpfungen und Geräte werden in Vorlagen nicht verfolgt.",
                abhilfe="Die Datei selbst in den Ordner legen.",
            )
    return _inhalt(pfad)


def _inhalt(pfad: Path) -> str:
    griff = os.open(pfad, os.O_RDONLY | getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_BINARY", 0))
    with os.fdopen(griff, "rb") as datei:
        daten = datei.read(MAX_VORLAGE_BYTES + 1)
    if len(daten) > MAX_VORLAGE_BYTES:
        raise KonfigError("Die Vorlage ist zu groß.", ort=str(pfad), grund=f"Grenze: {MAX_VORLAGE_BYTES} Byte.")
    try:
        return daten.decode("utf-8-sig").replace("\r\n", "\n")
    except UnicodeDecodeError as fehler:
        raise KonfigError(
            "Die Vorlage ist nicht in UTF-8 gespeichert.", ort=str(pfad), abhilfe="Im Editor als UTF-8 speichern."
        ) from fehler


# --- rendering ---------------------------------------------------------------------------------------------

_TAGS = re.compile(r"\{%.*?%\}")
_AUFRUF = re.compile(r"\{\{.*?\}\}", re.DOTALL)
_FUSSNOTE = re.compile(r"\[\^([^\]\s^]+)\]")
_IN_ANFUEHRUNG = re.compile(r"[„“”\"‚‘’']([^„“”\"‚‘’'\n]*)[„“”\"‚‘’']")
_SCHIEF = re.compile(r"„([^„“”\"\n]{1,300})[\"”]")


class Vorlagen:
    """Templates from folders in the order of precedence (the project's before the shipped ones)."""

    def __init__(self, ordner: Sequence[Path]) -> None:
        self._lader = _Lader(ordner)
        self._vorlagen = _Umgebung(self._lader)
        self._texte = _Umgebung(jinja2.DictLoader({}))
        self._texte.knoten = _TEXT_KNOTEN

    def render_vorlage(self, name: str, kontext: Mapping[str, object], funktionen: Funktionen) -> str:
        """Markdown of the template ``name``; KonfigError (78) with file, line and call for anything wrong."""
        namen = {**{k: einfrieren(v, k) for k, v in kontext.items()}, **_huelle(funktionen)}
        with _Deutsch(f"vorlagen/{name}", namen, self._lader.quelltext, self._lader.list_templates):
            return _sammeln(self._vorlagen.get_template(name), namen, f"vorlagen/{name}")

    def render_text(self, text: str, herkunft: str, funktionen: Funktionen) -> str:
        """Markdown of a text of people: calls replaced; typographic quotes from Word are understood in a call."""
        namen = _huelle(funktionen)
        text = _eigene_fussnoten(text, herkunft)
        with _Deutsch(herkunft, namen, lambda _: text):
            code = self._texte.compile(_gerade(text), name=herkunft, filename=herkunft)
            vorlage = jinja2.Template.from_code(self._texte, code, self._texte.globals)
            return _sammeln(vorlage, namen, herkunft)


def _eigene_fussnoten(text: str, herkunft: str) -> str:
    """Footnote keys of one text ('[^1]') are its own: another text may use the same."""
    zusatz = hashlib.sha256(herkunft.encode("utf-8")).hexdigest()[:8]
    return _FUSSNOTE.sub(rf"[^\1-{zusatz}]", text)


def _gerade(text: str) -> str:
    """Straight quotes inside calls; outside, a German quotation that was closed with the wrong sign gets “."""
    teile, ende = [], 0
    for aufruf in _AUFRUF.finditer(text):
        teile.append(_SCHIEF.sub(r"„\1“", text[ende : aufruf.start()]))
        teile.append(_IN_ANFUEHRUNG.sub(r'"\1"', aufruf[0].replace("\u00a0", " ")))
        ende = aufruf.end()
    return "".join([*teile, _SCHIEF.sub(r"„\1“", text[ende:])])


def _sammeln(vorlage: jinja2.Template, namen: Mapping[str, object], ort: str) -> str:
    stuecke, laenge = [], 0
    for stueck in vorlage.generate(namen):
        laenge += len(stueck)
        if laenge > MAX_ZEICHEN:
            raise KonfigError("Die Vorlage erzeugt zu viel Text.", ort=ort, grund=f"Grenze: {MAX_ZEICHEN} Zeichen.")
        stuecke.append(stueck)
    return "".join(stuecke)


class _Deutsch:
    """Turns every error of a template into a KonfigError with file, line and call."""

    def __init__(
        self,
        ort: str,
        namen: Mapping[str, object],
        quelltext: Callable[[str], str],
        vorlagen: Callable[[], Sequence[str]] = tuple,
    ) -> None:
        self.ort, self.namen, self.quelltext, self.vorlagen = ort, namen, quelltext, vorlagen

    def __enter__(self) -> None:
        return None

    def __exit__(self, art: object, fehler: BaseException | None, spur: object) -> None:
        if fehler is None:
            return
        neu = self._uebersetze(fehler)
        if neu is not None:
            raise neu from fehler

    def _uebersetze(self, fehler: BaseException) -> KonfigError | None:
        match fehler:
            case _Innen() | KonfigError() if isinstance(fehler, _Innen) or not fehler.ort:
                ort = ", ".join(t for t in (self._zeile(fehler), fehler.ort) if t)
                return KonfigError(fehler.text, ort=ort, grund=fehler.grund, abhilfe=fehler.abhilfe)
            case _Unbekannt():
                return self._unbekannt(fehler)
            case jinja2.TemplateSyntaxError():
                return KonfigError(
                    "Der Aufruf ist nicht zu lesen.",
                    ort=f"{fehler.filename or self.ort}, Zeile {fehler.lineno}",
                    grund="Eine Klammer oder ein Anführungszeichen fehlt, oder ein Zeichen steht zu viel.",
                    abhilfe='Klammern und Anführungszeichen prüfen: {{ wert("bevoelkerung") }}.',
                )
            case jinja2.TemplateNotFound():
                vorschlag = _vorschlag(str(fehler.name), self.vorlagen())
                return KonfigError(f"Die Vorlage „{fehler.name}“ fehlt.", ort=self._zeile(fehler), abhilfe=vorschlag)
            case SecurityError() | RecursionError():
                return KonfigError(
                    "Das darf eine Vorlage nicht.", ort=self._zeile(fehler), grund="Vorlagen rufen nur Funktionen auf."
                )
            case TypeError() if "darf nicht in eine Vorlage" not in str(fehler):
                return KonfigError("Der Vergleich oder die Schleife passt nicht zum Wert.", ort=self._zeile(fehler))
        return None

    def _unbekannt(self, fehler: _Unbekannt) -> KonfigError:
        bekannte = list(fehler.objekt) if isinstance(fehler.objekt, Mapping) else list(self.namen)
        return KonfigError(
            f"„{fehler.name}“ ist hier nicht bekannt.",
            ort=self._zeile(fehler, fehler.name),
            abhilfe=_vorschlag(fehler.name, bekannte, "Möglich sind"),
        )

    def _zeile(self, fehler: BaseException, wort: str = "") -> str:
        """File and line of the innermost template frame, and the call on it that contains ``wort``."""
        for rahmen in reversed(traceback.extract_tb(fehler.__traceback__)):
            datei, zeile = rahmen.filename, rahmen.lineno or 1
            if datei == self.ort or datei.startswith("vorlagen/"):
                aufruf = _aufruf_mit(self.quelltext(datei), zeile, wort) if wort else ""
                return f"{datei}, Zeile {zeile}" + (f", {aufruf}" if aufruf else "")
        return self.ort


def _aufruf_mit(text: str, zeile: int, wort: str) -> str:
    stellen = text.split("\n")[zeile - 1 : zeile]
    return next((a for s in stellen for a in re.findall(r"\{\{.*?\}\}", s) if wort in a), "")


def _vorschlag(wort: str, bekannte: Sequence[str], sonst: str = "") -> str:
    nahe = difflib.get_close_matches(wort, bekannte, n=3, cutoff=0.6)
    if nahe:
        return "Gemeint sein könnte: " + ", ".join(f"„{n}“" for n in nahe)
    return f"{sonst}: {', '.join(bekannte)}." if sonst and bekannte else ""
