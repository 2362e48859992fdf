"""Typer in German: help pages, error sentences and suggestions.

Typer's own words cannot be translated from outside (its gettext asks the locale of the PC, and most sentences do not
pass through it). So the pages are laid out here from the declared parameters, and its exceptions become an AufrufError.
Needs what Typer 0.29 does not promise to keep (names of its exception classes, ``type_descriptor``); pyproject.toml
pins the minor version, and tests/meta/test_help.py looks for English on every page.
"""

from __future__ import annotations

import contextlib
import importlib
import io
import shutil
import sys
import textwrap
from collections.abc import Callable, Iterator, Sequence
from typing import Any

import typer
from typer.core import TyperCommand, TyperGroup

from sozmon.cli import ausgabe
from sozmon.cli.optionen import meinten_sie
from sozmon.errors import AufrufError, EinAusgabeError

_BEISPIELE = "Beispiele:"
_BREITE = 100


class _SchlichterWert:
    """Words of the command line as str, int or list[str], with a German complaint.

    Typer would build a pydantic adapter for each parameter: 70 ms for every call, and English sentences.
    """

    def __init__(self, typ: object) -> None:
        self.typ = typ

    def coerce(self, value: Any, param: Any, ctx: typer.Context) -> Any:
        if value is None:
            return () if param.multiple or param.nargs == -1 else None
        if self.typ == list[str]:
            return [str(v) for v in value]
        if self.typ is not int or isinstance(value, int):
            return value  # words stay words; a flag is set by Typer itself
        if not str(value).isascii() or not str(value).lstrip("-").isdigit():
            raise AufrufError(f"„{value}“ ist keine ganze Zahl.", ort=_name(param))
        return int(value)


def _schlichte_werte(params: Sequence[Any]) -> None:
    for p in params:
        beschreibung = p.type_descriptor
        info = beschreibung.parameter_info
        if beschreibung.annotation in (str, int, bool, list[str]) and info.parser is None and info.min is None:
            p._runtime_param = _SchlichterWert(beschreibung.annotation)


class _Deutsch:
    """Mixin for commands and groups: German help page and help option."""

    help: str | None
    params: list[Any]

    def get_help_option(self, ctx: Any) -> Any:
        option = super().get_help_option(ctx)  # type: ignore[misc]
        if option is not None:
            option.help = "Diese Hilfe zeigen."
            option.callback = _zeige_hilfe
            _schlichte_werte([option])
        return option

    def format_help(self, ctx: Any, formatter: Any) -> None:
        formatter.write("\n".join(_hilfeseite(self, ctx)) + "\n")

    def get_short_help_str(self, limit: int = 45) -> str:
        return kurzhilfe(self.help)


class Befehl(_Deutsch, TyperCommand):
    """A command with a German help page."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _schlichte_werte(self.params)

    def invoke(self, ctx: Any) -> Any:
        """Run the command; a broken pipe to a child process is an error, not the reader of stdout leaving.

        Typer would take every EPIPE for the latter and end with 1.
        """
        try:
            return super().invoke(ctx)
        except BrokenPipeError as e:
            raise EinAusgabeError("Die Verbindung zu einem Hilfsprozess ist abgerissen.") from e


class Befehlsgruppe(_Deutsch, TyperGroup):
    """A group with a German help page and German suggestions."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _schlichte_werte(self.params)

    def resolve_command(self, ctx: Any, args: list[str]) -> Any:
        """Find the command; an unknown one is an AufrufError with a suggestion."""
        wort = args[0]
        if not wort.startswith("-") and self.get_command(ctx, wort) is None:
            namen = self.list_commands(ctx)
            raise AufrufError(
                f"Den Befehl „{wort}“ gibt es nicht.{meinten_sie(wort, namen)}",
                abhilfe=f"{_pfad(ctx)} --help zeigt alle Befehle.",
            )
        return super().resolve_command(ctx, args)


class Gruppe(typer.Typer):
    """A command with subcommands: ``Gruppe("Erste Zeile der Hilfe. …")``; all commands in it are German."""

    def __init__(
        self, hilfe: str = "", *, cls: type[TyperGroup] = Befehlsgruppe, vervollstaendigung: bool = False
    ) -> None:
        super().__init__(
            cls=cls,
            rich_markup_mode=None,
            pretty_exceptions_enable=False,
            add_completion=vervollstaendigung,
            no_args_is_help=True,
        )
        if hilfe:
            self.info.help = hilfe

    def befehl(self, name: str) -> Callable[[Callable[..., None]], Callable[..., None]]:
        """Register a function as subcommand; its German docstring is the help page."""
        return self.command(name, cls=Befehl)


# --------------------------------------------------------------------------------------------------
# help pages


def kurzhilfe(hilfe: str | None) -> str:
    """First line of a help text without its full stop: the line of the overview."""
    return (hilfe or "").strip().partition("\n")[0].rstrip(".")


def _zeige_hilfe(ctx: Any, param: Any, value: bool) -> None:
    if value and not ctx.resilient_parsing:
        ausgabe.ergebnis(ctx.get_help())
        ctx.exit()


def _breite() -> int:
    """Terminal width on a terminal; elsewhere always the same, so that generated pages do not change."""
    if sys.stdout is not None and sys.stdout.isatty():
        return max(60, min(_BREITE, shutil.get_terminal_size().columns))
    return _BREITE


def _pfad(ctx: Any) -> str:
    namen = []
    while ctx is not None:
        namen.append(ctx.info_name or "sozmon")
        ctx = ctx.parent
    return " ".join(reversed(namen))


def _hilfeseite(befehl: Any, ctx: Any) -> Iterator[str]:
    breite = _breite()
    argumente = [p for p in befehl.params if p.param_type_name == "argument"]
    gruppe = isinstance(befehl, TyperGroup)
    teile = [_pfad(ctx), "[OPTIONEN]", *(_platzhalter(a) for a in argumente), *(["BEFEHL …"] if gruppe else [])]
    yield "Aufruf: " + " ".join(teile)
    text, _, beispiele = (befehl.help or "").strip().partition(_BEISPIELE)
    for absatz in filter(None, text.strip().split("\n\n")):
        yield ""
        yield from _absatz(absatz, breite)
    yield from _liste("Argumente", [(_platzhalter(a), _hilfe(a)) for a in argumente if a.help], breite)
    if gruppe:
        namen = [n for n in befehl.list_commands(ctx) if not befehl.commands[n].hidden]
        yield from _liste("Befehle", [(n, befehl.commands[n].get_short_help_str()) for n in namen], breite)
    yield from _liste("Optionen", optionsliste(befehl, ctx), breite)
    if beispiele:
        yield ""
        yield _BEISPIELE
        yield from ("  " + zeile.strip() for zeile in beispiele.strip().splitlines())


def _absatz(absatz: str, breite: int) -> list[str]:
    """Fold a paragraph; lines that begin with a blank are a list and stay as they are."""
    zeilen = absatz.splitlines()
    if any(zeile.startswith(" ") for zeile in zeilen[1:]) or zeilen[0].startswith("- "):
        return zeilen
    return textwrap.wrap(" ".join(zeilen), breite, break_on_hyphens=False, break_long_words=False)


def optionsliste(befehl: Any, ctx: Any) -> list[tuple[str, str]]:
    """Name and help of every shown option."""
    optionen = (p for p in befehl.get_params(ctx) if p.param_type_name == "option" and not p.hidden)
    return [(_optionsname(o), _hilfe(o)) for o in optionen]


def _liste(titel: str, zeilen: list[tuple[str, str]], breite: int) -> Iterator[str]:
    if not zeilen:
        return
    yield ""
    yield f"{titel}:"
    links = min(max(len(name) for name, _ in zeilen), 30)
    for name, text in zeilen:
        umbruch = textwrap.wrap(text, breite - links - 4, break_on_hyphens=False, break_long_words=False) or [""]
        if len(name) > links:
            yield f"  {name}"
        else:
            yield f"  {name:{links}}  {umbruch.pop(0)}".rstrip()
        yield from (" " * (links + 4) + zeile for zeile in umbruch)


def _platzhalter(p: Any) -> str:
    name = p.metavar or p.name.upper()
    name = f"{name}…" if p.nargs == -1 and not name.endswith("…") else name
    return name if p.required else f"[{name}]"


def _optionsname(p: Any) -> str:
    namen = ", ".join(sorted((*p.opts, *p.secondary_opts), key=lambda o: (o.startswith("--"), o)))
    return namen if p.is_flag or p.count else f"{namen} {p.metavar or p.name.upper()}"


def _hilfe(p: Any) -> str:
    """Help text of a parameter with its default or that it must be given."""
    text = str(p.help or "")
    vorgabe = p.default
    if p.required and p.param_type_name == "option":
        return f"{text} [nötig]"
    if p.show_default and isinstance(vorgabe, (str, int)) and not isinstance(vorgabe, bool) and vorgabe != "":
        return text if getattr(p, "count", False) else f"{text} [Vorgabe: {vorgabe}]"
    return text


# --------------------------------------------------------------------------------------------------
# error sentences


def _name(p: Any) -> str:
    """How a person names the parameter: the longest option, or the placeholder of an argument."""
    if p is None:
        return ""
    if p.param_type_name == "argument":
        return str(p.metavar or p.name.upper()).rstrip("…")
    return str(max(p.opts, key=len))


def _saetze(e: Any) -> tuple[str, str]:
    """German sentence and cure for an exception of Typer, told apart by its class name."""
    param, option = getattr(e, "param", None), getattr(e, "option_name", "")
    name = type(e).__name__
    if name == "NoSuchOption":
        moeglich = list(e.possibilities or ())[:1]
        if option in GLOBALE_OPTIONEN and e.ctx is not None and e.ctx.parent is not None:
            return f"{option} steht vor dem Befehl.", f"sozmon {option} … {e.ctx.info_name} …"
        vorschlag = f" Meinten Sie {moeglich[0]}?" if moeglich else ""
        return f"Die Option {option} gibt es hier nicht.{vorschlag}", ""
    if name == "MissingParameter":
        art = "Die Option" if param is not None and param.param_type_name == "option" else "Die Angabe"
        return f"{art} {_name(param)} fehlt.", _beispiel(e.ctx)
    if name == "BadOptionUsage":
        if "does not take" in e.message:
            return f"Die Option {option} nimmt keinen Wert.", ""
        return f"Hinter {option} fehlt der Wert.", ""
    if name == "BadArgumentUsage":
        return "Die Zahl der Angaben stimmt nicht.", ""
    if name == "BadParameter":
        return f"Der Wert von {_name(param)} ist nicht zulässig.", ""
    if "Missing command" in str(e.message):
        return "Der Befehl fehlt.", ""
    if "unexpected extra argument" in str(e.message):
        return f"Überzählige Angabe: {str(e.message).partition('(s) (')[2].rstrip(')')}.", ""
    return "Der Aufruf ist nicht zu verstehen.", ""


def _beispiel(ctx: Any) -> str:
    """'Zum Beispiel: sozmon daten -m …', out of the help of the command; '' when it shows none."""
    hilfe = (getattr(ctx and ctx.command, "help", "") or "").partition("Beispiele:")[2]
    erstes = next((z.strip() for z in hilfe.splitlines() if z.strip().startswith("sozmon ")), "")
    return f"Zum Beispiel: {erstes} (mehr zeigt --help)" if erstes else ""


GLOBALE_OPTIONEN = ("--projekt", "-q", "--leise", "-v", "--ausfuehrlich", "--debug", "--version")
"""Options that stand before the command."""


def aufruf_error(e: typer.TyperException) -> AufrufError:
    """The exception of Typer as the AufrufError that a planner can read."""
    satz, abhilfe = _saetze(e)
    ctx = getattr(e, "ctx", None)
    hilfe = f"{_pfad(ctx)} --help zeigt, was möglich ist." if ctx is not None else ""
    return AufrufError(satz, abhilfe=abhilfe or hilfe)


def hilfe_verlangt(e: typer.TyperException) -> bool:
    """True when a group was called without a command: its help page is the answer."""
    return type(e).__name__ == "NoArgsIsHelpError"


def vervollstaendigung(params: Sequence[Any]) -> None:
    """German texts for the two completion options that Typer adds."""
    _schlichte_werte(params)
    for p in params:
        if p.name == "install_completion":
            p.help = "Vervollständigung mit der Tabulatortaste für diese Shell einrichten."
            p.callback = _richte_vervollstaendigung_ein
        elif p.name == "show_completion":
            p.help = "Das Skript der Vervollständigung ausgeben."


def _richte_vervollstaendigung_ein(ctx: Any, param: Any, value: object) -> None:
    if not value or ctx.resilient_parsing:
        return
    install: Any = importlib.import_module("typer.completion").install  # not in its list of exports

    try:
        with contextlib.redirect_stdout(io.StringIO()):  # Typer's own sentence is English
            shell, pfad = install(prog_name="sozmon")
    except typer.Exit:
        raise AufrufError(
            "Für diese Shell gibt es keine Vervollständigung.", grund="Möglich sind bash, zsh, fish und PowerShell."
        ) from None
    ausgabe.ergebnis(f"Vervollständigung für {shell} eingerichtet: {pfad}\nSie wirkt im nächsten Terminal.")
    ctx.exit()
