"""Commands that keep the store: import, remeasure, note, rebuild, verify, backup, restore."""

import uuid
from datetime import UTC, datetime
from pathlib import Path
from typing import Annotated

import typer

from monitor.cli.app import app
from monitor.cli.terminal import Column, cell, terminal


@app.command("import")
def import_(
    context: typer.Context,
    file: Annotated[Path, typer.Argument(help="JSON Lines; README shows a line.")],
    pack: Annotated[
        str | None, typer.Option(help="Pack that the answers belong to, if any.")
    ] = None,
) -> None:
    """Take in answers collected elsewhere; the same file twice changes nothing."""
    from monitor.errors import InputError
    from monitor.pipeline import import_answers, measure, open_project

    out = terminal(context)
    project = open_project(out.project)
    now = datetime.now(UTC)
    taken = import_answers(project, file, now, pack or "")
    with out.progress("measuring", taken.new) as update:
        done = 0

        def progress(_pack: str, answers: int) -> None:
            nonlocal done
            done += answers
            update(done, "")

        measure(project, now, progress)
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
def remeasure(context: typer.Context) -> None:
    """Compute mentions, ranks and citations of the whole past again, where brands or the
    matcher have changed. Asks nobody and costs nothing."""
    from monitor.pipeline import measure, open_project

    out = terminal(context)
    project = open_project(out.project)
    with out.progress("measuring", None) as update:
        done = 0

        def progress(pack: str, answers: int) -> None:
            nonlocal done
            done += answers
            update(done, pack)

        measured = measure(project, datetime.now(UTC), progress)
    out.show(
        [
            {"pack": m.pack, "version": m.version, "answers": m.answers, "released": m.released}
            for m in measured
        ],
        [
            Column("Pack", lambda r: str(r["pack"]) or "(imported)"),
            Column("Version", cell("version")),
            Column("Answers measured", cell("answers"), right=True),
            Column("New version", lambda r: "yes" if r["released"] else "no"),
        ],
    )


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
    from monitor.errors import InputError
    from monitor.pipeline import open_project
    from monitor.store import ingest
    from monitor.types import Note

    out = terminal(context)
    if not text.strip():
        raise InputError("the note is empty; write it in quotes after `note`")
    project = open_project(out.project)
    if pack:
        project.pack(pack)
    now = datetime.now(UTC)
    about = (as_day(day) or now.date()).isoformat()
    kept = Note(uuid.uuid4().hex[:16], now, about, text, author, pack)
    project.store.journal.append([kept], now)
    ingest(project.store, now)
    out.say(f"noted on {about}")


@app.command()
def rebuild(context: typer.Context) -> None:
    """Make the database anew from the journal; the old file is kept beside it."""
    from monitor.pipeline import measure, open_project
    from monitor.store.upkeep import rebuild_store

    out = terminal(context)
    project = open_project(out.project)
    now = datetime.now(UTC)
    rebuilt = rebuild_store(project.store, now)
    with out.progress("measuring", rebuilt.answers) as update:
        done = 0

        def progress(pack: str, answers: int) -> None:
            nonlocal done
            done += answers
            update(done, pack)

        measure(project, now, progress)
    out.say(f"made {project.store.path} anew: {rebuilt.answers} answers of {rebuilt.files} files")
    if rebuilt.kept:
        out.say(f"the old file is {rebuilt.kept}; delete it when all is well")
    for name, reason in rebuilt.broken:
        out.warn(f"{name}: {reason}")
    if rebuilt.broken:
        raise typer.Exit(1)


@app.command()
def verify(context: typer.Context) -> None:
    """Recount the stored figures from raw answers and check them against the journal."""
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
    """Write a consistent copy of journal and prompts into one file, while others work on."""
    from monitor.pipeline import open_project
    from monitor.store.upkeep import back_up

    out = terminal(context)
    project = open_project(out.project)
    files = back_up(project.settings.project, project.store, target)
    out.say(f"{files} files are in {target}; bring them back with `monitor restore {target}`")


@app.command()
def restore(
    context: typer.Context,
    source: Annotated[Path, typer.Argument(help="A file that `monitor backup` wrote.")],
) -> None:
    """Bring a backup back: into an empty project, or the journal files that this one lacks."""
    from monitor.settings import load_settings
    from monitor.store import open_store
    from monitor.store.upkeep import bring_back

    out = terminal(context)
    settings = load_settings(out.project)
    files = bring_back(settings.project, open_store(settings), source)
    out.say(f"{files} files are back; `monitor rebuild` makes the database from them")
