"""``sozmon katalog``: which indicators there are, what they mean, what can be computed, whether all fits together."""

from __future__ import annotations

import re
import textwrap
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from sozmon.cli import ausgabe, optionen
from sozmon.cli.deutsch import Gruppe
from sozmon.cli.kontext import Kontext, kontext_von

if TYPE_CHECKING:
    from sozmon.katalog import Katalog
    from sozmon.verfuegbarkeit import Verfuegbar, Vorrat

LISTE = (
    "indikator", "titel", "kurz", "dimension", "thema", "einheit", "art", "verfahren", "faktor", "richtung",
    "aggregation", "ortsbezug", "ebene_min", "rhythmus", "quellen", "variante_von", "stand", "beschreibung",
)  # fmt: skip
MERKMALE = (
    "merkmal", "titel", "einheit", "zeitart", "dimensionen", "quellen", "additiv", "personen", "ortsbezug",
)  # fmt: skip
QUELLEN = (
    "quelle", "titel", "herausgeber", "form", "adresse", "lizenz", "rhythmus", "mindestfallzahl", "veroeffentlichung",
    "rechtsgrundlage", "merkmale",
)  # fmt: skip
VERFUEGBAR = ("indikator", "titel", "ebene", "von", "bis", "anzahl", "jahre", "quellen", "fehlt")

befehl = Gruppe()


@befehl.callback(invoke_without_command=True, no_args_is_help=False)
def _liste(
    ctx: typer.Context,
    format: optionen.Format = None,
    excel: optionen.Excel = False,
    ausgabedatei: optionen.Ausgabe = None,
) -> None:
    """Indikatoren auflisten, erklären und prüfen.

    Ohne Unterbefehl: eine Zeile je Indikator, in der Reihenfolge des Berichts. Eigene Definitionen des Projekts
    ersetzen die mitgelieferten.

    Beispiele:
    sozmon katalog
    sozmon katalog zeige arbeitslosenanteil
    """
    if ctx.invoked_subcommand is not None:
        return
    from sozmon.katalogtext import quellen_in_worten

    katalog = kontext_von(ctx).katalog
    zeilen = [
        {name: getattr(i, name) for name in LISTE[1:] if name != "quellen"}
        | {"indikator": i.kennung, "quellen": quellen_in_worten(katalog, (*i.zaehler, *i.nenner))}
        for i in katalog.indikatoren.values()
    ]
    wahl = optionen.tabellenwahl(format, None, excel, ausgabedatei)
    ausgabe.ausgabe_tabelle(zeilen, LISTE, wahl, text_spalten=("indikator", "titel", "einheit", "dimension", "thema"))


# --------------------------------------------------------------------------------------------------


@befehl.befehl("zeige")
def zeige(
    ctx: typer.Context,
    kennung: Annotated[str, typer.Argument(metavar="KENNUNG", help="Indikator, Merkmal oder Quelle.")],
) -> None:
    """Eine Definition in Worten: Formel, Quellen, Brüche und was zum Rechnen noch fehlt.

    Beispiele:
    sozmon katalog zeige wahlbeteiligung_gemeinderat
    sozmon katalog zeige bevoelkerung
    """
    from sozmon.katalogbeschreibung import describe, describe_rechenbar

    kontext = kontext_von(ctx)
    katalog = kontext.katalog
    titel, *absaetze = describe(katalog, kennung)
    if kennung in katalog.indikatoren and kontext.projekt_oder_keins is not None:
        absaetze += [("", ""), *describe_rechenbar(katalog, _vorrat(kontext), katalog.indikatoren[kennung])]
    drucke_absaetze([titel, *absaetze])


def drucke_absaetze(absaetze: Sequence[tuple[str, str]]) -> None:
    """A title and labelled paragraphs, as ``katalog zeige`` and ``quelle zeige`` print them."""
    titel, *rest = absaetze
    ausgabe.ergebnis("\n".join([titel[1], "", *(zeile for wort, text in rest for zeile in _absatz(wort, text))]))


def _vorrat(kontext: Kontext, datenstand: str = "") -> Vorrat:
    from sozmon.raeume.gliederung import load_gliederungen
    from sozmon.verfuegbarkeit import read_vorrat

    namen = [g.name for g in load_gliederungen(kontext.projekt.raeume)]
    return read_vorrat(kontext.bestand, kontext.projekt, namen, datenstand)


def _absatz(wort: str, text: str) -> list[str]:
    """A labelled paragraph, folded under its label; an empty text with a label is left out."""
    if not text:
        return [] if wort else [""]
    kopf = f"{wort + ':' if wort else '':<13}"
    fest = re.sub(r"(\d\.) (\w)", "\\1\N{NO-BREAK SPACE}\\2", text)  # never "31." at the end of a line
    zeilen = textwrap.wrap(
        fest, 100, initial_indent=kopf, subsequent_indent=" " * 13, break_long_words=False, break_on_hyphens=False
    )
    return [z.replace("\N{NO-BREAK SPACE}", " ") for z in zeilen]


# --------------------------------------------------------------------------------------------------


@befehl.befehl("neu")
def neu(
    ctx: typer.Context,
    kennung: Annotated[str, typer.Argument(metavar="KENNUNG", help="Name des Indikators: a–z, 0–9 und _.")],
    ziel: Annotated[
        str | None, typer.Option("-o", "--ausgabe", metavar="DATEI", help="In diese Datei schreiben; sonst ausgeben.")
    ] = None,
    wie: Annotated[str, typer.Option("--wie", metavar="IND", help="Vorbild: Formel und Angaben übernehmen.")] = "",
    ersetzen: Annotated[bool, typer.Option("--ersetzen", help="Eine vorhandene Datei ersetzen.")] = False,
) -> None:
    """Einen Indikator entwerfen: jede Angabe erklärt, Fragen dort, wo eine Antwort nötig ist.

    Der Indikator gilt erst, wenn jede FRAGE darin beantwortet ist; bis dahin rechnet und druckt sozmon ohne ihn. Für
    einen Indikator, den es schon gibt, entsteht eine eigene Fassung mit allen Angaben.

    Beispiele:
    sozmon katalog neu arbeitslosenanteil_frauen --wie arbeitslosenanteil
    sozmon katalog neu tafelkunden -o indikatoren/finanzen/tafelkunden.toml
    """
    from sozmon.entwurf.indikator import entwirf_indikator

    kontext = kontext_von(ctx)
    pfad = Path(ziel) if ziel not in (None, "-") else None
    _check_neu(kennung, pfad, kontext, ersetzen)
    vorbild = kontext.katalog.indikator(wie) if wie else kontext.katalog.indikatoren.get(kennung)
    if vorbild is not None and not wie:
        ausgabe.warnung(f"den Indikator „{kennung}“ gibt es schon; im Projekt ersetzt diese Fassung ihn ganz.")
    text = entwirf_indikator(kennung, vorbild)
    if pfad is None:
        ausgabe.ergebnis(text)
        return
    from sozmon.plattform import create_ordner, write_text

    if kontext.projekt_oder_keins and pfad.resolve().parent.parent == kontext.projekt.indikatoren.resolve():
        create_ordner(pfad.parent)
    ausgabe.pfad(write_text(pfad, text))
    ausgabe.hinweis("Weiter: die Fragen in der Datei beantworten, dann: sozmon katalog pruefen")


def _check_neu(kennung: str, pfad: Path | None, kontext: Kontext, ersetzen: bool) -> None:
    """The name, and a place where the catalogue looks. Raises AufrufError (2), AusgabeError when the file exists."""
    from sozmon.cli.quelle import verlange_neue_datei
    from sozmon.errors import AufrufError
    from sozmon.model import DIMENSIONEN

    if not re.fullmatch(r"[a-z][a-z0-9_]*", kennung):
        raise AufrufError(
            f"„{kennung}“ kann kein Indikator heißen.",
            ort="KENNUNG",
            abhilfe="Erlaubt sind a–z, 0–9 und _, zum Beispiel anteil_65_plus.",
        )
    if pfad is None:
        return
    if pfad.name != f"{kennung}.toml":
        raise AufrufError(
            f"Die Datei heißt „{pfad.name}“, der Indikator „{kennung}“.",
            grund="Ein Indikator heißt wie seine Datei.",
            abhilfe=f"-o {pfad.with_name(kennung + '.toml')}",
        )
    projekt = kontext.projekt_oder_keins
    wurzel = projekt.indikatoren.resolve() if projekt else None
    ordner = pfad.resolve().parent
    if wurzel in (ordner, ordner.parent) and ordner.name not in DIMENSIONEN:
        raise AufrufError(
            f"Im Ordner „{ordner.name}“ sucht sozmon keine Indikatoren.",
            grund="Der Ordner eines Indikators ist seine Dimension.",
            abhilfe=f"Einer von diesen: {', '.join(f'indikatoren/{d}' for d in DIMENSIONEN)}.",
        )
    if not ersetzen:
        verlange_neue_datei(pfad)
    katalog = kontext.katalog
    for andere in (katalog.entwuerfe.get(kennung), katalog.dateien.get(("Indikator", kennung))):
        if andere and wurzel and wurzel in andere.resolve().parents and andere.resolve() != pfad.resolve():
            raise AufrufError(
                f"Den Indikator „{kennung}“ gibt es im Projekt schon.",
                ort=f"{andere.parent.name}/{andere.name}",
                grund="Zwei Dateien für denselben Indikator ließen sich nicht laden.",
                abhilfe="Die vorhandene Datei ändern, verschieben oder löschen.",
            )


# --------------------------------------------------------------------------------------------------


@befehl.befehl("merkmale")
def merkmale(
    ctx: typer.Context,
    format: optionen.Format = None,
    excel: optionen.Excel = False,
    ausgabedatei: optionen.Ausgabe = None,
) -> None:
    """Merkmale auflisten: was gezählt wird, wonach es gegliedert ist und woher es kommt.

    Beispiele:
    sozmon katalog merkmale
    sozmon katalog merkmale --format csv -o merkmale.csv
    """
    katalog = kontext_von(ctx).katalog
    zeilen = [
        {name: getattr(m, name) for name in ("titel", "einheit", "additiv", "personen", "ortsbezug")}
        | {name: ",".join(getattr(m, name)) for name in ("zeitart", "dimensionen", "quellen")}
        | {"merkmal": m.kennung}
        for m in katalog.merkmale.values()
    ]
    wahl = optionen.tabellenwahl(format, None, excel, ausgabedatei)
    ausgabe.ausgabe_tabelle(zeilen, MERKMALE, wahl, text_spalten=("merkmal", "titel", "einheit", "dimensionen"))


@befehl.befehl("quellen")
def quellen(
    ctx: typer.Context,
    format: optionen.Format = None,
    excel: optionen.Excel = False,
    ausgabedatei: optionen.Ausgabe = None,
) -> None:
    """Quellen auflisten: wer liefert, in welcher Form, unter welcher Lizenz und wo es die Dateien gibt.

    Beispiele:
    sozmon katalog quellen
    sozmon katalog zeige regionaldatenbank
    """
    from sozmon.katalog import gelieferte_merkmale

    katalog = kontext_von(ctx).katalog
    zeilen = [
        {name: getattr(q, name) for name in QUELLEN if name not in ("quelle", "merkmale")}
        | {"quelle": q.kennung, "merkmale": ",".join(sorted(gelieferte_merkmale(q)))}
        for q in katalog.quellen.values()
    ]
    wahl = optionen.tabellenwahl(format, None, excel, ausgabedatei)
    ausgabe.ausgabe_tabelle(zeilen, QUELLEN, wahl, text_spalten=("quelle", "titel", "form", "adresse"))


# --------------------------------------------------------------------------------------------------


@befehl.befehl("verfuegbar")
def verfuegbar(
    ctx: typer.Context,
    indikator: Annotated[
        list[str] | None, typer.Option("-i", "--indikator", metavar="IND", help="Indikator; Liste mit Kommas.")
    ] = None,
    datenstand: optionen.Datenstand = None,
    format: optionen.Format = None,
    excel: optionen.Excel = False,
    ausgabedatei: optionen.Ausgabe = None,
) -> None:
    """Was sich aus dem Eingelesenen rechnen lässt: Indikator, Ebene, Jahre.

    Eine Zeile je Indikator und Ebene. Gemeint ist: mindestens ein Raum dieser Ebene hat alle Teile der Formel.

    Beispiele:
    sozmon katalog verfuegbar
    sozmon katalog verfuegbar -i arbeitslosenanteil,altenquotient --format csv
    """
    from sozmon.katalogtext import jahre_in_worten
    from sozmon.verfuegbarkeit import compute_verfuegbar

    wahl = optionen.tabellenwahl(format, None, excel, ausgabedatei)
    kontext = kontext_von(ctx)
    katalog, vorrat = kontext.katalog, _vorrat(kontext, optionen.datum("--datenstand", datenstand))
    gewaehlt = [katalog.indikator(k) for k in optionen.liste(indikator)] or list(katalog.indikatoren.values())
    funde = compute_verfuegbar(katalog, vorrat, gewaehlt)
    if wahl.format in ("text", "md"):
        zeilen = [_zeile(katalog, vorrat, gruppe) for gruppe in _gefaltet(funde)]
    else:
        zeilen = [_zeile(katalog, vorrat, [f]) | {"jahre": jahre_in_worten(f.jahre, bis="..", und=",")} for f in funde]
    ausgabe.ausgabe_tabelle(zeilen, VERFUEGBAR, wahl, text_spalten=("indikator", "ebene", "jahre", "fehlt"))


def _gefaltet(funde: list[Verfuegbar]) -> list[list[Verfuegbar]]:
    """For people: Ebenen of an Indikator that have the same years in one row."""
    gruppen: dict[tuple[str, frozenset[int]], list[Verfuegbar]] = {}
    for f in funde:
        gruppen.setdefault((f.indikator, f.jahre), []).append(f)
    return list(gruppen.values())


def _zeile(katalog: Katalog, vorrat: Vorrat, gruppe: list[Verfuegbar]) -> dict[str, object]:
    from sozmon.katalogtext import jahre_in_worten, teil_in_worten
    from sozmon.verfuegbarkeit import ebenen_in_worten, fehlende_teile

    v, definition = gruppe[0], katalog.indikatoren[gruppe[0].indikator]
    fehlt = [] if v.jahre else fehlende_teile(katalog, vorrat, definition)
    return {
        "indikator": v.indikator,
        "titel": definition.titel,
        "ebene": ebenen_in_worten([f.ebene for f in gruppe], vorrat.ebenen) if v.ebene else "",
        "von": min(v.jahre, default=None),
        "bis": max(v.jahre, default=None),
        "anzahl": len(v.jahre),
        "jahre": jahre_in_worten(v.jahre),
        "quellen": ",".join(sorted(v.quellen)),
        "fehlt": ", ".join(teil_in_worten(katalog, t, mit_zeit=False) for t in fehlt),
    }


@befehl.befehl("pruefen")
def pruefen(ctx: typer.Context, fehler_ab: optionen.FehlerAb = "fehler") -> None:
    """Prüfen, ob alle Definitionen zusammenpassen.

    Findet unbekannte Verweise, Altersgruppen mit Lücken, Kreise in den Formeln, gelockerte Schwellen ohne Begründung
    und Namen, die zu lang für einen Tabellenkopf sind. Schon beim Laden fallen Tippfehler in Schlüsseln auf.

    Beispiele:
    sozmon katalog pruefen
    sozmon --projekt monitoring katalog pruefen --fehler-ab warnung
    """
    from sozmon.katalog import check_katalog

    optionen.waehle("--fehler-ab", fehler_ab, optionen.STUFEN)
    katalog = kontext_von(ctx).katalog
    funde = check_katalog(katalog)
    ausgabe.meldungen(funde)
    anzahl = f"{len(katalog.indikatoren)} Indikatoren, {len(katalog.merkmale)} Merkmale, {len(katalog.quellen)} Quellen"
    schwer = [m for m in funde if m.stufe != "info"]
    ausgabe.ergebnis(f"Geprüft: {anzahl}. " + _maengel(len(schwer)))
    ausgabe.pruefe_fehler_ab(funde, fehler_ab)


def _maengel(anzahl: int) -> str:
    return {0: "Keine Mängel.", 1: "Ein Mangel."}.get(anzahl, f"{anzahl} Mängel.")
