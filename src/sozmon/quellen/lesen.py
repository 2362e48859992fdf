"""One delivered file → shape, Quelle and Rohwerte (or a register); runs inside the child."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from sozmon.dateien import MAX_BYTES, AblehnungError, Rohdatei, html_seite, zu_gross
from sozmon.model import Meldung, Quelle
from sozmon.quellen import roh
from sozmon.quellen.csvtext import dekodiere, zerlege
from sozmon.quellen.erkennung import (
    FORMEN,
    NICHT_GELESEN,
    Erkennung,
    check_personen,
    form_der_mappe,
    nicht_gelesen,
    waehle_quelle,
)
from sozmon.quellen.gitter import Blatt, Zelle, als_text, check_mappe, read_gitter, text_blatt
from sozmon.raeume.register import Aenderungsliste, Register
from sozmon.zahlen import format_datum

if TYPE_CHECKING:
    from sozmon.quellen.ffcsv_stuecke import Gesamt


@dataclass(slots=True)
class Gelesen:
    """What the child read: ``titel`` names in German what the file was taken for, ``texte`` may hold its Stand."""

    form: str
    quelle: str
    titel: str
    texte: list[str] = field(default_factory=list)
    roh: roh.Roh | None = None
    meldungen: list[Meldung] = field(default_factory=list)
    register: Register | None = None
    aenderungen: Aenderungsliste | None = None
    korrekturen: list[list[str]] | None = None


def lies_datei(datei: Rohdatei, quellen: Mapping[str, Quelle], wunsch: str) -> Gelesen:
    """Recognise and read. AblehnungError (exit 4) when that is not possible with certainty."""
    rueckfall = quellen[wunsch].kodierung if wunsch else "cp1252"
    if datei.groesse > MAX_BYTES:
        raise zu_gross(datei.name, MAX_BYTES)
    if datei.art == "csv":
        text, meldungen = dekodiere(datei.pfad.read_bytes(), datei.name, rueckfall)
        from sozmon.quellen.ffcsv import kopfzeile

        if kopfzeile(text)[0]:
            return _lies_ffcsv(text, datei, quellen, wunsch, meldungen)
        blaetter = [text_blatt(zerlege(text, datei.name))]
    else:
        blaetter, meldungen = read_gitter(datei, rueckfall)
    return _lies_blaetter(blaetter, datei, quellen, wunsch, meldungen)


def _lies_ffcsv(
    text: str, datei: Rohdatei, quellen: Mapping[str, Quelle], wunsch: str, meldungen: list[Meldung]
) -> Gelesen:
    from sozmon.quellen.ffcsv import open_ffcsv, read_ffcsv

    flach = open_ffcsv(text, datei.name)
    if not flach.zeilen:
        raise _ohne_werte(datei.name)
    codes = flach.statistiken
    quelle = waehle_quelle("ffcsv", quellen, wunsch, datei.name, codes).quelle
    gelesen = read_ffcsv(flach, quellen[quelle].raumvariablen)
    zeilen = text.split("\n")
    rand = zeilen[: flach.kopf.zeile] + (zeilen[-20:] if flach.stil == "alt" else [])
    return Gelesen("ffcsv", quelle, _titel(flach.stil, codes), [z[:500] for z in rand], gelesen, meldungen)


def _titel(stil: str, codes: list[str]) -> str:
    return f"{FORMEN['ffcsv']}, {'neue' if stil == 'neu' else 'alte'} Form, Statistik {', '.join(codes)}"


def lies_stuecke(
    datei: Rohdatei, quellen: Mapping[str, Quelle], wunsch: str, nimm: Callable[[int, Any], None]
) -> tuple[Gelesen, Gesamt]:
    """A large flat file: its Rohwerte go piece by piece to ``nimm``, everything else comes back."""
    from sozmon.quellen.ffcsv_stuecke import read_stuecke

    g = read_stuecke(datei, quellen, wunsch, nimm)
    if not g.anzahl:
        raise _ohne_werte(datei.name)
    rand = g.kopf.split("\n")[: g.kopflaenge - 1] + (g.rand if g.stil == "alt" else [])
    return Gelesen("ffcsv", g.quelle, _titel(g.stil, g.codes), [z[:500] for z in rand], None, g.meldungen), g


def _lies_blaetter(
    blaetter: list[Blatt], datei: Rohdatei, quellen: Mapping[str, Quelle], wunsch: str, meldungen: list[Meldung]
) -> Gelesen:
    if not any(b.zeilen for b in blaetter):
        raise _ohne_werte(datei.name)
    form = form_der_mappe(blaetter) if datei.art != "html" else ""
    if form == "vordruck":
        return _lies_vordruck(blaetter, datei, quellen, wunsch, meldungen)
    erkannt = (
        _waehle_seite(quellen, wunsch, datei.name, blaetter)
        if datei.art == "html"
        else _waehle(form, quellen, wunsch, datei.name, blaetter)
    )
    gelesen = Gelesen(erkannt.form, erkannt.quelle, FORMEN[erkannt.form], _texte(blaetter), None, meldungen)
    if erkannt.form == "tabelle":
        check_personen(blaetter, datei.name)
    _lies_form(gelesen, blaetter, quellen, datei)
    return gelesen


def _lies_vordruck(
    blaetter: list[Blatt], datei: Rohdatei, quellen: Mapping[str, Quelle], wunsch: str, meldungen: list[Meldung]
) -> Gelesen:
    """A form names its Quelle and its columns itself."""
    from sozmon.quellen.vordruck import beschreibung, open_vordruck, waehle_vordruck_quelle
    from sozmon.quellen.vordrucktabelle import read_vordruck

    check_personen(blaetter, datei.name)
    kopf = open_vordruck(blaetter, datei.name)
    quelle = waehle_vordruck_quelle(kopf, quellen, wunsch, datei.name)
    werte, texte, neu = read_vordruck(kopf, datei.name)
    # a date stands where a date is asked for; in the table the reader has judged every cell
    uebrige = [m for m in meldungen if m.kennung != "zelle_datum"]
    return Gelesen("vordruck", quelle, beschreibung(kopf), texte, werte, _ohne_doppelte(uebrige, neu))


def _waehle(form: str, quellen: Mapping[str, Quelle], wunsch: str, name: str, blaetter: list[Blatt]) -> Erkennung:
    """The Quelle; a GENESIS table of any shape may also be declared as a table, column by column."""
    if form not in ("genesis_tabelle", *NICHT_GELESEN) or (wunsch and quellen[wunsch].form != "tabelle"):
        return waehle_quelle(form, quellen, wunsch, name, (), blaetter)
    try:
        return waehle_quelle("", quellen, wunsch, name, (), blaetter)
    except AblehnungError as fehler:
        if fehler.art != "form_unbekannt":
            raise
        if form in NICHT_GELESEN:
            raise nicht_gelesen(form, name) from fehler
    return waehle_quelle(form, quellen, wunsch, name, (), blaetter)


def _waehle_seite(quellen: Mapping[str, Quelle], wunsch: str, name: str, blaetter: list[Blatt]) -> Erkennung:
    """The Quelle of an HTML page; one that none takes is what portals answer when they are down."""
    try:
        return waehle_quelle("", quellen, wunsch, name, (), blaetter)
    except AblehnungError as fehler:
        raise (html_seite(name) if fehler.art == "form_unbekannt" else fehler) from fehler


def _deutsch(zelle: Zelle) -> str:
    """Text of a cell as a German reader sees it: a stored 1.234 is 1,234 and not a thousand."""
    return als_text(zelle).replace(".", ",") if isinstance(zelle, float) else als_text(zelle)


def _lies_form(gelesen: Gelesen, blaetter: list[Blatt], quellen: Mapping[str, Quelle], datei: Rohdatei) -> None:
    """Dispatch on the shape; fills ``gelesen``."""
    neu: list[Meldung] = []
    if gelesen.form == "inkar":
        from sozmon.quellen.inkar import read_inkar

        gelesen.roh, neu = read_inkar(blaetter, datei.name)
        codes = gelesen.roh.tabelle.column("code").combine_chunks().dictionary.to_pylist()
        gelesen.titel += f" „{', '.join(dict.fromkeys(codes))}“"
    elif gelesen.form == "tabelle":
        from sozmon.quellen.tabelle import read_tabelle

        quelle = quellen[gelesen.quelle]
        gelesen.roh, neu = read_tabelle(blaetter, quelle, datei.name)
        if datei.art in ("xlsx", "xls"):
            # without the dates that were read as dates
            bleibt = [m for m in gelesen.meldungen if m.kennung != "zelle_datum"]
            gelesen.meldungen = bleibt + [m for m in check_mappe(blaetter) if m.kennung == "zelle_datum"]
        gelesen.titel = f"Tabelle nach der Quelle „{quelle.titel}“"
    elif gelesen.form == "korrekturen":
        gelesen.korrekturen = [[_deutsch(z) for z in zeile] for zeile in blaetter[0].zeilen[1:]]
    elif gelesen.form == "genesis_tabelle":
        from sozmon.quellen.genesis_tabelle import read_genesis_tabelle, tabellencode

        gelesen.roh, neu = read_genesis_tabelle(blaetter, quellen[gelesen.quelle], datei.name)
        gelesen.titel += f" {tabellencode(blaetter)}"
    elif gelesen.form == "gv_isys":
        from sozmon.quellen.gv_isys import read_register

        gelesen.register, neu = read_register(blaetter)
        gelesen.titel += f" zum {format_datum(gelesen.register.datum)}"
        gelesen.roh = _register_werte(gelesen.register, blaetter)
    elif gelesen.form == "gebietsaenderungen":
        from sozmon.quellen.gebietsaenderungen import read_aenderungen

        gelesen.aenderungen, neu = read_aenderungen(blaetter)
        liste = gelesen.aenderungen
        gelesen.titel += f" vom {format_datum(liste.von)} bis {format_datum(liste.bis)}"
    elif gelesen.form == "umsteigeschluessel":
        from sozmon.quellen.umsteiger import read_umsteiger

        jahre, neu = read_umsteiger(blaetter)
        gelesen.titel += f" {jahre}"
    else:
        raise nicht_gelesen(gelesen.form, datei.name)
    gelesen.meldungen = _ohne_doppelte(gelesen.meldungen, neu)


def _ohne_doppelte(allgemein: list[Meldung], gezielt: list[Meldung]) -> list[Meldung]:
    """What the reader says of cells it read replaces the general remark about the same kind of cell."""
    gesagt = {(m.kennung, m.fundstelle.blatt) for m in gezielt}
    return [m for m in allgemein if (m.kennung, m.fundstelle.blatt) not in gesagt] + gezielt


REGISTERWERTE = (
    ("insgesamt", "einwohner"),
    ("männlich", "maennlich"),
    ("weiblich", "weiblich"),
    ("Fläche km2", "flaeche"),
)
"""Values that a register brings: head of the column (code for the Quelle's zuordnungen), field of RegisterRaum."""


def _register_werte(register: Register, blaetter: list[Blatt]) -> roh.Roh:
    """Population and area of the Gemeinden as Rohwerte."""
    gemeinden = [r for r in register.raeume if r.ebene == "gemeinde"]
    blatt = next(b for b in blaetter if b.name == register.blatt)
    schluessel, namen = roh.texte([r.raum_id for r in gemeinden]), roh.texte([r.name for r in gemeinden])
    zeilen = [r.zeile - 1 for r in gemeinden]
    tabellen = [
        roh.tabelle(
            len(gemeinden),
            schluessel=schluessel,
            name=namen,
            raumart="ags",
            code=code,
            zeitcode="STAG",
            zeit=register.datum,
            zahl=[getattr(r, feld) for r in gemeinden],
            blatt=register.blatt,
            zeile=zeilen,
            spalte=[_spalte(blatt, code)] * len(gemeinden),
        )
        for code, feld in REGISTERWERTE
    ]
    return roh.Roh(roh.verbinde(tabellen))


def _spalte(blatt: Blatt, kopf: str) -> int:
    """Column whose head begins with ``kopf``."""
    for zeile in blatt.zeilen[:12]:
        for spalte, zelle in enumerate(zeile):
            if " ".join(als_text(zelle).split()).startswith(kopf):
                return spalte
    return 0


def _texte(blaetter: list[Blatt]) -> list[str]:
    """Texts around the values, in which a Stand may be written: small sheets whole, of large ones head and foot."""
    gesammelt = []
    for blatt in blaetter:
        gross = len(blatt.zeilen) > 200
        zeilen = blatt.zeilen[:20] + blatt.zeilen[-15:] if gross else blatt.zeilen
        gesammelt += [blatt.name]
        gesammelt += [
            als_text(z)[:500] for zeile in zeilen for z in zeile if isinstance(z, str) and re.search(r"\d{4}", z)
        ]
    return gesammelt[:2000]


def _ohne_werte(name: str) -> AblehnungError:
    return AblehnungError(
        "ohne_werte", f"„{name}“ enthält keine Werte.", abhilfe="Den Abruf prüfen: vielleicht traf die Auswahl nichts."
    )
