"""HTML: one file, no script, nothing from outside, accessible."""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
from html.parser import HTMLParser
from pathlib import Path

import pytest

LEER = {"meta", "br", "img", "hr", "link", "input", "col"}


class Baum(HTMLParser):
    """Collects tags and checks that they nest."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.offen: list[str] = []
        self.tags: list[tuple[str, dict[str, str]]] = []
        self.feed(text)
        assert self.offen == []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, {n: w or "" for n, w in attrs}))
        if tag not in LEER:
            self.offen.append(tag)

    def handle_endtag(self, tag: str) -> None:
        assert self.offen and self.offen[-1] == tag, (tag, self.offen[-3:])
        self.offen.pop()

    def alle(self, tag: str) -> list[dict[str, str]]:
        return [a for t, a in self.tags if t == tag]


@pytest.fixture(scope="module")
def text(produkte: dict[str, bytes]) -> str:
    return produkte["html"].decode("utf-8")


@pytest.fixture(scope="module")
def baum(text: str) -> Baum:
    return Baum(text)


def test_fuer_sich_allein(text: str, baum: Baum) -> None:
    csp = next(a["content"] for a in baum.alle("meta") if a.get("http-equiv") == "Content-Security-Policy")
    assert csp == "default-src 'none'; img-src data:; style-src 'unsafe-inline'; font-src data:"
    assert not baum.alle("script") and not baum.alle("link") and not baum.alle("iframe")
    assert all(a["src"].startswith("data:") for a in baum.alle("img"))
    stil = text[text.index("<style>") : text.index("</style>")]
    assert "@import" not in stil
    assert all(ziel.startswith("data:font/woff2;base64,") for ziel in re.findall(r"url\(([^)]*)\)", stil))


def test_gliederung(baum: Baum) -> None:
    assert baum.alle("html") == [{"lang": "de"}]
    assert len(baum.alle("h1")) == 1
    assert len(baum.alle("main")) == 1
    assert baum.alle("nav")[0]["aria-label"] == "Inhaltsverzeichnis"
    assert baum.alle("a")[0] == {"class": "sprung", "href": "#inhalt"}
    ids = [a["id"] for _, a in baum.tags if "id" in a]
    assert len(ids) == len(set(ids))
    ziele = {a["href"][1:] for a in baum.alle("a") if a["href"].startswith("#")}
    assert ziele <= set(ids)


def test_tabellen(baum: Baum) -> None:
    koepfe = [a.get("scope") for a in baum.alle("th")]
    assert set(koepfe) == {"col", "row", "rowgroup"}
    assert koepfe.count("rowgroup") == 5
    assert len(baum.alle("caption")) == 3


def test_bilder_und_werte(text: str, baum: Baum) -> None:
    assert len(baum.alle("img")) == 3
    assert all(a["alt"] for a in baum.alle("img"))
    assert text.count("<summary>Werte der Abbildung") == 2


def test_verweise_fussnoten_anfuehrung(text: str) -> None:
    assert '<a href="#tab-arbeitslose">Tabelle\u00a02.1</a>' in text
    assert '<a href="#entwicklung">Abschnitt\u00a01.1</a>' in text
    assert '<a href="#methodik">Kapitel\u00a03</a>' in text
    assert "„Sozialberichterstattung“" in text
    assert 'aria-label="Zurück zum Text"' in text and '<h2 id="fussnoten">Fußnoten</h2>' in text
    assert "Tabellenverzeichnis" in text and "Abbildungsverzeichnis" in text


def test_stempel_ist_sichtbar(text: str) -> None:
    assert '<aside class="stempel" aria-label="Hinweis"><p>ENTWURF – Geheimhaltung nicht geprüft</p></aside>' in text


def test_axe(produkte: dict[str, bytes], tmp_path: Path) -> None:
    """No violation of WCAG 2.2 A/AA or best practice, on a desk and on a telephone; no error on the console."""
    if shutil.which("node") is None:
        pytest.skip("node fehlt")
    datei = tmp_path / "bericht.html"
    datei.write_bytes(produkte["html"])
    skript = Path(__file__).with_name("axe_pruefen.mjs")
    lauf = subprocess.run(["node", skript, datei], capture_output=True, text=True, env=dict(os.environ), check=False)
    if lauf.returncode == 2:
        pytest.skip(lauf.stderr.strip())
    assert lauf.returncode in (0, 1), lauf.stderr
    assert json.loads(lauf.stdout) == []
