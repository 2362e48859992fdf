"""One delivered file → ``Lesung``: read it in the limited child, date it, convert it, check it. Stores nothing."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

from sozmon.dateien import AblehnungError, Rohdatei
from sozmon.definition import vorschlag
from sozmon.errors import AufrufError
from sozmon.katalogfragen import load_fragen, offen_in_worten
from sozmon.model import Meldung, Quelle, Stufe
from sozmon.quellen.leser import Antwort, Leser

if TYPE_CHECKING:
    from sozmon.katalog import Katalog
    from sozmon.pruefungen import Umfeld
    from sozmon.raeume import Aenderungsliste, Raeume, Register
    from sozmon.umsetzen import Rahmen, Umgesetzt

STAND_MUSTER = r"abruf(\d{8})|_(\d{13})(?:_|\.)|(20\d{2}-\d{2}-\d{2})"
"""Where the date of retrieval stands in a file name when the Quelle does not say."""


@dataclass(frozen=True, slots=True)
class Lesung:
    """What a file holds. ``tabelle``: pyarrow, columns of MERKMALSWERTE (of a large file a Jahresablage of them);
    ``offen``: keys could not all be resolved for certain, so it is read again when a register arrives; with a fehler
    in ``meldungen`` it must not be stored."""

    quelle: str
    form: str
    titel: str
    datei: str
    sha256: str
    stand: str
    gebietsstand: str
    tabelle: Any
    meldungen: tuple[Meldung, ...] = ()
    abgelehnt: int = 0
    geheim: int = 0
    ausserhalb: int = 0
    offen: bool = False
    namen_offen: tuple[str, ...] = ()
    register: Register | None = None
    aenderungen: Aenderungsliste | None = None
    korrekturen: tuple[tuple[str, ...], ...] = ()
    """Rows of a korrekturen.csv as texts: only the store knows what they correct."""

    @property
    def fehler(self) -> list[Meldung]:
        """Findings that forbid to store anything of the file."""
        return [m for m in self.meldungen if m.stufe is Stufe.FEHLER]


def read_lieferung(
    rohdatei: Rohdatei,
    katalog: Katalog,
    raeume: Raeume,
    *,
    quelle: str | None = None,
    stand: str | None = None,
    kreis: str = "",
    streng: bool = False,
    einzeln: bool = False,
    leser: Leser | None = None,
) -> Lesung:
    """Read, recognise and convert one file. AblehnungError (4) when it cannot be read with certainty.

    quelle: kennung that is forced; stand: ISO date that overrides the file's; kreis: own Kreis, whose unknown keys
    are errors; streng: every warning is an error; einzeln: findings of the checks one by
    one; leser: a child that already runs.
    """
    if quelle:
        katalog.quelle(quelle)
    with _leser(leser) as kind:
        antwort = kind.lies(rohdatei, katalog.quellen.values(), quelle or "")
    _verlange_beantwortet(katalog, antwort.quelle, rohdatei.name)
    return setze_antwort_um(
        antwort, rohdatei, katalog, raeume, stand=stand, kreis=kreis, streng=streng, einzeln=einzeln
    )


def _verlange_beantwortet(katalog: Katalog, quelle: str, name: str) -> None:
    """Nothing is read by half an explanation: a drafted Quelle counts when all of its questions are answered."""
    datei = katalog.dateien.get(("Quelle", quelle))
    if datei is not None and (fragen := load_fragen(datei)):
        raise AblehnungError(
            "quelle_offen",
            f"„{name}“ gehört zur Quelle „{quelle}“, und die ist noch ein Entwurf.",
            ort=str(datei),
            grund=f"Es sind {offen_in_worten(fragen)}.",
            abhilfe=f"Die Fragen in der Datei beantworten; dann: sozmon quelle pruefen {quelle} {name}",
        )


@contextmanager
def _leser(leser: Leser | None) -> Iterator[Leser]:
    if leser is not None:
        yield leser
    else:
        with Leser() as eigener:
            yield eigener


def setze_antwort_um(
    antwort: Antwort,
    rohdatei: Rohdatei,
    katalog: Katalog,
    raeume: Raeume,
    *,
    stand: str | None,
    kreis: str,
    streng: bool = False,
    einzeln: bool = False,
) -> Lesung:
    """What the child read → Lesung."""
    from sozmon.pruefungen import Umfeld
    from sozmon.umsetzen import SCHEMA

    gefunden = katalog.quellen.get(antwort.quelle)
    datiert = stand or _stand(gefunden, antwort, rohdatei.name)
    lesung = Lesung(
        antwort.quelle or antwort.form,
        antwort.form,
        antwort.titel,
        rohdatei.name,
        rohdatei.sha256,
        datiert,
        "",
        SCHEMA.empty_table(),
        tuple(antwort.meldungen),
        register=_register(antwort.register),
        aenderungen=_aenderungen(antwort.aenderungen),
        korrekturen=tuple(map(tuple, antwort.korrekturen or ())),
    )
    if (antwort.roh is not None or antwort.stuecke is not None) and gefunden is not None:
        lesung = _mit_werten(lesung, antwort, gefunden, Umfeld(katalog, raeume, kreis), einzeln=einzeln)
    return replace(lesung, meldungen=tuple(map(_streng, lesung.meldungen))) if streng else lesung


def mit_meldungen(lesung: Lesung, meldungen: Iterable[Meldung], *, streng: bool) -> Lesung:
    """The same with more findings."""
    neu = tuple(_streng(m) if streng else m for m in meldungen)
    return replace(lesung, meldungen=(*lesung.meldungen, *neu)) if neu else lesung


def _streng(m: Meldung) -> Meldung:
    return replace(m, stufe=Stufe.FEHLER) if m.stufe is Stufe.WARNUNG else m


def _mit_werten(lesung: Lesung, antwort: Antwort, quelle: Quelle, umfeld: Umfeld, *, einzeln: bool) -> Lesung:
    from sozmon.pruefungen import check_werte
    from sozmon.umsetzen import Rahmen

    katalog, raeume, kreis = umfeld.katalog, umfeld.raeume, umfeld.kreis
    ist_vordruck = antwort.form == "vordruck"
    if ist_vordruck:
        quelle = _erklaert(antwort, quelle, katalog, lesung.datei)
    rahmen = Rahmen(
        quelle, katalog, raeume, kreis, lesung.stand, lesung.sha256, antwort.texte, antwort.register is not None
    )
    neu = _umgesetzt(antwort, rahmen)
    meldungen = [*lesung.meldungen, *neu.meldungen]
    if antwort.register is None:  # a register cannot be checked against the one that it is itself
        weitere = check_werte(pruefbar(neu.tabelle, umfeld), umfeld, alle=einzeln, anteile=True)
        gesagt = {m.kennung for m in meldungen if antwort.stuecke is not None}  # times of large files: all were asked
        meldungen += [m for m in weitere if m.kennung != "zeit_zukunft" or m.kennung not in gesagt]
    if ist_vordruck:
        from sozmon.vordruckpruefung import check_summen

        meldungen += check_summen(neu.tabelle, katalog)
    return replace(
        lesung,
        gebietsstand=neu.gebietsstand,
        tabelle=neu.tabelle,
        meldungen=tuple(meldungen),
        abgelehnt=neu.abgelehnt,
        geheim=neu.geheim,
        ausserhalb=neu.ausserhalb,
        offen=neu.offen,
        namen_offen=neu.namen_offen,
    )


def _umgesetzt(antwort: Antwort, rahmen: Rahmen) -> Umgesetzt:
    """Converted, and checked for duplicates and impossible values; a large file piece by piece."""
    from sozmon.pruefung import check_doppelte, check_negative
    from sozmon.umsetzen import setze_um

    if antwort.stuecke is not None:
        from sozmon.stueckweise import setze_stuecke_um

        return setze_stuecke_um(antwort.stuecke, rahmen)
    assert antwort.roh is not None
    neu = setze_um(antwort.roh, rahmen)
    doppelte, tabelle = check_doppelte(neu.tabelle)
    fremd = _check_merkmale(rahmen.quelle, tabelle, rahmen.katalog)
    neu.meldungen += [*fremd, *doppelte, *check_negative(tabelle, rahmen.katalog)]
    neu.tabelle = tabelle
    return neu


def pruefbar(tabelle: Any, umfeld: Umfeld) -> Any:
    """The rows that the checks look at, as one table: of a large file only those of the own Kreis and its like."""
    auswahl = getattr(tabelle, "auswahl", None)
    return auswahl(umfeld.gehoert) if auswahl else tabelle


def _check_merkmale(quelle: Quelle, tabelle: Any, katalog: Katalog) -> list[Meldung]:
    """A declared column that goes to a Merkmal which does not exist (a slip of the pen): no Indikator finds it."""
    if quelle.form != "tabelle":
        return []
    fremde = sorted(set(tabelle.column("merkmal").unique().to_pylist()) - set(katalog.merkmale))
    return [
        Meldung(
            "merkmal_unbekannt",
            Stufe.WARNUNG,
            f"Die Quelle „{quelle.kennung}“ ordnet Werte dem Merkmal „{merkmal}“ zu; das gibt es im Katalog nicht.",
            abhilfe=vorschlag(merkmal, katalog.merkmale)
            or "Das Merkmal in indikatoren/merkmale/ anlegen oder die Quelle berichtigen.",
        )
        for merkmal in fremde
    ]


def _erklaert(antwort: Antwort, quelle: Quelle, katalog: Katalog, name: str) -> Quelle:
    """The Quelle as the form declares it; AblehnungError when the catalogue no longer has a Merkmal that was asked."""
    from sozmon.quellen.vordruck import quelle_des_vordrucks

    assert antwort.roh is not None
    kennungen = antwort.roh.tabelle.column("code").combine_chunks().dictionary.to_pylist()
    erklaert = quelle_des_vordrucks(quelle, kennungen, antwort.texte)
    fremd = sorted({z.merkmal for z in erklaert.zuordnungen} - katalog.merkmale.keys())
    if fremd:
        raise AblehnungError(
            "merkmal_fehlt",
            f"Der Vordruck „{name}“ fragt nach Merkmalen, die es im Katalog nicht gibt: {', '.join(fremd)}.",
            abhilfe="Das Merkmal in indikatoren/merkmale/ wieder anlegen und den Vordruck noch einmal importieren.",
        )
    return erklaert


# --------------------------------------------------------------------------------------------------
# Stand


def _stand(quelle: Quelle | None, antwort: Antwort, name: str) -> str:
    """Date of the data's state by the Quelle's rule: file name, text of the file, or a fixed date."""
    from sozmon.quellen.zeiten import parse_stand

    if antwort.form == "vordruck":
        return _stand_des_vordrucks(antwort, name)
    regel = quelle.stand if quelle and antwort.form != "genesis_tabelle" else "inhalt"
    if regel not in ("dateiname", "inhalt"):
        return parse_stand(regel)
    texte = [name] if regel == "dateiname" else antwort.texte
    muster = (quelle.stand_muster if quelle else "") or STAND_MUSTER
    if antwort.form == "genesis_tabelle":  # GENESIS prints it below every classic table
        muster = r"Stand: (\d{1,2}\.\d{1,2}\.\d{4})"
    if fund := _suche(muster, texte):
        try:
            return parse_stand(fund)
        except ValueError as fehler:
            raise _ohne_stand(name, regel, f"Gefunden wurde etwas, das kein Datum ist: {fehler}.") from fehler
    if antwort.roh is None and antwort.stuecke is None:
        return ""
    raise _ohne_stand(name, regel, "")


def _stand_des_vordrucks(antwort: Antwort, name: str) -> str:
    from sozmon.quellen.vordruck import stand_aus

    if stand := stand_aus(antwort.texte):
        return stand
    raise AblehnungError(
        "stand_fehlt",
        f"Im Vordruck „{name}“ ist das Feld „Stand der Daten“ leer.",
        grund="Ohne den Tag der Auszählung ist nicht zu sagen, welche von zwei Lieferungen die neuere ist.",
        abhilfe=f"Das Feld ausfüllen, oder den Tag angeben: sozmon import --stand 2025-01-31 {name}",
    )


def _suche(muster: str, texte: Iterable[str]) -> str:
    for text in texte:
        if treffer := re.search(muster, text):
            return next((g for g in treffer.groups() if g), treffer[0])
    return ""


def _ohne_stand(name: str, regel: str, grund: str) -> AblehnungError:
    wo = "im Dateinamen" if regel == "dateiname" else "in der Datei"
    return AblehnungError(
        "stand_fehlt",
        f"Der Stand der Daten von „{name}“ ist nicht zu erkennen.",
        grund=grund
        or f"Er müsste {wo} stehen. Ohne ihn ist nicht zu sagen, welche von zwei Lieferungen die neuere ist.",
        abhilfe=f"Den Tag des Abrufs angeben: sozmon import --stand 2025-01-31 {name}",
    )


def check_stand(text: str | None) -> str | None:
    """The word of ``--stand`` as ISO date; AufrufError (2) when it is none."""
    from sozmon.zahlen import parse_datum

    if text is None:
        return None
    try:
        return parse_datum(text)
    except ValueError as fehler:
        raise AufrufError(f"--stand: {fehler}.", abhilfe="Zum Beispiel: --stand 2025-01-31") from fehler


# --------------------------------------------------------------------------------------------------
# Registers come back from the child as plain dictionaries


def _register(roh: dict[str, Any] | None) -> Register | None:
    if roh is None:
        return None
    from sozmon.raeume import Register, RegisterRaum

    return Register(roh["datum"], tuple(RegisterRaum(*r) for r in roh["raeume"]), roh["blatt"])


def _aenderungen(roh: dict[str, Any] | None) -> Aenderungsliste | None:
    if roh is None:
        return None
    from sozmon.raeume import Aenderung, Aenderungsliste

    aenderungen = tuple(Aenderung(**{**a, "arten": tuple(a["arten"])}) for a in roh["aenderungen"])
    return Aenderungsliste(roh["von"], roh["bis"], aenderungen, roh["blatt"])
