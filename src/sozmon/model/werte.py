"""Values and their contracts: status and signs, Meldung, the columns of stored and computed values."""

from __future__ import annotations

import dataclasses
from dataclasses import dataclass
from enum import StrEnum

# --------------------------------------------------------------------------------------------------
# Status, Kennzeichen, Meldung


class Status(StrEnum):
    """Why a cell holds what it holds; never NaN alone."""

    WERT = "wert"
    NULL_GENAU = "null_genau"
    NULL_GERUNDET = "null_gerundet"
    GEHEIM_QUELLE = "geheim_quelle"
    UNSICHER = "unsicher"
    FOLGT = "folgt"
    NICHT_SINNVOLL = "nicht_sinnvoll"
    RAUM_BESTAND_NICHT = "raum_bestand_nicht"
    NICHT_GELIEFERT = "nicht_geliefert"
    NICHT_AUF_EBENE = "nicht_auf_ebene"
    UNVOLLSTAENDIG = "unvollstaendig"
    GEHEIM = "geheim"
    NICHT_FREIGEGEBEN = "nicht_freigegeben"


ZEICHEN: dict[Status, str] = {
    Status.NULL_GENAU: "–",
    Status.NULL_GERUNDET: "0",
    Status.GEHEIM_QUELLE: "•",
    Status.UNSICHER: "/",
    Status.FOLGT: "…",
    Status.NICHT_SINNVOLL: "x",
    Status.RAUM_BESTAND_NICHT: "n. b.",
    Status.NICHT_GELIEFERT: "k. A.",
    Status.NICHT_AUF_EBENE: "n. E.",
    Status.UNVOLLSTAENDIG: "unv.",
    Status.GEHEIM: "•",
    Status.NICHT_FREIGEGEBEN: "•",
}
"""The sign printed for a cell without a plain value. One sign for every secret cell: telling primary
from inherited suppression would tell an attacker the range."""

ZEICHEN_BEDEUTUNG: dict[str, str] = {
    "–": "nichts vorhanden (genau null)",
    "0": "mehr als nichts, aber weniger als die Hälfte der kleinsten dargestellten Einheit",
    "•": "Zahlenwert unbekannt, geheim zu halten oder nicht freigegeben",
    "/": "Zahlenwert nicht sicher genug",
    "…": "Angabe fällt später an",
    "x": "Aussage nicht sinnvoll",
    "n. b.": "der Raum bestand zu diesem Zeitpunkt nicht",
    "k. A.": "keine Angabe: von der Quelle nicht geliefert",
    "n. E.": "auf dieser Ebene nicht verfügbar",
    "·": "Veränderung nicht bestimmbar",
    "unv.": "unvollständig: einzelne Teile der Summe fehlen oder sind geheim",
    "p": "vorläufig",
    "r": "berichtigt",
    "s": "geschätzt",
    "e": "endgültig",
}

ZEICHEN_KURZ: dict[str, str] = {
    "–": "nichts vorhanden",
    "0": "weniger als die Hälfte der kleinsten dargestellten Einheit",
    "•": "unbekannt, geheim zu halten oder nicht freigegeben",
    "/": "nicht sicher genug",
    "…": "fällt später an",
    "x": "nicht sinnvoll",
    "n. b.": "Raum bestand nicht",
    "k. A.": "keine Angabe",
    "n. E.": "auf dieser Ebene nicht verfügbar",
    "·": "Veränderung nicht bestimmbar",
    "unv.": "unvollständig",
    "p": "vorläufig",
    "r": "berichtigt",
    "s": "geschätzt",
}
"""For the line below a table, which explains the signs that occur in it."""

OHNE_WERT: frozenset[Status] = frozenset(set(Status) - {Status.WERT, Status.NULL_GENAU, Status.NULL_GERUNDET})
"""Statuses whose cell must never be read as a number."""


class Stufe(StrEnum):
    """Severity of a Meldung, lowest first."""

    INFO = "info"
    WARNUNG = "warnung"
    FEHLER = "fehler"

    @property
    def rang(self) -> int:
        """0, 1, 2: comparable severity."""
        return list(Stufe).index(self)


@dataclass(frozen=True, slots=True)
class Fundstelle:
    """Where in a file: ``blatt`` for workbooks, ``zelle`` like ``K57`` or ``Zeile 12, Spalte 3``."""

    datei: str = ""
    blatt: str = ""
    zelle: str = ""

    def __str__(self) -> str:
        return " · ".join(t for t in (self.datei, self.blatt, self.zelle) if t)


@dataclass(frozen=True, slots=True)
class Meldung:
    """One finding about data; ``anzahl`` counts equal findings that were folded into this one."""

    kennung: str
    stufe: Stufe
    text: str
    fundstelle: Fundstelle = Fundstelle()
    abhilfe: str = ""
    anzahl: int = 1


# --------------------------------------------------------------------------------------------------
# The two table contracts

MERKMALSWERTE: tuple[tuple[str, str], ...] = (
    ("raum_id", "string"),
    ("ebene", "string"),
    ("zeit", "string"),
    ("zeitart", "string"),
    ("jahr", "int32"),
    ("merkmal", "string"),
    ("auspraegung", "string"),
    ("wert", "double"),
    ("wert_min", "double"),
    ("wert_max", "double"),
    ("status", "string"),
    ("kennzeichen", "string"),
    ("genauigkeit", "string"),
    ("variante", "string"),
    ("basis", "string"),
    ("gebietsstand", "string"),
    ("quelle", "string"),
    ("lieferung", "string"),
    ("stand", "string"),
    ("fundstelle", "string"),
)
"""Stored values: column name and Arrow type. Dates are ISO text; wert, wert_min, wert_max may be null
(wert_max null = open upward); every text column is never null, empty text means "none"."""

SCHLUESSEL: tuple[str, ...] = (
    "quelle",
    "merkmal",
    "auspraegung",
    "variante",
    "basis",
    "raum_id",
    "zeit",
    "zeitart",
    "gebietsstand",
)
"""The key of a stored value."""

ZEITARTEN: tuple[str, ...] = ("stichtag", "jahr", "jahresmittel", "schuljahr", "monat", "quartal", "wahltag")
GENAUIGKEITEN: tuple[str, ...] = ("exakt", "gerundet_5", "gerundet_10", "tausend", "ueberlagert")
DIMENSIONEN: tuple[str, ...] = ("demografie", "finanzen", "immateriell", "teilhabe")
"""The four Lebenslagendimensionen, in the order of the report's chapters."""
RICHTUNGEN: tuple[str, ...] = ("hoch_belastet", "hoch_guenstig", "neutral")
ORTSBEZUEGE: tuple[str, ...] = ("wohnort", "arbeitsort", "schulort")
LEBENSPHASEN: tuple[str, ...] = ("", "kindheit", "jugend", "erwerbsalter", "alter")
DARSTELLUNGEN: tuple[str, ...] = (
    "linie",
    "rangfolge",
    "punkte",
    "vielfache",
    "steigung",
    "gestapelt",
    "gruppiert",
    "pyramide",
)
"""Charts of one Indikator (``waerme`` and ``verlaeufe`` show several)."""
SCHNITTE: tuple[str, ...] = ("dimension", "lebensphase", "bereich", "querschnitt")
"""Fields of an Indikator by which a report may be cut into chapters."""
UMRECHNUNGEN: tuple[str, ...] = ("", "exakt", "geschaetzt")
EBENEN: tuple[str, ...] = ("gemeinde", "verband", "kreis", "regierungsbezirk", "land", "bund")
"""Official Ebenen, lowest first; the name of a Raumgliederung is an Ebene too."""

OHNE_ZUORDNUNG = "ohne_zuordnung"
"""Ebene of what belongs to a Kreis but to no Gemeinde or region in it; its Raum is ``<kreis>_ohne_zuordnung``."""


def rest_von(kreis: str) -> str:
    """The Raum 'ohne Zuordnung' of a Kreis."""
    return f"{kreis}_{OHNE_ZUORDNUNG}"


def kreis_des_rests(raum_id: str) -> str:
    """The Kreis whose Raum 'ohne Zuordnung' this is; '' when it is another Raum."""
    kreis, _, hinten = raum_id.partition("_")
    return kreis if hinten == OHNE_ZUORDNUNG and len(kreis) == 5 and kreis.isascii() and kreis.isdecimal() else ""


def jahr_von(zeit: str) -> int:
    """Year of a zeit text: '2021', '2021-12-31', '2021-05', '2021-Q1', '2021/22' → 2021 (school year: its start)."""
    return int(zeit[:4])


@dataclass(frozen=True, slots=True)
class Indikatorwert:
    """One computed value; the column order of every machine format is the field order.

    ``quelle`` lists the Quellen with commas, ``datenstand`` the data state of each in the same order. ``summanden``
    are the single counts that Zähler and Nenner were added up from: no column, only for the door, which empties it.
    """

    raum_id: str
    raum: str
    ebene: str
    zeit: str
    indikator: str
    auspraegung: str
    zaehler: float | None
    nenner: float | None
    wert: float | None
    wert_min: float | None
    wert_max: float | None
    einheit: str
    status: Status
    kennzeichen: str = ""
    umrechnung: str = ""
    anmerkung: str = ""
    quelle: str = ""
    datenstand: str = ""
    katalog_stand: str = ""
    summanden: tuple[float, ...] = ()

    @property
    def jahr(self) -> int:
        """Year by the one rule zeit → jahr."""
        return jahr_von(self.zeit)

    @property
    def staende(self) -> dict[str, str]:
        """Quelle → data state."""
        return dict(zip(self.quelle.split(","), self.datenstand.split(","), strict=True)) if self.quelle else {}

    @property
    def ist_zahl(self) -> bool:
        """True when ``wert`` may be read as a number."""
        return self.wert is not None and self.status not in OHNE_WERT


INDIKATORWERTE: tuple[str, ...] = tuple(f.name for f in dataclasses.fields(Indikatorwert) if f.name != "summanden")
