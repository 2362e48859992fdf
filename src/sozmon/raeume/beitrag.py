"""Which Gemeinden of an older (or newer) Gebietsstand add up to a Raum of the project, or why none do."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

from sozmon.gebietsstand import kehre_um, liegt_in
from sozmon.model import OHNE_ZUORDNUNG, rest_von
from sozmon.raeume.gliederungspruefung import mangel_der_region
from sozmon.raeume.register import TEILAUSGLIEDERUNG
from sozmon.raeume.werte import Raum, ZuordnungZeile
from sozmon.zahlen import format_datum, sortierschluessel

if TYPE_CHECKING:
    from sozmon.raeume.auskunft import Raeume
    from sozmon.raeume.stand import Stand

LAENDER = 16
"""A register with fewer Länder (an extract, the example) does not make up Germany."""


@dataclass(frozen=True, slots=True)
class Beitrag:
    """``alte`` on the old Gebietsstand make up the Raum, ``erwartet`` of them must be in a complete delivery."""

    alte: frozenset[str]
    erwartet: frozenset[str]
    umrechnung: str
    hindernis: str


@dataclass(frozen=True, slots=True)
class _Uebergang:
    """From a known day to the project's Gebietsstand: targets of each changed Gemeinde, and back."""

    stand: Stand
    ziele: Mapping[str, frozenset[str]]
    herkunft: Mapping[str, frozenset[str]]
    gemeinden: frozenset[str]
    """All Gemeinden of that day (in the Land in question)."""
    unbewohnt: frozenset[str]

    @property
    def geblieben(self) -> frozenset[str]:
        """Gemeinden of that day that still hold something under their own key."""
        return self.gemeinden - {k for k, ziele in self.ziele.items() if k not in ziele}


def _hindernis(text: str) -> Beitrag:
    return Beitrag(frozenset(), frozenset(), "", text)


class Umrechner:
    """Answers and remembers, per Raum and Gebietsstand."""

    def __init__(self, raeume: Raeume) -> None:
        """raeume: the territory it answers for."""
        self.raeume = raeume
        self._beitraege: dict[tuple[str, str], Beitrag] = {}
        self._uebergaenge: dict[tuple[str, str], _Uebergang] = {}

    def beitrag(self, raum_id: str, gebietsstand: str) -> Beitrag:
        """The Gemeinden that add up to the Raum, or the obstacle."""
        schluessel = (raum_id, gebietsstand)
        if schluessel not in self._beitraege:
            self._beitraege[schluessel] = self._beitrag(raum_id, gebietsstand)
        return self._beitraege[schluessel]

    def zeilen(self, raum_id: str, gebietsstand: str, auch: Collection[str]) -> Iterator[ZuordnungZeile]:
        """The rows of ``Raeume.zuordnung``."""
        b = self.beitrag(raum_id, gebietsstand)
        if b.hindernis:
            return
        for alt in sorted(b.alte if "unbewohnt" in auch else b.erwartet):
            yield ZuordnungZeile(alt, gebietsstand, raum_id, 1.0, b.umrechnung)
        if OHNE_ZUORDNUNG in auch and len(raum_id) == 5 and raum_id.isdecimal() and self.raeume.region(raum_id) is None:
            yield ZuordnungZeile(rest_von(raum_id), gebietsstand, raum_id, 1.0, b.umrechnung)

    def unveraendert(self, raum_id: str, gebietsstand: str) -> bool | None:
        """Same territory then and now?"""
        if raum_id == "DG":
            return True
        b = self.beitrag(raum_id, gebietsstand)
        if b.hindernis:
            lage = self.raeume.strahl.lage(gebietsstand)
            return False if lage.art in ("exakt", "nach") else None
        return not b.umrechnung

    # -- the parts ---------------------------------------------------------------------------------

    def _beitrag(self, raum_id: str, gebietsstand: str) -> Beitrag:
        raum = self.raeume.raum(raum_id)
        if raum is None:
            return _hindernis(f"Der Raum {raum_id} ist nicht bekannt.")
        region = self.raeume.region(raum_id)
        if region is not None and (mangel := mangel_der_region(self.raeume, *region)):
            return _hindernis(mangel)
        mitglieder = self.raeume.gemeinden(raum_id)
        if raum.ebene == "gemeinde" and not mitglieder and self.raeume.existiert(raum_id, self.raeume.gebietsstand):
            mitglieder = frozenset({raum_id})
        if not mitglieder:
            return self._frueherer(raum, gebietsstand)
        strahl = self.raeume.strahl
        lage = strahl.lage(gebietsstand)
        if lage.art in ("leer", "vor"):
            return _hindernis(_kein_verzeichnis(gebietsstand))
        uebergang = self._uebergang(lage.bis or lage.von, raum.land)
        if raum.ebene == "bund" and len(uebergang.stand.basis.laender) < LAENDER:
            return _hindernis("Das Gemeindeverzeichnis enthält nicht alle Länder; Deutschland ist keine Summe daraus.")
        alte = self._alte(raum, mitglieder, uebergang)
        if lage.art == "luecke":
            unsicher = self._unsicher(alte, lage.von, lage.bis, raum.land)
            if unsicher:
                return _hindernis(self._text_luecke(unsicher, gebietsstand, lage.von, lage.bis))
        geaendert = sorted(alte & uebergang.ziele.keys())
        stoerend = [a for a in geaendert if not self._liegt_in(uebergang.ziele[a], raum, mitglieder)]
        if stoerend:
            return _hindernis(self._text_stoerend(stoerend[0], uebergang, raum, gebietsstand))
        return self._ergebnis(raum, alte, uebergang, gebietsstand)

    def _ergebnis(self, raum: Raum, alte: frozenset[str], u: _Uebergang, gebietsstand: str) -> Beitrag:
        bewohnt = alte - (u.unbewohnt - {raum.raum_id})
        damals = self.raeume.gemeinden_am(raum.raum_id, gebietsstand, u.stand)
        return Beitrag(alte, bewohnt, "" if alte == damals else "exakt", "")

    def _frueherer(self, raum: Raum, gebietsstand: str) -> Beitrag:
        """A Raum that is gone by now stands for itself, as it was."""
        if raum.ebene == "gemeinde":
            alte = frozenset() if self.raeume.existiert(raum.raum_id, gebietsstand) is False else {raum.raum_id}
        else:
            if self.raeume.region(raum.raum_id) is None and self.raeume.strahl.lage(gebietsstand).art != "exakt":
                return _hindernis(_kein_verzeichnis(gebietsstand))
            alte = self.raeume.gemeinden(raum.raum_id, gebietsstand)
        alte = frozenset(alte)
        return Beitrag(alte, alte, "", "")

    def _uebergang(self, tag: str, land: str) -> _Uebergang:
        if (tag, land) not in self._uebergaenge:
            self._uebergaenge[tag, land] = self._bilde_uebergang(tag, land)
        return self._uebergaenge[tag, land]

    def _bilde_uebergang(self, tag: str, land: str) -> _Uebergang:
        strahl, bezug = self.raeume.strahl, self.raeume.bezug
        stand, jetzt = strahl.stand(tag), self.raeume.jetzt
        assert stand is not None and jetzt is not None
        if tag <= bezug:
            wechsel = strahl.wechsel(tag, bezug, land)
            return _Uebergang(stand, wechsel, kehre_um(wechsel), *_gemeinden(stand, land))
        herkunft = strahl.wechsel(bezug, tag, land)
        ziele = {
            neu: alte | ({neu} if neu in jetzt and neu in herkunft.get(neu, {neu}) else set())
            for neu, alte in kehre_um(herkunft).items()
        }
        return _Uebergang(stand, ziele, herkunft, *_gemeinden(stand, land))

    def _alte(self, raum: Raum, mitglieder: frozenset[str], u: _Uebergang) -> frozenset[str]:
        """Everything that gave something to the Raum."""
        alte = set[str]().union(*(u.herkunft[m] for m in mitglieder & u.herkunft.keys()))
        amtlich = _amtlich(raum)
        if amtlich is not None:
            for ort, quellen in u.herkunft.items():
                if ort[:1] == "?" and ort[1:].startswith(amtlich):
                    alte |= quellen
        return frozenset(a for a in alte if a in u.stand) | (mitglieder & u.geblieben)

    def _liegt_in(self, ziele: Collection[str], raum: Raum, mitglieder: Collection[str]) -> bool:
        amtlich = _amtlich(raum)
        return liegt_in(ziele, mitglieder, "-" if amtlich is None else amtlich)

    def _unsicher(self, alte: Iterable[str], von: str, bis: str, land: str) -> list[str]:
        """Gemeinden whose borders changed between two known days, so that the days between are open."""
        schritt = self.raeume.strahl.wechsel(von, bis, land)
        ziele = {z for neue in schritt.values() for z in neue}
        davor = self.raeume.strahl.stand(von)
        assert davor is not None
        return sorted(a for a in alte if a in ziele or a in schritt or a not in davor)

    # -- sentences ---------------------------------------------------------------------------------

    def _name(self, raum_id: str) -> str:
        if raum_id[:1] == "?":
            return "eine nicht bekannte Gemeinde"
        raum = self.raeume.raum(raum_id)
        return f"{raum.name} ({raum_id})" if raum is not None else raum_id

    def _text_luecke(self, unsicher: list[str], gebietsstand: str, von: str, bis: str) -> str:
        wer = self._name(unsicher[0]) + (f" und {len(unsicher) - 1} weiteren" if len(unsicher) > 1 else "")
        return (
            f"Das Gebiet von {wer} hat sich zwischen dem {format_datum(von)} und dem {format_datum(bis)} geändert; "
            f"welcher Zuschnitt am {format_datum(gebietsstand)} galt, zeigt erst die Liste der Gebietsänderungen "
            "dieses Zeitraums."
        )

    def _text_stoerend(self, alt: str, u: _Uebergang, raum: Raum, gebietsstand: str) -> str:
        neue = sorted(u.ziele.get(alt, {alt}), key=lambda z: sortierschluessel(self._name(z)))
        ereignisse = [
            a
            for tag, aenderungen in self.raeume.strahl.tage.items()
            for a in aenderungen
            if a.ags_alt == alt and a.ags_neu != alt and min(gebietsstand, self.raeume.bezug) < tag
        ]
        ende = (
            f"; Werte zum Gebietsstand {format_datum(gebietsstand)} lassen sich für {raum.name} nicht exakt umrechnen."
        )
        if not ereignisse:
            if u.stand.datum > self.raeume.bezug:
                return f"{self._name(alt)} besteht aus {_liste([self._name(z) for z in neue])}{ende}"
            return (
                f"Wohin {self._name(alt)} gekommen ist, lässt sich aus den Gemeindeverzeichnissen nicht eindeutig "
                f"ablesen{ende} Es fehlt die Liste der Gebietsänderungen."
            )
        tag = format_datum(ereignisse[0].statistisch)
        empfaenger = _liste(sorted({self._name(a.ags_neu) for a in ereignisse}, key=sortierschluessel))
        if TEILAUSGLIEDERUNG in ereignisse[0].arten:
            return f"{self._name(alt)} hat am {tag} einen Teil des Gebiets an {empfaenger} abgegeben{ende}"
        return f"{self._name(alt)} wurde am {tag} aufgeteilt auf {empfaenger}{ende}"


def _gemeinden(stand: Stand, land: str) -> tuple[frozenset[str], frozenset[str]]:
    """All Gemeinden of the Land, and the uninhabited gemeindefreie Gebiete among them."""
    alle = frozenset(stand.mit_praefix(land, 8))
    return alle, frozenset(g for g in alle if stand.unbewohnt(g))


def _kein_verzeichnis(gebietsstand: str) -> str:
    return (
        f"Für den Gebietsstand {format_datum(gebietsstand)} ist kein Gemeindeverzeichnis eingelesen "
        "(sozmon import mit dem „Auszug GV“ dieses oder eines früheren Jahres)."
    )


def _amtlich(raum: Raum) -> str | None:
    """Key prefix of an official Raum above the Gemeinde ('' = Bund); None for others."""
    if raum.ebene == "bund":
        return ""
    return raum.raum_id if raum.ebene in ("kreis", "regierungsbezirk", "land") else None


def _liste(namen: list[str]) -> str:
    return " und ".join(filter(None, [", ".join(namen[:-1]), namen[-1]])) if namen else ""
