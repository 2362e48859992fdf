"""Data files: written by us, named by their SHA-256, checked before they are read."""

from __future__ import annotations

import hashlib
import io
import itertools
import zlib
from collections.abc import Sequence
from pathlib import Path, PurePosixPath
from typing import Any

from sozmon import plattform
from sozmon.bestand import modell, siegel, vorrang
from sozmon.bestand.stand import Tabellenstand, Teil

ZEILEN_JE_TEIL = 500_000
"""Rows of the largest file; a year larger than that is split between Merkmale where possible."""
ZEILEN_JE_GRUPPE = 65_536
ZEILEN_JE_SEITE = 1_024
SHA_GRENZE = 4 << 20
"""Up to so many bytes (the store of a district) a question compares SHA-256, above CRC-32."""
_VIELFAELTIG = ("raum_id", "fundstelle", "wert", "wert_min", "wert_max")
"""Columns with nearly as many values as rows. The others are labels: a dictionary makes them tiny, and
decompressing them would cost more than it saves (measured: a third of the time of a small question)."""


def arrow_schema(tabelle: str) -> Any:
    """pyarrow schema of a table (with ``jahr``)."""
    import pyarrow as pa

    arten = {
        "string": pa.string(),
        "int32": pa.int32(),
        "int64": pa.int64(),
        "double": pa.float64(),
        "bool": pa.bool_(),
    }
    return pa.schema([pa.field(n, arten[a]) for n, a in modell.spalten(tabelle)])


def write_teile(ordner: Path, tabelle: str, daten: Any, jahr: int, *, privat: bool) -> dict[str, Teil]:
    """Sort, split and write the rows of one year (-1: table without years); path → Teil of what now lies there."""
    if daten.num_rows == 0:
        return {}
    if ist_kodiert(daten):
        return _write_kodiert(ordner, daten.drop_columns(["jahr"]), jahr, privat=privat)
    if tabelle in modell.PARTITIONIERT:
        daten = daten.sort_by([(s, "ascending") for s in modell.sortierung()]).drop_columns(["jahr"])
    return dict(_write_teil(ordner, daten.slice(a, e - a), jahr, privat=privat) for a, e in _schnitte(daten.num_rows))


def ist_kodiert(daten: Any) -> bool:
    """True when labels are dictionary-encoded, as those of large Lieferungen are."""
    import pyarrow as pa

    return any(pa.types.is_dictionary(art) for art in daten.schema.types)


def entkodiere(daten: Any) -> Any:
    """The same with plain texts: what is written, and what is weighed against other rows."""
    import pyarrow as pa

    klartext = [f.with_type(pa.string()) if pa.types.is_dictionary(f.type) else f for f in daten.schema]
    return daten.cast(pa.schema(klartext)) if ist_kodiert(daten) else daten


def _write_kodiert(ordner: Path, daten: Any, jahr: int, *, privat: bool) -> dict[str, Teil]:
    """Sorted by numbers, made plain one file at a time: the same files from a fraction of the memory."""
    import pyarrow as pa

    reihe, _ = vorrang.reihenfolge(daten, modell.sortierung())
    return dict(
        _write_teil(ordner, entkodiere(daten.take(pa.array(reihe[a:e]))), jahr, privat=privat)
        for a, e in _schnitte(daten.num_rows)
    )


def _schnitte(zeilen: int) -> list[tuple[int, int]]:
    anzahl = -(-zeilen // ZEILEN_JE_TEIL)
    grenzen = [zeilen * i // anzahl for i in range(anzahl + 1)]
    return list(itertools.pairwise(grenzen))


def _write_teil(ordner: Path, daten: Any, jahr: int, *, privat: bool) -> tuple[str, Teil]:
    inhalt = encode(daten)
    name = hashlib.sha256(inhalt).hexdigest() + ".parquet"
    pfad = f"jahr={jahr}/{name}" if jahr >= 0 else name
    ziel = ordner / pfad
    if not _liegt_schon(ziel):
        plattform.create_ordner(ziel.parent, privat=privat)
        plattform.write_bytes(ziel, inhalt, privat=privat)
    von, bis = ("", "")
    if "merkmal" in daten.column_names:
        von, bis = daten["merkmal"][0].as_py(), daten["merkmal"][-1].as_py()
    return pfad, Teil(jahr, len(inhalt), daten.num_rows, von, bis, zlib.crc32(inhalt))


def _liegt_schon(ziel: Path) -> bool:
    """True if the file is there and intact (equal rows make equal files)."""
    try:
        return siegel.sha256_datei(ziel) == ziel.stem
    except OSError:
        return False


def encode(daten: Any) -> bytes:
    """Parquet bytes with page checksums, and pages small enough to skip; equal rows give equal bytes."""
    import pyarrow.parquet as pq

    puffer = io.BytesIO()
    merkmalswerte = "merkmal" in daten.column_names
    vielfaeltig = _VIELFAELTIG if merkmalswerte else tuple(daten.column_names)
    pq.write_table(
        daten.replace_schema_metadata(None).combine_chunks(),
        puffer,
        compression={n: "zstd" if n in vielfaeltig else "none" for n in daten.column_names},
        use_dictionary=[n for n in daten.column_names if n not in vielfaeltig],
        write_statistics=["merkmal", "raum_id"] if merkmalswerte else False,
        write_page_index=merkmalswerte,
        max_rows_per_page=ZEILEN_JE_SEITE,
        row_group_size=ZEILEN_JE_GRUPPE,
        write_page_checksum=True,
        store_schema=False,
    )
    return puffer.getvalue()


def read_teil(wurzel: Path, tabelle: str, pfad: str, teil: Teil, kodiert: bool = False) -> Any:
    """One file as pyarrow table with all columns, proved by its name; ``kodiert``: labels dictionary-encoded."""
    import pyarrow as pa
    import pyarrow.parquet as pq

    daten = siegel.read_geprueft(wurzel / pfad, PurePosixPath(pfad).stem)
    schema = _kodiertes_schema(tabelle) if kodiert else arrow_schema(tabelle)
    label = [f.name for f in schema if pa.types.is_dictionary(f.type)]
    gelesen = pq.ParquetFile(
        pa.BufferReader(daten), page_checksum_verification=True, read_dictionary=label or None
    ).read()
    if teil.jahr >= 0:
        gelesen = gelesen.append_column("jahr", pa.repeat(pa.scalar(teil.jahr, pa.int32()), gelesen.num_rows))
    return gelesen.select([n for n, _ in modell.spalten(tabelle)]).cast(schema)


def read_alle(wurzel: Path, tabelle: str, teile: dict[str, Teil], kodiert: bool = False) -> Any:
    """Several files as one pyarrow table; ``kodiert``: labels dictionary-encoded."""
    tabellen = [read_teil(wurzel, tabelle, p, t, kodiert) for p, t in sorted(teile.items())]
    leer = arrow_schema(tabelle) if not kodiert else _kodiertes_schema(tabelle)
    return verbinde(tabellen) if tabellen else leer.empty_table()


def verbinde(tabellen: Sequence[Any]) -> Any:
    """Several tables one below the other; dictionary-encoded labels get common dictionaries."""
    import pyarrow as pa

    alle = pa.concat_tables(tabellen)
    return alle.unify_dictionaries().combine_chunks() if ist_kodiert(alle) else alle


def _kodiertes_schema(tabelle: str) -> Any:
    """``arrow_schema`` with all texts but the addresses dictionary-encoded, as large Lieferungen come."""
    import pyarrow as pa

    label = pa.dictionary(pa.int32(), pa.string())
    return pa.schema(
        [f.with_type(label) if f.type == pa.string() and f.name != "fundstelle" else f for f in arrow_schema(tabelle)]
    )


def check_teile(ordner: Path, stand: Tabellenstand, jahre: tuple[int, int] | None) -> None:
    """Compare the data files of these years (None = all), each once a process; BestandError (76).

    By SHA-256, in a large store by CRC-32 (``bestand pruefen`` then takes SHA-256).
    """
    teile = {p: t for p, t in stand.teile.items() if jahre is None or t.jahr < 0 or jahre[0] <= t.jahr <= jahre[1]}
    klein = sum(t.groesse for t in teile.values()) <= SHA_GRENZE
    for pfad, teil in teile.items():
        siegel.check_datei(ordner / stand.ordner / pfad, PurePosixPath(pfad).stem, crc=None if klein else teil.crc)
