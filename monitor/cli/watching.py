"""Commands that watch for change: compare, check, alerts, notify."""

from collections.abc import Mapping
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Annotated

import typer

from monitor.cli.app import PackArgument, app
from monitor.cli.terminal import Column, Format, Terminal, cell, terminal
from monitor.errors import ConfigError

if TYPE_CHECKING:
    from monitor.notify import Outcome
    from monitor.pipeline import Project
    from monitor.queries import Movements
    from monitor.report.comparison import Comparison

_REGRESSION = 5
_NO_TARGET = (
    "nobody is told anything: MONITOR_NOTIFY names no target; write one or several into .env, such "
    "as mailto://user:password@example.org or slack://…, then run `monitor notify test`"
)

PeriodOption = Annotated[
    str | None, typer.Option(help="Days like 2026-10-01..2026-10-31, both included.")
]


@app.command()
def compare(
    context: typer.Context,
    pack: PackArgument = None,
    before: PeriodOption = None,
    after: PeriodOption = None,
    branded: Annotated[bool, typer.Option("--branded", help="Questions that name us.")] = False,
) -> None:
    """Compare two periods and say which changes are real.

    Each is real, possible, or within noise. Default: the last four weeks with the four before.
    """
    out = terminal(context)
    _show_comparison(out, _comparison(out, pack, before, after, branded=branded))


@app.command()
def check(
    context: typer.Context,
    pack: PackArgument = None,
    before: PeriodOption = None,
    after: PeriodOption = None,
) -> None:
    """Exit with 5 if our brand really got worse, for CI.

    Worse is less visible, or described less accurately. Prints what `monitor compare` prints.
    """
    out = terminal(context)
    found = _comparison(out, pack, before, after, branded=False)
    _show_comparison(out, found)
    if found.regressions:
        where = (
            f"{figure} on {line.engine or 'all engines'}" for figure, line in found.regressions
        )
        out.warn(f"{found.pack.brands[0]} really got worse: {', '.join(where)}")
        raise typer.Exit(_REGRESSION)


def _comparison(
    out: Terminal, pack: str | None, before: str | None, after: str | None, *, branded: bool
) -> "Comparison":
    from monitor.pipeline import open_project
    from monitor.report.comparison import compare as compared
    from monitor.report.comparison import period_of

    return compared(
        open_project(out.project).store,
        pack,
        period_of(before) if before else None,
        period_of(after) if after else None,
        branded=branded,
    )


def _show_comparison(out: Terminal, found: "Comparison") -> None:
    from monitor.report.comparison import (
        cause_sentences,
        comparison_records,
        difference_sentence,
        web_sentence,
    )

    if out.format is not Format.TABLE:
        records = comparison_records(found)
        out.write(records, list(records[0]))
    else:
        typer.echo(f"Visibility, {found.before} against {found.after}")
        if found.pack.simulated:
            typer.echo("Simulated data: no real assistant was asked.")
        _show_lines(out, found, found.found)
        out.remark(cause_sentences(found))
        if found.accuracy:
            typer.echo(f"Accuracy of what is stated, {found.before} against {found.after}")
            _show_lines(out, found, found.accuracy)
    out.remark([*map(difference_sentence, found.found.differences), *map(web_sentence, found.web)])


def _show_lines(out: Terminal, found: "Comparison", table: "Movements") -> None:
    from monitor.report.comparison import movement_record, movement_sentence

    out.show(
        [
            movement_record(line, found, table) | {"change": movement_sentence(line)}
            for line in table.lines
        ],
        [
            Column("Brand", cell("brand"), whole=True),
            Column("Engine", lambda r: str(r["engine"] or "all"), whole=True),
            Column("Before", lambda r: _side(r, "before"), right=True),
            Column("After", lambda r: _side(r, "after"), right=True),
            Column("Change", cell("change")),
            Column("To settle it", lambda r: _needed(r["questions_needed"])),
        ],
    )


def _side(record: Mapping[str, object], side: str) -> str:
    """One side's share with the interval on these very questions, in whole percent."""
    value, ends = record[side], record[f"{side}_panel"]
    if not isinstance(value, float):
        return "–"
    shown = f"{100 * value:.0f} %"
    if not isinstance(ends, list):
        return shown
    low, high = (f"{100 * end:.0f}" for end in ends)
    return f"{shown} ({low}–{high})"


def _needed(questions: object) -> str:
    return f"{questions} questions" if questions else ""


@app.command()
def alerts(
    context: typer.Context,
    acknowledge: Annotated[
        str | None, typer.Option(help="Id (its first letters do) of an alert you've seen.")
    ] = None,
    resolve: Annotated[str | None, typer.Option(help="Id of an alert that is over.")] = None,
    by: Annotated[str, typer.Option(help="Who you are.")] = "",
    note: Annotated[str, typer.Option(help="What to remember about it.")] = "",
    pack: Annotated[str, typer.Option(help="Only this pack's.")] = "",
    everything: Annotated[bool, typer.Option("--all", help="Resolved ones too.")] = False,
) -> None:
    """List alerts, acknowledge or resolve one."""
    from monitor.pipeline import move_alert, open_project
    from monitor.queries import alert_lines, packs
    from monitor.report import find_pack
    from monitor.types import AlertState

    out = terminal(context)
    if acknowledge is not None and resolve is not None:
        raise typer.BadParameter("--acknowledge and --resolve are for one alert at a time")
    chosen = acknowledge if acknowledge is not None else resolve
    if chosen is None and (by or note):
        raise typer.BadParameter("--by and --note go with --acknowledge or --resolve")
    project = open_project(out.project)
    if pack:
        find_pack(packs(project.store), pack)
    if chosen is not None:
        state = AlertState.RESOLVED if acknowledge is None else AlertState.ACKNOWLEDGED
        moved = move_alert(project.store, chosen, state, by, note, datetime.now(UTC))
        out.say(f"{moved.title}: {state.value}")
        return
    open_states = (AlertState.OPEN, AlertState.ACKNOWLEDGED)
    lines = alert_lines(project.store, pack, () if everything else open_states)
    out.show(
        [
            {
                "alert_id": line.alert_id,
                "state": line.state.value,
                "pack": line.pack,
                "kind": line.kind,
                "brand": line.brand,
                "engine": line.engine or None,
                "since": line.since,
                "opened_at": line.opened_at,
                "title": line.title,
                "text": line.text,
                "note": line.note,
            }
            for line in lines
        ],
        [
            Column("Id", lambda r: str(r["alert_id"])[:6], whole=True),
            Column("State", cell("state")),
            Column("Alert", cell("title")),
            Column("Since", lambda r: str(r["since"]).partition("@")[2][:10], whole=True),
            Column("Why", cell("text")),
        ],
    )
    if not lines:
        out.say("No alerts.")


_notify = typer.Typer(
    help="Send alerts and digests to MONITOR_NOTIFY.",
    rich_markup_mode=None,
    no_args_is_help=True,
)
app.add_typer(_notify, name="notify")


@_notify.command("test")
def notify_test(context: typer.Context) -> None:
    """Send a test message to every target."""
    from monitor.notify import send_test, targets
    from monitor.pipeline import open_project

    out = terminal(context)
    project = open_project(out.project)
    if not targets(project):
        raise ConfigError(_NO_TARGET)
    _show_outcomes(out, project, send_test(project, datetime.now(UTC)))


@_notify.command("alerts")
def notify_alerts(context: typer.Context) -> None:
    """Send open alerts to the targets that haven't got them yet."""
    from monitor.notify import deliver_alerts
    from monitor.pipeline import open_project

    out = terminal(context)
    project = open_project(out.project)
    _show_outcomes(out, project, deliver_alerts(project, datetime.now(UTC)))


@_notify.command("digest")
def notify_digest(
    context: typer.Context,
    pack: PackArgument = None,
    show: Annotated[bool, typer.Option("--show", help="Print it and send nothing.")] = False,
) -> None:
    """Send this week's digest to the targets that haven't got it yet."""
    from monitor.notify import deliver_digest, digest
    from monitor.pipeline import open_project

    out = terminal(context)
    project = open_project(out.project)
    now = datetime.now(UTC)
    if show:
        message = digest(project, pack, now)
        typer.echo(f"{message.title}\n\n{message.text}")
        return
    _show_outcomes(out, project, deliver_digest(project, pack, now))


def _show_outcomes(out: Terminal, project: "Project", outcomes: "tuple[Outcome, ...]") -> None:
    from monitor.notify import targets

    out.show(
        [{"message": o.message_id, "target": o.target, "delivered": o.delivered} for o in outcomes],
        [
            Column("Message", cell("message")),
            Column("Target", cell("target")),
            Column("", lambda r: "delivered" if r["delivered"] else "NOT delivered"),
        ],
    )
    if not outcomes:
        out.say("Nothing to send: everybody has everything." if targets(project) else _NO_TARGET)
    if not all(outcome.delivered for outcome in outcomes):
        raise typer.Exit(1)
