"""What changed: ``diff`` of two Lieferungen, ``status --verlauf``, ``--datenstand`` on every reading command."""

from __future__ import annotations

import csv
import getpass
import html.parser
import io
import json
import os
import shutil
import stat
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from test_import import zeile

from sozmon import aufbau, importieren
from sozmon.cli.app import run
from sozmon.projekt import create_projekt
from sozmon.quellen.leser import Leser
from sozmon.raeume import Register, RegisterRaum, write_register

KOPF = (
    "statistics_code;statistics_label;time_code;time_label;time;1_variable_code;1_variable_label;"
    "1_variable_attribute_code;1_variable_attribute_label;value;value_unit;value_variable_code;value_variable_label\n"
)
ALT, NEU, ZURUECK = "a_abruf20240131.csv", "b_abruf20250131.csv", "c_abruf20250201.csv"


@pytest.fixture(scope="module")
def leser() -> Iterator[Leser]:
    with Leser() as kind:
        yield kind


@pytest.fixture(scope="module")
def geliehen(leser: Leser) -> Iterator[None]:
    """One child process reads all files of this module."""

    class Geliehen:
        def __enter__(self) -> Leser:
            return leser

        def __exit__(self, *_: object) -> None: ...

    with pytest.MonkeyPatch.context() as stelle:
        for modul in (importieren, aufbau):
            stelle.setattr(modul, "Leser", lambda *_: Geliehen())
        yield


@pytest.fixture(scope="module")
def vorlage(tmp_path_factory: pytest.TempPathFactory, geliehen: None) -> Path:
    """Three retrievals of one table; the third is taken back."""
    tmp_path = tmp_path_factory.mktemp("verlauf")
    ordner = create_projekt(tmp_path / "projekt", kreis="99001").ordner
    raeume = (
        RegisterRaum("99", "Probeland", "land", "99"),
        RegisterRaum("99001", "Probekreis", "kreis", "99001"),
        RegisterRaum("99001010", "Aubach", "gemeinde", "990010000010"),
        RegisterRaum("99001020", "Bergdorf & Söhne", "gemeinde", "990010000020"),
    )
    write_register(ordner / "raeume", Register("2023-12-31", raeume))
    inhalt = {
        ALT: zeile("99001010", "Aubach", "1000") + zeile("99001020", "Bergdorf & Söhne", "500"),
        NEU: zeile("99001010", "Aubach", "900") + zeile("99001020", "Bergdorf & Söhne", "500"),
        ZURUECK: zeile("99001010", "Aubach", ".") + zeile("99001020", "Bergdorf & Söhne", "501"),
    }
    for name, zeilen in inhalt.items():
        (tmp_path / name).write_text(KOPF + zeilen, encoding="utf-8")
        assert run(["-q", "--projekt", str(ordner), "import", str(tmp_path / name)]) == 0
    assert run(["-q", "--projekt", str(ordner), "import", "--zurueck", ZURUECK]) == 0
    return ordner


@pytest.fixture
def projekt(vorlage: Path, tmp_path: Path) -> Path:
    """A copy that may be changed."""
    return Path(shutil.copytree(vorlage, tmp_path / "projekt"))


Sozmon = Callable[..., tuple[int, str, str]]


@pytest.fixture
def sozmon(projekt: Path, capfd: pytest.CaptureFixture[str]) -> Sozmon:
    def call(*worte: object) -> tuple[int, str, str]:
        capfd.readouterr()
        code = run(["--projekt", str(projekt), *map(str, worte)])
        aus = capfd.readouterr()
        return code, aus.out, aus.err

    return call


def tabelle(text: str) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(text)))


# --------------------------------------------------------------------------------------------------
# diff


def test_diff_of_two_lieferungen(sozmon: Sozmon) -> None:
    code, aus, fehler = sozmon("diff", ALT, NEU, "--format", "csv")
    [z] = tabelle(aus)
    assert code == 0 and (z["raum"], z["art"], z["grund"]) == ("Aubach", "geaendert", "revision")
    assert (z["wert_alt"], z["wert_neu"], z["differenz"], z["prozent"]) == ("1000", "900", "-100", "-10")
    assert (z["stand_alt"], z["stand_neu"], z["fundstelle_alt"]) == ("2024-01-31", "2025-01-31", "Zeile 2, Spalte 10")
    assert "interne Werte" in fehler and "Werte: 1 gleich · 1 geändert · 0 neu · 0 entfallen" in fehler
    assert "Aubach, 31.12.2023: 1.000 → 900 (−100; −10,0 %)" in fehler
    assert sozmon("diff", ALT, NEU, "--exit-code")[0] == 6
    assert sozmon("diff", ALT, NEU, "-r", "99001020", "--exit-code")[0] == 0, "there nothing changed"
    assert sozmon("diff", ALT, NEU, "-z", "2022", "--exit-code")[0] == 0, "and in 2022 neither"


def test_diff_reads_a_lieferung_that_was_taken_back(sozmon: Sozmon) -> None:
    code, aus, _ = sozmon("diff", NEU, ZURUECK)
    assert code == 0 and "zurückgenommen" in aus
    assert "Zahl → • (Zahlenwert geheim)" in aus and "900" in aus and "501" in aus


def test_diff_with_what_holds_now(sozmon: Sozmon) -> None:
    code, aus, _ = sozmon("diff", ALT, "--format", "jsonl")
    [z] = [json.loads(zeile) for zeile in aus.splitlines()]
    assert code == 0 and (z["raum_id"], z["wert_alt"], z["wert_neu"]) == ("99001010", 1000, 900)
    assert sozmon("diff", NEU, "--exit-code")[0] == 0, "it holds itself"


def test_a_lieferung_does_not_differ_from_itself(sozmon: Sozmon) -> None:
    code, aus, _ = sozmon("diff", NEU, NEU, "--exit-code", "--format", "csv")
    assert code == 0 and tabelle(aus) == []


class Seite(html.parser.HTMLParser):
    """Tags, attributes and texts of a page."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self.texte: list[str] = []
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, dict(attrs)))

    def handle_data(self, data: str) -> None:
        self.texte.append(data)


def test_diff_as_a_page(sozmon: Sozmon, projekt: Path, tmp_path: Path) -> None:
    code, aus, _ = sozmon("diff", NEU, ZURUECK, "-o", tmp_path / "seite.html")
    datei = Path(aus.strip())
    assert code == 0 and datei.name == "seite_INTERN.html"
    assert os.name == "nt" or stat.S_IMODE(datei.stat().st_mode) == 0o600
    seite = Seite(datei.read_text(encoding="utf-8"))
    namen = [tag for tag, _ in seite.tags]
    assert ("html", {"lang": "de"}) in seite.tags and namen.count("caption") == namen.count("h1") == 1
    assert {a["scope"] for tag, a in seite.tags if tag == "th"} == {"col", "row"}
    assert not {"script", "link", "img", "iframe"} & set(namen), "self-contained, nothing runs"
    text = " ".join(seite.texte)
    assert "Interne Werte" in text and "Bergdorf & Söhne" in text and "Werte: 0 gleich · 2 geändert" in text
    code, _, fehler = sozmon("diff", ALT, NEU, "-o", projekt / "ausgabe" / "seite.html")
    assert code == 5 and "Ordner der Produkte" in fehler and not list((projekt / "ausgabe").glob("seite*"))


@pytest.mark.parametrize(
    ("worte", "text"),
    [
        ((), "Es fehlt die Angabe, was verglichen werden soll."),
        (("-i", "altenquotient"), "Es fehlt: -r, --von."),
        ((ALT, "--von", "2024-01-01"), "Lieferungen und --von gehen nicht zusammen."),
        ((ALT, NEU, "-i", "altenquotient"), "Lieferungen und -i gehen nicht zusammen."),
        ((ALT, NEU, ZURUECK), "höchstens zwei"),
        ((ALT, "b_abruf2025013.csv"), "gibt es nicht. Meinten Sie „b_abruf20250131.csv“"),
        ((ALT, NEU, "--format", "pdf"), "„pdf“ gibt es bei --format nicht."),
    ],
)
def test_diff_called_wrongly(sozmon: Sozmon, worte: tuple[str, ...], text: str) -> None:
    code, aus, fehler = sozmon("diff", *worte)
    assert (code, aus) == (2, "") and text in fehler


# --------------------------------------------------------------------------------------------------
# status --verlauf


def verlauf(sozmon: Sozmon, *worte: object) -> list[dict[str, str]]:
    code, aus, _ = sozmon("status", "--verlauf", "--format", "csv", *worte)
    assert code == 0
    return tabelle(aus)


def dateien(projekt: Path) -> list[Path]:
    return sorted((projekt / "bestand" / "verlauf").glob("*.json"))


def test_log_tells_who_did_what(sozmon: Sozmon) -> None:
    zeilen = verlauf(sozmon)
    assert [(z["vorgang"], z["datei"], z["neu"], z["ersetzt"]) for z in zeilen] == [
        ("eingelesen", ALT, "2", "0"),
        ("eingelesen", NEU, "0", "1"),
        ("eingelesen", ZURUECK, "0", "2"),
        ("zurueckgenommen", ZURUECK, "", ""),
    ]
    assert {z["von"] for z in zeilen} == {getpass.getuser()} and {z["befehl"] for z in zeilen} == {"sozmon import"}
    assert [z["zeit"] for z in zeilen] == sorted(z["zeit"] for z in zeilen)
    assert len(verlauf(sozmon, "--seit", zeilen[0]["zeit"][:10])) == 4 and verlauf(sozmon, "--seit", "2099-01-01") == []
    code, aus, _ = sozmon("status", "--verlauf")
    assert code == 0 and "zurückgenommen" in aus and aus.splitlines()[0].startswith("Zeit ")


def test_deletion_takes_the_log_of_its_lieferung_along(sozmon: Sozmon, projekt: Path) -> None:
    assert sozmon("bestand", "loeschen", ALT, "--grund", "Frist abgelaufen")[0] == 0
    letzte = verlauf(sozmon)[-1]
    assert (letzte["vorgang"], letzte["datei"], letzte["grund"]) == ("geloescht", "", "Frist abgelaufen")
    assert letzte["von"] == getpass.getuser()
    assert [z["datei"] for z in verlauf(sozmon)[:-1]] == [NEU, ZURUECK, ZURUECK] and len(dateien(projekt)) == 3


def test_log_of_a_correction(sozmon: Sozmon, projekt: Path) -> None:
    liste = projekt / "korrekturen.csv"
    kopf = liste.read_text(encoding="utf-8-sig")
    for wert in ("910", "911"):
        zeile = f"99001010;31.12.2023;bevoelkerung;;900;{wert};Zahlendreher;mm;01.02.2025\r\n"
        liste.write_text(kopf + zeile, encoding="utf-8-sig")
        assert sozmon("import", liste)[0] == 0
    vorgaenge = [z["vorgang"] for z in verlauf(sozmon)[4:]]
    assert vorgaenge == ["berichtigt", "berichtigt", "ersetzt"], "the second list takes the place of the first"
    code, aus, _ = sozmon("diff", NEU)
    assert code == 0 and "berichtigt (korrekturen.csv)" in aus and "911" in aus


def test_log_entries_are_private_and_a_damaged_one_is_told(sozmon: Sozmon, projekt: Path) -> None:
    erste, zweite, *_ = dateien(projekt)
    assert os.name == "nt" or {stat.S_IMODE(p.stat().st_mode) for p in dateien(projekt)} == {0o600}
    erste.write_bytes(erste.read_bytes().replace(b"eingelesen", b"geloescht_"))
    zweite.write_bytes(b"")
    code, aus, fehler = sozmon("status", "--verlauf", "--format", "csv")
    assert code == 0 and f"beschädigt und fehlt hier: verlauf/{erste.name}" in fehler and zweite.name in fehler
    ohne_zahl = {(z["vorgang"], z["datei"]) for z in tabelle(aus) if z["neu"] == "" and z["von"]}
    assert ohne_zahl == {("eingelesen", ALT), ("eingelesen", NEU), ("zurueckgenommen", ZURUECK)}, (
        "who imported what still stands with the Lieferungen"
    )
    assert sozmon("pruefen", "--bestand")[0] == 3, "and the check of the store names it"


def test_a_log_that_cannot_be_written_is_no_obstacle(sozmon: Sozmon, projekt: Path) -> None:
    ordner = projekt / "bestand" / "verlauf"
    shutil.rmtree(ordner)
    ordner.write_text("im Weg")
    assert sozmon("import", "--zurueck", NEU)[0] == 0
    weg = [z for z in verlauf(sozmon) if z["vorgang"] == "zurueckgenommen"]
    assert {(z["datei"], z["zeit"], z["grund"]) for z in weg} == {
        (datei, "", "Zeitpunkt und Person sind nicht aufgezeichnet.") for datei in (NEU, ZURUECK)
    }


def test_without_log_no_name_is_kept(sozmon: Sozmon, projekt: Path, tmp_path: Path) -> None:
    einstellung = projekt / "sozmon.toml"
    einstellung.write_text("verlauf = false\n" + einstellung.read_text(encoding="utf-8"), encoding="utf-8")
    vorher = dateien(projekt)
    datei = tmp_path / "d_abruf20260131.csv"
    datei.write_text(KOPF + zeile("99001010", "Aubach", "950"), encoding="utf-8")
    assert sozmon("import", datei)[0] == sozmon("import", "--zurueck", ALT)[0] == 0
    assert sozmon("bestand", "loeschen", NEU, "--grund", "Probe")[0] == 0
    assert set(dateien(projekt)) < set(vorher), "nothing comes, and what was deleted goes"
    code, aus, fehler = sozmon("status", "--verlauf", "--format", "csv")
    neue = [z for z in tabelle(aus) if z["datei"] == datei.name or z["vorgang"] == "geloescht"]
    assert code == 0 and "nicht aufgezeichnet (verlauf = false" in fehler
    assert [(z["vorgang"], z["von"]) for z in neue] == [("eingelesen", ""), ("geloescht", "")]


def test_backup_takes_the_log_along(sozmon: Sozmon, projekt: Path, tmp_path: Path) -> None:
    assert sozmon("bestand", "sichern", tmp_path / "sicherung")[0] == 0
    assert [p.name for p in dateien(projekt)] == [p.name for p in sorted((tmp_path / "sicherung/verlauf").iterdir())]


@pytest.mark.parametrize(
    ("worte", "text"),
    [
        (("--seit", "2025-01-01"), "--seit gehört zu --verlauf."),
        (("--bis", "2025-01-01"), "--bis gehört zu --bericht."),
        (("--verlauf", "--lieferungen"), "--lieferungen und --verlauf gehen nicht zusammen."),
        (("--verlauf", "--datenstand", "2025-01-01"), "--datenstand und --verlauf gehen nicht zusammen."),
        (("--verlauf", "--seit", "gestern"), "Datum nicht verstanden"),
    ],
)
def test_status_called_wrongly(sozmon: Sozmon, worte: tuple[str, ...], text: str) -> None:
    code, aus, fehler = sozmon("status", *worte)
    assert (code, aus) == (2, "") and text in fehler


# --------------------------------------------------------------------------------------------------
# --datenstand


FRUEHER, SPAETER = "2024-06-30", "2025-06-30"


@pytest.mark.parametrize(
    "worte",
    [
        ("daten", "-m", "bevoelkerung", "-r", "99001010", "-z", "2023"),
        ("werte", "-i", "bevoelkerung", "-r", "99001010", "-z", "2023"),
        ("reihe", "-i", "bevoelkerung", "-r", "99001010"),
        ("vergleich", "-i", "bevoelkerung", "-r", "99001010", "-z", "2023"),
        ("herkunft", "99001010", "bevoelkerung", "2023"),
    ],
    ids=lambda w: w[0],
)
def test_values_as_they_stood(sozmon: Sozmon, worte: tuple[str, ...]) -> None:
    for tag, erwartet in ((FRUEHER, "1000"), (SPAETER, "900")):
        code, aus, fehler = sozmon(*worte, "--datenstand", tag, "--format", "csv")
        assert code == 0, fehler
        assert {z["wert"] for z in tabelle(aus)} == {erwartet}
    assert sozmon(*worte, "--datenstand", "gestern")[0] == 2


def test_status_as_it_stood(sozmon: Sozmon) -> None:
    for tag, erwartet in (("2023-12-31", []), (FRUEHER, [(ALT, "1")]), (SPAETER, [(NEU, "2")])):
        code, aus, fehler = sozmon("status", "--datenstand", tag, "--format", "csv")
        assert code == 0 and [(z["datei"], z["lieferungen"]) for z in tabelle(aus)] == erwartet
        assert ("lag noch keine Lieferung vor" in fehler) == (not erwartet)
    code, aus, _ = sozmon("status", "--lieferungen", "--datenstand", FRUEHER, "--format", "csv")
    assert code == 0 and [z["datei"] for z in tabelle(aus)] == [ALT]
    code, aus, _ = sozmon("status", "--datenstand", "2024-06-30", "--format", "csv")
    assert tabelle(aus)[0]["ueberfaellig"] == "false", "then it was fresh"


def test_catalogue_as_it_stood(sozmon: Sozmon) -> None:
    for tag, erwartet in (("2023-12-31", {""}), (FRUEHER, {"2023"})):
        code, aus, _ = sozmon("katalog", "verfuegbar", "-i", "bevoelkerung", "--datenstand", tag, "--format", "csv")
        assert code == 0 and {z["jahre"] for z in tabelle(aus)} == erwartet


def test_chart_as_it_stood(sozmon: Sozmon, tmp_path: Path) -> None:
    for tag, erwartet in ((FRUEHER, "Aubach;1.000\n"), (SPAETER, "Aubach;900\n")):
        ziel = tmp_path / f"{tag}.svg"
        worte = ("diagramm", "rangfolge", "-i", "bevoelkerung", "-z", "2023", "--datenstand", tag, "-o", ziel)
        code, _, fehler = sozmon(*worte)
        assert code == 0, fehler
        assert erwartet in ziel.with_suffix(".csv").read_text(encoding="utf-8-sig")
