"""Templates and texts of people → Markdown, in a sandbox that computes nothing and sees plain frozen values only.

Layout templates may choose and repeat (``if``, ``for``, ``set``, ``include``); texts of people may call functions,
nothing else. What a value prints is escaped for Markdown; only the functions' ``Markdown`` goes through as it is.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Mapping, Sequence
from pathlib import Path

import jinja2

from sozmon.errors import KonfigError
from sozmon.vorlage.fehler import Deutsch
from sozmon.vorlage.lader import Lader
from sozmon.vorlage.umgebung import TEXT_KNOTEN, VORLAGEN_KNOTEN, Umgebung
from sozmon.vorlage.werte import Funktionen, Markdown, anker, einfrieren, huelle, markdown, platz, verweis

__all__ = ["Funktionen", "Markdown", "Vorlagen", "anker", "einfrieren", "markdown", "platz", "verweis"]

MAX_ZEICHEN = 20_000_000

_AUFRUF = re.compile(r"\{\{.*?\}\}", re.DOTALL)
_FUSSNOTE = re.compile(r"\[\^([^\]\s^]+)\]")
_IN_ANFUEHRUNG = re.compile(r"[„“”\"‚‘’']([^„“”\"‚‘’'\n]*)[„“”\"‚‘’']")
_SCHIEF = re.compile(r"„([^„“”\"\n]{1,300})[\"”]")


class Vorlagen:
    """Templates from folders in the order of precedence (the project's before the shipped ones)."""

    def __init__(self, ordner: Sequence[Path]) -> None:
        self._lader = Lader(ordner)
        self._vorlagen = Umgebung(self._lader, VORLAGEN_KNOTEN)
        self._texte = Umgebung(jinja2.DictLoader({}), TEXT_KNOTEN)

    def render_vorlage(self, name: str, kontext: Mapping[str, object], funktionen: Funktionen) -> str:
        """Markdown of the template ``name``; KonfigError (78) with file, line and call for anything wrong."""
        namen = {**{k: einfrieren(v, k) for k, v in kontext.items()}, **huelle(funktionen)}
        with Deutsch(f"vorlagen/{name}", namen, self._lader.quelltext, self._lader.list_templates):
            return _sammeln(self._vorlagen.get_template(name), namen, f"vorlagen/{name}")

    def render_text(self, text: str, herkunft: str, funktionen: Funktionen, *, stelle: str = "") -> str:
        """Markdown of a text of people: calls replaced; typographic quotes from Word are understood in a call.

        stelle: where it is printed; a text that stands in two places has its footnotes twice.
        """
        namen = huelle(funktionen)
        text = _eigene_fussnoten(text, f"{herkunft} {stelle}")
        with Deutsch(herkunft, namen, lambda _: text):
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
