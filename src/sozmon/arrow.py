"""Arrow without pandas: reading and storing a delivery must not pay for a library that it never uses."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from typing import Any


class _Sperre:
    """An import hook that knows no pandas."""

    def find_spec(self, name: str, _pfad: Sequence[str] | None = None, _ziel: object = None) -> None:
        if name == "pandas":
            raise ImportError("not now")


def ohne_pandas() -> None:
    """Load pyarrow and keep it from importing pandas along with it (a third of a second per process).

    pyarrow looks for pandas once, at the first array that is built; it is made not to find it. Whatever asks for
    pandas by name afterwards (``to_pandas``, ``to_numpy``, an array without a type) still gets it.
    """
    import pyarrow as pa

    if "pandas" in sys.modules:
        return
    sperre = _Sperre()
    sys.meta_path.insert(0, sperre)
    try:
        pa.array([], pa.int8())
    finally:
        sys.meta_path.remove(sperre)


def als_numpy(spalte: Any) -> Any:
    """An int32 or double column as numpy array, null as NaN; pyarrow's own conversion imports pandas."""
    import numpy as np
    import pyarrow as pa
    import pyarrow.compute as pc

    if isinstance(spalte, pa.ChunkedArray):
        spalte = spalte.combine_chunks() if spalte.num_chunks else pa.array([], spalte.type)
        if isinstance(spalte, pa.ChunkedArray):
            spalte = spalte.chunk(0)
    if spalte.null_count:
        spalte = pc.fill_null(spalte, pa.scalar(float("nan"), spalte.type))
    art = {pa.int32(): np.int32, pa.float64(): np.float64}[spalte.type]
    puffer = spalte.buffers()[1]
    if puffer is None or not len(spalte):
        return np.zeros(0, art)
    return np.frombuffer(puffer, art, len(spalte), spalte.offset * np.dtype(art).itemsize)
