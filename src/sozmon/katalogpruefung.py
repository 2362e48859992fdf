"""Does the catalogue fit together? Everything that a single file cannot know: references, Teilungen, cycles.

``check_`` never raises; each finding names the definition, its file and what to do.
"""

from __future__ import annotations

import itertools
import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from pathlib import Path

from sozmon.definition import vorschlag
from sozmon.errors import KonfigError
from sozmon.katalog import NAMEN, Definition, Katalog, gelieferte_merkmale, kanonisch, zerlege
from sozmon.katalogfragen import load_fragen, offen_in_worten
from sozmon.model import (
    Dimension,
    Fundstelle,
    Indikator,
    Meldung,
    Merkmal,
    Quelle,
    Spalte,
    Standard,
    Stufe,
    Tabellenblatt,
    Teilung,
)

KURZ_HOECHSTENS = 28
SCHWELLE_OHNE_GRUND = 3
VERBOTENE_WORTE: Mapping[str, str] = {
    "Kennzahl": "Indikator",
    "Kennwert": "Indikator",
    "Messgröße": "Merkmal",
    "Datenlieferung": "Lieferung",
    "Datenquelle": "Quelle",
    "Sozialraum": "Raum oder Region",
    "Gebietseinheit": "Raum",
    "Raumeinheit": "Raum",
    "Ausländerquote": "Ausländeranteil",
}
"""A second word for the same thing: word → the one that sozmon uses."""

_DATUM = re.compile(r"\d{4}(-\d{2}-\d{2})?")
_ALTER = re.compile(r"(\d+)(?:-(\d+)|\+)")
Fund = tuple[str, Stufe, str, str]


def check(katalog: Katalog) -> list[Meldung]:
    """All findings, in the order of the catalogue."""
    arten: tuple[Iterable[Definition], ...] = (
        katalog.dimensionen.values(),
        katalog.quellen.values(),
        katalog.merkmale.values(),
        katalog.standards.values(),
        katalog.indikatoren.values(),
    )
    funde = [m for definitionen in arten for definition in definitionen for m in check_einzeln(katalog, definition)]
    return [*funde, *(_entwurf(kennung, datei) for kennung, datei in katalog.entwuerfe.items())]


def _entwurf(kennung: str, datei: Path) -> Meldung:
    """A drafted Indikator is not wrong, only not there yet."""
    return Meldung(
        kennung="katalog-frage",
        stufe=Stufe.WARNUNG,
        text=f"Indikator „{kennung}“ ist noch ein Entwurf: {offen_in_worten(load_fragen(datei))}.",
        fundstelle=Fundstelle(datei=f"{datei.parent.name}/{datei.name}"),
        abhilfe="Die Antworten dort eintragen (??? ersetzen).",
    )


def check_einzeln(katalog: Katalog, definition: Definition) -> list[Meldung]:
    """Findings of one definition against the others."""
    pruefungen: Mapping[type[Definition], tuple[Callable[..., Iterator[Fund]], ...]] = {
        Dimension: (_check_dimension,),
        Quelle: (_check_quelle, _check_muster, _check_blaetter, _check_bezuege),
        Merkmal: (_check_merkmal,),
        Standard: (_check_standard,),
        Indikator: (_check_formel, _check_angaben, _check_beziehungen),
    }
    alle = (_check_kennung, _check_worte, *pruefungen[type(definition)])
    return [_meldung(katalog, definition, fund) for fund in _funde(katalog, definition, alle)]


def _funde(
    katalog: Katalog, definition: Definition, pruefungen: Iterable[Callable[..., Iterator[Fund]]]
) -> Iterator[Fund]:
    """Findings of one definition; of a draft only that its questions are open: the rest follows from that."""
    if isinstance(definition, Quelle) and (offen := list(_check_fragen(katalog, definition))):
        yield from offen
        return
    for pruefung in pruefungen:
        yield from pruefung(katalog, definition)


def _check_fragen(k: Katalog, q: Quelle) -> Iterator[Fund]:
    datei = k.dateien.get(("Quelle", q.kennung))
    if datei is not None and (fragen := load_fragen(datei)):
        hilfe = "Die Antwort in die Zeile schreiben (??? ersetzen) oder den Vorschlag gelten lassen (#? löschen)."
        yield _fehler("frage", f"{offen_in_worten(fragen)}.", hilfe)


def _meldung(katalog: Katalog, definition: Definition, fund: Fund) -> Meldung:
    kennung, stufe, text, abhilfe = fund
    datei = katalog.dateien.get((type(definition).__name__, definition.kennung), Path(definition.kennung))
    return Meldung(
        kennung=f"katalog-{kennung}",
        stufe=stufe,
        text=f"{NAMEN[type(definition)]} „{definition.kennung}“: {text}",
        fundstelle=Fundstelle(datei=f"{datei.parent.name}/{datei.name}" if datei.suffix else datei.name),
        abhilfe=abhilfe,
    )


def _fehler(kennung: str, text: str, abhilfe: str = "") -> Fund:
    return kennung, Stufe.FEHLER, text, abhilfe


def _check_kennung(_: Katalog, d: Definition) -> Iterator[Fund]:
    if not re.fullmatch(r"[a-z][a-z0-9_]*", d.kennung):
        yield _fehler("kennung", "die Kennung enthält unzulässige Zeichen.", "Erlaubt sind a–z, 0–9 und _.")


def _check_worte(_: Katalog, d: Definition) -> Iterator[Fund]:
    texte = (d.titel, *getattr(d, "hinweise", ()), getattr(d, "beschreibung", ""), getattr(d, "kurz", ""))
    for wort, besser in VERBOTENE_WORTE.items():
        if any(wort in text for text in texte):
            yield "wortwahl", Stufe.WARNUNG, f"das Wort „{wort}“ hat hier einen anderen Namen.", f"Besser: {besser}."


def _verweis(name: str, verzeichnis: Mapping[str, object], was: str) -> Iterator[Fund]:
    if name not in verzeichnis:
        yield _fehler("verweis", f"{was} „{name}“ ist nicht definiert.", vorschlag(name, verzeichnis))


def _check_datum(wert: str, feld: str) -> Iterator[Fund]:
    if wert and not _DATUM.fullmatch(wert):
        yield _fehler("datum", f"„{wert}“ ({feld}) ist weder Jahr noch Datum.", "Zum Beispiel 2022 oder 2022-05-15.")


def _check_auspraegung(k: Katalog, auspraegung: str, dimensionen: Iterable[str]) -> Iterator[Fund]:
    try:
        teile = zerlege(auspraegung)
    except KonfigError as fehler:
        yield _fehler("auspraegung", fehler.text, fehler.abhilfe)
        return
    if kanonisch(auspraegung) != auspraegung:
        yield _fehler(
            "auspraegung", f"die Ausprägung „{auspraegung}“ ist anders geschrieben als üblich.",
            f"So schreiben: {kanonisch(auspraegung)}",
        )  # fmt: skip
    for name, wert in teile.items():
        if name not in k.dimensionen or name not in tuple(dimensionen):
            yield _fehler("auspraegung", f"die Dimension „{name}“ gibt es hier nicht.", vorschlag(name, dimensionen))
        elif wert not in k.dimensionen[name].werte:
            werte = k.dimensionen[name].werte
            yield _fehler("auspraegung", f"„{name}“ hat keinen Wert „{wert}“.", vorschlag(wert, werte))


# --------------------------------------------------------------------------------------------------
# Dimensionen


def _check_dimension(k: Katalog, d: Dimension) -> Iterator[Fund]:
    for teilung in d.teilungen:
        yield from _check_teilung(d, teilung)
    yield from _check_kreis({w: [t for ts in d.teilungen if ts.ganz == w for t in ts.teile] for w in ("", *d.werte)})


def _check_teilung(d: Dimension, teilung: Teilung) -> Iterator[Fund]:
    name = f"die Teilung von „{teilung.ganz or 'insgesamt'}“"
    for wert in (teilung.ganz, *teilung.teile):
        if wert not in d.werte and wert != "":
            yield _fehler("teilung", f"{name} nennt den unbekannten Wert „{wert}“.", vorschlag(wert, d.werte))
    if len(teilung.teile) < 2 or len(set(teilung.teile)) < len(teilung.teile) or "" in teilung.teile:
        yield _fehler("teilung", f"{name} braucht mindestens zwei verschiedene Teile.")
    elif all(_ALTER.fullmatch(w) for w in d.werte):
        yield from _check_altersteilung(teilung, name)


def _check_altersteilung(teilung: Teilung, name: str) -> Iterator[Fund]:
    """Age groups partition when they follow one another without gap or overlap from first to last year of life."""
    grenzen = sorted(spanne(t) for t in teilung.teile if _ALTER.fullmatch(t))
    ganz = spanne(teilung.ganz) if teilung.ganz else (0, None)
    for (_, bis), (von, _) in itertools.pairwise(grenzen):
        if bis is None or von != bis + 1:
            yield _fehler("teilung", f"{name} hat bei {von} Jahren eine Lücke oder Überschneidung.")
    if grenzen and (grenzen[0][0], grenzen[-1][1]) != ganz:
        yield _fehler("teilung", f"{name} reicht nicht genau vom ersten bis zum letzten Lebensjahr des Ganzen.")


def spanne(alter: str) -> tuple[int, int | None]:
    """'3-5' → (3, 5), '65+' → (65, None): first and last completed year of life."""
    treffer = _ALTER.fullmatch(alter)
    assert treffer is not None, "callers match first"
    return int(treffer[1]), int(treffer[2]) if treffer[2] else None


def _check_kreis(folger: Mapping[str, Iterable[str]]) -> Iterator[Fund]:
    """Report a value that is, over some steps, a part of itself."""
    for start in folger:
        if start in _erreichbar(folger, start):
            yield _fehler("zyklus", f"„{start or 'insgesamt'}“ enthält sich über seine Teilungen selbst.")
            return


def _check_standard(k: Katalog, s: Standard) -> Iterator[Fund]:
    yield from _verweis(s.dimension, k.dimensionen, "die Dimension")
    if s.dimension not in k.dimensionen:
        return
    dimension = k.dimensionen[s.dimension]
    for wert in s.gewichte:
        yield from _verweis(wert, dimension.werte, "der Wert")
    if not any(t.ganz == "" and set(t.teile) == set(s.gewichte) for t in dimension.teilungen):
        yield _fehler("teilung", "die Gewichte bilden keine Teilung der Dimension.")


# --------------------------------------------------------------------------------------------------
# Merkmale und Quellen


def _check_merkmal(k: Katalog, m: Merkmal) -> Iterator[Fund]:
    if not m.quellen:
        yield _fehler("quelle", "es ist keine Quelle genannt.")
    for quelle in m.quellen:
        yield from _verweis(quelle, k.quellen, "die Quelle")
        if quelle in k.quellen and k.quellen[quelle].form == "vordruck":
            continue  # a form says itself what its columns are
        if quelle in k.quellen and m.kennung not in gelieferte_merkmale(k.quellen[quelle]):
            text = f"die Quelle „{quelle}“ ordnet ihm noch keine Maßzahl zu."
            abhilfe = "Eine Datei mit „sozmon import --probe“ ansehen und ihren Code in der Quelle eintragen."
            yield "quelle", Stufe.INFO, text, abhilfe
    for dimension in m.dimensionen:
        yield from _verweis(dimension, k.dimensionen, "die Dimension")
    if not m.zeitart:
        yield _fehler("zeitart", "es ist keine Zeitart genannt.")
    for bruch in m.brueche:
        yield from _check_datum(bruch.ab, "Bruch")


def _check_quelle(k: Katalog, q: Quelle) -> Iterator[Fund]:
    if q.mindestfallzahl < SCHWELLE_OHNE_GRUND and not q.begruendung.strip():
        text = f"die Mindestfallzahl ist auf {q.mindestfallzahl} gelockert, ohne Begründung."
        yield _fehler("schwelle", text, "Das Feld begruendung ausfüllen oder die Zeile mindestfallzahl löschen.")
    if not re.fullmatch(r"ja|nein|ab_ebene:[a-z0-9_]+", q.veroeffentlichung):
        yield _fehler(
            "veroeffentlichung", f"„{q.veroeffentlichung}“ ist nicht vorgesehen.", "ja, nein oder ab_ebene:<ebene>"
        )
    if q.geheim_max is not None and q.geheim_max < q.geheim_min:
        yield _fehler("schwelle", "geheim_max ist kleiner als geheim_min.")
    if q.form == "ffcsv" and not q.statistiken:
        yield _fehler(
            "form", "bei der Form ffcsv fehlt, für welche Statistiken die Quelle gilt.", 'statistiken = ["…"]'
        )
    if q.form == "tabelle" and not (q.blaetter and q.erkennung):
        yield _fehler("form", "bei der Form tabelle fehlen die Erkennung oder die Blätter.", "[[blaetter]]")
    if q.form == "tabelle" and not (q.zeit or q.zeit_muster or all(map(_hat_zeit, q.blaetter))):
        hilfe = "zeit, zeit_muster, spalten.zeit, die Gruppe zeit in spalten.muster oder zeitspalte"
        yield _fehler("form", "es ist nicht gesagt, woher der Zeitpunkt kommt.", hilfe)
    for wert, feld in ((q.zeit, "zeit"), (q.aufbewahrung_bis, "aufbewahrung_bis")):
        yield from _check_datum(wert, feld)
    if q.gebietsstand not in ("zeit", "letztes_jahr"):
        yield from _check_datum(q.gebietsstand, "gebietsstand")


def _hat_zeit(b: Tabellenblatt) -> bool:
    return bool(b.zeitspalte) or all(s.zeit or "(?P<zeit>" in s.muster for s in b.spalten)


def _check_blaetter(k: Katalog, q: Quelle) -> Iterator[Fund]:
    """Declared tables: heads or patterns, breakdowns that exist, no dimension stated twice."""
    for b in q.blaetter:
        if not b.schluessel:
            yield _fehler("blatt", "es ist kein Spaltenkopf für den Raumschlüssel genannt.", 'schluessel = "…"')
        if b.zeitspalte and any(s.zeit or "(?P<zeit>" in s.muster for s in b.spalten):
            yield _fehler(
                "blatt", "der Zeitpunkt steht zugleich in zeitspalte und in einer Spalte.", "Eines streichen."
            )
        zeilen = {g.dimension: g.werte for g in b.gliederungen}
        yield from _check_werte(k, zeilen, "gliederungen")
        muster = [s.muster for s in b.spalten if s.muster]
        for doppelt in sorted({m for m in muster if muster.count(m) > 1}):
            yield _fehler("blatt", f"das Muster „{doppelt}“ steht bei zwei Spalten.", "Die Spalten zusammenlegen.")
        for s in b.spalten:
            yield from _check_spalte(k, s, zeilen)


def _check_spalte(k: Katalog, s: Spalte, zeilen: Mapping[str, Mapping[str, str]]) -> Iterator[Fund]:
    name = s.kopf or s.muster or s.merkmal
    if bool(s.kopf) == bool(s.muster):
        yield _fehler("spalte", f"die Spalte „{name}“ braucht entweder kopf oder muster.")
    yield from _check_werte(k, s.werte, f"der Spalte „{name}“")
    gruppen = set(_gruppen(s.muster)) - {"zeit"}
    for gruppe in sorted(gruppen ^ set(s.werte)):
        was = "keine werte" if gruppe in gruppen else "keine Gruppe im muster"
        yield _fehler("spalte", f"die Spalte „{name}“ hat zu „{gruppe}“ {was}.", "Gruppe und werte gehören zusammen.")
    eigene = [t.partition("=")[0] for t in s.auspraegung.split("|") if t]
    for dimension in sorted((set(eigene) & (gruppen | set(zeilen))) | (gruppen & set(zeilen))):
        yield _fehler("spalte", f"die Spalte „{name}“ nennt die Dimension „{dimension}“ zweimal.")
    if s.merkmal in k.merkmale:
        for dimension in sorted(
            ((gruppen | set(zeilen)) & set(k.dimensionen)) - set(k.merkmale[s.merkmal].dimensionen)
        ):
            yield _fehler("spalte", f"das Merkmal „{s.merkmal}“ hat die Dimension „{dimension}“ nicht.")


def _gruppen(muster: str) -> Iterable[str]:
    try:
        return re.compile(muster).groupindex
    except re.error:
        return ()


def _check_werte(k: Katalog, werte: Mapping[str, Mapping[str, str]], wo: str) -> Iterator[Fund]:
    """Do the dimensions exist to whose values texts are mapped?"""
    for dimension, texte in werte.items():
        yield from _verweis(dimension, k.dimensionen, "die Dimension")
        if dimension in k.dimensionen:
            for wert in dict.fromkeys(filter(None, texte.values())):
                yield from _verweis(wert, k.dimensionen[dimension].werte, f"in werte {wo} der Wert")


def _check_bezuege(k: Katalog, q: Quelle) -> Iterator[Fund]:
    """Do the Merkmale and dimensions exist that codes and columns are mapped to?"""
    for doppelt in sorted({z.code for z in q.zuordnungen if _mehrfach(q, z.code, z.statistik)}):
        yield _fehler("zuordnung", f"der Code „{doppelt}“ ist zweimal zugeordnet.")
    ziele = [(z.merkmal, z.auspraegung) for z in q.zuordnungen]
    ziele += [(s.merkmal, s.auspraegung) for b in q.blaetter for s in b.spalten if s.merkmal]
    for merkmal, auspraegung in dict.fromkeys(ziele):
        yield from _verweis(merkmal, k.merkmale, "das Merkmal")
        if merkmal in k.merkmale:
            yield from _check_auspraegung(k, auspraegung, k.merkmale[merkmal].dimensionen)
    for kodierung in q.kodierungen:
        yield from _verweis(kodierung.dimension, k.dimensionen, "die Dimension")
        if kodierung.dimension in k.dimensionen:
            for wert in filter(None, kodierung.werte.values()):
                yield from _verweis(
                    wert, k.dimensionen[kodierung.dimension].werte, f"der Wert von {kodierung.variable}"
                )


def _mehrfach(q: Quelle, code: str, statistik: str) -> bool:
    return sum(1 for z in q.zuordnungen if z.code == code and statistik in (z.statistik, "")) > 1


def _check_muster(_: Katalog, q: Quelle) -> Iterator[Fund]:
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
            yield _fehler("muster", f"„{text}“ ist kein gültiger regulärer Ausdruck{ort}.")
    if any(b.schluesselmuster and "schluessel" not in _gruppen(b.schluesselmuster) for b in q.blaetter):
        yield _fehler("muster", "schluesselmuster hat keine Gruppe schluessel.", "(?P<schluessel>…)")
    for feld, text in (
        ("stand_muster", q.stand_muster),
        ("zeit_muster", q.zeit_muster),
        *(("raum_muster", b.raum_muster) for b in q.blaetter),
    ):
        if text and "(" not in text.replace("(?:", "").replace(r"\(", ""):
            yield _fehler(
                "muster", f"{feld} hat keine Gruppe, die den Wert nennt.", "Ihn im Muster in Klammern setzen."
            )


# --------------------------------------------------------------------------------------------------
# Indikatoren


def _check_formel(k: Katalog, i: Indikator) -> Iterator[Fund]:
    for teil in (*i.zaehler, *i.nenner):
        yield from _verweis(teil.merkmal, k.merkmale, "das Merkmal")
        if teil.merkmal not in k.merkmale:
            continue
        merkmal = k.merkmale[teil.merkmal]
        yield from _check_auspraegung(k, teil.auspraegung, merkmal.dimensionen)
        if teil.zeitart not in merkmal.zeitart:
            text = f"„{teil.merkmal}“ gibt es nicht mit der Zeitart „{teil.zeitart}“."
            yield _fehler("zeitart", text, f"Möglich: {', '.join(merkmal.zeitart)}.")
        if teil.vorzeichen not in (1, -1):
            yield _fehler("formel", f"das Vorzeichen {teil.vorzeichen} ist weder 1 noch -1.")
        if not merkmal.additiv and i.aggregation == "summe":
            text = f"„{teil.merkmal}“ darf nicht summiert werden."
            yield _fehler("formel", text, 'aggregation = "keine"')
    yield from _check_verfahren(i)


def _check_verfahren(i: Indikator) -> Iterator[Fund]:
    if not i.zaehler:
        yield _fehler("formel", "der Zähler ist leer.")
    braucht_nenner = i.verfahren in ("anteil", "rate", "verhaeltnis")
    if braucht_nenner and not i.nenner:
        yield _fehler("formel", f"das Verfahren {i.verfahren} braucht einen Nenner.")
    if i.verfahren in ("anzahl", "uebernommen") and i.nenner:
        yield _fehler("formel", f"das Verfahren {i.verfahren} hat keinen Nenner.")
    if (i.art == "fertigwert") != (i.verfahren == "uebernommen"):
        yield _fehler("formel", "Fertigwerte werden übernommen, und nur sie.", 'art = "fertigwert"')
    if i.art == "fertigwert" and (len(i.zaehler) != 1 or i.aggregation != "keine"):
        yield _fehler("formel", "ein Fertigwert ist ein einziges Merkmal und wird nie zusammengefasst.")
    if i.verfahren == "veraenderung" and not any(t.vorzeichen < 0 for t in i.zaehler):
        yield _fehler("formel", "eine Veränderung ist eine Differenz: ein Teil des Zählers wird abgezogen.")
    if i.faktor <= 0:
        yield _fehler("formel", "der Faktor muss größer als null sein.")
    if i.plausibel_min is not None and i.plausibel_max is not None and i.plausibel_min >= i.plausibel_max:
        yield _fehler("formel", "plausibel_min ist nicht kleiner als plausibel_max.")


def _check_angaben(k: Katalog, i: Indikator) -> Iterator[Fund]:
    if not 0 < len(i.kurz) <= KURZ_HOECHSTENS:
        text = f"der Kurzname hat {len(i.kurz)} Zeichen, in einen Tabellenkopf passen {KURZ_HOECHSTENS}."
        yield "kurz", Stufe.WARNUNG, text, "Kürzer fassen."
    if not i.beschreibung.rstrip().endswith("."):
        yield "text", Stufe.WARNUNG, "die Beschreibung ist kein Satz.", "Mit einem Punkt enden."
    if not re.fullmatch(r"[a-z][a-z0-9_]*", i.ebene_min):
        yield _fehler("ebene", f"„{i.ebene_min}“ ist keine Ebene.")
    if not 0 <= i.nachkommastellen <= 6:
        yield _fehler("formel", f"{i.nachkommastellen} Nachkommastellen sind nicht vorgesehen.")
    if i.standardbevoelkerung:
        yield from _verweis(i.standardbevoelkerung, k.standards, "die Standardbevölkerung")
    yield from _check_datum(i.stand, "stand")
    for bruch in i.brueche:
        yield from _check_datum(bruch.ab, "Bruch")


def _check_beziehungen(k: Katalog, i: Indikator) -> Iterator[Fund]:
    for andere in (*(n for b in i.beziehungen for n in b.mit), *filter(None, [i.variante_von])):
        yield from _verweis(andere, k.indikatoren, "der Indikator")
    if i.variante_von in k.indikatoren and k.indikatoren[i.variante_von].variante_von:
        yield _fehler("zyklus", f"„{i.variante_von}“ ist selbst eine Variante.", "Den Grundindikator nennen.")
    folger = {
        n: [a for b in d.beziehungen for a in b.mit if b.art == "summe"] for n, d in k.indikatoren.items()
    }  # fmt: skip
    if i.kennung in _erreichbar(folger, i.kennung):
        yield _fehler("zyklus", "er enthält sich über seine Beziehungen selbst.")


def _erreichbar(folger: Mapping[str, Iterable[str]], start: str) -> set[str]:
    offen, gesehen = list(folger.get(start, ())), set[str]()
    while offen:
        knoten = offen.pop()
        if knoten not in gesehen:
            gesehen.add(knoten)
            offen.extend(folger.get(knoten, ()))
    return gesehen
