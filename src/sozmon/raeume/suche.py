"""Finding a Raum by what a person types: id, qualified id or unique name, with suggestions when nothing fits."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sozmon.errors import AufrufError
from sozmon.raeume.register import EBENE_JE_LAENGE
from sozmon.raeume.werte import Raum

if TYPE_CHECKING:
    from collections.abc import Iterator

    from sozmon.raeume.auskunft import Raeume

_RANG = {"gemeinde": 0, "kreis": 1, "land": 2, "regierungsbezirk": 3, "region": 4, "verband": 5}


def suche_raum(raeume: Raeume, angabe: str) -> Raum:
    """The one Raum that ``angabe`` means; AufrufError (2) lists candidates or suggestions."""
    raum = raeume.raum(angabe)
    if raum is not None:
        return raum
    mehrfach = sorted(k for k, (_, raum_id) in raeume.regionen.items() if raum_id == angabe)
    if mehrfach:
        raise _mehrdeutig(raeume, angabe, mehrfach)
    treffer = _nach_name(raeume, angabe)
    if len(treffer) == 1:
        gefunden = raeume.raum(treffer[0])
        assert gefunden is not None
        return gefunden
    if treffer:
        raise _mehrdeutig(raeume, angabe, treffer)
    raise _unbekannt(raeume, angabe)


def _gefaltet(name: str) -> str:
    return " ".join(name.casefold().split())


def _passt(name: str, gesucht: str) -> bool:
    voll = _gefaltet(name)
    return voll == gesucht or voll.partition(",")[0] == gesucht


def _namen(raeume: Raeume, praefix: str) -> Iterator[tuple[str, str]]:
    """(raum_id, official name) of everything on the project's Gebietsstand below ``praefix``."""
    if raeume.jetzt is None:
        return
    for laenge in EBENE_JE_LAENGE:
        for raum_id in raeume.jetzt.mit_praefix(praefix, laenge):
            eintrag = raeume.jetzt.eintrag(raum_id)
            if eintrag is not None:
                yield raum_id, eintrag.name


def _nach_name(raeume: Raeume, angabe: str) -> list[str]:
    """Ids whose name fits: of the own Kreis before all others, Gemeinden before Kreise before regions."""
    gesucht = _gefaltet(angabe)
    if not gesucht:
        return []
    for praefix in dict.fromkeys((raeume.kreis, "")):
        gefunden: dict[int, list[str]] = {}
        for raum_id, name in _namen(raeume, praefix):
            if _passt(name, gesucht):
                gefunden.setdefault(_RANG[EBENE_JE_LAENGE[len(raum_id)]], []).append(raum_id)
        if gefunden:
            return gefunden[min(gefunden)]
        regionen = [k for k, (g, raum_id) in raeume.regionen.items() if _passt(g.raeume[raum_id], gesucht)]
        if regionen:
            return regionen
    return _fruehere(raeume, gesucht)


def _fruehere(raeume: Raeume, gesucht: str) -> list[str]:
    """Gemeinden of the own Kreis that are gone by now."""
    ids: list[str] = []
    for verzeichnis in raeume.strahl.verzeichnisse:
        for raum_id in verzeichnis.mit_praefix(raeume.kreis, 8) if raeume.kreis else ():
            if raum_id not in ids and _passt(verzeichnis.eintrag(raum_id).name, gesucht):
                ids.append(raum_id)
    return ids


def _zeige(raeume: Raeume, raum_id: str) -> str:
    raum = raeume.raum(raum_id)
    return f"{raum_id} ({raum.name}, {raum.ebene})" if raum is not None else raum_id


def _mehrdeutig(raeume: Raeume, angabe: str, kandidaten: list[str]) -> AufrufError:
    gezeigt = [_zeige(raeume, k) for k in kandidaten[:8]]
    rest = len(kandidaten) - len(gezeigt)
    return AufrufError(
        f"„{angabe}“ ist nicht eindeutig.",
        grund="In Frage kommen: " + ", ".join(gezeigt) + (f" und {rest} weitere" if rest else ""),
        abhilfe="Einen der Schlüssel angeben.",
    )


def _unbekannt(raeume: Raeume, angabe: str) -> AufrufError:
    if not raeume.strahl.verzeichnisse and not raeume.regionen:
        return AufrufError(
            f"Der Raum „{angabe}“ ist nicht bekannt.",
            grund="Es ist noch kein Gemeindeverzeichnis eingelesen.",
            abhilfe="sozmon import mit dem „Auszug GV“ des Gemeindeverzeichnisses (Statistisches Bundesamt)",
        )
    vorschlaege = vorschlag(raeume, angabe)
    return AufrufError(
        f"Der Raum „{angabe}“ ist nicht bekannt.",
        abhilfe="Gemeint ist vielleicht: " + ", ".join(vorschlaege)
        if vorschlaege
        else "Alle Räume zeigt: sozmon raeume",
    )


def vorschlag(raeume: Raeume, angabe: str) -> list[str]:
    """Up to three Räume whose id or name is close to what was typed."""
    from difflib import get_close_matches

    gesucht = _gefaltet(angabe)
    if gesucht.isdecimal() and raeume.raum("0" + gesucht) is not None:
        return [_zeige(raeume, "0" + gesucht)]
    worte: dict[str, str] = {}
    for oeffentlich, (g, raum_id) in raeume.regionen.items():
        worte.setdefault(_gefaltet(oeffentlich), oeffentlich)
        worte.setdefault(_gefaltet(g.raeume[raum_id]), oeffentlich)
    praefix = gesucht[:2] if gesucht[:2].isdecimal() else raeume.kreis[:2]
    for raum_id, name in _namen(raeume, praefix):
        if len(raum_id) in (2, 5, 8):
            worte.setdefault(raum_id if gesucht.isdecimal() else _gefaltet(name).partition(",")[0], raum_id)
    nah = get_close_matches(gesucht, list(worte), n=3, cutoff=0.7)
    return [_zeige(raeume, worte[w]) for w in nah]
