"""Running the command."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path


def sozmon(*worte: str, projekt: Path | None = None) -> subprocess.CompletedProcess[str]:
    """Run the command as a person would."""
    vorn = [sys.executable, "-m", "sozmon", *(["--projekt", str(projekt)] if projekt else [])]
    return subprocess.run([*vorn, *worte], capture_output=True, text=True, encoding="utf-8", check=False)
