"""Care of the store: check, compact, back up, rebuild from the kept files, delete for good.

Compacting, rebuilding and deleting all do the same thing: they write the tables anew into fresh folders (a new
*generation*), publish a state that names them, and remove the old folders once nobody reads them any more.
"""

from __future__ import annotations

import re
import shutil
import time
from collections.abc import Callable, Collection, Iterable, Mapping
from pathlib import Path, PurePosixPath
from typing import Any

from sozmon import plattform
from sozmon.bestand import delta, modell, originale, siegel, teile
from sozmon.bestand.modell import Eintrag, Lieferung
from sozmon.bestand.schreiben import Auftrag, Schreiber
from sozmon.bestand.stand import (
    Einstellung,
    Stand,
    Tabellenstand,
    load_stand,
    newest_nummer,
    pfad_stand,
    publish_stand,
    read_einstellung,
    stand_ordner,
    write_einstellung,
)
from sozmon.errors import AufrufError, AusgabeError, BestandError, SozmonError
from sozmon.model import Fundstelle, Meldung, Stufe

SCHONFRIST = 3600.0
"""Seconds that the folders of the last generation stay, for readers that still have them open."""

Leser = Callable[[Path, Lieferung], Any]
_TABELLENORDNER = re.compile(rf"^({'|'.join(modell.TABELLEN)})(-\d+)?$")


# --------------------------------------------------------------------------------------------------
# Check


def check_bestand(wurzel: Path, stand: Stand, eintraege: Iterable[Eintrag], *, ganz: bool) -> list[Meldung]:
    """Damaged, missing and unknown files as Meldungen; ``ganz`` compares every file with its hash, else sizes only."""
    meldungen: list[Meldung] = []
    for pfad, sha256, groesse in _gelistete(wurzel, stand):
        klein = groesse is None  # a log file: always worth a hash
        meldungen += _check(pfad, sha256, groesse, ganz=ganz or klein, abhilfe=siegel.ABHILFE)
    for eintrag in eintraege:
        sha = eintrag.lieferung.sha256
        pfad = originale.pfad_original(wurzel, sha)
        meldungen += _check(pfad, sha, None, ganz=ganz, abhilfe=originale.ABHILFE)
        if ganz:
            meldungen += _check_siegel(pfad.with_suffix(".json"))
    if ganz:
        for pfad in sorted([*stand_ordner(wurzel).glob("*.json"), *(wurzel / "loeschungen").glob("*.json")]):
            meldungen += _check_siegel(pfad)
        meldungen += _check_unbekannte(wurzel, stand)
    return meldungen


def _gelistete(wurzel: Path, stand: Stand) -> Iterable[tuple[Path, str, int | None]]:
    for tabelle in stand.tabellen.values():
        ordner = wurzel / tabelle.ordner
        for name, sha256 in tabelle.protokoll.items():
            yield ordner / "_delta_log" / name, sha256, None
        for pfad, teil in tabelle.teile.items():
            yield ordner / pfad, PurePosixPath(pfad).stem, teil.groesse


def _check(pfad: Path, sha256: str, groesse: int | None, *, ganz: bool, abhilfe: str) -> list[Meldung]:
    try:
        if ganz and siegel.sha256_datei(pfad) != sha256:
            return [_meldung(pfad, "Der Inhalt passt nicht mehr zu seiner Prüfsumme.", abhilfe)]
        if groesse is not None and pfad.stat().st_size != groesse:
            return [_meldung(pfad, "Die Datei hat nicht mehr ihre Größe.", abhilfe)]
        if not plattform.ist_regulaer(pfad):
            return [_meldung(pfad, "Die Datei fehlt.", abhilfe)]
    except OSError as fehler:
        return [_meldung(pfad, siegel.unlesbar(pfad, fehler).grund, abhilfe)]
    return []


def _check_siegel(pfad: Path) -> list[Meldung]:
    try:
        siegel.read_siegel(pfad)
    except BestandError as fehler:
        return [_meldung(pfad, fehler.grund, "sozmon bestand kompaktieren schreibt diese Datei neu.")]
    except FileNotFoundError:
        return [_meldung(pfad, "Die Datei fehlt.", "sozmon bestand kompaktieren schreibt diese Datei neu.")]
    return []


def _check_unbekannte(wurzel: Path, stand: Stand) -> list[Meldung]:
    """Debris of killed runs and replaced versions: harmless, but changed bits in them must not look like data."""
    bekannt = {p for p, _, _ in _gelistete(wurzel, stand)}
    fremde = 0
    for pfad in sorted(p for t in stand.tabellen.values() for p in (wurzel / t.ordner).rglob("*") if p.is_file()):
        if pfad in bekannt:
            continue
        fremde += 1
        if pfad.suffix == ".parquet" and len(pfad.stem) == 64 and siegel.sha256_datei(pfad) != pfad.stem:
            grund = "Eine ersetzte Fassung, die nicht mehr gilt, ist beschädigt."
            return [_meldung(pfad, grund, "sozmon bestand kompaktieren entfernt sie.", Stufe.WARNUNG)]
    if not fremde:
        return []
    text = f"{fremde} ersetzte oder übrig gebliebene Dateien im Bestand."
    return [Meldung("bestand_reste", Stufe.INFO, text, abhilfe="sozmon bestand kompaktieren entfernt sie.")]


def _meldung(pfad: Path, grund: str, abhilfe: str, stufe: Stufe = Stufe.FEHLER) -> Meldung:
    return Meldung("bestand_beschaedigt", stufe, f"„{pfad.name}“: {grund}", Fundstelle(str(pfad)), abhilfe)


# --------------------------------------------------------------------------------------------------
# New generation


def run_kompaktieren(wurzel: Path, stand: Stand, einstellung: Einstellung, eintraege: Iterable[Eintrag]) -> Stand:
    """Write every table anew without fragments and history, repair the notes beside the kept files; the new state."""
    generation = _next_generation(wurzel, stand)
    tabellen = {
        name: _write_kompakt(wurzel, name, alt, f"{name}-{generation}", einstellung)
        for name, alt in stand.tabellen.items()
    }
    neu = _publish_generation(wurzel, stand.nummer + 1, generation, tabellen, einstellung, "kompaktiert", stand.siegel)
    eintraege = list(eintraege)
    for eintrag in eintraege:
        originale.write_beleg(wurzel, eintrag, privat=einstellung.privat)
    originale.sweep_originale(wurzel, {e.lieferung.sha256 for e in eintraege})
    return neu


def _write_kompakt(wurzel: Path, name: str, alt: Tabellenstand, ordner: str, einstellung: Einstellung) -> Tabellenstand:
    neue: dict[str, Any] = {}
    for jahr in sorted({t.jahr for t in alt.teile.values()}):
        auswahl = {p: t for p, t in alt.teile.items() if t.jahr == jahr}
        daten = teile.read_alle(wurzel / alt.ordner, name, auswahl)
        neue |= teile.write_teile(wurzel / ordner, name, daten, jahr, privat=einstellung.privat)
    return delta.commit_teile(wurzel, name, Tabellenstand(ordner, -1, {}, {}), neue, einstellung)


def _next_generation(wurzel: Path, stand: Stand) -> int:
    vorhandene = [int(p.name.rpartition("-")[2]) for p in wurzel.glob("*-*") if _TABELLENORDNER.match(p.name)]
    return max([stand.generation, *vorhandene]) + 1


def _publish_generation(
    wurzel: Path,
    nummer: int,
    generation: int,
    tabellen: Mapping[str, Tabellenstand],
    einstellung: Einstellung,
    vorgang: str,
    vorher: str = "",
) -> Stand:
    neu = Stand(nummer, vorgang, plattform.jetzt(), vorher, generation, tabellen=tabellen)
    publish_stand(wurzel, neu, einstellung)
    for ordner in _alte_ordner(wurzel, neu):
        plattform.touch(ordner)
    return neu


def _alte_ordner(wurzel: Path, stand: Stand) -> list[Path]:
    aktuell = {t.ordner for t in stand.tabellen.values()}
    return [p for p in wurzel.iterdir() if _TABELLENORDNER.match(p.name) and p.name not in aktuell]


def sweep_alte(wurzel: Path, stand: Stand, *, frist: float = SCHONFRIST) -> None:
    """Remove folders of former generations and the states that name them; call it under the lock."""
    if not stand.tabellen:
        return
    alte = [p for p in _alte_ordner(wurzel, stand) if time.time() - p.stat().st_mtime >= frist]
    for ordner in alte:
        plattform.remove(ordner)
    for rest in wurzel.glob(".neu-*"):
        plattform.remove(rest)
    if alte:
        for pfad in stand_ordner(wurzel).glob("*.json"):
            nummer = int(pfad.stem)
            if nummer < stand.nummer and _nennt_fehlendes(wurzel, nummer):
                plattform.try_remove(pfad)


def _nennt_fehlendes(wurzel: Path, nummer: int) -> bool:
    try:
        alt = load_stand(wurzel, nummer)
    except BestandError:
        return True
    return not all((wurzel / t.ordner).is_dir() for t in alt.tabellen.values())


# --------------------------------------------------------------------------------------------------
# Rebuild


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
    generation = _next_generation(wurzel, Stand(0))
    with plattform.temp_ordner_in(wurzel, ".neu-") as baustelle:
        gebaut = _build_neu(wurzel, baustelle, eintraege, einstellung, leser)
        tabellen = {name: _zieh_um(baustelle, wurzel, t, f"{name}-{generation}") for name, t in gebaut.tabellen.items()}
        nummer = newest_nummer(wurzel) + 1
        neu = _publish_generation(wurzel, nummer, generation, tabellen, einstellung, "neu aufgebaut")
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
    from sozmon.bestand.bestand import Bestand

    try:
        bestand = Bestand(wurzel)
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
        abhilfe="sozmon status zeigt die Lieferungen mit ihrer Kennung.",
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


# --------------------------------------------------------------------------------------------------
# Back up


def write_sicherung(wurzel: Path, stand: Stand, eintraege: Iterable[Eintrag], ziel: Path) -> Path:
    """Copy one state of the store, whole and checked, to the new folder ``ziel``; others may write meanwhile."""
    if ziel.exists() and (not ziel.is_dir() or any(ziel.iterdir())):
        raise AusgabeError(
            f"„{ziel.name}“ ist schon vorhanden und nicht leer.", ort=str(ziel), abhilfe="Einen neuen Ordner angeben."
        )
    plattform.create_ordner(ziel.parent)
    with plattform.temp_ordner_in(ziel.parent, f".{ziel.name}.") as kopie:
        for pfad, sha256 in _sicherungsdateien(wurzel, stand, eintraege):
            _kopiere(pfad, sha256, kopie / pfad.relative_to(wurzel))
        if ziel.exists():
            ziel.rmdir()
        plattform.move(kopie, ziel)
    return ziel


def _sicherungsdateien(wurzel: Path, stand: Stand, eintraege: Iterable[Eintrag]) -> Iterable[tuple[Path, str]]:
    yield wurzel / "format.json", ""
    yield wurzel / "LIESMICH.md", ""
    yield pfad_stand(wurzel, stand.nummer), stand.siegel
    for pfad, sha256, _ in _gelistete(wurzel, stand):
        yield pfad, sha256
    for eintrag in eintraege:
        pfad = originale.pfad_original(wurzel, eintrag.lieferung.sha256)
        yield pfad, eintrag.lieferung.sha256
        yield pfad.with_suffix(".json"), ""


def _kopiere(pfad: Path, sha256: str, ziel: Path) -> None:
    plattform.create_ordner(ziel.parent, privat=True)
    try:
        shutil.copyfile(pfad, ziel)
    except FileNotFoundError as fehler:
        raise siegel.unlesbar(pfad, fehler) from fehler
    except OSError as fehler:
        raise plattform.schreibfehler(fehler, ziel) from fehler
    if sha256 and siegel.sha256_datei(ziel) != sha256:
        raise siegel.beschaedigt(pfad, "Der Inhalt passt nicht mehr zu seiner Prüfsumme.")
