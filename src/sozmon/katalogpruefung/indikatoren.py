"""Indikatoren: formula, texts, relations."""

from __future__ import annotations

import re
from collections.abc import Iterator

from sozmon.katalog import Katalog
from sozmon.katalogpruefung.funde import Fund, check_auspraegung, check_datum, erreichbar, mangel, verweis
from sozmon.model import Indikator, Stufe

KURZ_HOECHSTENS = 28


def check_formel(k: Katalog, i: Indikator) -> Iterator[Fund]:
    """Zähler, Nenner and Verfahren."""
    for teil in (*i.zaehler, *i.nenner):
        yield from verweis(teil.merkmal, k.merkmale, "das Merkmal")
        if teil.merkmal not in k.merkmale:
            continue
        merkmal = k.merkmale[teil.merkmal]
        yield from check_auspraegung(k, teil.auspraegung, merkmal.dimensionen)
        if teil.zeitart not in merkmal.zeitart:
            text = f"„{teil.merkmal}“ gibt es nicht mit der Zeitart „{teil.zeitart}“."
            yield mangel("zeitart", text, f"Möglich: {', '.join(merkmal.zeitart)}.")
        if teil.vorzeichen not in (1, -1):
            yield mangel("formel", f"das Vorzeichen {teil.vorzeichen} ist weder 1 noch -1.")
        if not merkmal.additiv and i.aggregation == "summe":
            text = f"„{teil.merkmal}“ darf nicht summiert werden."
            yield mangel("formel", text, 'aggregation = "keine"')
    yield from _check_verfahren(i)


def _check_verfahren(i: Indikator) -> Iterator[Fund]:
    if not i.zaehler:
        yield mangel("formel", "der Zähler ist leer.")
    braucht_nenner = i.verfahren in ("anteil", "rate", "verhaeltnis")
    if braucht_nenner and not i.nenner:
        yield mangel("formel", f"das Verfahren {i.verfahren} braucht einen Nenner.")
    if i.verfahren in ("anzahl", "uebernommen") and i.nenner:
        yield mangel("formel", f"das Verfahren {i.verfahren} hat keinen Nenner.")
    if (i.art == "fertigwert") != (i.verfahren == "uebernommen"):
        yield mangel("formel", "Fertigwerte werden übernommen, und nur sie.", 'art = "fertigwert"')
    if i.art == "fertigwert" and (len(i.zaehler) != 1 or i.aggregation != "keine"):
        yield mangel("formel", "ein Fertigwert ist ein einziges Merkmal und wird nie zusammengefasst.")
    if i.verfahren == "veraenderung" and not any(t.vorzeichen < 0 for t in i.zaehler):
        yield mangel("formel", "eine Veränderung ist eine Differenz: ein Teil des Zählers wird abgezogen.")
    if i.faktor <= 0:
        yield mangel("formel", "der Faktor muss größer als null sein.")
    if i.plausibel_min is not None and i.plausibel_max is not None and i.plausibel_min >= i.plausibel_max:
        yield mangel("formel", "plausibel_min ist nicht kleiner als plausibel_max.")


def check_angaben(k: Katalog, i: Indikator) -> Iterator[Fund]:
    """Texts, level, decimals, dates."""
    if not 0 < len(i.kurz) <= KURZ_HOECHSTENS:
        text = f"der Kurzname hat {len(i.kurz)} Zeichen, in einen Tabellenkopf passen {KURZ_HOECHSTENS}."
        yield "kurz", Stufe.WARNUNG, text, "Kürzer fassen."
    if not i.beschreibung.rstrip().endswith("."):
        yield "text", Stufe.WARNUNG, "die Beschreibung ist kein Satz.", "Mit einem Punkt enden."
    if not re.fullmatch(r"[a-z][a-z0-9_]*", i.ebene_min):
        yield mangel("ebene", f"„{i.ebene_min}“ ist keine Ebene.")
    if not 0 <= i.nachkommastellen <= 6:
        yield mangel("formel", f"{i.nachkommastellen} Nachkommastellen sind nicht vorgesehen.")
    if i.standardbevoelkerung:
        yield from verweis(i.standardbevoelkerung, k.standards, "die Standardbevölkerung")
    yield from check_datum(i.stand, "stand")
    for bruch in i.brueche:
        yield from check_datum(bruch.ab, "Bruch")


def check_beziehungen(k: Katalog, i: Indikator) -> Iterator[Fund]:
    """Related Indikatoren exist; no cycle of sums or variants."""
    for andere in (*(n for b in i.beziehungen for n in b.mit), *filter(None, [i.variante_von])):
        yield from verweis(andere, k.indikatoren, "der Indikator")
    if i.variante_von in k.indikatoren and k.indikatoren[i.variante_von].variante_von:
        yield mangel("zyklus", f"„{i.variante_von}“ ist selbst eine Variante.", "Den Grundindikator nennen.")
    folger = {
        n: [a for b in d.beziehungen for a in b.mit if b.art == "summe"] for n, d in k.indikatoren.items()
    }  # fmt: skip
    if i.kennung in erreichbar(folger, i.kennung):
        yield mangel("zyklus", "er enthält sich über seine Beziehungen selbst.")
