"""Chapters of a report: templates and texts of people → one Markdown text, with what is still missing."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from sozmon import vorlage
from sozmon.bausteine import Bausteine
from sozmon.berichtswerte import als_id
from sozmon.druck.modell import Tabelle
from sozmon.errors import KonfigError
from sozmon.kapitelplan import Kapitel
from sozmon.projekt import mitgeliefert

if TYPE_CHECKING:
    from sozmon.projekt import Projekt

LUECKE = "*(Text folgt)*"


def render_kapitel(
    projekt: Projekt, bausteine: Bausteine, kapitel: Sequence[Kapitel], alle: Sequence[Kapitel] = ()
) -> tuple[str, list[str]]:
    """Markdown of the chapters, and the ids of the text blocks that nobody has written yet.

    alle: every chapter of the report, when only some of them are rendered.
    """
    werkstatt = _Werkstatt(projekt, bausteine, alle or kapitel)
    teile = [werkstatt.render(k) for k in kapitel]
    return "\n\n".join(teile) + "\n", list(dict.fromkeys(werkstatt.fehlende))


class _Werkstatt:
    """Renders one chapter after the other with the same functions."""

    def __init__(self, projekt: Projekt, bausteine: Bausteine, alle: Sequence[Kapitel]) -> None:
        self.projekt, self.bausteine = projekt, bausteine
        self.vorlagen = vorlage.Vorlagen((projekt.vorlagen, mitgeliefert("vorlagen")))
        self.fehlende: list[str] = []
        self.inhalt = [self._sicht(k) for k in alle if k.ist_inhalt]
        self._kapitel = ""

    def render(self, kapitel: Kapitel) -> str:
        name = f"kapitel/{kapitel.vorlage}.md.j2"
        self._kapitel = kapitel.name
        self.bausteine.herkunft = f"vorlagen/{name}"
        self.bausteine.kapitel = kapitel
        kontext = {
            "kapitel": self._sicht(kapitel),
            "alle_kapitel": self.inhalt,
            "kreis": self.bausteine.auskunft.orte.kreis.name,
            "regionsname": self.bausteine.auskunft.orte.regionsname,
            "methodik": {k: v for k, v in self.bausteine.methodik.items() if not isinstance(v, Tabelle)},
        }
        return self.vorlagen.render_vorlage(name, kontext, self._funktionen())

    def _sicht(self, kapitel: Kapitel) -> Mapping[str, object]:
        """What a template sees of a chapter."""
        return {"name": kapitel.name, "titel": kapitel.titel, **self.bausteine.inhalt(kapitel)}

    def _funktionen(self) -> dict[str, Callable[..., object] | Mapping[str, Callable[..., object]]]:
        return {**self._textfunktionen(), "text": self._text, "anker": lambda *k: vorlage.anker(als_id("".join(k)))}

    def _textfunktionen(self) -> dict[str, Callable[..., object] | Mapping[str, Callable[..., object]]]:
        """What a text of people may call: everything but another text."""
        b = self.bausteine
        return {
            "wert": b.wert,
            "satz": {
                "befund": b.satz_befund,
                "stand": b.satz_stand,
                "entwicklung": b.satz_entwicklung,
                "vergleich": b.satz_vergleich,
                "spannweite": b.satz_spannweite,
            },
            "tabelle": lambda *a, **k: self._platz(b.tabelle(*a, **k)),
            "diagramm": lambda *a, **k: self._platz(b.diagramm(*a, **k)),
            "verweis": vorlage.verweis,
        }

    def _platz(self, kennungen: Sequence[str]) -> vorlage.Markdown:
        """The place of each object; one that stands in the report already is referred to, not printed twice."""
        neue = self.bausteine.setze(kennungen)
        if neue or not kennungen:
            return vorlage.platz(neue)
        return vorlage.markdown(f"\n\nSiehe {vorlage.verweis(kennungen[0])}.\n\n")

    def _text(self, block: str, fehlt: str = LUECKE, kapitel: str = "") -> object:
        """The block ``texte/<kapitel>/<block>.md``; a missing one leaves a visible gap in the draft and is listed."""
        ordner = kapitel or self._kapitel
        herkunft = f"texte/{ordner}/{block}.md"
        text = _lies(self.projekt.texte / ordner / f"{block}.md", herkunft)
        if not text:
            if fehlt:
                self.fehlende.append(herkunft)
            return vorlage.markdown(fehlt)
        bisher, self.bausteine.herkunft = self.bausteine.herkunft, herkunft
        try:
            return vorlage.markdown(
                self.vorlagen.render_text(text, herkunft, self._textfunktionen(), stelle=self._kapitel)
            )
        finally:
            self.bausteine.herkunft = bisher


def _lies(pfad: Path, herkunft: str) -> str:
    if not pfad.is_file():
        return ""
    try:
        return pfad.read_text(encoding="utf-8-sig").strip()
    except UnicodeDecodeError as fehler:
        raise KonfigError(
            "Der Text ist nicht in UTF-8 gespeichert.", ort=herkunft, abhilfe="Im Editor als UTF-8 speichern."
        ) from fehler
