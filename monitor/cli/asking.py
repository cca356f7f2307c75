"""Commands that ask: demo, ask, plan, run, schedule, simulate."""

from datetime import UTC, date, datetime
from typing import TYPE_CHECKING, Annotated

import typer

from monitor.cli.app import app
from monitor.cli.judging import (
    judge,
    judge_last_wave,
    judge_waiting,
    say_judged,
    usable_judges,
)
from monitor.cli.terminal import Column, Format, Terminal, cell, terminal

if TYPE_CHECKING:
    from monitor.pipeline import Asked, JudgingResult, Project, Tally, WaveResult
    from monitor.types import Pack

_JUDGED_IN_DEMO = 4
_PARTLY_FAILED = 3
_WHOLLY_FAILED = 4
_INTERRUPTED = 130

PackArgument = Annotated[
    str | None, typer.Argument(help="Id of a pack; may be left out if there is only one.")
]


@app.command()
def demo(
    context: typer.Context,
    weeks: Annotated[int, typer.Option(min=1, max=104, help="Weeks of history.")] = 12,
    seed: Annotated[int, typer.Option(min=0, help="Seed of the simulated market.")] = 1,
    dashboard: Annotated[
        bool, typer.Option("--dashboard/--no-dashboard", help="Serve the dashboard at the end.")
    ] = True,
    port: Annotated[int, typer.Option(help="Port of the dashboard.")] = 8501,
) -> None:
    """Show everything at work, simulated; no keys needed.

    Makes a project of its own under data/, asks its history over HTTP on this machine, prints
    the figures and serves the dashboard. Run it again to go on where it stopped.
    """
    from monitor.cli.showing import serve_dashboard, show_report
    from monitor.pipeline import check_answers, demo_folder, run_demo, watch_again
    from monitor.report import report_on
    from monitor.settings import load_settings

    out = terminal(context)
    folder = demo_folder(load_settings(out.project).project, weeks, seed)
    out.say(f"Simulated assistants answer on this machine; everything is kept in {folder}.")
    with out.progress("asking") as update:
        project = run_demo(
            folder,
            weeks,
            seed,
            datetime.now(UTC),
            lambda step: update(step.done, step.note, step.planned or None),
        )
    show_report(out, report_on(project.store, "demo"))
    out.say("Holding what was said against the fact sheet …")
    check_answers(project, datetime.now(UTC))
    _say_accuracy(out, project)
    _judge_demo(out, project)
    out.say("Looking for alerts that each week would have raised …")
    watch_again(project, project.pack("demo"))
    out.say(f"Look around with `monitor --project {folder} status`, `report`, `ask`, `sql`.")
    if dashboard:
        serve_dashboard(out, folder, port)


def _say_accuracy(out: Terminal, project: "Project") -> None:
    """How right what is said of our brand is, of questions that name it and those that don't."""
    from monitor.queries import ACCURACY, By, View, accuracy_figures
    from monitor.report import figure_interval, figure_value

    pack = project.pack("demo")
    for branded, questions in ((False, "unbranded"), (True, "branded")):
        view = View(pack.pack_id, branded=branded)
        for figure in accuracy_figures(project.store, view, pack.own, [By()]):
            if figure.figure == ACCURACY:
                held = figure_interval(figure, figure.panel)
                out.say(
                    f"In answers to {questions} questions {figure_value(figure)} of {figure.n} "
                    f"statements about {pack.own} are right ({held})."
                )


def _judge_demo(out: Terminal, project: "Project") -> None:
    """Have a part of the demo's answers judged: all of them would take too long to look on."""
    from monitor.queries import waves

    pack = project.pack("demo")
    last = waves(project.store, pack.pack_id, limit=_JUDGED_IN_DEMO)
    out.say(
        f"A simulated judge reads {100 * pack.judges.share:.0f} % of the answers that name "
        f"{pack.own}, of the last {len(last)} weeks …"
    )
    if result := judge_waiting(out, project, pack, [line.wave_id for line in last]):
        say_judged(out, result)


@app.command()
def ask(
    context: typer.Context,
    question: Annotated[str, typer.Argument(help="What a customer would ask.")],
    pack: Annotated[str | None, typer.Option(help="Pack whose brands are looked for.")] = None,
    engine: Annotated[
        list[str] | None, typer.Option(help="Engine to ask; repeat for more. Default: the pack's.")
    ] = None,
    locale: Annotated[str | None, typer.Option(help="Language and country, like de-DE.")] = None,
    full: Annotated[bool, typer.Option("--full", help="Also print the whole answers.")] = False,
) -> None:
    """Ask the engines a question now and show who is named.

    Per engine: which brands, how, at which rank, cited from where, at what cost. The answers
    are kept, and left out of trends.
    """
    from monitor.errors import InputError
    from monitor.pipeline import ask_now, open_project, reachable

    out = terminal(context)
    if not question.strip():
        raise InputError("the question is empty; write it in quotes after `ask`")
    project = open_project(out.project)
    chosen = project.pack(pack)
    engines = project.engines(engine or list(chosen.engines))
    now = datetime.now(UTC)
    with reachable(project, chosen, engines, now.date()) as ready:
        asked = ask_now(project, chosen.pack_id, question, ready, locale or chosen.locales[0], now)
    _show_asked(out, asked, full=full)
    if all(a.answer.status.value == "failed" for a in asked):
        raise typer.Exit(_WHOLLY_FAILED)
    if any(a.answer.status.value == "failed" for a in asked):
        raise typer.Exit(_PARTLY_FAILED)


def _show_asked(out: Terminal, asked: "tuple[Asked, ...]", *, full: bool) -> None:
    records = [_asked_record(a) for a in asked]
    out.show(
        records,
        [
            Column("Engine", cell("engine")),
            Column("Status", lambda r: f"{r['status']} {r['reason']}".strip()),
            Column("Named (rank)", _named),
            Column("Cited", lambda r: ", ".join(_strings(r["domains"])) or "–"),
            Column("Cost", lambda r: usd(r["cost_usd"]), right=True),
            Column("Time", lambda r: seconds(r["latency_s"]), right=True),
        ],
    )
    if full and out.format is Format.TABLE:
        for record in records:
            typer.echo(f"\n── {record['engine']} ──\n{record['answer']}")


def _asked_record(asked: "Asked") -> dict[str, object]:
    answer, found = asked.answer, asked.extraction
    visible = sorted(
        (m for m in found.mentions if m.state.value != "absent"),
        key=lambda m: m.order or len(found.mentions) + 1,
    )
    return {
        "answer_id": answer.answer_id,
        "engine": answer.engine,
        "status": answer.status.value,
        "reason": answer.reason,
        "model_served": answer.model_served,
        "mentions": [
            {"brand": m.brand, "state": m.state.value, "rank": m.rank, "spans": m.spans}
            for m in visible
        ],
        "domains": list(dict.fromkeys(c.domain for c in found.citations if c.cited)),
        "unknown_names": list(found.unknown_names),
        "cost_usd": answer.cost_usd,
        "cost_source": answer.cost_source,
        "latency_s": answer.latency_s,
        "simulated": answer.simulated,
        "answer": answer.text,
    }


def _named(record: object) -> str:
    mentions = record["mentions"] if isinstance(record, dict) else []
    return ", ".join(_mention_text(m) for m in mentions) or "nobody tracked"


def _mention_text(mention: dict[str, object]) -> str:
    rank = f" ({mention['rank']})" if mention["rank"] else ""
    state = mention["state"]
    plain = state in ("recommended", "mentioned")
    return f"{mention['brand']}{rank}" + ("" if plain else f" [{str(state).replace('_', ' ')}]")


def _strings(value: object) -> list[str]:
    return [str(item) for item in value] if isinstance(value, list | tuple) else []


def usd(value: object) -> str:
    """A cost for people; what nobody knows is "unknown", never nothing."""
    if not isinstance(value, int | float):
        return "unknown"
    return f"${value:.4f}" if 0 < value < 1 else f"${value:,.2f}"


def seconds(value: object) -> str:
    """A duration for people."""
    return f"{value:.1f} s" if isinstance(value, int | float) else "–"


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
            Column("Engine", lambda r: f"{r['engine']}{', judging' if r['judging'] else ''}"),
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
    off, the next --due or `remeasure --judge` goes on with it. Exit: 0 complete, 3 partly failed,
    4 wholly failed, 130 ^C.
    """
    from monitor.pipeline import due_wave, open_project, wave_now

    if due and now:
        raise typer.BadParameter("--due and --now exclude each other")
    out = terminal(context)
    project = open_project(out.project)
    moment = datetime.now(UTC)
    if due and pack is None:
        packs = [p for p in project.catalog.packs.values() if p.schedule is not None]
    else:
        packs = [project.pack(pack)]
    codes = []
    for chosen in packs:
        choice = (
            due_wave(project, chosen, moment)
            if due
            else wave_now(project, chosen, moment, anew=now)
        )
        out.say(choice.why)
        if choice.wave is not None:
            codes.append(_run_chosen(out, project, chosen, choice.wave, max_cost))
        else:
            judge_last_wave(out, project, chosen, max_cost)
    if worst := max(codes, default=0):
        raise typer.Exit(worst)


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
            return _WHOLLY_FAILED
        case "partly_failed" | "stopped":
            return _PARTLY_FAILED
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


@app.command()
def simulate(
    context: typer.Context,
    pack: PackArgument = None,
    port: Annotated[int, typer.Option(min=0, max=65535, help="0 takes a free one.")] = 8765,
    seed: Annotated[int, typer.Option(min=0, help="Seed of the simulated market.")] = 1,
    latency_ms: Annotated[float, typer.Option(min=0, help="Wait before every answer.")] = 0,
) -> None:
    """Serve the simulated providers alone, for trying out and tests.

    Prints the api_base of each wire format and stays in the foreground until ^C.
    """
    from monitor.pipeline import open_project
    from monitor.simulator import Market, SimulatorHandle, run_foreground

    out = terminal(context)
    project = open_project(out.project)
    chosen = project.pack(pack)
    today = datetime.now(UTC).date()

    def ready(handle: SimulatorHandle) -> None:
        out.show(
            [{"wire": w.value, "api_base": base} for w, base in handle.api_bases().items()],
            [
                Column("Format", cell("wire")),
                Column("api_base", cell("api_base")),
            ],
        )
        out.say("Serving; stop with ^C.")

    run_foreground(
        Market(
            pack=chosen,
            brands=project.catalog.brands_of(chosen),
            engines=project.catalog.engines_of(chosen),
            seed=seed,
            start=project.settings.simulator_start or today,
            facts=project.catalog.facts_of(chosen),
        ),
        on_ready=ready,
        port=port,
        latency_ms=latency_ms,
    )
