"""Commands that ask waves: plan, run, schedule."""

from collections.abc import Mapping
from datetime import UTC, date, datetime
from typing import TYPE_CHECKING, Annotated

import typer

from monitor.cli.app import PackArgument, app
from monitor.cli.judging import (
    judge,
    judge_waiting,
    say_judged,
    usable_judges,
)
from monitor.cli.terminal import Column, Terminal, cell, terminal, usd

if TYPE_CHECKING:
    from monitor.pipeline import JudgingResult, Project, Tally, WaveResult
    from monitor.types import Pack

PARTLY_FAILED = 3
WHOLLY_FAILED = 4
_INTERRUPTED = 130


@app.command()
def plan(
    context: typer.Context,
    pack: PackArgument = None,
    budget: Annotated[
        float | None,
        typer.Option(min=0, help="USD for a wave: proposes questions × repeats × engines."),
    ] = None,
) -> None:
    """Show calls, cost and expected margins before spending.

    With --budget, proposes the questions, repeats and engines that show most for the money.
    """
    from monitor.pipeline import open_project
    from monitor.pipeline.probing import pack_probes
    from monitor.report.outlook import outlook

    out = terminal(context)
    project = open_project(out.project)
    chosen = project.pack(pack)
    probes = pack_probes(project, chosen, datetime.now(UTC).date())
    forecast = outlook(
        project.store,
        chosen,
        project.catalog.engines_of(chosen),
        budget,
        probes,
        project.catalog.judges_of(chosen),
    )
    probed = [
        Column("Probes", cell("probe_calls"), right=True),
        Column("Cost of probes", lambda r: usd(r["probes_usd"]), right=True),
    ]
    out.show(
        forecast.records(),
        [
            Column("Engine", _asked_or_judging),
            Column("Calls", cell("calls"), right=True),
            Column(
                "Cost of a call",
                lambda r: "" if r["engine"] == "all" else usd(r["call_usd"]),
                right=True,
            ),
            Column("Cost of a wave", lambda r: usd(r["wave_usd"]), right=True),
            *(probed if probes else ()),
            Column("From", cell("cost_from")),
        ],
    )
    out.remark(forecast.notes)


def _asked_or_judging(line: Mapping[str, object]) -> str:
    if not line["judging"]:
        return str(line["engine"])
    return f"{line['engine']}, judging{' probes' if line['probe_calls'] else ''}"


@app.command()
def run(
    context: typer.Context,
    pack: PackArgument = None,
    due: Annotated[
        bool, typer.Option("--due", help="Only what the schedule says is due; for cron.")
    ] = False,
    now: Annotated[
        bool, typer.Option("--now", help="A new wave now, even if the last one was cut off.")
    ] = False,
    max_cost: Annotated[
        float | None, typer.Option(min=0, help="USD this wave may cost at most.")
    ] = None,
) -> None:
    """Ask one wave of PACK, or complete the one that was cut off.

    With --due, asks every scheduled pack's slot that is due, each exactly once, however often
    cron or the daemon call it. Judges that the pack names then read its answers; if that is cut
    off, the next `run` completes it, as does `remeasure --judge`. Exit: 0 complete, 3 partly
    failed, 4 wholly failed, 130 ^C.
    """
    from monitor.pipeline import open_project

    if due and now:
        raise typer.BadParameter("--due and --now exclude each other")
    out = terminal(context)
    project = open_project(out.project)
    moment = datetime.now(UTC)
    if due and pack is None:
        packs = [p for p in project.catalog.packs.values() if p.schedule is not None]
    else:
        packs = [project.pack(pack)]
    codes = [
        _run_due(out, project, chosen, moment, max_cost)
        if due
        else _run_now(out, project, chosen, moment, max_cost, anew=now)
        for chosen in packs
    ]
    if worst := max(codes, default=0):
        raise typer.Exit(worst)


def _run_due(
    out: Terminal, project: "Project", pack: "Pack", now: datetime, max_cost: float | None
) -> int:
    """Ask the pack's due slot, or complete what judges owe to the last; the exit code."""
    from monitor.pipeline import due_wave, ended_wave

    choice = due_wave(project, pack, now)
    out.say(choice.why)
    if choice.wave is not None:
        return _run_chosen(out, project, pack, choice.wave, max_cost)
    return _judge_rest(out, project, pack, ended_wave(project, pack), max_cost) or 0


def _run_now(
    out: Terminal,
    project: "Project",
    pack: "Pack",
    now: datetime,
    max_cost: float | None,
    *,
    anew: bool,
) -> int:
    """Complete what was cut off, be it asking or judging; else a new wave; the exit code."""
    from monitor.pipeline import ended_wave, wave_now

    choice = wave_now(project, pack, now, anew=anew)
    if not anew and not choice.resumed:
        ended = ended_wave(project, pack, now)
        code = _judge_rest(out, project, pack, ended, max_cost)
        if code is not None:
            out.say(f"that completes {ended}; run again, or with --now, for a new wave")
            return code
    out.say(choice.why)
    assert choice.wave is not None  # noqa: S101 - `wave_now` always has one
    return _run_chosen(out, project, pack, choice.wave, max_cost)


def _judge_rest(
    out: Terminal,
    project: "Project",
    pack: "Pack",
    wave_id: str | None,
    max_cost: float | None,
) -> int | None:
    """Complete the judging of a wave; the exit code, or None if nothing was left to ask."""
    result = judge_waiting(out, project, pack, [wave_id], max_cost) if wave_id else None
    if result is None:
        return None
    say_judged(out, result)
    if not result.asked:
        return None
    _raise_alerts(out, project, pack)
    return _INTERRUPTED if result.interrupted else 0


def _run_chosen(
    out: Terminal, project: "Project", pack: "Pack", wave: object, max_cost: float | None
) -> int:
    from monitor.pipeline import check_answers, measure, reachable, run_wave
    from monitor.types import Wave

    assert isinstance(wave, Wave)  # noqa: S101 - imported late, so not in the signature
    engines = (*project.catalog.engines_of(pack), *usable_judges(out, project, pack))
    with reachable(project, pack, engines, date.fromisoformat(wave.slot[:10])) as ready:
        with out.progress(f"wave {wave.slot}", wave.planned) as update:
            result = run_wave(
                project,
                pack,
                wave,
                ready,
                lambda: datetime.now(UTC),
                max_cost_usd=max_cost,
                on_progress=lambda tally: update(tally.asked, _tally_text(tally), None),
            )
        measure(project, datetime.now(UTC))
        check_answers(project, datetime.now(UTC))
        left = None if max_cost is None else max_cost - result.cost_usd
        asked = (
            None if result.interrupted else judge(out, project, pack, ready, [wave.wave_id], left)
        )
    _show_result(out, result, asked)
    _raise_alerts(out, project, pack)
    return _INTERRUPTED if asked and asked.interrupted else _exit_code(result)


def _raise_alerts(out: Terminal, project: "Project", pack: "Pack") -> None:
    """Look for shifts that the wave shows, and tell those who asked to be told."""
    from monitor.pipeline import watch

    now = datetime.now(UTC)
    for alert in watch(project, pack, now).opened:
        out.say(f"alert {alert.alert_id[:6]}: {alert.title}")
    if not project.settings.notify:
        return
    from monitor.errors import StoreBusyError
    from monitor.notify import deliver_alerts

    try:
        outcomes = deliver_alerts(project, now)
    except StoreBusyError as e:
        out.warn(f"alerts not sent now, but with the next wave or `monitor notify alerts`: {e}")
        return
    for outcome in outcomes:
        if not outcome.delivered:
            out.warn(f"{outcome.target} didn't take alert {outcome.message_id}; it's tried again")


def _tally_text(tally: "Tally") -> str:
    unknown = f" + {tally.cost_unknown} of unknown cost" if tally.cost_unknown else ""
    return f"{usd(tally.cost_usd)}{unknown}"


def _show_result(out: Terminal, result: "WaveResult", judged: "JudgingResult | None") -> None:
    statuses = {status.value: n for status, n in result.statuses.items()}
    record = {
        "wave_id": result.wave_id,
        "outcome": "interrupted" if result.interrupted else result.outcome.value,
        "planned": result.planned,
        **{name: statuses.get(name, 0) for name in ("ok", "refused", "failed", "empty")},
        "not_asked": dict(result.not_asked),
        "cost_usd": result.cost_usd,
        "cost_unknown": result.cost_unknown,
        "judged": judged.usable if judged else 0,
        "judge_unusable": judged.asked - judged.usable if judged else 0,
        "not_judged": dict(judged.left) if judged else {},
        "judging_usd": judged.cost_usd if judged else 0.0,
        "judging_cost_unknown": judged.cost_unknown if judged else 0,
    }
    out.show(
        [record],
        [
            Column("Wave", cell("wave_id")),
            Column("Outcome", lambda r: str(r["outcome"]).replace("_", " ")),
            *(
                Column(name.capitalize(), cell(name), right=True)
                for name in ("planned", "ok", "refused", "failed", "empty")
            ),
            Column("Cost", lambda r: usd(r["cost_usd"]), right=True),
        ],
    )
    for reason, count in result.not_asked.items():
        out.warn(f"{count} calls not asked: {reason}; run the command again to ask them")
    if judged:
        say_judged(out, judged)


def _exit_code(result: "WaveResult") -> int:
    if result.interrupted:
        return _INTERRUPTED
    match result.outcome.value:
        case "failed":
            return WHOLLY_FAILED
        case "partly_failed" | "stopped":
            return PARTLY_FAILED
        case _:
            return 0


@app.command()
def schedule(context: typer.Context) -> None:
    """Stay and ask every scheduled pack at its time.

    One child process for each wave; ends cleanly at SIGTERM and ^C.
    """
    from monitor.pipeline import open_project
    from monitor.scheduler import run_scheduler

    out = terminal(context)
    run_scheduler(open_project(out.project), out.say)
