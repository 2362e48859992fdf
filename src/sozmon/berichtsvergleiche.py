"""Charts that set the regions side by side: small multiples, slope, grouped and stacked bars, population pyramid."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from sozmon import sprache
from sozmon.berichtsdiagramme import Abbildung, angaben_von, grafik_von, name_von, punkt_von, von_bis_zahl
from sozmon.berichtswerte import Auskunft, Ort, als_id
from sozmon.diagramm import (
    Altersgruppe,
    Block,
    Reihe,
    Strecke,
    Zeichnung,
    art_von,
    daten_mehrteilig,
    daten_pyramide,
    daten_steigung,
    daten_vielfache,
)
from sozmon.diagramm.vielfache import HOECHSTENS
from sozmon.katalog import TEILER, zerlege
from sozmon.model import Indikator, Indikatorwert
from sozmon.zahlen import format_datum

UMRISS_AB = 5
"""Years between two pyramids below which the outline would only blur the bars."""


def build_vielfache(auskunft: Auskunft, indikator: Indikator) -> tuple[Abbildung, ...]:
    """The course in every region on the same axes, the Kreis in grey; several sheets for many regions."""
    orte = [o for o in auskunft.orte.regionen if any(w.ist_zahl for w in auskunft.reihe(indikator, o))]
    kreis = von_bis_zahl(auskunft.reihe(indikator, auskunft.orte.kreis))
    if len(orte) < 2 or not kreis or indikator.verfahren == "anzahl":
        return ()
    jahre = {w.jahr for w in kreis if w.ist_zahl}
    if len(jahre) < 3:
        return ()
    vergleich = Reihe(name_von(auskunft, auskunft.orte.kreis), tuple(map(punkt_von, kreis)), "vergleich")
    blaetter = [orte[i : i + HOECHSTENS] for i in range(0, len(orte), HOECHSTENS)]
    return tuple(
        _vielfache(auskunft, indikator, blatt, vergleich, nr if len(blaetter) > 1 else 0)
        for nr, blatt in enumerate(blaetter, 1)
    )


def _vielfache(auskunft: Auskunft, indikator: Indikator, orte: Sequence[Ort], vergleich: Reihe, nr: int) -> Abbildung:
    von, bis = vergleich.punkte[0].jahr, vergleich.punkte[-1].jahr
    reihen = tuple(
        Reihe(o.name, tuple(punkt_von(w) for w in auskunft.reihe(indikator, o) if von <= w.jahr <= bis)) for o in orte
    )
    angaben = angaben_von(auskunft, indikator)
    titel = f"{indikator.titel} in den {auskunft.orte.regionsname}en ({indikator.einheit})"
    return grafik_von(
        auskunft,
        [indikator],
        f"abb-{als_id(indikator.kennung)}-vielfache{f'-{nr}' if nr else ''}",
        titel + (f", Blatt {nr}" if nr else ""),
        sprache.alt_vielfache(indikator.titel, reihen, vergleich, angaben),
        Zeichnung("draw_vielfache", (reihen, vergleich, angaben)),
        daten_vielfache(reihen, vergleich, angaben),
    )


def build_steigung(auskunft: Auskunft, indikator: Indikator) -> Abbildung | None:
    """Beginning and end of the comparable period for regions and Kreis; None where nothing may be compared."""
    von, bis = (auskunft.jahr(indikator, z) for z in ("anfang", "ende"))
    orte = [*auskunft.orte.regionen, auskunft.orte.kreis]
    if von == bis or not von or indikator.verfahren == "anzahl" or len(orte) < 3:
        return None
    paare = [(o, auskunft.wert(indikator, o, von), auskunft.wert(indikator, o, bis)) for o in orte]
    strecken = tuple(_strecke(auskunft, o, a, b) for o, a, b in paare if a is not None and b is not None)
    if sum(s.ist_ganz for s in strecken) < 2:
        return None
    zeiten, angaben = (str(von), str(bis)), angaben_von(auskunft, indikator, mit_bruechen=False)
    return grafik_von(
        auskunft,
        [indikator],
        f"abb-{als_id(indikator.kennung)}-steigung",
        f"{indikator.titel}: {auskunft.orte.regionsname}en {von} und {bis} ({indikator.einheit})",
        sprache.alt_steigung(indikator.titel, strecken, zeiten, angaben),
        Zeichnung("draw_steigung", (strecken, zeiten, angaben)),
        daten_steigung(strecken, zeiten, angaben),
    )


def _strecke(auskunft: Auskunft, ort: Ort, a: Indikatorwert, b: Indikatorwert) -> Strecke:
    kreis = ort is auskunft.orte.kreis
    name = name_von(auskunft, ort) if kreis else ort.name
    gleich = a.quelle == b.quelle or not (a.ist_zahl and b.ist_zahl)  # two sources may stand on two censuses
    werte = [w.wert if w.ist_zahl and gleich else None for w in (a, b)]
    arten = [art_von(w.status) if not w.ist_zahl else ("wert" if gleich else "fehlt") for w in (a, b)]
    return Strecke(name, werte[0], werte[1], arten[0], arten[1], vergleich=kreis)


def build_gruppiert(auskunft: Auskunft, indikator: Indikator) -> Abbildung | None:
    """The declared parts (Frauen, Männer) side by side for regions and Kreis at the newest year."""
    return _mehrteilig(auskunft, indikator, "draw_gruppiert", "gruppiert")


def build_gestapelt(auskunft: Auskunft, indikator: Indikator) -> Abbildung | None:
    """The declared parts of a count as shares of their sum, for regions and Kreis at the newest year."""
    return _mehrteilig(auskunft, indikator, "draw_gestapelt", "gestapelt") if indikator.verfahren == "anzahl" else None


def _mehrteilig(auskunft: Auskunft, indikator: Indikator, funktion: str, art: str) -> Abbildung | None:
    teile = [t for t in indikator.teile if TEILER not in t and "=" in t]
    jahr = auskunft.jahr(indikator, "ende")
    orte = [*auskunft.orte.regionen, auskunft.orte.kreis]
    if len(teile) < 2 or not jahr:
        return None
    bloecke = tuple(b for o in orte if (b := _block(auskunft, indikator, o, jahr, teile)) is not None)
    if sum(b.ist_ganz for b in bloecke) < 1:
        return None
    namen = tuple(_teilname(auskunft, t) for t in teile)
    angaben = angaben_von(auskunft, indikator)
    gezeichnet = angaben_von(auskunft, indikator, einheit="%", nachkommastellen=1) if art == "gestapelt" else angaben
    alt = sprache.alt_gestapelt if art == "gestapelt" else sprache.alt_gruppiert
    was = "Anteile in %" if art == "gestapelt" else indikator.einheit
    return grafik_von(
        auskunft,
        [indikator],
        f"abb-{als_id(indikator.kennung)}-{art}",
        f"{indikator.titel} nach {_dimensionstitel(auskunft, teile[0])}, {jahr} ({was})",
        alt(indikator.titel, bloecke, namen, gezeichnet),
        Zeichnung(funktion, (bloecke, namen, gezeichnet)),
        daten_mehrteilig(bloecke, namen, angaben),
    )


def _block(auskunft: Auskunft, indikator: Indikator, ort: Ort, jahr: int, teile: Sequence[str]) -> Block | None:
    werte = [auskunft.freigabe.wert(indikator.kennung, ort.raum_id, jahr, t) for t in teile]
    if all(w is None for w in werte):
        return None
    kreis = ort is auskunft.orte.kreis
    return Block(
        name_von(auskunft, ort) if kreis else ort.name,
        tuple(w.wert if w is not None and w.ist_zahl else None for w in werte),
        tuple(art_von(w.status) if w is not None else "fehlt" for w in werte),
        hervorgehoben=kreis,
    )


def _teilname(auskunft: Auskunft, teil: str) -> str:
    """'alter=0-17' → 'unter 18 Jahre'."""
    ((name, wert),) = zerlege(teil).items()
    dimension = auskunft.katalog.dimensionen.get(name)
    return dimension.werte.get(wert, wert) if dimension else wert


def _dimensionstitel(auskunft: Auskunft, teil: str) -> str:
    ((name, _),) = zerlege(teil).items()
    dimension = auskunft.katalog.dimensionen.get(name)
    return dimension.titel if dimension else name


def build_pyramide(auskunft: Auskunft, indikator: Indikator, ort: Ort) -> Abbildung | None:
    """Population pyramid of a Raum; the beginning as an outline when it lies years back and may be compared."""
    ende, anfang = (auskunft.jahr(indikator, z) for z in ("ende", "anfang"))
    zellen = _alterszellen(auskunft, indikator)
    jetzt = {k: auskunft.freigabe.wert(indikator.kennung, ort.raum_id, ende, a) for k, a in zellen.items()}
    frueher = anfang if ende - anfang >= UMRISS_AB else 0
    damals = {k: auskunft.freigabe.wert(indikator.kennung, ort.raum_id, frueher, a) for k, a in zellen.items()}
    if not zellen or not any(w is not None and w.ist_zahl for w in jetzt.values()):
        return None
    gruppen = tuple(
        Altersgruppe(
            von,
            bis,
            _zahl(jetzt[von, bis, "m"]),
            _zahl(jetzt[von, bis, "w"]),
            (_zahl(damals[von, bis, "m"]), _zahl(damals[von, bis, "w"])) if frueher else (None, None),
        )
        for von, bis in dict.fromkeys((von, bis) for von, bis, _ in zellen)
    )
    zeiten = (_zeit(jetzt.values()), _zeit(damals.values()) if frueher else "")
    name = name_von(auskunft, ort)
    angaben = angaben_von(auskunft, indikator)
    return grafik_von(
        auskunft,
        [indikator],
        f"abb-{als_id(indikator.kennung)}-pyramide-{als_id(ort.raum_id)}",
        f"{indikator.titel} nach Alter und Geschlecht, {name}, {ende}",
        sprache.alt_pyramide(name, gruppen, zeiten),
        Zeichnung("draw_pyramide", (gruppen, zeiten, angaben)),
        daten_pyramide(gruppen, zeiten),
    )


def _alterszellen(auskunft: Auskunft, indikator: Indikator) -> dict[tuple[int, int | None, str], str]:
    """(first age, first age after or None, sex) → Ausprägung, for the parts that are declared by age and sex."""
    zellen: dict[tuple[int, int | None, str], str] = {}
    for a in auskunft.katalog.auspraegungen(t for t in indikator.teile if TEILER in t):
        werte = zerlege(a)
        if werte.keys() == {"alter", "geschlecht"} and werte["geschlecht"] in ("m", "w"):
            von, strich, bis = werte["alter"].rstrip("+").partition("-")
            zellen[int(von), int(bis) + 1 if strich else None, werte["geschlecht"]] = a
    return zellen


def _zahl(wert: Indikatorwert | None) -> float | None:
    return wert.wert if wert is not None and wert.ist_zahl else None


def _zeit(werte: Iterable[Indikatorwert | None]) -> str:
    return next((format_datum(w.zeit) for w in werte if w is not None), "")
