"""Options that several commands share: declared once, worded once, read once.

The aliases go into the signature of a command (``raum: optionen.Raeume``), the functions turn the words into values.
``typer`` knows only ``str``, ``list[str]``, ``int`` and ``bool`` here: what a word may be is checked below, in German
and with a suggestion, and no command pays for a validation library.
"""

from __future__ import annotations

import contextlib
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, TypeVar

import typer

from sozmon.cli.standardeingabe import aus_standardeingabe
from sozmon.cli.vervollstaendigung import vorschlaege
from sozmon.errors import AufrufError

if TYPE_CHECKING:
    from sozmon.cli.kontext import Kontext
    from sozmon.raeume import Raum
    from sozmon.zahlen import Zeitauswahl

T = TypeVar("T")

FORMATE = ("text", "csv", "jsonl", "json", "md", "parquet", "xlsx")
SEITE = "html"
"""A page for people, where a command offers it besides ``FORMATE``."""
_ENDUNGEN = {".txt": "text", **{f".{f}": f for f in (*FORMATE, SEITE) if f != "text"}}
STUFEN = ("info", "warnung", "fehler")


_INDIKATOREN = typer.Option(
    "-i",
    "--indikator",
    metavar="IND",
    help="Indikator; Liste mit Kommas, - liest sie von der Standardeingabe.",
    autocompletion=vorschlaege("indikator"),
    callback=aus_standardeingabe("indikator", "kennung"),
)
Indikatoren = Annotated[list[str], _INDIKATOREN]
IndikatorenWahlfrei = Annotated[list[str] | None, _INDIKATOREN]
Merkmale = Annotated[
    list[str],
    typer.Option(
        "-m",
        "--merkmal",
        metavar="MERKMAL",
        help="Merkmal; Liste mit Kommas, - liest sie von der Standardeingabe.",
        autocompletion=vorschlaege("merkmal"),
        callback=aus_standardeingabe("merkmal", "kennung"),
    ),
]
_RAEUME = typer.Option(
    "-r",
    "--raum",
    metavar="RAUM",
    help="Raum: Schlüssel, Region oder Name; 14522/gemeinde = alle Gemeinden darin; Liste mit Kommas, - liest "
    "sie von der Standardeingabe.",
    autocompletion=vorschlaege("raum"),
    callback=aus_standardeingabe("raum_id", "raum", "gemeinde"),
)
Raeume = Annotated[list[str], _RAEUME]
RaeumeWahlfrei = Annotated[list[str] | None, _RAEUME]
MerkmaleWahl = Annotated[
    list[str] | None,
    typer.Option(
        "-m",
        "--merkmal",
        metavar="MERKMAL",
        help="Nur dieses Merkmal; Liste mit Kommas.",
        autocompletion=vorschlaege("merkmal"),
    ),
]
RaeumeWahl = Annotated[
    list[str] | None,
    typer.Option("-r", "--raum", metavar="RAUM", help="Nur dieser Raum; Liste mit Kommas, wie bei sozmon daten."),
]
Zeit = Annotated[
    list[str] | None,
    typer.Option("-z", "--zeit", metavar="ZEIT", help="Jahr, Datum, Zeitraum 2001..2021; Liste mit Kommas."),
]
Datenstand = Annotated[
    str | None,
    typer.Option("--datenstand", metavar="DATUM", help="Antworten, wie die Daten an diesem Tag standen."),
]
Intern = Annotated[
    bool, typer.Option("--intern", help="Auch nicht freigegebene Werte zeigen: nur für den Dienstgebrauch.")
]
Format = Annotated[
    str | None,
    typer.Option(
        "--format",
        metavar="FORMAT",
        help="text, csv, jsonl, json, md, parquet oder xlsx; sonst nach der Endung von -o, sonst text.",
        autocompletion=lambda: list(FORMATE),
    ),
]
ACHSEN = ("zeit", "indikator", "auspraegung", "raum")
ACHSEN_DATEN = ("zeit", "merkmal", "auspraegung", "raum")
"""What ``--breit`` may spread over columns."""


Breit = Annotated[
    str | None,
    typer.Option(
        "--breit",
        metavar="zeit|indikator|auspraegung|raum",
        help="Eine Spalte je Zeit (oder je …) statt einer Zeile; mehrere mit Kommas: eine Spalte je Paar.",
        autocompletion=lambda: list(ACHSEN),
    ),
]
BreitDaten = Annotated[
    str | None,
    typer.Option(
        "--breit",
        metavar="zeit|merkmal|auspraegung|raum",
        help="Eine Spalte je Zeit (oder je …) statt einer Zeile; mehrere mit Kommas: eine Spalte je Paar.",
        autocompletion=lambda: list(ACHSEN_DATEN),
    ),
]
Auspraegung = Annotated[
    list[str] | None,
    typer.Option(
        "-a",
        "--auspraegung",
        metavar="AUSPRÄGUNG",
        help="Nur diese Ausprägungen: insgesamt, alter=65+ oder eine Dimension (geschlecht, 'alter|geschlecht'); "
        "Liste mit Kommas.",
    ),
]
Excel = Annotated[bool, typer.Option("--excel", help="CSV für Excel: Semikolon, Dezimalkomma, BOM.")]
Ausgabe = Annotated[
    str | None, typer.Option("-o", "--ausgabe", metavar="DATEI", help="In diese Datei schreiben; - = Standardausgabe.")
]
FehlerAb = Annotated[
    str,
    typer.Option(
        "--fehler-ab",
        metavar="STUFE",
        help="Ab dieser Stufe einer Meldung mit 3 enden: info, warnung oder fehler.",
        autocompletion=lambda: list(STUFEN),
    ),
]
Warten = Annotated[int, typer.Option("--warten", metavar="SEKUNDEN", help="So lange auf einen anderen Lauf warten.")]


@dataclass(frozen=True)
class Tabellenwahl:
    """How and where a table goes: from ``--format``, ``--breit``, ``--excel`` and ``-o``."""

    format: str = "text"
    breit: str = ""
    excel: bool = False
    datei: Path | None = None


def tabellenwahl(
    format: str | None,
    breit: str | None,
    excel: bool,
    ausgabe: str | None,
    *,
    achsen: Sequence[str] = ACHSEN,
    formate: Sequence[str] = FORMATE,
) -> Tabellenwahl:
    """Check the four table options together; ``achsen``: what ``--breit`` may spread; ``formate``: what there is."""
    from sozmon.cli.ausgabe import verlange_datei

    datei = Path(ausgabe) if ausgabe not in (None, "-") else None
    if format is None:
        format = "csv" if excel else _endung(datei, formate) if datei else "text"
    waehle("--format", format, formate)
    if breit is not None:
        breit = ",".join(waehle_liste("--breit", [breit], achsen))
    if excel and format != "csv":
        raise AufrufError(f"--excel gehört zu --format csv, nicht zu {format}.", abhilfe="--format weglassen.")
    verlange_datei(format, datei)
    return Tabellenwahl(format, breit or "", excel, datei)


def _endung(datei: Path, formate: Sequence[str]) -> str:
    """Format by the ending; AufrufError for one that promises something else than the text table would be."""
    format = _ENDUNGEN.get(datei.suffix.lower(), "")
    if format in formate:
        return format
    if datei.suffix.lower() in ("", ".txt"):
        return "text"
    endungen = [e for e, f in _ENDUNGEN.items() if f in formate]
    raise AufrufError(
        f"Tabellen mit der Endung „{datei.suffix}“ schreibt sozmon hier nicht.",
        ort="-o",
        abhilfe=f"Eine dieser Endungen wählen: {', '.join(dict.fromkeys(endungen))}; oder --format dazu nennen.",
    )


def liste(worte: Iterable[str] | None) -> tuple[str, ...]:
    """Words of a repeatable option with comma lists, in order, each once, empty ones left out."""
    teile = (teil.strip() for wort in worte or () for teil in wort.split(","))
    return tuple(dict.fromkeys(teil for teil in teile if teil))


def waehle(option: str, wort: str, moeglich: Sequence[str]) -> str:
    """The word, when it is one of the possible ones; AufrufError with a suggestion otherwise."""
    if wort in moeglich:
        return wort
    raise AufrufError(
        f"„{wort}“ gibt es bei {option} nicht.{meinten_sie(wort, moeglich)}",
        abhilfe=f"Möglich sind: {', '.join(moeglich)}.",
    )


def waehle_liste(option: str, worte: Iterable[str] | None, moeglich: Sequence[str]) -> tuple[str, ...]:
    """Like ``waehle`` for a comma list."""
    return tuple(waehle(option, wort, moeglich) for wort in liste(worte))


def meinten_sie(wort: str, moeglich: Iterable[str]) -> str:
    """' Meinten Sie „x“?' or nothing."""
    from difflib import get_close_matches

    treffer = get_close_matches(wort.lower(), list(moeglich), n=3, cutoff=0.6 if len(wort) > 3 else 0.5)
    return f" Meinten Sie {' oder '.join(f'„{t}“' for t in treffer)}?" if treffer else ""


def zeiten(angaben: Iterable[str] | None) -> Zeitauswahl:
    """Times of ``-z``; no ``-z`` means every time."""
    from sozmon.zahlen import Zeitauswahl, parse_zeiten

    worte = list(angaben or ())
    if not worte:
        return Zeitauswahl()
    try:
        return parse_zeiten(",".join(worte))
    except ValueError as e:
        raise AufrufError(f"Zeitangabe nicht verstanden: {e}.", ort="-z") from e


def auspraegungen(kontext: Kontext, worte: Iterable[str] | None) -> tuple[str, ...] | None:
    """Canonical Ausprägungen of ``-a`` ('' = insgesamt); None when the option is not given."""
    from sozmon.errors import KonfigError

    angaben = liste(worte)
    if not angaben:
        return None
    katalog = kontext.katalog
    gefunden: list[str] = []
    for wort in angaben:
        if wort == "insgesamt":
            gefunden.append("")
            continue
        for name, gleich, wert in (teil.partition("=") for teil in wort.split("|")):
            waehle("-a", name.strip(), ("insgesamt", *katalog.dimensionen))
            if gleich:
                waehle(f"-a {name.strip()}=", wert.strip(), list(katalog.dimensionen[name.strip()].werte))
        try:
            gefunden += katalog.auspraegungen([wort])
        except KonfigError as e:
            raise AufrufError(e.text, ort="-a", abhilfe=e.abhilfe) from e
    return tuple(dict.fromkeys(gefunden))


def datum(option: str, wort: str | None) -> str:
    """Date of an option as ISO text; '' when the option is not given."""
    from sozmon.zahlen import parse_datum

    if wort is None:
        return ""
    try:
        return parse_datum(wort)
    except ValueError as e:
        raise AufrufError(f"Datum nicht verstanden: {e}.", ort=option) from e


def raeume(kontext: Kontext, worte: Iterable[str]) -> tuple[Raum, ...]:
    """Räume of ``-r`` in the asked order, each once."""
    gefunden = {raum.raum_id: raum for wort in worte for raum in _raeume(kontext, wort)}
    _verlange_gliederungen(kontext, gefunden.values())
    return tuple(gefunden.values())


def _verlange_gliederungen(kontext: Kontext, raeume: Iterable[Raum]) -> None:
    """A region of a Raumgliederung with gaps or overlaps has no right value: refuse to answer for it."""
    from sozmon.raeume import verlange_gliederung

    for ebene in dict.fromkeys(r.ebene for r in raeume):
        verlange_gliederung(kontext.raeume, ebene)


def _raeume(kontext: Kontext, wort: str) -> Iterator[Raum]:
    """One ``-r``: a comma list, or one official name that holds a comma itself ('Lindenfurt, Stadt')."""
    if ", " in wort:
        with contextlib.suppress(AufrufError):
            yield from kontext.raeume.auswahl(wort)
            return
    for teil in liste([wort]):
        yield from kontext.raeume.auswahl(teil)


def ein_raum(kontext: Kontext, wort: str) -> Raum:
    """Exactly one Raum; AufrufError when the word means several."""
    gefunden = kontext.raeume.auswahl(wort)
    if len(gefunden) != 1:
        raise AufrufError(f"„{wort}“ meint {len(gefunden)} Räume, gefragt ist genau einer.", abhilfe="sozmon raeume")
    return gefunden[0]
