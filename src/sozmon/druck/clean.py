"""What may stand in a document: the allow-list for pandoc's tree, and German quotes.

pandoc lets attributes and any URL through even when raw HTML is off (``[x]{onclick=…}``, ``javascript:``);
here everything that is not named is refused or dropped.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Any

from sozmon.druck.escape import sauber
from sozmon.druck.tree import Node, inlines, node, rewrite, text_of, walk
from sozmon.errors import KonfigError

_ERLAUBT = """
Para Plain Header BulletList OrderedList DefinitionList BlockQuote LineBlock Div HorizontalRule CodeBlock
Str Space SoftBreak LineBreak Emph Strong Strikeout Superscript Subscript SmallCaps Underline Quoted Code
Link Note Span
DoubleQuote SingleQuote Decimal DefaultStyle Period DefaultDelim
"""  # the last line: enumerations of pandoc that look like nodes
ERLAUBT = frozenset(_ERLAUBT.split())
GRUENDE = {
    "RawInline": "Roher HTML-, TeX- oder Word-Code ist nicht erlaubt.",
    "RawBlock": "Roher HTML-, TeX- oder Word-Code ist nicht erlaubt.",
    "Image": "Bilder werden nur durch {{ bild(…) }} oder {{ diagramm(…) }} gesetzt.",
    "Table": "Tabellen werden nur durch {{ tabelle(…) }} gesetzt.",
    "Math": "Formeln sind nicht vorgesehen.",
}
KLASSEN = frozenset({"platz", "verweis", "unnumbered", "hinweis", "fehlt", "kasten", "kapitelgrenze"})
ATTRIBUTE = frozenset({"lang", "ziel", "titel"})
_ADRESSE = re.compile(r"(https?://|mailto:|#)[^\s<>\"'`\\{}]*\Z")
ZITAT = {"DoubleQuote": ("„", "“"), "SingleQuote": ("‚", "‘")}


def clean(bloecke: list[Any]) -> list[Any]:
    """The tree with German quotes and only allowed nodes, classes, attributes and addresses; KonfigError otherwise."""
    for knoten in walk(bloecke):  # top-down: a table is refused as a table, not as one of its alignments
        _pruefe(knoten)
    rein: list[Any] = rewrite(bloecke, _regel)
    return rein


def _pruefe(knoten: Node) -> None:
    art = knoten["t"]
    if art not in ERLAUBT:
        raise KonfigError(
            f"„{art}“ ist in Vorlagen und Texten nicht erlaubt.",
            ort=f"bei „{text_of(knoten)[:60]}“",
            grund=GRUENDE.get(art, "Dieses Element kennt die Ausgabe nicht."),
            abhilfe="Die Stelle anders schreiben.",
        )


def _regel(knoten: Node) -> Iterable[Node] | None:
    art = knoten["t"]
    if art in ("Header", "Div", "Span", "Link", "Code", "CodeBlock"):
        _attribute(knoten["c"][1 if art == "Header" else 0])
    match art:
        case "Quoted":
            auf, zu = ZITAT[knoten["c"][0]["t"]]
            return [node("Str", auf), *knoten["c"][1], node("Str", zu)]
        case "Str":
            return [node("Str", text)] if (text := sauber(knoten["c"])) else []
        case "Link":
            _adresse(knoten)
        case "Header" if any(k["t"] == "Note" for k in walk(knoten["c"])):
            raise KonfigError(
                "Fußnote in einer Überschrift.",
                ort=f"Überschrift „{text_of(knoten['c'][2])}“",
                grund="Sie stünde auch im Inhaltsverzeichnis.",
                abhilfe="Die Fußnote an den ersten Satz darunter setzen.",
            )
        case "OrderedList":
            return _datum_am_anfang(knoten)
    return None


def _attribute(triple: list[Any]) -> None:
    triple[1] = [k for k in triple[1] if k in KLASSEN]
    triple[2] = [paar for paar in triple[2] if paar[0] in ATTRIBUTE]


def _adresse(knoten: Node) -> None:
    adresse = knoten["c"][2][0]
    if not _ADRESSE.match(adresse):
        raise KonfigError(
            f"Die Adresse „{adresse[:80]}“ ist nicht erlaubt.",
            ort=f"Verweis „{text_of(knoten['c'][1])[:60]}“",
            grund="Erlaubt sind https:, http:, mailto: und # (im Dokument).",
            abhilfe="Die vollständige Adresse mit https:// angeben.",
        )
    knoten["c"][2][1] = ""


def _datum_am_anfang(knoten: Node) -> Iterable[Node] | None:
    """'31. Dezember ist Stichtag.' at the start of a paragraph is a date, not a list that begins with 31."""
    (start, _, _), punkte = knoten["c"]
    if len(punkte) != 1 or start == 1 or not punkte[0]:
        return None
    erster, *rest = punkte[0]
    if erster["t"] not in ("Plain", "Para"):
        return None
    return [node("Para", [*inlines(f"{start}."), node("Space"), *erster["c"]]), *rest]
