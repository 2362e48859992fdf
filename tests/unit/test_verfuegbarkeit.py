"""Indikator × Ebene × years from what the store says it holds."""

from __future__ import annotations

from pathlib import Path

import pytest

from sozmon.katalog import Katalog, load_katalog
from sozmon.katalogbeschreibung import describe_rechenbar
from sozmon.projekt import Projekt
from sozmon.verfuegbarkeit import Vorrat, compute_verfuegbar, ebenen_in_worten, fehlende_teile, read_vorrat

G17 = ("0-2", "3-5", "6-9", "10-14", "15-17", "18-19", "20-24", "25-29", "30-34", "35-39", "40-44", "45-49", "50-54",
       "55-59", "60-64", "65-74", "75+")  # fmt: skip


@pytest.fixture(scope="module")
def katalog() -> Katalog:
    return load_katalog(None)


class Laden:
    """A store that answers the one question with fixed rows."""

    def __init__(self, *zeilen: tuple[str, str, str, str, int]) -> None:
        self.zeilen, self.fragen = zeilen, list[str]()

    def sql(self, frage: str, *, datenstand: str = "") -> list[dict[str, object]]:
        self.fragen.append(frage)
        namen = ("merkmal", "auspraegung", "zeitart", "wo", "jahr")
        return [dict(zip(namen, z, strict=True), quelle="inkar") for z in self.zeilen]


def vorrat(*zeilen: tuple[str, str, str, str, int]) -> Vorrat:
    return read_vorrat(Laden(*zeilen), Projekt(Path("p"), kreis="14522", land="14"), ["regionen"])  # type: ignore[arg-type]


def jahre(katalog: Katalog, v: Vorrat, kennung: str) -> dict[str, list[int]]:
    return {f.ebene: sorted(f.jahre) for f in compute_verfuegbar(katalog, v, [katalog.indikator(kennung)])}


def bestand(
    ebene: str, *werte: int, merkmal: str = "bevoelkerung", alter: str = ""
) -> list[tuple[str, str, str, str, int]]:
    return [(merkmal, f"alter={alter}" if alter else "", "stichtag", ebene, j) for j in werte]


def test_one_question_is_asked() -> None:
    laden = Laden()
    read_vorrat(laden, Projekt(Path("p"), kreis="14522", land="14"))  # type: ignore[arg-type]
    assert len(laden.fragen) == 1
    assert "LIKE '14522%'" in laden.fragen[0]


def test_gemeinden_reach_up_to_the_kreis_only(katalog: Katalog) -> None:
    v = vorrat(*bestand("gemeinde", 2020, 2021))
    funde = jahre(katalog, v, "bevoelkerung")
    assert list(funde) == ["gemeinde", "verband", "regionen", "kreis"]
    assert {tuple(j) for j in funde.values()} == {(2020, 2021)}


def test_land_needs_gemeinden_outside_the_kreis_or_a_delivered_value(katalog: Katalog) -> None:
    v = vorrat(*bestand("gemeinde", 2020, 2021), *bestand("gemeinde@land", 2021), *bestand("bund", 2019))
    assert jahre(katalog, v, "bevoelkerung")["land"] == [2021]
    assert jahre(katalog, v, "bevoelkerung")["bund"] == [2019]


def test_a_kreis_value_does_not_reach_down(katalog: Katalog) -> None:
    assert jahre(katalog, vorrat(*bestand("kreis", 2020)), "bevoelkerung") == {"kreis": [2020]}


def test_age_groups_are_pieced_together(katalog: Katalog) -> None:
    v = vorrat(*(z for g in G17 for z in bestand("gemeinde", 2022, alter=g)))
    assert jahre(katalog, v, "altenquotient")["regionen"] == [2022]
    assert jahre(katalog, v, "anteil_unter_3")["gemeinde"] == [2022]
    ohne = vorrat(*(z for g in G17[:-1] for z in bestand("gemeinde", 2022, alter=g)))
    assert jahre(katalog, ohne, "altenquotient") == {"": []}


def test_a_change_needs_both_years_and_no_bruch_between(katalog: Katalog) -> None:
    v = vorrat(*bestand("kreis", 2009, 2010, 2011, 2012, 2020, 2021, 2022))
    assert jahre(katalog, v, "bevoelkerungsentwicklung")["kreis"] == [2010, 2012, 2021]


def test_a_fertigwert_is_never_summed(katalog: Katalog) -> None:
    v = vorrat(("siedlungsflaeche_anteil", "", "jahr", "gemeinde", 2023))
    assert jahre(katalog, v, "siedlungsflaeche") == {"gemeinde": [2023]}


def test_the_zeitart_counts(katalog: Katalog) -> None:
    monat = vorrat(("arbeitslose", "", "monat", "kreis", 2021), *bestand("kreis", 2021, alter="15-64"))
    assert jahre(katalog, monat, "arbeitslosenanteil") == {"": []}


def test_what_is_missing_is_said_with_its_sources(katalog: Katalog) -> None:
    v = vorrat(("arbeitslose", "", "jahresmittel", "gemeinde", 2021))
    indikator = katalog.indikator("arbeitslosenanteil")
    assert [(t.merkmal, t.auspraegung) for t in fehlende_teile(katalog, v, indikator)] == [
        ("bevoelkerung", "alter=15-64")
    ]
    texte = describe_rechenbar(katalog, v, indikator)
    assert texte[0] == ("Rechenbar", "In diesem Projekt noch nicht.")
    assert texte[1][1].startswith("Bevölkerung (15 bis unter 65 Jahre) am Stichtag. Das gibt es bei: Regionaldatenbank")
    voll = vorrat(("arbeitslose", "", "jahresmittel", "gemeinde", 2021), *bestand("gemeinde", 2021, alter="15-64"))
    assert describe_rechenbar(katalog, voll, indikator) == [("Rechenbar", "gemeinde bis kreis: 2021")]
    verfehlt = vorrat(("arbeitslose", "", "jahresmittel", "gemeinde", 2021), *bestand("gemeinde", 2020, alter="15-64"))
    assert "nicht für dieselben Jahre" in describe_rechenbar(katalog, verfehlt, indikator)[1][1]


def test_ebenen_in_words() -> None:
    alle = ("gemeinde", "verband", "kreis", "land")
    assert ebenen_in_worten(["gemeinde", "verband", "kreis"], alle) == "gemeinde bis kreis"
    assert ebenen_in_worten(["gemeinde", "kreis"], alle) == "gemeinde, kreis"
