"""``sozmon aktualisieren``: the command for cron, silent unless a person has to do something."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Annotated

import typer

from sozmon.cli import ausgabe, optionen
from sozmon.cli.importieren import knapp, zeige, zeilen
from sozmon.cli.kontext import kontext_von
from sozmon.errors import SozmonError

if TYPE_CHECKING:
    from sozmon.aktualisieren import Aktualisierung, Berichtsergebnis
    from sozmon.importieren import ImportErgebnis
    from sozmon.model import Meldung
    from sozmon.projekt import Projekt

OhneBericht = Annotated[bool, typer.Option("--ohne-bericht", help="Nur einlesen und eingang/ leeren.")]
Probe = Annotated[bool, typer.Option("--probe", help="Nur zeigen, was eingelesen würde; nichts schreiben.")]


def befehl(
    ctx: typer.Context,
    ohne_bericht: OhneBericht = False,
    probe: Probe = False,
    warten: optionen.Warten = 0,
    fehler_ab: optionen.FehlerAb = "fehler",
) -> None:
    """Den Ordner eingang/ einlesen und leeren, dann die Berichte erneuern.

    Gedacht für jede Nacht: Läuft alles, gibt der Befehl nichts aus (mit sozmon -v sagt er, was er getan hat). Eine
    Datei verschwindet erst aus eingang/, wenn sie im Bestand aufbewahrt ist; eine abgelehnte bleibt liegen und wird
    jedes Mal gemeldet. Läuft der Befehl schon, endet der zweite sofort mit 75. Von mehreren Rückgabewerten gilt der
    größte.

    Beispiele:
    sozmon aktualisieren
    sozmon -v --projekt monitoring aktualisieren --ohne-bericht
    """
    from sozmon.aktualisieren import run_aktualisieren

    optionen.waehle("--fehler-ab", fehler_ab, optionen.STUFEN)
    projekt = kontext_von(ctx).projekt
    lauf = run_aktualisieren(projekt, mit_berichten=not ohne_bericht, warten=warten, probe=probe)
    if probe:
        _zeige_probe(lauf)
    else:
        _erzaehle(lauf)
    _ende(projekt, lauf, fehler_ab, probe=probe)


# -- what was done -----------------------------------------------------------------------------------


def _zeige_probe(lauf: Aktualisierung) -> None:
    for e in lauf.ergebnisse:
        if e.fehler is None:
            zeige(e, probe=True)
    for name in lauf.wartend:
        ausgabe.hinweis(f"{name}: wird gerade noch kopiert.")
    if not lauf.ergebnisse and not lauf.fehler and lauf.abbruch is None:
        ausgabe.hinweis("In eingang/ liegt nichts, was einzulesen wäre.")


def _erzaehle(lauf: Aktualisierung) -> None:
    """With ``-v`` what was done, in the order of the work."""
    for e in lauf.ergebnisse:
        if e.fehler is None:
            ausgabe.einzelheit("\n".join(zeilen(e)))
    for satz, namen in (
        ("Aus eingang/ entfernt", lauf.entfernt),
        ("Noch nicht fertig kopiert, wartet auf den nächsten Lauf", lauf.wartend),
        ("Übergangen", lauf.uebergangen),
    ):
        if namen:
            ausgabe.einzelheit(f"{satz}: {', '.join(namen)}")
    for b in lauf.berichte:
        if b.lauf is not None:
            ausgabe.einzelheit(_berichtssatz(b))


def _berichtssatz(b: Berichtsergebnis) -> str:
    if b.lauf is None or b.lauf.unveraendert:
        return f"Bericht {b.name}: unverändert"
    return "\n".join([f"Bericht {b.name}: neu geschrieben", *(f"  {p}" for p in b.lauf.neu)])


# -- what somebody has to look at --------------------------------------------------------------------


def _ende(projekt: Projekt, lauf: Aktualisierung, fehler_ab: str, *, probe: bool) -> None:
    """One block on stderr with everything that went wrong; the greatest exit code of all."""
    fehler = [*_fehler_der_dateien(lauf), *_fehler_des_laufs(lauf)]
    befunde = [] if probe else list(_befunde(lauf, fehler_ab))
    if (fehler or befunde or lauf.abbruch) and not probe:
        ausgabe.warnung(f"{projekt.titel} ({projekt.ordner}): {_ueberschrift(lauf)}")
    for e in lauf.abgelehnt:
        ausgabe.meldungen([m for m in e.meldungen if m.stufe == "fehler"], kopf=f"{e.datei}:")
    _sage(fehler)
    for kopf, meldungen in befunde:
        ausgabe.meldungen(meldungen, kopf=kopf)
    _wirf_defekte(lauf)
    if fehler:
        schlimmster = max((f for _, f in fehler), key=lambda f: f.exit_code)
        ausgabe.ausgang(schlimmster)
        raise typer.Exit(schlimmster.exit_code)
    ausgabe.pruefe_fehler_ab(lauf.meldungen, fehler_ab)


def _befunde(lauf: Aktualisierung, fehler_ab: str) -> Iterator[tuple[str, list[Meldung]]]:
    """File or report, and its Meldungen that are bad enough."""
    from sozmon.model import Stufe

    alle = [(e.datei, e.meldungen) for e in lauf.ergebnisse if e.fehler is None]
    alle += [(f"Bericht {b.name}", b.lauf.meldungen) for b in lauf.berichte if b.lauf is not None]
    for was, meldungen in alle:
        if schlimme := [m for m in meldungen if m.stufe.rang >= Stufe(fehler_ab).rang]:
            yield f"{was}:", schlimme


def _ueberschrift(lauf: Aktualisierung) -> str:
    """What the mail is about, in one sentence."""
    anzahl = len(lauf.abgelehnt)
    if not anzahl:
        return (
            "Die Aktualisierung ist nicht ganz gelungen." if lauf.abbruch or _gescheitert(lauf) else "Es gibt Befunde."
        )
    was = "1 Datei wurde abgelehnt und bleibt" if anzahl == 1 else f"{anzahl} Dateien wurden abgelehnt und bleiben"
    return f"{was} in eingang/ liegen."


def _gescheitert(lauf: Aktualisierung) -> bool:
    return bool(lauf.fehler) or any(b.fehler is not None for b in lauf.berichte)


def _fehler_der_dateien(lauf: Aktualisierung) -> list[tuple[str, SozmonError]]:
    return [(_bei(e), knapp(e.fehler, e.meldungen)) for e in lauf.abgelehnt if e.fehler is not None]


def _bei(e: ImportErgebnis) -> str:
    """The name of the file, where the error itself does not say it."""
    return "" if e.fehler is not None and e.datei in e.fehler.text else e.datei


def _fehler_des_laufs(lauf: Aktualisierung) -> list[tuple[str, SozmonError]]:
    alle = [("", f) for f in lauf.fehler]
    if isinstance(lauf.abbruch, SozmonError):
        alle.append(("", lauf.abbruch))
    return alle + [(f"Bericht {b.name}", b.fehler) for b in lauf.berichte if isinstance(b.fehler, SozmonError)]


def _sage(fehler: list[tuple[str, SozmonError]]) -> None:
    """Each error once: what stops all reports is not repeated for every one of them."""
    gesagt = set()
    for bei, f in fehler:
        inhalt = (f.text, f.ort, f.grund)
        if inhalt not in gesagt:
            ausgabe.fehler(f, bei=bei, schluss=False)
        gesagt.add(inhalt)


def _wirf_defekte(lauf: Aktualisierung) -> None:
    """A bug (or an error of the machine) ends the run as it does everywhere; here everything else has been told."""
    if lauf.abbruch is not None and not isinstance(lauf.abbruch, SozmonError):
        if lauf.abbruch_bei:
            ausgabe.warnung(
                f"Gescheitert ist das Einlesen von „{lauf.abbruch_bei}“. Liegt die Datei woanders, kommen die "
                "übrigen an die Reihe."
            )
        raise lauf.abbruch
    for b in lauf.berichte:
        if b.fehler is not None and not isinstance(b.fehler, SozmonError):
            ausgabe.warnung(f"Gescheitert ist der Bericht {b.name}.")
            raise b.fehler
