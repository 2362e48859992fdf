"""Stored counts as they are asked for: the common Datenpool (``sozmon daten``).

Rows have the columns of ``model.MERKMALSWERTE``. Where no office delivers a value for a Raum (an own region, a merged
Gemeinde, a Kreis of which only the Gemeinden are counted) stands the sum of its parts by the one rule of
``merkmalssumme``: a sum over hidden parts is an interval, never ``known + 0``.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from sozmon.freigabe import darf_hinaus, schwelle
from sozmon.merkmalssumme import Merkmalsrechner
from sozmon.model import OHNE_WERT, OHNE_ZUORDNUNG, Meldung, Status, Stufe

if TYPE_CHECKING:
    from sozmon.bestand import Bestand
    from sozmon.katalog import Katalog
    from sozmon.raeume import Raeume, Raum
    from sozmon.zahlen import Zeitauswahl


@dataclass(frozen=True, slots=True)
class Datenauftrag:
    """What is asked for; ``merkmale`` may be codes of offices that no definition maps.

    auspraegungen: only these, put together from their parts where nobody delivers them; None = every delivered one.
    nur_geltende: of several Quellen for one number only the one that the Merkmal prefers.
    """

    merkmale: tuple[str, ...]
    raeume: tuple[Raum, ...]
    zeiten: Zeitauswahl
    datenstand: str = ""
    auspraegungen: tuple[str, ...] | None = None
    nur_geltende: bool = False


def compute_daten(
    bestand: Bestand, katalog: Katalog, raeume: Raeume, auftrag: Datenauftrag
) -> tuple[list[dict[str, Any]], list[Meldung]]:
    """Stored rows of the asked Räume, and sums where nothing was delivered; order Merkmal, Raum, Zeit, Ausprägung."""
    geliefert = bestand.werte(
        merkmale=list(auftrag.merkmale),
        raum_ids=[r.raum_id for r in auftrag.raeume],
        jahre=_jahre(auftrag.zeiten),
        datenstand=auftrag.datenstand,
        auspraegungen=list(auftrag.auspraegungen) if auftrag.auspraegungen is not None else None,
    )
    if auftrag.nur_geltende:
        geliefert = _geltende(geliefert, katalog)
    # a gap that somebody put there as a correction (r) stays one
    leer = {_fach(z) for z in geliefert if z["status"] == Status.NICHT_GELIEFERT and not z["kennzeichen"]}
    summen, meldungen = _summen(bestand, katalog, raeume, auftrag, {_fach(z) for z in geliefert} - leer)
    ersetzt = leer.intersection(map(_fach, summen))  # a Raum for which an office left its total empty has a sum
    geliefert = [z for z in geliefert if _fach(z) not in ersetzt]
    zeilen = [z for z in (*geliefert, *summen) if auftrag.zeiten.passt(z["zeit"], int(z["jahr"]))]
    merkmale = {m: i for i, m in enumerate(auftrag.merkmale)}
    orte = {r.raum_id: i for i, r in enumerate(auftrag.raeume)}
    folge = {a: i for i, a in enumerate(auftrag.auspraegungen or ())}
    zeilen.sort(
        key=lambda z: (
            merkmale[z["merkmal"]],
            orte[z["raum_id"]],
            z["zeit"],
            folge.get(z["auspraegung"], 0),
            z["auspraegung"],
        )
    )
    return zeilen, [*meldungen, *_andere_ebenen(bestand, auftrag, {z["merkmal"] for z in zeilen})]


def _andere_ebenen(bestand: Bestand, auftrag: Datenauftrag, gefunden: Collection[str]) -> list[Meldung]:
    """An empty answer has a reason: the Merkmal is there, but only for other Ebenen, or for other times."""
    leer = [m for m in auftrag.merkmale if m not in gefunden]
    if not leer:
        return []
    merkmale = ", ".join("'" + m.replace("'", "''") + "'" for m in leer)
    frage = (
        f"SELECT merkmal, ebene, min(jahr) AS von, max(jahr) AS bis FROM merkmalswerte WHERE merkmal IN ({merkmale}) "
        "GROUP BY merkmal, ebene ORDER BY merkmal, ebene"
    )
    ebenen: dict[str, dict[str, tuple[int, int]]] = {}
    for z in bestand.sql(frage, datenstand=auftrag.datenstand):
        ebenen.setdefault(str(z["merkmal"]), {})[str(z["ebene"])] = int(str(z["von"])), int(str(z["bis"]))
    return [_warum_leer(merkmal, dort, auftrag) for merkmal, dort in ebenen.items()]


def _warum_leer(merkmal: str, dort: Mapping[str, tuple[int, int]], auftrag: Datenauftrag) -> Meldung:
    """``dort``: Ebene → first and last year. Regions and Kreise are summed from Gemeinden."""
    gefragt = {r.ebene for r in auftrag.raeume}
    moeglich = [e for e in dort if e in gefragt or (e == "gemeinde" and gefragt - {"land", "bund"})]
    if moeglich:
        von, bis = min(dort[e][0] for e in moeglich), max(dort[e][1] for e in moeglich)
        wann = f"das Jahr {von}" if von == bis else f"Jahre von {von} bis {bis}"
        return Meldung(
            "andere_zeit",
            Stufe.INFO,
            f"{merkmal} liegt für die gefragten Räume, Zeiten und Ausprägungen nicht vor, sonst für {wann}.",
            abhilfe=f"Ohne -z und -a zeigt alles: sozmon daten -m {merkmal} -r {auftrag.raeume[0].raum_id}",
        )
    *vorn, letzte = dort
    welche = f"die Ebene {letzte}" if not vorn else f"die Ebenen {', '.join(vorn)} und {letzte}"
    return Meldung(
        "andere_ebene",
        Stufe.INFO,
        f"{merkmal} liegt für die gefragten Räume nicht vor, nur für {welche}.",
        abhilfe=f"Zum Beispiel: sozmon daten -m {merkmal} -r {auftrag.raeume[0].raum_id[:5]}/{next(iter(dort))}",
    )


def mask_daten(
    zeilen: Iterable[Mapping[str, Any]], katalog: Katalog, schwellen: Mapping[str, int]
) -> list[dict[str, Any]]:
    """Hide counts of persons below the threshold, and every bound of what is hidden already."""
    return [_mask(dict(z), katalog, schwellen) for z in zeilen]


def _jahre(zeiten: Zeitauswahl) -> tuple[int, int] | None:
    return (zeiten.min, zeiten.max) if zeiten.min is not None and zeiten.max is not None else None


Fach = tuple[str, str, str, str, str]


def _fach(zeile: Mapping[str, Any]) -> Fach:
    return zeile["raum_id"], zeile["merkmal"], zeile["auspraegung"], zeile["zeitart"], zeile["zeit"]


def _geltende(zeilen: Iterable[dict[str, Any]], katalog: Katalog) -> list[dict[str, Any]]:
    """One row a number: of the Quelle that the Merkmal names first and that has a number, with its latest borders."""
    gruppen: dict[tuple[str, ...], list[dict[str, Any]]] = {}
    for z in zeilen:
        gruppen.setdefault((*_fach(z), z["variante"]), []).append(z)
    return [min(gruppe, key=lambda z: _rang(z, katalog)) for gruppe in gruppen.values()]


def _rang(zeile: Mapping[str, Any], katalog: Katalog) -> tuple[Any, ...]:
    merkmal = katalog.merkmale.get(zeile["merkmal"])
    ordnung = list(merkmal.quellen) if merkmal is not None else []
    quelle = zeile["quelle"]
    stelle = ordnung.index(quelle) if quelle in ordnung else len(ordnung)
    ohne_zahl = zeile["wert"] is None or Status(zeile["status"]) in OHNE_WERT
    spaeter = (-int((zeile[s] or "0").replace("-", "")) for s in ("gebietsstand", "stand"))
    return ohne_zahl, stelle, quelle, *spaeter


def _summen(
    bestand: Bestand, katalog: Katalog, raeume: Raeume, auftrag: Datenauftrag, geliefert: set[Fach]
) -> tuple[list[dict[str, Any]], list[Meldung]]:
    """Sums for what was not delivered; Land and Bund are never summed: their offices deliver them."""
    summierbar = [r for r in auftrag.raeume if r.ebene not in ("land", "bund", OHNE_ZUORDNUNG)]
    faecher = _faecher(bestand, auftrag) if summierbar else []
    bedarf: dict[str, frozenset[str]] = {}
    for fach in faecher:
        bedarf[fach["merkmal"]] = bedarf.get(fach["merkmal"], frozenset()) | {fach["auspraegung"]}
    if not bedarf:
        return [], []
    rechner = Merkmalsrechner(
        bestand,
        katalog,
        raeume,
        raum_liste=summierbar,
        bedarf=bedarf,
        jahre=_jahre(auftrag.zeiten),
        datenstand=auftrag.datenstand,
    )
    offen = (
        (raum, fach)
        for raum in summierbar
        for fach in faecher
        if _fach(fach | {"raum_id": raum.raum_id}) not in geliefert
    )
    zeilen = [_summenzeile(rechner, raum, fach) for raum, fach in offen]
    stumm = (Status.NICHT_GELIEFERT, Status.NICHT_AUF_EBENE)
    return [z for z in zeilen if z["status"] not in stumm], rechner.meldungen


def _faecher(bestand: Bestand, auftrag: Datenauftrag) -> list[dict[str, Any]]:
    """Every (merkmal, auspraegung, zeitart, zeit) that is stored for Gemeinden.

    Asked Ausprägungen at every time, also of what is delivered for the asked Räume themselves: their parts add up too.
    """
    merkmale = ", ".join("'" + m.replace("'", "''") + "'" for m in auftrag.merkmale)
    spanne = _jahre(auftrag.zeiten)
    jahre = f" AND jahr BETWEEN {spanne[0]} AND {spanne[1]}" if spanne else ""
    gefragt = auftrag.auspraegungen
    spalten = "merkmal, auspraegung, zeitart, zeit, jahr" if gefragt is None else "merkmal, zeitart, zeit, jahr"
    ebenen = {"gemeinde"} if gefragt is None else {"gemeinde", *(r.ebene for r in auftrag.raeume)}
    liste = ", ".join(f"'{e}'" for e in sorted(ebenen))
    faecher = bestand.sql(
        f"SELECT DISTINCT {spalten} FROM merkmalswerte WHERE merkmal IN ({merkmale}) AND ebene IN ({liste}){jahre} "
        f"ORDER BY {spalten}",
        datenstand=auftrag.datenstand,
    )
    return faecher if gefragt is None else [f | {"auspraegung": a} for f in faecher for a in gefragt]


def _summenzeile(rechner: Merkmalsrechner, raum: Raum, fach: Mapping[str, Any]) -> dict[str, Any]:
    teil = rechner.teilwert(
        raum.raum_id, fach["merkmal"], fach["auspraegung"], fach["zeitart"], int(fach["jahr"]), fach["zeit"]
    )
    return {
        **fach,
        "raum_id": raum.raum_id,
        "ebene": raum.ebene,
        "wert": teil.wert if teil.ist_zahl else None,
        "wert_min": teil.wert_min,
        "wert_max": teil.wert_max,
        "status": teil.status.value,
        "kennzeichen": ",".join(sorted(teil.kennzeichen)),
        "genauigkeit": ",".join(sorted(teil.genauigkeit)),
        "variante": "",
        "basis": "",
        "gebietsstand": rechner.raeume.gebietsstand,
        "quelle": ",".join(sorted(teil.quellen)),
        "lieferung": "",
        "stand": teil.stand,
        "fundstelle": "; ".join(("Summe der Gemeinden", *teil.anmerkungen)),
    }


def _mask(zeile: dict[str, Any], katalog: Katalog, schwellen: Mapping[str, int]) -> dict[str, Any]:
    ohne = {"wert": None, "wert_min": None, "wert_max": None}
    quellen = [katalog.quellen[q] for q in str(zeile["quelle"]).split(",") if q in katalog.quellen]
    if any(not darf_hinaus(q.veroeffentlichung, zeile["ebene"]) for q in quellen):
        return zeile | ohne | {"status": Status.NICHT_FREIGEGEBEN.value, "kennzeichen": ""}
    if zeile["wert"] is None or Status(zeile["status"]) in OHNE_WERT:
        return zeile | ohne
    merkmal = katalog.merkmale.get(zeile["merkmal"])
    personen = merkmal is None or merkmal.personen
    if personen and 0 < abs(zeile["wert"]) < schwelle(str(zeile["quelle"]), katalog, schwellen):
        return zeile | ohne | {"status": Status.GEHEIM.value, "kennzeichen": ""}
    return zeile


def check_merkmale(bestand: Bestand, katalog: Katalog, merkmale: Sequence[str]) -> None:
    """Refuse (AufrufError) a Merkmal that neither the catalogue nor the store knows."""
    fremde = [m for m in merkmale if m not in katalog.merkmale]
    if not fremde:
        return
    bekannt = {z["merkmal"] for z in bestand.sql("SELECT DISTINCT merkmal FROM merkmalswerte")}
    for merkmal in fremde:
        if merkmal not in bekannt:
            katalog.merkmal(merkmal)
