"""What a template may call, and nothing else: numbers, sentences, tables, charts, references, all from one Freigabe."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from sozmon import berichtsdiagramme, berichtsraumtabellen, berichtstabellen, sprache
from sozmon.berichtswerte import Auskunft
from sozmon.druck.modell import Grafik, Tabelle
from sozmon.errors import KonfigError
from sozmon.indikator import ist_gleiche_quelle
from sozmon.model import ZEICHEN, Indikator, Status


@dataclass(frozen=True, slots=True)
class Indikatorblatt:
    """What a chapter template sees of an Indikator: plain values only."""

    kennung: str
    titel: str
    beschreibung: str
    hat_reihe: bool
    hat_regionen: bool
    hat_gemeinden: bool


@dataclass(frozen=True, slots=True)
class Thema:
    """A sub-chapter: the Indikatoren with data, and the titles of those without."""

    titel: str
    indikatoren: tuple[Indikatorblatt, ...]
    ohne_daten: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Zitat:
    """A value that a text cites: recorded so that the next edition can tell what changed under the text."""

    herkunft: str
    indikator: str
    raum_id: str
    zeit: str
    gedruckt: str


@dataclass
class Bausteine:
    """The calls of the templates; tables and charts are collected in ``objekte`` under the id that is placed."""

    auskunft: Auskunft
    methodik: Mapping[str, object] = field(default_factory=dict)
    png: bool = True
    """Whether charts are also made as PNG (only Word needs them, and they cost most)."""
    objekte: dict[str, Tabelle | Grafik] = field(default_factory=dict)
    zitate: list[Zitat] = field(default_factory=list)
    herkunft: str = ""
    """Which text or template is being rendered: goes into ``zitate``."""

    def themen(self, dimension: str) -> tuple[Thema, ...]:
        """Sub-chapters of a Lebenslagendimension in the order of the catalogue; variants are for tables on demand."""
        gliederung = {
            titel: [i for i in indikatoren if not i.variante_von]
            for titel, indikatoren in self.auskunft.katalog.themen().get(dimension, {}).items()
        }
        return tuple(
            Thema(
                titel,
                tuple(self._blatt(i) for i in indikatoren if self.auskunft.jahre(i)),
                tuple(i.titel for i in indikatoren if not self.auskunft.jahre(i)),
            )
            for titel, indikatoren in gliederung.items()
        )

    def _blatt(self, indikator: Indikator) -> Indikatorblatt:
        orte = self.auskunft.orte
        reihe = [w for w in self.auskunft.reihe(indikator, orte.kreis) if w.ist_zahl]
        return Indikatorblatt(
            indikator.kennung,
            indikator.titel,
            indikator.beschreibung,
            hat_reihe=len(reihe) > 2,
            hat_regionen=self.auskunft.neuestes_jahr(indikator, orte.regionen) > 0,
            hat_gemeinden=self.auskunft.neuestes_jahr(indikator, orte.gemeinden) > 0,
        )

    def hat_gemeindetabelle(self, dimension: str) -> bool:
        """True when any Indikator of the dimension reaches the Gemeinden."""
        return any(blatt.hat_gemeinden for thema in self.themen(dimension) for blatt in thema.indikatoren)

    # -- numbers and sentences ---------------------------------------------------------------------

    def wert(self, indikator: str, raum: str = "kreis", zeit: str | int = "ende") -> str:
        """The number with its unit as it is printed, or its sign; what a text cites is recorded."""
        definition, ort = self.auskunft.indikator(indikator), self.auskunft.ort(raum)
        wert = self.auskunft.wert(definition, ort, self.auskunft.jahr(definition, zeit))
        text = sprache.wert_mit_einheit(wert, definition) if wert else ZEICHEN[Status.NICHT_GELIEFERT]
        self.zitate.append(Zitat(self.herkunft, indikator, ort.raum_id, wert.zeit if wert else "", text))
        return text

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

    # -- tables and charts: the ids of what is placed -----------------------------------------------

    def tabelle(self, art: str, was: str = "", zeit: str | int = "ende") -> tuple[str, ...]:
        """``zeitreihe`` or ``raeume`` of an Indikator, ``gemeinden`` of a dimension, ``vergleich`` of several
        Indikatoren, or a list of the Methodik.
        """
        if art == "zeitreihe":
            tabelle = berichtstabellen.build_zeitreihe(self.auskunft, self.auskunft.indikator(was))
            return self._lege_ab(*([tabelle] if tabelle else []))
        if art == "gemeinden":
            themen = self.auskunft.katalog.themen().get(was, {}).values()
            indikatoren = [i for thema in themen for i in thema if not i.variante_von]
            return self._lege_ab(*berichtstabellen.build_gemeinden(self.auskunft, was, indikatoren))
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

    def diagramm(self, art: str, indikator: str, raum: str = "kreis", ebene: str = "gemeinden") -> tuple[str, ...]:
        """``linie``, ``rangfolge`` or ``punkte``; () when there is nothing to draw."""
        definition = self.auskunft.indikator(indikator)
        if art == "linie":
            grafik = berichtsdiagramme.build_linie(self.auskunft, definition, self.auskunft.ort(raum), png=self.png)
        elif art == "rangfolge":
            grafik = berichtsdiagramme.build_rangfolge(self.auskunft, definition, ebene, png=self.png)
        elif art == "punkte":
            grafik = berichtsdiagramme.build_punkte(self.auskunft, definition, png=self.png)
        else:
            raise KonfigError(
                f"Ein Diagramm der Art „{art}“ gibt es nicht.", abhilfe="Möglich sind linie, rangfolge und punkte."
            )
        return self._lege_ab(*([grafik] if grafik else []))

    def _lege_ab(self, *objekte: Tabelle | Grafik) -> tuple[str, ...]:
        self.objekte.update({o.id: o for o in objekte})
        return tuple(o.id for o in objekte)
