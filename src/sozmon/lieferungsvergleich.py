"""Difference of two Lieferungen, key by key, and why (pure; ``sozmon diff LIEFERUNG1 LIEFERUNG2``).

Rows are Merkmalswerte (mappings with the columns of ``model.MERKMALSWERTE``). A row finds its partner by the whole
key; what is left finds one by the key without Quelle, Basis and Gebietsstand, but only where one is left on each side:
nothing is guessed.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from sozmon.errors import EingabeError
from sozmon.model import OHNE_WERT, SCHLUESSEL, ZEICHEN, ZEICHEN_BEDEUTUNG, Status

Zeile = Mapping[str, Any]
Betroffen = Callable[[str, str, str], bool]
"""(raum_id, gebietsstand, gebietsstand) → did a change of territory touch the Raum between the two?"""

_WEICH = ("quelle", "basis", "gebietsstand")
_KERN = tuple(s for s in SCHLUESSEL if s not in _WEICH)
_INHALT = ("wert", "wert_min", "wert_max", "status", "kennzeichen", "genauigkeit")
_BEIDE = (
    "wert", "status", "kennzeichen", "genauigkeit", "basis", "gebietsstand", "quelle", "stand", "fundstelle",
)  # fmt: skip
SPALTEN: tuple[str, ...] = (
    "raum_id", "raum", "ebene", "zeit", "zeitart", "merkmal", "auspraegung", "variante", "art", "grund", "erklaerung",
    "differenz", "prozent", *(f"{feld}_{wann}" for feld in _BEIDE for wann in ("alt", "neu")),
)  # fmt: skip
ARTEN = ("geaendert", "neu", "entfallen")
_RUNDUNG = {"gerundet_5": 2.5, "gerundet_10": 5.0, "tausend": 500.0}
"""How far the rounded number may lie from the exact one."""
_GENAU = {
    "exakt": "genau",
    "gerundet_5": "auf 5 gerundet",
    "gerundet_10": "auf 10 gerundet",
    "tausend": "in Tausend",
    "ueberlagert": "zur Geheimhaltung verändert",
}
_UMFANG = (("merkmal", "dieses Merkmal"), ("zeit", "diese Zeit"), ("raum_id", "diesen Raum"))


@dataclass(frozen=True, slots=True)
class Lieferungsunterschied:
    """One key that is not the same in both; ``art`` as in ``ARTEN``, ``gruende`` codes, ``erklaerung`` in words."""

    art: str
    gruende: tuple[str, ...]
    erklaerung: str
    alt: Zeile | None
    neu: Zeile | None

    @property
    def da(self) -> Zeile:
        """The row that there is, the new one where there are both."""
        da = self.neu or self.alt
        assert da is not None, "one of both exists"
        return da

    @property
    def differenz(self) -> float | None:
        """New less old number; None unless both are numbers."""
        alt, neu = zahl(self.alt), zahl(self.neu)
        return neu - alt if alt is not None and neu is not None else None

    @property
    def prozent(self) -> float | None:
        """The difference in per cent of the old number."""
        alt = zahl(self.alt)
        return 100 * self.differenz / alt if self.differenz is not None and alt else None

    def zeile(self, raum: str) -> dict[str, object]:
        """The row of the table, columns ``SPALTEN``; ``raum``: name of the Raum."""
        felder: dict[str, object] = {s: self.da[s] for s in ("raum_id", "ebene", *_KERN)}
        felder |= {"raum": raum, "art": self.art, "grund": ",".join(self.gruende), "erklaerung": self.erklaerung}
        felder |= {"differenz": self.differenz, "prozent": self.prozent}
        for wann, zeile in (("alt", self.alt), ("neu", self.neu)):
            felder |= {f"{f}_{wann}": zeile[f] if zeile is not None else None for f in _BEIDE}
            felder[f"wert_{wann}"] = zahl(zeile)
        return {spalte: felder[spalte] for spalte in SPALTEN}


@dataclass(frozen=True, slots=True)
class Lieferungsvergleich:
    """All differences, changed ones first, then new and gone ones; ``gleich``: keys that say the same in both."""

    unterschiede: tuple[Lieferungsunterschied, ...]
    gleich: int

    def anzahl(self, art: str) -> int:
        """How many differences of this kind."""
        return sum(u.art == art for u in self.unterschiede)

    def groesste(self, mass: str, hoechstens: int = 3) -> list[Lieferungsunterschied]:
        """The greatest changes by ``differenz`` or ``prozent``, greatest first."""
        messbare = [u for u in self.unterschiede if u.art == "geaendert" and getattr(u, mass)]
        return sorted(messbare, key=lambda u: (-abs(getattr(u, mass)), _ordnung(u)))[:hoechstens]


def zahl(zeile: Zeile | None) -> float | None:
    """The number of a row; None for a sign or no row."""
    wert: float | None = None if zeile is None or Status(zeile["status"]) in OHNE_WERT else zeile["wert"]
    return wert


def compare_lieferungen(
    alt: Sequence[Zeile], neu: Sequence[Zeile], betroffen: Betroffen, zweite: str = "die zweite Lieferung enthält"
) -> Lieferungsvergleich:
    """Compare key by key; EingabeError (4) if a key stands twice in one of them: it would hide a difference.

    zweite: beginning of the sentence that says what the second lacks.
    """
    vorher, nachher = _je_schluessel(alt, "ersten"), _je_schluessel(neu, "zweiten")
    paare = [(vorher.pop(k), nachher.pop(k)) for k in list(vorher) if k in nachher]
    paare += _paare_im_kern(vorher, nachher)
    geaenderte = [u for a, n in paare if (u := _compare_zeilen(a, n, betroffen)) is not None]
    umfang_alt, umfang_neu = _Umfang(alt, "die erste Lieferung enthält"), _Umfang(neu, zweite)
    einzelne = [
        *(_einzeln("neu", z, umfang_alt, betroffen) for z in nachher.values()),
        *(_einzeln("entfallen", z, umfang_neu, betroffen) for z in vorher.values()),
    ]
    alle = sorted([*geaenderte, *einzelne], key=lambda u: (ARTEN.index(u.art), _ordnung(u)))
    return Lieferungsvergleich(tuple(alle), len(paare) - len(geaenderte))


def _ordnung(u: Lieferungsunterschied) -> tuple[str, ...]:
    return tuple(str(u.da[s]) for s in ("merkmal", "auspraegung", "variante", "raum_id", "zeit", "zeitart"))


def _je_schluessel(zeilen: Iterable[Zeile], welche: str) -> dict[tuple[str, ...], Zeile]:
    je: dict[tuple[str, ...], Zeile] = {}
    doppelt = 0
    for z in zeilen:
        doppelt += je.setdefault(tuple(z[s] for s in SCHLUESSEL), z) is not z
    if doppelt:
        raise EingabeError(
            f"In der {welche} Lieferung stehen {doppelt} Werte doppelt: gleicher Raum, gleiche Zeit, gleiches Merkmal.",
            grund="Ein Vergleich würde Unterschiede verschweigen.",
            abhilfe="Den Bestand prüfen: sozmon pruefen --bestand",
        )
    return je


def _paare_im_kern(
    vorher: dict[tuple[str, ...], Zeile], nachher: dict[tuple[str, ...], Zeile]
) -> list[tuple[Zeile, Zeile]]:
    """Pairs of what is left with the same key but for Quelle, Basis, Gebietsstand; they leave the two tables."""
    kerne: dict[tuple[str, ...], tuple[list[tuple[str, ...]], list[tuple[str, ...]]]] = {}
    for seite, je in enumerate((vorher, nachher)):
        for schluessel, z in je.items():
            kerne.setdefault(tuple(z[s] for s in _KERN), ([], []))[seite].append(schluessel)
    eindeutige = [(a[0], n[0]) for a, n in kerne.values() if len(a) == len(n) == 1]
    return [(vorher.pop(a), nachher.pop(n)) for a, n in eindeutige]


def _compare_zeilen(a: Zeile, n: Zeile, betroffen: Betroffen) -> Lieferungsunterschied | None:
    """The difference of two rows of one value; another Quelle or Gebietsstand alone, with the same content, is none."""
    if all(a[s] == n[s] for s in (*_INHALT, "basis")):
        return None
    gruende: dict[str, str] = {}
    if a["basis"] != n["basis"]:
        gruende["basis"] = f"andere Grundlage: {a['basis'] or 'ohne Angabe'} → {n['basis'] or 'ohne Angabe'}"
    if any(a[s] != n[s] for s in ("wert", "wert_min", "wert_max", "status")):
        gruende |= _gruende_der_zahl(a, n, betroffen)
    if a["genauigkeit"] != n["genauigkeit"]:
        gruende["genauigkeit"] = f"anders gerundet: {_genau(a)} → {_genau(n)}"
    if a["kennzeichen"] != n["kennzeichen"]:
        gruende["kennzeichen"] = f"Kennzeichen: {_kennzeichen(a)} → {_kennzeichen(n)}"
    return Lieferungsunterschied("geaendert", tuple(gruende), "; ".join(gruende.values()), a, n)


def _gruende_der_zahl(a: Zeile, n: Zeile, betroffen: Betroffen) -> dict[str, str]:
    """Why number or sign differ: the first that explains it."""
    if a["status"] != n["status"] or None in (zahl(a), zahl(n)):
        return {"zeichen": f"{_in_worten(a)} → {_in_worten(n)}"}
    if a["basis"] != n["basis"] or _nur_gerundet(a, n):
        return {}  # said already
    if a["quelle"] != n["quelle"]:
        return {"quelle": f"andere Quelle: {a['quelle']} → {n['quelle']}"}
    if betroffen(n["raum_id"], a["gebietsstand"], n["gebietsstand"]):
        text = f"anderer Gebietsstand: {_tag(a)} → {_tag(n)}, der Raum ist dazwischen geändert worden"
        return {"gebietsstand": text}
    return {"revision": "berichtigt (korrekturen.csv)" if "r" in n["kennzeichen"] else "das Amt hat die Zahl geändert"}


def _nur_gerundet(a: Zeile, n: Zeile) -> bool:
    """The one number may be the other one rounded."""
    if a["genauigkeit"] == n["genauigkeit"]:
        return False
    alt, neu = zahl(a), zahl(n)
    spielraum = max(_RUNDUNG.get(z["genauigkeit"], 0.0) for z in (a, n))
    return alt is not None and neu is not None and abs(neu - alt) <= spielraum


class _Umfang:
    """What one Lieferung covers: values of each column, Räume at each time, Gebietsstände of each time."""

    def __init__(self, zeilen: Sequence[Zeile], satz: str) -> None:
        self.satz = satz
        self.je_feld = {feld: {z[feld] for z in zeilen} for feld, _ in _UMFANG}
        self.raum_zeit = {(z["raum_id"], z["zeit"]) for z in zeilen}
        self.alle_staende = {z["gebietsstand"] for z in zeilen}
        self.staende: dict[str, set[str]] = {}
        for z in zeilen:
            self.staende.setdefault(z["zeit"], set()).add(z["gebietsstand"])


def _einzeln(art: str, z: Zeile, andere: _Umfang, betroffen: Betroffen) -> Lieferungsunterschied:
    """A key that only one of them has: the Raum is new or gone, or the other covers less, or lacks the cell."""
    wann = (z, None) if art == "entfallen" else (None, z)
    staende = andere.staende.get(z["zeit"]) or andere.alle_staende
    fehlt_ganz = (z["raum_id"], z["zeit"]) not in andere.raum_zeit
    if fehlt_ganz and any(betroffen(z["raum_id"], z["gebietsstand"], s) for s in sorted(staende)):
        text = "zum Gebietsstand der anderen Lieferung gab es den Raum nicht, oder nicht in diesen Grenzen"
        return Lieferungsunterschied(art, ("gebietsstand",), text, *wann)
    fehlend = [wort for feld, wort in _UMFANG if z[feld] not in andere.je_feld[feld]]
    text = f"{andere.satz} {fehlend[0] if fehlend else 'diesen Wert'} nicht"
    return Lieferungsunterschied(art, ("umfang",), text, *wann)


def _in_worten(z: Zeile) -> str:
    """'Zahl', or the sign with its meaning."""
    status = Status(z["status"])
    if status not in ZEICHEN:
        return "Zahl"
    zeichen = ZEICHEN[status]
    bedeutung = "Zahlenwert geheim" if status is Status.GEHEIM_QUELLE else ZEICHEN_BEDEUTUNG[zeichen]
    return f"{zeichen} ({bedeutung})"


def _genau(z: Zeile) -> str:
    genauigkeit = str(z["genauigkeit"])
    return _GENAU.get(genauigkeit, genauigkeit)


def _kennzeichen(z: Zeile) -> str:
    """In words; no mark means that the number is final."""
    return ", ".join(ZEICHEN_BEDEUTUNG.get(k, k) for k in z["kennzeichen"]) or "endgültig"


def _tag(z: Zeile) -> str:
    from sozmon.zahlen import format_datum

    return format_datum(z["gebietsstand"]) or "unbekannt"
