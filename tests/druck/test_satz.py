"""The pass over pandoc's tree: what is allowed, German quotes, numbers, references; every refusal says why."""

from __future__ import annotations

import pytest

from sozmon.druck.clean import clean
from sozmon.druck.modell import Dokument, Grafik, Tabelle, Zeile
from sozmon.druck.number import parse_dokument
from sozmon.druck.pandoc import parse_markdown
from sozmon.druck.tree import text_of, walk
from sozmon.errors import KonfigError


def tabelle(kennung: str) -> Tabelle:
    return Tabelle(kennung, f"Titel {kennung}", ("A", "B"), (Zeile(("x", "1")),), "Amt")


def bild(kennung: str) -> Grafik:
    return Grafik(kennung, "Titel", "Alt", b"<svg/>", b"", "Amt")


def dokument(markdown: str, *objekte: Tabelle | Grafik) -> Dokument:
    return Dokument("T", "U", "H", "S", markdown, {o.id: o for o in objekte})


def platz(kennung: str) -> str:
    return f"\n\n::: {{.platz #{kennung}}}\n:::\n\n"


def gesaeubert(markdown: str) -> list[dict]:
    return clean(parse_markdown(markdown)["blocks"])


@pytest.mark.parametrize(
    ("text", "erwartet"),
    [
        ('Er sagt "Ja" dazu.', "Er sagt „Ja“ dazu."),
        ("Er sagt 'Ja' dazu.", "Er sagt ‚Ja‘ dazu."),
        ("\"Außen 'innen' außen\"", "„Außen ‚innen‘ außen“"),
        ("2010--2020 -- und so ...", "2010–2020 – und so …"),
        ("31. Dezember ist Stichtag.", "31. Dezember ist Stichtag."),
        ("„schon richtig“", "„schon richtig“"),
        ("aus\u200b Word\ufeff \u202everkehrt\u202c \x0bund\x07", "aus Word verkehrt und"),
        ("Ma\u0308rz", "März"),
    ],
)
def test_typografie(text: str, erwartet: str) -> None:
    bloecke = gesaeubert(text)
    assert [b["t"] for b in bloecke] == ["Para"]
    assert text_of(bloecke) == erwartet


def test_liste_bleibt_liste() -> None:
    assert [b["t"] for b in gesaeubert("1. eins\n2. zwei")] == ["OrderedList"]
    assert [b["t"] for b in gesaeubert("1. eins")] == ["OrderedList"]


def test_attribute_und_klassen_fallen_weg() -> None:
    bloecke = gesaeubert('[x]{onclick="alert(1)" .boese lang=en style="x"}')
    span = next(k for k in walk(bloecke) if k["t"] == "Span")
    assert span["c"][0] == ["", [], [["lang", "en"]]]


@pytest.mark.parametrize(
    ("text", "wort"),
    [
        ("![b](http://example.org/x.png)", "diagramm"),
        ("| a | b |\n|---|---|\n| 1 | 2 |", "tabelle"),
        ("[x](javascript:alert(1))", "https"),
        ("[x](file:///etc/passwd)", "https"),
        ("[x](data:text/html,x)", "https"),
        ("[x](JaVaScRiPt:alert(1))", "https"),
        ("[x](//example.org)", "https"),
        ("# Titel^[Fußnote]", "Fußnote"),
    ],
)
def test_abgelehnt(text: str, wort: str) -> None:
    with pytest.raises(KonfigError) as fehler:
        gesaeubert(text)
    assert wort in " ".join((fehler.value.text, fehler.value.grund, fehler.value.abhilfe))
    assert fehler.value.ort


@pytest.mark.parametrize("text", ["<b>fett</b>", "$x$", "`x`{=html}", "\\textbf{x}", "[@a]", "<script>x</script>"])
def test_fremde_sprachen_sind_text(text: str) -> None:
    """Not markup at all: it is printed as it stands."""
    assert text_of(gesaeubert(text)).replace("\u00a0", " ") in (
        text,
        text.replace("`", "").replace("{=html}", "x{=html}"),
        "x{=html}",
    )


def test_nummern_je_kapitel() -> None:
    text = f"# A {{#a}}{platz('t1')}## B {{#b}}{platz('g1')}{platz('t2')}### C\n\n"
    text += f"# Ohne {{.unnumbered}}\n\n# D{platz('t3')}"
    satz = parse_dokument(dokument(text, tabelle("t1"), tabelle("t2"), tabelle("t3"), bild("g1")))
    assert {k: e.name for k, e in satz.eintraege.items()} == {
        "t1": "Tabelle\u00a01.1",
        "g1": "Abbildung\u00a01.1",
        "t2": "Tabelle\u00a01.2",
        "t3": "Tabelle\u00a02.1",
    }
    assert [(u.nummer, u.text, u.id) for u in satz.ueberschriften] == [
        ("1", "A", "a"),
        ("1.1", "B", "b"),
        ("1.1.1", "C", "abschnitt-1-1-1"),
        ("", "Ohne", "abschnitt-ohne-4"),
        ("2", "D", "abschnitt-2"),
    ]


def test_verweise() -> None:
    verweise = " ".join(f'[x]{{.verweis ziel="{z}"}}' for z in ("t1", "a", "b", "u"))
    satz = parse_dokument(
        dokument(f"# A {{#a}}\n\n{verweise}{platz('t1')}## B {{#b}}\n\n# U {{#u .unnumbered}}", tabelle("t1"))
    )
    links = [k for k in walk(satz.bloecke) if k["t"] == "Link"]
    assert [text_of(k["c"][1]) for k in links] == ["Tabelle\u00a01.1", "Kapitel\u00a01", "Abschnitt\u00a01.1", "„U“"]
    assert [k["c"][2][0] for k in links] == ["#t1", "#a", "#b", "#u"]


@pytest.mark.parametrize(
    ("text", "wort"),
    [
        ('[x]{.verweis ziel="tabb"}', "taba"),
        ("[x](#tabb)", "taba"),
        (platz("tabb"), "taba"),
        (platz("taba") * 2, "zweimal"),
        ("# A {#x}\n\n# B {#x}", "zweimal"),
        ("A[^1]\n\n[^1]: x\n\n[^1]: y", "zweimal"),
        ("A\n\n[^1]: x", "nirgends"),
        ("# A {#ü}", "Umlaute"),
        ("- Punkt\n\n  ::: {.platz #taba}\n  :::\n", "Listen"),
        ("> # Überschrift", "Listen"),
    ],
)
def test_fehler_mit_vorschlag(text: str, wort: str) -> None:
    with pytest.raises(KonfigError) as fehler:
        parse_dokument(dokument(f"{text}\n\n{platz('taba') if 'taba' not in text else ''}", tabelle("taba")))
    assert wort in " ".join((fehler.value.text, fehler.value.grund, fehler.value.abhilfe))
