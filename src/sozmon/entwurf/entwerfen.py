"""Extract of a file → draft of its Quelle: the pipeline, and the fields of the Quelle itself."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from sozmon.dateien import AblehnungError
from sozmon.definition import vorschlag as meinten_sie
from sozmon.entwurf.aufbau import Aufbau, finde_aufbau
from sozmon.entwurf.blattfragen import schreibe_blatt
from sozmon.entwurf.pins import finde_pins
from sozmon.entwurf.rand import finde_herausgeber, finde_stand, finde_zeiten, nennt_stand, ohne_zeit
from sozmon.entwurf.schluessel import Raumkenner
from sozmon.entwurf.schreiber import Schreiber
from sozmon.entwurf.spalten import Wertspalte, gruppiere
from sozmon.entwurf.toml import als_toml, als_toml_text
from sozmon.entwurf.zeichenfragen import (
    finde_marken,
    finde_zeichen,
    schreibe_kennzeichen,
    schreibe_spanne,
    schreibe_zeichen,
    zeichen_der_zellen,
)
from sozmon.entwurf.zeitfragen import schreibe_stand, schreibe_zeit
from sozmon.entwurf.zellen import zahlenart
from sozmon.errors import AufrufError
from sozmon.katalog import Katalog
from sozmon.katalogfragen import PLATZHALTER
from sozmon.quellen.auszug import SPALTEN, Auszug, fusszeilen
from sozmon.quellen.erkennung import check_personen
from sozmon.quellen.gitter import Blatt, als_text, gedreht

MAX_BLAETTER = 5
_FUELLWORTE = frozenset({"xlsx", "csv", "xls", "nach", "und", "der", "die", "den", "am", "im", "in", "von", "fuer"})
_UMLAUTE = str.maketrans({"ä": "ae", "ö": "oe", "ü": "ue", "ß": "ss"})


@dataclass(frozen=True, slots=True)
class Entwurf:
    """``text``: the TOML file; ``fragen``: how many questions it asks; ``befund``: sentences on what was found."""

    kennung: str
    text: str
    fragen: int
    befund: tuple[str, ...]


def entwirf(
    auszug: Auszug, datei: str, katalog: Katalog, kenner: Raumkenner, *, kennung: str = "", blatt: str = ""
) -> Entwurf:
    """Draft a Quelle for the file. AblehnungError (4) when no sheet holds a table with Räume in its rows."""
    aufbauten = _aufbauten(auszug, datei, kenner, blatt)
    rand = [t for a in aufbauten for t in _kopftexte(a)]
    rand += [t for b in auszug.blaetter if b.name not in [a.blatt.name for a in aufbauten] for t in _seitentexte(b)]
    fuss = [t for a in aufbauten for t in fusszeilen(a.seite)]
    wer = finde_herausgeber([*rand, *fuss])
    titel = _titel([t for t in rand if t != wer], datei)
    kennung = kennung or _freie_kennung(ohne_zeit(titel) or datei, katalog)
    gruppen = [gruppiere(a.koepfe, a.wertspalten, list(katalog.dimensionen.values())) for a in aufbauten]
    zeichen = _zeichen(auszug, aufbauten)
    s = Schreiber()
    _kopf(s, datei, kennung, aufbauten, auszug)
    _quelle(s, kennung, titel, wer, aufbauten)
    schreibe_zeit(s, finde_zeiten(rand), aufbauten, gruppen, rand, bool(re.search("wahl", titel, re.I)))
    schreibe_stand(s, finde_stand([*rand, *fuss]), datei)
    schreibe_spanne(s, zeichen)
    _erkennung(s, aufbauten, auszug, titel)
    schreibe_zeichen(s, zeichen, [*rand, *fuss])
    schreibe_kennzeichen(s, finde_marken(aufbauten))
    for aufbau, spalten in zip(aufbauten, gruppen, strict=True):
        schreibe_blatt(s, aufbau, spalten, katalog, kenner, len(auszug.blaetter) > 1, titel)
    return Entwurf(kennung, s.text, s.fragen, tuple(_befund(aufbauten, gruppen)))


# --------------------------------------------------------------------------------------------------


def _aufbauten(auszug: Auszug, datei: str, kenner: Raumkenner, blatt: str) -> list[Aufbau]:
    gewaehlt = [b for b in auszug.blaetter if not blatt or b.name == blatt]
    if blatt and not gewaehlt:
        namen = [b.name for b in auszug.blaetter]
        raise AufrufError(
            f"Ein Blatt „{blatt}“ gibt es in „{datei}“ nicht.",
            abhilfe=meinten_sie(blatt, namen) or f"Vorhanden sind: {', '.join(namen)}.",
        )
    gefunden = _mit_werten(gewaehlt, kenner) or _mit_werten([gedreht(b) for b in gewaehlt if _drehbar(b)], kenner)
    for a in gefunden:
        koepfe = [als_text(z) for zeile in a.blatt.zeilen[a.kopf : a.kopf + a.kopfzeilen] for z in zeile]
        check_personen([Blatt(a.blatt.name, [list(koepfe)], a.blatt.art)], datei)
    if not gefunden:
        raise AblehnungError(
            "keine_tabelle",
            f"In „{datei}“ ist keine Tabelle mit einer Zeile je Raum zu erkennen.",
            grund="Gesucht wird eine Spalte mit Schlüsseln oder Namen von Gemeinden und daneben Spalten mit Zahlen.",
            abhilfe="Stehen die Gemeinden nebeneinander, die Tabelle in Excel drehen („Transponieren“). "
            "Ohne Gemeindeverzeichnis im Projekt werden Namen schlechter erkannt: erst das Verzeichnis importieren.",
        )
    return gefunden[:MAX_BLAETTER]


def _mit_werten(blaetter: Sequence[Blatt], kenner: Raumkenner) -> list[Aufbau]:
    return [a for b in blaetter if (a := finde_aufbau(b, kenner)) is not None and a.wertspalten]


def _drehbar(blatt: Blatt) -> bool:
    """Small enough to be a page with the Räume side by side."""
    return len(blatt.zeilen) <= SPALTEN


def _kopftexte(a: Aufbau) -> list[str]:
    """Texts above the heads and the name of the sheet, as the import sees them."""
    return [*a.leittexte, *([a.blatt.name] if a.blatt.name else [])]


def _seitentexte(blatt: Blatt) -> list[str]:
    """Texts at the beginning of a sheet without a table: offices explain there what the others hold."""
    return [" ".join(als_text(z).split()) for zeile in blatt.zeilen[:12] for z in zeile if z != ""]


def _zeichen(auszug: Auszug, aufbauten: Sequence[Aufbau]) -> dict[str, tuple[int, str]]:
    gefunden: dict[str, tuple[int, str]] = {}
    for a in aufbauten:
        funde = zeichen_der_zellen(a) if a.blatt.gedreht else auszug.zeichen.get(a.blatt.name, ())
        for text, (anzahl, zelle) in finde_zeichen(funde, [a]).items():
            bisher = gefunden.get(text, (0, zelle))
            gefunden[text] = (bisher[0] + anzahl, bisher[1])
    return gefunden


def _titel(rand: Sequence[str], datei: str) -> str:
    """The first line above the table that reads like a title, else the name of the file."""
    gute = [t for t in rand if len(ohne_zeit(t)) >= 8 and not t.endswith(":") and not nennt_stand(t)]
    return gute[0] if gute else " ".join((datei.rpartition(".")[0] or datei).replace("_", " ").split())


def _freie_kennung(text: str, katalog: Katalog) -> str:
    """A kennung that no Quelle has: a draft must not replace one by accident."""
    name = kennung_aus(text)
    return f"{name}_neu" if name in katalog.quellen else name


def kennung_aus(text: str) -> str:
    """A kennung made of the words of a text: a-z, 0-9, _; no years."""
    worte = re.findall(r"[a-z]+", text.casefold().translate(_UMLAUTE))
    return "_".join([w for w in worte if w not in _FUELLWORTE][:3]) or "neu"


# --------------------------------------------------------------------------------------------------


def _kopf(s: Schreiber, datei: str, kennung: str, aufbauten: Sequence[Aufbau], auszug: Auszug) -> None:
    s.sage(f"Entwurf von sozmon für „{datei}“. So wird daraus eine Quelle:")
    s.sage(f"Bei jeder FRAGE die Zeile darunter ergänzen: {PLATZHALTER} durch die Antwort ersetzen.", "#  - ")
    s.sage("Eine Zeile, die mit #? beginnt, ist ein Vorschlag. Sie gilt erst, wenn „#?“ gelöscht ist.", "#  - ")
    s.sage(f"Danach zeigt „sozmon quelle pruefen {kennung} DATEI“, was die Tabelle ergibt.", "#  - ")
    s.sage("Jedes Feld erklärt indikatoren/README.md.")
    weitere = [b.name for b in auszug.blaetter if b.name and b.name not in {a.blatt.name for a in aufbauten}]
    if weitere:
        s.sage(f"Nicht gelesene Blätter: {', '.join(weitere)}.")
    for hinweis in auszug.hinweise:
        s.sage(hinweis)
    s.absatz()


def _quelle(s: Schreiber, kennung: str, titel: str, wer: str, aufbauten: Sequence[Aufbau]) -> None:
    s.setze("kennung", als_toml(kennung))
    s.setze("titel", als_toml_text(ohne_zeit(titel) or titel))
    s.setze("form", als_toml("tabelle"))
    if wer:
        s.setze("herausgeber", als_toml_text(wer), "Steht so in der Tabelle; erscheint in jeder Quellenzeile.")
    else:
        s.frage(
            "Welche Stelle liefert die Tabelle? So steht es später in jeder Quellenzeile.",
            ("zum Beispiel: Sozialamt, Statistik der Bundesagentur für Arbeit",),
            [f'herausgeber = "{PLATZHALTER}"'],
        )
    s.absatz()
    s.setze("rechtsgrundlage", '""', "Worauf sich die Stelle stützt, wenn sie die Zahlen weitergibt (darf leer sein).")
    s.setze(
        "veroeffentlichung", '"ja"', "ja, nein oder ab_ebene:kreis; Anzahlen unter mindestfallzahl bleiben verborgen."
    )
    s.setze("mindestfallzahl", "3")
    art, sicher = zahlenart(_zahltexte(aufbauten))
    if art != "de" or not sicher:
        zweifel = "" if sicher else " Zahlen wie 1.234 gelten hier als Tausender; stimmt das nicht, punkt schreiben."
        s.setze("zahlen", als_toml(art), f"de: 1.234,5 · en: 1,234.5 · punkt: 1234.5.{zweifel}")


def _zahltexte(aufbauten: Sequence[Aufbau]) -> list[str]:
    return [
        z.strip()
        for a in aufbauten
        for zeile in a.zeilen
        for spalte in a.wertspalten
        if isinstance(z := a.blatt.zelle(zeile, spalte), str)
    ]


def _erkennung(s: Schreiber, aufbauten: Sequence[Aufbau], auszug: Auszug, titel: str) -> None:
    pins = finde_pins(aufbauten, auszug, titel)
    s.absatz()
    s.sage("An diesen Texten wird die Tabelle erkannt; alle müssen auch in der nächsten Lieferung so dastehen.")
    s.zeilen.append("erkennung = [")
    s.zeilen += [f"  {als_toml(p)}," for p in pins]
    s.zeilen.append("]")


def _spaltenzahl(anzahl: int) -> str:
    return "eine Spalte" if anzahl == 1 else f"{anzahl} Spalten"


def _befund(aufbauten: Sequence[Aufbau], gruppen: Sequence[Sequence[Wertspalte]]) -> list[str]:
    saetze = []
    for a, spalten in zip(aufbauten, gruppen, strict=True):
        wo = f"Blatt „{a.blatt.name}“: " if a.blatt.name else ""
        k = a.schluessel
        womit = "im Projekt bekannt" if k.geprueft else "der Form nach, ohne Gemeindeverzeichnis"
        saetze.append(
            f"{wo}{len(a.zeilen)} Zeilen mit Werten; {a.bekannt[0]} von {a.bekannt[1]} "
            f"{'Namen' if k.art == 'name' else 'Schlüsseln'} {womit}; {_spaltenzahl(len(a.wertspalten))} mit Zahlen"
            f"{f', zusammengefasst zu {len(spalten)}' if len(spalten) < len(a.wertspalten) else ''}."
        )
    return saetze
