"""One rendering of the invented report serves all tests of this folder; ``muster`` is importable from here."""

import sys
from pathlib import Path

import pytest

sys.path.insert(0, str(Path(__file__).parent))


@pytest.fixture(scope="session")
def produkte() -> dict[str, bytes]:
    """The invented report in all four formats."""
    from muster import dokument

    from sozmon.druck import render_alle

    return render_alle(dokument())
