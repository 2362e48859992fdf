"""Heads of value columns → declarations: what differs only by time or breakdown becomes one, with a pattern."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

from sozmon.entwurf.aufbau import eindeutiger_kopf
from sozmon.entwurf.rand import ZEITEN
from sozmon.entwurf.toml import muster_aus
from sozmon.entwurf.worte import finde_wert, ist_insgesamt
from sozmon.model import Dimension
from sozmon.quellen.zeiten import parse_zeit

TRENNER = " / "
_ISO = r"\d{4}-\d{2}-\d{2}"


class Stueck(NamedTuple):
    """A piece of a head: ``art`` text, zeit, gesamt or the kennung of a Dimension; ``wert``: zeitart or value."""

    art: str
    text: str
    wert: str = ""
    bekannt: bool = True


@dataclass(slots=True)
class Wertspalte:
    """One declaration: ``spalten`` (0-based) with their ``koepfe``. Exactly one: ``kopf``; several: ``muster``.

    ``rest``: words of the head that are neither time nor breakdown; ``werte``: Dimension → text → value ('' = total,
    None = the Dimension has no such value); ``zeitart``: of the time in the head, '' without one.
    """

    spalten: list[int]
    koepfe: list[str]
    rest: str
    muster: str = ""
    werte: dict[str, dict[str, str | None]] = field(default_factory=dict)
    zeitart: str = ""
    zeiten: list[str] = field(default_factory=list)

    @property
    def kopf(self) -> str:
        """The head of the only column."""
        return self.koepfe[0] if not self.muster else ""


def gruppiere(koepfe: Sequence[str], spalten: Iterable[int], dimensionen: Sequence[Dimension]) -> list[Wertspalte]:
    """Declarations for the value columns, in the order of their first column."""
    zerlegt = {s: zerlege_kopf(koepfe[s], dimensionen) for s in spalten}
    _deute_gesamt(zerlegt)
    gruppen: dict[tuple[tuple[str, str], ...], list[int]] = {}
    for spalte, stuecke in zerlegt.items():
        form = tuple((s.art, s.text if s.art in ("text", "|") else "") for s in stuecke)
        gruppen.setdefault(form, []).append(spalte)
    return [
        w
        for gruppe in gruppen.values()
        for w in _wertspalten(gruppe, zerlegt, koepfe)
    ]  # fmt: skip


def zerlege_kopf(kopf: str, dimensionen: Sequence[Dimension]) -> list[Stueck]:
    """'Arbeitslose / weiblich / 2023-12-31' → text, |, geschlecht, |, zeit."""
    stuecke: list[Stueck] = []
    for teil in kopf.split(TRENNER):
        if stuecke:
            stuecke.append(Stueck("|", TRENNER))
        stuecke += _zerlege_teil(teil, dimensionen)
    return stuecke


def _zerlege_teil(teil: str, dimensionen: Sequence[Dimension]) -> list[Stueck]:
    if not teil:
        return []
    if ist_insgesamt(teil):
        return [Stueck("gesamt", teil)]
    if zeit := _zeit(teil):
        vorn, _, hinten = teil.partition(zeit[0])
        mitte = Stueck("zeit", *zeit)
    elif fund := finde_wert(teil, dimensionen):
        vorn, hinten = teil[: fund.von], teil[fund.bis :]
        mitte = Stueck(fund.dimension, teil[fund.von : fund.bis], fund.wert, fund.bekannt)
    else:
        return [Stueck("text", teil)]
    return [*_zerlege_rand(vorn, dimensionen), mitte, *_zerlege_rand(hinten, dimensionen)]


def _zerlege_rand(text: str, dimensionen: Sequence[Dimension]) -> list[Stueck]:
    return _zerlege_teil(text, dimensionen) if text.strip() else ([Stueck("text", text)] if text else [])


def _zeit(text: str) -> tuple[str, str] | None:
    for suche, art, _ in (("\\d{4}-\\d{2}-\\d{2}", "stichtag", ""), *ZEITEN):
        if treffer := re.search(rf"(?<![\d.])(?:{suche})(?![\d/])", text):
            try:
                parse_zeit(" ".join(treffer[0].split()))
            except ValueError:
                continue
            return treffer[0], art
    return None


def _deute_gesamt(zerlegt: dict[int, list[Stueck]]) -> None:
    """'Insgesamt' means the total of the breakdown that stands at its place in the neighbouring columns, if any."""
    for spalte, stuecke in zerlegt.items():
        for stelle, stueck in enumerate(stuecke):
            if stueck.art != "gesamt":
                continue
            art = next((a for a in _nachbarn(zerlegt, spalte, stelle)), "")
            stuecke[stelle] = Stueck(art, stueck.text, "") if art else Stueck("text", stueck.text)


def _nachbarn(zerlegt: dict[int, list[Stueck]], spalte: int, stelle: int) -> Iterable[str]:
    eigene = zerlegt[spalte]
    for andere, stuecke in sorted(zerlegt.items(), key=lambda paar: abs(paar[0] - spalte)):
        if andere == spalte or len(stuecke) != len(eigene):
            continue
        gleich = all(
            a.text == b.text or "text" not in (a.art, b.art)
            for i, (a, b) in enumerate(zip(stuecke, eigene, strict=True))
            if i != stelle
        )
        if gleich and stuecke[stelle].art not in ("text", "|", "gesamt", "zeit"):
            yield stuecke[stelle].art


def _wertspalten(gruppe: list[int], zerlegt: dict[int, list[Stueck]], koepfe: Sequence[str]) -> list[Wertspalte]:
    """One declaration for the group; one per column when their heads cannot be told apart by a pattern."""
    stuecke = [zerlegt[s] for s in gruppe]
    namen = [s.art for s in stuecke[0] if s.art not in ("text", "|")]
    alle = [koepfe[s] for s in gruppe]
    if len(set(namen)) < len(namen) or len(set(alle)) < len(alle) or ("zeit" not in namen and len(gruppe) == 1):
        return [_einzelne(s, zerlegt[s], eindeutiger_kopf(koepfe, s)) for s in gruppe]
    spalte = Wertspalte(gruppe, alle, rest_von(stuecke[0]), "^" + "".join(_muster(stuecke)) + "$")
    for name in namen:
        paare = [next(s for s in kopf if s.art == name) for kopf in stuecke]
        if name == "zeit":
            spalte.zeitart, spalte.zeiten = paare[0].wert, [p.text for p in paare]
        else:
            spalte.werte[name] = {p.text: p.wert if p.bekannt else None for p in paare}
    return [spalte]


def _einzelne(spalte: int, stuecke: list[Stueck], kopf: str) -> Wertspalte:
    zeit = next((s for s in stuecke if s.art == "zeit"), None)
    einzeln = Wertspalte([spalte], [kopf], rest_von(stuecke), zeitart=zeit.wert if zeit else "")
    einzeln.zeiten = [zeit.text] if zeit else []
    for s in stuecke:
        if s.art not in ("text", "|", "zeit"):
            einzeln.werte[s.art] = {s.text: s.wert if s.bekannt else None}
    return einzeln


def rest_von(stuecke: list[Stueck]) -> str:
    """Words that are neither time nor breakdown."""
    return " ".join(" ".join(s.text for s in stuecke if s.art == "text").split())


def _muster(stuecke: list[list[Stueck]]) -> Iterable[str]:
    for stelle, erstes in enumerate(stuecke[0]):
        if erstes.art in ("text", "|"):
            yield muster_aus(erstes.text)
            continue
        texte = list(dict.fromkeys(kopf[stelle].text for kopf in stuecke))
        if erstes.art == "zeit":
            yield f"(?P<zeit>{_zeitmuster(texte[0], erstes.wert)})"
        else:
            yield f"(?P<{erstes.art}>{'|'.join(map(muster_aus, texte))})"


def _zeitmuster(text: str, zeitart: str) -> str:
    if re.fullmatch(_ISO, text):
        return _ISO
    return next(muster for _, art, muster in ZEITEN if art == zeitart)
