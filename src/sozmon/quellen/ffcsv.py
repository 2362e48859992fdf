"""GENESIS flat files ("ffcsv") of the Regionaldatenbank, the Zensus database and the Länder, new and old style.

New style (since 2024/25): header ``statistics_code;…;value;value_unit;value_variable_code;…[;value_q]``, one value a
row. Old style: header ``Statistik_Code;…`` and one value column per measure, named ``CODE__Label__Einheit``; title
rows above and footnotes below a line of underscores are allowed. Both: every number of classifying variables; an
empty code, INSGESAMT, *-INS or the label "Insgesamt" is the total.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import NamedTuple

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from sozmon.dateien import AblehnungError
from sozmon.quellen import roh
from sozmon.quellen.csvtext import zerlege

KOPF_NEU = re.compile(r"\"?statistics_code\"?(?P<trenner>[;\t])", re.IGNORECASE)
KOPF_ALT = re.compile(r"\"?Statistik_Code\"?(?P<trenner>[;\t])", re.IGNORECASE)
"""First head of each style; a tab follows when Excel saved the file as "Unicode-Text"."""
_WERTSPALTE = re.compile(r"(?P<code>.+?)__(?P<titel>.*?)(?:__(?P<einheit>.*))?")
_KOPFSUCHE = 15  # title rows above an old-style header

RAUMVARIABLE = re.compile(r"DINSG|DLAND|REGBEZ|KREISE?\w?|GEMEIN\w*|GEO(DL|BL|RB|LK|VB|GM)\w*")
"""Official codes of the variables whose attribute is a Raum."""
_RAUMART = tuple(
    (re.compile(muster), art)
    for muster, art in (("GEOGM.*", "ars"), ("GEOVB.*", "verband"), ("GEMEIN.*", "ags"), ("KREIS.*|GEOLK.*", "kreis"))
)
_ZEITVARIABLE = re.compile(r"MONAT|QUART\w?|SEMEST|SMONAT")


@dataclass(frozen=True, slots=True)
class _Kopf:
    """Where the columns are: ``variablen`` = (code, label, attribute code, attribute label) by index."""

    spalten: dict[str, int]
    variablen: tuple[tuple[int, int, int, int], ...]
    zeile: int
    breite: int
    trenner: str


def kopfzeile(text: str) -> tuple[str, int]:
    """('neu' | 'alt' | '', 0-based line of the header)."""
    for nummer, zeile in enumerate(text[:20_000].split("\n")[:_KOPFSUCHE]):
        if KOPF_NEU.match(zeile):
            return "neu", nummer
        if KOPF_ALT.match(zeile):
            return "alt", nummer
    return "", 0


@dataclass(frozen=True, slots=True)
class Flachdatei:
    """A flat file taken apart into columns; ``statistiken`` decide which Quelle reads it on."""

    kopf: _Kopf
    spalten: list[pa.DictionaryArray]
    stil: str
    name: str

    @property
    def zeilen(self) -> int:
        """Number of data rows."""
        return len(self.spalten[0])

    @property
    def statistiken(self) -> list[str]:
        """Codes of the statistics in the file."""
        spalte = self.kopf.spalten["statistics_code" if self.stil == "neu" else "Statistik_Code"]
        return [c for c in self.spalten[spalte].dictionary.to_pylist() if c]


def open_ffcsv(text: str, name: str) -> Flachdatei:
    """Take a flat file apart. AblehnungError (exit 4) for ragged rows and missing columns, with the line."""
    stil, zeile = kopfzeile(text)
    kopf, spalten = _spalten(text, name, zeile, stil)
    return Flachdatei(kopf, spalten, stil, name)


class Rollen(NamedTuple):
    """Which of the classifying variables (0-based) names the Raum, and which a part of the year (None = none)."""

    raum: int
    zeit: int | None = None


def find_rollen(
    datei: Flachdatei, raumvariablen: Mapping[str, str] | None = None, bisher: Rollen | None = None
) -> Rollen:
    """Roles of the variables by their codes; ``bisher``: those of the rows before, for a column without a code here.

    AblehnungError (exit 4) when not exactly one variable names a Raum.
    """
    arten = _Raumarten(raumvariablen or {})

    def suche(passt: Callable[[str], bool], vorher: int | None) -> list[int]:
        codes = [_codes(datei.spalten[v[0]]) for v in datei.kopf.variablen]
        return [i for i, liste in enumerate(codes) if (all(map(passt, liste)) if liste else i == vorher)]

    raeume = suche(arten.ist_raum, bisher.raum if bisher else None)
    if len(raeume) != 1:
        raise AblehnungError(
            "raumvariable",
            f"In „{datei.name}“ ist nicht zu erkennen, welche Spalte den Raum nennt.",
            ort=f"Zeile {datei.kopf.zeile + 1}",
            grund="Erwartet wird genau eine Variable wie DLAND, KREISE oder GEMEIN.",
            abhilfe="Die Tabelle im Portal mit genau einer regionalen Variable abrufen.",
        )
    teile = suche(lambda code: bool(_ZEITVARIABLE.fullmatch(code)), bisher.zeit if bisher else None)
    return Rollen(raeume[0], next((i for i in teile if i != raeume[0]), None))


def _codes(spalte: pa.DictionaryArray) -> list[str]:
    return [c.strip() for c in spalte.dictionary.to_pylist() if c]


def read_ffcsv(
    datei: Flachdatei, raumvariablen: Mapping[str, str] | None = None, rollen: Rollen | None = None
) -> roh.Roh:
    """Rohwerte of a flat file; ``raumvariablen``: the Quelle's pattern of region variables → kind of key."""
    arten = _Raumarten(raumvariablen or {})
    lies = _read_neu if datei.stil == "neu" else _read_alt
    return lies(datei, rollen or find_rollen(datei, raumvariablen), arten)


class _Raumarten:
    """Which variables name a Raum, and which kind of key they carry: the Quelle's word, else the official codes."""

    def __init__(self, erklaert: Mapping[str, str]) -> None:
        self._erklaert = [(re.compile(muster), art) for muster, art in erklaert.items()]

    def ist_raum(self, code: str) -> bool:
        return self._treffer(code) is not None or bool(RAUMVARIABLE.fullmatch(code))

    def art(self, variable: str) -> str:
        treffer = self._treffer(variable.strip())
        return raumart(variable) if treffer is None else treffer

    def _treffer(self, code: str) -> str | None:
        return next((art for muster, art in self._erklaert if muster.fullmatch(code)), None)


def _spalten(text: str, name: str, zeile: int, stil: str) -> tuple[_Kopf, list[pa.DictionaryArray]]:
    """The header and every column below it, dictionary-encoded."""
    if (ende := find_ende(text)) >= 0:
        text = text[:ende]
    text = text.rstrip("\n")
    beginn = _beginn(text, zeile)
    kopftext = text[:beginn].rstrip("\n").rpartition("\n")[2]
    treffer = (KOPF_NEU if stil == "neu" else KOPF_ALT).match(kopftext)
    trenner = treffer["trenner"] if treffer else ";"
    namen = [s.strip() for s in zerlege(kopftext, name, trenner)[0]]
    kopf = _kopf(namen, zeile, name, stil, trenner)
    if '"' in text:
        _check_zweiter_kopf(text, beginn, kopf, name, stil)
        werte = zerlege(text, name, trenner)[zeile + 1 :]
        _check_breite([len(w) for w in werte], kopf, name)
        return kopf, [roh.texte(s) for s in zip(*werte, strict=True)] if werte else [roh.texte([]) for _ in namen]
    rumpf = text[beginn:]
    spalten = _schnell(rumpf, kopf)
    muster = KOPF_NEU if stil == "neu" else KOPF_ALT
    if spalten is None or any(muster.match(f"{w}{trenner}") for w in spalten[0].dictionary.to_pylist()):
        _check_zweiter_kopf(text, beginn, kopf, name, stil)
        _check_breite([z.count(trenner) + 1 for z in rumpf.split("\n")], kopf, name)
    assert spalten is not None, "the fast reader must read rows that all have their fields"
    return kopf, spalten


def find_ende(text: str) -> int:
    """Where the line of underscores above the footnotes begins; -1 without one."""
    treffer = re.search(r"^\"?_{5,}", text, re.MULTILINE) if "_____" in text else None
    return treffer.start() if treffer else -1


def _beginn(text: str, zeile: int) -> int:
    """Where the first row below the header begins."""
    beginn = 0
    for _ in range(zeile + 1):
        beginn = text.find("\n", beginn) + 1
        if not beginn:
            return len(text)
    return beginn


def _schnell(rumpf: str, kopf: _Kopf) -> list[pa.DictionaryArray] | None:
    """Without a quotation mark in the file every separator parts two fields: the fast reader reads the same.

    None for rows that do not all have the fields of the header.
    """
    from pyarrow import csv

    typ = pa.dictionary(pa.int32(), pa.string())
    namen = [str(i) for i in range(kopf.breite)]
    if not rumpf:
        return [roh.texte([]) for _ in namen]
    if rumpf.startswith("\n") or "\n\n" in rumpf:  # the fast reader takes an empty line for a row of empty fields
        return None
    daten = rumpf.encode()
    try:
        tabelle = csv.read_csv(
            pa.py_buffer(daten),
            csv.ReadOptions(use_threads=False, column_names=namen, block_size=max(1 << 20, len(daten) + 1)),
            csv.ParseOptions(
                delimiter=kopf.trenner, quote_char=False, newlines_in_values=False, ignore_empty_lines=False
            ),
            csv.ConvertOptions(column_types=dict.fromkeys(namen, typ), strings_can_be_null=False, null_values=[]),
        )
    except pa.ArrowInvalid:
        return None
    return [s.combine_chunks() for s in tabelle.unify_dictionaries().itercolumns()]


def _kopf(namen: list[str], zeile: int, name: str, stil: str, trenner: str) -> _Kopf:
    doppelt = sorted({n for n in namen if n and namen.count(n) > 1})
    if doppelt:
        raise _kopffehler(name, zeile, "kopf_doppelt", f"Der Spaltenkopf „{doppelt[0]}“ steht zweimal.")
    ort = {n: i for i, n in enumerate(namen)}
    worte = ("variable", "attribute") if stil == "neu" else ("Merkmal", "Auspraegung")
    variablen = []
    for i in range(1, 100):
        if stil == "neu":
            suche = [
                f"{i}_variable_code",
                f"{i}_variable_label",
                f"{i}_variable_attribute_code",
                f"{i}_variable_attribute_label",
            ]
        else:
            suche = [f"{i}_{w}_{t}" for w in worte for t in ("Code", "Label")]
        if suche[0] not in ort:
            break
        fehlt = next((s for s in suche if s not in ort), "")
        if fehlt:
            raise _kopffehler(name, zeile, "kopf_unvollstaendig", f"Die Spalte „{fehlt}“ fehlt.")
        variablen.append(tuple(ort[s] for s in suche))
    noetig = (
        ("statistics_code", "time_code", "time", "value", "value_variable_code")
        if stil == "neu"
        else ("Statistik_Code", "Zeit_Code", "Zeit")
    )
    fehlt = next((s for s in noetig if s not in ort), "")
    if fehlt:
        raise _kopffehler(name, zeile, "kopf_unvollstaendig", f"Die Spalte „{fehlt}“ fehlt.")
    return _Kopf(ort, tuple(variablen), zeile, len(namen), trenner)  # type: ignore[arg-type]


def _kopffehler(name: str, zeile: int, art: str, grund: str) -> AblehnungError:
    return AblehnungError(
        art,
        f"Der Kopf von „{name}“ ist kein vollständiger ffcsv-Kopf.",
        ort=f"Zeile {zeile + 1}",
        grund=grund,
        abhilfe="Die Tabelle im Portal noch einmal als „Flat-File-CSV“ abrufen und unverändert importieren.",
    )


def _check_zweiter_kopf(text: str, beginn: int, kopf: _Kopf, name: str, stil: str) -> None:
    """Files glued together have a second head among the values; its cells would be taken for keys and times."""
    muster = (KOPF_NEU if stil == "neu" else KOPF_ALT).pattern
    if treffer := re.compile(f"^(?:{muster})", re.IGNORECASE | re.MULTILINE).search(text, beginn):
        raise AblehnungError(
            "kopf_doppelt",
            f"In „{name}“ steht der Kopf ein zweites Mal.",
            ort=f"Zeile {text.count(chr(10), 0, treffer.start()) + 1}",
            grund=f"Der erste steht in Zeile {kopf.zeile + 1}; vermutlich wurden zwei Dateien aneinandergehängt.",
            abhilfe="Die Dateien einzeln importieren, so wie sie heruntergeladen wurden.",
        )


def _check_breite(breiten: list[int], kopf: _Kopf, name: str) -> None:
    for nummer, breite in enumerate(breiten, kopf.zeile + 2):
        if breite != kopf.breite:
            raise AblehnungError(
                "zeile_ungleich",
                f"In „{name}“ hat eine Zeile {breite} statt {kopf.breite} Felder.",
                ort=f"Zeile {nummer}",
                grund="In dieser Dateiform hat jede Zeile gleich viele Felder; die Datei ist verkürzt oder bearbeitet.",
                abhilfe="Die Datei noch einmal vom Portal holen und unverändert importieren.",
            )


# --------------------------------------------------------------------------------------------------


def _read_neu(datei: Flachdatei, rollen: Rollen, arten: _Raumarten) -> roh.Roh:
    kopf, spalten = datei.kopf, datei.spalten

    def spalte(wort: str) -> pa.DictionaryArray | None:
        return spalten[kopf.spalten[wort]] if wort in kopf.spalten else None

    anzahl = len(spalten[0])
    _check_merkmal(datei)
    ergebnis = _gemeinsam(datei, ("time_code", "time"), rollen, arten)
    ergebnis.update(
        statistik=spalte("statistics_code"),
        code=spalte("value_variable_code"),
        einheit=spalte("value_unit"),
        wert=spalte("value"),
        zusatz=spalte("value_q"),
        zeile=np.arange(kopf.zeile + 1, kopf.zeile + 1 + anzahl, dtype=np.int32),
        spalte=np.full(anzahl, kopf.spalten["value"], np.int32),
    )
    beschriftung = _beschriftung(datei, rollen)
    beschriftung.update(_paare(spalte("value_variable_code"), spalte("value_variable_label")))
    return roh.Roh(roh.tabelle(anzahl, **ergebnis), beschriftung, _sprache(spalte("time_label")))


def _check_merkmal(datei: Flachdatei) -> None:
    """A value whose measure is not named would be stored as a measure without a name."""
    codes = datei.spalten[datei.kopf.spalten["value_variable_code"]]
    if all(code.strip() for code in codes.dictionary.to_pylist()):
        return
    leer = next(i for i, code in enumerate(codes.to_pylist()) if not code.strip())
    raise AblehnungError(
        "merkmal_leer",
        f"In „{datei.name}“ steht ein Wert ohne Merkmal.",
        ort=f"Zeile {datei.kopf.zeile + 2 + leer}, Spalte „value_variable_code“",
        grund="Jede Zeile nennt den Code dessen, was gezählt wurde; die Datei ist beschädigt oder bearbeitet.",
        abhilfe="Die Datei noch einmal vom Portal holen und unverändert importieren.",
    )


def _read_alt(datei: Flachdatei, rollen: Rollen, arten: _Raumarten) -> roh.Roh:
    kopf, spalten = datei.kopf, datei.spalten
    anzahl = len(spalten[0])
    letzte = max((max(v) for v in kopf.variablen), default=-1)
    wertspalten = [(n, i) for n, i in kopf.spalten.items() if i > letzte and "__" in n]
    if not wertspalten:
        raise _kopffehler(
            datei.name, kopf.zeile, "kopf_unvollstaendig", "Es gibt keine Wertspalte (CODE__Label__Einheit)."
        )
    gemeinsam = _gemeinsam(datei, ("Zeit_Code", "Zeit"), rollen, arten)
    gemeinsam["statistik"] = spalten[kopf.spalten["Statistik_Code"]]
    beschriftung = _beschriftung(datei, rollen)
    tabellen = []
    for titel, i in wertspalten:
        treffer = _WERTSPALTE.fullmatch(titel)
        assert treffer is not None
        beschriftung[treffer["code"]] = treffer["titel"].replace("_", " ")
        tabellen.append(
            roh.tabelle(
                anzahl,
                **gemeinsam,
                code=treffer["code"],
                einheit=(treffer["einheit"] or "").replace("_", " "),
                wert=spalten[i],
                zeile=np.arange(kopf.zeile + 1, kopf.zeile + 1 + anzahl, dtype=np.int32),
                spalte=np.full(anzahl, i, np.int32),
            )
        )
    label = spalten[kopf.spalten["Zeit_Label"]] if "Zeit_Label" in kopf.spalten else None
    return roh.Roh(roh.verbinde(tabellen), beschriftung, _sprache(label))


def _gemeinsam(datei: Flachdatei, zeit: tuple[str, str], rollen: Rollen, arten: _Raumarten) -> dict[str, object]:
    """Columns that both styles share: Raum, time and the other classifying variables."""
    kopf, spalten = datei.kopf, datei.spalten
    variable, _, schluessel, label = kopf.variablen[rollen.raum]
    restliche = [v for i, v in enumerate(kopf.variablen) if i not in rollen]
    return {
        "schluessel": _gestutzt(spalten[schluessel]),
        "name": _gestutzt(spalten[label]),
        "raumart": _abbildung(spalten[variable], arten.art),
        "zeitcode": spalten[kopf.spalten[zeit[0]]],
        "zeit": _zeit(datei, spalten[kopf.spalten[zeit[1]]], rollen),
        "merkmale": _merkmale(restliche, spalten),
    }


def raumart(variable: str) -> str:
    """Which kind of key a region variable carries; only a hint, the register decides."""
    return next((art for muster, art in _RAUMART if muster.fullmatch(variable.strip())), "")


def _zeit(datei: Flachdatei, zeit: pa.DictionaryArray, rollen: Rollen) -> pa.DictionaryArray:
    """Monthly and quarterly tables carry the year as time and the month as a variable (MONAT07, QUART1)."""
    if rollen.zeit is None:
        return zeit
    teil = _gestutzt(datei.spalten[datei.kopf.variablen[rollen.zeit][2]])
    verbunden = pc.binary_join_element_wise(zeit.dictionary_decode(), teil.dictionary_decode(), " ")
    return verbunden.dictionary_encode()


def _merkmale(
    variablen: list[tuple[int, int, int, int]], spalten: list[pa.DictionaryArray]
) -> pa.DictionaryArray | str:
    """'VAR=CODE|VAR2=CODE2' per row, totals left out; evaluated once per combination."""
    if not variablen:
        return ""
    from sozmon.quellen.kombination import kombiniere

    felder = [spalten[i] for v in variablen for i in (v[0], v[2], v[3])]
    kombinationen, zeilen = kombiniere(felder)
    fertig = []
    for k in kombinationen:
        teile = []
        for i in range(0, len(k), 3):
            variable, code, label = (str(t).strip() for t in k[i : i + 3])
            if variable and not ist_insgesamt(code, label):
                teile.append(f"{_sauber(variable)}={_sauber(code or label)}")
        fertig.append("|".join(teile))
    return pa.DictionaryArray.from_arrays(pa.array(zeilen, pa.int32()), pa.array(fertig, pa.string()))


def ist_insgesamt(code: str, label: str) -> bool:
    """True for every way in which GENESIS writes a total."""
    return (
        (not code and not label)
        or code.upper() in ("INSGESAMT", "TOTAL", "GESAMT")
        or code.upper().endswith(("-INS", "INSGESAMT"))
        or label.casefold() in ("insgesamt", "total", "gesamt")
    )


def _sauber(code: str) -> str:
    return code.replace("|", "/").replace("=", ":")


def _gestutzt(spalte: pa.DictionaryArray) -> pa.DictionaryArray:
    return _abbildung(spalte, str.strip)


def _abbildung(spalte: pa.DictionaryArray, funktion: Callable[[str], str]) -> pa.DictionaryArray:
    neu = [funktion(t) for t in spalte.dictionary.to_pylist()]
    return pa.DictionaryArray.from_arrays(spalte.indices, pa.array(neu, pa.string()))


def _paare(codes: pa.DictionaryArray | None, label: pa.DictionaryArray | None) -> dict[str, str]:
    if codes is None or label is None:
        return {}
    from sozmon.quellen.kombination import kombiniere

    return {str(c): str(b).strip() for c, b in kombiniere([codes, label])[0]}


def _beschriftung(datei: Flachdatei, rollen: Rollen) -> dict[str, str]:
    from sozmon.quellen.kombination import kombiniere

    ergebnis: dict[str, str] = {}
    spalten = datei.spalten
    for i, (variable, label, code, text) in enumerate(datei.kopf.variablen):
        if i == rollen.raum:
            continue
        ergebnis.update(_paare(spalten[variable], spalten[label]))
        dreier = kombiniere([spalten[variable], spalten[code], spalten[text]])[0]
        ergebnis.update({f"{v}={c}": str(b).strip() for v, c, b in dreier})
    return ergebnis


def _sprache(label: pa.DictionaryArray | None) -> str:
    """'en' for the English twin of a file: its numbers have decimal points."""
    worte = {t.strip().casefold() for t in label.dictionary.to_pylist()} if label is not None else set()
    return (
        "en"
        if worte & {"year", "reference date", "month", "quarter", "reference month", "semester (half-year)"}
        else ""
    )
