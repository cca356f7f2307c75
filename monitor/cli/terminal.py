"""What a command prints: tables for people on a terminal, plain lines in a pipe, or data."""

import sys
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path

import typer

Record = Mapping[str, object]


class Format(StrEnum):
    """How a command's result is written."""

    TABLE = "table"
    JSON = "json"
    JSONL = "jsonl"
    CSV = "csv"
    MD = "md"
    HTML = "html"


@dataclass(frozen=True, slots=True)
class Column:
    """A column for people: its heading, and the text of a record's cell."""

    heading: str
    text: Callable[[Record], str]
    right: bool = False


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
        from rich.text import Text

        table = Table(box=box.SIMPLE_HEAD, header_style="bold")
        for column in columns:
            table.add_column(column.heading, justify="right" if column.right else "left")
        for record in records:
            # Text, not markup: an answer's "[bold]" is its own words.
            table.add_row(*(Text(column.text(record)) for column in columns))
        Console().print(table)

    @contextmanager
    def progress(self, label: str, total: int | None) -> Iterator["Callable[[int, str], None]"]:
        """A bar on a terminal, now and then a line elsewhere; call it with (done, note)."""
        if self.quiet:
            yield lambda _done, _note: None
        elif sys.stderr.isatty():
            yield from _bar(label, total)
        else:
            yield from _lines(label, total)


def _bar(label: str, total: int | None) -> Iterator["Callable[[int, str], None]"]:
    from rich.console import Console
    from rich.progress import BarColumn, Progress, TextColumn, TimeElapsedColumn

    columns = (
        TextColumn("{task.description}"),
        BarColumn(),
        TextColumn("{task.completed:.0f}/{task.total:.0f}" if total else "{task.completed:.0f}"),
        TimeElapsedColumn(),
        TextColumn("{task.fields[note]}"),
    )
    with Progress(*columns, console=Console(stderr=True)) as progress:
        task = progress.add_task(label, total=total, note="")
        yield lambda done, note: progress.update(task, completed=done, note=note)


def _lines(label: str, total: int | None) -> Iterator["Callable[[int, str], None]"]:
    said = -1

    def update(done: int, note: str) -> None:
        nonlocal said
        tenth = 10 * done // total if total else done // 1_000
        if tenth > said:
            said = tenth
            of = f"/{total}" if total else ""
            typer.echo(f"{label}: {done}{of} {note}".rstrip(), err=True)

    yield update


def _one_line(text: str) -> str:
    return " ".join(text.split())


def _names(records: Sequence[Record]) -> list[str]:
    return list(dict.fromkeys(name for record in records for name in record))


def terminal(context: typer.Context) -> Terminal:
    """The global options of the running command."""
    found = context.obj
    return found if isinstance(found, Terminal) else Terminal()
