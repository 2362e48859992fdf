"""How a sheet is built: head rows, key column, rows with values, total rows, end mark. Looks, decides nothing."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from sozmon.entwurf.rand import nennt_stand
from sozmon.entwurf.schluessel import KREISLAENGE, Raumkenner, Schluesselspalte, falte, finde_schluessel
from sozmon.entwurf.worte import ist_insgesamt
from sozmon.entwurf.zellen import ist_jahr, ist_wert, ist_zahl, ist_zeichen
from sozmon.quellen.auszug import SPALTEN
from sozmon.quellen.gitter import DATUM, Blatt, als_text, gedreht, spaltenname
from sozmon.quellen.tabelle import kopftexte
from sozmon.quellen.zeiten import parse_zeit

MAX_KOPFZEILEN = 6
FUSSNOTENZEICHEN = (r"(?:\s+|(?<=[^\W\d]))\d{1,2}\)$", "[¹²³⁴⁵⁶⁷⁸⁹⁰]+$", r"\s*\*+\)?$")
"""Marks that offices glue to names and values."""
_OHNE_ZUORDNUNG = re.compile(
    r"^ohne$|^\(leer\)|ohne (angabe|zuordnung|festen wohnsitz)|nicht zu(zu)?ord(en|nen|bar|net)|unbekannt|sonstige|"
    r"keine (angabe|zuordnung)|zuordnung nicht möglich",
    re.I,
)
_TEILSUMME = re.compile(r"\S (Ergebnis|Summe|gesamt)$")
"""Subtotal of a pivot: 'Aubach Ergebnis'."""
_KREIS = re.compile(r"(land)?kreis\b", re.I)
_ZEITKOPF = re.compile(r"(berichts)?(jahr|year|monat|quartal|schuljahr|stichtag|datum|zeit|zeitpunkt|zeitraum)", re.I)


@dataclass(frozen=True, slots=True)
class Aufbau:
    """One sheet as it was understood; rows and columns 0-based, -1 = none.

    ``zeilen``: rows with values; ``ende``: the row after them that begins the foot. ``fuellen``: columns whose empty
    cells belong to the cell above. ``gliederungen``: the other columns of text. ``kreiszeilen``: total rows,
    ``ohne_zuordnung`` and ``unklar``: rows whose key or name is no Raum.
    """

    blatt: Blatt
    kopf: int
    kopfzeilen: int
    koepfe: tuple[str, ...]
    schluessel: Schluesselspalte
    name: int
    zeilen: tuple[int, ...]
    ende: int
    wertspalten: tuple[int, ...]
    gliederungen: tuple[int, ...]
    zeitspalte: int
    fuellen: tuple[int, ...]
    kreiszeilen: tuple[int, ...]
    ohne_zuordnung: tuple[int, ...]
    unklar: tuple[int, ...]
    fussnote: str = ""
    """Pattern of the footnote marks at names, cut off the heads too."""

    @property
    def bekannt(self) -> tuple[int, int]:
        """Keys (or names) that resolve, and all of them but those of total rows."""
        besondere = {*self.kreiszeilen, *self.ohne_zuordnung}
        andere = sum(zeile in besondere for zeile, _ in self.schluessel.unbekannt)
        return self.schluessel.erkannt, self.schluessel.gesamt - andere

    def kopf_von(self, spalte: int) -> str:
        """The head by which the import finds this column: 'Kreise#2' = the second of it, 'Spalte A' = one without."""
        if not self.koepfe[spalte]:
            ort = self.spaltenort(spalte)
            return ort if " " in ort else f"Spalte {ort}"
        return eindeutiger_kopf(self.koepfe, spalte)

    @property
    def kopflos(self) -> tuple[int, ...]:
        """Columns with values or texts that have no head."""
        genannt = {self.schluessel.spalte, self.name}
        return tuple(s for s, k in enumerate(self.koepfe) if not k and s not in genannt and self.texte(s))

    @property
    def seite(self) -> Blatt:
        """The sheet as it lies in the file, when it was turned to be read."""
        return gedreht(self.blatt) if self.blatt.gedreht else self.blatt

    @property
    def leittexte(self) -> list[str]:
        """Texts above the heads; of a turned sheet those of its first rows."""
        zeilen = self.seite.zeilen[:12] if self.blatt.gedreht else self.blatt.zeilen[: self.kopf]
        return [" ".join(t.split()) for zeile in zeilen for z in zeile if (t := als_text(z))]

    def zeilenort(self, zeile: int) -> str:
        """'Zeile 5'; of a turned sheet it is a column of the file."""
        return f"Spalte {_spaltenort(self.blatt, zeile)}" if self.blatt.gedreht else f"Zeile {zeile + 1}"

    def spaltenort(self, spalte: int) -> str:
        """'D', 'Spalte 4'; of a turned sheet it is a row of the file."""
        if self.blatt.gedreht:
            return f"Zeile {spalte + 1}"
        return f"Spalte {spalte + 1}" if self.blatt.art == "csv" else spaltenname(spalte)

    def texte(self, spalte: int) -> list[tuple[int, str]]:
        """(row, text) of the cells of a column in the rows with values, empty ones left out."""
        return [(z, t) for z in self.zeilen if (t := als_text(self.blatt.zelle(z, spalte)))]


def _spaltenort(blatt: Blatt, spalte: int) -> str:
    return str(spalte + 1) if blatt.art == "csv" else spaltenname(spalte)


def eindeutiger_kopf(koepfe: Sequence[str], spalte: int) -> str:
    """'Anteil#2' for the second column of that head."""
    gleiche = [s for s, kopf in enumerate(koepfe) if kopf == koepfe[spalte]]
    return koepfe[spalte] if len(gleiche) == 1 else f"{koepfe[spalte]}#{gleiche.index(spalte) + 1}"


def finde_aufbau(blatt: Blatt, kenner: Raumkenner) -> Aufbau | None:
    """None when the sheet holds no table with Räume in its rows."""
    breite = min(max(map(len, blatt.zeilen), default=0), SPALTEN)
    belegt = [n for n, zeile in enumerate(blatt.zeilen) if sum(map(ist_wert, zeile)) and not _ist_kopf(blatt, n)]
    schluessel = finde_schluessel(((s, _texte(blatt, belegt, s)) for s in range(breite)), kenner)
    if schluessel is None:
        return None
    erste, zeilen = _datenzeilen(blatt, belegt, schluessel)
    kopf = _kopfbeginn(blatt, erste)
    koepfe = _breit(blatt, kopftexte(blatt, kopf, erste - kopf))
    return _teile_spalten(blatt, kenner, (kopf, erste - kopf, koepfe), schluessel, zeilen)


def _breit(blatt: Blatt, koepfe: list[str]) -> tuple[str, ...]:
    """Heads for all columns of the sheet: those beyond the last head have none."""
    breite = min(max(map(len, blatt.zeilen)), SPALTEN)
    return (*koepfe, *[""] * (breite - len(koepfe)))


def _texte(blatt: Blatt, zeilen: list[int], spalte: int) -> list[tuple[int, str]]:
    return [(z, t) for z in zeilen if (t := als_text(blatt.zelle(z, spalte)))]


def _ist_kopf(blatt: Blatt, nummer: int) -> bool:
    """A row of years, dates or column numbers is no row of values."""
    zellen = [(s, z) for s, z in enumerate(blatt.zeilen[nummer]) if z != ""]
    zahlen = [z for _, z in zellen if ist_zahl(z)]
    if zahlen and all(map(ist_jahr, zahlen)) and len(set(map(als_text, zahlen))) > 1:
        return not any(z for s, z in zellen if blatt.marken.get((nummer, s)) != DATUM and ist_zeichen(z))
    return len(zahlen) > 2 and [als_text(z) for z in zahlen] in (
        [str(n) for n in range(1, len(zahlen) + 1)],
        [str(n) for n in range(0, len(zahlen))],
    )


def _datenzeilen(blatt: Blatt, belegt: list[int], schluessel: Schluesselspalte) -> tuple[int, list[int]]:
    """First row with values, and all of them: around the rows with a key also total rows without one."""
    fremd = {z for z, _ in schluessel.unbekannt}
    mit_raum = [z for z in belegt if als_text(blatt.zelle(z, schluessel.spalte)) and z not in fremd]
    erste, letzte = mit_raum[0], mit_raum[-1]
    while erste - 1 in belegt and _zahlen(blatt, erste - 1) >= 1:
        erste -= 1
    while letzte + 1 in belegt or (letzte + 2 in belegt and letzte + 1 < len(blatt.zeilen)):
        letzte += 1
    return erste, [z for z in belegt if erste <= z <= letzte]


def _zahlen(blatt: Blatt, zeile: int) -> int:
    return sum(ist_zahl(z) and not ist_jahr(z) for z in blatt.zeilen[zeile])


def _kopfbeginn(blatt: Blatt, erste: int) -> int:
    """First head row: upward from the values as long as rows stand there that are more than one text at the left."""
    kopf = erste
    while kopf > 0 and erste - kopf < MAX_KOPFZEILEN and _gehoert_zum_kopf(blatt, kopf - 1, erste):
        kopf -= 1
    return kopf if kopf < erste else max(erste - 1, 0)


def _gehoert_zum_kopf(blatt: Blatt, zeile: int, erste: int) -> bool:
    zellen = [(s, t) for s, z in enumerate(blatt.zeilen[zeile]) if (t := als_text(z))]
    if not zellen or (len(zellen) == 1 and zellen[0][0] == 0):
        return False
    if zeile == erste - 1:
        return True
    lange = any(len(t) > 100 or nennt_stand(t) for _, t in zellen)
    angabe = len(zellen) == 2 and (zellen[0][1].endswith(":") or (zellen[0][0] == 0 and len(blatt.zeilen[erste]) > 4))
    return not lange and not (angabe and _ist_angabe(zellen[1][1]))


def _ist_angabe(text: str) -> bool:
    """A date or year beside its label, as in 'Stichtag: | 31.12.2023'."""
    return bool(re.search(r"\d{4}", text))


def _teile_spalten(
    blatt: Blatt,
    kenner: Raumkenner,
    kopf: tuple[int, int, tuple[str, ...]],
    schluessel: Schluesselspalte,
    zeilen: list[int],
) -> Aufbau:
    koepfe, belegt = kopf[2], {schluessel.spalte}
    name = -1 if schluessel.art == "name" or schluessel.muster else _namensspalte(blatt, kenner, schluessel, zeilen)
    belegt |= {name}
    fussnote = _fussnote([t for _, t in _texte(blatt, zeilen, schluessel.spalte if name < 0 else name)])
    if fussnote:
        koepfe = _breit(blatt, kopftexte(blatt, kopf[0], kopf[1], fussnote))
    rest = [s for s in range(len(koepfe)) if s not in belegt and koepfe[s]]
    zeit = next((s for s in rest if _ist_zeitspalte(blatt, koepfe[s], zeilen, s)), -1)
    werte = [s for s in rest if s != zeit and _ist_wertspalte(blatt, zeilen, s, kenner)]
    gliederungen = [s for s in rest if s != zeit and s not in werte and _texte(blatt, zeilen, s)]
    texte = [s for s in (schluessel.spalte, name, zeit, *gliederungen) if s >= 0]
    fuellen = [
        s
        for s in texte
        if _gruppe(blatt, zeilen, s, [t for t in texte if t > s and (t != name or s != schluessel.spalte)])
    ]
    kreis, ohne, unklar = _besondere(blatt, kenner, schluessel, name, zeilen, fuellen)
    return Aufbau(
        blatt, kopf[0], kopf[1], koepfe, schluessel, name, tuple(zeilen), _ende(blatt, zeilen), tuple(werte),
        tuple(gliederungen), zeit, tuple(fuellen), kreis, ohne, unklar, fussnote,
    )  # fmt: skip


def _fussnote(namen: list[str]) -> str:
    """Pattern of the kinds of marks that are glued to names ('Aubach 2)'); '' when there are none."""
    worte = [n for n in namen if re.search(r"[^\W\d]{2}", n)]
    gute = [m for m in FUSSNOTENZEICHEN if any(re.search(m, n) for n in worte)]
    # "Aubach (Ortsteil 2)" ends like a footnote and is none
    return "|".join(m for m in gute if not any("(" in n and re.search(m, n) for n in worte))


def _namensspalte(blatt: Blatt, kenner: Raumkenner, schluessel: Schluesselspalte, zeilen: list[int]) -> int:
    """The text column beside the key that holds the names: proved by them, else the nearest with ever new texts."""
    kandidaten = []
    for spalte in range(max(map(len, blatt.zeilen), default=0)):
        texte = [t for _, t in _texte(blatt, zeilen, spalte)]
        worte = [t for t in texte if re.search(r"[^\W\d]{3}", t)]
        if spalte == schluessel.spalte or len(worte) < 0.6 * len(zeilen):
            continue
        je_schluessel: dict[str, set[str]] = {}
        for z, t in _texte(blatt, zeilen, spalte):
            je_schluessel.setdefault(als_text(blatt.zelle(z, schluessel.spalte)) or f"Zeile {z}", set()).add(t)
        if sum(len(t) > 1 for t in je_schluessel.values()) > 0.1 * len(je_schluessel):
            continue  # differs in the rows of one key: a breakdown
        bekannt = sum(falte(t) in kenner.namen for t in worte)
        if bekannt >= 2 or len(set(worte)) > 0.6 * len({t for _, t in _texte(blatt, zeilen, schluessel.spalte)}):
            kandidaten.append((-bekannt, abs(spalte - schluessel.spalte), spalte))
    return min(kandidaten, default=(0, 0, -1))[2]


def _ist_zeitspalte(blatt: Blatt, kopf: str, zeilen: list[int], spalte: int) -> bool:
    texte = [t for _, t in _texte(blatt, zeilen, spalte)]
    if not texte or not _ZEITKOPF.fullmatch(kopf.rpartition(" / ")[2].strip()):
        return False
    try:
        return bool([parse_zeit(t) for t in dict.fromkeys(texte)])
    except ValueError:
        return False


def _ist_wertspalte(blatt: Blatt, zeilen: list[int], spalte: int, kenner: Raumkenner) -> bool:
    """Numbers and signs, and not the keys of a Kreis or Verband beside those of the Gemeinden."""
    texte = [t for _, t in _texte(blatt, zeilen, spalte)]
    if all(len(t) >= KREISLAENGE and kenner.schluesselart(t) for t in texte):
        return False
    zellen = [z for n in zeilen if (z := blatt.zelle(n, spalte)) != ""]
    return bool(zellen) and sum(map(ist_wert, zellen)) >= 0.5 * len(zellen)


def _gruppe(blatt: Blatt, zeilen: list[int], spalte: int, rechts: list[int]) -> bool:
    """Are the empty cells of a column those of a merged group? Then a text column to the right goes on in these rows;
    where nothing goes on, an empty cell is a subtotal and must not take the text above."""
    leer = [z for z in zeilen if als_text(blatt.zelle(z, spalte)) == ""]
    return len(leer) >= 0.2 * len(zeilen) and any(all(als_text(blatt.zelle(z, s)) for z in leer) for s in rechts)


def _besondere(
    blatt: Blatt, kenner: Raumkenner, schluessel: Schluesselspalte, name: int, zeilen: list[int], fuellen: list[int]
) -> tuple[tuple[int, ...], tuple[int, ...], tuple[int, ...]]:
    """Rows whose key is no Raum: totals of the Kreis, 'ohne Zuordnung', and those that nobody can tell."""
    fremd = dict(schluessel.unbekannt)
    kreis, ohne, unklar = [], [], []
    for zeile in zeilen:
        texte = [als_text(blatt.zelle(zeile, s)) for s in (schluessel.spalte, name) if s >= 0]
        leer = not texte[0]
        if (leer and schluessel.spalte in fuellen) or not (leer or zeile in fremd or schluessel.muster):
            continue
        if schluessel.muster and re.match(schluessel.muster, texte[0]) and zeile not in fremd:
            continue
        wort = next((t for t in texte if re.search(r"[^\W\d]{2}", t)), texte[0])
        if _KREIS.match(wort) and not _OHNE_ZUORDNUNG.search(wort):  # first: 'Landkreis gesamt' ends as a subtotal does
            kreis.append(zeile)
        elif _TEILSUMME.search(wort) and not schluessel.muster:
            unklar.append(zeile)
        elif _OHNE_ZUORDNUNG.search(wort):
            ohne.append(zeile)
        elif ist_insgesamt(falte(wort)) or re.match(r"(insgesamt|summe|gesamt)", falte(wort)):
            kreis.append(zeile)
        else:
            unklar.append(zeile)
    return tuple(kreis), tuple(ohne), tuple(unklar)


def _ende(blatt: Blatt, zeilen: list[int]) -> int:
    """The first row below the values with a text in its first cell; -1 when nothing stands there."""
    return next((n for n in range(zeilen[-1] + 1, len(blatt.zeilen)) if als_text(blatt.zelle(n, 0))), -1)


def haeufig(texte: list[str]) -> list[str]:
    """Distinct texts, the frequent ones first, else in the order of the table."""
    return [t for t, _ in Counter(texte).most_common()]
