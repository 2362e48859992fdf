"""Chapters of a report: templates and texts of people → one Markdown text, with what is still missing."""

from __future__ import annotations

import functools
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from sozmon import vorlage
from sozmon.bausteine import Bausteine
from sozmon.berichtswerte import als_id
from sozmon.druck.modell import Grafik, Tabelle
from sozmon.errors import KonfigError
from sozmon.kapitelplan import Kapitel
from sozmon.model import Meldung
from sozmon.projekt import mitgeliefert
from sozmon.textbloecke import Textblock, check_texte, read_bild, read_block
from sozmon.textpruefung import check_zahlen

if TYPE_CHECKING:
    from sozmon.projekt import Projekt

LUECKE = "*(Text folgt)*"


@dataclass(frozen=True, slots=True)
class Gerendert:
    """Markdown of the chapters, blocks that nobody has written yet, and what is to be said of the texts."""

    markdown: str
    fehlende: tuple[str, ...]
    meldungen: tuple[Meldung, ...]


def render_kapitel(
    projekt: Projekt, bausteine: Bausteine, kapitel: Sequence[Kapitel], alle: Sequence[Kapitel] = (), bericht: str = ""
) -> Gerendert:
    """Templates and texts of these chapters. alle: every chapter of the report, when only some are rendered."""
    werkstatt = _Werkstatt(projekt, bausteine, alle or kapitel, bericht)
    teile = [werkstatt.render(k) for k in kapitel]
    ohne_platz = check_texte(projekt.texte, werkstatt.aufgerufen, [k.name for k in kapitel], bericht)
    return Gerendert(
        "\n\n".join(teile) + "\n", tuple(dict.fromkeys(werkstatt.fehlende)), (*werkstatt.meldungen, *ohne_platz)
    )


class _Werkstatt:
    """Renders one chapter after the other with the same functions."""

    def __init__(self, projekt: Projekt, bausteine: Bausteine, alle: Sequence[Kapitel], bericht: str) -> None:
        self.projekt, self.bausteine, self.bericht = projekt, bausteine, bericht
        self.vorlagen = vorlage.Vorlagen((projekt.vorlagen, mitgeliefert("vorlagen")))
        self.fehlende: list[str] = []
        self.meldungen: list[Meldung] = []
        self.aufgerufen: set[str] = set()
        self._gelesen: dict[str, Textblock | None] = {}
        self._block: Textblock | None = None
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
        return {
            **self._textfunktionen(),
            "text": self._text,
            "auffaellige": self.bausteine.auffaellige,
            "anker": lambda *k: vorlage.anker(als_id("".join(k))),
        }

    def _textfunktionen(self) -> dict[str, Callable[..., object] | Mapping[str, Callable[..., object]]]:
        """What a text of people may call: everything but another text."""
        b = self.bausteine
        return {
            "wert": b.wert,
            "satz": self._saetze(
                {
                    "befund": b.satz_befund,
                    "stand": b.satz_stand,
                    "entwicklung": b.satz_entwicklung,
                    "vergleich": b.satz_vergleich,
                    "spannweite": b.satz_spannweite,
                    "rang": b.satz_rang,
                    "gruppe": b.satz_gruppe,
                    "kernaussage": b.satz_kernaussage,
                }
            ),
            "tabelle": lambda *a, **k: self._platz(b.tabelle(*a, **k)),
            "diagramm": lambda *a, **k: self._platz(b.diagramm(*a, **k)),
            "bild": self._bild,
            "verweis": vorlage.verweis,
        }

    def _saetze(self, saetze: Mapping[str, Callable[..., str]]) -> dict[str, Callable[..., object]]:
        """The sentences; those that a text of people calls are recorded like its numbers."""

        def mit(name: str, funktion: Callable[..., str]) -> Callable[..., object]:
            @functools.wraps(funktion)
            def rufe(*args: object, **kwargs: object) -> str:
                text = funktion(*args, **kwargs)
                angaben = ", ".join([*map(str, args), *(f"{k}={v}" for k, v in kwargs.items())])
                self.bausteine.zitiere(f"satz.{name}({angaben})", text, str(args[0]) if args else "")
                return text

            return rufe

        return {name: mit(name, funktion) for name, funktion in saetze.items()}

    def _platz(self, kennungen: Sequence[str]) -> vorlage.Markdown:
        """The place of each object; one that stands in the report already is referred to, not printed twice."""
        neue = self.bausteine.setze(kennungen)
        if neue or not kennungen:
            return vorlage.platz(neue)
        return vorlage.markdown(f"\n\nSiehe {vorlage.verweis(kennungen[0])}.\n\n")

    def _text(self, block: str, fehlt: str = LUECKE, kapitel: str = "") -> object:
        """A block of people; a missing one leaves a visible gap in the draft and is listed."""
        ordner = kapitel or self._kapitel
        self.aufgerufen.add(f"{ordner}/{block}")
        gelesen = self._lies(ordner, block)
        if gelesen is None:
            if fehlt:
                self.fehlende.append(f"texte/{ordner}/{block}.md")
            return vorlage.markdown(fehlt)
        b = self.bausteine
        bisher, (b.herkunft, b.pruefsumme) = (b.herkunft, b.pruefsumme, self._block), (gelesen.ort, gelesen.pruefsumme)
        self._block = gelesen
        try:
            funktionen = self._textfunktionen()
            return vorlage.markdown(
                self.vorlagen.render_text(gelesen.text, gelesen.ort, funktionen, stelle=self._kapitel)
            )
        finally:
            b.herkunft, b.pruefsumme, self._block = bisher

    def _lies(self, ordner: str, block: str) -> Textblock | None:
        """Each file is read once; what must be said of it is said once."""
        name = f"{ordner}/{block}"
        if name not in self._gelesen:
            self._gelesen[name] = gelesen = read_block(self.projekt.texte, ordner, block, self.bericht)
            if gelesen is not None:
                self.meldungen += [*gelesen.meldungen, *check_zahlen(gelesen.ort, gelesen.text)]
        return self._gelesen[name]

    def _bild(
        self, datei: str, titel: str = "", alt: str = "", quelle: str = "", breite: float = 16
    ) -> vorlage.Markdown:
        """A picture beside the text (or inside its Word file) as a numbered figure."""
        if not alt.strip():
            raise KonfigError(
                f"Dem Bild „{datei}“ fehlt der Alternativtext.",
                grund="Ohne ihn wäre der Bericht nicht barrierefrei.",
                abhilfe=f'In Worten sagen, was zu sehen ist: {{{{ bild("{datei}", titel="…", alt="…") }}}}',
            )
        from sozmon.druck.foto import prepare_foto

        block = self._block
        ordner = block.ordner if block is not None else self._kapitel
        eigene = block.bilder if block is not None else {}
        inhalt = eigene[datei] if datei in eigene else read_bild(self.projekt.texte, ordner, datei)
        bild, fuer_word = prepare_foto(inhalt, datei)
        kennung = f"abb-bild-{als_id(ordner)}-{als_id(datei)}"
        grafik = Grafik(kennung, titel or alt, alt, bild, fuer_word, quelle, breite_cm=min(float(breite), 16.0))
        return self._platz(self.bausteine.bild(kennung, grafik))
