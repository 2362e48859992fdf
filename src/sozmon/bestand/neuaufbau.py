"""Rebuild the store from its kept files, also when tables, states or settings are damaged."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable
from pathlib import Path
from typing import Any

from sozmon import plattform
from sozmon.bestand import originale, siegel
from sozmon.bestand.modell import Eintrag, Lieferung
from sozmon.bestand.pflege import next_generation, publish_generation
from sozmon.bestand.schreiben import Auftrag, Schreiber
from sozmon.bestand.stand import (
    Einstellung,
    Stand,
    Tabellenstand,
    newest_nummer,
    read_einstellung,
    stand_ordner,
    write_einstellung,
)
from sozmon.errors import AufrufError, BestandError, SozmonError

Leser = Callable[[Path, Lieferung], Any]


def run_neu_aufbauen(wurzel: Path, leser: Leser, *, ohne: Collection[str] = ()) -> Stand:
    """Read every kept file again and build all tables from them; call it under the lock.

    Works on a store whose tables, states or settings are damaged: what counts then are the kept files and the
    notes beside them. ``ohne``: SHA-256 of Lieferungen to leave out (they count as taken back).
    Raises BestandError (76) naming every kept file that is damaged itself.
    """
    einstellung = _rette_einstellung(wurzel)
    eintraege = [
        originale.mit_zustand(e, "zurueckgenommen") if e.lieferung.sha256 in ohne else e
        for e in _rette_eintraege(wurzel)
    ]
    _check_originale(wurzel, eintraege)
    generation = next_generation(wurzel, Stand(0))
    with plattform.temp_ordner_in(wurzel, ".neu-") as baustelle:
        gebaut = _build_neu(wurzel, baustelle, eintraege, einstellung, leser)
        tabellen = {name: _zieh_um(baustelle, wurzel, t, f"{name}-{generation}") for name, t in gebaut.tabellen.items()}
        nummer = newest_nummer(wurzel) + 1
        neu = publish_generation(wurzel, nummer, generation, tabellen, einstellung, "neu aufgebaut")
    for eintrag in eintraege:
        originale.write_beleg(wurzel, eintrag, privat=einstellung.privat)
    return neu


def _build_neu(
    wurzel: Path, baustelle: Path, eintraege: list[Eintrag], einstellung: Einstellung, leser: Leser
) -> Stand:
    from sozmon.bestand import annahme

    stand = Stand(0)
    plattform.create_ordner(stand_ordner(baustelle), privat=True)
    bisher = [e for e in eintraege if not e.lieferung.ist_aktiv]
    for eintrag in sorted((e for e in eintraege if e.lieferung.ist_aktiv), key=lambda e: e.folge):
        pfad = originale.pfad_original(wurzel, eintrag.lieferung.sha256)
        neue = annahme.check_tabelle(eintrag.lieferung, leser(pfad, eintrag.lieferung))
        bisher.append(eintrag)
        auftrag = Auftrag("neu", neue, frozenset(), tuple(bisher))
        stand, _ = Schreiber(baustelle, stand, einstellung).run(auftrag)
    if not stand.nummer:
        stand, _ = Schreiber(baustelle, stand, einstellung).run(Auftrag("neu", None, frozenset(), tuple(bisher)))
    return stand


def _zieh_um(baustelle: Path, wurzel: Path, tabelle: Tabellenstand, ordner: str) -> Tabellenstand:
    plattform.move(baustelle / tabelle.ordner, wurzel / ordner)
    return tabelle._replace(ordner=ordner)


def _rette_einstellung(wurzel: Path) -> Einstellung:
    """Settings, made anew if their file is damaged; a newer format is refused as ever."""
    try:
        gelesen = read_einstellung(wurzel)
    except BestandError:
        try:
            siegel.read_siegel(wurzel / "format.json")
        except (BestandError, FileNotFoundError):
            gelesen = None
        else:
            raise
    einstellung = gelesen or Einstellung()
    plattform.create_ordner(stand_ordner(wurzel), privat=True)
    if gelesen is None:
        write_einstellung(wurzel, einstellung)
    return einstellung


def _rette_eintraege(wurzel: Path) -> list[Eintrag]:
    """The list of Lieferungen: from the table if it is intact, else from the notes beside the kept files."""
    from sozmon.bestand.lesen import Lesebestand

    try:
        bestand = Lesebestand(wurzel)
        if bestand.version:
            return bestand.eintraege()
    except SozmonError:
        pass
    return sorted(originale.read_belege(wurzel), key=lambda e: e.folge)


def find_lieferung(wurzel: Path, wort: str) -> Eintrag:
    """The one Lieferung whose SHA-256 begins with ``wort`` or whose file has that name; AufrufError (2) if not one."""
    passende = [
        e for e in _rette_eintraege(wurzel) if e.lieferung.sha256.startswith(wort.lower()) or e.lieferung.datei == wort
    ]
    if wort and len(passende) == 1:
        return passende[0]
    raise AufrufError(
        f"Zu „{wort}“ gibt es {len(passende)} Lieferungen." if passende else f"Eine Lieferung „{wort}“ gibt es nicht.",
        abhilfe="sozmon status --lieferungen zeigt alle Lieferungen mit ihrer Kennung.",
    )


def _check_originale(wurzel: Path, eintraege: Iterable[Eintrag]) -> None:
    kaputt = []
    for eintrag in eintraege:
        if eintrag.lieferung.ist_aktiv:
            try:
                originale.read_original(wurzel, eintrag.lieferung.sha256)
            except BestandError:
                kaputt.append(eintrag.lieferung)
    if kaputt:
        raise BestandError(
            f"{len(kaputt)} aufbewahrte Dateien sind selbst beschädigt: " + ", ".join(f"„{x.datei}“" for x in kaputt),
            ort=", ".join(x.sha256[:12] for x in kaputt),
            abhilfe=originale.ABHILFE + " Oder ohne sie: sozmon bestand neu-aufbauen --ohne LIEFERUNG",
        )
