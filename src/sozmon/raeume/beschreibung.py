"""A Raum in words, for ``sozmon raeume zeige``."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sozmon.raeume.gliederungspruefung import name_von
from sozmon.zahlen import format_datum, format_zahl

if TYPE_CHECKING:
    from sozmon.raeume.auskunft import Raeume
    from sozmon.raeume.werte import Raum

_EINZELN = 60
_UNTER = {"bund": "land", "land": "kreis", "regierungsbezirk": "kreis", "kreis": "gemeinde", "verband": "gemeinde"}


def describe_raum(raeume: Raeume, raum: Raum) -> list[tuple[str, str]]:
    """(label, text) pairs; the first is the title."""
    absaetze = [("", f"{raum.raum_id} · {raum.name_amtlich or raum.name}"), ("Ebene", raum.ebene)]
    absaetze += [("Bestand", _bestand(raum)), ("Liegt in", _oben(raeume, raum))]
    if raum.flaeche_km2 is not None:
        absaetze.append(("Fläche", f"{format_zahl(raum.flaeche_km2, 2)} km²"))
    absaetze.append(("Enthält", _unten(raeume, raum)))
    absaetze += [("Gebietsstand", text) for text in _umrechnung(raeume, raum)]
    absaetze.append(("Nachfolger", ", ".join(name_von(raeume, n) for n in raeume.strahl.nachfolger(raum.raum_id))))
    return [(wort, text) for wort, text in absaetze if text]


def _bestand(raum: Raum) -> str:
    if not raum.gueltig_ab and not raum.gueltig_bis:
        return "in allen eingelesenen Verzeichnissen"
    ab = f"ab {format_datum(raum.gueltig_ab)}" if raum.gueltig_ab else ""
    bis = f"bis {format_datum(raum.gueltig_bis)}" if raum.gueltig_bis else ""
    return " ".join(filter(None, (ab, bis)))


def _oben(raeume: Raeume, raum: Raum) -> str:
    """Verband, regions, Kreis and Land above it."""
    oben = [raum.verband] if raum.ebene == "gemeinde" and raum.verband else []
    oben += [raum.kreis] if raum.kreis and raum.kreis != raum.raum_id else []
    oben += [raum.land] if raum.land and raum.land != raum.raum_id else []
    regionen = [
        k
        for k, (g, raum_id) in raeume.regionen.items()
        if raum.raum_id in g.gemeinden(raum_id, raum.gueltig_bis or raeume.gebietsstand)
    ]
    return ", ".join(name_von(raeume, k) for k in (*regionen, *oben))


def _unten(raeume: Raeume, raum: Raum) -> str:
    ebene = _UNTER.get(raum.ebene, "gemeinde" if raum.ebene in raeume.gliederungen else "")
    if not ebene:
        return ""
    kinder = raeume.kinder(raum.raum_id, ebene, raum.gueltig_bis)
    if len(kinder) > _EINZELN:
        return f"{len(kinder)} Räume der Ebene {ebene}"
    return f"{len(kinder)} ({ebene}): " + ", ".join(k.name for k in kinder) if kinder else ""


def _umrechnung(raeume: Raeume, raum: Raum) -> list[str]:
    """For every known day: what its values are made of, when that is not simply the Raum itself."""
    texte = []
    for tag in raeume.strahl.punkte:
        b = raeume.beitrag(raum.raum_id, tag)
        if b.hindernis:
            texte.append(f"{format_datum(tag)}: {b.hindernis}")
        elif b.umrechnung:
            texte.append(f"{format_datum(tag)}: {', '.join(name_von(raeume, a) for a in sorted(b.alte))} (exakt)")
    return texte
