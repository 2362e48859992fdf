"""PDF/UA-1 and PDF/A-2a of a product, by an independent validator; its one doubtful rule is checked again exactly."""

from __future__ import annotations

import re

import page

PROFILE = (page.ValidationProfile.PDF_UA_1, page.ValidationProfile.PDF_A_2A)
_LAENGE = "PDFA2A-STREAM-LENGTH-001"
_STROM = re.compile(rb"/Length (\d+)(?![\d ]*R)[^\0]{0,400}?>>\s*stream\r?\n")


def maengel(pdf: bytes) -> list[str]:
    """'rule: message' of every fault. Data that happen to end in CR look one byte short to the validator's length
    rule (ISO 19005-2, 6.1.7.1), so that rule is replaced by counting: behind /Length bytes stands LF endstream.
    """
    gefunden = [f"{f.rule_id}: {f.message}" for p in PROFILE for f in page.validate_pdf_bytes(pdf, profile=p).failures]
    return [f for f in gefunden if not f.startswith(_LAENGE)] + falsche_laengen(pdf)


def falsche_laengen(pdf: bytes) -> list[str]:
    """A line for each stream whose /Length does not end right before the end-of-line of its endstream."""
    stroeme = list(_STROM.finditer(pdf))
    falsch = [f"Stream ab Byte {s.end()}" for s in stroeme if pdf[s.end() + int(s[1]) :][:10] != b"\nendstream"]
    return falsch + ([] if len(stroeme) == pdf.count(b"\nendstream") else ["nicht jeder Stream hat eine /Length"])
