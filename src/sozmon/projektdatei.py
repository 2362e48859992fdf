"""A commented TOML file from the fields of a definition class: what ``sozmon neu`` writes as ``sozmon.toml``."""

from __future__ import annotations

import dataclasses
import textwrap
from collections.abc import Iterator, Mapping
from typing import Any

from sozmon.definition import felder
from sozmon.projekt import BerichtKonfig, Projekt, StilKonfig

KOPF = """\
# Einstellungen dieses Projekts.
# Zeilen mit # am Anfang gelten nicht: sie erklären, oder sie zeigen die Vorgabe.
# Wer eine Vorgabe ändern will, löscht das Zeichen # und schreibt den eigenen Wert.
# Texte stehen in Anführungszeichen, auch Schlüssel wie der des Kreises."""


def render_projektdatei(*, kreis: str) -> str:
    """The commented ``sozmon.toml`` of a new project: required keys set, every other one shown with its default."""
    abschnitte = [KOPF, *_zeilen(Projekt, {"kreis": kreis}, ohne=("raumgliederungen", "schwellen", "stil", "berichte"))]
    abschnitte += _tabelle("raumgliederungen", Projekt, ['sozialregionen = "Sozialregion"'])
    abschnitte += _tabelle("schwellen", Projekt, ["allgemein = 3"])
    abschnitte += ["", _kommentar(felder(Projekt)["stil"][0].metadata["doc"]), "[stil]", *_zeilen(StilKonfig, {})]
    gesetzt = {"titel": "Sozialbericht", "kapitel": vorgabe(felder(BerichtKonfig)["kapitel"][0])}
    abschnitte += [
        "",
        _kommentar(felder(Projekt)["berichte"][0].metadata["doc"]),
        "[berichte.sozialbericht]",
        *_zeilen(BerichtKonfig, gesetzt, ohne=("kennung",)),
    ]
    return "\n".join(abschnitte) + "\n"


def _zeilen(klasse: type, gesetzt: Mapping[str, object], ohne: tuple[str, ...] = ()) -> Iterator[str]:
    for name, (feld, _) in felder(klasse).items():
        if name in ohne:
            continue
        yield "\n" + _kommentar(feld.metadata["doc"])
        if name in gesetzt:
            yield f"{name} = {toml_wert(gesetzt[name])}"
        elif wert := vorgabe(feld):
            yield f"# {name} = {toml_wert(wert)}"
        else:
            yield f"# {name} = {toml_wert(wert)}  # Beispiel: {feld.metadata['gut']}"


def _tabelle(name: str, klasse: type, beispiele: list[str]) -> list[str]:
    doc = felder(klasse)[name][0].metadata["doc"]
    return ["", _kommentar(doc), f"[{name}]", *(f"# {b}" for b in beispiele)]


def vorgabe(feld: dataclasses.Field[Any]) -> object:
    """Default of a field."""
    return feld.default_factory() if feld.default_factory is not dataclasses.MISSING else feld.default


def _kommentar(text: str) -> str:
    return "\n".join(textwrap.wrap(text, width=108, initial_indent="# ", subsequent_indent="# "))


def toml_wert(wert: object) -> str:
    """A plain value as TOML text: str, bool, int, float, tuple or dict of these."""
    if isinstance(wert, bool):
        return "true" if wert else "false"
    if isinstance(wert, (tuple, list)):
        return "[" + ", ".join(toml_wert(w) for w in wert) + "]"
    if isinstance(wert, dict):
        return "{ " + ", ".join(f"{k} = {toml_wert(w)}" for k, w in wert.items()) + " }" if wert else "{}"
    if isinstance(wert, (int, float)):
        return f"{wert:g}" if isinstance(wert, float) else str(wert)
    escaped = str(wert).replace("\\", "\\\\").replace('"', '\\"')
    return f'"{escaped}"'
