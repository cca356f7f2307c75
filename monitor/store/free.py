"""SQL that a person writes: read-only, with no way to files, network or settings."""

from dataclasses import dataclass
from typing import Any

from monitor.errors import InputError
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
    with store.reading_locked_down("your SQL") as con:
        try:
            cursor = con.execute(statements[0])
            names = _distinct([column[0] for column in cursor.description or ()])
            return Result(names, tuple(cursor.fetchall()))
        except (duckdb.InterruptException, duckdb.OperationalError):
            # It took too long, or the store itself is in trouble: that's not the query's fault.
            raise
        except duckdb.Error as e:
            raise InputError(f"the query can't be run: {first_line(e)}") from e


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
