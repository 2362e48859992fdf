"""Tables, sentences and chapters of a report from values made by hand."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import ClassVar

import pytest
from berichtshilfe import KAPITEL, LEUTE, METHODIK, NOTIZ, ORTE, QUOTE, bausteine, katalog, projekt, werte, zelle

from sozmon.anmerkungen import check_anmerkungen, load_anmerkungen
from sozmon.berichtstabellen import build_gemeinden, build_zeitreihe, jahre_auswahl
from sozmon.berichtswerte import Zeitraum
from sozmon.druck.modell import Tabelle
from sozmon.errors import KonfigError
from sozmon.kapitel import render_kapitel
from sozmon.model import Fundstelle, Meldung, Status, Stufe
from sozmon.raeume import gliederungspruefung


def tabelle(b: object, indikator: object = QUOTE) -> Tabelle:
    gebaut = build_zeitreihe(b.auskunft, indikator)  # type: ignore[attr-defined,arg-type]
    assert gebaut is not None
    return gebaut


def zeile(t: Tabelle, name: str) -> tuple[str, ...]:
    (treffer,) = [z.zellen for z in t.zeilen if z.zellen[0] == name]
    return treffer


def test_series_names_years_and_marks_the_break() -> None:
    t = tabelle(bausteine())
    assert t.kopf == ("Raum", "2020", "2021", "2023")  # a single year after the Bruch: no change to tell
    assert zeile(t, "Testkreis") == ("Testkreis", "15,0", "17,0", "14,0")
    assert t.fussnoten == ("Bruch 2022: Zensus 2022; Werte davor und danach sind nicht vergleichbar.",)
    assert [z.art for z in t.zeilen] == ["wert", "wert", "summe", "wert"]


def test_change_is_in_points_for_shares_and_in_per_cent_for_counts() -> None:
    ohne = {"brueche": {}}
    t = tabelle(bausteine(**ohne))
    assert t.kopf[-1] == "Veränderung 2020–2023 (Prozentpunkte)"
    assert zeile(t, "Testkreis")[-1] == "−1,0"
    anzahl = tabelle(bausteine(**ohne), LEUTE)
    assert anzahl.kopf[-1] == "Veränderung 2020–2023 (%)"
    assert zeile(anzahl, "Testkreis")[1:] == ("6.000", "5.990", "5.970", "−0,5")


def test_other_source_is_told_by_a_footnote() -> None:
    liste = [replace(w, quelle="register") if w.raum_id == "99001" and w.jahr == 2023 else w for w in werte()]
    t = tabelle(bausteine(liste))
    assert zeile(t, "Testkreis")[3] == "14,0¹"
    assert t.fussnoten[0].startswith("¹ Quelle: Register; die anderen Werte der Spalte: Amt.")


def test_change_is_not_told_between_two_sources() -> None:
    liste = [replace(w, quelle="register") if w.jahr == 2020 else w for w in werte()]
    b = bausteine(liste, brueche={})
    t = tabelle(b, LEUTE)
    assert t.kopf[-1] == "Veränderung 2021–2023 (%)"  # 2020 came from elsewhere
    assert "2020" not in b.satz_befund("leute")


def test_hidden_cell_has_a_sign_and_no_number() -> None:
    geheim = zelle(ORTE.gemeinden[0], QUOTE, 2023, 2, 1000)
    liste = [geheim if (w.raum_id, w.jahr, w.indikator) == ("99001010", 2023, "quote") else w for w in werte()]
    (t,) = build_gemeinden(bausteine(liste).auskunft, "teilhabe", (QUOTE, LEUTE))
    assert zeile(t, "Adorf")[1] == "•"


def test_gemeinden_stand_under_their_region_with_its_sum() -> None:
    (t,) = build_gemeinden(bausteine().auskunft, "teilhabe", (QUOTE, LEUTE))
    assert [(z.zellen[0], z.art) for z in t.zeilen] == [
        ("Nord", "gruppe"), ("Adorf", "wert"), ("Bestadt", "wert"), ("zusammen", "summe"),
        ("Süd", "gruppe"), ("Öhausen", "wert"), ("Testkreis", "summe"), ("Testland", "wert"),
    ]  # fmt: skip
    assert t.kopf == ("Raum", "Quote 2023 (%)", "Bevölkerung 2023 (Personen)")


def test_footnote_of_people_reaches_its_cell_only(tmp_path: Path) -> None:
    liste = [w for w in werte() if w.jahr <= 2021]
    (t,) = build_gemeinden(bausteine(liste, anmerkungen=(NOTIZ,)).auskunft, "teilhabe", (QUOTE, LEUTE))
    assert zeile(t, "Adorf") == ("Adorf", "12,0¹", "990")
    assert t.fussnoten == ("¹ Erhebung verspätet.",)
    (ohne,) = build_gemeinden(bausteine(anmerkungen=(NOTIZ,)).auskunft, "teilhabe", (QUOTE, LEUTE))
    assert ohne.fussnoten == ()  # the newest year is 2023, the footnote is on 2021


@pytest.mark.parametrize(
    ("inhalt", "grund"),
    [
        ("raum;text\n", "Kopfzeile"),
        ("raum_id;kennung;von;bis;text\n99;;x;;Hallo\n", "kein Jahr"),
        ("raum_id;kennung;von;bis;text\n;;;;Hallo\n", "raum_id und text"),
        ('raum_id;kennung;von;bis;text\n99;;;;"Hallo\n', "Anführungszeichen"),
    ],
)
def test_faulty_footnotes_are_refused_with_their_place(tmp_path: Path, inhalt: str, grund: str) -> None:
    pfad = tmp_path / "anmerkungen.csv"
    pfad.write_text(inhalt, encoding="utf-8")
    with pytest.raises(KonfigError, match=grund):
        load_anmerkungen(pfad)


def test_years_are_spread_and_keep_what_matters() -> None:
    assert jahre_auswahl(range(2000, 2021), dazu=(2011,)) == (2000, 2004, 2008, 2011, 2016, 2020)
    assert jahre_auswahl((2020, 2021)) == (2020, 2021)


def test_roles_of_time_stay_inside_the_period_and_behind_the_break() -> None:
    auskunft = bausteine(zeitraum=Zeitraum(2020, 2021, 2020)).auskunft
    assert [auskunft.jahr(QUOTE, z) for z in ("anfang", "ende", "vorbericht")] == [2020, 2021, 2020]
    offen = bausteine().auskunft
    assert [offen.jahr(QUOTE, z) for z in ("anfang", "ende")] == [2023, 2023]  # Bruch 2022: nothing before compares


def test_words_of_a_text_that_mean_nothing_are_refused_with_a_suggestion() -> None:
    b = bausteine()
    with pytest.raises(KonfigError, match="qoute") as fehler:
        b.wert("qoute")
    assert "quote" in fehler.value.abhilfe
    with pytest.raises(KonfigError, match="Raum"):
        b.wert("quote", raum="Adrof")
    with pytest.raises(KonfigError, match="Zeit"):
        b.wert("quote", zeit="früher")


def test_chapter_places_what_there_is_and_names_what_is_missing(tmp_path: Path) -> None:
    p = projekt(tmp_path)
    (p.texte / "teilhabe").mkdir(parents=True)
    (p.texte / "teilhabe" / "einleitung.md").write_text("Die Quote liegt bei {{ wert(„quote“) }}.", encoding="utf-8")
    b = bausteine()
    worte = {"regel": "R", "gebietsstand": "31.12.2023", "regionsname": "Sozialregion", "kreis": "Testkreis"}
    zahlen = {"verborgen": 0, "gemeinden": "drei", "regionen": "zwei", "hat_brueche": False, "umgerechnet": False}
    b.methodik = {**worte, **zahlen, "verborgen_wort": "null", "hinweise": (), "hat_berichtigungen": False}
    from sozmon.berichtstabellen import build_liste

    for name in ("zeichen", "quellen", "definitionen"):
        b.methodik[f"tabelle_{name}"] = build_liste(f"tab-{name}", name, ("a", "b"), [("1", "2")])  # type: ignore[index]
    gerendert = render_kapitel(p, b, [KAPITEL, METHODIK])
    markdown = gerendert.markdown
    assert "Die Quote liegt bei 14\\,0" in markdown
    assert gerendert.fehlende == tuple(
        f"texte/teilhabe/{n}.md" for n in ("kernaussagen", "befund", "bedarf", "empfehlung")
    )
    assert "Nie geliefert" in markdown and "{.platz #tab-quote}" in markdown
    assert {"tab-quote", "abb-quote-linie-99001", "tab-gemeinden-teilhabe"} <= set(b.objekte)
    assert [(z.block, z.indikator, z.gedruckt.replace("\u202f", " ")) for z in b.zitate] == [
        ("texte/teilhabe/einleitung.md", "quote", "14,0 %")
    ]


def test_error_in_a_text_names_file_line_and_suggestion(tmp_path: Path) -> None:
    p = projekt(tmp_path)
    (p.texte / "teilhabe").mkdir(parents=True)
    (p.texte / "teilhabe" / "einleitung.md").write_text("Gut.\n\n{{ wert('qoute') }}", encoding="utf-8")
    with pytest.raises(KonfigError) as fehler:
        render_kapitel(p, bausteine(), [KAPITEL])
    assert "texte/teilhabe/einleitung.md" in fehler.value.ort and "3" in fehler.value.ort
    assert "quote" in fehler.value.abhilfe


def test_indicator_without_numbers_gives_no_table() -> None:
    liste = [replace(w, status=Status.FOLGT, wert=None, zaehler=None) for w in werte()]
    assert build_zeitreihe(bausteine(liste).auskunft, QUOTE) is None
    assert katalog().themen()["teilhabe"].keys() == {"Arbeit", "Bestand"}


def test_zoning_with_a_gap_is_refused_before_anything_is_summed(monkeypatch: pytest.MonkeyPatch) -> None:
    """A region that lost a Gemeinde would give a short sum: the whole Raumgliederung is refused."""

    class Raeume:
        gliederungen: ClassVar = {"sozialregionen": object()}

    stelle = Fundstelle("sozialregionen.csv")
    meldung = Meldung("luecke", Stufe.FEHLER, "Adorf liegt in keinem Raum.", stelle, "Ergänzen.")
    monkeypatch.setattr(gliederungspruefung, "check_gliederung", lambda *_: iter([meldung]))
    with pytest.raises(KonfigError, match="fehlerhaft") as fehler:
        gliederungspruefung.verlange_gliederung(Raeume(), "sozialregionen")  # type: ignore[arg-type]
    assert "Adorf" in fehler.value.grund and fehler.value.exit_code == 78
    gliederungspruefung.verlange_gliederung(Raeume(), "gemeinde")  # type: ignore[arg-type]


def test_footnote_that_reaches_nothing_is_told() -> None:
    fremd = replace(NOTIZ, raum_id="99999", kennung="quatsch")
    meldungen = check_anmerkungen((NOTIZ, fremd), {"quote": 1}, ORTE.alle())
    assert [m.kennung for m in meldungen] == ["anmerkung_ohne_ziel"] * 2
