"""HTML tables: the grid as a browser draws it, the texts around it, and pages that want to do harm."""

from __future__ import annotations

from pathlib import Path

import pytest

from sozmon.dateien import AblehnungError, Rohdatei, open_datei
from sozmon.quellen.gitter import Blatt, gedreht
from sozmon.quellen.htmltabelle import read_html


def lies(tmp_path: Path, seite: str | bytes, name: str = "seite.html") -> list[Blatt]:
    daten = seite.encode() if isinstance(seite, str) else seite
    (tmp_path / name).write_bytes(daten)
    return read_html(Rohdatei(name, tmp_path / name, "", "html", len(daten)))[0]


def zeilen(tmp_path: Path, tabelle: str) -> list[list[object]]:
    return lies(tmp_path, f"<html><body><table>{tabelle}</table></body></html>")[1].zeilen


def test_spans_hold_their_text_once_and_push_the_others(tmp_path: Path) -> None:
    blatt = lies(tmp_path, "<table><tr><th rowspan=2>R<th colspan=2>2023</tr><tr><th>m<th>w</tr>"
                           "<tr><td>A<td>1<td>2</tr></table>")[1]  # fmt: skip
    assert blatt.zeilen == [["R", "2023"], ["", "m", "w"], ["A", "1", "2"]]
    assert blatt.verbunden == ((0, 0, 1, 0), (0, 1, 0, 2))
    quer = gedreht(blatt)
    assert quer.zeilen == [["R", "", "A"], ["2023", "m", "1"], ["", "w", "2"]]
    assert quer.verbunden == ((0, 0, 0, 1), (1, 0, 2, 0))
    assert gedreht(quer) == blatt


def test_text_is_what_a_browser_shows(tmp_path: Path) -> None:
    assert zeilen(tmp_path, "<tr><td>Be<b>völ</b>kerung<br>insgesamt<td>1&nbsp;234<td>1.234<sup>1)</sup>"
                            "<td>&auml;&#228;<td><span style='display: none'>0005</span>7<td><!-- 9 -->8</tr>") == [
        ["Bevölkerung insgesamt", "1\xa0234", "1.234 1)", "ää", "7", "8"]
    ]  # fmt: skip


def test_hidden_rows_are_marked(tmp_path: Path) -> None:
    blatt = lies(tmp_path, "<table><tr><td>a</tr><tr style='DISPLAY:none'><td>b</tr><tr hidden><td>c</tr></table>")[1]
    assert (blatt.zeilen, blatt.verborgene_zeilen) == ([["a"], ["b"], ["c"]], {1, 2})


def test_tables_inside_of_a_layout_and_texts_around(tmp_path: Path) -> None:
    seite, erste, zweite = lies(
        tmp_path,
        "<html><head><title>Kreis\n 2023</title><style>td {}</style></head><body><table><tr><td>Menü<table><tr><td>1"
        "</table></td><td><h1>Titel</h1><script>'<table>'</script><table><tr><td>2</table>Stand: 1.1.2024"
        "<select><option>2022</select></table></body></html>",
    )
    assert [z for [z] in seite.zeilen] == ["Kreis 2023", "Menü", "Titel", "Stand: 1.1.2024"]
    assert (seite.name, erste.name, erste.zeilen, zweite.zeilen) == ("Seite", "Tabelle 1", [["1"]], [["2"]])


@pytest.mark.parametrize(
    ("seite", "art"),
    [
        ("<html><body>Wartung</body></html>", "html_seite"),
        ("<html></html>", "html_seite"),
        ("<table><tr><td>1</tr><tr><td>2", "unvollstaendig"),
        ("<html>" + "<div>" * 600 + "<table><tr><td>1</table>", "unvollstaendig"),
        ("<table><tr>" + "<td rowspan=60000 colspan=1000>1" * 600 + "</table>", "zip_bombe"),
        ("<table>" + "<tr><td rowspan=65000 colspan=1000>1</tr>" * 600 + "</table>", "zip_bombe"),
        ("<table><tr><td>" + "9" * 40_000 + "</table>", "feld_zu_lang"),
        (b"<table><tr><td>\0</table>", "nul_byte"),
    ],
)
def test_refused(seite: str | bytes, art: str, tmp_path: Path) -> None:
    with pytest.raises(AblehnungError) as fehler:
        lies(tmp_path, seite)
    assert fehler.value.art == art
    assert fehler.value.abhilfe


def test_entities_are_not_expanded_and_files_not_read(tmp_path: Path) -> None:
    (tmp_path / "geheim.txt").write_text("geheim", encoding="utf-8")
    bombe = f"""<!DOCTYPE html [<!ENTITY a "zehnzehn"><!ENTITY b "&a;&a;&a;&a;"><!ENTITY c SYSTEM
        "file://{tmp_path}/geheim.txt">]><html><body><table><tr><td>&b;<td>&c;</tr></table></body></html>"""
    texte = str([b.zeilen for b in lies(tmp_path, bombe)])
    assert "zehnzehnzehnzehn" not in texte
    assert "geheim" not in texte.replace("geheim.txt", "")


@pytest.mark.parametrize("anfang", ["<!DOCTYPE html>", "<html>", "<table>", "<meta charset=utf-8><table>",
                                    "\ufeff<HTML>", '<?xml version="1.0"?><html>'])  # fmt: skip
def test_pages_are_known_by_their_content(anfang: str, tmp_path: Path) -> None:
    (tmp_path / "tabelle.xls").write_text(anfang + "<tr><td>1</table>", encoding="utf-8")
    with open_datei(str(tmp_path / "tabelle.xls")) as datei:
        assert datei.art == "html"
