"""Tables of four suppliers in the shapes that offices really use, with invented places and numbers.

Each function writes one file and returns its facts: what an import must find, worked out here and nowhere else.
"""

from __future__ import annotations

from datetime import datetime
from pathlib import Path

import xlsxwriter

GEMEINDEN = {
    "99001010": "Aubach",
    "99001020": "Bergdorf",
    "99001030": "Celltal",
    "99001040": "Dürrwald",
    "99001050": "Eichfurt",
    "99001060": "Föhrenau",
    "99001070": "Grünheim",
}
KREIS = ("99001", "Probekreis")
LAND = ("99", "Probeland")
Fakt = tuple[str, str, str, str]
"""raum_id, zeit, merkmal, auspraegung"""
Wert = float | str
"""A number, or the status of a sign."""
STATUS = {"*": "geheim_quelle", "-": "null_genau", "x": "nicht_sinnvoll", ".": "nicht_geliefert"}


def _wert(zelle: object) -> Wert:
    return STATUS[zelle] if isinstance(zelle, str) else float(zelle)  # type: ignore[arg-type]


def arbeitsagentur(pfad: Path, jahr: int = 2023, vorzeilen: int = 12) -> dict[Fakt, Wert]:
    """Twelve lead rows, three merged head rows, key and name in one cell, dates as heads, a © below."""
    mappe = xlsxwriter.Workbook(str(pfad))
    datum = mappe.add_format({"num_format": "dd.mm.yyyy"})
    mappe.add_worksheet("Hinweise").write(0, 0, "Statistische Hinweise zur Beschäftigungsstatistik")
    blatt = mappe.add_worksheet("Wohnort")
    vorspann = {
        0: "Statistik der Bundesagentur für Arbeit",
        2: "Sozialversicherungspflichtig Beschäftigte am Wohnort nach Gemeinden",
        3: "Probekreis (Gebietsstand Januar 2024)",
        5: f"Stichtage 30.06.{jahr - 1} und 30.06.{jahr}",
        6: "Aus Datenschutzgründen und Gründen der statistischen Geheimhaltung werden Zahlenwerte von 1 oder 2 und "
        "Daten, aus denen sich rechnerisch eine Differenz ermitteln lässt, mit * anonymisiert.",
        vorzeilen - 2: f"Datenstand: 15.02.{jahr + 1}",
    }
    for zeile, text in vorspann.items():
        blatt.write(zeile, 0, text)
    kopf, jahre = vorzeilen, (jahr - 1, jahr)
    blatt.merge_range(kopf, 0, kopf + 2, 0, "Region")
    blatt.merge_range(kopf, 1, kopf, 6, "Sozialversicherungspflichtig Beschäftigte am Wohnort")
    for nummer, wort in enumerate(("Insgesamt", "Männer", "Frauen")):
        blatt.merge_range(kopf + 1, 1 + 2 * nummer, kopf + 1, 2 + 2 * nummer, wort)
        for j, wann in enumerate(jahre):
            blatt.write_datetime(kopf + 2, 1 + 2 * nummer + j, datetime(wann, 6, 30), datum)
    fakten: dict[Fakt, Wert] = {}
    orte = [("Kreis", *KREIS), *(("Gemeinde", k, n) for k, n in GEMEINDEN.items())]
    for zeile, (_, schluessel, name) in enumerate(orte, kopf + 3):
        blatt.write(zeile, 0, f"{schluessel} {name}")
        for nummer, auspraegung in enumerate(("", "geschlecht=m", "geschlecht=w")):
            for j, wann in enumerate(jahre):
                zelle: object = 1000 * (zeile - kopf) + 100 * nummer + j
                if schluessel == "99001030" and nummer:
                    zelle = "*"
                if schluessel == "99001060" and nummer == 2:
                    zelle = "-"
                blatt.write(zeile, 1 + 2 * nummer + j, zelle)
                fakten[schluessel, f"{wann}-06-30", "svb_wohnort", auspraegung] = _wert(zelle)
    blatt.write(kopf + 3 + len(orte), 0, "© Statistik der Bundesagentur für Arbeit")
    blatt.write(kopf + 4 + len(orte), 0, "* Die Daten unterliegen der Sozialdatengeheimhaltung.")
    mappe.close()
    return fakten


def landesamt(pfad: Path, jahr: int = 2023) -> dict[Fakt, Wert]:
    """Three merged head rows, keys of mixed depth, indented names with footnotes, a line of underscores below."""
    mappe = xlsxwriter.Workbook(str(pfad))
    blatt = mappe.add_worksheet("12411-A")
    blatt.merge_range(0, 0, 0, 5, "Bevölkerung nach Geschlecht und ausgewählten Altersgruppen")
    blatt.merge_range(1, 0, 1, 5, f"Stichtag: 31.12.{jahr}")
    blatt.merge_range(3, 0, 5, 0, "Schlüssel")
    blatt.merge_range(3, 1, 5, 1, "Land, Kreis, Gemeinde")
    blatt.merge_range(3, 2, 3, 5, "Bevölkerung")
    blatt.write_row(4, 2, ["Insgesamt", "männlich", "weiblich", "unter 3 Jahre"])
    blatt.write_row(5, 2, ["Anzahl"] * 4)
    fakten: dict[Fakt, Wert] = {}
    orte = [(LAND[0], LAND[1]), (KREIS[0], f"  {KREIS[1]}, Landkreis")]
    orte += [(k, f"    {n}{' 2)' if n == 'Celltal' else ''}") for k, n in GEMEINDEN.items()]
    spalten = ("", "geschlecht=m", "geschlecht=w", "alter=0-2")
    for zeile, (schluessel, name) in enumerate(orte, 6):
        blatt.write(zeile, 0, schluessel)
        blatt.write(zeile, 1, name)
        for nummer, auspraegung in enumerate(spalten):
            zelle: object = "." if schluessel == "99001050" and nummer == 3 else 700 * zeile + 11 * nummer
            blatt.write(zeile, 2 + nummer, zelle)
            fakten[schluessel, f"{jahr}-12-31", "bevoelkerung", auspraegung] = _wert(zelle)
    fuss = 6 + len(orte)
    blatt.write(fuss, 0, "______________")
    blatt.write(fuss + 1, 0, "2) Mit Zuordnung im Lauf des Jahres.")
    blatt.write(fuss + 2, 0, f"© Statistisches Landesamt Probeland, Stand: 07.06.{jahr + 1} / 09:03:54")
    mappe.close()
    return fakten


def wahlleiter(pfad: Path, jahr: int = 2024) -> dict[Fakt, Wert]:
    """CSV in Windows-1252, five lead lines, German thousands, a column of per cents that nobody should read."""
    zeilen = [
        f"Kreistagswahl im Probekreis am 9. Juni {jahr};;;;;",
        "Endgültiges Ergebnis für die Gemeinden;;;;;",
        "Herausgeber: Kreiswahlleiter des Probekreises;;;;;",
        f"Stand: 20.06.{jahr};;;;;",
        ";;;;;",
        "AGS;Gemeinde;Wahlberechtigte;Wähler;Wahlbeteiligung in %;Ungültige Stimmzettel",
    ]
    fakten: dict[Fakt, Wert] = {}
    for nummer, (schluessel, name) in enumerate(GEMEINDEN.items(), 1):
        berechtigte, waehler = 1000 * nummer + 234, 600 * nummer + 57
        quote = f"{100 * waehler / berechtigte:.1f}".replace(".", ",")
        zeilen.append(f"{schluessel};{name};{_de(berechtigte)};{_de(waehler)};{quote};{nummer * 7}")
        fakten[schluessel, f"{jahr}-06-09", "wahlberechtigte", "wahl=kreistag"] = float(berechtigte)
        fakten[schluessel, f"{jahr}-06-09", "waehler", "wahl=kreistag"] = float(waehler)
    pfad.write_bytes("\r\n".join([*zeilen, ""]).encode("cp1252"))
    return fakten


def _de(zahl: int) -> str:
    return f"{zahl:,}".replace(",", ".")


def sozialamt(pfad: Path, jahr: int = 2023) -> dict[Fakt, Wert]:
    """A pivot out of the Fachverfahren: names only, merged down, a breakdown in the rows, a total, 'ohne Zuordnung'."""
    mappe = xlsxwriter.Workbook(str(pfad))
    blatt = mappe.add_worksheet("Tabelle1")
    blatt.write(0, 0, "Grundsicherung nach Wohnort und Geschlecht")
    blatt.write(1, 0, f"Stichtag 31.12.{jahr}, Datenstand: 20.01.{jahr + 1}")
    blatt.write_row(3, 0, ["Wohnort", "Geschlecht", "Empfänger von Grundsicherung im Alter"])
    fakten: dict[Fakt, Wert] = {}
    zeile = 4
    orte = [*GEMEINDEN.items(), ("99001_ohne_zuordnung", "ohne festen Wohnsitz"), ("99001", "Gesamtergebnis")]
    for nummer, (raum_id, name) in enumerate(orte, 1):
        blatt.write(zeile, 0, name)
        for i, (wort, auspraegung) in enumerate((("weiblich", "geschlecht=w"), ("männlich", "geschlecht=m"))):
            zelle: object = "*" if name == "Eichfurt" else 30 * nummer + i
            blatt.write(zeile, 1, wort)
            blatt.write(zeile, 2, zelle)
            fakten[raum_id, f"{jahr}-12-31", "grundsicherung_alter_empfaenger", auspraegung] = _wert(zelle)
            zeile += 1
    mappe.close()
    return fakten
