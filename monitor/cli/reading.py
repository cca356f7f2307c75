"""Commands that read: export, mentions, sql."""

import sys
from pathlib import Path
from typing import Annotated

import typer

from monitor.cli.app import app
from monitor.cli.terminal import Column, Format, cell, terminal


@app.command()
def export(
    context: typer.Context,
    table: Annotated[
        str,
        typer.Argument(
            help="answers, mentions, citations, judgements, reviews, rulings, probes or estimates."
        ),
    ],
    output: Annotated[
        Path | None,
        typer.Option(
            "--output", "-o", help="File, whose end names the format: .csv .jsonl .json .parquet"
        ),
    ] = None,
    pack: Annotated[str | None, typer.Option(help="Only this pack.")] = None,
    since: Annotated[str | None, typer.Option(help="First day, like 2026-11-01.")] = None,
    until: Annotated[str | None, typer.Option(help="Last day.")] = None,
) -> None:
    """Write a whole table as CSV, JSONL or Parquet.

    Goes to standard output as CSV, or as JSONL with --format jsonl, unless --output names a
    file.
    """
    from monitor.cli.showing import as_day
    from monitor.pipeline import open_project
    from monitor.report.exports import Kind, export_table

    out = terminal(context)
    project = open_project(out.project)
    if output is not None:
        kind = Kind.of_file(output)
    else:
        kind = {Format.JSON: Kind.JSON, Format.JSONL: Kind.JSONL}.get(out.format, Kind.CSV)
    count = export_table(project.store, table, kind, output, pack, as_day(since), as_day(until))
    if output is not None:
        out.say(f"wrote {count} rows to {output}")


@app.command()
def mentions(
    context: typer.Context,
    file: Annotated[
        Path | None, typer.Argument(help="JSON Lines; default: standard input.")
    ] = None,
    pack: Annotated[str | None, typer.Option(help="Brands for lines that bring none.")] = None,
) -> None:
    """Try the matcher on text; nothing is stored.

    JSON Lines in, {"answer", "brands"?, "lang"?, "id"?}; JSON Lines out, whatever --format says.
    """
    from monitor.pipeline.trying import InputLineError, mentions_of_line, own_brands

    out = terminal(context)
    brands = own_brands(out.project, pack)
    bad = 0
    from monitor.errors import InputError

    try:
        stream = sys.stdin.buffer if file is None or str(file) == "-" else file.open("rb")
    except OSError as e:
        raise InputError(f"can't read {file}: {e.strerror}; give a JSONL file") from e
    with stream:
        for number, line in enumerate(stream, start=1):
            if not line.strip():
                continue
            try:
                typer.echo(mentions_of_line(line, brands))
            except InputLineError as e:
                bad += 1
                out.warn(f"line {number}: {e}")
    if bad:
        raise InputError(f"{bad} line{'s' * (bad > 1)} couldn't be read; the others are done")


@app.command()
def sql(
    context: typer.Context,
    query: Annotated[
        str, typer.Argument(help='Like "SELECT engine, count(*) FROM answers GROUP BY 1".')
    ],
) -> None:
    """Ask the store in SQL, read-only: no files, no network."""
    from monitor.pipeline import open_project
    from monitor.store.free import run_sql

    out = terminal(context)
    result = run_sql(open_project(out.project).store, query)
    out.show(
        [dict(zip(result.names, row, strict=True)) for row in result.rows],
        [Column(name, cell(name)) for name in result.names],
    )
