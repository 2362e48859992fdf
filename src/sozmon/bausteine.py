"""What a template may call, and nothing else: numbers, sentences, tables, charts, references, all from one Freigabe."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace

from sozmon import (
    berichtsdiagramme,
    berichtsraumtabellen,
    berichtstabellen,
    berichtstafeln,
    berichtsvergleiche,
    sprache,
)
from sozmon.berichtsdiagramme import Abbildung
from sozmon.berichtswerte import Auskunft
from sozmon.definition import vorschlag
from sozmon.diagramm import Zeichnung, render_alle
from sozmon.druck.modell import Grafik, Tabelle
from sozmon.errors import KonfigError
from sozmon.indikator import ist_gleiche_quelle
from sozmon.kapitelplan import Kapitel
from sozmon.model import DARSTELLUNGEN, ZEICHEN, Indikator, Indikatorwert, Status
from sozmon.zitate import Zitat
from sozmon.zwischenspeicher import Zwischenspeicher

OHNE_DATEN_GENANNT = 3
"""How many Indikatoren without data a chapter names; the others are counted."""


@dataclass(frozen=True, slots=True)
class Indikatorblatt:
    """What a chapter template sees of an Indikator: plain values only."""

    kennung: str
    titel: str
    beschreibung: str
    leit: bool
    hat_reihe: bool
    hat_regionen: bool
    hat_gemeinden: bool
    darstellungen: tuple[str, ...]
    """The charts of its section in their order."""


@dataclass(frozen=True, slots=True)
class Thema:
    """A sub-chapter: its Indikatoren with data."""

    titel: str
    indikatoren: tuple[Indikatorblatt, ...]


def _darstellungen(blatt: Indikatorblatt) -> tuple[str, ...]:
    """One chart for each, two for the leading ones: the course (in every region), and where it is highest and lowest.

    What a chart leaves out stands in the table below it; a report of sixty pages is read, one of two hundred is not.
    """
    if not blatt.leit:
        geht = {"linie": blatt.hat_reihe, "punkte": blatt.hat_regionen, "rangfolge": blatt.hat_gemeinden}
        return next(((art,) for art, ja in geht.items() if ja), ())
    verlauf = ("vielfache" if blatt.hat_regionen else "linie",) if blatt.hat_reihe else ("punkte",)
    return (*verlauf, "rangfolge") if blatt.hat_gemeinden else verlauf


@dataclass
class Bausteine:
    """The calls of the templates; tables and charts are collected in ``objekte`` under the id that is placed."""

    auskunft: Auskunft
    methodik: Mapping[str, object] = field(default_factory=dict)
    objekte: dict[str, Tabelle | Grafik] = field(default_factory=dict)
    zeichnungen: dict[str, Zeichnung] = field(default_factory=dict)
    """How each chart in ``objekte`` is drawn: done once, at the end (``zeichne``)."""
    zitate: list[Zitat] = field(default_factory=list)
    herkunft: str = ""
    """Which text or template is being rendered: goes into ``zitate``."""
    pruefsumme: str = ""
    """SHA-256 of the text that is being rendered."""
    kapitel: Kapitel | None = None
    """Which chapter is being rendered."""
    gezeichnet: tuple[int, int] = (0, 0)
    """Pictures that were drawn anew, and all."""
    _gesetzt: set[str] = field(default_factory=set)

    def inhalt(self, kapitel: Kapitel) -> Mapping[str, object]:
        """What a template sees of a chapter: its Themen with data, and what is still without.

        Variants of an Indikator are left out; they are for tables on demand.
        """
        je_thema: dict[str, list[Indikator]] = {}
        for i in kapitel.indikatoren:
            if not i.variante_von:
                je_thema.setdefault(i.thema, []).append(i)
        themen, ohne_daten, leere_themen = [], list[str](), list[str]()
        for titel, indikatoren in je_thema.items():
            da = [i for i in indikatoren if self.auskunft.jahre(i)]
            leer = [i.titel for i in indikatoren if i not in da]
            if da:
                themen.append(Thema(titel, tuple(map(self._blatt, da))))
            else:
                leere_themen.append(titel)
            ohne_daten += leer
        blaetter = [b for t in themen for b in t.indikatoren]
        return {
            "themen": tuple(themen),
            "ohne_daten": tuple(ohne_daten[:OHNE_DATEN_GENANNT]),
            "weitere_ohne_daten": max(0, len(ohne_daten) - OHNE_DATEN_GENANNT),
            "leere_themen": tuple(leere_themen),
            "hat_daten": bool(themen),
            "hat_gemeinden": any(b.hat_gemeinden for b in blaetter),
        }

    def _blatt(self, indikator: Indikator) -> Indikatorblatt:
        orte = self.auskunft.orte
        reihe = [w for w in self.auskunft.reihe(indikator, orte.kreis) if w.ist_zahl]
        blatt = Indikatorblatt(
            indikator.kennung,
            indikator.titel,
            indikator.beschreibung,
            indikator.leitindikator,
            hat_reihe=len(reihe) > 2,
            hat_regionen=self.auskunft.neuestes_jahr(indikator, orte.regionen) > 0,
            hat_gemeinden=self.auskunft.neuestes_jahr(indikator, orte.gemeinden) > 0,
            darstellungen=indikator.darstellung,
        )
        return blatt if blatt.darstellungen else replace(blatt, darstellungen=_darstellungen(blatt))

    # -- numbers and sentences ---------------------------------------------------------------------

    def wert(self, indikator: str, raum: str = "kreis", zeit: str | int = "ende") -> str:
        """The number with its unit as it is printed, or its sign; what a text cites is recorded."""
        definition, ort = self.auskunft.indikator(indikator), self.auskunft.ort(raum)
        wert = self.auskunft.wert(definition, ort, self.auskunft.jahr(definition, zeit))
        text = sprache.wert_mit_einheit(wert, definition) if wert else ZEICHEN[Status.NICHT_GELIEFERT]
        self.zitiere(f'wert("{indikator}", {ort.name}, {zeit})', text, indikator, wert)
        return text

    def zitiere(self, aufruf: str, gedruckt: str, indikator: str = "", wert: Indikatorwert | None = None) -> None:
        """Record what a text of people cites; templates cite nothing, they are made anew every time."""
        if self.herkunft.startswith("texte/"):
            raum_id, zeit = (wert.raum_id, wert.zeit) if wert else ("", "")
            self.zitate.append(Zitat(self.herkunft, aufruf, indikator, raum_id, zeit, gedruckt, self.pruefsumme))

    def satz_stand(self, indikator: str, raum: str = "kreis", zeit: str | int = "ende") -> str:
        """'Im Jahr 2021 lag der Arbeitslosenanteil im Landkreis … bei 4,5 %.'"""
        definition, ort = self.auskunft.indikator(indikator), self.auskunft.ort(raum)
        wert = self.auskunft.wert(definition, ort, self.auskunft.jahr(definition, zeit))
        return sprache.satz_stand(wert, definition, gliederungen=self.auskunft.gliederungen) if wert else ""

    def satz_befund(self, indikator: str, raum: str = "kreis") -> str:
        """Value at the end, beside Land and Bund, and how it got there: one paragraph without repetition."""
        definition, ort = self.auskunft.indikator(indikator), self.auskunft.ort(raum)
        jahr, anfang = (self.auskunft.jahr(definition, z) for z in ("ende", "anfang"))
        wert = self.auskunft.wert(definition, ort, jahr)
        if wert is None:
            return ""
        alt = self.auskunft.wert(definition, ort, anfang)
        ohne_anfang = anfang == jahr or definition.verfahren == "veraenderung" or alt is None
        ohne_anfang = ohne_anfang or (alt is not None and not ist_gleiche_quelle(alt, wert))
        andere = self.auskunft.werte(definition, self.auskunft.vergleichsorte(definition, ort), jahr)
        return sprache.absatz_befund(
            wert,
            definition,
            None if ohne_anfang else alt,
            [w for w in andere if w.ist_zahl],
            self.auskunft.brueche.get(indikator, ()),
            gliederungen=self.auskunft.gliederungen,
        )

    def satz_entwicklung(
        self, indikator: str, raum: str = "kreis", von: str | int = "anfang", bis: str | int = "ende"
    ) -> str:
        """How the value changed between two times, or why that cannot be told; '' for a single time."""
        definition, ort = self.auskunft.indikator(indikator), self.auskunft.ort(raum)
        alt, neu = (self.auskunft.wert(definition, ort, self.auskunft.jahr(definition, z)) for z in (von, bis))
        if alt is None or neu is None or alt.zeit == neu.zeit or definition.verfahren == "veraenderung":
            return ""
        if not ist_gleiche_quelle(alt, neu):
            return ""
        brueche = self.auskunft.brueche.get(indikator, ())
        return sprache.satz_entwicklung(alt, neu, definition, brueche, gliederungen=self.auskunft.gliederungen)

    def satz_vergleich(self, indikator: str, raum: str = "kreis", bezug: str = "land", zeit: str | int = "ende") -> str:
        """The value beside that of another Raum; '' when that has none, or for plain counts."""
        if bezug not in self.auskunft.orte.alle():
            return ""
        definition, ort, anderer = self.auskunft.indikator(indikator), self.auskunft.ort(raum), self.auskunft.ort(bezug)
        jahr = self.auskunft.jahr(definition, zeit)
        wert, vergleich = self.auskunft.wert(definition, ort, jahr), self.auskunft.wert(definition, anderer, jahr)
        if wert is None or vergleich is None or not vergleich.ist_zahl or definition.verfahren == "anzahl":
            return ""
        return sprache.satz_vergleich(wert, vergleich, definition, gliederungen=self.auskunft.gliederungen)

    def satz_spannweite(self, indikator: str, ebene: str = "gemeinden", zeit: str | int = "ende") -> str:
        """Smallest and largest value among the Gemeinden or the regions; '' below two numbers."""
        definition = self.auskunft.indikator(indikator)
        orte = self.auskunft.orte.gemeinden if ebene == "gemeinden" else self.auskunft.orte.regionen
        neuestes = self.auskunft.neuestes_jahr(definition, orte)
        werte = self.auskunft.werte(
            definition, orte, neuestes if zeit == "ende" else self.auskunft.jahr(definition, zeit)
        )
        if sum(w.ist_zahl for w in werte) < 2:
            return ""
        return sprache.satz_spannweite(werte, definition, gliederungen=self.auskunft.gliederungen)

    def satz_rang(self, indikator: str, raum: str, zeit: str | int = "ende") -> str:
        """'Mit 6,9 % liegt Döbeln … auf Rang 1 von 52 Gemeinden'; '' for the Kreis and above."""
        definition, ort = self.auskunft.indikator(indikator), self.auskunft.ort(raum)
        orte = self.auskunft.orte
        gruppe = next((g for g in (orte.gemeinden, orte.regionen) if any(o.raum_id == ort.raum_id for o in g)), ())
        jahr = (
            self.auskunft.neuestes_jahr(definition, gruppe) if zeit == "ende" else self.auskunft.jahr(definition, zeit)
        )
        wert = self.auskunft.wert(definition, ort, jahr)
        if wert is None:
            return ""
        werte = self.auskunft.werte(definition, gruppe, jahr)
        return sprache.satz_rang(wert, werte, definition, gliederungen=self.auskunft.gliederungen)

    def satz_gruppe(
        self, indikator: str, ebene: str = "regionen", von: str | int = "anfang", bis: str | int = "ende"
    ) -> str:
        """In how many regions or Gemeinden the value rose or fell, and where most."""
        definition = self.auskunft.indikator(indikator)
        orte = self.auskunft.orte.gemeinden if ebene == "gemeinden" else self.auskunft.orte.regionen
        jahre = [self.auskunft.jahr(definition, z) for z in (von, bis)]
        if jahre[0] == jahre[1] or definition.verfahren == "veraenderung":
            return ""
        paare = [
            (self.auskunft.wert(definition, o, jahre[0]), self.auskunft.wert(definition, o, jahre[1])) for o in orte
        ]
        return sprache.satz_gruppe(
            [(a, b) for a, b in paare if a is not None and b is not None],
            definition,
            self.auskunft.brueche.get(indikator, ()),
            gliederungen=self.auskunft.gliederungen,
        )

    def satz_kernaussage(self, indikator: str, raum: str = "kreis") -> str:
        """Value, change and comparison with the Land in one short sentence."""
        a, definition = self.auskunft, self.auskunft.indikator(indikator)
        ort, ende, anfang = a.ort(raum), a.jahr(definition, "ende"), a.jahr(definition, "anfang")
        wert = a.wert(definition, ort, ende)
        if wert is None:
            return ""
        alt = a.wert(definition, ort, anfang) if anfang != ende and definition.verfahren != "veraenderung" else None
        oben = [o for o in (a.orte.land, a.orte.bund) if o and o.raum_id != ort.raum_id]
        brueche = a.brueche.get(indikator, ())
        andere = a.werte(definition, oben, ende)
        return sprache.satz_kernaussage(wert, definition, alt, andere, brueche, gliederungen=a.gliederungen)

    def auffaellige(self, hoechstens: int = 4) -> tuple[str, ...]:
        """The facts of this chapter that stand out most, by the three rules of ``sprache.satz_auswahl``."""
        gefragt = self.kapitel.indikatoren if self.kapitel else ()
        lagen = [self._befundlage(i) for i in gefragt if not i.variante_von and self.auskunft.jahre(i)]
        return sprache.satz_auswahl(lagen, hoechstens, gliederungen=self.auskunft.gliederungen)

    def _befundlage(self, indikator: Indikator) -> sprache.Befundlage:
        a = self.auskunft
        anfang, ende = (a.jahr(indikator, z) for z in ("anfang", "ende"))
        reihe = [w for w in a.reihe(indikator, a.orte.kreis) if anfang <= w.jahr <= ende]
        land = a.wert(indikator, a.orte.land, ende) if a.orte.land else None
        regionen = a.werte(indikator, a.orte.regionen, a.neuestes_jahr(indikator, a.orte.regionen))
        return sprache.Befundlage(indikator, reihe, land, regionen, a.brueche.get(indikator.kennung, ()))

    # -- tables and charts: the ids of what is placed -----------------------------------------------

    def tabelle(self, art: str, was: str = "", zeit: str | int = "ende") -> tuple[str, ...]:
        """``zeitreihe`` or ``raeume`` of an Indikator, ``gemeinden`` of a dimension, ``vergleich`` of several
        Indikatoren, or a list of the Methodik.
        """
        if art == "zeitreihe":
            tabelle = berichtstabellen.build_zeitreihe(self.auskunft, self.auskunft.indikator(was))
            return self._lege_ab(*([tabelle] if tabelle else []))
        if art == "gemeinden":
            return self._lege_ab(*berichtstabellen.build_gemeinden(self.auskunft, *self._auswahl(was)))
        if art == "raeume":
            return self._lege_ab(*berichtsraumtabellen.build_raeume(self.auskunft, self.auskunft.indikator(was), zeit))
        if art == "vergleich":
            indikatoren = [self.auskunft.indikator(k.strip()) for k in was.split(",")]
            return self._lege_ab(*berichtsraumtabellen.build_vergleich(self.auskunft, was, indikatoren))
        liste = self.methodik.get(f"tabelle_{art}")
        if not isinstance(liste, Tabelle):
            raise KonfigError(
                f"Eine Tabelle der Art „{art}“ gibt es nicht.",
                abhilfe="Möglich sind zeitreihe, gemeinden, raeume und vergleich.",
            )
        return self._lege_ab(liste)

    def _auswahl(self, was: str) -> tuple[str, tuple[Indikator, ...]]:
        """(name, Indikatoren) of a comma list of kennungen, or of the chapter that is being rendered."""
        if was:
            return was, tuple(self.auskunft.indikator(k.strip()) for k in was.split(","))
        if self.kapitel is None or not self.kapitel.indikatoren:
            raise KonfigError(
                "Hier ist nicht bekannt, welche Indikatoren gemeint sind.",
                abhilfe='Die Kennungen nennen: {{ tabelle("gemeinden", "bevoelkerung,altenquotient") }}.',
            )
        return self.kapitel.name, tuple(i for i in self.kapitel.indikatoren if not i.variante_von)

    def diagramm(self, art: str, was: str = "", raum: str = "kreis", ebene: str = "") -> tuple[str, ...]:
        """A chart of the Indikator ``was`` (``DARSTELLUNGEN``), or of several (``waerme``, ``verlaeufe``).

        ebene: of ``rangfolge`` (Gemeinden unless told) and ``waerme`` (regions unless told). () when there is nothing
        to draw, or nothing that may be compared.
        """
        a = self.auskunft
        match art:
            case "waerme":
                return self._lege_ab(*berichtstafeln.build_waerme(a, *self._auswahl(was), ebene or "regionen"))
            case "verlaeufe":
                auswahl = self._auswahl(was) if was else ("leitindikatoren", self._leitindikatoren())
                verlaeufe = berichtstafeln.build_verlaeufe(a, *auswahl, a.ort(raum))
                return self._lege_ab(*([verlaeufe] if verlaeufe else []))
            case "vielfache":
                blaetter = berichtsvergleiche.build_vielfache(a, a.indikator(was))
                return self._lege_ab(*blaetter) if blaetter else self.diagramm("linie", was, raum)
        abbildung = self._abbildung(art, a.indikator(was), raum, ebene)
        return self._lege_ab(*([abbildung] if abbildung else []))

    def _abbildung(self, art: str, indikator: Indikator, raum: str, ebene: str) -> Abbildung | None:
        a = self.auskunft
        match art:
            case "linie":
                return berichtsdiagramme.build_linie(a, indikator, a.ort(raum))
            case "rangfolge":
                return berichtsdiagramme.build_rangfolge(a, indikator, ebene or "gemeinden")
            case "punkte":
                return berichtsdiagramme.build_punkte(a, indikator)
            case "steigung":
                return berichtsvergleiche.build_steigung(a, indikator)
            case "gestapelt":
                return berichtsvergleiche.build_gestapelt(a, indikator)
            case "gruppiert":
                return berichtsvergleiche.build_gruppiert(a, indikator)
            case "pyramide":
                return berichtsvergleiche.build_pyramide(a, indikator, a.ort(raum))
        moeglich = (*DARSTELLUNGEN, "waerme", "verlaeufe")
        raise KonfigError(
            f"Ein Diagramm der Art „{art}“ gibt es nicht.",
            abhilfe=vorschlag(art, moeglich) or f"Möglich sind {', '.join(moeglich)}.",
        )

    def _leitindikatoren(self) -> tuple[Indikator, ...]:
        return tuple(i for i in self.auskunft.katalog.indikatoren.values() if i.leitindikator)

    def _lege_ab(self, *objekte: Tabelle | Abbildung) -> tuple[str, ...]:
        for objekt in objekte:
            if isinstance(objekt, Abbildung):
                self.objekte[objekt.grafik.id] = objekt.grafik
                self.zeichnungen[objekt.grafik.id] = objekt.zeichnung
            else:
                self.objekte[objekt.id] = objekt
        return tuple(o.grafik.id if isinstance(o, Abbildung) else o.id for o in objekte)

    def bild(self, kennung: str, grafik: Grafik) -> tuple[str, ...]:
        """Place a picture of people; it is drawn already."""
        self.objekte[kennung] = grafik
        return (kennung,)

    def setze(self, kennungen: Sequence[str]) -> tuple[str, ...]:
        """Those of the ids that have no place in the report yet; from now on they have one."""
        neue = tuple(k for k in kennungen if k not in self._gesetzt)
        self._gesetzt.update(neue)
        return neue

    def zeichne(self, speicher: Zwischenspeicher, *, png: bool) -> None:
        """Draw the charts that are placed: into ``objekte``. PNG costs most and is only for Word."""
        gebraucht = {k: z for k, z in self.zeichnungen.items() if k in self._gesetzt}
        vorher = speicher.neu
        bilder = render_alle(gebraucht, speicher, png=png)
        self.gezeichnet = (speicher.neu - vorher, len(bilder) * (2 if png else 1))
        for kennung, bild in bilder.items():
            grafik = self.objekte[kennung]
            assert isinstance(grafik, Grafik)
            self.objekte[kennung] = replace(grafik, svg=bild.svg, png=bild.png)
