"""A Word text that arrives damaged: refused in German, whatever the damage."""

from __future__ import annotations

import io
import random
import zipfile

import pytest

from sozmon.druck.word_lesen import read_wordtext
from sozmon.errors import KonfigError

DOKUMENT = (
    '<?xml version="1.0" encoding="UTF-8"?><w:document '
    'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"><w:body><w:p><w:r><w:t>Ein Satz über das '
    "Wohnen im Landkreis, der lang genug ist, um gepackt zu werden.</w:t></w:r></w:p></w:body></w:document>"
)


def docx() -> bytes:
    puffer = io.BytesIO()
    with zipfile.ZipFile(puffer, "w", zipfile.ZIP_DEFLATED) as archiv:
        archiv.writestr("word/document.xml", DOKUMENT)
    return puffer.getvalue()


def mit_kaputtem_teil() -> bytes:
    daten = bytearray(docx())
    beginn = 30 + len("word/document.xml")
    daten[beginn : beginn + 8] = b"\xff" * 8
    return bytes(daten)


@pytest.mark.parametrize("inhalt", [b"", b"kein Archiv", docx()[:200], mit_kaputtem_teil()])
def test_a_damaged_text_is_refused_in_german(inhalt: bytes) -> None:
    with pytest.raises(KonfigError, match="lässt sich nicht öffnen"):
        read_wordtext(inhalt, "docx", "einleitung.docx")


def test_any_changed_byte_of_the_container_is_read_or_refused() -> None:
    zufall = random.Random(5)
    from sozmon.druck.word_lesen import _oeffne

    for _ in range(2000):
        daten = bytearray(docx())
        for _ in range(zufall.randint(1, 3)):
            daten[zufall.randrange(len(daten))] = zufall.randrange(256)
        try:
            assert isinstance(_oeffne(bytes(daten)), dict)
        except KonfigError:
            continue
