"""TOML and regular expressions as a person would write them."""

from __future__ import annotations

import re
from collections.abc import Mapping


def muster_aus(text: str) -> str:
    """A regular expression for exactly this text, with only the necessary backslashes."""
    return re.sub(r"([\\.^$*+?{}\[\]|()])", r"\\\1", text)


def als_toml(wert: object) -> str:
    """A value in TOML: texts with backslashes in single quotes, tables and lists on one line."""
    if isinstance(wert, bool):
        return "true" if wert else "false"
    if isinstance(wert, int | float):
        return repr(wert)
    if isinstance(wert, Mapping):
        return "{ " + ", ".join(f"{schluessel(k)} = {als_toml(v)}" for k, v in wert.items()) + " }" if wert else "{}"
    if isinstance(wert, list | tuple):
        return "[" + ", ".join(map(als_toml, wert)) + "]"
    text = str(wert)
    if "\\" in text and "'" not in text and text.isprintable():
        return f"'{text}'"
    return '"' + "".join(_zeichen(z) for z in text) + '"'


def muster_toml(muster: str) -> str:
    """A regular expression in TOML: single quotes, so that a backslash stays one."""
    return f"'{muster}'" if "'" not in muster and muster.isprintable() else als_toml(muster)


def schluessel(name: str) -> str:
    """A key, quoted where it must be."""
    return name if re.fullmatch(r"[A-Za-z0-9_-]+", name) else als_toml_text(name)


def als_toml_text(text: str) -> str:
    """A text in double quotes."""
    return '"' + "".join(_zeichen(z) for z in text) + '"'


def _zeichen(z: str) -> str:
    if z in '"\\':
        return "\\" + z
    return z if z.isprintable() else f"\\u{ord(z):04x}" if ord(z) < 0x10000 else f"\\U{ord(z):08x}"
