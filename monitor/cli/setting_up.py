"""Commands that make a project and check it: init, doctor."""

from pathlib import Path
from typing import Annotated

import typer

from monitor.cli.app import app
from monitor.cli.terminal import Column, cell, terminal


@app.command()
def init(
    context: typer.Context,
    directory: Annotated[Path, typer.Argument(help="Where the project goes.")] = Path(),
) -> None:
    """Make a project, with a pack of your own to fill in.

    Also copies the shipped engines, brands and question packs, as examples that nothing asks by
    itself; what is there already stays.
    """
    from monitor.catalog import scaffold

    made = scaffold(directory)
    out = terminal(context)
    here = directory.resolve() == Path.cwd()
    command = "monitor doctor" if here else f"monitor --project {directory} doctor"
    out.done(
        {
            "project": str(directory.resolve()),
            "made": [str(path) for path in made.made],
            "kept": [str(path) for path in made.kept],
        },
        *(f"made {path}" for path in made.made),
        *(f"kept {path}, which was there already" for path in made.kept),
        f"Next: put your brand into {directory / 'prompts/brands/my-brand.yaml'}, keys into "
        f"{directory / '.env'} (see .env.example), then run `{command}`.",
    )


@app.command()
def doctor(
    context: typer.Context,
    reach: Annotated[
        bool, typer.Option("--reach", help="Also connect to each provider, asking nothing.")
    ] = False,
) -> None:
    """Check files, keys, clock, store and schedule.

    Says what to do about each finding; exit 1 if something is wrong.
    """
    from monitor.health import check_health

    out = terminal(context)
    findings = check_health(out.project, reach=reach)
    out.show(
        [
            {"check": f.check, "ok": f.ok, "finding": f.finding, "next_step": f.next_step}
            for f in findings
        ],
        [
            Column("", lambda r: "ok" if r["ok"] else "WRONG"),
            Column("Check", cell("check")),
            Column("Finding", cell("finding")),
            Column("What to do", cell("next_step")),
        ],
    )
    if not all(f.ok for f in findings):
        raise typer.Exit(1)
