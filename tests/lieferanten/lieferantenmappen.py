"""Workbooks of the suppliers in their real shapes: merged heads and groups, date cells, footers. Invented figures."""

from __future__ import annotations

import datetime
from collections.abc import Iterable
from pathlib import Path

from lieferantenhilfe import GEMEINDEN, KREIS, OHNE, Buch, Fakt
from openpyxl import Workbook
from openpyxl.worksheet.worksheet import Worksheet


def blatt(mappe: Workbook, name: str, zeilen: Iterable[Iterable[object]]) -> Worksheet:
    seite = mappe.create_sheet(name)
    for zeile in zeilen:
        seite.append(list(zeile))
    return seite


def leere_mappe() -> Workbook:
    mappe = Workbook()
    mappe.remove(mappe.worksheets[0])
    return mappe


def datum(seite: Worksheet, zelle: str, tag: datetime.date, form: str = "MMM YYYY") -> None:
    """A date as Excel stores it: a serial number that a format shows as '12/2023' or 'Dez 2023'."""
    seite[zelle] = tag
    seite[zelle].number_format = form


def spalte(nummer: int) -> str:
    return "ABCDEFGHIJKLMNOPQRSTUVWXYZ"[nummer]


def ba_jahresdurchschnitt(ziel: Path) -> list[Fakt]:
    """The same order with annual averages: texts in the head in place of dates."""
    return ba_arbeitslose(ziel, (2022, 2023))


def ba_arbeitslose(ziel: Path, jahre: tuple[int, ...] = ()) -> list[Fakt]:
    """Thirteen rows above the values: ten of text, three merged head rows whose last one holds dates."""
    buch = Buch(1)
    gruppen = [("Insgesamt", ""), ("Männer", "geschlecht=m"), ("Frauen", "geschlecht=w"),
               ("15 bis unter 25 Jahre", "alter=15-24"), ("55 bis unter 65 Jahre", "alter=55-64"),
               ("Ausländer", "staatsangehoerigkeit=auslaendisch"), ("Rechtskreis SGB II", None)]  # fmt: skip
    tage = [datetime.date(2022, 12, 1), datetime.date(2023, 12, 1)]
    mappe = leere_mappe()
    blatt(mappe, "Deckblatt", [["Arbeitslose nach Gemeinden"], ["Statistik der Bundesagentur für Arbeit"]])
    vor: list[list[object]] = [
        ["Arbeitslose nach Gemeinden"], ["Probekreis (Gebietsstand Dezember 2023)"], ["Dezember 2022 und 2023"], [],
        ["Statistik der Bundesagentur für Arbeit"], ["Auftragsnummer 301234"], ["Erstellungsdatum: 12.01.2024"], [],
        ["Aus Gründen der statistischen Geheimhaltung werden Zahlenwerte kleiner 3 mit * anonymisiert."], [],
    ]  # fmt: skip
    seite = blatt(mappe, "Daten", [*vor, ["Region", "Bestand an Arbeitslosen"], [], []])
    letzte = spalte(2 * len(gruppen))
    seite.merge_cells("A11:A13")
    seite.merge_cells(f"B11:{letzte}11")
    for i, (text, _) in enumerate(gruppen):
        links = spalte(1 + 2 * i)
        seite[f"{links}12"] = text
        seite.merge_cells(f"{links}12:{spalte(2 + 2 * i)}12")
        for j, tag in enumerate(tage):
            zelle = f"{spalte(1 + 2 * i + j)}13"
            if jahre:
                seite[zelle] = f"Jahresdurchschnitt {jahre[j]}"
            else:
                datum(seite, zelle, tag)
    raeume = {"99": "99 Probeland", KREIS: f"{KREIS} Probekreis", **{k: f"{k} {n}" for k, n in GEMEINDEN.items()}}
    for raum, text in {**raeume, OHNE: f"{KREIS}999 Gemeinde nicht zuordenbar"}.items():
        zeile: list[object] = [text]
        for _, teil in gruppen:
            for j, tag in enumerate(tage):
                merkmal = "arbeitslose_sgb2" if teil is None else "arbeitslose"
                zeit = str(jahre[j]) if jahre else f"{tag:%Y-%m}"
                zeile.append(buch.zelle(raum, zeit, merkmal, teil or "", gross=raum in ("99", KREIS)))
        seite.append(zeile)
    seite.append(["© Statistik der Bundesagentur für Arbeit"])
    mappe.save(ziel)
    return buch.fakten


def ba_sgb2(ziel: Path) -> list[Fakt]:
    """Two Stichtage one below the other, each a merged date cell beside its group; a total without a key."""
    buch = Buch(2)
    mappe = leere_mappe()
    vor: list[list[object]] = [["Eckwerte SGB II nach Gemeinden"], ["Probekreis"], ["Erstellungsdatum: 12.04.2024"], []]
    kopf: list[list[object]] = [
        ["Stichtag", "Schlüssel", "Region", "Leistungsberechtigte", None, None, None],
        [None, None, None, "Insgesamt", "Frauen", "Männer", "nicht erwerbsfähig unter 15 Jahren"],
    ]
    seite = blatt(mappe, "Eckwerte", [*vor, *kopf])
    seite.merge_cells("D5:G5")
    for kopfspalte in "ABC":
        seite.merge_cells(f"{kopfspalte}5:{kopfspalte}6")
    zeile = 7
    for tag in (datetime.date(2022, 12, 31), datetime.date(2023, 12, 31)):
        oben = zeile
        namen = {
            KREIS: (None, "Kreis insgesamt"),
            **{k: (k, n) for k, n in GEMEINDEN.items()},
            OHNE: (None, "keine Angabe"),
        }
        for raum, (schluessel, name) in namen.items():
            seite.append([None, schluessel, name, *(
                buch.zelle(raum, tag.isoformat(), m, a, gross=raum == KREIS)
                for m, a in (("leistungsberechtigte_sgb2", ""), ("leistungsberechtigte_sgb2", "geschlecht=w"),
                             ("leistungsberechtigte_sgb2", "geschlecht=m"), ("nef_u15", ""))
            )])  # fmt: skip
            zeile += 1
        datum(seite, f"A{oben}", tag, "DD.MM.YYYY")
        seite.merge_cells(f"A{oben}:A{zeile - 1}")
    seite.append(["© Statistik der Bundesagentur für Arbeit"])
    mappe.save(ziel)
    return buch.fakten


def landesamt(ziel: Path) -> list[Fakt]:
    """Three merged head rows, keys as numbers and texts, indented names with footnotes, totals above parts."""
    buch = Buch(3, {"-": (0.0, "null_genau"), ".": (None, "geheim_quelle"), "...": (None, "folgt")})
    mappe = leere_mappe()
    kopf: list[list[object]] = [
        ["Zu- und Fortzüge über die Gemeindegrenze 2023 nach Geschlecht und Gemeinden"], ["Freistaat Probeland"], [],
        ["Gebiet", None, "Zuzüge", None, None, "Fortzüge"],
        [None, None, "über die Gemeindegrenze", None, None, "über die Gemeindegrenze"],
        [None, None, "Insgesamt", "männlich", "weiblich", "Insgesamt", "männlich", "weiblich"],
    ]  # fmt: skip
    seite = blatt(mappe, "12711-089M", kopf)
    for bereich in ("A1:H1", "A4:B6", "C4:E4", "F4:H4", "C5:E5", "F5:H5"):
        seite.merge_cells(bereich)
    raeume: list[tuple[object, str, str]] = [(99, "99", "Probeland"), (99001, KREIS, "  Probekreis, Landkreis")]
    raeume += [(k, k, f"    {n}{' 2)' if n == 'Dornau' else ''}") for k, n in GEMEINDEN.items()]
    for geschrieben, raum, name in raeume:
        zeile: list[object] = [geschrieben, name]
        for merkmal in ("zuzuege", "fortzuege"):
            for teil in ("", "geschlecht=m", "geschlecht=w"):
                zeile.append(buch.zelle(raum, "2023", merkmal, teil, gross=len(raum) < 8))
        seite.append(zeile)
    _ueberschreibe(seite, buch, "C8", KREIS, "1\u00a0234²", 1234.0)
    _ueberschreibe(seite, buch, "C10", "99001020", "12 r", 12.0, "r")
    seite.append(["______________"])
    seite.append(["2)  Eingemeindung von Teilen."])
    seite.append(["© Statistisches Landesamt, Probestadt | Stand: 07.06.2024 / 09:03:54"])
    mappe.save(ziel)
    return buch.fakten


def _ueberschreibe(
    seite: Worksheet, buch: Buch, zelle: str, raum: str, text: str, wert: float, kennzeichen: str = ""
) -> None:
    """Another text in a cell that was written: the first Merkmal's total of the Raum."""
    nummer = next(i for i, f in enumerate(buch.fakten) if f.raum_id == raum and not f.auspraegung)
    alt = buch.fakten[nummer]
    buch.fakten[nummer] = Fakt(raum, alt.zeit, alt.merkmal, "", wert, "wert", kennzeichen)
    seite[zelle] = text


def sozialamt_pivot(ziel: Path) -> list[Fakt]:
    """A pivot as Excel copies it: group cells blank below, „… Ergebnis“ after each group, „(Leer)“, two Stichtage."""
    buch = Buch(4)
    tage = [datetime.date(2022, 12, 31), datetime.date(2023, 12, 31)]
    mappe = leere_mappe()
    alter = blatt(mappe, "Grundsicherung im Alter", [
        ["Abgerufen am 15.02.2024"], [], ["Anzahl von Personen", None, "Stichtag"], ["Gemeinde", "Geschlecht"],
    ])  # fmt: skip
    merkmal = "grundsicherung_alter_empfaenger"
    for raum, name in {**GEMEINDEN, OHNE: "(Leer)"}.items():
        for i, (text, teil) in enumerate((("männlich", "geschlecht=m"), ("weiblich", "geschlecht=w"))):
            zellen = [buch.zelle(raum, t.isoformat(), merkmal, teil) for t in tage]
            alter.append([None if i else name, text, *zellen])
        alter.append([f"{name} Ergebnis", None, *(buch.zelle(raum, t.isoformat(), merkmal) for t in tage)])
    alter.append(["Gesamtergebnis", None, *(buch.zelle(KREIS, t.isoformat(), merkmal, gross=True) for t in tage)])
    datum(alter, "C4", tage[0], "DD.MM.YYYY")
    datum(alter, "D4", tage[1], "DD.MM.YYYY")
    minderung = blatt(mappe, "Erwerbsminderung", [
        ["Abgerufen am 15.02.2024"], [], ["Anzahl von Personen", "Stichtag"], ["Gemeinde", "31.12.2022", "31.12.2023"],
    ])  # fmt: skip
    merkmal = "grundsicherung_erwerbsminderung_empfaenger"
    for raum, name in {**GEMEINDEN, OHNE: "(Leer)", KREIS: "Gesamtergebnis"}.items():
        minderung.append([name, *(buch.zelle(raum, t.isoformat(), merkmal) for t in tage)])
    mappe.save(ziel)
    return buch.fakten


def jugendamt(ziel: Path) -> list[Fakt]:
    """Two head rows of which only the first group has two; columns that nobody reads; total and „unbekannt“."""
    buch = Buch(5)
    mappe = leere_mappe()
    seite = blatt(mappe, "2023", [
        ["Hilfen zur Erziehung, Inobhutnahmen und Gefährdungseinschätzungen im Jahr 2023"], [],
        ["AGS", "Wohnort", "Hilfen zur Erziehung", None, None, "Inobhutnahmen", "Einschätzungen nach § 8a SGB VIII"],
        [None, None, "ambulant", "stationär", "gesamt"],
    ])  # fmt: skip
    for bereich in ("C3:E3", "A3:A4", "B3:B4", "F3:F4", "G3:G4"):
        seite.merge_cells(bereich)
    namen = {**{k: (int(k), n) for k, n in GEMEINDEN.items()}, OHNE: (None, "unbekannt/außerhalb"),
             KREIS: (None, "Landkreis gesamt")}  # fmt: skip
    for raum, (schluessel, name) in namen.items():
        merkmale = ("hilfen_zur_erziehung", "inobhutnahmen", "gefaehrdungseinschaetzungen")
        zellen = [buch.zelle(raum, "2023", m, gross=raum == KREIS) for m in merkmale]
        seite.append([schluessel, name, 7, 8, *zellen])
    seite.append(["Auswertung vom 20.01.2024"])
    mappe.save(ziel)
    return buch.fakten


def wohngeldstelle(ziel: Path) -> list[Fakt]:
    """Name and key in one cell, parts beside their total, a corrected value."""
    buch = Buch(6)
    mappe = leere_mappe()
    seite = blatt(mappe, "Tabelle1", [
        ["Haushalte mit Wohngeld am 31.12.2023"], ["Stand der Auswertung: 01.03.2024"], [],
        ["Gemeinde (Schlüssel)", "Mietzuschuss", "Lastenzuschuss", "Insgesamt"],
    ])  # fmt: skip
    namen = {**{k: f"{n} ({k})" for k, n in GEMEINDEN.items()}, OHNE: "ohne Zuordnung", KREIS: "Summe"}
    for raum, text in namen.items():
        seite.append([text, 5, 4, buch.zelle(raum, "2023-12-31", "wohngeldhaushalte")])
    _ueberschreibe(seite, buch, "D6", "99001020", "17 r", 17.0, "r")
    mappe.save(ziel)
    return buch.fakten


def schulaufnahme(ziel: Path) -> list[Fakt]:
    """School years one below the other; the year stands before the first row of its group only."""
    buch = Buch(7)
    mappe = leere_mappe()
    seite = blatt(mappe, "SAU", [
        ["Schulaufnahmeuntersuchungen nach Wohnort"], ["Auszählung vom 31.08.2024"],
        ["Schuljahr", "Schlüssel", "Wohnort", "untersuchte Kinder", "Sprache auffällig", "Übergewicht"],
    ])  # fmt: skip
    for jahr in ("2013/14", "2022/23", "2023/24"):
        namen = {
            **{k: (k, n) for k, n in GEMEINDEN.items()},
            OHNE: (None, "Wohnort unbekannt"),
            KREIS: (None, "Landkreis"),
        }
        for i, (raum, (schluessel, name)) in enumerate(namen.items()):
            merkmale = ("einschulung_untersuchte", "einschulung_sprache", "einschulung_uebergewicht")
            seite.append([None if i else jahr, schluessel, name, *(buch.zelle(raum, jahr, m) for m in merkmale)])
    mappe.save(ziel)
    return buch.fakten


def ksv(ziel: Path) -> list[Fakt]:
    """Two Stichtage side by side, by degree; only the totals are read. Footnotes at names and values."""
    buch = Buch(8)
    mappe = leere_mappe()
    seite = blatt(mappe, "SB", [
        ["Schwerbehinderte Menschen mit gültigem Ausweis nach Gemeinden"], [],
        ["Amtlicher Gemeindeschlüssel", "Kreis/Gemeinde", None, None, None, None],
        [None, None, "GdB 50", "insgesamt", "GdB 50", "insgesamt"],
    ])  # fmt: skip
    datum(seite, "C3", datetime.date(2021, 12, 31), "DD.MM.YYYY")
    datum(seite, "E3", datetime.date(2023, 12, 31), "DD.MM.YYYY")
    for bereich in ("C3:D3", "E3:F3", "A3:A4", "B3:B4"):
        seite.merge_cells(bereich)
    namen: dict[str, tuple[str | None, str]] = {KREIS: (KREIS, "Probekreis")}
    namen |= {k: (k, f"   {n}{' 1)' if n == 'Aubach' else ''}") for k, n in GEMEINDEN.items()}
    namen[OHNE] = (None, "nicht zuzuordnen")
    for raum, (schluessel, name) in namen.items():
        zellen = [buch.zelle(raum, t, "schwerbehinderte", gross=raum == KREIS) for t in ("2021-12-31", "2023-12-31")]
        seite.append([schluessel, name, 11, zellen[0], 12, zellen[1]])
    _ueberschreibe(seite, buch, "D5", KREIS, "21\u00a0234¹", 21_234.0)
    seite.append(["Datenstand: 30.04.2024"])
    mappe.save(ziel)
    return buch.fakten


def traegerbericht(ziel: Path) -> list[Fakt]:
    """Names without keys, „keine Angabe“, „gesamt“, the Träger's own signs."""
    buch = Buch(9, {"*": (None, "geheim_quelle"), "–": (0.0, "null_genau"), "k. A.": (None, "nicht_geliefert")})
    mappe = leere_mappe()
    seite = blatt(mappe, "Anlage 2", [
        ["Verein Rat und Hilfe e. V."],
        ["Schuldner- und Insolvenzberatung: Ratsuchende nach Wohnort, Berichtsjahr 2023"],
        [], ["Wohnort", "Beratene Haushalte", "Gespräche"],
    ])  # fmt: skip
    namen = {k: f"{n} **)" if n == "Celltal" else n for k, n in GEMEINDEN.items()}
    for raum, name in {**namen, OHNE: "keine Angabe", KREIS: "gesamt"}.items():
        seite.append([name, buch.zelle(raum, "2023", "schuldnerberatung_haushalte"), 99])
    seite.append(["erstellt am 28.02.2024"])
    mappe.save(ziel)
    return buch.fakten
