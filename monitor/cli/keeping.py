"""Commands that keep the store: import, remeasure, note, rebuild, verify, backup, restore."""

from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from monitor.cli.app import app
from monitor.cli.terminal import Column, Terminal, cell, terminal

if TYPE_CHECKING:
    from monitor.pipeline import Checking, JudgingResult, Measurement, Project


def _measure(out: Terminal, project: "Project", now: datetime) -> "tuple[Measurement, ...]":
    """Measure what lacks its measures, with progress shown."""
    from monitor.pipeline import measure

    with out.progress("measuring") as update:
        return measure(project, now, _counter(update))


def _check(out: Terminal, project: "Project", now: datetime) -> "tuple[Checking, ...]":
    """Hold against the facts what wasn't yet, with progress shown."""
    from monitor.pipeline import check_answers

    with out.progress("checking facts") as update:
        return check_answers(project, now, _counter(update))


def _counter(update: Callable[[int, str, int | None], None]) -> Callable[[str, int], None]:
    """Sums up what each step did for the progress line."""
    done = 0

    def count(pack: str, answers: int) -> None:
        nonlocal done
        done += answers
        update(done, pack, None)

    return count


@app.command("import")
def import_(
    context: typer.Context,
    file: Annotated[Path, typer.Argument(help="JSON Lines; README shows a line.")],
    pack: Annotated[
        str | None, typer.Option(help="Pack that the answers belong to, if any.")
    ] = None,
) -> None:
    """Take in answers collected elsewhere, as JSON Lines.

    Each line needs question, engine, answer and asked_at. Bad lines are kept in a
    .rejected.jsonl beside the file; the same file twice changes nothing.
    """
    from monitor.errors import InputError
    from monitor.pipeline import import_answers, open_project

    out = terminal(context)
    project = open_project(out.project)
    now = datetime.now(UTC)
    taken = import_answers(project, file, now, pack or "")
    _measure(out, project, now)
    _check(out, project, now)
    out.show(
        [
            {
                "file": str(file),
                "new": taken.new,
                "known": taken.known,
                "rejected": len(taken.rejected),
                "rejected_file": str(taken.rejected_file) if taken.rejected_file else None,
            }
        ],
        [
            Column("New", cell("new"), right=True),
            Column("Known before", cell("known"), right=True),
            Column("Rejected", cell("rejected"), right=True),
        ],
    )
    if taken.rejected:
        first = taken.rejected[0]
        raise InputError(
            f"{len(taken.rejected)} bad lines of {file} are in {taken.rejected_file}; the first is "
            f"line {first.line}: {first.reason}. Mend them there and import that file's texts again"
        )


@app.command()
def remeasure(
    context: typer.Context,
    judge: Annotated[
        bool, typer.Option("--judge", help="Also ask the packs' judges what they lack; costs.")
    ] = False,
    max_cost: Annotated[
        float | None, typer.Option(min=0, help="USD that judges may cost at most.")
    ] = None,
) -> None:
    """Compute measures and judgements again for the past.

    Needed where brands, facts or the matcher have changed: mentions, ranks and citations of all
    stored answers are read anew and held against the fact sheet, at no cost and asking nobody.
    With --judge, judges are asked of every answer that they haven't judged as things are today.
    """
    from monitor.pipeline import open_project

    if max_cost is not None and not judge:
        raise typer.BadParameter("--max-cost is about --judge; give both")

    out = terminal(context)
    project = open_project(out.project)
    now = datetime.now(UTC)
    measured = _measure(out, project, now)
    checked = {c.pack: c for c in _check(out, project, now)}
    judged = _judge_all(out, project, max_cost) if judge else {}
    out.show(
        [
            {
                "pack": m.pack,
                "version": m.version,
                "answers": m.answers,
                "released": m.released,
                "facts_version": checked[m.pack].version if m.pack in checked else None,
                "checked": checked[m.pack].answers if m.pack in checked else 0,
                "judged": judged[m.pack].usable if m.pack in judged else 0,
                "judging_usd": judged[m.pack].cost_usd if m.pack in judged else 0.0,
            }
            for m in measured
        ],
        [
            Column("Pack", lambda r: str(r["pack"]) or "(imported)"),
            Column("Version", cell("version")),
            Column("Answers measured", cell("answers"), right=True),
            Column("New version", lambda r: "yes" if r["released"] else "no"),
            Column("Facts version", lambda r: str(r["facts_version"] or "–")),
            Column("Answers held against facts", cell("checked"), right=True),
            *((Column("Answers judged", cell("judged"), right=True),) if judge else ()),
        ],
    )


def _judge_all(
    out: Terminal, project: "Project", max_cost: float | None
) -> "dict[str, JudgingResult]":
    """What judges did for each pack; `max_cost` is for all of them together."""
    from monitor.cli.judging import judge_waiting, say_judged

    results: dict[str, JudgingResult] = {}
    for pack in project.catalog.packs.values():
        spent = sum(result.cost_usd for result in results.values())
        left = None if max_cost is None else max_cost - spent
        if result := judge_waiting(out, project, pack, max_cost=left):
            results[pack.pack_id] = result
            say_judged(out, result)
    return results


@app.command()
def note(
    context: typer.Context,
    text: Annotated[str, typer.Argument(help="What to remember.")],
    day: Annotated[str | None, typer.Option(help="The day it's about; default today.")] = None,
    pack: Annotated[str, typer.Option(help="Only on this pack's timeline.")] = "",
    author: Annotated[str, typer.Option(help="Who says so.")] = "",
) -> None:
    """Annotate the timeline: a launch, a campaign, an outage."""
    from monitor.cli.showing import as_day
    from monitor.pipeline import open_project
    from monitor.store import write_note

    out = terminal(context)
    project = open_project(out.project)
    if pack:
        project.pack(pack)
    now = datetime.now(UTC)
    about = as_day(day) or now.date()
    kept = write_note(project.store, text, about, now, author=author, pack=pack)
    out.done(
        {name: getattr(kept, name) for name in ("note_id", "day", "text", "author", "pack")},
        f"noted on {about}",
    )


@app.command()
def rebuild(context: typer.Context) -> None:
    """Make the database anew from the journal.

    The old file is kept beside it.
    """
    from monitor.pipeline import open_project
    from monitor.store.upkeep import rebuild_store

    out = terminal(context)
    project = open_project(out.project)
    now = datetime.now(UTC)
    rebuilt = rebuild_store(project.store, now)
    _measure(out, project, now)
    _check(out, project, now)
    kept = (f"the old file is {rebuilt.kept}; delete it when all is well",) if rebuilt.kept else ()
    out.done(
        {
            "store": str(project.store.path),
            "answers": rebuilt.answers,
            "journal_files": rebuilt.files,
            "broken": [name for name, _ in rebuilt.broken],
            "kept": str(rebuilt.kept) if rebuilt.kept else None,
        },
        f"made {project.store.path} anew: {rebuilt.answers} answers of {rebuilt.files} files",
        *kept,
    )
    for name, reason in rebuilt.broken:
        out.warn(f"{name}: {reason}")
    if rebuilt.broken:
        raise typer.Exit(1)


@app.command()
def verify(context: typer.Context) -> None:
    """Recount stored figures and check them against the journal.

    Exit 1 if anything differs.
    """
    from monitor.pipeline import open_project
    from monitor.pipeline.verifying import verify_store

    out = terminal(context)
    checks = verify_store(open_project(out.project))
    out.show(
        [{"check": c.check, "ok": c.ok, "finding": c.finding} for c in checks],
        [
            Column("", lambda r: "ok" if r["ok"] else "WRONG"),
            Column("Check", cell("check")),
            Column("Finding", cell("finding")),
        ],
    )
    if not all(c.ok for c in checks):
        raise typer.Exit(1)


@app.command()
def backup(
    context: typer.Context,
    target: Annotated[Path, typer.Argument(help="A new .tar file.")],
) -> None:
    """Write a copy of journal and prompts into one file.

    The copy is consistent while others go on working.
    """
    from monitor.pipeline import open_project
    from monitor.store.upkeep import back_up

    out = terminal(context)
    project = open_project(out.project)
    files = back_up(project.settings.project, project.store, target)
    out.done(
        {"file": str(target), "files": files},
        f"{files} files are in {target}; bring them back with `monitor restore {target}`",
    )


@app.command()
def restore(
    context: typer.Context,
    source: Annotated[Path, typer.Argument(help="A file that `monitor backup` wrote.")],
) -> None:
    """Bring back what a backup has and this project lacks.

    Nothing is overwritten; `monitor rebuild` then makes the database.
    """
    from monitor.settings import load_settings
    from monitor.store import open_store
    from monitor.store.upkeep import bring_back

    out = terminal(context)
    settings = load_settings(out.project)
    files = bring_back(settings.project, open_store(settings), source)
    out.done(
        {"file": str(source), "files": files},
        f"{files} files are back; `monitor rebuild` makes the database from them",
    )
