"""Merkmalswerte → Indikatorwerte: sum Zähler and Nenner, then divide .

One row per Indikator × Raum × Zeit comes back, also for what is missing: a gap has a reason (Status).
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from sozmon.katalog import fuege_zusammen, zerlege
from sozmon.merkmalssumme import Merkmalsrechner
from sozmon.model import Bruch, Indikator, Indikatorwert, Meldung, Status, Teil, jahr_von
from sozmon.teilwert import RANGFOLGE, Teilwert, compute_summe, kein_wert

if TYPE_CHECKING:
    from sozmon.bestand import Bestand
    from sozmon.katalog import Katalog
    from sozmon.raeume import Raeume, Raum
    from sozmon.zahlen import Zeitauswahl

TAGGENAU = frozenset({"stichtag", "wahltag"})


@dataclass(frozen=True, slots=True)
class Auftrag:
    """What to compute. ``zeiten`` None = every year that holds anything.

    ``teile``: kennung → Ausprägungen that are computed besides the whole ('alter=0-17', 'alter=0-2|geschlecht=m'), for
    ``teilraeume`` (() = all Räume).
    """

    indikatoren: tuple[Indikator, ...]
    raeume: tuple[Raum, ...]
    zeiten: Zeitauswahl | None = None
    datenstand: str = ""
    teile: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    teilraeume: tuple[Raum, ...] = ()


@dataclass(frozen=True, slots=True)
class Rechnung:
    """Computed values, in the order Indikator, Raum, Zeit, and what was noticed on the way."""

    werte: tuple[Indikatorwert, ...]
    meldungen: tuple[Meldung, ...] = ()


def compute_indikatoren(bestand: Bestand, katalog: Katalog, raeume: Raeume, auftrag: Auftrag) -> Rechnung:
    """Compute every Indikator of the Auftrag, and its asked parts, for every Raum and year."""
    gefragt = [(a, fuer_teil(i, a)) for i in auftrag.indikatoren for a in ("", *auftrag.teile.get(i.kennung, ()))]
    rechner = Merkmalsrechner(
        bestand,
        katalog,
        raeume,
        raum_liste=auftrag.raeume,
        bedarf=_bedarf(i for _, i in gefragt),
        jahre=_jahresspanne(auftrag),
        datenstand=auftrag.datenstand,
    )
    zeitpunkte = {i.kennung: _zeitpunkte(rechner, i, auftrag.zeiten) for i in auftrag.indikatoren}
    werte = [
        _berechne(rechner, katalog, indikator, raum, zeitpunkt, teil)
        for teil, indikator in gefragt
        for raum in (auftrag.teilraeume or auftrag.raeume if teil else auftrag.raeume)
        for zeitpunkt in zeitpunkte[indikator.kennung]
    ]
    return Rechnung(tuple(werte), tuple(rechner.meldungen))


def fuer_teil(indikator: Indikator, auspraegung: str) -> Indikator:
    """The Indikator of a part of the whole: every Teil of Zähler and Nenner with this Ausprägung besides its own."""
    if not auspraegung:
        return indikator

    def mit(teile: Sequence[Teil]) -> tuple[Teil, ...]:
        weitere = zerlege(auspraegung)
        return tuple(replace(t, auspraegung=fuege_zusammen({**zerlege(t.auspraegung), **weitere})) for t in teile)

    return replace(indikator, zaehler=mit(indikator.zaehler), nenner=mit(indikator.nenner))


def _bedarf(indikatoren: Iterable[Indikator]) -> dict[str, frozenset[str]]:
    bedarf: dict[str, frozenset[str]] = {}
    for indikator in indikatoren:
        for teil in (*indikator.zaehler, *indikator.nenner):
            bedarf[teil.merkmal] = bedarf.get(teil.merkmal, frozenset()) | {teil.auspraegung}
    return bedarf


def _jahresspanne(auftrag: Auftrag) -> tuple[int, int] | None:
    if auftrag.zeiten is None or not auftrag.zeiten.jahre:
        return None
    versatz = [t.jahr_versatz for i in auftrag.indikatoren for t in (*i.zaehler, *i.nenner)] or [0]
    return min(auftrag.zeiten.jahre) + min(0, *versatz), max(auftrag.zeiten.jahre) + max(0, *versatz)


def _zeitpunkte(rechner: Merkmalsrechner, indikator: Indikator, zeiten: Zeitauswahl | None) -> list[tuple[int, str]]:
    """(year, exact date or '') to compute; without a wish every year the Zähler is there for."""
    if zeiten is not None and zeiten.angaben:
        return [(jahr_von(z), z if len(z) == 10 else "") for z in zeiten.angaben]
    teile = [t for t in indikator.zaehler if t.jahr_versatz == 0] or list(indikator.zaehler)
    jahre = set.intersection(*(rechner.jahre(t.merkmal, t.zeitart) for t in teile)) if teile else set()
    return [(jahr, "") for jahr in sorted(jahre)]


def _berechne(
    rechner: Merkmalsrechner, katalog: Katalog, indikator: Indikator, raum: Raum, wann: tuple[int, str], teil: str
) -> Indikatorwert:
    jahr, zeit = wann
    oben = _teilwerte(rechner, indikator.zaehler, raum, jahr, zeit)
    unten = _teilwerte(rechner, indikator.nenner, raum, jahr, zeit)
    zaehler = _summe(indikator.zaehler, oben)
    nenner = _summe(indikator.nenner, unten) if unten else None
    grenze = _bruch_dazwischen(katalog, indikator, jahr)
    if grenze is not None:
        # values across a declared Bruch are not connected: no change is computed over it
        zaehler = kein_wert(Status.NICHT_SINNVOLL, zeit=zaehler.zeit, anmerkungen=(f"Bruch: {grenze.grund}",))
    wert = compute_quotient(indikator, zaehler, nenner)
    beide = (zaehler,) if nenner is None else (zaehler, nenner)
    staende = _staende(beide)
    return Indikatorwert(
        raum_id=raum.raum_id,
        raum=raum.name,
        ebene=raum.ebene,
        zeit=_zeit(indikator, beide, jahr, zeit),
        indikator=indikator.kennung,
        auspraegung=teil,
        zaehler=zaehler.wert if zaehler.ist_zahl else None,
        nenner=nenner.wert if nenner is not None and nenner.ist_zahl else None,
        wert=wert.wert,
        wert_min=wert.wert_min,
        wert_max=wert.wert_max,
        einheit=indikator.einheit,
        status=wert.status,
        kennzeichen=",".join(sorted({k for t in beide for k in t.kennzeichen})),
        umrechnung=max((t.umrechnung for t in beide), key=("", "exakt", "geschaetzt").index),
        anmerkung="; ".join(dict.fromkeys((*(a for t in beide for a in t.anmerkungen), *wert.anmerkungen))),
        quelle=",".join(staende),
        datenstand=",".join(staende.values()),
        katalog_stand=indikator.stand,
        summanden=tuple(t.wert for t in (*oben, *unten) if t.ist_zahl and t.wert is not None),
    )


def _staende(teile: Sequence[Teilwert]) -> dict[str, str]:
    """Quelle → its newest data state among the parts, sorted by Quelle."""
    staende: dict[str, str] = {}
    for quelle, stand in sorted(h for t in teile for h in t.herkunft):
        staende[quelle] = max(staende.get(quelle, ""), stand)
    return staende


def _teilwerte(rechner: Merkmalsrechner, teile: Sequence[Teil], raum: Raum, jahr: int, zeit: str) -> list[Teilwert]:
    return [
        rechner.teilwert(
            raum.raum_id,
            teil.merkmal,
            teil.auspraegung,
            teil.zeitart,
            jahr + teil.jahr_versatz,
            zeit if teil.zeitart in TAGGENAU and not teil.jahr_versatz else "",
        )
        for teil in teile
    ]


def _summe(teile: Sequence[Teil], werte: Sequence[Teilwert]) -> Teilwert:
    summe = compute_summe([(t.vorzeichen, w) for t, w in zip(teile, werte, strict=True)])
    if summe.ist_zahl and _wechselt_quelle(teile, werte):
        grund = "die verglichenen Jahre stammen aus verschiedenen Quellen"
        return kein_wert(Status.NICHT_SINNVOLL, zeit=summe.zeit, herkunft=summe.herkunft, anmerkungen=(grund,))
    return summe


def _wechselt_quelle(teile: Sequence[Teil], werte: Sequence[Teilwert]) -> bool:
    """True for a difference of one Merkmal between Quellen: it may be the step from one census to another."""
    quellen: dict[str, set[frozenset[str]]] = {}
    for teil, wert in zip(teile, werte, strict=True):
        quellen.setdefault(teil.merkmal, set()).add(wert.quellen)
    versetzt = any(teil.jahr_versatz for teil in teile)
    return versetzt and any(len(verschiedene) > 1 for verschiedene in quellen.values())


def compute_quotient(indikator: Indikator, zaehler: Teilwert, nenner: Teilwert | None) -> Teilwert:
    """Divide the sums; bounds of the quotient from the bounds of its parts (interval arithmetic, Nenner > 0)."""
    if nenner is None:
        return zaehler
    if not (zaehler.ist_zahl and nenner.ist_zahl):
        return Teilwert(None, *_grenzen(indikator, zaehler, nenner), _schlimmster(zaehler, nenner))
    assert zaehler.wert is not None and nenner.wert is not None  # ist_zahl says so
    if nenner.wert <= 0:
        return kein_wert(Status.NICHT_SINNVOLL, anmerkungen=("Nenner ist null",))
    if nenner.wert < indikator.mindestnenner:
        return kein_wert(Status.NICHT_SINNVOLL, anmerkungen=("Nenner zu klein",))
    wert = zaehler.wert / nenner.wert * indikator.faktor
    return Teilwert(wert, *_grenzen(indikator, zaehler, nenner), zaehler.status)


def _grenzen(indikator: Indikator, zaehler: Teilwert, nenner: Teilwert) -> tuple[float | None, float | None]:
    unten = oben = None
    if zaehler.wert_min is not None and nenner.wert_max:
        # a negative Zähler (a balance) is smallest over the smallest Nenner
        teiler = nenner.wert_max if zaehler.wert_min >= 0 else (nenner.wert_min or None)
        unten = zaehler.wert_min / teiler * indikator.faktor if teiler else None
    if zaehler.wert_max is not None and nenner.wert_min:
        teiler = nenner.wert_min if zaehler.wert_max >= 0 else nenner.wert_max
        oben = zaehler.wert_max / teiler * indikator.faktor if teiler else None
    if indikator.verfahren == "anteil" and nenner.wert_max:
        # Zähler ⊂ Nenner: a share never exceeds the whole
        oben = indikator.faktor if oben is None else min(oben, indikator.faktor)
    return unten, oben


def _schlimmster(*teile: Teilwert) -> Status:
    offen = [t.status for t in teile if not t.ist_zahl]
    return min(offen, key=RANGFOLGE.index)


def _zeit(indikator: Indikator, teile: Sequence[Teilwert], jahr: int, zeit: str) -> str:
    """The common date of all parts; the year when they differ in kind (annual mean over a Stichtag)."""
    if zeit:
        return zeit
    arten = {t.zeitart for t in (*indikator.zaehler, *indikator.nenner)}
    versatz = any(t.jahr_versatz for t in (*indikator.zaehler, *indikator.nenner))
    zeiten = {t.zeit for t in teile if t.zeit}
    if len(zeiten) == 1 and not versatz and (len(arten) == 1 or arten <= TAGGENAU):
        return zeiten.pop()
    if arten == {"stichtag"}:
        return f"{jahr}-12-31"
    return str(jahr)


def _bruch_dazwischen(katalog: Katalog, indikator: Indikator, jahr: int) -> Bruch | None:
    """The declared Bruch between the years that a change compares, if any."""
    versatz = [t.jahr_versatz for t in indikator.zaehler]
    if not versatz or min(versatz) == max(versatz):
        return None
    von, bis = jahr + min(versatz), jahr + max(versatz)
    return next((b for b in brueche(katalog, indikator) if von < bruchjahr(b) <= bis), None)


def brueche(katalog: Katalog, indikator: Indikator) -> tuple[Bruch, ...]:
    """All Brüche of an Indikator: its own and those of its Merkmale, by date, each once."""
    alle = list(indikator.brueche)
    for teil in (*indikator.zaehler, *indikator.nenner):
        merkmal = katalog.merkmale.get(teil.merkmal)
        alle.extend(merkmal.brueche if merkmal else ())
    return tuple(sorted(dict.fromkeys(alle), key=lambda b: b.ab))


def bruchjahr(bruch: Bruch) -> int:
    """First year of the new segment."""
    return jahr_von(bruch.ab)


def ist_gleiche_quelle(a: Indikatorwert, b: Indikatorwert) -> bool:
    """May a change between two values be told? Not across Quellen: they may stand on two bases (two censuses)."""
    return a.quelle == b.quelle
