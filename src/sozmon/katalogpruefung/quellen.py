"""Quellen and Merkmale: forms, declared tables, patterns, and what codes and columns are mapped to."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping

from sozmon.katalog import Katalog
from sozmon.katalogpruefung.funde import Fund, check_auspraegung, check_datum, mangel, verweis
from sozmon.model import Merkmal, Quelle, Spalte, Tabellenblatt

SCHWELLE_OHNE_GRUND = 3


def check_merkmal(k: Katalog, m: Merkmal) -> Iterator[Fund]:
    """Quellen, dimensions, Zeitart, Brüche."""
    if not m.quellen:
        yield mangel("quelle", "es ist keine Quelle genannt.")
    for quelle in m.quellen:
        yield from verweis(quelle, k.quellen, "die Quelle")
    for dimension in m.dimensionen:
        yield from verweis(dimension, k.dimensionen, "die Dimension")
    if not m.zeitart:
        yield mangel("zeitart", "es ist keine Zeitart genannt.")
    for bruch in m.brueche:
        yield from check_datum(bruch.ab, "Bruch")


def check_quelle(k: Katalog, q: Quelle) -> Iterator[Fund]:
    """Threshold, publication, what its form needs, dates."""
    if q.mindestfallzahl < SCHWELLE_OHNE_GRUND and not q.begruendung.strip():
        text = f"die Mindestfallzahl ist auf {q.mindestfallzahl} gelockert, ohne Begründung."
        yield mangel("schwelle", text, "Das Feld begruendung ausfüllen oder die Zeile mindestfallzahl löschen.")
    if not re.fullmatch(r"ja|nein|ab_ebene:[a-z0-9_]+", q.veroeffentlichung):
        yield mangel(
            "veroeffentlichung", f"„{q.veroeffentlichung}“ ist nicht vorgesehen.", "ja, nein oder ab_ebene:<ebene>"
        )
    if q.geheim_max is not None and q.geheim_max < q.geheim_min:
        yield mangel("schwelle", "geheim_max ist kleiner als geheim_min.")
    if q.form == "ffcsv" and not q.statistiken:
        yield mangel("form", "bei der Form ffcsv fehlt, für welche Statistiken die Quelle gilt.", 'statistiken = ["…"]')
    if q.form == "tabelle" and not (q.blaetter and q.erkennung):
        yield mangel("form", "bei der Form tabelle fehlen die Erkennung oder die Blätter.", "[[blaetter]]")
    if q.form == "tabelle" and not (q.zeit or q.zeit_muster or all(map(_hat_zeit, q.blaetter))):
        hilfe = "zeit, zeit_muster, spalten.zeit, die Gruppe zeit in spalten.muster oder zeitspalte"
        yield mangel("form", "es ist nicht gesagt, woher der Zeitpunkt kommt.", hilfe)
    for wert, feld in ((q.zeit, "zeit"), (q.aufbewahrung_bis, "aufbewahrung_bis")):
        yield from check_datum(wert, feld)
    if q.gebietsstand not in ("zeit", "letztes_jahr"):
        yield from check_datum(q.gebietsstand, "gebietsstand")


def _hat_zeit(b: Tabellenblatt) -> bool:
    return bool(b.zeitspalte) or all(s.zeit or "(?P<zeit>" in s.muster for s in b.spalten)


def check_blaetter(k: Katalog, q: Quelle) -> Iterator[Fund]:
    """Declared tables: heads or patterns, breakdowns that exist, no dimension stated twice."""
    for b in q.blaetter:
        if not b.schluessel:
            yield mangel("blatt", "es ist kein Spaltenkopf für den Raumschlüssel genannt.", 'schluessel = "…"')
        if b.zeitspalte and any(s.zeit or "(?P<zeit>" in s.muster for s in b.spalten):
            yield mangel("blatt", "der Zeitpunkt steht zugleich in zeitspalte und in einer Spalte.", "Eines streichen.")
        zeilen = {g.dimension: g.werte for g in b.gliederungen}
        yield from _check_werte(k, zeilen, "gliederungen")
        muster = [s.muster for s in b.spalten if s.muster]
        for doppelt in sorted({m for m in muster if muster.count(m) > 1}):
            yield mangel("blatt", f"das Muster „{doppelt}“ steht bei zwei Spalten.", "Die Spalten zusammenlegen.")
        for s in b.spalten:
            yield from _check_spalte(k, s, zeilen)


def _check_spalte(k: Katalog, s: Spalte, zeilen: Mapping[str, Mapping[str, str]]) -> Iterator[Fund]:
    name = s.kopf or s.muster or s.merkmal
    if bool(s.kopf) == bool(s.muster):
        yield mangel("spalte", f"die Spalte „{name}“ braucht entweder kopf oder muster.")
    yield from _check_werte(k, s.werte, f"der Spalte „{name}“")
    gruppen = set(_gruppen(s.muster)) - {"zeit"}
    for gruppe in sorted(gruppen ^ set(s.werte)):
        was = "keine werte" if gruppe in gruppen else "keine Gruppe im muster"
        yield mangel("spalte", f"die Spalte „{name}“ hat zu „{gruppe}“ {was}.", "Gruppe und werte gehören zusammen.")
    eigene = [t.partition("=")[0] for t in s.auspraegung.split("|") if t]
    for dimension in sorted((set(eigene) & (gruppen | set(zeilen))) | (gruppen & set(zeilen))):
        yield mangel("spalte", f"die Spalte „{name}“ nennt die Dimension „{dimension}“ zweimal.")
    if s.merkmal in k.merkmale:
        for dimension in sorted(
            ((gruppen | set(zeilen)) & set(k.dimensionen)) - set(k.merkmale[s.merkmal].dimensionen)
        ):
            yield mangel("spalte", f"das Merkmal „{s.merkmal}“ hat die Dimension „{dimension}“ nicht.")


def _gruppen(muster: str) -> Iterable[str]:
    try:
        return re.compile(muster).groupindex
    except re.error:
        return ()


def _check_werte(k: Katalog, werte: Mapping[str, Mapping[str, str]], wo: str) -> Iterator[Fund]:
    """Do the dimensions exist to whose values texts are mapped?"""
    for dimension, texte in werte.items():
        yield from verweis(dimension, k.dimensionen, "die Dimension")
        if dimension in k.dimensionen:
            for wert in dict.fromkeys(filter(None, texte.values())):
                yield from verweis(wert, k.dimensionen[dimension].werte, f"in werte {wo} der Wert")


def check_bezuege(k: Katalog, q: Quelle) -> Iterator[Fund]:
    """Do the Merkmale and dimensions exist that codes and columns are mapped to?"""
    for doppelt in sorted({z.code for z in q.zuordnungen if _mehrfach(q, z.code, z.statistik)}):
        yield mangel("zuordnung", f"der Code „{doppelt}“ ist zweimal zugeordnet.")
    ziele = [(z.merkmal, z.auspraegung) for z in q.zuordnungen]
    ziele += [(s.merkmal, s.auspraegung) for b in q.blaetter for s in b.spalten if s.merkmal]
    for merkmal, auspraegung in dict.fromkeys(ziele):
        yield from verweis(merkmal, k.merkmale, "das Merkmal")
        if merkmal in k.merkmale:
            yield from check_auspraegung(k, auspraegung, k.merkmale[merkmal].dimensionen)
    for kodierung in q.kodierungen:
        yield from verweis(kodierung.dimension, k.dimensionen, "die Dimension")
        if kodierung.dimension in k.dimensionen:
            for wert in filter(None, kodierung.werte.values()):
                yield from verweis(wert, k.dimensionen[kodierung.dimension].werte, f"der Wert von {kodierung.variable}")


def _mehrfach(q: Quelle, code: str, statistik: str) -> bool:
    return sum(1 for z in q.zuordnungen if z.code == code and statistik in (z.statistik, "")) > 1


def check_muster(_: Katalog, q: Quelle) -> Iterator[Fund]:
    """Regular expressions: valid, with the groups that are read."""
    muster = [*q.statistiken, q.stand_muster, q.zeit_muster, *q.raumvariablen]
    muster += [t for p in q.erkennung for t in (p.muster, p.blatt)]
    for b in q.blaetter:
        muster += [b.blatt, b.ende, b.fussnote, b.wertfussnote, b.kopfsuche, b.schluesselmuster, b.raum_muster]
        muster += [b.kreiszeile, b.ohne_zuordnung, *b.filter.values(), *(s.muster for s in b.spalten)]
    for text in muster:
        try:
            re.compile(text)
        except re.error as fehler:
            ort = f" (Zeichen {fehler.pos + 1})" if fehler.pos is not None else ""
            yield mangel("muster", f"„{text}“ ist kein gültiger regulärer Ausdruck{ort}.")
    if any(b.schluesselmuster and "schluessel" not in _gruppen(b.schluesselmuster) for b in q.blaetter):
        yield mangel("muster", "schluesselmuster hat keine Gruppe schluessel.", "(?P<schluessel>…)")
    for feld, text in (
        ("stand_muster", q.stand_muster),
        ("zeit_muster", q.zeit_muster),
        *(("raum_muster", b.raum_muster) for b in q.blaetter),
    ):
        if text and "(" not in text.replace("(?:", "").replace(r"\(", ""):
            yield mangel("muster", f"{feld} hat keine Gruppe, die den Wert nennt.", "Ihn im Muster in Klammern setzen.")
