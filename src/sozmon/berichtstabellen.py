"""Tables of a report, made from a Freigabe: Räume × years, and Gemeinden × Indikatoren grouped by region.

Cell texts are German numbers or the sign of the status; the signs are explained in the Methodik.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from sozmon.berichtswerte import Auskunft, Ort, als_id
from sozmon.druck.modell import FUSSNOTENZEICHEN, Tabelle, Zeile
from sozmon.druck.zeichen import zeichenzeile
from sozmon.indikator import ist_gleiche_quelle
from sozmon.model import ZEICHEN, Bruch, Indikator, Indikatorwert, Status
from sozmon.sprache.worte import mit_vorzeichen
from sozmon.zahlen import Zahl, format_zahl
from sozmon.zeitreihe import PROZENTEINHEITEN

HOECHSTENS_JAHRE = 6
UNGERUNDET = "Veränderungen sind aus ungerundeten Werten berechnet."
HOECHSTENS_SPALTEN, HOECHSTENS_QUER, QUER_BIS_ZEILEN = 6, 10, 20
"""More value columns than the first are continued in another table; so many as the second stand on a landscape page,
which is worth it only while its few rows hold the whole table."""


@dataclass(frozen=True, slots=True)
class Raumzeile:
    """A Raum as a table row; ``gruppe`` = heading it stands under (name of its region), '' = none."""

    ort: Ort
    name: str
    gruppe: str = ""
    summe: bool = False


@dataclass(frozen=True, slots=True)
class Spalte:
    """An Indikator of one year as a column; ``teil`` = zaehler or nenner instead of the value, '' = the value."""

    indikator: Indikator
    jahr: int
    kopf: str
    teil: str = ""

    @property
    def stellen(self) -> int:
        """Decimals: counts have none."""
        return 0 if self.teil else self.indikator.nachkommastellen


class Fussnoten:
    """Numbers the footnotes of one table in the order in which its cells ask for them."""

    def __init__(self, auskunft: Auskunft, spalten: Sequence[Sequence[Indikatorwert | None]]) -> None:
        self._auskunft = auskunft
        self._quelle = {k: t for spalte in spalten for k, t in _abweichende_quellen(spalte, auskunft.quellennamen)}
        self._nummern: dict[str, int] = {}

    def an(self, wert: Indikatorwert | None) -> str:
        """The marks of a cell, '' for none."""
        if wert is None:
            return ""
        texte = list(self._auskunft.fussnoten(wert))
        if wert.ist_zahl and wert.anmerkung:
            texte.append(f"{wert.anmerkung[0].upper()}{wert.anmerkung[1:]}.")
        if (text := self._quelle.get((wert.indikator, wert.raum_id, wert.jahr))) is not None:
            texte.append(text)
        return "\u202f".join(_marke(self._nummern.setdefault(t, len(self._nummern) + 1)) for t in texte)

    @property
    def texte(self) -> tuple[str, ...]:
        """What stands below the table."""
        return tuple(f"{_marke(nr)} {text}" for text, nr in self._nummern.items())


def _abweichende_quellen(
    spalte: Sequence[Indikatorwert | None], namen: Mapping[str, str]
) -> list[tuple[tuple[str, str, int], str]]:
    """Cells whose source is not that of most cells of the column: parts and whole then do not quite add up."""
    zahlen = [w for w in spalte if w is not None and w.ist_zahl]
    haeufigkeit = Counter(w.quelle for w in zahlen)
    if len(haeufigkeit) < 2:
        return []
    uebliche = max(haeufigkeit, key=lambda q: (haeufigkeit[q], q))
    andere = f"die anderen Werte der Spalte: {_namen(uebliche, namen)}."
    return [
        ((w.indikator, w.raum_id, w.jahr), f"Quelle: {_namen(w.quelle, namen)}; {andere}{_folge(w)}")
        for w in zahlen
        if w.quelle != uebliche
    ]


def _folge(wert: Indikatorwert) -> str:
    """Land and Bund stand beside the others for comparison only: nothing adds up to them."""
    return "" if wert.ebene in ("land", "bund") else " Die Teile ergeben deshalb nicht genau das Ganze."


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
    return Zahl(format_zahl(wert.wert, stellen) + marken, wert.wert)


def mit_marke(zelle: str, marke: str) -> str:
    """The cell with its footnote marks; a number stays one."""
    if not marke:
        return zelle
    return Zahl(zelle + marke, zelle.wert) if isinstance(zelle, Zahl) else zelle + marke


def mit_zeichenerklaerung(tabelle: Tabelle) -> Tabelle:
    """The table with a last line that explains just the signs that occur in it."""
    zeile = zeichenzeile(z for zeile in tabelle.zeilen for z in zeile.zellen[1:])
    return replace(tabelle, fussnoten=(*tabelle.fussnoten, zeile)) if zeile else tabelle


def jahre_auswahl(
    jahre: Sequence[int], hoechstens: int = HOECHSTENS_JAHRE, dazu: Iterable[int] = ()
) -> tuple[int, ...]:
    """At most so many years, evenly spread, first and last among them; each of ``dazu`` replaces its neighbour."""
    if len(jahre) <= hoechstens:
        return tuple(jahre)
    schritt = (len(jahre) - 1) / (hoechstens - 1)
    gewaehlt = [jahre[round(i * schritt)] for i in range(hoechstens)]
    fest = {gewaehlt[0], gewaehlt[-1]}
    for jahr in dict.fromkeys(j for j in dazu if j in jahre):
        frei = [j for j in gewaehlt if j not in fest]
        if jahr not in gewaehlt and frei:
            gewaehlt[gewaehlt.index(min(frei, key=lambda j: (abs(j - jahr), j)))] = jahr
        fest.add(jahr)
    return tuple(sorted(gewaehlt))


def build_zeitreihe(auskunft: Auskunft, indikator: Indikator) -> Tabelle | None:
    """Regions, Kreis, Land and Bund × chosen years, and the change within the last segment; None without numbers."""
    orte, brueche = auskunft.orte, auskunft.brueche.get(indikator.kennung, ())
    oben = [o for o in (orte.land, orte.bund) if o]
    zeilen = [o for o in (*orte.regionen, orte.kreis, *oben) if any(w.ist_zahl for w in auskunft.reihe(indikator, o))]
    alle = auskunft.jahre(indikator)
    if not zeilen or not alle:
        return None
    von = auskunft.jahr(indikator, "anfang")
    davor = max((j for j in alle if j < von), default=0)
    jahre = jahre_auswahl(alle, dazu=(von, davor, auskunft.jahr(indikator, "vorbericht")))
    marken = Fussnoten(auskunft, [[auskunft.wert(indikator, o, j) for o in zeilen] for j in jahre])
    veraenderung = (von, alle[-1]) if von != alle[-1] else None
    koerper = tuple(
        Zeile(_zeitzeile(auskunft, indikator, o, jahre, veraenderung, marken), "summe" if o is orte.kreis else "wert")
        for o in zeilen
    )
    tabelle = Tabelle(
        id=f"tab-{als_id(indikator.kennung)}",
        titel=f"{indikator.titel} ({indikator.einheit})",
        kopf=("Raum", *map(str, jahre), *([_kopf_veraenderung(indikator, *veraenderung)] if veraenderung else [])),
        zeilen=koerper,
        quelle=auskunft.quellenzeile([indikator]),
        fussnoten=(*marken.texte, *([UNGERUNDET] if veraenderung else []), *_bruchnoten(jahre, brueche)),
    )
    return mit_zeichenerklaerung(tabelle)


def _zeitzeile(
    auskunft: Auskunft,
    indikator: Indikator,
    ort: Ort,
    jahre: Sequence[int],
    veraenderung: tuple[int, int] | None,
    marken: Fussnoten,
) -> tuple[str, ...]:
    werte = [auskunft.wert(indikator, ort, jahr) for jahr in jahre]
    zellen = [mit_marke(zelle(w, indikator.nachkommastellen), marken.an(w)) for w in werte]
    if veraenderung:
        von, bis = (auskunft.wert(indikator, ort, jahr) for jahr in veraenderung)
        zellen.append(_veraenderung(indikator, von, bis))
    return (ort.name, *zellen)


def _kopf_veraenderung(indikator: Indikator, von: int, bis: int) -> str:
    einheit = "Prozentpunkte" if indikator.einheit in PROZENTEINHEITEN else indikator.einheit
    return f"Veränderung {von}–{bis} {in_klammern('%' if indikator.verfahren == 'anzahl' else einheit)}"


def _bruchnoten(jahre: Sequence[int], brueche: Sequence[Bruch]) -> tuple[str, ...]:
    return tuple(
        f"Bruch {b.ab}: {b.grund}; Werte davor und danach sind nicht vergleichbar."
        for b in brueche
        if jahre[0] < int(b.ab[:4]) <= jahre[-1]
    )


def _veraenderung(indikator: Indikator, von: Indikatorwert | None, bis: Indikatorwert | None) -> str:
    """Change: per cent for counts, Prozentpunkte or the own unit for rates; '·' when it cannot be told.

    A rate has no per cent change here: "+20 %" of a share of 5 % is one Prozentpunkt, and a balance may be near zero.
    """
    if von is None or bis is None or not (von.ist_zahl and bis.ist_zahl) or von.wert is None or bis.wert is None:
        return "·"
    if not ist_gleiche_quelle(von, bis):
        return "·"
    if indikator.verfahren != "anzahl":
        differenz = bis.wert - von.wert
        return Zahl(mit_vorzeichen(differenz, max(1, indikator.nachkommastellen)), differenz)
    prozent = (bis.wert / von.wert - 1) * 100 if von.wert > 0 else None
    return "·" if prozent is None else Zahl(mit_vorzeichen(prozent, 1), prozent)


def build_gemeinden(auskunft: Auskunft, was: str, indikatoren: Sequence[Indikator]) -> tuple[Tabelle, ...]:
    """The Indikatoren that reach the Gemeinde, each at its newest year, grouped by region; was: part of the id.

    Wide tables are continued: every part repeats the names.
    """
    spalten = neueste(auskunft, indikatoren, auskunft.orte.gemeinden)
    zeilen = gemeindezeilen(auskunft, spalten)
    return build_teile(auskunft, (f"tab-gemeinden-{als_id(was)}", "Indikatoren nach Gemeinden"), zeilen, spalten)


def neueste(auskunft: Auskunft, indikatoren: Sequence[Indikator], orte: Sequence[Ort]) -> list[Spalte]:
    """A column for every Indikator that these Räume have numbers of, at its newest year."""
    jahre = ((i, auskunft.neuestes_jahr(i, orte)) for i in indikatoren)
    return [Spalte(i, jahr, _spaltenkopf(i, jahr)) for i, jahr in jahre if jahr]


def build_teile(
    auskunft: Auskunft, name: tuple[str, str], zeilen: Sequence[Raumzeile], spalten: Sequence[Spalte]
) -> tuple[Tabelle, ...]:
    """The table in as many parts of about the same width as a page needs; name: (id, title); () without columns.

    A table of few rows is turned rather than cut: it then still stands on one page.
    """
    hoechstens = HOECHSTENS_SPALTEN if len(zeilen) > QUER_BIS_ZEILEN else HOECHSTENS_QUER
    anzahl = -(-len(spalten) // hoechstens)
    if anzahl < 2:
        return (build_raumtabelle(auskunft, name, zeilen, spalten),) if spalten else ()
    je_teil = -(-len(spalten) // anzahl)
    return tuple(
        build_raumtabelle(
            auskunft,
            (f"{name[0]}-{nr + 1}", f"{name[1]} (Teil {nr + 1} von {anzahl})"),
            zeilen,
            spalten[nr * je_teil : (nr + 1) * je_teil],
        )
        for nr in range(anzahl)
    )


def build_raumtabelle(
    auskunft: Auskunft,
    name: tuple[str, str],
    zeilen: Sequence[Raumzeile],
    spalten: Sequence[Spalte],
    fussnoten: Sequence[str] = (),
) -> Tabelle:
    """Räume in rows, under the heading of their group; name: (id, title); fussnoten: more than those of the cells."""
    werte = [[auskunft.wert(s.indikator, z.ort, s.jahr) for z in zeilen] for s in spalten]
    marken = Fussnoten(auskunft, werte)
    koerper: list[Zeile] = []
    gruppe = ""
    for zeile, eigene in zip(zeilen, zip(*werte, strict=True), strict=True):
        if zeile.gruppe and zeile.gruppe != gruppe:
            koerper.append(Zeile((zeile.gruppe, *("" for _ in spalten)), "gruppe"))
        gruppe = zeile.gruppe
        zellen = [_spaltenzelle(s, w, marken) for s, w in zip(spalten, eigene, strict=True)]
        koerper.append(Zeile((zeile.name, *zellen), "summe" if zeile.summe else "wert"))
    tabelle = Tabelle(
        *name,
        ("Raum", *(s.kopf for s in spalten)),
        tuple(koerper),
        auskunft.quellenzeile(list(dict.fromkeys(s.indikator for s in spalten))),
        (*marken.texte, *fussnoten),
        quer=len(spalten) > HOECHSTENS_SPALTEN,
    )
    return mit_zeichenerklaerung(tabelle)


def _spaltenzelle(spalte: Spalte, wert: Indikatorwert | None, marken: Fussnoten) -> str:
    """The value with its marks, or the count that it was computed from."""
    if spalte.teil:
        return zelle(teil_von(wert, spalte.teil), spalte.stellen)
    return mit_marke(zelle(wert, spalte.stellen), marken.an(wert))


def teil_von(wert: Indikatorwert | None, teil: str) -> Indikatorwert | None:
    """The Zähler or Nenner of a released value as a value of its own: a sign wherever the value has one.

    An exact null stays a null sign for the Zähler only: the whole that it is a part of is not null.
    """
    if wert is None or not wert.ist_zahl:
        return wert
    zahl: float | None = getattr(wert, teil)
    status = Status.NICHT_GELIEFERT if zahl is None else wert.status if zahl == 0 else Status.WERT
    return replace(wert, wert=zahl, status=status)


def _spaltenkopf(indikator: Indikator, jahr: int) -> str:
    """'Beschäftigungsquote 2023 (%)'; a short name that says its unit itself ('… je 100 …') is not told twice."""
    sagt_es = indikator.einheit in indikator.kurz or " je " in indikator.kurz
    return f"{indikator.kurz} {jahr}" if sagt_es else f"{indikator.kurz} {jahr} {in_klammern(indikator.einheit)}"


def in_klammern(einheit: str) -> str:
    """'(je 1.000)' with a no-break space: a head is broken before its unit, not inside."""
    return "(" + einheit.replace("je ", "je\u00a0") + ")"


def gemeindezeilen(auskunft: Auskunft, spalten: Sequence[Spalte]) -> list[Raumzeile]:
    """Gemeinden under their region, each region of several with its sum, then Kreis and Land."""
    orte = auskunft.orte
    zeilen: list[Raumzeile] = []
    for region in orte.regionen:
        eigene = [g for g in orte.gemeinden if g.region == region.raum_id]
        zeilen += [Raumzeile(g, g.name, region.name) for g in eigene]
        if len(eigene) > 1:
            zeilen.append(Raumzeile(region, "zusammen", region.name, True))
    zeilen += [Raumzeile(g, g.name) for g in orte.gemeinden if not g.region]
    return [*zeilen, *vergleichszeilen(auskunft, spalten, [orte.land])]


def vergleichszeilen(auskunft: Auskunft, spalten: Sequence[Spalte], oben: Sequence[Ort | None]) -> list[Raumzeile]:
    """The Kreis as a sum, and those above it that have a number to compare with (never for plain counts alone)."""
    kreis = auskunft.orte.kreis
    vergleichbar = [s for s in spalten if s.indikator.verfahren != "anzahl"]
    da = [o for o in oben if o and any(auskunft.anzahl(s.indikator, [o], s.jahr) for s in vergleichbar)]
    return [Raumzeile(kreis, kreis.name, summe=True), *(Raumzeile(o, o.name) for o in da)]


def _marke(nummer: int) -> str:
    return "".join(FUSSNOTENZEICHEN[(int(z) - 1) % 10] for z in str(nummer))


def build_liste(
    id: str, titel: str, kopf: Sequence[str], zeilen: Iterable[Sequence[str]], breiten: tuple[float, ...] = ()
) -> Tabelle:
    """A table of plain texts for the Methodik (signs, sources, definitions); ``breiten`` relative."""
    return Tabelle(id, titel, tuple(kopf), tuple(Zeile(tuple(z)) for z in zeilen), "", ausrichtung="l", breiten=breiten)
