"""What a report is computed from: project, catalogue, territory, store, its chapters; and its Freigabe."""

from __future__ import annotations

import json
from collections.abc import Callable, Sequence
from dataclasses import asdict, dataclass
from functools import cached_property
from typing import TYPE_CHECKING

from sozmon.berichtigung import berichtigte_werte
from sozmon.berichtswerte import Ort, Orte
from sozmon.errors import EingabeFehltError, KonfigError
from sozmon.freigabe import Freigabe, erteile_freigabe, pack_freigabe, unpack_freigabe
from sozmon.indikator import Auftrag, compute_indikatoren
from sozmon.kapitelplan import Kapitel, plan_kapitel
from sozmon.katalogtext import auspraegung_in_worten
from sozmon.model import Fundstelle, Indikator, Meldung, Stufe
from sozmon.projekt import mitgeliefert
from sozmon.raeume import verlange_gliederung
from sozmon.textbloecke import find_zitierte
from sozmon.zahlen import Zeitauswahl, format_datum
from sozmon.zwischenspeicher import Zwischenspeicher, pruefsumme, schluessel

if TYPE_CHECKING:
    from sozmon.bestand import Bestand
    from sozmon.katalog import Katalog
    from sozmon.projekt import BerichtKonfig, Projekt
    from sozmon.raeume import Raeume, Raum


@dataclass(frozen=True)
class Grundlage:
    """Everything a report is computed from."""

    projekt: Projekt
    konfig: BerichtKonfig
    katalog: Katalog
    raeume: Raeume
    bestand: Bestand
    kapitel: tuple[Kapitel, ...]
    speicher: Zwischenspeicher
    zitierte: frozenset[str] = frozenset()
    """What texts and own templates ask for besides."""
    nur: tuple[Indikator, ...] = ()
    """Only these Indikatoren, for a single chart; () = those of the chapters."""

    @cached_property
    def indikatoren(self) -> tuple[Indikator, ...]:
        """Those of the report's chapters, those that its texts cite, the leading ones; in the catalogue's order."""
        if self.nur:
            return self.nur
        alle = self.katalog.indikatoren.values()
        return tuple(i for i in alle if i.kennung in self.gezeigte or i.leitindikator)

    @cached_property
    def gezeigte(self) -> frozenset[str]:
        """Kennungen of the chapters and texts."""
        return self.zitierte | {i.kennung for k in self.kapitel for i in k.indikatoren}

    @cached_property
    def gliederung(self) -> str:
        """Name of the Raumgliederung of the report: the configured one, else the only one there is."""
        vorhanden = sorted(self.raeume.gliederungen)
        gewollt = self.konfig.raumgliederung
        if gewollt and gewollt not in vorhanden:
            raise KonfigError(
                f"Die Raumgliederung „{gewollt}“ gibt es nicht.",
                ort="sozmon.toml",
                abhilfe=f"Vorhanden: {', '.join(vorhanden) or 'keine'}.",
            )
        name = gewollt or (vorhanden[0] if len(vorhanden) == 1 else "")
        verlange_gliederung(self.raeume, name)
        return name

    @cached_property
    def kreis(self) -> Raum:
        """The Kreis of the project; KonfigError when no register knows it."""
        raum = self.raeume.raum(self.projekt.kreis)
        if raum is None:
            raise KonfigError(
                f"Den Kreis {self.projekt.kreis} kennt kein eingelesenes Gemeindeverzeichnis.",
                ort="sozmon.toml, Schlüssel kreis",
                abhilfe="Den Schlüssel berichtigen oder das Verzeichnis des richtigen Gebiets einlesen.",
            )
        return raum

    @cached_property
    def regionen(self) -> tuple[Raum, ...]:
        """The regions between Gemeinde and Kreis."""
        return self._kinder(self.gliederung) if self.gliederung else ()

    @cached_property
    def gemeinden(self) -> tuple[Raum, ...]:
        """The Gemeinden of the Kreis on its Gebietsstand."""
        return self._kinder("gemeinde")

    def _kinder(self, ebene: str) -> tuple[Raum, ...]:
        return tuple(self.raeume.kinder(self.projekt.kreis, ebene, self.raeume.gebietsstand))


def load_grundlage(projekt: Projekt, name: str = "", *, speicher: Zwischenspeicher | None = None) -> Grundlage:
    """Load configuration, catalogue, territory and store of a project for one report."""
    from sozmon.bestand import Bestand
    from sozmon.bestand.loeschen import ZWISCHENSPEICHER
    from sozmon.katalog import load_katalog
    from sozmon.raeume import load_raeume

    raeume = load_raeume(projekt)
    if not raeume.gebietsstand:
        raise EingabeFehltError(
            "Für einen Bericht fehlt das Gemeindeverzeichnis.",
            grund="Ohne Verzeichnis ist nicht bekannt, welche Gemeinden der Kreis hat.",
            abhilfe="Einen GV-ISys-Auszug (Destatis, Gemeindeverzeichnis) einlesen: sozmon import DATEI.xlsx",
        )
    konfig, katalog = projekt.bericht(name), load_katalog(projekt)
    plan = plan_kapitel(projekt, konfig, katalog)
    if speicher is None:
        speicher = Zwischenspeicher(projekt.bestand / ZWISCHENSPEICHER if projekt.bestand.is_dir() else None)
    zitierte = (
        find_zitierte(projekt.texte, [k.name for k in plan], projekt.vorlagen, konfig.kennung)
        & katalog.indikatoren.keys()
    )
    return Grundlage(projekt, konfig, katalog, raeume, Bestand(projekt.bestand), plan, speicher, frozenset(zitierte))


def load_orte(grundlage: Grundlage) -> Orte:
    """The Räume of the report with the region that each Gemeinde lies in."""
    projekt, raeume = grundlage.projekt, grundlage.raeume
    region_von = {
        gemeinde.raum_id: region.raum_id
        for region in grundlage.regionen
        for gemeinde in raeume.kinder(region.raum_id, "gemeinde", raeume.gebietsstand)
    }

    def ort(raum: Raum) -> Ort:
        return Ort(raum.raum_id, raum.name, raum.ebene, region_von.get(raum.raum_id, ""))

    land, bund = (raeume.raum(raum_id) for raum_id in (projekt.land, "DG"))
    return Orte(
        ort(grundlage.kreis),
        ort(land) if land else None,
        ort(bund) if bund else None,
        tuple(map(ort, grundlage.regionen)),
        tuple(map(ort, grundlage.gemeinden)),
        projekt.raumgliederungen.get(grundlage.gliederung, "Sozialregion"),
    )


def load_berichtigte(grundlage: Grundlage, indikatoren: Sequence[Indikator]) -> list[tuple[str, str, str, str]]:
    """(Raum, Zeit, what, reason) of the corrected values that enter these Indikatoren; never a value."""
    katalog, kreis = grundlage.katalog, grundlage.projekt.kreis
    gefragt = {t.merkmal for i in indikatoren for t in (*i.zaehler, *i.nenner)}
    zeilen = []
    for z in berichtigte_werte(grundlage.bestand, grundlage.konfig.datenstand):
        raum = grundlage.raeume.raum(z["raum_id"])
        if z["merkmal"] in gefragt and (z["raum_id"].startswith(kreis) or len(z["raum_id"]) <= 2):
            was = katalog.merkmale[z["merkmal"]].titel
            was += f", {auspraegung_in_worten(katalog, z['auspraegung'])}" if z["auspraegung"] else ""
            zeilen.append((raum.name if raum else z["raum_id"], format_datum(z["zeit"]), was, z["grund"]))
    return zeilen


def auftrag_des_berichts(grundlage: Grundlage, datenstand: str | None = None) -> Auftrag:
    """What a report has to compute: its Indikatoren and their parts for all its Räume and years."""
    zeitraum = grundlage.konfig.zeitraum
    zeiten = None
    if zeitraum is not None:
        zeiten = Zeitauswahl(tuple(str(j) for j in range(zeitraum[0], zeitraum[1] + 1)))
    oben = [r for r in map(grundlage.raeume.raum, (grundlage.projekt.land, "DG")) if r is not None]
    raeume: Sequence[Raum] = (*grundlage.gemeinden, *grundlage.regionen, grundlage.kreis, *oben)
    stand = grundlage.konfig.datenstand if datenstand is None else datenstand
    teile = {i.kennung: grundlage.katalog.auspraegungen(i.teile) for i in grundlage.indikatoren if i.teile}
    obere = (*grundlage.regionen, grundlage.kreis)
    return Auftrag(grundlage.indikatoren, tuple(raeume), zeiten, stand, teile, obere)


def compute_freigabe(
    grundlage: Grundlage, datenstand: str | None = None, *, beim_rechnen: Callable[[], None] = lambda: None
) -> tuple[Freigabe, tuple[Meldung, ...]]:
    """The cleared values of the report, from the cache where nothing they depend on has changed.

    datenstand: another one than the report's ('' = everything there is). Meldungen are kept too: they are told every
    time. beim_rechnen: called when nothing was kept and the work begins.
    """
    auftrag = auftrag_des_berichts(grundlage, datenstand)
    key = _schluessel(grundlage, auftrag)
    gemerkt = [grundlage.speicher.hole(key + zusatz) for zusatz in ("", "-meldungen")]
    if gemerkt[0] is not None and gemerkt[1] is not None and (bekannt := unpack_freigabe(gemerkt[0])) is not None:
        return bekannt, unpack_meldungen(gemerkt[1])
    beim_rechnen()
    rechnung = compute_indikatoren(grundlage.bestand, grundlage.katalog, grundlage.raeume, auftrag)
    freigabe = erteile_freigabe(rechnung.werte, grundlage.katalog, grundlage.projekt.schwellen)
    grundlage.speicher.lege(key, pack_freigabe(freigabe))
    grundlage.speicher.lege(key + "-meldungen", pack_meldungen(rechnung.meldungen))
    return freigabe, rechnung.meldungen


def pack_meldungen(meldungen: Sequence[Meldung]) -> bytes:
    """Meldungen as JSON."""
    return json.dumps([asdict(m) for m in meldungen], ensure_ascii=False).encode()


def unpack_meldungen(inhalt: bytes) -> tuple[Meldung, ...]:
    """Inverse of ``pack_meldungen``."""
    return tuple(
        Meldung(**{**m, "stufe": Stufe(m["stufe"]), "fundstelle": Fundstelle(**m["fundstelle"])})
        for m in json.loads(inhalt)
    )


def _schluessel(grundlage: Grundlage, auftrag: Auftrag) -> str:
    projekt = grundlage.projekt
    ordner = (mitgeliefert("indikatoren"), projekt.indikatoren, projekt.raeume)
    definitionen = pruefsumme(*(o for o in ordner if o.exists()))
    raeume = tuple(r.raum_id for r in auftrag.raeume)
    kennungen = tuple(i.kennung for i in auftrag.indikatoren)
    umstaende = (projekt.kreis, projekt.land, grundlage.raeume.gebietsstand, sorted(projekt.schwellen.items()))
    zeiten = auftrag.zeiten.angaben if auftrag.zeiten else None
    bestand = grundlage.bestand.stand.siegel
    return schluessel("freigabe", bestand, definitionen, umstaende, kennungen, raeume, zeiten, auftrag.datenstand)
