"""Answers for templates from one Freigabe: which Indikator, which Raum, which year a word means, and what its value is.

Templates and texts name Räume by id, name or role (``kreis``, ``land``, ``bund``) and times by role (``anfang``,
``ende``, ``vorbericht``), so that a text survives the next edition unchanged.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from sozmon.anmerkungen import Anmerkung, select_texte
from sozmon.definition import vorschlag
from sozmon.errors import KonfigError
from sozmon.freigabe import Freigabe
from sozmon.indikator import bruchjahr, ist_gleiche_quelle
from sozmon.katalog import Katalog
from sozmon.model import Bruch, Indikator, Indikatorwert
from sozmon.zahlen import format_datum

HOECHSTENS_ZURUECK = 10
"""Without a declared beginning a development is told over at most so many years."""


@dataclass(frozen=True, slots=True)
class Ort:
    """A Raum as the report needs it; ``region`` = raum_id of the region it lies in ('' above the Gemeinde)."""

    raum_id: str
    name: str
    ebene: str
    region: str = ""


@dataclass(frozen=True, slots=True)
class Orte:
    """The Räume of a report: Kreis, its regions and Gemeinden in printed order, Land and Bund."""

    kreis: Ort
    land: Ort | None
    bund: Ort | None
    regionen: tuple[Ort, ...]
    gemeinden: tuple[Ort, ...]
    regionsname: str = "Sozialregion"

    def alle(self) -> dict[str, Ort]:
        """By raum_id and by role."""
        rollen = {"kreis": self.kreis, "land": self.land, "bund": self.bund}
        benannt = {rolle: ort for rolle, ort in rollen.items() if ort}
        return {o.raum_id: o for o in (*self.gemeinden, *self.regionen, *benannt.values())} | benannt


@dataclass(frozen=True, slots=True)
class Zeitraum:
    """Berichtszeitraum: years, 0 = open; ``vorbericht`` = last year of the edition before."""

    von: int = 0
    bis: int = 0
    vorbericht: int = 0

    def umfasst(self, jahr: int) -> bool:
        """True when the year lies inside."""
        return (not self.von or jahr >= self.von) and (not self.bis or jahr <= self.bis)


@dataclass(frozen=True)
class Auskunft:
    """One report's values and the meaning of the words in its templates."""

    freigabe: Freigabe
    katalog: Katalog
    orte: Orte
    zeitraum: Zeitraum
    brueche: Mapping[str, tuple[Bruch, ...]]
    gliederungen: Mapping[str, str]
    """Printed names of the Raumgliederungen."""
    anmerkungen: tuple[Anmerkung, ...] = ()
    gerechnet: frozenset[str] | None = None
    """The Indikatoren whose values are here; None = all."""

    def indikator(self, kennung: str) -> Indikator:
        """Indikator by kennung; KonfigError with a suggestion (the template or text is wrong)."""
        gefunden = self.katalog.indikatoren.get(kennung)
        if gefunden is None:
            raise KonfigError(
                f"Den Indikator „{kennung}“ gibt es nicht.", abhilfe=vorschlag(kennung, self.katalog.indikatoren)
            )
        if self.gerechnet is not None and kennung not in self.gerechnet:
            raise KonfigError(
                f"Der Indikator „{kennung}“ ist für diesen Bericht nicht gerechnet.",
                grund="Gerechnet wird, was zu den Kapiteln gehört oder wörtlich in einem Aufruf der Texte steht.",
                abhilfe=f'Die Kennung ausschreiben: {{{{ wert("{kennung}") }}}}',
            )
        return gefunden

    def ort(self, raum: str) -> Ort:
        """Raum by id, role or name; KonfigError with a suggestion."""
        alle = self.orte.alle()
        namen = {o.name: o for o in alle.values()}
        gefunden = alle.get(raum) or namen.get(raum)
        if gefunden is None:
            ohne = "" if self.orte.gemeinden else "Noch ist kein Gemeindeverzeichnis eingelesen: sozmon import DATEI."
            rat = ohne or vorschlag(raum, [*alle, *namen])
            raise KonfigError(f"Den Raum „{raum}“ gibt es im Bericht nicht.", abhilfe=rat)
        return gefunden

    def jahr(self, indikator: Indikator, zeit: str | int) -> int:
        """Year of a role or of a written year; 0 when no value lies there."""
        if str(zeit).isdigit():
            return int(zeit)
        jahre = self.jahre(indikator)
        if zeit not in ("anfang", "ende", "vorbericht"):
            raise KonfigError(
                f"Die Zeit „{zeit}“ ist unbekannt.", abhilfe="Möglich sind anfang, ende, vorbericht oder ein Jahr."
            )
        if not jahre:
            return 0
        if zeit == "vorbericht":
            return next((j for j in reversed(jahre) if self.zeitraum.vorbericht and j <= self.zeitraum.vorbericht), 0)
        return jahre[-1] if zeit == "ende" else self._anfang(indikator, jahre)

    def _anfang(self, indikator: Indikator, jahre: Sequence[int]) -> int:
        """First comparable year: not before the last Bruch, without a declared beginning not too far back."""
        eigene = (bruchjahr(b) for b in self.brueche.get(indikator.kennung, ()))
        letzter_bruch = max((ab for ab in eigene if ab <= jahre[-1]), default=0)
        grenze = max(letzter_bruch, 0 if self.zeitraum.von else jahre[-1] - HOECHSTENS_ZURUECK)
        return next(j for j in jahre if j >= grenze and self._gleiche_quelle(indikator, j, jahre[-1]))

    def _gleiche_quelle(self, indikator: Indikator, jahr: int, anderes: int) -> bool:
        """Do the Kreis's values of two years come from the same Quellen? Others may stand on another basis."""
        a, b = (self.wert(indikator, self.orte.kreis, j) for j in (jahr, anderes))
        return a is None or b is None or ist_gleiche_quelle(a, b)

    def jahre(self, indikator: Indikator) -> list[int]:
        """Years of the Berichtszeitraum with a number: those of the Kreis when it has any, else of any Raum."""
        kreis = self.freigabe.jahre(indikator.kennung, self.orte.kreis.raum_id)
        return [j for j in kreis or self.freigabe.jahre(indikator.kennung) if self.zeitraum.umfasst(j)]

    def wert(self, indikator: Indikator, ort: Ort, jahr: int) -> Indikatorwert | None:
        """The released value, or None when it was not computed."""
        return self.freigabe.wert(indikator.kennung, ort.raum_id, jahr)

    def werte(self, indikator: Indikator, orte: Sequence[Ort], jahr: int) -> list[Indikatorwert]:
        """The computed values of several Räume, with or without a number."""
        return [w for o in orte if (w := self.wert(indikator, o, jahr)) is not None]

    def anzahl(self, indikator: Indikator, orte: Sequence[Ort], jahr: int) -> int:
        """How many of the Räume have a number."""
        return sum(w.ist_zahl for w in self.werte(indikator, orte, jahr))

    def neuestes_jahr(self, indikator: Indikator, orte: Sequence[Ort]) -> int:
        """Newest year of the Berichtszeitraum for which these Räume have values (most of them); 0 = none."""
        anzahl = {
            j: self.anzahl(indikator, orte, j)
            for j in self.freigabe.jahre(indikator.kennung)
            if self.zeitraum.umfasst(j)
        }
        genug = max(anzahl.values(), default=0) / 2
        return max((j for j, n in anzahl.items() if n > 1 and n >= genug), default=0)

    def reihe(self, indikator: Indikator, ort: Ort) -> list[Indikatorwert]:
        """All times of the Berichtszeitraum, ascending."""
        return [w for w in self.freigabe.reihe(indikator.kennung, ort.raum_id) if self.zeitraum.umfasst(w.jahr)]

    def vergleichsorte(self, indikator: Indikator, ausser: Ort) -> list[Ort]:
        """Kreis, Land, Bund – where they have numbers and a comparison makes sense (never for plain counts)."""
        if indikator.verfahren == "anzahl":
            return []
        oben = [o for o in (self.orte.kreis, self.orte.land, self.orte.bund) if o and o.raum_id != ausser.raum_id]
        return [o for o in oben if any(w.ist_zahl for w in self.reihe(indikator, o))]

    def fussnoten(self, wert: Indikatorwert | None) -> tuple[str, ...]:
        """The footnotes of people on one cell."""
        return select_texte(self.anmerkungen, wert.indikator, wert.raum_id, wert.jahr) if wert else ()

    @property
    def quellennamen(self) -> dict[str, str]:
        """Quelle → short name."""
        return {k: q.titel for k, q in self.katalog.quellen.items()}

    def quellenzeile(self, indikatoren: Sequence[Indikator]) -> str:
        """'BBSR, INKAR (Datenstand 31.12.2024); eigene Berechnungen'."""
        kennungen = {i.kennung for i in indikatoren}
        staende: dict[str, str] = {}
        for wert in self.freigabe.werte:
            if wert.indikator in kennungen and wert.ist_zahl:
                for quelle, stand in wert.staende.items():
                    staende[quelle] = max(staende.get(quelle, ""), stand)
        teile = [self._quellentext(q, stand) for q, stand in sorted(staende.items())]
        eigene = any(i.art != "fertigwert" for i in indikatoren)
        return "; ".join([*dict.fromkeys(teile), *(["eigene Berechnungen"] if eigene else [])])

    def _quellentext(self, kennung: str, stand: str) -> str:
        quelle = self.katalog.quellen.get(kennung)
        name = quelle.herausgeber if quelle else kennung
        return f"{name} (Datenstand {format_datum(stand)})" if stand else name


def als_id(text: str) -> str:
    """A text as part of an id: letters and digits, everything else a hyphen."""
    return "".join(z if z.isalnum() and z.isascii() else "-" for z in text.lower())
