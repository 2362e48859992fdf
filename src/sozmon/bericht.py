"""A report: store → Indikatorwerte → Freigabe → templates and texts → PDF, HTML, Word (one screen: ``run_bericht``)."""

from __future__ import annotations

import csv
import io
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

from sozmon.anmerkungen import check_anmerkungen, load_anmerkungen
from sozmon.bausteine import Bausteine
from sozmon.berichtstabellen import build_liste
from sozmon.berichtswerte import Auskunft, Ort, Orte, Zeitraum
from sozmon.definition import vorschlag
from sozmon.druck.modell import Dokument, Stil
from sozmon.errors import AufrufError, EingabeFehltError, KonfigError
from sozmon.freigabe import STEMPEL, Freigabe, erteile_freigabe
from sozmon.indikator import Auftrag, brueche, compute_indikatoren
from sozmon.model import INDIKATORWERTE, ZEICHEN_BEDEUTUNG, Indikator, Meldung
from sozmon.raeume import verlange_gliederung
from sozmon.zahlen import Zeitauswahl, format_datum, format_zahl

if TYPE_CHECKING:
    from sozmon.bestand import Bestand
    from sozmon.katalog import Katalog
    from sozmon.projekt import BerichtKonfig, Projekt
    from sozmon.raeume import Raeume, Raum

FORMATE = ("pdf", "html", "docx", "odt")


@dataclass(frozen=True, slots=True)
class Berichtslauf:
    """What a run made and what people should know about it."""

    pfade: tuple[Path, ...]
    meldungen: tuple[Meldung, ...]
    fehlende_texte: tuple[str, ...]
    ohne_daten: tuple[str, ...]
    verborgen: int


@dataclass(frozen=True, slots=True)
class Grundlage:
    """Everything a report is computed from."""

    projekt: Projekt
    konfig: BerichtKonfig
    katalog: Katalog
    raeume: Raeume
    bestand: Bestand


def run_bericht(
    projekt: Projekt, name: str = "", *, formate: Sequence[str] = ("pdf", "html", "docx"), kapitel: str = ""
) -> Berichtslauf:
    """Make the products of one report into ``ausgabe/<name>/`` and return their paths."""
    _pruefe_formate(formate)
    grundlage = load_grundlage(projekt, name)
    _pruefe_kapitel(grundlage, kapitel)
    rechnung = compute_indikatoren(
        grundlage.bestand, grundlage.katalog, grundlage.raeume, auftrag_des_berichts(grundlage)
    )
    freigabe = erteile_freigabe(rechnung.werte, grundlage.katalog, projekt.schwellen)
    bausteine = _bausteine(grundlage, freigabe)
    bausteine.png = "docx" in formate
    dokument, fehlende = _dokument(grundlage, bausteine, [kapitel] if kapitel else grundlage.konfig.kapitel)
    pfade = _write_produkte(grundlage, dokument, freigabe, formate)
    ohne = [i.titel for i in _indikatoren(grundlage) if not freigabe.jahre(i.kennung)]
    auskunft = bausteine.auskunft
    ziellos = check_anmerkungen(auskunft.anmerkungen, grundlage.katalog.indikatoren, auskunft.orte.alle())
    meldungen = (*rechnung.meldungen, *ziellos)
    return Berichtslauf(tuple(pfade), meldungen, tuple(fehlende), tuple(ohne), freigabe.verborgen)


# -- what it is computed from ----------------------------------------------------------------------


def load_grundlage(projekt: Projekt, name: str = "") -> Grundlage:
    """Load configuration, catalogue, territory and store of a project for one report."""
    from sozmon.bestand import Bestand
    from sozmon.katalog import load_katalog
    from sozmon.raeume import load_raeume

    raeume = load_raeume(projekt)
    if not raeume.gebietsstand:
        raise EingabeFehltError(
            "Für einen Bericht fehlt das Gemeindeverzeichnis.",
            grund="Ohne Verzeichnis ist nicht bekannt, welche Gemeinden der Kreis hat.",
            abhilfe="Einen GV-ISys-Auszug (Destatis, Gemeindeverzeichnis) einlesen: sozmon import DATEI.xlsx",
        )
    return Grundlage(projekt, projekt.bericht(name), load_katalog(projekt), raeume, Bestand(projekt.bestand))


def _pruefe_formate(formate: Sequence[str]) -> None:
    for wort in formate:
        if wort not in FORMATE:
            raise AufrufError(f"Das Format „{wort}“ gibt es nicht.", abhilfe=f"Möglich sind {', '.join(FORMATE)}.")


def _pruefe_kapitel(grundlage: Grundlage, kapitel: str) -> None:
    moeglich = grundlage.konfig.kapitel
    if kapitel and kapitel not in moeglich:
        raise AufrufError(
            f"Das Kapitel „{kapitel}“ hat dieser Bericht nicht.",
            ort="--kapitel",
            abhilfe=vorschlag(kapitel, moeglich) or f"Möglich sind: {', '.join(moeglich)}.",
        )
    if grundlage.raeume.raum(grundlage.projekt.kreis) is None:
        raise KonfigError(
            f"Den Kreis {grundlage.projekt.kreis} kennt kein eingelesenes Gemeindeverzeichnis.",
            ort="sozmon.toml, Schlüssel kreis",
            abhilfe="Den Schlüssel berichtigen oder das Verzeichnis des richtigen Gebiets einlesen.",
        )


def _indikatoren(grundlage: Grundlage) -> tuple[Indikator, ...]:
    """The Indikatoren of the report's chapters, in the order of the catalogue."""
    kapitel = set(grundlage.konfig.kapitel)
    return tuple(i for i in grundlage.katalog.indikatoren.values() if i.dimension in kapitel)


def auftrag_des_berichts(grundlage: Grundlage) -> Auftrag:
    """What a report has to compute: its Indikatoren for all its Räume and years."""
    orte = _raeume(grundlage)
    zeitraum = grundlage.konfig.zeitraum
    zeiten = None
    if zeitraum is not None:
        zeiten = Zeitauswahl(tuple(str(j) for j in range(zeitraum[0], zeitraum[1] + 1)))
    return Auftrag(_indikatoren(grundlage), tuple(orte), zeiten, grundlage.konfig.datenstand)


def _raeume(grundlage: Grundlage) -> list[Raum]:
    projekt, raeume = grundlage.projekt, grundlage.raeume
    kreis = raeume.raum_oder_fehler(projekt.kreis)
    regionen = (
        raeume.kinder(projekt.kreis, _gliederung(grundlage), raeume.gebietsstand) if _gliederung(grundlage) else ()
    )
    gemeinden = raeume.kinder(projekt.kreis, "gemeinde", raeume.gebietsstand)
    oben = [r for r in (raeume.raum(projekt.land), raeume.raum("DG")) if r is not None]
    return [*gemeinden, *regionen, kreis, *oben]


def _gliederung(grundlage: Grundlage) -> str:
    """Name of the Raumgliederung of the report: the configured one, else the only one there is."""
    vorhanden = sorted(grundlage.raeume.gliederungen)
    gewollt = grundlage.konfig.raumgliederung
    if gewollt and gewollt not in vorhanden:
        raise KonfigError(
            f"Die Raumgliederung „{gewollt}“ gibt es nicht.",
            ort="sozmon.toml",
            abhilfe=f"Vorhanden: {', '.join(vorhanden) or 'keine'}.",
        )
    name = gewollt or (vorhanden[0] if len(vorhanden) == 1 else "")
    verlange_gliederung(grundlage.raeume, name)
    return name


# -- what the templates see ------------------------------------------------------------------------


def _bausteine(grundlage: Grundlage, freigabe: Freigabe) -> Bausteine:
    konfig = grundlage.konfig
    von, bis = konfig.zeitraum or (0, 0)
    auskunft = Auskunft(
        freigabe=freigabe,
        katalog=grundlage.katalog,
        orte=_orte(grundlage),
        zeitraum=Zeitraum(von, bis, konfig.vorbericht),
        brueche={i.kennung: brueche(grundlage.katalog, i) for i in _indikatoren(grundlage)},
        gliederungen=grundlage.projekt.raumgliederungen,
        anmerkungen=load_anmerkungen(grundlage.projekt.ordner / "anmerkungen.csv"),
    )
    return Bausteine(auskunft, _methodik(grundlage, auskunft))


def _orte(grundlage: Grundlage) -> Orte:
    projekt, raeume, stand = grundlage.projekt, grundlage.raeume, grundlage.raeume.gebietsstand
    gliederung = _gliederung(grundlage)
    region_von: dict[str, str] = {}
    regionen = raeume.kinder(projekt.kreis, gliederung, stand) if gliederung else ()
    for region in regionen:
        for gemeinde in raeume.kinder(region.raum_id, "gemeinde", stand):
            region_von[gemeinde.raum_id] = region.raum_id

    def ort(raum: Raum | None) -> Ort | None:
        return Ort(raum.raum_id, raum.name, raum.ebene, region_von.get(raum.raum_id, "")) if raum else None

    def orte(liste: Sequence[Raum]) -> tuple[Ort, ...]:
        return tuple(o for o in map(ort, liste) if o)

    kreis = ort(raeume.raum_oder_fehler(projekt.kreis))
    assert kreis is not None  # raum_oder_fehler raises instead
    return Orte(
        kreis,
        ort(raeume.raum(projekt.land)),
        ort(raeume.raum("DG")),
        orte(regionen),
        orte(raeume.kinder(projekt.kreis, "gemeinde", stand)),
        projekt.raumgliederungen.get(gliederung, "Sozialregion"),
    )


# -- document and products -------------------------------------------------------------------------


def _dokument(grundlage: Grundlage, bausteine: Bausteine, kapitel: Sequence[str]) -> tuple[Dokument, list[str]]:
    from sozmon.kapitel import render_kapitel
    from sozmon.sprache import raumwort

    konfig, projekt = grundlage.konfig, grundlage.projekt
    markdown, fehlende = render_kapitel(projekt, bausteine, kapitel)
    freigabe = bausteine.auskunft.freigabe
    stand = konfig.datenstand or max(_staende(freigabe).values(), default="")
    kreis = raumwort(bausteine.auskunft.orte.kreis.name, "kreis").name
    dokument = Dokument(
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
    )
    return dokument, fehlende


def _methodik(grundlage: Grundlage, auskunft: Auskunft) -> dict[str, object]:
    """What the chapter Methodik prints: plain values, and its lists as tables."""
    from sozmon.sprache import raumwort

    freigabe, orte = auskunft.freigabe, auskunft.orte
    mit_daten = [i for i in _indikatoren(grundlage) if freigabe.jahre(i.kennung)]
    return {
        "gebietsstand": format_datum(grundlage.raeume.gebietsstand),
        "gemeinden": _anzahlwort(len(orte.gemeinden)),
        "regionen": _anzahlwort(len(orte.regionen)) if orte.regionen else "",
        "regionsname": orte.regionsname,
        "kreis": raumwort(orte.kreis.name, "kreis").wer,
        "umgerechnet": any(w.umrechnung for w in freigabe.werte),
        "regel": freigabe.regel,
        "verborgen": freigabe.verborgen,
        "verborgen_wort": _anzahlwort(freigabe.verborgen),
        "hinweise": _hinweise(mit_daten),
        "hat_brueche": any(auskunft.brueche.get(i.kennung) for i in mit_daten),
        **_methodiktabellen(auskunft, mit_daten),
    }


def _anzahlwort(anzahl: int) -> str:
    """Numbers up to twelve are words in a sentence."""
    from sozmon.sprache.worte import ZAHLWORT

    return ZAHLWORT[anzahl] if anzahl < len(ZAHLWORT) else format_zahl(anzahl, 0)


def _hinweise(indikatoren: Sequence[Indikator]) -> tuple[tuple[str, str], ...]:
    """(titles, sentence): every remark once, with the Indikatoren that it is about."""
    betroffen: dict[str, list[str]] = {}
    for indikator in indikatoren:
        for satz in indikator.hinweise:
            betroffen.setdefault(satz, []).append(indikator.titel)
    return tuple((", ".join(titel), satz) for satz, titel in betroffen.items())


def _methodiktabellen(auskunft: Auskunft, indikatoren: Sequence[Indikator]) -> dict[str, object]:
    from sozmon.katalogtext import formel

    katalog, staende = auskunft.katalog, _staende(auskunft.freigabe)
    quellen = [(katalog.quellen[q], stand) for q, stand in sorted(staende.items()) if q in katalog.quellen]
    return {
        "tabelle_zeichen": build_liste(
            "tab-zeichen", "Zeichenerklärung", ("Zeichen", "Bedeutung"), ZEICHEN_BEDEUTUNG.items(), (1, 8)
        ),
        "tabelle_quellen": build_liste(
            "tab-quellen",
            "Quellen und ihr Datenstand",
            ("Quelle", "Herausgeber", "Lizenz", "Datenstand"),
            [(q.titel, q.herausgeber, q.lizenz or "–", format_datum(stand)) for q, stand in quellen],
            (2.2, 3.4, 2.6, 1.4),
        ),
        "tabelle_definitionen": build_liste(
            "tab-definitionen",
            "Berechnung der Indikatoren",
            ("Indikator", "Berechnung", "Einheit"),
            [(i.titel, formel(katalog, i).split(". ")[0].rstrip("."), i.einheit) for i in indikatoren],
            (3, 6, 1.8),
        ),
        "tabelle_brueche": build_liste(
            "tab-brueche",
            "Brüche in den Zeitreihen",
            ("ab", "Grund", "Betroffene Indikatoren"),
            [
                (format_datum(ab), grund, ", ".join(titel))
                for (ab, grund), titel in _brueche_mit_indikatoren(auskunft, indikatoren)
            ],
            (1, 3.2, 5),
        ),
    }


def _brueche_mit_indikatoren(
    auskunft: Auskunft, indikatoren: Sequence[Indikator]
) -> list[tuple[tuple[str, str], list[str]]]:
    betroffen: dict[tuple[str, str], list[str]] = {}
    for indikator in indikatoren:
        for bruch in auskunft.brueche.get(indikator.kennung, ()):
            betroffen.setdefault((bruch.ab, bruch.grund), []).append(indikator.titel)
    return sorted(betroffen.items())


def _staende(freigabe: Freigabe) -> dict[str, str]:
    """Quelle → newest data state among the released numbers."""
    staende: dict[str, str] = {}
    for wert in freigabe.werte:
        for quelle, stand in wert.staende.items() if wert.ist_zahl else ():
            staende[quelle] = max(staende.get(quelle, ""), stand)
    return staende


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
    return Stil(farbe=konfig.farbe, farbe_hell=konfig.farbe_hell, logo=logo, logo_alt=konfig.logo_alt)


def _zeitstempel(stand: str) -> int:
    """Seconds since 1970 of the data's state: the same data give the same bytes, whenever the report is made."""
    return int(datetime.fromisoformat(stand).replace(tzinfo=UTC).timestamp()) if stand else 0


def _write_produkte(grundlage: Grundlage, dokument: Dokument, freigabe: Freigabe, formate: Sequence[str]) -> list[Path]:
    from sozmon import druck
    from sozmon.plattform import create_ordner, write_bytes

    ordner = grundlage.projekt.ausgabe / grundlage.konfig.kennung
    create_ordner(ordner)
    # everything is rendered before anything is written: a failure leaves the last report as it was
    inhalte = druck.render_alle(dokument, formate)
    pfade = [write_bytes(ordner / f"{grundlage.konfig.kennung}.{wort}", inhalt) for wort, inhalt in inhalte.items()]
    write_bytes(ordner / "freigabe.csv", _freigabe_csv(freigabe))
    return pfade


def _freigabe_csv(freigabe: Freigabe) -> bytes:
    """The released values of the report, kept with it from the first day."""
    puffer = io.StringIO()
    schreiber = csv.writer(puffer, lineterminator="\n")
    schreiber.writerow(INDIKATORWERTE)
    for wert in freigabe.werte:
        schreiber.writerow(["" if (v := getattr(wert, s)) is None else v for s in INDIKATORWERTE])
    return puffer.getvalue().encode("utf-8")
