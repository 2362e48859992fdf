"""The store's promises in small: take over, take back, precedence, reading, sums."""

from __future__ import annotations

from pathlib import Path

import pytest
from hilfe import Zu, abbild, lieferung, zeile

from sozmon import plattform
from sozmon.bestand import Bestand, Zusammenfassung
from sozmon.errors import AufrufError, AusgabeError, EingabeError


@pytest.fixture
def bestand(tmp_path: Path) -> Bestand:
    return Bestand(tmp_path / "projekt" / "bestand")


def test_leerer_bestand_liest_leer(bestand: Bestand) -> None:
    assert bestand.version == 0
    assert bestand.lieferungen() == []
    assert bestand.sql("SELECT count(*) FROM merkmalswerte") == []
    assert bestand.werte(merkmale=["a"], raum_ids=["1"], jahre=None) == []
    assert not bestand.ordner.exists()


def test_uebernehmen_und_lesen(bestand: Bestand, tmp_path: Path) -> None:
    paket = lieferung("a", [zeile("14522010", 10.0), zeile("14522020", 20.0, zeit="2020-12-31")], tmp_path)
    assert paket.import_in(bestand) == Zusammenfassung(neu=2)
    zeilen = bestand.werte(merkmale=["bevoelkerung"], raum_ids=["14522010", "14522020"], jahre=None)
    assert [(z["raum_id"], z["jahr"], z["wert"]) for z in zeilen] == [
        ("14522010", 2021, 10.0),
        ("14522020", 2020, 20.0),
    ]
    assert zeilen[0]["lieferung"] == paket.kopf.sha256
    assert bestand.original(paket.kopf.sha256).read_bytes() == paket.datei.read_bytes()
    assert bestand.ist_bekannt(paket.kopf.sha256)


def test_dieselbe_datei_zweimal_aendert_nichts(bestand: Bestand, tmp_path: Path) -> None:
    paket = lieferung("a", [zeile("1", 10.0), zeile("2", None, status="geheim_quelle", wert_min=1.0)], tmp_path)
    paket.import_in(bestand)
    vorher, version = abbild(bestand, folge=True), bestand.version
    assert paket.import_in(bestand) == Zusammenfassung(unveraendert=2)
    assert (abbild(bestand, folge=True), bestand.version) == (vorher, version)


def test_hoeherer_stand_gilt_in_jeder_reihenfolge(tmp_path: Path) -> None:
    alt = lieferung("alt", [zeile("1", 300308.0)], tmp_path, "2024-06-01")
    neu = lieferung("neu", [zeile("1", 297766.0)], tmp_path, "2024-12-01")
    hin, her = Bestand(tmp_path / "hin"), Bestand(tmp_path / "her")
    assert [p.import_in(hin) for p in (alt, neu)][1] == Zusammenfassung(geaendert=1)
    assert [p.import_in(her) for p in (neu, alt)][1] == Zusammenfassung(zurueckgestellt=1)
    assert abbild(hin) == abbild(her)
    assert hin.sql("SELECT wert FROM merkmalswerte") == [{"wert": 297766.0}]
    assert hin.sql("SELECT wert FROM fruehere", tabellen=("fruehere",)) == [{"wert": 300308.0}]


def test_datenstand(tmp_path: Path, bestand: Bestand) -> None:
    lieferung("alt", [zeile("1", 300308.0), zeile("2", 5.0)], tmp_path, "2024-06-01").import_in(bestand)
    lieferung("neu", [zeile("1", 297766.0)], tmp_path, "2024-12-01").import_in(bestand)

    def werte(datenstand: str) -> list[object]:
        zeilen = bestand.werte(
            merkmale=["bevoelkerung"], raum_ids=["1", "2"], jahre=(2021, 2021), datenstand=datenstand
        )
        return [z["wert"] for z in zeilen]

    assert werte("") == werte("2024-12-01") == [297766.0, 5.0]
    assert werte("2024-11-30") == [300308.0, 5.0]
    assert werte("2024-05-31") == []
    frage = "WITH x AS (SELECT sum(wert) AS s FROM merkmalswerte) SELECT s FROM x"
    assert bestand.sql(frage, datenstand="2024-06-01") == [{"s": 300313.0}]
    summe = bestand.summen(
        merkmale=["bevoelkerung"],
        zuordnung=[Zu(r, "2021-12-31", "SR1") for r in "12"],
        jahre=None,
        datenstand="2024-06-01",
    )
    assert summe[0]["wert"] == 300313.0


def test_gleicher_stand_spaeterer_import_gilt(tmp_path: Path, bestand: Bestand) -> None:
    lieferung("a", [zeile("1", 1.0)], tmp_path).import_in(bestand)
    assert lieferung("b", [zeile("1", 2.0)], tmp_path).import_in(bestand) == Zusammenfassung(geaendert=1)
    assert bestand.sql("SELECT wert FROM merkmalswerte") == [{"wert": 2.0}]


def test_gleicher_stand_gleicher_inhalt_reihenfolge_egal(tmp_path: Path) -> None:
    pakete = [lieferung(n, [zeile("1", 1.0), zeile(n, 2.0)], tmp_path) for n in "abc"]
    hin, her = Bestand(tmp_path / "hin"), Bestand(tmp_path / "her")
    for p in pakete:
        p.import_in(hin)
    for p in reversed(pakete):
        p.import_in(her)
    assert abbild(hin) == abbild(her)


def test_import_ersetzt_nur_eigene_quelle(tmp_path: Path, bestand: Bestand) -> None:
    lieferung("a", [zeile("1", 1.0, quelle="x"), zeile("2", 3.0, quelle="y")], tmp_path).import_in(bestand)
    lieferung("b", [zeile("1", 2.0, quelle="y")], tmp_path, "2025-01-01").import_in(bestand)
    assert len(bestand.sql("SELECT * FROM merkmalswerte")) == 3
    assert bestand.sql("SELECT * FROM fruehere", tabellen=("fruehere",)) == []


def test_zuruecknehmen_stellt_wieder_her(tmp_path: Path, bestand: Bestand) -> None:
    a = lieferung("a", [zeile("1", 1.0), zeile("2", 2.0)], tmp_path, "2023-01-01")
    b = lieferung("b", [zeile("1", 10.0), zeile("3", 30.0)], tmp_path, "2024-01-01")
    a.import_in(bestand)
    vorher = abbild(bestand)
    b.import_in(bestand)
    mit_beiden = abbild(bestand)
    bestand.zuruecknehmen(b.kopf.sha256)
    nachher = abbild(bestand)
    assert {n: nachher[n] for n in ("merkmalswerte", "fruehere")} == {
        n: vorher[n] for n in ("merkmalswerte", "fruehere")
    }
    assert [x.zustand for x in bestand.lieferungen()] == ["aktiv", "zurueckgenommen"]
    assert not bestand.ist_bekannt(b.kopf.sha256)
    assert b.import_in(bestand) == Zusammenfassung(neu=1, geaendert=1)
    assert abbild(bestand) == mit_beiden
    bestand.zuruecknehmen(a.kopf.sha256)
    assert sorted(z["wert"] for z in bestand.sql("SELECT wert FROM merkmalswerte")) == [10.0, 30.0]
    with pytest.raises(AufrufError):
        bestand.zuruecknehmen(a.kopf.sha256)


def test_erneut_lesen_ersetzt_die_eigenen_zeilen(tmp_path: Path, bestand: Bestand) -> None:
    import dataclasses

    import pyarrow as pa

    alt = lieferung("a", [zeile("vorlaeufig", 1.0), zeile("2", 2.0)], tmp_path)
    alt.import_in(bestand)
    raum = pa.array(["endgueltig" if r == "vorlaeufig" else r for r in alt.tabelle["raum_id"].to_pylist()])
    neu = alt.tabelle.set_column(0, "raum_id", raum)
    assert bestand.uebernehmen(alt.kopf, neu, alt.datei) == Zusammenfassung(neu=1, unveraendert=1)
    assert {z["raum_id"] for z in bestand.sql("SELECT raum_id FROM merkmalswerte")} == {"endgueltig", "2"}
    assert bestand.sql("SELECT * FROM fruehere", tabellen=("fruehere",)) == []
    version = bestand.version
    bestand.uebernehmen(dataclasses.replace(alt.kopf, offen=True), neu, alt.datei)
    assert bestand.version == version + 1
    assert bestand.lieferungen()[0].offen


def test_summen_mit_geheimem_teil_sind_ein_intervall(tmp_path: Path, bestand: Bestand) -> None:
    lieferung(
        "a",
        [
            zeile("1", 10.0, kennzeichen="p"),
            zeile("2", None, wert_min=1.0, wert_max=2.0, status="geheim_quelle", genauigkeit="gerundet_10"),
            zeile("3", 5.0),
            zeile("4", None, wert_min=0.0, wert_max=None, status="unsicher"),
            zeile("5", 0.0, status="null_genau"),
        ],
        tmp_path,
    ).import_in(bestand)

    def summe(*teile: Zu) -> dict[str, object]:
        return bestand.summen(merkmale=["bevoelkerung"], zuordnung=teile, jahre=(2021, 2021))[0]

    g = "2021-12-31"
    s = summe(Zu("1", g, "SR"), Zu("3", g, "SR", umrechnung="exakt"), Zu("5", g, "SR"))
    assert (s["wert"], s["wert_min"], s["wert_max"], s["anzahl"]) == (15.0, 15.0, 15.0, 3)
    assert (s["umrechnung"], s["kennzeichen"], s["genauigkeit"], s["n_null"]) == ("exakt", "p", "exakt", 1)
    s = summe(Zu("1", g, "SR"), Zu("2", g, "SR"))
    assert (s["wert"], s["wert_min"], s["wert_max"]) == (None, 11.0, 12.0)
    assert (s["n_geheim"], s["n_wert"], s["genauigkeit"]) == (1, 1, "gerundet_10")
    s = summe(Zu("1", g, "SR"), Zu("4", g, "SR"))
    assert (s["wert"], s["wert_min"], s["wert_max"]) == (None, 10.0, None)
    assert bestand.summen(merkmale=["bevoelkerung"], zuordnung=[Zu("1", "2022-12-31", "SR")], jahre=None) == []
    halb = summe(Zu("1", g, "SR", 0.5))
    assert halb["wert"] == 5.0


def test_gepinnter_stand(tmp_path: Path, bestand: Bestand) -> None:
    lieferung("a", [zeile("1", 1.0)], tmp_path).import_in(bestand)
    leser = Bestand(bestand.ordner)
    assert leser.sql("SELECT wert FROM merkmalswerte") == [{"wert": 1.0}]
    lieferung("b", [zeile("1", 2.0)], tmp_path, "2024-01-01").import_in(bestand)
    assert leser.sql("SELECT wert FROM merkmalswerte") == [{"wert": 1.0}]
    leser.aktualisiere()
    assert leser.sql("SELECT wert FROM merkmalswerte") == [{"wert": 2.0}]


def test_vorschau_schreibt_nichts(tmp_path: Path, bestand: Bestand) -> None:
    paket = lieferung("a", [zeile("1", 1.0)], tmp_path)
    assert bestand.vorschau(paket.kopf, paket.tabelle) == Zusammenfassung(neu=1)
    assert not bestand.ordner.exists()


def test_doppelte_schluessel_und_nan_werden_abgelehnt(tmp_path: Path, bestand: Bestand) -> None:
    with pytest.raises(EingabeError, match="doppelt"):
        lieferung("a", [zeile("1", 1.0), zeile("1", 2.0)], tmp_path).import_in(bestand)
    with pytest.raises(ValueError, match="NaN"):
        lieferung("b", [zeile("1", float("nan"))], tmp_path).import_in(bestand)
    assert bestand.version == 0


def test_nur_geaenderte_jahre_werden_neu_geschrieben(tmp_path: Path, bestand: Bestand) -> None:
    jahre = [zeile("1", 1.0, zeit=f"{j}-12-31") for j in (2019, 2020, 2021)]
    lieferung("a", jahre, tmp_path).import_in(bestand)
    vorher = set(bestand.stand.tabellen["merkmalswerte"].teile)
    lieferung("b", [zeile("1", 2.0, zeit="2020-12-31")], tmp_path, "2024-01-01").import_in(bestand)
    nachher = set(bestand.stand.tabellen["merkmalswerte"].teile)
    assert {p.split("/")[0] for p in vorher ^ nachher} == {"jahr=2020"}


def test_sehr_grosse_summen_jahr_fuer_jahr(tmp_path: Path, bestand: Bestand, monkeypatch: pytest.MonkeyPatch) -> None:
    """The seam for many processes gives the same rows in the same order."""
    from sozmon.bestand import lesen as modul

    zeilen = [
        zeile(f"{r}", float(r), zeit=f"{j}-12-31", merkmal=m) for r in range(5) for j in (2020, 2021) for m in "ab"
    ]
    lieferung("a", zeilen, tmp_path).import_in(bestand)
    frage = {
        "merkmale": ["a", "b"],
        "zuordnung": [Zu(str(r), "2021-12-31", f"SR{r % 2}") for r in range(5)],
        "jahre": None,
    }
    auf_einmal = bestand.summen(**frage)
    monkeypatch.setattr(modul, "GROSS", 15)  # 20 rows are many, 10 a year are not
    assert bestand._viele_jahre(None) == [2020, 2021]
    anzahl = []
    monkeypatch.setattr(Bestand, "arbeiter", staticmethod(lambda n: anzahl.append(n) or plattform.arbeiter(1)))
    assert bestand.summen(**frage) == auf_einmal
    assert anzahl
    assert len(auf_einmal) == 8


@pytest.mark.parametrize("name", ["Büro Süd (neu) & mehr", "100 %", "o'brien#1?", "a[1]"])
def test_ordnernamen_aus_dem_amt(tmp_path: Path, name: str) -> None:
    bestand = Bestand(tmp_path / name / "bestand")
    lieferung("ä b", [zeile("1", 1.0)], tmp_path).import_in(bestand)
    assert Bestand(bestand.ordner).sql("SELECT wert FROM merkmalswerte") == [{"wert": 1.0}]


def test_unmoegliche_ordnernamen_werden_abgelehnt(tmp_path: Path) -> None:
    with pytest.raises(AusgabeError, match="Prozentzeichen"):
        lieferung("a", [zeile("1", 1.0)], tmp_path).import_in(Bestand(tmp_path / "a%20b" / "bestand"))
