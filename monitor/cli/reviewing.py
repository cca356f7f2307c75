"""Commands for people who check what the machine judged: review list, next, decide, undo."""

from datetime import UTC, datetime
from typing import TYPE_CHECKING, Annotated

import typer

from monitor.cli.app import app
from monitor.cli.terminal import Column, Format, Terminal, cell, terminal

if TYPE_CHECKING:
    from monitor.cli.review_desk import Desk
    from monitor.queries import ReviewWork

review_app = typer.Typer(
    help="Check what the machine said of answers.",
    rich_markup_mode=None,
    no_args_is_help=True,
)
app.add_typer(review_app, name="review")

PackOption = Annotated[str | None, typer.Option(help="Default: the pack asked last.")]
ReviewerOption = Annotated[
    str, typer.Option(help="Who you are; default: your login.", envvar="MONITOR_REVIEWER")
]


@review_app.command("list")
def review_list(
    context: typer.Context,
    pack: PackOption = None,
    limit: Annotated[int, typer.Option(min=1, max=60, help="At most so many.")] = 20,
) -> None:
    """List what waits for a person, the gravest first.

    One item in four is drawn at random, to see how far the machine can be trusted; what it said
    of those isn't shown.
    """
    from monitor.cli.review_desk import REASONS, VERDICTS
    from monitor.queries import review_page
    from monitor.reviews import Reason

    out = terminal(context)
    desk = _desk(out, pack, "")
    work = desk.work()
    pages = [review_page(desk.store, *item.key) for item in work.queue[:limit]]
    records = [desk.record(*both) for both in zip(work.queue, pages, strict=False)]
    out.show(
        records,
        [
            Column("Answer", cell("answer_id")),
            Column("Fact", cell("fact_id")),
            Column("Severity", cell("severity")),
            Column("Engine", cell("engine")),
            Column("Machine", lambda r: VERDICTS.get(str(r["machine_verdict"]), "(hidden)")),
            Column("They say", cell("quote")),
            Column("Why", lambda r: REASONS[str(r["reason"])]),
        ],
    )
    if work.total:
        critical = work.waiting.get(Reason.CRITICAL, 0)
        out.say(f"{work.total} waiting, {critical} of them critical; `monitor review next`")
    else:
        out.say(_nothing(work))


@review_app.command("next")
def review_next(
    context: typer.Context, pack: PackOption = None, reviewer: ReviewerOption = ""
) -> None:
    """Show one item after the other and take your verdicts.

    Works over a pipe, one key a line. With --format json: gives one item, claimed for you, and
    ends; `monitor review decide` then takes the verdict.
    """
    out = terminal(context)
    desk = _desk(out, pack, reviewer_of(reviewer))
    if out.format is not Format.TABLE:
        from monitor.queries import review_page

        item = desk.claim()
        out.show([desk.record(item, review_page(desk.store, *item.key))] if item else [], [])
        return
    if not desk.sit():
        out.say(_nothing(desk.work()))


@review_app.command("decide")
def review_decide(
    context: typer.Context,
    answer: Annotated[str, typer.Argument(help="The answer's id.")],
    fact: Annotated[str, typer.Argument(help="The fact's id.")],
    verdict: Annotated[
        str,
        typer.Argument(
            help="agree, unsure, correct, incorrect, outdated, not_stated or unverifiable."
        ),
    ],
    note: Annotated[str, typer.Option(help="What to remember about it.")] = "",
    reviewer: ReviewerOption = "",
) -> None:
    """Decide one item."""
    from monitor.cli.review_desk import VERDICTS, said
    from monitor.errors import InputError
    from monitor.pipeline import open_project
    from monitor.queries import review_page
    from monitor.reviews import Reason, ReviewItem
    from monitor.store import Decision, decide, is_drawn
    from monitor.types import Verdict

    out = terminal(context)
    if verdict not in ("agree", "unsure", *VERDICTS):
        known = ", ".join(("agree", "unsure", *VERDICTS))
        raise typer.BadParameter(f"{verdict!r} is none; choose from {known}", param_hint="VERDICT")
    store, who = open_project(out.project).store, reviewer_of(reviewer)
    machine = review_page(store, answer, fact).machine.verdict
    if verdict == "agree" and is_drawn(store, answer, fact, who):
        raise InputError(
            f"{fact} in {answer} was drawn at random, so the machine's verdict is hidden; say what "
            "you found instead of agree"
        )
    meant = machine if verdict == "agree" else None if verdict == "unsure" else Verdict(verdict)
    item = ReviewItem(answer, fact, Reason.CHOSEN)
    review = decide(store, Decision(item, meant, who, note), datetime.now(UTC)).review
    out.done(
        {
            "review_id": review.review_id,
            "answer_id": answer,
            "fact_id": fact,
            "verdict": meant,
            "machine_verdict": machine,
            "sample": review.sample,
            "reviewer": who,
            "note": note,
        },
        f"{fact} in {answer}: {said(meant)} (the machine: {said(machine)})",
    )


@review_app.command("undo")
def review_undo(context: typer.Context, reviewer: ReviewerOption = "") -> None:
    """Take back your last verdict that stands."""
    from monitor.cli.review_desk import said
    from monitor.pipeline import open_project
    from monitor.store import take_back

    out = terminal(context)
    store = open_project(out.project).store
    last, _ = take_back(store, reviewer_of(reviewer), datetime.now(UTC))
    out.done(
        {"review_id": last.review_id, "answer_id": last.answer_id, "fact_id": last.fact_id},
        f"took back: {last.fact_id} in {last.answer_id}: {said(last.verdict)}",
    )


def reviewer_of(given: str) -> str:
    """Who reviews: the name given, else whoever is logged in. Raises InputError for nobody."""
    import getpass

    from monitor.errors import InputError

    if given.strip():
        return given.strip()
    try:
        return getpass.getuser()
    except (OSError, KeyError) as e:
        raise InputError("nobody is logged in here; say who you are with --reviewer") from e


def _desk(out: Terminal, pack: str | None, reviewer: str) -> "Desk":
    from monitor.cli.review_desk import Desk
    from monitor.pipeline import open_project
    from monitor.queries import packs
    from monitor.report.period import find_pack

    project = open_project(out.project)
    chosen = find_pack(packs(project.store), pack).pack
    known = project.catalog.packs.get(chosen)
    facts = project.catalog.facts_of(known) if known else ()
    sheet = {fact.fact_id: fact for fact in facts}
    return Desk(out, project.store, chosen, reviewer, sheet)


def _nothing(work: "ReviewWork") -> str:
    if work.judged:
        return "Nothing waits for review."
    return (
        "No answer has been held against the fact sheet yet: facts about the brand stand in "
        "prompts/facts; `monitor remeasure` then checks all answers"
    )
