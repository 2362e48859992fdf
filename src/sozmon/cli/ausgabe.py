"""The only module that prints: results to stdout, everything else to stderr.

Colour and progress only on a terminal. A reader that went away (``| head``) ends the run silently with 141, a full
disk or a closed stdout with 74; nothing is lost without a word. Control characters out of files never reach a terminal.
"""

from __future__ import annotations

import contextlib
import os
import sys
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, TextIO

from sozmon.errors import (
    AufrufError,
    EinAusgabeError,
    GeheimhaltungError,
    MeldungenError,
    SozmonError,
    VerschiedenError,
)

if TYPE_CHECKING:
    from sozmon.cli.kontext import Kontext
    from sozmon.cli.optionen import Tabellenwahl
    from sozmon.model import Meldung
    from sozmon.tabellen import Vorspann

INTERN = "INTERN"
"""Word that every file with internal values bears in its name."""

_STEUERZEICHEN = {n: "\N{REPLACEMENT CHARACTER}" for n in (*range(32), *range(127, 160)) if chr(n) not in "\n\t"}
_FARBEN = {"fehler": "31", "warnung": "33", "info": "36"}
_ORTE_JE_MELDUNG = 3


class LeserWegError(BaseException):
    """The reader of stdout closed the pipe: no error of ours, and nothing that ``except Exception`` may swallow."""


@dataclass
class _Einstellung:
    leise: bool = False
    ausfuehrlich: bool = False
    debug: bool = False


_einstellung = _Einstellung()  # one process has one terminal


def einstellen(*, leise: bool = False, ausfuehrlich: bool = False, debug: bool = False) -> None:
    """Set what the global options ask for."""
    global _einstellung
    _einstellung = _Einstellung(leise, ausfuehrlich, debug)


# --------------------------------------------------------------------------------------------------
# stdout


def pruefe_stdout() -> None:
    """Refuse to start when stdout is closed: the result would be lost without a word."""
    if sys.stdout is None:
        raise EinAusgabeError(
            "Die Standardausgabe ist geschlossen.",
            abhilfe="Ausgabe in eine Datei oder nach /dev/null umleiten.",
        )


def ergebnis(text: str) -> None:
    """Print a result for people; control characters become visible, a final line end is added."""
    text = text.translate(_STEUERZEICHEN)
    rohergebnis((text if text.endswith("\n") or not text else text + "\n").encode("utf-8", "backslashreplace"))


def rohergebnis(daten: bytes) -> None:
    """Write finished bytes (a table, a product) to stdout."""
    pruefe_stdout()
    try:
        sys.stdout.flush()
        sys.stdout.buffer.write(daten)
        sys.stdout.buffer.flush()
    except BrokenPipeError:
        _stopfe(sys.stdout)
        raise LeserWegError from None
    except OSError as e:
        from sozmon.plattform import systemgrund

        _stopfe(sys.stdout)
        raise EinAusgabeError(
            "Die Ausgabe konnte nicht geschrieben werden.",
            ort="Standardausgabe",
            grund=systemgrund(e),
            abhilfe="Platz schaffen oder die Ausgabe woandershin lenken (-o DATEI).",
        ) from e


def ergebnis_oder_code(text: str) -> int:
    """Print a result where no one else turns errors into an exit code (``--version``)."""
    try:
        ergebnis(text)
    except LeserWegError:
        return 141
    except SozmonError as e:
        fehler(e)
        return e.exit_code
    return 0


def pfad(ziel: Path) -> None:
    """Print the path of a written file: one per line, the result of commands that make files."""
    rohergebnis(os.fsencode(ziel) + b"\n")


def _stopfe(strom: TextIO) -> None:
    """Send what is still buffered nowhere, or Python complains again when it closes the stream."""
    with contextlib.suppress(OSError, ValueError):
        null = os.open(os.devnull, os.O_WRONLY)
        os.dup2(null, strom.fileno())
        os.close(null)


def ausgabe_tabelle(
    zeilen: Sequence[Mapping[str, object]],
    spalten: Sequence[str],
    wahl: Tabellenwahl,
    *,
    text_spalten: Sequence[str] = (),
    stellen: Callable[[Mapping[str, object], str], int | None] | None = None,
    intern: Kontext | None = None,
    erlaeutere: Callable[[], Sequence[tuple[str, str, str]]] | None = None,
    vorspann: Vorspann | None = None,
) -> None:
    """Print a table, or write it to the file of ``-o`` and print the path.

    ``spalten``: every column, in the order of the contract; ``text_spalten``: the choice for people. ``stellen``:
    decimals of a cell for people. ``intern``: the Kontext when the values have not passed the Freigabe: the file
    becomes private, bears INTERN in its name and never lies in the folder of products. ``erlaeutere``: rows (what, id,
    meaning) for the second sheet of a workbook. ``vorspann``: above the table where people read it, else on stderr.
    """
    from sozmon.tabellen import render_tabelle

    daten = render_tabelle(
        zeilen,
        spalten,
        wahl.format,
        breit=wahl.breit,
        excel=wahl.excel,
        text_spalten=text_spalten,
        stellen=stellen,
        blatt=INTERN if intern else "Tabelle",
        erlaeuterung=erlaeutere() if erlaeutere is not None and wahl.format == "xlsx" else (),
        vorspann=vorspann,
    )
    if vorspann is not None and (wahl.format not in ("text", "md", "html") or wahl.datei is not None):
        for absatz in vorspann.absaetze:
            hinweis(absatz)
    if wahl.datei is None:
        rohergebnis(daten)
        return
    ziel = _internes_ziel(wahl.datei, intern) if intern else wahl.datei
    from sozmon.plattform import write_bytes

    pfad(write_bytes(ziel, daten, privat=intern is not None))


def _internes_ziel(ziel: Path, kontext: Kontext) -> Path:
    """Name an internal file so that nobody takes it for a product."""
    ordner = kontext.projekt.ausgabe.resolve()
    if ziel.resolve().is_relative_to(ordner):
        raise GeheimhaltungError(
            "Interne Werte kommen nicht in den Ordner der Produkte.",
            ort=str(ziel),
            abhilfe=f"Mit -o einen Ort außerhalb von {ordner.name}/ nennen.",
        )
    return ziel if INTERN in ziel.name else ziel.with_name(f"{ziel.stem}_{INTERN}{ziel.suffix}")


# --------------------------------------------------------------------------------------------------
# stderr


def _melde(text: str) -> None:
    """Write one block to stderr; a stderr that is gone must not stop the work."""
    if sys.stderr is None:
        return
    with contextlib.suppress(OSError, ValueError):
        sys.stderr.write(text.translate(_STEUERZEICHEN) + "\n")
        sys.stderr.flush()


def _farbe(wort: str, art: str) -> str:
    if sys.stderr is None or not sys.stderr.isatty() or os.environ.get("NO_COLOR") or os.environ.get("TERM") == "dumb":
        return wort
    # our own escape would be made visible by _melde: coloured words are written past it
    return f"\x1b[{_FARBEN[art]}m{wort}\x1b[0m"


def _melde_farbig(wort: str, art: str, text: str) -> None:
    if sys.stderr is None:
        return
    with contextlib.suppress(OSError, ValueError):
        sys.stderr.write(_farbe(wort, art))
        sys.stderr.flush()
    _melde(text)


def hinweis(text: str) -> None:
    """Say something useful to a person; silent with ``-q``."""
    if not _einstellung.leise:
        _melde(text)


def auswahl(namen: Sequence[str], hoechstens: int = 6) -> str:
    """'a, b, c und 22 weitere (alle zeigt -v)'; with ``-v`` all of them."""
    if len(namen) <= hoechstens + 2 or _einstellung.ausfuehrlich:
        return ", ".join(namen)
    return f"{', '.join(namen[:hoechstens])} und {len(namen) - hoechstens} weitere (alle zeigt -v)"


def hilfe(seite: str) -> None:
    """Show a help page to somebody who called a group without a command: not asked for, so not the result."""
    _melde(seite)


def warnung(text: str) -> None:
    """Say something that must be read even in a cron mail; ``-q`` does not silence it."""
    _melde_farbig("Achtung", "warnung", f": {text}")


def hinweis_intern() -> None:
    """Say that the values have not passed the Freigabe; not silenced, because the next reader must know."""
    warnung("interne Werte, nicht freigegeben: nur für den Dienstgebrauch, nicht weitergeben.")


def einzelheit(text: str) -> None:
    """Say something only with ``-v``."""
    if _einstellung.ausfuehrlich:
        _melde(text)


def fehler(e: SozmonError, *, bei: str = "", schluss: bool = True) -> None:
    """Print an error: what, where, why, what to do, and the name of the way out.

    ``bei``: what it belongs to; ``schluss=False`` leaves the way out to ``ausgang``, where several errors are told.
    """
    befund = e.exit_code in (MeldungenError.exit_code, VerschiedenError.exit_code)  # the work is done
    vorn = f": {bei}" if bei else ""
    _melde_farbig(*(("Ergebnis", "warnung") if befund else ("Fehler", "fehler")), f"{vorn}: {e.text}")
    for wort, text in (("Wo", e.ort), ("Warum", e.grund), ("Abhilfe", e.abhilfe)):
        if text:
            einzug = "\n" + " " * 11
            _melde(f"  {wort + ':':8} {einzug.join(text.splitlines())}")
    if schluss:
        ausgang(e)
    if _einstellung.debug:
        _traceback(e)


def ausgang(e: SozmonError) -> None:
    """Print number and name of the way out: the last line of every error."""
    _melde(f"(Ausgang {e.exit_code}: {e.bedeutung})")


def programmfehler(e: BaseException) -> None:
    """Print a bug: kind and place, never the message (it may hold a value), the traceback only with ``--debug``."""
    import traceback

    stelle = traceback.extract_tb(e.__traceback__)[-1:]
    ort = f" in {Path(stelle[0].filename).name}, Zeile {stelle[0].lineno}" if stelle else ""
    _melde_farbig("Fehler in sozmon", "fehler", f", bitte melden: {type(e).__name__}{ort}.")
    if _einstellung.debug:
        _traceback(e)
    else:
        _melde("  Abhilfe: denselben Aufruf mit „sozmon --debug …“ wiederholen und die Ausgabe mitschicken.")
    _melde("(Ausgang 1: Fehler in sozmon)")


def _traceback(e: BaseException) -> None:
    """Never with locals: they hold values of cells."""
    import traceback

    _melde("".join(traceback.TracebackException.from_exception(e, capture_locals=False).format()).rstrip())


# --------------------------------------------------------------------------------------------------
# Meldungen


def meldungen(liste: Sequence[Meldung], *, kopf: str = "") -> None:
    """Print Meldungen folded: worst first, equal ones once with their count and the first places; all with ``-v``."""
    if not liste or (_einstellung.leise and not any(m.stufe == "fehler" for m in liste)):
        return
    if kopf:
        _melde(kopf)
    for m, anzahl, orte in _falte(liste):
        wort = {"fehler": "Fehler", "warnung": "Warnung", "info": "Info"}[m.stufe]
        mal = f" ({anzahl}-mal)" if anzahl > 1 else ""
        _melde_farbig(f"  {wort}", str(m.stufe), f" {m.kennung}{mal}: {m.text}")
        for ort in orte:
            _melde(f"    · {ort}")
        if m.abhilfe:
            _melde(f"    Abhilfe: {m.abhilfe}")


def _falte(liste: Sequence[Meldung]) -> Iterator[tuple[Meldung, int, list[str]]]:
    """Group equal findings; with ``-v`` every place is shown, else the first few and how many more."""
    gruppen: dict[tuple[str, str, str], list[Meldung]] = {}
    for m in sorted(liste, key=lambda m: -m.stufe.rang):
        gruppen.setdefault((m.stufe, m.kennung, m.text), []).append(m)
    for gruppe in gruppen.values():
        orte = list(dict.fromkeys(str(m.fundstelle) for m in gruppe if str(m.fundstelle)))
        anzahl = sum(m.anzahl for m in gruppe)
        if not _einstellung.ausfuehrlich and len(orte) > _ORTE_JE_MELDUNG:
            rest = len(orte) - _ORTE_JE_MELDUNG
            orte = [*orte[:_ORTE_JE_MELDUNG], f"und {rest} weitere (alle mit sozmon -v …)"]
        yield gruppe[0], anzahl, orte


def pruefe_fehler_ab(liste: Sequence[Meldung], stufe: str) -> None:
    """End with 3 when a Meldung has at least the Stufe of ``--fehler-ab``; call it when everything is done."""
    from sozmon.model import Stufe

    anzahl = sum(m.anzahl for m in liste if m.stufe.rang >= Stufe(stufe).rang)
    if anzahl:
        wort = "einer Meldung" if anzahl == 1 else f"{anzahl} Meldungen"
        raise MeldungenError(f"Fertig, aber mit {wort} ab der Stufe „{stufe}“.")


# --------------------------------------------------------------------------------------------------
# progress


@contextlib.contextmanager
def fortschritt(was: str, *, ab_sekunden: float = 2.0) -> Iterator[Callable[[str], None]]:
    """Show one changing line on a terminal's stderr once the work takes longer; elsewhere nothing.

    Usage: ``with fortschritt("Lese") as melde: melde("Datei 3 von 12")``.
    """
    sichtbar = sys.stderr is not None and sys.stderr.isatty() and not _einstellung.leise
    beginn, gezeigt = time.monotonic(), False

    def melde(text: str) -> None:
        nonlocal gezeigt
        if sichtbar and time.monotonic() - beginn >= ab_sekunden:
            gezeigt = True
            with contextlib.suppress(OSError, ValueError):
                sys.stderr.write(f"\r\x1b[2K{f'{was}: {text}'.translate(_STEUERZEICHEN)[:78]}")
                sys.stderr.flush()

    try:
        yield melde
    finally:
        if gezeigt:
            with contextlib.suppress(OSError, ValueError):
                sys.stderr.write("\r\x1b[2K")
                sys.stderr.flush()


def verlange_datei(format_: str, datei: Path | None) -> None:
    """Refuse to write binary formats to a terminal."""
    if datei is None and format_ in {"parquet", "xlsx"} and sys.stdout is not None and sys.stdout.isatty():
        raise AufrufError(
            f"{format_} ist kein Text für das Terminal.",
            abhilfe=f"Mit -o eine Datei nennen, zum Beispiel -o tabelle.{format_}, oder die Ausgabe umleiten.",
        )
