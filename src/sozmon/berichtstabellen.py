"""Tables of a report, made from a Freigabe: Räume × years, and Gemeinden × Indikatoren grouped by region.

Cell texts are German numbers or the sign of the status; the signs are explained in the Methodik.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from sozmon.berichtswerte import Auskunft, Ort, als_id
from sozmon.druck.modell import FUSSNOTENZEICHEN, Tabelle, Zeile
from sozmon.model import ZEICHEN, Bruch, Indikator, Indikatorwert
from sozmon.zahlen import format_zahl
from sozmon.zeitreihe import PROZENTEINHEITEN, segment

HOECHSTENS_JAHRE = 6
HOECHSTENS_SPALTEN = 7
"""More value columns than this do not fit a page with readable type: the table is continued in the next one."""


@dataclass(frozen=True, slots=True)
class Raumzeile:
    """A Raum as a table row; ``gruppe`` = heading it stands under (name of its region), '' = none."""

    ort: Ort
    name: str
    gruppe: str = ""
    summe: bool = False


@dataclass(frozen=True, slots=True)
class Quellenmarken:
    """Cells whose source is not that of most cells in their column; told by a footnote, because sums then differ."""

    marken: Mapping[tuple[str, str, int], str]
    fussnoten: tuple[str, ...]

    def an(self, wert: Indikatorwert | None) -> str:
        """The mark of a cell, '' for none."""
        return "" if wert is None else self.marken.get((wert.indikator, wert.raum_id, wert.jahr), "")


def mark_quellen(
    spalten: Sequence[Sequence[Indikatorwert | None]], namen: Mapping[str, str], erste: int = 1
) -> Quellenmarken:
    """Number the odd sources of each column of values, beginning with footnote ``erste``."""
    marken: dict[tuple[str, str, int], str] = {}
    texte: dict[str, int] = {}
    for spalte in spalten:
        zahlen = [w for w in spalte if w is not None and w.ist_zahl]
        haeufigkeit = Counter(w.quelle for w in zahlen)
        if len(haeufigkeit) < 2:
            continue
        uebliche = max(haeufigkeit, key=lambda q: (haeufigkeit[q], q))
        for wert in zahlen:
            if wert.quelle != uebliche:
                text = (
                    f"Quelle: {_namen(wert.quelle, namen)}; die anderen Werte der Spalte: {_namen(uebliche, namen)}. "
                    "Die Teile ergeben deshalb nicht genau das Ganze."
                )
                nummer = texte.setdefault(text, erste + len(texte))
                marken[wert.indikator, wert.raum_id, wert.jahr] = _marke(nummer)
    return Quellenmarken(marken, tuple(f"{_marke(nr)} {text}" for text, nr in texte.items()))


def _namen(quellen: str, namen: Mapping[str, str]) -> str:
    return " und ".join(namen.get(q, q) for q in quellen.split(","))


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


def jahre_auswahl(
    jahre: Sequence[int], hoechstens: int = HOECHSTENS_JAHRE, dazu: Sequence[int] = ()
) -> tuple[int, ...]:
    """At most so many years, evenly spread; the first, the last and those of ``dazu`` are always among them."""
    if len(jahre) <= hoechstens:
        return tuple(jahre)
    fest = {jahre[0], jahre[-1], *(j for j in dazu if j in jahre)}
    schritt = (len(jahre) - 1) / (hoechstens - 1)
    for i in range(1, hoechstens - 1):
        if len(fest) < hoechstens:
            fest.add(jahre[round(i * schritt)])
    return tuple(sorted(fest))


def build_zeitreihe(auskunft: Auskunft, indikator: Indikator) -> Tabelle | None:
    """Regions, Kreis, Land and Bund × chosen years, and the change within the last segment; None without numbers."""
    orte, brueche = auskunft.orte, auskunft.brueche.get(indikator.kennung, ())
    oben = [o for o in (orte.land, orte.bund) if o]
    zeilen = [o for o in (*orte.regionen, orte.kreis, *oben) if any(w.ist_zahl for w in auskunft.reihe(indikator, o))]
    alle = auskunft.jahre(indikator)
    if not zeilen or not alle:
        return None
    von = next(j for j in alle if segment(j, brueche) == segment(alle[-1], brueche))
    jahre = jahre_auswahl(alle, dazu=(von,))
    marken = mark_quellen([[auskunft.wert(indikator, o, j) for o in zeilen] for j in jahre], auskunft.quellennamen)
    veraenderung = (von, alle[-1]) if von != alle[-1] else None
    return Tabelle(
        id=f"tab-{als_id(indikator.kennung)}",
        titel=f"{indikator.titel} ({indikator.einheit})",
        kopf=("Raum", *map(str, jahre), *([_kopf_veraenderung(indikator, *veraenderung)] if veraenderung else [])),
        zeilen=tuple(
            Zeile(
                _zeitzeile(auskunft, indikator, o, jahre, veraenderung, marken), "summe" if o is orte.kreis else "wert"
            )
            for o in zeilen
        ),
        quelle=auskunft.quellenzeile([indikator]),
        fussnoten=(*marken.fussnoten, *_bruchnoten(jahre, brueche)),
    )


def _zeitzeile(
    auskunft: Auskunft,
    indikator: Indikator,
    ort: Ort,
    jahre: Sequence[int],
    veraenderung: tuple[int, int] | None,
    marken: Quellenmarken,
) -> tuple[str, ...]:
    werte = [auskunft.wert(indikator, ort, jahr) for jahr in jahre]
    zellen = [zelle(w, indikator.nachkommastellen) + marken.an(w) for w in werte]
    if veraenderung:
        von, bis = (auskunft.wert(indikator, ort, jahr) for jahr in veraenderung)
        zellen.append(_veraenderung(indikator, von, bis))
    return (ort.name, *zellen)


def _kopf_veraenderung(indikator: Indikator, von: int, bis: int) -> str:
    einheit = "Prozentpunkte" if indikator.einheit in PROZENTEINHEITEN else "in %"
    return f"{von}–{bis} ({einheit})"


def _bruchnoten(jahre: Sequence[int], brueche: Sequence[Bruch]) -> tuple[str, ...]:
    return tuple(
        f"Bruch {b.ab}: {b.grund}; Werte davor und danach sind nicht vergleichbar."
        for b in brueche
        if jahre[0] < int(b.ab[:4]) <= jahre[-1]
    )


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


def build_gemeinden(
    auskunft: Auskunft, dimension: str, anmerkungen: Mapping[str, Sequence[str]]
) -> tuple[Tabelle, ...]:
    """All Indikatoren of a dimension that reach the Gemeinde, each at its newest year, grouped by region.

    Wide tables are continued: every part repeats the names. ``anmerkungen``: raum_id → footnote texts.
    """
    spalten = [
        (indikator, jahr)
        for indikatoren in auskunft.katalog.themen().get(dimension, {}).values()
        for indikator in indikatoren
        if auskunft.anzahl(indikator, auskunft.orte.gemeinden, jahr := auskunft.jahr(indikator, "ende"))
    ]
    teile = [spalten[i : i + HOECHSTENS_SPALTEN] for i in range(0, len(spalten), HOECHSTENS_SPALTEN)]
    name = f"tab-gemeinden-{als_id(dimension)}"
    if len(teile) == 1:
        return (_gemeindetabelle(auskunft, teile[0], name, "Indikatoren nach Gemeinden", anmerkungen),)
    return tuple(
        _gemeindetabelle(
            auskunft, teil, f"{name}-{nr}", f"Indikatoren nach Gemeinden (Teil {nr} von {len(teile)})", anmerkungen
        )
        for nr, teil in enumerate(teile, 1)
    )


def _gemeindetabelle(
    auskunft: Auskunft,
    spalten: Sequence[tuple[Indikator, int]],
    id: str,
    titel: str,
    anmerkungen: Mapping[str, Sequence[str]],
) -> Tabelle:
    raeume = _raumzeilen(auskunft)
    texte = dict.fromkeys(text for zeile in raeume for text in anmerkungen.get(zeile.ort.raum_id, ()))
    nummern = {text: nr for nr, text in enumerate(texte, 1)}
    werte = [[auskunft.wert(indikator, z.ort, jahr) for z in raeume] for indikator, jahr in spalten]
    marken = mark_quellen(werte, auskunft.quellennamen, erste=len(nummern) + 1)
    koerper: list[Zeile] = []
    gruppe = ""
    for nr, zeile in enumerate(raeume):
        if zeile.gruppe != gruppe and zeile.gruppe:
            koerper.append(Zeile((zeile.gruppe, *("" for _ in spalten)), "gruppe"))
        gruppe = zeile.gruppe
        name = zeile.name + "".join(_marke(nummern[text]) for text in anmerkungen.get(zeile.ort.raum_id, ()))
        zellen = [
            zelle(spalte[nr], indikator.nachkommastellen) + marken.an(spalte[nr])
            for spalte, (indikator, _) in zip(werte, spalten, strict=True)
        ]
        koerper.append(Zeile((name, *zellen), "summe" if zeile.summe else "wert"))
    return Tabelle(
        id,
        titel,
        ("Raum", *(f"{i.kurz} {jahr} ({i.einheit})" for i, jahr in spalten)),
        tuple(koerper),
        auskunft.quellenzeile([i for i, _ in spalten]),
        (*(f"{_marke(nr)} {text}" for text, nr in nummern.items()), *marken.fussnoten),
        quer=len(spalten) > 5,
    )


def _raumzeilen(auskunft: Auskunft) -> list[Raumzeile]:
    """Gemeinden under their region, each region with its sum, the Kreis last."""
    orte = auskunft.orte
    zeilen: list[Raumzeile] = []
    for region in orte.regionen:
        eigene = [g for g in orte.gemeinden if g.region == region.raum_id]
        zeilen += [Raumzeile(g, g.name, region.name) for g in eigene]
        if len(eigene) > 1:
            zeilen.append(Raumzeile(region, "zusammen", region.name, True))
    zeilen += [Raumzeile(g, g.name) for g in orte.gemeinden if not g.region]
    return [*zeilen, Raumzeile(orte.kreis, orte.kreis.name, summe=True)]


def _marke(nummer: int) -> str:
    return "".join(FUSSNOTENZEICHEN[(int(z) - 1) % 10] for z in str(nummer))


def build_liste(id: str, titel: str, kopf: Sequence[str], zeilen: Iterable[Sequence[str]]) -> Tabelle:
    """A table of plain texts for the Methodik (signs, sources, definitions)."""
    return Tabelle(id, titel, tuple(kopf), tuple(Zeile(tuple(z)) for z in zeilen), "", ausrichtung="l")
