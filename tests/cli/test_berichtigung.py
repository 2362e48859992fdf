"""korrekturen.csv on the command line: a corrected value holds exactly as long as the office says the old one."""

from __future__ import annotations

import csv
import io
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

Sozmon = Callable[..., Any]
KREIS = "17521"
KOPF = "raum_id;zeit;merkmal;auspraegung;wert_alt;wert_neu;grund;kuerzel;datum\n"
AMT = "12411-01-01-4_de_flat_abruf20250410.csv"


@pytest.fixture
def aufruf(sozmon: Sozmon, projekt: Path) -> Sozmon:
    return lambda *worte: sozmon("--projekt", projekt, *worte)


def zeilen(text: str) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(text, newline="")))


def bevoelkerung(aufruf: Sozmon, *mehr: str) -> dict[str, str]:
    worte = (
        "daten",
        "-m",
        "bevoelkerung",
        "-r",
        KREIS,
        "-z",
        "2023",
        "-a",
        "insgesamt",
        "--geltend",
        "--format",
        "csv",
    )
    (z,) = zeilen(aufruf(*worte, *mehr).out)
    return z


def berichtige(projekt: Path, *reihen: str) -> str:
    pfad = projekt / "korrekturen.csv"
    pfad.write_text("\ufeff" + KOPF + "".join(f"{r}\n" for r in reihen), "utf-8")
    return str(pfad)


@pytest.fixture
def alt(aufruf: Sozmon) -> int:
    return int(bevoelkerung(aufruf)["wert"])


def reihe(alt: int, neu: int | str) -> str:
    return f"{KREIS};31.12.2023;bevoelkerung;;{alt};{neu};Zahlendreher, vom Amt bestätigt;HM;20.11.2026"


def test_a_correction_holds_with_its_mark(aufruf: Sozmon, projekt: Path, alt: int) -> None:
    lauf = aufruf("import", berichtige(projekt, reihe(alt, alt + 11)))
    assert lauf.code == 0 and "geändert 1" in lauf.out, lauf.err
    z = bevoelkerung(aufruf)
    assert (int(z["wert"]), z["kennzeichen"], z["quelle"], z["stand"]) == (
        alt + 11,
        "r",
        "regionaldatenbank",
        "2026-11-20",
    )
    assert "Zahlendreher" in z["fundstelle"]
    (w,) = zeilen(aufruf("werte", "-i", "bevoelkerung", "-r", KREIS, "-z", "2023", "--format", "csv").out)
    assert (float(w["wert"]), w["kennzeichen"]) == (alt + 11, "r")
    assert "Zahlendreher" in aufruf("herkunft", KREIS, "bevoelkerung", "2023").out
    assert bevoelkerung(aufruf, "--datenstand", "2026-11-19")["wert"] == str(alt), "before the correction was made"
    assert "schon_eingelesen" in aufruf("import", projekt / "korrekturen.csv").err


def spaeter(projekt: Path, ordner: Path, tausche: tuple[str, str] | None = None) -> str:
    """The office's file as it comes a year later: the same values, or one of them revised."""
    text = (projekt / "eingang" / AMT).read_text("utf-8-sig")
    if tausche:
        assert tausche[0] in text
        text = text.replace(*tausche)
    pfad = ordner / "12411-01-01-4_de_flat_abruf20270410.csv"
    pfad.write_text("\ufeff" + text + "\n", "utf-8")
    return str(pfad)


def test_it_survives_the_same_value_in_a_later_file(aufruf: Sozmon, projekt: Path, alt: int, tmp_path: Path) -> None:
    aufruf("import", berichtige(projekt, reihe(alt, alt + 11)))
    aufruf("import", projekt / "eingang" / AMT)
    assert int(bevoelkerung(aufruf)["wert"]) == alt + 11
    lauf = aufruf("import", spaeter(projekt, tmp_path))
    assert lauf.code == 0 and "korrektur_ueberholt" not in lauf.err
    z = bevoelkerung(aufruf)
    assert (int(z["wert"]), z["kennzeichen"], z["stand"]) == (alt + 11, "r", "2027-04-10")


def test_a_revision_of_the_office_wins_and_is_told(aufruf: Sozmon, projekt: Path, alt: int, tmp_path: Path) -> None:
    aufruf("import", berichtige(projekt, reihe(alt, alt + 11)))
    lauf = aufruf("import", spaeter(projekt, tmp_path, (f";{alt};", f";{alt + 500};")))
    assert lauf.code == 0 and "korrektur_ueberholt" in lauf.err and str(alt) not in lauf.err
    z = bevoelkerung(aufruf)
    assert (int(z["wert"]), z["kennzeichen"]) == (alt + 500, "")
    # taken back, the correction fits again
    aufruf("import", "--zurueck", "12411-01-01-4_de_flat_abruf20270410.csv")
    assert int(bevoelkerung(aufruf)["wert"]) == alt + 11


def test_a_row_that_goes_takes_its_correction_with_it(aufruf: Sozmon, projekt: Path, alt: int) -> None:
    aufruf("import", berichtige(projekt, reihe(alt, alt + 11)))
    assert aufruf("import", berichtige(projekt)).code == 0
    assert bevoelkerung(aufruf)["wert"] == str(alt)


def test_no_number_is_possible_too(aufruf: Sozmon, projekt: Path, alt: int) -> None:
    assert aufruf("import", berichtige(projekt, reihe(alt, ""))).code == 0
    z = bevoelkerung(aufruf)
    assert (z["wert"], z["status"], z["kennzeichen"]) == ("", "nicht_geliefert", "r")


def test_it_survives_rebuilding_and_goes_with_what_it_corrects(aufruf: Sozmon, projekt: Path, alt: int) -> None:
    aufruf("import", berichtige(projekt, reihe(alt, alt + 11)))
    assert aufruf("bestand", "neu-aufbauen").code == 0
    assert int(bevoelkerung(aufruf)["wert"]) == alt + 11
    aufruf("bestand", "loeschen", AMT, "--grund", "Probe")
    assert int(bevoelkerung(aufruf)["wert"]) != alt + 11


@pytest.mark.parametrize(
    ("text", "kennung", "enthaelt"),
    [
        (
            f"{KREIS};31.12.2023;bevoelkerung;;1;2;Grund;HM;20.11.2026",
            "korrektur_passt_nicht",
            "ein anderer als wert_alt",
        ),
        (f"{KREIS};31.12.1990;bevoelkerung;;1;2;Grund;HM;20.11.2026", "korrektur_passt_nicht", "nichts geliefert"),
        (f"{KREIS};31.12.2023;bevoelkerung;;1;2;;HM;20.11.2026", "korrektur_unlesbar", "leer ist grund"),
        (f"{KREIS};31.12.2023;bevölkerung;;1;2;Grund;HM;20.11.2026", "korrektur_unlesbar", "gibt es im Katalog nicht"),
        (f"{KREIS};31.12.2023;bevoelkerung;;1;1.5;Grund;HM;20.11.2026", "korrektur_unlesbar", "Dreiergruppe"),
        (f"{KREIS};31.12.2023;bevoelkerung;;1;1;Grund;HM;20.11.2026", "korrektur_unlesbar", "sind gleich"),
    ],
)
def test_what_does_not_fit_writes_nothing(
    aufruf: Sozmon, projekt: Path, text: str, kennung: str, enthaelt: str
) -> None:
    vorher = bevoelkerung(aufruf)
    lauf = aufruf("import", berichtige(projekt, text))
    assert lauf.code == 4 and kennung in lauf.err and enthaelt in lauf.err and "Zeile 2" in lauf.err
    assert bevoelkerung(aufruf) == vorher


def test_aktualisieren_takes_it_over_by_itself(aufruf: Sozmon, projekt: Path, alt: int) -> None:
    berichtige(projekt, reihe(alt, alt + 11))
    for datei in (projekt / "eingang").iterdir():
        datei.unlink()
    assert aufruf("aktualisieren", "--ohne-bericht").code == 0
    assert int(bevoelkerung(aufruf)["wert"]) == alt + 11
    berichtige(projekt, f"{KREIS};31.12.2023;bevoelkerung;;1;2;Grund;HM;20.11.2026")
    lauf = aufruf("aktualisieren", "--ohne-bericht")
    assert lauf.code == 4 and "korrekturen.csv" in lauf.err


def test_the_methodik_lists_it_without_a_value(aufruf: Sozmon, projekt: Path, alt: int) -> None:
    # made before the Redaktionsschluss of the report: a later one does not change it
    aufruf("import", berichtige(projekt, reihe(alt, alt + 11).replace("20.11.2026", "15.05.2025")))
    lauf = aufruf("bericht", "--kapitel", "methodik", "--vorschau")
    assert lauf.code == 0, lauf.err
    seite = Path(lauf.out.strip()).read_text("utf-8")
    abschnitt = seite.split("Berichtigte Werte")[-1].split("Zeichenerklärung")[0]
    assert "Zahlendreher, vom Amt bestätigt" in abschnitt and "31.12.2023" in abschnitt and "HM" not in abschnitt
    assert f"{alt + 11:,}".replace(",", ".") not in abschnitt
