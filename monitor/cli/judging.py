"""Has judges read answers: those of a wave after it, and those of the past."""

from datetime import UTC, datetime
from typing import TYPE_CHECKING

from monitor.cli.terminal import Terminal

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from monitor.pipeline import JudgingResult, Project
    from monitor.types import Engine, Pack


def usable_judges(out: Terminal, project: "Project", pack: "Pack") -> "tuple[Engine, ...]":
    """The pack's judges that can be asked; says which can't, for want of a key."""
    from monitor.provider import missing_keys

    judges = project.catalog.judges_of(pack)
    lacking = missing_keys(judges)
    for engine_id, names in lacking.items():
        out.warn(f"{engine_id} can't judge: set {' and '.join(names)} in the project's .env")
    return tuple(judge for judge in judges if judge.engine_id not in lacking)


def judge(
    out: Terminal,
    project: "Project",
    pack: "Pack",
    engines: "Mapping[str, Engine]",
    waves: "Sequence[str]" = (),
    max_cost: float | None = None,
) -> "JudgingResult | None":
    """Have answers judged with progress shown; None where nobody may judge or another is at it.

    Trouble with judging is said and leaves everything else as it is.
    """
    from monitor.errors import ConfigError, StoreBusyError
    from monitor.pipeline import judge_answers

    if not any(judge.engine_id in engines for judge in project.catalog.judges_of(pack)):
        return None
    try:
        with out.progress("judging") as update:
            return judge_answers(
                project,
                pack,
                engines,
                lambda: datetime.now(UTC),
                waves=waves,
                max_cost_usd=max_cost,
                on_progress=lambda tally: update(
                    tally.asked, f"${tally.cost_usd:.4f}", tally.planned
                ),
            )
    except (ConfigError, StoreBusyError) as e:
        out.warn(f"not judged: {e}")
        return None


def judge_waiting(
    out: Terminal,
    project: "Project",
    pack: "Pack",
    waves: "Sequence[str]" = (),
    max_cost: float | None = None,
) -> "JudgingResult | None":
    """As `judge`, for answers asked earlier; nothing is started where none waits."""
    from monitor.errors import ConfigError
    from monitor.pipeline import reachable, to_judge

    try:
        if not to_judge(project, pack, project.catalog.judges_of(pack), waves).waiting:
            return None
    except ConfigError as e:
        out.warn(f"not judged: {e}")
        return None
    judges = usable_judges(out, project, pack)
    if not judges:
        return None
    with reachable(project, pack, judges, datetime.now(UTC).date()) as ready:
        return judge(out, project, pack, ready, waves, max_cost)


def say_judged(out: Terminal, result: "JudgingResult") -> None:
    """What a judging did, and what it left, in sentences."""
    unknown = f" + {result.cost_unknown} of unknown cost" if result.cost_unknown else ""
    out.say(f"judged {result.usable} answers for ${result.cost_usd:.4f}{unknown}")
    if unusable := result.asked - result.usable:
        out.warn(f"{unusable} replies of judges are of no use; they are kept and counted")
    for reason, count in result.left.items():
        out.warn(f"{count} answers not judged: {reason}")
