"""SQL that a person writes: read-only, with no way to files, network or settings."""

from dataclasses import dataclass
from typing import Any

from monitor.errors import InputError, StoreError
from monitor.store.session import Store


@dataclass(frozen=True, slots=True)
class Result:
    """Names of the columns, made distinct, and the rows."""

    names: tuple[str, ...]
    rows: tuple[tuple[Any, ...], ...]


def run_sql(store: Store, query: str) -> Result:
    """Run one statement that reads. Raises InputError with DuckDB's own words otherwise."""
    import duckdb

    try:
        statements = duckdb.extract_statements(query)
    except duckdb.Error as e:
        raise InputError(f"this isn't SQL that DuckDB reads: {first_line(e)}") from e
    if len(statements) != 1:
        raise InputError(f"one statement at a time; this has {len(statements)}")
    try:
        with store.reading_locked_down("your SQL") as con:
            cursor = con.execute(statements[0])
            names = _distinct([column[0] for column in cursor.description or ()])
            return Result(names, tuple(cursor.fetchall()))
    except StoreError as e:
        if isinstance(e.__cause__, duckdb.Error) and "was cut off" not in str(e):
            raise InputError(f"the query can't be run: {first_line(e.__cause__)}") from e
        raise


def first_line(error: Exception) -> str:
    """The first line of DuckDB's message, which says what's wrong."""
    return str(error).strip().splitlines()[0]


def _distinct(names: list[str]) -> tuple[str, ...]:
    seen: dict[str, int] = {}
    distinct = []
    for name in names:
        seen[name] = seen.get(name, 0) + 1
        distinct.append(name if seen[name] == 1 else f"{name}_{seen[name]}")
    return tuple(distinct)
