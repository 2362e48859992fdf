"""Columns that break every row down: their texts → values of a Dimension, and a question where none is known."""

from __future__ import annotations

import difflib
import re
from collections.abc import Sequence

from sozmon.entwurf.aufbau import Aufbau, haeufig
from sozmon.entwurf.schreiber import Schreiber, vorschlag
from sozmon.entwurf.toml import als_toml
from sozmon.entwurf.worte import Wortfund, finde_wert, ist_insgesamt
from sozmon.katalog import Katalog
from sozmon.katalogfragen import PLATZHALTER
from sozmon.quellen.gitter import als_text


def _teilsummen(a: Aufbau) -> list[int]:
    """Rows whose name bears the word of a subtotal."""
    muster = a.schluessel.muster if a.schluessel.art == "name" else ""
    texte = a.texte(a.schluessel.spalte) if muster else []
    return [z for z, t in texte if (m := re.match(muster, t)) and m["schluessel"] != t]


def dimension_der_spalte(a: Aufbau, spalte: int, katalog: Katalog) -> str:
    """The Dimension that most texts of a column belong to; '' when none does."""
    texte = dict.fromkeys(t for _, t in a.texte(spalte) if not ist_insgesamt(t))
    funde = [finde_wert(t, list(katalog.dimensionen.values())) for t in texte]
    namen = [f.dimension for f in funde if f is not None and f.bekannt]
    genug = len(namen) >= 0.5 * len(funde)
    return max(dict.fromkeys(namen), key=namen.count) if namen and genug else ""


def schreibe_gliederungen(s: Schreiber, a: Aufbau, katalog: Katalog) -> list[str]:
    """Columns that hold a breakdown in every row: one line for all of them, a question when a text stays open.

    Gives the dimensions.
    """
    eintraege: list[dict[str, object]] = []
    offen: list[tuple[str, str]] = []
    fremde: list[tuple[int, list[str]]] = []
    gelesene: list[int] = []
    for spalte in a.gliederungen:
        texte = haeufig([t for _, t in a.texte(spalte)])
        dimension = dimension_der_spalte(a, spalte, katalog)
        if not dimension:
            mehr = " …" if len(texte) > 4 else ""
            s.sage(f"Nicht gelesen: Spalte „{a.koepfe[spalte]}“ ({', '.join(texte[:4])}{mehr}).")
            if len(texte) <= max(2, 0.6 * len(a.texte(spalte))):  # not a remark that differs in every row
                fremde.append((spalte, texte))
            continue
        funde = {t: finde_wert(t, list(katalog.dimensionen.values())) for t in texte}
        werte = {t: _wert(t, f, dimension) for t, f in funde.items()}
        if leer := [z for z in a.zeilen if not als_text(a.blatt.zelle(z, spalte))] if spalte not in a.fuellen else []:
            summen = {*a.kreiszeilen, *a.ohne_zuordnung, *a.unklar, *_teilsummen(a)}
            werte[""] = "" if summen.issuperset(leer) else PLATZHALTER
        eintraege.append({"kopf": a.kopf_von(spalte), "dimension": dimension, "werte": werte})
        offen += [(t, dimension) for t, wert in werte.items() if wert == PLATZHALTER]
        gelesene.append(spalte)
    if eintraege:
        _schreibe(s, katalog, eintraege, offen)
    if fremde and not _eindeutig(a, gelesene):
        _fremde_gliederung(s, a, fremde, nur_filter=bool(eintraege))
    return [str(e["dimension"]) for e in eintraege]


def _schreibe(
    s: Schreiber, katalog: Katalog, eintraege: Sequence[dict[str, object]], offen: Sequence[tuple[str, str]]
) -> None:
    zeilen = ["gliederungen = [", *(f"  {als_toml(e)}," for e in eintraege), "]"]
    if not offen:
        s.sage("Diese Spalten gliedern die Zeilen; leer = insgesamt.")
        s.zeilen += zeilen
        return
    fehlt = ", ".join(f"„{t}“ ({d})" if t else f"eine leere Zelle ({d})" for t, d in offen)
    s.frage(
        f"Diese Spalten gliedern die Zeilen. Welcher Wert der Dimension ist {fehlt}?",
        [f"{d}: {_werteliste(katalog, d)}" for d in dict.fromkeys(d for _, d in offen)],
        zeilen,
    )
    s.absatz()


def _eindeutig(a: Aufbau, gelesene: Sequence[int]) -> bool:
    """Does every row have its own key, time and breakdown?"""
    spalten = [a.schluessel.spalte, *gelesene, *([a.zeitspalte] if a.zeitspalte >= 0 else [])]
    zeilen = [tuple(als_text(a.blatt.zelle(z, s)) for s in spalten) for z in a.zeilen]
    if a.fuellen:  # the text above goes on: what differs below it is the breakdown
        return len(gelesene) > 0 or len(spalten) > 1
    return len(set(zeilen)) == len(zeilen)


def _fremde_gliederung(s: Schreiber, a: Aufbau, fremde: Sequence[tuple[int, list[str]]], *, nur_filter: bool) -> None:
    """Keys stand several times, and columns tell their rows apart by words that no Dimension knows."""
    filter_ = vorschlag(f"filter = {als_toml({a.kopf_von(spalte): f'^{PLATZHALTER}$' for spalte, _ in fremde})}")
    nur_teil = "nur ein Teil der Zeilen soll gelesen werden: bei „filter“ den Text eintragen · sonst die Zeilen löschen"
    if nur_filter:
        welche = "; ".join(f"{a.koepfe[spalte]}: {', '.join(t[:6])}" for spalte, t in fremde)
        frage = f"Dieselben Räume und Gliederungen stehen in mehreren Zeilen; welche gelten ({welche})?"
        s.frage(frage, (nur_teil,), [filter_])
        s.absatz()
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
            nur_teil,
        ),
        [
            vorschlag("gliederungen = ["),
            *zeilen,
            vorschlag("]"),
            filter_,
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


def aehnliche_werte(katalog: Katalog, dimension: str, text: str) -> str:
    """The values of a Dimension that are nearest to a text which none of them means."""
    werte = katalog.dimensionen[dimension].werte
    nah = difflib.get_close_matches(text, list(werte.values()), n=5, cutoff=0.3)
    liste = " · ".join(f"{w} = {label}" for w, label in werte.items() if label in nah)
    return (
        f"hat im Katalog keinen Wert; ähnlich sind {liste or 'keine'} · neue Werte gehören in indikatoren/dimensionen/"
    )
