"""Whole tables for other programs: CSV, JSON Lines, Parquet."""

import sys
from contextlib import nullcontext
from datetime import date
from enum import StrEnum
from pathlib import Path
from typing import IO, Any, Self

from monitor.errors import InputError
from monitor.queries import By, Event, View, packs, rates
from monitor.queries.exports import EXPORTS, export_batches
from monitor.report.formats import figure_record
from monitor.report.tables import csv_text, jsonl_text
from monitor.store import Store

Row = dict[str, Any]


class Kind(StrEnum):
    """A file format, by its suffix."""

    CSV = ".csv"
    JSONL = ".jsonl"
    PARQUET = ".parquet"

    @classmethod
    def of_file(cls, path: Path) -> Self:
        """The format that the file's name says. Raises InputError when it says none."""
        try:
            return cls(path.suffix.lower())
        except ValueError as e:
            kinds = ", ".join(kind.value for kind in cls)
            raise InputError(f"{path} doesn't end in one of {kinds}; name the file so") from e


def export_table(
    store: Store,
    table: str,
    kind: Kind,
    output: Path | None,
    pack: str | None,
    since: date | None,
    until: date | None,
) -> int:
    """Write `table` to `output` (None: stdout) and return how many rows it has.

    Raises InputError for a table that isn't exported or a file that can't be written.
    """
    if table == "estimates":
        batches = iter([_estimates(store, pack, since, until)])
    elif table in EXPORTS:
        batches = export_batches(store, table, pack, since, until)
    else:
        known = ", ".join(sorted([*EXPORTS, "estimates"]))
        raise InputError(f"there is no table {table!r} to export; choose from {known}")
    try:
        if kind is Kind.PARQUET:
            return _parquet(batches, output)
        target = nullcontext(sys.stdout) if output is None else output.open("w", encoding="utf-8")
        with target as stream:
            return _text(batches, kind, stream)
    except BrokenPipeError:
        raise
    except OSError as e:
        raise InputError(f"can't write {output}: {e.strerror}; choose another --output") from e


def _text(batches: Any, kind: Kind, stream: IO[str]) -> int:
    count = 0
    for rows in batches:
        if kind is Kind.JSONL:
            stream.write(jsonl_text(rows))
        elif rows:
            text = csv_text(list(rows[0]), rows)
            stream.write(text if count == 0 else text.split("\n", 1)[1])
        count += len(rows)
    return count


def _parquet(batches: Any, output: Path | None) -> int:
    import pyarrow as pa
    import pyarrow.parquet as pq

    if output is None:
        raise InputError("Parquet goes to a file: add --output FILE.parquet")
    tables = [pa.Table.from_pylist(rows) for rows in batches if rows]
    whole = pa.concat_tables(tables, promote_options="permissive") if tables else pa.table({})
    pq.write_table(whole, output)
    return int(whole.num_rows)


def _estimates(store: Store, pack: str | None, since: date | None, until: date | None) -> list[Row]:
    chosen = [line for line in packs(store) if pack is None or line.pack == pack]
    return [
        {
            "pack": line.pack,
            "branded": branded,
            "simulated": line.simulated,
            **figure_record(figure),
        }
        for line in chosen
        for branded in (False, True)
        for event in Event
        for figure in rates(
            store,
            View(line.pack, since, until, branded=branded),
            event,
            By(engine=True, week=True),
        )
    ]
