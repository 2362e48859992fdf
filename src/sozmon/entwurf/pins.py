"""Two or three texts by which the next delivery of a table is recognised: none of them holds a year."""

from __future__ import annotations

import re
from collections.abc import Sequence

from sozmon.entwurf.aufbau import Aufbau
from sozmon.entwurf.rand import nennt_stand, ohne_zeit
from sozmon.entwurf.toml import muster_aus
from sozmon.entwurf.worte import ist_insgesamt
from sozmon.quellen.auszug import Auszug
from sozmon.quellen.gitter import als_text, spaltenname

_SUCHZEILEN = 12  # as far as an unaddressed pin looks
_LAENGE, _HOECHSTENS = 8, 80
"""Characters of a lead line that make a pin."""


def finde_pins(aufbauten: Sequence[Aufbau], auszug: Auszug, titel: str) -> list[dict[str, str]]:
    """Title line and heads of the first sheet; a head of every further one.

    Heads below the rows that a pin searches need an address, which moves with the lead rows: there a second lead
    line is the better pin.
    """
    pins: list[dict[str, str]] = []
    for nummer, a in enumerate(aufbauten):
        blatt = {"blatt": blattmuster(a.blatt.name)} if len(auszug.blaetter) > 1 else {}
        zeilen = _vorzeilen(a, titel)[: 1 if a.kopf + a.kopfzeilen <= _SUCHZEILEN else 3] if nummer == 0 else []
        if nummer == 0 and not zeilen:
            pins += _titelblatt(aufbauten, auszug, titel)
        koepfe = (_koepfe_der_seite(a) if a.blatt.gedreht else _koepfe(a)) if len(zeilen) < 2 else []
        pins += [{**p, **blatt} for p in [*zeilen, *koepfe[: 3 - len(zeilen) if nummer == 0 else 1]]]
    return pins


def blattmuster(name: str) -> str:
    """Pattern of a sheet's name, years left open."""
    return "^" + re.sub(r"(?:19|20)\d{2}", r"\\d{4}", muster_aus(name)) + "$"


def _vorzeilen(a: Aufbau, titel: str) -> list[dict[str, str]]:
    """Stable beginnings of the lead lines, the title first."""
    gefunden = []
    oben = a.schluessel.spalte if a.blatt.gedreht else a.kopf
    for zeile in a.seite.zeilen[: min(oben, _SUCHZEILEN)]:
        for text in (als_text(z) for z in zeile if z != ""):
            kern = ohne_zeit(text)
            if nennt_stand(text):
                continue
            if len(kern) >= _LAENGE and not text.endswith(":") and text.startswith(kern) and kern.isprintable():
                ende = "$" if kern == text else ""
                gefunden.append(
                    (
                        " ".join(text.split()) != titel,
                        {"muster": f"^{muster_aus(kern[:_HOECHSTENS])}{ende if len(kern) <= _HOECHSTENS else ''}"},
                    )
                )
    return [p for _, p in sorted(gefunden, key=lambda g: g[0])]


def _titelblatt(aufbauten: Sequence[Aufbau], auszug: Auszug, titel: str) -> list[dict[str, str]]:
    """The title where it stands on a sheet of explanations."""
    kern = ohne_zeit(titel)
    for blatt in auszug.blaetter:
        texte = [als_text(z) for zeile in blatt.zeilen[:_SUCHZEILEN] for z in zeile if z != ""]
        if (
            blatt.name not in [a.blatt.name for a in aufbauten]
            and len(kern) >= _LAENGE
            and any(t.startswith(kern) for t in texte)
        ):
            return [{"muster": f"^{muster_aus(kern[:_HOECHSTENS])}", "blatt": blattmuster(blatt.name)}]
    return []


def _koepfe_der_seite(a: Aufbau) -> list[dict[str, str]]:
    """Of a turned sheet: the stable texts at the left of its first rows."""
    texte = [(s, als_text(a.blatt.zelle(a.kopf, s))) for s in a.wertspalten]
    gute = [(s, t) for s, t in texte if len(t) >= 4 and ohne_zeit(t) == t and t.isprintable()]
    return [{"muster": f"^{muster_aus(t)}$", **({} if s < _SUCHZEILEN else {"zelle": f"A{s + 1}"})} for s, t in gute]


def _koepfe(a: Aufbau) -> list[dict[str, str]]:
    """Cells of the head rows that hold a stable text; the key's head last, for every table has one."""
    pins: list[tuple[bool, dict[str, str]]] = []
    gesehen = set()
    for nummer in range(a.kopf, a.kopf + a.kopfzeilen):
        for spalte, zelle in enumerate(a.blatt.zeilen[nummer]):
            text = als_text(zelle)
            if len(text) < 4 or ohne_zeit(text) != text or not text.isprintable() or text in gesehen:
                continue
            if ist_insgesamt(text):
                continue
            gesehen.add(text)
            ort = {} if nummer < _SUCHZEILEN else {"zelle": f"{spaltenname(spalte)}{nummer + 1}"}
            pins.append((spalte not in a.wertspalten, {"muster": f"^{muster_aus(text)}$", **ort}))
    return [p for _, p in sorted(pins, key=lambda p: p[0])]
