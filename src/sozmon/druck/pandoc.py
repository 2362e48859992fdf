"""The one place that starts pandoc: Markdown → JSON tree, JSON tree → a writer's bytes. Its warnings are errors."""

from __future__ import annotations

import functools
import json
import os
import re
import subprocess
import unicodedata
from collections.abc import Sequence
from typing import Any

from sozmon.errors import KonfigError

LESER = (
    "markdown-raw_html-raw_tex-raw_attribute-latex_macros-tex_math_dollars-citations-example_lists"
    "-yaml_metadata_block-pandoc_title_block-auto_identifiers-implicit_figures-implicit_header_references"
    "-native_divs-native_spans-markdown_in_html_blocks-fancy_lists"
)
"""Markdown as people write it here: no raw HTML or TeX, no math, no citations, no list from '(1)' or 'a.'.
Images and Markdown tables are still parsed, so that ``clean`` can refuse them with a reason."""


@functools.cache
def pandoc_pfad() -> str:
    """Path of the pandoc that came with the wheel (never one of the system: golden files pin its version)."""
    import importlib.util
    from pathlib import Path

    ort = importlib.util.find_spec("pypandoc")
    if ort is None or ort.origin is None:
        raise KonfigError("pandoc fehlt", abhilfe="sozmon neu installieren: pip install --force-reinstall sozmon")
    ordner = Path(ort.origin).parent / "files"
    for name in ("pandoc", "pandoc.exe"):
        if (ordner / name).is_file():
            return str(ordner / name)
    raise KonfigError("pandoc fehlt", ort=str(ordner), abhilfe="Paket pypandoc_binary neu installieren")


def _umgebung(zeitstempel: int) -> dict[str, str]:
    """What pandoc may see: an UTF-8 locale (LC_ALL=C garbles arguments), a fixed date, nothing of the user."""
    umgebung = {"LC_ALL": "C.UTF-8", "SOURCE_DATE_EPOCH": str(zeitstempel), "TZ": "UTC"}
    umgebung |= {name: os.environ[name] for name in ("SYSTEMROOT", "TEMP", "TMP", "TMPDIR") if name in os.environ}
    return umgebung


def _lauf(argumente: Sequence[str], eingabe: bytes, zeitstempel: int) -> tuple[bytes, str]:
    """stdout and what it warned of; RuntimeError when it failed."""
    lauf = subprocess.run(
        [pandoc_pfad(), *argumente], input=eingabe, capture_output=True, env=_umgebung(zeitstempel), check=False
    )
    meldung = lauf.stderr.decode("utf-8", "replace").strip()
    if lauf.returncode:
        raise RuntimeError("pandoc: " + meldung)
    return lauf.stdout, meldung if "[WARNING]" in meldung else ""


def run_pandoc(argumente: Sequence[str], eingabe: bytes, *, zeitstempel: int = 0) -> bytes:
    """stdout of pandoc; any warning is a RuntimeError (a writer's input was made by us, so it is our bug)."""
    ausgabe, warnung = _lauf(argumente, eingabe, zeitstempel)
    if warnung:
        raise RuntimeError("pandoc: " + warnung)
    return ausgabe


def parse_markdown(text: str) -> dict[str, Any]:
    """pandoc's JSON tree of a Markdown text; KonfigError for what the reader warns of (ambiguous marks)."""
    ausgabe, warnung = _lauf(["-f", LESER, "-t", "json"], unicodedata.normalize("NFC", text).encode(), 0)
    if warnung:
        raise _lesefehler(warnung, text)
    baum: dict[str, Any] = json.loads(ausgabe)
    return baum


_WARNUNGEN = (
    (r"Duplicate identifier '([^']+)'", "Die Kennung „{}“ kommt zweimal vor.", "Jede Kennung gibt es nur einmal."),
    (r"Duplicate note reference '([^']+)'", "Die Fußnote „[^{}]“ ist zweimal erklärt.", "Eine davon umbenennen."),
    (r"Note with key '([^']+)'", "Die Fußnote „[^{}]“ wird nirgends verwendet.", "Das Zeichen im Text ergänzen."),
    (r"Duplicate link reference '([^']+)'", "Der Verweis „{}“ ist zweimal erklärt.", "Einen davon umbenennen."),
    (r"Reference not found for '([^']+)'", "Der Verweis „{}“ ist nicht erklärt.", "Die Adresse angeben."),
)


def _lesefehler(warnung: str, text: str) -> KonfigError:
    stelle = re.search(r"at line (\d+)", warnung) or re.search(r"line (\d+)", warnung)
    zeile = text.split("\n")[int(stelle[1]) - 1].strip()[:80] if stelle else ""
    for muster, satz, abhilfe in _WARNUNGEN:
        if treffer := re.search(muster, warnung):
            return KonfigError(satz.format(treffer[1]), ort=f"bei „{zeile}“" if zeile else "", abhilfe=abhilfe)
    return KonfigError("Der Text ist nicht eindeutig.", ort=f"bei „{zeile}“" if zeile else "", grund=warnung)


def render_baum(
    bloecke: list[Any],
    api: list[int],
    argumente: Sequence[str],
    *,
    zeitstempel: int,
    meta: dict[str, Any] | None = None,
) -> bytes:
    """A tree written by pandoc; ``argumente`` choose the writer."""
    eingabe = json.dumps({"pandoc-api-version": api, "meta": meta or {}, "blocks": bloecke}, ensure_ascii=False)
    return run_pandoc(["-f", "json", *argumente], eingabe.encode("utf-8"), zeitstempel=zeitstempel)
