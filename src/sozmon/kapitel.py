"""Chapters of a report: templates and texts of people → one Markdown text, with what is still missing."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from sozmon import vorlage
from sozmon.bausteine import Bausteine
from sozmon.druck.modell import Tabelle
from sozmon.errors import EingabeFehltError, KonfigError
from sozmon.projekt import mitgeliefert

if TYPE_CHECKING:
    from sozmon.projekt import Projekt

LUECKE = "*(Text folgt)*"


def render_kapitel(projekt: Projekt, bausteine: Bausteine, kapitel: Sequence[str]) -> tuple[str, list[str]]:
    """Markdown of the chapters and the Methodik, and the ids of the text blocks that nobody has written yet."""
    werkstatt = _Werkstatt(projekt, bausteine)
    teile = [werkstatt.render(name) for name in (*kapitel, "methodik")]
    return "\n\n".join(teile) + "\n", werkstatt.fehlende


class _Werkstatt:
    """Renders one chapter after the other with the same functions."""

    def __init__(self, projekt: Projekt, bausteine: Bausteine) -> None:
        self.projekt, self.bausteine = projekt, bausteine
        self.vorlagen = vorlage.Vorlagen((projekt.vorlagen, mitgeliefert("vorlagen")))
        self.fehlende: list[str] = []
        self._kapitel = ""

    def render(self, kapitel: str) -> str:
        self._kapitel = kapitel
        self.bausteine.herkunft = f"vorlagen/kapitel/{kapitel}.md.j2"
        auskunft = self.bausteine.auskunft
        kontext = {
            "dimension": kapitel,
            "themen": self.bausteine.themen(kapitel),
            "kreis": auskunft.orte.kreis.name,
            "gemeindetabellen": self.bausteine.hat_gemeindetabelle(kapitel),
            "methodik": {k: v for k, v in self.bausteine.methodik.items() if not isinstance(v, Tabelle)},
        }
        return self.vorlagen.render_vorlage(f"kapitel/{kapitel}.md.j2", kontext, self._funktionen())

    def _funktionen(self) -> dict[str, Callable[..., object] | Mapping[str, Callable[..., object]]]:
        return {**self._textfunktionen(), "text": self._text}

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
            "tabelle": lambda *a, **k: vorlage.platz(b.tabelle(*a, **k)),
            "diagramm": lambda *a, **k: vorlage.platz(b.diagramm(*a, **k)),
            "verweis": vorlage.verweis,
        }

    def _text(self, block: str, fehlt: str = LUECKE) -> object:
        """The block ``texte/<kapitel>/<block>.md``; the first missing one leaves a visible gap in the draft."""
        pfad = self.projekt.texte / self._kapitel / f"{block}.md"
        herkunft = f"texte/{self._kapitel}/{block}.md"
        text = _lies(pfad, herkunft)
        if not text:
            if fehlt:
                self.fehlende.append(herkunft)
            return vorlage.markdown(fehlt)
        bisher, self.bausteine.herkunft = self.bausteine.herkunft, herkunft
        try:
            return vorlage.markdown(self.vorlagen.render_text(text, herkunft, self._textfunktionen()))
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


def check_kapitel(projekt: Projekt, kapitel: Sequence[str]) -> None:
    """Refuse a chapter that has no template; EingabeFehltError names those that exist."""
    ordner = [o / "kapitel" for o in (projekt.vorlagen, mitgeliefert("vorlagen"))]
    vorhanden = sorted({p.name.removesuffix(".md.j2") for o in ordner if o.is_dir() for p in o.glob("*.md.j2")})
    for name in kapitel:
        if name not in vorhanden:
            raise EingabeFehltError(
                f"Für das Kapitel „{name}“ gibt es keine Vorlage.",
                ort=f"vorlagen/kapitel/{name}.md.j2",
                abhilfe=f"Vorhanden sind: {', '.join(n for n in vorhanden if n not in ('themen', 'methodik'))}.",
            )
