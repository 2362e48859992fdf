"""Text files: ffcsv in its old and new style, zipped or not, and plain CSV; always LF, fixed dates."""

from __future__ import annotations

import io
import random
import zipfile
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from .modell import STARTWERT
from .raeume import Zeile

HINWEIS = "Erfundene Beispieldaten – keine amtlichen Zahlen"


@dataclass(frozen=True)
class Messung:
    """One number of a table: Raum, time, codes of the further variables, measure, value as printed."""

    zeile: Zeile
    zeit: str
    merkmale: tuple[tuple[str, str, str, str], ...]
    """(variable code, label, attribute code, label) for every variable after the Raum."""
    mass: str
    wert: str
    guete: str = ""


@dataclass(frozen=True)
class Tabelle:
    """Head of a GENESIS table."""

    statistik: tuple[str, str]
    zeit: tuple[str, str]
    raum: tuple[str, str]
    masse: dict[str, tuple[str, str]]
    """Code → (label, unit)."""
    guete: bool = False
    messungen: list[Messung] = field(default_factory=list)


def _zeilen(kopf: Sequence[str], zeilen: Iterable[Sequence[str]]) -> str:
    return "".join(";".join(z) + "\n" for z in [kopf, *zeilen])


def ffcsv_neu(t: Tabelle) -> bytes:
    """New style: UTF-8 with BOM, one row per value, unsorted, measures stacked."""
    breite = 1 + len(t.messungen[0].merkmale)
    kopf = ["statistics_code", "statistics_label", "time_code", "time_label", "time"]
    for i in range(1, breite + 1):
        kopf += [f"{i}_variable_code", f"{i}_variable_label", f"{i}_variable_attribute_code"]
        kopf.append(f"{i}_variable_attribute_label")
    kopf += ["value", "value_unit", "value_variable_code", "value_variable_label"]
    kopf += ["value_q"] if t.guete else []
    zeilen = []
    for m in t.messungen:
        zeile = [*t.statistik, *t.zeit, m.zeit, *t.raum, m.zeile.schluessel, m.zeile.name]
        for merkmal in m.merkmale:
            zeile += merkmal
        beschriftung, einheit = t.masse[m.mass]
        zeile += [m.wert, einheit, m.mass, beschriftung]
        zeilen.append([*zeile, m.guete] if t.guete else zeile)
    random.Random(f"{STARTWERT}/{t.statistik[0]}/{len(zeilen)}").shuffle(zeilen)
    return ("\ufeff" + _zeilen(kopf, zeilen)).encode()


def _umschrift(text: str) -> str:
    for von, zu in zip("äöüÄÖÜß ", ("ae", "oe", "ue", "Ae", "Oe", "Ue", "ss", "_"), strict=True):
        text = text.replace(von, zu)
    return text


def ffcsv_alt(t: Tabelle) -> bytes:
    """Old style: Latin-1 as the service sends it, one row per cell of the key, a column per measure, names indented."""
    breite = 1 + len(t.messungen[0].merkmale)
    kopf = ["Statistik_Code", "Statistik_Label", "Zeit_Code", "Zeit_Label", "Zeit"]
    for i in range(1, breite + 1):
        kopf += [f"{i}_Merkmal_Code", f"{i}_Merkmal_Label", f"{i}_Auspraegung_Code", f"{i}_Auspraegung_Label"]
    kopf += [f"{code}__{_umschrift(name)}__{einheit}" for code, (name, einheit) in t.masse.items()]
    gesammelt: dict[tuple[str, ...], dict[str, str]] = {}
    for m in t.messungen:
        name = "  " * m.zeile.tiefe + m.zeile.name
        zeit = ".".join(reversed(m.zeit.split("-")))
        schluessel = [*t.statistik, *t.zeit, zeit, *t.raum, m.zeile.schluessel, name]
        for merkmal in m.merkmale:
            schluessel += merkmal
        gesammelt.setdefault(tuple(schluessel), {})[m.mass] = m.wert
    zeilen = [[*schluessel, *(werte[code] for code in t.masse)] for schluessel, werte in gesammelt.items()]
    return _zeilen(kopf, zeilen).encode("latin-1")


def als_zip(name: str, inhalt: bytes) -> bytes:
    """One file in a ZIP, as the service delivers large tables; the date inside is fixed."""
    puffer = io.BytesIO()
    with zipfile.ZipFile(puffer, "w", zipfile.ZIP_DEFLATED, compresslevel=9) as z:
        info = zipfile.ZipInfo(name, (1980, 1, 1, 0, 0, 0))
        info.compress_type = zipfile.ZIP_DEFLATED
        info.create_system = 3
        info.external_attr = 0o644 << 16
        z.writestr(info, inhalt, compresslevel=9)
    return puffer.getvalue()


def csv(kopf: Sequence[str], zeilen: Iterable[Sequence[str]]) -> bytes:
    """A plain UTF-8 CSV of the project."""
    return _zeilen(kopf, zeilen).encode()
