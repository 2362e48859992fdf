"""The length check that replaces the validator's own sees a length that is one off."""

from __future__ import annotations

import re

from pdfpruefung import falsche_laengen


def test_a_wrong_length_is_seen(produkte: dict[str, bytes]) -> None:
    pdf = produkte["pdf"]
    assert falsche_laengen(pdf) == []
    laenge = max((int(n) for n in re.findall(rb"/Length (\d+)", pdf)), default=0)
    falsch = pdf.replace(b"/Length %d" % laenge, b"/Length %d" % (laenge - 1))
    assert len(falsche_laengen(falsch)) == 1
