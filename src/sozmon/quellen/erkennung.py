"""What a file is, by its content: the official shapes, then the declared tables of the catalogue.

The file name never decides. Exactly one Quelle must fit; none or several is an error that lists them and names the
next command. Input about single persons is refused before anything of it is read.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from sozmon.dateien import AblehnungError
from sozmon.model import Pin, Quelle
from sozmon.quellen.genesis_tabelle import tabellencode
from sozmon.quellen.gitter import Blatt, als_text, spaltennummer
from sozmon.quellen.inkar import ist_inkar
from sozmon.quellen.postleitzahl import check_plz
from sozmon.quellen.umsteiger import ist_umsteiger
from sozmon.quellen.vordruck import ist_vordruck

FORMEN: dict[str, str] = {
    "ffcsv": "GENESIS-Flat-File (ffcsv)",
    "inkar": "INKAR-Tabelle",
    "gv_isys": "Gemeindeverzeichnis (GV-ISys)",
    "gebietsaenderungen": "Liste der Gebietsänderungen",
    "umsteigeschluessel": "Umsteigeschlüssel des BBSR",
    "tabelle": "Tabelle",
    "vordruck": "Vordruck von sozmon abfrage",
    "genesis_tabelle": "klassische GENESIS-Tabelle",
    "genesis_quader": "GENESIS-Datenquader",
    "korrekturen": "Liste der Berichtigungen",
}
"""Shapes and what a person calls them."""

NICHT_GELESEN = ("genesis_quader",)
"""Shapes that are recognised, to say what to download in their place, but not read."""

OHNE_WERTE = ("gebietsaenderungen", "umsteigeschluessel", "korrekturen")
"""Shapes that bring no Merkmalswerte and so need no Quelle."""

KORREKTUREN = ("raum_id", "zeit", "merkmal", "auspraegung", "wert_alt", "wert_neu", "grund", "kuerzel", "datum")
"""Head of a project's korrekturen.csv."""

_KOPFZEILEN = 12
_PERSONENZEILEN = 40
"""Rows in which the heads of a table about single persons may stand: offices write long texts above them."""
_GV = re.compile(r"Gemeinden in Deutschland nach Fläche")
_AENDERUNGEN = re.compile(r"Gebietsänderungen vom")


@dataclass(frozen=True, slots=True)
class Erkennung:
    """Shape and Quelle ('' when the shape needs none) of a file."""

    form: str
    quelle: str


def form_der_mappe(blaetter: list[Blatt]) -> str:
    """Official shape of a grid, '' when it is none of them."""
    if ist_vordruck(blaetter):
        return "vordruck"
    if ist_inkar(blaetter):
        return "inkar"
    if blaetter and tuple(als_text(z) for z in (blaetter[0].zeilen or [[]])[0][: len(KORREKTUREN)]) == KORREKTUREN:
        return "korrekturen"
    if ist_umsteiger(blaetter):
        return "umsteigeschluessel"
    for blatt in blaetter:
        kopf = " ".join(als_text(z) for zeile in blatt.zeilen[:3] for z in zeile[:9])
        if _GV.search(kopf):
            return "gv_isys"
        if _AENDERUNGEN.search(kopf) and "Abgebende" in kopf:
            return "gebietsaenderungen"
    if blaetter and any(
        als_text(z[0]) == "K" and als_text(z[1]) == "DQ" for z in blaetter[0].zeilen[:20] if len(z) > 1
    ):
        return "genesis_quader"
    return "genesis_tabelle" if tabellencode(blaetter) else ""


def waehle_quelle(
    form: str,
    quellen: Mapping[str, Quelle],
    wunsch: str,
    name: str,
    statistiken: Iterable[str] = (),
    blaetter: Sequence[Blatt] = (),
) -> Erkennung:
    """The one Quelle for a file of this shape ('' = no official shape). AblehnungError when none or several fit."""
    codes = set(statistiken)
    if wunsch:
        return _gewuenscht(form, quellen[wunsch], name, codes, blaetter)
    kandidaten = [q for q in quellen.values() if _liest(q, form) and _passt(q, form, codes, blaetter)]
    eigene = [q for q in kandidaten if q.form != "ffcsv" or not _faengt_alles(q)]
    if len(eigene or kandidaten) == 1:
        return Erkennung(form or "tabelle", (eigene or kandidaten)[0].kennung)
    if not kandidaten and form in OHNE_WERTE:
        return Erkennung(form, "")
    if not kandidaten and not form:
        check_personen(blaetter, name)
        check_plz(blaetter, name)
    raise _keine_quelle(form, [q.kennung for q in eigene or kandidaten], quellen, name, blaetter)


def _faengt_alles(quelle: Quelle) -> bool:
    """A Quelle that takes any statistic stands back behind one that names this one."""
    return any(re.search(muster, "\0") for muster in quelle.statistiken) or not quelle.statistiken


def _liest(quelle: Quelle, form: str) -> bool:
    """Files of this shape may belong to the Quelle; classic tables also to one that is known for its flat files."""
    return bool(quelle.tabellen) if form == "genesis_tabelle" else quelle.form == (form or "tabelle")


def _passt(quelle: Quelle, form: str, codes: set[str], blaetter: Sequence[Blatt]) -> bool:
    if form == "genesis_tabelle":
        return any(re.search(m, tabellencode(blaetter)) for m in quelle.tabellen)
    if quelle.form == "ffcsv" and quelle.statistiken:
        return bool(codes) and all(any(re.search(m, c) for m in quelle.statistiken) for c in codes)
    if quelle.form == "tabelle" and not quelle.erkennung:
        return False
    return all(passt_pin(pin, blaetter) is not None for pin in quelle.erkennung) if blaetter else True


def passt_pin(pin: Pin, blaetter: Sequence[Blatt]) -> re.Match[str] | None:
    """The match of a pinned text; None when it does not stand where it should."""
    for blatt in blaetter:
        if pin.blatt and not re.search(pin.blatt, blatt.name):
            continue
        for text in _texte(blatt, pin.zelle):
            if treffer := re.search(pin.muster, text):
                return treffer
    return None


def _texte(blatt: Blatt, zelle: str) -> Iterable[str]:
    if treffer := re.fullmatch(r"([A-Z]+)([0-9]+)", zelle):
        yield als_text(blatt.zelle(int(treffer[2]) - 1, spaltennummer(treffer[1])))
        return
    for zeile in blatt.zeilen[:_KOPFZEILEN]:
        yield from (als_text(z) for z in zeile if z != "")


def _gewuenscht(form: str, quelle: Quelle, name: str, codes: set[str], blaetter: Sequence[Blatt]) -> Erkennung:
    """``--quelle`` chooses among Quellen, it does not make one fit."""
    if not _liest(quelle, form):
        ist = FORMEN.get(form, "eine Tabelle ohne amtliche Form")
        raise _passt_nicht(
            quelle, name, f"Die Datei ist: {ist}. Die Quelle liest: {FORMEN.get(quelle.form, quelle.form)}."
        )
    if form in ("ffcsv", "genesis_tabelle") and not _passt(quelle, form, codes, blaetter):
        was = f"die Tabelle {tabellencode(blaetter)}" if blaetter else f"die Statistik {', '.join(sorted(codes))}"
        raise _passt_nicht(quelle, name, f"Sie gilt nicht für {was}.")
    for pin in quelle.erkennung:
        if blaetter and passt_pin(pin, blaetter) is None:
            wo = pin.zelle or "in den ersten Zeilen"
            raise _passt_nicht(quelle, name, f"Erwartet wird {wo} der Text „{pin.muster}“; er steht dort nicht.")
    return Erkennung(form or quelle.form, quelle.kennung)


def _passt_nicht(quelle: Quelle, name: str, grund: str) -> AblehnungError:
    return AblehnungError(
        "quelle_passt_nicht",
        f"Die Quelle „{quelle.kennung}“ passt nicht zu „{name}“.",
        grund=grund,
        abhilfe="Die richtige Datei angeben, oder --quelle weglassen: dann erkennt sozmon die Datei selbst.",
    )


def nicht_gelesen(form: str, name: str) -> AblehnungError:
    """A shape that is known but not read yet."""
    return AblehnungError(
        "form_nicht_gelesen",
        f"„{name}“ ist ein {FORMEN[form]}; diese Form wird nicht gelesen.",
        grund="Ihr Aufbau ist nicht öffentlich beschrieben; er wird nicht geraten.",
        abhilfe="Dieselbe Tabelle im Portal als „Flat File (ffcsv)“ herunterladen und diese Datei importieren.",
    )


def _keine_quelle(
    form: str, kandidaten: list[str], quellen: Mapping[str, Quelle], name: str, blaetter: Sequence[Blatt]
) -> AblehnungError:
    if kandidaten:
        return AblehnungError(
            "quelle_mehrdeutig",
            f"Zu „{name}“ passen mehrere Quellen: {', '.join(sorted(kandidaten))}.",
            abhilfe=f"Eine davon nennen, z. B.: sozmon import --quelle {sorted(kandidaten)[0]} {name}",
        )
    passende = sorted(q.kennung for q in quellen.values() if q.form == form)
    if form in NICHT_GELESEN:
        return nicht_gelesen(form, name)
    if form:
        return AblehnungError(
            "quelle_fehlt",
            f"„{name}“ ist eine Datei der Form {FORMEN[form]}, aber keine Quelle des Katalogs nimmt sie an.",
            grund=f"Quellen dieser Form: {', '.join(passende)}."
            if passende
            else "Der Katalog kennt keine Quelle dieser Form.",
            abhilfe="Eine Quelle in indikatoren/quellen/ anlegen oder erweitern; die vorhandenen zeigt: "
            "sozmon katalog quellen",
        )
    tabellen = sum(q.form == "tabelle" for q in quellen.values())
    return AblehnungError(
        "form_unbekannt",
        f"„{name}“ hat keine Form, die sozmon kennt.",
        grund="Es ist keine Tabelle von GENESIS, INKAR, Gemeindeverzeichnis oder „sozmon abfrage“, und keine der "
        f"{tabellen} Quellen für andere Tabellen erkennt sie.{_naechste(quellen, blaetter)}",
        abhilfe=f"Eine Quelle entwerfen und die Fragen darin beantworten: sozmon quelle entwerfen {name}. "
        "Alle Quellen zeigt: sozmon katalog quellen",
    )


def _naechste(quellen: Mapping[str, Quelle], blaetter: Sequence[Blatt]) -> str:
    """Next year's table of an office often differs in one word: the Quelle of which only one text is missing."""
    fehlend = {
        q.kennung: [pin for pin in q.erkennung if passt_pin(pin, blaetter) is None]
        for q in quellen.values()
        if q.form == "tabelle" and len(q.erkennung) > 1
    }
    nahe = [(kennung, pins[0]) for kennung, pins in fehlend.items() if len(pins) == 1]
    if len(nahe) != 1:
        return ""
    [(kennung, pin)] = nahe
    ort = f" in Zelle {pin.zelle}" if pin.zelle else ""
    return f" Am nächsten kommt ihr „{kennung}“; es fehlt{ort} der Text „{pin.muster.strip('^$')}“."


# --------------------------------------------------------------------------------------------------
# Person-level input

_SICHER = re.compile(
    r"vorname\w*|geburts(datum|tag|name|ort)|geb\.?-?datum|(renten|kranken)?versicherungsnummer|aktenzeichen|personalausweis\w*",
    re.I,
)
_HINWEIS = re.compile(
    r"(nach|familien)name|stra(ß|ss)e|str\.|haus-?nr\.?|hausnummer|anschrift|wohnanschrift|adresse|telefon\w*|e-?mail\w*|person(en)?-?(id|nr\.?|nummer)|fall-?(id|nr\.?|nummer)|haushalts?-?(id|nr\.?|nummer)",
    re.I,
)


def check_personen(blaetter: Sequence[Blatt], name: str) -> None:
    """Refuse tables about single persons or households: such a column head says so. No cell text is repeated."""
    for blatt in blaetter:
        for nummer, zeile in enumerate(blatt.zeilen[:_PERSONENZEILEN]):
            koepfe = [als_text(z) for z in zeile if isinstance(z, str) and len(z) < 60]
            sichere = [k for k in koepfe if _SICHER.fullmatch(k.strip(" *:"))]
            hinweise = [k for k in koepfe if _HINWEIS.fullmatch(k.strip(" *:"))]
            if sichere or len(hinweise) >= 2:
                raise AblehnungError(
                    "personendaten",
                    f"„{name}“ enthält Angaben zu einzelnen Personen.",
                    ort=f"{blatt.name or 'Datei'}, Zeile {nummer + 1}: Spalten {', '.join((sichere + hinweise)[:4])}",
                    grund="sozmon verarbeitet nur Zahlen über Gruppen. Namen, Geburtsdaten und Anschriften dürfen "
                    "nicht in den gemeinsamen Datenpool; für die Sozialberichterstattung fehlt die Rechtsgrundlage.",
                    abhilfe="Das liefernde Amt um eine Auszählung je Gemeinde bitten.",
                )
