"""``sozmon quelle``: Quellen listed, explained, drafted from a file, and tried on one."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from sozmon.cli import ausgabe, optionen
from sozmon.cli.deutsch import Gruppe
from sozmon.cli.kontext import Kontext, kontext_von

if TYPE_CHECKING:
    from sozmon.dateien import Rohdatei
    from sozmon.entwurf import Entwurf, Raumkenner
    from sozmon.projekt import Projekt
    from sozmon.quellen.leser import Leser
    from sozmon.quellenpruefung import Pruefung

EINTRAG = ("art", "rolle", "blatt", "stelle", "text", "anzahl", "merkmal", "auspraegung", "zeit", "bedeutung")

befehl = Gruppe()

Datei = Annotated[str, typer.Argument(metavar="DATEI", help="Datei des Amts; - = Standardeingabe.")]


@befehl.callback(invoke_without_command=True, no_args_is_help=False)
def _liste(
    ctx: typer.Context,
    format: optionen.Format = None,
    excel: optionen.Excel = False,
    ausgabedatei: optionen.Ausgabe = None,
) -> None:
    """Quellen auflisten, erklären, aus einer Datei entwerfen und an ihr prüfen.

    Ohne Unterbefehl: eine Zeile je Quelle, wie sozmon katalog quellen.

    Beispiele:
    sozmon quelle
    sozmon quelle entwerfen Jugendtreffs.csv -o indikatoren/quellen/jugendtreffs.toml
    """
    if ctx.invoked_subcommand is not None:
        return
    from sozmon.cli.katalog import quellen

    quellen(ctx, format, excel, ausgabedatei)


@befehl.befehl("zeige")
def zeige(
    ctx: typer.Context,
    kennung: Annotated[str, typer.Argument(metavar="KENNUNG", help="Quelle.")],
) -> None:
    """Eine Quelle in Worten: wer liefert, woran die Datei erkannt und wie sie gelesen wird.

    Beispiele:
    sozmon quelle zeige regionaldatenbank
    sozmon --projekt monitoring quelle zeige jobcenter
    """
    from sozmon.cli.katalog import drucke_absaetze
    from sozmon.katalogbeschreibung import describe_quelle

    drucke_absaetze(describe_quelle(kontext_von(ctx).katalog, kennung))


@befehl.befehl("entwerfen")
def entwerfen(
    ctx: typer.Context,
    datei: Datei,
    ziel: Annotated[
        str | None, typer.Option("-o", "--ausgabe", metavar="DATEI", help="In diese Datei schreiben; sonst ausgeben.")
    ] = None,
    kennung: Annotated[
        str, typer.Option("--kennung", metavar="NAME", help="Name der Quelle; sonst nach -o oder der Überschrift.")
    ] = "",
    blatt: Annotated[str, typer.Option("--blatt", metavar="NAME", help="Nur dieses Blatt der Mappe.")] = "",
    ersetzen: Annotated[bool, typer.Option("--ersetzen", help="Eine vorhandene Datei ersetzen.")] = False,
) -> None:
    """Eine Quelle aus einer Datei entwerfen: was erkennbar ist, und Fragen zum Rest.

    Der Entwurf gilt nicht, bevor jede FRAGE darin beantwortet ist; bis dahin liest sozmon nichts mit ihm ein. Die
    Datei selbst wird nur angesehen, nicht gespeichert.

    Beispiele:
    sozmon quelle entwerfen Jugendtreffs.csv
    sozmon quelle entwerfen Sozialamt_2023.xlsx --blatt Gemeinden -o indikatoren/quellen/sozialamt_pivot.toml
    """
    kontext = kontext_von(ctx)
    pfad = Path(ziel) if ziel not in (None, "-") else None
    name = _kennung(kennung, pfad)
    if pfad is not None and not ersetzen:
        verlange_neue_datei(pfad)
    vorhanden = kontext.katalog.dateien.get(("Quelle", name))
    if vorhanden is not None and (pfad is None or vorhanden.resolve() != pfad.resolve()):
        ausgabe.warnung(f"eine Quelle „{name}“ gibt es schon; im Projekt ersetzt der Entwurf sie ganz.")
    entwurf = _entwirf(kontext, datei, name, blatt)
    if pfad is None:
        ausgabe.ergebnis(entwurf.text)
    else:
        from sozmon.plattform import create_ordner, write_text

        if (projekt := kontext.projekt_oder_keins) and pfad.resolve().parent == _quellenordner(projekt):
            create_ordner(pfad.parent)
        ausgabe.pfad(write_text(pfad, entwurf.text))
    _sage_weiter(kontext, entwurf, datei, pfad)


def _kennung(kennung: str, pfad: Path | None) -> str:
    """The Quelle's name: the option, else the name of the file to write; both must agree."""
    import re

    from sozmon.errors import AufrufError

    name = kennung or (pfad.stem if pfad else "")
    if name and not re.fullmatch(r"[a-z][a-z0-9_]*", name):
        raise AufrufError(
            f"„{name}“ kann keine Quelle heißen.",
            ort="--kennung" if kennung else "-o",
            abhilfe="Erlaubt sind a–z, 0–9 und _, zum Beispiel sozialamt_pivot.",
        )
    if kennung and pfad and pfad.stem != kennung:
        raise AufrufError(
            f"Die Datei heißt „{pfad.stem}“, die Quelle „{kennung}“.",
            grund="Eine Quelle heißt wie ihre Datei.",
            abhilfe=f"--kennung weglassen oder: -o {pfad.with_name(kennung + '.toml')}",
        )
    return name


def verlange_neue_datei(pfad: Path) -> None:
    """A draft never replaces a file unasked. Raises AusgabeError."""
    from sozmon.errors import AusgabeError

    if pfad.exists():
        raise AusgabeError(
            f"„{pfad}“ gibt es schon.",
            grund="Darin können schon Antworten stehen.",
            abhilfe="Einen anderen Namen wählen, oder mit --ersetzen überschreiben.",
        )


def _entwirf(kontext: Kontext, datei: str, kennung: str, blatt: str) -> Entwurf:
    from sozmon.dateien import open_datei
    from sozmon.entwurf import entwirf
    from sozmon.quellen.leser import Leser

    with Leser() as leser, open_datei(datei) as rohdatei:
        auszug = leser.auszug(rohdatei, kontext.katalog.quellen.values())
        _verlange_unbekannte_form(auszug.form, rohdatei.name, datei)
        if auszug.quellen and kennung not in auszug.quellen:
            ausgabe.warnung(
                f"die Quelle „{auszug.quellen[0]}“ liest diese Datei schon (sozmon quelle pruefen {datei}); "
                "nimmt eine zweite sie auch an, verlangt der Import --quelle."
            )
        return entwirf(auszug, rohdatei.name, kontext.katalog, _kenner(kontext), kennung=kennung, blatt=blatt)


def _quellenordner(projekt: Projekt) -> Path:
    """Where the project's own Quellen lie; a new project does not have it yet."""
    return (projekt.indikatoren / "quellen").resolve()


def _kenner(kontext: Kontext) -> Raumkenner:
    from sozmon.entwurf import Raumkenner
    from sozmon.raeume import Raeume

    if kontext.projekt_oder_keins is None:
        return Raumkenner(Raeume())
    return Raumkenner(kontext.raeume, kontext.projekt.kreis)


def _sage_weiter(kontext: Kontext, entwurf: Entwurf, datei: str, pfad: Path | None) -> None:
    """What was found, how many questions are open, which command is next."""
    for satz in entwurf.befund:
        ausgabe.hinweis(satz)
    fragen = {0: "Keine Frage offen.", 1: "Eine FRAGE ist zu beantworten."}
    ausgabe.hinweis(fragen.get(entwurf.fragen, f"{entwurf.fragen} FRAGEN sind zu beantworten."))
    wort = f'"{datei}"' if " " in datei else datei
    projekt = kontext.projekt_oder_keins
    if pfad is None:
        ort = f"indikatoren/quellen/{entwurf.kennung}.toml"
        ausgabe.hinweis(f"Ins Projekt schreiben: sozmon quelle entwerfen {wort} -o {ort}")
    elif projekt is not None and pfad.resolve().parent == _quellenordner(projekt):
        ausgabe.hinweis(
            f"Weiter: die Fragen in {pfad} beantworten, dann sozmon quelle pruefen {entwurf.kennung} {wort}"
        )
    else:
        ausgabe.hinweis(f"Weiter: die Fragen in {pfad} beantworten, dann sozmon quelle pruefen {pfad} {wort}")


# --------------------------------------------------------------------------------------------------


@befehl.befehl("pruefen")
def pruefen(
    ctx: typer.Context,
    worte: Annotated[
        list[str],
        typer.Argument(
            metavar="[QUELLE] DATEI", help="Quelle (Kennung oder TOML-Datei; sonst die, die passt) und Datei des Amts."
        ),
    ],
    stand: Annotated[
        str | None, typer.Option("--stand", metavar="DATUM", help="Stand der Daten, wenn die Datei ihn nicht nennt.")
    ] = None,
    format: optionen.Format = None,
    excel: optionen.Excel = False,
    ausgabedatei: optionen.Ausgabe = None,
    fehler_ab: optionen.FehlerAb = "fehler",
) -> None:
    """Zeigen, wie eine Quelle eine Datei versteht: Zeilen, Spalten, Zeichen, Namen, erste Werte.

    Geschrieben wird nichts. Offene Fragen eines Entwurfs und alles, was der Import beanstanden würde, werden genannt;
    dann ist der Rückgabewert 3. Mit --format csv, json oder jsonl: eine Zeile je Spalte, Zeilenart, Zeichen, Name und
    Frage, ohne Werte.

    Beispiele:
    sozmon quelle pruefen jugendtreffs Jugendtreffs.csv
    sozmon quelle pruefen entwurf.toml Sozialamt_2023.xlsx --format csv
    """
    from sozmon.model import Meldung, Stufe

    optionen.waehle("--fehler-ab", fehler_ab, optionen.STUFEN)
    wahl = optionen.tabellenwahl(format, None, excel, ausgabedatei)
    kontext = kontext_von(ctx)
    kenner = _kenner(kontext)
    pruefung = _pruefe(kontext, kenner, worte, optionen.datum("--stand", stand) or None)
    if wahl.format in ("text", "md") and wahl.datei is None:
        from sozmon.cli.quellenbild import render

        ausgabe.hinweis_intern()
        ausgabe.ergebnis(render(pruefung, kenner.raeume))
    else:
        zeilen = [{name: getattr(e, name) for name in EINTRAG} for e in pruefung.eintraege]
        ausgabe.ausgabe_tabelle(zeilen, EINTRAG, wahl)
    ausgabe.meldungen(pruefung.meldungen)
    offen = [Meldung("frage_offen", Stufe.FEHLER, f.text) for f in pruefung.fragen]
    if not offen and not any(m.stufe is Stufe.FEHLER for m in pruefung.meldungen):
        ausgabe.hinweis(f"Weiter: sozmon import {'--stand DATUM ' if pruefung.ohne_stand else ''}{worte[-1]}")
    ausgabe.pruefe_fehler_ab([*pruefung.meldungen, *offen], fehler_ab)


def _pruefe(kontext: Kontext, kenner: Raumkenner, worte: list[str], stand: str | None) -> Pruefung:
    from sozmon.dateien import open_datei
    from sozmon.errors import AufrufError
    from sozmon.quellen.leser import Leser
    from sozmon.quellenpruefung import load_quelle, run_quellenpruefung

    if len(worte) not in (1, 2):
        raise AufrufError(
            "Gefragt sind eine Quelle und eine Datei, oder nur eine Datei.",
            abhilfe="Zum Beispiel: sozmon quelle pruefen jugendtreffs Jugendtreffs.csv",
        )
    with Leser() as leser, open_datei(worte[-1]) as rohdatei:
        ort: Path | None
        if len(worte) == 2 and worte[0].endswith(".toml"):
            quelle, ort = load_quelle(Path(worte[0])), Path(worte[0])
        else:
            kennung = worte[0] if len(worte) == 2 else _erkannte(kontext, leser, rohdatei, worte[-1])
            quelle = kontext.katalog.quelle(kennung)
            ort = kontext.katalog.dateien.get(("Quelle", kennung))
        if quelle.form != "tabelle":
            raise AufrufError(
                f"Die Quelle „{quelle.kennung}“ liest keine erklärten Tabellen, sondern die Form {quelle.form}.",
                abhilfe=f"Was ein Import ergäbe, zeigt: sozmon import --probe {worte[-1]}",
            )
        return run_quellenpruefung(leser, rohdatei, quelle, ort, kontext.katalog, kenner, stand=stand)


def _erkannte(kontext: Kontext, leser: Leser, rohdatei: Rohdatei, datei: str) -> str:
    """The one declared table that recognises the file."""
    from sozmon.errors import AufrufError

    auszug = leser.auszug(rohdatei, kontext.katalog.quellen.values())
    if len(auszug.quellen) == 1:
        return auszug.quellen[0]
    if auszug.quellen:
        raise AufrufError(
            f"Zu „{rohdatei.name}“ passen mehrere Quellen: {', '.join(auszug.quellen)}.",
            abhilfe=f"Eine nennen: sozmon quelle pruefen {auszug.quellen[0]} {datei}",
        )
    _verlange_unbekannte_form(auszug.form, rohdatei.name, datei)
    raise AufrufError(
        f"Zu „{rohdatei.name}“ passt keine Quelle.",
        abhilfe=f"Eine entwerfen: sozmon quelle entwerfen {datei}",
    )


def _verlange_unbekannte_form(form: str, name: str, datei: str) -> None:
    """Files of official shapes need no Quelle of their own; a classic GENESIS table may have one for its labels."""
    from sozmon.errors import AufrufError
    from sozmon.quellen.erkennung import FORMEN, NICHT_GELESEN

    if form and form not in (*NICHT_GELESEN, "genesis_tabelle"):
        raise AufrufError(
            f"„{name}“ ist: {FORMEN[form]}. Diese Form liest sozmon von selbst.", abhilfe=f"sozmon import {datei}"
        )
