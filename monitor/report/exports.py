"""Whole tables for other programs: CSV, JSON Lines, Parquet."""

import sys
from collections.abc import Iterator, Sequence
from contextlib import nullcontext
from dataclasses import asdict
from datetime import date
from enum import StrEnum
from pathlib import Path
from typing import IO, Any, Self

from monitor.errors import InputError
from monitor.queries import (
    By,
    Event,
    PackLine,
    View,
    packs,
    probe_figures,
    probe_lines,
    rates,
)
from monitor.queries.exports import EXPORTS, export_batches, export_names
from monitor.report.formats import FIGURE_FIELDS, FLAT_FIELDS, figure_record, flat_record
from monitor.report.period import find_pack
from monitor.report.tables import csv_rows, csv_text, json_text
from monitor.store import Store

Row = dict[str, Any]


class Kind(StrEnum):
    """A file format, by its suffix."""

    CSV = ".csv"
    JSONL = ".jsonl"
    JSON = ".json"
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

    A table without rows still has its columns. Raises InputError for a table or pack that
    isn't there, or a file that can't be written.
    """
    if pack is not None:
        find_pack(packs(store), pack)
    names, batches = _rows(store, table, kind, pack, since, until)
    try:
        if kind is Kind.PARQUET:
            return _parquet(names, batches, output)
        target = nullcontext(sys.stdout) if output is None else output.open("w", encoding="utf-8")
        with target as stream:
            return _text(names, batches, kind, stream)
    except BrokenPipeError:
        raise
    except OSError as e:
        raise InputError(f"can't write {output}: {e.strerror}; choose another --output") from e


def _rows(
    store: Store,
    table: str,
    kind: Kind,
    pack: str | None,
    since: date | None,
    until: date | None,
) -> tuple[Sequence[str], Iterator[list[Row]]]:
    """Names of the table's columns and its rows in batches."""
    if table in EXPORTS:
        return export_names(store, table), export_batches(store, table, pack, since, until)
    if table == "probes":
        return _PROBE_COLUMNS, iter([_probes(store, pack, since, until)])
    if table != "estimates":
        known = ", ".join(sorted([*EXPORTS, "estimates", "probes"]))
        raise InputError(f"there is no table {table!r} to export; choose from {known}")
    nested = kind in (Kind.JSON, Kind.JSONL)
    rows = _estimates(store, pack, since, until)
    names = (*_ABOUT, *(FIGURE_FIELDS if nested else FLAT_FIELDS))
    return names, iter([rows if nested else [flat_record(row) for row in rows]])


def _text(names: Sequence[str], batches: Iterator[list[Row]], kind: Kind, stream: IO[str]) -> int:
    count = 0
    stream.write({Kind.JSON: "[", Kind.CSV: csv_text(names, [])}.get(kind, ""))
    for rows in batches:
        for row in rows:
            if kind is Kind.CSV:
                stream.write(csv_rows(names, [row]))
            elif kind is Kind.JSON:
                stream.write((",\n" if count else "\n") + json_text(row))
            else:
                stream.write(json_text(row) + "\n")
            count += 1
    stream.write("\n]\n" if kind is Kind.JSON else "")
    return count


def _parquet(names: Sequence[str], batches: Iterator[list[Row]], output: Path | None) -> int:
    import pyarrow as pa
    import pyarrow.parquet as pq

    if output is None:
        raise InputError("Parquet goes to a file: add --output FILE.parquet")
    tables = [pa.Table.from_pylist(rows) for rows in batches if rows]
    empty = pa.table({name: pa.nulls(0) for name in names})
    whole = pa.concat_tables(tables, promote_options="permissive") if tables else empty
    pq.write_table(whole.select(names), output)
    return int(whole.num_rows)


_ABOUT = ("pack", "branded", "simulated")


_PROBE_COLUMNS = (
    *("answer_id", "pack", "simulated", "fact_id", "kind", "engine", "locale", "persona", "week"),
    *("status", "verdict", "method", "grade"),
)


def _chosen(store: Store, pack: str | None) -> list[PackLine]:
    return [line for line in packs(store) if pack is None or line.pack == pack]


def _probes(store: Store, pack: str | None, since: date | None, until: date | None) -> list[Row]:
    """Answers to probes with their grades as they stand."""
    return [
        {"pack": line.pack, "simulated": line.simulated, **asdict(probe)}
        for line in _chosen(store, pack)
        for probe in probe_lines(store, View(line.pack, since, until))
    ]


def _estimates(store: Store, pack: str | None, since: date | None, until: date | None) -> list[Row]:
    """Rates by engine and week; those over probes are of neither kind of question."""
    chosen = _chosen(store, pack)
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
    ] + [
        {"pack": line.pack, "branded": None, "simulated": line.simulated, **figure_record(figure)}
        for line in chosen
        for figure in probe_figures(
            store, View(line.pack, since, until), [By(engine=True, week=True)]
        )
    ]
