"""The catalogue: loading by reflection, precise errors, Teilungen, checks, sentences."""

from __future__ import annotations

import dataclasses
from pathlib import Path

import pytest

from sozmon.definition import load_definition, load_toml, vorschlag
from sozmon.errors import AufrufError, KonfigError
from sozmon.katalog import Katalog, check_katalog, kanonisch, load_katalog, zerlege
from sozmon.katalogbeschreibung import describe
from sozmon.katalogtext import formel, jahre_in_worten
from sozmon.model import Dimension, Gliederung, Indikator, Merkmal, Quelle, Spalte, Teil, Teilung
from sozmon.projekt import Projekt

INDIKATOR = """\
kennung = "quote"
titel = "Quote"
kurz = "Quote"
beschreibung = "Anteil der einen an den anderen."
dimension = "teilhabe"
thema = "Erwerbsleben"
einheit = "%"
zaehler = [{ merkmal = "arbeitslose", zeitart = "jahresmittel" }]
nenner = [{ merkmal = "bevoelkerung", auspraegung = "alter=15-64" }]
"""

# Mittelsachsen, 31.12.2013, by age group; total 314 591 (Statistisches Landesamt Sachsen, Kreisstatistik 2014)
ALTER_2013 = {
    "0-2": 7475, "3-5": 7650, "6-9": 9730, "10-14": 12456, "15-17": 6742, "18-19": 3545, "20-24": 13028,
    "25-29": 17568, "30-34": 17575, "35-39": 16348, "40-44": 19318, "45-49": 24509, "50-54": 26858, "55-59": 25200,
    "60-64": 25347, "65-74": 39272, "75+": 41970,
}  # fmt: skip


@pytest.fixture(scope="module")
def katalog() -> Katalog:
    return load_katalog(None)


def projekt(ordner: Path, dateien: dict[str, str]) -> Projekt:
    for name, text in dateien.items():
        ziel = ordner / "indikatoren" / name
        ziel.parent.mkdir(parents=True, exist_ok=True)
        ziel.write_text(text, encoding="utf-8")
    return Projekt(ordner=ordner, kreis="12345")


def fehler_von(ordner: Path, dateien: dict[str, str]) -> KonfigError:
    with pytest.raises(KonfigError) as gefangen:
        load_katalog(projekt(ordner, dateien))
    assert gefangen.value.exit_code == 78
    return gefangen.value


def test_a_definition_becomes_a_frozen_dataclass(tmp_path: Path) -> None:
    quote = load_katalog(projekt(tmp_path, {"teilhabe/quote.toml": INDIKATOR})).indikator("quote")
    assert quote.zaehler == (Teil("arbeitslose", zeitart="jahresmittel"),)
    assert quote.nenner == (Teil("bevoelkerung", "alter=15-64"),)
    assert (quote.faktor, quote.richtung, quote.plausibel_min) == (100.0, "neutral", None)
    with pytest.raises(dataclasses.FrozenInstanceError):
        quote.titel = "x"  # type: ignore[misc]


def test_the_project_replaces_a_shipped_definition_as_a_whole(tmp_path: Path, katalog: Katalog) -> None:
    text = INDIKATOR.replace('"quote"', '"altenquotient"').replace("teilhabe", "demografie")
    eigener = load_katalog(projekt(tmp_path, {"demografie/altenquotient.toml": text}))
    assert eigener.indikator("altenquotient").titel == "Quote"
    assert eigener.indikator("altenquotient").hinweise == ()
    assert katalog.indikator("altenquotient").titel == "Altenquotient"
    assert set(eigener.indikatoren) == set(katalog.indikatoren)


@pytest.mark.parametrize(
    ("vorher", "nachher", "im_ort", "im_text"),
    [
        ("einheit", "einheitt", "einheitt", "einheitt"),
        ('zeitart = "jahresmittel"', 'zeitar = "jahresmittel"', "zaehler[1].zeitar", "zeitar"),
        ('einheit = "%"\n', "", "quote.toml", "„einheit“ fehlt"),
        ('titel = "Quote"', "titel = 7", "titel", "Text in Anführungszeichen"),
        ('zaehler = [{ merkmal = "arbeitslose", zeitart = "jahresmittel" }]', 'zaehler = "x"', "zaehler", "Liste"),
        ('"jahresmittel"', '"jahresmitel"', "zaehler[1].zeitart", "jahresmitel"),
        ('kennung = "quote"', 'kennung = "andere"', "kennung", "andere"),
        ('dimension = "teilhabe"', 'dimension = "demografie"', "dimension", "teilhabe"),
    ],
)
def test_a_mistake_names_file_key_and_word(
    tmp_path: Path, vorher: str, nachher: str, im_ort: str, im_text: str
) -> None:
    fehler = fehler_von(tmp_path, {"teilhabe/quote.toml": INDIKATOR.replace(vorher, nachher, 1)})
    assert "teilhabe/quote.toml" in fehler.ort
    assert im_ort in fehler.ort
    assert im_text in fehler.text


def test_unknown_keys_and_values_come_with_a_suggestion(tmp_path: Path) -> None:
    assert fehler_von(tmp_path, {"teilhabe/quote.toml": INDIKATOR + 'richtun = "neutral"\n'}).abhilfe == (
        "Meinten Sie „richtung“?"
    )
    werte = INDIKATOR + 'richtung = "hochbelastet"\n'
    assert "hoch_belastet" in fehler_von(tmp_path, {"teilhabe/quote.toml": werte}).abhilfe


def test_a_folder_that_is_no_dimension_is_refused(tmp_path: Path) -> None:
    ohne = INDIKATOR.replace('dimension = "teilhabe"\n', "")
    assert "arbeit" in fehler_von(tmp_path, {"arbeit/quote.toml": ohne}).text


def test_the_same_kennung_twice_is_refused(tmp_path: Path) -> None:
    merkmal = '[hunde]\ntitel = "Hunde"\neinheit = "Tiere"\nzeitart = ["stichtag"]\nquellen = ["inkar"]\n'
    fehler = fehler_von(tmp_path, {"merkmale/a.toml": merkmal, "merkmale/b.toml": merkmal})
    assert "zweimal" in fehler.text
    assert "b.toml" in fehler.ort


def test_broken_toml_is_explained_in_german(tmp_path: Path) -> None:
    fehler = fehler_von(tmp_path, {"teilhabe/quote.toml": 'kennung = "quote"\ntitel = Quote\n'})
    assert "Zeile 2" in fehler.ort
    assert "Anführungszeichen" in fehler.grund


def test_other_encodings_are_named_and_a_bom_is_no_mistake(tmp_path: Path) -> None:
    datei = tmp_path / "a.toml"
    datei.write_bytes("titel = 'Größe'".encode("cp1252"))
    with pytest.raises(KonfigError, match="UTF-8"):
        load_toml(datei)
    datei.write_bytes("titel = 'Größe'".encode("utf-8-sig"))
    assert load_toml(datei) == {"titel": "Größe"}


def test_true_is_no_number() -> None:
    daten = {"merkmal": "a", "vorzeichen": True}
    with pytest.raises(KonfigError, match="ganze Zahl"):
        load_definition(Teil, daten, "probe")


def test_suggestions() -> None:
    assert vorschlag("bevoelkerun", ["bevoelkerung", "flaeche"]) == "Meinten Sie „bevoelkerung“?"
    assert vorschlag("xyz", ["bevoelkerung"]) == ""


# -- Ausprägungen and Teilungen --------------------------------------------------------------------


def test_canonical_spelling() -> None:
    assert kanonisch("geschlecht=w | alter=65+") == "alter=65+|geschlecht=w"
    assert kanonisch("") == ""
    assert zerlege("alter=0-2") == {"alter": "0-2"}


@pytest.mark.parametrize("text", ["alter", "alter=", "=65+", "alter=1|alter=2"])
def test_malformed_auspraegungen_are_refused(text: str) -> None:
    with pytest.raises(KonfigError, match="nicht lesbar"):
        kanonisch(text)


def summe(katalog: Katalog, auspraegung: str, vorrat: dict[str, int]) -> int | None:
    """Independent check: the value itself, or any declared Teilung whose parts are all there."""
    if auspraegung in vorrat:
        return vorrat[auspraegung]
    for teile in katalog.teilungen(auspraegung, "bevoelkerung"):
        if all(t in vorrat for t in teile):
            return sum(vorrat[t] for t in teile)
    return None


@pytest.mark.parametrize(
    ("auspraegung", "soll"),
    [
        ("", 314591),
        ("alter=0-17", 7475 + 7650 + 9730 + 12456 + 6742),
        ("alter=0-19", 7475 + 7650 + 9730 + 12456 + 6742 + 3545),
        ("alter=0-14", 7475 + 7650 + 9730 + 12456),
        ("alter=65+", 39272 + 41970),
        ("alter=15-64", 314591 - (7475 + 7650 + 9730 + 12456) - (39272 + 41970)),
        ("alter=20-64", 314591 - (7475 + 7650 + 9730 + 12456 + 6742 + 3545) - (39272 + 41970)),
        ("alter=0-64", 314591 - (39272 + 41970)),
    ],
)
def test_the_17_age_groups_add_up(katalog: Katalog, auspraegung: str, soll: int) -> None:
    vorrat = {f"alter={k}": v for k, v in ALTER_2013.items()}
    assert summe(katalog, auspraegung, vorrat) == soll


def test_all_indicators_of_age_can_be_had_from_the_17_groups(katalog: Katalog) -> None:
    vorrat = {f"alter={k}{g}": v for k, v in ALTER_2013.items() for g in ("", "|geschlecht=m", "|geschlecht=w")}
    teile = {t for i in katalog.indikatoren.values() for t in (*i.zaehler, *i.nenner) if t.merkmal == "bevoelkerung"}
    assert len(teile) > 10
    ohne = sorted(t.auspraegung for t in teile if summe(katalog, t.auspraegung, vorrat) is None)
    assert ohne == ["alter=80+", "alter=85+"], "the oldest come from the Melderegister or the table of the Kreise"


def test_teilungen_cross_dimensions(katalog: Katalog) -> None:
    teilungen = katalog.teilungen("alter=65+|geschlecht=w", "bevoelkerung")
    assert ("alter=65-74|geschlecht=w", "alter=75+|geschlecht=w") in teilungen
    assert ("alter=65+|geschlecht=m", "alter=65+|geschlecht=w") in katalog.teilungen("alter=65+", "bevoelkerung")
    assert katalog.teilungen("", "waehler") == ()
    assert katalog.teilungen("alter=0-2", "waehler") == ()


# -- check_katalog ---------------------------------------------------------------------------------


def mit(katalog: Katalog, *definitionen: Indikator | Merkmal | Dimension | Quelle) -> list[tuple[str, str, str]]:
    """Findings (kennung, stufe, text) of the catalogue with some definitions put in."""
    arten = {"Indikator": "indikatoren", "Merkmal": "merkmale", "Dimension": "dimensionen", "Quelle": "quellen"}
    for d in definitionen:
        name = arten[type(d).__name__]
        katalog = dataclasses.replace(katalog, **{name: getattr(katalog, name) | {d.kennung: d}})
    return [(m.kennung, m.stufe.value, m.text) for m in check_katalog(katalog)]


def test_the_shipped_catalogue_has_no_faults(katalog: Katalog) -> None:
    assert [m for m in check_katalog(katalog) if m.stufe != "info"] == []


def test_placeholders_are_no_definition(katalog: Katalog) -> None:
    merkmal = dataclasses.replace(katalog.merkmal("wohnungen"), titel="???", dimensionen=("???",))
    [(_, stufe, text)] = [f for f in mit(katalog, merkmal) if f[0] == "katalog-frage"]
    assert stufe == "fehler" and text == "Merkmal „wohnungen“: noch nicht ausgefüllt: titel, dimensionen."


def test_what_no_quelle_delivers_and_nobody_uses_is_said_once(katalog: Katalog) -> None:
    """Two new Merkmale at one Quelle: one finding each about the whole, and none where the Quelle maps to them."""
    neu = [Merkmal(kennung, "Neues", "Personen", ("jahr",), ("mikrozensus",)) for kennung in ("neues_a", "neues_b")]
    funde = mit(katalog, *neu)
    [text] = [t for k, _, t in funde if k == "katalog-quelle" and "mikrozensus" in t]
    assert text == "Quelle „mikrozensus“: 2 Merkmalen ist noch keine Maßzahl zugeordnet: neues_a, neues_b."
    [text] = [t for k, _, t in funde if k == "katalog-unbenutzt"]
    assert text.endswith("neues_a, neues_b.") and " bevoelkerung," not in text


def test_unknown_references_are_found(katalog: Katalog) -> None:
    i = katalog.indikator("arbeitslosenanteil")
    falsch = dataclasses.replace(i, zaehler=(Teil("arbeitslos", zeitart="jahresmittel"),))
    assert any(k == "katalog-verweis" and "arbeitslos" in t for k, _, t in mit(katalog, falsch))
    falsch = dataclasses.replace(i, nenner=(Teil("bevoelkerung", "alter=15-63"),))
    assert any(k == "katalog-auspraegung" for k, _, _ in mit(katalog, falsch))
    falsch = dataclasses.replace(i, nenner=(Teil("bevoelkerung", zeitart="wahltag"),))
    assert any(k == "katalog-zeitart" for k, _, _ in mit(katalog, falsch))


@pytest.mark.parametrize(
    ("teilung", "wort"),
    [
        (Teilung("0-17", ("0-2", "3-5", "6-9", "15-17")), "Lücke"),
        (Teilung("0-17", ("0-5", "3-5", "6-17")), "Überschneidung"),
        (Teilung("65+", ("65-74", "75-79")), "letzten Lebensjahr"),
        (Teilung("", ("0-17", "18-64")), "letzten Lebensjahr"),
        (Teilung("0-17", ("0-2", "3-16")), "unbekannten Wert"),
        (Teilung("0-17", ("0-17",)), "mindestens zwei"),
    ],
)
def test_teilungen_that_do_not_partition_are_found(katalog: Katalog, teilung: Teilung, wort: str) -> None:
    alter = katalog.dimensionen["alter"]
    falsch = dataclasses.replace(alter, teilungen=(*alter.teilungen, teilung))
    assert any(k == "katalog-teilung" and wort in t for k, _, t in mit(katalog, falsch))


def test_cycles_are_found(katalog: Katalog) -> None:
    wahl = katalog.dimensionen["wahl"]
    kreis = (Teilung("landtag", ("europa", "bundestag")), Teilung("europa", ("landtag", "kreistag")))
    assert any(k == "katalog-zyklus" for k, _, _ in mit(katalog, dataclasses.replace(wahl, teilungen=kreis)))
    i = katalog.indikator("jugendquotient")
    falsch = dataclasses.replace(i, variante_von="jugendquotient_u18")
    assert any(k == "katalog-zyklus" for k, _, _ in mit(katalog, falsch))


def test_a_loosened_threshold_needs_a_reason(katalog: Katalog) -> None:
    wahl = katalog.quellen["wahl_sn_gemeinderat"]
    assert any(k == "katalog-schwelle" for k, _, _ in mit(katalog, dataclasses.replace(wahl, begruendung=" ")))
    strenger = dataclasses.replace(katalog.quellen["inkar"], mindestfallzahl=10)
    assert not any(k == "katalog-schwelle" for k, _, _ in mit(katalog, strenger))


@pytest.mark.parametrize(
    ("kennung", "aenderung", "fund"),
    [
        ("arbeitslosenanteil", {"kurz": "Arbeitslose je hundert Einwohner von 15 bis 64"}, "katalog-kurz"),
        ("arbeitslosenanteil", {"beschreibung": "Kennzahl der Arbeitslosigkeit."}, "katalog-wortwahl"),
        ("arbeitslosenanteil", {"nenner": ()}, "katalog-formel"),
        ("arbeitslosenanteil", {"faktor": 0.0}, "katalog-formel"),
        ("siedlungsflaeche", {"aggregation": "summe"}, "katalog-formel"),
        ("bevoelkerungsentwicklung", {"zaehler": (Teil("bevoelkerung"),)}, "katalog-formel"),
        ("arbeitslosenanteil", {"kennung": "Anteil %"}, "katalog-kennung"),
        ("arbeitslosenanteil", {"stand": "gestern"}, "katalog-datum"),
        ("arbeitslosenanteil", {"standardbevoelkerung": "esp1976"}, "katalog-verweis"),
    ],
)
def test_faults_of_an_indikator_are_found(
    katalog: Katalog, kennung: str, aenderung: dict[str, object], fund: str
) -> None:
    falsch = dataclasses.replace(katalog.indikator(kennung), **aenderung)  # type: ignore[arg-type]
    assert fund in {k for k, _, _ in mit(katalog, falsch)}


def test_faults_of_a_quelle_are_found(katalog: Katalog) -> None:
    q = katalog.quellen["wahl_sn_gemeinderat"]
    assert "katalog-muster" in {k for k, _, _ in mit(katalog, dataclasses.replace(q, stand_muster="("))}
    assert "katalog-muster" in {k for k, _, _ in mit(katalog, dataclasses.replace(q, stand_muster="Stand"))}
    assert "katalog-form" in {k for k, _, _ in mit(katalog, dataclasses.replace(q, blaetter=()))}
    assert "katalog-form" in {k for k, _, _ in mit(katalog, dataclasses.replace(q, zeit=""))}
    assert "katalog-veroeffentlichung" in {k for k, _, _ in mit(katalog, dataclasses.replace(q, veroeffentlichung="?"))}
    doppelt = (*katalog.quellen["inkar"].zuordnungen, katalog.quellen["inkar"].zuordnungen[0])
    falsch = dataclasses.replace(katalog.quellen["inkar"], zuordnungen=doppelt)
    assert "katalog-zuordnung" in {k for k, _, _ in mit(katalog, falsch)}


@pytest.mark.parametrize(
    ("blatt", "fund", "wort"),
    [
        ({"spalten": (Spalte("", "zuzuege"),)}, "katalog-spalte", "entweder kopf oder muster"),
        ({"spalten": (Spalte("A", "zuzuege", muster="^A"),)}, "katalog-spalte", "entweder kopf oder muster"),
        ({"spalten": (Spalte(muster="(?P<geschlecht>.)", merkmal="zuzuege"),)}, "katalog-spalte", "keine werte"),
        ({"spalten": (Spalte(muster="A", merkmal="zuzuege", werte={"geschlecht": {"m": "m"}}),)}, "katalog-spalte",
         "keine Gruppe im muster"),
        ({"spalten": (Spalte(muster="(?P<wahl>.)", merkmal="zuzuege", werte={"wahl": {"L": "landtag"}}),)},
         "katalog-spalte", "hat die Dimension „wahl“ nicht"),
        ({"spalten": (Spalte(muster="(?P<geschlecht>.)", merkmal="zuzuege", werte={"geschlecht": {"m": "mann"}}),)},
         "katalog-verweis", "„mann“"),
        ({"spalten": (Spalte(muster="A", merkmal="zuzuege"), Spalte(muster="A", merkmal="fortzuege"))}, "katalog-blatt",
         "bei zwei Spalten"),
        ({"gliederungen": (Gliederung("G", "geschlecht", {"m": "m"}),)}, "katalog-spalte", "zweimal"),
        ({"gliederungen": (Gliederung("G", "gechlecht", {"m": "m"}),)}, "katalog-verweis", "gechlecht"),
        ({"zeitspalte": "Z", "spalten": (Spalte("A", "zuzuege", zeit="2023"),)}, "katalog-blatt", "zugleich"),
        ({"schluessel": ""}, "katalog-blatt", "Raumschlüssel"),
        ({"schluesselmuster": r"^\d+"}, "katalog-muster", "keine Gruppe schluessel"),
        ({"raum_muster": "AGS"}, "katalog-muster", "raum_muster"),
        ({"kopfsuche": "("}, "katalog-muster", "kein gültiger"),
    ],
)  # fmt: skip
def test_faults_of_a_declared_table_are_found(katalog: Katalog, blatt: dict[str, object], fund: str, wort: str) -> None:
    q = katalog.quellen["landesamt_wanderung"]
    falsch = dataclasses.replace(q, blaetter=(dataclasses.replace(q.blaetter[0], **blatt),))  # type: ignore[arg-type]
    assert [t for k, _, t in mit(katalog, falsch) if k == fund and wort in t]


def test_a_table_must_say_where_its_time_is(katalog: Katalog) -> None:
    q = katalog.quellen["schulaufnahme"]
    ohne = dataclasses.replace(q, blaetter=(dataclasses.replace(q.blaetter[0], zeitspalte=""),))
    assert any("Zeitpunkt" in t for k, _, t in mit(katalog, ohne) if k == "katalog-form")


# -- lookups and sentences -------------------------------------------------------------------------


def test_unknown_kennungen_suggest(katalog: Katalog) -> None:
    with pytest.raises(AufrufError) as gefangen:
        katalog.indikator("arbeitslosenanteill")
    assert "„arbeitslosenanteil“" in gefangen.value.abhilfe
    with pytest.raises(AufrufError):
        katalog.merkmal("x")
    with pytest.raises(AufrufError):
        katalog.quelle("x")


def test_precedence_of_sources(katalog: Katalog) -> None:
    assert katalog.quellen_fuer("bevoelkerung") == (
        "regionaldatenbank",
        "genesis_online",
        "gv_isys",
        "inkar",
        "kreisstatistik",
    )
    assert katalog.quellen_fuer("arbeitslose")[0] == "regionaldatenbank"


def test_formulas_read_aloud(katalog: Katalog) -> None:
    assert formel(katalog, katalog.indikator("arbeitslosenanteil")) == (
        "Arbeitslose im Jahresdurchschnitt, geteilt durch Bevölkerung (15 bis unter 65 Jahre) am Stichtag, mal 100. "
        "Für Regionen und Kreis werden erst Zähler und Nenner über alle Gemeinden summiert, dann wird geteilt."
    )
    assert formel(katalog, katalog.indikator("natuerlicher_saldo")).startswith(
        "Lebendgeborene minus Gestorbene, jeweils im Jahr, geteilt durch Bevölkerung am Stichtag, mal 1.000."
    )
    assert formel(katalog, katalog.indikator("bevoelkerungsentwicklung")).startswith(
        "Bevölkerung am Stichtag minus Bevölkerung am Stichtag des Vorjahres, geteilt durch"
    )
    assert "wie geliefert" in formel(katalog, katalog.indikator("siedlungsflaeche"))


def test_every_definition_can_be_described(katalog: Katalog) -> None:
    for kennung in (*katalog.indikatoren, *katalog.merkmale, *katalog.quellen):
        absaetze = describe(katalog, kennung)
        assert absaetze[0][1].endswith(f"({kennung})")
        assert any(wort == "Datei" for wort, _ in absaetze)


def test_years_in_words() -> None:
    assert jahre_in_worten([2021, 2019, 2020, 2023]) == "2019–2021, 2023"
    assert jahre_in_worten([2021, 2022, 2024], bis="..", und=",") == "2021..2022,2024"
    assert jahre_in_worten([]) == ""
