"""The part of a draft about one sheet: where its heads are, and its keys and names."""

from __future__ import annotations

import re
from collections.abc import Sequence

from sozmon.entwurf.aufbau import FUSSNOTENZEICHEN, Aufbau
from sozmon.entwurf.gliederungsfragen import dimension_der_spalte, schreibe_gliederungen
from sozmon.entwurf.pins import blattmuster
from sozmon.entwurf.schluessel import Raumkenner
from sozmon.entwurf.schreiber import Schreiber, vorschlag
from sozmon.entwurf.spalten import Wertspalte
from sozmon.entwurf.spaltenfragen import schreibe_spalten
from sozmon.entwurf.toml import als_toml, als_toml_text, muster_aus, muster_toml
from sozmon.entwurf.zeichenfragen import finde_marken
from sozmon.entwurf.zeilenfragen import schreibe_zeilen
from sozmon.katalog import Katalog
from sozmon.quellen.gitter import als_text

NAMEN_GENANNT, FREMDE_GENANNT = 80, 15
SPRECHEND = 12
"""Length from which on the name of a sheet says what it holds."""


def schreibe_blatt(
    s: Schreiber, a: Aufbau, spalten: Sequence[Wertspalte], katalog: Katalog, kenner: Raumkenner, mehrere: bool,
    titel: str,
) -> None:  # fmt: skip
    """[[blaetter]] and its [[blaetter.spalten]]."""
    s.absatz()
    s.zeilen.append("[[blaetter]]")
    if mehrere and a.blatt.name:
        s.setze("blatt", muster_toml(blattmuster(a.blatt.name)))
    if a.blatt.gedreht:
        s.setze("gedreht", "true", "Die Räume stehen nebeneinander; gelesen wird, als stünden sie untereinander.")
    _kopfzeilen(s, a)
    _schluessel(s, a, kenner)
    schreibe_zeilen(s, a)
    _verborgen(s, a)
    if a.zeitspalte >= 0:
        s.setze("zeitspalte", als_toml_text(a.kopf_von(a.zeitspalte)), "Der Zeitpunkt jeder Zeile.")
    if fuellen := [i for i in a.fuellen if i not in a.gliederungen or dimension_der_spalte(a, i, katalog)]:
        koepfe = [a.kopf_von(i) for i in fuellen]
        s.setze("fuellen", als_toml(koepfe), "Leere Zellen dieser Spalten gehören zur Zelle darüber.")
    dimensionen = schreibe_gliederungen(s, a, katalog)
    woher = f"{titel} {a.blatt.name}" if len(a.blatt.name) >= SPRECHEND else titel
    schreibe_spalten(s, a, spalten, katalog, woher, dimensionen)


def _kopfzeilen(s: Schreiber, a: Aufbau) -> None:
    anker = _anker(a)
    if anker:
        s.setze(
            "kopfsuche", muster_toml(anker), f"Die Köpfe beginnen, wo dieser Text steht (jetzt {a.zeilenort(a.kopf)})."
        )
    else:
        s.setze("kopfzeile", str(a.kopf + 1))
    if a.kopfzeilen != 1:
        s.setze("kopfzeilen", str(a.kopfzeilen))


def _anker(a: Aufbau) -> str:
    """A stable text of the first head row that stands in no row above; '' when the table begins with its heads."""
    if a.kopf == 0:
        return ""
    darueber = {als_text(z) for zeile in a.blatt.zeilen[: a.kopf] for z in zeile}
    for zelle in a.blatt.zeilen[a.kopf]:
        text = als_text(zelle)
        if len(text) >= 3 and text not in darueber and not any(z.isdigit() for z in text) and text.isprintable():
            return f"^{muster_aus(text)}$"
    return ""


# --------------------------------------------------------------------------------------------------
# keys and rows


def _schluessel(s: Schreiber, a: Aufbau, kenner: Raumkenner) -> None:
    k = a.schluessel
    was = "Namen" if k.art == "name" else "Schlüssel"
    if k.geprueft:
        s.sage(f"Das Projekt kennt {a.bekannt[0]} von {a.bekannt[1]} {was}{'' if k.art == 'name' else 'n'}.")
    else:
        s.sage(f"{was} ohne Gegenprobe: Das Projekt hat noch kein Gemeindeverzeichnis, oder es gibt kein Projekt.")
    s.setze("schluessel", als_toml_text(a.kopf_von(k.spalte)))
    s.setze("schluesselart", als_toml(k.art))
    if k.muster:
        warum = "Zeilen wie „… Ergebnis“ sind die Summen ihres Raums" if k.art == "name" else ""
        s.setze("schluesselmuster", muster_toml(k.muster), f"{warum or 'Schlüssel und Name stehen in einer Zelle'}.")
    if a.name >= 0:
        s.setze("name", als_toml_text(a.kopf_von(a.name)))
    _fussnoten(s, a)
    if k.art == "name":
        _namen(s, a, kenner)


def _fussnoten(s: Schreiber, a: Aufbau) -> None:
    if a.fussnote:
        namen = (t for _, t in a.texte(a.schluessel.spalte if a.name < 0 else a.name))
        beispiel = next(t for t in namen if re.search(a.fussnote, t))
        s.setze("fussnote", muster_toml(a.fussnote), f"Fußnotenzeichen am Namen, wie in „{beispiel[:60]}“.")
    if marken := finde_marken([a]).fussnoten:
        muster = "|".join(m for m in FUSSNOTENZEICHEN if any(re.search(m, f"1 {x}") for x in marken))
        s.setze("wertfussnote", muster_toml(muster), f"Fußnotenzeichen an Werten: {', '.join(marken[:5])}.")


def _namen(s: Schreiber, a: Aufbau, kenner: Raumkenner) -> None:
    """Names are never taken on trust: the lines for namen.csv, proposed where exactly one Raum bears the name."""
    besondere = {*a.kreiszeilen, *a.ohne_zuordnung, *a.unklar}
    roh = [t for z, t in a.texte(a.schluessel.spalte) if z not in besondere]
    if a.schluessel.muster:
        roh = [m["schluessel"] if (m := re.match(a.schluessel.muster, t)) else t for t in roh]
    namen = list(dict.fromkeys(re.sub(a.fussnote, "", t).strip() if a.fussnote else t for t in roh))
    offen = [n for n in namen if not _bestaetigt(n, kenner)]
    if not offen:
        return
    s.sage(
        "Namen werden nie geraten. Diese Zeilen prüfen und in raeume/namen.csv eintragen (ohne das # davor); wo der "
        "Schlüssel fehlt, ihn ergänzen (sozmon raeume zeigt alle):"
    )
    eigene = [n for n in offen if kenner.vorschlag(n)][:NAMEN_GENANNT]
    fremde = [n for n in offen if not kenner.vorschlag(n)][:FREMDE_GENANNT]
    s.zeilen += [f"#   {n};{kenner.vorschlag(n)};" for n in (*eigene, *fremde)]
    if (rest := len(offen) - len(eigene) - len(fremde)) > 0:
        s.sage(f"und {rest} weitere; alle nennt sozmon quelle pruefen.")


def _bestaetigt(name: str, kenner: Raumkenner) -> bool:
    from sozmon.raeume.namen import gefaltet

    return any(form == gefaltet(name) for _, form in kenner.raeume.namen)


def _verborgen(s: Schreiber, a: Aufbau) -> None:
    zeilen = sorted(a.blatt.verborgene_zeilen & set(a.zeilen))
    spalten = sorted(a.blatt.verborgene_spalten & {*a.wertspalten, a.schluessel.spalte})
    if zeilen or spalten or not a.blatt.sichtbar:
        was = [a.zeilenort(z) for z in zeilen[:5]] + [f"Spalte {a.spaltenort(i)}" for i in spalten[:5]]
        s.frage(
            f"Ausgeblendet ist: {', '.join(was) or 'das ganze Blatt'}. Was soll damit geschehen?",
            ("ablehnen = nachfragen, warum · lesen · auslassen = ausgeblendete Zeilen nicht lesen",),
            [vorschlag('verborgen = "ablehnen"')],
        )
        s.absatz()
