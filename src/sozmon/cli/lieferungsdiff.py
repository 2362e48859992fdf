"""The half of ``sozmon diff`` that compares Lieferungen: find them, read them, tell what differs."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from sozmon.cli import ausgabe, optionen
from sozmon.cli.kontext import Kontext
from sozmon.errors import AufrufError

if TYPE_CHECKING:
    from sozmon.bestand import Lieferung
    from sozmon.lieferungsvergleich import Lieferungsunterschied, Lieferungsvergleich, Zeile
    from sozmon.tabellen import Vorspann

TEXT_SPALTEN = (
    "raum_id", "raum", "zeit", "merkmal", "auspraegung", "art", "vorher", "nachher", "differenz", "prozent",
    "erklaerung",
)  # fmt: skip
_MENSCHEN = ("text", "md", optionen.SEITE)
INTERN = "Interne Werte, nicht freigegeben: nur für den Dienstgebrauch, nicht weitergeben."


def zeige_lieferungen(
    kontext: Kontext, worte: Sequence[str], raum: list[str] | None, zeit: list[str] | None, wahl: optionen.Tabellenwahl
) -> int:
    """Print how the second Lieferung (or what holds now) differs from the first; the number of differences."""
    from sozmon.lieferungsvergleich import SPALTEN, compare_lieferungen

    if len(worte) > 2:
        raise AufrufError("Verglichen werden höchstens zwei Lieferungen.", abhilfe="sozmon diff LIEFERUNG1 LIEFERUNG2")
    beide = [_finde(kontext, wort) for wort in worte]
    alt, neu = _zeilen(kontext, beide)
    alt, neu = (_gewaehlte(kontext, zeilen, raum, zeit) for zeilen in (alt, neu))
    vergleich = compare_lieferungen(alt, neu, kontext.raeume.strahl.beruehrt)
    ausgabe.hinweis_intern()
    namen = {u.da["raum_id"]: _name(kontext, u.da["raum_id"]) for u in vergleich.unterschiede}
    zeilen = [u.zeile(namen[u.da["raum_id"]]) for u in vergleich.unterschiede]
    if wahl.format in _MENSCHEN:
        zeilen = [z | _vorher_nachher(u) for z, u in zip(zeilen, vergleich.unterschiede, strict=True)]
    ausgabe.ausgabe_tabelle(
        zeilen,
        [*SPALTEN, "vorher", "nachher"] if wahl.format in _MENSCHEN else SPALTEN,
        wahl,
        text_spalten=TEXT_SPALTEN,
        stellen=lambda _, spalte: 1 if spalte == "prozent" else None,
        intern=kontext,
        vorspann=_vorspann(kontext, beide, vergleich),
    )
    return len(vergleich.unterschiede)


def _finde(kontext: Kontext, wort: str) -> Lieferung:
    """The one Lieferung meant, also one that was taken back; of several files of one name the one that counts."""
    alle = kontext.bestand.lieferungen()
    passende = [x for x in alle if wort and (x.sha256.startswith(wort.lower()) or x.datei == wort)]
    if len(aktive := [x for x in passende if x.ist_aktiv]) == 1:
        return aktive[0]
    if len(passende) == 1:
        return passende[0]
    text = f"Zu „{wort}“ gibt es {len(passende)} Lieferungen."
    if not passende:
        text = f"Eine Lieferung „{wort}“ gibt es nicht.{optionen.meinten_sie(wort, [x.datei for x in alle])}"
    raise AufrufError(
        text,
        grund=", ".join(f"{x.sha256[:12]} ({x.datei})" for x in passende[:6]),
        abhilfe="sozmon status --lieferungen zeigt alle Lieferungen mit ihrer Kennung.",
    )


def _zeilen(kontext: Kontext, beide: Sequence[Lieferung]) -> tuple[list[Zeile], list[Zeile]]:
    from sozmon.aufbau import read_zeilen

    alt: list[Zeile] = [*read_zeilen(kontext.projekt, kontext.bestand, beide[0])]
    if len(beide) == 2:
        return alt, [*read_zeilen(kontext.projekt, kontext.bestand, beide[1])]
    return alt, _geltende(kontext, alt)


def _geltende(kontext: Kontext, alt: Sequence[Zeile]) -> list[Zeile]:
    """What holds now of the same Quellen for what the Lieferung says something about."""
    from sozmon.bestand.abfrage import liste

    kern = ("merkmal", "auspraegung", "variante", "raum_id", "zeit", "zeitart")
    gesagt = {tuple(z[s] for s in kern) for z in alt}
    wo = f"quelle IN {liste(z['quelle'] for z in alt)} AND merkmal IN {liste(z['merkmal'] for z in alt)}"
    zeilen: list[dict[str, Any]] = kontext.bestand.sql(f"SELECT * FROM merkmalswerte WHERE {wo}")
    return [z for z in zeilen if tuple(z[s] for s in kern) in gesagt]


def _gewaehlte(
    kontext: Kontext, zeilen: Sequence[Zeile], raum: list[str] | None, zeit: list[str] | None
) -> list[Zeile]:
    """Only the Räume and times that were asked for."""
    zeiten = optionen.zeiten(zeit)
    ids = {r.raum_id for r in optionen.raeume(kontext, raum)} if raum else None
    return [z for z in zeilen if (ids is None or z["raum_id"] in ids) and zeiten.passt(z["zeit"], z["jahr"])]


def _name(kontext: Kontext, raum_id: str) -> str:
    raum = kontext.raeume.raum(raum_id)
    return raum.name if raum is not None and raum.name != raum_id else ""


def _vorher_nachher(u: Lieferungsunterschied) -> dict[str, object]:
    """Number or sign of both, as people read them."""
    from sozmon.tabellen import Wert

    beide = {"vorher": u.alt, "nachher": u.neu}
    return {k: Wert({f: z[f] for f in ("wert", "status")}) if z is not None else None for k, z in beide.items()}


def _vorspann(kontext: Kontext, beide: Sequence[Lieferung], v: Lieferungsvergleich) -> Vorspann:
    """Title and summary: how many, and the greatest changes in the own Kreis (or anywhere)."""
    from sozmon.tabellen import Vorspann
    from sozmon.zahlen import format_zahl

    namen = [_beschreibe(x) for x in beide]
    zweite = namen[1] if len(namen) == 2 else f"was jetzt von der Quelle {beide[0].quelle} gilt"
    worte = (("geaendert", "geändert"), ("neu", "neu"), ("entfallen", "entfallen"))
    zahlen = [f"{format_zahl(v.gleich, 0)} gleich", *(f"{format_zahl(v.anzahl(art), 0)} {w}" for art, w in worte)]
    absaetze = [f"Erste: {namen[0]}", f"Zweite: {zweite}", f"Werte: {' · '.join(zahlen)}"]
    if len(beide) == 2 and beide[0].stand > beide[1].stand:
        absaetze.append("Die erste Lieferung hat den späteren Stand: „neu“ heißt hier, dass ein Wert früher da war.")
    absaetze += _groesste(kontext, v)
    return Vorspann("Vergleich zweier Lieferungen", tuple(absaetze), "Unterschiede je Wert", INTERN)


def _groesste(kontext: Kontext, v: Lieferungsvergleich) -> list[str]:
    """The greatest changes in the own Kreis (where it has none: anywhere), as numbers and in per cent."""
    kreis = kontext.projekt.kreis
    eigene = replace(v, unterschiede=tuple(u for u in v.unterschiede if str(u.da["raum_id"]).startswith(kreis)))
    wo, auswahl = (f" im Kreis {kreis}", eigene) if eigene.groesste("differenz") else ("", v)
    zahlen, prozente = ([_aenderung(kontext, u) for u in auswahl.groesste(m)] for m in ("differenz", "prozent"))
    if not zahlen:
        return []
    if set(zahlen) == set(prozente):
        return [f"Größte Änderungen{wo}:", *(f"– {t}" for t in zahlen)]
    absaetze = [f"Größte Änderungen{wo} als Zahl:", *(f"– {t}" for t in zahlen)]
    return absaetze + ([f"Größte Änderungen{wo} in Prozent:", *(f"– {t}" for t in prozente)] if prozente else [])


def _beschreibe(x: Lieferung) -> str:
    from sozmon.zahlen import format_datum

    weg = "" if x.ist_aktiv else ", zurückgenommen"
    return f"{x.datei} (Lieferung {x.sha256[:12]}, Stand {format_datum(x.stand)}{weg})"


def _aenderung(kontext: Kontext, u: Lieferungsunterschied) -> str:
    """'Bevölkerung, Auental, 31.12.2023: 300.308 → 297.766 (−2.542; −0,8 %)'."""
    from sozmon.lieferungsvergleich import zahl
    from sozmon.zahlen import format_datum, format_zahl

    merkmal = kontext.katalog.merkmale.get(u.da["merkmal"])
    was = [merkmal.titel if merkmal else u.da["merkmal"], u.da["auspraegung"]]
    was += [_name(kontext, u.da["raum_id"]) or u.da["raum_id"], format_datum(u.da["zeit"])]
    alt, neu, differenz = zahl(u.alt), zahl(u.neu), u.differenz
    assert alt is not None and neu is not None and differenz is not None, "only changes of numbers are measured"
    mehr = "+" if differenz > 0 else ""
    prozent = f"; {mehr}{format_zahl(u.prozent, 1)} %" if u.prozent is not None else ""
    zahlen = f"{format_zahl(alt, None)} → {format_zahl(neu, None)} ({mehr}{format_zahl(differenz, None)}{prozent})"
    return f"{', '.join(t for t in was if t)}: {zahlen}"
