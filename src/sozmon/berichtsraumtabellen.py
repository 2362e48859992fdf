"""Tables that a text asks for: one Indikator for all Gemeinden with its counts, and regions beside each other."""

from __future__ import annotations

from collections.abc import Sequence

from sozmon.berichtstabellen import (
    Raumzeile,
    Spalte,
    build_raumtabelle,
    build_teile,
    gemeindezeilen,
    in_klammern,
    neueste,
    vergleichszeilen,
)
from sozmon.berichtswerte import Auskunft, als_id
from sozmon.druck.modell import Tabelle
from sozmon.katalogtext import formel, teil_in_worten
from sozmon.model import Indikator, Teil

MIT_ZAEHLER_UND_NENNER = frozenset({"anteil", "rate", "verhaeltnis"})
LANGER_KOPF = 44
"""A head with more characters would make a narrow column of counts higher than it is worth."""


def build_raeume(auskunft: Auskunft, indikator: Indikator, zeit: str | int = "ende") -> tuple[Tabelle, ...]:
    """All Gemeinden grouped by region with Zähler, Nenner and value of one time; () when none has a number."""
    orte = auskunft.orte.gemeinden
    jahr = auskunft.neuestes_jahr(indikator, orte) if zeit == "ende" else auskunft.jahr(indikator, zeit)
    if not auskunft.anzahl(indikator, orte, jahr):
        return ()
    spalten = [
        *_zaehlungen(auskunft, indikator, jahr),
        Spalte(indikator, jahr, f"Wert {in_klammern(indikator.einheit)}"),
    ]
    id = f"tab-raeume-{als_id(indikator.kennung)}" + ("" if zeit == "ende" else f"-{als_id(str(zeit))}")
    titel = f"{indikator.titel} nach Gemeinden, {jahr} ({indikator.einheit})"
    berechnung = [f"Wert = {formel(auskunft.katalog, indikator).split('. ')[0].rstrip('.')}."] if spalten[1:] else []
    zeilen = gemeindezeilen(auskunft, spalten)
    return (build_raumtabelle(auskunft, (id, titel), zeilen, spalten, berechnung),)


def _zaehlungen(auskunft: Auskunft, indikator: Indikator, jahr: int) -> list[Spalte]:
    """Columns of Zähler and Nenner; none for what is not a quotient of two counts or came without them."""
    werte = auskunft.werte(indikator, auskunft.orte.gemeinden, jahr)
    da = any(w.ist_zahl and w.zaehler is not None and w.nenner is not None for w in werte)
    if not da or indikator.verfahren not in MIT_ZAEHLER_UND_NENNER:
        return []
    return [
        Spalte(indikator, jahr, _zaehlungskopf(auskunft, teile, wort), teil)
        for teile, wort, teil in ((indikator.zaehler, "Zähler", "zaehler"), (indikator.nenner, "Nenner", "nenner"))
    ]


def _zaehlungskopf(auskunft: Auskunft, teile: Sequence[Teil], wort: str) -> str:
    """What is counted, where that is one thing with a short name."""
    name = teil_in_worten(auskunft.katalog, teile[0], mit_zeit=False) if len(teile) == 1 else wort
    return name if len(name) <= LANGER_KOPF else wort


def build_vergleich(auskunft: Auskunft, was: str, indikatoren: Sequence[Indikator]) -> tuple[Tabelle, ...]:
    """The regions × several Indikatoren, each at the newest year of the regions; Kreis, Land and Bund below.

    was: part of the id. () when no region has a number.
    """
    orte = auskunft.orte
    spalten = neueste(auskunft, indikatoren, orte.regionen)
    zeilen = [Raumzeile(o, o.name) for o in orte.regionen]
    zeilen += vergleichszeilen(auskunft, spalten, [orte.land, orte.bund])
    return build_teile(
        auskunft, (f"tab-vergleich-{als_id(was)}", f"{orte.regionsname}en im Vergleich"), zeilen, spalten
    )
