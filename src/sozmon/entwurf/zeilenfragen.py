"""Rows of a sheet that are no Gemeinde: where the table ends, totals, what belongs nowhere, what repeats."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence

from sozmon.entwurf.aufbau import Aufbau
from sozmon.entwurf.schreiber import Schreiber, vorschlag
from sozmon.entwurf.toml import als_toml, muster_aus, muster_toml
from sozmon.quellen.gitter import als_text

AUSSCHLUSS = 8
"""Texts that a filter names one by one."""


def schreibe_zeilen(s: Schreiber, a: Aufbau) -> None:
    """End mark, total rows, rows 'ohne Zuordnung', rows that are no Raum, keys that stand several times."""
    if a.ende >= 0 and not a.blatt.gedreht and (muster := _endmuster(als_text(a.blatt.zelle(a.ende, 0)))):
        s.setze("ende", muster_toml(muster), f"Ab hier (jetzt Zeile {a.ende + 1}) stehen keine Werte mehr.")
    for feld, zeilen, was in (
        ("kreiszeile", a.kreiszeilen, "Ist das die Summe des eigenen Kreises"),
        ("ohne_zuordnung", a.ohne_zuordnung, "Zählt diese Zeile im Kreis, aber in keiner Gemeinde"),
    ):
        if texte := list(dict.fromkeys(_beschriftung(a, z) for z in zeilen)):
            s.frage(
                f"{was}: {_liste(a, zeilen)}?",
                ("ja: die Zeile gelten lassen · nein: die Zeile löschen und die Zeilen mit filter ausschließen",),
                [vorschlag(f"{feld} = {muster_toml(_genau(texte))}")],
            )
            s.absatz()
    _unklare(s, a)
    if not a.gliederungen and a.zeitspalte < 0 and not a.fuellen:
        _mehrfache(s, a)


def _mehrfache(s: Schreiber, a: Aufbau) -> None:
    """Keys that stand in several rows although nothing in the rows tells them apart."""
    anzahl = Counter(t for _, t in a.texte(a.schluessel.spalte))
    if mehrfach := [t for t, n in anzahl.items() if n > 1]:
        s.sage(
            f"Achtung: {len(mehrfach)} {'Schlüssel steht' if len(mehrfach) == 1 else 'Schlüssel stehen'} in mehreren "
            f"Zeilen ({', '.join(mehrfach[:3])}{' …' if len(mehrfach) > 3 else ''}). Welche davon gelten, sagt filter."
        )


def _unklare(s: Schreiber, a: Aufbau) -> None:
    """Rows with values that belong to no Raum: leave them out, if the person says so."""
    kopf = a.kopf_von(a.schluessel.spalte)
    texte = list(dict.fromkeys(t for z in a.unklar if (t := als_text(a.blatt.zelle(z, a.schluessel.spalte)))))
    if a.unklar and not texte:
        s.sage(f"Ohne Schlüssel: {_liste(a, a.unklar)}. Solche Zeilen mit Werten lehnt der Import ab.")
    nur_ziffern = a.schluessel.art in ("ags", "ars") and not any(t[0].isdigit() for t in texte)
    if len(texte) > AUSSCHLUSS and not nur_ziffern and len(_endungen(texte)) > 1:
        s.sage(f"Kein Raum des Projekts: {_liste(a, a.unklar)}. Was damit geschieht, sagt sozmon quelle pruefen.")
    elif texte:
        filter_ = als_toml({kopf: r"^\d" if nur_ziffern else _ausser(texte)})
        if a.schluessel.art == "name":  # to skip a Gemeinde that is spelled otherwise would lose it
            s.sage(
                f"Noch keinem Raum zugeordnet: {_liste(a, a.unklar)}. Zuordnen: sozmon raeume namen DATEI. Was keine "
                "Gemeinde ist, bleibt weg, wenn das # vor der nächsten Zeile gelöscht ist (die anderen Namen vorher "
                "daraus streichen):"
            )
            s.zeilen.append(f"# filter = {filter_}")
            return
        s.frage(
            f"Kein Raum des Projekts: {_liste(a, a.unklar)}. Sollen diese Zeilen übergangen werden?",
            ("ja: die Zeile gelten lassen · nein: die Zeile löschen und den Schlüssel prüfen",),
            [vorschlag(f"filter = {filter_}")],
        )
        s.absatz()


def _endungen(texte: Sequence[str]) -> set[str]:
    """Last words: subtotals of a pivot end alike ('Aubach Ergebnis')."""
    return {t.rpartition(" ")[2] if " " in t else t for t in texte}


def _ausser(texte: Sequence[str]) -> str:
    """A pattern for everything but these texts; by their common last word when there are several."""
    endungen = _endungen(texte)
    if len(texte) > 1 and len(endungen) == 1:
        return f"^(?!.* {muster_aus(next(iter(endungen)))}$)"
    return f"^(?!{_genau(texte)[1:]})"


def _genau(texte: Sequence[str]) -> str:
    """A pattern for exactly these texts."""
    return f"^{muster_aus(texte[0])}$" if len(texte) == 1 else f"^({'|'.join(map(muster_aus, texte))})$"


def _liste(a: Aufbau, zeilen: Sequence[int]) -> str:
    mehr = f" und {len(zeilen) - 5} weitere" if len(zeilen) > 5 else ""
    return ", ".join(f"{a.zeilenort(z)} „{_beschriftung(a, z)}“" for z in zeilen[:5]) + mehr


def _beschriftung(a: Aufbau, zeile: int) -> str:
    """The text of the row that a person would name it by: of the name cell or the key cell."""
    texte = [als_text(a.blatt.zelle(zeile, s)) for s in (a.schluessel.spalte, a.name) if s >= 0]
    return next((t for t in texte if re.search(r"[^\W\d]{2}", t)), next((t for t in texte if t), ""))


def _endmuster(text: str) -> str:
    """A pattern for the line below the table that stays the same next year."""
    if re.fullmatch(r"([_\-–=*.])\1{2,}", text):
        return f"^{muster_aus(text[0])}+$"
    if treffer := re.match(r"(\d{1,2}\)|[¹²³⁴⁵⁶⁷⁸⁹⁰*])", text):
        return r"^\d{1,2}\)" if treffer[0][0].isdigit() and treffer[0].isascii() else f"^{muster_aus(treffer[0])}"
    if treffer := re.match(r"(©|\(c\)|[^\W\d]+[:.]?)", text, re.I):
        return f"^{muster_aus(treffer[0])}"
    return ""
