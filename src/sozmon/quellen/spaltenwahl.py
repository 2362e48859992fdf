"""Value columns of a declared table: a declaration names one by its head, or many by a pattern on heads.

What a pattern finds in a head — a time, values of dimensions — belongs to every value of the column.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from typing import NamedTuple

from sozmon.dateien import AblehnungError
from sozmon.definition import vorschlag
from sozmon.model import Fundstelle, Meldung, Spalte, Stufe, Tabellenblatt
from sozmon.quellen.gitter import fundstelle
from sozmon.quellen.kopf import Kopf, glatt


class Wertspalte(NamedTuple):
    """A column to read: ``code`` names its declaration; ``merkmale`` like 'geschlecht=m' is what its head says."""

    spalte: int
    code: str
    zeit: str
    merkmale: str


def waehle_spalten(kopf: Kopf, erklaert: Tabellenblatt) -> tuple[list[Wertspalte], list[Meldung]]:
    """All value columns. AblehnungError when a head is missing or a column would be read twice."""
    gewaehlt: list[Wertspalte] = []
    meldungen: list[Meldung] = []
    gliederungen = {g.dimension for g in erklaert.gliederungen}
    for s in erklaert.spalten:
        if not s.merkmal:  # decided: not to be read
            continue
        _check_doppelt(s, gliederungen, kopf.datei)
        if erklaert.zeitspalte and (s.zeit or "zeit" in _gruppennamen(s)):
            raise _zweimal("den Zeitpunkt", s, kopf.datei)
        if s.darf_fehlen and not kopf.kennt(s.kopf, s.muster):
            meldungen.append(_fehlt(s, kopf))
            continue
        if not s.muster:
            gewaehlt.append(Wertspalte(kopf.spalte(s.kopf, f"das Merkmal „{s.merkmal}“"), s.kopf, s.zeit, ""))
            continue
        gefunden, falsch = _nach_muster(s, kopf)
        gewaehlt += gefunden
        meldungen += falsch or _unvollzaehlig(s, gefunden, kopf)
    if erklaert.spalten and not gewaehlt and not any(m.stufe is Stufe.FEHLER for m in meldungen):
        raise kopf.fehlt(spaltencode(erklaert.spalten[0]))
    _check_einmal(gewaehlt, kopf)
    if any("(?P<zeit>" in s.muster for s in erklaert.spalten):
        meldungen += _ungelesene_zeiten(gewaehlt, kopf)
    return gewaehlt, meldungen


_ZEITKOPF = re.compile(
    r"(?:(?:Stichtag|Jahr|am|zum)\s+)?(?:\d{1,2}\.\s?\d{1,2}\.\s?)?((?:19|20)\d{2}|(?<=\.)\d{2})\b(?!.*[%/])", re.I
)


def _ungelesene_zeiten(gewaehlt: list[Wertspalte], kopf: Kopf) -> list[Meldung]:
    """Columns that begin with a time that no read column has: '31.12.2023 (vorläufig)' must not lose a year."""
    jahre = {j[-2:] for w in gewaehlt for j in re.findall(r"(?:19|20)\d{2}|(?<=\.)\d{2}\b", w.zeit)}
    da = {w.spalte for w in gewaehlt}
    return [
        Meldung(
            "spalte_ungelesen",
            Stufe.WARNUNG,
            f"Die Spalte „{text}“ nennt eine eigene Zeit, passt aber zu keinem Muster der Quelle: nicht gelesen.",
            fundstelle(kopf.blatt, kopf.unter - 1, spalte),
            "Das Muster in der Quelle erweitern, oder den Kopf in der Datei so schreiben wie die anderen.",
        )
        for spalte, text in enumerate(kopf.texte)
        if spalte not in da and (treffer := _ZEITKOPF.match(text)) and treffer[1][-2:] not in jahre
    ]


def _nach_muster(s: Spalte, kopf: Kopf) -> tuple[list[Wertspalte], list[Meldung]]:
    """All columns whose head fits; one whose head says something that nobody explains is a fehler and not read."""
    gefunden, meldungen = [], []
    for spalte, treffer in kopf.passende(s.muster):
        merkmale, falsch = _merkmale(s, treffer, kopf, spalte)
        meldungen += falsch
        if not falsch:
            gefunden.append(Wertspalte(spalte, s.muster, treffer.groupdict().get("zeit") or s.zeit, merkmale))
    return gefunden, meldungen


def _unvollzaehlig(s: Spalte, gefunden: list[Wertspalte], kopf: Kopf) -> list[Meldung]:
    """A value of a dimension that no head named: an office that renames a head must not make a column vanish."""
    da = {teil for g in gefunden for teil in g.merkmale.split("|")}
    fehlend: dict[str, list[str]] = {}
    for dimension, werte in s.werte.items():
        for text, wert in werte.items():
            if wert and f"{dimension}={wert}" not in da:
                fehlend.setdefault(f"{dimension}={wert}", []).append(text)
    return [
        Meldung(
            "spalte_fehlt",
            Stufe.INFO if s.darf_fehlen else Stufe.WARNUNG,
            f"Zum Merkmal „{s.merkmal}“ gibt es keine Spalte „{'“ oder „'.join(texte)}“ ({teil}).",
            fundstelle(kopf.blatt, kopf.unter - 1, gefunden[0].spalte),
            "Heißt die Spalte jetzt anders, den Text in der Quelle ergänzen; wird sie nicht mehr geliefert, ihn dort "
            "streichen.",
        )
        for teil, texte in fehlend.items()
    ]


def _fehlt(s: Spalte, kopf: Kopf) -> Meldung:
    was = (
        f"Die Spalte „{s.kopf}“ (Merkmal „{s.merkmal}“) steht"
        if s.kopf
        else f"Spalten zum Merkmal „{s.merkmal}“ stehen"
    )
    text = f"{was} {f'mit der Zeitart {s.zeitart} ' if s.zeitart else ''}nicht in dieser Lieferung."
    return Meldung("spalte_fehlt", Stufe.INFO, text, Fundstelle(blatt=kopf.blatt.name))


def spaltencode(spalte: Spalte) -> str:
    """What stands in the column ``code`` of the Rohwerte for a declaration."""
    return spalte.muster or spalte.kopf


def erklaere(text: str, werte: Mapping[str, str], dimension: str) -> str | None:
    """'geschlecht=m' for a text that ``werte`` explains, '' for the total, None for an unknown text."""
    if text not in werte:
        return None
    return f"{dimension}={werte[text]}" if werte[text] else ""


def unerklaert(text: str, wo: str, dimension: str, werte: Mapping[str, str]) -> tuple[str, str]:
    """Text and remedy of the Meldung ``gliederung_unbekannt``."""
    was = f"steht „{text[:60]}“" if text else "ist eine Zelle leer"
    hilfe = f"Den Text in der Quelle unter werte einem Wert der Dimension „{dimension}“ zuordnen; sollen diese Werte "
    hilfe += "wegbleiben, einen filter oder ein engeres muster angeben."
    return f"{wo} {was}; die Quelle erklärt das nicht.", f"{vorschlag(text, filter(None, werte))} {hilfe}".strip()


def _merkmale(s: Spalte, treffer: re.Match[str], kopf: Kopf, spalte: int) -> tuple[str, list[Meldung]]:
    teile, meldungen = [], []
    for dimension, text in _gruppen(treffer):
        erklaert = erklaere(glatt(text), s.werte.get(dimension, {}), dimension)
        if erklaert is None:
            satz, hilfe = unerklaert(glatt(text), "Im Spaltenkopf", dimension, s.werte.get(dimension, {}))
            ort = fundstelle(kopf.blatt, kopf.unter - 1, spalte)
            meldungen.append(Meldung("gliederung_unbekannt", Stufe.FEHLER, satz, ort, hilfe))
        teile.append(erklaert or "")
    return "|".join(filter(None, teile)), meldungen


def _gruppen(treffer: re.Match[str]) -> Iterator[tuple[str, str]]:
    """Dimensions that the head names; a group that took no part stands for the total."""
    for dimension, text in treffer.groupdict().items():
        if dimension != "zeit" and text is not None:
            yield dimension, text


def _check_doppelt(s: Spalte, gliederungen: set[str], datei: str) -> None:
    """A dimension that column and row both state: one of them would silently win."""
    genannt = [t.partition("=")[0] for t in s.auspraegung.split("|") if t]
    gruppen = [g for g in _gruppennamen(s) if g != "zeit"]
    mehrfach = gliederungen.intersection((*genannt, *gruppen)) | set(genannt).intersection(gruppen)
    if mehrfach:
        raise _zweimal(f"die Dimension „{min(mehrfach)}“", s, datei)


def _gruppennamen(s: Spalte) -> Iterable[str]:
    return re.compile(s.muster).groupindex if s.muster else ()


def _zweimal(was: str, s: Spalte, datei: str) -> AblehnungError:
    return AblehnungError(
        "gliederung_doppelt",
        f"Die Quelle nennt {was} für die Spalte „{spaltencode(s)}“ zweimal.",
        ort=datei,
        grund="Welche der beiden Angaben gilt, ist nicht zu entscheiden.",
        abhilfe="In der Quelle nur eine lassen: die der Spalte (auspraegung, zeit, muster) oder die der Zeilen "
        "(gliederungen, zeitspalte).",
    )


def _check_einmal(spalten: list[Wertspalte], kopf: Kopf) -> None:
    """A column that two declarations take, one of them by a pattern, would be counted twice."""
    vorher: dict[int, str] = {}
    for s in spalten:
        anderer = vorher.setdefault(s.spalte, s.code)
        if anderer != s.code:
            raise AblehnungError(
                "kopf_doppelt",
                f"In „{kopf.datei}“ passt der Spaltenkopf „{kopf.texte[s.spalte]}“ auf zwei Spalten der Quelle.",
                ort=kopf.adresse(s.spalte),
                grund=f"Er passt zu „{anderer}“ und zu „{s.code}“.",
                abhilfe="Die Muster in der Quelle enger fassen, z. B. mit ^ am Anfang und $ am Ende.",
            )
