"""The Typer application: global options, and the one place where errors become exit codes.

Exit codes: 0 ok · 1 expected error · 2 usage · 3 wave partly failed · 4 wave wholly failed ·
5 `check` found a real regression · 70 bug · 130 ^C.
"""

import os
import sys
from pathlib import Path
from typing import Annotated

import typer
import typer.core

from monitor.cli.terminal import DATA_FORMATS, Format, Terminal
from monitor.errors import MonitorError

_EXPECTED = 1
_BUG = 70

_ORDER = (
    *("demo", "init", "doctor", "ask", "plan", "run", "schedule", "status"),
    *("report", "compare", "check", "alerts", "notify", "facts", "review"),
    *("import", "export", "mentions", "remeasure", "note", "dashboard", "sql"),
    *("backup", "restore", "rebuild", "verify", "simulate"),
)
"""Commands in the order in which a new user needs them; the rest comes after."""

_PAGES = ("report",)
"""Commands that also write Markdown and HTML."""

PackArgument = Annotated[
    str | None, typer.Argument(help="Id of a pack; may be left out if there is only one.")
]


class _Commands(typer.core.TyperGroup):
    """The commands, listed in the order of use instead of that of their modules."""

    def list_commands(self, ctx: object) -> list[str]:
        """Names of all commands, the usual first steps first."""
        known = [name for name in _ORDER if name in self.commands]
        return known + [name for name in self.commands if name not in _ORDER]


app = typer.Typer(
    name="monitor",
    cls=_Commands,
    # Rich would cost every `--help` 0.4 s of CPU.
    rich_markup_mode=None,
    add_completion=False,
    no_args_is_help=True,
    help=(
        "Asks AI assistants what your customers ask them, keeps every answer, and tells how often, "
        "how well and how surely your brand appears in them."
    ),
    epilog=(
        "New here? `monitor demo` shows everything without a key. Then: `monitor init my-project`, "
        "put keys into my-project/.env, `monitor doctor`, `monitor plan PACK`, `monitor run PACK`."
    ),
)

_VALUED = ("--project", "--format")
_FLAGS = ("-q", "--quiet", "-v", "--verbose")


@app.callback()
def _globals(
    context: typer.Context,
    project: Annotated[
        Path | None,
        typer.Option(
            help="Folder that holds prompts/ and data/.",
            envvar="MONITOR_PROJECT",
            show_default=False,
        ),
    ] = None,
    format: Annotated[  # noqa: A002 - the option's name is fixed
        Format, typer.Option(help="How results are written; md and html are for `report`.")
    ] = Format.TABLE,
    quiet: Annotated[bool, typer.Option("-q", "--quiet", help="Only results and errors.")] = False,
    verbose: Annotated[
        bool, typer.Option("-v", "--verbose", help="More words, and tracebacks of bugs.")
    ] = False,
) -> None:
    command = context.invoked_subcommand
    if format not in DATA_FORMATS and command not in _PAGES:
        # Before anything is asked or paid for.
        raise typer.BadParameter(
            f"{command} writes {', '.join(DATA_FORMATS)}; {format.value} is for report",
            param_hint="--format",
        )
    context.obj = Terminal(project, format, quiet, verbose)


def main(arguments: list[str] | None = None) -> None:
    """Run the command line and exit."""
    given = sys.argv[1:] if arguments is None else arguments
    sys.meta_path.insert(0, _WithoutPandas)
    try:
        app(globals_first(given), prog_name="monitor")
    except MonitorError as e:
        typer.echo(f"monitor: {_redacted(str(e))}", err=True)
        sys.exit(_EXPECTED)
    except BrokenPipeError:
        # The reader of our output (`| head`) has seen enough; Python must not complain at exit.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        sys.exit(0)
    except Exception as e:  # noqa: BLE001 - the boundary: whatever it is, it's ours
        _report_bug(e, verbose="-v" in given or "--verbose" in given)
        sys.exit(_BUG)


class _WithoutPandas:
    """Spares every command what it costs DuckDB to load pandas: 0.7 s of CPU.

    DuckDB 1.5 looks for pandas whenever a query has a parameter, and loads it where it's
    installed, as it is here for Streamlit. No command needs it; the dashboard is a process of
    its own.
    """

    @staticmethod
    def find_spec(name: str, _path: object = None, _target: object = None) -> None:
        """Nothing, and no pandas."""
        if name == "pandas":
            raise ModuleNotFoundError("no command needs pandas", name=name)


def globals_first(arguments: list[str]) -> list[str]:
    """`arguments` with the global options before the command, wherever they were written.

    `monitor report --format json` reads as naturally as `monitor --format json report`.
    """
    front: list[str] = []
    rest: list[str] = []
    remaining = iter(arguments)
    for argument in remaining:
        if argument == "--":
            rest += [argument, *remaining]
        elif argument in _VALUED:
            front += [argument, *(value for value in [next(remaining, None)] if value is not None)]
        elif argument in _FLAGS or argument.startswith(tuple(f"{name}=" for name in _VALUED)):
            front.append(argument)
        else:
            rest.append(argument)
    return front + rest


def _redacted(text: str) -> str:
    from monitor.provider.keys import redact

    return redact(text)


def _report_bug(error: Exception, *, verbose: bool) -> None:
    import traceback

    where = traceback.extract_tb(error.__traceback__)[-1]
    typer.echo(
        f"monitor: a bug: {type(error).__name__}: {_redacted(str(error))} "
        f"({Path(where.filename).name}:{where.lineno}); nothing stored is lost. Run it again with "
        "-v and report what it prints",
        err=True,
    )
    if verbose:
        typer.echo(_redacted("".join(traceback.format_exception(error))), err=True)
