"""Value columns: a block per declaration, set when its head is the title of a Merkmal, else a question."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from sozmon.entwurf.aufbau import Aufbau
from sozmon.entwurf.gliederungsfragen import aehnliche_werte
from sozmon.entwurf.merkmale import Kandidat, faktor, ist_anteil, kandidaten, unverkennbar
from sozmon.entwurf.schreiber import Schreiber, vorschlag
from sozmon.entwurf.spalten import Wertspalte
from sozmon.entwurf.toml import als_toml, als_toml_text, muster_toml
from sozmon.entwurf.worte import finde_wert
from sozmon.katalog import Katalog, fuege_zusammen
from sozmon.katalogfragen import PLATZHALTER
from sozmon.model import Merkmal

NEUE_SPALTEN = 5
"""Columns of a table about something new that are asked about."""


def schreibe_spalten(
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
            _spalte(s, w, katalog, (titel, zeilenweise, a), liste[id(w)])
    if a.kopflos:
        s.absatz()
        orte = [a.kopf_von(i) for i in a.kopflos[:5]]
        s.sage(
            f"Nicht gelesen, weil ohne Kopf: {', '.join(orte)}. Als Kopf gilt in dieser Datei zum Beispiel „{orte[0]}“."
        )
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
    s: Schreiber, w: Wertspalte, katalog: Katalog, umgebung: tuple[str, Sequence[str], Aufbau], liste: list[Kandidat]
) -> None:
    """One block: set when head and title of a Merkmal are the same, else a question."""
    titel, zeilenweise, aufbau = umgebung
    dimensionen = [*w.werte, *zeilenweise]
    sicher = unverkennbar(w.rest, liste, dimensionen)
    kopf = "[[blaetter.spalten]]\n" + "\n".join(_kopfangaben(w))
    nachgestellt = list(_auspraegung(w))
    unbekannt = any(None in je.values() for je in w.werte.values())
    zusatz = _aus_titel(titel, katalog, sicher or (liste[0].merkmal.kennung if liste else ""), w)
    wer = _wer(w, aufbau)
    mal, worte = faktor([*w.koepfe, *aufbau.leittexte])
    if sicher and not unbekannt and not zusatz and mal == 1:
        s.absatz()
        s.sage(f"{wer[0].upper()}{wer[1:]}: am Kopf erkannt.")
        s.zeilen += [*kopf.splitlines(), f"merkmal = {als_toml(sicher)}", *nachgestellt]
        return
    antworten = _antworten(w, liste, katalog, dimensionen)
    if zusatz:
        antworten.append(f"Die Überschrift nennt {zusatz}; gilt das für alle Werte, „#?“ löschen, sonst die Zeile.")
        nachgestellt = [vorschlag(f"auspraegung = {als_toml(zusatz)}")]
    if mal != 1:
        antworten.append(f"Die Tabelle nennt „{worte}“; gilt das für diese Spalte, „#?“ löschen, sonst die Zeile.")
        nachgestellt.append(vorschlag(f"faktor = {mal}"))
    frage = f"{'Was genau' if sicher else 'Welches Merkmal'} {'zählt' if len(w.spalten) == 1 else 'zählen'} {wer}?"
    s.frage(frage, antworten, [f"merkmal = {als_toml(sicher or PLATZHALTER)}", *nachgestellt], kopf=kopf)


def _wer(w: Wertspalte, a: Aufbau) -> str:
    """'die Spalte „Wähler“ (D)' or '6 Spalten wie „…“ (B, C, D, E …)'."""
    orte = [a.spaltenort(i) for i in w.spalten[:4]]
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
        f"{name} „{t}“: {aehnliche_werte(katalog, name, t)}"
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
