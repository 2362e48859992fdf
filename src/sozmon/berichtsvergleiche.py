"""Charts that set the regions side by side: small multiples, slope, grouped and stacked bars, population pyramid."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from sozmon import sprache
from sozmon.berichtsdiagramme import Abbildung, angaben_von, grafik_von, name_von, punkt_von, von_bis_zahl
from sozmon.berichtswerte import Auskunft, Ort, als_id
from sozmon.diagramm import (
    FELDER_JE_BLATT,
    Altersgruppe,
    Block,
    Reihe,
    Steigung,
    Zeichnung,
    art_von,
    daten_mehrteilig,
    daten_pyramide,
    daten_steigung,
    daten_vielfache,
)
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
    if sum(w.ist_zahl for w in kreis) < 3:
        return ()
    vergleich = Reihe(name_von(auskunft, auskunft.orte.kreis), tuple(map(punkt_von, kreis)), "vergleich")
    von, bis = kreis[0].jahr, kreis[-1].jahr
    felder = tuple(
        Reihe(o.name, tuple(punkt_von(w) for w in auskunft.reihe(indikator, o) if von <= w.jahr <= bis)) for o in orte
    )
    anzahl = -(-len(felder) // FELDER_JE_BLATT)
    return tuple(_vielfache(auskunft, indikator, felder, vergleich, (nr, anzahl)) for nr in range(anzahl))


def _vielfache(
    auskunft: Auskunft, indikator: Indikator, felder: tuple[Reihe, ...], vergleich: Reihe, blatt: tuple[int, int]
) -> Abbildung:
    nr, anzahl = blatt
    hier = felder[nr * FELDER_JE_BLATT : (nr + 1) * FELDER_JE_BLATT]
    angaben = angaben_von(auskunft, indikator)
    titel = f"{indikator.titel} in den {auskunft.orte.regionsname}en ({indikator.einheit})"
    return grafik_von(
        auskunft,
        [indikator],
        f"abb-{als_id(indikator.kennung)}-vielfache{f'-{nr + 1}' if anzahl > 1 else ''}",
        titel + (f", Blatt {nr + 1} von {anzahl}" if anzahl > 1 else ""),
        sprache.alt_vielfache(indikator.titel, hier, angaben, vergleich),
        Zeichnung("draw_vielfache", (felder, angaben, vergleich), nr),
        daten_vielfache(hier, angaben, vergleich),
    )


def build_steigung(auskunft: Auskunft, indikator: Indikator) -> Abbildung | None:
    """Beginning and end of the comparable period for regions and Kreis; None where nothing may be compared."""
    von, bis = (auskunft.jahr(indikator, z) for z in ("anfang", "ende"))
    orte = auskunft.orte
    if von == bis or not von or indikator.verfahren == "anzahl" or len(orte.regionen) < 2:
        return None
    linien = tuple(s for o in orte.regionen if (s := _steigung(auskunft, indikator, o, (von, bis))) is not None)
    if sum(s.anfang is not None and s.ende is not None for s in linien) < 2:
        return None
    kreis = _steigung(auskunft, indikator, orte.kreis, (von, bis))
    zeiten, angaben = (str(von), str(bis)), angaben_von(auskunft, indikator)
    return grafik_von(
        auskunft,
        [indikator],
        f"abb-{als_id(indikator.kennung)}-steigung",
        f"{indikator.titel}: {orte.regionsname}en {von} und {bis} ({indikator.einheit})",
        sprache.alt_steigung(indikator.titel, linien, angaben, zeiten, kreis),
        Zeichnung("draw_steigung", (linien, angaben, zeiten, kreis)),
        daten_steigung(linien, angaben, zeiten, kreis),
    )


def _steigung(auskunft: Auskunft, indikator: Indikator, ort: Ort, jahre: tuple[int, int]) -> Steigung | None:
    """A Raum at both times; two sources may stand on two censuses, so they make no line."""
    a, b = (auskunft.wert(indikator, ort, jahr) for jahr in jahre)
    if a is None or b is None:
        return None
    gleich = a.quelle == b.quelle or not (a.ist_zahl and b.ist_zahl)
    werte = [w.wert if w.ist_zahl and gleich else None for w in (a, b)]
    arten = [art_von(w.status) if not w.ist_zahl else ("wert" if gleich else "fehlt") for w in (a, b)]
    name = name_von(auskunft, ort) if ort is auskunft.orte.kreis else ort.name
    return Steigung(name, werte[0], werte[1], arten[0], arten[1])


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
