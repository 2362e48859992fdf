"""Two retrievals of one real table: what the second one revised.

The two figures of the Kreis are those that the Regionaldatenbank showed on the two days.
"""

from __future__ import annotations

import csv
import io
from pathlib import Path

import pytest

from sozmon.cli.app import run
from sozmon.projekt import create_projekt

pytestmark = [pytest.mark.realdaten]

ALT = "12411-01-01-4_flat_abruf20241203.csv"
NEU = "12411-01-01-4_de_flat_abruf20250410.csv"


def test_revision_of_the_population(realdaten: Path, tmp_path: Path, capfdbinary: pytest.CaptureFixture[bytes]) -> None:
    projekt = str(create_projekt(tmp_path / "p", kreis="14522").ordner)
    assert run(["-q", "--projekt", projekt, "import", *(str(realdaten / "genesis" / d) for d in (NEU, ALT))]) == 0
    capfdbinary.readouterr()
    assert run(["--projekt", projekt, "diff", ALT, NEU, "--format", "csv", "--exit-code"]) == 6
    aus, fehler = (t.decode() for t in capfdbinary.readouterr())
    zeilen = list(csv.DictReader(io.StringIO(aus)))
    [z] = [z for z in zeilen if z["raum_id"] == "14522" and z["auspraegung"] == ""]
    assert (z["zeit"], z["wert_alt"], z["wert_neu"], z["differenz"]) == ("2023-12-31", "300308", "297766", "-2542")
    assert (z["art"], z["grund"]) == ("geaendert", "revision")
    assert "300.308 → 297.766 (−2.542; −0,8 %)" in fehler
