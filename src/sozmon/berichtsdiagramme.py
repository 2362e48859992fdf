"""Charts of a report: which values of an Auskunft are drawn how, with title, alt text and source."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from sozmon import sprache
from sozmon.berichtstabellen import zelle
from sozmon.berichtswerte import Auskunft, Ort, als_id
from sozmon.diagramm import Angaben, Balken, Paar, Punkt, Reihe, Vergleich, Zeichnung, art_von
from sozmon.druck.modell import Grafik
from sozmon.indikator import bruchjahr, ist_gleiche_quelle
from sozmon.model import ZEICHEN, Indikator, Indikatorwert
from sozmon.zahlen import format_datum


@dataclass(frozen=True, slots=True)
class Abbildung:
    """A chart that is not drawn yet: everything about it, and how to draw it."""

    grafik: Grafik
    zeichnung: Zeichnung


def build_linie(auskunft: Auskunft, indikator: Indikator, ort: Ort) -> Abbildung | None:
    """Line over time: the Raum, with Kreis, Land and Bund beside it; None when there is nothing to draw."""
    orte = [ort, *auskunft.vergleichsorte(indikator, ort)]
    werte = [von_bis_zahl(auskunft.reihe(indikator, o)) for o in orte]
    if not werte[0]:
        return None
    reihen = [
        Reihe(name_von(auskunft, o), tuple(punkt_von(w) for w in eigene), "raum" if o is ort else "vergleich")
        for o, eigene in zip(orte, werte, strict=True)
    ]
    return grafik_von(
        auskunft,
        [indikator],
        f"abb-{als_id(indikator.kennung)}-linie-{als_id(ort.raum_id)}",
        f"{indikator.titel}, {ort.name} ({indikator.einheit})",
        sprache.alt_linie(
            werte,
            indikator,
            auskunft.brueche.get(indikator.kennung, ()),
            gliederungen=auskunft.gliederungen,
        ),
        Zeichnung(
            "draw_linie",
            (tuple(reihen), angaben_von(auskunft, indikator, _quellenwechsel(auskunft, indikator, werte[0]))),
        ),
        _reihendaten([o.name for o in orte], werte, indikator),
    )


def build_rangfolge(auskunft: Auskunft, indikator: Indikator, ebene: str) -> Abbildung | None:
    """Ranking bars of ``gemeinden`` or ``regionen`` at the newest year, the Kreis as a line."""
    orte = auskunft.orte.gemeinden if ebene == "gemeinden" else auskunft.orte.regionen
    jahr = auskunft.neuestes_jahr(indikator, orte)
    werte = auskunft.werte(indikator, orte, jahr)
    if sum(w.ist_zahl for w in werte) < 2:
        return None
    kreis = auskunft.wert(indikator, auskunft.orte.kreis, jahr) if indikator.verfahren != "anzahl" else None
    kreis = kreis if kreis is not None and kreis.ist_zahl else None
    linie = (
        Vergleich(name_von(auskunft, auskunft.orte.kreis), kreis.wert)
        if kreis is not None and kreis.wert is not None
        else None
    )
    raeume = "Gemeinden" if ebene == "gemeinden" else f"{auskunft.orte.regionsname}en"
    return grafik_von(
        auskunft,
        [indikator],
        f"abb-{als_id(indikator.kennung)}-{ebene}",
        f"{indikator.titel} nach {raeume}, {jahr} ({indikator.einheit})",
        sprache.alt_rangfolge(werte, indikator, kreis, gliederungen=auskunft.gliederungen),
        Zeichnung("draw_rangfolge", (tuple(_balken(w) for w in werte), angaben_von(auskunft, indikator), linie)),
        _raumdaten([*werte, *([kreis] if kreis else [])], indikator),
        _quellenhinweis(auskunft, werte, kreis),
    )


def build_punkte(auskunft: Auskunft, indikator: Indikator) -> Abbildung | None:
    """Dot plot: every region against the Kreis at the newest year; None for plain counts."""
    jahr = auskunft.neuestes_jahr(indikator, auskunft.orte.regionen)
    kreis = auskunft.wert(indikator, auskunft.orte.kreis, jahr)
    werte = auskunft.werte(indikator, auskunft.orte.regionen, jahr)
    if indikator.verfahren == "anzahl" or kreis is None or not kreis.ist_zahl or sum(w.ist_zahl for w in werte) < 2:
        return None
    namen = (auskunft.orte.regionsname, "Kreis")
    paare = [Paar(w.raum, w.wert if w.ist_zahl else None, kreis.wert, art_von(w.status)) for w in werte]
    return grafik_von(
        auskunft,
        [indikator],
        f"abb-{als_id(indikator.kennung)}-vergleich",
        f"{indikator.titel}: {auskunft.orte.regionsname}en und Kreis, {jahr} ({indikator.einheit})",
        sprache.alt_punkte(werte, kreis, indikator, gliederungen=auskunft.gliederungen),
        Zeichnung("draw_punkte", (tuple(paare), angaben_von(auskunft, indikator), namen)),
        _raumdaten([*werte, *([kreis] if kreis else [])], indikator),
        _quellenhinweis(auskunft, werte, kreis),
    )


def von_bis_zahl(werte: list[Indikatorwert]) -> list[Indikatorwert]:
    """The series without the empty years around it; hidden values stay, gaps inside are shown. [] without a number."""
    stellen = [i for i, w in enumerate(werte) if art_von(w.status) != "fehlt"]
    return werte[stellen[0] : stellen[-1] + 1] if any(w.ist_zahl for w in werte) else []


def _reihendaten(
    namen: list[str], reihen: list[list[Indikatorwert]], indikator: Indikator
) -> tuple[tuple[str, ...], ...]:
    """What the line shows, as a table: years in rows."""
    zeiten = sorted({w.zeit for reihe in reihen for w in reihe})
    zellen = [{w.zeit: zelle(w, indikator.nachkommastellen) for w in reihe} for reihe in reihen]
    return (("Zeit", *namen), *((format_datum(z), *(spalte.get(z, "") for spalte in zellen)) for z in zeiten))


def _raumdaten(werte: list[Indikatorwert], indikator: Indikator) -> tuple[tuple[str, ...], ...]:
    """What the bars or dots show, as a table."""
    return (
        ("Raum", f"{indikator.kurz} ({indikator.einheit})"),
        *((w.raum, zelle(w, indikator.nachkommastellen)) for w in werte),
    )


def name_von(auskunft: Auskunft, ort: Ort) -> str:
    """'Landkreis Mittelsachsen', 'Sozialregion Nord (Döbeln)': a label in a chart stands without context."""
    return sprache.raumwort(ort.name, ort.ebene, auskunft.gliederungen).name


def punkt_von(wert: Indikatorwert) -> Punkt:
    """A value as a point of a line."""
    return Punkt(float(wert.jahr), wert.wert if wert.ist_zahl else None, art_von(wert.status))


def _balken(wert: Indikatorwert) -> Balken:
    zeichen = "" if wert.ist_zahl else ZEICHEN[wert.status]
    return Balken(wert.raum, wert.wert if wert.ist_zahl else None, art_von(wert.status), zeichen=zeichen)


def _quellenwechsel(
    auskunft: Auskunft, indikator: Indikator, reihe: list[Indikatorwert]
) -> tuple[tuple[float, str], ...]:
    """Where the line's source changes without a declared Bruch: drawn as one, for nothing connects the two."""
    erklaert = [bruchjahr(b) for b in auskunft.brueche.get(indikator.kennung, ())]
    return tuple(
        (float(b.jahr), "andere Quelle")
        for a, b in pairwise(w for w in reihe if w.ist_zahl)
        if not ist_gleiche_quelle(a, b) and not any(a.jahr < ab <= b.jahr for ab in erklaert)
    )


def angaben_von(
    auskunft: Auskunft,
    indikator: Indikator,
    weitere: tuple[tuple[float, str], ...] = (),
    *,
    mit_bruechen: bool = True,
    einheit: str = "",
    nachkommastellen: int | None = None,
) -> Angaben:
    """What is said about a chart of this Indikator; einheit, nachkommastellen: others than its own."""
    erklaerte = ((float(bruchjahr(b)), b.grund) for b in auskunft.brueche.get(indikator.kennung, ()))
    return Angaben(
        einheit=einheit or indikator.einheit,
        nachkommastellen=indikator.nachkommastellen if nachkommastellen is None else nachkommastellen,
        brueche=tuple(sorted((*erklaerte, *weitere))) if mit_bruechen else (),
        richtung=indikator.richtung,
    )


def _quellenhinweis(auskunft: Auskunft, werte: list[Indikatorwert], kreis: Indikatorwert | None) -> tuple[str, ...]:
    """Tell when the Kreis is drawn from another source than its parts: they are then not quite comparable."""
    teile = sorted({w.quelle for w in werte if w.ist_zahl})
    if kreis is None or teile in ([], [kreis.quelle]):
        return ()
    namen = auskunft.quellennamen
    worte = [", ".join(namen.get(q, q) for k in quellen for q in k.split(",")) for quellen in (teile, [kreis.quelle])]
    return (f"Quelle der Teilräume: {worte[0]}; Quelle des Kreiswerts: {worte[1]}.",)


def grafik_von(
    auskunft: Auskunft,
    indikatoren: Sequence[Indikator],
    id: str,
    titel: str,
    alt: str,
    zeichnung: Zeichnung,
    daten: tuple[tuple[str, ...], ...],
    fussnoten: tuple[str, ...] = (),
) -> Abbildung:
    """A chart of these Indikatoren, still to be drawn, with its source line."""
    quelle = auskunft.quellenzeile(indikatoren)
    return Abbildung(Grafik(id, titel, alt, b"", b"", quelle, daten=daten, fussnoten=fussnoten), zeichnung)
