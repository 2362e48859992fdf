"""Classic GENESIS tables (CSV and XLSX), the layout of the screen: titles, a head of several rows, key and name, foot.

They carry labels where the flat file carries codes. What a label means is declared in the Quelle (``kodierungen`` with
the label of the variable, ``zuordnungen`` with 'Bevölkerungsstand (Anzahl)'); a head row or column whose meaning is not
certain refuses the whole table.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import NoReturn

import numpy as np

from sozmon.dateien import AblehnungError
from sozmon.model import Kodierung, Meldung, Quelle, Stufe
from sozmon.quellen import roh
from sozmon.quellen.gitter import Blatt, Zelle, adresse, als_text, check_marken, check_verborgen, fundstelle
from sozmon.quellen.zeiten import parse_zeit

_CODE = re.compile(r"(?:GENESIS-)?Tabelle: *([0-9A-Z]{5}-[0-9A-Z-]+)")
_BLATT = re.compile(r"\d{5}-[0-9A-Z-]+")
_SCHLUESSEL = re.compile(r"DG|[0-9]{2}|[0-9]{3}|[0-9]{5}|[0-9]{8}|[0-9]{9}|[0-9]{12}")
_MASS = re.compile(r"(.+?) ?\(([^()]+)\)")
_FUSS = re.compile(r"_{3,}")
_BUCHSTABE = re.compile(r"[^\W\d_]{2,}")
INSGESAMT = "Insgesamt"
"""Label of the total in every GENESIS variable."""
ZEITLABEL = {"stichtag": "STAG", "jahr": "JAHR", "schuljahr": "SCHULJ", "monat": "MONAT", "quartal": "QUARTG"}
"""Labels of the variables that are times, and their official codes."""

_STATT_DESSEN = "Dieselbe Tabelle im Portal als „Flat File (ffcsv)“ herunterladen und diese Datei importieren."


def tabellencode(blaetter: Sequence[Blatt]) -> str:
    """Code of the table ('12411-0015') when this is a classic GENESIS table, else ''."""
    if not blaetter:
        return ""
    if treffer := _CODE.match(als_text(blaetter[0].zelle(0, 0))):
        return treffer[1]
    return blaetter[0].name if len(blaetter) == 1 and _BLATT.fullmatch(blaetter[0].name) else ""


def read_genesis_tabelle(blaetter: list[Blatt], quelle: Quelle, name: str) -> tuple[roh.Roh, list[Meldung]]:
    """Rohwerte of the table. AblehnungError 'genesis_unklar' where the head leaves a doubt."""
    return _Tabelle(blaetter[0], quelle, name, tabellencode(blaetter)).lies()


@dataclass(frozen=True, slots=True)
class _Bau:
    """0-based: column of the key, first value column, first row below the head, row of the foot."""

    schluessel: int
    erste_wertspalte: int
    kopfende: int
    fuss: int


@dataclass(frozen=True, slots=True)
class _Kopf:
    """What stands above one value column: time ('' = elsewhere), 'VAR=label|…', measure with its unit."""

    zeit: str
    merkmale: str
    mass: str


class _Tabelle:
    def __init__(self, blatt: Blatt, quelle: Quelle, name: str, code: str) -> None:
        self.blatt, self.quelle, self.name, self.code = blatt, quelle, name, code
        self.bau = self._finde_bau()
        self.titel = [als_text(z[0]) for z in blatt.zeilen[: self._erste_kopfzeile()] if z and als_text(z[0])]

    # ---------------------------------------------------------------------------------- where things stand

    def _finde_bau(self) -> _Bau:
        zeilen = self.blatt.zeilen
        fuss = next((i for i, z in enumerate(zeilen) if z and _FUSS.match(als_text(z[0]))), len(zeilen))
        treffer = {s: [i for i in range(fuss) if self._ist_schluessel(i, s)] for s in range(5)}
        schluessel = max(treffer, key=lambda s: (len(treffer[s]), -s))
        if not treffer[schluessel]:
            self._unklar(0, 0, "In keiner Spalte stehen Raumschlüssel neben Namen.")
        erste = treffer[schluessel][0]
        # a time in a row of its own may stand between head and values
        koepfe = [z for z in range(erste) if any(als_text(t) for t in zeilen[z][schluessel + 2 :])]
        if not koepfe:
            self._unklar(max(erste - 1, 0), 0, "Über der ersten Zeile mit Werten steht kein Kopf.")
        wertspalte = next(s for s in range(schluessel + 2, len(zeilen[koepfe[-1]])) if als_text(zeilen[koepfe[-1]][s]))
        return _Bau(schluessel, wertspalte, koepfe[-1] + 1, fuss)

    def _ist_schluessel(self, zeile: int, spalte: int) -> bool:
        return bool(
            _SCHLUESSEL.fullmatch(als_text(self.blatt.zelle(zeile, spalte)))
            and _BUCHSTABE.search(als_text(self.blatt.zelle(zeile, spalte + 1)))
        )

    def _erste_kopfzeile(self) -> int:
        """First row of the head: titles stand in the first column alone."""
        zeile = self.bau.kopfende
        while zeile and any(als_text(z) for z in self.blatt.zeilen[zeile - 1][self.bau.schluessel + 2 :]):
            zeile -= 1
        return zeile

    # ---------------------------------------------------------------------------------- the head

    def _koepfe(self) -> list[_Kopf]:
        """One for each value column."""
        breite = max(len(z) for z in self.blatt.zeilen[: self.bau.kopfende])
        spalten = range(self.bau.erste_wertspalte, breite)
        zeilen = {z: self._gefuellt(z, spalten) for z in range(self._erste_kopfzeile(), self.bau.kopfende)}
        zeit: list[str] = [""] * len(spalten)
        dimensionen: dict[str, list[str]] = {}
        rest: dict[int, list[str]] = {}
        variable = ""
        for nummer, texte in zeilen.items():
            if self._ist_variable(nummer, texte, variable):
                variable = texte[0]
            elif all(map(_ist_zeit, texte)):
                zeit, variable = texte, ""
            elif wovon := self._dimension(variable, texte):
                dimensionen[wovon], variable = texte, ""
            else:
                rest[nummer] = texte
        masse = self._masse(rest, len(spalten))
        return [
            _Kopf(zeit[i], "|".join(f"{v}={t[i]}" for v, t in dimensionen.items() if t[i] != INSGESAMT), masse[i])
            for i in range(len(spalten))
        ]

    def _gefuellt(self, zeile: int, spalten: range) -> list[str]:
        """Texts of a head row, merged ones filled to the right."""
        texte: list[str] = []
        for s in spalten:
            texte.append(" ".join(als_text(self.blatt.zelle(zeile, s)).split()) or (texte[-1] if texte else ""))
        if not texte[0]:
            self._unklar(zeile, spalten[0], "Der Kopf der ersten Wertspalte ist leer.")
        return texte

    def _ist_variable(self, zeile: int, texte: Sequence[str], offen: str) -> bool:
        """A row that names what the row below is broken down by: one text over all columns."""
        if len(set(texte)) > 1 or offen or zeile + 1 >= self.bau.kopfende:
            return False
        darunter = self._gefuellt(zeile + 1, range(self.bau.erste_wertspalte, self.bau.erste_wertspalte + len(texte)))
        bekannt = texte[0].casefold() in ZEITLABEL or texte[0] in self._kodierungen
        return bekannt or (all(map(_ist_zeit, darunter)) and not _ist_zeit(texte[0]))

    @property
    def _kodierungen(self) -> Mapping[str, Kodierung]:
        return {k.variable: k for k in self.quelle.kodierungen}

    def _dimension(self, variable: str, texte: Sequence[str]) -> str:
        """The variable of a row of labels: named above, or the only declared one that knows all of them."""
        if variable:
            return variable
        gesucht = set(texte) - {INSGESAMT}
        passende = [v for v, k in self._kodierungen.items() if gesucht and gesucht <= k.werte.keys()]
        return passende[0] if len(passende) == 1 else ""

    def _masse(self, rest: dict[int, list[str]], anzahl: int) -> list[str]:
        """Measure with unit of every column: from the head's last two rows, or from the last title."""
        im_titel = [m for t in self.titel if (m := _MASS.fullmatch(t))]
        if not rest and im_titel:
            return [f"{im_titel[-1][1].strip()} ({im_titel[-1][2]})"] * anzahl
        if len(rest) != 2 or max(rest) != self.bau.kopfende - 1:
            self._unklarer_kopf(rest)
        masse, einheiten = rest.values()
        return [f"{m} ({e})" for m, e in zip(masse, einheiten, strict=True)]

    def _unklarer_kopf(self, rest: Mapping[int, Sequence[str]]) -> NoReturn:
        zeile = min(rest, default=self.bau.kopfende - 1)
        texte = ", ".join(dict.fromkeys(rest.get(zeile, ())))
        grund = (
            f"Was „{texte[:80]}“ im Kopf bedeutet, ist" if texte else "Welche Maßzahl und Einheit die Werte haben, ist"
        )
        self._unklar(zeile, self.bau.erste_wertspalte, f"{grund} nicht zu erkennen.")

    # ---------------------------------------------------------------------------------- the rows

    def lies(self) -> tuple[roh.Roh, list[Meldung]]:
        """Rohwerte of all rows with a key, and what was noticed."""
        koepfe = self._koepfe()
        wertspalten = range(self.bau.erste_wertspalte, self.bau.erste_wertspalte + len(koepfe))
        zeilen, zeiten = self._zeilen(wertspalten)
        alle = [self.bau.schluessel, *wertspalten]
        meldungen = check_marken(self.blatt, set(zeilen), set(alle)) + check_verborgen(self.blatt, zeilen, alle)
        if not any(k.zeit for k in koepfe) and not all(zeiten):
            zeiten = [self._zeit_im_titel()] * len(zeilen)
        gliederung = [self._gliederung(z) for z in zeilen]
        zellen: list[Zelle] = [self.blatt.zelle(z, s) for s in wertspalten for z in zeilen]
        n, m = len(zeilen), len(koepfe)
        tabelle = roh.tabelle(
            n * m,
            schluessel=roh.wiederholt(
                roh.texte([als_text(self.blatt.zelle(z, self.bau.schluessel)) for z in zeilen]), m
            ),
            name=roh.wiederholt(roh.texte([als_text(self.blatt.zelle(z, self.bau.schluessel + 1)) for z in zeilen]), m),
            raumart="ags",
            statistik=self.code.partition("-")[0],
            code=roh.je([k.mass for k in koepfe], n),
            zeit=[k.zeit or zeiten[i] for k in koepfe for i in range(n)],
            merkmale=["|".join(filter(None, (k.merkmale, gliederung[i]))) for k in koepfe for i in range(n)],
            wert=[z.strip() if isinstance(z, str) else "" for z in zellen],
            zahl=[None if isinstance(z, str) else z for z in zellen],
            blatt=self.blatt.name,
            zeile=np.tile(np.asarray(zeilen, np.int32), m),
            spalte=np.repeat(np.asarray(wertspalten, np.int32), n),
        )
        return roh.Roh(tabelle), meldungen + self._fussnoten()

    def _zeilen(self, wertspalten: range) -> tuple[list[int], list[str]]:
        """Rows with a key, and the time that stands left of it or in a row of its own above ('' = none)."""
        zeilen: list[int] = []
        zeiten: list[str] = []
        zeit = ""
        for nummer in range(self.bau.kopfende, self.bau.fuss):
            zeile = [als_text(z) for z in self.blatt.zeilen[nummer]]
            if not any(zeile):
                continue
            davor = [t for t in zeile[: self.bau.schluessel] if t]
            zwischen = [t for t in zeile if t]
            if len(zwischen) == 1 and _ist_zeit(zwischen[0]):
                zeit = zwischen[0]
                continue
            if not _SCHLUESSEL.fullmatch(als_text(self.blatt.zelle(nummer, self.bau.schluessel))):
                self._unklar(nummer, self.bau.schluessel, "Eine Zeile hat keinen Raumschlüssel.")
            if davor and not all(map(_ist_zeit, davor)):
                self._unklar(nummer, 0, "Vor dem Schlüssel steht etwas anderes als ein Zeitpunkt.")
            if len(zeile) > wertspalten.stop:
                self._unklar(nummer, wertspalten.stop, "Neben der letzten Wertspalte steht ein Wert ohne Kopf.")
            zeit = davor[-1] if davor else zeit
            zeilen.append(nummer)
            zeiten.append(zeit)
        return zeilen, zeiten

    def _gliederung(self, zeile: int) -> str:
        """'VAR=label' of the columns between name and values."""
        teile = []
        for spalte in range(self.bau.schluessel + 2, self.bau.erste_wertspalte):
            text = als_text(self.blatt.zelle(zeile, spalte))
            kopf = als_text(self.blatt.zelle(self._erste_kopfzeile(), spalte))
            wovon = kopf if kopf in self._kodierungen else self._dimension("", [text])
            if text and text != INSGESAMT:
                if not (wovon or kopf):
                    self._unklar(zeile, spalte, "Eine Spalte zwischen Name und Werten ist nicht erklärt.")
                teile.append(f"{wovon or kopf}={text}")
        return "|".join(teile)

    def _zeit_im_titel(self) -> str:
        """The one date of the titles ('Stichtag: 31.12.2019')."""
        muster = r"\b(\d{1,2}\.\d{1,2}\.\d{4})|(?:Jahr|Berichtsjahr|Stichtag):? (\d{4})\b"
        gefunden = {t[1] or t[2] for zeile in self.titel for t in re.finditer(muster, zeile)}
        if len(gefunden) != 1:
            self._unklar(0, 0, "Für welchen Zeitpunkt die Werte gelten, steht weder im Kopf noch bei den Zeilen.")
        return gefunden.pop()

    def _fussnoten(self) -> list[Meldung]:
        """What the office says below the table: nobody sees it again otherwise."""
        unten = [als_text(z[0]) for z in self.blatt.zeilen[self.bau.fuss + 1 :] if z and als_text(z[0])]
        saetze = [t for t in unten if not t.startswith(("©", "(C)", "Stand:")) and not _FUSS.match(t)]
        if not saetze:
            return []
        ort = fundstelle(self.blatt, min(self.bau.fuss + 1, len(self.blatt.zeilen) - 1), 0)
        hilfe = "Betrifft es den Vergleich über die Jahre, gehört es als Bruch zum Merkmal oder in anmerkungen.csv."
        return [
            Meldung(
                "fussnote_der_tabelle", Stufe.INFO, f"Unter der Tabelle steht: {' '.join(saetze)[:400]}", ort, hilfe
            )
        ]

    def _unklar(self, zeile: int, spalte: int, grund: str) -> NoReturn:
        raise AblehnungError(
            "genesis_unklar",
            f"Die klassische GENESIS-Tabelle „{self.name}“ ist nicht eindeutig.",
            ort=adresse(self.blatt, zeile, spalte),
            grund=grund,
            abhilfe=_STATT_DESSEN,
        )


def _ist_zeit(text: str) -> bool:
    try:
        parse_zeit(text)
    except ValueError:
        return False
    return True
