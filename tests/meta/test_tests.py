"""The tests themselves: no two helper modules of one name (pytest imports both from sys.path)."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

TESTS = Path(__file__).resolve().parents[1]


def test_module_names_are_unique() -> None:
    # broken/<kennung>/erzeuge.py are run as scripts, never imported
    dateien = (p for p in TESTS.rglob("*.py") if "__pycache__" not in p.parts)
    namen = Counter(p.name for p in dateien if p.name not in ("conftest.py", "erzeuge.py"))
    assert len(namen) > 30
    assert not [name for name, anzahl in namen.items() if anzahl > 1]
