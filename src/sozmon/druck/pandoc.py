"""The one place that starts pandoc: Markdown → JSON tree, JSON tree → a writer's bytes. Its warnings are errors."""

from __future__ import annotations

import functools
import json
import os
import subprocess
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


def run_pandoc(argumente: Sequence[str], eingabe: bytes, *, zeitstempel: int = 0) -> bytes:
    """stdout of pandoc; any warning or failure is a RuntimeError (the input was made by us, so it is our bug)."""
    lauf = subprocess.run(
        [pandoc_pfad(), *argumente], input=eingabe, capture_output=True, env=_umgebung(zeitstempel), check=False
    )
    if lauf.returncode or b"[WARNING]" in lauf.stderr:
        raise RuntimeError("pandoc: " + lauf.stderr.decode("utf-8", "replace").strip())
    return lauf.stdout


def parse_markdown(text: str) -> dict[str, Any]:
    """pandoc's JSON tree of a Markdown text."""
    baum: dict[str, Any] = json.loads(run_pandoc(["-f", LESER, "-t", "json"], text.encode("utf-8")))
    return baum


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
