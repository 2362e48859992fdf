"""Importing this module loads what drawing needs, so that the drawing processes start with it in hand."""

from __future__ import annotations

import contextlib
import importlib

from sozmon.diagramm import stil

# whatever is wrong here is told by the drawing itself, with its place and its cure
with contextlib.suppress(Exception):
    stil.familie()
    for name in (
        "matplotlib.figure",
        "matplotlib.backends.backend_agg",
        "matplotlib.backends.backend_svg",
        "PIL.Image",
    ):
        importlib.import_module(name)
