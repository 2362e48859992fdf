"""Keys, names and rows of the Kreis → Räume."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from sozmon.model import OHNE_ZUORDNUNG, kreis_des_rests
from sozmon.quellen.zeilenwahl import KREISZEILE
from sozmon.raeume.namen import suche_name
from sozmon.raeume.namensvorschlag import Namensregister
from sozmon.umsetzen.modell import Rahmen
from sozmon.umsetzen.texte import aufzaehlung, sichtbar

KREISARTEN = (KREISZEILE, OHNE_ZUORDNUNG)
"""Kinds of rows whose Raum follows from the own Kreis, not from a key."""
_SCHLUESSEL = re.compile(r"[0-9A-Za-zÄÖÜäöüß][0-9A-Za-zÄÖÜäöüß_. ,()/\-]{0,59}")
_REST = re.compile(r"ohne (Zuordnung|Angabe)|nicht zu(zu|ge)ordnet|nicht zuzuordnen|unbekannt", re.I)
"""What stands beside a key that offices fill with zeros for cases without a Gemeinde."""
_KREIS = re.compile(r"[0-9]{5}")
_GETRENNT = re.compile(r"(?=(?:[^0-9]*[0-9]){5})[0-9]+(?:[., ][0-9]+)+")
"""A key that a spreadsheet took for a number: '14.522.010', '14522010.0'."""


@dataclass(frozen=True, slots=True)
class Ort:
    """What became of a key: ``art`` of the Aufloesung, or 'frueher' for a Raum known only on other dates.

    gefragt: the key itself, or the one that a confirmed name stands for.
    """

    raum_id: str
    ebene: str
    art: str
    text: str = ""
    gefragt: str = ""


class Ortssuche:
    """Resolves keys; ``namen_offen``: spellings met on the way that nobody has confirmed."""

    def __init__(self, rahmen: Rahmen) -> None:
        self.rahmen, self.quelle = rahmen, rahmen.quelle
        self.namen_offen: dict[str, None] = {}
        self._namen = Namensregister(rahmen.raeume)

    def orte(self, fragen: Sequence[tuple[str, str, str, str]]) -> list[Ort]:
        """(key, kind of row, Gebietsstand, name beside it) → Ort, in the same order; each is asked once."""
        loese = self._eigener_ort if self.rahmen.eigenes_register else self._ort
        gemerkt = self.rahmen.gemerkt
        for frage in fragen:
            if frage not in gemerkt:
                gemerkt[frage] = loese(*frage)
        summen = [art in KREISARTEN for _, art, _, _ in fragen]
        eigene = [s and not _KREIS.fullmatch(k) for s, (k, _, _, _) in zip(summen, fragen, strict=True)]
        return self._ohne_fremde_summe([gemerkt[f] for f in fragen], eigene, summen)

    def _eigener_ort(self, schluessel: str, _art: str, _stand: str, _name: str) -> Ort:
        return Ort(schluessel, "gemeinde", "sicher")

    def _ohne_fremde_summe(self, orte: list[Ort], eigene: Sequence[bool], summen: Sequence[bool]) -> list[Ort]:
        """A total of the own Kreis in a table that holds only places of another one belongs to that other.

        eigene: rows that stand for the own Kreis; summen: these, and those whose key names a Kreis.
        """
        andere = [o.raum_id[:5] for o, summe in zip(orte, summen, strict=True) if not summe]
        bekannt = {k for k in andere if len(k) == 5 and k.isdecimal()}
        if not bekannt or self.rahmen.kreis in bekannt:
            return orte
        text = f"Ihre Räume gehören zu {aufzaehlung(sorted(bekannt), 3)}, der eigene Kreis ist {self.rahmen.kreis}."
        return [Ort("", "", "kreis_fremd", text) if e else o for o, e in zip(orte, eigene, strict=True)]

    def _kreisort(self, schluessel: str, art: str, gebietsstand: str) -> Ort:
        """The own Kreis, or what counts in it only, for a row that the Quelle declares to be it.

        A row whose key names the Kreis means that one.
        """
        kreis = schluessel if _KREIS.fullmatch(schluessel) else self.rahmen.kreis
        if not kreis:
            return Ort("", "", "kreis_fremd", "Ein eigener Kreis ist nicht eingetragen.")
        if art == OHNE_ZUORDNUNG:
            return Ort(f"{kreis}_{OHNE_ZUORDNUNG}", OHNE_ZUORDNUNG, "sicher")
        a = self.rahmen.raeume.aufloesen(kreis, "kreis", gebietsstand)
        return Ort(a.raum_id, a.ebene, a.art, a.text)

    def _ort(self, schluessel: str, art: str, gebietsstand: str, name: str) -> Ort:
        if art in KREISARTEN:
            return self._kreisort(schluessel, art, gebietsstand)
        if not (_ist_name(schluessel) if art == "name" else _SCHLUESSEL.fullmatch(schluessel)):
            grund = "enthält unzulässige Zeichen" if schluessel else "ist leer"
            return Ort("", "", "falsch", f"Er {grund}.")
        if art == "name" and schluessel != OHNE_ZUORDNUNG and not kreis_des_rests(schluessel):
            bestaetigt = suche_name(self.rahmen.raeume.namen, schluessel, self.quelle.kennung)
            if not bestaetigt:
                self.namen_offen[schluessel] = None
                return Ort("", "", "name", self._namen.schlage_vor(schluessel, self.quelle.kennung).text)
            schluessel, art, name = bestaetigt, "", ""
        return replace(self._aufgeloest(schluessel, art, gebietsstand, name), gefragt=schluessel)

    def _aufgeloest(self, schluessel: str, art: str, gebietsstand: str, name: str) -> Ort:
        a = self.rahmen.raeume.aufloesen(schluessel, art, gebietsstand, name)
        if a.ebene == "kreis" and len(schluessel) > len(a.raum_id) and _REST.search(name):
            return Ort("", "", "regel", f"Daneben steht „{sichtbar(name)}“: das ist nicht der Kreis.")
        if a.art == "unbekannt" and _GETRENNT.fullmatch(schluessel):
            return Ort("", "", "falsch", "Zwischen seinen Ziffern stehen Trennzeichen.")
        if a.art == "unbekannt" and self.quelle.form == "tabelle" and not schluessel.isdecimal():
            return Ort("", "", "regel", a.text)
        if a.art == "sicher" and a.text and self.rahmen.raeume.existiert(a.raum_id, gebietsstand) is False:
            return Ort(a.raum_id, a.ebene, "frueher", a.text)
        return Ort(a.raum_id, a.ebene, a.art, a.text)


def _ist_name(text: str) -> bool:
    """May it be a name: printable, also with letters of other languages (Bautzen/Budyšin)."""
    return bool(text.strip()) and text.isprintable() and len(text) <= 120
