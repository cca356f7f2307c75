"""Commands for trying out: demo, ask, simulate."""

from datetime import UTC, datetime
from typing import TYPE_CHECKING, Annotated

import typer

from monitor.cli.app import PackArgument, app
from monitor.cli.asking import PARTLY_FAILED, WHOLLY_FAILED
from monitor.cli.judging import judge_waiting, say_judged
from monitor.cli.terminal import Column, Format, Terminal, cell, seconds, terminal, usd

if TYPE_CHECKING:
    from monitor.pipeline import Asked, Project

_JUDGED_IN_DEMO = 4


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
    from monitor.cli.showing import serve_dashboard, show_report_early, show_report_rest
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
    show_report_early(out, report_on(project.store, "demo"))
    out.say("Holding what was said against the fact sheet …")
    check_answers(project, datetime.now(UTC))
    _say_accuracy(out, project)
    _judge_demo(out, project)
    show_report_rest(out, report_on(project.store, "demo"))
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
        raise typer.Exit(WHOLLY_FAILED)
    if any(a.answer.status.value == "failed" for a in asked):
        raise typer.Exit(PARTLY_FAILED)


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
