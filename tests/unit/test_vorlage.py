"""Templates and texts: what they may do, what they may not, and what is said about it."""

from __future__ import annotations

import os
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum
from pathlib import Path
from types import MappingProxyType

import jinja2
import pytest

from sozmon import vorlage
from sozmon.errors import AufrufError, KonfigError, SozmonError
from sozmon.vorlage import Vorlagen, einfrieren, platz, verweis, werte
from sozmon.vorlage import umgebung as umgebung_modul


def wert(indikator: str, raum: str = "kreis", zeit: str | int = "ende") -> str:
    if indikator != "quote":
        raise AufrufError(f"Den Indikator „{indikator}“ gibt es nicht.", abhilfe="Gemeint sein könnte: „quote“")
    return f"5,4\u202f% *{raum}* {zeit}"


FUNKTIONEN: dict[str, Callable[..., object] | Mapping[str, Callable[..., object]]] = {
    "wert": wert,
    "satz": {"entwicklung": lambda indikator, raum="kreis": f"Satz über {indikator} in {raum}."},
    "tabelle": lambda *a: platz(a[-1]),
    "verweis": verweis,
}


@pytest.fixture
def ordner(tmp_path: Path) -> Path:
    (tmp_path / "vorlagen").mkdir()
    return tmp_path / "vorlagen"


def schreibe(ordner: Path, text: str, name: str = "a.md.j2") -> Vorlagen:
    (ordner / name).parent.mkdir(parents=True, exist_ok=True)
    (ordner / name).write_text(text, encoding="utf-8")
    return Vorlagen((ordner,))


def render(ordner: Path, text: str, **kontext: object) -> str:
    return schreibe(ordner, text).render_vorlage("a.md.j2", kontext, FUNKTIONEN)


def text(inhalt: str) -> str:
    return Vorlagen(()).render_text(inhalt, "texte/teilhabe/einleitung.md", FUNKTIONEN)


# --- texts of people ---------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "aufruf",
    [
        'wert("quote")',
        "wert('quote')",
        "wert(„quote“)",
        "wert(„quote”)",
        "wert(“quote”)",
        "wert(‚quote‘)",
        "wert( ”quote“ )",
    ],
)
def test_anfuehrungszeichen_im_aufruf(aufruf: str) -> None:
    assert (
        text(f"Der Anteil {{{{ {aufruf} }}}} steigt.") == r"Der Anteil 5\,4" + "\u202f" + r"\% \*kreis\* ende steigt."
    )


def test_geschuetztes_leerzeichen_aus_word() -> None:
    assert text("{{\u00a0wert(„quote“,\u00a0zeit=2021)\u00a0}}").endswith("2021")


def test_schraeg_geschlossene_anfuehrung_wird_deutsch() -> None:
    assert text('Ein „Wort" und „noch”.') == "Ein „Wort“ und „noch“."


def test_markdown_der_menschen_bleibt() -> None:
    roh = "# Titel {#id}\n\n*kursiv* [x](https://example.org) ^[Fußnote] {kein Aufruf} 5 % } {\n"
    assert text(roh) == roh


def test_fussnoten_gehoeren_zum_text() -> None:
    eins = Vorlagen(()).render_text("A[^1]\n\n[^1]: x", "texte/a.md", FUNKTIONEN)
    zwei = Vorlagen(()).render_text("B[^1]\n\n[^1]: y", "texte/b.md", FUNKTIONEN)
    assert eins.count("[^1-") == 2 and eins.split("[^1-")[1][:8] != zwei.split("[^1-")[1][:8]


def test_platz_und_verweis() -> None:
    assert text('Siehe {{ verweis("tab-1") }}.') == 'Siehe [x]{.verweis ziel="tab-1"}.'
    assert text('{{ tabelle("tab-1") }}') == "\n\n::: {.platz #tab-1}\n:::\n\n"
    assert str(platz(("a", "b"))).count(":::") == 4
    assert str(platz(())) == ""


@pytest.mark.parametrize(
    ("inhalt", "ort", "wort"),
    [
        ('Zeile\n\n{{ wert("quot") }}', 'Zeile 3, {{ wert("quot") }}', "„quote“"),
        ('{{ wrt("quote") }}', 'Zeile 1, {{ wrt("quote") }}', "„wert“"),
        ('{{ satz.entwiklung("quote") }}', "Zeile 1", "„entwicklung“"),
        ('{{ wert("quote", rau="x") }}', 'Zeile 1, {{ wert("quote", rau="x") }}', "„raum“"),
        ("{{ wert() }}", "Zeile 1, {{ wert() }}", "indikator"),
        ('{{ wert("quote", "a", "b", "c") }}', "Zeile 1", "indikator"),
        ("\n{{ wert(quote) }}", "Zeile 2", "bekannt"),
        ('\n{{ wert("quote" }}', "Zeile 2", "Klammer"),
        ('a\nb {{ wert("quote"', "Zeile 2", "Klammer"),
        ("{{ }}", "Zeile 1", "Klammer"),
        ('{{ tabelle("ä") }}', 'Zeile 1, {{ tabelle("ä") }}', "Umlaute"),
        ("\n\n{% for a in b %}x{% endfor %}", "Zeile 3", "nur Aufrufe"),
        ("{% if wert %}x{% endif %}", "Zeile 1", "nur Aufrufe"),
        ("{% set a = 1 %}", "Zeile 1", "nur Aufrufe"),
        ('{% include "a" %}', "Zeile 1", "nur Aufrufe"),
        ('{{ wert("quote") ~ "x" }}', "Zeile 1", "~"),
        ('{{ wert("quote") + "x" }}', "Zeile 1", "+"),
        ('{{ "a" * 1000000000 }}', "Zeile 1", "*"),
        ('{{ wert("quote")|upper }}', "Zeile 1", "Filter"),
        ('{{ wert("quote") if 1 else 2 }}', "Zeile 1", "Bedingung"),
        ("{{ satz }}", "Zeile 1", "gedruckt"),
        ("{{ wert }}", "Zeile 1", "gedruckt"),
        ("{{ wert(wert) }}", "Zeile 1", "Texte und Zahlen"),
        ("{{ 1.5 }}", "Zeile 1", "wert"),
        ("{{ ''.__class__ }}", "Zeile 1", "bekannt"),
        ("{{ wert.__globals__ }}", "Zeile 1", "bekannt"),
        ("{{ wert._ziel }}", "Zeile 1", "bekannt"),
        ("{{ satz.__class__.__mro__ }}", "Zeile 1", "bekannt"),
        ("{{ 'a'.ljust(1000000000) }}", "Zeile 1", "bekannt"),
        ("{{ '%s'.format(1) }}", "Zeile 1", "rufen nur Funktionen"),
        ("{{ range(1000000000) }}", "Zeile 1", "bekannt"),
        ("{{ self }}", "Zeile 1", "gedruckt"),
        ("{{ cycler }}", "Zeile 1", "bekannt"),
    ],
)
def test_fehler_in_texten(inhalt: str, ort: str, wort: str) -> None:
    with pytest.raises(KonfigError) as fehler:
        text(inhalt)
    f = fehler.value
    assert f.exit_code == 78
    assert f.ort.startswith("texte/teilhabe/einleitung.md, ") and ort in f.ort
    assert wort in " ".join((f.text, f.grund, f.abhilfe))


def test_fehler_in_einer_funktion_ist_kein_fehler_des_nutzers() -> None:
    """A bug stays a bug: it is not dressed up as a wrong text."""
    with pytest.raises(ZeroDivisionError):
        Vorlagen(()).render_text("{{ f() }}", "t.md", {"f": lambda: 1 // 0})


# --- templates ---------------------------------------------------------------------------------------------


def test_vorlage_waehlt_und_wiederholt(ordner: Path) -> None:
    vorlage_text = (
        "{## Kommentar ##}\n# {{ titel }} {#id}\n\n"
        "{% for b in blaetter %}\n- {{ b.name }}{% if b.neu %} (neu){% endif %}\n"
        "{% if loop.last %}\nEnde\n{% endif %}\n{% endfor %}\n{{ blaetter | length }} {{ namen | join(', ') }}\n"
    )
    blaetter = ({"name": "A*", "neu": True}, {"name": "B", "neu": False})
    assert render(ordner, vorlage_text, titel="T#", blaetter=blaetter, namen=("x", "y_")) == (
        "# T\\# {#id}\n\n- A\\* (neu)\n- B\nEnde\n2 x\\, y\\_\n"
    )


def test_zeilenende_hinter_text_bleibt(ordner: Path) -> None:
    assert render(ordner, "a{% if x %} b{% endif %}\nc\n", x=True) == "a b\nc\n"


def test_projekt_geht_vor(tmp_path: Path) -> None:
    eigene, mitgelieferte = tmp_path / "eigene", tmp_path / "mit"
    for o in (eigene, mitgelieferte):
        o.mkdir()
    (mitgelieferte / "a.md.j2").write_text("{% include 'b.md.j2' %}", encoding="utf-8")
    (mitgelieferte / "b.md.j2").write_text("mitgeliefert", encoding="utf-8")
    lader = Vorlagen((eigene, mitgelieferte))
    assert lader.render_vorlage("a.md.j2", {}, {}) == "mitgeliefert"
    (eigene / "b.md.j2").write_text("eigene", encoding="utf-8")
    assert Vorlagen((eigene, mitgelieferte)).render_vorlage("a.md.j2", {}, {}) == "eigene"


@pytest.mark.parametrize(
    ("inhalt", "wort"),
    [
        ("{{ a ~ b }}", "~"),
        ("{{ a + b }}", "+"),
        ("{{ 'x' * 10000000000 }}", "*"),
        ("{{ 2 ** 10000000000 }}", "**"),
        ("{{ '%1000000000s' % a }}", "%"),
        ("{{ '%1000000000s'|format(a) }}", "Filter"),
        ("{{ a|e }}", "Filter"),
        ("{{ a|safe }}", "Filter"),
        ("{{ a|escape }}", "Filter"),
        ("{{ a|forceescape }}", "Filter"),
        ("{% macro m() %}x{% endmacro %}", "Makro"),
        ("{% import 'x' as y %}", "nicht erlaubt"),
        ("{% extends 'x' %}", "nicht erlaubt"),
        ("{% filter upper %}x{% endfilter %}", "nicht erlaubt"),
        ("{% set a %}x{% endset %}", "nicht erlaubt"),
        ("{% for a in b recursive %}{% endfor %}", "Schleifen"),
        (
            "{% for c in b %}" * 4 + "{% endfor %}" * 4,
            "Schleifen",
        ),
        ("{{ b.append(1) }}", "bekannt"),
        ("{{ a.upper() }}", "bekannt"),
        ("{{ titl }}", "„titel“"),
        ("{{ m.feldd }}", "„feld“"),
        ("{{ none }}", "gedruckt"),
        ("{{ b }}", "gedruckt"),
        ("{{ m }}", "gedruckt"),
        ("{{ true }}", "gedruckt"),
    ],
)
def test_fehler_in_vorlagen(ordner: Path, inhalt: str, wort: str) -> None:
    with pytest.raises(KonfigError) as fehler:
        render(ordner, "\n" + inhalt, a="a", b=("1", "2"), titel="t", m={"feld": "x"})
    f = fehler.value
    assert f.ort.startswith("vorlagen/a.md.j2, Zeile 2")
    assert wort in " ".join((f.text, f.grund, f.abhilfe))


def test_fehler_in_eingebundener_vorlage_nennt_diese(ordner: Path) -> None:
    schreibe(ordner, "a\nb\n{{ wert('quot') }}", "teile/b.md.j2")
    with pytest.raises(KonfigError) as fehler:
        render(ordner, "{% include 'teile/b.md.j2' %}")
    assert fehler.value.ort == 'vorlagen/teile/b.md.j2, Zeile 3, {{ wert("quot") }}'


def test_sich_selbst_einbinden(ordner: Path) -> None:
    with pytest.raises(KonfigError):
        render(ordner, "{% include 'a.md.j2' %}")


def test_zu_viel_text(ordner: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(vorlage, "MAX_ZEICHEN", 1000)
    schleifen = "{% for a in b %}{% for c in b %}{{ a }}{% endfor %}{% endfor %}"
    with pytest.raises(KonfigError, match="zu viel Text"):
        render(ordner, schleifen, b=("abc",) * 100)


# --- the loader --------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "name", ["../geheim.md", "/etc/passwd", "a/../../geheim.md", "..\\geheim.md", "C:geheim.md", "./a", "a//b", ""]
)
def test_namen_ausserhalb(ordner: Path, name: str) -> None:
    (ordner.parent / "geheim.md").write_text("geheim", encoding="utf-8")
    vorlagen = schreibe(ordner, "x", "a/b.md.j2")
    with pytest.raises(KonfigError, match="nicht erlaubt"):
        vorlagen.render_vorlage(name, {}, {})


@pytest.mark.skipif(not hasattr(os, "symlink"), reason="keine Verknüpfungen")
def test_verknuepfungen_werden_nicht_verfolgt(ordner: Path) -> None:
    (ordner.parent / "geheim").mkdir()
    (ordner.parent / "geheim" / "x.md").write_text("geheim", encoding="utf-8")
    (ordner / "datei.md").symlink_to(ordner.parent / "geheim" / "x.md")
    (ordner / "unter").symlink_to(ordner.parent / "geheim")
    for name in ("datei.md", "unter/x.md"):
        with pytest.raises(KonfigError, match="gewöhnliche Datei"):
            Vorlagen((ordner,)).render_vorlage(name, {}, {})
    # a link on the way to the folder itself is the user's own business
    (ordner.parent / "link").symlink_to(ordner)
    (ordner / "a.md").write_text("ja", encoding="utf-8")
    assert Vorlagen((ordner.parent / "link",)).render_vorlage("a.md", {}, {}) == "ja"


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="keine Geräte")
def test_geraete_werden_nicht_gelesen(ordner: Path) -> None:
    os.mkfifo(ordner / "a.md")
    with pytest.raises(KonfigError, match="gewöhnliche Datei"):
        Vorlagen((ordner,)).render_vorlage("a.md", {}, {})


def test_fehlende_vorlage(ordner: Path) -> None:
    vorlagen = schreibe(ordner, "x", "kapitel/teilhabe.md.j2")
    with pytest.raises(KonfigError) as fehler:
        vorlagen.render_vorlage("kapitel/teilhbe.md.j2", {}, {})
    assert "kapitel/teilhabe.md.j2" in fehler.value.abhilfe


def test_nicht_utf8(ordner: Path) -> None:
    (ordner / "a.md").write_bytes("Größe".encode("cp1252"))
    with pytest.raises(KonfigError, match="UTF-8"):
        Vorlagen((ordner,)).render_vorlage("a.md", {}, {})


# --- what a template can see -------------------------------------------------------------------------------


class Farbe(StrEnum):
    ROT = "rot"


@dataclass(frozen=True)
class Blatt:
    titel: str
    zahlen: tuple[int, ...]
    farbe: Farbe = Farbe.ROT


def test_einfrieren() -> None:
    kontext = einfrieren({"b": Blatt("x", (1, 2)), "l": [1, {"a": None}], "d": Decimal("1.5")})
    assert kontext == {
        "b": {"titel": "x", "zahlen": (1, 2), "farbe": "rot"},
        "l": (1, {"a": None}),
        "d": Decimal("1.5"),
    }
    erlaubt = (str, int, float, bool, Decimal, type(None), tuple, MappingProxyType)

    def gehe(wert: object) -> None:
        assert type(wert) in erlaubt, type(wert)
        for kind in wert.values() if isinstance(wert, Mapping) else wert if isinstance(wert, tuple) else ():
            gehe(kind)

    gehe(kontext)


@pytest.mark.parametrize("wert", [Path("/"), object(), lambda: 1, {1, 2}, b"x", Blatt, iter(())])
def test_alles_andere_kommt_nicht_hinein(wert: object) -> None:
    with pytest.raises(TypeError, match="darf nicht in eine Vorlage"):
        einfrieren({"a": (wert,)})


def test_umgebung_ist_leer() -> None:
    """No globals, no filter or test beyond the list; every function is wrapped; results are frozen."""
    umgebung = Vorlagen(())._vorlagen
    assert umgebung.globals == {}
    assert set(umgebung.filters) == set(umgebung_modul.FILTER)
    assert set(umgebung.tests) == set(umgebung_modul.TESTS)
    huelle = werte.huelle(FUNKTIONEN)
    for wert_ in huelle.values():
        assert isinstance(wert_, werte.Funktion | MappingProxyType)
    with pytest.raises(TypeError, match="darf nicht in eine Vorlage"):
        Vorlagen(()).render_text("{{ f() }}", "t", {"f": lambda: Path("/")})


def test_markdown_laesst_sich_nicht_verketten() -> None:
    assert not isinstance(vorlage.markdown("x"), str)
    assert not hasattr(vorlage.markdown("x"), "__add__") and not hasattr(vorlage.markdown("x"), "__html__")
    assert isinstance(Vorlagen(())._vorlagen, jinja2.sandbox.ImmutableSandboxedEnvironment)


def test_jede_ausnahme_ist_deutsch_und_78() -> None:
    with pytest.raises(SozmonError) as fehler:
        text("{{ wert(„quot“) }}")
    assert fehler.value.exit_code == 78
    assert fehler.value.text == "Den Indikator „quot“ gibt es nicht."
