"""How a Quelle understands a file: columns, rows with the reason why they are not read, signs, keys. Writes nothing.

Works with a draft too: what its open questions leave undecided is shown as undecided.
"""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

from sozmon.dateien import GROSS, AblehnungError, Rohdatei, zu_gross
from sozmon.definition import load_definition, load_toml
from sozmon.katalogfragen import PLATZHALTER, Frage, load_fragen
from sozmon.model import OHNE_ZUORDNUNG, Meldung, Quelle, Spalte, Stufe, Tabellenblatt
from sozmon.quellen.gitter import Blatt, als_text, gedreht, spaltenname, spaltennummer
from sozmon.quellen.kopf import finde_kopfzeile, glatt, kopftexte
from sozmon.quellen.leser import Antwort, Leser
from sozmon.quellen.zeilenwahl import KREISZEILE

if TYPE_CHECKING:
    from sozmon.einlesen import Lesung
    from sozmon.entwurf import Raumkenner
    from sozmon.katalog import Katalog

VORSCHAU = (5, 2)
"""Values shown from the beginning and from the end."""
OHNE_STAND = "1900-01-01"


@dataclass(frozen=True, slots=True)
class Eintrag:
    """One line of what was understood. ``art``: spalte, zeilen, zeichen, name, schluessel, frage.

    ``rolle``: what it is within the art; ``stelle``: column, row or line; ``text``: head, first text of the rows, sign,
    name or question; ``anzahl``: cells or rows; ``bedeutung``: what it became. No cell with a number is part of it.
    """

    art: str
    rolle: str
    blatt: str
    stelle: str
    text: str
    anzahl: int = 0
    merkmal: str = ""
    auspraegung: str = ""
    zeit: str = ""
    bedeutung: str = ""


@dataclass(frozen=True, slots=True)
class Pruefung:
    """``lesung``: the values as an import would store them; ``ohne_stand``: the import will need ``--stand``."""

    quelle: Quelle
    datei: str
    lesung: Lesung
    eintraege: tuple[Eintrag, ...]
    fragen: tuple[Frage, ...]
    ohne_stand: bool
    meldungen: tuple[Meldung, ...]


def load_quelle(pfad: Path) -> Quelle:
    """A Quelle out of a TOML file anywhere; KonfigError (78) as for those of the catalogue."""
    return load_definition(Quelle, load_toml(pfad), pfad.name, kennung=pfad.stem)


def run_quellenpruefung(
    leser: Leser,
    rohdatei: Rohdatei,
    quelle: Quelle,
    datei_der_quelle: Path | None,
    katalog: Katalog,
    kenner: Raumkenner,
    *,
    stand: str | None = None,
) -> Pruefung:
    """Read the file with the Quelle and tell everything about it. AblehnungError (4) when it cannot be read so."""
    from sozmon.einlesen import setze_antwort_um

    lesbar = _lesbar(quelle)
    antwort = leser.lies(rohdatei, [lesbar], quelle.kennung)
    if antwort.stuecke is not None:
        raise zu_gross(rohdatei.name, GROSS)
    auszug = leser.auszug(rohdatei, [])
    mit = replace(katalog, quellen={**katalog.quellen, quelle.kennung: lesbar})
    ohne_stand = False
    try:
        lesung = setze_antwort_um(antwort, rohdatei, mit, kenner.raeume, stand=stand, kreis=kenner.kreis)
    except AblehnungError as fehler:
        if fehler.art != "stand_fehlt":
            raise
        ohne_stand = True
        lesung = setze_antwort_um(antwort, rohdatei, mit, kenner.raeume, stand=OHNE_STAND, kreis=kenner.kreis)
    fragen = tuple(load_fragen(datei_der_quelle)) if datei_der_quelle else ()
    eintraege = [
        *_spalten(antwort, lesung, lesbar, auszug.blaetter),
        *_zeilen(antwort, lesbar, auszug.blaetter),
        *_zeichen(antwort, lesbar),
        *_namen(antwort, kenner, quelle.kennung),
        *_schluessel(antwort, kenner, lesung.gebietsstand),
        *(Eintrag("frage", "offen", "", f"Zeile {f.zeile}", f.text) for f in fragen),
    ]
    meldungen = (
        *(m for m in lesung.meldungen if PLATZHALTER not in m.text),  # an open question is listed as one
        *_check_stand(ohne_stand, rohdatei.name),
        *(() if fragen else _check_definition(katalog, quelle)),
    )
    return Pruefung(quelle, rohdatei.name, lesung, tuple(eintraege), fragen, ohne_stand, meldungen)


def _lesbar(quelle: Quelle) -> Quelle:
    """Without placeholders where the import would stumble over them: what is undecided is left empty."""
    nummern = itertools.count(1)
    blaetter = tuple(replace(b, spalten=tuple(_spalte_lesbar(s, nummern) for s in b.spalten)) for b in quelle.blaetter)
    return replace(quelle, zeit="" if quelle.zeit == PLATZHALTER else quelle.zeit, blaetter=blaetter)


def _spalte_lesbar(spalte: Spalte, nummern: Iterator[int]) -> Spalte:
    """Undecided Merkmale stay apart, or their values would look like doubles of each other."""
    offen = spalte.merkmal == PLATZHALTER
    return replace(
        spalte,
        merkmal=f"{PLATZHALTER}{next(nummern)}" if offen else spalte.merkmal,
        auspraegung="" if spalte.auspraegung == PLATZHALTER else spalte.auspraegung,
    )


# --------------------------------------------------------------------------------------------------
# columns


def _spalten(antwort: Antwort, lesung: Lesung, quelle: Quelle, blaetter: Sequence[Blatt]) -> Iterable[Eintrag]:
    """Every column of the sheets that are read: its head and what it is."""
    for erklaert, blatt in _paare(quelle, blaetter):
        gelesen = _je_spalte(antwort, blatt.gedreht)
        gespeichert = _werte_je_spalte(lesung, blatt.gedreht)
        koepfe = _koepfe(blatt, erklaert)
        rollen = _rollen(erklaert, koepfe)
        for spalte, kopf in enumerate(koepfe):
            ort = blatt.name, spalte
            name = _stelle(blatt, spalte)
            if ort in gelesen:
                merkmale, auspraegungen, zeiten = gespeichert.get(ort, ((), (), ()))
                code = gelesen[ort][0]
                merkmal = ", ".join(merkmale) or _merkmal(quelle, code)
                yield Eintrag(
                    "spalte", "wert", blatt.name, name, kopf or code, gelesen[ort][1],
                    "offen" if merkmal.startswith(PLATZHALTER) else merkmal,
                    _kurz(auspraegungen), _kurz(zeiten),
                )  # fmt: skip
            elif kopf or spalte in rollen:
                yield Eintrag("spalte", rollen.get(spalte, "nicht gelesen"), blatt.name, name, kopf)


def _stelle(blatt: Blatt, spalte: int) -> str:
    """Name of a column as a person finds it; of a turned sheet it is a row of the file."""
    if blatt.gedreht:
        return f"Zeile {spalte + 1}"
    return f"Spalte {spalte + 1}" if blatt.art == "csv" else spaltenname(spalte)


def _kurz(texte: Sequence[str]) -> str:
    liste = [t or "insgesamt" for t in texte] if any(texte) else []
    return ", ".join(liste[:3]) + (f" und {len(liste) - 3} weitere" if len(liste) > 3 else "")


def _rollen(erklaert: Tabellenblatt, koepfe: Sequence[str]) -> dict[int, str]:
    """Column → what it is for, other than values."""
    paare = [(kopf, "filter") for kopf in erklaert.filter]
    paare += [(g.kopf, f"gliederung nach {g.dimension}") for g in erklaert.gliederungen]
    paare += [(erklaert.zeitspalte, "zeit"), (erklaert.name, "name"), (erklaert.schluessel, "schlüssel")]
    return {_spalte(koepfe, kopf): rolle for kopf, rolle in paare if kopf}


def _merkmal(quelle: Quelle, code: str) -> str:
    from sozmon.umsetzen import zuordnungen_von

    return ", ".join(dict.fromkeys(z.merkmal for z in zuordnungen_von(quelle).get(code, ())))


def _je_spalte(antwort: Antwort, quer: bool) -> dict[tuple[str, int], tuple[str, int]]:
    """(sheet, column) → (code, number of cells) of what was read."""
    zeilen = _roh(antwort, ("blatt", "zeile" if quer else "spalte", "code"))
    ergebnis: dict[tuple[str, int], tuple[str, int]] = {}
    for blatt, spalte, code in zeilen:
        _, anzahl = ergebnis.get((blatt, spalte), (code, 0))
        ergebnis[blatt, spalte] = (code, anzahl + 1)
    return ergebnis


def _roh(antwort: Antwort, felder: Sequence[str]) -> list[tuple[Any, ...]]:
    if antwort.roh is None:
        return []
    return list(zip(*(antwort.roh.tabelle.column(f).to_pylist() for f in felder), strict=True))


def _werte_je_spalte(lesung: Lesung, quer: bool) -> dict[tuple[str, int], tuple[tuple[str, ...], ...]]:
    """(sheet, column) → Merkmale, Ausprägungen and times of the values out of it."""
    felder = ("fundstelle", "merkmal", "auspraegung", "zeit")
    ergebnis: dict[tuple[str, int], tuple[dict[str, None], ...]] = {}
    for fundstelle, *werte in zip(*(lesung.tabelle.column(f).to_pylist() for f in felder), strict=True):
        gefunden = ergebnis.setdefault(_ort(fundstelle, quer), ({}, {}, {}))
        for liste, wert in zip(gefunden, werte, strict=True):
            liste[wert] = None
    return {ort: tuple(tuple(sorted(liste)) for liste in listen) for ort, listen in ergebnis.items()}


def _ort(fundstelle: str, quer: bool) -> tuple[str, int]:
    """'Daten!K57' → ('Daten', 10), 'Zeile 12, Spalte 15' → ('', 14); the row in place of the column when ``quer``."""
    if treffer := re.fullmatch(r"Zeile (\d+), Spalte (\d+)", fundstelle):
        return "", int(treffer[1 if quer else 2]) - 1
    blatt, _, zelle = fundstelle.rpartition("!")
    nummer = int(re.sub(r"\D", "", zelle)) - 1 if quer else spaltennummer(re.sub(r"\d", "", zelle))
    return blatt, nummer


# --------------------------------------------------------------------------------------------------
# rows


def _zeilen(antwort: Antwort, quelle: Quelle, blaetter: Sequence[Blatt]) -> Iterable[Eintrag]:
    """Classes of rows: how many, the first one, and why they are not read."""
    for erklaert, blatt in _paare(quelle, blaetter):
        klassen: dict[str, list[int]] = {}
        zeilen = _roh(antwort, ("blatt", "spalte" if blatt.gedreht else "zeile"))
        for nummer, klasse in _klassen(erklaert, blatt, {z for name, z in zeilen if name == blatt.name}):
            klassen.setdefault(klasse, []).append(nummer)
        for klasse, nummern in klassen.items():
            text = next((t for z in blatt.zeilen[nummern[0]] if (t := als_text(z))), "")
            stelle = str(nummern[0] + 1) if len(nummern) == 1 else f"{nummern[0] + 1}–{nummern[-1] + 1}"
            yield Eintrag("zeilen", klasse, blatt.name, stelle, text[:60], len(nummern))


def _klassen(erklaert: Tabellenblatt, blatt: Blatt, gelesen: set[int]) -> Iterable[tuple[int, str]]:
    kopf = _kopf(blatt, erklaert)
    koepfe = _koepfe(blatt, erklaert)
    filter_ = [(_spalte(koepfe, k), re.compile(m)) for k, m in erklaert.filter.items()]
    zu_ende = False
    for nummer, zeile in enumerate(blatt.zeilen):
        if not any(als_text(z) for z in zeile):
            continue
        zu_ende = zu_ende or (
            nummer >= kopf + erklaert.kopfzeilen
            and bool(erklaert.ende and re.search(erklaert.ende, als_text(zeile[0])))
        )
        if nummer < kopf:
            yield nummer, "vor der Tabelle"
        elif nummer < kopf + erklaert.kopfzeilen:
            yield nummer, "Kopf"
        elif nummer in gelesen:
            yield nummer, "gelesen"
        elif zu_ende:
            yield nummer, "nach dem Ende"
        elif not all(s < 0 or m.search(als_text(blatt.zelle(nummer, s))) for s, m in filter_):
            yield nummer, "vom Filter ausgeschlossen"
        else:
            yield nummer, "ohne Schlüssel oder ohne Werte"


def _paare(quelle: Quelle, blaetter: Sequence[Blatt]) -> Iterable[tuple[Tabellenblatt, Blatt]]:
    """Each declaration with the sheet it is about, turned if the declaration turns it."""
    for erklaert in quelle.blaetter:
        passende = [b for b in blaetter if b.art == "csv" or re.search(erklaert.blatt, b.name)]
        passende = [gedreht(b) if erklaert.gedreht else b for b in passende]
        gute = [b for b in passende if finde_kopfzeile(b, erklaert) is not None] or passende
        if gute:
            yield erklaert, gute[0]


def _kopf(blatt: Blatt, erklaert: Tabellenblatt) -> int:
    return finde_kopfzeile(blatt, erklaert) or 0


def _koepfe(blatt: Blatt, erklaert: Tabellenblatt) -> list[str]:
    return kopftexte(blatt, _kopf(blatt, erklaert), erklaert.kopfzeilen, erklaert.fussnote)


def _spalte(koepfe: Sequence[str], kopf: str) -> int:
    """Column of a head, -1 when it stands nowhere: 'Kreise#2' is the second one of that head, 'Spalte A' has none."""
    name, _, nummer = glatt(kopf).partition("#")
    gleiche = [s for s, k in enumerate(koepfe) if k == glatt(kopf)] or [s for s, k in enumerate(koepfe) if k == name]
    if not gleiche and (ort := re.fullmatch(r"(?:Spalte|Zeile) ([A-Z]{1,3}|[1-9][0-9]{0,3})", kopf)):
        return int(ort[1]) - 1 if ort[1].isdecimal() else spaltennummer(ort[1])
    stelle = int(nummer) - 1 if nummer.isdecimal() and len(gleiche) > 1 else 0
    return gleiche[stelle] if stelle < len(gleiche) else -1


# --------------------------------------------------------------------------------------------------
# signs, names, time


def _zeichen(antwort: Antwort, quelle: Quelle) -> Iterable[Eintrag]:
    """Signs in place of numbers and what the Quelle makes of them."""
    anzahl: dict[str, int] = {}
    for (wert,) in _roh(antwort, ("wert",)):
        if (wert and not any(z.isdigit() for z in wert)) or wert in quelle.zeichen:
            anzahl[wert] = anzahl.get(wert, 0) + 1
    for text, wie_oft in sorted(anzahl.items()):
        bedeutung = quelle.zeichen.get(text, "")
        rolle = "erklärt" if bedeutung and bedeutung != PLATZHALTER else "offen"
        yield Eintrag("zeichen", rolle, "", "", text[:20], wie_oft, bedeutung=bedeutung or "nicht entschieden")


def _namen(antwort: Antwort, kenner: Raumkenner, quelle: str) -> Iterable[Eintrag]:
    """Names that nobody has confirmed yet, with the Raum they may mean."""
    from sozmon.raeume.namen import suche_name

    anzahl: dict[str, int] = {}
    for schluessel, art in _roh(antwort, ("schluessel", "raumart")):
        if art == "name" and schluessel and not suche_name(kenner.raeume.namen, schluessel, quelle):
            anzahl[schluessel] = anzahl.get(schluessel, 0) + 1
    for name, wie_oft in anzahl.items():
        raum_id = kenner.vorschlag(name)
        yield Eintrag("name", "unbestätigt", "", "", name, wie_oft, bedeutung=raum_id)


def _schluessel(antwort: Antwort, kenner: Raumkenner, gebietsstand: str) -> Iterable[Eintrag]:
    """Keys that no register knows, with the Raum of the own Kreis that the name beside them belongs to."""
    if not kenner.hat_register:
        return
    anzahl: dict[tuple[str, str, str], int] = {}
    for zeile in _roh(antwort, ("schluessel", "raumart", "name")):
        anzahl[zeile] = anzahl.get(zeile, 0) + 1
    tag = gebietsstand or kenner.raeume.gebietsstand
    for (schluessel, art, name), wie_oft in anzahl.items():
        if art in ("name", KREISZEILE, OHNE_ZUORDNUNG):
            continue
        a = kenner.raeume.aufloesen(schluessel, art, tag, name)
        if not a.raum_id:
            text = f"{schluessel} {name}".strip()
            yield Eintrag("schluessel", a.art, "", "", text, wie_oft, bedeutung=kenner.vorschlag(name) if name else "")


def _check_definition(katalog: Katalog, quelle: Quelle) -> Iterable[Meldung]:
    """What ``katalog pruefen`` would say of this Quelle."""
    from sozmon.katalog import check_quelle

    return check_quelle(katalog, quelle)


def _check_stand(ohne_stand: bool, datei: str) -> Iterable[Meldung]:
    if ohne_stand:
        yield Meldung(
            "stand_fehlt",
            Stufe.INFO,
            "Der Stand der Daten steht weder in der Datei noch in ihrem Namen.",
            abhilfe=f"Beim Import den Tag nennen: sozmon import --stand 2025-01-31 {datei}",
        )
