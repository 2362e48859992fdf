"""What the chapter Methodik prints: plain values, and its lists as tables. Everything comes from the Auskunft."""

from __future__ import annotations

from collections.abc import Sequence

from sozmon.berichtstabellen import build_liste
from sozmon.berichtswerte import Auskunft
from sozmon.freigabe import Freigabe
from sozmon.katalogtext import formel
from sozmon.model import ZEICHEN_BEDEUTUNG, Indikator
from sozmon.sprache import raumwort
from sozmon.sprache.worte import ZAHLWORT
from sozmon.zahlen import format_datum, format_zahl


def build_methodik(
    auskunft: Auskunft,
    indikatoren: Sequence[Indikator],
    gebietsstand: str,
    berichtigungen: Sequence[tuple[str, str, str, str]] = (),
) -> dict[str, object]:
    """Values and tables (``tabelle_…``) by name; indikatoren: those of the report in their order.

    berichtigungen: (Raum, Zeit, what, reason) of values put right by hand; the values themselves are not printed.
    """
    freigabe, orte = auskunft.freigabe, auskunft.orte
    mit_daten = [i for i in indikatoren if freigabe.jahre(i.kennung)]
    return {
        "gebietsstand": format_datum(gebietsstand),
        "gemeinden": zahlwort(len(orte.gemeinden)),
        "regionen": zahlwort(len(orte.regionen)) if orte.regionen else "",
        "regionsname": orte.regionsname,
        "kreis": raumwort(orte.kreis.name, "kreis").wer,
        "umgerechnet": any(w.umrechnung for w in freigabe.werte),
        "regel": freigabe.regel,
        "verborgen": freigabe.verborgen,
        "verborgen_wort": zahlwort(freigabe.verborgen),
        "hinweise": _hinweise(mit_daten),
        "hat_brueche": any(auskunft.brueche.get(i.kennung) for i in mit_daten),
        "hat_berichtigungen": bool(berichtigungen),
        "tabelle_berichtigungen": build_liste(
            "tab-berichtigungen",
            "Von Hand berichtigte Werte",
            ("Raum", "Zeit", "Was", "Grund"),
            berichtigungen,
            (2, 1.2, 3, 4),
        ),
        **_tabellen(auskunft, mit_daten),
    }


def zahlwort(anzahl: int) -> str:
    """Numbers up to twelve are words in a sentence."""
    return ZAHLWORT[anzahl] if anzahl < len(ZAHLWORT) else format_zahl(anzahl, 0)


def staende(freigabe: Freigabe) -> dict[str, str]:
    """Quelle → newest data state among the released numbers."""
    gefunden: dict[str, str] = {}
    for wert in freigabe.werte:
        for quelle, stand in wert.staende.items() if wert.ist_zahl else ():
            gefunden[quelle] = max(gefunden.get(quelle, ""), stand)
    return gefunden


def _hinweise(indikatoren: Sequence[Indikator]) -> tuple[tuple[str, str], ...]:
    """(titles, sentence): every remark once, with the Indikatoren that it is about."""
    betroffen: dict[str, list[str]] = {}
    for indikator in indikatoren:
        for satz in indikator.hinweise:
            betroffen.setdefault(satz, []).append(indikator.titel)
    return tuple((", ".join(titel), satz) for satz, titel in betroffen.items())


def _tabellen(auskunft: Auskunft, indikatoren: Sequence[Indikator]) -> dict[str, object]:
    katalog, stand_von = auskunft.katalog, staende(auskunft.freigabe)
    quellen = [(katalog.quellen[q], stand) for q, stand in sorted(stand_von.items()) if q in katalog.quellen]
    return {
        "tabelle_zeichen": build_liste(
            "tab-zeichen", "Zeichenerklärung", ("Zeichen", "Bedeutung"), ZEICHEN_BEDEUTUNG.items(), (1, 8)
        ),
        "tabelle_quellen": build_liste(
            "tab-quellen",
            "Quellen und ihr Datenstand",
            ("Quelle", "Herausgeber", "Lizenz", "Datenstand"),
            [(q.titel, q.herausgeber, q.lizenz or "–", format_datum(stand)) for q, stand in quellen],
            (2.2, 3.4, 2.6, 1.4),
        ),
        "tabelle_definitionen": build_liste(
            "tab-definitionen",
            "Berechnung der Indikatoren",
            ("Indikator", "Berechnung", "Einheit"),
            [(i.titel, formel(katalog, i).split(". ")[0].rstrip("."), i.einheit) for i in indikatoren],
            (3, 6, 1.8),
        ),
        "tabelle_brueche": build_liste(
            "tab-brueche",
            "Brüche in den Zeitreihen",
            ("ab", "Grund", "Betroffene Indikatoren"),
            [
                (format_datum(ab), grund, ", ".join(titel))
                for (ab, grund), titel in _brueche_mit_indikatoren(auskunft, indikatoren)
            ],
            (1, 3.2, 5),
        ),
    }


def _brueche_mit_indikatoren(
    auskunft: Auskunft, indikatoren: Sequence[Indikator]
) -> list[tuple[tuple[str, str], list[str]]]:
    betroffen: dict[tuple[str, str], list[str]] = {}
    for indikator in indikatoren:
        for bruch in auskunft.brueche.get(indikator.kennung, ()):
            betroffen.setdefault((bruch.ab, bruch.grund), []).append(indikator.titel)
    return sorted(betroffen.items())
