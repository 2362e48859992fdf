"""Which Raum a spelling may mean: proposals for a person to confirm, never an assignment.

A name that equals that of exactly one Raum of the own Kreis is proposed with its key; what several bear, or what is
only similar, is listed without one. ``raeume/namen_vorschlag.csv`` is where the proposals wait.
"""

from __future__ import annotations

import csv
import io
import re
import unicodedata
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from difflib import get_close_matches
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

from sozmon.errors import EingabeError
from sozmon.model import rest_von
from sozmon.raeume.gliederung import _read_csv
from sozmon.raeume.namen import SPALTEN, gefaltet, load_namen

if TYPE_CHECKING:
    from sozmon.raeume.auskunft import Raeume
    from sozmon.raeume.werte import Raum

DATEI = "namen_vorschlag.csv"
VORSCHLAG_SPALTEN = (*SPALTEN, "name", "vorschlag")
_UMLAUTE = str.maketrans({"ä": "ae", "ö": "oe", "ü": "ue", "ß": "ss"})
_KREIS = re.compile(r"\b(land)?kreis\b|\blk\b", re.I)
_ORT = re.compile(r"\b(stadt|gemeinde|markt)\b", re.I)
_VORNE = re.compile(r"^(grosse kreisstadt|landkreis|kreis|lk|stadt|gemeinde|markt)\s+")
_HINTEN = re.compile(r"\s*(/|\bi\.?\s?d?\.?)\s?[a-z]{1,4}\.?$")
_AEHNLICH = 0.75


@dataclass(frozen=True, slots=True)
class Vorschlag:
    """A spelling of a file and what it may mean; ``raum`` only when the name is that of exactly one Raum."""

    schreibweise: str
    quelle: str
    raum: Raum | None
    kandidaten: tuple[Raum, ...] = ()

    @property
    def text(self) -> str:
        """'Vorschlag: 99001010 (Aubach, Stadt)' and the like; what a Meldung says."""
        if self.raum is not None:
            return f"Vorschlag: {beschreibe(self.raum)}."
        if self.kandidaten:
            return f"Vielleicht gemeint: {' oder '.join(map(beschreibe, self.kandidaten))}."
        return "Im eigenen Kreis heißt kein Raum so ähnlich."


def beschreibe(raum: Raum) -> str:
    """Key, name and, where it is no Gemeinde, the Ebene."""
    ebene = "" if raum.ebene == "gemeinde" else f", {raum.ebene}"
    return f"{raum.raum_id} ({raum.name_amtlich or raum.name}{ebene})"


class Namensregister:
    """Names of the own Kreis, its regions and Gemeinden, also of Gemeinden that are gone by now."""

    def __init__(self, raeume: Raeume) -> None:
        """raeume: the territory of the project."""
        self.raeume = raeume

    @cached_property
    def _formen(self) -> Mapping[str, tuple[Raum, ...]]:
        ids = dict.fromkeys((self.raeume.kreis, rest_von(self.raeume.kreis), *self.raeume.regionen))
        for verzeichnis in reversed(self.raeume.strahl.verzeichnisse):
            ids |= dict.fromkeys(k for k in verzeichnis.ids() if len(k) == 8 and k.startswith(self.raeume.kreis or "-"))
        formen: dict[str, dict[str, Raum]] = {}
        for raum_id in ids:
            raum = self.raeume.raum(raum_id)
            for name in filter(None, (raum.name, raum.name_amtlich, raum_id) if raum is not None else ()):
                formen.setdefault(namensform(name), {})[raum_id] = raum  # type: ignore[assignment]
        return {form: tuple(treffer.values()) for form, treffer in formen.items()}

    def schlage_vor(self, schreibweise: str, quelle: str) -> Vorschlag:
        """The proposal for one spelling."""
        gleiche = _der_art(self._formen.get(namensform(schreibweise), ()), schreibweise)
        if len(gleiche) == 1:
            return Vorschlag(schreibweise, quelle, gleiche[0])
        return Vorschlag(schreibweise, quelle, None, gleiche or self._aehnliche(schreibweise))

    def _aehnliche(self, schreibweise: str) -> tuple[Raum, ...]:
        form = namensform(schreibweise)
        anfang = [f for f in self._formen if len(form) > 3 and f.startswith(form.rstrip(" ."))]
        nah = get_close_matches(form, self._formen, n=3, cutoff=_AEHNLICH)
        raeume = {r.raum_id: r for f in dict.fromkeys((*anfang, *nah)) for r in self._formen[f]}
        return tuple(raeume.values())[:3]


def _der_art(raeume: Sequence[Raum], schreibweise: str) -> tuple[Raum, ...]:
    """Only Kreise for 'Landkreis …', only Gemeinden for 'Stadt …', if the spelling says so."""
    for muster, ebene in ((_KREIS, "kreis"), (_ORT, "gemeinde")):
        passende = tuple(r for r in raeume if r.ebene == ebene)
        if muster.search(schreibweise) and passende:
            return passende
    return tuple(raeume)


def namensform(name: str) -> str:
    """Name without what offices add or leave out: 'Große Kreisstadt Döbeln', 'Aue/Sa.', 'Aubach, Stadt' → one form."""
    text = re.sub(r"\(.*?\)", " ", unicodedata.normalize("NFC", name).casefold().translate(_UMLAUTE)).partition(",")[0]
    text = "".join(z for z in unicodedata.normalize("NFKD", text) if not unicodedata.combining(z))
    text = _HINTEN.sub("", " ".join(text.split()))
    return " ".join(_VORNE.sub("", re.sub(r"[-\u2010-\u2015]", " ", text)).split())


# --------------------------------------------------------------------------------------------------
# The two files


def render_vorschlaege(vorschlaege: Iterable[Vorschlag]) -> str:
    """Text of the proposal file: with a key only where the name is that of exactly one Raum."""
    zeilen = [
        (
            v.schreibweise,
            v.raum.raum_id if v.raum else "",
            v.quelle,
            (v.raum.name_amtlich or v.raum.name) if v.raum else "",
            "" if v.raum else " oder ".join(map(beschreibe, v.kandidaten)),
        )
        for v in vorschlaege
    ]
    return _als_csv((VORSCHLAG_SPALTEN, *zeilen))


def _als_csv(zeilen: Iterable[Sequence[str]]) -> str:
    puffer = io.StringIO()
    csv.writer(puffer, delimiter=";", lineterminator="\n").writerows(zeilen)
    return puffer.getvalue()


@dataclass(frozen=True, slots=True)
class Bestaetigung:
    """What a confirmed proposal file brings: new lines for namen.csv, and spellings still without a key."""

    neu: tuple[tuple[str, Raum, str], ...]
    bekannt: int
    offen: tuple[str, ...]


def load_bestaetigung(pfad: Path, raeume: Raeume) -> Bestaetigung:
    """The proposal file as a person left it; EingabeError (4) when a key is none, or contradicts namen.csv."""
    tabelle = _read_csv(pfad)
    kopf = [z.strip().lower() for z in tabelle[0]] if tabelle else []
    if any(s not in kopf for s in SPALTEN):
        raise _falsch(pfad, 1, f"Die Kopfzeile fehlt oder stimmt nicht; erwartet wird {';'.join(VORSCHLAG_SPALTEN)}.")
    stelle = [kopf.index(s) for s in SPALTEN]
    neu: dict[tuple[str, str], tuple[str, Raum, str]] = {}
    offen: list[str] = []
    bekannt = 0
    for nummer, zeile in enumerate(tabelle[1:], 2):
        schreibweise, raum_id, quelle = (zeile[s].strip() if s < len(zeile) else "" for s in stelle)
        if not schreibweise:
            continue
        if not raum_id:
            offen.append(schreibweise)
            continue
        raum = raeume.raum(raum_id) or raeume.raum(f"0{raum_id}")
        if raum is None:
            raise _falsch(pfad, nummer, f"Einen Raum „{raum_id}“ gibt es nicht.")
        schluessel = (quelle, gefaltet(schreibweise))
        bisher = raeume.namen.get(schluessel) or (neu[schluessel][1].raum_id if schluessel in neu else "")
        if bisher and bisher != raum.raum_id:
            raise _falsch(pfad, nummer, f"„{schreibweise}“ ist schon {bisher} zugeordnet.")
        bekannt += bool(bisher)
        if not bisher:
            neu[schluessel] = (schreibweise, raum, quelle)
    return Bestaetigung(tuple(neu.values()), bekannt, tuple(offen))


def _falsch(pfad: Path, zeile: int, grund: str) -> EingabeError:
    return EingabeError(
        "Die Vorschläge lassen sich nicht übernehmen; namen.csv bleibt, wie sie ist.",
        ort=f"{pfad}, Zeile {zeile}",
        grund=grund,
        abhilfe="Die Zeile berichtigen; sozmon raeume zeigt alle Räume mit ihren Schlüsseln.",
    )


def write_namen(ordner: Path, neu: Iterable[tuple[str, Raum, str]]) -> Path:
    """Add the lines to ``raeume/namen.csv``; what stands there stays as it is."""
    from sozmon.plattform import write_text

    pfad = ordner / "namen.csv"
    load_namen(ordner)  # a file with a contradiction is told before anything is added
    alt = [list(z) for z in _read_csv(pfad)] if pfad.is_file() else [list(SPALTEN)]
    return write_text(pfad, _als_csv([*alt, *((s, raum.raum_id, q) for s, raum, q in neu)]))
