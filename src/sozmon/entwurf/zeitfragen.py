"""Where the time of the values and the Stand come from: set when a word of the table says so, else asked."""

from __future__ import annotations

import re
from collections.abc import Sequence

from sozmon.einlesen import STAND_MUSTER
from sozmon.entwurf.aufbau import Aufbau
from sozmon.entwurf.merkmale import ist_anteil
from sozmon.entwurf.rand import Zeitfund
from sozmon.entwurf.schreiber import Schreiber, vorschlag
from sozmon.entwurf.spalten import Wertspalte
from sozmon.entwurf.toml import muster_toml
from sozmon.katalogfragen import PLATZHALTER
from sozmon.quellen.zeiten import parse_stand, parse_zeit
from sozmon.zahlen import format_datum

ZEITARTEN = (
    "stichtag = Bestand an einem Tag · jahr = Summe eines Jahres · jahresmittel = Durchschnitt eines Jahres",
    "schuljahr · monat · quartal · wahltag",
)


def schreibe_zeit(
    s: Schreiber, funde: Sequence[Zeitfund], aufbauten: Sequence[Aufbau], gruppen: Sequence[Sequence[Wertspalte]],
    texte: Sequence[str], wahl: bool,
) -> None:  # fmt: skip
    """The fields zeit or zeit_muster, and zeitart; ``texte``: what stands above the tables."""
    s.absatz()
    spalten = [w for spalten in gruppen for w in spalten if not ist_anteil(" ".join(w.koepfe))]
    ohne = [w.koepfe[0] for w in spalten if not w.zeitart]
    if spalten and len(ohne) < len(spalten) and not (ohne and funde):
        _in_den_koepfen(s, [w for w in spalten if w.zeitart], ohne, texte)
    elif any(a.zeitspalte >= 0 for a in aufbauten):
        s.sage("Der Zeitpunkt steht in jeder Zeile (zeitspalte weiter unten).")
        art = next(iter(_art_der_spalte(a) for a in aufbauten if a.zeitspalte >= 0))
        _zeitart(s, art, sicher=art in ("stichtag", "schuljahr", "monat", "quartal"))
    elif not funde:
        s.frage(
            "Für welchen Zeitpunkt gelten die Werte? In der Tabelle steht keiner.",
            (
                "31.12.2023 als 2023-12-31, ein Jahr als 2023, ein Schuljahr als 2023/24, ein Monat als 2023-05",
                "Jede weitere Lieferung braucht dann eine neue Angabe; besser bittet man die Stelle um eine Kopfzeile.",
            ),
            [f'zeit = "{PLATZHALTER}"'],
        )
        _zeitart(s, "", sicher=False)
    else:
        _aus_dem_kopf(s, funde, wahl)


def _in_den_koepfen(s: Schreiber, spalten: Sequence[Wertspalte], ohne: Sequence[str], texte: Sequence[str]) -> None:
    s.sage("Der Zeitpunkt steht in den Spaltenköpfen.")
    if ohne:
        namen = ", ".join(f"„{k}“" for k in ohne[:4])
        s.frage(
            f"Für welchen Zeitpunkt gelten die Spalten, deren Kopf keinen nennt ({namen})?",
            ("ein Datum oder Jahr · werden diese Spalten nicht gelesen: die Zeile löschen",),
            [f'zeit = "{PLATZHALTER}"'],
        )
        s.absatz()
    arten, zeiten = {w.zeitart for w in spalten}, [z for w in spalten for z in w.zeiten]
    art = sorted(arten)[0]
    if art == "stichtag" and all(re.match(r"\d{4}-\d{2}-01|0?1\.", z) for z in zeiten):
        s.sage("In den Köpfen steht jeweils der Monatserste: Gemeint ist oft der ganze Monat.")
        _zeitart(s, "monat", sicher=False)
    elif art == "jahr" and any(re.search(r"31\. ?12\.|31\. Dezember", t) for t in texte):
        _zeitart(s, "stichtag", sicher=False)
    else:
        _zeitart(s, art, sicher=len(arten) == 1 and art != "jahr")


def _art_der_spalte(a: Aufbau) -> str:
    """zeitart of a column of times by its head, else by its first cell."""
    kopf = a.koepfe[a.zeitspalte].casefold()
    genannt = next((art for art in ("stichtag", "schuljahr", "monat", "quartal") if art in kopf), "")
    return genannt or parse_zeit(a.texte(a.zeitspalte)[0][1]).zeitart


def _aus_dem_kopf(s: Schreiber, funde: Sequence[Zeitfund], wahl: bool) -> None:
    erster = funde[0]
    andere = [f for f in funde if f.sicher == erster.sicher and f.zeit != erster.zeit]
    wo = f"gefunden: {format_datum(erster.zeit)} in „{erster.text[:80]}“"
    if wahl and erster.zeitart in ("jahr", "wahltag") and len(erster.zeit) == 4:
        s.frage(
            f"An welchem Tag war die Wahl ({wo})?",
            ("als Datum, zum Beispiel 2024-06-09",),
            [f'zeit = "{PLATZHALTER}"'],
        )
        s.setze("zeitart", '"wahltag"')
        return
    if erster.sicher and not andere:
        s.setze("zeit_muster", muster_toml(erster.muster), f"Der Zeitpunkt der Werte ({wo}).")
    else:
        mehr = "".join(f"; auch {format_datum(f.zeit)} in „{f.text[:60]}“" for f in andere[:3])
        s.frage(
            f"Ist das der Zeitpunkt der Werte ({wo}{mehr})?",
            (
                'ja: die Zeile gelten lassen · nein: durch die Zeile zeit = "2023-12-31" mit dem richtigen ersetzen',
                *(f"oder: zeit_muster = {muster_toml(f.muster)}" for f in andere[:3]),
            ),
            [vorschlag(f"zeit_muster = {muster_toml(erster.muster)}")],
        )
    wahltag = wahl and erster.zeitart == "stichtag"
    _zeitart(s, "wahltag" if wahltag else erster.zeitart, sicher=erster.sicher and not wahltag)


def _zeitart(s: Schreiber, art: str, *, sicher: bool) -> None:
    if sicher and art:
        s.setze("zeitart", f'"{art}"')
        return
    s.frage("Was für ein Zeitpunkt ist es?", ZEITARTEN, [vorschlag(f'zeitart = "{art or PLATZHALTER}"')])


def schreibe_stand(s: Schreiber, gefunden: tuple[str, str], datei: str) -> None:
    """The fields stand and stand_muster, or the remark that ``--stand`` will be needed."""
    s.absatz()
    stand, muster = gefunden
    if muster:
        s.sage(f"Der Stand der Daten steht in der Tabelle ({format_datum(stand)}).")
        s.setze("stand", '"inhalt"')
        s.setze("stand_muster", muster_toml(muster))
        return
    s.setze("stand", '"dateiname"')
    if re.search(STAND_MUSTER, datei):
        s.sage("Der Stand der Daten wird aus dem Dateinamen gelesen.")
    elif muster := _stand_im_namen(datei):
        s.setze("stand_muster", f"'({muster})'", "Der Stand der Daten wird aus dem Dateinamen gelesen.")
    else:
        s.sage(
            "Weder in der Tabelle noch im Dateinamen steht ein Stand: beim Import den Tag nennen, an dem die "
            "Datei kam, zum Beispiel --stand 2024-04-15."
        )


def _stand_im_namen(datei: str) -> str:
    """Pattern of a date in the file name; '' when there is none."""
    treffer = re.search(r"(?<!\d)(20\d{6}|\d{1,2}\.\d{1,2}\.20\d{2})(?!\d)", datei)
    if treffer is None:
        return ""
    try:
        parse_stand(treffer[1])
    except ValueError:
        return ""
    return r"20\d{6}" if treffer[1].isdigit() else r"\d{1,2}\.\d{1,2}\.20\d{2}"
