"""The part of a draft about one sheet: where its heads are, what its rows mean, what its columns count."""

from __future__ import annotations

import difflib
import re
from collections import Counter
from collections.abc import Iterable, Sequence

from sozmon.entwurf.aufbau import FUSSNOTENZEICHEN, Aufbau, haeufig
from sozmon.entwurf.merkmale import Kandidat, ist_anteil, kandidaten, unverkennbar
from sozmon.entwurf.pins import blattmuster
from sozmon.entwurf.schluessel import Raumkenner
from sozmon.entwurf.schreiber import Schreiber, vorschlag
from sozmon.entwurf.spalten import Wertspalte
from sozmon.entwurf.toml import als_toml, als_toml_text, muster_aus, muster_toml
from sozmon.entwurf.worte import Wortfund, finde_wert, ist_insgesamt
from sozmon.entwurf.zeichenfragen import finde_marken
from sozmon.katalog import Katalog, fuege_zusammen
from sozmon.katalogfragen import PLATZHALTER
from sozmon.model import Merkmal
from sozmon.quellen.gitter import Blatt, als_text, spaltenname

NAMEN_GENANNT, FREMDE_GENANNT, AUSSCHLUSS, NEUE_SPALTEN = 80, 15, 8, 5
SPRECHEND = 12
"""Length from which on the name of a sheet says what it holds."""


def schreibe_blatt(
    s: Schreiber, a: Aufbau, spalten: Sequence[Wertspalte], katalog: Katalog, kenner: Raumkenner, mehrere: bool,
    titel: str,
) -> None:  # fmt: skip
    """[[blaetter]] and its [[blaetter.spalten]]."""
    s.absatz()
    s.zeilen.append("[[blaetter]]")
    if mehrere and a.blatt.name:
        s.setze("blatt", muster_toml(blattmuster(a.blatt.name)))
    _kopfzeilen(s, a)
    _schluessel(s, a, kenner)
    _zeilen(s, a)
    _verborgen(s, a)
    if a.zeitspalte >= 0:
        s.setze("zeitspalte", als_toml_text(a.kopf_von(a.zeitspalte)), "Der Zeitpunkt jeder Zeile.")
    if fuellen := [i for i in a.fuellen if i not in a.gliederungen or _dimension(a, i, katalog)]:
        koepfe = [a.kopf_von(i) for i in fuellen]
        s.setze("fuellen", als_toml(koepfe), "Leere Zellen dieser Spalten gehören zur Zelle darüber.")
    dimensionen = _gliederungen(s, a, katalog)
    woher = f"{titel} {a.blatt.name}" if len(a.blatt.name) >= SPRECHEND else titel
    _spalten(s, a, spalten, katalog, woher, dimensionen)


def _kopfzeilen(s: Schreiber, a: Aufbau) -> None:
    anker = _anker(a)
    if anker:
        s.setze(
            "kopfsuche", muster_toml(anker), f"Die Köpfe beginnen, wo dieser Text steht (jetzt Zeile {a.kopf + 1})."
        )
    else:
        s.setze("kopfzeile", str(a.kopf + 1))
    if a.kopfzeilen != 1:
        s.setze("kopfzeilen", str(a.kopfzeilen))


def _anker(a: Aufbau) -> str:
    """A stable text of the first head row that stands in no row above; '' when the table begins with its heads."""
    if a.kopf == 0:
        return ""
    darueber = {als_text(z) for zeile in a.blatt.zeilen[: a.kopf] for z in zeile}
    for zelle in a.blatt.zeilen[a.kopf]:
        text = als_text(zelle)
        if len(text) >= 3 and text not in darueber and not any(z.isdigit() for z in text) and text.isprintable():
            return f"^{muster_aus(text)}$"
    return ""


# --------------------------------------------------------------------------------------------------
# keys and rows


def _schluessel(s: Schreiber, a: Aufbau, kenner: Raumkenner) -> None:
    k = a.schluessel
    was = "Namen" if k.art == "name" else "Schlüssel"
    if k.geprueft:
        s.sage(f"Das Projekt kennt {a.bekannt[0]} von {a.bekannt[1]} {was}{'' if k.art == 'name' else 'n'}.")
    else:
        s.sage(f"{was} ohne Gegenprobe: Das Projekt hat noch kein Gemeindeverzeichnis, oder es gibt kein Projekt.")
    s.setze("schluessel", als_toml_text(a.kopf_von(k.spalte)))
    s.setze("schluesselart", als_toml(k.art))
    if k.muster:
        warum = "Zeilen wie „… Ergebnis“ sind die Summen ihres Raums" if k.art == "name" else ""
        s.setze("schluesselmuster", muster_toml(k.muster), f"{warum or 'Schlüssel und Name stehen in einer Zelle'}.")
    if a.name >= 0:
        s.setze("name", als_toml_text(a.kopf_von(a.name)))
    _fussnoten(s, a)
    if k.art == "name":
        _namen(s, a, kenner)


def _fussnoten(s: Schreiber, a: Aufbau) -> None:
    if a.fussnote:
        namen = (t for _, t in a.texte(a.schluessel.spalte if a.name < 0 else a.name))
        beispiel = next(t for t in namen if re.search(a.fussnote, t))
        s.setze("fussnote", muster_toml(a.fussnote), f"Fußnotenzeichen am Namen, wie in „{beispiel[:60]}“.")
    if marken := finde_marken([a]).fussnoten:
        muster = "|".join(m for m in FUSSNOTENZEICHEN if any(re.search(m, f"1 {x}") for x in marken))
        s.setze("wertfussnote", muster_toml(muster), f"Fußnotenzeichen an Werten: {', '.join(marken[:5])}.")


def _namen(s: Schreiber, a: Aufbau, kenner: Raumkenner) -> None:
    """Names are never taken on trust: the lines for namen.csv, proposed where exactly one Raum bears the name."""
    besondere = {*a.kreiszeilen, *a.ohne_zuordnung, *a.unklar}
    roh = [t for z, t in a.texte(a.schluessel.spalte) if z not in besondere]
    if a.schluessel.muster:
        roh = [m["schluessel"] if (m := re.match(a.schluessel.muster, t)) else t for t in roh]
    namen = list(dict.fromkeys(re.sub(a.fussnote, "", t).strip() if a.fussnote else t for t in roh))
    offen = [n for n in namen if not _bestaetigt(n, kenner)]
    if not offen:
        return
    s.sage(
        "Namen werden nie geraten. Diese Zeilen prüfen und in raeume/namen.csv eintragen (ohne das # davor); wo der "
        "Schlüssel fehlt, ihn ergänzen (sozmon raeume zeigt alle):"
    )
    eigene = [n for n in offen if kenner.vorschlag(n)][:NAMEN_GENANNT]
    fremde = [n for n in offen if not kenner.vorschlag(n)][:FREMDE_GENANNT]
    s.zeilen += [f"#   {n};{kenner.vorschlag(n)};" for n in (*eigene, *fremde)]
    if (rest := len(offen) - len(eigene) - len(fremde)) > 0:
        s.sage(f"und {rest} weitere; alle nennt sozmon quelle pruefen.")


def _bestaetigt(name: str, kenner: Raumkenner) -> bool:
    from sozmon.raeume.namen import gefaltet

    return any(form == gefaltet(name) for _, form in kenner.raeume.namen)


def _verborgen(s: Schreiber, a: Aufbau) -> None:
    zeilen = sorted(a.blatt.verborgene_zeilen & set(a.zeilen))
    spalten = sorted(a.blatt.verborgene_spalten & {*a.wertspalten, a.schluessel.spalte})
    if zeilen or spalten or not a.blatt.sichtbar:
        was = [f"Zeile {z + 1}" for z in zeilen[:5]] + [f"Spalte {spaltenname(i)}" for i in spalten[:5]]
        s.frage(
            f"Ausgeblendet ist: {', '.join(was) or 'das ganze Blatt'}. Was soll damit geschehen?",
            ("ablehnen = nachfragen, warum · lesen · auslassen = ausgeblendete Zeilen nicht lesen",),
            [vorschlag('verborgen = "ablehnen"')],
        )
        s.absatz()


def _zeilen(s: Schreiber, a: Aufbau) -> None:
    if a.ende >= 0 and (muster := _endmuster(als_text(a.blatt.zelle(a.ende, 0)))):
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
        filter_ = {kopf: r"^\d" if nur_ziffern else _ausser(texte)}
        namen = "in raeume/namen.csv eintragen" if a.schluessel.art == "name" else "den Schlüssel prüfen"
        s.frage(
            f"Kein Raum des Projekts: {_liste(a, a.unklar)}. Sollen diese Zeilen übergangen werden?",
            (f"ja: die Zeile gelten lassen · nein: die Zeile löschen und {namen}",),
            [vorschlag(f"filter = {als_toml(filter_)}")],
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
    return ", ".join(f"Zeile {z + 1} „{_beschriftung(a, z)}“" for z in zeilen[:5]) + mehr


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


# --------------------------------------------------------------------------------------------------
# breakdowns in rows


def _teilsummen(a: Aufbau) -> list[int]:
    """Rows whose name bears the word of a subtotal."""
    muster = a.schluessel.muster if a.schluessel.art == "name" else ""
    texte = a.texte(a.schluessel.spalte) if muster else []
    return [z for z, t in texte if (m := re.match(muster, t)) and m["schluessel"] != t]


def _dimension(a: Aufbau, spalte: int, katalog: Katalog) -> str:
    """The Dimension that most texts of a column belong to; '' when none does."""
    texte = {t for _, t in a.texte(spalte) if not ist_insgesamt(t)}
    funde = [finde_wert(t, list(katalog.dimensionen.values())) for t in texte]
    namen = [f.dimension for f in funde if f is not None and f.bekannt]
    genug = len(namen) >= 0.5 * len(funde)
    return max(dict.fromkeys(namen), key=namen.count) if namen and genug else ""


def _gliederungen(s: Schreiber, a: Aufbau, katalog: Katalog) -> list[str]:
    """Columns that hold a breakdown in every row: one line for all of them, a question when a text stays open.

    Gives the dimensions.
    """
    eintraege, offen, fremde = [], [], []
    for spalte in a.gliederungen:
        texte = haeufig([t for _, t in a.texte(spalte)])
        dimension = _dimension(a, spalte, katalog)
        if not dimension:
            mehr = " …" if len(texte) > 4 else ""
            s.sage(f"Nicht gelesen: Spalte „{a.koepfe[spalte]}“ ({', '.join(texte[:4])}{mehr}).")
            fremde.append((spalte, texte))
            continue
        funde = {t: finde_wert(t, list(katalog.dimensionen.values())) for t in texte}
        werte = {t: _wert(t, f, dimension) for t, f in funde.items()}
        if leer := [z for z in a.zeilen if not als_text(a.blatt.zelle(z, spalte))] if spalte not in a.fuellen else []:
            summen = {*a.kreiszeilen, *a.ohne_zuordnung, *a.unklar, *_teilsummen(a)}
            werte[""] = "" if summen.issuperset(leer) else PLATZHALTER
        eintraege.append({"kopf": a.kopf_von(spalte), "dimension": dimension, "werte": werte})
        offen += [(t, dimension) for t, wert in werte.items() if wert == PLATZHALTER]
    dimensionen = [str(e["dimension"]) for e in eintraege]
    if not eintraege:
        _fremde_gliederung(s, a, fremde)
        return dimensionen
    zeilen = ["gliederungen = [", *(f"  {als_toml(e)}," for e in eintraege), "]"]
    if not offen:
        s.sage("Diese Spalten gliedern die Zeilen; leer = insgesamt.")
        s.zeilen += zeilen
        return dimensionen
    fehlt = ", ".join(f"„{t}“ ({d})" if t else f"eine leere Zelle ({d})" for t, d in offen)
    s.frage(
        f"Diese Spalten gliedern die Zeilen. Welcher Wert der Dimension ist {fehlt}?",
        [f"{d}: {_werteliste(katalog, d)}" for d in dict.fromkeys(d for _, d in offen)],
        zeilen,
    )
    return dimensionen


def _fremde_gliederung(s: Schreiber, a: Aufbau, fremde: Sequence[tuple[int, list[str]]]) -> None:
    """Keys stand several times, and columns tell their rows apart by words that no Dimension knows."""
    schluessel = [(t, als_text(a.blatt.zelle(z, a.zeitspalte))) for z, t in a.texte(a.schluessel.spalte)]
    if not fremde or len(set(schluessel)) == len(schluessel):
        return
    zeilen = []
    for spalte, texte in fremde:
        werte = dict.fromkeys(texte[:20], PLATZHALTER)
        eintrag = {"kopf": a.kopf_von(spalte), "dimension": PLATZHALTER, "werte": werte}
        zeilen.append(vorschlag(f"  {als_toml(eintrag)},"))
    s.frage(
        "Dieselben Räume stehen in mehreren Zeilen; was unterscheidet sie?",
        (
            "eine Dimension des Katalogs: bei „gliederungen“ ihren Namen und je Text ihren Wert eintragen; leer = "
            "insgesamt (sozmon katalog zeige nennt sie je Merkmal)",
            "nur ein Teil der Zeilen soll gelesen werden: bei „filter“ den Text eintragen · die übrigen Zeilen löschen",
        ),
        [
            vorschlag("gliederungen = ["),
            *zeilen,
            vorschlag("]"),
            vorschlag(f"filter = {als_toml({a.kopf_von(spalte): f'^{PLATZHALTER}$' for spalte, _ in fremde})}"),
        ],
    )
    s.absatz()


def _wert(text: str, fund: Wortfund | None, dimension: str) -> str:
    if ist_insgesamt(text):
        return ""
    return fund.wert if fund is not None and fund.dimension == dimension and fund.bekannt else PLATZHALTER


def _werteliste(katalog: Katalog, dimension: str) -> str:
    werte = katalog.dimensionen[dimension].werte
    return " · ".join(f"{w} = {label}" for w, label in werte.items()) + " · leer = insgesamt"


def _aehnliche(katalog: Katalog, dimension: str, text: str) -> str:
    """The values of a Dimension that are nearest to a text which none of them means."""
    werte = katalog.dimensionen[dimension].werte
    nah = difflib.get_close_matches(text, list(werte.values()), n=5, cutoff=0.3)
    liste = " · ".join(f"{w} = {label}" for w, label in werte.items() if label in nah)
    return (
        f"hat im Katalog keinen Wert; ähnlich sind {liste or 'keine'} · neue Werte gehören in indikatoren/dimensionen/"
    )


# --------------------------------------------------------------------------------------------------
# columns


def _spalten(
    s: Schreiber, a: Aufbau, spalten: Sequence[Wertspalte], katalog: Katalog, titel: str, zeilenweise: Sequence[str]
) -> None:
    """A block per declaration; what is a share, or like nothing of the catalogue beside columns that are, stays out."""
    anteile = [w for w in spalten if ist_anteil(" ".join(w.koepfe))]
    liste = {
        id(w): kandidaten(w.rest, katalog.merkmale.values(), [*w.werte, *zeilenweise], titel)
        for w in spalten
        if w not in anteile
    }
    fremde = [w for w in spalten if not liste.get(id(w), [True])]
    if not any(liste.values()):  # the heads say nothing: the title may, else the table is about something new: ask
        liste = {
            id(w): kandidaten("", katalog.merkmale.values(), [*w.werte, *zeilenweise], titel)
            for w in spalten
            if w not in anteile
        }
        fremde = fremde[NEUE_SPALTEN:]
    for w in spalten:
        if w not in anteile and w not in fremde:
            _spalte(s, w, katalog, (titel, zeilenweise, a.blatt), liste[id(w)])
    for gruppe, warum in (
        (anteile, "Anteile und Quoten rechnet sozmon selbst aus Zähler und Nenner"),
        (fremde, "kein Merkmal des Katalogs heißt ähnlich"),
    ):
        _nicht_gelesen(s, gruppe, warum)


def _nicht_gelesen(s: Schreiber, gruppe: Sequence[Wertspalte], warum: str) -> None:
    """Columns that are left out, with the block that would take the first of them in."""
    if not gruppe:
        return
    s.absatz()
    koepfe = "; ".join(f"„{w.koepfe[0]}“" for w in gruppe)
    wort = "Diese Spalte wird" if len(gruppe) == 1 else "Diese Spalten werden"
    s.sage(
        f"{wort} nicht gelesen ({warum}): {koepfe}. Soll es doch sein, die folgenden Zeilen ergänzen und das # löschen:"
    )
    s.zeilen += ["# [[blaetter.spalten]]", *(f"# {z}" for z in _kopfangaben(gruppe[0])), '# merkmal = "…"']


def _spalte(
    s: Schreiber, w: Wertspalte, katalog: Katalog, umgebung: tuple[str, Sequence[str], Blatt], liste: list[Kandidat]
) -> None:
    """One block: set when head and title of a Merkmal are the same, else a question."""
    titel, zeilenweise, blatt = umgebung
    dimensionen = [*w.werte, *zeilenweise]
    sicher = unverkennbar(w.rest, liste, dimensionen)
    kopf = "[[blaetter.spalten]]\n" + "\n".join(_kopfangaben(w))
    nachgestellt = list(_auspraegung(w))
    unbekannt = any(None in je.values() for je in w.werte.values())
    zusatz = _aus_titel(titel, katalog, sicher or (liste[0].merkmal.kennung if liste else ""), w)
    wer = _wer(w, blatt)
    if sicher and not unbekannt and not zusatz:
        s.absatz()
        s.sage(f"{wer[0].upper()}{wer[1:]}: am Kopf erkannt.")
        s.zeilen += [*kopf.splitlines(), f"merkmal = {als_toml(sicher)}", *nachgestellt]
        return
    antworten = _antworten(w, liste, katalog, dimensionen)
    if zusatz:
        antworten.append(f"Die Überschrift nennt {zusatz}; gilt das für alle Werte, „#?“ löschen, sonst die Zeile.")
        nachgestellt = [vorschlag(f"auspraegung = {als_toml(zusatz)}")]
    frage = f"{'Was genau' if sicher else 'Welches Merkmal'} {'zählt' if len(w.spalten) == 1 else 'zählen'} {wer}?"
    s.frage(frage, antworten, [f"merkmal = {als_toml(sicher or PLATZHALTER)}", *nachgestellt], kopf=kopf)


def _wer(w: Wertspalte, blatt: Blatt) -> str:
    """'die Spalte „Wähler“ (D)' or '6 Spalten wie „…“ (B, C, D, E …)'."""
    orte = [f"Spalte {i + 1}" if blatt.art == "csv" else spaltenname(i) for i in w.spalten[:4]]
    wo = ", ".join(orte) + (" …" if len(w.spalten) > 4 else "")
    return f"{'die Spalte' if len(w.spalten) == 1 else f'{len(w.spalten)} Spalten wie'} „{w.koepfe[0]}“ ({wo})"


def _antworten(w: Wertspalte, liste: list[Kandidat], katalog: Katalog, dimensionen: Sequence[str]) -> list[str]:
    antworten = [_antwort(k.merkmal, dimensionen) for k in liste] or [
        "Kein Merkmal des Katalogs heißt ähnlich; alle zeigt: sozmon katalog merkmale"
    ]
    antworten.append(
        'nicht lesen: merkmal = "" · eigenes Merkmal: eine Datei in indikatoren/merkmale/ anlegen (README)'
    )
    return antworten + [
        f"{name} „{t}“: {_aehnliche(katalog, name, t)}"
        for name, je in w.werte.items()
        for t, x in je.items()
        if x is None
    ]


def _antwort(merkmal: Merkmal, dimensionen: Sequence[str]) -> str:
    fremd = [d for d in dict.fromkeys(dimensionen) if d not in merkmal.dimensionen]
    zusatz = f" (im Katalog bisher nicht nach {' und '.join(fremd)} gegliedert)" if fremd else ""
    return f"{merkmal.kennung} = {merkmal.titel}{zusatz}"


def _kopfangaben(w: Wertspalte) -> Iterable[str]:
    if w.muster:
        yield f"muster = {muster_toml(w.muster)}"
    else:
        yield f"kopf = {als_toml_text(w.kopf)}"
        if w.zeiten:
            yield f"zeit = {als_toml_text(w.zeiten[0])}"


def _auspraegung(w: Wertspalte) -> Iterable[str]:
    """Fixed breakdown of a single column, or what each text of the pattern means."""
    if not w.werte:
        return
    if w.muster:
        werte = {name: {t: PLATZHALTER if x is None else x for t, x in je.items()} for name, je in w.werte.items()}
        yield f"werte = {als_toml(werte)}"
        return
    fest = {name: x for name, je in w.werte.items() for x in je.values()}
    if None in fest.values():
        yield f'auspraegung = "{PLATZHALTER}"'
    elif text := fuege_zusammen({name: x or "" for name, x in fest.items()}):
        yield f"auspraegung = {als_toml(text)}"


def _aus_titel(titel: str, katalog: Katalog, merkmal: str, w: Wertspalte) -> str:
    """A breakdown that the title names and no head does, as in 'Gemeinderatswahl 2024'."""
    if merkmal not in katalog.merkmale or w.werte:
        return ""
    erlaubt = [katalog.dimensionen[d] for d in katalog.merkmale[merkmal].dimensionen if d in katalog.dimensionen]
    fund = finde_wert(titel, erlaubt)
    return fuege_zusammen({fund.dimension: fund.wert}) if fund is not None and fund.bekannt else ""
