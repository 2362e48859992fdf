"""Which chapters a report has: by dimension, Lebensphase, Bereich or Querschnitt, with frames and own templates."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from sozmon.errors import AufrufError, KonfigError
from sozmon.kapitelplan import plan_kapitel, waehle_kapitel
from sozmon.katalog import Katalog
from sozmon.model import Indikator, Teil
from sozmon.projekt import BerichtKonfig, Projekt, create_projekt

KITA = Indikator(
    "kita", "Kita", "Kita", "Anteil.", "immateriell", "Bildung", "%", (Teil("a"),), (Teil("b"),),
    lebensphase="kindheit", bereich=("jugendhilfe",), querschnitt=("gleichstellung",), stand="2026-01-01",
)  # fmt: skip
PFLEGE = replace(KITA, kennung="pflege", lebensphase="alter", bereich=("altenhilfe", "sozialplanung"), querschnitt=())
KATALOG = Katalog({"kita": KITA, "pflege": PFLEGE}, {}, {}, {})


@pytest.fixture
def p(tmp_path: Path) -> Projekt:
    return create_projekt(tmp_path / "p", kreis="99001")


def plan(p: Projekt, schnitt: str, *kapitel: str, **anders: object) -> list[tuple[str, str, str, list[str]]]:
    konfig = BerichtKonfig("b", "B", schnitt=schnitt, kapitel=kapitel, **anders)  # type: ignore[arg-type]
    return [(k.name, k.titel, k.vorlage, [i.kennung for i in k.indikatoren]) for k in plan_kapitel(p, konfig, KATALOG)]


METHODIK = ("methodik", "Methodik", "methodik", [])


@pytest.mark.parametrize(
    ("schnitt", "kapitel", "soll"),
    [
        ("dimension", "immateriell", ("immateriell", "Immaterielle Lebenslagen", "indikatoren", ["kita", "pflege"])),
        ("dimension", "demografie", ("demografie", "Demografie", "indikatoren", [])),
        ("lebensphase", "kindheit", ("kindheit", "Kindheit", "indikatoren", ["kita"])),
        ("lebensphase", "jugend", ("jugend", "Jugend", "indikatoren", [])),
        ("bereich", "altenhilfe", ("altenhilfe", "Altenhilfe", "indikatoren", ["pflege"])),
        ("bereich", "sozialplanung", ("sozialplanung", "Sozialplanung", "indikatoren", ["pflege"])),
        ("querschnitt", "gleichstellung", ("gleichstellung", "Gleichstellung", "indikatoren", ["kita"])),
        ("dimension", "exkurs-pendeln", ("exkurs-pendeln", "Exkurs: Pendeln", "exkurs", [])),
        ("dimension", "kurzfassung", ("kurzfassung", "Kurzfassung", "kurzfassung", [])),
    ],
)
def test_the_same_store_in_several_cuts(p: Projekt, schnitt: str, kapitel: str, soll: tuple[object, ...]) -> None:
    assert plan(p, schnitt, kapitel) == [soll, METHODIK], "Methodik comes along, asked for or not"


def test_order_and_titles_are_those_of_the_project(p: Projekt) -> None:
    titel = {"immateriell": "Bildung und Gesundheit"}
    namen = plan(p, "dimension", "methodik", "immateriell", "methodik", kapiteltitel=titel)
    assert [(n, t) for n, t, _, _ in namen] == [("methodik", "Methodik"), ("immateriell", "Bildung und Gesundheit")]


def test_a_template_of_its_own_serves_its_chapter(p: Projekt) -> None:
    (p.vorlagen / "kapitel").mkdir(parents=True)
    (p.vorlagen / "kapitel" / "wohnen.md.j2").write_text("# Wohnen\n", "utf-8")
    assert plan(p, "dimension", "wohnen")[0] == ("wohnen", "Wohnen", "wohnen", [])


@pytest.mark.parametrize(
    ("schnitt", "kapitel", "rat"),
    [
        ("dimension", "demographie", "demografie"),
        ("bereich", "demografie", "altenhilfe"),
        ("dimension", "kindheit", ""),
    ],
)
def test_a_chapter_that_does_not_exist_names_the_key_and_what_is_possible(
    p: Projekt, schnitt: str, kapitel: str, rat: str
) -> None:
    with pytest.raises(KonfigError, match=f"„{kapitel}“") as fehler:
        plan(p, schnitt, kapitel)
    assert "berichte.b.kapitel" in fehler.value.ort and rat in fehler.value.abhilfe and schnitt in fehler.value.grund


def test_a_title_for_no_chapter_is_refused(p: Projekt) -> None:
    with pytest.raises(KonfigError, match="kindheit") as fehler:
        plan(p, "dimension", "immateriell", kapiteltitel={"kindheit": "Kinder"})
    assert "kapiteltitel" in fehler.value.ort


def test_one_chapter_is_chosen_by_its_name(p: Projekt) -> None:
    alle = plan_kapitel(p, BerichtKonfig("b", "B", kapitel=("demografie", "teilhabe")), KATALOG)
    assert [k.name for k in waehle_kapitel(alle, "teilhabe")] == ["teilhabe"] and waehle_kapitel(alle, "") == alle
    with pytest.raises(AufrufError, match="teilhave") as fehler:
        waehle_kapitel(alle, "teilhave")
    assert "teilhabe" in fehler.value.abhilfe
