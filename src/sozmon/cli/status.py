"""``sozmon status``: age of the data, per Quelle."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date, timedelta
from typing import TYPE_CHECKING, Annotated

import typer

from sozmon.cli import ausgabe, optionen
from sozmon.cli.kontext import kontext_von
from sozmon.errors import AufrufError

if TYPE_CHECKING:
    from sozmon.bestand import Lieferung
    from sozmon.cli.kontext import Kontext
    from sozmon.katalog import Katalog
    from sozmon.projekt import Projekt

SPALTEN = (
    "quelle",
    "titel",
    "lieferungen",
    "stand",
    "faellig",
    "ueberfaellig",
    "importiert",
    "datei",
    "zeilen",
    "geheim",
)

LIEFERUNGSSPALTEN = (
    "kennung",
    "sha256",
    "quelle",
    "titel",
    "stand",
    "importiert",
    "datei",
    "zeilen",
    "zustand",
)
TEXT_LIEFERUNGSSPALTEN = tuple(s for s in LIEFERUNGSSPALTEN if s != "sha256")

Lieferungen = Annotated[
    bool,
    typer.Option(
        "--lieferungen",
        help="Jede Lieferung mit ihrer Kennung zeigen, auch zurückgenommene, die neueste zuletzt.",
    ),
]

Bericht = Annotated[
    str,
    typer.Option(
        "--bericht",
        metavar="NAME",
        help="Zeigen, welche Werte dieses Berichts sich ändern, wenn sein Redaktionsschluss entfällt.",
    ),
]
Bis = Annotated[
    str | None, typer.Option("--bis", metavar="DATUM", help="Mit --bericht: neuer Redaktionsschluss; sonst alles.")
]
Verlauf = Annotated[
    bool,
    typer.Option(
        "--verlauf",
        help="Zeigen, wer wann was eingelesen, zurückgenommen, gelöscht oder berichtigt hat, das Neueste zuletzt.",
    ),
]
Seit = Annotated[
    str | None, typer.Option("--seit", metavar="DATUM", help="Mit --verlauf: nur, was ab diesem Tag geschah.")
]
AUSSICHTSSPALTEN = ("indikator", "raum_id", "raum", "zeit", "art", "wert_alt", "wert_neu", "einheit", "quelle_neu")

ABSTAND = {"monatlich": 62, "vierteljaehrlich": 183, "halbjaehrlich": 365, "jaehrlich": 548, "zweijaehrlich": 913}
"""Days after which a Quelle of this Rhythmus is overdue: one period and a half, offices are late."""


def befehl(
    ctx: typer.Context,
    lieferungen: Lieferungen = False,
    bericht: Bericht = "",
    bis: Bis = None,
    verlauf: Verlauf = False,
    seit: Seit = None,
    datenstand: optionen.Datenstand = None,
    format: optionen.Format = None,
    excel: optionen.Excel = False,
    ausgabedatei: optionen.Ausgabe = None,
) -> None:
    """Zeigen, welche Daten vorliegen und wie alt sie sind.

    Eine Zeile je Quelle mit der neuesten Lieferung; „fällig“ ist der Tag, bis zu dem nach dem Rhythmus der Quelle
    eine neuere zu erwarten ist.

    Beispiele:
    sozmon status
    sozmon status --bericht sozialbericht
    sozmon status --verlauf --seit 2026-01-01
    sozmon --projekt monitoring status --format jsonl
    """
    _pruefe_angaben(
        {"--lieferungen": lieferungen, "--bericht": bericht, "--verlauf": verlauf},
        {"--bis": (bis, "--bericht"), "--seit": (seit, "--verlauf")},
        datenstand,
    )
    from sozmon.zahlen import format_datum

    wahl = optionen.tabellenwahl(format, None, excel, ausgabedatei)
    kontext = kontext_von(ctx)
    projekt = kontext.projekt
    if bericht:
        _zeige_aussicht(kontext, bericht, optionen.datum("--bis", bis), wahl)
        return
    if verlauf:
        from sozmon.cli.verlaufsliste import zeige_verlauf

        zeige_verlauf(kontext, optionen.datum("--seit", seit), wahl)
        return
    tag = optionen.datum("--datenstand", datenstand)
    heute = date.fromisoformat(tag) if tag else date.today()
    alle = [x for x in kontext.bestand.lieferungen() if not tag or x.stand <= tag]
    ausgabe.hinweis(
        f"{projekt.titel} · Kreis {projekt.kreis} · Gebietsstand {_gebietsstand(kontext.raeume.gebietsstand)}"
    )
    if lieferungen:
        zeilen = [_lieferungszeile(x) for x in sorted(alle, key=lambda x: x.importiert)]
        ausgabe.ausgabe_tabelle(zeilen, LIEFERUNGSSPALTEN, wahl, text_spalten=TEXT_LIEFERUNGSSPALTEN)
    else:
        zeilen = list(_zeilen((x for x in alle if x.ist_aktiv), kontext.katalog, heute))
        ausgabe.ausgabe_tabelle(zeilen, SPALTEN, wahl)
    _hinweise_auf_schluss(projekt, alle)
    if not zeilen and tag:
        ausgabe.hinweis(f"Am {format_datum(tag)} lag noch keine Lieferung vor.")
    elif not zeilen:
        ausgabe.hinweis("Noch keine Lieferung. Weiter mit: sozmon import DATEI…")


def _pruefe_angaben(
    arten: Mapping[str, object], zusaetze: Mapping[str, tuple[str | None, str]], datenstand: str | None
) -> None:
    """One view at a time, and with it only what belongs to it."""
    gewaehlt = [name for name, wert in arten.items() if wert]
    if len(gewaehlt) > 1:
        raise AufrufError(f"{' und '.join(gewaehlt)} gehen nicht zusammen.", abhilfe="Eines davon weglassen.")
    for name, (wert, art) in zusaetze.items():
        if wert is not None and art not in gewaehlt:
            raise AufrufError(f"{name} gehört zu {art}.", abhilfe=f"{art} dazusetzen oder {name} weglassen.")
    if datenstand is not None and gewaehlt and gewaehlt != ["--lieferungen"]:
        statt = "--bis" if gewaehlt == ["--bericht"] else "--seit"
        raise AufrufError(f"--datenstand und {gewaehlt[0]} gehen nicht zusammen.", abhilfe=f"{statt} nehmen.")


def _zeige_aussicht(kontext: Kontext, name: str, bis: str, wahl: optionen.Tabellenwahl) -> None:
    """The released values of a report that a later Redaktionsschluss would change."""
    from sozmon.cli.werte import stellen_nach
    from sozmon.fortschreibung import compute_aussicht
    from sozmon.zahlen import format_datum

    aussicht = compute_aussicht(kontext.projekt, name, bis)
    schluss = format_datum(aussicht.datenstand) or "keiner (alle Lieferungen gelten)"
    ausgabe.hinweis(f"Bericht {aussicht.bericht} · Redaktionsschluss {schluss}")
    if aussicht.lieferungen:
        ausgabe.hinweis(f"Neuer und noch nicht verwendet: {', '.join(x.datei for x in aussicht.lieferungen)}")
    stellen = stellen_nach(kontext.katalog, absolut=("wert_alt", "wert_neu"))
    zeilen = [{s: z[s] for s in AUSSICHTSSPALTEN} for z in (u.zeile() for u in aussicht.unterschiede)]
    ausgabe.ausgabe_tabelle(zeilen, AUSSICHTSSPALTEN, wahl, stellen=stellen)
    viele = "Ein Wert des Berichts würde" if len(zeilen) == 1 else f"{len(zeilen)} Werte des Berichts würden"
    ausgabe.hinweis(f"{viele} sich ändern.")
    if aussicht.lieferungen and aussicht.endet:
        ausgabe.hinweis(f"Der Berichtszeitraum endet {aussicht.endet}; spätere Jahre kommen mit ihm hinzu.")
    if aussicht.texte:
        ausgabe.hinweis(f"Texte, die solche Werte nennen: {', '.join(aussicht.texte)}")


def _hinweise_auf_schluss(projekt: Projekt, alle: list[Lieferung]) -> None:
    """Which reports do not use everything that is there."""
    from sozmon.fortschreibung import wartende_lieferungen
    from sozmon.zahlen import format_datum

    for kennung, konfig in projekt.berichte.items():
        if wartend := wartende_lieferungen(alle, konfig.datenstand):
            viele = "eine Lieferung ist" if len(wartend) == 1 else f"{len(wartend)} Lieferungen sind"
            ausgabe.hinweis(
                f"Bericht {kennung}: Redaktionsschluss {format_datum(konfig.datenstand)}, {viele} neuer. "
                f"Was sich ändern würde, zeigt: sozmon status --bericht {kennung}"
            )


def _gebietsstand(datum: str) -> str:
    from sozmon.zahlen import format_datum

    return format_datum(datum) or "unbekannt (Gemeindeverzeichnis fehlt)"


def _lieferungszeile(x: Lieferung) -> dict[str, object]:
    """One Lieferung; the Kennung is the beginning of its SHA-256, enough for every command that asks for one."""
    return {
        "kennung": x.sha256[:12],
        "sha256": x.sha256,
        **{s: getattr(x, s) for s in LIEFERUNGSSPALTEN if s not in ("kennung", "sha256")},
    }


def _zeilen(lieferungen: Iterable[Lieferung], katalog: Katalog, heute: date) -> Iterable[dict[str, object]]:
    je_quelle: dict[str, list[Lieferung]] = {}
    for lieferung in sorted(lieferungen, key=lambda x: (x.quelle, x.stand, x.importiert)):
        je_quelle.setdefault(lieferung.quelle, []).append(lieferung)
    for kennung, eigene in je_quelle.items():
        neueste, quelle = eigene[-1], katalog.quellen.get(kennung)
        faellig = _faellig(neueste.stand, quelle.rhythmus if quelle else "")
        yield {
            "quelle": kennung,
            "titel": quelle.titel if quelle else neueste.titel,
            "lieferungen": len(eigene),
            "stand": neueste.stand,
            "faellig": faellig,
            "ueberfaellig": bool(faellig) and faellig < heute.isoformat(),
            "importiert": neueste.importiert,
            "datei": neueste.datei,
            "zeilen": sum(x.zeilen for x in eigene),
            "geheim": sum(x.geheim for x in eigene),
        }


def _faellig(stand: str, rhythmus: str) -> str:
    """ISO date by which newer data are due; '' when nothing is expected."""
    if rhythmus not in ABSTAND or len(stand) != 10:
        return ""
    return (date.fromisoformat(stand) + timedelta(days=ABSTAND[rhythmus])).isoformat()
