"""The folder of these tests is importable: ``muster`` and ``feindlich`` are used by several of them."""

import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent))
