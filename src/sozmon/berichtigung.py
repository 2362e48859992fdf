"""``korrekturen.csv``: single values that somebody has put right, with the reason; a Lieferung like any other.

A row counts for exactly the delivered value that it names: while the office says ``wert_alt``, the store says
``wert_neu`` with the mark r, also after the office delivered the same again. When the office itself delivers another
value, the row no longer fits and the office's value holds.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from sozmon.model import Fundstelle, Meldung, Status, Stufe
from sozmon.projekt import KORREKTUREN_SPALTEN

if TYPE_CHECKING:
    from sozmon.bestand import Bestand
    from sozmon.katalog import Katalog

FORM = "korrekturen"
"""Shape of the Lieferung, and the word in the place of its Quelle."""
_KENNZEICHEN = "r"


@dataclass(frozen=True, slots=True)
class Korrektur:
    """One row: ``zeit``, ``datum`` ISO; ``alt``/``neu`` None = no number; ``zeile`` 1-based."""

    raum_id: str
    zeit: str
    merkmal: str
    auspraegung: str
    alt: float | None
    neu: float | None
    grund: str
    kuerzel: str
    datum: str
    zeile: int = 0

    @property
    def fach(self) -> tuple[str, str, str, str]:
        """What it corrects."""
        return self.raum_id, self.merkmal, self.auspraegung, self.zeit

    @property
    def inhalt(self) -> tuple[object, ...]:
        """Everything but the line in which it stands."""
        return (*self.fach, self.alt, self.neu, self.grund, self.datum)

    def meldung(self, kennung: str, stufe: Stufe, text: str, abhilfe: str) -> Meldung:
        """A finding about this row; it never repeats a value."""
        return Meldung(kennung, stufe, text, Fundstelle(zelle=f"Zeile {self.zeile}"), abhilfe)


def parse_korrekturen(zeilen: Sequence[Sequence[str]], katalog: Katalog) -> tuple[list[Korrektur], list[Meldung]]:
    """Rows below the head → Korrekturen, and a fehler for every row that cannot be read."""
    korrekturen, meldungen = [], []
    for nummer, zellen in enumerate(zeilen, 2):
        texte = [z.strip() for z in zellen] + [""] * (len(KORREKTUREN_SPALTEN) - len(zellen))
        if not any(texte):
            continue
        try:
            korrekturen.append(_parse_zeile(dict(zip(KORREKTUREN_SPALTEN, texte, strict=False)), katalog, nummer))
        except ValueError as fehler:
            hilfe = f"Nötig sind: {';'.join(KORREKTUREN_SPALTEN)}; Zahlen wie 1.234,5, Datum wie 31.01.2026."
            ort = Fundstelle(zelle=f"Zeile {nummer}")
            meldungen.append(Meldung("korrektur_unlesbar", Stufe.FEHLER, f"Zeile nicht lesbar: {fehler}.", ort, hilfe))
    gesehen: dict[tuple[str, str, str, str], Korrektur] = {}
    for k in korrekturen:
        if (erste := gesehen.setdefault(k.fach, k)) is not k:
            text = f"Derselbe Wert wird auch in Zeile {erste.zeile} berichtigt."
            meldungen.append(k.meldung("korrektur_unlesbar", Stufe.FEHLER, text, "Eine der beiden Zeilen entfernen."))
    return korrekturen, meldungen


def _parse_zeile(zeile: Mapping[str, str], katalog: Katalog, nummer: int) -> Korrektur:
    from sozmon.errors import SozmonError
    from sozmon.katalog import fuege_zusammen, zerlege
    from sozmon.plattform import jetzt
    from sozmon.quellen.zeiten import parse_zeit
    from sozmon.zahlen import parse_datum, parse_zahl

    if fehlend := [s for s in ("raum_id", "zeit", "merkmal", "grund", "kuerzel", "datum") if not zeile[s]]:
        raise ValueError(f"leer ist {', '.join(fehlend)}")
    if zeile["merkmal"] not in katalog.merkmale:
        raise ValueError(f"das Merkmal „{zeile['merkmal']}“ gibt es im Katalog nicht")
    try:
        auspraegung = fuege_zusammen(zerlege(zeile["auspraegung"]))
    except SozmonError as fehler:
        raise ValueError(fehler.text.rstrip(".")) from fehler
    alt, neu = parse_zahl(zeile["wert_alt"], "de"), parse_zahl(zeile["wert_neu"], "de")
    if alt == neu:
        raise ValueError("wert_alt und wert_neu sind gleich")
    merkmal = katalog.merkmale[zeile["merkmal"]]
    ganz = neu is None or neu.is_integer() or "jahresmittel" in merkmal.zeitart  # an average may have a fraction
    if neu is not None and merkmal.personen and merkmal.additiv and (neu < 0 or not ganz):
        raise ValueError("wert_neu ist keine Anzahl")
    if parse_datum(zeile["datum"]) > jetzt()[:10]:
        raise ValueError("das Datum liegt in der Zukunft")
    return Korrektur(
        zeile["raum_id"], parse_zeit(zeile["zeit"]).zeit, zeile["merkmal"], auspraegung, alt, neu,
        zeile["grund"], zeile["kuerzel"], parse_datum(zeile["datum"]), nummer,
    )  # fmt: skip


def compute_berichtigte(
    bestand: Bestand, korrekturen: Sequence[Korrektur], lieferung: str, bekannte: Collection[tuple[object, ...]]
) -> tuple[Any, list[Meldung]]:
    """Merkmalswerte of the corrected keys (pyarrow), and what does not fit.

    A new row that does not fit is a fehler; one that was accepted before (``bekannte``: their ``inhalt``) and no longer
    fits is a warnung, and what the office says holds.
    """
    import pyarrow as pa

    from sozmon.umsetzen import SCHEMA

    amtliche = _amtliche(bestand, korrekturen)
    zeilen: list[dict[str, Any]] = []
    meldungen: list[Meldung] = []
    for k in korrekturen:
        passende = [z for z in amtliche.get(k.fach, ()) if _zahl(z) == k.alt]
        if passende:
            zeilen += [_berichtigt(z, k, lieferung) for z in passende]
        else:
            zeiten = sorted({f[3] for f in amtliche if f[:3] == k.fach[:3]})
            meldungen.append(_passt_nicht(k, zeiten, bekannt=k.inhalt in bekannte))
    return pa.Table.from_pylist(zeilen, schema=SCHEMA), meldungen


def _zahl(zeile: Mapping[str, Any]) -> float | None:
    zahlen = (Status.WERT, Status.NULL_GENAU, Status.NULL_GERUNDET, Status.UNSICHER)
    wert: float | None = zeile["wert"]
    return wert if zeile["status"] in zahlen else None


def _amtliche(bestand: Bestand, korrekturen: Sequence[Korrektur]) -> dict[tuple[str, ...], list[dict[str, Any]]]:
    """What would hold without any correction: for each named value the row of each Quelle."""
    from sozmon.bestand.abfrage import liste
    from sozmon.model import SCHLUESSEL

    folge = {e.lieferung.sha256: e.folge for e in bestand.eintraege() if e.lieferung.form != FORM}
    if not korrekturen or not folge:
        return {}
    wo = f"raum_id IN {liste(k.raum_id for k in korrekturen)} AND merkmal IN {liste(k.merkmal for k in korrekturen)}"
    frage = f"SELECT * FROM merkmalswerte WHERE {wo} UNION ALL SELECT * FROM fruehere WHERE {wo}"
    gilt: dict[tuple[str, ...], dict[str, Any]] = {}
    for z in bestand.sql(frage, tabellen=("merkmalswerte", "fruehere")):
        if (sha := str(z["lieferung"])) not in folge:
            continue
        schluessel = tuple(str(z[s]) for s in SCHLUESSEL)
        bisher = gilt.get(schluessel)
        if bisher is None or (bisher["stand"], folge[bisher["lieferung"]]) < (z["stand"], folge[sha]):
            gilt[schluessel] = z
    je_fach: dict[tuple[str, ...], list[dict[str, Any]]] = {}
    for z in gilt.values():
        fach = tuple(str(z[s]) for s in ("raum_id", "merkmal", "auspraegung", "zeit"))
        je_fach.setdefault(fach, []).append(z)
    return je_fach


def _berichtigt(zeile: Mapping[str, Any], k: Korrektur, lieferung: str) -> dict[str, Any]:
    """The office's row with the new value; its stand is never older than the correction."""
    ohne = k.neu is None
    return {
        **zeile,
        "wert": k.neu,
        "wert_min": k.neu,
        "wert_max": k.neu,
        "status": (Status.NICHT_GELIEFERT if ohne else Status.WERT).value,
        "kennzeichen": _KENNZEICHEN,
        "lieferung": lieferung,
        "stand": max(k.datum, str(zeile["stand"])),
        "fundstelle": f"Zeile {k.zeile}: {k.grund}",
    }


def _passt_nicht(k: Korrektur, zeiten: Sequence[str], *, bekannt: bool) -> Meldung:
    """``zeiten``: for which the office delivers this Merkmal of this Raum."""
    wo = f"{k.merkmal}{f' ({k.auspraegung})' if k.auspraegung else ''}, {k.raum_id}, {k.zeit}"
    zeigen = f"sozmon daten --intern -m {k.merkmal} -r {k.raum_id} -z {k.zeit}"
    if bekannt:
        text = f"{wo}: Das Amt liefert jetzt einen anderen Wert; die Berichtigung gilt nicht mehr."
        return k.meldung("korrektur_ueberholt", Stufe.WARNUNG, text, f"{zeigen}; die Zeile anpassen oder entfernen.")
    grund = "Der gelieferte Wert ist ein anderer als wert_alt."
    if k.zeit not in zeiten:
        sonst = f", wohl aber zu {', '.join(zeiten[-3:])}" if zeiten else ""
        grund = f"Dazu ist nichts geliefert{sonst}."
    return k.meldung("korrektur_passt_nicht", Stufe.FEHLER, f"{wo}: {grund}", f"Was geliefert ist, zeigt: {zeigen}")


def berichtigte_werte(bestand: Bestand, datenstand: str = "") -> list[dict[str, Any]]:
    """Rows that a correction holds for: raum_id, zeit, merkmal, auspraegung, grund, stand. No values."""
    from sozmon.bestand.abfrage import liste

    aktive = [x.sha256 for x in bestand.lieferungen() if x.form == FORM and x.ist_aktiv]
    if not aktive:
        return []
    zeilen = bestand.sql(
        "SELECT DISTINCT raum_id, zeit, merkmal, auspraegung, fundstelle, stand FROM merkmalswerte "
        f"WHERE lieferung IN {liste(aktive)} ORDER BY merkmal, raum_id, zeit, auspraegung",
        datenstand=datenstand,
    )
    return [{**z, "grund": str(z["fundstelle"]).partition(": ")[2]} for z in zeilen]


def inhalte(korrekturen: Iterable[Korrektur]) -> frozenset[tuple[object, ...]]:
    """What each row says, for ``compute_berichtigte``."""
    return frozenset(k.inhalt for k in korrekturen)
