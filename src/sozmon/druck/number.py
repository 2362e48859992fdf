"""Numbers, cross-references and the lists of contents, made once for all formats.

``parse_dokument`` turns a Dokument into a ``Satz``: cleaned blocks in which headings carry their number, objects
stand as ``Platz`` nodes and references are links.
"""

from __future__ import annotations

import difflib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from sozmon.druck.clean import clean
from sozmon.druck.kapitelweise import parse_kapitelweise
from sozmon.druck.modell import Dokument, Grafik, Tabelle, ist_id
from sozmon.druck.tree import QUERVERWEIS, Node, link, node, rewrite, text_of, walk
from sozmon.errors import KonfigError
from sozmon.zwischenspeicher import Zwischenspeicher

WORT = {Tabelle: "Tabelle", Grafik: "Abbildung"}
VERZEICHNIS = {Tabelle: "Tabellenverzeichnis", Grafik: "Abbildungsverzeichnis"}


@dataclass(frozen=True, slots=True)
class Ueberschrift:
    """A heading: ``nummer`` '' when it is not numbered."""

    id: str
    ebene: int
    nummer: str
    text: str


@dataclass(frozen=True, slots=True)
class Eintrag:
    """A numbered table or figure: ``nummer`` is '1.2'."""

    objekt: Tabelle | Grafik
    nummer: str

    @property
    def name(self) -> str:
        """'Tabelle 1.2' with a no-break space."""
        return f"{WORT[type(self.objekt)]}\u00a0{self.nummer}"


@dataclass(frozen=True, slots=True)
class Satz:
    """A parsed document, ready for every writer."""

    dok: Dokument
    api: list[int]
    bloecke: list[Node]
    ueberschriften: tuple[Ueberschrift, ...]
    eintraege: Mapping[str, Eintrag]

    def liste(self, art: type[Tabelle] | type[Grafik]) -> tuple[Eintrag, ...]:
        """Entries of one kind in the order of the document."""
        return tuple(e for e in self.eintraege.values() if isinstance(e.objekt, art))


def parse_dokument(dok: Dokument, speicher: Zwischenspeicher | None = None) -> Satz:
    """Parse, clean, number, resolve references. KonfigError on anything that a template or text got wrong.

    speicher: remembers parsed chapters.
    """
    bloecke, api = parse_kapitelweise(dok.markdown, speicher or Zwischenspeicher(None))
    bloecke = clean(bloecke)
    zaehler = _Zaehler(dok)
    bloecke = zaehler.durchgang(bloecke)
    namen = zaehler.namen()
    bloecke = rewrite(bloecke, lambda k: _verweis(k, namen))
    return Satz(dok, api, bloecke, tuple(zaehler.ueberschriften), zaehler.eintraege)


class _Zaehler:
    """Counts headings, tables and figures; the numbers of objects restart with each chapter."""

    def __init__(self, dok: Dokument) -> None:
        self.dok = dok
        self.stellen: list[int] = []
        self.je_kapitel: dict[str, int] = {}
        self.ueberschriften: list[Ueberschrift] = []
        self.eintraege: dict[str, Eintrag] = {}
        self.ids: set[str] = set()
        self.kapitel = "0"

    def durchgang(self, bloecke: list[Node]) -> list[Node]:
        """Top-level blocks with numbered headings and Platz nodes; neither may stand inside another block."""
        neu: list[Node] = []
        for block in bloecke:
            if block["t"] == "Header":
                neu.append(self._ueberschrift(block))
            elif block["t"] == "Div" and "platz" in block["c"][0][1]:
                neu.append(self._platz(block))
            else:
                self._pruefe_innen(block)
                neu.append(block)
        return neu

    def namen(self) -> dict[str, str]:
        """id → what a cross-reference prints."""
        namen = {k: e.name for k, e in self.eintraege.items()}
        for kopf in self.ueberschriften:
            wort = "Kapitel" if kopf.ebene == 1 else "Abschnitt"
            namen[kopf.id] = f"{wort}\u00a0{kopf.nummer}" if kopf.nummer else f"„{kopf.text}“"
        return namen

    def _ueberschrift(self, block: Node) -> Node:
        ebene, (kennung, klassen, _), text = block["c"]
        nummer = "" if "unnumbered" in klassen else self._naechste(ebene)
        if ebene == 1:
            self.je_kapitel = {}
            self.kapitel = nummer or self.kapitel
        if not kennung:
            kennung = "abschnitt-" + (nummer.replace(".", "-") or f"ohne-{len(self.ueberschriften) + 1}")
        self._melde_id(kennung)
        self.ueberschriften.append(Ueberschrift(kennung, ebene, nummer, text_of(text).strip()))
        return node("Header", ebene, [kennung, [], [["nummer", nummer]]], text)

    def _naechste(self, ebene: int) -> str:
        self.stellen = (self.stellen + [0] * ebene)[:ebene]
        self.stellen[-1] += 1
        return ".".join(str(z) for z in self.stellen)

    def _platz(self, block: Node) -> Node:
        kennung = block["c"][0][0]
        objekt = self.dok.objekte.get(kennung)
        if objekt is None:
            raise KonfigError(
                f"Die Tabelle oder Abbildung „{kennung}“ gibt es nicht.",
                abhilfe=_vorschlag(kennung, self.dok.objekte) or "Die Kennung prüfen.",
            )
        self._melde_id(kennung)
        wort = WORT[type(objekt)]
        self.je_kapitel[wort] = self.je_kapitel.get(wort, 0) + 1
        self.eintraege[kennung] = Eintrag(objekt, f"{self.kapitel}.{self.je_kapitel[wort]}")
        return node("Platz", kennung)

    def _melde_id(self, kennung: str) -> None:
        if not ist_id(kennung):
            raise KonfigError(
                f"Die Kennung „{kennung}“ ist nicht erlaubt.",
                grund="Erlaubt sind Buchstaben ohne Umlaute, Ziffern, - und _; das erste Zeichen ist ein Buchstabe.",
            )
        if kennung in self.ids:
            raise KonfigError(
                f"Die Kennung „{kennung}“ kommt zweimal vor.",
                grund="Verweise wären nicht eindeutig.",
                abhilfe="Jede Überschrift, Tabelle und Abbildung braucht ihre eigene Kennung.",
            )
        self.ids.add(kennung)

    def _pruefe_innen(self, block: Node) -> None:
        for k in walk(block.get("c", [])):
            if k["t"] == "Header" or (k["t"] == "Div" and "platz" in k["c"][0][1]):
                raise KonfigError(
                    "Überschriften, Tabellen und Abbildungen dürfen nicht in Listen, Zitaten oder Kästen stehen.",
                    ort=f"bei „{text_of(k)[:60] or k['c'][0][0]}“",
                    abhilfe="Davor und danach eine Leerzeile lassen, ohne Einzug.",
                )


def _verweis(knoten: Node, namen: Mapping[str, str]) -> Iterable[Node] | None:
    if knoten["t"] == "Link" and knoten["c"][2][0].startswith("#"):
        _bekannt(knoten["c"][2][0][1:], namen)
        return None
    if knoten["t"] != "Span" or "verweis" not in knoten["c"][0][1]:
        return None
    ziel = dict(knoten["c"][0][2]).get("ziel", "")
    return [link(_bekannt(ziel, namen), "#" + ziel, [QUERVERWEIS])]


def _bekannt(ziel: str, namen: Mapping[str, str]) -> str:
    if ziel not in namen:
        raise KonfigError(
            f"Der Verweis auf „{ziel}“ hat kein Ziel.",
            grund="Keine Überschrift, Tabelle oder Abbildung des Dokuments trägt diese Kennung.",
            abhilfe=_vorschlag(ziel, namen) or "Die Kennung prüfen.",
        )
    return namen[ziel]


def _vorschlag(kennung: str, bekannte: Iterable[str]) -> str:
    nahe: list[Any] = difflib.get_close_matches(kennung, list(bekannte), n=3, cutoff=0.5)
    return "Gemeint sein könnte: " + ", ".join(f"„{n}“" for n in nahe) if nahe else ""
