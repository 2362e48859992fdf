"""Plain text into a target language: one function a target, data is never pasted unescaped."""

from __future__ import annotations

import html
import re
import unicodedata
from collections.abc import Sequence

_WEISS = re.compile(r"[^\S\u00a0\u202f\u2007\u2009]+|[\x00-\x1f\x7f-\x9f\u2028\u2029]+")
_UNSICHTBAR = re.compile(r"[\u200b\u200e\u200f\u202a-\u202e\u2060-\u2069\ufeff\ufff9-\ufffc\ufffe\uffff\ud800-\udfff]")
_SATZZEICHEN = re.compile(r"([!-/:-@\[-`{-~])")


def sauber(text: object) -> str:
    """One line without control, bidi or zero-width characters; keeps NBSP and narrow NBSP; no blanks at the ends.

    Every writer gets its texts through here, so one string looks the same in every format.
    """
    return _UNSICHTBAR.sub("", _WEISS.sub(" ", unicodedata.normalize("NFC", str(text)))).strip(" ")


def md(text: object) -> str:
    """Markdown that reads back as exactly ``sauber(text)``: every ASCII punctuation character is escaped.

    A number before '.' or ')' cannot become a list, because the sign is escaped too; a lone line of '-' neither.
    """
    return _SATZZEICHEN.sub(r"\\\1", sauber(text))


def typst(text: object) -> str:
    """A Typst string literal."""
    return '"' + sauber(text).replace("\\", "\\\\").replace('"', '\\"') + '"'


def typst_liste(teile: Sequence[str]) -> str:
    """A Typst array of expressions that are Typst code already."""
    return "(" + "".join(teil + "," for teil in teile) + ")"


def xml(text: object) -> str:
    """Text or attribute value for HTML and XML."""
    return html.escape(sauber(text), quote=True)
