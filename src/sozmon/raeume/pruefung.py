"""Checks of the territory: gaps and overlaps of Raumgliederungen, registers and change lists against each other."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import pairwise
from typing import TYPE_CHECKING

from sozmon.model import Fundstelle, Meldung, Stufe
from sozmon.raeume.gliederungspruefung import check_gliederung, name_von
from sozmon.zahlen import format_datum, format_zahl

if TYPE_CHECKING:
    from sozmon.raeume.auskunft import Raeume
    from sozmon.raeume.registervergleich import Nachweis
    from sozmon.raeume.stand import Stand


ABWEICHUNG = 0.01
"""Change of area, as a share, that is worth a word."""


def check_raeume(raeume: Raeume) -> list[Meldung]:
    """Everything that is wrong or noteworthy about registers, change lists and Raumgliederungen."""
    meldungen = [*_check_register(raeume)]
    for gliederung in raeume.gliederungen.values():
        meldungen += check_gliederung(raeume, gliederung)
    meldungen += _check_kennungen(raeume)
    meldungen += _check_namen(raeume)
    if raeume.jetzt is not None:
        meldungen += _check_listen(raeume)
        meldungen += _check_nachweise(raeume)
        meldungen += _check_flaechen(raeume)
    return meldungen


def _check_namen(raeume: Raeume) -> Iterator[Meldung]:
    """Lines of namen.csv that can never hold: a Quelle that is no kennung, a key that is no Raum."""
    for (quelle, schreibweise), raum_id in raeume.namen.items():
        if quelle and not re.fullmatch(r"[a-z0-9_]+", quelle):
            yield Meldung(
                "namen_quelle",
                Stufe.WARNUNG,
                f"Die Zeile „{schreibweise}“ gilt nie: „{quelle}“ ist keine Kennung einer Quelle.",
                Fundstelle("namen.csv"),
                "In der Spalte quelle die Kennung eintragen (sozmon katalog quellen), oder sie leer lassen: "
                "Dann gilt die Schreibweise für alle.",
            )
        if raeume.jetzt is not None and raeume.raum(raum_id) is None:
            text = f"Den Raum {raum_id}, dem „{schreibweise}“ zugeordnet ist, gibt es nicht."
            yield Meldung("namen_raum", Stufe.FEHLER, text, Fundstelle("namen.csv"), "Den Schlüssel berichtigen.")


# --------------------------------------------------------------------------------------------------
# Registers and change lists


def _check_register(raeume: Raeume) -> Iterator[Meldung]:
    if raeume.jetzt is None:
        yield Meldung(
            "raeume_kein_register",
            Stufe.WARNUNG,
            "Es ist noch kein Gemeindeverzeichnis eingelesen.",
            abhilfe="sozmon import mit dem „Auszug GV“ des Gemeindeverzeichnisses (Statistisches Bundesamt)",
        )
        return
    if raeume.kreis and raeume.kreis not in raeume.jetzt:
        yield Meldung(
            "raeume_kreis_unbekannt",
            Stufe.FEHLER,
            f"Den Kreis {raeume.kreis} gibt es im Gemeindeverzeichnis zum {format_datum(raeume.bezug)} nicht.",
            Fundstelle("sozmon.toml"),
            abhilfe="kreis in sozmon.toml berichtigen",
        )
    lage = raeume.strahl.lage(raeume.gebietsstand)
    if lage.art != "exakt":
        yield Meldung(
            "raeume_gebietsstand",
            Stufe.INFO if lage.art == "nach" else Stufe.WARNUNG,
            f"Zum Gebietsstand {format_datum(raeume.gebietsstand)} liegt kein Gemeindeverzeichnis vor; es gilt der "
            f"vom {format_datum(raeume.bezug)}.",
            Fundstelle("sozmon.toml"),
            abhilfe="Das Gemeindeverzeichnis dieses Jahres oder die Gebietsänderungen dazwischen einlesen",
        )


def _check_listen(raeume: Raeume) -> Iterator[Meldung]:
    """Two registers joined by change lists must agree with them."""
    strahl = raeume.strahl
    for davor, danach in pairwise(strahl.verzeichnisse):
        if not any(von <= davor.datum and danach.datum <= bis for von, bis in strahl.spannen):
            continue
        gerollt = strahl.fortgeschrieben(davor, danach.datum)
        ist = strahl.stand(danach.datum)
        assert ist is not None
        strittig = sorted(gerollt.fehlt_in(ist, "") | ist.fehlt_in(gerollt, ""))
        if strittig:
            yield Meldung(
                "raeume_liste_widerspricht",
                Stufe.WARNUNG,
                f"Die Gebietsänderungen vom {format_datum(davor.datum)} bis {format_datum(danach.datum)} führen nicht "
                f"zum Gemeindeverzeichnis: {', '.join(strittig[:5])}{' …' if len(strittig) > 5 else ''}",
                abhilfe="Fehlt eine Liste dieses Zeitraums, oder ist eine unvollständig?",
                anzahl=len(strittig),
            )


def _check_nachweise(raeume: Raeume) -> Iterator[Meldung]:
    """What was inferred from two registers, and what stayed open, in the project's Kreis (else everywhere)."""
    strahl, land = raeume.strahl, raeume.kreis[:2]
    for von, bis in pairwise(strahl.punkte):
        schritt = strahl.schritt(von, bis, land)
        for n in strahl.nachweise.get((von, bis, land), ()):
            if n.neu.startswith(raeume.kreis):
                yield _meldung_nachweis(raeume, n)
        offen = sorted(k for k, z in schritt.items() if k.startswith(raeume.kreis) and any(x[:1] == "?" for x in z))
        if offen:
            yield Meldung(
                "raeume_verbleib_offen",
                Stufe.WARNUNG,
                f"Was zwischen dem {format_datum(von)} und dem {format_datum(bis)} aus "
                f"{', '.join(name_von(raeume, k) for k in offen[:3])}{' …' if len(offen) > 3 else ''} geworden ist, "
                "lässt sich aus den Gemeindeverzeichnissen nicht eindeutig ablesen.",
                abhilfe="Die Gebietsänderungen dieses Zeitraums einlesen (Statistisches Bundesamt, GV-ISys)",
                anzahl=len(offen),
            )


def _check_flaechen(raeume: Raeume) -> Iterator[Meldung]:
    """Gemeinden of the own Kreis that grew or shrank without a listed change: re-measured, or a part changed hands."""
    strahl = raeume.strahl
    for davor, danach in pairwise(strahl.verzeichnisse):
        geaendert = strahl.wechsel(davor.datum, danach.datum, raeume.kreis[:2])
        bewegt = set(geaendert).union(*geaendert.values())
        for kennung in davor.mit_praefix(raeume.kreis, 8) if raeume.kreis else ():
            if kennung in bewegt or kennung not in danach:
                continue
            vorher, nachher = davor.eintrag(kennung).flaeche, danach.eintrag(kennung).flaeche
            if vorher and nachher and abs(nachher - vorher) > max(ABWEICHUNG * vorher, 0.05):
                yield Meldung(
                    "raeume_flaeche_geaendert",
                    Stufe.INFO,
                    f"{name_von(raeume, kennung)}: {format_zahl(vorher, 2)} km² am {format_datum(davor.datum)}, "
                    f"{format_zahl(nachher, 2)} km² am {format_datum(danach.datum)}, ohne gemeldete Gebietsänderung. "
                    "Neu vermessen, oder ein Gebietsteil wurde abgegeben; gerechnet wird, als sei nichts geändert.",
                )


def _meldung_nachweis(raeume: Raeume, n: Nachweis) -> Meldung:
    davor = raeume.strahl.stand(n.von)
    alte = " und ".join(_mit_flaeche(davor, k) for k in n.alte)
    neu = _mit_flaeche(raeume.strahl.stand(n.bis), n.neu)
    wie = "gleicher Name, gleiche Fläche" if n.art == "name" else "die Flächen gehen auf"
    return Meldung(
        "raeume_erschlossen",
        Stufe.INFO,
        f"{alte} → {neu}: aus zwei Gemeindeverzeichnissen erschlossen ({wie}), "
        f"zwischen dem {format_datum(n.von)} und dem {format_datum(n.bis)}.",
    )


def _mit_flaeche(stand: Stand | None, raum_id: str) -> str:
    eintrag = stand.eintrag(raum_id) if stand is not None else None
    if eintrag is None:
        return raum_id
    flaeche = "" if eintrag.flaeche is None else f", {format_zahl(eintrag.flaeche, 2)} km²"
    return f"{eintrag.name} ({raum_id}{flaeche})"


def _check_kennungen(raeume: Raeume) -> Iterator[Meldung]:
    """Ids that need their Raumgliederung before them."""
    doppelt = sorted({raum_id for oeffentlich, (_, raum_id) in raeume.regionen.items() if ":" in oeffentlich})
    if doppelt:
        namen = sorted(k for k in raeume.regionen if ":" in k)
        yield Meldung(
            "raeume_kennung_mehrfach",
            Stufe.INFO,
            f"Mehrfach vergebene Kennungen werden mit ihrer Raumgliederung angesprochen: {', '.join(namen[:6])}"
            + (" …" if len(namen) > 6 else ""),
            anzahl=len(doppelt),
        )
