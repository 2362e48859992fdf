"""The tests themselves: no two helper modules of one name (pytest imports both from sys.path)."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

TESTS = Path(__file__).resolve().parents[1]


def test_module_names_are_unique() -> None:
    namen = Counter(p.name for p in TESTS.rglob("*.py") if p.name != "conftest.py" and "__pycache__" not in p.parts)
    assert len(namen) > 30
    assert not [name for name, anzahl in namen.items() if anzahl > 1]
