"""What changed: ``diff`` of two Lieferungen, ``status --verlauf``, ``--datenstand`` on every reading command."""

from __future__ import annotations

import csv
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
