"""The only module that imports deltalake: open a version, commit a set of files, ask in SQL.

``DeltaTable.to_pyarrow_table()`` and ``to_pyarrow_dataset()`` are never called: they abort the process at
exit now and then (exit 134); reading goes through ``QueryBuilder``, which needs neither pandas nor pyarrow.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from sozmon import plattform
from sozmon.bestand import modell, siegel
from sozmon.bestand.stand import Einstellung, KonfliktError, Tabellenstand, Teil

SITZUNG = {
    "datafusion.execution.parquet.pushdown_filters": "true",
    "datafusion.execution.parquet.bloom_filter_on_read": "false",
    "datafusion.execution.batch_size": "1024",
}
"""Filter while decoding, do not look for Bloom filters, which we never write, and do not reserve 8192 rows of 20
columns for each of 24 files when a few are found (measured: a small question takes less than half the time)."""

PRUEFPUNKT_ALLE = 10
"""A checkpoint every so many commits keeps opening a table at a few milliseconds."""

_DELTA_ARTEN = {"string": "string", "int32": "integer", "int64": "long", "double": "double", "bool": "boolean"}


def commit_teile(
    wurzel: Path, tabelle: str, alt: Tabellenstand, teile: Mapping[str, Teil], einstellung: Einstellung
) -> Tabellenstand:
    """Make the table consist of exactly ``teile`` by one Delta commit; returns its new state (with log hashes).

    Commits of a run that died before it published its state are overwritten by the way: what is added and
    removed is the difference to the newest version, whoever wrote it. Raises KonfliktError if somebody
    committed at the same time.
    """
    from deltalake.exceptions import CommitFailedError, DeltaError

    ordner = wurzel / alt.ordner
    try:
        version = _commit(ordner, tabelle, teile, einstellung)
    except CommitFailedError as fehler:
        raise KonfliktError(str(fehler)) from fehler
    except OSError as fehler:
        raise plattform.schreibfehler(fehler, ordner) from fehler
    except DeltaError as fehler:
        raise _schreibfehler(fehler, ordner) from fehler
    return Tabellenstand(alt.ordner, version, dict(teile), _protokoll(ordner, version, alt.protokoll))


def _schreibfehler(fehler: Exception, ordner: Path) -> Exception:
    """Delta hides errors of the operating system in its text; a full disk is not a damaged store."""
    import re

    nummer = re.search(r"os error (\d+)", str(fehler))
    if nummer is None:
        return siegel.beschaedigt(ordner, f"Delta meldet: {fehler}")
    return plattform.schreibfehler(OSError(int(nummer[1]), str(fehler)), ordner)


def _commit(ordner: Path, tabelle: str, teile: Mapping[str, Teil], einstellung: Einstellung) -> int:
    from deltalake import DeltaTable, Schema
    from deltalake.transaction import create_table_with_add_actions

    if not _hat_log(ordner):
        plattform.create_ordner(ordner, privat=einstellung.privat)
        create_table_with_add_actions(
            str(ordner),
            Schema.from_json(_schema_json(tabelle)),
            [_add(p, t) for p, t in teile.items()],
            partition_by=_partition(tabelle),
            storage_options=einstellung.optionen,
            post_commithook_properties=_ohne_nacharbeit(),
        )
        return 0
    dt = DeltaTable(str(ordner), storage_options=einstellung.optionen)
    vorhanden = _vorhandene(dt)
    aktionen: list[Any] = [_add(p, t) for p, t in teile.items() if p not in vorhanden]
    aktionen += [_remove(p, *vorhanden[p]) for p in vorhanden if p not in teile]
    if not aktionen:
        return int(dt.version())
    erwartet = dt.version() + 1
    _transaktion(dt, aktionen, tabelle)
    dt.update_incremental()
    if dt.version() != erwartet:
        raise KonfliktError(f"{tabelle}: Version {dt.version()} statt {erwartet}")
    if erwartet % PRUEFPUNKT_ALLE == 0:
        _pruefpunkt(dt, ordner)
    return int(erwartet)


def _transaktion(dt: Any, aktionen: list[Any], tabelle: str) -> None:
    from deltalake import CommitProperties

    dt.create_write_transaction(
        actions=aktionen,
        mode="append",
        schema=dt.schema(),
        partition_by=_partition(tabelle),
        # no silent rebase onto somebody else's commit: the set of files would not be the one asked for
        commit_properties=CommitProperties(max_commit_retries=0),
        post_commithook_properties=_ohne_nacharbeit(),
    )


def _pruefpunkt(dt: Any, ordner: Path) -> None:
    """Write a checkpoint; the hint file beside it is not versioned, so a reader could see another than we hashed."""
    dt.create_checkpoint()
    plattform.try_remove(ordner / "_delta_log" / "_last_checkpoint")


def _ohne_nacharbeit() -> Any:
    from deltalake import PostCommitHookProperties

    return PostCommitHookProperties(create_checkpoint=False, cleanup_expired_logs=False)


def _vorhandene(dt: Any) -> dict[str, tuple[int, dict[str, str]]]:
    """Path → (size, partition values) of the files in the newest version."""
    aktionen = dt.get_add_actions(flatten=True)
    spalten = {n: aktionen.column(n).to_pylist() for n in aktionen.column_names}
    jahre = spalten.get("partition.jahr") or [None] * len(spalten["path"])
    return {
        p: (g, {} if j is None else {"jahr": str(j)})
        for p, g, j in zip(spalten["path"], spalten["size_bytes"], jahre, strict=True)
    }


def _add(pfad: str, teil: Teil) -> Any:
    from deltalake.transaction import AddAction

    werte: dict[str, Any] = {"numRecords": teil.zeilen}
    if teil.jahr >= 0:
        werte |= {"minValues": {"merkmal": teil.von}, "maxValues": {"merkmal": teil.bis}, "nullCount": {"merkmal": 0}}
    return AddAction(
        path=pfad,
        size=teil.groesse,
        partition_values=_partitionswerte(teil),
        modification_time=0,
        data_change=True,
        stats=json.dumps(werte, ensure_ascii=False),
    )


def _remove(pfad: str, groesse: int, partition: dict[str, str]) -> Any:
    from deltalake.transaction import RemoveAction

    return RemoveAction(
        path=pfad, data_change=True, deletion_timestamp=0, size=groesse, partition_values=dict(partition) or None
    )


def _partitionswerte(teil: Teil) -> dict[str, str]:
    return {"jahr": str(teil.jahr)} if teil.jahr >= 0 else {}


def _partition(tabelle: str) -> list[str]:
    return ["jahr"] if tabelle in modell.PARTITIONIERT else []


def _schema_json(tabelle: str) -> str:
    felder = [
        {"name": n, "type": _DELTA_ARTEN[a], "nullable": True, "metadata": {}} for n, a in modell.spalten(tabelle)
    ]
    return json.dumps({"type": "struct", "fields": felder})


def _ist_logdatei(name: str) -> bool:
    return name[:20].isdigit() and name[20:] in {".json", ".checkpoint.parquet"}


def _hat_log(ordner: Path) -> bool:
    log = ordner / "_delta_log"
    return log.is_dir() and any(_ist_logdatei(p.name) for p in log.iterdir())


def _protokoll(ordner: Path, version: int, bekannt: Mapping[str, str]) -> dict[str, str]:
    """SHA-256 of the log files up to ``version``; new ones are put on disk first, debris of killed runs is swept."""
    log = ordner / "_delta_log"
    hashes: dict[str, str] = {}
    neue: list[Path] = []
    for pfad in sorted(log.iterdir()):
        if not _ist_logdatei(pfad.name):
            plattform.try_remove(pfad)
        elif int(pfad.name[:20]) <= version:
            hashes[pfad.name] = bekannt.get(pfad.name) or siegel.sha256_datei(pfad)
            if pfad.name not in bekannt:
                neue.append(pfad)
    plattform.fsync(*neue, log)
    return hashes


# --------------------------------------------------------------------------------------------------
# Reading


def open_tabelle(wurzel: Path, stand: Tabellenstand) -> Any:
    """The DeltaTable at exactly this version, after its log was compared with the hashes of the state."""
    from deltalake import DeltaTable
    from deltalake.exceptions import DeltaError

    ordner = wurzel / stand.ordner
    for name, sha256 in stand.protokoll.items():
        siegel.check_datei(ordner / "_delta_log" / name, sha256)
    try:
        return DeltaTable(str(ordner), version=stand.version)
    except (DeltaError, OSError) as fehler:
        raise siegel.beschaedigt(ordner, f"Delta meldet: {fehler}") from fehler


def run_sql(frage: str, tabellen: Mapping[str, Any]) -> list[dict[str, Any]]:
    """Rows of a SELECT over the registered tables, as plain Python values."""
    from deltalake import QueryBuilder

    abfrage = QueryBuilder(SITZUNG)
    for name, tabelle in tabellen.items():
        abfrage = abfrage.register(name, tabelle)
    zeilen: list[dict[str, Any]] = []
    for stapel in abfrage.execute(frage):
        namen = stapel.schema.names
        werte = [stapel.column(i).to_pylist() for i in range(len(namen))]
        zeilen += [dict(zip(namen, w, strict=True)) for w in zip(*werte, strict=True)]
    return zeilen
