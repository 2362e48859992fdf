"""What a template may call: numbers, sentences, tables, charts and references, all from one Freigabe.

Templates and texts name Indikatoren and Räume by id or by role (``kreis``, ``land``, ``bund``) and times by role
(``anfang``, ``ende``, ``vorbericht``), so that a text survives the next edition unchanged.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field

from sozmon import berichtstabellen, sprache
from sozmon.definition import vorschlag
from sozmon.diagramm.modell import Angaben, Balken, Paar, Punkt, Reihe, Vergleich, art_von
from sozmon.druck.modell import Grafik, Tabelle
from sozmon.errors import KonfigError
from sozmon.freigabe import Freigabe
from sozmon.indikator import bruchjahr
from sozmon.katalog import Katalog
from sozmon.model import ZEICHEN, Bruch, Indikator, Indikatorwert

HOECHSTENS_ANFANG = 10
"""Without a declared beginning a development is told over at most so many years."""


@dataclass(frozen=True, slots=True)
class Ort:
    """A Raum as the report needs it; ``region`` = raum_id of the region it lies in ('' above the Gemeinde)."""

    raum_id: str
    name: str
    ebene: str
    region: str = ""


@dataclass(frozen=True, slots=True)
class Orte:
    """The Räume of a report: Kreis, its regions and Gemeinden in printed order, Land and Bund."""

    kreis: Ort
    land: Ort | None
    bund: Ort | None
    regionen: tuple[Ort, ...]
    gemeinden: tuple[Ort, ...]
    regionsname: str = "Sozialregion"

    def alle(self) -> dict[str, Ort]:
        """By raum_id and by role."""
        orte = {o.raum_id: o for o in (*self.gemeinden, *self.regionen, self.kreis, self.land, self.bund) if o}
        rollen = {"kreis": self.kreis, "land": self.land, "bund": self.bund}
        return orte | {rolle: ort for rolle, ort in rollen.items() if ort}


@dataclass(frozen=True, slots=True)
class Zeitraum:
    """Berichtszeitraum: years, 0 = open; ``vorbericht`` = last year of the edition before."""

    von: int = 0
    bis: int = 0
    vorbericht: int = 0


@dataclass(frozen=True, slots=True)
class Indikatorblatt:
    """What a chapter template sees of an Indikator: plain values only."""

    kennung: str
    titel: str
    beschreibung: str
    einheit: str
    hinweise: tuple[str, ...]
    jahr: int
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


@dataclass(slots=True)
class Bausteine:
    """Collects the tables and charts that the templates place; ``zeichne`` makes a chart when it is asked for."""

    freigabe: Freigabe
    katalog: Katalog
    orte: Orte
    zeitraum: Zeitraum
    brueche: Mapping[str, tuple[Bruch, ...]]
    anmerkungen: Mapping[str, tuple[str, ...]]
    objekte: dict[str, Tabelle | Grafik] = field(default_factory=dict)
    auftraege: list[Callable[[], tuple[str, Grafik]]] = field(default_factory=list)
    zitate: list[Zitat] = field(default_factory=list)

    # -- outline -----------------------------------------------------------------------------------

    def themen(self, dimension: str) -> tuple[Thema, ...]:
        """Sub-chapters of a Lebenslagendimension in the order of the catalogue."""
        return tuple(
            Thema(
                titel,
                tuple(self._blatt(i) for i in indikatoren if self.freigabe.jahre(i.kennung)),
                tuple(i.titel for i in indikatoren if not self.freigabe.jahre(i.kennung)),
            )
            for titel, indikatoren in self.katalog.themen().get(dimension, {}).items()
        )

    def _blatt(self, indikator: Indikator) -> Indikatorblatt:
        jahr = self.jahr(indikator, "ende")
        kreis = self.orte.kreis.raum_id
        return Indikatorblatt(
            indikator.kennung,
            indikator.titel,
            indikator.beschreibung,
            indikator.einheit,
            indikator.hinweise,
            jahr,
            len(self._reihenjahre(indikator, kreis)) > 1,
            len(self._mit_zahl(indikator, jahr, self.orte.regionen)) > 1,
            len(self._mit_zahl(indikator, jahr, self.orte.gemeinden)) > 1,
        )

    # -- resolving roles ---------------------------------------------------------------------------

    def indikator(self, kennung: str) -> Indikator:
        """Indikator by kennung; KonfigError with a suggestion (a template or text is wrong)."""
        gefunden = self.katalog.indikatoren.get(kennung)
        if gefunden is None:
            raise KonfigError(
                f"Den Indikator „{kennung}“ gibt es nicht.", abhilfe=vorschlag(kennung, self.katalog.indikatoren)
            )
        return gefunden

    def ort(self, raum: str) -> Ort:
        """Raum by id, role or name."""
        alle = self.orte.alle()
        namen = {o.name: o for o in alle.values()}
        gefunden = alle.get(raum) or namen.get(raum)
        if gefunden is None:
            raise KonfigError(f"Den Raum „{raum}“ gibt es im Bericht nicht.", abhilfe=vorschlag(raum, [*alle, *namen]))
        return gefunden

    def jahr(self, indikator: Indikator, zeit: str | int, raum_id: str = "") -> int:
        """Year of a role: the last (first) year of the Berichtszeitraum that holds a number; 0 = none."""
        jahre = [
            j
            for j in self.freigabe.jahre(indikator.kennung, raum_id or self._leitraum(indikator))
            if (not self.zeitraum.von or j >= self.zeitraum.von) and (not self.zeitraum.bis or j <= self.zeitraum.bis)
        ]
        if str(zeit).isdigit():
            return int(zeit)
        if not jahre:
            return 0
        if zeit == "ende":
            return jahre[-1]
        if zeit == "vorbericht":
            return next((j for j in reversed(jahre) if self.zeitraum.vorbericht and j <= self.zeitraum.vorbericht), 0)
        if zeit == "anfang":
            return self._anfang(indikator, jahre)
        raise KonfigError(
            f"Die Zeit „{zeit}“ ist unbekannt.", abhilfe="Möglich sind anfang, ende, vorbericht oder ein Jahr."
        )

    def _anfang(self, indikator: Indikator, jahre: Sequence[int]) -> int:
        """First comparable year: not before the last Bruch, without a declared beginning not too far back."""
        letzter_bruch = max(
            (bruchjahr(b) for b in self.brueche.get(indikator.kennung, ()) if bruchjahr(b) <= jahre[-1]), default=0
        )
        grenze = max(letzter_bruch, 0 if self.zeitraum.von else jahre[-1] - HOECHSTENS_ANFANG)
        return next(j for j in jahre if j >= grenze)

    def _leitraum(self, indikator: Indikator) -> str:
        """The Raum whose years lead: the Kreis when it has numbers, else any."""
        kreis = self.orte.kreis.raum_id
        return kreis if self.freigabe.jahre(indikator.kennung, kreis) else ""

    def _wert(self, indikator: Indikator, ort: Ort, jahr: int) -> Indikatorwert | None:
        return self.freigabe.wert(indikator.kennung, ort.raum_id, jahr)

    def _mit_zahl(self, indikator: Indikator, jahr: int, orte: Sequence[Ort]) -> list[Indikatorwert]:
        werte = (self._wert(indikator, o, jahr) for o in orte)
        return [w for w in werte if w is not None and w.ist_zahl]

    def _reihenjahre(self, indikator: Indikator, raum_id: str) -> list[int]:
        bis = self.zeitraum.bis
        return [j for j in self.freigabe.jahre(indikator.kennung, raum_id) if not bis or j <= bis]

    def quellenzeile(self, indikatoren: Sequence[Indikator]) -> str:
        """'BBSR, INKAR (Datenstand 31.12.2024); eigene Berechnungen.'"""
        kennungen = {i.kennung for i in indikatoren}
        staende: dict[str, str] = {}
        for wert in self.freigabe.werte:
            if wert.indikator in kennungen and wert.ist_zahl:
                for quelle in wert.quelle.split(","):
                    staende[quelle] = max(staende.get(quelle, ""), wert.datenstand)
        namen = {q: self.katalog.quellen[q].herausgeber if q in self.katalog.quellen else q for q in staende}
        teile = [
            f"{namen[q]} (Datenstand {sprache.datum(stand)})" if stand else namen[q]
            for q, stand in sorted(staende.items())
        ]
        eigene = any(i.art != "fertigwert" for i in indikatoren)
        return "; ".join([*teile, *(["eigene Berechnungen"] if eigene else [])])

    # -- numbers and sentences ---------------------------------------------------------------------

    def wert(self, indikator: str, raum: str = "kreis", zeit: str | int = "ende", herkunft: str = "") -> str:
        """The number with its unit as it is printed, or its sign."""
        definition, ort = self.indikator(indikator), self.ort(raum)
        wert = self._wert(definition, ort, self.jahr(definition, zeit))
        text = sprache.wert_mit_einheit(wert, definition) if wert else ZEICHEN_FEHLT
        self.zitate.append(Zitat(herkunft, indikator, ort.raum_id, wert.zeit if wert else "", text))
        return text

    def satz_stand(self, indikator: str, raum: str = "kreis", zeit: str | int = "ende") -> str:
        """'Ende 2023 lag der Arbeitslosenanteil im Landkreis … bei 4,5 %.'"""
        definition, ort = self.indikator(indikator), self.ort(raum)
        wert = self._wert(definition, ort, self.jahr(definition, zeit))
        return sprache.satz_stand(wert, definition) if wert else ""

    def satz_entwicklung(
        self, indikator: str, raum: str = "kreis", von: str | int = "anfang", bis: str | int = "ende"
    ) -> str:
        """How the value changed between two times, or why that cannot be told."""
        definition, ort = self.indikator(indikator), self.ort(raum)
        jahre = (self.jahr(definition, von), self.jahr(definition, bis))
        werte = [self._wert(definition, ort, j) for j in jahre]
        if jahre[0] == jahre[1] or None in werte:
            return ""
        alt, neu = werte
        assert alt is not None and neu is not None  # excluded above
        return sprache.satz_entwicklung(alt, neu, definition, self.brueche.get(indikator, ()))

    def satz_vergleich(self, indikator: str, raum: str = "kreis", bezug: str = "land", zeit: str | int = "ende") -> str:
        """The value beside that of another Raum; '' when there is none."""
        if bezug not in self.orte.alle():
            return ""
        definition, ort, anderer = self.indikator(indikator), self.ort(raum), self.ort(bezug)
        jahr = self.jahr(definition, zeit)
        wert, vergleich = self._wert(definition, ort, jahr), self._wert(definition, anderer, jahr)
        if wert is None or vergleich is None or not vergleich.ist_zahl or definition.verfahren == "anzahl":
            return ""
        return sprache.satz_vergleich(wert, vergleich, definition)

    def satz_spannweite(self, indikator: str, ebene: str = "gemeinden", zeit: str | int = "ende") -> str:
        """Smallest and largest value among the Gemeinden or the regions."""
        definition = self.indikator(indikator)
        jahr = self.jahr(definition, zeit)
        orte = self.orte.gemeinden if ebene == "gemeinden" else self.orte.regionen
        werte = [w for o in orte if (w := self._wert(definition, o, jahr)) is not None]
        if sum(w.ist_zahl for w in werte) < 2:
            return ""
        return sprache.satz_spannweite(werte, definition)

    # -- tables ------------------------------------------------------------------------------------

    def tabelle_zeitreihe(self, indikator: str) -> str:
        """Regions, Kreis, Land × years; returns the id of the placed table ('' = nothing to show)."""
        definition = self.indikator(indikator)
        orte = [*self.orte.regionen, self.orte.kreis, *(o for o in (self.orte.land, self.orte.bund) if o)]
        orte = [o for o in orte if self.freigabe.jahre(indikator, o.raum_id)]
        jahre = self._reihenjahre(definition, self._leitraum(definition))
        if self.zeitraum.von:
            jahre = [j for j in jahre if j >= self.zeitraum.von]
        if not orte or not jahre:
            return ""
        zeilen = [berichtstabellen.Raumzeile(o.raum_id, o.name, summe=o is self.orte.kreis) for o in orte]
        tabelle = berichtstabellen.tabelle_zeitreihe(
            self.freigabe,
            definition,
            zeilen,
            id=f"tab-{_slug(indikator)}",
            titel=f"{definition.titel} nach Räumen ({definition.einheit})",
            quelle=self.quellenzeile([definition]),
            brueche=self.brueche.get(indikator, ()),
            jahre=jahre,
        )
        return self._lege_ab(tabelle)

    def tabellen_gemeinden(self, dimension: str) -> tuple[str, ...]:
        """All Indikatoren of a dimension that reach the Gemeinde, newest year, grouped by region."""
        spalten = [
            (i, self.jahr(i, "ende"))
            for themen in self.katalog.themen().get(dimension, {}).values()
            for i in themen
            if self._mit_zahl(i, self.jahr(i, "ende"), self.orte.gemeinden)
        ]
        if not spalten:
            return ()
        tabellen = berichtstabellen.tabellen_raeume(
            self.freigabe,
            spalten,
            self._gemeindezeilen(),
            id=f"tab-gemeinden-{_slug(dimension)}",
            titel="Indikatoren nach Gemeinden",
            quelle=self.quellenzeile([i for i, _ in spalten]),
            anmerkungen=self.anmerkungen,
        )
        return tuple(self._lege_ab(t) for t in tabellen)

    def _gemeindezeilen(self) -> list[berichtstabellen.Raumzeile]:
        zeilen = []
        for region in self.orte.regionen:
            eigene = [g for g in self.orte.gemeinden if g.region == region.raum_id]
            zeilen += [berichtstabellen.Raumzeile(g.raum_id, g.name, region.name) for g in eigene]
            if len(eigene) > 1:
                zeilen.append(berichtstabellen.Raumzeile(region.raum_id, f"{region.name} zusammen", region.name, True))
        zeilen += [berichtstabellen.Raumzeile(g.raum_id, g.name) for g in self.orte.gemeinden if not g.region]
        zeilen.append(berichtstabellen.Raumzeile(self.orte.kreis.raum_id, self.orte.kreis.name, summe=True))
        return zeilen

    # -- charts ------------------------------------------------------------------------------------

    def diagramm_linie(self, indikator: str, raum: str = "kreis") -> str:
        """Line over time: the Raum with Kreis, Land and Bund beside it."""
        definition, ort = self.indikator(indikator), self.ort(raum)
        vergleiche = (
            []
            if definition.verfahren == "anzahl"
            else [o for o in (self.orte.kreis, self.orte.land, self.orte.bund) if o]
        )
        orte = [ort, *(o for o in vergleiche if o.raum_id != ort.raum_id and self.freigabe.jahre(indikator, o.raum_id))]
        reihen = [self._reihe(definition, o, "raum" if o is ort else "vergleich") for o in orte]
        if not any(p.art == "wert" for p in reihen[0].punkte):
            return ""
        werte = [self.freigabe.reihe(indikator, o.raum_id) for o in orte]
        return self._lege_diagramm_ab(
            f"abb-{_slug(indikator)}-linie" + ("" if ort is self.orte.kreis else f"-{_slug(ort.raum_id)}"),
            f"{definition.titel}, {ort.name} ({definition.einheit})",
            sprache.alt_linie(werte, definition),
            definition,
            lambda angaben: _zeichne("linie", reihen, angaben),
        )

    def _reihe(self, definition: Indikator, ort: Ort, rolle: str) -> Reihe:
        bis = self.zeitraum.bis
        punkte = tuple(
            Punkt(float(w.jahr), w.wert if w.ist_zahl else None, art_von(w.status))
            for w in self.freigabe.reihe(definition.kennung, ort.raum_id)
            if not bis or w.jahr <= bis
        )
        return Reihe(ort.name, punkte, "raum" if rolle == "raum" else "vergleich")

    def diagramm_rangfolge(self, indikator: str, ebene: str = "gemeinden") -> str:
        """Ranking bars of the Gemeinden or regions at the newest year, Kreis as a line."""
        definition = self.indikator(indikator)
        jahr = self.jahr(definition, "ende")
        orte = self.orte.gemeinden if ebene == "gemeinden" else self.orte.regionen
        werte = [w for o in orte if (w := self._wert(definition, o, jahr)) is not None]
        if sum(w.ist_zahl for w in werte) < 2:
            return ""
        balken = [Balken(w.raum, w.wert if w.ist_zahl else None, art_von(w.status), zeichen=_zeichen(w)) for w in werte]
        kreis = self._wert(definition, self.orte.kreis, jahr)
        zeige_kreis = kreis is not None and kreis.ist_zahl and definition.verfahren != "anzahl"
        vergleich = (
            Vergleich(self.orte.kreis.name, kreis.wert) if zeige_kreis and kreis and kreis.wert is not None else None
        )
        return self._lege_diagramm_ab(
            f"abb-{_slug(indikator)}-{ebene}",
            f"{definition.titel} nach {'Gemeinden' if ebene == 'gemeinden' else self.orte.regionsname + 'en'}, {jahr} ({definition.einheit})",
            sprache.alt_rangfolge(werte, definition, kreis if zeige_kreis else None),
            definition,
            lambda angaben: _zeichne("rangfolge", balken, angaben, vergleich),
        )

    def diagramm_punkte(self, indikator: str) -> str:
        """Dot plot: every region against the Kreis at the newest year."""
        definition = self.indikator(indikator)
        jahr = self.jahr(definition, "ende")
        kreis = self._wert(definition, self.orte.kreis, jahr)
        werte = [w for o in self.orte.regionen if (w := self._wert(definition, o, jahr)) is not None]
        if kreis is None or not kreis.ist_zahl or sum(w.ist_zahl for w in werte) < 2:
            return ""
        paare = [Paar(w.raum, w.wert if w.ist_zahl else None, kreis.wert, art_von(w.status)) for w in werte]
        return self._lege_diagramm_ab(
            f"abb-{_slug(indikator)}-regionen",
            f"{definition.titel}: {self.orte.regionsname}en und {self.orte.kreis.name}, {jahr} ({definition.einheit})",
            sprache.alt_punkte(werte, kreis, definition),
            definition,
            lambda angaben: _zeichne("punkte", paare, angaben, self.orte.kreis.name),
        )

    # -- placing -----------------------------------------------------------------------------------

    def _lege_ab(self, tabelle: Tabelle) -> str:
        self.objekte[tabelle.id] = tabelle
        return tabelle.id

    def _lege_diagramm_ab(
        self, id: str, titel: str, alt: str, definition: Indikator, zeichne: Callable[[Angaben], tuple[bytes, bytes]]
    ) -> str:
        angaben = Angaben(
            einheit=definition.einheit,
            nachkommastellen=definition.nachkommastellen,
            brueche=tuple((float(bruchjahr(b)), b.grund) for b in self.brueche.get(definition.kennung, ())),
            richtung=definition.richtung,
        )
        svg, png = zeichne(angaben)
        self.objekte[id] = Grafik(id, titel, alt, svg, png, self.quellenzeile([definition]))
        return id


ZEICHEN_FEHLT = "k. A."


def _zeichen(wert: Indikatorwert) -> str:
    return "" if wert.ist_zahl else ZEICHEN[wert.status]


def _zeichne(art: str, inhalt: Sequence[object], angaben: Angaben, bezug: object = None) -> tuple[bytes, bytes]:
    """Draw one chart; matplotlib is loaded here, when the first chart is asked for."""
    from sozmon import diagramm

    figur = diagramm.draw(art, inhalt, angaben, bezug)
    return diagramm.save_svg(figur, text_als_pfad=True), diagramm.save_png(figur)


def _slug(text: str) -> str:
    return "".join(z if z.isalnum() and z.isascii() else "-" for z in text.lower())
