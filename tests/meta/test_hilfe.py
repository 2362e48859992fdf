"""Every help page: complete, German, two examples that can be parsed; the order of the commands."""

from __future__ import annotations

import re
import shlex
from functools import cache
from typing import Any

import pytest

from sozmon.cli import app as cli
from sozmon.cli import deutsch, doku

SEITEN = dict(cli.hilfebaum())
BLAETTER = [n for n in SEITEN if not any(m.startswith(f"{n} ") for m in SEITEN)]

ENGLISCH = re.compile(
    r"\b(the|and|show|this|message|exit|install|completion|current|shell|usage|options?|commands?|arguments?|required|"
    r"default|file|path|text:|integer|boolean|help|error|missing|invalid|value|list|try|for|with|env var)\b",
    re.IGNORECASE,
)
ERLAUBT = {"--help", "--show-completion", "--install-completion", "--format", "text", "Shell", "--version"}


def test_there_are_commands() -> None:
    assert len(SEITEN) > 10 and "sozmon werte" in SEITEN and len(BLAETTER) > 8


def test_commands_stand_in_the_order_of_the_table() -> None:
    oben = [n.split()[1] for n in SEITEN if n.count(" ") == 1]
    assert oben == [name for name, _ in cli.BEFEHLE if name in oben]
    assert len(set(oben)) == len(oben)


@pytest.mark.parametrize("name", SEITEN)
def test_a_page_has_a_first_line_and_two_examples(name: str) -> None:
    seite = SEITEN[name]
    zeilen = seite.text.splitlines()
    assert zeilen[0].startswith(f"Aufruf: {name}")
    assert seite.kurz and not seite.kurz.endswith(".") and len(seite.kurz) <= 100, seite.kurz
    stelle = zeilen.index("Beispiele:")
    beispiele = [z.strip() for z in zeilen[stelle + 1 :] if z.strip()]
    assert len(beispiele) >= 2 and all(b.startswith("sozmon ") for b in beispiele), beispiele
    assert max(map(len, zeilen)) <= 120


@pytest.mark.parametrize("name", SEITEN)
def test_a_page_speaks_german(name: str) -> None:
    worte = SEITEN[name].text
    for erlaubt in ERLAUBT:
        worte = worte.replace(erlaubt, "")
    worte = re.sub(r"(^|\s)--?[a-z][a-z-]*|sozmon [^\n]*|`[^`]*`", " ", worte)
    gefunden = sorted({m[0] for m in ENGLISCH.finditer(worte)})
    assert not gefunden, f"{name}: englisch? {gefunden}"
    assert not re.search(r"<[a-z]+>|\[default|\[required", SEITEN[name].text)


@pytest.mark.parametrize("name", BLAETTER)
def test_every_option_and_argument_is_explained(name: str) -> None:
    for param in _befehl(name).params:
        assert param.help and param.help.endswith((".", "…")), f"{name}: {param.name}"
        assert all(o.isascii() and o == o.lower() for o in param.opts if o.startswith("--")), param.opts


@pytest.mark.parametrize("name", SEITEN)
def test_the_examples_can_be_parsed(name: str) -> None:
    """Each example is a call that the parser accepts (nothing is run)."""
    text = SEITEN[name].text.partition("Beispiele:")[2]
    for zeile in filter(None, map(str.strip, text.splitlines())):
        worte = shlex.split(zeile.split("|")[0].split(">")[0])[1:]
        while worte and worte[0] in ("--projekt", "-q", "-v", "--debug"):
            worte = worte[2:] if worte[0] == "--projekt" else worte[1:]
        befehl, pfad = _wurzel(), []
        while hasattr(befehl, "commands") and worte and worte[0] in befehl.commands:
            befehl, pfad = befehl.commands[worte[0]], [*pfad, worte.pop(0)]
        assert pfad, zeile
        befehl.make_context(pfad[-1], worte, resilient_parsing=False)


@cache
def _wurzel() -> Any:
    import typer

    return typer.main.get_command(cli.app)


def _befehl(name: str) -> Any:
    befehl = _wurzel()
    for wort in name.split()[1:]:
        befehl = befehl.commands[wort]
    return befehl


def test_every_command_uses_our_german_classes() -> None:
    for name in BLAETTER:
        assert isinstance(_befehl(name), deutsch.Befehl | deutsch.Befehlsgruppe), name


def test_table_options_are_the_same_everywhere() -> None:
    """A command that yields a table has --format, --excel and -o together."""
    tabellen = 0
    for name in BLAETTER:
        optionen = {o for p in _befehl(name).params for o in p.opts}
        if "--excel" in optionen:
            tabellen += 1
            assert {"--format", "-o", "--ausgabe"} <= optionen, name
    assert tabellen >= 8


def test_readme_shows_commands_and_exit_codes_as_they_are() -> None:
    text = doku.README.read_text(encoding="utf-8")
    assert doku.render_readme(text) == text, "Abhilfe: make doku"
