"""All commands in the order of the help page, the global options, and the one place where errors become exit codes."""

from __future__ import annotations

import importlib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Annotated, Any

import typer

from sozmon import __version__
from sozmon.cli import ausgabe, deutsch
from sozmon.cli.kontext import Kontext
from sozmon.errors import (
    AusgabeError,
    EinAusgabeError,
    EingabeFehltError,
    RechteError,
    SozmonError,
)

BEFEHLE: tuple[tuple[str, str], ...] = (
    ("neu", "neu"),
    ("abfrage", "abfrage"),
    ("import", "importieren"),
    ("daten", "daten"),
    ("werte", "werte"),
    ("reihe", "reihe"),
    ("vergleich", "vergleich"),
    ("raeume", "raeume"),
    ("katalog", "katalog"),
    ("quelle", "quelle"),
    ("diagramm", "diagramm"),
    ("bericht", "bericht"),
    ("aktualisieren", "aktualisieren"),
    ("pruefen", "pruefen"),
    ("status", "status"),
    ("herkunft", "herkunft"),
    ("diff", "diff"),
    ("selbsttest", "selbsttest"),
    ("bestand", "bestand"),
)
"""Command and its module in ``sozmon.cli``, in the order of the help page."""


class _Hauptgruppe(deutsch.Befehlsgruppe):
    def list_commands(self, ctx: Any) -> list[str]:
        return [name for name, _ in BEFEHLE if name in self.commands]

    def get_params(self, ctx: Any) -> list[Any]:
        params: list[Any] = super().get_params(ctx)
        deutsch.vervollstaendigung(params)
        return params


app = deutsch.Gruppe(cls=_Hauptgruppe, vervollstaendigung=True)


def _zeige_version(value: bool) -> None:
    if value:
        ausgabe.ergebnis(f"sozmon {__version__}")
        raise typer.Exit


@app.callback()
def _haupt(
    ctx: typer.Context,
    projekt: Annotated[
        str | None,
        typer.Option(
            "--projekt",
            metavar="ORDNER",
            help="Projektordner; sonst SOZMON_PROJEKT, sonst vom aktuellen Ordner aufwärts.",
        ),
    ] = None,
    leise: Annotated[bool, typer.Option("-q", "--leise", help="Nur das Ergebnis und Fehler ausgeben.")] = False,
    ausfuehrlich: Annotated[
        bool, typer.Option("-v", "--ausfuehrlich", help="Jede Meldung mit jeder Fundstelle.")
    ] = False,
    debug: Annotated[bool, typer.Option("--debug", help="Bei Fehlern den Ablauf im Programm zeigen.")] = False,
    version: Annotated[
        bool, typer.Option("--version", help="Version zeigen.", callback=_zeige_version, is_eager=True)
    ] = False,
) -> None:
    """Sozialmonitoring für Landkreise: amtliche Tabellen einlesen, rechnen, freigeben, veröffentlichen.

    Jeder Befehl erklärt sich mit --help. Ergebnisse stehen auf der Standardausgabe, alles andere auf der Fehlerausgabe.

    Beispiele:
    sozmon neu monitoring --kreis 14522
    sozmon --projekt monitoring import Downloads/12411-01-01-4_de_flat.csv
    """
    ausgabe.einstellen(leise=leise, ausfuehrlich=ausfuehrlich, debug=debug)
    ctx.obj = Kontext(projekt, leise, ausfuehrlich, debug)


def _registriere() -> None:
    for name, modul in BEFEHLE:
        befehl = importlib.import_module(f"sozmon.cli.{modul}").befehl
        if isinstance(befehl, typer.Typer):
            app.add_typer(befehl, name=name)
        else:
            app.command(name, cls=deutsch.Befehl)(befehl)


_registriere()


@dataclass(frozen=True)
class Hilfeseite:
    """Help of one command: first line and whole page."""

    kurz: str
    text: str


def hilfebaum() -> Iterator[tuple[str, Hilfeseite]]:
    """Every command with its subcommands ('sozmon', 'sozmon neu', …) and its help page, in the shown order."""
    wurzel: Any = typer.main.get_command(app)
    yield from _hilfebaum(wurzel, wurzel.context_class(wurzel, info_name="sozmon"), "sozmon")


def _hilfebaum(befehl: Any, ctx: Any, name: str) -> Iterator[tuple[str, Hilfeseite]]:
    yield name, Hilfeseite(befehl.get_short_help_str(), befehl.get_help(ctx))
    for wort in befehl.list_commands(ctx) if hasattr(befehl, "list_commands") else ():
        unter = befehl.commands[wort]
        yield from _hilfebaum(unter, unter.context_class(unter, info_name=wort, parent=ctx), f"{name} {wort}")


def globale_optionen() -> list[tuple[str, str]]:
    """Options before the command: name and help."""
    wurzel: Any = typer.main.get_command(app)
    ctx = wurzel.context_class(wurzel, info_name="sozmon")
    return deutsch.optionsliste(wurzel, ctx)


def run(argv: Sequence[str]) -> int:
    """Run one call and return its exit code; every error ends here as text on stderr and a number."""
    ausgabe.einstellen(debug="--debug" in argv)
    try:
        ausgabe.pruefe_stdout()
        code = typer.main.get_command(app).main(args=list(argv), prog_name="sozmon", standalone_mode=False)
    except ausgabe.LeserWegError:
        return 141
    except Exception as e:
        return _ausgang(e)
    if code == 130:
        ausgabe.hinweis("Abgebrochen.")
    return code if isinstance(code, int) else 0


def _ausgang(e: Exception) -> int:
    """Print the error and say the exit code."""
    if isinstance(e, typer.TyperException):
        if deutsch.hilfe_verlangt(e):
            ausgabe.hilfe(e.format_message())
            return 2
        e = deutsch.aufruf_error(e).with_traceback(e.__traceback__)
    elif isinstance(e, (OSError, MemoryError)):
        e = _betriebssystem(e).with_traceback(e.__traceback__)
    if isinstance(e, SozmonError):
        ausgabe.fehler(e)
        return e.exit_code
    ausgabe.programmfehler(e)
    return 1


def _betriebssystem(e: OSError | MemoryError) -> SozmonError:
    """Errors of the machine that no core function named: missing file, permission, disk, memory."""
    if isinstance(e, MemoryError):
        return EinAusgabeError("Der Arbeitsspeicher reicht nicht.", abhilfe="Weniger Räume oder Jahre auf einmal.")
    from sozmon.plattform import systemgrund

    ort, grund = str(e.filename or ""), systemgrund(e)
    if isinstance(e, FileNotFoundError):
        return EingabeFehltError(
            "Eine Datei oder ein Ordner fehlt.", ort=ort, abhilfe="Schreibweise des Pfades prüfen."
        )
    if isinstance(e, PermissionError):
        return RechteError("Der Zugriff wurde verweigert.", ort=ort, grund=grund)
    if isinstance(e, (FileExistsError, IsADirectoryError, NotADirectoryError)):
        return AusgabeError("Die Ausgabe kann nicht angelegt werden.", ort=ort, grund=grund)
    return EinAusgabeError("Ein- oder Ausgabefehler.", ort=ort, grund=grund)
