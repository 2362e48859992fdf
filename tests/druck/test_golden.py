"""The intermediate Typst and the HTML body of a small document, word for word.

They guard the pinned pair pandoc/Typst. Wanted changes: ``SOZMON_GOLDEN=neu pytest tests/druck/test_golden.py``,
then read the difference before committing it.
"""

from __future__ import annotations

import os
import re
from pathlib import Path

import pytest

from sozmon.druck.docx import docx_aus
from sozmon.druck.html import html_aus
from sozmon.druck.modell import Dokument, Grafik, Tabelle, Zeile
from sozmon.druck.number import Satz, parse_dokument
from sozmon.druck.opc import read_teile
from sozmon.druck.pdf import typst_aus

GOLDEN = Path(__file__).parents[1] / "golden" / "druck"
PNG = bytes.fromhex(
    "89504e470d0a1a0a0000000d4948445200000001000000010806000000"
    "1f15c4890000000d49444154789c6360606060000000050001a5f645400000000049454e44ae426082"
)

TEXT = """
# Kapitel *eins* {#eins}

Text mit "Anführung", `Code`, **fett**, H~2~O, [Adresse](https://example.org) und Fußnote.^[Die *Fußnote*.]
Siehe [x]{.verweis ziel="tab-a"} und [x]{.verweis ziel="abb-a"}; `...` und \\.\\.\\. bleiben.

::: {.platz #tab-a}
:::

::: hinweis
Ein Hinweis.
:::

- eins
- zwei

1. erstens
2. zweitens

## Abschnitt

> Zitat

Begriff
:   Erklärung

::: {.platz #abb-a}
:::
"""


@pytest.fixture(scope="module")
def satz() -> Satz:
    zeilen = (
        Zeile(("Nord", ""), "gruppe"),
        Zeile(("A & B <c>", "1.234,5")),
        Zeile(('#x "y"', "•¹")),
        Zeile(("Zusammen", "−2"), "summe"),
    )
    tab = Tabelle("tab-a", "Titel der Tabelle", ("Raum", "Wert in %"), zeilen, "Amt", ("¹ geheim",), "lr")
    svg = b'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 10 5"/>'
    abb = Grafik(
        "abb-a", "Titel der Abbildung", "Was zu sehen ist", svg, PNG, "Amt", 8.0, (("Jahr", "Wert"), ("2024", "1,5"))
    )
    return parse_dokument(
        Dokument("Titel", "Untertitel", "Amt", "Stand", TEXT, {"tab-a": tab, "abb-a": abb}, "ENTWURF", zeitstempel=1)
    )


def vergleiche(name: str, ist: str) -> None:
    datei = GOLDEN / name
    if os.environ.get("SOZMON_GOLDEN") == "neu":
        datei.parent.mkdir(parents=True, exist_ok=True)
        datei.write_text(ist, encoding="utf-8")
    assert ist == datei.read_text(encoding="utf-8")


def test_typst(satz: Satz) -> None:
    vergleiche("klein.typ", typst_aus(satz))


def test_html(satz: Satz) -> None:
    text = html_aus(satz).decode("utf-8")
    vergleiche("klein.html", text[text.index("<body>") :])


def test_docx(satz: Satz) -> None:
    text = read_teile(docx_aus(satz))["word/document.xml"].decode("utf-8")
    vergleiche("klein.docx.xml", re.sub(r">\s*<w:(p|tbl|tr|tc|sectPr)\b", r">\n<w:\1", text[text.index("<w:body>") :]))
