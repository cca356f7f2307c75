"""Rows of a query as dictionaries whose names are the records' field names."""

from collections.abc import Mapping
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from duckdb import DuckDBPyConnection


def fetch(
    con: "DuckDBPyConnection", query: str, parameters: Mapping[str, Any]
) -> list[dict[str, Any]]:
    """Every row of `query`: timestamps aware in UTC, lists as tuples."""
    cursor = con.execute(query, dict(parameters))
    names = [column[0] for column in cursor.description or ()]
    return [
        {name: _python(value) for name, value in zip(names, row, strict=True)}
        for row in cursor.fetchall()
    ]


def _python(value: Any) -> Any:
    if isinstance(value, datetime):
        return value.replace(tzinfo=UTC)
    if isinstance(value, list):
        return tuple(value)
    return value
