"""The sandbox: no globals, few filters, calls of our functions only, and a list of what may stand in a template."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

import jinja2
from jinja2 import nodes
from jinja2.exceptions import SecurityError
from jinja2.sandbox import ImmutableSandboxedEnvironment

from sozmon.druck.escape import md
from sozmon.errors import KonfigError
from sozmon.vorlage.werte import Funktion, Markdown, vorschlag

MAX_SCHLEIFEN = 3
FILTER = ("join", "length", "first", "last")
TESTS = ("defined", "none", "in", "odd", "even", "eq", "ne", "lt", "le", "gt", "ge")
_TAGS = re.compile(r"\{%.*?%\}")

TEXT_KNOTEN: tuple[type[nodes.Node], ...] = (
    *(nodes.Template, nodes.Output, nodes.TemplateData, nodes.Call, nodes.Name, nodes.Getattr, nodes.Const),
    *(nodes.Keyword, nodes.Neg),
)
VORLAGEN_KNOTEN: tuple[type[nodes.Node], ...] = (
    *TEXT_KNOTEN,
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


class Undefiniert(jinja2.StrictUndefined):
    """Remembers what was looked for, so that a suggestion can be made."""

    @property
    def gesucht(self) -> tuple[str, Any]:
        """The unknown name, and the object that lacks it (jinja2's marker if it is a plain name)."""
        return str(self._undefined_name), self._undefined_obj

    def _fail_with_undefined_error(self, *args: object, **kwargs: object) -> Any:
        raise Unbekannt(self)

    __iter__ = __str__ = __len__ = __eq__ = __ne__ = __bool__ = __contains__ = __hash__ = __call__ = (
        _fail_with_undefined_error
    )
    __getitem__ = _fail_with_undefined_error


class Unbekannt(jinja2.UndefinedError):
    """A name that a template may not know: ``objekt`` is what should have had it."""

    def __init__(self, wert: Undefiniert) -> None:
        super().__init__("unbekannt")
        self.name, self.objekt = wert.gesucht


class Umgebung(ImmutableSandboxedEnvironment):
    """Nothing but what this module puts in: no globals, few filters, calls of ``Funktion`` only."""

    def __init__(self, lader: jinja2.BaseLoader, knoten: tuple[type[nodes.Node], ...]) -> None:
        super().__init__(
            loader=lader,
            undefined=Undefiniert,
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
        self.knoten = knoten

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
        if not isinstance(__obj, Funktion):
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
                abhilfe=vorschlag(filter_.name, bekannte, "Möglich sind"),
            )
    _pruefe_schleifen(baum, 0, ort)


def _grund(erlaubt: tuple[type[nodes.Node], ...]) -> str:
    if erlaubt is TEXT_KNOTEN:
        return "In Texten stehen nur Aufrufe wie {{ wert(…) }} oder {{ tabelle(…) }}."
    return "Vorlagen wählen aus und ordnen an; sie rechnen nicht."


def _pruefe_schleifen(knoten: nodes.Node, tiefe: int, ort: str) -> None:
    for kind in knoten.iter_child_nodes():
        innen = tiefe + isinstance(kind, nodes.For)
        if innen > MAX_SCHLEIFEN or (isinstance(kind, nodes.For) and kind.recursive):
            raise KonfigError(f"Mehr als {MAX_SCHLEIFEN} Schleifen ineinander.", ort=f"{ort}, Zeile {kind.lineno}")
        _pruefe_schleifen(kind, innen, ort)
