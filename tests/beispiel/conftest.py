"""The example project with all of its deliveries: imported once for all tests of a process."""

from __future__ import annotations

from pathlib import Path

import pytest
from beispielhilfe import sozmon


@pytest.fixture(scope="session")
def beispiel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Made and filled with sozmon itself; a test that changes it takes a copy."""
    ordner = tmp_path_factory.mktemp("beispiel") / "auental"
    lauf = sozmon("neu", str(ordner), "--beispiel")
    assert lauf.returncode == 0, lauf.stderr
    dateien = sorted((str(p) for p in (ordner / "eingang").iterdir()), key=lambda d: ("_GV" not in d, d))
    lauf = sozmon("import", *dateien, projekt=ordner)
    assert lauf.returncode == 0, lauf.stderr
    return ordner
