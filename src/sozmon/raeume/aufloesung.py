"""What a key in a file means: AGS, ARS, Verband and Kreis are told apart by the register of the date."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

from sozmon.model import OHNE_ZUORDNUNG, kreis_des_rests, rest_von
from sozmon.raeume.register import EBENE_JE_LAENGE
from sozmon.raeume.werte import Aufloesung
from sozmon.zahlen import format_datum

if TYPE_CHECKING:
    from sozmon.raeume.auskunft import Raeume
    from sozmon.raeume.stand import Stand

DEUTSCHLAND = frozenset({"DG", "DINSG"})
LAENGEN_JE_ART = {
    "ags": (8, 5, 3, 2),
    "ars": (12, 9, 5, 3, 2),
    "verband": (9, 8),
    "kreis": (5,),
    "": (8, 12, 9, 5, 3, 2, 4),
}


class _Tafel:
    """Everything that is known around one Gebietsstand: days that count, newest doubt first."""

    def __init__(self, raeume: Raeume, gebietsstand: str) -> None:
        strahl = raeume.strahl
        self.lage = strahl.lage(gebietsstand)
        tage = [t for t in (self.lage.bis, self.lage.von) if t]
        staende = [s for s in map(strahl.stand, dict.fromkeys(tage)) if s is not None]
        self.staende: list[Stand] = staende
        self.gelesen: dict[tuple[str, str], Aufloesung] = {}

    @property
    def sicher(self) -> bool:
        """Is a key found in these registers certain for the Gebietsstand?"""
        return self.lage.art not in ("vor", "leer")

    def sicher_da(self, raum_id: str) -> bool:
        """Did the Raum exist on the known days on both sides?"""
        return all(raum_id in s for s in self.staende)

    def kennt(self, raum_id: str) -> bool:
        """Is it in one of them?"""
        return any(raum_id in s for s in self.staende)


class Aufloeser:
    """Resolves keys and remembers the answers per Gebietsstand."""

    def __init__(self, raeume: Raeume) -> None:
        """raeume: the territory it answers for."""
        self.raeume = raeume
        self._tafeln: dict[str, _Tafel] = {}
        self._namen: dict[tuple[str, str], set[str]] | None = None

    def aufloesen(self, schluessel: str, art: str, gebietsstand: str, name: str = "") -> Aufloesung:
        """See ``Raeume.aufloesen``."""
        tafel = self._tafeln.get(gebietsstand)
        if tafel is None:
            tafel = self._tafeln[gebietsstand] = _Tafel(self.raeume, gebietsstand)
        antwort = tafel.gelesen.get((schluessel, art))
        if antwort is None:
            antwort = tafel.gelesen[schluessel, art] = self._deute(schluessel.strip(), art, gebietsstand, tafel)
        return self._pruefe_name(antwort, name) if name and antwort.raum_id else antwort

    def _deute(self, schluessel: str, art: str, gebietsstand: str, tafel: _Tafel) -> Aufloesung:
        if schluessel in DEUTSCHLAND:
            return Aufloesung("DG", "bund", "sicher")
        if schluessel == OHNE_ZUORDNUNG and self.raeume.kreis:
            return Aufloesung(rest_von(self.raeume.kreis), OHNE_ZUORDNUNG, "sicher")
        if kreis_des_rests(schluessel):
            return Aufloesung(schluessel, OHNE_ZUORDNUNG, "sicher")
        region = self.raeume.region(schluessel)
        if region is not None and not (schluessel.isdecimal() and art):
            return Aufloesung(self._oeffentlich(schluessel, region), region[0].name, "sicher")
        if not (schluessel.isascii() and schluessel.isdecimal()):
            return Aufloesung("", "", "unbekannt", f"„{schluessel}“ ist kein amtlicher Schlüssel.")
        amtlich = self._amtlich(schluessel, art, gebietsstand, tafel)
        if amtlich.art == "unbekannt" and region is not None:
            return Aufloesung(self._oeffentlich(schluessel, region), region[0].name, "sicher")
        return amtlich

    def _oeffentlich(self, schluessel: str, region: object) -> str:
        return next(k for k, v in self.raeume.regionen.items() if v == region)

    def _amtlich(self, schluessel: str, art: str, gebietsstand: str, tafel: _Tafel) -> Aufloesung:
        if len(schluessel) == 8 and art in ("ags", "") and tafel.kennt(schluessel):  # by far the most keys
            return self._gefunden(schluessel, schluessel, gebietsstand, tafel)
        if not tafel.staende:
            return _vorlaeufig(schluessel, art, "Noch kein Gemeindeverzeichnis eingelesen.")
        kandidaten = self._kandidaten(schluessel, art, tafel)
        if len(kandidaten) > 1:
            liste = ", ".join(f"{k} ({EBENE_JE_LAENGE[len(k)]})" for k in kandidaten)
            return Aufloesung("", "", "mehrdeutig", f"{schluessel} kann mehreres heißen: {liste}.")
        if kandidaten:
            return self._gefunden(schluessel, kandidaten[0], gebietsstand, tafel)
        frueher = self._anderswann(schluessel)
        if frueher:
            return self._gefunden(schluessel, frueher, gebietsstand, tafel)
        repariert = self._kandidaten("0" + schluessel, art, tafel)
        if len(repariert) == 1:
            antwort = self._gefunden(schluessel, repariert[0], gebietsstand, tafel)
            text = f"Führende Null ergänzt: {schluessel} → 0{schluessel}."
            return antwort._replace(art="repariert" if antwort.art == "sicher" else antwort.art, text=text)
        if tafel.lage.art == "exakt" or (tafel.lage.art == "luecke" and len(schluessel) != 12):
            wann = format_datum(gebietsstand)
            return Aufloesung("", "", "unbekannt", f"Im Gemeindeverzeichnis zum {wann} gibt es {schluessel} nicht.")
        return _vorlaeufig(schluessel, art, "In den eingelesenen Gemeindeverzeichnissen nicht enthalten.")

    def _kandidaten(self, schluessel: str, art: str, tafel: _Tafel) -> list[str]:
        """Registered ids the key may stand for; the plain reading excludes the shortened ones."""
        laenge = len(schluessel)
        if laenge == 12:
            return self._aus_ars(schluessel, tafel)
        direkt = [schluessel] if laenge in EBENE_JE_LAENGE and tafel.kennt(schluessel) else []
        if laenge == 8:
            if art == "verband":
                return self._gekuerzte_verbaende(schluessel, tafel) or direkt
            if art == "kreis" and schluessel.endswith("000") and tafel.kennt(schluessel[:5]):
                return [schluessel[:5]]
            return direkt or self._gekuerzte_verbaende(schluessel, tafel) or self._mit_nullen(schluessel, tafel)
        return direkt

    def _aus_ars(self, ars: str, tafel: _Tafel) -> list[str]:
        """12 digits: the Gemeinde they are built of, else the Verband, Kreis or Land that was filled with zeros."""
        ags = ars[:5] + ars[9:]
        if tafel.kennt(ags):
            return [ags]
        if ars.endswith("000") and tafel.kennt(ars[:9]):
            return [ars[:9]]
        return self._mit_nullen(ars, tafel)

    def _mit_nullen(self, schluessel: str, tafel: _Tafel) -> list[str]:
        kern = schluessel.rstrip("0")
        for laenge in (5, 3, 2):
            if len(kern) <= laenge and tafel.kennt(schluessel[:laenge]):
                return [schluessel[:laenge]]
        return []

    def _gekuerzte_verbaende(self, schluessel: str, tafel: _Tafel) -> list[str]:
        """Verbände whose key was shortened to eight digits (990015406 written 99001406)."""
        return sorted(
            {
                v
                for s in tafel.staende
                for v in s.mit_praefix(schluessel[:5], 9)
                if v[6:] == schluessel[5:] and v[5] != "0"
            }
        )

    def _anderswann(self, schluessel: str) -> str:
        """The id in a register of another date."""
        raum_id = schluessel[:5] + schluessel[9:] if len(schluessel) == 12 else schluessel
        if len(raum_id) not in EBENE_JE_LAENGE:
            return ""
        return raum_id if self.raeume.eintrag(raum_id) is not None else ""

    def _gefunden(self, schluessel: str, raum_id: str, gebietsstand: str, tafel: _Tafel) -> Aufloesung:
        ebene = EBENE_JE_LAENGE[len(raum_id)]
        if not tafel.sicher:
            return Aufloesung(raum_id, ebene, "vorlaeufig", "Kein Gemeindeverzeichnis zu diesem Gebietsstand.")
        if not tafel.sicher_da(raum_id) and self.raeume.strahl.existiert(raum_id, gebietsstand) is None:
            # read again when a register tells
            return Aufloesung(raum_id, ebene, "vorlaeufig", "Ob es den Raum damals gab, ist noch nicht bekannt.")
        if tafel.lage.art != "luecke" and not tafel.kennt(raum_id):
            return Aufloesung(raum_id, ebene, "sicher", self._text_anderswann(raum_id, gebietsstand))
        return Aufloesung(raum_id, ebene, "sicher")

    def _text_anderswann(self, raum_id: str, gebietsstand: str) -> str:
        ab, bis = self.raeume.strahl.belegt(raum_id)
        teile = [f"Bestand am {format_datum(gebietsstand)} nicht"]
        if ab and ab > gebietsstand:
            teile.append(f"gültig ab {format_datum(ab)}")
        if bis and bis < gebietsstand:
            teile.append(f"gültig bis {format_datum(bis)}")
            nachfolger = self.raeume.strahl.nachfolger(raum_id)
            if nachfolger:
                teile.append("Nachfolger " + ", ".join(nachfolger))
        return "; ".join(teile) + "."

    # -- names -------------------------------------------------------------------------------------

    def _pruefe_name(self, antwort: Aufloesung, name: str) -> Aufloesung:
        """A name that fits another Raum and not this one betrays a column sorted on its own."""
        gesucht = _namensform(name)
        region = self.raeume.region(antwort.raum_id)
        if region is not None:
            return self._pruefe_region(antwort, region[0].raeume, region[1], gesucht)
        eintrag = self.raeume.eintrag(antwort.raum_id)
        if eintrag is not None and _namensform(eintrag.name) == gesucht:
            return antwort
        eigene = self.eigene_namen(antwort.raum_id)
        vorangestellt = _namensform(" ".join(reversed(name.split(",", 1))))  # 'Rostock, Landkreis'
        if not gesucht or not eigene or vorangestellt in eigene:
            return antwort
        nachbarn = {r for r in self._alle_namen().get(("gemeinde", gesucht), ()) if r[:5] == antwort.raum_id[:5]}
        # 'Aubach' beside the key of 'Aubach-Land' is exactly the name of another one
        vertauscht = antwort.ebene == "gemeinde" and nachbarn and gesucht not in eigene
        if not vertauscht and any(e.startswith(gesucht) or gesucht.startswith(e) for e in eigene):
            return antwort
        andere = self._alle_namen().get((antwort.ebene, gesucht), set())
        if not andere or antwort.ebene not in ("gemeinde", "kreis"):
            return antwort
        heisst = eintrag.name if eintrag is not None else ""
        text = f"{antwort.raum_id} heißt {heisst}, in der Datei steht „{name.strip()}“ ({sorted(andere)[0]})."
        return Aufloesung("", "", "mehrdeutig", text)

    def _pruefe_region(self, antwort: Aufloesung, raeume: Mapping[str, str], raum_id: str, name: str) -> Aufloesung:
        """The same for regions: a name of another region of the Raumgliederung."""
        eigener = _namensform(raeume[raum_id])
        andere = [k for k, n in raeume.items() if _namensform(n) == name and name != eigener]
        if not andere:
            return antwort
        text = f"{raum_id} heißt {raeume[raum_id]}, in der Datei steht der Name von {andere[0]}."
        return Aufloesung("", "", "mehrdeutig", text)

    def eigene_namen(self, raum_id: str) -> set[str]:
        """All names that registers and change lists give the Raum, folded."""
        namen = {_namensform(n) for n in self.raeume.strahl.namen(raum_id)}
        namen.discard("")
        return namen

    def _alle_namen(self) -> dict[tuple[str, str], set[str]]:
        """(Ebene, folded name) → ids: a Kreis may well carry the name of a Gemeinde."""
        if self._namen is None:
            self._namen = {}
            for verzeichnis in self.raeume.strahl.verzeichnisse:
                for raum_id in verzeichnis.ids():
                    if len(raum_id) in (5, 8):
                        form = _namensform(verzeichnis.eintrag(raum_id).name)
                        self._namen.setdefault((EBENE_JE_LAENGE[len(raum_id)], form), set()).add(raum_id)
        return self._namen


def _namensform(name: str) -> str:
    """Name without suffixes and footnote marks, folded: '  Musterdorf, Stadt 2)' → 'musterdorf'."""
    return " ".join(name.casefold().partition(",")[0].split())


def _vorlaeufig(schluessel: str, art: str, grund: str) -> Aufloesung:
    """Best guess by the number of digits; without a register nothing better is possible."""
    laengen = LAENGEN_JE_ART.get(art, LAENGEN_JE_ART[""])
    for kandidat in (schluessel, "0" + schluessel):
        if len(kandidat) not in laengen:
            continue
        if len(kandidat) == 12:
            return Aufloesung(kandidat[:5] + kandidat[9:], "gemeinde", "vorlaeufig", grund)
        if len(kandidat) in EBENE_JE_LAENGE:
            zusatz = "" if kandidat == schluessel else f" Führende Null vermutet: {kandidat}."
            return Aufloesung(kandidat, EBENE_JE_LAENGE[len(kandidat)], "vorlaeufig", grund + zusatz)
    return Aufloesung("", "", "unbekannt", f"{schluessel}: die Stellenzahl passt zu keinem amtlichen Schlüssel.")
