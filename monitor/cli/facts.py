"""Commands about the fact sheet: whether it holds together, and which question asks what."""

from collections.abc import Mapping, Sequence
from datetime import UTC, date, datetime
from typing import TYPE_CHECKING, Annotated

import typer

from monitor.cli.app import app
from monitor.cli.terminal import Column, Record, cell, terminal

if TYPE_CHECKING:
    from monitor.facts import SheetProblem
    from monitor.pipeline import Project
    from monitor.types import Fact, Pack

_facts = typer.Typer(
    help="Look after the facts that answers are held against.",
    no_args_is_help=True,
    rich_markup_mode=None,
)
app.add_typer(_facts, name="facts")


@_facts.command("check")
def check(
    context: typer.Context,
    pack: Annotated[
        str | None, typer.Argument(help="Id of a pack; default: every pack with facts.")
    ] = None,
) -> None:
    """Hold the fact sheet against itself and the questions.

    Shows for each fact which questions ask it, and warns of facts that contradict each other,
    read otherwise than they mean, expire soon, or that no question asks. Exit 1 if a file is wrong.
    """
    from monitor.errors import InputError
    from monitor.pipeline import open_project

    out = terminal(context)
    project = open_project(out.project)
    packs = [project.pack(pack)] if pack else list(project.catalog.packs.values())
    today = datetime.now(UTC).date()
    records = [record for one in packs for record in _fact_records(project, one, today)]
    if not records:
        owns = ", ".join(dict.fromkeys(one.own for one in packs))
        raise InputError(f"there are no facts about {owns}; write them into prompts/facts/*.yaml")
    out.show(
        records,
        [
            Column("Pack", cell("pack")),
            Column("Fact", cell("fact")),
            Column("Severity", cell("severity")),
            Column("Says", cell("says")),
            Column("Holds", _holds),
            Column("Asked by", lambda r: ", ".join(_texts(r["questions"])) or "no question"),
        ],
    )
    for message in dict.fromkeys(m for record in records for m in _texts(record["problems"])):
        out.warn(message)


def _fact_records(project: "Project", pack: "Pack", today: date) -> list[Record]:
    """A record for each fact of the pack's own brand, with the questions that ask it."""
    from monitor.facts import asked_facts, sheet_problems

    facts = project.catalog.facts_of(pack)
    asked_by: dict[str, list[str]] = {}
    for question in pack.questions:
        for fact_id in question.facts:
            asked_by.setdefault(fact_id, []).append(question.question_id)
    problems = sheet_problems(facts, asked_by, today) if facts else ()
    questions = {one.fact_id: one.questions for one in asked_facts(facts, asked_by)}
    return [_record(pack, fact, questions[fact.fact_id], problems) for fact in facts]


def _record(
    pack: "Pack", fact: "Fact", questions: Sequence[str], problems: "Sequence[SheetProblem]"
) -> Record:
    mine = [problem for problem in problems if fact.fact_id in problem.fact_ids]
    return {
        "pack": pack.pack_id,
        "fact": fact.fact_id,
        "brand": fact.brand,
        "severity": fact.severity.value,
        "type": fact.value.type.value,
        "says": _statement(fact.statement),
        "valid_from": str(fact.valid_from) if fact.valid_from else None,
        "valid_to": str(fact.valid_to) if fact.valid_to else None,
        "questions": list(questions),
        "kinds": [problem.kind.value for problem in mine],
        "problems": [problem.message for problem in mine],
    }


def _statement(by_lang: Mapping[str, str]) -> str:
    return by_lang.get("en") or next(iter(by_lang.values()), "")


def _holds(record: Record) -> str:
    first, last = record["valid_from"], record["valid_to"]
    return " ".join(filter(None, (f"from {first}" if first else "", f"to {last}" if last else "")))


def _texts(value: object) -> list[str]:
    return [str(item) for item in value] if isinstance(value, list) else []
