"""Grids of cells out of CSV and workbooks, strictly: no guessed encoding, no swallowed row, no silent error cell.

A cell is text, or a number where Excel stored one; CSV cells are always text. What Excel shows as an error, a
date, a hidden row or a formula without a result is kept as a mark at its address: whoever reads that cell must ask.
"""

from __future__ import annotations

import datetime
from collections.abc import Container, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from sozmon.dateien import AblehnungError, Rohdatei, bombe
from sozmon.model import Fundstelle, Meldung, Stufe
from sozmon.quellen.csvtext import dekodiere, zerlege
from sozmon.zahlen import ZU_GROSS

if TYPE_CHECKING:
    from sozmon.quellen.mappe import Befund

Zelle = str | int | float

MAX_ZELLEN = 20_000_000
"""Most cells of a sheet's bounding box; a dense reader allocates all of them."""

FEHLERWERT, OHNE_ERGEBNIS, DATUM = "fehlerwert", "ohne_ergebnis", "datum"
PROZENT, VERDECKT = "prozent", "verdeckt"
"""Marks of a cell whose value must not be read as it stands."""

MARKEN_TEXT = {
    FEHLERWERT: "enthält einen Excel-Fehlerwert (wie #DIV/0! oder #NV)",
    OHNE_ERGEBNIS: "enthält eine Formel ohne gespeichertes Ergebnis",
    DATUM: "ist in Excel ein Datum, keine Zahl und kein Text",
    PROZENT: "ist als Prozent formatiert: Excel zeigt hundertmal so viel, wie gespeichert ist",
    VERDECKT: "zeigt statt ihrer Zahl ein Zeichen oder nichts (Zahlenformat)",
}
MARKEN_HILFE = {
    FEHLERWERT: "Den Fehler in Excel beheben oder die Zelle mit dem Zeichen des Amts füllen.",
    OHNE_ERGEBNIS: "Die Mappe in Excel öffnen, neu berechnen lassen und speichern.",
    DATUM: "In Excel die Spalte als Text formatieren und den Wert neu eingeben (aus „6-10“ macht Excel „06. Okt“).",
    PROZENT: "In Excel als Zahl formatieren und so eintragen, wie es zu lesen ist; oder in der Quelle faktor = 100.",
    VERDECKT: "Das Amt fragen, was gilt, und die Zelle mit dem Zeichen oder mit der Zahl füllen.",
}
FORMATMARKEN = (PROZENT, VERDECKT)
"""Marks that matter only where a value is read."""


@dataclass(frozen=True, slots=True)
class Blatt:
    """A sheet (a CSV file is one sheet): rows of cells, 0-based; trailing empty cells and rows are cut."""

    name: str
    zeilen: list[list[Zelle]]
    art: str
    sichtbar: bool = True
    marken: dict[tuple[int, int], str] = field(default_factory=dict)
    verborgene_zeilen: frozenset[int] = frozenset()
    verborgene_spalten: frozenset[int] = frozenset()
    gedreht: bool = False
    verbunden: tuple[tuple[int, int, int, int], ...] = ()
    """Merged cells: first row and column, last row and column; their text stands in the first cell."""
    felder: tuple[int, ...] = ()
    """Of a CSV: how many fields each row has in the file, empty ones at its end included."""

    def zelle(self, zeile: int, spalte: int) -> Zelle:
        """The cell, '' outside of what the sheet holds."""
        if zeile < len(self.zeilen) and spalte < len(self.zeilen[zeile]):
            return self.zeilen[zeile][spalte]
        return ""


def gedreht(blatt: Blatt) -> Blatt:
    """The sheet with rows and columns exchanged; addresses stay those of the file."""
    breite = max((len(z) for z in blatt.zeilen), default=0)
    zeilen = [_ohne_ende([blatt.zelle(z, s) for z in range(len(blatt.zeilen))]) for s in range(breite)]
    return replace(
        blatt,
        zeilen=zeilen,
        marken={(s, z): art for (z, s), art in blatt.marken.items()},
        verborgene_zeilen=blatt.verborgene_spalten,
        verborgene_spalten=blatt.verborgene_zeilen,
        gedreht=not blatt.gedreht,
        verbunden=tuple((s, z, s_ende, z_ende) for z, s, z_ende, s_ende in blatt.verbunden),
    )


def spaltenname(spalte: int) -> str:
    """0 → 'A', 26 → 'AA'."""
    name = ""
    spalte += 1
    while spalte:
        spalte, rest = divmod(spalte - 1, 26)
        name = chr(65 + rest) + name
    return name


def spaltennummer(name: str) -> int:
    """'A' → 0, 'AA' → 26."""
    nummer = 0
    for zeichen in name:
        nummer = nummer * 26 + ord(zeichen) - 64
    return nummer - 1


def adresse(blatt: Blatt, zeile: int, spalte: int) -> str:
    """Address of a 0-based cell as people find it: 'Daten!K57', 'Zeile 12, Spalte 3'."""
    if blatt.gedreht:
        zeile, spalte = spalte, zeile
    if blatt.art == "csv":
        return f"Zeile {zeile + 1}, Spalte {spalte + 1}"
    return f"{blatt.name}!{spaltenname(spalte)}{zeile + 1}"


def fundstelle(blatt: Blatt, zeile: int, spalte: int) -> Fundstelle:
    """The same address for a Meldung."""
    if blatt.art == "csv":
        return Fundstelle(zelle=adresse(blatt, zeile, spalte))
    if blatt.gedreht:
        zeile, spalte = spalte, zeile
    return Fundstelle(blatt=blatt.name, zelle=f"{spaltenname(spalte)}{zeile + 1}")


def als_text(zelle: Zelle) -> str:
    """A cell as text: integral numbers without '.0', surrounding space cut."""
    if isinstance(zelle, float) and zelle.is_integer() and abs(zelle) < 1e15:
        return str(int(zelle))
    return str(zelle).strip()


def read_gitter(datei: Rohdatei, rueckfall: str = "cp1252") -> tuple[list[Blatt], list[Meldung]]:
    """All sheets of the file and what was noticed; ``rueckfall`` is the Quelle's encoding for text that is not UTF-8.

    Raises AblehnungError (exit 4) where the file cannot be read with certainty.
    """
    if datei.art == "csv":
        text, meldungen = dekodiere(datei.pfad.read_bytes(), datei.name, rueckfall)
        return [text_blatt(zerlege(text, datei.name))], meldungen
    if datei.art == "html":
        from sozmon.quellen.htmltabelle import read_html

        return read_html(datei, rueckfall)
    return _read_mappe(datei)


def check_marken(blatt: Blatt, zeilen: Container[int], spalten: Container[int]) -> list[Meldung]:
    """A fehler for every marked cell inside the rows and columns that are read (0-based)."""
    return [
        Meldung(
            f"zelle_{art}", Stufe.FEHLER, f"Eine Zelle {MARKEN_TEXT[art]}.", fundstelle(blatt, *ort), MARKEN_HILFE[art]
        )
        for ort, art in sorted(blatt.marken.items())
        if ort[0] in zeilen and ort[1] in spalten
    ]


def check_verborgen(blatt: Blatt, zeilen: Sequence[int], spalten: Iterable[int]) -> list[Meldung]:
    """A fehler when rows or columns that are read are hidden: nobody has seen them when the file was sent."""
    hilfe = "In Excel alles einblenden und prüfen, oder in der Quelle „verborgen“ auf lesen oder auslassen setzen."
    gefunden = []
    in_zeilen = sorted(blatt.verborgene_zeilen.intersection(zeilen))
    in_spalten = sorted(blatt.verborgene_spalten.intersection(spalten))
    for treffer, quer in ((in_zeilen, blatt.gedreht), (in_spalten, not blatt.gedreht)):
        if treffer:
            wort = "Spalte" if quer else "Zeile"
            ist = f"ist eine {wort}" if len(treffer) == 1 else f"sind {len(treffer)} {wort}n"
            ort = fundstelle(blatt, treffer[0], 0) if treffer is in_zeilen else fundstelle(blatt, 0, treffer[0])
            text = f"Ausgeblendet {ist} mit Werten."
            gefunden.append(Meldung(f"{wort.lower()}n_verborgen", Stufe.FEHLER, text, ort, hilfe))
    if not blatt.sichtbar:
        text = f"Das Blatt „{blatt.name}“, aus dem gelesen wird, ist ausgeblendet."
        gefunden.append(Meldung("blatt_verborgen", Stufe.FEHLER, text, Fundstelle(blatt=blatt.name), hilfe))
    return gefunden


def text_blatt(zeilen: list[list[str]]) -> Blatt:
    """Rows of a CSV text as a sheet."""
    return Blatt("", [_ohne_ende(list(z)) for z in zeilen], "csv", felder=tuple(map(len, zeilen)))


def _ohne_ende(zeile: list[Zelle]) -> list[Zelle]:
    while zeile and zeile[-1] == "":
        zeile.pop()
    return zeile


# --------------------------------------------------------------------------------------------------
# Workbooks


def _read_mappe(datei: Rohdatei) -> tuple[list[Blatt], list[Meldung]]:
    """Values by calamine, after a streaming look at what calamine does not tell (xlsx) or cannot survive."""
    from sozmon.quellen.biff import pruefe_xls
    from sozmon.quellen.mappe import Befund, find_beiwerk, pruefe_xlsx, verdaechtig

    befunde: dict[str, Befund] = (pruefe_xlsx if datei.art == "xlsx" else pruefe_xls)(datei)
    import python_calamine as calamine

    try:
        mappe = calamine.CalamineWorkbook.from_path(str(datei.pfad))
        sichtbar = {m.name: m.visible == calamine.SheetVisibleEnum.Visible for m in mappe.sheets_metadata}
        blaetter = []
        for meta in mappe.sheets_metadata:
            if meta.typ != calamine.SheetTypeEnum.WorkSheet:
                continue
            seite = mappe.get_sheet_by_name(meta.name)
            if seite.end and (seite.end[0] + 1) * (seite.end[1] + 1) > MAX_ZELLEN:
                raise bombe(datei.name)
            befund = befunde.get(meta.name, Befund())
            if datei.art == "xlsx" and meta.name not in befunde:
                raise verdaechtig(datei.name, f"Wo die Zellen des Blatts „{meta.name}“ stehen, ist nicht eindeutig.")
            blaetter.append(_blatt(meta.name, seite, datei.art, sichtbar[meta.name], befund))
    except calamine.PasswordError as fehler:
        raise _kennwort(datei.name) from fehler
    except calamine.CalamineError as fehler:
        raise (_kennwort(datei.name) if "assword" in str(fehler) else _unlesbar(datei.name)) from fehler
    except BaseException as fehler:
        if type(fehler).__name__ == "PanicException":  # the Rust reader gave up; its class has no public name
            raise _unlesbar(datei.name) from fehler
        raise
    meldungen = check_mappe(blaetter)
    if datei.art == "xlsx":
        meldungen += _check_beiwerk(find_beiwerk(datei)) + _check_formeln(befunde)
    return blaetter, meldungen


def _check_beiwerk(beiwerk: Sequence[str]) -> list[Meldung]:
    if not beiwerk:
        return []
    text = f"Die Mappe enthält {' und '.join(beiwerk)}; gelesen werden nur die gespeicherten Werte."
    return [Meldung("mappe_beiwerk", Stufe.INFO, text)]


def _check_formeln(befunde: Mapping[str, Befund]) -> list[Meldung]:
    """Say once a sheet that values were computed there: a result may be older than what it was computed from."""
    gefunden = []
    for name, befund in befunde.items():
        if f := befund.formeln:
            wort = "Eine Zelle ist eine Formel" if f.anzahl == 1 else f"{f.anzahl} Zellen sind Formeln"
            text = f"{wort} (die erste: ={f.text}); gelesen wird das gespeicherte Ergebnis."
            zelle = f"{spaltenname(f.zelle[1])}{f.zelle[0] + 1}"
            gefunden.append(Meldung("formeln", Stufe.INFO, text, Fundstelle(blatt=name, zelle=zelle), anzahl=f.anzahl))
    return gefunden


def _unlesbar(name: str) -> AblehnungError:
    return AblehnungError(
        "unvollstaendig",
        f"„{name}“ ist unvollständig oder beschädigt.",
        grund="Der Aufbau der Mappe ist nicht so, wie Excel ihn schreibt; sie lässt sich nicht bis zum Ende lesen.",
        abhilfe="Die Datei in Excel öffnen, neu speichern und diese Fassung importieren.",
    )


def _kennwort(name: str) -> AblehnungError:
    return AblehnungError(
        "verschluesselt",
        f"„{name}“ ist mit einem Kennwort verschlüsselt.",
        abhilfe="In Excel öffnen und ohne Kennwort speichern.",
    )


def _blatt(name: str, seite: object, art: str, sichtbar: bool, befund: object) -> Blatt:
    from sozmon.quellen.mappe import Befund

    assert isinstance(befund, Befund)
    marken = dict(befund.marken)
    zeilen: list[list[Zelle]] = []
    for nummer, roh in enumerate(seite.to_python(skip_empty_area=False)):  # type: ignore[attr-defined]
        zeile: list[Zelle] = []
        for spalte, wert in enumerate(roh):
            if isinstance(wert, str):
                zeile.append(wert)
            elif isinstance(wert, bool):
                zeile.append("WAHR" if wert else "FALSCH")
            elif isinstance(wert, float | int):
                zeile.append(_zahl(wert))
            else:
                marken[nummer, spalte] = DATUM
                zeile.append(_datum(wert))
        zeilen.append(_ohne_ende(zeile))
    while zeilen and not zeilen[-1]:
        zeilen.pop()
    verbunden = tuple((*von, *bis) for von, bis in seite.merged_cell_ranges or ())  # type: ignore[attr-defined]
    return Blatt(
        name,
        zeilen,
        art,
        sichtbar,
        marken,
        befund.verborgene_zeilen,
        befund.verborgene_spalten,
        verbunden=verbunden,
    )


def _zahl(wert: float) -> Zelle:
    """A number of a cell; what no number of a table can be (1e999 is infinite) as a text, refused like other texts."""
    if not abs(wert) < ZU_GROSS:
        return f"{wert:.0f}"
    return int(wert) if float(wert).is_integer() else wert


def _datum(wert: object) -> str:
    if isinstance(wert, datetime.datetime) and wert.time() == datetime.time():
        return wert.date().isoformat()
    return str(wert)


def check_mappe(blaetter: list[Blatt]) -> list[Meldung]:
    """What a careful person would like to know of the workbook even where no value is read from it."""
    meldungen = []
    for b in blaetter:
        if not b.sichtbar:
            meldungen.append(
                Meldung(
                    "blatt_verborgen", Stufe.INFO, f"Das Blatt „{b.name}“ ist ausgeblendet.", Fundstelle(blatt=b.name)
                )
            )
        for art, text in MARKEN_TEXT.items():
            if art in FORMATMARKEN:
                continue
            if stellen := sorted(s for s, marke in b.marken.items() if marke == art):
                zelle = f"{spaltenname(stellen[0][1])}{stellen[0][0] + 1}"
                meldungen.append(
                    Meldung(
                        f"zelle_{art}",
                        Stufe.INFO,
                        f"Eine Zelle {text}.",
                        Fundstelle(blatt=b.name, zelle=zelle),
                        MARKEN_HILFE[art],
                        len(stellen),
                    )
                )
        meldungen.extend(_meldungen_verborgen(b))
    return meldungen


def _meldungen_verborgen(b: Blatt) -> Iterable[Meldung]:
    zeilen = sorted(z for z in b.verborgene_zeilen if z < len(b.zeilen) and b.zeilen[z])
    breite = max(map(len, b.zeilen), default=0)
    spalten = sorted(s for s in b.verborgene_spalten if s < breite)
    if zeilen:
        text = f"Ausgeblendete Zeilen: {', '.join(str(z + 1) for z in zeilen[:5])}{' …' if len(zeilen) > 5 else ''}."
        yield Meldung("zeilen_verborgen", Stufe.INFO, text, Fundstelle(blatt=b.name), anzahl=len(zeilen))
    if spalten:
        namen = ", ".join(spaltenname(s) for s in spalten[:5])
        text = f"Ausgeblendete Spalten: {namen}{' …' if len(spalten) > 5 else ''}."
        yield Meldung("spalten_verborgen", Stufe.INFO, text, Fundstelle(blatt=b.name), anzahl=len(spalten))
