"""Tables of a report, made from a Freigabe: Räume × years, and Gemeinden × Indikatoren grouped by region.

Cell texts are German numbers or the sign of the status; the signs are explained in the Methodik.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from sozmon.berichtswerte import Auskunft, als_id
from sozmon.druck.modell import FUSSNOTENZEICHEN, Tabelle, Zeile
from sozmon.freigabe import Freigabe
from sozmon.model import ZEICHEN, Bruch, Indikator, Indikatorwert
from sozmon.zahlen import format_zahl
from sozmon.zeitreihe import PROZENTEINHEITEN, segment

HOECHSTENS_JAHRE = 6
HOECHSTENS_SPALTEN = 7
"""More value columns than this do not fit a page with readable type: the table is continued in the next one."""


@dataclass(frozen=True, slots=True)
class Raumzeile:
    """A Raum as a table row; ``gruppe`` = heading it stands under (name of its region), '' = none."""

    raum_id: str
    name: str
    gruppe: str = ""
    summe: bool = False


def zelle(wert: Indikatorwert | None, stellen: int) -> str:
    """Cell text: German number or sign, with p, r, s marks behind it."""
    if wert is None:
        return "k. A."
    if not wert.ist_zahl or wert.wert is None:
        return ZEICHEN[wert.status]
    if wert.status in ZEICHEN:
        return ZEICHEN[wert.status]
    marken = "".join(k for k in wert.kennzeichen.split(",") if k in {"p", "r", "s"})
    return format_zahl(wert.wert, stellen) + marken


def jahre_auswahl(jahre: Sequence[int], hoechstens: int = HOECHSTENS_JAHRE) -> tuple[int, ...]:
    """At most so many years, the first and the last always among them, evenly spread."""
    if len(jahre) <= hoechstens:
        return tuple(jahre)
    schritt = (len(jahre) - 1) / (hoechstens - 1)
    return tuple(jahre[round(i * schritt)] for i in range(hoechstens))


def tabelle_zeitreihe(
    freigabe: Freigabe,
    indikator: Indikator,
    zeilen: Sequence[Raumzeile],
    *,
    id: str,
    titel: str,
    quelle: str,
    brueche: Sequence[Bruch] = (),
    jahre: Sequence[int] = (),
) -> Tabelle:
    """Räume in rows, chosen years in columns, and the change since the first year of the last segment."""
    gewaehlt = jahre_auswahl(jahre)
    von, bis = _segmentgrenzen(gewaehlt, brueche)
    zeige_veraenderung = von is not None and bis is not None and von != bis
    kopf = ["Raum", *(str(j) for j in gewaehlt)]
    if zeige_veraenderung:
        einheit = "Pp." if indikator.einheit in PROZENTEINHEITEN else "%"
        kopf.append(f"{von}–{bis} ({einheit})")
    koerper = []
    for zeile in zeilen:
        werte = [freigabe.wert(indikator.kennung, zeile.raum_id, jahr) for jahr in gewaehlt]
        zellen = [zeile.name, *(zelle(w, indikator.nachkommastellen) for w in werte)]
        if zeige_veraenderung and von is not None and bis is not None:
            anfang = freigabe.wert(indikator.kennung, zeile.raum_id, von)
            zellen.append(_veraenderung(indikator, anfang, freigabe.wert(indikator.kennung, zeile.raum_id, bis)))
        koerper.append(Zeile(tuple(zellen), "summe" if zeile.summe else "wert"))
    fussnoten = tuple(
        f"Bruch {b.ab}: {b.grund}; Werte davor und danach sind nicht vergleichbar."
        for b in _brueche_in(gewaehlt, brueche)
    )
    return Tabelle(id, titel, tuple(kopf), tuple(koerper), quelle, fussnoten, quer=len(kopf) > 9)


def _segmentgrenzen(jahre: Sequence[int], brueche: Sequence[Bruch]) -> tuple[int | None, int | None]:
    if not jahre:
        return None, None
    letztes = segment(jahre[-1], brueche)
    eigene = [j for j in jahre if segment(j, brueche) == letztes]
    return eigene[0], eigene[-1]


def _brueche_in(jahre: Sequence[int], brueche: Sequence[Bruch]) -> list[Bruch]:
    return [b for b in brueche if jahre and jahre[0] < int(b.ab[:4]) <= jahre[-1]]


def _veraenderung(indikator: Indikator, von: Indikatorwert | None, bis: Indikatorwert | None) -> str:
    """Change in Prozentpunkte for shares, in per cent for everything else; '·' when it cannot be told."""
    if von is None or bis is None or not (von.ist_zahl and bis.ist_zahl) or von.wert is None or bis.wert is None:
        return "·"
    if indikator.einheit in PROZENTEINHEITEN:
        return _mit_vorzeichen(bis.wert - von.wert, max(1, indikator.nachkommastellen))
    return _mit_vorzeichen((bis.wert / von.wert - 1) * 100, 1) if von.wert > 0 else "·"


def _mit_vorzeichen(wert: float, stellen: int) -> str:
    text = format_zahl(wert, stellen)
    return text if text.startswith("−") or not any(z in text for z in "123456789") else f"+{text}"


def tabellen_raeume(
    freigabe: Freigabe,
    spalten: Sequence[tuple[Indikator, int]],
    zeilen: Sequence[Raumzeile],
    *,
    id: str,
    titel: str,
    quelle: str,
    anmerkungen: Mapping[str, Sequence[str]],
) -> tuple[Tabelle, ...]:
    """Räume × Indikatoren (each with its year), Gemeinden under their region, regions and Kreis as sums.

    Wide tables are continued: every part repeats the names. ``anmerkungen``: raum_id → footnote texts.
    """
    teile = [spalten[i : i + HOECHSTENS_SPALTEN] for i in range(0, len(spalten), HOECHSTENS_SPALTEN)]
    return tuple(
        _tabelle_raeume(
            freigabe,
            teil,
            zeilen,
            f"{id}-{nr}" if len(teile) > 1 else id,
            f"{titel} (Teil {nr} von {len(teile)})" if len(teile) > 1 else titel,
            quelle,
            anmerkungen,
        )
        for nr, teil in enumerate(teile, 1)
    )


def _tabelle_raeume(
    freigabe: Freigabe,
    spalten: Sequence[tuple[Indikator, int]],
    zeilen: Sequence[Raumzeile],
    id: str,
    titel: str,
    quelle: str,
    anmerkungen: Mapping[str, Sequence[str]],
) -> Tabelle:
    kopf = ("Raum", *(f"{i.kurz} {jahr} ({i.einheit})" for i, jahr in spalten))
    nummern = _nummern(zeilen, anmerkungen)
    koerper: list[Zeile] = []
    gruppe = ""
    for zeile in zeilen:
        if zeile.gruppe != gruppe and zeile.gruppe:
            koerper.append(Zeile((zeile.gruppe, *("" for _ in spalten)), "gruppe"))
        gruppe = zeile.gruppe
        marken = "".join(_marke(nummern[text]) for text in anmerkungen.get(zeile.raum_id, ()))
        zellen = [
            zelle(freigabe.wert(indikator.kennung, zeile.raum_id, jahr), indikator.nachkommastellen)
            for indikator, jahr in spalten
        ]
        koerper.append(Zeile((zeile.name + marken, *zellen), "summe" if zeile.summe else "wert"))
    fussnoten = tuple(f"{_marke(nr)} {text}" for text, nr in nummern.items())
    return Tabelle(id, titel, kopf, tuple(koerper), quelle, fussnoten, quer=len(spalten) > 5)


def _nummern(zeilen: Iterable[Raumzeile], anmerkungen: Mapping[str, Sequence[str]]) -> dict[str, int]:
    texte = dict.fromkeys(text for zeile in zeilen for text in anmerkungen.get(zeile.raum_id, ()))
    return {text: nr for nr, text in enumerate(texte, 1)}


def _marke(nummer: int) -> str:
    return "".join(FUSSNOTENZEICHEN[(int(z) - 1) % 10] for z in str(nummer))


# -- from an Auskunft ------------------------------------------------------------------------------


def build_zeitreihe(auskunft: Auskunft, indikator: Indikator) -> Tabelle | None:
    """Regions, Kreis, Land and Bund × years; None when there is nothing to show."""
    orte = auskunft.orte
    oben = [o for o in (orte.land, orte.bund) if o]
    alle = [o for o in (*orte.regionen, orte.kreis, *oben) if any(w.ist_zahl for w in auskunft.reihe(indikator, o))]
    jahre = auskunft.jahre(indikator)
    if not alle or not jahre:
        return None
    return tabelle_zeitreihe(
        auskunft.freigabe,
        indikator,
        [Raumzeile(o.raum_id, o.name, summe=o is orte.kreis) for o in alle],
        id=f"tab-{als_id(indikator.kennung)}",
        titel=f"{indikator.titel} ({indikator.einheit})",
        quelle=auskunft.quellenzeile([indikator]),
        brueche=auskunft.brueche.get(indikator.kennung, ()),
        jahre=jahre,
    )


def build_gemeinden(
    auskunft: Auskunft, dimension: str, anmerkungen: Mapping[str, Sequence[str]]
) -> tuple[Tabelle, ...]:
    """All Indikatoren of a dimension that reach the Gemeinde, each at its newest year, grouped by region."""
    spalten = [
        (indikator, jahr)
        for indikatoren in auskunft.katalog.themen().get(dimension, {}).values()
        for indikator in indikatoren
        if auskunft.anzahl(indikator, auskunft.orte.gemeinden, jahr := auskunft.jahr(indikator, "ende"))
    ]
    if not spalten:
        return ()
    return tabellen_raeume(
        auskunft.freigabe,
        spalten,
        _gemeindezeilen(auskunft),
        id=f"tab-gemeinden-{als_id(dimension)}",
        titel="Indikatoren nach Gemeinden",
        quelle=auskunft.quellenzeile([i for i, _ in spalten]),
        anmerkungen=anmerkungen,
    )


def _gemeindezeilen(auskunft: Auskunft) -> list[Raumzeile]:
    orte = auskunft.orte
    zeilen: list[Raumzeile] = []
    for region in orte.regionen:
        eigene = [g for g in orte.gemeinden if g.region == region.raum_id]
        zeilen += [Raumzeile(g.raum_id, g.name, region.name) for g in eigene]
        if len(eigene) > 1:
            zeilen.append(Raumzeile(region.raum_id, "zusammen", region.name, True))
    zeilen += [Raumzeile(g.raum_id, g.name) for g in orte.gemeinden if not g.region]
    return [*zeilen, Raumzeile(orte.kreis.raum_id, orte.kreis.name, summe=True)]


def build_liste(id: str, titel: str, kopf: Sequence[str], zeilen: Iterable[Sequence[str]]) -> Tabelle:
    """A table of plain texts for the Methodik (signs, sources, definitions)."""
    return Tabelle(id, titel, tuple(kopf), tuple(Zeile(tuple(z)) for z in zeilen), "", ausrichtung="l")
