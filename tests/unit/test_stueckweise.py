"""Large flat files in pieces give exactly what the same file gives as a whole: rows, addresses, Meldungen, refusals."""

from __future__ import annotations

import random
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from sozmon.bestand import Bestand, Lieferung
from sozmon.dateien import AblehnungError, Rohdatei, open_datei
from sozmon.einlesen import Lesung, setze_antwort_um
from sozmon.jahresablage import Jahresablage
from sozmon.katalog import Katalog, load_katalog
from sozmon.model import Kodierung, Meldung, Quelle, Zuordnung
from sozmon.quellen import ffcsv_stuecke
from sozmon.raeume import Raeume, Register, RegisterRaum
from stueckhilfe import alle_zeilen, lies_im_prozess

KREIS = "99001"
ORTE = {f"99001{i:03}": f"Örtchen {i}" for i in range(10, 40)} | {
    "99001050": "Verrutscht",
    "99002001": "Fernau",
    "99002002": "Weitdorf",
}
REGISTER = Register(
    "2023-12-31",
    (
        RegisterRaum("99", "Probeland", "land", "99"),
        RegisterRaum(KREIS, "Probekreis", "kreis", KREIS),
        *(
            RegisterRaum(k, n.replace("Verrutscht", "Heidefeld"), "gemeinde", f"{k[:5]}0{k[5:]}{k[5:]}")
            for k, n in ORTE.items()
            if k.startswith(KREIS)
        ),
    ),
)
QUELLE = Quelle(
    "probe",
    "Probe",
    "Amt",
    "ffcsv",
    zeichen={"-": "null_genau", ".": "geheim_quelle"},
    zuordnungen=(Zuordnung("BEVSTD", "bevoelkerung"),),
    kodierungen=(Kodierung("GES", "geschlecht", {"GESM": "m", "GESW": "w"}),),
)
KOPF_NEU = (
    "statistics_code;statistics_label;time_code;time_label;time;"
    "1_variable_code;1_variable_label;1_variable_attribute_code;1_variable_attribute_label;"
    "2_variable_code;2_variable_label;2_variable_attribute_code;2_variable_attribute_label;"
    "value;value_unit;value_variable_code;value_variable_label"
)
KOPF_ALT = (
    "Bevölkerung: Probetabelle\nStatistik_Code;Statistik_Label;Zeit_Code;Zeit_Label;Zeit;1_Merkmal_Code;"
    "1_Merkmal_Label;1_Auspraegung_Code;1_Auspraegung_Label;BEVSTD__Bevölkerung__Anzahl;BEV999__Sonstiges__Anzahl"
)


def neu(jahre: range = range(2019, 2024)) -> str:
    """New style: 33 places, two sexes and the total, five years, unsorted, some of it unknown to the catalogue."""
    zufall = random.Random(7)
    zeilen = [
        f"12411;Fortschreibung;STAG;Stichtag;{jahr}-12-31;GEMEIN;Gemeinden;{ort};{name};GES;Geschlecht;{g};{gl};"
        f"{'-' if zufall.random() < 0.1 else zufall.randint(1, 9000)};Anzahl;{code};{label}"
        for jahr in jahre
        for ort, name in ORTE.items()
        for g, gl in (("", "Insgesamt"), ("GESM", "männlich"), ("GESW", "weiblich"), ("GESD", "divers"))
        for code, label in (("BEVSTD", "Bevölkerungsstand"), ("BEV999", "Sonstiges"))
    ]
    zufall.shuffle(zeilen)
    return "\n".join([KOPF_NEU, *zeilen]) + "\n"


def alt() -> str:
    """Old style: two measures, footnotes below the line."""
    zeilen = [
        f"12411;Fortschreibung;JAHR;Jahr;{jahr};GEMEIN;Gemeinden;{ort};  {name};{i};."
        for jahr in range(2004, 2024)
        for i, (ort, name) in enumerate(ORTE.items())
    ]
    return "\n".join([KOPF_ALT, *zeilen, "__________", "Fußnote; mit; Semikolon", "Stand: 1.2.2024"]) + "\n"


@pytest.fixture
def lies(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Callable[..., Lesung]:
    """Read bytes as a whole, or in pieces of so many bytes, by the code of child and parent in this process."""
    leer = Katalog({}, {}, {}, {"probe": QUELLE})
    raeume = Raeume.aus_werten((REGISTER,), kreis=KREIS)

    def lies(daten: bytes, stueck: int = 0, katalog: Katalog = leer) -> Lesung:
        ordner = tmp_path / f"lauf{stueck}"
        ordner.mkdir(exist_ok=True)
        pfad = ordner / "original"
        pfad.write_bytes(daten)
        datei = Rohdatei("t_2026-01-31.csv", pfad, "f" * 64, "csv", len(daten))
        antwort = lies_im_prozess(monkeypatch, datei, [QUELLE], "probe", stueck)
        return setze_antwort_um(antwort, datei, katalog, raeume, stand=None, kreis=KREIS)

    return lies


def zeilen(lesung: Lesung) -> list[dict[str, Any]]:
    """All rows in a fixed order."""
    return alle_zeilen(lesung.tabelle)


FASSUNGEN = {
    "neu": neu().encode(),
    "marke": b"\xef\xbb\xbf" + neu().encode(),
    "crlf": neu().replace("\n", "\r\n").encode(),
    "mac": neu().replace("\n", "\r").encode(),
    "cp1252": neu().encode("cp1252"),
    "anfuehrung": neu().replace(";Gemeinden;", ';"Gemeinden";').encode(),
    "zerlegt": neu().replace("Ö", "O\u0308").encode(),
    "alt": alt().encode(),
    "leerzeilen_am_ende": (neu() + "\n\n\n").encode(),
}


@pytest.mark.parametrize("stueck", [7_000])
@pytest.mark.parametrize("fassung", FASSUNGEN)
def test_pieces_read_the_same_as_the_whole(lies: Callable[..., Lesung], fassung: str, stueck: int) -> None:
    ganz, teilweise = lies(FASSUNGEN[fassung]), lies(FASSUNGEN[fassung], stueck)
    assert len(zeilen(ganz)) > 800 and zeilen(teilweise) == zeilen(ganz)
    assert (teilweise.titel, teilweise.stand, teilweise.gebietsstand) == (ganz.titel, ganz.stand, ganz.gebietsstand)
    zahlen = [(x.abgelehnt, x.geheim, x.ausserhalb, x.offen) for x in (ganz, teilweise)]
    assert zahlen[0] == zahlen[1]
    meldungen = [
        {(m.kennung, m.stufe, m.text.partition(" Zur Probe")[0], m.anzahl, _stelle(m)) for m in x.meldungen}
        for x in (ganz, teilweise)
    ]
    assert meldungen[0] == meldungen[1] and "name_widerspricht" in {m[0] for m in meldungen[0]}


def _stelle(m: Meldung) -> Any:
    """Address of a Meldung; of a name that stands in many rows any of them is named."""
    return "" if m.kennung == "name_widerspricht" else m.fundstelle


def test_pieces_are_checked_like_the_whole(lies: Callable[..., Lesung]) -> None:
    """Sums and times of the own Kreis, with the shipped catalogue; examples may differ, what is found may not."""
    katalog = replace(load_katalog(None), quellen={"probe": QUELLE})
    ganz, teilweise = lies(FASSUNGEN["neu"], 0, katalog), lies(FASSUNGEN["neu"], 7_000, katalog)
    gefunden = [{(m.kennung, m.stufe, m.anzahl) for m in x.meldungen} for x in (ganz, teilweise)]
    assert gefunden[0] == gefunden[1] and {"summe_unmoeglich", "summe_abweichend"} & {k for k, _, _ in gefunden[0]}
    spaeter = neu(range(2026, 2028)).encode()
    zeiten = [
        [m.anzahl for m in lies(spaeter, s, katalog).meldungen if m.kennung == "zeit_zukunft"] for s in (0, 7_000)
    ]
    assert sum(zeiten[0]) == sum(zeiten[1]) > 0


def mit(zeile: int, aendere: Callable[[str], str]) -> bytes:
    """The new-style file with one line (1-based) changed."""
    alle = neu().split("\n")
    alle[zeile - 1] = aendere(alle[zeile - 1])
    return "\n".join(alle).encode()


FEHLER: dict[str, tuple[str, bytes]] = {
    "kurz": ("zeile_ungleich", mit(700, lambda z: z.rpartition(";")[0])),
    "lang": ("zeile_ungleich", mit(1_100, lambda z: z + ";")),
    "leer": ("zeile_ungleich", mit(701, lambda _: "")),
    "zweiter_kopf": ("kopf_doppelt", mit(1_201, lambda _: KOPF_NEU)),
    "nul": ("nul_byte", mit(900, lambda z: z.replace("Anzahl", "An\0zahl"))),
    "offen": ("anfuehrungszeichen", mit(1_275, lambda z: z.replace(";Gemeinden", ';"Gemeinden'))),
    "mojibake": ("umlaute_zerstoert", mit(1_134, lambda z: z.replace("Fortschreibung", "fÃ¼r"))),
    "gemischt": (
        "kodierung_gemischt",
        mit(3, lambda z: z.replace("Fortschreibung", "für")).replace("für".encode(), "für".encode("cp1252"), 1),
    ),
}


@pytest.mark.parametrize("stueck", [7_000])
@pytest.mark.parametrize("fall", FEHLER)
def test_pieces_are_refused_like_the_whole(lies: Callable[..., Lesung], fall: str, stueck: int) -> None:
    art, daten = FEHLER[fall]
    gesagt = []
    for groesse in (0, stueck):
        with pytest.raises(AblehnungError) as fehler:
            lies(daten, groesse)
        gesagt.append((fehler.value.art, fehler.value.ort, fehler.value.text))
    assert gesagt[0][0] == art and gesagt[0] == gesagt[1]


def test_a_cell_that_is_no_number_names_its_line(lies: Callable[..., Lesung]) -> None:
    lesung = lies(mit(777, _falsch), 7_000)
    assert [(m.kennung, str(m.fundstelle)) for m in lesung.fehler] == [("wert", "Zeile 777, Spalte 14")]


def _falsch(zeile: str) -> str:
    felder = zeile.split(";")
    felder[13] = "1.5"
    return ";".join(felder)


def test_columns_that_change_their_meaning_are_refused(lies: Callable[..., Lesung]) -> None:
    kopf, *rest = neu().rstrip("\n").split("\n")
    vertauscht = [";".join([*f[:5], *f[9:13], *f[5:9], *f[13:]]) for f in (z.split(";") for z in rest[600:])]
    with pytest.raises(AblehnungError) as fehler:
        lies("\n".join([kopf, *rest[:600], *vertauscht]).encode(), 7_000)
    assert fehler.value.art == "raumvariable"


def test_the_same_key_far_apart_is_found(lies: Callable[..., Lesung]) -> None:
    erste = neu().split("\n")[1]
    gleich = lies((neu() + erste + "\n").encode(), 7_000)
    assert [m.kennung for m in gleich.meldungen if "doppelt" in m.kennung] == ["doppelt_gleich"]
    assert gleich.tabelle.num_rows == lies(neu().encode()).tabelle.num_rows
    felder = erste.split(";")
    felder[13] = "77777"
    lesung = lies((neu() + ";".join(felder) + "\n").encode(), 7_000)
    assert [m.kennung for m in lesung.fehler] == ["doppelt_verschieden"]


def test_the_store_holds_the_same_files(lies: Callable[..., Lesung], tmp_path: Path) -> None:
    """Taken over whole or year by year, in a fresh store and beside an older Lieferung: byte for byte the same."""
    daten, frueher = FASSUNGEN["neu"], neu(range(2021, 2026)).encode()
    staende = []
    for stueck in (0, 20_000):
        bestand = Bestand(tmp_path / f"bestand{stueck}")
        summen = []
        for inhalt, sha, stand in (
            (frueher, "e" * 64, "2026-01-01"),
            (daten, "f" * 64, "2026-01-31"),
            (daten, "f" * 64, "2026-02-28"),
        ):
            original = tmp_path / sha
            original.write_bytes(inhalt)
            with open_datei(str(original)) as roh:
                echt = roh.sha256
            lesung = lies(inhalt, stueck)
            tabelle = _umbenannt(lesung.tabelle, echt, stand)
            summen.append(bestand.uebernehmen(Lieferung(echt, sha, "probe", stand=stand), tabelle, original))
        staende.append((summen, sorted(p.name for p in bestand.ordner.rglob("jahr=*/*.parquet"))))
        assert not [m for m in bestand.pruefen(ganz=True) if m.kennung != "bestand_reste"]
    assert staende[0] == staende[1] and len(staende[0][1]) > 5 and staende[0][0][1].geaendert > 100


def _umbenannt(tabelle: Any, lieferung: str, stand: str) -> Any:
    """As if the rows had come out of that Lieferung."""
    import pyarrow as pa

    def neue(t: Any) -> Any:
        for name, wort in (("lieferung", lieferung), ("stand", stand)):
            stelle = t.schema.get_field_index(name)
            spalte = pa.array([wort] * t.num_rows, pa.string())
            t = t.set_column(
                stelle,
                t.schema.field(name),
                spalte if t.schema.field(name).type == pa.string() else spalte.dictionary_encode(),
            )
        return t

    if isinstance(tabelle, Jahresablage):
        for jahr in tabelle.jahre():
            tabelle.ersetze(jahr, neue(tabelle.lies(jahr)))
        return tabelle
    return neue(tabelle)


def test_what_lies_on_disk_goes_with_the_rows(lies: Callable[..., Lesung]) -> None:
    lesung = lies(FASSUNGEN["neu"], 7_000)
    ordner = lesung.tabelle._ordner
    assert any(ordner.iterdir())
    del lesung
    assert not ordner.exists()


def test_rows_of_the_own_kreis(lies: Callable[..., Lesung]) -> None:
    ganz = [z for z in zeilen(lies(FASSUNGEN["neu"])) if z["raum_id"].startswith(KREIS)]
    assert sorted(
        map(str, lies(FASSUNGEN["neu"], 7_000).tabelle.auswahl(lambda r: r.startswith(KREIS)).to_pylist())
    ) == sorted(map(str, ganz))


@pytest.mark.parametrize("ende", [b"\n", b"\r\n", b"\r"])
def test_no_byte_is_lost_between_pieces(ende: bytes) -> None:
    import io

    text = ende.join([b"a", b"bb", b"", b"", b"ccc", b"d" * 50, b"e", b""])
    for groesse in range(1, 70, 3):
        teile = list(ffcsv_stuecke.stuecke(io.BytesIO(text), "t", groesse))
        assert ende.join(teile) == text.rstrip(b"\r\n")
