"""Forms of ``sozmon abfrage`` that an office filled in: read back by what they say of themselves, checked against it.

What was asked stands below the table, and a Prüfzeichen in the first cell covers it. The table itself is read by
``vordrucktabelle``.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from sozmon.dateien import AblehnungError
from sozmon.model import Quelle, Zuordnung
from sozmon.model import vordruck as form
from sozmon.model.vordruck import Vordruck
from sozmon.quellen.gitter import Blatt, adresse, als_text
from sozmon.zahlen import format_datum

_RAND = 6
"""Rows and columns at the upper left in which the first cell is looked for (somebody may have inserted some)."""
NEU = "Den Vordruck mit sozmon abfrage neu anlegen und die Zahlen dorthin übertragen."


@dataclass(frozen=True, slots=True)
class Kopf:
    """The parts around the table. ``spalte``: the column of keys and labels."""

    blatt: Blatt
    zeile: int
    spalte: int
    vordruck: Vordruck
    titel: str
    amt: str
    stand: str


def ist_vordruck(blaetter: Sequence[Blatt]) -> bool:
    """True when a sheet begins as forms do."""
    return _finde(blaetter) is not None


def _finde(blaetter: Iterable[Blatt]) -> tuple[Blatt, int, int] | None:
    for blatt in blaetter:
        for zeile in range(min(_RAND, len(blatt.zeilen))):
            for spalte in range(_RAND):
                if als_text(blatt.zelle(zeile, spalte)).startswith(f"{form.MARKE} "):
                    return blatt, zeile, spalte
    return None


def open_vordruck(blaetter: Sequence[Blatt], name: str) -> Kopf:
    """What the form asks. AblehnungError when that is damaged, or written by another version."""
    gefunden = _finde(blaetter)
    assert gefunden is not None, "ist_vordruck was asked first"
    blatt, zeile, spalte = gefunden
    if weitere := [b for b in blaetter if b is not blatt and ist_vordruck([b])]:
        grund = f"Die Mappe enthält zwei Vordrucke, auf den Blättern „{blatt.name}“ und „{weitere[0].name}“."
        raise veraendert(name, adresse(weitere[0], 0, 0), grund)
    marke = form.parse_kopf(als_text(blatt.zelle(zeile, spalte)))
    if marke is not None and marke[0] != form.FASSUNG:
        raise AblehnungError(
            "vordruck_fassung",
            f"„{name}“ ist ein Vordruck der Fassung {marke[0]}; gelesen wird die Fassung {form.FASSUNG}.",
            ort=adresse(blatt, zeile, spalte),
            abhilfe=NEU,
        )
    gesagt = {wort: text for wort, text, _ in angaben(blatt, spalte)}
    try:
        vordruck = form.parse_vordruck(gesagt)
    except ValueError:
        raise veraendert(name, adresse(blatt, zeile, spalte), "Die Zeilen unter der Tabelle fehlen.") from None
    if marke is None or marke[1] != vordruck.pruefzeichen:
        grund = "Die Zeilen unter der Tabelle („Gefragt“, „Spalten“, „Räume“) passen nicht zum Prüfzeichen."
        raise veraendert(name, adresse(blatt, zeile, spalte), grund)
    titel = next((t for s in range(spalte + 1, spalte + _RAND) if (t := als_text(blatt.zelle(zeile, s)))), "")
    return Kopf(blatt, zeile, spalte, vordruck, titel, gesagt.get(form.STELLE, ""), gesagt.get(form.STAND, ""))


def angaben(blatt: Blatt, spalte: int) -> Iterator[tuple[str, str, int]]:
    """(label, text, row) of all rows whose first cell is a label."""
    worte = (form.STELLE, form.STAND, form.ZEIT, form.KENNUNG, form.ENDE, form.GEFRAGT, form.SPALTEN, form.RAEUME)
    for nummer in range(len(blatt.zeilen)):
        wort = als_text(blatt.zelle(nummer, spalte)).rstrip(":").strip()
        if wort in worte:
            yield wort, als_text(blatt.zelle(nummer, spalte + 1)), nummer


def veraendert(name: str, ort: str, grund: str) -> AblehnungError:
    """The refusal of a form of which nobody can say what it asks."""
    return AblehnungError(
        "vordruck_veraendert",
        f"In „{name}“ ist verändert, wonach gefragt wurde.",
        ort=ort,
        grund=grund,
        abhilfe=NEU,
    )


def waehle_vordruck_quelle(kopf: Kopf, quellen: Mapping[str, Quelle], wunsch: str, name: str) -> str:
    """The Quelle that the form names; AblehnungError when the catalogue has it not, or ``--quelle`` says another."""
    genannt = kopf.vordruck.quelle
    if genannt not in quellen:
        raise AblehnungError(
            "quelle_fehlt",
            f"„{name}“ ist ein Vordruck der Quelle „{genannt}“, die es im Katalog nicht gibt.",
            abhilfe="Die Quelle in indikatoren/quellen/ wieder anlegen; die vorhandenen zeigt: sozmon katalog quellen",
        )
    if wunsch and wunsch != genannt:
        raise AblehnungError(
            "quelle_passt_nicht",
            f"Die Quelle „{wunsch}“ passt nicht zu „{name}“.",
            grund=f"Der Vordruck wurde für die Quelle „{genannt}“ ausgegeben.",
            abhilfe="--quelle weglassen: Der Vordruck nennt seine Quelle selbst.",
        )
    return genannt


# --------------------------------------------------------------------------------------------------
# How its values are taken over


def stand_aus(texte: Sequence[str]) -> str:
    """ISO date that the office wrote into the form; '' when the cell is empty."""
    return next((t.partition(": ")[2] for t in texte if t.startswith(f"{form.STAND}: ")), "")


def quelle_des_vordrucks(quelle: Quelle, kennungen: Iterable[str], texte: Sequence[str]) -> Quelle:
    """The Quelle with the form's own declaration in place of its tables: columns, times and borders as asked."""
    felder = [(k, form.parse_feld(k)) for k in kennungen]
    zuordnungen = tuple(Zuordnung(k, f.merkmal, "", f.auspraegung, f.zeitart) for k, f in felder)
    gebietsstand = next(t.partition(": ")[2] for t in texte if t.startswith("Gebietsstand: "))
    return replace(
        quelle,
        zuordnungen=zuordnungen,
        kodierungen=(),
        blaetter=(),
        zeit="",
        zeit_muster="",
        zeitart="",
        gebietsstand=gebietsstand,
        zahlen="de",  # the form is German, however the office writes its own tables
    )


def beschreibung(kopf: Kopf) -> str:
    """What the file was taken for."""
    amt = f" ({kopf.amt[:60]})" if kopf.amt else ""
    return f"Vordruck „{kopf.titel[:80]}“{amt}, Gebietsstand {format_datum(kopf.vordruck.gebietsstand)}"


def amt_aus(titel: str) -> str:
    """Who filled it in, out of the text that ``beschreibung`` makes; '' when nobody is named."""
    treffer = re.search(r"“ \((.+)\), Gebietsstand [0-9.]+$", titel)
    return treffer[1] if treffer else ""
