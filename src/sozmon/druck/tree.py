"""pandoc's JSON tree: constructors and a walk. Nodes are ``{"t": name, "c": contents}`` as pandoc defines them."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from typing import Any

from sozmon.druck.escape import sauber

Node = dict[str, Any]


def node(name: str, *inhalt: Any) -> Node:
    """A node; one argument is the contents itself, several become a list."""
    if not inhalt:
        return {"t": name}
    return {"t": name, "c": inhalt[0] if len(inhalt) == 1 else list(inhalt)}


def attr(kennung: str = "", klassen: Sequence[str] = (), **paare: str) -> list[Any]:
    """pandoc's attribute triple; ``custom_style`` becomes 'custom-style'."""
    return [kennung, list(klassen), [[name.replace("_", "-"), wert] for name, wert in paare.items()]]


def inlines(text: object) -> list[Node]:
    """Plain text as Str and Space nodes."""
    liste: list[Node] = []
    for stelle, wort in enumerate(sauber(text).split(" ")):
        if stelle:
            liste.append(node("Space"))
        if wort:
            liste.append(node("Str", wort))
    return liste


def para(*teile: Node) -> Node:
    """A paragraph."""
    return node("Para", list(teile))


def raw_block(ziel: str, code: str) -> Node:
    """Finished code of a target language."""
    return node("RawBlock", ziel, code)


def raw_inline(ziel: str, code: str) -> Node:
    """Finished code of a target language inside a paragraph."""
    return node("RawInline", ziel, code)


QUERVERWEIS = "querverweis"
"""Class of a cross-reference: its text is a number that word processors keep up to date."""


def link(text: str, ziel: str, klassen: Sequence[str] = ()) -> Node:
    """A link; '#id' points into the document."""
    return node("Link", attr(klassen=klassen), inlines(text), [ziel, ""])


def ist_querverweis(knoten: Node) -> bool:
    """True for what ``{{ verweis(…) }}`` became."""
    return knoten["t"] == "Link" and QUERVERWEIS in knoten["c"][0][1]


def kasten_titel(knoten: Node) -> str | None:
    """Title of a box ('' = none); None for anything else."""
    if knoten["t"] != "Div" or "kasten" not in knoten["c"][0][1]:
        return None
    return str(dict(knoten["c"][0][2]).get("titel", ""))


def text_of(knoten: Any) -> str:
    """Plain text of nodes, footnotes left out."""
    if isinstance(knoten, list):
        return "".join(text_of(k) for k in knoten)
    if not isinstance(knoten, dict):
        return ""
    match knoten.get("t"):
        case "Str":
            return str(knoten["c"])
        case "Code" | "CodeBlock":
            return str(knoten["c"][1])
        case "Space" | "SoftBreak" | "LineBreak":
            return " "
        case "Note":
            return ""
    return text_of(knoten.get("c"))


def rewrite(knoten: Any, regel: Callable[[Node], Iterable[Node] | None]) -> Any:
    """A copy, bottom-up: ``regel`` gives the nodes that replace a node in its list (None: keep it)."""
    if isinstance(knoten, list):
        neu: list[Any] = []
        for kind in knoten:
            kind = rewrite(kind, regel)
            ersatz = regel(kind) if isinstance(kind, dict) and "t" in kind else None
            neu.extend([kind] if ersatz is None else ersatz)
        return neu
    if isinstance(knoten, dict):
        return {name: rewrite(wert, regel) for name, wert in knoten.items()}
    return knoten


def walk(knoten: Any) -> Iterable[Node]:
    """Every node, depth first."""
    if isinstance(knoten, dict):
        if "t" in knoten:
            yield knoten
        yield from walk(knoten.get("c"))
    elif isinstance(knoten, list):
        for kind in knoten:
            yield from walk(kind)
