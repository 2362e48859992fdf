"""A text block that a colleague wrote in Word (or saved as ODT) → Markdown as our own texts have it.

Calls like ``{{ wert(„bevoelkerung“) }}`` are gathered from the runs that Word scattered them over and go through
verbatim; everything else is plain text with emphasis, lists, links and footnotes. pandoc reads the file; macros,
fields and objects are not executed, and a ZIP that unpacks to too much is refused before.
"""

from __future__ import annotations

import io
import json
import re
import zipfile
import zlib
from dataclasses import dataclass
from typing import Any

from sozmon.druck.pandoc import LESER, run_pandoc
from sozmon.druck.tree import Node, node, rewrite, text_of, walk
from sozmon.errors import KonfigError

HOECHSTENS_MB, HOECHSTENS_ENTPACKT_MB = 20, 200
EBENE_DARUNTER = 2
"""A heading of the first level in Word stands below the section that the block belongs to."""


@dataclass(frozen=True, slots=True)
class Wordtext:
    """Markdown, pictures by the name that the Markdown calls them, and what was left out on the way."""

    markdown: str
    bilder: dict[str, bytes]
    hinweise: tuple[str, ...]


def read_wordtext(inhalt: bytes, art: str, name: str) -> Wordtext:
    """art: 'docx' or 'odt'; name: file name, for the calls of its pictures. KonfigError (78) for what is refused."""
    teile = _oeffne(inhalt)
    baum = json.loads(run_pandoc(["-f", art, "-t", "json"], inhalt))
    medien: dict[str, bytes] = {}
    bloecke = [b for block in baum["blocks"] for b in _block(block, teile, medien, name)]
    ausgabe = {"pandoc-api-version": baum["pandoc-api-version"], "meta": {}, "blocks": rewrite(bloecke, _inline)}
    text = run_pandoc(["-f", "json", "-t", LESER, "--wrap=none"], json.dumps(ausgabe).encode())
    return Wordtext(text.decode("utf-8").strip(), medien, _hinweise(teile))


def _oeffne(inhalt: bytes) -> dict[str, bytes]:
    """Names → contents of the XML parts and pictures."""
    if len(inhalt) > HOECHSTENS_MB * 1_000_000:
        raise KonfigError("Die Textdatei ist zu groß.", grund=f"Grenze: {HOECHSTENS_MB} MB.")
    try:
        with zipfile.ZipFile(io.BytesIO(inhalt)) as archiv:
            if sum(i.file_size for i in archiv.infolist()) > HOECHSTENS_ENTPACKT_MB * 1_000_000:
                raise KonfigError("Die Textdatei entpackt sich zu übermäßiger Größe.", abhilfe="Bilder verkleinern.")
            if any(n.lower().endswith("vbaproject.bin") for n in archiv.namelist()):
                raise KonfigError("Die Textdatei enthält Makros.", abhilfe="Als .docx ohne Makros speichern.")
            return {i.filename: archiv.read(i) for i in archiv.infolist() if not i.filename.endswith("/")}
    except (zipfile.BadZipFile, zlib.error, NotImplementedError, RuntimeError, EOFError, ValueError) as fehler:
        raise KonfigError(
            "Die Textdatei lässt sich nicht öffnen.",
            grund="Sie ist beschädigt, verschlüsselt oder keine Word-Datei.",
            abhilfe="In Word öffnen und als .docx speichern, oder den Text als .md ablegen.",
        ) from fehler


def _hinweise(teile: dict[str, bytes]) -> tuple[str, ...]:
    text = teile.get("word/document.xml", b"") + teile.get("content.xml", b"")
    hinweise = []
    if re.search(rb"<w:(ins|del|moveFrom) |<text:tracked-changes", text):
        hinweise.append("Nachverfolgte Änderungen sind als angenommen gelesen.")
    if re.search(rb"<w:commentReference|<office:annotation", text):
        hinweise.append("Kommentare sind nicht übernommen.")
    return tuple(hinweise)


def _block(block: Node, teile: dict[str, bytes], medien: dict[str, bytes], name: str) -> list[Node]:
    """Headings go down, pictures become calls, tables are refused."""
    if any(k["t"] == "Table" for k in walk([block])):
        raise KonfigError(
            "Der Text enthält eine Tabelle.",
            grund="Tabellen werden nur durch {{ tabelle(…) }} gesetzt, damit ihre Zahlen nachvollziehbar bleiben.",
            abhilfe="Die Tabelle durch einen Aufruf ersetzen oder als Liste schreiben.",
        )
    if block["t"] == "Header":
        return [node("Header", min(6, block["c"][0] + EBENE_DARUNTER), ["", [], []], block["c"][2])]
    bilder = [k for k in walk([block]) if k["t"] == "Image"]
    if not bilder:
        return [block]
    rest = rewrite([block], lambda k: [] if k["t"] == "Image" else None)
    aufrufe = [node("RawBlock", "markdown", _bildaufruf(b, teile, medien, name)) for b in bilder]
    return [*(rest if text_of(rest).strip() else []), *aufrufe]


def _bildaufruf(bild: Node, teile: dict[str, bytes], medien: dict[str, bytes], name: str) -> str:
    _, beschreibung, (ziel, titel) = bild["c"]
    alt = " ".join((text_of(beschreibung) or titel).split())
    datei = ziel.rpartition("/")[2]
    if not alt:
        raise KonfigError(
            f"Dem Bild „{datei}“ fehlt der Alternativtext.",
            grund="Ohne ihn wäre der Bericht nicht barrierefrei.",
            abhilfe="In Word: Rechtsklick auf das Bild, „Alternativtext bearbeiten“; dort sagen, was zu sehen ist.",
        )
    inhalt = next((t for n, t in teile.items() if n.endswith(f"/{datei}")), None)
    if inhalt is None:
        raise KonfigError(
            f"Das Bild „{datei}“ ist nicht in der Datei enthalten.", abhilfe="Das Bild einfügen, nicht verknüpfen."
        )
    medien[f"{name}/{datei}"] = inhalt
    sauber = alt.replace('"', "'")
    return f'{{{{ bild("{name}/{datei}", titel="{sauber}", alt="{sauber}") }}}}'


def _inline(knoten: Node) -> list[Node] | None:
    if knoten["t"] in ("Para", "Plain", "Emph", "Strong", "Underline", "SmallCaps"):
        knoten["c"] = _aufrufe(knoten["c"])
    elif knoten["t"] == "Header":
        knoten["c"][2] = _aufrufe(knoten["c"][2])
    elif knoten["t"] in ("Span", "Underline", "SmallCaps"):
        inhalt: list[Node] = knoten["c"][1] if knoten["t"] == "Span" else knoten["c"]
        return inhalt
    return None


def _aufrufe(inlines: list[Any]) -> list[Node]:
    """Runs between '{{' and '}}' joined to one verbatim call."""
    ergebnis: list[Node] = []
    offen = ""
    for teil in inlines:
        text = text_of([teil]) if teil["t"] != "Note" else ""
        if not offen and "{{" not in text:
            ergebnis.append(teil)
            continue
        offen += text
        if offen.count("{{") <= offen.count("}}"):
            ergebnis += _zerlege(offen)
            offen = ""
    return ergebnis + _zerlege(offen)


def _zerlege(text: str) -> list[Node]:
    stuecke = re.split(r"(\{\{.*?\}\})", text)
    return [node("RawInline", "markdown", s) if s.startswith("{{") else node("Str", s) for s in stuecke if s]
