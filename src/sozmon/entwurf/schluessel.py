"""Which column of a table names the Räume, by what kind of key, and how much of it the register knows."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from functools import cached_property

from sozmon.entwurf.toml import muster_aus
from sozmon.raeume import Raeume

MUSTER = (r"^(?P<schluessel>\d{2,12})\s+(?P<name>\D.*)$", r"^(?P<name>.+?)\s*\((?P<schluessel>\d{2,12})\)$")
"""Key and name in one cell: '14522 Mittelsachsen', 'Mittelsachsen (14522)'."""
_ZIFFERN = re.compile(r"\d{2,3}|\d{5}|\d{7,9}|\d{12}")
_FUSSNOTE = re.compile(r"\s*(?:\d{1,2}\)|[¹²³⁴⁵⁶⁷⁸⁹⁰]+|\*+)\s*$")
_GLATT = re.compile(r"[^\w]+")
_VORN = re.compile(r"^(stadt|gemeinde|große kreisstadt|landkreis|kreis|lk)\s+")
KREISLAENGE = 5
"""Digits from which on a number is hardly ever a key by accident."""
NAMEN_ANTEIL = 0.35
"""Share of known names that makes a column of names: pivots put a subtotal below every name."""
ZUORDENBAR = ("sicher", "repariert", "vorlaeufig")


@dataclass(frozen=True, slots=True)
class Schluesselspalte:
    """``spalte`` 0-based; ``art``: ags, ars, region or name; ``muster``: key and name share a cell, split so.

    Of ``gesamt`` cells ``erkannt`` resolve; ``geprueft``: by a register or Raumgliederung, not by shape only.
    ``unbekannt``: (row, text) that do not.
    """

    spalte: int
    art: str
    gesamt: int
    erkannt: int
    geprueft: bool
    muster: str = ""
    unbekannt: tuple[tuple[int, str], ...] = ()
    verschieden: int = 0
    """How many different keys resolve."""


@dataclass
class Raumkenner:
    """What the project knows about Räume; without a project, the shape of a key is all there is."""

    raeume: Raeume
    kreis: str = ""
    _gemerkt: dict[str, str] = field(default_factory=dict)

    @property
    def hat_register(self) -> bool:
        """Is there a register to prove keys by?"""
        return bool(self.raeume.strahl.verzeichnisse)

    @cached_property
    def namen(self) -> dict[str, list[str]]:
        """Folded name → raum_ids of the own Kreis, its Gemeinden and regions (and their Land)."""
        namen: dict[str, list[str]] = {}
        for raum_id in self._eigene():
            raum = self.raeume.raum(raum_id)
            for name in {falte(raum.name), falte(raum.name_amtlich)} - {""} if raum else ():
                namen.setdefault(name, []).append(raum_id)
        return namen

    def _eigene(self) -> list[str]:
        if not self.kreis:
            return list(self.raeume.regionen)
        gemeinden = self.raeume.kinder(self.kreis, "gemeinde") if self.hat_register else ()
        return [*(g.raum_id for g in gemeinden), self.kreis, *self.raeume.regionen]

    def schluesselart(self, text: str) -> str:
        """ags, ars or region when the text is a key that exists (by its shape where no register is), else ''."""
        if text not in self._gemerkt:
            self._gemerkt[text] = self._deute(text)
        return self._gemerkt[text]

    def _deute(self, text: str) -> str:
        if not _ZIFFERN.fullmatch(text):
            return "region" if self.raeume.region(text) is not None else ""
        if self.hat_register:
            if self.raeume.aufloesen(text, "", self.raeume.gebietsstand).art not in ZUORDENBAR:
                return "region" if self.raeume.region(text) is not None else ""
        elif not (self.kreis and text.startswith(self.kreis[:2])) and len(text) < 8:
            return ""
        return "ars" if len(text) in (9, 12) else "ags"

    def vorschlag(self, name: str) -> str:
        """The one Raum of the own Kreis whose name is this one; '' when none or several are. Never more than a hint."""
        ids = set(self.namen.get(falte(name), []))
        return ids.pop() if len(ids) == 1 else ""


def falte(name: str) -> str:
    """Name for comparing: no case, no footnote mark, no 'Stadt' before or after."""
    kern = _FUSSNOTE.sub("", name).casefold().partition(",")[0]
    return " ".join(_GLATT.sub(" ", _VORN.sub("", kern.strip())).split())


def finde_schluessel(
    spalten: Iterable[tuple[int, list[tuple[int, str]]]], kenner: Raumkenner
) -> Schluesselspalte | None:
    """The best key column among (column, its (row, text) cells): keys beat names, then the one with most different
    keys (beside every Gemeinde may stand its Kreis), then the left one."""
    kandidaten = [s for spalte, zellen in spalten if zellen for s in _deutungen(spalte, zellen, kenner)]
    gute = [k for k in kandidaten if k.erkannt >= max(2, (NAMEN_ANTEIL if k.art == "name" else 0.5) * k.gesamt)]
    return max(gute, key=lambda k: (k.art != "name", k.verschieden, k.erkannt, -k.spalte), default=None)


def _deutungen(spalte: int, zellen: list[tuple[int, str]], kenner: Raumkenner) -> Iterable[Schluesselspalte]:
    yield _schluessel(spalte, zellen, kenner, "")
    for muster in MUSTER:
        geteilt = [(z, t["schluessel"]) for z, text in zellen if (t := re.match(muster, text))]
        if len(geteilt) >= 2:
            yield _schluessel(spalte, geteilt, kenner, muster)
    yield _namen(spalte, zellen, kenner)


def _schluessel(spalte: int, zellen: list[tuple[int, str]], kenner: Raumkenner, muster: str) -> Schluesselspalte:
    deute = kenner.schluesselart if kenner.hat_register else _nach_der_form(zellen, kenner)
    arten = [(zeile, text, deute(text)) for zeile, text in zellen]
    if sum(len(t) >= KREISLAENGE for t in {t for _, t, art in arten if art}) * 2 < len({t for _, t in zellen}):
        # 14 may be a Land, and is mostly a count
        arten = [(z, t, art if art == "region" else "") for z, t, art in arten]
    erkannt = [art for _, _, art in arten if art]
    haupt = max(("ags", "ars", "region"), key=erkannt.count)
    unbekannt = tuple((zeile, text) for zeile, text, art in arten if not art)
    geprueft = kenner.hat_register or haupt == "region"
    verschieden = len({text for _, text, art in arten if art})
    return Schluesselspalte(spalte, haupt, len(zellen), len(erkannt), geprueft, muster, unbekannt, verschieden)


def _nach_der_form(zellen: list[tuple[int, str]], kenner: Raumkenner) -> Callable[[str], str]:
    """Without a register: digits as long as a key, and nearly all of the column in one Land."""
    laender = Counter(t[:2] for _, t in zellen if _ZIFFERN.fullmatch(t))
    land, anzahl = laender.most_common(1)[0] if laender else ("", 0)
    gemeinsam = anzahl >= 0.9 * len(zellen)

    def deute(text: str) -> str:
        if gemeinsam and text.startswith(land) and _ZIFFERN.fullmatch(text):
            return "ars" if len(text) in (9, 12) else "ags"
        return kenner.schluesselart(text)

    return deute


def _namen(spalte: int, zellen: list[tuple[int, str]], kenner: Raumkenner) -> Schluesselspalte:
    muster = teilsummenmuster([t for _, t in zellen])
    if muster:
        zellen = [(z, m["schluessel"] if (m := re.match(muster, t)) else t) for z, t in zellen]
    if not kenner.namen:
        texte = [t for _, t in zellen if not any(z.isdigit() for z in t) and len(t) > 2]
        viele = len(set(texte)) if len(set(texte)) > 0.6 * len(zellen) else 0
        return Schluesselspalte(spalte, "name", len(zellen), viele, False, muster, verschieden=viele)
    unbekannt = tuple((z, t) for z, t in zellen if not kenner.vorschlag(t))
    verschieden = len({t for _, t in zellen} - {t for _, t in unbekannt})
    erkannt = len(zellen) - len(unbekannt)
    return Schluesselspalte(spalte, "name", len(zellen), erkannt, True, muster, unbekannt, verschieden)


def teilsummenmuster(namen: list[str]) -> str:
    """Pattern that cuts the word of a pivot's subtotals off the names ('Aubach Ergebnis'); '' when there are none."""
    alle = dict.fromkeys(namen)
    endungen = Counter(ende for n in alle for stamm, _, ende in [n.rpartition(" ")] if stamm in alle)
    ende, anzahl = endungen.most_common(1)[0] if endungen else ("", 0)
    return f"^(?P<schluessel>.+?)(?: {muster_aus(ende)})?$" if anzahl >= 2 else ""
