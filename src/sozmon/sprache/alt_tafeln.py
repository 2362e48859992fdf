"""Alt texts of the charts of many values, made from the same plain values that are drawn.

A series is told by its ends and extremes, a heat table by the extremes of its columns, everything with how many values
are hidden; never compared across a break, and nothing in it that the picture hides.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from itertools import pairwise

from sozmon.diagramm.achse import compute_werteachse
from sozmon.diagramm.modell import Angaben, Art, Punkt, Reihe, gedruckt
from sozmon.diagramm.steigung import Steigung
from sozmon.diagramm.tafeln import innere_brueche, zeit_text
from sozmon.diagramm.verlaeufe import Verlauf
from sozmon.diagramm.waermewerte import Waermespalte, Waermezeile
from sozmon.sprache.alttexte import ALLE_BIS, WORT_FUER_ZEICHEN
from sozmon.sprache.grundlage import NAMEN_HOECHSTENS
from sozmon.sprache.worte import anzahl, aufzaehlung, menge, satz, zeit_nackt
from sozmon.zahlen import format_zahl, runde, sortierschluessel

GRUENDE: dict[Art, tuple[str, str]] = {
    "geheim": (
        "ist unbekannt, geheim zu halten oder nicht freigegeben",
        "sind unbekannt, geheim zu halten oder nicht freigegeben",
    ),
    "fehlt": ("fehlt", "fehlen"),
    "unsicher": ("ist nicht sicher genug", "sind nicht sicher genug"),
}
RICHTUNGEN = {"hoch_belastet": "hoher Wert gilt als belastend", "hoch_guenstig": "hoher Wert gilt als günstig"}

# --------------------------------------------------------------------------------------------------
# small multiples


def alt_vielfache(titel: str, felder: Sequence[Reihe], angaben: Angaben, vergleich: Reihe | None = None) -> str:
    """Alt text of the small multiples; ``titel``: what is measured, without unit. Of several sheets: all of them."""
    reihen = [*felder, *([vergleich] if vergleich else [])]
    jahre = [p.jahr for r in reihen for p in r.punkte]
    was = _was(titel, angaben.einheit)
    if not felder or not jahre:
        return satz(f"Kleine Liniendiagramme: {was}, ohne Werte")
    viele = "Ein Liniendiagramm" if len(felder) == 1 else f"{anzahl(len(felder))} kleine Liniendiagramme"
    gleich = " mit denselben Achsen" if len(felder) > 1 else ""
    teile = [f"{viele}{gleich}: {was}, {_zeitraum(jahre)}"]
    teile.append(f"Senkrechte Achse {_achsenbeginn(reihen, angaben)}")
    if vergleich:
        teile.append(f"In jedem Feld als graue Linie {_linie(vergleich, angaben)}")
    teile += [_linie(r, angaben) for r in felder]
    teile += [f"{bruch}: Die Linien sind dort unterbrochen" for bruch in _bruchworte(jahre, angaben.brueche)]
    return " ".join(satz(t) for t in teile)


def _linie(reihe: Reihe, angaben: Angaben) -> str:
    zahl = _schreiber(angaben.einheit, angaben.nachkommastellen)
    return f"{reihe.name}: {_verlauf(reihe.punkte, angaben.brueche, zahl, angaben.nachkommastellen)}"


def _achsenbeginn(reihen: Sequence[Reihe], angaben: Angaben) -> str:
    """What ``draw_vielfache`` does with these values."""
    stellen = angaben.nachkommastellen
    werte = [gedruckt(p.wert, stellen) for r in reihen for p in r.punkte if p.wert is not None]
    achse = compute_werteachse(werte, stellen, anzahl=4)
    return f"beginnt bei {'null' if achse.unten == 0 else achse.text(achse.unten)}"


# --------------------------------------------------------------------------------------------------
# slope


def alt_steigung(
    titel: str, linien: Sequence[Steigung], angaben: Angaben, zeiten: tuple[str, str], vergleich: Steigung | None = None
) -> str:
    """Alt text of the slope chart: every line up to ten Räume, above the three largest changes each way."""
    zahl, stellen = _schreiber(angaben.einheit, angaben.nachkommastellen), angaben.nachkommastellen
    von, bis = (zeit_nackt(z) for z in zeiten)
    viele = f"{anzahl(len(linien), 'm')} {'Raum' if len(linien) == 1 else 'Räume'}" if linien else "ohne Räume"
    teile = [f"Steigungsdiagramm: {_was(titel, angaben.einheit)}, {von} und {bis}, {viele}"]
    if vergleich:
        teile.append(f"Zum Vergleich {_steigung(vergleich, zahl, stellen, (von, bis))}")
    mit = [s for s in linien if s.anfang is not None and s.ende is not None]
    if len(mit) <= ALLE_BIS:
        teile += ["; ".join(_steigung(s, zahl, stellen, (von, bis)) for s in mit)] if mit else []
    else:
        teile += _auswahl(mit, zahl, stellen, (von, bis))
    einzeln = [s for s in linien if (s.anfang is None) != (s.ende is None)]
    teile += [_steigung(s, zahl, stellen, (von, bis)) for s in einzeln]
    return " ".join(satz(t) for t in [*teile, *_ohne_ende(linien, (von, bis))])


def _differenz(s: Steigung, stellen: int) -> float:
    """Change of the printed numbers."""
    return float(runde(s.ende or 0.0, stellen) - runde(s.anfang or 0.0, stellen))


def _steigung(s: Steigung, zahl: Callable[[float], str], stellen: int, zeiten: tuple[str, str]) -> str:
    if s.anfang is None or s.ende is None:
        paare = zip((s.anfang, s.ende), zeiten, strict=True)
        werte = [f"{zahl(w)} ({zeit})" for w, zeit in paare if w is not None]
        return f"{s.name}: {', '.join(werte) or 'kein Wert'}, ohne Linie"
    if _differenz(s, stellen) == 0:
        return f"{s.name} unverändert {zahl(s.ende)}"
    return f"{s.name} von {zahl(s.anfang)} auf {zahl(s.ende)}"


def _auswahl(
    linien: Sequence[Steigung], zahl: Callable[[float], str], stellen: int, zeiten: tuple[str, str]
) -> list[str]:
    folge = sorted(linien, key=lambda s: (_differenz(s, stellen), sortierschluessel(s.name)))
    hoch = [s for s in reversed(folge) if _differenz(s, stellen) > 0]
    tief = [s for s in folge if _differenz(s, stellen) < 0]
    gleich = len(folge) - len(hoch) - len(tief)
    zahlen = [(w, n) for w, n in (("gestiegen", len(hoch)), ("gesunken", len(tief)), ("unverändert", gleich)) if n]
    orte = [f"{wort} in {anzahl(n, 'm', 'dat')}" for wort, n in zahlen]
    orte[0] += " Raum" if zahlen[0][1] == 1 else " Räumen"
    teile = [aufzaehlung(orte)]
    for wort, liste in (("Stärkster Anstieg", hoch), ("Stärkster Rückgang", tief)):
        if liste:
            teile.append(f"{wort}: {'; '.join(_steigung(s, zahl, stellen, zeiten) for s in liste[:3])}")
    return teile


def _ohne_ende(linien: Sequence[Steigung], zeiten: tuple[str, str]) -> list[str]:
    """Which ends have no number, by reason; of many only how many."""
    teile = []
    for art, (einzahl, mehrzahl) in GRUENDE.items():
        namen = []
        for s in sorted(linien, key=lambda s: sortierschluessel(s.name)):
            paare = ((s.anfang, s.anfang_art), (s.ende, s.ende_art))
            namen += [f"{s.name} {z}" for z, (w, a) in zip(zeiten, paare, strict=True) if w is None and a == art]
        if namen:
            teile.append(f"{_viele(len(namen), einzahl, mehrzahl)}: {aufzaehlung(namen)}")
    return teile


# --------------------------------------------------------------------------------------------------
# heat table


def alt_waerme(titel: str, zeilen: Sequence[Waermezeile], spalten: Sequence[Waermespalte]) -> str:
    """Alt text of the heat table: of every column the extremes, the sum rows, and how many cells have no number."""
    raeume = [z for z in zeilen if z.rolle == "raum"]
    wer = f"{anzahl(len(raeume), 'm')} {'Raum' if len(raeume) == 1 else 'Räume'}" if raeume else "keine Räume"
    was = f"{anzahl(len(spalten), 'm')} {'Indikator' if len(spalten) == 1 else 'Indikatoren'}"
    gruppen = sum(z.rolle == "gruppe" for z in zeilen)
    in_gruppen = f" in {anzahl(gruppen, 'f', 'dat')} {'Gruppe' if gruppen == 1 else 'Gruppen'}" if gruppen else ""
    teile = [f"Wärmetabelle: {titel}, {wer}{in_gruppen}, {was}"]
    teile.append("Je dunkler eine Zelle, desto höher der Wert unter den Räumen der Spalte")
    summen = [z for z in zeilen if z.rolle == "summe"]
    teile += [_spalte(i, s, raeume, summen) for i, s in enumerate(spalten)] if raeume else []
    return " ".join(satz(t) for t in teile)


def _spalte(i: int, spalte: Waermespalte, raeume: Sequence[Waermezeile], summen: Sequence[Waermezeile]) -> str:
    zahl = _schreiber(spalte.einheit, spalte.nachkommastellen)
    mit = [(z.name, gedruckt(z.zellen[i].wert or 0.0, spalte.nachkommastellen)) for z in raeume if _fest(z, i)]
    teile = [_extreme(mit, zahl, "höchster Wert" if len(mit) == len(raeume) else "höchster gezeigter Wert")]
    for z in summen:
        wert = z.zellen[i].wert
        teile.append(f"{z.name} {zahl(wert)}" if wert is not None else f"{z.name} ohne Wert")
    for art, (einzahl, mehrzahl) in GRUENDE.items():
        n = sum(z.zellen[i].art == art for z in raeume)  # uncertain ones too: they have no tone
        teile += [_viele(n, einzahl, mehrzahl)] if n else []
    wertung = RICHTUNGEN.get(spalte.richtung, "")
    kopf = _was(spalte.name, spalte.einheit)
    return f"{kopf}{f' ({wertung})' if wertung else ''}: {'; '.join(teile)}"


def _fest(zeile: Waermezeile, i: int) -> bool:
    return zeile.zellen[i].art == "wert" and zeile.zellen[i].wert is not None


def _extreme(werte: Sequence[tuple[str, float]], zahl: Callable[[float], str], hoechster: str) -> str:
    if not werte:
        return "kein Wert"
    hoch, tief = max(w for _, w in werte), min(w for _, w in werte)
    if len(werte) == 1:
        return f"einziger Wert {zahl(hoch)} ({werte[0][0]})"
    if hoch == tief:
        return f"alle Werte {zahl(hoch)}"
    enden = [f"{wort} {zahl(w)} ({_wer(werte, w)})" for wort, w in ((hoechster, hoch), ("niedrigster", tief))]
    return ", ".join(enden)


def _wer(werte: Sequence[tuple[str, float]], wert: float) -> str:
    """The Räume of this value; many are counted, not named."""
    namen = sorted((n for n, w in werte if w == wert), key=sortierschluessel)
    return aufzaehlung(namen) if len(namen) <= NAMEN_HOECHSTENS else f"{anzahl(len(namen))} Räume"


# --------------------------------------------------------------------------------------------------
# sparkline table


def alt_verlaeufe(titel: str, zeilen: Sequence[Verlauf], vergleichsname: str = "") -> str:
    """Alt text of the sparkline table: every row with its course, the change and the comparison as printed."""
    viele = f"{anzahl(len(zeilen), 'm')} {'Indikator' if len(zeilen) == 1 else 'Indikatoren'}" if zeilen else "leer"
    jahre = [p.jahr for z in zeilen for p in z.punkte]
    teile = [f"Tabelle mit Verlaufslinien: {titel}, {viele}{f', {_zeitraum(jahre)}' if jahre else ''}"]
    return " ".join(satz(t) for t in [*teile, *(_zeile(z, vergleichsname) for z in zeilen)])


def _zeile(z: Verlauf, vergleichsname: str) -> str:
    zahl = _schreiber(z.einheit, z.nachkommastellen)
    teile = [_verlauf(z.punkte, z.brueche, zahl, z.nachkommastellen)]
    teile += [f"Veränderung: {z.veraenderung}"] if z.veraenderung else []
    teile += [f"{vergleichsname}: {z.vergleich}"] if vergleichsname and z.vergleich else []
    teile += _bruchworte([p.jahr for p in z.punkte], z.brueche)
    return f"{_was(z.name, z.einheit)}: {'; '.join(teile)}"


# --------------------------------------------------------------------------------------------------
# parts


def _was(titel: str, einheit: str) -> str:
    wort = WORT_FUER_ZEICHEN.get(einheit, "")
    return f"{titel}, in {wort}" if wort else f"{titel}, {einheit}" if einheit else titel


def _schreiber(einheit: str, stellen: int) -> Callable[[float], str]:
    """How a number is written: with its sign of unit, or plain where the unit is words that were told before."""
    if einheit in WORT_FUER_ZEICHEN:
        return lambda wert: menge(wert, einheit, stellen)
    return lambda wert: format_zahl(wert, stellen)


def _zeitraum(jahre: Sequence[float]) -> str:
    von, bis = min(jahre), max(jahre)
    return f"{zeit_text(von)} bis {zeit_text(bis)}" if bis > von else zeit_text(von)


def _verlauf(
    punkte: Sequence[Punkt], brueche: Sequence[tuple[float, str]], zahl: Callable[[float], str], stellen: int
) -> str:
    """The runs between the breaks, then what is hidden or missing."""
    laeufe: dict[int, list[Punkt]] = {}
    for p in sorted(punkte, key=lambda p: p.jahr):
        if p.wert is not None:
            laeufe.setdefault(sum(ab <= p.jahr for ab, _ in brueche), []).append(p)
    teile = [_lauf(lauf, zahl, stellen) for lauf in laeufe.values()]
    for art, (einzahl, mehrzahl) in GRUENDE.items():
        zeiten = sorted(p.jahr for p in punkte if p.art == art)
        teile += [f"{_viele(len(zeiten), einzahl, mehrzahl)} ({_zeitliste(zeiten)})"] if zeiten else []
    return "; ".join(teile) or "kein Wert"


def _lauf(mit: Sequence[Punkt], zahl: Callable[[float], str], stellen: int) -> str:
    """First and last value, and the extremes where they are others."""

    def text(p: Punkt) -> str:
        return f"{zahl(p.wert or 0.0)} ({zeit_text(p.jahr)})"

    def rund(p: Punkt) -> float:
        return gedruckt(p.wert or 0.0, stellen)

    if len(mit) == 1:
        return f"einzelner Wert {text(mit[0])}"
    teile = [f"von {text(mit[0])} bis {text(mit[-1])}"]
    for wort, p in (("höchster Wert", max(mit, key=rund)), ("niedrigster Wert", min(mit, key=rund))):
        teile += [f"{wort} {text(p)}"] if rund(p) not in (rund(mit[0]), rund(mit[-1])) else []
    return ", ".join(teile)


def _bruchworte(jahre: Sequence[float], brueche: Sequence[tuple[float, str]]) -> list[str]:
    return [f"ab {zeit_text(ab)} Bruch der Reihe ({grund})" for ab, grund in innere_brueche(jahre, brueche)]


def _viele(n: int, einzahl: str, mehrzahl: str) -> str:
    return f"{anzahl(n, 'm')} Wert {einzahl}" if n == 1 else f"{anzahl(n)} Werte {mehrzahl}"


def _zeitliste(zeiten: Sequence[float]) -> str:
    """'2011, 2013 bis 2015': three and more years in a row as a range."""
    laeufe: list[list[float]] = [[zeiten[0]]]
    for vorher, zeit in pairwise(zeiten):
        if zeit == vorher + 1:
            laeufe[-1].append(zeit)
        else:
            laeufe.append([zeit])
    teile: list[str] = []
    for lauf in laeufe:
        teile += [_zeitraum(lauf)] if len(lauf) > 2 else [zeit_text(z) for z in lauf]
    return ", ".join(teile)
