"""``sozmon abfrage``: what a form asks of an office, from the catalogue and the territory.

Only counts are asked, never rates: sozmon divides itself. An Indikator asks for the Merkmale of its Zähler that no
public statistic delivers; a Merkmal that is named itself is always asked.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from sozmon.errors import AufrufError
from sozmon.katalog import kanonisch, zerlege
from sozmon.model import OHNE_ZUORDNUNG, Merkmal, Quelle, Teil
from sozmon.model.vordruck import Feld, Vordruck

if TYPE_CHECKING:
    from sozmon.katalog import Katalog
    from sozmon.raeume import Raeume, Raum

ALLGEMEIN = "vordruck"
"""Quelle of forms that belong to no single office of the catalogue."""
MAX_SPALTEN = 150
_ORTE = {"wohnort": "am Wohnort", "arbeitsort": "am Arbeitsort oder Standort", "schulort": "am Schulort"}


@dataclass(frozen=True, slots=True)
class Frage:
    """What the call asks. ``nach``: dimensions that give a column per value; ``auspraegungen``: single ones."""

    kennungen: tuple[str, ...]
    zeiten: tuple[str, ...]
    ebene: str = "gemeinde"
    nach: tuple[str, ...] = ()
    auspraegungen: tuple[str, ...] = ()
    quelle: str = ""


@dataclass(frozen=True, slots=True)
class Erklaerung:
    """What one Merkmal of the form means, for the person who counts."""

    titel: str
    saetze: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Abfrage:
    """A form ready to be written. ``koepfe``: one a column; ``zeilen``: (key, name); ``zeichen``: (sign, meaning)."""

    vordruck: Vordruck
    titel: str
    ebene: str
    koepfe: tuple[str, ...]
    zeilen: tuple[tuple[str, str], ...]
    erklaerungen: tuple[Erklaerung, ...]
    zeichen: tuple[tuple[str, str], ...]


def build_abfrage(katalog: Katalog, raeume: Raeume, frage: Frage) -> Abfrage:
    """Form for the question; AufrufError (2) when it cannot be asked like that, with a remedy."""
    teile = list(dict.fromkeys(t for kennung in frage.kennungen for t in _teile(katalog, kennung, frage.ebene)))
    check_nach(katalog, teile, frage)
    felder = tuple(dict.fromkeys(f for t in teile for f in _felder(katalog, t, frage)))
    if len(felder) > MAX_SPALTEN:
        raise AufrufError(
            f"Ein Vordruck mit {len(felder)} Spalten füllt niemand aus.",
            grund=f"Möglich sind {MAX_SPALTEN}.",
            abhilfe="Nach weniger Merkmalen, Jahren oder Gliederungen fragen, oder mehrere Vordrucke anlegen.",
        )
    quelle = _quelle(katalog, [t.merkmal for t in teile], frage.quelle)
    orte = _orte(raeume, frage.ebene)
    kreis = _kreis(raeume)
    vordruck = Vordruck(
        quelle.kennung, raeume.kreis, frage.ebene, raeume.gebietsstand, felder, tuple(r.raum_id for r in orte)
    )
    merkmale = list(dict.fromkeys(katalog.merkmale[f.merkmal] for f in felder))
    namen = {r.raum_id: r.name for r in orte} | {OHNE_ZUORDNUNG: "ohne Zuordnung", raeume.kreis: f"{kreis} insgesamt"}
    return Abfrage(
        vordruck,
        _titel(merkmale),
        "Raum" if frage.ebene == "kreis" else "Gemeinde" if frage.ebene == "gemeinde" else "Region",
        tuple(_kopf(katalog, f) for f in felder),
        tuple((k, namen[k]) for k in vordruck.schluessel),
        tuple(_erklaere(katalog, m, felder) for m in merkmale),
        _zeichen(quelle),
    )


def _titel(merkmale: Sequence[Merkmal]) -> str:
    namen = [m.titel for m in merkmale]
    if len(namen) > 3:
        return f"{', '.join(namen[:2])} und {len(namen) - 2} weitere Angaben"
    return " und ".join(filter(None, [", ".join(namen[:-1]), namen[-1]]))


# --------------------------------------------------------------------------------------------------
# Which counts


def _teile(katalog: Katalog, kennung: str, ebene: str) -> Iterator[Teil]:
    """Counts that a kennung asks for; one that is Merkmal and Indikator asks for the Indikator's Zähler, all of it."""
    indikator = katalog.indikatoren.get(kennung)
    if indikator is None:
        if kennung not in katalog.merkmale:
            raise _unbekannt(katalog, kennung)
        merkmal = _zaehlbar(katalog, kennung)
        yield Teil(kennung, zeitart=merkmal.zeitart[0])
        return
    if _rang(indikator.ebene_min) > _rang(ebene):
        raise AufrufError(
            f"„{indikator.titel}“ darf nicht auf der Ebene {ebene} erhoben werden.",
            grund=f"Niedrigste zulässige Ebene: {indikator.ebene_min}.",
            abhilfe=f"sozmon abfrage {kennung} --ebene {indikator.ebene_min} …",
        )
    genannt = kennung in katalog.merkmale
    zaehler = [t for t in indikator.zaehler if genannt or not _amtlich(katalog, t.merkmal)]
    if indikator.art == "fertigwert" or not zaehler:
        raise _liefert_statistik(katalog, kennung)
    for teil in zaehler:
        _zaehlbar(katalog, teil.merkmal)
        yield Teil(teil.merkmal, teil.auspraegung, teil.zeitart, jahr_versatz=teil.jahr_versatz)


def _rang(ebene: str) -> int:
    """Regions lie between Gemeinde and Kreis."""
    return {"gemeinde": 0, "kreis": 2, "land": 3, "bund": 4}.get(ebene, 1)


def _zaehlbar(katalog: Katalog, kennung: str) -> Merkmal:
    merkmal = katalog.merkmale[kennung]
    if not merkmal.additiv:
        raise AufrufError(
            f"„{merkmal.titel}“ ist keine Anzahl.",
            grund="Ein Vordruck fragt nur nach Anzahlen, die sich zu Regionen und zum Kreis summieren lassen.",
            abhilfe="Nach den Anzahlen fragen, aus denen sich der Wert errechnet: sozmon katalog merkmale",
        )
    return merkmal


def _amtlich(katalog: Katalog, merkmal: str) -> bool:
    """Does a public statistic offer it for download? Those Quellen say where, or have a shape of their own."""
    quellen = (katalog.quellen[q] for q in katalog.quellen_fuer(merkmal) if q in katalog.quellen)
    return any(not _ist_amt(q) for q in quellen)


def _ist_amt(quelle: Quelle) -> bool:
    """A Quelle whose tables somebody fills in on request, not one that offers downloads."""
    return quelle.form in ("tabelle", "vordruck") and not quelle.adresse


def _liefert_statistik(katalog: Katalog, kennung: str) -> AufrufError:
    indikator = katalog.indikatoren[kennung]
    text = f"Für „{indikator.titel}“ gibt es nichts abzufragen."
    if indikator.art == "fertigwert":
        grund = "Der Wert wird fertig geliefert; ein Vordruck fragt nur nach Anzahlen."
        return AufrufError(text, grund=grund, abhilfe="Was sich zählen lässt, zeigt: sozmon katalog merkmale")
    merkmale = list(dict.fromkeys(t.merkmal for t in indikator.zaehler))
    quellen = [katalog.quellen[q].titel for m in merkmale for q in katalog.quellen_fuer(m) if q in katalog.quellen]
    return AufrufError(
        text,
        grund=f"Was dafür gezählt wird, liefert die amtliche Statistik: {', '.join(dict.fromkeys(quellen))}.",
        abhilfe=f"Wer trotzdem fragen will, nennt das Merkmal: sozmon abfrage {' '.join(merkmale)} …",
    )


def _unbekannt(katalog: Katalog, kennung: str) -> AufrufError:
    from sozmon.definition import vorschlag

    return AufrufError(
        f"„{kennung}“ ist weder ein Indikator noch ein Merkmal.",
        abhilfe=vorschlag(kennung, [*katalog.indikatoren, *katalog.merkmale])
        or "Alle zeigen: sozmon katalog, sozmon katalog merkmale",
    )


# --------------------------------------------------------------------------------------------------
# Columns


def check_nach(katalog: Katalog, teile: Sequence[Teil], frage: Frage) -> None:
    """Refuse a breakdown that no asked Merkmal has."""
    katalog.auspraegungen(frage.nach)
    gefragt = {name for n in frage.nach for name in (s.partition("=")[0].strip() for s in n.split("|"))}
    gefragt |= {name for a in frage.auspraegungen for name in zerlege(a)}
    moeglich = {d for t in teile for d in katalog.merkmale[t.merkmal].dimensionen}
    if fremd := sorted(gefragt - moeglich):
        raise AufrufError(
            f"Keines der Merkmale wird nach „{fremd[0]}“ gegliedert.",
            grund=f"Möglich: {', '.join(sorted(moeglich)) or 'keine Gliederung'}.",
            abhilfe="Die Dimension im Merkmal ergänzen (dimensionen), oder ohne sie fragen.",
        )


def _felder(katalog: Katalog, teil: Teil, frage: Frage) -> Iterator[Feld]:
    """The total, then what ``--nach`` and ``--auspraegung`` ask, per time."""
    erlaubt = set(katalog.merkmale[teil.merkmal].dimensionen)
    fest = zerlege(teil.auspraegung)
    weitere = [*katalog.auspraegungen(frage.nach), *map(kanonisch, frage.auspraegungen)]
    liste = [teil.auspraegung]
    for auspraegung in weitere:
        werte = zerlege(auspraegung)
        if werte.keys() <= erlaubt and not werte.keys() & fest.keys():
            liste.append(kanonisch("|".join(f"{k}={v}" for k, v in {**fest, **werte}.items())))
    for zeit in frage.zeiten:
        for auspraegung in dict.fromkeys(liste):
            yield Feld(teil.merkmal, teil.zeitart, _zeit(zeit, teil), auspraegung)


def _zeit(wort: str, teil: Teil) -> str:
    from sozmon.quellen.zeiten import als_zeitart, parse_zeit

    try:
        zeit = parse_zeit(wort)
        if zeit.zeitart == "jahr" and teil.zeitart == "wahltag":
            raise ValueError("gefragt ist der Tag der Wahl, zum Beispiel 2024-06-09")
        if teil.jahr_versatz and zeit.zeitart in ("jahr", "stichtag"):
            zeit = zeit._replace(zeit=f"{int(zeit.zeit[:4]) + teil.jahr_versatz}{zeit.zeit[4:]}")
        return als_zeitart(zeit, teil.zeitart).zeit
    except ValueError as fehler:
        raise AufrufError(f"Zeitangabe „{wort}“ passt nicht zu „{teil.merkmal}“: {fehler}.", ort="--zeit") from fehler


def _kopf(katalog: Katalog, feld: Feld) -> str:
    """'Inobhutnahmen, weiblich'."""
    worte = [katalog.merkmale[feld.merkmal].titel]
    for name, wert in zerlege(feld.auspraegung).items():
        dimension = katalog.dimensionen.get(name)
        worte.append(dimension.werte.get(wert, wert) if dimension else wert)
    return ", ".join(worte)


def _quelle(katalog: Katalog, merkmale: Sequence[str], wunsch: str) -> Quelle:
    """Whose values they will be: as wished, else the one office that delivers all of it, else the general Quelle."""
    if wunsch:
        quelle = katalog.quelle(wunsch)
        if not _ist_amt(quelle):
            raise AufrufError(
                f"„{quelle.titel}“ füllt keinen Vordruck aus.",
                ort="--quelle",
                abhilfe="Ein Amt mit eigener Tabelle oder eine Quelle der Form vordruck nennen: sozmon katalog quellen",
            )
        return quelle
    aemter = [
        {q for q in katalog.quellen_fuer(m)[:1] if q in katalog.quellen and _ist_amt(katalog.quellen[q])}
        for m in dict.fromkeys(merkmale)
    ]
    gemeinsam = set.intersection(*aemter) if aemter else set()
    return katalog.quelle(next(iter(gemeinsam), ALLGEMEIN))


# --------------------------------------------------------------------------------------------------
# Rows


def _orte(raeume: Raeume, ebene: str) -> tuple[Raum, ...]:
    """The asked Räume inside the own Kreis; none for the Kreis itself."""
    if not raeume.strahl.verzeichnisse:
        raise AufrufError(
            "Ein Vordruck braucht die Liste der Gemeinden.",
            grund="Es ist noch kein Gemeindeverzeichnis eingelesen.",
            abhilfe="Den „Auszug GV“ des Statistischen Bundesamts importieren: sozmon import 31122023_Auszug_GV.xlsx",
        )
    moeglich = ("gemeinde", *raeume.gliederungen, "kreis")
    if ebene not in moeglich:
        raise AufrufError(
            f"Die Ebene „{ebene}“ lässt sich nicht abfragen.", ort="--ebene", abhilfe=f"Möglich: {', '.join(moeglich)}"
        )
    if ebene == "kreis":
        return ()
    from sozmon.raeume import verlange_gliederung

    verlange_gliederung(raeume, ebene)
    return raeume.kinder(raeume.kreis, ebene)


def _kreis(raeume: Raeume) -> str:
    raum = raeume.raum(raeume.kreis)
    return raum.name if raum is not None and raum.name != raeume.kreis else "Kreis"


# --------------------------------------------------------------------------------------------------
# Explanations


def _erklaere(katalog: Katalog, merkmal: Merkmal, felder: Sequence[Feld]) -> Erklaerung:
    zeiten = dict.fromkeys(f.zeittext for f in felder if f.merkmal == merkmal.kennung)
    wofuer = [i for i in katalog.indikatoren.values() if any(t.merkmal == merkmal.kennung for t in i.zaehler)]
    saetze = [
        f"Gezählt werden: {merkmal.einheit} {_ORTE.get(merkmal.ortsbezug, '')}.".replace(" .", "."),
        f"Zeit: {', '.join(zeiten)}.",
        *merkmal.hinweise,
    ]
    if wofuer:
        saetze.append(f"Daraus wird berechnet: {wofuer[0].titel}. {wofuer[0].beschreibung}")
    return Erklaerung(merkmal.titel, tuple(saetze))


_BEDEUTUNG = {
    "null_genau": "kein Fall (wie 0)",
    "null_gerundet": "weniger als die Hälfte der kleinsten Einheit",
    "geheim_quelle": "Die Anzahl ist bekannt, wird aber nicht mitgeteilt",
    "unsicher": "Die Anzahl ist nicht sicher genug",
    "folgt": "Die Anzahl wird nachgereicht",
    "nicht_sinnvoll": "Die Frage trifft hier nicht zu",
    "nicht_geliefert": "Die Anzahl ist nicht bekannt",
    "raum_bestand_nicht": "Den Raum gab es nicht",
}


def _zeichen(quelle: Quelle) -> tuple[tuple[str, str], ...]:
    """Signs that the Quelle explains, with their meaning for the person who fills in."""
    zeilen = []
    for zeichen, status in quelle.zeichen.items():
        bedeutung = _BEDEUTUNG.get(status)
        if bedeutung and status == "geheim_quelle" and quelle.geheim_max is not None:
            bedeutung += f" ({quelle.geheim_min:g} bis {quelle.geheim_max:g})"
        if bedeutung:
            zeilen.append((zeichen, bedeutung))
    return tuple(zeilen)
