"""What a command prints: tables for people on a terminal, plain lines in a pipe, or data."""

import re
import sys
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING

import typer

if TYPE_CHECKING:
    from rich.text import Text

Record = Mapping[str, object]
# C0 and C1 controls but tab and line feed, and what turns the direction of writing around.
_CONTROL = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]")


class Format(StrEnum):
    """How a command's result is written."""

    TABLE = "table"
    JSON = "json"
    JSONL = "jsonl"
    CSV = "csv"
    MD = "md"
    HTML = "html"


DATA_FORMATS = (Format.TABLE, Format.JSON, Format.JSONL, Format.CSV)
"""The formats that every command writes."""

Update = Callable[[int, str, int | None], None]
"""Told of progress: how many are done, a note, and of how many (None: not known)."""


_LONGEST_NUMBER = 16
"""Characters, for a range or a count of counts."""


@dataclass(frozen=True, slots=True)
class Column:
    """A column for people: its heading, and the text of a record's cell.

    A `whole` cell is never broken, nor is a number. A `spare` column is left out where the
    terminal is too narrow for all of them.
    """

    heading: str
    text: Callable[[Record], str]
    right: bool = False
    whole: bool = False
    spare: bool = False

    def least(self, records: Sequence[Record]) -> int:
        """The width under which the column can't be read."""
        texts = [self.text(record) for record in records]
        parts = [part for t in texts for part in ([t] if self.unbroken(t) else t.split())]
        return max((len(part) for part in (*parts, *self.heading.split())), default=0)

    def unbroken(self, text: str) -> bool:
        """Whether the cell stays on one line; words in place of a number needn't."""
        return self.whole or (self.right and len(text) <= _LONGEST_NUMBER)


_BETWEEN = 3
"""Characters between two columns."""


def fitting(columns: Sequence[Column], records: Sequence[Record], width: int) -> list[Column]:
    """The columns that a terminal of this width has room for: spare ones go, the last one first."""
    kept = list(columns)
    for column in reversed(columns):
        if 1 + sum(c.least(records) + _BETWEEN for c in kept) <= width:
            break
        if column.spare:
            kept.remove(column)
    return kept


def cell(name: str) -> Callable[[Record], str]:
    """The text of a record's field; nothing where it has none."""

    def text(record: Record) -> str:
        value = record[name]
        return "" if value is None else str(value)

    return text


@dataclass(frozen=True, slots=True)
class Terminal:
    """The global options, as every command sees them."""

    project: Path | None = None
    format: Format = Format.TABLE
    quiet: bool = False
    verbose: bool = False

    def say(self, text: str) -> None:
        """A line of news for a person; not part of the result, so never on stdout with data."""
        if not self.quiet:
            typer.echo(text, err=self.format is not Format.TABLE)

    def warn(self, text: str) -> None:
        """A line that a person should see even when nothing else is said."""
        typer.echo(f"monitor: {text}", err=True)

    def done(self, record: Record, *lines: str) -> None:
        """What a command did: `lines` for people, `record` for programs."""
        if self.format is Format.TABLE:
            for line in lines:
                self.say(line)
        else:
            self.write([record], _names([record]))

    def remark(self, lines: Sequence[str]) -> None:
        """Sentences that belong to a result: after a table, beside data."""
        for line in lines:
            typer.echo(line, err=self.format is not Format.TABLE)

    def show(self, records: Sequence[Record], columns: Sequence[Column]) -> None:
        """Write `records`: with `columns` for people, whole for programs."""
        if self.format is Format.TABLE:
            self._table(records, columns)
            return
        self.write(records, _names(records))

    def write(self, records: Sequence[Record], names: Sequence[str]) -> None:
        """Write `records` as data in the chosen format."""
        from monitor.report import csv_text, json_text, jsonl_text

        match self.format:
            case Format.JSON:
                typer.echo(json_text(list(records), indent=2))
            case Format.JSONL:
                typer.echo(jsonl_text(records), nl=False)
            case Format.CSV:
                typer.echo(csv_text(names, records), nl=False)
            case _:
                raise typer.BadParameter(
                    f"this command writes table, json, jsonl or csv, not {self.format}",
                    param_hint="--format",
                )

    def _table(self, records: Sequence[Record], columns: Sequence[Column]) -> None:
        if not sys.stdout.isatty():
            typer.echo("\t".join(column.heading for column in columns))
            for record in records:
                typer.echo("\t".join(_one_line(column.text(record)) for column in columns))
            return
        from rich import box
        from rich.console import Console
        from rich.table import Table

        console = Console()
        table = Table(box=box.SIMPLE_HEAD, header_style="bold")
        shown = fitting(columns, records, console.width)
        for column in shown:
            table.add_column(_text(column, column.heading), min_width=column.least(records))
        for record in records:
            table.add_row(*(_text(column, printable(column.text(record))) for column in shown))
        console.print(table)

    @contextmanager
    def progress(self, label: str, total: int | None = None) -> Iterator[Update]:
        """A bar on a terminal, now and then a line elsewhere, until the block ends."""
        if self.quiet:
            yield lambda _done, _note, _total: None
        elif sys.stderr.isatty():
            yield from _bar(label, total)
        else:
            yield from _lines(label, total)


def _text(column: Column, text: str) -> "Text":
    """A cell. Text, not markup: an answer's "[bold]" is its own words."""
    from rich.text import Text

    unbroken = text != column.heading and column.unbroken(text)
    return Text(text, justify="right" if column.right else "left", no_wrap=unbroken)


def _bar(label: str, total: int | None) -> Iterator[Update]:
    from rich.console import Console
    from rich.progress import BarColumn, Progress, TextColumn, TimeElapsedColumn

    columns = (
        TextColumn("{task.description}"),
        BarColumn(),
        TextColumn("{task.fields[count]}"),
        TimeElapsedColumn(),
        TextColumn("{task.fields[note]}"),
    )
    with Progress(*columns, console=Console(stderr=True)) as progress:
        task = progress.add_task(label, total=total, note="", count="")

        def update(done: int, note: str, of: int | None) -> None:
            known = of or total
            progress.update(task, completed=done, total=known, note=note, count=_count(done, known))

        yield update


def _lines(label: str, total: int | None) -> Iterator[Update]:
    said: tuple[int, str] = (-1, "")

    def update(done: int, note: str, of: int | None) -> None:
        nonlocal said
        known = of or total
        tenth = 10 * done // known if known else done // 1_000
        # Before the first answer the notes are all there is to tell.
        news = (tenth, note if done == 0 else "")
        if news != said:
            said = news
            typer.echo(" ".join(f"{label}: {_count(done, known)} {note}".split()), err=True)

    yield update


def _count(done: int, total: int | None) -> str:
    if total:
        return f"{done}/{total}"
    return str(done) if done else ""


def printable(text: str) -> str:
    """`text` without what a terminal would obey: an answer may hold anything."""
    return _CONTROL.sub("\ufffd", text)


def _one_line(text: str) -> str:
    return printable(" ".join(text.split()))


def _names(records: Sequence[Record]) -> list[str]:
    return list(dict.fromkeys(name for record in records for name in record))


def terminal(context: typer.Context) -> Terminal:
    """The global options of the running command."""
    found = context.obj
    return found if isinstance(found, Terminal) else Terminal()


def usd(value: object) -> str:
    """A cost for people; what nobody knows is "unknown", never nothing."""
    if not isinstance(value, int | float):
        return "unknown"
    return f"${value:.4f}" if 0 < value < 1 else f"${value:,.2f}"


def seconds(value: object) -> str:
    """A duration for people."""
    return f"{value:.1f} s" if isinstance(value, int | float) else "–"
