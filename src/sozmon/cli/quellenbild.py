"""What ``sozmon quelle pruefen`` shows a person: the grid as it is understood, part by part."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import TYPE_CHECKING

from sozmon.katalogfragen import PLATZHALTER, offen_in_worten
from sozmon.quellenpruefung import OHNE_STAND, VORSCHAU
from sozmon.tabellen import render_tabelle
from sozmon.zahlen import format_datum

if TYPE_CHECKING:
    from sozmon.quellenpruefung import Eintrag, Pruefung
    from sozmon.raeume import Raeume

SCHLUESSEL_GENANNT, UNGELESEN_GENANNT = 20, 12
VORSCHAUSPALTEN = ("raum_id", "raum", "zeit", "merkmal", "auspraegung", "wert", "status", "fundstelle")


def render(p: Pruefung, raeume: Raeume) -> str:
    """The whole page."""
    teile = [_kopf(p)]
    for blatt in dict.fromkeys(e.blatt for e in p.eintraege if e.art in ("spalte", "zeilen")):
        teile.append(_blatt(blatt, [e for e in p.eintraege if e.blatt == blatt]))
    teile += [_zeichen(p.eintraege), _namen(p), _schluessel(p.eintraege), _fragen(p), _vorschau(p, raeume)]
    return "\n\n".join(t.rstrip("\n") for t in teile if t)


def _kopf(p: Pruefung) -> str:
    lesung = p.lesung
    stand = "unbekannt" if lesung.stand == OHNE_STAND else format_datum(lesung.stand)
    geheim = f", davon {lesung.geheim} geheim" if lesung.geheim else ""
    abgelehnt = f"; nicht lesbar: {lesung.abgelehnt}" if lesung.abgelehnt else ""
    draussen = f"; außerhalb des Kreises: {lesung.ausserhalb}" if lesung.ausserhalb else ""
    return (
        f"{p.datei}, gelesen mit der Quelle „{p.quelle.titel}“ ({p.quelle.kennung})\n"
        f"Stand: {stand}. Werte: {lesung.tabelle.num_rows}{geheim}{abgelehnt}{draussen}."
    )


def _blatt(name: str, eintraege: Sequence[Eintrag]) -> str:
    titel = f"Blatt „{name}“" if name else "Tabelle"
    ungelesen = [e for e in eintraege if e.art == "spalte" and e.rolle == "nicht gelesen"]
    gezeigt = [e for e in eintraege if e.art == "spalte" and e not in ungelesen[UNGELESEN_GENANNT:]]
    zeilen = [
        {"zeilen": e.stelle, "anzahl": e.anzahl, "was": e.rolle, "beginnt_mit": e.text}
        for e in eintraege
        if e.art == "zeilen"
    ]
    spalten = [
        {
            "spalte": e.stelle,
            "kopf": e.text,
            "ist": e.rolle if e.rolle != "wert" else e.merkmal or "wird nicht gelesen",
            "auspraegung": e.auspraegung,
            "zeit": e.zeit,
            "zellen": e.anzahl or None,
        }
        for e in gezeigt
    ]
    rest = len(ungelesen) - UNGELESEN_GENANNT
    mehr = f"\nund {rest} weitere Spalten, die nicht gelesen werden" if rest > 0 else ""
    return f"{titel}: Zeilen\n{_tabelle(zeilen)}\n\n{titel}: Spalten\n{_tabelle(spalten)}{mehr}"


def _tabelle(zeilen: Sequence[Mapping[str, object]]) -> str:
    return render_tabelle(zeilen, list(zeilen[0]), "text").decode().rstrip("\n") if zeilen else "(nichts)"


def _zeichen(eintraege: Iterable[Eintrag]) -> str:
    zeilen = [
        {"zeichen": f"„{e.text}“", "zellen": e.anzahl, "bedeutung": e.bedeutung if e.rolle != "offen" else "offen"}
        for e in eintraege
        if e.art == "zeichen"
    ]
    return f"Zeichen\n{_tabelle(zeilen)}" if zeilen else ""


def _namen(p: Pruefung) -> str:
    """Names to confirm, as lines that can be copied into namen.csv."""
    namen = [e for e in p.eintraege if e.art == "name"]
    if not namen:
        return ""
    kopf = "Namen, die noch niemand bestätigt hat. Geprüft und ergänzt gehören diese Zeilen in raeume/namen.csv:"
    return "\n".join([kopf, *(f"{e.text};{e.bedeutung};{p.quelle.kennung}" for e in namen)])


def _schluessel(eintraege: Iterable[Eintrag]) -> str:
    """Keys that no register knows, and which Raum their name belongs to."""
    zeilen = [
        {"schluessel_und_name": e.text, "zellen": e.anzahl, "der_name_gehoert_zu": e.bedeutung or "–"}
        for e in eintraege
        if e.art == "schluessel"
    ]
    mehr = f"\nund {len(zeilen) - SCHLUESSEL_GENANNT} weitere" if len(zeilen) > SCHLUESSEL_GENANNT else ""
    return f"Schlüssel ohne Raum\n{_tabelle(zeilen[:SCHLUESSEL_GENANNT])}{mehr}" if zeilen else ""


def _fragen(p: Pruefung) -> str:
    if not p.fragen:
        return ""
    zeilen = [f"  Zeile {f.zeile}: {f.text}" for f in p.fragen]
    satz = offen_in_worten(list(p.fragen), 0).partition(":")[0].removesuffix(" und")
    return "\n".join([f"{satz[0].upper()}{satz[1:]}:", *zeilen])


def _vorschau(p: Pruefung, raeume: Raeume) -> str:
    """The first and last values."""
    tabelle, (vorn, hinten) = p.lesung.tabelle, VORSCHAU
    anzahl = tabelle.num_rows
    if not anzahl:
        return "Kein Wert ist lesbar."
    stellen = [*range(min(vorn, anzahl)), *range(max(vorn, anzahl - hinten), anzahl)]
    zeilen = []
    for stelle in stellen:
        zeile = {s: tabelle[s][stelle].as_py() for s in VORSCHAUSPALTEN if s != "raum"}
        raum = raeume.raum(zeile["raum_id"])
        offen = {"merkmal": "offen"} if zeile["merkmal"].startswith(PLATZHALTER) else {}
        zeilen.append(zeile | offen | {"raum": raum.name if raum else ""})
    titel = "Werte" if anzahl <= vorn + hinten else f"Werte (die ersten {vorn} und die letzten {hinten} von {anzahl})"
    return f"{titel}\n{render_tabelle(zeilen, VORSCHAUSPALTEN, 'text').decode()}"
