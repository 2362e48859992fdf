"""A released set of values made by hand: one Kreis, two regions, four Gemeinden, three years, one Bruch."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import Any

from sozmon.anmerkungen import Anmerkung
from sozmon.bausteine import Bausteine
from sozmon.berichtswerte import Auskunft, Ort, Orte, Zeitraum
from sozmon.freigabe import erteile_freigabe
from sozmon.kapitelplan import Kapitel
from sozmon.katalog import Katalog
from sozmon.model import Bruch, Indikator, Indikatorwert, Merkmal, Quelle, Status, Teil
from sozmon.projekt import Projekt, create_projekt

QUOTE = Indikator(
    "quote", "Quote", "Quote", "Anteil an allen.", "teilhabe", "Arbeit", "%",
    (Teil("arme"),), (Teil("leute"),), richtung="hoch_belastet", stand="2026-01-01",
)  # fmt: skip
LEUTE = Indikator(
    "leute", "Bevölkerung", "Bevölkerung", "Personen.", "teilhabe", "Bestand", "Personen",
    (Teil("leute"),), verfahren="anzahl", nachkommastellen=0, stand="2026-01-01",
)  # fmt: skip
LEER = replace(QUOTE, kennung="leer", titel="Nie geliefert")
KAPITEL = Kapitel("teilhabe", "Soziale Teilhabe", "indikatoren", (QUOTE, LEUTE, LEER))
METHODIK = Kapitel("methodik", "Methodik", "methodik")
ORTE = Orte(
    kreis=Ort("99001", "Testkreis", "kreis"),
    land=Ort("99", "Testland", "land"),
    bund=None,
    regionen=(Ort("R1", "Nord", "sozialregionen"), Ort("R2", "Süd", "sozialregionen")),
    gemeinden=(
        Ort("99001010", "Adorf", "gemeinde", "R1"),
        Ort("99001020", "Bestadt", "gemeinde", "R1"),
        Ort("99001030", "Öhausen", "gemeinde", "R2"),
    ),
)
JAHRE = (2020, 2021, 2023)
BRUECHE = (Bruch("2022", "Zensus 2022"),)


def zelle(
    ort: Ort, indikator: Indikator, jahr: int, zaehler: float, nenner: float | None, **anders: Any
) -> Indikatorwert:
    wert = zaehler if nenner is None else zaehler / nenner * 100
    roh = Indikatorwert(
        ort.raum_id, ort.name, ort.ebene, f"{jahr}-12-31", indikator.kennung, "", zaehler, nenner, wert, wert, wert,
        indikator.einheit, Status.WERT, quelle="amt", datenstand="2024-05-01", katalog_stand="2026-01-01",
    )  # fmt: skip
    return replace(roh, **anders)


def werte() -> list[Indikatorwert]:
    """Shares of 10, 12 and 9 per cent of the Kreis; each Gemeinde a little apart."""
    alle = []
    for nr, ort in enumerate((*ORTE.gemeinden, *ORTE.regionen, ORTE.kreis, ORTE.land)):
        assert ort is not None
        for jahr, anteil in zip(JAHRE, (10, 12, 9), strict=True):
            nenner = 1000.0 * (nr + 1)
            alle.append(zelle(ort, QUOTE, jahr, nenner * (anteil + nr) / 100, nenner))
            alle.append(zelle(ort, LEUTE, jahr, nenner - 10 * (jahr - 2020), None))
    return alle


def katalog(mindestfallzahl: int = 3) -> Katalog:
    merkmale = {m: Merkmal(m, m, "Personen", ("stichtag",), ("amt",)) for m in ("arme", "leute")}
    quellen = {
        "amt": Quelle("amt", "Amt", "Amt für Statistik", "ffcsv", mindestfallzahl=mindestfallzahl),
        "register": Quelle("register", "Register", "Melderegister", "tabelle"),
    }
    return Katalog({i.kennung: i for i in (QUOTE, LEUTE, LEER)}, merkmale, {}, quellen)


def bausteine(liste: list[Indikatorwert] | None = None, kat: Katalog | None = None, **anders: Any) -> Bausteine:
    kat = kat or katalog()
    angaben: dict[str, Any] = {
        "freigabe": erteile_freigabe(liste if liste is not None else werte(), kat),
        "katalog": kat,
        "orte": ORTE,
        "zeitraum": Zeitraum(),
        "brueche": {"quote": BRUECHE, "leute": BRUECHE},
        "gliederungen": {"sozialregionen": "Sozialregion"},
    }
    return Bausteine(Auskunft(**(angaben | anders)))


def projekt(ordner: Path) -> Projekt:
    return create_projekt(ordner / "p", kreis="99001")


NOTIZ = Anmerkung("99001010", "quote", 2021, 2021, "Erhebung verspätet.")
