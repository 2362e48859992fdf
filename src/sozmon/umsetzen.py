"""Rohwerte → Merkmalswerte: official codes to Merkmale, keys to Räume, cells to numbers or reasons.

Everything works on the distinct texts of a column and is spread over the rows at the end. Nothing is dropped in
silence: whatever is not stored is counted and named in a Meldung.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Any

import numpy as np
import pyarrow as pa

from sozmon.arrow import als_numpy
from sozmon.katalog import fuege_zusammen, zerlege
from sozmon.model import (
    MERKMALSWERTE,
    OHNE_ZUORDNUNG,
    Fundstelle,
    Meldung,
    Quelle,
    Status,
    Stufe,
    Zuordnung,
    kreis_des_rests,
)
from sozmon.pruefungen.namen import Namenspaar, find_anderen, find_widersprueche, sind_viele
from sozmon.quellen.gitter import spaltenname
from sozmon.quellen.kombination import Spalte, Zahlen, gruppen, je_gruppe
from sozmon.quellen.roh import Roh
from sozmon.quellen.werte import Wert, parse_wert
from sozmon.quellen.zeilenwahl import KREISZEILE
from sozmon.quellen.zeiten import Zeit, als_zeitart, parse_zeit, stichtag_von
from sozmon.raeume.namen import suche_name
from sozmon.raeume.namensvorschlag import Namensregister

if TYPE_CHECKING:
    from sozmon.katalog import Katalog
    from sozmon.raeume import Raeume

SCHEMA = pa.schema([(name, pa.type_for_alias(art)) for name, art in MERKMALSWERTE])
_VIELFAELTIG = ("fundstelle",)  # a text of its own in every row
SCHEMA_KODIERT = pa.schema(
    [
        (
            f.name,
            pa.dictionary(pa.int32(), pa.string()) if f.type == pa.string() and f.name not in _VIELFAELTIG else f.type,
        )
        for f in SCHEMA
    ]
)
"""The same with labels dictionary-encoded."""


@dataclass(frozen=True, slots=True)
class Rahmen:
    """What holds for the whole file."""

    quelle: Quelle
    katalog: Katalog
    raeume: Raeume
    kreis: str
    stand: str
    lieferung: str
    texte: Sequence[str] = ()
    eigenes_register: bool = False  # the keys are those of the register that the file itself is
    letztes_jahr: int = 0  # of the whole file, where only a piece of it is converted
    kodiert: bool = False  # labels stay dictionary-encoded: a tenth of the memory
    gemerkt: dict[tuple[str, ...], Any] = field(default_factory=dict)  # keys and cells read in pieces before
    namen: dict[tuple[str, str], Fundstelle] = field(default_factory=dict)  # (Raum, name beside it) in pieces
    nullen: set[str] = field(default_factory=set)  # keys seen "mit" and "ohne" their leading zero


@dataclass(slots=True)
class Umgesetzt:
    """Merkmalswerte of a file and what was noticed on the way."""

    tabelle: pa.Table
    meldungen: list[Meldung] = field(default_factory=list)
    abgelehnt: int = 0
    geheim: int = 0
    ausserhalb: int = 0
    offen: bool = False
    gebietsstand: str = ""
    namen_offen: tuple[str, ...] = ()
    """Spellings of Räume that nobody has confirmed."""


@dataclass(frozen=True, slots=True)
class _Ort:
    """What became of a key: ``art`` of the Aufloesung, or 'frueher' for a Raum known only on other dates."""

    raum_id: str
    ebene: str
    art: str
    text: str = ""


@dataclass(frozen=True, slots=True)
class Sammelmeldung:
    """A Meldung about several things that is worded when all of them are known; ``woerter``: the things, a text each.

    wortlaut: their texts → text of the Meldung; je_ding: it counts the things, not the values.
    """

    meldung: Meldung
    woerter: Mapping[Any, str]
    wortlaut: Callable[[Sequence[str]], str]
    je_ding: bool = True

    def fertig(self) -> Meldung:
        """The Meldung as it is reported."""
        anzahl = len(self.woerter) if self.je_ding else self.meldung.anzahl
        return replace(self.meldung, text=self.wortlaut(list(self.woerter.values())), anzahl=anzahl)

    def __add__(self, weitere: Sammelmeldung) -> Sammelmeldung:
        meldung = replace(self.meldung, anzahl=self.meldung.anzahl + weitere.meldung.anzahl)
        neue = {k: v for k, v in weitere.woerter.items() if k not in self.woerter}
        return replace(self, meldung=meldung, woerter={**self.woerter, **neue})


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
        replace(m, stufe=Stufe.FEHLER, text=m.text + _NULLEN_GEMISCHT) if m.kennung == "fuehrende_null" else m
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
        self.namen_offen: dict[str, None] = {}
        self._namen = Namensregister(rahmen.raeume)

    def run(self) -> Umgesetzt:
        zuordnungen, zu = self._zuordnungen()
        zeiten, zeit = self._zeiten(zuordnungen, zu)
        gebietsstand = self._gebietsstaende(zeiten, zeit)
        auspraegung = self._auspraegungen(zuordnungen, zu, zeiten, zeit)
        werte, wert = self._werte()
        self._pruefe_komma(zuordnungen, zu)
        orte, ort = self._orte(gebietsstand)
        behalten, status = self._entscheide(orte, ort, werte, wert, gebietsstand)
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
            tuple(self.namen_offen),
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
                    _text_ohne_zuordnung,
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
                zeiten.append(
                    als_zeitart(
                        zeit, z.zeitart or (self.quelle.zeitart if not self.spalten["zeitcode"][int(i)] else "")
                    )
                )
            except ValueError as fehler:
                self._melde("zeit", Stufe.FEHLER, f"Zeitangabe nicht lesbar: {fehler}.", int(i))
                zeiten.append(Zeit("1800", "jahr"))
                falsch.add(nummer)
        if falsch:
            self.abgelehnt |= np.isin(gruppe, list(falsch))
        return zeiten, gruppe

    def _feste_zeit(self) -> str:
        """The Quelle's fixed time, or the one that its pattern finds in the file; '' without one. Not read yet."""
        if self.quelle.zeit_muster and not self.quelle.zeit:
            suche = (re.search(self.quelle.zeit_muster, text) for text in self.rahmen.texte)
            return next((treffer[1] for treffer in suche if treffer), "")
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
            self.meldungen.append(Sammelmeldung(meldung, worte_je, _text_ohne_kodierung))
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
                gruende[_mit_zeichen(str(fehler), self.spalten["wert"][int(i)])].append(nummer)
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
                    _HILFE_WERT,
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
        merkmale = self.rahmen.katalog.merkmale
        zaehlt = [
            (m := merkmale.get(z.merkmal)) is not None and m.personen and m.additiv and z.faktor == 1
            for z in zuordnungen
        ]
        zeilen = np.isin(wert.stellen, fraglich) & np.isnan(self.zahl) & np.array(zaehlt or [False])[zu]
        if zeilen.any():
            self.abgelehnt |= zeilen
            marke = "Komma" if zeichen == "," else "Punkt"
            text = f"Eine Anzahl hat drei Stellen hinter dem {marke}; vermutlich sind damit Tausender getrennt."
            hilfe = f"Wenn ja, in der Quelle „{self.quelle.kennung}“ die Schreibweise (zahlen) ändern."
            self._melde("komma_fraglich", Stufe.FEHLER, text, int(np.flatnonzero(zeilen)[0]), int(zeilen.sum()), hilfe)

    # ---------------------------------------------------------------------------------- keys

    def _orte(self, gebietsstand: Spalte) -> tuple[list[_Ort], Zahlen]:
        schluessel, art, name = self.spalten["schluessel"], self.spalten["raumart"], self.spalten["name"]
        erste, gruppe = gruppen(schluessel.stellen, art.stellen, gebietsstand.stellen)
        loese = self._eigener_ort if self.rahmen.eigenes_register else self._ort
        kennzeichen, arten = schluessel.auswahl(erste), art.auswahl(erste)
        fragen = list(zip(kennzeichen, arten, gebietsstand.auswahl(erste), name.auswahl(erste), strict=True))
        gemerkt = self.rahmen.gemerkt
        for frage in fragen:
            if frage not in gemerkt:
                gemerkt[frage] = loese(*frage)
        self.ortsschluessel = list(zip(kennzeichen, arten, strict=True))
        summen = [a in KREISARTEN for a in arten]
        eigene = [s and not _KREIS.fullmatch(k) for s, k in zip(summen, kennzeichen, strict=True)]
        return self._ohne_fremde_summe([gemerkt[f] for f in fragen], eigene, summen), gruppe

    def _eigener_ort(self, schluessel: str, _art: str, _stand: str, _name: str) -> _Ort:
        return _Ort(schluessel, "gemeinde", "sicher")

    def _ohne_fremde_summe(self, orte: list[_Ort], eigene: Sequence[bool], summen: Sequence[bool]) -> list[_Ort]:
        """A total of the own Kreis in a table that holds only places of another one belongs to that other.

        eigene: rows that stand for the own Kreis; summen: these, and those whose key names a Kreis.
        """
        andere = [o.raum_id[:5] for o, summe in zip(orte, summen, strict=True) if not summe]
        bekannt = {k for k in andere if len(k) == 5 and k.isdecimal()}
        if not bekannt or self.rahmen.kreis in bekannt:
            return orte
        text = f"Ihre Räume gehören zu {aufzaehlung(sorted(bekannt), 3)}, der eigene Kreis ist {self.rahmen.kreis}."
        return [_Ort("", "", "kreis_fremd", text) if e else o for o, e in zip(orte, eigene, strict=True)]

    def _kreisort(self, schluessel: str, art: str, gebietsstand: str) -> _Ort:
        """The own Kreis, or what counts in it only, for a row that the Quelle declares to be it.

        A row whose key names the Kreis means that one.
        """
        kreis = schluessel if _KREIS.fullmatch(schluessel) else self.rahmen.kreis
        if not kreis:
            return _Ort("", "", "kreis_fremd", "Ein eigener Kreis ist nicht eingetragen.")
        if art == OHNE_ZUORDNUNG:
            return _Ort(f"{kreis}_{OHNE_ZUORDNUNG}", OHNE_ZUORDNUNG, "sicher")
        a = self.rahmen.raeume.aufloesen(kreis, "kreis", gebietsstand)
        return _Ort(a.raum_id, a.ebene, a.art, a.text)

    def _ort(self, schluessel: str, art: str, gebietsstand: str, name: str) -> _Ort:
        if art in KREISARTEN:
            return self._kreisort(schluessel, art, gebietsstand)
        if not (_ist_name(schluessel) if art == "name" else _SCHLUESSEL.fullmatch(schluessel)):
            grund = "enthält unzulässige Zeichen" if schluessel else "ist leer"
            return _Ort("", "", "falsch", f"Er {grund}.")
        if art == "name" and schluessel != OHNE_ZUORDNUNG and not kreis_des_rests(schluessel):
            bestaetigt = suche_name(self.rahmen.raeume.namen, schluessel, self.quelle.kennung)
            if not bestaetigt:
                self.namen_offen[schluessel] = None
                return _Ort("", "", "name", self._namen.schlage_vor(schluessel, self.quelle.kennung).text)
            schluessel, art, name = bestaetigt, "", ""
        a = self.rahmen.raeume.aufloesen(schluessel, art, gebietsstand, name)
        if a.art == "unbekannt" and self.quelle.form == "tabelle" and not schluessel.isdecimal():
            return _Ort("", "", "regel", a.text)
        if a.art == "unbekannt" and _GETRENNT.fullmatch(schluessel):
            return _Ort("", "", "falsch", "Zwischen seinen Ziffern stehen Trennzeichen.")
        if a.art == "sicher" and a.text and self.rahmen.raeume.existiert(a.raum_id, gebietsstand) is False:
            return _Ort(a.raum_id, a.ebene, "frueher", a.text)
        return _Ort(a.raum_id, a.ebene, a.art, a.text)

    def _entscheide(
        self, orte: Sequence[_Ort], ort: Zahlen, werte: Sequence[Wert], wert: Zahlen, gebietsstand: Spalte
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
            [bool(self.rahmen.kreis) and s.startswith(self.rahmen.kreis) for s in self.spalten["schluessel"].worte]
            or [False]
        )[self.spalten["schluessel"].stellen]
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
        return behalten, Spalte(stellen, worte)

    def _ist_ungefaehr(self, gebietsstand: Spalte) -> bool:
        """True when no register or change list settles the borders of one of the dates: then a later one may."""
        if self.rahmen.eigenes_register:
            return False
        return any(self.rahmen.raeume.strahl.lage(tag).art != "exakt" for tag in gebietsstand.worte)

    def _melde_schluessel(self, orte: Sequence[_Ort], ort: Zahlen, eigene: Any, arten: Any, hat_wert: Any) -> None:
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
            for nummer, i, n in list(zip(nummern, erste, anzahl, strict=True))[:_EINZELN]:
                schluessel = sichtbar(self.spalten["schluessel"][int(stellen[i])])
                text = f"{_NICHT[kennung].format(schluessel)} {orte[nummer].text}".strip()
                # of names there may be dozens: the remedy is the same for all, once is enough
                hilfe = _HILFE_SCHLUESSEL[kennung] if kennung != "name_unbekannt" or nummer == nummern[0] else ""
                self._melde(kennung, Stufe.FEHLER, text, int(stellen[i]), int(n), hilfe)
            if len(nummern) > _EINZELN:
                text = f"{len(nummern) - _EINZELN} weitere Räume sind nicht zuzuordnen."
                self._melde(kennung, Stufe.FEHLER, text, int(stellen[erste[_EINZELN]]))

    def _melde_ausserhalb(self, orte: Sequence[_Ort], ort: Zahlen, mit_wert: Any, mit_zeichen: Any) -> None:
        if mit_wert.any():
            self.ausserhalb = int(mit_wert.sum())
            hilfe = self._vielleicht_plz(mit_wert)
            self._melde_raeume("raum_ausserhalb", Stufe.WARNUNG, orte, ort, mit_wert, _text_ausserhalb, hilfe)
        if mit_zeichen.any():
            self._melde_raeume("raum_ohne_wert", Stufe.INFO, orte, ort, mit_zeichen, _text_ohne_wert)

    def _melde_raeume(
        self,
        kennung: str,
        stufe: Stufe,
        orte: Sequence[_Ort],
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

    def _melde_guete(self, orte: Sequence[_Ort], ort: Zahlen) -> None:
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
            texte = {self.ortsschluessel[n]: orte[n].text for n in nummern}
            self.meldungen.append(Sammelmeldung(meldung, texte, _TEXT_GUETE[art]))

    def _melde_namen(self, orte: Sequence[_Ort], ort: Zahlen) -> None:
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


_ZAHLEN = ("zahl", "zeile", "spalte")
_SCHLUESSEL = re.compile(r"[0-9A-Za-zÄÖÜäöüß][0-9A-Za-zÄÖÜäöüß_. ,()/\-]{0,59}")
_KREIS = re.compile(r"[0-9]{5}")
_GETRENNT = re.compile(r"(?=(?:[^0-9]*[0-9]){5})[0-9]+(?:[., ][0-9]+)+")
"""A key that a spreadsheet took for a number: '14.522.010', '14522010.0'."""
_FRAGLICH = {",": re.compile(r"[1-9][0-9]{0,2},[0-9]{3}"), ".": re.compile(r"[1-9][0-9]{0,2}\.[0-9]{3}")}
"""Decimal mark → a number that would be a thousand times larger if the mark were the other one."""
_NULLEN_GEMISCHT = " Andere Schlüssel der Datei haben ihre führende Null; so uneinheitlich ist nichts zu ergänzen."
KREISARTEN = (KREISZEILE, OHNE_ZUORDNUNG)
"""Kinds of rows whose Raum follows from the own Kreis, not from a key."""
_EINZELN = 20
"""Keys without a Raum that are named one by one."""
_NICHT = {
    "schluessel_unbekannt": "Der Raumschlüssel {} ist nicht zuzuordnen.",
    "schluessel_falsch": "Der Raumschlüssel „{}“ ist nicht lesbar.",
    "name_unbekannt": "Der Name „{}“ ist keinem Raum zugeordnet.",
    "zeile_ohne_regel": "Die Zeile „{}“ passt zu keiner Regel der Quelle.",
    "kreis_fremd": "Die Zeile „{}“ gilt nach der Quelle im eigenen Kreis, die Datei ist aber von einem anderen.",
}
_HILFE_SCHLUESSEL = {
    "schluessel_unbekannt": "Schlüssel prüfen; bei neuen Gemeinden das aktuelle Gemeindeverzeichnis importieren.",
    "schluessel_falsch": "Den Schlüssel berichtigen: Ziffern ohne Leerraum und unsichtbare Zeichen.",
    "name_unbekannt": "sozmon raeume namen DATEI sammelt alle Vorschläge zum Bestätigen; oder die Schreibweise "
    "selbst in raeume/namen.csv eintragen: schreibweise;raum_id;quelle.",
    "zeile_ohne_regel": "In der Quelle sagen, was die Zeile ist: kreiszeile (Summe des Kreises), ohne_zuordnung, "
    "filter (bleibt weg) oder ende (ab hier nichts mehr lesen).",
    "kreis_fremd": "Prüfen, ob es die richtige Datei ist; sonst kreiszeile und ohne_zuordnung enger fassen.",
}
_HILFE_NAME = "Der Schlüssel gilt. Prüfen, ob die Gemeinde umbenannt wurde oder ob die Zeile zu einer anderen gehört."
_HILFE_NAMEN = "Vermutlich wurde eine Spalte allein sortiert oder verschoben: die Datei noch einmal anfordern."
_HILFE_WERT = "Die Zelle berichtigen, oder das Zeichen in der Quelle unter [zeichen] erklären."


def _ist_name(text: str) -> bool:
    """May it be a name: printable, also with letters of other languages (Bautzen/Budyšin)."""
    return bool(text.strip()) and text.isprintable() and len(text) <= 120


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


def namensmeldungen(paare: Iterable[Namenspaar], rahmen: Rahmen, stelle: Callable[[int], Fundstelle]) -> list[Meldung]:
    """What the names of a whole file say; ``stelle``: address of a pair by its ``zeile``."""
    falsch, verglichen = find_widersprueche(paare, rahmen.raeume, rahmen.kreis)
    if sind_viele(falsch, verglichen):
        text = f"Bei {len(falsch)} von {verglichen} Gemeinden passt der Name nicht zum Schlüssel."
        text = f"{text} {_namenssatz(falsch[0], rahmen)}"
        wo = stelle(falsch[0].zeile)
        return [Meldung("name_widerspricht", Stufe.FEHLER, text, wo, _HILFE_NAMEN, len(falsch))]
    meldungen = []
    for paar in falsch[:_EINZELN]:
        anderer = find_anderen(paar.name, rahmen.raeume, rahmen.kreis)
        zusatz = f" So heißt {anderer}." if anderer else ""
        stufe, hilfe = (Stufe.FEHLER, _HILFE_NAMEN) if anderer else (Stufe.WARNUNG, _HILFE_NAME)
        text = _namenssatz(paar, rahmen) + zusatz
        meldungen.append(Meldung("name_widerspricht", stufe, text, stelle(paar.zeile), hilfe))
    return meldungen


def _namenssatz(paar: Namenspaar, rahmen: Rahmen) -> str:
    raum = rahmen.raeume.raum(paar.raum_id)
    heisst = raum.name_amtlich if raum is not None else ""
    return f"{paar.raum_id} heißt im Gemeindeverzeichnis „{heisst}“, in der Datei „{sichtbar(paar.name)}“."


def _text_ohne_zuordnung(codes: Sequence[str]) -> str:
    return f"Ohne Merkmal im Katalog, unter dem amtlichen Code gespeichert: {aufzaehlung(sorted(codes))}."


def _text_ohne_kodierung(codes: Sequence[str]) -> str:
    return f"Gliederung ohne Dimension im Katalog, mit amtlichem Code gespeichert: {aufzaehlung(codes)}."


def _text_ausserhalb(raeume: Sequence[str]) -> str:
    zahl = _raeume(len(raeume))
    return f"{zahl} außerhalb des eigenen Kreises nicht zuzuordnen, Werte nicht gespeichert. {raeume[0]}".strip()


def _text_ohne_wert(raeume: Sequence[str]) -> str:
    zahl = _raeume(len(raeume))
    return f"{zahl} ohne Wert (nur Zeichen): in keinem Gemeindeverzeichnis enthalten, meist längst aufgelöst."


def _text_repariert(raeume: Sequence[str]) -> str:
    zahl = len(raeume)
    return f"{zahl} Raumschlüssel ohne führende Null, nach dem Gemeindeverzeichnis ergänzt. {raeume[0]}".strip()


def _text_vorlaeufig(raeume: Sequence[str]) -> str:
    return f"{_raeume(len(raeume))} nur vorläufig zugeordnet. {raeume[0]}".strip()


_TEXT_GUETE = {"repariert": _text_repariert, "vorlaeufig": _text_vorlaeufig}


def _raeume(anzahl: int) -> str:
    return "1 Raum" if anzahl == 1 else f"{anzahl} Räume"


def _mit_zeichen(grund: str, text: str) -> str:
    """Name the sign itself when it is one; never a text with digits: it may be the value of a small cell."""
    if len(text) <= 8 and text.strip() and not any(z.isdigit() for z in text):
        return f"das Zeichen „{sichtbar(text)}“ ist in der Quelle nicht erklärt"
    return grund


def sichtbar(text: str) -> str:
    """Text with control and direction characters written out."""
    return "".join(z if z.isprintable() else f"\\u{ord(z):04x}" for z in text[:60])


def aufzaehlung(worte: Iterable[str], hoechstens: int = 8) -> str:
    """'a, b, c und 4 weitere'."""
    liste = list(worte)
    if len(liste) <= hoechstens:
        return ", ".join(liste)
    return f"{', '.join(liste[:hoechstens])} und {len(liste) - hoechstens} weitere"
