"""Numbers typed by hand are found; years, dates, laws, references and calls are not."""

from __future__ import annotations

import pytest

from sozmon.textpruefung import check_zahlen, find_zahlen

GEFUNDEN = [
    ("Die Quote liegt bei 4,5 %.", ["4,5 %"]),
    ("Die Quote liegt bei 4,5\u202f%.", ["4,5\u202f%"]),
    ("Sie stieg um 2,9 Prozentpunkte.", ["2,9 Prozentpunkte"]),
    ("Sie stieg auf 12 Prozent.", ["12 Prozent"]),
    ("Im Kreis leben 297.766 Menschen.", ["297.766"]),
    ("Im Kreis leben 297\u202f766 Menschen.", ["297\u202f766"]),
    ("Es gab 483 Geburten.", ["483"]),
    ("Das kostet 1,5 Mio. Euro.", ["1,5 Mio."]),
    ("Das kostet 35.418 € im Jahr.", ["35.418 €"]),
    ("Das kostet 20 Euro.", ["20 Euro"]),
    ("Der Saldo beträgt −344.", ["−344"]),
    ("Der Saldo beträgt -344 Personen.", ["-344"]),
    ("Es sind 8 von 100 Kindern.", ["8 von"]),
    ("8,9 je 1.000 Einwohner", ["8,9 je", "1.000"]),
    ("Zwei Drittel, also 67 %, und 33 %.", ["67 %", "33 %"]),
    ("Erste Zeile.\nIn 52 Gemeinden.", ["52"]),
    ("rund 14 % des Kreises", ["14 %"]),
    ("+0,7 Prozentpunkte", ["+0,7 Prozentpunkte"]),
    ("350 Plätze", ["350"]),
    ("etwa 3 Tsd. Haushalte", ["3 Tsd."]),
]
NICHTS = [
    "Im Jahr 2021 und bis 2040.",
    "Seit 1990 gibt es den Kreis.",
    "Stand: 31.12.2023, am 9. Juni 2024, zum 1.1.",
    "Nach § 64 Absatz 3 SGB VIII und §§ 67, 75 SGB X.",
    "Art. 28 des Grundgesetzes; Abs. 2 Satz 1.",
    "Leistungen nach dem SGB II und dem SGB 12.",
    "Siehe Tabelle 2.3 und Abschnitt 4.1 auf Seite 17.",
    "Im Schuljahr 2013/14.",
    "Der 3. Bericht und die 2. Fortschreibung.",
    "Kinder unter 15 Jahren, Menschen ab 65 Jahren, zwischen 18 und 64.",
    "15-Jährige und 65-jährige Menschen",
    "In sieben Regionen, zwölf Gemeinden und 5 Orten.",
    "Telefon 03731 799-0, 0371/123456",
    "https://www.beispiel.de/2024/bericht-350.pdf",
    "sozialplanung350@beispiel.de",
    "Siehe [dort](https://x.de/12345).",
    '{{ wert("bevoelkerung", zeit=2021) }} Menschen',
    "{{ wert('x',\n raum='14522350') }}",
    "Ein Satz mit Fußnote.[^123]",
    "1. Erstens\n2. Zweitens\n13. Dreizehntens",
    "Beginn 17:30 Uhr, Ende 20 Uhr.",
    "01234 Musterstadt",
    "Kapitel 3, Anlage 14",
    "binnen 24 Monaten, 48 Stunden",
    "COVID-19 und die Straße B-101",
]


@pytest.mark.parametrize(("text", "zahlen"), GEFUNDEN)
def test_statistics_are_found(text: str, zahlen: list[str]) -> None:
    assert [f.zahl for f in find_zahlen(text)] == zahlen


@pytest.mark.parametrize("text", NICHTS)
def test_other_numbers_are_left_alone(text: str) -> None:
    assert find_zahlen(text) == []


def test_a_finding_names_line_and_words_around_it() -> None:
    (meldung,) = check_zahlen("texte/armut/fazit.md", "Gut.\n\nDort leben 483 Kinder in Armut.")
    assert meldung.kennung == "zahl_von_hand" and meldung.fundstelle.zelle == "Zeile 3"
    assert "„483“" in meldung.text and "Kinder in Armut" in meldung.text and "wert(" in meldung.abhilfe


def test_a_call_over_two_lines_keeps_the_line_numbers() -> None:
    assert [f.zeile for f in find_zahlen("{{ wert(\n'x') }}\n\n483 Kinder")] == [4]
