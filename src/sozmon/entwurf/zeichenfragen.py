"""Signs in place of numbers, quality letters and footnote marks of a sheet."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from sozmon.entwurf.aufbau import Aufbau
from sozmon.entwurf.schreiber import Schreiber, vorschlag
from sozmon.entwurf.toml import als_toml_text
from sozmon.entwurf.zellen import ZEICHEN, ist_wert, ist_zahl, ist_zeichen, marke
from sozmon.quellen.auszug import ZEICHENLAENGE, Zeichenfund
from sozmon.quellen.gitter import adresse

ZITAT = 200
"""Characters of an explanation that are quoted."""
ANTWORTEN = (
    "null_genau = genau null, nichts vorhanden · null_gerundet = weniger als die Hälfte der kleinsten Einheit",
    "geheim_quelle = das Amt hält die Zahl geheim · unsicher = Zahl zu unsicher · folgt = Zahl kommt später",
    "nicht_sinnvoll = die Angabe ergibt keinen Sinn · nicht_geliefert = nicht bekannt, keine Angabe · "
    "raum_bestand_nicht = den Raum gab es nicht",
)
_KLEINER = re.compile(r"([<≤]) ?(\d{1,2})")


@dataclass(frozen=True, slots=True)
class Zellmarken:
    """``fussnoten``: marks glued to values; ``buchstaben``: quality letters, each with how often."""

    fussnoten: tuple[str, ...]
    buchstaben: dict[str, int]


def finde_zeichen(funde: Sequence[Zeichenfund], aufbauten: Sequence[Aufbau]) -> dict[str, tuple[int, str]]:
    """Sign → (how often, address of the first), of the value columns only."""
    spalten = {s for a in aufbauten for s in a.wertspalten}
    gefunden: dict[str, tuple[int, str]] = {}
    for fund in funde:
        if fund.spalte in spalten and not ist_zahl(fund.text):
            anzahl, zelle = gefunden.get(fund.text, (0, fund.zelle))
            gefunden[fund.text] = (anzahl + fund.anzahl, zelle)
    koepfe = {t for a in aufbauten for z in range(a.kopf + a.kopfzeilen) for t in map(_text, a.blatt.zeilen[z])}
    return {t: v for t, v in gefunden.items() if t in ZEICHEN or t not in koepfe}


def zeichen_der_zellen(a: Aufbau) -> list[Zeichenfund]:
    """Signs of a turned sheet, whose columns are rows of the file."""
    orte = [(z, s) for s in a.wertspalten for z in a.zeilen if isinstance(a.blatt.zelle(z, s), str)]
    return [
        Zeichenfund(text, 1, s, adresse(a.blatt, z, s))
        for z, s in orte
        if 0 < len(text := _text(a.blatt.zelle(z, s))) <= ZEICHENLAENGE and (ist_zeichen(text) or not ist_wert(text))
    ]


def _text(zelle: object) -> str:
    return str(zelle).strip()


def finde_marken(aufbauten: Sequence[Aufbau]) -> Zellmarken:
    """Marks glued to the numbers of the value columns."""
    anzahl: dict[str, int] = {}
    for a in aufbauten:
        for zeile in a.zeilen:
            for spalte in a.wertspalten:
                if m := marke(a.blatt.zelle(zeile, spalte)):
                    anzahl[m] = anzahl.get(m, 0) + 1
    buchstaben = {m: n for m, n in anzahl.items() if m.isalpha()}
    return Zellmarken(tuple(m for m in anzahl if not m.isalpha()), buchstaben)


def erklaerung(zeichen: str, texte: Sequence[str]) -> str:
    """The line of the table that explains the sign ('* = Anzahl unter 3'); '' when none does."""
    vorn = re.compile(rf"{re.escape(zeichen)}\s*[=:]?\s+\S.{{4}}|{re.escape(zeichen)} ?= ?\S")
    mitten = re.compile(rf"\bmit (?:einem )?[„\"(]?{re.escape(zeichen)}[“\")]?\s")
    return next((t for t in texte if vorn.match(t) or mitten.search(t)), "")[:ZITAT]


def schreibe_zeichen(schreiber: Schreiber, zeichen: dict[str, tuple[int, str]], texte: Sequence[str]) -> None:
    """The table [zeichen]: a question for each sign that occurs; ``texte``: what stands around the table."""
    schreiber.absatz()
    schreiber.zeilen.append("[zeichen]")
    if not zeichen:
        schreiber.sage("In den Zellen stehen nur Zahlen. Kommt später ein Zeichen vor, sagt der Import es.")
    for nummer, (text, (anzahl, zelle)) in enumerate(zeichen.items()):
        mal = "einmal" if anzahl == 1 else f"{anzahl}-mal"
        ueblich = ZEICHEN.get(text, "geheim_quelle" if _KLEINER.fullmatch(text) else "")
        meist = f" Viele Ämter meinen damit {ueblich}; die Zeichenerklärung der Tabelle entscheidet." if ueblich else ""
        if satz := erklaerung(text, texte):
            meist = f" In der Tabelle steht: „{satz}“"
        schreiber.frage(
            f"Was bedeutet „{text}“ ({mal}, zuerst in {zelle})?{meist}",
            ANTWORTEN if nummer == 0 else (),
            [vorschlag(f'{als_toml_text(text)} = "{ueblich or "???"}"')],
        )


def schreibe_spanne(schreiber: Schreiber, zeichen: dict[str, tuple[int, str]]) -> None:
    """What may be hidden behind a secret sign (a field of the Quelle, so it stands before the tables)."""
    geheim = [t for t in zeichen if ZEICHEN.get(t) == "geheim_quelle" or _KLEINER.fullmatch(t)]
    if not geheim:
        return
    grenze = next((int(m[2]) - (m[1] == "<") for t in geheim if (m := _KLEINER.fullmatch(t))), 2)
    schreiber.frage(
        f"Falls {' oder '.join(f'„{t}“' for t in geheim)} geheime Zahlen verdeckt: Wie groß können sie sein?",
        (
            f"von 1 bis {grenze} (die beiden Zeilen gelten lassen) oder andere Grenzen",
            "nicht bekannt, oder nichts ist geheim: beide Zeilen löschen",
        ),
        [vorschlag("geheim_min = 1"), vorschlag(f"geheim_max = {grenze}")],
    )


def schreibe_kennzeichen(schreiber: Schreiber, marken: Zellmarken) -> None:
    """The table [kennzeichen] for letters behind numbers."""
    if not marken.buchstaben:
        return
    schreiber.absatz()
    schreiber.zeilen.append("[kennzeichen]")
    for text, anzahl in marken.buchstaben.items():
        wert = text if text in "prse" else "???"
        schreiber.frage(
            f"Was bedeutet der Buchstabe „{text}“ hinter einer Zahl ({anzahl}-mal)?",
            ("p = vorläufig · r = berichtigt · s = geschätzt · e = endgültig",),
            [vorschlag(f'{als_toml_text(text)} = "{wert}"')],
        )
