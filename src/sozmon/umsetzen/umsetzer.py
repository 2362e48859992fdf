"""The conversion itself: codes, times, breakdowns, cells and keys of one file or one piece of it."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from typing import Any

import numpy as np
import pyarrow as pa

from sozmon.arrow import als_numpy
from sozmon.entwurf.merkmale import faktor
from sozmon.katalog import fuege_zusammen, zerlege
from sozmon.katalogtext import ZEITARTWORTE
from sozmon.model import Fundstelle, Meldung, Merkmal, Quelle, Status, Stufe, Zuordnung
from sozmon.pruefungen.namen import Namenspaar, ist_derselbe
from sozmon.quellen.gitter import spaltenname
from sozmon.quellen.kombination import Spalte, Zahlen, gruppen, je_gruppe
from sozmon.quellen.roh import Roh
from sozmon.quellen.werte import Wert, parse_wert
from sozmon.quellen.zeilenwahl import KREISZEILE
from sozmon.quellen.zeiten import Zeit, als_zeitart, parse_zeit, stichtag_von
from sozmon.umsetzen import texte
from sozmon.umsetzen.modell import SCHEMA, SCHEMA_KODIERT, Rahmen, Sammelmeldung, Umgesetzt
from sozmon.umsetzen.namen import namensmeldungen
from sozmon.umsetzen.orte import Ort, Ortssuche
from sozmon.umsetzen.texte import sichtbar

_ZAHLEN = ("zahl", "zeile", "spalte")
_FRAGLICH = {",": re.compile(r"[1-9][0-9]{0,2},[0-9]{3}"), ".": re.compile(r"[1-9][0-9]{0,2}\.[0-9]{3}")}
"""Decimal mark → a number that would be a thousand times larger if the mark were the other one."""


_MASSSTAEBE = (
    (re.compile(r"(?<!je )(?<!per )\b(1[ .]?000|Tsd|Tausend|thousand)\b", re.I), 1e3),
    (re.compile(r"\b(Mill|Mio|Millionen|million)\b", re.I), 1e6),
    (re.compile(r"\b(Mrd|Milliarden|billion)\b", re.I), 1e9),
)
"""What a unit says of the size of its numbers → what they are to be multiplied with."""
_PROZENT = re.compile(r"%|Prozent|per ?cent", re.I)


class _Zeitart(ValueError):
    """A time of a kind that the Merkmal does not have."""


def setze_um(roh: Roh, rahmen: Rahmen) -> Umgesetzt:
    """Convert all Rohwerte of a file; with any fehler in ``meldungen`` the caller must not store the table."""
    neu, meldungen = setze_stueck_um(roh, rahmen)
    neu.meldungen = [m.fertig() if isinstance(m, Sammelmeldung) else m for m in meldungen]
    neu.meldungen = beurteile_nullen(neu.meldungen, rahmen)
    return neu


def beurteile_nullen(meldungen: Sequence[Meldung], rahmen: Rahmen) -> list[Meldung]:
    """Repair nothing in a file where only some keys lost their zero: Excel would have taken it from all."""
    if len(rahmen.nullen) < 2:
        return list(meldungen)
    return [
        replace(m, stufe=Stufe.FEHLER, text=m.text + texte.NULLEN_GEMISCHT) if m.kennung == "fuehrende_null" else m
        for m in meldungen
    ]


def setze_stueck_um(roh: Roh, rahmen: Rahmen) -> tuple[Umgesetzt, list[Meldung | Sammelmeldung]]:
    """Convert a part of a file; its Meldungen come apart, to be put together with those of the other parts."""
    umsetzer = _Umsetzer(roh, rahmen)
    return umsetzer.run(), umsetzer.meldungen


class _Umsetzer:
    def __init__(self, roh: Roh, rahmen: Rahmen) -> None:
        self.roh, self.rahmen, self.quelle = roh, rahmen, rahmen.quelle
        self.meldungen: list[Meldung | Sammelmeldung] = []
        self.spalten = {s: Spalte.aus(roh.tabelle.column(s)) for s in roh.tabelle.schema.names if s not in _ZAHLEN}
        self.zeile, self.spalte, self.zahl = (als_numpy(roh.tabelle.column(s)) for s in ("zeile", "spalte", "zahl"))
        self.abgelehnt = np.zeros(roh.tabelle.num_rows, bool)
        self.ortsschluessel: list[tuple[str, str]] = []
        self.ausserhalb = 0
        self.offen = False
        self.suche = Ortssuche(rahmen)

    def run(self) -> Umgesetzt:
        zuordnungen, zu = self._zuordnungen()
        zeiten, zeit = self._zeiten(zuordnungen, zu)
        gebietsstand = self._gebietsstaende(zeiten, zeit)
        auspraegung = self._auspraegungen(zuordnungen, zu, zeiten, zeit)
        werte, wert = self._werte()
        self._pruefe_einheit(zuordnungen, zu)
        self._pruefe_komma(zuordnungen, zu)
        self._pruefe_anzahl(zuordnungen, zu, werte, wert, np.array([z.zeitart for z in zeiten] or [""])[zeit])
        orte, ort = self._orte(gebietsstand)
        behalten, status = self._entscheide(orte, ort, werte, wert, gebietsstand)
        if self.quelle.form == "tabelle":
            self._pruefe_doppelte(orte, ort, (zu, zeit, auspraegung.stellen), behalten & ~self.abgelehnt)
        zeilen = np.flatnonzero(behalten & ~self.abgelehnt).astype(np.int64)
        faktor = np.array([z.faktor for z in zuordnungen] or [1.0])[zu]

        def zahlen(art: str) -> Any:
            je = np.array([np.nan if getattr(w, art) is None else getattr(w, art) for w in werte] or [np.nan], float)
            spalte = np.where(np.isnan(self.zahl), je[wert], self.zahl) * faktor
            leer = [status.worte.index(s) for s in (Status.RAUM_BESTAND_NICHT, Status.NICHT_GELIEFERT)]
            spalte[np.isin(status.stellen, leer)] = np.nan
            return pa.array(spalte[zeilen], from_pandas=True)

        def aus(worte: Sequence[str], stellen: Zahlen) -> Any:
            return als_arrow(Spalte(stellen, worte))

        def als_arrow(spalte: Spalte) -> Any:
            return spalte.eindeutig().kodiert(zeilen) if self.rahmen.kodiert else spalte.arrow(zeilen)

        def fest(text: str) -> Any:
            return als_arrow(Spalte(np.zeros(self.roh.tabelle.num_rows, np.int64), [text]))

        tabelle = pa.table(
            {
                "raum_id": aus([o.raum_id for o in orte], ort),
                "ebene": aus([o.ebene for o in orte], ort),
                "zeit": aus([z.zeit for z in zeiten], zeit),
                "zeitart": aus([z.zeitart for z in zeiten], zeit),
                "jahr": pa.array(np.array([int(z.zeit[:4]) for z in zeiten] or [0], np.int32)[zeit][zeilen]),
                "merkmal": aus([z.merkmal for z in zuordnungen], zu),
                "auspraegung": als_arrow(auspraegung),
                "wert": zahlen("wert"),
                "wert_min": zahlen("minimum"),
                "wert_max": zahlen("maximum"),
                "status": als_arrow(status),
                "kennzeichen": aus([w.kennzeichen for w in werte], wert),
                "genauigkeit": aus([z.genauigkeit for z in zuordnungen], zu),
                "variante": aus([z.variante for z in zuordnungen], zu),
                "basis": aus([z.basis for z in zuordnungen], zu),
                "gebietsstand": als_arrow(gebietsstand),
                "quelle": fest(self.quelle.kennung),
                "lieferung": fest(self.rahmen.lieferung),
                "stand": fest(self.rahmen.stand),
                "fundstelle": self._fundstellen(zeilen),
            },
            schema=SCHEMA_KODIERT if self.rahmen.kodiert else SCHEMA,
        )
        geheim = int((status.stellen[zeilen] == status.worte.index(Status.GEHEIM_QUELLE)).sum())
        return Umgesetzt(
            tabelle,
            [],
            int(self.abgelehnt.sum()),
            geheim,
            self.ausserhalb,
            self.offen,
            max((g for g in gebietsstand.worte), default=""),
            tuple(self.suche.namen_offen),
        )

    # ---------------------------------------------------------------------------------- codes → Merkmale

    def _zuordnungen(self) -> tuple[list[Zuordnung], Zahlen]:
        erklaert = zuordnungen_von(self.quelle)
        fehlend: dict[str, str] = {}

        def suche(statistik: str, code: str) -> Zuordnung:
            for z in erklaert.get(code, ()):
                if z.statistik in ("", statistik):
                    return z
            fehlend[code] = self.roh.beschriftung.get(code, "")
            return Zuordnung(code, code)

        gefunden, zeilen = je_gruppe(suche, self.spalten["statistik"], self.spalten["code"])
        if fehlend:
            abhilfe = f"Eine Zuordnung in der Quelle „{self.quelle.kennung}“ ergänzen."
            self.meldungen.append(
                Sammelmeldung(
                    Meldung("ohne_zuordnung", Stufe.INFO, "", abhilfe=abhilfe),
                    {code: f"{code}{f' ({label})' if label else ''}" for code, label in fehlend.items()},
                    texte.ohne_zuordnung,
                )
            )
        return gefunden, zeilen

    # ---------------------------------------------------------------------------------- time

    def _zeiten(self, zuordnungen: Sequence[Zuordnung], zu: Zahlen) -> tuple[list[Zeit], Zahlen]:
        fest = self._feste_zeit()
        erste, gruppe = gruppen(self.spalten["zeit"].stellen, zu)
        zeiten, falsch = [], set()
        for nummer, i in enumerate(erste):
            z = zuordnungen[zu[i]]
            try:
                zeit = parse_zeit(self.spalten["zeit"][int(i)] or fest)
                vorgabe = z.zeitart or (self.quelle.zeitart if not self.spalten["zeitcode"][int(i)] else "")
                zeiten.append(self._zulaessig(als_zeitart(zeit, vorgabe), z.merkmal))
            except _Zeitart as fehler:
                self._melde("zeitart_fremd", Stufe.FEHLER, f"{fehler}.", int(i), abhilfe=texte.HILFE_ZEITART)
            except ValueError as fehler:
                self._melde("zeit", Stufe.FEHLER, f"Zeitangabe nicht lesbar: {fehler}.", int(i))
            if len(zeiten) == nummer:
                zeiten.append(Zeit("1800", "jahr"))
                falsch.add(nummer)
        if falsch:
            self.abgelehnt |= np.isin(gruppe, list(falsch))
        return zeiten, gruppe

    def _zulaessig(self, zeit: Zeit, kennung: str) -> Zeit:
        """The same; _Zeitart when the Merkmal has no times of that kind ('2022/23' for a Stichtag)."""
        merkmal = self.rahmen.katalog.merkmale.get(kennung)
        if merkmal is not None and zeit.zeitart not in merkmal.zeitart:
            arten = " oder ".join(ZEITARTWORTE[art] for art in merkmal.zeitart)
            raise _Zeitart(f"„{zeit.zeit}“ gilt {ZEITARTWORTE[zeit.zeitart]}, „{merkmal.titel}“ gibt es nur {arten}")
        return zeit

    def _feste_zeit(self) -> str:
        """The Quelle's fixed time, or the one that its pattern finds in the file; '' without one. Not read yet."""
        if self.quelle.zeit_muster and not self.quelle.zeit:
            treffer = [[t[1] for t in re.finditer(self.quelle.zeit_muster, text)] for text in self.rahmen.texte]
            gefunden = next((list(dict.fromkeys(t)) for t in treffer if t), [""])
            if len(gefunden) > 1:
                text = f"Der Zeitpunkt ist nicht eindeutig: {' oder '.join(gefunden)} steht über der Tabelle."
                self._melde("zeit", Stufe.FEHLER, text, 0, abhilfe="In der Quelle zeit_muster enger fassen.")
                self.abgelehnt[:] = True
            return gefunden[0]
        return self.quelle.zeit

    def _gebietsstaende(self, zeiten: Sequence[Zeit], zeit: Zahlen) -> Spalte:
        regel = self.quelle.gebietsstand
        if regel == "zeit":
            worte = [stichtag_von(z) for z in zeiten]
        elif regel == "letztes_jahr":
            jahr = self.rahmen.letztes_jahr or max((int(z.zeit[:4]) for z in zeiten), default=0)
            worte = [f"{jahr}-12-31"] * len(zeiten)
        else:
            worte = [regel] * len(zeiten)
        return Spalte(zeit, worte).eindeutig()

    # ---------------------------------------------------------------------------------- breakdowns

    def _auspraegungen(
        self, zuordnungen: Sequence[Zuordnung], zu: Zahlen, zeiten: Sequence[Zeit], zeit: Zahlen
    ) -> Spalte:
        kodierungen = {k.variable: k for k in self.quelle.kodierungen}
        unbekannt: dict[str, None] = {}
        erste, gruppe = gruppen(self.spalten["merkmale"].stellen, zu, zeit)
        worte = []
        for i in erste:
            teile: dict[str, str] = {}
            for stueck in filter(None, self.spalten["merkmale"][int(i)].split("|")):
                variable, _, code = stueck.partition("=")
                k = kodierungen.get(variable)
                if k is not None and code in k.werte:
                    teile[k.dimension] = k.werte[code]
                elif self.quelle.form == "tabelle":  # its reader has put values of dimensions there
                    teile[variable] = code
                else:
                    teile[k.dimension if k else variable] = code
                    unbekannt[stueck if k else variable] = None
            z = zuordnungen[zu[i]]
            teile |= zerlege(z.auspraegung) | zerlege(zeiten[zeit[i]].zusatz)
            worte.append(fuege_zusammen(teile))
        if unbekannt:
            worte_je = {c: f"{c}{f' ({b})' if (b := self.roh.beschriftung.get(c, '')) else ''}" for c in unbekannt}
            meldung = Meldung("ohne_kodierung", Stufe.INFO, "")
            self.meldungen.append(Sammelmeldung(meldung, worte_je, texte.ohne_kodierung))
        return Spalte(gruppe, worte).eindeutig()

    # ---------------------------------------------------------------------------------- cells

    def _werte(self) -> tuple[list[Wert], Zahlen]:
        zahlen = "en" if self.roh.sprache == "en" else self.quelle.zahlen
        gruende: dict[str, list[int]] = defaultdict(list)
        erste, gruppe = gruppen(
            self.spalten["wert"].stellen, self.spalten["zusatz"].stellen, np.isnan(self.zahl).astype(np.int64)
        )
        werte, falsch, gemerkt = [], [], self.rahmen.gemerkt
        als_zahl = (~np.isnan(self.zahl[erste])).tolist()
        zellen = zip(self.spalten["wert"].auswahl(erste), self.spalten["zusatz"].auswahl(erste), strict=True)
        for nummer, (i, ist_zahl, zelle) in enumerate(zip(erste, als_zahl, zellen, strict=True)):
            if ist_zahl:
                werte.append(Wert(0.0, 0.0, 0.0, Status.WERT.value))
                continue
            try:
                if zelle not in gemerkt:
                    gemerkt[zelle] = parse_wert(*zelle, self.quelle, zahlen)
                werte.append(gemerkt[zelle])
            except ValueError as fehler:
                werte.append(Wert(None, None, None, Status.NICHT_GELIEFERT.value))
                falsch.append(nummer)
                gruende[texte.mit_zeichen(str(fehler), self.spalten["wert"][int(i)])].append(nummer)
        if falsch:
            self.abgelehnt |= np.isin(gruppe, falsch)
            anzahl = np.bincount(gruppe)
            for grund, nummern in gruende.items():
                zeile = int(min(erste[n] for n in nummern))
                self._melde(
                    "wert",
                    Stufe.FEHLER,
                    f"Zelle nicht lesbar: {grund}.",
                    zeile,
                    int(anzahl[nummern].sum()),
                    texte.HILFE_WERT,
                )
        return werte, gruppe

    def _pruefe_komma(self, zuordnungen: Sequence[Zuordnung], zu: Zahlen) -> None:
        """Refuse '1,234' persons: nobody counts thousandths, so the mark stands before thousands."""
        zahlen = "en" if self.roh.sprache == "en" else self.quelle.zahlen
        zeichen = "," if zahlen.startswith("de") else "."
        wert = self.spalten["wert"]
        fraglich = [i for i, w in enumerate(wert.worte) if zeichen in w and _FRAGLICH[zeichen].fullmatch(w.strip())]
        if not fraglich:
            return
        zeilen = np.isin(wert.stellen, fraglich) & np.isnan(self.zahl) & np.array(self._zaehlt(zuordnungen))[zu]
        if zeilen.any():
            self.abgelehnt |= zeilen
            marke = "Komma" if zeichen == "," else "Punkt"
            text = f"Eine Anzahl hat drei Stellen hinter dem {marke}; vermutlich sind damit Tausender getrennt."
            hilfe = f"Wenn ja, in der Quelle „{self.quelle.kennung}“ die Schreibweise (zahlen) ändern."
            self._melde("komma_fraglich", Stufe.FEHLER, text, int(np.flatnonzero(zeilen)[0]), int(zeilen.sum()), hilfe)

    def _pruefe_einheit(self, zuordnungen: Sequence[Zuordnung], zu: Zahlen) -> None:
        """Refuse thousands where the Quelle counts ones (or the other way round), and shares where it counts cases."""
        self._pruefe_leittexte(zuordnungen)
        einheit = self.spalten["einheit"]
        erste, gruppe = gruppen(einheit.stellen, zu)
        falsch: dict[int, str] = {}
        for nummer, i in enumerate(erste):
            z, text = zuordnungen[zu[i]], einheit[int(i)]
            merkmal = self.rahmen.katalog.merkmale.get(z.merkmal)
            if text and merkmal is not None and not _passt_einheit(text, z, merkmal):
                falsch[nummer] = f"„{merkmal.titel}“ ({z.code}) ist in „{text[:40]}“ geliefert"
        if falsch:
            zeilen = np.isin(gruppe, list(falsch))
            self.abgelehnt |= zeilen
            stelle = self._stelle(int(np.flatnonzero(zeilen)[0]))
            hilfe = f"In der Quelle „{self.quelle.kennung}“ faktor und merkmal dieser Maßzahl prüfen."
            meldung = Meldung("einheit_fremd", Stufe.FEHLER, "", stelle, hilfe, int(zeilen.sum()))
            worte = {text: text for text in falsch.values()}
            self.meldungen.append(Sammelmeldung(meldung, worte, texte.einheit_fremd, je_ding=False))

    def _pruefe_leittexte(self, zuordnungen: Sequence[Zuordnung]) -> None:
        """Warn of 'Angaben in 1 000' above a declared table whose Quelle knows no factor."""
        mal, worte = faktor(self.rahmen.texte) if self.quelle.form == "tabelle" else (1, "")
        if mal != 1 and all(z.faktor == 1 for z in zuordnungen):
            text = f"In der Tabelle steht „{worte}“; die Quelle rechnet ohne Faktor."
            self._melde(
                "einheit_fremd", Stufe.WARNUNG, text, 0, abhilfe="In der Quelle faktor bei der Spalte ergänzen."
            )

    def _zaehlt(self, zuordnungen: Sequence[Zuordnung]) -> list[bool]:
        """Is it a number of persons, as it is counted?"""
        merkmale = (self.rahmen.katalog.merkmale.get(z.merkmal) for z in zuordnungen)
        return [
            m is not None and m.personen and m.additiv and z.faktor == 1
            for m, z in zip(merkmale, zuordnungen, strict=True)
        ] or [False]

    def _pruefe_anzahl(
        self, zuordnungen: Sequence[Zuordnung], zu: Zahlen, werte: Sequence[Wert], wert: Zahlen, zeitarten: Any
    ) -> None:
        """Refuse fractions of persons; only an average over a year has them."""
        je = np.array([w.wert if w.wert is not None else 0.0 for w in werte] or [0.0])
        zahl = np.where(np.isnan(self.zahl), je[wert], self.zahl)
        zeilen = np.array(self._zaehlt(zuordnungen))[zu] & (zeitarten != "jahresmittel") & (zahl != np.rint(zahl))
        zeilen &= ~self.abgelehnt
        if zeilen.any():
            self.abgelehnt |= zeilen
            text = "Eine Anzahl von Personen ist keine ganze Zahl."
            hilfe = (
                "Sind damit Tausender getrennt, oder ist es ein Anteil? Beim Amt nachfragen und die Zelle berichtigen."
            )
            stelle = int(np.flatnonzero(zeilen)[0])
            self._melde("anzahl_gebrochen", Stufe.FEHLER, text, stelle, int(zeilen.sum()), hilfe)

    # ---------------------------------------------------------------------------------- keys

    def _orte(self, gebietsstand: Spalte) -> tuple[list[Ort], Zahlen]:
        schluessel, art, name = self.spalten["schluessel"], self.spalten["raumart"], self.spalten["name"]
        erste, gruppe = gruppen(schluessel.stellen, art.stellen, gebietsstand.stellen)
        kennzeichen, arten = schluessel.auswahl(erste), art.auswahl(erste)
        self.ortsschluessel = list(zip(kennzeichen, arten, strict=True))
        fragen = zip(kennzeichen, arten, gebietsstand.auswahl(erste), name.auswahl(erste), strict=True)
        return self.suche.orte(list(fragen)), gruppe

    def _entscheide(
        self, orte: Sequence[Ort], ort: Zahlen, werte: Sequence[Wert], wert: Zahlen, gebietsstand: Spalte
    ) -> tuple[Any, Spalte]:
        """Which rows are stored, and their status; Meldungen for all that are not."""
        status = Spalte(wert, [w.status for w in werte]).eindeutig()
        worte = list(status.worte)
        for noetig in (Status.RAUM_BESTAND_NICHT, Status.GEHEIM_QUELLE, Status.NULL_GENAU, Status.NICHT_GELIEFERT):
            if noetig not in worte:
                worte.append(noetig.value)
        arten = np.array([o.art for o in orte] or [""])[ort]
        hat_wert = np.isin(np.array(worte)[status.stellen], (Status.WERT.value, Status.UNSICHER.value)) & ~(
            np.array([w.wert is None for w in werte] or [True])[wert] & np.isnan(self.zahl)
        )
        eigen = np.array(
            [bool(self.rahmen.kreis) and o.gefragt.startswith(self.rahmen.kreis) for o in orte] or [False]
        )[ort]
        fremd = np.isin(arten, ("unbekannt", "mehrdeutig", "frueher", "regel"))
        behalten = np.isin(arten, ("sicher", "vorlaeufig", "repariert"))
        stellen = status.stellen.copy()
        ehemals = (arten == "frueher") & ~hat_wert
        stellen[ehemals] = worte.index(Status.RAUM_BESTAND_NICHT)
        behalten |= ehemals
        # "-" also stands for a Raum that no longer exists: without a register it must not become a zero
        stellen[(arten == "vorlaeufig") & (stellen == worte.index(Status.NULL_GENAU))] = worte.index(
            Status.NICHT_GELIEFERT
        )
        self.offen = bool((arten != "sicher").any()) or self._ist_ungefaehr(gebietsstand)
        self._melde_schluessel(orte, ort, fremd & hat_wert & eigen & (arten != "regel"), arten, hat_wert)
        self._melde_ausserhalb(orte, ort, fremd & hat_wert & ~eigen & (arten != "regel"), fremd & ~hat_wert & ~ehemals)
        self._melde_guete(orte, ort)
        self._melde_namen(orte, ort)
        self._melde_kreiszeile(orte)
        return behalten, Spalte(stellen, worte)

    def _pruefe_doppelte(self, orte: Sequence[Ort], ort: Zahlen, schluessel: Sequence[Zahlen], behalten: Any) -> None:
        """Refuse rows of one Raum under different names: parts of it, or two kinds of rest, are no doubles."""
        nummer = {r: n for n, r in enumerate(dict.fromkeys(o.raum_id for o in orte))}
        raum = np.array([nummer[o.raum_id] for o in orte] or [0], np.int64)[ort]
        stellen = np.flatnonzero(behalten)
        erste, gruppe = gruppen(raum[stellen], *(s[stellen] for s in schluessel))
        if len(erste) == len(stellen):
            return
        gemeldet: set[tuple[int, str, str]] = set()
        for k, i in enumerate(stellen):
            j = int(stellen[erste[gruppe[k]]])
            a, b = (self.spalten["name"][n] or self.spalten["schluessel"][n] for n in (j, int(i)))
            if i == j or a == b or ist_derselbe(a, b) or (fall := (int(raum[i]), a, b)) in gemeldet:
                continue
            gemeldet.add(fall)
            text = f"„{sichtbar(a)}“ und „{sichtbar(b)}“ gelten beide für {orte[ort[i]].raum_id}; addiert wird nicht."
            self._melde("doppelt_name", Stufe.FEHLER, text, int(i), abhilfe=texte.HILFE_DOPPELT)

    def _ist_ungefaehr(self, gebietsstand: Spalte) -> bool:
        """True when no register or change list settles the borders of one of the dates: then a later one may."""
        if self.rahmen.eigenes_register:
            return False
        return any(self.rahmen.raeume.strahl.lage(tag).art != "exakt" for tag in gebietsstand.worte)

    def _melde_schluessel(self, orte: Sequence[Ort], ort: Zahlen, eigene: Any, arten: Any, hat_wert: Any) -> None:
        """Values under a key of the own Kreis that the register does not know, and keys that are none."""
        for zeilen, kennung in (
            (eigene, "schluessel_unbekannt"),
            (arten == "falsch", "schluessel_falsch"),
            (arten == "name", "name_unbekannt"),
            ((arten == "regel") & hat_wert, "zeile_ohne_regel"),
            (arten == "kreis_fremd", "kreis_fremd"),
        ):
            self.abgelehnt |= zeilen
            stellen = np.flatnonzero(zeilen)
            nummern, erste, anzahl = np.unique(ort[zeilen], return_index=True, return_counts=True)
            for nummer, i, n in list(zip(nummern, erste, anzahl, strict=True))[: texte.EINZELN]:
                schluessel = sichtbar(self.spalten["schluessel"][int(stellen[i])])
                text = f"{texte.NICHT[kennung].format(schluessel)} {orte[nummer].text}".strip()
                # of names there may be dozens: the remedy is the same for all, once is enough
                hilfe = texte.HILFE_SCHLUESSEL[kennung] if kennung != "name_unbekannt" or nummer == nummern[0] else ""
                self._melde(kennung, Stufe.FEHLER, text, int(stellen[i]), int(n), hilfe)
            if len(nummern) > texte.EINZELN:
                text = f"{len(nummern) - texte.EINZELN} weitere Räume sind nicht zuzuordnen."
                self._melde(kennung, Stufe.FEHLER, text, int(stellen[erste[texte.EINZELN]]))

    def _melde_ausserhalb(self, orte: Sequence[Ort], ort: Zahlen, mit_wert: Any, mit_zeichen: Any) -> None:
        if mit_wert.any():
            self.ausserhalb = int(mit_wert.sum())
            hilfe = self._vielleicht_plz(mit_wert)
            self._melde_raeume("raum_ausserhalb", Stufe.WARNUNG, orte, ort, mit_wert, texte.ausserhalb, hilfe)
        if mit_zeichen.any():
            self._melde_raeume("raum_ohne_wert", Stufe.INFO, orte, ort, mit_zeichen, texte.ohne_wert)

    def _melde_raeume(
        self,
        kennung: str,
        stufe: Stufe,
        orte: Sequence[Ort],
        ort: Zahlen,
        zeilen: Any,
        wortlaut: Callable[[Sequence[str]], str],
        hilfe: str = "",
    ) -> None:
        """One Meldung about the keys of these rows; the first one is the example."""
        erste, spalte = int(np.flatnonzero(zeilen)[0]), self.spalten["schluessel"]
        raeume = {spalte[erste]: orte[int(ort[erste])].text}
        raeume |= {spalte.worte[i]: "" for i in np.unique(spalte.stellen[zeilen]) if spalte.worte[i] != spalte[erste]}
        meldung = Meldung(kennung, stufe, "", self._stelle(erste), hilfe, anzahl=int(zeilen.sum()))
        self.meldungen.append(Sammelmeldung(meldung, raeume, wortlaut, je_ding=False))

    def _vielleicht_plz(self, zeilen: Any) -> str:
        """A hint when all unknown keys have five digits and the file knows no other: Kreise would be known."""
        schluessel = self.spalten["schluessel"]
        worte = {schluessel.worte[i] for i in np.unique(schluessel.stellen[zeilen])}
        if len(worte) < 3 or len(worte) < len(np.unique(schluessel.stellen)):
            return ""
        if not all(len(w) == 5 and w.isdecimal() for w in worte):
            return ""
        return (
            "Sind es Postleitzahlen? Daraus lassen sich keine Gemeinden bilden: das Amt um Zahlen je Gemeinde bitten."
        )

    def _melde_guete(self, orte: Sequence[Ort], ort: Zahlen) -> None:
        """Keys that were repaired, or resolved without a register of that date."""
        if any(o.art == "sicher" and s[:1] == "0" for o, (s, _) in zip(orte, self.ortsschluessel, strict=True)):
            self.rahmen.nullen.add("mit")
        for art in ("repariert", "vorlaeufig"):
            nummern = [n for n, o in enumerate(orte) if o.art == art]
            if not nummern:
                continue
            zeile = int(np.flatnonzero(np.isin(ort, nummern))[0])
            nummern.sort(key=lambda n: n != ort[zeile])  # the first one in the file is the example
            if art == "repariert":
                self.rahmen.nullen.add("ohne")
                hilfe = "Die Schlüsselspalte in Excel als Text führen."
                meldung = Meldung("fuehrende_null", Stufe.WARNUNG, "", self._stelle(zeile), hilfe)
            else:
                meldung = Meldung("raum_vorlaeufig", Stufe.INFO, "", self._stelle(zeile), self._wo_register())
            worte = {self.ortsschluessel[n]: orte[n].text for n in nummern}
            self.meldungen.append(Sammelmeldung(meldung, worte, texte.TEXT_GUETE[art]))

    def _melde_kreiszeile(self, orte: Sequence[Ort]) -> None:
        """A 'Summe' over a few Gemeinden may be that of an office for a town, not of the Kreis."""
        kreis = self.rahmen.kreis
        summe = any(
            o.raum_id == kreis and art == KREISZEILE for o, (_, art) in zip(orte, self.ortsschluessel, strict=True)
        )
        hier = {o.raum_id for o in orte if o.ebene == "gemeinde" and o.raum_id.startswith(kreis)}
        alle = len(self.rahmen.raeume.gemeinden(kreis)) if summe and hier else 0
        if len(hier) * 2 < alle:
            text = (
                f"Eine Zeile gilt als Summe des Kreises, die Datei enthält aber nur {len(hier)} von {alle} Gemeinden."
            )
            self._melde("kreiszeile_teilweise", Stufe.WARNUNG, text, 0, abhilfe=texte.HILFE_KREISZEILE)

    def _melde_namen(self, orte: Sequence[Ort], ort: Zahlen) -> None:
        """Names beside keys of the own Kreis that are not those of the Raum: a renaming, or a column that slipped."""
        if self.rahmen.eigenes_register:
            return  # a register may rename
        erste, _ = gruppen(ort, self.spalten["name"].stellen)
        stellen = (int(i) for i in erste)
        paare = (Namenspaar(orte[ort[i]].raum_id, name, i) for i in stellen if (name := self.spalten["name"][i]))
        if not self.rahmen.kodiert:
            self.meldungen += namensmeldungen(paare, self.rahmen, self._stelle)
            return
        for paar in paare:  # of a piece: judged with those of the other pieces
            if paar.raum_id.startswith(self.rahmen.kreis) and (paar.raum_id, paar.name) not in self.rahmen.namen:
                self.rahmen.namen[paar.raum_id, paar.name] = self._stelle(paar.zeile)

    def _wo_register(self) -> str:
        quelle = next((q for q in self.rahmen.katalog.quellen.values() if q.form == "gv_isys"), None)
        wo = f" {quelle.herausgeber}, {quelle.adresse}" if quelle else ""
        return (
            f"Das Gemeindeverzeichnis („Auszug GV“) zu diesem Gebietsstand importieren:{wo}. "
            "Danach wird die Datei von selbst neu gelesen."
        )

    # ---------------------------------------------------------------------------------- addresses

    def _melde(self, kennung: str, stufe: Stufe, text: str, zeile: int, anzahl: int = 1, abhilfe: str = "") -> None:
        self.meldungen.append(Meldung(kennung, stufe, text, self._stelle(zeile), abhilfe, anzahl))

    def _stelle(self, zeile: int) -> Fundstelle:
        blatt, z, s = self.spalten["blatt"][zeile], int(self.zeile[zeile]), int(self.spalte[zeile])
        if not blatt:
            return Fundstelle(zelle=f"Zeile {z + 1}, Spalte {s + 1}")
        return Fundstelle(blatt=blatt, zelle=f"{spaltenname(s)}{z + 1}")

    def _fundstellen(self, zeilen: Zahlen) -> Any:
        """'Daten!K57' or 'Zeile 12, Spalte 15' per row, built column-wise."""
        import pyarrow.compute as pc

        leer = pa.scalar("", pa.string())
        nummern = pc.cast(pa.array(self.zeile[zeilen] + 1), pa.string())
        spalten, stellen = np.unique(self.spalte[zeilen], return_inverse=True)
        blatt = self.spalten["blatt"].arrow(zeilen)
        if not len(zeilen) or not self.spalten["blatt"][int(zeilen[0])]:
            hinten = Spalte(stellen.reshape(-1), [f", Spalte {s + 1}" for s in spalten]).arrow(np.arange(len(zeilen)))
            return pc.binary_join_element_wise(pa.scalar("Zeile ", pa.string()), nummern, hinten, leer)
        vorne = Spalte(stellen.reshape(-1), [f"!{spaltenname(int(s))}" for s in spalten]).arrow(np.arange(len(zeilen)))
        return pc.binary_join_element_wise(blatt, vorne, nummern, leer)


def _passt_einheit(text: str, z: Zuordnung, merkmal: Merkmal) -> bool:
    """Does the unit of a measure say the same as factor and Merkmal? Factors that convert units (0.01) say nothing."""
    massstab = next((wert for muster, wert in _MASSSTAEBE if muster.search(text)), 1.0)
    if z.faktor in (1.0, *(wert for _, wert in _MASSSTAEBE)) and z.faktor != massstab:
        return False
    return bool(_PROZENT.fullmatch(text.strip())) == (merkmal.einheit == "%") or massstab != 1.0


def zuordnungen_von(quelle: Quelle) -> Mapping[str, list[Zuordnung]]:
    """Code → Zuordnungen of a Quelle; those for one statistic stand before those for all."""
    alle = list(quelle.zuordnungen)
    for nummer, blatt in enumerate(quelle.blaetter):
        for s in blatt.spalten:
            alle.append(Zuordnung(s.muster or s.kopf, s.merkmal, str(nummer), s.auspraegung, s.zeitart, s.faktor))
    ergebnis: dict[str, list[Zuordnung]] = defaultdict(list)
    for z in sorted(alle, key=lambda z: z.statistik == ""):
        ergebnis[z.code].append(z)
    return ergebnis
