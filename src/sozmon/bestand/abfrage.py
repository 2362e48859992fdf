"""The questions that the store answers, as SQL text (DataFusion has no bind parameters: texts are quoted here)."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from sozmon.bestand.modell import ZuordnungZeile

GRUPPE: tuple[str, ...] = (
    "merkmal",
    "auspraegung",
    "zeit",
    "zeitart",
    "jahr",
    "quelle",
    "variante",
    "basis",
    "gebietsstand",
)


def compute_zaehler() -> dict[str, tuple[str, ...]]:
    """Counting column of ``summen`` → the statuses that it counts: one per Status, and three short names."""
    from sozmon.model import Status

    return {f"n_{s.value}": (s.value,) for s in Status} | {
        "n_geheim": (Status.GEHEIM_QUELLE.value, Status.GEHEIM.value),
        "n_null": (Status.NULL_GENAU.value, Status.NULL_GERUNDET.value),
        "n_fehlt": (Status.NICHT_GELIEFERT.value,),
    }


def text(wert: str) -> str:
    """SQL literal of a text."""
    return "'" + wert.replace("'", "''") + "'"


def liste(werte: Iterable[str]) -> str:
    """SQL list for IN; an empty one matches nothing."""
    return "(" + (", ".join(text(w) for w in sorted(set(werte))) or "NULL") + ")"


def build_datenstand(datenstand: str, bedingung: str = "") -> str:
    """Subquery: what held for each key on ``datenstand``, from current and former rows (tables _werte, _frueher)."""
    from sozmon.model import MERKMALSWERTE, SCHLUESSEL

    spalten = ", ".join(n for n, _ in MERKMALSWERTE)
    wo = f"WHERE stand <= {text(datenstand)}" + (f" AND {bedingung}" if bedingung else "")
    schluessel = ", ".join(SCHLUESSEL)
    return (
        f"(SELECT {spalten} FROM (SELECT a.*, row_number() OVER (PARTITION BY {schluessel} "
        "ORDER BY stand DESC, aktuell DESC, folge DESC, lieferung) AS rang FROM ("
        f"SELECT {spalten}, 1 AS aktuell FROM _werte {wo} UNION ALL "
        f"SELECT {spalten}, 0 AS aktuell FROM _frueher {wo}) a "
        "LEFT JOIN (SELECT sha256, folge FROM lieferungen) l ON l.sha256 = a.lieferung) WHERE rang = 1)"
    )


def build_bedingung(
    merkmale: Sequence[str],
    raum_ids: Iterable[str] | None,
    jahre: tuple[int, int] | None,
    auspraegungen: Iterable[str] | None = None,
) -> str:
    """WHERE text that also prunes files (jahr) and row groups (merkmal)."""
    teile = [f"merkmal IN {liste(merkmale)}"]
    if auspraegungen is not None:
        teile.append(f"auspraegung IN {liste(auspraegungen)}")
    if raum_ids is not None:
        teile.append(f"raum_id IN {liste(raum_ids)}")
    if jahre is not None:
        teile.append(f"jahr BETWEEN {int(jahre[0])} AND {int(jahre[1])}")
    return " AND ".join(teile)


def build_werte(quelle: str, bedingung: str) -> str:
    """Stored rows, all columns, in a fixed order."""
    ordnung = "merkmal, auspraegung, raum_id, zeit, zeitart, quelle, variante, basis, gebietsstand"
    return f"SELECT * FROM {quelle} WHERE {bedingung} ORDER BY {ordnung}"


def build_summen(quelle: str, bedingung: str, zuordnung: Sequence[ZuordnungZeile]) -> str:
    """Sums over parts; ``wert``, ``wert_min``, ``wert_max`` are null as soon as one part has none (never known + 0)."""
    from sozmon.model import OHNE_ZUORDNUNG, Status

    # 'ohne Zuordnung' may be left out: there is no such part then, not a missing one
    rest = f"(ebene = {text(OHNE_ZUORDNUNG)} AND status = {text(Status.NICHT_GELIEFERT)})"
    gruppe = ", ".join(f"m.{s}" for s in GRUPPE)
    zahlen = ", ".join(
        f"CASE WHEN count(m.{s}) = count(*) THEN sum(m.{s} * z.gewicht) END AS {s}"
        for s in ("wert", "wert_min", "wert_max")
    )
    zaehler = ", ".join(
        f"count(CASE WHEN m.status IN {liste(status)} THEN 1 END) AS {name}"
        for name, status in compute_zaehler().items()
    )
    return (
        f"SELECT z.raum_neu, {gruppe}, {zahlen}, sum(m.wert_min * z.gewicht) AS wert_bekannt, "
        f"count(DISTINCT m.raum_id) AS anzahl, {zaehler}, "
        f"count(CASE WHEN m.ebene = {text(OHNE_ZUORDNUNG)} THEN 1 END) AS n_{OHNE_ZUORDNUNG}, "
        "max(z.umrechnung) AS umrechnung, max(m.stand) AS stand, min(m.ebene) AS ebene, "
        f"array_agg(DISTINCT m.kennzeichen) AS kennzeichen, max({_rang_der_genauigkeit()}) AS genauigkeit "
        f"FROM (SELECT * FROM {quelle} WHERE {bedingung} AND NOT {rest}) m "
        f"JOIN ({_zuordnung_als_tabelle(zuordnung)}) z "
        "ON m.raum_id = z.raum_alt AND m.gebietsstand = z.gebietsstand "
        f"GROUP BY z.raum_neu, {gruppe} ORDER BY z.raum_neu, {gruppe}"
    )


def _zuordnung_als_tabelle(zuordnung: Sequence[ZuordnungZeile]) -> str:
    """The assignment as a subquery: one text literal, unnested into rows and split into columns.

    VALUES costs 160 µs a row to plan and a UNION of several hundred literals seconds; one literal costs nothing.
    """
    zeilen = (
        "\x1e".join((z.raum_alt, z.gebietsstand, z.raum_neu, repr(float(z.gewicht)), z.umrechnung)) for z in zuordnung
    )
    alle, je, spalte = text("\x1f".join(zeilen)), text("\x1f"), text("\x1e")  # separators that are in no key
    spalten = ("raum_alt", "gebietsstand", "raum_neu", "CAST({} AS DOUBLE) AS gewicht", "umrechnung")
    teile = [f"split_part(zeile, {spalte}, {nr})" for nr in range(1, len(spalten) + 1)]
    auswahl = [s.format(t) if "{}" in s else f"{t} AS {s}" for s, t in zip(spalten, teile, strict=True)]
    return f"SELECT {', '.join(auswahl)} FROM (SELECT unnest(string_to_array({alle}, {je})) AS zeile)"


def _rang_der_genauigkeit() -> str:
    """Finest 0: a maximum costs nothing beside the set of all texts in a sum."""
    from sozmon.model import GENAUIGKEITEN

    faelle = " ".join(f"WHEN {text(g)} THEN {rang}" for rang, g in enumerate(GENAUIGKEITEN))
    return f"CASE m.genauigkeit {faelle} END"


def shape_summe(zeile: dict[str, Any]) -> dict[str, Any]:
    """Aggregates as the texts of the contract: every Kennzeichen once, the coarsest Genauigkeit."""
    from sozmon.model import GENAUIGKEITEN

    zeile["kennzeichen"] = "".join(sorted(set("".join(zeile["kennzeichen"]))))
    zeile["genauigkeit"] = GENAUIGKEITEN[zeile["genauigkeit"]]
    return zeile


def wrap_datenstand(frage: str, datenstand: str) -> str:
    """A free question in which ``merkmalswerte`` means what held on ``datenstand``."""
    import re

    mit = f"WITH merkmalswerte AS {build_datenstand(datenstand)}"
    treffer = re.match(r"\s*WITH\s+", frage, re.IGNORECASE)
    return f"{mit}, {frage[treffer.end() :]}" if treffer else f"{mit} {frage}"
