"""The texts of people in ``texte/<kapitel>/``: Markdown, or written by a colleague in Word; found, read, checked.

A text for one report only lies in ``texte/<bericht>/<kapitel>/`` and comes before the one for all reports.
"""

from __future__ import annotations

import hashlib
import os
import re
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from pathlib import Path

from sozmon.definition import vorschlag
from sozmon.errors import KonfigError
from sozmon.model import Fundstelle, Meldung, Stufe

WORD = ("docx", "odt")
BILDER = (".png", ".jpg", ".jpeg", ".svg")
_AUFRUF = re.compile(r"\{[{%](.*?)[}%]\}", re.DOTALL)
_WORT = re.compile(r"[a-z][a-z0-9_]+")
EIGENE = ("zitate.csv",)
"""Files below ``texte/`` that sozmon keeps."""


@dataclass(frozen=True, slots=True)
class Textblock:
    """A block as it was found: ``ort`` like 'texte/armut/fazit.md'; ``bilder`` that the file itself holds."""

    ort: str
    text: str
    pruefsumme: str
    bilder: dict[str, bytes]
    meldungen: tuple[Meldung, ...] = ()

    @property
    def ordner(self) -> str:
        """Its folder below texte/: 'armut'."""
        return self.ort.removeprefix("texte/").rpartition("/")[0]


def textordner(kapitel: str, bericht: str = "") -> tuple[str, ...]:
    """Where a chapter's texts lie below texte/, the first that holds a block wins."""
    return (f"{bericht}/{kapitel}", kapitel) if bericht else (kapitel,)


def read_block(ordner: Path, kapitel: str, block: str, bericht: str = "") -> Textblock | None:
    """The block ``<ordner>/<kapitel>/<block>.md`` (or .docx, .odt), the report's own first; None when there is none.

    KonfigError (78) for two files of one block, a wrong encoding, an old Word format.
    """
    gelesen = (_suche(ordner, stelle, block) for stelle in textordner(kapitel, bericht))
    return next((b for b in gelesen if b is not None), None)


def _suche(ordner: Path, kapitel: str, block: str) -> Textblock | None:
    da = [p for endung in ("md", *WORD) if (p := ordner / kapitel / f"{block}.{endung}").is_file()]
    if len(da) > 1:
        raise KonfigError(
            f"Den Text „{block}“ gibt es zweimal.",
            ort=" und ".join(f"texte/{kapitel}/{p.name}" for p in da),
            abhilfe="Eine der beiden Dateien löschen oder umbenennen.",
        )
    alt = ordner / kapitel / f"{block}.doc"
    if not da and alt.is_file():
        raise KonfigError(
            "Das alte Word-Format .doc wird nicht gelesen.",
            ort=f"texte/{kapitel}/{alt.name}",
            abhilfe="In Word öffnen und als .docx speichern.",
        )
    return _lies(da[0], f"texte/{kapitel}/{da[0].name}") if da else None


def _lies(pfad: Path, ort: str) -> Textblock | None:
    inhalt = pfad.read_bytes()
    summe = hashlib.sha256(inhalt).hexdigest()
    if pfad.suffix[1:] in WORD:
        return _lies_word(pfad, inhalt, ort, summe)
    try:
        text = inhalt.decode("utf-8-sig").replace("\r\n", "\n").strip()
    except UnicodeDecodeError as fehler:
        raise KonfigError(
            "Der Text ist nicht in UTF-8 gespeichert.", ort=ort, abhilfe="Im Editor als UTF-8 speichern."
        ) from fehler
    return Textblock(ort, text, summe, {}) if text else None


def _lies_word(pfad: Path, inhalt: bytes, ort: str, summe: str) -> Textblock | None:
    from sozmon.druck.word_lesen import read_wordtext

    try:
        gelesen = read_wordtext(inhalt, pfad.suffix[1:], pfad.name)
    except KonfigError as fehler:
        raise KonfigError(fehler.text, ort=ort, grund=fehler.grund, abhilfe=fehler.abhilfe) from fehler
    meldungen = tuple(
        Meldung("text_aus_word", Stufe.WARNUNG, h, Fundstelle(ort), "In Word annehmen oder löschen und speichern.")
        for h in gelesen.hinweise
    )
    return Textblock(ort, gelesen.markdown, summe, gelesen.bilder, meldungen) if gelesen.markdown else None


def find_zitierte(ordner: Path, kapitel: Iterable[str], vorlagen: Path, bericht: str = "") -> set[str]:
    """Every word inside a call (``{{ … }}``) of the texts of these chapters and of the project's own templates.

    A superset of the kennungen that they ask for: the report computes these too, in whatever chapter they belong.
    """
    texte = [p.read_text("utf-8", "replace") for p in sorted(vorlagen.rglob("*.j2"))]
    for name in (stelle for k in kapitel for stelle in textordner(k, bericht)):
        for pfad in sorted((ordner / name).glob("*")):
            if pfad.suffix[1:] in ("md", *WORD) and not pfad.name.startswith(("~$", ".")):
                block = _lies(pfad, f"texte/{name}/{pfad.name}")
                texte += [block.text] if block else []
    return {wort for text in texte for ruf in _AUFRUF.findall(text) for wort in _WORT.findall(ruf)}


def check_texte(ordner: Path, aufgerufen: Collection[str], kapitel: Iterable[str], bericht: str = "") -> list[Meldung]:
    """Texts that no template calls: what somebody wrote must not vanish because of a typing error.

    aufgerufen: 'kapitel/block' of every block that was asked for; kapitel: those that were rendered.
    """
    meldungen = []
    namen = [a.partition("/") for a in aufgerufen]
    for stelle, name in ((s, k) for k in kapitel for s in textordner(k, bericht)):
        bekannte = [block for k, _, block in namen if k == name]
        for pfad in sorted(p for p in (ordner / stelle).glob("*") if p.is_file()):
            if pfad.name.startswith(("~$", ".")) or pfad.suffix.lower() in BILDER or pfad.stem in bekannte:
                continue
            text = f"Der Text „{pfad.name}“ wird von keiner Vorlage aufgerufen und steht deshalb nicht im Bericht."
            hilfe = vorschlag(pfad.stem, bekannte) or f"In diesem Kapitel heißen Texte: {', '.join(sorted(bekannte))}."
            meldungen.append(
                Meldung("text_ohne_platz", Stufe.WARNUNG, text, Fundstelle(f"texte/{stelle}/{pfad.name}"), hilfe)
            )
    return meldungen


def read_bild(ordner: Path, kapitel: str, datei: str) -> bytes:
    """A picture beside a text; KonfigError (78) for a path that leaves the folder, or a missing file."""
    wurzel = Path(os.path.realpath(ordner / kapitel))
    pfad = Path(os.path.realpath(wurzel / datei))
    if wurzel not in pfad.parents:
        raise KonfigError(
            f"Das Bild „{datei}“ liegt nicht beim Text.", abhilfe=f"Die Datei in den Ordner texte/{kapitel}/ legen."
        )
    if not pfad.is_file():
        vorhandene = [p.name for p in wurzel.glob("*") if p.suffix.lower() in BILDER]
        raise KonfigError(
            f"Das Bild „{datei}“ gibt es nicht.",
            ort=f"texte/{kapitel}/",
            abhilfe=vorschlag(datei, vorhandene) or "Die Datei in diesen Ordner legen.",
        )
    return pfad.read_bytes()
