"""Tables as text that other programs read: CSV without formulas, JSON Lines."""

import csv
import io
import json
import math
from collections.abc import Iterable, Mapping, Sequence
from datetime import date, datetime
from decimal import Decimal
from enum import Enum

_FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r")


def csv_cell(value: object) -> object:
    """`value` for a CSV cell: text that a spreadsheet would run as a formula gets a quote before.

    Answers are written by strangers; "=HYPERLINK(…)" in one must stay words.
    """
    if isinstance(value, str) and value.startswith(_FORMULA_STARTS):
        return "'" + value
    if isinstance(value, list | tuple | dict):
        return csv_cell(json_text(value))
    return plain(value)


def plain(value: object) -> object:
    """`value` as JSON has it: days and moments in ISO 8601, enumerations by their value."""
    if isinstance(value, Enum):
        return value.value
    if isinstance(value, datetime):
        return value.isoformat().replace("+00:00", "Z")
    if isinstance(value, date):
        return value.isoformat()
    return value


def json_text(value: object, *, indent: int | None = None) -> str:
    """`value` as strict JSON text, non-ASCII letters as they are; NaN and infinities are null."""
    try:
        return _dumped(value, indent)
    except ValueError:
        return _dumped(_finite(value), indent)


def _dumped(value: object, indent: int | None) -> str:
    return json.dumps(
        value, ensure_ascii=False, indent=indent, default=_json_value, allow_nan=False
    )


def _json_value(value: object) -> object:
    if isinstance(value, Decimal):
        return float(value)
    if isinstance(value, bytes):
        return value.hex()
    found = plain(value)
    return str(found) if found is value else found


def _finite(value: object) -> object:
    """`value` with what JSON has no number for as None."""
    if isinstance(value, float):
        return value if math.isfinite(value) else None
    if isinstance(value, Mapping):
        return {key: _finite(item) for key, item in value.items()}
    if isinstance(value, list | tuple):
        return [_finite(item) for item in value]
    return value


def csv_text(names: Sequence[str], rows: Iterable[Mapping[str, object]]) -> str:
    """A CSV file with a header line; cells that aren't there are empty."""
    return _csv([names]) + csv_rows(names, rows)


def csv_rows(names: Sequence[str], rows: Iterable[Mapping[str, object]]) -> str:
    """The lines of a CSV file after its header."""
    return _csv([csv_cell(row.get(name)) for name in names] for row in rows)


def _csv(lines: Iterable[Sequence[object]]) -> str:
    return "".join(_csv_line(cells) for cells in lines)


def _csv_line(cells: Sequence[object]) -> str:
    out = io.StringIO()
    # Python quotes only the ends of line that it writes itself; a bare "\r" needs quotes too.
    csv.writer(out, lineterminator="\r\n").writerow(cells)
    return out.getvalue().removesuffix("\r\n") + "\n"


def jsonl_text(rows: Iterable[Mapping[str, object]]) -> str:
    """JSON Lines, one for each row."""
    return "".join(json_text(row) + "\n" for row in rows)
