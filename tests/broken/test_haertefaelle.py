"""The catalogue of faults and attacks, row by row: F = container, T = text, S = meaning. Each row has its case.

A case is a folder of tests/broken or 'file.py::test' under tests/.
"""

from __future__ import annotations

import ast
from pathlib import Path

import pytest

HIER = Path(__file__).parent
ZEILEN: dict[str, tuple[str, tuple[str, ...]]] = {
    "F1": ("abgeschnittene Datei", ("unvollstaendig", "unvollstaendig-xls", "unvollstaendig-xml", "unvollstaendig-teil")),
    "F2": ("ZIP-Bombe", ("zip_bombe",)),
    "F3": ("Pfade, die hinausführen, doppelte Teile", ("mappe_verdaechtig", "mappe_verdaechtig-doppelt", "mappe_verdaechtig-zelle", "mappe_verdaechtig-wert", "mappe_verdaechtig-stelle", "mappe_verdaechtig-formel")),
    "F4": ("DTD, Entitäten", ("dtd",)),
    "F5": ("Zelle weit außen", ("zelle_zu_weit",)),
    "F6": ("falsche Ausdehnung", ("unit/test_gitter.py::test_dimension_tag_is_not_trusted",)),
    "F7": ("verschlüsselt, falsche Endung, andere Formate",
           ("verschluesselt", "falsche_art-xlsb", "falsche_art-ods", "falsche_art-bzip2", "html_seite", "unit/test_dateien.py::test_the_content_decides_not_the_ending")),
    "F8": ("Makros, Verknüpfungen", ("mappe_beiwerk",)),
    "F9": ("fremdes Parquet", ("unit/test_dateien.py::test_parquet_is_no_import_format",)),
    "F10": ("Ordner, Röhre, Gerät", ("unit/test_dateien.py::test_folder", "unit/test_dateien.py::test_named_pipe_does_not_hang")),
    "F11": ("Datei wächst beim Lesen", ("unit/test_dateien.py::test_private_copy_and_hash",)),
    "T1": ("NUL-Byte", ("nul_byte",)),
    "T2": ("überlanges Feld", ("feld_zu_lang",)),
    "T3": ("offenes Anführungszeichen", ("anfuehrungszeichen", "anfuehrungszeichen-mitten")),
    "T4": ("Kodierungen", ("kodierung", "kodierung_gemischt", "kodierung_rueckfall")),
    "T5": ("zerstörte Umlaute", ("umlaute_zerstoert",)),
    "T6": ("Unicode in Zahlen und Schlüsseln", ("schluessel_falsch", "schluessel_falsch-getrennt", "unit/test_zahlen.py::test_numbers_that_are_refused")),
    "T7": ("ungleiche Zeilen, Summen, Fußnoten", ("zeile_ungleich", "zeilen_uebergangen", "zeile_ohne_regel", "zeilen_nach_ende")),
    "T8": ("doppelte Köpfe", ("kopf_doppelt", "kopf_doppelt-tabelle")),
    "T9": ("Trennzeichen", ("unit/test_gitter.py::test_trennzeichen",)),
    "S1": ("verlorene Null", ("fuehrende_null", "fuehrende_null-streng", "fuehrende_null-gemischt")),
    "S2": ("AGS, ARS, Verband, Kreis", ("unit/test_raeume.py::test_eight_digits_that_are_both_follow_the_hint",)),
    "S3": ("Schlüssel als Kommazahl, mit Exponent", ("schluessel_falsch-exponent", "unit/test_gitter.py::test_als_text")),
    "S4": ("Schlüssel eines anderen Jahres", ("unit/test_raeume.py::test_keys_of_other_dates_are_named_as_such",)),
    "S5": ("Name und Schlüssel passen nicht", ("name_widerspricht",)),
    "S6": ("vertauschte Spalten", ("spalten_vertauscht",)),
    "S7": ("Altersgruppe wird Datum", ("zelle_datum",)),
    "S8": ("zweideutiges Komma", ("wert-punkt", "komma_fraglich")),
    "S9": ("Excel-Fehler", ("zelle_fehlerwert", "zelle_fehlerwert-xls", "zelle_fehlerwert-teilname", "wert-nanzelle", "wert-unendlich")),
    "S10": ("Formel ohne Ergebnis", ("zelle_ohne_ergebnis",)),
    "S11": ("Formeln", ("formeln",)),
    "S12": ("Verborgenes", ("zeilen_verborgen", "spalten_verborgen", "blatt_verborgen")),
    "S13": ("Fußnoten, Köpfe über mehrere Zeilen", ("fussnote_am_wert", "kopf_fehlt-suche")),
    "S14": ("unbekanntes Zeichen", ("wert-zeichen", "wert-nan")),
    "S15": ("Prozent als Anteil, Faktor 100", ("faktor",)),
    "S16": ("Zeit", ("zeit", "zeit_zukunft", "stand_zukunft")),
    "S17": ("Summen", ("summe_abweichend", "summe_gerundet", "summe_unmoeglich")),
    "S18": ("doppelte Schlüssel", ("doppelt_verschieden", "doppelt_gleich")),
    "S19": ("fehlende Gemeinden", ("unvollzaehlig", "teilweise_geliefert")),
    "S20": ("Nenner null, Anteil über 100 %, negativ",
            ("negativ", "wert_unplausibel", "unit/test_indikator.py::test_denominator_zero_is_not_meaningful")),
    "S21": ("Bruch", ("unit/test_indikator.py::test_change_across_a_break_is_not_computed",)),
    "S22": ("revidierte Werte", ("cli/test_berichtigung.py::test_a_revision_of_the_office_wins_and_is_told", "sprung")),
    "S23": ("andere Einheit", ("faktor",)),
    "S24": ("falsches Jahr, falscher Kreis", ("quelle_passt_nicht", "kreis_fremd", "jahr_wiederholt")),
}  # fmt: skip


@pytest.mark.parametrize("zeile", ZEILEN)
def test_row_has_its_case(zeile: str) -> None:
    for fall in ZEILEN[zeile][1]:
        datei, trenner, name = fall.partition("::")
        if not trenner:
            assert (HIER / fall / "erwartet.toml").is_file(), f"{zeile}: {fall}"
            continue
        baum = ast.parse((HIER.parent / datei).read_text("utf-8"))
        assert name in {k.name for k in ast.walk(baum) if isinstance(k, ast.FunctionDef)}, f"{zeile}: {fall}"


def test_all_rows_are_there() -> None:
    assert list(ZEILEN) == [f"F{i}" for i in range(1, 12)] + [f"T{i}" for i in range(1, 10)] + [
        f"S{i}" for i in range(1, 25)
    ]
