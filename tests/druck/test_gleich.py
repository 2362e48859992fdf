"""The same document gives the same bytes: whatever the time zone, locale, home, hash seed, folder and environment."""

from __future__ import annotations

import hashlib
import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

PROGRAMM = """
import hashlib, json, pickle, sys
from sozmon.druck import render_alle
dok = pickle.load(open(sys.argv[1], "rb"))
print(json.dumps({f: hashlib.sha256(b).hexdigest() for f, b in render_alle(dok).items()}))
"""

UMGEBUNGEN = {
    "leer": {},
    "fremd": {
        "TZ": "Pacific/Kiritimati",
        "LC_ALL": "C",
        "LANG": "tr_TR.UTF-8",
        "HOME": "/nirgendwo",
        "PYTHONHASHSEED": "4711",
        "SOURCE_DATE_EPOCH": "1",
        "COLUMNS": "20",
    },
}


@pytest.fixture(scope="module")
def pickle_datei(tmp_path_factory: pytest.TempPathFactory) -> Path:
    import pickle

    from muster import dokument

    datei = tmp_path_factory.mktemp("gleich") / "dokument.pickle"
    datei.write_bytes(pickle.dumps(dokument()))
    return datei


@pytest.mark.parametrize("name", UMGEBUNGEN)
def test_gleiche_bytes(produkte: dict[str, bytes], pickle_datei: Path, name: str) -> None:
    erwartet = {f: hashlib.sha256(b).hexdigest() for f, b in produkte.items()}
    umgebung = {"PATH": "/usr/bin:/bin", **UMGEBUNGEN[name]}
    if os.name == "nt":
        umgebung |= {"SYSTEMROOT": os.environ["SYSTEMROOT"]}
    befehl = [sys.executable, "-c", PROGRAMM, str(pickle_datei)]
    lauf = subprocess.run(befehl, env=umgebung, cwd=Path("/").resolve(), capture_output=True, text=True, check=False)
    assert lauf.returncode == 0, lauf.stderr
    assert lauf.stderr == ""
    assert json.loads(lauf.stdout) == erwartet


def test_einzeln_wie_zusammen(produkte: dict[str, bytes]) -> None:
    from muster import dokument

    from sozmon.druck.docx import render_docx
    from sozmon.druck.html import render_html
    from sozmon.druck.odt import render_odt
    from sozmon.druck.pdf import render_pdf

    dok = dokument()
    einzeln = {"pdf": render_pdf(dok), "html": render_html(dok), "docx": render_docx(dok), "odt": render_odt(dok)}
    assert einzeln == produkte


def test_zeitstempel_steht_in_den_dateien(produkte: dict[str, bytes]) -> None:
    import io
    import zipfile

    import pikepdf

    with pikepdf.open(io.BytesIO(produkte["pdf"])) as pdf:
        assert str(pdf.docinfo["/CreationDate"]).startswith("D:20250615")
    with zipfile.ZipFile(io.BytesIO(produkte["docx"])) as archiv:
        assert b"2025-06-15T15:06:40Z" in archiv.read("docProps/core.xml")
        assert {e.date_time for e in archiv.infolist()} == {(1980, 1, 1, 0, 0, 0)}
