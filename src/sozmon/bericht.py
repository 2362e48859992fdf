"""A report: store → Indikatorwerte → Freigabe → templates and texts → PDF, HTML, Word (one screen: ``run_bericht``)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from functools import partial
from pathlib import Path

from sozmon.anmerkungen import check_anmerkungen, load_anmerkungen
from sozmon.bausteine import Bausteine
from sozmon.berichtsgrundlage import Grundlage, compute_freigabe, load_berichtigte, load_grundlage, load_orte
from sozmon.berichtsmethodik import build_methodik, staende
from sozmon.berichtswerte import Auskunft, Zeitraum
from sozmon.druck.modell import Dokument, Stil
from sozmon.druck.ressource import schriftdateien
from sozmon.errors import AufrufError, KonfigError
from sozmon.freigabe import STEMPEL, Freigabe
from sozmon.indikator import brueche
from sozmon.kapitel import render_kapitel
from sozmon.kapitelplan import Kapitel, waehle_kapitel
from sozmon.model import Meldung
from sozmon.plattform import bereite_arbeiter_vor, write_bytes
from sozmon.produkte import FORMATE, VORGABE, excel_csv, write_produkte
from sozmon.projekt import Projekt
from sozmon.sprache import raumwort
from sozmon.zahlen import format_datum
from sozmon.zitate import Zitat, compare_zitate, confirm_zitate, load_zitate, write_zitate

ZEICHNER = "sozmon.diagramm.vorgeladen"


@dataclass(frozen=True, slots=True)
class Berichtslauf:
    """What a run made and what people should know about it.

    pfade: all products, ``neu``: those that were made again because something they depend on had changed.
    gezeichnet: (new charts, all charts).
    """

    pfade: tuple[Path, ...]
    neu: tuple[Path, ...]
    meldungen: tuple[Meldung, ...]
    fehlende_texte: tuple[str, ...]
    ohne_daten: tuple[str, ...]
    verborgen: int
    gezeichnet: tuple[int, int] = (0, 0)

    @property
    def unveraendert(self) -> bool:
        """True when every product was up to date."""
        return not self.neu


def run_bericht(
    projekt: Projekt,
    name: str = "",
    *,
    formate: Sequence[str] = VORGABE,
    kapitel: str = "",
    vorschau: bool = False,
    texte_geprueft: bool = False,
) -> Berichtslauf:
    """Make the products of one report into ``ausgabe/<name>/`` and return their paths.

    kapitel: only this chapter; vorschau: as ``<name>_vorschau.html``, without touching products and register;
    texte_geprueft: a person has read every text with its present values.
    """
    _pruefe_formate(formate)
    grundlage = load_grundlage(projekt, name)
    gewaehlt = waehle_kapitel(grundlage.kapitel, kapitel)
    # new values mean new charts: what draws them is loaded while they are computed
    freigabe, meldungen = compute_freigabe(grundlage, beim_rechnen=partial(bereite_arbeiter_vor, ZEICHNER))
    bausteine = build_bausteine(grundlage, freigabe)
    gerendert = render_kapitel(projekt, bausteine, gewaehlt, grundlage.kapitel, grundlage.konfig.kennung)
    bausteine.zeichne(grundlage.speicher, png="docx" in formate)
    dokument = _dokument(grundlage, bausteine, gerendert.markdown, ganz=not kapitel)
    teil = f"_{kapitel}" if kapitel else ""
    pfade, neu = write_produkte(grundlage, dokument, freigabe, formate, "_vorschau" if vorschau else teil)
    liste = projekt.ausgabe / grundlage.konfig.kennung / f"texte_zu_pruefen{teil}.csv"
    zitate = [replace(z, bericht=grundlage.konfig.kennung) for z in bausteine.zitate]
    zu_pruefen = () if vorschau else _merke_zitate(projekt, zitate, liste, geprueft=texte_geprueft)
    grundlage.speicher.raeume_auf()
    return Berichtslauf(
        pfade,
        neu,
        (*meldungen, *_ziellose_anmerkungen(bausteine.auskunft), *gerendert.meldungen, *zu_pruefen),
        gerendert.fehlende,
        _ohne_daten(gewaehlt, freigabe),
        freigabe.verborgen,
        bausteine.gezeichnet,
    )


def _pruefe_formate(formate: Sequence[str]) -> None:
    for wort in formate:
        if wort not in FORMATE:
            raise AufrufError(f"Das Format „{wort}“ gibt es nicht.", abhilfe=f"Möglich sind {', '.join(FORMATE)}.")


def _ziellose_anmerkungen(auskunft: Auskunft) -> Sequence[Meldung]:
    return check_anmerkungen(auskunft.anmerkungen, auskunft.katalog.indikatoren, auskunft.orte.alle())


def _merke_zitate(projekt: Projekt, neu: Sequence[Zitat], liste: Path, *, geprueft: bool) -> tuple[Meldung, ...]:
    """Keep the register of cited values; what a person must read again goes into ``liste``."""
    pfad = projekt.texte / "zitate.csv"
    alt = load_zitate(pfad)
    if geprueft:
        write_zitate(pfad, confirm_zitate(alt, neu))
        liste.unlink(missing_ok=True)
        return ()
    bedarf, register = compare_zitate(alt, neu)
    if register:
        write_zitate(pfad, register)
    if not bedarf:
        liste.unlink(missing_ok=True)
        return ()
    kopf = ("Text", "Aufruf", "bisher", "jetzt")
    write_bytes(liste, excel_csv((kopf, *(z for b in bedarf for z in b.zeilen()))))
    return tuple(
        b.meldung(f"{projekt.ausgabe.name}/{liste.parent.name}/{liste.name}", liste.parent.name) for b in bedarf
    )


def _ohne_daten(kapitel: Sequence[Kapitel], freigabe: Freigabe) -> tuple[str, ...]:
    alle = {i.titel: i for k in kapitel for i in k.indikatoren}
    return tuple(titel for titel, i in alle.items() if not freigabe.jahre(i.kennung))


def build_bausteine(grundlage: Grundlage, freigabe: Freigabe) -> Bausteine:
    """What the templates and texts of a report may call."""
    konfig = grundlage.konfig
    von, bis = konfig.zeitraum or (0, 0)
    auskunft = Auskunft(
        freigabe=freigabe,
        katalog=grundlage.katalog,
        orte=load_orte(grundlage),
        zeitraum=Zeitraum(von, bis, konfig.vorbericht),
        brueche={i.kennung: brueche(grundlage.katalog, i) for i in grundlage.indikatoren},
        gliederungen=grundlage.projekt.raumgliederungen,
        gerechnet=frozenset(i.kennung for i in grundlage.indikatoren),
        anmerkungen=load_anmerkungen(grundlage.projekt.ordner / "anmerkungen.csv"),
    )
    in_reihenfolge = [i for i in grundlage.indikatoren if i.kennung in grundlage.gezeigte]
    berichtigte = load_berichtigte(grundlage, in_reihenfolge)
    return Bausteine(auskunft, build_methodik(auskunft, in_reihenfolge, grundlage.raeume.gebietsstand, berichtigte))


def _dokument(grundlage: Grundlage, bausteine: Bausteine, markdown: str, *, ganz: bool) -> Dokument:
    konfig, projekt = grundlage.konfig, grundlage.projekt
    freigabe = bausteine.auskunft.freigabe
    stand = konfig.datenstand or max(staende(freigabe).values(), default="")
    kreis = raumwort(bausteine.auskunft.orte.kreis.name, "kreis").name
    return Dokument(
        titel=konfig.titel,
        untertitel=konfig.untertitel or kreis,
        herausgeber=konfig.herausgeber or projekt.herausgeber or kreis,
        stand=f"Datenstand {format_datum(stand)}",
        markdown=markdown,
        objekte=bausteine.objekte,
        stempel="" if freigabe.geprueft else STEMPEL,
        stil=_stil(projekt),
        zeitstempel=_zeitstempel(stand),
        kurztitel=konfig.kurztitel or konfig.titel,
        verzeichnisse=ganz,
    )


def _stil(projekt: Projekt) -> Stil:
    konfig = projekt.stil
    logo = b""
    if konfig.logo:
        pfad = projekt.ordner / konfig.logo
        if not pfad.is_file():
            raise KonfigError(
                "Die Datei des Logos fehlt.", ort=str(pfad), abhilfe="In sozmon.toml [stil] logo berichtigen."
            )
        logo = pfad.read_bytes()
    return Stil(
        schrift=konfig.schrift,
        schriftordner=_schriftordner(projekt),
        farbe=konfig.farbe,
        farbe_hell=konfig.farbe_hell,
        groesse_pt=konfig.groesse_pt,
        tabelle_pt=konfig.tabelle_pt,
        rand_cm=konfig.rand_cm,
        logo=logo,
        logo_alt=konfig.logo_alt,
    )


def _schriftordner(projekt: Projekt) -> str:
    """Where the project's own family lies; '' for the shipped one. KonfigError when it lies nowhere."""
    familie = projekt.stil.schrift
    if familie == Stil().schrift:
        return ""
    ordner = projekt.vorlagen / "schriften"
    if "Regular" not in schriftdateien(familie, str(ordner)):
        raise KonfigError(
            f"Die Schrift „{familie}“ fehlt im Projekt.",
            ort=str(ordner),
            grund="Gesucht ist mindestens der normale Schnitt als TrueType.",
            abhilfe=f"Die Datei {familie.replace(' ', '')}-Regular.ttf dorthin legen (auch -Bold, -It, -BoldIt).",
        )
    return str(ordner)


def _zeitstempel(stand: str) -> int:
    """Seconds since 1970 of the data's state: the same data give the same bytes, whenever the report is made."""
    return int(datetime.fromisoformat(stand).replace(tzinfo=UTC).timestamp()) if stand else 0
