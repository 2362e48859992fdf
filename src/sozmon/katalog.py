"""The catalogue: indicators, Merkmale, dimensions, Quellen and standards from TOML files.

The shipped folder ``indikatoren/`` is the base; a definition of the same kennung in the project's folder
``indikatoren/`` replaces it as a whole. Only tomli is used, no schema library: loading everything stays
below 60 ms.
"""

from __future__ import annotations

import functools
import itertools
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar

from sozmon.definition import load_definition, load_toml, vorschlag
from sozmon.errors import AufrufError, KonfigError
from sozmon.katalogfragen import PLATZHALTER, load_fragen, offen_in_worten
from sozmon.model import DIMENSIONEN, Dimension, Indikator, Meldung, Merkmal, Quelle, Standard

if TYPE_CHECKING:
    from sozmon.projekt import Projekt

Definition = Indikator | Merkmal | Dimension | Quelle | Standard
T = TypeVar("T", Indikator, Merkmal, Dimension, Quelle, Standard)

ORDNER: Mapping[str, type[Definition]] = {
    "merkmale": Merkmal,
    "dimensionen": Dimension,
    "quellen": Quelle,
    "standards": Standard,
}
"""Reserved folders; every other folder is a Lebenslagendimension and holds Indikatoren. ``indizes`` is kept free."""
NAMEN: Mapping[type[Definition], str] = {
    Indikator: "Indikator",
    Merkmal: "Merkmal",
    Dimension: "Dimension",
    Quelle: "Quelle",
    Standard: "Standardbevölkerung",
}
TEILER, GLEICH = "|", "="


@dataclass(frozen=True)
class Katalog:
    """All definitions that hold in a project, by kennung; ``dateien``: (class name, kennung) → file."""

    indikatoren: dict[str, Indikator]
    merkmale: dict[str, Merkmal]
    dimensionen: dict[str, Dimension]
    quellen: dict[str, Quelle]
    standards: dict[str, Standard] = field(default_factory=dict)
    dateien: dict[tuple[str, str], Path] = field(default_factory=dict, repr=False)
    entwuerfe: dict[str, Path] = field(default_factory=dict)
    """Indikatoren with open questions: not part of the catalogue yet, kennung → file."""

    @property
    def stand(self) -> str:
        """Newest date of a definition (ISO text, '' when none carries one)."""
        return max((i.stand for i in self.indikatoren.values()), default="")

    def indikator(self, kennung: str) -> Indikator:
        """Indikator by kennung; AufrufError (2) with a suggestion when unknown, with the questions when a draft."""
        if kennung in self.entwuerfe and kennung not in self.indikatoren:
            raise AufrufError(
                f"Der Indikator „{kennung}“ ist noch ein Entwurf.",
                ort=str(self.entwuerfe[kennung]),
                grund=f"Darin sind {offen_in_worten(load_fragen(self.entwuerfe[kennung]))}.",
                abhilfe=f"Die Antworten dort eintragen ({PLATZHALTER} ersetzen).",
            )
        return _hole(self.indikatoren, kennung, "Den Indikator", "sozmon katalog")

    def merkmal(self, kennung: str) -> Merkmal:
        """Merkmal by kennung; AufrufError (2) with a suggestion when unknown."""
        return _hole(self.merkmale, kennung, "Das Merkmal", "sozmon katalog merkmale")

    def quelle(self, kennung: str) -> Quelle:
        """Quelle by kennung; AufrufError (2) with a suggestion when unknown."""
        return _hole(self.quellen, kennung, "Die Quelle", "sozmon katalog quellen")

    def quellen_fuer(self, merkmal: str) -> tuple[str, ...]:
        """Quellen of a Merkmal in the order of precedence; those that only map to it follow alphabetically."""
        erklaert = self.merkmale[merkmal].quellen if merkmal in self.merkmale else ()
        weitere = sorted(q.kennung for q in self.quellen.values() if merkmal in gelieferte_merkmale(q))
        return (*erklaert, *(q for q in weitere if q not in erklaert))

    def teilungen(self, auspraegung: str, merkmal: str = "") -> tuple[tuple[str, ...], ...]:
        """Every declared way to write an Ausprägung as a sum of others (one step, canonical texts).

        'alter=65+' → (('alter=65-74', 'alter=75+'), ('alter=65+|geschlecht=m', 'alter=65+|geschlecht=w'), …).
        With ``merkmal`` only the dimensions that it allows.
        """
        erlaubt = self.merkmale[merkmal].dimensionen if merkmal in self.merkmale else tuple(self.dimensionen)
        werte = zerlege(auspraegung)
        return tuple(
            tuple(fuege_zusammen({**werte, name: teil}) for teil in teilung.teile)
            for name in erlaubt
            if name in self.dimensionen
            for teilung in self.dimensionen[name].teilungen
            if teilung.ganz == werte.get(name, "")
        )

    def auspraegungen(self, teile: Iterable[str]) -> tuple[str, ...]:
        """Canonical Ausprägungen of the ``teile`` of an Indikator: a bare dimension means its first Teilung.

        'alter|geschlecht' → 'alter=0-2|geschlecht=m', …; KonfigError for a dimension that does not exist.
        """
        ergebnis: list[str] = []
        for teil in teile:
            achsen = [self._werte_von(stueck) for stueck in teil.split(TEILER)]
            ergebnis += [fuege_zusammen(dict(paare)) for paare in itertools.product(*achsen)]
        return tuple(dict.fromkeys(ergebnis))

    def _werte_von(self, stueck: str) -> list[tuple[str, str]]:
        name, gleich, wert = (t.strip() for t in stueck.partition(GLEICH))
        if gleich:
            return [(name, wert)]
        if name not in self.dimensionen:
            raise KonfigError(
                f"Die Dimension „{name}“ gibt es nicht.", ort="teile", abhilfe=vorschlag(name, self.dimensionen)
            )
        erste = next((t.teile for t in self.dimensionen[name].teilungen if not t.ganz), ())
        return [(name, w) for w in erste]

    def themen(self) -> dict[str, dict[str, list[Indikator]]]:
        """dimension → thema → Indikatoren in their order: the outline of every list and chapter."""
        gliederung: dict[str, dict[str, list[Indikator]]] = {}
        for i in self.indikatoren.values():
            gliederung.setdefault(i.dimension, {}).setdefault(i.thema, []).append(i)
        return gliederung


def zerlege(auspraegung: str) -> dict[str, str]:
    """'alter=0-2|geschlecht=m' → {'alter': '0-2', 'geschlecht': 'm'}; '' → {}. KonfigError when malformed."""
    teile: dict[str, str] = {}
    for stueck in auspraegung.split(TEILER) if auspraegung else ():
        name, gleich, wert = stueck.partition(GLEICH)
        if not (name.strip() and gleich and wert.strip()) or name.strip() in teile:
            raise KonfigError(
                f"Die Ausprägung „{auspraegung}“ ist nicht lesbar.",
                grund="Eine Ausprägung besteht aus „dimension=wert“, mehrere sind mit | verbunden.",
                abhilfe="Zum Beispiel: alter=65+|geschlecht=w",
            )
        teile[name.strip()] = wert.strip()
    return teile


def fuege_zusammen(teile: Mapping[str, str]) -> str:
    """The canonical text of dimension → value: sorted by dimension, empty values (= total) left out."""
    return TEILER.join(f"{n}{GLEICH}{teile[n]}" for n in sorted(teile) if teile[n])


def kanonisch(auspraegung: str) -> str:
    """The one canonical spelling: dimensions sorted, no blanks, empty text = total."""
    return fuege_zusammen(zerlege(auspraegung))


def kann_liefern(quelle: Quelle, merkmal: str, auspraegung: str) -> bool:
    """True when a Quelle maps something that this Ausprägung can come from (itself, or parts of its dimensions)."""
    gesucht = zerlege(auspraegung)
    frei = {k.dimension for k in quelle.kodierungen}
    ziele = [(z.merkmal, z.auspraegung) for z in quelle.zuordnungen]
    ziele += [(s.merkmal, s.auspraegung) for b in quelle.blaetter for s in b.spalten]
    return any(
        m == merkmal and (fest := zerlege(a)).items() <= gesucht.items() and gesucht.keys() - fest.keys() <= frei
        for m, a in ziele
    )


def gelieferte_merkmale(quelle: Quelle) -> frozenset[str]:
    """Merkmale that a Quelle maps something to; columns that are not read or not decided are none."""
    spalten = (s.merkmal for b in quelle.blaetter for s in b.spalten)
    return frozenset(m for m in (*(z.merkmal for z in quelle.zuordnungen), *spalten) if m and m != PLATZHALTER)


def load_katalog(projekt: Projekt | None = None) -> Katalog:
    """The shipped catalogue with the project's overrides. Raises KonfigError (78) for a faulty file."""
    basis = _mitgelieferter()
    if projekt is None or not projekt.indikatoren.is_dir():
        return _katalog(basis)
    eigene = _lade_ordner(projekt.indikatoren, "indikatoren")
    offen = {s: pfad for s, (d, pfad) in eigene.items() if isinstance(d, Indikator) and _ist_entwurf(d)}
    fertig = {s: definition for s, definition in eigene.items() if s not in offen}
    return _katalog({**basis, **fertig}, {kennung: pfad for (_, kennung), pfad in offen.items()})


def check_katalog(katalog: Katalog) -> list[Meldung]:
    """Does it fit together: references, Teilungen, cycles, thresholds, wording? Never raises."""
    from sozmon.katalogpruefung import check

    return check(katalog)


def check_quelle(katalog: Katalog, quelle: Quelle) -> list[Meldung]:
    """The same for one Quelle, which need not be part of the catalogue. Never raises."""
    from sozmon.katalogpruefung import check_einzeln

    return check_einzeln(katalog, quelle)


@functools.cache
def _mitgelieferter() -> dict[tuple[str, str], tuple[Definition, Path]]:
    from sozmon.projekt import mitgeliefert

    return _lade_ordner(mitgeliefert("indikatoren"), "indikatoren (mitgeliefert)")


def _ist_entwurf(indikator: Indikator) -> bool:
    """A question of the draft is still open; such an Indikator would be printed with its placeholders."""
    worte = (indikator.titel, indikator.kurz, indikator.beschreibung, indikator.thema, indikator.einheit)
    return PLATZHALTER in (*worte, *(t.merkmal for t in (*indikator.zaehler, *indikator.nenner)))


def _katalog(
    alle: Mapping[tuple[str, str], tuple[Definition, Path]], entwuerfe: Mapping[str, Path] | None = None
) -> Katalog:
    return Katalog(
        indikatoren=_sortiert(d for d, _ in alle.values() if isinstance(d, Indikator)),
        merkmale={d.kennung: d for d, _ in alle.values() if isinstance(d, Merkmal)},
        dimensionen={d.kennung: d for d, _ in alle.values() if isinstance(d, Dimension)},
        quellen={d.kennung: d for d, _ in alle.values() if isinstance(d, Quelle)},
        standards={d.kennung: d for d, _ in alle.values() if isinstance(d, Standard)},
        dateien={schluessel: pfad for schluessel, (_, pfad) in alle.items()},
        entwuerfe=dict(entwuerfe or {}),
    )


def _sortiert(indikatoren: Iterable[Indikator]) -> dict[str, Indikator]:
    """Order of the report: dimension, then Themen by their first Indikator, then reihenfolge, then kennung."""
    alle = sorted(indikatoren, key=lambda i: (DIMENSIONEN.index(i.dimension), i.reihenfolge, i.kennung))
    themen = {thema: n for n, thema in enumerate(dict.fromkeys((i.dimension, i.thema) for i in alle))}
    return {
        i.kennung: i for i in sorted(alle, key=lambda i: (DIMENSIONEN.index(i.dimension), themen[i.dimension, i.thema]))
    }


def _lade_ordner(ordner: Path, name: str) -> dict[tuple[str, str], tuple[Definition, Path]]:
    gefunden: dict[tuple[str, str], tuple[Definition, Path]] = {}
    for pfad in sorted(ordner.glob("*/*.toml")):
        for definition in _lade_datei(pfad, f"{name}/{pfad.parent.name}/{pfad.name}"):
            schluessel = (type(definition).__name__, definition.kennung)
            if schluessel in gefunden:
                raise KonfigError(
                    f"{NAMEN[type(definition)]} „{definition.kennung}“ ist zweimal definiert.",
                    ort=f"{name}/{pfad.parent.name}/{pfad.name}",
                    grund=f"Die Kennung steht schon in {_kurzpfad(gefunden[schluessel][1])}.",
                    abhilfe="Eine der beiden Definitionen löschen oder umbenennen.",
                )
            gefunden[schluessel] = (definition, pfad)
    return gefunden


def _kurzpfad(pfad: Path) -> str:
    return f"{pfad.parent.name}/{pfad.name}"


def _lade_datei(pfad: Path, ort: str) -> Iterator[Definition]:
    daten = load_toml(pfad, ort)
    ordner = pfad.parent.name
    if ordner == "merkmale":
        for kennung, tabelle in daten.items():
            yield load_definition(Merkmal, tabelle, f"{ort}, [{kennung}]", kennung=kennung)
    elif ordner in ORDNER:
        yield load_definition(ORDNER[ordner], daten, ort, kennung=pfad.stem)
    elif ordner != "indizes":
        yield load_definition(Indikator, daten, ort, kennung=pfad.stem, dimension=ordner)


def _hole(verzeichnis: Mapping[str, T], kennung: str, was: str, befehl: str) -> T:
    if kennung in verzeichnis:
        return verzeichnis[kennung]
    titel = {d.titel: k for k, d in verzeichnis.items()}
    raise AufrufError(
        f"{was} „{kennung}“ gibt es nicht.",
        abhilfe=vorschlag(kennung, verzeichnis)
        or (f"Gemeint ist vielleicht „{titel[kennung]}“." if kennung in titel else f"Alle zeigt: {befehl}"),
    )
