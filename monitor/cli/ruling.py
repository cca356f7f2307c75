"""Commands for people who overrule how a brand was read: review names, rule."""

from datetime import UTC, datetime
from typing import TYPE_CHECKING, Annotated

import typer

from monitor.cli.reviewing import PackOption, ReviewerOption, review_app, reviewer_of
from monitor.cli.terminal import Column, cell, terminal

if TYPE_CHECKING:
    from monitor.queries import OpenName
    from monitor.types import Ruling

_AROUND = 60
"""Characters shown before and after a name."""


@review_app.command("names")
def review_names(
    context: typer.Context,
    pack: PackOption = None,
    limit: Annotated[int, typer.Option(min=1, max=1000, help="At most so many.")] = 20,
) -> None:
    """List names that rules can't tell from a common word.

    They count for nobody until `monitor review rule` says what they are. Our brand comes first,
    then the brands that wait most often.
    """
    from monitor.pipeline import open_project
    from monitor.queries import name_work, packs
    from monitor.report.period import find_pack

    out = terminal(context)
    store = open_project(out.project).store
    work = name_work(store, find_pack(packs(store), pack).pack, limit)
    out.show(
        [_record(name) for name in work.queue],
        [
            Column("Answer", cell("answer_id")),
            Column("Brand", cell("brand")),
            Column("Engine", cell("engine")),
            Column("They say", cell("words")),
        ],
    )
    if not work.total:
        out.say("No name waits for a person.")
        return
    brands = ", ".join(f"{brand} {count}" for brand, count in work.waiting.items())
    out.say(f"{work.total} waiting ({brands}); `monitor review rule ANSWER BRAND STATE`")


@review_app.command("rule")
def review_rule(
    context: typer.Context,
    answer: Annotated[str, typer.Argument(help="The answer's id.")],
    brand: Annotated[str, typer.Argument(help="A tracked brand.")],
    state: Annotated[
        str | None,
        typer.Argument(
            help="recommended, mentioned, warned_against, declined, absent (not the brand, or not "
            "there), or named: it's the brand, and rules say how it's spoken of."
        ),
    ] = None,
    withdraw: Annotated[
        bool, typer.Option("--withdraw", help="Let the machine's reading stand again.")
    ] = False,
    note: Annotated[str, typer.Option(help="What to remember about it.")] = "",
    reviewer: ReviewerOption = "",
) -> None:
    """Overrule how an answer's mention of a brand was read.

    It counts at once in every figure and stands whatever rules or brands change. Nothing is
    overwritten: the latest ruling stands, and who made it is kept.
    """
    from monitor.pipeline import Word, open_project, rule

    out = terminal(context)
    if (state is None) is not withdraw:
        raise typer.BadParameter("give a state, or --withdraw", param_hint="STATE")
    word = Word(answer, brand, state, reviewer_of(reviewer), note)
    done = rule(open_project(out.project), word, datetime.now(UTC))
    ruling = done.ruling
    out.done(
        {
            "ruling_id": ruling.ruling_id,
            "answer_id": ruling.answer_id,
            "brand": ruling.brand,
            "state": ruling.state,
            "machine_state": ruling.machine_state,
            "machine_version": ruling.machine_version,
            "reviewer": ruling.reviewer,
            "note": ruling.note,
            "counted": done.counted,
        },
        _said(ruling),
    )
    if not done.counted:
        out.warn(
            "kept, but not counted yet: brands or matcher changed since the answers were measured; "
            "run `monitor remeasure`"
        )


def _said(ruling: "Ruling") -> str:
    where, machine = f"{ruling.brand} in {ruling.answer_id}", _word(ruling.machine_state)
    if ruling.state is None:
        return f"{where}: as the machine reads it, {machine}"
    return f"{where}: {_word(ruling.state)} (the machine: {machine})"


def _word(state: str) -> str:
    return state.replace("_", " ")


def _record(name: "OpenName") -> dict[str, object]:
    return {
        "answer_id": name.answer_id,
        "brand": name.brand,
        "engine": name.engine,
        "locale": name.locale,
        "asked_at": name.asked_at,
        "question": name.question,
        "words": _words(name),
        "names": len(name.spans),
    }


def _words(name: "OpenName") -> str:
    """The words around the first name, itself between » and «."""
    start, end = name.spans[0]
    before, after = name.text[:start], name.text[end:]
    cut_before, cut_after = before[-_AROUND:], after[:_AROUND]
    parts = (
        "…" if len(cut_before) < len(before) else "",
        f"{cut_before}»{name.text[start:end]}«{cut_after}",
        "…" if len(cut_after) < len(after) else "",
    )
    return " ".join("".join(parts).split())
