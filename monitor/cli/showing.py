"""Commands that show figures: status, report, dashboard."""

import os
import sys
from datetime import date, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from monitor.cli.app import app
from monitor.cli.terminal import Column, Format, Terminal, cell, terminal, usd

if TYPE_CHECKING:
    from monitor.queries import Figure
    from monitor.report import Report
    from monitor.store import Store


@app.command()
def status(context: typer.Context) -> None:
    """Show packs, last waves, failures, money and next slots."""
    from datetime import UTC

    from monitor.pipeline import open_project
    from monitor.report.standing import standing

    out = terminal(context)
    stand = standing(open_project(out.project), datetime.now(UTC))
    out.show(
        stand.records(),
        [
            Column("Pack", lambda r: str(r["pack"]) or "(imported)"),
            Column("Answers", cell("answers"), right=True),
            Column("Last wave", lambda r: str(r["last_slot"] or "–")),
            Column("Outcome", lambda r: str(r["outcome"] or "–").replace("_", " ")),
            Column("Coverage", cell("coverage"), right=True),
            Column("Judged", cell("judged"), right=True),
            Column("Spent this month", lambda r: usd(r["month_usd"]), right=True),
            Column("Next", lambda r: str(r["next_slot"] or "not scheduled")),
        ],
    )
    out.remark(stand.notes)


@app.command()
def report(
    context: typer.Context,
    pack: Annotated[str | None, typer.Option(help="Default: the pack asked last.")] = None,
    since: Annotated[str | None, typer.Option(help="First day, like 2026-11-01.")] = None,
    until: Annotated[str | None, typer.Option(help="Last day.")] = None,
    branded: Annotated[
        bool, typer.Option("--branded", help="Questions that name the brand, instead of the rest.")
    ] = False,
    variance: Annotated[
        bool, typer.Option("--variance", help="Show where the spread comes from instead.")
    ] = False,
    output: Annotated[
        Path | None, typer.Option("--output", "-o", help="Write to this file instead.")
    ] = None,
) -> None:
    """Write a period's figures with their intervals.

    Default: the last four weeks. Formats: table, md, html, csv, json, jsonl. With --variance:
    how much of the spread is question, phrasing, engine, locale, week, and repeat.
    """
    from monitor.pipeline import open_project
    from monitor.report import report_on

    out = terminal(context)
    store = open_project(out.project).store
    if variance:
        _show_spread(out, store, pack, (as_day(since), as_day(until)), branded=branded)
        return
    found = report_on(store, pack, as_day(since), as_day(until), branded=branded)
    if output is None:
        show_report(out, found)
        return
    try:
        output.write_text(_written(found, out.format), encoding="utf-8")
    except OSError as e:
        from monitor.errors import InputError

        raise InputError(f"can't write {output}: {e.strerror}; choose another --output") from e
    out.say(f"wrote {output}")


def _show_spread(
    out: Terminal,
    store: "Store",
    pack: str | None,
    period: tuple[date | None, date | None],
    *,
    branded: bool,
) -> None:
    from monitor.report.spread import spread_of

    found = spread_of(store, pack, *period, branded=branded)
    if out.format is Format.TABLE:
        typer.echo(found.heading())
        if found.simulated:
            typer.echo("Simulated data: no real assistant was asked.")
    out.show(
        found.records(),
        [
            Column("Source", cell("source")),
            Column("Share of the spread", lambda r: _share(r["share"]), right=True),
            Column("Levels", cell("levels"), right=True),
            Column("What to do with it", cell("advice")),
        ],
    )


def _share(value: object) -> str:
    return f"{100 * value:.0f} %" if isinstance(value, float) else "can't be told"


def as_day(text: str | None) -> date | None:
    """The day a user wrote. Raises a usage error that says how to write one."""
    if text is None:
        return None
    try:
        return date.fromisoformat(text)
    except ValueError as e:
        raise typer.BadParameter(f"{text!r} isn't a day; write it like 2026-11-01") from e


def _written(found: "Report", form: Format) -> str:
    from monitor.report import as_csv, as_html, as_json, as_jsonl, as_markdown

    match form:
        case Format.JSON:
            return as_json(found) + "\n"
        case Format.JSONL:
            return as_jsonl(found)
        case Format.CSV:
            return as_csv(found)
        case Format.HTML:
            return as_html(found)
        case Format.MD | Format.TABLE:
            return as_markdown(found)


def show_report(out: Terminal, found: "Report") -> None:
    """Print the sentence, the brands, the engines and the trend; as data, all figures."""
    if out.format is not Format.TABLE:
        typer.echo(_written(found, out.format), nl=False)
        return
    _show_sentence(found)
    _show_every_figure(found)
    _show_visibility(out, found)
    _show_probes(found)


def show_report_early(out: Terminal, found: "Report") -> None:
    """Print what is known once answers are measured; as data, nothing yet."""
    if out.format is Format.TABLE:
        _show_sentence(found)
        _show_visibility(out, found)
        typer.echo()


def show_report_rest(out: Terminal, found: "Report") -> None:
    """Print what came to `show_report_early` by checking and judging; as data, all figures."""
    if out.format is not Format.TABLE:
        show_report(out, found)
        return
    _show_every_figure(found)
    _show_probes(found)


def _show_sentence(found: "Report") -> None:
    from monitor.report import sentence

    typer.echo(sentence(found))
    if found.pack.simulated:
        typer.echo("Simulated data: no real assistant was asked.")


def _show_every_figure(found: "Report") -> None:
    typer.echo(f"\nEvery figure of {found.own}, {found.since} to {found.until}")
    _show_named(found.headline(), "questions")


def _show_visibility(out: Terminal, found: "Report") -> None:
    from monitor.queries import By

    typer.echo(f"\nVisibility, {found.since} to {found.until}, {found.questions}")
    _show_figures(out, "Brand", found.pick(By()), "brand")
    for heading, by, name in (
        ("Engine", By(engine=True), "engine"),
        ("Week", By(week=True), "week"),
    ):
        own = [figure for figure in found.pick(by) if figure.brand == found.own]
        typer.echo(f"\n{found.own} by {heading.lower()}")
        _show_figures(out, heading, own, name)


def _show_probes(found: "Report") -> None:
    from monitor.report import PROBES_TITLE, PROBES_WORDS

    if found.probes:
        typer.echo(f"\n{PROBES_TITLE}. {PROBES_WORDS}")
        _show_named(found.probes, "facts")


def _show_named(figures: "tuple[Figure, ...]", of: str) -> None:
    from monitor.report import figure_counts, figure_interval, figure_name, figure_value

    records = [
        {
            "name": figure_name(f),
            "value": figure_value(f) if f.value is not None else "–",
            "panel": figure_interval(f, f.panel),
            "market": figure_interval(f, f.market),
            "counts": figure_counts(f),
            "excluded": sum(f.excluded.values()),
        }
        for f in figures
    ]
    Terminal(format=Format.TABLE).show(
        records,
        [
            Column("Figure", cell("name")),
            Column("Value", cell("value"), right=True),
            Column(f"these {of}", cell("panel"), right=True),
            Column(f"{of} like these", cell("market"), right=True),
            Column("rests on", cell("counts"), right=True),
            Column("left out", cell("excluded"), right=True),
        ],
    )
    for figure in figures:
        if figure.note:
            typer.echo(f"{figure_name(figure)}: {figure.note}.")


def _show_figures(
    out: Terminal, heading: str, figures: "list[Figure] | tuple[Figure, ...]", name: str
) -> None:
    from monitor.report import interval_text, percent

    records = [
        {
            "name": getattr(f, name),
            "value": percent(f.value, f.note),
            "bar": _bar(f.value),
            "panel": interval_text(f.panel),
            "market": interval_text(f.market),
            "counts": f"{f.k}/{f.n}",
            "excluded": sum(f.excluded.values()),
        }
        for f in figures
    ]
    Terminal(format=Format.TABLE).show(
        records,
        [
            Column(heading, cell("name"), whole=True),
            Column("Visibility", cell("value"), right=True),
            Column("", cell("bar"), whole=True, spare=True),
            Column("these questions", cell("panel"), right=True),
            Column("questions like these", cell("market"), right=True),
            Column("answers", cell("counts"), right=True),
            Column("left out", cell("excluded"), right=True),
        ],
    )


def _bar(value: float | None, width: int = 12) -> str:
    if value is None:
        return ""
    eighths = round(value * width * 8)
    full, rest = divmod(eighths, 8)
    return ("█" * full + (" ▏▎▍▌▋▊▉"[rest] if rest else "")).ljust(width)


@app.command()
def dashboard(
    context: typer.Context,
    port: Annotated[int, typer.Option(min=1, max=65535, help="Port to serve on.")] = 8501,
    host: Annotated[
        str, typer.Option(help="Address to serve on; this machine alone unless you change it.")
    ] = "127.0.0.1",
) -> None:
    """Serve the dashboard on this machine until ^C."""
    from monitor.pipeline import open_project

    out = terminal(context)
    project = open_project(out.project)
    serve_dashboard(out, project.settings.project, port, host)


def serve_dashboard(out: Terminal, project: Path, port: int, host: str = "127.0.0.1") -> None:
    """Replace this process by Streamlit's, so that signals reach it and nothing is left behind."""
    import socket

    from monitor.errors import ConfigError

    entry = Path(__file__).parents[2] / "dashboard" / "app.py"
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((host, port))
        except OSError as e:
            raise ConfigError(
                f"port {port} on {host} can't be served ({e.strerror}); choose another with --port"
            ) from e
    out.say(f"Dashboard: http://{host}:{port} (stop with ^C)")
    sys.stdout.flush()
    os.environ["MONITOR_PROJECT"] = str(project)
    arguments = [
        *(sys.executable, "-m", "streamlit", "run", str(entry)),
        *("--server.port", str(port), "--server.address", host),
        *("--server.headless", "true", "--browser.gatherUsageStats", "false"),
    ]
    os.execv(sys.executable, arguments)  # noqa: S606 - our own interpreter and entry file
