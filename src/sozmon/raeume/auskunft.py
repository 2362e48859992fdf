"""``Raeume``: every question about territory, answered from registers, change lists and Raumgliederungen."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from functools import cached_property
from typing import TYPE_CHECKING

from sozmon.errors import AufrufError
from sozmon.model import EBENEN, OHNE_ZUORDNUNG, kreis_des_rests, rest_von
from sozmon.raeume.aufloesung import Aufloeser
from sozmon.raeume.beitrag import Beitrag, Umrechner
from sozmon.raeume.gliederung import Raumgliederung, load_gliederungen
from sozmon.raeume.namen import load_namen
from sozmon.raeume.register import (
    EBENE_JE_LAENGE,
    Aenderungsliste,
    Eintrag,
    Register,
    Verzeichnis,
    load_aenderungslisten,
    load_verzeichnisse,
    render_register,
)
from sozmon.raeume.stand import Stand
from sozmon.raeume.suche import suche_raum
from sozmon.raeume.werte import Aufloesung, Raum, ZuordnungZeile
from sozmon.raeume.zeitstrahl import Zeitstrahl
from sozmon.zahlen import sortierschluessel

if TYPE_CHECKING:
    from sozmon.projekt import Projekt

BUND = "DG"
LAENGE_JE_EBENE = {ebene: laenge for laenge, ebene in EBENE_JE_LAENGE.items()}
ALLE_EBENEN = (*EBENEN[:4], "region", *EBENEN[4:])


class Raeume:
    """Territory of a project. Cheap to make: nothing is taken apart before it is asked for."""

    def __init__(
        self,
        verzeichnisse: Iterable[Verzeichnis] = (),
        listen: Iterable[Aenderungsliste] = (),
        gliederungen: Iterable[Raumgliederung] = (),
        *,
        gebietsstand: str = "",
        kreis: str = "",
        namen: Mapping[tuple[str, str], str] | None = None,
    ) -> None:
        """gebietsstand: borders that everything is brought to ('' = newest register); kreis: the project's own."""
        self.strahl = Zeitstrahl(verzeichnisse, listen)
        self.gliederungen = {g.name: g for g in gliederungen}
        self.kreis = kreis
        self.namen = namen or {}
        neueste = self.strahl.verzeichnisse[-1].datum if self.strahl.verzeichnisse else ""
        self.gebietsstand = gebietsstand or neueste
        self.bezug = self.strahl.naechster(self.gebietsstand) if self.gebietsstand else ""
        self._raeume: dict[str, Raum | None] = {}
        self._umrechner = Umrechner(self)
        self._aufloeser = Aufloeser(self)

    @classmethod
    def aus_werten(
        cls,
        register: Iterable[Register],
        listen: Iterable[Aenderungsliste] = (),
        gliederungen: Iterable[Raumgliederung] = (),
        *,
        gebietsstand: str = "",
        kreis: str = "",
    ) -> Raeume:
        """Territory from values in memory (as ``read_register`` gives them), without a project folder."""
        verzeichnisse = [Verzeichnis(r.datum, render_register(r)) for r in register]
        return cls(verzeichnisse, listen, gliederungen, gebietsstand=gebietsstand, kreis=kreis)

    # -- single Räume ------------------------------------------------------------------------------

    @cached_property
    def jetzt(self) -> Stand | None:
        """The Räume on the project's Gebietsstand (or the nearest known day)."""
        return self.strahl.stand(self.bezug) if self.bezug else None

    @cached_property
    def regionen(self) -> dict[str, tuple[Raumgliederung, str]]:
        """Public id → (Raumgliederung, its own id). An id used twice is qualified: 'planungsraeume:1'."""
        anzahl: dict[str, int] = {}
        for g in self.gliederungen.values():
            for raum_id in g.raeume:
                anzahl[raum_id] = anzahl.get(raum_id, 0) + 1
        return {
            raum_id if anzahl[raum_id] == 1 and not self._ist_amtlich(raum_id) else f"{g.name}:{raum_id}": (g, raum_id)
            for g in self.gliederungen.values()
            for raum_id in g.raeume
        }

    def _ist_amtlich(self, raum_id: str) -> bool:
        return raum_id == BUND or (raum_id.isdecimal() and self.strahl.kennt(raum_id))

    def region(self, angabe: str) -> tuple[Raumgliederung, str] | None:
        """Region by public id, or by 'name:id' although 'id' alone would do."""
        if angabe in self.regionen:
            return self.regionen[angabe]
        name, _, raum_id = angabe.partition(":")
        gliederung = self.gliederungen.get(name)
        return (gliederung, raum_id) if gliederung is not None and raum_id in gliederung.raeume else None

    def raum(self, raum_id: str) -> Raum | None:
        """The Raum of that id as it is now, or as it last was; None when no register and no table knows it."""
        if raum_id not in self._raeume:
            self._raeume[raum_id] = self._bilde_raum(raum_id)
        return self._raeume[raum_id]

    def _bilde_raum(self, raum_id: str) -> Raum | None:
        if raum_id == BUND:
            return Raum(BUND, "Deutschland", "bund", name_amtlich="Deutschland")
        if kreis := kreis_des_rests(raum_id) or (self.kreis if raum_id == OHNE_ZUORDNUNG else ""):
            return Raum(rest_von(kreis), "ohne Zuordnung", OHNE_ZUORDNUNG, kreis=kreis, land=kreis[:2])
        region = self.region(raum_id)
        if region is not None:
            return self._region_raum(*region)
        eintrag = self.eintrag(raum_id)
        if eintrag is not None:
            return self._amtlicher_raum(eintrag)
        if not self.strahl.verzeichnisse and raum_id and raum_id in (self.kreis, self.kreis[:2]):
            return Raum(raum_id, raum_id, EBENE_JE_LAENGE[len(raum_id)], kreis=self.kreis, land=self.kreis[:2])
        return None

    def eintrag(self, raum_id: str) -> Eintrag | None:
        """Register entry: of the project's Gebietsstand, else the newest there is, else from a change list."""
        if self.jetzt is not None and raum_id in self.jetzt:
            return self.jetzt.eintrag(raum_id)
        for verzeichnis in reversed(self.strahl.verzeichnisse):
            if raum_id in verzeichnis:
                return verzeichnis.eintrag(raum_id)
        return self.strahl.genannte.get(raum_id)

    def _amtlicher_raum(self, e: Eintrag) -> Raum:
        ab, bis = self.strahl.belegt(e.raum_id)
        ebene = EBENE_JE_LAENGE[len(e.raum_id)]
        kurz = e.name.partition(",")[0].strip() if ebene == "gemeinde" else e.name
        kreis = e.raum_id[:5] if len(e.raum_id) >= 5 else ""
        verband = e.ars[:9] if len(e.ars) >= 9 else ""
        land = e.raum_id[:2]
        return Raum(e.raum_id, kurz or e.name, ebene, ab, bis, kreis, land, verband, e.ars, e.flaeche, e.name)

    def _region_raum(self, gliederung: Raumgliederung, raum_id: str) -> Raum:
        oeffentlich = next(k for k, v in self.regionen.items() if v == (gliederung, raum_id))
        ab, bis = gliederung.zeitraum(raum_id)
        name = gliederung.raeume[raum_id]
        gemeinden = {z.gemeinde for z in gliederung.je_raum[raum_id]}
        kreise, laender = {g[:5] for g in gemeinden}, {g[:2] for g in gemeinden}
        flaechen = [e.flaeche for e in map(self.eintrag, gliederung.gemeinden(raum_id, self.gebietsstand)) if e]
        flaeche = None if not flaechen or None in flaechen else round(sum(f for f in flaechen if f), 2)
        kreis = kreise.pop() if len(kreise) == 1 else ""
        land = laender.pop() if len(laender) == 1 else ""
        return Raum(oeffentlich, name, gliederung.name, ab, bis, kreis, land, flaeche_km2=flaeche, name_amtlich=name)

    def raum_oder_fehler(self, angabe: str) -> Raum:
        """Raum by id or by a unique name; AufrufError (2) with suggestions else."""
        return suche_raum(self, angabe)

    # -- several Räume -----------------------------------------------------------------------------

    @property
    def ebenen(self) -> tuple[str, ...]:
        """All Ebenen that may be asked for: the official ones and the Raumgliederungen."""
        return (*ALLE_EBENEN, *self.gliederungen, OHNE_ZUORDNUNG)

    def auswahl(self, angabe: str, ebene_vorgabe: str = "") -> tuple[Raum, ...]:
        """One word of ``-r``: a key, 'SR6', 'sozialregionen:SR6', '<kreis>/gemeinde', 'DG', a unique name."""
        wort, _, ebene = angabe.strip().rpartition("/")
        if not wort or (ebene not in self.ebenen and self._ist_name(angabe.strip())):
            wort, ebene = angabe.strip(), ebene_vorgabe
        if ebene and ebene not in self.ebenen:
            raise _unbekannte_ebene(ebene, self.ebenen)
        raum = self.raum_oder_fehler(wort)
        if not ebene:
            return (raum,)
        return self.kinder(raum.raum_id, ebene)

    def _ist_name(self, angabe: str) -> bool:
        """A name that holds a slash itself (Musterdorf/Geb.)."""
        try:
            return bool(self.raum_oder_fehler(angabe))
        except AufrufError:
            return False

    def kinder(self, raum_id: str, ebene: str, stand: str = "", *, unbewohnt: bool = False) -> tuple[Raum, ...]:
        """Räume of ``ebene`` inside ``raum_id`` on the day ``stand`` ('' = the project's Gebietsstand), sorted by name,
        regions by their number.

        Uninhabited gemeindefreie Gebiete are left out unless asked for. AufrufError when the Ebene is unknown.
        """
        raum = self.raum_oder_fehler(raum_id)
        if ebene not in self.ebenen:
            raise _unbekannte_ebene(ebene, self.ebenen)
        if raum.ebene == ebene:
            return (raum,)
        if ebene == OHNE_ZUORDNUNG:
            rest = self.raum(rest_von(raum.raum_id)) if raum.ebene == "kreis" else None
            return (rest,) if rest is not None else ()
        tag = stand or self.gebietsstand
        if ebene in self.gliederungen:
            ids = self._regionen_in(raum, self.gliederungen[ebene], tag)
        else:
            ids = self._amtliche_in(raum, ebene, tag, unbewohnt)
        raeume = [r for r in map(self.raum, ids) if r is not None]
        if ebene in self.gliederungen:
            # planners number their regions: SR2 before SR10, whatever the names are
            return tuple(sorted(raeume, key=lambda r: sortierschluessel(r.raum_id)))
        return tuple(sorted(raeume, key=lambda r: (sortierschluessel(r.name), r.raum_id)))

    def _amtliche_in(self, raum: Raum, ebene: str, tag: str, unbewohnt: bool) -> list[str]:
        if ebene == "bund":
            return []
        laenge = LAENGE_JE_EBENE[ebene]
        bekannt = self.strahl.naechster(tag) if tag else ""
        zustand = self.strahl.stand(bekannt) if bekannt else None
        if ebene == "gemeinde":
            ids = sorted(self.gemeinden(raum.raum_id, tag))
            return ids if unbewohnt or zustand is None else [i for i in ids if not zustand.unbewohnt(i)]
        if zustand is None or raum.ebene in self.gliederungen or raum.ebene == "gemeinde":
            return []
        praefix = "" if raum.raum_id == BUND else raum.raum_id
        return [i for i in zustand.mit_praefix(praefix, laenge) if i != raum.raum_id]

    def _regionen_in(self, raum: Raum, gliederung: Raumgliederung, tag: str) -> list[str]:
        """Regions that lie wholly inside the Raum."""
        aussen = self.gemeinden(raum.raum_id, tag)
        ids = []
        for oeffentlich, (g, raum_id) in self.regionen.items():
            if g is gliederung:
                innen = gliederung.gemeinden(raum_id, tag)
                if innen and (raum.raum_id == BUND or all(_in(i, raum, aussen) for i in innen)):
                    ids.append(oeffentlich)
        return ids

    def gemeinden(self, raum_id: str, tag: str = "") -> frozenset[str]:
        """Gemeinden (with gemeindefreie Gebiete) inside a Raum on a day ('' = the project's Gebietsstand)."""
        tag = tag or self.gebietsstand
        bekannt = self.strahl.naechster(tag) if tag else ""
        return self.gemeinden_am(raum_id, tag, self.strahl.stand(bekannt) if bekannt else None)

    def gemeinden_am(self, raum_id: str, tag: str, zustand: Stand | None) -> frozenset[str]:
        """The same when the register that stands for the day is at hand (None: no register at all)."""
        region = self.region(raum_id)
        if region is not None:
            genannt = region[0].gemeinden(region[1], tag)
            return genannt if zustand is None else frozenset(g for g in genannt if g in zustand)
        return frozenset() if zustand is None else gemeinden_in(zustand, raum_id)

    # -- existence, keys, conversion ---------------------------------------------------------------

    def existiert(self, raum_id: str, datum: str) -> bool | None:
        """Did the Raum exist on that day (ISO)? None = not known. After the newest register its Räume hold on."""
        if raum_id == BUND or kreis_des_rests(raum_id):
            return True
        region = self.region(raum_id)
        if region is not None:
            return bool(region[0].gemeinden(region[1], datum))
        return self.strahl.existiert(raum_id, datum)

    def aufloesen(self, schluessel: str, art: str, gebietsstand: str, name: str = "") -> Aufloesung:
        """What a key of a file means on the borders of ``gebietsstand``; ``art``: ags, ars, verband, kreis or ''.

        ``name``: the name beside the key, if any; a name that belongs to another Raum makes the key 'mehrdeutig'.
        """
        return self._aufloeser.aufloesen(schluessel, art, gebietsstand, name)

    def zuordnung(
        self, raum_ids: Iterable[str], gebietsstaende: Iterable[str], *, auch: Collection[str] = ()
    ) -> tuple[ZuordnungZeile, ...]:
        """Which Gemeinden of each Gebietsstand add up to each Raum; exactly those that ``erwartet`` names.

        No rows for a Raum and Gebietsstand without an exact conversion (``hindernis`` says why). ``auch``:
        'unbewohnt' adds uninhabited gemeindefreie Gebiete (for areas), 'ohne_zuordnung' adds that Raum to its Kreis.
        """
        staende = sorted(set(gebietsstaende))
        return tuple(
            zeile
            for raum_id in dict.fromkeys(raum_ids)
            for gebietsstand in staende
            for zeile in self._umrechner.zeilen(raum_id, gebietsstand, auch)
        )

    def erwartet(self, raum_neu: str, gebietsstand: str) -> frozenset[str] | None:
        """Gemeinden that must all be there for a complete sum; None when that is not known or not possible."""
        beitrag = self.beitrag(raum_neu, gebietsstand)
        return None if beitrag.hindernis else beitrag.erwartet

    def hindernis(self, raum_neu: str, gebietsstand: str) -> str:
        """German sentence why values of that Gebietsstand cannot be carried over exactly; '' = they can."""
        return self.beitrag(raum_neu, gebietsstand).hindernis

    def beitrag(self, raum_neu: str, gebietsstand: str) -> Beitrag:
        """What adds up to the Raum, with reasons."""
        return self._umrechner.beitrag(raum_neu, gebietsstand)

    def unveraendert(self, raum_id: str, gebietsstand: str) -> bool | None:
        """Has the Raum the same territory on that Gebietsstand as now? (May its own value be used?) None = unknown."""
        return self._umrechner.unveraendert(raum_id, gebietsstand)


def gemeinden_in(stand: Stand, raum_id: str) -> frozenset[str]:
    """Gemeinden of an official Raum on that day."""
    if len(raum_id) == 9:
        kandidaten = ((g, stand.eintrag(g)) for g in stand.mit_praefix(raum_id[:5], 8))
        return frozenset(g for g, e in kandidaten if e is not None and e.ars[:9] == raum_id)
    if len(raum_id) == 8:
        return frozenset({raum_id}) if raum_id in stand else frozenset()
    return frozenset(stand.mit_praefix("" if raum_id == BUND else raum_id, 8))


def _in(gemeinde: str, raum: Raum, aussen: Collection[str]) -> bool:
    return gemeinde in aussen or (raum.ebene in ("kreis", "land") and gemeinde.startswith(raum.raum_id))


def _unbekannte_ebene(ebene: str, ebenen: Iterable[str]) -> AufrufError:
    from difflib import get_close_matches

    nah = get_close_matches(ebene, list(ebenen), n=1)
    return AufrufError(
        f"Die Ebene „{ebene}“ gibt es nicht.",
        grund="Bekannt sind: " + ", ".join(ebenen),
        abhilfe=f"Gemeint ist vielleicht: {nah[0]}" if nah else "",
    )


def load_raeume(projekt: Projekt) -> Raeume:
    """Territory of a project: its registers, change lists and Raumgliederungen; KonfigError (78) when damaged."""
    ordner = projekt.raeume
    return Raeume(
        load_verzeichnisse(ordner),
        load_aenderungslisten(ordner),
        load_gliederungen(ordner),
        gebietsstand=projekt.gebietsstand,
        kreis=projekt.kreis,
        namen=load_namen(ordner),
    )
