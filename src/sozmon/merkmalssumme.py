"""What is known about one Merkmal in one Raum at one time: delivered, summed, pieced together, or an interval.

A value delivered for a Raum beats the sum of its complete parts, which beats an
interval; of several Quellen the Merkmal's declared order decides, and every disagreement is a Meldung.
A sum with a hidden or missing part is an interval, never ``known + 0``.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from sozmon.model import OHNE_ZUORDNUNG, Meldung, Merkmal, Status, kreis_des_rests
from sozmon.teilwert import RANGFOLGE, Teilwert, compute_summe, kein_wert
from sozmon.widerspruch import Widerspruch, build_meldungen, compare_teile
from sozmon.zahlen import format_datum

if TYPE_CHECKING:
    from sozmon.bestand import Bestand
    from sozmon.katalog import Katalog
    from sozmon.raeume import Raeume, Raum


MIT_REST = "einschließlich der Fälle ohne Zuordnung zu einer Gemeinde"
"""Why a Kreis is more than its Gemeinden and regions together."""


@dataclass(slots=True)
class _Vorrat:
    """Rows of one (raum, merkmal): auspraegung → (zeitart, jahr) → [candidates]."""

    geliefert: dict[tuple[str, str, str, int], list[Mapping[str, Any]]] = field(
        default_factory=lambda: defaultdict(list)
    )
    summen: dict[tuple[str, str, str, int], list[Mapping[str, Any]]] = field(default_factory=lambda: defaultdict(list))


class Merkmalsrechner:
    """Answers ``teilwert`` for many Räume, Merkmale and years from two or three SQL questions."""

    def __init__(
        self,
        bestand: Bestand,
        katalog: Katalog,
        raeume: Raeume,
        *,
        raum_liste: Sequence[Raum],
        bedarf: Mapping[str, frozenset[str]],
        jahre: tuple[int, int] | None,
        datenstand: str = "",
    ) -> None:
        """bedarf: merkmal → the Ausprägungen asked for; jahre: inclusive, None = all."""
        self.katalog, self.raeume = katalog, raeume
        self._bedarf = {m: huelle(katalog, m, a) for m, a in bedarf.items()}
        self._widersprueche: list[Widerspruch] = []
        self._vorrat: dict[str, _Vorrat] = defaultdict(_Vorrat)
        self._speicher: dict[tuple[str, ...], Teilwert] = {}
        self._auspraegungen: dict[tuple[str, int], set[str]] = defaultdict(set)
        self._teile: dict[tuple[bool, str, str], int] = defaultdict(int)
        self._jahre: dict[tuple[str, str], set[int]] = {}
        self._teilungen = {m: {a: katalog.teilungen(a, m) for a in h} for m, h in self._bedarf.items()}
        self._wege: dict[tuple[str, int], Mapping[str, tuple[tuple[str, ...], ...]]] = {}
        self._raum = {r.raum_id: r for r in raum_liste}
        self._lade(bestand, jahre, datenstand)

    # -- loading -----------------------------------------------------------------------------------

    def _lade(self, bestand: Bestand, jahre: tuple[int, int] | None, datenstand: str) -> None:
        self.lage = _Lage(())
        merkmale = sorted(self._bedarf)
        auspraegungen = sorted(frozenset().union(*self._bedarf.values())) if self._bedarf else []
        if not merkmale or not self._raum:
            return
        ids = sorted(self._raum)
        auswahl: dict[str, Any] = {
            "merkmale": merkmale,
            "auspraegungen": auspraegungen,
            "jahre": jahre,
            "datenstand": datenstand,
        }
        frage = _lage_frage(merkmale, jahre, datenstand)
        self.lage = _Lage(bestand.sql(frage, tabellen=("merkmalswerte", "fruehere")))
        for zeile in bestand.werte(raum_ids=ids, **auswahl):
            self._vorrat[zeile["raum_id"]].geliefert[_fach(zeile)].append(zeile)
        for personen in (True, False):
            additiv = [m for m in merkmale if self._merkmal(m).additiv and self._merkmal(m).personen is personen]
            # an area has its uninhabited parts, a count of persons has none there
            auch = (OHNE_ZUORDNUNG,) if personen else (OHNE_ZUORDNUNG, "unbewohnt")
            zuordnung = self.raeume.zuordnung(self._summen_ids(), self.lage.gebietsstaende(additiv), auch=auch)
            for z in zuordnung:
                self._teile[personen, z.raum_neu, z.gebietsstand] += not kreis_des_rests(z.raum_alt)
            if zuordnung and additiv:
                for zeile in bestand.summen(zuordnung=zuordnung, **(auswahl | {"merkmale": additiv})):
                    self._vorrat[zeile["raum_neu"]].summen[_fach(zeile)].append(zeile)
        for vorrat in self._vorrat.values():
            for merkmal, auspraegung, zeitart, jahr in (*vorrat.geliefert, *vorrat.summen):
                self._auspraegungen[merkmal, jahr].add(auspraegung)
                self._jahre.setdefault((merkmal, zeitart), set()).add(jahr)

    def _summen_ids(self) -> list[str]:
        """Räume worth a sum. Land and Bund are summed only where nothing was delivered for them."""
        ids = []
        for raum_id, raum in self._raum.items():
            vorrat = self._vorrat.get(raum_id)
            if raum.ebene in {"land", "bund"} and vorrat is not None and self._deckt_alles(vorrat):
                continue
            ids.append(raum_id)
        return ids

    def _deckt_alles(self, vorrat: _Vorrat) -> bool:
        return {fach[0] for fach in vorrat.geliefert} >= set(self._bedarf)

    def _merkmal(self, kennung: str) -> Merkmal:
        bekannt = self.katalog.merkmale.get(kennung)
        if bekannt is not None:
            return bekannt
        # an official code without a definition: shown as delivered, never added up
        return Merkmal(kennung, kennung, "", (), (), additiv=False)

    @property
    def meldungen(self) -> list[Meldung]:
        """What the answers so far contradicted each other in."""
        return build_meldungen(self._widersprueche, self.katalog)

    # -- answering ---------------------------------------------------------------------------------

    def jahre(self, merkmal: str, zeitart: str) -> set[int]:
        """Years for which anything of this Merkmal was found."""
        return self._jahre.get((merkmal, zeitart), set())

    def teilwert(
        self, raum_id: str, merkmal: str, auspraegung: str, zeitart: str, jahr: int, zeit: str = ""
    ) -> Teilwert:
        """What is known; ``zeit`` narrows to one date of the year (empty: the last one of the year)."""
        schluessel = (raum_id, merkmal, auspraegung, zeitart, str(jahr), zeit)
        if schluessel not in self._speicher:
            self._speicher[schluessel] = self._ohne_bestand(
                self._waehle(*schluessel[:4], jahr, zeit), raum_id, jahr, zeit
            )
        return self._speicher[schluessel]

    def _waehle(self, raum_id: str, merkmal: str, auspraegung: str, zeitart: str, jahr: int, zeit: str) -> Teilwert:
        kandidaten = list(self._kandidaten(raum_id, merkmal, auspraegung, zeitart, jahr, zeit))
        self._widersprueche += compare_teile(
            self._merkmal(merkmal), auspraegung, self._raum[raum_id].name, jahr, kandidaten
        )
        for teil in kandidaten:
            if teil.ist_zahl:
                return teil
        geteilt = self._aus_teilung(raum_id, merkmal, auspraegung, zeitart, jahr, zeit)
        if geteilt.ist_zahl or not kandidaten:
            return geteilt
        return min(kandidaten, key=lambda t: _rang(t.status))

    def _kandidaten(
        self, raum_id: str, merkmal: str, auspraegung: str, zeitart: str, jahr: int, zeit: str
    ) -> Iterator[Teilwert]:
        """Delivered values and sums, best first: by the Merkmal's order of Quellen, delivered before summed."""
        vorrat = self._vorrat.get(raum_id)
        if vorrat is None:
            return
        fach = (merkmal, auspraegung, zeitart, jahr)
        geliefert = _einer_zeit(vorrat.geliefert.get(fach, ()), zeit)
        summen = _einer_zeit(vorrat.summen.get(fach, ()), zeit)
        ordnung = self._merkmal(merkmal).quellen
        quellen = sorted({z["quelle"] for z in (*geliefert, *summen)}, key=lambda q: (_stelle(ordnung, q), q))
        for quelle in quellen:
            eigene = [z for z in geliefert if z["quelle"] == quelle]
            passende = _neueste([z for z in summen if z["quelle"] == quelle])
            rest = {z["stand"] for z in passende if _n_rest(z)}
            for z in _neueste(eigene):
                if self._gilt(z, raum_id, merkmal):
                    yield self._geliefert(z, raum_id, merkmal, z["stand"] in rest)
            yield from (self._summe(z, raum_id) for z in passende)

    def _gilt(self, zeile: Mapping[str, Any], raum_id: str, merkmal: str) -> bool:
        """A Gemeinde's delivered count enters through the sum (which converts it); a rate is taken as it is."""
        return self._raum[raum_id].ebene != "gemeinde" or not self._merkmal(merkmal).additiv

    def _geliefert(self, zeile: Mapping[str, Any], raum_id: str, merkmal: str, rest: bool = False) -> Teilwert:
        anmerkungen: tuple[str, ...] = (MIT_REST,) if rest else ()
        if not self._merkmal(merkmal).additiv and self._fremder_stand(raum_id, zeile["gebietsstand"]):
            anmerkungen += (f"Gebietsstand {format_datum(zeile['gebietsstand'])}",)
        return Teilwert(
            zeile["wert"],
            zeile["wert_min"],
            zeile["wert_max"],
            Status(zeile["status"]),
            zeit=zeile["zeit"],
            herkunft=frozenset({(zeile["quelle"], zeile["stand"])}),
            kennzeichen=frozenset(zeile["kennzeichen"]),
            anmerkungen=anmerkungen,
            genauigkeit=frozenset({zeile["genauigkeit"]}),
        )

    def _fremder_stand(self, raum_id: str, gebietsstand: str) -> bool:
        """True when this Gemeinde's borders were others then: its rate is told with the borders it holds for."""
        return self._raum[raum_id].ebene == "gemeinde" and self.raeume.unveraendert(raum_id, gebietsstand) is False

    def _summe(self, zeile: Mapping[str, Any], raum_id: str) -> Teilwert:
        """One row of the SQL sum → Teilwert, complete only when every expected Gemeinde is there."""
        fehlend = self._fehlende(raum_id, zeile)
        offen = int(zeile["anzahl"]) - int(zeile["n_wert"]) - int(zeile["n_null_genau"]) - int(zeile["n_null_gerundet"])
        vollstaendig = fehlend == 0 and offen == 0
        einziger = int(zeile["anzahl"]) == 1 and fehlend == 0
        return Teilwert(
            zeile["wert"] if vollstaendig else None,
            zeile["wert_min"] if zeile["wert_min"] is not None else (zeile["wert_bekannt"] or None),
            zeile["wert_max"] if fehlend == 0 else None,
            _status_der_summe(zeile, vollstaendig, einziger),
            zeit=zeile["zeit"],
            herkunft=frozenset({(zeile["quelle"], zeile["stand"])}),
            kennzeichen=frozenset(zeile["kennzeichen"]),
            umrechnung=zeile["umrechnung"],
            anmerkungen=(*self._luecken(raum_id, zeile, fehlend), *((MIT_REST,) if _n_rest(zeile) else ())),
            genauigkeit=frozenset({zeile["genauigkeit"]}),
        )

    def _fehlende(self, raum_id: str, zeile: Mapping[str, Any]) -> int | None:
        """How many of the Räume that must be there have no row; None when nobody knows which must."""
        if self.raeume.erwartet(raum_id, zeile["gebietsstand"]) is None:
            return None
        personen = self._merkmal(zeile["merkmal"]).personen
        da = int(zeile["anzahl"]) - _n_rest(zeile)  # what belongs to no Gemeinde need not be there
        return self._teile[personen, raum_id, zeile["gebietsstand"]] - da

    def _luecken(self, raum_id: str, zeile: Mapping[str, Any], fehlend: int | None) -> tuple[str, ...]:
        hindernis = self.raeume.hindernis(raum_id, zeile["gebietsstand"])
        if hindernis:
            return (hindernis,)
        if fehlend is None:
            return (f"Vollständigkeit ungeprüft: kein Gemeindeverzeichnis zum {format_datum(zeile['gebietsstand'])}",)
        if fehlend > 0:
            wort = "1 Gemeinde fehlt" if fehlend == 1 else f"{fehlend} Gemeinden fehlen"
            return (wort,)
        return ()

    def _aus_teilung(
        self, raum_id: str, merkmal: str, auspraegung: str, zeitart: str, jahr: int, zeit: str
    ) -> Teilwert:
        """The best declared partition; without any the reason why nothing is known."""
        bester: Teilwert | None = None
        for teilung in self._gangbar(merkmal, jahr).get(auspraegung, ()):
            teile = [self.teilwert(raum_id, merkmal, a, zeitart, jahr, zeit) for a in teilung]
            if any(t.status is Status.NICHT_GELIEFERT for t in teile):
                continue  # a part that was never delivered makes this partition no way to the whole
            summe = compute_summe([(1, t) for t in teile])
            if summe.ist_zahl:
                return summe
            bester = bester or summe
        return bester or self._ohne_alles(raum_id, merkmal, jahr)

    def _gangbar(self, merkmal: str, jahr: int) -> Mapping[str, tuple[tuple[str, ...], ...]]:
        """Ausprägung → the partitions whose parts all occur in that year, themselves or by partition.

        Found once per Merkmal and year: the dimensions multiply, and most declared ways are not delivered.
        """
        if (merkmal, jahr) not in self._wege:
            da = self._auspraegungen[merkmal, jahr]
            wege = self._teilungen.get(merkmal, {})
            while True:
                neu = {a for a, liste in wege.items() if a not in da and any(set(t) <= da for t in liste)}
                if not neu:
                    break
                da = da | neu
            self._wege[merkmal, jahr] = {
                a: gute for a, liste in wege.items() if (gute := tuple(t for t in liste if set(t) <= da))
            }
        return self._wege[merkmal, jahr]

    def _ohne_alles(self, raum_id: str, merkmal: str, jahr: int) -> Teilwert:
        """Nothing adds up: because the Ebene has it not, because the borders are not known, or because none came."""
        if self._nicht_auf_ebene(raum_id, merkmal, jahr):
            return kein_wert(Status.NICHT_AUF_EBENE)
        hindernisse = (self.raeume.hindernis(raum_id, stand) for stand in self.lage.staende(merkmal, jahr))
        gruende = tuple(dict.fromkeys(h for h in hindernisse if h))
        return kein_wert(Status.UNVOLLSTAENDIG if gruende else Status.NICHT_GELIEFERT, anmerkungen=gruende)

    def _nicht_auf_ebene(self, raum_id: str, merkmal: str, jahr: int) -> bool:
        ebenen = self.lage.ebenen(merkmal, jahr)
        eigene = self._raum[raum_id].ebene
        summierbar = self._merkmal(merkmal).additiv and "gemeinde" in ebenen and eigene != "gemeinde"
        return bool(ebenen) and eigene not in ebenen and not summierbar

    def _ohne_bestand(self, teil: Teilwert, raum_id: str, jahr: int, zeit: str) -> Teilwert:
        """A sign, or nothing, for a Raum that did not exist then: say that (the offices print ``-`` for it)."""
        if teil.wert not in (None, 0.0) or teil.umrechnung:
            return teil
        tag = next((t for t in (zeit, teil.zeit) if len(t) == 10), f"{jahr}-12-31")
        if teil.status is not Status.WERT and self.raeume.existiert(raum_id, tag) is False:
            return kein_wert(Status.RAUM_BESTAND_NICHT, zeit=teil.zeit, herkunft=teil.herkunft)
        return teil


def _n_rest(zeile: Mapping[str, Any]) -> int:
    """1 when the row 'ohne Zuordnung' of the Kreis is in the sum."""
    return int(zeile.get(f"n_{OHNE_ZUORDNUNG}") or 0)


def _lage_frage(merkmale: Sequence[str], jahre: tuple[int, int] | None, datenstand: str) -> str:
    """Where values lie, asked of the tables themselves: only which places there are, so no precedence is needed."""
    liste = ", ".join("'" + m.replace("'", "''") + "'" for m in merkmale)
    wo = f"merkmal IN ({liste})" + (f" AND jahr BETWEEN {jahre[0]} AND {jahre[1]}" if jahre else "")
    wo += f" AND stand <= '{datenstand}'" if datenstand else ""
    spalten = "merkmal, jahr, ebene, gebietsstand"
    frage = f"SELECT DISTINCT {spalten} FROM merkmalswerte WHERE {wo}"
    return f"{frage} UNION SELECT DISTINCT {spalten} FROM fruehere WHERE {wo}" if datenstand else frage


def huelle(katalog: Katalog, merkmal: str, auspraegungen: Iterable[str]) -> frozenset[str]:
    """All Ausprägungen of a Merkmal from which the asked ones can be pieced together, themselves among them."""
    offen, gesehen = list(auspraegungen), set[str]()
    while offen:
        a = offen.pop()
        if a not in gesehen:
            gesehen.add(a)
            offen.extend(teil for teilung in katalog.teilungen(a, merkmal) for teil in teilung)
    return frozenset(gesehen)


class _Lage:
    """Which Ebenen and Gebietsstände a Merkmal comes on, per year."""

    def __init__(self, zeilen: Iterable[Mapping[str, Any]]) -> None:
        self._ebenen: dict[tuple[str, int], set[str]] = defaultdict(set)
        self._staende: dict[tuple[str, int], set[str]] = defaultdict(set)
        for z in zeilen:
            self._ebenen[z["merkmal"], z["jahr"]].add(z["ebene"])
            if z["ebene"] == "gemeinde":
                self._staende[z["merkmal"], z["jahr"]].add(z["gebietsstand"])

    def ebenen(self, merkmal: str, jahr: int) -> set[str]:
        return self._ebenen.get((merkmal, jahr), set())

    def staende(self, merkmal: str, jahr: int) -> list[str]:
        """Gebietsstände of the Gemeinde values of one year."""
        return sorted(self._staende.get((merkmal, jahr), ()))

    def gebietsstaende(self, merkmale: Iterable[str]) -> list[str]:
        """All Gebietsstände on which these Merkmale came."""
        gesucht = set(merkmale)
        return sorted({stand for (m, _), staende in self._staende.items() if m in gesucht for stand in staende})


def _fach(zeile: Mapping[str, Any]) -> tuple[str, str, str, int]:
    return zeile["merkmal"], zeile["auspraegung"], zeile["zeitart"], int(zeile["jahr"])


def _einer_zeit(zeilen: Sequence[Mapping[str, Any]], zeit: str) -> list[Mapping[str, Any]]:
    """Rows of the asked date; without one, of the last date of the year (31.12. before any other)."""
    if not zeilen:
        return []
    gewollt = zeit or max(z["zeit"] for z in zeilen)
    return [z for z in zeilen if z["zeit"] == gewollt]


def _neueste(zeilen: Sequence[Mapping[str, Any]]) -> list[Mapping[str, Any]]:
    """Of several Gebietsstände or Fortschreibungsbasen of one value the newest data state, then the newest borders."""
    if not zeilen:
        return []
    return [max(zeilen, key=lambda z: (z["stand"], z["gebietsstand"], z["basis"]))]


def _status_der_summe(zeile: Mapping[str, Any], vollstaendig: bool, einziger: bool) -> Status:
    anzahl = int(zeile["anzahl"])
    if vollstaendig:
        if int(zeile["n_null_genau"]) == anzahl:
            return Status.NULL_GENAU
        return Status.NULL_GERUNDET if int(zeile["n_wert"]) == 0 else Status.WERT
    if einziger:
        return next(
            (s for s in RANGFOLGE if int(zeile.get(f"n_{s.value}", 0) or 0)),
            Status.NICHT_GELIEFERT,
        )
    return Status.UNVOLLSTAENDIG


def _rang(status: Status) -> int:
    return RANGFOLGE.index(status) if status in RANGFOLGE else -1


def _stelle(ordnung: Sequence[str], quelle: str) -> int:
    return ordnung.index(quelle) if quelle in ordnung else len(ordnung)
