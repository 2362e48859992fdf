"""One definition as labelled German paragraphs: what ``sozmon katalog zeige`` prints (pure text)."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from sozmon.katalog import Katalog, gelieferte_merkmale
from sozmon.katalogfragen import load_fragen
from sozmon.katalogtext import (
    DIMENSIONSWORTE,
    EBENENWORTE,
    RICHTUNGSWORTE,
    ZEITARTWORTE,
    bruch_in_worten,
    formel,
    jahre_in_worten,
    quellen_in_worten,
    quellen_von,
    teil_in_worten,
)
from sozmon.model import Indikator, Merkmal, Pin, Quelle, Spalte, Teil
from sozmon.verfuegbarkeit import Vorrat, compute_verfuegbar, ebenen_in_worten, fehlende_teile

Absatz = tuple[str, str]
"""(label, text); an empty label continues the one before."""


def describe(katalog: Katalog, kennung: str) -> list[Absatz]:
    """Paragraphs of an Indikator, Merkmal or Quelle; AufrufError (2) with a suggestion when none has this kennung."""
    if kennung in katalog.merkmale and kennung not in katalog.indikatoren:
        return list(_merkmal(katalog, katalog.merkmale[kennung]))
    if kennung in katalog.quellen and kennung not in katalog.indikatoren:
        return list(_quelle(katalog, katalog.quellen[kennung]))
    return list(_indikator(katalog, katalog.indikator(kennung)))


def describe_quelle(katalog: Katalog, kennung: str) -> list[Absatz]:
    """Paragraphs of a Quelle, also when an Indikator has the same kennung; AufrufError (2) when there is none."""
    return list(_quelle(katalog, katalog.quelle(kennung)))


def _indikator(katalog: Katalog, i: Indikator) -> Iterator[Absatz]:
    yield "", f"{i.titel} ({i.kennung})"
    yield "Bedeutung", i.beschreibung
    yield "Formel", formel(katalog, i)
    yield "Einheit", f"{i.einheit}, {_stellen(i.nachkommastellen)}"
    yield "Bewertung", RICHTUNGSWORTE[i.richtung]
    yield "Kapitel", f"{DIMENSIONSWORTE[i.dimension]}, {i.thema}"
    yield "Ebene", f"ab {EBENENWORTE.get(i.ebene_min, i.ebene_min)}"
    yield from _liste("Quellen", (_teilquellen(katalog, t) for t in verschiedene_teile(i)))
    merkmale = [katalog.merkmale[t.merkmal] for t in verschiedene_teile(i) if t.merkmal in katalog.merkmale]
    brueche = dict.fromkeys((*i.brueche, *(b for m in merkmale for b in m.brueche)))
    yield from _liste("Brüche", (bruch_in_worten(b) for b in sorted(brueche, key=lambda b: b.ab)))
    yield from _liste("Hinweise", dict.fromkeys((*i.hinweise, *(h for m in merkmale for h in m.hinweise))))
    if i.variante_von:
        yield "Variante", f"von {i.variante_von}"
    varianten = [v.kennung for v in katalog.indikatoren.values() if v.variante_von == i.kennung]
    yield from _liste("Varianten", [", ".join(varianten)] if varianten else [])
    yield "Datei", _datei(katalog, "Indikator", i.kennung)


def _merkmal(katalog: Katalog, m: Merkmal) -> Iterator[Absatz]:
    yield "", f"{m.titel} ({m.kennung})"
    yield "Zählt", f"{m.einheit}, {' oder '.join(ZEITARTWORTE[z] for z in m.zeitart)}"
    yield "Summe", "Die Gemeinden ergeben zusammen den Kreis." if m.additiv else "Wird nie über Räume zusammengefasst."
    yield "Nach", ", ".join(katalog.dimensionen[d].titel for d in m.dimensionen if d in katalog.dimensionen)
    titel = [katalog.quellen[q].titel for q in katalog.quellen_fuer(m.kennung) if q in katalog.quellen]
    yield "Quellen", ", ".join(titel)
    yield from _liste("Brüche", (bruch_in_worten(b) for b in m.brueche))
    yield from _liste("Hinweise", m.hinweise)
    benutzt = [
        i.kennung for i in katalog.indikatoren.values() if any(t.merkmal == m.kennung for t in verschiedene_teile(i))
    ]
    yield "Steckt in", ", ".join(benutzt) or "keinem Indikator"
    yield "Datei", _datei(katalog, "Merkmal", m.kennung)


def _quelle(katalog: Katalog, q: Quelle) -> Iterator[Absatz]:
    yield "", f"{q.titel} ({q.kennung})"
    yield "Herausgeber", q.herausgeber
    yield "Adresse", q.adresse
    yield "Lizenz", q.lizenz
    yield "Grundlage", q.rechtsgrundlage
    yield "Liefert", ", ".join(sorted(gelieferte_merkmale(q))) or "keine Zahlen"
    if q.form == "tabelle":
        yield from _tabelle(q)
    if datei := katalog.dateien.get(("Quelle", q.kennung)):
        yield from _liste("Offen", (f"Zeile {f.zeile}: {f.text}" for f in load_fragen(datei)))
    schwelle = f"Anzahlen von 1 bis {q.mindestfallzahl - 1} bleiben verborgen" if q.mindestfallzahl > 1 else "keine"
    yield "Schwelle", f"{schwelle}. {q.begruendung}".strip()
    yield from _liste("Hinweise", q.hinweise)
    yield "Datei", _datei(katalog, "Quelle", q.kennung)


def _tabelle(q: Quelle) -> Iterator[Absatz]:
    """How a declared table is recognised and read."""
    yield from _liste("Erkannt an", (_pin(p) for p in q.erkennung))
    zeitart = ZEITARTWORTE.get(q.zeitart, "")
    woher = q.zeit or ("steht über der Tabelle" if q.zeit_muster else "steht in Köpfen oder Zeilen")
    yield "Zeitpunkt", f"{woher}{f' ({zeitart})' if zeitart else ''}"
    yield (
        "Stand",
        {"inhalt": "steht in der Datei", "dateiname": "aus dem Dateinamen oder --stand"}.get(q.stand, q.stand),
    )
    yield "Zeichen", ", ".join(f"„{z}“ = {status}" for z, status in q.zeichen.items())
    for b in q.blaetter:
        wo = f"Blatt {b.blatt}; " if b.blatt else ""
        yield "Tabelle", f"{wo}Räume in der Spalte „{b.schluessel}“ ({b.schluesselart})"
        yield from _liste("Spalten", (_spalte(s) for s in b.spalten if s.merkmal))


def _pin(p: Pin) -> str:
    ort = ", ".join(t for t in (f"Blatt {p.blatt}" if p.blatt else "", p.zelle) if t)
    return f"{p.muster}{f' ({ort})' if ort else ''}"


def _spalte(s: Spalte) -> str:
    kopf = s.kopf or s.muster
    return f"{kopf}: {s.merkmal}{f', {s.auspraegung}' if s.auspraegung else ''}{f', {s.zeit}' if s.zeit else ''}"


def describe_rechenbar(katalog: Katalog, vorrat: Vorrat, i: Indikator) -> list[Absatz]:
    """What the project can compute of an Indikator, per Ebene; else what is missing and who offers it."""
    funde = [v for v in compute_verfuegbar(katalog, vorrat, [i]) if v.jahre]
    if funde:
        je_jahre: dict[frozenset[int], list[str]] = {}
        for v in funde:
            je_jahre.setdefault(v.jahre, []).append(v.ebene)
        texte = (f"{ebenen_in_worten(e, vorrat.ebenen)}: {jahre_in_worten(j)}" for j, e in je_jahre.items())
        return list(_liste("Rechenbar", texte))
    fehlt = [_fehlt(katalog, teil) for teil in fehlende_teile(katalog, vorrat, i)]
    fehlt = fehlt or ["Die Teile liegen vor, aber nicht für dieselben Jahre und Räume."]
    return [("Rechenbar", "In diesem Projekt noch nicht."), *_liste("Es fehlt", fehlt)]


def _fehlt(katalog: Katalog, teil: Teil) -> str:
    woher = ", ".join(f"{q.titel} ({q.adresse})" if q.adresse else q.titel for q in quellen_von(katalog, teil))
    return f"{teil_in_worten(katalog, teil)}. Das gibt es bei: {woher}"


def _teilquellen(katalog: Katalog, teil: Teil) -> str:
    return f"{teil_in_worten(katalog, teil, mit_zeit=False)}: {quellen_in_worten(katalog, [teil])}"


def verschiedene_teile(i: Indikator) -> list[Teil]:
    """Parts that need data of their own: each Merkmal with its Ausprägung once, in the order of the formula."""
    return list({(t.merkmal, t.auspraegung): t for t in reversed((*i.zaehler, *i.nenner))}.values())[::-1]


def _stellen(anzahl: int) -> str:
    return {0: "ohne Nachkommastellen", 1: "eine Nachkommastelle"}.get(anzahl, f"{anzahl} Nachkommastellen")


def _liste(wort: str, texte: Iterable[str]) -> Iterator[Absatz]:
    for nummer, text in enumerate(texte):
        yield ("" if nummer else wort), text


def _datei(katalog: Katalog, klasse: str, kennung: str) -> str:
    datei = katalog.dateien.get((klasse, kennung))
    return str(datei) if datei else ""
