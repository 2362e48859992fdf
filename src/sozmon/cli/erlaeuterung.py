"""What the ids of a table mean, for the second sheet of a workbook: whoever gets the file has no catalogue."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from sozmon.katalog import Katalog

Erlaeuterung = tuple[str, str, str]
"""What it is, its id in the table, its meaning."""


def erlaeutere(katalog: Katalog, zeilen: Sequence[Mapping[str, object]], *, intern: bool) -> list[Erlaeuterung]:
    """Indicators, Merkmale, Ausprägungen, Quellen and signs of these rows, and what may be done with them."""
    from sozmon.freigabe import STEMPEL

    vermerk = "Interne Werte, nicht freigegeben: nur für den Dienstgebrauch, nicht weitergeben." if intern else STEMPEL
    return [
        ("Vermerk", "", vermerk),
        *_begriffe(katalog, zeilen),
        *_quellen(katalog, zeilen),
        *_zeichen(zeilen),
    ]


def _verschiedene(zeilen: Iterable[Mapping[str, object]], spalte: str) -> list[str]:
    return [w for w in dict.fromkeys(str(z.get(spalte) or "") for z in zeilen) if w]


def _begriffe(katalog: Katalog, zeilen: Sequence[Mapping[str, object]]) -> Iterator[Erlaeuterung]:
    from sozmon.katalogtext import auspraegung_in_worten

    for kennung in _verschiedene(zeilen, "indikator"):
        i = katalog.indikator(kennung)
        yield "Indikator", kennung, f"{i.titel} ({i.einheit}). {i.beschreibung}"
    for kennung in _verschiedene(zeilen, "merkmal"):
        if m := katalog.merkmale.get(kennung):
            yield "Merkmal", kennung, " ".join([f"{m.titel} ({m.einheit}).", *m.hinweise])
        else:
            yield "Merkmal", kennung, "Amtlicher Code ohne Erklärung im Katalog."
    for auspraegung in _verschiedene(zeilen, "auspraegung"):
        yield "Ausprägung", auspraegung, auspraegung_in_worten(katalog, auspraegung)


def _quellen(katalog: Katalog, zeilen: Sequence[Mapping[str, object]]) -> Iterator[Erlaeuterung]:
    """Publisher, licence and state of the data of each Quelle, as the caption of a figure names them."""
    from sozmon.zahlen import format_datum

    staende: dict[str, str] = {}
    for z in zeilen:
        namen = str(z.get("quelle") or "").split(",")
        daten = str(z.get("datenstand") or z.get("stand") or "").split(",")  # an Indikatorwert: one date a Quelle
        for name, stand in zip(namen, daten if len(daten) == len(namen) else daten * len(namen), strict=False):
            staende[name] = max(staende.get(name, ""), stand)
    staende.pop("", None)
    for name, stand in sorted(staende.items()):
        q = katalog.quellen.get(name)
        teile = [q.herausgeber if q else name, q.lizenz if q else "", f"Stand {format_datum(stand)}" if stand else ""]
        yield "Quelle", name, ", ".join(filter(None, teile))


def _zeichen(zeilen: Sequence[Mapping[str, object]]) -> Iterator[Erlaeuterung]:
    from sozmon.model import ZEICHEN_BEDEUTUNG
    from sozmon.tabellen.mensch import zeichen

    gesehen = {zeichen(z) for z in zeilen} | {k for z in zeilen for k in str(z.get("kennzeichen") or "").split(",")}
    yield from (("Zeichen", z, bedeutung) for z, bedeutung in ZEICHEN_BEDEUTUNG.items() if z in gesehen)
